package reading

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/reading/attribution"
	"github.com/onrecord/onrecord/text"
)

// A claim is what somebody says of whom it is said that it is not so: "disputed | Lund's suggestion that the mill was sold", "denied
// claims made in | a post that said | she had sold it".
type claim struct {
	owner, cue, said text.Range // owner is empty where nobody is named
}

// owned gives the claims that stand in denials, and in verdicts on them, to those who make them: it adds those that attribution has
// not found, each within its denial, sets the source of those found, and leaves out those of which the models say that who denies
// them makes them.
func (x index) owned(l *english.Layer, statements []draft) []draft {
	var out []draft
	drop := map[int]bool{}
	in := x.bySentence(statements)
	for i := range statements {
		s := &statements[i]
		if len(s.Cue) == 0 || len(s.Content) == 0 || x.stance(l, s) != onrecord.Denies {
			continue
		}
		c, ok := x.claim(l, s)
		if !ok {
			continue
		}
		if last := &s.Content[len(s.Content)-1]; x.d.TokenAt(last.End-1) < c.cue.First { // "claims | made in a post that said ..."
			last.End = x.d.Tokens[c.said.End-1].End
		}
		said, found := x.d.Span(c.said), false
		for _, j := range in[x.d.SentenceAt(c.cue.First)] {
			t := &statements[j]
			if j == i || len(t.Cue) == 0 || len(t.Content) == 0 || drop[j] || !t.Content[0].Overlaps(said) || !x.d.Span(c.cue).Overlaps(t.Cue[0]) {
				continue
			}
			switch {
			case c.owner.First < c.owner.End:
				t.Source, t.Within = []onrecord.Span{x.d.Span(c.owner)}, i
				t.Origin = attribution.Claimed
				found = true
			case slices.Equal(t.Source, s.Source) || len(t.Source) == 0:
				drop[j] = true
			default:
				found = true
			}
		}
		if !found && c.owner.First < c.owner.End {
			t := x.drafted(attribution.Claimed, c.owner, c.cue, c.said)
			t.Within = i
			out = append(out, t)
		}
	}
	return join(statements, out, drop)
}

// claim is the first claim in the words of denial of a statement, or in what it denies, with what it says in a clause.
func (x index) claim(l *english.Layer, s *draft) (c claim, ok bool) {
	const farthest = 16 // tokens from the words of denial to the noun of the claim
	first, last := x.d.TokensIn(s.Cue[0]).First, x.d.TokensIn(s.Content[len(s.Content)-1]).End
	if e, _ := x.sign(l, s); e.stance != onrecord.Denies { // a verdict
		first = x.d.TokensIn(s.Content[0]).First - 1
	}
	end := min(last, x.d.Sentences[x.d.SentenceAt(first)].End)
	for n := first + 1; n < min(end, first+farthest); n++ {
		if lex.denial.Of(l.Lemmas[n])&isClaim == 0 || !strings.HasPrefix(l.Tags[n], "N") && l.Tags[n] != "VBZ" {
			continue
		}
		if n == last-1 { // "denied | claims | made in a post that said"
			end = max(end, x.governed(l, max(int(l.Heads[n]), first)).End)
		}
		if c, ok = x.claimOf(l, n, end); ok {
			return c, true
		}
	}
	return c, false
}

// claimOf is the claim whose noun stands at token n, where a clause before token end says what is claimed.
func (x index) claimOf(l *english.Layer, n, end int) (c claim, ok bool) {
	const farthest = 12 // tokens from the noun to the clause
	c.cue = text.Range{First: n, End: n + 1}
	first := n // of the phrase of the noun
	for first > 0 && (strings.HasPrefix(l.Tags[first-1], "JJ") || strings.HasPrefix(l.Tags[first-1], "NN") && x.d.Word(first-1) != ",") {
		first--
	}
	switch before := first - 1; {
	case before < 0:
	case l.Tags[before] == "POS": // "Lund's claim"
		c.owner = text.Range{First: x.phraseFrom(l, before), End: before + 1}
	case strings.HasPrefix(l.Tags[before], "PRP$"): // "her claim"
		c.owner = text.Range{First: before, End: before + 1}
	case l.Tags[before] == "DT":
		first = before
	}
	noun := text.Range{First: first, End: n + 1}
	for i := n + 1; i < min(end, n+1+farthest); i++ {
		switch w := strings.ToLower(x.d.Word(i)); {
		case x.d.Tokens[i].Shape >= text.Open:
			return c, false
		case w == "by" || w == "from" || w == "in":
			if c.owner.First == c.owner.End {
				c.owner = x.nounPhrase(l, i+1, end)
				noun = c.owner
				i = max(i, c.owner.End-1)
			}
		case l.Tags[i] == "VBG" && lex.claiming.Has(l.Lemmas[i]), w == "that" && i+1 < end && lex.claiming.Has(l.Lemmas[i+1]) && strings.HasPrefix(l.Tags[i+1], "V"):
			if w == "that" {
				i++
			}
			c.owner, c.cue, c.said = noun, text.Range{First: i, End: i + 1}, text.Range{First: i + 1, End: end}
			return x.closed(l, c)
		case w == "that":
			c.said = text.Range{First: i, End: end}
			return x.closed(l, c)
		case strings.HasPrefix(l.Tags[i], "V") && l.Tags[i] != "VBN":
			return c, false
		}
	}
	return c, false
}

// closed ends what is claimed before a verdict on it ("as false") and the mark at its end.
func (x index) closed(l *english.Layer, c claim) (claim, bool) {
	for i := c.said.First + 2; i+1 < c.said.End; i++ {
		if x.d.Word(i) == "as" && lex.denial.Of(l.Lemmas[i+1])&(isUntrue|isUnsound) != 0 {
			c.said.End = i
			return c, c.said.End-c.said.First > 1
		}
	}
	if v := c.said.End - 1; !strings.HasPrefix(l.Tags[v], "V") && lex.denial.Of(l.Lemmas[v])&(isUntrue|isUnsound) != 0 { // "the claim that it lied | is plainly false"
		for v > c.said.First && (strings.HasPrefix(l.Tags[v-1], "RB") || l.Tags[v-1] == "DT" || strings.HasPrefix(l.Tags[v-1], "JJ")) {
			v--
		}
		if v > c.said.First && lex.auxiliary.Has(l.Lemmas[v-1]) {
			v--
		}
		c.said.End = v
	}
	for c.said.End > c.said.First && x.d.Tokens[c.said.End-1].Shape >= text.Open {
		c.said.End--
	}
	return c, c.said.End-c.said.First > 1
}

// phraseFrom is the first token of the noun phrase that ends before token i.
func (x index) phraseFrom(l *english.Layer, i int) int {
	first := i
	for first > 0 && (strings.HasPrefix(l.Tags[first-1], "NN") || strings.HasPrefix(l.Tags[first-1], "JJ")) {
		first--
	}
	if first > 0 && (l.Tags[first-1] == "DT" || l.Tags[first-1] == "PRP$") {
		first--
	}
	return first
}

// nounPhrase is the tokens of the noun phrase that begins at token i, up to a verb, a preposition or a clause.
func (x index) nounPhrase(l *english.Layer, i, end int) text.Range {
	r := text.Range{First: i, End: i}
	for r.End < end {
		tag := l.Tags[r.End]
		if !strings.HasPrefix(tag, "NN") && !strings.HasPrefix(tag, "JJ") && tag != "POS" && (tag != "DT" && tag != "PRP$" && tag != "CD" || strings.EqualFold(x.d.Word(r.End), "that")) {
			break
		}
		r.End++
	}
	return r
}
