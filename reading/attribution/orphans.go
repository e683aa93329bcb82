package attribution

import (
	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/text"
)

// fewest is how many tokens a quotation must have to be something said by itself, not a word or a title.
const fewest = 5

// orphans finds who says the quotations that the models left to nobody, where layout or syntax tell: after a colon, beside a subject
// with its verb, or as whole sentences after one whose speaker is known.
func (v *view) orphans(all []found) []found {
	if len(v.l.Rels) != v.n {
		return all
	}
	claimed, cues := make(map[int32]bool), make(map[int]bool) // quotations; tokens
	for _, f := range all {
		for _, c := range f.content {
			for i := c.First; i < c.End; i++ {
				claimed[v.quotation[i]] = true
			}
		}
		for i := f.cue.First; i < f.cue.End; i++ {
			cues[i] = true
		}
	}
	owners := v.owners(all)
	for q, x := range v.doc.Quotations {
		if claimed[int32(q)] || x.Depth > 0 || x.Range.End-x.Range.First < fewest || x.NoOpen || x.Continues >= 0 {
			continue
		}
		r := v.marked(q)
		if f, ok := v.beside(r); ok {
			if !cues[v.headOf(f.cue)] {
				all = append(all, f)
			}
		} else if k := v.before(all, owners, r); k >= 0 && v.sentences(r) {
			all[k].content = append(all[k].content, r)
		}
	}
	return all
}

// marked is the range of an outermost quotation with its marks.
func (v *view) marked(q int) text.Range {
	x := &v.doc.Quotations[q]
	r := x.Range
	if !x.NoOpen && r.First > 0 && v.quotation[r.First-1] == int32(q) {
		r.First--
	}
	if !x.NoClose && r.End < v.n && v.quotation[r.End] == int32(q) {
		r.End++
	}
	return r
}

// sentences says whether a range in quotation marks is made of whole sentences.
func (v *view) sentences(r text.Range) bool {
	s, e := v.doc.Sentences[v.sentence[r.First]], v.doc.Sentences[v.sentence[r.End-1]]
	for e.End > r.End && v.class[e.End-1] == classStop {
		e.End--
	}
	return s.First == r.First && e.End == r.End
}

// before is the statement in quotation marks that owns the sentence before the range in its paragraph, or the one before that; else
// any that owns the one before; or -1.
func (v *view) before(all []found, owners map[int32]int, r text.Range) int {
	best := -1
	for n := range int32(2) {
		s := v.sentence[r.First] - 1 - n
		if s < 0 || v.paragraph[v.doc.Sentences[s].First] != v.paragraph[r.First] {
			break
		}
		k, ok := owners[s]
		if !ok {
			continue
		}
		if k == several || len(all[k].source) == 0 || all[k].content[len(all[k].content)-1].End > r.First {
			break
		}
		if v.kind(all[k].content) != onrecord.Indirect {
			return k
		}
		if n == 0 {
			best = k
		}
	}
	return best
}

// besides is how many tokens a subject and its verb beside a quotation may have.
const besides = 10

// beside is the statement of a quotation by a verb and its subject that stand right before its comma or colon, or right after its
// comma.
func (v *view) beside(r text.Range) (f found, ok bool) {
	f = found{content: []text.Range{r}, parent: -1, origin: Beside, sure: float32(sureOf[Beside])}
	// The last verb of c that has its subject there.
	clause := func(c text.Range) bool {
		for i := c.End - 1; i >= c.First; i-- {
			s := int(v.subject[i])
			if !v.verb[i] || s < c.First || s >= c.End || lex.relative[v.tag[s]] {
				continue
			}
			if sub := (text.Range{First: int(v.left[s]), End: int(v.right[s]) + 1}); sub.First >= c.First && sub.End <= c.End && (i < sub.First || i >= sub.End) {
				f.source, f.cue = []text.Range{sub}, text.Range{First: i, End: i + 1}
				return true
			}
		}
		return false
	}
	if mark := r.First - 1; mark > 0 {
		s := v.doc.Sentences[v.sentence[mark]]
		switch v.doc.Word(mark) {
		case ":":
			if clause(text.Range{First: s.First, End: mark}) && f.source[0].End <= f.cue.First {
				f.cue.End = r.First
				return f, true
			}
		case ",":
			if clause(text.Range{First: max(s.First, mark-besides), End: mark}) && f.cue.End == mark {
				return f, true
			}
		}
	}
	end := min(v.doc.Sentences[v.sentence[r.End-1]].End, r.End+besides)
	if r.End-2 > r.First && v.class[r.End-2] == classComma {
		c := text.Range{First: r.End, End: r.End}
		for c.End < end && v.class[c.End] == classWord {
			c.End++
		}
		if clause(c) && (f.source[0].First == r.End || f.cue.First == r.End) {
			return f, true
		}
	}
	return f, false
}
