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
	case last == '.' && t.Shape != Punct:
		return abbreviationEnding(w[:len(w)-1])
	case t.Shape != Punct:
		return goesOn
	case last == '.' && len(w) > 1, strings.HasPrefix(w, "…"):
		if i == first {
			return goesOn
		}
		return ellipsis
	case last == '.' && i == first+1 && d.Tokens[first].Shape == Number && d.Tokens[first].Len() <= 2:
		return goesOn // "1. The first of a list"
	case last == '.', last == '!', last == '?':
		return stop
	}
	switch w {
	case "。", "！", "？", "؟", "۔", "।":
		return stop
	}
	return goesOn
}

// abbreviationEnding is what an abbreviation, without its period, is to its sentence.
func abbreviationEnding(w string) ending {
	if k := strings.LastIndexAny(w, "-/"); k >= 0 {
		w = w[k+1:]
	}
	switch lex.abbreviations.Of(w) {
	case beforeName, beforeNumber:
		return goesOn
	}
	return abbrev
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
	k := j // the first word
	for k < end && d.opens(d.Tokens[k]) {
		k++
	}
	if k == end || d.goesOnWith(kind, j, end) {
		return false
	}
	switch kind {
	case abbrev:
		return d.abbreviationBreaks(j, k)
	case ellipsis:
		return d.ellipsisBreaks(i, j, k)
	}
	return d.stopBreaks(i, j, k, end)
}

// goesOnWith says whether token j cannot begin a sentence: a small letter, a mark that goes on, a dash after less than a stop or before
// a small letter.
func (d *Doc) goesOnWith(kind ending, j, end int) bool {
	next := d.Tokens[j]
	switch next.Shape {
	case Lower:
		return true
	case Punct:
		switch d.Text[next.Start] {
		case ',', ';', ':', ')', ']', '}', '/':
			return true
		}
		return dash(next.Of(d.Text)) && (kind != stop || j+1 < end && d.Tokens[j+1].Shape == Lower)
	}
	return false
}

// abbreviationBreaks says whether an abbreviation ends the sentence before token j, whose first word is token k: before a word that
// seldom begins a name, and before a quotation of its own (`at 7 a.m. "Everybody is safe," ...`).
func (d *Doc) abbreviationBreaks(j, k int) bool {
	next, word := d.Tokens[j], d.Tokens[k]
	opens := next.Shape == Open && word.Shape == Title
	return next.Space && word.Shape != Number && (lex.starters.Has(word.Of(d.Text)) || opens)
}

// ellipsisBreaks says whether the ellipsis at token i ends the sentence before token j, whose first word is token k.
func (d *Doc) ellipsisBreaks(i, j, k int) bool {
	word := d.Tokens[k]
	if !capital(word) || !d.Tokens[j].Space && k == j {
		return false
	}
	stopped := i > 0 && d.Tokens[i-1].Shape == Punct && strings.IndexByte(".!?", d.Text[d.Tokens[i-1].Start]) >= 0
	return stopped || j > i+1 || lex.starters.Has(word.Of(d.Text))
}

// stopBreaks says whether the stop at token i ends the sentence before token j, whose first word is token k.
func (d *Doc) stopBreaks(i, j, k, end int) bool {
	mark, next, word := d.Tokens[i], d.Tokens[j], d.Tokens[k]
	period := d.Text[mark.Start] == '.'
	switch {
	case word.Shape == Lower && k == j+1 && next.Shape == Open:
		return next.Space
	case !next.Space && j == i+1: // a blank is missing ("said.The"), or there is no end at all ("Yahoo!News")
		return period && capital(word) && next.Shape != Mixed && i > 0 && d.Tokens[i-1].Shape == Lower
	}
	asked := j > i+1 && d.Tokens[j-1].Shape == Close && !period && d.cueFollows(j, end)
	return !asked
}

// capital says whether a token has a capital where a sentence begins, or a digit among letters.
func capital(t Token) bool {
	return t.Shape == Title || t.Shape == Upper || t.Shape == Camel || t.Shape == Mixed
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
