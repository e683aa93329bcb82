package serve

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"
	"unicode"

	"github.com/onrecord/onrecord/assistant"
	"github.com/onrecord/onrecord/ledger"
)

// policy lets a page load its own style, script and images and send its own forms: nothing else, and nothing elsewhere.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// Limits on what one request may ask for and cost.
const (
	requestTime    = 30 * time.Second
	searchTime     = 10 * time.Second // of one search, waiting for its turn included
	searchesAtOnce = 4                // half of the connections that a ledger opens: pages are answered while all searches are busy
	longestAddress = 16 << 10         // bytes of an address's parameters
	longestSearch  = 1 << 10          // bytes of a search, a name or an outlet
	mostWords      = 64               // of a search: the index compares a phrase word by word, at every place of its first
)

// guard sets the headers that isolate a page, and refuses requests that no user of this machine makes:
//   - hosts that are not this machine's. A site whose name is made to resolve to 127.0.0.1 (DNS rebinding) sends its own name, and
//     could otherwise read the ledger. An IP address as host is safe: the browser that sends it was asked for that address.
//   - requests that other sites make a browser send, except for links to here (see [crossSite]).
//   - methods other than GET and HEAD, but for POST to what only asks (a draft's check, the tools of assistants), and everywhere where a person may write, and only from these pages:
//     a form of another site is refused by what the browser says of where it comes from ([http.CrossOriginProtection]).
//   - addresses longer than any that these pages use.
func guard(hosts []string, writes bool, next http.Handler) http.Handler {
	sameOrigin := http.NewCrossOriginProtection()
	known := map[string]bool{"localhost": true}
	for _, h := range hosts {
		known[strings.ToLower(h)] = true
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin") // forms say where they come from
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		h.Set("Cache-Control", "no-cache")
		name := hostName(r.Host)
		switch {
		case !known[name] && net.ParseIP(name) == nil:
			http.Error(w, "Unknown host "+name+": use the address that this server was started with.", http.StatusMisdirectedRequest)
		case crossSite(r), sameOrigin.Check(r) != nil:
			http.Error(w, "Requests made by other sites are refused.", http.StatusForbidden)
		case r.Method == http.MethodPost && (writes || asks(r.URL.Path)):
			next.ServeHTTP(w, r)
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			h.Set("Allow", "GET, HEAD")
			http.Error(w, "This server is read-only: only GET and HEAD are allowed.", http.StatusMethodNotAllowed)
		case len(r.URL.RawQuery) > longestAddress:
			http.Error(w, fmt.Sprintf("The address is too long: its parameters may have at most %d bytes.", longestAddress), http.StatusRequestURITooLong)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// asks says whether what is sent to an address is a question, and nothing of it is kept.
func asks(address string) bool {
	return address == "/check" || address == "/api/v1/check" || address == "/mcp"
}

// crossSite says whether a page of another site makes the browser send a request other than following a link to here (W3C Fetch Metadata
// Request Headers). That site could not read the response, but it could overload the server, with a page full of images whose addresses are
// searches. Another port of this machine counts as another site. Clients other than browsers do not send these headers.
func crossSite(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "none", "same-origin":
		return false
	}
	return r.Header.Get("Sec-Fetch-Mode") != "navigate" || r.Header.Get("Sec-Fetch-Dest") != "document"
}

// hostName is the host of a Host header: lower case, without port, brackets and final dot.
func hostName(host string) string {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	return strings.ToLower(strings.TrimSuffix(host, "."))
}

// deadline ends the queries of a request after [requestTime].
func deadline(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), requestTime)
		defer cancel()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// errBusy means that a search could not start in time.
const errBusy = assistant.ErrBusy

// A limited reader bounds the cost of a search and the number of concurrent ones. Searches are queries that look for words or for part of
// a name.
type limited struct {
	Reader
	turns chan struct{} // one for each search that runs
}

func (l limited) Search(ctx context.Context, q ledger.SearchQuery) (hits []ledger.Hit, err error) {
	if n := countWords(q.Words); n > mostWords {
		return nil, badRequest(fmt.Sprintf("The search has %s; at most %d are allowed.", count(n, "word"), mostWords))
	}
	err = l.inTurn(ctx, []string{q.Words, q.Speaker, q.Outlet}, func(ctx context.Context) (err error) {
		hits, err = l.Reader.Search(ctx, q)
		return err
	})
	return hits, err
}

func (l limited) Speakers(ctx context.Context, f ledger.SpeakersFilter) (rows []ledger.SpeakerRow, err error) {
	err = l.inTurn(ctx, []string{f.Name}, func(ctx context.Context) (err error) {
		rows, err = l.Reader.Speakers(ctx, f)
		return err
	})
	return rows, err
}

func (l limited) Stories(ctx context.Context, f ledger.StoryFilter) (rows []ledger.StoryRow, total int, err error) {
	err = l.inTurn(ctx, []string{f.Speaker, f.Outlet}, func(ctx context.Context) (err error) {
		rows, total, err = l.Reader.Stories(ctx, f)
		return err
	})
	return rows, total, err
}

// inTurn runs a search for the given words once fewer than [searchesAtOnce] are running; at once if all of them are "".
func (l limited) inTurn(ctx context.Context, words []string, search func(context.Context) error) error {
	if strings.Join(words, "") == "" {
		return search(ctx)
	}
	for _, w := range words {
		if len(w) > longestSearch {
			return badRequest(fmt.Sprintf("“%s” is too long: at most %d bytes are allowed.", clip(w, 80), longestSearch))
		}
	}
	ctx, cancel := context.WithTimeout(ctx, searchTime)
	defer cancel()
	select {
	case l.turns <- struct{}{}:
		defer func() { <-l.turns }()
	case <-ctx.Done():
		return errBusy
	}
	err := search(ctx)
	if err != nil && ctx.Err() != nil {
		return ctx.Err() // the database only says that it was interrupted
	}
	return err
}

// countWords counts the runs of letters and digits: what the full text index makes words of, at most.
func countWords(s string) int {
	return len(strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }))
}
