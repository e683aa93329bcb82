package text

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
	"pgregory.net/rapid"
)

// check says which invariant of a Doc does not hold, "" when all do.
func check(d *Doc) string {
	s := d.Text
	valid := utf8.ValidString(s)
	at := 0
	for i, t := range d.Tokens {
		switch {
		case t.Start < at || t.End <= t.Start || t.End > len(s):
			return "tokens out of order, overlapping or empty"
		case !blanks(s[at:t.Start]):
			return "text between tokens: " + s[at:t.Start]
		case t.Space != (t.Start > at || i == 0):
			return "Space is wrong at " + d.Word(i)
		case valid && (!boundary(s, t.Start) || !boundary(s, t.End)):
			return "token not on a rune boundary"
		}
		at = t.End
	}
	if !blanks(s[at:]) {
		return "text after the last token"
	}
	for name, layer := range map[string][]Range{"sentences": d.Sentences, "paragraphs": d.Paragraphs} {
		next := 0
		for _, r := range layer {
			if r.First != next || r.End <= r.First {
				return name + " do not partition the tokens"
			}
			next = r.End
		}
		if next != len(d.Tokens) {
			return name + " do not cover the tokens"
		}
	}
	p := 0
	for _, r := range d.Sentences {
		for d.Paragraphs[p].End <= r.First {
			p++
		}
		if r.End > d.Paragraphs[p].End {
			return "a sentence crosses paragraphs"
		}
	}
	return checkQuotations(d)
}

func checkQuotations(d *Doc) string {
	var open []onrecord.Span
	last := 0
	for i, q := range d.Quotations {
		switch {
		case q.Span.Start < last:
			return "quotations out of order"
		case !q.Span.Contains(q.Inner) || q.Inner.Len() == 0:
			return "inside not inside"
		case d.Span(q.Range) != q.Inner:
			return "Range is not Inner"
		case q.Continues >= i || q.Continues < -1:
			return "Continues does not point back"
		case q.Continues >= 0 && !d.Quotations[q.Continues].NoClose:
			return "Continues a closed quotation"
		case q.NoOpen && q.NoClose:
			return "a quotation without marks"
		case !q.NoOpen && d.Tokens[d.TokenAt(q.Span.Start)].Shape != Open:
			return "does not begin with an opening mark"
		case !q.NoClose && d.Tokens[d.TokenAt(q.Span.End-1)].Shape != Close:
			return "does not end with a closing mark"
		}
		last = q.Span.Start
		for len(open) > 0 && open[len(open)-1].End <= q.Span.Start {
			open = open[:len(open)-1]
		}
		if len(open) > 0 && !open[len(open)-1].Contains(q.Span) {
			return "quotations cross"
		}
		if q.Depth != len(open) {
			return "depth is wrong"
		}
		open = append(open, q.Span)
		if k := d.ParagraphAt(q.Range.First); q.Range.End > d.Paragraphs[k].End {
			return "a quotation crosses paragraphs"
		}
	}
	return ""
}

func blanks(s string) bool {
	for _, r := range s {
		if !Blank(r) {
			return false
		}
	}
	return true
}

func boundary(s string, i int) bool { return i == len(s) || utf8.RuneStart(s[i]) }

// pieces are what the generated texts are made of: every mark the package knows, and what confuses it.
var pieces = strings.Fields("a I He said Mr. U.S. p.m. No. 5 1,458 5.2 $ % £ -- — … ... . , : ; ! ? \" “ ” ‘ ’ ' „ ‚ « » ‹ › `` '' ` ´ ( ) [ ] " +
	"don't Russia’s 's n't '80s rock'n'roll al-Qaeda-affiliated http://a.example/x?y=1 @x #tag e-mail@x.example 👨‍👩‍👧 🇬🇧 é e\u0301 \u202e \u200b \u00ad \ufeff \x80 \xe2\x80 漢字 عرب can not cannot")

// generated draws a text of pieces, with or without blanks and line breaks between them.
func generated(t *rapid.T) string {
	gap := rapid.SampledFrom([]string{"", " ", " ", " ", "\n", "\n\n", "\r\n", "\u00a0", "\u2028", "  "})
	var b strings.Builder
	for range rapid.IntRange(0, 60).Draw(t, "n") {
		b.WriteString(rapid.SampledFrom(pieces).Draw(t, "piece"))
		b.WriteString(gap.Draw(t, "gap"))
	}
	return b.String()
}

func TestInvariants(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := generated(t)
		if bad := check(Parse(s)); bad != "" {
			t.Fatalf("%s: %q", bad, s)
		}
	})
}

func TestOffsets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Repeat(generated(t), rapid.IntRange(1, 20).Draw(t, "times"))
		o := NewOffsets(s)
		n := 0
		for b := range s {
			if o.Rune(b) != n || o.Byte(n) != b {
				t.Fatalf("byte %d is code point %d: got %d and back %d", b, n, o.Rune(b), o.Byte(n))
			}
			n++
		}
		if o.Len() != n || o.Rune(len(s)) != n || o.Byte(n) != len(s) {
			t.Fatalf("end: %d, %d, %d", o.Len(), o.Rune(len(s)), o.Byte(n))
		}
	})
}

// TestLookups holds TokenAt, TokensIn, SentenceAt and ParagraphAt against a search from the beginning.
func TestLookups(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Parse(generated(t))
		b := rapid.IntRange(0, len(d.Text)).Draw(t, "byte")
		e := rapid.IntRange(b, len(d.Text)).Draw(t, "end")
		want := 0
		for want < len(d.Tokens) && d.Tokens[want].End <= b {
			want++
		}
		if got := d.TokenAt(b); got != want {
			t.Fatalf("TokenAt(%d) = %d, not %d", b, got, want)
		}
		r := d.TokensIn(onrecord.Span{Start: b, End: e})
		for i, tok := range d.Tokens {
			if in := tok.Overlaps(onrecord.Span{Start: b, End: e}); in != (r.First <= i && i < r.End) && e > b {
				t.Fatalf("TokensIn(%d, %d) = %v, token %d %v", b, e, r, i, tok)
			}
		}
		if want < len(d.Tokens) {
			if x := d.Sentences[d.SentenceAt(want)]; want < x.First || x.End <= want {
				t.Fatal("SentenceAt")
			}
			if x := d.Paragraphs[d.ParagraphAt(want)]; want < x.First || x.End <= want {
				t.Fatal("ParagraphAt")
			}
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "Mr. X’s \"plan\" cost $1,458.50 in the U.S.-led war.", "a\r\n\r\nb", "\xff\xfe", "‘“’”\"'"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if bad := check(Parse(s)); bad != "" {
			t.Fatalf("%s: %q", bad, s)
		}
	})
}

// FuzzQuotations makes texts of quotation marks: each byte stands for a piece.
func FuzzQuotations(f *testing.F) {
	f.Add([]byte{30, 0, 30, 1, 0, 31, 31, 32})
	f.Fuzz(func(t *testing.T, b []byte) {
		marks := []string{"\"", "“", "”", "‘", "’", "'", "„", "‚", "«", "»", "‹", "``", "''", "`", "a", "He", "said", "s", ".", ",", "?", ":", " ", " ", " ", "\n\n", "\n", "5", "[", "]", "—", "I"}
		var s strings.Builder
		for _, c := range b {
			s.WriteString(marks[int(c)%len(marks)])
		}
		if bad := check(Parse(s.String())); bad != "" {
			t.Fatalf("%s: %q", bad, s.String())
		}
	})
}
