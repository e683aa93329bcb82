package utterances

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/lexicon"
	"github.com/onrecord/onrecord/lexicon/en"
	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/names"
	"github.com/onrecord/onrecord/link/sayings"
)

// words are the words by which drift is told.
type driftWords struct {
	before, behind  *lexicon.Table[bound] // comparators, before a number and behind it
	longest         int                   // words of the longest of them
	hedges          *lexicon.Set          // words that soften what is said
	known           []string              // phrases that bound a figure by what is known when it is given: "to date"
	perceives       *lexicon.Set          // what makes a relative clause a hedge: "the raids that we have counted"
	negations       *lexicon.Set
	joins, pronouns *lexicon.Set        // begin another clause, and are its subject
	style           *lexicon.Set        // words that come and go with the style of a house
	contracted      map[string][]string // what is left of an auxiliary at the end of a word -> of which
	unmarked        *strings.Replacer   // takes out brackets and quotation marks
}

// A bound is how a comparator bounds a number.
type bound struct {
	mark      string // ">", "<", "~"; "" for none
	inclusive bool   // the number itself may be meant: "at least"
	short     bool   // it is not reached: "nearly"
}

func resolve(l *lexicon.Lexicon) driftWords {
	comparators, hedges := l.Subject("comparator"), l.Subject("hedge")
	inclusive, short := comparators.Set("inclusive"), comparators.Set("short")
	w := driftWords{
		hedges: hedges.Set("soft"), known: hedges.List("known"), perceives: hedges.Set("perceived"),
		negations: l.Subject("negation").Set("not", "none", "contracted"),
		style:     l.Subject("style").Set("comes and goes"),
		joins:     l.Subject("clause").Set("join"), pronouns: l.Subject("clause").Set("relative"),
		contracted: map[string][]string{},
		unmarked:   strings.NewReplacer("[", "", "]", "", "“", " ", "”", " ", "\"", " ", "‘", " ", "``", " ", "''", " "),
	}
	table := func(class string) *lexicon.Table[bound] {
		of := map[string]bound{}
		for r := range comparators.Rows(class) {
			for _, entry := range r.Entries {
				if r.Value != "=" { // "exactly" bounds nothing
					of[entry] = bound{r.Value, inclusive.Has(entry), short.Has(entry)}
					w.longest = max(w.longest, strings.Count(entry, " ")+1)
				}
			}
		}
		return lexicon.NewTable(of)
	}
	w.before, w.behind = table("before"), table("behind")
	for r := range l.Subject("style").Rows("contracted") {
		w.contracted[r.Value] = append(w.contracted[r.Value], r.Entries...)
	}
	return w
}

var english = resolve(en.Lexicon)

// only says whether a text has no other words.
func only(s string, words *lexicon.Set) bool {
	for w := range strings.FieldsSeq(s) {
		if !words.Has(strings.ToLower(w)) {
			return false
		}
	}
	return true
}

// driftLimit is how many changes of wording are shown for one rendition.
const driftLimit = 8

// A comparison is of a rendition with the wording of its utterance.
type comparison struct {
	*sayings.Record
	w, r   *sayings.Saying // the wording, the rendition
	dw, dr *corpus.Doc
	drift  []onrecord.Drift
}

// drift is what rendition r changed against the wording w.
func drift(rec *sayings.Record, w, r *sayings.Saying) []onrecord.Drift {
	c := &comparison{Record: rec, w: w, r: r, dw: rec.Docs[w.Doc], dr: rec.Docs[r.Doc]}
	if from, to := w.SpeakerName(c.Docs, c.Cast), r.SpeakerName(c.Docs, c.Cast); w.Voice != r.Voice && w.Voice >= 0 && names.Fold(from) != names.Fold(to) {
		c.add(onrecord.DriftSpeaker, from, to)
	}
	c.numbers()
	matched := sayings.Align(w.Toks, r.Toks, c.Words)
	if !c.close(matched) { // a paraphrase: other words are not a change of wording
		if from := c.lostHedge(); from != "" {
			c.add(onrecord.DriftHedge, from, "")
		}
		return c.drift
	}
	const before = -1
	c.end(sayings.Match{A: before, B: before}, matched[0])
	c.end(matched[len(matched)-1], sayings.Match{A: len(w.Toks), B: len(r.Toks)})
	changes := 0
	for k := 1; k < len(matched) && changes < driftLimit; k++ {
		if c.gap(matched[k-1], matched[k]) {
			changes++
		}
	}
	return c.drift
}

func (c *comparison) add(kind, from, to string) {
	c.drift = append(c.drift, onrecord.Drift{Statement: c.r.ID, Kind: kind, From: from, To: to})
}

// close says whether so much of the rendition stands in the wording that its other words are changes of wording.
func (c *comparison) close(matched []sayings.Match) bool {
	var same float64
	for _, m := range matched {
		same += c.Words.Weight(c.w.Toks[m.A].ID)
	}
	covered := corpus.Share(same, c.r.Total)
	return len(matched) >= closeWords && (covered >= closeShare || c.r.Quoted > 0 && covered >= quoteShare)
}

// A change is the words that stand between two matches, in the wording and in the rendition.
type change struct {
	mine, theirs   []sayings.Token
	from, to       string
	fromGap, toGap string // the text between the two matches, with its marks
	before, after  sayings.Match
}

func (c *comparison) between(p, q sayings.Match) change {
	x := change{mine: c.w.Toks[p.A+1 : q.A], theirs: c.r.Toks[p.B+1 : q.B], before: p, after: q}
	x.from, x.to = inside(c.dw, c.w, p.A, q.A), inside(c.dr, c.r, p.B, q.B)
	if p.A >= 0 && q.A < len(c.w.Toks) {
		x.fromGap, x.toGap = between(c.dw, c.w.Toks[p.A], c.w.Toks[q.A]), between(c.dr, c.r.Toks[p.B], c.r.Toks[q.B])
	}
	return x
}

// end tells what stands for what before the first match or behind the last, where that is a few words for a few.
func (c *comparison) end(p, q sayings.Match) {
	x := c.between(p, q)
	if replaced(len(x.mine), len(x.theirs)) && !isNumeric(x.mine) && !isNumeric(x.theirs) && !c.bounds(x) && !sameSpelled(x.from, x.to) && !(only(x.from, english.style) && only(x.to, english.style)) {
		c.add(changeKind(x.from, x.to), x.from, x.to)
	}
}

// gap tells what changed between two matches that follow one another, and whether anything did that is told.
func (c *comparison) gap(p, q sayings.Match) bool {
	x := c.between(p, q)
	if len(x.mine)+len(x.theirs) == 0 {
		if dotted(x.toGap) && !dotted(x.fromGap) {
			c.add(onrecord.DriftEllipsis, "", "…")
		}
		return false
	}
	if isNumeric(x.mine) || isNumeric(x.theirs) || c.bounds(x) || c.style(x) {
		return false // numbers speaks of these, or they are a word of style
	}
	cut, added := len(x.mine) >= silentCut, len(x.theirs) >= silentCut
	switch {
	case dotted(x.toGap):
		c.add(onrecord.DriftEllipsis, x.from, "…")
	case dotted(x.fromGap):
		c.add(onrecord.DriftEllipsis, "…", x.to) // it is the wording that left something out
	case x.from == "" && strings.Contains(x.toGap, "[") && strings.Contains(x.toGap, "]"):
		c.add(onrecord.DriftInsertion, "", "["+strings.Trim(x.to, "[]")+"]")
	case x.to == "" && cut:
		c.add(onrecord.DriftEllipsis, x.from, "")
	case x.from == "" && added:
		c.add(onrecord.DriftInsertion, "", x.to)
	case cut || added: // a clause for another: its hedges and negations are its own
		c.add(onrecord.DriftWording, x.from, x.to)
	default:
		c.add(changeKind(x.from, x.to), x.from, x.to)
	}
	return true
}

// style says whether a change is one of words that come and go with the style of a house, or of spelling.
func (c *comparison) style(x change) bool {
	if only(x.from, english.style) && only(x.to, english.style) && !strings.ContainsAny(x.toGap, "[…") || sameSpelled(x.from, x.to) {
		return true
	}
	theirs, mine := c.r.Toks[x.before.B], c.w.Toks[x.before.A]
	return x.to == "" && contracted(c.dr.Text[theirs.Start:theirs.End], x.from) || x.from == "" && contracted(c.dw.Text[mine.Start:mine.End], x.to)
}

// bounds says whether a change is of what bounds a number beside it, and words of style: numbers speaks of that.
func (c *comparison) bounds(x change) bool {
	w := c.w.Toks
	beside := x.after.A < len(w) && w[x.after.A].IsNumber
	for k := x.before.A; k >= 0 && k > x.before.A-behindWords; k-- {
		beside = beside || w[k].IsNumber
	}
	from, to := comparator(x.from), comparator(x.to)
	return beside && (from && to || from && only(x.to, english.style) || to && only(x.from, english.style))
}

const (
	hedgeReach   = 24 // words behind a number that its hedge begins in
	hedgeWords   = 12 // words of one
	subjectReach = 8  // words behind a number that name what it counts
	subjectTells = 1  // weight from which one does
)

// lostHedge is what the wording says of how far a figure is known, where a rendition that gives the figure of the same thing in other
// words says nothing of the kind.
func (c *comparison) lostHedge() string {
	dw, dr, w, r, v := c.dw, c.dr, c.w, c.r, c.Words
	wtoks, rtoks := w.Toks[:min(len(w.Toks), sayings.AlignLimit)], r.Toks[:min(len(r.Toks), sayings.AlignLimit)]
	for i, t := range wtoks {
		if !t.IsNumber {
			continue
		}
		hedge := hedgeOf(dw, w, t)
		if hedge == "" {
			continue
		}
		for j, u := range rtoks {
			if u.IsNumber && u.Number == t.Number && oneSubject(wtoks[i+1:], rtoks[j+1:], v) && hedgeOf(dr, r, u) == "" {
				return hedge
			}
		}
	}
	return ""
}

// oneSubject says whether a telling word stands right behind two numbers.
func oneSubject(a, b []sayings.Token, v *sayings.Speech) bool {
	for _, x := range a[:min(len(a), subjectReach)] {
		if v.Weight(x.ID) >= subjectTells && !x.IsNumber && v.Entry(x.ID).Name != "percent" && slices.ContainsFunc(b[:min(len(b), subjectReach)], func(y sayings.Token) bool { return y.ID == x.ID }) {
			return true
		}
	}
	return false
}

// hedgeOf is the clause or phrase behind a number of a statement that says how far it is known: "that we have counted to date".
func hedgeOf(d *corpus.Doc, s *sayings.Saying, number sayings.Token) string {
	i := slices.IndexFunc(s.Content, func(c onrecord.Span) bool { return c.Start <= int(number.Start) && int(number.Start) < c.End })
	if i < 0 {
		return ""
	}
	words := d.Within(onrecord.Span{Start: int(number.End), End: s.Content[i].End})
	words = words[:min(len(words), hedgeReach+hedgeWords)]
	low := func(k int) string {
		return strings.ToLower(strings.ReplaceAll(d.Text[words[k].Start:words[k].End], "’", "'"))
	}
	for k := range words[:min(len(words), hedgeReach)] {
		if k > 0 && strings.ContainsAny(d.Text[words[k-1].End:words[k].Start], ".;:?!") {
			break
		}
		if sayings.Relative(low(k)) {
			clause := words[k:min(len(words), k+hedgeWords)]
			clause = clause[:sayings.MainVerb(d, clause)]
			for n := range clause {
				if n > 0 && strings.ContainsAny(d.Text[clause[n-1].End:clause[n].Start], ",.;:?!”\"") {
					clause = clause[:n]
					break
				}
			}
			if slices.ContainsFunc(clause, func(c corpus.Word) bool { return english.perceives.Has(d.Lower(c)) }) {
				return d.Text[clause[0].Start:clause[len(clause)-1].End]
			}
		}
		for _, phrase := range english.known {
			n := strings.Count(phrase, " ") + 1
			if k+n <= len(words) && strings.EqualFold(d.Text[words[k].Start:words[k+n-1].End], phrase) {
				return d.Text[words[k].Start:words[k+n-1].End]
			}
		}
	}
	return ""
}

// changeKind is the kind of drift of a few words that stand in the place of a few others.
func changeKind(from, to string) string {
	switch {
	case hasAny(from, english.negations) != hasAny(to, english.negations):
		return onrecord.DriftNegation
	case hasAny(from, english.hedges) != hasAny(to, english.hedges), asKnown(from) != asKnown(to):
		return onrecord.DriftHedge
	}
	return onrecord.DriftWording
}

// asKnown says whether words bound what is said by what is known: "so far", "that we have seen".
func asKnown(s string) bool {
	s = strings.ToLower(strings.ReplaceAll(s, "’", "'"))
	if slices.ContainsFunc(english.known, func(p string) bool { return strings.Contains(" "+s+" ", " "+p+" ") }) {
		return true
	}
	words := strings.Fields(s)
	return len(words) > 1 && sayings.Relative(words[0]) && hasAny(s, english.perceives)
}

// endWords is how many words at an end of a wording may stand for as many of a rendition: more are another clause.
const endWords = 2

// replaced says whether words at an end of two renditions, so many in each, stand for one another.
func replaced(a, b int) bool { return a > 0 && b > 0 && max(a, b) <= endWords }

// dotted says whether a gap between words has the marks of an ellipsis.
func dotted(gap string) bool {
	return strings.Contains(gap, "…") || strings.Contains(gap, "...") || strings.Contains(gap, ". . .")
}

// sameSpelled says whether two texts are spellings of one: with other blanks, hyphens, marks and accents ("in to", "double-dip"), or
// of names as transliterations have them.
func sameSpelled(a, b string) bool {
	v, w := names.Words(strings.ReplaceAll(english.unmarked.Replace(a), "-", " ")), names.Words(strings.ReplaceAll(english.unmarked.Replace(b), "-", " "))
	if len(v) == 0 || len(w) == 0 {
		return false
	}
	if strings.Join(v, "") == strings.Join(w, "") {
		return true
	}
	if len(v) != len(w) {
		return false
	}
	x, y := strings.Fields(a), strings.Fields(b)
	for i := range v {
		if v[i] == w[i] {
			continue
		}
		if len(x) != len(v) || len(y) != len(w) || !capitalised(x[i]) || !capitalised(y[i]) || !names.SameWord(v[i], w[i]) {
			return false
		}
	}
	return true
}

// contracted says whether a word ends in what is left of an auxiliary: "we've" of "have".
func contracted(word, auxiliary string) bool {
	word = strings.ToLower(strings.ReplaceAll(word, "’", "'"))
	i := strings.LastIndexByte(word, '\'')
	return i >= 0 && slices.Contains(english.contracted[word[i:]], strings.ToLower(auxiliary))
}

func capitalised(w string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, "“\"‘'[("))
	return unicode.IsUpper(r)
}

// closeShare is the share of a rendition that stands in the wording from which its other words are changes of wording; quoteShare
// is that of a rendition with words in quotation marks.
const (
	closeShare = 0.85
	quoteShare = 0.6
	closeWords = 4 // words that it has in common with the wording at least
)

// silentCut is from how many words on what is left out in the middle, without a mark, is more than a change of wording.
const silentCut = 8

// numbers tells what changed in the numbers of two renditions, and in what bounds them.
func (c *comparison) numbers() {
	mine, theirs := c.w.Toks[:min(len(c.w.Toks), sayings.AlignLimit)], c.r.Toks[:min(len(c.r.Toks), sayings.AlignLimit)]
	for j, t := range theirs {
		if !t.IsNumber {
			continue
		}
		same, other := counterparts(mine, c.w.Toks, t.Number, following(c.r.Toks, j))
		switch {
		case same >= 0:
			was, is := c.bound(c.dw, c.w, same), c.bound(c.dr, c.r, j)
			if was.bound != is.bound {
				c.add(onrecord.DriftComparator, was.words, is.words)
			}
		case other >= 0 && !hasNumber(c.r.Toks, mine[other].Number):
			c.add(onrecord.DriftNumber, c.dw.Text[mine[other].Start:mine[other].End], c.dr.Text[t.Start:t.End])
		}
	}
}

// counterparts are the place of a number among words, best before the same word, and of another number before the same word; -1 for
// none. All are the words and what follows them.
func counterparts(words, all []sayings.Token, number float64, next int32) (same, other int) {
	same, other = -1, -1
	for i, x := range words {
		if !x.IsNumber {
			continue
		}
		before := following(all, i) == next
		switch {
		case x.Number == number && before:
			return i, other
		case x.Number == number && same < 0:
			same = i
		}
		if before && next >= 0 {
			other = i
		}
	}
	return same, other
}

// comparatorReach is how many bytes before a number its comparator may begin.
const comparatorReach = 40

func hasNumber(toks []sayings.Token, n float64) bool {
	for _, t := range toks {
		if t.IsNumber && t.Number == n {
			return true
		}
	}
	return false
}

// following is the word behind a number, -1 at the end.
func following(toks []sayings.Token, i int) int32 {
	if i+1 < len(toks) {
		return toks[i+1].ID
	}
	return -1
}

// A worded is a bound in the words that tell it.
type worded struct {
	bound
	words string
}

// bound is what bounds a number of a statement: the longest comparator right before it, else one behind it or behind the noun counted.
func (c *comparison) bound(d *corpus.Doc, s *sayings.Saying, number int) worded {
	t := s.Toks[number]
	from, to := int(t.Start), int(t.End)
	for _, span := range s.Content {
		if span.Start <= int(t.Start) && int(t.Start) < span.End {
			from, to = span.Start, span.End
		}
	}
	head := bare(d.Text[max(from, corpus.Clip(d.Text, int(t.Start)-comparatorReach)):t.Start])
	for k := max(0, len(head)-english.longest); k < len(head); k++ {
		if b, ok := english.before.Find(strings.Join(head[k:], " ")); ok {
			return worded{b, strings.Join(head[k:], " ")}
		}
	}
	tail := d.Text[t.End:max(int(t.End), min(to, corpus.Clip(d.Text, int(t.End)+comparatorReach)))]
	if i := strings.IndexAny(tail, ",;:.?!”\"\n"); i >= 0 {
		tail = tail[:i]
	}
	words := bare(tail)
	for from := range min(len(words), behindWords) {
		for to := min(len(words), from+english.longest); to > from; to-- {
			if b, ok := english.behind.Find(strings.Join(words[from:to], " ")); ok {
				return worded{b, strings.Join(words[from:to], " ")}
			}
		}
	}
	return worded{}
}

// behindWords is how many words behind a number its comparator may begin in: right behind it, or behind the noun.
const behindWords = 2

// bare are the words of a text in lower case, without brackets and quotation marks.
func bare(s string) []string { return strings.Fields(strings.ToLower(english.unmarked.Replace(s))) }

// inside is the text of the words strictly between tokens i and j of a statement, without what stands between its parts.
func inside(d *corpus.Doc, s *sayings.Saying, i, j int) string {
	if j <= i+1 {
		return ""
	}
	from, to := int(s.Toks[i+1].Start), int(s.Toks[j-1].End)
	var parts []string
	for _, span := range s.Content {
		if a, b := max(from, span.Start), min(to, span.End); a < b {
			parts = append(parts, d.Text[a:b])
		}
	}
	return strings.Join(parts, " ")
}

// between is the text between two tokens; empty where they stand in other parts of the statement.
func between(d *corpus.Doc, a, b sayings.Token) string {
	if b.Start < a.End || b.Start-a.End > 2000 {
		return ""
	}
	return d.Text[a.End:b.Start]
}

// isNumeric says whether a few words have a number among them.
func isNumeric(toks []sayings.Token) bool {
	return len(toks) <= numericWords && slices.ContainsFunc(toks, func(t sayings.Token) bool { return t.IsNumber })
}

// numericWords is how many words in the place of others are a number with what belongs to it, at most.
const numericWords = 4

// comparator says whether a text is a comparator, or nothing.
func comparator(s string) bool {
	s = strings.ToLower(s)
	return s == "" || english.before.Has(s) || english.behind.Has(s)
}

func hasAny(s string, words *lexicon.Set) bool {
	for w := range strings.FieldsSeq(s) {
		if w == "May" {
			continue // the month
		}
		w = strings.ToLower(w)
		if w = strings.Trim(strings.ReplaceAll(w, "’", "'"), ".,;:!?\"“”()[]"); words.Has(w) || strings.HasSuffix(w, "n't") && words.Has("n't") {
			return true
		}
	}
	return false
}
