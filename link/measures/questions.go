package measures

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/names"
	"github.com/onrecord/onrecord/link/sayings"
	"github.com/onrecord/onrecord/reading/figure/unit"
	"github.com/onrecord/onrecord/text"
)

// A Question is what a figure answers, as its article puts it.
type Question struct {
	*onrecord.Figure
	Doc, story int
	values     []unit.Value // of the figure, in each unit that the article gives it in: its own first
	class      string       // share, or what the unit of what is counted measures
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
	Besides    bool         // "27 others", "27 fellow members": one or more are not counted
	telltale   bool         // has a value that few other figures of a story have: see telltale
	site       string       // where, as it stands: "Vik"
	context    string       // what tells of what it is where it does not say so itself: "to charity", a few words of its sentence
	Utterance  int          // of its statement, or -1
	Voice      int          // root of who gives it, or -1
	toll       bool         // counts what became of people
	anybody    bool         // and says not of whom more than that they are people
	chief      bool         // and is the one that its article gives of all
	span       bool         // a length of time
	dozen      bool         // counted in dozens
	rate       bool         // percent of nothing that is told: "growth of 2 percent"
	poll       bool         // what people asked say
	Withdrawn  bool         // its article says that it does not hold
}

// share is the class of figures that are a part of a whole.
const share = "share"

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
	ownerReach     = 20  // bytes before what is counted in which a possessive stands
	objectReach    = 28  // words behind the subject that are read
	telling        = 2.7 // weight from which a word of the sentence tells something
	objectTelling  = 1.6 // and a word behind the subject
	objectName     = 3   // weight of a name behind the subject that the table or a text teaches
	objectNameWord = 2   // and of a word of any other name
	rootLetters    = 5   // letters of a stem that may begin another of its root
	farTelling     = 2   // weight of what shares of two stories are both said of
	aroundNames    = 2   // names that two articles both use often, where neither share says whose it is and their values differ
	aroundDays     = 400 // days apart that these articles are at most
)

// headOf is the head of a noun phrase: the last word before "of", "in" or a comma, as its class.
func headOf(phrase string) string {
	for _, cut := range [...]string{" of ", " in ", " inside ", " that ", " who ", " from ", ","} {
		if i := strings.Index(phrase, cut); i > 0 {
			phrase = phrase[:i]
		}
	}
	words := names.Words(phrase)
	if len(words) == 0 {
		return ""
	}
	head := corpus.Stem(words[len(words)-1])
	for _, w := range append([]string{""}, words...) {
		if h, ok := english.heads[nounWith{head, w}]; ok {
			return h
		}
	}
	return head
}

// findQuestions reads what every figure of the documents answers. A figure that says neither of what nor how it counts answers nothing.
func findQuestions(r *sayings.Record, storyOf []int, utteranceOf map[string]int) []*Question {
	docs, v := r.Docs, r.Words
	found := make([][]*Question, len(docs))
	for i, d := range docs {
		if len(d.Figures) == 0 {
			continue
		}
		parsed := text.Parse(d.Text)
		wide := frequent(d, v)
		conversions := conversionsOf(d.Figures)
		voice := map[string]int{}
		for k := range d.Statements {
			voice[d.Statements[k].ID] = r.Cast.Of(d.Statements[k].Speaker)
		}
		for k := range d.Figures {
			f := &d.Figures[k]
			if f.ConversionOf != "" {
				continue // it is that figure, in another unit
			}
			if q := read(d, f, parsed, v, wide); q != nil {
				q.values = given(f, conversions[f.ID])
				q.Doc, q.story, q.Utterance, q.Voice = i, storyOf[i], -1, -1
				if who, ok := voice[f.Statement]; ok {
					q.Voice = who
				}
				if u, ok := utteranceOf[f.Statement]; ok {
					q.Utterance = u
				}
				found[i] = append(found[i], q)
			}
		}
	}
	return slices.Concat(found...)
}

// frequent are the states and other names that an article uses at least twice.
func frequent(d *corpus.Doc, v *sayings.Speech) []string {
	count := map[string]int{}
	for k, w := range d.Words {
		if !w.Is(corpus.Capital) || w.Is(corpus.Outside) {
			continue
		}
		if id, ok := v.Stems[corpus.Stem(string(corpus.Fold(nil, corpus.Bare(d.Text[w.Start:w.End]))))]; ok && v.Entry(id).Lower > 0 && v.Known.StateAt(d, d.Words[k:]) == "" {
			continue // a common word in a title or a name
		}
		if who := v.Known.Owner(d, d.Words[k:]); who != "" && (v.Known.State[strings.ToLower(who)] != "" || !w.Is(corpus.Opens) || count[who] > 0) {
			count[who]++
		}
	}
	var out []string
	for _, who := range slices.Sorted(maps.Keys(count)) {
		if count[who] > 1 {
			out = append(out, who)
		}
	}
	return out
}

// read reads what a figure answers, in its sentence; nil where it says neither of what nor how it counts. Wide are the names that its
// article uses often.
func read(d *corpus.Doc, f *onrecord.Figure, parsed *text.Doc, v *sayings.Speech, wide []string) *Question {
	q := &Question{Figure: f, class: classOf(f), subject: cmp.Or(f.ShareOf, f.Thing), telltale: telltale(f)}
	q.head = headOf(q.subject)
	q.span = f.Change == "" && f.Unit != "year of age" && english.periods.Has(f.Unit)
	q.rate = q.class == share && f.Unit == "percent" && f.ShareOf == ""
	q.dozen = strings.Contains(strings.ToLower(f.Span.Of(d.Text)), "dozen")
	q.toll = f.Role != "" && f.Unit == "" && q.class != share
	if q.anybody = q.toll && (q.head == "" || english.anybody[q.head]); q.anybody {
		q.head = corpus.Stem("person")
	}
	if q.head == "" && !q.telltale && !q.span {
		return nil
	}
	for _, w := range names.Words(q.subject) {
		if len(w) > 2 {
			q.noun = append(q.noun, corpus.Stem(w))
		}
	}
	sentence, ok := around(f.Span, parsed)
	if !ok {
		return nil
	}
	q.readBehind(d, sentence)
	q.readBefore(d, sentence)
	if q.actors = ownersOf(d, f.ThingSpan, sentence, v.Known); len(q.actors) == 0 {
		q.around = wide
	}
	q.readWords(d, sentence, v)
	before := onrecord.Span{Start: sentence.Start, End: max(sentence.Start, f.Span.Start)}
	if q.subject == "" || q.span {
		q.context = d.Text[min(f.Span.End, sentence.End):sentence.End]
	}
	from := max(f.Span.End, f.ThingSpan.End)
	if from > sentence.End {
		from = f.Span.End
	}
	q.predicate(d, before, onrecord.Span{Start: from, End: max(from, sentence.End)}, v)
	return q
}

// classOf is what a figure counts in: only figures of one class answer one question.
func classOf(f *onrecord.Figure) string {
	switch {
	case f.Change != "":
		return "change in " + f.Unit
	case f.Unit == "percent" || f.Unit == "" && f.High < 1 && f.Low > 0:
		return share
	}
	return "count of " + cmp.Or(kind(f.Unit), "things")
}

// around is the sentence of a span, cut to what is within sentenceReach of it.
func around(span onrecord.Span, parsed *text.Doc) (sentence onrecord.Span, ok bool) {
	at, _ := slices.BinarySearchFunc(parsed.Sentences, span.Start, func(r text.Range, at int) int {
		if s := parsed.Span(r); s.End <= at {
			return -1
		} else if s.Start > at {
			return 1
		}
		return 0
	})
	if at >= len(parsed.Sentences) {
		return sentence, false
	}
	sentence = parsed.Span(parsed.Sentences[at])
	sentence.Start = max(sentence.Start, corpus.Clip(parsed.Text, max(0, span.Start-sentenceReach)))
	sentence.End = max(sentence.Start, min(sentence.End, corpus.Clip(parsed.Text, span.End+sentenceReach)))
	return sentence, true
}

// readBehind reads the words right behind the figure: "of the tracks", "others".
func (q *Question) readBehind(d *corpus.Doc, sentence onrecord.Span) {
	behind := d.Within(onrecord.Span{Start: q.Span.End, End: min(sentence.End, q.Span.End+partReach)})
	for k, w := range behind[:min(len(behind), 2)] {
		low := d.Lower(w)
		q.part = q.part || k == 0 && low == "of" && q.class != share
		q.Besides = q.Besides || english.others.Has(low)
	}
}

// wrongReach is how many words from a number on either side may say that it does not hold.
const wrongReach = 7

// readBefore reads the words before the figure, and those behind it that take it back: "including three nuns", "an earlier count of 40
// was wrong".
func (q *Question) readBefore(d *corpus.Doc, sentence onrecord.Span) {
	before := d.Within(onrecord.Span{Start: sentence.Start, End: q.Span.Start})
	for _, w := range before[max(0, len(before)-2):] {
		q.part = q.part || q.toll && english.included.Has(d.Lower(w))
	}
	for _, w := range before[max(0, len(before)-wrongReach):] {
		q.Withdrawn = q.Withdrawn || english.takesBack.Has(d.Lower(w))
	}
	behind := d.Within(onrecord.Span{Start: q.Span.End, End: sentence.End})
	behind = behind[:min(len(behind), wrongReach)]
	clause := " "
	for k, w := range behind {
		if k > 0 && strings.ContainsAny(d.Text[behind[k-1].End:w.Start], ",;:.") {
			break
		}
		clause += d.Lower(w) + " "
	}
	q.Withdrawn = q.Withdrawn || slices.ContainsFunc(english.wrong, func(w string) bool { return strings.Contains(clause, " "+w+" ") }) && !strings.Contains(clause, " not ")
}

// ownersOf are the states and other names in what a figure counts, else in a possessive right before it.
func ownersOf(d *corpus.Doc, subject, sentence onrecord.Span, known *names.Synonyms) []string {
	if subject.Len() == 0 {
		return nil
	}
	if who := known.Owners(d, subject); len(who) > 0 {
		return who
	}
	before := onrecord.Span{Start: max(sentence.Start, corpus.Clip(d.Text, subject.Start-ownerReach)), End: subject.Start}
	if before.Len() <= 0 {
		return nil
	}
	if rest := strings.TrimSpace(before.Of(d.Text)); strings.HasSuffix(rest, "'s") || strings.HasSuffix(rest, "’s") {
		return known.Owners(d, before)
	}
	return nil
}

// readWords reads the words of the sentence: the names in it, those that tell something, and whether all places are counted together.
func (q *Question) readWords(d *corpus.Doc, sentence onrecord.Span, v *sayings.Speech) {
	for _, t := range v.Tokens(d, sentence, false) {
		name, low := v.Entry(t.ID).Name, strings.ToLower(d.Text[t.Start:t.End])
		q.total = q.total || english.totals.Has(low)
		q.poll = q.poll || english.polls.Has(low)
		switch {
		case t.IsNumber, english.calendar.Has(low):
		case v.IsName(t.ID):
			q.places = append(q.places, name)
			if q.site == "" {
				q.site = siteAt(d, t)
			}
		case v.Weight(t.ID) >= q.tells() && corpus.Stem(name) != q.head:
			q.telling = append(q.telling, name)
		}
	}
}

// tells is the weight from which a word of the figure's sentence tells something: less for a length of time, which has no more to go by.
func (q *Question) tells() float64 {
	if q.span {
		return objectTelling
	}
	return telling
}

// siteAt is the name at a token, if a preposition of place stands before it.
func siteAt(d *corpus.Doc, t sayings.Token) string {
	k := d.WordAt(int(t.Start))
	if k == 0 || k >= len(d.Words) || !d.Words[k].Is(corpus.Capital) || english.calendar.Has(strings.ToLower(d.Text[t.Start:t.End])) {
		return ""
	}
	if !english.places.Has(strings.ToLower(d.Text[d.Words[k-1].Start:d.Words[k-1].End])) {
		return ""
	}
	end := k
	for end+1 < len(d.Words) && d.Words[end+1].Is(corpus.Capital) && strings.TrimLeft(d.Text[d.Words[end].End:d.Words[end+1].Start], " ") == "" {
		end++
	}
	return d.Text[d.Words[k].Start:d.Words[end].End]
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
	return f.Low == math.Trunc(f.Low) && (f.Low >= telltaleLow || money(f.Unit) && f.Low > 0)
}

// predicate reads what is said of the subject: the telling words of the clause behind it, apart by polarity. What only narrows the
// subject down ("that Norland has stopped in the sound") says whose it is and where. A share that is no subject ("found nets on one
// in four of the boats") is told of by the words before it.
func (q *Question) predicate(d *corpus.Doc, before, span onrecord.Span, v *sayings.Speech) {
	words := d.Within(span)
	verb := sayings.MainVerb(d, words)
	narrowing := span
	if verb < len(words) {
		narrowing.End = int(words[verb].Start)
	}
	if q.class == share {
		if len(q.actors) == 0 {
			q.actors = v.Known.Owners(d, narrowing)
		}
		q.where = places(d, words[:verb], v.Known)
		q.narrowing = narrowing.Of(d.Text)
	}
	span.Start = narrowing.End
	q.words = span.Of(d.Text)
	q.graded = slices.ContainsFunc(words[:min(len(words), reportReach)], func(w corpus.Word) bool { return english.grades.Has(d.Lower(w)) })
	q.objects(d, span, v)
	if q.class == share && len(q.yes)+len(q.no) == 0 && before.Len() > 0 {
		if i := strings.LastIndexAny(before.Of(d.Text), ",;:“\"\n"); i >= 0 {
			before.Start += i + 1
		}
		q.objects(d, before, v)
		q.words = before.Of(d.Text)
	}
}

// objects adds the telling words of a clause to what the share is of and not of.
func (q *Question) objects(d *corpus.Doc, span onrecord.Span, v *sayings.Speech) {
	toks := v.Tokens(d, span, false)
	no := false // what follows is what the share is not of
	last := span.Start
	for k, t := range toks[:min(len(toks), objectReach)] {
		gap := d.Text[min(last, int(t.Start)):t.Start]
		name, low := v.Entry(t.ID).Name, strings.ToLower(d.Text[t.Start:t.End])
		if strings.ContainsAny(gap, ",;”\"") || name == "but" {
			no = false
			if k > 0 && reporting(d, toks[k:]) || k > 3 && strings.ContainsAny(gap, "”\";") {
				return
			}
		}
		last = int(t.End)
		if name == "not" || name == "no" || english.turns.Has(low) {
			no = true
			continue
		}
		if k > 0 && english.subordinates.Has(low) || k > 1 && (low == "and" || low == "while" || low == "as") && newSubject(toks[k+1:], v) {
			return
		}
		weight, ok := q.objectWeight(t, low, v)
		list := &q.yes
		if no {
			list = &q.no
		}
		if ok && len(*list) < objectWords {
			*list = append(*list, object{name, weight})
		}
	}
}

// objectWeight is what a word tells of what a share is of, and whether it tells anything. Numbers and days do not, nor what every share
// is said to do, nor the share's own noun; a state says whose and where it is, not what it is of.
func (q *Question) objectWeight(t sayings.Token, low string, v *sayings.Speech) (float64, bool) {
	name := v.Entry(t.ID).Name
	if t.IsNumber || english.actions[name] || name == q.head || english.calendar.Has(low) {
		return 0, false
	}
	if known, ok := v.KnownName(t.ID); ok {
		return objectName, v.Known.State[known] == ""
	}
	if v.IsName(t.ID) {
		return objectNameWord, true
	}
	weight := v.Weight(t.ID)
	return weight, weight >= objectTelling
}

// reporting says whether the words behind a comma, up to the next, say who said it.
func reporting(d *corpus.Doc, toks []sayings.Token) bool {
	for k, t := range toks[:min(len(toks), reportReach)] {
		if k > 0 && strings.ContainsAny(d.Text[min(toks[k-1].End, t.Start):t.Start], ",;") {
			return false
		}
		if english.tellers.Has(strings.ToLower(d.Text[t.Start:t.End])) {
			return true
		}
	}
	return false
}

// partReach is how many bytes behind a figure "of" and "others" stand in.
const partReach = 24

// reportReach is how many words behind a comma may stand before "said".
const reportReach = 8

// places are the names behind prepositions of place.
func places(d *corpus.Doc, words []corpus.Word, known *names.Synonyms) []string {
	var out []string
	for k := 1; k < len(words); k++ {
		if english.inClause.Has(d.Lower(words[k-1])) && words[k].Is(corpus.Capital) {
			out = append(out, known.Owner(d, words[k:]))
		}
	}
	return out
}

// newSubject says whether the words behind an "and" begin with another subject: a finite auxiliary stands in them, but not first.
func newSubject(toks []sayings.Token, v *sayings.Speech) bool {
	for k, t := range toks[:min(len(toks), 7)] {
		switch name := v.Entry(t.ID).Name; {
		case english.openers.Has(name):
			return k > 0
		case name == "not":
			return false
		}
	}
	return false
}
