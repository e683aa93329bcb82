package database

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/internal/query"
)

// Tables are the tables that hold a ledger, in an order in which rows may be written: what a row refers to comes before it. The full text
// index, which every kind of database keeps in its own way, is none of them.
func Tables() []string {
	return strings.Fields(`state article statement figure time article_speaker aside claimed retired redirect copy report report_article
		story story_article story_key total speaker part due_name known_speaker part_member alias utterance rendition drift measure answer
		dispute side speaker_dispute refusal review machine_reading unfinished part_spoken part_spoken_of changed period article_key later`)
}

// Database is the ledger itself, of whatever kind: for [Copy].
func (l *Ledger) Database() *Ledger { return l }

// copiedBytes is how many bytes of rows are written at a time.
const copiedBytes = 4 << 20

// Copy copies all of a ledger into an empty one, in one transaction, and compares every row of the two before it is kept. It gives the
// number of rows.
func Copy(ctx context.Context, to, from *Ledger) (rows int, err error) {
	err = from.lookTx(ctx, func(source *sql.Tx, q *query.Queries) error {
		return to.change(ctx, func(w *writer) error {
			c := copier{ctx: ctx, source: source, q: q, w: w}
			if err := c.empty(); err != nil {
				return err
			}
			for _, name := range Tables() {
				n, err := c.table(name)
				if err != nil {
					return fmt.Errorf("table %s: %w", name, err)
				}
				rows += n
			}
			return c.index()
		})
	})
	return rows, err
}

// A copier copies from one transaction into another.
type copier struct {
	ctx    context.Context
	source *sql.Tx
	q      *query.Queries // of source
	w      *writer
}

// empty says whether the ledger that is copied into is empty, and empties the table that a new ledger has a row in.
func (c *copier) empty() error {
	for _, name := range Tables() {
		if name == "state" {
			continue
		}
		var n int
		if err := c.w.tx.tx.QueryRowContext(c.ctx, "SELECT count(*) FROM (SELECT 1 FROM "+quoted(name)+" LIMIT 1) x").Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			return fmt.Errorf("%w: there are rows in its table %s", ledger.ErrNotEmpty, name)
		}
	}
	_, err := c.w.tx.tx.ExecContext(c.ctx, "DELETE FROM state")
	return err
}

// table copies a table and compares the two. Columns have the same names in every kind of database, and may stand in another order.
func (c *copier) table(name string) (int, error) {
	columns, err := columnsOf(c.ctx, c.source, name)
	if err != nil {
		return 0, err
	}
	var read tableDigest
	into := &table{name: name, columns: columns}
	size := 0
	flush := func() error {
		err := c.w.insertTable(c.ctx, into)
		into.args, size = nil, 0
		return err
	}
	err = eachRow(c.ctx, c.source, name, columns, func(values []any) error {
		read.add(values)
		into.add(values...)
		for _, v := range values {
			size += 16
			if s, ok := v.(string); ok {
				size += len(s)
			}
		}
		if size < copiedBytes {
			return nil
		}
		return flush()
	})
	if err == nil {
		err = flush()
	}
	if err != nil {
		return 0, err
	}
	var written tableDigest
	err = eachRow(c.ctx, c.w.tx.tx, name, columns, func(values []any) error {
		written.add(values)
		return nil
	})
	if err == nil && read != written {
		err = fmt.Errorf("%d rows were read and %d of them found written alike: nothing is kept", read.rows, written.rows)
	}
	return read.rows, err
}

// index has the database index the articles that were copied.
func (c *copier) index() error {
	if c.w.dialect.Index == nil {
		return nil
	}
	for last := int64(0); ; {
		found, err := c.source.QueryContext(c.ctx, "SELECT seq, id FROM article WHERE seq > "+strconv.FormatInt(last, 10)+" ORDER BY seq LIMIT "+strconv.Itoa(page))
		if err != nil {
			return err
		}
		seqs, ids := map[string]int64{}, []string{}
		for found.Next() {
			var id string
			if err := found.Scan(&last, &id); err != nil {
				return errors.Join(err, found.Close())
			}
			seqs[id], ids = last, append(ids, id)
		}
		if err := found.Err(); err != nil || len(ids) == 0 {
			return err
		}
		read, err := readings(c.ctx, c.q, ids)
		if err != nil {
			return err
		}
		worded := make([]Worded, len(read))
		for i, r := range read {
			worded[i] = Worded{seqs[r.Article.ID], r}
		}
		if err := c.w.index(c.ctx, worded); err != nil {
			return err
		}
	}
}

// columnsOf are the columns of a table, in their order.
func columnsOf(ctx context.Context, tx *sql.Tx, table string) ([]string, error) {
	rows, err := tx.QueryContext(ctx, "SELECT * FROM "+quoted(table)+" WHERE 1 = 0")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	return columns, errors.Join(err, rows.Err())
}

// eachRow calls f with the values of every row of a table, which are nil, bool, int64, float64 or string, whatever the database gives.
func eachRow(ctx context.Context, tx *sql.Tx, table string, columns []string, f func(values []any) error) error {
	names := make([]string, len(columns))
	for i, name := range columns {
		names[i] = quoted(name)
	}
	rows, err := tx.QueryContext(ctx, "SELECT "+strings.Join(names, ", ")+" FROM "+quoted(table))
	if err != nil {
		return err
	}
	defer rows.Close()
	types, err := rows.ColumnTypes()
	if err != nil {
		return err
	}
	values, places := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		places[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(places...); err != nil {
			return err
		}
		for i, v := range values {
			if values[i], err = inCommon(v, types[i].DatabaseTypeName()); err != nil {
				return fmt.Errorf("column %s: %w", columns[i], err)
			}
		}
		if err := f(values); err != nil {
			return err
		}
	}
	return rows.Err()
}

// inCommon is a value as every kind of database takes it, given the name of its column's type.
func inCommon(v any, kind string) (any, error) {
	switch x := v.(type) {
	case []byte:
		v = string(x)
	case int64:
		switch {
		case strings.HasPrefix(kind, "BOOL"):
			return x != 0, nil
		case strings.HasPrefix(kind, "DOUBLE"), strings.HasPrefix(kind, "FLOAT"):
			return float64(x), nil
		}
	case nil, bool, float64, string:
	default:
		return nil, fmt.Errorf("a value of type %T", v)
	}
	return v, nil
}

func quoted(name string) string { return `"` + name + `"` }

// A tableDigest is the rows of a table, whatever their order: how many, and the sum of their digests.
type tableDigest struct {
	rows int
	sum  [4]uint64
}

func (d *tableDigest) add(values []any) {
	h := sha256.New()
	for _, v := range values {
		var number [9]byte
		switch x := v.(type) {
		case nil:
			number[0] = 'n'
		case bool:
			number[0] = 'b'
			if x {
				number[1] = 1
			}
		case int64:
			number[0] = 'i'
			binary.LittleEndian.PutUint64(number[1:], uint64(x))
		case float64:
			number[0] = 'f'
			binary.LittleEndian.PutUint64(number[1:], math.Float64bits(x))
		case string:
			number[0] = 's'
			binary.LittleEndian.PutUint64(number[1:], uint64(len(x)))
		}
		h.Write(number[:])
		if s, ok := v.(string); ok {
			h.Write([]byte(s))
		}
	}
	d.rows++
	for i, part := range slices.Collect(slices.Chunk(h.Sum(nil), 8)) {
		d.sum[i] += binary.LittleEndian.Uint64(part)
	}
}
