package reading

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/reading/speaker"
	"github.com/onrecord/onrecord/text"
)

// Ways in which a word of saying takes whom it is said to, and classes of nouns, as bits in the order of [resolve].
const (
	toObject = 1 << iota
	toTo
	toWith
	toBefore
	toOn
	toAt
	ofHearers  // "the court heard"
	ofAudience // "a rally"
	ofThings   // "told the story"

	byPreposition = toTo | toWith | toBefore | toOn | toAt
)

// prepositionWay is the way of which the word is the preposition, or 0.
func prepositionWay(word string) uint64 {
	switch word {
	case "to":
		return toTo
	case "with":
		return toWith
	case "before":
		return toBefore
	case "on", "upon":
		return toOn
	case "at":
		return toAt
	}
	return 0
}

// addressees notes to whom each statement was said: the object of its cue ("told the council"), who stands behind its preposition
// ("complained to the board", "called on both sides"), whom the letter or interview that it was said in was for ("in a letter to the
// bishop"), and who was told in the passive ("the council was told", "the court heard"), who then is no speaker.
func (x index) addressees(l *english.Layer, statements []draft) {
	for i := range statements {
		s := &statements[i]
		if len(s.Cue) == 0 {
			continue
		}
		a := addressee{x, l, s, nil}
		cue := x.d.TokensIn(onrecord.Span{Start: s.Cue[0].Start, End: s.Cue[len(s.Cue)-1].End})
		if a.undergone(cue) {
			s.Addressee = a.found
			continue
		}
		for v := cue.First; v < cue.End; v++ {
			if way := lex.addressing.Of(l.Lemmas[v]); covers(s.Cue, x.d.Tokens[v].Span) && !a.passive(v, way) {
				a.object(v, way)
				a.behind(v, way)
			}
		}
		if v := cue.First; len(a.found) == 0 { // "emailed staff to say", "told the council so, adding"
			for v < cue.End-1 && !strings.HasPrefix(l.Tags[v], "V") {
				v++
			}
			if on := int(l.Heads[v]); on >= 0 && on < v && lex.addressing.Of(l.Lemmas[v])&^ofAudience != 0 && (l.Rels[v] == "advcl" || l.Rels[v] == "xcomp") && !covers(s.Content, x.d.Tokens[on].Span) {
				a.object(on, lex.addressing.Of(l.Lemmas[on]))
				a.behind(on, lex.addressing.Of(l.Lemmas[on]))
			}
		}
		if len(a.found) == 0 {
			a.beside(cue, statements[max(0, i-2):min(len(statements), i+3)])
		}
		slices.SortFunc(a.found, func(a, b onrecord.Span) int { return a.Start - b.Start })
		s.Addressee = a.found
	}
}

// An addressee looks for whom one statement is said to.
type addressee struct {
	index
	l     *english.Layer
	s     *draft
	found []onrecord.Span
}

const (
	farthestAddressee = 14 // tokens from a verb to whom it is said to
	longestAddressee  = 24 // tokens
	mostBetween       = 6  // tokens between an addressee and what is said: "the villagers below the dam that"
)

// child is the first token behind v, in its sentence, that hangs on v by one of the relations, or -1.
func (a *addressee) child(v int, rels ...string) int {
	end := min(v+farthestAddressee, a.d.Sentences[a.d.SentenceAt(v)].End)
	for i := v + 1; i < end; i++ {
		if int(a.l.Heads[i]) == v && slices.Contains(rels, a.l.Rels[i]) {
			return i
		}
	}
	return -1
}

// object takes the object of verb v.
func (a *addressee) object(v int, way uint64) {
	if way&toObject == 0 || !strings.HasPrefix(a.l.Tags[v], "V") {
		return
	}
	h := a.child(v, "iobj", "obj")
	if h < 0 && a.l.Lemmas[v] == "tell" { // whatever the tree makes of it
		h = a.head(v + 1)
	}
	if h < 0 {
		return
	}
	r := a.phrase(h)
	if r.First <= v {
		return
	}
	free := a.l.Lemmas[v] == "tell" && lex.addressing.Of(a.l.Lemmas[h])&ofThings == 0
	if free || a.listens(h) {
		a.take(v, h, r, r.First)
	}
}

// behind takes who stands behind a preposition that v goes with, in the clause of v or right behind it.
func (a *addressee) behind(v int, way uint64) {
	if way&byPreposition == 0 {
		return
	}
	end := min(v+farthestAddressee, a.d.Sentences[a.d.SentenceAt(v)].End)
	for p := v + 1; p < end; p++ {
		if a.d.Tokens[p].Shape >= text.Open {
			return
		}
		if prepositionWay(a.l.Lemmas[p])&way == 0 || a.l.Rels[p] == "mark" {
			continue
		}
		h := a.head(p + 1)
		if h < 0 || !a.listens(h) || a.l.Lemmas[h] == "inquiry" && a.l.Lemmas[v] == "respond" {
			continue
		}
		if on := int(a.l.Heads[h]); p > v+1 && on != v || on > h { // hangs on another word
			continue
		}
		r := a.phrase(h)
		r.First = p + 1
		a.take(v, h, r, p)
		return
	}
}

// beside takes whom the text or talk was for that the statement was said in, as words beside the cue have it: "in a letter to the
// bishop", "speaking to reporters".
func (a *addressee) beside(cue text.Range, near []draft) {
	const farthest = 40
	sentence := a.d.Sentences[a.d.SentenceAt(cue.First)]
	for i := max(sentence.First, cue.First-farthest); i < min(sentence.End, cue.End+farthest); i++ {
		way := lex.addressing.Of(a.l.Lemmas[i])
		if way&(byPreposition|toObject) == 0 || i >= cue.First && i < cue.End {
			continue
		}
		tag := a.l.Tags[i]
		if noun := strings.HasPrefix(tag, "NN"); !noun && tag != "VBG" || !a.hangs(i, cue) || covers(a.s.Content, a.d.Tokens[i].Span) ||
			slices.ContainsFunc(near, func(s draft) bool { return covers(s.Cue, a.d.Tokens[i].Span) }) {
			continue
		} else if !noun {
			a.object(i, way)
		}
		a.behind(i, way)
		if len(a.found) > 0 {
			return
		}
	}
}

// hangs says whether token i hangs on the cue by a few steps that pass neither the content nor another verb.
func (a *addressee) hangs(i int, cue text.Range) bool {
	for range 4 {
		if i = int(a.l.Heads[i]); i < 0 || covers(a.s.Content, a.d.Tokens[i].Span) {
			return false
		}
		if i >= cue.First && i < cue.End {
			return true
		}
		if strings.HasPrefix(a.l.Tags[i], "V") {
			return false
		}
	}
	return false
}

// passive takes the subject of "was told" and of "the court heard", and says whether v is such a verb. Where it was taken for the
// source, the source is who told, if the words say it.
func (a *addressee) passive(v int, way uint64) bool {
	want := "nsubj:pass"
	switch {
	case way&toObject != 0 && a.l.Tags[v] == "VBN":
	case a.l.Lemmas[v] == "hear":
		want = "nsubj"
	default:
		return false
	}
	first := a.d.Sentences[a.d.SentenceAt(v)].First
	for h := v - 1; h >= max(first, v-farthestAddressee); h-- {
		if int(a.l.Heads[h]) != v || a.l.Rels[h] != want {
			continue
		}
		if want == "nsubj" && lex.addressing.Of(a.l.Lemmas[h])&ofHearers == 0 || !a.listens(h) {
			return false
		}
		r := a.phrase(h)
		at := a.d.Span(r)
		if covers(a.s.Content, at) {
			return false
		}
		if i := slices.IndexFunc(a.s.Source, at.Overlaps); i >= 0 {
			at = a.s.Source[i]
			a.s.Source = a.by(v)
		}
		a.found = append(a.found, at)
		return true
	}
	return false
}

// undergone says whether what was taken for the source of the cue is who was asked or accused: "Holm, asked whether she knew, laughed",
// "demurred when asked", "was charged with theft". Then the source is who did it, if the words say so. Who was asked is the addressee.
func (a *addressee) undergone(cue text.Range) bool {
	v := cue.End - 1
	for v > cue.First && !strings.HasPrefix(a.l.Tags[v], "V") {
		v--
	}
	switch verb := a.l.Lemmas[v]; {
	case (verb == "ask" || verb == "question") && v == cue.First && len(a.s.Content) > 0 && a.reduced(v):
	case lex.suffered.Has(verb) && a.l.Tags[v] == "VBN" && len(a.s.Source) == 1 && a.s.Source[0].Start < a.s.Cue[0].Start && a.passiveVerb(a.l, v):
		a.s.Source = a.by(v)
		return true
	default:
		return false
	}
	if len(a.s.Source) == 1 {
		r := a.d.TokensIn(a.s.Source[0])
		for r.End > r.First && a.d.Word(r.End-1) == "," {
			r.End--
		}
		if h := a.topOf(a.l, r); r.End > r.First && a.listens(h) {
			a.found = []onrecord.Span{a.d.Span(r)}
		}
	}
	a.s.Source = nil
	return true
}

// reduced says whether the verb at v is in the passive without its auxiliary: "when asked", "Asked", or "X, asked whether ..., said".
func (a *addressee) reduced(v int) bool {
	before := strings.ToLower(a.word(v - 1))
	if before == "when" || before == "if" || before == "once" {
		return true
	}
	first := a.d.Sentences[a.d.SentenceAt(v)].First
	if v > first && before != "," || a.s.Content[0].Start < a.s.Cue[0].Start || a.child(v, "nsubj") >= 0 {
		return false
	}
	if a.l.Tags[v] == "VBN" {
		return true
	}
	// "X, asked whether she knew, said no": the sentence goes on with what X does.
	next := a.d.TokensIn(a.s.Content[len(a.s.Content)-1]).End
	return v > 0 && len(a.s.Source) == 1 && a.s.Source[0].End <= a.d.Tokens[v-1].End && a.word(next) == "," && next+1 < len(a.d.Tokens) &&
		(a.l.Tags[next+1] == "VBD" || a.l.Tags[next+1] == "VBZ")
}

// by is who told, of "was told by the captain that"; none where the words do not say it.
func (a *addressee) by(v int) []onrecord.Span {
	for p := v + 1; p < min(v+4, len(a.d.Tokens)); p++ {
		if a.l.Lemmas[p] == "by" {
			if h := a.head(p + 1); h >= 0 && a.listens(h) && !covers(a.s.Content, a.d.Tokens[h].Span) {
				r := a.phrase(h)
				r.First = p + 1
				return []onrecord.Span{a.d.Span(r)}
			}
		}
	}
	return nil
}

// listens says whether the noun at h names somebody who may be spoken to.
func (a *addressee) listens(h int) bool {
	switch tag := a.l.Tags[h]; {
	case tag == "PRP":
		return a.l.Lemmas[h] != "it" && !strings.HasSuffix(a.d.Word(h), "self") && !strings.HasSuffix(a.d.Word(h), "selves")
	case strings.HasPrefix(tag, "NNP"):
		return !isDay(a.d.Word(h))
	case strings.HasPrefix(tag, "NN"):
		return lex.addressing.Of(a.l.Lemmas[h])&ofAudience != 0 || speaker.Voice(strings.ToLower(a.d.Word(h)))
	}
	return false
}

// head is the head of the noun phrase that begins at token i, or -1: what stands before the head hangs on a word further on.
func (a *addressee) head(i int) int {
	for end := min(i+longestAddressee/2, len(a.d.Tokens)); i < end; i++ {
		switch on := int(a.l.Heads[i]); {
		case a.l.Tags[i] == "POS":
		case on > i && isModifier(a.l.Rels[i]):
		case strings.HasPrefix(a.l.Tags[i], "NN") || a.l.Tags[i] == "PRP":
			return i
		default:
			return -1
		}
	}
	return -1
}

// isModifier says whether a relation is that of a word that stands before the head of a noun phrase.
func isModifier(relation string) bool {
	switch relation {
	case "det", "amod", "compound", "nummod", "nmod:poss", "nmod", "flat", "case", "advmod", "det:predet", "cc:preconj":
		return true
	}
	return false
}

// phrase is the noun phrase of head h: what stands before it, names and further heads behind it, and "of" with its noun. Days and
// clauses behind it are left out.
func (a *addressee) phrase(h int) text.Range {
	if isDay(a.d.Word(h)) && h > 0 && strings.HasPrefix(a.l.Tags[h-1], "NN") { // "told Reuters Thursday"
		h--
	}
	r := text.Range{First: h, End: h + 1}
	sentence := a.d.Sentences[a.d.SentenceAt(h)]
	for i := h - 1; i >= max(sentence.First, h-longestAddressee/2); i-- {
		if on := int(a.l.Heads[i]); a.l.Tags[i] != "POS" && !(on > i && on <= h && isModifier(a.l.Rels[i]) && a.l.Tags[i] != "IN" && a.l.Tags[i] != "TO") {
			break
		}
		r.First = i
	}
	if name, k := speaker.Outlet(a.d, r.First); name != "" { // whatever the tree makes of its words: "USA Today"
		r.End = max(r.End, r.First+k)
	}
	for end := min(sentence.End, h+longestAddressee); r.End < end; {
		switch i := r.End; {
		case a.l.Rels[i] == "flat" && int(a.l.Heads[i]) >= r.First && int(a.l.Heads[i]) < i && !isDay(a.d.Word(i)):
			r.End++
			continue
		case a.l.Lemmas[i] == "of" || a.l.Lemmas[i] == "and" || a.l.Lemmas[i] == "or":
			if k := a.head(i + 1); k >= 0 && k < end && (a.within(k, r) || a.l.Lemmas[i] == "of" && a.l.Heads[k] == a.l.Heads[h]) {
				r.End = k + 1
				continue
			}
		case a.d.Word(i) == ",": // "X, Y and Z"
			if k := a.head(i + 1); k >= 0 && k+1 < end && a.l.Rels[k] == "conj" && a.within(k, r) {
				r.End = k + 1
				continue
			}
		}
		break
	}
	return r
}

// within says whether token k hangs on a token of r.
func (a *addressee) within(k int, r text.Range) bool {
	on := int(a.l.Heads[k])
	return on >= r.First && on < r.End
}

// take notes the addressee at r, with its head h, of the verb v. It does not stand in the source, and in the content only at the
// beginning of what goes on: then the content begins behind it, where it is whole without it. From is where a preposition stands, else r.
func (a *addressee) take(v, h int, r text.Range, from int) {
	at := a.d.Span(r)
	if covers(a.s.Source, at) || covers(a.found, at) {
		return
	}
	if i := slices.IndexFunc(a.s.Content, at.Overlaps); i >= 0 {
		c := &a.s.Content[i]
		if c.Start != at.Start && c.Start != a.d.Tokens[from].Start || r.End >= len(a.d.Tokens) || c.End <= a.d.Tokens[r.End].End || !a.listens(h) {
			return
		}
		next := a.l.Lemmas[r.End]
		if !lex.goesOn.Has(next) && a.l.Tags[r.End] != "IN" && a.l.Lemmas[v] != "promise" {
			return
		}
		opener := r.End
		for end := min(opener+mostBetween, a.d.TokenAt(c.End)); a.l.Tags[r.End] == "IN" && opener < end && a.d.Tokens[opener].Shape < text.Open && !lex.opener.Has(a.l.Lemmas[opener]); {
			opener++
		}
		if opener < len(a.d.Tokens) && a.d.Tokens[opener].Start < c.End && lex.opener.Has(a.l.Lemmas[opener]) {
			c.Start = a.d.Tokens[opener].Start
		}
	}
	a.found = append(a.found, at)
}
