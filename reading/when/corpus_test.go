package when_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/corpora"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/reading/when"
	"github.com/onrecord/onrecord/text"
)

func layer(s string) *english.Layer { return english.Annotate(text.Parse(s)) }

func find(s, published string) []onrecord.Time {
	return when.Find(layer(s), onrecord.Published{Value: published, Precision: "day"})
}

type gold struct {
	ID, Published, Text string
	Times               []struct {
		Start, End int
		Text       string
		Value      string
	}
}

// floors are what the scores of all articles must reach.
var floors = map[string]float64{"value": 85, "relaxed": 93}

// TestScore holds the scores on the corpus, of all articles, and prints them and those of the even and odd ones apart. MISSES=1
// prints what differs.
func TestScore(t *testing.T) {
	path := corpora.Path(t, "corpora/meantime/dev.jsonl.gz")
	script := corpora.Path(t, "score/times.py")
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
			line := map[string]any{"id": a.ID, "published": a.Published, "text": a.Text, "times": []any{}}
			var times []any
			for _, x := range a.Times {
				times = append(times, map[string]any{"start": x.Start, "end": x.End, "value": x.Value})
			}
			if times != nil {
				line["times"] = times
			}
			write(t, g, line)
			write(t, l, map[string]any{"type": "article", "id": a.ID, "external_id": a.ID})
			found := find(a.Text, a.Published)
			for _, x := range found {
				write(t, l, map[string]any{
					"type": "time", "article": a.ID, "timex": x.Timex,
					"start": utf8.RuneCountInString(a.Text[:x.Span.Start]), "end": utf8.RuneCountInString(a.Text[:x.Span.End]),
				})
			}
			if part == "all" && os.Getenv("MISSES") != "" {
				misses(t, a, found)
			}
		}
		g.Close()
		l.Close()
		out, err := exec.Command("python3", script, g.Name(), l.Name()).CombinedOutput()
		if err != nil {
			t.Skipf("cannot score: %v\n%s", err, out)
		}
		t.Logf("%s\n%s", part, out)
		for line := range strings.Lines(string(out)) {
			w := strings.Fields(line)
			if part != "all" || len(w) != 7 || floors[w[0]] == 0 {
				continue
			}
			if f, err := strconv.ParseFloat(w[6], 64); err != nil || f < floors[w[0]] {
				t.Errorf("%s: want F1 %v", strings.Join(w, " "), floors[w[0]])
			}
		}
	}
}

func write(t *testing.T, f *os.File, row any) {
	t.Helper()
	if err := json.NewEncoder(f).Encode(row); err != nil {
		t.Fatal(err)
	}
}

func misses(t *testing.T, a gold, found []onrecord.Time) {
	byteAt := make([]int, 0, len(a.Text)+1)
	for i := range a.Text {
		byteAt = append(byteAt, i)
	}
	byteAt = append(byteAt, len(a.Text))
	around := func(s, e int) string {
		return fmt.Sprintf("%q[[%s]]%q", a.Text[max(0, s-40):s], a.Text[s:e], a.Text[e:min(len(a.Text), e+25)])
	}
	used := map[int]bool{}
	for _, g := range a.Times {
		s, e := byteAt[g.Start], byteAt[g.End]
		hit := -1
		for j, f := range found {
			if !used[j] && f.Span.Start < e && s < f.Span.End && (hit < 0 || f.Timex == g.Value) {
				hit = j
			}
		}
		if hit < 0 {
			t.Logf("MISS %s %s %s %s", a.ID, a.Published, g.Value, around(s, e))
			continue
		}
		used[hit] = true
		if found[hit].Timex != g.Value {
			t.Logf("VALUE %s %s gold %s found %s %q %s", a.ID, a.Published, g.Value, found[hit].Timex, found[hit].Span.Of(a.Text), around(s, e))
		}
	}
	for j, f := range found {
		if !used[j] {
			t.Logf("EXTRA %s %s %s %s", a.ID, a.Published, f.Timex, around(f.Span.Start, f.Span.End))
		}
	}
}

// TestPhrases holds hard phrases with their intervals.
func TestPhrases(t *testing.T) {
	path := corpora.Path(t, "corpora/phrases/times.jsonl.gz")
	for _, p := range corpora.Rows[struct{ Published, Text, Start, End string }](t, path) {
		var got []string
		ok := false
		for _, x := range find(p.Text, p.Published) {
			from, to := x.Interval.From.Format(time.DateOnly), x.Interval.To.Format(time.DateOnly)
			got = append(got, fmt.Sprintf("%q %s [%s, %s)", x.Span.Of(p.Text), x.Timex, from, to))
			ok = ok || from == p.Start && to == p.End
		}
		if !ok {
			t.Errorf("%q on %s: got %v, want [%s, %s)", p.Text, p.Published, got, p.Start, p.End)
		}
	}
}
