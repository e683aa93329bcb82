package serve

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/onrecord/onrecord/desk"
	"github.com/onrecord/onrecord/engine"
	"github.com/onrecord/onrecord/ledger"
)

// A linker makes the links anew in the background when reviews or articles ask for it: one run after another, however many ask.
type linker struct {
	ctx    context.Context
	ledger ledger.Ledger

	mu      sync.Mutex
	running bool
	next    chan struct{} // closed when a run that begins from now on has ended
	idle    sync.WaitGroup
}

// link asks for links to be made, and says when they are.
func (k *linker) link() <-chan struct{} {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.next == nil {
		k.next = make(chan struct{})
	}
	if !k.running {
		k.running = true
		k.idle.Go(k.run)
	}
	return k.next
}

func (k *linker) run() {
	for {
		k.mu.Lock()
		done := k.next
		k.next, k.running = nil, done != nil
		k.mu.Unlock()
		if done == nil {
			return
		}
		if err := engine.Link(k.ctx, k.ledger, runtime.GOMAXPROCS(0)); err != nil && k.ctx.Err() == nil {
			slog.Error("links not made", "error", err)
		}
		close(done)
	}
}

// shownSoon is how long the page that follows a change waits for the links, so that it shows what the change has moved.
const shownSoon = 2 * time.Second

// waitForLinks asks for links and waits for them a little.
func (s *site) waitForLinks(ctx context.Context) {
	select {
	case <-s.links.link():
	case <-time.After(shownSoon):
	case <-ctx.Done():
	}
}

// What a request may send.
const (
	longestForm   = 1 << 20 // bytes
	longestUpload = 16 << 20
)

// change handles a form that changes the ledger, or asks with a text that is too long for an address: f does it and says where to go on.
func (s *site) change(f func(w http.ResponseWriter, r *http.Request) (to string, err error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, longestUpload)
		to, err := f(w, r)
		if err == nil {
			http.Redirect(w, r, to, http.StatusSeeOther)
			return
		}
		s.page(func(*http.Request) (string, *frame, error) { return "", nil, told(err) })(w, r)
	}
}

// told is what is wrong with a request, for whoever made it.
func told(err error) error {
	var long *http.MaxBytesError
	switch {
	case errors.As(err, &long):
		return badRequest("This is too long: at most 16 MB are taken.")
	case errors.Is(err, desk.ErrReview), errors.Is(err, desk.ErrQuestion):
		_, words, _ := strings.Cut(err.Error(), ": ")
		return badRequest(strings.ToUpper(words[:1]) + words[1:] + ".")
	}
	return err
}

// reviewerCookie keeps who reviews in this browser.
const reviewerCookie = "reviewer"

// reviewer is who reviews in this browser, "" where nobody has said it.
func reviewer(r *http.Request) string {
	c, err := r.Cookie(reviewerCookie)
	if err != nil {
		return ""
	}
	name, err := url.QueryUnescape(c.Value)
	if err != nil {
		return ""
	}
	return name
}

func keepReviewer(w http.ResponseWriter, name string) {
	http.SetCookie(w, &http.Cookie{
		Name: reviewerCookie, Value: url.QueryEscape(name), Path: "/", MaxAge: 365 * 24 * 60 * 60, HttpOnly: true, SameSite: http.SameSiteStrictMode,
	})
}

// local is an address of this site; other where a form names another's.
func local(address, other string) string {
	u, err := url.Parse(address)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") || strings.Contains(address, `\`) {
		return other
	}
	return address
}
