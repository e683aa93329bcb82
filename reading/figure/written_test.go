package figure_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sentence is one of testdata/written.txt.
type sentence struct {
	text    string
	figures []string
	failing bool
}

func written(t *testing.T) []sentence {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", "written.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var all []sentence
	for line := range strings.Lines(string(b)) {
		line = strings.TrimRight(line, "\n")
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '\t':
			s := &all[len(all)-1]
			s.figures = append(s.figures, normal(line[1:]))
		default:
			rest, failing := strings.CutPrefix(line, "!")
			all = append(all, sentence{text: strings.TrimSpace(rest), failing: failing})
		}
	}
	return all
}

// TestWritten: of the sentences written for this test, 93 in 100 are read as they should be, in all that their figures say; the
// others are known.
func TestWritten(t *testing.T) {
	all := written(t)
	right := 0
	for _, s := range all {
		_, figures := find(s.text, "2015-11-30")
		var got []string
		for _, x := range figures {
			got = append(got, line(x))
		}
		switch ok := strings.Join(got, "\n") == strings.Join(s.figures, "\n"); {
		case ok && s.failing:
			t.Errorf("%s\nis marked as read wrong, and is read right", s.text)
		case !ok && !s.failing:
			t.Errorf("%s\n got %q\nwant %q", s.text, got, s.figures)
		case ok:
			right++
		}
	}
	t.Logf("%d of %d sentences", right, len(all))
	if len(all) < 200 || 100*right < 93*len(all) {
		t.Errorf("%d of %d sentences are read right", right, len(all))
	}
}
