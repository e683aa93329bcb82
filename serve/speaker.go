package serve

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// The tabs of a speaker's page.
const (
	tabSaid  = "said"
	tabTold  = "told"
	tabNamed = "named"
)

type speakerPage struct {
	ledger.SpeakerView
	Days             []statementDay
	Outlets          []channel // with how much stands in each, those with most first
	Stances          []channel
	All, Denials     int // statements
	Outlet, Stance   string
	Disputes         []dispute
	Leads            []lead
	ExplainedAliases []explainedAlias
	q                url.Values
	Named            []mention
	Told             []excerpt // statements that were made to the speaker
	Tab              string
	Doubts           doubts
	Activity         template.HTML // a picture of when the statements of this page were printed
	Active           string        // the same in words
	Pages            [3]pager      // of statements, of disputes, of articles that only speak of it
}

// A mention is an article that mentions a speaker, with the first mention in context.
type mention struct {
	Article, Title, Outlet, Day string
	Words                       template.HTML
	Href                        string
	More                        int // further mentions in it
}

type statementDay struct {
	Day  string
	Said []excerpt
}

// A channel is one outlet, or one stance, of a speaker's statements.
type channel struct {
	Name, Href string
	Statements int
	Here       bool
}

// Version is the version of the links.
func (p *speakerPage) Version() rowVersion {
	return rowVersion{"/speaker/", p.Speaker.ID, p.Model, p.Speaker.Basis}
}

// Without is the address of the page without one of its filters.
func (p *speakerPage) Without(parameter string) string {
	q := url.Values{}
	for k, v := range p.q {
		if k != parameter && k != "statements" {
			q[k] = v
		}
	}
	return "?" + q.Encode() + "#statements"
}

// DenialsHref is the address of the speaker's denials; "" where there are none.
func (p *speakerPage) DenialsHref() string {
	if p.Denials == 0 {
		return ""
	}
	return "?stance=" + onrecord.Denies + "#statements"
}

// outletsShown is how many outlets of a speaker are listed.
const outletsShown = 24

// ShownOutlets are the outlets with most statements.
func (p *speakerPage) ShownOutlets() []channel { return p.Outlets[:min(len(p.Outlets), outletsShown)] }

// HiddenOutlets is the number of outlets that are not listed.
func (p *speakerPage) HiddenOutlets() int { return max(0, len(p.Outlets)-outletsShown) }

// An explainedAlias has the passage that explains it.
type explainedAlias struct {
	Alias                    onrecord.Alias
	Words                    template.HTML
	Outlet, Title, Day, Href string
}

// aliasesShown is how many passages that explain aliases are shown.
const aliasesShown = 20

// explainedAliases finds the passages that explain a speaker's aliases.
func (s *site) explainedAliases(ctx context.Context, aliases []onrecord.Alias) ([]explainedAlias, error) {
	aliases = aliases[:min(len(aliases), aliasesShown)]
	var ids []string
	for _, a := range aliases {
		ids = append(ids, a.Article)
	}
	rows, err := s.ledger.Articles(ctx, ids)
	if err != nil {
		return nil, err
	}
	d := newIndex(&ledger.StoryView{Articles: rows})
	var out []explainedAlias
	for _, a := range aliases {
		x := d.articles[a.Article]
		if x == nil || a.Span.Start < 0 || a.Span.End > len(x.Text) || a.Span.Start > a.Span.End {
			continue
		}
		words, at := around(x.Text, a.Span, 90)
		out = append(out, explainedAlias{a, markUp(words, []mark{{at, found}}, nil, false), x.Outlet, x.Title, published(x.Published), d.spanHref(x, a.Span)})
	}
	return out, nil
}

// A lead is who an unnamed speaker may be.
type lead struct {
	onrecord.Lead
	Name string
}

func (s *site) speaker(r *http.Request) (string, *frame, error) {
	q := r.URL.Query()
	p := &speakerPage{Outlet: q.Get("outlet"), Stance: q.Get("stance"), q: q}
	at, disputesAt, namedAt := pageOf(q, "statements"), pageOf(q, "disputes"), pageOf(q, "named")
	v, err := s.ledger.Speaker(r.Context(), r.PathValue("id"), ledger.SpeakerFilter{
		Outlet: p.Outlet, Stance: p.Stance, Limit: saidPerPage, Offset: (at - 1) * saidPerPage, DisputeLimit: disputesPerPage, DisputeAt: (disputesAt - 1) * disputesPerPage,
		NamedLimit: namedPerPage, NamedAt: (namedAt - 1) * namedPerPage,
	})
	if err != nil {
		return "", nil, err
	}
	if id := v.Speaker.ID; id != r.PathValue("id") { // retired: this row has most of it
		return "", nil, redirect("/speaker/" + url.PathEscape(id))
	}
	p.SpeakerView = *v
	if err := s.chooseTab(r.Context(), p, v); err != nil {
		return "", nil, err
	}
	p.Activity, p.Active = activity(v.Statements)
	show, doubtful := showsDoubtful(q), 0
	p.Statements = slices.DeleteFunc(p.Statements, func(x ledger.Passage) bool {
		if x.Doubtful() {
			doubtful++
		}
		return x.Doubtful() && !show
	})
	p.Doubts = newDoubts(doubtful, q, show, "#statements")
	for _, e := range excerpts(p.Statements) {
		if n := len(p.Days); n == 0 || p.Days[n-1].Day != e.Day {
			p.Days = append(p.Days, statementDay{Day: e.Day})
		}
		d := &p.Days[len(p.Days)-1]
		d.Said = append(d.Said, e)
	}
	for _, c := range v.Channels {
		p.All += c.Statements
		if c.Stance == onrecord.Denies {
			p.Denials += c.Statements
		}
	}
	p.Outlets = channels(v.Channels, q, "outlet", func(c *ledger.Channel) string { return c.Outlet })
	p.Stances = channels(v.Channels, q, "stance", func(c *ledger.Channel) string { return c.Stance })
	for _, x := range v.Speaker.Leads {
		l := lead{x, ""}
		for _, suspect := range v.Suspects {
			if suspect.ID == x.Speaker {
				l.Name = suspect.Name
			}
		}
		p.Leads = append(p.Leads, l)
	}
	p.Pages[0] = pager{What: "statements", From: (at-1)*saidPerPage + 1, To: (at-1)*saidPerPage + len(v.Statements), Total: v.Total}
	p.Pages[0].ends(q, "statements", at)
	p.Pages[1] = pager{What: "disputes", From: (disputesAt-1)*disputesPerPage + 1, To: (disputesAt-1)*disputesPerPage + len(v.Disputes), Total: v.Disputed}
	p.Pages[1].ends(q, "disputes", disputesAt)
	p.Pages[2] = pager{What: "articles", From: (namedAt-1)*namedPerPage + 1, To: (namedAt-1)*namedPerPage + len(v.SpokenOf), Total: v.Speaker.SpokenOf}
	p.Pages[2].ends(q, "named", namedAt)
	p.Named = mentions(v.SpokenOf)
	if p.Disputes, err = s.sides(r.Context(), v.Disputes); err != nil {
		return "", nil, err
	}
	if p.ExplainedAliases, err = s.explainedAliases(r.Context(), v.Speaker.Learned); err != nil {
		return "", nil, err
	}
	return "speaker.html", &frame{Title: v.Speaker.Name, Nav: "speakers", Page: p, Model: v.Model}, nil
}

// chooseTab chooses the tab that is asked for; else what the speaker said, or where it is only spoken of, that.
func (s *site) chooseTab(ctx context.Context, p *speakerPage, v *ledger.SpeakerView) (err error) {
	p.Tab = p.q.Get("tab")
	switch {
	case p.Tab == tabTold:
		p.Told, err = s.told(ctx, v)
	case p.Tab == "" && len(v.Channels) == 0 && v.Speaker.SpokenOf > 0:
		p.Tab = tabNamed
	case p.Tab != tabNamed:
		p.Tab = tabSaid
	}
	return err
}

// Sure is how many statements are not doubtful, as stories count them; -1 where not all of them are on the page.
func (p *speakerPage) Sure() int {
	if p.Total > saidPerPage || p.Outlet+p.Stance != "" {
		return -1
	}
	return p.All - p.Doubts.N
}

// TabHref is the address of a tab.
func (p *speakerPage) TabHref(tab string) string {
	if tab == tabSaid {
		return "?tab=" + tabSaid + "#statements"
	}
	return "?tab=" + tab + "#" + tab
}

// toldIn is how many articles are looked through for statements that were made to a speaker: the newest that have or name it.
const toldIn = 24

// told are the statements made to a speaker in the newest articles that have or name it: those whose addressee is named there as the speaker is.
func (s *site) told(ctx context.Context, v *ledger.SpeakerView) (list []excerpt, err error) {
	var ids []string
	for _, n := range v.SpokenOf {
		ids = append(ids, n.Article.ID)
	}
	for i := range v.Statements {
		if !slices.Contains(ids, v.Statements[i].Article) {
			ids = append(ids, v.Statements[i].Article)
		}
	}
	names := append([]string{v.Speaker.Name}, v.Speaker.Aliases...)
	var found []string
	for _, id := range ids[:min(len(ids), toldIn)] {
		a, err := s.ledger.Article(ctx, id)
		if errors.Is(err, ledger.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		for i := range a.Statements {
			if x := &a.Statements[i]; !x.Doubtful() && addressed(x, a.Speakers, names) {
				found = append(found, x.ID)
			}
		}
	}
	rows, err := s.ledger.Passages(ctx, found)
	return excerpts(rows), err
}

// addressed says whether a statement is made to a speaker of its article who has one of some names.
func addressed(x *ledger.StatementRow, speakers []onrecord.Speaker, names []string) bool {
	for i := range speakers {
		p := &speakers[i]
		if p.ID == x.ArticleSpeaker || !slices.Contains(names, p.Name) {
			continue
		}
		for _, to := range x.Addressee {
			if slices.ContainsFunc(p.Spans, to.Overlaps) {
				return true
			}
		}
	}
	return false
}

// activitySlices is how many bars a picture of activity has at most.
const activitySlices = 44

// activity is when statements were printed, as a picture of bars and in words; "" where fewer than three days are known.
func activity(rows []ledger.Passage) (picture template.HTML, words string) {
	days := map[time.Time]int{}
	var first, last, most time.Time
	for i := range rows {
		t, ok := rows[i].Published.Day()
		if !ok || rows[i].Doubtful() {
			continue
		}
		if days[t]++; first.IsZero() || t.Before(first) {
			first = t
		}
		last = later(last, t)
		if n := days[t]; most.IsZero() || n > days[most] || n == days[most] && t.Before(most) {
			most = t
		}
	}
	if len(days) < 3 {
		return "", ""
	}
	whole := int(last.Sub(first).Hours()/24) + 1
	n := min(whole, activitySlices)
	bars, top := make([]int, n), 1
	for t, k := range days {
		i := int(t.Sub(first).Hours()/24) * n / whole
		bars[i] += k
		top = max(top, bars[i])
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" class="chart spark" viewBox="0 0 %d %d" width="%d" height="%d" aria-hidden="true"><path class="axis" d="M0 %dH%d" stroke="currentColor" stroke-opacity=".3"/>`, sparkWidth, sparkHeight, sparkWidth, sparkHeight, sparkHeight-1, sparkWidth)
	wide := float64(sparkWidth) / float64(n)
	for i, k := range bars {
		if k > 0 {
			high := float64(sparkHeight-4) * float64(k) / float64(top)
			fmt.Fprintf(&b, `<rect class="o0" x="%.1f" y="%.1f" width="%.1f" height="%.1f" fill="currentColor"/>`, float64(i)*wide, float64(sparkHeight-1)-high, max(1, min(wide-1, 12)), high)
		}
	}
	b.WriteString("</svg>")
	return template.HTML(b.String()), fmt.Sprintf("%s, most on %s (%s)", between(first, last), day(most), count(days[most], "statement")) // numbers and days
}

// mentions marks the speaker in the context.
func mentions(rows []ledger.Naming) []mention {
	d := newIndex(&ledger.StoryView{})
	out := make([]mention, 0, len(rows))
	for i := range rows {
		a := &rows[i].Article
		n := mention{Article: a.ID, Title: a.Title, Outlet: a.Outlet, Day: published(a.Published), Href: "/article/" + a.ID, More: len(rows[i].Spans) - 1}
		if len(rows[i].Spans) > 0 {
			at := rows[i].Spans[0]
			words, place := around(a.Text, at, 120)
			n.Words, n.Href = markUp(words, []mark{{place, found}}, nil, false), d.spanHref(a, at)
		}
		out = append(out, n)
	}
	return out
}

// channels counts a speaker's statements by outlet or stance, most first.
func channels(rows []ledger.Channel, q url.Values, parameter string, of func(*ledger.Channel) string) []channel {
	var out []channel
	at := map[string]int{}
	for i := range rows {
		name := of(&rows[i])
		k, known := at[name]
		if !known {
			k = len(out)
			at[name] = k
			to := url.Values{}
			for key, v := range q {
				if key != "statements" {
					to[key] = v
				}
			}
			to.Set(parameter, name)
			out = append(out, channel{Name: name, Href: "?" + to.Encode() + "#statements", Here: name == q.Get(parameter)})
		}
		out[k].Statements += rows[i].Statements
	}
	slices.SortStableFunc(out, func(a, b channel) int { return b.Statements - a.Statements })
	return out
}

// sides loads the first statements of both sides of disputes.
func (s *site) sides(ctx context.Context, rows []onrecord.Dispute) ([]dispute, error) {
	var ids []string
	for _, d := range rows {
		for _, side := range d.Sides {
			ids = append(ids, side[:min(len(side), membersShown)]...)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	passages, err := s.ledger.Passages(ctx, ids)
	if err != nil {
		return nil, err
	}
	lines := map[string]*line{}
	for i := range passages {
		p := &passages[i]
		lines[p.ID] = &line{
			StatementRow: p.StatementRow, Words: markUp(clip(p.Text, longQuote), nil, nil, false), Outlet: p.Outlet, Title: p.Title,
			Day: published(p.Published), SourceWords: quote(p.Around, within(p.Source, p.AroundSpan), 120), Cue: quote(p.Around, within(p.Cue, p.AroundSpan), 120),
		}
	}
	var out []dispute
	for _, r := range rows {
		x := dispute{Dispute: r}
		for i, ids := range r.Sides {
			for _, id := range ids[:min(len(ids), membersShown)] {
				if l := lines[id]; l != nil {
					x.Sides[i] = append(x.Sides[i], side{Line: l})
				}
			}
			x.More[i] = max(0, len(ids)-membersShown)
		}
		if len(x.Sides[0])+len(x.Sides[1]) > 0 {
			out = append(out, x)
		}
	}
	return out, nil
}
