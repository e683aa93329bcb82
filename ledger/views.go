package ledger

import (
	"context"
	"time"

	"onrecord"
)

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
	// ArticleSpeaker is the speaker as the article's own reading has it.
	ArticleSpeaker string
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

func (l *Ledger) Stories(ctx context.Context, f StoryFilter) (rows []StoryRow, total int, err error) {
	return nil, 0, errNotBuilt
}

func (l *Ledger) Story(ctx context.Context, id string) (*StoryView, error) { return nil, errNotBuilt }

func (l *Ledger) Article(ctx context.Context, id string) (*ArticleView, error) {
	return nil, errNotBuilt
}

func (l *Ledger) Speakers(ctx context.Context, name string, limit int) ([]SpeakerRow, error) {
	return nil, errNotBuilt
}

func (l *Ledger) Speaker(ctx context.Context, id string) (*SpeakerView, error) {
	return nil, errNotBuilt
}

func (l *Ledger) Passages(ctx context.Context, ids []string) ([]Passage, error) {
	return nil, errNotBuilt
}

func (l *Ledger) Search(ctx context.Context, q SearchQuery) ([]Hit, error) { return nil, errNotBuilt }

var errNotBuilt = ErrNotFound
