package feed

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
)

// long is the text of an article in paragraphs of HTML, and as it is read.
func long(n int) (markup, text string) {
	const p = "The lamp of Orm will be dark until the spring, said Tove Harr, who keeps it, and nobody on the council knows who is to pay."
	return strings.Repeat("<p>"+p+"</p>", n), strings.TrimSuffix(strings.Repeat(p+"\n\n", n), "\n\n")
}

// TestRead reads feeds of each format: of each entry its address, title, day, and the text where it is whole.
func TestRead(t *testing.T) {
	markup, text := long(6)
	short, _ := long(1)
	escape := strings.NewReplacer("<", "&lt;", ">", "&gt;").Replace
	entry := func(e Entry) string {
		s := strings.Join([]string{e.URL, e.Title, e.Outlet, e.Published.Value}, "|")
		if e.Feed {
			s += "|feed"
		}
		if e.Article != nil {
			s += fmt.Sprintf("|%s|%s|%v", e.Article.Byline, e.Article.Language, strings.HasSuffix(e.Article.Text, text))
		}
		return s
	}
	for _, c := range []struct {
		name, in string
		want     []string
	}{
		{
			"RSS", `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Orm Times</title><link>https://times.example/</link><language>en-GB</language>
<item><title>Lamp &amp; pier</title><link>/lamp#top</link><guid>g1</guid><dc:creator>Tove Harr</dc:creator><pubDate>Tue, 04 Mar 2031 10:05:00 +0100</pubDate><description>Dark.</description><content:encoded><![CDATA[` + markup + `]]></content:encoded></item>
<item><title>Ferry</title><link>https://times.example/ferry</link><pubDate>Wed, 5 Mar 2031 08:00 GMT</pubDate><description>` + escape(short) + `</description></item>
<item><title>Cut</title><link>https://times.example/cut</link><content:encoded><![CDATA[` + markup + `<p>Continue reading at the Times</p>]]></content:encoded></item>
<item><title>Dots</title><link>https://times.example/dots</link><description>` + escape(markup+markup+markup) + `[…]</description></item>
<item><title>In the description</title><link>https://times.example/whole</link><description>` + escape(markup+markup+markup) + `</description></item>
<item><title>No address</title></item></channel></rss>`,
			[]string{
				"https://times.example/lamp|Lamp & pier|Orm Times|2031-03-04T10:05:00+01:00|Tove Harr|en-GB|true", "https://times.example/ferry|Ferry|Orm Times|2031-03-05T08:00:00Z",
				"https://times.example/cut|Cut|Orm Times|", "https://times.example/dots|Dots|Orm Times|", "https://times.example/whole|In the description|Orm Times|||en-GB|true",
			},
		},
		{
			"Atom", `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Orm Times</title><entry><id>i1</id><title>Lamp</title><link rel="alternate" href="https://times.example/lamp"/><published>2031-03-04T10:05:00Z</published><updated>2031-03-06T00:00:00Z</updated><author><name>Tove Harr</name></author><content type="html">` + escape(markup) + `</content></entry><entry><title>Ferry</title><link href="https://times.example/ferry"/><updated>2031-03-06T00:00:00Z</updated><summary>Short.</summary></entry></feed>`,
			[]string{"https://times.example/lamp|Lamp|Orm Times|2031-03-04T10:05:00Z|Tove Harr|en|true", "https://times.example/ferry|Ferry|Orm Times|2031-03-06T00:00:00Z"},
		},
		{
			"RDF", `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Orm Times</title></channel><item><title>Lamp</title><link>https://times.example/lamp</link><dc:date>2031-03-04</dc:date></item></rdf:RDF>`,
			[]string{"https://times.example/lamp|Lamp|Orm Times|2031-03-04"},
		},
		{
			"JSON Feed", `{"version": "https://jsonfeed.org/version/1.1", "title": "Orm Times", "language": "en", "items": [{"id": "1", "url": "https://times.example/lamp", "title": "Lamp", "content_html": "` + markup + `", "date_published": "2031-03-04T10:05:00Z", "authors": [{"name": "Tove Harr"}]}, {"id": "2", "url": "https://times.example/ferry", "summary": "Short."}]}`,
			[]string{"https://times.example/lamp|Lamp|Orm Times|2031-03-04T10:05:00Z|Tove Harr|en|true", "https://times.example/ferry||Orm Times|"},
		},
		{
			"a sitemap for news", `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><loc>https://times.example/lamp</loc><news:news><news:publication><news:name>Orm Times</news:name><news:language>en</news:language></news:publication><news:publication_date>2031-03-04</news:publication_date><news:title>Lamp</news:title></news:news><image:image><image:loc>https://times.example/i.jpg</image:loc></image:image></url><url><loc>https://times.example/ferry</loc></url></urlset>`,
			[]string{"https://times.example/lamp|Lamp|Orm Times|2031-03-04", "https://times.example/ferry|||"},
		},
		{"an index of sitemaps", `<sitemapindex><sitemap><loc>https://times.example/news.xml</loc></sitemap></sitemapindex>`, []string{"https://times.example/news.xml||||feed"}},
		{"OPML", `<opml version="2.0"><body><outline text="Papers"><outline type="rss" text="Orm Times" xmlUrl="https://times.example/feed"/><outline text="A page" htmlUrl="https://x.example"/></outline></body></opml>`, []string{"https://times.example/feed|Orm Times|||feed"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			entries, err := Read([]byte(c.in), "")
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, e := range entries {
				got = append(got, entry(e))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNotRead(t *testing.T) {
	for _, c := range []struct {
		in   string
		want error
	}{
		{"<html/>", ErrNone},
		{"", ErrNone},
		{`{"version": "2"}`, ErrNone},
		{"The feed.", ErrNone},
		{"<rss><channel><title>x</title></channel></rss>", ErrEmpty},
		{"<opml/>", ErrEmpty},
		{"<rss>" + strings.Repeat("<a>", maxDepth) + "</rss>", ErrDeep},
	} {
		if _, err := Read([]byte(c.in), ""); !errors.Is(err, c.want) {
			t.Errorf("%.40q: %v", c.in, err)
		}
	}
	if _, err := Read([]byte("<urlset><url><loc>x</url"), ""); err == nil {
		t.Error("cut: no error")
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`<rss><channel><title>a</title><item><title>b</title><link>https://a.example</link><description>c</description></item></channel></rss>`))
	f.Add([]byte(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="x"/><content type="xhtml"><div>a</div></content></entry></feed>`))
	f.Add([]byte(`{"version": "https://jsonfeed.org/version/1", "items": [{"url": "https://a.example", "content_text": "b"}]}`))
	f.Add([]byte(`<urlset><url><loc>https://a.example</loc></url></urlset>`))
	f.Add([]byte(`<opml><outline xmlUrl="https://a.example"/></opml>`))
	f.Fuzz(func(t *testing.T, b []byte) {
		entries, err := Read(b, "https://times.example/feed")
		if (len(entries) == 0) == (err == nil) {
			t.Fatalf("%d entries, %v", len(entries), err)
		}
		for _, e := range entries {
			if a := e.Article; a != nil && (strings.TrimSpace(a.Text) == "" || strings.ToValidUTF8(a.Text, "") != a.Text || onrecord.ArticleID(a) == "") {
				t.Fatalf("%+v", a)
			}
		}
	})
}
