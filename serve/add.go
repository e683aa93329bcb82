package serve

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"path"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord/engine"
	"github.com/onrecord/onrecord/source"
)

// An addPage takes articles, and says what was read of them and what was refused.
type addPage struct {
	Done    bool
	Read    []addedArticle
	Refused []string
	More    bool // it is still being read
	Given   struct{ Text, Title, Outlet, Day, Address string }
}

// An addedArticle is one that is in the ledger now.
type addedArticle struct {
	ID, Title           string
	Statements, Figures int
}

func (s *site) addForm(*http.Request) (string, *frame, error) {
	return "add.html", &frame{Title: "Add articles", Nav: "add", Page: &addPage{}}, nil
}

// addTime is how long the page waits for what is read; the rest is read in the background.
const addTime = 20 * time.Second

// added reads what a form gives into the ledger: a pasted text, files, an address.
func (s *site) added(r *http.Request) (string, *frame, error) {
	r.Body = http.MaxBytesReader(nil, r.Body, longestUpload)
	if err := r.ParseMultipartForm(longestUpload); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return "", nil, told(cmp.Or(err, error(badRequest("The form could not be read."))))
	}
	p := &addPage{Done: true}
	g := &p.Given
	g.Text, g.Title, g.Outlet, g.Day, g.Address = strings.ReplaceAll(r.FormValue("text"), "\r\n", "\n"), strings.TrimSpace(r.FormValue("title")), strings.TrimSpace(r.FormValue("outlet")), r.FormValue("day"), strings.TrimSpace(r.FormValue("address"))
	if _, err := parseDay(g.Day); err != nil {
		return "", nil, err
	}
	var inputs []input
	if strings.TrimSpace(g.Text) != "" {
		line, err := json.Marshal(map[string]any{"text": g.Text, "title": nullable(g.Title), "outlet": nullable(g.Outlet), "published": nullable(g.Day)})
		if err != nil {
			return "", nil, err
		}
		inputs = append(inputs, input{name: "the pasted text", paths: []string{"-"}, data: line})
	}
	if r.MultipartForm != nil {
		for _, head := range r.MultipartForm.File["file"] {
			in, err := s.fileInput(r.Context(), head.Filename, func() (io.ReadCloser, error) { return head.Open() }, g.Outlet, g.Day)
			if err != nil {
				p.Refused = append(p.Refused, head.Filename+": "+err.Error())
				continue
			}
			inputs = append(inputs, in)
		}
	}
	if g.Address != "" {
		if !strings.HasPrefix(g.Address, "http://") && !strings.HasPrefix(g.Address, "https://") {
			return "", nil, badRequest("An address begins with http:// or https://.")
		}
		inputs = append(inputs, input{name: g.Address, paths: []string{g.Address}})
	}
	if len(inputs) == 0 && len(p.Refused) == 0 {
		return "", nil, badRequest("Paste a text, choose files or give an address.")
	}
	s.readInputs(r.Context(), p, inputs)
	if len(p.Refused) == 0 {
		p.Given = addPage{}.Given
	}
	return "add.html", &frame{Title: "Add articles", Nav: "add", Page: p}, nil
}

// An input is what is read at a time.
type input struct {
	name  string
	paths []string
	data  []byte
}

func nullable(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// fileInput is what is read of a file: a text, Markdown or page with one article is given the outlet and day of the form, where it has none.
func (s *site) fileInput(ctx context.Context, name string, open func() (io.ReadCloser, error), outlet, day string) (in input, err error) {
	f, err := open()
	if err != nil {
		return in, err
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	if err != nil {
		return in, err
	}
	in = input{name: name, paths: []string{"-"}, data: data}
	if !slices.Contains([]string{".txt", ".md", ".markdown", ".html", ".htm", ".docx", ".doc", ".odt", ".rtf", ".pdf"}, strings.ToLower(path.Ext(name))) {
		return in, nil
	}
	a, err := fileDraft(ctx, name, data)
	if err != nil {
		return in, err
	}
	line := map[string]any{"text": a.Text, "title": nullable(a.Title), "byline": nullable(a.Byline), "outlet": nullable(cmp.Or(a.Outlet, outlet)), "published": nullable(cmp.Or(a.Published.Value, day)), "id": name}
	if a.URL != "" {
		line["url"] = a.URL
	}
	in.data, err = json.Marshal(line)
	return in, err
}

// readInputs reads inputs into the ledger. What is not done in time goes on in the background.
func (s *site) readInputs(ctx context.Context, p *addPage, inputs []input) {
	type result struct {
		refused []string
		ids     []string
	}
	done := make(chan result, 1)
	s.links.idle.Go(func() {
		var got result
		for _, in := range inputs {
			if in.data != nil {
				for item := range source.Paths(s.links.ctx, in.paths, bytes.NewReader(in.data)) {
					if item.Article != nil {
						got.ids = append(got.ids, item.Article.ID)
					}
				}
			}
			sum, err := engine.Read(s.links.ctx, s.desk, in.paths, engine.Options{Workers: runtime.GOMAXPROCS(0), Stdin: bytes.NewReader(in.data)})
			if sum != nil {
				for _, x := range sum.Refused {
					got.refused = append(got.refused, in.name+": "+x.Err.Error())
				}
				for _, x := range sum.Notes {
					got.refused = append(got.refused, in.name+": "+x.Err.Error())
				}
			}
			if err != nil && (sum == nil || len(sum.Refused) == 0) {
				got.refused = append(got.refused, in.name+": "+err.Error())
			}
		}
		done <- got
	})
	select {
	case got := <-done:
		p.Refused = append(p.Refused, got.refused...)
		for _, id := range got.ids {
			if v, err := s.desk.Article(ctx, id); err == nil {
				p.Read = append(p.Read, addedArticle{id, cmp.Or(v.Article.Title, "Untitled article"), len(v.Statements), len(v.Figures)})
			}
		}
	case <-time.After(addTime):
		p.More = true
	case <-ctx.Done():
	}
}
