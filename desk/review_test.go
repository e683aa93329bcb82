package desk

import (
	"encoding/json"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/engine"
	"github.com/onrecord/onrecord/export"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/sqlite"
	"github.com/onrecord/onrecord/reading"
	"github.com/onrecord/onrecord/review"
)

// A newsroom is a ledger of its own, to be reviewed.
type newsroom struct {
	*testing.T
	ledger.Ledger
	clock time.Time
}

func newNewsroom(t *testing.T) *newsroom {
	l, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "l.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	n := &newsroom{t, l, time.Date(2031, 4, 1, 9, 0, 0, 0, time.UTC)}
	if _, err := engine.Read(t.Context(), l, []string{filepath.Join("..", "examples", "coverage.jsonl")}, engine.Options{Workers: 2}); err != nil {
		t.Fatal(err)
	}
	return n
}

// review keeps a review and links.
func (n *newsroom) review(q Request) onrecord.Review {
	n.Helper()
	n.clock = n.clock.Add(time.Minute)
	q.By, q.At = "Ada", n.clock
	v, err := NewReview(n.Context(), n.Ledger, q)
	if err != nil {
		n.Fatal(err)
	}
	v.ID = review.ID(&v)
	if err := n.AddReview(n.Context(), v); err != nil {
		n.Fatal(err)
	}
	n.link()
	return v
}

func (n *newsroom) link() {
	n.Helper()
	if err := engine.Link(n.Context(), n.Ledger, 2); err != nil {
		n.Fatal(err)
	}
}

// rows are all rows but reviews, as the export contract has them, a line each.
func (n *newsroom) rows() []string {
	n.Helper()
	var out strings.Builder
	if err := export.JSONL(&out, func(f func(any) error) error { return n.Rows(n.Context(), "", f) }, func(ids []string) ([]ledger.ArticleRow, error) {
		return n.Articles(n.Context(), ids)
	}); err != nil {
		n.Fatal(err)
	}
	return slices.DeleteFunc(strings.Split(out.String(), "\n"), func(s string) bool { return strings.HasPrefix(s, `{"type":"review"`) })
}

// of are the rows of a kind.
func of[T any](n *newsroom) (list []T) {
	n.Helper()
	if err := n.Rows(n.Context(), "", func(row any) error {
		if r, ok := row.(*T); ok {
			list = append(list, *r)
		}
		return nil
	}); err != nil {
		n.Fatal(err)
	}
	return list
}

func (n *newsroom) speaker(name string) ledger.SpeakerRow {
	n.Helper()
	for _, s := range of[ledger.SpeakerRow](n) {
		if s.Name == name && s.Statements > 0 {
			return s
		}
	}
	n.Fatalf("no speaker %s", name)
	return ledger.SpeakerRow{}
}

// misattributed is the statement that one article gives to another than the rest do: a side of the dispute of attribution.
func (n *newsroom) misattributed() (onrecord.Dispute, ledger.StatementRow) {
	n.Helper()
	for _, d := range of[onrecord.Dispute](n) {
		for _, side := range d.Sides {
			if d.Kind == onrecord.Attribution && len(side) == 1 {
				for _, s := range of[ledger.StatementRow](n) {
					if s.ID == side[0] {
						return d, s
					}
				}
			}
		}
	}
	n.Fatal("no dispute of attribution")
	return onrecord.Dispute{}, ledger.StatementRow{}
}

// A corrected speaker moves counts and a dispute; undone, every row is as it was.
func TestReviewMovesLinks(t *testing.T) {
	n := newNewsroom(t)
	before := n.rows()
	d, s := n.misattributed()
	marden, ostrin := n.speaker("Ilsa Marden"), n.speaker("Pavel Ostrin")
	v := n.review(Request{Action: review.Correct, Row: s.ID, Fields: map[string]string{"speaker": "Ilsa Marden"}})
	if got := n.speaker("Ilsa Marden"); got.Statements != marden.Statements+1 || got.ID != marden.ID {
		t.Errorf("%d statements of %s, were %d of %s", got.Statements, got.ID, marden.Statements, marden.ID)
	}
	if got := n.speaker("Pavel Ostrin"); got.Statements != ostrin.Statements-1 {
		t.Errorf("%d statements, were %d", got.Statements, ostrin.Statements)
	}
	for _, x := range of[onrecord.Dispute](n) {
		if x.ID == d.ID {
			t.Error("the dispute is there still")
		}
	}
	machine, holds, err := n.Reading(t.Context(), s.Article)
	if err != nil || machine.Speaker(statement(machine, s.ID).Speaker).Name != "Pavel Ostrin" || statement(holds, s.ID).SpeakerConfidence != 1 {
		t.Errorf("the machine's row: %v", err)
	}
	n.review(Request{Action: review.Undo, Row: v.ID})
	if after := n.rows(); !slices.Equal(before, after) {
		t.Error("undone, the rows are not what they were")
	}
}

func statement(r *onrecord.Reading, id string) *onrecord.Statement {
	for i := range r.Statements {
		if r.Statements[i].ID == id {
			return &r.Statements[i]
		}
	}
	return &onrecord.Statement{}
}

// Reviews of every kind hold after a reading by another model, which finds the rows under other ids, and links made anew.
func TestReviewsOutliveReadings(t *testing.T) {
	n := newNewsroom(t)
	_, s := n.misattributed()
	figure := of[ledger.FigureRow](n)[0]
	n.review(Request{Action: review.Correct, Row: s.ID, Fields: map[string]string{"speaker": "Ilsa Marden", "stance": "believes"}})
	n.review(Request{Action: review.Correct, Row: figure.ID, Fields: map[string]string{"value": "> 77"}})
	n.review(Request{Action: review.Correct, Row: s.Article, Fields: map[string]string{"outlet": "The Other Paper", "day": "2031-03-05"}})
	n.review(Request{Action: review.Merge, Row: n.speaker("Ilsa Marden").ID, With: n.speaker("Harbour Watch").ID})
	rejected := of[onrecord.Dispute](n)[0]
	n.review(Request{Action: review.Reject, Row: rejected.ID})
	again := n.byAnotherModel()
	if _, err := n.Add(t.Context(), again); err != nil {
		t.Fatal(err)
	}
	n.link()
	found := 0
	for _, x := range of[ledger.StatementRow](n) {
		if x.Article == s.Article && slices.Equal(x.Content, s.Content) {
			found++
			if x.SpeakerName != "Ilsa Marden" && x.SpeakerName != "Harbour Watch" || x.Stance != onrecord.Believes || x.Confidence != 1 {
				t.Errorf("the statement is %s's, %s", x.SpeakerName, x.Stance)
			}
		}
	}
	for _, f := range of[ledger.FigureRow](n) {
		if f.Article == figure.Article && f.Span == figure.Span {
			found++
			if f.Low != 77 || f.Comparator != ">" {
				t.Errorf("the figure is %s %v", f.Comparator, f.Low)
			}
		}
	}
	if found != 2 {
		t.Errorf("%d of 2 rows", found)
	}
	for _, a := range of[ledger.ArticleRow](n) {
		if a.ID == s.Article && (a.Outlet != "The Other Paper" || a.Published.Value != "2031-03-05" || a.Altered()) {
			t.Errorf("the article is of %s, %s; altered: %v", a.Outlet, a.Published.Value, a.Altered())
		}
	}
	n.speaker("Ilsa Marden") // who is the Harbour Watch too
	for _, x := range of[ledger.SpeakerRow](n) {
		if x.Name == "Harbour Watch" {
			t.Error("merged speakers are two again")
		}
	}
	list, err := AllReviews(t.Context(), n)
	if err != nil || len(list) != 5 {
		t.Fatalf("%d reviews: %v", len(list), err)
	}
	states, err := States(t.Context(), n, list)
	if err != nil || slices.ContainsFunc(states, func(s string) bool { return s != "" }) {
		t.Errorf("states %q, %v", states, err)
	}
}

// Merging and splitting speakers, utterances, measures, stories and reports, and undoing it.
func TestMergeAndSplit(t *testing.T) {
	n := newNewsroom(t)
	before := n.rows()
	var list []onrecord.Review
	merge := func(kind, a, b string) {
		t.Helper()
		_, own, err := n.Members(t.Context(), a)
		if err != nil {
			t.Fatal(kind, err)
		}
		_, others, err := n.Members(t.Context(), b)
		if err != nil {
			t.Fatal(kind, err)
		}
		v := n.review(Request{Action: review.Merge, Row: a, With: b})
		now, members, err := n.Members(t.Context(), a)
		lost := slices.DeleteFunc(slices.Concat(own, others), func(id string) bool { return slices.Contains(members, id) })
		if err != nil || len(lost) > 0 {
			t.Errorf("%s: %d members of %s, %v of %d and %d are not among them: %v", kind, len(members), now, lost, len(own), len(others), err)
		}
		list = append(list, v)
	}
	split := func(kind, a string) {
		t.Helper()
		now, members, err := n.Members(t.Context(), a)
		if err != nil || len(members) < 2 {
			t.Fatal(kind, err, members)
		}
		v := n.review(Request{Action: review.Split, Row: a, Rows: members[len(members)-1:]})
		after, left, err := n.Members(t.Context(), now)
		if err != nil || slices.Contains(left, members[len(members)-1]) && slices.Contains(left, members[0]) {
			t.Errorf("%s: %s has %v: %v", kind, after, left, err)
		}
		list = append(list, v)
	}
	s := of[onrecord.Story](n)
	merge("stories", s[0].ID, s[1].ID)
	split("stories", s[0].ID)
	merge("speakers", n.speaker("Ilsa Marden").ID, n.speaker("Pavel Ostrin").ID)
	split("speakers", n.speaker("Marvenia").ID)
	u := of[onrecord.Utterance](n)
	slices.SortFunc(u, func(a, b onrecord.Utterance) int { return len(b.Statements) - len(a.Statements) })
	split("utterances", u[0].ID)
	merge("utterances", u[1].ID, u[2].ID)
	m := of[onrecord.Measure](n)
	slices.SortFunc(m, func(a, b onrecord.Measure) int { return len(b.Figures) - len(a.Figures) })
	split("measures", m[0].ID)
	merge("measures", m[1].ID, m[2].ID)
	var reports []string
	for _, a := range of[ledger.ArticleRow](n) {
		if !slices.Contains(reports, a.Report) {
			reports = append(reports, a.Report)
		}
	}
	merge("reports", reports[0], reports[1])
	for _, v := range slices.Backward(list) {
		n.review(Request{Action: review.Undo, Row: v.ID})
	}
	if after := n.rows(); !slices.Equal(before, after) {
		t.Error("undone, the rows are not what they were")
	}
}

// An article that is rejected is removed, its rows go, and what was said of it stays.
func TestRemoveArticle(t *testing.T) {
	n := newNewsroom(t)
	_, s := n.misattributed()
	v := n.review(Request{Action: review.Reject, Row: s.Article, Why: "asked for by the paper"})
	if _, err := n.Article(t.Context(), s.Article); !errors.Is(err, ledger.ErrNotFound) {
		t.Errorf("the article: %v", err)
	}
	for _, row := range n.rows() {
		if strings.Contains(row, s.Article) || strings.Contains(row, s.ID) {
			t.Errorf("left is %.200s", row)
		}
	}
	if list, err := n.Reviews(t.Context(), s.Article); err != nil || len(list) != 1 || list[0].Why != v.Why {
		t.Errorf("%v %v", list, err)
	}
	if _, err := NewReview(t.Context(), n, Request{Action: review.Undo, Row: v.ID, By: "Ada"}); err == nil || !strings.Contains(err.Error(), "read it again") {
		t.Error(err)
	}
	fresh, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "fresh.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer fresh.Close()
	var left []*onrecord.Reading
	for _, a := range of[ledger.ArticleRow](n) {
		left = append(left, reading.Read(&a.Article))
	}
	if _, err := fresh.Add(t.Context(), left); err != nil {
		t.Fatal(err)
	}
	other := &newsroom{t, fresh, n.clock}
	other.link()
	if !slices.Equal(n.rows(), other.rows()) {
		t.Error("what is left is not what a ledger without the article has")
	}
}

func TestReviewRefused(t *testing.T) {
	n := newNewsroom(t)
	_, s := n.misattributed()
	for _, c := range []struct {
		q    Request
		says string
	}{
		{Request{Action: review.Accept, Row: s.ID}, "a name is needed"},
		{Request{Action: review.Accept, By: "Ada"}, "which row"},
		{Request{Action: "burn", Row: s.ID, By: "Ada"}, "no action"},
		{Request{Action: review.Accept, Row: "s000000000none", By: "Ada"}, "not in the ledger"},
		{Request{Action: review.Correct, Row: s.ID, By: "Ada"}, "FIELD=VALUE"},
		{Request{Action: review.Correct, Row: s.ID, By: "Ada", Fields: map[string]string{"stance": "shouts"}}, "no stance"},
		{Request{Action: review.Correct, Row: s.ID, By: "Ada", Fields: map[string]string{"mood": "x"}}, "no field"},
		{Request{Action: review.Correct, Row: s.ID, By: "Ada", Fields: map[string]string{"content": "words that nobody printed"}}, "does not stand in the article"},
		{Request{Action: review.Merge, Row: s.ID, With: s.ID, By: "Ada"}, "are merged and split"},
		{Request{Action: review.Split, Row: n.speaker("Marvenia").ID, Rows: []string{s.ID}, By: "Ada"}, "is no part of"},
		{Request{Action: review.Undo, Row: "v000000000none", By: "Ada"}, "not in the ledger"},
		{Request{Action: review.Reject, Row: of[onrecord.Story](n)[0].ID, By: "Ada"}, "cannot be rejected"},
	} {
		if _, err := NewReview(t.Context(), n, c.q); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%+v: %v, want %q", c.q, err, c.says)
		}
	}
}

// A test set holds what was found and what is right, and its lines can be read as articles.
func TestTests(t *testing.T) {
	n := newNewsroom(t)
	_, s := n.misattributed()
	n.review(Request{Action: review.Correct, Row: s.ID, Fields: map[string]string{"speaker": "Ilsa Marden"}})
	var out strings.Builder
	if err := Tests(t.Context(), n, &out); err != nil {
		t.Fatal(err)
	}
	var line struct {
		Text     string
		Reviewed []struct {
			Verdict        string
			Machine, Right struct {
				SpeakerName string `json:"speaker_name"`
			}
		}
	}
	if err := json.Unmarshal([]byte(out.String()), &line); err != nil || len(line.Reviewed) != 1 {
		t.Fatalf("%v: %s", err, out.String())
	}
	if r := line.Reviewed[0]; r.Verdict != "correct" || r.Machine.SpeakerName != "Pavel Ostrin" || r.Right.SpeakerName != "Ilsa Marden" || line.Text == "" {
		t.Errorf("%+v", r)
	}
}

// byAnotherModel are the articles as another model might read them: rows have other ids.
func (n *newsroom) byAnotherModel() (again []*onrecord.Reading) {
	for _, a := range of[ledger.ArticleRow](n) {
		given := a.Article
		given.Outlet = a.GivenOutlet
		r := reading.Read(&given)
		r.Model = "another"
		for i := range r.Statements {
			x := &r.Statements[i]
			x.ID = onrecord.NewID(onrecord.StatementKind, "another", x.ID)
			x.Parent, x.Denied = "", ""
		}
		for i := range r.Figures {
			r.Figures[i].ID = onrecord.NewID(onrecord.FigureKind, "another", r.Figures[i].ID)
			r.Figures[i].Statement, r.Figures[i].ConversionOf = "", ""
		}
		again = append(again, r)
	}
	return again
}
