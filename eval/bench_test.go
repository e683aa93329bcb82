//go:build unix

package eval

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/hostile"
	"github.com/onrecord/onrecord/ledger/storage"
	"github.com/onrecord/onrecord/page"
	"github.com/onrecord/onrecord/reading"
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
	binary := build(b, dir)
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

// build builds the command into a folder and returns its name.
func build(b *testing.B, dir string) string {
	b.Helper()
	binary := filepath.Join(dir, "onrecord")
	if out, err := exec.Command("go", "build", "-o", binary, "../cmd/onrecord").CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	return binary
}

// BenchmarkReadOneCore reads polnear/dev on one processor: by the command, as BenchmarkRead does, and without what surrounds the
// reading of an article (starting, models, ledger, links). Beside it stands compromise (npmjs.com/package/compromise), which finds
// nothing but the quotations of the same texts, where Node is there. Times are those of the processor, which other programs change
// little.
func BenchmarkReadOneCore(b *testing.B) {
	shared, err := Shared()
	if err != nil {
		b.Skip(err)
	}
	corpus := filepath.Join(shared, "corpora", "polnear", "dev.jsonl.gz")
	_, words, _ := measureCorpus(b, corpus)
	texts, err := Texts(b.Context(), corpus)
	if err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	binary := build(b, dir)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	reading.Read(&onrecord.Article{Text: "The models are read."})
	var command, alone time.Duration
	var peak int64
	round := 0
	for b.Loop() {
		round++
		cmd := exec.Command(binary, "--ledger", filepath.Join(dir, strconv.Itoa(round)+".db"), "read", "--workers", "1", corpus)
		cmd.Env = append(os.Environ(), "GOMAXPROCS=1")
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("%v: %s", err, out)
		}
		command += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
			peak = max(peak, int64(usage.Maxrss))
		}
		begin := processorTime(b)
		for _, t := range texts {
			reading.Read(&onrecord.Article{Text: t})
		}
		alone += processorTime(b) - begin
	}
	perSecond := func(d time.Duration) float64 { return float64(words*round) / d.Seconds() }
	b.ReportMetric(perSecond(command), "words/s")
	b.ReportMetric(perSecond(alone), "words/s-reading-alone")
	b.ReportMetric(float64(peak)/1024, "peak-MiB")
	took, err := compromise(corpus)
	if err != nil {
		b.Logf("compromise was left out: %v", err)
		return
	}
	b.ReportMetric(float64(words)/took.Seconds(), "words/s-compromise")
	b.ReportMetric(took.Seconds()*float64(round)/command.Seconds(), "x-compromise")
}

// processorTime is the time that this process has had of the processor.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// compromise is the time of the processor in which it finds the quotations of a corpus. It is installed, where it is not yet, into
// the user's cache.
func compromise(corpus string) (time.Duration, error) {
	const version = "14.17.0"
	node, err := exec.LookPath("node")
	if err != nil {
		return 0, err
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return 0, err
	}
	folder := filepath.Join(cache, "onrecord", "compromise-"+version)
	if _, err := os.Stat(filepath.Join(folder, "node_modules", "compromise")); err != nil {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return 0, err
		}
		npm := exec.Command("npm", "install", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", "compromise@"+version)
		npm.Dir = folder
		if out, err := npm.CombinedOutput(); err != nil {
			return 0, fmt.Errorf("npm install: %w: %s", err, out)
		}
	}
	cmd := exec.Command(node, filepath.Join("testdata", "quotations.js"), folder, corpus)
	if out, err := cmd.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("%w: %s", err, out)
	}
	return cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), nil
}

// measureCorpus counts a corpus: bytes and words of its texts, and articles.
func measureCorpus(b *testing.B, name string) (bytes, words, articles int) {
	b.Helper()
	texts, err := Texts(b.Context(), name)
	if err != nil {
		b.Fatal(err)
	}
	for _, t := range texts {
		bytes += len(t)
		words += len(strings.Fields(t))
	}
	return bytes, words, len(texts)
}

// BenchmarkHostile reads texts that nobody writes, of three sizes: time and memory grow with the size, up to the limit on what is
// read of one article. Time is that of the processor, memory the most that the heap held meanwhile.
func BenchmarkHostile(b *testing.B) {
	reading.Read(&onrecord.Article{Text: "The models are read."})
	for _, shape := range hostile.Shapes() {
		for _, size := range []int{100_000, 1_000_000, 10_000_000} {
			b.Run(fmt.Sprintf("%s/%d", strings.ReplaceAll(shape.Name, " ", "-"), size), func(b *testing.B) {
				input := shape.Text(size)
				var took time.Duration
				var peak uint64
				for b.Loop() {
					begin := processorTime(b)
					peak = max(peak, peakHeap(func() {
						if err := readAny(input, shape.HTML); err != nil {
							b.Logf("refused: %v", err)
						}
					}))
					took += processorTime(b) - begin
				}
				b.ReportMetric(0, "ns/op")
				b.ReportMetric(took.Seconds()/float64(b.N), "s")
				b.ReportMetric(float64(peak)/(1<<20), "MiB")
			})
		}
	}
}

// readAny reads a text or a page, or says why it is refused.
func readAny(input string, html bool) error {
	a := &onrecord.Article{Text: input}
	if html {
		var err error
		if a, err = page.Article([]byte(input), "https://times.example/"); err != nil {
			return err
		}
	}
	if err := reading.Check(a); err != nil {
		return err
	}
	reading.Read(a)
	return nil
}

// peakHeap is the most bytes that the heap grows by while a function runs, looked at every millisecond.
func peakHeap(f func()) (most uint64) {
	runtime.GC()
	heap := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(heap)
	before := heap[0].Value.Uint64()
	done, looked := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(looked)
		tick := time.NewTicker(time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				if metrics.Read(heap); heap[0].Value.Uint64() > before {
					most = max(most, heap[0].Value.Uint64()-before)
				}
			case <-done:
				return
			}
		}
	}()
	f()
	close(done)
	<-looked
	return most
}

// BenchmarkSecondWriter reads polnear/train and the largest hostile texts into a ledger while somebody else writes to it again and
// again: how long that one waits for a turn, through reading and linking.
func BenchmarkSecondWriter(b *testing.B) {
	shared, err := Shared()
	if err != nil {
		b.Skip(err)
	}
	dir := b.TempDir()
	binary := build(b, dir)
	inputs := []string{filepath.Join(shared, "corpora", "polnear", "train.jsonl.gz")}
	for i, shape := range hostile.Shapes() {
		name := filepath.Join(dir, strconv.Itoa(i)+".txt")
		if shape.HTML {
			name = filepath.Join(dir, strconv.Itoa(i)+".html")
		}
		if err := os.WriteFile(name, []byte(shape.Text(1_000_000)), 0o600); err != nil {
			b.Fatal(err)
		}
		inputs = append(inputs, name)
	}
	var waits []time.Duration
	round := 0
	for b.Loop() {
		round++
		path := filepath.Join(dir, strconv.Itoa(round)+".db")
		l, err := storage.Open(b.Context(), path)
		if err != nil {
			b.Fatal(err)
		}
		cmd := exec.Command(binary, append([]string{"--ledger", path, "read"}, inputs...)...)
		done := make(chan error, 1)
		if err := cmd.Start(); err != nil {
			b.Fatal(err)
		}
		go func() { done <- cmd.Wait() }()
		for ended := false; !ended; {
			select {
			case err := <-done: // it refuses some of the hostile texts
				if exit := new(exec.ExitError); err != nil && !errors.As(err, &exit) {
					b.Fatal(err)
				}
				ended = true
			case <-time.After(5 * time.Millisecond):
				begin := time.Now()
				if err := l.SetRefusals(b.Context(), nil); err != nil {
					b.Fatal(err)
				}
				waits = append(waits, time.Since(begin))
			}
		}
		if err := l.Close(); err != nil {
			b.Fatal(err)
		}
	}
	slices.Sort(waits)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(len(waits))/float64(round), "turns")
	b.ReportMetric(waits[len(waits)*99/100].Seconds(), "p99-s")
	b.ReportMetric(waits[len(waits)-1].Seconds(), "longest-s")
}
