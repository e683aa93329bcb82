package reading

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/corpora"
	"github.com/onrecord/onrecord/reading/attribution"
	"github.com/onrecord/onrecord/reading/layout"
	"github.com/onrecord/onrecord/text"
)

type gold struct {
	ID, Title, Published string
	Text                 string
	Attributions         []struct {
		Source, Cue, Content [][2]int
		Kind, Speaker        string
	}
}

// statements are the reference annotations as statements.
func (g *gold) statements() []draft {
	o := text.NewOffsets(g.Text)
	spans := func(pairs [][2]int) []onrecord.Span {
		var out []onrecord.Span
		for _, p := range pairs {
			out = append(out, onrecord.Span{Start: o.Byte(p[0]), End: o.Byte(p[1])})
		}
		return out
	}
	line := strings.IndexByte(g.Text, '\n')
	var out []draft
	for _, a := range g.Attributions {
		s := onrecord.Statement{Source: spans(a.Source), Cue: spans(a.Cue), Content: spans(a.Content), Kind: a.Kind}
		s.Headline = line < 150 && s.Content[0].Start < line
		out = append(out, attribution.New(attribution.Learned, s))
	}
	return out
}

// TestAsidesSpareStatements holds how many annotated attributions would be lost to asides: what is called no news must be none.
func TestAsidesSpareStatements(t *testing.T) {
	lines := corpora.Lines(t, corpora.Path(t, "corpora", "polnear", "dev.jsonl.gz"))
	all, lost, asides := 0, 0, 0
	for lines.Scan() {
		var g gold
		if err := json.Unmarshal(lines.Bytes(), &g); err != nil {
			t.Fatal(err)
		}
		found := layout.Asides(g.Text)
		asides += len(found)
		for _, a := range found {
			t.Logf("%-9s %d %q", a.Kind, a.Fate, a.Span.Of(g.Text))
		}
		o := text.NewOffsets(g.Text)
		for _, at := range g.Attributions {
			all++
			for _, c := range append(at.Cue, at.Content...) {
				s := onrecord.Span{Start: o.Byte(c[0]), End: o.Byte(c[1])}
				hit := false
				for _, a := range found {
					hit = hit || a.Fate == layout.Mute && a.Span.Overlaps(s)
				}
				if hit {
					lost++
					t.Logf("lost: %q", s.Of(g.Text))
					break
				}
			}
		}
	}
	t.Logf("%d asides, %d of %d attributions lost to them", asides, lost, all)
	if 500*lost > all {
		t.Errorf("%d of %d annotated attributions stand in asides", lost, all)
	}
}

// TestSyria reads the five articles as a person would have them, whole, and shows what is found; it holds that no day of
// publication or of saying comes from thin air, and how many speakers are right.
func TestSyria(t *testing.T) {
	references := map[string]gold{}
	for lines := corpora.Lines(t, corpora.Path(t, "cases", "syria", "statements.jsonl")); lines.Scan(); {
		var g gold
		if err := json.Unmarshal(lines.Bytes(), &g); err != nil {
			t.Fatal(err)
		}
		references[g.ID] = g
	}
	right, wrong, open := 0, 0, 0
	for lines := corpora.Lines(t, corpora.Path(t, "cases", "syria", "articles.jsonl")); lines.Scan(); {
		var g gold
		if err := json.Unmarshal(lines.Bytes(), &g); err != nil {
			t.Fatal(err)
		}
		a := &onrecord.Article{ExternalID: g.ID, Title: g.Title, Text: g.Text, Published: onrecord.Published{Value: g.Published, Precision: "day", Basis: "given"}}
		r := Read(a)
		for _, s := range r.Asides {
			t.Logf("%s aside %s %q", g.ID, s.Kind, s.Span.Of(g.Text))
		}
		names := map[string]onrecord.Speaker{}
		for _, s := range r.Speakers {
			names[s.ID] = s
			t.Logf("%s speaker %s %q %v %v %v %.2f", g.ID, s.Kind, s.Name, s.Roles, s.Aliases, s.Learned, s.Confidence)
		}
		o := text.NewOffsets(g.Text)
		for _, s := range r.Statements {
			t.Logf("%s %-25s %-9s < %s > %s :: %s %v %v %s P%s D%s", g.ID, names[s.Speaker].Name, s.Stance, shown(g.Text, s.Source), shown(g.Text, s.Cue), shown(g.Text, s.Content), s.Relays, s.Said.Basis, s.Said.From.Format("2006-01-02"), s.Parent, s.Denied)
			for _, want := range references[g.ID].Attributions {
				// The same statement, as far as its source goes: a wrong source is attribution's.
				if len(want.Source) == 0 || len(s.Source) == 0 || o.Byte(want.Source[0][0]) != s.Source[0].Start || o.Byte(want.Source[0][1]) != s.Source[0].End {
					continue
				}
				if strings.HasSuffix(want.Speaker, "official") && names[s.Speaker].Kind != onrecord.Unnamed {
					t.Errorf("%s: %s became %q, an unnamed official is nobody else", g.ID, shown(g.Text, s.Source), names[s.Speaker].Name)
				}
				words := strings.Fields(want.Speaker)
				switch n := names[s.Speaker]; {
				case s.Speaker == "":
					open++
				case strings.Contains(n.Name, words[len(words)-1]) || n.State == want.Speaker && n.Kind == onrecord.State:
					right++
				default:
					wrong++
					t.Logf("wrong: %s for %s", n.Name, want.Speaker)
				}
				break
			}
		}
	}
	t.Logf("speakers: %d right, %d wrong, %d left open", right, wrong, open)
	if 100*right < 95*(right+wrong) {
		t.Errorf("speakers: %d right, %d wrong", right, wrong)
	}
}

func shown(s string, spans []onrecord.Span) string {
	var parts []string
	for _, p := range spans {
		parts = append(parts, p.Of(s))
	}
	return strings.Join(parts, " | ")
}
