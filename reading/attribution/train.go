package attribution

import (
	"slices"
	"sync"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/learn"
	"github.com/onrecord/onrecord/text"
)

// An Example is an article with its statements as people marked them, for training.
type Example struct {
	Layer *english.Layer
	Title onrecord.Span
	Gold  []onrecord.Statement // Source, Cue and Content
	Times int                  // how many times it counts: 0 is once
}

// repeat gives what an example is learned from as many times as the example counts.
func (e *Example) repeat(chains []*learn.Chain) []*learn.Chain {
	return slices.Repeat(chains, max(e.Times, 1))
}

// Options say how to train.
type Options struct {
	Folds   int // of the first model, so that the second sees hints on articles that the first has not
	First   learn.CRFOptions
	Second  learn.CRFOptions
	Judge   learn.ChoiceOptions
	Least   float32                          // least probability of a cue that the second model is trained on
	Workers int                              // folds trained at once; the result does not depend on it
	Crossed func(fold int, m *Model)         // takes, for measuring, models that have not seen the examples of a fold; may be nil
	Logf    func(format string, args ...any) // tells of progress; may be nil
}

// Standard are the options that the embedded weights were trained with.
func Standard() Options {
	return Options{
		Folds: 3, Workers: 1, Least: .15,
		First: learn.CRFOptions{
			Labels: firstLabels, Contexts: classes * classes, Allowed: allowed(firstLabels),
			Epochs: 8, Averaged: 4, Rate: .03, Dropout: .5, Least: 3, Prune: .05, Seed: 1,
		},
		Second: learn.CRFOptions{
			Labels: secondLabels, Contexts: classes * classes, Allowed: allowed(secondLabels),
			Epochs: 10, Averaged: 5, Rate: .03, Dropout: .5, Least: 3, Prune: .05, Seed: 2,
		},
		Judge: learn.ChoiceOptions{
			Gains: gains, Epochs: 8, Averaged: 4, Rate: .03, Dropout: .5, Least: 3, Prune: .02, Seed: 3,
		},
	}
}

// ranges are the tokens that spans touch.
func ranges(d *text.Doc, spans []onrecord.Span) []text.Range {
	var out []text.Range
	for _, s := range spans {
		lo, hi := 0, len(d.Tokens)
		for lo < hi { // the first token that ends after the span's start
			if mid := (lo + hi) / 2; d.Tokens[mid].End > s.Start {
				hi = mid
			} else {
				lo = mid + 1
			}
		}
		r := text.Range{First: lo, End: lo}
		for r.End < len(d.Tokens) && d.Tokens[r.End].Start < s.End {
			r.End++
		}
		if r.First < r.End {
			out = append(out, r)
		}
	}
	return out
}

// A marked statement is gold, in tokens.
type marked struct{ cue, source, content []text.Range }

func mark(e *Example) []marked {
	var out []marked
	for _, s := range e.Gold {
		d := e.Layer.Doc
		m := marked{ranges(d, s.Cue), ranges(d, s.Source), ranges(d, s.Content)}
		if len(m.cue) > 0 {
			out = append(out, m)
		}
	}
	return out
}

// firstGold are the labels of the first model for a whole document.
func firstGold(n int, gold []marked) []uint8 {
	labels := make([]uint8, n)
	distance := make([]int, n)
	put := func(r text.Range, begin uint8, far int) {
		for i := r.First; i < r.End; i++ {
			if labels[i] != none && distance[i] <= far {
				continue
			}
			labels[i], distance[i] = begin+1, far
			if i == r.First {
				labels[i] = begin
			}
		}
	}
	for _, g := range gold {
		cue := g.cue[0]
		for _, c := range g.cue {
			put(c, beginCue, 0)
		}
		for _, s := range g.source {
			if s.First < cue.First {
				put(s, beginSourceBefore, cue.First-s.First)
			} else {
				put(s, beginSourceAfter, s.First-cue.First)
			}
		}
		for _, s := range g.content {
			if s.First < cue.First {
				put(s, beginContentBefore, cue.First-s.First)
			} else {
				put(s, beginContentAfter, s.First-cue.First)
			}
		}
	}
	return labels
}

// legal makes labels obey allowed: an inside label without its begin becomes one.
func legal(labels []uint8) {
	for i, y := range labels {
		if y != none && y%2 == 0 && (i == 0 || labels[i-1] != y && labels[i-1] != y-1) {
			labels[i] = y - 1
		}
	}
}

func cloneChain(c *learn.Chain) *learn.Chain {
	return &learn.Chain{
		Features: append([]uint32(nil), c.Features...), Ends: append([]int32(nil), c.Ends...),
		Context: append([]uint8(nil), c.Context...), Gold: append([]uint8(nil), c.Gold...),
	}
}

// firstChains are the chains of one article for the first model.
func firstChains(v *view, e *Example) []*learn.Chain {
	v.fill(e.Layer, e.Title)
	labels := firstGold(v.n, mark(e))
	var out []*learn.Chain
	v.blocks(func(r text.Range) {
		v.chain.Reset()
		v.firstChain(&v.chain, r)
		v.chain.Gold = append(v.chain.Gold, labels[r.First:r.End]...)
		legal(v.chain.Gold)
		out = append(out, cloneChain(&v.chain))
	})
	return out
}

// secondChains are the chains of one article for the second model, with the hints of a first model that has not seen it.
func secondChains(v *view, e *Example, first *learn.CRF, least float32) []*learn.Chain {
	v.fill(e.Layer, e.Title)
	gold := mark(e)
	var out []*learn.Chain
	v.blocks(func(r text.Range) {
		found := v.cues(first, r, least)
		// Gold cues that were not found are added, so that all are learned from.
		for _, g := range gold {
			c := g.cue[0]
			if c.First < r.First || c.End > r.End {
				continue
			}
			hit := false
			for _, f := range found {
				hit = hit || f.First < c.End && c.First < f.End
			}
			if !hit {
				found = append(found, candidate{c, 1})
			}
		}
		found = choose(found, 0)
		v.cross(r, found)
		for k, c := range found {
			w := window(r, found, k)
			v.chain.Reset()
			v.secondChain(&v.chain, w, c.Range)
			labels := make([]uint8, w.End-w.First)
			for _, g := range gold {
				if g.cue[0].First >= c.End || c.First >= g.cue[0].End {
					continue
				}
				put := func(rs []text.Range, begin uint8) {
					for _, s := range rs {
						for i := max(s.First, w.First); i < min(s.End, w.End); i++ {
							labels[i-w.First] = begin + 1
							if i == s.First {
								labels[i-w.First] = begin
							}
						}
					}
				}
				put(g.source, beginSource)
				put(g.content, beginContent)
				break
			}
			legal(labels)
			v.chain.Gold = append(v.chain.Gold, labels...)
			out = append(out, cloneChain(&v.chain))
		}
	})
	return out
}

// Train trains a model on the examples. The result depends on them and on the options only.
func Train(examples []Example, o Options) *Model {
	if o.Logf == nil {
		o.Logf = func(string, ...any) {}
	}
	v := new(view)
	chains := make([][]*learn.Chain, len(examples))
	for i := range examples {
		chains[i] = examples[i].repeat(firstChains(v, &examples[i]))
	}
	folds := make([]*learn.CRF, o.Folds+1) // the last is trained on all
	var wait sync.WaitGroup
	slots := make(chan struct{}, max(o.Workers, 1))
	for f := range folds {
		wait.Add(1)
		go func() {
			defer wait.Done()
			slots <- struct{}{}
			defer func() { <-slots }()
			var train []*learn.Chain
			for i, c := range chains {
				if f == o.Folds || i%o.Folds != f {
					train = append(train, c...)
				}
			}
			opts := o.First
			if f == o.Folds {
				opts.Progress = func(epoch int, loss float64) { o.Logf("first model: epoch %d, loss %.0f", epoch, loss) }
			}
			folds[f] = learn.TrainCRF(train, opts)
		}()
	}
	wait.Wait()
	m := &Model{first: folds[o.Folds], tune: tuning{Cue: .1, Kept: 1.5, Last: 3, Sure: .14, Quoted: .1}}
	o.Logf("first model: %d features", m.first.Features())
	// The second model, and for each fold one that has not seen it: the judge learns from what those find there.
	labelled := make([][]*learn.Chain, len(examples))
	for i := range examples {
		labelled[i] = examples[i].repeat(secondChains(v, &examples[i], folds[i%o.Folds], o.Least))
	}
	trials, readings := make([]Model, o.Folds), make([][]*learn.Chain, o.Folds)
	for f := range folds {
		wait.Add(1)
		go func() {
			defer wait.Done()
			slots <- struct{}{}
			defer func() { <-slots }()
			var train []*learn.Chain
			for i, c := range labelled {
				if f == o.Folds || i%o.Folds != f {
					train = append(train, c...)
				}
			}
			opts := o.Second
			if f == o.Folds {
				opts.Progress = func(epoch int, loss float64) { o.Logf("second model: epoch %d, loss %.0f", epoch, loss) }
				m.second = learn.TrainCRF(train, opts)
				return
			}
			v := new(view)
			trials[f] = Model{first: folds[f], second: learn.TrainCRF(train, opts), tune: m.tune}
			for i := f; i < len(examples); i += o.Folds {
				readings[f] = append(readings[f], examples[i].repeat(trials[f].judged(v, &examples[i], nil))...)
			}
		}()
	}
	wait.Wait()
	o.Logf("second model: %d features", m.second.Features())
	all := slices.Concat(readings...)
	opts := o.Judge
	opts.Progress = func(epoch int, loss float64) { o.Logf("judge: epoch %d, loss %.0f", epoch, loss) }
	m.judge = learn.TrainChoice(all, opts)
	if o.Crossed != nil {
		for f := range trials {
			trials[f].judge = learn.TrainChoice(slices.Concat(slices.Delete(slices.Clone(readings), f, f+1)...), o.Judge)
			o.Crossed(f, &trials[f])
		}
	}
	o.Logf("judge: %d features, %d cues", m.judge.Features(), len(all))
	return m
}
