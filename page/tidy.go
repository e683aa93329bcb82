package page

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/onrecord/onrecord/lexicon"
	"github.com/onrecord/onrecord/lexicon/en"
)

// words are those of pages beside the article.
var words = func(s *lexicon.Subject) pageWords {
	return pageWords{
		comment: s.Set("comment"), besideComment: s.Set("beside comment"), leadIn: s.Set("lead-in"),
		published: s.Set("published"), changed: s.Set("changed"), desk: s.Set("desk"),
	}
}(en.Lexicon.Subject("page"))

type pageWords struct {
	comment, besideComment, leadIn, published, changed, desk *lexicon.Set
}

// tidy takes out of a page what stands among the paragraphs of an article and belongs to none (readers' comments, links to other
// articles), and makes plain blocks of what the extraction library would lose: tables that lay out the page, and the footer of a
// quotation, which says whose it is.
func tidy(doc *html.Node) {
	for _, n := range elements(doc) {
		switch {
		case n.DataAtom == atom.Table && laysOut(n):
			unwrapTable(n)
		case n.DataAtom == atom.Footer && inside(n, atom.Blockquote) != nil:
			rename(n, atom.P)
		}
	}
	body := first(doc, atom.Body)
	if body == nil {
		return
	}
	among := map[*html.Node]bool{} // prose, for each parent of paragraphs
	for _, n := range elements(body) {
		if _, known := among[n.Parent]; !known {
			among[n.Parent] = hasProse(n.Parent)
		}
		if among[n.Parent] && isTeaser(n) {
			n.Parent.RemoveChild(n)
		}
	}
	cutComments(body)
}

// elements are the elements in a tree, in the order of the page.
func elements(root *html.Node) []*html.Node {
	var out []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			out = append(out, n)
		}
	}
	return out
}

func first(root *html.Node, a atom.Atom) *html.Node {
	for n := range root.Descendants() {
		if n.DataAtom == a {
			return n
		}
	}
	return nil
}

// inside is the nearest element of a kind around a node, nil where there is none.
func inside(n *html.Node, a atom.Atom) *html.Node {
	for p := range n.Ancestors() {
		if p.DataAtom == a {
			return p
		}
	}
	return nil
}

func rename(n *html.Node, a atom.Atom) { n.DataAtom, n.Data = a, a.String() }

// laysOut says whether a table lays out a page rather than holding data: there is a headline, an article or another table in it, or one of
// its cells holds most of its text, and more than data would.
func laysOut(table *html.Node) bool {
	all, most := 0, 0
	for n := range table.Descendants() {
		switch n.DataAtom {
		case atom.H1, atom.H2, atom.Table, atom.Article:
			return true
		case atom.Th, atom.Caption:
			return false
		case atom.Td:
			length := len(textOf(n))
			all, most = all+length, max(most, length)
		}
	}
	return most > shortText && 2*most > all
}

// unwrapTable makes blocks of a table's own rows and cells.
func unwrapTable(table *html.Node) {
	for _, n := range elements(table) {
		switch n.DataAtom {
		case atom.Tbody, atom.Thead, atom.Tfoot, atom.Tr, atom.Td:
			if inside(n, atom.Table) == table {
				rename(n, atom.Div)
			}
		}
	}
	rename(table, atom.Div)
}

// isTeaser says whether a paragraph is no more than a link to another article: nothing but the link, perhaps after a
// lead-in ("Read more:") or a bullet, and no sentence that ends.
func isTeaser(n *html.Node) bool {
	const fewestWords = 3 // a link of fewer is a name, or the sign of something
	if n.DataAtom != atom.P && n.DataAtom != atom.Div {
		return false
	}
	var linked, rest strings.Builder
	for c := range n.Descendants() {
		switch {
		case c.Type == html.ElementNode && !inline(c.DataAtom) && c.DataAtom != atom.Br:
			return false
		case c.Type == html.TextNode && inside(c, atom.A) != nil:
			linked.WriteString(c.Data)
		case c.Type == html.TextNode:
			rest.WriteString(c.Data)
		}
	}
	text := line(linked.String())
	lead := strings.ToLower(strings.TrimFunc(line(rest.String()), func(r rune) bool { return !unicode.IsLetter(r) }))
	switch {
	case text == "":
		return false
	case lead != "":
		return words.leadIn.Has(lead)
	}
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text, "\"'”’»)"))
	return len(strings.Fields(text)) >= fewestWords && last != '.' && last != ':' && last != '!'
}

// hasProse says whether one of the paragraphs right inside an element is no link.
func hasProse(n *html.Node) bool {
	for c := range n.ChildNodes() {
		if c.DataAtom == atom.P && len(textOf(c)) > 80 && linkShare(c) < 0.5 {
			return true
		}
	}
	return false
}

// linkShare is how much of the text in an element stands in links.
func linkShare(n *html.Node) float64 {
	all, linked := 0, 0
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			all += len(c.Data)
			if inside(c, atom.A) != nil {
				linked += len(c.Data)
			}
		}
	}
	return float64(linked) / float64(max(all, 1))
}

// textOf is the text in a tree, on one line.
func textOf(root *html.Node) string {
	var b strings.Builder
	for n := range root.Descendants() {
		if n.Type == html.TextNode && n.Parent.DataAtom != atom.Script && n.Parent.DataAtom != atom.Style {
			b.WriteString(n.Data)
			b.WriteByte(' ')
		}
	}
	return line(b.String())
}

// cutComments takes out what readers wrote: a heading that says so, after the prose of an article, and what stands after it in
// the same part of the page, up to the next heading of its rank.
func cutComments(body *html.Node) {
	prose := 0
	for _, n := range elements(body) {
		if n.DataAtom == atom.P {
			prose += len(textOf(n))
		}
		if prose < shortText || inside(n, atom.Body) != body || !isCommentHeading(n) {
			continue
		}
		cutFrom(alone(n, body), rank(n))
	}
}

// isCommentHeading says whether an element is a heading over readers' comments: "3 responses to “Ferry stays”", "What readers say".
func isCommentHeading(n *html.Node) bool {
	const longest = 120 // bytes
	if !isHeading(n) {
		return false
	}
	text := strings.ToLower(textOf(n))
	if len(text) > longest {
		return false
	}
	fields := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' })
	if len(fields) == 0 {
		return false
	}
	counted := unicode.IsDigit(rune(fields[0][0]))
	if counted && len(fields) > 2 && words.comment.Has(fields[1]) && slices.Contains([]string{"to", "on", "for"}, fields[2]) {
		return true
	}
	found := false
	for _, w := range fields {
		w = strings.ReplaceAll(w, "’", "'")
		switch {
		case words.comment.Has(w):
			found = true
		case !words.besideComment.Has(w) && !unicode.IsDigit(rune(w[0])):
			return false
		}
	}
	return found
}

// isHeading says whether an element may be a heading: marked as one, or in bold on a line of its own.
func isHeading(n *html.Node) bool {
	if rank(n) < plainRank {
		return true
	}
	switch n.DataAtom {
	case atom.B, atom.Strong, atom.Div, atom.P, atom.Legend, atom.Dt:
		for c := range n.Descendants() {
			if c.Type == html.ElementNode && (c.DataAtom == atom.A || !inline(c.DataAtom)) {
				return false
			}
		}
		return !inline(n.DataAtom) || !inline(n.Parent.DataAtom) && n.Parent.DataAtom != atom.P && n.Parent.DataAtom != atom.Li
	}
	return false
}

// plainRank is the rank of a heading that is not marked as one.
const plainRank = 7

// rank is the rank of a heading, 1 to 6.
func rank(n *html.Node) int {
	if len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6' {
		return int(n.Data[1] - '0')
	}
	return plainRank
}

// alone is the outermost element in which nothing stands before a heading, not even outside of it: the part of the page that it heads.
func alone(n, body *html.Node) *html.Node {
	for n.Parent != nil && n.Parent != body && n.Parent.DataAtom != atom.Article && n.Parent.DataAtom != atom.Main {
		for c := n.PrevSibling; c != nil; c = c.PrevSibling {
			if c.Type == html.ElementNode && textOf(c) != "" || c.Type == html.TextNode && line(c.Data) != "" {
				return n
			}
		}
		n = n.Parent
	}
	return n
}

// cutFrom takes an element out, and its siblings after it up to a heading of its rank or of a higher one.
func cutFrom(n *html.Node, headed int) {
	parent := n.Parent
	for c := n; c != nil; {
		next := c.NextSibling
		if c != n && c.Type == html.ElementNode && rank(c) <= min(headed, plainRank-1) {
			return
		}
		parent.RemoveChild(c)
		c = next
	}
}
