package reading

import (
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/lexicon"
	"github.com/onrecord/onrecord/lexicon/en"
	"github.com/onrecord/onrecord/reading/language"
)

// lex is what the words of the language mean to this room.
var lex = resolve(en.Lexicon)

// anything is what a word denies whatever its object is, see the lexicon's stances.
const anything = "anything"

// words are classes of the lexicon, where they are told; lemmas but where they say forms.
type words struct {
	languages *language.Identifier

	stance *lexicon.Table[string] // words of a cue
	denies *lexicon.Table[string] // words that begin a denial, to what they deny: anything, or something said
	deny   *lexicon.Set           // those that are all of it
	not    *lexicon.Set           // forms

	irregular *lexicon.Table[string] // forms of verbs, to their lemma

	denial     *lexicon.Table[uint64] // bits: isClaim, ...
	pointer    *lexicon.Set           // forms
	refuse     *lexicon.Set
	withhold   *lexicon.Set
	call       *lexicon.Set
	reply      *lexicon.Set
	returned   *lexicon.Set    // forms
	responded  *lexicon.Set    // forms
	accusation map[string]bool // stems
	unreached  [][]string      // forms

	addressing *lexicon.Table[uint64] // bits: toObject, ...
	suffered   *lexicon.Set
	goesOn     *lexicon.Set
	opener     *lexicon.Set

	askNamed *lexicon.Set
	disclose *lexicon.Set
	licensed *lexicon.Set // forms

	column        *lexicon.Set // forms
	spokenTo      *lexicon.Set // forms
	passedOn      *lexicon.Set // forms
	told          *lexicon.Set // forms
	own           *lexicon.Set
	auxiliary     *lexicon.Set
	subordinating *lexicon.Set // forms
	question      *lexicon.Set // forms
	day, shortDay *lexicon.Set // forms, without the full stop of an abbreviation
}

func resolve(l *lexicon.Lexicon) words {
	denial, addressee, relay, grammar, calendar := l.Subject("denial"), l.Subject("addressee"), l.Subject("relay"), l.Subject("grammar"), l.Subject("calendar")
	w := words{
		languages: language.New(l),

		stance: l.Subject("stance").Classes(),
		not:    l.Subject("negation").Set("not"),

		irregular: l.Subject("inflection").Values("verb"),

		denial:     denial.Bits("charge", "claim", "proposal", "privilege", "court", "untrue", "answer", "information"),
		pointer:    denial.Set("pointer"),
		refuse:     denial.Set("refuse"),
		withhold:   denial.Set("withhold"),
		call:       denial.Set("call"),
		reply:      denial.Set("reply"),
		returned:   denial.Set("returned"),
		responded:  denial.Set("responded"),
		accusation: map[string]bool{},

		addressing: addressee.Bits("object", "to", "with", "before", "on", "at", "hears", "audience", "thing"),
		suffered:   addressee.Set("suffer"),
		goesOn:     addressee.Set("goes on"),
		opener:     addressee.Set("opener"),

		askNamed: l.Subject("anonymity").Set("ask"),
		disclose: l.Subject("anonymity").Set("disclose"),
		licensed: l.Subject("anonymity").Set("licensed"),

		column:        l.Subject("headline").Set("column"),
		spokenTo:      relay.Set("spoken"),
		passedOn:      relay.Set("passed on"),
		told:          relay.Set("told"),
		own:           grammar.Set("own"),
		auxiliary:     grammar.Set("auxiliary"),
		subordinating: grammar.Set("subordinating"),
		question:      grammar.Set("question"),
		day:           calendar.Set("weekday", "day"),
		shortDay:      calendar.Set("shy weekday"),
	}
	for _, noun := range denial.List("accusation") {
		stemInto(w.accusation, noun)
	}
	for _, phrase := range denial.List("unreached") {
		w.unreached = append(w.unreached, strings.Fields(phrase))
	}
	denies, deny := map[string]string{}, []string{}
	for r := range l.Subject("stance").Rows(onrecord.Denies) {
		for _, entry := range r.Entries {
			word, _, more := strings.Cut(entry, " ")
			denies[word] = r.Value
			if !more {
				deny = append(deny, word)
			}
		}
	}
	w.denies = lexicon.NewTable(denies)
	w.deny = lexicon.NewSet(deny...)
	return w
}
