package sayings

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/internal/set"
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
		low = american(cmp.Or(oneWord[low], low))
		switch {
		case low == "air" && k+1 < len(words) && strings.HasPrefix(d.Lower(words[k+1]), "strike"):
			continue
		case low == "per" && k+1 < len(words) && strings.EqualFold(d.Text[words[k+1].Start:words[k+1].End], "cent"):
			k++
			low, t.End = "percent", words[k].End
		}
		number, isNumber := cardinals[low]
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
		if w.Is(corpus.Capital) && !w.Is(corpus.Opens) && v.Lower[t.ID] == 0 {
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

// cardinals are numbers in words.
var cardinals = map[string]float64{
	"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13,
	"fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
	"sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1000, "million": 1e6, "billion": 1e9,
}

// oneWord are spellings and near synonyms of one thing in reports of what was said.
var oneWord = map[string]string{
	"airstrike": "strike", "airstrikes": "strikes", "pct": "percent", "wasnt": "was", "gray": "grey", "militaries": "military", "gonna": "going",
	"theatre": "theater", "theatres": "theaters", "centre": "center", "centres": "centers", "metre": "meter", "metres": "meters", "kilometre": "kilometer",
	"kilometres": "kilometers", "litre": "liter", "litres": "liters", "fibre": "fiber", "calibre": "caliber", "defence": "defense", "offence": "offense",
	"offences": "offenses", "licence": "license", "pretence": "pretense", "programme": "program", "programmes": "programs", "analyse": "analyze",
	"analysed": "analyzed", "sceptical": "skeptical", "sceptic": "skeptic", "plough": "plow", "mould": "mold", "tyre": "tire", "tyres": "tires",
	"aluminium": "aluminum", "manoeuvre": "maneuver", "manoeuvres": "maneuvers", "catalogue": "catalog", "dialogue": "dialog", "judgement": "judgment",
	"ageing": "aging", "towards": "toward", "afterwards": "afterward", "amongst": "among", "whilst": "while", "okay": "ok", "advisor": "adviser",
	"advisors": "advisers", "gaol": "jail", "gaoled": "jailed", "storey": "story", "storeys": "stories", "learnt": "learned", "burnt": "burned",
}

// american is a word in the spelling of the United States, where British spelling differs by rule: "honoured", "realise".
func american(low string) string {
	if i := strings.Index(low, "our"); i > 2 && ours[low[:i+3]] {
		return low[:i] + "or" + low[i+3:]
	}
	for _, end := range [...]string{"led", "ling", "ler", "lers"} {
		if root, ok := strings.CutSuffix(low, "l"+end); ok && els[root] {
			return root + end // "travelled": "traveled"
		}
	}
	for _, end := range [...]string{"ise", "ised", "ises", "ising", "isation", "isations"} {
		if root, ok := strings.CutSuffix(low, end); ok && len(root) > 3 && !ises[root] {
			return root + "iz" + end[2:]
		}
	}
	return low
}

var (
	// ours are the words that lose their u.
	ours = set.Of("armour behaviour clamour colour endeavour favour flavour harbour honour humour labour neighbour odour parlour rigour rumour saviour savour splendour tumour valour vapour vigour")
	// els are the words that double their l, without it.
	els = set.Of("trave cance labe fue leve mode signa counse quarre channe marsha shove tunne pane dia tota equa")
	// ises are the roots of words that end in -ise everywhere.
	ises = set.Of("prom exerc surpr otherw prem prec likew expert franch enterpr compr comprom disgu superv telev desp conc merchand parad adv rev dev circumc improv")
)
