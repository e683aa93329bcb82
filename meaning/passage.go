package meaning

import (
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/learn"
	"github.com/onrecord/onrecord/reading/when/number"
	"github.com/onrecord/onrecord/text"
)

// A Passage is what is said in one place, read so far that it can be compared: its words with what they mean, who does what to whom, what is
// negated and what only may be so. It is not changed by a comparison.
type Passage struct {
	words []word
	root  int // the word that the others hang on, -1 in a passage without words
	// of the words that tell something: their weights together
	weight float32
}

// A word is a word of a passage; marks are none.
type word struct {
	span     onrecord.Span
	form     string // in lower case
	lemma    string
	hash     uint32 // of the lemma
	kind     kind
	part     uint32 // of speech, as in the words' table; 0 other
	role     role
	head     int     // the word that it hangs on, -1 for none within the passage
	weight   float32 // how much it tells: little of what is common
	number   float64 // of a number
	measured bool    // of a number: by a unit of measure or money
	unit     uint32  // of a number: the hash of what it counts or measures, 0 for none
	known    int32   // its number in the words' table, -1
	base     int32   // the number of its lemma without a prefix that turns it, -1
	senses   []sense
	called   string // of a name: the one that a state or an organisation has among its names
	pole     string // which side of which pair, as the lexicon has it
	vector   vector
	scope
}

// A scope is whether what a word says is said to be so.
type scope struct {
	negated bool
	mood    mood
}

// A mood is how what is said stands to the facts, the surest first.
type mood uint8

const (
	factual     mood = iota
	future           // it will be
	intended         // somebody wants it to be
	necessary        // it should be
	possible         // it may be
	conditional      // it would be, or is only supposed
	moods
)

type kind uint8

const (
	function kind = iota // "the", "of", "it"
	content
	name
	figure
	negation // "not", "nobody"
	quantity // "all", "few"
	pole     // "before", "without"
	kinds
)

// A role is what a word is to the one that it hangs on.
type role uint8

const (
	other     role = iota
	predicate      // says what is the case
	agent          // who does it
	patient        // to whom it is done
	oblique        // where, when, with what
	modifier       // of a noun
	adverb
	count // of what there are so many
	roles
)

// Of reads a passage: the words of the spans of a layer's text, in order.
func Of(l *english.Layer, spans ...onrecord.Span) *Passage {
	b := builder{Layer: l, Passage: &Passage{root: -1}, place: map[int32]int{}}
	for _, s := range spans {
		r := l.Doc.TokensIn(s)
		for i := r.First; i < r.End; i++ {
			b.add(int32(i))
		}
	}
	for _, s := range spans {
		b.numbers(s)
	}
	b.call()
	b.measure()
	b.count()
	b.hang()
	b.scopes()
	return b.Passage
}

// Claims says whether a passage says that something is the case, rather than only naming it: "the lagoon is safe", not "a safe lagoon".
func (p *Passage) Claims() bool {
	if p.root < 0 {
		return false
	}
	for i := range p.words {
		if p.words[i].head == p.root && (p.words[i].role == agent || p.words[i].role == patient) {
			return p.words[p.root].part == 2 || p.words[i].role == agent
		}
	}
	return false
}

type builder struct {
	*english.Layer
	*Passage
	place  map[int32]int // of a token among the words
	tokens []int32       // of each word
	named  int           // the first of Names that may hold the next token
}

func (b *builder) add(i int32) {
	t := &b.Doc.Tokens[i]
	if t.Shape == text.Punct || t.Shape == text.Open || t.Shape == text.Close {
		return
	}
	if _, ok := b.place[i]; ok {
		return
	}
	w := word{span: t.Span, form: strings.ReplaceAll(strings.ToLower(b.Doc.Word(int(i))), "’", "'"), lemma: b.Lemmas[i], head: -1, known: -1, base: -1}
	w.part = partOf(b.Tags[i])
	w.kind = b.kindOf(i, &w)
	if w.pole, _ = lex.poles.Find(w.form); strings.HasPrefix(w.pole, whenPoles) {
		// what counts from now: once the next word is known
	} else if w.pole != "" && (w.kind == function || w.kind == content && w.part == 4) {
		w.kind, w.weight = pole, poleWeight
	}
	w.hash = learn.HashString(w.lemma)
	if w.kind == content || w.kind == name || w.kind == figure {
		w.look()
	}
	b.place[i] = len(b.words)
	b.tokens = append(b.tokens, i)
	b.words = append(b.words, w)
}

// whenPoles is the pair of words by which a stretch of time is counted from now.
const whenPoles = "when "

// unitWeight is how much a unit tells beside its number.
const unitWeight = 0.5

// poleWeight is how much a word tells by which a passage turns.
const poleWeight = 0.3

// look fills in what the tables know of a word.
func (w *word) look() {
	var rank int
	if w.vector, rank = vectors.of(w.form); w.vector.values == nil {
		w.vector, rank = vectors.of(w.lemma)
	}
	w.weight = weightOf(rank)
	if w.kind == figure {
		return
	}
	w.known = find(net.keys, w.lemma)
	if w.known < 0 {
		w.known = find(net.keys, w.form)
	}
	w.senses = net.sensesOf(w.known, w.part)
	for _, p := range lex.prefix {
		if rest, ok := strings.CutPrefix(w.lemma, p); ok && len(rest) > 3 && w.kind == content {
			if w.base = find(net.keys, strings.TrimPrefix(rest, "-")); w.base >= 0 {
				break
			}
		}
	}
}

// weightOf is how much a word tells by its rank: nothing of the hundred commonest to 1 of the rarest.
func weightOf(rank int) float32 {
	switch {
	case rank < 100:
		return .2
	case rank < 500:
		return .4
	case rank < 2_000:
		return .6
	case rank < 8_000:
		return .8
	}
	return 1
}

func partOf(tag string) uint32 {
	switch {
	case strings.HasPrefix(tag, "NN"):
		return 1
	case strings.HasPrefix(tag, "VB"):
		return 2
	case strings.HasPrefix(tag, "JJ"):
		return 3
	case strings.HasPrefix(tag, "RB"):
		return 4
	}
	return 0
}

func (b *builder) kindOf(i int32, w *word) kind {
	for b.named < len(b.Names) && b.Names[b.named].End <= int(i) {
		b.named++
	}
	tag := b.Tags[i]
	switch {
	case lex.negation.Has(w.form):
		return negation
	case tag == "CD":
		return figure
	case b.named < len(b.Names) && b.Names[b.named].First <= int(i) && w.part == 1:
		return name
	case tag == "NNP" || tag == "NNPS":
		return name
	case quantityOf(w) != "":
		return quantity
	case w.part == 0, tag == "MD", strings.HasPrefix(b.Rels[i], "aux"), b.Rels[i] == "cop":
		return function
	case w.part == 2 && lex.light.Has(w.lemma), w.part == 4 && lex.hardly.Has(w.form):
		return function
	}
	return content
}

func quantityOf(w *word) string {
	q, _ := lex.quantity.Find(w.form)
	return q
}

// numbers reads the numbers of a span; of one of several words the first stands for all.
func (b *builder) numbers(s onrecord.Span) {
	t := number.Lex(s.Of(b.Doc.Text))
	for i := 0; i < len(t.Atoms); i++ {
		n, ok := t.Read(i)
		if !ok {
			continue
		}
		at := t.Span(i, n.End)
		i = n.End - 1
		first := true
		for k := range b.words {
			w := &b.words[k]
			if w.span.End <= s.Start+at.Start || w.span.Start >= s.Start+at.End {
				continue
			}
			if first {
				w.kind, w.number, w.span.End = figure, n.Val, max(w.span.End, s.Start+at.End)
				first = false
				if w.weight == 0 {
					w.weight = 1
				}
			} else {
				w.kind, w.weight = function, 0
			}
		}
	}
}

// longestName is how many words a name has that is looked up.
const longestName = 5

// call finds names that the lexicon has under several; of one of several words the first stands for all.
func (b *builder) call() {
	for k := 0; k < len(b.words); k++ {
		if b.words[k].kind != name {
			continue
		}
		for n := min(longestName, len(b.words)-k); n > 0; n-- {
			value, ok := lex.called.Find(onrecord.Span{Start: b.words[k].span.Start, End: b.words[k+n-1].span.End}.Of(b.Doc.Text))
			if !ok {
				continue
			}
			w := &b.words[k]
			w.called, w.hash, w.span.End = value, learn.HashString(value), b.words[k+n-1].span.End
			for i := k + 1; i < k+n; i++ {
				b.words[i].kind, b.words[i].weight = function, 0
			}
			if n > 1 { // the last word is the one by which the name hangs
				b.place[b.tokens[k]], b.place[b.tokens[k+n-1]] = k, k
				b.tokens[k] = b.tokens[k+n-1]
			}
			k += n - 1
			break
		}
	}
}

// count finds the words that count stretches of time from now: "last year", "this year".
func (b *builder) count() {
	for k := range b.words {
		if w := &b.words[k]; strings.HasPrefix(w.pole, whenPoles) && k+1 < len(b.words) && lex.moment.Has(b.words[k+1].lemma) {
			w.kind, w.weight = pole, poleWeight
		}
	}
}

// measure finds the units of numbers: "3 cm" and "three centimetres" are of one.
func (b *builder) measure() {
	for k := range b.words {
		if b.words[k].kind != figure {
			continue
		}
		for _, i := range []int{b.after(k), k - 1} {
			if i < 0 || i >= len(b.words) || b.words[i].kind == figure {
				continue
			}
			w := &b.words[i]
			if value, ok := lex.unit.Find(w.form); ok {
				w.called, w.hash, w.kind, w.weight = value, learn.HashString(value), content, unitWeight
				b.words[k].unit, b.words[k].measured = w.hash, true
				break
			}
		}
	}
}

// after is the first word behind a number of several words.
func (b *builder) after(k int) int {
	end := b.words[k].span.End
	for k++; k < len(b.words) && b.words[k].span.Start < end; k++ {
	}
	return k
}

// hang finds for each word the one that it hangs on, and its role there.
func (b *builder) hang() {
	for k := range b.words {
		w, i := &b.words[k], b.tokens[k]
		h := b.Heads[i]
		for h >= 0 { // over what is no word
			if at, ok := b.place[h]; ok {
				w.head = at
				break
			}
			if h == b.Heads[h] {
				break
			}
			h = b.Heads[h]
		}
		w.role = roleOf(b.Rels[i], b.Tags[i])
		if w.head < 0 && (b.root < 0 || w.part == 2 && b.words[b.root].part != 2) {
			b.root = k
		}
	}
	for k := range b.words {
		w := &b.words[k]
		if w.head < 0 {
			w.role = predicate
		}
		if w.telling() {
			b.weight += w.weight
		}
		if w.kind == figure && w.head >= 0 && w.unit == 0 {
			w.unit = b.words[w.head].hash
		}
	}
}

func roleOf(rel, tag string) role {
	base, sub, _ := strings.Cut(rel, ":")
	switch base {
	case "root", "ccomp", "xcomp", "advcl", "conj", "parataxis", "acl", "csubj":
		if base == "conj" && !strings.HasPrefix(tag, "VB") {
			return other
		}
		return predicate
	case "nsubj":
		if sub == "pass" {
			return patient
		}
		return agent
	case "obj", "iobj", "dobj":
		return patient
	case "obl":
		if sub == "agent" {
			return agent
		}
		return oblique
	case "nmod", "amod", "compound", "appos", "flat":
		return modifier
	case "advmod":
		return adverb
	case "nummod":
		return count
	}
	return other
}
