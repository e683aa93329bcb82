package disputes

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/internal/set"
	"github.com/onrecord/onrecord/link/measures"
	"github.com/onrecord/onrecord/link/speakers"
)

const (
	sameDays       = 1  // days within which two figures are as of one time
	disputeFigures = 60 // figures before it, as of about one time, that one figure is compared with
)

// figures finds the figures of a measure as of one time that exclude each other: the lowest value of those on one side, the values that
// exclude it on the other, one dispute for all, however many articles print them. The same report, or one thing said in several
// wordings, is one answer, unless one article answers twice.
func (f *finder) figures(m *measures.Measure, reportOf []int) {
	c := clashes{finder: f, measure: m, reportOf: reportOf, forest: set.NewForest(len(m.Answers))}
	c.find()
	groups := map[int][]int{}
	for i := range m.Answers {
		if c.clashing[i] {
			groups[c.forest.Root(i)] = append(groups[c.forest.Root(i)], i)
		}
	}
	for _, root := range slices.Sorted(maps.Keys(groups)) {
		c.dispute(groups[root])
	}
}

// Clashes are the answers of a measure that exclude another, in groups of those that do.
type clashes struct {
	*finder
	measure  *measures.Measure
	reportOf []int
	forest   set.Forest
	clashing map[int]bool
}

// find compares answers by the day for which they hold, so that only those of one time are compared, and each with few others, and then
// those of one article.
func (c *clashes) find() {
	c.clashing = map[int]bool{}
	answers := c.measure.Answers
	day, order := make([]int, len(answers)), make([]int, len(answers))
	for i, a := range answers {
		day[i], order[i] = c.day(a), i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(day[i], day[j]) })
	inDoc := map[int][]int{}
	for at, i := range order {
		for back := at - 1; back >= max(0, at-disputeFigures) && corpus.Apart(day[i], day[order[back]]) <= sameDays; back-- {
			c.judge(i, order[back], day)
		}
		doc := answers[i].Doc
		for _, j := range inDoc[doc][max(0, len(inDoc[doc])-disputeFigures):] {
			c.judge(i, j, day)
		}
		inDoc[doc] = append(inDoc[doc], i)
	}
}

// day is the day for which an answer holds. What became of people is counted anew each day, of whatever day it is told: that of the
// article.
func (c *clashes) day(a measures.Answer) int {
	if d := c.Docs[a.Doc]; a.Grows() && d.Dated {
		return d.Day
	}
	return a.AsOfDay(c.Docs)
}

func (c *clashes) judge(i, j int, day []int) {
	x, y := c.measure.Answers[max(i, j)], c.measure.Answers[min(i, j)]
	if x.Doc != y.Doc && c.reportOf[x.Doc] == c.reportOf[y.Doc] && !measures.Slipped(x.Question, y.Question) || !excluding(x, y) || !c.rivals(x, y, day[i] == day[j]) {
		return
	}
	c.clashing[i], c.clashing[j] = true, true
	c.forest.Join(c.forest.Root(i), c.forest.Root(j))
}

// rivals says whether two answers that exclude each other are of two sides, and not a count and its part or a count and the next one: in
// one article of two speakers, unless it answers from both ends; of one speaker of one day, that is, by one of two articles that errs; of
// two days, and a count that grows, of none.
func (c *clashes) rivals(a, b measures.Answer, oneDay bool) bool {
	two := a.Voice >= 0 && b.Voice >= 0 && c.Cast.Relation(a.Voice, b.Voice) == speakers.OtherSpeaker && !c.Cast.OneSide(a.Voice, b.Voice)
	switch {
	case a.Doc == b.Doc:
		return two || a.Complement != b.Complement
	case oneDay:
		return true
	case a.Grows() || b.Grows():
		return false
	}
	return two
}

// dispute makes the row of answers that exclude each other.
func (c *clashes) dispute(group []int) {
	slices.SortStableFunc(group, func(i, j int) int {
		x, _ := c.measure.Answers[i].Bounds()
		y, _ := c.measure.Answers[j].Bounds()
		return cmp.Compare(x, y)
	})
	var sides [2][]string
	var values [2][]string
	docs := map[int]bool{}
	for _, i := range group {
		a := c.measure.Answers[i]
		k := 0
		if excluding(a, c.measure.Answers[group[0]]) {
			k = 1
		}
		docs[a.Doc] = true
		sides[k] = append(sides[k], a.ID)
		if v := a.Told(c.measure.Row.Unit); !slices.Contains(values[k], v) {
			values[k] = append(values[k], v)
		}
	}
	basis := fmt.Sprintf("%s: %s against %s", c.measure.Row.Label, strings.Join(values[0], ", "), strings.Join(values[1], ", "))
	if len(docs) == 1 {
		basis += ", inside one article"
	}
	c.add(onrecord.Figures, sides[0], sides[1], basis, 0.6)
}

// excluding says whether the values that two answers of a measure allow exclude each other. Polls and amounts that words leave open do not,
// nor what its own article says does not hold.
func excluding(a, b measures.Answer) bool {
	if a.Utterance >= 0 && a.Utterance == b.Utterance && !measures.Slipped(a.Question, b.Question) || a.Withdrawn || b.Withdrawn || a.Vague || b.Vague || a.Polled() && b.Polled() {
		return false
	}
	if _, _, ok := measures.InOneUnit(a.Question, b.Question); !ok || measures.Converts(a.Question, b.Question) {
		return false
	}
	b.Question = b.In(a.Unit)
	low, high := a.Bounds()
	l, h := b.Bounds()
	return (low > h || l > high) && !(a.Besides != b.Besides && math.Abs(a.Low-b.Low) == 1)
}
