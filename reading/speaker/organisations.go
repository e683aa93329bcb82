package speaker

import (
	"strings"
	"unicode"

	"github.com/onrecord/onrecord/lexicon"
	"github.com/onrecord/onrecord/lexicon/en"
	"github.com/onrecord/onrecord/text"
)

// An Organisation is a row of the table of organisations, armed groups and parties that go by several names.
type Organisation struct {
	Name  string
	Names []string // other names, with their spellings
	Short []string // short forms that mean other things too: another name only where another of its names stands as well
}

// An organ is what a name in the table of organisations means: the row of that name, or, a short form, one of several or something
// else.
type organ struct {
	name  string
	short []string
}

// cut cuts the marks of possession from the words of a name, as tokens are cut.
var cut = strings.NewReplacer("'s ", " 's ", "’s ", " ’s ", "s' ", "s ' ", "s’ ", "s ’ ")

// Organisations is the lexicon's organisations in its order.
func Organisations() []Organisation { return organisationsOf(en.Lexicon) }

func organisationsOf(l *lexicon.Lexicon) []Organisation {
	var out []Organisation
	for r := range l.Subject("organisation").Rows("organisation", "short") {
		var names []string
		for _, name := range r.Entries {
			names = append(names, spellings(name)...)
		}
		if r.Class == "short" {
			out[len(out)-1].Short = names
			continue
		}
		out = append(out, Organisation{Name: r.Value, Names: names[1:]})
	}
	return out
}

// spellings are the ways to write a name with the Arabic article or an apostrophe, itself first.
func spellings(name string) []string {
	out := []string{name}
	if rest, ok := strings.CutPrefix(name, "al-"); ok {
		out = append(out, "Al-"+rest, "al "+rest, "Al "+rest)
	}
	for _, n := range out {
		if curly := strings.ReplaceAll(n, "'", "’"); curly != n {
			out = append(out, curly)
		}
	}
	return out
}

// article says whether a word begins with the Arabic article in lower case, before a capital: "al-Assad".
func article(w string) bool {
	for _, a := range [...]string{"al-", "el-", "al‑", "ad-", "an-", "ar-", "as-", "ash-", "az-", "ul-"} {
		if rest, ok := strings.CutPrefix(w, a); ok && rest != "" {
			return unicode.IsUpper([]rune(rest)[0])
		}
	}
	return false
}

// known is the organisation of the table that the longest name from token i on names, and its number of tokens. A short form names the
// one organisation that the document names in full too.
func (r *reader) known(i int) (name string, tokens int) {
	o, n := lex.organs.at(r.d, i, len(r.d.Tokens), same)
	if n == 0 || r.breaks(i, i+n-1) || n == 1 && r.d.Tokens[i].Shape == text.Upper && r.shouting(i) {
		return "", 0
	}
	if o.name == "" {
		for _, full := range o.short {
			if r.full[full] {
				if name != "" {
					return "", 0
				}
				name = full
			}
		}
		if name == "" {
			return "", 0
		}
		return name, n
	}
	return o.name, n
}

// inFull are the organisations of the table that the document names otherwise than by a short form.
func (r *reader) inFull() map[string]bool {
	full := map[string]bool{}
	for i := range r.d.Tokens {
		if lex.organs.most[r.d.Word(i)] > 0 {
			if o, n := lex.organs.at(r.d, i, len(r.d.Tokens), same); n > 0 && o.name != "" {
				full[o.name] = true
			}
		}
	}
	return full
}
