package serve

import (
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"html/template"
	"io/fs"
	"log/slog"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/reading"
)

//go:embed web
var files embed.FS

// A web holds the contents of the folder web: templates, and assets whose addresses contain a hash, so that browsers may cache them
// forever.
type web struct {
	templates map[string]*template.Template
	assets    map[string][]byte // by address
}

func loadWeb(desk bool) *web {
	w := &web{map[string]*template.Template{}, map[string][]byte{}}
	address := map[string]string{}
	for _, name := range []string{"style.css", "page.js"} {
		data := must(fs.ReadFile(files, "web/"+name))
		sum := sha256.Sum256(data)
		ext := path.Ext(name)
		address[name] = "/static/" + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext
		w.assets[address[name]] = data
	}
	funcs := template.FuncMap{
		"asset": func(name string) string { return address[name] },
		"day":   day, "published": published, "between": between, "when": when, "confidence": confidence, "count": count, "amount": amount,
		"number":  func(n int) string { return number(float64(n)) },
		"percent": percent,
		"stance":  func(s string) string { return wordsFor(terms.stances, s) },
		"tenure":  func(t onrecord.Tenure) string { return when(onrecord.Interval{From: t.From, To: endOf(t.To)}) },
		"version": versionHref,
		"join":    strings.Join,
		"desk":    func() bool { return desk },
		"more":    func(list []string, shown int) int { return len(list) - shown },
		"dispute": func(kind string) string { return wordsFor(terms.disputes, kind) },
	}
	layout := template.Must(template.New("layout.html").Funcs(funcs).ParseFS(files, "web/layout.html", "web/parts.html"))
	for _, e := range must(fs.Glob(files, "web/*.html")) {
		name := path.Base(e)
		if name != "layout.html" && name != "parts.html" {
			w.templates[name] = template.Must(template.Must(layout.Clone()).ParseFS(files, e))
		}
	}
	return w
}

// must panics on errors in embedded files.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// A frame is what the layout of a page needs.
type frame struct {
	Title     string
	Query     string // in the search field
	Nav       string // the part of the site that the page belongs to
	Page      any
	Downloads []download // the page's tables

	Workbook string // address of all the tables as one file; "" where there is but one

	Model    string // version of the model that made the row that the page shows
	Outdated string // the version that the address asks for, where it is another
	Linked   bool   // all articles are linked
	Stale    bool   // articles were read by another version of this program
	Partial  bool   // there is input that was not read to its end
}

// A linkState says whether all articles of the ledger are linked. Until they are, everything across articles is incomplete: an article that
// has not been compared with others is not known to be an independent report.
type linkState struct {
	Linked bool `json:"linked" doc:"all articles of the ledger are linked; while false, copies, reports, stories, speakers across articles, utterances, measures and disputes may be missing or change"`
}

func (l *linkState) setLinked(linked bool) { l.Linked = linked }

func (s *site) pages(mux *http.ServeMux) {
	mux.HandleFunc("GET /static/", s.asset)
	mux.HandleFunc("GET /{$}", s.page(s.stories))
	mux.HandleFunc("GET /story/{id}", s.page(s.story))
	mux.HandleFunc("GET /article/{id}", s.page(s.article))
	mux.HandleFunc("GET /statement/{id}", s.page(s.statement))
	mux.HandleFunc("GET /figure/{id}", s.page(s.figure))
	mux.HandleFunc("GET /utterance/{id}", s.page(s.utterance))
	mux.HandleFunc("GET /measure/{id}", s.page(s.measure))
	mux.HandleFunc("GET /measure/{id}/chart.svg", s.picture)
	mux.HandleFunc("GET /dispute/{id}", s.page(s.dispute))
	mux.HandleFunc("GET /side-by-side", s.page(s.beside))
	mux.HandleFunc("GET /cite/{id}", s.page(s.cite))
	mux.HandleFunc("GET /speakers", s.page(s.speakers))
	mux.HandleFunc("GET /speaker/{id}", s.page(s.speaker))
	mux.HandleFunc("GET /search", s.page(s.search))
	mux.HandleFunc("GET /refused", s.page(s.refused))
	mux.HandleFunc("GET /check", s.page(s.checkForm))
	mux.HandleFunc("POST /check", s.page(s.checked))
	if s.desk != nil {
		mux.HandleFunc("GET /review", s.page(s.queue))
		mux.HandleFunc("GET /review/{id}", s.page(s.reviewRow))
		mux.HandleFunc("POST /review/{id}", s.change(s.postReview))
		mux.HandleFunc("POST /reviewer", s.change(s.postReviewer))
		mux.HandleFunc("GET /reviews", s.page(s.reviews))
		mux.HandleFunc("GET /add", s.page(s.addForm))
		mux.HandleFunc("POST /add", s.page(s.added))
	}
	mux.HandleFunc("GET /", s.page(func(*http.Request) (string, *frame, error) { return "", nil, ledger.ErrNotFound }))
}

func (s *site) asset(w http.ResponseWriter, r *http.Request) {
	data, ok := s.web.assets[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(r.URL.Path)))
	_, _ = w.Write(data) // whole, whatever ranges of it are asked for
}

// A redirect is the address to go to instead.
type redirect string

func (r redirect) Error() string { return "see " + string(r) }

// A badRequest explains to the client what is wrong with a request.
type badRequest string

func (b badRequest) Error() string { return string(b) }

// page turns a function that collects the data of a template into a handler. Nothing is sent before the page is complete.
func (s *site) page(f func(*http.Request) (name string, _ *frame, _ error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		name, fr, err := f(r)
		code := http.StatusOK
		if to := redirect(""); errors.As(err, &to) {
			http.Redirect(w, r, string(to), http.StatusFound)
			return
		}
		if err == nil {
			err = s.status(r.Context(), fr)
			w.Header().Set("Onrecord-Linked", strconv.FormatBool(fr.Linked))
		}
		if err == nil && r.URL.Query().Has("as") {
			var t *tableFile
			if t, err = makeFile(fr.Page, r.URL.Query()); err == nil {
				t.send(w)
				return
			}
		}
		if err != nil {
			name = "message.html"
			code, fr = explain(err, r)
		}
		if v := r.URL.Query().Get("v"); v != "" && fr.Model != "" && v != fr.Model {
			fr.Outdated = v
		}
		fr.Downloads, fr.Workbook = downloads(fr.Page, r.URL)
		var b bytes.Buffer
		if err := s.web.templates[name].ExecuteTemplate(&b, "layout.html", fr); err != nil {
			slog.Error("page not rendered", "page", r.URL.Path, "error", err)
			http.Error(w, "This page could not be rendered. See the server's log.", http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(code)
		_, _ = w.Write(b.Bytes())
	}
}

// status says on a page what is incomplete: articles that are not linked, or that another version of this program has read.
func (s *site) status(ctx context.Context, fr *frame) error {
	status, err := s.ledger.Status(ctx)
	fr.Linked, fr.Stale, fr.Partial = status.Linked, status.ReadByOthers(reading.Version()), len(status.Unfinished) > 0
	if p, ok := fr.Page.(interface{ setLinked(bool) }); ok {
		p.setLinked(fr.Linked)
	}
	return err
}

// A rowVersion identifies the page's own row and the version of the model that made it.
type rowVersion struct {
	Path, ID, Model string
	Basis           []string // what it rests on
}

// versionHref is the permalink of a version of a row; the page says so if the ledger now has another version.
func versionHref(path, id, model string) string {
	return path + url.PathEscape(id) + "?v=" + url.QueryEscape(model)
}

// A message is a page that consists of a sentence.
type message struct{ Head, Words string }

// explain turns an error into a page.
func explain(err error, r *http.Request) (int, *frame) {
	m, code := message{}, http.StatusInternalServerError
	var b badRequest
	switch {
	case errors.Is(err, ledger.ErrNotFound):
		code = http.StatusNotFound
		m = message{"Not in this ledger", "There is nothing at " + r.URL.Path + ". Ids are derived from content: " +
			"an article that was never read into this ledger, or a row that a newer model no longer produces, has no page."}
	case errors.As(err, &b):
		code = http.StatusBadRequest
		m = message{"Invalid request", string(b)}
	case errors.Is(err, errBusy):
		code = http.StatusServiceUnavailable
		m = message{"Too many searches", "Other searches are running. Try again in a few seconds."}
	case errors.Is(err, ledger.ErrAltered):
		slog.Error("page failed", "page", r.URL.Path, "error", err)
		m = message{"Altered text", "The text in the ledger is not the one that was read. What was read in it is not shown, since its passages are gone. " +
			"onrecord doctor names the articles."}
	case errors.Is(err, context.DeadlineExceeded):
		code = http.StatusServiceUnavailable
		m = message{"The query took too long", "It was stopped. Narrow it down by day, outlet or speaker."}
	default:
		slog.Error("page failed", "page", r.URL.Path, "error", err)
		m = message{"Ledger error", "The ledger could not be read. See the server's log."}
	}
	return code, &frame{Title: m.Head, Page: m, Linked: true}
}

const perPage = 50

type storiesPage struct {
	linkState
	Front                     *front // nil where stories are chosen, and on pages behind the first
	Rows                      []ledger.StoryRow
	Total, From, To           int
	Counts                    map[string]int // as linked last
	Refused                   int            // files and lines of the last read
	Empty, Filtered           bool
	Outlet, Speaker, Language string
	Since, Until              string
	Previous, Next            string
}

func (s *site) stories(r *http.Request) (string, *frame, error) {
	q := r.URL.Query()
	p := &storiesPage{
		Outlet: q.Get("outlet"), Speaker: q.Get("speaker"), Language: q.Get("language"), Since: q.Get("from"), Until: q.Get("until"),
	}
	f := ledger.StoryFilter{Outlet: p.Outlet, Speaker: p.Speaker, Language: p.Language, Limit: perPage}
	var err error
	if f.From, f.To, err = dayRange(q); err != nil {
		return "", nil, err
	}
	page, err := strconv.Atoi(q.Get("page"))
	if err != nil || page < 1 || page > 1<<20 {
		page = 1
	}
	f.Offset = (page - 1) * perPage
	if p.Rows, p.Total, err = s.ledger.Stories(r.Context(), f); err != nil {
		return "", nil, err
	}
	var more bool
	if p.Counts, more, err = s.ledger.Totals(r.Context()); err != nil {
		return "", nil, err
	}
	refused, err := s.ledger.Refusals(r.Context())
	if err != nil {
		return "", nil, err
	}
	p.Refused = len(refused)
	p.From, p.To = f.Offset+1, f.Offset+len(p.Rows)
	p.Filtered = p.Outlet+p.Speaker+p.Language+p.Since+p.Until != ""
	p.Empty = p.Counts["article"] == 0 && !more
	if page == 1 && !p.Filtered {
		if p.Front, err = s.front(r.Context(), p.Rows); err != nil {
			return "", nil, err
		}
	}
	if page > 1 {
		p.Previous = at(q, page-1)
	}
	if p.To < p.Total {
		p.Next = at(q, page+1)
	}
	return "stories.html", &frame{Title: "Stories", Nav: "stories", Page: p}, nil
}

type refusedPage struct {
	Rows  []ledger.Refusal
	Pages pager
}

// refused is the page of the files and lines that the last read refused.
func (s *site) refused(r *http.Request) (string, *frame, error) {
	rows, err := s.ledger.Refusals(r.Context())
	if err != nil {
		return "", nil, err
	}
	p := &refusedPage{}
	p.Rows, p.Pages = paged(rows, r.URL.Query(), "refused", articlesPerPage)
	return "refused.html", &frame{Title: "Refused", Nav: "stories", Page: p}, nil
}

// at is the address of another page of the list.
func at(q url.Values, page int) string {
	q.Set("page", strconv.Itoa(page))
	return "?" + q.Encode()
}

// dayRange reads the days from and until, both included, as a half-open range.
func dayRange(q url.Values) (from, to time.Time, err error) {
	if from, err = parseDay(q.Get("from")); err != nil {
		return from, to, err
	}
	if to, err = parseDay(q.Get("until")); err != nil || to.IsZero() {
		return from, to, err
	}
	return from, to.AddDate(0, 0, 1), nil
}

// parseDay reads a day; the zero time for "".
func parseDay(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return t, badRequest("Invalid date “" + clip(s, 40) + "”: use YYYY-MM-DD, for example 2015-10-07.")
	}
	return t, nil
}

func (s *site) story(r *http.Request) (string, *frame, error) {
	v, err := s.ledger.Story(r.Context(), r.PathValue("id"))
	if err != nil {
		return "", nil, err
	}
	if id := v.Story.ID; id != r.PathValue("id") { // retired: this row has most of it
		return "", nil, redirect("/story/" + url.PathEscape(id))
	}
	p, err := newStoryPage(v, r.URL.Query())
	if err != nil {
		return "", nil, err
	}
	return "story.html", &frame{Title: v.Story.Title, Nav: "stories", Page: p, Model: v.Model}, nil
}

func (s *site) article(r *http.Request) (string, *frame, error) {
	v, err := s.ledger.Article(r.Context(), r.PathValue("id"))
	if err != nil {
		return "", nil, err
	}
	var others []string // of copies: all that this article copies, the first that copy it
	to := 0
	for _, c := range v.Copies {
		if c.Article == v.Article.ID {
			others = append(others, c.Origin)
		} else if to++; to <= copiesShown {
			others = append(others, c.Article)
		}
	}
	copied, err := s.ledger.Articles(r.Context(), others)
	if err != nil {
		return "", nil, err
	}
	title := v.Article.Title
	if title == "" {
		title = "Untitled article"
	}
	q := r.URL.Query()
	return "article.html", &frame{Title: title, Nav: "stories", Page: newArticlePage(v, copied, q), Model: v.Article.Model}, nil
}

// statement redirects the permalink of a statement to its passage.
func (s *site) statement(r *http.Request) (string, *frame, error) {
	id := r.PathValue("id")
	found, err := s.ledger.Passages(r.Context(), []string{id})
	if err != nil {
		return "", nil, err
	}
	if len(found) == 0 {
		return "", nil, ledger.ErrNotFound
	}
	return "", nil, redirect("/article/" + url.PathEscape(found[0].Article) + "?s=" + url.QueryEscape(id) + inVersion(r) + "#s-" + url.PathEscape(id))
}

// inVersion passes the requested version on to the address that a permalink redirects to.
func inVersion(r *http.Request) string {
	if v := r.URL.Query().Get("v"); v != "" {
		return "&v=" + url.QueryEscape(v)
	}
	return ""
}

type speakersPage struct {
	Name, Who string
	Rows      []ledger.SpeakerRow
	Limit     int
}

// Choices are the options of the filter.
func (*speakersPage) Choices() []term { return terms.speakers }

func (s *site) speakers(r *http.Request) (string, *frame, error) {
	p := &speakersPage{Name: r.URL.Query().Get("name"), Who: r.URL.Query().Get("who"), Limit: 500}
	var err error
	if p.Rows, err = s.ledger.Speakers(r.Context(), ledger.SpeakersFilter{Name: p.Name, Who: p.Who, Limit: p.Limit}); err != nil {
		return "", nil, err
	}
	return "speakers.html", &frame{Title: "Speakers", Nav: "speakers", Page: p}, nil
}
