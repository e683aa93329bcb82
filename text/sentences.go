package text

import (
	"strings"
	"unicode/utf8"
)

// sentences groups the tokens of each paragraph into sentences.
func (d *Doc) sentences() []Range {
	s, m := embedded(), decisions.Get().(*decision)
	defer decisions.Put(m)
	return d.split(func(c candidate) bool { return s.ends(d, c, m) })
}

// split groups the tokens of each paragraph into sentences: ends decides, in their order, which marks end one.
func (d *Doc) split(ends func(candidate) bool) []Range {
	out := make([]Range, 0, len(d.Tokens)/20+len(d.Paragraphs)+1)
	for _, p := range d.Paragraphs {
		first := p.First
		for i := p.First; i < p.End; i++ {
			kind := d.terminator(i, first)
			if kind == goesOn {
				continue
			}
			j := d.closers(i+1, p.End)
			if j >= p.End {
				break
			}
			c := candidate{kind: kind, first: first, mark: i, next: j, end: p.End, rule: d.breaks(kind, i, j, p.End)}
			if (c.rule || d.mayBreak(c)) && ends(c) {
				out = appendSentence(out, Range{first, j})
				first = j
			}
			i = j - 1
		}
		out = appendSentence(out, Range{first, p.End})
	}
	return out
}

// MaxSentence is the most tokens of a sentence. What runs on longer is a table, a list or an attack, and is cut, so that the memory
// of those who read sentence by sentence is bounded. Of 75,000 sentences of news the longest had 291.
const MaxSentence = 1000

// appendSentence appends a sentence, in pieces where it is too long.
func appendSentence(out []Range, r Range) []Range {
	for r.End-r.First > MaxSentence {
		cut := r.First + MaxSentence
		out = append(out, Range{r.First, cut})
		r.First = cut
	}
	return append(out, r)
}

// mayBreak says whether a sentence may end where the rules see no end: not before a small letter or a mark that goes on, not
// before the words that tell who asked what stands in quotation marks before them, not in the middle of what has no blanks, and not
// with an abbreviation in brackets.
func (d *Doc) mayBreak(c candidate) bool {
	next, last := d.Tokens[c.next], d.Tokens[c.next-1]
	switch {
	case next.Shape == Lower, last.Shape == Close && d.cueFollows(c.next, c.end):
		return false
	case next.Shape == Punct:
		return strings.IndexByte(",;:)]}/", d.Text[next.Start]) < 0
	}
	return (next.Space || next.Shape == Mixed) && (c.kind != abbrev || last.Shape != Punct)
}

// Kinds of tokens by whether a sentence may end with them.
type ending uint8

const (
	goesOn   ending = iota
	stop            // . ! ?
	ellipsis        // ... and …
	abbrev          // an abbreviation that may be the last word
)

// terminator is what token i is to the sentence that begins at token first.
func (d *Doc) terminator(i, first int) ending {
	t := d.Tokens[i]
	w := t.Of(d.Text)
	switch last := w[len(w)-1]; {
	case last == '!' || last == '?':
		if t.Shape == Punct {
			return stop
		}
	case last == '.' && t.Shape == Punct:
		if len(w) > 1 {
			return ellipsisOr(i == first)
		}
		if i == first+1 && d.Tokens[first].Shape == Number && d.Tokens[first].Len() <= 2 {
			return goesOn // "1. The first of a list"
		}
		return stop
	case last == '.':
		w = w[:len(w)-1]
		if k := strings.LastIndexAny(w, "-/"); k >= 0 {
			w = w[k+1:]
		}
		switch lex.abbreviations.Of(w) {
		case beforeName, beforeNumber:
			return goesOn
		}
		return abbrev
	case t.Shape == Punct && (strings.HasPrefix(w, "…") || w == "。" || w == "！" || w == "？" || w == "؟" || w == "۔" || w == "।"):
		if strings.HasPrefix(w, "…") {
			return ellipsisOr(i == first)
		}
		return stop
	}
	return goesOn
}

// ellipsisOr is an ellipsis, unless it begins its sentence.
func ellipsisOr(begins bool) ending {
	if begins {
		return goesOn
	}
	return ellipsis
}

// closers is the first token from i on that does not belong to the end of the sentence before: closing quotation marks and
// brackets, stops after them, and notes.
func (d *Doc) closers(i, end int) int {
	for i < end {
		switch {
		case d.closes(d.Tokens[i]):
			i++
		case d.Word(i) == "[" && d.bracketed(i+1, end) > 0: // a note: "[12]", "[citation needed]", "[...]"
			i = d.bracketed(i+1, end)
		default:
			return i
		}
	}
	return i
}

// bracketed is the token after the bracket that closes a note of at most three numbers or words in small letters, or an
// ellipsis; 0 when none does.
func (d *Doc) bracketed(i, end int) int {
	for k := i; k < min(i+4, end); k++ {
		switch t := d.Tokens[k]; {
		case d.Text[t.Start] == ']' && k > i:
			return k + 1
		case t.Shape != Number && t.Shape != Lower && d.Text[t.Start] != '.' && !strings.HasPrefix(d.Word(k), "…"):
			return 0
		}
	}
	return 0
}

func (d *Doc) closes(t Token) bool {
	if t.Shape != Punct {
		return t.Shape == Close
	}
	switch d.Text[t.Start] {
	case ')', ']', '}':
		return true
	case '.', '!', '?':
		return !t.Space
	}
	return false
}

// breaks says whether a sentence ends between the ending at token i, with its closers, and token j.
func (d *Doc) breaks(kind ending, i, j, end int) bool {
	next := d.Tokens[j]
	k := j // the first word
	for k < end && (d.Tokens[k].Shape == Open || d.Tokens[k].Shape == Punct && strings.IndexByte("([", d.Text[d.Tokens[k].Start]) >= 0) {
		k++
	}
	if k == end {
		return false
	}
	word := d.Tokens[k]
	capital := word.Shape == Title || word.Shape == Upper || word.Shape == Camel || word.Shape == Mixed
	switch next.Shape {
	case Lower:
		return false
	case Punct:
		switch c := d.Text[next.Start]; c {
		case ',', ';', ':', ')', ']', '}', '/':
			return false
		}
		if dash(next.Of(d.Text)) && (kind != stop || j+1 < end && d.Tokens[j+1].Shape == Lower) {
			return false
		}
	}
	switch kind {
	case abbrev:
		opens := next.Shape == Open && word.Shape == Title // a quotation of its own: `at 7 a.m. "Everybody is safe," ...`
		return word.Shape != Number && (lex.starters.Has(word.Of(d.Text)) || opens) && next.Space
	case ellipsis:
		stopped := i > 0 && d.Tokens[i-1].Shape == Punct && strings.IndexByte(".!?", d.Text[d.Tokens[i-1].Start]) >= 0
		return capital && (next.Space || k > j) && (stopped || j > i+1 || lex.starters.Has(word.Of(d.Text)))
	}
	if word.Shape == Lower && k == j+1 && next.Shape == Open {
		return next.Space
	}
	if !next.Space && j == i+1 {
		// No blank: a missing one ("said.The"), or no end at all ("Yahoo!News").
		return d.Text[d.Tokens[i].Start] == '.' && capital && next.Shape != Mixed && i > 0 && d.Tokens[i-1].Shape == Lower
	}
	if j > i+1 && d.Tokens[j-1].Shape == Close && d.Text[d.Tokens[i].Start] != '.' && d.cueFollows(j, end) {
		return false
	}
	return true
}

// cueFollows says whether the words from token j on tell who asked or called out what stands before: "Smith asked".
func (d *Doc) cueFollows(j, end int) bool {
	for k := j; k < min(j+6, end); k++ {
		t := d.Tokens[k]
		switch {
		case t.Shape == Lower && lex.cues.Has(t.Of(d.Text)):
			return true
		case t.Shape == Lower && utf8.RuneCountInString(t.Of(d.Text)) > 3, t.Shape == Open, t.Shape == Punct:
			return false
		}
	}
	return false
}
