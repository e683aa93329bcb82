package speaker

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/corpora"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/reading/attribution"
	"github.com/onrecord/onrecord/text"
)

type gold struct {
	ID, Title    string
	Text         string
	Attributions []struct {
		Source, Cue, Content [][2]int
		Kind, Speaker        string
		Named                bool
	}
}

// statements turns reference annotations into statements, as attribution would find them.
func (g *gold) statements() []attribution.Draft {
	o := text.NewOffsets(g.Text)
	spans := func(pairs [][2]int) []onrecord.Span {
		var out []onrecord.Span
		for _, p := range pairs {
			out = append(out, onrecord.Span{Start: o.Byte(p[0]), End: o.Byte(p[1])})
		}
		return out
	}
	var out []attribution.Draft
	line := strings.IndexByte(g.Text, '\n')
	for _, a := range g.Attributions {
		out = append(out, attribution.New(attribution.Learned, onrecord.Statement{
			Source: spans(a.Source), Cue: spans(a.Cue), Content: spans(a.Content), Kind: a.Kind,
			Headline: line < 150 && spans(a.Content)[0].Start < line,
		}))
	}
	return out
}

// TestSyria holds the speakers of the five articles, given who is quoted where. A reference name is matched by its last word
// or by the state that the speaker belongs to.
func TestSyria(t *testing.T) {
	lines := corpora.Lines(t, corpora.Path(t, "cases", "syria", "statements.jsonl"))
	right, wrong, open := 0, 0, 0
	for lines.Scan() {
		var g gold
		if err := json.Unmarshal(lines.Bytes(), &g); err != nil {
			t.Fatal(err)
		}
		d := text.Parse(g.Text)
		l := english.Annotate(d)
		statements := g.statements()
		speakers := resolveBy(l, statements, nil)
		for i, a := range g.Attributions {
			source := ""
			if len(statements[i].Source) > 0 {
				source = statements[i].Source[0].Of(g.Text)
			}
			if statements[i].By < 0 {
				open++
				t.Logf("%s open: %q for %s", g.ID, source, a.Speaker)
				continue
			}
			s := speakers[statements[i].By]
			if (a.Speaker == "U.S. official" || a.Speaker == "senior U.S. official") && s.Named() {
				t.Errorf("%s: %q became %s, an unnamed official is nobody else", g.ID, source, s.Name)
			}
			want := strings.Fields(a.Speaker)
			if strings.Contains(s.Name, want[len(want)-1]) && s.Named() == a.Named || s.State == a.Speaker && s.Kind == onrecord.State || s.Name == a.Speaker {
				right++
				continue
			}
			wrong++
			t.Logf("%s wrong: %q is %s (%s), not %s", g.ID, source, s.Name, s.Kind, a.Speaker)
		}
		for _, s := range speakers {
			t.Logf("%s  %-12s %-40s %s %v %v %.2f", g.ID, s.Kind, s.Name, s.State, s.Roles, s.Aliases, s.Confidence)
		}
	}
	t.Logf("%d right, %d wrong, %d left open", right, wrong, open)
	if 100*right < 95*(right+wrong) || right < 55 {
		t.Errorf("%d right, %d wrong", right, wrong)
	}
}
