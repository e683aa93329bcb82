package office

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"github.com/onrecord/onrecord"
)

// rtfMark is what a file of rich text begins with.
const rtfMark = `{\rtf`

// IsRTF says whether a file that begins with head is of rich text.
func IsRTF(head []byte) bool { return bytes.HasPrefix(head, []byte(rtfMark)) }

// codePages are the encodings of characters that \ansicpg and the fonts name, by the number of the code page.
var codePages = map[int]encoding.Encoding{
	437: charmap.CodePage437, 850: charmap.CodePage850, 852: charmap.CodePage852, 866: charmap.CodePage866, 874: charmap.Windows874,
	932: japanese.ShiftJIS, 936: simplifiedchinese.GBK, 949: korean.EUCKR, 950: traditionalchinese.Big5,
	1250: charmap.Windows1250, 1251: charmap.Windows1251, 1252: charmap.Windows1252, 1253: charmap.Windows1253, 1254: charmap.Windows1254,
	1255: charmap.Windows1255, 1256: charmap.Windows1256, 1257: charmap.Windows1257, 1258: charmap.Windows1258, 10000: charmap.Macintosh,
}

// fontPages are the code pages of the character sets that \fcharset names.
var fontPages = map[int]int{
	77: 10000, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250,
}

// rtfSigns are control words and symbols that stand for characters.
var rtfSigns = map[string]string{
	"tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "emspace": " ", "enspace": " ", "qmspace": " ", "bullet": "•",
	"lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "~": "\u00a0", "_": "-",
	"\\": "\\", "{": "{", "}": "}", "\n": "\x00par", "\r": "\x00par",
}

// isLeft says whether a destination is no part of the body's text.
func isLeft(word string) bool {
	switch word {
	case "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf",
		"footnote", "annotation", "fldinst", "listtable", "listoverridetable", "revtbl", "rsidtbl", "generator", "themedata", "xe", "tc", "nonshppict",
		"datastore", "latentstyles", "filetbl", "bkmkstart", "bkmkend", "atnid", "atnauthor":
		return true
	}
	return false
}

// A group is what holds up to the next closing brace.
type group struct {
	left    bool // its text is not written
	fonts   bool // the table of fonts
	hidden  bool // hidden, or deleted under tracked changes
	skip    int  // characters that stand in for one of Unicode
	font    int
	started bool // something but white space stood in it
}

// An rtf is a file that is being read.
type rtf struct {
	in     []byte
	at     int
	groups []group
	page   encoding.Encoding
	fonts  map[int]encoding.Encoding
	w      writer
	bytes  []byte // characters in the code page that are not decoded yet
	half   uint16 // the first half of a character of UTF-16
	skip   int    // characters still to be skipped
}

// RTF reads a file of rich text.
func RTF(b []byte) (*onrecord.Article, error) {
	if !IsRTF(b) {
		return nil, ErrNotRTF
	}
	r := &rtf{in: b, page: charmap.Windows1252, fonts: map[int]encoding.Encoding{}}
	r.w.begin()
	for r.at < len(r.in) {
		if err := r.next(); err != nil {
			return nil, err
		}
	}
	r.flush()
	r.endParagraph()
	r.endRow()
	return r.w.article()
}

func (r *rtf) top() *group {
	if len(r.groups) == 0 {
		r.groups = append(r.groups, group{skip: 1})
	}
	return &r.groups[len(r.groups)-1]
}

// next reads a brace, a control or a character.
func (r *rtf) next() error {
	c := r.in[r.at]
	r.at++
	switch c {
	case '{':
		r.flush()
		if len(r.groups) >= maxDepth {
			return ErrDeep
		}
		g := group{skip: 1}
		if len(r.groups) > 0 {
			g = *r.top()
			g.started = false
		}
		r.groups = append(r.groups, g)
		r.skip = 0
	case '}':
		r.flush()
		if n := len(r.groups); n > 0 {
			r.groups = r.groups[:n-1]
		}
		r.skip = 0
	case '\\':
		r.control()
	case '\r', '\n':
	default:
		r.char(c)
	}
	return nil
}

// char takes a character of the code page.
func (r *rtf) char(c byte) {
	r.top().started = true
	if r.skip > 0 {
		r.skip--
		return
	}
	if g := r.top(); !g.left && !g.hidden {
		r.bytes = append(r.bytes, c)
	}
}

// flush decodes the characters of the code page that wait.
func (r *rtf) flush() {
	if len(r.bytes) == 0 {
		return
	}
	e := r.page
	if f := r.fonts[r.top().font]; f != nil {
		e = f
	}
	s, err := e.NewDecoder().Bytes(r.bytes)
	if err == nil {
		r.w.write(string(bytes.ReplaceAll(s, []byte{0}, nil)))
	}
	r.bytes = r.bytes[:0]
}

// control reads a control word or symbol, behind its backslash.
func (r *rtf) control() {
	if r.at >= len(r.in) {
		return
	}
	begin := r.at
	for r.at < len(r.in) && isLetter(r.in[r.at]) {
		r.at++
	}
	if r.at == begin {
		r.symbol()
		return
	}
	word := string(r.in[begin:r.at])
	begin = r.at
	if r.at < len(r.in) && r.in[r.at] == '-' {
		r.at++
	}
	for r.at < len(r.in) && '0' <= r.in[r.at] && r.in[r.at] <= '9' {
		r.at++
	}
	n, err := strconv.Atoi(string(r.in[begin:r.at]))
	given := err == nil
	if r.at < len(r.in) && r.in[r.at] == ' ' {
		r.at++
	}
	r.word(word, n, given)
}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

// symbol reads a control symbol: one character that is no letter.
func (r *rtf) symbol() {
	c := r.in[r.at]
	r.at++
	switch c {
	case '\'':
		if r.at+2 <= len(r.in) {
			if n, err := strconv.ParseUint(string(r.in[r.at:r.at+2]), 16, 8); err == nil {
				r.at += 2
				r.char(byte(n))
			}
		}
	case '*':
		if !r.top().started {
			r.top().left = true
		}
	default:
		r.sign(string(rune(c)))
	}
}

// sign writes what a control stands for, if for anything.
func (r *rtf) sign(name string) bool {
	s, ok := rtfSigns[name]
	if !ok {
		return false
	}
	if r.skip > 0 {
		r.skip--
		return true
	}
	r.flush()
	switch g := r.top(); {
	case g.left || g.hidden:
	case s == "\x00par":
		r.endParagraph()
	default:
		r.w.write(s)
	}
	return true
}

// word obeys a control word with its number, if one is given.
func (r *rtf) word(word string, n int, given bool) {
	g := r.top()
	first := !g.started
	g.started = true
	if r.sign(word) {
		return
	}
	on := !given || n != 0
	switch word {
	case "rtf":
		g.started = false
	case "fonttbl":
		g.left, g.fonts = true, true
	case "ansicpg":
		if e := codePages[n]; e != nil {
			r.page = e
		}
	case "mac":
		r.page = charmap.Macintosh
	case "pc":
		r.page = charmap.CodePage437
	case "pca":
		r.page = charmap.CodePage850
	case "f":
		r.flush()
		g.font = n
	case "plain":
		r.flush()
		g.font, g.hidden = -1, false
	case "fcharset":
		if e := codePages[fontPages[n]]; g.fonts && e != nil {
			r.fonts[g.font] = e
		}
	case "uc":
		g.skip = min(max(n, 0), 16)
	case "u":
		r.unicode(n)
	case "v", "deleted":
		r.flush()
		g.hidden = on
	case "bin":
		r.at = min(len(r.in), r.at+max(n, 0))
	default:
		r.layout(word, first)
	}
}

// layout obeys the control words of paragraphs, tables and destinations.
func (r *rtf) layout(word string, first bool) {
	g := r.top()
	if first && isLeft(word) {
		g.left = true
		return
	}
	if g.left || g.hidden {
		return
	}
	switch word {
	case "par", "sect", "page", "column", "softline":
		r.flush()
		r.endParagraph()
	case "trowd":
		r.flush()
		if len(r.w.rows) == 0 {
			r.endParagraph()
			r.w.beginRow()
			r.w.beginCell()
		}
	case "cell", "nestcell":
		r.flush()
		r.endParagraph()
		r.w.beginCell()
	case "row", "nestrow":
		r.flush()
		r.endParagraph()
		r.endRow()
	}
}

func (r *rtf) endParagraph() {
	r.w.end(false)
	r.w.begin()
}

func (r *rtf) endRow() { r.w.endRow() }

// unicode writes a character of Unicode, given as a signed number of 16 bits; characters that stand in for it follow.
func (r *rtf) unicode(n int) {
	g := r.top()
	r.flush()
	r.skip = g.skip
	if g.left || g.hidden {
		return
	}
	c := rune(uint16(n))
	if n > 0xffff && n <= utf8.MaxRune {
		c = rune(n)
	}
	if utf16.IsSurrogate(c) {
		pair := utf16.DecodeRune(rune(r.half), c)
		if r.half = uint16(c); pair == utf8.RuneError {
			return
		}
		c = pair
	}
	if c == 0 || c == 0xfeff {
		return
	}
	r.w.write(strings.ToValidUTF8(string(c), ""))
}
