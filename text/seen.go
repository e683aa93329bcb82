package text

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"github.com/onrecord/onrecord"
)

// A Seen is a text as a person sees it, for reading, with the way back to the text as it came, which stays what it is.
type Seen struct {
	Text  string
	edits []edit // in text order
}

// An edit is where a Seen differs: [start, end) of it stands for [from, to) of the text.
type edit struct{ start, end, from, to int }

// See is the text without the marks that nobody sees (soft hyphens, zero-width and bidirectional marks), and with the characters that
// were meant where it was decoded wrongly: UTF-8 taken for Windows-1252 ("CafÃ©"), once or twice; bytes of Windows-1252 taken for
// control characters; quotation marks that were lost to U+FFFD. Most texts are seen as they are.
func See(s string) Seen {
	v := Seen{Text: s}
	var b strings.Builder
	done := 0 // of s
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			i++
			continue
		}
		with, n := seenAt(s, i)
		if with == s[i:i+n] {
			i += n
			continue
		}
		b.WriteString(s[done:i])
		v.edits = append(v.edits, edit{b.Len(), b.Len() + len(with), i, i + n})
		b.WriteString(with)
		i += n
		done = i
	}
	if len(v.edits) > 0 {
		b.WriteString(s[done:])
		v.Text = b.String()
	}
	return v
}

// Changed says whether the text is seen otherwise than it came.
func (v *Seen) Changed() bool { return len(v.edits) > 0 }

// Back is the span of the text as it came of a span of the text as it is seen.
func (v *Seen) Back(s onrecord.Span) onrecord.Span {
	if len(v.edits) == 0 || s.Start >= s.End {
		at := v.back(s.Start)
		return onrecord.Span{Start: at, End: at + s.Len()}
	}
	return onrecord.Span{Start: v.back(s.Start), End: v.backEnd(s.End)}
}

// back is where the character at byte i of the text as it is seen begins in the text as it came.
func (v *Seen) back(i int) int {
	k := sort.Search(len(v.edits), func(k int) bool { return v.edits[k].start > i }) - 1
	switch {
	case k < 0:
		return i
	case i < v.edits[k].end:
		return v.edits[k].from
	}
	return v.edits[k].to + i - v.edits[k].end
}

// backEnd is where the character before byte i of the text as it is seen, i > 0, ends in the text as it came.
func (v *Seen) backEnd(i int) int {
	k := sort.Search(len(v.edits), func(k int) bool { return v.edits[k].start >= i }) - 1
	switch {
	case k < 0:
		return i
	case i <= v.edits[k].end:
		return v.edits[k].to
	}
	return v.edits[k].to + i - v.edits[k].end
}

// Unseen says whether a rune is a mark inside or between words that nobody sees and that means nothing there.
func Unseen(r rune) bool {
	switch {
	case r < 0xAD || r >= 0xE0000: // tags of flags
		return false
	case r == 0xAD:
		return true
	}
	return unicode.Is(unicode.Cf, r) && !visibleFormat(r)
}

// zeroWidthSpace parts words in some scripts; in ours it is a place where a line may break.
const zeroWidthSpace = 0x200B

// seenAt is what is seen of the n bytes at byte i, which begin a rune outside ASCII.
func seenAt(s string, i int) (with string, n int) {
	r, n := utf8.DecodeRuneInString(s[i:])
	switch {
	case r == utf8.RuneError && n == 1:
		return s[i : i+n], n
	case r == utf8.RuneError:
		return lost(s, i, n), n
	case r == zeroWidthSpace && partsWords(s, i, n):
		return s[i : i+n], n
	case Unseen(r):
		return "", n
	}
	meant, n := decoded(s, i, decodings)
	switch {
	case meant == r && 0x80 <= r && r < 0xA0: // a control character that stands for a byte of Windows-1252
		meant = windows(byte(r))
	case meant == 'Â' && i+n < len(s) && s[i+n] == ' ': // of a no-break space that became a space
		return "", n
	case meant == 'â' && strings.HasPrefix(s[i+n:], "€") && n == len("â"): // of a closing mark whose last byte has no character
		return "”", n + len("€")
	case Unseen(meant):
		return "", n
	}
	return string(meant), n
}

// partsWords says whether the zero width space of n bytes at byte i is all that stands between two words.
func partsWords(s string, i, n int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+n:])
	switch {
	case unicode.IsLetter(before):
		return unicode.IsLower(before) && unicode.IsUpper(after)
	case strings.ContainsRune(".,;:!?)”", before):
		return unicode.IsLetter(after)
	}
	return false
}

// decodings is how often over a text may have been decoded wrongly.
const decodings = 2

// decoded is the rune at byte i, and its bytes, of a text that was decoded wrongly so often at most.
func decoded(s string, i, times int) (rune, int) {
	if times == 0 || i >= len(s) {
		return utf8.DecodeRuneInString(s[min(i, len(s)):])
	}
	r, n := decoded(s, i, times-1)
	var b [3]byte
	lead, ok := byteOf(r)
	more := map[bool]int{true: 1, false: 2}[lead < 0xE0]
	if !ok || !leads(lead) {
		return r, n
	}
	b[0] = lead
	j := i + n
	for k := 1; k <= more; k++ {
		c, m := decoded(s, j, times-1)
		if b[k], ok = byteOf(c); !ok || b[k] >= 0xC0 {
			return r, n
		}
		j += m
	}
	if meant, size := utf8.DecodeRune(b[:more+1]); size == more+1 && common(meant) {
		return meant, j - i
	}
	return r, n
}

// leads says whether a byte begins a character of UTF-8 that is common in news.
func leads(b byte) bool { return 0xC2 <= b && b <= 0xC5 || b == 0xE2 || b == 0xEF }

// common says whether a character may be meant: letters of Latin, punctuation, signs of money.
func common(r rune) bool {
	return 0x80 <= r && r < 0x180 || 0x2000 <= r && r < 0x2050 || 0x20A0 <= r && r < 0x20C0 || r == '™' || r == '−' || r == '\ufeff'
}

// byteOf is the byte above ASCII that Windows-1252, or Latin-1 where that has none, reads as a rune.
func byteOf(r rune) (byte, bool) {
	if 0x80 <= r && r < 0x100 {
		return byte(r), true
	}
	if r < 0x100 {
		return 0, false
	}
	b, ok := charmap.Windows1252.EncodeRune(r)
	return b, ok && b >= 0x80
}

// windows is the character that a byte of Windows-1252 stands for; the control character where there is none.
func windows(b byte) rune {
	if r := charmap.Windows1252.DecodeByte(b); r != utf8.RuneError {
		return r
	}
	return rune(b)
}

// lost is the quotation mark or apostrophe that must have stood where U+FFFD, of n bytes at byte i, stands now; U+FFFD where it may have been
// another character.
func lost(s string, i, n int) string {
	before, b := utf8.DecodeLastRuneInString(s[:i])
	after, a := utf8.DecodeRuneInString(s[i+n:])
	opens := b == 0 || unicode.IsSpace(before) || before == '('
	closes := a == 0 || unicode.IsSpace(after) || after == ')'
	switch {
	case opens && unicode.IsLetter(after):
		return "“"
	case closes && (unicode.IsLetter(before) || strings.ContainsRune(".,!?", before)):
		return "”"
	case unicode.IsLetter(before) && clitic(s[i+n:]):
		return "’"
	}
	return s[i : i+n]
}

// clitic says whether a clitic ("s", "t", "re") is all of the word that s begins with.
func clitic(s string) bool {
	for _, c := range lex.clitics {
		if hasFold(s, c) && (len(s) == len(c) || !unicode.IsLetter(rune(s[len(c)]))) {
			return true
		}
	}
	return hasFold(s, "t") && (len(s) == 1 || !unicode.IsLetter(rune(s[1])))
}
