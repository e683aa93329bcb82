package link

import (
	"cmp"
	"maps"
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/speakers"
)

// A Period is a stretch of moments, [From, To), whose articles are linked with one another and with those of the period after it.
type Period struct{ From, To int64 }

// PeriodArticles is how many articles a period has at most.
const PeriodArticles = 8192

// Always is the period that holds all articles, those of unknown day first.
var Always = Period{corpus.Undated * corpus.DayMoments, corpus.LastDay * corpus.DayMoments}

// Moment is where an article stands in the order of articles: its day, the second of the day, and the beginning of its id.
func Moment(a *onrecord.Article) int64 { return corpus.Moment(a) }

// Holds says whether a moment is in the period.
func (p Period) Holds(moment int64) bool { return p.From <= moment && moment < p.To }

// A Stretch is a period, or part of one, with the number of its articles.
type Stretch struct {
	Period
	Articles int
}

// Stretches are those of single moments, given in order.
func Stretches(moments []int64) []Stretch {
	var out []Stretch
	for _, m := range moments {
		if n := len(out); n > 0 && out[n-1].From == m {
			out[n-1].Articles++
		} else {
			out = append(out, Stretch{Period{m, m + 1}, 1})
		}
	}
	return out
}

// Periods cuts time into periods, in order, given what is in stretches of it: single moments, or whole periods of a cut before. It is
// one for all where there are at most so many articles; else halves of time, halved again while they have more than so many, those of
// unknown day apart. Periods are a function of the articles' moments, and an article more changes no other period than its own.
func Periods(stretches []Stretch, most int) []Stretch {
	n := 0
	for _, s := range stretches {
		n += s.Articles
	}
	if n == 0 {
		return nil
	}
	if n <= most {
		return []Stretch{{Always, n}}
	}
	var out []Stretch
	var halve func(p Period, in []Stretch)
	halve = func(p Period, in []Stretch) {
		n := 0
		for _, s := range in {
			n += s.Articles
		}
		switch middle := p.From + (p.To-p.From)/2; {
		case n == 0:
		case n <= most || p.To-p.From == 1:
			out = append(out, Stretch{p, n})
		default:
			at, _ := slices.BinarySearchFunc(in, middle, func(s Stretch, m int64) int { return cmp.Compare(s.From, m) })
			halve(Period{p.From, middle}, in[:at])
			halve(Period{middle, p.To}, in[at:])
		}
	}
	const dated = -corpus.LastDay * corpus.DayMoments
	at, _ := slices.BinarySearchFunc(stretches, dated, func(s Stretch, m int64) int { return cmp.Compare(s.From, m) })
	halve(Period{Always.From, Always.From + corpus.DayMoments}, stretches[:at])
	halve(Period{dated, Always.To}, stretches[at:])
	return out
}

// Rows are the rows of one period: each of which the first member is the period's. Speakers are still parts, see [Unite]; until
// they are united, utterances and leads name a speaker of one article.
type Rows struct {
	onrecord.Links // without Speakers; SpeakerOf says the part of every speaker of the period's articles
	Parts          []speakers.Part
	// Claimed are the members of these rows that belong to the next period, whose own rows leave them out.
	Claimed Claimed
}

// Claimed are the members that rows of one period have from the next: the ids of articles in stories and in reports, of statements in
// utterances, of figures in measures; and the names by which speakers of its articles are known.
type Claimed struct {
	Stories, Reports, Utterances, Measures map[string]bool
	Names                                  map[string]string
}

// NewClaimed claims nothing.
func NewClaimed() Claimed {
	return Claimed{map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]string{}}
}

// Equal says whether both claim the same.
func (t Claimed) Equal(u Claimed) bool {
	return maps.Equal(t.Stories, u.Stories) && maps.Equal(t.Reports, u.Reports) && maps.Equal(t.Utterances, u.Utterances) &&
		maps.Equal(t.Measures, u.Measures) && maps.Equal(t.Names, u.Names)
}

// Fold links the readings of periods, one window after the other, and gives their rows away. Readings are asked for once a period.
func Fold(periods []Period, workers int, readings func(Period) ([]*onrecord.Reading, error), give func(Period, *Rows) error) error {
	claimed := NewClaimed()
	var own, next []*onrecord.Reading
	var err error
	for k, p := range periods {
		if k == 0 {
			own, err = readings(p)
		} else {
			own = next
		}
		next = nil
		if err == nil && k+1 < len(periods) {
			next, err = readings(periods[k+1])
		}
		if err != nil {
			return err
		}
		rows := Window(own, next, claimed, People{}, workers)
		claimed = rows.Claimed
		if err := give(p, rows); err != nil {
			return err
		}
	}
	return nil
}

// All links the readings. The result does not depend on their order, nor on workers (at least 1).
func All(readings []*onrecord.Reading, workers int) *onrecord.Links {
	return all(readings, workers, PeriodArticles)
}

func all(readings []*onrecord.Reading, workers, most int) *onrecord.Links {
	sorted := slices.Clone(readings)
	slices.SortStableFunc(sorted, func(a, b *onrecord.Reading) int { return cmp.Compare(Moment(a.Article), Moment(b.Article)) })
	moments := make([]int64, 0, len(sorted))
	seen := make(map[string]bool, len(sorted))
	for _, r := range sorted {
		if !seen[r.Article.ID] {
			seen[r.Article.ID] = true
			moments = append(moments, Moment(r.Article))
		}
	}
	links := &onrecord.Links{Model: Version(), SpeakerOf: map[string]string{}}
	var parts []speakers.Part
	var periods []Period
	for _, s := range Periods(Stretches(moments), most) {
		periods = append(periods, s.Period)
	}
	before := func(m int64) int {
		at, _ := slices.BinarySearchFunc(sorted, m, func(r *onrecord.Reading, m int64) int { return cmp.Compare(Moment(r.Article), m) })
		return at
	}
	_ = Fold(periods, workers, func(p Period) (own []*onrecord.Reading, err error) {
		return sorted[before(p.From):before(p.To)], nil
	}, func(_ Period, rows *Rows) error { // neither fails
		links.Copies = append(links.Copies, rows.Copies...)
		links.Reports = append(links.Reports, rows.Reports...)
		links.Stories = append(links.Stories, rows.Stories...)
		links.Utterances = append(links.Utterances, rows.Utterances...)
		links.Measures = append(links.Measures, rows.Measures...)
		links.Disputes = append(links.Disputes, rows.Disputes...)
		for speaker, part := range rows.SpeakerOf {
			links.SpeakerOf[speaker] = part
		}
		parts = append(parts, rows.Parts...)
		return nil
	})
	speakers, of := speakers.Unite(parts)
	links.Speakers = speakers
	for speaker, part := range links.SpeakerOf {
		links.SpeakerOf[speaker] = of[part]
	}
	for i := range links.Utterances {
		if u := &links.Utterances[i]; u.Speaker != "" {
			u.Speaker = links.SpeakerOf[u.Speaker]
		}
	}
	for i := range links.Speakers {
		for k := range links.Speakers[i].Leads {
			lead := &links.Speakers[i].Leads[k]
			lead.Speaker = links.SpeakerOf[lead.Speaker]
		}
	}
	if len(periods) > 1 {
		countReports(links)
	}
	return links
}

// countReports counts the reports of stories, where rows of several periods have come together.
func countReports(links *onrecord.Links) {
	reportOf := map[string]string{}
	for _, r := range links.Reports {
		for _, a := range r.Articles {
			reportOf[a] = r.ID
		}
	}
	for i := range links.Stories {
		s := &links.Stories[i]
		reports := map[string]bool{}
		for _, a := range s.Articles {
			reports[reportOf[a]] = true
		}
		s.Reports = len(reports)
	}
}
