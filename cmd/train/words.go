package main

import (
	"bufio"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord/meaning"
)

type wordsCommand struct {
	Corpora string `short:"c" required:"" type:"existingdir" help:"Folder of the corpora, for vectors/."`
	WordNet string `default:"/usr/share/wordnet" type:"existingdir" help:"Folder of WordNet 3.0's data and index files (Debian: wordnet-base)."`
	Out     string `short:"o" default:"meaning/weights" type:"path" help:"Folder that the tables go to."`
}

// How many words, by frequency, the tables know.
const (
	inVectors  = 40_000
	inWords    = 60_000 // lemmas of WordNet among so many words
	partSenses = 6      // senses of a word as one part of speech
)

// Run makes the tables of package meaning: of WordNet what the commoner words mean, and the vectors of the commonest.
func (c *wordsCommand) Run() error {
	words, list, err := readTables(c.Corpora, c.WordNet)
	if err != nil {
		return err
	}
	out := place{Out: c.Out}
	if err := out.write("words.bin", words.Pack()); err != nil {
		return err
	}
	return out.write("vectors.bin", meaning.PackVectors(list[:min(len(list), inVectors)]))
}

// readTables reads the vectors of the commoner words, and of WordNet what these mean.
func readTables(corpora, wordNet string) (*meaning.Words, []meaning.Vector, error) {
	list, err := readVectors(filepath.Join(corpora, "vectors", "vectors.bin.gz"), inWords)
	if err != nil {
		return nil, nil, err
	}
	known := map[string]bool{}
	for i := range list {
		known[list[i].Word] = true
	}
	n, err := readWordNet(wordNet, known)
	if err != nil {
		return nil, nil, err
	}
	return n.words(), list, nil
}

// readVectors reads the first vectors of the corpora's file: word, newline, a float32 scale (little endian), 100 signed bytes.
func readVectors(file string, most int) ([]meaning.Vector, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	in := bufio.NewReader(z)
	var list []meaning.Vector
	for len(list) < most {
		word, err := in.ReadString('\n')
		if err == io.EOF {
			break
		}
		v := meaning.Vector{Word: strings.TrimSuffix(word, "\n")}
		b := make([]byte, 4+len(v.Values))
		if err == nil {
			_, err = io.ReadFull(in, b)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: word %d: %w", file, len(list), err)
		}
		scale := math.Float32frombits(binary.LittleEndian.Uint32(b))
		for i := range v.Values {
			v.Values[i] = scale * float32(int8(b[4+i]))
		}
		list = append(list, v)
	}
	return list, nil
}

// A wordNet is WordNet as it is read. Synsets are known by part of speech and offset: "n00001740".
type wordNet struct {
	members  map[string][]string // words of a synset
	wider    map[string]string   // the synset one wider, or that an adjective is like
	pointers []pointer
	senses   map[string][]tagged // of a kept word, the commonest first
}

// A pointer leads from a word of a synset to a word of another, numbered from 1: "!" to an antonym, "+" to a derivation.
type pointer struct {
	symbol, from, to string
	fromWord, toWord int64
}

// A tagged synset has its part of speech, 1 to 4.
type tagged struct {
	synset string
	part   int
}

// readWordNet reads the data and index files of WordNet 3.0 (wndb(5WN)), and keeps the senses of words that are known.
func readWordNet(dir string, known map[string]bool) (*wordNet, error) {
	n := &wordNet{members: map[string][]string{}, wider: map[string]string{}, senses: map[string][]tagged{}}
	for i, part := range []struct{ name, letter string }{{"noun", "n"}, {"verb", "v"}, {"adj", "a"}, {"adv", "r"}} {
		if err := eachLine(filepath.Join(dir, "data."+part.name), func(line string) error { return n.synset(line, part.letter) }); err != nil {
			return nil, err
		}
		if err := eachLine(filepath.Join(dir, "index."+part.name), func(line string) error { return n.word(line, part.letter, i+1, known) }); err != nil {
			return nil, err
		}
	}
	return n, nil
}

// eachLine calls with the lines of a file that are no notice: those begin with a blank.
func eachLine(file string, line func(string) error) error {
	b, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	number := 0
	for s := range strings.Lines(string(b)) {
		number++
		if strings.HasPrefix(s, " ") {
			continue
		}
		if err := line(strings.TrimSpace(s)); err != nil {
			return fmt.Errorf("%s:%d: %w", file, number, err)
		}
	}
	return nil
}

// synset reads a line of data: offset, file, type, number of words in hexadecimal, words each with a number, number of pointers, pointers
// (symbol, offset, part of speech, numbers of the two words).
func (n *wordNet) synset(line, part string) error {
	data, _, _ := strings.Cut(line, " | ")
	f := strings.Fields(data)
	if len(f) < 6 {
		return fmt.Errorf("%d fields", len(f))
	}
	id := part + f[0]
	count, err := strconv.ParseInt(f[3], 16, 32)
	if err != nil || len(f) < 5+2*int(count) {
		return fmt.Errorf("number of words %q", f[3])
	}
	for i := range int(count) {
		word, _, _ := strings.Cut(strings.ToLower(f[4+2*i]), "(") // "dying(p)": how an adjective stands
		n.members[id] = append(n.members[id], word)
	}
	pointers, err := strconv.Atoi(f[4+2*int(count)])
	if err != nil || len(f) < 5+2*int(count)+4*pointers {
		return fmt.Errorf("number of pointers %q", f[4+2*int(count)])
	}
	for p := f[5+2*int(count):]; pointers > 0; p, pointers = p[4:], pointers-1 {
		to := strings.Replace(p[2], "s", "a", 1) + p[1]
		switch p[0] {
		case "&": // an adjective that stands around a head is like it; heads point back
			if f[2] == "s" {
				n.wider[id] = to
			}
		case "@", "@i":
			if n.wider[id] == "" {
				n.wider[id] = to
			}
		case "!", "+":
			x := pointer{symbol: p[0], from: id, to: to}
			if _, err := fmt.Sscanf(p[3], "%2x%2x", &x.fromWord, &x.toWord); err != nil {
				return fmt.Errorf("pointer %q: %w", p[3], err)
			}
			n.pointers = append(n.pointers, x)
		}
	}
	return nil
}

// word reads a line of an index: lemma, part of speech, number of synsets, number of kinds of pointers, these, number of senses, of tagged
// senses, then offsets, the commonest first.
func (n *wordNet) word(line, letter string, part int, known map[string]bool) error {
	f := strings.Fields(line)
	if len(f) < 4 {
		return fmt.Errorf("%d fields", len(f))
	}
	if !known[f[0]] {
		return nil
	}
	kinds, err := strconv.Atoi(f[3])
	if err != nil || len(f) < 6+kinds {
		return fmt.Errorf("number of pointers %q", f[3])
	}
	for i, offset := range f[6+kinds:] {
		if i < partSenses {
			n.senses[f[0]] = append(n.senses[f[0]], tagged{letter + offset, part})
		}
	}
	return nil
}

// words are the kept words with the synsets that they need, numbered in the order of their ids.
func (n *wordNet) words() *meaning.Words {
	need := map[string]bool{}
	for _, senses := range n.senses {
		for _, s := range senses {
			for id, steps := s.synset, 0; id != "" && steps < 3; id, steps = n.wider[id], steps+1 {
				need[id] = true
			}
		}
	}
	number := map[string]int{}
	w := &meaning.Words{Senses: map[string][]meaning.Sense{}}
	ids := slices.Sorted(maps.Keys(need))
	for i, id := range ids {
		number[id] = i
	}
	for _, id := range ids {
		parent, ok := number[n.wider[id]]
		if !ok {
			parent = -1
		}
		w.Parents = append(w.Parents, parent)
	}
	for word, senses := range n.senses {
		for _, s := range senses {
			w.Senses[word] = append(w.Senses[word], meaning.Sense{Synset: number[s.synset], Part: s.part})
		}
	}
	like := map[string][]string{} // the adjectives that are like a head
	for id, head := range n.wider {
		if id[0] == 'a' {
			like[head] = append(like[head], id)
		}
	}
	for _, p := range n.pointers {
		from, to := n.members[p.from], n.members[p.to]
		if p.fromWord < 1 || int(p.fromWord) > len(from) || p.toWord < 1 || int(p.toWord) > len(to) {
			continue
		}
		pair := [2]string{from[p.fromWord-1], to[p.toWord-1]}
		if p.symbol == "+" {
			w.Derivations = append(w.Derivations, pair)
			continue
		}
		w.Antonyms = append(w.Antonyms, pair)
		for _, a := range append(like[p.from], p.from) {
			for _, x := range n.members[a] {
				for _, b := range append(like[p.to], p.to) {
					for _, y := range n.members[b] {
						if a == p.from || b == p.to { // one of them is the head itself
							w.Indirect = append(w.Indirect, [2]string{x, y})
						}
					}
				}
			}
		}
	}
	return w
}
