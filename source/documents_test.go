package source

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/source/pdf"
)

// zipOf is a zip file of parts, given as names each with its content.
func zipOf(t testing.TB, parts map[string]string) string {
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
	return b.String()
}

// pdfOf is a PDF file of one page with a content.
func pdfOf(content string) string {
	return fmt.Sprintf(`%%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Contents 4 0 R /Resources <</Font <</F 5 0 R>> /XObject <</I 6 0 R>>>>>> endobj
4 0 obj <</Length %d>> stream
%s
endstream endobj
5 0 obj <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>> endobj
6 0 obj <</Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1>> stream
a
endstream endobj
trailer <</Root 1 0 R>>
%%%%EOF
`, len(content), content)
}

const (
	pdfText = `BT /F 20 Tf 50 350 Td (Lamp dark) Tj /F 10 Tf 0 -40 Td (The lamp of Orm will be dark until the) Tj 0 -12 Td (spring, said Tove Harr.) Tj 0 -30 Td (Nobody pays.) Tj ET`
	pdfScan = `q 400 0 0 400 0 0 cm /I Do Q`

	wordXML  = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Lamp dark</w:t></w:r></w:p><w:p><w:r><w:t>No.</w:t></w:r></w:p></w:body></w:document>`
	openXML  = `<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text><text:p>The lamp is dark.</text:p></office:text></office:body></office:document-content>`
	sheetXML = `<worksheet><sheetData><row r="1"><c t="str"><v>Headline</v></c><c t="str"><v>Full text</v></c></row><row r="2"><c t="str"><v>Lamp</v></c><c t="str"><v>It is dark.</v></c></row></sheetData></worksheet>`
)

// TestFormats reads a folder with files of all formats, under names that say what they are and under others: each is read, listed,
// refused with a reason or passed over.
func TestFormats(t *testing.T) {
	const cut = "PK\x03\x04 and no more"
	word := zipOf(t, map[string]string{"word/document.xml": wordXML})
	open := zipOf(t, map[string]string{"content.xml": openXML})
	excel := zipOf(t, map[string]string{
		"xl/workbook.xml":            `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="One" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Target="/xl/s.xml"/></Relationships>`, "xl/s.xml": sheetXML,
	})
	book := zipOf(t, map[string]string{
		"META-INF/container.xml": `<container><rootfiles><rootfile full-path="p.opf"/></rootfiles></container>`,
		"p.opf":                  `<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>`,
		"a.xhtml":                `<html><body><h1>Lamp</h1><p>It is dark.</p></body></html>`,
	})
	const mail = "From: Tove Harr <tove@orm.example>\nDate: Tue, 4 Mar 2031 10:05:00 +0100\nSubject: Lamp\n\n"
	const box = "From tove@orm.example Tue Mar  4 10:05:00 2031\n" + mail + "The lamp is dark.\n>From March on.\n\nFrom ned@orm.example Tue Mar  4 11:05:00 2031\n" + mail + "Who pays?\n"
	const table = "Title;Full text;Date\nLamp;\"The lamp\nis dark.\";2031-03-04\n;;\nNext;;\n"
	const list = "# to read\nhttps://times.example/lamp\n\nhttps://times.example/ferry\n"
	block := "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + ferryPage
	arc := fmt.Sprintf("filedesc://a.arc 0.0.0.0 20310301000000 text/plain 12\n1 0 Orm\nURL\n\nhttps://orm.example/ferry 127.0.0.1 20310301000000 text/html %d\n%s\n", len(block), block)
	files := map[string]string{
		"a.docx": word, "b.odt": open, "c.xlsx": excel, "d.epub": book, "e.pdf": pdfOf(pdfText), "f.rtf": `{\rtf1 The lamp is dark.}`, "g.mbox": box,
		"h.csv": table, "i.url": "[InternetShortcut]\r\nURL=https://times.example/lamp\r\n", "k.arc": arc, "k.arc.gz": gz(arc[:strings.Index(arc, "https")]) + gz(arc[strings.Index(arc, "https"):]),
		"j.webloc":   `<?xml version="1.0"?><plist version="1.0"><dict><key>URL</key><string>https://times.example/lamp?a=1&amp;b=2</string></dict></plist>`,
		"l.tsv":      "url\tdate\nhttps://times.example/lamp\t2031-03-04\nnone\t\n",
		"m.csv":      "name,age\nTove,50\n",
		"marks.html": "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n<DT><A HREF=\"https://times.example/lamp\" ADD_DATE=\"1\">Lamp &amp; pier</A>\n<DT><A HREF=\"javascript:x()\">no</A>\n</DL>",

		"n.rss":   `<rss><channel><title>Orm Times</title><item><title>Lamp</title><link>https://times.example/lamp</link><description>Short.</description></item></channel></rss>`,
		"o.xml":   `<feed xmlns="http://www.w3.org/2005/Atom"><title>Orm Times</title><entry><title>Lamp</title><link href="https://times.example/lamp"/><content type="html">` + strings.Repeat("&lt;p>The lamp is dark.&lt;/p>", 30) + `</content></entry></feed>`,
		"p.json":  `{"version": "https://jsonfeed.org/version/1", "items": [{"url": "https://times.example/lamp", "summary": "Short."}]}`,
		"q.json":  `{"articles": [{"url": "https://times.example/lamp", "title": "Lamp", "seendate": "20310304T100500Z", "domain": "times.example"}]}`,
		"r.jsonl": `{"media_name": "Orm Times", "publish_date": "2031-03-04", "title": "Lamp", "url": "https://times.example/lamp"}` + "\n" + story,
		"s.csv":   strings.Repeat("x\t", 59) + "20310304100500\thttps://times.example/lamp\n" + strings.Repeat("x\t", 59) + "20310304100500\tBBC Monitoring\n",
		"t.xml":   "<urlset><url><loc>https://times.example/lamp</loc></url></urlset>", "u.opml": `<opml><body><outline xmlUrl="https://times.example/feed" text="Orm"/></body></opml>`, "v.rss": "<rss><channel/></rss>",

		// Other names than they should have.
		"word.txt": word, "word.doc": word, "open": open, "scan.pdf": pdfOf(pdfScan), "pdf.txt": pdfOf(pdfText), "rich.doc": `{\rtf1 The lamp is dark.}`,
		"box": box, "table.txt": table, "list.txt": list, "json.txt": story, "lines.dat": story + story, "cut.docx": cut, "cut.pdf": "%PDF-1.4\nno more", "plain.docx": "The lamp is dark.",
		"other.zip": zipOf(t, map[string]string{"a.txt": "x"}), "other.docx": zipOf(t, map[string]string{"a.txt": "x"}), "old.doc": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "film.mp4": "\x00\x00\x00\x18ftypmp42",
		"broken.docx": zipOf(t, map[string]string{"word/document.xml": "<w:document"}), "not.mbox": "The lamp is dark.", "empty.csv": "", "no.pdf": "The lamp is dark.",
	}
	dir := t.TempDir()
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got := map[string][]string{}
	add := func(file string, line int, what string) {
		if name := filepath.Base(file); line > 0 {
			got[name] = append(got[name], fmt.Sprintf("%d: %s", line, what))
		} else {
			got[name] = append(got[name], what)
		}
	}
	for item := range Paths(context.Background(), []string{dir}, nil) {
		switch {
		case item.Refusal != nil:
			add(item.Refusal.File, item.Refusal.Line, "refused: "+item.Refusal.Err.Error())
		case item.Passed != "":
			add(item.Passed, 0, "passed over")
		case item.Listed != nil:
			add(item.Listed.File, item.Listed.Line, "listed: "+strings.TrimSpace(item.Listed.URL+" "+item.Listed.Title+" "+item.Listed.Published.Value))
		default:
			add(item.Article.File, item.Article.Line, strings.Join([]string{item.Article.Title, item.Article.Published.Value, item.Article.Text}, "|"))
		}
	}
	const dark = "||The lamp is dark."
	pdfRead := "Lamp dark||Lamp dark\n\nThe lamp of Orm will be dark until the spring, said Tove Harr.\n\nNobody pays."
	boxRead := []string{"1: Lamp|2031-03-04T10:05:00+01:00|The lamp is dark.\nFrom March on.\n\n", "9: Lamp|2031-03-04T10:05:00+01:00|Who pays?\n"}
	tableRead := []string{"2: Lamp|2031-03-04|The lamp\nis dark.", "5: refused: text: empty"}
	arcRead := []string{"Ferry stays in port|2031-02-03T04:05:06Z|" + ferryText}
	want := map[string][]string{
		"n.rss": {"listed: https://times.example/lamp Lamp"}, "o.xml": {"Lamp||Lamp" + strings.Repeat("\n\nThe lamp is dark.", 30)}, "p.json": {"1: listed: https://times.example/lamp"},
		"q.json": {"1: listed: https://times.example/lamp Lamp 2031-03-04T10:05:00Z"}, "r.jsonl": {"1: listed: https://times.example/lamp Lamp 2031-03-04", "2: ||The boat left."},
		"s.csv": {"1: listed: https://times.example/lamp  2031-03-04", "2: refused: url: not a web address (http or https)"},
		"t.xml": {"listed: https://times.example/lamp"}, "u.opml": {"listed: https://times.example/feed Orm"}, "v.rss": {"refused: a feed without entries"},
		"a.docx": {"Lamp dark||Lamp dark\n\nNo."}, "word.txt": {"Lamp dark||Lamp dark\n\nNo."}, "word.doc": {"Lamp dark||Lamp dark\n\nNo."},
		"b.odt": {dark}, "open": {dark}, "c.xlsx": {"2: Lamp||It is dark."}, "d.epub": {"Lamp||Lamp\n\nIt is dark."}, "e.pdf": {pdfRead}, "pdf.txt": {pdfRead},
		"f.rtf": {dark}, "rich.doc": {dark}, "g.mbox": boxRead, "box": boxRead, "h.csv": tableRead, "table.txt": tableRead,
		"i.url": {"listed: https://times.example/lamp"}, "j.webloc": {"listed: https://times.example/lamp?a=1&b=2"}, "k.arc": arcRead, "k.arc.gz": arcRead,
		"l.tsv":      {"2: listed: https://times.example/lamp  2031-03-04", "3: refused: url: not a web address (http or https)"},
		"m.csv":      {"1: refused: " + errHeading.Error()},
		"marks.html": {"3: listed: https://times.example/lamp Lamp & pier"},
		"list.txt":   {"2: listed: https://times.example/lamp", "4: listed: https://times.example/ferry"},
		"json.txt":   {"1: ||The boat left."}, "lines.dat": {"1: ||The boat left.", "2: ||The boat left."},
		"scan.pdf": {"refused: " + pdf.ErrScanned.Error()}, "cut.docx": {"refused: corrupt zip file: zip: not a valid zip file"},
		"cut.pdf": {"refused: damaged PDF file: 3: incorrect format"}, "plain.docx": {"refused: " + errNotZip.Error()}, "no.pdf": {"refused: damaged PDF file: 3: incorrect format"},
		"other.zip": {"passed over"}, "other.docx": {"refused: " + errZip.Error()}, "old.doc": {"passed over"}, "film.mp4": {"passed over"},
		"broken.docx": {"refused: word/document.xml: not XML: line 1: unexpected EOF"},
		"not.mbox":    {"1: refused: damaged mailbox: no line that begins with From before the message"}, "empty.csv": {"refused: empty: nothing to read"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	all(t, []string{dir}, "") // bytes and ids
	for _, name := range []string{"a.docx", "e.pdf", "h.csv", "g.mbox"} {
		if articles, refused := all(t, []string{"-"}, files[name]); len(articles) == 0 {
			t.Errorf("%s on standard input: refused %q", name, refused)
		}
	}
}

// consume reads bytes as a file of a format, and checks what comes of it.
func consume(t *testing.T, name string, b []byte) {
	n := 0
	new(tools).read(context.Background(), name, formatOf(name), bytes.NewReader(b), -1, func(i Item) bool {
		n++
		if (i.Article != nil) == (i.Refusal != nil) && i.Listed == nil {
			t.Fatalf("%+v", i)
		}
		if a := i.Article; a != nil && (blank(a.Text) || strings.ToValidUTF8(a.Text, "") != a.Text || !strings.Contains(a.ID, onrecord.ArticleKind)) {
			t.Fatalf("%+v", a)
		}
		return true
	})
	if n == 0 {
		t.Fatal("nothing said of the input")
	}
}

func FuzzMailbox(f *testing.F) {
	f.Add([]byte("From a Tue Mar  4 10:05:00 2031\nFrom: a@orm.example\nSubject: x\n\n>From b\n\nFrom b Tue Mar  4 10:05:00 2031\n\nx"))
	f.Fuzz(func(t *testing.T, b []byte) { consume(t, "a.mbox", b) })
}

func FuzzTable(f *testing.F) {
	f.Add([]byte("text,date,\"t\"\"\"\n\"a\nb\",2031-03-04\n\"c"))
	f.Add([]byte("url\ttitle\nhttps://a.example\tx\n"))
	f.Fuzz(func(t *testing.T, b []byte) { consume(t, "a.csv", b) })
}

func FuzzAddresses(f *testing.F) {
	f.Add([]byte("#\nhttps://a.example\nx"))
	f.Add([]byte("<!DOCTYPE NETSCAPE-Bookmark-file-1><a href=https://a.example>x</a>"))
	f.Add([]byte("[InternetShortcut]\nURL=x"))
	f.Fuzz(func(t *testing.T, b []byte) { consume(t, "a.url", b) })
}
