package source

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
)

// all reads the paths and says of each item what became of it.
func all(t *testing.T, paths []string, stdin string) (articles []*onrecord.Article, refused []string) {
	t.Helper()
	var bytes int64
	for i := range Paths(context.Background(), paths, strings.NewReader(stdin)) {
		if i.Passed == "" && i.Listed == nil && (i.Article == nil) == (i.Refusal == nil) {
			t.Errorf("neither or both of article and refusal: %+v", i)
		}
		if i.Article != nil {
			if i.Article.ID != onrecord.ArticleID(i.Article) {
				t.Errorf("id %s", i.Article.ID)
			}
			articles = append(articles, i.Article)
		} else if i.Refusal != nil {
			refused = append(refused, i.Refusal.Error())
		}
		bytes += i.Bytes
	}
	if n := Size(paths); n >= 0 && n != bytes {
		t.Errorf("Size %d, but items' Bytes sum to %d", n, bytes)
	}
	return articles, refused
}

func TestFolder(t *testing.T) {
	articles, refused := all(t, []string{"testdata/folder"}, "")
	day := func(v, precision, basis string) onrecord.Published {
		return onrecord.Published{Value: v, Precision: precision, Basis: basis}
	}
	want := []*onrecord.Article{
		{
			ExternalID: "n-1", URL: "https://wire.example/n-1", Outlet: "Orm Wire", Title: "Ferry stays in port", Byline: "Ada Lund",
			Published: day("2031-02-03T04:05:06+01:00", "second", "given"), Language: "en",
			Text: "The ferry stayed in port.\n\nNobody knew why.", File: "testdata/folder/a.jsonl", Line: 1,
		},
		{ExternalID: "17", Text: "  The skipper said: “No.”\r\n", File: "testdata/folder/a.jsonl", Line: 3},
		{
			Title: "Ferry to Orm cancelled for a third day",
			Text:  "Ferry to Orm cancelled for a third day\n\nThe ferry to Orm did not sail on Friday, the harbour office said.\n",
			File:  "testdata/folder/b.txt",
		},
		{Text: "One article of an array.", Published: day("2031-02-03", "day", "given"), File: "testdata/folder/sub/c.json", Line: 2},
		{Text: "Another of them.", Title: "Second", File: "testdata/folder/sub/c.json", Line: 3},
		{
			URL: "https://times.example/bridge", Outlet: "Orm Times", Title: "Bridge to Orm shut again", Byline: "Nils Berg",
			Published: day("2031-02-04T09:00:00Z", "second", "page"), Language: "en-GB", File: "testdata/folder/sub/page.html",
			Text: "Bridge to Orm shut again\n\n" +
				"The bridge to Orm was shut on Wednesday for the second time in a month, after an inspector found a crack wide enough, she said, to “post a letter through”.\n\n" +
				"Lorries were sent round by the coast road, which adds two hours, and the school bus did not run at all.\n\n" +
				"The council said that it would reopen one lane by the weekend if the weather held.",
		},
	}
	for _, a := range want {
		a.ID = onrecord.ArticleID(a)
	}
	if diff := cmp.Diff(want, articles); diff != "" {
		t.Error(diff)
	}
	if refused != nil {
		t.Errorf("refused: %q", refused)
	}
}

func gz(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write([]byte(s))
	w.Close()
	return b.String()
}

func wide(s string, order func(uint16) []byte) string {
	b := append([]byte{}, order(0xfeff)...)
	for _, c := range utf16.Encode([]rune(s)) {
		b = append(b, order(c)...)
	}
	return string(b)
}

func little(c uint16) []byte { return []byte{byte(c), byte(c >> 8)} }
func big(c uint16) []byte    { return []byte{byte(c >> 8), byte(c)} }

const story = "{\"text\": \"The boat left.\"}\n"

// TestFiles reads files made here. What became of each is listed: an article's text, or the refusal.
func TestFiles(t *testing.T) {
	long := strings.Repeat("The boat left. ", 50<<20/15)
	for _, c := range []struct {
		name, data string
		want       []string
	}{
		// Whole, or refused whole.
		{"plain.txt", "The boat left.", []string{"The boat left."}},
		{"PLAIN.TXT.GZ", gz("The boat left.\n"), []string{"The boat left.\n"}},
		{"empty.txt", "", []string{"!empty.txt: empty: nothing to read"}},
		{"blank.txt", " \r\n\u00a0\ufeff ", []string{"!blank.txt: empty: nothing to read"}},
		{"empty.html", "", []string{"!empty.html: empty: nothing to read"}},
		{"empty.json", "", []string{"!empty.json: empty: nothing to read"}},
		{"empty.jsonl", "", []string{"!empty.jsonl: empty: nothing to read"}},
		{"blank.jsonl", "\n \n", []string{"!blank.jsonl: empty: nothing to read"}},
		{"empty.txt.gz", gz(""), []string{"!empty.txt.gz: empty: nothing to read"}},
		{"none.txt.gz", "", []string{"!none.txt.gz: empty: nothing to read"}},
		{"long.txt", long, []string{"!long.txt: larger than 16 MB"}},
		{"long.html", "<p>" + long, []string{"!long.html: larger than 16 MB"}},
		{"bomb.txt.gz", gz(strings.Repeat("\n", 40<<20)), []string{"!bomb.txt.gz: larger than 16 MB"}},
		{"bomb.jsonl.gz", gz(strings.Repeat("\n", 40<<20)), []string{"!bomb.jsonl.gz:33554433: gzip data that grows to more than 300 times its size"}},
		{"early.txt.gz", gz("The boat left the port of Orm.")[:30], []string{"!early.txt.gz: truncated gzip data"}},
		{"not.txt.gz", "The boat left.", []string{"!not.txt.gz: not gzip data"}},
		{"binary.txt", "\x7fELF\x01\x00\x00\x02", []string{"!binary.txt: binary data, not text"}},
		{"controls.txt", "\x01\x02\x03\x04 boat", []string{"!controls.txt: binary data, not text"}},
		{"binary.jsonl", "\x89PNG\r\n\x1a\n\x00\x00", []string{"!binary.jsonl: binary data, not text"}},

		// Encodings.
		{"mark.txt", "\ufeffCafé", []string{"Café"}},
		{"little.txt", wide("Café 🚢\n", little), []string{"Café 🚢\n"}},
		{"big.txt", wide("Café 🚢\n", big), []string{"Café 🚢\n"}},
		{"western.txt", "Caf\xe9 \x93so\x94 \x80 5", []string{"Café “so” € 5"}},
		{"damaged.txt", "One\nCafé “so” \xe2\x80 and on", []string{"!damaged.txt: damaged text at line 2: neither UTF-8 nor Windows-1252"}},
		{"undefined.txt", "The caf\xe9 on the quay is \x81 shut", []string{"!undefined.txt: damaged text at line 1: neither UTF-8 nor Windows-1252"}},
		{"little.jsonl", wide(story, little), []string{"The boat left."}},
		{"mark.jsonl", "\ufeff" + story, []string{"The boat left."}},
		{"mark.json", "\ufeff" + story, []string{"The boat left."}},

		// JSON lines: what is wrong costs its line only.
		{"some.jsonl", story + "oops\n" + story + "[1]\n{\"text\": 5}\n{\"title\": \"x\"}\n{\"text\": null}\n{\"text\": \" \"}\n" + story, []string{
			"The boat left.",
			"!some.jsonl:2: not JSON: invalid character 'o' looking for beginning of value",
			"The boat left.",
			"!some.jsonl:4: not a JSON object",
			"!some.jsonl:5: text: a number instead of a string",
			"!some.jsonl:6: text: missing",
			"!some.jsonl:7: text: empty",
			"!some.jsonl:8: text: empty",
			"The boat left.",
		}},
		{"fields.jsonl", `{"text": "a", "url": ["x"]}
{"text": "a", "outlet": true}
{"text": "a", "published": {"day": 1}}
{"text": "a", "id": false}
{"text": "a", "text": "b"}
{"text": "a", "more": 1, "more": [2]}
{"text": "a"} {"text": "b"}
{"text": "a", "title": "x\u0000"}
{"text": "a", "url": "` + strings.Repeat("x", MaxField+1) + `"}
{"text": "a\ud800b"}
` + "{\"text\": \"a\xff\"}\n{\"text\": \"a\"", []string{
			"!fields.jsonl:1: url: an array instead of a string",
			"!fields.jsonl:2: outlet: true or false instead of a string",
			"!fields.jsonl:3: published: an object instead of a string",
			"!fields.jsonl:4: id: true or false instead of a string",
			"!fields.jsonl:5: text: duplicate field",
			"a",
			"!fields.jsonl:7: data after the object",
			"!fields.jsonl:8: title: contains the character U+0000",
			"!fields.jsonl:9: url: longer than 64 KB",
			"a\ufffdb",
			"!fields.jsonl:11: not valid UTF-8",
			"!fields.jsonl:12: truncated JSON",
		}},
		{"deep.jsonl", `{"text": "a", "x": ` + strings.Repeat("[", 1e6) + "\n" + strings.Repeat("[", 1e6) + "\n" + story, []string{
			"!deep.jsonl:1: JSON nested too deeply", "!deep.jsonl:2: not a JSON object", "The boat left.",
		}},
		{"long.jsonl", `{"text": "` + long + "\"}\n" + story, []string{"!long.jsonl:1: line longer than 32 MB", "The boat left."}},
		{"large.jsonl", `{"text": "` + long[:MaxText+1] + "\"}\n" + story, []string{"!large.jsonl:1: text: longer than 16384 KB", "The boat left."}},
		{"early.jsonl.gz", gz(story + story)[:len(gz(story+story))-10], []string{
			"The boat left.", "The boat left.", "!early.jsonl.gz:3: truncated gzip data", // its checksum is missing
		}},

		// JSON files.
		{"one.json", "\n{\"text\":\n\"a\"}\n", []string{"a"}},
		{"array.json", "[\n{\"text\": \"a\"},\n\n{\"text\": 1},\n{\"text\": \"b\"}\n]\n", []string{"a", "!array.json:4: text: a number instead of a string", "b"}},
		{"none.json", "[]", []string{"!none.json: empty: nothing to read"}},
		{"two.json", story + story, []string{"!two.json:2: data after the article: several articles go into an array, or a .jsonl file"}},
		{"after.json", "[{\"text\": \"a\"}]\nx", []string{"a", "!after.json:2: data after the array"}},
		{"broken.json", "[{\"text\": \"a\"},\n{\"text\" \"b\"},\n{\"text\": \"c\"}]", []string{"a", "!broken.json:2: not JSON: invalid character '\"' after object key"}},
		{"open.json", "[{\"text\": \"a\"},\n", []string{"a", "!open.json:2: truncated JSON"}},
		{"deep.json", strings.Repeat("[", 1e6), []string{"!deep.json:1: JSON nested too deeply"}},
		{"deeper.json", strings.Repeat(`{"x":`, 1e6), []string{"!deeper.json:1: JSON nested too deeply"}},
		{"long.json", `[{"text": "` + long + `"}]`, []string{"!long.json:1: article longer than 32 MB"}},
		{"space.json", strings.Repeat(" ", 1<<17) + story, []string{"!space.json: not JSON: only white space"}},
		{"word.json", "boat", []string{"!word.json:1: not JSON: neither an object nor an array"}},

		// HTML.
		{"deep.html", strings.Repeat("<div>", 1e5) + "a", []string{"!deep.html: HTML nested too deep"}},
		{"wide.html", strings.Repeat("<p>a", 5e5), []string{"!wide.html: HTML with too many elements"}},
		{"none.html", "<title>x</title>", []string{"!none.html: no article on the page"}},

		{"boat.doc", "\xd0\xcf\x11\xe0", []string{"!boat.doc: unsupported file type (supported: .txt, .html, .htm, .xhtml, .json, .jsonl, .xml, .rss, .atom, .opml, .vtt, .srt, .eml, .mhtml, .mht, .mbox, .csv, .tsv, .rtf, .warc, .arc, .gz of these, and .url, .webloc, .docx, .odt, .epub, .xlsx, .pdf, .wacz)"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			if err := os.WriteFile(c.name, []byte(c.data), 0o600); err != nil {
				t.Fatal(err)
			}
			var got []string
			for i := range Paths(context.Background(), []string{c.name}, nil) {
				if i.Article != nil {
					got = append(got, i.Article.Text)
				} else {
					got = append(got, "!"+i.Refusal.Error())
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
			if c.name != "boat.doc" && len(c.data) < 1<<20 {
				all(t, []string{c.name}, "")
			}
		})
	}
}

// TestRefusedOthersRead holds that what is refused stops nothing.
func TestRefusedOthersRead(t *testing.T) {
	dir := t.TempDir()
	for name, data := range map[string]string{"a.txt": "", "b.txt": "The boat left.", "c.html": "", "d.jsonl": story} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	articles, refused := all(t, []string{filepath.Join(dir, "missing.txt"), dir}, "")
	if len(articles) != 2 || len(refused) != 3 || !strings.HasSuffix(refused[0], "missing.txt: no such file or directory") {
		t.Errorf("%d articles, refused %q", len(articles), refused)
	}
}

func TestStdin(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"The boat left.\n", "- 0 The boat left.\n"},
		{"\n " + story, "- 2 The boat left."},
		{gz(story), "- 1 The boat left."},
		{" [" + story + "]", "- 1 The boat left."},
		{wide(story, big), "- 1 The boat left."},
		{"\ufeff" + story, "- 1 The boat left."},
		{"<p>The boat left the port of Orm on Friday.", "- 0 The boat left the port of Orm on Friday."},
	} {
		articles, refused := all(t, []string{"-"}, c.in)
		got := fmt.Sprint(refused)
		if len(articles) == 1 {
			got = fmt.Sprintf("%s %d %s", articles[0].File, articles[0].Line, articles[0].Text)
		}
		if got != c.want {
			t.Errorf("%q: got %q", c.in, got)
		}
	}
	if n := Size([]string{"testdata", "-"}); n != -1 {
		t.Errorf("Size with standard input: %d", n)
	}
}

func TestHeadline(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Ferry stays\n\nThe ferry stayed in port.", "Ferry stays"},
		{"\ufeff\n\nFerry stays\r\n\r\nThe ferry stayed in port.", "Ferry stays"},
		{"Ferry stays in port again\nBy Ada Lund\n\nIt stayed.", "Ferry stays in port again"},
		{"Ferry stays\nThe ferry stayed in port for a third day.", "Ferry stays"},
		{"The ferry stayed.\nNobody knew why it stayed in port.", ""},
		{"The ferry stayed in port on Friday because of the\nweather and the tide.", ""},
		{"Ferry stays", ""},
		{"Ferry stays\n\n", ""},
		{strings.Repeat("A sentence that is long. ", 12) + "\n\nMore.", ""},
	} {
		if got := headline(c.text); got != c.want {
			t.Errorf("%q: %q", c.text, got)
		}
	}
}

// TestCancel stops in the middle of a file.
func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	n := 0
	for range Paths(ctx, []string{"-"}, strings.NewReader(strings.Repeat(story, 1000))) {
		if n++; n == 10 {
			cancel()
		}
	}
	if n != 10 {
		t.Errorf("%d items", n)
	}
	n = 0
	for range Paths(context.Background(), []string{"testdata/folder"}, nil) {
		n++
		break
	}
	if n != 1 {
		t.Errorf("%d items after break", n)
	}
}

func FuzzJSONLines(f *testing.F) {
	for _, s := range []string{story, "[" + story + "]", "{\"id\": 1e5, \"text\": \"\\u00e9\"}\n\n{", "\xff\xfe{\x00", "\x1f\x8b\x08", "<p>a", "\ufeff[]x"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		lines := bytes.Count(b, []byte{'\n'}) + 1
		zipped := bytes.HasPrefix(b, []byte{0x1f, 0x8b})
		n := 0
		for i := range Paths(context.Background(), []string{"-"}, bytes.NewReader(b)) {
			n++
			switch {
			case i.Listed != nil:
			case (i.Article == nil) == (i.Refusal == nil):
				t.Fatal("neither or both of article and refusal")
			case i.Article != nil && (blank(i.Article.Text) || !strings.Contains(i.Article.ID, onrecord.ArticleKind)):
				t.Fatalf("%+v", i.Article)
			case i.Article != nil && strings.ToValidUTF8(i.Article.Text, "") != i.Article.Text:
				t.Fatal("text is not valid UTF-8")
			case !zipped && i.Article != nil && i.Article.Line > lines, !zipped && i.Refusal != nil && i.Refusal.Line > lines:
				t.Fatalf("a line beyond the last: %+v", i)
			}
		}
		if n == 0 {
			t.Fatal("nothing said of the input")
		}
	})
}
