package link

import (
	"cmp"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"
)

// A vocabulary numbers the stems of a set of articles. Numbers depend on the order of the articles, which is canonical.
type vocabulary struct {
	forms    map[uint64]int32 // hash of a folded form -> id of its stem
	stems    map[string]int32
	name     []string  // stem, by id
	shortest []string  // its shortest form in the articles, by id; "" where they have none: see shown
	df       []float64 // articles with the stem, by id; the background's share included
	lower    []float64 // articles with the stem in lower case
	upper    []float64 // articles with the stem capitalised inside a sentence
	size     float64   // articles, the background's included
	weights  []float64 // by id, once settled
}

func newVocabulary() *vocabulary {
	v := &vocabulary{forms: map[uint64]int32{}, stems: map[string]int32{}, size: backgroundSize}
	for _, b := range background {
		id := v.stem(b.stem)
		v.df[id] += b.share * backgroundSize
		v.lower[id] += b.share * backgroundSize
	}
	return v
}

// stem is the id of a stem, new if need be.
func (v *vocabulary) stem(s string) int32 {
	if id, ok := v.stems[s]; ok {
		return id
	}
	id := int32(len(v.name))
	v.stems[s] = id
	v.name = append(v.name, s)
	v.shortest = append(v.shortest, "")
	v.df = append(v.df, 0)
	v.lower = append(v.lower, 0)
	v.upper = append(v.upper, 0)
	return id
}

// form is the id of the stem of a folded form.
func (v *vocabulary) form(folded []byte) int32 {
	h := xxhash.Sum64(folded)
	if id, ok := v.forms[h]; ok {
		return id
	}
	form := string(folded)
	id := v.stem(stemOf(form))
	v.forms[h] = id
	if s := v.shortest[id]; s == "" || len(form) < len(s) || len(form) == len(s) && form < s {
		v.shortest[id] = form
	}
	return id
}

// idf is the weight of a stem: the logarithm of how rare it is.
func (v *vocabulary) idf(id int32) float64 {
	if int(id) < len(v.weights) {
		return v.weights[id]
	}
	return v.rarity(id)
}

func (v *vocabulary) rarity(id int32) float64 { return math.Log((v.size + 1) / max(1, v.df[id])) }

// settle keeps the weights of the stems known so far; counts must not change after it.
func (v *vocabulary) settle() {
	weights := make([]float64, len(v.name))
	for id := range weights {
		weights[id] = v.rarity(int32(id))
	}
	v.weights = weights
}

// isName says whether a stem is a name's: written with a capital where a common word would not be.
func (v *vocabulary) isName(id int32) bool {
	return v.upper[id] > 0 && v.upper[id] > 4*v.lower[id]
}

// shown is a stem as a reader knows it: the shortest form of it that the articles have, a name with capitals.
func (v *vocabulary) shown(stem string) string {
	id, ok := v.stems[stem]
	if !ok {
		return stem
	}
	return v.shownAs(id, v.isName(id))
}

// shownAs is a stem by its shortest form, with capitals where it is a name.
func (v *vocabulary) shownAs(id int32, isName bool) string {
	form := cmp.Or(v.shortest[id], v.name[id])
	if isName {
		return capitals(form)
	}
	return form
}

// capitals gives every word of a name one.
func capitals(name string) string {
	words := strings.Fields(name)
	for i, w := range words {
		r, n := utf8.DecodeRuneInString(w)
		words[i] = string(unicode.ToUpper(r)) + w[n:]
	}
	return strings.Join(words, " ")
}

// number gives the words of every document their ids, in the order of the documents.
func (v *vocabulary) number(docs []*doc) {
	var buf []byte
	for _, d := range docs {
		for i := range d.words {
			w := &d.words[i]
			buf = fold(buf[:0], bare(d.text[w.start:w.end]))
			w.id = v.form(buf)
		}
	}
}

// count counts in how many documents each word stands, asides apart.
func (v *vocabulary) count(docs []*doc) {
	for _, d := range docs {
		seen := map[int32]uint8{}
		for i := range d.words {
			w := &d.words[i]
			if w.is(outside) {
				continue
			}
			had := seen[w.id]
			now := had | 1
			if !w.is(capital) {
				now |= 2
			} else if !w.is(opens) {
				now |= 4
			}
			seen[w.id] = now
			if had == 0 {
				v.df[w.id]++
			}
			if now&^had&2 != 0 {
				v.lower[w.id]++
			}
			if now&^had&4 != 0 {
				v.upper[w.id]++
			}
		}
		v.size++
	}
}
