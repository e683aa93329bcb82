package sayings

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/corpus"
)

// A Token is a word of what is said, under the form in which renditions agree: stems, names as their class, numbers by value,
// contractions taken apart.
type Token struct {
	ID         int32
	Start, End int32 // bytes in the article
	Quoted     bool
	Number     float64 // value, where isNumber
	IsNumber   bool
}

// Tokens are the words of a span of the document.
func (v *Speech) Tokens(d *corpus.Doc, span onrecord.Span, direct bool) []Token {
	from, _ := slices.BinarySearchFunc(d.Words, int32(span.Start), func(w corpus.Word, at int32) int { return cmp.Compare(w.Start, at) })
	to, _ := slices.BinarySearchFunc(d.Words, int32(span.End), func(w corpus.Word, at int32) int { return cmp.Compare(w.Start, at) })
	words := d.Words[from:to]
	var out []Token
	var buf []byte
	for k := 0; k < len(words); k++ {
		w := words[k]
		surface := d.Text[w.Start:w.End]
		for k+1 < len(words) && words[k+1].Start == words[k].End+1 && strings.IndexByte("[]", d.Text[words[k].End]) >= 0 {
			k++ // "[G]reater" is one word
			surface += d.Text[words[k].Start:words[k].End]
			w.End = words[k].End
		}
		t := Token{Start: w.Start, End: w.End, Quoted: w.Is(corpus.Quoted) || direct}
		if n, class := v.Known.At(d, words[k:]); n > 0 {
			k += n - 1
			t.ID, t.End = v.ID(NamePrefix+class), words[k].End
			v.names[t.ID] = true
			out = append(out, t)
			continue
		}
		low := strings.ReplaceAll(strings.ToLower(corpus.Bare(surface)), "’", "'")
		low, negated := expanded(low)
		low = american(cmp.Or(english.spelled.Of(low), low))
		switch {
		case low == "air" && k+1 < len(words) && strings.HasPrefix(d.Lower(words[k+1]), "strike"):
			continue
		case low == "per" && k+1 < len(words) && strings.EqualFold(d.Text[words[k+1].Start:words[k+1].End], "cent"):
			k++
			low, t.End = "percent", words[k].End
		}
		number, isNumber := english.cardinals.Find(low)
		if corpus.IsDigit(low[0]) {
			if f, err := strconv.ParseFloat(strings.ReplaceAll(low, ",", ""), 64); err == nil {
				number, isNumber = f, true
			}
		}
		if isNumber {
			t.Number, t.IsNumber = number, true
			t.ID = v.ID(NumberPrefix + strconv.FormatFloat(number, 'g', -1, 64))
			out = append(out, t)
			if int(t.End) < len(d.Text) && d.Text[t.End] == '%' {
				out = append(out, Token{ID: v.ID("percent"), Start: t.End, End: t.End + 1, Quoted: t.Quoted})
			}
			continue
		}
		buf = corpus.Fold(buf[:0], low)
		t.ID = v.FormID(buf)
		if w.Is(corpus.Capital) && !w.Is(corpus.Opens) && v.Entry(t.ID).Lower == 0 {
			v.names[t.ID] = true
		}
		out = append(out, t)
		if negated {
			out = append(out, Token{ID: v.ID("not"), Start: t.Start, End: t.End, Quoted: t.Quoted})
		}
	}
	return out
}

// expanded takes a contraction apart: "don't" is "do" and a negation, "they've" is "they".
func expanded(low string) (word string, negated bool) {
	switch low {
	case "cannot", "can't":
		return "can", true
	case "won't":
		return "will", true
	}
	if w, ok := strings.CutSuffix(low, "n't"); ok && w != "" {
		return w, true
	}
	for _, clitic := range [...]string{"'ve", "'re", "'ll", "'d", "'m"} {
		if w, ok := strings.CutSuffix(low, clitic); ok && w != "" {
			return w, false
		}
	}
	return low, false
}

// american is a word in the spelling of the United States, where British spelling differs by rule: "honoured", "realise".
func american(low string) string {
	if i := strings.Index(low, "our"); i > 2 && english.our.Has(low[:i+3]) {
		return low[:i] + "or" + low[i+3:]
	}
	for _, end := range [...]string{"led", "ling", "ler", "lers"} {
		if root, ok := strings.CutSuffix(low, "l"+end); ok && english.doubleL.Has(root) {
			return root + end // "travelled": "traveled"
		}
	}
	for _, end := range [...]string{"ise", "ised", "ises", "ising", "isation", "isations"} {
		if root, ok := strings.CutSuffix(low, end); ok && len(root) > 3 && !english.ise.Has(root) {
			return root + "iz" + end[2:]
		}
	}
	return low
}

// Ends says whether a sentence ends between two words: not behind an abbreviation.
func Ends(text string, t, next Token) bool {
	gap := text[min(t.End, next.Start):next.Start]
	if strings.ContainsAny(gap, ";?!") {
		return true
	}
	word := text[t.Start:t.End]
	return strings.Contains(gap, ".") && !(len(word) <= abbreviated && strings.ToLower(word) != word)
}

// abbreviated is how many letters an abbreviation with a capital has at most: "Mr."
const abbreviated = 3
