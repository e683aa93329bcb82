package speaker

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord/text"
)

// Outlet is the news outlet that the phrase at token i names, without "the" and without what it is called besides ("Tass" for
// "Russian news agency Tass"; "Russian news agencies" where none is named), and how many tokens the phrase takes; 0 when it
// names none.
func Outlet(d *text.Doc, i int) (name string, tokens int) {
	if i >= len(d.Tokens) {
		return "", 0
	}
	end := d.Sentences[d.SentenceAt(i)].End
	if name, n := lex.outlets.at(d, i, end, same); n > 0 {
		return name, n
	}
	if w := strings.ToLower(d.Word(i)); d.Tokens[i].Shape == text.Title && len(w) > 7 {
		for _, end := range lex.pressEndings {
			if strings.HasSuffix(w, end) {
				return d.Word(i), 1
			}
		}
	}
	const longest = 5
	first := i
	if i < end && strings.EqualFold(d.Word(i), "the") {
		i++
		if name, n := lex.outlets.at(d, i, end, same); n > 0 {
			return name, n + 1
		}
	}
	for j := i; j < min(end, i+longest); j++ {
		if n, naming := pressNounAt(d, j, end); n > 0 {
			if naming {
				if name, m := lex.outlets.at(d, j+n, end, same); m > 0 {
					return name, j + n + m - first
				}
				if m := capitals(d, j+n, end); m > 0 {
					return join1(d, j+n, j+n+m), j + n + m - first
				}
			}
			if j == i { // "media" alone: which?
				return "", 0
			}
			if !naming && j+n < end && d.Tokens[j+n].Shape == text.Lower && lex.nouns.Of(singular(d.Word(j+n))).class&(roleNoun|unnamedNoun|organNoun|groupNoun) != 0 { // "the diocese's media office"
				return "", 0
			}
			if m := capitals(d, i, j); m == j-i && naming { // "Interfax news agency", "the Kurier newspaper"
				if _, k := lex.places.at(d, i, j, same); k != j-i {
					return join1(d, i, j), j + n - first
				}
			}
			return join1(d, i, j+n), j + n - first
		}
		if j > i && lex.mastheads.Has(d.Word(j)) && capitals(d, i, j+1) == j+1-i {
			return join1(d, i, j+1), j + 1 - first
		}
		if d.Tokens[j].Shape >= text.Open || d.Tokens[j].Shape == text.Number || lex.enders.Has(strings.ToLower(d.Word(j))) || lex.definites.Has(strings.ToLower(d.Word(j))) || lex.indefinites.Has(strings.ToLower(d.Word(j))) {
			break
		}
		if lower := d.Tokens[j].Shape == text.Lower; lower && !lex.qualifiers.Has(d.Word(j)) {
			break
		}
	}
	return "", 0
}

// pressNounAt is how many tokens a noun for news media takes from token i on, and whether a name may stand behind it; 0 for none.
func pressNounAt(d *text.Doc, i, end int) (n int, naming bool) {
	for _, p := range lex.press {
		ok := i+len(p.words) <= end
		for k := 0; ok && k < len(p.words); k++ {
			ok = strings.EqualFold(d.Word(i+k), p.words[k])
		}
		if ok {
			return len(p.words), p.names
		}
	}
	return 0, false
}

// capitals is how many words with a capital stand from token i on.
func capitals(d *text.Doc, i, end int) int {
	n := 0
	for i+n < end && n < 5 {
		r, _ := utf8.DecodeRuneInString(d.Word(i + n))
		if !unicode.IsUpper(r) {
			break
		}
		n++
	}
	return n
}

func join1(d *text.Doc, i, end int) string {
	return strings.Join(strings.Fields(d.Span(text.Range{First: i, End: end}).Of(d.Text)), " ")
}
