package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord/text"
)

type sentencesCommand struct {
	Corpora string `short:"c" required:"" type:"existingdir" help:"Folder of the corpora."`
	Out     string `short:"o" default:"text/weights" type:"path" help:"Folder that the weights go to."`
}

// Run learns from the treebanks, and from the silver layer of PolNeAR train but for what [readCorpora] holds back.
func (c *sentencesCommand) Run() error {
	var all []text.Example
	for _, name := range []string{"ewt", "gum.train"} {
		x, err := readMarked(filepath.Join(c.Corpora, "ud", name+".conllu.gz"))
		if err != nil {
			return err
		}
		all = append(all, x...)
	}
	x, err := readNoisy(filepath.Join(c.Corpora, "polnear"), "train", func(i int) bool { return !heldBack(i) })
	if err != nil {
		return err
	}
	b, err := text.TrainSentences(append(all, x...), logf)
	if err != nil {
		return err
	}
	return place{Out: c.Out}.write("sentences.bin", b)
}

// readMarked reads the documents of a treebank as running text: their sentences in order, with an empty line between paragraphs.
func readMarked(path string) ([]text.Example, error) {
	var all []text.Example
	var b strings.Builder
	var ends []int
	glued := false // no white space after the sentence
	finish := func() {
		if len(ends) > 0 {
			all = append(all, text.Example{Text: b.String(), Ends: ends})
		}
		b.Reset()
		ends = nil
	}
	paragraph := false
	err := lines(path, func(line string) error {
		switch {
		case strings.HasPrefix(line, "# newdoc"):
			finish()
		case strings.HasPrefix(line, "# newpar"):
			paragraph = true
		case strings.HasPrefix(line, "# text = "):
			if len(ends) > 0 {
				if paragraph {
					b.WriteString("\n\n")
				} else if !glued {
					b.WriteByte(' ')
				}
			}
			b.WriteString(strings.TrimSpace(line[len("# text = "):]))
			ends = append(ends, b.Len())
			paragraph = false
		case line != "" && line[0] != '#':
			glued = strings.Contains(line, "SpaceAfter=No")
		}
		return nil
	})
	finish()
	return all, err
}

// readNoisy reads the articles of a part of PolNeAR that are to be kept, by their number in it, with the sentences of its silver
// layer; articles that were not parsed whole have none that are worth anything, and are left out.
func readNoisy(dir, part string, keep func(int) bool) ([]text.Example, error) {
	texts := map[string]string{}
	err := lines(filepath.Join(dir, part+".jsonl.gz"), func(line string) error {
		var a struct{ ID, Text string }
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			return err
		}
		texts[a.ID] = a.Text
		return nil
	})
	if err != nil {
		return nil, err
	}
	var all []text.Example
	var offsets *text.Offsets
	last := -1   // end of the word before, in code points
	number := -1 // of the article
	parsed := false
	end := func() {
		if last >= 0 {
			x := &all[len(all)-1]
			x.Ends = append(x.Ends, offsets.Byte(last))
			last = -1
		}
	}
	finish := func() {
		end()
		if len(all) > 0 && !(parsed && keep(number)) {
			all = all[:len(all)-1]
		}
	}
	err = lines(filepath.Join(dir, part+".silver.tsv.gz"), func(line string) error {
		if id, ok := strings.CutPrefix(line, "# article "); ok {
			finish()
			number++
			parsed = true
			all = append(all, text.Example{Text: texts[id], Noisy: true})
			offsets = text.NewOffsets(texts[id])
			return nil
		}
		col := strings.Split(line, "\t")
		if len(col) != 9 {
			end()
			return nil
		}
		if col[6] == "_" {
			parsed = false
		}
		n, err := strconv.Atoi(col[8])
		if err != nil {
			return fmt.Errorf("end: %w", err)
		}
		last = n
		return nil
	})
	finish()
	return all, err
}

// scoreSentences measures where text ends sentences, on GUM dev and on the silver layer that was held back: precision, recall and
// F1 of the ends of sentences that stand inside paragraphs, and F1 of all.
func scoreSentences(corpora string) error {
	gum, err := readMarked(filepath.Join(corpora, "ud", "gum.dev.conllu.gz"))
	if err != nil {
		return err
	}
	silver, err := readNoisy(filepath.Join(corpora, "polnear"), "train", heldBack)
	if err != nil {
		return err
	}
	dev, err := readNoisy(filepath.Join(corpora, "polnear"), "dev", func(int) bool { return true })
	if err != nil {
		return err
	}
	fmt.Printf("\n%-24s %8s %7s %7s %7s %7s\n", "ends of sentences", "", "P", "R", "F1", "all F1")
	for _, set := range []struct {
		name     string
		examples []text.Example
	}{{"gum.dev", gum}, {"silver, held back", append(silver, dev...)}} {
		fmt.Println(boundaries(set.name, set.examples))
	}
	return nil
}

func boundaries(name string, examples []text.Example) string {
	var right, found, gold [2]int // of all, of those inside paragraphs
	for _, x := range examples {
		d := text.Parse(x.Text)
		edge, is := map[int]bool{}, map[int]bool{}
		for _, p := range d.Paragraphs {
			edge[d.Span(p).End] = true
		}
		count := func(of *[2]int, end int) {
			of[0]++
			if !edge[end] {
				of[1]++
			}
		}
		for _, end := range x.Ends {
			is[end] = true
			count(&gold, end)
		}
		for _, s := range d.Sentences {
			end := d.Span(s).End
			count(&found, end)
			if is[end] {
				count(&right, end)
			}
		}
	}
	of := func(a, b int) float64 { return 100 * float64(a) / float64(max(b, 1)) }
	return fmt.Sprintf("%-24s %8d %7.2f %7.2f %7.2f %7.2f", name, gold[0], of(right[1], found[1]), of(right[1], gold[1]),
		of(2*right[1], found[1]+gold[1]), of(2*right[0], found[0]+gold[0]))
}
