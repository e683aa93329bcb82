package corpus

import (
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
)

var updateBackground = flag.Bool("background", false, "make background.tsv anew from ../shared")

// TestBackground holds the background to its form; with -background it counts it anew in the training articles.
func TestBackground(t *testing.T) {
	if *updateBackground {
		df := map[string]float64{}
		n := 0.0
		file, err := os.Open(filepath.Join("..", "..", "..", "shared", "corpora", "polnear", "train.jsonl.gz"))
		if err != nil {
			t.Skipf("no corpora beside the repository: %v", err)
		}
		defer file.Close()
		unpacked, err := gzip.NewReader(file)
		if err != nil {
			t.Fatal(err)
		}
		for lines := json.NewDecoder(unpacked); lines.More(); {
			var a struct{ Text string }
			if err := lines.Decode(&a); err != nil {
				t.Fatal(err)
			}
			n++
			seen := map[string]bool{}
			for _, w := range Cut(a.Text, nil) {
				if s := Stem(string(Fold(nil, Bare(a.Text[w.Start:w.End])))); !w.Is(Capital) && !w.Is(numeral) && !seen[s] {
					seen[s] = true
					df[s]++
				}
			}
		}
		var lines []string
		for s, c := range df {
			if c >= 4 {
				lines = append(lines, fmt.Sprintf("%s\t%.4f\n", s, c/n))
			}
		}
		sort.Strings(lines)
		if err := os.WriteFile("background.tsv", []byte(strings.Join(lines, "")), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if len(background()) < 1000 {
		t.Fatalf("background has %d stems", len(background()))
	}
	for i, b := range background() {
		if b.share <= 0 || b.share > 1 || i > 0 && background()[i-1].stem >= b.stem {
			t.Errorf("row %d: %q %v", i, b.stem, b.share)
		}
	}
}
