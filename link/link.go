// Package link finds what holds across articles: copies and reports, stories, speakers, utterances with their drift, measures
// and disputes. Rows in, rows out; it keeps nothing. The same set of readings gives the same links, in whatever order they come.
package link

import (
	_ "embed" // for version.txt
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
)

// Version names the rules of linking: a digest of the links of the invented articles, which a test of eval holds to what they are. It
// changes whenever the rules link those otherwise.
func Version() string { return "link-" + strings.TrimSpace(rowsDigest) }

//go:embed version.txt
var rowsDigest string

// VersionWith names the rules together with a table of speakers, which may be nil: it changes whenever either does.
func VersionWith(table *Table) string {
	if d := table.Digest(); d != "" {
		return Version() + " with table " + d
	}
	return Version()
}

// Window links the readings of a period, own, with one another and with those of the period after it, next, and makes the rows of which
// the first member is the period's. Taken is what the rows of the period before have of it; table is the speakers that are known, nil
// for none. The result does not depend on the order of readings, nor on workers (at least 1).
func Window(own, next []*onrecord.Reading, taken Taken, table *Table, workers int) *Rows {
	in := New(own, next, workers)
	docs := in.docs
	groups := groupStories(docs, in.vectors, in.near)
	copies := findCopies(docs, in.words, in.near, groups, workers)
	rows := &Rows{Links: onrecord.Links{Model: VersionWith(table)}, Taken: NewTaken()}
	for _, c := range copies {
		if !docs[min(c.article, c.origin)].next {
			rows.Copies = append(rows.Copies, c.row)
		}
	}

	storyOf := make([]int, len(docs))
	for k, g := range groups {
		for _, i := range g {
			storyOf[i] = k
		}
	}
	names := newSynonyms(docs)
	speakers := findSpeakers(docs, storyOf, in.vectors, in.words, names, table)
	sayings, said := findSayings(docs, storyOf, names, speakers)
	utterances := findUtterances(docs, sayings, said, speakers, taken.Utterances, workers)
	leads := findLeads(docs, sayings, utterances, speakers)
	utteranceOf := map[string]int{}
	for k, u := range utterances {
		rows.Utterances = append(rows.Utterances, u.row)
		for _, id := range u.row.Statements {
			utteranceOf[id] = k
		}
	}
	sameText := ties(docs, copies, groups)
	all := append(slices.Clone(sameText), briefings(docs, sayings, utterances, speakers)...)
	surestFirst(all)
	reports, reportOf := makeReports(docs, copies, all, taken.Reports)
	rows.Reports = reports
	rows.Stories = makeStories(docs, in.vectors, in.words, groups, taken.Stories, reportOf)
	measures := findMeasures(docs, findQuestions(docs, storyOf, names, said, utteranceOf, workers), said, taken.Measures)
	for _, m := range measures {
		rows.Measures = append(rows.Measures, m.row)
	}
	rows.Disputes = findDisputes(docs, sayings, said, speakers, utterances, measures, origins(len(docs), sameText))
	rows.close(docs, speakers, leads, sayings, utterances, taken)
	return rows
}

// close leaves out what is not the period's own, puts speakers of one article in the place of those that are not united yet, and
// notes what is taken of the next period.
func (rows *Rows) close(docs []*doc, c *cast, leads map[int][]onrecord.Lead, sayings []*saying, us []utterance, taken Taken) {
	own, next := map[string]bool{}, map[string]bool{} // articles, statements, figures
	for _, d := range docs {
		in := own
		if d.next {
			in = next
		}
		in[d.Article.ID] = true
		for k := range d.Statements {
			in[d.Statements[k].ID] = true
		}
		for k := range d.Figures {
			in[d.Figures[k].ID] = true
		}
	}
	rows.Disputes = slices.DeleteFunc(rows.Disputes, func(d onrecord.Dispute) bool {
		members := slices.Concat(d.Sides[0], d.Sides[1])
		if slices.ContainsFunc(members, func(id string) bool { return next[id] }) {
			return !slices.ContainsFunc(members, func(id string) bool { return own[id] })
		}
		// What is taken was disputed in the window before, where all of it stood.
		return slices.ContainsFunc(members, func(id string) bool { return taken.Utterances[id] || taken.Measures[id] })
	})
	for k, u := range us {
		if u.row.Speaker == "" {
			continue
		}
		said := &rows.Utterances[k]
		said.Speaker = ""
		for _, i := range u.members {
			if s := sayings[i]; said.Speaker == "" && s.voice >= 0 && c.id(s.voice) == u.row.Speaker {
				said.Speaker = s.Speaker
			}
		}
	}
	rows.Parts, rows.SpeakerOf, rows.Taken.Names = c.parts(leads, taken.Names)
	take := func(of map[string]bool, members ...string) {
		for _, id := range members {
			if next[id] {
				of[id] = true
			}
		}
	}
	for i := range rows.Stories {
		take(rows.Taken.Stories, rows.Stories[i].Articles...)
	}
	for i := range rows.Reports {
		take(rows.Taken.Reports, rows.Reports[i].Articles...)
	}
	for i := range rows.Utterances {
		take(rows.Taken.Utterances, rows.Utterances[i].Statements...)
	}
	for i := range rows.Measures {
		for _, a := range rows.Measures[i].Figures {
			take(rows.Taken.Measures, a.Figure)
		}
	}
}
