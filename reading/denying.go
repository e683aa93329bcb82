package reading

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/reading/attribution"
	"github.com/onrecord/onrecord/text"
)

// An echo is a clause behind what somebody said, by which another denies it: "..., a charge that Moscow denies".
type echo struct {
	comma       int        // the mark before it
	noun        text.Range // "a charge", "which"
	source, cue text.Range
	end         int // of the clause
}

// echoes are the clauses that deny what stands before them in their sentence.
func (x index) echoes(l *english.Layer) []echo {
	var out []echo
	for v := range x.d.Tokens {
		if !strings.HasPrefix(l.Tags[v], "V") {
			continue
		}
		if p := x.phrase(l, v); p.stance != onrecord.Denies || len(p.words) > 1 {
			continue
		}
		if e, ok := x.echo(l, v); ok {
			out = append(out, e)
		}
	}
	return out
}

// echo is the clause of the verb at token v that denies what stands before it.
func (x index) echo(l *english.Layer, v int) (e echo, ok bool) {
	const (
		farthest = 16 // tokens from the verb back to the mark
		behind   = 4  // tokens of the clause behind the verb: "on Friday"
		longest  = 12 // tokens of the source
	)
	sentence := x.d.Sentences[x.d.SentenceAt(v)]
	first := v // of the verb with its auxiliaries
	for first > sentence.First && (l.Tags[first-1] == "RB" || l.Tags[first-1] == "MD" || lex.auxiliary.Has(l.Lemmas[first-1])) {
		first--
	}
	noun := text.Range{}
	for i := v - 1; i > max(sentence.First, v-farthest); i-- {
		w := strings.ToLower(x.d.Word(i))
		before := x.d.Word(i - 1)
		if x.d.Tokens[i].Shape == text.Open || x.d.Tokens[i].Shape == text.Close {
			return e, false
		}
		if before != "," && !dash(before) {
			continue
		}
		switch {
		case w == "which" || w == "something":
			noun = text.Range{First: i, End: i + 1}
		case w == "a" || w == "an":
			const modified = 3
			for n := i + 1; n < min(v, i+1+modified); n++ {
				if lex.denial.Of(l.Lemmas[n])&(isClaim|isProposal) != 0 {
					noun = text.Range{First: i, End: n + 1}
				}
			}
		}
		break
	}
	if noun.End == 0 {
		return e, false
	}
	e = echo{comma: noun.First - 1, noun: noun, cue: text.Range{First: first, End: v + 1}, end: v + 1}
	if strings.EqualFold(x.word(v+1), "by") && first == v || l.Tags[v] == "VBN" && strings.EqualFold(x.word(v+1), "by") {
		e.cue.End = v + 2
		e.source.First, e.end = v+2, v+2
		for e.end < min(sentence.End, v+2+longest) && x.d.Tokens[e.end].Shape < text.Open {
			e.end++
		}
		e.source.End = e.end
		return e, e.source.First < e.source.End
	}
	for e.end < sentence.End && x.d.Tokens[e.end].Shape < text.Open {
		if e.end++; e.end > v+1+behind || strings.HasPrefix(l.Tags[e.end-1], "NN") && l.Rels[e.end-1] == "obj" && int(l.Heads[e.end-1]) == v {
			return e, false // it has an object of its own
		}
	}
	e.source = text.Range{First: noun.End, End: first}
	if w := strings.ToLower(x.d.Word(e.source.First)); (w == "that" || w == "which") && e.source.First < first {
		e.source.First++
	}
	return e, e.source.First < e.source.End && e.source.End-e.source.First <= longest && !strings.HasPrefix(l.Tags[e.source.First], "V")
}

// dash says whether a word is a dash.
func dash(w string) bool { return w == "—" || w == "–" || w == "--" || w == "-" }

// apart cuts clauses that deny what was said off what was said in their sentence.
func (x index) apart(echoes []echo, statements []draft) {
	if len(echoes) == 0 {
		return
	}
	in := x.bySentence(statements)
	for _, e := range echoes {
		verb, comma := x.d.Tokens[e.cue.End-1].Span, x.d.Tokens[e.comma].Span
		near := in[x.d.SentenceAt(e.comma)]
		for _, i := range near {
			s := &statements[i]
			if s.Kind == onrecord.Direct || covers(s.Cue, verb) || covers(s.Source, comma) {
				continue
			}
			for k, c := range s.Content {
				r := x.d.TokensIn(c)
				if !c.Contains(verb) || r.First >= e.comma || r.End > e.end+1 || x.openAt(r.First, e.comma) {
					continue
				}
				s.Content[k].End = x.d.Tokens[e.comma-1].End
				for _, j := range near {
					if t := &statements[j]; covers(t.Cue, verb) {
						t.Within = -1
					}
				}
			}
		}
	}
}

// openAt says whether a quotation that begins behind token first is open at token i.
func (x index) openAt(first, i int) bool {
	const farthest = 200
	open := false
	for first = max(first, i-farthest); first < i; first++ {
		switch x.d.Tokens[first].Shape {
		case text.Open:
			open = true
		case text.Close:
			open = false
		}
	}
	return open
}

// denyings are denials and refusals to answer that the models have not found: those that echo what was said, and those of a verb that
// has somebody for a subject and something said for an object. None is in quotation marks. Cues are the tokens that are taken, which
// those of the statements found join.
func (x index) denyings(l *english.Layer, echoes []echo, cues []bool) []draft {
	var out []draft
	add := func(source, cue, content text.Range) {
		if slices.Contains(cues[cue.First:cue.End], true) {
			return
		}
		for i := cue.First; i < cue.End; i++ {
			cues[i] = true
		}
		out = append(out, x.drafted(attribution.Denial, source, cue, content))
	}
	for _, e := range echoes {
		if !x.page.In(e.cue.First) {
			add(e.source, e.cue, e.noun)
		}
	}
	for v := range x.d.Tokens {
		if cues[v] || x.page.In(v) || !strings.HasPrefix(l.Tags[v], "V") {
			continue
		}
		if source, cue, content := x.denying(l, v); source.First < source.End && content.First < content.End {
			add(source, cue, content)
		}
	}
	return out
}

// denying are the parts of the denial or the refusal to answer whose verb stands at token v; empty where there is none.
func (x index) denying(l *english.Layer, v int) (source, cue, content text.Range) {
	p := x.phrase(l, v)
	short := l.Lemmas[v] == "stop" && x.stands(v+1, "short", "of")
	switch {
	case (l.Lemmas[v] == "make" || l.Lemmas[v] == "have" || l.Lemmas[v] == "offer") && x.stands(v+1, "no", "comment"):
		return x.agent(l, v, v), text.Range{First: v, End: v + 2}, text.Range{First: v + 2, End: v + 3}
	case p.stance == onrecord.Denies || short || lex.refuse.Has(l.Lemmas[v]):
	case lex.reply.Has(l.Lemmas[v]):
		return x.unreplied(l, v)
	default:
		return source, cue, content
	}
	first, negated, _ := x.group(l, v)
	if negated || l.Tags[v] == "VB" || l.Tags[v] == "VBN" && first == v || x.passiveVerb(l, v) {
		return source, cue, content
	}
	cue = text.Range{First: first, End: v + 1}
	content = x.governed(l, v)
	switch {
	case short && v+3 < len(l.Lemmas): // "stopped short of calling"
		cue.End, content = v+3, text.Range{First: v + 3, End: max(v+4, x.governed(l, v+3).End)}
	case len(p.words) > 1:
		cue.End, content.First = p.End, x.behind(l, p.End)
		if content.First == p.End+1 { // "pushed back against"
			cue.End++
		}
	}
	if content.First >= content.End {
		return source, cue, content
	}
	source = x.agent(l, v, first)
	if source.First == source.End {
		return source, cue, content
	}
	if s := x.drafted(attribution.Denial, source, cue, content); !x.sayable(l, p, v, short, &s) {
		content = text.Range{}
	}
	return source, cue, content
}

// drafted is the statement of a pass by form whose parts stand at these tokens.
func (x index) drafted(o attribution.Origin, source, cue, content text.Range) draft {
	said := []onrecord.Span{x.d.Span(content)}
	return attribution.New(o, onrecord.Statement{Kind: x.wording(said), Source: []onrecord.Span{x.d.Span(source)}, Cue: []onrecord.Span{x.d.Span(cue)}, Content: said})
}

// behind is the first token of what the words of denial that end at token i are of, behind a day and a preposition: "pushed back on
// Monday | against".
func (x index) behind(l *english.Layer, i int) int {
	for i < len(l.Tags) && (isDay(x.d.Word(i)) || l.Tags[i] == "IN" && isDay(x.word(i+1))) {
		i++
	}
	if i < len(l.Tags) && l.Tags[i] == "IN" {
		i++
	}
	return i
}

// group is the first token of the verb at v with its auxiliaries and adverbs, and whether a negation, or a modal verb of what is not
// meant to be done, is among them.
func (x index) group(l *english.Layer, v int) (first int, negated, modal bool) {
	first = v
	for start := x.d.Sentences[x.d.SentenceAt(v)].First; first > start && (strings.HasPrefix(l.Tags[first-1], "RB") || l.Tags[first-1] == "MD" || lex.auxiliary.Has(l.Lemmas[first-1])); {
		first--
		negated = negated || lex.not.Has(strings.ToLower(x.d.Word(first)))
		modal = modal || l.Tags[first] == "MD" && !slices.Contains([]string{"would", "will", "could"}, l.Lemmas[first])
	}
	return first, negated, modal
}

// sayable says whether what the words of denial p, or the verb of refusal at v, are of is something said, or an answer.
func (x index) sayable(l *english.Layer, p sign, v int, short bool, s *draft) bool {
	if p.stance != onrecord.Denies {
		return short || x.answers(l, s, v)
	}
	return x.deniable(l, s, p) && (p.value == anything || lex.denial.Of(l.Lemmas[x.topOf(l, x.d.TokensIn(s.Content[0]))])&isClaim != 0)
}

// unreplied are the parts of an answer that was not given: "did not elaborate", "would not say who came".
func (x index) unreplied(l *english.Layer, v int) (source, cue, content text.Range) {
	first, negated, modal := x.group(l, v)
	if !negated || modal {
		return source, cue, content
	}
	cue, content = text.Range{First: first, End: v + 1}, x.governed(l, v)
	if content.First >= content.End && first < v { // "did not elaborate"
		cue.End, content = v, text.Range{First: v, End: v + 1}
	}
	alone := content.First == v
	if alone && l.Lemmas[v] != "elaborate" && l.Lemmas[v] != "comment" && (l.Lemmas[v] != "say" || l.Tags[first] != "MD") || !alone && !x.unanswered(l, v, content) {
		return source, cue, text.Range{}
	}
	return x.agent(l, v, first), cue, content
}

// goesOnWith says whether a verb of who is spoken of stands at token i: "denied it, saying", "and said".
func (x index) goesOnWith(l *english.Layer, i int) bool {
	for i < len(l.Tags) && (l.Tags[i] == "CC" || l.Tags[i] == "RB") {
		i++
	}
	return i < len(l.Tags) && (l.Tags[i] == "VBG" && x.word(i-1) != "and" || l.Tags[i] == "VBD" || l.Tags[i] == "VBZ" || l.Tags[i] == "VBP")
}

// unanswered says whether the negated verb at v with its content is of an answer that was not given.
func (x index) unanswered(l *english.Layer, v int, content text.Range) bool {
	switch l.Lemmas[v] {
	case "say", "disclose", "specify", "reveal": // "did not say whether"
		return x.asking(content.First)
	case "return":
		return x.any(content, lex.returned)
	case "respond", "reply":
		return x.any(content, lex.responded)
	}
	return true
}

// asking says whether a question begins at token i.
func (x index) asking(i int) bool {
	return lex.question.Has(strings.ToLower(x.word(i)))
}

// passiveVerb says whether the verb at v is in the passive.
func (x index) passiveVerb(l *english.Layer, v int) bool {
	const farthest = 4
	for i := max(0, v-farthest); i < v; i++ {
		if int(l.Heads[i]) == v && (l.Rels[i] == "aux:pass" || l.Rels[i] == "nsubj:pass") {
			return true
		}
	}
	return false
}

// agent is who does what the verb at v says: its subject, or that of the verb that it goes on from ("said it rained and denied").
func (x index) agent(l *english.Layer, v, first int) text.Range {
	const (
		longest = 24 // tokens
		steps   = 3
	)
	for range steps {
		if r := x.subject(l, v, first); r.First < r.End {
			for r.End > r.First && (x.d.Word(r.End-1) == "," || dash(x.d.Word(r.End-1)) || isDay(x.d.Word(r.End-1)) || l.Tags[r.End-1] == "RB" || l.Tags[r.End-1] == "MD" || lex.auxiliary.Has(l.Lemmas[r.End-1])) {
				r.End--
			}
			if r.First == r.End || r.End-r.First > longest || x.d.Tokens[r.First].Shape >= text.Open || l.Tags[v] == "VBP" && strings.EqualFold(x.d.Word(v), l.Lemmas[v]) && !x.plural(l, r) {
				break
			}
			return r
		}
		h := int(l.Heads[v])
		if h >= 0 && h < first && l.Rels[v] == "acl:relcl" && l.Tags[v] == "VBD" && x.name(l, h, first) { // "Press Secretary Ada Holm declined", by the tree a clause of the name
			r := text.Range{First: h, End: first}
			for r.First > 0 && int(l.Heads[r.First-1]) == h {
				r.First--
			}
			return r
		}
		if h < 0 || h >= v || l.Rels[v] != "conj" && l.Rels[v] != "xcomp" && (l.Rels[v] != "advcl" || l.Tags[v] != "VBG") {
			break
		}
		if before := x.word(first - 1); l.Tags[first-1] != "CC" && l.Tags[first-1] != "TO" && before != "," { // a subject that the tree has missed
			break
		}
		v, first = h, h
	}
	return x.apposed(l, v, first)
}

// apposed is the name that begins the sentence of the verb at v and that nothing parts from it but what is put to it: "Rudi Falk, 38,
// of Tern, yesterday denied".
func (x index) apposed(l *english.Layer, v, first int) text.Range {
	const longest = 30 // tokens
	sentence := x.d.Sentences[x.d.SentenceAt(v)]
	r := text.Range{First: sentence.First, End: sentence.First}
	for r.End < min(v, r.First+longest) && x.proper(l, r.End) {
		r.End++
	}
	for first > r.End && (isDay(x.d.Word(first-1)) || l.Tags[first-1] == "IN") {
		first--
	}
	if r.End == r.First || first-r.First > longest || x.word(r.End) != "," || x.word(first-1) != "," {
		return text.Range{}
	}
	for i := r.End; i < first; i++ {
		if tag := l.Tags[i]; tag == "VBD" || tag == "VBZ" || tag == "VBP" || tag == "MD" || tag == "CC" || x.d.Tokens[i].Shape == text.Open {
			return text.Range{}
		}
	}
	return r
}

// name says whether the tokens [i, end) are words of names alone.
func (x index) name(l *english.Layer, i, end int) bool {
	for ; i < end; i++ {
		if !x.proper(l, i) {
			return false
		}
	}
	return true
}

// plural says whether the noun phrase at r is of more than one, or of the speaker or the reader.
func (x index) plural(l *english.Layer, r text.Range) bool {
	if r.End-r.First == 1 && l.Tags[r.First] == "PRP" {
		return true
	}
	for ; r.First < r.End; r.First++ {
		switch tag := l.Tags[r.First]; {
		case tag == "NNS", tag == "NNPS", tag == "WDT", tag == "WP", x.d.Word(r.First) == "and", strings.EqualFold(x.d.Word(r.First), "all"), strings.EqualFold(x.d.Word(r.First), "both"):
			return true
		}
	}
	return false
}

// governed is what stands behind the verb at v and hangs on it, up to what is joined to it or goes round it.
func (x index) governed(l *english.Layer, v int) text.Range {
	const (
		longest = 60 // tokens
		deepest = 24
	)
	end := min(v+1+longest, x.d.Sentences[x.d.SentenceAt(v)].End)
	r := text.Range{First: v + 1, End: v + 1}
	for i := v + 1; i < end; i++ {
		under := i
		for depth := 0; under >= 0 && int(l.Heads[under]) != v && depth < deepest; depth++ {
			under = int(l.Heads[under])
		}
		if under < 0 || int(l.Heads[under]) != v {
			break
		}
		if i > r.First && (x.d.Word(i) == "," || l.Tags[i] == "CC") && x.goesOnWith(l, i+1) {
			break
		}
		switch l.Rels[under] {
		case "conj", "cc", "parataxis", "advcl":
			end = i
			continue
		case "advmod", "obl:tmod", "punct":
			if r.First == i && under == i { // "denied yesterday that"
				if r.First++; l.Rels[i] == "punct" {
					return text.Range{}
				}
			}
		}
		r.End = i + 1
	}
	for r.End > r.First && x.d.Tokens[r.End-1].Shape == text.Punct {
		r.End--
	}
	return r
}
