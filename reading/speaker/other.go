package speaker

import (
	"strings"

	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/text"
)

// otherWords tells names that are other words as well: months, modals and particles that are given names ("June Aldar", "Will Price",
// "Al Groy"), months and common nouns that are family names behind one ("Jan May", "Cliff Banks"). What it finds counts as a person's
// name wherever the same words stand, but where a preposition makes a day of them ("in June Holm said").
func (r *reader) otherWords() {
	pairs := map[[2]string]bool{}
	for i := range r.d.Tokens {
		switch {
		case r.label(i):
			r.kinds[i], r.kinds[i+1] = english.Person, english.Person
		case r.d.Tokens[i].Shape != text.Title:
		case r.givenToo(i) && r.bringsIn(i):
			pairs[[2]string{r.word(i), r.word(i + 1)}] = true
		case r.monthAsFamily(i):
			r.family[r.word(i)] = true
			r.kinds[i-1], r.kinds[i] = english.Person, english.Person
		case i > 0 && lex.particles.Has(r.lower(i-1)):
			if family := r.behindGiven(i); family != "" {
				r.ofFamily[family] = true
			}
		}
	}
	for i := range r.d.Tokens {
		switch {
		case r.d.Tokens[i].Shape != text.Title || r.dated(i):
		case pairs[[2]string{r.word(i), r.word(i + 1)}]:
			r.kinds[i], r.kinds[i+1] = english.Person, english.Person
			r.family[r.word(i+1)] = true
		case r.kinds[i] == "" && r.family[r.word(i)] && lex.months.Has(r.lower(i)) && r.finite(i+1):
			r.kinds[i] = english.Person
		}
	}
}

// monthAsFamily says whether token i, a month, is a family name: a given name stands before it and no day behind.
func (r *reader) monthAsFamily(i int) bool {
	return lex.months.Has(r.lower(i)) && i > 0 && r.joined(i-1, i) && r.given(i-1) && r.d.Tokens[i-1].Shape == text.Title && !r.dated(i) &&
		i+1 < len(r.d.Tokens) && r.d.Tokens[i+1].Shape != text.Number && !r.upper(i+1)
}

// behindGiven is the family name that ends at token i, with the particles before it, where a given name stands before them: the "van den
// Berg" of "Jan van den Berg"; else "".
func (r *reader) behindGiven(i int) string {
	family, k := r.word(i), i-1
	for ; k >= 0 && lex.particles.Has(r.lower(k)) && !r.breaks(k, i); k-- {
		family = r.lower(k) + " " + family
	}
	if k < 0 || k == i-1 || r.breaks(k, i) || !r.upper(k) || !r.given(k) && r.kinds[k] != english.Person || calling(r.lower(k)) != "" {
		return ""
	}
	return family
}

// label says whether token i, a given name in capitals that is another word too, begins a label of a turn: "JAN MORROW:".
func (r *reader) label(i int) bool {
	return r.d.Tokens[i].Shape == text.Upper && lex.notNames.Has(r.lower(i)) && r.given(i) && (i == 0 || r.breaks(i-1, i)) && r.upper(i+1) && r.word(i+2) == ":"
}

// joined says whether tokens i and j, with capitals both, stand in one sentence.
func (r *reader) joined(i, j int) bool { return r.upper(i) && r.upper(j) && !r.breaks(i, j) }

// givenToo says whether token i, a month, a weekday, a modal or a particle, may be the given name of who has the next word as a family
// name.
func (r *reader) givenToo(i int) bool {
	w, next := r.lower(i), r.lower(i+1)
	if !lex.givenParticles.Has(w) && !lex.weekdays.Has(w) && (!lex.notNames.Has(w) || lex.given.Of(w) == 0) {
		return false
	}
	if !r.joined(i, i+1) {
		return false
	}
	known := r.kinds[i+1] == english.Person || calling(r.lower(i-1)) != "" && r.upper(i) // "Analyst Will Price of Bank Tolling"
	if !known && !strings.HasPrefix(r.tag(i+1), "NNP") || lex.notNames.Has(next) || lex.things.Has(next) ||
		lex.titles.most[next] > 0 || lex.nouns.Of(next).class&(roleNoun|organNoun) != 0 && !known {
		return false
	}
	if _, n := r.place(i+1, i+2); n > 0 {
		return false
	}
	return known || r.kinds[i+1] == "" && !lex.givenParticles.Has(w)
}

// bringsIn says whether a name may begin at token i, a word that is mostly none, by what stands before it.
func (r *reader) bringsIn(i int) bool {
	w, before := r.lower(i), r.lower(i-1)
	first := i == 0 || r.breaks(i-1, i)
	switch {
	case lex.weekdays.Has(w): // "Finance minister Friday Ibekwe"; "Wednesday Ashe, a clerk,"
		apposed := r.word(i+2) == "," && (r.lower(i+3) == "a" || r.lower(i+3) == "an" || r.d.Tokens[min(i+3, len(r.d.Tokens)-1)].Shape == text.Number)
		return !first && calling(before) != "" || first && apposed
	case lex.givenParticles.Has(w):
		return true
	case first:
		return r.tag(i) != "MD" || r.kinds[i] == english.Person
	case before == "the" || before == "a" || before == "and" || before == "or" || before == "to" || before == "of" || before == "after" || before == "before":
		return false
	}
	return !r.dated(i)
}

// dated says whether token i is rather a day or a month by what stands before it: a preposition, a number.
func (r *reader) dated(i int) bool {
	return i > 0 && !r.breaks(i-1, i) && (lex.dating.Has(r.lower(i-1)) || r.d.Tokens[i-1].Shape == text.Number) && (lex.months.Has(r.lower(i)) || lex.weekdays.Has(r.lower(i)))
}

// givenLikeParticle says whether the first word of a name, a particle, is rather a given name ("Al Groy"): it has a capital, and the
// article calls nobody by a given name before it ("Jan van Holt", of whom "Van Holt" is the family name).
func (r *reader) givenLikeParticle(words []string) bool {
	return GivenParticle(words) && !lex.particles.Has(words[1]) && !r.ofFamily[strings.ToLower(words[0])+" "+strings.Join(words[1:], " ")]
}

// personIn is the token inside (i, end), a run of capitals behind an office and "of" or "for", at which a person's name begins behind
// what the office is of: "for Corley Eve Lassiter"; end where nothing shows it.
func (r *reader) personIn(i, end int) int {
	const longest = 3 // words of a name
	for k := max(i+1, end-longest); k < end-1; k++ {
		if (r.given(k) && !r.given(k-1) || r.kinds[k] == english.Person && r.kinds[k-1] != english.Person) && lex.nouns.Of(singular(r.lower(end-1))).class&organNoun == 0 {
			for k > i+1 && lex.titles.most[r.lower(k-1)] > 0 {
				k--
			}
			return k
		}
	}
	return end
}

// officeOf says whether an office with "of", "for" or "to" stands before token i: "Labour MP for", "Secretary to the".
func (r *reader) officeOf(i int) bool {
	if r.lower(i-1) == "the" {
		i--
	}
	if w := r.lower(i - 1); w != "for" && w != "of" && w != "to" || r.breaks(i-2, i) {
		return false
	}
	_, letters := lex.letterings.value[r.word(i-2)]
	return letters || calling(r.lower(i-2)) != "" && !r.finite(i-2)
}

// firstWord says whether token i, at the beginning of a sentence, is rather a word for what somebody is than the name before a given
// one: "Parishioner Joan Tuck". The document has it nowhere else with a capital.
func (r *reader) firstWord(i, end int) bool {
	if end-i < 3 || end-i > 4 || !(i == 0 || r.breaks(i-1, i)) || r.given(i) || !r.given(i+1) || r.d.Tokens[i].Shape != text.Title || len(r.word(i)) < 5 {
		return false
	}
	if r.inside == nil {
		r.inside = map[string]bool{}
		for j := 1; j < len(r.d.Tokens); j++ {
			if r.d.Tokens[j].Shape == text.Title && !r.breaks(j-1, j) && r.d.Tokens[j-1].Shape < text.Open {
				r.inside[r.word(j)] = true
			}
		}
	}
	return !r.inside[r.word(i)]
}
