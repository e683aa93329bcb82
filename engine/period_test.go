package engine

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/link"
	"github.com/onrecord/onrecord/linking"
	"github.com/onrecord/onrecord/reading"
)

// ferry is an article on a day of March 2031 about one event.
func ferry(id string, day int) string {
	return fmt.Sprintf(`{"id":%q,"outlet":"Post %s","published":"2031-03-%02d","title":"Ferry sinks in Halvard Sound","text":"The ferry Odalisk sank in Halvard Sound. “The pumps of the Odalisk failed long before the storm came up,” said harbour master Pavel Rusk of Halvard (%s)."}`+"\n", id, id, day, id)
}

func storyOf(t *testing.T, l ledger.Ledger, id string) *onrecord.Story {
	t.Helper()
	v, err := l.Story(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	return &v.Story
}

// A story keeps its id while it grows. Where an earlier article comes, it has another, and the old id leads to it; so it is with
// utterances, speakers and reports, and what people said of the old rows is found with the new. Where the earlier article goes to
// another day, the old id lives again.
func TestRedirect(t *testing.T) {
	l := newLedger(t)
	h := how{model: reading.Version(), read: reading.Within, batch: 3, sizes: link.Usual(), patience: time.Minute}
	take := func(lines ...string) {
		t.Helper()
		if _, err := read(ctx, l, []string{file(t, "news.jsonl", strings.Join(lines, ""))}, Options{Workers: 1}, h); err != nil {
			t.Fatal(err)
		}
	}
	rows := func() map[string]string { // of each kind the row
		t.Helper()
		of := map[string]string{}
		if err := l.Rows(ctx, "", func(row any) error {
			switch x := row.(type) {
			case *onrecord.Story:
				of["story"] = x.ID
			case *onrecord.Utterance:
				of["utterance"] = x.ID
			case *ledger.SpeakerRow:
				if x.Name == "Pavel Rusk" {
					of["speaker"] = x.ID
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if len(of) != 3 {
			t.Fatalf("rows %v", of)
		}
		return of
	}
	take(ferry("b", 10), ferry("c", 11))
	first := rows()
	take(ferry("d", 12))
	if grown := rows(); fmt.Sprint(grown) != fmt.Sprint(first) {
		t.Errorf("%v became %v by a later article", first, grown)
	}
	if err := l.AddReview(ctx, onrecord.Review{Row: first["story"], Action: "accept", By: "Ada", At: time.Date(2031, 4, 1, 0, 0, 0, 0, time.UTC)}); err != nil {
		t.Fatal(err)
	}
	take(ferry("a", 9))
	now := rows()
	for kind, old := range first {
		if now[kind] == old {
			t.Errorf("%s %s did not change its id: the test tests nothing", kind, old)
		}
	}
	if s := storyOf(t, l, first["story"]); s.ID != now["story"] || len(s.Articles) != 4 {
		t.Errorf("the old story leads to %+v", s)
	}
	if v, err := l.Row(ctx, first["utterance"]); err != nil || len(v.Utterances) != 1 || v.Utterances[0].ID != now["utterance"] {
		t.Errorf("the old utterance leads to %+v, %v", v, err)
	}
	if v, err := l.Speaker(ctx, first["speaker"], ledger.SpeakerFilter{}); err != nil || v.Speaker.ID != now["speaker"] || len(v.Statements) != 4 {
		t.Errorf("the old speaker leads to %+v, %v", v, err)
	}
	if list, err := l.Reviews(ctx, now["story"]); err != nil || len(list) != 1 || list[0].By != "Ada" {
		t.Errorf("reviews %v, %v", list, err)
	}
	take(ferry("z", 8)) // what leads on leads to the last
	if s := storyOf(t, l, first["story"]); len(s.Articles) != 5 || s.ID == now["story"] {
		t.Errorf("the first story leads to %+v", s)
	}
	take(strings.Replace(ferry("a", 9), "-09", "-29", 1), strings.Replace(ferry("z", 8), "-08", "-30", 1))
	if again := rows(); again["story"] != first["story"] {
		t.Errorf("%v, not the first again, %v", again, first)
	}
	if s := storyOf(t, l, first["story"]); s.ID != first["story"] {
		t.Errorf("the first story leads on to %s though it lives", s.ID)
	}
	if _, err := l.Story(ctx, onrecord.NewID(onrecord.StoryKind, "never")); !errors.Is(err, ledger.ErrNotFound) {
		t.Error(err)
	}
}

// planned keeps the plan that a run makes.
type planned struct {
	ledger.Ledger
	plan *ledger.Plan
}

func (p *planned) Plan(ctx context.Context, model string, decide func(ledger.Survey) ([]ledger.Period, error)) (plan *ledger.Plan, err error) {
	plan, err = p.Ledger.Plan(ctx, model, decide)
	p.plan = plan
	return plan, err
}

// An article more has few periods linked anew, however many there are.
func TestPeriodsDue(t *testing.T) {
	var lines strings.Builder
	for day := range 300 {
		when := time.Date(2031, 1, 1+day, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		fmt.Fprintf(&lines, `{"id":"p%d","published":%q,"text":"Edda Lorne said on day %d that %d lamps were lost."}`+"\n", day, when, day, 10+day)
	}
	l := newLedger(t)
	h := plain("1")
	h.sizes = link.Sizes{Whole: 20, Period: 20}
	if _, err := read(ctx, l, []string{file(t, "news.jsonl", lines.String())}, Options{}, h); err != nil {
		t.Fatal(err)
	}
	a := &onrecord.Article{ExternalID: "more", Text: "Edda Lorne said that more lamps were lost.", Published: onrecord.Published{Value: "2031-06-15", Precision: "day"}}
	a.ID = onrecord.ArticleID(a)
	if _, err := l.Add(ctx, []*onrecord.Reading{h.reads(a)}); err != nil {
		t.Fatal(err)
	}
	seen := &planned{Ledger: l}
	if err := linking.Link(ctx, seen, h.sizes, 1, func() {}); err != nil {
		t.Fatal(err)
	}
	due := 0
	for _, p := range seen.plan.Periods {
		if p.Due == ledger.DueLinks {
			due++
		}
	}
	if len(seen.plan.Periods) < 15 || due == 0 || due > 3 {
		t.Errorf("%d of %d periods are due", due, len(seen.plan.Periods))
	}
}
