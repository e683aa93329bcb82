package desk

import (
	"github.com/onrecord/onrecord/lexicon"
	"github.com/onrecord/onrecord/lexicon/en"
)

// lex is what the words of the language mean to this room.
var lex = struct {
	common    *lexicon.Set // is not searched for
	negations *lexicon.Set // turn what follows them, within negationReach words
}{
	common:    en.Lexicon.Subject("search").Set("common"),
	negations: en.Lexicon.Subject("negation").Set("not"),
}
