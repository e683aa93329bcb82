package reading

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/lexicon"
	"github.com/onrecord/onrecord/reading/attribution"
	"github.com/onrecord/onrecord/text"
)

// Classes of the words of denial, as bits in the order of [resolve].
const (
	isCharge = 1 << iota // of the claims those that a denial points back with
	isOther
	isProposal
	isPrivilege
	isCourt
	isUntrue
	isAnswer
	isInformation
	isQuality
	isSuit
	isBasis
	isUnsound

	isClaim = isCharge | isOther
)

// deniable says whether what the words of denial have for an object is something that can be said: a clause, a claim, words in
// quotation marks, and not a person, a right, or a matter on which a court rules.
func (x index) deniable(l *english.Layer, s *draft, e sign) bool {
	if len(s.Content) == 0 {
		return true
	}
	r := x.d.TokensIn(x.objected(l, s, e))
	if r.First > e.First && r.First < e.End { // "poured | cold water on the report"
		r.First = min(e.End, r.End)
	}
	verb := e.words[0]
	for i := e.First + 1; i < min(e.End+longestPointer, r.First); i++ { // "rejects calls for"
		if class := lex.denial.Of(l.Lemmas[i]); covers(s.Cue, x.d.Tokens[i].Span) && class&(isClaim|isProposal) != 0 {
			return class&isClaim != 0 || !x.rules(l, s)
		}
	}
	if r.First >= r.End || x.d.Tokens[r.First].Shape == text.Open || x.d.Tokens[r.First].Shape == text.Close {
		return e.value != ofClaim
	}
	if verb != "deny" && x.claimed(l, r) {
		return true
	}
	h := x.topOf(l, r)
	switch tag := l.Tags[h]; {
	case verb == "deny" && x.recipient(l, e.First), x.titled(e.First):
		return false
	case strings.HasPrefix(tag, "V") || tag == "MD" || l.Rels[h] == "ccomp" || l.Rels[h] == "xcomp" || l.Lemmas[r.First] == "that":
		return e.value != ofClaim
	case tag == "PRP" && e.value == ofClaim:
		return false
	case tag == "PRP" || tag == "DT" || tag == "WDT" || tag == "WP":
		w := strings.ToLower(x.d.Word(h))
		return lex.pointer.Has(w) && r.End-r.First <= 2 || tag != "PRP"
	}
	class := lex.denial.Of(l.Lemmas[h])
	switch {
	case (verb == "disavow" || verb == "repudiate") && l.Tags[r.First] == "PRP$": // "disavowed his endorsement"
		return false
	case e.value == anything:
		return class&isPrivilege == 0 || class&isClaim != 0
	}
	return class&isClaim != 0 || class&(isProposal|isQuality) != 0 && !x.rules(l, s)
}

// objected is the part of the content that the words of denial have for an object, else its last.
func (x index) objected(l *english.Layer, s *draft, e sign) (c onrecord.Span) {
	for _, c = range s.Content {
		h := x.topOf(l, x.d.TokensIn(c))
		if head := int(l.Heads[h]); head >= e.First && head < e.End && isObject(l.Rels[h]) || c.Start > x.d.Tokens[e.First].Start && len(s.Content) == 1 {
			break
		}
	}
	return c
}

// claimed says whether the tokens of r begin with a phrase of a claim: "Lund claim it lied", whatever the tree makes of it.
func (x index) claimed(l *english.Layer, r text.Range) bool {
	for i := r.First; i < min(r.End, r.First+longestPointer); i++ {
		if lex.denial.Of(l.Lemmas[i])&isClaim != 0 {
			return true
		}
		if tag := l.Tags[i]; !strings.HasPrefix(tag, "NN") && tag != "POS" && tag != "DT" && tag != "JJ" && tag != "PRP$" {
			break
		}
	}
	return false
}

// titled says whether the word at token v is of a title, "the book Denying the Flood": a capital begins it inside a sentence.
func (x index) titled(v int) bool {
	if x.d.Tokens[v].Shape != text.Title || v == 0 || x.d.Tokens[v-1].Shape >= text.Open && x.d.Word(v-1) != "," {
		return false
	}
	s := x.d.Sentences[x.d.SentenceAt(v)]
	for i := s.First; i < min(s.End, v); i++ {
		if x.d.Tokens[i].Shape == text.Lower && x.d.Tokens[i].Len() > 3 { // no headline with a capital to each word
			return v > s.First
		}
	}
	return false
}

// isObject says whether a relation is that of what a verb is of.
func isObject(relation string) bool {
	switch relation {
	case "obj", "nsubj:pass", "ccomp", "xcomp":
		return true
	}
	return false
}

// topOf is the token of r on which the others hang: the first whose head is outside r, and which is no mark.
func (x index) topOf(l *english.Layer, r text.Range) int {
	const longest = 60
	for i := r.First; i < min(r.End, r.First+longest); i++ {
		if h := int(l.Heads[i]); (h < r.First || h >= r.End) && x.d.Tokens[i].Shape < text.Open {
			return i
		}
	}
	return r.First
}

// recipient says whether the verb at v has one to whom something is denied: "denied them a permit", "was denied bail".
func (x index) recipient(l *english.Layer, v int) bool {
	const farthest = 10
	end := min(v+farthest, x.d.Sentences[x.d.SentenceAt(v)].End)
	who, what := false, false
	for i := v + 1; i < end; i++ {
		if int(l.Heads[i]) == v {
			who, what = who || l.Rels[i] == "iobj" || l.Rels[i] == "obl" && x.given(l, v, i), what || l.Rels[i] == "obj"
		}
	}
	if who && what {
		return true
	}
	switch strings.ToLower(x.word(v + 1)) {
	case "him", "her", "them", "us", "me", "you":
		return v+2 < end && x.d.Tokens[v+2].Shape < text.Open
	}
	return false
}

// given says whether the tokens from the verb at v to the noun at i are of things that are being kept from some: "is denying | vaccines
// to migrants", and not "denied | conspiracy to murder".
func (x index) given(l *english.Layer, v, i int) bool {
	if l.Tags[v] != "VBG" || l.Tags[i] != "NNS" && l.Tags[i] != "NNP" {
		return false
	}
	for j := v + 1; j < i; j++ {
		switch tag := l.Tags[j]; {
		case strings.EqualFold(x.d.Word(j), "to"):
			return int(l.Heads[j]) == i && j > v+1
		case lex.denial.Of(l.Lemmas[j])&isClaim != 0, tag == "VBG", tag == "IN":
			return false
		}
	}
	return false
}

// rules says whether the source of a statement is a court.
func (x index) rules(l *english.Layer, s *draft) bool {
	for _, source := range s.Source {
		for r := x.d.TokensIn(source); r.First < r.End; r.First++ {
			if lex.denial.Of(l.Lemmas[r.First])&isCourt != 0 {
				return true
			}
		}
	}
	return false
}

// declining notes in drop the statements whose verb says that something fell: "sales declined by a tenth".
func (x index) declining(l *english.Layer, statements []draft, drop map[int]bool) {
	for i := range statements {
		s := &statements[i]
		if len(s.Cue) == 0 || len(s.Content) == 0 {
			continue
		}
		cue, r := x.d.TokensIn(s.Cue[len(s.Cue)-1]), x.d.TokensIn(s.Content[0])
		v := cue.End - 1
		if l.Tags[v] == "IN" && v > cue.First { // "declined by"
			v--
		}
		if cue.End < r.First && l.Tags[cue.End] == "IN" {
			cue.End++
		}
		if l.Lemmas[v] != "decline" || r.First != cue.End || r.First+1 >= r.End || x.answers(l, s, v) {
			continue
		}
		if tag := l.Tags[r.First]; v < cue.End-1 || tag == "IN" && l.Lemmas[r.First] != "that" || tag == "CD" || tag == "TO" && !strings.HasPrefix(l.Tags[r.First+1], "V") {
			drop[i] = true
		}
	}
}

// answers says whether what is refused at token v is to answer: "refused to say", "declined comment", and not "refused to leave".
func (x index) answers(l *english.Layer, s *draft, v int) bool {
	const farthest = 7
	end := min(v+farthest, x.d.Sentences[x.d.SentenceAt(v)].End)
	for i := v + 1; i+1 < end; i++ {
		verb := i + 1
		for verb+1 < end && strings.HasPrefix(l.Tags[verb], "RB") {
			verb++
		}
		if x.d.Word(i) != "to" || !strings.HasPrefix(l.Tags[verb], "V") {
			continue
		}
		if l.Lemmas[verb] == "be" { // "declined to be interviewed"
			return lex.withhold.Has(l.Lemmas[min(verb+1, end-1)])
		}
		if lex.denial.Of(l.Lemmas[verb])&isAnswer != 0 {
			return true
		}
		return x.informs(l, verb+1, verb+farthest)
	}
	return len(s.Content) == 0 || l.Tags[v] != "VBG" && x.informs(l, v+1, end)
}

// informs says whether a noun for an answer is among the tokens [i, end) before the next mark.
func (x index) informs(l *english.Layer, i, end int) bool {
	for end = min(end, len(x.d.Tokens)); i < end && x.d.Tokens[i].Shape < text.Open; i++ {
		if lex.denial.Of(l.Lemmas[i])&isInformation != 0 {
			return true
		}
	}
	return false
}

// untrue says whether the content is that something said is not true: "there is no truth in it", "the report was false", "that's a
// lie", or, behind "called", "the report a lie".
func (x index) untrue(l *english.Layer, s *draft) bool {
	if len(s.Content) == 0 || len(s.Cue) == 0 {
		return false
	}
	const farthest = 14 // tokens from what was said to what is said of it
	r := x.d.TokensIn(s.Content[0])
	i := r.First
	for i < r.End && (x.d.Tokens[i].Shape == text.Open || l.Lemmas[i] == "that" && l.Tags[i] == "IN" || x.d.Word(i) == "No" || x.d.Word(i) == ",") {
		i++
	}
	if x.stands(i, "there", "is") || x.stands(i, "there", "was") {
		return x.baseless(l, i+2, r.End) && x.anyWord(i+4, min(r.End, i+6), "in", "to")
	}
	i = x.charged(l, text.Range{First: i, End: min(r.End, i+farthest)})
	if i < 0 {
		return false
	}
	naming, untrue := x.naming(l, s), uint64(isUntrue)
	if !lex.pointer.Has(strings.ToLower(x.d.Word(i - 1))) {
		untrue |= isUnsound
	}
	return x.falsity(l, text.Range{First: i, End: min(r.End, i+farthest)}, untrue, naming) || x.judged(l, i-1, r, untrue, naming)
}

// judged says whether the claim at token c, with all that it says, is said not to be true: "the claim that it lied is false".
func (x index) judged(l *english.Layer, c int, r text.Range, untrue uint64, naming bool) bool {
	h := int(l.Heads[c])
	if naming { // "called the claim that it lied | absurd"
		h = r.End - 1
	}
	if h <= c || h >= r.End || lex.denial.Of(l.Lemmas[h])&untrue == 0 || !naming && !strings.HasPrefix(l.Rels[c], "nsubj") {
		return false
	}
	for i := max(c, h-3); i < h; i++ {
		if lex.not.Has(strings.ToLower(x.d.Word(i))) {
			return false
		}
	}
	return true
}

// charged is the token behind the claim, or the word that points back to one, that is the subject at the head of r, or -1.
func (x index) charged(l *english.Layer, r text.Range) int {
	for i := r.First; i < r.End; i++ {
		w := strings.ToLower(x.d.Word(i))
		switch tag := l.Tags[i]; {
		case x.d.Tokens[i].Shape == text.Open || x.d.Tokens[i].Shape == text.Close:
		case x.d.Tokens[i].Shape > text.Open, strings.HasPrefix(tag, "PRP$") && lex.own.Has(w):
			return -1
		case lex.denial.Of(l.Lemmas[i])&(isClaim|isSuit) != 0 || lex.pointer.Has(w):
			return i + 1
		case strings.HasPrefix(tag, "V") || tag == "MD" || strings.HasPrefix(tag, "PRP") && tag != "PRP$":
			return -1
		}
	}
	return -1
}

// falsity says whether the tokens of r, behind a claim, say that it is not true, by words of the classes untrue; naming, behind a verb
// like "called".
func (x index) falsity(l *english.Layer, r text.Range, untrue uint64, naming bool) bool {
	is := false
	for i := r.First; i < r.End; i++ {
		w := strings.ToLower(x.d.Word(i))
		switch lemma := l.Lemmas[i]; {
		case x.d.Tokens[i].Shape == text.Open || x.d.Tokens[i].Shape == text.Close: // “called the report ‘false’”
		case x.d.Tokens[i].Shape > text.Open, w == "if", w == "who", w == "whether", w == "that", strings.HasPrefix(l.Tags[i], "PRP$") && lex.own.Has(w):
			return false
		case lex.not.Has(w):
			return x.baseless(l, i, r.End) || w != "without" && w != "no" && !naming && x.anyWord(i+1, min(r.End, i+4), "true", "accurate", "case", "so", "correct", "credible")
		case lex.denial.Of(lemma)&untrue != 0 && (naming || is) && l.Rels[i] != "amod":
			return true
		case lemma == "be":
			is = true
		case !naming && !x.linking(l, i), naming && strings.HasPrefix(l.Tags[i], "V") && l.Tags[i] != "VBN":
			return false
		}
	}
	return false
}

// baseless says whether "no truth in", "without merit" or the like begins at token i.
func (x index) baseless(l *english.Layer, i, end int) bool {
	const farthest = 3
	if w := strings.ToLower(x.word(i)); w != "no" && w != "without" && w != "nothing" {
		return false
	}
	for j := i + 1; j < min(end, i+1+farthest); j++ {
		if lex.denial.Of(l.Lemmas[j])&isBasis != 0 {
			return true
		}
		if tag := l.Tags[j]; !strings.HasPrefix(tag, "JJ") && tag != "DT" {
			return false
		}
	}
	return false
}

// naming says whether the cue of a statement is a verb by which somebody says what something is: "called the report false".
func (x index) naming(l *english.Layer, s *draft) bool {
	for c := x.d.TokensIn(s.Cue[0]); c.First < c.End; c.First++ {
		if lex.call.Has(l.Lemmas[c.First]) {
			return true
		}
	}
	return false
}

// linking says whether token i may stand between what was said and that it is not true: "was", "is completely", "are all a", or
// what was claimed: "the claim by Lund".
func (x index) linking(l *english.Layer, i int) bool {
	switch tag := l.Tags[i]; {
	case l.Lemmas[i] == "be" || l.Lemmas[i] == "'s" || l.Lemmas[i] == "have", strings.HasPrefix(tag, "RB"), tag == "DT", tag == "JJ", tag == "IN", strings.HasPrefix(tag, "NN"), tag == "PDT", tag == "CC", tag == "CD":
		return true
	}
	return false
}

// any says whether one of the words, in lower case, is among the tokens of r.
func (x index) any(r text.Range, words *lexicon.Set) bool {
	for i := r.First; i < r.End; i++ {
		if words.Has(strings.ToLower(x.word(i))) {
			return true
		}
	}
	return false
}

// anyWord says whether one of the words is among the tokens [i, end).
func (x index) anyWord(i, end int, words ...string) bool {
	for ; i < end; i++ {
		if slices.Contains(words, strings.ToLower(x.word(i))) {
			return true
		}
	}
	return false
}

const (
	farthestDenied = 10 // statements that a denial looks back over
	longestPointer = 5  // words of a content that only points back
	sureClaim      = .5 // confidence of a statement that a noun points back to
)

// How the content of a denial points back.
const (
	itself    = iota // it says itself what is denied
	byPronoun        // "this"
	byNoun           // "the claim"
	byEcho           // ", a claim that", ", which"
)

// denials finds, for each statement that denies, the statement that it denies: the nearest before it by
// somebody else, in its paragraph or the one before when its content only points back, and with words in common when it says
// itself what is denied. What a noun points back to is an accusation, stands in the same or the sentence before, or names who denies it.
func (x index) denials(l *english.Layer, statements []draft, speakers []onrecord.Speaker) {
	order := make([]int, len(statements)) // in the order of their cues: a source may stand behind
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return place(&statements[i]) - place(&statements[j]) })
	for n, i := range order {
		s := &statements[i]
		if s.Stance != onrecord.Denies {
			continue
		}
		if j := inner(statements, i); j >= 0 {
			s.Denies = j
			continue
		}
		words := x.contentWords(l, s.Content)
		points := x.points(l, s)
		named := points == itself && x.definite(l, s) // "the claim that taxes rose"
		if named {
			for w := range x.contentWords(l, []onrecord.Span{x.d.Tokens[x.d.TokensIn(s.Content[0]).First+1].Span}) {
				delete(words, w)
			}
		}
		var names, owner map[string]bool
		if points == byNoun {
			names, owner = x.names(l, s, speakers), x.owner(l, s)
		}
		at := x.d.TokenAt(place(s))
		paragraph, sentence := x.d.ParagraphAt(at), x.d.SentenceAt(at)
		for m := n - 1; m >= max(0, n-farthestDenied); m-- {
			j := order[m]
			t := &statements[j]
			said := x.d.TokenAt(place(t))
			gap := paragraph - x.d.ParagraphAt(said)
			if gap > 1 && points != itself || gap > 4 {
				break
			}
			if len(t.Content) == 0 || s.Within == j || t.Within == i || x.sameSpeaker(s, t) ||
				t.Stance == onrecord.Denies || t.Stance == onrecord.Declines || points != itself && t.Stance != onrecord.Asserts && t.Stance != onrecord.Accuses && (t.Stance != onrecord.Asks || !x.questions(t)) ||
				overlap(s.Cue, t.Content) || overlap(t.Cue, s.Content) {
				continue
			}
			var is bool
			switch points {
			case itself:
				common := shared(words, x.contentWords(l, t.Content))
				is = common >= max(2, (len(words)+1)/2) || common > 0 && named && sentence-x.d.SentenceAt(said) <= 1
			case byPronoun:
				is = true
			case byEcho:
				is = x.d.SentenceAt(said) == sentence || x.d.SentenceAt(x.d.TokenAt(t.Content[len(t.Content)-1].End-1)) == sentence
			case byNoun:
				switch {
				case t.Confidence < sureClaim:
				case owner != nil:
					is = shared(owner, x.names(l, t, speakers)) > 0
				default:
					is = t.Stance == onrecord.Accuses || t.Stance == onrecord.Asserts && x.claims(l, t, words, names, sentence-x.d.SentenceAt(said))
				}
			}
			if is {
				s.Denies = j
				break
			}
		}
	}
}

// inner is the claim that stands in the denial i, or -1.
func inner(statements []draft, i int) int {
	const nearby = 3 // statements apart in text order
	for j := max(0, i-nearby); j < min(len(statements), i+nearby+1); j++ {
		if t := &statements[j]; t.Origin == attribution.Claimed && t.Within == i {
			return j
		}
	}
	return -1
}

// claims says whether the statement t, so many sentences before a denial, may be what the denial's noun points back to: words are those
// of the noun, names those for who denies.
func (x index) claims(l *english.Layer, t *draft, words, names map[string]bool, since int) bool {
	said := x.contentWords(l, t.Content)
	if since > 2 || shared(words, said) > 0 { // it speaks of the claim too
		return false
	}
	if shared(words, lex.accusation) == 0 {
		return since <= 1 || shared(names, said) > 0
	}
	for _, c := range t.Content {
		for r := x.d.TokensIn(c); r.First < r.End; r.First++ {
			if l.Tags[r.First] == "MD" && l.Lemmas[r.First] != "could" {
				return false
			}
		}
	}
	return shared(names, said) > 0
}

// questions says whether a statement asks something that can be denied: "asked whether", "“Did you?” asked".
func (x index) questions(t *draft) bool {
	first, last := x.d.TokensIn(t.Content[0]), x.d.TokensIn(t.Content[len(t.Content)-1])
	w := strings.ToLower(x.d.Word(first.First))
	return w == "whether" || w == "if" || x.anyWord(last.End-2, last.End, "?")
}

// owner is the words for whose claim the content of s is: "the bishop's claim"; nil where it does not say.
func (x index) owner(l *english.Layer, s *draft) map[string]bool {
	r := x.d.TokensIn(s.Content[0])
	for i := r.First + 1; i < r.End; i++ {
		if l.Tags[i] == "POS" {
			return x.contentWords(l, []onrecord.Span{x.d.Span(text.Range{First: r.First, End: i})})
		}
	}
	return nil
}

// names are the words by which who makes a statement may be named in another, as [index.contentWords] has them.
func (x index) names(l *english.Layer, s *draft, speakers []onrecord.Speaker) map[string]bool {
	m := x.contentWords(l, s.Source)
	if s.By >= 0 {
		by := &speakers[s.By]
		for _, name := range append([]string{by.Name, by.State}, by.Aliases...) {
			for w := range strings.FieldsSeq(name) {
				stemInto(m, w)
			}
		}
	}
	return m
}

// place is where a statement is made: its cue, else its content.
func place(s *draft) int {
	switch {
	case len(s.Cue) > 0:
		return s.Cue[0].Start
	case len(s.Content) > 0:
		return s.Content[0].Start
	}
	return 0
}

// points says how the content of s points back to something said, if it does no more than that.
func (x index) points(l *english.Layer, s *draft) int {
	n, claim := 0, false
	for _, c := range s.Content {
		r := x.d.TokensIn(c)
		for i := r.First; i < r.End; i++ {
			if tag := l.Tags[i]; !strings.HasPrefix(tag, "RB") {
				claim = lex.denial.Of(l.Lemmas[i])&isClaim != 0 // the last word of all: "claims of theft" say themselves what is denied
			}
		}
		n += r.End - r.First
	}
	if n == 0 {
		return byPronoun
	}
	first := x.d.TokensIn(s.Content[0]).First
	w := strings.ToLower(x.d.Word(first))
	before := len(s.Cue) > 0 && s.Content[0].End <= s.Cue[0].Start
	switch {
	case n <= 2 && lex.pointer.Has(w):
		if w == "which" {
			return byEcho
		}
		return byPronoun
	case n > longestPointer || !claim:
	case w == "a" || w == "an" || w == "something":
		if before {
			return byEcho
		}
	case w == "the" || lex.pointer.Has(w) || w == "all" || w == "such" || l.Tags[first] == "PRP$" || l.Tags[first] == "NNS":
		return byNoun
	default:
		for i := first; i < min(first+n, len(l.Tags)); i++ {
			if l.Tags[i] == "POS" { // "Trump’s claim"
				return byNoun
			}
		}
	}
	return itself
}

// definite says whether the content begins with a claim that stands before: "the claim that", "that idea of".
func (x index) definite(l *english.Layer, s *draft) bool {
	if len(s.Content) == 0 {
		return false
	}
	i := x.d.TokensIn(s.Content[0]).First
	return i+1 < len(x.d.Tokens) && (l.Lemmas[i] == "the" || l.Tags[i] == "DT" && lex.pointer.Has(l.Lemmas[i])) && lex.denial.Of(l.Lemmas[i+1])&isClaim != 0
}

func (x index) sameSpeaker(s, t *draft) bool {
	if s.By >= 0 && t.By >= 0 {
		return s.By == t.By
	}
	return x.words(s.Source) == x.words(t.Source)
}

// words is the words that the spans cover, in lower case.
func (x index) words(spans []onrecord.Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(strings.ToLower(s.Of(x.d.Text)))
		b.WriteByte(' ')
	}
	return b.String()
}

// contentWords are the first letters of the longer nouns, verbs, adjectives and numbers of the spans, which inflection leaves alone.
func (x index) contentWords(l *english.Layer, spans []onrecord.Span) map[string]bool {
	words := map[string]bool{}
	for _, s := range spans {
		r := x.d.TokensIn(s)
		for i := r.First; i < min(r.End, r.First+60); i++ {
			switch tag := l.Tags[i]; {
			case strings.HasPrefix(tag, "N"), strings.HasPrefix(tag, "J"), strings.HasPrefix(tag, "V") && !lex.auxiliary.Has(l.Lemmas[i]), tag == "CD":
				stemInto(words, x.d.Word(i))
			}
		}
	}
	return words
}

// stemInto adds the first letters of a longer word.
func stemInto(words map[string]bool, word string) {
	const stem = 6
	if w := []rune(strings.ToLower(word)); len(w) > 3 {
		words[string(w[:min(len(w), stem)])] = true
	}
}

func shared(a, b map[string]bool) int {
	n := 0
	for w := range a {
		if b[w] {
			n++
		}
	}
	return n
}

// nest gives a parent to the statements without one that stand in the content of a denial, so that what is denied is not taken for
// said, and to the denials that stand in what somebody says.
func nest(statements []draft) {
	const nearby = 12 // statements apart in text order
	inside := func(s, t *draft) bool {
		if len(s.Cue) == 0 || len(t.Cue) == 0 || covers(s.Content, t.Cue[0]) {
			return false
		}
		return slices.ContainsFunc(t.Content, func(c onrecord.Span) bool {
			return c.Contains(s.Cue[0]) && (len(s.Source) == 0 || c.Contains(s.Source[0]))
		})
	}
	for i := range statements {
		s := &statements[i]
		if s.Within >= 0 {
			continue
		}
		for j := max(0, i-nearby); j < min(len(statements), i+nearby+1); j++ {
			t := &statements[j]
			if i == j || t.Stance != onrecord.Denies && s.Origin != attribution.Denial || !inside(s, t) {
				continue
			}
			if p := s.Within; (p < 0 || inside(t, &statements[p])) && !above(statements, i, j) {
				s.Within = j
			}
		}
	}
}

// above says whether statement i is j or one that j stands in, or j stands in too many.
func above(statements []draft, i, j int) bool {
	const deepest = 64
	for range deepest {
		if j == i {
			return true
		}
		if j = statements[j].Within; j < 0 {
			return false
		}
	}
	return true
}
