package engine

import (
	"bufio"
	"context"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/postgres"
	"github.com/onrecord/onrecord/ledger/postgres/postgrestest"
	"github.com/onrecord/onrecord/ledger/sqlite"
	"github.com/onrecord/onrecord/link"
	"github.com/onrecord/onrecord/reading"
)

// The environment of the processes that TestParity kills.
const (
	childQueue  = "ONRECORD_TEST_QUEUE"  // the address of a ledger in PostgreSQL
	childDeadly = "ONRECORD_TEST_DEADLY" // in a text: the process that reads it dies
	// kills is how many kills the test is to survive at least.
	kills = "ONRECORD_TEST_KILLS"
)

// parity is how all ways of that test read: jobs and periods are small, so that there are many.
func parity(step func()) how {
	return how{
		model: reading.Version(), batch: 3, sizes: link.Sizes{Whole: 20, Period: 20}, patience: time.Minute,
		read: func(ctx context.Context, a *onrecord.Article) (*onrecord.Reading, error) {
			defer step()
			return reading.Within(ctx, a)
		},
	}
}

// childOfQueue is a worker, or a read that puts an input into the queue; it writes a byte for each step that it comes to.
func childOfQueue() error {
	step := func() { os.Stdout.Write([]byte{'.'}) }
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGTERM)
	defer stop()
	l, err := postgres.Open(ctx, os.Getenv(childQueue))
	if err != nil {
		return err
	}
	defer l.Close()
	step()
	if input := os.Getenv(childInput); input != "" {
		_, err = enqueue(ctx, l, []string{input}, Options{}, parity(step))
		return err
	}
	if deadly := os.Getenv(childDeadly); deadly != "" {
		h := plain("1")
		ok := h.reads
		h.read = simply(func(a *onrecord.Article) *onrecord.Reading {
			if strings.Contains(a.Text, deadly) {
				os.Exit(137)
			}
			return ok(a)
		})
		return work(ctx, l, WorkOptions{Workers: 1, Log: slog.New(slog.DiscardHandler)}, h)
	}
	return work(ctx, l, WorkOptions{Workers: 2, Patience: time.Minute, Log: slog.New(slog.DiscardHandler)}, parity(step))
}

// Articles are the same ledger, to the byte, whether goroutines read them into a file, or into PostgreSQL, or workers do, however many, and however
// often they and whoever fills the queue are killed, connections are cut, and PostgreSQL is restarted.
func TestParity(t *testing.T) {
	least, err := strconv.Atoi(os.Getenv(kills))
	if err != nil {
		least = 60
	}
	server := postgrestest.Start(t)
	input := file(t, "news.jsonl", invented(60))
	alone := func(l ledger.Ledger, err error) string {
		t.Helper()
		if err == nil {
			defer l.Close()
			_, err = read(ctx, l, []string{input}, Options{Workers: 2}, parity(func() {}))
		}
		if err != nil {
			t.Fatal(err)
		}
		return dump(t, l)
	}
	want := alone(sqlite.Open(ctx, filepath.Join(t.TempDir(), "l.db")))
	if got := alone(postgres.Open(ctx, server.Address(t))); got != want {
		t.Fatalf("PostgreSQL: %s", cmp.Diff(want, got))
	}
	r := rand.New(rand.NewPCG(11, 12))
	killed := 0
	for round := 0; killed < least || round < 3; round++ {
		workers := []int{1, 2, 4}[round%3]
		c := &crew{T: t, address: server.Address(t) + "&synchronous_commit=on", input: input, seed: r.Uint64(), server: server}
		n := c.run(workers, min(max(least/3, 1), 40))
		killed += n
		t.Logf("%d workers: %d kills in %v, %d connections cut", workers, n, c.took.Round(time.Millisecond), c.cut)
		l := queueAt(t, c.address)
		if got := dump(t, l); got != want {
			t.Fatalf("%d workers, after %d kills: %.4000s", workers, n, cmp.Diff(want, got))
		}
		if h, err := l.Examine(ctx); err != nil || len(h.Damage)+len(h.Altered) > 0 {
			t.Fatalf("%+v, %v", h, err)
		}
		if refused, err := l.Refusals(ctx); err != nil || len(refused) > 0 {
			t.Fatalf("refused: %v, %v", refused, err)
		}
	}
	t.Logf("%d kills", killed)
}

// A crew is processes that fill a ledger, and are killed.
type crew struct {
	*testing.T
	server         *postgrestest.Server
	address, input string
	seed           uint64

	mu     sync.Mutex
	killed int
	cut    int
	took   time.Duration
}

// start starts a process of the crew.
func (c *crew) start(input string, more ...string) (*exec.Cmd, *bufio.Reader) {
	self, err := os.Executable()
	if err != nil {
		c.Fatal(err)
	}
	p := exec.Command(self)
	p.Env = append(append(os.Environ(), childQueue+"="+c.address, childInput+"="+input), more...)
	p.Stderr = os.Stderr
	out, err := p.StdoutPipe()
	if err == nil {
		err = p.Start()
	}
	if err != nil {
		c.Error(err)
	}
	return p, bufio.NewReader(out)
}

// live lets a process live until it has made some steps, and a while more, or for a second where there is nothing to do, and kills it.
func (c *crew) live(r *rand.Rand, input string, most int) (ended bool) {
	p, out := c.start(input)
	steps, while := int64(1+r.IntN(most)), time.Duration(r.IntN(100))*time.Millisecond
	reached := make(chan struct{})
	go func() {
		defer close(reached)
		if n, _ := io.CopyN(io.Discard, out, steps); n == steps {
			time.Sleep(while)
		}
	}()
	select {
	case <-reached:
	case <-time.After(time.Second):
	}
	p.Process.Kill()
	<-reached
	p.Wait()
	if !p.ProcessState.Exited() {
		c.mu.Lock()
		c.killed++
		c.mu.Unlock()
		return false
	}
	return p.ProcessState.Success()
}

// run fills the ledger by so many workers, which are killed until there were most kills or nothing is left to be done.
func (c *crew) run(workers, most int) (killed int) {
	defer func(since time.Time) { c.took = time.Since(since) }(time.Now())
	running, done := context.WithCancel(ctx)
	var all sync.WaitGroup
	enough := func() bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		return c.killed >= most
	}
	for i := range workers {
		r := rand.New(rand.NewPCG(c.seed, uint64(i)))
		all.Go(func() {
			for running.Err() == nil && !enough() {
				c.live(r, "", 12)
			}
			p, _ := c.start("")
			<-running.Done()
			p.Process.Signal(syscall.SIGTERM)
			if err := p.Wait(); err != nil {
				c.Errorf("a worker that was stopped: %v", err)
			}
		})
	}
	r := rand.New(rand.NewPCG(c.seed, 99))
	for !c.live(r, c.input, 3) { // it makes one step, and comes to its end where more are waited for
	}
	c.cut = c.trouble(r)
	c.wait()
	done()
	all.Wait()
	return c.killed
}

// wait waits until the ledger is whole, also where connections are cut meanwhile.
func (c *crew) wait() {
	for since := time.Now(); ; {
		err := func() error {
			l, err := postgres.Open(ctx, c.address)
			if err != nil {
				return err
			}
			defer l.Close()
			patience, cancel := context.WithTimeout(ctx, time.Minute)
			defer cancel()
			return Wait(patience, l, func(int, int) {})
		}()
		if err == nil {
			return
		}
		if time.Since(since) > 3*time.Minute {
			c.Fatal(err)
		}
	}
}

// trouble cuts connections and restarts the server.
func (c *crew) trouble(r *rand.Rand) (cut int) {
	admin := c.server.Admin(c)
	for range 2 {
		time.Sleep(time.Duration(r.IntN(300)) * time.Millisecond)
		if err := admin.QueryRow(ctx, "SELECT count(pg_terminate_backend(pid)) FROM (SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND application_name = 'onrecord' LIMIT 3) x").Scan(&cut); err != nil {
			c.Error(err)
		}
	}
	if err := c.server.Restart(); err != nil {
		c.Error(err)
	}
	return cut
}

// BenchmarkWays reads and links articles in each way of TestParity, from the command to the last link: goroutines into a file and into PostgreSQL,
// which two of them do, and workers, who are running already: one that reads two articles at a time, and two that read one. PostgreSQL is that of
// the tests, which waits for no disk.
func BenchmarkWays(b *testing.B) {
	const articles = 1000
	server := postgrestest.Start(b)
	input := file(b, "news.jsonl", invented(articles))
	rate := func(b *testing.B, way func(b *testing.B)) {
		for b.Loop() {
			way(b)
		}
		b.ReportMetric(articles*float64(b.N)/b.Elapsed().Seconds(), "articles/s")
	}
	must := func(b *testing.B, err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	alone := func(b *testing.B, l ledger.Ledger, err error) {
		must(b, err)
		defer l.Close()
		_, err = Read(ctx, l, []string{input}, Options{Workers: 2})
		must(b, err)
	}
	b.Run("file", func(b *testing.B) {
		rate(b, func(b *testing.B) {
			l, err := sqlite.Open(ctx, filepath.Join(b.TempDir(), "l.db"))
			alone(b, l, err)
		})
	})
	b.Run("PostgreSQL", func(b *testing.B) {
		rate(b, func(b *testing.B) {
			l, err := postgres.Open(ctx, server.Address(b))
			alone(b, l, err)
		})
	})
	for workers := 1; workers <= 2; workers++ {
		b.Run("workers"+strconv.Itoa(workers), func(b *testing.B) {
			rate(b, func(b *testing.B) {
				b.StopTimer()
				l, err := postgres.Open(ctx, server.Address(b))
				must(b, err)
				running, stop := context.WithCancel(ctx)
				var all sync.WaitGroup
				for range workers {
					all.Go(func() {
						Work(running, l, WorkOptions{Workers: 2 / workers, Patience: time.Minute, Log: slog.New(slog.DiscardHandler)})
					})
				}
				for n := 0; n < workers; time.Sleep(10 * time.Millisecond) {
					n, err = l.Workers(ctx)
					must(b, err)
				}
				b.StartTimer()
				_, err = Enqueue(ctx, l, []string{input}, Options{})
				must(b, err)
				must(b, Wait(ctx, l, func(int, int) {}))
				b.StopTimer()
				stop()
				all.Wait()
				must(b, l.Close())
				b.StartTimer()
			})
		})
	}
}
