package corpus

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/text"
)

// A Doc is a reading with what linking needs of it.
type Doc struct {
	*onrecord.Reading
	Text  string
	Words []Word
	Day   int // days since 1970 of publication; see dated
	Dated bool
	Next  bool   // of the period after the window's own
	At    string // when it was published, as the article says
	// Moment is where it stands in the order of documents: see [Moment].
	Moment int64
	// credit is what the article says of where it comes from.
	Credit credit
}

// canonical puts readings into the order that everything else relies on: those of unknown day first, then by publication to the second,
// then by id. A reading that comes twice counts once.
func canonical(own, next []*onrecord.Reading) []*Doc {
	docs := make([]*Doc, 0, len(own)+len(next))
	for i, r := range slices.Concat(own, next) {
		d := &Doc{Reading: r, Text: r.Article.Text, Next: i >= len(own), Moment: Moment(r.Article)}
		var day time.Time
		if day, d.Dated = r.Article.Published.Day(); d.Dated {
			d.Day = int(day.Unix() / (24 * 60 * 60))
			d.At = r.Article.Published.Value
		}
		docs = append(docs, d)
	}
	slices.SortFunc(docs, func(a, b *Doc) int {
		return cmp.Or(cmp.Compare(a.Moment, b.Moment), cmp.Compare(a.Article.ID, b.Article.ID))
	})
	return slices.CompactFunc(docs, func(a, b *Doc) bool { return a.Article.ID == b.Article.ID })
}

// Lower is a word as it is seen, in lower case.
func (d *Doc) Lower(w Word) string { return strings.ToLower(text.See(d.Text[w.Start:w.End]).Text) }

// Within are the words that begin in a span.
func (d *Doc) Within(span onrecord.Span) []Word {
	from := d.WordAt(span.Start)
	return d.Words[from:max(from, d.WordAt(span.End))]
}

// WordAt is the index of the first word that begins at a byte or behind it.
func (d *Doc) WordAt(b int) int {
	k, _ := slices.BinarySearchFunc(d.Words, int32(b), func(w Word, at int32) int { return cmp.Compare(w.Start, at) })
	return k
}

// Lead is the first paragraph of the news behind the title.
func (d *Doc) Lead() onrecord.Span {
	from := 0
	if t := d.Article.Title; t != "" && strings.HasPrefix(d.Text, t) {
		from = d.WordAt(len(t))
	}
	for from < len(d.Words) && d.Words[from].Is(Outside) {
		from++
	}
	to := from + 1
	for to < len(d.Words) && !d.Words[to].Is(paragraph) {
		to++
	}
	if from >= len(d.Words) || to > len(d.Words) {
		return onrecord.Span{}
	}
	return onrecord.Span{Start: int(d.Words[from].Start), End: int(d.Words[to-1].End)}
}

// Called is how a person is told which article is meant: its outlet and day, else its title or file.
func (d *Doc) Called() string {
	a := d.Article
	day := ""
	if d.At != "" {
		day = " of " + d.At[:min(len(d.At), len("2006-01-02"))]
	}
	switch {
	case a.Outlet != "":
		return a.Outlet + day
	case a.Title != "":
		return "“" + a.Title + "”" + day
	}
	return cmp.Or(a.ExternalID, a.File, "an article without a title") + day
}

// News is the document's words without its asides.
func (d *Doc) News() []Word {
	if !slices.ContainsFunc(d.Words, func(w Word) bool { return w.Is(Outside) }) {
		return d.Words
	}
	out := make([]Word, 0, len(d.Words))
	for _, w := range d.Words {
		if !w.Is(Outside) {
			out = append(out, w)
		}
	}
	return out
}

// Near says whether the documents were published at most so many days apart, as far as is known.
func Near(a, b *Doc, days int) bool {
	return !a.Dated || !b.Dated || max(a.Day-b.Day, b.Day-a.Day) <= days
}

// Apart is how far two numbers are apart.
func Apart(a, b int) int { return max(a-b, b-a) }

// Clip moves i, a place in s, back to the beginning of a rune; places past the end become the end.
func Clip(s string, i int) int {
	if i >= len(s) {
		return len(s)
	}
	for i > 0 && s[i]&0xC0 == 0x80 {
		i--
	}
	return i
}

// Plural is a number of things in words: "1 article", "2 articles".
func Plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// Kept are the members of a row, in canonical order, that are free: none where the first of them is not the window's own.
func Kept(members []int, free, own func(i int) bool) []int {
	out := members
	if slices.ContainsFunc(members, func(i int) bool { return !free(i) }) {
		out = slices.DeleteFunc(slices.Clone(members), func(i int) bool { return !free(i) })
	}
	if len(out) == 0 || !own(out[0]) {
		return nil
	}
	return out
}

// KeptDocs are those of documents that are kept.
func KeptDocs(docs []*Doc, members []int, claimed map[string]bool) []int {
	return Kept(members, func(i int) bool { return !claimed[docs[i].Article.ID] }, func(i int) bool { return !docs[i].Next })
}
