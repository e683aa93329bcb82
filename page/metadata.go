package page

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/onrecord/onrecord"
)

// metadata is what a page says of itself.
type metadata struct {
	published onrecord.Published
	byline    string
	language  string
}

// dateNames are the names and properties of meta elements that give the day of publication, best first: Open Graph,
// schema.org, Dublin Core and the tags of analytics services.
var dateNames = []string{
	"article:published_time", "og:published_time", "og:article:published_time", "datepublished", "parsely-pub-date",
	"sailthru.date", "article.published", "published-date", "publish-date", "publish_date", "publication_date", "publicationdate",
	"pubdate", "ptime", "cxenseparse:recs:publishtime", "rbpubdate", "dcterms.issued", "dcterms.created", "dcterms.date",
	"dc.date.issued", "dc.date.created", "dc.date", "dc:date", "dcsext.articlefirstpublished", "citation_publication_date",
	"citation_date", "date",
}

// authorNames are the names and properties of meta elements that give the byline, best first.
var authorNames = []string{
	"author", "article:author", "byl", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "citation_author",
}

// readMetadata reads the language, the byline and the day of publication: of what a page says in several places, what was written for
// programs before what is shown to people, and that before its address.
func readMetadata(doc *html.Node, url string) metadata {
	r := metadataReader{date: len(dateNames), author: len(authorNames)}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode {
			r.element(n)
		}
	}
	shown := readShown(doc)
	m := r.metadata
	for _, p := range []onrecord.Published{r.linked.published, r.marked, r.linked.other, shown.published, dayOfAddress(url)} {
		if m.published.Value == "" {
			m.published = p
		}
	}
	if m.byline == "" {
		m.byline = r.linked.byline
	}
	if m.byline == "" || shown.byline != "" && persons(m.byline) == "" {
		m.byline = cmp.Or(shown.byline, m.byline)
	}
	return m
}

// A metadataReader keeps what it has read, with where it stands in the lists of names: a better one replaces it.
type metadataReader struct {
	metadata         // by meta elements
	date, author int // index in dateNames of what gave the day, in authorNames of what gave the byline
	linked       linkedData
	marked       onrecord.Published // by an element that is marked as the day of publication
}

func (r *metadataReader) element(n *html.Node) {
	if r.marked.Value == "" && n.DataAtom != atom.Meta && (strings.EqualFold(attr(n, "itemprop"), "datePublished") || hasAttr(n, "pubdate")) {
		r.marked = Published(cmp.Or(attr(n, "datetime"), attr(n, "content"), textOf(n)), "page")
	}
	switch n.DataAtom {
	case atom.Html:
		if r.language == "" {
			r.language = canonical(attr(n, "lang"))
		}
	case atom.Meta:
		for _, key := range []string{"property", "name", "itemprop"} {
			if name := strings.ToLower(strings.TrimSpace(attr(n, key))); name != "" {
				r.meta(name, attr(n, "content"))
			}
		}
	case atom.Script:
		if n.FirstChild != nil && strings.EqualFold(strings.TrimSpace(attr(n, "type")), "application/ld+json") {
			r.linked.read(jsonOf(n.FirstChild.Data), 8)
		}
	}
}

// meta reads a meta element.
func (r *metadataReader) meta(name, content string) {
	if i := slices.Index(dateNames[:r.date], name); i >= 0 {
		if p := Published(content, "page"); p.Value != "" {
			r.date, r.published = i, p
		}
	}
	if i := slices.Index(authorNames[:r.author], name); i >= 0 {
		if by := byline(content); by != "" {
			r.author, r.byline = i, by
		}
	}
}

// linkedData is what the first article of a page's JSON-LD says, and the day of another thing than an article.
type linkedData struct {
	found     bool
	published onrecord.Published
	byline    string
	other     onrecord.Published
}

// jsonOf is the value of a script in JSON, read with the marks of a comment around it and with line breaks inside its strings, as pages
// have them; nil when it is none.
func jsonOf(script string) any {
	script = strings.TrimSpace(script)
	for _, marks := range [][2]string{{"<!--", "-->"}, {"//<![CDATA[", "//]]>"}, {"/*<![CDATA[*/", "/*]]>*/"}} {
		script = strings.TrimSuffix(strings.TrimPrefix(script, marks[0]), marks[1])
	}
	script = strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, script)
	var v any
	if json.Unmarshal([]byte(strings.TrimRight(script, "; ")), &v) != nil {
		return nil
	}
	return v
}

// read looks for an article in a JSON-LD value, to a depth.
func (l *linkedData) read(v any, depth int) {
	if depth == 0 || l.found {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			l.read(x, depth-1)
		}
	case map[string]any:
		if isArticle(v["@type"]) {
			l.found = true
			if s, ok := v["datePublished"].(string); ok {
				l.published = Published(s, "page")
			}
			l.byline = strings.Join(names(v["author"], 3), ", ")
			return
		}
		if day, ok := v["datePublished"].(string); ok && l.other.Value == "" && !isBeside(v["@type"]) {
			l.other = Published(day, "page")
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage"} {
			l.read(v[key], depth-1)
		}
	}
}

// names are the names of a JSON-LD value of persons and organisations, looked for to a depth.
func names(v any, depth int) []string {
	if depth == 0 {
		return nil
	}
	switch v := v.(type) {
	case string:
		if by := byline(v); by != "" {
			return []string{by}
		}
	case []any:
		var out []string
		for _, x := range v[:min(len(v), 20)] {
			out = append(out, names(x, depth-1)...)
		}
		return out
	case map[string]any:
		return names(v["name"], depth-1)
	}
	return nil
}

// isArticle says whether a schema.org type is an article's.
func isArticle(t any) bool {
	switch t := t.(type) {
	case string:
		return strings.HasSuffix(t, "Article") || strings.HasSuffix(t, "Posting")
	case []any:
		for _, x := range t {
			if isArticle(x) {
				return true
			}
		}
	}
	return false
}

// isBeside says whether a schema.org type is of something that stands on the page of an article, and has a day of its own.
func isBeside(t any) bool {
	switch t := t.(type) {
	case string:
		return slices.Contains([]string{"ImageObject", "WebSite", "Comment", "Person", "Organization", "NewsMediaOrganization", "Book", "Offer"}, t)
	case []any:
		return slices.ContainsFunc(t, isBeside)
	}
	return true
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}
