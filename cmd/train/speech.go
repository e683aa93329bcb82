package main

import (
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/lexicon"
)

// speech says whether a cue has one of the words.
func speech(l *english.Layer, cue []onrecord.Span, words *lexicon.Set) bool {
	for i, t := range l.Doc.Tokens {
		for _, c := range cue {
			if t.Start < c.End && t.End > c.Start && words.Has(strings.ToLower(l.Lemmas[i])) {
				return true
			}
		}
	}
	return false
}
