package postgres

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/fnv"
	"log/slog"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
	"github.com/riverqueue/river/rivertype"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/internal/sentinel"
	"github.com/onrecord/onrecord/ledger"
)

// What workers do are jobs of River (https://riverqueue.com/docs), which keeps them in tables beside those of the ledger: made when
// they are first needed, and no part of the record.

// readJob is a job of reading articles.
type readJob struct {
	Articles []string `json:"articles"` // by id
}

func (readJob) Kind() string { return "read" }

// linkJob is the job of linking the ledger: there is one at a time.
type linkJob struct{}

func (linkJob) Kind() string { return "link" }

// The queues of jobs: what is read again is read by the model that it is to be read by, or the workers of the model before would take it.
const (
	readQueue = "read"
	linkQueue = "link"
)

func againQueue(model string) string {
	h := fnv.New64a()
	h.Write([]byte(model))
	return "again_" + hex.EncodeToString(h.Sum(nil))
}

// mostAttempts is more than a job ever has: when it is to be given up is said by who does it.
const mostAttempts = 10_000

// Priorities: what is read for the first time goes before what is read again.
const (
	soon  = 1
	later = 4
)

func reading(ids []string, queue string, priority int) river.InsertManyParams {
	return river.InsertManyParams{Args: readJob{ids}, InsertOpts: &river.InsertOpts{Queue: queue, Priority: priority, MaxAttempts: mostAttempts}}
}

func linking() river.InsertManyParams {
	return river.InsertManyParams{Args: linkJob{}, InsertOpts: &river.InsertOpts{Queue: linkQueue, MaxAttempts: mostAttempts, UniqueOpts: river.UniqueOpts{ByState: []rivertype.JobState{
		rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning, rivertype.JobStateRetryable, rivertype.JobStateScheduled,
	}}}}
}

var _ ledger.Queue = (*Ledger)(nil)

// AddUnread: see [ledger.Queue].
func (l *Ledger) AddUnread(ctx context.Context, articles []*onrecord.Article, model string) (ledger.Added, error) {
	if err := l.readyQueue(ctx); err != nil {
		return ledger.Added{}, err
	}
	return l.Ledger.AddUnread(ctx, articles, model, func(ctx context.Context, conn *sql.Conn, unread, again []string) error {
		var jobs []river.InsertManyParams
		if len(unread) > 0 {
			jobs = append(jobs, reading(unread, readQueue, soon))
		}
		if len(again) > 0 {
			jobs = append(jobs, reading(again, againQueue(model), later))
		}
		return l.put(ctx, conn, jobs...)
	})
}

// ReadAgain: see [ledger.Queue].
func (l *Ledger) ReadAgain(ctx context.Context, ids []string, model string) error {
	return l.write(ctx, reading(ids, againQueue(model), later))
}

// LinkSoon: see [ledger.Queue].
func (l *Ledger) LinkSoon(ctx context.Context) error { return l.write(ctx, linking()) }

func (l *Ledger) write(ctx context.Context, jobs ...river.InsertManyParams) error {
	if err := l.readyQueue(ctx); err != nil {
		return err
	}
	return l.Ledger.Write(ctx, func(ctx context.Context, conn *sql.Conn) error { return l.put(ctx, conn, jobs...) })
}

// AddRead: see [ledger.Queue].
func (l *Ledger) AddRead(ctx context.Context, readings []*onrecord.Reading) error {
	return l.Ledger.AddRead(ctx, readings, l.andLink)
}

// Refuse: see [ledger.Queue].
func (l *Ledger) Refuse(ctx context.Context, list []ledger.Refused) error {
	return l.Ledger.Refuse(ctx, list, l.andLink)
}

func (l *Ledger) andLink(ctx context.Context, conn *sql.Conn) error {
	return l.put(ctx, conn, linking())
}

// put adds jobs in the transaction of a connection.
func (l *Ledger) put(ctx context.Context, conn *sql.Conn, jobs ...river.InsertManyParams) error {
	if len(jobs) == 0 {
		return nil
	}
	client, err := river.NewClient(riverpgxv5.New(nil), &river.Config{Logger: quiet()})
	if err != nil {
		return err
	}
	return within(conn, func(tx pgx.Tx) error {
		_, err := client.InsertManyTx(ctx, tx, jobs)
		return err
	})
}

// within does something in the transaction of a connection.
func within(on *sql.Conn, do func(tx pgx.Tx) error) error {
	return on.Raw(func(c any) error { return do(begun{c.(conn).Conn.Conn()}) })
}

type pgxConn = pgx.Conn

// begun is a transaction that database/sql has begun and will end.
type begun struct{ *pgxConn }

const errNotOurs sentinel.Error = "the transaction is another's to end"

func (b begun) Begin(context.Context) (pgx.Tx, error) { return nil, errNotOurs }
func (b begun) Commit(context.Context) error          { return errNotOurs }
func (b begun) Rollback(context.Context) error        { return errNotOurs }
func (b begun) LargeObjects() pgx.LargeObjects        { panic(errNotOurs) }
func (b begun) Conn() *pgx.Conn                       { return b.pgxConn }

// queueLock is the advisory lock under which the tables of the queue are made.
const queueLock = 0x6f6e7265636f7264 // "onrecord"

// readyQueue makes the tables of the queue, once.
func (l *Ledger) readyQueue(ctx context.Context) error {
	l.making.Lock()
	defer l.making.Unlock()
	if l.made {
		return nil
	}
	err := l.makeQueue(ctx)
	l.made = err == nil
	return l.failed(err)
}

func (l *Ledger) makeQueue(ctx context.Context) error {
	pool, err := l.pool(ctx, 2)
	if err != nil {
		return err
	}
	defer pool.Close()
	migrator, err := rivermigrate.New(riverpgxv5.New(pool), &rivermigrate.Config{Logger: quiet()})
	if err != nil {
		return err
	}
	if state, err := migrator.Validate(ctx, nil); err == nil && state.OK {
		return nil
	}
	c, err := pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer c.Release()
	if _, err := c.Exec(ctx, "SELECT pg_advisory_lock($1)", int64(queueLock)); err != nil {
		return err
	}
	defer c.Exec(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", int64(queueLock))
	_, err = migrator.Migrate(ctx, rivermigrate.DirectionUp, nil)
	return err
}

// pool is connections for the queue.
func (l *Ledger) pool(ctx context.Context, most int32) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig("")
	if err != nil {
		return nil, err
	}
	config.ConnConfig, config.MaxConns = l.config.Copy(), most
	return pgxpool.NewWithConfig(ctx, config)
}

// failed names the ledger in an error.
func (l *Ledger) failed(err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	return fmt.Errorf("ledger %s: %w", l.name, explain(err))
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }
