package link

import (
	"slices"

	"github.com/onrecord/onrecord"
)

// A Comparison is how two statements stand to each other.
type Comparison struct {
	Utterance  *onrecord.Utterance // that both are renditions of, with its drift; nil where they are not
	OneSpeaker bool                // both were said by one speaker
	Disputed   bool                // they are one thing said by two, who are not the same
}

// Compare says how the statement of one article stands to that of another: the two, each alone in its article, are linked as any two
// articles are. It expects exactly one statement in each reading, none of
// them doubtful, and ids that differ.
func Compare(a, b *onrecord.Reading) Comparison {
	links := All([]*onrecord.Reading{a, b}, 1)
	c := Comparison{
		Disputed: slices.ContainsFunc(links.Disputes, func(d onrecord.Dispute) bool { return d.Kind == onrecord.Attribution }),
	}
	if one := links.SpeakerOf[a.Statements[0].Speaker]; one != "" {
		c.OneSpeaker = one == links.SpeakerOf[b.Statements[0].Speaker]
	}
	if len(links.Utterances) > 0 {
		c.Utterance = &links.Utterances[0]
	}
	return c
}
