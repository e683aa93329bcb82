package serve

import (
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// A place is a passage as addresses write it, in code points: "ARTICLE:START-END".

// besideParams are the parameters of a page of passages side by side, one letter each.
const besideParams = "abcd"

// besideHref is the address that compares two to four places.
func besideHref(places ...string) string {
	var q []string
	for i, p := range places {
		q = append(q, besideParams[i:i+1]+"="+url.QueryEscape(p))
	}
	return "/side-by-side?" + strings.ReplaceAll(strings.Join(q, "&"), "%3A", ":")
}

// spanPlace is the place of a span.
func (d *index) spanPlace(article string, s onrecord.Span) string {
	o := d.offsets[article]
	if o == nil {
		a := d.article(article)
		o = newOffsets(a.Text)
		d.offsets[article] = o
	}
	return fmt.Sprintf("%s:%d-%d", article, o.Rune(s.Start), o.Rune(s.End))
}

// place is the place of a statement's content, or else of its cue.
func (d *index) place(s *ledger.StatementRow) string { return d.spanPlace(s.Article, mainSpan(s)) }

// mainSpan runs from the first to the last word of a statement's content, or else of its cue.
func mainSpan(s *ledger.StatementRow) onrecord.Span {
	for _, spans := range [][]onrecord.Span{s.Content, s.Cue, s.Source} {
		if n := len(spans); n > 0 {
			return onrecord.Span{Start: spans[0].Start, End: spans[n-1].End}
		}
	}
	return onrecord.Span{}
}

// copyPlaces are the longest passage of a copy, in its origin and in the copy; none for a copy without passages.
func (d *index) copyPlaces(c *onrecord.Copy) (origin, copied string, ok bool) {
	best := -1
	for i, p := range c.Passages {
		if best < 0 || p.Span.Len() > c.Passages[best].Span.Len() {
			best = i
		}
	}
	if best < 0 || d.articles[c.Article] == nil || d.articles[c.Origin] == nil {
		return "", "", false
	}
	return d.spanPlace(c.Origin, c.Passages[best].Origin), d.spanPlace(c.Article, c.Passages[best].Span), true
}

type besidePage struct {
	Passages []besidePassage
	Copy     *onrecord.Copy // between the first two articles, if one is known
	Others   []besideLink   // the other passages that the two share
	Cut      bool           // a passage is longer than what is shown
}

type besidePassage struct {
	Article  ledger.ArticleRow
	From, To int // code points
	Words    template.HTML
	Full     string
	Href     string
}

type besideLink struct{ Words, Href string }

func (p *besidePage) sheets() []sheet {
	return []sheet{{"passages", []string{"article", "outlet", "published", "title", "start", "end", "text", "address"}, len(p.Passages), func(i int) []any {
		x := &p.Passages[i]
		return []any{x.Article.ID, known(x.Article.Outlet), known(x.Article.Published.Value), known(x.Article.Title), x.From, x.To, x.Full, x.Href}
	}}}
}

// longBeside is how much of a passage is shown side by side with others, in bytes.
const longBeside = 6000

func (s *site) beside(r *http.Request) (string, *frame, error) {
	q := r.URL.Query()
	p := &besidePage{}
	var copies []onrecord.Copy
	var spans []onrecord.Span
	d := newIndex(&ledger.StoryView{})
	for _, name := range besideParams {
		place := q.Get(string(name))
		if place == "" {
			continue
		}
		id, span, _ := strings.Cut(place, ":")
		from, to, ok := parseSpan(span)
		if !ok || from == to {
			return "", nil, badRequest("Invalid passage “" + clip(place, 80) + "”: use ARTICLE:START-END in code points, for example a1b2c3:10-42.")
		}
		v, err := s.ledger.Article(r.Context(), id)
		if err != nil {
			return "", nil, err
		}
		a := &v.Article
		d.articles[a.ID] = a
		o := newOffsets(a.Text)
		d.offsets[a.ID] = o
		if to > o.Len() {
			return "", nil, badRequest(fmt.Sprintf("Invalid passage: the article has only %s.", count(o.Len(), "character")))
		}
		span8 := onrecord.Span{Start: o.Byte(from), End: o.Byte(to)}
		if span8.Len() > longBeside {
			p.Cut = true
			span8.End = runeStart(a.Text, span8.Start+longBeside)
		}
		spans = append(spans, span8)
		p.Passages = append(p.Passages, besidePassage{Article: *a, From: from, To: to, Full: span8.Of(a.Text), Href: fmt.Sprintf("/article/%s?span=%d-%d#here", url.PathEscape(a.ID), from, to)})
		copies = append(copies, v.Copies...)
	}
	if len(p.Passages) < 2 {
		return "", nil, badRequest("Give two to four passages: /side-by-side?a=article:start-end&b=article:start-end.")
	}
	var first []mark // what is not in all of the others
	for i := range p.Passages {
		x := &p.Passages[i]
		var marks []mark
		if i > 0 {
			var in []mark
			in, marks = differences(p.Passages[0].Full, x.Full)
			first = append(first, in...)
			x.Words = inContext(x.Article.Text, spans[i], marks)
		}
	}
	p.Passages[0].Words = inContext(p.Passages[0].Article.Text, spans[0], first)
	p.find(d, copies)
	return "beside.html", &frame{Title: "Side by side", Nav: "stories", Page: p}, nil
}

// find finds the copy between the first two articles, and the other passages they share.
func (p *besidePage) find(d *index, copies []onrecord.Copy) {
	one, two := p.Passages[0].Article.ID, p.Passages[1].Article.ID
	for i := range copies {
		c := &copies[i]
		forth, back := c.Origin == one && c.Article == two, c.Origin == two && c.Article == one
		if !forth && !back {
			continue
		}
		p.Copy = c
		for _, x := range c.Passages {
			a, b := d.spanPlace(c.Origin, x.Origin), d.spanPlace(c.Article, x.Span)
			words := quote(d.articles[c.Article].Text, []onrecord.Span{x.Span}, 90)
			if back {
				a, b = b, a
			}
			if words != "" && len(p.Others) < 200 {
				p.Others = append(p.Others, besideLink{words, besideHref(a, b)})
			}
		}
		return
	}
}

// inContext renders a passage with the text around it; marks are spans of the passage.
func inContext(text string, s onrecord.Span, marks []mark) template.HTML {
	words, at := around(text, s, 160)
	all := []mark{{at, here}}
	for _, m := range marks {
		all = append(all, mark{onrecord.Span{Start: at.Start + m.Start, End: at.Start + m.End}, m.role})
	}
	return markUp(words, all, nil, true)
}

// manyWords is the maximum length, in words, of passages that are compared: time and memory grow with the product of the lengths. Longer
// ones are shown without marks.
const manyWords = 800

// differences marks the words of each text that are not in a longest common subsequence of the two.
func differences(a, b string) (inA, inB []mark) {
	x, y := wordSpans(a), wordSpans(b)
	if len(x) > manyWords || len(y) > manyWords {
		return nil, nil
	}
	fold := func(s string, spans []onrecord.Span) []string {
		out := make([]string, len(spans))
		for i, w := range spans {
			out[i] = strings.ToLower(w.Of(s))
		}
		return out
	}
	u, v := fold(a, x), fold(b, y)
	// common[i][k] is the length of the longest common subsequence of u[i:] and v[k:].
	common := make([][]int16, len(u)+1)
	for i := range common {
		common[i] = make([]int16, len(v)+1)
	}
	for i := len(u) - 1; i >= 0; i-- {
		for k := len(v) - 1; k >= 0; k-- {
			if u[i] == v[k] {
				common[i][k] = common[i+1][k+1] + 1
			} else {
				common[i][k] = max(common[i+1][k], common[i][k+1])
			}
		}
	}
	i, k := 0, 0
	for i < len(u) || k < len(v) {
		switch {
		case i < len(u) && k < len(v) && u[i] == v[k]:
			i, k = i+1, k+1
		case k == len(v) || i < len(u) && common[i+1][k] >= common[i][k+1]:
			inA = lengthen(inA, x, i)
			i++
		default:
			inB = lengthen(inB, y, k)
			k++
		}
	}
	return inA, inB
}

// lengthen marks word i, extending the mark of the word before if there is one.
func lengthen(marks []mark, words []onrecord.Span, i int) []mark {
	if n := len(marks); n > 0 && i > 0 && marks[n-1].End == words[i-1].End {
		marks[n-1].End = words[i].End
		return marks
	}
	return append(marks, mark{words[i], drift})
}

// wordSpans are the words of a text, by [wordLen].
func wordSpans(s string) (out []onrecord.Span) {
	for i := 0; i < len(s); {
		n := wordLen(s[i:])
		if n > 0 {
			out = append(out, onrecord.Span{Start: i, End: i + n})
		} else {
			_, n = utf8.DecodeRuneInString(s[i:])
		}
		i += n
	}
	return out
}

// wordLen is the length of the word that s begins with, 0 for none: letters, marks and digits, signs of percent and money, and between
// them points, commas and apostrophes.
func wordLen(s string) (n int) {
	for i, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) || unicode.Is(unicode.Sc, r) || r == '%':
			n = i + utf8.RuneLen(r)
		case n == 0 || !strings.ContainsRune(".,'’", r):
			return n
		}
	}
	return n
}
