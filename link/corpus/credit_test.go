package corpus

import (
	"slices"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
)

// TestSources holds what an article says of its own sources in a line at its end, and that nothing else is taken for one.
func TestSources(t *testing.T) {
	body := strings.Repeat("The ferry left Brask before dawn and nobody waved. ", 10)
	for _, c := range []struct {
		end  string
		want []string
	}{
		{"[The Guardian] [BBC]", []string{"The Guardian", "BBC"}},
		{"Sources: Tass, Interfax", []string{"Tass", "Interfax"}},
		{"Source: the Brask Gazette.", []string{"the Brask Gazette"}},
		{"Via: CNN and Reuters", []string{"CNN", "Reuters"}},
		{"[Laughter] [Applause]", nil},
		{"Photograph: Reuters", nil},
		{"Source: a fisherman who asked not to be named", nil},
		{"The BBC said so.", nil},
		{"", nil},
	} {
		if got := Sources(&onrecord.Article{Text: body + "\n\n" + c.end + "\n"}); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.end, got, c.want)
		}
	}
	if got := Sources(&onrecord.Article{Text: "[BBC]"}); !slices.Equal(got, []string{"BBC"}) {
		t.Errorf("a short text: %q", got)
	}
}
