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
)

// A bond is why two figures answer one question, from the same end or from opposite ends.
type bond struct {
	a, b     int
	opposite bool
	weight   float64
	why      string
}

// related judges two figures, a before b.
func related(docs []*corpus.Doc, a, b *question, v *sayings.Speech) (bond, bool) {
	var x bond
	va, vb, ok := InOneUnit(a, b)
	if !ok || a.class != b.class || (a.head != b.head || a.head == "") && !sameValue(a, b) && !closeValue(a, b) || a.Doc == b.Doc && a.Span.Overlaps(b.Span) {
		return x, false
	}
	switch {
	case len(a.actors) > 0 && len(b.actors) > 0:
		if !set.Meet(a.actors, b.actors) {
			return x, false
		}
	case len(a.actors) > 0:
		if len(b.around) > 0 && !set.Meet(a.actors, b.around) {
			return x, false
		}
	case len(b.actors) > 0:
		if len(a.around) > 0 && !set.Meet(b.actors, a.around) {
			return x, false
		}
	}
	if a.Utterance >= 0 && a.Utterance == b.Utterance && a.head == b.head && a.head != "" && (a.Role == b.Role || a.Role == "" || b.Role == "") {
		return bond{weight: 20, why: "renditions of one utterance"}, true
	}
	common, nouns := set.Common(a.telling, b.telling), set.Common(a.noun, b.noun)
	if a.class == "share" && sameValue(a, b) && len(common)+len(nouns) >= farCommon {
		return bond{weight: 2, why: "the same value in one story, with words in common: " + v.ShownWords(append(common, nouns...))}, true
	}
	if a.class == "share" && (a.head != b.head || a.head == "") {
		return x, false
	}
	if a.class == "share" {
		same, alike := objects(a.yes, b.yes, a.no, b.no)
		cross, unlike := objects(a.yes, b.no, a.no, b.yes)
		if len(a.where) > 0 && len(b.where) > 0 && !set.Meet(a.where, b.where) {
			return x, false
		}
		if a.story != b.story {
			around := len(set.Common(a.around, b.around))
			recalled := a.Low == b.Low && a.High == b.High && a.Comparator == b.Comparator
			whose := len(a.actors) > 0 || len(b.actors) > 0 || corpus.Near(docs[a.Doc], docs[b.Doc], aroundDays) && (around >= aroundNames || around > 0 && recalled)
			if !whose || max(alike, unlike) < farTelling {
				return x, false
			}
		}
		switch {
		case alike > 0 && alike >= unlike:
			return bond{weight: alike - unlike/2, why: "said of the same: " + v.ShownWords(same)}, true
		case unlike > 0:
			return bond{weight: unlike - alike/2, opposite: true, why: "one says of what the other says not: " + v.ShownWords(cross)}, true
		}
		return x, false
	}
	if a.story != b.story || a.Role != b.Role && !sameValue(a, b) || a.graded != b.graded {
		return x, false
	}
	named := set.Common(a.places, b.places)
	if sameValue(a, b) && len(common)+len(nouns)+len(named) > 0 {
		return bond{weight: float64(2 + len(common)), why: "the same value in one story, with words in common: " + v.ShownWords(slices.Concat(common, nouns, named))}, true
	}
	if closeValue(a, b) && len(common)+len(named) >= closeCommon && (a.head == b.head || a.subject == "" || b.subject == "") {
		return bond{weight: 1 + float64(len(common)+len(named))/2, why: "about the same value in one story, with words in common: " + v.ShownWords(append(common, named...))}, true
	}
	pa, pb := set.Without(a.places, b.places), set.Without(b.places, a.places)
	if a.head != b.head || len(pa) > 0 && len(pb) > 0 && len(set.Common(a.places, b.places)) == 0 {
		return x, false
	}
	if a.Unit == "year of age" {
		if va.Low != vb.Low && len(nouns) < farCommon {
			return x, false // two of one family
		}
		if va.Low == vb.Low && a.head == b.head && len(named) > 0 {
			return bond{weight: 2, why: "one age, with names in common: " + v.ShownWords(named)}, true
		}
	}
	if a.Role == "" && a.head == anybody && va.Low != vb.Low && len(common) < anybodyCommon {
		return x, false
	}
	if a.part != b.part || a.total != b.total && (len(pa) > 0 && !a.total || len(pb) > 0 && !b.total) {
		return x, false // a part and its whole
	}
	if far := va.Low > nearValue*vb.High || vb.Low > nearValue*va.High; a.Role == "" && len(common) == 0 && (far || len(nouns) < farCommon) || a.Role == "" && far && len(common) < farCommon && len(nouns) < farCommon {
		return x, false
	}
	why := "the same thing counted in one story: " + a.subject
	if a.Role != "" {
		why += ", " + a.Role
	}
	return bond{weight: float64(1 + len(common)), why: why}, true
}

// Of one thing counted twice with no role ("killed") in common, values far apart need more words in common: else they may well be two
// counts.
const (
	nearValue     = 1.2
	farCommon     = 2
	anybodyCommon = 3 // where people are counted
	closeCommon   = 2 // and names or words in common, of values that are about the same
	closePart     = 0.03
	closeLeast    = 1e6 // less is seldom rounded
)

// anybody is the head of those who are nobody in particular.
var anybody = corpus.Stem("person")

// sameValue says whether two figures of one story have one value that tells by itself which question it answers.
func sameValue(a, b *question) bool {
	return a.telltale && b.telltale && a.story == b.story && oneValue(a, b) && (a.Role == b.Role || a.Role == "" || b.Role == "")
}

// closeValue says whether two large amounts of money of one story are one to the precision of the rounder ("$1.4 billion", "$1.375 billion").
func closeValue(a, b *question) bool {
	if !moneys[a.Unit] || a.Unit != b.Unit || min(a.Low, b.Low) < closeLeast || !a.telltale || !b.telltale || a.story != b.story || a.Role != b.Role {
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
	Row        onrecord.Measure
	Questions  []*question
	Complement []bool
}

// questionPosting is how many figures before it, of the same noun, one figure is compared with.
const questionPosting = 200

// Find takes a corpus, the story of every document, what is said, the utterances and the ids of figures that are taken, and gives the
// measures of the other figures, in the order of their first.
func Find(c *corpus.Corpus, storyOf []int, r *sayings.Record, us []utterances.Utterance, taken map[string]bool) []Measure {
	return group(c.Docs, findQuestions(c.Docs, storyOf, r.Words, utterances.Of(us)), r.Words, taken)
}

// group groups figures by the question they answer: a forest in which every figure knows whether it answers from the same
// end as its root. A bond that contradicts surer ones is dropped. Figures that are taken are in none.
func group(docs []*corpus.Doc, qs []*question, v *sayings.Speech, taken map[string]bool) []Measure {
	byKey := map[string][]int{}
	var bonds []bond
	for i, q := range qs {
		keys := []string{q.class + " " + q.head}
		if q.telltale {
			for _, v := range q.values {
				keys = append(keys, fmt.Sprintf("%s #%d %g", q.class, q.story, v.Low))
			}
			if moneys[q.Unit] {
				keys = append(keys, fmt.Sprintf("%s #%d", q.class, q.story))
			}
		}
		for k, key := range keys {
			for _, j := range byKey[key][max(0, len(byKey[key])-questionPosting):] {
				if k > 0 && qs[j].head == q.head || k > 1 && qs[j].Low == q.Low {
					continue // compared before
				}
				if x, ok := related(docs, qs[j], q, v); ok {
					x.a, x.b = j, i
					bonds = append(bonds, x)
				}
			}
			byKey[key] = append(byKey[key], i)
		}
	}
	slices.SortFunc(bonds, func(x, y bond) int {
		return cmp.Or(cmp.Compare(y.weight, x.weight), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	})
	parent, opposite := set.NewForest(len(qs)), make([]bool, len(qs))
	find := func(i int) (root int, flipped bool) {
		root = i
		for parent[root] != root {
			flipped = flipped != opposite[root]
			root = parent[root]
		}
		for at, rest := i, flipped; parent[at] != root && at != root; { // a short way for the next time
			next, turn := parent[at], opposite[at]
			parent[at], opposite[at] = root, rest
			at, rest = next, rest != turn
		}
		return root, flipped
	}
	why := map[int][]bond{}
	for _, x := range bonds {
		ra, fa := find(x.a)
		rb, fb := find(x.b)
		if ra == rb {
			continue
		}
		lo, hi := min(ra, rb), max(ra, rb)
		parent[hi] = lo
		opposite[hi] = fa != fb != x.opposite
		why[lo] = append(append(why[lo], why[hi]...), x)
	}
	groups := map[int][]int{}
	var roots []int
	for i := range qs {
		r, _ := find(i)
		if groups[r] == nil {
			roots = append(roots, r)
		}
		groups[r] = append(groups[r], i)
	}
	var out []Measure
	for _, r := range roots {
		g := corpus.Kept(groups[r], func(i int) bool { return !taken[qs[i].ID] }, func(i int) bool { return !docs[qs[i].Doc].Next })
		articles, flips := map[int]bool{}, 0
		for _, i := range g {
			articles[qs[i].Doc] = true
			if _, f := find(i); f {
				flips++
			}
		}
		if len(g) < 2 || len(articles) < 2 && flips == 0 {
			continue
		}
		m := Measure{}
		for _, i := range g {
			_, f := find(i)
			m.Questions = append(m.Questions, qs[i])
			m.Complement = append(m.Complement, f != (2*flips > len(g))) // the end that most answer from is the measure's own
		}
		m.fill(docs, why[r])
		out = append(out, m)
	}
	return out
}

func (m *Measure) fill(docs []*corpus.Doc, why []bond) {
	row := &m.Row
	row.ID = onrecord.NewID(onrecord.MeasureKind, m.Questions[0].ID)
	row.Unit = m.Questions[0].Unit
	label := m.Questions[0]
	times := map[string]int{}
	for i, q := range m.Questions {
		if times[q.Unit]++; q.Unit != "" && (row.Unit == "" || times[q.Unit] > times[row.Unit]) {
			row.Unit = q.Unit
		}
		if !m.Complement[i] && (m.Complement[slices.Index(m.Questions, label)] || plainness(q) > plainness(label)) {
			label = q
		}
	}
	if label.class == "share" {
		row.Unit = "percent"
		row.Label = strings.Join(strings.Fields("share of "+label.subject+" "+label.narrowing+" that "+label.words), " ")
	} else {
		row.Label = strings.TrimSpace(label.subject)
		if label.Role != "" && !strings.Contains(row.Label, label.Role) {
			row.Label += " " + label.Role
		}
		if row.Label == "" {
			row.Label = label.context
		}
		if label.site != "" && !strings.Contains(row.Label, label.site) {
			row.Label += " in " + label.site
		}
	}
	order := make([]int, len(m.Questions))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		a, b := m.Questions[i], m.Questions[j]
		return cmp.Or(cmp.Compare(AsOf(docs, a), AsOf(docs, b)), cmp.Compare(docs[a.Doc].At, docs[b.Doc].At), cmp.Compare(a.ID, b.ID))
	})
	for _, i := range order {
		row.Figures = append(row.Figures, onrecord.MeasurePoint{Figure: m.Questions[i].ID, Complement: m.Complement[i]})
	}
	articles := map[int]bool{}
	for _, q := range m.Questions {
		articles[q.Doc] = true
	}
	row.Basis = append(row.Basis, fmt.Sprintf("%s in %s", corpus.Plural(len(order), "figure"), corpus.Plural(len(articles), "article")))
	weight, times := map[string]float64{}, map[string]int{}
	for _, x := range why {
		weight[x.why] = max(weight[x.why], x.weight)
		times[x.why]++
	}
	for _, w := range slices.Sorted(maps.Keys(weight)) {
		row.Basis = append(row.Basis, fmt.Sprintf("%s (%d×, weight %.1f)", w, times[w], weight[w]))
	}
	row.Basis = append(row.Basis, m.values(docs, order)...)
	row.Confidence = 0.7
}

// values say how often each value stands, where one stands in several articles: printed again, it is no better confirmed.
func (m *Measure) values(docs []*corpus.Doc, order []int) []string {
	type value struct {
		comparator, unit string
		low, high        float64
		complement       bool
	}
	articles := map[value][]int{}
	var values []value
	for _, i := range order {
		q := m.Questions[i].In(m.Row.Unit)
		v := value{q.Comparator, q.Unit, q.Low, q.High, m.Complement[i]}
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

// plainness is how well a figure's words make a label: whose it is, and what it is of and not of.
func plainness(q *question) int {
	return 8*min(1, len(q.subject)) + 4*min(1, len(q.actors)) + 2*min(1, len(q.yes)) + 2*min(1, len(q.no)) - (len(q.narrowing)+len(q.words))/60
}

// AsOf is the day for which a figure holds, as days since 1970: as stated, else its article's; 0 when unknown.
func AsOf(docs []*corpus.Doc, q *question) int {
	switch {
	case !q.AsOf.To.IsZero():
		return int(q.AsOf.To.Unix() / 86400)
	case !q.AsOf.From.IsZero():
		return int(q.AsOf.From.Unix() / 86400)
	}
	return docs[q.Doc].Day
}

// Bounds are the values that a figure allows, by its comparator and by the precision that its number states; seen from the other
// end for a complement.
func Bounds(q *question, complement bool) (low, high float64) {
	low, high = q.Low, q.High
	top := math.Inf(1)
	if q.class == "share" {
		top = 100
		if q.Unit != "percent" {
			low, high = 100*low, 100*high
		}
	}
	slack := func(x float64) float64 {
		switch {
		case q.Comparator == "~":
			return 0.03 * x
		case q.class == "share" && q.Unit != "percent":
			return 0.03 * x // a share in words: a third, a half
		case q.class == "share":
			return 0.5
		case math.Mod(x, 100) == 0 && x >= 1000:
			return 0.025 * x
		}
		return 0
	}
	lo, hi := low-slack(low), high+slack(high)
	switch q.Comparator {
	case ">":
		lo, hi = low, top
	case "<":
		lo, hi = 0, high
	}
	if complement {
		lo, hi = 100-hi, 100-lo
	}
	return lo, hi
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
