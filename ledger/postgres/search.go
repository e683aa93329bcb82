package postgres

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/internal/database"
)

// longest is how many bytes of a word the index takes: of a longer one it has the beginning, and a digest of the whole.
const longest = 200

func indexed(words []string) string {
	for i, w := range words {
		if len(w) > longest {
			digest := sha256.Sum256([]byte(w))
			words[i] = w[:longest/2] + "#" + hex.EncodeToString(digest[:16])
			words[i] = strings.ToValidUTF8(words[i], "")
		}
	}
	return strings.Join(words, " ")
}

func wordsOf(text string) (joined string, n int) {
	tokens := database.Tokens(text)
	words := make([]string, len(tokens))
	for i, t := range tokens {
		words[i] = t.Word
	}
	return indexed(words), len(words)
}

// index keeps the words of articles and their statements in the place of those that it has of them.
func index(ctx context.Context, tx *sql.Tx, insert func(table, columns string, values []any) error, list []database.Worded) error {
	var articles, statements []any
	var seqs []int64
	count := map[string]*[2]int64{"article": {}, "statement": {}}
	for i := range list {
		a := &list[i]
		seqs = append(seqs, a.Seq)
		if a.Reading == nil {
			continue
		}
		title, n := wordsOf(a.Article.Title)
		words, m := wordsOf(a.Article.Text)
		articles = append(articles, a.Seq, title, words, n+m)
		count["article"][0]++
		count["article"][1] += int64(n + m)
		for k := range a.Statements {
			words, n := wordsOf(a.Words(&a.Statements[k]))
			statements = append(statements, a.Seq*ledger.MostStatements+int64(k), "", words, n)
			count["statement"][0]++
			count["statement"][1] += int64(n)
		}
	}
	for kind, where := range map[string]string{
		"article":   "seq = ANY ($1)",
		"statement": fmt.Sprintf("EXISTS (SELECT 1 FROM unnest($1::bigint[]) a WHERE seq >= a * %d AND seq < (a + 1) * %d)", ledger.MostStatements, ledger.MostStatements),
	} {
		var rows, length int64
		err := tx.QueryRowContext(ctx, "WITH old AS (DELETE FROM "+kind+"_search WHERE "+where+" RETURNING length) SELECT count(*), COALESCE(sum(length), 0)::bigint FROM old", seqs).Scan(&rows, &length)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "UPDATE search_total SET rows = rows + $1, length = length + $2 WHERE kind = $3", count[kind][0]-rows, count[kind][1]-length, kind); err != nil {
			return err
		}
	}
	if err := insert("article_search", "seq title words length", articles); err != nil {
		return err
	}
	return insert("statement_search", "seq title words length", statements)
}

// A candidate is a row that has the words asked for.
type candidate struct {
	database.Found
	seq          int64
	title, words string
	length       int64
	worth        float64
	place        int // among its kind, best first
}

// broad is how many places with the words asked for are too many to be ranked: of so many the newest are looked at alone.
const broad = 2000

// A match is how the rows of a table that have the phrases asked for are found.
type match struct {
	table   string
	phrases []string // their words, a space between two
	where   string
	args    []any
}

func newMatch(kind string, phrases []string) *match {
	m := &match{table: kind + "_search", phrases: phrases}
	var words []string
	for _, p := range phrases {
		words = append(words, strings.Fields(p)...)
	}
	m.where = "string_to_array(title || ' ' || words, ' ') @> " + m.arg(words) + "::text[]"
	for _, p := range phrases {
		if strings.Contains(p, " ") {
			at := m.arg(" " + p + " ")
			m.where += fmt.Sprintf(" AND (strpos(' ' || title || ' ', %s) > 0 OR strpos(' ' || words || ' ', %s) > 0)", at, at)
		}
	}
	return m
}

// arg adds an argument of the query and is its name there.
func (m *match) arg(value any) string {
	m.args = append(m.args, value)
	return "$" + strconv.Itoa(len(m.args))
}

// count is the number of rows, or most where there are more.
func (m *match) count(ctx context.Context, tx *sql.Tx, most int) (n int, err error) {
	err = tx.QueryRowContext(ctx, fmt.Sprintf("SELECT count(*) FROM (SELECT 1 FROM %s WHERE %s LIMIT %d) AS found", m.table, m.where, most), m.args...).Scan(&n)
	return n, err
}

// find asks the index for articles and statements, best first, as SQLite's does.
func find(ctx context.Context, tx *sql.Tx, q database.Asked) ([]database.Found, error) {
	var phrases []string
	for _, words := range database.WordsOf(q.Phrases) {
		phrases = append(phrases, indexed(words))
	}
	if len(phrases) == 0 {
		return nil, nil
	}
	list, err := ranked(ctx, tx, "statement", phrases, q)
	if err != nil {
		return nil, err
	}
	if q.Kind == "" && q.Stance == "" && q.Speaker == "" && q.Certainty <= 0 && !q.Speech {
		articles, err := ranked(ctx, tx, "article", phrases, q)
		if err != nil {
			return nil, err
		}
		list = append(list, articles...)
	}
	// The ranks of two kinds do not compare: the best article and the best statement come first, then the second best of both.
	slices.SortStableFunc(list, func(a, b candidate) int { return cmp.Compare(a.place, b.place) })
	all := make([]database.Found, min(len(list), q.Limit))
	for i := range all {
		all[i] = list[i].Found
	}
	return all, nil
}

// ranked are the rows of a kind that have the phrases and pass the filters, best first, as many as are asked for at most. Words that
// stand everywhere tell nothing apart, and to rank all their places takes long: of these it gives the newest, by arrival, among the
// newest few thousand.
func ranked(ctx context.Context, tx *sql.Tx, kind string, phrases []string, q database.Asked) ([]candidate, error) {
	m := newMatch(kind, phrases)
	n, err := m.count(ctx, tx, broad+1)
	if err != nil || n == 0 {
		return nil, err
	}
	found := "SELECT * FROM " + m.table + " WHERE " + m.where
	if n > broad {
		found += fmt.Sprintf(" ORDER BY seq DESC LIMIT %d", broad)
	}
	list, err := m.candidates(ctx, tx, kind, found, q)
	if err != nil {
		return nil, err
	}
	if n > broad {
		slices.SortFunc(list, func(a, b candidate) int { return cmp.Compare(b.seq, a.seq) })
	} else {
		if err := weigh(ctx, tx, kind, phrases, n, list); err != nil {
			return nil, err
		}
		slices.SortFunc(list, func(a, b candidate) int { return cmp.Or(cmp.Compare(b.worth, a.worth), cmp.Compare(a.ID, b.ID)) })
	}
	list = list[:min(len(list), q.Limit)]
	for i := range list {
		list[i].place = i
	}
	return list, nil
}

// candidates are the rows found that pass the filters.
func (m *match) candidates(ctx context.Context, tx *sql.Tx, kind, found string, q database.Asked) (list []candidate, err error) {
	row, joined := "a", "JOIN article a ON a.seq = x.seq"
	if kind == "statement" {
		row, joined = "s", "JOIN statement s ON s.seq = x.seq JOIN article a ON a.id = s.article"
	}
	var filters strings.Builder
	filter := func(on bool, format string, values ...any) {
		if on {
			names := make([]any, len(values))
			for i, v := range values {
				names[i] = m.arg(v)
			}
			fmt.Fprintf(&filters, " AND "+format, names...)
		}
	}
	filter(q.Outlet != "", "a.outlet = %s", q.Outlet)
	filter(q.Days, "a.published_day >= %s AND a.published_day < %s", q.FromDay, q.ToDay)
	if kind == "statement" {
		filter(q.Kind != "", "s.kind = %s", q.Kind)
		filter(q.Stance != "", "s.stance = %s", q.Stance)
		filter(true, "s.confidence >= %s", q.Certainty)
		filter(q.Speech, "s.stance <> %s", onrecord.Believes)
		filter(q.Speaker != "", `EXISTS (SELECT 1 FROM speaker_link k WHERE k.article_speaker = s.speaker AND (k.speaker = %s OR
			EXISTS (SELECT 1 FROM alias n WHERE n.speaker = k.speaker AND n.folded >= %s AND n.folded < %s)))`, q.Speaker, q.Named, q.NamedEnd)
	}
	rows, err := tx.QueryContext(ctx, fmt.Sprintf("SELECT %s.id, x.seq, x.title, x.words, x.length FROM (%s) x %s WHERE a.newest%s", row, found, joined, filters.String()), m.args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		c := candidate{Found: database.Found{Kind: kind}}
		if err := rows.Scan(&c.ID, &c.seq, &c.title, &c.words, &c.length); err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, rows.Err()
}

// weigh says how much of the phrases each row has, as SQLite's bm25 does (https://sqlite.org/fts5.html#the_bm25_function): n rows have
// them all, and a title's word counts four times.
func weigh(ctx context.Context, tx *sql.Tx, kind string, phrases []string, n int, list []candidate) error {
	const k1, b = 1.2, 0.75
	var rows, length float64
	if err := tx.QueryRowContext(ctx, "SELECT rows, length FROM search_total WHERE kind = $1", kind).Scan(&rows, &length); err != nil {
		return err
	}
	usual := length / rows
	rarity := make([]float64, len(phrases))
	for i, p := range phrases {
		have := n
		if len(phrases) > 1 {
			var err error
			if have, err = newMatch(kind, []string{p}).count(ctx, tx, math.MaxInt32); err != nil {
				return err
			}
		}
		rarity[i] = math.Log((rows - float64(have) + 0.5) / (float64(have) + 0.5))
		if rarity[i] <= 0 {
			rarity[i] = 1e-6
		}
	}
	for i := range list {
		c := &list[i]
		for k, p := range phrases {
			times := 4*occurrences(c.title, p) + occurrences(c.words, p)
			c.worth += rarity[k] * (times * (k1 + 1) / (times + k1*(1-b+b*float64(c.length)/usual)))
		}
	}
	return nil
}

// occurrences is how often a phrase stands among words.
func occurrences(words, phrase string) (n float64) {
	words, phrase = " "+words+" ", " "+phrase+" "
	for {
		i := strings.Index(words, phrase)
		if i < 0 {
			return n
		}
		n++
		words = words[i+1+strings.IndexByte(phrase[1:], ' '):]
	}
}
