package corpus

import (
	"cmp"
	"slices"
)

const (
	commonSentence = 8    // words of a sentence from which it can be common to articles that have nothing else in common
	commonWords    = 20   // words of all such sentences of two articles
	commonOthers   = 0.3  // share, by weight, of the distinct words of either besides, under which the two have nothing else in common
	commonRest     = 12   // words that each of the two has besides, at least
	commonBegins   = 24   // words at the beginning of an article of which none may be common
	commonLooked   = 16   // articles with one sentence that are looked at
	templateShare  = 0.45 // share of the words of both that stands in sentences of one form, where a form was filled in twice
	templateFacts  = 4    // names and numbers in them, at least
	templateSame   = 0.5  // share of those that both may have
	templateNumber = 0.34 // and of the numbers
)

// markCommon marks, as standing outside the news, sentences that articles share which have nothing else in common: a background paragraph,
// a publisher's description, and what a form says into which other names and numbers were filled ("A magnitude 4.1 earthquake struck 14 km
// from ..."). Sentences count as one that differ in names and numbers alone. Who copies a text copies its beginning or its facts.
func markCommon(docs []*Doc, v *Vocabulary, workers int) {
	forms := make([][]form, len(docs))
	Parallel(len(docs), workers, func(i int) { forms[i] = docs[i].forms() })
	printed := map[uint64][]int{}
	for i := range docs {
		for _, s := range forms[i] {
			if at := printed[s.hash]; len(at) < commonLooked && (len(at) == 0 || at[len(at)-1] != i) {
				printed[s.hash] = append(at, i)
			}
		}
	}
	outside := make([][]bool, len(docs)) // of each document, by word
	Parallel(len(docs), workers, func(i int) {
		words := map[int]int{} // that other documents share with this one
		for _, s := range forms[i] {
			for _, j := range printed[s.hash] {
				if j != i {
					words[j] += s.to - s.from
				}
			}
		}
		for j, n := range words {
			if n < commonWords {
				continue
			}
			if m := commonTo(docs[i], docs[j], forms[i], forms[j], v); m != nil {
				if outside[i] == nil {
					outside[i] = make([]bool, len(docs[i].Words))
				}
				for _, k := range m {
					outside[i][k] = true
				}
			}
		}
	})
	for i, marks := range outside {
		for k, out := range marks {
			if out {
				docs[i].Words[k].flags |= Outside
			}
		}
	}
}

// A form is a sentence, and the hash of its words but for the first, names and numbers.
type form struct {
	stretch
	hash uint64
}

// forms are the article's sentences of at least commonSentence words.
func (d *Doc) forms() []form {
	var out []form
	from := 0
	var blanked []Word
	for k := 1; k <= len(d.Words); k++ {
		if k < len(d.Words) && !d.Words[k].Is(Opens) {
			continue
		}
		if k-from >= commonSentence {
			blanked = blanked[:0]
			for n, w := range d.Words[from:k] {
				if n == 0 || w.fact() {
					w.ID = -1
				}
				if n == 0 || w.ID >= 0 || blanked[len(blanked)-1].ID >= 0 { // a name of two words is one
					blanked = append(blanked, w)
				}
			}
			out = append(out, form{stretch{from, k}, Hash(blanked)})
		}
		from = k
	}
	return out
}

// fact says whether a word is a name or a number, as far as its form shows.
func (w Word) fact() bool { return w.Is(numeral) || w.Is(Capital) && !w.Is(Opens) }

// commonTo are the words of a that b shares though the two have nothing in common but them; none where they have.
func commonTo(a, b *Doc, ofA, ofB []form, v *Vocabulary) []int {
	inA, factsA := shared(a, ofA, ofB)
	inB, factsB := shared(b, ofB, ofA)
	var marked []int
	for k, in := range inA {
		if in {
			marked = append(marked, k)
		}
	}
	if filledIn(factsA, factsB) && share(inA) >= templateShare && share(inB) >= templateShare {
		theirs := map[int32]bool{}
		for _, w := range b.Words {
			theirs[w.ID] = true
		}
		for k, w := range a.Words { // and what the two say between in the same words
			if !inA[k] && theirs[w.ID] {
				marked = append(marked, k)
			}
		}
		return slices.DeleteFunc(marked, func(k int) bool { return a.Words[k].fact() && !theirs[a.Words[k].ID] })
	}
	restA, restB := a.besides(inA, v), b.besides(inB, v)
	if begins(inA) || begins(inB) || len(restA) < commonRest || len(restB) < commonRest {
		return nil
	}
	if x, y := Bags(restA, restB); max(x, y) >= commonOthers {
		return nil
	}
	return marked
}

// shared says which words of d stand in sentences whose form is among the others', and the names and numbers in them.
func shared(d *Doc, own, others []form) (in []bool, facts map[int32]bool) {
	theirs := map[uint64]bool{}
	for _, s := range others {
		theirs[s.hash] = true
	}
	in, facts = make([]bool, len(d.Words)), map[int32]bool{}
	for _, s := range own {
		if !theirs[s.hash] {
			continue
		}
		for k := s.from; k < s.to; k++ {
			in[k] = true
			if w := d.Words[k]; w.fact() {
				facts[w.ID] = w.Is(numeral)
			}
		}
	}
	return in, facts
}

// begins says whether what is shared stands at the beginning of an article, behind a headline or a lead of its own at most.
func begins(in []bool) bool { return slices.Contains(in[:min(len(in), commonBegins)], true) }

// share is the share of the words that are in.
func share(in []bool) float64 {
	n := 0
	for _, x := range in {
		if x {
			n++
		}
	}
	return Share(float64(n), float64(len(in)))
}

// filledIn says whether one form was filled in twice, with other facts.
func filledIn(a, b map[int32]bool) bool {
	var facts, numbers, numbersA, numbersB int
	for id, number := range a {
		if _, both := b[id]; both {
			facts++
			if number {
				numbers++
			}
		}
		if number {
			numbersA++
		}
	}
	for _, number := range b {
		if number {
			numbersB++
		}
	}
	least, digits := min(len(a), len(b)), min(numbersA, numbersB)
	return least >= templateFacts && digits >= 2 && float64(facts) <= templateSame*float64(least) && float64(numbers) <= templateNumber*float64(digits)
}

// besides are the distinct words that are not in, with their weights.
func (d *Doc) besides(in []bool, v *Vocabulary) []Term {
	distinct := map[int32]bool{}
	for k, w := range d.Words {
		if in[k] {
			distinct[w.ID] = true
		}
	}
	var out []Term
	for _, w := range d.Words {
		if !distinct[w.ID] && !w.Is(Outside) {
			distinct[w.ID] = true
			out = append(out, Term{w.ID, v.Weight(w.ID)})
		}
	}
	slices.SortFunc(out, func(a, b Term) int { return cmp.Compare(a.ID, b.ID) })
	return out
}
