package database

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/internal/query"
)

// Articles that are kept before they are read: a row of article whose model is "", and no rows of a reading. See [ledger.Queue].

// And is what is done at the end of a transaction that writes, on its connection: both are kept, or neither.
type And = func(ctx context.Context, conn *sql.Conn) error

// unread says whether there are articles that nobody has read.
func unread(ctx context.Context, q *query.Queries) (bool, error) {
	list, err := q.Unread(ctx)
	return len(list) > 0, err
}

// Unread is how many articles nobody has read yet.
func (l *Ledger) Unread(ctx context.Context) (n int, err error) {
	err = l.look(ctx, func(q *query.Queries) error {
		count, err := q.CountUnread(ctx)
		n = int(count)
		return err
	})
	return n, err
}

// AddUnread keeps articles unread that are not known, or known with other metadata or an altered text. Enqueue is called with the ids of
// those that are to be read, and of those that are as they were and that another model than this has read.
func (l *Ledger) AddUnread(ctx context.Context, articles []*onrecord.Article, model string, enqueue func(ctx context.Context, conn *sql.Conn, unread, again []string) error) (added ledger.Added, err error) {
	ids := make([]string, len(articles))
	for i, a := range articles {
		if err := ledger.Check(&onrecord.Reading{Article: a}); err != nil {
			return added, l.failed(fmt.Errorf("article %s (%s): %w", a.ID, where(a), err))
		}
		ids[i] = a.ID
	}
	if len(ids) == 0 {
		return added, nil
	}
	err = l.change(ctx, func(w *writer) error {
		known, err := digests(ctx, w.Queries, ids)
		if err != nil {
			return err
		}
		before := make(map[string]query.DigestsRow, len(known))
		for _, k := range known {
			before[k.ID] = k
		}
		var due []*onrecord.Reading
		var unread, again []string
		for _, a := range articles {
			k, is := before[a.ID]
			switch {
			case is && k.Digest == ledger.Digest(a, k.Model) && (k.Model == model || k.Model == ""):
				added.Known++
				continue
			case is && k.Digest == ledger.Digest(a, k.Model):
				added.Again++
				again = append(again, a.ID)
				continue
			case is:
				added.Again++
			default:
				added.New++
			}
			before[a.ID] = query.DigestsRow{ID: a.ID, Digest: ledger.Digest(a, "")}
			due, unread = append(due, &onrecord.Reading{Article: a}), append(unread, a.ID)
		}
		if len(due) > 0 {
			if _, err := w.add(ctx, due, known); err != nil {
				return err
			}
		}
		return enqueue(ctx, w.conn, unread, again)
	})
	if err != nil {
		return ledger.Added{}, err
	}
	return added, nil
}

// ToRead returns, of the articles of these ids, those that this model has not read, as they came.
func (l *Ledger) ToRead(ctx context.Context, ids []string, model string) (list []onrecord.Article, err error) {
	err = l.look(ctx, func(q *query.Queries) error {
		known, err := digests(ctx, q, ids)
		if err != nil {
			return err
		}
		var due []string
		for _, k := range known {
			if k.Model != model && k.Digest != "" { // an altered text is not what was to be read
				due = append(due, k.ID)
			}
		}
		list, err = toRead(ctx, q, due)
		return err
	})
	return list, err
}

// AddRead keeps readings of articles that the ledger holds, but for those whose metadata have changed since they were read.
func (l *Ledger) AddRead(ctx context.Context, readings []*onrecord.Reading, and And) error {
	return l.change(ctx, func(w *writer) error {
		ids := make([]string, len(readings))
		for i, r := range readings {
			ids[i] = r.Article.ID
		}
		known, err := digests(ctx, w.Queries, ids)
		if err != nil {
			return err
		}
		before := make(map[string]query.DigestsRow, len(known))
		for _, k := range known {
			before[k.ID] = k
		}
		var due []*onrecord.Reading
		for _, r := range readings {
			if k, is := before[r.Article.ID]; is && k.Digest == ledger.Digest(r.Article, k.Model) {
				due = append(due, r)
			}
		}
		if len(due) > 0 {
			if _, err := w.add(ctx, due, known); err != nil {
				return err
			}
		}
		return and(ctx, w.conn)
	})
}

// Refuse takes articles out that nobody could read, and keeps why. One that another model has read keeps its rows.
func (l *Ledger) Refuse(ctx context.Context, list []ledger.Refused, and And) error {
	return l.change(ctx, func(w *writer) error {
		refusals := make([]ledger.Refusal, len(list))
		for i, r := range list {
			refusals[i] = r.Refusal
			known, err := digests(ctx, w.Queries, []string{r.Article})
			if err == nil && len(known) > 0 && known[0].Model == "" {
				err = w.remove(ctx, r.Article)
			}
			if err != nil {
				return err
			}
		}
		if err := w.addRefusals(ctx, refusals); err != nil {
			return err
		}
		return and(ctx, w.conn)
	})
}

// AddRefusals: see [ledger.Queue].
func (l *Ledger) AddRefusals(ctx context.Context, list []ledger.Refusal) error {
	if len(list) == 0 {
		return nil
	}
	return l.change(ctx, func(w *writer) error { return w.addRefusals(ctx, list) })
}

func (w *writer) addRefusals(ctx context.Context, list []ledger.Refusal) error {
	last, err := w.LastRefusal(ctx)
	for _, r := range list {
		if last++; err != nil || last >= mostRefusals {
			break
		}
		err = w.PutRefusal(ctx, query.PutRefusalParams{Ordinal: last, File: r.File, Line: int64(r.Line), Reason: r.Reason})
	}
	return err
}

// WhenLinked calls and where the links kept are of the readings that the ledger holds, while nobody changes these. It says whether they are.
func (l *Ledger) WhenLinked(ctx context.Context, and And) (linked bool, err error) {
	err = l.change(ctx, func(w *writer) error {
		s, err := w.State(ctx)
		linked = err == nil && (s.Linked == s.Generation || s.Generation == 0)
		if err != nil || !linked {
			return err
		}
		return and(ctx, w.conn)
	})
	return linked && err == nil, err
}

// Write does something in a transaction that writes.
func (l *Ledger) Write(ctx context.Context, and And) error {
	return l.change(ctx, func(w *writer) error { return and(ctx, w.conn) })
}
