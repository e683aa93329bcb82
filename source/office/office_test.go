package office

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
)

// zipped is a zip file of parts.
func zipped(t testing.TB, parts map[string]string) *zip.Reader {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func word(body string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>` + body + `</w:body></w:document>`
}

func openText(body string) string {
	return `<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0">
<office:automatic-styles><style:style style:name="P1" style:parent-style-name="Title"/><style:style style:name="P2" style:parent-style-name="Text_20_body"/></office:automatic-styles><office:body><office:text>` + body + `</office:text></office:body></office:document-content>`
}

// TestDocuments reads bodies of files of word processors: what of each is the text.
func TestDocuments(t *testing.T) {
	ofWord := func(s string) (*onrecord.Article, error) {
		return Word(zipped(t, map[string]string{"word/document.xml": word(s)}))
	}
	ofOpen := func(s string) (*onrecord.Article, error) {
		return OpenDocument(zipped(t, map[string]string{"content.xml": openText(s)}))
	}
	ofRTF := func(s string) (*onrecord.Article, error) { return RTF([]byte(s)) }
	for _, c := range []struct {
		name        string
		read        func(string) (*onrecord.Article, error)
		in          string
		title, text string
	}{
		{
			"runs, tabs, breaks", ofWord, `<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t xml:space="preserve">The lamp </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>is</w:t><w:tab/><w:t>dark</w:t><w:br/><w:t>today.</w:t></w:r></w:p><w:p/><w:p><w:r><w:t>“No,” said Tove Harr.</w:t></w:r></w:p>`,
			"", "The lamp is\tdark\ntoday.\n\n“No,” said Tove Harr.",
		},
		{
			"changes that were tracked", ofWord, `<w:p><w:r><w:t xml:space="preserve">She </w:t></w:r><w:del><w:r><w:delText>denied</w:delText><w:t>denied</w:t></w:r></w:del><w:ins><w:r><w:t>confirmed</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> it.</w:t></w:r></w:p><w:moveFrom><w:p><w:r><w:t>Old.</w:t></w:r></w:p></w:moveFrom>`,
			"", "She confirmed it.",
		},
		{"a title's style", ofWord, `<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Lamp dark</w:t></w:r></w:p><w:p><w:r><w:t>It is.</w:t></w:r></w:p>`, "Lamp dark", "Lamp dark\n\nIt is."},
		{"a heading far down", ofWord, strings.Repeat(`<w:p><w:r><w:t>It is.</w:t></w:r></w:p>`, 3) + `<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Who pays</w:t></w:r></w:p>`, "", "It is.\n\nIt is.\n\nIt is.\n\nWho pays"},
		{"a table", ofWord, `<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Year</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Ships</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>One.</w:t></w:r></w:p><w:p><w:r><w:t>Two.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>`, "", "Year\tShips\n\nOne.\n\nTwo."},
		{"a text box and what stands in for it", ofWord, `<w:p><w:r><w:t>Before.</w:t></w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>In the box.</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:p>`, "", "In the box.\n\nBefore."},
		{"a field and its code", ofWord, `<w:p><w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r><w:r><w:t>Orm</w:t></w:r></w:p>`, "", "Orm"},

		{"spaces, tabs, notes", ofOpen, `<text:p text:style-name="P1">Lamp<text:s/>dark</text:p><text:p text:style-name="P2">The  lamp
	is<text:s text:c="3"/><text:span>dark</text:span><text:tab/>now<text:line-break/>and then<text:note><text:note-body><text:p>A note.</text:p></text:note-body></text:note>.</text:p>`, "Lamp dark", "Lamp dark\n\nThe lamp is   dark\tnow\nand then."},
		{"changes that were tracked", ofOpen, `<text:tracked-changes><text:changed-region><text:deletion><text:p>She denied it.</text:p></text:deletion></text:changed-region></text:tracked-changes><text:h text:outline-level="1">Lamp</text:h><text:p>She confirmed it.</text:p><office:annotation><text:p>Sure?</text:p></office:annotation>`, "Lamp", "Lamp\n\nShe confirmed it."},
		{"a table", ofOpen, `<table:table><table:table-row><table:table-cell><text:p>Year</text:p></table:table-cell><table:table-cell><text:p>Ships</text:p></table:table-cell></table:table-row></table:table>`, "", "Year\tShips"},

		{"signs and code pages", ofRTF, `{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset0 Arial;}{\f1\fcharset204 Cyr;}}{\colortbl;\red0\green0\blue0;}
\pard\f0 The caf\'e9 is \ldblquote dark\rdblquote\~\endash  so.\par
{\f1\'cb\'e0\'ec\'ef\'e0}\par \u8220?Hm,\u8221? \{she\} said.\line Next \u-10179?\u-8908?.}`, "", "The café is “dark”\u00a0– so.\n\nЛампа\n\n“Hm,” {she} said.\nNext 🔴."},
		{"destinations, hidden and deleted text", ofRTF, `{\rtf1{\info{\title Old}}{\*\generator X;}{\header Page}{\footnote note}Seen{\v hidden}{\deleted gone} text{\field{\*\fldinst HYPERLINK "x"}{\fldrslt  here}}.{\pict 0102}\par{\bin3 abc}}`, "", "Seen text here."},
		{"a table", ofRTF, `{\rtf1\trowd\cellx1\cellx2\pard\intbl Year\cell Ships\cell\row\trowd\pard\intbl 2030\cell 12\cell\row\pard After.\par}`, "", "Year\tShips\n\n2030\t12\n\nAfter."},
		{"two characters stand in", ofRTF, `{\rtf1\uc2 A\u8212\'a1\'aaB {\uc0 \u233 x}}`, "", "A—B éx"},
		{"cut", ofRTF, `{\rtf1 The lamp is {\b dark`, "", "The lamp is dark"},
		{"breaks of lines of the file", ofRTF, "{\\rtf1 The la\r\nmp.\\\nNext}", "", "The lamp.\n\nNext"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := c.read(c.in)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]string{c.title, c.text}, []string{a.Title, a.Text}); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestLimits refuses what would take too much, or is no such file.
func TestLimits(t *testing.T) {
	ofWord := func(document string) error {
		_, err := Word(zipped(t, map[string]string{"word/document.xml": document}))
		return err
	}
	for _, c := range []struct {
		name string
		err  error
		want error
	}{
		{"a part that grows", ofWord(word(strings.Repeat(" ", 8<<20))), ErrGrows},
		{"a large part", ofWord(strings.Repeat("x", MaxPart+1)), ErrLarge},
		{"deep", ofWord(word(strings.Repeat("<w:p>", maxDepth+1))), ErrDeep},
		{"many", (&walk{start: func(string, *xml.StartElement) bool { return false }, end: func(string) {}}).over(strings.NewReader("<p>" + strings.Repeat("<p/>", maxElements))), ErrElements},
		{"no text", ofWord(word("<w:p/>")), ErrNoText},
		{"deep groups", func() error { _, err := RTF([]byte(rtfMark + strings.Repeat("{", maxDepth+1))); return err }(), ErrDeep},
		{"no part", func() error { _, err := OpenDocument(zipped(t, nil)); return err }(), ErrMissing},
	} {
		if !errors.Is(c.err, c.want) {
			t.Errorf("%s: %v", c.name, c.err)
		}
	}
	if err := ofWord("<w:document"); err == nil || !strings.HasPrefix(err.Error(), "word/document.xml: not XML: line 1") {
		t.Errorf("cut XML: %v", err)
	}
	for err, limit := range map[error]int{ErrLarge: MaxPart >> 20, ErrGrows: maxRatio, ErrParts: maxParts, ErrDeep: maxDepth, ErrElements: maxElements} {
		if !strings.Contains(err.Error(), fmt.Sprintf(" %d", limit)) {
			t.Errorf("%v: the limit is %d", err, limit)
		}
	}
	parts := map[string]string{}
	for i := range maxParts + 1 {
		parts[fmt.Sprint(i)] = ""
	}
	if err := Check(zipped(t, parts)); !errors.Is(err, ErrParts) {
		t.Errorf("many parts: %v", err)
	}
}

// bookParts are the parts of an electronic book.
func bookParts(chapters map[string]string) map[string]string {
	parts := map[string]string{"META-INF/container.xml": `<container><rootfiles><rootfile full-path="OEBPS/p.opf"/></rootfiles></container>`}
	items, refs := "", ""
	for _, name := range slices.Sorted(maps.Keys(chapters)) {
		parts["OEBPS/"+name] = chapters[name]
		items += `<item id="` + name + `" href="` + name + `" media-type="application/xhtml+xml"/>`
		refs += `<itemref idref="` + name + `"/>`
	}
	parts["OEBPS/p.opf"] = `<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:identifier>b1</dc:identifier><dc:publisher>Orm Times</dc:publisher><dc:creator>Orm Times</dc:creator><dc:date>2031-03-04</dc:date><dc:language>en</dc:language></metadata><manifest><item id="css" href="a.css" media-type="text/css"/>` + items + `</manifest><spine>` + refs + `</spine></package>`
	return parts
}

func TestBook(t *testing.T) {
	long := "The lamp of Orm will be dark until the spring, said Tove Harr, who keeps it. " + strings.Repeat("Nobody knows who pays. ", 8)
	articles, err := Book(zipped(t, bookParts(map[string]string{
		"a.xhtml": `<html><head><title>Cover</title></head><body><h1>The Orm Times</h1></body></html>`,
		"b.xhtml": `<html><head><title>x</title></head><body><h1>Lamp <i>dark</i></h1><p>` + long + `</p><script>x()</script></body></html>`,
	})))
	if err != nil {
		t.Fatal(err)
	}
	want := []*onrecord.Article{{ExternalID: "b1#OEBPS/b.xhtml", Outlet: "Orm Times", Title: "Lamp dark", Language: "en", Published: onrecord.Published{Value: "2031-03-04", Precision: "day", Basis: "given"}, Text: "Lamp dark\n\n" + strings.TrimSpace(long)}}
	if diff := cmp.Diff(want, articles); diff != "" {
		t.Error(diff)
	}
	if _, err := Book(zipped(t, bookParts(nil))); !errors.Is(err, ErrNoText) {
		t.Error(err)
	}
}

func workbookParts(sheet string) map[string]string {
	return map[string]string{
		"xl/workbook.xml":            `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="One" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/sharedStrings.xml":       `<sst><si><t>text</t></si><si><r><t>The lamp </t></r><r><t>is dark.</t></r><rPh><t>x</t></rPh></si></sst>`,
		"xl/styles.xml":              `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy"/><numFmt numFmtId="171" formatCode="0 &quot;days&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>`,
		"xl/worksheets/sheet1.xml":   `<worksheet><sheetData>` + sheet + `</sheetData></worksheet>`,
	}
}

func TestExcel(t *testing.T) {
	sheet := `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>day</t></is></c></row>
<row r="4"><c r="A4" t="s"><v>1</v></c><c r="C4" s="1"><v>47911</v></c><c s="2"><v>47911.5</v></c><c s="3"><v>12</v></c><c t="str"><f>A1</f><v>x</v></c><c t="s"><v>-1</v></c><c t="e"><v>#REF!</v></c></row>`
	var got []Row
	for r, err := range Excel(zipped(t, workbookParts(sheet))) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, r)
	}
	want := []Row{{"One", 1, []string{"text", "", "day"}}, {"One", 4, []string{"The lamp is dark.", "", "2031-03-04", "2031-03-04T12:00:00", "12", "x", "", ""}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// one checks that a reader gave an article with a text or an error.
func one(t *testing.T, a *onrecord.Article, err error) {
	if (a == nil) == (err == nil) || a != nil && strings.TrimSpace(a.Text) == "" {
		t.Fatalf("%+v, %v", a, err)
	}
}

func FuzzWord(f *testing.F) {
	f.Add(word(`<w:p><w:r><w:t>a</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>`))
	f.Fuzz(func(t *testing.T, s string) {
		a, err := Word(zipped(t, map[string]string{"word/document.xml": s}))
		one(t, a, err)
	})
}

func FuzzOpenDocument(f *testing.F) {
	f.Add(openText(`<text:p text:style-name="P1">a<text:s text:c="3"/></text:p><table:table-row><table:table-cell/></table:table-row>`))
	f.Fuzz(func(t *testing.T, s string) {
		a, err := OpenDocument(zipped(t, map[string]string{"content.xml": s}))
		one(t, a, err)
	})
}

func FuzzRTF(f *testing.F) {
	f.Add([]byte(`{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset204 A;}}\f0\'e9\u-10179?\uc2\trowd a\cell\row\bin3 abc\par{\*\x y}\~\v0}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		a, err := RTF(b)
		one(t, a, err)
		if a != nil && strings.ToValidUTF8(a.Text, "") != a.Text {
			t.Fatal("not UTF-8")
		}
	})
}

func FuzzExcel(f *testing.F) {
	parts := workbookParts(`<row r="4"><c r="A4" t="s"><v>1</v></c><c r="C4" s="1"><v>47911</v></c></row>`)
	f.Add(parts["xl/worksheets/sheet1.xml"], parts["xl/sharedStrings.xml"], parts["xl/styles.xml"])
	f.Fuzz(func(t *testing.T, sheet, shared, styles string) {
		parts := workbookParts("")
		parts["xl/worksheets/sheet1.xml"], parts["xl/sharedStrings.xml"], parts["xl/styles.xml"] = sheet, shared, styles
		last := 0
		for r, err := range Excel(zipped(t, parts)) {
			if err == nil && (r.Line <= last || len(r.Cells) > maxColumns) {
				t.Fatalf("line %d after %d, %d cells", r.Line, last, len(r.Cells))
			}
			last = r.Line
		}
	})
}

func FuzzBook(f *testing.F) {
	parts := bookParts(map[string]string{"a.xhtml": "<h1>a</h1><p>b"})
	f.Add(parts["META-INF/container.xml"], parts["OEBPS/p.opf"], parts["OEBPS/a.xhtml"])
	f.Fuzz(func(t *testing.T, container, pack, chapter string) {
		articles, err := Book(zipped(t, map[string]string{"META-INF/container.xml": container, "OEBPS/p.opf": pack, "OEBPS/a.xhtml": chapter}))
		if (len(articles) == 0) == (err == nil) {
			t.Fatalf("%d articles, %v", len(articles), err)
		}
		for _, a := range articles {
			one(t, a, nil)
		}
	})
}
