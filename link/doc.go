package link

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
)

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

// within are the words that begin in a span.
func (d *doc) within(span onrecord.Span) []word {
	from := d.wordAt(span.Start)
	return d.words[from:max(from, d.wordAt(span.End))]
}

// wordAt is the index of the first word that begins at a byte or behind it.
func (d *doc) wordAt(b int) int {
	k, _ := slices.BinarySearchFunc(d.words, int32(b), func(w word, at int32) int { return cmp.Compare(w.start, at) })
	return k
}

// lead is the first paragraph of the news behind the title.
func (d *doc) lead() onrecord.Span {
	from := 0
	if t := d.Article.Title; t != "" && strings.HasPrefix(d.text, t) {
		from = d.wordAt(len(t))
	}
	for from < len(d.words) && d.words[from].is(outside) {
		from++
	}
	to := from + 1
	for to < len(d.words) && !d.words[to].is(paragraph) {
		to++
	}
	if from >= len(d.words) || to > len(d.words) {
		return onrecord.Span{}
	}
	return onrecord.Span{Start: int(d.words[from].start), End: int(d.words[to-1].end)}
}

// called is how a person is told which article is meant: its outlet and day, else its title or file.
func (d *doc) called() string {
	a := d.Article
	day := ""
	if d.at != "" {
		day = " of " + d.at[:min(len(d.at), len("2006-01-02"))]
	}
	switch {
	case a.Outlet != "":
		return a.Outlet + day
	case a.Title != "":
		return "“" + a.Title + "”" + day
	}
	return cmp.Or(a.ExternalID, a.File, "an article without a title") + day
}

// news is the document's words without its asides.
func (d *doc) news() []word {
	if !slices.ContainsFunc(d.words, func(w word) bool { return w.is(outside) }) {
		return d.words
	}
	out := make([]word, 0, len(d.words))
	for _, w := range d.words {
		if !w.is(outside) {
			out = append(out, w)
		}
	}
	return out
}

// near says whether the documents were published at most so many days apart, as far as is known.
func near(a, b *doc, days int) bool {
	return !a.dated || !b.dated || max(a.day-b.day, b.day-a.day) <= days
}

func apart(a, b int) int { return max(a-b, b-a) }

// clip moves i, a place in s, back to the beginning of a rune; places past the end become the end.
func clip(s string, i int) int {
	if i >= len(s) {
		return len(s)
	}
	for i > 0 && s[i]&0xC0 == 0x80 {
		i--
	}
	return i
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// kept are the members of a row, in canonical order, that are free: none where the first of them is not the window's own.
func kept(members []int, free, own func(i int) bool) []int {
	out := members
	if slices.ContainsFunc(members, func(i int) bool { return !free(i) }) {
		out = slices.DeleteFunc(slices.Clone(members), func(i int) bool { return !free(i) })
	}
	if len(out) == 0 || !own(out[0]) {
		return nil
	}
	return out
}

// keptDocs are those of documents that are kept.
func keptDocs(docs []*doc, members []int, taken map[string]bool) []int {
	return kept(members, func(i int) bool { return !taken[docs[i].Article.ID] }, func(i int) bool { return !docs[i].next })
}
