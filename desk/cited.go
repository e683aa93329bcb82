package desk

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/text"
)

// A source is an address that a text cites, and where.
type source struct {
	at      int // byte of the text
	address string
}

// What cites in a text: a link of Markdown, an address, the number of a note; and the notes themselves, each a line.
var citations = struct{ link, address, number, note *regexp.Regexp }{
	regexp.MustCompile(`\[([^\]\n]{0,200})\]\(<?(https?://[^\s)>]+)>?[^)\n]*\)`),
	regexp.MustCompile(`<?https?://[^\s<>"“”]+>?`),
	regexp.MustCompile(`\[\^?(\d{1,3})\]`),
	regexp.MustCompile(`(?m)^[ \t]*(?:\[\^?(\d{1,3})\][:.]?[ \t][^\n]*?(https?://[^\s<>"“”)]+)|(\d{1,3})[.)][ \t]+<?(https?://[^\s<>"“”)]+))[^\n]*$`),
}

// withoutCitations is a text with blanks in the place of addresses and numbers of notes, as long in code points as it was, and what it
// cites. The words of a link stay where they are part of a sentence.
func withoutCitations(given string) (string, []source) {
	notes := map[string]string{}
	given = citations.note.ReplaceAllStringFunc(given, func(line string) string {
		m := citations.note.FindStringSubmatch(line)
		notes[cmp.Or(m[1], m[3])] = bareAddress(cmp.Or(m[2], m[4]))
		return blank(line)
	})
	var list []source // at code points, until the text is whole
	cite := func(form *regexp.Regexp, cited func(parts []string) (address, words string)) {
		var b strings.Builder
		runes, end := 0, 0
		write := func(s string) {
			b.WriteString(s)
			runes += utf8.RuneCountInString(s)
		}
		for _, m := range form.FindAllStringSubmatchIndex(given, -1) {
			whole := given[m[0]:m[1]]
			address, words := cited(form.FindStringSubmatch(whole))
			if address == "" {
				continue
			}
			write(given[end:m[0]])
			list = append(list, source{runes, bareAddress(address)})
			if words != "" && (!ended(given[:m[0]]) || goesOn(given[m[1]:])) {
				before, after, _ := strings.Cut(whole, words)
				write(blank(before) + words + blank(after))
			} else {
				write(blank(whole))
			}
			end = m[1]
		}
		write(given[end:])
		given = b.String()
	}
	cite(citations.link, func(p []string) (string, string) { return p[2], p[1] })
	cite(citations.address, func(p []string) (string, string) { return p[0], "" })
	cite(citations.number, func(p []string) (string, string) { return notes[p[1]], "" })
	o := text.NewOffsets(given)
	for i := range list {
		list[i].at = o.Byte(list[i].at)
	}
	slices.SortStableFunc(list, func(a, b source) int { return cmp.Compare(a.at, b.at) })
	return given, list
}

// blank is as many blanks as a text has code points.
func blank(s string) string { return strings.Repeat(" ", len([]rune(s))) }

// ended says whether a text ends with a sentence.
func ended(text string) bool {
	s := strings.TrimRightFunc(text, func(c rune) bool { return unicode.IsSpace(c) || strings.ContainsRune(`()[]”’"'`, c) })
	return strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?")
}

// goesOn says whether a text goes on with a word that begins no sentence.
func goesOn(text string) bool {
	c, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, " "))
	return unicode.IsLower(c)
}

func bareAddress(s string) string { return strings.TrimRight(strings.Trim(s, "<>"), ".,;:)]") }

// citedFor are the addresses cited in the sentences of a claim, or behind them before other words begin.
func (d *desk) citedFor(c *claim, all []source) (list []string) {
	doc := d.draft.doc
	at := extent(c.statement.Content)
	first := doc.Span(doc.Sentences[doc.SentenceAt(doc.TokenAt(at.Start))])
	last := doc.Span(doc.Sentences[doc.SentenceAt(doc.TokenAt(at.End-1))])
	behind := len(doc.Text)
	if n := d.draft.from(last.End); n < len(d.draft.words) {
		behind = d.draft.words[n].Start
	}
	for _, s := range all {
		if first.Start <= s.at && s.at < behind && !slices.Contains(list, s.address) {
			list = append(list, s.address)
		}
	}
	return list
}

// answerCited answers for a claim by the articles that are cited for it alone, where any are; where these do not have it, it says whether
// others do.
func (d *desk) answerCited(ctx context.Context, c *claim, cited []string) (*Answer, error) {
	a, err := d.answer(ctx, c)
	if err != nil || len(cited) == 0 {
		if a != nil {
			a.Span = d.place(c)
		}
		return a, err
	}
	whole := d.Reader
	d.Reader = &citedReader{whole, cited, map[string]bool{}}
	narrow, err := d.answer(ctx, c)
	d.Reader = whole
	if err != nil {
		return nil, err
	}
	if narrow.Verdict == Missing && a.Verdict != Missing {
		a.Elsewhere, narrow = true, a
	}
	narrow.Span, narrow.Cited = d.place(c), cited
	return narrow, nil
}

// A citedReader finds in the articles that are cited alone.
type citedReader struct {
	Reader
	cited []string
	is    map[string]bool // of articles whether they are cited
}

// citedHits is how many results of a search are looked through for those in what is cited.
const citedHits = 500

func (r *citedReader) Search(ctx context.Context, q ledger.SearchQuery) ([]ledger.Hit, error) {
	q.Limit = citedHits
	hits, err := r.Reader.Search(ctx, q)
	if err != nil {
		return nil, err
	}
	var unknown []string
	for i := range hits {
		id := hits[i].Article
		if _, ok := r.is[id]; !ok {
			unknown, r.is[id] = append(unknown, id), false
		}
	}
	rows, err := r.Articles(ctx, unknown)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		r.is[rows[i].ID] = slices.ContainsFunc(r.cited, func(c string) bool { return cites(c, &rows[i].Article) })
	}
	return slices.DeleteFunc(hits, func(h ledger.Hit) bool { return !r.is[h.Article] }), nil
}

// cites says whether an id or an address names an article: its own address, or that of its page here.
func cites(cited string, a *onrecord.Article) bool {
	cited = strings.TrimSpace(cited)
	if _, id, ok := strings.Cut(cited, "/article/"); ok {
		if id, _, _ = strings.Cut(id, "?"); id == a.ID {
			return true
		}
	}
	return cited == a.ID || a.URL != "" && page(cited) == page(a.URL)
}

// page is an address without what does not tell pages apart.
func page(address string) string {
	_, rest, ok := strings.Cut(address, "://")
	if !ok {
		rest = address
	}
	rest, _, _ = strings.Cut(rest, "#")
	return strings.TrimSuffix(strings.TrimPrefix(strings.ToLower(rest), "www."), "/")
}
