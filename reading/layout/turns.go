package layout

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/text"
)

// How sure a turn is of its speaker's words.
const (
	sureLabel     = .9  // "NAME: ..."
	sureInterview = .75 // by questions and answers alone
)

// longestLabel is the most tokens of the name before the colon of a turn.
const longestLabel = 12

// A label begins a turn: "MS. HALE:", "Q".
type label struct {
	name   text.Range
	mark   text.Range // the colon; empty behind "Q"
	body   int        // the first token of what is said
	key    string     // the same for all labels of one speaker
	formal bool       // as transcripts have it: capitals with a title, "THE PRESIDENT", "Q"
	voice  bool       // of somebody without a name: "Reporter"
	asks   bool
	// someone: a title, a word for who speaks or a name of a person stands in it.
	someone bool
}

// labelled are the turns of a transcript, or nil where the document is none. What names say of themselves in a list without verbs
// ("Edith Moran: theft") is marked as entries.
func (b *builder) labelled() []Turn {
	labels := b.labels()
	if len(labels) == 0 {
		return nil
	}
	if !b.transcript(labels) {
		b.entries(labels)
		return nil
	}
	turns := make([]Turn, 0, len(labels))
	for n, x := range labels {
		end := len(b.d.Tokens)
		if n+1 < len(labels) {
			if end = labels[n+1].name.First; b.d.Tokens[end-1].Shape == text.Open {
				end--
			}
		} else if !x.formal {
			end = b.tail(x.body)
		}
		t := Turn{Name: x.name, Mark: x.mark, Asks: x.asks, Sure: sureLabel}
		if !b.says(&t, text.Range{First: x.body, End: end}) {
			continue
		}
		switch x.key {
		case "q":
			t.Name, t.Mark = text.Range{}, text.Range{}
		case "a":
			t.Name, t.Mark, t.Voice = text.Range{}, text.Range{}, b.introduced(labels[0].name.First)
		}
		turns = append(turns, t)
	}
	return turns
}

// says gives a turn its words, paragraph by paragraph, and marks these as spoken.
func (b *builder) says(t *Turn, r text.Range) bool {
	for r.First < r.End {
		p := b.d.ParagraphAt(r.First)
		q := text.Range{First: r.First, End: min(r.End, b.d.Paragraphs[p].End)}
		if r.First = q.End; b.kinds[p] == Apart || b.kinds[p] == Caption || b.ends(q) {
			if b.ends(q) && len(t.Said) > 0 {
				break
			}
			continue
		}
		b.kinds[p] = Spoken
		if !b.stage(q) {
			t.Said = append(t.Said, q)
		}
	}
	return len(t.Said) > 0
}

// stage says whether the tokens stand in brackets: "(Applause.)".
func (b *builder) stage(r text.Range) bool {
	w := b.d.Word(r.End - 1)
	switch b.d.Word(r.First) {
	case "(":
		return w == ")"
	case "[":
		return w == "]"
	}
	return false
}

// ends says whether the tokens end a transcript: "END 3:45 P.M. EDT", "# # #".
func (b *builder) ends(r text.Range) bool {
	w := b.d.Word(r.First)
	return r.End-r.First <= 8 && (w == "END" || w == "#" || w == "###" || w == "***")
}

// labels are the labels of a document in text order.
func (b *builder) labels() []label {
	var out []label
	for p, r := range b.d.Paragraphs {
		if b.kinds[p] != Prose || r.End <= b.body {
			continue
		}
		for i := r.First; i < r.End; i++ {
			if i > r.First && !b.inside(i) {
				continue
			}
			if x, ok := b.label(i, r, i > r.First); ok {
				out = append(out, x)
				i = x.body - 1
			}
		}
	}
	return out
}

// inside says whether a label in capitals may stand at token i inside a paragraph: a sentence begins there.
func (b *builder) inside(i int) bool {
	if s := b.d.Tokens[i].Shape; s != text.Upper {
		return false
	}
	switch b.d.Word(i - 1) {
	case ".", "?", "!", "…", "...", "—", "--", ")", "]":
		return true
	}
	s := b.d.Tokens[i-1].Shape
	return s == text.Close || s == text.Open
}

// label reads the label at token i of the paragraph r. Inside a paragraph only capitals are one.
func (b *builder) label(i int, r text.Range, inside bool) (x label, ok bool) {
	if b.d.Tokens[i].Shape == text.Open && !inside {
		i++
	}
	if i >= r.End {
		return x, false
	}
	if w := b.d.Word(i); (w == "Q" || w == "A") && !inside {
		return b.letter(i, r)
	}
	x.name = text.Range{First: i, End: i}
	upper, small := 0, 0
	titled, number := false, false
	for ; x.name.End < r.End; x.name.End++ {
		k := x.name.End
		if k-i > longestLabel {
			return x, false
		}
		w := b.low(k)
		if w == ":" {
			break
		}
		if lex.part.Has(w) && !lex.asks.Has(w) {
			return x, false
		}
		number = number || b.d.Tokens[k].Shape == text.Number
		titled = titled || isTitle(w)
		switch b.d.Tokens[k].Shape {
		case text.Upper, text.Mixed:
			if len(w) > 1 && w != "mr." {
				upper++
			}
		case text.Title, text.Camel:
			if !isTitle(w) {
				small++
			}
		default:
			if k == i || !slices.Contains([]string{"(", ")", ",", ".", "of", "and", "the", "for", "de", "van", "von", "al", "bin", "&", "-", "'", "’", "#"}, w) && b.d.Tokens[k].Shape != text.Number {
				return x, false
			}
		}
	}
	if x.name.End == i || x.name.End >= r.End || b.d.Word(x.name.End) != ":" {
		return x, false
	}
	x.mark = text.Range{First: x.name.End, End: x.name.End + 1}
	x.body = x.mark.End
	name := strings.ToLower(b.d.Span(x.name).Of(b.d.Text))
	if lex.heading.Has(name) || lex.column.Has(name) {
		b.headings[x.mark.First] = true
		return x, false
	}
	if x.body >= len(b.d.Tokens) || b.low(i) == "dear" {
		return x, false
	}
	capitals := upper > 0 && small == 0
	if inside && (!capitals || x.name.End-i > 6) {
		return x, false
	}
	last := x.name.End - 1
	for n := x.name.First; n < x.name.End; n++ { // "SMITH (on the phone)", "Ada Holm, mayor"
		if w := b.d.Word(n); (w == "(" || w == ",") && n > x.name.First {
			last = n - 1
			break
		}
	}
	x.key = b.low(last)
	x.voice = lex.voice.Has(x.key) || lex.voice.Has(b.low(x.name.First))
	x.asks = lex.asks.Has(x.key)
	x.formal = capitals && (titled || x.voice)
	x.someone = titled || x.voice || b.person(x.name)
	return x, x.voice || !number
}

// letter reads "Q" and "A" at token i of the paragraph r.
func (b *builder) letter(i int, r text.Range) (x label, ok bool) {
	x = label{name: text.Range{First: i, End: i + 1}, body: i + 1, key: b.low(i), formal: true, voice: true}
	x.asks = x.key == "q"
	for x.body < r.End && (b.d.Word(x.body) == ":" || b.d.Word(x.body) == "." || b.d.Word(x.body) == ")") {
		x.mark = text.Range{First: x.body, End: x.body + 1}
		x.body++
	}
	if x.body >= r.End {
		return x, false
	}
	gap := b.d.Tokens[x.body].Start - b.d.Tokens[x.body-1].End
	shape := b.d.Tokens[x.body].Shape
	marked := x.body > i+1 || gap > 1
	return x, marked || x.asks && (shape == text.Title || shape == text.Upper && b.d.Word(x.body) == "I" || shape == text.Open)
}

// transcript says whether the labels are those of a transcript: they come again, or have the form that only transcripts have, and people
// speak behind them.
func (b *builder) transcript(labels []label) bool {
	keys := map[string]int{}
	const far = 300 // tokens of a turn that are looked at
	formal, spoken, asked, quoted, named := 0, 0, 0, 0, 0
	for n, x := range labels {
		keys[x.key]++
		end := len(b.d.Tokens)
		if n+1 < len(labels) {
			end = max(labels[n+1].name.First, x.body)
		}
		r := text.Range{First: x.body, End: min(end, x.body+far)}
		if x.formal {
			formal++
		}
		if b.spoken(r, lex.spoken) {
			spoken++
		}
		if r.End > r.First && b.d.Word(r.End-1) == "?" {
			asked++
		}
		if b.d.Tokens[x.body].Shape == text.Open {
			quoted++
		}
		if x.someone {
			named++
		}
	}
	n := len(labels)
	if 2*quoted > n {
		return false
	}
	again := n - len(keys)
	switch {
	case len(keys) == 1 && labels[0].key != "q" && labels[0].key != "a":
		return (named > 0 || labels[0].name.End-labels[0].name.First > 1 && b.low(labels[0].name.First) != "the") && b.speech(labels[0]) || formal > 0 && spoken > 0
	case formal > 0 && n > 1:
		return 4*(spoken+asked) >= n
	case n >= 3 && again > 0 && 3*again >= n:
		return 3*(spoken+asked) >= n
	case n >= 2:
		return 3*named >= 2*n && 3*(spoken+asked) >= 2*n && (again > 0 || asked > 0)
	}
	return false
}

// person says whether a name of a person, or one word run together of such, stands in the tokens.
func (b *builder) person(r text.Range) bool {
	if r.End-r.First == 1 && b.d.Tokens[r.First].Shape == text.Camel {
		return true
	}
	return slices.ContainsFunc(b.l.Names, func(n english.Name) bool {
		return n.Kind == english.Person && n.First >= r.First && n.End <= r.End
	})
}

// speech says whether a text with the labels of one speaker, the first at its head, is what that one says: "Ada Holm: My friends, ...".
func (b *builder) speech(x label) bool {
	const (
		head   = 60 // tokens before it
		fewest = 60 // tokens
	)
	if x.name.First > head || len(b.d.Tokens)-x.body < fewest {
		return false
	}
	all, spoken := 0, 0
	for _, r := range b.d.Sentences[b.d.SentenceAt(x.body):] {
		if all++; b.spoken(r, lex.own) {
			spoken++
		}
	}
	return 4*spoken >= all
}

// tail is where the last turn ends, whose words begin at token i: behind the last paragraph in which somebody speaks.
func (b *builder) tail(i int) int {
	p := b.d.ParagraphAt(i)
	end := b.d.Paragraphs[p].End
	for _, r := range b.d.Paragraphs[p+1:] {
		if b.spoken(r, lex.spoken) {
			end = r.End
		}
	}
	return end
}

// entries marks the paragraphs of labels of which most say no sentence.
func (b *builder) entries(labels []label) {
	const fewest = 2
	verbs := 0
	var at []int
	for _, x := range labels {
		p := b.d.ParagraphAt(x.name.First)
		if b.finite(text.Range{First: x.body, End: b.d.Paragraphs[p].End}) {
			verbs++
			continue
		}
		at = append(at, p)
	}
	if len(at) < fewest || len(at) < 2*verbs {
		return
	}
	for _, p := range at {
		b.kinds[p] = Entry
	}
}

// interview are the answers of an interview whose questions and answers stand in paragraphs of their own and that names before them who
// is asked, or nil. Nobody is known to put the questions: they are read as prose.
func (b *builder) interview() []Turn {
	const (
		fewest  = 3  // questions
		longest = 60 // tokens of a question
	)
	asks := func(p int) bool {
		r := b.d.Paragraphs[p]
		return b.kinds[p] == Prose && r.First >= b.body && r.End-r.First <= longest && b.d.Word(r.End-1) == "?" && b.d.Tokens[r.First].Shape != text.Open
	}
	first, questions, answers, spoken, quoted := -1, 0, 0, 0, 0
	for p, r := range b.d.Paragraphs {
		switch {
		case asks(p):
			if first < 0 {
				first = p
			}
			if p+1 < len(b.kinds) && !asks(p+1) {
				questions++
			}
		case first >= 0 && b.kinds[p] == Prose:
			if answers++; b.spoken(r, lex.spoken) {
				spoken++
			}
			for i := r.First; i < r.End; i++ {
				if b.d.Tokens[i].Shape == text.Open {
					quoted++
					break
				}
			}
		}
	}
	if questions < fewest || 4*questions < answers || 5*spoken < 2*answers || 3*quoted > answers {
		return nil
	}
	voice := b.introduced(b.d.Paragraphs[first].First)
	if voice.End == 0 {
		return nil
	}
	var turns []Turn
	for p := first; p < len(b.kinds); {
		next := p + 1
		for next < len(b.kinds) && !asks(next) {
			next++
		}
		t := Turn{Voice: voice, Sure: sureInterview}
		if next > p+1 && b.says(&t, text.Range{First: b.d.Paragraphs[p+1].First, End: b.d.Paragraphs[next-1].End}) {
			turns = append(turns, t)
		}
		p = next
	}
	return turns
}

// introduced is the person whom the text names before token end, where it names one alone; else empty.
func (b *builder) introduced(end int) text.Range {
	var r text.Range
	for _, n := range b.l.Names {
		if n.First >= end {
			break
		}
		if n.Kind != english.Person {
			continue
		}
		if r.End > 0 && b.low(n.End-1) != b.low(r.End-1) {
			return text.Range{}
		}
		if r.End == 0 || n.End-n.First > r.End-r.First {
			r = n.Range
		}
	}
	return r
}
