package engine

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/postgres"
	"github.com/onrecord/onrecord/ledger/postgres/postgrestest"
	"github.com/onrecord/onrecord/reading"
)

func queueAt(t *testing.T, address string) ledger.Queue {
	t.Helper()
	l, err := postgres.Open(ctx, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

// works starts a worker that ends with the test, or when stop is called.
func works(t *testing.T, l ledger.Queue, h how) (stop func()) {
	t.Helper()
	running, cancel := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() {
		ended <- work(running, l, WorkOptions{Workers: 2, Patience: time.Minute, Log: slog.New(slog.DiscardHandler)}, h)
	}()
	stop = func() {
		if cancel(); ended == nil {
			return
		}
		if err := <-ended; err != nil {
			t.Error(err)
		}
		ended = nil
	}
	t.Cleanup(stop)
	return stop
}

// whenDone waits until all is read and linked.
func whenDone(t *testing.T, l ledger.Queue) {
	t.Helper()
	patience, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	if err := Wait(patience, l, func(int, int) {}); err != nil {
		t.Fatal(err)
	}
}

// Workers make the ledger that one process makes, of the same articles: also where these come in several parts while workers read, and some of
// them come again with other metadata.
func TestQueue(t *testing.T) {
	news := invented(60)
	want := newLedger(t)
	if _, err := Read(ctx, want, []string{file(t, "news.jsonl", news)}, Options{Workers: 2}); err != nil {
		t.Fatal(err)
	}
	l := queueAt(t, postgrestest.Start(t).Address(t))
	h := usual()
	h.batch = 4
	works(t, l, h)
	total := 0
	lines := strings.SplitAfter(news, "\n")
	for i := 0; i < len(lines); i += 25 {
		s, err := enqueue(ctx, l, []string{file(t, "news.jsonl", strings.Repeat("\n", i)+strings.Join(lines[i:min(i+25, len(lines))], ""))}, Options{}, h)
		if err != nil {
			t.Fatal(err)
		}
		total += s.Articles
	}
	if s, err := l.Status(ctx); err != nil || s.Linked || total != 60 {
		t.Errorf("%+v, %v, %d articles", s, err, total)
	}
	whenDone(t, l)
	if want, got := dump(t, want), dump(t, l); got != want {
		t.Errorf("workers: %s", cmp.Diff(want, got))
	}
	if s, err := l.Status(ctx); err != nil || s.Unread || len(s.Unfinished) > 0 || s.ReadByOthers(reading.Version()) {
		t.Errorf("%+v, %v", s, err)
	}
	if n, err := l.Workers(ctx); err != nil || n != 1 {
		t.Errorf("%d workers, %v", n, err)
	}
}

// Articles wait for a worker, and are refused when they could not be read often enough, with the reason; the version before is the newest again.
// Those that another model has read serve until they are read again.
func TestQueueRefuses(t *testing.T) {
	l := queueAt(t, postgrestest.Start(t).Address(t))
	h := plain("1")
	ok := h.reads
	h.read = simply(func(a *onrecord.Article) *onrecord.Reading {
		if strings.Contains(a.Text, "poison") {
			panic("it is poisoned")
		}
		return ok(a)
	})
	put := func(h how, want string, lines ...string) {
		t.Helper()
		var paths []string
		if len(lines) > 0 {
			paths = []string{file(t, "news.jsonl", strings.Join(lines, "\n"))}
		}
		s, err := enqueue(ctx, l, paths, Options{}, h)
		if err != nil {
			t.Fatal(err)
		}
		if got := counts(s); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	put(h, "4: 4 new, 0 again, 0 known, 1 refused", `{"id":"a","url":"https://a.example","text":"One."}`, `{"id":"b","text":"Two, poison."}`, `{"id":"a","url":"https://a.example","text":"One, poison."}`, `{"text":7}`, `{"id":"c","text":"Three."}`)
	put(h, "1: 0 new, 0 again, 1 known, 0 refused", `{"id":"c","text":"Three."}`)
	if n, err := l.Unread(ctx); err != nil || n != 4 {
		t.Errorf("%d wait, %v", n, err)
	}
	stop := works(t, l, h)
	whenDone(t, l)
	articles := func() (list []string) {
		if err := l.Rows(ctx, "", func(row any) error {
			if a, is := row.(*ledger.ArticleRow); is {
				list = append(list, fmt.Sprint(a.Text, a.Model, a.Version, a.Title))
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		slices.Sort(list)
		return list
	}
	if got := articles(); !slices.Equal(got, []string{"One.11", "Three.11"}) {
		t.Errorf("%q", got)
	}
	refused, err := l.Refusals(ctx)
	if err != nil || len(refused) != 2 || !strings.Contains(refused[0].Reason+refused[1].Reason, "it is poisoned") || refused[0].Line+refused[1].Line != 5 {
		t.Errorf("%+v, %v", refused, err)
	}
	stop()
	other := plain("2")
	put(other, "2: 0 new, 2 again, 0 known, 0 refused")
	put(other, "1: 0 new, 1 again, 0 known, 0 refused", `{"id":"c","text":"Three.","title":"C"}`)
	if got := articles(); !slices.Equal(got, []string{"One.11", "Three.1C"}) {
		t.Errorf("%q", got)
	}
	works(t, l, other)
	for since := time.Now(); !slices.Equal(articles(), []string{"One.21", "Three.21C"}); time.Sleep(50 * time.Millisecond) {
		if time.Since(since) > time.Minute {
			t.Fatalf("%q", articles())
		}
	}
}

// An article over which processes die is found, and refused; those beside it are read.
func TestQueueSurvivesADeadlyArticle(t *testing.T) {
	address := postgrestest.Start(t).Address(t)
	l := queueAt(t, address)
	h := plain("1")
	h.batch = 4
	path := file(t, "news.jsonl", `{"text":"One."}`+"\n"+`{"text":"Two, deadly."}`+"\n"+`{"text":"Three."}`+"\n"+`{"text":"Four."}`)
	if s, err := enqueue(ctx, l, []string{path}, Options{}, h); err != nil || s.New != 4 {
		t.Fatal(s, err)
	}
	c := &crew{T: t, address: address}
	deaths := 0
	for since := time.Now(); time.Since(since) < 2*time.Minute; deaths++ {
		if n, err := l.Unread(ctx); err != nil {
			t.Fatal(err)
		} else if n == 0 {
			break
		}
		p, _ := c.start("", childDeadly+"=deadly")
		ended := make(chan error, 1)
		go func() { ended <- p.Wait() }()
		for alive := true; alive; {
			select {
			case <-ended:
				alive = false
			case <-time.After(50 * time.Millisecond):
				if n, err := l.Unread(ctx); err == nil && n == 0 {
					p.Process.Kill()
				}
			}
		}
	}
	refused, err := l.Refusals(ctx)
	if err != nil || len(refused) != 1 || refused[0].Line != 2 || !strings.Contains(refused[0].Reason, "died 10 times") {
		t.Errorf("%+v, %v", refused, err)
	}
	n, err := l.Counts(ctx)
	if err != nil || n["article"] != 3 {
		t.Errorf("%v, %v", n, err)
	}
	t.Logf("%d processes", deaths)
}
