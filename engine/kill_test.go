package engine

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"onrecord/ledger"
	"onrecord/reading"
)

// The environment of the process that TestKill kills: this test's own binary.
const (
	childLedger = "ONRECORD_TEST_LEDGER"
	childInput  = "ONRECORD_TEST_INPUT"
)

// child reads the input into the ledger, in small batches, and is the exit code.
func child() int {
	l, err := ledger.Open(ctx, os.Getenv(childLedger))
	if err == nil {
		_, err = read(ctx, l, []string{os.Getenv(childInput)}, Options{Workers: 2}, how{model: reading.Version(), read: reading.Read, batch: 4})
	}
	if err == nil {
		err = l.Close()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// However often the process dies, at whatever moment, reading again completes the ledger to the same rows.
func TestKill(t *testing.T) {
	const kills = 50
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	input := file(t, "news.jsonl", invented(40))
	start := func(path string) *exec.Cmd {
		c := exec.Command(self)
		c.Env = append(os.Environ(), childLedger+"="+path, childInput+"="+input)
		c.Stderr = os.Stderr
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		return c
	}
	rows := func(path string) string {
		l, err := ledger.Open(ctx, path)
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		return dump(t, l)
	}
	dir := t.TempDir()
	whole := filepath.Join(dir, "whole.db")
	since := time.Now()
	if err := start(whole).Wait(); err != nil {
		t.Fatal(err)
	}
	took := time.Since(since)
	want := rows(whole)
	r := rand.New(rand.NewPCG(1, 2))
	killed, partial, completed := 0, 0, 0
	for killed < kills || completed == 0 {
		path := filepath.Join(dir, fmt.Sprintf("%d.db", completed))
		for {
			c := start(path)
			if killed < kills {
				time.Sleep(time.Duration(r.Float64() * float64(took) * 0.6))
				c.Process.Kill()
			}
			if err := c.Wait(); err == nil {
				break
			} else if c.ProcessState.Exited() { // not killed: it failed
				t.Fatal(err)
			}
			killed++
			if killed%5 == 0 && halfWritten(path) {
				partial++
			}
		}
		completed++
		if got := rows(path); got != want {
			t.Fatalf("after %d kills: %s", killed, cmp.Diff(want, got))
		}
	}
	t.Logf("%d kills, %d ledgers completed, %d of %d looked at were half written; a whole run took %v", killed, completed, partial, killed/5, took)
	if partial == 0 {
		t.Error("no kill hit a run between its first batch and its links")
	}
}

// halfWritten says whether the ledger holds articles and no links.
func halfWritten(path string) bool {
	l, err := ledger.OpenReader(ctx, path)
	if err != nil {
		return false // killed before there was a ledger
	}
	defer l.Close()
	n, err := l.Counts(ctx)
	return err == nil && n["article"] > 0 && n["story"] == 0
}
