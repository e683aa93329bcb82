package text

import (
	"slices"

	"github.com/onrecord/onrecord/learn"
)

// An Example is a text of which it is known where sentences end.
type Example struct {
	Text  string
	Ends  []int // bytes behind the last one of each sentence, in order
	Noisy bool  // by a program: what it says of marks beside quotation marks and brackets is not learned
}

// TrainSentences learns where sentences end; it returns a weight file. The result depends on its arguments only.
func TrainSentences(examples []Example, log func(format string, args ...any)) ([]byte, error) {
	var chains []*learn.Chain
	for _, x := range examples {
		d, _ := cut(x.Text)
		d.split(func(c candidate) bool {
			from, to := d.Tokens[c.mark].End, d.Tokens[c.next-1].End
			at, _ := slices.BinarySearch(x.Ends, from)
			ends := at < len(x.Ends) && x.Ends[at] <= to
			if !x.Noisy || c.mark+1 == c.next && !d.opens(d.Tokens[c.next]) {
				l := new(learn.Chain)
				d.features(c, l)
				if l.Gold = []uint8{0}; ends {
					l.Gold[0] = 1
				}
				chains = append(chains, l)
			}
			return ends
		})
	}
	m := learn.TrainCRF(chains, learn.CRFOptions{
		Labels: 2, Contexts: 1, Epochs: 8, Rate: 0.1, Dropout: 0.25, Least: 3, Prune: 0.05, Averaged: 3, Seed: 1,
		Progress: func(epoch int, loss float64) { log("sentences: epoch %d: loss %.0f", epoch+1, loss) },
	})
	log("sentences: %d marks, %d features", len(chains), m.Features())
	return learn.Pack(sentencesKind, m.AppendTo(nil))
}
