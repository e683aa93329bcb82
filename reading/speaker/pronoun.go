package speaker

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/reading/attribution"
	"github.com/onrecord/onrecord/text"
)

// Weights of what makes a person stand out for a pronoun, in one currency: the recency of the sentence, standing as a subject,
// having spoken just before; against it, being spoken of inside what is quoted, not being named, not showing the sex. Set by hand; the margins say how clear it must be.
const (
	asSubject    = 1.0
	sameSentence = .6
	asSpeaker    = 1.5
	didBefore    = 1.0 // what is told of one is no speech
	spokeFurther = .5  // in a paragraph before, and not in the sentence before
	asNobody     = -.4
	insideWords  = -1.0
	unknownSex   = -.4
	otherName    = -1.0 // the one name it has is a given name of the other sex
	clearMargin  = .9
	enoughMargin = .4
	farthestBack = 4  // sentences
	lessSure     = .7 // of a pronoun, where something speaks for another
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

// A candidate is whom a pronoun may mean, and how much that one stands out.
type candidate struct {
	entity *entity
	weight float64
	far    bool // only there for having spoken
}

// A pronounAt is a pronoun for one person, as far as its antecedent is weighed by it.
type pronounAt struct {
	token, sentence, paragraph int
	gender                     gender
	own                        []onrecord.Span // content of its statement
	previous                   int             // the statement before, -1 for none
	pleads                     bool            // its statement denies or admits what one is on trial for
}

// pleads says whether statement i is of somebody on trial: "denies three charges of arson".
func (c *cast) pleads(i int) bool {
	s := &c.statements[i]
	if len(s.Content) == 0 || len(s.Cue) == 0 {
		return false
	}
	cue := c.lower(c.d.TokensIn(s.Cue[0]).First)
	if !strings.HasPrefix(cue, "den") && !strings.HasPrefix(cue, "admit") && !strings.HasPrefix(cue, "plead") {
		return false
	}
	const longest = 4
	t := c.d.TokensIn(s.Content[0])
	for k := t.First; k < min(t.End, t.First+longest); k++ {
		if lex.pleaded.Has(c.lower(k)) {
			return true
		}
		if c.finite(k) {
			return false
		}
	}
	return false
}

// inQuestion says whether token i stands in what is asked of whom the pronoun at token t means: "Asked whether Holm knew, she".
func (c *cast) inQuestion(i, t int) bool {
	if i >= t || c.breaks(i, t) || c.word(t-1) != "," {
		return false
	}
	first := c.d.Sentences[c.d.SentenceAt(t)].First
	if c.lower(first) == "when" {
		first++
	}
	return first < i && lex.questioned.Has(c.lower(first))
}

// person3 resolves "he" and "she".
func (c *cast) person3(s *source, t text.Range, i, previous int) (*entity, float64) {
	p := pronounAt{t.First, c.d.SentenceAt(t.First), c.d.ParagraphAt(t.First), s.gender, c.statements[i].Content, previous, c.pleads(i)}
	who := c.candidates(&p)
	spoke := c.spokeBefore(&p, who)
	if len(who) == 0 {
		return c.ofHimself(s, t, i), .65
	}
	slices.SortStableFunc(who, func(a, b candidate) int { return cmp.Compare(b.weight, a.weight) })
	best, sure := who[0], surePronoun
	if len(who) > 1 && best.weight-who[1].weight < enoughMargin {
		return nil, 0
	}
	if best.far || len(who) > 1 && best.weight-who[1].weight < clearMargin || c.doubtful(best.entity, spoke, &p, i) {
		sure = lessSure
	}
	if best.entity == spoke && len(c.statements[previous].Source) > 0 && !c.metSince(spoke, c.anchor(&c.statements[previous])+1) { // no surer than what it rests on
		sure = min(sure, max(c.sure[previous], lessSure))
	}
	switch {
	case best.entity.gender != 0:
	case len(who) > 1 && c.toAnother(t.First): // either may be the one, and the other "him"
		sure = lessSure
	default:
		best.entity.gender, best.entity.told = s.gender, true
	}
	c.meet(best.entity, t, true)
	return best.entity, sure
}

// toAnother says whether the pronoun at token t is the subject of what is said to another pronoun: "she told him".
func (c *cast) toAnother(t int) bool {
	w := c.lower(t + 2)
	return c.finite(t+1) && (w == "him" || w == "her") && lex.pronouns.Of(w).gender != lex.pronouns.Of(c.lower(t)).gender
}

// candidates are the persons whom a pronoun may mean, each as its best mention has it, the latest first.
func (c *cast) candidates(p *pronounAt) []candidate {
	var who []candidate
	for k := len(c.mentions) - 1; k >= max(0, len(c.mentions)-farthest); k-- {
		m := &c.mentions[k]
		if m.quiet || !m.entity.onePerson(p.gender) {
			continue
		}
		back, far, near := c.distance(m, p)
		if !near {
			continue
		}
		weight, ok := c.weigh(m, back, p)
		if !ok || c.inQuestion(m.token, p.token) || p.pleads && slices.ContainsFunc(slices.Collect(maps.Keys(m.entity.heads)), lex.ofCourt.Has) {
			continue
		}
		if j := slices.IndexFunc(who, func(x candidate) bool { return x.entity == m.entity }); j < 0 {
			who = append(who, candidate{m.entity, weight, far})
		} else {
			who[j].weight, who[j].far = max(who[j].weight, weight), who[j].far && far
		}
	}
	return who
}

// onePerson says whether an entity is one person who may be of that sex.
func (e *entity) onePerson(g gender) bool {
	return !e.plural && (e.kind == onrecord.Person || e.kind == onrecord.Unnamed) && (e.gender == 0 || e.gender&g != 0)
}

// distance is how many sentences a mention is back from a pronoun, and whether it is near enough, or only there for having spoken.
func (c *cast) distance(m *mention, p *pronounAt) (back int, far, near bool) {
	back = p.sentence - c.d.SentenceAt(m.token)
	spoke := p.previous >= 0 && c.speaker[p.previous] == m.entity
	if spoke { // from the end of what was said
		back = min(back, max(1, p.sentence-c.d.SentenceAt(c.d.TokenAt(last(&c.statements[p.previous])))))
	}
	if back > farthestBack || p.paragraph-c.d.ParagraphAt(m.token) > 2 {
		return farthestBack, true, spoke
	}
	return back, false, true
}

// weigh is how much a mention stands out for a pronoun; false where it cannot be meant.
func (c *cast) weigh(m *mention, back int, p *pronounAt) (v float64, ok bool) {
	at, e := c.d.Tokens[m.token].Span, m.entity
	if m.token < p.token && slices.ContainsFunc(p.own, at.Overlaps) {
		return 0, false // spoken of by the one we look for
	}
	v = 3 - .6*float64(max(back, 0))
	if m.subject || c.when(m.token, p.token) {
		v += asSubject
		if back == 0 {
			v += sameSentence
		}
	}
	if c.quotedAt(at, p.previous) {
		switch {
		case c.speaker[p.previous] != nil:
			v += insideWords
		case len(c.statements[p.previous].Source) > 0: // somebody speaks of whom nobody knows who it is: the same one, rather
			return 0, false
		}
	}
	switch {
	case e.gender != 0:
	case e.hint == 0 || e.hint == either:
		v += unknownSex
	case e.hint != p.gender:
		v += otherName
	}
	if e.kind == onrecord.Unnamed {
		v += asNobody
		return v, e.person
	}
	return v, true
}

// spokeBefore is who spoke last and near, nil for nobody, and adds to the weight of that one among the candidates.
func (c *cast) spokeBefore(p *pronounAt, who []candidate) *entity {
	if p.previous < 0 || c.speaker[p.previous] == nil || p.paragraph-c.d.ParagraphAt(c.anchor(&c.statements[p.previous])) > 2 {
		return nil
	}
	spoke, before := c.speaker[p.previous], &c.statements[p.previous]
	bonus := asSpeaker
	if end := c.d.TokenAt(last(before)); p.sentence-c.d.SentenceAt(end) > 1 && p.paragraph > c.d.ParagraphAt(end) {
		bonus = spokeFurther
	} else if before.Kind == onrecord.Indirect && !c.speaks(p.previous) {
		bonus = didBefore
	}
	if c.quotedAt(c.d.Tokens[p.token].Span, p.previous) && before.Kind != onrecord.Indirect {
		bonus = insideWords // who quotes somebody is none of those in the words
	}
	for j := range who {
		if who[j].entity == spoke {
			who[j].weight += bonus
		}
	}
	return spoke
}

// doubtful says whether something speaks for another than the best candidate for a pronoun.
func (c *cast) doubtful(best, spoke *entity, p *pronounAt, i int) bool {
	within := c.within != nil && c.within != best && (c.within.gender == 0 || c.within.gender&p.gender != 0)
	if within || c.onceNamed(best) || c.asked(i) || c.ownerBetween(best, p.token, p.gender) || c.anotherActs(c.lastMet(best), p.token, p.gender, p.previous) {
		return true
	}
	if p.previous < 0 {
		return false
	}
	before := &c.statements[p.previous]
	switch {
	case spoke == nil:
		return c.speaker[p.previous] == nil && len(before.Source) > 0 && (best.links == 0 || c.anotherSpoke(best, p, before))
	case spoke == best:
		return c.ofSomebody(p.previous, p.gender)
	}
	// The one who just spoke, perhaps: names are no proof of sex.
	return spoke.kind == onrecord.Person && !spoke.told && spoke.gender&p.gender == 0 && spoke.gender != 0 &&
		p.sentence-c.d.SentenceAt(c.anchor(before)) <= 1 && !c.metSince(best, c.anchor(before))
}

// anotherSpoke says whether one person whom the text calls by what he or she is, and nobody knows, has spoken in the statement before,
// and best was not named since: "The Corley frontman said no. He".
func (c *cast) anotherSpoke(best *entity, p *pronounAt, before *attribution.Draft) bool {
	if p.sentence-c.d.SentenceAt(c.anchor(before)) > 1 || c.metSince(best, c.anchor(before)) {
		return false
	}
	src := c.sourceAt(c.d.TokensIn(before.Source[0]))
	return src.shape == definite && !src.plural && src.class&roleNoun != 0
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
			if brought && c.newcomer(k) {
				return true
			}
			if c.lower(k) == "the" {
				return !slices.ContainsFunc(c.mentions[max(0, len(c.mentions)-farthest):], func(m mention) bool { return m.token >= k && m.token <= i && !m.quiet })
			}
		}
	}
	return false
}

// newcomer says whether token k, an article, brings in somebody new, and does not say what one is whom the text has just named: "Ada
// Holm, a clerk".
func (c *cast) newcomer(k int) bool {
	w := c.lower(k)
	return (w == "a" || w == "an") && !(c.word(k-1) == "," && c.upper(k-2))
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
	end := c.beforeRelative(t.First)
	if end == 0 || c.breaks(end-1, t.First) {
		return nil, 0
	}
	who := c.lower(t.First) == "who" || c.lower(t.First) == "whom"
	if e, sure := c.relativeToName(t, end, who); e != nil {
		return e, sure
	}
	begin := c.phraseBefore(end)
	if begin == end {
		return nil, 0
	}
	s := c.source(text.Range{First: begin, End: end}, c.names, c.namesIn(text.Range{First: begin, End: end}))
	if s.shape == pronoun {
		return nil, 0
	}
	e, sure := c.who(&s, i, previous)
	if e != nil && who && e.kind == onrecord.Organisation {
		return nil, 0
	}
	return e, min(sure, likely)
}

// beforeRelative is where what stands before a relative pronoun at token i ends, marks and brackets aside: "Ada Holm (D-Mont.), who".
func (c *cast) beforeRelative(i int) int {
	end := i
	for end > 0 && end > i-2 && (c.word(end-1) == "," || c.word(end-1) == "—" || c.word(end-1) == "–") {
		end--
	}
	if c.word(end-1) != ")" {
		return end
	}
	const longest = 8
	for open := end - 2; open > max(0, end-longest); open-- {
		if c.word(open) == "(" {
			return open
		}
	}
	return end
}

// relativeToName is whom a relative pronoun at t means, where a name ends at token end.
func (c *cast) relativeToName(t text.Range, end int, who bool) (*entity, float64) {
	for k := len(c.names) - 1; k >= 0 && c.names[k].tokens.End >= end; k-- {
		n, e := &c.names[k], c.of[k]
		if n.tokens.End != end || e == nil {
			continue
		}
		before := n.whole.First - 1
		joined := lex.joining.Has(c.lower(before))
		if who && k > 0 && joined && e.kind != onrecord.Person { // "Ada Holm of Montana, who"
			if p := &c.names[k-1]; p.tokens.End == before && c.of[k-1] != nil && p.form == personName {
				c.meet(c.of[k-1], t, true)
				return c.of[k-1], likely
			}
		}
		if who && e.kind == onrecord.Organisation && lex.definites.Has(c.lower(before)) { // "members of the Harbor Committee who"
			before--
			joined = lex.joining.Has(c.lower(before))
		}
		if joined && (n.form != personName || c.lower(before) == "of" || c.placed(n)) {
			continue
		}
		c.meet(e, t, true)
		if c.lower(n.whole.First-1) == "and" { // "Dario Kent and Petra Novak, who"
			return e, likely
		}
		return e, surePronoun
	}
	return nil, 0
}

// phraseBefore is where the phrase begins that ends before token end: at its determiner, or behind a verb, a mark or a preposition.
func (c *cast) phraseBefore(end int) int {
	const longest = 8
	begin := end
	for begin > 0 && begin > end-longest && c.d.Tokens[begin-1].Shape < text.Open && !c.breaks(begin-1, end) && !c.finite(begin-1) && (!lex.enders.Has(c.lower(begin-1)) || lex.joining.Has(c.lower(begin-1))) && c.lower(begin-1) != "and" {
		begin--
		if w := c.lower(begin); lex.definites.Has(w) && !lex.joining.Has(c.lower(begin-1)) || w == "a" || w == "an" || w == "some" {
			break
		}
	}
	for begin < end && lex.enders.Has(c.lower(begin)) {
		begin++
	}
	return begin
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
