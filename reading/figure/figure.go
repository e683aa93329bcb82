// Package figure finds numbers that count or measure something, with comparator, change, unit, the thing counted, what it is a
// share of and as of when.
package figure

import (
	"onrecord"
	"onrecord/english"
)

// Find returns the figures of the document in text order; ids, Article and Statement are left empty. Numbers that belong to one
// of times, to a name ("Boeing 737") or an order ("the 22nd amendment") are none.
func Find(l *english.Layer, times []onrecord.Time, published onrecord.Published) []onrecord.Figure {
	return nil
}
