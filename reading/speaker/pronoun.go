package speaker

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/text"
)

// Weights of what makes a person stand out for a pronoun, in one currency: the recency of the sentence, standing as a subject,
// having spoken just before; against it, being spoken of inside what is quoted, not being named, not showing the sex. Set by hand; the margins say how clear it must be.
const (
	asSubject    = 1.0
	sameSentence = .6
	asSpeaker    = 1.5
	didBefore    = 1.0 // what is told of one is no speech
	spokeBefore  = .5  // in a paragraph before, and not in the sentence before
	asNobody     = -.4
	insideWords  = -1.0
	unknownSex   = -.4
	otherName    = -1.0 // the one name it has is a given name of the other sex
	clearMargin  = .9
	enoughMargin = .4
	farthestBack = 4 // sentences
)

// pronoun is the entity that a pronoun means, nil when two stand out alike.
func (c *cast) pronoun(s *source, i, previous int) (*entity, float64) {
	t := c.trimmed(s.tokens)
	if p := c.statements[i].Within; p >= 0 && c.statements[p].Kind != onrecord.Indirect && s.word != "who" && s.word != "which" {
		return nil, 0 // in somebody's own words: whom they mean stands outside the article, often
	}
	if s.word != "who" && s.word != "which" && s.word != "that" && s.word != "whom" && c.quoted(t.First) {
		return nil, 0
	}
	switch s.word {
	case "he", "she", "him", "himself", "herself", "s/he", "her":
		return c.person3(s, t, i, previous)
	case "who", "which", "that", "whom":
		e, sure := c.relative(t, i, previous)
		if e == nil || s.word == "which" && c.human(e) || s.word == "who" && (e.kind == onrecord.Document || e.kind == onrecord.State || e.kind == onrecord.Organisation) { // "the death of Ivo Marek, which"
			return nil, 0
		}
		return e, sure
	case "they", "them", "both":
		return c.plural(t, i, previous, func(e *entity) bool {
			return e.plural || e.kind == onrecord.Group || e.kind == onrecord.Organisation || e.kind == onrecord.Unnamed && e.plural
		})
	case "it":
		return c.plural(t, i, previous, func(e *entity) bool {
			return !e.plural && (e.kind == onrecord.Organisation || e.kind == onrecord.State || e.kind == onrecord.Document)
		})
	}
	return nil, 0
}

func (c *cast) trimmed(t text.Range) text.Range {
	for t.First < t.End-1 && c.d.Tokens[t.First].Shape >= text.Open {
		t.First++
	}
	return t
}

// person3 resolves "he" and "she".
func (c *cast) person3(s *source, t text.Range, i, previous int) (*entity, float64) {
	sentence, paragraph := c.d.SentenceAt(t.First), c.d.ParagraphAt(t.First)
	own := c.statements[i].Content
	type score struct {
		e   *entity
		v   float64
		far bool // only there for having spoken
	}
	var scores []score
	for k := len(c.mentions) - 1; k >= max(0, len(c.mentions)-farthest); k-- {
		m := c.mentions[k]
		e := m.entity
		if m.quiet || e.plural || e.kind != onrecord.Person && e.kind != onrecord.Unnamed || e.gender != 0 && e.gender != either && e.gender&s.gender == 0 {
			continue
		}
		back, far := sentence-c.d.SentenceAt(m.token), false
		if previous >= 0 && c.speaker[previous] == e { // from the end of what was said
			back = min(back, max(1, sentence-c.d.SentenceAt(c.d.TokenAt(last(&c.statements[previous])))))
		}
		if back > farthestBack || paragraph-c.d.ParagraphAt(m.token) > 2 {
			if previous < 0 || c.speaker[previous] != e {
				continue
			}
			back, far = farthestBack, true
		}
		at := c.d.Tokens[m.token].Span
		if slices.ContainsFunc(own, at.Overlaps) && m.token < t.First {
			continue // spoken of by the one we look for
		}
		v := 3 - .6*float64(max(back, 0))
		if m.subject || c.when(m.token, t.First) {
			v += asSubject
			if back == 0 {
				v += sameSentence
			}
		}
		if c.quotedAt(at, previous) {
			switch {
			case c.speaker[previous] != nil:
				v += insideWords
			case len(c.statements[previous].Source) > 0: // somebody speaks of whom nobody knows who it is: the same one, rather
				continue
			}
		}
		switch {
		case e.gender != 0:
		case e.hint == 0 || e.hint == either:
			v += unknownSex
		case e.hint != s.gender:
			v += otherName
		}
		if e.kind == onrecord.Unnamed {
			if !e.person {
				continue
			}
			v += asNobody
		}
		if j := slices.IndexFunc(scores, func(s score) bool { return s.e == e }); j < 0 {
			scores = append(scores, score{e, v, far})
		} else {
			scores[j].v, scores[j].far = max(scores[j].v, v), scores[j].far && far
		}
	}
	var spoke *entity
	if previous >= 0 && c.speaker[previous] != nil && paragraph-c.d.ParagraphAt(c.anchor(&c.statements[previous])) <= 2 {
		spoke = c.speaker[previous]
		bonus := asSpeaker
		if end := c.d.TokenAt(last(&c.statements[previous])); sentence-c.d.SentenceAt(end) > 1 && paragraph > c.d.ParagraphAt(end) {
			bonus = spokeBefore
		} else if c.statements[previous].Kind == onrecord.Indirect && !c.speaks(previous) {
			bonus = didBefore
		}
		if c.quotedAt(c.d.Tokens[t.First].Span, previous) && c.statements[previous].Kind != onrecord.Indirect {
			bonus = insideWords // who quotes somebody is none of those in the words
		}
		for j := range scores {
			if scores[j].e == spoke {
				scores[j].v += bonus
			}
		}
	}
	if len(scores) == 0 {
		return c.ofHimself(s, t, i), .65
	}
	slices.SortStableFunc(scores, func(a, b score) int {
		switch {
		case a.v > b.v:
			return -1
		case a.v < b.v:
			return 1
		}
		return 0
	})
	best, sure := scores[0], surePronoun
	if best.far {
		sure = .7
	}
	if len(scores) > 1 {
		switch margin := best.v - scores[1].v; {
		case margin < enoughMargin:
			return nil, 0
		case margin < clearMargin:
			sure = .7
		}
	}
	if spoke != nil && spoke != best.e && spoke.kind == onrecord.Person && !spoke.told && spoke.gender&s.gender == 0 && spoke.gender != 0 &&
		sentence-c.d.SentenceAt(c.anchor(&c.statements[previous])) <= 1 && !c.metSince(best.e, c.anchor(&c.statements[previous])) {
		sure = min(sure, .7) // the one who just spoke, perhaps: names are no proof of sex
	}
	if c.onceNamed(best.e) || c.asked(i) || c.within != nil && c.within != best.e && (c.within.gender == 0 || c.within.gender&s.gender != 0) {
		sure = min(sure, .7)
	}
	if best.e.links == 0 && previous >= 0 && c.speaker[previous] == nil && len(c.statements[previous].Source) > 0 {
		sure = min(sure, .7) // somebody else speaks here whom nobody knows
	}
	if c.anotherActs(c.lastMet(best.e), t.First, s.gender, previous) {
		sure = min(sure, .7)
	}
	if best.e == spoke && len(c.statements[previous].Source) > 0 && !c.metSince(best.e, c.anchor(&c.statements[previous])+1) { // no surer than what it rests on
		sure = min(sure, max(c.sure[previous], .7))
	}
	if best.e == spoke && c.ofSomebody(previous, s.gender) || c.ownerBetween(best.e, t.First, s.gender) {
		sure = min(sure, .7)
	}
	if best.e.gender == 0 {
		best.e.gender, best.e.told = s.gender, true
	}
	c.meet(best.e, t, true)
	return best.e, sure
}

// ownerBetween says whether the pronoun at token t stands behind "which" or "when" that goes back to what is another's: "he
// raised Marek's remarks at a dinner, in which he said so".
func (c *cast) ownerBetween(best *entity, t int, g gender) bool {
	if w := c.lower(t - 1); w != "which" && w != "when" && w != "where" && w != "that" {
		return false
	}
	sentence := c.d.SentenceAt(t)
	for k := len(c.mentions) - 1; k >= max(0, len(c.mentions)-farthest); k-- {
		m := c.mentions[k]
		if m.token >= t {
			continue
		}
		if m.entity == best || c.d.SentenceAt(m.token) != sentence {
			return false
		}
		if m.entity.kind == onrecord.Person && !m.entity.plural && (m.entity.gender == 0 || m.entity.gender&g != 0) && (c.possessed(m.token+1) || c.upper(m.token+1) && c.possessed(m.token+2)) {
			return true
		}
	}
	return false
}

// ofSomebody says whether what was said before, not in the speaker's own words, is about somebody whom it does not name and who
// may be the next "he": "The defendant had lied, said Mr Marek. He told police so."
func (c *cast) ofSomebody(previous int, g gender) bool {
	const longest = 4
	if c.statements[previous].Kind != onrecord.Indirect || len(c.statements[previous].Content) == 0 {
		return false
	}
	t := c.d.TokensIn(c.statements[previous].Content[0])
	if t.First < t.End && c.lower(t.First) == "that" {
		t.First++
	}
	if t.First >= t.End || c.lower(t.First) != "the" {
		return false
	}
	for i := t.First + 1; i < min(t.End, t.First+longest) && !c.upper(i); i++ {
		if n := lex.nouns.Of(c.word(i)); n.class&roleNoun != 0 && (n.gender == 0 || n.gender&g != 0) && c.finite(i+1) {
			return !slices.ContainsFunc(c.mentions[max(0, len(c.mentions)-farthest):], func(m mention) bool { return m.token >= t.First && m.token <= i && !m.quiet })
		}
	}
	return false
}

// ofHimself is the one person whom a statement that stands before its pronoun is about, where nobody else has been named near:
// "Ivo Marek is to resign, he said".
func (c *cast) ofHimself(s *source, t text.Range, i int) (e *entity) {
	content := c.statements[i].Content
	if len(content) == 0 || content[0].Start > c.d.Tokens[t.First].Start {
		return nil
	}
	for k := len(c.mentions) - 1; k >= max(0, len(c.mentions)-farthest); k-- {
		m := c.mentions[k]
		if !c.d.Tokens[m.token].Overlaps(content[0]) {
			break
		}
		if m.subject && m.entity.kind == onrecord.Person && (m.entity.gender == 0 || m.entity.gender&s.gender != 0) {
			if e != nil && e != m.entity {
				return nil
			}
			e = m.entity
		}
	}
	return e
}

// quoted says whether token t stands in quotation marks.
func (c *cast) quoted(t int) bool {
	if t == 0 || c.page.In(t) {
		return c.page.In(t)
	}
	before := c.d.Tokens[t-1]
	return before.Shape == text.Open || before.Shape >= text.Open && before.End == c.d.Tokens[t].Start && strings.ContainsAny(c.word(t-1), "'‘“`") && (t < 2 || c.d.Tokens[t-2].End < before.Start)
}

// when says whether the pronoun at token t stands behind the name at token i and "when": "since they met Ivo Marek, when he".
func (c *cast) when(i, t int) bool {
	if w := c.lower(t - 1); w != "when" && w != "where" {
		return false
	}
	end := t - 1
	if c.word(end-1) == "," {
		end--
	}
	const longest = 6
	if i >= end || end-i > longest {
		return false
	}
	for ; i < end; i++ {
		if !c.upper(i) {
			return false
		}
	}
	return true
}

// onceNamed says whether a person is known by one word only, which stands once and without a title: a word with a capital, perhaps.
func (c *cast) onceNamed(e *entity) bool {
	if e.kind != onrecord.Person || len(e.words) != 1 || e.links > 0 || len(e.roles)+len(e.heads) > 0 || e.gender != 0 {
		return false
	}
	n := 0
	for _, k := range e.also {
		n += k
	}
	return n < 2
}

// asked says whether statement i stands in what was asked of or told to somebody, who may be meant as well: "Holm asked Lund if he
// knew".
func (c *cast) asked(i int) bool {
	p := c.statements[i].Within
	if p < 0 {
		return false
	}
	return slices.ContainsFunc(c.statements[p].Addressee, func(a onrecord.Span) bool {
		t := c.d.TokensIn(a)
		w := c.lower(t.First)
		return w == "him" || w == "her" || slices.ContainsFunc(c.namesIn(t), func(n int) bool { return c.names[n].form == personName })
	})
}

// anotherActs says whether somebody has done something since token i, before token end, whom the text does not name there: "the former
// minister relented".
func (c *cast) anotherActs(i, end int, g gender, previous int) bool {
	const farthest = 60 // tokens
	for i = max(i, end-farthest); i < end; i++ {
		n := lex.nouns.Of(c.word(i))
		brought := c.lower(i+1) == "who" || c.lower(i+1) == "whose" // "she met a painter whose dog had died"
		if n.class&roleNoun == 0 || n.gender != 0 && n.gender&g == 0 || !brought && !c.finite(i+1) && (c.tag(i+1) != "VBN" || !c.subject(text.Range{First: i, End: i + 1})) || c.quoted(i) || c.quotedAt(c.d.Tokens[i].Span, previous) || c.upper(i-1) {
			continue
		}
		for k := i - 1; k > i-5 && k >= 0 && !c.breaks(k, i) && c.d.Tokens[k].Shape < text.Open; k-- {
			if (c.lower(k) == "a" || c.lower(k) == "an") && brought {
				return true
			}
			if c.lower(k) == "the" {
				return !slices.ContainsFunc(c.mentions[max(0, len(c.mentions)-farthest):], func(m mention) bool { return m.token >= k && m.token <= i && !m.quiet })
			}
		}
	}
	return false
}

// metSince says whether an entity was named or meant at token i or behind.
func (c *cast) metSince(e *entity, i int) bool {
	for k := len(c.mentions) - 1; k >= max(0, len(c.mentions)-farthest) && c.mentions[k].token >= i; k-- {
		if c.mentions[k].entity == e {
			return true
		}
	}
	return false
}

// lastMet is the token where an entity was last named or meant.
func (c *cast) lastMet(e *entity) int {
	for k := len(c.mentions) - 1; k >= max(0, len(c.mentions)-farthest); k-- {
		if c.mentions[k].entity == e {
			return c.mentions[k].token
		}
	}
	return 0
}

// human says whether an entity is one person or several.
func (c *cast) human(e *entity) bool {
	switch e.kind {
	case onrecord.Person:
		return true
	case onrecord.Unnamed, onrecord.Group:
		for h := range e.heads {
			if lex.nouns.Of(h).class&(organNoun|documentNoun) != 0 {
				return false
			}
		}
		return true
	}
	return false
}

// quotedAt says whether the span stands in the content of the statement before.
func (c *cast) quotedAt(at onrecord.Span, previous int) bool {
	return previous >= 0 && slices.ContainsFunc(c.statements[previous].Content, at.Overlaps)
}

// placed says whether a name says where people are: "the farmers on Castle Hill".
func (c *cast) placed(n *name) bool {
	switch c.lower(n.whole.First - 1) {
	case "in", "at", "on", "near":
		return lex.nouns.Of(singular(c.lower(n.whole.First-2))).class&(roleNoun|unnamedNoun|groupNoun) != 0
	}
	return false
}

// relative resolves "who" and "which" to what stands before them.
func (c *cast) relative(t text.Range, i, previous int) (*entity, float64) {
	end := t.First
	for end > 0 && end > t.First-2 && (c.word(end-1) == "," || c.word(end-1) == "—" || c.word(end-1) == "–") {
		end--
	}
	if c.word(end-1) == ")" { // "Ada Holm (D-Mont.), who"
		const longest = 8
		for open := end - 2; open > max(0, end-longest); open-- {
			if c.word(open) == "(" {
				end = open
				break
			}
		}
	}
	if end == 0 || c.breaks(end-1, t.First) {
		return nil, 0
	}
	who := c.lower(t.First) == "who" || c.lower(t.First) == "whom"
	for k := len(c.names) - 1; k >= 0; k-- {
		n := &c.names[k]
		before := n.whole.First - 1
		if n.tokens.End == end && who && k > 0 && lex.joining.Has(c.lower(before)) && c.of[k] != nil && c.of[k].kind != onrecord.Person { // "Ada Holm of Montana, who"
			if p := &c.names[k-1]; p.tokens.End == before && c.of[k-1] != nil && p.form == personName {
				c.meet(c.of[k-1], t, true)
				return c.of[k-1], likely
			}
		}
		if who && lex.definites.Has(c.lower(before)) && c.of[k] != nil && c.of[k].kind == onrecord.Organisation { // "members of the Harbor Committee who"
			before--
		}
		if n.tokens.End == end && c.of[k] != nil && (!lex.joining.Has(c.lower(before)) || n.form == personName && c.lower(before) != "of" && !c.placed(n)) {
			c.meet(c.of[k], t, true)
			if c.lower(n.whole.First-1) == "and" { // "Dario Kent and Petra Novak, who"
				return c.of[k], likely
			}
			return c.of[k], surePronoun
		}
		if n.tokens.End < end {
			break
		}
	}
	begin := end
	for begin > 0 && begin > end-8 && c.d.Tokens[begin-1].Shape < text.Open && !c.breaks(begin-1, t.First) && !c.finite(begin-1) && (!lex.enders.Has(c.lower(begin-1)) || lex.joining.Has(c.lower(begin-1))) && c.lower(begin-1) != "and" {
		begin--
		if w := c.lower(begin); lex.definites.Has(w) && !lex.joining.Has(c.lower(begin-1)) || w == "a" || w == "an" || w == "some" {
			break
		}
	}
	for begin < end && lex.enders.Has(c.lower(begin)) {
		begin++
	}
	if begin == end {
		return nil, 0
	}
	at := c.namesIn(text.Range{First: begin, End: end})
	s := c.source(text.Range{First: begin, End: end}, c.names, at)
	if s.shape == pronoun {
		return nil, 0
	}
	e, sure := c.who(&s, i, previous)
	if e != nil && who && e.kind == onrecord.Organisation {
		return nil, 0
	}
	return e, min(sure, likely)
}

// plural resolves "they" and "it": to the speaker just before, else to the one entity of that kind in the sentence or the one before.
func (c *cast) plural(t text.Range, i, previous int, of func(*entity) bool) (*entity, float64) {
	sentence := c.d.SentenceAt(t.First)
	if previous >= 0 && c.speaker[previous] != nil && of(c.speaker[previous]) && c.d.ParagraphAt(t.First)-c.d.ParagraphAt(c.anchor(&c.statements[previous])) <= 1 {
		e := c.speaker[previous]
		c.meet(e, t, true)
		return e, likely
	}
	var only *entity
	for k := len(c.mentions) - 1; k >= max(0, len(c.mentions)-farthest); k-- {
		m := c.mentions[k]
		if sentence-c.d.SentenceAt(m.token) > 1 {
			break
		}
		if !of(m.entity) || !m.subject || slices.ContainsFunc(c.statements[i].Content, c.d.Tokens[m.token].Overlaps) {
			continue
		}
		if only != nil && only != m.entity {
			return nil, 0
		}
		only = m.entity
	}
	if only == nil {
		only = c.pair(t)
	}
	if only == nil {
		return nil, 0
	}
	c.meet(only, t, true)
	return only, .65
}

// pair is the group of the two persons that a sentence before token t, no more than two back, has as its subject: "Dario Kent and
// Petra Novak lost their house. ... They said". It is nil for "it", and when there is none.
func (c *cast) pair(t text.Range) *entity {
	if c.lower(t.First) == "it" {
		return nil
	}
	sentence := c.d.SentenceAt(t.First)
	for n := sentence; n >= max(0, sentence-2); n-- {
		first := c.d.Sentences[n].First
		at := c.namesIn(text.Range{First: first, End: min(c.d.Sentences[n].End, first+12)})
		if len(at) < 2 {
			continue
		}
		x, y := &c.names[at[0]], &c.names[at[1]]
		if c.of[at[0]] == nil || c.of[at[1]] == nil || x.form != personName || y.form != personName || x.whole.First != first || y.tokens.End > t.First ||
			y.whole.First != x.tokens.End+1 || c.lower(x.tokens.End) != "and" {
			continue
		}
		both := text.Range{First: x.whole.First, End: y.tokens.End}
		return c.group(both, []string{c.of[at[0]].name, c.of[at[1]].name})
	}
	return nil
}
