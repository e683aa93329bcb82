package speaker

import "strings"

// A State is a row of the table of states: its name, and what news calls it and what is its own.
type State struct {
	Name     string
	Names    []string // other names: "U.S."
	Demonyms []string // of it: "American", "Americans"
	Capitals []string // that speak for it: "Washington"
	Seats    []string // of power, that speak for it: "White House"
	Organs   []string // with names of their own: "Pentagon"
}

// States is the table of states in its order.
func States() []State {
	var out []State
	for line := range rows("data/states.tsv") {
		columns := strings.Split(line, "\t")
		s := State{Name: columns[0]}
		for i, into := range [...]*[]string{&s.Names, &s.Demonyms, &s.Capitals, &s.Seats, &s.Organs} {
			if i+1 >= len(columns) {
				break
			}
			for name := range strings.SplitSeq(columns[i+1], ",") {
				if name = strings.TrimSpace(name); name != "" {
					*into = append(*into, name)
				}
			}
		}
		out = append(out, s)
	}
	return out
}
