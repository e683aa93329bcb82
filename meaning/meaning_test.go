package meaning_test

import (
	"bufio"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/meaning"
	"github.com/onrecord/onrecord/text"
)

func passage(s string) *meaning.Passage {
	return meaning.Of(english.Annotate(text.Parse(s)), onrecord.Span{Start: 0, End: len(s)})
}

// TestCompare holds what invented claims are to invented records, and which kind of piece speaks most for a contradiction.
func TestCompare(t *testing.T) {
	f, err := os.Open("testdata/pairs.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	wrong, all := 0, 0
	for in := bufio.NewScanner(f); in.Scan(); {
		line := in.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		part := strings.Split(line, " | ")
		want, kind, _ := strings.Cut(part[0], " ")
		c := meaning.Compare(passage(part[1]), passage(part[2]))
		got := "?"
		switch neither := 1 - c.Follows - c.Contradicts; {
		case c.Contradicts > c.Follows && c.Contradicts > neither:
			got = "!"
		case c.Follows > neither:
			got = "="
		}
		first := meaning.Same
		if len(c.Pieces) > 0 {
			first = c.Pieces[0].Kind
		}
		all++
		if got != want || want == "!" && string(first) != kind {
			wrong++
			t.Logf("%s\n%s: follows %.2f contradicts %.2f; %q decides", line, got, c.Follows, c.Contradicts, first)
			for _, p := range c.Pieces {
				t.Logf("   %-10s %+.2f  record %q claim %q", p.Kind, p.Weight, p.Record.Of(part[1]), p.Claim.Of(part[2]))
			}
		}
	}
	t.Logf("%d of %d", all-wrong, all)
	if wrong > 0 {
		t.Fail()
	}
}

// TestSpans holds that pieces name the words.
func TestSpans(t *testing.T) {
	a, b := "The river rose 14 feet.", "The river rose 40 feet."
	for _, p := range meaning.Compare(passage(a), passage(b)).Pieces {
		if p.Kind == meaning.Number {
			if p.Record.Of(a) != "14" || p.Claim.Of(b) != "40" {
				t.Errorf("%q for %q", p.Claim.Of(b), p.Record.Of(a))
			}
			return
		}
	}
	t.Error("the number is no piece")
}

// BenchmarkCompare reports comparisons of two sentences a second; the issue asks for 50,000.
func BenchmarkCompare(b *testing.B) {
	x := passage("The harbour office said on Monday that the ferry between Tolm and Osk would not run before April because of 14 cracks in its hull.")
	y := passage("The ferry from Tolm to Osk will run in April although its hull has 40 cracks, the office said.")
	start := time.Now()
	for b.Loop() {
		meaning.Compare(x, y)
	}
	b.ReportMetric(float64(b.N)/time.Since(start).Seconds(), "comparisons/s")
}
