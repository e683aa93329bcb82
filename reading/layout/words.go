package layout

import (
	"strings"

	"github.com/onrecord/onrecord/lexicon"
	"github.com/onrecord/onrecord/lexicon/en"
)

// lex is what the words of the language mean to this room; forms in lower case.
var lex = resolve(en.Lexicon)

type words struct {
	spoken   *lexicon.Set // what somebody says
	own      *lexicon.Set // of that, by what speakers call themselves
	title    *lexicon.Set // before a name, without a full stop
	voice    *lexicon.Set // who speaks without a name
	asks     *lexicon.Set // of those, who only asks
	heading  *lexicon.Set // before a colon, what follows
	part     *lexicon.Set // in that, a part of the text
	column   *lexicon.Set // the same, of headlines
	letter   *lexicon.Set // begins a letter to a paper
	pictured *lexicon.Set // where in a picture somebody stands
}

func resolve(l *lexicon.Lexicon) words {
	layout := l.Subject("layout")
	return words{
		spoken: layout.Set("spoken"), own: layout.Set("own"), title: l.Subject("title").Set(), voice: layout.Set("voice"), asks: layout.Set("asks"),
		heading: layout.Set("heading"), part: layout.Set("part"), column: l.Subject("headline").Set("column"), pictured: layout.Set("pictured"), letter: layout.Set("salutation"),
	}
}

// isTitle says whether a word in lower case, with a full stop or without, is a title before a name.
func isTitle(word string) bool { return lex.title.Has(strings.TrimSuffix(word, ".")) }
