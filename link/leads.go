package link

import (
	"slices"

	"github.com/onrecord/onrecord"
)

// How sure it is that an unnamed speaker is the named one whose words it says.
const (
	leadQuoted     = 0.4
	leadParaphrase = 0.25
	leadShown      = 60 // bytes of the words that are shown
)

// findLeads says who unnamed speakers may be, by their root: the one person of an utterance whose words are theirs too, if both speak for one side,
// or the unnamed one is not known to speak for any. It is a lead for a person to follow: nobody is merged for it.
func findLeads(docs []*doc, sayings []*saying, us []utterance, c *cast) map[int][]onrecord.Lead {
	leads := map[int][]onrecord.Lead{}
	for _, u := range us {
		person, several := -1, false
		for _, i := range u.members {
			if r := sayings[i].voice; r >= 0 && c.voices[r].Kind == onrecord.Person {
				several = several || person >= 0 && person != r
				person = r
			}
		}
		if person < 0 || several {
			continue
		}
		for _, i := range u.members {
			s := sayings[i]
			if s.voice < 0 || c.voices[s.voice].Kind != onrecord.Unnamed || len(c.sides[s.voice]) > 0 && !c.oneSide(s.voice, person) {
				continue
			}
			if slices.ContainsFunc(leads[s.voice], func(l onrecord.Lead) bool { return l.Speaker == c.id(person) }) {
				continue
			}
			words := contentOf(docs[s.doc], s)
			if len(words) > leadShown {
				words = words[:clip(words, leadShown)] + "…"
			}
			lead := onrecord.Lead{Speaker: c.id(person), Confidence: leadParaphrase, Basis: []string{"both are given one utterance: " + words}}
			if s.quoted > 0 {
				lead.Confidence = leadQuoted
			}
			if sides := both(c.sides[s.voice], c.sides[person]); len(sides) > 0 {
				lead.Basis = append(lead.Basis, "both speak for "+sides[0])
			}
			leads[s.voice] = append(leads[s.voice], lead)
		}
	}
	return leads
}
