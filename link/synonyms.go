package link

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/reading/speaker"
)

// stateTable and organisationTable are the tables by which a single article is read too.
var (
	stateTable        = speaker.States()
	organisationTable = speaker.Organisations()
)

// synonyms knows which names are one: the shipped tables and what the articles teach.
type synonyms struct {
	class map[string]string   // folded name -> folded first name of its row
	short map[string][]string // folded short form, which means other things too -> what it may be, folded
	state map[string]string   // folded name, adjective, capital or seat of power of a state -> the state
	seat  map[string]bool     // folded capitals and seats of power, which speak for themselves
	its   map[string]string   // folded name of an organ that has a name of its own -> its state
	first map[string]int      // first word of a folded name -> words of the longest such name
}

func newSynonyms(docs []*doc) *synonyms {
	s := &synonyms{class: map[string]string{}, short: map[string][]string{}, state: map[string]string{}, seat: map[string]bool{}, its: map[string]string{}, first: map[string]int{}}
	for _, o := range organisationTable {
		name := foldName(o.Name)
		s.add(name, name)
		for _, n := range o.Names {
			s.add(foldName(n), name)
		}
		for _, n := range o.Short {
			if n = foldName(n); !slices.Contains(s.short[n], name) {
				s.short[n] = append(s.short[n], name)
				s.begins(n)
			}
		}
	}
	for _, st := range stateTable {
		for i, names := range [...][]string{{st.Name}, st.Names, st.Demonyms, st.Capitals, st.Seats} {
			for _, n := range names {
				n = foldName(n)
				if s.class[n] == "" || s.state[n] == "" && n == foldName(st.Name) {
					s.state[n] = st.Name
					s.add(n, foldName(st.Name))
					s.seat[n] = i >= 3
				}
			}
		}
		for _, n := range st.Organs {
			if n = foldName(n); s.its[n] == "" {
				s.its[n] = st.Name
			}
		}
	}
	// A name that texts teach as another of two things is taken for neither.
	taught := map[string][]string{}
	for _, d := range docs {
		for i := range d.Speakers {
			for _, l := range d.Speakers[i].Learned {
				a, n := foldName(l.Alias), foldName(l.Name)
				if a != "" && n != "" && a != n && !slices.Contains(taught[a], n) {
					taught[a] = append(taught[a], n)
				}
			}
		}
	}
	for _, a := range slices.Sorted(maps.Keys(taught)) {
		if ns := taught[a]; len(ns) == 1 && s.class[a] == "" {
			s.add(a, s.of(ns[0]))
		}
	}
	return s
}

// begins notes how long names are that begin with the first word of this one.
func (s *synonyms) begins(name string) {
	if words := strings.Fields(name); len(words) > 0 {
		s.first[words[0]] = max(s.first[words[0]], len(words))
	}
}

func (s *synonyms) add(name, class string) {
	s.class[name] = class
	s.begins(name)
	if _, ok := s.class[class]; !ok {
		s.add(class, class)
	}
}

// of is the class of a folded name, itself when it has none.
func (s *synonyms) of(name string) string {
	return cmp.Or(s.class[name], name)
}

// organ is the key under which an organisation, state or document merges: its name's class, with its state's name before an organ
// that several states have ("Russia's Defense Ministry"), in one order of words ("Ministry of Defense").
func (s *synonyms) organ(p *onrecord.Speaker) string {
	name := foldName(p.Name)
	if p.Kind == onrecord.State {
		// Moscow and the Kremlin are Russia's, but not the same speaker as Russia.
		return stateKey(s, p)
	}
	if c := s.class[name]; c != "" {
		return c
	}
	words := strings.Fields(name)
	state := p.State
	rest := words[:0:0]
	for i, w := range words {
		if st := s.state[w]; st != "" && (i == 0 || i == len(words)-1) {
			state = cmp.Or(state, st)
			continue
		}
		if w == "of" || w == "for" || w == "the" || w == "and" {
			continue
		}
		rest = append(rest, w)
	}
	if len(rest) == 0 {
		return name
	}
	if rest[0] == "ministry" || rest[0] == "department" || rest[0] == "office" {
		rest = append(rest[1:len(rest):len(rest)], rest[0])
	}
	key := strings.Join(rest, " ")
	if c := s.class[key]; c != "" {
		return c
	}
	return strings.TrimSpace(foldName(state) + " " + key)
}

// stateKey is the key of a state: one for all its names, and one for each of its seats of power.
func stateKey(s *synonyms, p *onrecord.Speaker) string {
	name := foldName(p.Name)
	if p.State != "" && foldName(p.State) != name && s.seat[name] {
		return name
	}
	return s.of(name)
}

// at is the class of the longest known name that begins the words, and how many words it has. Short acronyms count in capitals only.
func (s *synonyms) at(d *doc, words []word) (n int, class string) {
	if len(words) == 0 {
		return 0, ""
	}
	if w := d.text[words[0].start:words[0].end]; plain(w) && s.first[spelled(strings.ToLower(w))] == 0 {
		return 0, "" // most words, told without taking their marks off
	}
	head := nameWords(d.text[words[0].start:words[0].end])
	if len(head) != 1 {
		return 0, ""
	}
	longest := min(s.first[head[0]], len(words))
	key := head[0]
	for k := 1; k <= longest; k++ {
		if k > 1 {
			if words[k-1].start-words[k-2].end > 2 {
				break
			}
			more := nameWords(d.text[words[k-1].start:words[k-1].end])
			if len(more) != 1 {
				break
			}
			key += " " + more[0]
		}
		c := s.class[key]
		if short := s.short[key]; c == "" && len(short) == 1 {
			c = short[0]
		}
		if c == "" {
			continue
		}
		if surface := d.text[words[0].start:words[0].end]; k == 1 && (len(head[0]) <= 3 && strings.ToUpper(bare(surface)) != bare(surface) || !words[0].is(capital)) {
			continue
		}
		n, class = k, c
	}
	return n, class
}

// nameLetters are the letters by which a name and the adjective of it agree: "Norland", "Norlandic".
const nameLetters = 5

// owner is the state that the words begin by naming, else the first letters of the name that they begin with, which a name and
// its adjective have in common.
func (s *synonyms) owner(d *doc, words []word) string {
	if who := s.stateAt(d, words); who != "" || !words[0].is(capital) {
		return who
	}
	who := strings.Join(nameWords(d.text[words[0].start:words[0].end]), " ")
	return who[:clip(who, nameLetters)]
}

// stateAt is the state that the words begin by naming, if any.
func (s *synonyms) stateAt(d *doc, words []word) string {
	n, _ := s.at(d, words)
	if n == 0 {
		return ""
	}
	key := ""
	for _, w := range words[:n] {
		key += " " + strings.Join(nameWords(d.text[w.start:w.end]), " ")
	}
	return s.state[strings.TrimSpace(key)]
}

// owners are the states and other names in a span.
func (s *synonyms) owners(d *doc, span onrecord.Span) []string {
	var out []string
	words := d.within(span)
	for k, w := range words {
		if w.is(opens) && s.stateAt(d, words[k:]) == "" {
			continue
		}
		if who := s.owner(d, words[k:]); who != "" && !slices.Contains(out, who) {
			out = append(out, who)
		}
	}
	return out
}

// plain says whether a word is letters of ASCII only.
func plain(w string) bool {
	for i := 0; i < len(w); i++ {
		if c := w[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}
