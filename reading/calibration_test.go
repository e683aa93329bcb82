package reading

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/corpora"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/reading/speaker"
	"github.com/onrecord/onrecord/text"
)

// A reliability counts by confidence how often what was said with it is right.
type reliability struct {
	n, right [10]int
	sum      [10]float64
}

func (r *reliability) add(confidence float64, right bool) {
	b := min(len(r.n)-1, int(confidence*float64(len(r.n))))
	r.n[b]++
	r.sum[b] += confidence
	if right {
		r.right[b]++
	}
}

// error is the expected calibration error in points: the mean distance of confidence and share right, weighed by number
// (Naeini, Cooper and Hauskrecht 2015).
func (r *reliability) error() (points float64, n int) {
	for b := range r.n {
		n += r.n[b]
		points += math.Abs(r.sum[b] - float64(r.right[b]))
	}
	return 100 * points / math.Max(1, float64(n)), n
}

func (r *reliability) String() string {
	var s strings.Builder
	for b := range r.n {
		if r.n[b] > 0 {
			n := float64(r.n[b])
			fmt.Fprintf(&s, "  said %.2f  right %.2f  of %d\n", r.sum[b]/n, float64(r.right[b])/n, r.n[b])
		}
	}
	e, n := r.error()
	return fmt.Sprintf("%s  expected calibration error %.1f points over %d", s.String(), e, n)
}

// tokens are the words that the spans cover, without marks.
func tokens(d *text.Doc, spans []onrecord.Span) map[int]bool {
	m := map[int]bool{}
	for _, s := range spans {
		for r := d.TokensIn(s); r.First < r.End; r.First++ {
			if d.Tokens[r.First].Shape < text.Open {
				m[r.First] = true
			}
		}
	}
	return m
}

// alike says whether the two are one statement by the lenient measure of the corpus' scorer: half of the words of both contents
// in common, and sources that share a word or are both missing.
func alike(d *text.Doc, a, b *onrecord.Statement) bool {
	common := func(a, b map[int]bool) (n int) {
		for t := range a {
			if b[t] {
				n++
			}
		}
		return n
	}
	x, y := tokens(d, a.Content), tokens(d, b.Content)
	n := common(x, y)
	if n == 0 || 2*n < len(x)+len(y)-n {
		return false
	}
	return len(a.Source) == 0 && len(b.Source) == 0 || common(tokens(d, a.Source), tokens(d, b.Source)) > 0
}

// TestCalibration prints how far the confidence of statements means what it says, by kind, on the development set.
func TestCalibration(t *testing.T) {
	kinds := []string{"all", onrecord.Direct, onrecord.Mixed, onrecord.Indirect}
	by := map[string]*reliability{}
	for _, k := range kinds {
		by[k] = &reliability{}
	}
	for lines := corpora.Lines(t, corpora.Path(t, "corpora", "polnear", "dev.jsonl.gz")); lines.Scan(); {
		var g gold
		if err := json.Unmarshal(lines.Bytes(), &g); err != nil {
			t.Fatal(err)
		}
		d := text.Parse(g.Text)
		want := g.statements()
		r := Read(&onrecord.Article{ExternalID: g.ID, Title: g.Title, Text: g.Text})
		for i := range r.Statements {
			s := &r.Statements[i]
			if s.Parent != "" { // the corpus has no nesting
				continue
			}
			right := slices.ContainsFunc(want, func(w draft) bool { return alike(d, s, &w.Statement) })
			by["all"].add(s.Confidence, right)
			by[s.Kind].add(s.Confidence, right)
		}
	}
	for _, k := range kinds {
		t.Logf("%s\n%s", k, by[k])
		most := 8.0 // points; a few hundred of a kind scatter
		if k == "all" {
			most = 5
		}
		if e, n := by[k].error(); n < 200 || e > most {
			t.Errorf("%s: confidence is %.1f points off over %d statements", k, e, n)
		}
	}
}

// A verdict is whether a speaker that was found is right, and how sure the reading was of it.
type verdict struct {
	sure  float64
	right bool
	kind  string
	of    string
}

// verdicts judges the speakers of one text against names: of each statement the name that it should have, "" where it is not known.
func verdicts(f finding, want func(s *onrecord.Statement) (row, bool)) []verdict {
	var out []verdict
	for i := range f.Statements {
		s := &f.Statements[i]
		r, ok := want(s)
		if !ok || s.Speaker == "" || r.speaker == "*" {
			continue
		}
		who := f.speakers[s.Speaker]
		out = append(out, verdict{s.SpeakerConfidence, r.speaker != "?" && sameName(who, &r), who.Kind, f.Article.File + f.Article.ExternalID + ": " + who.Name + " for " + r.speaker})
	}
	return out
}

// TestSpeakerCertainty prints how often a speaker is right by how sure it was, over the passages, the examples and the five
// articles, and holds the threshold of what is shown as certain.
func TestSpeakerCertainty(t *testing.T) {
	var all []verdict
	for _, p := range passages(t) {
		f := find(&p.article)
		all = append(all, verdicts(f, func(s *onrecord.Statement) (row, bool) {
			content := strings.Join(strings.Fields(f.words(s.Content)), " ")
			var found []row
			for _, r := range p.rows {
				if !slices.ContainsFunc(r.words, func(w string) bool { return !strings.Contains(content, w) }) {
					found = append(found, r)
				}
			}
			if len(found) != 1 || slices.Contains(found[0].via, f.speakers[s.Speaker].Name) || found[0].parent != "" && s.Parent == "" {
				return row{}, false
			}
			return found[0], true
		})...)
	}
	all = append(all, examples(t)...)
	all = append(all, syria(t)...)

	var table reliability
	for _, v := range all {
		table.add(v.sure, v.right)
	}
	t.Logf("speakers, by how sure\n%s", &table)
	slices.SortFunc(all, func(a, b verdict) int { return strings.Compare(a.of, b.of) })
	for _, v := range all {
		if !v.right {
			t.Logf("wrong at %.2f: %s", v.sure, v.of)
		}
	}
	for _, least := range []float64{0, .6, .7, .8, onrecord.Certain, .9, .95} {
		n, right := 0, 0
		for _, v := range all {
			if v.sure >= least && v.kind != onrecord.Unnamed {
				n++
				if v.right {
					right++
				}
			}
		}
		t.Logf("named, sure %.2f and more: %d of %d right", least, right, n)
		if least == onrecord.Certain && (100*right < 97*n || n < 150) {
			t.Errorf("of %d speakers named as certain %d are right", n, right)
		}
	}
}

// examples judges the speakers that the bundled coverage names.
func examples(t *testing.T) []verdict {
	t.Helper()
	var expected struct {
		Statements []struct{ Article, Words, Cue, Speaker string }
	}
	b, err := os.ReadFile(filepath.Join("..", "examples", "expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &expected); err != nil {
		t.Fatal(err)
	}
	b, err = os.ReadFile(filepath.Join("..", "examples", "coverage.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	var out []verdict
	for line := range strings.Lines(string(b)) {
		var g gold
		if err := json.Unmarshal([]byte(line), &g); err != nil {
			t.Fatal(err)
		}
		f := find(&onrecord.Article{ExternalID: g.ID, Title: g.Title, Text: g.Text})
		out = append(out, verdicts(f, func(s *onrecord.Statement) (row, bool) {
			for _, e := range expected.Statements {
				if e.Article == g.ID && e.Words != "" && e.Speaker != "" && strings.Contains(f.words(s.Content), e.Words) && s.Parent == "" {
					return row{speaker: "*" + e.Speaker + "*"}, true
				}
			}
			return row{}, false
		})...)
	}
	return out
}

// syria judges the speakers of the five articles, given the reference spans; none where they are not beside the repository.
func syria(t *testing.T) []verdict {
	t.Helper()
	path := filepath.Join("..", "..", "shared", "cases", "syria", "statements.jsonl")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Logf("without the five articles: %v", err)
		return nil
	}
	var out []verdict
	for line := range strings.Lines(string(b)) {
		var g gold
		if err := json.Unmarshal([]byte(line), &g); err != nil {
			t.Fatal(err)
		}
		statements := g.statements()
		l := english.Annotate(text.Parse(g.Text))
		speakers := speaker.Resolve(l, indexOf(l).page, statements, nil)
		for i, a := range g.Attributions {
			if statements[i].By < 0 {
				continue
			}
			s := speakers[statements[i].By]
			words := strings.Fields(a.Speaker)
			right := strings.Contains(s.Name, words[len(words)-1]) || s.State == a.Speaker && s.Kind == onrecord.State
			out = append(out, verdict{statements[i].SpeakerConfidence, right, s.Kind, g.ID + ": " + s.Name + " for " + a.Speaker})
		}
	}
	return out
}
