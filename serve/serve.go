// Package serve shows the ledger to people and programs: pages that read well without script, and a JSON API over the same
// queries. Nothing is loaded from other machines; the text of articles is data, never markup.
package serve

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/klauspost/compress/gzhttp"

	"github.com/onrecord/onrecord/ledger"
)

// A Reader is the part of a ledger that pages and API read. [ledger.Ledger] is one.
type Reader interface {
	Stories(ctx context.Context, f ledger.StoryFilter) (rows []ledger.StoryRow, total int, err error)
	Story(ctx context.Context, id string) (*ledger.StoryView, error)
	Article(ctx context.Context, id string) (*ledger.ArticleView, error)
	Articles(ctx context.Context, ids []string) ([]ledger.ArticleRow, error)
	Row(ctx context.Context, id string) (*ledger.StoryView, error)
	Speakers(ctx context.Context, f ledger.SpeakersFilter) ([]ledger.SpeakerRow, error)
	Called(ctx context.Context, name string, most int) ([]ledger.SpeakerRow, error)
	Speaker(ctx context.Context, id string, f ledger.SpeakerFilter) (*ledger.SpeakerView, error)
	Passages(ctx context.Context, ids []string) ([]ledger.Passage, error)
	Search(ctx context.Context, q ledger.SearchQuery) ([]ledger.Hit, error)
	Refusals(ctx context.Context) ([]ledger.Refusal, error)
	Totals(ctx context.Context) (totals map[string]int, more bool, err error)
	Status(ctx context.Context) (ledger.Status, error)
}

var _ Reader = ledger.Ledger(nil)

// Address is the default address.
const Address = "127.0.0.1:7700"

// A site is shared by the handlers.
type site struct {
	ledger Reader // for the pages
	full   Reader // for programs
	web    *web
	desk   ledger.Ledger // to review in; nil where nothing may be written
	links  *linker
}

// New is the handler of all pages and of the API over a ledger. The host of a request must be an IP address, localhost
// or one of hosts (see [guard]).
func New(l Reader, hosts ...string) http.Handler {
	h, _ := NewDesk(context.Background(), l, nil, hosts...)
	return h
}

// NewDesk is [New] with pages to review the rows of the ledger, which is to be written to: nil for none. Links are made anew in the background until
// ctx is done; wait waits for what is being made.
func NewDesk(ctx context.Context, l Reader, desk ledger.Ledger, hosts ...string) (h http.Handler, wait func()) {
	l = limited{l, make(chan struct{}, searchesAtOnce)}
	s := &site{ledger: truncated{l}, full: l, web: loadWeb(desk != nil), desk: desk, links: &linker{ctx: ctx, ledger: desk}}
	mux := http.NewServeMux()
	s.pages(mux)
	s.api(mux)
	compress := must(gzhttp.NewWrapper(gzhttp.EnableZstd(false), gzhttp.ExceptContentTypes(packedTypes()))) // a page holds no secret that could be guessed from its length
	return guard(hosts, desk != nil, compress(deadline(mux))), s.links.idle.Wait
}

// Serve answers on the listener until ctx is done; running requests then have ten seconds to finish. It returns
// nil after such a shutdown.
func Serve(ctx context.Context, ln net.Listener, h http.Handler) error {
	srv := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      requestTime + 30*time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(slog.Default().Handler(), slog.LevelWarn),
	}
	ended := make(chan error, 1)
	go func() { ended <- srv.Serve(ln) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	err := srv.Shutdown(grace)
	if err != nil {
		err = errors.Join(err, srv.Close())
	}
	<-ended
	return err
}

// Listen answers on a TCP address ([Address] when empty) until ctx is done. It calls ready, unless nil, with the address
// once it is listening. Desk is the ledger to write reviews to, nil for none. Around is put around all that answers; nil for nothing.
func Listen(ctx context.Context, address string, l Reader, desk ledger.Ledger, around func(http.Handler) http.Handler, ready func(address string)) error {
	if address == "" {
		address = Address
	}
	ln, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return err
	}
	var hosts []string
	if host, _, err := net.SplitHostPort(address); err == nil && host != "" {
		hosts = append(hosts, host)
	}
	if ready != nil {
		ready(ln.Addr().String())
	}
	h, wait := NewDesk(ctx, l, desk, hosts...)
	defer wait()
	if around != nil {
		h = around(h)
	}
	return Serve(ctx, ln, h)
}
