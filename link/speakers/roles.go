package speakers

import (
	"slices"

	"github.com/onrecord/onrecord/lexicon"
	"github.com/onrecord/onrecord/lexicon/en"
	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/names"
)

// roleWording is the words by which roles are told.
type roleWording struct {
	kin    *lexicon.Set           // who somebody is to somebody, which is no office
	trades *lexicon.Table[string] // word of a role -> the walk of life that it tells
}

func resolve(l *lexicon.Lexicon) roleWording {
	return roleWording{kin: l.Subject("kinship").Set("relative", "companion"), trades: l.Subject("trade").Values("trade")}
}

var english = resolve(en.Lexicon)

// officeWords are the words of a role; none where it says who somebody is to somebody ("father of the bride"), which is no office.
func officeWords(role string) []string {
	words := names.Words(role)
	if slices.ContainsFunc(words, english.kin.Has) {
		return nil
	}
	return words
}

// tradesOf are the walks of life that roles tell.
func tradesOf(roles []string) []string {
	var out []string
	for _, r := range roles {
		for _, w := range officeWords(r) {
			if t := english.trades.Of(w); t != "" && !slices.Contains(out, t) {
				out = append(out, t)
			}
		}
	}
	return out
}

// roleWords are the content words of roles, and the walks of life that they tell.
func roleWords(roles []string) []string {
	var out []string
	add := func(w string) {
		if len(w) > 2 && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	for _, r := range roles {
		for _, w := range officeWords(r) {
			add(corpus.Stem(w))
			if t := english.trades.Of(w); t != "" {
				add("walk of " + t)
			}
		}
	}
	return out
}
