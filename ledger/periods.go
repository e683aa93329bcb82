package ledger

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger/internal/query"
	"github.com/onrecord/onrecord/link"
)

// A Plan is the periods of days in which the articles of a ledger are linked, in order, and which of them are to be linked now.
type Plan struct {
	Periods    []link.Period
	Due        []bool
	generation int64
	model      string
}

// What of a period is due.
const (
	dueNothing = iota
	dueCounts  // what is counted in its rows
	dueRows
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

// Plan looks the periods over: cut makes them from the number of articles of each day. Due is a period that is new, whose articles
// or readings have changed, or those of the next, and every period where its rows are of another model. What is due stays so until
// it is linked, whatever happens between.
func (l *Ledger) Plan(ctx context.Context, model string, cut func(articles map[int]int) []link.Period) (*Plan, error) {
	plan := &Plan{model: model}
	err := l.change(ctx, func(tx *sql.Tx, q *query.Queries) error {
		s, err := q.State(ctx)
		if err != nil {
			return err
		}
		plan.generation = s.Generation
		days, err := q.DaysOfArticles(ctx)
		if err != nil {
			return err
		}
		articles := make(map[int]int, len(days))
		for _, d := range days {
			articles[dayNumber(d.PublishedDay)] = int(d.Articles)
		}
		plan.Periods = cut(articles)
		old, err := q.Periods(ctx)
		if err != nil {
			return err
		}
		changed, err := q.ChangedDays(ctx)
		if err != nil {
			return err
		}
		if err := plan.look(ctx, tx, q, old, changed, s.LinkModel != model); err != nil {
			return err
		}
		if err := q.ClearChangedDays(ctx); err != nil {
			return err
		}
		return q.SetLinked(ctx, query.SetLinkedParams{Linked: -1, LinkModel: model})
	})
	if err != nil {
		return nil, err
	}
	return plan, nil
}

// look finds what is due, keeps it, and takes away the rows of periods that are no more.
func (plan *Plan) look(ctx context.Context, tx *sql.Tx, q *query.Queries, old []query.Period, changed []int64, all bool) error {
	type around struct{ before, after link.Period }
	was, place := map[link.Period]int64{}, map[link.Period]around{}
	for i, o := range old {
		p := toPeriod(o)
		was[p] = o.Due
		var a around
		if i > 0 {
			a.before = toPeriod(old[i-1])
		}
		if i+1 < len(old) {
			a.after = toPeriod(old[i+1])
		}
		place[p] = a
	}
	is := make(map[link.Period]bool, len(plan.Periods))
	for _, p := range plan.Periods {
		is[p] = true
	}
	for _, o := range old {
		if !is[toPeriod(o)] {
			if err := takeAway(ctx, tx, q, o.FromDay, nil); err != nil {
				return err
			}
			if err := q.DropPeriod(ctx, o.FromDay); err != nil {
				return err
			}
		}
	}
	slices.Sort(changed)
	fresh := func(i int) bool { // it is new or has changed itself
		if i >= len(plan.Periods) {
			return false
		}
		p := plan.Periods[i]
		if _, known := was[p]; !known {
			return true
		}
		at, _ := slices.BinarySearch(changed, int64(p.From)*dayMicros)
		return at < len(changed) && p.Holds(int(changed[at]/dayMicros))
	}
	plan.Due = make([]bool, len(plan.Periods))
	for i, p := range plan.Periods {
		var a around
		if i > 0 {
			a.before = plan.Periods[i-1]
		}
		if i+1 < len(plan.Periods) {
			a.after = plan.Periods[i+1]
		}
		plan.Due[i] = all || was[p] == dueRows || fresh(i) || fresh(i+1) || place[p] != a
		if plan.Due[i] {
			if err := q.PutPeriod(ctx, query.PutPeriodParams{FromDay: int64(p.From), Days: int64(p.Days), Due: dueRows}); err != nil {
				return err
			}
		}
	}
	return nil
}

func toPeriod(p query.Period) link.Period {
	return link.Period{From: int(p.FromDay), Days: int(p.Days)}
}

// PeriodReadings returns the readings of the current versions of the articles of a period, by article id, with the articles' texts.
func (l *Ledger) PeriodReadings(ctx context.Context, p link.Period) (list []*onrecord.Reading, err error) {
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
		list, err = readings(ctx, q, ids)
		return err
	})
	return list, err
}

// Taken is what the rows of a period have of the next one.
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

// SetPeriod replaces the rows of a period, in one transaction. It says whether the next period is due for that: its rows have to do
// without what these have of it, and that has changed. Until [Ledger.Finish] the rows' speakers are not united with those of other
// periods.
func (l *Ledger) SetPeriod(ctx context.Context, p link.Period, made *link.Rows) (next bool, err error) {
	if err := checkLinks(made); err != nil {
		return false, l.failed(fmt.Errorf("links: %w", err))
	}
	err = l.change(ctx, func(tx *sql.Tx, q *query.Queries) error {
		next, err = setPeriod(ctx, tx, q, int64(p.From), made)
		return err
	})
	return next, err
}

func setPeriod(ctx context.Context, tx *sql.Tx, q *query.Queries, period int64, made *link.Rows) (next bool, err error) {
	before, err := takenOf(ctx, q, period)
	if err != nil {
		return false, err
	}
	keep := map[string]bool{}
	for i := range made.Stories {
		keep[made.Stories[i].ID] = true
	}
	for i := range made.Reports {
		keep[made.Reports[i].ID] = true
	}
	for i := range made.Utterances {
		keep[made.Utterances[i].ID] = true
	}
	for i := range made.Measures {
		keep[made.Measures[i].ID] = true
	}
	for i := range made.Parts {
		keep[made.Parts[i].Speaker.ID] = true
	}
	if err := takeAway(ctx, tx, q, period, keep); err != nil {
		return false, err
	}
	for i := range made.Parts {
		if p := &made.Parts[i]; p.Name == "" { // it may have had a name
			if err := drop(ctx, q, p.Speaker.ID); err != nil {
				return false, err
			}
		}
	}
	outlets, err := storyOutlets(ctx, q, made.Stories)
	if err != nil {
		return false, err
	}
	tables := append(linkTables(&made.Links, outlets, period), takenTable(period, made.Taken))
	tables = append(tables, partTables(made, period)...)
	if err := insertAll(ctx, tx, tables...); err != nil {
		return false, err
	}
	if err := q.NamesDue(ctx, period); err != nil {
		return false, err
	}
	if err := q.KeepSpoken(ctx, query.KeepSpokenParams{Undated: undated, Period: period}); err != nil {
		return false, err
	}
	if err := q.KeepSpokenOf(ctx, query.KeepSpokenOfParams{Undated: undated, Period: period}); err != nil {
		return false, err
	}
	if err := q.CountInParts(ctx, period); err != nil {
		return false, err
	}
	if err := q.CountAlone(ctx, period); err != nil {
		return false, err
	}
	if next = !before.Equal(made.Taken); next {
		if err := q.DueNext(ctx, period); err != nil {
			return false, err
		}
	}
	if err := q.SetDue(ctx, query.SetDueParams{FromDay: period, Due: dueCounts}); err != nil {
		return false, err
	}
	return next, q.DueAtLeast(ctx, query.DueAtLeastParams{FromDay: period, Due: dueCounts})
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
			addSpeaker(speakers, aliases, &SpeakerRow{Speaker: p.Speaker}, made.Model, "")
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
func takeAway(ctx context.Context, tx *sql.Tx, q *query.Queries, period int64, keep map[string]bool) error {
	for _, t := range membered[:len(membered)-1] {
		ids, err := idsIn(ctx, tx, "SELECT id FROM "+t.row+" WHERE period = $1 ORDER BY id", period)
		if err != nil {
			return err
		}
		ids = slices.DeleteFunc(ids, func(id string) bool { return keep[id] })
		for some := range slices.Chunk(ids, page) {
			_, err := tx.ExecContext(ctx, fmt.Sprintf("%s INSERT INTO gone (id, member) SELECT %s, %s FROM %s WHERE %s IN %s ON CONFLICT (id, member) DO NOTHING",
				pick, t.row, t.member, t.table, t.row, inPick), strings.Join(some, ""))
			if err != nil {
				return err
			}
		}
	}
	parts, err := q.PartsOfPeriod(ctx, period)
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
		if err := q.ForgetParts(ctx, strings.Join(some, "")); err != nil {
			return err
		}
	}
	if err := q.NamesDue(ctx, period); err != nil {
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
		if _, err := tx.ExecContext(ctx, "DELETE FROM "+s, period); err != nil {
			return err
		}
	}
	return nil
}

// pick and inPick ask for a list of ids as query.sql does.
const (
	pick   = "WITH RECURSIVE pick (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM pick WHERE (n + 2) * 14 <= length(CAST($1 AS TEXT)))"
	inPick = "(SELECT substr(CAST($1 AS TEXT), n * 14 + 1, 14) FROM pick)"
)

func idsIn(ctx context.Context, tx *sql.Tx, ask string, args ...any) (ids []string, err error) {
	list, err := tx.QueryContext(ctx, ask, args...)
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

// Finish makes what rows of several periods have in common: speakers across all of them, counts, and where rows went that are gone.
// After it the ledger is linked, unless articles have come since the plan was made.
func (l *Ledger) Finish(ctx context.Context, plan *Plan) error {
	for more := true; more; {
		if err := l.change(ctx, func(tx *sql.Tx, q *query.Queries) (err error) {
			more, err = unite(ctx, tx, q, plan.model)
			return err
		}); err != nil {
			return err
		}
	}
	var list []query.Period
	if err := l.look(ctx, func(q *query.Queries) (err error) {
		list, err = q.Periods(ctx)
		return err
	}); err != nil {
		return err
	}
	for _, p := range list {
		if p.Due != dueCounts {
			continue
		}
		if err := l.change(ctx, func(_ *sql.Tx, q *query.Queries) error { return recount(ctx, q, p.FromDay) }); err != nil {
			return err
		}
	}
	return l.change(ctx, func(tx *sql.Tx, q *query.Queries) error { return finish(ctx, tx, q, plan) })
}

func finish(ctx context.Context, tx *sql.Tx, q *query.Queries, plan *Plan) error {
	if err := redirect(ctx, tx, q); err != nil {
		return err
	}
	if err := q.DropLiveRedirects(ctx); err != nil { // rows that have come back
		return err
	}
	if err := q.ClearTotals(ctx); err != nil {
		return err
	}
	if err := q.KeepTotals(ctx); err != nil {
		return err
	}
	return q.SetLinked(ctx, query.SetLinkedParams{Linked: plan.generation, LinkModel: plan.model})
}

// unite unites the parts of some of the names that are due, and says whether there were any.
func unite(ctx context.Context, tx *sql.Tx, q *query.Queries, model string) (more bool, err error) {
	names, err := q.DueNames(ctx, page)
	if err != nil {
		return false, err
	}
	speakers, aliases := speakerTables()
	for _, name := range names {
		if err := uniteName(ctx, q, name, model, speakers, aliases); err != nil {
			return false, err
		}
	}
	return len(names) > 0, insertAll(ctx, tx, speakers, aliases)
}

func uniteName(ctx context.Context, q *query.Queries, name, model string, speakers, aliases *table) error {
	list, err := q.PartsNamed(ctx, name)
	if err != nil {
		return err
	}
	parts := make([]link.Part, len(list))
	for i := range list {
		if err := json.Unmarshal([]byte(list[i].Content), &parts[i]); err != nil {
			return fmt.Errorf("part %s: %w: %w", list[i].ID, ErrDamaged, err)
		}
	}
	united, of := link.Unite(parts)
	rows := map[string]*SpeakerRow{}
	for i := range united {
		rows[united[i].ID] = &SpeakerRow{Speaker: united[i]}
	}
	for _, p := range list {
		to := of[p.ID]
		row := rows[to]
		row.Statements, row.Articles, row.SpokenOf = row.Statements+int(p.Statements), row.Articles+int(p.Articles), row.SpokenOf+int(p.SpokenOf)
		if p.Speaker == to {
			continue
		}
		if err := q.SetPart(ctx, query.SetPartParams{Part: p.ID, Speaker: to}); err != nil {
			return err
		}
		if err := q.SetPartLinks(ctx, query.SetPartLinksParams{Part: p.ID, Speaker: to}); err != nil {
			return err
		}
		if err := q.SetPartSpoken(ctx, query.SetPartSpokenParams{Part: p.ID, Speaker: to}); err != nil {
			return err
		}
		if err := q.SetPartSpokenOf(ctx, query.SetPartSpokenOfParams{Part: p.ID, Speaker: to}); err != nil {
			return err
		}
		if p.Speaker == "" { // it is new: what its period counts is due anyway
			continue
		}
		if err := q.DueAtLeast(ctx, query.DueAtLeastParams{FromDay: p.Period, Due: dueCounts}); err != nil {
			return err
		}
	}
	old, err := q.SpeakersUnited(ctx, name)
	if err != nil {
		return err
	}
	for _, id := range old {
		if err := drop(ctx, q, id); err != nil {
			return err
		}
		if to := of[id]; to != "" && to != id { // its first mention is not the first any more
			if err := moved(ctx, q, id, to); err != nil {
				return err
			}
		}
	}
	for i := range united {
		s := &united[i]
		if err := drop(ctx, q, s.ID); err != nil { // it may have had another name
			return err
		}
		addSpeaker(speakers, aliases, rows[s.ID], model, name)
	}
	return q.NameDone(ctx, name)
}

// drop deletes a speaker across articles.
func drop(ctx context.Context, q *query.Queries, id string) error {
	if err := q.DropAliases(ctx, id); err != nil {
		return err
	}
	return q.DropSpeaker(ctx, id)
}

func moved(ctx context.Context, q *query.Queries, id, to string) error {
	if err := q.PutRedirect(ctx, query.PutRedirectParams{ID: id, Target: to}); err != nil {
		return err
	}
	return q.Retarget(ctx, query.RetargetParams{ID: id, Target: to})
}

// recount counts what is in the rows of a period.
func recount(ctx context.Context, q *query.Queries, period int64) error {
	for _, count := range []func(context.Context, int64) error{
		q.CountInStories, q.ClearStoryKeys, q.KeepStoryKeys, q.ClearSpeakerDisputes, q.KeepSpeakerDisputes,
	} {
		if err := count(ctx, period); err != nil {
			return err
		}
	}
	return q.SetDue(ctx, query.SetDueParams{FromDay: period, Due: dueNothing})
}

// redirect keeps, for rows that are gone, which row has most of their members now; of several the first by id.
func redirect(ctx context.Context, tx *sql.Tx, q *query.Queries) error {
	for last := ""; ; {
		ids, err := q.Gone(ctx, query.GoneParams{ID: last, Page: page})
		if err != nil {
			return err
		}
		if len(ids) == 0 {
			return q.ClearGone(ctx)
		}
		last = ids[len(ids)-1]
		members, err := q.GoneMembers(ctx, strings.Join(ids, ""))
		if err != nil {
			return err
		}
		were := map[string][]string{}
		for _, m := range members {
			were[m.ID] = append(were[m.ID], m.Member)
		}
		for _, t := range membered {
			of := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id[:1] != t.kind })
			if len(of) == 0 {
				continue
			}
			live, err := idsIn(ctx, tx, fmt.Sprintf("%s SELECT id FROM %s WHERE id IN %s ORDER BY id", pick, t.row, inPick), strings.Join(of, ""))
			if err != nil {
				return err
			}
			for _, id := range of {
				if _, lives := slices.BinarySearch(live, id); lives {
					continue
				}
				if err := t.redirect(ctx, tx, q, id, were[id]); err != nil {
					return err
				}
			}
		}
	}
}

func (t kindOfRow) redirect(ctx context.Context, tx *sql.Tx, q *query.Queries, id string, members []string) error {
	count := map[string]int{}
	for some := range slices.Chunk(members, page) {
		now, err := idsIn(ctx, tx, fmt.Sprintf("%s SELECT %s FROM %s WHERE %s IN %s", pick, t.row, t.table, t.member, inPick), strings.Join(some, ""))
		if err != nil {
			return err
		}
		for _, to := range now {
			count[to]++
		}
	}
	if len(count) == 0 {
		return nil
	}
	return moved(ctx, q, id, slices.MaxFunc(slices.Collect(maps.Keys(count)), func(a, b string) int { return cmp.Or(cmp.Compare(count[a], count[b]), cmp.Compare(b, a)) }))
}

// follow is where a row is to be looked for: the row itself, or where it went.
func follow(ctx context.Context, q *query.Queries, id string) (string, error) {
	to, err := q.Redirect(ctx, id)
	if err != nil || len(to) == 0 {
		return id, err
	}
	return to[0], nil
}
