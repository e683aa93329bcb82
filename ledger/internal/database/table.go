package database

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/internal/query"
	"github.com/onrecord/onrecord/link/speakers"
)

// Table: see [ledger.Ledger].
func (l *Ledger) Table(ctx context.Context) (*speakers.Table, error) {
	var known []onrecord.Speaker
	err := l.look(ctx, func(q *query.Queries) error {
		rows, err := q.KnownSpeakers(ctx)
		if err != nil {
			return err
		}
		known = make([]onrecord.Speaker, len(rows))
		for i, row := range rows {
			if err := json.Unmarshal([]byte(row), &known[i]); err != nil {
				return fmt.Errorf("table of speakers, %d: %w: %w", i+1, ledger.ErrDamaged, err)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return speakers.NewTable(known), nil
}

// SetTable: see [ledger.Ledger].
func (l *Ledger) SetTable(ctx context.Context, t *speakers.Table) error {
	return l.change(ctx, func(w *writer) error {
		if err := w.ClearKnownSpeakers(ctx); err != nil || t == nil {
			return err
		}
		for i := range t.Speakers {
			content, err := json.Marshal(&t.Speakers[i])
			if err != nil { // strings, numbers and days always marshal
				panic(err)
			}
			if err := w.PutKnownSpeaker(ctx, query.PutKnownSpeakerParams{Ordinal: int64(i), Content: string(content)}); err != nil {
				return err
			}
		}
		return nil
	})
}
