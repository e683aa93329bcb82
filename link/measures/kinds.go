package measures

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord/link/internal/set"
	"github.com/onrecord/onrecord/link/sayings"
	"github.com/onrecord/onrecord/reading/figure/unit"
)

// oneToll says whether two figures count what became of people in one way, one of them saying no more of whom than that they are people:
// "nine workers died", "the toll rose to 12". Of a part of those told of, it is not.
func oneToll(a, b *Question) bool {
	return a.toll && b.toll && a.Role == b.Role && (a.anybody || b.anybody) && !a.part && !b.part && a.story == b.story && a.chief && b.chief
}

// findChiefs tells of every toll whether it is the one that its article gives: of no special people where the article counts anybody
// besides ("55 people, nine children among them").
func findChiefs(qs []*Question) {
	type of struct {
		doc  int
		role string
	}
	anybody := map[of]bool{}
	for _, q := range qs {
		if q.toll && q.anybody && !q.part && !q.Withdrawn {
			anybody[of{q.Doc, q.Role}] = true
		}
	}
	for _, q := range qs {
		q.chief = q.toll && !q.part && (q.anybody || !anybody[of{q.Doc, q.Role}])
	}
}

const (
	spanCommon = 2 // words in common of two lengths of time that are equal
	spanOther  = 4 // and of two that are not
)

// spansRelated judges two lengths of time of one story: by what their sentences tell besides.
func spansRelated(a, b *Question, x, y unit.Value, v *sayings.Speech) (bond, bool) {
	if a.story != b.story || a.Doc == b.Doc {
		return bond{}, false
	}
	common := set.Common(slices.Concat(a.telling, a.places), slices.Concat(b.telling, b.places)) // a name that opens a sentence is told as a word
	need := spanOther
	if x.Low == y.Low && x.High == y.High {
		need = spanCommon
	}
	if len(common) < need {
		return bond{}, false
	}
	return bond{weight: float64(1 + len(common)), why: "one length of time in one story, with words in common: " + v.ShownWords(common)}, true
}

// standing says which of the values of a measure, in order of the days for which they hold, is the last, who gives it and since when, and
// which the record says do not hold.
func standing(r *sayings.Record, sorted []Answer, in string) []string {
	var out []string
	last, first := -1, -1
	values := map[float64]bool{}
	for k, a := range sorted {
		q := a.In(in)
		if q.Withdrawn {
			out = append(out, fmt.Sprintf("%s is withdrawn in %s", q.said(), r.Docs[q.Doc].Called()))
			continue
		}
		values[q.Low] = true
		if last < 0 || sorted[last].In(in).Low != q.Low {
			first = k
		}
		last = k
	}
	if len(values) < 2 || last < 0 || sorted[first].AsOfDay(r.Docs) == 0 {
		return out
	}
	a := sorted[first]
	who := ""
	if i := slices.IndexFunc(sorted[first:last+1], func(a Answer) bool { return a.Voice >= 0 }); i >= 0 {
		who = ", by " + r.Cast.Voices[sorted[first+i].Voice].Name
	}
	return append(out, fmt.Sprintf("%s is the last value, given since %s%s", a.In(in).said(), time.Unix(int64(a.AsOfDay(r.Docs))*24*60*60, 0).UTC().Format(time.DateOnly), who))
}

// Grows says whether the figure counts what became of people, which grows from day to day.
func (q *Question) Grows() bool { return q.toll }

// Polled says whether the figure is what people said who were asked.
func (q *Question) Polled() bool { return q.poll }

// Told is the value in a unit, seen from the measure's end, as it is told.
func (q Answer) Told(in string) string {
	if q.Complement {
		part := q.Low
		if q.Unit != "percent" {
			part *= 100
		}
		return Number(100-part) + " percent, by the rest"
	}
	return q.In(in).said()
}

// said is a value with its comparator and unit.
func (q *Question) said() string {
	s := strings.TrimPrefix(q.Comparator, "=") + Number(q.Low)
	if q.High != q.Low {
		s += " to " + Number(q.High)
	}
	return strings.TrimSpace(s + " " + q.Unit)
}
