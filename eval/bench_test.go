//go:build unix

package eval

import (
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// BenchmarkRead runs the built command over the texts of polnear/dev, once a round, each time into a new ledger, and right after
// it `zcat FILE | wc`: the ratio of the two says more than either on a noisy machine.
func BenchmarkRead(b *testing.B) {
	shared, err := Shared()
	if err != nil {
		b.Skip(err)
	}
	corpus := filepath.Join(shared, "corpora", "polnear", "dev.jsonl.gz")
	bytes, words, articles := measureCorpus(b, corpus)
	dir := b.TempDir()
	binary := filepath.Join(dir, "onrecord")
	if out, err := exec.Command("go", "build", "-o", binary, "onrecord/cmd/onrecord").CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	var read, wc time.Duration
	var peak int64
	round := 0
	for b.Loop() {
		round++
		cmd := exec.Command(binary, "--ledger", filepath.Join(dir, strconv.Itoa(round)+".db"), "read", corpus)
		begin := time.Now()
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("%v: %s", err, out)
		}
		read += time.Since(begin)
		if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
			peak = max(peak, int64(usage.Maxrss)) // KiB on Linux
		}
		begin = time.Now()
		if out, err := exec.Command("sh", "-c", "zcat '"+corpus+"' | wc").CombinedOutput(); err != nil {
			b.Fatalf("%v: %s", err, out)
		}
		wc += time.Since(begin)
	}
	seconds := read.Seconds() / float64(round)
	b.ReportMetric(float64(articles)/seconds, "articles/s")
	b.ReportMetric(float64(words)/seconds, "words/s")
	b.ReportMetric(float64(bytes)/1e6/seconds, "MB/s")
	b.ReportMetric(float64(peak)/1024, "peak-MiB")
	b.ReportMetric(read.Seconds()/wc.Seconds(), "x-zcat|wc")
}

// measureCorpus counts a corpus: bytes and words of its texts, and articles.
func measureCorpus(b *testing.B, name string) (bytes, words, articles int) {
	b.Helper()
	texts, err := Texts(name)
	if err != nil {
		b.Fatal(err)
	}
	for _, t := range texts {
		bytes += len(t)
		words += len(strings.Fields(t))
	}
	return bytes, words, len(texts)
}
