package english

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/onrecord/onrecord/learn"
)

// A Sentence is an example to learn from. Slices are parallel to Words; those that are empty are not known.
type Sentence struct {
	Words  []string // as text cuts them; quotation marks as `` and ''
	Tags   []string // Penn
	Lemmas []string
	Heads  []int32 // index of the head, -1 for a root
	Rels   []string
	Names  []string // kind of the name that the word is part of, or ""; nil: not known
	First  bool     // of its document; sentences of a document follow one another
	Part   int      // 0 or 1: half of the examples, for what must be learned from the other half
}

// seed makes training the same every time.
const seed = 20151008

// words fills the scratch with the sentence's words, bounds on either side.
func (s *scratch) fill(n int, set func(w *word, i int)) {
	s.words = append(s.words[:0], before(), before())
	for i := range n {
		s.words = append(s.words, word{})
		set(&s.words[i+2], i)
	}
	s.words = append(s.words, behind(), behind())
}

// prepare computes the words of all sentences once.
func prepare(sentences []Sentence) [][]word {
	all := make([][]word, len(sentences))
	var s scratch
	for n, x := range sentences {
		s.fill(len(x.Words), func(w *word, i int) { w.set(x.Words[i]) })
		all[n] = slices.Clone(s.words)
	}
	return all
}

// dictionary lists the tags that words take in the sentences: how often a word must be seen, and what share of it a tag must
// have, is for the reader of the code to see.
func dictionary(sentences []Sentence, words [][]word, tags map[string]uint8) (*learn.Dict, []string) {
	const (
		least     = 3     // times that a word was seen
		share     = 0.02  // of a tag among them, to count
		often     = 40    // times that a word of one tag was seen
		certainly = 0.998 // share of that tag
	)
	counts := map[uint32]map[uint8]int{}
	var keys []uint32
	for n, x := range sentences {
		if len(x.Tags) == 0 {
			continue
		}
		plain := caseOf(words[n][2:len(words[n])-2]) == plainCase
		for i := range x.Words {
			w := &words[n][i+2]
			for _, key := range []uint32{w.form, w.low ^ lowKey} {
				if key == w.form && (!plain || i == 0) {
					continue
				}
				if counts[key] == nil {
					counts[key] = map[uint8]int{}
					keys = append(keys, key)
				}
				counts[key][tags[x.Tags[i]]]++
			}
		}
	}
	slices.Sort(keys)
	classOf := map[string]uint16{}
	classes := []string{"\x00"} // first byte: the only tag, or 0; then the tags of the class
	dict := learn.NewDict(len(keys))
	for _, key := range keys {
		total := 0
		for _, c := range counts[key] {
			total += c
		}
		if total < least {
			continue
		}
		type tagged struct {
			tag uint8
			n   int
		}
		var list []tagged
		for tag, c := range counts[key] {
			list = append(list, tagged{tag, c})
		}
		slices.SortFunc(list, func(a, b tagged) int {
			if a.n != b.n {
				return b.n - a.n
			}
			return int(a.tag) - int(b.tag)
		})
		class := []byte{0}
		if total >= often && float64(list[0].n) >= certainly*float64(total) {
			class[0] = list[0].tag + 1
		}
		for k, t := range list {
			if k < 4 && float64(t.n) >= share*float64(total) {
				class = append(class, t.tag)
			}
		}
		name := string(class)
		if _, ok := classOf[name]; !ok {
			classOf[name] = uint16(len(classes))
			classes = append(classes, name)
		}
		dict.Put(key, classOf[name])
	}
	return dict, classes
}

// TrainTagger learns the part-of-speech tagger and returns its weight file. Log is told of every epoch.
func TrainTagger(sentences []Sentence, epochs int, log func(format string, args ...any)) ([]byte, error) {
	tagNumber := map[string]uint8{}
	var tags []string
	for _, x := range sentences {
		for _, t := range x.Tags {
			if _, ok := tagNumber[t]; !ok {
				tagNumber[t] = 0
				tags = append(tags, t)
			}
		}
	}
	slices.Sort(tags)
	for i, t := range tags {
		tagNumber[t] = uint8(i)
	}
	words := prepare(sentences)
	dict, classes := dictionary(sentences, words, tagNumber)
	only := make([]uint8, len(classes))
	for i, c := range classes {
		only[i] = c[0]
	}
	for _, w := range words {
		look(dict, w[2:len(w)-2])
	}
	model := learn.NewPerceptron(tags, 3)
	scores := make([]int32, len(tags))
	var b bag
	order := rand.New(rand.NewPCG(seed, 1))
	for epoch := range epochs {
		asked, wrong := 0, 0
		for _, n := range order.Perm(len(sentences)) {
			x, w := &sentences[n], words[n]
			if len(x.Tags) == 0 {
				continue
			}
			mode := caseOf(w[2 : len(w)-2])
			for i := 2; i < len(w)-2; i++ {
				if o := only[w[i].class]; o > 0 {
					w[i].tag = o
					continue
				}
				gold := int(tagNumber[x.Tags[i-2]])
				tagFeatures(&b, w, i, mode)
				model.Score(b.list, scores)
				guess := best(scores)
				if guess != gold {
					model.Update(b.list, gold, guess)
					wrong++
				}
				model.Step()
				asked++
				w[i].tag = uint8(guess) + 1
			}
		}
		log("tagger: epoch %d: %.2f %% of %d decisions wrong", epoch+1, 100*float64(wrong)/float64(asked), asked)
	}
	m := model.Model(120_000)
	log("tagger: %d features, %d words in the dictionary", m.Features(), len(classes))
	payload := learn.AppendStrings(nil, classes)
	payload = dict.AppendTo(payload)
	return learn.Pack(taggerKind, m.AppendTo(payload))
}

func best(scores []int32) int {
	top := 0
	for y, s := range scores {
		if s > scores[top] {
			top = y
		}
	}
	return top
}

// Retag tags sentences by the tagger of a weight file. What is learned from tags must learn from tags as good as those it will
// see: tagged by a tagger that has not seen the sentences.
func Retag(sentences []Sentence, taggerFile []byte) ([][]string, error) {
	t, err := readTagger(taggerFile)
	if err != nil {
		return nil, err
	}
	all := make([][]string, len(sentences))
	var s scratch
	for n, x := range sentences {
		s.fill(len(x.Words), func(w *word, i int) { w.set(x.Words[i]) })
		t.tag(&s)
		for _, w := range s.words[2 : len(s.words)-2] {
			all[n] = append(all[n], t.tags[w.tag-1])
		}
	}
	return all, nil
}

// setTags sets the tags of words with bounds, by name.
func setTags(words []word, names, tags []string) error {
	for i, name := range names {
		k, ok := slices.BinarySearch(tags, name)
		if !ok {
			return fmt.Errorf("tag %q is not one of the tagger's", name)
		}
		w := &words[i+2]
		w.tag = uint8(k) + 1
		w.wt = learn.Hash(w.low, uint32(w.tag))
	}
	return nil
}

// withoutPunctuation maps heads to the words that are kept: over heads that are not kept, up to one that is, and to the first
// word's head where there is none. The root's head is the number of words.
func withoutPunctuation(heads []int32, kept []int32) []int32 {
	to := make([]int32, len(heads))
	for i := range to {
		to[i] = learn.None
	}
	for k, i := range kept {
		to[i] = int32(k)
	}
	out := make([]int32, len(kept))
	root := int32(learn.None)
	for k, i := range kept {
		h := heads[i]
		for steps := 0; h >= 0 && to[h] < 0 && steps < len(heads); steps++ {
			h = heads[h]
		}
		switch {
		case h >= 0:
			out[k] = to[h]
		case root < 0:
			root = int32(k)
			out[k] = int32(len(kept))
		default:
			out[k] = root
		}
	}
	return out
}

// TrainNames learns names from the sentences where they are known. Tags are those that a tagger gave them, see [Retag].
func TrainNames(sentences []Sentence, tags [][]string, taggerFile []byte, epochs int, log func(format string, args ...any)) ([]byte, error) {
	t, err := readTagger(taggerFile)
	if err != nil {
		return nil, err
	}
	number := map[string]int{}
	for i, k := range kinds {
		number[k] = i
	}
	var chains []*learn.Chain
	var seen mentions
	var s scratch
	for n, x := range sentences {
		if x.Names == nil {
			continue
		}
		s.fill(len(x.Words), func(w *word, i int) { w.set(x.Words[i]) })
		look(t.dict, s.words[2:len(s.words)-2])
		if err := setTags(s.words, tags[n], t.tags); err != nil {
			return nil, err
		}
		c := &learn.Chain{Gold: make([]uint8, len(x.Words))}
		if x.First || seen == nil {
			seen = make(mentions)
		}
		nameFeatures(c, &s.bag, s.words, seen)
		seen.remember(s.words, t.proper)
		for i, name := range x.Names {
			if name == "" {
				continue
			}
			y := beginOf(number[name])
			if i > 0 && x.Names[i-1] == name {
				y++
			}
			c.Gold[i] = uint8(y)
		}
		chains = append(chains, c)
	}
	m := learn.TrainCRF(chains, learn.CRFOptions{
		Labels: nameLabels, Contexts: 1, Allowed: nameStep, Epochs: epochs, Rate: 0.1, Dropout: 0.25, Least: 2, Prune: 0.05, Seed: seed,
		Progress: func(epoch int, loss float64) { log("names: epoch %d: loss %.0f", epoch+1, loss) },
	})
	log("names: %d features", m.Features())
	return learn.Pack(namesKind, m.AppendTo(nil))
}

// TrainParser learns the parser from the sentences that have trees. Tags are those that a tagger gave them. The parser
// walks into states that its own mistakes lead to, and learns what is best there (Goldberg and Nivre 2012).
func TrainParser(sentences []Sentence, tags [][]string, taggerFile []byte, epochs int, log func(format string, args ...any)) ([]byte, error) {
	t, err := readTagger(taggerFile)
	if err != nil {
		return nil, err
	}
	labels := relations(sentences)
	all, err := treesOf(sentences, tags, t, labels)
	if err != nil {
		return nil, err
	}
	p := parserTrainer{
		marks: t.marks,
		moves: learn.NewPerceptron([]string{"shift", "left", "right"}, 3), moveScores: make([]int32, learn.Actions),
		rels: learn.NewPerceptron(labels, 3), relScores: make([]int32, len(labels)),
		random: rand.New(rand.NewPCG(seed, 2)),
	}
	for epoch := range epochs {
		p.asked, p.wrong, p.arcs, p.mislabelled = 0, 0, 0, 0
		for _, n := range p.random.Perm(len(all)) {
			p.parse(&all[n], epoch > 0)
		}
		log("parser: epoch %d: %.2f %% of %d actions, %.2f %% of %d labels wrong", epoch+1,
			100*float64(p.wrong)/float64(p.asked), p.asked, 100*float64(p.mislabelled)/float64(max(p.arcs, 1)), p.arcs)
	}
	a, l := p.moves.Model(400_000), p.rels.Model(120_000)
	log("parser: %d features of actions, %d of labels", a.Features(), l.Features())
	return learn.Pack(parserKind, l.AppendTo(a.AppendTo(nil)))
}

// relations are the relations that say something, sorted.
func relations(sentences []Sentence) []string {
	var labels []string
	seen := map[string]bool{}
	for _, x := range sentences {
		for i, r := range x.Rels {
			if !seen[r] && x.Heads[i] >= 0 && known(r) {
				seen[r] = true
				labels = append(labels, r)
			}
		}
	}
	slices.Sort(labels)
	return labels
}

// A treeExample is a sentence with its tree, without punctuation.
type treeExample struct {
	words []word // with bounds and punctuation
	heads []int32
	rels  []int // -1 where not known
}

// treesOf are the sentences that have trees and are not too long.
func treesOf(sentences []Sentence, tags [][]string, t *tagger, labels []string) ([]treeExample, error) {
	const longest = 150 // tokens of a sentence to learn from
	var all []treeExample
	var s scratch
	for n, x := range sentences {
		if len(x.Heads) == 0 || len(x.Heads) > longest {
			continue
		}
		s.fill(len(x.Words), func(w *word, i int) { w.set(x.Words[i]) })
		if err := setTags(s.words, tags[n], t.tags); err != nil {
			return nil, err
		}
		e := treeExample{words: slices.Clone(s.words)}
		s.tree.start(e.words, t.marks)
		e.heads = withoutPunctuation(x.Heads, s.tree.kept)
		for _, i := range s.tree.kept {
			rel, ok := slices.BinarySearch(labels, x.Rels[i])
			if !ok || !known(x.Rels[i]) {
				rel = -1
			}
			e.rels = append(e.rels, rel)
		}
		all = append(all, e)
	}
	return all, nil
}

// A parserTrainer learns actions and labels as it parses.
type parserTrainer struct {
	marks                           []uint8 // of the tagger
	moves, rels                     *learn.Perceptron
	moveScores, relScores           []int32
	random                          *rand.Rand
	asked, wrong, arcs, mislabelled int // of an epoch
	bag                             bag
	tree                            tree
}

// parse parses one example and learns from it; where it explores, it mostly takes what it holds for best, wrong or not.
func (p *parserTrainer) parse(e *treeExample, explore bool) {
	const follow = 0.9 // share of the steps that follow the model
	p.tree.start(e.words, p.marks)
	for !p.tree.Done() {
		move := p.tree.forced()
		if move == learn.Actions {
			guess, good := p.learnMove(e)
			move = good
			if explore && p.random.Float64() < follow {
				move = guess
			}
		}
		rel := 0
		if move != learn.Shift {
			if h, c := p.tree.Arc(move); int(h) < p.tree.Len() {
				rel = p.learnLabel(e, h, c)
			}
		}
		p.tree.Do(move, uint8(rel))
	}
}

// learnMove asks for the next action and learns: guess is the best by the model, good the best of those that put the fewest arcs of the
// example's tree out of reach.
func (p *parserTrainer) learnMove(e *treeExample) (guess, good learn.Action) {
	var costs [learn.Actions]int
	p.tree.Costs(e.heads, &costs)
	actionFeatures(&p.bag, &p.tree)
	p.moves.Score(p.bag.list, p.moveScores)
	least := -1
	for _, c := range costs {
		if c >= 0 && (least < 0 || c < least) {
			least = c
		}
	}
	top := func(allowed func(cost int) bool) int {
		top := -1
		for m, c := range costs {
			if allowed(c) && (top < 0 || p.moveScores[m] > p.moveScores[top]) {
				top = m
			}
		}
		return top
	}
	g, b := top(func(c int) bool { return c >= 0 }), top(func(c int) bool { return c == least })
	if g != b {
		p.moves.Update(p.bag.list, b, g)
		p.wrong++
	}
	p.moves.Step()
	p.asked++
	return learn.Action(g), learn.Action(b)
}

// learnLabel labels an arc, and learns where the arc is right and its label known.
func (p *parserTrainer) learnLabel(e *treeExample, h, c int32) int {
	labelFeatures(&p.bag, &p.tree, h, c)
	p.rels.Score(p.bag.list, p.relScores)
	rel := best(p.relScores)
	if gold := e.rels[c]; e.heads[c] == h && gold >= 0 {
		if rel != gold {
			p.rels.Update(p.bag.list, gold, rel)
			p.mislabelled++
		}
		p.rels.Step()
		p.arcs++
	}
	return rel
}

// known says whether a relation says something: "dep" is a parser's way of saying that it does not know.
func known(rel string) bool { return rel != "dep" && rel != relRoot && rel != relPunct && rel != "_" }
