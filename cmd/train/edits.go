package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/meaning"
	"github.com/onrecord/onrecord/text"
)

// How many pairs are made of news, and what one counts against a pair that people marked.
const (
	editsMost     = 14_000
	editsWeight   = 1.2
	editsShortest = 7 // tokens of a sentence
	editsLongest  = 34
	editsOneIn    = 3 // sentences
)

// An editor makes of a sentence of news another one of which it is known what it is to the first, as reports go wrong and right: a word is
// turned into its opposite, a negation put in or lost, a number changed, a name mistaken, subject and object swapped; or a part left out, the tense
// and the person shifted as in indirect speech. Pairs marked by people teach captions and conversation; these teach news.
type editor struct {
	*english.Layer
	first, end int
	table      *thesaurus
	names      map[string][]string // of the article, by kind
	random     *rand.Rand
	words      []string // of the sentence, as the edit leaves them; "" for what is left out
}

// A thesaurus is the words that mean the opposite, the same, or another thing of the same kind.
type thesaurus struct{ opposite, same, other map[string][]string }

// edits makes pairs of sentences of PolNeAR train.
func edits(dir string, w *meaning.Words, common []meaning.Vector) ([]meaning.Pair, error) {
	var list []meaning.Pair
	random := rand.New(rand.NewPCG(3, 5))
	table := thesaurusOf(w)
	table.neighbours(common, w)
	err := lines(filepath.Join(dir, "polnear", "train.jsonl.gz"), func(line string) error {
		var a struct{ Text string }
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			return err
		}
		d := text.Parse(a.Text)
		l := english.Annotate(d)
		names := map[string][]string{}
		for _, n := range l.Names {
			if s := d.Span(n.Range).Of(d.Text); !slices.Contains(names[n.Kind], s) {
				names[n.Kind] = append(names[n.Kind], s)
			}
		}
		for _, s := range d.Sentences {
			if n := s.End - s.First; n < editsShortest || n > editsLongest || random.IntN(editsOneIn) > 0 {
				continue
			}
			e := editor{Layer: l, first: s.First, end: s.End, table: table, names: names, random: random}
			list = append(list, e.pairs()...)
		}
		return nil
	})
	random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list[:min(len(list), editsMost)], err
}

// pairs are an edit that keeps what is said, one that turns it, and one that adds to it.
func (e *editor) pairs() (list []meaning.Pair) {
	record := e.write(nil)
	keeps := []func() bool{e.leaveOut, e.report, e.reword, func() bool { return e.leaveOut() && e.report() }, func() bool { return true }}
	turns := []func() bool{e.turnWord, e.negate, e.affirm, e.number, e.name, e.swap, e.replace, e.turnWord, e.negate, e.replace}
	if words, ok := e.edit(keeps[e.random.IntN(len(keeps))]); ok {
		list = append(list, meaning.Pair{Record: passageOf(record), Claim: passageOf(e.write(words)), Follows: true, Weight: editsWeight})
	}
	turn := turns[e.random.IntN(len(turns))]
	if e.random.IntN(2) == 0 {
		plain := turn
		turn = func() bool { return plain() && (e.leaveOut() || e.report() || true) }
	}
	if words, ok := e.edit(turn); ok {
		list = append(list, meaning.Pair{Record: passageOf(record), Claim: passageOf(e.write(words)), Contradicts: true, Weight: editsWeight})
	}
	if words, ok := e.edit(e.leaveOut); ok && e.random.IntN(3) == 0 { // what was left out is added
		list = append(list, meaning.Pair{Record: passageOf(e.write(words)), Claim: passageOf(record), Weight: editsWeight})
	}
	return list
}

// edit makes one edit from the sentence as it stands.
func (e *editor) edit(how func() bool) ([]string, bool) {
	e.words = e.words[:0]
	for i := e.first; i < e.end; i++ {
		e.words = append(e.words, e.Doc.Word(i))
	}
	if !how() {
		return nil, false
	}
	return slices.Clone(e.words), true
}

// write is the sentence with its words as an edit left them, nil for as it stands.
func (e *editor) write(words []string) string {
	var b strings.Builder
	for i := e.first; i < e.end; i++ {
		w := e.Doc.Word(i)
		if words != nil {
			w = words[i-e.first]
		}
		if w != "" && b.Len() > 0 && (e.Doc.Tokens[i].Space || words != nil && words[i-1-e.first] == "") {
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	return b.String()
}

func (e *editor) set(i int, w string) { e.words[i-e.first] = w }

// pick is one of the tokens of the sentence for which ok holds, -1 for none.
func (e *editor) pick(ok func(i int) bool) int {
	var list []int
	for i := e.first; i < e.end; i++ {
		if e.words[i-e.first] != "" && ok(i) {
			list = append(list, i)
		}
	}
	if len(list) == 0 {
		return -1
	}
	return list[e.random.IntN(len(list))]
}

// under are the tokens of the tree below token i, itself too; whole says that nothing else stands between them.
func (e *editor) under(i int) (list []int, whole bool) {
	for k := e.first; k < e.end; k++ {
		for h := k; h >= 0; h = int(e.Heads[h]) {
			if h == i {
				list = append(list, k)
				break
			}
		}
	}
	return list, len(list) > 0 && list[len(list)-1]-list[0] == len(list)-1
}

// leaveOut leaves out what hangs on the sentence loosely: a time, a place, an apposition, an attribute.
func (e *editor) leaveOut() bool {
	i := e.pick(func(i int) bool {
		switch base, sub, _ := strings.Cut(e.Rels[i], ":"); base {
		case "obl":
			return sub != "agent"
		case "advcl", "appos", "amod", "parataxis":
			return true
		case "acl":
			return sub == "relcl"
		case "advmod":
			return strings.HasSuffix(e.Lemmas[i], "ly")
		}
		return false
	})
	if i < 0 {
		return false
	}
	list, whole := e.under(i)
	if !whole || len(list)*2 > e.end-e.first || slices.ContainsFunc(list, func(k int) bool { return negates[e.Lemmas[k]] }) {
		return false
	}
	for _, k := range list {
		e.set(k, "")
	}
	for _, k := range []int{list[0] - 1, list[len(list)-1] + 1} {
		if k >= e.first && k < e.end-1 && e.Doc.Word(k) == "," {
			e.set(k, "")
		}
	}
	return true
}

var (
	negates  = map[string]bool{"not": true, "never": true, "no": true, "n't": true, "few": true, "only": true}
	reported = map[string]string{ // in indirect speech
		"is": "was", "are": "were", "am": "was", "has": "had", "have": "had", "will": "would", "can": "could", "may": "might",
		"I": "he", "we": "they", "We": "They", "my": "his", "our": "their", "Our": "Their", "me": "him", "us": "them", "my ": "his", "'ll": "would", "'m": "was", "'re": "were", "'ve": "had",
	}
)

// report shifts the tense and the person as indirect speech does.
func (e *editor) report() bool {
	found := false
	for i := e.first; i < e.end; i++ {
		if w, ok := reported[e.words[i-e.first]]; ok {
			if !e.Doc.Tokens[i].Space && i > e.first {
				w = " " + w
			}
			e.set(i, w)
			found = true
		}
	}
	return found
}

// reword puts another word of the same meaning.
func (e *editor) reword() bool { return e.exchange(e.table.same) }

// turnWord puts a word of the opposite meaning.
func (e *editor) turnWord() bool { return e.exchange(e.table.opposite) }

// replace puts another thing of the same kind.
func (e *editor) replace() bool { return e.exchange(e.table.other) }

func (e *editor) exchange(table map[string][]string) bool {
	i := e.pick(func(i int) bool {
		return len(table[e.Lemmas[i]+partOf(e.Tags[i])]) > 0 && e.Doc.Tokens[i].Shape == text.Lower && !strings.HasPrefix(e.Rels[i], "aux") && e.Rels[i] != "cop"
	})
	if i < 0 {
		return false
	}
	list := table[e.Lemmas[i]+partOf(e.Tags[i])]
	e.set(i, inflect(list[e.random.IntN(len(list))], e.Tags[i]))
	return true
}

// inflect gives a lemma the form of a tag, by the common rules.
func inflect(lemma, tag string) string {
	end := lemma[len(lemma)-1]
	vowel := strings.ContainsRune("aeiou", rune(end))
	before := len(lemma) > 1 && strings.ContainsRune("aeiou", rune(lemma[len(lemma)-2]))
	switch tag {
	case "NNS", "VBZ":
		switch {
		case strings.HasSuffix(lemma, "s"), strings.HasSuffix(lemma, "sh"), strings.HasSuffix(lemma, "ch"), strings.HasSuffix(lemma, "x"):
			return lemma + "es"
		case end == 'y' && !before:
			return lemma[:len(lemma)-1] + "ies"
		}
		return lemma + "s"
	case "VBD", "VBN":
		switch {
		case end == 'e':
			return lemma + "d"
		case end == 'y' && !before:
			return lemma[:len(lemma)-1] + "ied"
		}
		return lemma + "ed"
	case "VBG":
		if end == 'e' && vowel && !before {
			return lemma[:len(lemma)-1] + "ing"
		}
		return lemma + "ing"
	}
	return lemma
}

// negate puts a "not" to the main verb.
func (e *editor) negate() bool {
	i := e.pick(func(i int) bool {
		return strings.HasPrefix(e.Tags[i], "VB") && (e.Rels[i] == "root" || e.Rels[i] == "ccomp" || e.Rels[i] == "parataxis") && !slices.ContainsFunc(e.children(i), func(k int) bool { return negates[e.Lemmas[k]] })
	})
	if i < 0 {
		return false
	}
	for _, k := range e.children(i) {
		if strings.HasPrefix(e.Rels[k], "aux") || e.Rels[k] == "cop" {
			e.set(k, e.words[k-e.first]+" not")
			return true
		}
	}
	switch w := e.Lemmas[i]; {
	case w == "be":
		e.set(i, e.words[i-e.first]+" not")
	case e.Tags[i] == "VBD":
		e.set(i, "did not "+w)
	case e.Tags[i] == "VBZ":
		e.set(i, "does not "+w)
	case e.Tags[i] == "VBP":
		e.set(i, "do not "+w)
	default:
		return false
	}
	return true
}

func (e *editor) children(i int) (list []int) {
	for k := e.first; k < e.end; k++ {
		if int(e.Heads[k]) == i {
			list = append(list, k)
		}
	}
	return list
}

// affirm takes a negation out.
func (e *editor) affirm() bool {
	i := e.pick(func(i int) bool { return e.Lemmas[i] == "not" || e.Lemmas[i] == "never" })
	if i >= 0 {
		e.set(i, "")
	}
	return i >= 0
}

// number changes a number by a quarter at least.
func (e *editor) number() bool {
	i := e.pick(func(i int) bool { return e.Tags[i] == "CD" && e.Doc.Tokens[i].Shape == text.Number })
	if i < 0 {
		return false
	}
	n, err := strconv.ParseFloat(strings.ReplaceAll(e.Doc.Word(i), ",", ""), 64)
	if err != nil || n == 0 || n >= 1900 && n < 2100 && n == float64(int(n)) {
		return false
	}
	times := []float64{.1, .5, .7, 1.4, 2, 3, 10}[e.random.IntN(7)]
	e.set(i, strconv.FormatFloat(float64(int(n*times)+1), 'f', -1, 64))
	return true
}

// name puts another name of the article.
func (e *editor) name() bool {
	for _, n := range e.Names {
		if n.First < e.first || n.End > e.end || e.random.IntN(2) == 0 {
			continue
		}
		own := e.Doc.Span(n.Range).Of(e.Doc.Text)
		others := slices.DeleteFunc(slices.Clone(e.names[n.Kind]), func(s string) bool { return strings.Contains(s, own) || strings.Contains(own, s) })
		if len(others) == 0 {
			continue
		}
		e.set(n.First, others[e.random.IntN(len(others))])
		for i := n.First + 1; i < n.End; i++ {
			e.set(i, "")
		}
		return true
	}
	return false
}

// swap exchanges subject and object of a verb.
func (e *editor) swap() bool {
	i := e.pick(func(i int) bool {
		return (e.Rels[i] == "obj" || e.Rels[i] == "iobj" || e.Rels[i] == "obl") && partOf(e.Tags[i]) == "n"
	})
	if i < 0 {
		return false
	}
	for _, k := range e.children(int(e.Heads[i])) {
		if e.Rels[k] != "nsubj" || partOf(e.Tags[k]) != "n" {
			continue
		}
		a, whole := e.under(k)
		b, both := e.under(i)
		if !whole || !both || len(a) > 8 || len(b) > 8 {
			return false
		}
		if first := b[0]; e.Rels[first] == "case" && int(e.Heads[first]) == i { // the preposition stays
			b = b[1:]
		}
		subject, object := e.spell(a), e.spell(b)
		for _, list := range [][]int{a, b} {
			for _, t := range list {
				e.set(t, "")
			}
		}
		e.set(a[0], object)
		e.set(b[0], subject)
		return true
	}
	return false
}

func (e *editor) spell(list []int) string {
	var words []string
	for _, k := range list {
		words = append(words, e.Doc.Word(k))
	}
	return strings.Join(words, " ")
}

func partOf(tag string) string {
	switch {
	case tag == "NN", tag == "NNS", strings.HasPrefix(tag, "NNP"):
		return "n"
	case strings.HasPrefix(tag, "VB"):
		return "v"
	case strings.HasPrefix(tag, "JJ"):
		return "a"
	}
	return "r"
}

// thesaurusOf keeps of the words what may stand in each other's place: commonest senses only. Entries are a lemma and a letter for its part of speech.
func thesaurusOf(w *meaning.Words) *thesaurus {
	t := &thesaurus{map[string][]string{}, map[string][]string{}, map[string][]string{}}
	letter := []string{"", "n", "v", "a", "r"}
	bySynset, byParent := map[int][]string{}, map[int][]string{}
	lemmas := make([]string, 0, len(w.Senses))
	for lemma := range w.Senses {
		lemmas = append(lemmas, lemma)
	}
	slices.Sort(lemmas)
	firsts := func(lemma string) (list []meaning.Sense) { // the commonest sense as each part of speech
		for _, s := range w.Senses[lemma] {
			if !slices.ContainsFunc(list, func(x meaning.Sense) bool { return x.Part == s.Part }) {
				list = append(list, s)
			}
		}
		return list
	}
	for _, lemma := range lemmas {
		for _, s := range firsts(lemma) {
			bySynset[s.Synset] = append(bySynset[s.Synset], lemma)
			if p := w.Parents[s.Synset]; p >= 0 {
				byParent[p] = append(byParent[p], lemma)
			}
		}
	}
	for _, p := range w.Antonyms {
		for _, s := range firsts(p[0]) {
			if slices.ContainsFunc(firsts(p[1]), func(x meaning.Sense) bool { return x.Part == s.Part }) {
				t.opposite[p[0]+letter[s.Part]] = append(t.opposite[p[0]+letter[s.Part]], p[1])
			}
		}
	}
	for _, lemma := range lemmas {
		for _, s := range firsts(lemma) {
			key := lemma + letter[s.Part]
			for _, x := range bySynset[s.Synset] {
				if x != lemma {
					t.same[key] = append(t.same[key], x)
				}
			}
			if p := w.Parents[s.Synset]; p >= 0 && s.Part <= 2 {
				for _, x := range byParent[p] {
					if x != lemma && !slices.Contains(bySynset[s.Synset], x) && meaning.Near(x, lemma) > .5 {
						t.other[key] = append(t.other[key], x)
					}
				}
			}
		}
	}
	return t
}

// How near words are by use that a careless hand may put in each other's place, and how many of the commonest of each part of speech are looked at.
const (
	neighbourFrom = 0.45
	neighbourTo   = 0.8
	neighbourOf   = 2000
)

// neighbours adds to what is another thing of the same kind the verbs and adjectives of like use that are not of one meaning.
func (t *thesaurus) neighbours(common []meaning.Vector, w *meaning.Words) {
	for _, part := range []int{2, 3} {
		letter := []string{2: "v", 3: "a"}[part]
		var list []string
		for i := range common {
			lemma := common[i].Word
			if s := w.Senses[lemma]; slices.ContainsFunc(s, func(x meaning.Sense) bool { return x.Part == part }) && s[0].Part == part && len(list) < neighbourOf {
				list = append(list, lemma)
			}
		}
		for i, a := range list {
			for _, b := range list[i+1:] {
				if cos := meaning.Near(a, b); cos < neighbourFrom || cos > neighbourTo || kin(w, a, b) {
					continue
				}
				t.other[a+letter] = append(t.other[a+letter], b)
				t.other[b+letter] = append(t.other[b+letter], a)
			}
		}
	}
}

// kin says whether two lemmas share a synset, or one's is wider than the other's.
func kin(w *meaning.Words, a, b string) bool {
	for _, x := range w.Senses[a] {
		for _, y := range w.Senses[b] {
			if x.Synset == y.Synset || w.Parents[x.Synset] == y.Synset || w.Parents[y.Synset] == x.Synset {
				return true
			}
		}
	}
	return false
}

// describe says how many pairs of each kind there are.
func describe(list []meaning.Pair) string {
	var n [3]int
	for i := range list {
		switch {
		case list[i].Follows:
			n[0]++
		case list[i].Contradicts:
			n[1]++
		default:
			n[2]++
		}
	}
	return fmt.Sprintf("%d follow, %d contradict, %d neither", n[0], n[1], n[2])
}
