// Package office reads the articles of files that word processors, spreadsheets and makers of electronic books write: Word (.docx,
// ISO/IEC 29500), OpenDocument (.odt, ISO/IEC 26300), Rich Text (.rtf, version 1.9.1), EPUB (.epub, version 2 and 3), Excel (.xlsx).
//
// The text is that of the body as it would be printed without its marks: paragraphs with an empty line between them, cells of a row
// with a tab between them. What was deleted under tracked changes, comments, footnotes, headers and footers are left out.
package office

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/onrecord/onrecord/internal/sentinel"
)

// Limits of a file. A part of a zip file is refused where it is larger, or grows beyond maxRatio times its size.
const (
	MaxPart     = 32 << 20 // bytes of one part, as it grows
	maxParts    = 10_000
	maxRatio    = 300
	ratioFrom   = 1 << 20 // bytes below which the ratio says nothing
	maxDepth    = 200     // of elements and groups in one another
	maxElements = 2_000_000
)

// Errors of what takes too much, by the limits above.
const (
	ErrLarge    sentinel.Error = "a part larger than 32 MB"
	ErrGrows    sentinel.Error = "zip data that grows to more than 300 times its size"
	ErrParts    sentinel.Error = "a zip file of more than 10000 parts"
	ErrDeep     sentinel.Error = "nested deeper than 200"
	ErrElements sentinel.Error = "more than 2000000 elements"
)

// Errors of what is damaged, closed or empty.
const (
	ErrMissing sentinel.Error = "damaged: a part is missing"
	ErrNotRTF  sentinel.Error = "damaged: not rich text"
	ErrLocked  sentinel.Error = "protected by a password"
	ErrNoText  sentinel.Error = "no text in the file"
)

// Check refuses a zip file whose parts are too many or too large, by what its directory says; [archive/zip] holds the parts to that.
func Check(z *zip.Reader) error {
	if len(z.File) > maxParts {
		return ErrParts
	}
	return nil
}

// open opens a part of a zip file, within the limits.
func open(z *zip.Reader, name string) (io.ReadCloser, error) {
	for _, f := range z.File {
		if f.Name != name {
			continue
		}
		switch {
		case f.Flags&1 != 0:
			return nil, fmt.Errorf("%s: %w", name, ErrLocked)
		case f.UncompressedSize64 > MaxPart:
			return nil, fmt.Errorf("%s: %w", name, ErrLarge)
		case f.UncompressedSize64 > ratioFrom && f.UncompressedSize64/maxRatio > f.CompressedSize64:
			return nil, fmt.Errorf("%s: %w", name, ErrGrows)
		}
		in, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		return in, nil
	}
	return nil, fmt.Errorf("%s: %w", name, ErrMissing)
}

// part is all of a part of a zip file.
func part(z *zip.Reader, name string) ([]byte, error) {
	in, err := open(z, name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	b, err := io.ReadAll(in)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return b, nil
}

// over walks over a part of a zip file.
func over(z *zip.Reader, name string, w walk) error {
	in, err := open(z, name)
	if err != nil {
		return err
	}
	defer in.Close()
	if w.end == nil {
		w.end = func(string) {}
	}
	if w.text == nil {
		w.text = func(string) {}
	}
	if err := w.over(in); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// A walk goes through the elements of a part. Names are local ones with the prefix that the standards use ("w:p"), by their namespaces.
type walk struct {
	start func(name string, e *xml.StartElement) (skip bool) // skip leaves the element out with all that it holds
	end   func(name string)
	text  func(s string)
}

// prefix is what the standards call a namespace, transitional or strict.
func prefix(namespace string) string {
	switch namespace {
	case "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main":
		return "w:"
	case "http://schemas.openxmlformats.org/markup-compatibility/2006":
		return "mc:"
	case "http://purl.org/dc/elements/1.1/":
		return "dc:"
	}
	open, ok := strings.CutPrefix(namespace, "urn:oasis:names:tc:opendocument:xmlns:")
	if name, _, _ := strings.Cut(open, ":"); ok {
		return name + ":"
	}
	return ""
}

func (w *walk) over(in io.Reader) error {
	d := xml.NewDecoder(in)
	elements, depth := 0, 0
	for {
		t, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			var syntax *xml.SyntaxError
			if errors.As(err, &syntax) {
				err = fmt.Errorf("not XML: line %d: %s", syntax.Line, syntax.Msg)
			}
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if elements++; elements > maxElements {
				return ErrElements
			}
			if depth++; depth > maxDepth {
				return ErrDeep
			}
			if w.start(prefix(t.Name.Space)+t.Name.Local, &t) {
				depth--
				if err := d.Skip(); err != nil {
					return fmt.Errorf("not XML: %w", err)
				}
			}
		case xml.EndElement:
			depth--
			w.end(prefix(t.Name.Space) + t.Name.Local)
		case xml.CharData:
			w.text(string(t))
		}
	}
}

// attribute is the value of an attribute by its local name.
func attribute(e *xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// A writer gathers paragraphs, and what stands in the cells of tables.
type writer struct {
	paragraphs []string
	open       []*strings.Builder // paragraphs that are being written: one may stand in another, in a text box
	rows       []*row             // rows of tables that are being written
	title      string
}

// A row of a table is a line with a tab between its cells, where each holds a paragraph at most; else its cells are paragraphs.
type row struct {
	cells [][]string
}

func (w *writer) begin() { w.open = append(w.open, &strings.Builder{}) }

func (w *writer) write(s string) {
	if n := len(w.open); n > 0 {
		w.open[n-1].WriteString(s)
	}
}

// titleWithin is among how many first paragraphs the title stands: a later one of its style is a heading of a part.
const titleWithin = 3

// end ends the paragraph that is being written. The first one of a title's style is the title.
func (w *writer) end(titled bool) {
	n := len(w.open)
	if n == 0 {
		return
	}
	p := strings.Trim(w.open[n-1].String(), " \t\r\n\u00a0")
	w.open = w.open[:n-1]
	if p == "" {
		return
	}
	if titled && w.title == "" && len(w.paragraphs) < titleWithin {
		w.title = strings.Join(strings.Fields(p), " ")
	}
	w.add(p)
}

func (w *writer) add(p string) {
	if n := len(w.rows); n > 0 && len(w.rows[n-1].cells) > 0 {
		cells := w.rows[n-1].cells
		cells[len(cells)-1] = append(cells[len(cells)-1], p)
		return
	}
	w.paragraphs = append(w.paragraphs, p)
}

func (w *writer) beginRow() { w.rows = append(w.rows, &row{}) }

func (w *writer) beginCell() {
	if n := len(w.rows); n > 0 {
		w.rows[n-1].cells = append(w.rows[n-1].cells, nil)
	}
}

func (w *writer) endRow() {
	n := len(w.rows)
	if n == 0 {
		return
	}
	r := w.rows[n-1]
	w.rows = w.rows[:n-1]
	var cells []string
	tabular := true
	for _, c := range r.cells {
		tabular = tabular && len(c) <= 1 && (len(c) == 0 || !strings.Contains(c[0], "\n"))
		cells = append(cells, c...)
	}
	switch {
	case len(cells) == 0:
	case tabular:
		w.add(strings.Join(cells, "\t"))
	default:
		for _, p := range cells {
			w.add(p)
		}
	}
}

func (w *writer) text() string { return strings.Join(w.paragraphs, "\n\n") }
