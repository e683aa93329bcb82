package desk

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/text"
)

// A CitedReader is what a citation asks of a ledger: [ledger.Ledger] is one.
type CitedReader interface {
	Article(ctx context.Context, id string) (*ledger.ArticleView, error)
	Row(ctx context.Context, id string) (*ledger.StoryView, error)
}

// A Citation identifies a passage so that anyone can find it again, at the article's address or in any ledger that has read the same text.
type Citation struct {
	Row         string // statement, figure or article
	Article     ledger.ArticleRow
	Spans       []onrecord.Span // of the article's text, in bytes, in text order
	Span        [2]int          // from the first to the last of them, in code points
	Passage     string          // their words
	Speaker     string          // of a statement or of what carries a figure; "" where nobody is known
	SpeakerKind string          // as [onrecord.Speaker] has it
	Stance      string
	Indirect    bool   // the words are the article's, not the speaker's own
	Path        string // of the page that shows it
	Web         string // the article's address with the passage as a text fragment; "" where it has none
}

// citedWords is how long the words of a passage are in a citation at most, in bytes.
const citedWords = 4000

// Cite makes the citation of a statement, a figure, or of the code points [from, to) of an article: for to 0, of its beginning.
func Cite(ctx context.Context, r CitedReader, id string, from, to int) (*Citation, error) {
	c := &Citation{Row: id}
	if strings.HasPrefix(id, onrecord.ArticleKind) {
		v, err := r.Article(ctx, id)
		if err != nil {
			return nil, err
		}
		c.Article = v.Article
		o := text.NewOffsets(c.Article.Text)
		if to <= 0 || from < 0 || from > to || to > o.Len() {
			from, to = 0, min(o.Len(), 280)
		}
		c.Spans = []onrecord.Span{{Start: o.Byte(from), End: o.Byte(to)}}
		c.close()
		return c, nil
	}
	if !strings.HasPrefix(id, onrecord.StatementKind) && !strings.HasPrefix(id, onrecord.FigureKind) {
		return nil, ledger.ErrNotFound
	}
	v, err := r.Row(ctx, id)
	if err != nil {
		return nil, err
	}
	of := id
	if i := slices.IndexFunc(v.Figures, func(f ledger.FigureRow) bool { return f.ID == id }); i >= 0 {
		c.Spans, of = []onrecord.Span{v.Figures[i].Span}, v.Figures[i].Statement
		c.Article.ID, c.Indirect = v.Figures[i].Article, true
	}
	if i := slices.IndexFunc(v.Statements, func(s ledger.StatementRow) bool { return s.ID == of }); i >= 0 {
		s := &v.Statements[i]
		c.Article.ID, c.Speaker, c.Stance = s.Article, s.SpeakerName, s.Stance
		if c.Spans == nil {
			c.Spans, c.Indirect = said(s), s.Kind == onrecord.Indirect
		}
		if k := slices.IndexFunc(v.Speakers, func(x ledger.SpeakerRow) bool { return x.ID == s.Speaker }); k >= 0 {
			c.SpeakerKind = v.Speakers[k].Kind
		}
	}
	i := slices.IndexFunc(v.Articles, func(a ledger.ArticleRow) bool { return a.ID == c.Article.ID })
	if i < 0 || len(c.Spans) == 0 {
		return nil, ledger.ErrNotFound
	}
	c.Article = v.Articles[i]
	c.close()
	return c, nil
}

// said is what a statement says, else that it is said.
func said(s *ledger.StatementRow) []onrecord.Span {
	for _, spans := range [][]onrecord.Span{s.Content, s.Cue} {
		if len(spans) > 0 {
			return spans
		}
	}
	return s.Source
}

// close fills in what follows from the spans. Those that do not lie in the text are left out.
func (c *Citation) close() {
	whole := c.Article.Text
	c.Spans = slices.DeleteFunc(slices.Clone(c.Spans), func(s onrecord.Span) bool { return s.Start < 0 || s.End > len(whole) || s.Start > s.End })
	if len(c.Spans) == 0 {
		return
	}
	c.Passage = clipped(wordsOf(whole, c.Spans), citedWords)
	o, at := text.NewOffsets(whole), extent(c.Spans)
	c.Span = [2]int{o.Rune(at.Start), o.Rune(at.End)}
	c.Path = fmt.Sprintf("/article/%s?span=%d-%d#here", url.PathEscape(c.Article.ID), c.Span[0], c.Span[1])
	u, err := url.Parse(c.Article.URL)
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "http" && u.Scheme != "https" {
		return
	}
	c.Web, _, _ = strings.Cut(c.Article.URL, "#")
	if at.Start < at.End {
		c.Web += "#:~:text=" + fragment(at.Of(whole))
	}
}

func clipped(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}

// Hash is the SHA-256 of the article's text.
func (c *Citation) Hash() string { return onrecord.TextHash(c.Article.Text) }

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

// A CitationForm is a form in which a citation is written.
type CitationForm struct {
	Name, About, Type, Extension string
	Prose                        bool // for people
	// Write writes it. Address is where this record's pages are, as in http://127.0.0.1:7700; "" where nobody serves them.
	Write func(c *Citation, address string) string
}

// CitationForms are all of them.
func CitationForms() []CitationForm {
	const plain = "text/plain; charset=utf-8"
	return []CitationForm{
		{"short", "In the running text", plain, "txt", true, (*Citation).short},
		{"full", "In a note or a list of sources", plain, "txt", true, (*Citation).full},
		{"bibtex", "BibTeX", "application/x-bibtex; charset=utf-8", "bib", false, (*Citation).bibtex},
		{"csl", "CSL-JSON, for reference managers", "application/vnd.citationstyles.csl+json", "json", false, (*Citation).csl},
		{"annotation", "Web Annotation, the passage by its words and by its place", "application/ld+json", "jsonld", false, (*Citation).annotation},
		{"claimreview", "ClaimReview, a stub: fill in what is empty", "application/ld+json", "jsonld", false, (*Citation).claimReview},
	}
}

// day is the day of publication as far as it is known: the year, the month, the day; empty where it is not. Said is how it is said: "5 March
// 2031".
func (c *Citation) day() (parts []int, iso, said string) {
	p := c.Article.Published
	for i, f := range [...]struct{ form, said string }{{time.DateOnly, "2 January 2006"}, {"2006-01", "January 2006"}, {"2006", "2006"}} {
		if i == 0 && p.Precision == "month" || i < 2 && p.Precision == "year" || len(p.Value) < len(f.form) {
			continue
		}
		if t, err := time.Parse(f.form, p.Value[:len(f.form)]); err == nil {
			return []int{t.Year(), int(t.Month()), t.Day()}[:3-i], t.Format(f.form), t.Format(f.said)
		}
	}
	return nil, "", ""
}

func (c *Citation) short(string) string {
	_, _, day := c.day()
	parts := slices.DeleteFunc([]string{c.Speaker, cmp.Or(c.Article.Outlet, c.Article.Title), day}, func(s string) bool { return s == "" })
	return strings.Join(parts, ", ")
}

// full is the passage, who says it, and where it stands: no ids and no hashes, which are for programs.
func (c *Citation) full(string) string {
	a := &c.Article
	var lead string
	switch {
	case c.Speaker == "":
	case c.Stance == onrecord.Denies:
		lead = c.Speaker + " denies: "
	case c.Indirect:
		lead = c.Speaker + ", as reported: "
	default:
		lead = c.Speaker + ": "
	}
	var where []string
	_, _, day := c.day()
	for _, s := range []string{strings.Join(c.authors(), " and "), quoted(a.Title), a.Outlet, cmp.Or(day, "undated"), a.URL} {
		if s != "" {
			where = append(where, strings.Join(strings.Fields(s), " "))
		}
	}
	return lead + quoted(c.Passage) + ", in: " + strings.Join(where, ", ")
}

// quoted is a text in quotation marks, those in it single.
func quoted(s string) string {
	s = strings.Trim(strings.TrimSpace(s), "“”\"")
	if n := len(s); n > 2 && s[0] == '\'' && strings.HasSuffix(strings.TrimRight(s, ","), "'") && strings.Count(strings.TrimRight(s, ",'"), "'") >= 1 {
		s = strings.TrimSuffix(strings.TrimRight(s[1:], ","), "'") // a quotation within a headline
	}
	if s == "" {
		return ""
	}
	return "“" + strings.TrimRight(strings.NewReplacer("“", "‘", "”", "’").Replace(s), ",") + "”"
}

// authors are the people whom the byline names, or the byline as it stands.
func (c *Citation) authors() []string {
	byline := strings.Join(strings.Fields(c.Article.Byline), " ")
	if s, ok := strings.CutPrefix(strings.ToLower(byline), "by "); ok {
		byline = byline[len(byline)-len(s):]
	}
	if byline == "" {
		return nil
	}
	list := regexp.MustCompile(`,? and |, | & `).Split(byline, -1)
	if slices.ContainsFunc(list, func(s string) bool { return !isName(s) }) {
		return []string{byline}
	}
	return list
}

// isName says whether a text is two to four words that all begin with a capital.
func isName(s string) bool {
	words := strings.Fields(s)
	return 2 <= len(words) && len(words) <= 4 && !slices.ContainsFunc(words, func(w string) bool {
		c, _ := utf8.DecodeRuneInString(w)
		return !unicode.IsUpper(c)
	})
}

// bibtex is an entry of the type misc, which every version of BibTeX knows. A byline that is not surely names of people, and the title, are in
// braces of their own, so that they are printed as they stand.
func (c *Citation) bibtex(string) string {
	a := &c.Article
	date, iso, _ := c.day()
	var b strings.Builder
	key := strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return unicode.ToLower(r)
		}
		return -1
	}, a.Outlet+iso+firstWords(a.Title, 2))
	fmt.Fprintf(&b, "@misc{%s,\n", cmp.Or(key, "article"))
	field := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "  %s = {%s},\n", name, value)
		}
	}
	authors := c.authors()
	for i, s := range authors {
		if authors[i] = escaped(s); !isName(s) {
			authors[i] = "{" + escaped(s) + "}"
		}
	}
	field("author", strings.Join(authors, " and "))
	if a.Title != "" {
		field("title", "{"+escaped(a.Title)+"}")
	}
	field("howpublished", escaped(a.Outlet))
	for i, n := range date {
		field([]string{"year", "month", "day"}[i], strconv.Itoa(n))
	}
	field("url", strings.NewReplacer("{", "%7B", "}", "%7D", `\`, "%5C", " ", "%20").Replace(a.URL))
	field("language", escaped(a.Language))
	note := quoted(c.Passage)
	if c.Speaker != "" {
		note = c.Speaker + ": " + note
	}
	field("note", escaped(note))
	b.WriteString("}\n")
	return b.String()
}

func firstWords(s string, n int) string {
	words := strings.Fields(s)
	return strings.Join(words[:min(len(words), n)], "")
}

// escaped is a text for BibTeX.
func escaped(s string) string {
	return strings.NewReplacer(`\`, `\textbackslash{}`, "{", `\{`, "}", `\}`, "&", `\&`, "%", `\%`, "$", `\$`, "#", `\#`, "_", `\_`, "~", `\textasciitilde{}`, "^", `\textasciicircum{}`).Replace(strings.Join(strings.Fields(s), " "))
}

// An object is a JSON object; keys are written in order, and those without a value are left out unless they are to be filled in.
type object = map[string]any

// known drops what has no value.
func known(o object) object {
	for k, v := range o {
		if s, ok := v.(string); ok && s == "" || v == nil {
			delete(o, k)
		}
	}
	return o
}

func written(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return "" // strings, numbers, lists and objects of them always encode
	}
	return b.String()
}

func (c *Citation) csl(address string) string {
	a := &c.Article
	item := object{
		"id": c.Row, "type": "article-newspaper", "title": a.Title, "container-title": a.Outlet, "URL": a.URL, "language": a.Language, "note": quoted(c.Passage),
	}
	if c.Speaker != "" {
		item["note"] = c.Speaker + ": " + quoted(c.Passage)
	}
	var authors []object
	for _, s := range c.authors() {
		if words := strings.Fields(s); isName(s) {
			authors = append(authors, object{"family": words[len(words)-1], "given": strings.Join(words[:len(words)-1], " ")})
		} else {
			authors = append(authors, object{"literal": s})
		}
	}
	if authors != nil {
		item["author"] = authors
	}
	if date, _, _ := c.day(); date != nil {
		item["issued"] = object{"date-parts": [][]int{date}}
	}
	if address != "" {
		item["archive_location"] = address + c.Path
	}
	return written([]object{known(item)})
}

// around is how many bytes before and behind a passage are given with it, so that it is found where its words stand twice.
const around = 40

// annotation is a Web Annotation (W3C), a target for each part of the passage: by its words on the page, and by its place in the text that was
// read, in code points.
func (c *Citation) annotation(address string) string {
	a := &c.Article
	o := text.NewOffsets(a.Text)
	var targets []object
	for _, s := range c.Spans {
		byWords := quoteSelector(a.Text, s)
		if s.Len() > citedWords { // its ends are enough
			byWords = object{
				"type":          "RangeSelector",
				"startSelector": quoteSelector(a.Text, onrecord.Span{Start: s.Start, End: runeAt(a.Text, s.Start+around)}),
				"endSelector":   quoteSelector(a.Text, onrecord.Span{Start: runeAt(a.Text, s.End-around), End: s.End}),
			}
		}
		targets = append(targets, object{
			"source":   cmp.Or(a.URL, address+c.Path),
			"selector": []object{byWords, {"type": "TextPositionSelector", "start": o.Rune(s.Start), "end": o.Rune(s.End)}},
		})
	}
	body := object{"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": c.short("")}
	return written(known(object{
		"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation", "motivation": "highlighting", "id": pathAt(address, c.Path), "body": body, "target": targets,
	}))
}

func quoteSelector(text string, s onrecord.Span) object {
	return object{
		"type": "TextQuoteSelector", "exact": s.Of(text), "prefix": text[runeAt(text, s.Start-around):s.Start], "suffix": text[s.End:runeAt(text, s.End+around)],
	}
}

// runeAt is where the code point at a byte of a text begins.
func runeAt(text string, b int) int {
	b = min(max(0, b), len(text))
	for b > 0 && b < len(text) && !utf8.RuneStart(text[b]) {
		b--
	}
	return b
}

func pathAt(address, path string) string {
	if address == "" {
		return ""
	}
	return address + path
}

// claimReview is a stub of schema.org's ClaimReview: what the record knows of the claim is filled in, what the reviewer has to say is empty.
func (c *Citation) claimReview(string) string {
	a := &c.Article
	claim := object{"@type": "Claim"}
	if c.Speaker != "" && c.Stance != onrecord.Denies { // what is denied is another's claim
		kind := "Organization"
		if c.SpeakerKind == onrecord.Person {
			kind = "Person"
		}
		claim["author"] = object{"@type": kind, "name": c.Speaker}
	}
	_, iso, _ := c.day()
	appearance := known(object{"@type": "NewsArticle", "url": a.URL, "headline": a.Title, "datePublished": iso})
	if a.Outlet != "" {
		appearance["publisher"] = object{"@type": "Organization", "name": a.Outlet}
	}
	claim["appearance"] = appearance
	return written(object{
		"@context": "https://schema.org", "@type": "ClaimReview", "claimReviewed": strings.Trim(c.Passage, "“”\""), "itemReviewed": claim,
		"author": object{"@type": "Organization", "name": ""}, "datePublished": "", "url": "",
		"reviewRating": object{"@type": "Rating", "alternateName": "", "ratingValue": "", "bestRating": "", "worstRating": ""},
	})
}
