package serve

import (
	"cmp"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// This file has the pages of single rows across articles: utterances, measures and disputes.

type utterancePage struct {
	utterance
	Story    onrecord.Story
	Version  rowVersion
	Speaker  string // its name
	Utter    onrecord.Utterance
	Wordings []wording
	Outlets  int
}

// A wording is one form of an utterance, and the renditions that use it.
type wording struct {
	Words template.HTML
	Drift []change
	Used  []line
}

// Kinds are the kinds of drift among the renditions.
func (p *utterancePage) Kinds() (kinds []onrecord.DriftKind) {
	for _, k := range onrecord.DriftKinds {
		if slices.ContainsFunc(p.Utter.Drift, func(d onrecord.Drift) bool { return d.Kind == k.Kind }) {
			kinds = append(kinds, k)
		}
	}
	return kinds
}

func (p *utterancePage) sheets() []sheet { return []sheet{statementSheet(p.Lines)} }

func (s *site) utterance(r *http.Request) (string, *frame, error) {
	v, err := s.row(r, onrecord.UtteranceKind)
	if err != nil {
		return "", nil, err
	}
	d, u := newIndex(v), &v.Utterances[0]
	p := &utterancePage{utterance: d.utterance(u), Story: v.Story, Version: rowVersion{"/utterance/", u.ID, v.Model, u.Basis}, Utter: *u}
	if x := d.speakers[u.Speaker]; x != nil {
		p.Speaker = x.Name
	}
	outlets := map[string]bool{}
	at := map[string]int{}
	for i := range p.Lines {
		l := &p.Lines[i]
		l.Other = u.Speaker != "" && l.Speaker != u.Speaker
		outlets[l.Outlet] = true
		if i > 0 {
			l.Beside = besideHref(d.place(&p.Lines[0].StatementRow), d.place(&l.StatementRow))
		}
		key := plainWords(l.Full())
		k, known := at[key]
		if !known {
			k = len(p.Wordings)
			at[key] = k
			p.Wordings = append(p.Wordings, wording{Words: l.Words, Drift: l.Drift})
		}
		p.Wordings[k].Used = append(p.Wordings[k].Used, *l)
	}
	slices.SortStableFunc(p.Wordings, func(a, b wording) int { return len(b.Used) - len(a.Used) })
	p.Outlets = len(outlets)
	return "utterance.html", &frame{Title: clip(u.Wording, 80), Nav: "stories", Page: p, Model: v.Model}, nil
}

// plainWords normalizes case, punctuation and spacing: renditions with equal plainWords have the same wording.
func plainWords(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r)
	}), " ")
}

type measurePage struct {
	measure
	Story   onrecord.Story
	Version rowVersion
	By      string // the date that the chart is drawn by
	Chart   *chart
	SVG     template.HTML
	Repeats int // figures republished
}

func (p *measurePage) sheets() []sheet { return []sheet{figureSheet(p.Lines)} }

// Switch is the address of the page by the other date.
func (p *measurePage) Switch(by string) string {
	return "/measure/" + url.PathEscape(p.ID) + "?by=" + by
}

func (s *site) gatherMeasure(r *http.Request) (*measurePage, error) {
	v, err := s.row(r, onrecord.MeasureKind)
	if err != nil {
		return nil, err
	}
	by := cmp.Or(r.URL.Query().Get("by"), byPublished)
	if by != byPublished && by != byAsOf {
		return nil, badRequest("Invalid parameter “by”: use “published” or “as-of”.")
	}
	p := &measurePage{measure: newIndex(v).measure(&v.Measures[0], figuresByID(v.Figures)), Story: v.Story, Version: rowVersion{"/measure/", v.Measures[0].ID, v.Model, v.Measures[0].Basis}, By: by}
	p.Chart = newChart(&p.measure, by)
	for i := range p.Lines {
		if p.Lines[i].Republished != "" {
			p.Repeats++
		}
	}
	return p, nil
}

func (s *site) measure(r *http.Request) (string, *frame, error) {
	p, err := s.gatherMeasure(r)
	if err != nil {
		return "", nil, err
	}
	if !p.Chart.Nil() {
		p.SVG = template.HTML(p.Chart.svg(widePlot(), true) + p.Chart.svg(slimPlot(), true)) // all words in it went through writeXML
	}
	return "measure.html", &frame{Title: p.Label, Nav: "stories", Page: p, Model: p.Version.Model}, nil
}

// picture serves a measure's chart as a file.
func (s *site) picture(w http.ResponseWriter, r *http.Request) {
	p, err := s.gatherMeasure(r)
	if err == nil && p.Chart.Nil() {
		err = ledger.ErrNotFound
	}
	if err != nil {
		s.page(func(*http.Request) (string, *frame, error) { return "", nil, err })(w, r)
		return
	}
	w.Header().Set("Content-Type", "image/svg+xml")
	w.Header().Set("Content-Disposition", `attachment; filename="measure.svg"`)
	_, _ = w.Write([]byte(p.Chart.svg(widePlot(), false)))
}

type disputePage struct {
	dispute
	Story   onrecord.Story
	Version rowVersion
	Heads   [2]string
	Printed []printing
	Both    int // articles that publish both sides
	Beside  string
}

// A printing is what one article publishes of a dispute.
type printing struct {
	Article ledger.ArticleRow
	Sides   [2][]line
	Figures [2][]figureLine
}

func (p *disputePage) sheets() []sheet {
	rows := p.Printed
	return []sheet{{"coverage", []string{"article", "outlet", "published", "title", "one_side", "other_side"}, len(rows), func(i int) []any {
		x := &rows[i]
		ids := func(k int) []string {
			out := []string{}
			for _, l := range x.Sides[k] {
				out = append(out, l.ID)
			}
			for _, f := range x.Figures[k] {
				out = append(out, f.ID)
			}
			return out
		}
		a := &x.Article
		return []any{a.ID, known(a.Outlet), known(a.Published.Value), known(a.Title), ids(0), ids(1)}
	}}}
}

// denies says whether a side has a denial.
func denies(side []side) bool {
	for _, x := range side {
		if x.Line != nil && x.Line.Stance == onrecord.Denies {
			return true
		}
	}
	return false
}

func (s *site) dispute(r *http.Request) (string, *frame, error) {
	v, err := s.row(r, onrecord.DisputeKind)
	if err != nil {
		return "", nil, err
	}
	d := newIndex(v)
	figures := figuresByID(v.Figures)
	p := &disputePage{dispute: d.disputes(v.Disputes, figures)[0], Story: v.Story, Version: rowVersion{"/dispute/", v.Disputes[0].ID, v.Model, nil}, Heads: [2]string{"One side", "The other side"}}
	if p.Kind == onrecord.Denial {
		p.Heads = [2]string{"The claim", "The denial"}
		if denies(p.Sides[0]) && !denies(p.Sides[1]) { // the claim comes first, whichever side it is kept on
			p.Sides[0], p.Sides[1] = p.Sides[1], p.Sides[0]
			p.Dispute.Sides[0], p.Dispute.Sides[1] = p.Dispute.Sides[1], p.Dispute.Sides[0]
		}
	}
	sides := newPrintedSides(d, v.Utterances, figures)
	for k, members := range p.Dispute.Sides {
		sides.add(k, members)
	}
	for _, a := range v.Articles {
		if x := sides.by[a.ID]; x != nil {
			p.Printed = append(p.Printed, *x)
			if x.prints(0) && x.prints(1) {
				p.Both++
			}
		}
	}
	if sides.first[0] != "" && sides.first[1] != "" {
		p.Beside = besideHref(sides.first[:]...)
	}
	return "dispute.html", &frame{Title: wordsFor(terms.disputes, p.Kind) + ": " + clip(cmp.Or(p.Basis, p.ID), 80), Nav: "stories", Page: p, Model: v.Model}, nil
}

// prints says whether the article publishes a side.
func (p *printing) prints(side int) bool { return len(p.Sides[side])+len(p.Figures[side]) > 0 }

// printedSides collects what each article publishes of the two sides of a dispute: statements, other renditions of their utterances, and
// figures.
type printedSides struct {
	index      *index
	utterances map[string]*onrecord.Utterance
	figures    map[string]*ledger.FigureRow
	by         map[string]*printing // by article
	first      [2]string            // place of the first passage of each side
}

func newPrintedSides(d *index, utterances []onrecord.Utterance, figures map[string]*ledger.FigureRow) *printedSides {
	p := &printedSides{index: d, utterances: map[string]*onrecord.Utterance{}, figures: figures, by: map[string]*printing{}}
	for i := range utterances {
		p.utterances[utterances[i].ID] = &utterances[i]
	}
	return p
}

// add collects the members of one side.
func (p *printedSides) add(side int, members []string) {
	done := map[string]bool{}
	for _, id := range members {
		p.addStatement(side, id, done)
		if s := p.index.statements[id]; s != nil {
			if u := p.utterances[s.Utterance]; u != nil {
				for _, other := range u.Statements {
					p.addStatement(side, other, done)
				}
			}
		}
		if f := p.figures[id]; f != nil {
			x := p.of(f.Article)
			x.Figures[side] = append(x.Figures[side], p.index.figure(f))
			p.first[side] = cmp.Or(p.first[side], p.index.spanPlace(f.Article, f.Span))
		}
	}
}

func (p *printedSides) addStatement(side int, id string, done map[string]bool) {
	s := p.index.statements[id]
	if s == nil || done[id] {
		return
	}
	done[id] = true
	x := p.of(s.Article)
	x.Sides[side] = append(x.Sides[side], p.index.lineInContext(s))
	p.first[side] = cmp.Or(p.first[side], p.index.place(s))
}

func (p *printedSides) of(article string) *printing {
	if p.by[article] == nil {
		p.by[article] = &printing{Article: p.index.article(article)}
	}
	return p.by[article]
}

// figuresByID looks up figures by id.
func figuresByID(rows []ledger.FigureRow) map[string]*ledger.FigureRow {
	m := make(map[string]*ledger.FigureRow, len(rows))
	for i := range rows {
		m[rows[i].ID] = &rows[i]
	}
	return m
}

// row loads the row of the address, which must be of a kind. If that row is retired, it redirects to the one that has most of it.
func (s *site) row(r *http.Request, kind string) (*ledger.StoryView, error) {
	id := r.PathValue("id")
	if !strings.HasPrefix(id, kind) {
		return nil, ledger.ErrNotFound
	}
	v, err := s.ledger.Row(r.Context(), id)
	if err != nil {
		return nil, err
	}
	now := id
	switch {
	case kind == onrecord.UtteranceKind && len(v.Utterances) > 0:
		now = v.Utterances[0].ID
	case kind == onrecord.MeasureKind && len(v.Measures) > 0:
		now = v.Measures[0].ID
	case kind == onrecord.DisputeKind && len(v.Disputes) > 0:
		now = v.Disputes[0].ID
	}
	if now != id {
		return nil, redirect(strings.Replace(r.URL.Path, id, url.PathEscape(now), 1))
	}
	return v, nil
}

// figure redirects the permalink of a figure to its passage.
func (s *site) figure(r *http.Request) (string, *frame, error) {
	v, err := s.row(r, onrecord.FigureKind)
	if err != nil {
		return "", nil, err
	}
	f := &v.Figures[0]
	o := newOffsets(newIndex(v).article(f.Article).Text)
	return "", nil, redirect(fmt.Sprintf("/article/%s?span=%d-%d%s#f-%s", url.PathEscape(f.Article), o.Rune(f.Span.Start), o.Rune(f.Span.End), inVersion(r), url.PathEscape(f.ID)))
}
