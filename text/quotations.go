package text

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
)

// quotations builds the quotations from the resolved marks.
func (d *Doc) quotations(marks []mark) []Quotation {
	if len(marks) == 0 {
		return nil
	}
	b := builder{d: d, marks: marks, out: make([]Quotation, 0, len(marks)/2+1), left: [2]int{-1, -1}}
	from := 0
	for i, p := range d.Paragraphs {
		to := from
		for to < len(marks) && marks[to].token < p.End {
			to++
		}
		b.paragraph(i, from, to)
		from = to
	}
	return b.out
}

// A builder makes quotations, paragraph by paragraph.
type builder struct {
	d        *Doc
	marks    []mark
	out      []Quotation
	left     [2]int  // double, single: the quotation that the paragraph before left open at its end, or -1
	next     [2]bool // double, single: the next paragraph begins with such a mark that opens
	sentence int     // of the token asked for last
}

// resume stands for the index of the unclosed quotation before, until it is known.
const resume = -2

// group is 0 for the families of double marks, 1 for single marks.
func (m mark) group() int {
	if m.family == single {
		return 1
	}
	return 0
}

func singleRune(r rune) bool { return strings.ContainsRune("'‘’‚‛‹›`´", r) }

// sentenceOf is the sentence of a token; tokens are asked for in ascending order within a paragraph.
func (b *builder) sentenceOf(token int) Range {
	s := b.d.Sentences
	for b.sentence > 0 && s[b.sentence].First > token {
		b.sentence--
	}
	for s[b.sentence].End <= token {
		b.sentence++
	}
	return s[b.sentence]
}

// paragraph builds the quotations of paragraph n, whose marks are [from, to).
func (b *builder) paragraph(n, from, to int) {
	begin := len(b.out)
	b.next = b.reopenings(n+1, to)
	own := paragraphBuilder{builder: b, n: n, p: b.d.Paragraphs[n], from: from, to: to, floor: b.d.Paragraphs[n].First, left: b.left, resumed: -1}
	b.left = [2]int{-1, -1}
	own.findReopening()
	for i := from; i < to; i++ {
		switch m := b.marks[i]; {
		case m.dir == opening:
			own.opened(i)
		case m.dir == closing && m.match < 0:
			own.closedOnly(i)
		}
	}
	b.out = append(b.out[:begin], b.nested(b.out[begin:])...)
	b.finish(begin, own.p)
}

// A paragraphBuilder is the state of one paragraph, n: p its tokens, [from, to) its marks.
type paragraphBuilder struct {
	*builder
	n        int
	p        Range
	from, to int
	floor    int    // the token before which no quotation without an opening mark begins
	left     [2]int // double, single: what the paragraph before left open, or -1
	reopens  [2]int // the mark at the beginning that reopens it, plus one
	resumed  int    // the token of the mark inside the paragraph that reopens the quotation left open before it, or -1
}

// findReopening finds the marks at the very beginning that reopen what the paragraph before left open.
func (b *paragraphBuilder) findReopening() {
	for i, t := b.from, b.p.First; i < b.to && b.marks[i].token == t && b.marks[i].dir == opening; i, t = i+1, t+1 {
		if g := b.marks[i].group(); b.left[g] >= 0 {
			b.reopens[g] = i + 1
		}
	}
}

// opened adds the quotation that mark i opens.
func (b *paragraphBuilder) opened(i int) {
	m, g := b.marks[i], b.marks[i].group()
	q := Quotation{Rune: m.rune, Continues: -1}
	if b.reopens[g] == i+1 {
		q.Continues = b.left[g]
	}
	if b.resumed == m.token {
		q.Continues = resume
	}
	q.Range.First = m.token + 1
	q.Span.Start = b.d.Tokens[m.token].Start
	if m.match >= 0 {
		q.Range.End = b.marks[m.match].token
		q.Span.End = b.d.Tokens[q.Range.End].End
	} else {
		q.NoClose = true
		var resumed int
		if q.Range.End, resumed = b.unclosed(b.n, i, b.to); resumed >= 0 {
			b.resumed = resumed
		}
		q.Span.End = b.d.Tokens[q.Range.End-1].End
		b.floor = m.token + 1
	}
	b.add(q)
}

// closedOnly adds the quotation that mark i closes and none opens: it begins with its sentence, or goes on from the paragraph before.
func (b *paragraphBuilder) closedOnly(i int) {
	m, g := b.marks[i], b.marks[i].group()
	first := b.sentenceOf(m.token).First
	q := Quotation{Rune: m.rune, NoOpen: true, Continues: -1}
	if b.left[g] >= 0 && b.floor == b.p.First && b.reopens[g] == 0 {
		first = b.p.First
		q.Continues = b.left[g]
		b.left[g] = -1
	}
	q.Range = Range{b.unopened(max(first, b.floor), b.from, i), m.token}
	q.Span = onrecord.Span{Start: b.d.Tokens[q.Range.First].Start, End: b.d.Tokens[m.token].End}
	b.floor = m.token + 1
	b.add(q)
}

// finish tells of the quotations of paragraph p, those from index begin on, what follows from where they stand.
func (b *builder) finish(begin int, p Range) {
	own := b.out[begin:]
	var open []int // ends of the quotations around
	before := [2]int{-1, -1}
	for i := range own {
		q := &own[i]
		for len(open) > 0 && open[len(open)-1] <= q.Span.Start {
			open = open[:len(open)-1]
		}
		q.Depth = len(open)
		open = append(open, q.Span.End)
		q.Inner = b.d.Span(q.Range)
		q.Scare = b.scare(q)
		g := 0
		if singleRune(q.Rune) {
			g = 1
		}
		if q.Continues == resume {
			q.Continues = before[g]
		}
		if q.NoClose {
			before[g] = begin + i
			if q.Range.End == p.End {
				b.left[g] = begin + i
			}
		}
	}
}

// nested sorts the quotations of a paragraph, outer ones first, and shortens those without a closing mark that would end outside
// the quotation they stand in, or inside one that stands in them. Quotations that even so cross another are left out.
func (b *builder) nested(own []Quotation) []Quotation {
	order := func(x, y Quotation) int {
		if c := x.Span.Start - y.Span.Start; c != 0 {
			return c
		}
		return y.Span.End - x.Span.End
	}
	if !slices.IsSortedFunc(own, order) {
		slices.SortStableFunc(own, order)
	}
	end := func(q *Quotation, token int) {
		q.Range.End = token
		q.Span.End = b.d.Tokens[max(token, 1)-1].End
	}
	out := own[:0]
	var open []int // indexes in out of the quotations around
	for _, q := range own {
		for len(open) > 0 && out[open[len(open)-1]].Span.End <= q.Span.Start {
			open = open[:len(open)-1]
		}
		if len(open) > 0 && q.NoClose {
			if top := &out[open[len(open)-1]]; top.Span.End < q.Span.End {
				end(&q, top.Range.End)
			}
		}
		crosses := func() bool { return len(open) > 0 && out[open[len(open)-1]].Span.End < q.Span.End }
		for crosses() && out[open[len(open)-1]].NoClose {
			top := &out[open[len(open)-1]]
			first := q.Range.First // where q's mark stands, or its first word where it has none
			if !q.NoOpen {
				first--
			}
			end(top, max(first, top.Range.First))
			open = open[:len(open)-1]
		}
		if crosses() || q.Range.First >= q.Range.End {
			continue
		}
		open = append(open, len(out))
		out = append(out, q)
	}
	return slices.DeleteFunc(out, func(q Quotation) bool { return q.Range.First >= q.Range.End })
}

// add keeps a quotation that has something in it.
func (b *builder) add(q Quotation) {
	if q.Range.First < q.Range.End {
		b.out = append(b.out, q)
	}
}

// unclosed is the token at which the quotation ends that mark i of paragraph n opens and none closes: the paragraph's end
// when the next paragraph reopens it or when all of the paragraph from there on is likely to be said, else the sentence's; and
// before the next mark that lacks its other end. When a mark inside the paragraph reopens it, that mark's token comes too, else -1.
func (b *builder) unclosed(n, i, to int) (end, resumed int) {
	d := b.d
	p := d.Paragraphs[n]
	m := b.marks[i]
	end, resumed = p.End, -1
	if !b.next[m.group()] {
		switch next, goesOn := b.openedLater(i, to); {
		case goesOn:
			end, resumed = next, next
		case next > 0 || !b.introduced(m.token, p):
			end = b.sentenceOf(m.token).End
		}
	}
	for k := i + 1; k < to && b.marks[k].token < end; {
		switch x := b.marks[k]; {
		case x.dir == none, x.dir == opening && x.match < 0 && x.group() > m.group(): // a single mark may stand in a double one
			k++
		case x.dir == opening && x.match >= 0:
			if close := b.marks[x.match].token; close >= end {
				return x.token, -1
			}
			k = x.match + 1
		default: // one that lacks its other end, or closes what is around
			return x.token, -1
		}
	}
	return end, resumed
}

// openedLater is the token of the next mark in the paragraph that opens a quotation of the family of mark i, which none closes,
// when it begins a sentence; 0 when there is none. When no cue stands between, it reopens the same quotation, as where paragraphs
// were run together.
func (b *builder) openedLater(i, to int) (token int, goesOn bool) {
	d := b.d
	for k := i + 1; k < to; k++ {
		m := b.marks[k]
		if m.dir != opening || m.family != b.marks[i].family {
			continue
		}
		if m.token-b.marks[i].token > maxRunTogether || b.sentenceOf(m.token).First != m.token {
			return 0, false
		}
		for t := b.marks[i].token; t < m.token; t++ {
			if d.Tokens[t].Shape == Lower && lex.cues.Has(d.Word(t)) {
				return m.token, false
			}
		}
		return m.token, true
	}
	return 0, false
}

// maxRunTogether is the number of tokens that a quotation without a closing mark runs on to where it is reopened.
const maxRunTogether = 150

// introduced says whether the mark at a token opens a quotation of whole sentences: at the paragraph's beginning, or after a
// colon or comma and before a capital.
func (b *builder) introduced(t int, p Range) bool {
	if t == p.First {
		return true
	}
	if c := b.d.Text[b.d.Tokens[t-1].Start]; c != ':' && c != ',' {
		return false
	}
	return t+1 < p.End && (b.d.Tokens[t+1].Shape == Title || b.d.Tokens[t+1].Shape == Upper)
}

// reopenings says which groups of marks reopen a quotation in paragraph n, whose first mark is i: those of the opening marks that it
// begins with.
func (b *builder) reopenings(n, i int) (groups [2]bool) {
	if n >= len(b.d.Paragraphs) {
		return groups
	}
	t := b.d.Paragraphs[n].First
	for ; i < len(b.marks) && b.marks[i].token == t && b.marks[i].dir == opening; i, t = i+1, t+1 {
		groups[b.marks[i].group()] = true
	}
	return groups
}

// unopened is the first token, from first on, of the quotation that mark i closes and none opens: after every quotation that
// began before.
func (b *builder) unopened(first, from, i int) int {
	for k := i - 1; k >= from && b.marks[k].token >= first; k-- {
		x := b.marks[k]
		switch {
		case x.dir == closing && x.match >= 0 && b.marks[x.match].token < first, x.dir != none && x.match < 0:
			return x.token + 1
		case x.dir == opening && x.match > i:
			return x.token + 1
		case x.dir == closing && x.match >= 0:
			k = x.match
		}
	}
	return first
}

// scare says whether a quotation is used at a distance rather than said, by its form: a few words without a stop, or a title.
func (b *builder) scare(q *Quotation) bool {
	d := b.d
	n := q.Range.End - q.Range.First
	if q.NoOpen || q.NoClose || n > 10 {
		return false
	}
	before, after := q.Range.First-2, q.Range.End+1
	introduced := before >= 0 && strings.IndexByte(":,", d.Text[d.Tokens[before].Start]) >= 0
	first := d.Tokens[q.Range.First]
	switch last := d.Tokens[q.Range.End-1]; {
	case last.Shape == Punct && strings.IndexByte(".,", d.Text[last.Start]) >= 0:
		// It may only stand inside the mark: "his \"concerns,\" which".
		return n <= 4 && !introduced && first.Shape == Lower && !d.cueFollows(after, len(d.Tokens))
	case last.Shape == Punct && strings.IndexByte("!?", d.Text[last.Start]) >= 0:
		return false
	case d.title(q.Range):
		return true
	case n <= 2:
		return true
	}
	said := first.Shape == Title && after < len(d.Tokens) && d.Text[d.Tokens[after].Start] == ','
	return n <= 4 && !introduced && !said
}

// title says whether tokens have the form of a title or a name: capitals, and small letters only in short words.
func (d *Doc) title(r Range) bool {
	capitals := 0
	for _, t := range d.Tokens[r.First:r.End] {
		switch {
		case t.Shape == Title:
			capitals++
		case t.Shape == Lower && t.Len() > 3:
			return false
		}
	}
	return capitals > 1
}
