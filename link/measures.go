package link

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"onrecord"
	"onrecord/text"
)

// A question is what a figure answers, as its article puts it.
type question struct {
	*onrecord.Figure
	doc, story int
	class      string   // "share", or the unit of what is counted
	head       string   // stem of the noun counted, or that a share is of
	subject    string   // the words counted, as they stand
	actors     []string // states that the subject names: whose
	around     []string // states named around it, where the subject names none
	places     []string // names in the sentence
	yes, no    []object // what the share is said to be of, and not of: the first telling words behind the subject, by polarity
	telling    []string // telling words of the sentence
	words      string   // the words behind the subject, as they stand
	utterance  int      // of its statement, or -1
}

// An object is the root of a word, or a name, that a share is said to be of or not of.
type object struct {
	root   string
	weight float64
}

const (
	objectWords   = 5   // telling words of each polarity
	sentenceReach = 500 // bytes before and behind a figure that are read of its sentence
	objectReach   = 28  // words behind the subject that are read
	telling       = 2.7 // weight from which a word of the sentence tells something
	objectTelling = 1.6 // and a word behind the subject
	objectName    = 3   // weight of a name behind the subject
	objectLetters = 5   // letters by which words of one root agree: "opposition", "opposed"
)

// heads are nouns that news uses for one thing. A noun behind a slash counts only with that word in the phrase.
var heads = func() map[string]string {
	m := map[string]string{}
	for _, line := range []string{
		"strike: strike airstrike raid bombing bombardment airraid effort/military action/military operation/military attack/air attack/aerial",
		"person: person people",
		"death: death dead fatality",
		"civilian: civilian noncombatant",
		"soldier: soldier troop serviceman servicemen",
		"migrant: migrant refugee",
	} {
		head, nouns, _ := strings.Cut(line, ":")
		for n := range strings.FieldsSeq(nouns) {
			noun, with, _ := strings.Cut(n, "/")
			m[stemOf(noun)+"/"+with] = stemOf(head)
		}
	}
	return m
}()

// headOf is the head of a noun phrase: the last word before "of", "in" or a comma, as its class.
func headOf(phrase string) string {
	for _, cut := range [...]string{" of ", " in ", " inside ", " that ", " who ", " from ", ","} {
		if i := strings.Index(phrase, cut); i > 0 {
			phrase = phrase[:i]
		}
	}
	words := nameWords(phrase)
	if len(words) == 0 {
		return ""
	}
	head := stemOf(words[len(words)-1])
	for _, w := range append([]string{""}, words...) {
		if h, ok := heads[head+"/"+w]; ok {
			return h
		}
	}
	return head
}

// findQuestions reads what every figure of the documents answers. A figure that says neither of what nor how it counts answers nothing.
func findQuestions(docs []*doc, storyOf []int, names *synonyms, v *vocabulary, utteranceOf map[string]int, workers int) []*question {
	found := make([][]*question, len(docs))
	for i, d := range docs {
		if len(d.Figures) == 0 {
			continue
		}
		parsed := text.Parse(d.text)
		wide := names.frequentStates(d)
		for k := range d.Figures {
			f := &d.Figures[k]
			if q := read(d, f, parsed, names, v, wide); q != nil {
				q.doc, q.story, q.utterance = i, storyOf[i], -1
				if u, ok := utteranceOf[f.Statement]; ok {
					q.utterance = u
				}
				found[i] = append(found[i], q)
			}
		}
	}
	return slices.Concat(found...)
}

// frequentStates are the states that an article names at least twice.
func (s *synonyms) frequentStates(d *doc) []string {
	count := map[string]int{}
	for k := range d.words {
		if n, _ := s.at(d, d.words[k:]); n > 0 {
			if st := s.stateAt(d, d.words[k:]); st != "" {
				count[st]++
			}
		}
	}
	var out []string
	for _, st := range sortedKeys(count) {
		if count[st] > 1 {
			out = append(out, st)
		}
	}
	return out
}

// stateAt is the state that the words begin by naming, if any.
func (s *synonyms) stateAt(d *doc, words []word) string {
	n, _ := s.at(d, words)
	if n == 0 {
		return ""
	}
	key := ""
	for _, w := range words[:n] {
		key += " " + strings.Join(nameWords(d.text[w.start:w.end]), " ")
	}
	return s.state[strings.TrimSpace(key)]
}

func read(d *doc, f *onrecord.Figure, parsed *text.Doc, names *synonyms, v *vocabulary, wide []string) *question {
	q := &question{Figure: f}
	subject := f.ThingSpan
	q.subject = cmp.Or(f.ShareOf, f.Thing)
	if q.subject == "" {
		return nil
	}
	switch {
	case f.Change != "":
		q.class = "change in " + f.Unit
	case f.Unit == "percent" || f.Unit == "" && f.High < 1 && f.Low > 0:
		q.class = "share"
	default:
		q.class = "count of " + cmp.Or(f.Unit, "things")
	}
	q.head = headOf(q.subject)
	if q.head == "" {
		return nil
	}
	// The sentence: what stands around the figure.
	at, _ := slices.BinarySearchFunc(parsed.Sentences, f.Span.Start, func(r text.Range, at int) int {
		if s := parsed.Span(r); s.End <= at {
			return -1
		} else if s.Start > at {
			return 1
		}
		return 0
	})
	if at >= len(parsed.Sentences) {
		return nil
	}
	sentence := parsed.Span(parsed.Sentences[at])
	sentence.Start = max(sentence.Start, clip(d.text, max(0, f.Span.Start-sentenceReach)))
	sentence.End = max(sentence.Start, min(sentence.End, clip(d.text, f.Span.End+sentenceReach)))
	if subject.Len() > 0 {
		q.actors = names.owners(d, subject)
		if before := (onrecord.Span{Start: max(sentence.Start, clip(d.text, subject.Start-20)), End: subject.Start}); len(q.actors) == 0 && before.Len() > 0 {
			if rest := before.Of(d.text); strings.HasSuffix(strings.TrimSpace(rest), "'s") || strings.HasSuffix(strings.TrimSpace(rest), "’s") {
				q.actors = names.owners(d, before)
			}
		}
	}
	if len(q.actors) == 0 {
		q.around = wide
	}
	for _, t := range v.tokens(d, sentence, names, false) {
		name := v.name[t.id]
		switch {
		case t.isNumber:
		case v.names[t.id]:
			q.places = append(q.places, name)
		case v.idf(t.id) >= telling && stemOf(name) != q.head:
			q.telling = append(q.telling, name)
		}
	}
	from := max(f.Span.End, subject.End)
	if from > sentence.End {
		from = f.Span.End
	}
	q.predicate(d, onrecord.Span{Start: from, End: max(from, sentence.End)}, names, v)
	return q
}

// owners are the states and other names in a span.
func (s *synonyms) owners(d *doc, span onrecord.Span) []string {
	from, _ := slices.BinarySearchFunc(d.words, int32(span.Start), func(w word, at int32) int { return cmp.Compare(w.start, at) })
	var out []string
	for k := from; k < len(d.words) && int(d.words[k].start) < span.End; k++ {
		who := s.stateAt(d, d.words[k:])
		if w := d.words[k]; who == "" && w.is(capital) && !w.is(opens) {
			who = strings.Join(nameWords(d.text[w.start:w.end]), " ")
			who = who[:clip(who, objectLetters)] // "Norland" and "Norlandic"
		}
		if who != "" && !slices.Contains(out, who) {
			out = append(out, who)
		}
	}
	return out
}

// predicate reads what is said of the subject: the telling words behind it, apart by polarity.
func (q *question) predicate(d *doc, span onrecord.Span, names *synonyms, v *vocabulary) {
	s := strings.TrimSpace(span.Of(d.text))
	if i := strings.IndexAny(s, ",;.”\"\n"); i > 0 {
		s = s[:i]
	}
	if w := strings.Fields(s); len(w) > labelWords {
		s = strings.Join(w[:labelWords], " ")
	}
	q.words = s
	toks := v.tokens(d, span, names, false)
	no := false
	last := span.Start
	for k, t := range toks {
		if k >= objectReach {
			break
		}
		gap := d.text[min(last, int(t.start)):t.start]
		name := v.name[t.id]
		if strings.ContainsAny(gap, ",;”\"") || name == "but" {
			no = false
			if strings.ContainsAny(gap, "”\";") && k > 3 {
				break
			}
		}
		last = int(t.end)
		switch name {
		case "not", "never", "none", "nor", "neither", "rather", "instead", "without":
			no = true
			continue
		case "and", "while", "as":
			if k > 1 && v.newSubject(toks[k+1:]) {
				return
			}
		}
		weight := v.idf(t.id)
		if t.isNumber || actions[name] || weight < objectTelling && !strings.HasPrefix(name, "name ") {
			continue
		}
		root := name[:min(len(name), objectLetters)]
		if strings.HasPrefix(name, "name ") {
			if names.state[strings.TrimPrefix(name, "name ")] != "" {
				continue // whose and where it is, not what it is of
			}
			root, weight = name, objectName
		}
		if no && len(q.no) < objectWords {
			q.no = append(q.no, object{root, weight})
		} else if !no && len(q.yes) < objectWords {
			q.yes = append(q.yes, object{root, weight})
		}
	}
}

// actions are stems of what strikes, aims and counts do: the verb says nothing of what a share is of.
var actions = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq("hit hitting target targeted aim aimed strike attack fall fell land go went direct directed use used carry seen take date support say said be make made kill killed") {
		m[stemOf(w)] = true
	}
	return m
}()

// newSubject says whether the words behind an "and" begin with another subject: a finite auxiliary stands in them, but not first.
func (v *vocabulary) newSubject(toks []tok) bool {
	for k, t := range toks[:min(len(toks), 7)] {
		switch v.name[t.id] {
		case "are", "is", "was", "were", "have", "has", "had", "will", "would":
			return k > 0
		case "not":
			return false
		}
	}
	return false
}

const labelWords = 12

// A bond is why two figures answer one question, from the same end or from opposite ends.
type bond struct {
	a, b     int
	opposite bool
	weight   float64
	why      string
}

// related judges two figures, a before b.
func related(docs []*doc, a, b *question) (bond, bool) {
	var x bond
	if a.class != b.class || a.head != b.head || overlapping([]onrecord.Span{a.Span}, []onrecord.Span{b.Span}) && a.doc == b.doc {
		return x, false
	}
	switch {
	case len(a.actors) > 0 && len(b.actors) > 0:
		if !anyOf(a.actors, b.actors) {
			return x, false
		}
	case len(a.actors) > 0:
		if len(b.around) > 0 && !anyOf(a.actors, b.around) {
			return x, false
		}
	case len(b.actors) > 0:
		if len(a.around) > 0 && !anyOf(b.actors, a.around) {
			return x, false
		}
	}
	if a.utterance >= 0 && a.utterance == b.utterance {
		return bond{weight: 20, why: "renditions of one utterance"}, true
	}
	if a.class == "share" {
		same, alike := objects(a.yes, b.yes, a.no, b.no)
		cross, unlike := objects(a.yes, b.no, a.no, b.yes)
		actors := len(a.actors) > 0 || len(b.actors) > 0
		if a.story != b.story && !actors {
			return x, false
		}
		switch {
		case alike > 0 && alike >= unlike:
			return bond{weight: alike - unlike/2, why: "said of the same: " + shownWords(same)}, true
		case unlike > 0:
			return bond{weight: unlike - alike/2, opposite: true, why: "one says of what the other says not: " + shownWords(cross)}, true
		}
		return x, false
	}
	if a.story != b.story || a.Role != b.Role {
		return x, false
	}
	if pa, pb := without(a.places, b.places), without(b.places, a.places); len(pa) > 0 && len(pb) > 0 && len(both(a.places, b.places)) == 0 {
		return x, false
	}
	common := both(a.telling, b.telling)
	if a.Role == "" && len(common) == 0 {
		return x, false
	}
	why := "the same thing counted in one story: " + a.subject
	if a.Role != "" {
		why += ", " + a.Role
	}
	return bond{weight: float64(1 + len(common)), why: why}, true
}

// objects are the roots that the first pair and the second pair have in common, and their weight.
func objects(a, b, c, d []object) (roots []string, weight float64) {
	for _, pair := range [2][2][]object{{a, b}, {c, d}} {
		for _, x := range pair[0] {
			if !slices.Contains(roots, x.root) && slices.ContainsFunc(pair[1], func(y object) bool { return y.root == x.root }) {
				roots = append(roots, x.root)
				weight += x.weight
			}
		}
	}
	return roots, weight
}

func both(a, b []string) []string {
	var out []string
	for _, x := range a {
		if slices.Contains(b, x) && !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}

// without is what of a is not in b.
func without(a, b []string) []string {
	var out []string
	for _, x := range a {
		if !slices.Contains(b, x) {
			out = append(out, x)
		}
	}
	return out
}

func shownWords(words []string) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = strings.TrimPrefix(w, "name ")
	}
	slices.Sort(out)
	return strings.Join(slices.Compact(out), ", ")
}

// A measure is figures that answer one question.
type measure struct {
	row        onrecord.Measure
	questions  []*question
	complement []bool
}

// questionPosting is how many figures before it, of the same noun, one figure is compared with.
const questionPosting = 200

// findMeasures groups figures by the question they answer: a forest in which every figure knows whether it answers from the same
// end as its root. A bond that contradicts surer ones is dropped.
func findMeasures(docs []*doc, qs []*question) []measure {
	byKey := map[string][]int{}
	var bonds []bond
	for i, q := range qs {
		key := q.class + " " + q.head
		for _, j := range byKey[key][max(0, len(byKey[key])-questionPosting):] {
			if x, ok := related(docs, qs[j], q); ok {
				x.a, x.b = j, i
				bonds = append(bonds, x)
			}
		}
		byKey[key] = append(byKey[key], i)
	}
	slices.SortFunc(bonds, func(x, y bond) int {
		return cmp.Or(cmp.Compare(y.weight, x.weight), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	})
	parent, opposite := newForest(len(qs)), make([]bool, len(qs))
	find := func(i int) (root int, flipped bool) {
		for parent[i] != i {
			flipped = flipped != opposite[i]
			i = parent[i]
		}
		return i, flipped
	}
	why := map[int][]string{}
	for _, x := range bonds {
		ra, fa := find(x.a)
		rb, fb := find(x.b)
		if ra == rb {
			continue
		}
		lo, hi := min(ra, rb), max(ra, rb)
		parent[hi] = lo
		opposite[hi] = fa != fb != x.opposite
		why[lo] = append(append(why[lo], why[hi]...), x.why)
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
	var out []measure
	for _, r := range roots {
		g := groups[r]
		articles, flips := map[int]bool{}, 0
		for _, i := range g {
			articles[qs[i].doc] = true
			if _, f := find(i); f {
				flips++
			}
		}
		if len(g) < 2 || len(articles) < 2 && flips == 0 {
			continue
		}
		m := measure{}
		for _, i := range g {
			_, f := find(i)
			m.questions = append(m.questions, qs[i])
			m.complement = append(m.complement, f != (2*flips > len(g))) // the end that most answer from is the measure's own
		}
		m.fill(docs, why[r])
		out = append(out, m)
	}
	return out
}

func (m *measure) fill(docs []*doc, why []string) {
	row := &m.row
	row.ID = onrecord.NewID(onrecord.MeasureKind, m.questions[0].ID)
	row.Unit = m.questions[0].Unit
	label := m.questions[0]
	for i, q := range m.questions {
		if q.Unit != "" {
			row.Unit = q.Unit
		}
		if !m.complement[i] && (m.complement[slices.Index(m.questions, label)] || plainness(q) > plainness(label)) {
			label = q
		}
	}
	if label.class == "share" {
		row.Unit = "percent"
		place, words := placeFirst(label.words)
		row.Label = strings.Join(strings.Fields("share of "+label.subject+" "+place+" that "+words), " ")
	} else {
		row.Label = strings.TrimSpace(label.subject)
		if label.Role != "" && !strings.Contains(row.Label, label.Role) {
			row.Label += " " + label.Role
		}
		if len(label.places) > 0 {
			row.Label += " (" + shownWords(label.places) + ")"
		}
	}
	order := make([]int, len(m.questions))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		a, b := m.questions[i], m.questions[j]
		return cmp.Or(cmp.Compare(asOf(docs, a), asOf(docs, b)), cmp.Compare(docs[a.doc].at, docs[b.doc].at), cmp.Compare(a.ID, b.ID))
	})
	for _, i := range order {
		row.Figures = append(row.Figures, onrecord.Answer{Figure: m.questions[i].ID, Complement: m.complement[i]})
	}
	articles := map[int]bool{}
	for _, q := range m.questions {
		articles[q.doc] = true
	}
	row.Basis = append(row.Basis, fmt.Sprintf("%s in %s", plural(len(order), "figure"), plural(len(articles), "article")))
	slices.Sort(why)
	row.Basis = append(row.Basis, slices.Compact(why)...)
	row.Confidence = 0.7
}

// placeFirst splits the place, "in Syria", from the words that follow a subject.
func placeFirst(words string) (place, rest string) {
	f := strings.Fields(words)
	if len(f) < 2 || f[0] != "in" && f[0] != "inside" && f[0] != "across" {
		return "", words
	}
	n := 1
	for n < len(f) && (f[n] == "the" || f[n][0] >= 'A' && f[n][0] <= 'Z') {
		n++
	}
	return strings.Join(f[:n], " "), strings.Join(f[n:], " ")
}

// plainness is how well a figure's words make a label: whose it is, and what it is of and not of.
func plainness(q *question) int {
	return 4*min(1, len(q.actors)) + 2*min(1, len(q.yes)) + 2*min(1, len(q.no)) - len(q.words)/60
}

// asOf is the day for which a figure holds, as days since 1970: as stated, else its article's; 0 when unknown.
func asOf(docs []*doc, q *question) int {
	switch {
	case !q.AsOf.To.IsZero():
		return int(q.AsOf.To.Unix() / 86400)
	case !q.AsOf.From.IsZero():
		return int(q.AsOf.From.Unix() / 86400)
	}
	return docs[q.doc].day
}

// bounds are the values that a figure allows, by its comparator and by the precision that its number states; seen from the other
// end for a complement.
func bounds(q *question, complement bool) (low, high float64) {
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
