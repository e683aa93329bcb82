// Package english reads English: part of speech, lemma, names and the dependency tree of each sentence, by models whose
// weights english/weights embeds.
package english

import (
	"fmt"
	"sync"

	"github.com/cespare/xxhash/v2"

	"github.com/onrecord/onrecord/english/weights"
	"github.com/onrecord/onrecord/text"
	sentences "github.com/onrecord/onrecord/text/weights"
)

// Kinds of names.
const (
	Person       = "PERSON"
	Organisation = "ORGANIZATION"
	Location     = "LOCATION" // states, cities, regions
	Misc         = "MISC"     // nationalities, events, works
)

// A Name is a named entity's mention.
type Name struct {
	text.Range
	Kind       string
	Confidence float64
}

// A Layer is what the models say of the tokens of one Doc; slices are parallel to Doc.Tokens.
type Layer struct {
	Doc    *text.Doc
	Tags   []string // Penn part of speech: "NNP", "VBD", ...
	Lemmas []string // lower case
	Heads  []int32  // index of the head token, -1 for a root
	Rels   []string // basic Universal Dependencies relation (v2): "nsubj", "ccomp", "parataxis", ...
	Names  []Name   // in order, not overlapping
}

// models are read from the embedded weights when they are first needed, side by side.
var models = sync.OnceValue(func() (m struct {
	*tagger
	*namer
	*parser
},
) {
	var wait sync.WaitGroup
	wait.Go(func() { m.tagger = must(readTagger(weights.Tagger)) })
	wait.Go(func() { m.namer = must(readNamer(weights.Names)) })
	wait.Go(func() { m.parser = must(readParser(weights.Parser)) })
	wait.Wait()
	return m
})

// must is for embedded weights, which the tests have read.
func must[T any](m T, err error) T {
	if err != nil {
		panic("english: embedded weights: " + err.Error())
	}
	return m
}

// memory is kept from one document to the next.
var memory = sync.Pool{New: func() any { return new(scratch) }}

// Annotate runs the models over a document. It is deterministic and safe for concurrent use.
func Annotate(d *text.Doc) *Layer {
	n := len(d.Tokens)
	strings := make([]string, 3*n)
	l := &Layer{Doc: d, Tags: strings[:n:n], Lemmas: strings[n : 2*n : 2*n], Rels: strings[2*n:], Heads: make([]int32, n)}
	all := models()
	t, m, p := all.tagger, all.namer, all.parser
	s := memory.Get().(*scratch)
	defer memory.Put(s)
	s.mentions = make(mentions)
	for _, r := range d.Sentences {
		if d.Over() {
			break
		}
		s.fill(r.End-r.First, func(w *word, i int) { w.setToken(d, r.First+i) })
		t.tag(s)
		l.Names = m.find(l.Names, s, t.proper, r.First)
		p.parse(s, t.marks)
		p.write(&s.tree, r.First, l.Heads[r.First:r.End], l.Rels[r.First:r.End])
		for i := r.First; i < r.End; i++ {
			w := &s.words[i-r.First+2]
			l.Tags[i] = t.tags[w.tag-1]
			l.Lemmas[i] = s.lemmas.of(d.Word(i), w, l.Tags[i])
		}
	}
	return l
}

// Version names the models, with that of sentences: it changes whenever their weights do. What the code makes of them is in the digest
// of rows that names the version of reading.
func Version() string { return version() }

var version = sync.OnceValue(func() string {
	h := xxhash.New()
	h.Write(sentences.Sentences)
	h.Write(weights.Tagger)
	h.Write(weights.Names)
	h.Write(weights.Parser)
	return fmt.Sprintf("english-%08x", uint32(h.Sum64()))
})
