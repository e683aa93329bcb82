package link

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/reading/figure/unit"
	"github.com/onrecord/onrecord/text"
)

// A question is what a figure answers, as its article puts it.
type question struct {
	*onrecord.Figure
	doc, story int
	values     []unit.Value // of the figure, in each unit that the article gives it in: its own first
	class      string       // "share", or what the unit of what is counted measures
	head       string       // stem of the noun counted, or that a share is of
	subject    string       // the words counted, as they stand
	actors     []string     // states and other names that the subject, or what narrows it down, gives: whose
	around     []string     // names that its article uses often, where the subject gives none
	where      []string     // names of places that narrow the subject down
	places     []string     // names in the sentence
	yes, no    []object     // what the share is said to be of, and not of: the first telling words behind the subject, by polarity
	telling    []string     // telling words of the sentence
	narrowing  string       // what narrows the subject down, as it stands
	words      string       // what is said of it, as it stands
	graded     bool         // counts those of one grade: "seriously injured"
	noun       []string     // stems of the words counted
	part       bool         // "five of the tracks"
	total      bool         // counts all of several places: "in the whole valley"
	besides    bool         // "27 others", "27 fellow members": one or more are not counted
	telltale   bool         // has a value that few other figures of a story have: see telltale
	site       string       // where, as it stands: "Vik"
	context    string       // words around it, where it says not of what it is: "donated … to charity"
	utterance  int          // of its statement, or -1
}

// An object is the stem of a word, or a name, that a share is said to be of or not of.
type object struct {
	stem   string
	weight float64
}

// like says whether two objects have one root: "oppose" and "opposition".
func (a object) like(b object) bool {
	return a.stem == b.stem || min(len(a.stem), len(b.stem)) >= rootLetters && (strings.HasPrefix(a.stem, b.stem) || strings.HasPrefix(b.stem, a.stem))
}

const (
	objectWords    = 5   // telling words of each polarity
	sentenceReach  = 500 // bytes before and behind a figure that are read of its sentence
	objectReach    = 28  // words behind the subject that are read
	telling        = 2.7 // weight from which a word of the sentence tells something
	objectTelling  = 1.6 // and a word behind the subject
	objectName     = 3   // weight of a name behind the subject that the table or a text teaches
	objectNameWord = 2   // and of a word of any other name
	rootLetters    = 5   // letters of a stem that may begin another of its root
	nameLetters    = 5   // letters by which a name and the adjective of it agree: "Norland", "Norlandic"
	farTelling     = 2   // weight of what shares of two stories are both said of
	aroundNames    = 2   // names that two articles both use often, where neither share says whose it is and their values differ
	aroundDays     = 400 // days apart that these articles are at most
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
		"country: country nation",
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
		wide := names.frequent(d, v)
		conversions := conversionsOf(d.Figures)
		for k := range d.Figures {
			f := &d.Figures[k]
			if f.ConversionOf != "" {
				continue // it is that figure, in another unit
			}
			if q := read(d, f, parsed, names, v, wide); q != nil {
				q.values = given(f, conversions[f.ID])
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

// frequent are the states and other names that an article uses at least twice.
func (s *synonyms) frequent(d *doc, v *vocabulary) []string {
	count := map[string]int{}
	for k, w := range d.words {
		if !w.is(capital) || w.is(outside) {
			continue
		}
		if id, ok := v.stems[stemOf(string(fold(nil, bare(d.text[w.start:w.end]))))]; ok && v.lower[id] > 0 && s.stateAt(d, d.words[k:]) == "" {
			continue // a common word in a title or a name
		}
		if who := s.owner(d, d.words[k:]); who != "" && (s.state[strings.ToLower(who)] != "" || !w.is(opens) || count[who] > 0) {
			count[who]++
		}
	}
	var out []string
	for _, who := range sortedKeys(count) {
		if count[who] > 1 {
			out = append(out, who)
		}
	}
	return out
}

// owner is the state that the words begin by naming, else the first letters of the name that they begin with, which a name and
// its adjective have in common.
func (s *synonyms) owner(d *doc, words []word) string {
	if who := s.stateAt(d, words); who != "" || !words[0].is(capital) {
		return who
	}
	who := strings.Join(nameWords(d.text[words[0].start:words[0].end]), " ")
	return who[:clip(who, nameLetters)]
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
	q.telltale = telltale(f)
	if q.subject == "" && !q.telltale {
		return nil
	}
	switch {
	case f.Change != "":
		q.class = "change in " + f.Unit
	case f.Unit == "percent" || f.Unit == "" && f.High < 1 && f.Low > 0:
		q.class = "share"
	default:
		q.class = "count of " + cmp.Or(kind(f.Unit), "things")
	}
	q.head = headOf(q.subject)
	if q.head == "" && !q.telltale {
		return nil
	}
	for _, w := range nameWords(q.subject) {
		if len(w) > 2 {
			q.noun = append(q.noun, stemOf(w))
		}
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
	behind := d.within(onrecord.Span{Start: f.Span.End, End: min(sentence.End, f.Span.End+partReach)})
	for k, w := range behind[:min(len(behind), 2)] {
		switch low := strings.ToLower(d.text[w.start:w.end]); {
		case low == "of" && k == 0:
			q.part = q.class != "share"
		case low == "other" || low == "others" || low == "fellow":
			q.besides = true
		}
	}
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
		q.total = q.total || totals[strings.ToLower(d.text[t.start:t.end])]
		switch {
		case t.isNumber, calendar[strings.ToLower(d.text[t.start:t.end])]:
		case v.names[t.id]:
			q.places = append(q.places, name)
			if q.site == "" {
				q.site = siteAt(d, t)
			}
		case v.idf(t.id) >= telling && stemOf(name) != q.head:
			q.telling = append(q.telling, name)
		}
	}
	from := max(f.Span.End, subject.End)
	if from > sentence.End {
		from = f.Span.End
	}
	before := onrecord.Span{Start: sentence.Start, End: max(sentence.Start, f.Span.Start)}
	if q.subject == "" {
		q.context = around(before.Of(d.text), d.text[min(f.Span.End, sentence.End):sentence.End])
	}
	q.predicate(d, before, onrecord.Span{Start: from, End: max(from, sentence.End)}, names, v)
	return q
}

// siteAt is the name at a token, if a preposition of place stands before it.
func siteAt(d *doc, t tok) string {
	k := d.wordAt(int(t.start))
	if k == 0 || k >= len(d.words) || !d.words[k].is(capital) || calendar[strings.ToLower(d.text[t.start:t.end])] {
		return ""
	}
	switch strings.ToLower(d.text[d.words[k-1].start:d.words[k-1].end]) {
	case "in", "inside", "at", "near", "off", "across", "around", "outside":
	default:
		return ""
	}
	end := k
	for end+1 < len(d.words) && d.words[end+1].is(capital) && strings.TrimLeft(d.text[d.words[end].end:d.words[end+1].start], " ") == "" {
		end++
	}
	return d.text[d.words[k].start:d.words[end].end]
}

// telltaleLow is the count from which a value tells by itself which question of a story a figure answers: few stories count two things
// and find thirteen or more of both.
const telltaleLow = 13

// telltale says whether the value of a figure tells by itself which question of its story it answers: an amount of money, a count
// that is not small. What is vague tells nothing; nor does a round share, of which a story may well have several alike.
func telltale(f *onrecord.Figure) bool {
	if f.Vague || f.Change != "" {
		return false
	}
	if f.Unit == "percent" {
		return math.Mod(f.Low, 5) != 0 && f.Low > 0
	}
	return f.Low == math.Trunc(f.Low) && (f.Low >= telltaleLow || moneys[f.Unit] && f.Low > 0)
}

// moneys are units that count money.
var moneys = wordSet("dollar euro pound yen yuan rouble ruble rupee franc crown krona krone peso real won lira dinar shekel cent rand riyal hryvnia zloty forint")

// owners are the states and other names in a span.
func (s *synonyms) owners(d *doc, span onrecord.Span) []string {
	var out []string
	words := d.within(span)
	for k, w := range words {
		if w.is(opens) && s.stateAt(d, words[k:]) == "" {
			continue
		}
		if who := s.owner(d, words[k:]); who != "" && !slices.Contains(out, who) {
			out = append(out, who)
		}
	}
	return out
}

// within are the words that begin in a span.
func (d *doc) within(span onrecord.Span) []word {
	from := d.wordAt(span.Start)
	return d.words[from:max(from, d.wordAt(span.End))]
}

// wordAt is the index of the first word that begins at a byte or behind it.
func (d *doc) wordAt(b int) int {
	k, _ := slices.BinarySearchFunc(d.words, int32(b), func(w word, at int32) int { return cmp.Compare(w.start, at) })
	return k
}

// predicate reads what is said of the subject: the telling words of the clause behind it, apart by polarity. What only narrows the
// subject down ("that Norland has stopped in the sound") says whose it is and where. A share that is no subject ("found nets on one
// in four of the boats") is told of by the words before it.
func (q *question) predicate(d *doc, before, span onrecord.Span, names *synonyms, v *vocabulary) {
	words := d.within(span)
	verb := mainVerb(d, words)
	narrowing := span
	if verb < len(words) {
		narrowing.End = int(words[verb].start)
	}
	if q.class == "share" {
		if len(q.actors) == 0 {
			q.actors = names.owners(d, narrowing)
		}
		q.where = places(d, words[:verb], names)
		q.narrowing = firstWords(narrowing.Of(d.text))
	}
	span.Start = narrowing.End
	q.words = firstWords(span.Of(d.text))
	q.graded = slices.ContainsFunc(words[:min(len(words), reportReach)], func(w word) bool { return grades[strings.ToLower(d.text[w.start:w.end])] })
	q.objects(d, span, names, v)
	if q.class == "share" && len(q.yes)+len(q.no) == 0 && before.Len() > 0 {
		if i := strings.LastIndexAny(before.Of(d.text), ",;:“\"\n"); i >= 0 {
			before.Start += i + 1
		}
		q.objects(d, before, names, v)
		q.words = firstWords(before.Of(d.text))
	}
}

// contextWords are the words of a label before a figure.
const contextWords = 4

// around is a label of the words before and behind a figure.
func around(before, after string) string {
	if i := strings.LastIndexAny(before, ",;:.”\"\n"); i >= 0 {
		before = before[i+1:]
	}
	w := strings.Fields(before)
	return strings.Join(w[max(0, len(w)-contextWords):], " ") + " … " + firstWords(after)
}

// firstWords are the first words of a clause, for a label.
func firstWords(s string) string {
	s = strings.TrimSpace(s)
	if i := strings.IndexAny(s, ",;.”\"\n"); i > 0 {
		s = s[:i]
	}
	if w := strings.Fields(s); len(w) > labelWords {
		s = strings.Join(w[:labelWords], " ")
	}
	return s
}

// objects adds the telling words of a clause to what the share is of and not of.
func (q *question) objects(d *doc, span onrecord.Span, names *synonyms, v *vocabulary) {
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
			if no = false; k > 0 && reporting(d, toks[k:]) {
				return
			}
			if strings.ContainsAny(gap, "”\";") && k > 3 {
				break
			}
		}
		last = int(t.end)
		low := strings.ToLower(d.text[t.start:t.end])
		switch {
		case name == "not" || name == "no" || turns[low]:
			no = true
			continue
		case k > 0 && subordinates[low]:
			return
		case low == "and" || low == "while" || low == "as":
			if k > 1 && v.newSubject(toks[k+1:]) {
				return
			}
		}
		weight := v.idf(t.id)
		switch {
		case t.isNumber, actions[name], name == q.head, calendar[low]:
			continue
		case strings.HasPrefix(name, "name "):
			if names.state[strings.TrimPrefix(name, "name ")] != "" {
				continue // whose and where it is, not what it is of
			}
			weight = objectName
		case v.names[t.id]:
			weight = objectNameWord
		case weight < objectTelling:
			continue
		}
		if no && len(q.no) < objectWords {
			q.no = append(q.no, object{name, weight})
		} else if !no && len(q.yes) < objectWords {
			q.yes = append(q.yes, object{name, weight})
		}
	}
}

// reporting says whether the words behind a comma, up to the next, say who said it.
func reporting(d *doc, toks []tok) bool {
	for k, t := range toks[:min(len(toks), reportReach)] {
		if k > 0 && strings.ContainsAny(d.text[min(toks[k-1].end, t.start):t.start], ",;") {
			return false
		}
		if reports[strings.ToLower(d.text[t.start:t.end])] {
			return true
		}
	}
	return false
}

// partReach is how many bytes behind a figure "of" and "others" stand in.
const partReach = 24

// reportReach is how many words behind a comma may stand before "said".
const reportReach = 8

var (
	reports = wordSet("said says say told tells according reported reports announced added wrote noted")
	// grades tell how badly: those badly hurt are another question than those hurt.
	grades = wordSet("seriously serious critically critical severely severe gravely grave badly slightly slight lightly minor")
	// totals tell that all places are counted together.
	totals = wordSet("whole entire total altogether overall nationwide countrywide combined")
	// calendar are names that say when.
	calendar = wordSet("monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december")
	// turns are words that turn what follows into what a share is not of.
	turns = wordSet("not no never none nor neither rather instead without nothing nobody")
	// subordinates begin what is no longer said of the share itself.
	subordinates = wordSet("before after when because until though although since if unless whereas according said says told which who")
	// auxiliaries begin a finite verb.
	auxiliaries = wordSet("is are was were has have had do does did will would can could may might must should isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't")
	// pasts are finite verbs that no ending tells.
	pasts = wordSet("saw hit went fell came took made gave found left held struck put cut set shot fought flew sent won lost kept began ran rose bore hurt")
	// relatives and pronouns begin what narrows a subject down; prepositions do as well.
	relatives    = wordSet("that which who whom we they i he she it you we've they've i've you've we'd they'd we're they're")
	prepositions = wordSet("in inside at near off across on from by since during so around outside within between over under along through")
)

// mainVerb is the index of the word with which the predicate of a subject begins, by the words behind the subject: its first finite
// verb, or the next where the first belongs to what narrows the subject down. It is their number where there is no predicate.
func mainVerb(d *doc, words []word) int {
	if len(words) == 0 {
		return 0
	}
	low := func(i int) string {
		if i >= len(words) {
			return ""
		}
		return strings.ToLower(strings.ReplaceAll(d.text[words[i].start:words[i].end], "’", "'"))
	}
	past := func(w string) bool { return pasts[w] || len(w) > 4 && strings.HasSuffix(w, "ed") }
	relative := relatives[low(0)] || words[0].is(capital)
	narrowed := relative || prepositions[low(0)] || past(low(0)) && prepositions[low(1)]
	if !narrowed {
		return 0
	}
	first := -1
	for i := 0; i < len(words); i++ {
		if i > 0 && strings.ContainsAny(d.text[words[i-1].end:words[i].start], ",;:”\"\n") {
			break
		}
		w := low(i)
		if i > 0 && (subordinates[w] || relatives[w] && !relative || w == "and" || w == "but") {
			break
		}
		if !auxiliaries[w] && !past(w) && !strings.Contains(w, "'ve") {
			continue
		}
		if first >= 0 || prepositions[low(0)] {
			return i
		}
		first = i
		for i+1 < len(words) && (auxiliaries[w] || strings.Contains(w, "'ve")) { // its participle
			if next := low(i + 1); next != "not" && next != "been" && next != "also" && !past(next) && !strings.HasSuffix(next, "en") && !strings.HasSuffix(next, "ing") {
				break
			}
			i++
		}
	}
	switch {
	case first < 0, relative && (first < 2 || first == 2 && (relatives[low(1)] || words[1].is(capital))):
		return len(words)
	}
	return first
}

// places are the names behind prepositions of place.
func places(d *doc, words []word, names *synonyms) []string {
	var out []string
	for k := 1; k < len(words); k++ {
		switch strings.ToLower(d.text[words[k-1].start:words[k-1].end]) {
		case "in", "inside", "at", "near", "off", "across", "around", "outside", "within", "along", "the":
			if words[k].is(capital) {
				out = append(out, names.owner(d, words[k:]))
			}
		}
	}
	return out
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
func related(docs []*doc, a, b *question, v *vocabulary) (bond, bool) {
	var x bond
	va, vb, ok := inOneUnit(a, b)
	if !ok || a.class != b.class || (a.head != b.head || a.head == "") && !sameValue(a, b) && !closeValue(a, b) || overlapping([]onrecord.Span{a.Span}, []onrecord.Span{b.Span}) && a.doc == b.doc {
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
	if a.utterance >= 0 && a.utterance == b.utterance && a.head == b.head && a.head != "" && (a.Role == b.Role || a.Role == "" || b.Role == "") {
		return bond{weight: 20, why: "renditions of one utterance"}, true
	}
	common, nouns := both(a.telling, b.telling), both(a.noun, b.noun)
	if a.class == "share" && sameValue(a, b) && len(common)+len(nouns) >= farCommon {
		return bond{weight: 2, why: "the same value in one story, with words in common: " + v.shownWords(append(common, nouns...))}, true
	}
	if a.class == "share" && (a.head != b.head || a.head == "") {
		return x, false
	}
	if a.class == "share" {
		same, alike := objects(a.yes, b.yes, a.no, b.no)
		cross, unlike := objects(a.yes, b.no, a.no, b.yes)
		if len(a.where) > 0 && len(b.where) > 0 && !anyOf(a.where, b.where) {
			return x, false
		}
		if a.story != b.story {
			around := len(both(a.around, b.around))
			recalled := a.Low == b.Low && a.High == b.High && a.Comparator == b.Comparator
			whose := len(a.actors) > 0 || len(b.actors) > 0 || near(docs[a.doc], docs[b.doc], aroundDays) && (around >= aroundNames || around > 0 && recalled)
			if !whose || max(alike, unlike) < farTelling {
				return x, false
			}
		}
		switch {
		case alike > 0 && alike >= unlike:
			return bond{weight: alike - unlike/2, why: "said of the same: " + v.shownWords(same)}, true
		case unlike > 0:
			return bond{weight: unlike - alike/2, opposite: true, why: "one says of what the other says not: " + v.shownWords(cross)}, true
		}
		return x, false
	}
	if a.story != b.story || a.Role != b.Role && !sameValue(a, b) || a.graded != b.graded {
		return x, false
	}
	named := both(a.places, b.places)
	if sameValue(a, b) && len(common)+len(nouns)+len(named) > 0 {
		return bond{weight: float64(2 + len(common)), why: "the same value in one story, with words in common: " + v.shownWords(slices.Concat(common, nouns, named))}, true
	}
	if closeValue(a, b) && len(common)+len(named) >= closeCommon && (a.head == b.head || a.subject == "" || b.subject == "") {
		return bond{weight: 1 + float64(len(common)+len(named))/2, why: "about the same value in one story, with words in common: " + v.shownWords(append(common, named...))}, true
	}
	pa, pb := without(a.places, b.places), without(b.places, a.places)
	if a.head != b.head || len(pa) > 0 && len(pb) > 0 && len(both(a.places, b.places)) == 0 {
		return x, false
	}
	if a.Unit == "year of age" {
		if va.Low != vb.Low && len(nouns) < farCommon {
			return x, false // two of one family
		}
		if va.Low == vb.Low && a.head == b.head && len(named) > 0 {
			return bond{weight: 2, why: "one age, with names in common: " + v.shownWords(named)}, true
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
var anybody = stemOf("person")

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

// shownWords are stems as a reader knows them, in order, each once.
func (v *vocabulary) shownWords(words []string) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = v.shown(w)
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
// end as its root. A bond that contradicts surer ones is dropped. Figures that are taken are in none.
func findMeasures(docs []*doc, qs []*question, v *vocabulary, taken map[string]bool) []measure {
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
	parent, opposite := newForest(len(qs)), make([]bool, len(qs))
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
	var out []measure
	for _, r := range roots {
		g := kept(groups[r], func(i int) bool { return !taken[qs[i].ID] }, func(i int) bool { return !docs[qs[i].doc].next })
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

func (m *measure) fill(docs []*doc, why []bond) {
	row := &m.row
	row.ID = onrecord.NewID(onrecord.MeasureKind, m.questions[0].ID)
	row.Unit = m.questions[0].Unit
	label := m.questions[0]
	times := map[string]int{}
	for i, q := range m.questions {
		if times[q.Unit]++; q.Unit != "" && (row.Unit == "" || times[q.Unit] > times[row.Unit]) {
			row.Unit = q.Unit
		}
		if !m.complement[i] && (m.complement[slices.Index(m.questions, label)] || plainness(q) > plainness(label)) {
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
	weight, times := map[string]float64{}, map[string]int{}
	for _, x := range why {
		weight[x.why] = max(weight[x.why], x.weight)
		times[x.why]++
	}
	for _, w := range sortedKeys(weight) {
		row.Basis = append(row.Basis, fmt.Sprintf("%s (%d×, weight %.1f)", w, times[w], weight[w]))
	}
	row.Basis = append(row.Basis, m.values(docs, order)...)
	row.Confidence = 0.7
}

// values say how often each value stands, where one stands in several articles: printed again, it is no better confirmed.
func (m *measure) values(docs []*doc, order []int) []string {
	type value struct {
		comparator, unit string
		low, high        float64
		complement       bool
	}
	articles := map[value][]int{}
	var values []value
	for _, i := range order {
		q := m.questions[i].in(m.row.Unit)
		v := value{q.Comparator, q.Unit, q.Low, q.High, m.complement[i]}
		if articles[v] == nil {
			values = append(values, v)
		}
		if !slices.Contains(articles[v], q.doc) {
			articles[v] = append(articles[v], q.doc)
		}
	}
	var out []string
	for _, v := range values {
		in := articles[v]
		if len(in) < 2 {
			continue
		}
		said := strings.TrimPrefix(v.comparator, "=") + number(v.low)
		if v.high != v.low {
			said += " to " + number(v.high)
		}
		first := ""
		if at := docs[slices.Min(in)].at; at != "" {
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
