// Package attribution finds who is said to have said what: the spans of source, cue and content of every statement.
package attribution

import (
	"cmp"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/reading/layout"
	"github.com/onrecord/onrecord/text"
)

// Find returns the statements of the document in the order of their first span. Set are Kind, Source, Cue, Content, Headline,
// Confidence, Origin and Within. Ids, Article, Speaker, Relays, Stance and Said are left to others. Title is the span of the headline in the text, empty if it has none. Nothing is found in asides.
func Find(l *english.Layer, page *layout.Layout, title onrecord.Span, asides []onrecord.Aside) []Draft {
	m := standard()
	if m == nil {
		return nil
	}
	return m.Find(l, page, title, asides)
}

// Find is like the package's Find, with this model.
func (m *Model) Find(l *english.Layer, page *layout.Layout, title onrecord.Span, asides []onrecord.Aside) []Draft {
	v := views.Get().(*view)
	defer views.Put(v)
	v.fill(l, title)
	v.page = page
	d := v.doc
	var all []found
	v.blocks(func(r text.Range) {
		if !d.Over() && v.reads(r) {
			all = m.statements(v, r, all)
		}
	})
	headline := v.tokens(title)
	all = v.formed(all, headline)
	if headline.First < headline.End {
		all = v.told(all, headline)
	}
	all = v.orphans(all)
	all = v.carried(all)
	all = v.denied(all)
	all = v.headed(all)
	all = v.turns(all)
	slices.SortStableFunc(all, func(a, b found) int { return cmp.Compare(a.start(), b.start()) })
	adopt(all)
	all = v.quotedAs(all)
	all = m.nested(v, all)

	// In text order, outer statements before those inside them; parents by their new places.
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(all[i].start(), all[j].start()) })
	place := make([]int, len(all))
	out := make([]Draft, 0, len(all))
	for _, i := range order {
		f := &all[i]
		s := New(f.origin, onrecord.Statement{
			Kind: v.kind(f.content), Source: v.spans(f.source), Cue: v.spans([]text.Range{f.cue}), Content: v.spans(f.content), Confidence: float64(f.sure),
		})
		if f.turn != nil {
			s.Kind, s.Asks = onrecord.Direct, f.turn.Asks
			if f.cue.First == f.cue.End {
				s.Cue = nil
			}
			if f.turn.Voice.End > f.turn.Voice.First {
				s.Voice = d.Span(f.turn.Voice)
			}
		}
		s.Headline = title.Len() > 0 && title.Contains(s.Content[0])
		place[i] = -1
		short(&s.Statement, d.Text, asides)
		if hits(&s.Statement, asides) {
			continue
		}
		place[i] = len(out)
		out = append(out, s)
	}
	for i, f := range all {
		if f.parent >= 0 && place[i] >= 0 && place[f.parent] >= 0 {
			out[place[i]].Within = place[f.parent]
		}
	}
	return out
}

// start is the first token of a statement.
func (f *found) start() int {
	at := min(f.content[0].First, f.cue.First)
	if len(f.source) > 0 {
		at = min(at, f.source[0].First)
	}
	return at
}

// tokens is the range of the tokens in a span.
func (v *view) tokens(s onrecord.Span) text.Range {
	if s.Len() <= 0 {
		return text.Range{}
	}
	rs := ranges(v.doc, []onrecord.Span{s})
	if len(rs) == 0 {
		return text.Range{}
	}
	return rs[0]
}

// short leaves out of a content what stands in asides after its first part, and ends it where it runs on into one.
func short(s *onrecord.Statement, text string, asides []onrecord.Aside) {
	s.Content = slices.DeleteFunc(s.Content, func(x onrecord.Span) bool {
		return x != s.Content[0] && slices.ContainsFunc(asides, func(a onrecord.Aside) bool { return a.Span.Start <= x.Start && x.Start < a.Span.End })
	})
	last := &s.Content[len(s.Content)-1]
	for _, a := range asides {
		if last.Start < a.Span.Start && a.Span.Start < last.End {
			if kept := strings.TrimRight(text[last.Start:a.Span.Start], " \t\n."); kept != "" {
				last.End = last.Start + len(kept)
			}
		}
	}
}

// hits says whether a statement touches an aside.
func hits(s *onrecord.Statement, asides []onrecord.Aside) bool {
	for _, a := range asides {
		for _, spans := range [...][]onrecord.Span{s.Source, s.Cue, s.Content} {
			for _, x := range spans {
				if x.Overlaps(a.Span) {
					return true
				}
			}
		}
	}
	return false
}
