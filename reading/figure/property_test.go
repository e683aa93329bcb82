package figure_test

import (
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/reading/figure"
	"github.com/onrecord/onrecord/reading/when"
	"github.com/onrecord/onrecord/reading/when/number"
	"github.com/onrecord/onrecord/text"
)

// check holds what is true of the figures of any text.
func check(t interface{ Fatalf(string, ...any) }, s string, times []onrecord.Time, figures []onrecord.Figure) {
	end, k, valid := 0, 0, utf8.ValidString(s)
	for _, x := range figures {
		if x.Span.Start < end || x.Span.End <= x.Span.Start || x.Span.End > len(s) {
			t.Fatalf("span %v of %d bytes after %d in %q", x.Span, len(s), end, clip(s))
		}
		end = x.Span.End
		for _, sp := range []onrecord.Span{x.Span, x.ThingSpan} {
			if sp.Start < 0 || sp.End > len(s) || valid && sp.Start < len(s) && !utf8.RuneStart(s[sp.Start]) || valid && sp.End < len(s) && !utf8.RuneStart(s[sp.End]) {
				t.Fatalf("span %v cuts a rune of %q", sp, clip(s))
			}
		}
		if x.Thing != x.ThingSpan.Of(s) {
			t.Fatalf("thing %q is not at %v of %q", x.Thing, x.ThingSpan, clip(s))
		}
		if math.IsNaN(x.Low) || math.IsNaN(x.High) || math.IsInf(x.Low, 0) || math.IsInf(x.High, 0) || x.Low > x.High {
			t.Fatalf("bounds %v, %v in %q", x.Low, x.High, clip(s))
		}
		if !strings.Contains("=~<>", x.Comparator) || len(x.Comparator) != 1 || x.Change != "" && x.Change != "up" && x.Change != "down" {
			t.Fatalf("%+v in %q", x, clip(s))
		}
		if x.Confidence <= 0 || x.Confidence > 1 {
			t.Fatalf("confidence of %+v in %q", x, clip(s))
		}
		for k < len(times) && times[k].Span.End <= x.Span.Start {
			k++
		}
		for m := k; m < len(times) && times[m].Span.Start < x.Span.End; m++ {
			if times[m].Kind != when.Duration {
				t.Fatalf("figure %q overlaps time %q in %q", x.Span.Of(s), times[m].Span.Of(s), clip(s))
			}
		}
	}
}

// clip shortens a text for a message.
func clip(s string) string { return s[:min(len(s), 300)] }

// words that figures are made of, to be thrown together.
var words = strings.Fields(`the a an of in on at to from between and or - – , . ( ) / $ US $US € £ % percent per cent points one two three half third
	thirds quarter dozen dozens hundred thousand million million bn m k 10 1,458 2.5 0 99 1/2 ½ 5G 737 Boeing S&P 500 2-0 10-15 more than at least up
	nearly only rose fell by no casualties none people killed strikes Russian miles kg year year-old old twice as many times tens scores several each
	members Of 2015 Monday + minus Rs crore 1e9 7- or 8-inch per share a year ago
	fifths thirds one-hundredth hundred thousand 1e6 2^3 000 414 through most majority whom since lowest born cents 50 10M 5G`)

func TestProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.SampledFrom(words), 0, 40).Draw(t, "words")
		s := strings.Join(parts, rapid.SampledFrom([]string{" ", "", "\n"}).Draw(t, "separator"))
		day := rapid.SampledFrom([]string{"", "2015-11-30"}).Draw(t, "day")
		times, figures := find(s, day)
		check(t, s, times, figures)
		times2, figures2 := find(s, day)
		if diff := cmp.Diff(figures, figures2) + cmp.Diff(times, times2); diff != "" {
			t.Fatalf("not deterministic: %s", diff)
		}
	})
}

func FuzzFigures(f *testing.F) {
	for _, s := range []string{
		"$10 to $15 billion, or Rs 20 crore", "Of the 5,000 air strikes, about 70 percent hit rebels", "no one was killed; tens of thousands fled", "a 7- or 8-inch",
		"one and a half million, two-thirds of them", "2.998×10−8", "from 18 miles per gallon in 2011 to 31 mpg", "[G]reater than 90%", "\xff1,000\xc3 $US5m",
		"Mia Holt, 40, of 12 Elm Street", "(16369.03 up 58.06 points)", "three times as many", "-1.3% +0.2%",
		"two hundred and fifty-four hundredths", "1 414 021 100 at 1.1^--23", "more than 10 but fewer than 20", "15 dollars 50, 3-to-1", "8 of the 23 wounded",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		// Without the models: the scanner is what is fuzzed.
		l := &english.Layer{Doc: &text.Doc{Text: s}}
		times := when.Find(l, onrecord.Published{Value: "2015-11-30"})
		check(t, s, times, figure.Find(l, times, onrecord.Published{Value: "2015-11-30"}))
	})
}

// TestHostile reads inputs made to make a scanner slow; they are linear or this does not end.
func TestHostile(t *testing.T) {
	for _, unit := range []string{
		"1 ", "1,", "1-", "1 to ", "$", "9", "1.", "1/2 ", "more than ", "two hundred ", "and a half ", "tens of ", "from 1 mile to ", "7- or ", "Of the 12 men, ", "5% ",
		"one in ", "half of ", "( ", "no ", "up ", "1 people and ", "word ", "Word ", "a", "1,000,", "about ", "5 miles per ", "dozens of ",
		"of the 5 men, 3 percent of whom on Monday said ", "nineteen twenty and ", "the week of the week of ", "half a ", "than as in 1995 ",
		"100 ", "000 ", "2^", "1e1", "hundred thousand ", "one hundred and thirty fifths ", "one one hundred and ", "more than 1 and less than 2 ", "1 over ",
		"5 dollars 50", "most of the ", "31 of whom, ", "the lowest since 1995 ", "4 thousand 3 hundred and ", "from 3 in 2008 to ", "3-to-",
	} {
		n := 100_000
		if len(unit) <= 2 {
			n = 1_000_000
		}
		s := strings.Repeat(unit, n/len(unit))
		l := &english.Layer{Doc: &text.Doc{Text: s}}
		times := when.Find(l, onrecord.Published{Value: "2015-11-30"})
		check(t, s, times, figure.Find(l, times, onrecord.Published{}))
	}
}

// benchText is invented news with many figures.
var benchText = strings.Repeat(`At least 34 people were killed and more than 120 injured when two ferries collided off Port Selna on Tuesday, the coast guard said.
About 70 percent of the passengers were tourists. The company said repairs would cost between $10 and $15 million, up 12% from its first estimate.
Nobody has explained why the larger ship, 140 metres long, left the harbour so late. Its owners, a firm from Varnholm, could not be reached.
Shares of the firm fell 6.5% to 164p. In the year before, dozens of smaller accidents had been reported in the same narrow strait. `, 400)

// BenchmarkFind is times and figures together, atoms cut once, as the reading room runs them.
func BenchmarkFind(b *testing.B) {
	l := &english.Layer{Doc: &text.Doc{Text: benchText}}
	p := onrecord.Published{Value: "2015-11-30"}
	b.SetBytes(int64(len(benchText)))
	b.ReportAllocs()
	for b.Loop() {
		t := number.Lex(benchText)
		figure.FindIn(t, l, when.FindIn(t, p), p)
	}
}
