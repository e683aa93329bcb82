package text

import (
	"fmt"
	"math/bits"
	"strings"
	"sync"

	"github.com/onrecord/onrecord/learn"
	"github.com/onrecord/onrecord/text/weights"
)

// splitter decides at which marks sentences end: logistic regression (a CRF whose chains have one link) over the words around a
// mark and what the rules say of it.
type splitter struct{ model *learn.CRF }

const sentencesKind = "sentences"

func readSplitter(b []byte) (*splitter, error) {
	payload, err := learn.Unpack(sentencesKind, b)
	if err != nil {
		return nil, err
	}
	m, rest, err := learn.ReadCRF(payload)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", sentencesKind, err)
	}
	if len(rest) > 0 || m.Labels != 2 {
		return nil, fmt.Errorf("%w: %s: %d labels, want 2; %d bytes left over", learn.ErrFile, sentencesKind, m.Labels, len(rest))
	}
	return &splitter{m}, nil
}

// embedded is read when it is first needed; the tests have read it.
var embedded = sync.OnceValue(func() *splitter {
	s, err := readSplitter(weights.Sentences)
	if err != nil {
		panic("text: embedded weights: " + err.Error())
	}
	return s
})

// A decision is one mark to decide on, with room that is kept from one to the next.
type decision struct {
	chain   learn.Chain
	lattice learn.Lattice
	labels  []uint8
}

var decisions = sync.Pool{New: func() any { return new(decision) }}

// ends says whether a sentence ends at candidate c.
func (s *splitter) ends(d *Doc, c candidate, m *decision) bool {
	rules := 0
	if c.rule {
		rules = 1
	}
	d.features(c, &m.chain)
	s.model.Score(&m.chain, &m.lattice)
	m.lattice.Add(rules, doubt)
	m.labels = m.lattice.Best(m.labels)
	return m.labels[0] == 1
}

// doubt is the logarithm of the odds against the rules that the model must see before it decides otherwise.
const doubt = 1

// A candidate is a mark that may end a sentence.
type candidate struct {
	kind  ending
	first int  // token that the sentence begins with
	mark  int  // token that is the mark, or an abbreviation
	next  int  // token that the next sentence would begin with, after quotation marks and brackets that close
	end   int  // of the paragraph
	rule  bool // what the rules say
}

// leftContext is what stands before the place where a sentence may end.
type leftContext struct {
	word, shape             uint32 // the last word
	length, dots, vowel     uint32
	previous, previousShape uint32 // the word before it
	mark                    uint32 // the mark's last byte, with a bit for a run of marks
	closing                 uint32 // a set of what closes after the mark: 1 quotation marks, 2 brackets, 4 others
	abbreviation            uint32 // kind of the last word
}

func (d *Doc) leftOf(c candidate) leftContext {
	last := c.mark
	if d.Tokens[c.mark].Shape == Punct && c.mark > c.first {
		last--
	}
	word := d.Word(last)
	l := leftContext{
		word: hashLower(word), shape: uint32(d.Tokens[last].Shape),
		length:   uint32(min(len(strings.TrimSuffix(word, ".")), 5)),
		dots:     uint32(min(strings.Count(word, "."), 3)),
		previous: 1, previousShape: 15,
	}
	if strings.ContainsAny(word, "aeiouyAEIOUY") {
		l.vowel = 1
	}
	if last > c.first {
		l.previous, l.previousShape = hashLower(d.Word(last-1)), uint32(d.Tokens[last-1].Shape)
	}
	w := d.Word(c.mark)
	l.mark = uint32(w[len(w)-1])
	switch inWord := d.Tokens[c.mark].Shape != Punct; {
	case inWord && l.mark == '.':
		l.abbreviation = uint32(lex.abbreviations.Of(strings.TrimSuffix(word, ".")) + 1)
	case !inWord && len(w) > 1:
		l.mark |= 0x100
	}
	for _, t := range d.Tokens[c.mark+1 : c.next] {
		switch {
		case t.Shape == Close:
			l.closing |= 1
		case d.Text[t.Start] == ')' || d.Text[t.Start] == ']':
			l.closing |= 2
		default:
			l.closing |= 4
		}
	}
	return l
}

// rightContext is what stands after it.
type rightContext struct {
	next, nextShape     uint32 // the next token
	gap                 uint32 // 1 a blank before it, 2 a line's end
	opening             uint32 // what opens before the first word: 1 quotation marks, 2 a bracket last
	word, shape, form   uint32 // the first word; its length, with a bit where it seldom begins a name
	second, secondShape uint32 // the second
}

func (d *Doc) rightOf(c candidate) rightContext {
	next := d.Tokens[c.next]
	r := rightContext{
		next: hashLower(next.Of(d.Text)), nextShape: uint32(next.Shape),
		word: 2, shape: 15,
		second: 3, secondShape: 15,
	}
	if next.Space {
		r.gap = 1
		if strings.IndexByte(d.Text[d.Tokens[c.next-1].End:next.Start], '\n') >= 0 {
			r.gap = 2
		}
	}
	k := c.next
	for ; k < c.end && d.opens(d.Tokens[k]); k++ {
		r.opening = 1
		if d.Tokens[k].Shape != Open {
			r.opening = 2
		}
	}
	if k < c.end {
		r.word, r.shape = hashLower(d.Word(k)), uint32(d.Tokens[k].Shape)
		r.form = uint32(min(d.Tokens[k].Len(), 4))
		if lex.starters.Has(d.Word(k)) {
			r.form |= 8
		}
	}
	if k+1 < c.end {
		r.second, r.secondShape = hashLower(d.Word(k+1)), uint32(d.Tokens[k+1].Shape)
	}
	return r
}

// features sets the features of a candidate.
func (d *Doc) features(c candidate, f *learn.Chain) {
	f.Reset()
	l, r := d.leftOf(c), d.rightOf(c)
	kind := uint32(c.kind)
	since := uint32(bits.Len(uint(c.mark - c.first))) // how long the sentence is
	rule := kind << 1
	if c.rule {
		rule |= 1
	}
	class := rule | l.abbreviation<<4
	template := uint32(0)
	add := func(v ...uint32) {
		h := template
		template++
		for _, x := range v {
			h = learn.Hash(h, x)
		}
		f.Add(h)
	}
	add(class)
	add(rule, l.word)
	add(rule, r.word, r.shape)
	add(kind, r.word)
	add(l.word, r.word)
	add(l.word, r.shape, r.opening)
	add(l.previous, l.word, r.shape)
	add(class, l.mark, l.closing, r.nextShape, r.gap)
	add(class, r.shape, r.opening, r.secondShape)
	add(class, l.shape, l.length, r.shape)
	add(class, l.shape, l.dots, l.vowel, r.shape)
	add(class, r.form, r.shape)
	add(rule, since, r.shape)
	add(l.mark, l.closing, r.shape, r.opening, r.gap)
	add(rule, r.shape, r.second)
	add(r.word, r.second)
	add(rule, l.previousShape, l.shape, r.shape)
	add(rule, l.shape, min(since, 2), l.length, r.shape)
	add(rule, r.next)
	add(rule, l.closing, r.next, r.shape)
	f.End(0)
}

// opens says whether a token opens a quotation or a bracket.
func (d *Doc) opens(t Token) bool {
	return t.Shape == Open || t.Shape == Punct && (d.Text[t.Start] == '(' || d.Text[t.Start] == '[')
}

// hashLower is the hash of a word with its ASCII letters in lower case and every digit a 0.
func hashLower(w string) uint32 {
	h := uint32(2166136261)
	for i := range len(w) {
		c := w[i]
		switch class[c] {
		case cUpper:
			c |= 0x20
		case cDigit:
			c = '0'
		}
		h = (h ^ uint32(c)) * 16777619
	}
	return h
}
