package office

import (
	"archive/zip"
	"encoding/xml"
	"iter"
	"path"
	"strconv"
	"strings"
	"time"
)

// maxColumns is how many columns of a sheet are looked at.
const maxColumns = 1000

// A Row is a line of a sheet of a workbook: its cells by column, empty where there is none.
type Row struct {
	Sheet string // its name
	Line  int    // from 1
	Cells []string
}

// Excel yields the rows of all sheets of a workbook (.xlsx), in order. Days are as in ISO 8601 ("2031-03-04", "2031-03-04T10:05:00"). The
// sequence ends after an error.
func Excel(z *zip.Reader) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		b := workbook{zip: z, targets: map[string]string{}}
		if err := b.open(); err != nil {
			yield(Row{}, err)
			return
		}
		for _, s := range b.sheets {
			more, err := b.sheet(s, func(r Row) bool { return yield(r, nil) })
			if err != nil {
				yield(Row{Sheet: s.name}, err)
				return
			}
			if !more {
				return
			}
		}
	}
}

type sheet struct{ name, part string }

// A workbook is one that is being read.
type workbook struct {
	zip     *zip.Reader
	sheets  []sheet
	targets map[string]string // parts by the ids of relations
	strings []string
	days    []bool // by style: whether its numbers are days
	epoch   time.Time
}

func (b *workbook) open() error {
	b.epoch = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if err := over(b.zip, "xl/_rels/workbook.xml.rels", walk{start: func(name string, e *xml.StartElement) bool {
		if name == "Relationship" {
			b.targets[attribute(e, "Id")] = attribute(e, "Target")
		}
		return false
	}}); err != nil {
		return err
	}
	if err := over(b.zip, "xl/workbook.xml", walk{start: func(name string, e *xml.StartElement) bool {
		switch name {
		case "workbookPr":
			if on := attribute(e, "date1904"); on == "1" || on == "true" {
				b.epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
			}
		case "sheet":
			if target := b.targets[attribute(e, "id")]; target != "" {
				b.sheets = append(b.sheets, sheet{attribute(e, "name"), within("xl", target)})
			}
		}
		return false
	}}); err != nil {
		return err
	}
	if err := b.shared(); err != nil {
		return err
	}
	return b.styles()
}

// within is the part that a relation names, seen from a folder.
func within(folder, target string) string {
	if rest, ok := strings.CutPrefix(target, "/"); ok {
		return path.Clean(rest)
	}
	return path.Join(folder, target)
}

// has says whether there is a part of a name.
func (b *workbook) has(name string) bool {
	for _, f := range b.zip.File {
		if f.Name == name {
			return true
		}
	}
	return false
}

// shared reads the strings that cells name by number.
func (b *workbook) shared() error {
	const name = "xl/sharedStrings.xml"
	if !b.has(name) {
		return nil
	}
	var s strings.Builder
	in := false
	return over(b.zip, name, walk{
		start: func(name string, _ *xml.StartElement) bool {
			in = name == "t"
			return name == "rPh"
		},
		end: func(name string) {
			in = false
			if name == "si" {
				b.strings = append(b.strings, s.String())
				s.Reset()
			}
		},
		text: func(t string) {
			if in {
				s.WriteString(t)
			}
		},
	})
}

// styles reads which styles are of days.
func (b *workbook) styles() error {
	const name = "xl/styles.xml"
	if !b.has(name) {
		return nil
	}
	own := map[int]bool{}
	cells := false
	return over(b.zip, name, walk{
		start: func(name string, e *xml.StartElement) bool {
			id, _ := strconv.Atoi(attribute(e, "numFmtId"))
			switch name {
			case "numFmt":
				own[id] = isDayFormat(attribute(e, "formatCode"))
			case "cellXfs":
				cells = true
			case "xf":
				if cells {
					b.days = append(b.days, own[id] || 14 <= id && id <= 17 || id == 22)
				}
			}
			return false
		},
		end: func(name string) { cells = cells && name != "cellXfs" },
	})
}

// isDayFormat says whether a format of numbers shows days: it has a year or a day outside of quotation marks and brackets.
func isDayFormat(code string) bool {
	closing := rune(0)
	for _, c := range strings.ToLower(code) {
		switch {
		case closing != 0:
			if c == closing {
				closing = 0
			}
		case c == '"':
			closing = '"'
		case c == '[':
			closing = ']'
		case c == 'y', c == 'd':
			return true
		}
	}
	return false
}

// A cell is one that is being read.
type cell struct {
	column, style int
	kind          string
	value         strings.Builder
}

// sheet reads the rows of a sheet; false where the receiver wants no more.
func (b *workbook) sheet(s sheet, yield func(Row) bool) (bool, error) {
	r := Row{Sheet: s.name}
	var c *cell
	in, more := false, true
	err := over(b.zip, s.part, walk{
		start: func(name string, e *xml.StartElement) bool {
			switch name {
			case "row":
				n, err := strconv.Atoi(attribute(e, "r"))
				if err != nil || n <= r.Line {
					n = r.Line + 1
				}
				r.Line, r.Cells = n, nil
			case "c":
				style, err := strconv.Atoi(attribute(e, "s"))
				if err != nil {
					style = -1
				}
				c = &cell{column: column(attribute(e, "r"), len(r.Cells)), style: style, kind: attribute(e, "t")}
			case "v", "t":
				in = c != nil
			}
			return name == "rPh" || name == "f" || !more
		},
		end: func(name string) {
			switch name {
			case "v", "t":
				in = false
			case "c":
				if c != nil && c.column < maxColumns {
					for len(r.Cells) <= c.column {
						r.Cells = append(r.Cells, "")
					}
					r.Cells[c.column] = b.value(c)
				}
				c = nil
			case "row":
				more = more && yield(r)
			}
		},
		text: func(t string) {
			if in {
				c.value.WriteString(t)
			}
		},
	})
	return more, err
}

// column is the number of a cell's column from its name ("C7" is 2); next where it has none.
func column(name string, next int) int {
	n := 0
	for _, c := range strings.ToUpper(name) {
		if c < 'A' || c > 'Z' || n > maxColumns {
			break
		}
		n = n*26 + int(c-'A') + 1
	}
	if n == 0 {
		return next
	}
	return n - 1
}

// value is what a cell shows.
func (b *workbook) value(c *cell) string {
	v := c.value.String()
	switch c.kind {
	case "s":
		if i, err := strconv.Atoi(v); err == nil && 0 <= i && i < len(b.strings) {
			return b.strings[i]
		}
		return ""
	case "", "n":
		if 0 <= c.style && c.style < len(b.days) && b.days[c.style] {
			return b.day(v)
		}
	case "e":
		return ""
	}
	return v
}

// day is the day that a number stands for: days since the workbook's epoch.
func (b *workbook) day(v string) string {
	n, err := strconv.ParseFloat(v, 64)
	const longest = 3_000_000 // days, past the year 9999
	if err != nil || n < 0 || n > longest {
		return v
	}
	t := b.epoch.Add(time.Duration(int64(n*86400+.5)) * time.Second)
	if t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 {
		return t.Format(time.DateOnly)
	}
	return t.Format("2006-01-02T15:04:05")
}
