// Package when finds time expressions and resolves them against the day of publication (TIMEX3 of TimeML 1.2.1, and half-open
// intervals).
package when

import (
	"onrecord"
	"onrecord/english"
)

// Find returns the time expressions of the document in text order; ids and Article are left empty. Relative expressions stay
// unresolved when the day of publication is not known.
func Find(l *english.Layer, published onrecord.Published) []onrecord.Time { return nil }
