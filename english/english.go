// Package english reads English: part of speech, lemma, names and the dependency tree of each sentence, by models whose
// weights english/weights embeds.
package english

import (
	"onrecord"
	"onrecord/text"
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

// Annotate runs the models over a document. It is deterministic and safe for concurrent use.
func Annotate(d *text.Doc) *Layer { return &Layer{Doc: d} }

// Version names the models: it changes whenever their weights or their code change what they say.
func Version() string { return "" }

var _ = onrecord.Span{}
