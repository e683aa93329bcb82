package eval

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// A place is a passage of the bundled example: words of an article.
type place struct{ Article, Words string }

// expected is what a careful reader finds in examples/: written down by hand in examples/expected.json.
type expected struct {
	Articles map[string]struct{ URL, Title, Published, Outlet string }
	Copies   []struct{ Article, Origin, Kind string }

	NotCopies  [][2]string `json:"not_copies"`
	OneReport  [][]string  `json:"one_report"`
	TwoReports [][2]string `json:"two_reports"`
	OneStory   [][]string  `json:"one_story"`
	TwoStories [][2]string `json:"two_stories"`
	Statements []struct {
		place
		Cue, Speaker, Kind, Stance, Said, Relay string
		To, Sort, Anonymity                     string // addressee; what an unnamed speaker is, and why unnamed
		Unnamed, Certain                        bool
	}
	NoStatement []place    `json:"no_statement_of_story"`
	Apart       [][2]place // by two speakers
	Together    [][2]place // by one speaker
	Utterances  []struct {
		Renditions []place
		Drift      []struct {
			place
			Kind string
		}
	}
	Figures []struct {
		place
		Low, High         float64
		Comparator, Thing string
		Unit              *string
		ShareOf           string `json:"share_of"`
		Vague             bool
	}
	Measures [][]struct {
		place
		Complement bool
	}
	MeasuresApart [][2]place `json:"measures_apart"`
	Disputes      []struct {
		place
		Kind string
	}
	Times []struct {
		place
		From string // a beginning of it; empty: not known
	}
	Aliases []struct{ Article, Name, Alias string }
}

// TestExample holds the bundled coverage against what a careful reader finds in it.
func TestExample(t *testing.T) {
	dir := filepath.Join("..", "examples")
	raw, err := os.ReadFile(filepath.Join(dir, "expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var want expected
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	r := recordOf(t, filepath.Join(dir, "coverage.jsonl"), filepath.Join(dir, "pages"), filepath.Join(dir, "saved"))
	if len(r.articles) != len(want.Articles) {
		t.Errorf("%d articles, want %d", len(r.articles), len(want.Articles))
	}
	for key, a := range want.Articles {
		for id, row := range r.articles {
			if a.URL != "" && row.URL == a.URL || a.Title != "" && row.Title == a.Title {
				r.key[key] = id
			}
		}
		row := r.articles[r.key[key]]
		if row == nil {
			t.Fatalf("no article %s", key)
		}
		if got := row.Published.Value; len(got) < len(a.Published) || got[:len(a.Published)] != a.Published || a.Published == "" && got != "" {
			t.Errorf("%s: published %q, want %q", key, got, a.Published)
		}
		if row.Outlet != a.Outlet {
			t.Errorf("%s: outlet %q, want %q", key, row.Outlet, a.Outlet)
		}
	}
	t.Run("copies", func(t *testing.T) { r.checkCopies(t, &want) })
	t.Run("stories", func(t *testing.T) { r.checkStories(t, &want) })
	t.Run("statements", func(t *testing.T) { r.checkStatements(t, &want) })
	t.Run("utterances", func(t *testing.T) { r.checkUtterances(t, &want) })
	t.Run("figures", func(t *testing.T) { r.checkFigures(t, &want) })
	t.Run("disputes", func(t *testing.T) { r.checkDisputes(t, &want) })
	t.Run("times", func(t *testing.T) { r.checkTimes(t, &want) })
}

func (r *record) checkCopies(t *testing.T, want *expected) {
	has := func(a, o string) *onrecord.Copy {
		for _, c := range r.copies {
			if c.Article == r.key[a] && c.Origin == r.key[o] {
				return c
			}
		}
		return nil
	}
	for _, w := range want.Copies {
		switch c := has(w.Article, w.Origin); {
		case c == nil:
			t.Errorf("%s is no copy of %s", w.Article, w.Origin)
		case c.Kind != w.Kind:
			t.Errorf("%s is a %s copy of %s, want %s", w.Article, c.Kind, w.Origin, w.Kind)
		case len(c.Passages) == 0 || len(c.Basis) == 0:
			t.Errorf("%s is a copy of %s without passages or reasons", w.Article, w.Origin)
		}
	}
	for _, p := range want.NotCopies {
		if has(p[0], p[1]) != nil || has(p[1], p[0]) != nil {
			t.Errorf("%s and %s: a copy, though only a quotation or the facts are shared", p[0], p[1])
		}
	}
	for _, group := range want.OneReport {
		for _, key := range group[1:] {
			if !r.sameReport(group[0], key) {
				t.Errorf("%s and %s are counted as two reports", group[0], key)
			}
		}
	}
	for _, p := range want.TwoReports {
		if r.sameReport(p[0], p[1]) {
			t.Errorf("%s and %s are counted as one report", p[0], p[1])
		}
	}
}

func (r *record) checkStories(t *testing.T, want *expected) {
	for _, group := range want.OneStory {
		for _, key := range group[1:] {
			if !r.sameStory(group[0], key) {
				t.Errorf("%s and %s are in two stories", group[0], key)
			}
		}
	}
	for _, p := range want.TwoStories {
		if r.sameStory(p[0], p[1]) {
			t.Errorf("%s and %s are in one story", p[0], p[1])
		}
	}
}

// one is the outermost statement about the words, or nil after an error.
func (r *record) one(t *testing.T, p place) *ledger.StatementRow {
	t.Helper()
	found, err := r.statementsAt(p.Article, p.Words, contentOf)
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		t.Errorf("%s: no statement about %q", p.Article, p.Words)
		return nil
	}
	return found[len(found)-1]
}

func (r *record) checkStatements(t *testing.T, want *expected) {
	for _, w := range want.Statements {
		role, words := contentOf, w.Words
		if w.Cue != "" {
			role, words = cueOf, w.Cue
		}
		found, err := r.statementsAt(w.Article, words, role)
		if err != nil {
			t.Fatal(err)
		}
		if len(found) == 0 {
			t.Errorf("%s: no statement at %q", w.Article, words)
			continue
		}
		// An outer statement may hold the words as well: one of those there must be as expected.
		var wrong []string
		for _, s := range found {
			wrong = nil
			fail := func(what, got, want string) {
				wrong = append(wrong, what+" "+got+", want "+want)
			}
			if w.Speaker != "" && s.SpeakerName != w.Speaker {
				fail("speaker", s.SpeakerName, w.Speaker)
			}
			if w.Unnamed && (s.Named || s.Speaker == "") {
				fail("speaker", s.SpeakerName, "an unnamed one")
			}
			if w.Certain && !s.Certain() {
				fail("speaker", fmt.Sprint(s.SpeakerConfidence), "a certain one")
			}
			text := r.articles[s.Article].Text
			if got := wordsOf(text, s.Addressee); w.To != "" && got != w.To {
				fail("to", got, w.To)
			}
			if w.Sort != "" && !slices.Contains(s.Unnamed, w.Sort) {
				fail("unnamed", strings.Join(s.Unnamed, ", "), w.Sort)
			}
			if got := wordsOf(text, s.Anonymity); w.Anonymity != "" && got != w.Anonymity {
				fail("anonymity", got, w.Anonymity)
			}
			if w.Kind != "" && s.Kind != w.Kind {
				fail("kind", s.Kind, w.Kind)
			}
			if w.Stance != "" && s.Stance != w.Stance {
				fail("stance", s.Stance, w.Stance)
			}
			if got := s.Said.From.Format(time.DateOnly); w.Said != "" && got != w.Said {
				fail("said", got, w.Said)
			}
			if w.Relay != "" && !slices.Contains(s.Relays, w.Relay) {
				fail("relays", strings.Join(s.Relays, ", "), w.Relay)
			}
			if wrong == nil {
				break
			}
		}
		if wrong != nil {
			t.Errorf("%s, %q: %s", w.Article, words, strings.Join(wrong, "; "))
		}
	}
	for _, p := range want.NoStatement {
		found, err := r.statementsAt(p.Article, p.Words, contentOf)
		if err != nil {
			t.Fatal(err)
		}
		if len(found) > 0 {
			t.Errorf("%s: %q is not news, yet a statement holds it", p.Article, p.Words)
		}
	}
	for _, p := range want.Apart {
		if a, b := r.one(t, p[0]), r.one(t, p[1]); a != nil && b != nil && a.Speaker == b.Speaker {
			t.Errorf("%q and %q are given to one speaker, %s", p[0].Words, p[1].Words, a.SpeakerName)
		}
	}
	for _, p := range want.Together {
		if a, b := r.one(t, p[0]), r.one(t, p[1]); a != nil && b != nil && (a.Speaker == "" || a.Speaker != b.Speaker) {
			t.Errorf("%q and %q are given to two speakers, %s and %s", p[0].Words, p[1].Words, a.SpeakerName, b.SpeakerName)
		}
	}
	for _, w := range want.Aliases {
		taught := false
		for _, s := range r.readings[r.key[w.Article]].Speakers {
			for _, l := range s.Learned {
				pair := l.Name + " | " + l.Alias
				taught = taught || strings.Contains(pair, w.Name) && strings.Contains(pair, w.Alias)
			}
		}
		if !taught {
			t.Errorf("%s does not teach that %s is %s", w.Article, w.Alias, w.Name)
		}
	}
}

// rendersAll says whether an utterance has a statement at each of the places.
func (r *record) rendersAll(t *testing.T, u *onrecord.Utterance, places []place) bool {
	for _, p := range places {
		found, err := r.statementsAt(p.Article, p.Words, contentOf)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(found, func(s *ledger.StatementRow) bool { return slices.Contains(u.Statements, s.ID) }) {
			return false
		}
	}
	return true
}

func (r *record) checkUtterances(t *testing.T, want *expected) {
	for _, w := range want.Utterances {
		var of string
		for _, u := range r.utterances {
			if r.rendersAll(t, u, w.Renditions) {
				of = u.ID
			}
		}
		if of == "" {
			t.Errorf("no utterance has all renditions of %q", w.Renditions[0].Words)
			continue
		}
		for _, d := range w.Drift {
			shown := false
			found, err := r.statementsAt(d.Article, d.Words, contentOf)
			if err != nil {
				t.Fatal(err)
			}
			for _, u := range r.utterances {
				for _, x := range u.Drift {
					shown = shown || u.ID == of && x.Kind == d.Kind && slices.ContainsFunc(found, func(s *ledger.StatementRow) bool { return s.ID == x.Statement })
				}
			}
			if !shown {
				t.Errorf("%s: the %s that changed in %q is not shown", d.Article, d.Kind, d.Words)
			}
		}
	}
}

func (r *record) checkFigures(t *testing.T, want *expected) {
	for _, w := range want.Figures {
		found, err := r.figuresAt(w.Article, w.Words)
		if err != nil {
			t.Fatal(err)
		}
		near := func(a, b float64) bool { return math.Abs(a-b) <= 1e-9*math.Max(1, math.Abs(b)) }
		i := slices.IndexFunc(found, func(f *ledger.FigureRow) bool { return near(f.Low, w.Low) && near(f.High, w.High) })
		if i < 0 {
			t.Errorf("%s: %q gives no figure %v to %v", w.Article, w.Words, w.Low, w.High)
			continue
		}
		f := found[i]
		if w.Comparator != "" && f.Comparator != w.Comparator {
			t.Errorf("%s: %q: comparator %s, want %s", w.Article, w.Words, f.Comparator, w.Comparator)
		}
		if w.Unit != nil && f.Unit != *w.Unit {
			t.Errorf("%s: %q: unit %q, want %q", w.Article, w.Words, f.Unit, *w.Unit)
		}
		if !strings.Contains(f.Thing, w.Thing) {
			t.Errorf("%s: %q: counts %q, want %q", w.Article, w.Words, f.Thing, w.Thing)
		}
		if !strings.Contains(f.ShareOf, w.ShareOf) {
			t.Errorf("%s: %q: a share of %q, want %q", w.Article, w.Words, f.ShareOf, w.ShareOf)
		}
		if f.Vague != w.Vague {
			t.Errorf("%s: %q: vague %v", w.Article, w.Words, f.Vague)
		}
	}
	measure := func(p place) (id string, complement bool) {
		found, err := r.figuresAt(p.Article, p.Words)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			if f.Measure != "" {
				return f.Measure, f.Complement
			}
		}
		return "", false
	}
	for _, group := range want.Measures {
		first, end := measure(group[0].place)
		for _, p := range group {
			switch m, complement := measure(p.place); {
			case m == "" || m != first:
				t.Errorf("%s: %q does not answer the question that %q answers", p.Article, p.Words, group[0].Words)
			case (complement != end) != p.Complement:
				t.Errorf("%s: %q and %q: which end of the share they state is confused", p.Article, p.Words, group[0].Words)
			}
		}
	}
	for _, p := range want.MeasuresApart {
		a, _ := measure(p[0])
		if b, _ := measure(p[1]); a != "" && a == b {
			t.Errorf("%q and %q answer one question", p[0].Words, p[1].Words)
		}
	}
}

func (r *record) checkDisputes(t *testing.T, want *expected) {
	for _, w := range want.Disputes {
		article, span, err := r.at(w.Article, w.Words)
		if err != nil {
			t.Fatal(err)
		}
		shown := false
		for _, d := range r.disputes {
			for _, id := range append(slices.Clone(d.Sides[0]), d.Sides[1]...) {
				s := r.statements[id]
				shown = shown || d.Kind == w.Kind && s != nil && s.Article == article &&
					slices.ContainsFunc(append(append(slices.Clone(s.Source), s.Cue...), s.Content...), span.Overlaps)
			}
		}
		if !shown {
			t.Errorf("%s: no dispute of kind %s over %q", w.Article, w.Kind, w.Words)
		}
	}
}

func (r *record) checkTimes(t *testing.T, want *expected) {
	for _, w := range want.Times {
		article, span, err := r.at(w.Article, w.Words)
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(r.times, func(x *onrecord.Time) bool { return x.Article == article && span.Overlaps(x.Span) })
		if i < 0 {
			t.Errorf("%s: no time at %q", w.Article, w.Words)
			continue
		}
		got := ""
		if x := r.times[i]; !x.Interval.From.IsZero() {
			got = x.Interval.From.Format(time.DateOnly)
		}
		if !strings.HasPrefix(got, w.From) || w.From == "" && got != "" {
			t.Errorf("%s: %q begins on %q, want %q", w.Article, w.Words, got, w.From)
		}
	}
}
