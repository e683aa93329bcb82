package speaker

import "github.com/onrecord/onrecord/lexicon/en"

// A State is what the lexicon says of a state: its name, and what news calls it and what is its own.
type State struct {
	Name     string
	Names    []string // other names: "U.S."
	Demonyms []string // of it: "American", "Americans"
	Capitals []string // that speak for it: "Washington"
	Seats    []string // of power, that speak for it: "White House"
	Organs   []string // with names of their own: "Pentagon"
}

// States is the lexicon's states in its order.
func States() []State {
	var out []State
	for r := range en.Lexicon.Subject("state").Rows("state", "of state", "capital", "seat", "organ") {
		if r.Class == "state" {
			out = append(out, State{Name: r.Value, Names: r.Entries[1:]})
			continue
		}
		s := &out[len(out)-1]
		switch r.Class {
		case "of state":
			s.Demonyms = r.Entries
		case "capital":
			s.Capitals = r.Entries
		case "seat":
			s.Seats = r.Entries
		case "organ":
			s.Organs = r.Entries
		}
	}
	return out
}
