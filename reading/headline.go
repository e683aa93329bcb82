package reading

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/reading/speaker"
	"github.com/onrecord/onrecord/text"
)

// labels notes in drop the headlines that read "X: ..." where nothing shows that X speaks: it names a kind of article, or is a name that
// is neither a state's nor a person's in full and says nothing in marks or below the headline.
func (x index) labels(l *english.Layer, statements []draft, speakers []onrecord.Speaker, drop map[int]bool) {
	for i := range statements {
		s := &statements[i]
		if !s.Headline || len(s.Cue) != 1 || len(s.Source) != 1 || s.Cue[0].Of(x.d.Text) != ":" || x.d.Tokens[x.d.TokensIn(s.Content[0]).First].Start < s.Cue[0].End {
			continue
		}
		r := x.d.TokensIn(s.Source[0])
		if r.End > r.First && !lex.column.Has(strings.ToLower(x.d.Word(r.End-1))) && s.By >= 0 {
			kind, named := speakers[s.By].Kind, s.Kind != onrecord.Indirect || len(speakers[s.By].Roles) > 0 || x.fullName(l, r)
			if kind != onrecord.Person && kind != onrecord.Organisation || kind == onrecord.Person && named ||
				speaker.Voice(strings.ToLower(x.d.Word(r.End-1))) || speaksBelow(statements, i) {
				continue
			}
		}
		drop[i] = true
	}
}

// fullName says whether the tokens are the full name of a person, behind which may stand where he speaks: "Ada Holm at Tern".
func (x index) fullName(l *english.Layer, r text.Range) bool {
	return slices.ContainsFunc(l.Names, func(n english.Name) bool {
		return n.Kind == english.Person && n.First >= r.First && n.End <= r.End && n.End-n.First > 1 &&
			(n.End == r.End || lex.goesOn.Has(strings.ToLower(x.d.Word(n.End))) || strings.EqualFold(x.d.Word(n.End), "at"))
	})
}

// speaksBelow says whether the speaker of statement i, in the headline, says something else below it.
func speaksBelow(statements []draft, i int) bool {
	for j := range statements {
		if !statements[j].Headline && statements[j].By == statements[i].By && len(statements[j].Source) > 0 {
			return true
		}
	}
	return false
}
