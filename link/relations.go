package link

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
)

// A relation is how two speakers stand to each other.
type relation int

const (
	otherSpeaker   relation = iota // two names
	relatedSpeaker                 // one is unnamed, unknown or the other's organ, and they may speak for one another
	sameSpeaker
)

func (r relation) String() string {
	return [...]string{"two speakers", "speakers who may be one", "one speaker"}[r]
}

// relation judges two roots of the cast, either of which may be -1.
func (c *cast) relation(a, b int) relation {
	switch {
	case a < 0 || b < 0:
		return relatedSpeaker
	case a == b:
		return sameSpeaker
	}
	x, y := &c.voices[a], &c.voices[b]
	if x.Kind == onrecord.Person && y.Kind == onrecord.Person && x.Named() && y.Named() {
		return otherSpeaker
	}
	if anyOf(c.sides[a], c.sides[b]) {
		return relatedSpeaker
	}
	return otherSpeaker
}

// anybody says whether a root of the cast is a document, which carries somebody's words, or somebody unnamed of no known side.
func (c *cast) anybody(root int) bool {
	return root >= 0 && (c.voices[root].Kind == onrecord.Document || !c.voices[root].Named() && len(c.sides[root]) == 0)
}

// maybeOne says whether two roots of the cast, either of which may be -1, may be one speaker though their names do not say so: they speak
// for one side, one is not known and the other has a name or is not known either, or both are institutions or what these publish.
func (c *cast) maybeOne(a, b int) bool {
	switch {
	case a < 0 && b < 0:
		return true
	case a < 0 || b < 0:
		return c.named(max(a, b))
	case a == b:
		return false
	}
	body := func(root int) bool {
		k := c.voices[root].Kind
		return k == onrecord.Organisation || k == onrecord.Document
	}
	return body(a) && body(b) || c.relation(a, b) == relatedSpeaker && !c.anybody(a) && !c.anybody(b)
}

// apart says whether two roots of the cast are two speakers, neither of whom may be the other or carry the other's words.
func (c *cast) apart(a, b int) bool {
	return c.relation(a, b) == otherSpeaker && !c.maybeOne(a, b) && !c.anybody(a) && !c.anybody(b)
}

// oneSide says whether two roots of the cast, either of which may be -1, are one speaker or speak for one state or organ.
func (c *cast) oneSide(a, b int) bool {
	return a >= 0 && b >= 0 && (a == b || anyOf(c.sides[a], c.sides[b]))
}

// named says whether a root of the cast is somebody with a name.
func (c *cast) named(root int) bool { return root >= 0 && c.voices[root].Named() }

// others says whether two speakers cannot both have said one thing: two persons, of whom neither may be the other under a shorter
// name, or speakers of two states. A letter may well carry a person's words, and a person those of a party.
func (c *cast) others(a, b int) bool {
	x, y := &c.voices[a], &c.voices[b]
	if c.relation(a, b) != otherSpeaker {
		return false
	}
	if x.Kind == onrecord.Person && y.Kind == onrecord.Person {
		v, w := x.words, y.words
		if len(v) > len(w) {
			v, w = w, v
		}
		if len(v) == 1 {
			return !slices.ContainsFunc(w, func(s string) bool { return sound(s) == sound(v[0]) })
		}
		return len(v) > 0 && sound(v[len(v)-1]) != sound(w[len(w)-1])
	}
	return x.State != "" && y.State != "" && x.State != y.State
}

// findSides notes, for every root that speaks, the states and organs that it speaks for, by name, state and roles.
func (c *cast) findSides() {
	c.sides = make([][]string, len(c.voices))
	own := map[string]bool{} // states that no table knows, but that speak
	for i := range c.voices {
		if v := &c.voices[i]; v.Kind == onrecord.State {
			own[foldName(v.Name)] = true
		}
	}
	for i := range c.voices {
		v := &c.voices[i]
		if !v.speaks {
			continue
		}
		r := c.root(i)
		add := func(s string) {
			if s != "" && !slices.Contains(c.sides[r], s) {
				c.sides[r] = append(c.sides[r], s)
			}
		}
		add(foldName(v.State))
		if v.Kind == onrecord.Organisation || v.Kind == onrecord.Group {
			add(foldName(v.Name))
		}
		for k, s := range append([]string{v.Name}, v.Roles...) {
			if k == 0 && v.Kind == onrecord.Person {
				continue
			}
			words := nameWords(s)
			for k := range words {
				for n := 1; n <= 4 && k+n <= len(words); n++ {
					name := strings.Join(words[k:k+n], " ")
					add(foldName(c.names.state[name]))
					if own[name] && c.names.state[name] == "" {
						add(name)
					}
					if c.names.seat[name] || c.names.its[name] != "" || c.organ[name] {
						add(name)
						if v.State == "" { // "the coast guard" is several states'
							add(foldName(c.names.its[name]))
						}
					}
				}
			}
		}
	}
}
