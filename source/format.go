package source

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/source/feed"
	"github.com/onrecord/onrecord/source/office"
	"github.com/onrecord/onrecord/source/pdf"
	"github.com/onrecord/onrecord/source/warc"
	"github.com/onrecord/onrecord/source/wire"
)

// A format is a kind of file that articles are read from. Everything that depends on the kind stands here: what is told to people
// ([Extensions], refusals, help, README) is made from this table.
type format struct {
	extensions []string // of file names, in lower case
	gzip       bool     // may be compressed, with .gz behind the extension
	// archive says that it is read from many places of the file (reader.at), not from its beginning to its end.
	archive bool
	// begins says whether standard input that begins so, after white space and marks, is of the format: of all that do, the last in
	// the table. Nil where it cannot be told.
	begins func(head []byte) bool
	// sure says so of any file, whatever its name says. Nil where the name decides.
	sure func(head []byte) bool
	// member is, of formats that are zip files, the part that only they have.
	member string
	read   func(*reader)
}

var formats = []format{
	{extensions: []string{".txt"}, gzip: true, read: (*reader).text, begins: func([]byte) bool { return true }},
	{extensions: []string{".html", ".htm", ".xhtml"}, gzip: true, read: (*reader).html, begins: isMarkup, sure: isPage},
	{extensions: []string{".json"}, gzip: true, read: (*reader).json, begins: startsWith("[", "{"), sure: isJSON},
	{extensions: []string{".jsonl"}, gzip: true, read: (*reader).lines, begins: startsWith("{"), sure: isJSONLines},
	{extensions: []string{".xml"}, gzip: true, read: (*reader).xml, begins: wire.IsXML, sure: isXML},
	{extensions: []string{".rss", ".atom", ".opml"}, gzip: true, read: (*reader).feed, begins: feed.Is, sure: feed.Is},
	{extensions: []string{".vtt", ".srt"}, gzip: true, read: (*reader).captions, begins: isCaptions, sure: isCaptions},
	{extensions: []string{".eml", ".mhtml", ".mht"}, gzip: true, read: (*reader).mail, begins: isMail, sure: isMail},
	{extensions: []string{".mbox"}, gzip: true, read: (*reader).mailbox, begins: isMailbox, sure: isMailbox},
	{extensions: []string{".csv", ".tsv"}, gzip: true, read: (*reader).table, begins: isTable, sure: isTable},
	{extensions: []string{".url", ".webloc"}, read: (*reader).addresses, begins: isAddresses, sure: isAddresses},
	{extensions: []string{".rtf"}, gzip: true, read: (*reader).richText, begins: office.IsRTF, sure: office.IsRTF},
	{extensions: []string{".docx"}, member: "word/document.xml", read: (*reader).word},
	{extensions: []string{".odt"}, member: "content.xml", read: (*reader).openDocument},
	{extensions: []string{".epub"}, member: "META-INF/container.xml", read: (*reader).book},
	{extensions: []string{".xlsx"}, member: "xl/workbook.xml", read: (*reader).workbook},
	{extensions: []string{".pdf"}, read: (*reader).pdf, begins: startsWith(pdf.Mark), sure: startsWith(pdf.Mark)},
	{extensions: []string{".warc"}, gzip: true, archive: true, read: (*reader).warc, begins: startsWith("WARC/1."), sure: startsWith("WARC/1.")},
	{extensions: []string{".arc"}, gzip: true, archive: true, read: (*reader).arc, begins: startsWith(warc.ARCMark), sure: startsWith(warc.ARCMark)},
	{extensions: []string{".wacz"}, archive: true, read: (*reader).wacz},
}

func startsWith(marks ...string) func([]byte) bool {
	return func(head []byte) bool {
		return slices.ContainsFunc(marks, func(mark string) bool { return bytes.HasPrefix(head, []byte(mark)) })
	}
}

// Extensions says which files are read, in words: ".txt, .html, ..., .gz of these, and .wacz".
func Extensions() string {
	var zipped, plain []string
	for _, f := range formats {
		if f.gzip {
			zipped = append(zipped, f.extensions...)
		} else {
			plain = append(plain, f.extensions...)
		}
	}
	return fmt.Sprintf("%s, .gz of these, and %s", strings.Join(zipped, ", "), strings.Join(plain, ", "))
}

// formatOf is the format of a file by its name; nil where it is none that is read.
func formatOf(file string) *format {
	name := strings.ToLower(filepath.Base(file))
	unzipped, zipped := strings.CutSuffix(name, ".gz")
	extension := filepath.Ext(unzipped)
	for i := range formats {
		if f := &formats[i]; slices.Contains(f.extensions, extension) && (f.gzip || !zipped) {
			return f
		}
	}
	return nil
}

// isMarkup says whether a file begins as HTML does, and not as the bookmarks of a browser.
func isMarkup(head []byte) bool { return bytes.HasPrefix(head, []byte("<")) && !isBookmarks(head) }

// isPage says whether a file begins as a page of HTML does: pages are saved under any name.
func isPage(head []byte) bool {
	head = bytes.ToLower(head)
	return bytes.HasPrefix(head, []byte("<!doctype html")) || bytes.HasPrefix(head, []byte("<html"))
}

// isXML says whether a file begins as one of XML that is read.
func isXML(head []byte) bool { return bytes.HasPrefix(head, []byte("<")) && wire.IsXML(head) }

// isZip says whether a file begins as a zip file.
func isZip(head []byte) bool { return bytes.HasPrefix(head, []byte("PK\x03\x04")) }

// formatOfZip is the format of a zip file by its parts; nil where they are of none that is read.
func formatOfZip(z *zip.Reader) *format {
	for i := range formats {
		f := &formats[i]
		if f.member != "" && slices.ContainsFunc(z.File, func(m *zip.File) bool { return m.Name == f.member }) {
			return f
		}
	}
	if slices.ContainsFunc(z.File, inArchive) {
		return formatOf("archive.wacz")
	}
	return nil
}

// isDocument says whether a zip file is of a format that is read.
func isDocument(in io.ReaderAt, size int64) bool {
	z, err := zip.NewReader(in, size)
	return err == nil && formatOfZip(z) != nil
}

// sniff is the format of standard input by its first bytes.
func sniff(head []byte) *format {
	head = bare(head)
	found := &formats[0]
	for i := range formats {
		if f := &formats[i]; f.begins != nil && f.begins(head) {
			found = f
		}
	}
	return found
}

// sureOf is the format that a file is of by its first bytes, whatever its name; nil where they do not tell.
func sureOf(head []byte) (found *format) {
	head = bare(head)
	for i := range formats {
		if f := &formats[i]; f.sure != nil && f.sure(head) {
			found = f
		}
	}
	return found
}

// told is the format of a file whose name says f (nil for none), by its first bytes: they go before a name that they do not bear out.
func (f *format) told(head []byte) *format {
	if f != nil && f != &formats[0] && f.begins != nil && f.begins(bare(head)) {
		return f
	}
	if sure := sureOf(head); sure != nil {
		return sure
	}
	if f == nil {
		return sniff(head)
	}
	return f
}

// bare are the first bytes of a file without what may stand before its first sign.
func bare(head []byte) []byte {
	if isUTF16(head) {
		head = bytes.ReplaceAll(head[2:], []byte{0}, nil) // good enough for marks in ASCII
	}
	return bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
}
