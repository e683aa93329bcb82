package engine

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger/sqlite"
	"github.com/onrecord/onrecord/reading"
)

// The environment of the process that TestKill kills: this test's own binary.
const (
	childLedger = "ONRECORD_TEST_LEDGER"
	childInput  = "ONRECORD_TEST_INPUT"
)

// child reads the input into the ledger, in small batches, and is the exit code. It writes a byte for each step that it comes to.
func child() int {
	step := func() { os.Stdout.Write([]byte{'.'}) }
	step()
	l, err := sqlite.Open(ctx, os.Getenv(childLedger))
	if err == nil {
		step()
		_, err = read(ctx, l, []string{os.Getenv(childInput)}, Options{Workers: 2}, how{model: reading.Version(), batch: 4, most: 20, read: func(a *onrecord.Article) *onrecord.Reading {
			defer step()
			return reading.Read(a)
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

// However often the process dies, at whatever moment, reading again completes the ledger to the same rows.
func TestKill(t *testing.T) {
	const kills, articles = 50, 40
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	input := file(t, "news.jsonl", invented(articles))
	// run starts the process and kills it a while after a number of steps; it says whether the process came to its end before.
	run := func(path string, steps int, while time.Duration) (ended bool) {
		c := exec.Command(self)
		c.Env = append(os.Environ(), childLedger+"="+path, childInput+"="+input)
		c.Stderr = os.Stderr
		out, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		if n, _ := io.CopyN(io.Discard, out, int64(steps)); n == int64(steps) {
			time.Sleep(while)
			c.Process.Kill()
		}
		if err := c.Wait(); err != nil && c.ProcessState.Exited() { // it failed, and was not killed
			t.Fatal(err)
		}
		return c.ProcessState.Success()
	}
	rows := func(path string) string {
		l, err := sqlite.Open(ctx, path)
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		return dump(t, l)
	}
	dir := t.TempDir()
	whole := filepath.Join(dir, "whole.db")
	if !run(whole, 10*articles, 0) {
		t.Fatal("the whole run did not end")
	}
	want := rows(whole)
	r := rand.New(rand.NewPCG(1, 2))
	killed, half, completed := 0, 0, 0
	for killed < kills {
		path := filepath.Join(dir, fmt.Sprintf("%d.db", completed))
		for !run(path, r.IntN(articles/2), time.Duration(r.IntN(40))*time.Millisecond) {
			if killed++; killed%5 == 0 && halfWritten(path) {
				half++
			}
		}
		completed++
		if got := rows(path); got != want {
			t.Fatalf("after %d kills: %s", killed, cmp.Diff(want, got))
		}
	}
	t.Logf("%d kills, %d ledgers completed, %d of %d looked at held articles and no links", killed, completed, half, killed/5)
	if half == 0 {
		t.Error("no kill came between the first batch and the links")
	}
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
