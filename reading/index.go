package reading

import (
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/reading/layout"
	"github.com/onrecord/onrecord/text"
)

// An index reads the layers of one document.
type index struct {
	d    *text.Doc
	page *layout.Layout
}

// covers says whether one of the spans overlaps s.
func covers(spans []onrecord.Span, s onrecord.Span) bool {
	return slices.ContainsFunc(spans, s.Overlaps)
}
