package warc

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"
)

const (
	ferry  = "<html><title>Ferry</title><p>The ferry to Orm stayed in port.</html>"
	bridge = "<html><title>Bridge</title><p>The bridge to Orm is shut.</html>"
)

// record is a WARC record.
func record(kind, url, contentType, block string, more ...string) string {
	head := "WARC/1.1\r\nWARC-Type: " + kind + "\r\nWARC-Target-URI: " + url + "\r\nWARC-Date: 2031-02-03T04:05:06Z\r\n"
	for _, m := range more {
		head += m + "\r\n"
	}
	return head + fmt.Sprintf("Content-Type: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", contentType, len(block), block)
}

// response is the record of an HTTP response; head are its fields.
func response(name, head, body string, more ...string) string {
	return record("response", "https://orm.example/"+name, "application/http; msgtype=response", "HTTP/1.1 200 OK\r\n"+head+"\r\n\r\n"+body, more...)
}

const htmlType = "Content-Type: text/html; charset=utf-8"

func page(name, body string) string { return response(name, htmlType, body) }

func zip(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write([]byte(s))
	w.Close()
	return b.String()
}

func by(w io.WriteCloser, b *bytes.Buffer, s string) string {
	w.Write([]byte(s))
	w.Close()
	return b.String()
}

// all says what became of each record: a page's path and body, or the error.
func all(t *testing.T, data string) (got []string) {
	t.Helper()
	for p, err := range Pages(strings.NewReader(data), int64(len(data))) {
		var e *Error
		switch {
		case (p == nil) == (err == nil):
			t.Fatal("neither or both of page and error")
		case err != nil && !errors.As(err, &e):
			t.Fatalf("an error of another type: %v", err)
		case err != nil:
			got = append(got, "!"+err.Error())
		default:
			got = append(got, strings.TrimPrefix(p.URL, "https://orm.example/")+" "+string(p.Body))
		}
	}
	return got
}

func TestPage(t *testing.T) {
	data := record("warcinfo", "", "application/warc-fields", "software: none") + page("ferry", ferry)
	for p, err := range Pages(strings.NewReader(data), int64(len(data))) {
		want := &Page{
			Offset: int64(strings.Index(data[1:], "WARC/1.1") + 1), URL: "https://orm.example/ferry",
			Date: time.Date(2031, 2, 3, 4, 5, 6, 0, time.UTC), Type: "text/html; charset=utf-8", Body: []byte(ferry),
		}
		if diff := cmp.Diff(want, p); diff != "" || err != nil {
			t.Error(diff, err)
		}
	}
}

func TestPages(t *testing.T) {
	var b, z, s bytes.Buffer
	br := by(brotli.NewWriter(&b), &b, ferry)
	deflated := by(zlib.NewWriter(&z), &z, ferry)
	zw, err := zstd.NewWriter(&s)
	if err != nil {
		t.Fatal(err)
	}
	zs := by(zw, &s, ferry)
	chunks := fmt.Sprintf("%x\r\n%s\r\n%x;x=y\r\n%s\r\n0\r\n\r\n", 10, ferry[:10], len(ferry)-10, ferry[10:])
	const chunked = htmlType + "\r\nTransfer-Encoding: chunked"
	coded := func(c string) string { return htmlType + "\r\nContent-Encoding: " + c }
	f := "f " + ferry
	long := "WARC/1.0\r\nWARC-Type: response\r\nX: " + strings.Repeat("x", maxHead) + "\r\n\r\n"
	for _, c := range []struct {
		name, data string
		want       []string
	}{
		{"nothing", "", nil},
		{"another file", "<html>", []string{"!record at byte 0: not a WARC file"}},
		{"short file", "W", []string{"!record at byte 0: not a WARC file"}},
		{"plain", page("f", ferry) + page("b", bridge), []string{f, "b " + bridge}},
		{"members", zip(page("f", ferry)) + zip(page("b", bridge)), []string{f, "b " + bridge}},
		{"one member", zip(page("f", ferry) + page("b", bridge)), []string{f, "b " + bridge}},
		{"breaks between members", zip(page("f", ferry)) + "\r\n" + zip(page("b", bridge)) + "\n", []string{f, "b " + bridge}},

		// What is passed over.
		{"request", record("request", "https://orm.example/f", "application/http; msgtype=request", "GET / HTTP/1.1\r\n\r\n"), nil},
		{"image", response("i", "Content-Type: image/png", "\x89PNG"), nil},
		{"no type", response("i", "Server: x", ferry), nil},
		{"not found", strings.Replace(page("f", ferry), "200 OK", "404 No", 1), nil},
		{"dns", record("response", "dns:orm.example", "text/dns", "x"), nil},
		{"revisit", record("revisit", "https://orm.example/f", "application/http; msgtype=response", "HTTP/1.1 200 OK\r\n"+htmlType+"\r\n\r\n"), nil},
		{"resource", record("resource", "https://orm.example/f", "text/html", ferry), []string{f}},
		{"resource image", record("resource", "https://orm.example/f", "image/png", ferry), nil},

		// What crawlers write.
		{"version 1.0", strings.Replace(strings.Replace(page("f", ferry), "1.1", "1.0", 1), "https://orm.example/f", "<https://orm.example/f>", 1), []string{f}},
		{"line feeds", strings.ReplaceAll(record("resource", "https://orm.example/f", "text/html", ferry), "\r", ""), []string{f}},
		{"lower case", strings.NewReplacer("WARC-Type", "warc-type", "Content-Length", "content-length").Replace(page("f", ferry)), []string{f}},
		{"HTTP/2", strings.Replace(page("f", ferry), "HTTP/1.1 200 OK", "HTTP/2   200   ", 1), []string{f}},
		{"no field", response("f", "oops\r\n: x\r\n"+htmlType+"\r\nA: b\r\n c", ferry), []string{f}},
		{"no such length", response("f", htmlType+"\r\nContent-Length: 9", ferry), []string{f}},
		{"two lengths", response("f", htmlType+"\r\nContent-Length: 9\r\nContent-Length: 999", ferry), []string{f}},
		{"empty body", page("f", ""), []string{"f "}},

		// Encodings, and bodies that are not in the one they name.
		{"chunked", response("f", chunked, chunks), []string{f}},
		{"chunked, said not", response("f", htmlType, chunks), []string{f}},
		{"not chunked, said so", response("f", chunked, ferry), []string{f}},
		{"chunked, cut", response("f", chunked, chunks[:30]), []string{"!record at byte 0, https://orm.example/f: corrupt chunked encoding: unexpected EOF"}},
		{"gzip", response("f", coded("gzip"), zip(ferry)), []string{f}},
		{"not gzip, said so", response("f", coded("gzip"), ferry), []string{f}},
		{"gzip, cut", response("f", coded("gzip"), zip(ferry)[:20]), []string{"!record at byte 0, https://orm.example/f: corrupt gzip data: unexpected EOF"}},
		{"brotli", response("f", coded("br"), br), []string{f}},
		{"not brotli, said so", response("f", coded("br"), " "+ferry), []string{"f  " + ferry}},
		{"brotli, damaged", response("f", coded("br"), "\xff\xff"+br), []string{"!record at byte 0, https://orm.example/f: corrupt br data: brotli: "}},
		{"deflate", response("f", coded("deflate"), deflated), []string{f}},
		{"zstd", response("f", coded("zstd"), zs), []string{f}},
		{"twice", response("f", coded("gzip, br"), by(brotli.NewWriter(reset(&b)), &b, zip(ferry))), []string{f}},
		{"unknown", response("f", coded("lzma"), "]\x00"), []string{`!record at byte 0, https://orm.example/f: unknown content encoding: "lzma"`}},
		{"bomb", response("f", coded("gzip"), zip(strings.Repeat("<", maxBlock+1))), []string{"!record at byte 0, https://orm.example/f: page larger than 16 MB"}},
		{"large", page("f", strings.Repeat("<", MaxBody+1)), []string{"!record at byte 0, https://orm.example/f: page larger than 16 MB"}},
		{"larger", page("f", strings.Repeat("<", maxBlock+8<<10)) + page("b", bridge), []string{"!record at byte 0, https://orm.example/f: page record larger than 32 MB", "b " + bridge}},

		// What costs its record only.
		{"cut when captured", response("f", htmlType, ferry, "WARC-Truncated: length") + page("b", bridge), []string{"!record at byte 0, https://orm.example/f: truncated at capture: length", "b " + bridge}},
		{"segment", response("f", htmlType, ferry, "WARC-Segment-Number: 1"), []string{"!record at byte 0, https://orm.example/f: segmented record (not supported)"}},
		{"length too small", strings.Replace(page("f", ferry), "Content-Length: 1", "Content-Length: ", 1) + page("b", bridge), []string{"!record at byte 0, https://orm.example/f: wrong record length", "b " + bridge}},
		{"length too large", strings.Replace(page("f", ferry), "Content-Length: ", "Content-Length: 9", 1) + page("b", bridge), []string{"!record at byte 0, https://orm.example/f: truncated record", "b " + bridge}},
		{"no length", strings.Replace(page("f", ferry), "Content-Length", "Length", 1) + page("b", bridge), []string{"!record at byte 0, https://orm.example/f: unreadable record header", "b " + bridge}},
		{"noise", page("f", ferry) + "noise\r\n" + page("b", bridge), []string{f, "!record at byte " + fmt.Sprint(len(page("f", ferry))) + ": wrong record length", "b " + bridge}},
		{"long field", long + page("b", bridge), []string{"!record at byte 0: unreadable record header", "b " + bridge}},
		{"cut record", page("f", ferry)[:250] + page("b", bridge), []string{"!record at byte 0, https://orm.example/f: wrong record length", "b " + bridge}},
		{"cut file", page("f", ferry) + page("b", bridge)[:200], []string{f, "!record at byte " + fmt.Sprint(len(page("f", ferry))) + ", https://orm.example/b: truncated record"}},
		{"cut member", zip(page("f", ferry))[:150] + zip(page("b", bridge)), []string{"!record at byte 0: corrupt gzip data: flate: corrupt input", "b " + bridge}},
		{"cut zipped file", zip(page("f", ferry)) + zip(page("b", bridge))[:200], []string{f, "!record at byte " + fmt.Sprint(len(zip(page("f", ferry)))) + ", https://orm.example/b: truncated gzip data"}},
		{"wrong checksum", flip(zip(page("f", ferry)), -6) + zip(page("b", bridge)), []string{f, "!record at byte 0: corrupt gzip data: gzip: invalid checksum", "b " + bridge}},
		{"noise between members", zip(page("f", ferry)) + "\x1f\x8b\x08noise" + zip(page("b", bridge)), []string{f, "!record at byte " + fmt.Sprint(len(zip(page("f", ferry)))) + ": corrupt gzip data: gzip: invalid header", "b " + bridge}},
		{"member of noise", zip("noise") + zip(page("b", bridge)), []string{"!record at byte 0: truncated record", "b " + bridge}},
		{"bomb member", zip(strings.Repeat("\n", 40<<20)) + zip(page("b", bridge)), []string{"!record at byte 0: gzip data that grows to more than 300 times its size", "b " + bridge}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := all(t, c.data)
			for i := range min(len(got), len(c.want)) {
				if strings.HasPrefix(c.want[i], "!") && strings.HasPrefix(got[i], c.want[i]) {
					got[i] = c.want[i]
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func reset(b *bytes.Buffer) *bytes.Buffer { b.Reset(); return b }

// flip is s with a byte changed, counted from the end.
func flip(s string, at int) string {
	b := []byte(s)
	b[len(b)+at] ^= 0xff
	return string(b)
}

// broken is a file whose every byte from a place on cannot be read.
type broken struct {
	io.ReaderAt
	from int64
}

func (b broken) ReadAt(p []byte, at int64) (int, error) {
	if at >= b.from {
		return 0, errBroken
	}
	n, err := b.ReaderAt.ReadAt(p[:min(int64(len(p)), b.from-at)], at)
	if err == nil && n < len(p) {
		err = errBroken
	}
	return n, err
}

var errBroken = errors.New("broken disk")

// TestBrokenFile holds that an error of the file ends the reading, and is told once.
func TestBrokenFile(t *testing.T) {
	for _, data := range []string{strings.Repeat(page("f", ferry), 9), strings.Repeat(zip(page("f", ferry)), 9)} {
		for _, from := range []int64{0, 3, 600, 1000} {
			failed, pages := 0, 0
			for _, err := range Pages(broken{strings.NewReader(data), from}, int64(len(data))) {
				if errors.Is(err, errBroken) {
					failed++
				} else if err != nil {
					t.Errorf("from %d: %v", from, err)
				} else {
					pages++
				}
			}
			if failed != 1 || pages > 4 {
				t.Errorf("from %d: told %d times, %d pages", from, failed, pages)
			}
		}
	}
}

// TestStop holds that a receiver may stop at a page and at an error.
func TestStop(t *testing.T) {
	for _, data := range []string{
		page("f", ferry) + page("b", bridge), zip(page("f", ferry)) + zip(page("b", bridge)),
		response("f", htmlType, ferry, "WARC-Truncated: time") + page("b", bridge), zip("noise") + zip(page("b", bridge)),
	} {
		n := 0
		for range Pages(strings.NewReader(data), int64(len(data))) {
			n++
			break
		}
		if n != 1 {
			t.Errorf("%d after break", n)
		}
	}
}

func FuzzPages(f *testing.F) {
	for _, s := range []string{
		page("f", ferry) + page("b", bridge), zip(page("f", ferry)) + zip(page("b", bridge)),
		strings.Replace(page("f", ferry), "Content-Length: ", "Content-Length: 9", 1) + page("b", bridge),
		response("f", htmlType+"\r\nTransfer-Encoding: chunked\r\nContent-Encoding: br", "5\r\nhello\r\n0\r\n\r\n"),
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		last := int64(-1)
		n := 0
		for p, err := range Pages(bytes.NewReader(b), int64(len(b))) {
			var e *Error
			at := int64(0)
			switch {
			case (p == nil) == (err == nil):
				t.Fatal("neither or both of page and error")
			case errors.As(err, &e):
				at = e.Offset
			case p == nil:
				t.Fatalf("%T", err)
			default:
				at = p.Offset
				if p.URL == "" || len(p.Body) > MaxBody {
					t.Fatalf("%q, %d bytes", p.URL, len(p.Body))
				}
			}
			if at < last || at > int64(len(b)) {
				t.Fatalf("byte %d after %d", at, last)
			}
			last = at
			if n++; n > len(b) {
				t.Fatal("more items than bytes")
			}
		}
	})
}
