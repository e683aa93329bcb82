// Package figure finds numbers that count or measure something, with comparator, change, unit, the thing counted, what it is a
// share of and as of when.
//
// One arbiter reads the atoms of package number from left to right. Dates come first: what package when found is left alone,
// except durations, which measure ("two hours") and are both. At every other atom the longest reading that holds wins: a
// quantity, a range, a share, a vague amount, or something that is no figure at all, such as an ordinal, a name with a number,
// or the score of a game. Comparator, change, thing and the rest are then read from the words around the winner and from the
// tree of its sentence, where the layer has one: the subject that "rose 6.5%", the verb that says what became of "suspects".
// A figure that gives the one before it again in another unit ("20 km (12 miles)") says so and takes from it all else.
// When a figure held is the nearest date that is its own: not the day on which somebody said it, not that of a relative clause
// or of another figure.
//
// What the contract of a figure leaves out is listed by class in specs_test.go and in MODELCARD.md.
package figure

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/reading/when"
	"github.com/onrecord/onrecord/reading/when/number"
)

// A Draft is a figure in the making.
type Draft struct {
	onrecord.Figure
	Restates int // the figure among those found with it that this one gives again in another unit, or -1
}

// Find returns the figures of the document in text order; ids, Article, Statement and ConversionOf are left empty. Numbers that belong
// to one of times, to a name ("Boeing 737") or an order ("the 22nd amendment") are none. A duration among times may be a figure too.
func Find(l *english.Layer, times []onrecord.Time, published onrecord.Published) []onrecord.Figure {
	drafts := FindIn(number.Lex(l.Doc.Text), l, times, published)
	out := make([]onrecord.Figure, len(drafts))
	for i := range drafts {
		out[i] = drafts[i].Figure
	}
	return out
}

// FindIn is like [Find], in the document's text with its atoms cut already, and says which figures restate others.
func FindIn(t *number.Text, l *english.Layer, times []onrecord.Time, published onrecord.Published) []Draft {
	f := newFinder(t, l, times, published)
	f.run()
	f.date()
	out := make([]Draft, len(f.out))
	for i := range f.out {
		out[i] = Draft{f.out[i], int(f.restates[i])}
	}
	return out
}

func newFinder(t *number.Text, l *english.Layer, times []onrecord.Time, published onrecord.Published) *finder {
	f := &finder{t: t, l: l, times: times}
	f.published, _ = published.Day()
	f.index()
	return f
}

// finder holds the state of one document's scan.
type finder struct {
	t     *number.Text
	l     *english.Layer
	times []onrecord.Time
	// published is the day of publication, zero when not known.
	published time.Time

	skip  []int32 // for each atom inside a date, clock time or set: the atom after it; 0 elsewhere
	sent  []int32 // sentence of each atom
	token []int32 // token that holds each atom's beginning; nil without tags

	out      []onrecord.Figure
	places   []place  // of out
	restates []int32  // for each of out, the one that it gives again in another unit, or -1
	prev     quantity // of the last of out
	// reading is the quantity that patterns are asked about, readingEnd the atom behind it and its comparator.
	reading    quantity
	readingEnd int
	rejected   []rejection

	// whole is what a sentence that opens with "Of the 5,000 air strikes" makes shares of, in sentence wholeOf.
	whole   onrecord.Span
	wholeOf int32
}

// A rejection is a number that is no figure, and why.
type rejection struct {
	first, end int
	why        string
}

// quantity is what a reading found at atoms [first, end).
type quantity struct {
	first, end int
	low, high  float64
	scale      float64 // of the number's end, 1 without
	base       float64
	unit       string
	money      bool
	share      bool // a share in words, or a ratio
	vague      bool
	words      bool // the number begins with a word
	hyphen     bool // "2.4-liter": what follows is what it measures
	sign       int  // explicit: -1, +1
	plain      bool // digits alone
	ranged     bool
	from       bool // "from A to B"
	falling    bool // "from A to B", B below A
	multiple   bool // "twice as many"
	noun       int  // atom of the noun in a compound ("65-member"), 0 without
	zero       bool // "no casualties"
	number     int  // atom where the number itself begins
}

func (f *finder) index() {
	n := len(f.t.Atoms)
	digits := 0
	for i := range f.t.Atoms {
		if f.t.Atoms[i].Kind == number.Digits {
			digits++
		}
	}
	f.out, f.places = make([]onrecord.Figure, 0, min(digits, 4096)), make([]place, 0, min(digits, 4096))
	both := make([]int32, 2*n)
	f.skip, f.sent = both[:n:n], both[n:]
	f.indexTimes()
	f.indexSentences()
	d := f.l.Doc
	if len(f.l.Tags) == len(d.Tokens) && len(d.Tokens) > 0 {
		f.token = make([]int32, n)
		k := 0
		for i := range f.t.Atoms {
			for k+1 < len(d.Tokens) && d.Tokens[k+1].Start <= f.t.Atoms[i].Start {
				k++
			}
			f.token[i] = int32(k)
		}
	}
}

// indexTimes fills skip.
func (f *finder) indexTimes() {
	i, n := 0, len(f.t.Atoms)
	for k := range f.times {
		x := &f.times[k]
		if x.Kind == when.Duration {
			continue
		}
		for i < n && f.t.Atoms[i].End <= x.Span.Start {
			i++
		}
		j := i
		for j < n && f.t.Atoms[j].Start < x.Span.End {
			j++
		}
		for ; i < j; i++ {
			f.skip[i] = int32(j)
		}
	}
}

// indexSentences fills sent: by the sentences of the document, or where it has none by full stops and lines.
func (f *finder) indexSentences() {
	d := f.l.Doc
	s := 0
	for i := range f.t.Atoms {
		a := &f.t.Atoms[i]
		if len(d.Sentences) > 0 {
			for s+1 < len(d.Sentences) && d.Sentences[s+1].First < len(d.Tokens) && d.Tokens[d.Sentences[s+1].First].Start <= a.Start {
				s++
			}
		} else if w := f.t.Low(i - 1); i > 0 && (a.Line || a.Space && (w == "." || w == "!" || w == "?")) {
			s++
		}
		f.sent[i] = int32(s)
	}
}

func (f *finder) run() {
	for i := 0; i < len(f.t.Atoms) && !f.l.Doc.Over(); {
		if f.skip[i] > 0 {
			i = int(f.skip[i])
			continue
		}
		if !f.starts(i) {
			i++
			continue
		}
		q, why, end := f.arbitrate(i)
		for k := i; k < q.end && why == ""; k++ { // dates first
			if f.skip[k] > 0 {
				why, end = "time", k
			}
		}
		switch {
		case why != "":
			f.rejected = append(f.rejected, rejection{i, end, why})
			i = max(end, i+1)
		case q.end > i:
			f.add(q)
			i = q.end
		default:
			i++
		}
	}
}

// starts says whether a reading may begin at atom i.
func (f *finder) starts(i int) bool {
	a := f.t.At(i)
	switch a.Kind {
	case number.Digits:
		return true
	case number.Mark:
		switch a.Low {
		case "+", "-":
			b := f.t.At(i + 1)
			return a.Space && !b.Space && (b.Kind == number.Digits || words.signs.Has(b.Low))
		}
		return words.signs.Has(a.Low)
	}
	if words.openers.Has(a.Low) {
		return true
	}
	return a.Cap && (words.codes.Has(a.Low) || words.dollars.Has(a.Low) || a.Low == "y")
}

// arbitrate is the longest reading at atom i that holds: a figure, or why it is none and where that ends.
func (f *finder) arbitrate(i int) (quantity, string, int) {
	if m, ok := rules.none.First(f, i); ok {
		return quantity{}, m.Value, m.End
	}
	if q, ok := f.vagueAmount(i); ok {
		return q, "", q.end
	}
	if q, ok := f.nothing(i); ok {
		return q, "", q.end
	}
	if q, ok := f.multiple(i); ok {
		return q, "", q.end
	}
	if q, ok := f.joinedRatio(i); ok {
		return q, "", q.end
	}
	if q, ok := f.couple(i); ok {
		return q, "", q.end
	}
	q, ok := f.quantity(i)
	if s, found := f.shareInWords(i); found && (!ok || s.end >= q.end) {
		return s, "", s.end
	}
	if !ok {
		return q, "", i
	}
	if r, ok := f.ratio(q); ok {
		return r, "", r.end
	}
	f.suspended(&q)
	q = f.extend(q)
	if why, end := f.rejectQuantity(q); why != "" {
		return quantity{}, why, end
	}
	return q, "", q.end
}

// quantity reads sign, currency, number, scale and unit at atom i.
func (f *finder) quantity(i int) (quantity, bool) {
	t := f.t
	q := quantity{first: i}
	j := f.sign(&q, i)
	if unit, k := f.money(j); unit != "" {
		q.unit, q.money = unit, true
		j = k
	}
	if j >= len(f.skip) || f.skip[j] > 0 || q.money && t.At(j).Line && j > i {
		return q, false
	}
	if h, ok := f.partOfUnit(q, j); ok {
		return h, true
	}
	n, ok := f.cardinal(&q, j)
	if !ok {
		return q, false
	}
	q.number, q.end = j, n.End
	q.low, q.scale, q.base = n.Val, n.Scale, n.Base
	if q.money && words.millions.Has(t.Low(j-1)) { // "MEUR 30"
		q.low, q.scale = n.Val*1e6, n.Scale*1e6
	}
	q.words = n.Words
	q.plain = t.At(j).Plain && n.End == j+1
	q.share = n.Share && !n.Words
	if n.Scale == 1 {
		f.letterScale(&q)
	}
	if q.sign < 0 {
		q.low = -q.low
	}
	q.high = q.low
	if q.money {
		f.behindMoney(&q)
	} else {
		f.readUnit(&q)
	}
	if q.money && !q.hyphen && q.scale == 1 { // "75 USD million"
		if s := number.Scale(t.Low(q.end)); s >= 1e6 && t.At(q.end-1).Upper {
			q.low, q.high, q.scale, q.end = q.low*s, q.high*s, s, q.end+1
		}
	}
	if q.unit != "" {
		f.smaller(&q)
		f.rate(&q)
	}
	return q, true
}

// sign reads a sign before a number: the atom after it.
func (f *finder) sign(q *quantity, j int) int {
	t := f.t
	switch w := t.Low(j); {
	case w == "-" || w == "+":
		if t.At(j).Kind != number.Mark || t.At(j+1).Space {
			break
		}
		q.sign = 1
		if t.Low(j) == "-" {
			q.sign = -1
		}
		j++
	case words.minuses.Has(w):
		if !t.Is(j-2, "plus", "or") {
			q.sign = -1
		}
		if j++; t.Low(j) == "-" {
			j++
		}
	}
	return j
}

// partOfUnit reads a part of a unit at atom j: "half a percentage point".
func (f *finder) partOfUnit(q quantity, j int) (quantity, bool) {
	v, k := f.partOfA(j)
	if k == j || q.money {
		return q, false
	}
	q.low, q.high, q.scale, q.base, q.words, q.number, q.end = v, v, 1, v, true, j, k
	f.readUnit(&q)
	return q, q.unit != "" && !q.hyphen && !q.money && q.unit != "time" && (!words.periods.Has(q.unit) || q.unit == "year of age")
}

// cardinal reads the number of q at atom j, which never reaches into a date.
func (f *finder) cardinal(q *quantity, j int) (number.Number, bool) {
	t := f.t
	n, ok := t.Read(j)
	if !ok || q.money && n.Words && !n.Round && t.At(j).Kind == number.Word && t.Low(j) == "a" {
		return n, false
	}
	if n.End == j+1 && f.decimalComma(j) && (f.measured(j+3) || q.money && !(t.Tight(j+3) && t.At(j+3).Kind == number.Word)) {
		n.Val += t.At(j+2).Val / math.Pow10(len(t.Low(j+2)))
		n.Base, n.End = n.Val, j+3
	}
	for k := j; k < n.End; k++ {
		if f.skip[k] > 0 {
			return n, false
		}
	}
	return n, true
}

// behindMoney reads the money's name or state behind a number with its sign: "$9.99 US dollars", "€5 euros".
func (f *finder) behindMoney(q *quantity) {
	t := f.t
	switch w := t.Low(q.end); {
	case words.behindDollar.Has(w):
		if words.dollarWords.Has(t.Low(q.end + 1)) {
			q.end += 2
		} else if t.At(q.end).Cap && !(t.At(q.end+1).Kind == number.Word && t.At(q.end+1).Cap) {
			q.end++
		}
	case words.dollarWords.Has(w):
		q.end++
	}
}

// decimalComma says whether the digits at atom j have a comma behind them that may be that of a decimal: "3,75".
func (f *finder) decimalComma(j int) bool {
	a, c := f.t.At(j), f.t.At(j+2)
	return a.Plain && len(a.Low) <= 3 && f.t.Low(j+1) == "," && f.t.Tight(j+1) && f.t.Tight(j+2) && c.Plain && len(c.Low) <= 2 && f.t.Low(j+3) != ","
}

// partOfA reads "half a", "a half", "three quarters of a" at j, where a unit may follow ("half a percentage point"): the part and the
// atom after it, j where there is none.
func (f *finder) partOfA(j int) (v float64, end int) {
	t := f.t
	if t.Low(j) == "half" && (t.Low(j+1) == "a" || t.Low(j+1) == "an") || t.Is(j, "a", "half") {
		return .5, j + 2
	}
	n, ok := t.Share(j)
	if t.At(j).Kind == number.Digits {
		n, ok = t.Read(j)
		ok = ok && n.Share
	}
	if !ok || t.Low(n.End) != "of" || t.Low(n.End+1) != "a" && t.Low(n.End+1) != "an" {
		return 0, j
	}
	if t.Low(n.End+2) == "us" { // "1/16 of a US pint"
		n.End++
	}
	return n.Val, n.End + 2
}

// smaller reads the smaller unit that completes a measure: "5 feet 2 inches", "3 dollars and 50 cents".
func (f *finder) smaller(q *quantity) {
	t := f.t
	in := words.smallerUnits[q.unit]
	if in == nil || q.hyphen || q.low != float64(int(q.low)) {
		return
	}
	j := q.end
	if t.Low(j) == "and" {
		j++
	}
	if j >= len(f.skip) || f.skip[j] > 0 || t.At(j).Line {
		return
	}
	n, ok := t.Read(j)
	if !ok || n.Round || n.Val >= 100 {
		return
	}
	if in["cent"] > 0 && !words.codes.Has(t.Low(q.first-1)) && n.Scale == 1 && n.Val >= 10 && (n.Words || t.At(j).Plain) && n.Val == float64(int(n.Val)) && f.closes(n.End) { // "15 dollars 50"
		q.low += n.Val / 100
		q.high, q.end = q.low, n.End
		return
	}
	unit := words.units.Of(t.Low(n.End))
	if t.Low(n.End) == "in" && q.unit == "foot" && t.At(n.End+1).Kind != number.Digits && !t.At(n.End+1).Cap { // "5 ft 2 in"
		unit = "inch"
	}
	if per := in[unit]; per > 0 && n.Val < per {
		q.low += n.Val / per
		q.high = q.low
		q.end = n.End + 1
	}
}

// closes says whether a clause ends at atom j.
func (f *finder) closes(j int) bool {
	switch f.t.Low(j) {
	case ".", ",", ";", "!", "?", "", ")", "more":
		return true
	}
	return f.t.At(j).Line
}

// money reads the sign or code of a currency before a number: its unit and the atom after it.
func (f *finder) money(i int) (string, int) {
	t := f.t
	a := t.At(i)
	digits := func(j int) bool { return t.At(j).Kind == number.Digits && !t.At(j).Line }
	if u := words.signs.Of(a.Low); u != "" && a.Kind == number.Mark {
		if a.Low == "$" {
			// "$US113", "$A82,615,680"
			if b := t.At(i + 1); b.Kind == number.Word && !b.Space && digits(i+2) && words.dollars.Has(b.Low) {
				return words.dollars.Of(b.Low), i + 2
			}
		}
		return u, i + 1
	}
	if a.Kind != number.Word || !a.Cap {
		return "", i
	}
	if t.Low(i+1) == "$" && digits(i+2) {
		if d := words.dollars.Of(a.Low); d != "" && (!t.At(i+1).Space || a.Low != "a") {
			return d, i + 2
		}
	}
	if a.Low == "y" && t.Low(i+1) == "=" && digits(i+2) { // a yen sign that did not survive
		return "yen", i + 2
	}
	if u := words.codes.Of(a.Low); u != "" && digits(i+1) && f.code(i) {
		return u, i + 1
	}
	return "", i
}

// code says whether the code of a currency at atom i, before digits, is one.
func (f *finder) code(i int) bool {
	t := f.t
	a, b := t.At(i), t.At(i+1)
	scaled := t.Tight(i+2) && t.At(i+2).Kind == number.Word
	switch {
	case a.Low == "ps" && (b.Space || b.Plain && !scaled): // a pound sign that did not survive; "PS5" is a name
		return false
	case a.Low == "n" && !b.Comma && !scaled: // "N500m", and not "N95"
		return false
	}
	return a.Upper || a.Low == "rs" || !b.Space
}

// letterScale reads "m", "bn", "k" after digits: after money always; elsewhere "m" is a million only before what it counts
// ("1.2m tons"), and metres otherwise.
func (f *finder) letterScale(q *quantity) {
	t := f.t
	a := t.At(q.end)
	if a.Kind != number.Word || q.words || a.Space && !(q.money && !a.Line) {
		return
	}
	reading := f.reading
	f.reading = *q
	factor, err := strconv.ParseFloat(rules.scale.Value(f, q.end), 64)
	f.reading = reading
	if err != nil { // there is no letter of scale
		return
	}
	q.low = number.Times(q.low, factor)
	q.scale = factor
	q.end++
}

// readUnit reads the unit after a number.
func (f *finder) readUnit(q *quantity) {
	t := f.t
	j := q.end
	hyphen := false
	if t.Low(j) == "-" && t.Tight(j) && t.At(j+1).Kind == number.Word && !t.At(j+1).Space {
		hyphen = true
		j++
	}
	if t.At(j).Line || j >= len(t.Atoms) || f.longUnit(q, j, hyphen) || f.stateMoney(q, j) {
		return
	}
	u := words.units.Of(t.Low(j))
	if u == "" && !hyphen {
		u = f.shortUnit(q, j)
	}
	switch {
	case u == "" && hyphen:
		f.compound(q, j)
		return
	case u == "" || f.noUnit(q, j, hyphen):
		return
	case hyphen && words.adjectival.Has(u) && q.low == float64(int(q.low)):
		q.noun = -1 // a period as an adjective: a time, not a figure
	}
	q.unit, q.end, q.hyphen = u, j+1, hyphen
	q.money = words.moneyWords.Has(u) || u == "cent" || u == "penny"
	if words.millions.Has(t.Low(j)) { // "30 MUSD"
		q.low, q.high, q.scale = q.low*1e6, q.high*1e6, 1e6
	}
}

// longUnit reads a unit of several words at atom j.
func (f *finder) longUnit(q *quantity, j int, hyphen bool) bool {
	t := f.t
	for _, u := range words.longUnits.Of(t.Low(j)) {
		if !t.Is(j, u.words...) || (t.Low(j) == "m" || t.Low(j) == "km" || t.Low(j) == "'") && t.At(j+1).Space {
			continue
		}
		q.unit, q.end, q.hyphen = u.value, j+len(u.words), hyphen
		return true
	}
	return false
}

// stateMoney reads the money of a state at atom j: "million Australian dollars", "Hong Kong dollars".
func (f *finder) stateMoney(q *quantity, j int) bool {
	t := f.t
	a := t.At(j)
	if !a.Cap || !words.nationalities.Has(a.Low) {
		return false
	}
	k := j + 1
	if words.twoWords.Has(a.Low) {
		k++
	}
	u := words.units.Of(t.Low(k))
	if u == "" || !words.moneyWords.Has(u) {
		return false
	}
	q.unit, q.end, q.money = t.Source[a.Start:t.At(k-1).End]+" "+u, k+1, true
	return true
}

// shortUnit reads a letter or two at atom j that are a unit behind digits: "37m", "-5C", "310 m tall".
func (f *finder) shortUnit(q *quantity, j int) string {
	t := f.t
	w := t.Low(j)
	degrees := map[string]string{"c": "celsius", "f": "fahrenheit"}[w]
	switch {
	case t.Tight(j) && f.fahrenheit(j):
		return degrees
	case t.Tight(j) && w == "c" && t.At(j).Cap: // cents are written small
		return degrees
	case t.Tight(j) && w == "in":
		return ""
	case t.Tight(j):
		return words.attached.Of(w)
	case degrees != "" && t.At(j).Cap && !q.words && f.bracketedBy(j+1): // "(35 C)"
		return degrees
	case w == "m" && !q.words && !t.At(j).Cap && words.dimensions.Has(t.Low(j+1)): // "310 m tall"
		return "metre"
	case w == "p" && !q.words && !t.At(j).Cap:
		return "penny"
	}
	return ""
}

// noUnit says whether what looks like a unit at atom j is none.
func (f *finder) noUnit(q *quantity, j int, hyphen bool) bool {
	t := f.t
	w := t.Low(j)
	switch {
	case !hyphen && words.unitNames.Has(w+" "+t.Low(j+1)):
		return true
	case w == "second" || w == "t" && q.plain, w == "s" && q.plain && q.low >= 10 && int(q.low)%10 == 0:
		return true
	case t.At(j).Cap && t.At(j).Space && !t.At(j).Upper && t.At(j+1).Cap && t.At(j+1).Space && len(w) > 2: // "9 Mile Road"
		return true
	case words.tightUnits.Has(w) && !t.Tight(j):
		return true
	}
	return q.words && len(w) < 3
}

// bracketedBy says whether a round bracket stands at atom j.
func (f *finder) bracketedBy(j int) bool { return f.t.Low(j) == "(" || f.t.Low(j) == ")" }

// hottest is the highest temperature of the news in degrees Fahrenheit: "95F" is one, "500F" is a name.
const hottest = 200

// fahrenheit says whether atom j, tight after digits, stands for degrees Fahrenheit: "95F (35C)".
func (f *finder) fahrenheit(j int) bool {
	a, d, next := f.t.At(j), f.t.At(j-1), f.t.At(j+1)
	return a.Low == "f" && a.Cap && d.Kind == number.Digits && d.Val <= hottest && !(next.Kind != number.Mark && !next.Space) && next.Low != "-"
}

// compound reads "65-member", "12-page": a count whose noun is hyphenated to it.
func (f *finder) compound(q *quantity, j int) {
	if words.compounds.Has(f.t.Low(j)) {
		q.noun = j
		q.end = j + 1
		q.hyphen = true
		return
	}
	q.noun = -1
}

// suspended gives the number of a suspended compound the unit of the one that completes it: "7- or 8-inch".
func (f *finder) suspended(q *quantity) {
	t := f.t
	if q.unit != "" || t.Low(q.end) != "-" || !t.Tight(q.end) || !t.At(q.end+1).Space && t.Low(q.end+1) != "," {
		return
	}
	for j, n := q.end+1, 0; n < 6 && j < len(f.skip) && f.skip[j] == 0; j, n = j+1, n+1 {
		switch t.Low(j) {
		case "or", "and", "to", ",", "-":
			continue
		}
		r, ok := f.quantity(j)
		if !ok {
			return
		}
		if r.noun < 0 { // "a 40- to 60-hour course"
			q.noun = -1
			return
		}
		if r.unit != "" {
			q.unit, q.hyphen, q.end = r.unit, true, q.end+1
			return
		}
		if r.noun != 0 {
			q.noun = -1
			return
		}
		j = r.end - 1
	}
}

// rate reads "per share", "a barrel", "a year", "/kg" after a unit.
func (f *finder) rate(q *quantity) {
	t := f.t
	j := f.per(q.end)
	if j == q.end || t.At(j).Line || t.At(j).Kind != number.Word {
		return
	}
	for _, u := range words.longUnits.Of(t.Low(j)) {
		if t.Is(j, u.words...) {
			q.unit += " per " + u.value
			f.rateEnd(q, j+len(u.words))
			return
		}
	}
	link, w := t.Low(q.end), t.Low(j)
	u := words.units.Of(w)
	switch {
	case u != "":
	case w == "second":
		u = w
	case link == "/" && (w == "m" || w == "g" || w == "l" || w == "h" || w == "s"):
		u = words.attached.Of(w)
	case (link == "per" || link == "a" || link == "each") && words.perWords.Has(w):
		u = w
	}
	if u == "" || u == "percent" || link == "a" && words.fromEvent.Has(t.Low(j+1)) {
		return
	}
	q.unit += " per " + u
	f.rateEnd(q, j+1)
}

// per is the atom behind "per", "a", "/" and the like at atom j, j where there is none.
func (f *finder) per(j int) int {
	t := f.t
	switch w := t.Low(j); {
	case words.rates.Has(w):
		if j++; t.Low(j) == "-" {
			j++
		}
	case w == "/" && !t.At(j).Space:
		j++
	case w == "-" && (t.Low(j+1) == "a" || t.Low(j+1) == "an") && t.Low(j+2) == "-":
		j += 3
	}
	return j
}

// rateEnd takes the rate into the figure unless a time was found there.
func (f *finder) rateEnd(q *quantity, end int) {
	for k := q.end; k < end && k < len(f.skip); k++ {
		if f.skip[k] > 0 {
			return
		}
	}
	q.end = end
}

// largest is the largest number that a figure of the news may be.
const largest = 1e18

// vagueAmount reads "dozens of", "tens of thousands", "several hundred", "hundreds were".
func (f *finder) vagueAmount(i int) (quantity, bool) {
	t := f.t
	if w := t.Low(i); w == "several" || w == "a" && t.Low(i+1) == "few" {
		return f.severalHundred(i)
	}
	if q, ok := f.most(i); ok {
		return q, true
	}
	v, ok := words.vagueAmounts.Find(t.Low(i))
	prev := t.At(i - 1)
	if !ok || t.At(i).Kind != number.Word || prev.Kind == number.Digits || number.Scale(prev.Low) > 0 || prev.Low == "-" {
		return quantity{}, false
	}
	q := quantity{first: i, number: i, end: i + 1, low: v[0], high: v[1], vague: true, ranged: true, words: true, scale: 1}
	of := f.multiplied(&q)
	if words.looseAmounts.Has(t.Low(i)) && (q.end == i+1 && !of || of && t.At(q.end+1).Kind == number.Digits) {
		return q, false
	}
	if of { // "hundreds of dollars": the unit follows
		r := q
		r.end++
		if f.readUnit(&r); r.unit != "" {
			return r, true
		}
		return q, true
	}
	if f.readUnit(&q); q.unit != "" {
		return q, true
	}
	next := t.At(q.end)
	if next.Kind == number.Word && (words.stops.Has(next.Low) || words.roles.Of(next.Low) != "") || next.Low == "more" {
		return q, t.Low(i-1) != "the" && t.Low(i-1) != "in"
	}
	return q, next.Low == "." || next.Low == ","
}

// severalHundred reads "several hundred", "a few thousand".
func (f *finder) severalHundred(i int) (quantity, bool) {
	t := f.t
	j := i + 1
	if t.Low(i) == "a" {
		j++
	}
	s := number.Scale(t.Low(j))
	if s == 0 {
		return quantity{}, false
	}
	end := j + 1
	if s2 := number.Scale(t.Low(end)); s2 > s {
		s *= s2
		end++
	}
	q := quantity{first: i, number: i, end: end, low: 2 * s, high: 10 * s, vague: true, ranged: true, words: true, scale: 1}
	if t.Low(end) == "of" {
		q.end++
	}
	f.readUnit(&q)
	return q, true
}

// multiplied reads what a vague amount goes on with: "tens of thousands", "hundreds and hundreds"; of says that "of" follows, before
// what is counted.
func (f *finder) multiplied(q *quantity) (of bool) {
	t := f.t
	for q.high < largest && t.Low(q.end) == "of" || t.Low(q.end) == "and" && t.Low(q.end+1) == t.Low(q.end-1) {
		if t.Low(q.end) == "and" {
			q.end += 2
			continue
		}
		w := t.Low(q.end + 1)
		if !words.vagueAmounts.Has(w) {
			return true
		}
		of = false
		scale := 12.0 // dozens
		if w != "dozens" {
			scale = number.Scale(strings.TrimSuffix(w, "s"))
		}
		if scale == 0 || w == "lakhs" || w == "crores" {
			break
		}
		q.low, q.high = q.low*scale, q.high*scale
		q.end += 2
	}
	return of
}

// most reads "most of the strikes", "the majority of voters": a share of more than half, of which no more is said.
func (f *finder) most(i int) (quantity, bool) {
	t := f.t
	w := t.Low(i)
	q := quantity{first: i, number: i, end: i + 1, low: .5, high: 1, vague: true, ranged: true, words: true, share: true, scale: 1}
	if w != "most" && w != "majority" || t.Low(i+1) != "of" {
		return q, false
	}
	k := f.determiners(i + 2)
	a := t.At(k)
	return q, a.Kind == number.Word && !words.stops.Has(a.Low) && f.skip[k] == 0 && a.Low != "time" && words.units.Of(a.Low) == "" // "most of the day"
}

// nothing reads "no casualties", "no one was hurt", "none of the".
func (f *finder) nothing(i int) (quantity, bool) {
	t := f.t
	q := quantity{first: i, number: i, end: i + 1, zero: true, words: true, scale: 1}
	switch t.Low(i) {
	case "no":
		if t.Low(i+1) == "one" || t.Low(i+1) == "-" && t.Low(i+2) == "one" {
			q.end = i + 2
			if t.Low(i+1) == "-" {
				q.end++
			}
			return q, f.roleAfter(q.end) != ""
		}
		j := i + 1
		for k := 0; k < 2 && words.zeroModifiers.Has(t.Low(j)); k++ {
			j++
		}
		return q, words.harmed.Has(t.Low(j)) || plural(t.Low(j)) && f.roleAfter(j+1) != ""
	case "nobody":
		return q, f.roleAfter(i+1) != ""
	case "none":
		if t.Low(i+1) == "of" {
			return q, true
		}
		return q, f.roleAfter(i+1) != ""
	}
	return q, false
}

// harmed are what "no" counts: nobody counts the reasons or doubts that there are none of.

// roleAfter is the role that the verb after atom j names: "was killed", "were reported injured".
func (f *finder) roleAfter(j int) string {
	for n := 0; n < 7; n++ {
		w := f.t.Low(j + n)
		if r := words.roles.Of(w); r != "" {
			if n == 0 && w == "captured" || w == "driven" && !words.driven.Has(f.t.Low(j+n+1)) { // "two pictures, one captured by a camera"
				return ""
			}
			return r
		}
		if !(w == "," || words.auxiliaries.Has(w)) && !(n > 0 && w == "and" && f.t.Low(j+n-1) == "shot") {
			return ""
		}
	}
	return ""
}

// multiple reads "twice as many", "three times as likely", "sixfold", "ten-fold".
func (f *finder) multiple(i int) (quantity, bool) {
	t := f.t
	q := quantity{first: i, number: i, end: i + 1, unit: "time", multiple: true, scale: 1}
	w := t.Low(i)
	if v, ok := words.folds.Find(w); ok {
		q.low, q.high = v, v
		return q, true
	}
	if w == "twice" {
		q.low, q.high = 2, 2
		if t.Low(i+1) == "as" {
			return q, words.asMany.Has(t.Low(i + 2))
		}
		return q, t.Low(i+1) == "the" && words.twiceThe.Has(t.Low(i+2))
	}
	n, ok := t.Read(i)
	if !ok {
		return q, false
	}
	j := n.End
	if t.Low(j) == "-" {
		j++
	}
	if t.Low(j) == "fold" {
		q.low, q.high, q.end = n.Val, n.Val, j+1
		return q, true
	}
	return q, false
}

// shareInWords reads "two-thirds of", "half the", "nearly a third".
func (f *finder) shareInWords(i int) (quantity, bool) {
	t := f.t
	first := i
	sign := 1.0
	if words.minuses.Has(t.Low(i)) {
		sign = -1
		i++
	}
	n, ok := t.Share(i)
	if r, found := f.over(i); !ok && found {
		n, ok = r, true
	}
	if !ok {
		return quantity{}, false
	}
	q := quantity{first: first, number: i, end: n.End, low: sign * n.Val, high: sign * n.Val, share: true, words: true, scale: 1, base: n.Val}
	next, prev := t.Low(n.End), t.Low(i-1)
	if f.skip[i] > 0 || next == "-" || words.notShare.Has(prev) {
		return q, false
	}
	if next == "percent" || next == "per" || words.units.Of(next) != "" && next != "times" {
		return q, false
	}
	many := t.Low(i) != "a" && t.Low(i) != "an" && t.Low(i) != "half"
	if t.Low(i) == "one" && !strings.HasSuffix(t.Low(n.End-1), "s") {
		many = t.At(n.End).Kind == number.Mark || words.stops.Has(next) || n.End >= len(t.Atoms)
	}
	if next == "of" { // "half of 2015" is a time; "a quarter of a century" too
		return q, n.End+1 >= len(f.skip) || f.skip[n.End+1] == 0
	}
	if words.ofWhole.Has(next) {
		return q, t.Low(i) == "half" || many
	}
	if many {
		return q, true
	}
	if mark, _ := f.comparator(i); mark != "" || prev == "by" || prev == "to" || prev == "than" {
		a := t.At(n.End)
		return q, a.Kind == number.Mark || words.stops.Has(next) || words.roles.Of(next) != "" || t.Low(i) == "half" && plural(next)
	}
	return q, false
}

// over reads "one over twenty", which nothing counted follows.
func (f *finder) over(i int) (number.Number, bool) {
	t := f.t
	if t.Low(i) != "one" && t.Low(i) != "1" || t.Low(i+1) != "over" || t.At(i+1).Line || t.At(i+2).Line || i+2 >= len(f.skip) || f.skip[i+2] > 0 {
		return number.Number{}, false
	}
	n, ok := t.Read(i + 2)
	if !ok || n.Round || n.Val < 2 || n.Val != float64(int(n.Val)) || t.At(n.End).Kind != number.Mark && t.Low(n.End) != "of" && n.End < len(t.Atoms) || t.Low(n.End) == "%" {
		return n, false
	}
	n.Val = 1 / n.Val
	return n, true
}

// joinedRatio reads "one-in-three", "1-in-10".
func (f *finder) joinedRatio(i int) (quantity, bool) {
	t := f.t
	a, ok := t.Read(i)
	if !ok || !t.Is(a.End, "-", "in", "-") || !t.Tight(a.End) || !t.Tight(a.End+1) {
		return quantity{}, false
	}
	b, ok := t.Read(a.End + 3)
	if !ok || a.Val < 1 || b.Val <= a.Val || b.Val > 1e7 {
		return quantity{}, false
	}
	v := a.Val / b.Val
	return quantity{first: i, number: i, end: b.End, low: v, high: v, scale: 1, share: true, words: a.Words}, true
}

// couple reads "a couple of hundred".
func (f *finder) couple(i int) (quantity, bool) {
	j := i
	if f.t.Low(j) == "a" {
		j++
	}
	if f.t.Low(j) != "couple" {
		return quantity{}, false
	}
	j++
	if f.t.Low(j) == "of" {
		j++
	}
	s := number.Scale(f.t.Low(j))
	if s == 0 {
		return quantity{}, false
	}
	q := quantity{first: i, number: i, end: j + 1, low: 2 * s, high: 2 * s, scale: s, base: 2, words: true}
	f.readUnit(&q)
	return q, true
}

// ratio reads "one in 10", "3 out of 4", "one of every five".
func (f *finder) ratio(q quantity) (quantity, bool) {
	t := f.t
	if q.unit != "" || q.low < 1 || q.low != float64(int(q.low)) || q.low > 99 || q.noun != 0 || q.sign != 0 {
		return q, false
	}
	m, ok := rules.ratio.First(f, q.end)
	if !ok {
		return q, false
	}
	j := m.End
	if j >= len(f.skip) || f.skip[j] > 0 || t.At(j).Line {
		return q, false
	}
	n, ok := t.Read(j)
	if !ok || n.Val <= q.low || n.Val != float64(int(n.Val)) || n.Val < 3 && q.low != 1 || n.Round {
		return q, false
	}
	// "two in five days", "won three in five games"
	next := t.Low(n.End)
	if words.units.Of(next) != "" || next == "-" || words.ratioNot.Has(next) || t.At(j).Comma && n.Val < 1e3 || n.Val > 1e7 || t.Tight(n.End) && t.At(n.End).Kind == number.Word {
		return q, false
	}
	q.low /= n.Val
	q.high = q.low
	q.end = n.End
	q.share, q.scale = true, 1
	return q, true
}

// extend reads a range that begins with q.
func (f *finder) extend(q quantity) quantity {
	j := q.end
	if q.unit != "" && f.t.Low(j) != "to" && f.fromBefore(q.first) {
		j = f.farTo(q)
	}
	if !f.links(&q, j) {
		return q
	}
	r, ok := f.farEnd(&q, j)
	if !ok || !f.oneUnit(&q, &r, f.t.Low(j)) {
		return q
	}
	return f.span(q, r, j)
}

// links says whether the word or mark at atom j may join q to the far end of a range.
func (f *finder) links(q *quantity, j int) bool {
	t := f.t
	link := t.Low(j)
	if q.noun != 0 && link != "or" && link != "to" {
		return false
	}
	switch link {
	case "to":
		return true
	case "or": // "one or two", "three or four"
		if !q.words || q.low < 1 || q.low > 10 || q.unit != "" || q.ranged || q.vague || q.low != float64(int(q.low)) {
			return false
		}
		r, ok := t.Read(j + 1)
		return ok && r.Words && r.Val == q.low+1
	case "through": // "20 through 100"
		return q.plain && q.low > 0
	case "and":
		return f.between(q.first)
	case "~":
		return t.Tight(j) && t.Tight(j+1)
	case "-":
		next := t.At(j + 1)
		return t.At(j).Space == next.Space && next.Low != "to" && !next.Line && next.Low != "-"
	case "/":
		return q.money
	}
	return false
}

// farEnd reads the far end of a range behind the link at atom j.
func (f *finder) farEnd(q *quantity, j int) (quantity, bool) {
	t := f.t
	link, k := t.Low(j), j+1
	if k >= len(f.skip) || f.skip[k] > 0 || t.At(k).Line {
		return quantity{}, false
	}
	for c := 0; link != "-" && c < 2 && words.rangeFillers.Has(t.Low(k)); c++ {
		k++
	}
	if k >= len(f.skip) || f.skip[k] > 0 || !f.starts(k) {
		return quantity{}, false
	}
	r, ok := f.quantity(k)
	if !ok || r.noun != 0 && q.noun == 0 || r.sign != 0 && q.sign == 0 || r.share && !q.share && r.unit == "" {
		return r, false
	}
	goesOn := t.Tight(r.end) && r.unit == "" && // "3-1st", "555-12-34"
		(t.At(r.end).Kind == number.Word && r.plain || t.Low(r.end) == "-" && link == "-" && t.At(r.end+1).Kind == number.Digits)
	return r, !goesOn
}

// oneUnit says whether the unit of one end of a range holds for both.
func (f *finder) oneUnit(q, r *quantity, link string) bool {
	switch {
	case q.unit == r.unit:
		return true
	case q.unit == "":
		return !r.money || !f.prefixed(r) // "10 to 15 dollars"
	case r.unit == "" && q.money:
		return true
	case r.unit == "" && link == "to": // not "rose 58 points to 16,369"
		return f.fromBefore(q.first) || f.changeBefore(q.first) == ""
	case r.unit == "":
		return link != "-"
	}
	return related(q.unit, r.unit)
}

// span is the range from q to r, which the link at atom j joins; q alone where they are none.
func (f *finder) span(q, r quantity, j int) quantity {
	link := f.t.Low(j)
	from := f.fromBefore(q.first)
	low, high := q.low, r.low
	// The scale at the end holds for both: "$10 to $15 billion".
	if r.scale > 1 && q.scale == 1 && q.low < 1000 && q.low <= r.base && !(q.unit != "" && !q.money) {
		low *= r.scale
	}
	// So do its thousands: "10-12,000", "between 5 and 6,000".
	if k := r.low / 1000; q.plain && q.unit == r.unit && f.t.At(r.number).Comma && !from && q.low >= 1 && q.low < k && 3*q.low >= k {
		low *= 1000
	}
	switch {
	case low == high, link == "to" && !from && !q.vague && f.changeTo(&q, &r, high > 5*low):
		return q
	case link == "-" && !f.t.At(j).Space && q.unit == "" && r.unit == "" && f.score(q, r):
		return q
	case low > high && !(link == "to" && from):
		return q
	case low > high:
		q.falling = true
		low, high = high, low
	}
	q.from = from && link == "to"
	q.low, q.high, q.ranged = low, high, true
	q.end = r.end
	if q.unit == "" || len(r.unit) > len(q.unit) && r.unit != "" {
		q.unit, q.money = r.unit, r.money
	}
	q.hyphen, q.noun = r.hyphen, r.noun
	q.share = q.share && r.share
	return q
}

// changeTo says whether "q to r" is a change and the level reached, where r may be much larger.
func (f *finder) changeTo(q, r *quantity, larger bool) bool {
	if f.changeBefore(q.first) == "" {
		return false
	}
	return q.unit != "" && r.unit != "" && !q.money || q.unit == "" && r.unit == "" && larger || q.money && f.prefixed(q) && larger
}

// farTo is the "to" of "from 21 mpg combined to 23" within a word or two of q, else the atom after q. Where a date stands
// between, each end is a figure of its own time.
func (f *finder) farTo(q quantity) int {
	t := f.t
	for j, n := q.end, 0; n < 3 && j+1 < len(f.skip) && f.skip[j] == 0 && f.skip[j+1] == 0 && t.At(j).Kind == number.Word; j, n = j+1, n+1 {
		if t.Low(j) != "to" {
			continue
		}
		if r, ok := f.quantity(j + 1); ok && (r.unit == q.unit || r.unit == "") {
			return j
		}
		break
	}
	return q.end
}

// related says whether two units are one, written more and less fully ("mile per gallon", "dollar per year").
func related(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	return len(b) > len(a) && b[:len(a)] == a && b[len(a)] == ' ' || len(b) > len(a) && b[len(b)-len(a):] == a && b[len(b)-len(a)-1] == ' '
}

// prefixed says whether the money's sign stands before the number.
func (f *finder) prefixed(q *quantity) bool { return q.number > q.first && q.money }

// between says whether "between" stands before atom i.
func (f *finder) between(i int) bool {
	for n := 0; n < 4; n++ {
		i--
		switch w := f.t.Low(i); {
		case w == "between":
			return true
		case w == "of" && words.ages.Has(f.t.Low(i-1)): // "between the ages of 30 and 41"
			i--
			if f.t.Low(i-1) == "the" {
				i--
			}
		case !words.rangeFillers.Has(w) && w != "somewhere":
			return false
		}
	}
	return false
}

// fromBefore says whether "from" stands before atom i.
func (f *finder) fromBefore(i int) bool {
	for n := 0; n < 3; n++ {
		i--
		switch w := f.t.Low(i); {
		case w == "from":
			return true
		case !words.rangeFillers.Has(w) && w != "a" && w != "the" && w != "just" && w != "only":
			return false
		}
	}
	return false
}

// score says whether two small numbers joined by a hyphen are the score of a game.
func (f *finder) score(q, r quantity) bool {
	if !q.plain || !r.plain || q.low > 150 || r.low > 150 {
		return false
	}
	if q.low >= r.low {
		return true
	}
	next := f.t.At(r.end)
	if next.Kind == number.Word && !words.stops.Has(next.Low) && next.Space && !words.scoreCues.Has(next.Low) {
		return false
	}
	for n, i := 0, q.first-1; n < 3; n, i = n+1, i-1 {
		if words.scoreCues.Has(f.t.Low(i)) {
			return true
		}
	}
	return false
}
