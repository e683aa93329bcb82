package serve

import (
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
)

// A figure is said as the article says it, with what bounds it.
func TestSaidAsPrinted(t *testing.T) {
	for _, c := range []struct{ text, words, comparator, want string }{
		{"“More than 90 percent of the piers rotted,” she said.", "90 percent", ">", "More than 90 percent"},
		{"Fewer than 12 boats sank.", "12", "<", "Fewer than 12"},
		{"Some 400 walked.", "400", "~", "Some 400"},
		{"They lost 12 or more, it said.", "12", ">", "12 or more"},
		{"Exactly 14 sank.", "14", "=", "14"},
		{"The toll, which passed the mark of 300 on Sunday.", "300", ">", "more than or at least 300"},
		{"At least\nOne more line with 7.", "7", ">", "more than or at least 7"},
	} {
		at := strings.Index(c.text, c.words)
		f := &onrecord.Figure{Span: onrecord.Span{Start: at, End: at + len(c.words)}, Comparator: c.comparator}
		if got := inPrint(c.text, f); got != c.want {
			t.Errorf("%s: %q, want %q", c.text, got, c.want)
		}
	}
}

// The story's page leads with what it comes to, each line a link to its proof.
func TestBrief(t *testing.T) {
	n := newNewsdesk(t)
	page := n.gets("/story/" + n.story())
	brief, _, _ := strings.Cut(page[strings.Index(page, `<dl class="brief">`):], "</dl>")
	for _, want := range []string{"Most printed", `href="/utterance/u`, "Figure given last", "More than 80", `href="/measure/m`, "Denied by Marvenia", `href="/dispute/d`, `href="#reports"`, "3 of 4 articles"} {
		if !strings.Contains(brief, want) {
			t.Errorf("the brief has no %s: %s", want, brief)
		}
	}
	if strings.Index(page, `id="disputes"`) > strings.Index(page, `id="statements"`) || strings.Index(page, `id="articles"`) < strings.Index(page, `id="statements"`) {
		t.Error("disputes come first, articles last")
	}
	if strings.Contains(n.gets("/story/"+n.story()+"?outlet=Northwire"), `class="brief"`) {
		t.Error("a part of the story has the brief of the whole")
	}
}
