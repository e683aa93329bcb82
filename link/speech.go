package link

import (
	"slices"
	"strings"
)

// Speech is the vocabulary of what is said: names and numbers are told apart in it, and weigh little, since every statement of a story
// has them.
type speech struct {
	*vocabulary
	names   map[int32]bool // stems that are names
	weights []float64      // by id, once settled
}

const (
	nameWeight   = 1.5     // what a name weighs at most
	spokenNumber = 3.5     // and a number
	namePrefix   = "name " // before the class of a name that the tables or a text teach: it is no stem
	numberPrefix = "#"     // before a number: all that have one value are one word
)

func newSpeech(articles int) *speech {
	w := &speech{vocabulary: newVocabulary(), names: map[int32]bool{}}
	w.size += float64(articles)
	return w
}

// idf is the weight of a word: the logarithm of how rare it is, and less for a name or a number.
func (w *speech) idf(id int32) float64 {
	if int(id) < len(w.weights) {
		return w.weights[id]
	}
	f := w.rarity(id)
	switch {
	case w.names[id]:
		return min(f, nameWeight)
	case strings.HasPrefix(w.name[id], numberPrefix):
		return min(f, spokenNumber)
	}
	return f
}

// settle keeps the weights of the words known so far; counts must not change after it.
func (w *speech) settle() {
	weights := make([]float64, len(w.name))
	for id := range weights {
		weights[id] = w.idf(int32(id))
	}
	w.weights = weights
}

// shown is a word as a reader knows it, names with capitals.
func (w *speech) shown(word string) string {
	if name, ok := strings.CutPrefix(word, namePrefix); ok {
		return capitals(name)
	}
	id, ok := w.stems[word]
	if !ok {
		return word
	}
	return w.shownAs(id, w.names[id])
}

// shownWords are stems as a reader knows them, in order, each once.
func (v *speech) shownWords(words []string) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = v.shown(w)
	}
	slices.Sort(out)
	return strings.Join(slices.Compact(out), ", ")
}

// totalOf is the weight of all words, or of the quoted ones.
func (v *speech) totalOf(toks []tok, onlyQuoted bool) float64 {
	var sum float64
	for _, t := range toks {
		if t.quoted || !onlyQuoted {
			sum += v.idf(t.id)
		}
	}
	return sum
}

func (v *speech) distinct(toks []tok) map[int32]float64 {
	m := make(map[int32]float64, len(toks))
	for _, t := range toks {
		m[t.id] = v.idf(t.id)
	}
	return m
}
