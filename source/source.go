// Package source reads articles from where they are: files of text, HTML, JSON and XML, web archives, folders of them, standard
// input, and single pages of the web.
//
// Kinds of files go by what they begin with, and where that does not tell, by their names ([Extensions]): plain text; HTML; JSON, one
// article or an array of them; JSON lines, one article a line; XML, a message in a format of news agencies (see package wire) or XHTML;
// captions of broadcasts (WebVTT, SubRip); mail, pages saved as mail (MIME) and mailboxes; files of word processors, spreadsheets and
// electronic books (see package office); PDF (see package pdf); tables of articles; lists of addresses; web archives (see package warc).
// Most may be compressed. A JSON article is an object with "text" and, optional, "id", "url", "outlet", "title", "byline", "published" and
// "language": strings or null, "id" also a number. Every other field is ignored. An object without "text" may
// be in a format of news agencies. Columns of tables are named as these fields, or as [columns] says.
//
// A list of addresses (lines, bookmarks, a table without texts) yields what it lists, and their pages where this is asked for.
//
// A path that begins with http:// or https:// is a page of the web, got as package fetch says. Only then is a connection opened.
//
// Text is UTF-8, UTF-16 with a byte order mark, or, where it is not valid UTF-8, in an encoding that its bytes tell; JSON is UTF-8 or UTF-16 with a
// mark. What cannot be an article is refused with its file and line, or its record's place and address in a web archive, and the
// rest goes on. Limits keep memory bounded: [MaxText] for an article's text or a file of text, HTML or XML, [MaxJSON] for a JSON
// article, [MaxField] for its other fields; warc.MaxBody and fetch.MaxBody for pages.
package source

import (
	"context"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/source/fetch"
	"github.com/onrecord/onrecord/source/pdf"
)

// Limits, in bytes. A compressed file is refused where it grows beyond maxRatio times its size.
const (
	MaxText  = 16 << 20 // of an article's text; of a file of text, HTML or XML
	MaxJSON  = 32 << 20 // of one JSON article, with its escapes and the fields that are ignored
	MaxField = 64 << 10 // of an article's other fields
	maxRatio = 300

	maxDocument = 64 << 20 // of a document with its pictures, where it must be held
)

// A Refusal says what was not read: where and why.
type Refusal struct {
	File string
	Line int // 0 when the whole file is meant
	Err  error
}

// Error is FILE:LINE: REASON on one line: a name with characters that do not print, as a terminal would obey them, stands in quotation
// marks.
func (r *Refusal) Error() string {
	name := r.File
	if !utf8.ValidString(name) || strings.ContainsFunc(name, func(c rune) bool { return !unicode.IsPrint(c) }) {
		name = strconv.Quote(name)
	}
	if r.Line > 0 {
		return fmt.Sprintf("%s:%d: %v", name, r.Line, r.Err)
	}
	return fmt.Sprintf("%s: %v", name, r.Err)
}

func (r *Refusal) Unwrap() error { return r.Err }

// An Item is one article as received, the Refusal of one, a file of a folder that was Passed over, as it is of a kind that is not
// read, or an address that a list names (Listed) and that was not asked for: one of the four.
type Item struct {
	Article *onrecord.Article
	Refusal *Refusal
	Passed  string // name of the file
	Listed  *Listed
	Note    *Refusal // of what is left out of the Article: a date of publication that cannot be read; usually nil
	Bytes   int64    // bytes of input (as stored, compressed or not) used since the item before
}

// Listed is an address that a list names, with what the list says of the page.
type Listed struct {
	File      string
	Line      int // 0 where the file has none
	URL       string
	Title     string
	Outlet    string
	Published onrecord.Published
	Feed      bool // the address is that of a feed
}

// Paths yields the articles of files, folders and addresses in order; "-" is stdin. Folders are walked in lexical order; files of other
// kinds are passed over there, with an item that says so, unless their content says what they are, and refused when named; hidden ones are passed over; symbolic links out of a folder are refused. Articles carry their id. The Bytes of a file's items sum
// to its size. The sequence ends early only when ctx is done.
func Paths(ctx context.Context, paths []string, stdin io.Reader) iter.Seq[Item] {
	return from(ctx, paths, stdin, web())
}

// Fetching yields what Paths does, and in place of what lists name the pages at these addresses, each once.
func Fetching(ctx context.Context, paths []string, stdin io.Reader) iter.Seq[Item] {
	return fetching(ctx, paths, stdin, web())
}

func web() fetch.Options { return fetch.Options{Pause: time.Second} }

func fetching(ctx context.Context, paths []string, stdin io.Reader, o fetch.Options) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		fetcher := fetch.New(o)
		defer fetcher.Close()
		f := following{ctx: ctx, fetcher: fetcher, seen: map[string]bool{}, yield: yield}
		for item := range from(ctx, paths, stdin, o) {
			if ctx.Err() != nil || !f.item(item, 0) {
				return
			}
		}
	}
}

// maxFollowed is how far addresses are followed: from a list of feeds, or an index of sitemaps, to a feed, to a page.
const maxFollowed = 3

// A following gets the pages that lists name, each once.
type following struct {
	ctx     context.Context
	fetcher *fetch.Fetcher
	seen    map[string]bool
	yield   func(Item) bool
}

// item hands over an item, or what stands at the address that it lists.
func (f *following) item(item Item, depth int) bool {
	l := item.Listed
	if l == nil || depth >= maxFollowed {
		return f.yield(item)
	}
	if f.seen[l.URL] {
		return true
	}
	f.seen[l.URL] = true
	for _, got := range get(f.ctx, f.fetcher, l.URL) {
		if f.ctx.Err() != nil {
			return false
		}
		l.complete(got.Article)
		got.Bytes, item.Bytes = item.Bytes, 0
		if !f.item(got, depth+1) {
			return false
		}
	}
	return true
}

// complete gives a page the day that its list says, where it does not say one itself. Nothing else of a list is the page's own word.
func (l *Listed) complete(a *onrecord.Article) {
	if a != nil && a.Published.Value == "" {
		a.Published = l.Published
	}
}

// tools are what all files of one call are read with.
type tools struct{ pdfs pdf.Reader }

func from(ctx context.Context, paths []string, stdin io.Reader, o fetch.Options) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		var fetcher *fetch.Fetcher
		var t tools
		defer t.pdfs.Close()
		for _, p := range paths {
			if isURL(p) {
				if fetcher == nil {
					fetcher = fetch.New(o)
					defer fetcher.Close()
				}
				for _, item := range get(ctx, fetcher, p) {
					if ctx.Err() != nil || !yield(item) {
						return
					}
				}
				continue
			}
			if p == "-" {
				if !t.read(ctx, "-", nil, stdin, -1, yield) {
					return
				}
				continue
			}
			for f, err := range files(p) {
				if ctx.Err() != nil || !t.readFile(ctx, f, err, yield) {
					return
				}
			}
		}
	}
}

// Names are the names of what Paths reads, whatever folder a process runs in: absolute paths, addresses, "-".
func Names(paths []string) []string {
	names := make([]string, len(paths))
	for i, p := range paths {
		names[i] = p
		if p == "-" || isURL(p) {
			continue
		}
		if abs, err := filepath.Abs(p); err == nil {
			names[i] = abs
		}
	}
	return names
}

// Size is the number of bytes that Paths will read from the paths, for showing progress; -1 where it cannot be known.
func Size(paths []string) int64 {
	var n int64
	for _, p := range paths {
		if p == "-" || isURL(p) {
			return -1
		}
		for f, err := range files(p) {
			if err == nil || err == errKind {
				n += f.size
			}
		}
	}
	return n
}

// readFile yields the articles of a file, or the refusal that err is.
func (t *tools) readFile(ctx context.Context, f file, err error, yield func(Item) bool) bool {
	if err != nil && err != errKind {
		return yield(Item{Refusal: &Refusal{File: f.name, Err: err}})
	}
	in, openErr := f.open()
	if openErr != nil {
		return yield(Item{Refusal: &Refusal{File: f.name, Err: plain(openErr)}, Bytes: f.size})
	}
	defer in.Close()
	format := formatOf(f.name)
	if err == errKind {
		head := make([]byte, headBytes)
		n, _ := in.ReadAt(head, 0)
		switch format = sureOf(head[:n]); {
		case format != nil, isZip(head[:n]) && isDocument(in, f.size):
		case f.named:
			return yield(Item{Refusal: &Refusal{File: f.name, Err: err}, Bytes: f.size})
		default:
			return yield(Item{Passed: f.name, Bytes: f.size})
		}
	}
	return t.read(ctx, f.name, format, in, f.size, yield)
}
