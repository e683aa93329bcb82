package reading

import (
	"github.com/onrecord/onrecord/lexicon"
	"github.com/onrecord/onrecord/lexicon/en"
)

// lex is what the words of the language mean to this room.
var lex = resolve(en.Lexicon)

type words struct {
	stance     *lexicon.Table[string] // words of a cue
	addressing *lexicon.Table[uint64] // by lemma, bits: toObject, ...
	denial     *lexicon.Table[uint64] // by lemma, bits: isClaim, ...
}

func resolve(l *lexicon.Lexicon) words {
	return words{
		stance:     l.Subject("stance").Classes(),
		addressing: l.Subject("addressee").Bits("object", "to", "with", "before", "on", "at", "hears", "audience", "thing"),
		denial:     l.Subject("denial").Bits("claim", "proposal", "privilege", "court", "untrue", "answer", "information"),
	}
}
