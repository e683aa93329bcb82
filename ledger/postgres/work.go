package postgres

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"errors"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"

	"github.com/onrecord/onrecord/ledger"
)

// A worker that lives holds an advisory lock, of two numbers: one of the ledger's schema, and one of its own, which the jobs that it does
// name. A job whose worker's lock is free is nobody's.
const (
	ledgerNumber = "hashtext('onrecord worker ' || current_schema())"
	locksOfIt    = "pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2 AND classid = (" + ledgerNumber + `::bigint & 4294967295)::oid
		AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
)

// freed makes the jobs of dead workers available again, and counts their deaths.
const freed = `UPDATE river_job j SET state = 'available', scheduled_at = now(), attempt = j.attempt - 1,
	metadata = j.metadata || jsonb_build_object('deaths', COALESCE((j.metadata ->> 'deaths')::int, 0) + 1)
	WHERE j.state = 'running' AND NOT (j.attempted_by[cardinality(j.attempted_by)] IN (SELECT objid::text FROM ` + locksOfIt + `))`

const (
	looksAround = time.Second            // how often a worker looks for jobs of dead ones
	comesBack   = time.Second            // after this it tries again where it lost the database
	fetches     = 20 * time.Millisecond  // the least time between two times that it asks for jobs
	polls       = 500 * time.Millisecond // the most, where nobody tells it of any
	never       = 100 * 365 * 24 * time.Hour
)

// Work: see [ledger.Queue].
func (l *Ledger) Work(ctx context.Context, w ledger.Worker) error {
	if err := l.readyQueue(ctx); err != nil {
		return err
	}
	if err := l.LinkSoon(ctx); err != nil { // it may be of other rules than this worker's
		return err
	}
	for ctx.Err() == nil {
		if err := l.session(ctx, w); err != nil && ctx.Err() == nil {
			w.Log.Warn("the database was lost", "error", l.failed(err))
			select {
			case <-ctx.Done():
			case <-time.After(comesBack):
			}
		}
	}
	return nil
}

// session does jobs under one lock, until it is lost or ctx is done.
func (l *Ledger) session(ctx context.Context, w ledger.Worker) error {
	own, err := pgx.ConnectConfig(ctx, l.config.Copy())
	if err != nil {
		return err
	}
	defer own.Close(context.WithoutCancel(ctx))
	var number [4]byte
	rand.Read(number[:])
	me := int32(binary.LittleEndian.Uint32(number[:]) >> 1)
	if _, err := own.Exec(ctx, "SELECT pg_advisory_lock("+ledgerNumber+", $1)", me); err != nil {
		return err
	}
	pool, err := l.pool(ctx, 6)
	if err != nil {
		return err
	}
	defer pool.Close()
	workers := river.NewWorkers()
	river.AddWorker(workers, &reader{Worker: w, in: l})
	river.AddWorker(workers, &linker{Worker: w, in: l, stop: ctx})
	client, err := river.NewClient(riverpgxv5.New(pool), &river.Config{
		ID: strconv.Itoa(int(me)), Workers: workers, Logger: w.Log, JobTimeout: -1, RescueStuckJobsAfter: never, RetryPolicy: slower{}, SoftStopTimeout: w.Patience,
		FetchCooldown: fetches, FetchPollInterval: polls, MaxAttempts: mostAttempts,
		Queues: map[string]river.QueueConfig{readQueue: {MaxWorkers: w.Jobs}, againQueue(w.Model): {MaxWorkers: w.Jobs}, linkQueue: {MaxWorkers: 1}},
	})
	if err != nil {
		return err
	}
	if err := client.Start(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	for {
		if _, err = own.Exec(context.WithoutCancel(ctx), freed); err != nil {
			return errors.Join(err, client.StopAndCancel(context.WithoutCancel(ctx)))
		}
		select {
		case <-ctx.Done():
			return client.Stop(context.WithoutCancel(ctx))
		case <-time.After(looksAround):
		}
	}
}

// slower lets a job that failed wait, each time longer.
type slower struct{}

func (slower) NextRetry(job *rivertype.JobRow) time.Time {
	return time.Now().Add(time.Duration(min(60, job.Attempt)) * time.Second)
}

// again is how long a job waits that failed through no fault of its articles.
const again = 2 * time.Second

// A reader does jobs of reading.
type reader struct {
	river.WorkerDefaults[readJob]
	ledger.Worker
	in *Ledger
}

// mostDeaths is how many workers die over a job of several articles before each becomes a job of its own.
const mostDeaths = 3

func (r *reader) Work(ctx context.Context, job *river.Job[readJob]) error {
	var known struct {
		Deaths int `json:"deaths"`
	}
	if err := json.Unmarshal(job.Metadata, &known); err != nil {
		return err
	}
	var err error
	if known.Deaths >= mostDeaths && len(job.Args.Articles) > 1 {
		if err = r.in.divide(ctx, job); err != nil {
			err = &ledger.Later{Err: err}
		}
	} else {
		err = r.Read(ctx, ledger.Job{Articles: job.Args.Articles, Tries: job.Attempt - 1, Deaths: known.Deaths})
	}
	if later := (*ledger.Later)(nil); errors.As(err, &later) { // no try
		r.Log.Warn("a job waits", "job", job.ID, "error", err)
		return river.JobSnooze(again)
	}
	return err
}

// divide makes a job of each article of a job.
func (l *Ledger) divide(ctx context.Context, job *river.Job[readJob]) error {
	jobs := make([]river.InsertManyParams, len(job.Args.Articles))
	for i, id := range job.Args.Articles {
		jobs[i] = reading([]string{id}, job.Queue, job.Priority)
	}
	return l.Ledger.Write(ctx, func(ctx context.Context, conn *sql.Conn) error {
		if err := l.put(ctx, conn, jobs...); err != nil {
			return err
		}
		return done(ctx, conn, job)
	})
}

// done ends a job in the transaction of a connection.
func done[T river.JobArgs](ctx context.Context, conn *sql.Conn, job *river.Job[T]) error {
	return within(conn, func(tx pgx.Tx) error {
		_, err := river.JobCompleteTx[*riverpgxv5.Driver](ctx, tx, job)
		return err
	})
}

// A linker does the job of linking.
type linker struct {
	river.WorkerDefaults[linkJob]
	ledger.Worker
	in   *Ledger
	stop context.Context // ends it at once: what is linked is kept, and another goes on
}

// Work ends the job in the transaction that finds the ledger linked: what is kept after that finds no such job, and makes one.
func (k *linker) Work(ctx context.Context, job *river.Job[linkJob]) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(k.stop, cancel)()
	for {
		err := k.Link(ctx)
		if err == nil {
			var linked bool
			if linked, err = k.in.WhenLinked(ctx, func(ctx context.Context, conn *sql.Conn) error { return done(ctx, conn, job) }); linked {
				return nil
			}
		}
		switch {
		case ctx.Err() != nil:
			return river.JobSnooze(0)
		case err != nil:
			return err
		}
	}
}

// Workers: see [ledger.Queue].
func (l *Ledger) Workers(ctx context.Context) (n int, err error) {
	c, err := pgx.ConnectConfig(ctx, l.config.Copy())
	if err != nil {
		return 0, l.failed(err)
	}
	defer c.Close(context.WithoutCancel(ctx))
	err = c.QueryRow(ctx, "SELECT count(DISTINCT objid) FROM "+locksOfIt).Scan(&n)
	return n, l.failed(err)
}
