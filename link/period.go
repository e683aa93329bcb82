package link

import (
	"maps"
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/speakers"
)

// A Period is a stretch of days, [From, From+Days) in days since 1970, whose articles are linked with one another and with those of
// the period after it. Articles of unknown day stand at the day Undated, before all others.
type Period struct{ From, Days int }

const (
	// Undated is the day of articles whose day is not known.
	Undated = -1 << 23
	// PeriodArticles is how many articles a period has at most, if it has more than the fewest days.
	PeriodArticles = 8192

	periodDays = 2       // the fewest days of a period, however many articles they have
	lastDay    = 1 << 22 // days that dates of four digits a year lie within, before and after 1970
)

// Day is the day of an article's publication as periods count it.
func Day(a *onrecord.Article) int {
	day, ok := a.Published.Day()
	if !ok {
		return Undated
	}
	return int(day.Unix() / (24 * 60 * 60))
}

// Holds says whether a day is in the period.
func (p Period) Holds(day int) bool { return p.From <= day && day < p.From+p.Days }

// Periods cuts time into periods by the number of articles of each day, in the order of time: one for all where there are at most
// so many; else one for the articles of unknown day, and halves of time, halved again while they have more than so many. Periods
// are a function of these numbers, and an article more changes no other period than its own.
func Periods(articles map[int]int, most int) []Period {
	days := slices.Sorted(maps.Keys(articles))
	n := 0
	for _, k := range articles {
		n += k
	}
	if n == 0 {
		return nil
	}
	if n <= most {
		return []Period{{Undated, lastDay - Undated}}
	}
	var out []Period
	if days[0] == Undated {
		out, days = append(out, Period{Undated, 1}), days[1:]
	}
	var halve func(p Period, days []int)
	halve = func(p Period, days []int) {
		n := 0
		for _, d := range days {
			n += articles[d]
		}
		switch {
		case n == 0:
		case n <= most || p.Days <= periodDays:
			out = append(out, p)
		default:
			middle := p.From + p.Days/2
			at, _ := slices.BinarySearch(days, middle)
			halve(Period{p.From, p.Days / 2}, days[:at])
			halve(Period{middle, p.Days / 2}, days[at:])
		}
	}
	halve(Period{-lastDay, 2 * lastDay}, days)
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
	articles, byDay := map[int]int{}, map[int][]*onrecord.Reading{}
	seen := make(map[string]bool, len(readings))
	for _, r := range readings {
		if d := Day(r.Article); !seen[r.Article.ID] {
			seen[r.Article.ID] = true
			articles[d]++
			byDay[d] = append(byDay[d], r)
		}
	}
	links := &onrecord.Links{Model: Version(), SpeakerOf: map[string]string{}}
	var parts []speakers.Part
	periods := Periods(articles, most)
	_ = Fold(periods, workers, func(p Period) (own []*onrecord.Reading, err error) {
		for _, d := range slices.Sorted(maps.Keys(byDay)) {
			if p.Holds(d) {
				own = append(own, byDay[d]...)
			}
		}
		return own, nil
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
