// Package warc reads the pages of web archives: WARC files (ISO 28500:2017, WARC 1.0 and 1.1) and the ARC files that they replaced,
// plain or compressed record by record with gzip.
//
// What crawlers and servers really wrote is read, not only what the standards allow: gzip members of many records, heads of
// responses with lines that are no fields, bodies whose length is not the one that was declared, bodies that are said to be
// chunked or compressed and are not. What is damaged costs its record; reading goes on where the next one begins.
package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"

	"github.com/onrecord/onrecord/internal/sentinel"
)

// Limits, in bytes. A gzip member may grow to maxRatio times its size.
const (
	MaxBody  = 16 << 20 // of a page, decoded
	maxBlock = 32 << 20 // of a page's record, as stored
	maxHead  = 64 << 10 // of the fields of a record, and of a response
	maxRatio = 300
)

// A Page is an HTML page as a server sent it.
type Page struct {
	Offset int64     // of its record in the file, or of the gzip member that holds it
	URL    string    // WARC-Target-URI
	Date   time.Time // when it was captured (WARC-Date); zero where the record does not say
	Type   string    // Content-Type of the response
	Body   []byte    // without transfer and content encodings
}

// An Error is a record that was not read.
type Error struct {
	Offset int64  // as in [Page]
	URL    string // empty where the record does not say, or is too damaged to
	Err    error
}

func (e *Error) Error() string {
	if e.URL != "" {
		return fmt.Sprintf("record at byte %d, %s: %v", e.Offset, e.URL, e.Err)
	}
	return fmt.Sprintf("record at byte %d: %v", e.Offset, e.Err)
}

func (e *Error) Unwrap() error { return e.Err }

// Errors of records.
const (
	ErrEnds   sentinel.Error = "truncated record"
	ErrLength sentinel.Error = "wrong record length"
	ErrFields sentinel.Error = "unreadable record header"
)

// Limits of a record.
var (
	ErrBody  = fmt.Errorf("page larger than %d MB", MaxBody>>20)
	ErrGrows = fmt.Errorf("gzip data that grows to more than %d times its size", maxRatio)
)

// Pages yields the HTML pages of an archive in order: the bodies of response records with status 200 and of resource records.
// All other records, images and styles among them, are passed over. Errors are of type *[Error]; after one of them the sequence
// goes on with the next record, but after an error of f itself it ends.
func Pages(f io.ReaderAt, size int64) iter.Seq2[*Page, error] {
	return func(yield func(*Page, error) bool) {
		a := &archive{f: f, size: size, yield: yield, budget: rereads * size}
		a.read()
	}
}

// rereads is how many times the size of the file may be read again in the search for records behind damage.
const rereads = 4

// An archive is one run of Pages.
type archive struct {
	f      io.ReaderAt
	size   int64
	yield  func(*Page, error) bool
	failed error // of f
	arc    bool  // an ARC file, not a WARC file
	zipped bool
	budget int64
	in     *bufio.Reader
	unzip  *gzip.Reader
	probe  gzip.Reader
}

func (a *archive) read() {
	var head [5]byte
	n, _ := a.ReadAt(head[:], 0)
	switch {
	case a.failed != nil:
		a.fail(0, "", a.failed)
		return
	case a.size == 0:
		return
	case n > 2 && head[0] == 0x1f && head[1] == 0x8b:
		a.zipped = true
	case a.arc && !strings.HasPrefix(ARCMark, string(head[:n])):
		a.fail(0, "", errors.New("not an ARC file"))
		return
	case !a.arc && string(head[:n]) != "WARC/":
		a.fail(0, "", errors.New("not a WARC file"))
		return
	}
	segment := a.plain
	if a.zipped {
		segment = a.member
	}
	for at := int64(0); at < a.size; {
		damaged, end, more := segment(at)
		if !more {
			return
		}
		at = end
		if damaged >= 0 && damaged < a.size { // the next record may begin inside of what was read in vain
			if a.budget -= end - damaged; a.budget >= 0 || at == damaged {
				at = damaged + 1
			}
			at = a.next(at)
		}
	}
	if a.failed != nil {
		a.fail(a.size, "", a.failed)
	}
}

// ReadAt reads from the file, and keeps its error.
func (a *archive) ReadAt(b []byte, at int64) (int, error) {
	n, err := a.f.ReadAt(b, at)
	if err != nil && err != io.EOF && a.failed == nil {
		a.failed = err
	}
	return n, err
}

func (a *archive) fail(at int64, url string, err error) bool {
	if a.failed != nil {
		a.yield(nil, &Error{Offset: at, URL: url, Err: a.failed})
		return false
	}
	return a.yield(nil, &Error{Offset: at, URL: url, Err: err})
}

// A position reads a file and knows how far it is.
type position struct {
	*bufio.Reader
	from io.Reader
	n    int64
}

func (p *position) at() int64 { return p.n - int64(p.Buffered()) }

// counting counts what is read for a position.
type counting struct{ *position }

func (s counting) Read(b []byte) (int, error) {
	n, err := s.from.Read(b)
	s.n += int64(n)
	return n, err
}

// from reads the file from a byte on.
func (a *archive) from(at int64) *position {
	p := &position{from: io.NewSectionReader(a, at, a.size-at), n: at}
	if a.in == nil {
		a.in = bufio.NewReaderSize(nil, 64<<10)
	}
	a.in.Reset(counting{p})
	p.Reader = a.in
	return p
}

// plain reads the records of a file that is not compressed, from a byte on, up to its end or to damage: it returns where the
// damaged record begins and how far it was read, or the file's end twice.
func (a *archive) plain(at int64) (damaged, end int64, more bool) {
	in := a.from(at)
	for skipBreaks(in.Reader) {
		at = in.at()
		url, more, err := a.record(in.Reader, at)
		if err != nil {
			more = a.fail(at, url, err)
		}
		if err != nil || !more {
			return at, in.at(), more
		}
	}
	return a.size, a.size, true
}

// member reads the records of the gzip member that begins at a byte: it returns that byte when it is damaged, and where it ended
// or how far it was read.
func (a *archive) member(at int64) (damaged, end int64, more bool) {
	in := a.from(at)
	fail := func(url string, err error) (int64, int64, bool) { return at, in.at(), a.fail(at, url, err) }
	if a.unzip == nil {
		a.unzip = new(gzip.Reader)
	}
	if err := a.unzip.Reset(in.Reader); err != nil {
		return fail("", gzipError(err))
	}
	a.unzip.Multistream(false)
	g := &grown{z: a.unzip, in: in, begin: at}
	records := bufio.NewReaderSize(g, 16<<10)
	for n := 0; skipBreaks(records) || n == 0; n++ {
		url, more, err := a.record(records, at)
		if err != nil {
			if g.err != nil && g.err != io.EOF {
				err = gzipError(g.err)
			}
			return fail(url, err)
		}
		if !more {
			return at, in.at(), false
		}
	}
	if g.err != io.EOF {
		return fail("", gzipError(g.err))
	}
	if !skipBreaks(in.Reader) { // between members, where some writers leave them
		return -1, a.size, true
	}
	return -1, in.at(), true
}

// skipBreaks reads line breaks; false at the end or an error.
func skipBreaks(in *bufio.Reader) bool {
	for {
		c, err := in.ReadByte()
		if err != nil {
			return false
		}
		if c != '\r' && c != '\n' {
			in.UnreadByte()
			return true
		}
	}
}

// grown reads a gzip member and stops where it grows out of all proportion.
type grown struct {
	z     *gzip.Reader
	in    *position
	begin int64
	n     int64
	err   error
}

func (g *grown) Read(b []byte) (int, error) {
	n, err := g.z.Read(b)
	if g.n += int64(n); g.n > maxBlock && g.n/maxRatio > g.in.at()-g.begin {
		n, err = 0, ErrGrows
	}
	g.err = err
	return n, err
}

func gzipError(err error) error {
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), err == io.EOF:
		return errors.New("truncated gzip data")
	case errors.Is(err, ErrGrows):
		return err
	}
	return fmt.Errorf("corrupt gzip data: %w", err)
}

// next is where the next record or gzip member of one begins at or after from; the size when none does.
func (a *archive) next(from int64) int64 {
	mark := []byte("WARC/1.")
	if a.arc {
		mark = []byte("\nhttp")
	}
	if a.zipped {
		mark = []byte{0x1f, 0x8b, 8}
	}
	const window = 64 << 10
	buf := make([]byte, window)
	for from < a.size {
		n, err := a.ReadAt(buf, from)
		if n == 0 || err != nil && err != io.EOF {
			return a.size
		}
		for i := 0; ; i++ {
			j := bytes.Index(buf[i:n], mark)
			if j < 0 {
				break
			}
			i += j
			if a.begins(from + int64(i)) {
				return from + int64(i)
			}
		}
		if n < window {
			return a.size
		}
		from += int64(n - len(mark) + 1)
	}
	return a.size
}

// begins says whether a record begins at a byte, plain or as the first of a gzip member. It need not begin a line: what came
// before may have been cut.
func (a *archive) begins(at int64) bool {
	var head [512]byte
	n, _ := a.ReadAt(head[:], at)
	if a.arc && !a.zipped {
		line, _, _ := strings.Cut(string(head[1:max(n, 1)]), "\n")
		_, ok := readARCHead(line)
		return ok
	}
	if !a.zipped {
		version, rest, _ := strings.Cut(string(head[:n]), "\n")
		name, _, ok := strings.Cut(rest, ":")
		return ok && len(strings.TrimSpace(version)) == len("WARC/1.1") && !strings.ContainsAny(name, " \t\r\n")
	}
	var first [5]byte
	if a.probe.Reset(bytes.NewReader(head[:n])) != nil {
		return false
	}
	_, err := io.ReadFull(&a.probe, first[:])
	if a.arc {
		return err == nil && (string(first[:4]) == "http" || strings.HasPrefix(ARCMark, string(first[:])))
	}
	return err == nil && string(first[:]) == "WARC/"
}

// fields are the named fields of a head, by their names in lower case; of one that comes twice the first.
type fields map[string]string

// readFields reads lines of fields up to the empty line after them; a line that begins with white space goes on with the field
// before it. Lines that are no fields are passed over.
func readFields(in *bufio.Reader) (first string, f fields, err error) {
	f = fields{}
	last, read := "", 0
	for n := 0; ; n++ {
		line, err := readLine(in, maxHead-read)
		if err != nil {
			return first, f, err
		}
		read += len(line)
		folded := len(line) > 0 && (line[0] == ' ' || line[0] == '\t')
		s := strings.TrimSpace(string(line))
		switch {
		case n == 0:
			first = s
		case s == "":
			return first, f, nil
		case folded:
			if last != "" {
				f[last] += " " + s
			}
		default:
			name, value, ok := strings.Cut(s, ":")
			name = strings.ToLower(strings.TrimSpace(name))
			last = ""
			if _, twice := f[name]; ok && !twice {
				f[name], last = strings.TrimSpace(value), name
			}
		}
	}
}

// readLine reads a line of at most limit bytes.
func readLine(in *bufio.Reader, limit int) ([]byte, error) {
	var line []byte
	for {
		part, err := in.ReadSlice('\n')
		if len(line)+len(part) > limit {
			return nil, ErrFields
		}
		line = append(line, part...)
		switch err {
		case nil:
			return line, nil
		case io.EOF:
			return nil, ErrEnds
		case bufio.ErrBufferFull:
		default:
			return nil, err
		}
	}
}
