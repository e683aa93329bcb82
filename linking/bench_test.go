//go:build unix

package linking

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger/sqlite"
	"github.com/onrecord/onrecord/link"
	"github.com/onrecord/onrecord/link/synthetic"
)

// batch is how many readings one transaction keeps, as engine keeps them.
const batch = 64

// BenchmarkGrow fills a ledger on disk with synthetic coverage and links it, everything counted but the making up of the coverage; then
// one article more comes, of the last day, and later one of a day in the middle. For each it tells the processor time, and of the whole
// the memory that the process had at most, and the bytes on disk. With BENCH=full it goes to 100,000 articles.
func BenchmarkGrow(b *testing.B) {
	debug.SetMemoryLimit(3 << 30) // as the command does
	sizes := []int{3e3, 1e4}
	if os.Getenv("BENCH") == "full" {
		sizes = []int{1e4, 1e5}
	}
	if s := os.Getenv("BENCHSIZE"); s != "" {
		n, _ := strconv.Atoi(s)
		sizes = []int{n}
	}
	for _, n := range sizes {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				grow(b, n)
			}
		})
	}
}

func grow(b *testing.B, articles int) {
	ctx := context.Background()
	path := filepath.Join(b.TempDir(), "onrecord.db")
	l, err := sqlite.Open(ctx, path)
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	add := func(rs []*onrecord.Reading) {
		if _, err := l.Add(ctx, rs); err != nil {
			b.Fatal(err)
		}
	}
	v := synthetic.New()
	var spent time.Duration
	text := 0
	for day := 0; day*synthetic.Daily < articles; day++ {
		rs := v.Day(day, min(synthetic.Daily, articles-day*synthetic.Daily))
		for _, r := range rs {
			r.Model = "synthetic"
			text += len(r.Article.Text)
		}
		begin := processor(b)
		for len(rs) > 0 {
			n := min(batch, len(rs))
			add(rs[:n])
			rs = rs[n:]
		}
		spent += processor(b) - begin
	}
	report := func(what string, spent time.Duration) {
		b.ReportMetric(spent.Seconds()*1000, what+"-cpu-ms")
	}
	b.ReportMetric(float64(articles)/spent.Seconds(), "added/cpu-s")
	linkAll := func() time.Duration {
		begin := processor(b)
		if err := Link(ctx, l, link.Usual(), 2, func() {}); err != nil {
			b.Fatal(err)
		}
		return processor(b) - begin
	}
	b.ReportMetric(float64(articles)/linkAll().Seconds(), "linked/cpu-s")
	b.ReportMetric(float64(size(b, path))/float64(articles), "B/article")
	b.ReportMetric(float64(text)/float64(articles), "text-B/article")
	last := articles/synthetic.Daily - 1
	b.ReportMetric(peak(b), "peak-MB")
	for _, at := range []struct {
		name string
		day  int
	}{{"last", last}, {"middle", last / 2}} {
		r := v.Day(at.day, 40)[30]
		again := *r.Article
		again.ExternalID, again.Outlet, again.URL = "more "+at.name, "More Post", ""
		again.ID = onrecord.ArticleID(&again)
		more := synthetic.Moved(r, &again)
		more.Model = "synthetic"
		debug.FreeOSMemory()
		resetPeak()
		before := resident(b)
		begin := processor(b)
		add([]*onrecord.Reading{more})
		linkAll()
		report(at.name, processor(b)-begin)
		b.ReportMetric(resident(b)-before, at.name+"-MB-more")
		b.ReportMetric(high(), at.name+"-peak-MB")
	}
}

// high is the most memory since it was reset.
func high() float64 {
	s, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(s)) {
		var kb float64
		if n, _ := fmt.Sscanf(line, "VmHWM: %f kB", &kb); n == 1 {
			return kb * 1024 / 1e6
		}
	}
	return 0
}

func resetPeak() { _ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0o200) }

func resident(b *testing.B) float64 {
	s, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(s)) {
		var kb float64
		if n, _ := fmt.Sscanf(line, "VmRSS: %f kB", &kb); n == 1 {
			return kb * 1024 / 1e6
		}
	}
	return 0
}

func peak(b *testing.B) float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return float64(u.Maxrss) * 1024 / 1e6
}

func size(b *testing.B, path string) (n int64) {
	for _, f := range sqlite.Files(path) {
		if info, err := os.Stat(f); err == nil {
			n += info.Size()
		}
	}
	return n
}

// processor is the time that the process had of all processors.
func processor(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
