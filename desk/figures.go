package desk

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/reading/figure/unit"
)

// How a figure of the draft stands to the record's.
const (
	SameFigure        = "same"
	ComparatorChanged = "comparator changed" // the same number, bounded otherwise: "more than" lost, "about" become "up to"
	NumberChanged     = "number changed"
	NoFigure          = "not in these renditions"
)

// A Figure is a figure of the draft's statement against the nearest of the record's renditions that has one of its unit. Signs are
// "=", "~", "<" and ">".
type Figure struct {
	Words      string `json:"words"` // of the draft
	Sign       string `json:"sign"`
	Is         string `json:"is"` // SameFigure, ...
	Record     string `json:"record,omitempty"`
	RecordSign string `json:"record_sign,omitempty"`
	Article    string `json:"article,omitempty"` // where Record stands
}

// figures holds the figures of a statement of the draft against those of the matches, nearest first.
func figures(draft *onrecord.Reading, s *onrecord.Statement, found []match) []Figure {
	var list []Figure
	for i := range draft.Figures {
		f := &draft.Figures[i]
		if !inside(f.Span, s.Content) || f.ConversionOf != "" {
			continue
		}
		g := Figure{Words: f.Span.Of(draft.Article.Text), Sign: f.Comparator, Is: NoFigure}
		for _, m := range found {
			if m.statement != nil && (g.against(f, &m) || slices.ContainsFunc(draft.Figures, func(c onrecord.Figure) bool {
				return c.ConversionOf == f.ID && c.Unit != f.Unit && g.against(&c, &m)
			})) {
				break
			}
		}
		list = append(list, g)
	}
	return list
}

func inside(at onrecord.Span, spans []onrecord.Span) bool {
	for _, s := range spans {
		if s.Contains(at) {
			return true
		}
	}
	return false
}

// against compares a figure with those of one rendition: with the same number first, in whatever unit, else with the only one of its
// unit that is not itself in the draft, of the same thing where there are more.
func (g *Figure) against(f *onrecord.Figure, m *match) bool {
	var other []*onrecord.Figure
	text := m.paper.view.Article.Text
	for i := range m.paper.view.Figures {
		r := &m.paper.view.Figures[i].Figure
		if !inside(r.Span, m.statement.Content) {
			continue
		}
		converted := unit.Dimension(f.Unit) != "" && unit.Restates(unit.Value{Low: f.Low, High: f.High, Unit: f.Unit}, unit.Value{Low: r.Low, High: r.High, Unit: r.Unit})
		if r.Unit != f.Unit && !converted {
			continue
		}
		if converted || r.Low == f.Low && r.High == f.High {
			g.Is = SameFigure
			if r.Comparator != f.Comparator {
				g.Is = ComparatorChanged
			}
			g.Record, g.RecordSign, g.Article = r.Span.Of(text), r.Comparator, r.Article
			return true
		}
		if f.Thing == "" || r.Thing == "" || strings.EqualFold(f.Thing, r.Thing) {
			other = append(other, r)
		}
	}
	if len(other) != 1 {
		return false
	}
	g.Is, g.Record, g.RecordSign, g.Article = NumberChanged, other[0].Span.Of(text), other[0].Comparator, other[0].Article
	return true
}
