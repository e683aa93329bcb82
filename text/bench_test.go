package text

import (
	"sort"
	"strings"
	"testing"
)

// BenchmarkParse parses news, the articles of PolNeAR's development set.
func BenchmarkParse(b *testing.B) {
	m := articles(b, "polnear/dev.jsonl.gz")
	var texts []string
	n := 0
	for _, s := range m {
		texts = append(texts, s)
		n += len(s)
	}
	sort.Strings(texts)
	b.SetBytes(int64(n))
	b.ReportAllocs()
	for b.Loop() {
		for _, s := range texts {
			Parse(s)
		}
	}
}

// BenchmarkQuoteMarks parses a megabyte of nothing but quotation marks.
func BenchmarkQuoteMarks(b *testing.B) {
	s := strings.Repeat(`"‘`, 1<<18)
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		Parse(s)
	}
}
