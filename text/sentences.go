package text

import (
	"strings"
	"unicode/utf8"
)

// sentences groups the tokens of each paragraph into sentences.
func (d *Doc) sentences() []Range {
	out := make([]Range, 0, len(d.Tokens)/20+len(d.Paragraphs)+1)
	for _, p := range d.Paragraphs {
		first := p.First
		for i := p.First; i < p.End; i++ {
			end := d.terminator(i, first)
			if end == goesOn {
				continue
			}
			j := d.closers(i+1, p.End)
			if j >= p.End {
				break
			}
			if d.breaks(end, i, j, p.End) {
				out = append(out, Range{first, j})
				first = j
			}
			i = j - 1
		}
		out = append(out, Range{first, p.End})
	}
	return out
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
		switch abbreviations[w] {
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
		case i+2 < end && d.Tokens[i+1].Shape == Number && d.Word(i) == "[" && d.Word(i+2) == "]": // a note: "[12]"
			i += 3
		default:
			return i
		}
	}
	return i
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
		return word.Shape != Number && (starters[word.Of(d.Text)] || opens) && next.Space
	case ellipsis:
		stopped := i > 0 && d.Tokens[i-1].Shape == Punct && strings.IndexByte(".!?", d.Text[d.Tokens[i-1].Start]) >= 0
		return capital && (next.Space || k > j) && (stopped || j > i+1 || starters[word.Of(d.Text)])
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
		case t.Shape == Lower && cues[t.Of(d.Text)]:
			return true
		case t.Shape == Lower && utf8.RuneCountInString(t.Of(d.Text)) > 3, t.Shape == Open, t.Shape == Punct:
			return false
		}
	}
	return false
}
