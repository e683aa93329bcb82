package disputes

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/internal/set"
	"github.com/onrecord/onrecord/link/names"
	"github.com/onrecord/onrecord/link/sayings"
	"github.com/onrecord/onrecord/link/speakers"
)

// Two sides of a conflict contradict each other on whom force is used against without saying so in the same words: "their strikes
// have not been against the brigade", "our operation is to destroy terrorism".

// acts are stems of the use of force.
var acts = stemSet(`strike airstrike raid bomb bombing bombard attack target hit shell shelling aim fight destroy defeat operation
	offensive campaign kill fire shoot sink board seize`)

// aims are those against whom force is used, by what sides say of them: a name, of those that the table of names gives, or a stem.
var aims = func() map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(strings.TrimSpace(`
terrorists: terrorist terrorism terror militant militancy extremist extremism jihadist jihadi insurgent insurgency
civilians: civilian resident residential villager hospital market children
the opposition: opposition oppose opponent rebel
`)) {
		aim, words, _ := strings.Cut(strings.TrimSpace(line), ":")
		for w := range strings.FieldsSeq(words) {
			m[corpus.Stem(w)] = aim
		}
	}
	for _, name := range []string{"Islamic State", "al-Qaeda", "al-Nusra", "al-Shabaab", "Taliban", "Boko Haram"} {
		m[sayings.NamePrefix+names.Fold(name)] = "terrorists"
		m[names.Fold(name)] = "terrorists"
	}
	return m
}()

// otherAim is whom force is not used against where it is used against these: who says "rebels" contradicts who says "terrorists".
var otherAim = map[string]string{"the opposition": "terrorists"}

// besides are words after which the name of a state says where, to whom or for whom, not who acts.
var besides = set.Of("in inside into to for with from at against near across over around within")

// spares turn whom force is used against.
var spares = set.Of("avoid avoids avoiding avoided spare spares spared instead rather without not no never none nor neither few")

// own are words by which a speaker may speak of the own side, firstPerson by which a speaker does; theirs, of another.
var (
	own         = set.Of("we our ours us its it his her their they")
	theirs      = set.Of("they their them theirs")
	firstPerson = set.Of("we our ours")
)

// theirReach is how many words before an act "their" or "our" stands that says whose it is.
const theirReach = 3

// A conduct is what one statement says of the use of force.
type conduct struct {
	act    bool
	states []string // folded, that act: not those after one of besides
	yes    []string // aims
	no     []string
	own    bool // has a word by which the speaker may mean the own side
	ours   bool // "our operation"
	theirs bool // "their strikes"
}

func stemSet(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[corpus.Stem(w)] = true
	}
	return m
}

func conductOf(d *corpus.Doc, s *sayings.Saying, v *sayings.Speech) conduct {
	var c conduct
	add := func(list *[]string, x string) {
		if !slices.Contains(*list, x) {
			*list = append(*list, x)
		}
	}
	no := false
	last := int32(-1)
	for k, t := range s.Toks {
		low := strings.ToLower(d.Text[t.Start:t.End])
		if last >= 0 && (t.Start < last || strings.ContainsAny(d.Text[last:t.Start], ",;.”\"")) || low == "but" {
			no = false
		}
		if sayings.Subordinates[low] {
			no = false
		}
		last = t.End
		var before *sayings.Token
		if k > 0 {
			before = &s.Toks[k-1]
		}
		name := v.Name[t.ID]
		folded := strings.TrimPrefix(name, sayings.NamePrefix)
		switch {
		case spares[low] || name == "not" || low == "only" && k+2 < len(s.Toks) && (part(v, s.Toks[k+1]) || part(v, s.Toks[k+2])):
			no = true
		case v.Known.State[folded] != "" && before != nil && besides[strings.ToLower(d.Text[before.Start:before.End])]:
		case v.Known.State[folded] != "":
			add(&c.states, names.Fold(v.Known.State[folded]))
		case aims[name] != "":
			if no {
				add(&c.no, aims[name])
			} else {
				add(&c.yes, aims[name])
			}
		}
		c.own = c.own || own[low]
		if acts[name] {
			c.act = true
			for _, b := range s.Toks[max(0, k-theirReach):k] {
				low := strings.ToLower(d.Text[b.Start:b.End])
				c.ours, c.theirs = c.ours || firstPerson[low], c.theirs || theirs[low]
			}
		}
	}
	return c
}

// part says whether a word is a number or a share: "only a third" says more of what it leaves out.
func part(v *sayings.Speech, t sayings.Token) bool {
	switch v.Name[t.ID] {
	case "third", "quarter", "fifth", "tenth", "fraction", "minor", "hand":
		return true
	}
	return t.IsNumber
}

// against is why a, on the force of a state, is contradicted by b, which that state says; "" if it is not.
func (a conduct) against(b conduct) string {
	for _, aim := range a.no {
		if slices.Contains(b.yes, aim) && !slices.Contains(a.yes, aim) {
			return fmt.Sprintf("one says that it is not used against %s, the other that it is", aim)
		}
	}
	for _, aim := range a.yes {
		if slices.Contains(b.no, aim) {
			return fmt.Sprintf("one says that it is used against %s, the other that it is not", aim)
		}
		if o := otherAim[aim]; o != "" && slices.Contains(b.yes, o) && !slices.Contains(b.yes, aim) && !slices.Contains(b.no, o) {
			return fmt.Sprintf("one says that it is used against %s, the other against %s", aim, o)
		}
	}
	return ""
}

// conducts are the contradictions between what is said of the force that a state uses and what that state says of it, within days in
// one story or article: one for all that its speakers answer to one utterance.
func conducts(docs []*corpus.Doc, stories [][]*sayings.Saying, v *sayings.Speech, c *speakers.Cast, renditions func(id string) []string, add func(kind string, a, b []string, basis string, sure float64)) {
	states := named{}
	for _, in := range stories {
		said := make([]conduct, len(in))
		byState := map[string][]int{} // who speaks for a state and says something of force
		for i, s := range in {
			said[i] = conductOf(docs[s.Doc], s, v)
			if x := said[i]; s.Voice < 0 || len(x.yes)+len(x.no) == 0 || !x.act {
				continue
			}
			for _, side := range c.Sides[s.Voice] {
				byState[side] = append(byState[side], i)
			}
		}
		at := map[string]int{}
		for i, s := range in {
			at[s.ID] = i
		}
		done := map[string]bool{}
		for _, s := range in {
			all := renditions(s.ID)
			if s.Headline || done[all[0]] || s.Stance == onrecord.Denies || s.Stance == onrecord.Asks {
				continue
			}
			done[all[0]] = true
			// All renditions say it, each with what the others leave out.
			var whole conduct
			var own []int
			for _, id := range all {
				if k, ok := at[id]; ok {
					x := said[k]
					own = append(own, k)
					whole.act, whole.theirs = whole.act || x.act, whole.theirs || x.theirs
					whole.states, whole.yes, whole.no = append(whole.states, x.states...), append(whole.yes, x.yes...), append(whole.no, x.no...)
				}
			}
			if !whole.act || len(whole.yes)+len(whole.no) == 0 {
				continue
			}
			for _, state := range slices.Sorted(maps.Keys(byState)) {
				if !slices.Contains(whole.states, state) && !(whole.theirs && len(whole.states) == 0 && states.often(docs, in, own, state, v.Known)) {
					continue
				}
				var answers []string
				why := ""
				for _, j := range byState[state][:min(len(byState[state]), disputeStatement)] {
					b := in[j]
					if slices.Contains(all, b.ID) || !slices.ContainsFunc(own, func(k int) bool {
						a := in[k]
						return corpus.Near(docs[a.Doc], docs[b.Doc], denialDays) && !c.OneSide(a.Voice, b.Voice)
					}) || slices.ContainsFunc(own, func(k int) bool { return c.OneSide(in[k].Voice, b.Voice) }) {
						continue
					}
					if x := said[j]; !x.ours && (len(set.Without(x.states, []string{state})) > 0 || !x.own && len(x.states) == 0) {
						continue
					}
					if w := whole.against(said[j]); w != "" {
						why = w
						answers = append(answers, renditions(b.ID)...)
					}
				}
				if len(answers) > 0 {
					add(onrecord.Contradiction, all, answers, fmt.Sprintf("two sides speak of the force that one of them uses: %s", why), 0.4)
				}
			}
		}
	}
}

// named are the states that articles name, with how often each does.
type named map[int]map[string]int

// often says whether an article of the statements names a state at least twice.
func (n named) often(docs []*corpus.Doc, in []*sayings.Saying, of []int, state string, known *names.Synonyms) bool {
	for _, k := range of {
		i := in[k].Doc
		if n[i] == nil {
			n[i] = map[string]int{}
			d := docs[i]
			for k, w := range d.Words {
				if w.Is(corpus.Capital) && !w.Is(corpus.Outside) {
					n[i][names.Fold(known.StateAt(d, d.Words[k:]))]++
				}
			}
		}
		if n[i][state] > 1 {
			return true
		}
	}
	return false
}
