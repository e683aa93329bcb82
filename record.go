// Package onrecord holds the rows of the record and their ids: what every other room of Onrecord speaks in.
//
// The words are those of the field and of ARCHITECTURE.md. Inside Go every [Span] is in bytes of the article's text;
// export, API and pages turn spans into Unicode code points. The package depends on the standard library only.
package onrecord

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Span is a half-open range [Start, End) of bytes in an article's text, on rune boundaries.
type Span struct{ Start, End int }

// Len is the length of the span in bytes.
func (s Span) Len() int { return s.End - s.Start }

// Of is the text that the span covers.
func (s Span) Of(text string) string { return text[s.Start:s.End] }

// Overlaps says whether the two spans share at least one byte.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Contains says whether t lies wholly in s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// FormatSpans writes spans down: "3-9 12-20".
func FormatSpans(spans []Span) string {
	var b []byte
	for i, s := range spans {
		if i > 0 {
			b = append(b, ' ')
		}
		b = strconv.AppendInt(b, int64(s.Start), 10)
		b = append(b, '-')
		b = strconv.AppendInt(b, int64(s.End), 10)
	}
	return string(b)
}

// An Interval is the half-open range of time [From, To), in the place's own days, held as UTC. A zero end is not known.
// Basis says what it rests on, in words ("published", "Wednesday"); empty when nothing is known.
type Interval struct {
	From, To time.Time
	Basis    string
}

// Known says whether at least one end is known.
func (i Interval) Known() bool { return !i.From.IsZero() || !i.To.IsZero() }

// Published is when an article was published, as far as its source says. The zero value means that the record does not know.
type Published struct {
	Value     string // ISO 8601: "2015-10-08", "2015-10-08T14:30:00Z"
	Precision string // "second", "minute", "day", "month", "year"
	Basis     string // "given" (the input's own field), "page" (the page says so), "address" (the page's address), "text" (a line of the text), "dateline", "feed"
}

// Day is the day of publication at midnight UTC, and whether it is known to the day.
func (p Published) Day() (time.Time, bool) {
	if len(p.Value) < len(time.DateOnly) {
		return time.Time{}, false
	}
	t, err := time.Parse(time.DateOnly, p.Value[:len(time.DateOnly)])
	return t, err == nil
}

// An Article is one text by one outlet at one time, as it was received.
type Article struct {
	ID         string // see [ArticleID]
	ExternalID string // the id it came with
	URL        string
	Outlet     string
	Title      string
	Byline     string
	Published  Published
	Language   string // BCP 47; empty when not known
	Text       string // valid UTF-8, kept to the byte
	File       string // the file it came in, as named to read; "-" for standard input
	Line       int    // line in File of a JSON line, 0 otherwise
}

// Kinds of statements, by how much of the content stands in quotation marks.
const (
	Direct   = "direct"
	Mixed    = "mixed"
	Indirect = "indirect"
)

// Stances of a speaker to the content of a statement.
const (
	Asserts  = "asserts"
	Denies   = "denies"   // Content is what is denied, or says that it is not true: "the report was false"
	Declines = "declines" // to comment
	Asks     = "asks"
	Promises = "promises"
	Accuses  = "accuses"
	Believes = "believes" // reports belief or intention, refusal to do something among them, not speech
)

// A Statement is one attribution: somebody (Source) is said (Cue) to have said something (Content).
// Spans of one role are in text order and do not overlap. Cue and Content are never both empty.
type Statement struct {
	ID      string
	Article string
	Parent  string // the statement in whose content this one stands, or ""
	Kind    string // Direct, Mixed, Indirect
	Source  []Span // the words that name who says it; may be empty
	Cue     []Span
	Content []Span
	Speaker string // Speaker.ID; "" when not resolved: nothing is better than a wrong name
	// SpeakerConfidence is how sure it is that Speaker is who the words of Source mean; 0 without a Speaker. See [Certain].
	SpeakerConfidence float64
	// Addressee is the words that name to whom it was said; may be empty. They may stand in Content ("asked the council for a
	// year"). An outlet that was told is an addressee and a relay.
	Addressee []Span
	Relays    []string // through whom it reached the article
	Stance    string
	Denied    string   // for Denies: the statement (ID) of this article that it denies, or ""
	Said      Interval // when it was said

	Headline   bool // stands in the title
	Confidence float64
}

// Certain is how sure a statement must be of its speaker for a page or an answer to name the speaker without a mark of doubt: of
// speakers so named at least 97 in 100 are right.
const Certain = .85

// Certain says whether the statement is sure enough of its speaker to name the speaker without a mark of doubt.
func (s *Statement) Certain() bool { return s.SpeakerConfidence >= Certain }

// Doubt is the confidence below which a statement does not count: no utterance, dispute or count of reports rests on it, no draft is
// checked against it, and stories, articles and search leave it out unless it is asked for. An export has it. It was chosen on
// development sets by genre: of the statements below it about one in four is right, of those from .9 on nine in ten.
const Doubt = .4

// Doubtful says whether the statement is too doubtful to count. See [Doubt]. A denial whose claim is known ("which the ministry denies")
// is not, whatever its confidence, which is that of a pronoun as the content: of ten below Doubt in the development sets nine deny it.
func (s *Statement) Doubtful() bool { return s.Confidence < Doubt && s.Denied == "" }

// Speech says whether the statement reports something said, and not belief or intention alone.
func (s *Statement) Speech() bool { return s.Stance != Believes }

// Kinds of speakers.
const (
	Person       = "person"
	Organisation = "organisation"
	State        = "state" // a state, or its metonym ("Moscow", "the Kremlin")
	Group        = "group" // "activists", "residents"
	Document     = "document"
	Unnamed      = "unnamed" // "a senior official": one per article, never merged with a named one
)

// What an unnamed speaker is, as far as the text says.
const (
	Official = "official" // holds an office or speaks for one
	Source   = "source"   // knows of the matter: "a person briefed on the talks"
	Witness  = "witness"  // was there
	Several  = "several"  // more than one
)

// A Speaker is who said something, or a person, organisation or state that is only spoken of, of whom no statement is: inside one
// article as the reading finds it, across articles as link merges it.
type Speaker struct {
	ID      string
	Article string   // the article whose reading found it; "" for a speaker across articles
	Name    string   // the fullest name used
	Kind    string   // Person ... Unnamed
	Aliases []string // other names used, sorted
	Roles   []string // "State Department spokesman", sorted
	State   string   // for organs and metonyms of a state: its name ("Russia"); "" otherwise
	Spans   []Span   // mentions in the article, in text order; empty across articles
	// Unnamed is what an unnamed speaker is: of Official, Source, Witness, Several those that the text shows; empty across articles.
	Unnamed []string
	// Anonymity is the reason that the article gives for not naming the speaker; empty across articles.
	Anonymity []Span
	// Learned are the aliases that the text itself teaches ("also known as"), each with its passage.
	Learned []Alias
	// Confidence that the mentions and roles are of one speaker.
	Confidence float64

	// Across articles only:
	ExternalID string   // the id that a table of speakers gives it, as it stands there ("Q42")
	Tenures    []Tenure // its roles in time, by role, then day
	Leads      []Lead   // of an unnamed speaker: who it may be; shown as such, never merged
	Basis      []string // why the speakers of the articles are one
}

// A Tenure is a role that a speaker is said to have, from the first to the last day for which it is. An end that is not known is zero.
type Tenure struct {
	Role     string
	From, To time.Time // days, both included
	Basis    string    // "2 articles"; the table that says so
}

// A Lead is who an unnamed speaker may be: Speaker is a named one.
type Lead struct {
	Speaker    string
	Basis      []string
	Confidence float64
}

// An Alias is another name for Name, as taught by the passage at Span of Article.
type Alias struct {
	Name, Alias string
	Article     string
	Span        Span
}

// Named says whether the speaker has a name of its own.
func (s *Speaker) Named() bool { return s.Kind != Unnamed }

// A Figure is a number that counts or measures something.
type Figure struct {
	ID      string
	Article string
	Span    Span
	// Low and High are in Unit: 90 for "90 percent"; equal unless a range or a vague amount. Shares in words stay shares
	// ("a third": 0.3333333333333333, unit "").
	Low, High  float64
	Comparator string // "=", "~", "<", ">"
	Change     string // "up", "down" or ""
	Unit       string // "percent", "dollar", "mile", ...; "" for plain counts
	Thing      string // what is counted, in the article's words: "civilians", "Russian strikes"
	ThingSpan  Span   // where Thing stands; zero when unknown
	ShareOf    string // the whole that a share is of
	Role       string // "killed", "injured", "displaced", "arrested", ... or ""
	AsOf       Interval
	Vague      bool
	Statement  string // the innermost statement whose content carries it, or ""
	// ConversionOf is the figure (ID) of the same sentence that this one gives again in another unit ("20 km (12 miles)"), or "". The
	// two are one figure: whoever counts or compares figures takes the first, and this one as its value in the other unit.
	ConversionOf string
	Confidence   float64
}

// A Time is a time expression.
type Time struct {
	ID         string
	Article    string
	Span       Span
	Timex      string   // TIMEX3 value (TimeML 1.2.1): "2015-10-07", "P2D", "PAST_REF"
	Interval   Interval // zero when unresolved
	Grain      string   // "minute", "hour", "day", "week", "month", "quarter", "year", ...
	Kind       string   // "date", "time", "duration", "set"
	Basis      string   // "stated" (complete in the text), "published" (resolved against that day), "text", "unresolved"
	Confidence float64
}

// An Aside is a part of a page that is not the news: it is marked, and yields no statements or figures of the story.
type Aside struct {
	Span       Span
	Kind       string // "credit", "caption", "notice", "widget", "copyright", "dateline", "byline"
	Confidence float64
}

// A Reading is what one article says, by one model: a pure function of the article and the model.
type Reading struct {
	Article    *Article
	Model      string // version of the model that made the rows
	Language   string // of the text: BCP 47; empty when not known. A text in another language than the model's has no rows
	Statements []Statement
	Figures    []Figure
	Times      []Time
	Speakers   []Speaker
	Asides     []Aside
}

// Speaker is the speaker of the article with an id, as of [Statement]; nil where there is none.
func (r *Reading) Speaker(id string) *Speaker {
	for i := range r.Speakers {
		if r.Speakers[i].ID == id {
			return &r.Speakers[i]
		}
	}
	return nil
}

// Words are the article's words in spans, parts with an ellipsis between them.
func (r *Reading) Words(spans ...Span) string {
	words := make([]string, len(spans))
	for i, s := range spans {
		words[i] = s.Of(r.Article.Text)
	}
	return strings.Join(words, " … ")
}

// An Aligned pair of passages says the same words in an article and in its origin.
type Aligned struct{ Span, Origin Span }

// Kinds of copies.
const (
	WholeCopy   = "whole"
	PartialCopy = "partial"
	Update      = "update" // a later text of the same outlet
)

// A Copy says that Share (0 to 1) of Article stands in Origin.
type Copy struct {
	ID         string
	Article    string
	Origin     string
	Kind       string
	Share      float64
	Passages   []Aligned
	Basis      []string // "shared passages", "credit line: Reuters", "same publisher", ...
	Confidence float64
}

// Undirected begins the evidence of a copy of which nothing says which of the two texts came first.
const Undirected = "origin: not known"

// Directed says whether it is known that the copy is the copy, and the origin its origin.
func (c *Copy) Directed() bool {
	return !slices.ContainsFunc(c.Basis, func(b string) bool { return strings.HasPrefix(b, Undirected) })
}

// A Report is an origin counted once: the articles that go back to it.
type Report struct {
	ID       string
	Origin   string   // article
	Articles []string // sorted, Origin among them
	Basis    []string // why they are one
	// Confidence that the articles have one origin, as the weakest tie that holds them together has it; 1 for a single article.
	Confidence float64
}

// A Story is the articles on one event.
type Story struct {
	ID          string
	Title       string
	Articles    []string // by day of publication, then id
	Reports     int      // independent reports among them
	First, Last time.Time
	Basis       []string
	// Confidence that the articles are on one event, from how alike they are; 1 for a single article.
	Confidence float64
}

// Kinds of drift between renditions of one utterance.
const (
	DriftComparator = "comparator"
	DriftNumber     = "number"
	DriftHedge      = "hedge"
	DriftNegation   = "negation"
	DriftEllipsis   = "ellipsis"
	DriftInsertion  = "insertion"
	DriftSpeaker    = "speaker"
	DriftWording    = "wording"
)

// A DriftKind is a kind of drift as people are told of it.
type DriftKind struct {
	Kind  string // DriftNumber, ...; pages mark what changed so by the class d-KIND
	Name  string // in a word or two
	Sign  string // before the words that changed
	About string // what it is
}

// DriftKinds is the one table of the kinds of drift, in the order in which they are listed. Pages, the schema of the database and the
// export contract follow it.
var DriftKinds = [...]DriftKind{
	{DriftNumber, "number", "#", "another number"},
	{DriftComparator, "comparator", "≥", "what bounds a number: more than, at least, nearly"},
	{DriftHedge, "hedge", "?", "what softens the words, or bounds them by what is known: perhaps, so far"},
	{DriftNegation, "negation", "¬", "a not, a never"},
	{DriftEllipsis, "omission", "…", "words left out"},
	{DriftInsertion, "insertion", "+", "words put in"},
	{DriftWording, "wording", "≠", "other words"},
	{DriftSpeaker, "speaker", "@", "another speaker, or the same under another name"},
}

// A Drift is what one rendition changed against the utterance's wording.
type Drift struct {
	Statement string
	Kind      string
	From, To  string // words of the wording and of the rendition; "" where one has none
}

// An Utterance is one thing said on one occasion, with its renditions.
type Utterance struct {
	ID         string
	Speaker    string // across articles; "" when its renditions disagree or none is known
	Wording    string // the longest form in quotation marks, else the longest
	Statements []string
	First      time.Time // day of the first rendition's publication, zero when unknown
	Drift      []Drift
	Basis      []string
	Confidence float64
}

// A Measure is a question that figures answer.
type Measure struct {
	ID         string
	Label      string
	Unit       string
	Figures    []MeasurePoint // by as-of, then publication, then id
	Basis      []string
	Confidence float64
}

// A MeasurePoint is a figure that answers a measure, or the complement of one (1 - share).
type MeasurePoint struct {
	Figure     string
	Complement bool
}

// Kinds of disputes.
const (
	Denial        = "denial"
	Contradiction = "contradiction"
	Figures       = "figures"
	Attribution   = "attribution"
)

// A Dispute is two sides of the record that cannot both stand, or that deny each other. It does not say which is right.
type Dispute struct {
	ID         string
	Kind       string
	Sides      [2][]string // statements; figures for Figures
	Basis      string
	Confidence float64
}

// Links are the rows across articles: a pure function of the set of readings, whatever their order.
type Links struct {
	Model      string
	Copies     []Copy
	Reports    []Report
	Stories    []Story
	Speakers   []Speaker         // across articles
	SpeakerOf  map[string]string // speaker of one article -> speaker across articles
	Utterances []Utterance
	Measures   []Measure
	Disputes   []Dispute
}

// A Review is what a person said of a row; the machine's row stays. The latest review of a row wins, field by field. Row is a review's id
// where the review is undone.
type Review struct {
	ID            string
	Row           string
	Action        string // "accept", "correct", "reject", "merge", "split", "undo", "comment"
	By, Why       string
	At            time.Time
	Before, After string // JSON of the changed fields
}
