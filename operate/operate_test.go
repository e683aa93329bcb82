package operate

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/onrecord/onrecord/ledger"
)

// record is a ledger that answers, or does not.
type record struct {
	ledger.Queue
	fail error
}

func (r *record) Status(context.Context) (ledger.Status, error) {
	return ledger.Status{Linked: true}, r.fail
}

func (r *record) Totals(context.Context) (map[string]int, bool, error) {
	return map[string]int{"article": 12}, false, r.fail
}
func (r *record) Unread(context.Context) (int, error)  { return 3, r.fail }
func (r *record) Workers(context.Context) (int, error) { return 2, r.fail }

func TestPost(t *testing.T) {
	r := &record{}
	p := New(r, "v1")
	p.Read(30, 1, 2, time.Second)
	pages := p.Requests(slog.New(slog.DiscardHandler), http.NotFoundHandler())
	for _, method := range []string{"GET", "GET", "BREW"} {
		w := httptest.NewRecorder()
		pages.ServeHTTP(w, httptest.NewRequest(method, "/x", nil))
		if w.Code != http.StatusNotFound || len(w.Header().Get("X-Request-Id")) < 20 {
			t.Errorf("%d %v", w.Code, w.Header())
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	at, stop, err := p.Listen(ctx, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	ask := func(path string, status int, says ...string) {
		t.Helper()
		answer, err := http.Get("http://" + at + path)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		body, _ := io.ReadAll(answer.Body)
		if answer.StatusCode != status {
			t.Errorf("%s: %d, want %d: %.300s", path, answer.StatusCode, status, body)
		}
		for _, s := range says {
			if !strings.Contains(string(body), s) {
				t.Errorf("%s does not say %s: %.3000s", path, s, body)
			}
		}
	}
	ask("/healthz", http.StatusOK, "lives")
	ask("/readyz", http.StatusOK, "ready")
	ask("/metrics", http.StatusOK, "onrecord_articles_unread 3", "onrecord_workers 2", "onrecord_linked 1", "onrecord_articles 12", `onrecord_build_info{version="v1"} 1`,
		`onrecord_worker_articles_total{outcome="read"} 30`, `onrecord_worker_articles_total{outcome="refused"} 1`, "onrecord_worker_job_seconds_count 1",
		`onrecord_http_request_seconds_count{method="GET",status="404"} 2`, `onrecord_http_request_seconds_count{method="other",status="404"} 1`, "go_goroutines")
	var said bytes.Buffer
	old := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&said, nil)))
	defer slog.SetDefault(old)
	r.fail = errors.New("postgres://secret")
	ask("/readyz", http.StatusServiceUnavailable, "the ledger does not answer")
	ask("/healthz", http.StatusOK)
	if strings.Contains(metrics(t, at), "secret") || !strings.Contains(said.String(), "secret") {
		t.Errorf("the reason is for the log: %s", said.String())
	}
	ask("/metrics", http.StatusOK, "onrecord_worker_job_seconds_count 1") // what it counts itself is still told
	r.fail = nil
	cancel()
	for since := time.Now(); !p.stopping.Load() && time.Since(since) < 10*time.Second; time.Sleep(time.Millisecond) {
	}
	ask("/readyz", http.StatusServiceUnavailable, "stopping")
	ask("/healthz", http.StatusOK)
}

func metrics(t *testing.T, at string) string {
	t.Helper()
	answer, err := http.Get("http://" + at + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}
