package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger/internal/database"
)

// A found row is one that the full text index finds.
type found struct {
	database.Found
	place int // among its kind, best first
}

// broad is how many places with the words asked for are too many to be ranked: of so many the newest are looked at alone.
const broad = 2000

// find asks the full text index for articles and statements, best first. Words that stand everywhere tell nothing apart, and
// to rank all their places takes long: of these it gives the newest, by arrival, among the newest few thousand.
func find(ctx context.Context, tx *sql.Tx, q database.Asked) ([]database.Found, error) {
	match := `"` + strings.Join(q.Phrases, `" "`) + `"` // phrases hold no quotation marks: nothing in them is syntax of FTS5
	args := []any{match, q.Outlet, q.Days, q.FromDay, q.ToDay, q.Limit}
	const filters = ` AND a.newest AND ($2 = '' OR a.outlet = $2) AND (NOT $3 OR (a.published_day >= $4 AND a.published_day < $5))`
	list, err := places(ctx, tx, nil, `statement`, match, `JOIN statement s ON s.seq = x.rowid JOIN article a ON a.id = s.article WHERE TRUE`+filters+`
		AND ($7 = '' OR s.kind = $7) AND ($8 = '' OR s.stance = $8) AND s.confidence >= $9 AND (NOT $12 OR s.stance <> '`+onrecord.Believes+`')
		AND ($10 = '' OR EXISTS (SELECT 1 FROM speaker_link k WHERE k.article_speaker = s.speaker AND (k.speaker = $10 OR
			EXISTS (SELECT 1 FROM alias n WHERE n.speaker = k.speaker AND n.folded >= $11 AND n.folded < $13))))`, `s`,
		append(args, q.Kind, q.Stance, q.Certainty, q.Speaker, q.Named, q.Speech, q.NamedEnd)...)
	if err != nil {
		return nil, err
	}
	if q.Kind == "" && q.Stance == "" && q.Speaker == "" && q.Certainty <= 0 && !q.Speech {
		if list, err = places(ctx, tx, list, `article`, match, `JOIN article a ON a.seq = x.rowid WHERE TRUE`+filters, `a`, args...); err != nil {
			return nil, err
		}
	}
	// The ranks of two indexes do not compare: the best article and the best statement come first, then the second best of both.
	slices.SortStableFunc(list, func(a, b found) int { return cmp.Compare(a.place, b.place) })
	list = list[:min(len(list), q.Limit)]
	all := make([]database.Found, len(list))
	for i := range list {
		all[i] = list[i].Found
	}
	return all, nil
}

// places adds to the list what the index of articles or statements finds and the joined rows, of which one is named row, let
// through.
func places(ctx context.Context, tx *sql.Tx, list []found, kind, match, joined, row string, args ...any) ([]found, error) {
	index := kind + "_search"
	var n int
	err := tx.QueryRowContext(ctx, fmt.Sprintf(`SELECT count(*) FROM (SELECT rowid FROM %s WHERE %s MATCH $1 LIMIT %d)`, index, index, broad+1), match).Scan(&n)
	if err != nil {
		return nil, err
	}
	places := fmt.Sprintf(`(SELECT rowid, rank AS worth FROM %s WHERE %s MATCH $1)`, index, index)
	if n > broad {
		places = fmt.Sprintf(`(SELECT rowid, -rowid AS worth FROM %s WHERE %s MATCH $1 ORDER BY rowid DESC LIMIT %d)`, index, index, broad)
	}
	return scan(ctx, tx, list, fmt.Sprintf(`SELECT '%s', %s.id FROM %s x %s ORDER BY x.worth, %s.id LIMIT $6`, kind, row, places, joined, row), args...)
}

func scan(ctx context.Context, tx *sql.Tx, list []found, query string, args ...any) ([]found, error) {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for place := 0; rows.Next(); place++ {
		f := found{place: place}
		if err := rows.Scan(&f.Kind, &f.ID); err != nil {
			return nil, err
		}
		list = append(list, f)
	}
	return list, rows.Err()
}
