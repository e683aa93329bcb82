package serve

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"github.com/onrecord/onrecord"
)

func plain(t interface{ Fatal(...any) }, markup string) string {
	root, err := html.Parse(strings.NewReader("<!DOCTYPE html><div>" + markup + "</div>"))
	if err != nil {
		t.Fatal(err)
	}
	return textOf(root)
}

// TestMarkingKeepsTheText: whatever is marked in whatever text, the tags taken away it is the text.
func TestMarkingKeepsTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(rapid.OneOf(
			rapid.String(), rapid.SampledFrom([]string{"<b>", "&amp;", "\n", "\r\n", "\n\n", "“né”", "</p>", "\u202e", "𝔘", `"'`}),
		)).Draw(t, "text"), "")
		place := rapid.IntRange(-2, len(text)+2)
		var marks []mark
		for range rapid.IntRange(0, 12).Draw(t, "marks") {
			marks = append(marks, mark{onrecord.Span{Start: place.Draw(t, "start"), End: place.Draw(t, "end")}, role(rapid.IntRange(0, int(roles)-1).Draw(t, "role"))})
		}
		var notes []note
		for range rapid.IntRange(0, 5).Draw(t, "notes") {
			notes = append(notes, note{at: place.Draw(t, "at"), id: rapid.String().Draw(t, "id"), label: "1", href: "#<", title: `"`})
		}
		want := strings.ReplaceAll(text, "\x00", "\uFFFD")
		for _, paragraphs := range []bool{false, true} {
			if got := plain(t, string(markUp(text, marks, notes, paragraphs))); got != want {
				t.Fatalf("paragraphs %v: got %q, want %q", paragraphs, got, want)
			}
		}
	})
}

func TestMarkUp(t *testing.T) {
	const text = "He said “no, 70 percent” <today>.\nEnd"
	at := func(s string) onrecord.Span {
		i := strings.Index(text, s)
		return onrecord.Span{Start: i, End: i + len(s)}
	}
	got := string(markUp(text, []mark{
		{at("“no, 70 percent”"), content},
		{at("no, 70 percent” <today>.\nEnd"), aside},
		{at("70 percent"), figure},
		{at("said"), cue},
		{at("He"), sourceWords},
	}, []note{{at: at("“").Start, id: "s-1", label: "1", href: "#c-1", title: "statement 1"}}, true))
	want := `<p dir="auto"><span class="source">He</span> <span class="cue">said</span> ` +
		`<a class="note" id="s-1" href="#c-1" data-n="1" aria-label="statement 1"></a><mark class="content">“</mark>` +
		`<mark class="content aside">no, </mark><mark class="content figure aside">70 percent</mark><mark class="content aside">”</mark>` +
		`<span class="aside"> &lt;today&gt;.</span></p>` + "\n" + `<p dir="auto"><span class="aside">End</span></p>`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestMarkInsideACharacter(t *testing.T) {
	got := string(markUp("aéz", []mark{{onrecord.Span{Start: 2, End: 4}, content}}, nil, false))
	if want := `a<mark class="content">éz</mark>`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestClip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, n := rapid.String().Draw(t, "s"), rapid.IntRange(0, 60).Draw(t, "n")
		got := clip(s, n)
		if cut, whole := strings.CutSuffix(got, " …"); !utf8.ValidString(got) || got != s && (!whole || len(cut) > n || !strings.HasPrefix(s, cut)) {
			t.Fatalf("clip(%q, %d) is %q", s, n, got)
		}
	})
}

func TestAround(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`[a-zé \n]{0,80}`).Draw(t, "text")
		from := runeStart(s, rapid.IntRange(0, len(s)).Draw(t, "from"))
		to := max(from, runeStart(s, rapid.IntRange(0, len(s)).Draw(t, "to")))
		words, at := around(s, onrecord.Span{Start: from, End: to}, 20)
		if at.Of(words) != s[from:to] || !utf8.ValidString(words) {
			t.Fatalf("%q in %q is %q at %v", s[from:to], s, words, at)
		}
	})
}

func TestWords(t *testing.T) {
	day := func(s string) onrecord.Interval {
		a, b, _ := strings.Cut(s, " ")
		var i onrecord.Interval
		if a != "-" {
			i.From = date(a)
		}
		if b != "" {
			i.To = date(b)
		}
		return i
	}
	for _, c := range [][2]string{
		{number(1458), "1,458"},
		{number(0.33333), "0.333"},
		{number(-1234567.5), "-1,234,567.5"},
		{number(12), "12"},
		{count(1, "story"), "1 story"},
		{count(3, "story"), "3 stories"},
		{count(0, "article"), "0 articles"},
		{when(day("2015-11-26 2015-12-05")), "26 Nov – 4 Dec 2015"},
		{when(day("2015-10-07 2015-10-08")), "7 Oct 2015"},
		{when(day("2015-09-30")), "since 30 Sep 2015"},
		{when(day("- 2015-09-30")), "until 29 Sep 2015"},
		{when(onrecord.Interval{}), ""},
		{when(day("2014-12-30 2015-01-02")), "30 Dec 2014 – 1 Jan 2015"},
		{published(onrecord.Published{Value: "2015-10-08T14:30:00Z", Precision: "minute"}), "8 Oct 2015"},
		{published(onrecord.Published{Value: "2015-10", Precision: "month"}), "Oct 2015"},
		{published(onrecord.Published{Value: "2015", Precision: "year"}), "2015"},
		{published(onrecord.Published{Value: "soon"}), unknownDay},
		{published(onrecord.Published{}), unknownDay},
		{amount(onrecord.Figure{Low: 90, High: 90, Comparator: ">", Unit: "percent"}), "> 90 percent"},
		{amount(onrecord.Figure{Low: 40, High: 100, Vague: true}), "40 to 100 (vague)"},
		{remainder(onrecord.Figure{Low: 90, High: 90, Unit: "percent"}), "100 − 90 = 10 percent"},
		{remainder(onrecord.Figure{Low: 12, High: 12}), ""},
		{confidence(0.91), "high 0.91"},
		{confidence(0.6), "fair 0.60"},
		{confidence(0), "low 0.00"},
		{webLink("https://a.example/x?y"), "https://a.example/x?y"},
		{webLink("javascript:alert(1)"), ""},
		{webLink("https:"), ""},
		{webLink("//a.example/"), ""},
		{webLink("data:text/html,x"), ""},
		{webLink("http://user:pw@a.example/"), ""},
		{webLink("https://bank.example@a.example/"), ""},
	} {
		if c[0] != c[1] {
			t.Errorf("got %q, want %q", c[0], c[1])
		}
	}
}
