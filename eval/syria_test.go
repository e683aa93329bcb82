package eval

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"onrecord"
	"onrecord/ledger"
)

// TestSyria reads the mission's own input and holds the ledger against what a careful reader finds in it. Its texts stay where
// they are: the test names numbers and names only.
func TestSyria(t *testing.T) {
	shared, err := Shared()
	if err != nil {
		t.Skip(err)
	}
	dir := filepath.Join(shared, "cases", "syria")
	r := recordOf(t, filepath.Join(dir, "articles.jsonl"))

	t.Run("statements", func(t *testing.T) {
		got, all := r.reference(t, filepath.Join(dir, "statements.jsonl"))
		t.Logf("%d of %d statements of the reference", got, all)
		if got < 36 {
			t.Errorf("%d of %d statements of the reference, want at least 36", got, all)
		}
	})
	// ninety are the statements of an article that carry the figure 90 percent.
	ninety := func(key string) (out []*ledger.StatementRow) {
		for _, f := range r.figures {
			if f.Article == r.key[key] && f.Low == 90 && f.Unit == "percent" {
				for id := f.Statement; id != ""; id = r.statements[id].Parent {
					out = append(out, r.statements[id])
				}
			}
		}
		return out
	}
	t.Run("one utterance with the lost comparator", func(t *testing.T) {
		in := map[string]map[string]bool{}
		for _, key := range []string{"a1", "a2", "a3"} {
			for _, s := range ninety(key) {
				if s.Utterance != "" {
					if in[s.Utterance] == nil {
						in[s.Utterance] = map[string]bool{}
					}
					in[s.Utterance][key] = true
				}
			}
		}
		whole, lost := false, false
		for _, u := range r.utterances {
			if len(in[u.ID]) < 3 {
				continue
			}
			whole = true
			for _, d := range u.Drift {
				s := r.statements[d.Statement]
				lost = lost || d.Kind == onrecord.DriftComparator && s.Article == r.key["a3"] && strings.Contains(strings.ToLower(d.From), "than")
			}
		}
		if !whole {
			t.Errorf("no utterance has renditions in a1, a2 and a3: %v", in)
		}
		if !lost {
			t.Error("that a3 lost the comparator is not shown")
		}
	})
	t.Run("one measure", func(t *testing.T) {
		best := map[string]bool{}
		for _, m := range r.measures {
			in := map[string]bool{}
			for _, a := range m.Figures {
				if f := r.figures[a.Figure]; f.Unit == "percent" && (f.Low == 90 || f.Low == 70) {
					in[r.articles[f.Article].ExternalID] = true
				}
			}
			if len(in) > len(best) {
				best = in
			}
		}
		for _, key := range []string{"a1", "a2", "a3", "a5"} {
			if !best[key] {
				t.Errorf("the share of strikes has no figure from %s: %v", key, best)
			}
		}
	})
	t.Run("one report", func(t *testing.T) {
		if !r.sameReport("a1", "a2") || !r.sameReport("a2", "a3") {
			t.Error("the three texts on one briefing are not one report")
		}
		if r.sameReport("a1", "a4") || r.sameReport("a1", "a5") || r.sameReport("a4", "a5") {
			t.Error("texts of other months are counted with others")
		}
	})
	t.Run("unnamed officials stay unnamed", func(t *testing.T) {
		unnamed := map[string]int{}
		for _, s := range r.statements {
			source := ""
			for _, span := range s.Source {
				source += strings.ToLower(span.Of(r.articles[s.Article].Text)) + " "
			}
			key := r.articles[s.Article].ExternalID
			if strings.Contains(source, "official") && !strings.Contains(source, "mcgurk") && (key == "a1" || key == "a4") {
				unnamed[key]++
				if s.Named {
					t.Errorf("%s: %q is taken for %s", key, strings.TrimSpace(source), s.SpeakerName)
				}
			}
		}
		if unnamed["a1"] == 0 || unnamed["a4"] == 0 {
			t.Errorf("statements of unnamed officials: %v", unnamed)
		}
	})
	t.Run("no day of publication from thin air", func(t *testing.T) {
		r := recordOf(t, filepath.Join(dir, "articles"))
		if len(r.articles) != 5 {
			t.Errorf("%d articles", len(r.articles))
		}
		for _, a := range r.articles {
			if a.Published.Value != "" {
				t.Errorf("%s: published %+v", a.File, a.Published)
			}
		}
		for _, x := range r.times {
			if x.Basis == "published" {
				t.Errorf("%q is resolved against a day of publication that is not known", x.Span.Of(r.articles[x.Article].Text))
			}
		}
	})
}

// reference counts the statements of a reference annotation that the record holds: contents overlap by half, sources overlap or
// are both missing (the lenient measure of the scorer, in bytes instead of tokens).
func (r *record) reference(t *testing.T, name string) (found, all int) {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(raw) {
		var ref struct {
			ID, Text     string
			Attributions []struct{ Source, Content [][2]int }
		}
		if err := json.Unmarshal(line, &ref); err != nil {
			t.Fatal(err)
		}
		runes := []rune(ref.Text)
		bytesOf := func(spans [][2]int) map[int]bool {
			in := map[int]bool{}
			for _, s := range spans {
				start := len(string(runes[:s[0]]))
				for i := range len(string(runes[s[0]:s[1]])) {
					in[start+i] = true
				}
			}
			return in
		}
		mine := func(spans []onrecord.Span) map[int]bool {
			in := map[int]bool{}
			for _, s := range spans {
				for i := s.Start; i < s.End; i++ {
					in[i] = true
				}
			}
			return in
		}
		used := map[string]bool{}
		var ids []string
		for id, s := range r.statements {
			if s.Article == r.key[ref.ID] {
				ids = append(ids, id)
			}
		}
		slices.Sort(ids)
		for _, a := range ref.Attributions {
			all++
			source, content := bytesOf(a.Source), bytesOf(a.Content)
			for _, id := range ids {
				s := r.statements[id]
				c, o := mine(s.Content), mine(s.Source)
				both := overlap(content, c)
				if !used[id] && both > 0 && 2*both >= len(content)+len(c)-both && (overlap(source, o) > 0 || len(source)+len(o) == 0) {
					used[id] = true
					found++
					break
				}
			}
		}
	}
	return found, all
}

func overlap(a, b map[int]bool) (n int) {
	for i := range a {
		if b[i] {
			n++
		}
	}
	return n
}
