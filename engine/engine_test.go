package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
	"golang.org/x/sync/errgroup"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/sqlite"
	"github.com/onrecord/onrecord/link"
	"github.com/onrecord/onrecord/reading"
	"github.com/onrecord/onrecord/text"
)

var ctx = context.Background()

func TestMain(m *testing.M) {
	if os.Getenv(childLedger) != "" {
		os.Exit(child())
	}
	if os.Getenv(childQueue) != "" {
		if err := childOfQueue(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	goleak.VerifyTestMain(m)
}

// invented are n JSON lines of invented news: the same for the same n. Some items come twice, some have a newer text further on.
func invented(n int) string {
	r := rand.New(rand.NewPCG(uint64(n), 7))
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	var b strings.Builder
	e := json.NewEncoder(&b)
	var before []map[string]string
	for i := range n {
		if len(before) > 3 && r.IntN(8) == 0 {
			again := before[r.IntN(len(before))]
			if r.IntN(2) == 0 {
				again["text"] += "\n\nThis report was changed."
			}
			e.Encode(again)
			continue
		}
		who := pick("Mayor Edda Lorne", "Pavel Rusk, the harbour master", "The Ministry of Tides", "A senior port official")
		thing := pick("ferries", "bridges", "lamps", "households")
		item := map[string]string{
			"id": fmt.Sprint("n", i), "outlet": pick("Harbour Post", "Valley Wire", "The Lantern"), "title": fmt.Sprintf("%d %s lost in the flood", 10+r.IntN(60), thing),
			"published": fmt.Sprintf("2031-03-%02d", 1+r.IntN(28)),
			"text": fmt.Sprintf("%s said on Tuesday that more than %d percent of the %s were lost. “We have not seen such a flood in %d years,” %s told Valley Wire.\n\n%s denied this. The flood of %d drove %d people from their homes.",
				who, 10+r.IntN(80), thing, 2+r.IntN(90), pick("she", "he", "Lorne", "Rusk"), pick("The ministry", "Rusk", "Lorne"), 1990+r.IntN(40), 100*r.IntN(900)),
		}
		if r.IntN(3) == 0 {
			item["url"] = fmt.Sprint("https://news.example/", i)
		}
		before = append(before, item)
		e.Encode(item)
	}
	return b.String()
}

func file(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func newLedger(t testing.TB) ledger.Ledger {
	t.Helper()
	l, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "onrecord.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

// dump is all rows as JSON lines, but for the names of the files that articles came in.
func dump(t testing.TB, l ledger.Ledger) string {
	t.Helper()
	var b strings.Builder
	e := json.NewEncoder(&b)
	if err := l.Rows(ctx, "", func(row any) error {
		if a, is := row.(*ledger.ArticleRow); is {
			a.File = ""
		}
		return e.Encode(row)
	}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// counts are those of a summary.
func counts(s *Summary) string {
	return fmt.Sprintf("%d: %d new, %d again, %d known, %d refused", s.Articles, s.New, s.Again, s.Known, len(s.Refused))
}

// simply is a way to read an article that nothing stops.
func simply(read func(*onrecord.Article) *onrecord.Reading) func(context.Context, *onrecord.Article) (*onrecord.Reading, error) {
	return func(_ context.Context, a *onrecord.Article) (*onrecord.Reading, error) { return read(a), nil }
}

func (h how) reads(a *onrecord.Article) *onrecord.Reading {
	made, _ := h.read(ctx, a)
	return made
}

// plain reads nothing out of articles: what is tested is the way, not the reading.
func plain(model string) how {
	return how{model: model, batch: 3, sizes: link.Usual(), patience: time.Minute, read: simply(func(a *onrecord.Article) *onrecord.Reading { return &onrecord.Reading{Article: a, Model: model} })}
}

func TestRead(t *testing.T) {
	l := newLedger(t)
	path := file(t, "news.jsonl", strings.Join([]string{
		`{"id":"a","text":"First text.","title":"A"}`,
		`{"id":"b","url":"https://b.example","text":"Second text."}`,
		`{"id":"a","text":"First text.","title":"A"}`, // the same again
		`{"text":7}`,
		`{"id":"b","url":"https://b.example","text":"Second text, changed."}`, // a version
		`{"id":"c","text":"Third text.","title":"C"}`,
		`{"id":"c","text":"Third text.","title":"C, corrected"}`, // other metadata
		`{"id":"d","text":"Fourth text."}`,
	}, "\n"))
	step := func(h how, want string) string {
		t.Helper()
		s, err := read(ctx, l, []string{path}, Options{}, h)
		if err != nil {
			t.Fatal(err)
		}
		if got := counts(s); got != want {
			t.Errorf("%s, want %s", got, want)
		}
		for _, r := range s.Refused {
			if r.File != path || r.Line != 4 {
				t.Errorf("refused: %v", r)
			}
		}
		if linked, err := l.Linked(ctx, link.Version()); err != nil || !linked {
			t.Errorf("linked: %v, %v", linked, err)
		}
		return dump(t, l)
	}
	first := step(plain("1"), "7: 5 new, 1 again, 1 known, 1 refused")
	var titles []string
	if err := l.Rows(ctx, "", func(row any) error {
		if a, is := row.(*ledger.ArticleRow); is {
			titles = append(titles, fmt.Sprint(a.ExternalID, a.Version, a.Title, a.Text))
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"a1AFirst text.", "b2Second text, changed.", "c1C, correctedThird text.", "d1Fourth text."} {
		if !strings.Contains(strings.Join(titles, "\n"), want) {
			t.Errorf("no %q in %q", want, titles)
		}
	}
	if again := step(plain("1"), "7: 0 new, 2 again, 5 known, 1 refused"); again != first {
		t.Errorf("reading again changed: %s", cmp.Diff(first, again))
	}
	step(plain("2"), "7: 0 new, 6 again, 1 known, 1 refused")
	if again := step(plain("1"), "7: 0 new, 6 again, 1 known, 1 refused"); again != first {
		t.Errorf("the first model again: %s", cmp.Diff(first, again))
	}
}

// The real rooms, with any number of readers, make the same ledger.
func TestWorkers(t *testing.T) {
	path := file(t, "news.jsonl", invented(40))
	var want string
	for workers := range 9 {
		l := newLedger(t)
		s, err := Read(ctx, l, []string{path}, Options{Workers: workers})
		if err != nil {
			t.Fatal(err)
		}
		if len(s.Refused) > 0 {
			t.Fatal(s.Refused[0])
		}
		got := dump(t, l)
		if workers == 0 {
			want = got
			n, err := l.Counts(ctx)
			if err != nil || n["article"] < 25 || n["statement"] < 25 || n["figure"] < 25 || n["time"] < 25 || n["story"] == 0 {
				t.Errorf("%v, %v", n, err)
			}
		} else if got != want {
			t.Errorf("%d workers: %s", workers, cmp.Diff(want, got))
		}
	}
}

func TestPanic(t *testing.T) {
	l := newLedger(t)
	path := file(t, "news.jsonl", `{"text":"One."}`+"\n"+`{"text":"Two."}`+"\n"+`{"text":"Three."}`+"\n"+`{"text":"Four."}`)
	h := plain("1")
	ok := h.reads
	h.read = simply(func(a *onrecord.Article) *onrecord.Reading {
		r := ok(a)
		switch a.Text {
		case "Two.":
			var list []int
			_ = list[len(a.Text)]
		case "Three.":
			r.Figures = []onrecord.Figure{{ID: onrecord.NewID(onrecord.FigureKind), Span: onrecord.Span{Start: 3, End: 700}}}
		}
		return r
	})
	s, err := read(ctx, l, []string{path}, Options{Workers: 2}, h)
	if err != nil {
		t.Fatal(err)
	}
	if got := counts(s); got != "4: 2 new, 0 again, 0 known, 2 refused" {
		t.Error(got)
	}
	for i, says := range []string{"news.jsonl:2: reading it failed", "news.jsonl:3: figure: the span 3-700 lies outside"} {
		if !strings.Contains(s.Refused[i].Error(), says) {
			t.Errorf("%q does not say %q", s.Refused[i], says)
		}
	}
	if kept, err := l.Refusals(ctx); err != nil || len(kept) != 2 || kept[0].Line != 2 || !strings.HasSuffix(kept[1].File, "news.jsonl") {
		t.Errorf("refusals kept are %+v, %v", kept, err)
	}
	if !strings.Contains(s.Refused[0].Error(), "engine_test.go:") {
		t.Errorf("%q does not say where", s.Refused[0])
	}
}

// A text that takes more memory than is set aside for one article is refused, and those beside it are read.
func TestReadTooLong(t *testing.T) {
	path := file(t, "news.jsonl", fmt.Sprintf("{\"text\": %q}\n{\"text\": \"The port is closed.\"}\n", strings.Repeat("no ", text.MaxTokens+1)))
	s, err := read(ctx, newLedger(t), []string{path}, Options{Workers: 2}, plain("1"))
	if err != nil {
		t.Fatal(err)
	}
	if s.New != 1 || len(s.Refused) != 1 || !errors.Is(s.Refused[0], reading.ErrTooLong) || !strings.Contains(s.Refused[0].Error(), "500000 words and marks") {
		t.Errorf("%d new, refused %v", s.New, s.Refused)
	}
}

// A panic keeps its stack, and says where it began.
func TestPanicKeepsItsStack(t *testing.T) {
	h := plain("1")
	h.read = simply(func(*onrecord.Article) *onrecord.Reading { return stumble(nil) })
	s, err := read(ctx, newLedger(t), []string{file(t, "news.jsonl", `{"text":"One."}`)}, Options{}, h)
	if err != nil || len(s.Refused) != 1 {
		t.Fatal(err)
	}
	var p *Panic
	if !errors.As(s.Refused[0].Err, &p) || !strings.Contains(p.Stack, "engine.stumble") || !strings.HasPrefix(p.Place, "engine_test.go:") {
		t.Errorf("%+v", s.Refused[0].Err)
	}
}

func stumble(list []int) *onrecord.Reading { return &onrecord.Reading{Model: fmt.Sprint(list[3])} }

// An article that takes too long is refused, and costs no other.
func TestTooLong(t *testing.T) {
	path := file(t, "news.jsonl", `{"text":"One."}`+"\n"+`{"text":"Two."}`+"\n"+`{"text":"Three."}`)
	h := plain("1")
	ok := h.reads
	h.patience = 50 * time.Millisecond
	ended := make(chan struct{})
	h.read = simply(func(a *onrecord.Article) *onrecord.Reading {
		if a.Text == "Two." {
			<-ended
		}
		return ok(a)
	})
	l := newLedger(t)
	s, err := read(ctx, l, []string{path}, Options{Workers: 1}, h)
	close(ended)
	if err != nil {
		t.Fatal(err)
	}
	if got := counts(s); got != "3: 2 new, 0 again, 0 known, 1 refused" || !strings.Contains(s.Refused[0].Error(), "news.jsonl:2: reading it takes too long") {
		t.Error(got, s.Refused)
	}
	if linked, err := l.Linked(ctx, link.Version()); err != nil || !linked {
		t.Error(linked, err)
	}
}

// The reading of an article that takes too long is stopped: nothing of it runs on, or this test would not end.
func TestTooLongIsStopped(t *testing.T) {
	h, stopped := plain("1"), make(chan error, 1)
	h.patience = 20 * time.Millisecond
	h.read = func(ctx context.Context, a *onrecord.Article) (*onrecord.Reading, error) {
		<-ctx.Done()
		stopped <- ctx.Err()
		return nil, ctx.Err()
	}
	s, err := read(ctx, newLedger(t), []string{file(t, "news.jsonl", `{"text":"One."}`)}, Options{Workers: 1}, h)
	if err != nil || len(s.Refused) != 1 || !errors.Is(s.Refused[0], errTooSlow) {
		t.Errorf("%+v, %v", s, err)
	}
	if err := <-stopped; !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}

// No transaction writes more rows than others may wait for, but for those of one article, which are bounded too.
func TestRowsOfATransaction(t *testing.T) {
	h := plain("1")
	h.batch = 64
	h.read = simply(func(a *onrecord.Article) *onrecord.Reading {
		made := &onrecord.Reading{Article: a, Model: "1"}
		n, _ := strconv.Atoi(a.Text)
		for range n {
			made.Asides = append(made.Asides, onrecord.Aside{Kind: "caption"})
		}
		return made
	})
	var input strings.Builder
	for _, n := range []int{1, 4000, 5000, 6000, 0, keepRows + 1, 3, ledger.MostRows, ledger.MostRows + 1, 2, 5} {
		fmt.Fprintf(&input, "{\"text\":\"%d\"}\n", n)
	}
	l := &counting{Ledger: newLedger(t)}
	s, err := read(ctx, l, []string{file(t, "news.jsonl", input.String())}, Options{Workers: 2}, h)
	if err != nil {
		t.Fatal(err)
	}
	if got := counts(s); got != "11: 10 new, 0 again, 0 known, 1 refused" || !strings.Contains(s.Refused[0].Error(), "news.jsonl:9: article: 30001 statements, figures, times and speakers are more than 30000") {
		t.Error(got, s.Refused)
	}
	if d := cmp.Diff([]int{9001, 6000, keepRows + 1, 3, ledger.MostRows, 7}, l.rows); d != "" {
		t.Error(d)
	}
}

// counting counts the rows of each transaction that keeps readings.
type counting struct {
	ledger.Ledger
	rows []int
}

func (c *counting) Add(ctx context.Context, list []*onrecord.Reading) (ledger.Added, error) {
	n := 0
	for _, r := range list {
		n += ledger.Rows(r)
	}
	c.rows = append(c.rows, n)
	return c.Ledger.Add(ctx, list)
}

// However many readers there are, long texts are not read together.
func TestLongTextsAreReadAlone(t *testing.T) {
	var lines strings.Builder
	e := json.NewEncoder(&lines)
	for i := range 12 {
		size := 10
		if i%2 == 0 {
			size = mostAtATime*2/3 + i
		}
		e.Encode(map[string]string{"text": strings.Repeat("x", size) + fmt.Sprint(i)})
	}
	h := plain("1")
	ok := h.reads
	var now, most atomic.Int64
	h.read = simply(func(a *onrecord.Article) *onrecord.Reading {
		n := now.Add(int64(len(a.Text)))
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		time.Sleep(time.Millisecond)
		now.Add(-int64(len(a.Text)))
		return ok(a)
	})
	if s, err := read(ctx, newLedger(t), []string{file(t, "news.jsonl", lines.String())}, Options{Workers: 8}, h); err != nil || s.New != 12 {
		t.Fatal(err)
	}
	if most.Load() > mostAtATime {
		t.Errorf("%d bytes were read at a time", most.Load())
	}
}

// What another model has read is read again from the ledger, without its sources: the ledger is as if this model had read them.
func TestReadAgain(t *testing.T) {
	path := file(t, "news.jsonl", invented(20))
	l, fresh := newLedger(t), newLedger(t)
	for _, x := range []struct {
		ledger ledger.Ledger
		model  string
	}{{l, "1"}, {fresh, "2"}} {
		if _, err := read(ctx, x.ledger, []string{path}, Options{Workers: 2}, plain(x.model)); err != nil {
			t.Fatal(err)
		}
	}
	want, before := dump(t, fresh), dump(t, l)
	if want == before {
		t.Fatal("the models do the same: the test tests nothing")
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	s, err := readAgain(ctx, l, Options{Workers: 2}, plain("2"))
	if err != nil || s.Again != s.Articles || s.Again == 0 {
		t.Errorf("%s, %v", counts(s), err)
	}
	if d := cmp.Diff(want, dump(t, l)); d != "" {
		t.Error(d)
	}
	if status, err := l.Status(ctx); err != nil || status.ReadByOthers("2") || !status.Linked {
		t.Errorf("%+v, %v", status, err)
	}
	if s, err := readAgain(ctx, l, Options{}, plain("2")); err != nil || s.Articles != 0 {
		t.Errorf("again: %s, %v", counts(s), err)
	}
}

// Two that read the same at once report each article as new once between them.
func TestTwoReadTheSame(t *testing.T) {
	path, written := file(t, "news.jsonl", invented(60)), filepath.Join(t.TempDir(), "onrecord.db")
	var sums [2]*Summary
	var g errgroup.Group
	for i := range sums {
		g.Go(func() error {
			l, err := sqlite.Open(ctx, written)
			if err != nil {
				return err
			}
			defer l.Close()
			h := plain("1")
			ok := h.reads
			h.read = simply(func(a *onrecord.Article) *onrecord.Reading {
				time.Sleep(time.Millisecond)
				return ok(a)
			})
			sums[i], err = read(ctx, l, []string{path}, Options{Workers: 2}, h)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
	whole := newLedger(t)
	one, err := read(ctx, whole, []string{path}, Options{}, plain("1"))
	if err != nil {
		t.Fatal(err)
	}
	if n := sums[0].New + sums[1].New; n != one.New {
		t.Errorf("%s and %s: %d new between them, not %d", counts(sums[0]), counts(sums[1]), n, one.New)
	}
}

// A run that is stopped keeps whole batches; the next completes it.
func TestCancel(t *testing.T) {
	path := file(t, "news.jsonl", invented(60))
	whole := newLedger(t)
	if _, err := read(ctx, whole, []string{path}, Options{Workers: 3}, plain("1")); err != nil {
		t.Fatal(err)
	}
	want := dump(t, whole)
	for after := range 12 {
		l := newLedger(t)
		stopped, cancel := context.WithCancel(ctx)
		h := plain("1")
		ok := h.reads
		var n atomic.Int32
		h.read = simply(func(a *onrecord.Article) *onrecord.Reading {
			if n.Add(1) > int32(5*after) {
				cancel()
			}
			return ok(a)
		})
		s, err := read(stopped, l, []string{path}, Options{Workers: 3}, h)
		cancel()
		if !errors.Is(err, context.Canceled) && int(n.Load()) > 5*after {
			t.Errorf("stopped after %d: %v", 5*after, err)
		}
		if s.Articles%3 != 0 && s.Articles != 60 {
			t.Errorf("%d articles are no whole batches", s.Articles)
		}
		if _, err := read(ctx, l, []string{path}, Options{Workers: 3}, plain("1")); err != nil {
			t.Fatal(err)
		}
		if got := dump(t, l); got != want {
			t.Fatalf("stopped after %d: %s", 5*after, cmp.Diff(want, got))
		}
	}
}

// A silent standard input does not hold up the end.
func TestCancelStdin(t *testing.T) {
	l := newLedger(t)
	in, out := io.Pipe()
	defer in.Close() // lets the goroutine that waits for it go
	stopped, cancel := context.WithCancel(ctx)
	go func() {
		io.WriteString(out, `{"text":"One."}`+"\n"+`{"text":"Two."}`+"\n")
		cancel()
	}()
	if _, err := read(stopped, l, []string{"-"}, Options{Stdin: in}, plain("1")); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestStdin(t *testing.T) {
	l := newLedger(t)
	s, err := read(ctx, l, []string{"-"}, Options{Stdin: strings.NewReader(invented(20))}, plain("1"))
	if err != nil || s.Articles != 20 || len(s.Refused) != 0 {
		t.Error(counts(s), err)
	}
	if s, err := read(ctx, l, []string{"-"}, Options{}, plain("1")); err != nil || s.Articles != 0 {
		t.Error(counts(s), err)
	}
}

func TestProgress(t *testing.T) {
	l := newLedger(t)
	content := invented(40)
	path := file(t, "news.jsonl", content)
	var all []Progress
	slow := plain("1")
	ok := slow.reads
	slow.read = simply(func(a *onrecord.Article) *onrecord.Reading {
		time.Sleep(10 * time.Millisecond)
		return ok(a)
	})
	if _, err := read(ctx, l, []string{path}, Options{Workers: 2, Progress: func(p Progress) { all = append(all, p) }}, slow); err != nil {
		t.Fatal(err)
	}
	last := Progress{}
	for _, p := range all {
		if p.Articles < last.Articles || p.Bytes < last.Bytes || p.Total != int64(len(content)) {
			t.Errorf("%+v after %+v", p, last)
		}
		last = p
	}
	if want := (Progress{Articles: 40, Bytes: int64(len(content)), Total: int64(len(content)), Linking: true}); last != want {
		t.Errorf("%+v at the end, want %+v", last, want)
	}
}

// What the ledger cannot keep ends the run with its error.
func TestLedgerFails(t *testing.T) {
	path := file(t, "news.jsonl", invented(30))
	written := filepath.Join(t.TempDir(), "onrecord.db")
	l, err := sqlite.Open(ctx, written)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := read(ctx, l, []string{path}, Options{Workers: 2}, plain("1")); err == nil {
		t.Error("a closed ledger was read into")
	}
	r, err := sqlite.OpenReader(ctx, written)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if s, err := read(ctx, r, []string{path}, Options{Workers: 2}, plain("1")); !errors.Is(err, ledger.ErrReadOnly) || s.Articles != 0 {
		t.Error(counts(s), err)
	}
}

// A new model of the reading makes known articles be read again, and the links anew.
func TestVersion(t *testing.T) {
	if reading.Version() == "" || link.Version() == "" {
		t.Error("a model without a version")
	}
}

// The same articles, in any order, in any number of runs, with any size of batches and number of workers, make the same ledger;
// whether links are made in one period or in many.
func TestOrder(t *testing.T) {
	var lines []string
	seen := map[string]bool{}
	for line := range strings.Lines(invented(50)) {
		var item struct{ ID string }
		if err := json.Unmarshal([]byte(line), &item); err != nil {
			t.Fatal(err)
		}
		if !seen[item.ID] { // no versions: which is the newest, the order says
			seen[item.ID] = true
			lines = append(lines, line)
		}
	}
	var mutex sync.Mutex
	once := map[string]*onrecord.Reading{}
	h := how{model: reading.Version(), patience: time.Minute, read: simply(func(a *onrecord.Article) *onrecord.Reading {
		mutex.Lock()
		defer mutex.Unlock()
		if once[a.ID] == nil {
			once[a.ID] = reading.Read(a)
		}
		made := *once[a.ID]
		made.Article = a
		return &made
	})}
	for _, most := range []int{5, 14, 1000} {
		h.sizes = link.Sizes{Whole: most, Period: most}
		var want string
		for seed := range uint64(5) {
			r := rand.New(rand.NewPCG(seed, uint64(most)))
			h.batch = 1 + r.IntN(9)
			l := newLedger(t)
			for rest := lines; len(rest) > 0; {
				n := len(rest)
				if seed > 0 {
					n = 1 + r.IntN(len(rest))
				}
				if _, err := read(ctx, l, []string{file(t, "part.jsonl", strings.Join(rest[:n], ""))}, Options{Workers: 1 + r.IntN(4)}, h); err != nil {
					t.Fatal(err)
				}
				rest = rest[n:]
			}
			got := withoutLines(dump(t, l))
			if seed == 0 {
				want = got
			} else if got != want {
				t.Fatalf("periods of %d, order %d: %s", most, seed, cmp.Diff(want, got))
			}
			lines = append([]string(nil), lines...)
			r.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
		}
	}
}

// withoutLines takes the lines of files out of a dump.
func withoutLines(dump string) string { return fileLine.ReplaceAllString(dump, "") }

var fileLine = regexp.MustCompile(`"Line":\d+,`)
