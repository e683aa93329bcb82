package database

import (
	"context"
	"database/sql"

	"github.com/pressly/goose/v3"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger/internal/query"
	"github.com/onrecord/onrecord/review"
)

// steps are the migrations that SQL alone cannot make, but for those of one kind of database.
func (l *Ledger) steps() []*goose.Migration {
	return []*goose.Migration{
		goose.NewGoMigration(4, &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
			return nameParts(ctx, query.New(spoken{tx: tx, own: l.dialect.Query}))
		}}, nil),
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
