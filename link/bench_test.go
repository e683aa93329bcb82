//go:build unix

package link

import (
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"syscall"
	"testing"
	"time"

	"onrecord"
)

// BenchmarkFold links synthetic coverage of growing size, made up as it is asked for: articles a second, also a second of one
// processor, which says more on a busy machine, without the time that making them up takes; and the most memory that the process
// had, in all. With BENCH=full it goes up to a million articles.
func BenchmarkFold(b *testing.B) {
	debug.SetMemoryLimit(3 << 30) // as the command does
	sizes := []int{1e3, 1e4, 1e5}
	if os.Getenv("BENCH") == "full" {
		sizes = append(sizes, 1e6)
	}
	for _, n := range sizes {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			s := &store{inventor: newInventor(), articles: n, days: map[int]int{}}
			for day := range (n + syntheticDaily - 1) / syntheticDaily {
				for _, r := range s.made(day) {
					s.days[Day(r.Article)]++
				}
			}
			periods := Periods(s.days, PeriodArticles)
			runtime.GC()
			s.wall, s.processor = 0, 0
			begin := processor(b)
			rows := 0
			for b.Loop() {
				var parts []Part
				if err := Fold(periods, runtime.GOMAXPROCS(0), s.period(b), func(_ Period, r *Rows) error {
					rows += len(r.Copies) + len(r.Reports) + len(r.Stories) + len(r.Utterances) + len(r.Measures) + len(r.Disputes)
					parts = append(parts, r.Parts...)
					return nil
				}); err != nil {
					b.Fatal(err)
				}
				speakers, _ := Unite(parts)
				rows += len(speakers)
			}
			spent := processor(b) - begin - s.processor
			b.ReportMetric(float64(n)*float64(b.N)/(b.Elapsed()-s.wall).Seconds(), "articles/s")
			b.ReportMetric(float64(n)*float64(b.N)/spent.Seconds(), "articles/cpu-s")
			b.ReportMetric(float64(rows)/float64(n)/float64(b.N), "rows/article")
			b.ReportMetric(float64(len(periods)), "periods")
			var u syscall.Rusage
			if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(u.Maxrss)*1024/1e6, "peak-MB")
		})
	}
}

// A store makes up the articles that it is asked for, and counts the time that this takes.
type store struct {
	*inventor
	articles        int
	days            map[int]int
	wall, processor time.Duration
}

// made are the articles of a day of the coverage.
func (s *store) made(day int) []*onrecord.Reading {
	return s.day(day, min(syntheticDaily, s.articles-day*syntheticDaily))
}

// period gives the articles of a period. Those that a day is made up with may be of the day after it too.
func (s *store) period(b *testing.B) func(p Period) ([]*onrecord.Reading, error) {
	first := int(syntheticFirst.Unix() / (24 * 60 * 60))
	return func(p Period) ([]*onrecord.Reading, error) {
		wall, spent := time.Now(), processor(b)
		var out []*onrecord.Reading
		for day := max(0, p.From-first-2); day < p.From+p.Days-first && day*syntheticDaily < s.articles; day++ {
			for _, r := range s.made(day) {
				if p.Holds(Day(r.Article)) {
					out = append(out, r)
				}
			}
		}
		s.wall += time.Since(wall)
		s.processor += processor(b) - spent
		return out, nil
	}
}

// processor is the time that the process had of all processors.
func processor(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
