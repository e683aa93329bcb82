package source

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/internal/sentinel"
	"github.com/onrecord/onrecord/page"
	"github.com/onrecord/onrecord/source/warc"
)

const errStdin sentinel.Error = "web archives are read from a file, not from standard input"

// interruptible is a file whose reading ends when ctx is done.
type interruptible struct {
	io.ReaderAt
	ctx context.Context
}

func (f interruptible) ReadAt(b []byte, at int64) (int, error) {
	if err := f.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := f.ReaderAt.ReadAt(b, at)
	return n, plain(err)
}

// warc reads a WARC file: its pages are articles; those without one are refused.
func (r *reader) warc() {
	if r.at == nil {
		r.refuse(0, errStdin)
		return
	}
	r.pages(warc.Pages(interruptible{r.at, r.ctx}, r.size), 0, "")
	r.refuseWithoutPages()
}

// arc reads an ARC file as the Internet Archive wrote them before WARC.
func (r *reader) arc() {
	if r.at == nil {
		r.refuse(0, errStdin)
		return
	}
	r.pages(warc.ARCPages(interruptible{r.at, r.ctx}, r.size), 0, "")
	r.refuseWithoutPages()
}

// wacz reads a WACZ file (webrecorder's Web Archive Collection Zipped 1.1): a zip file with WARC files in its folder archive.
func (r *reader) wacz() {
	if r.at == nil {
		r.refuse(0, errStdin)
		return
	}
	f := interruptible{r.at, r.ctx}
	z, err := zip.NewReader(f, r.size)
	if err != nil {
		r.refuse(0, fmt.Errorf("corrupt WACZ file: %w", err))
		return
	}
	for _, m := range z.File {
		if !inArchive(m) {
			continue
		}
		at, err := m.DataOffset()
		if err == nil && m.Method != zip.Store {
			err = errors.New("compressed inside the WACZ file; it must be stored uncompressed")
		}
		if err != nil {
			if !r.refuse(0, fmt.Errorf("%s: %w", m.Name, err)) {
				return
			}
			continue
		}
		if !r.pages(warc.Pages(io.NewSectionReader(f, at, int64(m.CompressedSize64)), int64(m.CompressedSize64)), at, m.Name+": ") {
			return
		}
	}
	r.refuseWithoutPages()
}

// inArchive says whether a part of a zip file is a WARC file of a WACZ file.
func inArchive(m *zip.File) bool {
	name := strings.ToLower(m.Name)
	return path.Dir(name) == "archive" && (strings.HasSuffix(name, ".warc") || strings.HasSuffix(name, ".warc.gz"))
}

// refuseWithoutPages refuses an archive that held nothing to read.
func (r *reader) refuseWithoutPages() {
	if r.items == 0 && r.ctx.Err() == nil && !r.ended && r.size > 0 {
		r.refuse(0, errors.New("no HTML page in the archive"))
	}
}

// pages reads the pages of a web archive that begins at a byte of the file read; within names it in refusals.
func (r *reader) pages(pages iter.Seq2[*warc.Page, error], begin int64, within string) bool {
	for p, err := range pages {
		if r.ctx.Err() != nil {
			return false
		}
		if err != nil {
			var e *warc.Error
			if errors.As(err, &e) {
				r.raw.n = max(r.raw.n, begin+e.Offset)
			}
			if !r.refuse(0, fmt.Errorf("%s%w", within, err)) {
				return false
			}
			continue
		}
		r.raw.n = max(r.raw.n, begin+p.Offset)
		a, err := fromPage(p.Body, p.URL, p.Type)
		if err != nil {
			if !r.refuse(0, fmt.Errorf("%s%w", within, &warc.Error{Offset: p.Offset, URL: p.URL, Err: err})) {
				return false
			}
		} else if !r.article(a, 0) {
			return false
		}
	}
	return r.ctx.Err() == nil
}

// fromPage makes an article of a page that a server sent from an address, which stays the article's URL whatever the page says.
func fromPage(body []byte, url, contentType string) (*onrecord.Article, error) {
	if len(url) > MaxField {
		return nil, fmt.Errorf("URL longer than %d KB", MaxField>>10)
	}
	if !utf8.Valid(body) { // the server's word on the charset goes before the page's
		e, _, certain := charset.DetermineEncoding(body[:min(len(body), 1024)], contentType)
		if certain {
			if b, err := e.NewDecoder().Bytes(body); err == nil {
				body = b
			}
		}
	}
	a, err := page.Article(body, url)
	if err != nil {
		return nil, err
	}
	if err := limit(a); err != nil {
		return nil, err
	}
	a.URL = url
	return a, nil
}

// limit refuses an article without text, or with too much of it.
func limit(a *onrecord.Article) error {
	switch {
	case blank(a.Text):
		return errEmpty
	case len(a.Text) > MaxText:
		return errLarge
	}
	return nil
}
