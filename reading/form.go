package reading

import (
	"cmp"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/reading/attribution"
	"github.com/onrecord/onrecord/reading/layout"
	"github.com/onrecord/onrecord/text"
)

// shortestUncued is the least tokens of a quotation that is something said though nobody is said to say it.
const shortestUncued = 3

// byLayout are the statements that the form makes and that attribution has not found: quotations alone, signed ones, the silence of
// those who were asked ("could not be reached for comment"), denials, sentences that close with who says so, and "in the words of". A
// quotation alone has no source: who says it, if anybody, is for the speakers to find.
func (x index) byLayout(l *english.Layer, statements []draft, asides []onrecord.Aside, echoes []echo) []draft {
	taken, cues := make([]bool, len(x.d.Tokens)), make([]bool, len(x.d.Tokens))
	take := func(taken []bool, spans []onrecord.Span) {
		for _, s := range spans {
			for r := x.d.TokensIn(s); r.First < r.End; r.First++ {
				taken[r.First] = true
			}
		}
	}
	for i := range statements {
		take(taken, statements[i].Cue)
		take(taken, statements[i].Content)
		take(cues, statements[i].Cue)
	}
	for _, a := range asides {
		take(taken, []onrecord.Span{a.Span})
		take(cues, []onrecord.Span{a.Span})
	}
	for p, kind := range x.page.Kinds {
		if kind == layout.Entry || kind == layout.Row {
			take(taken, []onrecord.Span{x.d.Span(x.d.Paragraphs[p])})
			take(cues, []onrecord.Span{x.d.Span(x.d.Paragraphs[p])})
		}
	}
	var out []draft
	of := map[int]int{} // quotation -> statement of out
	for k, q := range x.d.Quotations {
		if n, ok := of[x.page.Goes[k]]; ok && x.page.Goes[k] >= 0 {
			for _, r := range x.page.Bare[x.page.Goes[k]] {
				out[n].Content = append(out[n].Content, x.d.Span(r))
			}
			out[n].Content = append(out[n].Content, q.Span)
			take(taken, out[n].Content)
			of[k] = n
			continue
		}
		if s, ok := x.uncued(l, q, taken); ok {
			take(taken, s.Content)
			of[k] = len(out)
			out = append(out, s)
		}
	}
	silences := x.silences(l, taken)
	for i := range silences {
		take(cues, silences[i].Cue)
	}
	out = append(out, silences...)
	out = append(out, x.denyings(l, echoes, cues)...)
	for _, sentence := range x.d.Sentences {
		if s, ok := x.closing(l, sentence, taken); ok {
			out = append(out, s)
		}
		if s, ok := x.wordsOf(l, sentence, taken); ok {
			out = append(out, s)
		}
	}
	return out
}

// dateline says whether the tokens from the sentence's first up to i end as a dateline does.
func (x index) dateline(i, first int) bool {
	switch x.d.Word(i - 1) {
	case "-", "--", "—", "–":
		return i-first > 1
	}
	return false
}

// wordsOf is the statement of "In the words of Karl Ness, ...".
func (x index) wordsOf(l *english.Layer, sentence text.Range, taken []bool) (s draft, ok bool) {
	const longest = 10 // tokens of the source
	first := sentence.First
	if !x.stands(first, "in", "the", "words", "of") || sentence.End-first < 8 || slices.Contains(taken[first:sentence.End], true) {
		return s, false
	}
	comma := x.comma(first+4, min(sentence.End, first+4+longest))
	if comma <= first+4 || comma+2 >= sentence.End {
		return s, false
	}
	end := sentence.End
	if x.d.Tokens[end-1].Shape == text.Punct {
		end--
	}
	s = attribution.New(attribution.InWords, onrecord.Statement{
		Source: []onrecord.Span{x.d.Span(text.Range{First: first + 4, End: comma})}, Cue: []onrecord.Span{x.d.Span(text.Range{First: first, End: first + 4})},
		Content: []onrecord.Span{x.d.Span(text.Range{First: comma + 1, End: end})},
	})
	s.Kind = x.wording(s.Content)
	return s, true
}

// uncued is the statement of a quotation that is a sentence or more of its own.
func (x index) uncued(l *english.Layer, q text.Quotation, taken []bool) (s draft, ok bool) {
	r := x.d.TokensIn(q.Span)
	if q.Depth > 0 || q.Scare || q.NoOpen || q.Range.End-q.Range.First < shortestUncued || r.First != x.d.Sentences[x.d.SentenceAt(r.First)].First {
		return s, false
	}
	spoken, words, capitals := false, 0, 0
	for i := r.First; i < r.End; i++ {
		if taken[i] {
			return s, false
		}
		switch shape := x.d.Tokens[i].Shape; {
		case shape == text.Title:
			capitals++
			words++
		case shape < text.Open:
			words++
		}
		spoken = spoken || i < len(l.Tags) && (strings.HasPrefix(l.Tags[i], "VB") || l.Tags[i] == "MD")
	}
	if w := x.d.Word(q.Range.End - 1); !spoken && !strings.Contains(".!?", w) || x.headed(r) || capitals > 2 && 2*capitals >= words || x.d.Tokens[q.Range.First].Shape >= text.Punct {
		// A title, or a noise noted down: “(Applause.)”
		return s, false
	}
	row := onrecord.Statement{Kind: onrecord.Direct, Content: []onrecord.Span{q.Span}}
	dash, name := x.signature(l, r.End)
	switch {
	case dash >= 0:
		row.Cue, row.Source = []onrecord.Span{x.d.Tokens[dash].Span}, []onrecord.Span{x.d.Span(name)}
		return attribution.New(attribution.Signed, row), true
	case r.End < len(x.d.Tokens) && x.d.SentenceAt(r.End-1) == x.d.SentenceAt(r.End) && x.d.Tokens[r.End].Shape < text.Open:
		return s, false // the sentence goes on: a subject, a title
	case !q.NoClose: // what is left open goes on behind
		if name, ok := x.speaksBehind(l, r); ok {
			row.Source = []onrecord.Span{x.d.Span(name)}
		}
	}
	return attribution.New(attribution.Uncued, row), true
}

// headed says whether the tokens are the text's first line, or all of it.
func (x index) headed(r text.Range) bool {
	return x.d.ParagraphAt(r.First) == 0 && x.d.Paragraphs[0].First == r.First && (len(x.d.Paragraphs) == 1 || x.d.Paragraphs[0].End == r.End && x.d.Tokens[r.End-1].Shape < text.Open)
}

// longestSignature is the most tokens of the line behind a dash that names who is quoted.
const longestSignature = 14

// signature is the dash behind a quotation that ends at token i, at its end or on the next line, and the name behind it.
func (x index) signature(l *english.Layer, i int) (dash int, name text.Range) {
	if i+1 >= len(x.d.Tokens) {
		return -1, text.Range{}
	}
	switch x.d.Word(i) {
	case "—", "–", "-", "--", "―", "~":
	default:
		return -1, text.Range{}
	}
	end := x.d.Paragraphs[x.d.ParagraphAt(i)].End
	name = text.Range{First: i + 1, End: end}
	for name.End > name.First && x.d.Tokens[name.End-1].Shape >= text.Open {
		name.End--
	}
	if name.End == name.First || name.End-name.First > longestSignature || !x.proper(l, i+1) {
		return -1, text.Range{}
	}
	for k := name.First; k < name.End; k++ {
		if l.Tags[k] == "VBD" || l.Tags[k] == "VBZ" || l.Tags[k] == "MD" {
			return -1, text.Range{}
		}
	}
	return i, name
}

// speaksBehind is the person named as a subject at the head of the paragraph behind a quotation, where nobody stands before it
// who could say it: no name in the paragraph before, no word beside the quotation in its own.
func (x index) speaksBehind(l *english.Layer, r text.Range) (text.Range, bool) {
	n := x.d.ParagraphAt(r.First)
	p := x.d.Paragraphs[n]
	if p.First != r.First || p.End > r.End || n+1 >= len(x.d.Paragraphs) {
		return text.Range{}, false
	}
	if n > 0 {
		if _, ok := x.person(l, x.d.Paragraphs[n-1]); ok {
			return text.Range{}, false
		}
	}
	next := x.d.Paragraphs[n+1]
	sentence := x.d.Sentences[x.d.SentenceAt(next.First)]
	if x.d.Tokens[next.First].Shape == text.Open {
		return text.Range{}, false
	}
	return x.person(l, sentence)
}

// person is the first person named in the tokens.
func (x index) person(l *english.Layer, r text.Range) (text.Range, bool) {
	i, _ := slices.BinarySearchFunc(l.Names, r.First, func(n english.Name, at int) int { return cmp.Compare(n.First, at) })
	for ; i < len(l.Names) && l.Names[i].First < r.End; i++ {
		if l.Names[i].Kind == english.Person {
			return l.Names[i].Range, true
		}
	}
	return text.Range{}, false
}

// silences are the statements of those who could not be asked: "could not be reached for comment", of which the cue is all up to
// "for comment".
func (x index) silences(l *english.Layer, taken []bool) []draft {
	var out []draft
	for i := 1; i+1 < len(x.d.Tokens) && i < len(l.Heads); i++ {
		if w := x.d.Word(i); w != "could" && w != "was" && w != "were" {
			continue
		}
		for _, words := range lex.unreached {
			end := i + len(words)
			if !x.stands(i, words...) || !x.stands(end, "for", "comment") || slices.Contains(taken[i:end+2], true) {
				continue
			}
			source := x.subject(l, end-1, i)
			if source.First == source.End || x.d.Tokens[source.First].Shape >= text.Open {
				break
			}
			out = append(out, attribution.New(attribution.Silence, onrecord.Statement{
				Kind: onrecord.Indirect, Source: []onrecord.Span{x.d.Span(source)}, Cue: []onrecord.Span{x.d.Span(text.Range{First: i, End: end})},
				Content: []onrecord.Span{x.d.Span(text.Range{First: end, End: end + 2})},
			}))
			break
		}
	}
	return out
}

// subject is the tokens of the subject of the verb or adjective at token head, which end before token end; empty if there is none.
func (x index) subject(l *english.Layer, head, end int) text.Range {
	const deepest = 24
	first := x.d.Sentences[x.d.SentenceAt(head)].First
	first = max(first, end-3*deepest)
	r := text.Range{First: end, End: end}
	for i := end - 1; i >= first; i-- {
		under, depth := i, 0
		for under >= first && int(l.Heads[under]) != head && depth < deepest {
			under, depth = int(l.Heads[under]), depth+1
		}
		if under >= first && int(l.Heads[under]) == head && strings.HasPrefix(l.Rels[under], "nsubj") {
			r.First = i
		}
	}
	for r.End > r.First && x.d.Word(r.End-1) == "," {
		r.End--
	}
	return r
}

// join puts more statements among those of attribution, in text order, with their parents, and leaves out those to drop.
func join(statements, more []draft, drop map[int]bool) []draft {
	if len(more) == 0 && len(drop) == 0 {
		return statements
	}
	all := slices.Concat(statements, more)
	order := make([]int, 0, len(all))
	for i := range all {
		if !drop[i] {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(begins(&all[i]), begins(&all[j])) })
	return arrange(all, order)
}

// arrange are the drafts at the places of order; ties to those that are left out are cut.
func arrange(all []draft, order []int) []draft {
	at := make([]int, len(all))
	for i := range at {
		at[i] = -1
	}
	for n, i := range order {
		at[i] = n
	}
	out := make([]draft, len(order))
	for n, i := range order {
		out[n] = all[i]
		if s := &out[n]; s.Within >= 0 {
			s.Within = at[s.Within]
		}
	}
	return out
}

// begins is the first byte of a statement.
func begins(s *draft) int {
	first := -1
	for _, spans := range [][]onrecord.Span{s.Source, s.Cue, s.Content} {
		if len(spans) > 0 && (first < 0 || spans[0].Start < first) {
			first = spans[0].Start
		}
	}
	return first
}
