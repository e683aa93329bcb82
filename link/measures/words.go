package measures

import (
	"strings"

	"github.com/onrecord/onrecord/lexicon"
	"github.com/onrecord/onrecord/lexicon/en"
	"github.com/onrecord/onrecord/link/corpus"
)

// A nounWith is the stem of a noun, and the word that stands with it in its phrase where it counts only so, else "".
type nounWith struct{ noun, with string }

// wording is the words by which the question that a figure answers is told.
type wording struct {
	heads        map[nounWith]string // noun -> stem of the noun that stands for it
	actions      map[string]bool     // stems of what strikes, aims and counts do
	places       *lexicon.Set        // before the name of a place
	inClause     *lexicon.Set        // the same, in a clause that narrows something down
	others       *lexicon.Set        // behind a number: one or more are not counted
	tellers      *lexicon.Set        // tell who says so
	grades       *lexicon.Set        // tell how badly
	totals       *lexicon.Set        // tell that all places are counted together
	calendar     *lexicon.Set        // names that say when
	turns        *lexicon.Set        // turn what follows into what a share is not of
	openers      *lexicon.Set        // finite auxiliaries, behind which a number is counted of another subject
	subordinates *lexicon.Set        // begin what is no longer said of the share
	anybody      map[string]bool     // stems of nouns for people of whom only what became of them is told
	included     *lexicon.Set        // before a number that is a part of another
	wrong        []string            // say of a number that it does not hold
	takesBack    *lexicon.Set        // before a number that does not hold
	polls        *lexicon.Set        // tell that people were asked
	leads        *lexicon.Set        // behind a number that does not say of what it is, lead to that
	periods      *lexicon.Set        // units of time
	joins        *lexicon.Set        // join another clause
	functions    *lexicon.Set        // words with which no label ends
}

func resolve(l *lexicon.Lexicon) wording {
	question, clause := l.Subject("question"), l.Subject("clause")
	w := wording{
		heads: map[nounWith]string{}, actions: map[string]bool{}, anybody: map[string]bool{},
		places: question.Set("place"), inClause: question.Set("place", "place in clause"), others: question.Set("other"),
		tellers: clause.Set("teller"), grades: clause.Set("grade"), totals: clause.Set("total"), openers: clause.Set("opening auxiliary"), subordinates: clause.Set("subordinate"),
		included: question.Set("included"), wrong: question.List("wrong"), takesBack: question.Set("takes back"), polls: question.Set("poll"),
		periods: l.Subject("unit").Set("period"), leads: question.Set("leads"), joins: question.Set("join"), functions: l.Subject("figure").Set("stop"),
		calendar: l.Subject("calendar").Set("month", "weekday"),
		turns:    lexicon.NewSet(append(l.Subject("negation").List("not", "none"), clause.List("instead")...)...),
	}
	for r := range question.Rows("head") {
		for _, entry := range r.Entries {
			words := strings.Fields(entry)
			key := nounWith{noun: corpus.Stem(words[len(words)-1])}
			if len(words) > 1 {
				key.with = words[0]
			}
			w.heads[key] = corpus.Stem(r.Value)
		}
	}
	for _, noun := range question.List("anybody") {
		w.anybody[corpus.Stem(noun)] = true
	}
	for _, action := range question.List("action") {
		w.actions[corpus.Stem(action)] = true
	}
	return w
}

var english = resolve(en.Lexicon)
