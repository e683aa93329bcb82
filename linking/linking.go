// Package linking keeps the links of a ledger up to date: it says which periods of days are due, links these, unites the speakers of
// all periods, and says where rows that are no more are to be looked for. [link] makes the rows of a period, the ledger keeps them.
package linking

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/link"
	"github.com/onrecord/onrecord/link/speakers"
	"github.com/onrecord/onrecord/review"
)

// Link makes the links anew where they are not of the readings, the rules and the table of speakers that the ledger now holds: of the
// periods whose articles have changed, and of those that are linked with them. Every period is kept as soon as it is linked; a run that is stopped goes on with the next. Begun is called when there
// is something to link. Where another process plans links later, which has all articles that this one has, Link leaves them to it.
func Link(ctx context.Context, l ledger.Linker, sizes link.Sizes, workers int, begun func()) error {
	table, err := l.Table(ctx)
	if err != nil {
		return err
	}
	model := link.VersionWith(table)
	linked, err := l.Linked(ctx, model)
	if err != nil || linked {
		return err
	}
	begun()
	err = anew(ctx, l, table, model, sizes, workers)
	if errors.Is(err, ledger.ErrReplaced) {
		return nil
	}
	return err
}

// anew links what is due.
func anew(ctx context.Context, l ledger.Linker, table *speakers.Table, model string, sizes link.Sizes, workers int) error {
	plan, err := l.Plan(ctx, model, func(s ledger.Survey) ([]ledger.Period, error) { return due(s, model, sizes) })
	if err != nil {
		return err
	}
	reviews, err := l.LinkReviews(ctx)
	if err != nil {
		return err
	}
	if err := links(ctx, l, plan, link.People{Table: table, Rulings: review.Rulings(reviews)}, sizes, workers); err != nil {
		return err
	}
	for more := true; more; {
		if more, err = l.Unite(ctx, plan, unite); err != nil {
			return err
		}
	}
	periods, err := l.Periods(ctx)
	if err != nil {
		return err
	}
	for _, p := range periods {
		if p.Due == ledger.DueCounts {
			if err := l.Count(ctx, plan, p.Period); err != nil {
				return err
			}
		}
	}
	if err := l.Redirect(ctx, plan, mostly); err != nil {
		return err
	}
	return l.Finish(ctx, plan)
}

// links makes the rows of the periods that are due for them, in the order of time: what a period has of later articles is known before
// these are linked themselves.
func links(ctx context.Context, l ledger.Linker, plan *ledger.Plan, people link.People, sizes link.Sizes, workers int) error {
	again := map[int64]bool{} // periods that are due for what earlier ones have of them
	for _, p := range plan.Periods {
		if p.Due < ledger.DueLater && !again[p.From] {
			continue
		}
		later, same, err := l.Later(ctx, p.Period, sizes)
		if err != nil {
			return err
		}
		if p.Due == ledger.DueLater && same && !again[p.From] {
			if err := l.SameLater(ctx, plan, p.Period); err != nil {
				return err
			}
			continue
		}
		due, err := window(ctx, l, plan, p.Period, later, people, workers)
		if err != nil {
			return err
		}
		for _, from := range due {
			again[from] = true
		}
	}
	return nil
}

// window makes the rows of a period.
func window(ctx context.Context, l ledger.Linker, plan *ledger.Plan, p link.Period, later []int64, people link.People, workers int) (due []int64, err error) {
	own, err := l.Readings(ctx, p)
	if err != nil {
		return nil, err
	}
	next, err := l.ReadingsAt(ctx, later)
	if err != nil {
		return nil, err
	}
	claimed, err := l.Claimed(ctx, p, later)
	if err != nil {
		return nil, err
	}
	rows := link.Window(own, next, claimed, people, workers)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return l.SetPeriod(ctx, plan, p, later, rows)
}

// due cuts time into periods. Due for links is, besides those that the ledger knows of, a period that is new or whose articles or readings
// have changed, and every period where the links are of another model.
func due(s ledger.Survey, model string, sizes link.Sizes) ([]ledger.Period, error) {
	cut, err := cut(s, model, sizes)
	if err != nil {
		return nil, err
	}
	was := make(map[link.Period]ledger.Due, len(s.Periods))
	for _, p := range s.Periods {
		was[p.Period] = p.Due
	}
	periods := make([]ledger.Period, len(cut))
	for i, p := range cut {
		due, known := was[p.Period]
		if s.Model != model || !known || changed(s, p.Period) {
			due = ledger.DueLinks
		}
		periods[i] = ledger.Period{Stretch: p, Due: due}
	}
	return periods, nil
}

// changed says whether articles of a period have changed.
func changed(s ledger.Survey, p link.Period) bool {
	at, _ := slices.BinarySearch(s.Changed, p.From)
	return at < len(s.Changed) && p.Holds(s.Changed[at])
}

// cut cuts time into periods. Where nothing has changed the ledger is not asked what there is.
func cut(s ledger.Survey, model string, sizes link.Sizes) ([]link.Stretch, error) {
	var in []link.Stretch
	look := func(p link.Period) error {
		if p.From >= p.To || s.Model == model && !changed(s, p) {
			return nil
		}
		moments, err := s.Moments(p)
		in = append(in, link.Stretches(moments)...)
		return err
	}
	at := link.Always.From
	for _, p := range s.Periods {
		if err := look(link.Period{From: at, To: p.From}); err != nil {
			return nil, err
		}
		if s.Model == model && !changed(s, p.Period) {
			in = append(in, p.Stretch)
		} else if err := look(p.Period); err != nil {
			return nil, err
		}
		at = p.To
	}
	if err := look(link.Period{From: at, To: link.Always.To}); err != nil {
		return nil, err
	}
	return link.Periods(in, sizes), nil
}

// unite says which speakers the parts of one name are, of whom those before were.
func unite(parts []ledger.Part, before []string) ledger.United {
	made := make([]speakers.Part, len(parts))
	for i := range parts {
		made[i] = parts[i].Made
	}
	speakers, of := speakers.Unite(made)
	united := ledger.United{Speakers: make([]ledger.SpeakerRow, len(speakers)), Of: of, Moved: map[string]string{}}
	at := make(map[string]int, len(speakers))
	for i := range speakers {
		united.Speakers[i].Speaker, at[speakers[i].ID] = speakers[i], i
	}
	for i := range parts {
		p := &parts[i]
		row := &united.Speakers[at[of[p.Made.Speaker.ID]]]
		row.Statements, row.Articles, row.SpokenOf = row.Statements+p.Statements, row.Articles+p.Articles, row.SpokenOf+p.SpokenOf
	}
	for _, id := range before {
		if to := of[id]; to != "" && to != id { // its first mention is not the first any more
			united.Moved[id] = to
		}
	}
	return united
}

// mostly is the row that has most of the members of one that is no more; of several the first by id.
func mostly(now map[string]int) string {
	return slices.MaxFunc(slices.Collect(maps.Keys(now)), func(a, b string) int { return cmp.Or(cmp.Compare(now[a], now[b]), cmp.Compare(b, a)) })
}
