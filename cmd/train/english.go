package main

import (
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord/english"
)

// A step learns one model from the examples, and puts it in its place.
type step func(*lesson) error

// A lesson is what all models learn from.
type lesson struct {
	sentences []english.Sentence
	tags      [][]string // of the sentences, by a tagger that has not seen them; see retag
}

type (
	taggerCommand struct{ place }
	namesCommand  struct{ place }
	parserCommand struct{ place }
	allCommand    struct {
		place
		Text string `default:"text/weights" type:"path" help:"Folder that the weights of sentences go to."`
	}
)

func (c *taggerCommand) Run() error { return c.learn(c.tagger) }
func (c *namesCommand) Run() error  { return c.learn(c.names) }
func (c *parserCommand) Run() error { return c.learn(c.parser) }

func (c *allCommand) Run() error {
	if err := (&sentencesCommand{Corpora: c.Corpora, Out: c.Text}).Run(); err != nil {
		return err
	}
	return c.learn(c.tagger, c.names, c.parser)
}

func (p place) learn(steps ...step) error {
	data, err := readCorpora(p.Corpora)
	if err != nil {
		return err
	}
	l := &lesson{sentences: mixed(data)}
	for _, s := range steps {
		if err := s(l); err != nil {
			return err
		}
	}
	return nil
}

const taggerEpochs = 6

func (p place) tagger(l *lesson) error {
	b, err := english.TrainTagger(l.sentences, taggerEpochs, logf)
	if err != nil {
		return err
	}
	return p.write("tagger.bin", b)
}

// retag tags each half of the sentences by a tagger that learned from the other half.
func (l *lesson) retag() error {
	if l.tags != nil {
		return nil
	}
	var halves [2][]english.Sentence
	// Copies of a sentence in other capitals must not stand in the other half: see mixed.
	half := func(i int) int { return l.sentences[i].Part }
	for i, s := range l.sentences {
		halves[half(i)] = append(halves[half(i)], s)
	}
	var tagged [2][][]string
	for h := range halves {
		b, err := english.TrainTagger(halves[1-h], taggerEpochs-2, func(string, ...any) {})
		if err != nil {
			return err
		}
		if tagged[h], err = english.Retag(halves[h], b); err != nil {
			return err
		}
	}
	for i := range l.sentences {
		h := half(i)
		l.tags = append(l.tags, tagged[h][0])
		tagged[h] = tagged[h][1:]
	}
	logf("tagged each half by what the other teaches")
	return nil
}

func (p place) names(l *lesson) error {
	tagger, err := p.ready(l)
	if err != nil {
		return err
	}
	b, err := english.TrainNames(l.sentences, l.tags, tagger, 8, logf)
	if err != nil {
		return err
	}
	return p.write("names.bin", b)
}

func (p place) parser(l *lesson) error {
	tagger, err := p.ready(l)
	if err != nil {
		return err
	}
	b, err := english.TrainParser(l.sentences, l.tags, tagger, parserEpochs, logf)
	if err != nil {
		return err
	}
	return p.write("parser.bin", b)
}

const parserEpochs = 5

// ready sees to what models above the tagger need, and returns the tagger's weight file.
func (p place) ready(l *lesson) ([]byte, error) {
	if err := l.retag(); err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(p.Out, "tagger.bin"))
}

// mixed is what the models learn from: all sentences but headlines that the parser of the silver layer saw, and copies of short
// sentences capitalised as headlines are, or not at all, so that capitals are not all that names are known by.
func mixed(data *corpora) []english.Sentence {
	var all []english.Sentence
	first := false
	for _, s := range data.Silver {
		first = first || s.First
		if !headline(s.Words) {
			s.First, first = first, false
			all = append(all, s)
		}
	}
	all = append(all, data.Gold...)
	n := len(all)
	for i := range n {
		all[i].Part = i / 500 & 1
		s := all[i]
		s.First = true // stands alone
		if len(s.Words) < 4 || len(s.Words) > 24 {
			continue
		}
		switch i % 24 {
		case 0, 1:
			s.Words = recase(s.Words, title)
		case 8:
			s.Words = recase(s.Words, strings.ToUpper)
		case 16:
			s.Words = recase(s.Words, strings.ToLower)
		default:
			continue
		}
		all = append(all, s)
	}
	return all
}

// headline says whether hardly any longer word begins with a small letter.
func headline(words []string) bool {
	small, long := 0, 0
	for _, w := range words {
		if len(w) >= 4 && unicode.IsLetter(rune(w[0])) {
			long++
			if w[0] >= 'a' {
				small++
			}
		}
	}
	return long >= 3 && small*5 < long
}

func recase(words []string, f func(string) string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = f(w)
		if i == 0 && len(w) > 0 && w[0] < utf8.RuneSelf {
			out[i] = strings.ToUpper(out[i][:1]) + out[i][1:]
		}
	}
	return out
}

// title capitalises a word as headlines do: all but short words of grammar.
func title(w string) string {
	switch w {
	case "a", "an", "the", "of", "in", "on", "to", "and", "or", "for", "at", "by", "but", "as", "n't", "'s":
		return w
	}
	if w != "" && 'a' <= w[0] && w[0] <= 'z' {
		return strings.ToUpper(w[:1]) + w[1:]
	}
	return w
}
