package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/onrecord/onrecord/engine"
	"github.com/onrecord/onrecord/internal/sentinel"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/storage"
	"github.com/onrecord/onrecord/page"
	"github.com/onrecord/onrecord/reading"
	"github.com/onrecord/onrecord/reading/language"
	"github.com/onrecord/onrecord/source"
)

type readCommand struct {
	Paths     []string `arg:"" optional:"" help:"Files, or folders of them: ${formats}; in .json and .xml also the formats of news agencies (${wireFormats}); addresses of web pages; - for standard input. Without a path, stored texts that another version of onrecord has read are read again." placeholder:"PATH"`
	Outlet    string   `help:"Outlet of the articles that do not say theirs." placeholder:"NAME"`
	Published string   `help:"Day of publication of the articles that do not say theirs, as 2031-03-06." placeholder:"DAY"`
	Speakers  string   `help:"Table of speakers to load first: see speakers --help." placeholder:"FILE"`
	Fetch     bool     `help:"Get the pages that lists of addresses, bookmarks and tables without texts name; else they are only counted."`
	Workers   int      `help:"Articles read at a time; default: the number of processors." default:"0" placeholder:"N"`
	Queue     bool     `help:"Keep the articles in PostgreSQL for workers to read, and return: see worker --help."`
	Wait      bool     `help:"With --queue: return when workers have read all articles and linked the ledger."`
}

// given is what the flags say of articles that do not say it themselves; an error is of flags that do not go together.
func (c *readCommand) given() (source.Given, error) {
	given := source.Given{Outlet: c.Outlet, Published: page.Published(c.Published, "given")}
	if c.Published != "" && given.Published.Value == "" {
		return given, fmt.Errorf("--published %q: not a date such as 2031-03-06", c.Published)
	}
	if len(c.Paths) == 0 && given != (source.Given{}) {
		return given, errors.New("--outlet and --published go with what is read: name it")
	}
	if c.Wait && !c.Queue {
		return given, errors.New("--wait goes with --queue")
	}
	return given, nil
}

func (c *readCommand) Run(ctx context.Context, root *command, s streams) error {
	given, err := c.given()
	if err != nil {
		return err
	}
	if len(c.Paths) == 0 { // there is to be a ledger
		if err := look(ctx, root.Ledger, func(ledger.Ledger) error { return nil }); err != nil && !errors.Is(err, ledger.ErrOlder) {
			return err
		}
	}
	l, err := storage.Open(ctx, root.Ledger)
	if err != nil {
		return err
	}
	defer l.Close()
	queue, err := c.queue(root, l)
	if err != nil {
		return err
	}
	if c.Speakers != "" {
		if _, err := setTable(ctx, l, c.Speakers); err != nil {
			return err
		}
	}
	begin := time.Now()
	sum, err := c.read(ctx, l, queue, s, given)
	if sum == nil {
		return err
	}
	tellOf(s.err, sum)
	tellStack(s.err, err)
	fmt.Fprintln(s.out, summary(sum, time.Since(begin)))
	switch {
	case ctx.Err() != nil && queue == nil:
		return stopped(ctx, l)
	case err != nil:
		return err
	case c.Wait:
		if err := wait(ctx, queue, s); err != nil {
			return err
		}
	case queue != nil:
		return errors.Join(tellQueue(ctx, queue, s), c.outcome(sum))
	}
	if err := c.left(ctx, l, s); err != nil {
		return err
	}
	return c.outcome(sum)
}

// tellOf tells of what was refused, passed over, and only listed, and of what is to be noted.
func tellOf(w io.Writer, sum *engine.Summary) {
	for _, r := range sum.Refused {
		tell(w, "refused: %v", r)
		tellStack(w, r.Err)
	}
	tellPassed(w, sum.Passed)
	tellListed(w, sum.Listed)
	for i, note := range sum.Notes {
		if i == notesShown {
			tell(w, "note: and %d more of this kind", len(sum.Notes)-i)
			break
		}
		tell(w, "note: %v", note)
	}
}

// left tells what of the ledger is still to be read; it is an error where all of it was to be.
func (c *readCommand) left(ctx context.Context, l ledger.Ledger, s streams) error {
	if err := tellOthers(ctx, l, s.err); err != nil {
		return err
	}
	status, err := l.Status(ctx)
	if err != nil {
		return err
	}
	if open := unfinished(status); open != nil && len(c.Paths) == 0 {
		return open
	} else if open != nil { // another's, who may be reading it now
		tell(s.err, "note: %v", open)
	}
	return nil
}

// notesShown is how many notes on articles a read prints: of a file in which all dates are written alike, a few say enough.
const notesShown = 10

// read reads the paths, or without any what is to be read again, and shows the progress where there is a terminal.
func (c *readCommand) read(ctx context.Context, l ledger.Ledger, queue ledger.Queue, s streams, given source.Given) (*engine.Summary, error) {
	o := engine.Options{Workers: c.Workers, Stdin: s.in, Given: given, Fetch: c.Fetch}
	if o.Workers < 1 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if width := terminalWidth(s.err); width > 0 {
		bar := newBar(s.err)
		defer bar.clear()
		o.Progress = bar.show
	}
	giveWay()
	if queue != nil {
		return engine.Enqueue(ctx, queue, c.Paths, o)
	}
	if len(c.Paths) == 0 {
		return engine.ReadAgain(ctx, l, o)
	}
	return engine.Read(ctx, l, c.Paths, o)
}

// outcome is what the exit code says of a read that came to its end.
func (c *readCommand) outcome(sum *engine.Summary) error {
	switch {
	case len(c.Paths) == 0 && len(sum.Refused) == 0:
		return nil
	case len(sum.Refused) > 0 && sum.Articles == 0:
		return errors.New("nothing was read")
	case len(sum.Refused) > 0:
		return errRefused
	case sum.Articles == 0 && len(sum.Listed) > 0:
		return nil
	case sum.Articles == 0:
		return fmt.Errorf("no articles found; supported files: %s", source.Extensions())
	}
	return nil
}

// tellOthers says how many articles another version of onrecord has read: their rows are not those that this one would make.
func tellOthers(ctx context.Context, l ledger.Reader, w io.Writer) error {
	models, err := l.Models(ctx)
	if err != nil {
		return err
	}
	others := 0
	for model, n := range models {
		if model != "" && model != reading.Version() {
			others += n
		}
	}
	if others > 0 {
		fmt.Fprintf(w, "%s of the ledger read by another version of onrecord: onrecord read, without a path, reads them again\n", count(others, "article"))
	}
	return nil
}

// errUnfinished is of a ledger that lacks what a read that was stopped had still to read.
const errUnfinished sentinel.Error = "not read to its end"

// unfinished names the input of reads that are going on or were stopped, and are not done by another; nil for none.
func unfinished(s ledger.Status) error {
	const shown = 5
	switch n := len(s.Unfinished); {
	case n == 0:
		return nil
	case n > shown:
		return fmt.Errorf("%s and %d more: %w; onrecord read with the same paths completes it", strings.Join(s.Unfinished[:shown], ", "), n-shown, errUnfinished)
	default:
		return fmt.Errorf("%s: %w; onrecord read with the same path completes it", strings.Join(s.Unfinished, ", "), errUnfinished)
	}
}

// tellStack prints where the program failed, for a report of that.
func tellStack(w io.Writer, err error) {
	var p *engine.Panic
	if errors.As(err, &p) {
		fmt.Fprintln(w, p.Stack)
	}
}

// stopped says what a read that was stopped leaves behind.
func stopped(ctx context.Context, l ledger.Ledger) error {
	status, err := l.Status(context.WithoutCancel(ctx))
	if err != nil {
		return err
	}
	if status.Linked {
		return errors.Join(fmt.Errorf("%w: the ledger holds what was read before", errStopped), unfinished(status))
	}
	return fmt.Errorf("%w: what was read is kept but not linked yet; run the same command again to complete it", errStopped)
}

func summary(s *engine.Summary, took time.Duration) string {
	line := fmt.Sprintf("%s: %d new, %d read again, %d known, %d refused in %s",
		count(s.Articles, "article"), s.New, s.Again, s.Known, len(s.Refused), took.Round(10*time.Millisecond))
	if n := len(s.Passed); n > 0 {
		line = strings.Replace(line, " refused in ", fmt.Sprintf(" refused, %s passed over in ", count(n, "file")), 1)
	}
	if seconds := took.Seconds(); seconds >= 1 {
		line += fmt.Sprintf(" (%.0f articles/s)", float64(s.Articles)/seconds)
	}
	for _, tag := range slices.Sorted(maps.Keys(s.Unread)) {
		line += fmt.Sprintf("; %s not read: %s", count(s.Unread[tag], "article"), language.Name(tag))
	}
	return line
}

// tellPassed says which files of folders were passed over, by kind: the ends of their names.
func tellPassed(w io.Writer, files []string) {
	kinds := map[string][]string{}
	for _, file := range files {
		kind := strings.ToLower(filepath.Ext(file))
		kinds[kind] = append(kinds[kind], file)
	}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		of := kinds[kind]
		rest := ""
		if n := len(of) - notesShown; n > 0 {
			of, rest = of[:notesShown], fmt.Sprintf(" and %d more", n)
		}
		name := cmp.Or(kind, "no ending")
		tell(w, "passed over: %s with %s, which is not read: %s%s", count(len(kinds[kind]), "file"), name, strings.Join(of, ", "), rest)
	}
}

// tellListed says how many addresses each list names that were not asked for.
func tellListed(w io.Writer, listed []*source.Listed) {
	in := map[string]int{}
	for _, l := range listed {
		in[l.File]++
	}
	files := slices.Sorted(maps.Keys(in))
	for i, file := range files {
		if i == notesShown {
			tell(w, "listed: and in %s more", count(len(files)-i, "file"))
			break
		}
		tell(w, "listed: %s in %s; read --fetch gets the pages", count(in[file], "address"), file)
	}
}

func count(n int, what string) string {
	switch {
	case n == 1:
		return "1 " + what
	case strings.HasSuffix(what, "s"):
		return fmt.Sprintf("%d %ses", n, what)
	case what[len(what)-1] == 'y':
		return fmt.Sprintf("%d %sies", n, what[:len(what)-1])
	default:
		return fmt.Sprintf("%d %ss", n, what)
	}
}

// bar shows progress by bytes read: rate in articles and time left.
type bar struct {
	*progressbar.ProgressBar
	begin time.Time
}

func newBar(w io.Writer) *bar {
	return &bar{
		progressbar.NewOptions64(-1,
			progressbar.OptionSetWriter(w),
			progressbar.OptionSetDescription("reading"),
			progressbar.OptionShowBytes(true),
			progressbar.OptionSetPredictTime(true),
			progressbar.OptionFullWidth(),
			progressbar.OptionClearOnFinish(),
		), time.Now(),
	}
}

func (b *bar) show(p engine.Progress) {
	if p.Linking {
		b.Describe("linking")
		return
	}
	if b.GetMax64() != p.Total && p.Total > 0 {
		b.ChangeMax64(p.Total)
	}
	rate := float64(p.Articles) / max(time.Since(b.begin).Seconds(), 0.001)
	b.Describe(fmt.Sprintf("%s, %.0f/s", count(p.Articles, "article"), rate))
	b.Set64(min(p.Bytes, b.GetMax64()-1))
}

func (b *bar) clear() { b.Finish() }

// terminalWidth is the width of the terminal that w writes to, or 0 when it is none.
func terminalWidth(w io.Writer) int {
	if o, ok := w.(*output); ok {
		w = o.to
	}
	f, ok := w.(*os.File)
	if !ok {
		return 0
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return width
}
