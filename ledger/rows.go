package ledger

import (
	"slices"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link"
	"github.com/onrecord/onrecord/link/speakers"
)

// An ArticleRow is an article with its place among the links.
type ArticleRow struct {
	onrecord.Article
	Model         string // that read it
	Story, Report string
	Version       int    // 1 for the first text at its place
	Current       bool   // no newer version is known
	GivenOutlet   string // that it came with; Outlet is what a person made of it, if one did
}

// Altered says whether the text, or where the article came from, is not what was read: the id is made of both.
func (r *ArticleRow) Altered() bool {
	if r.GivenOutlet == "" || r.GivenOutlet == r.Outlet {
		return onrecord.ArticleID(&r.Article) != r.ID
	}
	given := r.Article
	given.Outlet = r.GivenOutlet
	return onrecord.ArticleID(&given) != r.ID
}

// A QueueRow is a statement that nobody has reviewed and that is worth it: it stands in Disputes disputes, Reach articles' statements render
// what it does, or it or its speaker is not sure.
type QueueRow struct {
	ID              string
	Disputes, Reach int
}

// A StatementRow is a statement with what the links say of it. Speaker is the speaker across articles.
type StatementRow struct {
	onrecord.Statement
	Model       string // that made the row
	SpeakerName string
	Named       bool
	// Unnamed and Anonymity are what the article says of a speaker whom it does not name.
	Unnamed   []string
	Anonymity []onrecord.Span
	Utterance string
	// ArticleSpeaker is the speaker as the article's own reading has it.
	ArticleSpeaker string
}

// A FigureRow is a figure with the measure it answers.
type FigureRow struct {
	onrecord.Figure
	Model      string // that made the row
	Measure    string
	Complement bool
}

// A StoryRow is a story at a glance.
type StoryRow struct {
	ID, Title                               string
	Articles, Reports                       int
	Statements, Figures, Speakers, Disputes int
	NewFigures                              int // numbers that stand in an article of the last day and in none before
	Confidence                              float64
	Outlets                                 []string
	First, Last                             time.Time
}

// StoryFilter chooses stories: empty fields choose all. Newest first. Outlet and Language ask for an article that has them, Speaker,
// an id or a name, for a statement, From and To for a story that runs in these days, half-open: whose first article is published
// before To, and its last not before From.
type StoryFilter struct {
	Outlet, Speaker, Language string
	From, To                  time.Time
	Limit, Offset             int // Limit 0: 50
}

// A StoryView is all that the record holds of one story. Texts are in Articles.
type StoryView struct {
	Model      string // that made the links
	Story      onrecord.Story
	Articles   []ArticleRow
	Statements []StatementRow // by article in order of the story, then by place in the text
	Figures    []FigureRow
	Speakers   []SpeakerRow // who says something in them
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
	Copies     []onrecord.Copy      // from and to this article
	Utterances []onrecord.Utterance // that its statements are renditions of
}

// A SpeakerRow is a speaker across articles, with how many statements in how many articles are its, and how many other articles speak
// of it. Who has no statements is only spoken of.
type SpeakerRow struct {
	onrecord.Speaker
	Statements, Articles, SpokenOf int
}

// A SpeakersFilter chooses speakers across articles: those with a name or alias that holds Name from the beginning of a word on,
// whatever its case and accents, all for an empty one; those who speak, who are only spoken of, or both.
type SpeakersFilter struct {
	Name          string
	Who           string // Speaking, OnlySpokenOf; "" for both
	Limit, Offset int    // Limit 0: 50
}

// Who of the speakers of a ledger are asked for.
const (
	Speaking     = "speaking"
	OnlySpokenOf = "spoken of"
)

// A SpeakerFilter chooses among what a speaker said and disputes: empty fields choose all.
type SpeakerFilter struct {
	Outlet, Stance          string
	Limit, Offset           int // of statements; Limit 0: 50
	DisputeLimit, DisputeAt int // of disputes, and how many of them to leave out; DisputeLimit 0: 50
	NamedLimit, NamedAt     int // of places where it is only spoken of; NamedLimit 0: 50
}

// A Naming is an article that speaks of somebody without giving him, her or it a word.
type Naming struct {
	Article ArticleRow
	Spans   []onrecord.Span // where it is named or meant
}

// A Channel is how much of what a speaker said, of one stance, stands in one outlet.
type Channel struct {
	Outlet, Stance string
	Statements     int
}

// A SpeakerView is what the record holds of one speaker: of long lists the part that was asked for.
type SpeakerView struct {
	Model      string // that made the links
	Speaker    SpeakerRow
	Statements []Passage // newest first
	Total      int       // statements chosen, given or not
	Channels   []Channel // of all statements, by outlet and stance
	Disputes   []onrecord.Dispute
	Disputed   int          // disputes, given or not
	Suspects   []SpeakerRow // whom the leads name
	SpokenOf   []Naming     // articles that only speak of it, newest first
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
	Kind       string // "article" or "statement"
	ID         string // of the article or statement
	Article    string
	Title      string
	Outlet     string
	Published  onrecord.Published
	Speaker    string          // name, of a statement
	Confidence float64         // of a statement
	Doubtful   bool            // it is a statement that does not count: see [onrecord.Doubt]
	Snippet    string          // text around the words found
	Found      []onrecord.Span // the words found, in Snippet
	Altered    bool            // the article's text is not the one that was read: Snippet says so, and nothing of the text
}

// SearchQuery asks for words, in all articles and statements, narrowed by the other fields where not empty.
type SearchQuery struct {
	Words           string // words; "in quotation marks" for a phrase
	Speaker, Outlet string
	Kind, Stance    string  // of statements
	Speech          bool    // of statements, only those that report something said: not belief or intention alone
	Certainty       float64 // least confidence of a statement; 0 for any
	From, To        time.Time
	Limit           int // 0: 50
}

// A Status is how far the record is made.
type Status struct {
	// Linked says whether the links are of all articles and readings that the ledger holds. Where they are not, as while a read goes on
	// or after one that was stopped, copies, reports, stories, speakers, utterances, measures and disputes are not known: not none.
	Linked bool
	// Unread says whether articles wait for workers to read them: see [Queue].
	Unread bool
	// Models are the versions of the models by which the articles were read, sorted. Where there is another than that of the program,
	// articles are to be read again: their rows are not those that it would make.
	Models []string
	// Unfinished is the input of reads that did not come to its end, sorted: what else there is in it the ledger cannot know.
	Unfinished []string
}

// ReadByOthers says whether another model than this has read articles of the ledger.
func (s Status) ReadByOthers(model string) bool {
	return slices.ContainsFunc(s.Models, func(m string) bool { return m != model })
}

// Health is what a look over all of a ledger found.
type Health struct {
	Damage  []string // what the storage finds wrong with itself, in its words: the first of it
	Altered []string // articles, by id, whose text, or where it came from, is not what was read
	Bytes   int64    // of the ledger
	Log     int64    // bytes that were written and are not yet in their place
}

// Added is how many readings were kept of which kind.
type Added struct {
	New   int // articles not known before, new versions among them
	Again int // known, with other metadata or by another model
	Known int // known, and left alone
}

// A Refusal is a file or a line of one that a read could not take.
type Refusal struct {
	File   string
	Line   int // 0 for the whole file
	Reason string
}

// A Survey is what a plan of links is made from.
type Survey struct {
	Changed []int64  // the moments of which articles or readings have changed since the last plan, sorted
	Periods []Period // of the last plan, with what of them is still due
	Model   string   // that made the links kept
	// Moments are those of the current articles of a period, sorted.
	Moments func(p link.Period) ([]int64, error)
}

// A Period is a period of links, as it was planned, and what of it is due.
type Period struct {
	link.Stretch
	Due Due
}

// Due is what of a period is to be made anew.
type Due int

// What of a period is due: each with all before it.
const (
	DueNothing Due = iota
	DueCounts      // what is counted in its rows
	DueLater       // which later articles it is linked with; where these are the same, no more than counts
	DueLinks       // its rows
)

// A Plan is the periods in which the articles of a ledger are linked, in order, each with what is due.
type Plan struct {
	Periods    []Period
	Model      string // that makes the links
	Number     int64  // among the plans of the ledger
	Generation int64  // of the readings, for the ledger that made the plan
}

// A Part is a speaker across the articles of one period, as it is kept.
type Part struct {
	Made                           speakers.Part
	Speaker                        string // that it is part of, by id; "" until it is united
	Statements, Articles, SpokenOf int    // as in SpeakerRow
}

// United says who the speakers of one name are.
type United struct {
	Speakers []SpeakerRow
	Of       map[string]string // of each part the speaker, by id
	Moved    map[string]string // of each speaker that is no more where it is to be looked for, as far as that is known
}
