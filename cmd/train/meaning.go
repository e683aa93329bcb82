package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/learn"
	"github.com/onrecord/onrecord/meaning"
	"github.com/onrecord/onrecord/text"
)

type meaningCommand struct {
	Corpora string `short:"c" required:"" type:"existingdir" help:"Folder of the corpora, for nli/, vectors/ and polnear/."`
	WordNet string `default:"/usr/share/wordnet" type:"existingdir" help:"Folder of WordNet 3.0's data and index files (Debian: wordnet-base)."`
	Out     string `short:"o" default:"meaning/weights" type:"path" help:"Folder that the weights go to."`
}

// A sentencePair is two sentences marked by people.
type sentencePair struct {
	A, B, Label, Set string

	pair meaning.Pair
}

// heldOut is one pair in so many, by the hash of its first sentence: those measure.
const heldOut = 10

// Run learns the model from the pairs that are not held out, says how it does on those, then learns from all.
func (c *meaningCommand) Run() error {
	pairs, err := readPairs(filepath.Join(c.Corpora, "nli", "train.jsonl.gz"))
	if err != nil {
		return err
	}
	logf("%d pairs", len(pairs))
	readPassages(pairs)
	logf("read")
	words, common, err := readTables(c.Corpora, c.WordNet)
	if err != nil {
		return err
	}
	made, err := edits(c.Corpora, words, common)
	if err != nil {
		return err
	}
	logf("pairs made of news: %s", describe(made))
	var learnt, all []meaning.Pair
	var held []sentencePair
	for i := range pairs {
		all = append(all, pairs[i].pair)
		if learn.HashString(pairs[i].A)%heldOut == 0 {
			held = append(held, pairs[i])
		} else {
			learnt = append(learnt, pairs[i].pair)
		}
	}
	for i := range made {
		if all = append(all, made[i]); i%heldOut == 0 {
			held = append(held, sentencePair{Set: "made of news", Label: labelOf(&made[i]), pair: made[i]})
		} else {
			learnt = append(learnt, made[i])
		}
	}
	file, err := meaning.Train(learnt, logf)
	if err != nil {
		return err
	}
	model, err := meaning.Read(file)
	if err != nil {
		return err
	}
	scoreMeaning(model, held)
	if file, err = meaning.Train(all, func(string, ...any) {}); err != nil {
		return err
	}
	return place{Out: c.Out}.write("meaning.bin", file)
}

func readPairs(file string) (list []sentencePair, err error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	for d := json.NewDecoder(bufio.NewReader(z)); ; {
		var p sentencePair
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return list, nil
		} else if err != nil {
			return nil, fmt.Errorf("%s: pair %d: %w", file, len(list)+1, err)
		}
		list = append(list, p)
	}
}

func labelOf(p *meaning.Pair) string {
	switch {
	case p.Follows:
		return "entails"
	case p.Contradicts:
		return "contradicts"
	}
	return "neutral"
}

// readPassages reads the sentences of the pairs, on all processors.
func readPassages(list []sentencePair) {
	var wait sync.WaitGroup
	n := runtime.GOMAXPROCS(0)
	for k := range n {
		wait.Go(func() {
			for i := k; i < len(list); i += n {
				p := &list[i]
				p.pair = meaning.Pair{Record: passageOf(p.A), Claim: passageOf(p.B), Follows: p.Label == "entails", Contradicts: p.Label == "contradicts", Weight: 1}
			}
		})
	}
	wait.Wait()
}

func passageOf(s string) *meaning.Passage {
	return meaning.Of(english.Annotate(text.Parse(s)), onrecord.Span{Start: 0, End: len(s)})
}

// scoreMeaning prints for each set how well contradiction is told from the rest and from following: the chance that of two pairs, one of each, the
// contradiction is the likelier one (area under the curve), and how often the likeliest class is right.
func scoreMeaning(m *meaning.Model, held []sentencePair) {
	bySet := map[string][]scored{}
	var sets []string
	for i := range held {
		p := &held[i]
		c := m.Compare(p.pair.Record, p.pair.Claim)
		s := scored{label: p.Label, contradicts: c.Contradicts, against: c.Contradicts / (c.Contradicts + c.Follows + 1e-9)}
		switch best := max(c.Follows, c.Contradicts, 1-c.Follows-c.Contradicts); best {
		case c.Follows:
			s.right = p.Label == "entails"
		case c.Contradicts:
			s.right = p.Label == "contradicts"
		default:
			s.right = p.Label == "neutral"
		}
		if !slices.Contains(sets, p.Set) {
			sets = append(sets, p.Set)
		}
		bySet[p.Set] = append(bySet[p.Set], s)
		bySet["all"] = append(bySet["all"], s)
	}
	for _, set := range append(sets, "all") {
		list := bySet[set]
		right := 0
		for _, s := range list {
			if s.right {
				right++
			}
		}
		rest := area(list, func(s scored) float64 { return s.contradicts }, func(string) bool { return true })
		follow := area(list, func(s scored) float64 { return s.against }, func(label string) bool { return label == "entails" })
		fmt.Printf("%-16s %5d pairs  right %.1f %%  contradicts / rest %.3f  contradicts / follows %.3f\n", set, len(list), 100*float64(right)/float64(len(list)), rest, follow)
	}
}

type scored struct {
	label                string
	contradicts, against float64
	right                bool
}

// area is the area under the curve of contradictions against those others that count.
func area(list []scored, value func(scored) float64, counts func(label string) bool) float64 {
	var list2 []scored
	for _, s := range list {
		if s.label == "contradicts" || counts(s.label) {
			list2 = append(list2, s)
		}
	}
	slices.SortFunc(list2, func(a, b scored) int {
		if value(a) < value(b) {
			return -1
		}
		return 1
	})
	below, sum, pos := 0, 0, 0
	for _, s := range list2 {
		if s.label == "contradicts" {
			sum += below
			pos++
		} else {
			below++
		}
	}
	if pos == 0 || below == 0 {
		return 0
	}
	return float64(sum) / float64(pos) / float64(below)
}
