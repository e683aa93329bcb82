package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"time"

	"github.com/onrecord/onrecord/engine"
	"github.com/onrecord/onrecord/internal/sentinel"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/storage"
	"github.com/onrecord/onrecord/operate"
	"github.com/onrecord/onrecord/reading"
)

type workerCommand struct {
	Workers int           `help:"Articles read at a time; default: the number of processors." default:"0" placeholder:"N"`
	Grace   time.Duration `help:"How long what is being read may take to come to its end when the worker is stopped; what does not is read by another." default:"30s" placeholder:"DURATION"`
	postFlags
}

func (c *workerCommand) Run(ctx context.Context, root *command, s streams) error {
	l, err := storage.Open(ctx, root.Ledger)
	if err != nil {
		return err
	}
	defer l.Close()
	queue, is := l.(ledger.Queue)
	if !is {
		return fmt.Errorf("%s: %w", storage.Name(root.Ledger), errNoQueue)
	}
	if c.Workers < 1 {
		c.Workers = runtime.GOMAXPROCS(0)
	}
	post, log, stop, err := c.open(ctx, l, s)
	if err != nil {
		return err
	}
	defer stop()
	tell(s.out, "Reading what waits in %s (Ctrl-C to stop)", storage.Name(root.Ledger))
	return engine.Work(ctx, queue, engine.WorkOptions{Workers: c.Workers, Patience: c.Grace, Log: log, Done: post.Read})
}

// postFlags say where a process is asked how it does, and how it tells of what it does.
type postFlags struct {
	Status string `help:"Address of /healthz, /readyz and /metrics (for Prometheus), such as 127.0.0.1:7701; without it there are none, and requests are not logged." placeholder:"HOST:PORT"`
	Log    string `help:"Form of the log, on standard error: text or json." enum:"text,json" default:"text"`
}

// open is the post of a process, nil for none, and its log; stop closes it.
func (f *postFlags) open(ctx context.Context, l ledger.Ledger, s streams) (post *operate.Post, log *slog.Logger, stop func(), err error) {
	log = slog.New(slog.NewTextHandler(s.err, nil))
	if f.Log == "json" {
		log = slog.New(slog.NewJSONHandler(s.err, nil))
	}
	slog.SetDefault(log)
	if f.Status == "" {
		return nil, log, func() {}, nil
	}
	post = operate.New(l, reading.Version())
	at, stop, err := post.Listen(ctx, f.Status)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("--status: %w", err)
	}
	log.Info("status", "at", "http://"+at+"/readyz")
	return post, log, stop, nil
}

// errNoQueue is of a ledger that workers cannot share.
const errNoQueue sentinel.Error = "workers share a ledger in PostgreSQL, not one in a file: name it with --ledger postgres://USER@HOST/DATABASE"

// queue is where articles are to be put, nil where they are to be read here.
func (c *readCommand) queue(root *command, l ledger.Ledger) (ledger.Queue, error) {
	if !c.Queue {
		return nil, nil
	}
	queue, is := l.(ledger.Queue)
	if !is {
		return nil, fmt.Errorf("%s: %w", storage.Name(root.Ledger), errNoQueue)
	}
	return queue, nil
}

// wait waits until workers have read all, and says where there are none.
func wait(ctx context.Context, queue ledger.Queue, s streams) error {
	told := false
	err := engine.Wait(ctx, queue, func(unread, workers int) {
		if workers == 0 && !told {
			tell(s.err, "%s to be read, and no worker is running: onrecord worker starts one", count(unread, "article"))
		}
		told = workers == 0
	})
	if err != nil && ctx.Err() != nil {
		return fmt.Errorf("%w: what was put into the queue is kept, and workers read it", errStopped)
	}
	return err
}

// tellQueue says how many articles wait for how many workers.
func tellQueue(ctx context.Context, queue ledger.Queue, s streams) error {
	unread, err := queue.Unread(ctx)
	workers, err2 := queue.Workers(ctx)
	if err := errors.Join(err, err2); err != nil {
		return err
	}
	tell(s.err, "%s to be read, %s running", count(unread, "article"), count(workers, "worker"))
	return nil
}
