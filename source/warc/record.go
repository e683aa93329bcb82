package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httputil"
	"strconv"
	"strings"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"

	"github.com/onrecord/onrecord/internal/sentinel"
)

// record reads one record (ISO 28500, section 4) and the line breaks after it, and yields its page where it is one. The error
// says that it is damaged so that what follows cannot be told; more is false when nobody wants more.
func (a *archive) record(in *bufio.Reader, at int64) (url string, more bool, err error) {
	if a.arc {
		return a.arcRecord(in, at)
	}
	version, head, err := readFields(in)
	if err != nil {
		return "", true, err
	}
	if !strings.HasPrefix(version, "WARC/") {
		return "", true, ErrLength // of the record before, or of none
	}
	url = strings.Trim(head["warc-target-uri"], "<>") // angle brackets: as version 1.0 was read by some
	length, err := strconv.ParseInt(head["content-length"], 10, 64)
	if err != nil || length < 0 {
		return url, true, ErrFields
	}
	block := &io.LimitedReader{R: in, N: length}
	page, bad := a.page(block, head)
	if _, err := io.Copy(io.Discard, block); err != nil {
		return url, true, err
	}
	if block.N > 0 {
		return url, true, ErrEnds
	}
	if c, err := in.Peek(1); err == nil && c[0] != '\r' && c[0] != '\n' {
		return url, true, ErrLength
	}
	switch {
	case bad != nil:
		return url, a.fail(at, url, bad), nil
	case page == nil:
		return url, true, nil
	}
	page.Offset, page.URL = at, url
	page.Date, _ = time.Parse(time.RFC3339, head["warc-date"])
	return url, a.yield(page, nil), nil
}

// page reads the page that a record holds; nil where it holds none.
func (a *archive) page(block *io.LimitedReader, head fields) (*Page, error) {
	response := head["warc-type"] == "response" && strings.HasPrefix(strings.ToLower(head["content-type"]), "application/http")
	resource := head["warc-type"] == "resource" && isHTML(head["content-type"])
	if !response && !resource || head["warc-target-uri"] == "" {
		return nil, nil
	}
	var in io.Reader = block
	p := &Page{Type: head["content-type"]}
	var sent fields
	if response {
		b := bufio.NewReaderSize(block, 4<<10)
		in = b
		status, f, err := readFields(b)
		if err != nil && !errors.Is(err, ErrEnds) || !strings.HasPrefix(status, "HTTP/") {
			return nil, nil // another protocol, or nothing that was sent: no page
		}
		sent = f
		if p.Type = sent["content-type"]; statusOf(status) != http.StatusOK || !isHTML(p.Type) {
			return nil, nil
		}
	}
	if n := head["warc-segment-number"]; n != "" {
		return nil, errors.New("segmented record (not supported)")
	}
	if why := head["warc-truncated"]; why != "" {
		return nil, fmt.Errorf("truncated at capture: %s", why)
	}
	if block.N > maxBlock {
		return nil, fmt.Errorf("page record larger than %d MB", maxBlock>>20)
	}
	body, err := io.ReadAll(in)
	if err != nil || block.N > 0 {
		return nil, err // the record says so itself
	}
	if p.Body, err = decode(body, sent); err != nil {
		return nil, err
	}
	return p, nil
}

// statusOf is the code of a status line, 0 where there is none.
func statusOf(line string) int {
	_, rest, _ := strings.Cut(line, " ")
	code, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	n, _ := strconv.Atoi(code)
	return n
}

func isHTML(contentType string) bool {
	kind, _, _ := strings.Cut(contentType, ";")
	kind = strings.ToLower(strings.TrimSpace(kind))
	return kind == "text/html" || kind == "application/xhtml+xml"
}

// decode takes the transfer and content encodings off a body (RFC 9112, section 7; RFC 9110, section 8.4). Many crawlers keep the
// fields of a response but store the body without the encodings that they name: a body that is not so encoded is taken as it is.
func decode(body []byte, head fields) ([]byte, error) {
	body, err := unchunk(body, head["transfer-encoding"])
	if err != nil {
		return nil, err
	}
	codings := strings.Split(head["content-encoding"], ",")
	for i := len(codings) - 1; i >= 0; i-- { // the last was put on last
		if body, err = uncode(body, strings.ToLower(strings.TrimSpace(codings[i]))); err != nil {
			return nil, err
		}
	}
	if len(body) > MaxBody {
		return nil, ErrBody
	}
	return body, nil
}

// unchunk puts the chunks of a body together, where it is of chunks.
func unchunk(body []byte, transferEncoding string) ([]byte, error) {
	if !startsChunk(body) {
		return body, nil
	}
	whole, err := read(httputil.NewChunkedReader(bytes.NewReader(body)))
	switch {
	case err == nil:
		return whole, nil
	case strings.Contains(strings.ToLower(transferEncoding), "chunked"):
		return nil, fmt.Errorf("corrupt chunked encoding: %w", err)
	}
	return body, nil // a body that begins like a chunk by chance
}

// uncode takes one content encoding off a body.
func uncode(body []byte, coding string) ([]byte, error) {
	r, err := decoder(body, coding)
	if r != nil {
		defer r.Close()
		body, err = read(r)
	}
	if err != nil && !errors.Is(err, ErrBody) && !errors.Is(err, errCoding) {
		err = fmt.Errorf("corrupt %s data: %w", coding, err)
	}
	return body, err
}

const errCoding sentinel.Error = "unknown content encoding"

// decoder reads a body of one content encoding; nil where the body is not so encoded.
func decoder(body []byte, coding string) (io.ReadCloser, error) {
	in := bytes.NewReader(body)
	switch coding {
	case "", "identity", "none", "utf-8":
	case "gzip", "x-gzip":
		if bytes.HasPrefix(body, []byte{0x1f, 0x8b}) {
			return opened(gzip.NewReader(in))
		}
	case "deflate":
		if len(body) > 1 && body[0]&0x0f == 8 && (int(body[0])<<8|int(body[1]))%31 == 0 {
			return opened(zlib.NewReader(in))
		}
	case "zstd":
		if bytes.HasPrefix(body, []byte{0x28, 0xb5, 0x2f, 0xfd}) {
			z, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(64<<20))
			if err != nil {
				return nil, err
			}
			return z.IOReadCloser(), nil
		}
	case "br":
		if !markup(body) { // it has no mark of its own
			return io.NopCloser(brotli.NewReader(in)), nil
		}
	default:
		if !markup(body) {
			return nil, fmt.Errorf("%w: %.40q", errCoding, coding)
		}
	}
	return nil, nil
}

// opened is a decoder that a library gives, and a nil one where it gives an error.
func opened[R io.ReadCloser](r R, err error) (io.ReadCloser, error) {
	if err != nil {
		return nil, err
	}
	return r, nil
}

// read reads all of a decoded body.
func read(r io.Reader) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxBlock+1))
	if err == nil && len(b) > maxBlock {
		err = ErrBody
	}
	return b, err
}

// startsChunk says whether a body begins as a chunk does: a line of the chunk's length in hexadecimal digits.
func startsChunk(body []byte) bool {
	line, _, ok := bytes.Cut(body, []byte{'\n'})
	size, _, _ := bytes.Cut(bytes.TrimSpace(line), []byte{';'})
	_, err := strconv.ParseUint(string(bytes.TrimSpace(size)), 16, 63)
	return ok && err == nil
}

// markup says whether a body begins as a page does.
func markup(body []byte) bool {
	body = bytes.TrimLeft(bytes.TrimPrefix(body, []byte("\ufeff")), " \t\r\n")
	return len(body) > 0 && body[0] == '<'
}
