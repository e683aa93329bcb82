package database

import (
	"context"

	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/internal/query"
)

// Examine: see [ledger.Ledger].
func (l *Ledger) Examine(ctx context.Context) (*ledger.Health, error) {
	h, err := l.dialect.Examine(ctx)
	if err != nil {
		return nil, l.failed(err)
	}
	if len(h.Damage) > 0 { // what lies in it cannot be relied on
		return &h, nil
	}
	err = l.look(ctx, func(q *query.Queries) error {
		for last := ""; ; {
			found, err := q.AllTexts(ctx, query.AllTextsParams{ID: last, Page: page})
			if err != nil || len(found) == 0 {
				return err
			}
			last = found[len(found)-1].ID
			sizes := make([]query.TextSizesRow, len(found))
			for i, f := range found {
				sizes[i] = query.TextSizesRow(f)
			}
			if err := giveArticles(ctx, q, sizes, func(row any) error {
				if a := row.(*ledger.ArticleRow); a.Altered() {
					h.Altered = append(h.Altered, a.ID)
				}
				return nil
			}); err != nil {
				return err
			}
		}
	})
	return &h, err
}
