package number

import (
	"math"
)

// A Number is a cardinal number as read from atoms.
type Number struct {
	Val   float64
	End   int     // the atom after its last
	Scale float64 // product of the scales that end it ("million": 1e6), 1 without
	Base  float64 // Val without Scale
	Words bool    // begins with a word
	Share bool    // a fraction below one ("1/3", "half")
	Round bool    // "a million", "a dozen": begins with the article
}

// class of a number word.
type class uint8

const (
	small   class = iota + 1 // zero to nineteen
	tens                     // twenty to ninety
	hundred                  // multiplies what stands before
	scale                    // thousand and above, dozen
)

type word struct {
	val   float64
	class class
}

// Read reads the number that begins at atom i. A letter of scale ("1.2m") is not read: what it means depends on what follows.
func (t *Text) Read(i int) (Number, bool) {
	a := t.At(i)
	switch a.Kind {
	case Digits:
		return t.readDigits(i)
	case Word:
		return t.readWords(i)
	}
	return Number{}, false
}

func (t *Text) readDigits(i int) (Number, bool) {
	a := t.At(i)
	if a.Bad {
		return Number{}, false
	}
	n := Number{Val: a.Val, End: i + 1, Share: a.Frac}
	b := t.At(i + 1)
	switch {
	case a.Frac:
	case b.Frac && a.Plain: // "2½", "2 ½"
		n.Val += b.Val
		n.End++
	case a.Plain && b.Low == "/" && t.fraction(i) > 0: // "1/2"
		n.Val, n.End, n.Share = t.fraction(i), i+3, true
	case a.Plain && b.Space && !b.Line && b.Kind == Digits && t.fraction(i+1) > 0: // "11 1/2"
		n.Val += t.fraction(i + 1)
		n.End = i + 4
	case b.Low == "^" && t.Tight(i+1) || b.Low == "e" && t.Tight(i+1) && !b.Cap: // "1.1^23", "1.3e6"
		t.power(&n, b.Low == "e")
	case b.Low == "," && t.decimalScale(i): // "2,5 million"
		c := t.At(i + 2)
		n.Val += c.Val / math.Pow10(len(c.Low))
		n.End = i + 3
	case b.Kind == Digits && b.Space && !b.Line:
		t.grouped(&n)
	case (b.Low == "×" || b.Low == "x" && t.Is(i+2, "10")) && t.Is(i+2, "10"): // "2.998×10−8", "3 x 10^8"
		j := i + 3
		if t.Is(j, "^") {
			j++
		}
		sign := 1.0
		if t.Is(j, "-") {
			sign = -1
			j++
		}
		if e := t.At(j); e.Kind == Digits && e.Plain && e.Val < 30 && !e.Space {
			n.Val *= pow10(sign * e.Val)
			n.End = j + 1
		}
	}
	n.End = t.andHalf(&n)
	t.readScale(&n)
	t.scaledRest(&n)
	t.scaledHalf(&n)
	return n, true
}

// decimalScale says whether the digits at atom i have decimals behind a comma, which a scale behind them shows: "2,5 million".
func (t *Text) decimalScale(i int) bool {
	c := t.At(i + 2)
	return t.At(i).Plain && t.Tight(i+1) && t.Tight(i+2) && c.Kind == Digits && c.Plain && len(c.Low) <= 2 && Scale(t.Low(i+3)) > 0
}

// scaledRest reads what a number in digits goes on with after a scale: "3 hundred and 21", "4 thousand 3 hundred and 21".
func (t *Text) scaledRest(n *Number) {
	if c := t.At(n.End); n.Scale >= 1000 && c.Kind == Digits && c.Plain && c.Val < 10 && Scale(t.Low(n.End+1)) == 100 && !c.Line {
		n.Val += 100 * c.Val
		n.Base, n.Scale = n.Val, 100
		n.End += 2
	}
	if n.Scale != 100 || t.Low(n.End) != "and" {
		return
	}
	c := t.At(n.End + 1)
	v, end := c.Val, n.End+2
	if c.Kind == Word {
		m, ok := t.readWords(n.End + 1)
		if !ok || m.Round || m.Scale > 1 || m.Share {
			return
		}
		v, end = m.Val, m.End
	} else if !c.Plain || len(c.Low) > 2 {
		return
	}
	if v > 0 && v < 100 && Scale(t.Low(end)) == 0 {
		n.Val += v
		n.Base, n.Scale = n.Val, 1
		n.End = end
	}
}

// maxExponent of a power in digits; larger ones are no numbers of the news.
const maxExponent = 30

// power reads the exponent after a number in digits: "1.1^23", "2.5^-1", or of ten, "1.3e6".
func (t *Text) power(n *Number, ten bool) {
	j, sign := n.End+1, 1.0
	for k := 0; k < 2 && t.Tight(j) && (t.Low(j) == "-" || t.Low(j) == "+"); k++ {
		if t.Low(j) == "-" {
			sign = -sign
		}
		j++
	}
	e := t.At(j)
	if !t.Tight(j) || e.Kind != Digits || !e.Plain || e.Val > maxExponent {
		return
	}
	v := n.Val * pow10(sign*e.Val)
	if !ten {
		v = 1
		for range int(e.Val) {
			v *= n.Val
		}
		if sign < 0 {
			v = 1 / v
		}
	}
	if !math.IsInf(v, 0) && !math.IsNaN(v) {
		n.Val, n.End = v, j+1
	}
}

// maxGroups of three digits behind the first; more are a list of numbers.
const maxGroups = 4

// grouped reads digits that spaces group: "1 414 021 100", "40 000". One group alone is a number of its own, unless it is 000.
func (t *Text) grouped(n *Number) {
	first := n.End - 1
	a := t.At(first)
	if !a.Plain || len(a.Low) > 3 || a.Val == 0 || a.Low[0] == '0' || !a.Line && t.At(first-1).Kind == Digits {
		return
	}
	v, j := a.Val, n.End
	for c := t.At(j); c.Kind == Digits && c.Plain && len(c.Low) == 3 && c.Space && !c.Line; c = t.At(j) {
		if j-n.End == maxGroups {
			return
		}
		v = 1000*v + c.Val
		j++
	}
	if j > n.End+1 || j == n.End+1 && (t.Low(n.End) == "000" || t.oneGroup(first, j)) {
		if !t.Tight(j) || t.At(j).Kind == Mark && t.Low(j) != "/" && t.Low(j) != "-" && t.Low(j) != ":" {
			n.Val, n.End = v, j
		}
	}
}

// oneGroup says whether the one group of three digits that ends before atom j goes with the digits at atom i: "12 500 tonnes". It does
// where something counted follows, and no name or label stands before.
func (t *Text) oneGroup(i, j int) bool {
	prev, next := t.At(i-1), t.At(j)
	if next.Kind != Word || !next.Space || next.Line || next.Cap || prev.Kind == Digits || t.At(j+1).Kind == Digits {
		return false
	}
	return !prev.Cap && (prev.Kind == Word && !prev.Dot || i == 0 || prev.Low == "€" || prev.Low == "$" || prev.Low == "£" || prev.Low == "~")
}

// scaledHalf reads "and a half" after a scale: "3 million and a half".
func (t *Text) scaledHalf(n *Number) {
	if n.Scale < 1000 || t.Low(n.End) != "and" {
		return
	}
	f, end := t.part(n.End + 1)
	if end == n.End+1 || t.Low(end) == "of" {
		return
	}
	if s := Scale(t.Low(end)); s == 0 {
		n.Base += f
		n.Val = n.Base * n.Scale
		n.End = end
	} else if s >= 1000 && s < n.Scale { // "one billion and a half million"
		n.Val += f * s
		n.Base = n.Val / n.Scale
		n.End = end + 1
	}
}

// point reads the decimals of a number in words: "two point five".
func (t *Text) point(n *Number) {
	if t.Low(n.End) != "point" {
		return
	}
	j, f := n.End+1, .1
	for d, ok := english.spoken.Find(t.Low(j)); ok && d.class == small && d.val < 10 && f > 1e-9; d, ok = english.spoken.Find(t.Low(j)) {
		n.Val += f * d.val
		f /= 10
		j++
	}
	if d := english.spoken.Of(t.Low(j)); j == n.End+1 && (d.class == tens || d.class == small) { // "point seventy-one", "point eleven"
		j++
		n.Val += d.val / 100
		if k := t.skipHyphen(j); d.class == tens {
			if u, ok := english.spoken.Find(t.Low(k)); ok && u.class == small && u.val > 0 && u.val < 10 {
				n.Val += u.val / 100
				j = k + 1
			}
		}
	}
	if j > n.End+1 {
		n.End = j
		t.readScale(n)
	}
}

// fraction is the value of "a/b" at atom i, 0 if there is none: tight, below one, and not a date that became a name.
func (t *Text) fraction(i int) float64 {
	a, b, c := t.At(i), t.At(i+1), t.At(i+2)
	if !a.Plain || b.Low != "/" || !c.Plain || c.Kind != Digits || a.Kind != Digits || c.Space != b.Space ||
		a.Val == 0 || a.Val >= c.Val || c.Val > 1000 || t.Is(i+3, "/") || a.Val == 9 && c.Val == 11 {
		return 0
	}
	return a.Val / c.Val
}

// andHalf reads "and a half", "-and-a-half", "and three quarters" after a number.
func (t *Text) andHalf(n *Number) int {
	j := t.skipHyphen(n.End)
	if t.Low(j) != "and" {
		return n.End
	}
	j = t.skipHyphen(j + 1)
	if f, end := t.part(j); end > j {
		n.Val += f
		return end
	}
	return n.End
}

// part reads "a half", "one half", "three-quarters", "a third" at j; end is j where there is none.
func (t *Text) part(j int) (float64, int) {
	k, times := j, 1.0
	switch w := t.Low(j); {
	case w == "a" || w == "an":
		k++
	default:
		if d, ok := english.spoken.Find(w); ok && d.class == small && d.val >= 1 {
			times = d.val
			k++
		}
	}
	if k == j {
		return 0, j
	}
	k = t.skipHyphen(k)
	p, ok := english.parts.Find(t.Low(k))
	if !ok || times > 1 != p.plural || times >= p.of {
		return 0, j
	}
	return times / p.of, k + 1
}

// skipHyphen is j, or the atom after a hyphen at j.
func (t *Text) skipHyphen(j int) int {
	if t.Low(j) == "-" {
		return j + 1
	}
	return j
}

// readScale reads the scale words after a number ("4 hundred million"), also across a hyphen ("5-million").
func (t *Text) readScale(n *Number) {
	n.Base, n.Scale = n.Val, 1
	for {
		j := n.End
		if t.Low(j) == "-" && t.Tight(j) && t.Tight(j+1) {
			j++
		}
		a := t.At(j)
		d, ok := english.spoken.Find(a.Low)
		if v := english.scales.Of(a.Low); v > 0 && n.Scale == 1 {
			d, ok = word{v, scale}, true
		}
		if !ok || d.class < hundred || a.Line || a.Cap && !a.Upper && a.Space && n.Scale > 1 {
			return
		}
		if n.Scale >= d.val && n.Scale > 1 {
			return // "two million hundred": another number begins
		}
		n.Scale *= d.val
		n.Val = Times(n.Base, n.Scale)
		n.End = j + 1
	}
}

func (t *Text) readWords(i int) (Number, bool) {
	if w := t.Low(i); w == "half" || w == "quarter" {
		return t.partOfScale(i)
	}
	if m, ok := t.readPart(i); ok { // "a quarter of a million", "three quarters of a million"
		return m, true
	}
	s := spelling{t: t, at: i, scale: 1}
	if w := t.Low(i); w == "a" || w == "an" {
		if t.Low(i+1) == "half" {
			if m, ok := t.readWords(i + 1); ok {
				return m, true
			}
		}
		if d := english.spoken.Of(t.Low(i + 1)); d.class < hundred || t.At(i+1).Line {
			return Number{Words: true}, false
		}
		s.at, s.round, s.read, s.cur, s.prev = i+1, true, true, 1, small
	}
	for s.next() {
	}
	n := Number{Words: true, Round: s.round, Scale: s.scale}
	if !s.read || s.at == i || s.round && s.at == i+1 {
		return n, false
	}
	n.Val, n.End = s.total+s.cur, s.at
	n.Base = n.Val / n.Scale
	if n.Scale >= 1000 {
		t.scaledHalf(&n)
		return n, true
	}
	if end := t.andHalf(&n); end > n.End {
		n.End = end
		t.readScale(&n)
	} else if n.Scale <= 100 {
		t.point(&n)
		if english.scales.Of(t.Low(n.End)) > 0 {
			t.readScale(&n)
		}
	}
	return n, true
}

// partOfScale reads "half a million", "half-million", "quarter of a million".
func (t *Text) partOfScale(i int) (Number, bool) {
	n := Number{Words: true}
	k := t.skipHyphen(i + 1)
	if t.Low(i) == "quarter" && t.Low(k) == "of" {
		k++
	}
	if t.Low(k) == "a" || t.Low(k) == "an" {
		k++
	}
	if english.spoken.Of(t.Low(k)).class != scale {
		return n, false
	}
	n.Base, n.Scale = 1/english.parts.Of(t.Low(i)).of, 1
	n.Val, n.End = n.Base, k
	t.readScale(&n)
	return n, n.End > k
}

// spelling is a number in words as it is read, word by word: "two hundred and six thousand" is 206 in cur until "thousand" puts it
// into total.
type spelling struct {
	t          *Text
	at         int // the next atom
	total, cur float64
	last       float64 // the largest scale that may still follow; 0 while any may
	scale      float64 // product of the scales that end it
	prev       class
	round      bool // it begins with "a"
	read       bool // something is
}

// next takes the next word, and says whether it goes on with the number.
func (s *spelling) next() bool {
	t, k := s.t, s.at
	if s.read && !s.round || s.prev >= hundred {
		if t.Low(k) == "-" && (t.Tight(k) && t.Tight(k+1) || s.prev == tens) {
			k++
		}
		if t.Low(k) == "and" && s.prev >= hundred {
			k++
			if _, end := t.part(k); end > k { // "five billion and three quarters"
				return false
			}
		}
	}
	a := t.At(k)
	d, ok := english.spoken.Find(a.Low)
	if !ok || a.Kind != Word || s.read && a.Line || !s.add(d, k) {
		return false
	}
	s.scale *= d.val
	if d.class < hundred {
		s.scale = 1
	}
	s.read, s.prev, s.at = true, d.class, k+1
	return true
}

// add adds the word at atom k, unless it begins another number.
func (s *spelling) add(d word, k int) bool {
	switch d.class {
	case small:
		if s.prev == small || s.prev == tens && (d.val < 1 || d.val > 9) {
			return false
		}
		s.cur += d.val
	case tens:
		if s.prev == small || s.prev == tens {
			return false
		}
		s.cur += d.val
	case hundred:
		if !s.read && s.t.bareHundred(k) { // "hundred thousand dollars"
			s.cur = 1
		} else if !s.read || s.cur == 0 || s.cur >= 100 {
			return false
		}
		s.cur *= 100
	case scale:
		switch {
		case !s.read:
			return false
		case s.cur == 0 && s.total > 0 && s.prev == scale: // "hundred thousand million" is read, "million thousand" is not
			if d.val <= s.last {
				return false
			}
			s.total *= d.val
		case s.last > 0 && d.val >= s.last:
			return false
		default:
			s.total += s.cur * d.val
			s.cur, s.last = 0, d.val
		}
	}
	return true
}

// bareHundred says whether the hundred at atom k is one hundred of a scale, and not what "several" stands before.
func (t *Text) bareHundred(k int) bool {
	if d := english.spoken.Of(t.Low(k + 1)); d.class != scale || d.val < 1000 || t.At(k+1).Line {
		return false
	}
	switch t.Low(k - 1) {
	case "several", "few", "many", "some", "couple", "of", "-":
		return false
	}
	return true
}

// readPart reads a part of a scale: "a quarter of a million", "three quarters of a billion", "three quarters billion".
func (t *Text) readPart(i int) (Number, bool) {
	f, k := t.part(i)
	if k == i {
		return Number{}, false
	}
	if t.Low(k) == "of" && (t.Low(k+1) == "a" || t.Low(k+1) == "an") {
		k += 2
	} else if !english.parts.Of(t.Low(k - 1)).plural {
		return Number{}, false
	}
	d, ok := english.spoken.Find(t.Low(k))
	if !ok || d.class != scale {
		return Number{}, false
	}
	return Number{Val: f * d.val, Base: f, Scale: d.val, End: k + 1, Words: true}, true
}

// wordFraction reads a fraction in words at atom i, of any size: "twenty-three fifths", "one twenty-fifth", "three one-hundredths",
// "a hundred-thousandth", "two hundred and fifty-four hundredths" (two hundred, and 54 of them); end is i where there is none.
func (t *Text) wordFraction(i int) (val float64, end int) {
	if t.At(i).Kind != Word {
		return 0, i
	}
	n := Number{Val: 1, End: i + 1, Scale: 1}
	if w := t.Low(i); w != "a" && w != "an" || english.spoken.Of(t.Low(i+1)).class >= hundred {
		var ok bool
		if n, ok = t.readWords(i); !ok || n.Share {
			return 0, i
		}
	}
	last := n.End - 1 // of the words of the number
	if of, plural, end := t.wholes(n.End); of > 0 {
		switch {
		case plural && english.spoken.Of(t.Low(last)).class == tens && of < 10 && last > i && t.Low(last-1) != "and":
			// "one hundred thirty-fifths"; where nothing is left to count them they are twenty fifths
			if m, ok := t.upTo(i, last); ok {
				return m / (english.spoken.Of(t.Low(last)).val + of), end
			}
		case !plural && of >= 1000 && n.Scale > 1 && n.Val == n.Scale: // "a hundred-thousandth"
			return 1 / (n.Val * of), end
		}
		if plural != (n.Val > 1) || of == 4 && n.Val >= of && t.Low(end-1) == "quarters" { // "five quarters" are a year and more
			return 0, i
		}
		if k := t.lastAnd(i, n.End); k > 0 { // "two hundred and fifty-four hundredths"
			if m, ok := t.readWords(k + 1); ok && m.End == n.End && m.Val < of {
				return n.Val - m.Val + m.Val/of, end
			}
		}
		return n.Val / of, end
	}
	if t.Low(n.End) == "and" && n.Scale == 1 && t.At(n.End+1).Kind == Word && t.Low(n.End+1) != "a" { // "two and fifty-four hundredths"
		if m, ok := t.readWords(n.End + 1); ok {
			if of, plural, end := t.wholes(m.End); of > m.Val && plural == (m.Val > 1) {
				return n.Val + m.Val/of, end
			}
		}
	}
	return 0, i
}

// upTo is the number that the words [i, end) spell, with or without a hyphen at their end.
func (t *Text) upTo(i, end int) (float64, bool) {
	if t.Low(end-1) == "-" {
		end--
	}
	c := Text{Source: t.Source, Atoms: t.Atoms[:end]}
	n, ok := c.readWords(i)
	return n.Val, ok && n.End == end
}

// lastAnd is the last "and" in atoms [i, end), 0 where there is none near the end.
func (t *Text) lastAnd(i, end int) int {
	for k := end - 1; k > i && k > end-5; k-- {
		if t.Low(k) == "and" {
			return k
		}
	}
	return 0
}

// wholes reads the part that a fraction counts at atom j: how many make one ("twenty-fifths": 25), whether there are several of
// it, and the atom after; 0 where there is none.
func (t *Text) wholes(j int) (of float64, plural bool, end int) {
	j = t.skipHyphen(j)
	if t.At(j).Kind != Word || t.At(j).Line {
		return 0, false, j
	}
	base := 0.0
	if t.Low(j) == "one" { // "one hundred and fifths", "one-hundredths"
		j = t.skipHyphen(j + 1)
		if d := english.spoken.Of(t.Low(j)); d.class == hundred || d.class == scale && d.val >= 1000 {
			base = d.val
			j = t.skipHyphen(j + 1)
			if t.Low(j) == "and" {
				j++
			}
		}
	}
	d := english.spoken.Of(t.Low(j))
	k := t.skipHyphen(j + 1)
	if p, ok := english.lastOfPart.Find(t.Low(k)); ok && d.class == tens {
		return base + d.val + p.of, p.plural, k + 1
	}
	if p := english.parts.Of(t.Low(k)); p.of >= 1000 && (d.class == tens || d.val == 10) { // "ten-thousandths"
		return d.val * p.of, p.plural, k + 1
	}
	p := english.parts.Of(t.Low(j))
	if p.of <= 2 || base > 0 && p.of >= 100 {
		return 0, false, j
	}
	return base + p.of, p.plural, j + 1
}

// Share reads a share in words at atom i: "a third", "two-thirds", "half", "three one-hundredths". Whether it is one, and not an
// ordinal or a period, is for the caller to say from what follows.
func (t *Text) Share(i int) (Number, bool) {
	f, k := t.wordFraction(i)
	if k == i {
		f, k = t.part(i)
	}
	if k > i {
		return Number{Val: f, Base: f, Scale: 1, End: k, Words: true, Share: true}, true
	}
	if t.Low(i) == "half" {
		return Number{Val: .5, Base: .5, Scale: 1, End: i + 1, Words: true, Share: true}, true
	}
	return Number{}, false
}

// Times is v times a scale, without what binary fractions leave behind the point: 32.2 billion is 32200000000.
func Times(v, scale float64) float64 {
	x := v * scale
	if r := math.Round(x); scale >= 100 && math.Abs(x-r) < 1e-6 {
		return r
	}
	return x
}

func pow10(e float64) float64 {
	v := 1.0
	for ; e > 0; e-- {
		v *= 10
	}
	for ; e < 0; e++ {
		v /= 10
	}
	return v
}
