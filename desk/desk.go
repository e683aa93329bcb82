// Package desk answers for a draft: for each quotation and each attributed statement in it, what the record holds. The draft never
// enters the ledger, and nothing here says true or false: only whether the words stand in the record, who is said there to have
// said them, in how many articles that go back to how many reports, and with which figures.
//
// The record's statements that come into question are found by full text search; how the draft's words differ from theirs, and
// whether two names are one speaker, is for link to say, to which the draft's statement is one more rendition.
package desk

import (
	"cmp"
	"context"
	"slices"
	"sort"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/text"
)

// A Reader is what the desk asks of a ledger: [ledger.Ledger] is one.
type Reader interface {
	Search(ctx context.Context, q ledger.SearchQuery) ([]ledger.Hit, error)
	Article(ctx context.Context, id string) (*ledger.ArticleView, error)
	Articles(ctx context.Context, ids []string) ([]ledger.ArticleRow, error)
	Row(ctx context.Context, id string) (*ledger.StoryView, error)
	Status(ctx context.Context) (ledger.Status, error)
}

// Verdicts on the words of a draft.
const (
	Verbatim    = "verbatim"          // the same words; marks, case, and "%" for "percent" aside
	Altered     = "altered"           // the same thing said, in words that Changes lists
	Paraphrased = "paraphrased"       // outside quotation marks: the same thing said, in other words, with nothing that Changes would list
	Missing     = "not in the record" // neither the words nor a rendition of them were found
)

// How the draft's speaker stands to the record's.
const (
	SameSpeaker      = "same"
	DifferentSpeaker = "different"
	UnclearSpeaker   = "not known to be the same" // one may speak for the other
	UnsureSpeaker    = "not certain in the record"
	UnnamedSpeaker   = "unnamed in the record"
	BothUnnamed      = "unnamed in both"
	NoSpeaker        = "not named in the draft"
)

// An Answer is what the record holds of one quotation or statement of a draft. Spans are half-open, in Unicode code points.
type Answer struct {
	Words   string `json:"words"`             // of the draft
	Span    [2]int `json:"span"`              // in the draft, from the first to the last of Words
	Quoted  bool   `json:"quoted"`            // in quotation marks, or partly
	Speaker string `json:"speaker,omitempty"` // to whom the draft gives it; empty where nobody is named
	Stance  string `json:"stance"`            // of the draft: "asserts", "denies", ...

	Verdict string   `json:"verdict"`           // Verbatim, Altered, Paraphrased, Missing
	Changes []Change `json:"changes,omitempty"` // against the first of Passages
	// LeftOut is what the record's statement says before and behind the words that the draft quotes of it.
	LeftOut *Context `json:"left_out,omitempty"`

	SpeakerIs    string   `json:"speaker_is,omitempty"`    // SameSpeaker, ...; empty where nothing was found
	Speakers     []string `json:"speakers,omitempty"`      // to whom the record gives it, sorted; "" stands for somebody unnamed
	RecordStance string   `json:"record_stance,omitempty"` // of the first passage

	Figures []Figure `json:"figures,omitempty"` // of the draft's statement

	// Articles hold a rendition; they go back to so many independent Reports. One report only, in however many articles, is one
	// origin: newsrooms as a rule ask for two that are independent of each other. Reports is nil where that is not known: articles were
	// read that are not linked yet.
	Articles int       `json:"articles"`
	Reports  *int      `json:"reports"`
	First    *Passage  `json:"first,omitempty"`    // the rendition published first, of those whose day is known
	Passages []Passage `json:"passages,omitempty"` // what the verdict rests on, nearest first; for Missing, what comes nearest

	// Cited are the ids and addresses of articles that are cited for the words: passages of no others count. Elsewhere says that none of
	// these has them, and that the answer is of other articles.
	Cited     []string `json:"cited,omitempty"`
	Elsewhere bool     `json:"elsewhere,omitempty"`
}

// A Change is what the draft changed. Kind is one of the kinds of drift ("comparator", "number", "hedge", ...), as link finds them
// between renditions; Record and Draft are words, "" where one has none.
type Change struct {
	Kind   string `json:"kind"`
	Record string `json:"record"`
	Draft  string `json:"draft"`
}

// Context is the words around a quotation.
type Context struct {
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
}

// A Passage is where the record holds words.
type Passage struct {
	Article   string `json:"article"`
	Statement string `json:"statement,omitempty"` // empty where the words stand in no statement
	Outlet    string `json:"outlet,omitempty"`
	Title     string `json:"title,omitempty"`
	Published string `json:"published,omitempty"` // ISO 8601; empty when not known
	Speaker   string `json:"speaker,omitempty"`
	// SpeakerConfidence is how sure the record is of Speaker.
	SpeakerConfidence float64 `json:"speaker_confidence,omitempty"`

	Stance string `json:"stance,omitempty"`
	Words  string `json:"words"`
	Span   [2]int `json:"span"` // in the article
	Path   string `json:"path"` // of the page that shows it
}

// Clear says that nothing about the answer needs a look: the words are the record's, or outside quotation marks a rendition of
// them; nobody is named who is another in the record, or unnamed, or not certain, or not said to have said it; stance and figures are the record's.
func (a *Answer) Clear() bool {
	if a.Verdict != Verbatim && a.Verdict != Paraphrased || a.StanceDiffers() || a.Elsewhere {
		return false
	}
	switch a.SpeakerIs {
	case DifferentSpeaker, UnsureSpeaker, UnnamedSpeaker:
		return false
	case "":
		if a.Speaker != "" {
			return false
		}
	}
	return !slices.ContainsFunc(a.Figures, func(f Figure) bool { return f.Is == ComparatorChanged || f.Is == NumberChanged })
}

// StanceDiffers says that what the record has as a denial is none in the draft, or the other way round.
func (a *Answer) StanceDiffers() bool {
	return a.RecordStance != "" && (a.RecordStance == onrecord.Denies) != (a.Stance == onrecord.Denies)
}

// OneOrigin says that all articles that hold a rendition go back to one report.
func (a *Answer) OneOrigin() bool { return a.Verdict != Missing && a.Reports != nil && *a.Reports == 1 }

// Check answers for every quotation and attributed statement of a draft, in the order of the draft. What a quotation itself
// reports is part of the quotation; a word or two in quotation marks that nobody is said to have said is no quotation; who declines
// to comment, or "denies this", says no words to look for. An article of the ledger that has the draft's own text is no witness to it, and
// a doubtful statement of the record is none: its words stand in the article, said by nobody.
func Check(ctx context.Context, r Reader, draft *onrecord.Reading) ([]Answer, error) {
	d, err := newDesk(ctx, r, draft)
	if err != nil {
		return nil, err
	}
	var answers []Answer
	for _, c := range d.claims() {
		a, err := d.answer(ctx, &c)
		if err != nil {
			return nil, err
		}
		a.Span = d.place(&c)
		answers = append(answers, *a)
	}
	return answers, nil
}

func newDesk(ctx context.Context, r Reader, draft *onrecord.Reading) (*desk, error) {
	status, err := r.Status(ctx)
	if err != nil {
		return nil, err
	}
	return &desk{Reader: r, linked: status.Linked, draft: newPaper(draft), papers: map[string]*paper{}}, nil
}

// place is where the words of a claim stand in the draft, in code points.
func (d *desk) place(c *claim) [2]int {
	if d.runes == nil {
		d.runes = text.NewOffsets(d.draft.doc.Text)
	}
	at := extent(c.statement.Content)
	return [2]int{d.runes.Rune(at.Start), d.runes.Rune(at.End)}
}

// A desk is one draft with the articles that were taken out for it.
type desk struct {
	Reader
	linked bool // the record knows which articles go back to one report
	draft  *paper
	papers map[string]*paper
	runes  *text.Offsets
	layer  *english.Layer // of the draft, once it is needed
}

// A claim is a statement of the draft, or a quotation that stands in none.
type claim struct {
	statement onrecord.Statement
	speaker   *onrecord.Speaker // nil when not resolved
	parts     []onrecord.Span   // what must stand in the record word for word: its quotations, else all of it
	quoted    bool
}

// claims are what the draft is answered for, in text order.
func (d *desk) claims() []claim {
	r := d.draft.reading
	speakers := map[string]*onrecord.Speaker{}
	for i := range r.Speakers {
		speakers[r.Speakers[i].ID] = &r.Speakers[i]
	}
	quotations := slices.DeleteFunc(slices.Clone(d.draft.doc.Quotations), func(q text.Quotation) bool { return q.Depth > 0 })
	taken := make([]bool, len(quotations))
	var list []claim
	for _, s := range r.Statements {
		if len(s.Content) == 0 {
			continue
		}
		c := claim{statement: s, speaker: speakers[s.Speaker], parts: quotedParts(s.Content, quotations, taken)}
		if c.quoted = len(c.parts) > 0; !c.quoted {
			c.parts = s.Content
		}
		if d.draft.apart[s.ID] || s.Stance == onrecord.Declines || len(d.draft.within(c.parts)) == 0 || !c.quoted && len(d.telling(&c)) == 0 {
			continue
		}
		list = append(list, c)
	}
	for i, q := range quotations {
		if at := []onrecord.Span{q.Inner}; !taken[i] && !q.Scare && len(d.draft.within(at)) >= shortest {
			list = append(list, claim{statement: onrecord.Statement{Kind: onrecord.Direct, Stance: onrecord.Asserts, Content: at}, parts: at, quoted: true})
		}
	}
	slices.SortStableFunc(list, func(a, b claim) int {
		return cmp.Compare(a.statement.Content[0].Start, b.statement.Content[0].Start)
	})
	return list
}

// quotedParts are the parts of content in quotation marks, by the quotations that stand in none; it says in taken which these are.
func quotedParts(content []onrecord.Span, quotations []text.Quotation, taken []bool) (parts []onrecord.Span) {
	whole := extent(content)
	first := sort.Search(len(quotations), func(i int) bool { return quotations[i].Inner.End > whole.Start })
	for i := first; i < len(quotations) && quotations[i].Inner.Start < whole.End; i++ {
		q := quotations[i].Inner
		for _, at := range content {
			if q.Overlaps(at) {
				taken[i] = true
				parts = append(parts, onrecord.Span{Start: max(q.Start, at.Start), End: min(q.End, at.End)})
			}
		}
	}
	return parts
}

// shortest is how many words a quotation has that is said by nobody and still looked for.
const shortest = 4

// extent is the span from the first to the last of spans in text order.
func extent(spans []onrecord.Span) onrecord.Span {
	return onrecord.Span{Start: spans[0].Start, End: spans[len(spans)-1].End}
}

// wordsOf is the text of spans, parts joined by an ellipsis.
func wordsOf(text string, spans []onrecord.Span) string {
	var parts []string
	for _, s := range spans {
		parts = append(parts, strings.Join(strings.Fields(s.Of(text)), " "))
	}
	return strings.Join(parts, " … ")
}
