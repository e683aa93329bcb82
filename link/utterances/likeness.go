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
	sayingTerms   = 14  // words of a statement that look for others like it
	sayingPosting = 150 // statements back that one word reaches
	sayingLimit   = 24  // statements that one is compared with

	verbatimShare  = 0.7  // share, by weight, of the shorter quotation that stands in the longer
	verbatimWeight = 12   // weight of the words that two quotations share, about three rare words
	verbatimRun    = 6    // words in a row, quoted in both, that make two quotations overlap
	repeatShare    = 0.8  // share of the shorter statement that stands in the other in the same order, outside quotation marks
	bothShare      = 0.6  // share of the longer one too, where the two are given to two speakers
	repeatBoth     = 0.4  // and where the words stand outside quotation marks in one of them
	otherWords     = 8    // words in a row that a quotation given to two speakers has
	figureShare    = 0.42 // share of the shorter statement's words in a paraphrase that has a number in common
	plainShare     = 0.6  // and in one that has none
	farShare       = 0.15 // more, for a speaker who is not named but may be the same
	insideShare    = 0.75 // share in a paraphrase without numbers inside one article, where a speaker goes on about one thing
	insideTelling  = 5    // and telling words
	paraphraseDays = 3
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

// repeats are what two statements outside quotation marks need to be the same words: words in a row, and their weight.
var repeats = [...]struct {
	words  int
	weight float64
}{speakers.OtherSpeaker: {8, 9}, speakers.RelatedSpeaker: {7, 9}, speakers.SameSpeaker: {6, 7}}

// A likeness is why two statements are taken for renditions of one utterance.
type likeness struct {
	a, b  int  // said, a before b
	rank  int  // 0 verbatim, 1 paraphrase, 2 too little to tie two, but enough to speak for those who are tied
	firm  bool // a number is in common, or words in quotation marks are
	score float64
	sure  float64 // how likely the two are renditions of one
	why   string
}

// pairs are the statements that are alike enough, surest first.
func likePairs(docs []*corpus.Doc, said []*sayings.Saying, v *sayings.Speech, c *speakers.Cast, workers int) []likeness {
	heavy := make([][]int32, len(said))
	corpus.Parallel(len(said), workers, func(i int) {
		m := v.Distinct(said[i].Toks)
		ids := make([]int32, 0, len(m))
		for id := range m {
			ids = append(ids, id)
		}
		slices.SortFunc(ids, func(a, b int32) int { return cmp.Or(cmp.Compare(m[b], m[a]), cmp.Compare(a, b)) })
		heavy[i] = ids[:min(len(ids), sayingTerms)]
	})
	weighed := weighInStory(docs, said, v, workers)
	type of struct{ story, voice int }
	spoken := map[of][]int32{} // by one named speaker in one story
	place := make([]int, len(said))
	for i, s := range said {
		if c.Named(s.Voice) {
			k := of{s.Story, s.Voice}
			place[i] = len(spoken[k])
			spoken[k] = append(spoken[k], int32(i))
		}
	}
	postings := map[int32][]int32{}
	for i, ids := range heavy {
		for _, id := range ids {
			postings[id] = append(postings[id], int32(i))
		}
	}
	found := make([][]likeness, len(said))
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
		var near []int
		for _, j := range score.Touched {
			if score.Of[j] > 0.25*min(said[i].Weight, said[j].Weight) {
				near = append(near, int(j))
			}
		}
		slices.SortFunc(near, func(a, b int) int {
			return cmp.Or(cmp.Compare(score.Of[b], score.Of[a]), cmp.Compare(a, b))
		})
		near = near[:min(len(near), sayingLimit)]
		if s := said[i]; c.Named(s.Voice) {
			before := spoken[of{s.Story, s.Voice}][:place[i]]
			for _, j := range before[max(0, len(before)-ownLimit):] {
				if slices.Contains(near, int(j)) {
					continue
				}
				if said[j].Doc == s.Doc {
					if min(s.Quoted, said[j].Quoted) >= fragmentLeast {
						near = append(near, int(j))
					}
					continue
				}
				// At most: as if all that both quote were the same. Most are left here, before their words are aligned.
				if most := resemble(docs, weighed[j], weighed[i], math.Inf(1), ownLineTo, v); most.common >= ownLeast && most.score() >= ownWeak {
					near = append(near, int(j))
				}
			}
		}
		for _, j := range near {
			if l, ok := alike(docs, weighed[j], weighed[i], v, c); ok {
				found[i] = append(found[i], l)
			}
		}
	})
	all := slices.Concat(found...)
	slices.SortFunc(all, func(x, y likeness) int {
		return cmp.Or(cmp.Compare(x.rank, y.rank), cmp.Compare(y.score, x.score), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	})
	return all
}

// alike judges two statements, a before b.
func alike(docs []*corpus.Doc, a, b *rendition, v *sayings.Speech, c *speakers.Cast) (likeness, bool) {
	l := likeness{a: a.Order, b: b.Order, firm: true, sure: verbatimSure}
	if a.Overlaps(b.Saying) {
		return l, false
	}
	relation := c.Relation(a.Voice, b.Voice)
	oneNamed := relation == speakers.SameSpeaker && c.Named(a.Voice)
	together := a.Story == b.Story && corpus.Near(docs[a.Doc], docs[b.Doc], paraphraseDays) && !saidAfter(docs, a.Saying, b.Saying) && !saidAfter(docs, b.Saying, a.Saying)
	twoArticles := together && a.Doc != b.Doc
	own := twoArticles && oneNamed
	carried := twoArticles && (relation == speakers.RelatedSpeaker || c.Anybody(a.Voice) || c.Anybody(b.Voice))
	maybe := twoArticles && c.MaybeOne(a.Voice, b.Voice)
	matched := sayings.Align(a.Toks, b.Toks, v)
	var sequence, quotedSame float64
	run, bestRun := 0, 0 // words in a row, in quotation marks in both
	row, longest := 0, 0 // words in a row
	for k, m := range matched {
		x, y := a.Toks[m.A], b.Toks[m.B]
		f := v.Weight(x.ID)
		sequence += f
		if k > 0 && matched[k-1].A == m.A-1 && matched[k-1].B == m.B-1 {
			row++
		} else {
			row = 1
		}
		longest = max(longest, row)
		if x.Quoted && y.Quoted {
			quotedSame += f
			if k > 0 && matched[k-1].A == m.A-1 && matched[k-1].B == m.B-1 && run > 0 {
				run++
			} else {
				run = 1
			}
			bestRun = max(bestRun, run)
		} else {
			run = 0
		}
	}
	short := min(a.Total, b.Total)
	if a.Quoted > 0 && b.Quoted > 0 {
		q := min(a.TotalQuoted, b.TotalQuoted)
		within := corpus.Share(quotedSame, q)
		l.score = within + float64(bestRun)/100
		l.why = fmt.Sprintf("the same quotation: %.0f%% of the shorter, %d words in a row", 100*within, bestRun)
		enough := within >= verbatimShare || bestRun >= verbatimRun
		if relation == speakers.OtherSpeaker { // two speakers may well quote one phrase, or a third
			enough = within >= verbatimShare && bestRun >= otherWords
		}
		if enough && quotedSame >= verbatimWeight && bestRun >= 3 {
			return l, true
		}
		if own && (within >= fragmentShare && quotedSame >= fragmentWeight && bestRun >= fragmentRun || quotedSame >= rowWeight && bestRun >= rowRun || quotedSame >= longWeight && bestRun >= verbatimRun || bestRun >= shortRun && float64(bestRun) >= fragmentShare*float64(min(a.Quoted, b.Quoted))) {
			l.rank = 1
			return l, true
		}
		if oneNamed && a.Doc == b.Doc && within >= fragmentWhole && bestRun >= fragmentLeast {
			l.rank = 1
			return l, true
		}
		if carried && within >= fragmentShare && quotedSame >= mayBeWeight && bestRun >= mayBeRun {
			l.rank = 1
			l.why += ", " + speakers.RelatedSpeaker.String()
			return l, true
		}
	}
	inOrder := corpus.Share(sequence, short)
	ofLonger := corpus.Share(sequence, max(a.Total, b.Total))
	if relation == speakers.OtherSpeaker && a.Doc == b.Doc && ofLonger >= twiceShare && longest >= twiceWords && sequence >= twiceWeight {
		l.score = inOrder
		l.why = fmt.Sprintf("the same words in the same order, given to two speakers in one article: %.0f%% of both", 100*ofLonger)
		return l, true
	}
	if r := repeats[relation]; relation == speakers.OtherSpeaker && ofLonger < bothShare || bestRun < longest && ofLonger < repeatBoth {
		// Who names one thing in the same words has not said the same thing.
	} else if longest >= r.words && inOrder >= repeatShare && sequence >= r.weight {
		l.score = inOrder
		l.why = fmt.Sprintf("the same words in the same order: %.0f%% of the shorter", 100*inOrder)
		return l, true
	}

	// A paraphrase: by one speaker, or by one who may be the same, within days, in one story.
	if relation == speakers.OtherSpeaker && !maybe || (a.Stance == onrecord.Denies) != (b.Stance == onrecord.Denies) || !together {
		return l, false
	}
	inB := v.Distinct(b.Toks)
	inA := v.Distinct(a.Toks)
	var both float64
	content, words, numbers := 0, 0, 0
	for _, id := range slices.Sorted(maps.Keys(inA)) {
		f := inA[id]
		if _, ok := inB[id]; ok {
			both += f
			switch {
			case strings.HasPrefix(v.Name[id], sayings.NumberPrefix):
				numbers++
				content += 2 // the same number in one story tells more than a word
			case f > sayings.ContentWeight && v.Name[id] == "percent":
				content++
			case f > sayings.ContentWeight:
				content++
				words++
			}
		}
	}
	l.firm = numbers > 0
	same := corpus.Share(both, min(a.Weight, b.Weight))
	need := plainShare
	if numbers > 0 && words > 1 {
		need = figureShare
	}
	if relation == speakers.RelatedSpeaker {
		need += farShare
		if numbers > 0 {
			need -= farShare / 2
		}
	}
	if a.Doc == b.Doc && numbers == 0 {
		need = max(need, insideShare)
		if content < insideTelling {
			return l, false
		}
	}
	l.rank = 1
	if own || maybe {
		r := resemble(docs, a, b, quotedSame, longest, v)
		score := r.score()
		enough := r.common >= ownLeast && min(len(a.Toks), len(b.Toks)) >= ownWords
		likely := 1 / (1 + math.Exp(-score))
		if enough && (score >= ownMaybe || own && score >= ownScore) {
			l.score, l.sure, l.why = likely-0.5, min(likely, paraphraseMost), r.why()+", "+relation.String()
			return l, true
		}
		if own {
			l.rank, l.score = 2, likely-0.5
			return l, enough && score >= ownWeak
		}
	}
	if relation == speakers.OtherSpeaker {
		return l, false
	}
	if content < 3 || words == 0 || same < need || relation == speakers.RelatedSpeaker && words < 2 && numbers > 0 {
		return l, false
	}
	l.score, l.sure = same-need, paraphraseSure
	l.why = fmt.Sprintf("a paraphrase: %.0f%% of the shorter one's words, %d of them telling", 100*same, content)
	if numbers > 0 {
		l.why += fmt.Sprintf(", %s in common", corpus.Plural(numbers, "number"))
	}
	l.why += ", " + relation.String()
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
func weighInStory(docs []*corpus.Doc, said []*sayings.Saying, v *sayings.Speech, workers int) []*rendition {
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

// resemble measures two statements. QuotedSame is the weight of the words that both quote, row the most words in a row that both have.
func resemble(docs []*corpus.Doc, a, b *rendition, quotedSame float64, row int, v *sayings.Speech) resemblance {
	r := resemblance{row: min(row, ownLineTo), many: max(a.many, b.many, ownFewest), thing: a.thing || b.thing}
	for i, j := 0, 0; i < len(a.told) && j < len(b.told); {
		switch x, y := a.told[i], b.told[j]; {
		case x.id < y.id:
			i++
		case x.id > y.id:
			j++
		default:
			r.common += x.weight
			if v.IsName(x.id) {
				r.names += x.weight
			}
			i++
			j++
		}
	}
	r.shorter, r.longer = corpus.Share(r.common, min(a.toldAll, b.toldAll)), corpus.Share(r.common, max(a.toldAll, b.toldAll))
	if q := min(a.TotalQuoted, b.TotalQuoted); q > 0 {
		r.other = min(float64(a.Quoted)/float64(len(a.Toks)), float64(b.Quoted)/float64(len(b.Toks))) * (1 - corpus.Share(quotedSame, q))
	}
	if x, y := docs[a.Doc], docs[b.Doc]; x.Dated && y.Dated {
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
		if sayings.Auxiliaries[w] || sayings.Pasts[w] || w == "to" || i == 0 && w == "that" {
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
