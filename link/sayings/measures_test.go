package sayings

import (
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/corpus"
)

// TestMainVerb holds where what is said of a share begins, behind what narrows its subject down.
func TestMainVerb(t *testing.T) {
	for _, c := range []struct{ words, predicate string }{
		{"were sent against fishing boats", "were sent against fishing boats"},
		{"hit rebels opposed to the governor", "hit rebels opposed to the governor"},
		{"that Norland has stopped in the sound carried timber", "carried timber"},
		{"that we've counted to date have not carried grain", "have not carried grain"},
		{"we saw them stop were not carrying timber", "were not carrying timber"},
		{"they stop are fishing boats", "are fishing boats"},
		{"stopped by the coast guard in the sound were carrying neither", "were carrying neither"},
		{"stayed in harbour since the storm had begun", "stayed in harbour since the storm had begun"},
		{"in the valley are against smugglers", "are against smugglers"},
		{"that they boarded in the sound this spring", ""},
		{"that carried timber", ""},
		{"", ""},
	} {
		d := &corpus.Doc{Text: c.words}
		d.Words = corpus.Cut(d.Text, nil)
		words := d.Within(onrecord.Span{Start: 0, End: len(d.Text)})
		got := ""
		if k := MainVerb(d, words); k < len(words) {
			got = d.Text[words[k].Start:]
		}
		if got != c.predicate {
			t.Errorf("%q: %q, want %q", c.words, got, c.predicate)
		}
	}
}
