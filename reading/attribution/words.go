package attribution

import (
	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/lexicon"
	"github.com/onrecord/onrecord/lexicon/en"
)

// lex is what the words of the language mean to this room.
var lex = resolve(en.Lexicon)

// words are words and tags, by the hashes that a view holds.
type words struct {
	as, and, according, to, the uint32 // words
	say                         uint32 // a lemma
	moreAdjective, moreAdverb   uint32 // tags: an adjective's, an adverb's
	relative                    hashes // tags of pronouns that are the subject of a relative clause

	column   *lexicon.Set // kinds of articles, before the colon of a headline
	tells    hashes       // lemmas of verbs at the end of a headline, beside who says it: "..., says minister", "..., minister says"
	informed hashes       // lemmas of verbs whose subject, in the passive, is who is told
	denies   hashes       // lemmas of verbs whose object points back to what somebody else said
	pointers hashes       // what such objects may be called
	first    hashes       // whom a speaker names himself by: "we believe", in what he says, is not somebody else's statement
	objects  hashes       // pronouns that are spoken to
}

// hashes are words by their hash.
type hashes map[uint32]bool

func hashed(words ...string) hashes {
	m := make(hashes, len(words))
	for _, w := range words {
		m[hash(w)] = true
	}
	return m
}

func resolve(l *lexicon.Lexicon) words {
	denial, grammar := l.Subject("denial"), l.Subject("grammar")
	return words{
		as: hash("as"), and: hash("and"), according: hash("according"), to: hash("to"), the: hash("the"),
		say:           hash("say"),
		moreAdjective: hash("JJR"), moreAdverb: hash("RBR"),
		relative: hashed("WDT", "WP"),

		column:   l.Subject("headline").Set("column"),
		tells:    hashed(l.Subject("headline").List("tells")...),
		informed: hashed(l.Subject("addressee").List("informed")...),
		denies:   hashed(append(l.Subject("stance").List(onrecord.Denies), denial.List("settle")...)...),
		pointers: hashed(denial.List("pointer", "charge")...),
		first:    hashed(grammar.List("I")...),
		objects:  hashed(grammar.List("object")...),
	}
}
