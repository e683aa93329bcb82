// Package attribution finds who is said to have said what: the spans of source, cue and content of every statement.
package attribution

import (
	"onrecord"
	"onrecord/english"
)

// Find returns the statements of the document in the order of their first span. Set are Kind, Source, Cue, Content, Headline,
// Confidence; Parent holds "#i" for the i-th statement returned (nested), or "". Ids, Article, Speaker, Relays, Stance and Said
// are left to others. Title is the span of the headline in the text, empty if it has none. Nothing is found in asides.
func Find(l *english.Layer, title onrecord.Span, asides []onrecord.Aside) []onrecord.Statement {
	return nil
}
