package main

import (
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/english"
)

type taggerCommand struct{ place }

func (c *taggerCommand) Run() error {
	data, err := readCorpora(c.Corpora)
	if err != nil {
		return err
	}
	return c.tagger(data)
}

func (p place) tagger(data *corpora) error {
	b, err := english.TrainTagger(mixed(data), 6, logf)
	if err != nil {
		return err
	}
	return p.write("tagger.bin", b)
}

type namesCommand struct{ place }

func (c *namesCommand) Run() error {
	data, err := readCorpora(c.Corpora)
	if err != nil {
		return err
	}
	return c.names(data)
}

func (p place) names(data *corpora) error {
	tagger, err := os.ReadFile(filepath.Join(p.Out, "tagger.bin"))
	if err != nil {
		return err
	}
	b, err := english.TrainNames(mixed(data), tagger, 8, logf)
	if err != nil {
		return err
	}
	return p.write("names.bin", b)
}

type parserCommand struct{ place }

func (c *parserCommand) Run() error {
	data, err := readCorpora(c.Corpora)
	if err != nil {
		return err
	}
	return c.parser(data)
}

func (p place) parser(data *corpora) error {
	tagger, err := os.ReadFile(filepath.Join(p.Out, "tagger.bin"))
	if err != nil {
		return err
	}
	b, err := english.TrainParser(mixed(data), tagger, 8, logf)
	if err != nil {
		return err
	}
	return p.write("parser.bin", b)
}

type allCommand struct{ place }

func (c *allCommand) Run() error {
	data, err := readCorpora(c.Corpora)
	if err != nil {
		return err
	}
	for _, step := range []func(*corpora) error{c.tagger, c.names, c.parser} {
		if err := step(data); err != nil {
			return err
		}
	}
	return nil
}

// mixed is what the models learn from: all sentences but headlines that the parser of the silver layer saw, and copies of short
// sentences capitalised as headlines are, or not at all, so that capitals are not all that names are known by.
func mixed(data *corpora) []english.Sentence {
	var all []english.Sentence
	for _, s := range data.Silver {
		if !headline(s.Words) {
			all = append(all, s)
		}
	}
	all = append(all, data.Gold...)
	n := len(all)
	for i := range n {
		s := all[i]
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
