package attribution

import (
	"sync"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/learn"
	"github.com/onrecord/onrecord/reading/layout"
	"github.com/onrecord/onrecord/text"
)

// A view is a document as the models of this room see it: numbers for each token, ready to be hashed into features.
type view struct {
	l    *english.Layer
	page *layout.Layout
	doc  *text.Doc
	n    int

	word, lemma, tag, rel []uint32 // hashes; words are folded to lower case, digits to 0
	suffix                []uint32
	shape                 []uint8
	name                  []uint8 // kind of name, 0 for none; +8 inside a name
	quote                 []uint8 // place in the outermost quotation: out, opens, first, inner, last, closes
	quotation             []int32 // index of the outermost quotation, -1 outside
	sentence, paragraph   []int32
	class                 []uint8 // for transitions
	verb                  []bool
	quoted                []bool // in a quotation, also where the view was narrowed
	head                  []int32
	mask                  []uint32 // relations of the children
	left, right           []int32  // extent of the subtree, inclusive
	subject               []int32  // child that is the subject, or -1
	clause                []int32  // outermost ancestor (or self) that is a clause of something: its head, or -1
	inner                 []int32  // the same, nearest
	argument              []int32  // nearest ancestor (or self) that is a subject, object or oblique, or -1
	form                  []uint8  // place in a paragraph of the form "NAME: ..." or "...” - Name", and how many such there are
	after                 []int32  // tokens since the last closing mark of the sentence, up to 7; 0 for none

	chain   learn.Chain
	lattice learn.Lattice
	labels  []uint8
	second  []uint8
	hint    []hint

	cue     text.Range   // at hand
	pool    []reading    // of the cue at hand
	arena   []text.Range // that the readings are made of
	likely  []candidate  // spans, for more readings
	top     float64      // score of the best labels
	small   learn.Chain  // of the readings, for the judge
	verdict learn.Lattice
	shares  []float64
}

// Places in a quotation.
const (
	outside = iota
	opens
	first
	inner
	last
	closes
)

// nameLocation is the kind of a name that is a place, in view.name.
const nameLocation = 3

// Classes of tokens, for transitions.
const (
	classWord = iota
	classComma
	classStop
	classOpen
	classClose
	classStart // first word of a sentence
	classes
)

var views = sync.Pool{New: func() any { return new(view) }}

func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	return s[:n]
}

// hash is FNV-1a over the folded characters: ASCII letters to lower case, digits to 0, the curly apostrophe to the straight one.
func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		case c >= '0' && c <= '9':
			c = '0'
		case c == 0xe2 && i+2 < len(s) && s[i+1] == 0x80 && (s[i+2] == 0x99 || s[i+2] == 0x98):
			c, i = '\'', i+2
		}
		h = (h ^ uint32(c)) * 16777619
	}
	return h
}

func suffix(s string) string {
	if len(s) <= 3 {
		return s
	}
	i := len(s) - 3
	for i > 0 && !utf8.RuneStart(s[i]) {
		i--
	}
	return s[i:]
}

// Bits of view.mask.
const (
	hasSubject = 1 << iota
	hasPassive
	hasObject
	hasClause
	hasOpen
	hasParataxis
	hasThat
	hasOblique
	hasAuxiliary
	hasCopula
	hasAdverbial
	hasRelative
	hasCase
	hasConjunct
)

// relationBit is the bit of a relation, 0 where it has none.
func relationBit(relation string) uint32 {
	switch relation {
	case "nsubj", "csubj":
		return hasSubject
	case "nsubj:pass", "csubj:pass", "aux:pass":
		return hasPassive
	case "obj", "iobj":
		return hasObject
	case "ccomp":
		return hasClause
	case "xcomp":
		return hasOpen
	case "parataxis":
		return hasParataxis
	case "mark":
		return hasThat
	case "obl", "nmod":
		return hasOblique
	case "aux":
		return hasAuxiliary
	case "cop":
		return hasCopula
	case "advcl":
		return hasAdverbial
	case "acl", "acl:relcl":
		return hasRelative
	case "case":
		return hasCase
	case "conj":
		return hasConjunct
	}
	return 0
}

// deepest bounds the walks up a tree.
const deepest = 24

func (v *view) fill(l *english.Layer, title onrecord.Span) {
	d := l.Doc
	n := len(d.Tokens)
	v.l, v.doc, v.n = l, d, n
	for _, s := range []*[]uint32{&v.word, &v.lemma, &v.tag, &v.rel, &v.suffix, &v.mask} {
		*s = resize(*s, n)
	}
	for _, s := range []*[]int32{&v.quotation, &v.sentence, &v.paragraph, &v.head, &v.left, &v.right, &v.subject, &v.clause, &v.inner, &v.argument, &v.after} {
		*s = resize(*s, n)
	}
	for _, s := range []*[]uint8{&v.shape, &v.name, &v.quote, &v.class, &v.form} {
		*s = resize(*s, n)
	}
	v.verb, v.quoted = resize(v.verb, n), resize(v.quoted, n)
	tagged, parsed := len(l.Tags) == n, len(l.Heads) == n && len(l.Rels) == n
	lemmatised := len(l.Lemmas) == n
	for i := range n {
		w := d.Word(i)
		v.word[i] = hash(w)
		v.suffix[i] = hash(suffix(w))
		v.lemma[i] = v.word[i]
		if lemmatised {
			v.lemma[i] = hash(l.Lemmas[i])
		}
		v.shape[i] = uint8(d.Tokens[i].Shape)
		v.tag[i], v.rel[i], v.head[i] = 0, 0, -1
		v.verb[i] = false
		if tagged {
			v.tag[i] = hash(l.Tags[i])
			v.verb[i] = len(l.Tags[i]) > 1 && l.Tags[i][:2] == "VB"
		}
		v.name[i], v.quote[i], v.quotation[i] = 0, outside, -1
		v.mask[i], v.left[i], v.right[i], v.subject[i] = 0, int32(i), int32(i), -1
		v.clause[i], v.inner[i], v.argument[i] = -1, -1, -1
	}
	for _, name := range l.Names {
		k := uint8(5)
		switch name.Kind {
		case english.Person:
			k = 1
		case english.Organisation:
			k = 2
		case english.Location:
			k = nameLocation
		case english.Misc:
			k = 4
		}
		for i := max(name.First, 0); i < min(name.End, n); i++ {
			v.name[i] = k
			if i > name.First {
				v.name[i] += 8
			}
		}
	}
	for q, x := range d.Quotations {
		if x.Depth == 0 {
			v.mark(q)
		}
	}
	for i, q := range v.quotation {
		v.quoted[i] = q >= 0
	}
	for p, r := range d.Paragraphs {
		for i := r.First; i < r.End; i++ {
			v.paragraph[i] = int32(p)
		}
	}
	for s, r := range d.Sentences {
		since := int32(0)
		for i := r.First; i < r.End; i++ {
			v.sentence[i] = int32(s)
			if since > 0 && since < 7 {
				since++
			}
			if i > r.First && v.quote[i-1] == closes {
				since = 1
			}
			v.after[i] = since
			v.class[i] = v.classOf(i, i == r.First)
		}
		if !parsed {
			continue
		}
		for i := r.First; i < r.End; i++ {
			v.rel[i] = hash(l.Rels[i])
			if h := l.Heads[i]; h >= int32(r.First) && h < int32(r.End) && h != int32(i) {
				v.head[i] = h
				bit := relationBit(l.Rels[i])
				v.mask[h] |= bit
				if bit&(hasSubject|hasPassive) != 0 && (l.Rels[i][0] == 'n' || l.Rels[i][0] == 'c') {
					v.subject[h] = int32(i)
				}
			}
		}
		for i := r.First; i < r.End; i++ {
			v.climb(i)
		}
	}
	v.forms()
}

// mark fills quote and quotation for the tokens of quotation q.
func (v *view) mark(q int) {
	x := &v.doc.Quotations[q]
	r := x.Range
	if r.First >= r.End || r.First < 0 || r.End > v.n {
		return
	}
	for i := r.First; i < r.End; i++ {
		v.quote[i], v.quotation[i] = inner, int32(q)
	}
	v.quote[r.First] = first
	if r.End-r.First > 1 {
		v.quote[r.End-1] = last
	}
	if !x.NoOpen && r.First > 0 {
		v.quote[r.First-1], v.quotation[r.First-1] = opens, int32(q)
	}
	if !x.NoClose && r.End < v.n {
		v.quote[r.End], v.quotation[r.End] = closes, int32(q)
	}
}

// climb walks from token i to its root: it widens the subtrees of what it passes, and finds the token's clauses and argument.
func (v *view) climb(i int) {
	if len(v.l.Rels) != v.n {
		return
	}
	a := int32(i)
	for range deepest {
		v.left[a], v.right[a] = min(v.left[a], int32(i)), max(v.right[a], int32(i))
		switch relationBit(v.l.Rels[a]) {
		case hasClause, hasParataxis, hasOpen:
			if v.inner[i] < 0 {
				v.inner[i] = a
			}
			v.clause[i] = a
		case hasSubject, hasPassive, hasObject, hasOblique:
			if v.argument[i] < 0 {
				v.argument[i] = a
			}
		}
		if a = v.head[a]; a < 0 {
			return
		}
	}
}

func (v *view) classOf(i int, start bool) uint8 {
	switch v.quote[i] {
	case opens:
		return classOpen
	case closes:
		return classClose
	}
	switch w := v.doc.Word(i); w {
	case ",", ";", ":", "—", "–", "―", "-", "--":
		return classComma
	case ".", "?", "!", "...", "…":
		return classStop
	case "“", "``":
		return classOpen
	case "”", "''", "\"":
		return classClose
	}
	if start {
		return classStart
	}
	return classWord
}

// context is the transition class of the step into token i.
func (v *view) context(i int) uint8 {
	if i == 0 || v.sentence[i-1] != v.sentence[i] {
		return v.class[i]
	}
	return v.class[i-1]*classes + v.class[i]
}
