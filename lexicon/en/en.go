// Package en is the English lexicon: one subject a file, in the format of [lexicon]. It holds no logic.
//
//   - abbreviation: abbreviations that end with a full stop
//   - addressee: how words of saying take whom it is said to
//   - anonymity: why somebody has no name
//   - calendar: months, weekdays, words for days
//   - comparator: words that bound a number
//   - denial: what verbs of denial and refusal go with
//   - ending: where an e was dropped before -ed and -ing
//   - figure: words around numbers
//   - given: given names by sex, and their short forms
//   - frequent: words that English texts are made of
//   - grammar: words that build sentences
//   - headline: words of headlines
//   - inflection: words that do not follow the rules of inflection
//   - kinship: who somebody is to somebody
//   - layout: what kind of text a paragraph is
//   - name: words in names, around them and like them
//   - negation: words that deny what they stand with
//   - noun: common nouns for who speaks
//   - number: words of numbers
//   - organisation: organisations that go by several names
//   - outlet: news outlets, and words of their names
//   - phrase: phrases for who somebody is
//   - relay: through whom something reached the article
//   - search: words to a search
//   - speech: verbs of saying
//   - stance: what words of saying make of what is said
//   - state: states, and what news calls them
//   - time: words of times
//   - title: forms of address and titles
//   - token: how words and sentences are cut
//   - unit: units of measure and money
package en

import (
	"embed"

	"github.com/onrecord/onrecord/lexicon"
)

//go:embed *.tsv
var files embed.FS

// Lexicon is the English lexicon.
var Lexicon = lexicon.New(files)
