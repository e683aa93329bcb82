package serve

import (
	"cmp"
	"fmt"
	"html/template"
	"net/url"
	"regexp"
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/reading"
	"github.com/onrecord/onrecord/reading/language"
	"github.com/onrecord/onrecord/text"
)

type offsets = text.Offsets

func newOffsets(s string) *offsets { return text.NewOffsets(s) }

type articlePage struct {
	linkState
	Article    ledger.ArticleRow
	StoryTitle string
	Link       string // the article's address where it can be followed
	Bidi       int    // characters that turn the direction of writing
	Text       template.HTML
	Lines      []line // one page of them
	Pages      pager
	Doubts     doubts
	Figures    []figureLine
	Times      []onrecord.Time
	Asides     []onrecord.Aside
	Versions   []ledger.ArticleRow
	From, To   []pairing // copies by it, copies of it
	MoreTo     int       // copies of it that are not shown
	Sources    []sourced // the outlets that it draws on
	Here, Jump string    // what the address points to, in words and as a fragment
}

// A sourced is an outlet that an article draws on, and the evidence for it.
type sourced struct{ Name, By string }

// sources are the outlets that statements are relayed through, then those credited at the end of the article.
func sources(v *ledger.ArticleView) []sourced {
	var out []sourced
	told := map[string]int{}
	for i := range v.Statements {
		for _, name := range v.Statements[i].Relays {
			if told[name]++; told[name] == 1 {
				out = append(out, sourced{Name: name})
			}
		}
	}
	for i := range out {
		out[i].By = count(told[out[i].Name], "statement")
	}
	for _, name := range corpus.Sources(&v.Article.Article) {
		out = append(out, sourced{name, "credited at the end"})
	}
	return out
}

// Of is the text of a span of the article.
func (p *articlePage) Of(s onrecord.Span) string {
	return quote(p.Article.Text, []onrecord.Span{s}, longQuote)
}

// Hash is the SHA-256 of the text.
func (p *articlePage) Hash() string { return onrecord.TextHash(p.Article.Text) }

// Unread is the name of the article's language if articles in it are not read, else "".
func (p *articlePage) Unread() string {
	if reading.Reads(p.Article.Language) {
		return ""
	}
	return language.Name(p.Article.Language)
}

// Lang is the article's language if it has the form of a language tag (RFC 5646, section 2.1), else "".
func (p *articlePage) Lang() string {
	if ok, _ := regexp.MatchString(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`, p.Article.Language); ok {
		return p.Article.Language
	}
	return ""
}

// newArticlePage makes the page of an article. Others are the articles on the other side of the copies shown. The parameters may point to a
// span, in code points, or to a statement.
func newArticlePage(v *ledger.ArticleView, others []ledger.ArticleRow, q url.Values) *articlePage {
	a := &v.Article
	p := &articlePage{
		Article: *a, StoryTitle: v.StoryTitle, Link: webLink(a.URL), Versions: v.Versions, Asides: v.Asides, Times: v.Times,
		Sources: sources(v), Bidi: countBidi(a.Text),
	}
	d := newIndex(&ledger.StoryView{Articles: others, Utterances: v.Utterances, Figures: v.Figures})
	d.articles[a.ID] = a
	statements := slices.Clone(v.Statements)
	slices.SortStableFunc(statements, func(a, b ledger.StatementRow) int { return cmp.Compare(noteOffset(&a), noteOffset(&b)) })
	doubtful, show := 0, showsDoubtful(q)
	for i := range statements {
		s := &statements[i]
		d.statements[s.ID] = s
		if s.Doubtful() {
			doubtful++
			show = show || s.ID == q.Get("s")
		}
	}
	p.Doubts = newDoubts(doubtful, q, show, "#statements")
	var m marking
	inStatement := p.addFigures(d, &m, v.Figures)
	if show {
		q.Set("doubtful", showDoubtful) // on the list's other pages too
	} else {
		statements = slices.DeleteFunc(slices.Clone(statements), func(s ledger.StatementRow) bool { return s.Doubtful() })
	}
	p.addStatements(d, &m, statements, inStatement, q)
	for _, t := range v.Times {
		m.add(timeWords, t.Span)
	}
	for _, x := range v.Asides {
		m.add(aside, x.Span)
	}
	p.pointAt(&m, q.Get("span"))
	p.Text = markUp(a.Text, m.marks, m.notes, true)
	for _, c := range v.Copies {
		if c.Article == a.ID {
			p.From = append(p.From, d.pairing(c, pairsShown))
		} else if len(p.To) < copiesShown {
			p.To = append(p.To, d.pairing(c, 0))
		} else {
			p.MoreTo++
		}
	}
	return p
}

// countBidi counts bidirectional control characters, which can make a text read differently from how it is displayed (Unicode Standard
// Annex 9, section 2).
func countBidi(text string) (n int) {
	for _, r := range text {
		if r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' {
			n++
		}
	}
	return n
}

// A marking collects the marks and notes of a text.
type marking struct {
	marks []mark
	notes []note
}

func (m *marking) add(r role, spans ...onrecord.Span) {
	for _, s := range spans {
		m.marks = append(m.marks, mark{s, r})
	}
}

// addFigures marks and lists figures. It returns the amounts by statement.
func (p *articlePage) addFigures(d *index, m *marking, figures []ledger.FigureRow) map[string][]string {
	inStatement := map[string][]string{}
	for i := range figures {
		f := &figures[i]
		m.add(figure, f.Span)
		m.notes = append(m.notes, note{at: f.Span.Start, id: "f-" + f.ID})
		if f.ConversionOf != "" {
			continue // it stands beside the figure that it restates
		}
		x := d.figure(f)
		p.Figures = append(p.Figures, x)
		said := amount(f.Figure)
		if also := x.Also(); also != "" {
			said += " (" + also + ")"
		}
		inStatement[f.Statement] = append(inStatement[f.Statement], said)
	}
	return inStatement
}

// addStatements marks statements, which are in text order, and lists one page of them: the requested one, by default that of the statement
// that the address points to.
func (p *articlePage) addStatements(d *index, m *marking, statements []ledger.StatementRow, figures map[string][]string, q url.Values) {
	at := q.Get("s")
	if i := slices.IndexFunc(statements, func(s ledger.StatementRow) bool { return s.ID == at }); i >= 0 && !q.Has("statements") {
		q.Set("statements", fmt.Sprint(i/columnPerPage+1))
	}
	var listed []ledger.StatementRow
	listed, p.Pages = paged(statements, q, "statements", columnPerPage)
	for i := range listed {
		l := d.line(&listed[i])
		l.Number, l.Figures = p.Pages.From+i, figures[l.ID]
		p.Lines = append(p.Lines, l)
	}
	for i := range statements {
		s := &statements[i]
		m.add(content, s.Content...)
		m.add(cue, s.Cue...)
		m.add(sourceWords, s.Source...)
		if s.ID == at {
			m.add(here, slices.Concat(s.Content, s.Cue, s.Source)...)
			p.Here, p.Jump = fmt.Sprintf("statement %d", i+1), "#s-"+s.ID
		}
		n := note{at: noteOffset(s), id: "s-" + s.ID, label: fmt.Sprint(i + 1), href: "#c-" + s.ID}
		n.title = fmt.Sprintf("statement %d: %s", i+1, who(s, quote(p.Article.Text, s.Source, 120)))
		if page := i/columnPerPage + 1; page != pageOf(q, "statements") {
			to := url.Values{"statements": {fmt.Sprint(page)}}
			if p.Doubts.Shown {
				to.Set("doubtful", showDoubtful)
			}
			n.href = "?" + to.Encode() + "#c-" + s.ID
		}
		m.notes = append(m.notes, n)
	}
}

// pointAt marks the span, in code points, that the address points to, if it is valid.
func (p *articlePage) pointAt(m *marking, span string) {
	from, to, ok := parseSpan(span)
	if !ok {
		return
	}
	o := newOffsets(p.Article.Text)
	if to > o.Len() {
		return
	}
	s := onrecord.Span{Start: o.Byte(from), End: o.Byte(to)}
	m.add(here, s)
	m.notes = append(m.notes, note{at: s.Start, id: "here"})
	p.Here, p.Jump = fmt.Sprintf("characters %d to %d", from, to), "#here"
}

// noteOffset is the offset of a statement's note: the start of its content, else of its cue.
func noteOffset(s *ledger.StatementRow) int {
	for _, spans := range [][]onrecord.Span{s.Content, s.Cue, s.Source} {
		if len(spans) > 0 {
			return spans[0].Start
		}
	}
	return 0
}

// An excerpt is a statement in context.
type excerpt struct {
	ledger.Passage
	Words                        template.HTML
	Day                          string
	Cue, SourceWords, To, Reason string
}

// Verb is the stance in words.
func (e *excerpt) Verb() string { return wordsFor(terms.stances, e.Stance) }

// Who is the name to show for the statement's speaker, or the article's words for it.
func (e *excerpt) Who() string { return who(&e.StatementRow, e.SourceWords) }

// excerpts marks statements in their context.
func excerpts(passages []ledger.Passage) []excerpt {
	out := make([]excerpt, 0, len(passages))
	for _, p := range passages {
		var marks []mark
		add := func(r role, spans []onrecord.Span) {
			for _, s := range within(spans, p.AroundSpan) {
				marks = append(marks, mark{s, r})
			}
		}
		add(content, p.Content)
		add(cue, p.Statement.Cue)
		add(sourceWords, p.Source)
		words := p.Around
		if words == "" || len(words) > wholeQuote {
			words, marks = clip(p.Text, longQuote), nil
		}
		said := func(spans []onrecord.Span) string { return quote(p.Around, within(spans, p.AroundSpan), 120) }
		out = append(out, excerpt{
			p, markUp(words, marks, nil, false), published(p.Published),
			said(p.Statement.Cue), said(p.Source), said(p.Addressee), said(p.Anonymity),
		})
	}
	return out
}

// within converts spans of a text to spans of a part of it, clipped to that part.
func within(spans []onrecord.Span, part onrecord.Span) []onrecord.Span {
	var out []onrecord.Span
	for _, s := range spans {
		if s = (onrecord.Span{Start: max(s.Start, part.Start) - part.Start, End: min(s.End, part.End) - part.Start}); s.Start < s.End {
			out = append(out, s)
		}
	}
	return out
}
