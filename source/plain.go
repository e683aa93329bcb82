package source

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	utf16 "golang.org/x/text/encoding/unicode"

	"github.com/onrecord/onrecord/page"
)

// decode turns a file of text into a string: UTF-8 or UTF-16 by its byte order mark, which is dropped, else UTF-8 when it is
// valid, else as [page.Undeclared] tells. A file that mixes valid UTF-8 with other bytes is refused as damaged, for it would be misread, and
// so is one with control characters that text does not hold.
func decode(b []byte) (string, error) {
	switch {
	case bytes.HasPrefix(b, []byte("\ufeff")):
		b = b[3:]
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}), bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		var err error
		if b, err = utf16.UTF16(utf16.LittleEndian, utf16.ExpectBOM).NewDecoder().Bytes(b); err != nil {
			return "", err
		}
	}
	controls := 0
	for _, c := range b {
		if c == 0 {
			return "", errBinary
		}
		if c < ' ' && (c < '\t' || c > '\r') && c != 0x1b || c == 0x7f {
			controls++
		}
	}
	if controls*100 > len(b) {
		return "", errBinary
	}
	if utf8.Valid(b) {
		return string(b), nil
	}
	multi, bad, at := 0, 0, 0
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			if bad == 0 {
				at = i
			}
			bad++
		case n > 1:
			multi++
		}
		i += n
	}
	damaged := fmt.Errorf("damaged text at line %d: neither UTF-8 nor Windows-1252", 1+bytes.Count(b[:at], []byte{'\n'}))
	if multi > bad {
		return "", damaged
	}
	e, err := page.Undeclared(b)
	if err != nil {
		return "", err
	}
	if e == charmap.Windows1252 && undefined(b) {
		return "", damaged
	}
	out, err := e.NewDecoder().Bytes(b)
	return string(out), err
}

// undefined says whether b holds a byte that Windows-1252 does not define.
func undefined(b []byte) bool {
	for _, c := range b {
		switch c {
		case 0x81, 0x8d, 0x8f, 0x90, 0x9d:
			return true
		}
	}
	return false
}

func blank(s string) bool { return strings.TrimFunc(s, invisible) == "" }

func invisible(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }

// Headlines, in code points: a longer first line is a paragraph. One set right above its text is shorter still, and the text
// is at least twice as long.
const (
	maxHeadline  = 250
	maxSetTight  = 150
	timesAsLarge = 2
)

// headline is the first line of a text when a blank line or a shorter line follows, or, where it is set without a blank line
// and does not end as a sentence does, a much longer one; "" when that line goes on in lower case, as in hard-wrapped text.
func headline(s string) string {
	first, rest, ok := strings.Cut(strings.TrimLeftFunc(s, invisible), "\n")
	first = strings.TrimFunc(first, invisible)
	n := utf8.RuneCountInString(first)
	if !ok || blank(rest) || n > maxHeadline {
		return ""
	}
	next, _, _ := strings.Cut(rest, "\n")
	next = strings.TrimFunc(next, invisible)
	m := utf8.RuneCountInString(next)
	if r, _ := utf8.DecodeRuneInString(next); unicode.IsLower(r) {
		return ""
	}
	if m < n || n <= maxSetTight && m >= timesAsLarge*n && !strings.ContainsAny(first[len(first)-1:], ".,;:") {
		return first
	}
	return ""
}
