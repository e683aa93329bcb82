package database

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/cespare/xxhash/v2"

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
}

// linkKinds are the kinds of rows that belong to a period, but for the parts of speakers.
func linkKinds() []linkKind {
	return []linkKind{
		{onrecord.DisputeKind, "dispute", []string{"speaker_dispute", "side"}, "", ""},
		{onrecord.MeasureKind, "measure", []string{"answer"}, "answer", "figure"},
		{onrecord.UtteranceKind, "utterance", []string{"drift", "rendition"}, "rendition", "statement"},
		{onrecord.StoryKind, "story", []string{"story_key", "story_article"}, "story_article", "article"},
		{onrecord.ReportKind, "report", []string{"report_article"}, "report_article", "article"},
		{onrecord.CopyKind, "copy", nil, "", ""},
	}
}

// speakerKind is the kind of speakers across articles, which belong to no period.
func speakerKind() linkKind {
	return linkKind{letter: onrecord.SpeakerKind, table: "speaker", members: "speaker_link", member: "article_speaker"}
}

// partKind is the kind of the parts of speakers.
func partKind() linkKind { return linkKind{letter: onrecord.SpeakerKind, table: "part"} }

// Digested rows are rows of links, by id, each with the digest of what is in it.
type digested map[string]int64

// rowsOfPeriod are the rows of a kind that belong to a period.
func (l *Ledger) rowsOfPeriod(ctx context.Context, k linkKind, period int64) (digested, error) {
	rows := digested{}
	err := l.lookTx(ctx, func(tx *sql.Tx, _ *query.Queries) error {
		list, err := tx.QueryContext(ctx, "SELECT id, digest FROM "+k.table+" WHERE period = $1", period)
		if err != nil {
			return err
		}
		defer list.Close()
		for list.Next() {
			var id string
			var digest int64
			if err := list.Scan(&id, &digest); err != nil {
				return err
			}
			rows[id] = digest
		}
		return list.Err()
	})
	return rows, err
}

// without are the ids of rows that are not to be kept, sorted.
func (d digested) without(keep digested) (ids []string) {
	for id := range d {
		if _, kept := keep[id]; !kept {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// takeAway deletes the rows of a period that are not to be kept. What was in them is kept in retired. It returns the rows of the period
// that stay.
func (l *Ledger) takeAway(ctx context.Context, plan *ledger.Plan, period int64, keep digested) (digested, error) {
	stay := digested{}
	for _, k := range append(linkKinds(), partKind()) {
		rows, err := l.rowsOfPeriod(ctx, k, period)
		if err != nil {
			return nil, err
		}
		if err := l.inPages(ctx, plan, rows.without(keep), func(w *writer, ids []string) error {
			if k.table == "part" {
				return errors.Join(w.ForgetParts(ctx, jsonIDs(ids)), w.deleteParts(ctx, ids))
			}
			if err := w.forget(ctx, k, ids); err != nil {
				return err
			}
			return w.delete(ctx, k, ids)
		}); err != nil {
			return nil, err
		}
		maps.Copy(stay, rows)
	}
	return stay, nil
}

// inPages calls f with some ids at a time, each time in a transaction.
func (l *Ledger) inPages(ctx context.Context, plan *ledger.Plan, ids []string, f func(w *writer, ids []string) error) error {
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
		"alias WHERE speaker IN " + alone, "speaker WHERE id IN " + alone, "part_spoken WHERE part IN (SELECT picked($1))", "part_spoken_of WHERE part IN (SELECT picked($1))",
		"part_member WHERE part IN (SELECT picked($1))", "part WHERE id IN (SELECT picked($1))",
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
func (w *writer) replace(ctx context.Context, piece *onrecord.Links, outlets map[string][]string, digests digested, period int64) error {
	ids := idsOfLinks(piece)
	for _, k := range linkKinds() {
		own := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id[:1] != k.letter })
		for some := range slices.Chunk(own, page) {
			if err := w.delete(ctx, k, some); err != nil {
				return err
			}
		}
	}
	return w.insert(ctx, linkTables(piece, outlets, digests, period)...)
}

// digestsOf are the digests of rows of links but for speakers.
func digestsOf(links *onrecord.Links, outlets map[string][]string) digested {
	all := digested{}
	addDigests(all, links.Model, links.Copies, func(c *onrecord.Copy) string { return c.ID })
	addDigests(all, links.Model, links.Reports, func(r *onrecord.Report) string { return r.ID })
	for i := range links.Stories {
		s := &links.Stories[i]
		all[s.ID] = digest(links.Model, s, outlets[s.ID])
	}
	addDigests(all, links.Model, links.Utterances, func(u *onrecord.Utterance) string { return u.ID })
	addDigests(all, links.Model, links.Measures, func(m *onrecord.Measure) string { return m.ID })
	addDigests(all, links.Model, links.Disputes, func(d *onrecord.Dispute) string { return d.ID })
	return all
}

func addDigests[T any](all digested, model string, rows []T, id func(*T) string) {
	for i := range rows {
		all[id(&rows[i])] = digest(model, &rows[i])
	}
}

// digest is a hash of the JSON of values, never 0.
func digest(values ...any) int64 {
	h := xxhash.New()
	e := json.NewEncoder(h)
	for _, v := range values {
		if err := e.Encode(v); err != nil { // rows always marshal
			panic(err)
		}
	}
	return int64(max(1, h.Sum64()))
}

// changed are the rows of links whose digests are not those that are kept.
func changed(links *onrecord.Links, now, kept digested) *onrecord.Links {
	same := func(id string) bool { return now[id] == kept[id] }
	return &onrecord.Links{
		Model:      links.Model,
		Copies:     without(links.Copies, func(c *onrecord.Copy) bool { return same(c.ID) }),
		Reports:    without(links.Reports, func(r *onrecord.Report) bool { return same(r.ID) }),
		Stories:    without(links.Stories, func(s *onrecord.Story) bool { return same(s.ID) }),
		Utterances: without(links.Utterances, func(u *onrecord.Utterance) bool { return same(u.ID) }),
		Measures:   without(links.Measures, func(m *onrecord.Measure) bool { return same(m.ID) }),
		Disputes:   without(links.Disputes, func(d *onrecord.Dispute) bool { return same(d.ID) }),
	}
}

func without[T any](rows []T, out func(*T) bool) (left []T) {
	for i := range rows {
		if !out(&rows[i]) {
			left = append(left, rows[i])
		}
	}
	return left
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

// replaceParts puts parts of speakers in the place of those that have their ids. Of is the speakers of articles that each part is.
func (w *writer) replaceParts(ctx context.Context, made []speakers.Part, of map[string][]string, digests digested, period int64, model string) error {
	ids := idsOf(made, func(p *speakers.Part) string { return p.Speaker.ID })
	list := jsonIDs(ids)
	was, err := w.SpeakersOfParts(ctx, list) // whom they are parts of, as far as is known: Unite looks at them again
	if err != nil {
		return err
	}
	speakerOf := make(map[string]string, len(was))
	for _, p := range was {
		speakerOf[p.ID] = p.Speaker
	}
	if err := w.deleteParts(ctx, ids); err != nil {
		return err
	}
	members := newTable("part_member", "article_speaker part")
	members.conflict = "(article_speaker) DO UPDATE SET part = excluded.part" // it was one of a part that comes in another piece
	for i := range made {
		for _, member := range of[made[i].Speaker.ID] {
			members.add(member, made[i].Speaker.ID)
		}
	}
	if err := w.insert(ctx, members); err != nil {
		return err
	}
	counts, err := w.countParts(ctx, list)
	if err != nil {
		return err
	}
	parts := newTable("part", "id period name speaker statements articles spoken_of content digest")
	speakers, aliases := speakerTables()
	for i := range made {
		p := &made[i]
		n := counts[p.Speaker.ID]
		n.Speaker = p.Speaker
		speaker := speakerOf[p.Speaker.ID]
		if p.Name == "" { // it is by itself; it may have had a name
			if err := w.drop(ctx, p.Speaker.ID); err != nil {
				return err
			}
			speaker = p.Speaker.ID
			addSpeaker(speakers, aliases, &n, model, "", 0)
		}
		content, err := json.Marshal(p)
		if err != nil { // strings and numbers always marshal
			panic(err)
		}
		parts.add(p.Speaker.ID, period, p.Name, speaker, n.Statements, n.Articles, n.SpokenOf, string(content), digests[p.Speaker.ID])
	}
	if err := w.insert(ctx, parts, speakers, aliases); err != nil {
		return err
	}
	return w.NamesDue(ctx, list)
}

// countParts keeps what the members of parts said and where they are only spoken of, and counts it by part.
func (w *writer) countParts(ctx context.Context, list string) (map[string]ledger.SpeakerRow, error) {
	// Who speaks in an article is asked of part_spoken, which is to be filled before.
	if err := errors.Join(w.KeepSpoken(ctx, query.KeepSpokenParams{Undated: undated, Ids: list}), w.KeepSpokenOf(ctx, query.KeepSpokenOfParams{Undated: undated, Ids: list})); err != nil {
		return nil, err
	}
	spoken, err1 := w.SpokenInParts(ctx, list)
	of, err2 := w.SpokenOfInParts(ctx, list)
	counts := make(map[string]ledger.SpeakerRow, len(spoken)+len(of))
	for _, n := range spoken {
		counts[n.Part] = ledger.SpeakerRow{Statements: int(n.Statements), Articles: int(n.Articles)}
	}
	for _, n := range of {
		c := counts[n.Part]
		c.SpokenOf = int(n.Articles)
		counts[n.Part] = c
	}
	return counts, errors.Join(err1, err2)
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
