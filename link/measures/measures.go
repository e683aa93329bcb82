// Package measures groups the figures that answer one question.
package measures

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/internal/set"
	"github.com/onrecord/onrecord/link/sayings"
	"github.com/onrecord/onrecord/link/utterances"
	"github.com/onrecord/onrecord/reading/figure/unit"
)

// A bond is why two figures answer one question, from the same end or from opposite ends.
type bond struct {
	a, b     int
	opposite bool
	weight   float64
	why      string
}

// A sharing is what the sentences of two figures have in common.
type sharing struct{ words, nouns, places []string }

// related judges two figures, a before b.
func related(docs []*corpus.Doc, a, b *Question, v *sayings.Speech) (bond, bool) {
	x, y, ok := InOneUnit(a, b)
	if !ok || a.class != b.class || !oneHead(a, b) && !sameValue(a, b) && !closeValue(a, b) && !Slipped(a, b) && !a.span && !oneToll(a, b) || a.Doc == b.Doc && a.Span.Overlaps(b.Span) || !oneOwner(a, b) {
		return bond{}, false
	}
	if a.Utterance >= 0 && a.Utterance == b.Utterance && oneHead(a, b) && oneRole(a, b) {
		return bond{weight: 20, why: "renditions of one utterance"}, true
	}
	has := sharing{set.Common(a.telling, b.telling), set.Common(a.noun, b.noun), set.Common(a.places, b.places)}
	if a.span && b.span {
		return spansRelated(a, b, x, y, v)
	}
	if a.class == share {
		return sharesRelated(docs, a, b, has, v)
	}
	return countsRelated(a, b, x, y, has, v)
}

// oneHead says whether two figures count things of one noun, or are shares of such.
func oneHead(a, b *Question) bool { return a.head == b.head && a.head != "" }

// oneRole says whether the roles of what two figures count do not differ: one that is not told may be the other.
func oneRole(a, b *Question) bool { return a.Role == b.Role || a.Role == "" || b.Role == "" }

// oneOwner says whether what two figures count may be of one owner, as far as their articles say whose it is.
func oneOwner(a, b *Question) bool {
	switch {
	case len(a.actors) > 0 && len(b.actors) > 0:
		return set.Meet(a.actors, b.actors)
	case len(a.actors) > 0:
		return len(b.around) == 0 || set.Meet(a.actors, b.around)
	case len(b.actors) > 0:
		return len(a.around) == 0 || set.Meet(b.actors, a.around)
	}
	return true
}

// sharesRelated judges two shares: by what they are said to be of, and not of.
func sharesRelated(docs []*corpus.Doc, a, b *Question, has sharing, v *sayings.Speech) (bond, bool) {
	if sameValue(a, b) && len(has.words)+len(has.nouns) >= farCommon {
		return bond{weight: 2, why: "the same value in one story, with words in common: " + v.ShownWords(slices.Concat(has.words, has.nouns))}, true
	}
	if !oneHead(a, b) || a.rate && b.rate && !slices.Equal(a.noun, b.noun) || len(a.where) > 0 && len(b.where) > 0 && !set.Meet(a.where, b.where) {
		return bond{}, false
	}
	same, alike := objects(a.yes, b.yes, a.no, b.no)
	cross, unlike := objects(a.yes, b.no, a.no, b.yes)
	if a.story != b.story && (max(alike, unlike) < farTelling || !recalls(docs, a, b)) {
		return bond{}, false
	}
	switch {
	case alike > 0 && alike >= unlike:
		return bond{weight: alike - unlike/2, why: "said of the same: " + v.ShownWords(same)}, true
	case unlike > 0:
		return bond{weight: unlike - alike/2, opposite: true, why: "one says of what the other says not: " + v.ShownWords(cross)}, true
	}
	return bond{}, false
}

// recalls says whether a share of one story may be that of another: one says whose it is, or their articles use the same names within
// aroundDays.
func recalls(docs []*corpus.Doc, a, b *Question) bool {
	if len(a.actors) > 0 || len(b.actors) > 0 {
		return true
	}
	around := len(set.Common(a.around, b.around))
	sameNumber := a.Low == b.Low && a.High == b.High && a.Comparator == b.Comparator
	return corpus.Near(docs[a.Doc], docs[b.Doc], aroundDays) && (around >= aroundNames || around > 0 && sameNumber)
}

// countsRelated judges two figures that are no shares, x and y in one unit: by their value, and by what they count.
func countsRelated(a, b *Question, x, y unit.Value, has sharing, v *sayings.Speech) (bond, bool) {
	if a.story != b.story || a.Role != b.Role && !sameValue(a, b) || a.graded != b.graded {
		return bond{}, false
	}
	if sameValue(a, b) && (len(has.words)+len(has.nouns)+len(has.places) > 0 || money(a.Unit) && exact(a.Low)) {
		return bond{weight: float64(2 + len(has.words)), why: "the same value in one story, with words in common: " + v.ShownWords(slices.Concat(has.words, has.nouns, has.places))}, true
	}
	if n := len(has.words) + len(has.places); closeValue(a, b) && n >= closeCommon && (a.head == b.head || a.subject == "" || b.subject == "") {
		return bond{weight: 1 + float64(n)/2, why: "about the same value in one story, with words in common: " + v.ShownWords(slices.Concat(has.words, has.places))}, true
	}
	if n := len(has.words) + len(has.places); Slipped(a, b) && n >= slipCommon {
		return bond{weight: 1 + float64(n)/2, why: "the same digits with another point in one story, with words in common: " + v.ShownWords(slices.Concat(has.words, has.places))}, true
	}
	if a.head != b.head && !oneToll(a, b) || otherPlaces(a, b) && len(has.places) == 0 {
		return bond{}, false
	}
	if a.Unit == "year of age" {
		if x.Low != y.Low && len(has.nouns) < farCommon {
			return bond{}, false // two of one family
		}
		if x.Low == y.Low && len(has.places) > 0 {
			return bond{weight: 2, why: "one age, with names in common: " + v.ShownWords(has.places)}, true
		}
	}
	if partAndWhole(a, b) || a.Role == "" && twoCounts(a, x, y, has) {
		return bond{}, false
	}
	why := "the same thing counted in one story: " + a.subject
	if a.Role != "" {
		why += ", " + a.Role
	}
	return bond{weight: float64(1 + len(has.words)), why: why}, true
}

// otherPlaces says whether each of two figures has a place that the other has not.
func otherPlaces(a, b *Question) bool {
	return len(set.Without(a.places, b.places)) > 0 && len(set.Without(b.places, a.places)) > 0
}

// partAndWhole says whether one of two figures counts a part of what the other counts.
func partAndWhole(a, b *Question) bool {
	return a.part != b.part || a.total != b.total &&
		(len(set.Without(a.places, b.places)) > 0 && !a.total || len(set.Without(b.places, a.places)) > 0 && !b.total)
}

// twoCounts says whether two figures of one noun, in no role, may well be two counts: their values are far apart, or little else is in
// common.
func twoCounts(a *Question, x, y unit.Value, has sharing) bool {
	if a.head == corpus.Stem("person") && x.Low != y.Low && len(has.words) < anybodyCommon {
		return true
	}
	far := x.Low > nearValue*y.High || y.Low > nearValue*x.High
	if (x.Low > otherValue*y.High || y.Low > otherValue*x.High) && len(has.words) < otherCommon {
		return true
	}
	if len(has.words) == 0 && (far || len(has.nouns) < farCommon) {
		return true
	}
	return far && len(has.words) < farCommon && len(has.nouns) < farCommon
}

// Of one thing counted twice with no role ("killed") in common, values far apart need more words in common: else they may well be two
// counts.
const (
	nearValue     = 1.2
	otherValue    = 4 // values so far apart need still more
	otherCommon   = 4
	farCommon     = 2
	anybodyCommon = 3 // where people are counted
	closeCommon   = 2 // and names or words in common, of values that are about the same
	closePart     = 0.03
	closeLeast    = 1e6 // less is seldom rounded
)

// sameValue says whether two figures of one story have one value that tells by itself which question it answers.
func sameValue(a, b *Question) bool {
	return a.telltale && b.telltale && a.story == b.story && oneValue(a, b) && oneRole(a, b)
}

// Slipped says whether two amounts of money of one story have the same digits and differ by a factor of ten, a hundred or a thousand, as
// where a point or a word of scale has slipped.
func Slipped(a, b *Question) bool {
	if !money(a.Unit) || a.Unit != b.Unit || a.story != b.story || a.Role != b.Role || !exact(min(a.Low, b.Low)) || a.Doc == b.Doc {
		return false
	}
	by := math.Round(max(a.Low, b.Low) / min(a.Low, b.Low))
	return (by == 10 || by == 100 || by == 1000) && math.Abs(max(a.Low, b.Low)-by*min(a.Low, b.Low)) < 1e-6*max(a.Low, b.Low)
}

// slipCommon is how many words the sentences of two such amounts have in common.
const slipCommon = 3

// exact says whether a value has so many digits that no other amount of its story is likely to be the same: "2.4 million".
func exact(v float64) bool {
	if v < exactLeast {
		return false
	}
	return math.Mod(v, math.Pow(10, math.Floor(math.Log10(v)))) != 0
}

// exactLeast is the least amount of money that tells by its digits alone.
const exactLeast = 1000

// closeValue says whether two large amounts of money of one story are one to the precision of the rounder ("$1.4 billion", "$1.375 billion").
func closeValue(a, b *Question) bool {
	if !money(a.Unit) || a.Unit != b.Unit || min(a.Low, b.Low) < closeLeast || !a.telltale || !b.telltale || a.story != b.story || a.Role != b.Role {
		return false
	}
	low, high := min(a.Low, b.Low), max(a.Low, b.Low)
	if high-low <= closePart*low {
		return true
	}
	round := math.Pow(10, math.Floor(math.Log10(high)))
	return math.Mod(low, round) == 0 && math.Round(high/round)*round == low
}

// objects are the roots that the first pair and the second pair have in common, and their weight.
func objects(a, b, c, d []object) (roots []string, weight float64) {
	for _, pair := range [2][2][]object{{a, b}, {c, d}} {
		for _, x := range pair[0] {
			if !slices.Contains(roots, x.stem) && slices.ContainsFunc(pair[1], x.like) {
				roots = append(roots, x.stem)
				weight += x.weight
			}
		}
	}
	return roots, weight
}

// A Measure is figures that answer one question.
type Measure struct {
	Row     onrecord.Measure
	Answers []Answer // in canonical order
}

// An Answer is a figure that answers a measure, or answers it from the other end.
type Answer struct {
	*Question
	Complement bool
}

// questionPosting is how many figures before it, of the same noun, one figure is compared with.
const questionPosting = 200

// Find takes a corpus, the story of every document, what is said, the utterances and the ids of figures that are claimed, and gives the
// measures of the other figures, in the order of their first.
func Find(c *corpus.Corpus, storyOf []int, r *sayings.Record, us []utterances.Utterance, claimed map[string]bool) []Measure {
	qs := findQuestions(r, storyOf, utterances.Of(us))
	findChiefs(qs)
	at := make(map[string]int, len(qs))
	for i, q := range qs {
		at[q.ID] = i
	}
	ruled := c.Ruled.On(onrecord.MeasureKind, func(_ *corpus.Ruling, id string) []int {
		if i, ok := at[id]; ok {
			return []int{i}
		}
		return nil
	})
	return group(r, qs, rule(ruled, bonds(c.Docs, qs, r.Words)), claimed)
}

// rule leaves out bonds between figures that a person said answer two questions, and puts those of one question first.
func rule(ruled *corpus.Ruled, found []bond) []bond {
	var all []bond
	for _, j := range ruled.Joins {
		if !ruled.Apart(j.A, j.B) {
			all = append(all, bond{a: j.A, b: j.B, why: j.Why})
		}
	}
	return append(all, slices.DeleteFunc(found, func(x bond) bool { return ruled.Apart(x.a, x.b) })...)
}

// group groups figures by the question they answer. A bond that contradicts surer ones is dropped. Figures that are claimed are in none.
func group(said *sayings.Record, qs []*Question, bonds []bond, claimed map[string]bool) []Measure {
	docs, forest := said.Docs, newEnds(len(qs))
	why := map[int][]bond{} // by root
	for _, x := range bonds {
		if into, from, ok := forest.join(x.a, x.b, x.opposite); ok {
			if len(why[into]) < len(why[from]) {
				why[into], why[from] = why[from], why[into]
			}
			why[into] = append(append(why[into], why[from]...), x)
			delete(why, from)
		}
	}
	groups := map[int][]int{}
	var roots []int
	for i := range qs {
		r, _ := forest.find(i)
		if groups[r] == nil {
			roots = append(roots, r)
		}
		groups[r] = append(groups[r], i)
	}
	var out []Measure
	for _, r := range roots {
		g := corpus.Kept(groups[r], func(i int) bool { return !claimed[qs[i].ID] }, func(i int) bool { return !docs[qs[i].Doc].Next })
		articles, flips := map[int]bool{}, 0
		m := Measure{}
		for _, i := range g {
			_, flipped := forest.find(i)
			if flipped {
				flips++
			}
			articles[qs[i].Doc] = true
			m.Answers = append(m.Answers, Answer{qs[i], flipped})
		}
		if len(g) < 2 || len(articles) < 2 && flips == 0 {
			continue
		}
		if 2*flips > len(g) { // the end that most answer from is the measure's own
			for k := range m.Answers {
				m.Answers[k].Complement = !m.Answers[k].Complement
			}
		}
		m.fill(said, why[r])
		out = append(out, m)
	}
	return out
}

// bonds are why figures answer one question, the weightiest first.
func bonds(docs []*corpus.Doc, qs []*Question, v *sayings.Speech) []bond {
	byKey := map[string][]int{}
	var out []bond
	for i, q := range qs {
		for k, key := range q.keys() {
			for _, j := range byKey[key][max(0, len(byKey[key])-questionPosting):] {
				if k > 0 && qs[j].head == q.head || k > 1 && qs[j].Low == q.Low {
					continue // compared before
				}
				if x, ok := related(docs, qs[j], q, v); ok {
					x.a, x.b = j, i
					out = append(out, x)
				}
			}
			byKey[key] = append(byKey[key], i)
		}
	}
	slices.SortFunc(out, func(x, y bond) int {
		return cmp.Or(cmp.Compare(y.weight, x.weight), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	})
	return out
}

// keys are what a figure has in common with those that it is held against: its noun first, then, where its value tells, that.
func (q *Question) keys() (keys []string) {
	keys = []string{q.class + " " + q.head}
	switch {
	case q.span:
		return []string{fmt.Sprintf("%s #%d", q.class, q.story)}
	case q.chief:
		defer func() { keys = append(keys, fmt.Sprintf("%s #%d %s", q.class, q.story, q.Role)) }()
	}
	if !q.telltale {
		return keys
	}
	for _, v := range q.values {
		keys = append(keys, fmt.Sprintf("%s #%d %g", q.class, q.story, v.Low))
	}
	if money(q.Unit) {
		keys = append(keys, fmt.Sprintf("%s #%d", q.class, q.story))
	}
	return keys
}

// Ends are a forest of figures in which every one knows whether it answers from the same end as its root.
type ends struct {
	parent   set.Forest
	opposite []bool // whether it answers from the other end than its parent
}

func newEnds(n int) *ends { return &ends{set.NewForest(n), make([]bool, n)} }

// find is the root of a figure, and whether the figure answers from the other end.
func (e *ends) find(i int) (root int, flipped bool) {
	root = i
	for e.parent[root] != root {
		flipped = flipped != e.opposite[root]
		root = e.parent[root]
	}
	for at, rest := i, flipped; e.parent[at] != root && at != root; { // a short way for the next time
		next, turn := e.parent[at], e.opposite[at]
		e.parent[at], e.opposite[at] = root, rest
		at, rest = next, rest != turn
	}
	return root, flipped
}

// join makes one tree of the two of a and b, which answer from opposite ends or not, and says which root is the other's now; nothing where they are
// one tree.
func (e *ends) join(a, b int, opposite bool) (into, from int, ok bool) {
	ra, fa := e.find(a)
	rb, fb := e.find(b)
	if ra == rb {
		return 0, 0, false
	}
	into, from = min(ra, rb), max(ra, rb)
	e.parent[from] = into
	e.opposite[from] = fa != fb != opposite
	return into, from, true
}

// fill makes the row of a measure.
func (m *Measure) fill(r *sayings.Record, why []bond) {
	docs := r.Docs
	row := &m.Row
	row.ID = onrecord.NewID(onrecord.MeasureKind, m.Answers[0].ID)
	row.Label, row.Unit = m.label(r.Words)
	sorted := slices.Clone(m.Answers)
	slices.SortFunc(sorted, func(a, b Answer) int {
		return cmp.Or(cmp.Compare(a.AsOfDay(docs), b.AsOfDay(docs)), cmp.Compare(docs[a.Doc].At, docs[b.Doc].At), cmp.Compare(a.ID, b.ID))
	})
	articles := map[int]bool{}
	for _, a := range sorted {
		row.Figures = append(row.Figures, onrecord.MeasurePoint{Figure: a.ID, Complement: a.Complement})
		articles[a.Doc] = true
	}
	row.Basis = append(row.Basis, fmt.Sprintf("%s in %s", corpus.Plural(len(sorted), "figure"), corpus.Plural(len(articles), "article")))
	type reason struct {
		times  int
		weight float64
	}
	reasons := map[string]reason{}
	for _, x := range why {
		r := reasons[x.why]
		reasons[x.why] = reason{r.times + 1, max(r.weight, x.weight)}
	}
	for _, w := range slices.Sorted(maps.Keys(reasons)) {
		row.Basis = append(row.Basis, fmt.Sprintf("%s (%d×, weight %.1f)", w, reasons[w].times, reasons[w].weight))
	}
	row.Basis = append(row.Basis, values(docs, sorted, row.Unit)...)
	row.Basis = append(row.Basis, standing(r, sorted, row.Unit)...)
	row.Confidence = 0.7
}

// values say how often each value stands, where one stands in several articles: printed again, it is no better confirmed.
func values(docs []*corpus.Doc, answers []Answer, unit string) []string {
	type value struct {
		comparator, unit string
		low, high        float64
		complement       bool
	}
	articles := map[value][]int{}
	var values []value
	for _, a := range answers {
		q := a.In(unit)
		v := value{q.Comparator, q.Unit, q.Low, q.High, a.Complement}
		if articles[v] == nil {
			values = append(values, v)
		}
		if !slices.Contains(articles[v], q.Doc) {
			articles[v] = append(articles[v], q.Doc)
		}
	}
	var out []string
	for _, v := range values {
		in := articles[v]
		if len(in) < 2 {
			continue
		}
		said := strings.TrimPrefix(v.comparator, "=") + Number(v.low)
		if v.high != v.low {
			said += " to " + Number(v.high)
		}
		first := ""
		if at := docs[slices.Min(in)].At; at != "" {
			first = ", first on " + at[:min(len(at), len("2006-01-02"))]
		}
		out = append(out, fmt.Sprintf("%s stands in %d articles%s: printed again, a value is no better confirmed", strings.TrimSpace(said+" "+v.unit), len(in), first))
	}
	return out
}

// AsOfDay is the day for which a figure holds, as days since 1970: as stated, the last of a stretch, else its article's; 0 when unknown.
// A stretch up to the day of publication ("since Monday") has that in it.
func (q *Question) AsOfDay(docs []*corpus.Doc) int {
	switch {
	case !q.AsOf.To.IsZero():
		if day := int(q.AsOf.To.Unix() / 86400); day == docs[q.Doc].Day {
			return day
		}
		return int((q.AsOf.To.Unix() - 1) / 86400)
	case !q.AsOf.From.IsZero():
		return int(q.AsOf.From.Unix() / 86400)
	}
	return docs[q.Doc].Day
}

// Bounds are the values that an answer allows, by its comparator and by the precision that its number states; seen from the measure's
// end.
func (q Answer) Bounds() (low, high float64) {
	low, high = q.Low, q.High
	top := math.Inf(1)
	if q.class == share {
		top = 100
		if q.Unit != "percent" {
			low, high = 100*low, 100*high
		}
	}
	lo, hi := low-q.slack(low), high+q.slack(high)
	switch q.Comparator {
	case ">":
		lo, hi = low, top
	case "<":
		lo, hi = 0, high
	}
	if q.Complement {
		lo, hi = 100-hi, 100-lo
	}
	return lo, hi
}

// slack is how far from x, which an answer gives, the value may lie by the precision in which it is given: "a third" is anything nearer
// to it than to other simple shares, "about 70 percent" anything that rounds to it.
func (q Answer) slack(x float64) float64 {
	switch {
	case q.class == share && q.Unit != "percent":
		return wordShare
	case q.class == share && q.Comparator == "~":
		return math.Max(1, roundness(x)/2)
	case q.class == share:
		return 0.5
	case q.dozen:
		return 0.1 * x
	case q.Comparator == "~":
		return math.Max(0.03*x, min(roundness(x)/2, 0.1*x))
	case math.Mod(x, 100) == 0 && x >= 1000:
		return 0.025 * x
	}
	return 0
}

// wordShare is how far, in percent, a share in words may lie from what it says.
const wordShare = 3.5

// roundness is the largest of 1, 5, 10, 50, 100 and so on of which x is a multiple.
func roundness(x float64) float64 {
	r := 1.0
	for by, k := 5.0, 0; x >= by && math.Mod(x, by) == 0; k++ {
		r = by
		by *= 2 + 3*float64(k%2)
	}
	return r
}

// Number shows a value in at most four digits that tell something: "9.36 million".
func Number(x float64) string {
	for _, big := range [...]struct {
		of   float64
		name string
	}{{1e12, " trillion"}, {1e9, " billion"}, {1e6, " million"}} {
		if math.Abs(x) >= big.of {
			return fmt.Sprintf("%.4g", x/big.of) + big.name
		}
	}
	if math.Abs(x) >= 1000 {
		return strconv.FormatFloat(math.Round(x), 'f', -1, 64)
	}
	return fmt.Sprintf("%.4g", x)
}
