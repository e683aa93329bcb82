package layout

import (
	"slices"

	"github.com/onrecord/onrecord/text"
)

// Quoted is what stands in quotation marks, in the one answer that all readers take. A quotation may run over paragraphs: each
// paragraph opens with a mark, and only the last is closed.
type Quoted struct {
	// Goes is, for each quotation of the document, the quotation before it that it goes on with, or -1: that of the paragraph before,
	// which was left open, captions between them aside.
	Goes []int
	// Bare are the paragraphs that a quotation runs through without a mark of their own, for each quotation that was left open before
	// them.
	Bare map[int][]text.Range
	said []bool
}

// In says whether token i stands in words that somebody says, in quotation marks whose ends are known.
func (q *Quoted) In(i int) bool { return i < len(q.said) && q.said[i] }

// quoted follows the quotations of a document from paragraph to paragraph.
func quoted(d *text.Doc, kinds []Kind) Quoted {
	const farthest = 2 // captions between
	q := Quoted{Goes: make([]int, len(d.Quotations)), Bare: map[int][]text.Range{}, said: make([]bool, len(d.Tokens))}
	first := make([]int, len(d.Paragraphs)) // the first outer quotation of each paragraph, or -1
	for p := range first {
		first[p] = -1
	}
	last := slices.Clone(first)
	for k := range d.Quotations {
		x := &d.Quotations[k]
		q.Goes[k] = x.Continues
		if x.Depth > 0 {
			continue
		}
		p := d.ParagraphAt(x.Range.First)
		if first[p] < 0 {
			first[p] = k
		}
		last[p] = k
	}
	for p, k := range last {
		if k < 0 || !d.Quotations[k].NoClose || !toEnd(d, p, k) {
			continue
		}
		next := p + 1
		for next < len(first) && next <= p+farthest && first[next] < 0 && (kinds[next] == Caption || kinds[next] == Apart) {
			next++
		}
		if next == len(first) {
			continue
		}
		if n := first[next]; n >= 0 {
			if x := &d.Quotations[n]; q.Goes[n] < 0 && !x.NoOpen && x.Rune == d.Quotations[k].Rune && x.Range.First == d.Paragraphs[next].First+1 && next > p+1 {
				q.Goes[n] = k
			}
			continue
		}
		q.through(d, kinds, first, k, next)
	}
	reopened := make([]bool, len(d.Quotations))
	for _, before := range q.Goes {
		if before >= 0 {
			reopened[before] = true
		}
	}
	for k := range d.Quotations {
		x := &d.Quotations[k]
		if x.Depth > 0 || x.Scare || x.NoOpen && q.Goes[k] < 0 || x.NoClose && !reopened[k] {
			continue
		}
		for i := x.Range.First; i < x.Range.End; i++ {
			q.said[i] = true
		}
		for _, r := range q.Bare[k] {
			for i := r.First; i < r.End; i++ {
				q.said[i] = true
			}
		}
	}
	return q
}

// toEnd says whether quotation k runs to the end of paragraph p.
func toEnd(d *text.Doc, p, k int) bool {
	end := d.Paragraphs[p].End
	for end > d.Quotations[k].Range.End && d.Tokens[end-1].Shape >= text.Punct {
		end--
	}
	return d.Quotations[k].Range.End >= end
}

// through follows quotation k, left open, through paragraphs from p on without marks, to one that a closing mark ends.
func (q *Quoted) through(d *text.Doc, kinds []Kind, first []int, k, p int) {
	const most = 12 // paragraphs
	var bare []text.Range
	for n := p; n < min(len(first), p+most); n++ {
		r := d.Paragraphs[n]
		if kinds[n] != Prose && kinds[n] != Caption && kinds[n] != Apart {
			return
		}
		x := first[n]
		if x < 0 {
			bare = append(bare, r)
			continue
		}
		if c := &d.Quotations[x]; !c.NoOpen || c.NoClose || q.Goes[x] >= 0 || c.Range.End+1 < r.End {
			return
		} else if c.Range.First > r.First {
			bare = append(bare, text.Range{First: r.First, End: c.Range.First})
		}
		q.Goes[x], q.Bare[k] = k, bare
		return
	}
}
