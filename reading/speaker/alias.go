package speaker

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/text"
)

// learn notes the other names that the text itself gives: "X, also known as Y", "X (Y)", "X, or Y,", and, of a name in somebody's
// words, "using another name for X", "referring to X". It goes before the sources are read: one with two names is one speaker.
func (c *cast) learn() {
	starts, ends := map[int]int{}, map[int]int{}
	for i := range c.names {
		if n := &c.names[i]; n.tokens.End > n.tokens.First {
			starts[n.tokens.First], ends[n.tokens.End] = i, i
		}
	}
	for i := range c.d.Tokens {
		switch w := c.lower(i); {
		case w == "as" && lex.naming.Has(c.lower(i-1)):
			if x, ok := c.nameBefore(ends, i-1, true); ok {
				c.teach(x, starts, i+1)
			}
		case w == "itself" || w == "themselves" || w == "himself" || w == "herself":
			if v := c.lower(i - 1); v == "calls" || v == "call" || v == "calling" || v == "called" || v == "styles" {
				if x, ok := c.nameBefore(ends, i-1, true); ok {
					c.teach(x, starts, i+1)
				}
			}
		case w == "nicknamed" || w == "dubbed" || w == "abbreviated":
			if x, ok := c.nameBefore(ends, i, true); ok {
				c.teach(x, starts, i+1)
			}
		case w == "or" && c.word(i-1) == ",":
			if x, ok := ends[i-1]; ok && c.names[x].form != personName && c.short(i+1) && (c.word(i+2) == "," || c.finite(i+2)) {
				c.teach(x, starts, i+1)
			}
		case w == "(":
			if x, ok := ends[i]; ok && c.word(i+2) == ")" && c.short(i+1) && c.abbreviates(x, i+1) {
				c.teach(x, starts, i+1)
			}
		case w == "for" && c.lower(i-1) == "name", w == "for" && c.lower(i-1) == "acronym", w == "to" && c.lower(i-1) == "referring":
			c.explain(i, w == "for", starts)
		}
	}
}

// short says whether token i is a word of capitals, as abbreviations are.
func (c *cast) short(i int) bool {
	return i < len(c.d.Tokens) && c.d.Tokens[i].Shape == text.Upper && len(c.word(i)) > 1 && len(c.word(i)) < 9
}

// abbreviates says whether the word in brackets behind name x may stand for it: its letters are the initials of the name's
// words, or the name is of an organisation or of unknown kind. Parties and states behind persons, agencies behind places are not.
func (c *cast) abbreviates(x, i int) bool {
	n := &c.names[x]
	switch n.form {
	case personName, peopleOf, metonym:
		return false
	case stateForm:
		return initials(n.words) == strings.ReplaceAll(c.word(i), ".", "")
	}
	if _, k := lex.outlets.at(c.d, i, i+1, same); k > 0 && initials(n.words) != c.word(i) {
		return false
	}
	return c.kinds[n.tokens.First] != "LOCATION" || initials(n.words) == c.word(i)
}

// nameBefore is the name before token i: over commas, brackets, "also", "better", "which is", and one noun ("group").
func (c *cast) nameBefore(ends map[int]int, i int, noun bool) (int, bool) {
	const farthest = 7
	for j := i; j > 0 && j > i-farthest && !c.breaks(j-1, i); j-- {
		if x, ok := ends[j]; ok {
			return x, true
		}
		switch w := c.lower(j - 1); {
		case w == "," || w == "(" || w == "also" || w == "better" || w == "formerly" || w == "previously" || w == "commonly" || w == "widely" || w == "which" ||
			w == "who" || w == "that" || w == "is" || w == "was" || w == "are" || w == "sometimes" || w == "—" || w == "–" || w == "often" || w == "more" || w == "once":
		case noun && c.d.Tokens[j-1].Shape == text.Lower && lex.nouns.Of(singular(w)).class != 0:
			noun = false
		default:
			return 0, false
		}
	}
	return 0, false
}

// teach gives name x the other name that begins at token i, or behind a quotation mark or "the" there.
func (c *cast) teach(x int, starts map[int]int, i int) {
	for i < len(c.d.Tokens) && (c.d.Tokens[i].Shape == text.Open || c.lower(i) == "the" || c.lower(i) == "by" || c.lower(i) == "as") {
		i++
	}
	if y, ok := starts[i]; ok && y != x && !c.breaks(c.names[x].tokens.First, i) {
		c.alias(x, y, text.Range{First: c.names[x].tokens.First, End: c.names[y].tokens.End})
	}
}

// explain reads "using another name for X" and "referring to X" behind somebody's words: the last name in them that is no
// person's or state's is another for X. After "referring to" only an abbreviation is taken: there it may be anything.
func (c *cast) explain(i int, byName bool, starts map[int]int) {
	j := i + 1
	for c.lower(j) == "the" || c.word(j) == "“" || c.word(j) == "\"" {
		j++
	}
	x, ok := starts[j]
	if !ok || c.names[x].form == personName || c.names[x].form == metonym || c.names[x].form == peopleOf {
		return
	}
	sentence := c.d.SentenceAt(i)
	const farthest = 80
	for y := x - 1; y >= 0 && c.names[y].tokens.First >= c.d.Sentences[sentence].First && c.names[y].tokens.First > i-farthest; y-- {
		n := &c.names[y]
		if n.form == personName || n.form == stateForm || n.form == metonym || n.form == peopleOf || n.form == outletName {
			continue
		}
		if !byName && !c.short(n.tokens.First) || !c.contained(n.tokens.First) || strings.EqualFold(strings.Join(n.words, " "), strings.Join(c.names[x].words, " ")) {
			continue
		}
		if !byName || c.short(n.tokens.First) {
			c.alias(x, y, text.Range{First: n.tokens.First, End: c.names[x].tokens.End})
			return
		}
	}
}

// contained says whether token i stands in the content of a statement.
func (c *cast) contained(i int) bool {
	at := c.d.Tokens[i].Span
	for k := range c.statements {
		if slices.ContainsFunc(c.statements[k].Content, at.Overlaps) {
			return true
		}
	}
	return false
}

// mostLessons is how many other names one article may teach.
const mostLessons = 100

// alias notes that names x and y are of one, as the passage t teaches.
func (c *cast) alias(x, y int, t text.Range) {
	ex, ey := c.known(x), c.of[y]
	a := onrecord.Alias{Name: strings.Join(c.names[x].words, " "), Alias: strings.Join(c.names[y].words, " "), Span: c.d.Span(t)}
	if c.lessons++; c.lessons > mostLessons || a.Name == a.Alias || slices.ContainsFunc(ex.learnt, func(b onrecord.Alias) bool { return b.Name == a.Name && b.Alias == a.Alias }) {
		return
	}
	ex.learnt = append(ex.learnt, a)
	ex.keep = true
	ex.also[a.Alias]++
	if ey == ex {
		return
	}
	for i := range c.of {
		if ey != nil && c.of[i] == ey || c.of[i] == nil && strings.Join(c.names[i].words, " ") == a.Alias {
			c.of[i] = ex
		}
	}
	if ey == nil {
		return
	}
	ex.learnt = append(ex.learnt, ey.learnt...)
	for h := range ey.heads {
		ex.heads[h] = true
	}
	for key, e := range c.keys {
		if e == ey {
			c.keys[key] = ex
		}
	}
	c.all = slices.DeleteFunc(c.all, func(e *entity) bool { return e == ey })
}

// known is the entity of name x, made when there is none.
func (c *cast) known(x int) *entity {
	if e := c.of[x]; e != nil {
		return e
	}
	n := &c.names[x]
	shown := strings.Join(n.words, " ")
	e := c.add(onrecord.Organisation, shown, n.tokens.First)
	e.words = n.words
	for i := range c.names {
		if c.of[i] == nil && strings.Join(c.names[i].words, " ") == shown {
			c.of[i] = e
		}
	}
	c.keys["name "+strings.ToLower(shown)] = e
	return e
}
