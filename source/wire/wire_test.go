package wire

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
)

const body = "The ferry to Orm stayed in port.\n\n“Nobody told us why,” said Ada Lund."

// sent is what every fixture says, but for what a case changes.
func sent(change func(*onrecord.Article)) *onrecord.Article {
	a := &onrecord.Article{
		ExternalID: "urn:newsml:orm.example:20310203:1", Outlet: "Orm Wire", Title: "Ferry stays in port", Byline: "Nils Berg",
		Published: onrecord.Published{Value: "2031-02-03T04:05:06+01:00", Precision: "second", Basis: "given"},
		Language:  "en-GB", Text: body,
	}
	if change != nil {
		change(a)
	}
	return a
}

func quoted(s string) string { return fmt.Sprintf("%q", s) }

const xhtml = "<p>The ferry to\n <b>Orm</b> stayed in port.</p><figure><p>A ferry.</p></figure><p>“Nobody told us why,”  said Ada&#32;Lund.</p>"

func TestJSON(t *testing.T) {
	const one = `"uri": "urn:newsml:orm.example:20310203:1", "type": "text", "versioncreated": "2031-02-03T04:05:06+01:00",
		"firstcreated": "2030-01-01T00:00:00Z", "language": "en-GB", "copyrightholder": "Orm Wire",`
	const two = one + `"headlines": [{"role": "short", "value": "Ferry"}, {"role": "main", "value": "Ferry stays in port"}], "by": "Nils Berg",`
	for _, c := range []struct {
		name, json string
		want       any
	}{
		{
			"1, plain", `{` + one + `"headline": "Ferry stays in port", "byline": "By Nils Berg", "body_text": ` + quoted(body+"\n") + `}`,
			sent(func(a *onrecord.Article) { a.Text += "\n" }),
		},
		{"1, both", `{` + one + `"headline": " Ferry stays\nin port", "byline": "Nils Berg", "body_text": "x", "body_xhtml": ` + quoted(xhtml) + `}`, sent(nil)},
		{"1, source", `{` + one + `"title": "x", "infosource": [{"name": "Orm Times"}], "body_text": "x"}`, sent(func(a *onrecord.Article) {
			a.Outlet, a.Title, a.Byline, a.Text = "Orm Times", "x", "", "x"
		})},
		{"2", `{` + two + `"bodies": [{"contenttype": "text/plain", "value": "x"}, {"contenttype": "application/xhtml+xml", "value": ` + quoted(xhtml) + `}]}`, sent(nil)},
		{"2, plain", `{` + two + `"bodies": [{"contenttype": "text/x-video", "value": "x"}, {"contenttype": "text/plain", "value": ` + quoted(body) + `}]}`, sent(nil)},
		{"3", strings.NewReplacer("versioncreated", "versionCreated", "copyrightholder", "copyrightHolder", "firstcreated", "firstCreated").Replace(
			`{` + two + `"bodies": [{"contentType": "text/html", "value": ` + quoted(xhtml) + `}]}`), sent(nil)},
		{
			"lines kept", `{"body_xhtml": "<pre>One\ntwo\n\nthree</pre>four<br/>five<br><br>six<script>x</script>"}`,
			&onrecord.Article{Text: "One\ntwo\n\nthree\n\nfour\nfive\n\nsix"},
		},
		{"nested left out", `{"body_html": "a<figure>b<figure>c</figure>d</figure>e"}`, &onrecord.Article{Text: "a\n\ne"}},
		{"cancelled", `{` + one + `"pubstatus": "canceled", "body_text": "x"}`, ErrWithheld},
		{"withheld", `{` + one + `"pubStatus": "stat:withheld", "body_text": "x"}`, ErrWithheld},
		{"picture", `{` + one + `"type": "picture", "bodies": []}`, ErrNoText},
		{"blank", `{"body_text": " ", "body_xhtml": "<p> </p>"}`, ErrNoText},
		{"null", `{"body_text": null}`, ErrNoText},
		{"long field", `{"body_text": "x", "uri": "` + strings.Repeat("x", maxField+1) + `"}`, ErrField},
		{"another object", `{"text": "x"}`, ErrOther},
		{"no object", `[]`, ErrOther},
		{"another type", `{"body_text": 5}`, "ninjs: json: cannot unmarshal number into Go struct field ninjs.body_text of type string"},
		{"zero", `{"body_text": "a\u0000"}`, "text that contains the character U+0000"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := JSON([]byte(c.json))
			check(t, c.want, a, err)
		})
	}
}

// check holds an article or error against the one wanted: an article, an error, or an error's beginning.
func check(t *testing.T, want any, a *onrecord.Article, err error) {
	t.Helper()
	switch want := want.(type) {
	case *onrecord.Article:
		if diff := cmp.Diff(want, a); err != nil || diff != "" {
			t.Error(err, diff)
		}
	case error:
		if !errors.Is(err, want) || a != nil {
			t.Errorf("%+v, %v; want %v", a, err, want)
		}
	case string:
		if err == nil || !strings.HasPrefix(err.Error(), want) || a != nil {
			t.Errorf("%+v, %v; want %s", a, err, want)
		}
	}
}

const nitfDocument = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "nitf-3-6.dtd">
<nitf xml:lang="en-GB"><head><title>Ferry</title>
 <docdata management-status="usable"><doc-id regsrc="OW" id-string="urn:newsml:orm.example:20310203:1"/>
 <date.issue norm="20310203T040506+0100"/></docdata><pubdata name="Orm Wire" date.publication="20310204"/></head>
<body><body.head><hedline><hl1>Ferry stays in port</hl1><hl2>No word why</hl2></hedline><note><p>Correct.</p></note>
 <byline>By <person>Nils Berg</person><byttl>Orm Wire</byttl></byline></body.head>
<body.content><p>The ferry to <location>Orm</location>
 stayed in port.</p><media media-type="image"><media-caption>A ferry.</media-caption></media>
<p>&ldquo;Nobody told us why,&rdquo; said <person>Ada&#x20;Lund</person>.</p></body.content>
<body.end><tagline>Orm</tagline></body.end></body></nitf>`

func g2(content string) string {
	return `<?xml version="1.0"?><newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:orm.example:20310203:1" xml:lang="en-GB">
<itemMeta><itemClass qcode="ninat:text"/><provider qcode="p:ow"><name>Orm Wire</name></provider>
<versionCreated>2031-02-03T04:05:06+01:00</versionCreated><pubStatus qcode="stat:usable"/><title>Ferry</title></itemMeta>
<contentMeta><contentCreated>2030-01-01</contentCreated><headline>Ferry stays in port</headline><by>By Nils Berg</by></contentMeta>
<contentSet>` + content + `</contentSet></newsItem>`
}

func TestXML(t *testing.T) {
	inXHTML := g2(`<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>` + xhtml + `</body></html></inlineXML>`)
	bomb := `<!DOCTYPE nitf [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>`
	for _, c := range []struct {
		name, xml string
		want      any
	}{
		{"NITF", nitfDocument, sent(nil)},
		{
			"NITF without names", strings.NewReplacer(`name="Orm Wire"`, "", "<person>Nils Berg</person>", "Nils  Berg").Replace(nitfDocument),
			sent(func(a *onrecord.Article) { a.Outlet = "OW" }),
		},
		{"NITF cancelled", strings.Replace(nitfDocument, "usable", "canceled", 1), ErrWithheld},
		{"NITF without text", `<nitf><body/></nitf>`, ErrNoText},
		{
			"Latin-1", "<?xml version='1.0' encoding='ISO-8859-1'?><nitf><body><body.content><p>Caf\xe9 \x93so\x94</p></body.content></body></nitf>",
			&onrecord.Article{Text: "Café “so”"},
		},
		{
			"UTF-16", "\xff\xfe" + wide(`<?xml version="1.0" encoding="utf-16"?><nitf><body><body.content>Café</body.content></body></nitf>`),
			&onrecord.Article{Text: "Café"},
		},
		{"XHTML", inXHTML, sent(nil)},
		{"NITF inside", g2("<inlineXML>" + nitfDocument[strings.Index(nitfDocument, "<nitf"):] + "</inlineXML>"), sent(nil)},
		{"paragraphs inside", g2("<inlineXML><div>" + xhtml + "</div></inlineXML>"), sent(nil)},
		{"plain inside", g2(`<inlineData contenttype="text/plain">` + body + `</inlineData>`), sent(nil)},
		{"HTML inside", g2(`<inlineData contenttype="text/html"><![CDATA[` + xhtml + `]]></inlineData>`), sent(nil)},
		{"content elsewhere", g2(`<remoteContent href="x.jpg"/>`), ErrNoText},
		{"withheld", strings.Replace(inXHTML, "stat:usable", "stat:withheld", 1), ErrWithheld},
		{"message", `<newsMessage xmlns="x"><header/><itemSet><packageItem/>` + inXHTML[len(`<?xml version="1.0"?>`):] + `</itemSet></newsMessage>`, sent(nil)},
		{"message of none", `<newsMessage><itemSet><packageItem/></itemSet></newsMessage>`, ErrNoText},

		{"another format", `<rss/>`, ErrOther},
		{"nothing", ` `, ErrOther},
		{"broken", "<nitf>\n<p></nitf>", "not XML: line 2: element <p> closed by </nitf>"},
		{"open", "<nitf>", "not XML: line 1: unexpected EOF"},
		{"bomb", bomb + `<nitf><body><body.content>&b;</body.content></body></nitf>`, "not XML: line 1: invalid character entity &b;"},
		{"file", `<!DOCTYPE nitf [<!ENTITY f SYSTEM "file:///etc/hostname">]><nitf>&f;</nitf>`, "not XML: line 1: invalid character entity &f;"},
		{"deep", strings.Repeat("<nitf>", 1e5), ErrTooDeep},
		{"many", "<nitf>" + strings.Repeat("<p/>", maxElements), ErrTooMany},
		{"charset", `<?xml version="1.0" encoding="ebcdic-x"?><nitf/>`, "xml: opening charset"},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := 0
			for a, err := range XML([]byte(c.xml)) {
				check(t, c.want, a, err)
				n++
			}
			if n != 1 {
				t.Errorf("%d items", n)
			}
		})
	}
}

func wide(s string) string {
	var b []byte
	for _, r := range s {
		b = append(b, byte(r), byte(r>>8))
	}
	return string(b)
}

// TestMessage holds that one bad item of a message costs no other, and is named.
func TestMessage(t *testing.T) {
	item := func(guid, status string) string {
		return `<newsItem guid="` + guid + `"><itemMeta><pubStatus qcode="stat:` + status + `"/></itemMeta><contentSet><inlineData>Text of ` + guid + `.</inlineData></contentSet></newsItem>`
	}
	var got []string
	for a, err := range XML([]byte("<newsMessage><itemSet>" + item("a", "usable") + item("b", "canceled") + "</itemSet><itemSet>" + item("c", "usable") + "</itemSet></newsMessage>")) {
		if err != nil {
			got = append(got, err.Error())
		} else {
			got = append(got, a.Text)
		}
	}
	if diff := cmp.Diff([]string{"Text of a.", "b: withheld or cancelled by its sender", "Text of c."}, got); diff != "" {
		t.Error(diff)
	}
}

func TestRoot(t *testing.T) {
	for _, c := range []struct{ head, want string }{
		{nitfDocument[:150], "nitf"},
		{g2("")[:200], "newsItem"},
		{"<!-- x --><x:html lang='en'>", "html"},
		{"<", ""},
		{"", ""},
		{"text", ""},
		{"\xff\xfe" + wide("<rss/>"), "rss"},
	} {
		if got := Root([]byte(c.head)); got != c.want {
			t.Errorf("%.40q: %q, want %q", c.head, got, c.want)
		}
	}
}

func FuzzXML(f *testing.F) {
	f.Add([]byte(nitfDocument))
	f.Add([]byte(g2("<inlineData contenttype='text/html'><![CDATA[" + xhtml + "]]></inlineData>")))
	f.Add([]byte("<newsMessage><itemSet>" + g2("<inlineXML><p>a<br/>b</p></inlineXML>")[21:] + "</itemSet></newsMessage>"))
	f.Fuzz(func(t *testing.T, b []byte) {
		n := 0
		for a, err := range XML(b) {
			n++
			checkAny(t, a, err)
		}
		if n == 0 {
			t.Fatal("nothing said of the input")
		}
	})
}

func FuzzJSON(f *testing.F) {
	f.Add([]byte(`{"uri": "u", "headlines": [{"role": "main", "value": "h"}], "bodies": [{"contenttype": "text/html", "value": "<p>a<figure>b</figure>"}]}`))
	f.Add([]byte(`{"uri": "u", "body_text": "a", "body_xhtml": "<pre>a\n\nb</pre>", "VersionCreated": "2031-01-01"}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		a, err := JSON(b)
		checkAny(t, a, err)
	})
}

func checkAny(t *testing.T, a *onrecord.Article, err error) {
	switch {
	case (a == nil) == (err == nil):
		t.Fatal("neither or both of article and error")
	case a != nil && (strings.TrimSpace(a.Text) == "" || !utf8.ValidString(a.Text) || !utf8.ValidString(a.Title)):
		t.Fatalf("%+v", a)
	}
}
