package export

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/onrecord/onrecord/ledger"
)

// A table is a kind of rows that CSV can write: its columns, and the cells of a row, nil for a row of another kind. The article of the row
// comes with it.
type table struct {
	name    string
	columns []string
	cells   func(row any, a *ledger.ArticleRow) []any
}

var tables = []table{
	{
		"statement",
		[]string{"id", "article", "outlet", "published", "parent", "kind", "source", "cue", "content", "start", "end", "speaker", "speaker_name", "named", "relays", "stance", "said_from", "said_to", "confidence", "utterance", "speaker_confidence", "addressee", "unnamed", "anonymity", "denied", "headline"},
		statementCells,
	},
	{
		"figure",
		[]string{"id", "article", "outlet", "published", "start", "end", "text", "low", "high", "comparator", "change", "unit", "thing", "share_of", "as_of_from", "as_of_to", "vague", "statement", "confidence", "measure", "conversion_of"},
		figureCells,
	},
	{
		"time",
		[]string{"id", "article", "outlet", "published", "start", "end", "text", "timex", "from", "to", "grain", "basis", "confidence"},
		timeCells,
	},
	{
		"article",
		[]string{"id", "external_id", "url", "outlet", "title", "byline", "published", "precision", "language", "sha256", "story", "report"},
		articleCells,
	},
	{"copy", []string{"article", "origin", "share", "basis"}, copyCells},
}

// Tables are the kinds of rows that [CSV] can write, each as a table of its own.
func Tables() []string {
	names := make([]string, len(tables))
	for i, t := range tables {
		names[i] = t.name
	}
	return names
}

// CSV writes the rows of one of [Tables] as RFC 4180 with a header. Several spans of one role are joined by " ... "; start and end
// of a statement are those of its whole. Cells that a spreadsheet would take for a formula begin with an apostrophe.
func CSV(w io.Writer, name string, rows Rows, articles Articles) error {
	i := slices.IndexFunc(tables, func(t table) bool { return t.name == name })
	if i < 0 {
		return fmt.Errorf("export: no table %q: have %s", name, strings.Join(Tables(), ", "))
	}
	t := tables[i]
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(t.columns); err != nil {
		return err
	}
	err := contract(rows, articles, func(row any, a *ledger.ArticleRow) error {
		if cells := t.cells(row, a); cells != nil {
			return out.Write(inWords(cells))
		}
		return nil
	})
	if err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}

// csvSheets writes a sheet as CSV.
func csvSheets(w io.Writer, sheets ...Sheet) error {
	sheet, err := only(sheets)
	if err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	for row := range sheet.Rows {
		if err := out.Write(inWords(row)); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// only is the one sheet of a format that takes no more.
func only(sheets []Sheet) (Sheet, error) {
	if len(sheets) != 1 {
		return Sheet{}, errors.New("export: the format takes one table a file")
	}
	return sheets[0], nil
}

func articleCells(row any, a *ledger.ArticleRow) []any {
	r, ok := row.(Article)
	if !ok {
		return nil
	}
	return []any{r.ID, r.ExternalID, r.URL, r.Outlet, r.Title, r.Byline, a.Published.Value, a.Published.Precision, r.Language, r.SHA256, r.Story, r.Report}
}

func statementCells(row any, a *ledger.ArticleRow) []any {
	r, ok := row.(Statement)
	if !ok {
		return nil
	}
	start, end := extent(r)
	var said Interval
	if r.Said != nil {
		said = r.Said.Interval
	}
	return []any{
		r.ID, r.Article, a.Outlet, a.Published.Value, r.Parent, r.Kind, r.Source, r.Cue, r.Content, start, end, r.Speaker, r.SpeakerName, r.Named,
		r.Relays, r.Stance, said.From, said.To, r.Confidence, r.Utterance, r.SpeakerConfidence, r.Addressee, r.Unnamed, r.Anonymity, r.Denied,
		r.Headline,
	}
}

func figureCells(row any, a *ledger.ArticleRow) []any {
	r, ok := row.(Figure)
	if !ok {
		return nil
	}
	var asOf Interval
	if r.AsOf != nil {
		asOf = *r.AsOf
	}
	return []any{
		r.ID, r.Article, a.Outlet, a.Published.Value, r.Start, r.End, r.Text, r.Low, r.High, r.Comparator, r.Change, r.Unit, r.Thing, r.ShareOf,
		asOf.From, asOf.To, r.Vague, r.Statement, r.Confidence, r.Measure, r.ConversionOf,
	}
}

func timeCells(row any, a *ledger.ArticleRow) []any {
	r, ok := row.(Time)
	if !ok {
		return nil
	}
	return []any{r.ID, r.Article, a.Outlet, a.Published.Value, r.Start, r.End, r.Text, r.Timex, r.From, r.To, r.Grain, r.Basis, r.Confidence}
}

func copyCells(row any, _ *ledger.ArticleRow) []any {
	r, ok := row.(Copy)
	if !ok {
		return nil
	}
	return []any{r.Article, r.Origin, r.Share, r.Basis}
}

// inWords are cells as CSV has them; what is not known is empty.
func inWords(cells []any) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = cell(c)
	}
	return out
}

func cell(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case *string:
		if v == nil {
			return ""
		}
		return inert(*v)
	case string:
		return inert(v)
	case *float64:
		if v == nil {
			return ""
		}
		return cell(*v)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case []string:
		return inert(strings.Join(v, "; "))
	case []Span:
		words := make([]string, len(v))
		for i, s := range v {
			words[i] = s.Text
		}
		return inert(strings.Join(words, " ... "))
	}
	return fmt.Sprint(v)
}

// inert keeps a spreadsheet from running a cell as a formula (OWASP, "CSV Injection"; the wide forms of East Asian fonts are taken for
// the narrow ones by some). Numbers stay numbers.
func inert(cell string) string {
	if len(cell) < 2 || !strings.ContainsAny(cell[:1], "=+-@\t\r\n") && !startsWide(cell) {
		return cell
	}
	if _, err := strconv.ParseFloat(cell, 64); err == nil {
		return cell
	}
	return "'" + cell
}

func startsWide(cell string) bool {
	first, _ := utf8.DecodeRuneInString(cell)
	return strings.ContainsRune("＝＋－＠", first)
}

// extent is the range of code points that a statement's spans take up.
func extent(s Statement) (start, end int) {
	start = -1
	for _, role := range [][]Span{s.Source, s.Cue, s.Content} {
		for _, span := range role {
			if start < 0 || span.Start < start {
				start = span.Start
			}
			end = max(end, span.End)
		}
	}
	return max(start, 0), end
}
