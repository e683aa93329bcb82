package names

import (
	"cmp"
	"strings"

	"github.com/onrecord/onrecord/lexicon"
	"github.com/onrecord/onrecord/lexicon/en"
)

// nameWords are the words by which names are told to be one.
type nameWords struct {
	dropped     *lexicon.Set           // before a name, no part of it
	generations *lexicon.Set           // behind a name, "jr"
	particles   *lexicon.Set           // inside a name, "al"
	long        map[string][]string    // short form of a given name -> the names that it is short for
	organs      *lexicon.Table[string] // word in the name of an organ -> its one spelling
	sounds      *strings.Replacer      // letters -> those that stand for their sound
}

func resolve(l *lexicon.Lexicon) nameWords {
	w := nameWords{
		dropped:     l.Subject("title").Set(),
		generations: l.Subject("name").Set("generation"),
		particles:   l.Subject("name").Set("transliterated particle"),
		long:        map[string][]string{},
		organs:      l.Subject("spelling").Values("organ"),
	}
	for r := range l.Subject("given").Rows("short") {
		for _, short := range r.Entries {
			w.long[short] = append(w.long[short], r.Value)
		}
	}
	var sounds []string
	for r := range l.Subject("spelling").Rows("sound") {
		for _, letters := range r.Entries {
			sounds = append(sounds, letters, r.Value)
		}
	}
	w.sounds = strings.NewReplacer(sounds...)
	return w
}

var english = resolve(en.Lexicon)

// spelled is the one spelling of a word in the names of organs.
func spelled(w string) string { return cmp.Or(english.organs.Of(w), w) }

// LongForms are the given names that a folded one is short for. It may be short for several.
func LongForms(given string) []string { return english.long[given] }
