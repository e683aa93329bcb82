package attribution

import (
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/learn"
	"github.com/onrecord/onrecord/reading/layout"
	"github.com/onrecord/onrecord/text"
)

// A Model finds statements: a first CRF over each paragraph finds the cues and what may be source and content; a second one,
// for each cue, labels its source and content; a judge chooses between the readings that come of that, and none.
type Model struct {
	first, second, judge *learn.CRF
	tune                 tuning
}

// tuning are the settings of the decoder, chosen on PolNeAR dev.
type tuning struct {
	Cue    float32 // least probability of a cue
	Kept   float32 // added to the score of every source and content span
	Last   float32 // the same, for a reading that keeps more of them
	Sure   float32 // least confidence of a statement
	Quoted float32 // the same, where content stands in quotation marks
}

// Ways of a window: how many other cues it may reach over on either side, and how many tokens.
const (
	reachCues   = 3
	reachTokens = 250
)

// A found statement, in tokens.
type found struct {
	cue     text.Range
	source  []text.Range
	content []text.Range
	p       float32 // of the cue
	sure    float32
	origin  Origin
	turn    *layout.Turn // that the statement is; nil for others
	parent  int          // index in the same list, or -1
}

// A candidate is a range that may be a cue.
type candidate struct {
	text.Range
	p float32
}

// longest is how many tokens of a paragraph are read at once; longer ones are cut between sentences where they can be.
const longest = 3000

// blocks calls f with each paragraph, and with pieces of overlong ones.
func (v *view) blocks(f func(r text.Range)) {
	ps := v.doc.Paragraphs
	for i := 0; i < len(ps); i++ {
		p := ps[i]
		// A paragraph that ends with a colon is read with the next: "She put it so:", and then the quotation.
		if p.First < p.End && i+1 < len(ps) && ps[i+1].End-p.First <= longest && v.doc.Word(p.End-1) == ":" && v.reads(ps[i+1]) == v.reads(p) {
			i++
			p.End = ps[i].End
		}
		for p.End-p.First > longest {
			cut := p.First + longest
			for i := cut; i > p.First+longest/2; i-- {
				if v.sentence[i] != v.sentence[i-1] {
					cut = i
					break
				}
			}
			f(text.Range{First: p.First, End: cut})
			p.First = cut
		}
		if p.First < p.End {
			f(p)
		}
	}
}

// cues runs the first model over a paragraph, fills the hints and returns the likely cues, in order.
func (v *view) cues(m *learn.CRF, r text.Range, least float32) []candidate {
	v.chain.Reset()
	v.firstChain(&v.chain, r)
	m.Score(&v.chain, &v.lattice)
	v.labels = v.lattice.Best(v.labels)
	v.lattice.Sum()
	v.hint = resize(v.hint, v.n)
	v.hints(r, v.labels)
	var all []candidate
	v.lattice.Spans(beginCue, insideCue, min(least, .1), func(first, end int, p float32) {
		all = append(all, candidate{text.Range{First: r.First + first, End: r.First + end}, p})
	})
	return choose(all, least)
}

// besideQuotation is the share of the usual probability that is enough for a cue in a sentence with quotation marks, which seldom stand
// there without somebody who speaks.
const besideQuotation = .7

// quotingCues are the likely cues of a paragraph as of [view.cues], and less likely ones in sentences with quotation marks.
func (v *view) quotingCues(m *learn.CRF, r text.Range, least float32) []candidate {
	quoting := map[int32]bool{}
	for i := r.First; i < r.End; i++ {
		if v.quoted[i] {
			quoting[int32(v.sentence[i])] = true
		}
	}
	return slices.DeleteFunc(v.cues(m, r, least*besideQuotation), func(c candidate) bool {
		return c.p < least && !quoting[int32(v.sentence[c.First])]
	})
}

// choose keeps the most probable of overlapping candidates; a cue whose readings together are probable enough is kept with the
// best of them.
func choose(all []candidate, least float32) []candidate {
	slices.SortStableFunc(all, func(a, b candidate) int {
		switch {
		case a.p > b.p:
			return -1
		case a.p < b.p:
			return 1
		}
		return a.First - b.First
	})
	var kept []candidate
next:
	for _, c := range all {
		for i := range kept {
			if c.First < kept[i].End && kept[i].First < c.End {
				kept[i].p += c.p
				continue next
			}
		}
		kept = append(kept, c)
	}
	kept = slices.DeleteFunc(kept, func(c candidate) bool { return c.p < least })
	slices.SortFunc(kept, func(a, b candidate) int { return a.First - b.First })
	return kept
}

// cross marks the tokens of the cues in the hints.
func (v *view) cross(r text.Range, cues []candidate) {
	for _, c := range cues {
		for i := c.First; i < c.End; i++ {
			v.hint[i].crosses = true
		}
	}
}

// window is the part of the paragraph that the second model sees around the k-th cue.
func window(r text.Range, cues []candidate, k int) text.Range {
	c := cues[k]
	w := text.Range{First: max(r.First, c.First-reachTokens), End: min(r.End, c.End+reachTokens)}
	if k-reachCues-1 >= 0 {
		w.First = max(w.First, cues[k-reachCues-1].End)
	}
	if k+reachCues+1 < len(cues) {
		w.End = min(w.End, cues[k+reachCues+1].First)
	}
	return w
}

// statements runs both models over a paragraph.
func (m *Model) statements(v *view, r text.Range, out []found) []found {
	cues := v.quotingCues(m.first, r, m.tune.Cue)
	if len(cues) == 0 {
		return out
	}
	v.cross(r, cues)
	for i, c := range cues {
		w := window(r, cues, i)
		f := v.label(m, w, c, true)
		if len(v.pool) == 0 {
			continue
		}
		m.decide(v, &f, w)
		least := m.tune.Sure
		if v.kind(f.content) != onrecord.Indirect {
			least = m.tune.Quoted
		}
		if f.sure >= least {
			v.join(&f)
			v.mend(&f)
			out = append(out, f)
		}
	}
	return out
}

// join makes one of parts of the content that stand in one quotation with neither cue nor source between.
func (v *view) join(f *found) {
	kept := f.content[:1]
	for _, c := range f.content[1:] {
		last := &kept[len(kept)-1]
		gap := text.Range{First: last.End, End: c.First}
		if q := v.quotation[c.First]; q >= 0 && v.quotation[last.End-1] == q && !touches(f.source, gap) && !touches([]text.Range{f.cue}, gap) {
			last.End = c.End
			continue
		}
		kept = append(kept, c)
	}
	f.content = kept
}

// mend puts right what has a form of its own: contents without who says it ("C, says S") and without who is told in the passive, with
// the second half of "the more ..., the less ..." and with quotations in a row; sources that a relative clause behind the cue gives; and
// see according, lead and parted.
func (v *view) mend(f *found) {
	head := v.headOf(f.cue)
	if n := len(f.content) - 1; n > 0 && len(f.source) == 0 && f.content[0].End <= f.cue.First && f.content[n].First == f.cue.End &&
		v.class[f.cue.First-1] == classComma && !v.hasVerb(f.content[n]) {
		f.source, f.content = f.content[n:], f.content[:n:n]
	}
	if c := f.content[0]; len(f.content) > 1 && lex.informed[v.lemma[head]] && v.mask[head]&hasPassive != 0 && c.End <= f.cue.First {
		if s := v.subject[head]; s >= 0 && c.First <= int(s) && int(s) < c.End {
			f.content = f.content[1:]
		}
	}
	v.controlled(f)
	v.according(f)
	v.lead(f)
	v.parted(f)
	c := &f.content[len(f.content)-1]
	for { // “A,” and “B”
		e := c.End
		if e+2 < v.n && v.quote[e-1] == closes && v.word[e] == lex.and {
			e++
		}
		if e == c.End || v.quote[e] != opens || f.cue.First >= e || touches(f.source, text.Range{First: e, End: v.n}) {
			break
		}
		for c.End = e + 1; c.End < v.n && v.quotation[c.End] == v.quotation[e]; c.End++ {
		}
	}
	s := v.doc.Sentences[v.sentence[c.End-1]]
	if c.End+2 >= s.End || v.class[c.End] != classComma || !v.correlative(c.End+1) || touches(f.source, text.Range{First: c.End, End: s.End}) || f.cue.First >= c.End {
		return
	}
	for i := c.First; i+1 < min(c.End, c.First+3); i++ {
		if v.correlative(i) {
			c.End += 2
			for c.End < s.End && v.class[c.End] == classWord {
				c.End++
			}
			return
		}
	}
}

// controlled puts right the source of an adverbial before the main clause where a relative clause inside it gives one: "After
// threatening to open the books on his wife, who had left, he went" is his threat.
func (v *view) controlled(f *found) {
	if len(f.source) != 1 || f.source[0].First < f.cue.End || f.source[0].End-f.source[0].First != 1 || !lex.relative[v.tag[f.source[0].First]] {
		return
	}
	f.source = nil
	s := v.doc.Sentences[v.sentence[f.cue.First]]
	for i := f.content[len(f.content)-1].End; i < s.End; i++ {
		at := v.subject[i]
		if at < 0 || lex.relative[v.tag[at]] {
			continue
		}
		r := text.Range{First: int(v.left[at]), End: int(v.right[at]) + 1}
		if r.First > f.content[len(f.content)-1].End && v.class[r.First-1] == classComma {
			f.source = []text.Range{r}
			return
		}
	}
}

// according puts right the source of "according to", which may be read as a verb with what follows.
func (v *view) according(f *found) {
	if f.cue.End-f.cue.First < 3 || v.word[f.cue.First] != lex.according || v.word[f.cue.First+1] != lex.to {
		return
	}
	s := v.doc.Sentences[v.sentence[f.cue.First]]
	source := text.Range{First: f.cue.First + 2, End: f.cue.First + 2}
	for source.End < s.End && v.class[source.End] == classWord {
		source.End++
	}
	c := text.Range{First: s.First, End: f.cue.First}
	for c.End > c.First && v.class[c.End-1] == classComma {
		c.End--
	}
	if c.End <= c.First || source.End == source.First {
		return
	}
	f.cue.End, f.source, f.content = source.First, []text.Range{source}, []text.Range{c}
}

// teller is the cue with its source, where both stand in one sentence.
func (v *view) teller(f *found) text.Range {
	r := f.cue
	if len(f.source) == 1 && v.sentence[f.source[0].First] == v.sentence[f.cue.First] {
		r.First, r.End = min(r.First, f.source[0].First), max(r.End, f.source[0].End)
	}
	return r
}

// lead gives to a quotation that begins inside a sentence the clause before who says it: "When it came, she said, “we were out.”"
func (v *view) lead(f *found) {
	if len(f.content) != 1 || len(f.source) == 0 || !v.verb[v.headOf(f.cue)] {
		return
	}
	c, r := f.content[0], v.teller(f)
	s := v.doc.Sentences[v.sentence[f.cue.First]]
	if v.quote[c.First] != opens || c.First != r.End+1 || v.class[r.End] != classComma || v.doc.Tokens[c.First+1].Shape != text.Lower || r.First-1 <= s.First || v.class[r.First-1] != classComma {
		return
	}
	lead := text.Range{First: s.First, End: r.First - 1}
	for i := lead.First; i < lead.End; i++ {
		if v.quotation[i] >= 0 {
			return
		}
	}
	for i := lead.First; i < lead.End; i++ {
		if v.verb[i] && v.subject[i] >= int32(lead.First) && v.subject[i] < int32(lead.End) {
			f.content = []text.Range{lead, c}
			return
		}
	}
}

// parted gives to a content without a verb that who says it cuts off the rest of its sentence: "These, she said, were lost".
func (v *view) parted(f *found) {
	if len(f.content) != 1 || len(f.source) != 1 {
		return
	}
	c, r := f.content[0], v.teller(f)
	if c.End+1 != r.First || v.class[c.End] != classComma || v.quotation[c.First] >= 0 || v.hasVerb(c) {
		return
	}
	s := v.doc.Sentences[v.sentence[r.First]]
	for i := r.End; i < s.End-2; i++ {
		if v.class[i] != classComma {
			continue
		}
		rest := v.trim(text.Range{First: i + 1, End: s.End})
		if v.verb[i+1] {
			f.content = []text.Range{c, rest}
		}
		return
	}
}

// correlative says whether "the" and a moreAdjective stand at token i.
func (v *view) correlative(i int) bool {
	return v.word[i] == lex.the && i+1 < v.n && (v.tag[i+1] == lex.moreAdjective || v.tag[i+1] == lex.moreAdverb)
}

// spell decodes the lattice of a cue into source and content; bias is added, for good, to the score of each of their spans.
func (v *view) spell(f *found, w text.Range, bias float32) {
	v.lattice.Add(beginSource, bias)
	v.lattice.Add(beginContent, bias)
	v.second = v.lattice.Best(v.second)
	f.source, f.content = f.source[:0], f.content[:0]
	for j := 0; j < len(v.second); {
		y := v.second[j]
		if y != beginSource && y != beginContent {
			j++
			continue
		}
		e := j + 1
		for e < len(v.second) && v.second[e] == y+1 {
			e++
		}
		s := text.Range{First: w.First + j, End: w.First + e}
		if y == beginSource {
			f.source = append(f.source, s)
		} else {
			f.content = append(f.content, s)
		}
		j = e
	}
	for k := range f.content {
		lo, hi := w.First, w.End
		if k > 0 {
			lo = f.content[k-1].End
		}
		if k+1 < len(f.content) {
			hi = f.content[k+1].First
		}
		f.content[k] = v.whole(f, f.content[k], lo, hi)
	}
}

// whole widens a content that stops inside a quotation to the whole of it, within [lo, hi) and short of cue and source.
func (v *view) whole(f *found, c text.Range, lo, hi int) text.Range {
	bound := func(x text.Range) {
		if x.End <= c.First {
			lo = max(lo, x.End)
		}
		if x.First >= c.End {
			hi = min(hi, x.First)
		}
	}
	bound(f.cue)
	for _, x := range f.source {
		bound(x)
	}
	if q := v.quotation[c.End-1]; q >= 0 {
		e := c.End
		for e < hi && v.quotation[e] == q {
			e++
		}
		if e == v.n || v.quotation[e] != q {
			c.End = e
		}
	}
	if q := v.quotation[c.First]; q >= 0 {
		b := c.First
		for b > lo && v.quotation[b-1] == q {
			b--
		}
		if b == 0 || v.quotation[b-1] != q {
			c.First = b
		}
	}
	return c
}

// subjectOf gives a statement without source the subject of its cue, or of the verb that the cue depends on, where that stands
// outside of the content. Passive cues have none.
func (v *view) subjectOf(f *found, w text.Range) {
	at := int32(v.headOf(f.cue))
	for range 3 {
		if v.mask[at]&hasPassive != 0 {
			return
		}
		if s := v.subject[at]; s >= 0 {
			r := text.Range{First: int(v.left[s]), End: int(v.right[s]) + 1}
			if r.First < w.First || r.End > w.End || r.First < f.cue.End && f.cue.First < r.End {
				return
			}
			for _, c := range f.content {
				if r.First < c.End && c.First < r.End {
					return
				}
			}
			f.source = []text.Range{r}
			return
		}
		switch relationBit(v.relation(at)) {
		case hasConjunct, hasOpen, hasAdverbial:
			at = v.head[at]
		default:
			return
		}
		if at < 0 {
			return
		}
	}
}

// relation is the name of a token's relation to its head, "" where there is no parse.
func (v *view) relation(i int32) string {
	if len(v.l.Rels) != v.n {
		return ""
	}
	return v.l.Rels[i]
}

// governed gives a statement the clause that its cue governs as content, and the cue's subject as source.
func (v *view) governed(f *found, w text.Range) {
	head := v.headOf(f.cue)
	for i := w.First; i < w.End; i++ {
		if v.head[i] != int32(head) {
			continue
		}
		r := text.Range{First: max(int(v.left[i]), w.First), End: min(int(v.right[i])+1, w.End)}
		if r.First < f.cue.End && f.cue.First < r.End {
			continue
		}
		switch v.l.Rels[i] {
		case "ccomp", "parataxis":
			for r.End-r.First > 1 && v.class[r.End-1] != classWord && v.class[r.End-1] != classClose {
				r.End--
			}
			f.content = []text.Range{r}
		case "nsubj":
			f.source = []text.Range{r}
		}
	}
	if len(f.content) > 0 && len(f.source) > 0 && f.source[0].First < f.content[0].End && f.content[0].First < f.source[0].End {
		f.source = nil
	}
}

// spans turns ranges of tokens into spans of bytes.
func (v *view) spans(rs []text.Range) []onrecord.Span {
	out := make([]onrecord.Span, len(rs))
	for i, r := range rs {
		out[i] = v.doc.Span(r)
	}
	return out
}
