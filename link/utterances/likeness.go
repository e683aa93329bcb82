package utterances

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/sayings"
	"github.com/onrecord/onrecord/link/speakers"
)

const (
	sayingTerms   = 14   // words of a statement that look for others like it
	sayingPosting = 150  // statements back that one word reaches
	sayingLimit   = 24   // statements that one is compared with
	nearShare     = 0.25 // share of the shorter one's weight that they have in common in these words

	verbatimShare     = 0.7  // share, by weight, of the shorter quotation that stands in the longer
	verbatimWeight    = 12   // weight of the words that two quotations share, about three rare words
	verbatimLeast     = 3    // words in a row, quoted in both, in any case
	verbatimRun       = 6    // words in a row, quoted in both, that make two quotations overlap
	repeatShare       = 0.8  // share of the shorter statement that stands in the other in the same order, outside quotation marks
	bothShare         = 0.6  // share of the longer one too, where the two are given to two speakers
	repeatBoth        = 0.4  // and where the words stand outside quotation marks in one of them
	otherWords        = 8    // words in a row that a quotation given to two speakers has
	figureShare       = 0.42 // share of the shorter statement's words in a paraphrase that has a number in common
	plainShare        = 0.6  // and in one that has none
	farShare          = 0.15 // more, for a speaker who is not named but may be the same
	insideShare       = 0.75 // share in a paraphrase without numbers inside one article, where a speaker goes on about one thing
	insideTelling     = 5    // and telling words
	paraphraseTelling = 3    // telling words in any other
	paraphraseDays    = 3
)

// Words in quotation marks of one named speaker, in one story within days, are the same words where they are few as well: a whole
// fragment, or words in a row.
const (
	fragmentShare  = 0.8 // share of the shorter quotation
	fragmentWeight = 5
	fragmentRun    = 2
	mayBeWeight    = 8 // and where one of the speakers is a document, unnamed or unknown
	mayBeRun       = 3
	rowWeight      = 6
	rowRun         = 5
	longWeight     = 3 // where verbatimRun words stand in a row
	shortRun       = 4 // words in a row that are fragmentShare of the shorter quotation
)

// One article that quotes a speaker's words and, elsewhere, a fragment of them has the fragment whole.
const (
	fragmentWhole = 0.95
	fragmentLeast = 5
)

// What one named speaker says in one story, in two articles within days, is judged by what the two have in common beyond what the
// whole story talks about. The weights are those of a logistic regression on pairs of statements of a training set, read and marked
// by hand, stretched so that a score of 0 is an even chance; ownDay was set by hand.
const (
	ownBase    = -4.94
	ownShorter = 3.69  // of the share of the shorter statement's words
	ownLonger  = 2.69  // and of the longer one's
	ownCommon  = 1.65  // of the logarithm of the weight of the words in common
	ownName    = 0.4   // what a name counts of it
	ownOther   = -2.28 // of the share of either's quoted words that the other does not quote: other words are another sentence
	ownThing   = -1.49 // where one of the two names a thing only
	ownMany    = -0.54 // of the logarithm of the number of the speaker's statements in the article that has more
	ownFewest  = 3     // which is taken to be this many at least
	ownLine    = 1.69  // of words in a row, up to ownLineTo
	ownLineTo  = 8
	ownDay     = -1.35 // of every day but one between the articles
	ownScore   = -0.3  // what the score must be
	ownMaybe   = 1.2   // and where it is not one speaker but may be: see maybeOne
	ownWeak    = -2.5  // from which on it speaks for groups that others tie
	ownLeast   = 3     // the weight of the words in common
	ownWords   = 4     // and the words of the shorter
	ownLimit   = 40    // statements of one speaker back that one is compared with
	storyRare  = 3.0   // a word weighs in full that stands in one in e^storyRare of a story's statements
	storySlack = 30    // statements that every story is taken to have besides, without the word
)

// One article that gives one sentence to two speakers has fewer words to show for it, but all of them.
const (
	twiceShare  = 0.95
	twiceWords  = 6
	twiceWeight = 4
)

// A repeat is what two statements outside quotation marks need to be the same words: words in a row, and their weight.
type repeat struct {
	words  int
	weight float64
}

// repeats is what two statements of speakers who stand to each other so need.
func repeats(r speakers.Relation) repeat {
	switch r {
	case speakers.SameSpeaker:
		return repeat{6, 7}
	case speakers.RelatedSpeaker:
		return repeat{7, 9}
	}
	return repeat{8, 9}
}

// A likeness is why two statements are taken for renditions of one utterance.
type likeness struct {
	a, b     int // sayings, a before b
	strength strength
	firm     bool // a number is in common, or words in quotation marks are
	score    float64
	sure     float64 // how likely the two are renditions of one
	why      string
}

// A strength is how much two statements that are alike say of whether they are one, most first.
type strength int

const (
	verbatim   strength = iota // the same words
	paraphrase                 // other words
	support                    // too little to tie two, but enough to speak for those who are tied
)

// likePairs are the statements that are alike enough, surest first.
func likePairs(r *sayings.Record, workers int) []likeness {
	renditions := weighInStory(r, workers)
	near := nearest(r, workers)
	before := spokenBefore(r)
	found := make([][]likeness, len(renditions))
	corpus.Parallel(len(renditions), workers, func(i int) {
		b := renditions[i]
		others := near[i]
		for _, j := range before[i] {
			if !slices.Contains(others, j) && worthAligning(r, renditions[j], b) {
				others = append(others, j)
			}
		}
		for _, j := range others {
			if l, ok := alike(r, renditions[j], b); ok {
				found[i] = append(found[i], l)
			}
		}
	})
	all := slices.Concat(found...)
	slices.SortFunc(all, func(x, y likeness) int {
		return cmp.Or(cmp.Compare(x.strength, y.strength), cmp.Compare(y.score, x.score), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	})
	return all
}

// nearest are, for every saying, those before it that share the most weight of its heaviest words with it, at most sayingLimit.
func nearest(r *sayings.Record, workers int) [][]int {
	said, v := r.Sayings, r.Words
	heavy := make([][]int32, len(said))
	corpus.Parallel(len(said), workers, func(i int) {
		m := v.Distinct(said[i].Toks)
		ids := slices.Collect(maps.Keys(m))
		slices.SortFunc(ids, func(a, b int32) int { return cmp.Or(cmp.Compare(m[b], m[a]), cmp.Compare(a, b)) })
		heavy[i] = ids[:min(len(ids), sayingTerms)]
	})
	postings := map[int32][]int32{}
	for i, ids := range heavy {
		for _, id := range ids {
			postings[id] = append(postings[id], int32(i))
		}
	}
	near := make([][]int, len(said))
	pool := corpus.NewScores(len(said))
	corpus.Parallel(len(said), workers, func(i int) {
		score := pool.Get().(*corpus.Scores)
		defer pool.Put(score)
		defer score.Clear()
		for _, id := range heavy[i] {
			p := postings[id]
			end, _ := slices.BinarySearch(p, int32(i))
			f := v.Weight(id)
			for k := max(0, end-sayingPosting); k < end; k++ {
				score.Add(p[k], f)
			}
		}
		var best []int
		for _, j := range score.Touched {
			if score.Of[j] > nearShare*min(said[i].Weight, said[j].Weight) {
				best = append(best, int(j))
			}
		}
		slices.SortFunc(best, func(a, b int) int {
			return cmp.Or(cmp.Compare(score.Of[b], score.Of[a]), cmp.Compare(a, b))
		})
		near[i] = best[:min(len(best), sayingLimit)]
	})
	return near
}

// spokenBefore are, for every saying of somebody with a name, those before it of the same speaker in the same story, the last ownLimit.
func spokenBefore(r *sayings.Record) [][]int {
	type by struct{ story, voice int }
	spoken := map[by][]int{}
	before := make([][]int, len(r.Sayings))
	for i, s := range r.Sayings {
		if r.Cast.Named(s.Voice) {
			k := by{s.Story, s.Voice}
			before[i] = spoken[k][max(0, len(spoken[k])-ownLimit):]
			spoken[k] = append(spoken[k], i)
		}
	}
	return before
}

// worthAligning says whether two sayings of one speaker in one story may be one: most are left out here, before their words are aligned.
func worthAligning(r *sayings.Record, a, b *rendition) bool {
	if a.Doc == b.Doc {
		return min(a.Quoted, b.Quoted) >= fragmentLeast
	}
	// At most: as if all that both quote were the same.
	most := resemble(r, a, b, aligned{quoted: math.Inf(1), row: ownLineTo})
	return most.common >= ownLeast && most.score() >= ownWeak
}

// Aligned is what the words of two statements have in common in one order.
type aligned struct {
	weight    float64 // of the words in common
	quoted    float64 // of those that both quote
	row       int     // most of them in a row
	quotedRow int     // most in a row that both quote
}

func alignedWords(a, b *rendition, v *sayings.Speech) (w aligned) {
	row, quoted := 0, 0
	last := sayings.Match{A: -2, B: -2}
	for _, m := range sayings.Align(a.Toks, b.Toks, v) {
		x, y := a.Toks[m.A], b.Toks[m.B]
		f := v.Weight(x.ID)
		w.weight += f
		if m.A != last.A+1 || m.B != last.B+1 {
			row, quoted = 0, 0
		}
		row++
		w.row = max(w.row, row)
		if x.Quoted && y.Quoted {
			w.quoted += f
			quoted++
			w.quotedRow = max(w.quotedRow, quoted)
		} else {
			quoted = 0
		}
		last = m
	}
	return w
}

// A pair is two statements, a before b, as they are judged.
type pair struct {
	*sayings.Record
	a, b     *rendition
	relation speakers.Relation
	aligned  aligned
	oneNamed bool // one speaker, who has a name
	together bool // in one story within days
	apart    bool // together, in two articles
	maybe    bool // apart, of speakers who may be one though their names do not say so
}

// alike judges two statements, a before b.
func alike(r *sayings.Record, a, b *rendition) (likeness, bool) {
	if a.Overlaps(b.Saying) {
		return likeness{}, false
	}
	p := pair{Record: r, a: a, b: b, relation: r.Cast.Relation(a.Voice, b.Voice), aligned: alignedWords(a, b, r.Words)}
	p.oneNamed = p.relation == speakers.SameSpeaker && r.Cast.Named(a.Voice)
	p.together = a.Story == b.Story && corpus.Near(r.Docs[a.Doc], r.Docs[b.Doc], paraphraseDays) && !saidAfter(r.Docs, a.Saying, b.Saying) && !saidAfter(r.Docs, b.Saying, a.Saying)
	p.apart = p.together && a.Doc != b.Doc
	p.maybe = p.apart && r.Cast.MaybeOne(a.Voice, b.Voice)
	for _, judge := range [...]func() (likeness, bool){p.quotation, p.sameOrder, p.otherWords} {
		if l, ok := judge(); ok {
			l.a, l.b = a.Order, b.Order
			return l, true
		}
	}
	return likeness{}, false
}

// quotation judges words in quotation marks in both.
func (p *pair) quotation() (likeness, bool) {
	if p.a.Quoted == 0 || p.b.Quoted == 0 {
		return likeness{}, false
	}
	w := p.aligned
	within := corpus.Share(w.quoted, min(p.a.TotalQuoted, p.b.TotalQuoted))
	l := likeness{
		firm: true, sure: verbatimSure, score: within + float64(w.quotedRow)/100,
		why: fmt.Sprintf("the same quotation: %.0f%% of the shorter, %d words in a row", 100*within, w.quotedRow),
	}
	enough := within >= verbatimShare || w.quotedRow >= verbatimRun
	if p.relation == speakers.OtherSpeaker { // two speakers may well quote one phrase, or a third
		if p.denied() {
			return l, false
		}
		enough = within >= verbatimShare && w.quotedRow >= otherWords
	}
	if enough && w.quoted >= verbatimWeight && w.quotedRow >= verbatimLeast {
		return l, true
	}
	l.strength = paraphrase
	if p.oneNamed && (p.apart && p.fragment(within) || p.a.Doc == p.b.Doc && within >= fragmentWhole && w.quotedRow >= fragmentLeast) {
		return l, true
	}
	if p.carried() && within >= fragmentShare && w.quoted >= mayBeWeight && w.quotedRow >= mayBeRun {
		l.why += ", " + speakers.RelatedSpeaker.String()
		return l, true
	}
	return l, false
}

// denied says whether one of the two denies and the other does not.
func (p *pair) denied() bool {
	return (p.a.Stance == onrecord.Denies) != (p.b.Stance == onrecord.Denies)
}

// fragment says whether what both quote is a whole fragment, within of the shorter quotation, or enough words in a row.
func (p *pair) fragment(within float64) bool {
	w := p.aligned
	return within >= fragmentShare && w.quoted >= fragmentWeight && w.quotedRow >= fragmentRun ||
		w.quoted >= rowWeight && w.quotedRow >= rowRun ||
		w.quoted >= longWeight && w.quotedRow >= verbatimRun ||
		w.quotedRow >= shortRun && float64(w.quotedRow) >= fragmentShare*float64(min(p.a.Quoted, p.b.Quoted))
}

// carried says whether one of two articles may carry the other's words: its speaker is nobody in particular, or may be the other's.
func (p *pair) carried() bool {
	return p.apart && (p.relation == speakers.RelatedSpeaker || p.Cast.Anybody(p.a.Voice) || p.Cast.Anybody(p.b.Voice))
}

// sameOrder judges the same words in the same order, in quotation marks or not.
func (p *pair) sameOrder() (likeness, bool) {
	w := p.aligned
	inOrder, ofLonger := corpus.Share(w.weight, min(p.a.Total, p.b.Total)), corpus.Share(w.weight, max(p.a.Total, p.b.Total))
	other := p.relation == speakers.OtherSpeaker
	l := likeness{firm: true, sure: verbatimSure, score: inOrder}
	if p.denied() {
		return l, false // who denies what another says does not say it
	}
	if other && p.a.Doc == p.b.Doc && ofLonger >= twiceShare && w.row >= twiceWords && w.weight >= twiceWeight {
		l.why = fmt.Sprintf("the same words in the same order, given to two speakers in one article: %.0f%% of both", 100*ofLonger)
		return l, true
	}
	if other && ofLonger < bothShare || w.quotedRow < w.row && ofLonger < repeatBoth {
		return l, false // who names one thing in the same words has not said the same thing
	}
	need := repeats(p.relation)
	l.why = fmt.Sprintf("the same words in the same order: %.0f%% of the shorter", 100*inOrder)
	return l, w.row >= need.words && inOrder >= repeatShare && w.weight >= need.weight
}

// Shared is the words that two statements have in common, in any order.
type shared struct {
	share   float64 // of the words of the one with fewer, by weight
	numbers int
	words   int // that tell something
	content int // what they and the numbers count
}

func sharedWords(a, b *rendition, v *sayings.Speech) (s shared) {
	inA, inB := v.Distinct(a.Toks), v.Distinct(b.Toks)
	var both float64
	for _, id := range slices.Sorted(maps.Keys(inA)) {
		f := inA[id]
		if _, ok := inB[id]; !ok {
			continue
		}
		both += f
		switch {
		case v.IsNumber(id):
			s.numbers++
			s.content += 2 // the same number in one story tells more than a word
		case f > sayings.ContentWeight && v.Entry(id).Name == "percent":
			s.content++
		case f > sayings.ContentWeight:
			s.content++
			s.words++
		}
	}
	s.share = corpus.Share(both, min(a.Weight, b.Weight))
	return s
}

// need is the share of words in common that a paraphrase has.
func (s *shared) need(p *pair) float64 {
	need := plainShare
	if s.numbers > 0 && s.words > 1 {
		need = figureShare
	}
	if p.relation == speakers.RelatedSpeaker {
		need += farShare
		if s.numbers > 0 {
			need -= farShare / 2
		}
	}
	if p.a.Doc == p.b.Doc && s.numbers == 0 {
		need = max(need, insideShare)
	}
	return need
}

// otherWords judges a paraphrase: by one speaker, or by one who may be the same, within days, in one story.
func (p *pair) otherWords() (likeness, bool) {
	other := p.relation == speakers.OtherSpeaker
	if other && !p.maybe || p.denied() || !p.together {
		return likeness{}, false
	}
	s := sharedWords(p.a, p.b, p.Words)
	if p.a.Doc == p.b.Doc && s.numbers == 0 && s.content < insideTelling {
		return likeness{}, false
	}
	l := likeness{strength: paraphrase, firm: s.numbers > 0}
	own := p.apart && p.oneNamed
	if own || p.maybe {
		r := resemble(p.Record, p.a, p.b, p.aligned)
		score := r.score()
		enough := r.common >= ownLeast && min(len(p.a.Toks), len(p.b.Toks)) >= ownWords
		likely := 1 / (1 + math.Exp(-score))
		l.score = likely - 0.5
		if enough && (score >= ownMaybe || own && score >= ownScore) {
			l.sure, l.why = min(likely, paraphraseMost), r.why()+", "+p.relation.String()
			return l, true
		}
		if own {
			l.strength, l.sure = support, verbatimSure
			return l, enough && score >= ownWeak
		}
	}
	need := s.need(p)
	if other || s.content < paraphraseTelling || s.words == 0 || s.share < need || p.relation == speakers.RelatedSpeaker && s.words < 2 && s.numbers > 0 {
		return l, false
	}
	l.score, l.sure = s.share-need, paraphraseSure
	l.why = fmt.Sprintf("a paraphrase: %.0f%% of the shorter one's words, %d of them telling", 100*s.share, s.content)
	if s.numbers > 0 {
		l.why += fmt.Sprintf(", %s in common", corpus.Plural(s.numbers, "number"))
	}
	l.why += ", " + p.relation.String()
	return l, true
}

// saidAfter says whether a was said on a day that the article of b, published before, cannot know of.
func saidAfter(docs []*corpus.Doc, a, b *sayings.Saying) bool {
	d := docs[b.Doc]
	return d.Dated && !a.Said.From.IsZero() && int(a.Said.From.Unix()/(24*60*60)) > d.Day
}

// A telling word of a saying, and what it weighs in its story.
type told struct {
	id     int32
	weight float64
}

// A rendition is a saying with what it tells in its story.
type rendition struct {
	*sayings.Saying
	told    []told  // in the order of ids
	toldAll float64 // their weight
	thing   bool    // it names a thing only: see namesThing
	many    int     // statements of its speaker in its article
}

// weighInStory weighs the words of every saying by how few statements of its story have them.
func weighInStory(rec *sayings.Record, workers int) []*rendition {
	docs, said, v := rec.Docs, rec.Sayings, rec.Words
	out := make([]*rendition, len(said))
	type of struct {
		story int
		id    int32
	}
	type by struct{ doc, voice int }
	in, all, many := map[of]float64{}, map[int]float64{}, map[by]int{}
	for _, s := range said {
		all[s.Story]++
		many[by{s.Doc, s.Voice}]++
		for id := range v.Distinct(s.Toks) {
			in[of{s.Story, id}]++
		}
	}
	corpus.Parallel(len(said), workers, func(i int) {
		s := said[i]
		m := v.Distinct(s.Toks)
		r := &rendition{Saying: s, thing: namesThing(docs[s.Doc], s), many: many[by{s.Doc, s.Voice}], told: make([]told, 0, len(m))}
		for _, id := range slices.Sorted(maps.Keys(m)) {
			w := m[id] * min(1, math.Log((all[s.Story]+storySlack)/in[of{s.Story, id}])/storyRare)
			r.told = append(r.told, told{id, w})
			r.toldAll += w
		}
		out[i] = r
	})
	return out
}

// A resemblance is what two statements of one speaker in one story have in common and what tells them apart: see ownBase.
type resemblance struct {
	common, names   float64 // weight of what both tell, and of the names in it
	shorter, longer float64 // its share of the shorter and of the longer statement
	other           float64 // share of either's quoted words that the other does not quote
	row             int     // most words in a row that both have
	many            int     // statements of the speaker in the article that has more
	days            int     // between the articles, but one
	thing           bool    // one of the two names a thing only
}

// resemble measures two statements, whose words are aligned.
func resemble(rec *sayings.Record, a, b *rendition, w aligned) resemblance {
	r := resemblance{row: min(w.row, ownLineTo), many: max(a.many, b.many, ownFewest), thing: a.thing || b.thing}
	for i, j := 0, 0; i < len(a.told) && j < len(b.told); {
		switch x, y := a.told[i], b.told[j]; {
		case x.id < y.id:
			i++
		case x.id > y.id:
			j++
		default:
			r.common += x.weight
			if rec.Words.IsName(x.id) {
				r.names += x.weight
			}
			i++
			j++
		}
	}
	r.shorter, r.longer = corpus.Share(r.common, min(a.toldAll, b.toldAll)), corpus.Share(r.common, max(a.toldAll, b.toldAll))
	if q := min(a.TotalQuoted, b.TotalQuoted); q > 0 {
		r.other = min(float64(a.Quoted)/float64(len(a.Toks)), float64(b.Quoted)/float64(len(b.Toks))) * (1 - corpus.Share(w.quoted, q))
	}
	if x, y := rec.Docs[a.Doc], rec.Docs[b.Doc]; x.Dated && y.Dated {
		r.days = max(corpus.Apart(x.Day, y.Day)-1, 0)
	}
	return r
}

// terms are what the score adds up, beside ownBase.
func (r *resemblance) terms() [8]float64 {
	return [...]float64{
		ownShorter * r.shorter, ownLonger * r.longer, ownCommon * math.Log(max(r.common-(1-ownName)*r.names, 0.5)), ownLine * float64(r.row) / ownLineTo,
		ownMany * math.Log(float64(r.many)), ownOther * r.other, ownThing * float64(b2i(r.thing)), ownDay * float64(r.days),
	}
}

// score is the logarithm of the odds that the two are one thing said.
func (r *resemblance) score() float64 {
	sum := ownBase
	for _, t := range r.terms() {
		sum += t
	}
	return sum
}

// why tells the score and what it adds up.
func (r *resemblance) why() string {
	t := r.terms()
	s := fmt.Sprintf("a paraphrase, scored %+.1f: %.0f%% of the shorter (%+.1f) and %.0f%% of the longer (%+.1f) in common, of weight %.1f in this story (%+.1f)",
		r.score(), 100*r.shorter, t[0], 100*r.longer, t[1], r.common, t[2])
	if r.row > 1 {
		s += fmt.Sprintf(", %d words in a row (%+.1f)", r.row, t[3])
	}
	s += fmt.Sprintf(", one of %d statements (%+.1f)", r.many, t[4])
	if r.other > 0 {
		s += fmt.Sprintf(", other words quoted (%+.1f)", t[5])
	}
	if r.thing {
		s += fmt.Sprintf(", a thing only named (%+.1f)", t[6])
	}
	if r.days > 0 {
		s += fmt.Sprintf(", days between (%+.1f)", t[7])
	}
	return s + fmt.Sprintf(", to begin with %+.1f", ownBase)
}

// namesThing says whether what is told is no more than a thing ("immigration policy"): there is no verb in it that a table knows.
func namesThing(d *corpus.Doc, s *sayings.Saying) bool {
	if s.Kind != onrecord.Indirect {
		return false
	}
	for i, t := range s.Toks {
		w := strings.ToLower(d.Text[t.Start:t.End])
		if sayings.Finite(w) || w == "to" || i == 0 && w == "that" {
			return false
		}
	}
	return true
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
