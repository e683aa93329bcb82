package utterances

import (
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/internal/set"
	"github.com/onrecord/onrecord/link/sayings"
)

// How sure it is that an unnamed speaker is the named one whose words it says.
const (
	leadQuoted     = 0.4
	leadParaphrase = 0.25
	leadShown      = 60 // bytes of the words that are shown
)

// leads says who unnamed speakers may be, by their root: the one person of an utterance whose words are theirs too, if both speak for one side,
// or the unnamed one is not known to speak for any. It is a lead for a person to follow: nobody is merged for it.
func leads(r *sayings.Record, us []Utterance) map[int][]onrecord.Lead {
	docs, said, c := r.Docs, r.Sayings, r.Cast
	found := map[int][]onrecord.Lead{}
	for _, u := range us {
		person, several := -1, false
		for _, i := range u.Members {
			if v := said[i].Voice; v >= 0 && c.Voices[v].Kind == onrecord.Person {
				several = several || person >= 0 && person != v
				person = v
			}
		}
		if person < 0 || several {
			continue
		}
		for _, i := range u.Members {
			s := said[i]
			if s.Voice < 0 || c.Voices[s.Voice].Kind != onrecord.Unnamed || len(c.Sides[s.Voice]) > 0 && !c.OneSide(s.Voice, person) {
				continue
			}
			if slices.ContainsFunc(found[s.Voice], func(l onrecord.Lead) bool { return l.Speaker == c.ID(person) }) {
				continue
			}
			words := s.Words(docs[s.Doc])
			if len(words) > leadShown {
				words = words[:corpus.Clip(words, leadShown)] + "…"
			}
			lead := onrecord.Lead{Speaker: c.ID(person), Confidence: leadParaphrase, Basis: []string{"both are given one utterance: " + words}}
			if s.Quoted > 0 {
				lead.Confidence = leadQuoted
			}
			if sides := set.Common(c.Sides[s.Voice], c.Sides[person]); len(sides) > 0 {
				lead.Basis = append(lead.Basis, "both speak for "+sides[0])
			}
			found[s.Voice] = append(found[s.Voice], lead)
		}
	}
	return found
}
