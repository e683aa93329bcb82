// Package attribution finds who is said to have said what: the spans of source, cue and content of every statement.
package attribution

import (
	"onrecord"
	"onrecord/english"
	"onrecord/text"
)

// Find returns the statements of the document in the order of their first span. Set are Kind, Source, Cue, Content, Headline,
// Confidence; Parent holds "#i" for the i-th statement returned (nested), or "". Ids, Article, Speaker, Relays, Stance and Said
// are left to others. Title is the span of the headline in the text, empty if it has none. Nothing is found in asides.
func Find(l *english.Layer, title onrecord.Span, asides []onrecord.Aside) []onrecord.Statement {
	m := standard()
	if m == nil {
		return nil
	}
	return m.Find(l, title, asides)
}

// Find is like the package's Find, with this model.
func (m *Model) Find(l *english.Layer, title onrecord.Span, asides []onrecord.Aside) []onrecord.Statement {
	v := views.Get().(*view)
	defer views.Put(v)
	v.fill(l, title)
	var all []found
	v.blocks(func(r text.Range) { all = m.statements(v, r, all) })
	var out []onrecord.Statement
	for _, f := range all {
		s := onrecord.Statement{
			Source: v.spans(f.source), Cue: []onrecord.Span{v.doc.Span(f.cue)}, Content: v.spans(f.content),
			Confidence: float64(min(f.p, 1)), Kind: onrecord.Indirect,
		}
		if hits(s, asides) {
			continue
		}
		out = append(out, s)
	}
	return out
}

func hits(s onrecord.Statement, asides []onrecord.Aside) bool {
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
