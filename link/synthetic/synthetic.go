// Package synthetic makes up coverage of any size, the same at every time, with the rows that a reading of it would have: for tests and
// for measuring.
package synthetic

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
)

// Synthetic coverage: invented events in invented words, reported by agencies, by papers that copy them whole or cut, and by papers
// that write for themselves. Every day of it is a function of the day; more articles are more days, at the same number a day.
const (
	Daily         = 400   // articles a day
	EventArticles = 5     // articles on one event, on the average
	wordsMost     = 40000 // distinct words
	namesMost     = 60000 // distinct names
	// Persons, organisations and states that are spoken of, on all events: a few of them far more often than the others.
	figuresMost, bodiesMost, statesMost = 4000, 2000, 150
)

// An Inventor makes up words and coverage.
type Inventor struct {
	*rand.Rand
	words []string
	Names []string // distinct ones, of one word each
}

// New is an inventor. Every one makes up the same.
func New() *Inventor {
	v := &Inventor{Rand: rand.New(rand.NewPCG(31, 8))}
	v.words, v.Names = v.invent(wordsMost), v.invent(namesMost)
	for i, n := range v.Names {
		v.Names[i] = strings.ToUpper(n[:1]) + n[1:]
	}
	return v
}

// invent makes up so many distinct words of two to four syllables.
func (v *Inventor) invent(n int) []string {
	heads := strings.Fields("b br d dr f fl g gr h k kl l m n p pr r s sk sl st t tr v w")
	vowels := strings.Fields("a e i o u ea ou")
	tails := strings.Fields("l m n r s t nd rk st")
	seen := map[string]bool{}
	var out []string
	for len(out) < n {
		w := ""
		for range 2 + v.IntN(3) {
			w += heads[v.IntN(len(heads))] + vowels[v.IntN(len(vowels))]
		}
		if w += tails[v.IntN(len(tails))]; !seen[w] {
			seen[w] = true
			out = append(out, w)
		}
	}
	return out
}

// word is a word by its rank, common ones far more often (Zipf 1935).
func (v *Inventor) word() string {
	return v.words[int(math.Exp(v.Float64()*math.Log(wordsMost)))-1]
}

func (v *Inventor) name() string { return v.Names[v.IntN(len(v.Names))] }

// An event is what articles report.
type event struct {
	day     int
	place   string
	topic   []string
	people  []string
	states  []string
	sayings []string
	named   []onrecord.Speaker // who is spoken of
	toll    int
}

func (v *Inventor) event(day int) *event {
	e := &event{day: day, place: v.name(), toll: 2 + v.IntN(90)}
	for range 30 {
		e.topic = append(e.topic, v.words[200+v.IntN(wordsMost-200)])
	}
	for range 3 {
		e.people = append(e.people, v.name()+" "+v.name())
		e.states = append(e.states, v.Names[v.IntN(150)])
	}
	for range 6 {
		e.sayings = append(e.sayings, v.clause(e, 14))
	}
	// An article speaks of seven without giving them a word, as articles of basil do: about half of them persons.
	for k := range 2 {
		e.named = append(e.named, onrecord.Speaker{Kind: onrecord.Person, Name: v.name() + " " + v.name(), Roles: []string{e.topic[k] + " minister"}})
		figure := v.often(figuresMost)
		e.named = append(e.named, onrecord.Speaker{Kind: onrecord.Person, Name: v.Names[figure] + " " + v.Names[2*figure+1]})
		e.named = append(e.named, onrecord.Speaker{Kind: onrecord.Organisation, Name: v.Names[v.often(bodiesMost)] + " Council"})
		state := v.Names[v.often(statesMost)]
		e.named = append(e.named, onrecord.Speaker{Kind: onrecord.State, Name: state, State: state})
	}
	_, family, _ := strings.Cut(e.named[0].Name, " ")
	e.named = append(e.named, onrecord.Speaker{Kind: onrecord.Person, Name: family})
	return e
}

// often is a number under n, small ones far more often.
func (v *Inventor) often(n int) int { return int(math.Exp(v.Float64()*math.Log(float64(n)))) - 1 }

var small = strings.Fields("the the the of of a in to and that is for on with as was by at from it had his they not this has are were but which or an be have their its")

// clause is words of an event.
func (v *Inventor) clause(e *event, n int) string {
	out := make([]string, n)
	for i := range out {
		switch r := v.IntN(20); {
		case r < 8:
			out[i] = small[v.IntN(len(small))]
		case r < 13:
			out[i] = e.topic[v.IntN(len(e.topic))]
		case r < 14:
			out[i] = e.place
		default:
			out[i] = v.word()
		}
	}
	return strings.Join(out, " ")
}

// A page is a text as it grows, with its rows.
type page struct {
	strings.Builder
	reading *onrecord.Reading
}

// names writes a sentence that names somebody, with the row.
func (p *page) names(who onrecord.Speaker, then string) {
	p.WriteString("It came before ")
	who.Spans = []onrecord.Span{p.span(who.Name)}
	p.WriteString(" " + then + ". ")
	who.Confidence = 1
	p.reading.Speakers = append(p.reading.Speakers, who)
}

func (p *page) span(s string) onrecord.Span {
	from := p.Len()
	p.WriteString(s)
	return onrecord.Span{Start: from, End: p.Len()}
}

// says writes a quotation or a paraphrase with its rows; rowsOf gives them their ids.
func (p *page) says(who, what string, quoted bool) {
	s := onrecord.Statement{Kind: onrecord.Indirect, Stance: onrecord.Asserts, Confidence: 1, Speaker: who}
	if quoted {
		s.Kind = onrecord.Direct
		p.WriteString("“")
	}
	s.Content = []onrecord.Span{p.span(what)}
	if quoted {
		p.WriteString(",”")
	}
	p.WriteString(" ")
	s.Source = []onrecord.Span{p.span(who)}
	p.WriteString(" ")
	s.Cue = []onrecord.Span{p.span("said")}
	p.WriteString(". ")
	p.reading.Statements = append(p.reading.Statements, s)
}

// write is an article of an event in words of its own, but for what was said.
func (v *Inventor) write(e *event) *page {
	p := &page{reading: &onrecord.Reading{}}
	for k := range 7 {
		p.WriteString(v.clause(e, 18) + ". ")
		if k%2 == 0 {
			i := v.IntN(len(e.sayings))
			p.says(e.people[i%len(e.people)], e.sayings[i], i%3 > 0)
		}
		if k == 1 {
			f := onrecord.Figure{Low: float64(e.toll), High: float64(e.toll), Comparator: "=", Thing: "people", Role: "killed"}
			f.Span = p.span(strconv.Itoa(e.toll))
			p.WriteString(" ")
			f.ThingSpan = p.span("people")
			p.WriteString(" were killed in " + e.place + ". ")
			p.reading.Figures = append(p.reading.Figures, f)
		}
		if k == 3 {
			f := onrecord.Figure{Low: float64(10 + e.toll), High: float64(10 + e.toll), Comparator: ">", Unit: "percent", ShareOf: "raids"}
			p.WriteString("More than ")
			f.Span = p.span(strconv.Itoa(10+e.toll) + " percent")
			p.WriteString(" of ")
			f.ThingSpan = p.span(e.states[0] + "'s raids")
			p.WriteString(" were against the " + e.topic[0] + " " + e.topic[1] + ". ")
			p.reading.Figures = append(p.reading.Figures, f)
		}
		who := e.named[k]
		if k == 6 && v.IntN(2) == 0 {
			who = e.named[7+v.IntN(2)]
		}
		p.names(who, v.clause(e, 4))
		if k%3 == 2 {
			p.WriteString("\n\n")
		}
	}
	return p
}

// Coverage is the readings of so many articles, Daily a day.
func (v *Inventor) Coverage(n int) []*onrecord.Reading {
	var out []*onrecord.Reading
	for day := 0; len(out) < n; day++ {
		out = append(out, v.Day(day, min(Daily, n-len(out)))...)
	}
	return out
}

// First is the day before all coverage.
var First = time.Date(2031, 1, 1, 0, 0, 0, 0, time.UTC)

// Day is the readings of a day with so many articles. Events go on: some have articles on the next day too.
func (v *Inventor) Day(day, articles int) []*onrecord.Reading {
	v.Rand = rand.New(rand.NewPCG(31, uint64(day)))
	out := make([]*onrecord.Reading, 0, articles)
	for len(out) < articles {
		e := v.event(day)
		var first *page
		for k := range 1 + v.IntN(2*EventArticles-1) {
			if len(out) == articles {
				break
			}
			p, outlet := v.write(e), v.Names[200+v.IntN(120)]+" Post"
			copied := first != nil && v.IntN(2) == 0
			if copied {
				p = first
			}
			text := p.String()
			if first == nil {
				first, outlet = p, "Reuters"
			}
			a := &onrecord.Article{ExternalID: fmt.Sprintf("s%d-%d", day, len(out)), Outlet: outlet, Text: text}
			a.Published = onrecord.Published{Value: First.Add(time.Duration(24*e.day+5*k) * time.Hour).Format(time.RFC3339), Precision: "second", Basis: "given"}
			keep := len(text)
			if copied && v.IntN(2) == 0 { // cut behind a paragraph
				keep = len(text) * 2 / 3
				if i := strings.LastIndex(text[:keep], "\n\n"); i > 0 {
					keep = i
				}
				a.Text = text[:keep]
			}
			a.ID = onrecord.ArticleID(a)
			out = append(out, rowsOf(a, p.reading, keep))
		}
	}
	return out
}

// rowsOf is the rows that stand before a byte of the article, with their ids.
func rowsOf(a *onrecord.Article, rows *onrecord.Reading, keep int) *onrecord.Reading {
	r := &onrecord.Reading{Article: a}
	speakers := map[string]string{}
	for k, s := range rows.Statements {
		if s.Cue[0].End > keep {
			break
		}
		if speakers[s.Speaker] == "" {
			speakers[s.Speaker] = onrecord.NewID(onrecord.SpeakerKind, a.ID, s.Speaker)
			r.Speakers = append(r.Speakers, onrecord.Speaker{ID: speakers[s.Speaker], Article: a.ID, Name: s.Speaker, Kind: onrecord.Person, Confidence: 1})
		}
		s.ID, s.Article, s.Speaker = onrecord.NewID(onrecord.StatementKind, a.ID, strconv.Itoa(k)), a.ID, speakers[s.Speaker]
		r.Statements = append(r.Statements, s)
	}
	for k, s := range rows.Speakers {
		if s.Spans[0].End > keep {
			break
		}
		s.ID, s.Article = onrecord.NewID(onrecord.SpeakerKind, a.ID, strconv.Itoa(k), s.Name), a.ID
		r.Speakers = append(r.Speakers, s)
	}
	for k, f := range rows.Figures {
		if max(f.Span.End, f.ThingSpan.End) > keep {
			break
		}
		f.ID, f.Article = onrecord.NewID(onrecord.FigureKind, a.ID, strconv.Itoa(k)), a.ID
		r.Figures = append(r.Figures, f)
	}
	return r
}

// Moved is a reading as that of another article with its text: the rows with ids of their own.
func Moved(r *onrecord.Reading, to *onrecord.Article) *onrecord.Reading {
	out := &onrecord.Reading{Article: to, Model: r.Model}
	fresh := map[string]string{}
	id := func(old string) string {
		if old == "" {
			return ""
		}
		if fresh[old] == "" {
			fresh[old] = onrecord.NewID(old[:1], to.ID, old)
		}
		return fresh[old]
	}
	for _, s := range r.Speakers {
		s.ID, s.Article = id(s.ID), to.ID
		out.Speakers = append(out.Speakers, s)
	}
	for _, s := range r.Statements {
		s.ID, s.Article, s.Speaker, s.Parent, s.Denied = id(s.ID), to.ID, id(s.Speaker), id(s.Parent), id(s.Denied)
		out.Statements = append(out.Statements, s)
	}
	for _, f := range r.Figures {
		f.ID, f.Article, f.Statement, f.ConversionOf = id(f.ID), to.ID, id(f.Statement), id(f.ConversionOf)
		out.Figures = append(out.Figures, f)
	}
	return out
}
