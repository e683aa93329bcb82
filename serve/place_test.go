package serve

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/onrecord/onrecord/ledger"
)

// On a story's page a passage opens in its place and closes again; links to sections and speakers stay in view beside them; a story of several
// articles is no longer than a few screens.
func TestPassageInItsPlace(t *testing.T) {
	p := person{t, browse(t)}
	l := example(t)
	site := httptest.NewServer(New(l))
	defer site.Close()
	rows, _, err := l.Stories(t.Context(), ledger.StoryFilter{Speaker: "Marden"})
	if err != nil || len(rows) == 0 {
		t.Fatal(err)
	}
	p.does(chromedp.EmulateViewport(1280, 900), chromedp.Navigate(site.URL+"/story/"+rows[len(rows)-1].ID))
	if long := p.sees(`String(document.documentElement.scrollHeight < 6000)`); long != "true" {
		t.Error("the page of the story is longer than 6,000 pixels:", p.sees(`String(document.documentElement.scrollHeight)`))
	}
	p.sees(`document.querySelector("#disputes a.in-place").click(), ""`)
	p.until(`Boolean(document.querySelector("blockquote.passage mark.content"))`)
	said := p.sees(`document.querySelector("#disputes .quote").textContent.trim()`)
	if got := p.sees(`document.querySelector("blockquote.passage mark.content").textContent`); got == "" || !strings.Contains(said, got) && !strings.Contains(got, said) {
		t.Errorf("%q is shown for %q", got, said)
	}
	if at := p.sees("location.pathname"); !strings.HasPrefix(at, "/story/") {
		t.Error("the page has changed to", at)
	}
	p.sees(`document.querySelector("#disputes a.in-place").click(), ""`)
	p.until(`!document.querySelector("blockquote.passage")`)
	p.sees(`window.scrollTo(0, 3000), ""`)
	if top := p.sees(`String(document.querySelector(".jump").getBoundingClientRect().top >= 0)`); top != "true" {
		t.Error("the links to sections are out of view")
	}
}
