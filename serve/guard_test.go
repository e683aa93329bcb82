package serve

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/onrecord/onrecord/ledger"
)

func TestGuard(t *testing.T) {
	h := New(coverage(), "desk.example")
	for host, code := range map[string]int{
		"127.0.0.1:7700": 200, "localhost:7700": 200, "LOCALHOST": 200, "[::1]:7700": 200, "192.0.2.7": 200, "desk.example:80": 200, "desk.example.": 200,
		"evil.example": 421, "localhost.evil.example": 421, "127.0.0.1.evil.example:7700": 421, "": 421,
	} {
		req := httptest.NewRequest(http.MethodGet, origin+"/", nil)
		req.Host = host
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, req)
		if rec.Code != code {
			t.Errorf("host %q: %d, want %d", host, rec.Code, code)
		}
	}
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions} {
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequest(method, origin+"/", nil))
		if rec.Code != http.StatusMethodNotAllowed {
			t.Errorf("%s: %d", method, rec.Code)
		}
	}
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, httptest.NewRequest(http.MethodHead, origin+"/", nil))
	if rec.Code != http.StatusOK {
		t.Errorf("HEAD: %d", rec.Code)
	}
}

// Assistants ask by POST, which keeps nothing: from this machine's names alone, and from no other site.
func TestToolsAreGuarded(t *testing.T) {
	h := New(coverage())
	for _, c := range []struct {
		method, host, site string
		code               int
	}{
		{http.MethodPost, "127.0.0.1:7700", "", 200},
		{http.MethodPost, "evil.example", "", 421},
		{http.MethodPost, "127.0.0.1:7700", "cross-site", 403},
		{http.MethodGet, "127.0.0.1:7700", "", 405},
		{http.MethodDelete, "127.0.0.1:7700", "", 405},
	} {
		req := httptest.NewRequest(c.method, "http://127.0.0.1:7700/mcp", strings.NewReader(`{"jsonrpc":"2.0","id":1,"method":"tools/list"}`))
		req.Host = c.host
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Accept", "application/json, text/event-stream")
		if c.site != "" {
			req.Header.Set("Sec-Fetch-Site", c.site)
		}
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, req)
		if rec.Code != c.code || c.code == 200 && !strings.Contains(rec.Body.String(), `"name":"check"`) {
			t.Errorf("%+v: %d %.300s", c, rec.Code, rec.Body)
		}
	}
}

// TestOtherSitesAreRefused: a page elsewhere may link here, and may make the browser ask for nothing else.
func TestOtherSitesAreRefused(t *testing.T) {
	h := New(coverage())
	for _, c := range []struct {
		site, mode, dest string
		code             int
	}{
		{"", "", "", 200},
		{"none", "navigate", "document", 200},
		{"same-origin", "no-cors", "script", 200},
		{"same-origin", "cors", "empty", 200},
		{"cross-site", "navigate", "document", 200},
		{"cross-site", "navigate", "iframe", 403},
		{"cross-site", "no-cors", "image", 403},
		{"cross-site", "cors", "empty", 403},
		{"same-site", "no-cors", "image", 403}, // another port
		{"cross-site", "", "", 403},
	} {
		for _, path := range []string{"/search?q=cables", "/api/v1/search?q=cables", "/"} {
			req := httptest.NewRequest(http.MethodGet, origin+path, nil)
			for name, v := range map[string]string{"Sec-Fetch-Site": c.site, "Sec-Fetch-Mode": c.mode, "Sec-Fetch-Dest": c.dest} {
				if v != "" {
					req.Header.Set(name, v)
				}
			}
			rec := httptest.NewRecorder()
			h.ServeHTTP(rec, req)
			if rec.Code != c.code {
				t.Errorf("%+v %s: %d", c, path, rec.Code)
			}
		}
	}
}

// TestLongSearchesAreRefused: what a search may ask for is bounded, on pages and by the API, before the ledger is asked.
func TestLongSearchesAreRefused(t *testing.T) {
	r := coverage()
	h := New(r)
	most := strings.TrimSpace(strings.Repeat("the ", mostWords))
	long := strings.Repeat("x", longestSearch+1)
	for path, want := range map[string]int{
		"/search?q=" + url.QueryEscape(`"`+most+`"`):                      200,
		"/api/v1/search?q=" + url.QueryEscape(`"`+most+`"`):               200,
		"/search?q=" + url.QueryEscape(`"`+most+` the"`):                  400,
		"/api/v1/search?q=" + url.QueryEscape(`"`+most+` the"`):           400,
		"/api/v1/search?q=" + url.QueryEscape(strings.Repeat("the.", 65)): 400,
		"/search?q=" + long:                                   400,
		"/api/v1/search?q=" + long:                            400,
		"/api/v1/search?q=a&speaker=" + long:                  400,
		"/search?q=a&outlet=" + long:                          400,
		"/speakers?name=" + long:                              400,
		"/api/v1/speakers?name=" + long:                       400,
		"/?speaker=" + long:                                   400,
		"/api/v1/stories?outlet=" + long:                      400,
		"/search?q=" + strings.Repeat("a+", longestAddress/2): 414,
	} {
		rec := visit(h, path)
		if rec.Code != want {
			t.Errorf("%.60s: %d, want %d", path, rec.Code, want)
		}
		if want == 400 && !strings.Contains(rec.Body.String(), "allowed") {
			t.Errorf("%.60s: no limit is named: %s", path, rec.Body)
		}
	}
}

// A slowRecord is a record whose searches take until they are let go or stopped.
type slowRecord struct {
	*record
	begun chan struct{}
	let   chan struct{}
}

func (s *slowRecord) Search(ctx context.Context, q ledger.SearchQuery) ([]ledger.Hit, error) {
	s.begun <- struct{}{}
	select {
	case <-s.let:
		return s.record.Search(ctx, q)
	case <-ctx.Done():
		return nil, errors.New("interrupted (9)") // as a database says it
	}
}

// TestSearchesLeaveRoomForPages: of many searches at once only so many run, pages are answered meanwhile, and who does not wait for
// a turn is told to try again.
func TestSearchesLeaveRoomForPages(t *testing.T) {
	s := &slowRecord{coverage(), make(chan struct{}), make(chan struct{})}
	h := New(s)
	const asked = 3 * searchesAtOnce
	codes := make(chan int, asked)
	for range asked {
		go func() { codes <- visit(h, "/api/v1/search?q=cables").Code }()
	}
	for range searchesAtOnce {
		<-s.begun
	}
	for _, path := range []string{"/", "/story/" + s.links.Stories[0].ID, "/speakers", "/api/v1/stories"} {
		if rec := visit(h, path); rec.Code != http.StatusOK {
			t.Errorf("%s: %d while searches run", path, rec.Code)
		}
	}
	for path, want := range map[string]string{"/search?q=cables": "Too many searches", "/api/v1/search?q=cables": "too many searches", "/api/v1/speakers?name=dorn": "too many searches"} {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequestWithContext(ctx, http.MethodGet, origin+path, nil))
		if rec.Code != http.StatusServiceUnavailable || !strings.Contains(rec.Body.String(), want) {
			t.Errorf("%s: %d %s", path, rec.Code, rec.Body)
		}
	}
	select {
	case <-s.begun:
		t.Errorf("more than %d searches run at once", searchesAtOnce)
	default:
	}
	close(s.let)
	for range asked - searchesAtOnce {
		<-s.begun
	}
	for range asked {
		if code := <-codes; code != http.StatusOK {
			t.Errorf("a search answers %d", code)
		}
	}
}

// TestInterruptedSearch: a search that was stopped gives the reason, whatever the database calls that.
func TestInterruptedSearch(t *testing.T) {
	s := &slowRecord{coverage(), make(chan struct{}), nil}
	l := limited{s, make(chan struct{}, 1)}
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-s.begun; cancel() }()
	if _, err := l.Search(ctx, ledger.SearchQuery{Words: "cables"}); !errors.Is(err, context.Canceled) {
		t.Errorf("a stopped search says %v", err)
	}
}

// TestManyRanges: a request for thousands of ranges of a file is answered with the file.
func TestManyRanges(t *testing.T) {
	h := New(coverage())
	address := ""
	for n := range parse(t, visit(h, "/").Body.String()).Descendants() {
		if n.Type == html.ElementNode && n.Data == "link" && attr(n, "rel") == "stylesheet" {
			address = attr(n, "href")
		}
	}
	whole := visit(h, address).Body.Len()
	req := httptest.NewRequest(http.MethodGet, origin+address, nil)
	req.Header.Set("Range", "bytes="+strings.TrimSuffix(strings.Repeat("0-0,2-2,", 1500), ","))
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, req)
	if rec.Code != http.StatusOK || rec.Body.Len() != whole || whole == 0 || !strings.HasPrefix(rec.Header().Get("Content-Type"), "text/css") {
		t.Errorf("%d, %d bytes of %d, %v", rec.Code, rec.Body.Len(), whole, rec.Header())
	}
}

// FuzzSearch asks a ledger for whatever words there are: it finds something or nothing, or says what is wrong with them.
func FuzzSearch(f *testing.F) {
	l, links := manyArticles(f, 60)
	h := New(l)
	for _, words := range []string{
		links.Utterances[0].Wording, links.Speakers[0].Name, `"` + links.Utterances[0].Wording + `"`, "the the the", `"`, `""`, `" "`, "a* OR b", "NEAR(a b)", "title: x", "-a ^b +c", "“a” «b»",
		"\x00", "\xff\xfe", strings.Repeat("the ", 200), strings.Repeat(`"a `, 40), strings.Repeat("é", 600), "😀 \u200d \u202e", "%_%", "'; DROP TABLE article; --",
	} {
		f.Add(words, words)
	}
	f.Fuzz(func(t *testing.T, words, name string) {
		q := url.Values{"q": {words}, "speaker": {name}}
		for _, path := range []string{"/search?", "/api/v1/search?"} {
			rec := visit(h, path+q.Encode())
			switch rec.Code {
			case http.StatusOK, http.StatusBadRequest, http.StatusRequestURITooLong, http.StatusUnprocessableEntity:
			default:
				t.Fatalf("%q %q: %d %s", words, name, rec.Code, rec.Body)
			}
			if most := 1 << 20; rec.Body.Len() > most {
				t.Fatalf("%q: %d bytes", words, rec.Body.Len())
			}
			if path == "/api/v1/search?" && !json.Valid(rec.Body.Bytes()) && rec.Code != http.StatusRequestURITooLong {
				t.Fatalf("%q: %s", words, rec.Body)
			}
		}
	})
}
