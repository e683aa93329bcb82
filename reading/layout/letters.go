package layout

import "github.com/onrecord/onrecord/text"

// sureLetter is how sure a letter is of who wrote it.
const sureLetter = .8

// letters are the letters to a paper that a text is made of: from "SIR –" to the name below it; nil where there are none.
func (b *builder) letters() []Turn {
	const most = 12 // paragraphs of a letter
	var turns []Turn
	for p := 0; p < len(b.kinds); p++ {
		r := b.d.Paragraphs[p]
		body := b.salutation(r)
		if body < 0 || r.First < b.body {
			continue
		}
		for n := p; n < min(len(b.kinds), p+most); n++ {
			if n > p && b.salutation(b.d.Paragraphs[n]) >= 0 {
				break
			}
			name, ok := b.signed(b.d.Paragraphs[n])
			if !ok || n == p {
				continue
			}
			t := Turn{Voice: name, Sure: sureLetter}
			if b.says(&t, text.Range{First: body, End: b.d.Paragraphs[n].First}) {
				turns = append(turns, t)
			}
			b.kinds[n], p = Entry, n
			break
		}
	}
	return turns
}

// salutation is the first token behind the salutation that the tokens begin with, or -1.
func (b *builder) salutation(r text.Range) int {
	const longest = 3 // tokens
	for i := r.First + 1; i < min(r.End, r.First+longest+1); i++ {
		switch b.d.Word(i) {
		case ",", ":", "-", "–", "—", "--":
			if lex.letter.Has(b.words(text.Range{First: r.First, End: i})) && i+1 < len(b.d.Tokens) {
				return i + 1
			}
			return -1
		}
	}
	return -1
}

// words are the tokens in lower case with a space between.
func (b *builder) words(r text.Range) string {
	s := b.low(r.First)
	for i := r.First + 1; i < r.End; i++ {
		s += " " + b.low(i)
	}
	return s
}

// signed is the name that a paragraph consists of, beside a dash before it and a place behind it on a line or after a comma.
func (b *builder) signed(r text.Range) (text.Range, bool) {
	const (
		longest = 14 // tokens
		least   = 2  // of the name
	)
	if r.End-r.First > longest || b.finite(r) || b.stops(r) {
		return text.Range{}, false
	}
	switch b.d.Word(r.First) {
	case "-", "–", "—", "--":
		r.First++
	}
	name := text.Range{First: r.First, End: r.First}
	for name.End < r.End && (b.d.Tokens[name.End].Shape == text.Title || b.d.Tokens[name.End].Shape == text.Upper || b.d.Tokens[name.End].Shape == text.Camel) {
		if name.End > name.First && b.line(name.End) {
			break
		}
		name.End++
	}
	return name, name.End-name.First >= least && (name.End == r.End || b.line(name.End) || b.d.Word(name.End) == ",")
}

// line says whether token i begins a line.
func (b *builder) line(i int) bool {
	for _, c := range b.d.Text[b.d.Tokens[i-1].End:b.d.Tokens[i].Start] {
		if c == '\n' || c == '\r' {
			return true
		}
	}
	return false
}

// advice are the answers of a column to which people write: "DEAR ODILE: ..." is a letter, and "DEAR COUGHING: ..." what Odile answers.
// What the letters say, whose writers have no names, is nobody's.
func (b *builder) advice() []Turn {
	type letter struct {
		to   text.Range
		body int
	}
	var all []letter
	for p, r := range b.d.Paragraphs {
		if b.kinds[p] != Prose || b.low(r.First) != "dear" || r.First < b.body {
			continue
		}
		to := text.Range{First: r.First + 1, End: r.First + 1}
		for to.End < r.End && (b.d.Tokens[to.End].Shape == text.Title || b.d.Tokens[to.End].Shape == text.Upper) {
			to.End++
		}
		if to.End > to.First && to.End+1 < r.End && (b.d.Word(to.End) == ":" || b.d.Word(to.End) == ",") {
			all = append(all, letter{to, to.End + 1})
		}
	}
	if len(all) < 2 || b.words(all[0].to) == b.words(all[1].to) {
		return nil
	}
	voice := all[0].to
	var turns []Turn
	for n, x := range all {
		end := len(b.d.Tokens)
		if n+1 < len(all) {
			end = all[n+1].to.First - 1
		}
		t := Turn{Voice: voice, Sure: sureLetter}
		if b.says(&t, text.Range{First: x.body, End: end}) && b.words(x.to) != b.words(voice) {
			turns = append(turns, t)
		}
	}
	return turns
}
