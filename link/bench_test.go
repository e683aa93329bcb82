//go:build unix

package link

import (
	"bytes"
	"cmp"
	"encoding/json"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/speakers"
	"github.com/onrecord/onrecord/link/synthetic"
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
			s := &store{Inventor: synthetic.New(), articles: n}
			var moments []int64
			for day := range (n + synthetic.Daily - 1) / synthetic.Daily {
				for _, r := range s.made(day) {
					moments = append(moments, Moment(r.Article))
				}
			}
			slices.Sort(moments)
			var periods []Period
			for _, p := range Periods(Stretches(moments), PeriodArticles) {
				periods = append(periods, p.Period)
			}
			runtime.GC()
			s.wall, s.processor = 0, 0
			begin := processor(b)
			rows := 0
			for b.Loop() {
				shelf := newShelf(b)
				if err := Fold(periods, runtime.GOMAXPROCS(0), s.period(b), func(_ Period, r *Rows) error {
					rows += len(r.Copies) + len(r.Reports) + len(r.Stories) + len(r.Utterances) + len(r.Measures) + len(r.Disputes)
					s.uncounted(b, func() { shelf.put(b, r.Parts) })
					return nil
				}); err != nil {
					b.Fatal(err)
				}
				for k := range shelf {
					var parts []speakers.Part
					s.uncounted(b, func() { parts = shelf.take(b, k) })
					speakers, _ := speakers.Unite(parts)
					rows += len(speakers)
				}
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
	*synthetic.Inventor
	articles        int
	wall, processor time.Duration
}

// made are the articles of a day of the coverage.
func (s *store) made(day int) []*onrecord.Reading {
	return s.Day(day, min(synthetic.Daily, s.articles-day*synthetic.Daily))
}

// period gives the articles of a period. Those that a day is made up with may be of the day after it too.
func (s *store) period(b *testing.B) func(p Period) ([]*onrecord.Reading, error) {
	first := int(synthetic.First.Unix() / (24 * 60 * 60))
	return func(p Period) ([]*onrecord.Reading, error) {
		var out []*onrecord.Reading
		s.uncounted(b, func() {
			from, to := int(p.From>>corpus.DayBits)-first, int(p.To>>corpus.DayBits)-first
			for day := max(0, from-2); day <= to && day*synthetic.Daily < s.articles; day++ {
				for _, r := range s.made(day) {
					if p.Holds(Moment(r.Article)) {
						out = append(out, r)
					}
				}
			}
		})
		return out, nil
	}
}

// uncounted does what is not linking.
func (s *store) uncounted(b *testing.B, do func()) {
	wall, spent := time.Now(), processor(b)
	do()
	s.wall += time.Since(wall)
	s.processor += processor(b) - spent
}

// A shelf holds the parts of speakers on disk until they are united, those of one name in one file in the order they came, as a
// ledger holds them in its table of parts.
type shelf [64]*os.File

func newShelf(b *testing.B) *shelf {
	var s shelf
	for i := range s {
		f, err := os.Create(filepath.Join(b.TempDir(), strconv.Itoa(i)))
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { f.Close() })
		s[i] = f
	}
	return &s
}

// put appends parts to the files of their names.
func (s *shelf) put(b *testing.B, parts []speakers.Part) {
	var sorted [len(s)]bytes.Buffer
	var to [len(s)]*json.Encoder
	for i := range to {
		to[i] = json.NewEncoder(&sorted[i])
	}
	for i := range parts {
		h := fnv.New32a()
		h.Write([]byte(cmp.Or(parts[i].Name, parts[i].Speaker.ID)))
		if err := to[h.Sum32()%uint32(len(s))].Encode(&parts[i]); err != nil {
			b.Fatal(err)
		}
	}
	for i, f := range s {
		if _, err := f.Write(sorted[i].Bytes()); err != nil {
			b.Fatal(err)
		}
	}
}

// take are the parts of a file.
func (s *shelf) take(b *testing.B, k int) []speakers.Part {
	if _, err := s[k].Seek(0, io.SeekStart); err != nil {
		b.Fatal(err)
	}
	var out []speakers.Part
	for d := json.NewDecoder(s[k]); ; {
		var p speakers.Part
		switch err := d.Decode(&p); err {
		case nil:
			out = append(out, p)
		case io.EOF:
			return out
		default:
			b.Fatal(err)
		}
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
