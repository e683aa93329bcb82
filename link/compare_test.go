package link_test

import (
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link"
)

// alone is an article of one statement, of what stands between its first quotation marks, by the person it begins with.
func alone(id, name, text string, content onrecord.Span) *onrecord.Reading {
	speaker := onrecord.Speaker{ID: "sp-" + id, Article: id, Name: name, Kind: onrecord.Person, Spans: []onrecord.Span{{Start: 0, End: len(name)}}}
	return &onrecord.Reading{
		Article:  &onrecord.Article{ID: id, Outlet: id, Text: text, Published: onrecord.Published{Value: "2031-03-06", Precision: "day"}},
		Speakers: []onrecord.Speaker{speaker},
		Statements: []onrecord.Statement{{
			ID: "st-" + id, Article: id, Kind: onrecord.Direct, Source: speaker.Spans, Content: []onrecord.Span{content}, Speaker: speaker.ID,
			Stance: onrecord.Asserts, Confidence: 1, SpeakerConfidence: 1,
		}},
	}
}

func TestCompare(t *testing.T) {
	const said = "every boat that fishes in the northern strait was stopped twice last winter"
	read := func(id, name, words string) *onrecord.Reading {
		text := name + ` said: "` + words + `"`
		start := len(name) + len(` said: "`)
		return alone(id, name, text, onrecord.Span{Start: start, End: start + len(words)})
	}
	ilsa := read("a", "Ilsa Marden", said)
	for _, row := range []struct {
		name                string
		other               *onrecord.Reading
		one, same, disputed bool
	}{
		{"the same", read("b", "Ilsa Marden", said), true, true, false},
		{"another speaker", read("b", "Pavel Ostrin", said), true, false, true},
		{"other words", read("b", "Ilsa Marden", "the harbour of Port Salen opens again in May"), false, true, false},
	} {
		c := link.Compare(ilsa, row.other)
		if (c.Utterance != nil) != row.one || c.OneSpeaker != row.same || c.Disputed != row.disputed {
			t.Errorf("%s: %+v", row.name, c)
		}
	}
}
