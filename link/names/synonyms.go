package names

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/internal/set"
	"github.com/onrecord/onrecord/reading/speaker"
)

// Synonyms knows which names are one: the shipped tables and what the articles teach.
type Synonyms struct {
	class map[string]string   // folded name -> folded first name of its row
	Short map[string][]string // folded short form, which means other things too -> what it may be, folded
	State map[string]string   // folded name, adjective, capital or seat of power of a state -> the state
	Seat  map[string]bool     // folded capitals and seats of power, which speak for themselves
	Its   map[string]string   // folded name of an organ that has a name of its own -> its state
	first map[string]int      // first word of a folded name -> words of the longest such name
}

// New is the names of the shipped tables, and those that the articles teach.
func New(docs []*corpus.Doc) *Synonyms {
	s := &Synonyms{class: map[string]string{}, Short: map[string][]string{}, State: map[string]string{}, Seat: map[string]bool{}, Its: map[string]string{}, first: map[string]int{}}
	for _, o := range speaker.Organisations() {
		s.addOrganisation(&o)
	}
	for _, st := range speaker.States() {
		s.addState(&st)
	}
	s.learn(docs)
	return s
}

func (s *Synonyms) addOrganisation(o *speaker.Organisation) {
	name := Fold(o.Name)
	s.add(name, name)
	for _, n := range o.Names {
		s.add(Fold(n), name)
	}
	for _, n := range o.Short {
		if n = Fold(n); !slices.Contains(s.Short[n], name) {
			s.Short[n] = append(s.Short[n], name)
			s.begins(n)
		}
	}
}

func (s *Synonyms) addState(st *speaker.State) {
	own := Fold(st.Name)
	names := func(list []string, seats bool) {
		for _, n := range list {
			n = Fold(n)
			if s.class[n] == "" || s.State[n] == "" && n == own {
				s.State[n] = st.Name
				s.add(n, own)
				s.Seat[n] = seats
			}
		}
	}
	names(slices.Concat([]string{st.Name}, st.Names, st.Demonyms), false)
	names(slices.Concat(st.Capitals, st.Seats), true)
	for _, n := range st.Organs {
		if n = Fold(n); s.Its[n] == "" {
			s.Its[n] = st.Name
		}
	}
}

// learn adds the names that articles teach. One that they teach as another of two things is taken for neither.
func (s *Synonyms) learn(docs []*corpus.Doc) {
	taught := map[string][]string{}
	for _, d := range docs {
		for i := range d.Speakers {
			for _, l := range d.Speakers[i].Learned {
				if a, n := Fold(l.Alias), Fold(l.Name); a != "" && n != "" && a != n {
					taught[a] = set.Union(taught[a], []string{n})
				}
			}
		}
	}
	for _, a := range slices.Sorted(maps.Keys(taught)) {
		if ns := taught[a]; len(ns) == 1 && s.class[a] == "" {
			s.add(a, s.of(ns[0]))
		}
	}
}

// begins notes how long names are that begin with the first word of this one.
func (s *Synonyms) begins(name string) {
	if words := strings.Fields(name); len(words) > 0 {
		s.first[words[0]] = max(s.first[words[0]], len(words))
	}
}

func (s *Synonyms) add(name, class string) {
	s.class[name] = class
	s.begins(name)
	if _, ok := s.class[class]; !ok {
		s.add(class, class)
	}
}

// of is the class of a folded name, itself when it has none.
func (s *Synonyms) of(name string) string {
	return cmp.Or(s.class[name], name)
}

// Organ is the key under which an organisation, state or document merges: its name's class, with its state's name before an organ
// that several states have ("Russia's Defense Ministry"), in one order of words ("Ministry of Defense").
func (s *Synonyms) Organ(p *onrecord.Speaker) string {
	name := Fold(p.Name)
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
		if st := s.State[w]; st != "" && (i == 0 || i == len(words)-1) {
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
	return strings.TrimSpace(Fold(state) + " " + key)
}

// stateKey is the key of a state: one for all its names, and one for each of its seats of power.
func stateKey(s *Synonyms, p *onrecord.Speaker) string {
	name := Fold(p.Name)
	if p.State != "" && Fold(p.State) != name && s.Seat[name] {
		return name
	}
	return s.of(name)
}

// At is the class of the longest known name that begins the words, and how many words it has. Short acronyms count in capitals only.
func (s *Synonyms) At(d *corpus.Doc, words []corpus.Word) (n int, class string) {
	if len(words) == 0 {
		return 0, ""
	}
	if w := d.Text[words[0].Start:words[0].End]; plain(w) && s.first[spelled(strings.ToLower(w))] == 0 {
		return 0, "" // most words, told without taking their marks off
	}
	head := Words(d.Text[words[0].Start:words[0].End])
	if len(head) != 1 {
		return 0, ""
	}
	longest := min(s.first[head[0]], len(words))
	key := head[0]
	for k := 1; k <= longest; k++ {
		if k > 1 {
			if words[k-1].Start-words[k-2].End > 2 {
				break
			}
			more := Words(d.Text[words[k-1].Start:words[k-1].End])
			if len(more) != 1 {
				break
			}
			key += " " + more[0]
		}
		c := s.class[key]
		if short := s.Short[key]; c == "" && len(short) == 1 {
			c = short[0]
		}
		if c == "" {
			continue
		}
		if surface := d.Text[words[0].Start:words[0].End]; k == 1 && (len(head[0]) <= 3 && strings.ToUpper(corpus.Bare(surface)) != corpus.Bare(surface) || !words[0].Is(corpus.Capital)) {
			continue
		}
		n, class = k, c
	}
	return n, class
}

// nameLetters are the letters by which a name and the adjective of it agree: "Norland", "Norlandic".
const nameLetters = 5

// Owner is the state that the words begin by naming, else the first letters of the name that they begin with, which a name and
// its adjective have in common.
func (s *Synonyms) Owner(d *corpus.Doc, words []corpus.Word) string {
	if who := s.StateAt(d, words); who != "" || !words[0].Is(corpus.Capital) {
		return who
	}
	who := strings.Join(Words(d.Text[words[0].Start:words[0].End]), " ")
	return who[:corpus.Clip(who, nameLetters)]
}

// StateAt is the state that the words begin by naming, if any.
func (s *Synonyms) StateAt(d *corpus.Doc, words []corpus.Word) string {
	n, _ := s.At(d, words)
	if n == 0 {
		return ""
	}
	key := ""
	for _, w := range words[:n] {
		key += " " + strings.Join(Words(d.Text[w.Start:w.End]), " ")
	}
	return s.State[strings.TrimSpace(key)]
}

// Owners are the states and other names in a span.
func (s *Synonyms) Owners(d *corpus.Doc, span onrecord.Span) []string {
	var out []string
	words := d.Within(span)
	for k, w := range words {
		if w.Is(corpus.Opens) && s.StateAt(d, words[k:]) == "" {
			continue
		}
		if who := s.Owner(d, words[k:]); who != "" && !slices.Contains(out, who) {
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
