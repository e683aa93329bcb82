package reading

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/reading/attribution"
	"github.com/onrecord/onrecord/text"
)

// A closer is the end of a sentence that tells who says what stands before it: ", two sources said on Friday", ", a court heard",
// ", the official told reporters in Osgrave", ", noted Mr. Delacroix".
type closer struct {
	said, source, cue text.Range
}

const (
	longestCloser = 24 // tokens behind the comma
	longestTeller = 8  // tokens of who says it
	shortestSaid  = 4  // tokens of what is said
)

// closer is how a sentence without quotation marks closes with who says so.
func (x index) closer(l *english.Layer, sentence text.Range) (c closer, ok bool) {
	if sentence.End-sentence.First < shortestSaid+3 || x.d.Word(sentence.End-1) != "." {
		return c, false
	}
	comma := -1
	for i := sentence.End - 2; i >= max(sentence.First+shortestSaid, sentence.End-longestCloser) && comma < 0; i-- {
		switch {
		case x.d.Word(i) == ",":
			comma = i
		case x.d.Tokens[i].Shape == text.Open || x.d.Tokens[i].Shape == text.Close:
			return c, false
		}
	}
	if comma < 0 {
		return c, false
	}
	c.said = text.Range{First: sentence.First, End: comma}
	tail := text.Range{First: comma + 1, End: sentence.End - 1}
	if lex.tag.Has(strings.ToLower(x.d.Word(tail.First))) && (l.Tags[tail.First] == "VBD" || l.Tags[tail.First] == "VBZ") {
		c.cue, c.source = text.Range{First: tail.First, End: tail.First + 1}, text.Range{First: tail.First + 1, End: tail.End}
		return c, x.titledName(l, c.source)
	}
	v := tail.First
	for v < tail.End && !finite(l.Tags[v]) && !x.anyWord(v, v+1, "heard", "told", "said", "was", "were") { // the tagger misses some of them
		if tag := l.Tags[v]; tag == "WP" || tag == "WDT" || x.d.Tokens[v].Shape >= text.Open {
			return c, false
		}
		v++
	}
	c.source, c.cue = text.Range{First: tail.First, End: v}, text.Range{First: v, End: v + 1}
	if c.source.First == c.source.End || v == tail.End || c.source.End-c.source.First > longestTeller {
		return c, false
	}
	return c, (x.hearing(c.source) || nominal(l.Tags[c.source.First])) && x.closes(l, &c, tail.End)
}

// finite says whether a tag is that of a finite verb.
func finite(tag string) bool { return tag == "VBD" || tag == "VBZ" || tag == "VBP" || tag == "MD" }

// nominal says whether a noun phrase may begin with a word of this tag.
func nominal(tag string) bool {
	switch tag {
	case "DT", "CD", "JJ", "NN", "NNS", "NNP", "NNPS", "PRP", "PRP$":
		return true
	}
	return false
}

// closes says whether the verb of a closer, with what stands behind it up to token end, tells who says or hears what stands before; the
// cue takes in "was told".
func (x index) closes(l *english.Layer, c *closer, end int) bool {
	const latest = 4 // tokens behind "said" or "heard"
	v := c.cue.First
	hears := x.hearing(c.source)
	switch {
	case l.Lemmas[v] == "say":
	case strings.EqualFold(x.d.Word(v), "heard") && hears:
	case l.Lemmas[v] == "be" && strings.EqualFold(x.d.Word(v+1), "told") && hears:
		c.cue.End++
	case l.Lemmas[v] == "tell" && v+1 < end && nominal(l.Tags[v+1]): // "told reporters in Osgrave"
		for i := v + 1; i < end; i++ {
			if finite(l.Tags[i]) || l.Lemmas[i] == "that" || x.d.Tokens[i].Shape >= text.Open {
				return false
			}
		}
		return true
	default:
		return false
	}
	if end-c.cue.End > latest {
		return false
	}
	for i := c.cue.End; i < end; i++ {
		if x.d.Tokens[i].Shape >= text.Open || strings.HasPrefix(l.Tags[i], "V") {
			return false
		}
	}
	return true
}

// hearing says whether the tokens of r name those who hear a case: "a court", "jurors".
func (x index) hearing(r text.Range) bool {
	for i := r.First; i < r.End; i++ {
		for _, lemma := range lemmas(x.d.Word(i)) {
			if lex.addressing.Of(lemma)&ofHearers != 0 {
				return true
			}
		}
	}
	return false
}

// titledName says whether the tokens of r are a name, with a title before it, or a noun with its article, and no more.
func (x index) titledName(l *english.Layer, r text.Range) bool {
	if r.End <= r.First || r.End-r.First > longestTeller || !nominal(l.Tags[r.First]) {
		return false
	}
	for i := r.First; i < r.End; i++ {
		if tag := l.Tags[i]; !strings.HasPrefix(tag, "NN") && tag != "JJ" && tag != "DT" || x.d.Tokens[i].Shape >= text.Open {
			return false
		}
	}
	return x.proper(l, r.End-1) || l.Tags[r.First] == "DT"
}

// closings gives statements of the models what the end of their sentence says that they are of, where their content stands behind the
// cue or runs into their source: "Of the 900 boats two sank, the official told reporters in | Osgrave".
func (x index) closings(l *english.Layer, statements []draft) {
	for i := range statements {
		s := &statements[i]
		if len(s.Cue) == 0 || len(s.Content) == 0 || s.Kind != onrecord.Indirect || s.Headline {
			continue
		}
		cue := x.d.TokensIn(s.Cue[0])
		c, ok := x.closer(l, x.d.Sentences[x.d.SentenceAt(cue.First)])
		if !ok || !x.sentential(l, c.said) {
			continue
		}
		source, last := x.d.Span(c.source), s.Content[len(s.Content)-1]
		if !x.d.Span(c.cue).Overlaps(s.Cue[0]) {
			if last.Contains(source) && cue.End < c.said.End { // "told police that he was at home, | the court heard"
				s.Content[len(s.Content)-1].End = x.d.Tokens[c.said.End-1].End
			}
			continue
		}
		if s.Content[0].Start < source.Start && !last.Overlaps(source) {
			continue
		}
		s.Source, s.Cue, s.Content = []onrecord.Span{source}, []onrecord.Span{x.d.Span(c.cue)}, []onrecord.Span{x.d.Span(c.said)}
		t := x.drafted(attribution.Closing, c.source, c.cue, c.said)
		s.Origin, s.Confidence = t.Origin, max(s.Confidence, t.Confidence)
	}
}

// unheard leaves nobody to speak where the sentence closes with who hears it, "a court heard": that is the source, as far as the text says.
func (x index) unheard(statements []draft) {
	for i := range statements {
		s := &statements[i]
		if s.Origin != attribution.Closing {
			continue
		}
		if len(s.Source) == 0 {
			s.Source = s.Addressee
		}
		if len(s.Source) == 1 && len(s.Cue) == 1 && x.hearing(x.d.TokensIn(s.Source[0])) && !x.anyWord(x.d.TokensIn(s.Cue[0]).First, x.d.TokensIn(s.Cue[0]).End, "said", "says", "say") {
			s.By, s.SpeakerConfidence = -1, 0
		}
	}
}

// sentential says whether the tokens of r have a finite verb and no quotation marks.
func (x index) sentential(l *english.Layer, r text.Range) bool {
	verb := false
	for i := r.First; i < r.End; i++ {
		if shape := x.d.Tokens[i].Shape; shape == text.Open || shape == text.Close {
			return false
		}
		verb = verb || finite(l.Tags[i])
	}
	return verb
}

// closing is the statement of a sentence that closes with who says so, where nothing but the parts of what is said is taken.
func (x index) closing(l *english.Layer, sentence text.Range, taken []bool) (s draft, ok bool) {
	c, ok := x.closer(l, sentence)
	if !ok {
		return s, false
	}
	for c.said.First < c.said.End && taken[c.said.First] { // a dateline
		c.said.First++
	}
	if c.said.First > sentence.First && !x.dateline(c.said.First, sentence.First) || c.said.End-c.said.First < shortestSaid ||
		!x.sentential(l, c.said) || slices.Contains(taken[c.said.End:sentence.End], true) {
		return s, false
	}
	return x.drafted(attribution.Closing, c.source, c.cue, c.said), true
}

// adopted nests in the statements of sentences that close with who says so those that stand in what is said.
func adopted(statements []draft) {
	const nearby = 6 // statements apart in text order
	for j := range statements {
		t := &statements[j]
		if t.Origin != attribution.Closing {
			continue
		}
		for i := max(0, j-nearby); i < min(len(statements), j+nearby+1); i++ {
			s := &statements[i]
			if i != j && s.Within < 0 && len(s.Cue) > 0 && t.Content[0].Contains(s.Cue[0]) && !above(statements, j, i) {
				s.Within = j
			}
		}
	}
}
