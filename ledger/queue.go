package ledger

import (
	"context"
	"log/slog"
	"time"

	"github.com/onrecord/onrecord"
)

// A Queue is a ledger whose articles workers read, processes on any number of machines. An article is kept unread, in one transaction
// with the job of reading it: nothing that was kept is forgotten, whichever process dies. An unread article is a row without rows of a
// reading, and the ledger is not linked while there is one.
type Queue interface {
	Ledger
	// AddUnread keeps articles to be read, but for those that the model has read as they are, or that wait already. One that is known as it is
	// and was read by another model is read again when nothing else is to be done; until then the rows serve that it has.
	AddUnread(ctx context.Context, articles []*onrecord.Article, model string) (Added, error)
	// ReadAgain has articles of the ledger read by the workers of a model, when nothing else is to be done.
	ReadAgain(ctx context.Context, ids []string, model string) error
	// LinkSoon has a worker link the ledger.
	LinkSoon(ctx context.Context) error
	// AddRefusals keeps why articles could not be taken beside the refusals that there are.
	AddRefusals(ctx context.Context, list []Refusal) error
	// Unread is how many articles wait.
	Unread(ctx context.Context) (int, error)
	// Workers is how many processes are working.
	Workers(ctx context.Context) (int, error)

	// Work has a worker do jobs until ctx is done, and lets those that are being done then come to an end, within its patience. It loses its
	// connections and finds them again: an error is of a ledger that it cannot work on at all.
	Work(ctx context.Context, w Worker) error
	// ToRead returns, of the articles of these ids, those that the model has not read, as they came.
	ToRead(ctx context.Context, ids []string, model string) ([]onrecord.Article, error)
	// AddRead keeps readings of articles that the ledger holds, but for articles that have changed since.
	AddRead(ctx context.Context, readings []*onrecord.Reading) error
	// Refuse takes articles out that could not be read, and keeps why. One that another model has read keeps its rows.
	Refuse(ctx context.Context, list []Refused) error
}

// A Worker is how jobs are done.
type Worker struct {
	Model    string
	Jobs     int           // of reading at a time
	Patience time.Duration // that jobs have to come to an end
	Log      *slog.Logger
	// Read reads a job's articles and keeps them. Where it fails the job comes again, with one try more behind it; where the ledger failed, as
	// [Later] says, with as many.
	Read func(ctx context.Context, j Job) error
	// Link links the ledger. It is called again until the ledger is linked.
	Link func(ctx context.Context) error
}

// A Job is articles to be read.
type Job struct {
	Articles []string // by id
	Tries    int      // that have failed before
	Deaths   int      // of processes, that were doing the job; one of several articles is divided before they are many
}

// Later is an error of a job that is no fault of its articles.
type Later struct{ Err error }

func (l *Later) Error() string { return l.Err.Error() }
func (l *Later) Unwrap() error { return l.Err }

// A Refused is an article that could not be read, and why.
type Refused struct {
	Article string // by id
	Refusal
}
