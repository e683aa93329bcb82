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
)

// Two sides of a conflict contradict each other on whom force is used against without saying so in the same words: "their strikes
// have not been against the brigade", "our operation is to destroy terrorism".

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

// tells says whether it is of an act of force and against whom.
func (a conduct) tells() bool { return a.act && len(a.yes)+len(a.no) > 0 }

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
		if english.subordinates.Has(low) {
			no = false
		}
		last = t.End
		var before *sayings.Token
		if k > 0 {
			before = &s.Toks[k-1]
		}
		name := v.Entry(t.ID).Name
		folded := strings.TrimPrefix(name, sayings.NamePrefix)
		switch {
		case english.spares.Has(low) || name == "not" || low == "only" && k+2 < len(s.Toks) && (part(v, s.Toks[k+1]) || part(v, s.Toks[k+2])):
			no = true
		case v.Known.State[folded] != "" && before != nil && english.besides.Has(strings.ToLower(d.Text[before.Start:before.End])):
		case v.Known.State[folded] != "":
			add(&c.states, names.Fold(v.Known.State[folded]))
		case english.aims[name] != "":
			if no {
				add(&c.no, english.aims[name])
			} else {
				add(&c.yes, english.aims[name])
			}
		}
		c.own = c.own || english.own.Has(low)
		if english.acts[name] {
			c.act = true
			for _, b := range s.Toks[max(0, k-theirReach):k] {
				low := strings.ToLower(d.Text[b.Start:b.End])
				c.ours, c.theirs = c.ours || english.firstPerson.Has(low), c.theirs || english.theirs.Has(low)
			}
		}
	}
	return c
}

// part says whether a word is a number or a share: "only a third" says more of what it leaves out.
func part(v *sayings.Speech, t sayings.Token) bool {
	switch v.Entry(t.ID).Name {
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
		if o := english.otherAim.Of(aim); o != "" && slices.Contains(b.yes, o) && !slices.Contains(b.yes, aim) && !slices.Contains(b.no, o) {
			return fmt.Sprintf("one says that it is used against %s, the other against %s", aim, o)
		}
	}
	return ""
}

// conducts finds the contradictions between what is said of the force that a state uses and what that state says of it, within days in
// one story or article: one for all that its speakers answer to one utterance.
func conducts(f *finder) {
	names := named{}
	for _, in := range f.stories() {
		s := newStrife(f, in, names)
		done := map[string]bool{}
		for _, x := range in {
			all := f.renditions(x.ID)
			if x.Headline || done[all[0]] || x.Stance == onrecord.Denies || x.Stance == onrecord.Asks {
				continue
			}
			done[all[0]] = true
			claim := s.claimOf(all)
			if !claim.tells() {
				continue
			}
			for _, state := range slices.Sorted(maps.Keys(s.byState)) {
				if answers, why := s.answers(claim, state); len(answers) > 0 {
					f.found = append(f.found, quarrel{onrecord.Contradiction, answers, all, fmt.Sprintf("two sides speak of the force that one of them uses: %s", why), 0.4, "the use of force"})
				}
			}
		}
	}
}

// A strife is what the sayings of one story say of the use of force.
type strife struct {
	*finder
	in      []*sayings.Saying
	said    []conduct        // by saying
	at      map[string]int   // statement -> saying
	byState map[string][]int // sayings of those who speak for a state and say something of force
	names   named
}

func newStrife(f *finder, in []*sayings.Saying, names named) *strife {
	s := &strife{finder: f, in: in, said: make([]conduct, len(in)), at: map[string]int{}, byState: map[string][]int{}, names: names}
	for i, x := range in {
		s.at[x.ID] = i
		s.said[i] = conductOf(f.Docs[x.Doc], x, f.Words)
		if x.Voice < 0 || !s.said[i].tells() {
			continue
		}
		for _, side := range f.Cast.Sides[x.Voice] {
			s.byState[side] = append(s.byState[side], i)
		}
	}
	return s
}

// A forceClaim is what all renditions of one utterance say of the use of force, each with what the others leave out.
type forceClaim struct {
	conduct
	statements []string
	members    []int // sayings
}

func (s *strife) claimOf(statements []string) forceClaim {
	c := forceClaim{statements: statements}
	for _, id := range statements {
		k, ok := s.at[id]
		if !ok {
			continue
		}
		x := s.said[k]
		c.members = append(c.members, k)
		c.act, c.theirs = c.act || x.act, c.theirs || x.theirs
		c.states, c.yes, c.no = append(c.states, x.states...), append(c.yes, x.yes...), append(c.no, x.no...)
	}
	return c
}

// answers are the statements by which a state contradicts a claim that is about its force, and why.
func (s *strife) answers(claim forceClaim, state string) (ids []string, why string) {
	if !slices.Contains(claim.states, state) && !(claim.theirs && len(claim.states) == 0 && s.names.often(s.Docs, s.in, claim.members, state, s.Words.Known)) {
		return nil, ""
	}
	for _, j := range s.byState[state][:min(len(s.byState[state]), disputeStatement)] {
		if !s.ofOthers(claim, j) {
			continue
		}
		if x := s.said[j]; !x.ours && (len(set.Without(x.states, []string{state})) > 0 || !x.own && len(x.states) == 0) {
			continue
		}
		if w := claim.against(s.said[j]); w != "" {
			why = w
			ids = append(ids, s.renditions(s.in[j].ID)...)
		}
	}
	return ids, why
}

// ofOthers says whether a saying is of another side than all that make a claim, within days of one of them.
func (s *strife) ofOthers(claim forceClaim, j int) bool {
	b := s.in[j]
	near := false
	for _, k := range claim.members {
		if s.Cast.OneSide(s.in[k].Voice, b.Voice) {
			return false
		}
		near = near || s.near(s.in[k], b)
	}
	return near && !slices.Contains(claim.statements, b.ID)
}

// deniedForce is against whom both a denial and a claim of one article say that force is used, where the one who denies speaks for the
// state whose force the claim is of: "denies targeting civilians", of those who say that it killed some. It is "" for none.
func deniedForce(r *sayings.Record, denial, claim *sayings.Saying) string {
	if denial.Voice < 0 || denial.Doc != claim.Doc {
		return ""
	}
	x, y := conductOf(r.Docs[denial.Doc], denial, r.Words), conductOf(r.Docs[claim.Doc], claim, r.Words)
	if aims := set.Common(x.yes, y.yes); x.act && y.act && len(aims) > 0 && set.Meet(r.Cast.Sides[denial.Voice], y.states) {
		return aims[0]
	}
	return ""
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
