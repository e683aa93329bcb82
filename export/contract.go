// Package export writes the ledger in the formats of the field. The rows of the export contract, as docs/export.schema.json
// describes them, are also what the API answers with.
package export

import (
	"encoding/json"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/text"
)

// The rows of the contract. Type comes first in each; what is not known is null. Spans are in Unicode code points.
type (
	// Span is a passage of an article's text.
	Span struct {
		Start int    `json:"start"`
		End   int    `json:"end"`
		Text  string `json:"text"`
	}

	// Published is when an article was published.
	Published struct {
		Value     string `json:"value"`
		Precision string `json:"precision"`
		Basis     string `json:"basis"`
	}

	// Interval is a half-open range of days or moments, ISO 8601 without a zone.
	Interval struct {
		From *string `json:"from"`
		To   *string `json:"to"`
	}

	// Said is when something was said, and on what that rests.
	Said struct {
		Interval
		Basis string `json:"basis"`
	}

	// Status comes first where the record is not whole: Linked is false then, and copies, reports, stories, speakers, utterances, measures
	// and disputes are not known for all articles.
	Status struct {
		Type   string `json:"type"`
		Linked bool   `json:"linked"`
	}

	// Article is an article without its text.
	Article struct {
		Type       string     `json:"type"`
		ID         string     `json:"id"`
		ExternalID *string    `json:"external_id"`
		URL        *string    `json:"url"`
		Outlet     *string    `json:"outlet"`
		Title      *string    `json:"title"`
		Byline     *string    `json:"byline"`
		Published  *Published `json:"published"`
		Language   *string    `json:"language"`
		SHA256     string     `json:"sha256"`
		Story      *string    `json:"story"`
		Report     *string    `json:"report"`
	}

	// Statement is one attribution.
	Statement struct {
		Type        string   `json:"type"`
		ID          string   `json:"id"`
		Article     string   `json:"article"`
		Parent      *string  `json:"parent"`
		Kind        string   `json:"kind"`
		Source      []Span   `json:"source"`
		Cue         []Span   `json:"cue"`
		Content     []Span   `json:"content"`
		Speaker     *string  `json:"speaker"`
		SpeakerName *string  `json:"speaker_name"`
		Named       bool     `json:"named"`
		Relays      []string `json:"relays"`
		Stance      string   `json:"stance"`
		Said        *Said    `json:"said"`
		Confidence  float64  `json:"confidence"`
		Utterance   *string  `json:"utterance"`
		// How sure the speaker is, by itself; to whom it was said; what an unnamed speaker is and the reason given for that.
		SpeakerConfidence *float64 `json:"speaker_confidence"`
		Addressee         []Span   `json:"addressee"`
		Unnamed           []string `json:"unnamed"`
		Anonymity         []Span   `json:"anonymity"`
		Denied            *string  `json:"denied"`
		Headline          bool     `json:"headline"`
	}

	// Figure is a number that counts or measures something.
	Figure struct {
		Type    string `json:"type"`
		ID      string `json:"id"`
		Article string `json:"article"`
		Span
		Low        float64   `json:"low"`
		High       float64   `json:"high"`
		Comparator string    `json:"comparator"`
		Change     *string   `json:"change"`
		Unit       string    `json:"unit"`
		Thing      *string   `json:"thing"`
		ShareOf    *string   `json:"share_of"`
		AsOf       *Interval `json:"as_of"`
		Vague      bool      `json:"vague"`
		Statement  *string   `json:"statement"`
		Confidence float64   `json:"confidence"`
		Measure    *string   `json:"measure"`
		// ConversionOf is the figure that this one gives again in another unit: the two are one figure.
		ConversionOf *string `json:"conversion_of"`
	}

	// Time is a time expression.
	Time struct {
		Type    string `json:"type"`
		ID      string `json:"id"`
		Article string `json:"article"`
		Span
		Timex string `json:"timex"`
		Interval
		Grain      *string `json:"grain"`
		Basis      string  `json:"basis"`
		Confidence float64 `json:"confidence"`
	}

	// Speaker is a speaker across articles, or somebody who is only spoken of: without statements.
	Speaker struct {
		Type    string   `json:"type"`
		ID      string   `json:"id"`
		Name    string   `json:"name"`
		Kind    string   `json:"kind"`
		Aliases []string `json:"aliases"`
		Roles   []string `json:"roles"`

		ExternalID *string  `json:"external_id"`
		Tenures    []Tenure `json:"tenures"`
		Leads      []Lead   `json:"leads"`
		Basis      []string `json:"basis"`

		Statements int `json:"statements"`
		Articles   int `json:"articles"`
		SpokenOf   int `json:"spoken_of"`
	}

	// Tenure is a role on the days from From to To, both included.
	Tenure struct {
		Role  string  `json:"role"`
		From  *string `json:"from"`
		To    *string `json:"to"`
		Basis string  `json:"basis"`
	}

	// Lead is who an unnamed speaker may be.
	Lead struct {
		Speaker    string   `json:"speaker"`
		Basis      []string `json:"basis"`
		Confidence float64  `json:"confidence"`
	}

	// Copy says how much of an article stands in its origin.
	Copy struct {
		Type     string    `json:"type"`
		Article  string    `json:"article"`
		Origin   string    `json:"origin"`
		Share    float64   `json:"share"`
		Passages []Aligned `json:"passages"`
		Basis    []string  `json:"basis"`
	}

	// Aligned is a passage of a copy and the one of its origin.
	Aligned struct {
		Start       int `json:"start"`
		End         int `json:"end"`
		OriginStart int `json:"origin_start"`
		OriginEnd   int `json:"origin_end"`
	}

	// Story is the articles on one event.
	Story struct {
		Type     string   `json:"type"`
		ID       string   `json:"id"`
		Title    string   `json:"title"`
		Articles []string `json:"articles"`
		Reports  int      `json:"reports"`
		First    *string  `json:"first"`
		Last     *string  `json:"last"`
	}

	// Utterance is one thing said, with its renditions.
	Utterance struct {
		Type       string   `json:"type"`
		ID         string   `json:"id"`
		Speaker    *string  `json:"speaker"`
		Wording    string   `json:"wording"`
		Statements []string `json:"statements"`
		First      *string  `json:"first"`
		Drift      []Drift  `json:"drift"`
		Basis      []string `json:"basis"`
	}

	// Drift is what one rendition changed.
	Drift struct {
		Statement string `json:"statement"`
		Kind      string `json:"kind"`
		From      string `json:"from"`
		To        string `json:"to"`
	}

	// Measure is a question that figures answer.
	Measure struct {
		Type    string         `json:"type"`
		ID      string         `json:"id"`
		Label   string         `json:"label"`
		Unit    string         `json:"unit"`
		Figures []MeasurePoint `json:"figures"`
		Basis   []string       `json:"basis"`
	}

	// MeasurePoint is a figure that answers a measure, as its complement or not.
	MeasurePoint struct {
		Figure     string `json:"figure"`
		Complement bool   `json:"complement"`
	}

	// Dispute is two sides of the record.
	Dispute struct {
		Type  string      `json:"type"`
		ID    string      `json:"id"`
		Kind  string      `json:"kind"`
		Sides [2][]string `json:"sides"`
		Basis string      `json:"basis"`
	}

	// Review is what a person said of a row.
	Review struct {
		Type   string          `json:"type"`
		ID     string          `json:"id"`
		Row    string          `json:"row"`
		Action string          `json:"action"`
		By     string          `json:"by"`
		At     string          `json:"at"`
		Why    string          `json:"why"`
		Before json.RawMessage `json:"before"`
		After  json.RawMessage `json:"after"`
	}
)

// A Text is an article's text that turns spans of bytes into spans of code points.
type Text struct {
	text    string
	offsets *text.Offsets
}

// NewText prepares the text of an article.
func NewText(s string) *Text { return &Text{s, text.NewOffsets(s)} }

// Span converts one span.
func (t *Text) Span(s onrecord.Span) Span {
	return Span{t.offsets.Rune(s.Start), t.offsets.Rune(s.End), s.Of(t.text)}
}

// Spans converts spans; never nil, so that none is [] in JSON.
func (t *Text) Spans(spans []onrecord.Span) []Span {
	out := make([]Span, len(spans))
	for i, s := range spans {
		out[i] = t.Span(s)
	}
	return out
}

// FromArticle converts an article.
func FromArticle(a *ledger.ArticleRow) Article {
	return Article{
		Type: "article", ID: a.ID, ExternalID: known(a.ExternalID), URL: known(a.URL), Outlet: known(a.Outlet),
		Title: known(a.Title), Byline: known(a.Byline), Published: published(a.Published), Language: known(a.Language),
		SHA256: onrecord.TextHash(a.Text), Story: known(a.Story), Report: known(a.Report),
	}
}

// FromStatement converts a statement of the article whose text is t.
func FromStatement(s *ledger.StatementRow, t *Text) Statement {
	out := Statement{
		Type: "statement", ID: s.ID, Article: s.Article, Parent: known(s.Parent), Kind: s.Kind,
		Source: t.Spans(s.Source), Cue: t.Spans(s.Cue), Content: t.Spans(s.Content),
		Speaker: known(s.Speaker), SpeakerName: known(s.SpeakerName), Named: s.Named, Relays: list(s.Relays),
		Stance: s.Stance, Confidence: s.Confidence, Utterance: known(s.Utterance),
		Addressee: t.Spans(s.Addressee), Unnamed: list(s.Unnamed), Anonymity: t.Spans(s.Anonymity), Denied: known(s.Denied), Headline: s.Headline,
	}
	if s.ArticleSpeaker != "" {
		out.SpeakerConfidence = &s.SpeakerConfidence
	}
	if s.Said.Known() {
		out.Said = &Said{*interval(s.Said), s.Said.Basis}
	}
	return out
}

// FromFigure converts a figure of the article whose text is t.
func FromFigure(f *ledger.FigureRow, t *Text) Figure {
	return Figure{
		Type: "figure", ID: f.ID, Article: f.Article, Span: t.Span(f.Span), Low: f.Low, High: f.High,
		Comparator: f.Comparator, Change: known(f.Change), Unit: f.Unit, Thing: known(f.Thing), ShareOf: known(f.ShareOf),
		AsOf: interval(f.AsOf), Vague: f.Vague, Statement: known(f.Statement), Confidence: f.Confidence, Measure: known(f.Measure),
		ConversionOf: known(f.ConversionOf),
	}
}

// FromTime converts a time expression of the article whose text is t.
func FromTime(x *onrecord.Time, t *Text) Time {
	out := Time{
		Type: "time", ID: x.ID, Article: x.Article, Span: t.Span(x.Span), Timex: x.Timex,
		Grain: known(x.Grain), Basis: x.Basis, Confidence: x.Confidence,
	}
	if i := interval(x.Interval); i != nil {
		out.Interval = *i
	}
	return out
}

// FromSpeaker converts a speaker across articles.
func FromSpeaker(s *ledger.SpeakerRow) Speaker {
	out := Speaker{
		Type: "speaker", ID: s.ID, Name: s.Name, Kind: s.Kind, Aliases: list(s.Aliases), Roles: list(s.Roles),
		ExternalID: known(s.ExternalID), Tenures: []Tenure{}, Leads: []Lead{}, Basis: list(s.Basis),
		Statements: s.Statements, Articles: s.Articles, SpokenOf: s.SpokenOf,
	}
	for _, t := range s.Tenures {
		out.Tenures = append(out.Tenures, Tenure{t.Role, moment(t.From), moment(t.To), t.Basis})
	}
	for _, l := range s.Leads {
		out.Leads = append(out.Leads, Lead{l.Speaker, list(l.Basis), l.Confidence})
	}
	return out
}

// FromCopy converts a copy; article and origin are the two texts.
func FromCopy(c *onrecord.Copy, article, origin *Text) Copy {
	out := Copy{Type: "copy", Article: c.Article, Origin: c.Origin, Share: c.Share, Passages: []Aligned{}, Basis: list(c.Basis)}
	for _, p := range c.Passages {
		out.Passages = append(out.Passages, Aligned{
			article.offsets.Rune(p.Span.Start), article.offsets.Rune(p.Span.End), origin.offsets.Rune(p.Origin.Start), origin.offsets.Rune(p.Origin.End),
		})
	}
	return out
}

// FromStory converts a story.
func FromStory(s *onrecord.Story) Story {
	return Story{
		Type: "story", ID: s.ID, Title: s.Title, Articles: list(s.Articles), Reports: s.Reports, First: moment(s.First), Last: moment(s.Last),
	}
}

// FromUtterance converts an utterance.
func FromUtterance(u *onrecord.Utterance) Utterance {
	out := Utterance{
		Type: "utterance", ID: u.ID, Speaker: known(u.Speaker), Wording: u.Wording, Statements: list(u.Statements),
		First: moment(u.First), Drift: []Drift{}, Basis: list(u.Basis),
	}
	for _, d := range u.Drift {
		out.Drift = append(out.Drift, Drift(d))
	}
	return out
}

// FromMeasure converts a measure.
func FromMeasure(m *onrecord.Measure) Measure {
	out := Measure{Type: "measure", ID: m.ID, Label: m.Label, Unit: m.Unit, Figures: []MeasurePoint{}, Basis: list(m.Basis)}
	for _, a := range m.Figures {
		out.Figures = append(out.Figures, MeasurePoint(a))
	}
	return out
}

// FromDispute converts a dispute.
func FromDispute(d *onrecord.Dispute) Dispute {
	return Dispute{Type: "dispute", ID: d.ID, Kind: d.Kind, Sides: [2][]string{list(d.Sides[0]), list(d.Sides[1])}, Basis: d.Basis}
}

// FromReview converts a review.
func FromReview(r *onrecord.Review) Review {
	return Review{
		Type: "review", ID: r.ID, Row: r.Row, Action: r.Action, By: r.By, At: r.At.UTC().Format(time.RFC3339Nano), Why: r.Why,
		Before: raw(r.Before), After: raw(r.After),
	}
}

// Review is the review of a row of the contract.
func (r *Review) Review() (onrecord.Review, error) {
	at, err := time.Parse(time.RFC3339, r.At)
	v := onrecord.Review{ID: r.ID, Row: r.Row, Action: r.Action, By: r.By, At: at.UTC(), Why: r.Why}
	if b := string(r.Before); b != "null" {
		v.Before = b
	}
	if a := string(r.After); a != "null" {
		v.After = a
	}
	return v, err
}

func known(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func list(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

func raw(s string) json.RawMessage {
	if s == "" {
		return json.RawMessage("null")
	}
	return json.RawMessage(s)
}

func published(p onrecord.Published) *Published {
	if p.Value == "" {
		return nil
	}
	out := Published(p)
	return &out
}

// interval is nil when neither end is known.
func interval(i onrecord.Interval) *Interval {
	if !i.Known() {
		return nil
	}
	return &Interval{moment(i.From), moment(i.To)}
}

// moment is a day where the time is midnight, else a moment; nil when unknown.
func moment(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	layout := time.DateOnly
	if t.Hour() != 0 || t.Minute() != 0 || t.Second() != 0 {
		layout = "2006-01-02T15:04:05"
	}
	s := t.UTC().Format(layout)
	return &s
}
