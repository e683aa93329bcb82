package serve

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// A citation identifies a passage so that anyone can find it again, in this ledger, in another, or at the article's URL.
type citation struct {
	Article  ledger.ArticleRow
	Passage  string
	From, To int // code points
	Row      string
	Speaker  string
	Web      string // the article's URL with a text fragment; "" if it cannot be linked
	Href     string // the passage in this ledger
}

// Hash is the SHA-256 of the article's text.
func (c *citation) Hash() string { return onrecord.TextHash(c.Article.Text) }

// Text is the citation in one line.
func (c *citation) Text() string {
	a := &c.Article
	parts := []string{"“" + strings.Trim(c.Passage, "“”\" ") + "”"}
	if c.Speaker != "" {
		parts = append(parts, c.Speaker)
	}
	where := cmp.Or(a.Title, "Untitled") + ". " + cmp.Or(a.Outlet, "Outlet unknown") + ", " + published(a.Published)
	parts = append(parts, where)
	if c.Web != "" {
		parts = append(parts, "<"+c.Web+">")
	} else if a.URL != "" {
		parts = append(parts, "<"+a.URL+">")
	}
	parts = append(parts, fmt.Sprintf("Characters %d to %d of the text with SHA-256 %s", c.From, c.To, c.Hash()))
	parts = append(parts, "Onrecord "+c.Row)
	return strings.Join(strings.Fields(strings.Join(parts, ". ")), " ") + "."
}

func (c *citation) sheets() []sheet {
	return []sheet{{"citation", []string{"row", "article", "passage", "start", "end", "speaker", "title", "outlet", "published", "url", "sha256", "address"}, 1, func(int) []any {
		a := &c.Article
		return []any{c.Row, a.ID, c.Passage, c.From, c.To, known(c.Speaker), known(a.Title), known(a.Outlet), known(a.Published.Value), known(cmp.Or(c.Web, a.URL)), c.Hash(), c.Href}
	}}}
}

// cite makes the citation of a statement, a figure, or with ?span= of a passage of an article.
func (s *site) cite(r *http.Request) (string, *frame, error) {
	id := r.PathValue("id")
	c := &citation{Row: id}
	var span onrecord.Span
	switch {
	case strings.HasPrefix(id, onrecord.ArticleKind):
		v, err := s.ledger.Article(r.Context(), id)
		if err != nil {
			return "", nil, err
		}
		c.Article = v.Article
		from, to, ok := parseSpan(r.URL.Query().Get("span"))
		o := newOffsets(c.Article.Text)
		if !ok || to > o.Len() {
			from, to = 0, min(o.Len(), 280)
		}
		span = onrecord.Span{Start: o.Byte(from), End: o.Byte(to)}
		c.Passage = span.Of(c.Article.Text)
	case strings.HasPrefix(id, onrecord.StatementKind), strings.HasPrefix(id, onrecord.FigureKind):
		v, err := s.ledger.Row(r.Context(), id)
		if err != nil {
			return "", nil, err
		}
		d := newIndex(v)
		if len(v.Figures) > 0 {
			f := &v.Figures[0]
			c.Article, span = d.article(f.Article), f.Span
			c.Passage = quote(c.Article.Text, []onrecord.Span{span}, wholeQuote)
		} else {
			x := &v.Statements[0]
			c.Article, span, c.Speaker = d.article(x.Article), mainSpan(x), x.SpeakerName
			c.Passage = cmp.Or(quote(c.Article.Text, x.Content, wholeQuote), quote(c.Article.Text, x.Cue, wholeQuote))
		}
	default:
		return "", nil, ledger.ErrNotFound
	}
	o := newOffsets(c.Article.Text)
	c.From, c.To = o.Rune(span.Start), o.Rune(span.End)
	c.Href = fmt.Sprintf("/article/%s?span=%d-%d#here", url.PathEscape(c.Article.ID), c.From, c.To)
	if c.Article.URL != "" && webLink(c.Article.URL) != "" && span.Start >= 0 && span.Start < span.End && span.End <= len(c.Article.Text) {
		c.Web = strings.SplitN(c.Article.URL, "#", 2)[0] + "#:~:text=" + fragment(span.Of(c.Article.Text))
	}
	return "cite.html", &frame{Title: "Citation", Nav: "stories", Page: c}, nil
}

// fragment is the text directive for a passage: its words, or for a long passage or one of several lines its first and last words (URL
// Fragment Text Directives, section 3).
func fragment(passage string) string {
	words := strings.Fields(passage)
	if len(words) <= 12 && !strings.Contains(passage, "\n") {
		return directive(words)
	}
	n := min(5, (len(words)+1)/2)
	return directive(words[:n]) + "," + directive(words[len(words)-n:])
}

// directive escapes words for a text directive, in which dashes, commas and ampersands are syntax.
func directive(words []string) string {
	return strings.ReplaceAll(strings.ReplaceAll(url.QueryEscape(strings.Join(words, " ")), "+", "%20"), "-", "%2D")
}
