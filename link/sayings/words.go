package sayings

import (
	"strconv"

	"github.com/onrecord/onrecord/lexicon"
	"github.com/onrecord/onrecord/lexicon/en"
)

// wording is the words by which what is said is read.
type wording struct {
	cardinals    *lexicon.Table[float64] // numbers in words, from two on
	spelled      *lexicon.Table[string]  // another spelling -> the word
	our          *lexicon.Set            // words that lose their u in American spelling
	doubleL      *lexicon.Set            // beginnings of words that double their l in British spelling
	ise          *lexicon.Set            // beginnings of words that end in -ise everywhere
	auxiliaries  *lexicon.Set            // begin a finite verb
	pasts        *lexicon.Set            // finite verbs that no ending tells
	relatives    *lexicon.Set            // begin a clause that narrows down what stands before it
	prepositions *lexicon.Set            // begin a phrase that does
	subordinates *lexicon.Set            // begin what is no longer said of it
}

func resolve(l *lexicon.Lexicon) wording {
	spelling, clause := l.Subject("spelling"), l.Subject("clause")
	cardinals := map[string]float64{}
	for r := range l.Subject("number").Rows("small", "tens", "hundred", "scale") {
		value, err := strconv.ParseFloat(r.Value, 64)
		if err != nil {
			panic("sayings: number.tsv: " + r.Value)
		}
		if word := r.Entries[0]; value > 1 && word != "dozen" { // the word itself, no abbreviation; "one" is mostly no number
			cardinals[word] = value
		}
	}
	return wording{
		cardinals: lexicon.NewTable(cardinals), spelled: spelling.Values("spelled"), our: spelling.Set("our"), doubleL: spelling.Set("double l"), ise: spelling.Set("ise"),
		auxiliaries: clause.Set("auxiliary"), pasts: clause.Set("past"), relatives: clause.Set("relative"), prepositions: clause.Set("preposition"), subordinates: clause.Set("subordinate"),
	}
}

var english = resolve(en.Lexicon)
