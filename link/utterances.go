package link

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"onrecord"
)

const (
	sayingTerms   = 14  // words of a statement that look for others like it
	sayingPosting = 150 // statements back that one word reaches
	sayingLimit   = 24  // statements that one is compared with
	alignLimit    = 260 // words of a statement that are aligned

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
	ownShare       = 0.52 // mean of the shares of both statements' words, in a paraphrase of one named speaker's words in one story
	ownWeight      = 5    // and the weight of the words in common
	ownWords       = 6    // and the words of the shorter, where none stands in quotation marks in both: less names a thing only
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
}{otherSpeaker: {8, 9}, relatedSpeaker: {7, 9}, sameSpeaker: {6, 7}}

// A likeness is why two statements are taken for renditions of one utterance.
type likeness struct {
	a, b  int // sayings, a before b
	rank  int // 0 verbatim, 1 paraphrase
	score float64
	why   string
}

// pairs are the statements that are alike enough, surest first.
func likePairs(docs []*doc, sayings []*saying, v *vocabulary, c *cast, workers int) []likeness {
	heavy := make([][]int32, len(sayings))
	parallel(len(sayings), workers, func(i int) {
		m := v.distinct(sayings[i].toks)
		ids := make([]int32, 0, len(m))
		for id := range m {
			ids = append(ids, id)
		}
		slices.SortFunc(ids, func(a, b int32) int { return cmp.Or(cmp.Compare(m[b], m[a]), cmp.Compare(a, b)) })
		heavy[i] = ids[:min(len(ids), sayingTerms)]
	})
	postings := map[int32][]int32{}
	for i, ids := range heavy {
		for _, id := range ids {
			postings[id] = append(postings[id], int32(i))
		}
	}
	found := make([][]likeness, len(sayings))
	pool := newScores(len(sayings))
	parallel(len(sayings), workers, func(i int) {
		score := pool.Get().(*scores)
		defer pool.Put(score)
		defer score.clear()
		for _, id := range heavy[i] {
			p := postings[id]
			end, _ := slices.BinarySearch(p, int32(i))
			f := v.idf(id)
			for k := max(0, end-sayingPosting); k < end; k++ {
				score.add(p[k], f)
			}
		}
		var near []int
		for _, j := range score.touched {
			if score.of[j] > 0.25*min(sayings[i].weight, sayings[j].weight) {
				near = append(near, int(j))
			}
		}
		slices.SortFunc(near, func(a, b int) int {
			return cmp.Or(cmp.Compare(score.of[b], score.of[a]), cmp.Compare(a, b))
		})
		for _, j := range near[:min(len(near), sayingLimit)] {
			if l, ok := alike(docs, sayings[j], sayings[i], v, c); ok {
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
func alike(docs []*doc, a, b *saying, v *vocabulary, c *cast) (likeness, bool) {
	l := likeness{a: a.order, b: b.order}
	if a.doc == b.doc && overlapping(a.Content, b.Content) {
		return l, false
	}
	relation := c.relation(a.voice, b.voice)
	days := near(docs[a.doc], docs[b.doc], paraphraseDays)
	mayBe := (relation == relatedSpeaker || c.anybody(a.voice) || c.anybody(b.voice)) && a.story == b.story && a.doc != b.doc && days
	own := relation == sameSpeaker && c.named(a.voice) && a.story == b.story && a.doc != b.doc && days
	matched := align(a.toks, b.toks, v)
	var sequence, quotedSame float64
	run, bestRun := 0, 0 // words in a row, in quotation marks in both
	row, longest := 0, 0 // words in a row
	for k, m := range matched {
		x, y := a.toks[m.a], b.toks[m.b]
		f := v.idf(x.id)
		sequence += f
		if k > 0 && matched[k-1].a == m.a-1 && matched[k-1].b == m.b-1 {
			row++
		} else {
			row = 1
		}
		longest = max(longest, row)
		if x.quoted && y.quoted {
			quotedSame += f
			if k > 0 && matched[k-1].a == m.a-1 && matched[k-1].b == m.b-1 && run > 0 {
				run++
			} else {
				run = 1
			}
			bestRun = max(bestRun, run)
		} else {
			run = 0
		}
	}
	short := min(a.total, b.total)
	if a.quoted > 0 && b.quoted > 0 {
		q := min(a.totalQuoted, b.totalQuoted)
		within := share(quotedSame, q)
		l.score = within + float64(bestRun)/100
		l.why = fmt.Sprintf("the same quotation: %.0f%% of the shorter, %d words in a row", 100*within, bestRun)
		enough := within >= verbatimShare || bestRun >= verbatimRun
		if relation == otherSpeaker { // two speakers may well quote one phrase, or a third
			enough = within >= verbatimShare && bestRun >= otherWords
		}
		if enough && quotedSame >= verbatimWeight && bestRun >= 3 {
			return l, true
		}
		if own && (within >= fragmentShare && quotedSame >= fragmentWeight && bestRun >= fragmentRun || quotedSame >= rowWeight && bestRun >= rowRun) {
			l.rank = 1
			return l, true
		}
		if mayBe && within >= fragmentShare && quotedSame >= mayBeWeight && bestRun >= mayBeRun {
			l.rank = 1
			l.why += ", " + relatedSpeaker.String()
			return l, true
		}
	}
	inOrder := share(sequence, short)
	ofLonger := share(sequence, max(a.total, b.total))
	if relation == otherSpeaker && a.doc == b.doc && ofLonger >= twiceShare && longest >= twiceWords && sequence >= twiceWeight {
		l.score = inOrder
		l.why = fmt.Sprintf("the same words in the same order, given to two speakers in one article: %.0f%% of both", 100*ofLonger)
		return l, true
	}
	if r := repeats[relation]; relation == otherSpeaker && ofLonger < bothShare || bestRun < longest && ofLonger < repeatBoth {
		// Who names one thing in the same words has not said the same thing.
	} else if longest >= r.words && inOrder >= repeatShare && sequence >= r.weight {
		l.score = inOrder
		l.why = fmt.Sprintf("the same words in the same order: %.0f%% of the shorter", 100*inOrder)
		return l, true
	}

	// A paraphrase: by one speaker, or by one who may be the same, within days, in one story.
	if relation == otherSpeaker || (a.Stance == onrecord.Denies) != (b.Stance == onrecord.Denies) || !days || a.story != b.story {
		return l, false
	}
	inB := v.distinct(b.toks)
	inA := v.distinct(a.toks)
	var both float64
	content, words, numbers := 0, 0, 0
	for _, id := range sortedKeys(inA) {
		f := inA[id]
		if _, ok := inB[id]; ok {
			both += f
			switch {
			case strings.HasPrefix(v.name[id], "#"):
				numbers++
				content += 2 // the same number in one story tells more than a word
			case f > contentWeight && v.name[id] == "percent":
				content++
			case f > contentWeight:
				content++
				words++
			}
		}
	}
	same := share(both, min(a.weight, b.weight))
	need := plainShare
	if numbers > 0 && words > 1 {
		need = figureShare
	}
	if relation == relatedSpeaker {
		need += farShare
		if numbers > 0 {
			need -= farShare / 2
		}
	}
	if a.doc == b.doc && numbers == 0 {
		need = max(need, insideShare)
		if content < insideTelling {
			return l, false
		}
	}
	mean := math.Sqrt(same * share(both, max(a.weight, b.weight)))
	switch {
	case content >= 3 && words > 0 && same >= need && (relation != relatedSpeaker || words > 1 || numbers == 0):
		l.score = same - need
	case own && both >= ownWeight && mean >= ownShare && (quotedSame > 0 || min(len(a.toks), len(b.toks)) >= ownWords):
		l.score = mean - ownShare
	default:
		return l, false
	}
	l.rank = 1
	l.why = fmt.Sprintf("a paraphrase: %.0f%% of the shorter one's words, %d of them telling", 100*same, content)
	if numbers > 0 {
		l.why += fmt.Sprintf(", %s in common", plural(numbers, "number"))
	}
	l.why += ", " + relation.String()
	return l, true
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// contentWeight is the weight from which a word tells something: about one article in fifteen uses it.
const contentWeight = 2.7

// totalOf is the weight of all words, or of the quoted ones.
func (v *vocabulary) totalOf(toks []tok, onlyQuoted bool) float64 {
	var sum float64
	for _, t := range toks {
		if t.quoted || !onlyQuoted {
			sum += v.idf(t.id)
		}
	}
	return sum
}

func overlapping(a, b []onrecord.Span) bool {
	for _, x := range a {
		for _, y := range b {
			if x.Overlaps(y) {
				return true
			}
		}
	}
	return false
}

// A match is a word of one statement aligned with one of another, by index.
type match struct{ a, b int }

// align is the heaviest common subsequence of the two (Needleman and Wunsch 1970, with no credit for what differs), over at most
// alignLimit words of each.
func align(a, b []tok, v *vocabulary) []match {
	a, b = a[:min(len(a), alignLimit)], b[:min(len(b), alignLimit)]
	n, m := len(a), len(b)
	best := make([]float32, (n+1)*(m+1))
	at := func(i, j int) *float32 { return &best[i*(m+1)+j] }
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			s := max(*at(i+1, j), *at(i, j+1))
			if a[i].id == b[j].id {
				f := float32(v.idf(a[i].id)) + 0.1 + *at(i+1, j+1)
				// Words in a row weigh a little more, so that a common word is aligned beside its neighbours.
				if i+1 < n && j+1 < m && a[i+1].id == b[j+1].id {
					f += 0.2
				}
				s = max(s, f)
			}
			*at(i, j) = s
		}
	}
	var out []match
	for i, j := 0, 0; i < n && j < m; {
		switch here := *at(i, j); {
		case here == *at(i+1, j):
			i++
		case here == *at(i, j+1):
			j++
		default:
			out = append(out, match{i, j})
			i++
			j++
		}
	}
	return out
}

// A relation is how two speakers stand to each other.
type relation int

const (
	otherSpeaker   relation = iota // two names
	relatedSpeaker                 // one is unnamed, unknown or the other's organ, and they may speak for one another
	sameSpeaker
)

func (r relation) String() string {
	return [...]string{"two speakers", "speakers who may be one", "one speaker"}[r]
}

// relation judges two roots of the cast, either of which may be -1.
func (c *cast) relation(a, b int) relation {
	switch {
	case a < 0 || b < 0:
		return relatedSpeaker
	case a == b:
		return sameSpeaker
	}
	x, y := &c.voices[a], &c.voices[b]
	if x.Kind == onrecord.Person && y.Kind == onrecord.Person && x.Named() && y.Named() {
		return otherSpeaker
	}
	if anyOf(c.sides[a], c.sides[b]) {
		return relatedSpeaker
	}
	return otherSpeaker
}

// anybody says whether a root of the cast is a document, which carries somebody's words, or somebody unnamed of no known side.
func (c *cast) anybody(root int) bool {
	return root >= 0 && (c.voices[root].Kind == onrecord.Document || !c.voices[root].Named() && len(c.sides[root]) == 0)
}

// oneSide says whether two roots of the cast, either of which may be -1, are one speaker or speak for one state or organ.
func (c *cast) oneSide(a, b int) bool {
	return a >= 0 && b >= 0 && (a == b || anyOf(c.sides[a], c.sides[b]))
}

// named says whether a root of the cast is somebody with a name.
func (c *cast) named(root int) bool { return root >= 0 && c.voices[root].Named() }

// findSides notes, for every root that speaks, the states and organs that it speaks for, by name, state and roles.
func (c *cast) findSides() {
	c.sides = make([][]string, len(c.voices))
	own := map[string]bool{} // states that no table knows, but that speak
	for i := range c.voices {
		if v := &c.voices[i]; v.Kind == onrecord.State {
			own[foldName(v.Name)] = true
		}
	}
	for i := range c.voices {
		v := &c.voices[i]
		if !v.speaks {
			continue
		}
		r := c.root(i)
		add := func(s string) {
			if s != "" && !slices.Contains(c.sides[r], s) {
				c.sides[r] = append(c.sides[r], s)
			}
		}
		add(foldName(v.State))
		if v.Kind == onrecord.Organisation || v.Kind == onrecord.Group {
			add(foldName(v.Name))
		}
		for k, s := range append([]string{v.Name}, v.Roles...) {
			if k == 0 && v.Kind == onrecord.Person {
				continue
			}
			words := nameWords(s)
			for k := range words {
				for n := 1; n <= 4 && k+n <= len(words); n++ {
					name := strings.Join(words[k:k+n], " ")
					add(foldName(c.names.state[name]))
					if own[name] && c.names.state[name] == "" {
						add(name)
					}
					if c.names.seat[name] || c.names.its[name] != "" || c.organ[name] {
						add(name)
						if v.State == "" { // "the coast guard" is several states'
							add(foldName(c.names.its[name]))
						}
					}
				}
			}
		}
	}
}

// utterance is the members of one, in order, with why they are one.
type utterance struct {
	members []int
	why     []string
	row     onrecord.Utterance
	wording int // the member that has it
}

// findUtterances groups statements that render one thing said on one occasion. Every statement is in at most one; a statement that
// stands alone is in none, nor is one that is taken.
func findUtterances(docs []*doc, sayings []*saying, v *vocabulary, c *cast, taken map[string]bool, workers int) []utterance {
	pairs := likePairs(docs, sayings, v, c, workers)
	f := newForest(len(sayings))
	persons := make([]int, len(sayings)) // the one named person of a group, or -1
	members := make([][]int, len(sayings))
	reasons := make([][]string, len(sayings))
	crowds := make([]crowd, len(sayings))
	for i, s := range sayings {
		persons[i] = -1
		if s.voice >= 0 && c.voices[s.voice].Kind == onrecord.Person {
			persons[i] = s.voice
		}
		members[i], crowds[i] = []int{i}, crowd{s.doc: 1}
	}
	like := make([][]int, len(sayings))
	for _, p := range pairs {
		like[p.a], like[p.b] = append(like[p.a], p.b), append(like[p.b], p.a)
	}
	for _, p := range pairs {
		a, b := f.root(p.a), f.root(p.b)
		if a == b || !bound(f, like, members[a], members[b]) {
			continue
		}
		if p.rank > 0 {
			if persons[a] >= 0 && persons[b] >= 0 && persons[a] != persons[b] {
				continue
			}
			// A paraphrase ties two groups only if neither already has another statement of the other's article: that would be
			// two things said, unless the two are alike themselves.
			x, y, small, large := p.a, p.b, a, b
			if len(members[a]) > len(members[b]) {
				x, y, small, large = p.b, p.a, b, a
			}
			if crowded(sayings, x, y, members[small], crowds[large]) {
				continue
			}
		}
		f.join(a, b)
		r, o := f.root(a), a+b-f.root(a)
		if len(members[r]) < len(members[o]) {
			crowds[r], crowds[o] = crowds[o], crowds[r]
		}
		for doc, n := range crowds[o] {
			crowds[r][doc] += n
		}
		members[r] = append(members[r], members[o]...)
		reasons[r] = append(append(reasons[r], reasons[o]...), p.why)
		if persons[r] < 0 {
			persons[r] = persons[o]
		}
		members[o], reasons[o], crowds[o] = nil, nil, nil
	}
	var out []utterance
	for i := range sayings {
		slices.Sort(members[i])
		ms := kept(members[i], func(k int) bool { return !taken[sayings[k].ID] }, func(k int) bool { return !docs[sayings[k].doc].next })
		if len(ms) < 2 {
			continue
		}
		u := utterance{members: ms, why: reasons[i]}
		u.fill(docs, sayings, v, c)
		out = append(out, u)
	}
	return out
}

// Groups are bound by more than one pair: else sentences said one after the other would become one, over articles that print both.
const (
	boundShare   = 0.25 // share of the pairs between two groups that are alike
	boundEnough  = 6    // pairs that are enough in any case
	boundMembers = 16   // members of the smaller group that are looked at
	boundLike    = 64   // and how many that are like each
)

// bound says whether enough members of two groups are alike, by the lists of those that are like each.
func bound(f forest, like [][]int, a, b []int) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b) == 1 {
		return true
	}
	root := f.root(b[0])
	a = a[:min(len(a), boundMembers)]
	need := min(boundEnough, int(math.Ceil(boundShare*float64(len(a)*len(b)))))
	n := 0
	for _, i := range a {
		for _, j := range like[i][:min(len(like[i]), boundLike)] {
			if f.root(j) == root {
				if n++; n >= need {
					return true
				}
			}
		}
	}
	return false
}

// A crowd is how many statements each document has in a group.
type crowd map[int]int

// crowded says whether joining two groups would put two statements of one article together that the pair does not speak for. X and y
// are the pair, from the smaller group, whose members are given, and from the larger, whose crowd is.
func crowded(sayings []*saying, x, y int, members []int, large crowd) bool {
	if sayings[x].doc == sayings[y].doc {
		return false
	}
	for _, k := range members {
		n := large[sayings[k].doc]
		if sayings[k].doc == sayings[y].doc {
			n-- // y itself
		}
		if k != x && n > 0 {
			return true
		}
	}
	return false
}

// fill makes the row of an utterance.
func (u *utterance) fill(docs []*doc, sayings []*saying, v *vocabulary, c *cast) {
	row := &u.row
	u.wording = u.members[0]
	for _, i := range u.members {
		s, w := sayings[i], sayings[u.wording]
		if s.Headline {
			continue
		}
		known := docs[w.doc].at != docs[s.doc].at // which was first
		if w.Headline || cmp.Or(longer(s.quoted, w.quoted, quotedSlack, known), cmp.Compare(b2i(c.named(s.voice)), b2i(c.named(w.voice))), longer(len(s.toks), len(w.toks), wordsSlack, known)) > 0 {
			u.wording = i
		}
	}
	w := sayings[u.wording]
	row.ID = onrecord.NewID(onrecord.UtteranceKind, sayings[u.members[0]].ID)
	row.Wording = contentOf(docs[w.doc], w)
	var who []int
	articles := map[int]bool{}
	for _, i := range u.members {
		s := sayings[i]
		row.Statements = append(row.Statements, s.ID)
		articles[s.doc] = true
		if day, ok := docs[s.doc].Article.Published.Day(); ok && (row.First.IsZero() || day.Before(row.First)) {
			row.First = day
		}
		if s.voice >= 0 && c.voices[s.voice].Named() && !slices.Contains(who, s.voice) {
			who = append(who, s.voice)
		}
	}
	if persons := slices.DeleteFunc(slices.Clone(who), func(r int) bool { return c.voices[r].Kind != onrecord.Person }); len(persons) > 0 {
		who = persons
	}
	if len(who) == 1 {
		row.Speaker = c.id(who[0])
	}
	for _, i := range u.members {
		if i != u.wording {
			row.Drift = append(row.Drift, drift(docs, w, sayings[i], v, c)...)
		}
	}
	row.Basis = append(row.Basis, fmt.Sprintf("%s in %s", plural(len(u.members), "rendition"), plural(len(articles), "article")))
	slices.Sort(u.why)
	row.Basis = append(row.Basis, slices.Compact(u.why)...)
	row.Confidence = 0.9
	if slices.ContainsFunc(u.why, func(s string) bool { return strings.HasPrefix(s, "a paraphrase") }) {
		row.Confidence = 0.7
	}
	if len(who) > 1 {
		row.Confidence = math.Min(row.Confidence, 0.6)
	}
}

// Of renditions about as long as each other the first seen is the wording, where it is known: another has to be longer by this part.
const (
	quotedSlack = 8
	wordsSlack  = 4
)

// longer compares two numbers of words, taking those that differ by less than a part and one for equal where slack is given.
func longer(a, b, part int, slack bool) int {
	switch {
	case !slack:
		return cmp.Compare(a, b)
	case a > b+b/part+1:
		return 1
	case b > a+a/part+1:
		return -1
	}
	return 0
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// contentOf is the words of a statement's content, parts joined by a space.
func contentOf(d *doc, s *saying) string {
	parts := make([]string, 0, len(s.Content))
	for _, span := range s.Content {
		parts = append(parts, strings.TrimSpace(span.Of(d.text)))
	}
	return strings.Join(parts, " ")
}
