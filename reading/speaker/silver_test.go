package speaker

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/corpora"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/text"
)

// chains reads the automatic coreference of the corpus: by article, groups of spans in code points.
func chains(t *testing.T) map[string][][][2]int {
	out := map[string][][][2]int{}
	article := ""
	for lines := corpora.Lines(t, corpora.Path(t, "corpora", "polnear", "dev.silver.tsv.gz")); lines.Scan(); {
		line := lines.Text()
		if a, ok := strings.CutPrefix(line, "# article "); ok {
			article = a
		}
		if c, ok := strings.CutPrefix(line, "# coref "); ok {
			var chain [][2]int
			for _, f := range strings.Fields(c) {
				var m [2]int
				if _, err := fmt.Sscanf(f, "%d-%d", &m[0], &m[1]); err != nil {
					t.Fatalf("%s: %v", line, err)
				}
				chain = append(chain, m)
			}
			out[article] = append(out[article], chain)
		}
	}
	return out
}

// TestPronounsAgainstSilver compares "he" and "she" as sources with another program's coreference, which errs too (it is a rule
// system of 2016): where it links the pronoun to a name, the two should mostly agree.
func TestPronounsAgainstSilver(t *testing.T) {
	silver := chains(t)
	agree, differ, open := 0, 0, 0
	for lines := corpora.Lines(t, corpora.Path(t, "corpora", "polnear", "dev.jsonl.gz")); lines.Scan(); {
		var g gold
		if err := json.Unmarshal(lines.Bytes(), &g); err != nil {
			t.Fatal(err)
		}
		o := text.NewOffsets(g.Text)
		at := func(m [2]int) onrecord.Span { return onrecord.Span{Start: o.Byte(m[0]), End: o.Byte(m[1])} }
		statements := g.statements()
		speakers := resolveBy(english.Annotate(text.Parse(g.Text)), statements, nil)
		for _, s := range statements {
			if len(s.Source) != 1 {
				continue
			}
			if w := strings.ToLower(s.Source[0].Of(g.Text)); w != "he" && w != "she" {
				continue
			}
			for _, chain := range silver[g.ID] {
				var names []string
				found := false
				for _, m := range chain {
					span := at(m)
					found = found || span == s.Source[0]
					if words := strings.Fields(span.Of(g.Text)); len(words) < 6 && span.Len() > 3 && strings.ToLower(span.Of(g.Text)[:1]) != span.Of(g.Text)[:1] {
						names = append(names, strings.Trim(strings.TrimSuffix(strings.TrimSuffix(words[len(words)-1], "'s"), "’s"), ",."))
					}
				}
				if !found || len(names) == 0 {
					continue
				}
				switch {
				case s.By < 0:
					open++
					t.Logf("%s open: %v  %q", g.ID, names, around(g.Text, s.Source[0]))
				case strings.Contains(strings.Join(names, " ")+" ", last1(speakers[s.By].Name)+" "):
					agree++
				default:
					differ++
					t.Logf("%s %s, not %v: %q", g.ID, speakers[s.By].Name, names, around(g.Text, s.Source[0]))
				}
			}
		}
	}
	t.Logf("%d agree, %d differ, %d left open", agree, differ, open)
	if agree < 3*differ {
		t.Errorf("%d agree, %d differ", agree, differ)
	}
}

func last1(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }

func around(s string, p onrecord.Span) string {
	return strings.ToValidUTF8(s[max(0, p.Start-250):min(len(s), p.End+30)], "")
}
