// Package en is the English lexicon: one subject a file, in the format of [lexicon]. It holds no logic.
//
//	addressee  how words of saying take whom it is said to
//	anonymity  why somebody has no name
//	calendar   months, weekdays, words for days
//	comparator words that bound a number
//	denial     what verbs of denial and refusal go with
//	figure     words around numbers
//	grammar    words that build sentences
//	headline   words of headlines
//	kinship    who somebody is to somebody
//	negation   words that deny what they stand with
//	number     words of numbers
//	relay      through whom something reached the article
//	stance     what words of saying make of what is said
//	time       words of times
//	unit       units of measure and money
package en

import (
	"embed"

	"github.com/onrecord/onrecord/lexicon"
)

//go:embed *.tsv
var files embed.FS

// Lexicon is the English lexicon.
var Lexicon = lexicon.New(files)
