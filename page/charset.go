package page

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"

	"github.com/onrecord/onrecord/internal/sentinel"
)

// ErrEncoding is the error of text whose bytes mean nothing certain.
const ErrEncoding sentinel.Error = "characters in an encoding that is not declared and cannot be told"

// decode turns a page into UTF-8: by its byte order mark, as UTF-8 where it is valid, as it declares, or by the shape of its bytes.
func decode(page []byte) ([]byte, error) {
	wide := bytes.HasPrefix(page, []byte{0xff, 0xfe}) || bytes.HasPrefix(page, []byte{0xfe, 0xff})
	if wide {
		e, _, _ := charset.DetermineEncoding(page[:min(len(page), 1024)], "")
		return e.NewDecoder().Bytes(page)
	}
	if utf8.Valid(page) {
		return bytes.TrimPrefix(page, []byte("\ufeff")), nil
	}
	if e, name := charset.Lookup(declared(page)); e != nil && name != "utf-8" {
		return e.NewDecoder().Bytes(page)
	}
	if mixed(page) {
		return bytes.ToValidUTF8(page, []byte("\ufffd")), nil
	}
	e, err := Undeclared(page)
	if err != nil {
		return nil, err
	}
	return e.NewDecoder().Bytes(page)
}

// declaration matches what a page declares its encoding to be, in a meta element or an XML declaration.
var declaration = regexp.MustCompile(`(?i)<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([a-z0-9_:-]+)`)

// declared is the encoding that a page declares, wherever in its head; "" for none.
func declared(page []byte) string {
	const head = 64 << 10
	if m := declaration.FindSubmatch(page[:min(len(page), head)]); m != nil {
		return string(m[1])
	}
	return ""
}

// mixed says whether most of what is no ASCII is valid UTF-8: the rest is damage.
func mixed(b []byte) bool {
	valid, damaged := 0, 0
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && n == 1:
			damaged++
		case n > 1:
			valid++
		}
		b = b[n:]
	}
	return valid > damaged
}

// Undeclared tells the encoding of text, or of a page, that is no UTF-8 and does not say what it is. Text of mostly ASCII is Windows-1252:
// a Western language, or marks. Other text is told by how often its bytes and pairs of bytes stand in the scripts of the world (ICU's
// detection); [ErrEncoding] where that is not sure.
func Undeclared(b []byte) (encoding.Encoding, error) {
	const (
		western = 0.2 // letters that are no ASCII, of all letters, in languages of Latin script
		sure    = 35  // ICU's confidence, of 100
	)
	letters, high := 0, 0
	for _, c := range b {
		switch {
		case c >= 0x80:
			high++
		case 'a' <= c|0x20 && c|0x20 <= 'z':
			letters++
		}
	}
	text := b
	if bytes.Contains(b, []byte("</")) {
		text = tags.ReplaceAll(b, []byte(" "))
		letters = 0
		for _, c := range text {
			if 'a' <= c|0x20 && c|0x20 <= 'z' {
				letters++
			}
		}
	}
	if float64(high) < western*float64(letters+high) {
		return charmap.Windows1252, nil
	}
	all, err := chardet.NewTextDetector().DetectAll(text)
	if err != nil || len(all) == 0 {
		return nil, ErrEncoding
	}
	// The detection runs its parts at once: alike results come in any order.
	best := slices.MinFunc(all, func(x, y chardet.Result) int {
		return cmp.Or(cmp.Compare(y.Confidence, x.Confidence), strings.Compare(x.Charset, y.Charset))
	})
	e, _ := charset.Lookup(best.Charset)
	if e == nil || best.Confidence < sure || strings.HasPrefix(best.Charset, "ISO-8859-1") || strings.HasPrefix(best.Charset, "UTF") {
		return nil, ErrEncoding
	}
	return e, nil
}

// tags matches the marks of a page, which are ASCII in any language.
var tags = regexp.MustCompile(`(?is)<(?:script|style)\b.*?</(?:script|style)>|<[^>]*>`)
