package source

import (
	"archive/zip"
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
	"github.com/onrecord/onrecord/internal/sentinel"
	"github.com/onrecord/onrecord/page"
	"github.com/onrecord/onrecord/source/office"
	"github.com/onrecord/onrecord/source/pdf"
	"github.com/onrecord/onrecord/source/wire"
)

// A reader reads the articles of one file.
type reader struct {
	ctx   context.Context
	file  string
	size  int64       // of the file; -1 for standard input
	at    io.ReaderAt // of a file; nil where what is read cannot be read at a place
	zip   *zip.Reader // of a file that is a zip file
	pdfs  *pdf.Reader
	raw   *counter
	in    *bufio.Reader
	yield func(Item) bool
	held  *Item // the last item of a file, kept back until what follows it is read, so that Bytes sum to the size
	given int64 // bytes reported
	items int
	ended bool // the receiver wants no more
}

// read yields the articles of one file; of standard input the format is nil, to be found out. It is false when the receiver wants no
// more.
func (t *tools) read(ctx context.Context, file string, f *format, in io.Reader, size int64, yield func(Item) bool) bool {
	r := &reader{ctx: ctx, pdfs: &t.pdfs, file: file, size: size, raw: &counter{r: in, ctx: ctx}, yield: yield}
	if size >= 0 {
		r.at, _ = in.(io.ReaderAt)
	}
	r.in = bufio.NewReaderSize(r.raw, 64<<10)
	r.read(f)
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

const (
	errEmpty  sentinel.Error = "empty: nothing to read"
	errBinary sentinel.Error = "binary data, not text"
	errLarge  sentinel.Error = "larger than 16 MB" // MaxText

	errDocument sentinel.Error = "larger than 64 MB" // maxDocument
	errZip      sentinel.Error = "a zip file of no kind that is read: unpack it"
	errNotZip   sentinel.Error = "damaged: not a zip file, as such documents are"
)

// headBytes is how much of a file is looked at to tell its format.
const headBytes = 4096

func (r *reader) read(f *format) {
	if f != nil && f.archive {
		f.read(r)
		return
	}
	if err := r.unzip(f == nil); err != nil {
		r.refuse(0, err)
		return
	}
	head, err := r.in.Peek(headBytes)
	switch {
	case isZip(head):
		r.zipped()
		return
	case len(head) == 0 && err != nil && err != io.EOF:
		r.refuse(0, err)
		return
	case len(head) == 0:
		return
	default:
		f = f.told(head)
	}
	f.read(r)
}

// zipped reads a zip file: of which format, its parts say.
func (r *reader) zipped() {
	z, err := r.openZip()
	if err != nil {
		r.refuse(0, err)
		return
	}
	f := formatOfZip(z)
	if f == nil {
		r.refuse(0, errZip)
		return
	}
	r.zip = z
	f.read(r)
}

// openZip opens a zip file: in its place, where it can be read at places, else in memory.
func (r *reader) openZip() (*zip.Reader, error) {
	var in io.ReaderAt = interruptible{r.at, r.ctx}
	size := r.size
	if r.at == nil {
		b, err := r.limited(maxDocument, errDocument)
		if err != nil {
			return nil, err
		}
		in, size = bytes.NewReader(b), int64(len(b))
	}
	z, err := zip.NewReader(in, size)
	if err != nil {
		return nil, fmt.Errorf("corrupt zip file: %w", err)
	}
	return z, office.Check(z)
}

// unzip puts an inflater before what is compressed: files that are named so, and of standard input what begins so.
func (r *reader) unzip(unnamed bool) error {
	named := strings.HasSuffix(strings.ToLower(r.file), ".gz")
	head, _ := r.in.Peek(2)
	switch {
	case !named && !unnamed || len(head) == 0:
		return nil
	case bytes.Equal(head, []byte{0x1f, 0x8b}):
		z, err := gzip.NewReader(r.in)
		if err != nil {
			return unzipError(err)
		}
		r.in = bufio.NewReaderSize(&inflater{z: z, raw: r.raw}, 64<<10)
		return nil
	case named:
		return errors.New("not gzip data")
	}
	return nil
}

// utf8 takes the byte order mark off JSON, and makes UTF-8 of UTF-16.
func (r *reader) utf8() error {
	head, _ := r.in.Peek(4096)
	switch {
	case isUTF16(head):
		r.in = bufio.NewReaderSize(transform.NewReader(r.in, unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder()), 64<<10)
	case bytes.IndexByte(head, 0) >= 0:
		return errBinary
	}
	if head, _ := r.in.Peek(3); bytes.Equal(head, []byte("\ufeff")) {
		r.in.Discard(3)
	}
	return nil
}

// isUTF16 says whether bytes begin with the byte order mark of UTF-16.
func isUTF16(head []byte) bool {
	return bytes.HasPrefix(head, []byte{0xff, 0xfe}) || bytes.HasPrefix(head, []byte{0xfe, 0xff})
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

func (r *reader) article(a *onrecord.Article, line int) bool { return r.noted(a, line, nil) }

// noted hands over an article, with what is told of it beside, if anything.
func (r *reader) noted(a *onrecord.Article, line int, note error) bool {
	a.File, a.Line = r.file, line
	if a.Published.Value == "" {
		a.Published = page.Told(a.Text)
	}
	a.ID = onrecord.ArticleID(a)
	item := Item{Article: a}
	if note != nil {
		item.Note = &Refusal{File: r.file, Line: line, Err: errors.New(strings.ReplaceAll(note.Error(), "\n", "; "))}
	}
	return r.item(item)
}

// text reads a file of plain text: one article.
func (r *reader) text() {
	b, ok := r.whole()
	if !ok {
		return
	}
	text, err := decode(b)
	if err != nil {
		r.refuse(0, err)
		return
	}
	text, note := unescaped(text)
	a := &onrecord.Article{Text: text, Title: headline(text)}
	if err := limit(a); err != nil {
		r.refuse(0, err)
		return
	}
	r.noted(a, 0, note)
}

// html reads a page: one article.
func (r *reader) html() {
	if b, ok := r.whole(); ok {
		r.one(page.Article(b, ""))
	}
}

// xml reads a message of a news agency, of one or many articles, or a page of XHTML.
func (r *reader) xml() {
	b, ok := r.whole()
	if !ok {
		return
	}
	if wire.Root(b) == "html" {
		r.one(page.Article(b, ""))
		return
	}
	for a, err := range wire.XML(b) {
		if !r.one(a, err) {
			return
		}
	}
}

// whole is a file that is read whole; false where it was refused.
func (r *reader) whole() ([]byte, bool) {
	b, err := r.limited(MaxText, errLarge)
	if err != nil && r.ctx.Err() == nil {
		r.refuse(0, err)
	}
	return b, err == nil
}

// limited is all of a file of up to most bytes; large is the error of a larger one.
func (r *reader) limited(most int64, large error) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r.in, most+1))
	switch {
	case r.ctx.Err() != nil:
		return nil, r.ctx.Err()
	case err != nil:
		return nil, err
	case int64(len(b)) > most:
		return nil, large
	}
	return b, nil
}

// one hands over an article that a file holds, or the reason why there is none.
func (r *reader) one(a *onrecord.Article, err error) bool {
	if err == nil {
		err = limit(a)
	}
	if err != nil {
		return r.refuse(0, err)
	}
	return r.article(a, 0)
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
		return errors.New("truncated gzip data")
	case errors.Is(err, os.ErrClosed):
		return err
	}
	return fmt.Errorf("corrupt gzip data: %w", err)
}
