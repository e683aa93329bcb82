package serve

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger/sqlite"
)

// asking is how long the pages are asked for, by how many people at once, and how long each looks at an answer.
const (
	asking  = 60 * time.Second
	askedBy = 2
	looking = 50 * time.Millisecond
)

// BenchmarkPages asks for pages of every kind of a large ledger, over the loopback, of one process that serves it, while another
// reads more articles into it; both are the built command. It prints how long answers took by kind, from the question to the last
// byte. The stories and speakers asked for are drawn evenly, and every tenth time the largest of all.
func BenchmarkPages(b *testing.B) {
	for _, articles := range []int{10000, 100000} {
		b.Run(fmt.Sprint(articles), func(b *testing.B) { benchmarkPages(b, articles) })
	}
}

func benchmarkPages(b *testing.B, articles int) {
	dir := b.TempDir()
	binary, file := filepath.Join(dir, "onrecord"), filepath.Join(dir, "many.db")
	if out, err := exec.CommandContext(b.Context(), "go", "build", "-o", binary, "../cmd/onrecord").CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	l, err := sqlite.Open(b.Context(), file)
	if err != nil {
		b.Fatal(err)
	}
	begin := time.Now()
	links := fill(b, l, articles)
	b.Logf("%d articles made up in %.0f s", articles, time.Since(begin).Seconds())
	if err := l.Close(); err != nil {
		b.Fatal(err)
	}
	more := filepath.Join(dir, "more.jsonl")
	moreArticles(b, more, 40000)

	site := run(b, binary, "--ledger", file, "serve", "--listen", "127.0.0.1:0")
	line, err := bufio.NewReader(site.out).ReadString('\n')
	if err != nil {
		b.Fatal(err, line)
	}
	_, address, _ := strings.Cut(line, " is at ")
	address = strings.TrimSuffix(strings.Fields(address)[0], "/")

	for b.Loop() {
		read := run(b, binary, "--ledger", file, "read", more)
		took := map[string][]time.Duration{}
		var mu sync.Mutex
		var asks sync.WaitGroup
		until := time.Now().Add(asking)
		for who := range askedBy {
			asks.Go(func() {
				dice := rand.New(rand.NewPCG(uint64(who), 11))
				for time.Now().Before(until) {
					for _, kind := range questions {
						begin := time.Now()
						err := get200(address + kind.path(dice, links))
						mu.Lock()
						took[kind.name] = append(took[kind.name], time.Since(begin))
						mu.Unlock()
						if err != nil {
							b.Error(kind.name, err)
							return
						}
						time.Sleep(looking)
					}
				}
			})
		}
		asks.Wait()
		select {
		case <-read.ended:
			b.Error("the read came to its end before the questions did: ", read.err())
		default:
		}
		read.stop()
		b.Log("\n" + timesTable(b, took))
	}
}

// questions are the kinds of pages that are asked for.
var questions = []struct {
	name string
	path func(*rand.Rand, *onrecord.Links) string
}{
	{"front page", func(*rand.Rand, *onrecord.Links) string { return "/" }},
	{"front page, by outlet", func(d *rand.Rand, l *onrecord.Links) string {
		return "/?outlet=" + url.QueryEscape(l.Speakers[d.IntN(newsOutlets)].Name+" Post")
	}},
	{"front page, by speaker and day", func(d *rand.Rand, l *onrecord.Links) string {
		return "/?from=2031-01-05&until=2031-02-05&speaker=" + pickOf(d, l.Speakers).ID
	}},
	{"story", func(d *rand.Rand, l *onrecord.Links) string { return "/story/" + pickOf(d, l.Stories).ID }},
	{"story, part of it", func(d *rand.Rand, l *onrecord.Links) string {
		return "/story/" + pickOf(d, l.Stories).ID + "?from=2031-01-01&speaker=a"
	}},
	{"article", func(d *rand.Rand, l *onrecord.Links) string {
		return "/article/" + pickOf(d, pickOf(d, l.Stories).Articles)
	}},
	{"utterance", func(d *rand.Rand, l *onrecord.Links) string { return "/utterance/" + said(d, l).ID }},
	{"passage", func(d *rand.Rand, l *onrecord.Links) string { return "/statement/" + pickOf(d, said(d, l).Statements) }},
	{"measure", func(d *rand.Rand, l *onrecord.Links) string { return "/measure/" + pickOf(d, l.Measures).ID }},
	{"dispute", func(d *rand.Rand, l *onrecord.Links) string { return "/dispute/" + pickOf(d, l.Disputes).ID }},
	{"speakers", func(d *rand.Rand, l *onrecord.Links) string {
		return "/speakers?name=" + url.QueryEscape(strings.Fields(pickOf(d, l.Speakers).Name)[0])
	}},
	{"speaker", func(d *rand.Rand, l *onrecord.Links) string { return "/speaker/" + spokenOf(d, l) }},
	{"search, some words", func(d *rand.Rand, l *onrecord.Links) string {
		return "/search?q=" + url.QueryEscape(strings.Join(strings.Fields(said(d, l).Wording)[1:3], " "))
	}},
	{"search, a word that stands everywhere", func(d *rand.Rand, l *onrecord.Links) string {
		return "/search?certainty=0.85&q=" + strings.Fields(l.Utterances[d.IntN(6)].Wording)[1]
	}},
	{"citation", func(d *rand.Rand, l *onrecord.Links) string { return "/cite/" + pickOf(d, said(d, l).Statements) }},
	{"story as XLSX", func(d *rand.Rand, l *onrecord.Links) string { return "/story/" + pickOf(d, l.Stories).ID + "?as=xlsx" }},
	{"API, story", func(d *rand.Rand, l *onrecord.Links) string { return "/api/v1/stories/" + pickOf(d, l.Stories).ID }},
}

// pickOf draws a row, every tenth time the first: that of the largest story.
func pickOf[T any](d *rand.Rand, rows []T) T {
	if d.IntN(10) == 0 {
		return rows[0]
	}
	return rows[d.IntN(len(rows))]
}

// said draws an utterance that somebody printed.
func said(d *rand.Rand, l *onrecord.Links) onrecord.Utterance {
	for {
		if u := pickOf(d, l.Utterances); len(u.Statements) > 0 {
			return u
		}
	}
}

// spokenOf draws a speaker who said something.
func spokenOf(d *rand.Rand, l *onrecord.Links) string { return said(d, l).Speaker }

// timesTable is a table of the times that answers took, and reports the whole's 99th percentile.
func timesTable(b *testing.B, took map[string][]time.Duration) string {
	var all []time.Duration
	var out strings.Builder
	t := tabwriter.NewWriter(&out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(t, "page\tanswers\tmedian ms\tp99 ms\tlongest ms\t\n")
	row := func(name string, times []time.Duration) (p99 float64) {
		slices.Sort(times)
		at := func(share float64) float64 { return times[int(share*float64(len(times)-1))].Seconds() * 1000 }
		fmt.Fprintf(t, "%s\t%d\t%.1f\t%.1f\t%.1f\t\n", name, len(times), at(.5), at(.99), at(1))
		return at(.99)
	}
	for _, q := range questions {
		row(q.name, took[q.name])
		all = append(all, took[q.name]...)
	}
	b.ReportMetric(row("all", all), "p99-ms")
	_ = t.Flush()
	return out.String()
}

// moreArticles writes made-up articles to be read, one a line.
func moreArticles(b *testing.B, name string, articles int) {
	b.Helper()
	f, err := os.Create(name)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	n, out := newNewsroom(), json.NewEncoder(f)
	e := n.event(1)
	for i := range articles {
		if e.begun == e.size {
			e = n.event(i + 1)
		}
		a := n.write(e, 1_000_000+i).Article
		err := out.Encode(map[string]string{"text": a.Text + n.say(40), "url": a.URL, "title": a.Title, "outlet": a.Outlet, "published": "2031-11-02"})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// A process is a command under way.
type process struct {
	cmd   *exec.Cmd
	out   io.Reader
	said  *bytes.Buffer // on standard error
	ended chan struct{}
}

func run(b *testing.B, binary string, args ...string) *process {
	b.Helper()
	p := &process{exec.CommandContext(b.Context(), binary, args...), nil, new(bytes.Buffer), make(chan struct{})}
	out, w, err := os.Pipe()
	if err != nil {
		b.Fatal(err)
	}
	p.out, p.cmd.Stdout, p.cmd.Stderr = out, w, p.said
	if err := p.cmd.Start(); err != nil {
		b.Fatal(err)
	}
	_ = w.Close() // the process has its own
	go func() {
		_ = p.cmd.Wait() // it is killed at the end
		close(p.ended)
	}()
	b.Cleanup(p.stop)
	return p
}

func (p *process) err() string { return p.said.String() }

func (p *process) stop() {
	_ = p.cmd.Process.Kill() // it may have ended
	<-p.ended
}

// get200 asks for an address and reads the whole answer.
func get200(address string) error {
	res, err := http.Get(address)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	_, err = io.Copy(io.Discard, res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answers %s", address, res.Status)
	}
	return err
}
