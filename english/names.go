package english

import (
	"fmt"

	"github.com/onrecord/onrecord/learn"
	"github.com/onrecord/onrecord/text"
)

// namer finds names: a conditional random field over the words of a sentence with their tags, in the labels begin and inside
// of each kind (Ramshaw and Marcus 1995), and outside.
type namer struct{ model *learn.CRF }

const namesKind = "names"

// kinds of names by their number.
var kinds = [...]string{Person, Organisation, Location, Misc}

const nameLabels = 1 + 2*len(kinds)

// Labels: 0 outside, then begin and inside of each kind.
func beginOf(kind int) int { return 1 + 2*kind }

// nameStep says which label may follow which; from = nameLabels is the beginning.
func nameStep(from, to int) bool {
	if to == 0 || to%2 == 1 {
		return true
	}
	return from == to || from == to-1
}

func readNamer(b []byte) (*namer, error) {
	payload, err := learn.Unpack(namesKind, b)
	if err != nil {
		return nil, err
	}
	m, rest, err := learn.ReadCRF(payload)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", namesKind, err)
	}
	if len(rest) > 0 || m.Labels != nameLabels {
		return nil, fmt.Errorf("%w: %s: %d labels, want %d; %d bytes left over", learn.ErrFile, namesKind, m.Labels, nameLabels, len(rest))
	}
	return &namer{m}, nil
}

// mentions maps a word of a name (word.low) to the word before it where the two first stood together in the document: later
// "Clinton" alone is known by "Hillary".
type mentions map[uint32]uint32

// remember takes in the names of a sentence, by their tags; titles of headlines tell nothing.
func (m mentions) remember(words []word, proper []bool) {
	if caseOf(words[2:len(words)-2]) != plainCase {
		return
	}
	for i := 3; i < len(words)-2; i++ {
		if p, w := &words[i-1], &words[i]; proper[p.tag] && proper[w.tag] {
			if _, ok := m[w.low]; !ok {
				m[w.low] = p.low
			}
		}
	}
}

// nameFeatures fills the chain with the features of a sentence. Words hold two bounds on either side and have tags.
func nameFeatures(c *learn.Chain, b *bag, words []word, before mentions) {
	mode := caseOf(words[2 : len(words)-2])
	for i := 2; i < len(words)-2; i++ {
		w, p, q, n, m := &words[i], &words[i-1], &words[i-2], &words[i+1], &words[i+2]
		first := uint32(0)
		if i == 2 {
			first = 1
		}
		how := uint32(w.caps)<<8 | mode<<4 | first
		b.start()
		if mode == plainCase && max(p.caps, w.caps, n.caps) <= capsLower {
			// Most words: far from any capital.
			c.Add(learn.Hash(uint32(nameFar), w.low))
			c.Add(learn.Hash(uint32(nameFar), uint32(w.tag)))
			c.End(0)
			continue
		}
		b.one(nameAlways, 0)
		b.two(nameForm, w.form, mode)
		b.one(nameWord, w.low)
		b.one(nameFirst3, w.pre[2])
		b.one(nameLast4, w.suf[3])
		b.one(nameLast3, w.suf[2])
		b.one(nameLast2, w.suf[1])
		b.two(nameShape, w.shape, mode<<4|first)
		b.one(nameHow, how)
		b.one(nameTag, uint32(w.tag))
		b.two(nameTagHow, uint32(w.tag), how)
		b.two(nameWordTag, w.low, uint32(w.tag))
		b.one(nameClass, uint32(w.class))
		b.one(nameWordBefore1, p.low)
		b.one(nameWord1, n.low)
		b.two(nameWordBefore1Caps, p.low, uint32(p.caps))
		b.two(nameWord1Caps, n.low, uint32(n.caps))
		b.two(nameWordBefore1Word, p.low, w.low)
		b.two(nameWordWord1, w.low, n.low)
		b.one(nameWordBefore2, q.low)
		b.one(nameWord2, m.low)
		b.three(nameWordsBeforeCaps, q.low, p.low, uint32(w.caps))
		b.three(nameWords1Caps, n.low, m.low, uint32(w.caps))
		b.two(nameTagsAround, uint32(p.tag)<<8|uint32(w.tag), uint32(n.tag))
		b.one(nameTagBefore1, uint32(p.tag))
		b.one(nameTag1, uint32(n.tag))
		b.two(nameTagsBefore, uint32(p.tag), uint32(q.tag))
		b.two(nameTagsAfter, uint32(n.tag), uint32(m.tag))
		b.three(nameCapsAround, uint32(p.caps)<<4|uint32(w.caps), uint32(n.caps)<<4|uint32(m.caps), mode)
		b.one(nameLast3Before1, p.suf[2])
		b.one(nameLast3Of1, n.suf[2])
		b.two(nameLast3Before1Last3, p.suf[2], w.suf[2])
		b.two(nameLast3Of1Last3, n.suf[2], w.suf[2])
		if w.caps > capsLower {
			if v, ok := before[w.low]; ok {
				b.two(nameMention, v, 0)
				b.two(nameMentionWordBefore1, v, p.low)
			}
		}
		for _, f := range b.list {
			c.Add(f)
		}
		c.End(0)
	}
}

// find appends the names of the sentence whose first token is first.
func (m *namer) find(names []Name, s *scratch, proper []bool, first int) []Name {
	s.chain.Reset()
	nameFeatures(&s.chain, &s.bag, s.words, s.mentions)
	s.mentions.remember(s.words, proper)
	m.model.Score(&s.chain, &s.lattice)
	s.labels = s.lattice.Best(s.labels)
	summed := false
	n := len(s.labels)
	for i := 0; i < n; {
		y := int(s.labels[i])
		end := i + 1
		if y == 0 {
			i = end
			continue
		}
		for end < n && int(s.labels[end]) == y+1 {
			end++
		}
		if !summed {
			s.lattice.Sum()
			summed = true
		}
		kind := (y - 1) / 2
		names = append(names, Name{
			Range: text.Range{First: first + i, End: first + end}, Kind: kinds[kind],
			Confidence: confidence(&s.lattice, i, end, y),
		})
		i = end
	}
	return names
}

// confidence is the probability of the least probable label of a name.
func confidence(l *learn.Lattice, first, end, begin int) float64 {
	p := l.P(first, begin)
	for i := first + 1; i < end; i++ {
		p = min(p, l.P(i, begin+1))
	}
	return float64(min(p, 1))
}
