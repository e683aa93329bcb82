package reading

import (
	"cmp"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/text"
)

// anonymity notes the reasons that the article gives for not naming a speaker ("on condition of anonymity because she was not
// authorised to speak", "who asked not to be named, citing the talks"), with the speaker whom they are about. Statements that say
// no more than that a name is withheld are noted in drop: how somebody spoke is not what was said.
func (x index) anonymity(l *english.Layer, statements []draft, speakers []onrecord.Speaker, drop map[int]bool) {
	if !slices.ContainsFunc(speakers, func(s onrecord.Speaker) bool { return hidden(&s) }) {
		return
	}
	type place struct{ token, kind int }
	var places []place
	for i := range x.d.Tokens {
		if kind := x.withholds(l, i); kind != 0 {
			places = append(places, place{i, kind})
		}
	}
	if len(places) == 0 {
		return
	}
	in := x.bySentence(statements)
	for _, p := range places {
		for _, j := range in[x.d.SentenceAt(p.token)] {
			if x.asks(l, &statements[j], p.token) {
				drop[j] = true
			}
		}
	}
	m := x.mentions(statements, speakers, drop)
	end := 0 // of the reason before
	for _, p := range places {
		if p.token < end {
			continue
		}
		r := x.reason(l, m, p.token, p.kind)
		if r.First >= r.End {
			continue
		}
		end = r.End
		if k := x.withheld(m, speakers, p.token); k >= 0 {
			speakers[k].Anonymity = append(speakers[k].Anonymity, x.d.Span(r))
		}
	}
}

// asks says whether a statement says no more than that a name is withheld, at token i: "asked | not to be named".
func (x index) asks(l *english.Layer, s *draft, i int) bool {
	const near = 5
	if s.Kind != onrecord.Indirect || len(s.Cue) == 0 {
		return false
	}
	cue, verb := x.d.TokensIn(s.Cue[0]), false
	if cue.First >= i || i-cue.First >= 2*near {
		return false
	}
	for v := cue.First; v < min(cue.End, i); v++ {
		verb = verb || lex.askNamed.Has(l.Lemmas[v])
	}
	return verb && slices.ContainsFunc(s.Content, func(c onrecord.Span) bool {
		first := x.d.TokensIn(c).First
		return first <= i+1 && i-first < near || cue.End == i && first < i+near
	})
}

// hidden says whether the speaker has no name.
func hidden(s *onrecord.Speaker) bool { return s.Kind == onrecord.Unnamed || s.Kind == onrecord.Group }

// How the words at a place withhold a name.
const (
	asked      = 1 + iota // "on condition of anonymity": a reason may stand beside it
	unlicensed            // "was not authorised to speak": the reason itself
)

// withholds says whether a name is withheld by the words at token i.
func (x index) withholds(l *english.Layer, i int) int {
	const near = 5
	before := func(n int, words ...string) int {
		first := x.d.Sentences[x.d.SentenceAt(i)].First
		for j := i - 1; j >= max(first, i-n); j-- {
			if slices.Contains(words, l.Lemmas[j]) || slices.Contains(words, x.d.Word(j)) {
				return j
			}
		}
		return -1
	}
	switch w := x.d.Word(i); {
	case w == "anonymity", w == "anonymous", w == "anonymously":
		if l.Lemmas[i] == "anonymous" && before(near, "remain", "stay", "be", "keep") < 0 {
			return 0 // "an anonymous letter"
		}
		return asked
	case w == "named", w == "identified":
		if before(near, "not", "n't", "n’t", "decline", "refuse", "without") >= 0 {
			return asked
		}
	case w == "withheld":
		if before(near, "name", "identity") >= 0 {
			return asked
		}
	case lex.licensed.Has(w):
		if before(3, "not", "n't", "n’t", "never") >= 0 && i+2 < len(x.d.Tokens) && x.d.Word(i+1) == "to" && lex.disclose.Has(l.Lemmas[i+2]) {
			return unlicensed
		}
	}
	return 0
}

// reason is the words of the reason beside token i, from the word that joins it on; empty where none is given.
func (x index) reason(l *english.Layer, m *mentions, i, kind int) text.Range {
	sentence := x.d.Sentences[x.d.SentenceAt(i)]
	const reach = 12 // tokens between the two
	if kind == unlicensed {
		first := i
		for first > sentence.First && first > i-6 && !(first < i && x.d.Tokens[first-1].Shape >= text.Open) {
			switch l.Lemmas[first-1] {
			case "not", "n't", "n’t", "never", "be", "have", "yet", "been":
				first--
				continue
			}
			break
		}
		r := text.Range{First: first, End: x.clauseEnd(m, first, first, sentence.End)}
		for j := i; j+1 < r.End; j++ {
			if l.Rels[j] == "cc" && (l.Tags[j+1] == "VBD" || l.Tags[j+1] == "VBZ") { // "and spoke on condition of anonymity"
				r.End = j
			}
		}
		return r
	}
	for j := i + 1; j < min(sentence.End, i+reach); j++ {
		if x.joins(l, j, i) {
			return text.Range{First: j, End: x.clauseEnd(m, j, j+1, sentence.End)}
		}
		if _, cue := m.cues[x.d.Tokens[j].Start]; cue { // something else is said
			break
		}
	}
	if j := sentence.First; x.joins(l, j, -1) { // "Citing the talks, an official who asked not to be named said"
		if end := x.clauseEnd(m, j, j+1, sentence.End); end < i && x.d.Word(end) == "," {
			return text.Range{First: j, End: end}
		}
	}
	return text.Range{}
}

// joins says whether token j joins a reason to what stands before it; at is where the name is withheld.
func (x index) joins(l *english.Layer, j, at int) bool {
	if j+1 >= len(x.d.Tokens) {
		return false
	}
	next := x.d.Word(j + 1)
	switch strings.ToLower(x.d.Word(j)) {
	case "because", "citing", "fearing", "lest":
		return true
	case "since", "as":
		return j+2 < len(x.d.Tokens) && (l.Tags[j+1] == "PRP" || l.Tags[j+1] == "DT" || l.Tags[j+1] == "PRP$") && l.Rels[j] == "mark"
	case "for":
		return next == "fear" || next == "security" || next == "safety" || next == "reasons" || next == "privacy" || next == "lack"
	case "out":
		return next == "of" && j+2 < len(x.d.Tokens) && (x.d.Word(j+2) == "fear" || x.d.Word(j+2) == "concern")
	case "due", "owing":
		return next == "to"
	case "given":
		return l.Tags[j+1] == "DT" || l.Tags[j+1] == "PRP$"
	case "in":
		return next == "order"
	case "to": // "on condition of anonymity to discuss the talks", "so as to"
		return (j == at+1 || j == at+2 && x.d.Word(at+1) == "," || x.d.Word(j-1) == "as") && l.Tags[j+1] == "VB" && l.Lemmas[j+1] != "say" && l.Lemmas[j+1] != "tell"
	}
	return false
}

// clauseEnd is the end of the clause that began at token first and goes on at token i: before a mark, or before the cue of a
// statement whose source stands before the clause.
func (x index) clauseEnd(m *mentions, first, i, end int) int {
	for ; i < end; i++ {
		shape := x.d.Tokens[i].Shape
		source, cue := m.cues[x.d.Tokens[i].Start]
		switch {
		case shape == text.Punct && x.d.Word(i) == "-", shape == text.Symbol:
		case shape >= text.Open, cue && source < x.d.Tokens[first].Start:
			return i
		}
	}
	return end
}

// A mention is where a speaker stands in the text, as tokens.
type mention struct{ token, speaker int }

// mentions are those of the speakers in text order, and where cues begin, in bytes, each with where its source does, or -1.
type mentions struct {
	of   []mention
	cues map[int]int
}

// mentions are those of whoever says something that is not dropped.
func (x index) mentions(statements []draft, speakers []onrecord.Speaker, drop map[int]bool) *mentions {
	m := &mentions{cues: map[int]int{}}
	speaks := make([]bool, len(speakers))
	for i := range statements {
		s := &statements[i]
		for _, p := range s.Cue {
			m.cues[p.Start] = -1
			if len(s.Source) > 0 {
				m.cues[p.Start] = s.Source[len(s.Source)-1].Start
			}
		}
		if s.By >= 0 && !drop[i] {
			speaks[s.By] = true
			if len(s.Source) > 0 {
				m.of = append(m.of, mention{x.d.TokenAt(s.Source[0].Start), s.By})
			}
		}
	}
	for k := range speakers {
		for _, s := range speakers[k].Spans {
			if speaks[k] {
				m.of = append(m.of, mention{x.d.TokenAt(s.Start), k})
			}
		}
	}
	slices.SortFunc(m.of, func(a, b mention) int {
		return cmp.Or(cmp.Compare(a.token, b.token), cmp.Compare(a.speaker, b.speaker))
	})
	m.of = slices.Compact(m.of)
	return m
}

// withheld is whose name the words at token i withhold, or -1: of those without a name in the sentence the last before, else the
// first behind; where nobody speaks in the sentence, who spoke last in the paragraph or the one before, if that is somebody
// without a name.
func (x index) withheld(m *mentions, speakers []onrecord.Speaker, i int) int {
	const near = 80 // tokens
	sentence := x.d.Sentences[x.d.SentenceAt(i)]
	from, _ := slices.BinarySearchFunc(m.of, max(sentence.First, i-near), func(m mention, t int) int { return cmp.Compare(m.token, t) })
	found, anybody := -1, false
	for _, at := range m.of[from:] {
		if at.token >= min(sentence.End, i+near) || at.token > i && found >= 0 {
			break
		}
		anybody = true
		if hidden(&speakers[at.speaker]) {
			found = at.speaker
		}
	}
	if found >= 0 || anybody || from == 0 {
		return found
	}
	if last := m.of[from-1]; hidden(&speakers[last.speaker]) && x.d.ParagraphAt(i)-x.d.ParagraphAt(last.token) <= 1 {
		return last.speaker
	}
	return -1
}
