package meaning

import (
	"github.com/onrecord/onrecord/lexicon"
	"github.com/onrecord/onrecord/lexicon/en"
)

// A lexical is the classes of the lexicon by which a passage is read.
type lexical struct {
	negation, flip, particle, raise, hardly, few, intend, possible, necessary, conditional, future, supposed, light, instead, moment *lexicon.Set
	quantity, poles                                                                                                                  *lexicon.Table[string]
	unit                                                                                                                             *lexicon.Table[string] // forms of units, to one each
	called                                                                                                                           *lexicon.Table[string] // names, to the one that a state or an organisation has among its names
	prefix                                                                                                                           []string
}

var lex = func(l *lexicon.Lexicon) lexical {
	s := l.Subject("scope")
	return lexical{
		negation: l.Subject("negation").Set("not", "none", "contracted"),
		flip:     s.Set("flip"), particle: s.Set("particle"), raise: s.Set("raise"), hardly: s.Set("hardly"), few: s.Set("few"),
		intend: s.Set("intend"), possible: s.Set("possible"), necessary: s.Set("necessary"), conditional: s.Set("conditional"),
		future: s.Set("future"), supposed: s.Set("supposed"), light: s.Set("light"),
		instead: s.Set("instead"), moment: s.Set("moment"), quantity: s.Values("quantity"), poles: s.Values("poles"), prefix: s.List("prefix"),
		called: called(l), unit: l.Subject("unit").Values("unit"),
	}
}(en.Lexicon)

// called maps the names of states, of what is of them, and of organisations to one each. As written.
func called(l *lexicon.Lexicon) *lexicon.Table[string] {
	names := map[string]string{}
	add := func(r lexicon.Row) {
		for _, name := range r.Entries {
			if _, ok := names[name]; !ok {
				names[name] = r.Value
			}
		}
	}
	for r := range l.Subject("state").Rows("state", "of state") {
		add(r)
	}
	for r := range l.Subject("organisation").Rows("organisation") {
		add(r)
	}
	return lexicon.NewTable(names)
}
