package page

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/hostile"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGolden extracts the pages of testdata and compares them with the .golden files beside them.
func TestGolden(t *testing.T) {
	pages, err := filepath.Glob("testdata/*.html")
	if err != nil || len(pages) == 0 {
		t.Fatal("no pages", err)
	}
	for _, name := range pages {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		a, err := Article(b, "")
		got := fmt.Sprint("error: ", err, "\n")
		if err == nil {
			got = fmt.Sprintf("url: %s\noutlet: %s\ntitle: %s\nbyline: %s\npublished: %s %s %s\nlanguage: %s\n\n%s\n",
				a.URL, a.Outlet, a.Title, a.Byline, a.Published.Value, a.Published.Precision, a.Published.Basis, a.Language, a.Text)
		}
		golden := strings.TrimSuffix(name, ".html") + ".golden"
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestPublished finds the day of publication in what a page says of itself, and only there.
func TestPublished(t *testing.T) {
	const body = `<body><article><h1>Ferry stays</h1><p>The ferry stayed in port on March 3, 2029, the harbour office said.</p>
<figure><img src="x.jpg"><figcaption>The ferry on April 4, 2030. File photo</figcaption></figure>
<p>Updated 2031-05-06.</p></article><footer>© 2034 Orm Times</footer></body>`
	for _, c := range []struct{ head, want string }{
		{``, ""},
		{`<meta name="copyright" content="2034">`, ""},
		{`<meta property="article:modified_time" content="2031-01-02">`, ""},
		{`<meta property="article:published_time" content="yesterday">`, ""},
		{`<meta property="article:published_time" content="2031-01-02T03:04:05+02:00">`, "2031-01-02T03:04:05+02:00"},
		{`<meta name="date" content="2031-01-09"><meta name="DC.date.issued" content="2031-01-02">`, "2031-01-02"},
		{`<meta itemprop="datePublished" content="2 January 2031">`, "2031-01-02"},
		{`<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "datePublished": "2020-01-01"}, {"@type": ["NewsArticle"], "datePublished": "2031-01-02T10:00Z"}]}</script>`, "2031-01-02T10:00Z"},
		{`<script type="application/ld+json">{"@type": "ImageObject", "datePublished": "2031-01-02"}</script>`, ""},
		{`<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": 2031}</script>`, ""},
		{`<script type="application/ld+json">{"@type": </script>`, ""},
		{`<script type="application/ld+json">` + strings.Repeat(`{"@graph":`, 100000) + `</script>`, ""},
	} {
		a, err := Article([]byte("<html><head>"+c.head+"</head>"+body+"</html>"), "")
		if err != nil {
			t.Errorf("%s: %v", c.head, err)
			continue
		}
		if a.Published.Value != c.want || c.want != "" && a.Published.Basis != "page" {
			t.Errorf("%s: %+v", c.head, a.Published)
		}
	}
	a, err := Article([]byte("<html>"+strings.Replace(body, "<p>Updated", `<time itemprop="datePublished" datetime="2031-01-02">today</time><p>Updated`, 1)+"</html>"), "")
	if err != nil || a.Published.Value != "2031-01-02" {
		t.Errorf("<time>: %+v, %v", a, err)
	}
}

func TestDates(t *testing.T) {
	for _, c := range []struct{ in, want, precision string }{
		{"2031-01-02T03:04:05Z", "2031-01-02T03:04:05Z", "second"},
		{"2031-01-02T03:04:05.678+01:00", "2031-01-02T03:04:05+01:00", "second"},
		{"2031-01-02T03:04:05-0500", "2031-01-02T03:04:05-05:00", "second"},
		{"2031-01-02T03:04:05", "2031-01-02T03:04:05", "second"},
		{"2031-01-02 03:04", "2031-01-02T03:04", "minute"},
		{"2031-01-02T03:04Z", "2031-01-02T03:04Z", "minute"},
		{" 2031-01-02 ", "2031-01-02", "day"},
		{"20310102", "2031-01-02", "day"},
		{"January 2, 2031", "2031-01-02", "day"},
		{"Thursday, 2 January 2031", "2031-01-02", "day"},
		{"Thu, 02 Jan 2031 03:04:05 GMT", "2031-01-02T03:04:05Z", "second"},
		{"Thu, 2 Jan 2031 03:04:05 -0700", "2031-01-02T03:04:05-07:00", "second"},
		{"2031-01", "2031-01", "month"},
		{"2031", "2031", "year"},
		{"2031-02-30", "", ""},
		{"02/01/2031", "", ""},
		{"1200-01-01", "", ""},
		{"Thursday", "", ""},
		{"", "", ""},
	} {
		want := onrecord.Published{Value: c.want, Precision: c.precision}
		if c.want != "" {
			want.Basis = "given"
		}
		if got := Published(c.in, "given"); got != want {
			t.Errorf("%q: %+v", c.in, got)
		}
	}
}

func TestRefused(t *testing.T) {
	for _, c := range []struct {
		name, html string
		want       error
	}{
		{"deep", strings.Repeat("<div>", 100_000) + "text", ErrTooDeep},
		{"deep in inline elements", strings.Repeat("<b>", 100_000) + "text", ErrTooDeep},
		{"wide", strings.Repeat("<p>text", 500_000), ErrTooMany},
		{"wide inside the limit of tags", strings.Repeat("<p>text", maxElements+1), ErrTooMany},
		{"lists in lists", strings.Repeat("<ul><li>", 200) + strings.Repeat("<p>text", 3000), ErrTooMany},
		{"spans in spans", strings.Repeat("<span>", 400) + strings.Repeat("<p>text", 3000), ErrTooMany},
		{"much text in lists", strings.Repeat("<ul><li>", 200) + strings.Repeat("text ", 200_000), ErrTooMany},
		{"empty", "", ErrNoArticle},
		{"no text", "<html><head><title>x</title></head><body><img></body></html>", ErrNoArticle},
	} {
		if _, err := Article([]byte(c.html), ""); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// A page of very many paragraphs is read at a cost that grows with their number, with the same metadata as others.
func TestManyParagraphs(t *testing.T) {
	const paragraphs = 30_000
	page := []byte(`<html lang="en"><head><title>The long log</title><meta name="author" content="Odile Karst"></head><body><nav><p>Menu</p></nav><article>` +
		strings.Repeat("<p>The <b>harbour</b> is closed today.</p>", paragraphs) + "</article></body></html>")
	var a *onrecord.Article
	var err error
	n := hostile.Allocated(func() { a, err = Article(page, "https://times.example/log") })
	if err != nil {
		t.Fatal(err)
	}
	if want := "The long log" + strings.Repeat("\n\nThe harbour is closed today.", paragraphs); a.Text != want {
		t.Errorf("%d bytes of text, want %d: %.200q", len(a.Text), len(want), a.Text)
	}
	if a.Title != "The long log" || a.Byline != "Odile Karst" || a.Language != "en" || a.Outlet != "times.example" {
		t.Errorf("title %q, byline %q, language %q, outlet %q", a.Title, a.Byline, a.Language, a.Outlet)
	}
	if n > 150*len(page) {
		t.Errorf("%d bytes allocated for a page of %d", n, len(page))
	}
}

func TestEncodings(t *testing.T) {
	const text = "The caf\xe9 on the quay is shut, said its owner, \x93for good\x94."
	const want = "The café on the quay is shut, said its owner, “for good”."
	for _, c := range []struct{ name, page string }{
		{"declared", `<meta charset="windows-1252"><p>` + text},
		{"declared otherwise", `<meta charset="iso-8859-1"><p>` + text},
		{"undeclared", "<p>" + text},
		{"UTF-8 against its declaration", `<meta charset="iso-8859-1"><p>` + want},
		{"mark", "\ufeff<p>" + want},
	} {
		a, err := Article([]byte(c.page), "")
		if err != nil || a.Text != want {
			t.Errorf("%s: %v, %v", c.name, a, err)
		}
	}
	if a, err := Article([]byte(`<meta charset="utf-8"><p>Shut: caf`+"\xe9 and the rest."), ""); err != nil || !utf8.ValidString(a.Text) {
		t.Errorf("declared as UTF-8, but not: %v, %v", a, err)
	}
}

// TestURL takes a page's own address before the one it was read from.
func TestURL(t *testing.T) {
	const body = "<p>The ferry stayed in port, the harbour office said.</p>"
	a, err := Article([]byte(body), "https://times.example/ferry?utm=1")
	if err != nil || a.URL != "https://times.example/ferry?utm=1" || a.Outlet != "times.example" {
		t.Errorf("%+v, %v", a, err)
	}
	a, err = Article([]byte(`<head><link rel="canonical" href="https://times.example/ferry"></head>`+body), "https://times.example/ferry?utm=1")
	if err != nil || a.URL != "https://times.example/ferry" {
		t.Errorf("%+v, %v", a, err)
	}
}

func FuzzArticle(f *testing.F) {
	pages, _ := filepath.Glob("testdata/*.html")
	for _, name := range pages {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		a, err := Article(b, "https://times.example/")
		if (a == nil) == (err == nil) {
			t.Fatal("neither or both of article and error")
		}
		if err == nil && (strings.TrimSpace(a.Text) == "" || !utf8.ValidString(a.Text)) {
			t.Fatalf("text: %q", a.Text)
		}
	})
}
