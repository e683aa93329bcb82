package ledgertest

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
)

// Invented coverage: deterministic articles with rows of every kind, and links across them. The rows are made up rather than
// read: the ledger keeps what it is given.

var (
	inventedPeople  = []string{"Orla Venn", "Tomas Quill", "Ines Maro", "Bram Oster", "Lía Förde"}
	inventedOutlets = []string{"Harbour Post", "Valley Wire", "The Lantern", ""}
	inventedThings  = []string{"ferries", "bridges", "households", "lamps"}
)

// Invent is reading n. Its words, people and figures repeat in other readings, so that links have something to hold.
func Invent(n int) *onrecord.Reading {
	person, thing := inventedPeople[n%len(inventedPeople)], inventedThings[n%len(inventedThings)]
	number := 10 + n%7
	title := fmt.Sprintf("%s speaks of %d %s", person, number, thing)
	quote := fmt.Sprintf("“More than %d %s were lost”", number, thing)
	first := fmt.Sprintf("%s, %s said on Monday, the %dth part of it.", quote, person, n)
	second := fmt.Sprintf("A senior port official denied this, café owners in tow. Photo: agency %d", n)
	text := title + "\n\n" + first + "\n\n" + second
	a := &onrecord.Article{
		ExternalID: "item-" + strconv.Itoa(n), Outlet: inventedOutlets[n%len(inventedOutlets)], Title: title, Byline: "Staff", Language: "en", Text: text, File: "news.jsonl", Line: n + 1,
		Published: onrecord.Published{Value: time.Date(2031, 3, 1+n%28, 0, 0, 0, 0, time.UTC).Format(time.DateOnly), Precision: "day", Basis: "given"},
	}
	switch n % 3 {
	case 0:
		a.URL = "https://news.example/" + strconv.Itoa(n)
	case 1:
		a.Published = onrecord.Published{}
	}
	a.ID = onrecord.ArticleID(a)
	return inventedReading(a, person, thing, quote, number)
}

func inventedReading(a *onrecord.Article, person, thing, quote string, number int) *onrecord.Reading {
	find := func(s string) onrecord.Span {
		i := strings.Index(a.Text, s)
		if i < 0 {
			panic("the invented text does not hold " + s)
		}
		return onrecord.Span{Start: i, End: i + len(s)}
	}
	id := func(kind, what string) string { return onrecord.NewID(kind, a.ID, what) }
	day := time.Date(2031, 2, 27, 0, 0, 0, 0, time.UTC)
	body := strings.Index(a.Text, quote)
	who := onrecord.Span{Start: body + len(quote) + len(", "), End: body + len(quote) + len(", ") + len(person)}
	speaker := onrecord.Speaker{
		ID: id(onrecord.SpeakerKind, person), Article: a.ID, Name: person, Kind: onrecord.Person, Aliases: []string{strings.Fields(person)[1]},
		Roles: []string{"harbour master"}, Spans: []onrecord.Span{who}, Confidence: .9,
		Learned: []onrecord.Alias{{Name: person, Alias: "the master", Article: a.ID, Span: who}},
	}
	official := onrecord.Speaker{ID: id(onrecord.SpeakerKind, "official"), Article: a.ID, Name: "A senior port official", Kind: onrecord.Unnamed, Spans: []onrecord.Span{find("A senior port official")}, Unnamed: []string{onrecord.Official}, Anonymity: []onrecord.Span{find("Monday")}, Confidence: .5}
	said := onrecord.Statement{
		ID: id(onrecord.StatementKind, "said"), Article: a.ID, Kind: onrecord.Direct, Source: []onrecord.Span{who}, Cue: []onrecord.Span{find("said")},
		Content: []onrecord.Span{find(quote), find("part of it")}, Speaker: speaker.ID, SpeakerConfidence: .875, Addressee: []onrecord.Span{find("part of it")}, Relays: []string{"Valley Wire"}, Stance: onrecord.Asserts,
		Said: onrecord.Interval{From: day, To: day.AddDate(0, 0, 1), Basis: "Monday"}, Confidence: .8125,
	}
	denied := onrecord.Statement{
		ID: id(onrecord.StatementKind, "denied"), Article: a.ID, Parent: said.ID, Kind: onrecord.Indirect, Source: official.Spans, Cue: []onrecord.Span{find("denied")},
		Content: []onrecord.Span{find("this")}, Speaker: official.ID, Stance: onrecord.Denies, Denied: said.ID, Confidence: 1. / 3,
	}
	span := find(strconv.Itoa(number) + " " + thing + " were")
	span.End -= len(" were")
	return &onrecord.Reading{
		Article: a, Model: "invented-1", Statements: []onrecord.Statement{said, denied}, Speakers: []onrecord.Speaker{speaker, official},
		Figures: []onrecord.Figure{{
			ID: id(onrecord.FigureKind, "lost"), Article: a.ID, Span: span, Low: float64(number), High: float64(number) + .1, Comparator: ">", Change: "up", Unit: "percent", Thing: thing,
			ThingSpan: onrecord.Span{Start: span.End - len(thing), End: span.End}, ShareOf: "all " + thing, Role: "lost", AsOf: onrecord.Interval{To: day, Basis: "Monday"}, Vague: true,
			Statement: said.ID, Confidence: .7,
		}},
		Times: []onrecord.Time{{
			ID: id(onrecord.TimeKind, "Monday"), Article: a.ID, Span: find("Monday"), Timex: "2031-02-27", Interval: onrecord.Interval{From: day, To: day.AddDate(0, 0, 1), Basis: "Monday"},
			Grain: "day", Kind: "date", Basis: "published", Confidence: .6,
		}},
		Asides: []onrecord.Aside{{Span: find("Photo: agency"), Kind: "credit"}},
	}
}

// InventLinks links invented readings: a story and a measure for each thing, a speaker for each person.
func InventLinks(readings []*onrecord.Reading) *onrecord.Links {
	links := &onrecord.Links{Model: "links-1", SpeakerOf: map[string]string{}}
	sorted := append([]*onrecord.Reading(nil), readings...)
	sort.Slice(sorted, func(i, j int) bool { return sorted[i].Article.ID < sorted[j].Article.ID })
	things := map[string][]*onrecord.Reading{}
	people := map[string][]*onrecord.Reading{}
	for _, r := range sorted {
		things[r.Figures[0].Thing] = append(things[r.Figures[0].Thing], r)
		people[r.Speakers[0].Name] = append(people[r.Speakers[0].Name], r)
	}
	for _, thing := range inventedThings {
		list := things[thing]
		if len(list) == 0 {
			continue
		}
		story := onrecord.Story{ID: onrecord.NewID(onrecord.StoryKind, thing), Title: "The lost " + thing, Reports: 1, Basis: []string{"shared words"}}
		report := onrecord.Report{ID: onrecord.NewID(onrecord.ReportKind, thing), Origin: list[0].Article.ID, Basis: []string{"credit line"}}
		measure := onrecord.Measure{ID: onrecord.NewID(onrecord.MeasureKind, thing), Label: "lost " + thing, Unit: "percent", Confidence: .4}
		dispute := onrecord.Dispute{ID: onrecord.NewID(onrecord.DisputeKind, thing), Kind: onrecord.Denial, Basis: "denied", Confidence: .3}
		for i, r := range list {
			if d, known := r.Article.Published.Day(); known {
				if story.First.IsZero() || d.Before(story.First) {
					story.First = d
				}
				if d.After(story.Last) {
					story.Last = d
				}
			}
			story.Articles = append(story.Articles, r.Article.ID)
			report.Articles = append(report.Articles, r.Article.ID)
			measure.Figures = append(measure.Figures, onrecord.MeasurePoint{Figure: r.Figures[0].ID, Complement: i%2 == 1})
			dispute.Sides[0] = append(dispute.Sides[0], r.Statements[0].ID)
			dispute.Sides[1] = append(dispute.Sides[1], r.Statements[1].ID)
			if i > 0 {
				links.Copies = append(links.Copies, onrecord.Copy{
					ID: onrecord.NewID(onrecord.CopyKind, r.Article.ID), Article: r.Article.ID, Origin: list[0].Article.ID, Kind: onrecord.PartialCopy, Share: .25,
					Passages: []onrecord.Aligned{{Span: onrecord.Span{Start: 0, End: 9}, Origin: onrecord.Span{Start: 2, End: 11}}, {Span: onrecord.Span{Start: 12, End: 20}, Origin: onrecord.Span{Start: 15, End: 23}}},
					Basis:    []string{"shared passages"}, Confidence: .9,
				})
			}
		}
		links.Stories = append(links.Stories, story)
		links.Reports = append(links.Reports, report)
		links.Measures = append(links.Measures, measure)
		links.Disputes = append(links.Disputes, dispute)
	}
	for _, person := range inventedPeople {
		list := people[person]
		if len(list) == 0 {
			continue
		}
		speaker := onrecord.Speaker{
			ID: onrecord.NewID(onrecord.SpeakerKind, person), Name: person, Kind: onrecord.Person, Aliases: []string{strings.Fields(person)[1]}, Confidence: .9,
			ExternalID: "X-" + person, Basis: []string{"one name"}, Leads: []onrecord.Lead{{Speaker: onrecord.NewID(onrecord.SpeakerKind, "other"), Basis: []string{"the same words"}, Confidence: .3}},
			Tenures: []onrecord.Tenure{{Role: "harbour master", From: time.Date(2031, 3, 1, 0, 0, 0, 0, time.UTC), Basis: "1 article"}},
		}
		utterance := onrecord.Utterance{ID: onrecord.NewID(onrecord.UtteranceKind, person), Speaker: speaker.ID, Wording: "lost", Basis: []string{"same words"}, Confidence: .2}
		for _, r := range list {
			links.SpeakerOf[r.Speakers[0].ID] = speaker.ID
			utterance.Statements = append(utterance.Statements, r.Statements[0].ID)
			utterance.Drift = append(utterance.Drift, onrecord.Drift{Statement: r.Statements[0].ID, Kind: onrecord.DriftNumber, From: "ten", To: "eleven"})
		}
		links.Speakers = append(links.Speakers, speaker)
		links.Utterances = append(links.Utterances, utterance)
	}
	return links
}
