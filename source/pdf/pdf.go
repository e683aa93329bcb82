// Package pdf reads the text layer of PDF files with PDFium, as WebAssembly that is compiled when a file is first read. The compiled code
// is kept in the user's cache for other runs. The files see neither the disk nor the network.
package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"
	"unicode"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	pdfium_errors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/internal/sentinel"
)

// Limits of a file.
const (
	MaxPages = 2000
	maxText  = 16 << 20        // bytes
	maxChars = 200_000         // of a page
	pages64K = 8192            // of memory: 512 MB
	patience = time.Minute     // for a file
	starting = 2 * time.Minute // for the compilation
)

// Errors of files.
const (
	ErrScanned sentinel.Error = "scanned: pictures of pages without a text layer, which are not read"
	ErrNoText  sentinel.Error = "no text in the file"
	ErrLocked  sentinel.Error = "protected by a password"
	ErrDamaged sentinel.Error = "damaged PDF file"
)

// Errors of what takes too much, by the limits above.
const (
	ErrSlow  sentinel.Error = "reading takes longer than a minute"
	ErrPages sentinel.Error = "more than 2000 pages"
	ErrLarge sentinel.Error = "more text than 16 MB"
)

// Mark is what a file begins with.
const Mark = "%PDF-"

// A Reader reads files, one at a time. The zero value is ready; it takes nothing before the first file.
type Reader struct {
	mu    sync.Mutex
	cache wazero.CompilationCache
	pool  pdfium.Pool
}

// Close gives back what the reader took.
func (r *Reader) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	var err error
	if r.pool != nil {
		err = r.pool.Close()
		r.pool = nil
	}
	if r.cache != nil {
		err = errors.Join(err, r.cache.Close(context.Background()))
		r.cache = nil
	}
	return err
}

// start compiles PDFium, or finds it compiled.
func (r *Reader) start() error {
	if r.pool != nil {
		return nil
	}
	config := wazero.NewRuntimeConfig().WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(pages64K).WithCloseOnContextDone(true)
	if dir, err := os.UserCacheDir(); err == nil {
		if r.cache, err = wazero.NewCompilationCacheWithDir(filepath.Join(dir, "onrecord", "pdf")); err == nil {
			config = config.WithCompilationCache(r.cache)
		}
	}
	pool, err := webassembly.Init(webassembly.Config{
		MinIdle: 0, MaxIdle: 1, MaxTotal: 1, RuntimeConfig: config,
		FSConfig: wazero.NewFSConfig(), Stdout: io.Discard, Stderr: io.Discard,
	})
	if err != nil {
		return fmt.Errorf("PDFium: %w", err)
	}
	r.pool = pool
	return nil
}

// Article is the article of a file: its text as paragraphs, without what all pages repeat at their head and foot.
func (r *Reader) Article(ctx context.Context, b []byte) (*onrecord.Article, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.start(); err != nil {
		return nil, err
	}
	instance, err := r.pool.GetInstance(starting)
	if err != nil {
		return nil, fmt.Errorf("PDFium: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	type result struct {
		article *onrecord.Article
		err     error
	}
	done := make(chan result, 1)
	go func() {
		defer func() { // PDFium's own checks end the instance
			if p := recover(); p != nil {
				done <- result{err: fmt.Errorf("%w: %v", ErrDamaged, p)}
			}
		}()
		a, err := read(ctx, instance, b)
		done <- result{a, err}
	}()
	select {
	case got := <-done:
		if got.err == nil || errors.Is(got.err, ErrLocked) || errors.Is(got.err, ErrScanned) {
			instance.Close()
		} else {
			instance.Kill()
		}
		return got.article, got.err
	case <-ctx.Done():
		instance.Kill()
		<-done
		return nil, late(ctx)
	}
}

// late is why a context ended: the patience with a file, or whoever asked for it.
func late(ctx context.Context) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return ErrSlow
	}
	return ctx.Err()
}

// read reads a file with an instance of PDFium.
func read(ctx context.Context, p pdfium.Pdfium, b []byte) (*onrecord.Article, error) {
	opened, err := p.OpenDocument(&requests.OpenDocument{File: &b})
	switch {
	case errors.Is(err, pdfium_errors.ErrPassword):
		return nil, ErrLocked
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	defer p.FPDF_CloseDocument(&requests.FPDF_CloseDocument{Document: opened.Document})
	count, err := p.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: opened.Document})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if count.PageCount > MaxPages {
		return nil, ErrPages
	}
	var pages []sheet
	pictures, size := 0, 0
	for i := range count.PageCount {
		if ctx.Err() != nil {
			return nil, late(ctx)
		}
		page := requests.Page{ByIndex: &requests.PageByIndex{Document: opened.Document, Index: i}}
		s, err := readPage(p, page)
		if err != nil {
			return nil, fmt.Errorf("page %d: %w", i+1, err)
		}
		for _, l := range s.lines {
			size += len(l.text)
		}
		if size > maxText {
			return nil, ErrLarge
		}
		if hasPicture(p, page) {
			pictures++
		}
		pages = append(pages, s)
	}
	const fewLetters = 20 // on a page: a scanner's stamp
	if letters := lettersOf(pages); letters < fewLetters*len(pages) && 2*pictures >= len(pages) {
		return nil, ErrScanned
	} else if letters == 0 {
		return nil, ErrNoText
	}
	return article(pages), nil
}

func lettersOf(pages []sheet) int {
	n := 0
	for _, p := range pages {
		for _, l := range p.lines {
			for _, c := range l.text {
				if unicode.IsLetter(c) {
					n++
				}
			}
		}
	}
	return n
}

// hasPicture says whether an image stands on a page.
func hasPicture(p pdfium.Pdfium, page requests.Page) bool {
	const looked = 50
	count, err := p.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: page})
	if err != nil {
		return false
	}
	for i := range min(count.Count, looked) {
		o, err := p.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: page, Index: i})
		if err != nil {
			return false
		}
		if kind, err := p.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: o.PageObject}); err == nil && kind.Type == enums.FPDF_PAGEOBJ_IMAGE {
			return true
		}
	}
	return false
}
