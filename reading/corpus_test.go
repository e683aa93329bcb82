package reading

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"onrecord"
	"onrecord/text"
)

// sharedLines reads a file of the corpora beside the repository, and skips the test where they are missing.
func sharedLines(t *testing.T, parts ...string) *bufio.Scanner {
	t.Helper()
	path := filepath.Join(append([]string{"..", "..", "shared"}, parts...)...)
	f, err := os.Open(path)
	if err != nil {
		t.Skipf("the corpora are not beside the repository: %v", err)
	}
	t.Cleanup(func() { f.Close() })
	var r io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			t.Fatal(err)
		}
	}
	s := bufio.NewScanner(r)
	s.Buffer(nil, 1<<24)
	return s
}

type gold struct {
	ID, Title, Published string
	Text                 string
	Attributions         []struct {
		Source, Cue, Content [][2]int
		Speaker              string
	}
}

// TestAsidesSpareStatements holds how many annotated attributions would be lost to asides: what is called no news must be none.
func TestAsidesSpareStatements(t *testing.T) {
	lines := sharedLines(t, "corpora", "polnear", "dev.jsonl.gz")
	all, lost, asides := 0, 0, 0
	for lines.Scan() {
		var g gold
		if err := json.Unmarshal(lines.Bytes(), &g); err != nil {
			t.Fatal(err)
		}
		found := findAsides(g.Text)
		asides += len(found)
		for _, a := range found {
			t.Logf("%-9s %d %q", a.Kind, a.fate, a.Span.Of(g.Text))
		}
		o := text.NewOffsets(g.Text)
		for _, at := range g.Attributions {
			all++
			for _, c := range append(at.Cue, at.Content...) {
				s := onrecord.Span{Start: o.Byte(c[0]), End: o.Byte(c[1])}
				hit := false
				for _, a := range found {
					hit = hit || a.fate == mute && a.Span.Overlaps(s)
				}
				if hit {
					lost++
					t.Logf("lost: %q", s.Of(g.Text))
					break
				}
			}
		}
	}
	t.Logf("%d asides, %d of %d attributions lost to them", asides, lost, all)
	if 500*lost > all {
		t.Errorf("%d of %d annotated attributions stand in asides", lost, all)
	}
}
