package figure

import (
	"sort"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/reading/when"
	"github.com/onrecord/onrecord/text"
)

// How far the tree of a sentence is followed: sentences of the news are shallow, and hostile ones must not cost more.
const (
	climb = 8  // heads from a word up
	reach = 40 // tokens from a verb to its subject
	wide  = 8  // tokens of a noun phrase on either side of its head
)

// parsed says whether there is a tree.
func (f *finder) parsed() bool {
	return f.token != nil && len(f.l.Heads) == len(f.l.Tags) && len(f.l.Rels) == len(f.l.Tags)
}

// top is the token of atoms [first, end) whose head lies outside of them, -1 where there is none.
func (f *finder) top(first, end int) int {
	a, b := f.token[first], f.token[end-1]
	for k := b; k >= a && k > b-wide; k-- {
		if h := f.l.Heads[k]; (h < a || h > b) && f.l.Rels[k] != "punct" && f.l.Rels[k] != "case" {
			return int(k)
		}
	}
	return -1
}

// verbal says whether token k heads a clause: a verb, or what "is" links to a subject.
func (f *finder) verbal(k int) bool { return strings.HasPrefix(f.l.Tags[k], "VB") }

// verb is the verb that token k depends on, k itself included; -1 where there is none near.
func (f *finder) verb(k int) int {
	for n := 0; n < climb && k >= 0; n++ {
		if f.verbal(k) && f.l.Rels[k] != "amod" && f.l.Rels[k] != "aux" && f.l.Rels[k] != "aux:pass" && f.l.Rels[k] != "cop" {
			return k
		}
		k = int(f.l.Heads[k])
	}
	return -1
}

// child is the first token within reach that depends on k in relation rel, or in one of its kinds; -1 where there is none.
func (f *finder) child(k int, rel string) int {
	for i := max(0, k-reach); i < min(k+reach, len(f.l.Heads)); i++ {
		if int(f.l.Heads[i]) == k && strings.HasPrefix(f.l.Rels[i], rel) {
			return i
		}
	}
	return -1
}

// pays says whether the money q is the object of such a verb: "paid £1.3m for the painting".
func (f *finder) pays(q quantity) bool {
	if !f.parsed() {
		return false
	}
	k := f.top(q.first, q.end)
	if k >= 0 {
		k = f.verb(k)
	}
	return k >= 0 && words.payments.Has(f.l.Lemmas[k])
}

// roleOf is what happened to the thing counted as the tree has it: "three suspects, aged 19 to 23, were detained".
func (f *finder) roleOf(thing onrecord.Span) string {
	if !f.parsed() || thing.Len() == 0 {
		return ""
	}
	r := f.l.Doc.TokensIn(thing)
	for k := r.First; k < r.End && k < r.First+wide; k++ {
		h := int(f.l.Heads[k])
		if h < 0 || h >= r.First && h < r.End {
			continue
		}
		w := strings.ToLower(f.l.Doc.Word(h))
		switch f.l.Rels[k] {
		case "nsubj:pass", "obj":
			return words.roles.Of(w)
		case "nsubj":
			if words.suffered.Has(f.l.Lemmas[h]) {
				return words.roles.Of(w)
			}
		}
	}
	return ""
}

// measured is the noun phrase that figure q measures as the tree of its sentence has it: the subject of the verb of change or
// measure above it.
func (f *finder) measuredBy(q quantity) onrecord.Span {
	if !f.parsed() {
		return onrecord.Span{}
	}
	k := f.top(q.first, q.end)
	for n := 0; n < climb && k >= 0; n++ {
		if words.periods.Has(q.unit) && f.verbal(k) && f.l.Lemmas[k] != "last" && f.l.Lemmas[k] != "be" {
			break
		}
		if np := f.changed(q, k); np.Len() > 0 {
			return np
		}
		if f.otherVerb(q, k) {
			break
		}
		if s := f.child(k, "nsubj"); s >= 0 {
			return f.subjectOf(q, k, s)
		}
		k = int(f.l.Heads[k])
	}
	return onrecord.Span{}
}

// changed is what verb k changes by q: "cut its rate by 25 points".
func (f *finder) changed(q quantity, k int) onrecord.Span {
	if w := strings.ToLower(f.l.Doc.Word(k)); !f.verbal(k) || !words.ups.Has(w) && !words.downs.Has(w) && f.l.Lemmas[k] != "bring" && f.child(k, "compound:prt") < 0 {
		return onrecord.Span{}
	}
	o := f.child(k, "obj")
	if o < 0 || f.l.Doc.Tokens[o].End > f.t.Atoms[q.first].Start || !f.by(q) {
		return onrecord.Span{}
	}
	return f.nounPhrase(o)
}

// otherVerb says whether k is a verb whose subject q does not measure.
func (f *finder) otherVerb(q quantity, k int) bool {
	w, lemma := strings.ToLower(f.l.Doc.Word(k)), f.l.Lemmas[k]
	if q.money && words.getting.Has(lemma) { // who gets it, not what it measures
		return true
	}
	return q.unit != "time" && f.verbal(k) && !words.ups.Has(w) && !words.downs.Has(w) && !words.measures.Has(lemma) &&
		!(words.appraised.Has(lemma) && f.child(k, "nsubj:pass") >= 0)
}

// subjectOf is the noun phrase of the subject s of k, or of what a relative pronoun there points back at; empty where q stands in it.
func (f *finder) subjectOf(q quantity, k, s int) onrecord.Span {
	switch strings.ToLower(f.l.Doc.Word(s)) {
	case "which", "that", "who": // "a bridge that cost $3 million"
		if strings.HasPrefix(f.l.Rels[k], "acl") && f.l.Heads[k] >= 0 {
			s = int(f.l.Heads[k])
		}
	}
	if strings.EqualFold(f.l.Doc.Word(s), "it") && (q.part() || q.unit == "") {
		s = f.subjectAbove(k, s)
	}
	if d := f.l.Doc.Tokens[s].Span; d.Start < f.t.Atoms[q.end-1].End && d.End > f.t.Atoms[q.first].Start {
		return onrecord.Span{}
	}
	return f.nounPhrase(s)
}

// subjectAbove is the subject of the clause that the clause of k, with the pronoun s for a subject, depends on: "inflation is at its
// highest since March, when it stood at 9 percent"; s where there is none.
func (f *finder) subjectAbove(k, s int) int {
	for h, n := int(f.l.Heads[k]), 0; h >= 0 && n < climb; h, n = int(f.l.Heads[h]), n+1 {
		if above := f.child(h, "nsubj"); above >= 0 && above < s && !strings.HasPrefix(f.l.Tags[above], "NNP") {
			return above
		}
	}
	return s
}

// by says whether a preposition of measure stands before q: "by 25 points", and not "by investing $50".
func (f *finder) by(q quantity) bool {
	return words.measuring.Has(f.t.Low(f.beforeFigure(q.first)))
}

// nounPhrase is the noun at token h with its modifiers, without articles and clauses; empty for a pronoun.
func (f *finder) nounPhrase(h int) onrecord.Span {
	if !strings.HasPrefix(f.l.Tags[h], "NN") || words.units.Of(strings.ToLower(f.l.Doc.Word(h))) != "" {
		return onrecord.Span{}
	}
	under := func(k int) bool {
		for n := 0; n < climb && k >= 0; n++ {
			if k == h {
				return true
			}
			switch r := f.l.Rels[k]; r {
			case "punct", "appos", "conj", "cc", "parataxis", "advcl", "ccomp", "cop", "nsubj", "dep":
				return false
			default:
				if strings.HasPrefix(r, "acl") {
					return false
				}
			}
			k = int(f.l.Heads[k])
		}
		return false
	}
	a, b := h, h+1
	for a > 0 && h-a < wide && under(a-1) && !f.inTime(a-1) {
		a--
	}
	for a < h && (f.l.Tags[a] == "DT" || f.l.Tags[a] == "PRP$" || f.l.Tags[a] == "IN" || f.l.Tags[a] == "TO" || f.l.Tags[a] == "PDT" || f.l.Tags[a] == "RB" || f.l.Tags[a] == "CD" || f.l.Tags[a] == "$") {
		a++
	}
	if n := len(f.places); n > 0 { // "28 to 32 per cent growth" is growth
		for end := f.t.At(f.places[n-1].end - 1).End; a < h && f.l.Doc.Tokens[a].Start < end && end <= f.l.Doc.Tokens[h].Start; {
			a++
		}
	}
	for b < len(f.l.Tags) && b-h < wide && under(b) && !f.inTime(b) && f.l.Tags[b] != "CD" && f.l.Tags[b] != "$" {
		b++
	}
	for b > h+1 && !strings.HasPrefix(f.l.Tags[b-1], "NN") {
		b--
	}
	return f.l.Doc.Span(text.Range{First: a, End: b})
}

// inTime says whether token k stands in a time.
func (f *finder) inTime(k int) bool {
	at := f.l.Doc.Tokens[k].Start
	i := sort.Search(len(f.times), func(i int) bool { return f.times[i].Span.End > at })
	return i < len(f.times) && f.times[i].Span.Start <= at && f.times[i].Kind != when.Duration
}
