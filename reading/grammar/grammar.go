// Package grammar matches patterns over the atoms of a text: grammar as data for figures and times.
//
// A file of patterns holds one subject. A rule is a line, its examples are the indented lines below it:
//
//	# What no clock shows.
//	order: [digits plain] / no|nos _
//		See no. [12] below.
//
// A rule reads "value: match / before _ after": where the atoms match, and those before and after them as well, the rule has the
// value. Rules are tried in the order of the file; the first that matches wins. An item of a pattern is
//
//	one|two          an atom with one of these lower-case forms; other characters than letters and digits are quoted: "-"
//	<month>          an atom whose form is in that class of the vocabulary; also among alternatives: <month>|may
//	~"-"             the same, with no space before it
//	[cap !<stop>]    an atom that passes every test ([] any atom): a shape (digits, word, mark, cap, upper, tight, space, line, dot, plain, comma,
//	                 frac), forms and classes, len<3, val>=1900, tag=NN|NNS (NN* for any that begins so), lemma=pay, rel=nsubj, or a
//	                 predicate of the room (@measured); ! negates a test
//	{number}         whatever the room's reader of that name takes, which may be nothing
//	@measured        a predicate that holds of the next atom, which is not taken; !@measured that it does not
//	(a b | c)        a group of alternatives; !(a b) that none of them follows, nothing taken
//	x?  x*3  x+3     an item at most once, at most three times, one to three times
//	$zone            the part that a line "$zone = pattern" above names
//	day={number}     an item with a label, by which [Match.Of] finds what it took
//
// Beyond either end of the text stand empty marks. What no pattern can say is a predicate or a reader: a function of the room, which
// knows more than the atoms (what a unit is, where a date stands).
package grammar

import (
	"strings"

	"github.com/onrecord/onrecord/lexicon"
	"github.com/onrecord/onrecord/reading/when/number"
)

// A Host is the state of a room's scan of a text, which its readers and predicates may ask.
type Host interface {
	// Text is the text scanned.
	Text() *number.Text
	// Token is the part of speech, lemma and relation to the head of the token that holds atom i; "" where they are not known.
	Token(i int) (tag, lemma, relation string)
}

// A Vocabulary is what patterns may name.
type Vocabulary[H Host] struct {
	Classes    map[string]Class
	Predicates map[string]func(h H, i int) bool
	// Readers return the atom after what they read at atom i, i where that may be nothing, -1 where it is not there.
	Readers map[string]func(h H, i int) int
}

// A Class is a set of lower-case forms.
type Class interface{ Has(form string) bool }

// Classes are the classes of subjects of a lexicon, by name, with hyphens for spaces. Of two of one name the first counts.
func Classes(l *lexicon.Lexicon, subjects ...string) map[string]Class {
	entries := map[string][]string{}
	for _, name := range subjects {
		own := map[string][]string{}
		for r := range l.Subject(name).Rows() {
			class := strings.ReplaceAll(r.Class, " ", "-")
			own[class] = append(own[class], r.Entries...)
		}
		for class, list := range own {
			if entries[class] == nil {
				entries[class] = list
			}
		}
	}
	m := map[string]Class{}
	for class, list := range entries {
		m[class] = lexicon.NewSet(list...)
	}
	return m
}

// Rules are the rules of one file.
type Rules[H Host] struct {
	All []Rule[H]
	// Matched is told of each match; for tests.
	Matched func(*Match)

	byForm map[string][]int32 // rules that an atom of this form may begin
	digits []int32            // those that digits may
	others []int32            // those that any other atom may
}

// A Rule has a value where its pattern matches.
type Rule[H Host] struct {
	Value    string
	Line     int // in its file
	Examples []Example
	labels   []string
	main     *node[H] // with what stands after
	before   *node[H]
	second   *lexicon.Set // that the second atom must be of, if it is no digits; nil where any may be
}

// An Example is a sentence that a rule matches, and what it means there; the part told of stands in square brackets.
type Example struct {
	Text string
	Want string // the rule's value where the file gives none
	Line int
}

// A Match is where a rule matches: atoms [First, End), without what must stand before and after.
type Match struct {
	Value      string
	Rule       int // its index
	First, End int
	labels     []string
	at         [maxLabels]struct{ first, end int32 }
}

// maxLabels is how many labels a pattern may have.
const maxLabels = 6

// Of is the atoms that the item with the label took; first is -1 where it took none.
func (m *Match) Of(label string) (first, end int) {
	for k, l := range m.labels {
		if l == label && m.at[k].end > 0 {
			return int(m.at[k].first), int(m.at[k].end) - 1
		}
	}
	return -1, -1
}

// Has says whether an item with the label took something.
func (m *Match) Has(label string) bool {
	first, end := m.Of(label)
	return first >= 0 && end > first
}

// First is the first rule that matches at atom i.
func (r *Rules[H]) First(h H, i int) (Match, bool) { return r.Next(h, i, -1) }

// Value is the value of the first rule that matches at atom i, "" where none does.
func (r *Rules[H]) Value(h H, i int) string {
	m, _ := r.Next(h, i, -1)
	return m.Value
}

// Next is the first rule behind rule last that matches at atom i.
func (r *Rules[H]) Next(h H, i, last int) (Match, bool) {
	x := run[H]{host: h, text: h.Text()}
	a := x.text.At(i)
	list, ok := r.digits, true
	if a.Kind != number.Digits {
		if list, ok = r.byForm[a.Low]; !ok {
			list = r.others
		}
	}
	for _, k := range list {
		if int(k) <= last {
			continue
		}
		rule := &r.All[k]
		if b := x.text.At(i + 1); rule.second != nil && b.Kind != number.Digits && !rule.second.Has(b.Low) {
			continue
		}
		if rule.before != nil && !x.matches(rule.before, i-1) || !x.matches(rule.main, i) {
			if len(rule.labels) > 0 {
				x.m = Match{}
			}
			continue
		}
		x.m.Value, x.m.Rule, x.m.First, x.m.labels = rule.Value, int(k), i, rule.labels
		if r.Matched != nil {
			m := x.m
			r.Matched(&m)
		}
		return x.m, true
	}
	return Match{}, false
}

// run is one attempt to match a rule.
type run[H Host] struct {
	host H
	text *number.Text
	m    Match
}

// A node is one step of a compiled pattern; the last leads to none.
type node[H Host] struct {
	kind  kind
	test  test[H]
	not   bool // of a predicate: it must not hold
	ways  []*node[H]
	ask   func(H, int) bool
	read  func(H, int) int
	label int8 // for from and to
	back  bool // goes backwards
	next  *node[H]
}

type kind uint8

const (
	one  kind = iota // takes an atom that passes the test
	fork             // goes one of the ways
	none             // none of the ways leads on
	ask              // asks a predicate
	read             // takes what a reader reads
	from             // a label begins
	to               // a label ends
	end              // the match ends; what must follow begins
)

// matches says whether the pattern from n on matches from atom i.
func (x *run[H]) matches(n *node[H], i int) bool {
	for ; n != nil; n = n.next {
		switch n.kind {
		case one:
			if !n.test.passes(x, i) {
				return false
			}
			i++
			if n.back {
				i -= 2
			}
		case fork:
			for _, way := range n.ways {
				if x.matches(way, i) {
					return true
				}
			}
			return false
		case none:
			for _, way := range n.ways {
				if ahead := *x; ahead.matches(way, i) {
					return false
				}
			}
		case ask:
			if n.ask(x.host, i) == n.not {
				return false
			}
		case read:
			j := n.read(x.host, i)
			if j < i {
				return false
			}
			i = j
		case from:
			x.m.at[n.label].first = int32(i)
		case to:
			x.m.at[n.label].end = int32(i) + 1
		case end:
			x.m.End = i
		}
	}
	return true
}
