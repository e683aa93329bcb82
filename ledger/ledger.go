// Package ledger keeps the record: articles, the rows of their readings, the links across them, and people's reviews, in one
// SQLite file (PostgreSQL by the same schema and queries).
package ledger

import (
	"context"
	"errors"
	"time"

	"onrecord"
)

var errNotBuilt = errors.New("not built")

// A Ledger is an open ledger. It is safe for concurrent use; one process writes at a time.
type Ledger struct{}

// Open opens the ledger at a file path, or makes it; migrations run on opening.
func Open(ctx context.Context, path string) (*Ledger, error) { return nil, errNotBuilt }

// Close closes the ledger.
func (l *Ledger) Close() error { return errNotBuilt }

// Known returns, of the ids of articles, those that the ledger holds, each with a digest of the article's metadata and of the
// model of its reading as [Digest] makes it: a known article with an equal digest need not be read again.
func (l *Ledger) Known(ctx context.Context, ids []string) (map[string]string, error) {
	return nil, errNotBuilt
}

// Digest is of all of an article but its text, File and Line, and of the model that read it.
func Digest(a *onrecord.Article, model string) string { return "" }

// Add keeps articles with their readings in one transaction, in order. An article known by its id has its metadata and rows
// replaced. An article whose place is known with another text becomes the newest version of it; the old stays.
func (l *Ledger) Add(ctx context.Context, readings []*onrecord.Reading) error { return errNotBuilt }

// Readings returns the readings of the current versions of all articles, by article id, with the articles' texts.
func (l *Ledger) Readings(ctx context.Context) ([]*onrecord.Reading, error) { return nil, errNotBuilt }

// Linked says whether the links kept were made by this model from the readings that the ledger now holds.
func (l *Ledger) Linked(ctx context.Context, model string) (bool, error) { return false, errNotBuilt }

// SetLinks replaces all links in one transaction.
func (l *Ledger) SetLinks(ctx context.Context, links *onrecord.Links) error { return errNotBuilt }

// Rows calls f with pointers to root rows in the order of the export contract: *onrecord.Article (with ArticleLinks), Speaker,
// Statement, Figure, Time, Copy, Story, Utterance, Measure, Dispute, Review; of one story where story is not "". Within a kind
// rows come by id. Article texts are included. It stops at f's first error and returns it.
func (l *Ledger) Rows(ctx context.Context, story string, f func(row any) error) error {
	return errNotBuilt
}

// An ArticleRow is an article with its place among the links.
type ArticleRow struct {
	onrecord.Article
	Story, Report string
	Version       int  // 1 for the first text at its place
	Current       bool // no newer version is known
}

// A StatementRow is a statement with what the links say of it. Speaker is the speaker across articles.
type StatementRow struct {
	onrecord.Statement
	SpeakerName string
	Named       bool
	Utterance   string
}

// A FigureRow is a figure with the measure it answers.
type FigureRow struct {
	onrecord.Figure
	Measure    string
	Complement bool
}

// A StoryRow is a story at a glance.
type StoryRow struct {
	ID, Title                               string
	Articles, Reports                       int
	Statements, Figures, Speakers, Disputes int
	Outlets                                 []string
	First, Last                             time.Time
}

// StoryFilter chooses stories: empty fields choose all. Newest first.
type StoryFilter struct {
	Outlet, Speaker, Language string
	From, To                  time.Time // days of publication, half-open
	Limit, Offset             int       // Limit 0: 50
}

// Stories lists stories, newest last article first, and how many there are in all.
func (l *Ledger) Stories(ctx context.Context, f StoryFilter) (rows []StoryRow, total int, err error) {
	return nil, 0, errNotBuilt
}

// A StoryView is all that the record holds of one story. Texts are in Articles.
type StoryView struct {
	Story      onrecord.Story
	Articles   []ArticleRow
	Statements []StatementRow // by article in order of the story, then by place in the text
	Figures    []FigureRow
	Speakers   []onrecord.Speaker // across articles
	Reports    []onrecord.Report
	Copies     []onrecord.Copy
	Utterances []onrecord.Utterance
	Measures   []onrecord.Measure
	Disputes   []onrecord.Dispute
}

// ErrNotFound is returned for an id that names nothing.
var ErrNotFound = errors.New("not in the ledger")

// Story returns one story.
func (l *Ledger) Story(ctx context.Context, id string) (*StoryView, error) { return nil, errNotBuilt }

// An ArticleView is all that the record holds of one article.
type ArticleView struct {
	Article    ArticleRow
	Versions   []ArticleRow // all versions at its place, oldest first, without texts
	StoryTitle string
	Statements []StatementRow
	Figures    []FigureRow
	Times      []onrecord.Time
	Speakers   []onrecord.Speaker // of this article
	Asides     []onrecord.Aside
	Copies     []onrecord.Copy // from and to this article
}

// Article returns one article.
func (l *Ledger) Article(ctx context.Context, id string) (*ArticleView, error) {
	return nil, errNotBuilt
}

// Speakers lists speakers across articles whose name or alias matches, by number of statements; all for an empty name.
func (l *Ledger) Speakers(ctx context.Context, name string, limit int) ([]SpeakerRow, error) {
	return nil, errNotBuilt
}

// A SpeakerRow is a speaker at a glance.
type SpeakerRow struct {
	onrecord.Speaker
	Statements, Articles int
}

// A SpeakerView is all that the record holds of one speaker.
type SpeakerView struct {
	Speaker    onrecord.Speaker
	Statements []Passage
	Disputes   []onrecord.Dispute
}

// A Passage is a statement with the words around it and where it stands.
type Passage struct {
	StatementRow
	Text      string // the content's text
	Title     string // of the article
	Outlet    string
	Published onrecord.Published
	Story     string
	// Around is the sentence or sentences that hold the statement, as text and span of the article.
	Around     string
	AroundSpan onrecord.Span
}

// Speaker returns one speaker across articles.
func (l *Ledger) Speaker(ctx context.Context, id string) (*SpeakerView, error) {
	return nil, errNotBuilt
}

// Passages returns the statements of these ids with their passages, in the order of the ids; unknown ids are left out.
func (l *Ledger) Passages(ctx context.Context, ids []string) ([]Passage, error) {
	return nil, errNotBuilt
}

// A Hit is a result of Search.
type Hit struct {
	Kind      string // "article" or "statement"
	ID        string // of the article or statement
	Article   string
	Title     string
	Outlet    string
	Published onrecord.Published
	Speaker   string          // name, of a statement
	Snippet   string          // text around the words found
	Found     []onrecord.Span // the words found, in Snippet
}

// SearchQuery asks for words, in all articles and statements, narrowed by the other fields where not empty.
type SearchQuery struct {
	Words           string // words; "in quotation marks" for a phrase
	Speaker, Outlet string
	Kind, Stance    string // of statements
	From, To        time.Time
	Limit           int // 0: 50
}

// Search finds words in articles and statements, best first.
func (l *Ledger) Search(ctx context.Context, q SearchQuery) ([]Hit, error) { return nil, errNotBuilt }

// Counts are the numbers of rows by kind, in the words of the export contract ("article", "statement", ...).
func (l *Ledger) Counts(ctx context.Context) (map[string]int, error) { return nil, errNotBuilt }
