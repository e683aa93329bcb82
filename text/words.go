package text

import (
	"strconv"

	"github.com/onrecord/onrecord/lexicon"
	"github.com/onrecord/onrecord/lexicon/en"
)

// Kinds of abbreviations that end with a period.
type abbreviation uint8

const (
	beforeName   abbreviation = iota + 1 // a name or title follows: never ends a sentence
	anywhere                             // may end a sentence
	beforeNumber                         // an abbreviation only where a number follows: "No. 5"
	afterComma                           // an abbreviation only after a comma, a bracket or a hyphen: ", Mass.", "R-Ill."
)

// A joined is a word written as one that the treebank cuts in two.
type joined struct {
	word string
	cut  int
}

// lex is what the words of the language mean to this room.
var lex = resolve(en.Lexicon)

// A vocabulary is classes of the lexicon; what they are is told there.
type vocabulary struct {
	abbreviations *lexicon.Table[abbreviation]
	clitics       []string
	elisions      []string
	contractions  []joined
	dollars       *lexicon.Set
	domains       *lexicon.Set
	starters      *lexicon.Set
	cues          *lexicon.Set // verbs that name the speaker of the words in quotation marks before them
}

func resolve(l *lexicon.Lexicon) vocabulary {
	token := l.Subject("token")
	w := vocabulary{
		clitics:  token.List("clitic"),
		elisions: token.List("elision"),
		dollars:  token.Set("dollar"),
		domains:  token.Set("domain"),
		starters: token.Set("starter"),
		cues:     l.Subject("speech").Set("quotes"),
	}
	abbreviations := map[string]abbreviation{}
	for i, class := range []string{"before name", "anywhere", "before number", "after comma"} {
		for _, word := range l.Subject("abbreviation").List(class) {
			abbreviations[word] = abbreviation(i + 1)
		}
	}
	w.abbreviations = lexicon.NewTable(abbreviations)
	for r := range token.Rows("contraction") {
		cut, err := strconv.Atoi(r.Value)
		if err != nil {
			panic(err) // embedded: the build is wrong
		}
		for _, word := range r.Entries {
			w.contractions = append(w.contractions, joined{word, cut})
		}
	}
	return w
}
