package database

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/internal/query"
	"github.com/onrecord/onrecord/link/speakers"
)

// The rows of a period are many, and whoever else writes is not to wait for all of them: they are replaced piece by piece, each in a
// transaction. A row is taken away in the transaction that makes it anew, or that keeps what was in it; so whatever piece is the last
// before a process dies, nothing is lost, and the next run, to which the period is still due, completes it.

// perPiece is about how many rows of links, their members among them, one transaction makes.
const perPiece = 2000

// A linkKind is a kind of rows of links. A row that is no more leads on to the one that has most of its members, where it has any.
type linkKind struct {
	letter          string // of its ids
	table           string
	parts           []string // tables whose rows belong to a row of this kind, which a column named as table says
	members, member string   // the table and column of its members; "" for none
	of              func(q *query.Queries, ctx context.Context, period int64) ([]string, error)
}

// linkKinds are the kinds of rows that belong to a period, but for the parts of speakers.
func linkKinds() []linkKind {
	return []linkKind{
		{onrecord.DisputeKind, "dispute", []string{"speaker_dispute", "side"}, "", "", (*query.Queries).DisputesOfPeriod},
		{onrecord.MeasureKind, "measure", []string{"answer"}, "answer", "figure", (*query.Queries).MeasuresOfPeriod},
		{onrecord.UtteranceKind, "utterance", []string{"drift", "rendition"}, "rendition", "statement", (*query.Queries).UtterancesOfPeriod},
		{onrecord.StoryKind, "story", []string{"story_key", "story_article"}, "story_article", "article", (*query.Queries).StoriesOfPeriod},
		{onrecord.ReportKind, "report", []string{"report_article"}, "report_article", "article", (*query.Queries).ReportsOfPeriod},
		{onrecord.CopyKind, "copy", nil, "", "", (*query.Queries).CopiesOfPeriod},
	}
}

// speakerKind is the kind of speakers across articles, which belong to no period.
func speakerKind() linkKind {
	return linkKind{letter: onrecord.SpeakerKind, table: "speaker", members: "speaker_link", member: "article_speaker"}
}

// takeAway deletes the rows of a period that are not to be kept, by id. What was in them is kept in retired.
func (l *Ledger) takeAway(ctx context.Context, plan *ledger.Plan, period int64, keep map[string]bool) error {
	for _, k := range linkKinds() {
		err := l.lost(ctx, plan, keep, func(q *query.Queries) ([]string, error) { return k.of(q, ctx, period) }, func(w *writer, ids []string) error {
			if err := w.forget(ctx, k, ids); err != nil {
				return err
			}
			return w.delete(ctx, k, ids)
		})
		if err != nil {
			return err
		}
	}
	return l.lost(ctx, plan, keep, func(q *query.Queries) ([]string, error) { return q.PartsOfPeriod(ctx, period) }, func(w *writer, ids []string) error {
		if err := w.ForgetParts(ctx, jsonIDs(ids)); err != nil {
			return err
		}
		return w.deleteParts(ctx, ids)
	})
}

// lost calls f with ids that are not to be kept, some at a time, each time in a transaction.
func (l *Ledger) lost(ctx context.Context, plan *ledger.Plan, keep map[string]bool, ask func(q *query.Queries) ([]string, error), f func(w *writer, ids []string) error) error {
	var ids []string
	if err := l.look(ctx, func(q *query.Queries) (err error) {
		ids, err = ask(q)
		return err
	}); err != nil {
		return err
	}
	ids = slices.DeleteFunc(ids, func(id string) bool { return keep[id] })
	for some := range slices.Chunk(ids, page) {
		if err := l.by(ctx, plan, func(w *writer) error { return f(w, some) }); err != nil {
			return err
		}
	}
	return nil
}

// forget keeps what is in rows that are to be deleted.
func (w *writer) forget(ctx context.Context, k linkKind, ids []string) error {
	if k.members == "" {
		return nil
	}
	_, err := w.tx.ExecContext(ctx, fmt.Sprintf("INSERT INTO retired (id, member) SELECT %s, %s FROM %s WHERE %s IN (SELECT picked($1)) ON CONFLICT (id, member) DO NOTHING",
		k.table, k.member, k.members, k.table), jsonIDs(ids))
	return err
}

// delete deletes rows of a kind with what belongs to them.
func (w *writer) delete(ctx context.Context, k linkKind, ids []string) error {
	for _, part := range k.parts {
		if _, err := w.tx.ExecContext(ctx, fmt.Sprintf("DELETE FROM %s WHERE %s IN (SELECT picked($1))", part, k.table), jsonIDs(ids)); err != nil {
			return err
		}
	}
	_, err := w.tx.ExecContext(ctx, fmt.Sprintf("DELETE FROM %s WHERE id IN (SELECT picked($1))", k.table), jsonIDs(ids))
	return err
}

// deleteParts deletes parts of speakers, with the speakers of those that are united with none. The names of the others are due.
func (w *writer) deleteParts(ctx context.Context, ids []string) error {
	list := jsonIDs(ids)
	if err := w.NamesDue(ctx, list); err != nil {
		return err
	}
	const alone = "(SELECT id FROM part WHERE id IN (SELECT picked($1)) AND name = '')"
	for _, rows := range []string{
		"alias WHERE speaker IN " + alone, "speaker WHERE id IN " + alone, "spoken WHERE part IN (SELECT picked($1))", "spoken_of WHERE part IN (SELECT picked($1))",
		"speaker_link WHERE part IN (SELECT picked($1))", "part WHERE id IN (SELECT picked($1))",
	} {
		if _, err := w.tx.ExecContext(ctx, "DELETE FROM "+rows, list); err != nil {
			return err
		}
	}
	return nil
}

// pieces are links but for speakers, some rows of any kinds at a time.
func pieces(links *onrecord.Links) []*onrecord.Links {
	cutter := &cutter{model: links.Model}
	cut(cutter, links.Copies, func(p *onrecord.Links, c onrecord.Copy) int { p.Copies = append(p.Copies, c); return 1 })
	cut(cutter, links.Reports, func(p *onrecord.Links, r onrecord.Report) int {
		p.Reports = append(p.Reports, r)
		return len(r.Articles)
	})
	cut(cutter, links.Stories, func(p *onrecord.Links, s onrecord.Story) int {
		p.Stories = append(p.Stories, s)
		return len(s.Articles)
	})
	cut(cutter, links.Utterances, func(p *onrecord.Links, u onrecord.Utterance) int {
		p.Utterances = append(p.Utterances, u)
		return len(u.Statements) + len(u.Drift)
	})
	cut(cutter, links.Measures, func(p *onrecord.Links, m onrecord.Measure) int {
		p.Measures = append(p.Measures, m)
		return len(m.Figures)
	})
	cut(cutter, links.Disputes, func(p *onrecord.Links, d onrecord.Dispute) int {
		p.Disputes = append(p.Disputes, d)
		return len(d.Sides[0]) + len(d.Sides[1])
	})
	return cutter.pieces
}

// A cutter gathers rows into pieces.
type cutter struct {
	model  string
	pieces []*onrecord.Links
	size   int // of the last
}

func cut[T any](c *cutter, rows []T, add func(piece *onrecord.Links, row T) (members int)) {
	for _, row := range rows {
		if len(c.pieces) == 0 || c.size >= perPiece {
			c.pieces, c.size = append(c.pieces, &onrecord.Links{Model: c.model}), 0
		}
		c.size += 1 + add(c.pieces[len(c.pieces)-1], row)
	}
}

// replace puts the rows of a piece in the place of those that have their ids.
func (w *writer) replace(ctx context.Context, piece *onrecord.Links, period int64) error {
	ids := idsOfLinks(piece)
	for _, k := range linkKinds() {
		own := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id[:1] != k.letter })
		for some := range slices.Chunk(own, page) {
			if err := w.delete(ctx, k, some); err != nil {
				return err
			}
		}
	}
	outlets, err := storyOutlets(ctx, w.Queries, piece.Stories)
	if err != nil {
		return err
	}
	return w.insert(ctx, linkTables(piece, outlets, period)...)
}

// idsOfLinks are the ids of rows of links but for speakers.
func idsOfLinks(links *onrecord.Links) []string {
	return slices.Concat(
		idsOf(links.Copies, func(c *onrecord.Copy) string { return c.ID }),
		idsOf(links.Reports, func(r *onrecord.Report) string { return r.ID }),
		idsOf(links.Stories, func(s *onrecord.Story) string { return s.ID }),
		idsOf(links.Utterances, func(u *onrecord.Utterance) string { return u.ID }),
		idsOf(links.Measures, func(m *onrecord.Measure) string { return m.ID }),
		idsOf(links.Disputes, func(d *onrecord.Dispute) string { return d.ID }),
	)
}

// idsOf are the ids of rows.
func idsOf[T any](rows []T, id func(*T) string) []string {
	ids := make([]string, len(rows))
	for i := range rows {
		ids[i] = id(&rows[i])
	}
	return ids
}

// replaceParts puts parts of speakers, which come from an ordinal of their period on, in the place of those that have their ids. Of is
// the speakers of articles that each part is.
func (w *writer) replaceParts(ctx context.Context, made []speakers.Part, from int, of map[string][]string, period int64, model string) error {
	ids := make([]string, len(made))
	parts := newTable("part", "id period ordinal name speaker statements articles spoken_of content")
	links := newTable("speaker_link", "article_speaker speaker part")
	links.conflict = "(article_speaker) DO UPDATE SET speaker = excluded.speaker, part = excluded.part" // it was one of a part that comes in another piece
	speakers, aliases := speakerTables()
	for i := range made {
		p := &made[i]
		ids[i] = p.Speaker.ID
		speaker := ""
		if p.Name == "" {
			speaker = p.Speaker.ID
			addSpeaker(speakers, aliases, &ledger.SpeakerRow{Speaker: p.Speaker}, model, "")
		}
		content, err := json.Marshal(p)
		if err != nil { // strings and numbers always marshal
			panic(err)
		}
		parts.add(p.Speaker.ID, period, from+i, p.Name, speaker, 0, 0, 0, string(content))
		for _, member := range of[p.Speaker.ID] {
			links.add(member, speaker, p.Speaker.ID)
		}
	}
	if err := w.deleteParts(ctx, ids); err != nil {
		return err
	}
	for i := range made {
		if made[i].Name == "" { // it may have had a name
			if err := w.drop(ctx, ids[i]); err != nil {
				return err
			}
		}
	}
	if err := w.insert(ctx, parts, links, speakers, aliases); err != nil {
		return err
	}
	list := jsonIDs(ids)
	for _, step := range []func() error{
		func() error { return w.NamesDue(ctx, list) },
		func() error { return w.KeepSpoken(ctx, query.KeepSpokenParams{Undated: undated, Ids: list}) },
		// Who speaks in an article is asked of spoken, which has been filled.
		func() error { return w.KeepSpokenOf(ctx, query.KeepSpokenOfParams{Undated: undated, Ids: list}) },
		func() error { return w.CountInParts(ctx, list) },
		func() error { return w.CountAlone(ctx, list) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// membersOf are the speakers of articles that are one part, by part.
func membersOf(speakerOf map[string]string) map[string][]string {
	of := map[string][]string{}
	for _, member := range slices.Sorted(maps.Keys(speakerOf)) {
		part := speakerOf[member]
		of[part] = append(of[part], member)
	}
	return of
}
