package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/text"
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
	row, err := endToEnd(c.Corpora)
	if err != nil {
		return err
	}
	fmt.Println(row)
	return scoreSentences(c.Corpora)
}

// endToEnd measures text and english together, on the texts of PolNeAR dev: words, heads and names are right when they stand at
// the same place as in the silver layer, so that each word that text cuts otherwise counts as wrong.
func endToEnd(corpora string) (string, error) {
	articles, err := readSilver(filepath.Join(corpora, "polnear", "dev.silver.tsv.gz"))
	if err != nil {
		return "", err
	}
	texts := map[string]string{}
	err = lines(filepath.Join(corpora, "polnear", "dev.jsonl.gz"), func(line string) error {
		var a struct{ ID, Text string }
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			return err
		}
		texts[a.ID] = a.Text
		return nil
	})
	if err != nil {
		return "", err
	}
	var t tally
	for _, a := range articles {
		d := text.Parse(texts[a.ID])
		l := english.Annotate(d)
		// Code points of tokens.
		points := make([]onrecord.Span, len(d.Tokens))
		at := map[onrecord.Span]int{}
		count, last := 0, 0
		to := func(b int) int {
			count += utf8.RuneCountInString(d.Text[last:b])
			last = b
			return count
		}
		for i, k := range d.Tokens {
			points[i].Start = to(k.Start)
			points[i].End = to(k.End)
			at[points[i]] = i
		}
		names := map[onrecord.Span]string{}
		for _, n := range l.Names {
			names[onrecord.Span{Start: points[n.First].Start, End: points[n.End-1].End}] = n.Kind
		}
		covered := 0 // end of the last sentence that was parsed
		for n := range a.Sentences {
			s, spans := &a.Sentences[n], a.Spans[n]
			for k, span := range spans {
				i, ok := at[span]
				if !ok {
					t.count(s, k, "", "", "", false)
					continue
				}
				h := onrecord.Span{}
				if s.Heads[k] >= 0 {
					h = spans[s.Heads[k]]
				}
				head := onrecord.Span{}
				if l.Heads[i] >= 0 {
					head = points[l.Heads[i]]
				}
				t.count(s, k, l.Tags[i], l.Lemmas[i], l.Rels[i], h == head)
			}
			first, end := spans[0].Start, spans[len(spans)-1].End
			for _, g := range namesOf(s.Names) {
				t.names++
				span := onrecord.Span{Start: spans[g.First].Start, End: spans[g.End-1].End}
				if names[span] == g.Kind {
					t.right++
				}
			}
			for _, name := range l.Names {
				if b := points[name.First].Start; b >= first && b < end && b >= covered {
					t.found++
				}
			}
			covered = end
		}
	}
	return t.row("polnear dev, end to end"), nil
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

// A tally counts what is right.
type tally struct {
	words, upos, xpos, lemmas, arcs, uas, las, found, right, names int
}

// count takes in word k of a sentence: what the models say of it, and whether they have its head.
func (t *tally) count(s *english.Sentence, k int, tag, lemma, rel string, head bool) {
	t.words++
	if tag == s.Tags[k] {
		t.xpos++
	}
	if tag != "" && universal(tag, rel) == universal(s.Tags[k], s.Rels[k]) {
		t.upos++
	}
	if lemma == s.Lemmas[k] {
		t.lemmas++
	}
	if s.Rels[k] == "punct" {
		return
	}
	t.arcs++
	if head {
		t.uas++
		if rel == s.Rels[k] {
			t.las++
		}
	}
}

func (t *tally) row(name string) string {
	of := func(a, b int) float64 { return 100 * float64(a) / float64(max(b, 1)) }
	return fmt.Sprintf("%-24s %8d %7.2f %7.2f %7.2f %7.2f %7.2f %7.2f %7.2f %7.2f", name, t.words, of(t.upos, t.words),
		of(t.xpos, t.words), of(t.lemmas, t.words), of(t.uas, t.arcs), of(t.las, t.arcs), of(t.right, t.found), of(t.right, t.names),
		of(2*t.right, t.found+t.names))
}

// namesOf are the names that words are parts of.
func namesOf(kinds []string) []english.Name {
	var names []english.Name
	for k := 0; k < len(kinds); {
		end := k + 1
		for end < len(kinds) && kinds[end] == kinds[k] {
			end++
		}
		if kinds[k] != "" {
			names = append(names, english.Name{Range: text.Range{First: k, End: end}, Kind: kinds[k]})
		}
		k = end
	}
	return names
}

// measure tells how the embedded models do on annotated sentences. Punctuation counts for tags and not for trees.
func measure(name string, sentences []english.Sentence) string {
	var t tally
	for i := range sentences {
		s := &sentences[i]
		l := english.Annotate(document(s))
		for k := range s.Words {
			t.count(s, k, l.Tags[k], l.Lemmas[k], l.Rels[k], l.Heads[k] == s.Heads[k])
		}
		if s.Names == nil {
			continue
		}
		gold := map[english.Name]bool{}
		for _, n := range namesOf(s.Names) {
			gold[n] = true
		}
		t.names += len(gold)
		for _, n := range l.Names {
			t.found++
			n.Confidence = 0
			if gold[n] {
				t.right++
			}
		}
	}
	return t.row(name)
}

// universal is the universal part of speech, as far as Penn tag and relation tell it.
func universal(tag, rel string) string {
	base, _, _ := strings.Cut(rel, ":")
	for _, open := range [][2]string{{"NNP", "PROPN"}, {"NN", "NOUN"}, {"VB", "VERB"}, {"JJ", "ADJ"}, {"RB", "ADV"}} {
		if strings.HasPrefix(tag, open[0]) {
			if open[1] == "VERB" && (base == "aux" || base == "cop") {
				return "AUX"
			}
			return open[1]
		}
	}
	closed := map[string]string{
		"MD": "AUX", "IN": "ADP", "RP": "ADP", "DT": "PRON", "PDT": "PRON", "WDT": "PRON", "WP": "PRON", "PRP": "PRON", "PRP$": "PRON",
		"WP$": "PRON", "EX": "PRON", "WRB": "ADV", "CC": "CCONJ", "CD": "NUM", "TO": "PART", "POS": "PART", "UH": "INTJ", "FW": "X",
		"LS": "X", "$": "SYM", "#": "SYM", "SYM": "SYM",
	}
	switch {
	case tag == "IN" && base == "mark":
		return "SCONJ"
	case (tag == "DT" || tag == "PDT") && base == "det":
		return "DET"
	case closed[tag] == "":
		return "PUNCT"
	}
	return closed[tag]
}
