package page

import (
	"encoding/json"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"onrecord"
)

// metadata is what a page says of itself.
type metadata struct {
	published onrecord.Published
	language  string
	nodes     int
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

// readMetadata reads the language and the day of publication.
func readMetadata(doc *html.Node) metadata {
	var m metadata
	best := len(dateNames)
	var marked, linked onrecord.Published // by <time> and JSON-LD
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if m.nodes++; m.nodes > maxNodes {
			return m
		}
		switch n.DataAtom {
		case atom.Html:
			if m.language == "" {
				m.language = canonical(attr(n, "lang"))
			}
		case atom.Meta:
			for _, key := range []string{"property", "name", "itemprop"} {
				name := strings.ToLower(strings.TrimSpace(attr(n, key)))
				if name == "" {
					continue
				}
				for i, d := range dateNames[:best] {
					if name == d {
						if p := Published(attr(n, "content"), "page"); p.Value != "" {
							best, m.published = i, p
						}
						break
					}
				}
			}
		case atom.Time:
			if marked.Value == "" && (attr(n, "itemprop") == "datePublished" || hasAttr(n, "pubdate")) {
				marked = Published(attr(n, "datetime"), "page")
			}
		case atom.Script:
			if linked.Value == "" && n.FirstChild != nil && strings.EqualFold(strings.TrimSpace(attr(n, "type")), "application/ld+json") {
				var v any
				if json.Unmarshal([]byte(n.FirstChild.Data), &v) == nil {
					linked = linkedDate(v, 8)
				}
			}
		}
	}
	if m.published.Value == "" {
		m.published = linked
	}
	if m.published.Value == "" {
		m.published = marked
	}
	return m
}

// linkedDate is the datePublished of the first article in a JSON-LD value, looked for to a depth.
func linkedDate(v any, depth int) onrecord.Published {
	if depth == 0 {
		return onrecord.Published{}
	}
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			if p := linkedDate(x, depth-1); p.Value != "" {
				return p
			}
		}
	case map[string]any:
		if isArticle(v["@type"]) {
			if s, ok := v["datePublished"].(string); ok {
				return Published(s, "page")
			}
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage"} {
			if p := linkedDate(v[key], depth-1); p.Value != "" {
				return p
			}
		}
	}
	return onrecord.Published{}
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
