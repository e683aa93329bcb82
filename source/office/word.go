package office

import (
	"archive/zip"
	"encoding/xml"
	"strings"

	"github.com/onrecord/onrecord"
)

// Word reads a file of Word (.docx).
func Word(z *zip.Reader) (*onrecord.Article, error) {
	var w writer
	titled, said := false, 0 // the paragraph's style is a title's; depth of elements whose characters are text
	err := over(z, "word/document.xml", walk{
		start: func(name string, e *xml.StartElement) bool {
			switch name {
			case "w:del", "w:moveFrom", "mc:Fallback", "w:sectPr", "w:rPr":
				return true
			case "w:p":
				w.begin()
				titled = false
			case "w:pStyle":
				titled = titled || isTitle(attribute(e, "val"))
			case "w:t":
				said++
			case "w:tab":
				w.write("\t")
			case "w:br", "w:cr":
				w.write("\n")
			case "w:noBreakHyphen":
				w.write("-")
			case "w:tabs": // where tabs stop, not tabs
				return true
			case "w:tr":
				w.beginRow()
			case "w:tc":
				w.beginCell()
			}
			return false
		},
		end: func(name string) {
			switch name {
			case "w:p":
				w.end(titled)
			case "w:t":
				said--
			case "w:tr":
				w.endRow()
			}
		},
		text: func(s string) {
			if said > 0 {
				w.write(s)
			}
		},
	})
	if err != nil {
		return nil, err
	}
	return w.article()
}

// isTitle says whether a style is a title's by its name, as Word and LibreOffice keep them whatever the language of their menus.
func isTitle(style string) bool {
	switch strings.ToLower(strings.ReplaceAll(style, "_20_", "")) {
	case "title", "heading1", "headline":
		return true
	}
	return false
}

func (w *writer) article() (*onrecord.Article, error) {
	a := &onrecord.Article{Title: w.title, Text: w.text()}
	if strings.TrimSpace(a.Text) == "" {
		return nil, ErrNoText
	}
	return a, nil
}
