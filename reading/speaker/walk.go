package speaker

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/reading/attribution"
	"github.com/onrecord/onrecord/text"
)

// anchor is the token where a statement names its speaker: its source, else its cue, else its content.
func (c *cast) anchor(s *attribution.Draft) int {
	for _, spans := range [][]onrecord.Span{s.Source, s.Cue, s.Content} {
		if len(spans) > 0 {
			return min(c.d.TokenAt(spans[0].Start), len(c.d.Tokens)-1)
		}
	}
	return 0
}

// walk resolves the statements in the order of their anchors, meeting the names on the way.
func (c *cast) walk() {
	c.speaker, c.sure = make([]*entity, len(c.statements)), make([]float64, len(c.statements))
	if len(c.d.Tokens) == 0 {
		return
	}
	anchors := make([]int, len(c.statements))
	order := make([]int, len(c.statements))
	for i := range order {
		order[i] = i
		anchors[i] = c.anchor(&c.statements[i])
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(anchors[i], anchors[j]) })

	var late, first []int // headlines, which name before the text does; "I", which needs the statement around
	previous := -1
	next, token := 0, 0
	for _, i := range order {
		s := &c.statements[i]
		for ; token < anchors[i]; token++ {
			for ; next < len(c.names) && c.names[next].tokens.First <= token; next++ {
				c.meetName(next)
			}
			c.introduced(token)
		}
		w := ""
		if len(s.Source) > 0 {
			w = c.lower(anchors[i])
		}
		switch {
		case s.Headline:
			late = append(late, i)
			continue
		case w == "i" || w == "we" || w == "me" || w == "us" && c.word(anchors[i]) != "US":
			first = append(first, i)
			continue
		}
		e, sure := c.resolve(i, anchors[i], previous)
		c.link(i, e, sure)
		switch {
		case s.Within < 0:
			previous, c.within = i, nil
		case e != nil && e.kind == onrecord.Person && s.Within == previous:
			c.within = e
		}
	}
	for ; next < len(c.names); next++ {
		c.meetName(next)
	}
	for _, i := range late {
		e, sure := c.resolve(i, anchors[i], -1)
		c.link(i, e, sure)
	}
	for _, i := range first {
		if p := c.statements[i].Within; p >= 0 && c.speaker[p] != nil && c.speaker[p].kind != onrecord.Document && !c.speaker[p].outlet {
			c.link(i, c.speaker[p], likely)
		}
	}
}

// introduced meets somebody whom the text brings in without naming and without quoting, where token i is the noun: "a senior
// official told of talks", "my mother". The noun of somebody's role, beside a name, brings nobody in.
func (c *cast) introduced(i int) {
	n := lex.nouns.Of(c.word(i))
	if n.class&roleNoun == 0 || c.upper(i+1) || lex.nouns.Of(c.word(i+1)).class != 0 {
		return
	}
	if kin := c.lower(i - 1); n.gender != 0 && (kin == "my" || kin == "his" || kin == "her" || kin == "our" || kin == "their") && c.word(i+1) != "," {
		e := c.add(onrecord.Unnamed, c.surface(text.Range{First: i - 1, End: i + 1}), i-1)
		if known := c.keys["kin "+e.name]; known != nil {
			c.all = c.all[:len(c.all)-1]
			e = known
		}
		c.keys["kin "+e.name] = e
		e.gender, e.person = n.gender, true
		e.heads[c.word(i)], e.mods[kin] = true, true
		c.meet(e, text.Range{First: i - 1, End: i + 1}, c.subject(text.Range{First: i - 1, End: i + 1}))
		return
	}
	if n.class&unnamedNoun == 0 {
		return
	}
	const longest = 6
	for first := i - 1; first >= max(0, i-longest) && !c.breaks(first, i); first-- {
		switch w := c.lower(first); {
		case w == "a" || w == "an":
			if before := c.lower(first - 1); before == "," || before == "as" || before == "is" || before == "was" || before == "be" || before == "been" {
				return
			}
			t := text.Range{First: first, End: i + 1}
			if s := c.source(t, c.names, c.namesIn(t)); s.shape == indefinite {
				c.unnamed(&s, -1)
				c.mentions[len(c.mentions)-1].quiet = true
			}
			return
		case lex.enders.Has(w) || c.d.Tokens[first].Shape >= text.Open || lex.definites.Has(w) || c.finite(first):
			return
		}
	}
}

func (c *cast) meetName(i int) {
	n := &c.names[i]
	e := c.of[i]
	if e == nil {
		return
	}
	e.also[c.surface(n.tokens)]++
	if e.kind == onrecord.Person && c.beside(n) { // "the Ada Holm song"
		c.meet(e, n.tokens, false)
		c.mentions[len(c.mentions)-1].quiet = true
		return
	}
	c.meet(e, n.tokens, c.subject(n.tokens) || c.lower(n.tokens.End) == "who" || c.word(n.tokens.End) == "," && c.lower(n.tokens.End+1) == "who")
}

// beside says whether a name only says which: a common noun stands behind it.
func (c *cast) beside(n *name) bool {
	i := n.tokens.End
	return i < len(c.d.Tokens) && c.d.Tokens[i].Shape == text.Lower && strings.HasPrefix(c.tag(i), "NN") && !c.breaks(i-1, i) && lex.nouns.Of(c.word(i)).class&roleNoun == 0
}

// subject says whether a phrase is the subject of a clause: by the tree, else because it begins the sentence.
func (c *cast) subject(t text.Range) bool {
	if len(c.l.Rels) == len(c.d.Tokens) {
		for i := t.First; i < t.End; i++ {
			rel := c.l.Rels[i]
			if h := c.l.Heads[i]; (rel == "conj" || rel == "appos") && h >= 0 { // "Holm and Marek said"; "her husband, Ivo, said"
				rel = c.l.Rels[h]
			}
			if strings.HasPrefix(rel, "nsubj") {
				return true
			}
		}
		return false
	}
	return t.First-c.d.Sentences[c.d.SentenceAt(t.First)].First < 2
}

// link makes e the speaker of statement i, unless that is too uncertain.
func (c *cast) link(i int, e *entity, sure float64) {
	if e == nil || sure < least {
		return
	}
	c.speaker[i], c.sure[i] = e, sure
	e.links++
	e.sure += sure
}

// namesIn are the indexes of the names that overlap the tokens.
func (c *cast) namesIn(t text.Range) []int {
	from := sort.Search(len(c.names), func(i int) bool { return c.names[i].tokens.End > t.First })
	var at []int
	for i := from; i < len(c.names) && c.names[i].tokens.First < t.End; i++ {
		at = append(at, i)
	}
	return at
}

// resolve is the speaker of statement i and how sure that is.
func (c *cast) resolve(i, anchor, previous int) (*entity, float64) {
	s := &c.statements[i]
	if s.Origin == attribution.Turn {
		return c.turn(s, i)
	}
	if quoted, ok := c.quotedSource(s); ok {
		return c.read(quoted, i, previous)
	}
	if len(s.Source) == 0 {
		return c.unsaid(i, anchor, previous)
	}
	for _, span := range s.Source {
		src := c.sourceAt(c.d.TokensIn(span))
		if n := c.namedBehind(&src); n >= 0 {
			src.shape, src.name, src.role = named, n, ""
		}
		if e, sure := c.who(&src, i, previous); e != nil || src.shape != nothing { // the words behind say more of the same one, or of another
			return e, sure
		}
	}
	return nil, 0
}

// namedBehind is the name, by index, of whom a source behind its verb begins to tell, cut before it says of what: "countered the head | of
// the office, Ada Holm."; -1 for none.
func (c *cast) namedBehind(s *source) int {
	i := s.core.End
	if s.shape != definite || s.plural || s.class&roleNoun == 0 || s.tokens.First == 0 || !c.finite(s.tokens.First-1) || c.lower(i) != "of" && c.lower(i) != "for" {
		return -1
	}
	const longest = 10
	for k := i + 1; k < min(len(c.d.Tokens), i+longest) && !c.breaks(i, k) && !c.finite(k); k++ {
		if c.word(k) != "," {
			continue
		}
		at := c.namesIn(text.Range{First: k + 1, End: k + 2})
		if len(at) == 1 && c.names[at[0]].form == personName && c.names[at[0]].whole.First == k+1 && len(c.names[at[0]].words) > 1 && (c.word(c.names[at[0]].tokens.End) == "." || c.word(c.names[at[0]].tokens.End) == ",") {
			return at[0]
		}
		return -1
	}
	return -1
}

// turn is the speaker of a turn: who is named before its colon, else where the text names who is asked. All turns with one label are
// of one speaker.
func (c *cast) turn(s *attribution.Draft, i int) (*entity, float64) {
	if len(s.Source) == 0 {
		if s.Voice.Len() == 0 {
			return nil, 0
		}
		src := c.sourceAt(c.d.TokensIn(s.Voice))
		return c.who(&src, i, -1)
	}
	t := c.d.TokensIn(s.Source[0])
	key := "label " + strings.ToLower(c.surface(t))
	if e := c.keys[key]; e != nil {
		c.meet(e, t, true)
		return e, sureName
	}
	if b := c.families[strings.ToLower(c.word(t.First))]; t.End == t.First+1 && len(b) == 1 && len(b[0].words) > 1 && lex.nouns.Of(c.lower(t.First)).class == 0 { // "MORROW:" after "JAN MORROW:"
		c.keys[key] = b[0]
		c.meet(b[0], t, true)
		return b[0], sureName
	}
	src := c.sourceAt(t)
	e, sure := c.who(&src, i, -1)
	if e == nil {
		e, sure = c.add(onrecord.Unnamed, c.surface(t), t.First), sureName
		c.meet(e, t, true)
	}
	c.keys[key] = e
	return e, sure
}

// sourceAt reads the source that stands at t.
func (c *cast) sourceAt(t text.Range) source {
	const longest = 80
	t.End = min(t.End, t.First+longest)
	return c.source(t, c.names, c.namesIn(t))
}

// read resolves the source that stands at t.
func (c *cast) read(t text.Range, i, previous int) (*entity, float64) {
	s := c.sourceAt(t)
	return c.who(&s, i, previous)
}

// quotedSource is who is quoted in "X quoted Y as saying", where X only passes it on.
func (c *cast) quotedSource(s *attribution.Draft) (text.Range, bool) {
	for _, cue := range s.Cue {
		r := c.d.TokensIn(cue)
		for i := r.First; i < r.End; i++ {
			if !lex.quoting.Has(c.lower(i)) || i+1 >= len(c.d.Tokens) || len(s.Source) > 0 && c.d.TokensIn(s.Source[0]).First > i || lex.enders.Has(c.lower(i+1)) { // "was quoted in a newspaper as saying"
				continue
			}
			for j := i + 1; j < min(len(c.d.Tokens), i+16) && !c.breaks(i, j); j++ {
				if c.lower(j) == "as" && strings.HasSuffix(c.lower(j+1), "ing") && j > i+1 {
					return text.Range{First: i + 1, End: j}, true
				}
			}
		}
	}
	return text.Range{}, false
}

// who finds or makes the entity that a source means.
func (c *cast) who(s *source, i, previous int) (*entity, float64) {
	switch s.shape {
	case pronoun:
		return c.pronoun(s, i, previous)
	case named:
		return c.named(s)
	case several:
		return c.couple(s, i, previous)
	case definite:
		return c.described(s, i, previous)
	case indefinite:
		return c.unnamed(s, i)
	}
	return nil, 0
}

// named is the entity of a name.
func (c *cast) named(s *source) (*entity, float64) {
	n := &c.names[s.name]
	e, sure := c.of[s.name], sureName
	if e == nil {
		key := "name " + strings.ToLower(strings.Join(n.words, " "))
		if e = c.keys[key]; e == nil {
			if n.form == personName {
				return nil, 0 // two bear the name
			}
			if bearers := c.families[familyOf(n.words)]; len(n.words) == 1 && len(bearers) > 1 {
				return nil, 0
			}
			kind := onrecord.Person
			if !c.personal(n, s) {
				kind = onrecord.Organisation
				if !s.organ && c.kinds[n.tokens.First] == english.Location { // who rules there
					kind = onrecord.State
				}
				if c.tag(n.tokens.End-1) == "NNPS" && c.kinds[n.tokens.First] != english.Organisation {
					kind = onrecord.Group
				}
			}
			e = c.add(kind, strings.Join(n.words, " "), n.tokens.First)
			e.words = n.words
			e.guessed = s.role == "" && n.title == nil && c.d.Tokens[n.tokens.First].Shape != text.Camel && !(c.word(n.tokens.End) == "," && c.d.Tokens[min(n.tokens.End+1, len(c.d.Tokens)-1)].Shape == text.Number)
			if kind == onrecord.Person {
				f := familyOf(n.words)
				c.families[f] = append(c.families[f], e)
				for _, j := range c.unknownBy()[f] { // the other mentions by the family name alone
					if c.of[j] == nil {
						c.of[j] = e
					}
				}
			}
			c.keys[key] = e
		}
		c.of[s.name] = e
		sure = likely
		e.also[c.surface(n.tokens)]++
		c.meet(e, n.tokens, true)
		if e.kind == onrecord.Organisation {
			c.callOrgan(e, n, strings.Join(n.words, " "))
		}
	}
	if e.guessed && (s.role != "" || n.title != nil || e.told) {
		e.guessed = false
	}
	if e.guessed {
		sure = likely
	}
	if e.kind == onrecord.Person {
		c.role(e, s.role)
		if len(n.words) == 1 {
			sure = min(sure, sureFamily)
		}
		if n.unsure {
			sure = min(sure, likely)
		}
		if e.state == "" {
			e.state = s.state
		}
	} else if e.state == "" && e.kind == onrecord.Organisation {
		e.state = s.state
	}
	c.meet(e, n.tokens, true)
	return e, sure
}

// unknownBy are the names of unknown kind and one word, by folded family name.
func (c *cast) unknownBy() map[string][]int {
	if c.unknown == nil {
		c.unknown = map[string][]int{}
		for j := range c.names {
			if m := &c.names[j]; m.form == unknownName && len(m.words) == 1 {
				f := familyOf(m.words)
				c.unknown[f] = append(c.unknown[f], j)
			}
		}
	}
	return c.unknown
}

// personal says whether an unknown name is rather a person's than an organisation's.
func (c *cast) personal(n *name, s *source) bool {
	if c.party(n.tokens.End-1) && singular(c.lower(n.tokens.End-1)) != c.lower(n.tokens.End-1) { // "nearly all Senators"
		return false
	}
	if s.role != "" {
		return true
	}
	if s.organ || c.lower(n.tokens.First-1) == "the" || c.kinds[n.tokens.First] == english.Organisation || c.tag(n.tokens.End-1) == "NNPS" {
		return false
	}
	if c.d.Tokens[n.tokens.First].Shape == text.Camel && !strings.HasPrefix(n.words[0], "Mc") && !strings.HasPrefix(n.words[0], "Mac") && !strings.HasPrefix(n.words[0], "De") && !strings.HasPrefix(n.words[0], "La") {
		return false // "PolitiFact"
	}
	for _, w := range n.words {
		if lex.nouns.Of(singular(organWord(folded(w)))).class != 0 {
			return false
		}
	}
	return len(n.words) <= 3 && c.likePerson(n, s.tokens)
}

// unsaid is the speaker of a quotation without source or cue: of the statement before in its paragraph, else the one person who
// is a subject before it there, else the speaker of the paragraph before.
func (c *cast) unsaid(i, anchor, previous int) (*entity, float64) {
	s := &c.statements[i]
	if s.Kind != onrecord.Direct || len(s.Cue) > 0 || s.Within >= 0 || len(s.Content) == 0 {
		return nil, 0
	}
	paragraph := c.d.ParagraphAt(anchor)
	gap := 2
	if previous >= 0 && c.speaker[previous] != nil && !c.statements[previous].Headline {
		gap = paragraph - c.d.ParagraphAt(c.d.TokenAt(last(&c.statements[previous])))
	}
	if gap == 0 {
		return c.speaker[previous], likely
	}
	subject, several := c.onlySubject(paragraph)
	if several {
		return nil, 0
	}
	switch {
	case subject != nil:
		return subject, .6
	case gap == 1 && c.speaker[previous].kind != onrecord.Document:
		return c.speaker[previous], .6
	case c.d.Paragraphs[paragraph].First == anchor:
		subject, _ = c.onlySubject(paragraph - 1)
		return subject, .6
	}
	return nil, 0
}

// onlySubject is the one person who is a subject in a paragraph as far as it was read, nil when there is none or there are several.
func (c *cast) onlySubject(paragraph int) (subject *entity, several bool) {
	for k := len(c.mentions) - 1; k >= max(0, len(c.mentions)-4*farthest); k-- {
		at := c.d.ParagraphAt(c.mentions[k].token)
		if at < paragraph {
			break
		}
		if m := &c.mentions[k]; at == paragraph && m.subject && !m.quiet && m.entity.kind == onrecord.Person {
			if subject != nil && subject != m.entity {
				return nil, true
			}
			subject = m.entity
		}
	}
	return subject, false
}

// last is the last byte that a statement takes.
func last(s *attribution.Draft) int {
	end := 1
	for _, spans := range [][]onrecord.Span{s.Source, s.Cue, s.Content} {
		for _, p := range spans {
			end = max(end, p.End)
		}
	}
	return end - 1
}
