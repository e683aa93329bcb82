package figure_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/corpora"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/reading/figure"
	"github.com/onrecord/onrecord/reading/when"
	"github.com/onrecord/onrecord/reading/when/number"
	"github.com/onrecord/onrecord/text"
)

// find returns the times and figures of a text.
func find(s, published string) ([]onrecord.Time, []onrecord.Figure) {
	times, drafts := drafts(s, published)
	figures := make([]onrecord.Figure, len(drafts))
	for i := range drafts {
		figures[i] = drafts[i].Figure
	}
	return times, figures
}

// drafts are like find, and say which figures restate others.
func drafts(s, published string) ([]onrecord.Time, []figure.Draft) {
	l := english.Annotate(text.Parse(s))
	p := onrecord.Published{Value: published, Precision: "day"}
	times := when.Find(l, p)
	return times, figure.FindIn(number.Lex(s), l, times, p)
}

type quantity struct {
	Change         string `json:"change"`
	Value          string `json:"value"`
	Unit           string `json:"unit"`
	NormalizedUnit string `json:"normalized_unit"`
	Concepts       string `json:"referred_concepts"`
}

type gold struct {
	ID         string     `json:"id"`
	Text       string     `json:"text"`
	Quantities []quantity `json:"quantities"`
}

// floors are what the scores of all sentences must reach. Why 27 of 34 ranges, and what was tried for more, is in MODELCARD.md.
var floors = map[string]float64{"value": 94, "unit": 86, "change": 90}

const rangesFound = 27

// TestScore holds the scores on the corpus, of all sentences, and prints them and those of the even and odd ones apart. MISSES=1
// prints what differs.
func TestScore(t *testing.T) {
	path := corpora.Path(t, "corpora/newsquant/dev.jsonl.gz")
	script := corpora.Path(t, "score/figures.py")
	all := corpora.Rows[gold](t, path)
	for _, part := range []string{"all", "even", "odd"} {
		dir := t.TempDir()
		g, err := os.Create(filepath.Join(dir, "gold.jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		l, err := os.Create(filepath.Join(dir, "ledger.jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		for i, a := range all {
			if part == "even" && i%2 == 1 || part == "odd" && i%2 == 0 {
				continue
			}
			if a.Quantities == nil {
				a.Quantities = []quantity{}
			}
			write(t, g, a)
			write(t, l, map[string]any{"type": "article", "id": a.ID, "external_id": a.ID})
			_, found := find(a.Text, "")
			for _, x := range found {
				write(t, l, map[string]any{
					"type": "figure", "article": a.ID, "low": x.Low, "high": x.High, "comparator": x.Comparator, "change": x.Change,
					"unit": x.Unit, "thing": x.Thing,
					"start": utf8.RuneCountInString(a.Text[:x.Span.Start]), "end": utf8.RuneCountInString(a.Text[:x.Span.End]),
				})
			}
			if part == "all" && os.Getenv("MISSES") != "" {
				misses(t, i, a, found)
			}
		}
		g.Close()
		l.Close()
		out, err := exec.Command("python3", script, g.Name(), l.Name()).CombinedOutput()
		if err != nil {
			t.Skipf("cannot score: %v\n%s", err, out)
		}
		t.Logf("%s\n%s", part, out)
		if part == "all" {
			reached(t, string(out))
		}
	}
}

// reached fails where the scorer's lines ("value P 95.6 R 96.5 F1 96.0", "ranges 27/34") are below the floors.
func reached(t *testing.T, out string) {
	held := 0
	for line := range strings.Lines(out) {
		w := strings.Fields(line)
		if len(w) == 2 && w[0] == "ranges" {
			held++
			if n, _ := strconv.Atoi(strings.Split(w[1], "/")[0]); n < rangesFound {
				t.Errorf("%s ranges, want %d", w[1], rangesFound)
			}
		}
		if len(w) == 7 && floors[w[0]] > 0 {
			held++
			if f, err := strconv.ParseFloat(w[6], 64); err != nil || f < floors[w[0]] {
				t.Errorf("%s: want F1 %v", strings.Join(w, " "), floors[w[0]])
			}
		}
	}
	if held != len(floors)+1 {
		t.Errorf("no scores in\n%s", out)
	}
}

func write(t *testing.T, f *os.File, row any) {
	t.Helper()
	if err := json.NewEncoder(f).Encode(row); err != nil {
		t.Fatal(err)
	}
}

func bounds(v string) (float64, float64) {
	if i := strings.LastIndex(v, "-"); i > 0 && v[i-1] != 'E' && v[i-1] != 'e' {
		lo, _ := strconv.ParseFloat(v[:i], 64)
		hi, _ := strconv.ParseFloat(v[i+1:], 64)
		return lo, hi
	}
	x, _ := strconv.ParseFloat(v, 64)
	return x, x
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-8+1e-5*math.Abs(b) }

func misses(t *testing.T, i int, a gold, found []onrecord.Figure) {
	used := map[int]bool{}
	var lines []string
	show := func(x onrecord.Figure) string {
		return fmt.Sprintf("%q %v-%v %s%s unit=%q thing=%q role=%q of=%q", x.Span.Of(a.Text), x.Low, x.High, x.Comparator, x.Change, x.Unit, x.Thing, x.Role, x.ShareOf)
	}
	for _, g := range a.Quantities {
		lo, hi := bounds(g.Value)
		hit := -1
		for j, x := range found {
			if !used[j] && (near(x.Low, lo) && near(x.High, hi) || strings.Contains(g.NormalizedUnit, "perc") && near(x.Low*100, lo)) {
				hit = j
				break
			}
		}
		if hit < 0 {
			lines = append(lines, fmt.Sprintf("  MISS %s %s %q %q", g.Change, g.Value, g.NormalizedUnit, g.Concepts))
			continue
		}
		used[hit] = true
		x := found[hit]
		mark := x.Change
		if mark == "" {
			mark = x.Comparator
		}
		if mark != g.Change {
			lines = append(lines, fmt.Sprintf("  CHANGE gold %s: %s", g.Change, show(x)))
		}
		if !sharesWord(g.NormalizedUnit, x.Unit+" "+x.Thing) && g.NormalizedUnit != "-" {
			lines = append(lines, fmt.Sprintf("  UNIT gold %q: %s", g.NormalizedUnit, show(x)))
		}
	}
	for j, x := range found {
		if !used[j] {
			lines = append(lines, "  EXTRA "+show(x))
		}
	}
	if lines != nil {
		t.Logf("%d %s\n%s", i, a.Text, strings.Join(lines, "\n"))
	}
}

func sharesWord(a, b string) bool {
	stem := func(w string) string { return strings.TrimSuffix(strings.TrimSuffix(w, "s"), "e") }
	m := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(b), func(r rune) bool { return r < 'a' || r > 'z' }) {
		m[stem(w)] = true
	}
	if m["percent"] {
		m["percentag"] = true
	}
	for _, w := range strings.FieldsFunc(strings.ToLower(a), func(r rune) bool { return r < 'a' || r > 'z' }) {
		if m[stem(w)] {
			return true
		}
	}
	return false
}

// TestPhrases holds hard phrases with their values.
func TestPhrases(t *testing.T) {
	path := corpora.Path(t, "corpora/phrases/figures.jsonl.gz")
	for _, p := range corpora.Rows[struct {
		Text  string
		Value json.RawMessage
		Unit  string
	}](t, path) {
		_, found := find(p.Text, "")
		var want []float64
		if json.Unmarshal(p.Value, &want) != nil {
			var one *float64
			if err := json.Unmarshal(p.Value, &one); err != nil {
				t.Fatal(err)
			}
			if one != nil {
				want = []float64{*one, *one}
			}
		}
		var got []string
		ok := want == nil && len(found) == 0
		for _, x := range found {
			got = append(got, fmt.Sprintf("%q %v to %v %q", x.Span.Of(p.Text), x.Low, x.High, x.Unit))
			if want != nil && math.Abs(x.Low-want[0]) <= 1e-4*math.Abs(want[0])+1e-9 && math.Abs(x.High-want[1]) <= 1e-4*math.Abs(want[1])+1e-9 {
				ok = true
			}
		}
		if !ok {
			t.Errorf("%q: got %v, want %v", p.Text, got, want)
		}
	}
}
