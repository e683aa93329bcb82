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
	"github.com/onrecord/onrecord/review"
)

// The tables of statements, figures and the like have the rows that hold: the machine's with reviews applied. The machine's own reading
// of an article that has reviews is kept in machine_reading, and what holds is made anew of the two whenever either changes.

// AddReview: see [ledger.Ledger].
func (l *Ledger) AddReview(ctx context.Context, r onrecord.Review) error {
	if r.Row == "" || r.Action == "" || r.By == "" || r.At.IsZero() {
		return l.failed(errors.New("a review names its row, action, person and instant"))
	}
	if r.ID == "" {
		r.ID = review.ID(&r)
	}
	if len(r.ID) != ledger.IDLength {
		return l.failed(fmt.Errorf("review: malformed id %q", r.ID))
	}
	return l.change(ctx, func(w *writer) error {
		n, err := w.PutReview(ctx, query.PutReviewParams{
			ID: r.ID, Subject: r.Row, Action: r.Action, Person: r.By, Reason: r.Why, MadeAt: r.At.UnixMicro(), Was: r.Before, Became: r.After, Article: review.Article(&r),
		})
		if err != nil || n == 0 { // it is known
			return err
		}
		return w.takeEffect(ctx, r)
	})
}

// takeEffect makes what holds of what a new review is of.
func (w *writer) takeEffect(ctx context.Context, r onrecord.Review) error {
	for r.Action == review.Undo {
		rows, err := w.ReviewsByID(ctx, jsonIDs([]string{r.Row}))
		list, err := each(rows, err, toReview)
		if err != nil || len(list) == 0 {
			return err
		}
		r = list[0]
	}
	if r.Action == review.Comment {
		return nil
	}
	if r.Row[:1] == onrecord.ArticleKind && r.Action == review.Reject {
		return w.remove(ctx, r.Row)
	}
	if article := review.Article(&r); article != "" {
		ids, err := w.ArticlesReviewed(ctx, jsonIDs([]string{article}))
		if err != nil {
			return err
		}
		return w.holds(ctx, ids)
	}
	before, after := review.Read(r.Before), review.Read(r.After)
	members := slices.Concat(before.Members, after.Members)
	if before.Sides != nil {
		members = slices.Concat(members, before.Sides[0], before.Sides[1])
	}
	if len(members) == 0 {
		return nil
	}
	if _, err := picked(ctx, members, func(ctx context.Context, some string) ([]struct{}, error) {
		return nil, w.ChangeMomentsOfMembers(ctx, some)
	}); err != nil {
		return err
	}
	return w.CountChange(ctx)
}

// remove takes an article away, with its rows and what points to them. The version before it becomes the newest.
func (w *writer) remove(ctx context.Context, article string) error {
	if err := w.changeMoments(ctx, []string{article}); err != nil {
		return err
	}
	if err := w.ChangeMomentBefore(ctx, article); err != nil {
		return err
	}
	const (
		statements = "(SELECT id FROM statement WHERE article = $1)"
		figures    = "(SELECT id FROM figure WHERE article = $1)"
		speakers   = "(SELECT id FROM article_speaker WHERE article = $1)"
		parts      = "(SELECT part FROM part_member WHERE article_speaker IN " + speakers + ")"
	)
	if err := w.StaleParts(ctx, article); err != nil {
		return err
	}
	for _, rows := range []string{ // what is left of these rows is not what their digests say
		"copy SET digest = 0 WHERE article = $1 OR origin = $1", "story SET digest = 0 WHERE id IN (SELECT story FROM story_article WHERE article = $1)",
		"report SET digest = 0 WHERE id IN (SELECT report FROM report_article WHERE article = $1)",
		"utterance SET digest = 0 WHERE id IN (SELECT utterance FROM rendition WHERE statement IN " + statements + ")",
		"measure SET digest = 0 WHERE id IN (SELECT measure FROM answer WHERE figure IN " + figures + ")",
		"dispute SET digest = 0 WHERE id IN (SELECT dispute FROM side WHERE member IN " + statements + " OR member IN " + figures + ")",
	} {
		if _, err := w.tx.ExecContext(ctx, "UPDATE "+rows, article); err != nil {
			return err
		}
	}
	for _, rows := range []string{
		"story_article WHERE article = $1", "report_article WHERE article = $1", "copy WHERE article = $1", "copy WHERE origin = $1", "drift WHERE statement IN " + statements,
		"rendition WHERE statement IN " + statements, "side WHERE member IN " + statements, "side WHERE member IN " + figures, "answer WHERE figure IN " + figures,
		"part_spoken WHERE article = $1 AND part IN " + parts, "part_spoken_of WHERE article = $1 AND part IN " + parts, "part_member WHERE article_speaker IN " + speakers,
	} {
		if _, err := w.tx.ExecContext(ctx, "DELETE FROM "+rows, article); err != nil {
			return err
		}
	}
	seqs, err := picked(ctx, []string{article}, w.Digests)
	if err != nil {
		return err
	}
	for _, a := range seqs {
		if err := w.index(ctx, []Worded{{Seq: a.Seq}}); err != nil {
			return err
		}
	}
	for _, f := range []func(context.Context, string) error{w.clearReading, w.DropMachineReading, w.RenewVersionBefore, w.DropArticle} {
		if err := f(ctx, article); err != nil {
			return err
		}
	}
	return w.CountChange(ctx)
}

// holds makes anew what holds in articles.
func (w *writer) holds(ctx context.Context, ids []string) error {
	machine, err := machineReadings(ctx, w.Queries, ids)
	if err != nil || len(machine) == 0 {
		return err
	}
	if err := w.changeMoments(ctx, ids); err != nil { // where they were
		return err
	}
	rows := newReadingTables()
	var worded []Worded
	for _, r := range machine {
		now, err := w.reviewed(ctx, r)
		if err != nil {
			return err
		}
		if err := w.clearReading(ctx, now.Article.ID); err != nil {
			return err
		}
		if err := w.setReviewed(ctx, now.Article); err != nil {
			return err
		}
		seq, err := picked(ctx, []string{now.Article.ID}, w.Digests)
		if err != nil || len(seq) == 0 {
			return err
		}
		rows.add(now, seq[0].Seq)
		worded = append(worded, Worded{seq[0].Seq, now})
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

// setReviewed gives an article the outlet and the day that hold.
func (w *writer) setReviewed(ctx context.Context, a *onrecord.Article) error {
	return w.Reviewed(ctx, query.ReviewedParams{
		ID: a.ID, Outlet: a.Outlet, Published: a.Published.Value, PublishedPrecision: a.Published.Precision, PublishedBasis: a.Published.Basis, PublishedDay: day(a.Published), Moment: link.Moment(a),
	})
}

// reviewed is what holds of a machine's reading. The machine's is kept where the two differ.
func (w *writer) reviewed(ctx context.Context, made *onrecord.Reading) (*onrecord.Reading, error) {
	rows, err := w.ReviewsOfArticles(ctx, jsonIDs([]string{made.Article.ID}))
	list, err := each(rows, err, toReview)
	if err != nil {
		return nil, err
	}
	list = review.InForce(list)
	list = slices.DeleteFunc(list, func(v onrecord.Review) bool { return review.Article(&v) == "" || v.Action == review.Comment })
	if len(list) == 0 {
		return made, w.DropMachineReading(ctx, made.Article.ID)
	}
	kept := *made
	article := *made.Article
	article.Text = ""
	kept.Article = &article
	content, err := json.Marshal(&kept)
	if err != nil { // strings, finite numbers and days always marshal
		panic(err)
	}
	if err := w.PutMachineReading(ctx, query.PutMachineReadingParams{Article: article.ID, Content: string(content)}); err != nil {
		return nil, err
	}
	now := review.Apply(made, list)
	if err := ledger.Check(&onrecord.Reading{Article: made.Article, Statements: now.Statements, Figures: now.Figures, Times: now.Times, Speakers: now.Speakers, Asides: now.Asides}); err != nil {
		return nil, fmt.Errorf("what reviews make of article %s: %w", article.ID, err)
	}
	return now, nil
}

// asGiven gives articles that people gave another day or outlet those that they came with.
func asGiven(ctx context.Context, q *query.Queries, list []onrecord.Article) error {
	ids := make([]string, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	kept, err := picked(ctx, ids, q.MachineReadings)
	for _, k := range kept {
		var made onrecord.Reading
		if json.Unmarshal([]byte(k.Content), &made) != nil || made.Article == nil {
			return fmt.Errorf("the machine's reading of article %s: %w", k.Article, ledger.ErrDamaged)
		}
		i := slices.Index(ids, k.Article)
		list[i].Outlet, list[i].Published = made.Article.Outlet, made.Article.Published
	}
	return err
}

// machineReadings are the readings of articles as the machine made them.
func machineReadings(ctx context.Context, q *query.Queries, ids []string) ([]*onrecord.Reading, error) {
	list, err := readings(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	kept, err := picked(ctx, ids, q.MachineReadings)
	if err != nil {
		return nil, err
	}
	content := make(map[string]string, len(kept))
	for _, k := range kept {
		content[k.Article] = k.Content
	}
	for i, r := range list {
		c, ok := content[r.Article.ID]
		if !ok {
			continue
		}
		made := &onrecord.Reading{}
		if err := json.Unmarshal([]byte(c), made); err != nil || made.Article == nil {
			return nil, fmt.Errorf("the machine's reading of article %s: %w", r.Article.ID, ledger.ErrDamaged)
		}
		made.Article.Text = r.Article.Text
		list[i] = made
	}
	return list, nil
}

// Reading: see [ledger.Ledger].
func (l *Ledger) Reading(ctx context.Context, article string) (machine, holds *onrecord.Reading, err error) {
	err = l.look(ctx, func(q *query.Queries) error {
		made, err := machineReadings(ctx, q, []string{article})
		if err != nil {
			return err
		}
		now, err := readings(ctx, q, []string{article})
		if err != nil {
			return err
		}
		if len(made) == 0 || len(now) == 0 {
			return ledger.ErrNotFound
		}
		machine, holds = made[0], now[0]
		return nil
	})
	return machine, holds, err
}

// ReviewsByID: see [ledger.Ledger].
func (l *Ledger) ReviewsByID(ctx context.Context, ids []string) (list []onrecord.Review, err error) {
	err = l.look(ctx, func(q *query.Queries) error {
		rows, err := picked(ctx, ids, q.ReviewsByID)
		list, err = each(rows, err, toReview)
		return err
	})
	return list, err
}

// ReviewList: see [ledger.Ledger].
func (l *Ledger) ReviewList(ctx context.Context, limit, offset int) (list []onrecord.Review, err error) {
	err = l.look(ctx, func(q *query.Queries) error {
		ids, err := q.ReviewsListed(ctx, query.ReviewsListedParams{Page: int32(limit), Skip: int32(offset)})
		if err != nil {
			return err
		}
		rows, err := picked(ctx, ids, q.ReviewsByID)
		list, err = each(rows, err, toReview)
		slices.SortStableFunc(list, func(a, b onrecord.Review) int { return slices.Index(ids, a.ID) - slices.Index(ids, b.ID) })
		return err
	})
	return list, err
}

// LinkReviews: see [ledger.Ledger].
func (l *Ledger) LinkReviews(ctx context.Context) (list []onrecord.Review, err error) {
	err = l.look(ctx, func(q *query.Queries) error {
		rows, err := q.ReviewsOfLinks(ctx)
		list, err = each(rows, err, toReview)
		return err
	})
	return review.InForce(list), err
}

// queueStories is how many of the newest stories a queue is made of.
const queueStories = 100

// ReviewQueue: see [ledger.Ledger].
func (l *Ledger) ReviewQueue(ctx context.Context, story string, limit int) (list []ledger.QueueRow, err error) {
	err = l.look(ctx, func(q *query.Queries) error {
		stories := []string{story}
		if story == "" {
			if stories, err = q.NewestStories(ctx, queueStories); err != nil {
				return err
			}
		}
		rows, err := q.ReviewQueue(ctx, query.ReviewQueueParams{Ids: jsonIDs(stories), Page: int32(limit)})
		for _, r := range rows {
			list = append(list, ledger.QueueRow{ID: r.ID, Disputes: int(r.Disputes), Reach: int(r.Reach)})
		}
		return err
	})
	return list, err
}

// mostMembers is how many members of a row across articles a review names: with a speaker's name go the others.
const mostMembers = 5000

// Members: see [ledger.Ledger].
func (l *Ledger) Members(ctx context.Context, id string) (now string, members []string, err error) {
	err = l.look(ctx, func(q *query.Queries) error {
		if now, err = follow(ctx, q, id); err != nil {
			return err
		}
		one := []string{now}
		switch now[:min(len(now), 1)] {
		case onrecord.StatementKind, onrecord.FigureKind, onrecord.TimeKind:
			members, err = q.ArticleOfRow(ctx, now)
		case onrecord.SpeakerKind:
			members, err = q.SpeakerMembers(ctx, query.SpeakerMembersParams{Speaker: now, Page: mostMembers})
		case onrecord.StoryKind:
			members, err = membersIn(storiesByID(ctx, q, one))(func(s *onrecord.Story) []string { return s.Articles })
		case onrecord.ReportKind:
			members, err = membersIn(reportsByID(ctx, q, one))(func(r *onrecord.Report) []string { return r.Articles })
		case onrecord.UtteranceKind:
			members, err = membersIn(utterancesByID(ctx, q, one))(func(u *onrecord.Utterance) []string { return u.Statements })
		case onrecord.MeasureKind:
			members, err = membersIn(measuresByID(ctx, q, one))(func(m *onrecord.Measure) (figures []string) {
				for _, p := range m.Figures {
					figures = append(figures, p.Figure)
				}
				return figures
			})
		case onrecord.CopyKind:
			members, err = membersIn(copiesByID(ctx, q, one))(func(c *onrecord.Copy) []string { return []string{c.Article, c.Origin} })
		case onrecord.DisputeKind:
			members, err = membersIn(disputesByID(ctx, q, one))(func(d *onrecord.Dispute) []string { return slices.Concat(d.Sides[0], d.Sides[1]) })
		}
		if err == nil && len(members) == 0 {
			err = fmt.Errorf("row %s: %w", id, ledger.ErrNotFound)
		}
		return err
	})
	return now, members, err
}

// membersIn are the members of the first of some rows.
func membersIn[T any](rows []T, err error) func(of func(*T) []string) ([]string, error) {
	return func(of func(*T) []string) ([]string, error) {
		if err != nil || len(rows) == 0 {
			return nil, err
		}
		return of(&rows[0]), nil
	}
}
