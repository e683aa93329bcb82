package utterances

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/sayings"
)

const (
	pieceShare  = 0.45 // share of a piece's or a rendition's words, by weight, that the two have in common where the one renders the other
	pieceWeight = 4    // and the least weight of these
	pieceWords  = 4    // words of a piece at least
	pieceMost   = 12   // pieces of one wording
)

// split takes an utterance apart whose wording joins several things said, each with renditions of its own: who prints one of two sentences
// and who prints the other have not printed one thing, though a third prints both. Who prints both is in both.
func (u *Utterance) split(r *sayings.Record) []Utterance {
	u.Wording = u.wording(r)
	w := r.Sayings[u.Wording]
	pieces := piecesOf(r.Docs[w.Doc], w)
	if len(pieces) < 2 || len(u.Members) < 3 {
		return []Utterance{*u}
	}
	renders := make([][]bool, len(u.Members)) // which pieces each member does
	for k, i := range u.Members {
		renders[k] = make([]bool, len(pieces))
		for n, p := range pieces {
			renders[k][n] = i == u.Wording || rendersPiece(r, p, r.Sayings[i])
		}
	}
	classes := classesOf(renders, len(pieces))
	if len(classes) < 2 {
		return []Utterance{*u}
	}
	var out []Utterance
	for _, class := range classes {
		if x, ok := u.part(r, pieces, renders, class); ok {
			x.nth = len(out)
			out = append(out, x)
		}
	}
	if len(out) < 2 {
		return []Utterance{*u}
	}
	return out
}

// part is the utterance of a class of pieces.
func (u *Utterance) part(r *sayings.Record, pieces [][]sayings.Token, renders [][]bool, class []int) (Utterance, bool) {
	x := Utterance{why: u.why, sure: u.sure, whole: u.Members, said: map[int]*sayings.Saying{}, Wording: -1}
	var words []sayings.Token
	for _, n := range class {
		words = append(words, pieces[n]...)
	}
	for k, i := range u.Members {
		if !slices.ContainsFunc(class, func(n int) bool { return renders[k][n] }) {
			continue
		}
		x.Members = append(x.Members, i)
		if slices.Contains(renders[k], false) {
			x.own = append(x.own, r.Sayings[i].ID)
			continue
		}
		s := r.Sayings[i]
		if i == u.Wording {
			x.said[i] = narrowed(r, s, words)
			continue
		}
		var toks []sayings.Token
		for _, p := range piecesOf(r.Docs[s.Doc], s) {
			if weightOf(r, words, p) >= pieceShare*min(totalOf(r, p), totalOf(r, words)) {
				toks = append(toks, p...)
			}
		}
		if len(toks) > 0 && len(toks) < len(s.Toks) {
			x.said[i] = narrowed(r, s, toks)
		}
	}
	x.Wording = u.Wording
	return x, len(x.Members) > 1 && len(x.own) > 0
}

// classesOf are pieces that are of one utterance: those of which no rendition has the one alone while another has the other alone.
func classesOf(renders [][]bool, pieces int) [][]int {
	apart := func(a, b int) bool {
		one := slices.ContainsFunc(renders, func(r []bool) bool { return r[a] && !r[b] })
		return one && slices.ContainsFunc(renders, func(r []bool) bool { return r[b] && !r[a] })
	}
	var classes [][]int
	for n := range pieces {
		if !slices.ContainsFunc(renders, func(r []bool) bool { return r[n] && slices.Contains(r, false) }) && len(classes) > 0 {
			classes[len(classes)-1] = append(classes[len(classes)-1], n) // only those have it that have all
			continue
		}
		at := slices.IndexFunc(classes, func(class []int) bool {
			return !slices.ContainsFunc(class, func(m int) bool { return apart(m, n) })
		})
		if at < 0 {
			classes = append(classes, []int{n})
		} else {
			classes[at] = append(classes[at], n)
		}
	}
	return classes
}

// piecesOf are the sentences of what is said, and the clauses of these that have a subject of their own.
func piecesOf(d *corpus.Doc, s *sayings.Saying) [][]sayings.Token {
	var out [][]sayings.Token
	toks := s.Toks[:min(len(s.Toks), sayings.AlignLimit)]
	first := 0
	for k := range toks {
		if k+1 < len(toks) && !(k+1-first >= pieceWords && len(toks)-k-1 >= pieceWords && pieceEnds(d, toks, k)) {
			continue
		}
		if len(out) < pieceMost {
			out = append(out, toks[first:k+1])
		}
		first = k + 1
	}
	return out
}

// pieceEnds says whether a piece ends behind word k: at the end of a sentence, or where "and" or "but" and a pronoun begin another clause.
func pieceEnds(d *corpus.Doc, toks []sayings.Token, k int) bool {
	if sayings.Ends(d.Text, toks[k], toks[k+1]) {
		return true
	}
	word := func(i int) string { return strings.ToLower(d.Text[toks[i].Start:toks[i].End]) }
	return k+2 < len(toks) && english.joins.Has(word(k+1)) && english.pronouns.Has(word(k+2))
}

// rendersPiece says whether a rendition has a piece.
func rendersPiece(r *sayings.Record, piece []sayings.Token, s *sayings.Saying) bool {
	common := weightOf(r, piece, s.Toks)
	return common >= pieceWeight && common >= pieceShare*min(totalOf(r, piece), totalOf(r, s.Toks))
}

// weightOf is the weight of the words that two texts have in common, in one order.
func weightOf(r *sayings.Record, a, b []sayings.Token) (sum float64) {
	for _, m := range sayings.Align(a, b, r.Words) {
		sum += r.Words.Weight(a[m.A].ID)
	}
	return sum
}

func totalOf(r *sayings.Record, toks []sayings.Token) (sum float64) {
	for _, t := range toks {
		sum += r.Words.Weight(t.ID)
	}
	return sum
}

// narrowed is a saying by some of its words alone.
func narrowed(r *sayings.Record, s *sayings.Saying, toks []sayings.Token) *sayings.Saying {
	only := *s
	statement := *s.Statement
	only.Statement, only.Toks, only.Quoted, only.Total, only.TotalQuoted = &statement, toks, 0, 0, 0
	statement.Content = nil
	for k, t := range toks {
		w := r.Words.Weight(t.ID)
		only.Total += w
		if t.Quoted {
			only.Quoted++
			only.TotalQuoted += w
		}
		span := whole(r.Docs[s.Doc], s, t)
		if n := len(statement.Content); n > 0 && k > 0 && slices.ContainsFunc(s.Content, func(c onrecord.Span) bool {
			return c.Contains(onrecord.Span{Start: statement.Content[n-1].Start, End: span.End})
		}) && follows(s, toks[k-1], t) {
			statement.Content[n-1].End = span.End
		} else {
			statement.Content = append(statement.Content, span)
		}
	}
	return &only
}

// whole is the span of a word of a saying, with the marks before it where it is the first of a part of what is said, and those behind it
// where it is the last.
func whole(d *corpus.Doc, s *sayings.Saying, t sayings.Token) onrecord.Span {
	span := onrecord.Span{Start: int(t.Start), End: int(t.End)}
	i := slices.IndexFunc(s.Content, func(c onrecord.Span) bool { return c.Contains(span) })
	if i < 0 {
		return span
	}
	c := s.Content[i]
	if len(d.Within(onrecord.Span{Start: c.Start, End: span.Start})) == 0 {
		span.Start = c.Start
	}
	if len(d.Within(onrecord.Span{Start: span.End, End: c.End})) == 0 {
		span.End = c.End
	} else if strings.HasPrefix(d.Text[span.End:], ".") {
		span.End++
	}
	return span
}

// follows says whether a word follows another in a saying.
func follows(s *sayings.Saying, t, next sayings.Token) bool {
	i := slices.IndexFunc(s.Toks, func(x sayings.Token) bool { return x.Start == t.Start && x.ID == t.ID })
	return i >= 0 && i+1 < len(s.Toks) && s.Toks[i+1].Start == next.Start
}
