package page

import (
	"strings"
	"testing"
)

const lighthouse = `<p>The lighthouse board of Orm said on Monday that the lamp would be dark until the spring, as the lens had split in the frost.</p>
<p>“Nobody could have kept it whole in such a winter,” said Tove Harr, who keeps the light. She asked boats to wait for day.</p>
<p>A glazier from the mainland will look at the lens in February, and the board expects to pay 40,000 crowns for a new one.</p>`

// TestTidy holds what is kept of a page and what is left out of it.
func TestTidy(t *testing.T) {
	const comments = `<div><b>Gull</b><p>The board lied to us, as it always has, and everybody on the quay knows it.</p></div><div><b>Tern</b><p>Harr told me so herself at the bakery.</p></div>`
	for _, c := range []struct {
		name, page   string
		keeps, lacks string // parts with "|" between
	}{
		{"a table that lays out the page", `<table width="700"><tr><td><a href="/">Home</a></td><td><h1>Lamp dark</h1>` + strings.ReplaceAll(lighthouse, "Tove Harr", "<b>Tove Harr</b>") + `</td></tr></table>`, "said Tove Harr, who keeps|40,000 crowns", "Home"},
		{"tables in tables", `<table><tr><td><table><tr><td>` + strings.ReplaceAll(lighthouse, "40,000", "<i>40,000</i>") + `</td></tr></table></td></tr></table>`, "to pay 40,000 crowns", ""},
		{"comments counted", `<article><h1>Lamp dark</h1>` + lighthouse + `<h3>2 responses to “Lamp dark”</h3>` + comments + `</article>`, "40,000 crowns", "board lied|bakery"},
		{"comments named", `<article><h1>Lamp dark</h1>` + lighthouse + `<div><h4>Have your say</h4></div>` + comments + `</article>`, "40,000 crowns", "board lied|bakery"},
		{"comments under a line in bold", `<article><h1>Lamp dark</h1>` + lighthouse + `<strong>Comments:</strong>` + comments + `</article>`, "40,000 crowns", "board lied|bakery"},
		{"a heading after comments", `<article><h1>Lamp dark</h1>` + lighthouse + `<h2>Comments</h2>` + comments + `<h2>What comes next</h2><p>The board meets again in March to hear the glazier, and to choose who will pay for the lens.</p></article>`, "meets again in March", "board lied"},
		{"a heading about comments of somebody", `<article><h1>Lamp dark</h1>` + lighthouse + `<h2>Warden’s comments condemned</h2><p>The warden’s words on the frost were condemned by three of the five members of the board.</p></article>`, "condemned by three", ""},
		{"comments told of above the article", `<article><h1>Lamp dark</h1><p>2 comments</p>` + lighthouse + `</article>`, "40,000 crowns", ""},
		{"a link between paragraphs", `<article><h1>Lamp dark</h1>` + lighthouse + `<p><a href="/x">Harbour dues to double, treasurer warns</a></p><p>The board will publish the glazier’s bill in full, it said.</p></article>`, "glazier’s bill", "treasurer warns"},
		{"a link after a lead-in", `<article><h1>Lamp dark</h1>` + lighthouse + `<p>Read more: <a href="/x">“We will strike,” says pilot Falk</a></p></article>`, "40,000 crowns", "pilot Falk"},
		{"a link in a sentence", `<article><h1>Lamp dark</h1>` + lighthouse + `<p>The bill, <a href="/x">the board said in a letter to members</a>, will be public.</p></article>`, "in a letter to members", ""},
		{"a name that is a link", `<article><h1>Lamp dark</h1>` + lighthouse + `<p><a href="/x">Odile Karst</a></p></article>`, "40,000 crowns", ""},
		{"the footer of a quotation", `<article><h1>Lamp dark</h1>` + lighthouse + `<blockquote><p>“We had warned them of the frost.”</p><footer>Ned Ostler</footer></blockquote></article>`, "warned them|Ned Ostler", ""},
		{"paragraphs that are blocks", `<article><h1>Lamp dark</h1><div><p>` + strings.NewReplacer("<p>", `<div class="x">`, "</p>", "</div>").Replace(lighthouse) + `</div></article>`, "Tove Harr|40,000 crowns", ""},
	} {
		a, err := Article([]byte("<!doctype html><html><head><title>Lamp dark</title></head><body>"+c.page+"</body></html>"), "")
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		for part := range strings.SplitSeq(c.keeps, "|") {
			if !strings.Contains(a.Text, part) {
				t.Errorf("%s: %q is not in %q", c.name, part, a.Text)
			}
		}
		for part := range strings.SplitSeq(c.lacks, "|") {
			if part != "" && strings.Contains(a.Text, part) {
				t.Errorf("%s: %q is in %q", c.name, part, a.Text)
			}
		}
	}
}

// TestShown reads the day and the authors from the lines above an article, and the day from its address.
func TestShown(t *testing.T) {
	for _, c := range []struct{ line, url, day, basis, byline string }{
		{`<span>Published: 4 March 2031, 10:05</span>`, "", "2031-03-04", "page", ""},
		{`<p>Posted on Tuesday, March 4th, 2031</p>`, "", "2031-03-04", "page", ""},
		{`<div class="dateline">ORM, 4 March 2031</div>`, "", "2031-03-04", "page", ""},
		{`<time datetime="2031-03-04">yesterday</time>`, "", "2031-03-04", "page", ""},
		{`<p>Last updated: <time datetime="2031-03-06">6 March</time></p>`, "", "", "", ""},
		{`<p>Last updated: 6 March 2031</p>`, "", "", "", ""},
		{`<p>Updated 6 March 2031 | Published 4 March 2031</p>`, "", "2031-03-04", "page", ""},
		{`<p>The board had met on 4 March 2031.</p>`, "", "", "", ""},
		{`<p>The report, published on 4 March 2031, said so.</p>`, "", "", "", ""},
		{``, "https://times.example/2031/03/04/lamp", "2031-03-04", "address", ""},
		{``, "https://times.example/2031/mar/04/lamp", "2031-03-04", "address", ""},
		{``, "https://times.example/2031/03/lamp", "2031-03", "address", ""},
		{``, "https://times.example/2031/33/lamp", "", "", ""},
		{`<p class="byline">By Odile Karst, Harbour Editor | Updated 4 March 2031</p>`, "", "", "", "Odile Karst"},
		{`<p class="byline">By ODILE KARST and NED van OSTLER</p>`, "", "", "", "ODILE KARST, NED van OSTLER"},
		{`<p class="author">Staff</p>`, "", "", "", ""},
		{`<p class="author">STAFF NOVEMBER</p>`, "", "", "", ""},
		{`<p class="byline">Gull commented on this</p>`, "", "", "", ""},
	} {
		a, err := Article([]byte("<html><body><article><h1>Lamp dark</h1>"+c.line+lighthouse+"</article></body></html>"), c.url)
		if err != nil {
			t.Errorf("%s: %v", c.line, err)
			continue
		}
		if a.Published.Value != c.day || a.Published.Basis != c.basis || a.Byline != c.byline {
			t.Errorf("%s %s: %+v, %q", c.line, c.url, a.Published, a.Byline)
		}
	}
}
