package engine

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/reading"
	"github.com/onrecord/onrecord/source"
)

// What workers do: a read puts articles into the queue of a ledger, workers on any number of machines read them and link the ledger.

// Enqueue keeps all articles of the paths in the ledger, for workers to read; without paths, those of the ledger that another model has read,
// or that nobody has. The summary is of what was kept, and comes with an error too.
func Enqueue(ctx context.Context, l ledger.Queue, paths []string, o Options) (*Summary, error) {
	return enqueue(ctx, l, paths, o, usual())
}

func enqueue(ctx context.Context, l ledger.Queue, paths []string, o Options, h how) (*Summary, error) {
	q := &queued{run: newRun(l, h), queue: l}
	q.batch, q.most = min(h.batch, jobArticles), jobBytes
	if len(paths) == 0 {
		return &q.summary, errors.Join(q.again(ctx), l.LinkSoon(ctx))
	}
	defer q.report(o.Progress, source.Size(paths))()
	input := source.Names(paths)
	if err := l.Begin(ctx, input); err != nil {
		return &q.summary, err
	}
	if err := l.SetRefusals(ctx, nil); err != nil {
		return &q.summary, err
	}
	if err := q.take(ctx, o.items(ctx, paths), q.put); err != nil {
		return &q.summary, err
	}
	return &q.summary, errors.Join(l.AddRefusals(ctx, refusals(q.summary.Refused)), l.End(ctx, input), l.LinkSoon(ctx))
}

// A job is so many articles at most, or bytes of text, about: few enough that machines share the work evenly, and enough that what a job
// itself costs does not show.
const (
	jobArticles = 32
	jobBytes    = 256 << 10
)

// queued is one call of Enqueue.
type queued struct {
	*run
	queue ledger.Queue
}

// put keeps the articles of a batch.
func (q *queued) put(ctx context.Context, b *batch) error {
	s := q.summary
	var list []*onrecord.Article
	for _, item := range b.items {
		q.count(item)
		if item.Article != nil && item.Refusal == nil {
			if err := reading.Check(item.Article); err != nil {
				item.Refusal = refusal(item.Article, err)
			}
		}
		if s.note(item) {
			list = append(list, item.Article)
		}
	}
	added, err := q.queue.AddUnread(ctx, list, q.model)
	if err != nil {
		return err
	}
	s.New, s.Again, s.Known = s.New+added.New, s.Again+added.Again, s.Known+added.Known
	q.summary = s
	return nil
}

// again has articles of the ledger read again.
func (q *queued) again(ctx context.Context) error {
	for last := ""; ; {
		list, err := q.queue.ReadByOthers(ctx, q.model, last)
		if err != nil || len(list) == 0 {
			return err
		}
		for len(list) > 0 {
			n, size := 0, 0
			var ids []string
			for ; n < len(list) && n < q.batch && size < q.most; n++ {
				ids, size, last = append(ids, list[n].ID), size+len(list[n].Text), list[n].ID
			}
			if err := q.queue.ReadAgain(ctx, ids, q.model); err != nil {
				return err
			}
			q.summary.Articles, q.summary.Again, list = q.summary.Articles+n, q.summary.Again+n, list[n:]
		}
	}
}

// WorkOptions say how a worker is to work.
type WorkOptions struct {
	Workers  int           // articles read at a time, at least 1
	Patience time.Duration // that jobs have to come to an end when the worker is stopped
	Log      *slog.Logger
	Done     func(read, refused, failed int, took time.Duration) // called for each job of reading; may be nil
}

// Work reads articles that wait in the ledger, and links it, until ctx is done; what it is doing then it does to its end, if that does not
// take longer than its patience.
func Work(ctx context.Context, l ledger.Queue, o WorkOptions) error { return work(ctx, l, o, usual()) }

func work(ctx context.Context, l ledger.Queue, o WorkOptions, h how) error {
	o.Workers = max(1, o.Workers)
	w := &worker{run: newRun(l, h), queue: l, WorkOptions: o}
	return l.Work(ctx, ledger.Worker{Model: h.model, Jobs: o.Workers, Patience: o.Patience, Log: o.Log, Read: w.job, Link: w.linkWhenRead})
}

// A worker does jobs.
type worker struct {
	*run
	WorkOptions
	queue ledger.Queue
}

// An article is refused that could not be read so often, or over which so many processes have died.
const (
	mostTries  = 3
	mostDeaths = 10
)

// errDeadly is of an article over which processes have died.
const errDeadly = "the program died %d times when it was to be read, please report this"

// job reads the articles of a job and keeps them: a failing article costs no other.
func (w *worker) job(ctx context.Context, j ledger.Job) error {
	begun := time.Now()
	list, err := w.queue.ToRead(ctx, j.Articles, w.model)
	if err != nil {
		return &ledger.Later{Err: err}
	}
	var made []*onrecord.Reading
	var refused []ledger.Refused
	var failed error
	for i := range list {
		a := &list[i]
		var got *onrecord.Reading
		if j.Deaths >= mostDeaths {
			err = fmt.Errorf(errDeadly, j.Deaths)
		} else {
			got, err = w.try(ctx, a)
		}
		switch {
		case ctx.Err() != nil:
			return &ledger.Later{Err: ctx.Err()}
		case err == nil:
			made = append(made, got)
		case j.Tries+1 >= mostTries || j.Deaths >= mostDeaths:
			w.Log.Error("refused", "article", a.ID, "file", a.File, "line", a.Line, "error", err)
			refused = append(refused, ledger.Refused{Article: a.ID, Refusal: ledger.Refusal{File: a.File, Line: a.Line, Reason: err.Error()}})
		default:
			w.Log.Warn("could not be read", "article", a.ID, "file", a.File, "line", a.Line, "tries", j.Tries+1, "error", err)
			failed = err
		}
	}
	for some := range fewRows(made) {
		if err := w.queue.AddRead(ctx, some); err != nil {
			return &ledger.Later{Err: err}
		}
	}
	if len(refused) > 0 {
		if err := w.queue.Refuse(ctx, refused); err != nil {
			return &ledger.Later{Err: err}
		}
	}
	if w.Done != nil {
		w.Done(len(made), len(refused), len(list)-len(made)-len(refused), time.Since(begun))
	}
	return failed
}

// The ledger is linked when nothing waits to be read any more, or after a while: what is read later has periods linked again.
const (
	linksAfter = time.Minute
	looksAfter = 100 * time.Millisecond
)

func (w *worker) linkWhenRead(ctx context.Context) error {
	for since := time.Now(); time.Since(since) < linksAfter; {
		s, err := w.queue.Status(ctx)
		if err != nil {
			return err
		}
		if !s.Unread {
			break
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(looksAfter):
		}
	}
	return w.link(ctx, w.Workers)
}

// Wait returns when workers have read all articles of the ledger and linked it. Tell is called with how many articles wait, and how
// many processes work, every now and then.
func Wait(ctx context.Context, l ledger.Queue, tell func(unread, workers int)) error {
	for told := (time.Time{}); ; {
		s, err := l.Status(ctx)
		if err != nil || s.Linked {
			return err
		}
		if time.Since(told) > tells {
			told = time.Now()
			if err := say(ctx, l, tell); err != nil {
				return err
			}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(waits):
		}
	}
}

// Wait looks so often, and tells so often.
const (
	waits = 50 * time.Millisecond
	tells = 2 * time.Second
)

func say(ctx context.Context, l ledger.Queue, tell func(unread, workers int)) error {
	unread, err := l.Unread(ctx)
	if err != nil {
		return err
	}
	workers, err := l.Workers(ctx)
	if err == nil {
		tell(unread, workers)
	}
	return err
}
