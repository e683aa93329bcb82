package reading

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
)

// TestVoices reads the texts of testdata/voices.txt and holds who says what in them. An empty line there separates texts, a line is a
// paragraph, and a line "> words = name" says whose statement the words stand in: a name, several with "/" between, or "?" for nobody
// whom the text names.
func TestVoices(t *testing.T) {
	b, err := os.ReadFile("testdata/voices.txt")
	if err != nil {
		t.Fatal(err)
	}
	for text := range strings.SplitSeq(strings.TrimSpace(string(b)), "\n\n") {
		var lines, rows []string
		for line := range strings.Lines(text) {
			if row, ok := strings.CutPrefix(strings.TrimSpace(line), "> "); ok {
				rows = append(rows, row)
			} else {
				lines = append(lines, strings.TrimSpace(line))
			}
		}
		r := Read(&onrecord.Article{Text: strings.Join(lines, "\n\n")})
		for _, row := range rows {
			words, names, ok := strings.Cut(row, " = ")
			if !ok {
				t.Fatalf("%q is no row", row)
			}
			if got, found := voice(r, words); !found {
				t.Errorf("%s\n%q stands in no statement", lines[0], words)
			} else if !slices.Contains(strings.Split(names, "/"), got) {
				t.Errorf("%s\n%q is said by %q, not by %q", lines[0], words, got, names)
			}
		}
	}
}

// voice is the name of the person or organisation that says the innermost statement with these words in its content, "?" for nobody
// with a name.
func voice(r *onrecord.Reading, words string) (name string, found bool) {
	shortest := 0
	for i := range r.Statements {
		s := &r.Statements[i]
		var content []string
		length := 0
		for _, c := range s.Content {
			content = append(content, c.Of(r.Article.Text))
			length += c.Len()
		}
		if !strings.Contains(strings.Join(content, " "), words) || found && length >= shortest {
			continue
		}
		name, found, shortest = "?", true, length
		for k := range r.Speakers {
			if sp := &r.Speakers[k]; sp.ID == s.Speaker && (sp.Kind == onrecord.Person || sp.Kind == onrecord.Organisation) {
				name = sp.Name
			}
		}
	}
	return name, found
}
