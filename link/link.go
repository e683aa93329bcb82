// Package link finds what holds across articles: copies and reports, stories, speakers, utterances with their drift, measures
// and disputes. Rows in, rows out; it keeps nothing. The same set of readings gives the same links, in whatever order they come.
package link

import (
	"cmp"
	"slices"
	"time"

	"onrecord"
)

// Version names the rules of this room: it changes whenever they do.
const Version = "1"

// A doc is a reading with what linking needs of it.
type doc struct {
	*onrecord.Reading
	text  string
	words []word
	day   int // days since 1970 of publication; see dated
	dated bool
	at    string // when it was published, as the article says, for order within a day
	// credit is what the article says of where it comes from.
	credit credit
}

// All links the readings. The result does not depend on their order, nor on workers (at least 1).
func All(readings []*onrecord.Reading, workers int) *onrecord.Links {
	docs := canonical(readings)
	parallel(len(docs), workers, func(i int) {
		docs[i].words = cut(docs[i].text, docs[i].Asides)
		docs[i].credit = creditOf(docs[i].Article)
	})
	v := newVocabulary()
	v.number(docs)
	markBoilerplate(docs, v)
	v.count(docs)
	v.settle()

	vectors := make([][]term, len(docs))
	parallel(len(docs), workers, func(i int) { vectors[i] = docs[i].terms(v) })
	near := neighbors(vectors, v, workers)
	groups := groupStories(docs, vectors, near)
	copies := findCopies(docs, v, near, groups, workers)
	links := &onrecord.Links{Model: Version, SpeakerOf: map[string]string{}}
	for _, c := range copies {
		links.Copies = append(links.Copies, c.row)
	}

	storyOf := make([]int, len(docs))
	for k, g := range groups {
		for _, i := range g {
			storyOf[i] = k
		}
	}
	names := newSynonyms(docs)
	speakers := findSpeakers(docs, storyOf, vectors, v, names)
	links.Speakers, links.SpeakerOf = speakers.rows()
	sayings, said := findSayings(docs, storyOf, names, speakers)
	utterances := findUtterances(docs, sayings, said, speakers, workers)
	utteranceOf := map[string]int{}
	for k, u := range utterances {
		links.Utterances = append(links.Utterances, u.row)
		for _, id := range u.row.Statements {
			utteranceOf[id] = k
		}
	}
	sameText := ties(docs, copies, groups)
	all := append(slices.Clone(sameText), briefings(docs, sayings, utterances, speakers)...)
	surestFirst(all)
	reports, reportOf := makeReports(docs, copies, all)
	links.Reports = reports
	links.Stories = makeStories(docs, vectors, v, groups, reportOf)
	measures := findMeasures(docs, findQuestions(docs, storyOf, names, said, utteranceOf, workers))
	for _, m := range measures {
		links.Measures = append(links.Measures, m.row)
	}
	links.Disputes = findDisputes(docs, sayings, said, speakers, utterances, measures, origins(len(docs), sameText))
	return links
}

// canonical puts readings into the order that everything else relies on: those of unknown day first, then by publication, then
// by id. A reading that comes twice counts once.
func canonical(readings []*onrecord.Reading) []*doc {
	docs := make([]*doc, 0, len(readings))
	for _, r := range readings {
		d := &doc{Reading: r, text: r.Article.Text}
		var day time.Time
		if day, d.dated = r.Article.Published.Day(); d.dated {
			d.day = int(day.Unix() / (24 * 60 * 60))
			d.at = r.Article.Published.Value
		}
		docs = append(docs, d)
	}
	slices.SortFunc(docs, func(a, b *doc) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.Article.ID, b.Article.ID))
	})
	return slices.CompactFunc(docs, func(a, b *doc) bool { return a.Article.ID == b.Article.ID })
}
