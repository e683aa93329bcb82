package speakers

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/internal/set"
	"github.com/onrecord/onrecord/link/names"
)

// A Relation is how two speakers stand to each other.
type Relation int

const (
	OtherSpeaker   Relation = iota // two names
	RelatedSpeaker                 // one is unnamed, unknown or the other's organ, and they may speak for one another
	SameSpeaker
)

// String is the relation in words, as bases show it.
func (r Relation) String() string {
	return [...]string{"two speakers", "speakers who may be one", "one speaker"}[r]
}

// Relation judges two roots of the cast, either of which may be -1.
func (c *Cast) Relation(a, b int) Relation {
	switch {
	case a < 0 || b < 0:
		return RelatedSpeaker
	case a == b:
		return SameSpeaker
	}
	x, y := &c.Voices[a], &c.Voices[b]
	if x.Kind == onrecord.Person && y.Kind == onrecord.Person && x.Named() && y.Named() {
		return OtherSpeaker
	}
	if set.Meet(c.Sides[a], c.Sides[b]) {
		return RelatedSpeaker
	}
	return OtherSpeaker
}

// Anybody says whether a root of the cast is a document, which carries somebody's words, or somebody unnamed of no known side.
func (c *Cast) Anybody(root int) bool {
	return root >= 0 && (c.Voices[root].Kind == onrecord.Document || !c.Voices[root].Named() && len(c.Sides[root]) == 0)
}

// MaybeOne says whether two roots of the cast, either of which may be -1, may be one speaker though their names do not say so: they speak
// for one side, one is not known and the other has a name or is not known either, or both are institutions or what these publish.
func (c *Cast) MaybeOne(a, b int) bool {
	switch {
	case a < 0 && b < 0:
		return true
	case a < 0 || b < 0:
		return c.Named(max(a, b))
	case a == b:
		return false
	}
	body := func(root int) bool {
		k := c.Voices[root].Kind
		return k == onrecord.Organisation || k == onrecord.Document
	}
	return body(a) && body(b) || c.Relation(a, b) == RelatedSpeaker && !c.Anybody(a) && !c.Anybody(b)
}

// Apart says whether two roots of the cast are two speakers, neither of whom may be the other or carry the other's words.
func (c *Cast) Apart(a, b int) bool {
	return c.Relation(a, b) == OtherSpeaker && !c.MaybeOne(a, b) && !c.Anybody(a) && !c.Anybody(b)
}

// OneSide says whether two roots of the cast, either of which may be -1, are one speaker or speak for one state or organ.
func (c *Cast) OneSide(a, b int) bool {
	return a >= 0 && b >= 0 && (a == b || set.Meet(c.Sides[a], c.Sides[b]))
}

// Named says whether a root of the cast is somebody with a name.
func (c *Cast) Named(root int) bool { return root >= 0 && c.Voices[root].Named() }

// Others says whether two speakers cannot both have said one thing: two persons, of whom neither may be the other under a shorter
// name, or speakers of two states. A letter may well carry a person's words, and a person those of a party.
func (c *Cast) Others(a, b int) bool {
	x, y := &c.Voices[a], &c.Voices[b]
	if c.Relation(a, b) != OtherSpeaker {
		return false
	}
	if x.Kind == onrecord.Person && y.Kind == onrecord.Person {
		v, w := x.words, y.words
		if len(v) > len(w) {
			v, w = w, v
		}
		if len(v) == 1 {
			return !slices.ContainsFunc(w, func(s string) bool { return names.Sound(s) == names.Sound(v[0]) })
		}
		return len(v) > 0 && names.Sound(v[len(v)-1]) != names.Sound(w[len(w)-1])
	}
	return x.State != "" && y.State != "" && x.State != y.State
}

// sideWords is how many words the name of a state or an organ has at most, where it is looked for in names and roles.
const sideWords = 4

// findSides notes, for every root that speaks, the states and organs that it speaks for, by name, state and roles.
func (c *Cast) findSides() {
	c.Sides = make([][]string, len(c.Voices))
	own := map[string]bool{} // states that no table knows, but that speak
	for i := range c.Voices {
		if v := &c.Voices[i]; v.Kind == onrecord.State {
			own[names.Fold(v.Name)] = true
		}
	}
	for i := range c.Voices {
		v := &c.Voices[i]
		if !v.speaks {
			continue
		}
		sides := []string{names.Fold(v.State)}
		if v.Kind == onrecord.Organisation || v.Kind == onrecord.Group {
			sides = append(sides, names.Fold(v.Name))
		}
		if v.Kind != onrecord.Person {
			sides = append(sides, c.sidesIn(v.Name, v.State, own)...)
		}
		for _, role := range v.Roles {
			sides = append(sides, c.sidesIn(role, v.State, own)...)
		}
		r := c.Root(i)
		c.Sides[r] = set.Union(c.Sides[r], slices.DeleteFunc(sides, func(s string) bool { return s == "" }))
	}
}

// sidesIn are the states and organs that a name or role of somebody of a state names. Own are states that no table knows.
func (c *Cast) sidesIn(s, state string, own map[string]bool) (sides []string) {
	words := names.Words(s)
	for k := range words {
		for n := 1; n <= sideWords && k+n <= len(words); n++ {
			name := strings.Join(words[k:k+n], " ")
			of, its := c.names.State[name], c.names.Its[name]
			sides = append(sides, names.Fold(of))
			if own[name] && of == "" {
				sides = append(sides, name)
			}
			if c.names.Seat[name] || its != "" || c.organ[name] {
				sides = append(sides, name)
				if state == "" { // "the coast guard" is several states'
					sides = append(sides, names.Fold(its))
				}
			}
		}
	}
	return sides
}
