package export

import (
	"io"
	"slices"
	"strings"
)

// A Format is a form that rows are written in. What is told of it to people (help, README, the pages' downloads) is made from [Formats].
type Format struct {
	Name  string // as it is asked for: "csv"; also the extension of files
	Type  string // media type
	About string // in a few words
	// Ledger writes the rows of a ledger, those of table (of [Tables]) alone where the format has one kind of rows a file. Nil where the
	// format is not for ledgers.
	Ledger func(w io.Writer, table string, rows Rows, articles Articles) error
	// Sheets writes tables of a page. Nil where the format is not for tables.
	Sheets func(w io.Writer, sheets ...Sheet) error
	Many   bool // Sheets takes more than one sheet
	Packed bool // compressed as it is
}

// Formats are all that there are.
var Formats = []Format{
	{
		Name: "jsonl", Type: "application/jsonl", About: "JSON lines to the contract in docs/export.schema.json",
		Ledger: func(w io.Writer, _ string, rows Rows, articles Articles) error { return JSONL(w, rows, articles) },
	},
	{Name: "csv", Type: "text/csv; charset=utf-8", About: "one table, comma-separated (RFC 4180)", Ledger: CSV, Sheets: csvSheets},
	{Name: "xlsx", Type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", About: "tables as a workbook (Office Open XML)", Sheets: XLSX, Many: true, Packed: true},
	{Name: "json", Type: "application/json", About: "one table, as an array of objects", Sheets: jsonSheets},
}

// ForLedgers are the formats that a ledger is written in, ForSheets those that the tables of a page are.
func ForLedgers() []Format { return having(func(f Format) bool { return f.Ledger != nil }) }

// ForSheets: see [ForLedgers].
func ForSheets() []Format { return having(func(f Format) bool { return f.Sheets != nil }) }

func having(has func(Format) bool) []Format {
	return slices.DeleteFunc(slices.Clone(Formats), func(f Format) bool { return !has(f) })
}

// Find is the format of a name in a list; false where there is none.
func Find(list []Format, name string) (Format, bool) {
	i := slices.IndexFunc(list, func(f Format) bool { return f.Name == name })
	if i < 0 {
		return Format{}, false
	}
	return list[i], true
}

// Names are the names of formats, with commas between them.
func Names(list []Format) string {
	names := make([]string, len(list))
	for i, f := range list {
		names[i] = f.Name
	}
	return strings.Join(names, ",")
}
