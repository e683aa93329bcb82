// Package page turns HTML into an article: its text, title, byline, outlet and day of publication. It is the only importer of
// the extraction library.
package page

import (
	"bytes"
	"fmt"
	nurl "net/url"
	"strings"

	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/language"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/internal/sentinel"
)

// Errors of [Article], beside those of parsing.
const (
	ErrNoArticle sentinel.Error = "no article on the page"
	ErrTooDeep   sentinel.Error = "HTML nested too deep"
	ErrTooMany   sentinel.Error = "HTML with too many elements"
)

// maxElements is what a page may have of elements, as [load] counts them; pages of news have a few thousand.
const maxElements = 100_000

// Article extracts the article of an HTML page. Text is the headline, an empty line, and the paragraphs with an empty line
// between them. The day of publication is what the page's metadata give (meta elements, JSON-LD, elements marked as such), else what a
// line above the article says ("Published: 11 June 2024"), else what its address says; never what its paragraphs say. Characters are decoded by byte order mark, as UTF-8 where valid, as the page declares, or as [Undeclared] tells. Errors: the page has no article, or is nested too deep to parse.
func Article(page []byte, url string) (a *onrecord.Article, err error) {
	defer func() { // the extraction library walks trees that it did not expect
		if r := recover(); r != nil {
			a, err = nil, fmt.Errorf("HTML that the extraction fails on: %v", r)
		}
	}()
	doc, cost, err := parse(page)
	if err != nil {
		return nil, err
	}
	meta := readMetadata(doc, url)
	tidy(doc)
	var paragraphs []string
	if cost.long() {
		paragraphs = prose(doc)
		empty(doc)
	}
	x, err := extract(doc, url, false)
	if err != nil {
		return nil, ErrNoArticle
	}
	a = &onrecord.Article{
		URL:       x.Metadata.URL,
		Title:     line(x.Metadata.Title),
		Byline:    meta.byline,
		Outlet:    line(x.Metadata.Sitename),
		Published: meta.published,
		Language:  meta.language,
	}
	if a.Byline == "" {
		a.Byline = persons(x.Metadata.Author)
	}
	if a.Outlet == "" {
		a.Outlet = x.Metadata.Hostname
	}
	if !cost.long() {
		paragraphs = blocks(x.ContentNode)
		all := prose(doc)
		if length(paragraphs) < max(shortText, length(all)/2) {
			if y, err := extract(doc, url, true); err == nil {
				if ps := blocks(y.ContentNode); length(ps) > length(paragraphs) {
					paragraphs = ps
				}
			}
		}
		if length(paragraphs) < shortText && length(all) > length(paragraphs) {
			paragraphs = all
		}
	}
	if len(paragraphs) > 0 && strings.EqualFold(paragraphs[0], a.Title) {
		paragraphs = paragraphs[1:]
	}
	if len(paragraphs) == 0 {
		return nil, ErrNoArticle
	}
	if a.Title != "" {
		paragraphs = append([]string{a.Title}, paragraphs...)
	}
	a.Text = strings.Join(paragraphs, "\n\n")
	return a, nil
}

// parse makes the tree of a page that the extraction can take apart in good time.
func parse(page []byte) (*html.Node, load, error) {
	var cost load
	page, err := decode(page)
	if err != nil {
		return nil, cost, err
	}
	if bytes.Count(page, []byte{'<'}) > 4*maxElements {
		return nil, cost, ErrTooMany
	}
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		if strings.Contains(err.Error(), "exceeds 512 nodes") {
			err = ErrTooDeep
		}
		return nil, cost, err
	}
	if cost.add(doc, 0, 0); cost.elements > maxElements {
		return nil, cost, ErrTooMany
	}
	return doc, cost, nil
}

// extract has the library find the article in a page.
func extract(doc *html.Node, url string, fallback bool) (*trafilatura.ExtractResult, error) {
	config := trafilatura.DefaultConfig()
	config.MinExtractedSize = 0 // its rescue of short texts runs paragraphs together, and repeats them
	config.MinOutputSize = 0    // no text is no error, so that the metadata come
	o := trafilatura.Options{Config: config, ExcludeComments: true, HtmlDateMode: trafilatura.Disabled, EnableFallback: fallback}
	if u, err := nurl.Parse(url); err == nil && u.IsAbs() {
		o.OriginalURL = u
	}
	return trafilatura.ExtractDocument(doc, o)
}

// line is a text on one line, its white space collapsed.
func line(s string) string { return strings.Join(strings.Fields(s), " ") }

// inline says whether an element stands inside a line of text; every other begins a paragraph.
func inline(a atom.Atom) bool {
	switch a {
	case atom.A, atom.Abbr, atom.B, atom.Bdi, atom.Bdo, atom.Big, atom.Cite, atom.Code, atom.Data, atom.Del, atom.Dfn, atom.Em, atom.Font,
		atom.I, atom.Ins, atom.Kbd, atom.Mark, atom.Q, atom.S, atom.Samp, atom.Small, atom.Span, atom.Strike, atom.Strong, atom.Sub,
		atom.Sup, atom.Time, atom.Tt, atom.U, atom.Var, atom.Wbr:
		return true
	}
	return false
}

// blocks are the paragraphs of an extracted tree: white space collapsed as a browser does, a line break where <br> stands.
func blocks(root *html.Node) []string {
	var out []string
	var b strings.Builder
	space, breaks := false, 0
	end := func() {
		if b.Len() > 0 {
			out = append(out, b.String())
			b.Reset()
		}
		space, breaks = false, 0
	}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		switch n.Type {
		case html.TextNode:
			for i := 0; i < len(n.Data); i++ {
				switch c := n.Data[i]; c {
				case ' ', '\t', '\n', '\r', '\f':
					space = true
				default:
					if b.Len() > 0 {
						if breaks > 1 {
							end()
						} else if breaks == 1 {
							b.WriteByte('\n')
						} else if space {
							b.WriteByte(' ')
						}
					}
					space, breaks = false, 0
					b.WriteByte(c)
				}
			}
			return
		case html.ElementNode:
			if n.DataAtom == atom.Br || n.Data == "br" {
				breaks++
				return
			}
			if n.DataAtom == atom.Script || n.DataAtom == atom.Style {
				return
			}
		}
		block := n.Type == html.ElementNode && !inline(atom.Lookup([]byte(n.Data)))
		if block {
			end()
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if block {
			end()
		}
	}
	if root != nil {
		walk(root)
	}
	end()
	return out
}

// shortText is the length, in bytes, of an extracted text that may be too short to be all of the article.
const shortText = 250

func length(paragraphs []string) int {
	n := 0
	for _, p := range paragraphs {
		n += len(p)
	}
	return n
}

// furniture says whether an element of a page holds no part of an article.
func furniture(a atom.Atom) bool {
	switch a {
	case atom.Nav, atom.Header, atom.Footer, atom.Aside, atom.Form, atom.Script, atom.Style, atom.Noscript, atom.Figure, atom.Iframe,
		atom.Template, atom.Button, atom.Select:
		return true
	}
	return false
}

// prose are the paragraphs (<p>) of a page, outside its furniture: of the first <article>, else <main>, else <body>.
func prose(doc *html.Node) []string {
	roots := map[atom.Atom]*html.Node{}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && roots[n.DataAtom] == nil {
			roots[n.DataAtom] = n
		}
	}
	for _, a := range []atom.Atom{atom.Article, atom.Main, atom.Body} {
		if roots[a] == nil {
			continue
		}
		var out []string
		var walk func(n *html.Node)
		walk = func(n *html.Node) {
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				switch {
				case c.DataAtom == atom.P:
					out = append(out, blocks(c)...)
				case c.Type == html.ElementNode && !furniture(c.DataAtom):
					walk(c)
				}
			}
		}
		walk(roots[a])
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// canonical is a language tag in its canonical form (BCP 47), "" when it is none.
func canonical(tag string) string {
	t, err := language.Parse(strings.TrimSpace(tag))
	if err != nil || t == language.Und {
		return ""
	}
	return t.String()
}
