package database

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/internal/query"
	"github.com/onrecord/onrecord/link"
)

const dayMicros = 24 * 60 * 60 * 1_000_000

// undated is the day of articles of unknown day, as article has days.
const undated = link.Undated * dayMicros

func dayNumber(published sql.NullInt64) int {
	if !published.Valid {
		return link.Undated
	}
	return int(published.Int64 / dayMicros) // midnights: there is no rest
}

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
func (l *Ledger) Plan(ctx context.Context, model string, decide func(ledger.Days) []ledger.Period) (*ledger.Plan, error) {
	plan := &ledger.Plan{Model: model}
	err := l.change(ctx, func(w *writer) error {
		s, err := w.State(ctx)
		if err != nil {
			return err
		}
		plan.Generation = s.Generation
		days, err := w.days(ctx, s.LinkModel)
		if err != nil {
			return err
		}
		plan.Periods = decide(days)
		if err := w.setPeriods(ctx, days.Periods, plan.Periods); err != nil {
			return err
		}
		if err := w.ClearChangedDays(ctx); err != nil {
			return err
		}
		return w.SetLinked(ctx, query.SetLinkedParams{Linked: -1, LinkModel: model})
	})
	if err != nil {
		return nil, err
	}
	return plan, nil
}

func (w *writer) days(ctx context.Context, model string) (ledger.Days, error) {
	days := ledger.Days{Articles: map[int]int{}, Model: model}
	counts, err := w.DaysOfArticles(ctx)
	if err != nil {
		return days, err
	}
	for _, d := range counts {
		days.Articles[dayNumber(d.PublishedDay)] = int(d.Articles)
	}
	changed, err := w.ChangedDays(ctx)
	if err != nil {
		return days, err
	}
	for _, d := range changed {
		days.Changed = append(days.Changed, int(d/dayMicros))
	}
	slices.Sort(days.Changed)
	days.Periods, err = periods(ctx, w.Queries)
	return days, err
}

// setPeriods puts periods in the place of old ones. The rows of those that are no more are taken away.
func (w *writer) setPeriods(ctx context.Context, old, now []ledger.Period) error {
	is := make(map[link.Period]bool, len(now))
	for _, p := range now {
		is[p.Period] = true
	}
	for _, o := range old {
		if is[o.Period] {
			continue
		}
		if err := w.takeAway(ctx, int64(o.From), nil); err != nil {
			return err
		}
		if err := w.DropPeriod(ctx, int64(o.From)); err != nil {
			return err
		}
	}
	for _, p := range now {
		if err := w.PutPeriod(ctx, query.PutPeriodParams{FromDay: int64(p.From), Days: int64(p.Days), Due: int64(p.Due)}); err != nil {
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
		return ledger.Period{Period: link.Period{From: int(p.FromDay), Days: int(p.Days)}, Due: ledger.Due(p.Due)}
	})
}

// Readings: see [ledger.Ledger].
func (l *Ledger) Readings(ctx context.Context, p link.Period) (list []*onrecord.Reading, err error) {
	err = l.look(ctx, func(q *query.Queries) error {
		ids, err := q.ArticlesOfDays(ctx, query.ArticlesOfDaysParams{
			FromDay: sql.NullInt64{Int64: int64(p.From) * dayMicros, Valid: true}, ToDay: sql.NullInt64{Int64: int64(p.From+p.Days) * dayMicros, Valid: true},
		})
		if err != nil {
			return err
		}
		if p.Holds(link.Undated) {
			none, err := q.ArticlesOfNoDay(ctx)
			if err != nil {
				return err
			}
			ids = append(ids, none...)
		}
		slices.Sort(ids)
		list, err = readings(ctx, q, ids)
		return err
	})
	return list, err
}

// Taken: see [ledger.Ledger].
func (l *Ledger) Taken(ctx context.Context, p link.Period) (taken link.Taken, err error) {
	err = l.look(ctx, func(q *query.Queries) error {
		taken, err = takenOf(ctx, q, int64(p.From))
		return err
	})
	return taken, err
}

func takenOf(ctx context.Context, q *query.Queries, period int64) (link.Taken, error) {
	taken := link.NewTaken()
	list, err := q.Taken(ctx, period)
	for _, t := range list {
		switch t.Kind {
		case onrecord.StoryKind:
			taken.Stories[t.Member] = true
		case onrecord.ReportKind:
			taken.Reports[t.Member] = true
		case onrecord.UtteranceKind:
			taken.Utterances[t.Member] = true
		case onrecord.MeasureKind:
			taken.Measures[t.Member] = true
		case onrecord.SpeakerKind:
			taken.Names[t.Member] = t.Name
		}
	}
	return taken, err
}

func takenTable(period int64, taken link.Taken) *table {
	t := newTable("taken", "period kind member name")
	for kind, members := range map[string]map[string]bool{
		onrecord.StoryKind: taken.Stories, onrecord.ReportKind: taken.Reports, onrecord.UtteranceKind: taken.Utterances, onrecord.MeasureKind: taken.Measures,
	} {
		for m := range members {
			t.add(period, kind, m, "")
		}
	}
	for m, name := range taken.Names {
		t.add(period, onrecord.SpeakerKind, m, name)
	}
	return t
}

// SetPeriod: see [ledger.Ledger].
func (l *Ledger) SetPeriod(ctx context.Context, p link.Period, made *link.Rows) (next bool, err error) {
	if err := checkLinks(made); err != nil {
		return false, l.failed(fmt.Errorf("links: %w", err))
	}
	err = l.change(ctx, func(w *writer) error {
		next, err = w.setPeriod(ctx, int64(p.From), made)
		return err
	})
	return next, err
}

func (w *writer) setPeriod(ctx context.Context, period int64, made *link.Rows) (next bool, err error) {
	before, err := takenOf(ctx, w.Queries, period)
	if err != nil {
		return false, err
	}
	if err := w.takeAway(ctx, period, idsOf(made)); err != nil {
		return false, err
	}
	for i := range made.Parts {
		if p := &made.Parts[i]; p.Name == "" { // it may have had a name
			if err := w.drop(ctx, p.Speaker.ID); err != nil {
				return false, err
			}
		}
	}
	outlets, err := storyOutlets(ctx, w.Queries, made.Stories)
	if err != nil {
		return false, err
	}
	tables := append(linkTables(&made.Links, outlets, period), takenTable(period, made.Taken))
	tables = append(tables, partTables(made, period)...)
	if err := w.insert(ctx, tables...); err != nil {
		return false, err
	}
	if err := errors.Join(
		w.NamesDue(ctx, period),
		w.KeepSpoken(ctx, query.KeepSpokenParams{Undated: undated, Period: period}),
		w.KeepSpokenOf(ctx, query.KeepSpokenOfParams{Undated: undated, Period: period}),
		w.CountInParts(ctx, period),
		w.CountAlone(ctx, period),
	); err != nil {
		return false, err
	}
	if next = !before.Equal(made.Taken); next {
		if err := w.DueNext(ctx, period); err != nil {
			return false, err
		}
	}
	if err := w.SetDue(ctx, query.SetDueParams{FromDay: period, Due: int64(ledger.DueCounts)}); err != nil {
		return false, err
	}
	return next, w.DueAtLeast(ctx, query.DueAtLeastParams{FromDay: period, Due: int64(ledger.DueCounts)})
}

// idsOf are the ids of rows that have members.
func idsOf(made *link.Rows) map[string]bool {
	ids := map[string]bool{}
	for i := range made.Stories {
		ids[made.Stories[i].ID] = true
	}
	for i := range made.Reports {
		ids[made.Reports[i].ID] = true
	}
	for i := range made.Utterances {
		ids[made.Utterances[i].ID] = true
	}
	for i := range made.Measures {
		ids[made.Measures[i].ID] = true
	}
	for i := range made.Parts {
		ids[made.Parts[i].Speaker.ID] = true
	}
	return ids
}

// partTables are the rows of parts, with the speakers of those that are united with none.
func partTables(made *link.Rows, period int64) []*table {
	parts := newTable("part", "id period ordinal name speaker statements articles spoken_of content")
	links := newTable("speaker_link", "article_speaker speaker part")
	speakers, aliases := speakerTables()
	alone := map[string]string{}
	for i := range made.Parts {
		p := &made.Parts[i]
		if p.Name == "" {
			alone[p.Speaker.ID] = p.Speaker.ID
			addSpeaker(speakers, aliases, &ledger.SpeakerRow{Speaker: p.Speaker}, made.Model, "")
		}
		content, err := json.Marshal(p)
		if err != nil { // strings and numbers always marshal
			panic(err)
		}
		parts.add(p.Speaker.ID, period, i, p.Name, alone[p.Speaker.ID], 0, 0, 0, string(content))
	}
	for _, of := range slices.Sorted(maps.Keys(made.SpeakerOf)) {
		part := made.SpeakerOf[of]
		links.add(of, alone[part], part)
	}
	return []*table{parts, links, speakers, aliases}
}

// A kindOfRow is a kind of rows of links that have members, which say where a row went that is gone.
type kindOfRow struct{ kind, row, table, member string }

var membered = []kindOfRow{
	{onrecord.StoryKind, "story", "story_article", "article"},
	{onrecord.ReportKind, "report", "report_article", "article"},
	{onrecord.UtteranceKind, "utterance", "rendition", "statement"},
	{onrecord.MeasureKind, "measure", "answer", "figure"},
	{onrecord.SpeakerKind, "speaker", "speaker_link", "article_speaker"},
}

// takeAway deletes the rows of a period. What was in rows that are not to come again, by id, is kept in gone.
func (w *writer) takeAway(ctx context.Context, period int64, keep map[string]bool) error {
	for _, t := range membered[:len(membered)-1] {
		ids, err := w.ids(ctx, "SELECT id FROM "+t.row+" WHERE period = $1 ORDER BY id", period)
		if err != nil {
			return err
		}
		ids = slices.DeleteFunc(ids, func(id string) bool { return keep[id] })
		for some := range slices.Chunk(ids, page) {
			_, err := w.tx.ExecContext(ctx, fmt.Sprintf("INSERT INTO gone (id, member) SELECT %s, %s FROM %s WHERE %s IN (SELECT picked($1)) ON CONFLICT (id, member) DO NOTHING",
				t.row, t.member, t.table, t.row), jsonIDs(some))
			if err != nil {
				return err
			}
		}
	}
	parts, err := w.PartsOfPeriod(ctx, period)
	if err != nil {
		return err
	}
	var lost []string
	for _, p := range parts {
		if !keep[p.ID] {
			lost = append(lost, p.ID)
		}
	}
	for some := range slices.Chunk(lost, page) {
		if err := w.ForgetParts(ctx, jsonIDs(some)); err != nil {
			return err
		}
	}
	if err := w.NamesDue(ctx, period); err != nil {
		return err
	}
	const own, alone = "(SELECT id FROM part WHERE period = $1)", "(SELECT id FROM part WHERE period = $1 AND name = '')"
	for _, s := range []string{
		"speaker_dispute WHERE dispute IN (SELECT id FROM dispute WHERE period = $1)", "side WHERE dispute IN (SELECT id FROM dispute WHERE period = $1)", "dispute WHERE period = $1",
		"answer WHERE measure IN (SELECT id FROM measure WHERE period = $1)", "measure WHERE period = $1",
		"drift WHERE utterance IN (SELECT id FROM utterance WHERE period = $1)", "rendition WHERE utterance IN (SELECT id FROM utterance WHERE period = $1)", "utterance WHERE period = $1",
		"story_key WHERE story IN (SELECT id FROM story WHERE period = $1)", "story_article WHERE story IN (SELECT id FROM story WHERE period = $1)", "story WHERE period = $1",
		"report_article WHERE report IN (SELECT id FROM report WHERE period = $1)", "report WHERE period = $1", "copy WHERE period = $1",
		"alias WHERE speaker IN " + alone, "speaker WHERE id IN " + alone, "spoken WHERE part IN " + own, "spoken_of WHERE part IN " + own, "speaker_link WHERE part IN " + own, "part WHERE period = $1",
		"taken WHERE period = $1",
	} {
		if _, err := w.tx.ExecContext(ctx, "DELETE FROM "+s, period); err != nil {
			return err
		}
	}
	return nil
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

// Unite: see [ledger.Ledger].
func (l *Ledger) Unite(ctx context.Context, model string, unite func(parts []ledger.Part, before []string) ledger.United) (more bool, err error) {
	err = l.change(ctx, func(w *writer) error {
		names, err := w.DueNames(ctx, page)
		if err != nil {
			return err
		}
		speakers, aliases := speakerTables()
		for _, name := range names {
			if err := w.uniteName(ctx, name, model, unite, speakers, aliases); err != nil {
				return err
			}
		}
		more = len(names) == page
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
	united := unite(parts, before)
	for _, p := range rows {
		if err := w.setPart(ctx, &p, united.Of[p.ID]); err != nil {
			return err
		}
	}
	for _, id := range before {
		if err := w.drop(ctx, id); err != nil {
			return err
		}
	}
	for id, to := range united.Moved {
		if err := w.moved(ctx, id, to); err != nil {
			return err
		}
	}
	for i := range united.Speakers {
		s := &united.Speakers[i]
		if err := w.drop(ctx, s.ID); err != nil { // it may have had another name
			return err
		}
		addSpeaker(speakers, aliases, s, model, name)
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
	err := errors.Join(
		w.SetPart(ctx, query.SetPartParams{Part: p.ID, Speaker: speaker}),
		w.SetPartLinks(ctx, query.SetPartLinksParams{Part: p.ID, Speaker: speaker}),
		w.SetPartSpoken(ctx, query.SetPartSpokenParams{Part: p.ID, Speaker: speaker}),
		w.SetPartSpokenOf(ctx, query.SetPartSpokenOfParams{Part: p.ID, Speaker: speaker}),
	)
	if err != nil || p.Speaker == "" { // it is new: what its period counts is due anyway
		return err
	}
	return w.DueAtLeast(ctx, query.DueAtLeastParams{FromDay: p.Period, Due: int64(ledger.DueCounts)})
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
func (l *Ledger) Count(ctx context.Context, p link.Period) error {
	return l.change(ctx, func(w *writer) error {
		for _, count := range []func(context.Context, int64) error{
			w.CountInStories, w.ClearStoryKeys, w.KeepStoryKeys, w.ClearSpeakerDisputes, w.KeepSpeakerDisputes,
		} {
			if err := count(ctx, int64(p.From)); err != nil {
				return err
			}
		}
		return w.SetDue(ctx, query.SetDueParams{FromDay: int64(p.From), Due: int64(ledger.DueNothing)})
	})
}

// Redirect: see [ledger.Ledger].
func (l *Ledger) Redirect(ctx context.Context, choose func(now map[string]int) string) error {
	return l.change(ctx, func(w *writer) error {
		for last := ""; ; {
			ids, err := w.Gone(ctx, query.GoneParams{ID: last, Page: page})
			if err != nil {
				return err
			}
			if len(ids) == 0 {
				break
			}
			last = ids[len(ids)-1]
			if err := w.redirect(ctx, ids, choose); err != nil {
				return err
			}
		}
		if err := w.ClearGone(ctx); err != nil {
			return err
		}
		return w.DropLiveRedirects(ctx) // rows that have come back
	})
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
	for _, t := range membered {
		of := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id[:1] != t.kind })
		if len(of) == 0 {
			continue
		}
		live, err := w.ids(ctx, fmt.Sprintf("SELECT id FROM %s WHERE id IN (SELECT picked($1)) ORDER BY id", t.row), jsonIDs(of))
		if err != nil {
			return err
		}
		for _, id := range of {
			if _, lives := slices.BinarySearch(live, id); lives {
				continue
			}
			now := map[string]int{}
			for some := range slices.Chunk(members[id], page) {
				in, err := w.ids(ctx, fmt.Sprintf("SELECT %s FROM %s WHERE %s IN (SELECT picked($1))", t.row, t.table, t.member), jsonIDs(some))
				if err != nil {
					return err
				}
				for _, to := range in {
					now[to]++
				}
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

// Finish: see [ledger.Ledger].
func (l *Ledger) Finish(ctx context.Context, plan *ledger.Plan) error {
	return l.change(ctx, func(w *writer) error {
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
