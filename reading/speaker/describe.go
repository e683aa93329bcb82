package speaker

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/text"
)

// couple is the group of several speakers at once.
func (c *cast) couple(s *source, i, previous int) (*entity, float64) {
	var names []string
	sure := sureGroup
	for j := range s.parts {
		p := &s.parts[j]
		var e *entity
		if p.shape == named {
			e, _ = c.named(p)
		}
		if e != nil {
			names = append(names, e.name)
			continue
		}
		names = append(names, c.bareName(p.tokens))
	}
	e := c.group(s.tokens, names)
	c.meet(e, s.tokens, true)
	return e, sure
}

// group is the entity of several by their names, which stand at t first.
func (c *cast) group(t text.Range, names []string) *entity {
	shown := names[0]
	if len(names) > 1 {
		shown = strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
	}
	key := "group " + strings.ToLower(shown)
	e := c.keys[key]
	if e == nil {
		e = c.add(onrecord.Group, shown, t.First)
		e.plural = true
		c.keys[key] = e
	}
	return e
}

// bareName is the words of a phrase without its determiner, on one line, without a trailing mark.
func (c *cast) bareName(t text.Range) string {
	for t.First < t.End && (c.d.Tokens[t.First].Shape >= text.Open || lex.definites.Has(c.lower(t.First)) && c.lower(t.First) != "his" && c.lower(t.First) != "her" && c.lower(t.First) != "their" && c.lower(t.First) != "its" || c.skips(t.First) || c.lower(t.First) == "a" || c.lower(t.First) == "an" || c.lower(t.First) == "some" && !lex.enders.Has(c.lower(t.First+1))) {
		t.First++
	}
	const longest = 12
	for t.First < t.End && (t.End-t.First > longest || lex.enders.Has(c.lower(t.End-1)) || c.d.Tokens[t.End-1].Shape >= text.Open) {
		t.End--
	}
	return c.surface(t)
}

// unnamed is the entity of a description that introduces somebody: one per article and description.
func (c *cast) unnamed(s *source, i int) (*entity, float64) {
	if s.head == "" {
		return nil, 0
	}
	shown := c.bareName(s.tokens)
	shown, _, _ = strings.Cut(shown, ",")
	for _, clause := range []string{" who ", " that ", " which ", " whose "} {
		shown, _, _ = strings.Cut(shown, clause)
	}
	if shown == "" { // "Some said"
		shown = c.surface(s.tokens)
	}
	if s.bare { // "U.S. Official: ..." in a headline: the one of the text
		if e, _ := c.fitting(s, true); e != nil {
			return e, sureAgain
		}
	}
	if s.class == 0 {
		if c.upper(s.core.End - 1) {
			return c.capital(s)
		}
		if !c.speaks(i) {
			return nil, 0
		}
	}
	kind, sure := onrecord.Unnamed, sureGroup
	switch {
	case s.class&documentNoun != 0 && s.class&(roleNoun|unnamedNoun|organNoun) == 0:
		kind = onrecord.Document
	case s.bare && s.class&organNoun != 0: // "Labour's campaign", "police"
		kind = onrecord.Organisation
	case s.head == "police" || s.head == "parliament" || s.head == "congress":
		kind = onrecord.Organisation
	case s.plural && s.class&unnamedNoun != 0 && s.class&groupNoun == 0:
	case s.plural && s.class&groupNoun != 0, s.plural && s.class == 0:
		kind = onrecord.Group
	case s.plural && s.class&unnamedNoun == 0:
		kind = onrecord.Group
	case s.class&documentNoun != 0 && s.plural && slices.ContainsFunc(s.mods, func(m string) bool { return m == "media" || m == "press" || m == "news" }):
	case s.class == 0:
		sure = likely
	}
	slices.Sort(s.mods)
	key := kind + " " + s.head + " " + strings.Join(slices.Compact(s.mods), " ")
	if s.plural {
		key += " s"
	}
	e := c.keys[key]
	if kind == onrecord.Document && e != nil {
		if maker := c.maker(s); maker != "" && e.maker != "" && maker != e.maker { // "a study by the ministry", "a study by the union"
			key += " " + maker
			e = c.keys[key]
		}
	}
	if e == nil || s.other {
		e = c.add(kind, shown, s.tokens.First)
		e.plural = s.plural
		c.keys[key] = e
	}
	if e.links == 0 && len(shown) > len(e.name) { // brought in before with fewer words
		e.name = shown
	}
	e.also[shown]++
	e.sort |= c.told(s)
	if e.maker == "" && kind == onrecord.Document {
		e.maker = c.maker(s)
	}
	e.person = !s.plural && s.class&(roleNoun|unnamedNoun) != 0
	e.heads[s.head] = true
	for _, m := range s.mods {
		e.mods[m] = true
	}
	if e.state == "" {
		e.state = s.state
	}
	if e.gender == 0 && (s.gender == male || s.gender == female) {
		e.gender = s.gender
	}
	c.meet(e, s.core, true)
	return e, sure
}

// maker is who made a document, in words behind it: "a study by the Harbor Institute, a think tank".
func (c *cast) maker(s *source) string {
	const longest = 16
	by := false
	var words []string
	for i := s.tokens.First; i < min(s.tokens.End, s.tokens.First+longest); i++ {
		switch w := c.lower(i); {
		case by && (w == "," || w == "who" || w == "which" || w == "that"):
			return strings.Join(words, " ")
		case by && c.upper(i):
			words = append(words, w)
		case w == "by" || w == "from":
			by = true
		}
	}
	return strings.Join(words, " ")
}

// sorts is what a speaker without a name is, as [onrecord.Speaker] has it.
func (e *entity) sorts() []string {
	sort := e.sort
	for h := range e.heads {
		sort |= lex.nouns.Of(h).sort
	}
	var out []string
	for _, s := range [...]struct {
		bit  uint8
		name string
	}{{official, onrecord.Official}, {informed, onrecord.Source}, {present, onrecord.Witness}} {
		if sort&s.bit != 0 {
			out = append(out, s.name)
		}
	}
	if e.plural {
		out = append(out, onrecord.Several)
	}
	return out
}

// told is what the words behind the noun of a description say of somebody whose noun says nothing.
func (c *cast) told(s *source) uint8 {
	if lex.nouns.Of(s.head).sort != 0 {
		return 0
	}
	const longest = 6
	end := min(s.core.End+longest, c.d.Sentences[c.d.SentenceAt(s.core.First)].End)
	who := false
	for i := s.core.End; i < end; i++ {
		switch w := c.lower(i); {
		case lex.knowing.Has(w):
			return informed
		case w == "who":
			who = true
		case who && lex.seeing.Has(w):
			return present
		case !who && (c.finite(i) || c.d.Tokens[i].Shape >= text.Open && w != ","):
			return 0
		}
	}
	return 0
}

// speaks says whether the cue of statement i is of somebody who speaks; of what is no statement's, yes.
func (c *cast) speaks(i int) bool {
	if i < 0 {
		return true
	}
	for _, cue := range c.statements[i].Cue {
		for t := c.d.TokensIn(cue); t.First < t.End; t.First++ {
			if lex.speaking.Has(c.lower(t.First)) || c.lower(t.First) == "according" {
				return true
			}
		}
	}
	return false
}

// capital is the entity that a head with a capital names, where the names have not been read so: in headlines, where every word
// has one. Nobody when it is none that the article knows.
func (c *cast) capital(s *source) (*entity, float64) {
	if p, n := c.place(s.core.First, s.core.End); n == s.core.End-s.core.First && p.kind != demonym {
		name := name{tokens: s.core, whole: s.core, form: p.form(), words: c.words(s.core), state: p.state}
		e := c.organEntity(&name)
		c.meet(e, s.core, true)
		return e, sureGroup
	}
	if p, n := c.place(s.core.First, s.core.End); s.plural && n == s.core.End-s.core.First && p.kind == demonym {
		key := "people " + p.state
		e := c.keys[key]
		if e == nil {
			e = c.add(onrecord.Group, c.surface(s.core), s.core.First)
			e.plural, e.state = true, p.state
			c.keys[key] = e
		}
		c.meet(e, s.core, true)
		return e, sureGroup
	}
	if b := c.families[familyOf([]string{c.word(s.core.End - 1)})]; len(b) == 1 {
		c.meet(b[0], s.core, true)
		return b[0], sureAgain
	}
	return nil, 0
}

// farthest is how many mentions a description or pronoun looks back over.
const farthest = 40

// fitting is the latest entity that the description fits, nil when there is none; or, anywhere, the first unnamed one of the text.
// Unnamed ones and named ones are not weighed against each other: when the latest has a name and an unnamed one fits as well, it
// is open which is meant.
func (c *cast) fitting(s *source, anywhere bool) (e *entity, open bool) {
	var latest, loose *entity
	unnamed, several := false, false
	window := c.mentions[max(0, len(c.mentions)-farthest):]
	if anywhere {
		window = c.mentions[:min(len(c.mentions), 4*farthest)]
	}
	for k := len(window) - 1; k >= 0; k-- {
		e := window[k].entity
		strict, placed := c.fits(e, s)
		if placed {
			several = several || loose != nil && loose != e
			loose = e
		}
		if !strict || anywhere && e.kind != onrecord.Unnamed {
			if anywhere && strict && s.class&unnamedNoun == 0 {
				several = several || loose != nil && loose != e
				loose = e
			}
			continue
		}
		if latest == nil {
			latest = e
		}
		unnamed = unnamed || e.kind == onrecord.Unnamed
		if anywhere {
			latest = e // the first of the text
		}
	}
	if latest != nil && latest.kind != onrecord.Unnamed && unnamed {
		return nil, true
	}
	if latest == nil && !several { // the only one: "the Vermont senator", where no other senator is named
		return loose, false
	}
	return latest, false
}

// fits says whether a description is of e by all its words, or would be but for the place it names.
func (c *cast) fits(e *entity, s *source) (strict, placed bool) {
	if e.plural != s.plural || s.gender != 0 && e.gender != 0 && s.gender&e.gender == 0 {
		return false, false
	}
	if !e.heads[s.head] && !slices.ContainsFunc(lex.alike.Of(s.head), func(h string) bool { return e.heads[h] }) &&
		!(e.kind == onrecord.Organisation && len(e.heads) == 0 && lex.generic.Has(s.head)) {
		return false, false
	}
	if s.state != "" && e.state != "" && s.state != e.state {
		return false, false
	}
	strict = true
	for _, m := range s.mods {
		if e.mods[m] || e.heads[m] || m == strings.ToLower(s.state) || m == "former" || m == "same" || m == "unnamed" || m == "unidentified" {
			continue
		}
		if strict = false; !slices.Contains(s.places, m) {
			return false, false
		}
	}
	return strict, !strict && e.kind == onrecord.Person
}

// later is the one person of whom the article says further on by name what a description says first: "the harbour master", then
// "harbour master Leo Farrant". There is none when anybody else before fits the noun.
func (c *cast) later(s *source) *entity {
	if s.plural || s.class&roleNoun == 0 || s.head == "" {
		return nil
	}
	if c.byHead == nil {
		c.byHead = map[string][]*entity{}
		for _, e := range c.all {
			if e.kind == onrecord.Person {
				for h := range e.heads {
					c.byHead[h] = append(c.byHead[h], e)
				}
			}
		}
	}
	if len(c.byHead[s.head]) > mostOfName {
		return nil
	}
	var only *entity
	for _, e := range c.byHead[s.head] {
		if strict, _ := c.fits(e, s); !strict || e.first < s.core.First || only != nil {
			return nil
		}
		only = e
	}
	return only
}

// possessors are the persons whose names stand in the possessive in the tokens: "Voss's aide".
func (c *cast) possessors(t text.Range) []*entity {
	var out []*entity
	for _, n := range c.namesIn(t) {
		if e := c.of[n]; e != nil && c.possessed(c.names[n].tokens.End) {
			out = append(out, e)
		}
	}
	return out
}

// ofParty are those whom the article marks as members of the party of a noun: "Ada Holm, R-Ohio".
func (c *cast) ofParty(noun string) map[*entity]bool {
	mark := lex.party.Of(noun)
	if mark == "" {
		return nil
	}
	of := map[*entity]bool{}
	for i, e := range c.of {
		if at := c.names[i].tokens.End; e != nil && (c.word(at) == "," || c.word(at) == "(") && strings.HasPrefix(c.word(at+1), mark) {
			of[e] = true
		}
	}
	return of
}

// lonely is the person who spoke last, where nobody else was named since the sentence before that and the description says what
// one is, not of which office: "the former governor".
func (c *cast) lonely(s *source, i, previous int) *entity {
	if i < 0 || previous < 0 || c.speaker[previous] == nil || c.speaker[previous].kind != onrecord.Person || !lex.elected.Has(s.head) || len(s.mods) == 0 {
		return nil
	}
	e := c.speaker[previous]
	if of := c.ofParty(s.head); len(of) > 0 && !of[e] {
		return nil
	}
	if s.gender != 0 && e.gender != 0 && s.gender&e.gender == 0 || slices.ContainsFunc(c.namesIn(s.core), func(n int) bool { return c.names[n].form == organName || c.names[n].form == personName }) {
		return nil
	}
	sentence := c.d.SentenceAt(s.core.First)
	for k := len(c.mentions) - 1; k >= max(0, len(c.mentions)-farthest); k-- {
		m := c.mentions[k]
		if sentence-c.d.SentenceAt(m.token) > 1 {
			break
		}
		if at := c.d.Tokens[m.token].Span; c.quotedAt(at, previous) || slices.ContainsFunc(c.statements[i].Content, at.Overlaps) {
			continue
		}
		if m.entity.kind == onrecord.Person && m.entity != e {
			return nil
		}
	}
	if sentence-c.d.SentenceAt(c.d.TokenAt(last(&c.statements[previous]))) > 1 {
		return nil
	}
	return e
}

// calledBefore is the fuller name, in common nouns, by which an organ was called before, and its words before the head: "the health
// ministry", for "the ministry".
func (c *cast) calledBefore(s *source) (shown string, mods []string) {
	const back = 400 // tokens
	for i := s.core.First - 1; i > max(0, s.core.First-back); i-- {
		if c.word(i) != s.head || lex.nouns.Of(c.word(i+1)).class != 0 {
			continue
		}
		first := i
		for first > 0 && first > i-4 && !c.breaks(first-1, i) && c.d.Tokens[first-1].Shape < text.Open && (c.tag(first-1) == "NN" || lex.ofOrgans.Has(c.lower(first-1)) || strings.HasPrefix(c.tag(first-1), "NNP")) {
			first--
		}
		if first == i {
			continue
		}
		for j := first; j < i; j++ {
			mods = append(mods, organWord(c.lower(j)))
		}
		return c.surface(text.Range{First: first, End: i + 1}), mods
	}
	return "", nil
}

// described is the entity that a definite description goes back to; else one of its own: an organ or document by its words, a
// person of whom the article gives no name.
func (c *cast) described(s *source, i, previous int) (*entity, float64) {
	e, open := c.fitting(s, false)
	if open {
		return nil, 0
	}
	if e != nil {
		sure := sureAgain
		if previous >= 0 && c.speaker[previous] != e && e.kind != onrecord.Unnamed {
			sure = likely
		}
		c.meet(e, s.core, true)
		return e, sure
	}
	if e := c.later(s); e != nil {
		c.meet(e, s.core, true)
		return e, likely
	}
	shown := c.bareName(s.core)
	if s.head == "" || shown == "" || s.class == 0 && !c.speaks(i) {
		return nil, 0
	}
	kind, sure := "", likely
	switch {
	case s.class&documentNoun != 0 && s.class&roleNoun == 0:
		kind, sure = onrecord.Document, sureGroup
		shown = c.bareName(s.tokens)
	case s.plural && s.class&unnamedNoun != 0 && s.class&groupNoun == 0:
		kind = onrecord.Unnamed
	case s.plural:
		kind = onrecord.Group
	case s.class&groupNoun != 0 && s.class&(roleNoun|organNoun) == 0: // "his family"
		kind = onrecord.Group
	case s.class&organNoun != 0 && s.class&roleNoun == 0:
		kind = onrecord.Organisation
		if len(s.mods) == 0 {
			if full, mods := c.calledBefore(s); full != "" {
				shown, s.mods = full, mods
			}
		}
		if s.state != "" || len(s.mods) > 0 {
			sure = sureGroup
		}
	case s.class&roleNoun != 0:
		// Somebody whom the text has named, perhaps, in words that do not show it.
		if e := c.lonely(s, i, previous); e != nil {
			c.meet(e, s.core, true)
			return e, .6
		}
		possessors := c.possessors(s.tokens)
		if slices.ContainsFunc(c.mentions[max(0, len(c.mentions)-farthest):], func(m mention) bool {
			return !slices.Contains(possessors, m.entity) && m.entity.kind == onrecord.Person && !m.entity.plural && (s.gender == 0 || m.entity.gender == 0 || s.gender&m.entity.gender != 0) && len(m.entity.heads) == 0 && m.subject
		}) {
			return nil, 0
		}
		kind, sure = onrecord.Unnamed, .65
	case s.class == 0 && i >= 0 && c.statements[i].Kind == onrecord.Direct && !c.upper(s.core.End-1) && c.tag(s.core.End-1) == "NN": // whoever speaks in words of his own
		kind, sure = onrecord.Unnamed, least
	default:
		return nil, 0
	}
	mods := slices.Compact(slices.Sorted(slices.Values(s.mods)))
	key := kind + " " + s.head + " " + strings.Join(mods, " ")
	if s.plural {
		key += " s"
	}
	if e = c.keys[key]; e == nil {
		e = c.add(kind, shown, s.core.First)
		e.plural, e.state = s.plural, s.state
		e.gender = s.gender
		c.keys[key] = e
	}
	e.heads[s.head] = true
	e.sort |= c.told(s)
	e.person = !s.plural && s.class&roleNoun != 0
	for _, m := range mods {
		e.mods[m] = true
	}
	e.also[shown]++
	c.meet(e, s.core, true)
	return e, sure
}
