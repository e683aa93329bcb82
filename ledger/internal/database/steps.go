package database

import (
	"context"
	"database/sql"
	"errors"

	"github.com/pressly/goose/v3"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger/internal/query"
	"github.com/onrecord/onrecord/link"
	"github.com/onrecord/onrecord/review"
)

// steps are the migrations that SQL alone cannot make, but for those of one kind of database.
func (l *Ledger) steps() []*goose.Migration {
	return []*goose.Migration{
		goose.NewGoMigration(4, &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
			return nameParts(ctx, query.New(spoken{tx: tx, own: l.dialect.Query}))
		}}, nil),
		goose.NewGoMigration(17, &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
			return setMoments(ctx, spoken{tx: tx, own: l.dialect.Query})
		}}, nil),
	}
}

// setMoments gives articles their moments.
func setMoments(ctx context.Context, tx spoken) error {
	q := query.New(tx)
	for last := ""; ; {
		list, err := tx.QueryContext(ctx, "SELECT id, published FROM article WHERE id > $1 ORDER BY id LIMIT 1000", last)
		if err != nil {
			return err
		}
		var some []onrecord.Article
		for list.Next() {
			var a onrecord.Article
			if err := list.Scan(&a.ID, &a.Published.Value); err != nil {
				return errors.Join(err, list.Close())
			}
			some = append(some, a)
		}
		if err := list.Err(); err != nil || len(some) == 0 {
			return err
		}
		for i := range some {
			if err := q.SetMoment(ctx, query.SetMomentParams{ID: some[i].ID, Moment: link.Moment(&some[i])}); err != nil {
				return err
			}
		}
		last = some[len(some)-1].ID
	}
}

// nameParts gives alias the parts of the names that it has.
func nameParts(ctx context.Context, q *query.Queries) error {
	for last := (query.AliasesRow{}); ; {
		names, err := q.Aliases(ctx, query.AliasesParams{Speaker: last.Speaker, Folded: last.Folded, Page: page})
		if err != nil || len(names) == 0 {
			return err
		}
		last = names[len(names)-1]
		for _, n := range names {
			for _, part := range parts(n.Folded) {
				if err := q.PutAliasPart(ctx, query.PutAliasPartParams{Speaker: n.Speaker, Folded: part}); err != nil {
					return err
				}
			}
		}
	}
}

// An Enum is a column that has one of some values: a database checks it, each in its own way (version 5 of the schema).
type Enum struct {
	Table, Column string
	Values        []string
}

// Enums are the columns that have one of some values.
func Enums() []Enum {
	speakers := []string{onrecord.Person, onrecord.Organisation, onrecord.State, onrecord.Group, onrecord.Document, onrecord.Unnamed}
	drifts := make([]string, len(onrecord.DriftKinds))
	for i, k := range onrecord.DriftKinds {
		drifts[i] = k.Kind
	}
	return []Enum{
		{"statement", "kind", []string{onrecord.Direct, onrecord.Mixed, onrecord.Indirect}},
		{"statement", "stance", []string{onrecord.Asserts, onrecord.Denies, onrecord.Declines, onrecord.Asks, onrecord.Promises, onrecord.Accuses, onrecord.Believes}},
		{"figure", "comparator", []string{"=", "~", "<", ">"}},
		{"figure", "change", []string{"", "up", "down"}},
		{"time", "kind", []string{"date", "time", "duration", "set"}},
		{"time", "basis", []string{"stated", "published", "text", "unresolved"}},
		{"article_speaker", "kind", speakers},
		{"speaker", "kind", speakers},
		{"copy", "kind", []string{onrecord.WholeCopy, onrecord.PartialCopy, onrecord.Update}},
		{"drift", "kind", drifts},
		{"dispute", "kind", []string{onrecord.Denial, onrecord.Contradiction, onrecord.Figures, onrecord.Attribution}},
		{"review", "action", review.Actions()},
	}
}
