package warc

import (
	"bufio"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"
)

// ARCMark is what an ARC file begins with, where it is not compressed.
const ARCMark = "filedesc://"

// ARCPages yields the HTML pages of an ARC file (version 1 and 2 of the Internet Archive's format, which WARC replaced), as [Pages] does
// those of a WARC file.
func ARCPages(f io.ReaderAt, size int64) iter.Seq2[*Page, error] {
	return func(yield func(*Page, error) bool) {
		a := &archive{f: f, size: size, yield: yield, budget: rereads * size, arc: true}
		a.read()
	}
}

// An arcHead is the line before a record of an ARC file: address, IP address, time, content type, ..., length.
type arcHead struct {
	url    string
	date   time.Time
	kind   string
	length int64
}

// readARCHead reads the line; false where it is none.
func readARCHead(line string) (h arcHead, ok bool) {
	const fewest = 5
	f := strings.Fields(line)
	if len(f) < fewest || !strings.Contains(f[0], ":") {
		return h, false
	}
	h.url, h.kind = f[0], f[3]
	var err error
	if h.length, err = strconv.ParseInt(f[len(f)-1], 10, 64); err != nil || h.length < 0 {
		return h, false
	}
	if h.date, err = time.Parse("20060102150405", f[2]); err != nil {
		h.date = time.Time{}
	}
	return h, true
}

// arcRecord reads a record of an ARC file, as record does one of a WARC file.
func (a *archive) arcRecord(in *bufio.Reader, at int64) (url string, more bool, err error) {
	line, err := readLine(in, maxHead)
	if err != nil {
		return "", true, err
	}
	h, ok := readARCHead(string(line))
	if !ok {
		return "", true, ErrLength // of the record before, or of none
	}
	block := &io.LimitedReader{R: in, N: h.length}
	page, bad := a.arcPage(block, h)
	if _, err := io.Copy(io.Discard, block); err != nil {
		return h.url, true, err
	}
	if block.N > 0 {
		return h.url, true, ErrEnds
	}
	switch {
	case bad != nil:
		return h.url, a.fail(at, h.url, bad), nil
	case page == nil:
		return h.url, true, nil
	}
	page.Offset, page.URL, page.Date = at, h.url, h.date
	return h.url, a.yield(page, nil), nil
}

// arcPage reads the page that a record holds; nil where it holds none.
func (a *archive) arcPage(block *io.LimitedReader, h arcHead) (*Page, error) {
	if !strings.HasPrefix(h.url, "http://") && !strings.HasPrefix(h.url, "https://") {
		return nil, nil
	}
	head := fields{"warc-type": "response", "content-type": "application/http", "warc-target-uri": h.url}
	return a.page(block, head)
}
