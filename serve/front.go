package serve

import (
	"cmp"
	"context"
	"errors"
	"html/template"
	"net/url"
	"slices"
	"time"

	"github.com/onrecord/onrecord/ledger"
)

// What the front page shows of the newest stories, before the list of all.
const (
	frontStories  = 5
	frontLines    = 6                  // of each list beside them
	frontDays     = 7 * 24 * time.Hour // how long before the newest story's last day the others may end
	frontArticles = 40                 // a story of more has its page: to gather it takes longer than a front page may
	frontBrief    = 3                  // lines of each story
)

// A front is what a desk wants in the morning: the stories of the last days with most reach and movement, and what is new in them.
type front struct {
	Stories  []frontStory
	Disputes []frontLine
	Changed  []frontLine // measures whose value has changed on the story's last day
	Amended  []frontLine // articles of which there is a newer version
}

// Nil says that there is nothing to show.
func (f *front) Nil() bool { return len(f.Stories) == 0 }

type frontStory struct {
	ledger.StoryRow
	Brief   []briefLine
	Measure *measure      // that most figures answer
	Picture template.HTML // of it
}

// A frontLine is a line of a list beside the stories; Was is what it was before.
type frontLine struct {
	Label, Words, Was, Note, Href string
}

// leading are the stories with most reach and movement among those of the last days: independent reports, disputes, new figures.
func leading(rows []ledger.StoryRow) []ledger.StoryRow {
	if len(rows) == 0 {
		return nil
	}
	list := slices.DeleteFunc(slices.Clone(rows), func(r ledger.StoryRow) bool {
		return r.Articles > frontArticles || r.Articles < 2 || rows[0].Last.Sub(r.Last) > frontDays && !r.Last.IsZero()
	})
	weight := func(r *ledger.StoryRow) int { return 2*r.Reports + r.Articles + r.Disputes + r.NewFigures }
	slices.SortStableFunc(list, func(a, b ledger.StoryRow) int { return cmp.Compare(weight(&b), weight(&a)) })
	return list[:min(len(list), frontStories)]
}

// front gathers the front page of the newest stories.
func (s *site) front(ctx context.Context, newest []ledger.StoryRow) (*front, error) {
	f := &front{}
	for _, row := range leading(newest) {
		v, err := s.ledger.Story(ctx, row.ID)
		if errors.Is(err, ledger.ErrNotFound) { // linked anew in between
			continue
		}
		if err != nil {
			return nil, err
		}
		if err := f.add(row, v); err != nil {
			return nil, err
		}
	}
	return f, nil
}

func (f *front) add(row ledger.StoryRow, v *ledger.StoryView) error {
	p, err := newStoryPage(v, url.Values{})
	if err != nil {
		return err
	}
	brief := slices.DeleteFunc(p.Brief, func(l briefLine) bool { return l.Href == "#reports" }) // the line above says it
	x := frontStory{StoryRow: row, Brief: brief[:min(len(brief), frontBrief)]}
	if len(p.Measures) > 0 && p.Measures[0].Spark != "" {
		x.Measure, x.Picture = &p.Measures[0], p.Measures[0].Spark
	}
	for i := range x.Brief {
		if l := &x.Brief[i]; l.Href[0] == '#' { // a place on the story's page
			l.Href = "/story/" + row.ID + l.Href
		}
	}
	f.Stories = append(f.Stories, x)
	for i := range p.Disputes {
		if d := &p.Disputes[i]; len(f.Disputes) < frontLines && p.onLastDay(d) {
			f.Disputes = append(f.Disputes, d.frontLine())
		}
	}
	for i := range p.Measures {
		if l, ok := p.Measures[i].moved(); ok && len(f.Changed) < frontLines {
			f.Changed = append(f.Changed, l)
		}
	}
	for i := range v.Articles {
		if a := &v.Articles[i]; a.Version > 1 && len(f.Amended) < frontLines {
			f.Amended = append(f.Amended, frontLine{Label: cmp.Or(a.Outlet, "outlet unknown"), Words: cmp.Or(a.Title, "Untitled"), Note: "version " + number(float64(a.Version)), Href: "/article/" + a.ID})
		}
	}
	return nil
}

// onLastDay says whether a member of a dispute was published on the story's last day.
func (p *storyPage) onLastDay(d *dispute) bool {
	last := ""
	if !p.Story.Last.IsZero() {
		last = p.Story.Last.UTC().Format(time.DateOnly)
	}
	return slices.ContainsFunc(slices.Concat(d.Sides[0], d.Sides[1]), func(s side) bool {
		at := ""
		if s.Line != nil {
			at = s.Line.Published
		} else if s.Figure != nil {
			at = s.Figure.Published
		}
		return last == "" || at[:min(len(at), len(last))] == last
	})
}

// frontLine is a dispute in a line: its kind, the words of one side, who stands on the other.
func (d *dispute) frontLine() frontLine {
	l := frontLine{Label: cmp.Or(wordsFor(terms.disputes, d.Kind), "Dispute"), Href: "/dispute/" + d.ID}
	for _, members := range d.Sides {
		if len(members) == 0 {
			continue
		}
		words, who := members[0].said()
		switch {
		case members[0].Figure != nil && l.Words != "":
			l.Words += " against " + small(words)
		case l.Words == "" || len(words) > len(l.Words):
			l.Words = clip(words, 140)
		}
		if l.Note != "" {
			l.Note += " / "
		}
		l.Note += who
	}
	return l
}

// said is what a side of a dispute says, and who says it.
func (s *side) said() (words, who string) {
	if s.Line != nil {
		return cmp.Or(s.Line.Full(), s.Line.Cue), s.Line.Who()
	}
	return s.Figure.Said, cmp.Or(s.Figure.Origin, s.Figure.Outlet, "outlet unknown")
}

// moved is a measure in a line, where the value given last is another than the one given last on days before.
func (m *measure) moved() (frontLine, bool) {
	if m.Last == nil {
		return frontLine{}, false
	}
	var before *figureLine
	for i := range m.Lines {
		x := &m.Lines[i]
		if !x.Withdrawn && x.Published != "" && dayOf(x.Published) < dayOf(m.Last.Published) && (before == nil || x.Published >= before.Published) {
			before = x
		}
	}
	if before == nil || before.Low == m.Last.Low && before.High == m.Last.High || before.Complement != m.Last.Complement || before.Unit != m.Last.Unit {
		return frontLine{}, false
	}
	return frontLine{Label: m.Label, Words: m.Last.Said, Was: before.Said, Note: cmp.Or(m.Last.Outlet, "outlet unknown") + " " + m.Last.Day, Href: "/measure/" + m.ID}, true
}

func dayOf(published string) string { return published[:min(len(published), len(time.DateOnly))] }
