// Package ledger says what a ledger keeps and what can be asked of it: articles, the rows of their readings, the links across them,
// and people's reviews. It keeps nothing itself.
//
// [Ledger] is what every kind of ledger does, ledger/ledgertest the tests that every kind must pass. ledger/sqlite keeps a ledger in
// one file.
package ledger

import (
	"context"
	"fmt"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/internal/sentinel"
	"github.com/onrecord/onrecord/link"
	"github.com/onrecord/onrecord/link/speakers"
)

// What is wrong with a ledger that does not open, or with what is asked of it. Errors of ledgers wrap them with the place.
const (
	ErrNotFound sentinel.Error = "not in the ledger"                                            // an id that names nothing
	ErrNot      sentinel.Error = "not a ledger"                                                 // a file that is something else
	ErrNewer    sentinel.Error = "made by a newer version of onrecord"                          // a schema that this version does not know
	ErrOlder    sentinel.Error = "made by an older version of onrecord; read into it to update" // opened for looking only, it cannot be brought up to date
	ErrNotEmpty sentinel.Error = "not empty"                                                    // where all of another ledger is to be kept
	ErrBusy     sentinel.Error = "in use: another process is writing to it"
	ErrDamaged  sentinel.Error = "damaged"
	ErrFull     sentinel.Error = "no space left where it is kept"
	ErrDevice   sentinel.Error = "the disk that it is kept on fails"
	ErrReadOnly sentinel.Error = "cannot be written"
	ErrReplaced sentinel.Error = "another process links the ledger anew" // since the plan was made by which it was to be linked
)

// ErrAltered is the damage of a text.
var ErrAltered = fmt.Errorf("%w: the text in the ledger is not the one that was read; to read its source again restores it", ErrDamaged)

// A Ledger is an open ledger. It is safe for concurrent use by any number of goroutines; several processes may have it open, of which
// one writes at a time and the others wait. What a method returns is of one state of the ledger, whoever writes meanwhile; what a
// method writes is kept as a whole or not at all, where it does not say otherwise. A nil error of a writer means that what it wrote
// outlives the death of the process.
type Ledger interface {
	Reader
	Writer
	Linker
	Close() error
}

// A Reader answers what views ask.
type Reader interface {
	// Status says how far the record is made. It counts nothing: it is as fast in a large ledger.
	Status(ctx context.Context) (Status, error)
	// Totals are the numbers of articles, statements, figures, stories and disputes ("article", ...) as they were linked last, and
	// whether the ledger has read anything that is not linked yet. Other than Counts it counts nothing.
	Totals(ctx context.Context) (totals map[string]int, more bool, err error)
	// Counts are the numbers of rows by kind, in the words of the export contract ("article", "statement", ...). A figure and its
	// conversions count once.
	Counts(ctx context.Context) (map[string]int, error)
	// Models are the versions of the models by which the articles of the ledger, of any version, were read, each with how many.
	Models(ctx context.Context) (map[string]int, error)
	// Examine looks all of the ledger over, which takes a while.
	Examine(ctx context.Context) (*Health, error)
	// Refusals are what the last read refused, as far as they were kept.
	Refusals(ctx context.Context) ([]Refusal, error)

	// Stories lists stories, newest last article first, and how many there are in all.
	Stories(ctx context.Context, f StoryFilter) (rows []StoryRow, total int, err error)
	// Story returns one story; of one that is no more, the story that has most of its articles now.
	Story(ctx context.Context, id string) (*StoryView, error)
	// Article returns one article, of any version.
	Article(ctx context.Context, id string) (*ArticleView, error)
	// Articles returns articles, of any version, by id; unknown ids are left out.
	Articles(ctx context.Context, ids []string) ([]ArticleRow, error)
	// Row returns one statement, figure, utterance, measure, dispute or copy and what it rests on, as a view that holds nothing else:
	// the statements and figures that it names, behind these figures their conversions, the statements that carry them, for a dispute
	// also the other renditions of what is disputed; their articles, speakers, and reports with the articles these go back to. Story
	// is that of the first article.
	Row(ctx context.Context, id string) (*StoryView, error)
	// Speakers lists the speakers across articles that are chosen, by number of statements, then of articles that speak of them.
	Speakers(ctx context.Context, f SpeakersFilter) ([]SpeakerRow, error)
	// Called returns the speakers across articles who have a name or alias that is name, whatever its case and accents, in the order
	// of Speakers: at most so many, 50 for 0.
	Called(ctx context.Context, name string, most int) ([]SpeakerRow, error)
	// Speaker returns one speaker across articles, with the statements in current versions that are chosen and the other articles
	// that speak of it, newest first.
	Speaker(ctx context.Context, id string, f SpeakerFilter) (*SpeakerView, error)
	// Passages returns the statements of these ids with their passages, in the order of the ids; unknown ids are left out.
	Passages(ctx context.Context, ids []string) ([]Passage, error)
	// Search finds words in the current versions of articles and in their statements, best first. All words and phrases must stand in
	// what is found, in any of their forms ("deny" finds "denied"). What asks for statements (Speaker, Kind, Stance, Speech, Certainty)
	// finds no articles. Without a letter or digit in Words it finds nothing. What it finds in a text that is not the one that was read is
	// not shown: see [Hit].
	Search(ctx context.Context, q SearchQuery) ([]Hit, error)
	// Reviews returns the reviews of a row, oldest first: the last holds.
	Reviews(ctx context.Context, row string) ([]onrecord.Review, error)
	// ReviewsByID returns reviews by their own ids; unknown ids are left out.
	ReviewsByID(ctx context.Context, ids []string) ([]onrecord.Review, error)
	// ReviewList returns reviews, the newest to arrive first.
	ReviewList(ctx context.Context, limit, offset int) ([]onrecord.Review, error)
	// ReviewQueue returns statements to be reviewed: those in disputes first, then by how many renditions there are of what they say, then
	// the least sure. They are of one story, or of the newest hundred.
	ReviewQueue(ctx context.Context, story string, limit int) ([]QueueRow, error)
	// Members returns the id of a row as it is now, and what it is made of: of a story, report or copy articles (of a copy, the article and
	// its origin), of an utterance or dispute statements, of a measure or dispute figures, of a speaker the first few thousand speakers of
	// articles; of a statement, figure or time its article.
	Members(ctx context.Context, id string) (now string, members []string, err error)
	// Reading returns an article's reading as the machine made it, and as it holds with reviews applied.
	Reading(ctx context.Context, article string) (machine, holds *onrecord.Reading, err error)
	// Rows calls f with pointers to rows in the order of the export contract: *ArticleRow, *SpeakerRow, *StatementRow, *FigureRow,
	// *onrecord.Time, Copy, Story, Utterance, Measure, Dispute, Review; of one story where story is not "". Within a kind rows come by
	// id. Article texts are included; articles are current versions. All rows are of one state of the ledger, whoever writes
	// meanwhile. It stops at f's first error and returns it as it is.
	Rows(ctx context.Context, story string, f func(row any) error) error
}

// A Writer keeps what is read, and what people say of it.
type Writer interface {
	// Known returns, of the ids of articles, those that the ledger holds, each with a digest of the article's metadata and of the
	// model of its reading as [Digest] makes it: a known article with an equal digest need not be read again. One whose text is not the
	// one that was read has none: to read it again restores it.
	Known(ctx context.Context, ids []string) (map[string]string, error)
	// Add keeps articles with their readings, in order; it refuses all where [Check] refuses one. An article known by its id has its
	// text, metadata and rows replaced, unless Known has an equal [Digest] of it. An article whose place is known with another text becomes the newest
	// version of it; the old stays. Of two readings of one article the later holds.
	Add(ctx context.Context, readings []*onrecord.Reading) (Added, error)
	// ReadByOthers returns articles, of any version, that another model has read, by id from after an id on: some of them, none where
	// there are no more.
	ReadByOthers(ctx context.Context, model, after string) ([]onrecord.Article, error)
	// Begin notes that a read of some input has begun: files, folders, addresses. Status names it until End says that it was read to its
	// end, whether or not all of it could be kept.
	Begin(ctx context.Context, input []string) error
	End(ctx context.Context, input []string) error
	// SetRefusals keeps what a read refused, or the first of it, in place of what the read before did.
	SetRefusals(ctx context.Context, list []Refusal) error
	// AddReview keeps what a person said of a row. A review without an ID is given one from its content; a review known by its ID
	// stays as it is. What holds is made anew at once for the rows of the review's article; links are due to be made anew where the review
	// changes them. An undo of a review names it as its row.
	AddReview(ctx context.Context, r onrecord.Review) error
	// SetTable puts a table of speakers in the place of the one before; nil for none. The links are not of it before they are made
	// anew.
	SetTable(ctx context.Context, t *speakers.Table) error
}

// A Linker keeps the links, a period at a time. Where another plan was made since, those that write by a plan fail with
// [ErrReplaced]. They keep what they write piece by piece, so that whoever else writes does not wait for long: one that fails or is
// stopped leaves pieces, and the period due.
type Linker interface {
	// Table is the table of speakers that the links are made with; nil where none was given.
	Table(ctx context.Context) (*speakers.Table, error)
	// LinkReviews returns the reviews of rows across articles that hold, the oldest first.
	LinkReviews(ctx context.Context) ([]onrecord.Review, error)
	// Linked says whether the links kept were made by this model from the readings that the ledger now holds.
	Linked(ctx context.Context, model string) (bool, error)
	// Plan lets decide say, in one transaction, which periods there are and what of them is due; it keeps what is due until it is
	// done, takes away the rows of periods that are no more, and forgets what has changed.
	Plan(ctx context.Context, model string, decide func(Survey) ([]Period, error)) (*Plan, error)
	// Periods are the periods that the last plan made, in order, with what of them is due now.
	Periods(ctx context.Context) ([]Period, error)
	// Readings returns the readings of the current versions of the articles of a period, by article id, with the articles' texts. It
	// fails with [ErrAltered] where one of these is not the one that was read.
	Readings(ctx context.Context, p link.Period) ([]*onrecord.Reading, error)
	// Later are the moments of the later articles that those of a period are to be linked with, as [link.Later] says; and
	// whether its rows were made with the same.
	Later(ctx context.Context, p link.Period, sizes link.Sizes) (later []int64, same bool, err error)
	// ReadingsAt returns the readings of the current versions of the articles of some moments, as Readings does.
	ReadingsAt(ctx context.Context, moments []int64) ([]*onrecord.Reading, error)
	// Claimed are the members that rows of earlier periods have from a period and from the later articles that it is linked with.
	Claimed(ctx context.Context, p link.Period, later []int64) (link.Claimed, error)
	// SetPeriod replaces the rows of a period, which were made with later articles; it writes only those that differ. It returns the
	// later periods that are due for that, by the moments they are from: their rows have to do without what these have of them, and that has
	// changed. The speakers of these rows are not united with those of other periods before Unite.
	SetPeriod(ctx context.Context, plan *Plan, p link.Period, later []int64, made *link.Rows) (due []int64, err error)
	// SameLater notes that a period is linked with the later articles that it is to be linked with.
	SameLater(ctx context.Context, plan *Plan, p link.Period) error
	// Unite keeps who is who of the parts of some of the names whose parts have changed, as unite says, and says whether there may be
	// more of such names. Periods of which a part has changed its speaker are due for counting.
	Unite(ctx context.Context, plan *Plan, unite func(parts []Part, before []string) United) (more bool, err error)
	// Count counts what is in the rows of a period: after it nothing of the period is due.
	Count(ctx context.Context, plan *Plan, p link.Period) error
	// Redirect lets choose say where each row that is no more is to be looked for: now has the rows that have its members today, each
	// with how many.
	Redirect(ctx context.Context, plan *Plan, choose func(now map[string]int) string) error
	// Finish makes the links those of the plan: after it the ledger is linked, unless articles have come since the plan was made.
	Finish(ctx context.Context, plan *Plan) error
}
