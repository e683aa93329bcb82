// Package operate answers those who keep processes of Onrecord running, on an address of its own: whether the process lives and is ready,
// and what it and the ledger count, for Prometheus.
package operate

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/onrecord/onrecord/ledger"
)

// A Post is where a process is asked how it does. A nil one counts nothing.
type Post struct {
	registry *prometheus.Registry
	ledger   ledger.Reader
	stopping atomic.Bool

	requests *prometheus.HistogramVec // seconds, by method and status
	articles *prometheus.CounterVec   // by what became of them
	jobs     prometheus.Histogram     // seconds
}

// answers is how long the ledger may take to answer.
const answers = 5 * time.Second

// New is the post of a process that has a ledger open.
func New(l ledger.Reader, version string) *Post {
	p := &Post{
		registry: prometheus.NewRegistry(), ledger: l,
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "onrecord_http_request_seconds", Help: "Time that requests of pages and API took.", Buckets: prometheus.ExponentialBuckets(0.002, 2, 14),
		}, []string{"method", "status"}),
		articles: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "onrecord_worker_articles_total", Help: "Articles that this worker read, refused, or could not read at this try."}, []string{"outcome"}),
		jobs: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "onrecord_worker_job_seconds", Help: "Time that jobs of reading took.", Buckets: prometheus.ExponentialBuckets(0.01, 2, 14),
		}),
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{Name: "onrecord_build_info", Help: "1, with the version of the program.", ConstLabels: prometheus.Labels{"version": version}})
	build.Set(1)
	p.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), build, p.requests, p.articles, p.jobs, counts{l})
	return p
}

// Read counts what a job of reading came to.
func (p *Post) Read(read, refused, failed int, took time.Duration) {
	if p == nil {
		return
	}
	p.articles.WithLabelValues("read").Add(float64(read))
	p.articles.WithLabelValues("refused").Add(float64(refused))
	p.articles.WithLabelValues("failed").Add(float64(failed))
	p.jobs.Observe(took.Seconds())
}

// Requests counts and logs the requests of a handler, and gives each an id, which the answer carries.
func (p *Post) Requests(log *slog.Logger, next http.Handler) http.Handler {
	if p == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id, begun := rand.Text(), time.Now()
		w.Header().Set("X-Request-Id", id)
		a := &answer{ResponseWriter: w, status: http.StatusOK}
		defer func() {
			took := time.Since(begun)
			p.requests.WithLabelValues(method(r.Method), strconv.Itoa(a.status)).Observe(took.Seconds())
			log.Info("request", "id", id, "method", r.Method, "path", r.URL.Path, "status", a.status, "took", took)
		}()
		next.ServeHTTP(a, r)
	})
}

// method is a request's method, or "other": whoever sends requests is not to choose what is counted.
func method(m string) string {
	switch m {
	case http.MethodGet, http.MethodHead, http.MethodPost:
		return m
	}
	return "other"
}

// An answer is written to the one who asked, and its status kept.
type answer struct {
	http.ResponseWriter
	status int
}

func (a *answer) WriteHeader(status int) {
	a.status = status
	a.ResponseWriter.WriteHeader(status)
}

// Unwrap is for [http.ResponseController].
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// Handler answers /healthz, /readyz and /metrics.
func (p *Post) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "lives") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		switch err := p.ready(r.Context()); {
		case err == nil:
			fmt.Fprintln(w, "ready")
		default:
			http.Error(w, "not ready: "+err.Error(), http.StatusServiceUnavailable)
		}
	})
	mux.Handle("GET /metrics", promhttp.HandlerFor(p.registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError}))
	return mux
}

func (p *Post) ready(ctx context.Context) error {
	if p.stopping.Load() {
		return errors.New("it is stopping")
	}
	ctx, cancel := context.WithTimeout(ctx, answers)
	defer cancel()
	if _, err := p.ledger.Status(ctx); err != nil {
		slog.Warn("not ready", "error", err)
		return errors.New("the ledger does not answer")
	}
	return nil
}

// Listen answers on a TCP address until stop is called. When ctx is done it says that it is not ready any more.
func (p *Post) Listen(ctx context.Context, address string) (at string, stop func(), err error) {
	ln, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return "", nil, err
	}
	s := &http.Server{Handler: p.Handler(), ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: 30 * time.Second, MaxHeaderBytes: 16 << 10}
	context.AfterFunc(ctx, func() { p.stopping.Store(true) })
	go s.Serve(ln)
	return ln.Addr().String(), func() { s.Close() }, nil
}

// counts are those of the ledger.
type counts struct{ ledger ledger.Reader }

func describe(name, help string) *prometheus.Desc { return prometheus.NewDesc(name, help, nil, nil) }

// Describe: what there is depends on the kind of ledger.
func (c counts) Describe(chan<- *prometheus.Desc) {}

// Collect asks the ledger.
func (c counts) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), answers)
	defer cancel()
	give := func(name, help string, value float64, err error) {
		d := describe(name, help)
		if err != nil {
			to <- prometheus.NewInvalidMetric(d, err)
			return
		}
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value)
	}
	s, err := c.ledger.Status(ctx)
	linked := 0.0
	if s.Linked {
		linked = 1
	}
	give("onrecord_linked", "1 where all articles of the ledger are read and linked.", linked, err)
	totals, _, err := c.ledger.Totals(ctx)
	give("onrecord_articles", "Articles of the ledger that are linked.", float64(totals["article"]), err)
	if q, is := c.ledger.(ledger.Queue); is {
		unread, err := q.Unread(ctx)
		give("onrecord_articles_unread", "Articles that wait for workers to read them.", float64(unread), err)
		workers, err := q.Workers(ctx)
		give("onrecord_workers", "Processes that read articles of the ledger.", float64(workers), err)
	}
}
