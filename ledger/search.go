package ledger

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger/internal/query"
)

// A Hit is a result of Search.
type Hit struct {
	Kind       string // "article" or "statement"
	ID         string // of the article or statement
	Article    string
	Title      string
	Outlet     string
	Published  onrecord.Published
	Speaker    string          // name, of a statement
	Confidence float64         // of a statement
	Snippet    string          // text around the words found
	Found      []onrecord.Span // the words found, in Snippet
}

// SearchQuery asks for words, in all articles and statements, narrowed by the other fields where not empty.
type SearchQuery struct {
	Words           string // words; "in quotation marks" for a phrase
	Speaker, Outlet string
	Kind, Stance    string  // of statements
	Speech          bool    // of statements, only those that report something said: not belief or intention alone
	Certainty       float64 // least confidence of a statement; 0 for any
	From, To        time.Time
	Limit           int // 0: 50
}

// Search finds words in the current versions of articles and in their statements, best first. All words and phrases must stand in
// what is found, in any of their forms ("deny" finds "denied"). What asks for statements (Speaker, Kind, Stance, Speech, Certainty) finds no articles.
// Without a letter or digit in Words it finds nothing.
func (l *Ledger) Search(ctx context.Context, q SearchQuery) (hits []Hit, err error) {
	asked := phrases(q.Words)
	if len(asked) == 0 {
		return nil, nil
	}
	err = l.lookTx(ctx, func(tx *sql.Tx, qs *query.Queries) error {
		found, err := findSQLite(ctx, tx, asked, q)
		if err != nil {
			return err
		}
		hits, err = toHits(ctx, qs, found)
		return err
	})
	return hits, err
}

// A found row is what the index of the database finds: an article or a statement, with the words found between marks.
type found struct {
	kind   string // "article" or "statement"
	id     string
	seq    int64
	place  int // among its kind, best first
	marked string
}

// Marks around the words found, in found.marked: control characters that no text for people holds.
const markOpen, markClose = '\x02', '\x03'

func toHits(ctx context.Context, q *query.Queries, list []found) ([]Hit, error) {
	var ids []string
	for _, f := range list {
		if f.kind == "statement" {
			ids = append(ids, f.id)
		}
	}
	rows, err := statementsByID(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	statements := make(map[string]*StatementRow, len(rows))
	for i := range rows {
		statements[rows[i].ID] = &rows[i]
	}
	ids = nil
	for i := range list {
		ids = append(ids, inArticle(&list[i], statements))
	}
	slices.Sort(ids)
	heads, err := picked(ctx, slices.Compact(ids), q.Heads)
	if err != nil {
		return nil, err
	}
	of := make(map[string]*query.HeadsRow, len(heads))
	for i := range heads {
		of[heads[i].ID] = &heads[i]
	}
	hits := make([]Hit, len(list))
	for i := range list {
		h := Hit{Kind: list[i].kind, ID: list[i].id, Article: inArticle(&list[i], statements)}
		h.Snippet, h.Found = unmark(list[i].marked)
		if a := of[h.Article]; a != nil {
			h.Title, h.Outlet = a.Title, a.Outlet
			h.Published = onrecord.Published{Value: a.Published, Precision: a.PublishedPrecision, Basis: a.PublishedBasis}
		}
		if s := statements[h.ID]; s != nil {
			h.Speaker, h.Confidence = s.SpeakerName, s.Confidence
		}
		hits[i] = h
	}
	return hits, nil
}

// inArticle is the article that a found row stands in.
func inArticle(f *found, statements map[string]*StatementRow) string {
	if s := statements[f.id]; s != nil {
		return s.Article
	}
	return f.id
}

// unmark takes the marks out of a text and says what stood between them.
func unmark(marked string) (plain string, at []onrecord.Span) {
	var b strings.Builder
	open := -1
	for _, r := range marked {
		switch {
		case r == markOpen:
			open = b.Len()
		case r == markClose:
			if open >= 0 && open < b.Len() {
				at = append(at, onrecord.Span{Start: open, End: b.Len()})
			}
			open = -1
		default:
			b.WriteRune(r)
		}
	}
	return b.String(), at
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
