package link

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

// comparators are the words before a number that say how it bounds the truth. Longer ones first.
var comparators = []struct{ words, class string }{
	{"no fewer than", ">="},
	{"not less than", ">="},
	{"no less than", ">="},
	{"no more than", "<="},
	{"not more than", "<="},
	{"greater than", ">"},
	{"more than", ">"},
	{"upwards of", ">"},
	{"in excess of", ">"},
	{"well over", ">"},
	{"at least", ">="},
	{"as few as", ">="},
	{"less than", "<"},
	{"fewer than", "<"},
	{"at most", "<="},
	{"up to", "<="},
	{"as many as", "<="},
	{"as much as", "<="},
	{"close to", "~"},
	{"an estimated", "~"},
	{"over", ">"},
	{"above", ">"},
	{"exceeding", ">"},
	{"under", "<"},
	{"below", "<"},
	{"nearly", "~<"},
	{"almost", "~<"},
	{"about", "~"},
	{"around", "~"},
	{"roughly", "~"},
	{"approximately", "~"},
	{"some", "~"},
	{"only", ""},
}

// hedges soften what is said.
var hedges = wordSet(`may might could perhaps possibly likely probably apparently reportedly allegedly seem seems appear appears believe believes
	believed think thinks suggest suggests suggested largely mostly mainly primarily partly generally almost nearly potentially some somewhat`)

// negations turn what is said.
var negations = wordSet("not no never none neither nor without nobody nothing n't cannot isn't aren't wasn't weren't don't doesn't didn't won't wouldn't can't couldn't haven't hasn't hadn't shouldn't")

// articles are words that come and go with the style of a house.
var articles = wordSet("the a an that and &")

// only says whether a text has no other words.
func only(s string, words map[string]bool) bool {
	for w := range strings.FieldsSeq(s) {
		if !words[strings.ToLower(w)] {
			return false
		}
	}
	return true
}

// driftLimit is how many changes of wording are shown for one rendition.
const driftLimit = 8

// drift is what rendition r changed against the wording w.
func drift(docs []*doc, w, r *saying, v *speech, c *cast) []onrecord.Drift {
	var out []onrecord.Drift
	add := func(kind, from, to string) {
		out = append(out, onrecord.Drift{Statement: r.ID, Kind: kind, From: from, To: to})
	}
	if from, to := shownSpeaker(docs, w, c), shownSpeaker(docs, r, c); w.voice != r.voice && w.voice >= 0 && foldName(from) != foldName(to) {
		add(onrecord.DriftSpeaker, from, to)
	}
	dw, dr := docs[w.doc], docs[r.doc]
	numberDrift(dw, dr, w, r, v, add)

	matched := align(w.toks, r.toks, v)
	var same float64
	for _, m := range matched {
		same += v.idf(w.toks[m.a].id)
	}
	if covered := share(same, r.total); len(matched) < 4 || covered < closeShare && (r.quoted == 0 || covered < quoteShare) {
		if from := lostHedge(dw, dr, w, r, v); from != "" {
			add(onrecord.DriftHedge, from, "")
		}
		return out // a paraphrase: other words are not a change of wording
	}
	first, last := matched[0], matched[len(matched)-1]
	for _, end := range [2][4]int{{-1, first.a, -1, first.b}, {last.a, len(w.toks), last.b, len(r.toks)}} {
		mine, theirs := w.toks[end[0]+1:end[1]], r.toks[end[2]+1:end[3]]
		if !replaced(len(mine), len(theirs)) || isNumeric(mine) || isNumeric(theirs) {
			continue
		}
		from, to := inside(dw, w, end[0], end[1]), inside(dr, r, end[2], end[3])
		if end[1] < len(w.toks) && w.toks[end[1]].isNumber && onlyBounds(from, to) || sameSpelled(from, to) || only(from, articles) && only(to, articles) {
			continue // numberDrift speaks of the first
		}
		add(changeKind(from, to), from, to)
	}
	changes := 0
	for k := 1; k < len(matched) && changes < driftLimit; k++ {
		p, q := matched[k-1], matched[k]
		if q.a == p.a+1 && q.b == p.b+1 {
			if gap := between(dr, r.toks[p.b], r.toks[q.b]); dotted(gap) {
				if g := between(dw, w.toks[p.a], w.toks[q.a]); !dotted(g) {
					add(onrecord.DriftEllipsis, "", "…")
				}
			}
			continue
		}
		from := inside(dw, w, p.a, q.a)
		to := inside(dr, r, p.b, q.b)
		gap := between(dr, r.toks[p.b], r.toks[q.b])
		if isNumeric(w.toks[p.a+1:q.a]) || isNumeric(r.toks[p.b+1:q.b]) || comparatorOnly(from) && comparatorOnly(to) || w.toks[q.a].isNumber && onlyBounds(from, to) {
			continue // numberDrift speaks of these
		}
		if only(from, articles) && only(to, articles) && !strings.ContainsAny(gap, "[…") || sameSpelled(from, to) ||
			to == "" && contracted(dr.text[r.toks[p.b].start:r.toks[p.b].end], from) || from == "" && contracted(dw.text[w.toks[p.a].start:w.toks[p.a].end], to) {
			continue // a word of style, a spelling
		}
		changes++
		cut, added := q.a-p.a > silentCut, q.b-p.b > silentCut
		switch {
		case dotted(gap):
			add(onrecord.DriftEllipsis, from, "…")
		case dotted(between(dw, w.toks[p.a], w.toks[q.a])):
			add(onrecord.DriftEllipsis, "…", to) // it is the wording that left something out
		case from == "" && strings.Contains(gap, "[") && strings.Contains(gap, "]"):
			add(onrecord.DriftInsertion, "", "["+strings.Trim(to, "[]")+"]")
		case to == "" && cut:
			add(onrecord.DriftEllipsis, from, "")
		case from == "" && added:
			add(onrecord.DriftInsertion, "", to)
		case cut || added: // a clause for another: its hedges and negations are its own
			add(onrecord.DriftWording, from, to)
		default:
			add(changeKind(from, to), from, to)
		}
	}
	return out
}

const (
	hedgeReach   = 24 // words behind a number that its hedge begins in
	hedgeWords   = 12 // words of one
	subjectReach = 8  // words behind a number that name what it counts
	subjectTells = 1  // weight from which one does
)

// perceives are what makes a relative clause a hedge: "the raids that we have counted".
var perceives = wordSet("seen observed counted found recorded verified confirmed identified documented checked heard examined tracked known know")

// hedgePhrases bound a figure by what is known when it is given.
var hedgePhrases = []string{"to date", "so far", "thus far", "until now", "as far as we know", "as far as i know", "as far as is known", "as far as we can tell", "to our knowledge", "to my knowledge", "to the best of our knowledge"}

// lostHedge is what the wording says of how far a figure is known, where a rendition that gives the figure of the same thing in other
// words says nothing of the kind.
func lostHedge(dw, dr *doc, w, r *saying, v *speech) string {
	wtoks, rtoks := w.toks[:min(len(w.toks), alignLimit)], r.toks[:min(len(r.toks), alignLimit)]
	for i, t := range wtoks {
		if !t.isNumber {
			continue
		}
		hedge := hedgeOf(dw, w, t)
		if hedge == "" {
			continue
		}
		for j, u := range rtoks {
			if u.isNumber && u.number == t.number && oneSubject(wtoks[i+1:], rtoks[j+1:], v) && hedgeOf(dr, r, u) == "" {
				return hedge
			}
		}
	}
	return ""
}

// oneSubject says whether a telling word stands right behind two numbers.
func oneSubject(a, b []tok, v *speech) bool {
	for _, x := range a[:min(len(a), subjectReach)] {
		if v.idf(x.id) >= subjectTells && !x.isNumber && v.name[x.id] != "percent" && slices.ContainsFunc(b[:min(len(b), subjectReach)], func(y tok) bool { return y.id == x.id }) {
			return true
		}
	}
	return false
}

// hedgeOf is the clause or phrase behind a number of a statement that says how far it is known: "that we have counted to date".
func hedgeOf(d *doc, s *saying, number tok) string {
	i := slices.IndexFunc(s.Content, func(c onrecord.Span) bool { return c.Start <= int(number.start) && int(number.start) < c.End })
	if i < 0 {
		return ""
	}
	words := d.within(onrecord.Span{Start: int(number.end), End: s.Content[i].End})
	words = words[:min(len(words), hedgeReach+hedgeWords)]
	low := func(k int) string {
		return strings.ToLower(strings.ReplaceAll(d.text[words[k].start:words[k].end], "’", "'"))
	}
	for k := range words[:min(len(words), hedgeReach)] {
		if k > 0 && strings.ContainsAny(d.text[words[k-1].end:words[k].start], ".;:?!") {
			break
		}
		if relatives[low(k)] {
			clause := words[k:min(len(words), k+hedgeWords)]
			clause = clause[:mainVerb(d, clause)]
			for n := range clause {
				if n > 0 && strings.ContainsAny(d.text[clause[n-1].end:clause[n].start], ",.;:?!”\"") {
					clause = clause[:n]
					break
				}
			}
			if slices.ContainsFunc(clause, func(c word) bool { return perceives[strings.ToLower(d.text[c.start:c.end])] }) {
				return d.text[clause[0].start:clause[len(clause)-1].end]
			}
		}
		for _, phrase := range hedgePhrases {
			n := strings.Count(phrase, " ") + 1
			if k+n <= len(words) && strings.EqualFold(d.text[words[k].start:words[k+n-1].end], phrase) {
				return d.text[words[k].start:words[k+n-1].end]
			}
		}
	}
	return ""
}

// changeKind is the kind of drift of a few words that stand in the place of a few others.
func changeKind(from, to string) string {
	switch {
	case hasAny(from, negations) != hasAny(to, negations):
		return onrecord.DriftNegation
	case hasAny(from, hedges) != hasAny(to, hedges), asKnown(from) != asKnown(to):
		return onrecord.DriftHedge
	}
	return onrecord.DriftWording
}

// asKnown says whether words bound what is said by what is known: "so far", "that we have seen".
func asKnown(s string) bool {
	s = strings.ToLower(strings.ReplaceAll(s, "’", "'"))
	if slices.ContainsFunc(hedgePhrases, func(p string) bool { return strings.Contains(" "+s+" ", " "+p+" ") }) {
		return true
	}
	words := strings.Fields(s)
	return len(words) > 1 && relatives[words[0]] && hasAny(s, perceives)
}

// endWords is how many words at an end of a wording may stand for as many of a rendition: more are another clause.
const endWords = 2

// replaced says whether words at an end of two renditions, so many in each, stand for one another.
func replaced(a, b int) bool { return a > 0 && b > 0 && max(a, b) <= endWords }

// dotted says whether a gap between words has the marks of an ellipsis.
func dotted(gap string) bool {
	return strings.Contains(gap, "…") || strings.Contains(gap, "...") || strings.Contains(gap, ". . .")
}

// onlyBounds says whether two texts differ by what bounds the number behind them, and words of style.
func onlyBounds(a, b string) bool {
	return comparatorOnly(a) && only(b, articles) || only(a, articles) && comparatorOnly(b)
}

// sameSpelled says whether two texts are spellings of one: with other blanks, hyphens, marks and accents ("in to", "double-dip"), or
// of names as transliterations have them.
func sameSpelled(a, b string) bool {
	v, w := nameWords(strings.ReplaceAll(unmarked.Replace(a), "-", " ")), nameWords(strings.ReplaceAll(unmarked.Replace(b), "-", " "))
	if len(v) == 0 || len(w) == 0 {
		return false
	}
	if strings.Join(v, "") == strings.Join(w, "") {
		return true
	}
	if len(v) != len(w) {
		return false
	}
	x, y := strings.Fields(a), strings.Fields(b)
	for i := range v {
		if v[i] == w[i] {
			continue
		}
		if len(x) != len(v) || len(y) != len(w) || !capitalised(x[i]) || !capitalised(y[i]) || !sameWord(v[i], w[i]) {
			return false
		}
	}
	return true
}

// contracted says whether a word ends in what is left of an auxiliary: "we've" of "have".
func contracted(word, auxiliary string) bool {
	word, auxiliary = strings.ToLower(strings.ReplaceAll(word, "’", "'")), strings.ToLower(auxiliary)
	for _, c := range [...]struct{ end, of string }{{"'ve", "have"}, {"'re", "are"}, {"'ll", "will"}, {"'m", "am"}, {"'d", "had would"}, {"'s", "is has"}} {
		if strings.HasSuffix(word, c.end) && auxiliary != "" && strings.Contains(" "+c.of+" ", " "+auxiliary+" ") {
			return true
		}
	}
	return false
}

func capitalised(w string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, "“\"‘'[("))
	return unicode.IsUpper(r)
}

// closeShare is the share of a rendition that stands in the wording from which its other words are changes of wording; quoteShare
// is that of a rendition with words in quotation marks.
const (
	closeShare = 0.85
	quoteShare = 0.6
)

// silentCut is how many words left out in the middle, without a mark, are more than a change of wording.
const silentCut = 8

// numberDrift compares the numbers of two renditions and what bounds them.
func numberDrift(dw, dr *doc, w, r *saying, v *speech, add func(kind, from, to string)) {
	wtoks := w.toks[:min(len(w.toks), alignLimit)]
	for j, t := range r.toks[:min(len(r.toks), alignLimit)] {
		if !t.isNumber {
			continue
		}
		at, other := -1, -1
		for i, x := range wtoks {
			if !x.isNumber {
				continue
			}
			if x.number == t.number && following(w.toks, i) == following(r.toks, j) {
				at = i
				break
			}
			if x.number == t.number && at < 0 {
				at = i
			}
			if following(w.toks, i) == following(r.toks, j) && following(r.toks, j) >= 0 {
				other = i
			}
		}
		phraseR, classR := comparatorBefore(dr, t, r)
		switch {
		case at >= 0:
			if phraseW, classW := comparatorBefore(dw, w.toks[at], w); classW != classR {
				add(onrecord.DriftComparator, phraseW, phraseR)
			}
		case other >= 0 && !hasNumber(r.toks, w.toks[other].number):
			add(onrecord.DriftNumber, dw.text[w.toks[other].start:w.toks[other].end], dr.text[t.start:t.end])
		}
	}
}

// unmarked takes out brackets and quotation marks.
var unmarked = strings.NewReplacer("[", "", "]", "", "“", " ", "”", " ", "\"", " ", "‘", " ", "``", " ", "''", " ")

// comparatorReach is how many bytes before a number its comparator may begin.
const comparatorReach = 40

func hasNumber(toks []tok, n float64) bool {
	for _, t := range toks {
		if t.isNumber && t.number == n {
			return true
		}
	}
	return false
}

// following is the word behind a number, -1 at the end.
func following(toks []tok, i int) int32 {
	if i+1 < len(toks) {
		return toks[i+1].id
	}
	return -1
}

// comparatorBefore is the comparator that stands right before a number, inside the statement.
func comparatorBefore(d *doc, number tok, s *saying) (phrase, class string) {
	from := int(number.start)
	for _, span := range s.Content {
		if span.Start <= from && from < span.End {
			from = span.Start
		}
	}
	head := d.text[max(from, clip(d.text, int(number.start)-comparatorReach)):number.start]
	low := strings.ToLower(strings.Join(strings.Fields(unmarked.Replace(head)), " "))
	for _, c := range comparators {
		if low == c.words || strings.HasSuffix(low, " "+c.words) {
			return c.words, c.class
		}
	}
	return "", ""
}

// inside is the text of the words strictly between tokens i and j of a statement, without what stands between its parts.
func inside(d *doc, s *saying, i, j int) string {
	if j <= i+1 {
		return ""
	}
	from, to := int(s.toks[i+1].start), int(s.toks[j-1].end)
	var parts []string
	for _, span := range s.Content {
		if a, b := max(from, span.Start), min(to, span.End); a < b {
			parts = append(parts, d.text[a:b])
		}
	}
	return strings.Join(parts, " ")
}

// between is the text between two tokens; empty where they stand in other parts of the statement.
func between(d *doc, a, b tok) string {
	if b.start < a.end || b.start-a.end > 2000 {
		return ""
	}
	return d.text[a.end:b.start]
}

func isNumeric(toks []tok) bool {
	return len(toks) > 0 && len(toks) <= 4 && func() bool {
		for _, t := range toks {
			if t.isNumber {
				return true
			}
		}
		return false
	}()
}

func comparatorOnly(s string) bool {
	s = strings.ToLower(s)
	if s == "" {
		return true
	}
	for _, c := range comparators {
		if s == c.words {
			return true
		}
	}
	return false
}

func hasAny(s string, words map[string]bool) bool {
	for w := range strings.FieldsSeq(s) {
		if w == "May" {
			continue // the month
		}
		w = strings.ToLower(w)
		if w = strings.Trim(strings.ReplaceAll(w, "’", "'"), ".,;:!?\"“”()[]"); words[w] || strings.HasSuffix(w, "n't") && words["n't"] {
			return true
		}
	}
	return false
}
