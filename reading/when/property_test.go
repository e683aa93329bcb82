package when_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/reading/when"
	"github.com/onrecord/onrecord/text"
)

// check holds what is true of the times of any text.
func check(t interface{ Fatalf(string, ...any) }, s string, times []onrecord.Time) {
	end, valid := 0, utf8.ValidString(s)
	for _, x := range times {
		if x.Span.Start < end || x.Span.End <= x.Span.Start || x.Span.End > len(s) {
			t.Fatalf("span %v of %d bytes after %d in %q", x.Span, len(s), end, clip(s))
		}
		if valid && !utf8.RuneStart(s[x.Span.Start]) || valid && x.Span.End < len(s) && !utf8.RuneStart(s[x.Span.End]) {
			t.Fatalf("span %v cuts a rune of %q", x.Span, clip(s))
		}
		end = x.Span.End
		if x.Timex == "" || x.Kind == "" || x.Basis == "" || x.Confidence <= 0 || x.Confidence > 1 {
			t.Fatalf("incomplete %+v in %q", x, clip(s))
		}
		if iv := x.Interval; !iv.From.IsZero() && !iv.To.IsZero() && !iv.From.Before(iv.To) {
			t.Fatalf("empty interval %+v in %q", x, clip(s))
		}
		for _, at := range []time.Time{x.Interval.From, x.Interval.To} {
			if !at.IsZero() && (at.Year() < 1 || at.Year() > 9999) {
				t.Fatalf("out of all calendars: %+v in %q", x, clip(s))
			}
		}
		if x.Basis == when.Unresolved && x.Interval.Known() {
			t.Fatalf("unresolved with an interval: %+v in %q", x, clip(s))
		}
	}
}

// clip shortens a text for a message.
func clip(s string) string { return s[:min(len(s), 300)] }

// words that times are made of, to be thrown together.
var words = strings.Fields(`million 8000 the last next this past two three half a an of in on at to from since between and - – , . ( ) : / ' ’s 's $ %
	2015 2014-15 15 7 30 31 0 99 1990s '82 12:30 a.m. p.m. UTC Monday Friday Sun. Oct. October May may march March Feb. 29 day days week weeks month
	quarter year years ago earlier later early late mid end beginning first second third 3rd century decade spring fall Christmas New Year Eve Easter
	today yesterday now within H2 Q3 coming until nothing tmrw 99 /11 11:30:45 now soon every each other weekend morning night so far same that it will said`)

func TestProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.SampledFrom(words), 0, 40).Draw(t, "words")
		seps := rapid.SampledFrom([]string{" ", "", "\n"}).Draw(t, "separator")
		s := strings.Join(parts, seps)
		day := rapid.SampledFrom([]string{"", "2015-11-30", "2016-02-29", "0001-01-01", "9999-12-31"}).Draw(t, "day")
		times := find(s, day)
		check(t, s, times)
		if diff := cmp.Diff(times, find(s, day)); diff != "" {
			t.Fatalf("not deterministic: %s", diff)
		}
		if day == "" {
			for _, x := range times {
				if x.Basis == when.Published {
					if x.Interval.Known() {
						t.Fatalf("resolved against no day: %+v in %q", x, clip(s))
					}
				}
			}
		}
	})
}

func FuzzTimes(f *testing.F) {
	for _, s := range []string{
		"on Wednesday, Oct. 7, 2015, at 5:30 p.m. EST", "between Sept. 30 and Nov. 29", "the last two and a half years", "October 04 , 2005",
		"the first week of the last month of the second quarter of 2015", "’90s '82 2014-15 0800 UTC", "mid-2011 late last May", "\xff Friday \xc3",
		"10-27-89 or 1998-02-27 20:52:00", "the first nine months of 1989", "the night of Feb. 20, 2016 June", "between now and 30-Sep-15",
	} {
		f.Add(s, "2015-11-30")
		f.Add(s, "")
	}
	f.Fuzz(func(t *testing.T, s, day string) {
		// Without the models: the scanner is what is fuzzed.
		times := when.Find(&english.Layer{Doc: &text.Doc{Text: s}}, onrecord.Published{Value: day})
		check(t, s, times)
	})
}

// TestHostile reads inputs made to make a scanner slow; they are linear or this does not end.
func TestHostile(t *testing.T) {
	for _, unit := range []string{
		"1 ", "1,", "1-", "the first week of ", "early ", "last ", "two hundred ", "and a half ", "Oct. ", "between 2014 and ", "12:30 ", "'", "every ", "a ", "so far this ",
		"Monday ", "the end of the ", "of ", "9", "1.", "½", "the last week of the ",
		"the night of ", "2016 June ", "the first 9 months of ", "nothing until Monday ", "between now and ", "9-9-99 ", "2016-Sep-", "within 2 weeks ", "2015-01-01 ", "the day after ", "year-end ", "a week ago Friday ", "a year ago this month ", "is to ", "the same period of the last year ",
	} {
		n := 100_000
		if len(unit) <= 2 {
			n = 1_000_000
		}
		s := strings.Repeat(unit, n/len(unit))
		check(t, s, when.Find(&english.Layer{Doc: &text.Doc{Text: s}}, onrecord.Published{Value: "2015-11-30"}))
	}
}

// benchText is invented news with many times.
var benchText = strings.Repeat(`Officials in Varnholm said on Tuesday that the bridge, closed since Sept. 30, will open again next week. Traffic had fallen
for two and a half years before the closure in March 2014, the city's roads office said last month. Work began on Oct. 7, 2015, and took 19 weeks.
The mayor, who took office in 2013, promised a second crossing by the end of the decade. Nothing else about the plan was made public at the time. `, 400)

func BenchmarkFind(b *testing.B) {
	l := &english.Layer{Doc: &text.Doc{Text: benchText}}
	b.SetBytes(int64(len(benchText)))
	b.ReportAllocs()
	for b.Loop() {
		when.Find(l, onrecord.Published{Value: "2015-11-30"})
	}
}
