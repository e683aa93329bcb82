package english

import (
	"fmt"

	"github.com/onrecord/onrecord/learn"
)

// tagger assigns Penn tags from left to right: a linear model over the words around and the two tags before (Collins 2002; the
// classes of ambiguity of the words ahead are those of Choi and Palmer 2012). Words that take one tag only are not asked.
type tagger struct {
	tags    []string
	classes []uint8     // class of the dictionary -> its only tag + 1, or 0
	dict    *learn.Dict // form or low -> class
	marks   []uint8     // see markOf
	proper  []bool      // of word.tag: NNP, NNPS
	verbs   []bool      // of word.tag: those of finite verbs and of what looks like them
	modal   uint8       // the word.tag of MD
	name    uint8       // the word.tag of NNP
	model   *learn.Linear
}

const taggerKind = "tagger"

func readTagger(b []byte) (*tagger, error) {
	payload, err := learn.Unpack(taggerKind, b)
	if err != nil {
		return nil, err
	}
	r := learn.NewReader(payload)
	t := &tagger{classes: make([]uint8, 0, 256)}
	for _, c := range r.Strings() {
		t.classes = append(t.classes, c[0])
	}
	t.dict = r.Dict()
	t.model = r.Linear()
	t.tags = t.model.Labels
	t.marks = markOf(t.tags)
	t.proper, t.verbs = make([]bool, len(t.tags)+1), make([]bool, len(t.tags)+1)
	for i, tag := range t.tags {
		t.proper[i+1] = tag == "NNP" || tag == "NNPS"
		t.verbs[i+1] = tag == "VBD" || tag == "VBZ" || tag == "VBP" || tag == "VB" || tag == "MD"
		switch tag {
		case "NNP":
			t.name = uint8(i) + 1
		case "MD":
			t.modal = uint8(i) + 1
		}
	}
	if err := r.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", taggerKind, err)
	}
	return t, nil
}

// look sets the words' classes.
func look(d *learn.Dict, words []word) {
	for i := range words {
		w := &words[i]
		if w.class = d.Get(w.form); w.class == 0 {
			w.class = d.Get(w.low ^ lowKey)
		}
	}
}

// lowKey tells dictionary entries for words in any case from those for words as written.
const lowKey = 0x5bd1e995

// tagFeatures appends the features of word i. Words hold two bounds before the first word and two behind the last.
func tagFeatures(f *bag, words []word, i int, mode uint32) {
	f.start()
	w, p, q, n, m := &words[i], &words[i-1], &words[i-2], &words[i+1], &words[i+2]
	pt, qt := uint32(p.tag), uint32(q.tag)
	first := uint32(0)
	if i == 2 {
		first = 1
	}
	how := uint32(w.caps)<<8 | mode<<4 | first
	f.one(tagAlways, 0)
	f.one(tagWord, w.low)
	f.one(tagLast4, w.suf[3])
	f.one(tagLast3, w.suf[2])
	f.one(tagLast2, w.suf[1])
	f.one(tagFirst1, w.pre[0])
	f.one(tagFirst3, w.pre[2])
	f.two(tagShape, w.shape, mode<<4|first)
	f.two(tagLast3How, w.suf[2], how)
	f.two(tagWordHow, w.low, how)
	f.one(tagTagBefore1, pt)
	f.two(tagTagsBefore, pt, qt)
	f.two(tagTagBefore1Word, pt, w.low)
	f.two(tagTagBefore1Last3, pt, w.suf[2])
	f.one(tagWordBefore1, p.low)
	f.one(tagWordBefore2, q.low)
	f.one(tagWord1, n.low)
	f.one(tagWord2, m.low)
	f.one(tagLast3Before1, p.suf[2])
	f.one(tagLast3Of1, n.suf[2])
	f.one(tagClass, uint32(w.class))
	f.two(tagClassTagBefore1, uint32(w.class), pt)
	f.two(tagClass1TagBefore1, uint32(n.class), pt)
	f.one(tagClass1, uint32(n.class))
	f.two(tagClass1Class2, uint32(n.class), uint32(m.class))
	f.two(tagClassClass1, uint32(w.class), uint32(n.class))
	f.two(tagClassClass1TagBefore1, uint32(w.class)<<16|uint32(n.class), pt)
	f.two(tagWordBefore1Word, p.low, w.low)
	f.two(tagWordWord1, w.low, n.low)
	f.two(tagWordBefore1Word1, p.low, n.low)
	f.two(tagCaps, uint32(w.caps)<<8|uint32(n.caps)<<4|uint32(p.caps), mode<<4|first)
	f.two(tagClassTagsBefore, learn.Hash(pt, qt), uint32(w.class))
}

// A scratch is the memory of one run over one document.
type scratch struct {
	words   []word // of the sentence, with two bounds on either side
	bag     bag
	scores  learn.Scores // of the tagger
	chain   learn.Chain
	lattice learn.Lattice
	labels  []uint8
	tree    tree
	moves   learn.Scores // of the parser's actions
	rels    learn.Scores // of its labels
	lemmas  lemmaCache

	mentions mentions // of the document so far
}

// tag sets the words' tags and what follows from them. Words hold two bounds on either side.
func (t *tagger) tag(s *scratch) {
	words := s.words
	look(t.dict, words[2:len(words)-2])
	mode := caseOf(words[2 : len(words)-2])
	if s.scores == nil {
		s.scores = t.model.Scores()
	}
	for i := 2; i < len(words)-2; i++ {
		w := &words[i]
		if only := t.classes[w.class]; only > 0 {
			w.tag = only
		} else {
			tagFeatures(&s.bag, words, i, mode)
			t.model.Score(s.bag.list, s.scores)
			w.tag = uint8(s.scores.Best(len(t.tags))) + 1
		}
		if t.verbs[w.tag] && mode == plainCase && t.nameLikeVerb(s, i) {
			w.tag = t.name
		}
		w.wt = learn.Hash(w.low, uint32(w.tag))
	}
}

// nameLikeVerb says whether word i, a verb by its form, is rather a name: it has a capital inside the sentence, behind a name
// ("said Ellen Fell"), or, a modal, behind any word ("the analyst Will Price"); or it begins the sentence as a word of a name did before
// in the document.
func (t *tagger) nameLikeVerb(s *scratch, i int) bool {
	w, p, n := &s.words[i], &s.words[i-1], &s.words[i+1]
	if w.caps != capsTitle {
		return false
	}
	if i > 2 {
		if w.tag == t.modal {
			return p.caps == capsTitle || p.caps == capsLower
		}
		return p.caps == capsTitle && t.proper[p.tag] && n.caps != capsTitle && n.caps != capsUpper // no headline: "Holm Accuses Former Aide"
	}
	_, named := s.mentions[w.low]
	return named
}
