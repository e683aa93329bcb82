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
	p := b.d.Paragraphs[n]
	begin := len(b.out)
	left := b.left
	b.left = [2]int{-1, -1}
	b.next = b.reopenings(n+1, to)
	// The marks at the very beginning that reopen what the paragraph before left open.
	var reopens [2]int
	resumed := -1 // the mark inside the paragraph that reopens the quotation left open before it
	for i, t := from, p.First; i < to && b.marks[i].token == t && b.marks[i].dir == opening; i, t = i+1, t+1 {
		if g := b.marks[i].group(); left[g] >= 0 {
			reopens[g] = i + 1
		}
	}
	floor := p.First
	for i := from; i < to; i++ {
		m := b.marks[i]
		g := m.group()
		switch {
		case m.dir == none:
		case m.dir == opening:
			q := Quotation{Rune: m.rune, Continues: -1}
			if reopens[g] == i+1 {
				q.Continues = left[g]
			}
			if resumed == m.token {
				q.Continues = resume
			}
			q.Range.First = m.token + 1
			q.Span.Start = b.d.Tokens[m.token].Start
			if m.match >= 0 {
				q.Range.End = b.marks[m.match].token
				q.Span.End = b.d.Tokens[q.Range.End].End
			} else {
				q.NoClose = true
				var r int
				if q.Range.End, r = b.unclosed(n, i, to); r >= 0 {
					resumed = r
				}
				q.Span.End = b.d.Tokens[q.Range.End-1].End
				floor = m.token + 1
			}
			b.add(q)
		case m.match < 0: // closing
			first := b.sentenceOf(m.token).First
			q := Quotation{Rune: m.rune, NoOpen: true, Continues: -1}
			if left[g] >= 0 && floor == p.First && reopens[g] == 0 {
				first = p.First
				q.Continues = left[g]
				left[g] = -1
			}
			q.Range = Range{b.unopened(max(first, floor), from, i), m.token}
			q.Span = onrecord.Span{Start: b.d.Tokens[q.Range.First].Start, End: b.d.Tokens[m.token].End}
			floor = m.token + 1
			b.add(q)
		}
	}
	b.out = append(b.out[:begin], b.nested(b.out[begin:])...)
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
	if last := d.Tokens[q.Range.End-1]; last.Shape == Punct && strings.IndexByte(".,!?", d.Text[last.Start]) >= 0 {
		// A comma or period that only stands inside the mark: "his \"concerns,\" which".
		return n <= 4 && !introduced && d.Tokens[q.Range.First].Shape == Lower && strings.IndexByte(".,", d.Text[last.Start]) >= 0 &&
			!d.cueFollows(after, len(d.Tokens))
	}
	capitals, others := 0, 0
	for _, t := range d.Tokens[q.Range.First:q.Range.End] {
		switch {
		case t.Shape == Title:
			capitals++
		case t.Shape == Lower && t.Len() > 3:
			others++
		}
	}
	if capitals > 1 && others == 0 {
		return true
	}
	if n > 4 {
		return false
	}
	said := d.Tokens[q.Range.First].Shape == Title && after < len(d.Tokens) && d.Text[d.Tokens[after].Start] == ','
	return n <= 2 || !introduced && !said
}
