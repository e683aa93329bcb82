package source

import (
	azip "archive/zip"
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/source/fetch"
)

const (
	ferryPage = `<html lang="en"><head><title>Ferry stays in port</title><link rel="canonical" href="https://other.example/">
<meta property="article:published_time" content="2031-02-03T04:05:06Z"></head><body><article><h1>Ferry stays in port</h1>
<p>The ferry to Orm stayed in port for a third day on Monday, and the harbour office said that it did not know why.</p>
<p>“Nobody told us,” said Ada Lund, who runs the café on the quay and has sold no coffee since Friday.</p></article></body></html>`
	ferryText = "Ferry stays in port\n\nThe ferry to Orm stayed in port for a third day on Monday, and the harbour office said that it did not know why.\n\n" +
		"“Nobody told us,” said Ada Lund, who runs the café on the quay and has sold no coffee since Friday."
)

// captured is the WARC record of a page.
func captured(url, contentType, body string) string {
	block := "HTTP/1.1 200 OK\r\nContent-Type: " + contentType + "\r\n\r\n" + body
	return fmt.Sprintf("WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nWARC-Date: 2031-03-01T00:00:00Z\r\n"+
		"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", url, len(block), block)
}

func latin(s string) string {
	return strings.NewReplacer("é", "\xe9", "“", "&ldquo;", "”", "&rdquo;").Replace(s)
}

// TestArchives reads web archives. Pages keep the address they were captured from, whatever they call their own, and the day that
// they say, never that of the capture.
func TestArchives(t *testing.T) {
	ferry := captured("https://orm.example/ferry", "text/html", ferryPage)
	empty := captured("https://orm.example/empty", "text/html", "<html><title>x</title></html>")
	image := captured("https://orm.example/i.png", "image/png", "\x89PNG")
	cut := captured("https://orm.example/cut", "text/html", ferryPage)[:300]
	const article = "https://orm.example/ferry 2031-02-03T04:05:06Z " + ferryText
	wacz := func(method uint16, files ...string) string {
		var b bytes.Buffer
		z := azip.NewWriter(&b)
		for i := 0; i < len(files); i += 2 {
			w, err := z.CreateHeader(&azip.FileHeader{Name: files[i], Method: method})
			if err != nil {
				t.Fatal(err)
			}
			w.Write([]byte(files[i+1]))
		}
		z.Close()
		return b.String()
	}
	for _, c := range []struct {
		name, data string
		want       []string
	}{
		{"a.warc", image + ferry + empty + image, []string{article, fmt.Sprintf("!a.warc: record at byte %d, https://orm.example/empty: no article on the page", len(image+ferry))}},
		{"a.warc.gz", gz(image) + gz(ferry) + gz(empty) + gz(ferry), []string{
			article, fmt.Sprintf("!a.warc.gz: record at byte %d, https://orm.example/empty: no article on the page", len(gz(image)+gz(ferry))), article,
		}},
		{"cut.warc", ferry + cut + ferry, []string{article, fmt.Sprintf("!cut.warc: record at byte %d, https://orm.example/cut: wrong record length", len(ferry)), article}},
		{"cut.warc.gz", gz(ferry) + gz(ferry)[:200], []string{article, fmt.Sprintf("!cut.warc.gz: record at byte %d, https://orm.example/ferry: truncated gzip data", len(gz(ferry)))}},
		{"latin.warc", captured("https://orm.example/ferry", "text/html; charset=iso-8859-1", latin(ferryPage)), []string{article}},
		{"images.warc", image, []string{"!images.warc: no HTML page in the archive"}},
		{"empty.warc", "", []string{"!empty.warc: empty: nothing to read"}},
		{"other.warc.gz", gz("other"), []string{"!other.warc.gz: record at byte 0: truncated record"}},
		{"a.wacz", wacz(azip.Store, "archive/one.warc.gz", gz(ferry)+gz(empty), "pages/pages.jsonl", "{}", "archive/two.warc", ferry), []string{
			article, fmt.Sprintf("!a.wacz: archive/one.warc.gz: record at byte %d, https://orm.example/empty: no article on the page", len(gz(ferry))), article,
		}},
		{"deflated.wacz", wacz(azip.Deflate, "archive/one.warc.gz", gz(ferry)), []string{"!deflated.wacz: archive/one.warc.gz: compressed inside the WACZ file; it must be stored uncompressed"}},
		{"none.wacz", wacz(azip.Store, "pages/pages.jsonl", "{}"), []string{"!none.wacz: no HTML page in the archive"}},
		{"no.wacz", "no", []string{"!no.wacz: corrupt WACZ file: zip: not a valid zip file"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			if err := os.WriteFile(c.name, []byte(c.data), 0o600); err != nil {
				t.Fatal(err)
			}
			var got []string
			for i := range Paths(t.Context(), []string{c.name}, nil) {
				if a := i.Article; a != nil {
					got = append(got, a.URL+" "+a.Published.Value+" "+a.Text)
				} else {
					got = append(got, "!"+i.Refusal.Error())
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
			all(t, []string{c.name}, "") // bytes and ids
		})
	}
}

func TestArchiveFromStdin(t *testing.T) {
	for _, in := range []string{captured("https://orm.example/ferry", "text/html", ferryPage), gz(captured("https://orm.example/ferry", "text/html", ferryPage))} {
		articles, refused := all(t, []string{"-"}, in)
		if diff := cmp.Diff([]string{"-: " + errStdin.Error()}, refused); diff != "" || articles != nil {
			t.Error(diff)
		}
	}
}

func TestCancelledArchive(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("a.warc", []byte(strings.Repeat(captured("https://orm.example/ferry", "text/html", ferryPage), 9)), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	n := 0
	for range Paths(ctx, []string{"a.warc", "a.warc"}, nil) {
		if n++; n == 3 {
			cancel()
		}
	}
	if n != 3 {
		t.Errorf("%d items", n)
	}
}

// TestWire holds that formats of news agencies are known by their content.
func TestWire(t *testing.T) {
	nitf := `<nitf><head><docdata><doc-id id-string="n1"/></docdata></head><body><body.content><p>The ferry stayed.</p></body.content></body></nitf>`
	ninjs := `{"uri": "n1", "versioncreated": "2031-02-03", "body_text": "The ferry stayed."}`
	item := `<newsItem guid="n1"><contentSet><inlineData>The ferry stayed.</inlineData></contentSet></newsItem>`
	message := `<newsMessage><itemSet>` + item + strings.Replace(item, "The ferry stayed.", " ", 1) + item + `</itemSet></newsMessage>`
	const article = "n1 The ferry stayed."
	for _, c := range []struct {
		name, data string
		want       []string
	}{
		{"a.xml", nitf, []string{article}},
		{"a.xml.gz", gz(nitf), []string{article}},
		{"b.xml", message, []string{article, "!b.xml: n1: no text in the item", article}},
		{"c.xml", "<?xml version='1.0'?>" + ferryPage[:5] + ` xmlns="http://www.w3.org/1999/xhtml"` + ferryPage[5:], []string{" " + ferryText}},
		{"d.xml", "<svg/>", []string{"!d.xml: not a supported news agency format (ninjs, NewsML-G2, NITF): its root is <svg>"}},
		{"e.xml", "", []string{"!e.xml: empty: nothing to read"}},
		{"a.json", ninjs, []string{article}},
		{"b.json", "[" + ninjs + ", " + story + "]", []string{article, " The boat left."}},
		{"a.jsonl", ninjs + "\n" + story + strings.Replace(ninjs, `"uri"`, `"pubstatus": "withheld", "uri"`, 1) + "\n", []string{article, " The boat left.", "!a.jsonl:3: withheld or cancelled by its sender"}},
		{"long.jsonl", `{"body_text": "` + strings.Repeat("a", MaxText+1) + `"}`, []string{"!long.jsonl:1: larger than 16 MB"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			if err := os.WriteFile(c.name, []byte(c.data), 0o600); err != nil {
				t.Fatal(err)
			}
			var got []string
			for i := range Paths(t.Context(), []string{"."}, nil) {
				if i.Article != nil {
					got = append(got, i.Article.ExternalID+" "+i.Article.Text)
				} else {
					got = append(got, "!"+i.Refusal.Error())
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
			all(t, []string{c.name}, "")
		})
	}
	articles, refused := all(t, []string{"-"}, " "+nitf)
	if len(articles) != 1 || articles[0].ExternalID != "n1" {
		t.Errorf("from standard input: %+v, refused %q", articles, refused)
	}
}

// TestWeb reads pages from a server on the loopback, and refuses to when not told that it may.
func TestWeb(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/robots.txt":
			fmt.Fprint(w, "User-agent: *\nDisallow: /private")
		case "/ferry":
			w.Header().Set("Content-Type", "text/html; charset=iso-8859-1")
			fmt.Fprint(w, latin(ferryPage))
		case "/old":
			http.Redirect(w, r, "/ferry", http.StatusMovedPermanently)
		case "/image":
			w.Header().Set("Content-Type", "image/png")
		case "/none":
			w.Header().Set("Content-Type", "text/html")
		default:
			http.NotFound(w, r)
		}
	}))
	defer s.Close()
	paths := []string{s.URL + "/ferry", s.URL + "/private", s.URL + "/old", s.URL + "/image", s.URL + "/none", s.URL + "/gone", "missing.txt"}
	var articles []*onrecord.Article
	var refused []string
	for i := range from(t.Context(), paths, nil, fetch.Options{Private: true}) {
		if i.Article != nil {
			articles = append(articles, i.Article)
		} else {
			refused = append(refused, strings.ReplaceAll(i.Refusal.Error(), s.URL, "SITE"))
		}
	}
	want := &onrecord.Article{
		URL: s.URL + "/ferry", Outlet: "127.0.0.1", Title: "Ferry stays in port", Language: "en", Text: ferryText, File: s.URL + "/ferry",
		Published: onrecord.Published{Value: "2031-02-03T04:05:06Z", Precision: "second", Basis: "page"},
	}
	want.ID = onrecord.ArticleID(want)
	again := *want
	again.File = s.URL + "/old"
	ignoreOutlet := cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Outlet" }, cmp.Ignore())
	if diff := cmp.Diff([]*onrecord.Article{want, &again}, articles, ignoreOutlet); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{
		"SITE/private: disallowed by robots.txt", `SITE/image: content type "image/png" instead of HTML`, "SITE/none: no article on the page",
		"SITE/gone: the server answered 404 Not Found", "missing.txt: no such file or directory",
	}, refused); diff != "" {
		t.Error(diff)
	}
	if _, refused := all(t, []string{s.URL + "/ferry"}, ""); len(refused) != 1 || !strings.HasSuffix(refused[0], fetch.ErrPrivate.Error()) {
		t.Errorf("the loopback: %q", refused)
	}
}

// TestFetching follows a list of feeds to a feed and to the pages that it names, each once, and nothing without being asked to.
func TestFetching(t *testing.T) {
	asked := map[string]int{}
	var s *httptest.Server
	s = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked[r.URL.Path]++
		switch r.URL.Path {
		case "/feed":
			w.Header().Set("Content-Type", "application/rss+xml")
			fmt.Fprintf(w, `<rss><channel><title>Orm Times</title><link>%s</link><item><title>x</title><link>/ferry</link><pubDate>Wed, 05 Feb 2031 08:00:00 GMT</pubDate></item><item><title>Whole</title><link>/whole</link><description>%s</description></item><item><link>/gone</link></item></channel></rss>`,
				s.URL, strings.Repeat("&lt;p>The ferry stayed.&lt;/p>", 100))
		case "/ferry":
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, strings.Replace(ferryPage, "article:published_time", "x", 1))
		default:
			http.NotFound(w, r)
		}
	}))
	defer s.Close()
	t.Chdir(t.TempDir())
	for name, data := range map[string]string{
		"a.opml": `<opml><body><outline xmlUrl="` + s.URL + `/feed"/></body></opml>`,
		"b.txt":  s.URL + "/ferry\n" + s.URL + "/feed\n",
	} {
		if err := os.WriteFile(name, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	add := func(i Item) {
		switch {
		case i.Article != nil:
			got = append(got, strings.Join([]string{i.Article.URL, i.Article.Title, i.Article.Published.Value, i.Article.Published.Basis}, " "))
		case i.Listed != nil:
			got = append(got, "listed "+i.Listed.URL)
		default:
			got = append(got, i.Refusal.Error())
		}
		got[len(got)-1] = strings.ReplaceAll(got[len(got)-1], s.URL, "SITE")
	}
	for i := range fetching(t.Context(), []string{"a.opml", "b.txt"}, nil, fetch.Options{Private: true}) {
		add(i)
	}
	if diff := cmp.Diff([]string{"SITE/ferry Ferry stays in port 2031-02-05T08:00:00Z feed", "SITE/whole Whole  ", "SITE/gone: the server answered 404 Not Found"}, got); diff != "" {
		t.Error(diff)
	}
	got = nil
	for i := range from(t.Context(), []string{"a.opml", s.URL + "/feed"}, nil, fetch.Options{Private: true}) {
		add(i)
	}
	if diff := cmp.Diff([]string{"listed SITE/feed", "listed SITE/ferry", "SITE/whole Whole  ", "listed SITE/gone"}, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[string]int{"/robots.txt": 2, "/feed": 2, "/ferry": 1, "/gone": 1}, asked); diff != "" {
		t.Error(diff)
	}
}
