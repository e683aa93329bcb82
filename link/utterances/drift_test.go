package utterances

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/names"
	"github.com/onrecord/onrecord/link/sayings"
	"github.com/onrecord/onrecord/link/speakers"
)

// TestDrift holds what a rendition in nearly the same words is said to have changed.
func TestDrift(t *testing.T) {
	type change struct{ kind, from, to string }
	for _, c := range []struct {
		wording, rendition string
		want               []change
	}{
		{"twelve of the boats in the sound carried grain", "twelve of the boats in the sound carried grain", nil},
		{"more than twelve boats in the sound carried grain", "twelve boats in the sound carried grain", []change{{onrecord.DriftComparator, "more than", ""}}},
		{"twelve boats or more in the sound carried grain", "twelve boats in the sound carried grain", []change{{onrecord.DriftComparator, "or more", ""}}},
		{"twelve or more boats in the sound carried grain", "twelve boats in the sound carried grain", []change{{onrecord.DriftComparator, "or more", ""}}},
		{"a minimum of twelve boats in the sound carried grain", "twelve boats in the sound carried grain", []change{{onrecord.DriftComparator, "a minimum of", ""}}},
		{"well above twelve boats in the sound carried grain", "twelve boats in the sound carried grain", []change{{onrecord.DriftComparator, "well above", ""}}},
		{"at least twelve boats in the sound carried grain", "more than twelve boats in the sound carried grain", []change{{onrecord.DriftComparator, "at least", "more than"}}},
		{"at least twelve boats in the sound carried grain", "no fewer than twelve boats in the sound carried grain", nil},
		{"nearly twelve boats in the sound carried grain", "about twelve boats in the sound carried grain", []change{{onrecord.DriftComparator, "nearly", "about"}}},
		{"twelve boats in the sound sank within about three hours", "twelve boats in the sound sank within three hours", []change{{onrecord.DriftComparator, "about", ""}}},
		{"perhaps the boats in the sound carried grain", "the boats in the sound carried grain", nil},
		{"the boats in the sound perhaps carried grain", "the boats in the sound carried grain", []change{{onrecord.DriftHedge, "perhaps", ""}}},
		{"the boats in the sound never carried grain", "the boats in the sound carried grain", []change{{onrecord.DriftNegation, "never", ""}}},
		{"twelve boats in the sound carried grain so far this spring", "twelve boats in the sound carried grain this spring", []change{{onrecord.DriftHedge, "so far", ""}}},
		{"twelve boats in the sound carried grain", "thirteen boats in the sound carried grain", []change{{onrecord.DriftNumber, "twelve", "thirteen"}}},
		{"they have said that the boats in the sound carried grain", "they've said the boats in the sound carried grain", nil},
		{"the harbour at Vik was closed to boats with grain", "the harbor at Vik was closed to boats with grain", nil},
	} {
		var readings []*onrecord.Reading
		for _, words := range []string{c.wording, c.rendition} {
			const lead = "“"
			a := &onrecord.Article{ID: words, Text: lead + words + "”, the warden said."}
			if len(readings) > 0 {
				a.ID += " again" // articles of unknown day come by their ids
			}
			readings = append(readings, &onrecord.Reading{Article: a, Statements: []onrecord.Statement{{
				ID: a.ID, Article: a.ID, Kind: onrecord.Direct, Stance: onrecord.Asserts, Confidence: 1, Content: []onrecord.Span{{Start: len(lead), End: len(lead) + len(words)}},
			}}})
		}
		in := corpus.New(readings, nil, 1)
		known := names.New(nil)
		said := sayings.Find(in, []int{0, 0}, known, speakers.Find(in, []int{0, 0}, known, nil))
		of := map[string]*sayings.Saying{}
		for _, s := range said.Sayings {
			of[s.ID] = s
		}
		var got []change
		for _, d := range drift(said, of[readings[0].Article.ID], of[readings[1].Article.ID]) {
			got = append(got, change{d.Kind, d.From, d.To})
		}
		if diff := cmp.Diff(c.want, got, cmp.AllowUnexported(change{})); diff != "" {
			t.Errorf("%q, %q (-want +got)\n%s", c.wording, c.rendition, diff)
		}
	}
}
