package office

import (
	"archive/zip"
	"encoding/xml"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord"
)

// maxSpaces is how many spaces in a row are written of those that an element stands for.
const maxSpaces = 100

// OpenDocument reads a file of text of OpenDocument (.odt).
func OpenDocument(z *zip.Reader) (*onrecord.Article, error) {
	o := openDocument{titles: map[string]bool{}}
	err := over(z, "content.xml", walk{start: o.start, end: o.end, text: func(s string) {
		if o.body {
			o.write(collapsed(s))
		}
	}})
	if err != nil {
		return nil, err
	}
	return o.article()
}

// An openDocument is one that is being read.
type openDocument struct {
	writer
	body   bool            // within office:text
	titles map[string]bool // the document's own styles that are made from a title's
	titled bool
}

func (o *openDocument) start(name string, e *xml.StartElement) bool {
	switch name {
	case "style:style":
		o.titles[attribute(e, "name")] = isTitle(attribute(e, "parent-style-name"))
	case "office:text":
		o.body = true
	case "text:tracked-changes", "office:annotation", "office:annotation-end", "text:note", "text:sequence-decls", "office:forms",
		"text:ruby-text", "text:table-of-content", "svg-compatible:title", "svg-compatible:desc":
		return true
	case "text:p", "text:h":
		o.begin()
		style := attribute(e, "style-name")
		o.titled = o.titles[style] || isTitle(style) || name == "text:h" && attribute(e, "outline-level") == "1"
	case "text:s":
		n, err := strconv.Atoi(attribute(e, "c"))
		if err != nil {
			n = 1
		}
		o.write(strings.Repeat(" ", min(max(n, 0), maxSpaces)))
	case "text:tab":
		o.write("\t")
	case "text:line-break":
		o.write("\n")
	case "table:table-row":
		o.beginRow()
	case "table:table-cell":
		o.beginCell()
	}
	return false
}

func (o *openDocument) end(name string) {
	switch name {
	case "office:text":
		o.body = false
	case "text:p", "text:h":
		o.writer.end(o.titled)
	case "table:table-row":
		o.endRow()
	}
}

// collapsed is text with its white space as the standard reads it: each run of it is one space.
func collapsed(s string) string {
	if !strings.ContainsAny(s, "\t\r\n") && !strings.Contains(s, "  ") {
		return s
	}
	var b strings.Builder
	space := false
	for _, c := range s {
		if c == ' ' || c == '\t' || c == '\r' || c == '\n' {
			if !space {
				b.WriteByte(' ')
			}
			space = true
			continue
		}
		space = false
		b.WriteRune(c)
	}
	return b.String()
}
