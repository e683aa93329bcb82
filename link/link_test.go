package link

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/onrecord/onrecord"
)

// TestOrder holds that links are a function of the set: whatever the order of the readings, their number of workers, and readings
// that come twice.
func TestOrder(t *testing.T) {
	piles := readPiles(t)
	rapid.Check(t, func(t *rapid.T) {
		var rs []*onrecord.Reading
		for _, k := range rapid.SliceOfNDistinct(rapid.IntRange(0, len(piles)-1), 1, 6, rapid.ID).Draw(t, "piles") {
			rs = append(rs, piles[k].readings...)
		}
		some := rs[:rapid.IntRange(0, len(rs)).Draw(t, "readings")]
		want := All(some, 1)
		mixed := rapid.Permutation(some).Draw(t, "order")
		if len(mixed) > 0 {
			mixed = append(mixed, mixed[rapid.IntRange(0, len(mixed)-1).Draw(t, "twice")])
		}
		if diff := cmp.Diff(want, All(mixed, rapid.IntRange(1, 4).Draw(t, "workers"))); diff != "" {
			t.Fatalf("(-canonical +mixed)\n%s", diff)
		}
		wellFormed(t, some, want)
	})
}

// fatal is what rapid and testing have in common.
type fatal interface {
	Helper()
	Fatalf(format string, args ...any)
}

// wellFormed holds what every result promises: rows point at rows that are there, each article is in one story and one report, each
// statement at most once in an utterance, each figure in at most one measure, passages lie in their texts, ids are not given twice.
func wellFormed(t fatal, rs []*onrecord.Reading, l *onrecord.Links) {
	t.Helper()
	articles := map[string]*onrecord.Article{}
	rows := map[string]bool{}
	ids := map[string]bool{}
	once := func(id string) {
		t.Helper()
		if id == "" || ids[id] {
			t.Fatalf("id %q is given twice", id)
		}
		ids[id] = true
	}
	for _, r := range rs {
		articles[r.Article.ID] = r.Article
		for _, s := range r.Statements {
			rows[s.ID] = true
		}
		for _, f := range r.Figures {
			rows[f.ID] = true
		}
	}
	inStory, inReport, used := map[string]int{}, map[string]int{}, map[string]int{}
	for _, s := range l.Stories {
		once(s.ID)
		if s.Title == "" && strings.TrimSpace(articles[s.Articles[0]].Text) != "" {
			t.Fatalf("story %s has no title", s.ID)
		}
		if len(s.Basis) == 0 {
			t.Fatalf("story %s says not what it rests on", s.ID)
		}
		for _, a := range s.Articles {
			inStory[a]++
		}
	}
	for _, r := range l.Reports {
		once(r.ID)
		if len(r.Basis) == 0 {
			t.Fatalf("report %s says not what it rests on", r.ID)
		}
		for _, a := range r.Articles {
			inReport[a]++
		}
	}
	for id := range articles {
		if inStory[id] != 1 || inReport[id] != 1 {
			t.Fatalf("article %s is in %d stories and %d reports", id, inStory[id], inReport[id])
		}
	}
	if len(inStory) != len(articles) || len(inReport) != len(articles) {
		t.Fatalf("stories or reports name articles that are not there")
	}
	for _, c := range l.Copies {
		once(c.ID)
		a, o := articles[c.Article], articles[c.Origin]
		if a == nil || o == nil || a == o || c.Share < 0 || c.Share > 1 || len(c.Basis) == 0 {
			t.Fatalf("copy %+v", c)
		}
		for _, p := range c.Passages {
			if p.Span.Start < 0 || p.Span.End > len(a.Text) || p.Span.Len() <= 0 || p.Origin.Start < 0 || p.Origin.End > len(o.Text) || p.Origin.Len() <= 0 {
				t.Fatalf("passage %+v outside its texts", p)
			}
		}
	}
	speakers := map[string]bool{"": true}
	for _, s := range l.Speakers {
		once(s.ID)
		speakers[s.ID] = true
	}
	for _, r := range rs {
		for _, s := range r.Speakers {
			if across := l.SpeakerOf[s.ID]; across == "" || !speakers[across] {
				t.Fatalf("speaker %s stands for nobody", s.Name)
			}
		}
	}
	for _, u := range l.Utterances {
		once(u.ID)
		if !speakers[u.Speaker] || len(u.Statements) < 2 || u.Wording == "" || len(u.Basis) == 0 {
			t.Fatalf("utterance %+v", u)
		}
		for k, s := range u.Statements {
			if !rows[s] || slices.Contains(u.Statements[:k], s) {
				t.Fatalf("utterance %s has %s twice, or it is no row", u.ID, s)
			}
		}
		for _, d := range u.Drift {
			if !rows[d.Statement] || d.From == "" && d.To == "" {
				t.Fatalf("drift %+v", d)
			}
		}
	}
	for _, m := range l.Measures {
		once(m.ID)
		if m.Label == "" || len(m.Figures) < 2 || len(m.Basis) == 0 {
			t.Fatalf("measure %+v", m)
		}
		for _, f := range m.Figures {
			used[f.Figure]++
		}
	}
	for id, n := range used {
		if n != 1 || !rows[id] {
			t.Fatalf("row %s is used %d times", id, n)
		}
	}
	for _, d := range l.Disputes {
		once(d.ID)
		if d.Basis == "" {
			t.Fatalf("dispute %+v", d)
		}
		for _, side := range d.Sides {
			if len(side) == 0 {
				t.Fatalf("dispute %s has one side", d.Kind)
			}
			for _, id := range side {
				if !rows[id] {
					t.Fatalf("dispute names %s", id)
				}
			}
		}
	}
}

// TestDoubtful holds that nothing across articles rests on doubtful statements: no utterance, no denial that the article itself tells,
// and none between two articles.
func TestDoubtful(t *testing.T) {
	const claim = "the old lighthouse at Grell will be demolished before the winter storms"
	reading := func(id string, sure, denialSure float64, pointed bool) *onrecord.Reading {
		text := "Rolf Danner said " + claim + ". Peter Lund denied that " + claim + "."
		span := func(words string) []onrecord.Span {
			i := strings.LastIndex(text, words)
			return []onrecord.Span{{Start: i, End: i + len(words)}}
		}
		first := strings.Index(text, claim)
		speaker := func(name string) onrecord.Speaker {
			return onrecord.Speaker{ID: name + id, Article: id, Name: name, Kind: onrecord.Person, Spans: span(name), Confidence: 1}
		}
		said := onrecord.Statement{ID: "said" + id, Stance: onrecord.Asserts, Speaker: "Rolf Danner" + id, Source: span("Rolf Danner"), Cue: span("said"), Content: []onrecord.Span{{Start: first, End: first + len(claim)}}, Confidence: sure}
		denial := onrecord.Statement{ID: "denial" + id, Stance: onrecord.Denies, Speaker: "Peter Lund" + id, Source: span("Peter Lund"), Cue: span("denied"), Content: span(claim), Confidence: denialSure}
		if pointed {
			denial.Denied = said.ID
		}
		for _, s := range []*onrecord.Statement{&said, &denial} {
			s.Article, s.Kind, s.SpeakerConfidence = id, onrecord.Indirect, 1
		}
		return &onrecord.Reading{
			Article:    &onrecord.Article{ID: id, Text: text, Published: onrecord.Published{Value: "2031-03-07", Precision: "day"}},
			Statements: []onrecord.Statement{said, denial}, Speakers: []onrecord.Speaker{speaker("Rolf Danner"), speaker("Peter Lund")},
		}
	}
	const sure, doubt = onrecord.Doubt, onrecord.Doubt - .01
	for _, c := range []struct {
		name           string
		sure, denial   float64 // of the claim and of its denial, in both articles
		pointed        bool    // the article says that the claim is what is denied
		said, disputed bool    // whether the claim is an utterance, and a dispute is found
	}{
		{"both are sure enough", sure, sure, false, true, true},
		{"the claim is doubtful", doubt, sure, false, false, false},
		{"the claim is doubtful, and the article itself puts the denial against it", doubt, sure, true, false, false},
		{"the denial is doubtful", sure, doubt, false, true, false},
		{"the denial would be doubtful, but the article itself puts it against the claim", sure, doubt, true, true, true},
		{"both are doubtful", doubt, doubt, false, false, false},
	} {
		l := All([]*onrecord.Reading{reading("a", c.sure, c.denial, c.pointed), reading("b", c.sure, c.denial, c.pointed)}, 1)
		said := slices.ContainsFunc(l.Utterances, func(u onrecord.Utterance) bool { return slices.Contains(u.Statements, "saida") })
		if disputed := len(l.Disputes) > 0; said != c.said || disputed != c.disputed {
			t.Errorf("%s: an utterance %v, a dispute %v, not %v, %v", c.name, said, disputed, c.said, c.disputed)
		}
	}
}

// TestDenied holds that what is denied is nobody's saying: "Danner denied that Lund had told the crew" tells nothing that Lund said.
func TestDenied(t *testing.T) {
	const order = "to “cut the rusted anchor before the storm reaches the harbour of Tern”"
	reading := func(id, text string, said ...onrecord.Statement) *onrecord.Reading {
		for i := range said {
			s := &said[i]
			for _, spans := range [][]onrecord.Span{s.Source, s.Cue, s.Content} {
				if spans[0].End > len(text) {
					t.Fatalf("%v of %q", spans, text)
				}
			}
			s.Article, s.Kind, s.Confidence = id, onrecord.Mixed, 1
		}
		return &onrecord.Reading{Article: &onrecord.Article{ID: id, Text: text, Published: onrecord.Published{Value: "2031-03-07", Precision: "day"}}, Statements: said}
	}
	at := func(text, words string) []onrecord.Span {
		i := strings.Index(text, words)
		return []onrecord.Span{{Start: i, End: i + len(words)}}
	}
	denial, report := "Rolf Danner denied that Peter Lund had told the crew "+order+".", "Peter Lund told the crew "+order+"."
	for stance, want := range map[string]bool{onrecord.Denies: false, onrecord.Asserts: true} {
		l := All([]*onrecord.Reading{
			reading("a", denial,
				onrecord.Statement{ID: "outer", Stance: stance, Source: at(denial, "Rolf Danner"), Cue: at(denial, "denied"), Content: at(denial, "that Peter Lund had told the crew "+order)},
				onrecord.Statement{ID: "inner", Parent: "outer", Stance: onrecord.Asserts, Source: at(denial, "Peter Lund"), Cue: at(denial, "had told"), Content: at(denial, order)}),
			reading("b", report, onrecord.Statement{ID: "said", Stance: onrecord.Asserts, Source: at(report, "Peter Lund"), Cue: at(report, "told"), Content: at(report, order)}),
		}, 1)
		found := slices.ContainsFunc(l.Utterances, func(u onrecord.Utterance) bool { return slices.Contains(u.Statements, "inner") })
		if found != want {
			t.Errorf("in what is said with stance %s: an utterance %v, not %v", stance, found, want)
		}
	}
}

// TestNothing holds that odd input is linked without a fault: nothing, empty texts, bytes that are no text, rows without words.
func TestNothing(t *testing.T) {
	wellFormed(t, nil, All(nil, 1))
	var rs []*onrecord.Reading
	for i, text := range []string{"", " \n", "\xff\xfe", "“", strings.Repeat("a", 5000), strings.Repeat("“no ", 3000), strings.Repeat("one two three ", 2000), "…"} {
		a := &onrecord.Article{ExternalID: fmt.Sprint(i), Text: text}
		a.ID = onrecord.ArticleID(a)
		r := &onrecord.Reading{Article: a}
		r.Statements = []onrecord.Statement{{ID: "s" + a.ID, Article: a.ID, Confidence: 1, Content: []onrecord.Span{{Start: 0, End: len(text)}}}}
		r.Speakers = []onrecord.Speaker{{ID: "p" + a.ID, Article: a.ID}}
		r.Figures = []onrecord.Figure{{ID: "f" + a.ID, Article: a.ID, Thing: text, Span: onrecord.Span{Start: 0, End: len(text)}}}
		rs = append(rs, r)
	}
	wellFormed(t, rs, All(rs, 3))
}
