package number

import (
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestRead(t *testing.T) {
	for _, row := range []struct {
		text string
		want float64
		rest string // what is left unread
	}{
		{"1,385,710 strikes", 1385710, "strikes"},
		{"12,34,567 rupees", 1234567, "rupees"},
		{"40\u202f000 people", 40000, "people"},
		{"4.4 million Syrians", 4.4e6, "Syrians"},
		{".534 of", .534, "of"},
		{"11 1/2 hours", 11.5, "hours"},
		{"2½ miles", 2.5, "miles"},
		{"1⁄32 of", 1. / 32, "of"},
		{"2.998×10−8 metres", 2.998e-8, "metres"},
		{"4 hundred million people", 4e8, "people"},
		{"3 hundred and 21 yuan", 321, "yuan"},
		{"20 crore", 2e8, ""},
		{"2 mn - euro", 2e6, "- euro"},
		{"half a million refugees", 5e5, "refugees"},
		{"a quarter of a million", 2.5e5, ""},
		{"three quarters of a million", 7.5e5, ""},
		{"one and a half million dollars", 1.5e6, "dollars"},
		{"3 million and a half", 3.5e6, ""},
		{"two and a half years", 2.5, "years"},
		{"two point five million", 2.5e6, ""},
		{"twenty-five people", 25, "people"},
		{"a hundred and fifty soldiers", 150, "soldiers"},
		{"thirty-one thousand four hundred fifty-six sailors", 31456, "sailors"},
		{"two hundred and three thousand", 203000, ""},
		{"two dozen eggs", 24, "eggs"},
		{"half a dozen", 6, ""},
		{"three two", 3, "two"},
		{"twelve and thirteen", 12, "and thirteen"},
		{"hundred thousand dollars", 1e5, "dollars"},
		{"4 thousand 3 hundred and 21 sheep", 4321, "sheep"},
		{"3 hundred and one sheep", 301, "sheep"},
		{"one billion and a half million", 1.0005e9, ""},
		{"three quarters billion", 7.5e8, ""},
		{"1 414 021 100 people", 1414021100, "people"},
		{"40 000 people", 40000, "people"},
		{"40 123 people", 40123, "people"},
		{"40 123", 40, "123"},
		{"1.250.000 euros", 1250000, "euros"},
		{"12’500 francs", 12500, "francs"},
		{"61·5", 61.5, ""},
		{"2,5 million", 2.5e6, ""},
		{"32.2 billion", 32200000000, ""},
		{"1 234 567 890 123 456", 1, "234 567 890 123 456"},
		{"1.1^23", 8.954302432552373, ""},
		{"2.5^-1", .4, ""},
		{"9^99", 9, "^99"},
		{"12.32e+14 watts", 1.232e15, "watts"},
		{"2E10", 2, "E10"},
		{"two million three thousand", 2003000, ""},
		{"1 2", 1, "2"},
		{"24/7", 24, "/7"},
	} {
		x := Lex(row.text)
		n, ok := x.Read(0)
		if !ok {
			t.Errorf("%q: no number", row.text)
			continue
		}
		rest := ""
		if n.End < len(x.Atoms) {
			rest = row.text[x.Atoms[n.End].Start:]
		}
		if math.Abs(n.Val-row.want) > 1e-9*math.Abs(row.want) || rest != row.rest {
			t.Errorf("%q: got %v, rest %q; want %v, rest %q", row.text, n.Val, rest, row.want, row.rest)
		}
	}
	for _, s := range []string{"a man", "", "and", "half", "million", "the", "point five"} {
		if n, ok := Lex(s).Read(0); ok {
			t.Errorf("%q: read %v", s, n.Val)
		}
	}
}

func TestFraction(t *testing.T) {
	for _, row := range []struct {
		text string
		want float64 // 0 for none
	}{
		{"one twenty-fifth", 1. / 25},
		{"a twenty-first", 1. / 21},
		{"twenty-three fifths", 4.6},
		{"three one-hundredths", .03},
		{"two ten-thousandths", 2e-4},
		{"a hundred-thousandth", 1e-5},
		{"a hundred trillionths", 1e-10},
		{"two and fifty-four hundredths", 2.54},
		{"two hundred and fifty-four hundredths", 200.54},
		{"one hundred and thirty fifths", 26},
		{"one hundred thirty fifths", 100. / 35},
		{"one one hundred and fifth", 1. / 105},
		{"twenty fifth", 0},
		{"a twenty-second", 0},
		{"one hundred fifth", 0},
		{"five quarters", 0},
		{"the fifth", 0},
	} {
		if got, _ := Lex(row.text).wordFraction(0); math.Abs(got-row.want) > 1e-9*row.want {
			t.Errorf("%q: got %v, want %v", row.text, got, row.want)
		}
	}
}

// TestLex: atoms cover everything but white space, in order, on rune boundaries.
func TestLex(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringMatching(`[0-9.,$%'’ a-zA-Z\-–½\n]{0,30}`)).Draw(t, "text")
		end := 0
		for _, a := range Lex(s).Atoms {
			if a.Start < end || a.End <= a.Start || !utf8.ValidString(s[a.Start:a.End]) {
				t.Fatalf("atom %v after %d in %q", a.Span, end, s)
			}
			for _, r := range s[end:a.Start] {
				if r != ' ' && r != '\n' && r != '\t' && r != '\r' && r > ' ' && r < 0x80 {
					t.Fatalf("%q is in no atom of %q", r, s)
				}
			}
			if a.Kind == Digits && !a.Bad && (math.IsNaN(a.Val) || math.IsInf(a.Val, 0)) {
				t.Fatalf("value %v in %q", a.Val, s)
			}
			end = a.End
		}
	})
}

// Groups of two digits without an end are numbers of their own, not read to the end of the text for each of them.
func TestLexBounded(t *testing.T) {
	for text, atoms := range map[string]int{
		"12,34,567":                        1,
		strings.Repeat("12,", 10) + "345":  1,
		strings.Repeat("12,", 300) + "345": 573, // the last is the one that has no more than maxDigits before its end
	} {
		if n := len(Lex(text).Atoms); n != atoms {
			t.Errorf("%.30q: %d atoms, want %d", text, n, atoms)
		}
	}
}
