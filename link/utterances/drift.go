package utterances

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/internal/set"
	"github.com/onrecord/onrecord/link/names"
	"github.com/onrecord/onrecord/link/sayings"
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
var hedges = set.Of(`may might could perhaps possibly likely probably apparently reportedly allegedly seem seems appear appears believe believes
	believed think thinks suggest suggests suggested largely mostly mainly primarily partly generally almost nearly potentially some somewhat`)

// Negations turn what is said.
var Negations = set.Of("not no never none neither nor without nobody nothing n't cannot isn't aren't wasn't weren't don't doesn't didn't won't wouldn't can't couldn't haven't hasn't hadn't shouldn't")

// articles are words that come and go with the style of a house.
var articles = set.Of("the a an that and &")

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
func drift(rec *sayings.Record, w, r *sayings.Saying) []onrecord.Drift {
	docs, v, c := rec.Docs, rec.Words, rec.Cast
	var out []onrecord.Drift
	add := func(kind, from, to string) {
		out = append(out, onrecord.Drift{Statement: r.ID, Kind: kind, From: from, To: to})
	}
	if from, to := w.SpeakerName(docs, c), r.SpeakerName(docs, c); w.Voice != r.Voice && w.Voice >= 0 && names.Fold(from) != names.Fold(to) {
		add(onrecord.DriftSpeaker, from, to)
	}
	dw, dr := docs[w.Doc], docs[r.Doc]
	numberDrift(dw, dr, w, r, v, add)

	matched := sayings.Align(w.Toks, r.Toks, v)
	var same float64
	for _, m := range matched {
		same += v.Weight(w.Toks[m.A].ID)
	}
	if covered := corpus.Share(same, r.Total); len(matched) < 4 || covered < closeShare && (r.Quoted == 0 || covered < quoteShare) {
		if from := lostHedge(dw, dr, w, r, v); from != "" {
			add(onrecord.DriftHedge, from, "")
		}
		return out // a paraphrase: other words are not a change of wording
	}
	first, last := matched[0], matched[len(matched)-1]
	for _, end := range [2][4]int{{-1, first.A, -1, first.B}, {last.A, len(w.Toks), last.B, len(r.Toks)}} {
		mine, theirs := w.Toks[end[0]+1:end[1]], r.Toks[end[2]+1:end[3]]
		if !replaced(len(mine), len(theirs)) || isNumeric(mine) || isNumeric(theirs) {
			continue
		}
		from, to := inside(dw, w, end[0], end[1]), inside(dr, r, end[2], end[3])
		if end[1] < len(w.Toks) && w.Toks[end[1]].IsNumber && onlyBounds(from, to) || sameSpelled(from, to) || only(from, articles) && only(to, articles) {
			continue // numberDrift speaks of the first
		}
		add(changeKind(from, to), from, to)
	}
	changes := 0
	for k := 1; k < len(matched) && changes < driftLimit; k++ {
		p, q := matched[k-1], matched[k]
		if q.A == p.A+1 && q.B == p.B+1 {
			if gap := between(dr, r.Toks[p.B], r.Toks[q.B]); dotted(gap) {
				if g := between(dw, w.Toks[p.A], w.Toks[q.A]); !dotted(g) {
					add(onrecord.DriftEllipsis, "", "…")
				}
			}
			continue
		}
		from := inside(dw, w, p.A, q.A)
		to := inside(dr, r, p.B, q.B)
		gap := between(dr, r.Toks[p.B], r.Toks[q.B])
		if isNumeric(w.Toks[p.A+1:q.A]) || isNumeric(r.Toks[p.B+1:q.B]) || comparatorOnly(from) && comparatorOnly(to) || w.Toks[q.A].IsNumber && onlyBounds(from, to) {
			continue // numberDrift speaks of these
		}
		if only(from, articles) && only(to, articles) && !strings.ContainsAny(gap, "[…") || sameSpelled(from, to) ||
			to == "" && contracted(dr.Text[r.Toks[p.B].Start:r.Toks[p.B].End], from) || from == "" && contracted(dw.Text[w.Toks[p.A].Start:w.Toks[p.A].End], to) {
			continue // a word of style, a spelling
		}
		changes++
		cut, added := q.A-p.A > silentCut, q.B-p.B > silentCut
		switch {
		case dotted(gap):
			add(onrecord.DriftEllipsis, from, "…")
		case dotted(between(dw, w.Toks[p.A], w.Toks[q.A])):
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
var perceives = set.Of("seen observed counted found recorded verified confirmed identified documented checked heard examined tracked known know")

// hedgePhrases bound a figure by what is known when it is given.
var hedgePhrases = []string{"to date", "so far", "thus far", "until now", "as far as we know", "as far as i know", "as far as is known", "as far as we can tell", "to our knowledge", "to my knowledge", "to the best of our knowledge"}

// lostHedge is what the wording says of how far a figure is known, where a rendition that gives the figure of the same thing in other
// words says nothing of the kind.
func lostHedge(dw, dr *corpus.Doc, w, r *sayings.Saying, v *sayings.Speech) string {
	wtoks, rtoks := w.Toks[:min(len(w.Toks), sayings.AlignLimit)], r.Toks[:min(len(r.Toks), sayings.AlignLimit)]
	for i, t := range wtoks {
		if !t.IsNumber {
			continue
		}
		hedge := hedgeOf(dw, w, t)
		if hedge == "" {
			continue
		}
		for j, u := range rtoks {
			if u.IsNumber && u.Number == t.Number && oneSubject(wtoks[i+1:], rtoks[j+1:], v) && hedgeOf(dr, r, u) == "" {
				return hedge
			}
		}
	}
	return ""
}

// oneSubject says whether a telling word stands right behind two numbers.
func oneSubject(a, b []sayings.Token, v *sayings.Speech) bool {
	for _, x := range a[:min(len(a), subjectReach)] {
		if v.Weight(x.ID) >= subjectTells && !x.IsNumber && v.Name[x.ID] != "percent" && slices.ContainsFunc(b[:min(len(b), subjectReach)], func(y sayings.Token) bool { return y.ID == x.ID }) {
			return true
		}
	}
	return false
}

// hedgeOf is the clause or phrase behind a number of a statement that says how far it is known: "that we have counted to date".
func hedgeOf(d *corpus.Doc, s *sayings.Saying, number sayings.Token) string {
	i := slices.IndexFunc(s.Content, func(c onrecord.Span) bool { return c.Start <= int(number.Start) && int(number.Start) < c.End })
	if i < 0 {
		return ""
	}
	words := d.Within(onrecord.Span{Start: int(number.End), End: s.Content[i].End})
	words = words[:min(len(words), hedgeReach+hedgeWords)]
	low := func(k int) string {
		return strings.ToLower(strings.ReplaceAll(d.Text[words[k].Start:words[k].End], "’", "'"))
	}
	for k := range words[:min(len(words), hedgeReach)] {
		if k > 0 && strings.ContainsAny(d.Text[words[k-1].End:words[k].Start], ".;:?!") {
			break
		}
		if sayings.Relatives[low(k)] {
			clause := words[k:min(len(words), k+hedgeWords)]
			clause = clause[:sayings.MainVerb(d, clause)]
			for n := range clause {
				if n > 0 && strings.ContainsAny(d.Text[clause[n-1].End:clause[n].Start], ",.;:?!”\"") {
					clause = clause[:n]
					break
				}
			}
			if slices.ContainsFunc(clause, func(c corpus.Word) bool { return perceives[d.Lower(c)] }) {
				return d.Text[clause[0].Start:clause[len(clause)-1].End]
			}
		}
		for _, phrase := range hedgePhrases {
			n := strings.Count(phrase, " ") + 1
			if k+n <= len(words) && strings.EqualFold(d.Text[words[k].Start:words[k+n-1].End], phrase) {
				return d.Text[words[k].Start:words[k+n-1].End]
			}
		}
	}
	return ""
}

// changeKind is the kind of drift of a few words that stand in the place of a few others.
func changeKind(from, to string) string {
	switch {
	case hasAny(from, Negations) != hasAny(to, Negations):
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
	return len(words) > 1 && sayings.Relatives[words[0]] && hasAny(s, perceives)
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
	v, w := names.Words(strings.ReplaceAll(unmarked.Replace(a), "-", " ")), names.Words(strings.ReplaceAll(unmarked.Replace(b), "-", " "))
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
		if len(x) != len(v) || len(y) != len(w) || !capitalised(x[i]) || !capitalised(y[i]) || !names.SameWord(v[i], w[i]) {
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
func numberDrift(dw, dr *corpus.Doc, w, r *sayings.Saying, v *sayings.Speech, add func(kind, from, to string)) {
	wtoks := w.Toks[:min(len(w.Toks), sayings.AlignLimit)]
	for j, t := range r.Toks[:min(len(r.Toks), sayings.AlignLimit)] {
		if !t.IsNumber {
			continue
		}
		at, other := -1, -1
		for i, x := range wtoks {
			if !x.IsNumber {
				continue
			}
			if x.Number == t.Number && following(w.Toks, i) == following(r.Toks, j) {
				at = i
				break
			}
			if x.Number == t.Number && at < 0 {
				at = i
			}
			if following(w.Toks, i) == following(r.Toks, j) && following(r.Toks, j) >= 0 {
				other = i
			}
		}
		phraseR, classR := comparatorBefore(dr, t, r)
		switch {
		case at >= 0:
			if phraseW, classW := comparatorBefore(dw, w.Toks[at], w); classW != classR {
				add(onrecord.DriftComparator, phraseW, phraseR)
			}
		case other >= 0 && !hasNumber(r.Toks, w.Toks[other].Number):
			add(onrecord.DriftNumber, dw.Text[w.Toks[other].Start:w.Toks[other].End], dr.Text[t.Start:t.End])
		}
	}
}

// unmarked takes out brackets and quotation marks.
var unmarked = strings.NewReplacer("[", "", "]", "", "“", " ", "”", " ", "\"", " ", "‘", " ", "``", " ", "''", " ")

// comparatorReach is how many bytes before a number its comparator may begin.
const comparatorReach = 40

func hasNumber(toks []sayings.Token, n float64) bool {
	for _, t := range toks {
		if t.IsNumber && t.Number == n {
			return true
		}
	}
	return false
}

// following is the word behind a number, -1 at the end.
func following(toks []sayings.Token, i int) int32 {
	if i+1 < len(toks) {
		return toks[i+1].ID
	}
	return -1
}

// comparatorBefore is the comparator that stands right before a number, inside the statement.
func comparatorBefore(d *corpus.Doc, number sayings.Token, s *sayings.Saying) (phrase, class string) {
	from := int(number.Start)
	for _, span := range s.Content {
		if span.Start <= from && from < span.End {
			from = span.Start
		}
	}
	head := d.Text[max(from, corpus.Clip(d.Text, int(number.Start)-comparatorReach)):number.Start]
	low := strings.ToLower(strings.Join(strings.Fields(unmarked.Replace(head)), " "))
	for _, c := range comparators {
		if low == c.words || strings.HasSuffix(low, " "+c.words) {
			return c.words, c.class
		}
	}
	return "", ""
}

// inside is the text of the words strictly between tokens i and j of a statement, without what stands between its parts.
func inside(d *corpus.Doc, s *sayings.Saying, i, j int) string {
	if j <= i+1 {
		return ""
	}
	from, to := int(s.Toks[i+1].Start), int(s.Toks[j-1].End)
	var parts []string
	for _, span := range s.Content {
		if a, b := max(from, span.Start), min(to, span.End); a < b {
			parts = append(parts, d.Text[a:b])
		}
	}
	return strings.Join(parts, " ")
}

// between is the text between two tokens; empty where they stand in other parts of the statement.
func between(d *corpus.Doc, a, b sayings.Token) string {
	if b.Start < a.End || b.Start-a.End > 2000 {
		return ""
	}
	return d.Text[a.End:b.Start]
}

func isNumeric(toks []sayings.Token) bool {
	return len(toks) > 0 && len(toks) <= 4 && func() bool {
		for _, t := range toks {
			if t.IsNumber {
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
