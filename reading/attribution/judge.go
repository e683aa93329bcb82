package attribution

import (
	"math"
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/learn"
	"github.com/onrecord/onrecord/text"
)

// A reading is one way to read what a cue governs.
type reading struct {
	source, content []text.Range
	from            uint8 // how it came about
}

// Where readings come from.
const (
	fromBest    = iota // the best labels as the second model has them
	fromKept           // with a bias to spans
	fromLast           // with a stronger one
	fromTree           // the clause that the cue governs
	fromChanged        // another with one span changed for another that the second model holds likely
	fromDropped        // another with one span less
	fromQuoted         // another with the next quotation of the paragraph
	fromAlone          // that quotation and nothing else
	fromClosed         // another that ends or begins with a quotation
	fromLonger         // another to the end of the sentence or from its beginning
	fromShorter        // another cut at a comma or dash
	fromRest           // what the sentence has after the cue, or before it and its subject
	fromFront          // what the sentence has before the comma before the cue and its subject
)

// mostReadings bounds how many readings of a cue are weighed.
const mostReadings = 24

// likely is the least probability of a span that readings are made from.
const likely = .06

// add adds a reading to the pool, where it is new and says something. It takes content over, and mends it: quotation marks go with
// what they enclose, and after a whole quotation and its cue, what stands in the same sentence without marks is not said.
func (v *view) add(source, content []text.Range, from uint8) {
	if len(content) == 0 || len(v.pool) == mostReadings {
		return
	}
	free := func(i int) bool {
		x := text.Range{First: i, End: i + 1}
		return !touches(content, x) && !touches(source, x) && (i < v.cue.First || i >= v.cue.End)
	}
	for i := range content {
		c := &content[i]
		if b := c.First - 1; b >= 0 && v.quote[b] == opens && v.quotation[b] == v.quotation[c.First] && free(b) {
			c.First--
		}
		if e := c.End; e < v.n && v.quote[e] == closes && v.quotation[e] == v.quotation[e-1] && free(e) {
			c.End++
		}
	}
	if v.closed(content[0]) && content[0].End <= v.cue.First {
		content = slices.DeleteFunc(content, func(c text.Range) bool {
			return c.First >= v.cue.End && v.quotation[c.First] < 0 && v.quotation[c.End-1] < 0 && v.sentence[c.First] == v.sentence[v.cue.First]
		})
	}
	// "asked her, “...”": who is spoken to is not what is said.
	if c := &content[0]; len(content) == 1 && c.End-c.First == 1 && lex.objects[v.word[c.First]] && c.End+1 < v.n && v.class[c.End] == classComma && v.quote[c.End+1] == opens {
		q, e := v.quotation[c.End+1], c.End+2
		for e < v.n && v.quotation[e] == q {
			e++
		}
		*c = text.Range{First: c.End + 1, End: e}
	}
	if v.whereabouts(content) {
		return
	}
	for _, r := range v.pool {
		if slices.Equal(r.source, source) && slices.Equal(r.content, content) {
			return
		}
	}
	v.pool = append(v.pool, reading{source, content, from})
}

// whereabouts says whether a content is only where somebody was told something: "told reporters in Palmar".
func (v *view) whereabouts(content []text.Range) bool {
	c := content[0]
	if len(content) > 1 || c.First < v.cue.End || !lex.informed[v.lemma[v.headOf(v.cue)]] || v.class[c.First] == classOpen || v.hasVerb(c) {
		return false
	}
	return v.name[v.headOf(c)]&7 == nameLocation && relationBit(v.relation(int32(c.First-1))) == hasCase
}

// swapped is a copy of rs with the k-th range changed.
func (v *view) swapped(rs []text.Range, k int, by ...text.Range) []text.Range {
	at := len(v.arena)
	v.arena = append(v.arena, rs[:k]...)
	v.arena = append(v.arena, by...)
	v.arena = append(v.arena, rs[min(k+1, len(rs)):]...)
	return v.arena[at:len(v.arena):len(v.arena)]
}

// read fills the pool with the readings of a cue from the lattice of the second model, whose chain is the window w.
// After it, the lattice is biased by t.Kept, and summed. With rest, a cue of which the lattice says nothing has readings too: see [view.rest].
func (v *view) read(f *found, w text.Range, t *tuning, rest bool) {
	v.pool, v.arena, v.cue = v.pool[:0], v.arena[:0], f.cue
	v.spell(f, w, 0)
	v.keep(f, fromBest)
	v.spell(f, w, t.Kept)
	v.top = v.lattice.Path(v.second)
	v.keep(f, fromKept)
	v.spell(f, w, t.Last-t.Kept)
	v.keep(f, fromLast)
	v.lattice.Add(beginSource, t.Kept-t.Last)
	v.lattice.Add(beginContent, t.Kept-t.Last)
	v.lattice.Sum()
	*f = found{cue: f.cue, p: f.p, parent: -1}
	v.governed(f, w)
	v.keep(f, fromTree)
	if rest && len(v.pool) == 0 {
		v.rest(f.cue, w)
	}
	if len(v.pool) == 0 {
		return
	}
	base := v.pool[0]
	if len(v.pool) > 1 && base.from == fromBest {
		base = v.pool[1]
	}
	// Contents changed.
	v.likely = v.likely[:0]
	v.lattice.Spans(beginContent, insideContent, likely, func(first, end int, p float32) {
		v.likely = append(v.likely, candidate{text.Range{First: w.First + first, End: w.First + end}, p})
	})
	sortByP(v.likely)
	for _, x := range v.likely[:min(len(v.likely), 8)] {
		if touches(base.source, x.Range) || x.First < f.cue.End && f.cue.First < x.End {
			continue
		}
		k, hit := 0, 0
		for i, c := range base.content {
			if c.First < x.End && x.First < c.End {
				k = i
				hit++
			}
		}
		switch hit {
		case 0:
			k = 0
			for k < len(base.content) && base.content[k].First < x.First {
				k++
			}
			if k == len(base.content) {
				v.add(base.source, v.swapped(base.content, k, x.Range), fromChanged)
			} else {
				v.add(base.source, v.swapped(base.content, k, x.Range, base.content[k]), fromChanged)
			}
		case 1:
			v.add(base.source, v.swapped(base.content, k, x.Range), fromChanged)
		}
	}
	if len(base.content) > 1 {
		v.add(base.source, v.swapped(base.content, 0), fromDropped)
		v.add(base.source, v.swapped(base.content, len(base.content)-1), fromDropped)
	}
	v.quotations(&base, f.cue, w)
	v.stretched(&base, f.cue, w)
	v.fronted(f.cue, w)
	// Sources changed, for the first contents.
	v.likely = v.likely[:0]
	v.lattice.Spans(beginSource, insideSource, likely, func(first, end int, p float32) {
		v.likely = append(v.likely, candidate{text.Range{First: w.First + first, End: w.First + end}, p})
	})
	sortByP(v.likely)
	n := len(v.pool)
	*f = found{cue: f.cue, p: f.p, parent: -1, content: base.content}
	v.subjectOf(f, w)
	if len(f.source) > 0 && len(v.likely) < 3 {
		v.likely = append(v.likely, candidate{f.source[0], 0})
	}
	for _, x := range v.likely[:min(len(v.likely), 3)] {
		source := v.swapped(nil, 0, x.Range)
		for i := range min(n, 6) {
			p := v.pool[i]
			if len(p.source) <= 1 && !touches(p.content, x.Range) {
				v.add(source, v.swapped(p.content, len(p.content)), p.from)
			}
		}
	}
}

// rest adds readings of a cue of which the models say no more: its subject, with what its sentence, or after a colon its window, has
// after the cue; and with what it has before.
func (v *view) rest(cue, w text.Range) {
	head := v.headOf(cue)
	s := v.doc.Sentences[v.sentence[head]]
	before := text.Range{First: max(s.First, w.First), End: cue.First}
	after := text.Range{First: cue.End, End: min(s.End, w.End)}
	if v.doc.Word(cue.End-1) == ":" {
		after.End = w.End
	}
	var source []text.Range
	if k := v.subject[head]; k >= 0 {
		r := text.Range{First: int(v.left[k]), End: int(v.right[k]) + 1}
		switch {
		case r.End <= cue.First && r.First >= before.First:
			source, before.End = []text.Range{r}, r.First
		case r.First >= cue.End && r.End <= after.End:
			source, after.First = []text.Range{r}, r.End
		}
	}
	for _, r := range [...]text.Range{after, before} {
		for r.End > r.First && (v.class[r.End-1] == classStop || v.class[r.End-1] == classComma) {
			r.End--
		}
		for r.First < r.End && v.class[r.First] == classComma {
			r.First++
		}
		if r.First < r.End {
			v.add(v.swapped(source, len(source)), v.swapped(nil, 0, r), fromRest)
		}
	}
}

// fronted adds the reading of a cue that closes its sentence with who says so, whatever stands behind: "P, the mate told a hearing in
// the port".
func (v *view) fronted(cue, w text.Range) {
	head := v.headOf(cue)
	k := v.subject[head]
	if k < 0 {
		return
	}
	source := text.Range{First: int(v.left[k]), End: int(v.right[k]) + 1}
	s := v.doc.Sentences[v.sentence[head]]
	c := text.Range{First: max(s.First, w.First), End: min(source.First, cue.First) - 1}
	if c.End <= c.First || v.class[c.End] != classComma || source.First < cue.End && cue.First < source.End {
		return
	}
	if v.hasVerb(c) {
		v.add(v.swapped(nil, 0, source), v.swapped(nil, 0, c), fromFront)
	}
}

// closed says whether a range is a quotation that ends as a sentence or clause does.
func (v *view) closed(c text.Range) bool {
	return c.End-c.First > 4 && v.quote[c.First] == opens && v.quote[c.End-1] == closes && v.quotation[c.First] == v.quotation[c.End-1] &&
		(v.class[c.End-2] == classComma || v.class[c.End-2] == classStop)
}

func touches(rs []text.Range, x text.Range) bool {
	for _, r := range rs {
		if r.First < x.End && x.First < r.End {
			return true
		}
	}
	return false
}

func sortByP(c []candidate) {
	slices.SortStableFunc(c, func(a, b candidate) int {
		switch {
		case a.p > b.p:
			return -1
		case a.p < b.p:
			return 1
		}
		return 0
	})
}

// keep adds what was spelled to the pool.
func (v *view) keep(f *found, from uint8) {
	if len(f.content) > 0 {
		v.add(v.swapped(f.source, len(f.source)), v.swapped(f.content, len(f.content)), from)
	}
}

// quotations adds readings with the next quotation of the window r on either side.
func (v *view) quotations(base *reading, cue, r text.Range) {
	grow := func(i, step int) {
		for ; i >= r.First && i < r.End; i += step {
			q := v.quotation[i]
			if q < 0 || v.hint[i].crosses {
				continue
			}
			x := text.Range{First: i, End: i + 1}
			for x.First > r.First && v.quotation[x.First-1] == q {
				x.First--
			}
			for x.End < r.End && v.quotation[x.End] == q {
				x.End++
			}
			if x.End-x.First < 4 || touches(base.content, x) || touches(base.source, x) || x.First < cue.End && cue.First < x.End {
				return
			}
			if step > 0 {
				v.add(base.source, v.swapped(base.content, len(base.content), x), fromQuoted)
			} else {
				v.add(base.source, v.swapped(base.content, 0, x, base.content[0]), fromQuoted)
			}
			v.add(base.source, v.swapped(nil, 0, x), fromAlone)
			return
		}
	}
	last := base.content[len(base.content)-1].End
	grow(max(last, cue.End), 1)
	grow(min(base.content[0].First, cue.First)-1, -1)
	// Cut after the last closing mark of the last content, and before the first opening mark of the first.
	k := len(base.content) - 1
	c := base.content[k]
	for i := c.End - 2; i > c.First; i-- {
		if v.quote[i] == closes {
			v.add(base.source, v.swapped(base.content, k, text.Range{First: c.First, End: i + 1}), fromClosed)
			break
		}
	}
	c = base.content[0]
	for i := c.First + 1; i < c.End-1; i++ {
		if v.quote[i] == opens {
			v.add(base.source, v.swapped(base.content, 0, text.Range{First: i, End: c.End}), fromClosed)
			break
		}
	}
}

// stretched adds readings whose first content begins with its sentence, whose last ends with it, or stops at a comma or dash.
func (v *view) stretched(base *reading, cue, w text.Range) {
	k := len(base.content) - 1
	last, first := base.content[k], base.content[0]
	s := v.doc.Sentences[v.sentence[last.End-1]]
	stop := func(x int) bool {
		return x >= cue.First && x < cue.End || touches(base.source, text.Range{First: x, End: x + 1})
	}
	end := last.End
	for end < min(s.End, w.End) && !stop(end) {
		end++
	}
	for end > last.End && v.class[end-1] != classWord && v.class[end-1] != classClose && v.class[end-1] != classStart {
		end--
	}
	if end > last.End {
		v.add(base.source, v.swapped(base.content, k, text.Range{First: last.First, End: end}), fromLonger)
	}
	s = v.doc.Sentences[v.sentence[first.First]]
	begin := first.First
	for begin > max(s.First, w.First) && !stop(begin-1) {
		begin--
	}
	for begin < first.First && v.class[begin] == classComma {
		begin++
	}
	if begin < first.First {
		v.add(base.source, v.swapped(base.content, 0, text.Range{First: begin, End: first.End}), fromLonger)
	}
	cuts := 0
	for i := last.End - 2; i > last.First+1 && cuts < 2; i-- {
		if v.class[i] == classComma && v.quote[i] == outside {
			v.add(base.source, v.swapped(base.content, k, text.Range{First: last.First, End: i}), fromShorter)
			cuts++
		}
	}
	for i := first.First + 1; i < first.End-2; i++ {
		if v.class[i] == classComma && v.quote[i] == outside {
			v.add(base.source, v.swapped(base.content, 0, text.Range{First: i + 1, End: first.End}), fromShorter)
			break
		}
	}
}

// What a reading is: wrong; or near, its content at least half of what people marked and theirs half of it, and its source touches
// theirs or neither has one; or exact. To read nothing is exact where no reading is near, else something is missed.
const (
	wrong = iota
	near
	exact
	missed
)

// gains are what each is worth, for the judge to learn.
var gains = []float64{wrong: .01, near: .35, exact: 1, missed: .05}

func logit(p float32) float32 {
	p = max(.002, min(.998, p))
	return float32(math.Log(float64(p / (1 - p))))
}

// steps is a number in classes of the given width, for features.
func steps(x, width float32) uint32 {
	return uint32(int32(math.Round(float64(max(-20, min(20, x/width))))) + 50)
}

// weigh adds to a chain what the judge sees of a reading.
func (v *view) weigh(c *learn.Chain, f *found, r *reading, w text.Range) {
	add := func(t learn.Template, a uint32) { c.Add(feature(t, a)) }
	mean := func(rs []text.Range, begin int) (mean, begins float32) {
		n := 0
		begins = 1
		for _, r := range rs {
			for i := max(r.First, w.First); i < min(r.End, w.End); i++ {
				mean += v.lattice.P(i-w.First, begin) + v.lattice.P(i-w.First, begin+1)
				n++
			}
			if r.First >= w.First && r.First < w.End {
				begins = min(begins, v.lattice.P(r.First-w.First, begin))
			}
		}
		return mean / float32(max(n, 1)), begins
	}
	km, kb := mean(r.content, beginContent)
	first, last := r.content[0], r.content[len(r.content)-1]
	ke := float32(1) // of the end
	for _, x := range r.content {
		if x.End < w.End {
			ke = min(ke, 1-v.lattice.P(x.End-w.First, insideContent))
		}
	}
	var sm, sb float32
	source := uint32(edge)
	shape := uint32(0)
	if len(r.source) > 0 {
		sm, sb = mean(r.source, beginSource)
		h := v.headOf(r.source[0])
		source = v.lemma[h]
		if v.name[h] != 0 {
			source = uint32(v.name[h]&7) + 7000
		}
		shape = pair(v.tag[h], uint32(v.name[h]&7))
	}
	labels := resize(v.labels, w.End-w.First)
	v.labels = labels
	clear(labels)
	paint := func(rs []text.Range, y uint8) {
		for _, x := range rs {
			for i := max(x.First, w.First); i < min(x.End, w.End); i++ {
				labels[i-w.First] = y + 1
				if i == x.First {
					labels[i-w.First] = y
				}
			}
		}
	}
	paint(r.source, beginSource)
	paint(r.content, beginContent)
	legal(labels)
	behind := float32(v.top - v.lattice.Path(labels))
	head := v.headOf(f.cue)
	cue, frame := v.lemma[head], v.mask[head]&(hasClause|hasParataxis|hasOpen|hasThat|hasObject|hasPassive|hasSubject)
	words := uint32(0)
	for i := f.cue.First; i < min(f.cue.End, f.cue.First+4); i++ {
		words = pair(words, v.lemma[i])
	}
	kind := uint32(0)
	switch v.kind(r.content) {
	case onrecord.Direct:
		kind = 1
	case onrecord.Mixed:
		kind = 2
	}
	// The order of the parts.
	order := uint32(0)
	if first.First < f.cue.First {
		order |= 1
	}
	if last.First > f.cue.First {
		order |= 2
	}
	if len(r.source) > 0 {
		order |= 4
		if r.source[0].First > f.cue.First {
			order |= 8
		}
		if r.source[0].First > first.First {
			order |= 16
		}
	}
	n, others, quotes := 0, 0, 0
	lifted, hung := 0, 0 // tokens in the content that hang on what is outside; tokens outside that hang on the content
	var hungRel uint32
	for _, x := range r.content {
		n += x.End - x.First
		for i := x.First; i < x.End; i++ {
			if v.hint[i].crosses && v.hint[i].label == beginCue {
				others++
			}
			if h := int(v.head[i]); h >= 0 && (h < x.First || h >= x.End) && h != head {
				lifted++
			}
		}
		s := v.doc.Sentences[v.sentence[x.End-1]]
		for i := x.End; i < min(s.End, x.End+60); i++ {
			if h := int(v.head[i]); h >= x.First && h < x.End && v.class[i] == classWord && !touches(r.content, text.Range{First: i, End: i + 1}) {
				if hung++; hungRel == 0 {
					hungRel = triple(v.rel[i], 1, v.tag[i])
				}
			}
		}
		s = v.doc.Sentences[v.sentence[x.First]]
		for i := max(s.First, x.First-60); i < x.First; i++ {
			if h := int(v.head[i]); h >= x.First && h < x.End && v.class[i] == classWord && !touches(r.content, text.Range{First: i, End: i + 1}) {
				if hung++; hungRel == 0 {
					hungRel = triple(v.rel[i], 2, v.tag[i])
				}
			}
		}
	}
	// Quotations of the window that the content leaves out.
	for i := w.First; i < w.End; i++ {
		if (v.quote[i] == opens || v.quote[i] == inner && i == w.First) && !touches(r.content, text.Range{First: i, End: i + 1}) {
			quotes++
		}
	}
	// The parts of the content: whether each is a quotation, on which side of the cue, and how many sentences after the one before.
	pattern, gap, tail := uint32(0), uint32(0), uint32(0)
	for k, x := range r.content[:min(len(r.content), 4)] {
		part := uint32(0)
		if q := v.quotation[x.First]; q >= 0 {
			part = 1
			if v.quotation[x.End-1] == q {
				part = 2
			}
		}
		if x.First > f.cue.First {
			part |= 4
		}
		gap = 0
		if k > 0 {
			gap = uint32(min(v.sentence[x.First]-v.sentence[r.content[k-1].End-1], 2))
		}
		pattern, tail = pair(pattern, part|gap<<3), v.word[x.First]
	}
	at := func(i int) (word, tag, class, quote uint32) {
		if i < 0 || i >= v.n {
			return edge, edge, 9, 9
		}
		return v.word[i], v.tag[i], uint32(v.class[i]), uint32(v.quote[i])
	}
	length := bucket(n)
	likelihood := steps(behind, .7)
	certain := steps(logit(f.p), .5)
	sKm, sKb, sKe, sSm, sSb := steps(logit(km), .6), steps(logit(kb), .6), steps(logit(ke), .6), steps(logit(sm), .6), steps(logit(sb), .6)
	if len(r.source) == 0 {
		sSm, sSb = 200, 200
	}
	from := uint32(r.from)
	parts := uint32(min(len(r.content), 4))
	hint := &v.hint[head]
	add(judgeAlways, 0)
	add(judgeCueP, certain)
	add(judgeLikelihood, likelihood)
	add(judgeContentMean, sKm)
	add(judgeContentBegin, sKb)
	add(judgeContentEnd, sKe)
	add(judgeSourceMean, sSm)
	add(judgeSourceBegin, sSb)
	add(judgeFrom, from)
	add(judgeFromLikelihood, pair(from, likelihood))
	add(judgeCuePContentMean, pair(certain, sKm))
	add(judgeCuePSourceMean, pair(certain, sSm))
	add(judgeContentBeginEnd, pair(sKb, sKe))
	add(judgeContentBeginEndMean, triple(steps(logit(kb), 1.2), steps(logit(ke), 1.2), steps(logit(km), 1.2)))
	add(judgeKindCueP, pair(kind, certain))
	add(judgeKindContentBegin, pair(kind, sKb))
	add(judgeKindContentEnd, pair(kind, sKe))
	add(judgeKind, kind)
	add(judgeLengthKind, pair(length, kind))
	add(judgePartsKind, pair(parts, kind))
	add(judgePartsOrder, pair(parts, order))
	add(judgeOrder, order)
	add(judgeOrderKind, pair(order, kind))
	add(judgeOrderCue, pair(order, cue))
	add(judgeCue, cue)
	add(judgeCueWords, words)
	add(judgeCueFrame, pair(cue, frame))
	add(judgeCueKind, pair(cue, kind))
	add(judgeCueLength, pair(cue, length))
	add(judgeCueSource, pair(cue, source))
	add(judgeSource, source)
	add(judgeSourceShape, shape)
	add(judgeSourceShapeCue, pair(shape, cue))
	add(judgeCueTagFrame, pair(v.tag[head], frame))
	add(judgeCueTagSourceShape, pair(v.tag[head], shape))
	add(judgeCueHints, triple(uint32(hint.content), uint32(hint.source), uint32(v.quote[head])))
	add(judgeOthers, uint32(min(others, 4)))
	add(judgeOthersKind, pair(uint32(min(others, 4)), kind))
	add(judgeLifted, uint32(min(lifted, 4)))
	add(judgeHung, uint32(min(hung, 6)))
	add(judgeHungHowCue, pair(hungRel, cue))
	add(judgeHungHow, hungRel)
	add(judgeHungFrom, pair(uint32(min(hung, 2)), from))
	add(judgeLiftedHungKind, triple(uint32(min(lifted, 3)), uint32(min(hung, 3)), kind))
	add(judgeQuotesKindOrder, triple(uint32(min(quotes, 3)), kind, order))
	add(judgeQuotesFrom, pair(uint32(min(quotes, 3)), from))
	add(judgePattern, pattern)
	add(judgePatternCue, pair(pattern, cue))
	add(judgePatternQuotes, pair(pattern, uint32(min(quotes, 3))))
	add(judgePatternTail, triple(pattern, tail, 0))
	add(judgePatternContentBegin, triple(pattern, sKb, 1))
	add(judgePatternAfterCue, pair(pattern, uint32(v.class[min(f.cue.End, v.n-1)])))
	// How content and source hang on the cue, and what stands at the ends of the content: the largest constituent that ends with it,
	// and the one that it leaves out.
	kh := v.headOf(first)
	hangs := pair(v.rel[kh], v.hangs(int32(kh), head, r))
	add(judgeHangs, hangs)
	add(judgeHangsCue, pair(hangs, cue))
	add(judgeHangsTag, pair(hangs, v.tag[kh]))
	add(judgeHangsLemmaCue, pair(v.lemma[kh], cue))
	if len(r.source) > 0 {
		sh := v.headOf(r.source[0])
		x := pair(v.rel[sh], v.hangs(int32(sh), head, r))
		add(judgeSourceHangs, x)
		add(judgeSourceHangsCue, pair(x, cue))
		add(judgeSourceHangsTag, pair(x, v.tag[sh]))
		add(judgeSourceHangsHangs, pair(x, hangs))
	} else {
		add(judgeSourceHangs, hangs)
	}
	for side := range uint32(2) {
		var in, out int32
		if side == 0 {
			in, out = v.ending(int32(last.End-1), int32(last.First)), v.beginning(v.skip(last.End, 1), int32(v.n))
		} else {
			in, out = v.beginning(int32(first.First), int32(first.End-1)), v.ending(v.skip(first.First-1, -1), -1)
		}
		for k, a := range [...]int32{in, out} {
			of := &ends[side][k]
			if a < 0 {
				add(of[0], pair(side, uint32(k)))
				continue
			}
			edgeWord := v.word[v.left[a]]
			comma := uint32(0)
			if b := v.left[a] - 1; b >= 0 && v.class[b] == classComma {
				comma = 1
			}
			on := v.hangs(a, head, r)
			x := triple(v.rel[a], on, comma)
			add(of[0], x)
			add(of[1], pair(x, cue))
			add(of[2], pair(x, edgeWord))
			add(of[3], triple(x, kind, order))
			add(of[4], triple(edgeWord, cue, on))
			add(of[5], pair(x, bucket(int(v.right[a]-v.left[a]))))
			hl := uint32(edge)
			if v.head[a] >= 0 {
				hl = v.lemma[v.head[a]]
			}
			add(of[6], triple(x, hl, edgeWord))
			add(of[7], triple(v.rel[a], v.tag[a], on))
		}
	}
	lab := func(i int) uint32 {
		if i < w.First || i >= w.End {
			return 99
		}
		return uint32(v.hint[i].label)
	}
	add(judgeLabelsBegin, triple(lab(first.First-1), lab(first.First), order))
	add(judgeLabelsEnd, triple(lab(last.End-1), lab(last.End), order))
	add(judgeLabelsWithin, triple(lab(first.First), lab(last.End), kind))
	agree := 0
	for _, x := range r.content {
		for i := x.First; i < x.End; i++ {
			if y := lab(i); y >= beginContentBefore && y <= insideContentAfter {
				agree++
			}
		}
	}
	add(judgeAgree, uint32(10*agree/max(n, 1)))
	if len(r.source) > 0 {
		x := r.source[0]
		add(judgeSourceLabelsBegin, triple(lab(x.First-1), lab(x.First), 1))
		add(judgeSourceLabelsEnd, triple(lab(x.End-1), lab(x.End), 2))
	}
	bw, bt, bc, bq := at(first.First - 1)
	fw, ft, fc, fq := at(first.First)
	ew, et, ec, eq := at(last.End - 1)
	nw, nt, nc, nq := at(last.End)
	add(judgeWordBeforeWord, pair(bw, fw))
	add(judgeTagBeforeTagKind, triple(bt, ft, kind))
	add(judgeClassBeforeClassOrder, triple(bc, fc, order))
	add(judgeQuoteBeforeQuoteOrder, triple(bq, fq, order))
	add(judgeFirstWordCue, pair(fw, cue))
	add(judgeFirstWordOrder, pair(fw, order))
	add(judgeLastWordWordAfter, pair(ew, nw))
	add(judgeLastWordOrder, pair(ew, order))
	add(judgeWordAfterOrder, pair(nw, order))
	add(judgeLastTagTagAfterOrder, triple(et, nt, order))
	add(judgeLastClassClassAfterOrder, triple(ec, nc, order))
	add(judgeLastQuoteQuoteAfterOrder, triple(eq, nq, order))
	add(judgeWordAfterCue, pair(nw, cue))
	if len(r.source) > 0 {
		x := r.source[0]
		sw, st, _, _ := at(x.First)
		_, pt, pc, _ := at(x.First - 1)
		lw, lt, _, _ := at(x.End - 1)
		aw, nt, ac, _ := at(x.End)
		add(judgeSourceWordOrder, pair(sw, order))
		add(judgeSourceTagBeforeTag, pair(st, pt))
		add(judgeSourceClassBeforeOrder, pair(pc, order))
		add(judgeSourceLastWordOrder, pair(lw, order))
		add(judgeSourceLastTagTagAfter, pair(lt, nt))
		add(judgeSourceWordAfterOrder, pair(aw, order))
		add(judgeSourceClassAfterOrder, pair(ac, order))
		add(judgeSourceLength, bucket(x.End-x.First))
		whole := uint32(0)
		for i := x.First; i < x.End; i++ {
			if h := int(v.head[i]); h >= 0 && (h < x.First || h >= x.End) {
				whole = min(whole+1, 4)
				if int(v.left[i]) == x.First {
					whole |= 8
				}
				if int(v.right[i]) == x.End-1 {
					whole |= 16
				}
			}
		}
		add(judgeSourceWhole, whole)
		add(judgeSourceWholeLastTag, pair(whole, lt))
	}
	c.End(0)
}

// hangs says where the head of token a stands: in the cue, its head, the content, the source, or elsewhere.
func (v *view) hangs(a int32, cue int, r *reading) uint32 {
	h := int(v.head[a])
	x := text.Range{First: h, End: h + 1}
	switch {
	case h < 0:
		return 0
	case h == cue:
		return 1
	case h >= v.cue.First && h < v.cue.End:
		return 2
	case touches(r.content, x):
		return 3
	case touches(r.source, x):
		return 4
	case v.head[cue] == int32(h):
		return 5
	}
	return 6
}

// skip is the first token from i on, in steps, that is not a comma; -1 outside of the document.
func (v *view) skip(i, step int) int32 {
	for range 2 {
		if i < 0 || i >= v.n {
			return -1
		}
		if v.class[i] != classComma {
			break
		}
		i += step
	}
	if i < 0 || i >= v.n {
		return -1
	}
	return int32(i)
}

// ending is the head of the largest constituent that ends with token i and begins after from, or -1.
func (v *view) ending(i, from int32) int32 {
	best := int32(-1)
	for a, n := i, 0; a >= 0 && n < deepest && v.right[a] == i && v.left[a] > from; a, n = v.head[a], n+1 {
		best = a
	}
	return best
}

// beginning is the head of the largest constituent that begins with token i and ends before end, or -1.
func (v *view) beginning(i, end int32) int32 {
	best := int32(-1)
	for a, n := i, 0; a >= 0 && n < deepest && v.left[a] == i && v.right[a] < end; a, n = v.head[a], n+1 {
		best = a
	}
	return best
}

// nothing adds to a chain what the judge sees of reading nothing.
func nothing(c *learn.Chain) {
	c.Add(feature(judgeNothing, 0))
	c.End(0)
}

// decide has the judge weigh the readings of a cue against each other and against none. Chosen is the one with the least risk:
// each reading speaks for all that are near to it, and twice more for itself. Its confidence is the probability that it is near what
// a person would mark.
func (m *Model) decide(v *view, f *found, w text.Range) {
	v.small.Reset()
	for i := range v.pool {
		v.weigh(&v.small, f, &v.pool[i], w)
	}
	nothing(&v.small)
	m.judge.Score(&v.small, &v.verdict)
	v.shares = v.verdict.Shares(v.shares)
	best := -1.0
	for i := range v.pool {
		sure := 0.0
		for j := range v.pool {
			if i == j || alike(&v.pool[i], &v.pool[j]) {
				sure += v.shares[j]
			}
		}
		if worth := sure + 2*v.shares[i]; worth > best {
			best = worth
			f.sure = float32(sure)
			f.source, f.content = v.pool[i].source, v.pool[i].content
		}
	}
	f.source, f.content = slices.Clone(f.source), slices.Clone(f.content)
	if v.kind(f.content) == onrecord.Mixed {
		f.sure = 1 - float32(math.Pow(float64(1-f.sure), modest))
	}
}

// modest is by how much the judge is too modest where words stand in quotation marks and others do not: there are more ways to read
// those that are all near. Chosen on PolNeAR dev.
const modest = 1.5

// alike says whether two readings are near each other.
func alike(a, b *reading) bool {
	if len(a.source)+len(b.source) > 0 && !slices.ContainsFunc(a.source, func(x text.Range) bool { return touches(b.source, x) }) {
		return false
	}
	both, all := 0, 0
	for _, x := range a.content {
		all += x.End - x.First
		for _, y := range b.content {
			both += max(0, min(x.End, y.End)-max(x.First, y.First))
		}
	}
	for _, y := range b.content {
		all += y.End - y.First
	}
	return 2*both >= all-both
}

// kind is how much of the content stands in quotation marks.
func (v *view) kind(content []text.Range) string {
	quoted, all := 0, 0
	for _, r := range content {
		for i := r.First; i < r.End; i++ {
			if s := v.doc.Tokens[i].Shape; s >= text.Open {
				continue
			}
			n := v.doc.Tokens[i].Len()
			all += n
			if v.quoted[i] {
				quoted += n
			}
		}
	}
	switch {
	case all == 0 || quoted*50 <= all:
		return onrecord.Indirect
	case quoted*20 > all*19:
		return onrecord.Direct
	}
	return onrecord.Mixed
}

// judged makes the judge's choices of an example that the model has not seen: a chain for each cue, with its readings, and none.
func (m *Model) judged(v *view, e *Example, out []*learn.Chain) []*learn.Chain {
	v.fill(e.Layer, e.Title)
	gold := mark(e)
	words := func(rs []text.Range) map[int]bool {
		set := make(map[int]bool)
		for _, r := range rs {
			for i := r.First; i < r.End; i++ {
				if v.doc.Tokens[i].Shape < text.Open {
					set[i] = true
				}
			}
		}
		return set
	}
	common := func(a, b map[int]bool) (n int) {
		for i := range a {
			if b[i] {
				n++
			}
		}
		return n
	}
	sources, contents := make([]map[int]bool, len(gold)), make([]map[int]bool, len(gold))
	for i, g := range gold {
		sources[i], contents[i] = words(g.source), words(g.content)
	}
	v.blocks(func(r text.Range) {
		cues := v.cues(m.first, r, m.tune.Cue)
		v.cross(r, cues)
		for k, c := range cues {
			w := window(r, cues, k)
			f := v.label(m, w, c, false)
			if len(v.pool) == 0 {
				continue
			}
			v.small.Reset()
			none := uint8(exact)
			for i := range v.pool {
				x := &v.pool[i]
				verdict := uint8(wrong)
				fs, fk := words(x.source), words(x.content)
				for j, g := range gold {
					// Another cue's, where that was found.
					if !touches(g.cue, c.Range) && slices.ContainsFunc(cues, func(c candidate) bool { return touches(g.cue, c.Range) }) {
						continue
					}
					both := common(fk, contents[j])
					if both == 0 || 2*both < len(fk)+len(contents[j])-both {
						continue
					}
					same := common(fs, sources[j])
					if same == 0 && len(fs)+len(sources[j]) > 0 {
						continue
					}
					verdict = max(verdict, near)
					if both == len(fk) && both == len(contents[j]) && same == len(fs) && same == len(sources[j]) {
						verdict = exact
					}
				}
				v.weigh(&v.small, &f, x, w)
				v.small.Gold = append(v.small.Gold, verdict)
				if verdict != wrong {
					none = missed
				}
			}
			nothing(&v.small)
			v.small.Gold = append(v.small.Gold, none)
			out = append(out, cloneChain(&v.small))
		}
	})
	return out
}

// label runs the second model on a cue and fills the pool with its readings.
func (v *view) label(m *Model, w text.Range, c candidate, rest bool) found {
	v.chain.Reset()
	v.secondChain(&v.chain, w, c.Range)
	m.second.Score(&v.chain, &v.lattice)
	f := found{cue: c.Range, p: c.p, parent: -1}
	v.read(&f, w, &m.tune, rest)
	return f
}
