package database

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// The forms that values take in columns: see the head of the schema.

func micros(t time.Time) sql.NullInt64 {
	if t.IsZero() {
		return sql.NullInt64{}
	}
	return sql.NullInt64{Int64: t.UnixMicro(), Valid: true}
}

func instant(n sql.NullInt64) time.Time {
	if !n.Valid {
		return time.Time{}
	}
	return time.UnixMicro(n.Int64).UTC()
}

func interval(from, to sql.NullInt64, basis string) onrecord.Interval {
	return onrecord.Interval{From: instant(from), To: instant(to), Basis: basis}
}

func passages(list []onrecord.Aligned) string {
	flat := make([]onrecord.Span, 0, 2*len(list))
	for _, a := range list {
		flat = append(flat, a.Span, a.Origin)
	}
	return onrecord.FormatSpans(flat)
}

// words is a list as JSON, "" when empty.
func words(list []string) string { return jsonList(list) }

func learned(list []onrecord.Alias) string { return jsonList(list) }

func jsonList[T any](list []T) string {
	if len(list) == 0 {
		return ""
	}
	b, err := json.Marshal(list)
	if err != nil { // strings and numbers always marshal
		panic(err)
	}
	return string(b)
}

// contentText is the text of a statement's content, its pieces joined by an ellipsis.
func contentText(text string, content []onrecord.Span) string {
	pieces := make([]string, len(content))
	for i, s := range content {
		pieces[i] = s.Of(text)
	}
	return strings.Join(pieces, " … ")
}

// fold is a name for looking up: lower case without accents, its words each after one space; "" without letters and digits.
func fold(name string) string {
	var b strings.Builder
	gap := true
	for _, r := range norm.NFKD.String(name) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if gap {
				b.WriteByte(' ')
			}
			b.WriteRune(unicode.ToLower(r))
			gap = false
		default:
			gap = true
		}
	}
	return b.String()
}

// A decoder takes values out of the columns of rows. What does not have the form in which it was written is damage: the first such
// is kept in err.
type decoder struct {
	row string // that is being decoded, by id
	err error
}

func (d *decoder) damaged(what, value string) {
	if d.err == nil {
		d.err = fmt.Errorf("row %s: %w: %.80q is no %s", d.row, ledger.ErrDamaged, value, what)
	}
}

// spans are those that onrecord.FormatSpans wrote.
func (d *decoder) spans(s string) []onrecord.Span {
	var list []onrecord.Span
	for f := range strings.FieldsSeq(s) {
		from, to, _ := strings.Cut(f, "-")
		start, err1 := strconv.Atoi(from)
		end, err2 := strconv.Atoi(to)
		if err1 != nil || err2 != nil || start < 0 || end < start {
			d.damaged("list of spans", s)
			return nil
		}
		list = append(list, onrecord.Span{Start: start, End: end})
	}
	return list
}

// passages are spans of an article and of its origin, in turn.
func (d *decoder) passages(s string) []onrecord.Aligned {
	flat := d.spans(s)
	if len(flat)%2 == 1 {
		d.damaged("list of pairs of spans", s)
		return nil
	}
	list := make([]onrecord.Aligned, 0, len(flat)/2)
	for pair := range slices.Chunk(flat, 2) {
		list = append(list, onrecord.Aligned{Span: pair[0], Origin: pair[1]})
	}
	return list
}

func (d *decoder) words(s string) []string { return decoded[string](d, s) }

// decoded is a list that was written as JSON.
func decoded[T any](d *decoder, s string) []T {
	if s == "" {
		return nil
	}
	var list []T
	if json.Unmarshal([]byte(s), &list) != nil {
		d.damaged("list", s)
	}
	return list
}

// each decodes rows, if err is nil.
func each[From, To any](rows []From, err error, to func(*decoder, *From) To) ([]To, error) {
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	var d decoder
	list := make([]To, len(rows))
	for i := range rows {
		list[i] = to(&d, &rows[i])
	}
	if d.err != nil {
		return nil, d.err
	}
	return list, nil
}
