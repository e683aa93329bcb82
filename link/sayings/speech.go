package sayings

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/names"
)

// Speech is the vocabulary of what is said: names and numbers are told apart in it, and weigh little, since every statement of a story
// has them.
type Speech struct {
	*corpus.Vocabulary
	Known   *names.Synonyms
	names   map[int32]bool // stems that are names
	weights []float64      // by id, once settled
}

const (
	nameWeight   = 1.5     // what a name weighs at most
	spokenNumber = 3.5     // and a number
	NamePrefix   = "name " // before the class of a name that the tables or a text teach: it is no stem
	NumberPrefix = "#"     // before a number: all that have one value are one word
)

func newSpeech(known *names.Synonyms, articles int) *Speech {
	w := &Speech{Vocabulary: corpus.NewVocabulary(), Known: known, names: map[int32]bool{}}
	w.Size += float64(articles)
	return w
}

// Weight is the weight of a word: the logarithm of how rare it is, and less for a name or a number.
func (w *Speech) Weight(id int32) float64 {
	if int(id) < len(w.weights) {
		return w.weights[id]
	}
	f := w.Rarity(id)
	switch {
	case w.names[id]:
		return min(f, nameWeight)
	case w.IsNumber(id):
		return min(f, spokenNumber)
	}
	return f
}

// KnownName is the folded name of a word that is a name which the tables or a text teach.
func (w *Speech) KnownName(id int32) (name string, ok bool) {
	return strings.CutPrefix(w.Entry(id).Name, NamePrefix)
}

// IsNumber says whether a word is a number.
func (w *Speech) IsNumber(id int32) bool { return strings.HasPrefix(w.Entry(id).Name, NumberPrefix) }

// IsName says whether a word is a name.
func (w *Speech) IsName(id int32) bool { return w.names[id] }

// settle keeps the weights of the words known so far; counts must not change after it.
func (w *Speech) settle() {
	weights := make([]float64, w.Len())
	for id := range weights {
		weights[id] = w.Weight(int32(id))
	}
	w.weights = weights
}

// shown is a word as a reader knows it, names with capitals.
func (w *Speech) shown(word string) string {
	if name, ok := strings.CutPrefix(word, NamePrefix); ok {
		return corpus.Capitals(name)
	}
	id, ok := w.Stems[word]
	if !ok {
		return word
	}
	return w.ShownAs(id, w.names[id])
}

// ShownWords are stems as a reader knows them, in order, each once.
func (v *Speech) ShownWords(words []string) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = v.shown(w)
	}
	slices.Sort(out)
	return strings.Join(slices.Compact(out), ", ")
}

// totalOf is the weight of all words, or of the quoted ones.
func (v *Speech) totalOf(toks []Token, onlyQuoted bool) float64 {
	var sum float64
	for _, t := range toks {
		if t.Quoted || !onlyQuoted {
			sum += v.Weight(t.ID)
		}
	}
	return sum
}

// Distinct is the distinct words with their weights.
func (v *Speech) Distinct(toks []Token) map[int32]float64 {
	m := make(map[int32]float64, len(toks))
	for _, t := range toks {
		m[t.ID] = v.Weight(t.ID)
	}
	return m
}
