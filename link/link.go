// Package link finds what holds across articles: copies and reports, stories, speakers, utterances with their drift, measures
// and disputes. Rows in, rows out; it keeps nothing. The same set of readings gives the same links, in whatever order they come.
package link

import (
	"cmp"
	_ "embed" // for version.txt
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
)

// Version names the rules of linking: a digest of the links of the invented articles, which a test of eval holds to what they are. It
// changes whenever the rules link those otherwise.
func Version() string { return "link-" + strings.TrimSpace(rowsDigest) }

//go:embed version.txt
var rowsDigest string

// A doc is a reading with what linking needs of it.
type doc struct {
	*onrecord.Reading
	text  string
	words []word
	day   int // days since 1970 of publication; see dated
	dated bool
	next  bool   // of the period after the window's own
	at    string // when it was published, as the article says, for order within a day
	// credit is what the article says of where it comes from.
	credit credit
}

// Window links the readings of a period, own, with one another and with those of the period after it, next, and makes the rows of which
// the first member is the period's. Taken is what the rows of the period before have of it. The result does not depend on the order
// of readings, nor on workers (at least 1).
func Window(own, next []*onrecord.Reading, taken Taken, workers int) *Rows {
	return (*Table)(nil).Window(own, next, taken, workers)
}

// Window links as [Window] does, with the speakers that the table knows.
func (t *Table) Window(own, next []*onrecord.Reading, taken Taken, workers int) *Rows {
	docs := canonical(own, next)
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
	rows := &Rows{Links: onrecord.Links{Model: t.Version()}, Taken: NewTaken()}
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
	speakers := findSpeakers(docs, storyOf, vectors, v, names, t)
	sayings, said := findSayings(docs, storyOf, names, speakers)
	utterances := findUtterances(docs, sayings, said, speakers, taken.Utterances, workers)
	speakers.findLeads(docs, sayings, utterances)
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
	rows.Stories = makeStories(docs, vectors, v, groups, taken.Stories, reportOf)
	measures := findMeasures(docs, findQuestions(docs, storyOf, names, said, utteranceOf, workers), said, taken.Measures)
	for _, m := range measures {
		rows.Measures = append(rows.Measures, m.row)
	}
	rows.Disputes = findDisputes(docs, sayings, said, speakers, utterances, measures, origins(len(docs), sameText))
	rows.close(docs, speakers, sayings, utterances, taken)
	return rows
}

// close leaves out what is not the period's own, puts speakers of one article in the place of those that are not united yet, and
// notes what is taken of the next period.
func (rows *Rows) close(docs []*doc, c *cast, sayings []*saying, us []utterance, taken Taken) {
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
	rows.Parts, rows.SpeakerOf, rows.Taken.Names = c.parts(taken.Names)
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

// canonical puts readings into the order that everything else relies on: those of unknown day first, then by publication, then
// by id. A reading that comes twice counts once.
func canonical(own, next []*onrecord.Reading) []*doc {
	docs := make([]*doc, 0, len(own)+len(next))
	for i, r := range slices.Concat(own, next) {
		d := &doc{Reading: r, text: r.Article.Text, next: i >= len(own)}
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
