package corpus

import (
	"cmp"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"
)

// A Vocabulary numbers the stems of a set of articles. Numbers depend on the order of the articles, which is canonical.
type Vocabulary struct {
	forms   map[uint64]int32 // hash of a folded form -> id of its stem
	Stems   map[string]int32
	entries []Entry   // by id
	Size    float64   // articles, the background's included
	weights []float64 // by id, once settled
}

// An Entry is what a vocabulary knows of a stem. Articles are counted with the background's share of them.
type Entry struct {
	Name     string  // the stem
	shortest string  // its shortest form in the articles; "" where they have none: see [Vocabulary.Shown]
	Articles float64 // that have it
	Lower    float64 // that have it in lower case
	upper    float64 // that have it capitalised inside a sentence
}

// Entry is what is known of the stem with an id, as long as no stem is added.
func (v *Vocabulary) Entry(id int32) *Entry { return &v.entries[id] }

// Len is the number of stems: ids are below it.
func (v *Vocabulary) Len() int { return len(v.entries) }

// NewVocabulary is a vocabulary of the background alone.
func NewVocabulary() *Vocabulary {
	v := &Vocabulary{forms: map[uint64]int32{}, Stems: map[string]int32{}, Size: backgroundSize}
	for _, b := range background() {
		id := v.ID(b.stem)
		v.Entry(id).Articles += b.share * backgroundSize
		v.Entry(id).Lower += b.share * backgroundSize
	}
	return v
}

// ID is the id of a stem, new if need be.
func (v *Vocabulary) ID(s string) int32 {
	if id, ok := v.Stems[s]; ok {
		return id
	}
	id := int32(len(v.entries))
	v.Stems[s] = id
	v.entries = append(v.entries, Entry{Name: s})
	return id
}

// FormID is the id of the stem of a folded form.
func (v *Vocabulary) FormID(folded []byte) int32 {
	h := xxhash.Sum64(folded)
	if id, ok := v.forms[h]; ok {
		return id
	}
	form := string(folded)
	id := v.ID(Stem(form))
	v.forms[h] = id
	if s := v.Entry(id).shortest; s == "" || len(form) < len(s) || len(form) == len(s) && form < s {
		v.Entry(id).shortest = form
	}
	return id
}

// Weight is the weight of a stem: the logarithm of how rare it is.
func (v *Vocabulary) Weight(id int32) float64 {
	if int(id) < len(v.weights) {
		return v.weights[id]
	}
	return v.Rarity(id)
}

// Rarity is the weight of a stem by the articles counted so far.
func (v *Vocabulary) Rarity(id int32) float64 {
	return math.Log((v.Size + 1) / max(1, v.Entry(id).Articles))
}

// settle keeps the weights of the stems known so far; counts must not change after it.
func (v *Vocabulary) settle() {
	weights := make([]float64, v.Len())
	for id := range weights {
		weights[id] = v.Rarity(int32(id))
	}
	v.weights = weights
}

// IsName says whether a stem is a name's: written with a capital where a common word would not be.
func (v *Vocabulary) IsName(id int32) bool {
	return v.Entry(id).upper > 0 && v.Entry(id).upper > 4*v.Entry(id).Lower
}

// Shown is a stem as a reader knows it: the shortest form of it that the articles have, a name with capitals.
func (v *Vocabulary) Shown(stem string) string {
	id, ok := v.Stems[stem]
	if !ok {
		return stem
	}
	return v.ShownAs(id, v.IsName(id))
}

// ShownAs is a stem by its shortest form, with capitals where it is a name.
func (v *Vocabulary) ShownAs(id int32, isName bool) string {
	form := cmp.Or(v.Entry(id).shortest, v.Entry(id).Name)
	if isName {
		return Capitals(form)
	}
	return form
}

// Capitals gives every word of a name one.
func Capitals(name string) string {
	words := strings.Fields(name)
	for i, w := range words {
		r, n := utf8.DecodeRuneInString(w)
		words[i] = string(unicode.ToUpper(r)) + w[n:]
	}
	return strings.Join(words, " ")
}

// number gives the words of every document their ids, in the order of the documents.
func (v *Vocabulary) number(docs []*Doc) {
	var buf []byte
	for _, d := range docs {
		for i := range d.Words {
			w := &d.Words[i]
			buf = Fold(buf[:0], Bare(d.Text[w.Start:w.End]))
			w.ID = v.FormID(buf)
		}
	}
}

// count counts in how many documents each word stands, asides apart.
func (v *Vocabulary) count(docs []*Doc) {
	for _, d := range docs {
		seen := map[int32]uint8{}
		for i := range d.Words {
			w := &d.Words[i]
			if w.Is(Outside) {
				continue
			}
			had := seen[w.ID]
			now := had | 1
			if !w.Is(Capital) {
				now |= 2
			} else if !w.Is(Opens) {
				now |= 4
			}
			seen[w.ID] = now
			if had == 0 {
				v.Entry(w.ID).Articles++
			}
			if now&^had&2 != 0 {
				v.Entry(w.ID).Lower++
			}
			if now&^had&4 != 0 {
				v.Entry(w.ID).upper++
			}
		}
		v.Size++
	}
}
