package review

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/onrecord/onrecord"
)

const quay = `The quay will reopen in May, harbour master Odo Brandt said on Monday. The mayor denied that 40 berths had been lost.`

// made is a reading of a text by hand: one statement and one figure.
func made(body string) *onrecord.Reading {
	a := &onrecord.Article{ID: "a000000000quay", Text: body, Outlet: "Gull", Published: onrecord.Published{Value: "2031-03-01", Precision: "day", Basis: "given"}}
	at := func(words string) onrecord.Span {
		i := strings.Index(body, words)
		if i < 0 {
			return onrecord.Span{}
		}
		return onrecord.Span{Start: i, End: i + len(words)}
	}
	r := &onrecord.Reading{Article: a, Model: "m"}
	r.Speakers = []onrecord.Speaker{{ID: "p00000000brandt", Article: a.ID, Name: "Odo Brandt", Kind: onrecord.Person}}
	r.Statements = []onrecord.Statement{{
		ID: "s00000000reopen", Article: a.ID, Kind: onrecord.Indirect, Stance: onrecord.Asserts, Source: []onrecord.Span{at("harbour master Odo Brandt")}, Cue: []onrecord.Span{at("said")},
		Content: []onrecord.Span{at("The quay will reopen in May")}, Speaker: "p00000000brandt", SpeakerConfidence: .5, Confidence: .7,
	}}
	if s := at("40 berths"); s.Len() > 0 {
		r.Figures = []onrecord.Figure{{ID: "f00000000berths", Article: a.ID, Span: s, Low: 40, High: 40, Comparator: "=", Thing: "berths", Confidence: .6}}
	}
	return r
}

func reviewOf(r *onrecord.Reading, action, after string) onrecord.Review {
	s := &r.Statements[0]
	return onrecord.Review{ID: "v" + action, Row: s.ID, Action: action, By: "Ada", At: time.Unix(1, 0), Before: OfStatement(s, r.Article.Text, r.Speaker(s.Speaker)).JSON(), After: after}
}

func TestApply(t *testing.T) {
	text := func(s string) *string { return &s }
	r := made(quay)
	speaker := Row{SpeakerName: text("Mira Sund"), SpeakerKind: text(onrecord.Person), Stance: text(onrecord.Promises)}.JSON()
	now := Apply(r, []onrecord.Review{reviewOf(r, Correct, speaker)})
	s := &now.Statements[0]
	if p := now.Speaker(s.Speaker); p == nil || p.Name != "Mira Sund" || s.Stance != onrecord.Promises || s.Confidence != Sure || s.SpeakerConfidence != Sure {
		t.Errorf("corrected: %+v by %v", s, p)
	}
	if r.Statements[0].Stance != onrecord.Asserts || r.Statements[0].Confidence != .7 || len(r.Speakers) != 1 {
		t.Error("the machine's reading has changed")
	}
	if now := Apply(r, []onrecord.Review{reviewOf(r, Correct, speaker), reviewOf(r, Reject, "")}); len(now.Statements) != 0 {
		t.Error("a rejected statement is there")
	}
	if now := Apply(r, []onrecord.Review{reviewOf(r, Correct, speaker), reviewOf(r, Reject, ""), reviewOf(r, Accept, "")}); len(now.Statements) != 1 || now.Statements[0].Stance != onrecord.Promises {
		t.Error("what is accepted after it was rejected does not have what was corrected")
	}
	if now := Apply(r, []onrecord.Review{reviewOf(r, Correct, Row{SpeakerName: text("")}.JSON())}); now.Statements[0].Speaker != "" {
		t.Error("nobody is not nobody")
	}
}

// Another model gives the row another id and other bounds, or does not find it: the review is of the passage.
func TestApplyToAnotherModel(t *testing.T) {
	stance := onrecord.Denies
	old := made(quay)
	v := reviewOf(old, Correct, Row{Stance: &stance}.JSON())
	other := made(quay)
	other.Statements[0].ID = "s000000000other"
	other.Statements[0].Content[0].End -= len(" in May")
	if now := Apply(other, []onrecord.Review{v}); len(now.Statements) != 1 || now.Statements[0].Stance != stance || now.Statements[0].ID != "s000000000other" {
		t.Errorf("other bounds: %+v", now.Statements)
	}
	none := made(quay)
	none.Statements, none.Speakers = nil, nil
	now := Apply(none, []onrecord.Review{v})
	if len(now.Statements) != 1 || now.Statements[0].Stance != stance || now.Statements[0].ID != v.Row || now.Speaker(now.Statements[0].Speaker).Name != "Odo Brandt" {
		t.Errorf("made again: %+v", now.Statements)
	}
	if now := Apply(none, []onrecord.Review{reviewOf(old, Reject, "")}); len(now.Statements) != 0 {
		t.Error("a rejected statement is made again")
	}
}

// A new version of the article has the passage elsewhere, or has other words: the review holds in the first, and not in the second.
func TestApplyToAnotherVersion(t *testing.T) {
	stance := onrecord.Denies
	old := made(quay)
	v := reviewOf(old, Correct, Row{Stance: &stance}.JSON())
	moved := made("Corrected on Tuesday.\n\n" + quay)
	moved.Article.ID, moved.Statements[0].ID = "a0000000000two", "s0000000000two"
	if now := Apply(moved, []onrecord.Review{v}); !Holds(moved, &v) || now.Statements[0].Stance != stance || len(now.Statements) != 1 {
		t.Errorf("moved: %+v", now.Statements)
	}
	changed := made(strings.ReplaceAll(quay, "in May", "in June"))
	changed.Article.ID, changed.Statements = "a00000000three", nil
	if now := Apply(changed, []onrecord.Review{v}); Holds(changed, &v) || len(now.Statements) != 0 {
		t.Errorf("changed: %+v", now.Statements)
	}
}

func TestApplyToFigures(t *testing.T) {
	r := made(quay)
	f := &r.Figures[0]
	low, more := 44.0, ">"
	v := onrecord.Review{ID: "v", Row: f.ID, Action: Correct, Before: OfFigure(f, quay).JSON(), After: Row{Low: &low, High: &low, Comparator: &more, AsOf: &Days{"2031-02-01", "2031-03-01"}}.JSON()}
	now := Apply(r, []onrecord.Review{v})
	if g := now.Figures[0]; g.Low != 44 || g.High != 44 || g.Comparator != ">" || g.Thing != "berths" || g.AsOf.From.Format(time.DateOnly) != "2031-02-01" {
		t.Errorf("%+v", g)
	}
	r.Figures = nil
	if now := Apply(r, []onrecord.Review{v}); len(now.Figures) != 1 || now.Figures[0].Low != 44 || now.Figures[0].Thing != "berths" {
		t.Errorf("made again: %+v", now.Figures)
	}
}

func TestApplyToArticle(t *testing.T) {
	r := made(quay)
	day, outlet := "2031-03-02", "The Gull"
	v := onrecord.Review{ID: "v", Row: r.Article.ID, Action: Correct, Before: OfArticle(r.Article).JSON(), After: Row{Published: &day, Outlet: &outlet}.JSON()}
	if now := Apply(r, []onrecord.Review{v}); now.Article.Outlet != outlet || now.Article.Published.Value != day || r.Article.Outlet != "Gull" {
		t.Errorf("%+v", now.Article)
	}
	next := made(quay)
	next.Article.ID, next.Article.Published.Value = "a00000000later", "2031-03-09" // a later version with a day of its own
	if now := Apply(next, []onrecord.Review{v}); now.Article.Outlet != outlet || now.Article.Published.Value != "2031-03-09" {
		t.Errorf("a later version: %+v", now.Article)
	}
}

func TestInForce(t *testing.T) {
	at := func(n int64) time.Time { return time.Unix(n, 0) }
	list := []onrecord.Review{
		{ID: "undo of undo", Row: "undo", Action: Undo, At: at(4)},
		{ID: "one", Row: "s", Action: Accept, At: at(1)},
		{ID: "two", Row: "s", Action: Reject, At: at(2)},
		{ID: "undo", Row: "one", Action: Undo, At: at(3)},
		{ID: "undo two", Row: "two", Action: Undo, At: at(5)},
	}
	var ids []string
	for _, v := range InForce(list) {
		ids = append(ids, v.ID)
	}
	if !slices.Equal(ids, []string{"one"}) {
		t.Error(ids)
	}
}

func TestRulings(t *testing.T) {
	merge := func(id string, members ...string) onrecord.Review {
		return onrecord.Review{ID: id, Row: "p" + id, Action: Merge, By: "Ada", After: Row{Members: members}.JSON()}
	}
	split := func(id string, members ...string) onrecord.Review {
		return onrecord.Review{ID: id, Row: "p" + id, Action: Split, By: "Ada", After: Row{Members: members}.JSON()}
	}
	got := Rulings([]onrecord.Review{split("1", "a", "b"), merge("2", "a", "c"), merge("3", "c", "d"), {ID: "4", Row: "s", Action: Accept}})
	if len(got) != 2 || !slices.Equal(got[0].Members, []string{"b"}) || !slices.Equal(got[1].Members, []string{"a", "c", "c", "d"}) || got[1].ID != "2" {
		t.Errorf("%+v", got)
	}
}

func TestAccuracies(t *testing.T) {
	r := made(quay)
	got := Accuracies([]onrecord.Review{reviewOf(r, Accept, "")})
	if len(got) != 1 || got[0].Kind != "statement" || got[0].From != .6 || got[0].Reviewed != 1 || got[0].Right != 1 {
		t.Errorf("%+v", got)
	}
	got = Accuracies([]onrecord.Review{reviewOf(r, Correct, "{}"), reviewOf(r, Accept, "")})
	if got[0].Reviewed != 1 || got[0].Right != 0 {
		t.Errorf("corrected, then accepted: %+v", got)
	}
}
