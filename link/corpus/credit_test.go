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

// TestCredits holds how an article credits another outlet, and that what is shown of it stands in the article, in whole words.
func TestCredits(t *testing.T) {
	const body = "The ferry left Brask before dawn. "
	for _, c := range []struct {
		text, outlet string
		want         Credited
	}{
		{body + "This story first appeared in the Brask Gazette.", "Brask Gazette", Credited{"dawn. This story first appeared in the Brask Gazette.", true}},
		{"(Northwire) " + body, "Northwire", Credited{"(Northwire) The ferry left Brask before dawn.", true}},
		{body + "\n© 2031 The Brask Gazette", "The Brask Gazette", Credited{"© 2031 The Brask Gazette", true}},
		{body + "Nobody paid for it, the Brask Gazette reported.", "Brask Gazette", Credited{"before dawn. Nobody paid for it, the Brask Gazette reported.", false}},
		{"The Brask Gazette reported a leak. " + body + "\nThe Brask Gazette contributed to this report.", "Brask Gazette", Credited{"The Brask Gazette contributed to this report.", true}},
		{"İn Brask, the İzmit Post reported a leak.", "İzmit Post", Credited{"İn Brask, the İzmit Post reported a leak.", false}},
		{body + "He reads the Brask Gazette.", "Brask Gazette", Credited{}},
		{body + "The Posters were torn down.", "Post", Credited{}},
	} {
		if got := Credits(&onrecord.Article{Text: c.text}, c.outlet); got != c.want {
			t.Errorf("%q: %+v, want %+v", c.text, got, c.want)
		}
	}
}
