package main

import (
	"bytes"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// asCommand, in the environment, makes the test's own binary the command.
const asCommand = "ONRECORD_TEST_AS_COMMAND"

// An export that is killed leaves the file as it was, or whole and new; the ledger stays as it is.
func TestKillExport(t *testing.T) {
	const kills = 20
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	db, file := filepath.Join(dir, "l.db"), filepath.Join(dir, "out.jsonl")
	if code, _, stderr := ran(t.Context(), "", "--ledger", db, "read", "../../examples/coverage.jsonl", "../../examples/pages"); code != exitDone {
		t.Fatal(stderr)
	}
	_, whole, _ := ran(t.Context(), "", "--ledger", db, "export")
	const before = "what stood here before\n"
	r := rand.New(rand.NewPCG(5, 6))
	killed, old, aside := 0, 0, 0
	for tries := 0; killed < kills; tries++ {
		if tries > 20*kills {
			t.Fatalf("only %d of %d runs could be killed", killed, tries)
		}
		if err := os.WriteFile(file, []byte(before), 0o600); err != nil {
			t.Fatal(err)
		}
		c := exec.Command(self, "--ledger", db, "export", "-o", file)
		c.Env = append(os.Environ(), asCommand+"=1")
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- c.Wait() }()
		if tries%2 == 0 {
			waitForAside(dir, ended) // what is hit otherwise is the start of the process for the most part
		}
		time.Sleep(time.Duration(r.IntN(10)) * time.Millisecond)
		c.Process.Kill()
		<-ended
		if c.ProcessState.Exited() {
			if !c.ProcessState.Success() {
				t.Fatal(c.ProcessState)
			}
			continue // it came to its end before
		}
		killed++
		got, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case string(got) == before:
			old++
		case string(got) != whole:
			t.Fatalf("%d bytes, neither the old file nor the new one", len(got))
		}
		for _, name := range hidden(dir) {
			aside++
			os.Remove(filepath.Join(dir, name))
		}
	}
	t.Logf("%d kills: %d left the old file, %d a part of the new one aside", killed, old, aside)
	if old == 0 || aside == 0 {
		t.Error("no kill came while the file was written")
	}
	code, again, stderr := ran(t.Context(), "", "--ledger", db, "export")
	if code != exitDone || !bytes.Equal([]byte(again), []byte(whole)) {
		t.Errorf("the ledger has changed: %s", stderr)
	}
}

// hidden lists the files that begin with a dot.
func hidden(dir string) (names []string) {
	files, _ := os.ReadDir(dir)
	for _, f := range files {
		if strings.HasPrefix(f.Name(), ".") {
			names = append(names, f.Name())
		}
	}
	return names
}

// waitForAside returns when there is a hidden file, or the process has ended.
func waitForAside(dir string, ended chan error) {
	for len(hidden(dir)) == 0 {
		select {
		case err := <-ended:
			ended <- err
			return
		default:
			time.Sleep(200 * time.Microsecond)
		}
	}
}

// A review that the command has told of is in the ledger, whenever it is killed, and the ledger that is left is that of its reviews.
func TestKillReview(t *testing.T) {
	const kills = 12
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	db, other := filepath.Join(dir, "l.db"), filepath.Join(dir, "other.db")
	for _, l := range []string{db, other} {
		if code, _, stderr := ran(t.Context(), "", "--ledger", l, "read", "../../examples/coverage.jsonl"); code != exitDone {
			t.Fatal(stderr)
		}
	}
	_, whole, _ := ran(t.Context(), "", "--ledger", db, "export")
	rows := regexp.MustCompile(`"type":"statement","id":"(s[0-9a-z]{13})"`).FindAllStringSubmatch(whole, -1)
	r := rand.New(rand.NewPCG(7, 8))
	told := map[string]bool{}
	killed := 0
	for tries := 0; killed < kills && tries < 20*kills; tries++ {
		var out bytes.Buffer
		c := exec.Command(self, "--ledger", db, "review", rows[tries%len(rows)][1], "correct", "stance=believes", "--by", "Ada", "--why", strconv.Itoa(tries))
		c.Env = append(os.Environ(), asCommand+"=1")
		c.Stdout = &out
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(time.Duration(r.IntN(400))*time.Millisecond, func() { c.Process.Kill() })
		c.Wait()
		timer.Stop()
		if c.ProcessState.Exited() && !c.ProcessState.Success() {
			t.Fatal(c.ProcessState)
		}
		if !c.ProcessState.Exited() {
			killed++
		}
		if id, _, ok := strings.Cut(out.String(), " "); ok {
			told[id] = true
		}
	}
	file := filepath.Join(dir, "reviews.jsonl")
	if code, _, stderr := ran(t.Context(), "", "--ledger", db, "reviews", "--export", file); code != exitDone {
		t.Fatal(stderr)
	}
	kept, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for id := range told {
		if !bytes.Contains(kept, []byte(`"id":"`+id+`"`)) {
			t.Errorf("the review %s is lost", id)
		}
	}
	t.Logf("%d kills, %d reviews told of, %d kept", killed, len(told), bytes.Count(kept, []byte("\n")))
	for _, l := range []string{db, other} { // and the links that a killed run left undone
		if code, _, stderr := ran(t.Context(), "", "--ledger", l, "reviews", "--import", file); code != exitDone {
			t.Fatal(stderr)
		}
	}
	_, got, _ := ran(t.Context(), "", "--ledger", db, "export")
	if _, want, _ := ran(t.Context(), "", "--ledger", other, "export"); got != want || len(kept) > 0 && got == whole { // on a slow machine none may be kept
		t.Error("the ledger is not that of its reviews")
	}
}
