package link

import (
	"cmp"
	"maps"
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/speakers"
)

// A Period is a stretch of moments, [From, To), whose articles are linked with one another and with later ones that are alike: see [Later].
type Period struct{ From, To int64 }

// Sizes say how time is cut: into one period where there are at most Whole articles, else into periods of at most Period.
type Sizes struct{ Whole, Period int }

// Usual are the sizes that ledgers have. A period of any size costs what its articles and the later ones cost that it is linked with; in
// one that is small less is alike by chance, and what an article more makes anew is less.
func Usual() Sizes { return Sizes{Whole: 8192, Period: 512} }

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
// one for all where
// these are few; else halves of time, halved again while they have too many, those of unknown day apart. Periods are a function of the articles' moments, and an article more changes no other period than its own.
func Periods(stretches []Stretch, sizes Sizes) []Stretch {
	n := 0
	for _, s := range stretches {
		n += s.Articles
	}
	if n == 0 {
		return nil
	}
	if n <= sizes.Whole {
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
		case n <= sizes.Period || p.To-p.From == 1:
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
	// Claimed are the members of these rows that belong to later periods, whose own rows leave them out.
	Claimed Claimed
}

// Claimed are the members that rows of periods have from later ones: the ids of articles in stories and in reports, of statements in
// utterances, of figures in measures; the names by which speakers of later articles are known; and of each the article's moment.
type Claimed struct {
	Stories, Reports, Utterances, Measures map[string]bool
	Names                                  map[string]string
	Moments                                map[string]int64
}

// NewClaimed claims nothing.
func NewClaimed() Claimed {
	return Claimed{map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]string{}, map[string]int64{}}
}

// add adds what a later period claims. The name that the first gives a speaker holds.
func (t Claimed) add(u Claimed) {
	maps.Copy(t.Stories, u.Stories)
	maps.Copy(t.Reports, u.Reports)
	maps.Copy(t.Utterances, u.Utterances)
	maps.Copy(t.Measures, u.Measures)
	for speaker, name := range u.Names {
		if t.Names[speaker] == "" {
			t.Names[speaker] = name
		}
	}
}

// All links the readings. The result does not depend on their order, nor on workers (at least 1).
func All(readings []*onrecord.Reading, workers int) *onrecord.Links {
	return all(readings, workers, Usual())
}

func all(readings []*onrecord.Reading, workers int, sizes Sizes) *onrecord.Links {
	shelf := newShelf(readings)
	links := &onrecord.Links{Model: Version(), SpeakerOf: map[string]string{}}
	var parts []speakers.Part
	periods := Periods(Stretches(shelf.moments), sizes)
	if len(periods) > 1 {
		shelf.index()
	}
	claimed := NewClaimed()
	for _, p := range periods {
		var next []*onrecord.Reading
		later, _ := Later(shelf, p.Period, sizes) // a shelf does not fail
		for _, m := range later {
			next = append(next, shelf.of(Period{m, m + 1})...)
		}
		rows := Window(shelf.of(p.Period), next, claimed, People{}, workers)
		claimed.add(rows.Claimed)
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
	}
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
