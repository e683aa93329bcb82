package reading

import (
	"strings"

	"github.com/onrecord/onrecord/lexicon"
	"github.com/onrecord/onrecord/lexicon/en"
	"github.com/onrecord/onrecord/reading/language"
)

// lex is what the words of the language mean to this room.
var lex = resolve(en.Lexicon)

// What words of the lexicon's stances deny, see there.
const (
	anything = "anything" // whatever its object is
	ofClaim  = "a claim"  // only what is named one
)

// words are classes of the lexicon, where they are told; lemmas but where they say forms.
type words struct {
	languages *language.Identifier

	stances   map[string][]phrase // phrases of a cue, by their first word
	not, none *lexicon.Set        // forms

	irregular *lexicon.Table[string] // forms of verbs, to their lemma

	denial     *lexicon.Table[uint64] // bits: isClaim, ...
	pointer    *lexicon.Set           // forms
	refuse     *lexicon.Set
	balk       *lexicon.Set
	withhold   *lexicon.Set
	call       *lexicon.Set
	claiming   *lexicon.Set
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

	tag             *lexicon.Set // forms
	quotes          *lexicon.Set // forms
	aside           *lexicon.Set // forms
	naming, namedBy *lexicon.Set // forms
	column          *lexicon.Set // forms
	spokenTo        *lexicon.Set // forms
	passedOn        *lexicon.Set // forms
	told            *lexicon.Set // forms
	own             *lexicon.Set
	auxiliary       *lexicon.Set
	subordinating   *lexicon.Set // forms
	question        *lexicon.Set // forms
	day, shortDay   *lexicon.Set // forms, without the full stop of an abbreviation
}

func resolve(l *lexicon.Lexicon) words {
	denial, addressee, relay, grammar, calendar := l.Subject("denial"), l.Subject("addressee"), l.Subject("relay"), l.Subject("grammar"), l.Subject("calendar")
	w := words{
		languages: language.New(l),

		stances: map[string][]phrase{},
		not:     l.Subject("negation").Set("not"),
		none:    l.Subject("negation").Set("none"),

		irregular: l.Subject("inflection").Values("verb"),

		denial:     denial.Bits("charge", "claim", "proposal", "privilege", "court", "untrue", "answer", "information", "quality", "suit", "basis", "unsound"),
		pointer:    denial.Set("pointer"),
		refuse:     denial.Set("refuse"),
		balk:       denial.Set("balk"),
		withhold:   denial.Set("withhold"),
		call:       denial.Set("call"),
		claiming:   denial.Set("claiming"),
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

		naming:        l.Subject("name").Set("naming"),
		namedBy:       l.Subject("name").Set("named by"),
		tag:           l.Subject("speech").Set("tag"),
		quotes:        l.Subject("speech").Set("quotes", "tag"),
		aside:         l.Subject("speech").Set("aside"),
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
	for r := range l.Subject("stance").Rows() {
		for _, entry := range r.Entries {
			words := strings.Fields(entry)
			w.stances[words[0]] = append(w.stances[words[0]], phrase{words, r.Class, r.Value})
		}
	}
	return w
}
