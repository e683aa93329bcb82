//go:build unix

package link

import (
	"runtime"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// BenchmarkAll links synthetic coverage of growing size: articles a second, also a second of one processor, which says more on a
// busy machine, and the most memory that the heap had, the readings' included.
func BenchmarkAll(b *testing.B) {
	for _, n := range []int{1e3, 1e4, 1e5} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			rs := newInventor().coverage(n)
			runtime.GC()
			begin := processor(b)
			for b.Loop() {
				All(rs, runtime.GOMAXPROCS(0))
			}
			spent := processor(b) - begin
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "articles/s")
			b.ReportMetric(float64(n)*float64(b.N)/spent.Seconds(), "articles/cpu-s")
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			b.ReportMetric(float64(m.HeapSys)/1e6, "heap-MB")
		})
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
