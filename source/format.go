package source

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

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
	read   func(*reader)
}

var formats = []format{
	{extensions: []string{".txt"}, gzip: true, read: (*reader).text, begins: func([]byte) bool { return true }},
	{extensions: []string{".html", ".htm", ".xhtml"}, gzip: true, read: (*reader).html, begins: startsWith("<")},
	{extensions: []string{".json"}, gzip: true, read: (*reader).json, begins: startsWith("[")},
	{extensions: []string{".jsonl"}, gzip: true, read: (*reader).lines, begins: startsWith("{")},
	{extensions: []string{".xml"}, gzip: true, read: (*reader).xml, begins: wire.IsXML},
	{extensions: []string{".vtt", ".srt"}, gzip: true, read: (*reader).captions, begins: isCaptions},
	{extensions: []string{".eml", ".mhtml", ".mht"}, gzip: true, read: (*reader).mail, begins: isMail},
	{extensions: []string{".warc"}, gzip: true, archive: true, read: (*reader).warc, begins: startsWith("WARC/1.")},
	{extensions: []string{".wacz"}, archive: true, read: (*reader).wacz},
}

func startsWith(mark string) func([]byte) bool {
	return func(head []byte) bool { return bytes.HasPrefix(head, []byte(mark)) }
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

// isPage says whether a file that its name says nothing of begins as a page of HTML does: pages are saved under any name.
func isPage(head []byte) bool {
	head = bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n"))
	return bytes.HasPrefix(head, []byte("<!doctype html")) || bytes.HasPrefix(head, []byte("<html"))
}

// pageFormat is the format of pages.
func pageFormat() *format { return formatOf("page.html") }

// sniff is the format of standard input by its first bytes.
func sniff(head []byte) *format {
	if isUTF16(head) {
		head = bytes.ReplaceAll(head[2:], []byte{0}, nil) // good enough for marks in ASCII
	}
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
	found := &formats[0]
	for i := range formats {
		if f := &formats[i]; f.begins != nil && f.begins(head) {
			found = f
		}
	}
	return found
}
