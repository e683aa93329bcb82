package main

import (
	"fmt"
	"strings"

	"onrecord"
	"onrecord/english"
	"onrecord/text"
)

type scoreCommand struct {
	Corpora string `short:"c" required:"" type:"existingdir" help:"Folder of the corpora."`
}

func (c *scoreCommand) Run() error {
	data, err := readCorpora(c.Corpora)
	if err != nil {
		return err
	}
	fmt.Printf("%-24s %8s %7s %7s %7s %7s %7s %7s %7s %7s\n",
		"", "words", "UPOS", "XPOS", "lemma", "UAS", "LAS", "P", "R", "names F1")
	for _, set := range []struct {
		name      string
		sentences []english.Sentence
	}{
		{"gum.dev", data.Dev},
		{"silver, held back", data.Held},
		{"gum.dev, title case", mapped(data.Dev, title)},
		{"gum.dev, upper case", mapped(data.Dev, strings.ToUpper)},
	} {
		fmt.Println(measure(set.name, set.sentences))
	}
	return nil
}

func mapped(sentences []english.Sentence, f func(string) string) []english.Sentence {
	out := make([]english.Sentence, len(sentences))
	for i, s := range sentences {
		s.Words = recase(s.Words, f)
		out[i] = s
	}
	return out
}

// document is the sentence as text would hand it over, with the corpus's own tokens.
func document(s *english.Sentence) *text.Doc {
	d := &text.Doc{}
	var b strings.Builder
	for i, w := range s.Words {
		if i > 0 {
			b.WriteByte(' ')
		}
		t := text.Token{Span: onrecord.Span{Start: b.Len(), End: b.Len() + len(w)}, Space: true}
		switch w {
		case "``":
			t.Shape = text.Open
		case "''":
			t.Shape = text.Close
		}
		b.WriteString(w)
		d.Tokens = append(d.Tokens, t)
	}
	d.Text = b.String()
	d.Sentences = []text.Range{{End: len(d.Tokens)}}
	d.Paragraphs = d.Sentences
	return d
}

// measure tells how the embedded models do on annotated sentences. Punctuation counts for tags and not for trees.
func measure(name string, sentences []english.Sentence) string {
	var words, upos, xpos, lemmas, arcs, uas, las, found, right, names int
	for i := range sentences {
		s := &sentences[i]
		l := english.Annotate(document(s))
		for k := range s.Words {
			words++
			if l.Tags[k] == s.Tags[k] {
				xpos++
			}
			if universal(l.Tags[k], l.Rels[k]) == universal(s.Tags[k], s.Rels[k]) {
				upos++
			}
			if l.Lemmas[k] == s.Lemmas[k] {
				lemmas++
			}
			if s.Rels[k] == "punct" {
				continue
			}
			arcs++
			if l.Heads[k] == s.Heads[k] {
				uas++
				if l.Rels[k] == s.Rels[k] {
					las++
				}
			}
		}
		if s.Names == nil {
			continue
		}
		gold := map[english.Name]bool{}
		for k := 0; k < len(s.Names); {
			end := k + 1
			for end < len(s.Names) && s.Names[end] == s.Names[k] {
				end++
			}
			if s.Names[k] != "" {
				gold[english.Name{Range: text.Range{First: k, End: end}, Kind: s.Names[k]}] = true
			}
			k = end
		}
		names += len(gold)
		for _, n := range l.Names {
			found++
			n.Confidence = 0
			if gold[n] {
				right++
			}
		}
	}
	of := func(a, b int) float64 { return 100 * float64(a) / float64(max(b, 1)) }
	return fmt.Sprintf("%-24s %8d %7.2f %7.2f %7.2f %7.2f %7.2f %7.2f %7.2f %7.2f", name, words, of(upos, words), of(xpos, words),
		of(lemmas, words), of(uas, arcs), of(las, arcs), of(right, found), of(right, names), of(2*right, found+names))
}

// universal is the universal part of speech, as far as Penn tag and relation tell it.
func universal(tag, rel string) string {
	base, _, _ := strings.Cut(rel, ":")
	switch {
	case strings.HasPrefix(tag, "NNP"):
		return "PROPN"
	case strings.HasPrefix(tag, "NN"):
		return "NOUN"
	case strings.HasPrefix(tag, "VB"):
		if base == "aux" || base == "cop" {
			return "AUX"
		}
		return "VERB"
	case strings.HasPrefix(tag, "JJ"):
		return "ADJ"
	case strings.HasPrefix(tag, "RB"):
		return "ADV"
	}
	switch tag {
	case "MD":
		return "AUX"
	case "IN":
		if base == "mark" {
			return "SCONJ"
		}
		return "ADP"
	case "RP":
		return "ADP"
	case "DT", "PDT":
		if base == "det" {
			return "DET"
		}
		return "PRON"
	case "WDT", "WP", "PRP", "PRP$", "WP$", "EX":
		return "PRON"
	case "WRB":
		return "ADV"
	case "CC":
		return "CCONJ"
	case "CD":
		return "NUM"
	case "TO", "POS":
		return "PART"
	case "UH":
		return "INTJ"
	case "FW", "LS":
		return "X"
	case "$", "#", "SYM":
		return "SYM"
	}
	return "PUNCT"
}
