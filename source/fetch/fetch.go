// Package fetch gets single pages by HTTP, politely: it identifies itself, obeys robots.txt (RFC 9309), limits the rate of its requests to
// a host, and makes conditional requests for what it has (RFC 9110, section 13). It connects to public
// addresses only, so that no page can send it to a machine that trusts this one.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	nurl "net/url"
	"strings"
	"sync"
	"time"

	"github.com/temoto/robotstxt"

	"github.com/onrecord/onrecord/internal/sentinel"
)

// Limits.
const (
	MaxBody      = 32 << 20 // bytes of a page, without its encoding
	maxRobots    = 500 << 10
	maxRedirects = 5
	maxDelay     = 30 * time.Second // of what robots.txt asks for between requests
)

// Agent is the name by which robots.txt can forbid pages to this program; UserAgent is how it introduces itself.
const (
	Agent     = "Onrecord"
	UserAgent = Agent + "/1.0 (gets single pages that a person names)"
)

// Errors of [Fetcher.Get].
const (
	ErrURL       sentinel.Error = "not a web address (http or https)"
	ErrForbidden sentinel.Error = "disallowed by robots.txt"
	ErrRobots    sentinel.Error = "robots.txt is unavailable, so nothing may be fetched"
	ErrPrivate   sentinel.Error = "not a public address"
	ErrSlow      sentinel.Error = "timed out"
)

// ErrRedirects ends a chain of redirects.
var ErrRedirects = fmt.Errorf("more than %d redirects", maxRedirects)

// Options say how to fetch.
type Options struct {
	Private bool          // connect to private, loopback and link-local addresses too
	Pause   time.Duration // between two pages of a host, at least; robots.txt may ask for more
	Timeout time.Duration // for one page, redirects and robots.txt among it; a minute where it is 0
}

// Validators are what a server said of a page that tells whether it changed (RFC 9110, section 8.8).
type Validators struct {
	ETag         string
	LastModified string
}

// A Page is what a server answered.
type Page struct {
	URL         string // after redirects
	NotModified bool   // it is as it was when the validators were given; Type and Body are empty
	Type        string // Content-Type
	Body        []byte
	Validators
}

// A Fetcher gets pages. Many goroutines may use it at a time.
type Fetcher struct {
	client  *http.Client
	options Options

	mu    sync.Mutex
	hosts map[string]*host
}

// A host is what is known of a scheme, host and port.
type host struct {
	mu     sync.Mutex
	asked  bool
	robots *robotstxt.RobotsData
	err    error
	next   time.Time // when the next page may be asked for
}

// New makes a Fetcher. It uses no proxy, for it could not see then which addresses are connected to.
func New(o Options) *Fetcher {
	if o.Timeout <= 0 {
		o.Timeout = time.Minute
	}
	dialer := &net.Dialer{Timeout: 10 * time.Second}
	if !o.Private {
		dialer.Control = guard
	}
	f := &Fetcher{options: o, hosts: map[string]*host{}}
	f.client = &http.Client{
		Transport: &http.Transport{
			DialContext:            dialer.DialContext,
			ForceAttemptHTTP2:      true,
			TLSHandshakeTimeout:    10 * time.Second,
			ResponseHeaderTimeout:  30 * time.Second,
			MaxResponseHeaderBytes: 256 << 10,
			IdleConnTimeout:        10 * time.Second,
			MaxIdleConns:           4,
		},
		CheckRedirect: f.redirect,
	}
	return f
}

// Close closes the connections that are kept open.
func (f *Fetcher) Close() { f.client.CloseIdleConnections() }

// Get gets a page; known, which may be empty, are the validators that came with it the last time. Every status but 200 and 304 is
// an error.
func (f *Fetcher) Get(ctx context.Context, url string, known Validators) (*Page, error) {
	limited, cancel := context.WithTimeout(ctx, f.options.Timeout)
	defer cancel()
	p, err := f.get(limited, url, known)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		err = ErrSlow
	}
	return p, err
}

func (f *Fetcher) get(ctx context.Context, url string, known Validators) (*Page, error) {
	u, err := nurl.Parse(url)
	if err != nil {
		return nil, ErrURL
	}
	if err := f.allowed(ctx, u); err != nil {
		return nil, err
	}
	req, err := request(ctx, u.String())
	if err != nil {
		return nil, err
	}
	if known.ETag != "" {
		req.Header.Set("If-None-Match", known.ETag)
	}
	if known.LastModified != "" {
		req.Header.Set("If-Modified-Since", known.LastModified)
	}
	resp, err := f.client.Do(req)
	if err != nil {
		return nil, plain(err)
	}
	defer resp.Body.Close()
	final := *resp.Request.URL
	final.Fragment, final.RawFragment = "", "" // a place on the page
	p := &Page{
		URL:        final.String(),
		Validators: Validators{ETag: resp.Header.Get("ETag"), LastModified: resp.Header.Get("Last-Modified")},
	}
	switch {
	case resp.StatusCode == http.StatusNotModified && known != Validators{}:
		p.NotModified = true
		return p, nil
	case resp.StatusCode != http.StatusOK:
		return nil, fmt.Errorf("the server answered %d %s", resp.StatusCode, http.StatusText(resp.StatusCode))
	}
	if c := resp.Header.Get("Content-Encoding"); c != "" && !strings.EqualFold(c, "identity") {
		return nil, fmt.Errorf("the server sent content encoding %.40q, which was not requested", c)
	}
	p.Type = resp.Header.Get("Content-Type")
	p.Body, err = io.ReadAll(io.LimitReader(resp.Body, MaxBody+1))
	switch {
	case err != nil:
		return nil, plain(err)
	case len(p.Body) > MaxBody:
		return nil, fmt.Errorf("larger than %d MB", MaxBody>>20)
	}
	return p, nil
}

func request(ctx context.Context, url string) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, ErrURL
	}
	req.Header.Set("User-Agent", UserAgent)
	req.Header.Set("Accept", "text/html, application/xhtml+xml, */*;q=0.5")
	return req, nil
}

// robotsKey marks requests for robots.txt, which ask nobody's leave.
type robotsKey struct{}

func (f *Fetcher) redirect(req *http.Request, via []*http.Request) error {
	if len(via) > maxRedirects {
		return ErrRedirects
	}
	req.Header.Del("Referer")
	if req.Context().Value(robotsKey{}) != nil {
		return web(req.URL)
	}
	return f.allowed(req.Context(), req.URL)
}

// web says whether an address is one of the web, with a host and without a password.
func web(u *nurl.URL) error {
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return ErrURL
	}
	return nil
}

// allowed waits until a page may be asked for, or says why it may not.
func (f *Fetcher) allowed(ctx context.Context, u *nurl.URL) error {
	if err := web(u); err != nil {
		return err
	}
	origin := u.Scheme + "://" + strings.ToLower(u.Host)
	f.mu.Lock()
	h := f.hosts[origin]
	if h == nil {
		h = &host{}
		f.hosts[origin] = h
	}
	f.mu.Unlock()

	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.asked {
		h.robots, h.err = f.robots(ctx, origin)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		h.asked = true
	}
	if h.err != nil {
		return h.err
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	if !h.robots.TestAgent(path, Agent) {
		return ErrForbidden
	}
	pause := max(f.options.Pause, min(h.robots.FindGroup(Agent).CrawlDelay, maxDelay))
	timer := time.NewTimer(time.Until(h.next))
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
		return ctx.Err()
	}
	h.next = time.Now().Add(pause)
	return nil
}

// robots gets the rules of a host (RFC 9309, section 2.3): where there is no such file all is allowed, where the server fails
// nothing is.
func (f *Fetcher) robots(ctx context.Context, origin string) (*robotstxt.RobotsData, error) {
	req, err := request(context.WithValue(ctx, robotsKey{}, true), origin+"/robots.txt")
	if err != nil {
		return nil, err
	}
	resp, err := f.client.Do(req)
	if err != nil {
		if errors.Is(err, ErrRedirects) {
			return robotstxt.FromStatusAndBytes(http.StatusNotFound, nil)
		}
		return nil, plain(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(io.LimitReader(resp.Body, maxRobots))
	if err != nil {
		return nil, plain(err)
	}
	rules, err := robotstxt.FromStatusAndBytes(resp.StatusCode, b)
	if err != nil || resp.StatusCode >= 500 {
		return nil, ErrRobots
	}
	return rules, nil
}

// plain is an error of the client without the address, which the caller knows.
func plain(err error) error {
	var u *nurl.Error
	switch {
	case errors.Is(err, ErrPrivate):
		return ErrPrivate
	case errors.As(err, &u):
		return u.Err
	}
	return err
}
