package source

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/klauspost/compress/gzip"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/page"
	"github.com/onrecord/onrecord/source/wire"
)

// A reader reads the articles of one file.
type reader struct {
	ctx   context.Context
	file  string
	size  int64 // of the file; -1 for standard input
	raw   *counter
	in    *bufio.Reader
	yield func(Item) bool
	held  *Item // the last item of a file, kept back until what follows it is read, so that Bytes sum to the size
	given int64 // bytes reported
	items int
	ended bool // the receiver wants no more
}

// read yields the articles of one file; false when the receiver wants no more.
func read(ctx context.Context, file string, k kind, in io.Reader, size int64, yield func(Item) bool) bool {
	r := &reader{ctx: ctx, file: file, size: size, raw: &counter{r: in, ctx: ctx}, yield: yield}
	r.in = bufio.NewReaderSize(r.raw, 64<<10)
	if f, ok := in.(io.ReaderAt); ok && (k == warcFile || k == waczFile) {
		r.archive(k, f)
	} else {
		r.read(k)
	}
	if ctx.Err() != nil {
		return false
	}
	if r.items == 0 && !r.ended {
		r.refuse(0, errEmpty)
	}
	if r.held != nil && !r.ended {
		if size >= 0 {
			r.held.Bytes += size - r.given
		}
		r.ended = !yield(*r.held)
	}
	return !r.ended
}

var (
	errEmpty  = errors.New("empty: nothing to read")
	errBinary = errors.New("binary data, not text")
)

func (r *reader) read(k kind) {
	if head, _ := r.in.Peek(2); bytes.Equal(head, []byte{0x1f, 0x8b}) && (k == unknown || strings.HasSuffix(strings.ToLower(r.file), ".gz")) {
		z, err := gzip.NewReader(r.in)
		if err != nil {
			r.refuse(0, unzipError(err))
			return
		}
		defer z.Close()
		r.in = bufio.NewReaderSize(&inflater{z: z, raw: r.raw}, 64<<10)
	} else if strings.HasSuffix(strings.ToLower(r.file), ".gz") && len(head) > 0 {
		r.refuse(0, errors.New("not gzip data"))
		return
	}
	head, err := r.in.Peek(4096)
	if len(head) == 0 {
		if err != nil && err != io.EOF {
			r.refuse(0, err)
		}
		return
	}
	wide := bytes.HasPrefix(head, []byte{0xff, 0xfe}) || bytes.HasPrefix(head, []byte{0xfe, 0xff})
	if k == unknown {
		if bytes.HasPrefix(head, []byte("WARC/1.")) {
			r.refuse(0, errStdin)
			return
		}
		k = sniff(head, wide)
	}
	if k == json || k == lines {
		if wide {
			r.in = bufio.NewReaderSize(transform.NewReader(r.in, unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder()), 64<<10)
		} else if bytes.IndexByte(head, 0) >= 0 {
			r.refuse(0, errBinary)
			return
		}
		if head, _ := r.in.Peek(3); bytes.Equal(head, []byte("\ufeff")) {
			r.in.Discard(3)
		}
	}
	switch k {
	case text, html, xml:
		r.whole(k)
	case json:
		r.json()
	case lines:
		r.lines()
	}
}

// sniff finds out what standard input holds by its first character, and XML by its root.
func sniff(head []byte, wide bool) kind {
	if wide {
		head = bytes.ReplaceAll(head[2:], []byte{0}, nil)
	}
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
	if len(head) > 0 {
		switch head[0] {
		case '{':
			return lines
		case '[':
			return json
		case '<':
			switch wire.Root(head) {
			case "nitf", "newsItem", "newsMessage":
				return xml
			}
			return html
		}
	}
	return text
}

// item hands over an item. A file's items are handed over one behind.
func (r *reader) item(i Item) bool {
	r.items++
	if r.ended || r.ctx.Err() != nil {
		r.ended = true
		return false
	}
	i.Bytes = r.raw.n - r.given
	r.given = r.raw.n
	if r.size < 0 {
		r.ended = !r.yield(i)
		return !r.ended
	}
	if r.held != nil {
		r.ended = !r.yield(*r.held)
	}
	r.held = &i
	return !r.ended
}

func (r *reader) refuse(line int, err error) bool {
	return r.item(Item{Refusal: &Refusal{File: r.file, Line: line, Err: err}})
}

func (r *reader) article(a *onrecord.Article, line int) bool {
	a.File, a.Line = r.file, line
	a.ID = onrecord.ArticleID(a)
	return r.item(Item{Article: a})
}

// whole reads a file that is read whole: of one article, or a message of many.
func (r *reader) whole(k kind) {
	b, err := io.ReadAll(io.LimitReader(r.in, MaxText+1))
	switch {
	case r.ctx.Err() != nil:
		return
	case err != nil:
		r.refuse(0, err)
		return
	case len(b) > MaxText:
		r.refuse(0, fmt.Errorf("larger than %d MB", MaxText>>20))
		return
	}
	if k == xml && wire.Root(b) != "html" {
		for a, err := range wire.XML(b) {
			if err == nil {
				err = limit(a)
			}
			if err != nil && !r.refuse(0, err) || err == nil && !r.article(a, 0) {
				return
			}
		}
		return
	}
	a := &onrecord.Article{}
	if k == text {
		a.Text, err = decode(b)
		a.Title = headline(a.Text)
	} else {
		a, err = page.Article(b, "")
	}
	if err == nil {
		err = limit(a)
	}
	if err != nil {
		r.refuse(0, err)
		return
	}
	r.article(a, 0)
}

// A counter counts the bytes read through it, and stops when ctx is done.
type counter struct {
	r   io.Reader
	ctx context.Context
	n   int64
}

func (c *counter) Read(b []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.r.Read(b)
	c.n += int64(n)
	return n, plain(err)
}

// An inflater reads gzip data and stops where it grows out of all proportion.
type inflater struct {
	z   *gzip.Reader
	raw *counter
	n   int64
}

func (f *inflater) Read(b []byte) (int, error) {
	n, err := f.z.Read(b)
	f.n += int64(n)
	if f.n > MaxJSON && f.n/maxRatio > f.raw.n {
		return 0, fmt.Errorf("gzip data that grows to more than %d times its size", maxRatio)
	}
	return n, unzipError(err)
}

func unzipError(err error) error {
	switch {
	case err == nil, err == io.EOF, errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("gzip data that ends early")
	case errors.Is(err, os.ErrClosed):
		return err
	}
	return fmt.Errorf("damaged gzip data: %w", err)
}
