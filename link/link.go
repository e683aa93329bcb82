// Package link finds what holds across articles: copies and reports, stories, speakers, utterances with their drift, measures
// and disputes. Rows in, rows out; it keeps nothing. The same set of readings gives the same links, in whatever order they come.
package link

import (
	_ "embed" // for version.txt
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/copies"
	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/disputes"
	"github.com/onrecord/onrecord/link/internal/set"
	"github.com/onrecord/onrecord/link/measures"
	"github.com/onrecord/onrecord/link/names"
	"github.com/onrecord/onrecord/link/reports"
	"github.com/onrecord/onrecord/link/sayings"
	"github.com/onrecord/onrecord/link/speakers"
	"github.com/onrecord/onrecord/link/stories"
	"github.com/onrecord/onrecord/link/utterances"
)

// Version names the rules of linking: a digest of the links of the invented articles, which a test of eval holds to what they are. It
// changes whenever the rules link those otherwise.
func Version() string { return "link-" + strings.TrimSpace(rowsDigest) }

//go:embed version.txt
var rowsDigest string

// VersionWith names the rules together with a table of speakers, which may be nil: it changes whenever either does.
func VersionWith(table *speakers.Table) string {
	if d := table.Digest(); d != "" {
		return Version() + " with table " + d
	}
	return Version()
}

// Window links the readings of a period, own, with one another and with later ones, next, and makes the rows of which the first member is
// the period's. Claimed is what the rows of earlier periods have of both; people is what people know and decided. The
// result does not depend on the order of readings, nor on workers (at least 1).
func Window(own, next []*onrecord.Reading, claimed Claimed, people People, workers int) *Rows {
	c := corpus.New(own, next, workers)
	c.Ruled = people.Rulings
	table := people.Table
	st := stories.Find(c)
	cs := withoutCopies(c, copies.Find(c, st, workers))
	known := names.New(c.Docs)
	cast := speakers.Find(c, st.Of, known, table)
	said := sayings.Find(c, st.Of, known, cast)
	us, leads := utterances.Find(said, claimed.Utterances, workers)
	rs := reports.Count(c, cs, st, said, us, claimed.Reports)
	ms := measures.Find(c, st.Of, said, us, claimed.Measures)

	rows := &Rows{Links: onrecord.Links{Model: VersionWith(table)}, Claimed: NewClaimed()}
	for _, x := range cs {
		if !c.Docs[min(x.Article, x.Origin)].Next {
			rows.Copies = append(rows.Copies, x.Row)
		}
	}
	rows.Reports = rs.Rows
	rows.Stories = st.Rows(c, claimed.Stories, rs.Of)
	for _, u := range us {
		rows.Utterances = append(rows.Utterances, u.Row)
	}
	for _, m := range ms {
		rows.Measures = append(rows.Measures, m.Row)
	}
	rows.Disputes = withoutDisputes(c.Ruled, disputes.Find(said, us, ms, rs.Text))
	rows.close(said, us, leads, claimed)
	return rows
}

// People is what people know and decided.
type People struct {
	Table   *speakers.Table // the speakers that are known; nil for none
	Rulings Rulings
}

// Rulings are what people decided of rows across articles; a [Ruling] is one.
type (
	Rulings = corpus.Rulings
	Ruling  = corpus.Ruling
)

// withoutCopies leaves out the copies that a person rejected.
func withoutCopies(c *corpus.Corpus, all []copies.Copy) []copies.Copy {
	rejected := c.Ruled.Of(onrecord.CopyKind)
	return slices.DeleteFunc(all, func(x copies.Copy) bool {
		return slices.ContainsFunc(rejected, func(r Ruling) bool {
			return slices.Contains(r.Members, x.Row.Article) && slices.Contains(r.Members, x.Row.Origin)
		})
	})
}

// withoutDisputes leaves out the disputes that a person rejected: of a kind, and with statements or figures of each of its sides on a side.
func withoutDisputes(ruled Rulings, all []onrecord.Dispute) []onrecord.Dispute {
	rejected := ruled.Of(onrecord.DisputeKind)
	return slices.DeleteFunc(all, func(d onrecord.Dispute) bool {
		return slices.ContainsFunc(rejected, func(r Ruling) bool {
			return r.Kinds == d.Kind && (set.Meet(d.Sides[0], r.Sides[0]) && set.Meet(d.Sides[1], r.Sides[1]) || set.Meet(d.Sides[0], r.Sides[1]) && set.Meet(d.Sides[1], r.Sides[0]))
		})
	})
}

// close leaves out what is not the period's own, puts speakers of one article in the place of those that are not united yet, and
// notes what is claimed of later articles.
func (rows *Rows) close(said *sayings.Record, us []utterances.Utterance, leads map[int][]onrecord.Lead, claimed Claimed) {
	docs, c := said.Docs, said.Cast
	own, next := members(docs)
	rows.Disputes = slices.DeleteFunc(rows.Disputes, func(d onrecord.Dispute) bool {
		members := slices.Concat(d.Sides[0], d.Sides[1])
		if slices.ContainsFunc(members, func(id string) bool { return next[id] }) {
			return !slices.ContainsFunc(members, func(id string) bool { return own[id] })
		}
		// What is claimed was disputed in an earlier window.
		return slices.ContainsFunc(members, func(id string) bool { return claimed.Utterances[id] || claimed.Measures[id] })
	})
	for k, u := range us {
		if u.Row.Speaker == "" {
			continue
		}
		row := &rows.Utterances[k]
		row.Speaker = ""
		for _, i := range u.Members {
			if s := said.Sayings[i]; row.Speaker == "" && s.Voice >= 0 && c.ID(s.Voice) == u.Row.Speaker {
				row.Speaker = s.Speaker
			}
		}
	}
	rows.Parts, rows.SpeakerOf, rows.Claimed.Names = c.Parts(leads, claimed.Names)
	take := func(of map[string]bool, members ...string) {
		for _, id := range members {
			if next[id] {
				of[id] = true
			}
		}
	}
	for i := range rows.Stories {
		take(rows.Claimed.Stories, rows.Stories[i].Articles...)
	}
	for i := range rows.Reports {
		take(rows.Claimed.Reports, rows.Reports[i].Articles...)
	}
	for i := range rows.Utterances {
		take(rows.Claimed.Utterances, rows.Utterances[i].Statements...)
	}
	for i := range rows.Measures {
		for _, a := range rows.Measures[i].Figures {
			take(rows.Claimed.Measures, a.Figure)
		}
	}
	rows.Claimed.noteMoments(docs)
}

// members are the articles, statements and figures of the period's own documents and of later ones, by id.
func members(docs []*corpus.Doc) (own, next map[string]bool) {
	own, next = map[string]bool{}, map[string]bool{}
	for _, d := range docs {
		in := own
		if d.Next {
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
	return own, next
}

// noteMoments notes the moments of the articles that claimed members are of.
func (t Claimed) noteMoments(docs []*corpus.Doc) {
	for _, d := range docs {
		if !d.Next {
			continue
		}
		note := func(id string) {
			if t.Names[id] != "" || t.Stories[id] || t.Reports[id] || t.Utterances[id] || t.Measures[id] {
				t.Moments[id] = d.Moment
			}
		}
		note(d.Article.ID)
		for k := range d.Statements {
			note(d.Statements[k].ID)
		}
		for k := range d.Figures {
			note(d.Figures[k].ID)
		}
		for k := range d.Speakers {
			note(d.Speakers[k].ID)
		}
	}
}
