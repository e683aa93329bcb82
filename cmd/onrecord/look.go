package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/storage"
	"github.com/onrecord/onrecord/serve"
)

type storiesCommand struct {
	Outlet  string    `help:"Only stories covered by this outlet."`
	Speaker string    `help:"Only stories with statements by this speaker (id)." placeholder:"ID"`
	From    time.Time `help:"Only articles published on or after this day." format:"2006-01-02" placeholder:"DAY"`
	To      time.Time `help:"Only articles published before this day." format:"2006-01-02" placeholder:"DAY"`
	Limit   int       `help:"Maximum number of results." default:"50"`
	JSON    bool      `name:"json" help:"Print JSON, as the API returns it."`
}

func (c *storiesCommand) Run(ctx context.Context, root *command, s streams) error {
	return lookLinked(ctx, root.Ledger, func(l ledger.Ledger, _ bool) error {
		if c.JSON {
			q := url.Values{"limit": {strconv.Itoa(c.Limit)}}
			set(q, "outlet", c.Outlet)
			set(q, "speaker", c.Speaker)
			setDay(q, "from", c.From)
			setDay(q, "to", c.To)
			return answer(l, s.out, "/stories", q)
		}
		rows, total, err := l.Stories(ctx, ledger.StoryFilter{Outlet: c.Outlet, Speaker: c.Speaker, From: c.From, To: c.To, Limit: c.Limit})
		if err != nil {
			return err
		}
		t := table{head: []string{"story", "last", "articles", "reports", "statements", "disputes", "title"}, wide: 6}
		for _, r := range rows {
			t.add(r.ID, day(r.Last), strconv.Itoa(r.Articles), strconv.Itoa(r.Reports), strconv.Itoa(r.Statements), strconv.Itoa(r.Disputes), r.Title)
		}
		t.print(s.out, tableWidth(s.out))
		if total > len(rows) {
			fmt.Fprintf(s.out, "%d of %s\n", len(rows), count(total, "story"))
		}
		return nil
	})
}

type storyCommand struct {
	ID       string `arg:"" help:"The story's id, as stories lists it." placeholder:"ID"`
	Doubtful bool   `help:"Show doubtful statements too."`
	JSON     bool   `name:"json" help:"Print JSON, as the API returns it."`
}

func (c *storyCommand) Run(ctx context.Context, root *command, s streams) error {
	return lookLinked(ctx, root.Ledger, func(l ledger.Ledger, _ bool) error {
		if c.JSON {
			q := url.Values{}
			if c.Doubtful {
				q.Set("doubtful", "show")
			}
			return answer(l, s.out, "/stories/"+url.PathEscape(c.ID), q)
		}
		v, err := l.Story(ctx, c.ID)
		if err != nil {
			return err
		}
		printStory(s.out, v, c.Doubtful, tableWidth(s.out))
		return nil
	})
}

// A storyPrinter prints what the record holds of a story.
type storyPrinter struct {
	w          io.Writer
	width      int // columns
	view       *ledger.StoryView
	articles   map[string]*ledger.ArticleRow
	statements map[string]*ledger.StatementRow
	figures    map[string]*ledger.FigureRow
}

func printStory(w io.Writer, v *ledger.StoryView, doubtful bool, width int) {
	p := &storyPrinter{w, width, v, map[string]*ledger.ArticleRow{}, map[string]*ledger.StatementRow{}, map[string]*ledger.FigureRow{}}
	for i := range v.Articles {
		p.articles[v.Articles[i].ID] = &v.Articles[i]
	}
	for i := range v.Statements {
		p.statements[v.Statements[i].ID] = &v.Statements[i]
	}
	for i := range v.Figures {
		p.figures[v.Figures[i].ID] = &v.Figures[i]
	}
	fmt.Fprintln(w, wrap(v.Story.Title, width, ""))
	fmt.Fprintf(w, "%s, %s; %s to %s\n", count(len(v.Articles), "article"), count(v.Story.Reports, "independent report"), day(v.Story.First), day(v.Story.Last))
	p.printArticles()
	p.printStatements(doubtful)
	p.printUtterances()
	p.printMeasures()
	p.printCopies()
	p.printDisputes()
}

func (p *storyPrinter) line(indent, format string, args ...any) {
	fmt.Fprintln(p.w, wrap(fmt.Sprintf(format, args...), p.width, indent))
}

func (p *storyPrinter) printArticles() {
	t := table{head: []string{"article", "published", "outlet", "title"}, wide: 3}
	for _, a := range p.view.Articles {
		t.add(a.ID, published(a.Published), a.Outlet, a.Title)
	}
	section(p.w, "Articles")
	t.print(p.w, p.width)
}

func (p *storyPrinter) printStatements(doubtful bool) {
	hidden := 0
	t := table{head: []string{"article", "speaker", "stance", "kind", "confidence", "content"}, wide: 5}
	for i := range p.view.Statements {
		s := &p.view.Statements[i]
		if s.Doubtful() && !doubtful {
			hidden++
			continue
		}
		t.add(s.Article, clip(speakerName(s, p.articles), 28), s.Stance, s.Kind, percent(s.Confidence), contentOf(s, p.articles))
	}
	section(p.w, "Statements")
	t.print(p.w, p.width)
	sayHidden(p.w, hidden)
}

// sayHidden says how many doubtful statements are left out, if any.
func sayHidden(w io.Writer, n int) {
	if n > 0 {
		fmt.Fprintf(w, "%s hidden: --doubtful shows them\n", count(n, "doubtful statement"))
	}
}

func (p *storyPrinter) printUtterances() {
	if len(p.view.Utterances) == 0 {
		return
	}
	section(p.w, "Utterances with several wordings")
	for _, u := range p.view.Utterances {
		p.line("  ", "%s", u.Wording)
		fmt.Fprintf(p.w, "    %s\n", count(len(u.Statements), "rendition"))
		for _, d := range u.Drift {
			var where string
			if s := p.statements[d.Statement]; s != nil {
				where = s.Article
			}
			p.line("    ", "%s: %s %q -> %q", where, d.Kind, d.From, d.To)
		}
	}
}

func (p *storyPrinter) printMeasures() {
	if len(p.view.Measures) == 0 {
		return
	}
	section(p.w, "Measures")
	for _, m := range p.view.Measures {
		p.line("  ", "%s", m.Label)
		for _, point := range m.Figures {
			if f := p.figures[point.Figure]; f != nil {
				p.line("    ", "%s: %s%s", f.Article, figureOf(f, p.articles), complement(point))
			}
		}
	}
}

func (p *storyPrinter) printCopies() {
	if len(p.view.Copies) == 0 {
		return
	}
	t := table{head: []string{"article", "copied from", "share", "evidence"}, wide: 3}
	for _, c := range p.view.Copies {
		origin := c.Origin
		if !c.Directed() {
			origin += " or the other way round"
		}
		t.add(c.Article, origin, percent(c.Share), strings.Join(c.Basis, "; "))
	}
	section(p.w, "Copies")
	t.print(p.w, p.width)
}

func (p *storyPrinter) printDisputes() {
	if len(p.view.Disputes) == 0 {
		return
	}
	section(p.w, "Disputes")
	for _, d := range p.view.Disputes {
		fmt.Fprintf(p.w, "  %s: %s\n", d.Kind, plain(d.Basis))
		for i, side := range d.Sides {
			for _, id := range side {
				var said string
				if s := p.statements[id]; s != nil {
					said = speakerName(s, p.articles) + ": " + contentOf(s, p.articles)
				} else if f := p.figures[id]; f != nil {
					said = figureOf(f, p.articles)
				}
				p.line("    ", "%c. %s", 'a'+i, said)
			}
		}
	}
}

type speakerCommand struct {
	Name string `arg:"" help:"A name or alias, or the speaker's id."`
	JSON bool   `name:"json" help:"Print JSON, as the API returns it."`
}

func (c *speakerCommand) Run(ctx context.Context, root *command, s streams) error {
	return lookLinked(ctx, root.Ledger, func(l ledger.Ledger, _ bool) error {
		found, err := l.Speakers(ctx, ledger.SpeakersFilter{Name: c.Name, Limit: 50})
		if err != nil {
			return err
		}
		id := c.Name
		switch {
		case len(found) == 1:
			id = found[0].ID
		case len(found) > 1:
			if c.JSON {
				return answer(l, s.out, "/speakers", url.Values{"name": {c.Name}})
			}
			t := table{head: []string{"speaker", "kind", "statements", "articles", "mentioned in", "name"}, wide: 5}
			for _, r := range found {
				t.add(r.ID, r.Kind, strconv.Itoa(r.Statements), strconv.Itoa(r.Articles), strconv.Itoa(r.SpokenOf), r.Name)
			}
			t.print(s.out, tableWidth(s.out))
			return nil
		}
		if c.JSON {
			return answer(l, s.out, "/speakers/"+url.PathEscape(id), nil)
		}
		v, err := l.Speaker(ctx, id, ledger.SpeakerFilter{Limit: math.MaxInt32, NamedLimit: namedShown})
		if err != nil {
			return err
		}
		printSpeaker(s.out, v, tableWidth(s.out))
		return nil
	})
}

func printSpeaker(w io.Writer, v *ledger.SpeakerView, width int) {
	fmt.Fprintf(w, "%s (%s)\n", plain(v.Speaker.Name), v.Speaker.Kind)
	if len(v.Speaker.Roles) > 0 {
		fmt.Fprintln(w, wrap("roles: "+strings.Join(v.Speaker.Roles, "; "), width, "  "))
	}
	if len(v.Speaker.Aliases) > 0 {
		fmt.Fprintln(w, wrap("also: "+strings.Join(v.Speaker.Aliases, "; "), width, "  "))
	}
	for _, p := range v.Statements {
		fmt.Fprintf(w, "\n%s  %s  %s, %s, confidence %s\n", published(p.Published), plain(p.Outlet), p.Stance, p.Kind, percent(p.Confidence))
		fmt.Fprintln(w, wrap(p.Text, width, "  "))
	}
	if v.Speaker.SpokenOf == 0 {
		return
	}
	also := "mentioned in " + count(v.Speaker.SpokenOf, "other article")
	if v.Speaker.Statements == 0 {
		also = "mentioned only, in " + count(v.Speaker.SpokenOf, "article")
	}
	fmt.Fprintf(w, "\n%s:\n", also)
	for _, n := range v.SpokenOf {
		fmt.Fprintln(w, wrap(fmt.Sprintf("%s  %s  %s", published(n.Article.Published), plain(n.Article.Outlet), cmp.Or(plain(n.Article.Title), n.Article.ID)), width, "  "))
	}
	if rest := v.Speaker.SpokenOf - len(v.SpokenOf); rest > 0 {
		fmt.Fprintf(w, "  and %d more\n", rest)
	}
}

// namedShown is how many articles that only speak of somebody are listed.
const namedShown = 20

type searchCommand struct {
	Query    []string `arg:"" help:"Words; \"in quotation marks\" for a phrase."`
	Speaker  string   `help:"Only statements of this speaker (id or name)."`
	Outlet   string   `help:"Only of this outlet."`
	Stance   string   `help:"Only statements of this stance."`
	Speech   bool     `help:"Only statements that report speech, not just belief or intention."`
	Kind     string   `help:"Only statements of this kind: direct, mixed, indirect."`
	Doubtful bool     `help:"Show doubtful statements too."`
	Limit    int      `help:"Maximum number of results." default:"20"`
	JSON     bool     `name:"json" help:"Print JSON, as the API returns it."`
}

func (c *searchCommand) Run(ctx context.Context, root *command, s streams) error {
	return look(ctx, root.Ledger, func(l ledger.Ledger) error {
		words := strings.Join(c.Query, " ")
		if c.JSON {
			q := url.Values{"q": {words}, "limit": {strconv.Itoa(c.Limit)}}
			set(q, "speaker", c.Speaker)
			set(q, "outlet", c.Outlet)
			set(q, "stance", c.Stance)
			set(q, "kind", c.Kind)
			if c.Speech {
				q.Set("speech", "true")
			}
			if c.Doubtful {
				q.Set("doubtful", "show")
			}
			return answer(l, s.out, "/search", q)
		}
		ask := ledger.SearchQuery{Words: words, Speaker: c.Speaker, Outlet: c.Outlet, Stance: c.Stance, Speech: c.Speech, Kind: c.Kind, Limit: c.Limit}
		var hits []ledger.Hit
		var hidden int
		var err error
		if c.Doubtful {
			hits, err = l.Search(ctx, ask)
		} else {
			hits, hidden, err = ledger.SearchSurer(ctx, l, ask)
		}
		if err != nil {
			return err
		}
		if len(hits) == 0 {
			fmt.Fprintln(s.out, "No matches.")
		}
		sayHidden(s.out, hidden)
		if len(hits) == 0 {
			return nil
		}
		t := table{head: []string{"id", "published", "outlet", "speaker", "words"}, wide: 4}
		for _, h := range hits {
			t.add(h.ID, published(h.Published), clip(h.Outlet, 16), clip(h.Speaker, 20), fromFound(h))
		}
		t.print(s.out, tableWidth(s.out))
		return nil
	})
}

// fromFound is the snippet of a hit from a few words before the first word found, so that a narrow column shows it.
func fromFound(h ledger.Hit) string {
	const before = 20 // bytes
	if len(h.Found) == 0 || h.Found[0].Start <= before {
		return h.Snippet
	}
	start := h.Found[0].Start - before
	if blank := strings.IndexByte(h.Snippet[start:h.Found[0].Start], ' '); blank >= 0 {
		start += blank + 1
	} else {
		start = h.Found[0].Start
	}
	return "…" + h.Snippet[start:]
}

// look opens a ledger that must be there, to look into it.
func look(ctx context.Context, path string, f func(l ledger.Ledger) error) error {
	l, err := storage.OpenReader(ctx, path)
	if err != nil {
		return err
	}
	defer l.Close()
	return f(l)
}

// errUnlinked says that what a command has printed of copies, reports, stories and the like is not whole.
var errUnlinked = errors.New("some articles are not linked yet, so copies, reports, stories, speakers, utterances, measures and disputes are incomplete " +
	"(a read is in progress or was interrupted; onrecord read completes it)")

// lookLinked is [look] for what rests on links: where not all articles are linked, or input was not read to its end, it says so when f is done. A read may begin or end in
// between: both moments are asked.
func lookLinked(ctx context.Context, path string, f func(l ledger.Ledger, linked bool) error) error {
	return look(ctx, path, func(l ledger.Ledger) error {
		before, err := l.Status(ctx)
		if err != nil {
			return err
		}
		if err := f(l, before.Linked); err != nil {
			return err
		}
		after, err := l.Status(ctx)
		if err == nil && !(before.Linked && after.Linked) {
			return errUnlinked
		}
		return errors.Join(err, unfinished(after))
	})
}

// answer prints what the API answers to a query, so that there is one JSON shape for programs.
func answer(l ledger.Ledger, w io.Writer, path string, q url.Values) error {
	req := httptest.NewRequest(http.MethodGet, "http://127.0.0.1/api/v1"+path+"?"+q.Encode(), nil)
	rec := httptest.NewRecorder()
	serve.New(l).ServeHTTP(rec, req)
	if rec.Code != http.StatusOK {
		var problem struct{ Title, Detail string }
		if json.Unmarshal(rec.Body.Bytes(), &problem) == nil && problem.Detail != "" {
			return fmt.Errorf("%s", problem.Detail)
		}
		return fmt.Errorf("%s: %s", path, http.StatusText(rec.Code))
	}
	_, err := w.Write(rec.Body.Bytes())
	return err
}

func set(q url.Values, name, value string) {
	if value != "" {
		q.Set(name, value)
	}
}

func setDay(q url.Values, name string, t time.Time) {
	if !t.IsZero() {
		q.Set(name, t.Format(time.DateOnly))
	}
}

func section(w io.Writer, title string) { fmt.Fprintf(w, "\n%s\n", title) }

func published(p onrecord.Published) string {
	if p.Value == "" {
		return "date unknown"
	}
	return p.Value[:min(len(p.Value), len(time.DateOnly))]
}

func percent(f float64) string { return fmt.Sprintf("%.0f%%", 100*f) }

// speakerName is the speaker, or the words that name the source where nobody is resolved.
func speakerName(s *ledger.StatementRow, texts map[string]*ledger.ArticleRow) string {
	switch {
	case s.SpeakerName != "" && s.Named && !s.Certain():
		return s.SpeakerName + " (uncertain)"
	case s.SpeakerName != "":
		return s.SpeakerName
	case len(s.Source) > 0:
		return "(" + plain(s.Source[0].Of(texts[s.Article].Text)) + ")"
	default:
		return "(no source named)"
	}
}

func contentOf(s *ledger.StatementRow, texts map[string]*ledger.ArticleRow) string {
	var words []string
	for _, span := range s.Content {
		words = append(words, span.Of(texts[s.Article].Text))
	}
	return strings.Join(words, " ... ")
}

// figureOf is a figure in the article's words, behind the sign of its comparator: "> 80 percent".
func figureOf(f *ledger.FigureRow, texts map[string]*ledger.ArticleRow) string {
	words := plain(f.Span.Of(texts[f.Article].Text))
	if f.Comparator != "=" {
		return f.Comparator + " " + words
	}
	return words
}

func complement(a onrecord.MeasurePoint) string {
	if a.Complement {
		return " (complement)"
	}
	return ""
}
