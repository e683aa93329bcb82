package database

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"unicode"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/internal/query"
)

// Asked is what a search asks the full text index for.
type Asked struct {
	ledger.SearchQuery
	Phrases         []string // all to stand in what is found, as they were written
	Named, NamedEnd string   // bounds of folded names of the speakers who are asked for, half-open; Speaker may be an id too
	Days            bool     // articles of the days from FromDay to ToDay alone, in microseconds since 1970, half-open
	FromDay, ToDay  int64
	Limit           int
}

// Search: see [ledger.Ledger].
func (l *Ledger) Search(ctx context.Context, q ledger.SearchQuery) (hits []ledger.Hit, err error) {
	asked := Asked{SearchQuery: q, Phrases: phrases(q.Words), Days: !q.From.IsZero() || !q.To.IsZero(), Limit: int(limit(q.Limit))}
	if len(asked.Phrases) == 0 {
		return nil, nil
	}
	asked.Named, asked.NamedEnd, _ = named(q.Speaker)
	asked.FromDay, asked.ToDay = days(q.From, q.To)
	err = l.lookTx(ctx, func(tx *sql.Tx, qs *query.Queries) error {
		found, err := l.dialect.Find(ctx, tx, asked)
		if err != nil {
			return err
		}
		if hits, err = toHits(ctx, qs, found); err != nil {
			return err
		}
		return excerpts(ctx, qs, hits, WordsOf(asked.Phrases))
	})
	return hits, err
}

// Found is what the index of the database finds: an article or a statement, by id.
type Found struct {
	Kind string // "article" or "statement"
	ID   string
}

// Worded is an article of which the words are to be found, or, without a Reading, are not to be found any more. Its statements are numbered from Seq * [ledger.MostStatements] on.
type Worded struct {
	Seq int64
	*onrecord.Reading
}

// Words are the words of a statement that a search finds.
func (w *Worded) Words(s *onrecord.Statement) string { return contentText(w.Article.Text, s.Content) }

func toHits(ctx context.Context, q *query.Queries, list []Found) ([]ledger.Hit, error) {
	var ids []string
	for _, f := range list {
		if f.Kind == "statement" {
			ids = append(ids, f.ID)
		}
	}
	rows, err := statementsByID(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	statements := make(map[string]*ledger.StatementRow, len(rows))
	for i := range rows {
		statements[rows[i].ID] = &rows[i]
	}
	ids = nil
	for i := range list {
		ids = append(ids, inArticle(&list[i], statements))
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	heads, err := picked(ctx, ids, q.Heads)
	if err != nil {
		return nil, err
	}
	of := make(map[string]*query.HeadsRow, len(heads))
	for i := range heads {
		of[heads[i].ID] = &heads[i]
	}
	changed, err := alteredOf(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	hits := make([]ledger.Hit, len(list))
	for i := range list {
		h := ledger.Hit{Kind: list[i].Kind, ID: list[i].ID, Article: inArticle(&list[i], statements)}
		if h.Altered = changed[h.Article]; h.Altered {
			h.Snippet = "Not shown: " + ledger.ErrAltered.Error()
		}
		a, s := of[h.Article], statements[h.ID]
		if a != nil {
			h.Title, h.Outlet = a.Title, a.Outlet
			h.Published = onrecord.Published{Value: a.Published, Precision: a.PublishedPrecision, Basis: a.PublishedBasis}
		}
		if s != nil {
			h.Speaker, h.Confidence, h.Doubtful = s.SpeakerName, s.Confidence, s.Doubtful()
		}
		hits[i] = h
	}
	return hits, nil
}

// inArticle is the article that a found row stands in.
func inArticle(f *Found, statements map[string]*ledger.StatementRow) string {
	if s := statements[f.ID]; s != nil {
		return s.Article
	}
	return f.ID
}

// phrases cuts what was asked for into words and phrases: what stands between quotation marks is a phrase, and a mark without its
// fellow is none.
func phrases(asked string) []string {
	const most = 32
	var list []string
	add := func(s string) {
		s = strings.Map(func(r rune) rune {
			if r == 0 || r == '"' || unicode.IsSpace(r) {
				return ' '
			}
			return r
		}, s)
		s = strings.Join(strings.Fields(s), " ")
		if strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) >= 0 && len(list) < most && !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	asked = strings.ToValidUTF8(strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`).Replace(asked), " ")
	parts := strings.Split(asked, `"`)
	for i, part := range parts {
		if i%2 == 1 && i < len(parts)-1 {
			add(part)
			continue
		}
		for _, word := range strings.Fields(part) {
			add(word)
		}
	}
	return list
}
