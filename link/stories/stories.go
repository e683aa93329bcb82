// Package stories groups the documents of a corpus by the event that they are on.
package stories

import (
	"cmp"
	"container/heap"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/corpus"
)

// Settings of stories, one for every kind of coverage; chosen on four corpora at once (long and short articles, headlines, with and
// without days), where the measure is flat around them.
const (
	storyThreshold = 0.33 // likeness from which two groups join
	storyDecay     = 6.0  // days apart after which two groups count as half as alike
	dayBonus       = 1.6  // how much more alike two groups of one day are than two whose days are not known
	shortBonus     = 3.5  // short texts share fewer words: likeness grows by this over the root of the number of distinct words
	loneBonus      = 1.7  // one or two articles join a group of four or more this much more readily
)

// A cluster is a growing story.
type cluster struct {
	members   []int
	sum       []corpus.Term
	day       float64 // mean, of dated members
	dated     int
	length    float64 // mean number of terms
	neighbors map[int]bool
	dead      bool
	version   int
}

type edge struct {
	a, b       int // clusters, a < b
	va, vb     int
	similarity float64
}

type edges []edge

func (h edges) Len() int { return len(h) }
func (h edges) Less(i, j int) bool {
	if h[i].similarity != h[j].similarity {
		return h[i].similarity > h[j].similarity
	}
	return cmp.Or(cmp.Compare(h[i].a, h[j].a), cmp.Compare(h[i].b, h[j].b)) < 0
}
func (h edges) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *edges) Push(x any)   { *h = append(*h, x.(edge)) }
func (h *edges) Pop() any {
	old := *h
	x := old[len(old)-1]
	*h = old[:len(old)-1]
	return x
}

func similarity(a, b *cluster) float64 {
	s := corpus.Dot(a.sum, b.sum) / float64(len(a.members)*len(b.members)) // the mean over all pairs of members
	if small, large := min(len(a.members), len(b.members)), max(len(a.members), len(b.members)); small <= 2 && large >= 4 {
		s *= loneBonus
	}
	s *= 1 + shortBonus/math.Sqrt(min(a.length, b.length))
	if a.dated > 0 && b.dated > 0 {
		s *= dayBonus / (1 + math.Abs(a.day-b.day)/storyDecay)
	}
	return s
}

// Stories are the documents of a corpus on one event.
type Stories struct {
	Members [][]int // documents by story, stories by their first
	Of      []int   // story by document
}

// Find takes a corpus and gives its stories; every document is in one.
func Find(c *corpus.Corpus) *Stories {
	ruled := c.Ruled.On(onrecord.StoryKind, c.Places())
	s := &Stories{Members: ruled.Regroup(group(c.Docs, c.Vectors, c.Near)), Of: make([]int, len(c.Docs))}
	for k, g := range s.Members {
		for _, i := range g {
			s.Of[i] = k
		}
	}
	return s
}

// group groups the documents, given in canonical order, by average linkage: the two groups most alike join first, until no
// two are alike enough. Groups come by their first member.
func group(docs []*corpus.Doc, vectors [][]corpus.Term, near [][]int) [][]int {
	clusters := make([]*cluster, len(docs))
	for i, d := range docs {
		c := &cluster{members: []int{i}, sum: vectors[i], neighbors: map[int]bool{}, length: float64(max(1, len(vectors[i])))}
		if d.Dated {
			c.day, c.dated = float64(d.Day), 1
		}
		clusters[i] = c
	}
	var queue edges
	link := func(i, j int) {
		a, b := min(i, j), max(i, j)
		ca, cb := clusters[a], clusters[b]
		if s := similarity(ca, cb); s >= storyThreshold {
			heap.Push(&queue, edge{a, b, ca.version, cb.version, s})
		}
	}
	for i, js := range near {
		for _, j := range js {
			clusters[i].neighbors[j] = true
			clusters[j].neighbors[i] = true
		}
	}
	for i, c := range clusters {
		for _, j := range slices.Sorted(maps.Keys(c.neighbors)) {
			if i < j {
				link(i, j)
			}
		}
	}
	for len(queue) > 0 {
		e := heap.Pop(&queue).(edge)
		a, b := clusters[e.a], clusters[e.b]
		if a.dead || b.dead || a.version != e.va || b.version != e.vb {
			continue
		}
		na, nb := float64(len(a.members)), float64(len(b.members))
		a.length = (a.length*na + b.length*nb) / (na + nb)
		a.members = append(a.members, b.members...)
		a.sum = corpus.Add(a.sum, b.sum)
		if n := a.dated + b.dated; n > 0 {
			a.day = (a.day*float64(a.dated) + b.day*float64(b.dated)) / float64(n)
			a.dated = n
		}
		a.version++
		b.dead = true
		delete(a.neighbors, e.b)
		for j := range b.neighbors {
			delete(clusters[j].neighbors, e.b)
			if j != e.a {
				a.neighbors[j] = true
				clusters[j].neighbors[e.a] = true
			}
		}
		b.neighbors = nil
		for _, j := range slices.Sorted(maps.Keys(a.neighbors)) {
			link(e.a, j)
		}
	}
	var groups [][]int
	for _, c := range clusters {
		if !c.dead {
			slices.Sort(c.members)
			groups = append(groups, c.members)
		}
	}
	return groups
}

// Rows are the rows of the stories, but for articles that are claimed. ReportOf is the report of every document.
func (s *Stories) Rows(c *corpus.Corpus, claimed map[string]bool, reportOf []int) []onrecord.Story {
	docs, vectors := c.Docs, c.Vectors
	stories := make([]onrecord.Story, 0, len(s.Members))
	for _, g := range s.Members {
		if g = corpus.KeptDocs(docs, g, claimed); g == nil {
			continue
		}
		s := onrecord.Story{
			ID:    onrecord.NewID(onrecord.StoryKind, docs[g[0]].Article.ID),
			Title: headline(docs[central(vectors, g)]),
		}
		reports := map[int]bool{}
		for _, i := range g {
			reports[reportOf[i]] = true
			s.Articles = append(s.Articles, docs[i].Article.ID)
			if day, ok := docs[i].Article.Published.Day(); ok {
				if s.First.IsZero() {
					s.First = day
				}
				s.Last = day
			}
		}
		s.Reports = len(reports)
		s.Basis, s.Confidence = storyBasis(docs, vectors, c.Words, g)
		stories = append(stories, s)
	}
	return stories
}

// storyShown is how many names and words a story's basis shows.
const storyShown = 5

// halfSure is how alike the least alike article of a story is to the rest where the story is as likely as not one event.
const halfSure = 0.1

// storyBasis says what holds a group together: how alike its articles are, and the names and words that most of them share; and how
// sure that makes it.
func storyBasis(docs []*corpus.Doc, vectors [][]corpus.Term, v *corpus.Vocabulary, group []int) (basis []string, confidence float64) {
	if len(group) < 2 {
		return []string{"no other article of the record is like it"}, 1
	}
	var sum []corpus.Term
	for _, i := range group {
		sum = corpus.Add(sum, vectors[i])
	}
	n := float64(len(group))
	own, least, last := 0.0, math.Inf(1), group[0] // a member's likeness to itself is no evidence
	for _, i := range group {
		self := corpus.Dot(vectors[i], vectors[i])
		own += self
		if like := (corpus.Dot(vectors[i], sum) - self) / (n - 1); like < least {
			least, last = like, i
		}
	}
	mean := (corpus.Dot(sum, sum) - own) / (n * (n - 1))
	basis = []string{fmt.Sprintf("%d articles, alike by %.2f on the average; the least alike to the rest, %s, by %.2f", len(group), mean, docs[last].Article.ID, least)}
	in := map[int32]int{}
	for _, i := range group {
		for _, t := range vectors[i] {
			in[t.ID]++
		}
	}
	shared := slices.Clone(sum)
	shared = slices.DeleteFunc(shared, func(t corpus.Term) bool { return 2*in[t.ID] <= len(group) })
	slices.SortFunc(shared, func(a, b corpus.Term) int { return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.ID, b.ID)) })
	var names, words []string
	for _, t := range shared {
		shown := fmt.Sprintf("%s (%d)", v.Shown(v.Entry(t.ID).Name), in[t.ID])
		if v.IsName(t.ID) && len(names) < storyShown {
			names = append(names, shown)
		} else if !v.IsName(t.ID) && len(words) < storyShown {
			words = append(words, shown)
		}
	}
	if len(names) > 0 {
		basis = append(basis, "names in most of them: "+strings.Join(names, ", "))
	}
	if len(words) > 0 {
		basis = append(basis, "words in most of them: "+strings.Join(words, ", "))
	}
	if a, b := docs[group[0]], docs[group[len(group)-1]]; a.Dated && b.Dated {
		basis = append(basis, fmt.Sprintf("published within %s", corpus.Plural(b.Day-a.Day+1, "day")))
	}
	return basis, max(least, 0) / (max(least, 0) + halfSure)
}

// central is the member of a group that is most like the rest, the earliest of equals.
func central(vectors [][]corpus.Term, group []int) int {
	if len(group) < 3 {
		return group[0]
	}
	var sum []corpus.Term
	for _, i := range group {
		sum = corpus.Add(sum, vectors[i])
	}
	best, at := -1.0, group[0]
	for _, i := range group {
		if s := corpus.Dot(vectors[i], sum); s > best+1e-9 {
			best, at = s, i
		}
	}
	return at
}

// headline is the article's title, else its first line or sentence, cut to a length that a table can show.
func headline(d *corpus.Doc) string {
	if t := strings.TrimSpace(d.Article.Title); t != "" {
		return t
	}
	if len(d.Words) == 0 {
		return "(no words)"
	}
	for _, w := range d.Words {
		if w.Is(corpus.Outside) {
			continue
		}
		from := int(w.Start)
		for i, r := range d.Text[from:] {
			if r == '\n' || i > maxHeadline && r == ' ' {
				return strings.TrimSpace(d.Text[from : from+i])
			}
			if (r == '.' || r == '!' || r == '?') && i > 40 {
				return d.Text[from : from+i]
			}
		}
		return strings.TrimSpace(d.Text[from:])
	}
	return d.Text[d.Words[0].Start:d.Words[min(len(d.Words), 12)-1].End]
}

// maxHeadline is the length in bytes of a first sentence that stands in for a title.
const maxHeadline = 120
