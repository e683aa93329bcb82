// Package feed reads what lists articles for programs: feeds ([Formats]), sitemaps for news among them, and lists of feeds.
//
// An entry that holds its article whole is an article. One that holds a summary is a teaser: the article is on its page, which is to be got.
package feed

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	nurl "net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html/charset"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/internal/sentinel"
	"github.com/onrecord/onrecord/page"
	"github.com/onrecord/onrecord/source/wire"
)

// Limits of a feed.
const (
	maxDepth = 100
	maxItems = 50_000 // the limit of sitemaps
	maxField = 64 << 10
)

// Errors of feeds.
const (
	ErrNone  sentinel.Error = "not a feed"
	ErrEmpty sentinel.Error = "a feed without entries"
	ErrDeep  sentinel.Error = "XML nested deeper than 100 elements"
)

// An Entry is what a feed says of a page. Article is the article where the feed holds it whole.
type Entry struct {
	Article   *onrecord.Article
	URL       string // absolute, of the page; of a feed in a list of feeds
	Title     string
	Outlet    string
	Published onrecord.Published
	Feed      bool // the address is that of a feed
}

// A format is one of feeds, by the local names of the roots of its documents; of JSON without any.
type format struct {
	name  string
	roots []string
	read  func(b []byte, base *nurl.URL) ([]Entry, error)
}

func formats() []format {
	return []format{
		{"RSS", []string{"rss"}, readFeed},
		{"Atom", []string{"feed"}, readFeed},
		{"RDF", []string{"RDF"}, readFeed},
		{"JSON Feed", nil, readFeed},
		{"sitemaps", []string{"urlset", "sitemapindex"}, readSitemap},
		{"OPML", []string{"opml"}, readOPML},
	}
}

// Formats says which formats are read, in words.
func Formats() string {
	var names []string
	for _, f := range formats() {
		names = append(names, f.name)
	}
	return strings.Join(names, ", ")
}

// Is says whether a file that begins with head is of one of the [Formats].
func Is(head []byte) bool { return formatOf(head) != nil }

func formatOf(head []byte) *format {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
	root, object := "", false
	switch {
	case bytes.HasPrefix(head, []byte("<")):
		root = wire.Root(head)
	case bytes.HasPrefix(head, []byte("{")):
		object = isJSONFeed(head)
	}
	for _, f := range formats() {
		if object && f.roots == nil || slices.Contains(f.roots, root) {
			return &f
		}
	}
	return nil
}

// isJSONFeed says whether an object of JSON names a version of JSON Feed, as far as its beginning shows it.
func isJSONFeed(head []byte) bool {
	dec := json.NewDecoder(bytes.NewReader(head))
	if _, err := dec.Token(); err != nil {
		return false
	}
	for {
		name, err := dec.Token()
		if err != nil {
			return false
		}
		var value json.RawMessage
		if dec.Decode(&value) != nil {
			return false
		}
		if name == "version" {
			return bytes.Contains(value, []byte("jsonfeed.org"))
		}
	}
}

// Read reads a feed; url is its address, "" where it is not known.
func Read(b []byte, url string) ([]Entry, error) {
	f := formatOf(b)
	if f == nil {
		return nil, ErrNone
	}
	if f.roots != nil {
		if err := shallow(b); err != nil {
			return nil, err
		}
	}
	base, err := nurl.Parse(url)
	if err != nil {
		base = &nurl.URL{}
	}
	entries, err := f.read(b, base)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.name, err)
	}
	if entries = slices.DeleteFunc(entries, func(e Entry) bool { return e.URL == "" && e.Article == nil }); len(entries) == 0 {
		return nil, ErrEmpty
	}
	return entries[:min(len(entries), maxItems)], nil
}

// shallow refuses XML that is nested too deeply for those who read it by recursion. What is no XML is theirs to say.
func shallow(b []byte) error {
	d := decoder(b)
	for depth := 0; ; {
		t, err := d.RawToken()
		if err != nil {
			return nil
		}
		switch t.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return ErrDeep
			}
		case xml.EndElement:
			depth--
		}
	}
}

func decoder(b []byte) *xml.Decoder {
	d := xml.NewDecoder(bytes.NewReader(b))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.CharsetReader = charset.NewReaderLabel
	return d
}

// readFeed reads RSS, Atom, RDF and JSON Feed.
func readFeed(b []byte, base *nurl.URL) (entries []Entry, err error) {
	defer func() { // the library walks feeds that it did not expect
		if p := recover(); p != nil {
			entries, err = nil, fmt.Errorf("a feed that cannot be read: %v", p)
		}
	}()
	f, err := gofeed.NewParser().Parse(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	if link, err := nurl.Parse(f.Link); err == nil && base.Host == "" {
		base = link
	}
	for _, i := range f.Items {
		if i != nil {
			entries = append(entries, readItem(f, i, base))
		}
	}
	return entries, nil
}

func readItem(f *gofeed.Feed, i *gofeed.Item, base *nurl.URL) Entry {
	link := i.Link
	if link == "" && strings.HasPrefix(i.GUID, "http") {
		link = i.GUID
	}
	e := Entry{URL: absolute(base, link), Title: wire.Markup(i.Title), Outlet: wire.Markup(f.Title)}
	e.Published = day(i.Published, i.PublishedParsed)
	if e.Published.Value == "" {
		e.Published = day(i.Updated, i.UpdatedParsed)
	}
	e.Title, e.Outlet = line(e.Title), line(e.Outlet)
	text := whole(i)
	if text == "" {
		return e
	}
	if e.Title != "" && !strings.HasPrefix(text, e.Title+"\n") {
		text = e.Title + "\n\n" + text
	}
	a := &onrecord.Article{
		ExternalID: i.GUID, URL: e.URL, Outlet: e.Outlet, Title: e.Title, Published: e.Published, Language: f.Language, Text: text,
	}
	var names []string
	for _, p := range i.Authors {
		if p != nil && strings.TrimSpace(p.Name) != "" {
			names = append(names, line(p.Name))
		}
	}
	a.Byline = strings.Join(names, ", ")
	for _, field := range []string{a.ExternalID, a.URL, a.Outlet, a.Title, a.Byline, a.Language} {
		if len(field) > maxField || strings.ContainsRune(field, 0) {
			return e
		}
	}
	e.Article = a
	return e
}

// What an entry holds is whole where it is this long, in bytes; a description, which is meant to be a summary, where it is longer and
// has several paragraphs.
const (
	wholeContent     = 500
	wholeDescription = 1500
	wholeParagraphs  = 3
)

// whole is the text of an entry that holds its article whole; "" of a teaser.
func whole(i *gofeed.Item) string {
	if text := text(i.Content); len(text) >= wholeContent && len(text) >= len(line(i.Description)) && !isCut(text) {
		return text
	}
	if text := text(i.Description); len(text) >= wholeDescription && strings.Count(text, "\n\n")+1 >= wholeParagraphs && !isCut(text) {
		return text
	}
	return ""
}

func text(markup string) string {
	return strings.ToValidUTF8(strings.ReplaceAll(wire.Markup(markup), "\x00", ""), "\ufffd")
}

// isCut says whether a text ends as those do that go on elsewhere.
func isCut(text string) bool {
	last := text[strings.LastIndex(text, "\n")+1:]
	if utf8.RuneCountInString(last) < 80 {
		for _, words := range []string{"read more", "continue reading", "read the full", "read on", "full story", "the post ", "view article", "keep reading", "subscribe to"} {
			if strings.Contains(strings.ToLower(last), words) {
				return true
			}
		}
	}
	last = strings.TrimRight(last, " »>→])")
	return strings.HasSuffix(last, "…") || strings.HasSuffix(last, "...")
}

// day is when an entry was published, as it is written where that can be kept, else as the library reads it.
func day(written string, read *time.Time) onrecord.Published {
	if p := page.Published(written, "feed"); p.Value != "" || read == nil {
		return p
	}
	return page.Published(read.Format(time.RFC3339), "feed")
}

func line(s string) string { return strings.Join(strings.Fields(s), " ") }

// absolute is an address of the web as it is seen from another; "" where it is none.
func absolute(base *nurl.URL, link string) string {
	u, err := base.Parse(strings.TrimSpace(link))
	if err != nil || link == "" || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || len(link) > maxField {
		return ""
	}
	u.Fragment, u.RawFragment = "", ""
	return u.String()
}

// readSitemap reads a sitemap (sitemaps.org 0.9), with what Google's extension for news says of pages, or an index of sitemaps.
func readSitemap(b []byte, base *nurl.URL) ([]Entry, error) {
	var entries []Entry
	var e Entry
	var words strings.Builder
	err := walk(b, func(name string, _ *xml.StartElement) {
		words.Reset()
		if name == "url" || name == "sitemap" {
			e = Entry{Feed: name == "sitemap"}
		}
	}, func(name string) bool {
		said := strings.TrimSpace(words.String())
		switch name {
		case "loc":
			if e.URL == "" { // those of pictures come behind
				e.URL = absolute(base, said)
			}
		case "name":
			e.Outlet = line(said)
		case "title":
			e.Title = line(said)
		case "publication_date":
			e.Published = page.Published(said, "feed")
		case "url", "sitemap":
			entries = append(entries, e)
		}
		words.Reset()
		return len(entries) < maxItems
	}, func(s string) { words.WriteString(s) })
	return entries, err
}

// readOPML reads a list of feeds (OPML 2.0).
func readOPML(b []byte, base *nurl.URL) ([]Entry, error) {
	var entries []Entry
	err := walk(b, func(name string, e *xml.StartElement) {
		if name != "outline" {
			return
		}
		given := map[string]string{}
		for _, a := range e.Attr {
			given[strings.ToLower(a.Name.Local)] = a.Value
		}
		if url := absolute(base, given["xmlurl"]); url != "" {
			entries = append(entries, Entry{URL: url, Title: line(given["text"]), Feed: true})
		}
	}, func(string) bool { return len(entries) < maxItems }, func(string) {})
	return entries, err
}

// walk goes over the elements of a document, by their local names, until end wants no more.
func walk(b []byte, start func(string, *xml.StartElement), end func(string) bool, text func(string)) error {
	d := decoder(b)
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
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
			start(t.Name.Local, &t)
		case xml.EndElement:
			if !end(t.Name.Local) {
				return nil
			}
		case xml.CharData:
			text(string(t))
		}
	}
}
