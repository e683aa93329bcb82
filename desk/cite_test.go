package desk

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/text"
)

func TestFragment(t *testing.T) {
	for passage, want := range map[string]string{
		"ten boats, maybe":           "ten%20boats%2C%20maybe",
		"one two\nthree":             "one%20two,two%20three",
		"so-called “calm” & <rough>": "so%2Dcalled%20%E2%80%9Ccalm%E2%80%9D%20%26%20%3Crough%3E",
		strings.Repeat("word ", 20):  "word%20word%20word%20word%20word,word%20word%20word%20word%20word",
	} {
		if got := fragment(passage); got != want {
			t.Errorf("%q: %s, want %s", passage, got, want)
		}
	}
}

// TestCite makes every form of the citation of every kind of row of the bundled coverage: sentences have no hash and no id in them, JSON is
// JSON, and the selectors name the passage.
func TestCite(t *testing.T) {
	l := bundled(t)
	rows := map[string]string{} // of each kind one
	texts := map[string]string{}
	if err := l.Rows(t.Context(), "", func(row any) error {
		switch r := row.(type) {
		case *ledger.ArticleRow:
			rows["article"], texts[r.ID] = r.ID, r.Text
		case *ledger.StatementRow:
			if r.Stance == onrecord.Denies {
				rows["denial"] = r.ID
			} else if len(r.Content) > 1 {
				rows["in parts"] = r.ID
			} else if r.Kind == onrecord.Direct && r.SpeakerName == "Ilsa Marden" {
				rows["direct"] = r.ID
			}
		case *ledger.FigureRow:
			rows["figure"] = r.ID
		}
		return nil
	}); err != nil || len(rows) != 5 {
		t.Fatal(err, rows)
	}
	hash := regexp.MustCompile(`[0-9a-f]{32}`)
	for kind, id := range rows {
		c, err := Cite(t.Context(), l, id, 3, 60)
		if err != nil {
			t.Fatal(kind, err)
		}
		if c.Passage == "" || c.Article.ID == "" || c.Span[0] >= c.Span[1] || kind == "article" && c.Span != [2]int{3, 60} {
			t.Errorf("%s: %+v", kind, c)
		}
		for _, f := range CitationForms() {
			got := f.Write(c, "http://127.0.0.1:7700")
			if hash.MatchString(got) || got == "" {
				t.Errorf("%s, %s: %s", kind, f.Name, got)
			}
			switch f.Name {
			case "short", "full":
				if strings.Contains(got, id) || strings.ContainsAny(got, "\n") {
					t.Errorf("%s, %s: %s", kind, f.Name, got)
				}
			case "bibtex":
				if strings.Count(got, "{") != strings.Count(got, "}") || !strings.HasPrefix(got, "@misc{") {
					t.Errorf("%s: %s", kind, got)
				}
			default:
				if !json.Valid([]byte(got)) {
					t.Errorf("%s, %s: %s", kind, f.Name, got)
				}
			}
			if f.Name == "annotation" {
				checkSelectors(t, got, c.Article.Text)
			}
			if f.Name == "full" && kind == "denial" && !strings.Contains(got, " denies: “") {
				t.Errorf("a denial is cited as a claim: %s", got)
			}
			if f.Name == "claimreview" && kind == "denial" && strings.Contains(got, c.Speaker) {
				t.Errorf("who denies a claim makes it: %s", got)
			}
		}
	}
	for _, id := range []string{"", "x", "s0", "u1"} {
		if c, err := Cite(t.Context(), l, id, 0, 0); err == nil {
			t.Errorf("%q: %+v", id, c)
		}
	}
}

// checkSelectors holds that both selectors of each target of an annotation name the same passage of a text.
func checkSelectors(t *testing.T, annotation, of string) {
	t.Helper()
	var a struct {
		Target []struct {
			Source   string
			Selector [2]struct {
				Exact, Prefix, Suffix string
				Start, End            int
			}
		}
	}
	if err := json.Unmarshal([]byte(annotation), &a); err != nil || len(a.Target) == 0 {
		t.Fatal(err, annotation)
	}
	o := text.NewOffsets(of)
	for _, x := range a.Target {
		quote, place := x.Selector[0], x.Selector[1]
		if x.Source == "" || of[o.Byte(place.Start):o.Byte(place.End)] != quote.Exact || !strings.Contains(of, quote.Prefix+quote.Exact+quote.Suffix) {
			t.Errorf("%+v", x)
		}
	}
}

// Bylines are names where they surely are, and what BibTeX takes for syntax is escaped.
func TestCitationOfWhatIsOdd(t *testing.T) {
	article := ledger.ArticleRow{Article: onrecord.Article{ID: "a1", Text: "10% & more_", Title: "A {b} $5 #1", Byline: "By Ana Brandt, Odo Halm and Ines Roe", Published: onrecord.Published{Value: "2031-03", Precision: "month"}}}
	c := &Citation{Row: "a1", Article: article, Spans: []onrecord.Span{{Start: 0, End: 11}, {Start: 5, End: 99}}}
	c.close()
	for form, want := range map[string]string{
		"full":   "“10% & more_”, in: Ana Brandt and Odo Halm and Ines Roe, “A {b} $5 #1”, March 2031",
		"bibtex": "@misc{203103ab,\n  author = {Ana Brandt and Odo Halm and Ines Roe},\n  title = {{A \\{b\\} \\$5 \\#1}},\n  year = {2031},\n  month = {3},\n  note = {“10\\% \\& more\\_”},\n}\n",
	} {
		for _, f := range CitationForms() {
			if got := f.Write(c, ""); f.Name == form && got != want {
				t.Errorf("%s: %s, want %s", form, got, want)
			}
		}
	}
	for byline, want := range map[string]string{"From our correspondent": "From our correspondent", "Staff and agencies": "Staff and agencies", "by Jan de Boer": "Jan de Boer", "": ""} {
		c.Article.Byline = byline
		if got := strings.Join(c.authors(), "|"); got != want {
			t.Errorf("%q: %q, want %q", byline, got, want)
		}
	}
}
