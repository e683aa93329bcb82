package database

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/internal/query"
	"github.com/onrecord/onrecord/link"
	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/speakers"
)

const dayMicros = 24 * 60 * 60 * 1_000_000

// undated is the day of articles of unknown day, as article has days.
const undated = corpus.Undated * dayMicros

// Linked: see [ledger.Ledger].
func (l *Ledger) Linked(ctx context.Context, model string) (linked bool, err error) {
	err = l.look(ctx, func(q *query.Queries) error {
		s, err := q.State(ctx)
		linked = err == nil && s.Linked == s.Generation && s.LinkModel == model
		return err
	})
	return linked, err
}

// Plan: see [ledger.Ledger].
func (l *Ledger) Plan(ctx context.Context, model string, decide func(ledger.Survey) ([]ledger.Period, error)) (*ledger.Plan, error) {
	plan := &ledger.Plan{Model: model}
	if err := l.key(ctx); err != nil {
		return nil, err
	}
	err := l.change(ctx, func(w *writer) error {
		s, err := w.State(ctx)
		if err != nil {
			return err
		}
		plan.Generation = s.Generation
		if _, err := w.keySome(ctx, 1<<30); err != nil { // what has come since
			return err
		}
		if plan.Number, err = w.NewPlan(ctx); err != nil {
			return err
		}
		survey, err := w.survey(ctx, s.LinkModel)
		if err != nil {
			return err
		}
		if plan.Periods, err = decide(survey); err != nil {
			return err
		}
		if err := w.setPeriods(ctx, survey.Periods, plan.Periods); err != nil {
			return err
		}
		if err := w.ClearChanged(ctx); err != nil {
			return err
		}
		return w.SetLinked(ctx, query.SetLinkedParams{Linked: -1, LinkModel: model})
	})
	if err != nil {
		return nil, err
	}
	if err := l.clear(ctx, plan); err != nil {
		return nil, err
	}
	plan.Periods, err = l.Periods(ctx)
	return plan, err
}

// key keeps what changed articles have in common with others, some at a time.
func (l *Ledger) key(ctx context.Context) error {
	for more := true; more; {
		if err := l.change(ctx, func(w *writer) (err error) {
			more, err = w.keySome(ctx, page)
			return err
		}); err != nil {
			return err
		}
	}
	return nil
}

// keySome keeps the keys of the articles of some moments that have changed, and says whether there may be more.
func (w *writer) keySome(ctx context.Context, most int) (more bool, err error) {
	moments, err := w.ChangedNotKeyed(ctx, int32(most))
	if err != nil || len(moments) == 0 {
		return false, err
	}
	linked, err := w.Periods(ctx)
	if err != nil {
		return false, err
	}
	keys := newTable("article_key", "key moment")
	for _, m := range moments {
		if err := w.keyMoment(ctx, m, len(linked) > 0, keys); err != nil {
			return false, err
		}
		if err := w.SetKeyed(ctx, m); err != nil {
			return false, err
		}
	}
	return len(moments) == most, w.insert(ctx, keys)
}

// keyMoment gives the articles of a moment their keys. Where there are periods, those that are linked with these articles are due, and those that may
// be, or may be no more, with these or with one that is reached instead.
func (w *writer) keyMoment(ctx context.Context, moment int64, linked bool, keys *table) error {
	had, err := w.KeysAt(ctx, moment)
	if err != nil {
		return err
	}
	texts, err := w.TextsAt(ctx, moment)
	if err != nil {
		return err
	}
	var now []int64
	for _, t := range texts {
		now = append(now, link.Keys(&onrecord.Article{Text: t.Text})...)
	}
	slices.Sort(now)
	now = slices.Compact(now)
	if linked {
		if err := w.DuePeriodsWith(ctx, query.DuePeriodsWithParams{Moment: moment, Due: int64(ledger.DueLinks)}); err != nil {
			return err
		}
	}
	if slices.Equal(had, now) {
		return nil
	}
	if linked {
		if err := w.dueBefore(ctx, moment, except(had, now), except(now, had)); err != nil {
			return err
		}
	}
	if had != nil {
		if err := w.DropKeysAt(ctx, moment); err != nil {
			return err
		}
	}
	for _, k := range now {
		keys.add(k, moment)
	}
	return nil
}

// except are the numbers of a that are not in b, which is sorted.
func except(a, b []int64) (out []int64) {
	for _, x := range a {
		if _, in := slices.BinarySearch(b, x); !in {
			out = append(out, x)
		}
	}
	return out
}

// dueBefore makes periods due whose articles have one of the keys and reach a moment by it.
func (w *writer) dueBefore(ctx context.Context, moment int64, keys ...[]int64) error {
	seen := map[int64]bool{}
	for _, k := range slices.Concat(keys...) {
		before, err := w.MomentsBefore(ctx, query.MomentsBeforeParams{Key: k, Moment: moment, Page: link.KeyReach})
		if err != nil {
			return err
		}
		for _, m := range before {
			if seen[m] {
				continue
			}
			seen[m] = true
			if err := w.DuePeriodOf(ctx, query.DuePeriodOfParams{Moment: m, Due: int64(ledger.DueLater)}); err != nil {
				return err
			}
		}
	}
	return nil
}

// by changes the ledger by a plan, if it is the last.
func (l *Ledger) by(ctx context.Context, plan *ledger.Plan, f func(w *writer) error) error {
	return l.change(ctx, func(w *writer) error {
		s, err := w.State(ctx)
		if err != nil {
			return err
		}
		if s.Plan != plan.Number {
			return ledger.ErrReplaced
		}
		return f(w)
	})
}

// clear takes away the rows of periods that are no more.
func (l *Ledger) clear(ctx context.Context, plan *ledger.Plan) error {
	var periods []int64
	if err := l.look(ctx, func(q *query.Queries) (err error) {
		periods, err = q.PeriodsGone(ctx)
		return err
	}); err != nil {
		return err
	}
	for _, p := range periods {
		if _, err := l.takeAway(ctx, plan, p, nil); err != nil {
			return err
		}
		if err := l.by(ctx, plan, func(w *writer) error {
			return errors.Join(w.dueClaimed(ctx, p), w.ClearTaken(ctx, p), w.ClearLater(ctx, p), w.DropPeriod(ctx, p))
		}); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) survey(ctx context.Context, model string) (s ledger.Survey, err error) {
	s = ledger.Survey{Model: model, Moments: func(p link.Period) ([]int64, error) {
		return w.Moments(ctx, query.MomentsParams{FromMoment: p.From, ToMoment: p.To})
	}}
	if s.Changed, err = w.Changed(ctx); err != nil {
		return s, err
	}
	s.Periods, err = periods(ctx, w.Queries)
	return s, err
}

// periodGone is what is due of a period that is no more: to take its rows away.
const periodGone = -1

// setPeriods puts periods in the place of old ones. The rows of those that are no more are to be taken away.
func (w *writer) setPeriods(ctx context.Context, old, now []ledger.Period) error {
	for _, o := range old {
		if err := w.SetDue(ctx, query.SetDueParams{FromMoment: o.From, Due: periodGone}); err != nil {
			return err
		}
	}
	for _, p := range now {
		if err := w.PutPeriod(ctx, query.PutPeriodParams{FromMoment: p.From, ToMoment: p.To, Articles: int64(p.Articles), Due: int64(p.Due)}); err != nil {
			return err
		}
	}
	return nil
}

// Periods: see [ledger.Ledger].
func (l *Ledger) Periods(ctx context.Context) (list []ledger.Period, err error) {
	err = l.look(ctx, func(q *query.Queries) error {
		list, err = periods(ctx, q)
		return err
	})
	return list, err
}

func periods(ctx context.Context, q *query.Queries) ([]ledger.Period, error) {
	rows, err := q.Periods(ctx)
	return each(rows, err, func(_ *decoder, p *query.Period) ledger.Period {
		return ledger.Period{Stretch: link.Stretch{Period: link.Period{From: p.FromMoment, To: p.ToMoment}, Articles: int(p.Articles)}, Due: ledger.Due(p.Due)}
	})
}

// Readings: see [ledger.Ledger].
func (l *Ledger) Readings(ctx context.Context, p link.Period) (list []*onrecord.Reading, err error) {
	err = l.look(ctx, func(q *query.Queries) error {
		ids, err := q.ArticlesOfPeriod(ctx, query.ArticlesOfPeriodParams{FromMoment: p.From, ToMoment: p.To})
		if err != nil {
			return err
		}
		list, err = readings(ctx, q, ids)
		return err
	})
	return list, err
}

// ReadingsAt: see [ledger.Ledger].
func (l *Ledger) ReadingsAt(ctx context.Context, moments []int64) (list []*onrecord.Reading, err error) {
	err = l.look(ctx, func(q *query.Queries) error {
		var ids []string
		for _, m := range moments {
			at, err := q.ArticlesAt(ctx, m)
			if err != nil {
				return err
			}
			ids = append(ids, at...)
		}
		slices.Sort(ids)
		list, err = readings(ctx, q, ids)
		return err
	})
	return list, err
}

// keyIndex is the index of keys that a ledger keeps.
type keyIndex struct {
	ctx context.Context
	*query.Queries
}

// Keys: see [link.Index].
func (k keyIndex) Keys(p link.Period) ([]link.Keyed, error) {
	rows, err := k.KeysOfPeriod(k.ctx, query.KeysOfPeriodParams{FromMoment: p.From, ToMoment: p.To})
	return each(rows, err, func(_ *decoder, r *query.KeysOfPeriodRow) link.Keyed { return link.Keyed(*r) })
}

// After: see [link.Index].
func (k keyIndex) After(key, from int64) ([]int64, error) {
	return k.MomentsAfter(k.ctx, query.MomentsAfterParams{Key: key, FromMoment: from, Page: link.KeyReach})
}

// Later: see [ledger.Ledger].
func (l *Ledger) Later(ctx context.Context, p link.Period, sizes link.Sizes) (later []int64, same bool, err error) {
	err = l.look(ctx, func(q *query.Queries) error {
		if p == link.Always {
			return nil
		}
		if later, err = link.Later(keyIndex{ctx, q}, p, sizes); err != nil {
			return err
		}
		had, err := q.LaterOf(ctx, p.From)
		same = slices.Equal(had, later)
		return err
	})
	return later, same, err
}

// SameLater: see [ledger.Ledger].
func (l *Ledger) SameLater(ctx context.Context, plan *ledger.Plan, p link.Period) error {
	return l.by(ctx, plan, func(w *writer) error {
		return w.SetDue(ctx, query.SetDueParams{FromMoment: p.From, Due: int64(ledger.DueCounts)})
	})
}

// Claimed: see [ledger.Ledger].
func (l *Ledger) Claimed(ctx context.Context, p link.Period, later []int64) (claimed link.Claimed, err error) {
	claimed = link.NewClaimed()
	err = l.look(ctx, func(q *query.Queries) error {
		for _, in := range append([]link.Period{p}, moments(later)...) {
			list, err := q.ClaimedAt(ctx, query.ClaimedAtParams{FromMoment: in.From, ToMoment: in.To, Period: p.From})
			if err != nil {
				return err
			}
			for _, t := range list {
				claim(claimed, t.Kind, t.Member, t.Name)
			}
		}
		return nil
	})
	return claimed, err
}

// moments are periods of one moment each.
func moments(list []int64) []link.Period {
	out := make([]link.Period, len(list))
	for i, m := range list {
		out[i] = link.Period{From: m, To: m + 1}
	}
	return out
}

// claim adds a member, if it is not claimed.
func claim(claimed link.Claimed, kind, member, name string) {
	switch kind {
	case onrecord.StoryKind:
		claimed.Stories[member] = true
	case onrecord.ReportKind:
		claimed.Reports[member] = true
	case onrecord.UtteranceKind:
		claimed.Utterances[member] = true
	case onrecord.MeasureKind:
		claimed.Measures[member] = true
	case onrecord.SpeakerKind:
		if claimed.Names[member] == "" {
			claimed.Names[member] = name
		}
	}
}

// A claimRow is a row of claimed of one period.
type claimRow struct {
	moment             int64
	kind, member, name string
}

// claimRows are the rows of what a period claims.
func claimRows(claimed link.Claimed) map[claimRow]bool {
	rows := map[claimRow]bool{}
	for kind, members := range map[string]map[string]bool{
		onrecord.StoryKind: claimed.Stories, onrecord.ReportKind: claimed.Reports, onrecord.UtteranceKind: claimed.Utterances, onrecord.MeasureKind: claimed.Measures,
	} {
		for m := range members {
			rows[claimRow{claimed.Moments[m], kind, m, ""}] = true
		}
	}
	for m, name := range claimed.Names {
		rows[claimRow{claimed.Moments[m], onrecord.SpeakerKind, m, name}] = true
	}
	return rows
}

// SetPeriod: see [ledger.Ledger].
func (l *Ledger) SetPeriod(ctx context.Context, plan *ledger.Plan, p link.Period, later []int64, made *link.Rows) (due []int64, err error) {
	if err := checkLinks(made); err != nil {
		return nil, l.failed(fmt.Errorf("links: %w", err))
	}
	period := p.From
	outlets, err := l.storyOutlets(ctx, made.Stories)
	if err != nil {
		return nil, err
	}
	of := membersOf(made.SpeakerOf)
	digests := digestsOf(&made.Links, outlets)
	for i := range made.Parts {
		p := &made.Parts[i]
		digests[p.Speaker.ID] = digest(made.Model, p, of[p.Speaker.ID])
	}
	kept, err := l.takeAway(ctx, plan, period, digests)
	if err != nil {
		return nil, err
	}
	for _, piece := range pieces(changed(&made.Links, digests, kept)) {
		if err := l.by(ctx, plan, func(w *writer) error { return w.replace(ctx, piece, outlets, digests, period) }); err != nil {
			return nil, err
		}
	}
	parts := without(made.Parts, func(p *speakers.Part) bool { return digests[p.Speaker.ID] == kept[p.Speaker.ID] })
	for some := range slices.Chunk(parts, page) {
		if err := l.by(ctx, plan, func(w *writer) error { return w.replaceParts(ctx, some, of, digests, period, made.Model) }); err != nil {
			return nil, err
		}
	}
	err = l.by(ctx, plan, func(w *writer) error {
		due, err = w.periodDone(ctx, p, later, made.Claimed)
		return err
	})
	return due, err
}

// periodDone keeps what the rows of a period have of later articles. Periods where that has changed are due; the period, and those of which
// rows have members in common with its own, are due for counting.
func (w *writer) periodDone(ctx context.Context, p link.Period, later []int64, claimed link.Claimed) ([]int64, error) {
	if err := w.DueCounts(ctx, p.From); err != nil { // where it was linked with others
		return nil, err
	}
	had, err := w.LaterOf(ctx, p.From)
	if err != nil {
		return nil, err
	}
	if !slices.Equal(had, later) {
		if err := w.ClearLater(ctx, p.From); err != nil {
			return nil, err
		}
		rows := newTable("later", "moment period")
		for _, m := range later {
			rows.add(m, p.From)
		}
		if err := w.insert(ctx, rows); err != nil {
			return nil, err
		}
	}
	due, err := w.setClaimed(ctx, p.From, claimRows(claimed))
	if err != nil {
		return nil, err
	}
	if err := w.SetDue(ctx, query.SetDueParams{FromMoment: p.From, Due: int64(ledger.DueCounts)}); err != nil {
		return nil, err
	}
	return due, w.DueCounts(ctx, p.From)
}

// setClaimed keeps what a period claims, and makes the later periods due that are linked with an article of which that has changed.
func (w *writer) setClaimed(ctx context.Context, period int64, now map[claimRow]bool) ([]int64, error) {
	list, err := w.Taken(ctx, period)
	if err != nil {
		return nil, err
	}
	changed := map[int64]bool{} // moments
	for _, t := range list {
		row := claimRow{t.Moment, t.Kind, t.Member, t.Name}
		if now[row] {
			now[row] = false
		} else {
			changed[t.Moment] = true
		}
	}
	for row, fresh := range now {
		if fresh {
			changed[row.moment] = true
		}
	}
	if len(changed) == 0 {
		return nil, nil
	}
	if err := w.ClearTaken(ctx, period); err != nil {
		return nil, err
	}
	rows := newTable("claimed", "moment period kind member name")
	for row := range now {
		rows.add(row.moment, period, row.kind, row.member, row.name)
	}
	if err := w.insert(ctx, rows); err != nil {
		return nil, err
	}
	return w.dueAt(ctx, period, changed)
}

// dueAt makes the periods after one due that are linked with articles of some moments, and says which they are.
func (w *writer) dueAt(ctx context.Context, period int64, moments map[int64]bool) ([]int64, error) {
	periods := map[int64]bool{}
	for m := range moments {
		list, err := w.PeriodsWith(ctx, m)
		if err != nil {
			return nil, err
		}
		for _, p := range list {
			periods[p] = p > period
		}
	}
	var due []int64
	for p, after := range periods {
		if !after {
			continue
		}
		if err := w.SetDue(ctx, query.SetDueParams{FromMoment: p, Due: int64(ledger.DueLinks)}); err != nil {
			return nil, err
		}
		due = append(due, p)
	}
	return due, nil
}

// dueClaimed makes the periods due that have to do without what a period claims that is no more.
func (w *writer) dueClaimed(ctx context.Context, period int64) error {
	list, err := w.Taken(ctx, period)
	if err != nil {
		return err
	}
	moments := map[int64]bool{}
	for _, t := range list {
		moments[t.Moment] = true
	}
	_, err = w.dueAt(ctx, period, moments)
	return errors.Join(err, w.DueCounts(ctx, period))
}

// ids are those that a query answers with.
func (w *writer) ids(ctx context.Context, ask string, args ...any) (ids []string, err error) {
	list, err := w.tx.QueryContext(ctx, ask, args...)
	if err != nil {
		return nil, err
	}
	defer list.Close()
	for list.Next() {
		var id string
		if err := list.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, list.Err()
}

// someNames is of how many names the parts are united in one transaction.
const someNames = 200

// Unite: see [ledger.Ledger].
func (l *Ledger) Unite(ctx context.Context, plan *ledger.Plan, unite func(parts []ledger.Part, before []string) ledger.United) (more bool, err error) {
	err = l.by(ctx, plan, func(w *writer) error {
		names, err := w.DueNames(ctx, someNames)
		if err != nil {
			return err
		}
		speakers, aliases := speakerTables()
		for _, name := range names {
			if err := w.uniteName(ctx, name, plan.Model, unite, speakers, aliases); err != nil {
				return err
			}
		}
		more = len(names) == someNames
		return w.insert(ctx, speakers, aliases)
	})
	return more, err
}

func (w *writer) uniteName(ctx context.Context, name, model string, unite func([]ledger.Part, []string) ledger.United, speakers, aliases *table) error {
	rows, err := w.PartsNamed(ctx, name)
	parts, err := each(rows, err, toPart)
	if err != nil {
		return err
	}
	before, err := w.SpeakersUnited(ctx, name)
	if err != nil {
		return err
	}
	united := unite(parts, idsOf(before, func(s *query.SpeakersUnitedRow) string { return s.ID }))
	for _, p := range rows {
		if err := w.setPart(ctx, &p, united.Of[p.ID]); err != nil {
			return err
		}
	}
	kept, gone := digested{}, digested{}
	for _, s := range before {
		kept[s.ID], gone[s.ID] = s.Digest, s.Digest
	}
	for i := range united.Speakers {
		s := &united.Speakers[i]
		delete(gone, s.ID)
		now := digest(model, s)
		if now == kept[s.ID] {
			continue
		}
		if err := w.drop(ctx, s.ID); err != nil { // it may have had another name
			return err
		}
		addSpeaker(speakers, aliases, s, model, name, now)
	}
	for id := range gone {
		if err := w.drop(ctx, id); err != nil {
			return err
		}
	}
	for id, to := range united.Moved {
		if err := w.moved(ctx, id, to); err != nil {
			return err
		}
	}
	return w.NameDone(ctx, name)
}

func toPart(d *decoder, p *query.Part) ledger.Part {
	d.row = p.ID
	part := ledger.Part{Speaker: p.Speaker, Statements: int(p.Statements), Articles: int(p.Articles), SpokenOf: int(p.SpokenOf)}
	if json.Unmarshal([]byte(p.Content), &part.Made) != nil {
		d.damaged("part", p.Content)
	}
	return part
}

// setPart makes a part one of a speaker.
func (w *writer) setPart(ctx context.Context, p *query.Part, speaker string) error {
	if p.Speaker == speaker {
		return nil
	}
	err := w.SetPart(ctx, query.SetPartParams{Part: p.ID, Speaker: speaker})
	if err != nil || p.Speaker == "" { // it is new: what its period counts is due anyway
		return err
	}
	return w.DueCounts(ctx, p.Period)
}

// drop deletes a speaker across articles.
func (w *writer) drop(ctx context.Context, id string) error {
	if err := w.DropAliases(ctx, id); err != nil {
		return err
	}
	return w.DropSpeaker(ctx, id)
}

func (w *writer) moved(ctx context.Context, id, to string) error {
	if err := w.PutRedirect(ctx, query.PutRedirectParams{ID: id, Target: to}); err != nil {
		return err
	}
	return w.Retarget(ctx, query.RetargetParams{ID: id, Target: to})
}

// Count: see [ledger.Ledger].
func (l *Ledger) Count(ctx context.Context, plan *ledger.Plan, p link.Period) error {
	period := p.From
	for _, k := range linkKinds() {
		var count func(w *writer, ctx context.Context, ids string) error
		switch k.letter {
		case onrecord.StoryKind:
			count = (*writer).countStories
		case onrecord.DisputeKind:
			count = (*writer).setSpeakerDisputes
		default:
			continue
		}
		rows, err := l.rowsOfPeriod(ctx, k, period)
		if err != nil {
			return err
		}
		if err := l.inPages(ctx, plan, rows.without(nil), func(w *writer, ids []string) error { return count(w, ctx, jsonIDs(ids)) }); err != nil {
			return err
		}
	}
	return l.by(ctx, plan, func(w *writer) error {
		return w.SetDue(ctx, query.SetDueParams{FromMoment: period, Due: int64(ledger.DueNothing)})
	})
}

// countStories counts what is in stories, and keeps what they can be chosen by.
func (w *writer) countStories(ctx context.Context, ids string) error {
	stories, err := w.StoriesByID(ctx, ids)
	if err != nil {
		return err
	}
	was := make(map[string]query.StoryCountsRow, len(stories))
	for _, s := range stories {
		was[s.ID] = query.StoryCountsRow{ID: s.ID, Articles: s.Articles, Reports: s.Reports, Statements: s.Statements, Figures: s.Figures, NewFigures: s.NewFigures, Speakers: s.Speakers, Disputes: s.Disputes}
	}
	now, err := w.StoryCounts(ctx, ids)
	if err != nil {
		return err
	}
	for _, n := range now {
		if n == was[n.ID] {
			continue
		}
		if err := w.SetStoryCounts(ctx, query.SetStoryCountsParams{ID: n.ID, Articles: n.Articles, Reports: n.Reports, Statements: n.Statements, Figures: n.Figures, NewFigures: n.NewFigures, Speakers: n.Speakers, Disputes: n.Disputes}); err != nil {
			return err
		}
	}
	had, err1 := w.StoryKeys(ctx, ids)
	keys, err2 := w.StoryKeysNow(ctx, ids)
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	fresh := newTable("story_key", "value story")
	gone := differing(had, keys, func(k query.StoryKeysNowRow) query.StoryKey { return query.StoryKey(k) }, func(k query.StoryKey) { fresh.add(k.Value, k.Story) })
	for _, k := range gone {
		if err := w.DropStoryKey(ctx, query.DropStoryKeyParams(k)); err != nil {
			return err
		}
	}
	return w.insert(ctx, fresh)
}

// setSpeakerDisputes keeps whose statements disputes are of.
func (w *writer) setSpeakerDisputes(ctx context.Context, ids string) error {
	had, err1 := w.SpeakerDisputes(ctx, ids)
	now, err2 := w.SpeakerDisputesNow(ctx, ids)
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	fresh := newTable("speaker_dispute", "speaker dispute")
	gone := differing(had, now, func(d query.SpeakerDisputesNowRow) query.SpeakerDispute { return query.SpeakerDispute(d) }, func(d query.SpeakerDispute) { fresh.add(d.Speaker, d.Dispute) })
	for _, d := range gone {
		if err := w.DropSpeakerDispute(ctx, query.DropSpeakerDisputeParams(d)); err != nil {
			return err
		}
	}
	return w.insert(ctx, fresh)
}

// differing adds the rows that are now and were not, and returns those that were and are not.
func differing[Was comparable, Now any](were []Was, now []Now, as func(Now) Was, add func(Was)) (gone []Was) {
	left := make(map[Was]bool, len(were))
	for _, x := range were {
		left[x] = true
	}
	for _, y := range now {
		if x := as(y); left[x] {
			delete(left, x)
		} else {
			add(x)
		}
	}
	for _, x := range were {
		if left[x] {
			gone = append(gone, x)
		}
	}
	return gone
}

// Redirect: see [ledger.Ledger].
func (l *Ledger) Redirect(ctx context.Context, plan *ledger.Plan, choose func(now map[string]int) string) error {
	for more := true; more; {
		if err := l.by(ctx, plan, func(w *writer) error {
			ids, err := w.Gone(ctx, page)
			if err != nil {
				return err
			}
			if err := w.redirect(ctx, ids, choose); err != nil {
				return err
			}
			more = len(ids) == page
			return w.ForgetGone(ctx, jsonIDs(ids))
		}); err != nil {
			return err
		}
	}
	return l.by(ctx, plan, func(w *writer) error { return w.DropLiveRedirects(ctx) }) // rows that have come back
}

// redirect keeps where rows of which some are no more are to be looked for.
func (w *writer) redirect(ctx context.Context, ids []string, choose func(now map[string]int) string) error {
	were, err := w.GoneMembers(ctx, jsonIDs(ids))
	if err != nil {
		return err
	}
	members := map[string][]string{}
	for _, m := range were {
		members[m.ID] = append(members[m.ID], m.Member)
	}
	for _, k := range append(linkKinds(), speakerKind()) {
		of := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id[:1] != k.letter })
		if len(of) == 0 || k.members == "" {
			continue
		}
		live, err := w.ids(ctx, fmt.Sprintf("SELECT id FROM %s WHERE id IN (SELECT picked($1)) ORDER BY id", k.table), jsonIDs(of))
		if err != nil {
			return err
		}
		for _, id := range of {
			if _, lives := slices.BinarySearch(live, id); lives {
				continue
			}
			now, err := w.now(ctx, k, members[id])
			if err != nil {
				return err
			}
			if len(now) == 0 {
				continue
			}
			if err := w.moved(ctx, id, choose(now)); err != nil {
				return err
			}
		}
	}
	return nil
}

// now is the rows of a kind that have some members, each with how many.
func (w *writer) now(ctx context.Context, k linkKind, members []string) (map[string]int, error) {
	now := map[string]int{}
	for some := range slices.Chunk(members, page) {
		in, err := w.ids(ctx, fmt.Sprintf("SELECT %s FROM %s WHERE %s IN (SELECT picked($1))", k.table, k.members, k.member), jsonIDs(some))
		if err != nil {
			return nil, err
		}
		for _, to := range in {
			now[to]++
		}
	}
	return now, nil
}

// Finish: see [ledger.Ledger].
func (l *Ledger) Finish(ctx context.Context, plan *ledger.Plan) error {
	return l.by(ctx, plan, func(w *writer) error {
		if err := w.ClearTotals(ctx); err != nil {
			return err
		}
		if err := w.KeepTotals(ctx); err != nil {
			return err
		}
		return w.SetLinked(ctx, query.SetLinkedParams{Linked: plan.Generation, LinkModel: plan.Model})
	})
}

// follow is where a row is to be looked for: the row itself, or where it went.
func follow(ctx context.Context, q *query.Queries, id string) (string, error) {
	to, err := q.Redirect(ctx, id)
	if err != nil || len(to) == 0 {
		return id, err
	}
	return to[0], nil
}
