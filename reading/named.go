package reading

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/text"
)

// named cuts names and titles in quotation marks, which nobody says, out of what is said, and notes in drop the statements of which
// nothing is left: “They took my stove,” said a man who goes by the name “Patch.”
func (x index) named(l *english.Layer, statements []draft, drop map[int]bool) {
	for i := range statements {
		s := &statements[i]
		said := slices.DeleteFunc(slices.Clone(s.Content), func(c onrecord.Span) bool { return x.title(l, x.d.TokensIn(c)) })
		switch {
		case len(said) == len(s.Content):
		case len(said) == 0, x.wording(said) == onrecord.Indirect && !slices.ContainsFunc(said, func(c onrecord.Span) bool { return x.sentential(l, x.d.TokensIn(c)) }): // "The boat was called “Hope.”"
			drop[i] = true
		default:
			s.Content, s.Kind = said, x.wording(said)
		}
	}
}

// title says whether the tokens of r are a name or a title in quotation marks: capitals, behind a word that names or a work's noun.
func (x index) title(l *english.Layer, r text.Range) bool {
	const longest = 7 // tokens, the marks among them
	if r.First == 0 || r.End-r.First < 3 || r.End-r.First > longest || x.d.Tokens[r.First].Shape != text.Open || x.d.Tokens[r.End-1].Shape != text.Close {
		return false
	}
	for i := r.First + 1; i < r.End-1; i++ {
		switch shape := x.d.Tokens[i].Shape; {
		case shape == text.Lower && x.d.Tokens[i].Len() > 3, shape >= text.Open && x.d.Word(i) != "." && x.d.Word(i) != ",":
			return false
		}
	}
	if x.d.Tokens[r.First+1].Shape == text.Lower {
		return false
	}
	before := strings.ToLower(x.d.Word(r.First - 1))
	return lex.naming.Has(before) || lex.namedBy.Has(before) && l.Tags[r.First-1] == "VBN" || before == "as" && x.word(r.First-2) == "known"
}
