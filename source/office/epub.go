package office

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	nurl "net/url"
	"path"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/page"
	"github.com/onrecord/onrecord/source/wire"
)

// shortChapter is the length in bytes under which a part of a book is no article: covers, title pages, lists of contents.
const shortChapter = 200

// Book reads an electronic book or a paper that was made one (.epub): each of its parts is an article, with the book's publisher, day and
// language. Parts that hold next to no text are left out, where others do.
func Book(z *zip.Reader) ([]*onrecord.Article, error) {
	b, err := readPackage(z)
	if err != nil {
		return nil, err
	}
	var all, long []*onrecord.Article
	size := 0
	for _, name := range b.parts {
		data, err := part(z, name)
		if err != nil {
			return nil, err
		}
		if size += len(data); size > 4*MaxPart {
			return nil, ErrLarge
		}
		a := b.article(data, name)
		if a.Text == "" {
			continue
		}
		all = append(all, a)
		if len(a.Text) >= shortChapter {
			long = append(long, a)
		}
	}
	if len(long) > 0 {
		return long, nil
	}
	if len(all) == 0 {
		return nil, ErrNoText
	}
	return all, nil
}

// A book is what a package says of itself, and its parts in the order of reading.
type book struct {
	id, publisher, creator, day, language string
	parts                                 []string
}

// readPackage reads the package of a book.
func readPackage(z *zip.Reader) (*book, error) {
	b := &book{}
	folder, name := "", ""
	err := over(z, "META-INF/container.xml", walk{start: func(element string, e *xml.StartElement) bool {
		if element == "rootfile" && name == "" {
			name = path.Clean(attribute(e, "full-path"))
		}
		return false
	}})
	if err != nil {
		return nil, err
	}
	folder = path.Dir(name)
	items := map[string]string{}
	fields := map[string]*string{"dc:identifier": &b.id, "dc:publisher": &b.publisher, "dc:creator": &b.creator, "dc:date": &b.day, "dc:language": &b.language}
	var field *string
	err = over(z, name, walk{
		start: func(element string, e *xml.StartElement) bool {
			field = fields[element]
			switch element {
			case "item":
				if strings.Contains(attribute(e, "media-type"), "html") && !strings.Contains(attribute(e, "properties"), "nav") {
					href, err := nurl.PathUnescape(attribute(e, "href"))
					if err == nil {
						items[attribute(e, "id")] = within(folder, href)
					}
				}
			case "itemref":
				if item := items[attribute(e, "idref")]; item != "" && attribute(e, "linear") != "no" {
					b.parts = append(b.parts, item)
				}
			}
			return false
		},
		end: func(string) { field = nil },
		text: func(s string) {
			if field != nil && strings.TrimSpace(*field) == "" {
				*field = strings.TrimSpace(s)
			}
		},
	})
	if len(b.parts) > maxParts {
		err = ErrParts
	}
	return b, err
}

// article is the article of a part.
func (b *book) article(data []byte, name string) *onrecord.Article {
	s := string(data)
	if e, _, certain := charset.DetermineEncoding(data[:min(len(data), 1024)], "application/xhtml+xml"); certain {
		if out, err := e.NewDecoder().Bytes(data); err == nil {
			s = string(out)
		}
	}
	s = strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "\ufffd")
	a := &onrecord.Article{
		ExternalID: b.id + "#" + name,
		Title:      heading(s),
		Outlet:     b.publisher,
		Language:   b.language,
		Published:  page.Published(b.day, "given"),
		Text:       wire.Markup(s),
	}
	if b.creator != b.publisher {
		a.Byline = b.creator
	}
	return a
}

// heading is the first heading of a page; its title where it has none.
func heading(s string) string {
	title, at := "", ""
	var words strings.Builder
	for z := html.NewTokenizer(bytes.NewReader([]byte(s))); ; {
		switch z.Next() {
		case html.ErrorToken:
			return title
		case html.StartTagToken:
			if tag, _ := z.TagName(); at == "" {
				switch name := string(tag); name {
				case "title", "h1", "h2":
					at = name
				}
			}
		case html.TextToken:
			if at != "" {
				words.Write(z.Text())
			}
		case html.EndTagToken:
			if tag, _ := z.TagName(); at != "" && string(tag) == at {
				if line := strings.Join(strings.Fields(words.String()), " "); line != "" {
					title = line
					if at != "title" {
						return title
					}
				}
				at = ""
				words.Reset()
			}
		}
	}
}
