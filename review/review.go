// Package review says what a person's reviews make of rows. A review is a row of its own; the machine's row stays as it is. [Apply] makes
// of a machine's reading and the reviews of its rows the reading that holds, and [Rulings] says what is decided of rows across articles:
// both are pure functions, so that a new reading, or new links, have every review in them again.
//
// A review is tied to the passage of its row and not to the row's id alone: a row that another model finds at the passage, or that a new
// version of the article has in the same words, is the same row. Where the passage is no more, the review is kept and does not hold.
package review

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/text"
)

// What a person does with a row.
const (
	Accept  = "accept"  // the row is right
	Reject  = "reject"  // there is no such row
	Correct = "correct" // some fields of the row are wrong: after has the right ones
	Merge   = "merge"   // two rows across articles are one
	Split   = "split"   // some members of a row across articles are a row of their own
	Undo    = "undo"    // of a review: it does not hold any more
	Comment = "comment" // a remark that changes nothing
)

// Actions are all of them.
func Actions() []string { return []string{Accept, Correct, Reject, Merge, Split, Undo, Comment} }

// A Passage is words of an article, at code points [Start, End) of its text.
type Passage struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

// A Span of days, half-open: "2031-03-01"; "" for an end that is not known.
type Days struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// A Row is a row before a review, or those fields that the review gives it. The names are those of the export contract, where it has them.
type Row struct {
	Article string `json:"article,omitempty"` // of statements, figures and times; of an article itself its id

	// Of statements.
	Source      []Passage `json:"source,omitempty"`
	Cue         []Passage `json:"cue,omitempty"`
	Content     []Passage `json:"content,omitempty"`
	Kind        *string   `json:"kind,omitempty"` // of a dispute too
	Stance      *string   `json:"stance,omitempty"`
	Speaker     *string   `json:"speaker,omitempty"` // across articles, as it was called when the review was made
	SpeakerName *string   `json:"speaker_name,omitempty"`
	SpeakerKind *string   `json:"speaker_kind,omitempty"`
	Voice       *string   `json:"voice,omitempty"` // the speaker of the article who is that speaker, where there was one

	// Of figures, and of times its place.
	*Passage
	Low        *float64 `json:"low,omitempty"`
	High       *float64 `json:"high,omitempty"`
	Comparator *string  `json:"comparator,omitempty"`
	Unit       *string  `json:"unit,omitempty"`
	Thing      *string  `json:"thing,omitempty"`
	AsOf       *Days    `json:"as_of,omitempty"`

	// Of articles.
	Published *string `json:"published,omitempty"`
	Outlet    *string `json:"outlet,omitempty"`

	Confidence *float64 `json:"confidence,omitempty"` // the machine's

	// Of rows across articles: what they are made of.
	Members []string     `json:"members,omitempty"` // of both rows of a merge; of the new row of a split
	Names   []string     `json:"names,omitempty"`   // of merged speakers, each after its kind
	Sides   *[2][]string `json:"sides,omitempty"`
	With    string       `json:"with,omitempty"` // the other row of a merge
	Label   string       `json:"label,omitempty"`
}

// JSON is the row as reviews have it.
func (r Row) JSON() string {
	b, err := json.Marshal(r)
	if err != nil { // strings and finite numbers always marshal
		panic(err)
	}
	return string(b)
}

// Read is the row that a review has in before or after; the zero row for "" and for what is none.
func Read(s string) (r Row) {
	if json.Unmarshal([]byte(s), &r) != nil {
		return Row{}
	}
	return r
}

// Article is the article that a review is tied to: "" for a review of a row across articles, and for an undo.
func Article(v *onrecord.Review) string {
	if len(v.Row) == 0 || !slices.Contains([]string{onrecord.ArticleKind, onrecord.StatementKind, onrecord.FigureKind, onrecord.TimeKind}, v.Row[:1]) {
		return ""
	}
	return Read(v.Before).Article
}

// InForce are the reviews that hold of a list, the oldest first: without those that were undone, and without the undoing. Of equal
// instants the order of the list counts.
func InForce(list []onrecord.Review) []onrecord.Review {
	sorted := slices.Clone(list)
	slices.SortStableFunc(sorted, func(a, b onrecord.Review) int { return a.At.Compare(b.At) })
	undone := map[string]bool{}
	for _, v := range slices.Backward(sorted) {
		if v.Action == Undo && !undone[v.ID] {
			undone[v.Row] = true
		}
	}
	return slices.DeleteFunc(sorted, func(v onrecord.Review) bool { return undone[v.ID] || v.Action == Undo })
}

// Passages are spans of a text as reviews have them.
func Passages(t string, spans []onrecord.Span) []Passage {
	if len(spans) == 0 {
		return nil
	}
	o := text.NewOffsets(t)
	list := make([]Passage, len(spans))
	for i, s := range spans {
		list[i] = Passage{o.Rune(s.Start), o.Rune(s.End), s.Of(t)}
	}
	return list
}

// OfStatement is a statement of an article's text, before a review. The speaker is the one of the reading.
func OfStatement(s *onrecord.Statement, t string, speaker *onrecord.Speaker) Row {
	r := Row{
		Article: s.Article, Source: Passages(t, s.Source), Cue: Passages(t, s.Cue), Content: Passages(t, s.Content),
		Kind: &s.Kind, Stance: &s.Stance, Confidence: &s.Confidence,
	}
	if speaker != nil {
		r.SpeakerName, r.SpeakerKind, r.Voice = &speaker.Name, &speaker.Kind, &speaker.ID
	}
	return r
}

// OfFigure is a figure of an article's text, before a review.
func OfFigure(f *onrecord.Figure, t string) Row {
	r := Row{
		Article: f.Article, Passage: &Passages(t, []onrecord.Span{f.Span})[0], Low: &f.Low, High: &f.High, Comparator: &f.Comparator, Unit: &f.Unit, Thing: &f.Thing,
		Confidence: &f.Confidence,
	}
	if f.AsOf.Known() {
		r.AsOf = &Days{dayOf(f.AsOf.From), dayOf(f.AsOf.To)}
	}
	return r
}

// OfArticle is an article before a review.
func OfArticle(a *onrecord.Article) Row {
	return Row{Article: a.ID, Published: &a.Published.Value, Outlet: &a.Outlet, Label: a.Title}
}

func dayOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// ID is the id of a review that has none, from its content.
func ID(v *onrecord.Review) string {
	return onrecord.NewID(onrecord.ReviewKind, v.Row, v.Action, v.By, v.Why, strconv.FormatInt(v.At.UnixMicro(), 10), v.Before, v.After)
}

// A Change is one field that a correction changes, in words.
type Change struct{ Field, Before, After string }

// Changes are the fields that a correction changes, and what a merge or split is of.
func Changes(v *onrecord.Review) (list []Change) {
	b, a := Read(v.Before), Read(v.After)
	add := func(field, before, after string) { list = append(list, Change{field, before, after}) }
	texts := func(field string, before, after *string) {
		if after != nil {
			old := ""
			set(&old, before)
			add(field, old, *after)
		}
	}
	texts("speaker", b.SpeakerName, a.SpeakerName)
	texts("stance", b.Stance, a.Stance)
	texts("kind", b.Kind, a.Kind)
	if a.Source != nil {
		add("source", Words(b.Source), Words(a.Source))
	}
	if a.Content != nil {
		add("content", Words(b.Content), Words(a.Content))
	}
	if a.Low != nil || a.High != nil {
		add("value", Amount(&b), Amount(&a))
	}
	texts("comparator", b.Comparator, a.Comparator)
	texts("unit", b.Unit, a.Unit)
	texts("thing", b.Thing, a.Thing)
	if a.AsOf != nil {
		old := ""
		if b.AsOf != nil {
			old = b.AsOf.From
		}
		add("as of", old, a.AsOf.From)
	}
	texts("day", b.Published, a.Published)
	texts("outlet", b.Outlet, a.Outlet)
	switch v.Action {
	case Merge:
		add("merged with", "", cmp.Or(a.Label, a.With))
	case Split:
		add("split off", "", strings.Join(a.Members, ", "))
	}
	return list
}

// Words are the words of passages, with an ellipsis between them.
func Words(list []Passage) string {
	texts := make([]string, len(list))
	for i, p := range list {
		texts[i] = p.Text
	}
	return strings.Join(texts, " … ")
}

// Amount is the value of a figure, or of what is corrected of it.
func Amount(r *Row) string {
	switch {
	case r.Low == nil && r.High == nil:
		return ""
	case r.Low == nil:
		return "up to " + strconv.FormatFloat(*r.High, 'g', -1, 64)
	case r.High == nil || *r.High == *r.Low:
		return strconv.FormatFloat(*r.Low, 'g', -1, 64)
	}
	return strconv.FormatFloat(*r.Low, 'g', -1, 64) + "–" + strconv.FormatFloat(*r.High, 'g', -1, 64)
}
