package disputes

import (
	"github.com/onrecord/onrecord/lexicon"
	"github.com/onrecord/onrecord/lexicon/en"
	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/names"
	"github.com/onrecord/onrecord/link/sayings"
)

// wording is the words by which disputes are told.
type wording struct {
	negations stemSet      // negate a clause
	opens     *lexicon.Set // open a clause of what may be
	functions *lexicon.Set
	irregular map[string]string // stem of an irregular form of a verb -> of the verb
	qualities stemSet           // what a claim or its evidence has that a denial may question: "authenticity"
	verdicts  stemSet           // said of claims that are not true
	charges   stemSet           // nouns for claims

	// Of the use of force, see conduct:
	acts         map[string]bool        // stems
	aims         map[string]string      // stem or name -> those against whom it is used, by what sides say of them
	otherAim     *lexicon.Table[string] // whom force is not used against where it is used against these
	besides      *lexicon.Set           // before the name of a state: where, to whom or for whom, not who acts
	spares       *lexicon.Set           // turn whom force is used against
	own, theirs  *lexicon.Set           // by which a speaker may speak of the own side, or of another
	firstPerson  *lexicon.Set           // by which a speaker does speak of the own
	subordinates *lexicon.Set           // begin another clause
}

func resolve(l *lexicon.Lexicon) wording {
	force, denial := l.Subject("force"), l.Subject("denial")
	w := wording{
		functions: l.Subject("figure").Set("stop"),
		opens:     l.Subject("clause").Set("what may be"),
		irregular: map[string]string{}, acts: map[string]bool{}, aims: map[string]string{}, otherAim: force.Values("other aim"), besides: force.Set("beside"), spares: force.Set("spare"),
		own: force.Set("own"), theirs: force.Set("theirs"), firstPerson: force.Set("first person"), subordinates: l.Subject("clause").Set("subordinate"),
	}
	for r := range l.Subject("inflection").Rows("verb") {
		for _, form := range r.Entries {
			w.irregular[corpus.Stem(form)] = corpus.Stem(r.Value)
		}
	}
	stems := func(subject *lexicon.Subject, classes ...string) stemSet {
		of := stemSet{}
		for _, word := range subject.List(classes...) {
			of[corpus.Stem(word)] = true
		}
		return of
	}
	w.qualities, w.verdicts, w.charges = stems(denial, "quality"), stems(denial, "untrue", "unsound", "basis"), stems(denial, "charge", "claim", "suit")
	w.negations = stems(l.Subject("negation"), "clause", "none", "contracted")
	for _, act := range force.List("act") {
		w.acts[corpus.Stem(act)] = true
	}
	for r := range force.Rows("aim") {
		for _, entry := range r.Entries {
			w.aims[corpus.Stem(entry)] = r.Value
		}
	}
	for r := range force.Rows("named aim") {
		for _, entry := range r.Entries {
			w.aims[names.Fold(entry)], w.aims[sayings.NamePrefix+names.Fold(entry)] = r.Value, r.Value
		}
	}
	return w
}

var english = resolve(en.Lexicon)
