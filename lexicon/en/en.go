// Package en is the English lexicon: one subject a file, in the format of [lexicon]. It holds no logic.
//
//   - abbreviation: abbreviations that end with a full stop
//   - addressee: how words of saying take whom it is said to
//   - agency: news agencies
//   - anonymity: why somebody has no name
//   - calendar: months, weekdays, words for days
//   - clause: words by which the parts of a clause are told
//   - comparator: words that bound a number
//   - denial: what verbs of denial and refusal go with
//   - ending: where an e was dropped before -ed and -ing
//   - figure: words around numbers
//   - force: words by which it is told whom force is used against
//   - frequent: words that English texts are made of
//   - given: given names by sex, and their short forms
//   - grammar: words that build sentences
//   - headline: words of headlines
//   - hedge: words that soften what is said
//   - inflection: words that do not follow the rules of inflection
//   - kinship: who somebody is to somebody
//   - layout: what kind of text a paragraph is
//   - name: words in names, around them and like them
//   - negation: words that deny what they stand with
//   - noun: common nouns for who speaks
//   - number: words of numbers
//   - organisation: organisations that go by several names
//   - outlet: news outlets, and words of their names
//   - page: words of web pages beside the article: over comments, before links, days and bylines
//   - phrase: phrases for who somebody is
//   - question: words by which the question that a number answers is told
//   - relay: through whom something reached the article
//   - scope: words that decide whether what stands in their scope is said to be so
//   - search: words to a search
//   - speech: verbs of saying
//   - spelling: spellings of one word
//   - stance: what words of saying make of what is said
//   - state: states, and what news calls them
//   - style: words in which houses write otherwise and mean the same
//   - time: words of times
//   - title: forms of address and titles
//   - token: how words and sentences are cut
//   - trade: walks of life
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
