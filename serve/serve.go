// Package serve shows the ledger to people and programs: pages that read well without script, and a JSON API over the same
// queries. Nothing of it asks another machine for anything; the text of articles is data, never markup.
package serve

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/onrecord/onrecord/ledger"
)

// A Reader is what the pages ask of a ledger. [*ledger.Ledger] is one.
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
}

var _ Reader = (*ledger.Ledger)(nil)

// Address is where pages are served when nothing else is asked for.
const Address = "127.0.0.1:7700"

// slow is how long one page may take before the reader is told so.
const slow = 30 * time.Second

// A site holds what the handlers share.
type site struct {
	ledger Reader // for the pages
	whole  Reader // for programs
	web    *web
}

// New is the handler of all pages and of the API over a ledger. Requests must name the machine by an IP address, by localhost,
// or by one of hosts (see [guard]).
func New(l Reader, hosts ...string) http.Handler {
	s := &site{ledger: short{l}, whole: l, web: loadWeb()}
	mux := http.NewServeMux()
	s.pages(mux)
	s.api(mux)
	return guard(hosts, pack(limit(mux)))
}

// policy lets a page load its own style, script and pictures and send its own forms: nothing else, and nothing elsewhere.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// guard sets the headers that keep a page to itself, and refuses hosts that are not this machine's: a page elsewhere whose
// name is made to resolve to 127.0.0.1 (DNS rebinding) sends its own name, and could read the ledger otherwise. An IP
// address as host is safe: the browser that sends it was asked for that address.
func guard(hosts []string, next http.Handler) http.Handler {
	known := map[string]bool{"localhost": true}
	for _, h := range hosts {
		known[strings.ToLower(h)] = true
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		h.Set("Cache-Control", "no-cache")
		if name := hostName(r.Host); !known[name] && net.ParseIP(name) == nil {
			http.Error(w, "This ledger answers to its own address only, not to "+name+".", http.StatusMisdirectedRequest)
			return
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			h.Set("Allow", "GET, HEAD")
			http.Error(w, "These pages can be read, not written to.", http.StatusMethodNotAllowed)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// hostName is the host of a Host header: lower case, without port, brackets and final dot.
func hostName(host string) string {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	return strings.ToLower(strings.TrimSuffix(host, "."))
}

// limit ends queries after [slow].
func limit(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), slow)
		defer cancel()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// Serve answers on the listener until ctx is done; requests under way then have ten seconds to end. It returns nil after
// such an end.
func Serve(ctx context.Context, ln net.Listener, h http.Handler) error {
	srv := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      slow + 30*time.Second,
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
// listened on once pages can be asked for.
func Listen(ctx context.Context, address string, l Reader, ready func(address string)) error {
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
	return Serve(ctx, ln, New(l, hosts...))
}
