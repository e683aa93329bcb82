package database

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/internal/query"
	"github.com/onrecord/onrecord/link"
	"github.com/onrecord/onrecord/link/speakers"
)

// Known: see [ledger.Ledger].
func (l *Ledger) Known(ctx context.Context, ids []string) (map[string]string, error) {
	known := make(map[string]string, len(ids))
	err := l.look(ctx, func(q *query.Queries) error {
		rows, err := digests(ctx, q, ids)
		for _, r := range rows {
			known[r.ID] = r.Digest
		}
		return err
	})
	return known, err
}

// digests are those of the articles that are known; none of one whose text is not the one that was read.
func digests(ctx context.Context, q *query.Queries, ids []string) ([]query.DigestsRow, error) {
	list, err := picked(ctx, ids, q.Digests)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	altered, err := alteredOf(ctx, q, ids)
	for i := range list {
		if altered[list[i].ID] {
			list[i].Digest = ""
		}
	}
	return list, err
}

// Add: see [ledger.Ledger].
func (l *Ledger) Add(ctx context.Context, readings []*onrecord.Reading) (added ledger.Added, err error) {
	var ids []string
	for _, r := range readings {
		if err := ledger.Check(r); err != nil {
			return added, l.failed(fmt.Errorf("article %s (%s): %w", r.Article.ID, where(r.Article), err))
		}
		ids = append(ids, r.Article.ID)
	}
	if len(ids) == 0 {
		return added, nil
	}
	err = l.change(ctx, func(w *writer) error {
		known, err := digests(ctx, w.Queries, ids)
		if err == nil {
			added, err = w.add(ctx, readings, known)
		}
		return err
	})
	if err != nil {
		return ledger.Added{}, err
	}
	return added, nil
}

// add keeps readings, of articles of which some are known.
func (w *writer) add(ctx context.Context, readings []*onrecord.Reading, known []query.DigestsRow) (added ledger.Added, err error) {
	before, digests := make(map[string]query.DigestsRow, len(known)), make(map[string]string, len(readings))
	for _, k := range known {
		before[k.ID], digests[k.ID] = k, k.Digest
	}
	at := map[string]int{}
	var batch []*onrecord.Reading
	for _, r := range readings {
		id, digest := r.Article.ID, ledger.Digest(r.Article, r.Model)
		was, again := digests[id]
		switch {
		case was == digest:
			added.Known++
			continue
		case again:
			added.Again++
		default:
			added.New++
		}
		digests[id] = digest
		if i, twice := at[id]; twice {
			batch[i] = r
			continue
		}
		at[id] = len(batch)
		batch = append(batch, r)
	}
	if len(batch) == 0 {
		return added, nil
	}
	return added, w.keep(ctx, batch, before)
}

// keep keeps readings; before are the articles that are known.
func (w *writer) keep(ctx context.Context, batch []*onrecord.Reading, before map[string]query.DigestsRow) error {
	ids := make([]string, len(batch))
	for i, r := range batch {
		ids[i] = r.Article.ID
	}
	if err := w.changeMoments(ctx, ids); err != nil { // where they were
		return err
	}
	last, err := w.LastArticle(ctx)
	if err != nil {
		return err
	}
	rows := newReadingTables()
	worded := make([]Worded, 0, len(batch))
	for _, r := range batch {
		was, again := before[r.Article.ID]
		seq := was.Seq
		if again && was.Model != "" { // what nobody has read has no rows
			err = w.clearReading(ctx, r.Article.ID)
		}
		if again && err == nil {
			err = w.replaceArticle(ctx, r)
		} else if err == nil {
			last++
			seq = last
			err = w.insertArticle(ctx, r, seq)
		}
		if err != nil {
			return fmt.Errorf("article %s (%s): %w", r.Article.ID, where(r.Article), err)
		}
		now, err := w.reviewed(ctx, r)
		if err != nil {
			return err
		}
		if now != r {
			if err := w.setReviewed(ctx, now.Article); err != nil {
				return err
			}
		}
		rows.add(now, seq)
		if again || r.Model != "" { // a new article that nobody has read is found when it is read
			worded = append(worded, Worded{seq, now})
		}
	}
	if err := w.insert(ctx, rows.all()...); err != nil {
		return err
	}
	if err := w.index(ctx, worded); err != nil {
		return err
	}
	if err := w.changeMoments(ctx, ids); err != nil { // and where they are
		return err
	}
	return w.CountChange(ctx)
}

// index keeps the words of articles for the full text index.
func (w *writer) index(ctx context.Context, list []Worded) error {
	if w.dialect.Index == nil || len(list) == 0 {
		return nil
	}
	return w.dialect.Index(ctx, w.tx.tx, func(name, columns string, values []any) error {
		t := newTable(name, columns)
		t.args = values
		return w.insert(ctx, t)
	}, list)
}

// changeMoments notes that articles have changed.
func (w *writer) changeMoments(ctx context.Context, ids []string) error {
	_, err := picked(ctx, ids, func(ctx context.Context, some string) ([]struct{}, error) {
		return nil, w.ChangeMoments(ctx, some)
	})
	return err
}

// where says where an article came from, for errors.
func where(a *onrecord.Article) string {
	if a.Line > 0 {
		return fmt.Sprintf("%s:%d", a.File, a.Line)
	}
	return a.File
}

func (w *writer) insertArticle(ctx context.Context, r *onrecord.Reading, seq int64) error {
	a := r.Article
	place, versioned := a.Place()
	version := int64(1)
	if versioned {
		last, err := w.LastVersion(ctx, place)
		if err != nil {
			return err
		}
		version += last
		if err := w.ChangeMomentOfPlace(ctx, place); err != nil {
			return err
		}
		if err := w.Supersede(ctx, place); err != nil {
			return err
		}
	} else {
		place = ""
	}
	return w.InsertArticle(ctx, query.InsertArticleParams{
		ID: a.ID, Seq: seq, Place: place, Version: version, Newest: true,
		ExternalID: a.ExternalID, URL: a.URL, Outlet: a.Outlet, Title: a.Title, Byline: a.Byline,
		Published: a.Published.Value, PublishedPrecision: a.Published.Precision, PublishedBasis: a.Published.Basis, PublishedDay: day(a.Published), Moment: link.Moment(a),
		Language: cmp.Or(r.Language, a.Language), GivenLanguage: a.Language, GivenOutlet: a.Outlet, Text: a.Text, File: a.File, Line: int64(a.Line), Model: r.Model, Digest: ledger.Digest(a, r.Model),
	})
}

// replaceArticle gives a known article its text, where that was altered, and its new metadata.
func (w *writer) replaceArticle(ctx context.Context, r *onrecord.Reading) error {
	a := r.Article
	return w.UpdateArticle(ctx, query.UpdateArticleParams{
		ID: a.ID, URL: a.URL, Text: a.Text, ExternalID: a.ExternalID, Outlet: a.Outlet, Title: a.Title, Byline: a.Byline,
		Published: a.Published.Value, PublishedPrecision: a.Published.Precision, PublishedBasis: a.Published.Basis, PublishedDay: day(a.Published), Moment: link.Moment(a),
		Language: cmp.Or(r.Language, a.Language), GivenLanguage: a.Language, GivenOutlet: a.Outlet, File: a.File, Line: int64(a.Line), Model: r.Model, Digest: ledger.Digest(a, r.Model),
	})
}

// clearReading takes away the rows of an article's reading; the rows of links that repeat something of it are to be written again.
func (w *writer) clearReading(ctx context.Context, article string) error {
	for _, del := range []func(context.Context, string) error{w.StaleParts, w.DeleteStatements, w.DeleteFigures, w.DeleteTimes, w.DeleteArticleSpeakers, w.DeleteAsides} {
		if err := del(ctx, article); err != nil {
			return err
		}
	}
	return nil
}

func day(p onrecord.Published) sql.NullInt64 {
	d, known := p.Day()
	if !known {
		return sql.NullInt64{}
	}
	return micros(d)
}

// A table gathers rows for one table, to be inserted many at a time.
type table struct {
	name    string
	columns []string
	args    []any
	// conflict is what becomes of a row whose key is there: "" where that is an error.
	conflict string
}

func newTable(name, columns string) *table {
	return &table{name: name, columns: strings.Fields(columns)}
}

func (t *table) add(values ...any) { t.args = append(t.args, values...) }

// perInsert is about how many values one INSERT carries: enough that the statement's own cost is spread, few enough for any database.
const perInsert = 1000

// insert writes the rows gathered, table after table.
func (w *writer) insert(ctx context.Context, tables ...*table) error {
	for _, t := range tables {
		if err := w.insertTable(ctx, t); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) insertTable(ctx context.Context, t *table) error {
	if w.dialect.Copy != nil && t.conflict == "" && len(t.args) > 0 {
		if err := w.dialect.Copy(ctx, w.conn, t.name, t.columns, t.args); err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
		return nil
	}
	width := len(t.columns)
	most := max(1, perInsert/width) * width
	for args := range slices.Chunk(t.args, most) {
		var b strings.Builder
		fmt.Fprintf(&b, "INSERT INTO %s (%s) VALUES ", t.name, strings.Join(t.columns, ", "))
		for i := range args {
			switch {
			case i%width != 0:
				b.WriteString(", ")
			case i == 0:
				b.WriteByte('(')
			default:
				b.WriteString("), (")
			}
			b.WriteString(w.dialect.Placeholder(i))
		}
		b.WriteByte(')')
		if t.conflict != "" {
			b.WriteString(" ON CONFLICT " + t.conflict)
		}
		if _, err := w.tx.ExecContext(ctx, b.String(), args...); err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
	}
	return nil
}

// readingTables gather the rows of readings.
type readingTables struct{ statements, figures, times, speakers, asides *table }

func newReadingTables() *readingTables {
	return &readingTables{
		statements: newTable("statement", "id seq article ordinal parent kind source cue content words speaker speaker_confidence addressee relays stance denied said_from said_to said_basis headline confidence model"),
		figures: newTable("figure", "id article ordinal span_start span_end low high comparator change unit thing thing_start thing_end share_of role"+
			" as_of_from as_of_to as_of_basis vague statement conversion_of confidence model"),
		times:    newTable("time", "id article ordinal span_start span_end timex interval_from interval_to interval_basis grain kind basis confidence model"),
		speakers: newTable("article_speaker", "id article ordinal name kind aliases roles state spans unnamed anonymity learned confidence model"),
		asides:   newTable("aside", "article ordinal span_start span_end kind confidence model"),
	}
}

func (t *readingTables) add(r *onrecord.Reading, seq int64) {
	id, text := r.Article.ID, r.Article.Text
	for i := range r.Statements {
		s := &r.Statements[i]
		t.statements.add(s.ID, seq*ledger.MostStatements+int64(i), id, i, s.Parent, s.Kind, onrecord.FormatSpans(s.Source), onrecord.FormatSpans(s.Cue), onrecord.FormatSpans(s.Content), contentText(text, s.Content),
			s.Speaker, s.SpeakerConfidence, onrecord.FormatSpans(s.Addressee), words(s.Relays), s.Stance, s.Denied, micros(s.Said.From), micros(s.Said.To), s.Said.Basis, s.Headline, s.Confidence, r.Model)
	}
	for i := range r.Figures {
		f := &r.Figures[i]
		t.figures.add(f.ID, id, i, f.Span.Start, f.Span.End, f.Low, f.High, f.Comparator, f.Change, f.Unit, f.Thing, f.ThingSpan.Start, f.ThingSpan.End,
			f.ShareOf, f.Role, micros(f.AsOf.From), micros(f.AsOf.To), f.AsOf.Basis, f.Vague, f.Statement, f.ConversionOf, f.Confidence, r.Model)
	}
	for i := range r.Times {
		m := &r.Times[i]
		t.times.add(m.ID, id, i, m.Span.Start, m.Span.End, m.Timex, micros(m.Interval.From), micros(m.Interval.To), m.Interval.Basis, m.Grain, m.Kind, m.Basis, m.Confidence, r.Model)
	}
	for i := range r.Speakers {
		p := &r.Speakers[i]
		t.speakers.add(p.ID, id, i, p.Name, p.Kind, words(p.Aliases), words(p.Roles), p.State, onrecord.FormatSpans(p.Spans), words(p.Unnamed), onrecord.FormatSpans(p.Anonymity), learned(p.Learned), p.Confidence, r.Model)
	}
	for i := range r.Asides {
		t.asides.add(id, i, r.Asides[i].Span.Start, r.Asides[i].Span.End, r.Asides[i].Kind, r.Asides[i].Confidence, r.Model)
	}
}

func (t *readingTables) all() []*table {
	return []*table{t.statements, t.figures, t.times, t.speakers, t.asides}
}

// checkLinks refuses ids that onrecord.NewID did not make.
func checkLinks(links *link.Rows) error {
	var bad []string
	for _, id := range append(idsOfLinks(&links.Links), idsOf(links.Parts, func(p *speakers.Part) string { return p.Speaker.ID })...) {
		if len(id) != ledger.IDLength && len(bad) < 8 {
			bad = append(bad, strconv.Quote(id))
		}
	}
	if bad != nil {
		return fmt.Errorf("malformed ids: %s", strings.Join(bad, ", "))
	}
	return nil
}

// storyOutlets are the outlets of each story, sorted.
func (l *Ledger) storyOutlets(ctx context.Context, stories []onrecord.Story) (map[string][]string, error) {
	var articles []string
	for i := range stories {
		articles = append(articles, stories[i].Articles...)
	}
	var rows []query.OutletsOfRow
	if err := l.look(ctx, func(q *query.Queries) (err error) {
		rows, err = picked(ctx, articles, q.OutletsOf)
		return err
	}); err != nil {
		return nil, err
	}
	of := make(map[string]string, len(rows))
	for _, r := range rows {
		of[r.ID] = r.Outlet
	}
	all := make(map[string][]string, len(stories))
	for i := range stories {
		var outlets []string
		for _, a := range stories[i].Articles {
			if o := of[a]; o != "" {
				outlets = append(outlets, o)
			}
		}
		slices.Sort(outlets)
		all[stories[i].ID] = slices.Compact(outlets)
	}
	return all, nil
}

// linkTables are the rows of links of a period but for speakers, parents before children.
func linkTables(links *onrecord.Links, outlets map[string][]string, digests digested, period int64) []*table {
	model := links.Model
	copies := newTable("copy", "id article origin kind share passages basis confidence model period digest")
	for i := range links.Copies {
		c := &links.Copies[i]
		copies.add(c.ID, c.Article, c.Origin, c.Kind, c.Share, passages(c.Passages), words(c.Basis), c.Confidence, model, period, digests[c.ID])
	}
	reports, reportArticles := newTable("report", "id origin basis confidence model period digest"), newTable("report_article", "report ordinal article")
	for i := range links.Reports {
		r := &links.Reports[i]
		reports.add(r.ID, r.Origin, words(r.Basis), r.Confidence, model, period, digests[r.ID])
		for j, a := range r.Articles {
			reportArticles.add(r.ID, j, a)
		}
	}
	stories := newTable("story", "id title reports first_day last_day basis confidence model outlets articles statements figures new_figures speakers disputes period digest")
	storyArticles := newTable("story_article", "story ordinal article")
	for i := range links.Stories {
		s := &links.Stories[i]
		stories.add(s.ID, s.Title, s.Reports, micros(s.First), micros(s.Last), words(s.Basis), s.Confidence, model, words(outlets[s.ID]), 0, 0, 0, 0, 0, 0, period, digests[s.ID])
		for j, a := range s.Articles {
			storyArticles.add(s.ID, j, a)
		}
	}
	utterances := newTable("utterance", "id speaker wording first_day basis confidence model period digest")
	renditions, drifts := newTable("rendition", "utterance ordinal statement"), newTable("drift", "utterance ordinal statement kind was became")
	for i := range links.Utterances {
		u := &links.Utterances[i]
		utterances.add(u.ID, u.Speaker, u.Wording, micros(u.First), words(u.Basis), u.Confidence, model, period, digests[u.ID])
		for j, s := range u.Statements {
			renditions.add(u.ID, j, s)
		}
		for j, d := range u.Drift {
			drifts.add(u.ID, j, d.Statement, d.Kind, d.From, d.To)
		}
	}
	measures, answers := newTable("measure", "id label unit basis confidence model period digest"), newTable("answer", "measure ordinal figure complement")
	for i := range links.Measures {
		m := &links.Measures[i]
		measures.add(m.ID, m.Label, m.Unit, words(m.Basis), m.Confidence, model, period, digests[m.ID])
		for j, a := range m.Figures {
			answers.add(m.ID, j, a.Figure, a.Complement)
		}
	}
	disputes, sides := newTable("dispute", "id kind basis confidence model period digest"), newTable("side", "dispute side ordinal member")
	for i := range links.Disputes {
		d := &links.Disputes[i]
		disputes.add(d.ID, d.Kind, d.Basis, d.Confidence, model, period, digests[d.ID])
		for s, members := range d.Sides {
			for j, m := range members {
				sides.add(d.ID, s, j, m)
			}
		}
	}
	return []*table{copies, reports, reportArticles, stories, storyArticles, utterances, renditions, drifts, measures, answers, disputes, sides}
}

// speakerTables gather speakers across articles, and the names to look for them by.
func speakerTables() (speakers, aliases *table) {
	return newTable("speaker", "id name kind aliases roles state learned confidence model external tenures leads basis statements articles spoken_of united digest"), newTable("alias", "speaker folded whole")
}

// addSpeaker adds a speaker who is the parts of a name, or "" for one that is by itself, with the digest of what is in its row.
func addSpeaker(speakers, aliases *table, p *ledger.SpeakerRow, model, united string, digest int64) {
	speakers.add(p.ID, p.Name, p.Kind, words(p.Aliases), words(p.Roles), p.State, learned(p.Learned), p.Confidence, model, p.ExternalID, jsonList(p.Tenures), jsonList(p.Leads), words(p.Basis),
		p.Statements, p.Articles, p.SpokenOf, united, digest)
	whole := map[string]bool{} // and parts of names, which are not
	for _, name := range append([]string{p.Name}, p.Aliases...) {
		folded := fold(name)
		if folded == "" {
			continue
		}
		whole[folded] = true
		for _, part := range parts(folded) {
			if !whole[part] {
				whole[part] = false
			}
		}
	}
	for _, folded := range slices.Sorted(maps.Keys(whole)) {
		aliases.add(p.ID, folded, whole[folded])
	}
}

// parts are a folded name from the beginnings of its words on, but for the first.
func parts(folded string) (list []string) {
	for i := 1; i < len(folded); i++ {
		if folded[i] == ' ' {
			list = append(list, folded[i:])
		}
	}
	return list
}
