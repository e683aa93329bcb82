package text

import (
	"fmt"
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

// features sets the features of a candidate.
func (d *Doc) features(c candidate, f *learn.Chain) {
	f.Reset()
	// The word before, the mark, and what closes after it.
	before := c.mark
	if d.Tokens[c.mark].Shape == Punct && c.mark > c.first {
		before--
	}
	b := d.Tokens[before]
	word := b.Of(d.Text)
	bw, bs := hashLower(word), uint32(b.Shape)
	length := uint32(min(len(strings.TrimSuffix(word, ".")), 5))
	dots := uint32(min(strings.Count(word, "."), 3))
	vowel := uint32(0)
	if strings.ContainsAny(word, "aeiouyAEIOUY") {
		vowel = 1
	}
	var pw, ps uint32 = 1, 15
	if before > c.first {
		pw, ps = hashLower(d.Word(before-1)), uint32(d.Tokens[before-1].Shape)
	}
	w := d.Word(c.mark)
	mark := uint32(w[len(w)-1])
	if len(w) > 1 && d.Tokens[c.mark].Shape == Punct {
		mark |= 0x100
	}
	closing := uint32(0)
	for i := c.mark + 1; i < c.next; i++ {
		switch t := d.Tokens[i]; {
		case t.Shape == Close:
			closing |= 1
		case d.Text[t.Start] == ')' || d.Text[t.Start] == ']':
			closing |= 2
		default:
			closing |= 4
		}
	}
	// What comes next.
	n := d.Tokens[c.next]
	ns := uint32(n.Shape)
	nw := hashLower(n.Of(d.Text))
	gap := uint32(0)
	if n.Space {
		gap = 1
		if strings.IndexByte(d.Text[d.Tokens[c.next-1].End:n.Start], '\n') >= 0 {
			gap = 2
		}
	}
	opening, k := uint32(0), c.next
	for k < c.end && d.opens(d.Tokens[k]) {
		opening = 1
		if d.Tokens[k].Shape != Open {
			opening = 2
		}
		k++
	}
	var fw, fs, ff uint32 = 2, 15, 0
	if k < c.end {
		fw, fs = hashLower(d.Word(k)), uint32(d.Tokens[k].Shape)
		ff = uint32(min(d.Tokens[k].Len(), 4))
		if lex.starters.Has(d.Word(k)) {
			ff |= 8
		}
	}
	var sw, ss uint32 = 3, 15
	if k+1 < c.end {
		sw, ss = hashLower(d.Word(k+1)), uint32(d.Tokens[k+1].Shape)
	}
	since := uint32(0)
	for x := c.mark - c.first; x > 0; x >>= 1 {
		since++
	}
	rule := uint32(c.kind) << 1
	if c.rule {
		rule |= 1
	}
	class := rule
	if mark == '.' && d.Tokens[c.mark].Shape != Punct {
		class |= uint32(lex.abbreviations.Of(strings.TrimSuffix(word, "."))+1) << 4
	}
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
	add(rule, bw)
	add(rule, fw, fs)
	add(uint32(c.kind), fw)
	add(bw, fw)
	add(bw, fs, opening)
	add(pw, bw, fs)
	add(class, mark, closing, ns, gap)
	add(class, fs, opening, ss)
	add(class, bs, length, fs)
	add(class, bs, dots, vowel, fs)
	add(class, ff, fs)
	add(rule, since, fs)
	add(mark, closing, fs, opening, gap)
	add(rule, fs, sw)
	add(fw, sw)
	add(rule, ps, bs, fs)
	add(rule, bs, min(since, 2), length, fs)
	add(rule, nw)
	add(rule, closing, nw, fs)
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
