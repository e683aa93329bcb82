//go:build unix

package linking

import (
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger/sqlite"
	"github.com/onrecord/onrecord/link"
	"github.com/onrecord/onrecord/link/synthetic"
)

// perBatch is how many readings one transaction keeps.
const perBatch = 64

// BenchmarkGrow fills a ledger on disk with synthetic coverage and links it, with all that it writes but without making the coverage up;
// then one article more comes, of the last day, and another of a day in the middle. It tells what an article cost to add and to link, on the average,
// and what one more did, in time of one processor; how many times as much that is; the memory that the process had at most, which it needs
// while it fills the ledger; and bytes on disk. BENCH=full fills one of 100,000 articles too; BENCH=20000 one of so many.
func BenchmarkGrow(b *testing.B) {
	debug.SetMemoryLimit(3 << 30) // as the command does
	sizes := []int{1e4}
	if n, err := strconv.Atoi(os.Getenv("BENCH")); err == nil {
		sizes = []int{n}
	} else if os.Getenv("BENCH") == "full" {
		sizes = append(sizes, 1e5)
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
	path := filepath.Join(b.TempDir(), "onrecord.db")
	l, err := sqlite.Open(b.Context(), path)
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	add := func(rs ...*onrecord.Reading) time.Duration {
		return spent(b, func() error {
			_, err := l.Add(b.Context(), rs)
			return err
		})
	}
	linked := func() time.Duration {
		return spent(b, func() error { return Link(b.Context(), l, link.Usual(), 2, func() {}) })
	}
	v, text := synthetic.New(), 0
	var adding time.Duration
	for day := 0; day*synthetic.Daily < articles; day++ {
		rs := v.Day(day, min(synthetic.Daily, articles-day*synthetic.Daily))
		for _, r := range rs {
			r.Model = "synthetic"
			text += len(r.Article.Text)
		}
		for len(rs) > 0 {
			n := min(perBatch, len(rs))
			adding += add(rs[:n]...)
			rs = rs[n:]
		}
	}
	linking := linked()
	each := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 / float64(articles) }
	b.ReportMetric(each(adding), "add-cpu-ms")
	b.ReportMetric(each(linking), "link-cpu-ms")
	b.ReportMetric(float64(size(b, path))/float64(articles), "B/article")
	b.ReportMetric(float64(text)/float64(articles), "text-B/article")
	last := articles/synthetic.Daily - 1
	for name, day := range map[string]int{"last": last, "middle": last / 2} {
		r := v.Day(day, 40)[30]
		a := *r.Article
		a.ExternalID, a.Outlet = "more "+name, "More Post"
		a.ID = onrecord.ArticleID(&a)
		more := synthetic.Moved(r, &a)
		more.Model = "synthetic"
		one := add(more) + linked()
		b.ReportMetric(one.Seconds(), name+"-cpu-s")
		b.ReportMetric(float64(one)*float64(articles)/float64(adding+linking), name+"-ratio")
	}
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(u.Maxrss)*1024/1e6, "peak-MB")
}

// spent is the time of all processors that something took.
func spent(b *testing.B, do func() error) time.Duration {
	b.Helper()
	begin := processor(b)
	if err := do(); err != nil {
		b.Fatal(err)
	}
	return processor(b) - begin
}

// size is how many bytes a ledger has on disk.
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
