package text

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestNews cuts invented news: testdata/news.txt has a sentence a line, an empty line between paragraphs, and a bar between tokens
// that no blank parts.
func TestNews(t *testing.T) {
	b, err := os.ReadFile(filepath.Join("testdata", "news.txt"))
	if err != nil {
		t.Fatal(err)
	}
	gold := strings.TrimSpace(string(b))
	paragraphs := strings.Split(strings.ReplaceAll(gold, "|", ""), "\n\n")
	for i, p := range paragraphs {
		paragraphs[i] = strings.ReplaceAll(p, "\n", " ")
	}
	d := Parse(strings.Join(paragraphs, "\n\n"))
	var got strings.Builder
	paragraph := 0
	for _, s := range d.Sentences {
		if p := d.ParagraphAt(s.First); p > paragraph {
			got.WriteByte('\n')
			paragraph = p
		}
		for i := s.First; i < s.End; i++ {
			switch {
			case i == s.First:
			case d.Tokens[i].Space:
				got.WriteByte(' ')
			default:
				got.WriteByte('|')
			}
			got.WriteString(d.Word(i))
		}
		got.WriteByte('\n')
	}
	if diff := cmp.Diff(gold, strings.TrimSpace(got.String())); diff != "" {
		t.Error(diff)
	}
}
