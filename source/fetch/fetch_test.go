package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// A site is a server on the loopback with what was asked of it.
type site struct {
	*httptest.Server
	mu    sync.Mutex
	asked []string
}

func serve(t *testing.T, robots string, pages map[string]http.HandlerFunc) *site {
	s := &site{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.asked = append(s.asked, r.URL.RequestURI())
		s.mu.Unlock()
		switch page := pages[r.URL.Path]; {
		case page != nil:
			page(w, r)
		case r.URL.Path == "/robots.txt" && robots != "":
			fmt.Fprint(w, robots)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(s.Close)
	return s
}

func fetcher(t *testing.T) *Fetcher {
	f := New(Options{Private: true})
	t.Cleanup(f.Close)
	return f
}

func text(s string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, s)
	}
}

func to(url string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, url, http.StatusFound) }
}

func TestGet(t *testing.T) {
	var agent, accept string
	s := serve(t, "", map[string]http.HandlerFunc{"/a": func(w http.ResponseWriter, r *http.Request) {
		agent, accept = r.UserAgent(), r.Header.Get("Accept-Encoding")
		w.Header().Set("ETag", `"v1"`)
		w.Header().Set("Last-Modified", "Mon, 03 Feb 2031 04:05:06 GMT")
		text("<p>The ferry.")(w, r)
	}, "/old": to("/a")})
	f := fetcher(t)
	want := &Page{
		URL: s.URL + "/a", Type: "text/html; charset=utf-8", Body: []byte("<p>The ferry."),
		Validators: Validators{`"v1"`, "Mon, 03 Feb 2031 04:05:06 GMT"},
	}
	for _, path := range []string{"/a", "/old", "/a#here"} {
		got, err := f.Get(t.Context(), s.URL+path, Validators{})
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Error(path, err, diff)
		}
	}
	if !strings.HasPrefix(agent, "Onrecord/") || accept != "gzip" {
		t.Errorf("User-Agent %q, Accept-Encoding %q", agent, accept)
	}
	if diff := cmp.Diff([]string{"/robots.txt", "/a", "/old", "/a", "/a"}, s.asked); diff != "" {
		t.Error(diff) // robots.txt is asked for once
	}
}

func TestConditional(t *testing.T) {
	s := serve(t, "", map[string]http.HandlerFunc{"/a": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"v2"`)
		if r.Header.Get("If-None-Match") == `"v2"` || r.Header.Get("If-Modified-Since") == "yesterday" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		text("new")(w, r)
	}, "/stuck": func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNotModified) }})
	f := fetcher(t)
	for _, c := range []struct {
		known Validators
		same  bool
	}{{Validators{}, false}, {Validators{ETag: `"v1"`}, false}, {Validators{ETag: `"v2"`}, true}, {Validators{LastModified: "yesterday"}, true}} {
		p, err := f.Get(t.Context(), s.URL+"/a", c.known)
		if err != nil || p.NotModified != c.same || (string(p.Body) == "new") == c.same || p.ETag != `"v2"` {
			t.Errorf("%+v: %+v, %v", c.known, p, err)
		}
	}
	if _, err := f.Get(t.Context(), s.URL+"/stuck", Validators{}); err == nil {
		t.Error("304 without validators is no page")
	}
}

func TestRobots(t *testing.T) {
	rules := "User-agent: *\nDisallow: /\n\nUser-agent: onrecord\nDisallow: /private\nAllow: /private/but\nDisallow: /*?print=\n"
	s := serve(t, rules, map[string]http.HandlerFunc{
		"/a": text("a"), "/private/x": text("x"), "/private/but": text("but"), "/hop": to("/private/x"),
	})
	f := fetcher(t)
	for path, want := range map[string]error{
		"/a": nil, "/private/x": ErrForbidden, "/private/but": nil, "/a?print=1": ErrForbidden, "/hop": ErrForbidden,
	} {
		if _, err := f.Get(t.Context(), s.URL+path, Validators{}); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", path, err, want)
		}
	}
	for _, asked := range s.asked {
		if strings.HasPrefix(asked, "/private/x") || strings.Contains(asked, "print") {
			t.Errorf("%s was asked for", asked)
		}
	}
}

func TestRobotsStatus(t *testing.T) {
	for _, c := range []struct {
		name   string
		robots http.HandlerFunc
		want   error
	}{
		{"none", http.NotFound, nil},
		{"forbidden", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusForbidden) }, nil},
		{"failing", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusBadGateway) }, ErrRobots},
		{"endless", to("/robots.txt"), nil},
		{"empty", text(""), nil},
		{"all", text("User-agent: *\nDisallow: /"), ErrForbidden},
		{"others", text("User-agent: Another\nDisallow: /"), nil},
	} {
		s := serve(t, "", map[string]http.HandlerFunc{"/robots.txt": c.robots, "/a": text("a")})
		if _, err := fetcher(t).Get(t.Context(), s.URL+"/a", Validators{}); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

func TestRefused(t *testing.T) {
	s := serve(t, "", map[string]http.HandlerFunc{
		"/loop": to("/loop"), "/file": to("file:///etc/hostname"), "/password": to("http://a:b@orm.example/"),
		"/large": func(w http.ResponseWriter, r *http.Request) { w.Write(make([]byte, MaxBody+1)) },
		"/encoded": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "br")
			w.Write([]byte("x"))
		},
		"/cut": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "100")
			w.Write([]byte("x"))
		},
	})
	f := fetcher(t)
	for _, c := range []struct{ url, want string }{
		{s.URL + "/missing", "the server answered 404 Not Found"},
		{s.URL + "/loop", "more than 5 redirects"},
		{s.URL + "/file", "not a web address (http or https)"},
		{s.URL + "/password", "not a web address (http or https)"},
		{s.URL + "/large", "larger than 32 MB"},
		{s.URL + "/encoded", `the server sent content encoding "br", which was not requested`},
		{s.URL + "/cut", "unexpected EOF"},
		{"ftp://orm.example/", "not a web address (http or https)"},
		{"http://", "not a web address (http or https)"},
		{"http://a b/", "not a web address (http or https)"},
		{"http://me:word@orm.example/", "not a web address (http or https)"},
	} {
		if _, err := f.Get(t.Context(), c.url, Validators{}); err == nil || err.Error() != c.want {
			t.Errorf("%s: %v, want %s", c.url, err, c.want)
		}
	}
}

// TestSlow holds that the time for a page is limited, and that a caller's own deadline stays its own.
func TestSlow(t *testing.T) {
	s := serve(t, "", map[string]http.HandlerFunc{"/a": text("a")})
	f := New(Options{Private: true, Timeout: time.Nanosecond})
	defer f.Close()
	if _, err := f.Get(t.Context(), s.URL+"/a", Validators{}); !errors.Is(err, ErrSlow) {
		t.Error(err)
	}
	ctx, cancel := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer cancel()
	if _, err := f.Get(ctx, s.URL+"/a", Validators{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}

// TestGuard holds that nothing is asked of addresses that are not public, by whatever name they go.
func TestGuard(t *testing.T) {
	s := serve(t, "", map[string]http.HandlerFunc{"/": text("secret")})
	_, port, _ := strings.Cut(strings.TrimPrefix(s.URL, "http://"), ":")
	f := New(Options{})
	defer f.Close()
	for _, host := range []string{"127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0", "169.254.169.254", "10.0.0.1", "192.168.1.1"} {
		if _, err := f.Get(t.Context(), "http://"+host+":"+port+"/", Validators{}); !errors.Is(err, ErrPrivate) {
			t.Errorf("%s: %v", host, err)
		}
	}
	if len(s.asked) > 0 {
		t.Errorf("asked for %q", s.asked)
	}
}

func TestPublic(t *testing.T) {
	for a, want := range map[string]bool{
		"93.184.215.14": true, "2606:2800:21f:cb07:6820:80da:af6b:8b2c": true, "8.8.8.8": true, "172.32.0.1": true,
		"127.0.0.1": false, "10.1.2.3": false, "172.16.0.1": false, "192.168.0.1": false, "169.254.169.254": false, "100.64.0.1": false,
		"0.0.0.0": false, "0.1.2.3": false, "224.0.0.1": false, "255.255.255.255": false, "240.0.0.1": false, "198.18.0.1": false,
		"::": false, "::1": false, "::ffff:10.0.0.1": false, "::ffff:8.8.8.8": true, "::127.0.0.1": false, "fe80::1%eth0": false,
		"fc00::1": false, "fd12::1": false, "ff02::1": false, "64:ff9b::7f00:1": false, "2002:7f00:1::": false, "2001:db8::1": false,
		"2001::1": false, "fec0::1": false,
	} {
		if got := public(netip.MustParseAddr(a)); got != want {
			t.Errorf("%s: %v", a, got)
		}
	}
}

// TestPause holds that the second page of a host waits: here for longer than its time allows.
func TestPause(t *testing.T) {
	s := serve(t, "User-agent: *\nCrawl-delay: 3600\n", map[string]http.HandlerFunc{"/a": text("a"), "/b": text("b")})
	f := fetcher(t)
	if _, err := f.Get(t.Context(), s.URL+"/a", Validators{}); err != nil {
		t.Fatal(err)
	}
	for _, h := range f.hosts {
		if wait := time.Until(h.next); wait > maxDelay || wait < maxDelay/2 {
			t.Errorf("the next page waits for %v", wait)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.Get(ctx, s.URL+"/b", Validators{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if diff := cmp.Diff([]string{"/robots.txt", "/a"}, s.asked); diff != "" {
		t.Error(diff)
	}
}
