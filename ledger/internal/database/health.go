package database

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

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
	if h.Damage, err = l.broken(ctx); err != nil {
		return nil, err
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

// A reference is a column that names rows of other tables.
type reference struct {
	table, column string
	to            []string
	linked        bool // it holds where all articles are linked
}

// references are those that a database does not check itself. "" names nothing.
func references() []reference {
	return []reference{
		{"statement", "speaker", []string{"article_speaker"}, false},
		{"statement", "parent", []string{"statement"}, false},
		{"figure", "statement", []string{"statement"}, false},
		{"figure", "conversion_of", []string{"figure"}, false},
		{"machine_reading", "article", []string{"article"}, false},
		{"copy", "article", []string{"article"}, true},
		{"copy", "origin", []string{"article"}, true},
		{"report", "origin", []string{"article"}, true},
		{"report_article", "article", []string{"article"}, true},
		{"story_article", "article", []string{"article"}, true},
		{"rendition", "statement", []string{"statement"}, true},
		{"drift", "statement", []string{"statement"}, true},
		{"answer", "figure", []string{"figure"}, true},
		{"side", "member", []string{"statement", "figure"}, true},
		{"part", "speaker", []string{"speaker"}, true},
		{"part_member", "part", []string{"part"}, true},
		{"part_member", "article_speaker", []string{"article_speaker"}, true},
		{"part_spoken", "statement", []string{"statement"}, true},
		{"part_spoken_of", "article_speaker", []string{"article_speaker"}, true},
		{"speaker_dispute", "speaker", []string{"speaker"}, true},
	}
}

// broken says which rows name rows that are not there, and which numbers that are kept are not those of the rows.
func (l *Ledger) broken(ctx context.Context) (damage []string, err error) {
	err = l.lookTx(ctx, func(tx *sql.Tx, q *query.Queries) error {
		state, err := q.State(ctx)
		if err != nil {
			return err
		}
		linked := state.Linked == state.Generation
		count := func(says, query string) error {
			var n int64
			if err := tx.QueryRowContext(ctx, query).Scan(&n); err != nil || n == 0 {
				return err
			}
			damage = append(damage, fmt.Sprintf(says, n))
			return nil
		}
		for _, r := range references() {
			if r.linked && !linked {
				continue
			}
			where := ""
			for _, to := range r.to {
				where += fmt.Sprintf(" AND NOT EXISTS (SELECT 1 FROM %s y WHERE y.id = x.%s)", to, r.column)
			}
			mends := "to read the sources again mends it"
			if r.linked {
				mends = "a new ledger of the same sources, or a backup, has it right"
			}
			if err := count("%d rows of "+r.table+" name a "+strings.Join(r.to, " or ")+" that is not there ("+r.column+"): "+mends,
				fmt.Sprintf("SELECT count(*) FROM %s x WHERE x.%s <> ''%s", r.table, r.column, where)); err != nil {
				return err
			}
		}
		if !linked {
			return nil
		}
		return count("%d numbers of rows are not those of the rows: a read that links anew mends it", `SELECT count(*) FROM total t JOIN (
			SELECT 'article' AS kind, COALESCE(sum(articles), 0) AS n FROM story UNION ALL SELECT 'statement', COALESCE(sum(statements), 0) FROM story
			UNION ALL SELECT 'figure', COALESCE(sum(figures), 0) FROM story UNION ALL SELECT 'story', count(*) FROM story
			UNION ALL SELECT 'dispute', count(*) FROM dispute) x ON x.kind = t.kind WHERE x.n <> t.rows`)
	})
	return damage, err
}
