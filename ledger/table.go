package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger/internal/query"
	"github.com/onrecord/onrecord/link"
)

// Table is the table of speakers that the links are made with; nil where none was given.
func (l *Ledger) Table(ctx context.Context) (*link.Table, error) {
	var speakers []onrecord.Speaker
	err := l.look(ctx, func(q *query.Queries) error {
		rows, err := q.KnownSpeakers(ctx)
		if err != nil {
			return err
		}
		speakers = make([]onrecord.Speaker, len(rows))
		for i, row := range rows {
			if err := json.Unmarshal([]byte(row), &speakers[i]); err != nil {
				return fmt.Errorf("table of speakers, %d: %w: %w", i+1, ErrDamaged, err)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return link.NewTable(speakers), nil
}

// SetTable puts a table of speakers in the place of the one before; nil for none. The links are not of it before they are made anew.
func (l *Ledger) SetTable(ctx context.Context, t *link.Table) error {
	return l.change(ctx, func(_ *sql.Tx, q *query.Queries) error {
		if err := q.ClearKnownSpeakers(ctx); err != nil || t == nil {
			return err
		}
		for i := range t.Speakers {
			content, err := json.Marshal(&t.Speakers[i])
			if err != nil { // strings, numbers and days always marshal
				panic(err)
			}
			if err := q.PutKnownSpeaker(ctx, query.PutKnownSpeakerParams{Ordinal: int64(i), Content: string(content)}); err != nil {
				return err
			}
		}
		return nil
	})
}
