package text

import "unicode/utf8"

// Families of quotation marks: what one of a family opens, another of it closes.
type family uint8

const (
	noFamily  family = iota
	straight         // " "
	curly            // “ ”
	low              // „ “ and „ ”
	guillemet        // « » and » «
	ticks            // `` ''
	single           // ' ', ‘ ’, ` ', ‚ ‘, ‹ ›
	families
)

// A direction is which way a quotation mark faces.
type direction uint8

const (
	none direction = iota // no quotation mark: an apostrophe, a sign for inches
	opening
	closing
)

// A mark is a token that may be a quotation mark.
type mark struct {
	token  int
	rune   rune
	family family
	dir    direction
	match  int // index of the mark at the other end of the quotation, -1 when it is missing
}

// markOf is the family of a token that may be a quotation mark.
func markOf(s string, t Token) (family, rune) {
	if t.Len() > 3 {
		return noFamily, 0
	}
	switch w := s[t.Start:t.End]; w {
	case `"`, "＂":
		return straight, '"'
	case "“", "”", "‟":
		r, _ := utf8.DecodeRuneInString(w)
		return curly, r
	case "„":
		return low, '„'
	case "«", "»":
		r, _ := utf8.DecodeRuneInString(w)
		return guillemet, r
	case "``":
		return ticks, '“'
	case "''":
		return ticks, '”'
	case "'", "‘", "’", "‚", "‛", "‹", "›", "`", "´":
		r, _ := utf8.DecodeRuneInString(w)
		return single, r
	}
	return noFamily, 0
}

// resolveMarks finds the text's quotation marks, which way each faces and which belong together, paragraph by paragraph, and
// sets the shape of their tokens. An index of each paragraph's first mark comes with them.
func (d *Doc) resolveMarks() []mark {
	var marks []mark
	for i, t := range d.Tokens {
		if t.Shape != Punct {
			continue
		}
		if f, r := markOf(d.Text, t); f != noFamily {
			marks = append(marks, mark{token: i, rune: r, family: f, match: -1})
		}
	}
	r := resolver{d: d}
	from := 0
	for n, p := range d.Paragraphs {
		to := from
		for to < len(marks) && marks[to].token < p.End {
			to++
		}
		r.reopened = d.reopened(n, marks[to:])
		r.paragraph(p, marks[from:to], from)
		from = to
	}
	for _, m := range marks {
		switch m.dir {
		case opening:
			d.Tokens[m.token].Shape = Open
		case closing:
			d.Tokens[m.token].Shape = Close
		}
	}
	return marks
}

// A resolver keeps the state of one paragraph.
type resolver struct {
	d     *Doc
	p     Range
	marks []mark
	stack []int         // open marks
	open  [families]int // how many of the stack are of each family
	lean  []direction   // what the blanks around each mark say
	later []bool        // a mark that surely closes a single quotation follows before the next that opens one

	reopened bool // a paragraph behind begins with a single mark
}

// reopened says whether the paragraph behind paragraph n, or the one behind that, as a caption may stand between, begins with the first
// of the marks, a single one.
func (d *Doc) reopened(n int, marks []mark) bool {
	if len(marks) == 0 || marks[0].family != single {
		return false
	}
	for _, p := range d.Paragraphs[min(n+1, len(d.Paragraphs)):min(n+3, len(d.Paragraphs))] {
		if p.First == marks[0].token {
			return true
		}
	}
	return false
}

// begins says whether the single mark at token t begins what the paragraphs behind go on with: "She said: 'The ferry stopped."
func (r *resolver) begins(t int) bool {
	return t == r.p.First || r.reopened && t > r.p.First && r.capital(t+1) && (r.d.Word(t-1) == ":" || r.d.Word(t-1) == ",")
}

// paragraph resolves the marks of paragraph p; base is the index of the first among those of the text.
func (r *resolver) paragraph(p Range, marks []mark, base int) {
	if len(marks) == 0 {
		return
	}
	r.p, r.marks = p, marks
	r.stack = r.stack[:0]
	r.open = [families]int{}
	r.lean = r.lean[:0]
	r.later = r.later[:0]
	for i := range marks {
		r.lean = append(r.lean, r.leaning(i))
		r.later = append(r.later, false)
	}
	closes := false
	for i := len(marks) - 1; i >= 0; i-- {
		r.later[i] = closes
		if marks[i].family == single {
			switch {
			case r.lean[i] == opening:
				closes = false
			case r.mayClose(i) && !r.possessive(i):
				closes = true
			}
		}
	}
	for i := range marks {
		r.resolve(i, base)
	}
	// What is still open lacks its closing mark; a lone straight single mark is an apostrophe, unless it begins the paragraph.
	for _, i := range r.stack {
		if m := &marks[i]; m.family == single && m.rune != '‘' && !r.begins(m.token) {
			m.dir = none
		}
	}
}

// leaning is the direction that the tokens around mark i speak for, none when they do not tell.
func (r *resolver) leaning(i int) direction {
	left := r.opensAfter(i)
	switch right := r.closesBefore(i, left); {
	case left && !right:
		return opening
	case right && !left:
		return closing
	}
	return none
}

// opensAfter says whether what stands before mark i speaks for an opening one: nothing, a blank, a bracket, a dash, or an opening mark.
func (r *resolver) opensAfter(i int) bool {
	t, toks, s := r.marks[i].token, r.d.Tokens, r.d.Text
	if t == r.p.First || toks[t].Space {
		return true
	}
	switch s[toks[t-1].Start] {
	case '(', '[', '{', '-', '/', '=', '>':
		return toks[t-1].Shape == Punct || toks[t-1].Shape == Symbol
	}
	return i > 0 && r.marks[i-1].token == t-1 && r.lean[i-1] == opening || dash(toks[t-1].Of(s))
}

// closesBefore says whether what stands after mark i speaks for a closing one: nothing, a blank, a mark that goes on, a dash, or, where
// nothing speaks for an opening one (opens), another quotation mark.
func (r *resolver) closesBefore(i int, opens bool) bool {
	t, toks, s := r.marks[i].token, r.d.Tokens, r.d.Text
	if t+1 == r.p.End || toks[t+1].Space {
		return true
	}
	switch next := toks[t+1]; s[next.Start] {
	case ',', ';', ':', '!', '?', ')', ']', '}', '/', '<':
		return true
	case '.':
		return next.Shape == Punct && !(next.Len() > 1 && opens) // "...and so on"
	case '-':
		return next.Shape == Punct
	}
	return dash(toks[t+1].Of(s)) || !opens && i+1 < len(r.marks) && r.marks[i+1].token == t+1
}

func dash(w string) bool {
	switch w {
	case "–", "—", "―", "--", "---":
		return true
	}
	return false
}

// mayClose says whether the single mark i can close a quotation: it follows a token without a blank between.
func (r *resolver) mayClose(i int) bool {
	m := r.marks[i]
	if m.token == r.p.First || m.rune == '‚' || m.rune == '‹' || m.rune == '`' {
		return false
	}
	return !r.d.Tokens[m.token].Space || r.lean[i] == closing
}

// possessive says whether the single mark i may be the apostrophe of a plural ("the Democrats' plan") or of a dropped letter.
func (r *resolver) possessive(i int) bool {
	t := r.marks[i].token
	if t == r.p.First || t+1 >= r.p.End {
		return false
	}
	before, after := r.d.Tokens[t-1], r.d.Tokens[t+1]
	if !after.Space || after.Shape == Punct || before.Shape == Punct || r.d.Tokens[t].Space {
		return false
	}
	w := before.Of(r.d.Text)
	switch w[len(w)-1] {
	case 's', 'S', 'z', 'x':
		return true
	case 'n':
		return len(w) > 2 && w[len(w)-2] == 'i'
	}
	return false
}

// resolve decides on mark i, given those before it.
func (r *resolver) resolve(i, base int) {
	m := &r.marks[i]
	switch m.family {
	case straight:
		m.dir = r.straightMark(i)
	case ticks:
		m.dir = r.tickMark(i)
	case curly:
		m.dir = r.curlyMark(i)
	case low:
		m.dir = opening
	case guillemet:
		m.dir = r.guillemetMark(i)
	case single:
		m.dir = r.singleMark(i, r.lean[i])
	}
	switch m.dir {
	case opening:
		r.stack = append(r.stack, i)
		r.open[m.family]++
	case closing:
		r.close(i, base)
	}
}

// inDouble says whether a quotation in double marks is open.
func (r *resolver) inDouble() bool {
	return r.open[straight]+r.open[curly]+r.open[low]+r.open[guillemet]+r.open[ticks] > 0
}

// straightMark goes by what stands around the mark, else by whether a quotation is open.
func (r *resolver) straightMark(i int) direction {
	switch lean := r.lean[i]; {
	case lean == none && r.inDouble():
		return closing
	case lean == none:
		return opening
	case lean == closing && !r.inDouble() && r.afterDigit(i):
		return none // inches
	default:
		return lean
	}
}

// tickMark goes by the characters, but programs write closing ticks for straight marks on either side.
func (r *resolver) tickMark(i int) direction {
	m, lean := r.marks[i], r.lean[i]
	after := !r.d.Tokens[m.token].Space && m.token > r.p.First
	switch {
	case m.rune != '”', lean == opening && !(r.open[ticks] > 0 && after), lean == none && !r.inDouble():
		return opening
	}
	return closing
}

// curlyMark goes by the characters, but “ closes German quotations, and either may have been turned the wrong way.
func (r *resolver) curlyMark(i int) direction {
	lean := r.lean[i]
	switch r.marks[i].rune {
	case '“':
		if lean == closing && r.inDouble() || r.open[low] > 0 && lean != opening {
			return closing
		}
	case '”':
		switch {
		case r.inDouble():
			return closing
		case lean == opening:
			return opening
		case lean != none && r.afterDigit(i):
			return r.inchOr(i)
		}
		return closing
	}
	return opening
}

// guillemetMark goes by what is open: « and » open in one country and close in another.
func (r *resolver) guillemetMark(i int) direction {
	lean, open := r.lean[i], r.open[guillemet] > 0
	if lean == closing || open && (lean != opening || r.marks[i].rune == '»' && r.opener(guillemet) == '«') {
		return closing
	}
	return opening
}

// inchOr is what an unopened ” after a digit is: a sign for inches when a word follows it, else a closing mark.
func (r *resolver) inchOr(i int) direction {
	if t := r.marks[i].token; t+1 < r.p.End && r.d.Tokens[t+1].Shape <= Mixed {
		return none
	}
	return closing
}

func (r *resolver) afterDigit(i int) bool {
	t := r.marks[i].token
	return t > r.p.First && !r.d.Tokens[t].Space && class[r.d.Text[r.d.Tokens[t].Start-1]] == cDigit
}

// opener is the mark that opened the innermost quotation of the family.
func (r *resolver) opener(f family) rune {
	if n := len(r.stack); n > 0 && r.marks[r.stack[n-1]].family == f {
		return r.marks[r.stack[n-1]].rune
	}
	return 0
}

// singleMark decides between a single quotation mark and an apostrophe.
func (r *resolver) singleMark(i int, lean direction) direction {
	m := r.marks[i]
	inside := len(r.stack) > 0 && r.marks[r.stack[len(r.stack)-1]].family == single
	if inside && r.mayClose(i) && lean != opening {
		if r.possessive(i) && r.later[i] {
			return none
		}
		if lean == closing || m.rune == '’' || m.rune == '›' || m.token+1 < r.p.End && r.d.Tokens[m.token+1].Shape == Punct {
			return closing
		}
		return none
	}
	switch m.rune {
	case '‘', '‚', '‹', '‛':
		if lean == closing {
			return none
		}
		return opening
	case '´', '›':
		return none
	}
	if lean == opening && (r.later[i] || r.begins(m.token) && r.capital(m.token+1) && m.rune != '`') {
		return opening
	}
	return none
}

// capital says whether token t begins with a capital.
func (r *resolver) capital(t int) bool {
	return t < r.p.End && (r.d.Tokens[t].Shape == Title || r.d.Tokens[t].Shape == Upper)
}

// closers are the families that a closing mark of a family may close, those it closes best first. A double mark closes whatever
// is open.
var closers = [families][]family{
	straight:  {straight, curly, low, ticks, guillemet, single},
	curly:     {curly, low, straight, ticks, guillemet, single},
	guillemet: {guillemet, low, curly, straight, ticks, single},
	ticks:     {ticks, straight, curly, low, guillemet, single},
	single:    {single},
}

// close matches the closing mark i with the innermost open mark that it may close; marks opened since then lack theirs.
func (r *resolver) close(i, base int) {
	m := &r.marks[i]
	for _, f := range closers[m.family] {
		if r.open[f] == 0 {
			continue
		}
		for {
			n := len(r.stack) - 1
			j := r.stack[n]
			r.stack = r.stack[:n]
			o := &r.marks[j]
			r.open[o.family]--
			if o.family == f {
				o.match, m.match = base+i, base+j
				return
			}
			if o.family == single && o.rune != '‘' {
				o.dir = none
			}
		}
	}
}
