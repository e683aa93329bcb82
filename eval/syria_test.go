package eval

import (
	"bytes"
	"encoding/json"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
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
		in := map[string]map[string]bool{} // a statement may stand in several
		for _, key := range []string{"a1", "a2", "a3"} {
			for _, s := range ninety(key) {
				for _, u := range r.utterances {
					if !slices.Contains(u.Statements, s.ID) {
						continue
					}
					if in[u.ID] == nil {
						in[u.ID] = map[string]bool{}
					}
					in[u.ID][key] = true
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
	t.Run("the quotations, with what each outlet did to them", func(t *testing.T) {
		const first, second = "reater than 90 percent", "largely against opposition groups"
		kirby, rest := r.utteranceAt(t, "a2", "reater than 90 percent of the strikes", first), r.utteranceAt(t, "a2", second, second)
		for _, x := range []struct {
			key, words, wording string
			is                  *onrecord.Utterance
		}{
			{"a3", "Greater than 90% of the strikes", first, kirby},
			{"a1", "largely against opposition groups that want", second, rest},
			{"a3", "largely against opposition groups", second, rest},
		} {
			if u := r.utteranceAt(t, x.key, x.words, x.wording); u == nil || x.is == nil || u.ID != x.is.ID {
				t.Errorf("%s: %q is not of the utterance", x.key, x.words)
			}
		}
		if kirby == nil || rest == nil {
			return
		}
		if kirby.ID == rest.ID {
			t.Error("two sentences are one utterance")
		}
		if who := r.speakers[kirby.Speaker]; who == nil || who.Name != "John Kirby" {
			t.Errorf("the utterance is of %+v", who)
		}
		spoken := map[string]bool{}
		inserted := false
		for _, d := range append(slices.Clone(kirby.Drift), rest.Drift...) {
			if d.Kind == onrecord.DriftSpeaker {
				spoken[r.articles[r.statements[d.Statement].Article].ExternalID+" "+d.To] = true
			}
			inserted = inserted || d.Kind == onrecord.DriftInsertion && d.To == "[Bashar]"
			if d.Kind == onrecord.DriftWording && strings.Contains(strings.ToLower(d.From), "isil") {
				t.Errorf("a spelling of one name is shown as drift: %+v", d)
			}
		}
		for _, want := range []string{"a1 U.S. official", "a3 State Department"} {
			if !spoken[want] {
				t.Errorf("the change of speaker %q is not shown: %v", want, spoken)
			}
		}
		if !inserted {
			t.Error("what a1 put in brackets is not shown")
		}
	})
	t.Run("one sentence, two speakers", func(t *testing.T) {
		u, v := r.utteranceAt(t, "a2", "being aided.\nHe said"), r.utteranceLast(t, "a2", "the more Russia moves")
		if u == nil || v == nil || u.ID != v.ID || u.Speaker != "" {
			t.Errorf("what is given to Kirby and to Kerry is not one utterance of nobody: %+v, %+v", u, v)
		}
		if !r.disputed(onrecord.Attribution, "John Kirby", "John Kerry") {
			t.Error("the conflicting attribution is not shown")
		}
	})
	t.Run("one measure, one of its figures from the other end", func(t *testing.T) {
		type end struct {
			key, comparator string
			low             float64
			complement      bool
		}
		var best []end
		for _, m := range r.measures {
			var ends []end
			for _, a := range m.Figures {
				f := r.figures[a.Figure]
				if e := (end{r.articles[f.Article].ExternalID, f.Comparator, math.Round(100*f.Low) / 100, a.Complement}); !slices.Contains(ends, e) {
					ends = append(ends, e)
				}
			}
			if len(ends) > len(best) {
				best = ends
			}
		}
		for _, want := range []end{{"a1", ">", 90, false}, {"a2", ">", 90, false}, {"a3", ">", 90, false}, {"a3", "=", 90, false}, {"a4", "~", 70, false}, {"a4", "=", .33, true}, {"a5", "=", 70, false}} {
			if !slices.Contains(best, want) {
				t.Errorf("the share of strikes lacks %+v: %+v", want, best)
			}
		}
		for _, e := range best {
			if e.low != 90 && e.low != 70 && e.low != .33 {
				t.Errorf("%+v answers another question", e)
			}
		}
	})
	t.Run("other figures stay apart", func(t *testing.T) {
		for _, want := range []struct {
			low        float64
			comparator string
			role       string
		}{{431, "=", ""}, {1458, "=", ""}, {200, ">", "killed"}, {40, "~", "killed"}, {250000, ">", "killed"}, {4.4e6, "=", "displaced"}, {65, "=", ""}, {60, ">", ""}, {12.5, "<", ""}, {5000, "=", ""}} {
			ok := false
			for _, f := range r.figures {
				ok = ok || f.Low == want.low && f.Comparator == want.comparator && f.Role == want.role
			}
			if !ok {
				t.Errorf("no figure %+v", want)
			}
		}
		for _, m := range r.measures {
			values := map[float64]bool{}
			for _, a := range m.Figures {
				values[r.figures[a.Figure].Low] = true
			}
			if values[200] && values[250000] || values[431] && values[1458] || values[65] && values[60] {
				t.Errorf("two questions in one measure: %v", values)
			}
		}
	})
	t.Run("disputes", func(t *testing.T) {
		for _, want := range [][3]string{
			{onrecord.Denial, "Russia", "Rescue workers and rights groups"},
			{onrecord.Denial, "Russia", "Amnesty International"},
			{onrecord.Denial, "Russian Defence Ministry", "Amnesty International"},
			{onrecord.Denial, "United States", "Russia"},
			{onrecord.Contradiction, "John Kirby", "Sergei Lavrov"},
			{onrecord.Contradiction, "John Kirby", "Moscow"},
			{onrecord.Contradiction, "senior U.S. official", "Kremlin"},
			{onrecord.Contradiction, "Brett McGurk", "Igor Konashenkov"},
		} {
			if !r.disputed(want[0], want[1], want[2]) {
				t.Errorf("%s of %s and %s is not shown", want[0], want[1], want[2])
			}
		}
		for _, d := range r.disputes {
			if d.Kind == onrecord.Figures {
				t.Errorf("shares of other months, or a third beside about 70 percent of the rest, are set against each other: %s", d.Basis)
			}
		}
	})
	t.Run("names", func(t *testing.T) {
		names := map[string]int{}
		articles := map[string]map[string]bool{}
		for _, s := range r.statements {
			if articles[s.SpeakerName] == nil {
				articles[s.SpeakerName] = map[string]bool{}
			}
			articles[s.SpeakerName][r.articles[s.Article].ExternalID] = true
		}
		for _, p := range r.speakers {
			names[p.Name]++
			if len(p.Basis) == 0 {
				t.Errorf("%s does not say why it is one", p.Name)
			}
		}
		for _, once := range []string{"John Kirby", "Sergei Lavrov", "Russia", "Moscow", "Kremlin", "Russian Defence Ministry", "State Department", "United States", "Islamic State"} {
			if names[once] != 1 {
				t.Errorf("%d speakers are called %s", names[once], once)
			}
		}
		for _, one := range [][]string{{"Islamic State", "Daesh", "ISIL", "ISIS", "Isil", "IS"}, {"al-Qaeda", "al Qaeda", "al-Qaida"}, {"Sergei Lavrov", "Sergey Lavrov"}, {"Bashar al-Assad", "Bashar Assad", "Assad"}} {
			var called []string // of those who have the first name, whether they speak or not
			with := 0
			for _, p := range r.speakers {
				if all := append([]string{p.Name}, p.Aliases...); slices.Contains(all, one[0]) {
					called, with = all, with+1
				}
			}
			for _, name := range one {
				if with != 1 || !slices.Contains(called, name) {
					t.Errorf("%s: %d speakers, also %q, want %s", one[0], with, called, name)
				}
			}
		}
		if in := articles["John Kirby"]; !in["a1"] || !in["a2"] || !in["a3"] {
			t.Errorf("Kirby speaks in %v", in)
		}
		if !slices.ContainsFunc(slices.Collect(maps.Values(r.speakers)), func(p *onrecord.Speaker) bool {
			return p.Name == "U.S. official" && len(p.Leads) == 1 && r.speakers[p.Leads[0].Speaker].Name == "John Kirby"
		}) {
			t.Error("that the official of a1 may be Kirby is no lead")
		}
		for _, p := range r.speakers {
			if p.Name == "senior U.S. official" && len(p.Leads) > 0 {
				t.Errorf("the senior official has the leads %+v", p.Leads)
			}
			if p.Name == "Islamic State" && (!slices.Contains(p.Aliases, "ISIL") || !slices.Contains(p.Aliases, "ISIS")) {
				t.Errorf("Islamic State is also %q", p.Aliases)
			}
			for _, l := range p.Leads {
				if p.Named() || r.speakers[l.Speaker] == nil || !r.speakers[l.Speaker].Named() || len(l.Basis) == 0 {
					t.Errorf("%s has the lead %+v", p.Name, l)
				}
			}
		}
	})
	t.Run("relays", func(t *testing.T) {
		for _, want := range [][3]string{{"a5", "the aim of our operation in Syria", "Tass"}, {"a4", "terrorist targets", "Russian news agencies"}, {"a5", "these charges", "CNN"}} {
			found, err := r.statementsAt(want[0], want[1], contentOf)
			if err != nil || !slices.ContainsFunc(found, func(s *ledger.StatementRow) bool { return slices.Contains(s.Relays, want[2]) }) {
				t.Errorf("%s: %q did not come through %s: %v", want[0], want[1], want[2], err)
			}
		}
	})
	t.Run("one report", func(t *testing.T) {
		if !r.sameReport("a1", "a2") || !r.sameReport("a2", "a3") {
			t.Error("the three texts on one briefing are not one report")
		}
		if !slices.ContainsFunc(r.reports, func(x *onrecord.Report) bool {
			return len(x.Articles) == 3 && strings.Contains(strings.Join(x.Basis, " "), "the same words of John Kirby") && strings.Contains(strings.Join(x.Basis, " "), "one report, whatever their number")
		}) {
			t.Error("the report does not say that it rests on Kirby's words")
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

// utteranceAt is the utterance of the innermost statement at words that has one.
func (r *record) utteranceAt(t *testing.T, key, words string, wordings ...string) *onrecord.Utterance {
	t.Helper()
	found, err := r.statementsAt(key, words, contentOf)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range found {
		for _, u := range r.utterances {
			if slices.Contains(u.Statements, s.ID) && (len(wordings) == 0 || strings.Contains(u.Wording, wordings[0])) {
				return u
			}
		}
	}
	return nil
}

// utteranceLast is that of the last place of words in an article.
func (r *record) utteranceLast(t *testing.T, key, words string) *onrecord.Utterance {
	t.Helper()
	i := strings.LastIndex(r.articles[r.key[key]].Text, words)
	for _, s := range r.statements {
		if s.Article != r.key[key] || !slices.ContainsFunc(s.Content, func(c onrecord.Span) bool { return c.Start <= i+len(words) && i < c.End }) {
			continue
		}
		for _, u := range r.utterances {
			if u.ID == s.Utterance {
				return u
			}
		}
	}
	return nil
}

// disputed says whether a dispute has statements of the one speaker on one side and of the other on the other.
func (r *record) disputed(kind, a, b string) bool {
	has := func(side []string, name string) bool {
		return slices.ContainsFunc(side, func(id string) bool { return r.statements[id] != nil && r.statements[id].SpeakerName == name })
	}
	return slices.ContainsFunc(r.disputes, func(d *onrecord.Dispute) bool {
		return d.Kind == kind && (has(d.Sides[0], a) && has(d.Sides[1], b) || has(d.Sides[0], b) && has(d.Sides[1], a))
	})
}
