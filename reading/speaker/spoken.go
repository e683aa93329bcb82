package speaker

import (
	"cmp"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/text"
)

// mostSpokenOf is how many of an article are kept who are only spoken of: with more it is a list.
const mostSpokenOf = 500

// spoken keeps those who are only spoken of: persons, organisations and states that the article names in its sentences and does not
// let speak. A name that may be of something else is left out: a wrong one is worse than none.
func (c *cast) spoken(asides []onrecord.Aside) {
	c.compounds()
	whole := map[text.Range]string{} // names as the model cuts them, with their kind
	for _, n := range c.l.Names {
		if n.First < n.End && n.End <= len(c.kinds) {
			whole[n.Range] = c.kinds[n.First]
		}
	}
	of := map[*entity][]int{} // names
	for i, e := range c.of {
		if e != nil && !e.keep && asideAt(asides, c.d.Span(c.names[i].tokens)) == nil && !c.heading(c.names[i].tokens.First) {
			of[e] = append(of[e], i)
		}
	}
	kept := 0
	for _, e := range c.all {
		at := of[e]
		if len(at) == 0 || e.keep || kept == mostSpokenOf {
			continue
		}
		switch e.kind {
		case onrecord.Person:
			e.keep = c.somebody(e, at, whole)
		case onrecord.Organisation:
			e.keep = c.body(e, at, whole)
		case onrecord.State:
			e.keep = c.country(at)
		}
		if e.keep {
			kept++
		}
	}
}

// asideAt is the aside that a span stands in, nil for none.
func asideAt(asides []onrecord.Aside, s onrecord.Span) *onrecord.Aside {
	k, _ := slices.BinarySearchFunc(asides, s.Start, func(a onrecord.Aside, at int) int { return cmp.Compare(a.Span.End, at+1) })
	if k == len(asides) || !asides[k].Span.Overlaps(s) {
		return nil
	}
	return &asides[k]
}

// heading says whether token i stands among capitals, as in headlines and in names of things: what is a name there, they do not show.
func (c *cast) heading(i int) bool {
	const around = 8
	s := c.d.Sentences[c.d.SentenceAt(i)]
	low, high := 0, 0
	for j := max(s.First, i-around); j < min(s.End, i+around+1); j++ {
		switch c.d.Tokens[j].Shape {
		case text.Lower:
			if len(c.word(j)) > 3 {
				low++
			}
		case text.Title, text.Upper, text.Camel:
			high++
		}
	}
	return low == 0 && high > 2
}

// located says whether a name stands where names of places do: behind "in", before "," and a state.
func (c *cast) located(n *name) bool {
	return lex.located.Has(c.lower(n.whole.First - 1))
}

// somebody says whether a person is one beyond doubt: named in full, as the model sees it too, with a given name that is one, a title or
// a role, or twice; or by the family name, with a title or a role, or twice as the model sees it, and never as places are named.
func (c *cast) somebody(e *entity, at []int, whole map[text.Range]string) bool {
	seen, called, thing := 0, e.full > 1, false
	for _, i := range at {
		n := &c.names[i]
		if c.misnamed(n) {
			return false
		}
		if c.upper(n.tokens.End) && !c.breaks(n.tokens.End-1, n.tokens.End) {
			continue // it may go on
		}
		if len(n.words) == 1 && len(e.words) == 1 && (c.located(n) || c.given(n.tokens.First)) {
			return false
		}
		thing = thing || c.lower(n.whole.First-1) == "the" && n.title == nil
		if whole[n.tokens] == english.Person && c.tag(n.tokens.End-1) == "NNP" && len(n.words) == len(e.words) {
			seen++
		}
		called = called || n.title != nil || n.role != "" || c.roleBefore(n.tokens.First) && n.whole.First == n.tokens.First
	}
	if len(e.words) == 1 {
		if len(c.families[familyOf(e.words)]) > 1 {
			return false
		}
		return called && seen > 0 || seen > 1 && len(at) == seen && !thing
	}
	family := folded(e.words[len(e.words)-1])
	if len(strings.TrimSuffix(family, ".")) < 2 || len(c.byGiven[family]) > 0 && !called { // "Charles G."; "Crooked Hillary", beside Hillary Crane
		return false
	}
	return seen > 0 && (called || c.given(c.names[at[0]].tokens.First) || lex.given.Of(folded(e.words[0])) != 0 || len(e.roles) > 0 || seen > 1)
}

// misnamed says whether a person's name has a word that persons' names have not.
func (c *cast) misnamed(n *name) bool {
	for k := n.tokens.First; k < n.tokens.End; k++ {
		w := c.lower(k)
		if lex.notNames.Has(w) && k == n.tokens.First || lex.things.Has(w) || lex.nouns.Of(organWord(w)).class&(organNoun|documentNoun) != 0 && k == n.tokens.End-1 && len(n.words) > 1 || len(n.words) == 1 && lex.nouns.Of(singular(w)).class != 0 {
			return true
		}
	}
	return false
}

// body says whether an organisation is one beyond doubt: of the table, or of a state; or, as the model cuts its name too, with the
// noun for one; or an abbreviation that the model has for one twice, and never for something else.
func (c *cast) body(e *entity, at []int, whole map[text.Range]string) bool {
	seen := 0
	for _, i := range at {
		n := &c.names[i]
		if n.known != "" {
			return true
		}
		if p, ok := c.placeNamed(n.words); ok && p.kind == stateOrgan && c.lower(n.tokens.First-1) != "state" && c.kinds[n.tokens.First] != english.Person {
			return true
		}
		if whole[n.tokens] == english.Organisation && !c.located(n) && !c.possessed(n.tokens.First-1) && strings.HasPrefix(c.tag(n.tokens.End-1), "NNP") {
			seen++
		}
	}
	last := singular(organWord(folded(e.words[len(e.words)-1])))
	switch n := &c.names[at[0]]; {
	case seen < len(at):
		return false
	case c.joined(n):
		return false
	case n.form == outletName:
		return true
	case len(e.words) > 1:
		return c.organ(n.tokens.First, n.tokens.End) && !lex.towns.Has(last)
	case c.d.Tokens[n.tokens.First].Shape == text.Title:
		return false
	}
	return seen > 1 && lex.nouns.Of(last).class == 0
}

// joined says whether an organisation's name may be a part of a longer one, or of two: "and" stands beside it, between capitals, or in it,
// behind a name by itself; a list goes on behind it ("Bureau of Boats, Nets and Lines"); or two are written as one word.
func (c *cast) joined(n *name) bool {
	and := func(i int) bool { return (c.lower(i) == "and" || c.word(i) == "&") && c.upper(i-1) && c.upper(i+1) }
	if end := n.tokens.End; and(n.tokens.First-1) || and(end) || c.word(end) == "," && c.upper(end+1) && slices.Contains(n.words, "of") && (c.word(end+2) == "," || and(end+2)) {
		return true
	}
	for i := n.tokens.First; i < n.tokens.End; i++ {
		_, second, hyphen := strings.Cut(c.word(i), "-")
		if strings.Contains(c.word(i), "/") || n.form == outletName && hyphen && strings.ToLower(second) != second || and(i) && c.organ(n.tokens.First, i) {
			return true
		}
	}
	return false
}

// country says whether a state is named as such: by its name or a seat of its power, and not by a capital, where something may only
// happen, nor by a name that another place has, unless the article names the state otherwise too.
func (c *cast) country(at []int) bool {
	for _, i := range at {
		n := &c.names[i]
		p, ok := c.placeNamed(n.words)
		if kind := c.kinds[n.tokens.First]; !ok || p.kind != stateName && p.kind != seat || kind == english.Person || kind == english.Organisation && p.kind == stateName {
			continue
		}
		return !lex.elsewhere.Has(p.state) || slices.ContainsFunc(c.names, func(m name) bool {
			q, ok := c.placeNamed(m.words)
			return ok && q.state == p.state && q.kind != stateName
		})
	}
	return false
}

// compounds notes the organisations of the table that stand in a word with what they do: "al-Qaida-linked".
func (c *cast) compounds() {
	for i := range c.d.Tokens {
		w := c.word(i)
		k := strings.LastIndexByte(w, '-')
		if k < 0 || !lex.tails.Has(w[k+1:]) {
			continue
		}
		o, first := lex.organs.value[w[:k]], i
		for j := i - 1; o.name == "" && j >= 0 && j > i-4; j-- { // "Boko Haram-linked"
			if lex.organs.most[c.word(j)] > i-j {
				o, first = lex.organs.value[strings.Join(c.words(text.Range{First: j, End: i}), " ")+" "+w[:k]], j
			}
		}
		if o.name == "" {
			continue
		}
		span := onrecord.Span{Start: c.d.Tokens[first].Start, End: c.d.Tokens[i].Start + k}
		shown := strings.Join(strings.Fields(span.Of(c.d.Text)), " ")
		e := c.keys["known "+o.name]
		if e == nil {
			e = c.add(onrecord.Organisation, shown, first)
			e.words = strings.Fields(shown)
			c.keys["known "+o.name] = e
		}
		e.keep = true
		e.also[shown]++
		e.spans[span] = true
		e.first = min(e.first, first)
	}
}
