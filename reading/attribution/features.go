package attribution

import (
	"github.com/onrecord/onrecord/learn"
	"github.com/onrecord/onrecord/text"
)

// Labels of the first model: each role and, for source and content, on which side of its cue it stands; begin and inside.
const (
	none = iota
	beginCue
	insideCue
	beginSourceBefore
	insideSourceBefore
	beginSourceAfter
	insideSourceAfter
	beginContentBefore
	insideContentBefore
	beginContentAfter
	insideContentAfter
	firstLabels
)

// Labels of the second model, which knows the cue: none, then begin and inside of source and content.
const (
	beginSource = 1 + iota
	insideSource
	beginContent
	insideContent
	secondLabels
)

// allowed says which label may follow which: inside follows begin or inside of its own kind.
func allowed(labels int) func(from, to int) bool {
	return func(from, to int) bool {
		if to == none || to%2 == 1 {
			return true
		}
		return from == to || from == to-1
	}
}

// feature hashes a template and what it looks at.
func feature(template learn.Template, a uint32) uint32 {
	h := (uint32(template)*0x9e3779b1 ^ a) * 0x85ebca6b
	h ^= h >> 15
	h *= 0xc2b2ae35
	return h ^ h>>13
}

func pair(a, b uint32) uint32 {
	h := (a ^ b*0x27d4eb2f) * 0x165667b1
	return h ^ h>>16
}

func triple(a, b, c uint32) uint32 { return pair(pair(a, b), c) }

const edge = 0x7fffffff // what stands outside of the paragraph

func at(s []uint32, r text.Range, i int) uint32 {
	if i < r.First || i >= r.End {
		return edge
	}
	return s[i]
}

func bucket(n int) uint32 {
	switch {
	case n <= 4:
		return uint32(max(n, 0))
	case n <= 6:
		return 5
	case n <= 9:
		return 6
	case n <= 14:
		return 7
	case n <= 22:
		return 8
	case n <= 40:
		return 9
	}
	return 10
}

// common adds the features of token i that both models look at: words, tags, shape, quotation state.
func (v *view) common(c *learn.Chain, r text.Range, i int) {
	add := func(t learn.Template, a uint32) { c.Add(feature(t, a)) }
	w, l, g := v.word, v.lemma, v.tag
	w0, l0, g0 := w[i], l[i], g[i]
	w1, w2, p1, p2 := at(w, r, i-1), at(w, r, i-2), at(w, r, i+1), at(w, r, i+2)
	gm1, gm2, gp1, gp2 := at(g, r, i-1), at(g, r, i-2), at(g, r, i+1), at(g, r, i+2)
	q := uint32(v.quote[i])
	qm, qp := uint32(9), uint32(9)
	if i > r.First {
		qm = uint32(v.quote[i-1])
	}
	if i+1 < r.End {
		qp = uint32(v.quote[i+1])
	}
	add(tokenAlways, 0)
	add(tokenWord, w0)
	add(tokenWordBefore1, w1)
	add(tokenWordBefore2, w2)
	add(tokenWord1, p1)
	add(tokenWord2, p2)
	add(tokenLemma, l0)
	add(tokenWordBefore1Word, pair(w1, w0))
	add(tokenWordWord1, pair(w0, p1))
	add(tokenTag, g0)
	add(tokenTagBefore1, gm1)
	add(tokenTag1, gp1)
	add(tokenTagBefore1Tag, pair(gm1, g0))
	add(tokenTagTag1, pair(g0, gp1))
	add(tokenTagBefore1TagTag1, triple(gm1, g0, gp1))
	add(tokenTagBefore2TagBefore1, pair(gm2, gm1))
	add(tokenTag1Tag2, pair(gp1, gp2))
	add(tokenSuffix, v.suffix[i])
	add(tokenShape, uint32(v.shape[i]))
	add(tokenQuote, q)
	add(tokenQuoteBefore1QuoteQuote1, triple(q, qm, qp))
	add(tokenQuoteLemma, pair(q, l0))
	add(tokenQuoteTag, pair(q, g0))
	add(tokenQuoteTagTagBefore1, triple(q, g0, gm1))
	add(tokenNameTag, pair(uint32(v.name[i]), g0))
	add(tokenFormQuote, pair(uint32(v.form[i]), q))
	add(tokenFormTag, pair(uint32(v.form[i]), g0))
	add(tokenAfterTag, pair(uint32(v.after[i]), g0))
	add(tokenAfterLemma, pair(uint32(v.after[i]), l0))
	// The tree.
	rel := v.rel[i]
	add(tokenRelation, rel)
	add(tokenRelationTag, pair(rel, g0))
	hl, hg, hm := uint32(edge), uint32(edge), uint32(edge)
	if h := v.head[i]; h >= 0 {
		hl, hg, hm = v.lemma[h], v.tag[h], v.mask[h]
	}
	add(tokenRelationHead, pair(rel, hl))
	add(tokenRelationHeadFrame, triple(rel, hl, hm&(hasClause|hasParataxis|hasOpen|hasThat)))
	add(tokenRelationHeadTagTag, triple(rel, hg, g0))
	add(tokenLemmaHead, pair(l0, hl))
	add(tokenTagFrame, pair(g0, v.mask[i]))
	for k, a := range [...]int32{v.clause[i], v.inner[i], v.argument[i]} {
		if a < 0 {
			continue
		}
		on := &ancestral[k]
		where := uint32(0)
		if v.left[a] == int32(i) {
			where = 1
		} else if v.right[a] == int32(i) {
			where = 2
		} else if v.right[a] == int32(i)-1 {
			where = 3
		}
		gl, gm := uint32(edge), uint32(0)
		side := uint32(0)
		if h := v.head[a]; h >= 0 {
			gl, gm = v.lemma[h], v.mask[h]
			if h > int32(i) {
				side = 1
			}
		}
		k := pair(v.rel[a], side)
		add(on[0], k)
		add(on[1], pair(k, gl))
		add(on[2], triple(k, where, g0))
		add(on[3], triple(k, where, gl))
		add(on[4], triple(k, where, gm&(hasClause|hasParataxis|hasOpen|hasObject|hasPassive|hasThat)))
	}
}

// firstChain makes the chain of a paragraph for the first model.
func (v *view) firstChain(c *learn.Chain, r text.Range) {
	d := v.doc
	quotes := uint32(0) // does the paragraph have quotations; does it begin with one
	if v.quote[r.First] == opens || v.quote[r.First] == first {
		quotes |= 2
	}
	for i := r.First; i < r.End; i++ {
		if v.quote[i] == inner {
			quotes |= 1
			break
		}
	}
	place := uint32(min(int(v.paragraph[r.First]), 2))
	sentence := int32(-1)
	var s text.Range
	var root, verbBefore, verbAfter, begins uint32
	nextVerb := -1
	var quoted uint32
	for i := r.First; i < r.End; i++ {
		if v.sentence[i] != sentence {
			sentence = v.sentence[i]
			s = d.Sentences[sentence]
			s.First, s.End = max(s.First, r.First), min(s.End, r.End)
			root, verbBefore, begins, nextVerb = edge, edge, v.word[s.First], i-1
			quoted = 0
			for j := s.First; j < s.End; j++ {
				if v.head[j] < 0 && root == edge {
					root = v.lemma[j]
				}
				if v.quote[j] == inner {
					quoted |= 1
				} else if v.verb[j] {
					quoted |= 2
				}
				if v.quote[j] == closes {
					quoted |= 4
				}
			}
		}
		if nextVerb <= i {
			for nextVerb = i + 1; nextVerb < s.End; nextVerb++ {
				if v.verb[nextVerb] && v.quote[nextVerb] == outside {
					break
				}
			}
			verbAfter = edge
			if nextVerb < s.End {
				verbAfter = v.lemma[nextVerb]
			}
		}
		v.common(c, r, i)
		add := func(t learn.Template, a uint32) { c.Add(feature(t, a)) }
		q, l0, g0 := uint32(v.quote[i]), v.lemma[i], v.tag[i]
		add(firstQuotesQuote, pair(quotes, q))
		add(firstQuotesTag, pair(quotes, g0))
		add(firstQuotesLemma, pair(quotes, l0))
		add(firstPlaceTag, pair(place, g0))
		add(firstQuotedQuote, pair(quoted, q))
		add(firstQuotedQuoteTag, triple(quoted, q, g0))
		add(firstQuotedLemma, pair(quoted, l0))
		add(firstQuoteRoot, pair(q, root))
		add(firstQuoteVerbBefore, pair(q, verbBefore))
		add(firstQuoteVerbAfter, pair(q, verbAfter))
		add(firstTagVerbs, triple(g0, verbAfter, verbBefore))
		add(firstTagVerbBefore, pair(g0, verbBefore))
		add(firstTagVerbAfter, pair(g0, verbAfter))
		add(firstQuoteBegins, pair(q, begins))
		add(firstBeganQuote, pair(bucket(i-s.First), q))
		add(firstEndsQuote, pair(bucket(s.End-1-i), q))
		add(firstSentenceQuote, pair(bucket(int(sentence-v.sentence[r.First])), q))
		// The frame of a verb: its subject, what it governs, what follows it.
		if m := v.mask[i]; m != 0 || v.verb[i] {
			sub, name := uint32(edge), uint32(0)
			if x := v.subject[i]; x >= 0 {
				sub, name = v.lemma[x], uint32(v.name[x])
				add(firstLemmaSubject, triple(l0, v.tag[x], name))
			} else {
				add(firstLemmaSubject, triple(l0, edge, 0))
			}
			add(firstLemmaMask, pair(l0, m))
			add(firstLemmaFrame, pair(l0, m&(hasClause|hasParataxis|hasOpen|hasThat|hasObject)))
			add(firstSubjectFrame, pair(sub, m&(hasClause|hasParataxis|hasOpen|hasThat|hasObject)))
			add(firstSubjectLemma, pair(sub, l0))
		}
		if h := v.head[i]; h >= 0 && v.head[h] >= 0 {
			add(firstRelationsGrandparent, triple(v.rel[i], v.rel[h], v.lemma[v.head[h]]))
			add(firstRelationsTag, triple(v.rel[i], v.rel[h], g0))
		}
		c.End(v.context(i))
		if v.verb[i] && v.quote[i] == outside {
			verbBefore = v.lemma[i]
		}
	}
}

// A hint is what the first model says of a token, for the second: probabilities in classes.
type hint struct {
	cue, source, content       uint8 // any, in 8 classes
	sourceBefore, contentAfter uint8 // of those that stand before or after their cue ...
	sourceAfter, contentBefore uint8
	begins                     uint8 // 1 source, 2 content: where the begin labels are likely
	label                      uint8 // of the best sequence
	crosses                    bool  // is in another cue
}

func level(p float32) uint8 {
	switch {
	case p < .02:
		return 0
	case p < .1:
		return 1
	case p < .3:
		return 2
	case p < .5:
		return 3
	case p < .7:
		return 4
	case p < .9:
		return 5
	case p < .98:
		return 6
	}
	return 7
}

// hints fills the hints of a paragraph from the lattice of the first model; Best must have run before Sum.
func (v *view) hints(r text.Range, best []uint8) {
	l := &v.lattice
	for i := r.First; i < r.End; i++ {
		k := i - r.First
		p := func(y int) float32 { return l.P(k, y) }
		sb, sa := p(beginSourceBefore)+p(insideSourceBefore), p(beginSourceAfter)+p(insideSourceAfter)
		kb, ka := p(beginContentBefore)+p(insideContentBefore), p(beginContentAfter)+p(insideContentAfter)
		h := hint{
			cue: level(p(beginCue) + p(insideCue)), source: level(sb + sa), content: level(kb + ka),
			sourceBefore: level(sb), sourceAfter: level(sa), contentBefore: level(kb), contentAfter: level(ka), label: best[k],
		}
		if p(beginSourceBefore)+p(beginSourceAfter) > .3 {
			h.begins |= 1
		}
		if p(beginContentBefore)+p(beginContentAfter) > .3 {
			h.begins |= 2
		}
		v.hint[i] = h
	}
}

// secondChain makes the chain of the window r for the second model; cue is the cue's range.
func (v *view) secondChain(c *learn.Chain, r, cue text.Range) {
	head := v.headOf(cue)
	cueLemma, cueTag, cueMask := v.lemma[head], v.tag[head], v.mask[head]
	frame := cueMask & (hasClause | hasParataxis | hasOpen | hasThat | hasObject | hasPassive | hasSubject)
	cueText := uint32(0)
	for i := cue.First; i < min(cue.End, cue.First+4); i++ {
		cueText = pair(cueText, v.lemma[i])
	}
	cueQuote := uint32(v.quote[cue.First])
	before, after := uint32(classes), uint32(classes)
	if cue.First > r.First {
		before = uint32(v.class[cue.First-1])
	}
	if cue.End < r.End {
		after = uint32(v.class[cue.End])
	}
	setting := triple(cueQuote, before, after)
	// The way up from the cue.
	var up [8]int32
	var ways [8]uint32
	steps := 0
	way := uint32(1)
	for a := int32(head); a >= 0 && steps < len(up); a = v.head[a] {
		up[steps], ways[steps] = a, way
		way = pair(way, v.rel[a])
		steps++
	}
	// Quotations nearest to the cue on either side.
	qb, qa := int32(-1), int32(-1)
	for i := cue.First - 1; i >= r.First && i > cue.First-60; i-- {
		if v.quotation[i] >= 0 && v.quotation[i] != v.quotation[cue.First] {
			qb = v.quotation[i]
			break
		}
	}
	for i := cue.End; i < r.End && i < cue.End+60; i++ {
		if v.quotation[i] >= 0 && v.quotation[i] != v.quotation[cue.First] {
			qa = v.quotation[i]
			break
		}
	}
	cueSentence := v.sentence[head]
	var commas, cues, verbs, segments int // between the token and the cue
	count := func(i, by int) {
		if v.class[i] == classComma {
			commas += by
		}
		if v.hint[i].crosses && (i == r.First || !v.hint[i-1].crosses || v.hint[i].label == beginCue) {
			cues += by
		}
		if v.verb[i] && v.quote[i] == outside {
			verbs += by
		}
		if y := v.hint[i].label; y == beginContentBefore || y == beginContentAfter {
			segments += by
		}
	}
	for i := r.First; i < cue.First; i++ {
		count(i, 1)
	}
	var pathWas uint32
	for i := r.First; i < r.End; i++ {
		side, distance := uint32(0), 0
		switch {
		case i < cue.First:
			count(i, -1)
			distance = cue.First - i
		case i < cue.End:
			side, commas, cues, verbs, segments = 1, 0, 0, 0, 0
		default:
			side, distance = 2, i-cue.End+1
			if i > cue.End {
				count(i-1, 1)
			}
		}
		v.common(c, r, i)
		add := func(t learn.Template, a uint32) { c.Add(feature(t, a)) }
		q, l0, g0 := uint32(v.quote[i]), v.lemma[i], v.tag[i]
		h := &v.hint[i]
		between := triple(side, uint32(min(commas, 2)), uint32(min(cues, 2)))
		far := pair(side, bucket(distance))
		delta := uint32(v.sentence[i]-cueSentence) + 3
		delta = min(delta, 6)
		which := uint32(0)
		if v.quotation[i] >= 0 {
			switch v.quotation[i] {
			case qb:
				which = 1
			case qa:
				which = 2
			case v.quotation[cue.First]:
				which = 3
			default:
				which = 4
			}
		}
		// The path: the cue's ancestor that is also the token's, and the branch by which the token hangs on it.
		path, depth, where, branch := pair(delta, 77), uint32(0), uint32(0), int32(-1)
		if v.sentence[i] == cueSentence {
		search:
			for a := int32(i); a >= 0 && depth < deepest; a = v.head[a] {
				for k := range steps {
					if up[k] == a {
						if branch < 0 {
							path = pair(ways[k], 5)
						} else {
							bs := uint32(0)
							if branch > int32(head) {
								bs = 1
							}
							path = triple(ways[k], v.rel[branch], bs)
						}
						break search
					}
				}
				branch = a
				depth++
			}
			if branch >= 0 {
				if v.left[branch] == int32(i) {
					where = 1
				} else if v.right[branch] == int32(i) {
					where = 2
				}
			}
		}
		add(secondFar, far)
		add(secondFarQuote, pair(far, q))
		add(secondFarSentence, pair(far, delta))
		add(secondBetween, between)
		add(secondBetweenQuote, pair(between, q))
		add(secondBetweenVerbsSentence, triple(between, uint32(min(verbs, 3)), delta))
		add(secondBetweenTag, pair(between, g0))
		add(secondSideSentenceQuote, triple(side, delta, q))
		add(secondSideQuotation, pair(side, which))
		add(secondSideQuotationQuote, triple(side, which, q))
		add(secondSideQuotationSetting, triple(side, which, setting))
		add(secondSideQuoteSetting, triple(side, q, setting))
		add(secondSideTagSetting, triple(side, g0, setting))
		add(secondSideSentenceSetting, pair(side, pair(delta, setting)))
		add(secondPath, path)
		add(secondPathDepth, pair(path, min(depth, 5)))
		add(secondPathCue, pair(path, cueLemma))
		add(secondPathCueTag, pair(path, cueTag))
		add(secondPathFrame, pair(path, frame))
		add(secondPathEdge, pair(path, where))
		add(secondPathEdgeTag, triple(path, where, g0))
		add(secondPathEdgeQuote, triple(path, where, q))
		add(secondPathPathBefore, pair(path, pathWas))
		add(secondPathSideQuote, triple(path, side, q))
		add(secondPathCueEdge, triple(path, cueLemma, where))
		add(secondSideCue, pair(side, cueLemma))
		add(secondSideCueTag, triple(side, cueLemma, g0))
		add(secondSideCueQuote, triple(side, cueLemma, q))
		add(secondSideCueTextSentence, triple(side, cueText, delta))
		add(secondSideCueLemma, triple(side, cueLemma, l0))
		add(secondSideFrameTag, triple(side, frame, g0))
		add(secondSideFrameSentence, triple(side, frame, delta))
		add(secondSideCueTagTag, triple(side, cueTag, g0))
		if distance == 1 {
			add(secondBesideCueLemma, triple(side, cueLemma, l0))
			add(secondBesideCueTextTag, triple(side, cueText, g0))
			add(secondBesideQuoteTag, triple(side, q, g0))
		}
		// What the first model thinks.
		var hs, hk, os, ok uint8
		if side == 0 {
			hs, hk, os, ok = h.sourceBefore, h.contentBefore, h.sourceAfter, h.contentAfter
		} else {
			hs, hk, os, ok = h.sourceAfter, h.contentAfter, h.sourceBefore, h.contentBefore
		}
		add(secondHintSource, pair(side, uint32(hs)))
		add(secondHintContent, pair(side, uint32(hk)))
		add(secondHintSources, triple(side, uint32(os), uint32(hs)))
		add(secondHintContents, triple(side, uint32(ok), uint32(hk)))
		add(secondHintLabel, triple(side, uint32(h.label), uint32(h.begins)))
		add(secondBetweenHintLabel, triple(between, uint32(h.label), uint32(h.begins)))
		add(secondHintLevels, triple(uint32(h.source), uint32(h.content), uint32(h.cue)))
		add(secondPathHintLabel, triple(path, uint32(h.label), 0))
		add(secondBetweenHints, triple(between, uint32(hs), uint32(hk)))
		if i > r.First {
			add(secondHintLabelBefore, triple(side, uint32(v.hint[i-1].label), uint32(h.label)))
		} else {
			add(secondHintLabelBefore, triple(side, 99, uint32(h.label)))
		}
		shift := learn.Template(1) // of the templates that follow, at the last token: the shipped model was trained so
		if i+1 < r.End {
			add(secondHintLabelAfter, triple(side, uint32(v.hint[i+1].label), uint32(h.label)))
			shift = 0
		}
		add(secondSegmentsLabel-shift, triple(side, uint32(min(segments, 3)), uint32(h.label)))
		add(secondBetweenSegmentsLabel-shift, triple(between, uint32(min(segments, 3)), uint32(h.label)))
		crosses := uint32(0)
		if h.crosses {
			crosses = 1
		}
		add(secondSideCrosses-shift, pair(side, crosses))
		c.End(v.context(i))
		pathWas = path
	}
}

// headOf is the token that governs the others of a range: the first whose own head stands outside of it, verbs first.
func (v *view) headOf(r text.Range) int {
	best := -1
	for i := r.First; i < r.End; i++ {
		if h := v.head[i]; h >= int32(r.First) && h < int32(r.End) {
			continue
		}
		if best < 0 || v.verb[i] && !v.verb[best] {
			best = i
		}
	}
	if best < 0 {
		return r.First
	}
	return best
}
