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
	Figures    []figureLine
	Times      []onrecord.Time
	Asides     []onrecord.Aside
	Versions   []ledger.ArticleRow
	From, To   []pairing // what this article copies, what copies it
	MoreTo     int       // copies of it that are not shown
	Sources    []sourced // the outlets that it draws on
	Here, Jump string    // what the address points at, in words, and its place on the page
}

// A sourced is an outlet that an article draws on, and by what it shows.
type sourced struct{ Name, By string }

// sources are the outlets through which statements reached an article, then those that it names as sources at its end.
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
		out = append(out, sourced{name, "named at its end"})
	}
	return out
}

// Of is the words of a span of the article.
func (p *articlePage) Of(s onrecord.Span) string {
	return quote(p.Article.Text, []onrecord.Span{s}, longQuote)
}

// Hash is that of the text.
func (p *articlePage) Hash() string { return onrecord.TextHash(p.Article.Text) }

// languageTag is the shape of a language tag (RFC 5646, section 2.1): anything else would only confuse a browser.
var languageTag = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)

// Lang is the article's language where it is the shape of one.
func (p *articlePage) Lang() string { return languageTag.FindString(p.Article.Language) }

// newArticlePage makes the page of an article. Others are the articles that it copies and that copy it, as far as they are shown. The address
// may point at a span in code points, or at the statement named by at.
func newArticlePage(v *ledger.ArticleView, others []ledger.ArticleRow, q url.Values) *articlePage {
	a, span, at := &v.Article, q.Get("span"), q.Get("s")
	p := &articlePage{
		Article: *a, StoryTitle: v.StoryTitle, Link: webLink(a.URL), Versions: v.Versions, Asides: v.Asides, Times: v.Times,
		Sources: sources(v),
	}
	for _, r := range a.Text {
		if r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' {
			p.Bidi++
		}
	}
	d := newIndex(&ledger.StoryView{Articles: others, Utterances: v.Utterances, Figures: v.Figures})
	d.articles[a.ID] = a
	statements := slices.Clone(v.Statements)
	slices.SortStableFunc(statements, func(a, b ledger.StatementRow) int { return cmp.Compare(noteOffset(&a), noteOffset(&b)) })
	for i := range statements {
		d.statements[statements[i].ID] = &statements[i]
	}

	var marks []mark
	add := func(r role, spans ...onrecord.Span) {
		for _, s := range spans {
			marks = append(marks, mark{s, r})
		}
	}
	var notes []note
	byStatement := map[string][]string{}
	for i := range v.Figures {
		f := &v.Figures[i]
		add(figure, f.Span)
		notes = append(notes, note{at: f.Span.Start, id: "f-" + f.ID})
		if f.ConversionOf != "" {
			continue // it stands beside the figure that it restates
		}
		x := d.figure(f)
		p.Figures = append(p.Figures, x)
		said := amount(f.Figure)
		if also := x.Also(); also != "" {
			said += " (" + also + ")"
		}
		byStatement[f.Statement] = append(byStatement[f.Statement], said)
	}
	if i := slices.IndexFunc(statements, func(s ledger.StatementRow) bool { return s.ID == at }); i >= 0 && !q.Has("statements") {
		q.Set("statements", fmt.Sprint(i/columnPerPage+1)) // the page that it stands on
	}
	listed, pages := paged(statements, q, "statements", columnPerPage)
	p.Pages = pages
	for i := range listed {
		l := d.line(&listed[i])
		l.Number, l.Figures = p.Pages.From+i, byStatement[l.ID]
		p.Lines = append(p.Lines, l)
	}
	for i := range statements {
		s := &statements[i]
		add(content, s.Content...)
		add(cue, s.Cue...)
		add(sourceWords, s.Source...)
		if s.ID == at {
			add(here, s.Content...)
			add(here, s.Cue...)
			add(here, s.Source...)
			p.Here, p.Jump = fmt.Sprintf("statement %d", i+1), "#s-"+s.ID
		}
		n := note{at: noteOffset(s), id: "s-" + s.ID, label: fmt.Sprint(i + 1), href: "#c-" + s.ID, title: fmt.Sprintf("statement %d: %s", i+1, who(s, quote(a.Text, s.Source, 120)))}
		if page := i/columnPerPage + 1; page != pageOf(q, "statements") {
			n.href = fmt.Sprintf("?statements=%d#c-%s", page, s.ID)
		}
		notes = append(notes, n)
	}
	for _, t := range v.Times {
		add(timeWords, t.Span)
	}
	for _, x := range v.Asides {
		add(aside, x.Span)
	}
	if from, to, ok := parseSpan(span); ok {
		if o := newOffsets(a.Text); to <= o.Len() {
			s := onrecord.Span{Start: o.Byte(from), End: o.Byte(to)}
			add(here, s)
			notes = append(notes, note{at: s.Start, id: "here"})
			p.Here, p.Jump = fmt.Sprintf("characters %d to %d", from, to), "#here"
		}
	}
	p.Text = markUp(a.Text, marks, notes, true)
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

// noteOffset is where a statement's note stands: at its content, else at its cue.
func noteOffset(s *ledger.StatementRow) int {
	for _, spans := range [][]onrecord.Span{s.Content, s.Cue, s.Source} {
		if len(spans) > 0 {
			return spans[0].Start
		}
	}
	return 0
}

// An excerpt is a statement with the words around it.
type excerpt struct {
	ledger.Passage
	Words                        template.HTML
	Day                          string
	Cue, SourceWords, To, Reason string
}

// Verb is the stance in words.
func (e *excerpt) Verb() string { return stances[e.Stance] }

// excerpts marks the statements in the words around them.
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

// within is where spans of a text lie in the part of it that another span cuts out; what sticks out is cut off.
func within(spans []onrecord.Span, part onrecord.Span) []onrecord.Span {
	var out []onrecord.Span
	for _, s := range spans {
		if s = (onrecord.Span{Start: max(s.Start, part.Start) - part.Start, End: min(s.End, part.End) - part.Start}); s.Start < s.End {
			out = append(out, s)
		}
	}
	return out
}
