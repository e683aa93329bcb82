package attribution

import (
	"math"

	"onrecord"
	"onrecord/text"
)

// traits are what the confidence of a statement is judged by.
type traits [12]float32

// A judge is a logistic regression from traits to the probability that a statement is right: that its content is at least half
// of what people marked and theirs half of it, and that its source touches theirs or neither has one.
type judge struct{ weights [len(traits{})]float32 }

func (j *judge) sure(t *traits) float32 {
	var sum float64
	for i, w := range j.weights {
		sum += float64(w * t[i])
	}
	return float32(1 / (1 + math.Exp(-sum)))
}

func logit(p float32) float32 {
	p = max(.002, min(.998, p))
	return float32(math.Log(float64(p / (1 - p))))
}

// traits reads them from the lattice of the second model, whose chain is the window w; Sum must have run.
func (v *view) traits(f *found, w text.Range, again int) traits {
	mean := func(rs []text.Range, begin int) (mean, begins float32) {
		n := 0
		begins = 1
		for _, r := range rs {
			for i := r.First; i < r.End; i++ {
				mean += v.lattice.P(i-w.First, begin) + v.lattice.P(i-w.First, begin+1)
				n++
			}
			begins = min(begins, v.lattice.P(r.First-w.First, begin))
		}
		return mean / float32(max(n, 1)), begins
	}
	km, kb := mean(f.content, beginContent)
	t := traits{1, logit(f.p), logit(km), logit(kb)}
	if len(f.source) > 0 {
		sm, sb := mean(f.source, beginSource)
		t[4], t[5], t[6] = 1, logit(sm), logit(sb)
	}
	switch v.kind(f.content) {
	case onrecord.Direct:
		t[7] = 1
	case onrecord.Mixed:
		t[8] = 1
	}
	n := 0
	for _, r := range f.content {
		n += r.End - r.First
	}
	t[9] = float32(math.Log(float64(n)))
	if len(f.content) > 1 {
		t[10] = 1
	}
	t[11] = float32(again)
	return t
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

// judged runs the model over an example and says which of its statements are right.
func (m *Model) judged(v *view, e *Example) ([]traits, []bool) {
	v.fill(e.Layer, e.Title)
	gold := mark(e)
	var all []found
	v.blocks(func(r text.Range) { all = m.statements(v, r, all) })
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
	used := make([]bool, len(gold))
	t, right := make([]traits, len(all)), make([]bool, len(all))
	for k, f := range all {
		t[k] = f.traits
		fs, fk := words(f.source), words(f.content)
		for i, g := range gold {
			if used[i] || len(g.content) == 0 {
				continue
			}
			gs, gk := words(g.source), words(g.content)
			both := common(fk, gk)
			if 2*both >= len(fk)+len(gk)-both && both > 0 && (len(fs) == 0 && len(gs) == 0 || common(fs, gs) > 0) {
				used[i], right[k] = true, true
				break
			}
		}
	}
	return t, right
}

// learnJudge fits the logistic regression by gradient steps on all rows, with a small quadratic penalty.
func learnJudge(rows []traits, right []bool) judge {
	var w [len(traits{})]float64
	for step := range 3000 {
		var g [len(w)]float64
		for i, t := range rows {
			var sum float64
			for k, x := range t {
				sum += w[k] * float64(x)
			}
			d := -1 / (1 + math.Exp(-sum))
			if right[i] {
				d++
			}
			for k, x := range t {
				g[k] += d * float64(x)
			}
		}
		rate := .3
		if step > 1500 {
			rate = .1
		}
		for k := range w {
			w[k] += rate*g[k]/float64(len(rows)+1) - 1e-5*w[k]
		}
	}
	var j judge
	for k, x := range w {
		j.weights[k] = float32(x)
	}
	return j
}
