// Package engine runs the way of the articles: source, reading, ledger, link, ledger.
package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/internal/sentinel"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/link"
	"github.com/onrecord/onrecord/linking"
	"github.com/onrecord/onrecord/reading"
	"github.com/onrecord/onrecord/source"
)

// Options say how to run.
type Options struct {
	Workers  int // readers at a time, at least 1
	Stdin    io.Reader
	Given    source.Given   // of articles that do not say it themselves
	Fetch    bool           // get the pages that lists name
	Progress func(Progress) // called from one goroutine, at most ten times a second and at the end; may be nil
}

// Progress is how far a run has come.
type Progress struct {
	Articles     int   // read, or found known
	Bytes, Total int64 // of input; Total -1 when unknown
	Linking      bool
}

// A Summary is what a run did.
type Summary struct {
	Articles int // taken from the sources
	New      int // not known before (new versions among them)
	Again    int // known, read again: metadata or model changed
	Known    int // known, left alone
	Refused  []*source.Refusal
	Passed   []string          // files of folders that are of no kind that is read
	Listed   []*source.Listed  // addresses that lists name, whose pages were not asked for
	Notes    []*source.Refusal // of what was left out of articles that were kept, see [source.Item]
	Unread   map[string]int    // of New and Again, those that have no rows as they are not in English, by language
}

// A batch is kept once it holds this many articles or bytes of text: in one transaction, or in several where its readings have more rows
// than one is to write, so that whoever else writes does not wait for long.
const (
	batchArticles = 64
	batchBytes    = 4 << 20
	keepRows      = 10_000
)

// ahead is the number of batches that may wait, read or being read, for the one that is being kept.
const ahead = 2

// A batch is items in the order of the input, with what was read of each: a reading, or nothing for what was refused or known.
type batch struct {
	items    []source.Item
	readings []*onrecord.Reading
	pending  sync.WaitGroup // items being read
}

// mostAtATime is how many bytes of text are read at a time: so what readers have in memory is bounded. A longer text is read alone.
const mostAtATime = 4 << 20

// An article has usualPatience to be read, and as long again for each patienceBytes of its text: some twenty times what it takes on a
// machine that does nothing else.
const (
	usualPatience = time.Minute
	patienceBytes = 600_000
)

// how to read an article: by the room reading, but in tests.
type how struct {
	model    string
	read     func(context.Context, *onrecord.Article) (*onrecord.Reading, error)
	batch    int        // articles in a batch
	sizes    link.Sizes // of the periods that links are made in
	patience time.Duration
}

func usual() how {
	return how{model: reading.Version(), read: reading.Within, batch: batchArticles, sizes: link.Usual(), patience: usualPatience}
}

// run is one call of Read.
type run struct {
	how
	ledger ledger.Ledger
	weight *semaphore.Weighted // bytes of text that are being read
	most   int                 // bytes of text in a batch, about

	jobs    chan job
	batches chan *batch // in order
	summary Summary     // of the batches kept

	articles, bytes atomic.Int64
	linking         atomic.Bool
}

// A job is one item of a batch, to be read.
type job struct {
	batch *batch
	i     int
}

// Read reads all articles of the paths into the ledger and links them. Articles are kept in the order of the paths, in batches:
// what was kept before an error, a kill or a cancelled ctx stays, and reading again completes it to the same ledger. Of one article
// that comes twice with different metadata the later holds. The summary is of what was kept, and comes with an error too.
func Read(ctx context.Context, l ledger.Ledger, paths []string, o Options) (*Summary, error) {
	return read(ctx, l, paths, o, usual())
}

func read(ctx context.Context, l ledger.Ledger, paths []string, o Options, h how) (*Summary, error) {
	r := newRun(l, h)
	defer r.report(o.Progress, source.Size(paths))()
	input := source.Names(paths)
	if err := l.Begin(ctx, input); err != nil {
		return &r.summary, err
	}
	s, err := r.way(ctx, o, func(ctx context.Context) iter.Seq[source.Item] { return o.items(ctx, paths) })
	if err != nil {
		return s, err
	}
	if err := errors.Join(r.refuse(ctx), l.End(ctx, input)); err != nil {
		return s, err
	}
	return s, r.link(ctx, max(1, o.Workers))
}

// items are what the paths hold.
func (o *Options) items(ctx context.Context, paths []string) iter.Seq[source.Item] {
	items := source.Paths
	if o.Fetch {
		items = source.Fetching
	}
	return o.Given.Fill(items(ctx, paths, &patient{ctx: ctx, in: o.Stdin}))
}

// ReadAgain reads the articles of the ledger again that another model than this program's has read, from the texts in the ledger, and
// links them. An article that is refused keeps its rows.
func ReadAgain(ctx context.Context, l ledger.Ledger, o Options) (*Summary, error) {
	return readAgain(ctx, l, o, usual())
}

func readAgain(ctx context.Context, l ledger.Ledger, o Options, h how) (*Summary, error) {
	r := newRun(l, h)
	defer r.report(o.Progress, -1)()
	var failed error
	s, err := r.way(ctx, o, func(ctx context.Context) iter.Seq[source.Item] {
		return func(yield func(source.Item) bool) {
			for last := ""; ; {
				var list []onrecord.Article
				if list, failed = l.ReadByOthers(ctx, h.model, last); failed != nil || len(list) == 0 {
					return
				}
				for i := range list {
					if last = list[i].ID; !yield(source.Item{Article: &list[i], Bytes: int64(len(list[i].Text))}) {
						return
					}
				}
			}
		}
	})
	if err = errors.Join(err, failed); err != nil {
		return s, err
	}
	return s, r.link(ctx, max(1, o.Workers))
}

func newRun(l ledger.Ledger, h how) *run {
	return &run{how: h, ledger: l, weight: semaphore.NewWeighted(mostAtATime), most: batchBytes, jobs: make(chan job), batches: make(chan *batch, ahead)}
}

// way takes articles through reading into the ledger.
func (r *run) way(ctx context.Context, o Options, items func(context.Context) iter.Seq[source.Item]) (*Summary, error) {
	g, running := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(r.batches)
		defer close(r.jobs)
		return r.take(running, items(running), r.send)
	})
	for range max(1, o.Workers) {
		g.Go(func() error {
			for j := range r.jobs {
				r.do(running, j)
			}
			return nil
		})
	}
	g.Go(func() error { return r.keep(running) })
	return &r.summary, g.Wait()
}

// refuse keeps what was refused, for those who look at the pages and not at the terminal.
func (r *run) refuse(ctx context.Context) error {
	return r.ledger.SetRefusals(ctx, refusals(r.summary.Refused))
}

func refusals(of []*source.Refusal) []ledger.Refusal {
	list := make([]ledger.Refusal, len(of))
	for i, x := range of {
		list[i] = ledger.Refusal{File: x.File, Line: x.Line, Reason: fmt.Sprint(x.Err)}
	}
	return list
}

// Link makes the links anew where they are not of the readings, the rules and the table of speakers that the ledger now holds.
func Link(ctx context.Context, l ledger.Ledger, workers int) error {
	r := &run{how: how{sizes: link.Usual()}, ledger: l}
	return r.link(ctx, max(1, workers))
}

// take gathers the items of the input into batches and hands them on.
func (r *run) take(ctx context.Context, items iter.Seq[source.Item], send func(context.Context, *batch) error) error {
	b, size := new(batch), 0
	var err error
	items(func(item source.Item) bool {
		b.items = append(b.items, item)
		if item.Article != nil {
			size += len(item.Article.Text)
		}
		if len(b.items) >= r.batch || size >= r.most {
			err = send(ctx, b)
			b, size = new(batch), 0
		}
		return err == nil
	})
	if err == nil {
		err = ctx.Err()
	}
	if err == nil && len(b.items) > 0 {
		err = send(ctx, b)
	}
	return err
}

// send hands a batch to those who keep it and its articles to those who read them, but for articles that are known and the same.
func (r *run) send(ctx context.Context, b *batch) error {
	known, err := r.known(ctx, b)
	if err != nil {
		return err
	}
	b.readings = make([]*onrecord.Reading, len(b.items))
	var todo []job
	for i, item := range b.items {
		if item.Article == nil || known[item.Article.ID] == ledger.Digest(item.Article, r.model) {
			r.count(item)
			continue
		}
		todo = append(todo, job{b, i})
	}
	b.pending.Add(len(todo))
	select {
	case r.batches <- b:
	case <-ctx.Done():
		return ctx.Err()
	}
	for i, j := range todo {
		select {
		case r.jobs <- j:
		case <-ctx.Done():
			b.pending.Add(i - len(todo))
			return ctx.Err()
		}
	}
	return nil
}

func (r *run) known(ctx context.Context, b *batch) (map[string]string, error) {
	var ids []string
	for _, item := range b.items {
		if item.Article != nil {
			ids = append(ids, item.Article.ID)
		}
	}
	return r.ledger.Known(ctx, ids)
}

func (r *run) count(item source.Item) {
	r.bytes.Add(item.Bytes)
	if item.Article != nil {
		r.articles.Add(1)
	}
}

// do reads one article. What cannot be read or kept becomes a refusal: one bad article costs no other.
func (r *run) do(ctx context.Context, j job) {
	defer j.batch.pending.Done()
	if ctx.Err() != nil {
		return
	}
	item := &j.batch.items[j.i]
	made, err := r.try(ctx, item.Article)
	r.count(*item)
	if err != nil {
		item.Refusal = refusal(item.Article, err)
		return
	}
	j.batch.readings[j.i] = made
}

func refusal(a *onrecord.Article, err error) *source.Refusal {
	return &source.Refusal{File: a.File, Line: a.Line, Err: err}
}

// try reads an article, unless it is too long. A panic, a reading that cannot be kept and one that takes too long become errors.
func (r *run) try(ctx context.Context, a *onrecord.Article) (*onrecord.Reading, error) {
	if err := reading.Check(a); err != nil {
		return nil, err
	}
	weight := min(max(int64(len(a.Text)), 1), mostAtATime)
	if err := r.weight.Acquire(ctx, weight); err != nil {
		return nil, err
	}
	type result struct {
		made *onrecord.Reading
		err  error
	}
	within, cancel := context.WithTimeoutCause(ctx, r.patience+time.Duration(len(a.Text))*r.patience/patienceBytes, errTooSlow)
	defer cancel()
	done := make(chan result, 1)
	go func() { // it looks often whether its time is over, and nobody waits for that
		defer r.weight.Release(weight)
		made, err := r.attempt(within, a)
		done <- result{made, err}
	}()
	select {
	case got := <-done:
		return got.made, got.err
	case <-within.Done():
		return nil, context.Cause(within)
	}
}

// errTooSlow is of an article whose reading was stopped.
const errTooSlow sentinel.Error = "reading it takes too long, please report this"

func (r *run) attempt(ctx context.Context, a *onrecord.Article) (made *onrecord.Reading, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = panicked("reading it", p)
		}
	}()
	if made, err = r.read(ctx, a); err != nil {
		return nil, cmp.Or(context.Cause(ctx), err)
	}
	return made, ledger.Check(made)
}

// keep adds the batches to the ledger, in order.
func (r *run) keep(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case b, more := <-r.batches:
			if !more {
				return nil
			}
			if err := b.wait(ctx); err != nil {
				return err
			}
			if err := r.add(ctx, b); err != nil {
				return err
			}
		}
	}
}

// wait waits until all items of the batch are read, or ctx is done.
func (b *batch) wait(ctx context.Context) error {
	done := make(chan struct{})
	go func() { b.pending.Wait(); close(done) }()
	select {
	case <-done:
		return ctx.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// add keeps a batch.
func (r *run) add(ctx context.Context, b *batch) error {
	known, err := r.known(ctx, b)
	if err != nil {
		return err
	}
	s := r.summary
	var add []*onrecord.Reading
	for i, item := range b.items {
		if !s.note(item) {
			continue
		}
		made := b.readings[i]
		if made == nil && known[item.Article.ID] == ledger.Digest(item.Article, r.model) {
			s.Known++
			continue
		}
		if made == nil { // it was known and the same when the batch was sent, and is not any more
			if made, err = r.try(ctx, item.Article); err != nil {
				s.Refused = append(s.Refused, refusal(item.Article, err))
				continue
			}
		}
		add = append(add, made)
	}
	for some := range fewRows(add) {
		added, err := r.ledger.Add(ctx, some) // another process may have kept some of them first: the ledger says what was new to it
		if err != nil {
			return err
		}
		s.New, s.Again, s.Known = s.New+added.New, s.Again+added.Again, s.Known+added.Known
	}
	for _, made := range add {
		if !reading.Reads(made.Language) {
			if s.Unread == nil {
				s.Unread = map[string]int{}
			}
			tag, _, _ := strings.Cut(made.Language, "-")
			s.Unread[tag]++
		}
	}
	r.summary = s
	return nil
}

// note counts an item, and says whether it is an article to be kept.
func (s *Summary) note(item source.Item) bool {
	if item.Article != nil {
		s.Articles++
	}
	switch {
	case item.Refusal != nil:
		s.Refused = append(s.Refused, item.Refusal)
	case item.Passed != "":
		s.Passed = append(s.Passed, item.Passed)
	case item.Listed != nil:
		s.Listed = append(s.Listed, item.Listed)
	default:
		if item.Note != nil {
			s.Notes = append(s.Notes, item.Note)
		}
		return true
	}
	return false
}

// fewRows cuts a list of readings where they would have more rows together than keepRows.
func fewRows(list []*onrecord.Reading) iter.Seq[[]*onrecord.Reading] {
	return func(yield func([]*onrecord.Reading) bool) {
		for len(list) > 0 {
			n := 1
			for rows := ledger.Rows(list[0]); n < len(list); n++ {
				if rows += ledger.Rows(list[n]); rows > keepRows {
					break
				}
			}
			if !yield(list[:n]) {
				return
			}
			list = list[n:]
		}
	}
}

// link makes the links anew where they are not of the readings that the ledger holds.
func (r *run) link(ctx context.Context, workers int) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = panicked("linking", p)
		}
	}()
	return linking.Link(ctx, r.ledger, r.sizes, workers, func() { r.linking.Store(true) })
}

// report tells how far the run is until stop is called.
func (r *run) report(tell func(Progress), total int64) (stop func()) {
	if tell == nil {
		return func() {}
	}
	now := func() {
		tell(Progress{Articles: int(r.articles.Load()), Bytes: r.bytes.Load(), Total: total, Linking: r.linking.Load()})
	}
	done, told := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(told)
		tick := time.NewTicker(time.Second / 10)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				now()
			case <-done:
				now()
				return
			}
		}
	}()
	return func() { close(done); <-told }
}
