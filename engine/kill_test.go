package engine

import (
	"context"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/sqlite"
	"github.com/onrecord/onrecord/link"
	"github.com/onrecord/onrecord/reading"
	"github.com/onrecord/onrecord/source"
)

// The environment of the process that TestKill kills: this test's own binary.
const (
	childLedger = "ONRECORD_TEST_LEDGER"
	childInput  = "ONRECORD_TEST_INPUT"
	childReview = "ONRECORD_TEST_REVIEW"
)

// child reads the input into the ledger, in small batches, and is the exit code. It writes a byte for each step that it comes to.
func child() int {
	step := func() { os.Stdout.Write([]byte{'.'}) }
	step()
	l, err := sqlite.Open(ctx, os.Getenv(childLedger))
	if err == nil && os.Getenv(childReview) != "" {
		err = reviewOn(l, math.MaxInt32, step)
	} else if err == nil {
		step()
		_, err = read(ctx, l, []string{os.Getenv(childInput)}, Options{Workers: 2}, how{model: reading.Version(), batch: 4, sizes: link.Sizes{Whole: 20, Period: 20}, patience: time.Minute, read: func(ctx context.Context, a *onrecord.Article) (*onrecord.Reading, error) {
			defer step()
			return reading.Within(ctx, a)
		}})
	}
	if err == nil {
		step()
		err = l.Close()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// reviewOn adds reviews, up to so many in all, to those that a ledger has, and makes a step after each that is kept. Which one comes next follows from
// how many there are.
func reviewOn(l ledger.Ledger, most int, step func()) error {
	var statements []string
	if err := l.Rows(ctx, "", func(row any) error {
		if a, is := row.(*ledger.ArticleRow); is && len(statements) < 200 {
			v, err := l.Article(ctx, a.ID)
			for i := range v.Statements {
				statements = append(statements, v.Statements[i].ID)
			}
			return err
		}
		return nil
	}); err != nil {
		return err
	}
	slices.Sort(statements)
	before, err := l.ReviewList(ctx, math.MaxInt32, 0)
	if err != nil {
		return err
	}
	for i := len(before); i < most; i++ {
		if err := l.AddReview(ctx, onrecord.Review{
			Row: statements[i%len(statements)], Action: []string{"accept", "comment", "reject"}[i%3], By: "Edda Lorne", Why: fmt.Sprint("for reason ", i), At: time.Unix(1_900_000_000+int64(i), 0),
		}); err != nil {
			return err
		}
		step()
	}
	return nil
}

// A victim is a process that reads an input into ledgers, and is killed.
type victim struct {
	*testing.T
	self, input string
}

func newVictim(t *testing.T, articles int) *victim {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return &victim{t, self, file(t, "news.jsonl", invented(articles))}
}

// run starts the process and kills it a while after a number of steps; it says whether the process came to its end before.
func (v *victim) run(path string, steps int, while time.Duration) (ended bool) {
	v.Helper()
	c := exec.Command(v.self)
	c.Env = append(os.Environ(), childLedger+"="+path, childInput+"="+v.input)
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		v.Fatal(err)
	}
	if err := c.Start(); err != nil {
		v.Fatal(err)
	}
	if n, _ := io.CopyN(io.Discard, out, int64(steps)); n == int64(steps) {
		time.Sleep(while)
		c.Process.Kill()
	}
	if err := c.Wait(); err != nil && c.ProcessState.Exited() { // it failed, and was not killed
		v.Fatal(err)
	}
	return c.ProcessState.Success()
}

// rows are all rows of a ledger.
func (v *victim) rows(path string) string {
	v.Helper()
	l, err := sqlite.Open(ctx, path)
	if err != nil {
		v.Fatal(err)
	}
	defer l.Close()
	return dump(v, l)
}

// whole is a ledger of a run that was not killed.
func (v *victim) whole() (path string) {
	v.Helper()
	path = filepath.Join(v.TempDir(), "whole.db")
	if !v.run(path, math.MaxInt32, 0) {
		v.Fatal("the whole run did not end")
	}
	return path
}

// However often the process dies, at whatever moment, reading again completes the ledger to the same rows.
func TestKill(t *testing.T) {
	const kills, articles = 50, 40
	v := newVictim(t, articles)
	dir := t.TempDir()
	want := v.rows(v.whole())
	r := rand.New(rand.NewPCG(1, 2))
	killed, half, completed := 0, 0, 0
	for killed < kills {
		path := filepath.Join(dir, fmt.Sprintf("%d.db", completed))
		for !v.run(path, r.IntN(articles/2), time.Duration(r.IntN(40))*time.Millisecond) {
			if killed++; killed%5 == 0 && halfWritten(path) {
				half++
			}
		}
		completed++
		if got := v.rows(path); got != want {
			t.Fatalf("after %d kills: %s", killed, cmp.Diff(want, got))
		}
	}
	t.Logf("%d kills, %d ledgers completed, %d of %d looked at held articles and no links", killed, completed, half, killed/5)
	if half == 0 {
		t.Error("no kill came between the first batch and the links")
	}
}

// The same holds where it dies while it links what was read before: periods are linked one by one, and speakers are united.
func TestKillWhileLinking(t *testing.T) {
	const kills, articles = 20, 120
	v := newVictim(t, articles)
	dir := t.TempDir()
	want := v.rows(v.whole())
	begun := filepath.Join(dir, "begun.db")
	v.unlinked(begun)
	unlinked, err := os.ReadFile(begun)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(3, 4))
	killed, between, completed := 0, 0, 0
	for killed < kills {
		path := filepath.Join(dir, fmt.Sprintf("%d.db", completed))
		if err := os.WriteFile(path, unlinked, 0o600); err != nil {
			t.Fatal(err)
		}
		for !v.run(path, 2, time.Duration(r.IntN(150))*time.Millisecond) { // 2: the ledger is open
			if killed++; !isLinked(t, path) {
				between++
			}
			if killed >= kills {
				v.run(path, math.MaxInt32, 0)
				break
			}
		}
		completed++
		if got := v.rows(path); got != want {
			t.Fatalf("after %d kills: %s", killed, cmp.Diff(want, got))
		}
	}
	t.Logf("%d kills, %d ledgers completed, %d kills left the ledger not linked", killed, completed, between)
	if between == 0 {
		t.Error("no kill came before the links were whole")
	}
}

// No review that was kept, as the ledger said, is lost by the death of the process, and what holds after it is what would hold without.
func TestKillWhileReviewing(t *testing.T) {
	const kills, articles = 20, 30
	v := newVictim(t, articles)
	path := v.whole()
	untouched := filepath.Join(t.TempDir(), "untouched.db")
	ledgerFile, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(untouched, ledgerFile, 0o600); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(7, 8))
	reviews := func() int {
		l := mustOpen(t, path)
		defer l.Close()
		list, err := l.ReviewList(ctx, math.MaxInt32, 0)
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	kept, more := 0, 0
	for range kills {
		told := v.review(path, 2+r.IntN(12), time.Duration(r.IntN(4000))*time.Microsecond)
		now := reviews()
		if now < kept+told || now > kept+told+1 { // the last may be kept and not be told
			t.Fatalf("%d reviews, were %d, and %d were told to be kept", now, kept, told)
		}
		more += now - kept - told
		kept = now
	}
	t.Logf("%d kills, %d reviews, %d kept that were not told", kills, kept, more)
	l, other := mustOpen(t, path), mustOpen(t, untouched)
	defer l.Close()
	defer other.Close()
	if err := reviewOn(other, kept, func() {}); err != nil {
		t.Fatal(err)
	}
	if want, got := dump(t, other), dump(t, l); got != want || kept < 2*kills {
		t.Errorf("%d reviews: %s", kept, cmp.Diff(want, got))
	}
	if h, err := l.Examine(ctx); err != nil || len(h.Damage)+len(h.Altered) > 0 {
		t.Errorf("%+v, %v", h, err)
	}
}

func mustOpen(t *testing.T, path string) ledger.Ledger {
	t.Helper()
	l, err := sqlite.Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// review starts a process that adds reviews and kills it a while after a number of steps. It says how many reviews the process was told to be kept.
func (v *victim) review(path string, steps int, while time.Duration) (kept int) {
	v.Helper()
	c := exec.Command(v.self)
	c.Env = append(os.Environ(), childLedger+"="+path, childReview+"=1")
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		v.Fatal(err)
	}
	if err := c.Start(); err != nil {
		v.Fatal(err)
	}
	n, _ := io.CopyN(io.Discard, out, int64(steps))
	time.Sleep(while)
	c.Process.Kill()
	rest, _ := io.Copy(io.Discard, out)
	if c.Wait(); c.ProcessState.Exited() {
		v.Fatal(c.ProcessState)
	}
	return int(n+rest) - 1 // the first step is the process's own
}

// unlinked makes a ledger of the input's readings, as a read that dies before it links leaves it.
func (v *victim) unlinked(path string) {
	v.Helper()
	l, err := sqlite.Open(ctx, path)
	if err != nil {
		v.Fatal(err)
	}
	defer l.Close()
	known := map[string]string{}
	for item := range source.Paths(ctx, []string{v.input}, nil) {
		a, digest := item.Article, ledger.Digest(item.Article, reading.Version())
		if known[a.ID] == digest {
			continue
		}
		known[a.ID] = digest
		if _, err := l.Add(ctx, []*onrecord.Reading{reading.Read(a)}); err != nil {
			v.Fatal(err)
		}
	}
}

func isLinked(t *testing.T, path string) bool {
	t.Helper()
	l, err := sqlite.OpenReader(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	s, err := l.Status(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return s.Linked
}

// halfWritten says whether the ledger holds articles and no links.
func halfWritten(path string) bool {
	l, err := sqlite.OpenReader(ctx, path)
	if err != nil {
		return false // killed before there was a ledger
	}
	defer l.Close()
	n, err := l.Counts(ctx)
	return err == nil && n["article"] > 0 && n["story"] == 0
}
