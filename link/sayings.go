package link

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord"
)

// A tok is a word of what is said, under the form in which renditions agree: stems, names as their class, numbers by value,
// contractions taken apart.
type tok struct {
	id         int32
	start, end int32 // bytes in the article
	quoted     bool
	number     float64 // value, where isNumber
	isNumber   bool
}

// A saying is a statement with the words of its content.
type saying struct {
	*onrecord.Statement
	doc    int
	story  int
	order  int // place in canonical order
	toks   []tok
	weight float64 // of its distinct words
	// total is the weight of all its words, totalQuoted of those in quotation marks.
	total, totalQuoted float64
	voice              int // root of its speaker, or -1
	quoted             int // words in quotation marks
	told               []told
	toldAll            float64 // weight of what is told: see weighInStory
	thing              bool    // see namesThing
	many               int     // statements of its speaker in its article
}

// sayings are the statements of all documents in canonical order, and the weights of their words.
func findSayings(docs []*doc, storyOf []int, names *synonyms, c *cast) ([]*saying, *vocabulary) {
	v := newVocabulary()
	v.names = map[int32]bool{}
	v.size += float64(len(docs))
	var all []*saying
	for i, d := range docs {
		seen := map[int32]bool{}
		holds, relayed := map[string]bool{}, d.relayed()
		for k := range d.Statements {
			holds[d.Statements[k].ID] = d.Statements[k].Kind == onrecord.Direct || d.Statements[k].Stance == onrecord.Denies
		}
		for k := range d.Statements {
			if holds[d.Statements[k].Parent] || relayed[d.Statements[k].ID] {
				continue // what a quotation reports is rendered with the quotation, and what is denied is not said
			}
			s := &saying{Statement: &d.Statements[k], doc: i, story: storyOf[i], order: len(all)}
			s.voice = c.of(s.Speaker)
			for _, span := range s.Content {
				s.toks = append(s.toks, v.tokens(d, span, names, s.Kind == onrecord.Direct)...)
			}
			if len(s.toks) == 0 {
				continue
			}
			for _, t := range s.toks {
				if !seen[t.id] {
					seen[t.id] = true
					v.df[t.id]++
				}
				if t.quoted {
					s.quoted++
				}
			}
			all = append(all, s)
		}
	}
	v.settle()
	for _, s := range all {
		s.total, s.totalQuoted = v.totalOf(s.toks, false), v.totalOf(s.toks, true)
		m := v.distinct(s.toks)
		for _, id := range sortedKeys(m) {
			s.weight += m[id]
		}
	}
	return all, v
}

// relayedShare is the share of a statement's content that another's words are, where it only hands them on.
const relayedShare = 0.6

// relayed are the statements of a document that hand on the words of somebody else ("..., CNN reported"): these are rendered with
// their own speaker, not with who relays them.
func (d *doc) relayed() map[string]bool {
	length := func(spans []onrecord.Span) (n int) {
		for _, s := range spans {
			n += s.Len()
		}
		return n
	}
	content := map[string]int{}
	for k := range d.Statements {
		content[d.Statements[k].ID] = length(d.Statements[k].Content)
	}
	out := map[string]bool{}
	for k := range d.Statements {
		s := &d.Statements[k]
		if n := content[s.Parent]; n > 0 && len(s.Relays) > 0 {
			own := content[s.ID] + length(s.Cue) + length(s.Source)
			out[s.Parent] = out[s.Parent] || float64(own) >= relayedShare*float64(n)
		}
	}
	return out
}

func (v *vocabulary) distinct(toks []tok) map[int32]float64 {
	m := make(map[int32]float64, len(toks))
	for _, t := range toks {
		m[t.id] = v.idf(t.id)
	}
	return m
}

// sortedKeys are the keys in order, so that neither an order nor a sum of floating point numbers depends on a map's.
func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
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
	ours = wordSet("armour behaviour clamour colour endeavour favour flavour harbour honour humour labour neighbour odour parlour rigour rumour saviour savour splendour tumour valour vapour vigour")
	// els are the words that double their l, without it.
	els = wordSet("trave cance labe fue leve mode signa counse quarre channe marsha shove tunne pane dia tota equa")
	// ises are the roots of words that end in -ise everywhere.
	ises = wordSet("prom exerc surpr otherw prem prec likew expert franch enterpr compr comprom disgu superv telev desp conc merchand parad adv rev dev circumc improv")
)

// tokens are the words of a span of the document.
func (v *vocabulary) tokens(d *doc, span onrecord.Span, names *synonyms, direct bool) []tok {
	from, _ := slices.BinarySearchFunc(d.words, int32(span.Start), func(w word, at int32) int { return cmp.Compare(w.start, at) })
	to, _ := slices.BinarySearchFunc(d.words, int32(span.End), func(w word, at int32) int { return cmp.Compare(w.start, at) })
	words := d.words[from:to]
	var out []tok
	var buf []byte
	for k := 0; k < len(words); k++ {
		w := words[k]
		surface := d.text[w.start:w.end]
		for k+1 < len(words) && words[k+1].start == words[k].end+1 && strings.IndexByte("[]", d.text[words[k].end]) >= 0 {
			k++ // "[G]reater" is one word
			surface += d.text[words[k].start:words[k].end]
			w.end = words[k].end
		}
		t := tok{start: w.start, end: w.end, quoted: w.is(quoted) || direct}
		if n, class := names.at(d, words[k:]); n > 0 {
			k += n - 1
			t.id, t.end = v.stem("name "+class), words[k].end
			v.names[t.id] = true
			out = append(out, t)
			continue
		}
		low := strings.ReplaceAll(strings.ToLower(bare(surface)), "’", "'")
		low, negated := expanded(low)
		low = american(cmp.Or(oneWord[low], low))
		switch {
		case low == "air" && k+1 < len(words) && strings.HasPrefix(strings.ToLower(d.text[words[k+1].start:words[k+1].end]), "strike"):
			continue
		case low == "per" && k+1 < len(words) && strings.EqualFold(d.text[words[k+1].start:words[k+1].end], "cent"):
			k++
			low, t.end = "percent", words[k].end
		}
		number, isNumber := cardinals[low]
		if isDigit(low[0]) {
			if f, err := strconv.ParseFloat(strings.ReplaceAll(low, ",", ""), 64); err == nil {
				number, isNumber = f, true
			}
		}
		if isNumber {
			t.number, t.isNumber = number, true
			t.id = v.stem("#" + strconv.FormatFloat(number, 'g', -1, 64))
			out = append(out, t)
			if int(t.end) < len(d.text) && d.text[t.end] == '%' {
				out = append(out, tok{id: v.stem("percent"), start: t.end, end: t.end + 1, quoted: t.quoted})
			}
			continue
		}
		buf = fold(buf[:0], low)
		t.id = v.form(buf)
		if w.is(capital) && !w.is(opens) && v.lower[t.id] == 0 {
			v.names[t.id] = true
		}
		out = append(out, t)
		if negated {
			out = append(out, tok{id: v.stem("not"), start: t.start, end: t.end, quoted: t.quoted})
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

// plain says whether a word is letters of ASCII only.
func plain(w string) bool {
	for i := 0; i < len(w); i++ {
		if c := w[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}

// at is the class of the longest known name that begins the words, and how many words it has. Short acronyms count in capitals only.
func (s *synonyms) at(d *doc, words []word) (n int, class string) {
	if len(words) == 0 {
		return 0, ""
	}
	if w := d.text[words[0].start:words[0].end]; plain(w) && s.first[spelled(strings.ToLower(w))] == 0 {
		return 0, "" // most words, told without taking their marks off
	}
	head := nameWords(d.text[words[0].start:words[0].end])
	if len(head) != 1 {
		return 0, ""
	}
	longest := min(s.first[head[0]], len(words))
	key := head[0]
	for k := 1; k <= longest; k++ {
		if k > 1 {
			if words[k-1].start-words[k-2].end > 2 {
				break
			}
			more := nameWords(d.text[words[k-1].start:words[k-1].end])
			if len(more) != 1 {
				break
			}
			key += " " + more[0]
		}
		c := s.class[key]
		if short := s.short[key]; c == "" && len(short) == 1 {
			c = short[0]
		}
		if c == "" {
			continue
		}
		if surface := d.text[words[0].start:words[0].end]; k == 1 && (len(head[0]) <= 3 && strings.ToUpper(bare(surface)) != bare(surface) || !words[0].is(capital)) {
			continue
		}
		n, class = k, c
	}
	return n, class
}
