package serve

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
)

// crowd is a made-up story of n articles in words that do not compress better than news does: six statements an article, most
// of them renditions of some utterance, five figures, a copy for three articles of four, a dispute for every fifth.
func crowd(n int) *record {
	r := &record{links: onrecord.Links{SpeakerOf: map[string]string{}}}
	dice := rand.New(rand.NewPCG(1, 2))
	var words []string
	for range 4000 {
		w := ""
		for range 1 + dice.IntN(3) {
			w += string("bdfgklmnprstvz"[dice.IntN(14)]) + string("aeiou"[dice.IntN(5)]) + []string{"", "n", "r", "st", "ck"}[dice.IntN(5)]
		}
		words = append(words, w)
	}
	say := func(n int) string {
		var out []string
		for range n {
			out = append(out, words[int(float64(len(words))*dice.Float64()*dice.Float64())])
		}
		return strings.Join(out, " ")
	}
	l := &r.links
	for i := range 80 {
		l.Speakers = append(l.Speakers, onrecord.Speaker{ID: onrecord.NewID(onrecord.SpeakerKind, fmt.Sprint(i)), Name: capital(say(2)), Kind: onrecord.Person, Roles: []string{say(3)}, Confidence: 0.8})
	}
	quotes := make([]string, 150)
	for i := range quotes {
		quotes[i] = "“" + say(22) + "”"
		l.Utterances = append(l.Utterances, onrecord.Utterance{ID: onrecord.NewID(onrecord.UtteranceKind, fmt.Sprint(i)), Speaker: l.Speakers[i%80].ID, Wording: quotes[i], First: date("2031-03-04"), Basis: []string{"same speaker", "shared words"}, Confidence: 0.8})
	}
	for i := range 30 {
		l.Measures = append(l.Measures, onrecord.Measure{ID: onrecord.NewID(onrecord.MeasureKind, fmt.Sprint(i)), Label: "share of " + say(5), Unit: "percent", Basis: []string{"shared words"}, Confidence: 0.7})
	}
	story := onrecord.Story{ID: onrecord.NewID(onrecord.StoryKind, "crowd"), Title: say(9), Reports: n / 4, First: date("2031-03-04"), Last: date("2031-03-13")}
	for i := range n {
		var text strings.Builder
		var said, counted []string
		for k := range 6 {
			q := quotes[dice.IntN(len(quotes))]
			if k == 0 {
				q = "“" + say(18) + "”"
			}
			said = append(said, q)
			fmt.Fprintf(&text, "%s, source%d told%d reporters.\n\n", q, k, k)
			if k < 5 {
				f := fmt.Sprintf("%d.%d percent", dice.IntN(100), i*5+k)
				counted = append(counted, f)
				fmt.Fprintf(&text, "%s %s %s.\n\n", say(8), f, say(9))
			}
		}
		d := r.article(capital(say(2)), fmt.Sprintf("2031-03-%02d", 4+i%10), say(10), text.String())
		d.Article.Byline = "By " + say(2)
		for k, q := range said {
			if strings.Index(text.String(), q) != strings.LastIndex(text.String(), q) {
				continue
			}
			s := d.says(l.Speakers[dice.IntN(80)].ID, "direct asserts", fmt.Sprintf("source%d", k), fmt.Sprintf("told%d", k), q)
			for u := range quotes {
				if quotes[u] == q {
					w := strings.Fields(q)
					l.Utterances[u].Statements = append(l.Utterances[u].Statements, s.ID)
					l.Utterances[u].Drift = append(l.Utterances[u].Drift, onrecord.Drift{Statement: s.ID, Kind: onrecord.DriftWording, From: w[3], To: w[4]})
				}
			}
		}
		for k, f := range counted {
			id := d.figure(f, onrecord.Figure{Low: float64(dice.IntN(100)), Unit: "percent", Thing: "boats", Statement: d.Statements[0].ID})
			if k > 1 {
				m := &l.Measures[dice.IntN(len(l.Measures))]
				m.Figures = append(m.Figures, onrecord.MeasurePoint{Figure: id})
			}
		}
		story.Articles = append(story.Articles, d.Article.ID)
		if i%4 != 0 {
			from := r.readings[i-i%4]
			l.Copies = append(l.Copies, onrecord.Copy{
				ID: onrecord.NewID(onrecord.CopyKind, fmt.Sprint(i)), Article: d.Article.ID, Origin: from.Article.ID, Kind: onrecord.PartialCopy, Share: dice.Float64(), Confidence: 0.9,
				Passages: []onrecord.Aligned{{Span: onrecord.Span{Start: 0, End: 80}, Origin: onrecord.Span{Start: 3, End: 83}}}, Basis: []string{"shared passages"},
			})
		}
		if i%5 == 4 {
			l.Disputes = append(l.Disputes, onrecord.Dispute{ID: onrecord.NewID(onrecord.DisputeKind, fmt.Sprint(i)), Kind: onrecord.Denial, Basis: say(6), Confidence: 0.6, Sides: [2][]string{{d.Statements[0].ID}, {r.readings[i-1].Statements[0].ID}}})
		}
	}
	for i := 0; i < n; i += 4 {
		l.Reports = append(l.Reports, onrecord.Report{ID: onrecord.NewID(onrecord.ReportKind, fmt.Sprint(i)), Origin: story.Articles[i], Articles: story.Articles[i:min(i+4, n)], Basis: []string{"shared passages"}})
	}
	l.Stories = []onrecord.Story{story}
	return r
}

// TestWeightOfALargeStory: the page of a story of 200 articles, with its style and script, is under 150 KB as it travels, and so
// are the next pages of its lists; together they show every statement, figure, dispute and article once.
func TestWeightOfALargeStory(t *testing.T) {
	r := crowd(200)
	h := New(r)
	travels := func(path string) (int, *document) {
		t.Helper()
		req := httptest.NewRequest(http.MethodGet, origin+path, nil)
		req.Header.Set("Accept-Encoding", "gzip")
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, req)
		n := rec.Body.Len()
		if rec.Header().Get("Content-Encoding") != "gzip" || rec.Code != http.StatusOK {
			t.Fatal(path, rec.Code, rec.Header())
		}
		gz, err := gzip.NewReader(rec.Body)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(gz)
		if err != nil {
			t.Fatal(err)
		}
		return n, parse(t, string(body))
	}
	story := "/story/" + r.links.Stories[0].ID
	n, d := travels(story)
	for x := range d.Descendants() {
		if a := attr(x, "src") + map[bool]string{true: attr(x, "href")}[x.Data == "link" && attr(x, "rel") == "stylesheet"]; strings.HasPrefix(a, "/static/") {
			more, _ := travels(a)
			n += more
		}
	}
	t.Logf("%d bytes travel", n)
	if n > 150_000 {
		t.Errorf("the page, its style and its script are %d bytes", n)
	}
	rendered := map[string]int{}
	for list, prefix := range map[string]string{"statements": "s-", "disputes": "d-", "measures": "m-"} {
		path, pages := story, 0
		for path != "" {
			n, d := travels(path)
			if n > 150_000 {
				t.Errorf("%s is %d bytes", path, n)
			}
			for id := range d.ids {
				if strings.HasPrefix(id, prefix) {
					rendered[id]++
				}
			}
			path = ""
			for _, l := range d.links {
				u, err := url.Parse(l)
				if err == nil && u.Path == "" && u.Fragment == list && pageOf(u.Query(), list) > pages+1 {
					path = story + "?" + u.RawQuery
				}
			}
			pages++
		}
		if pages < 2 {
			t.Errorf("%s come on %d pages", list, pages)
		}
	}
	for _, x := range r.links.Disputes {
		if rendered["d-"+x.ID] != 1 {
			t.Errorf("dispute %s stands %d times", x.ID, rendered["d-"+x.ID])
		}
	}
	for _, x := range r.links.Measures {
		if rendered["m-"+x.ID] != 1 {
			t.Errorf("measure %s stands %d times", x.ID, rendered["m-"+x.ID])
		}
	}
	for _, x := range r.readings {
		if id := x.Statements[0].ID; rendered["s-"+id] != 1 { // it belongs to no utterance
			t.Errorf("statement %s stands %d times", id, rendered["s-"+id])
		}
	}
}

func TestCompression(t *testing.T) {
	h := New(coverage())
	for accept, packed := range map[string]bool{"gzip": true, "br, gzip;q=0.5": true, "": false, "gzip;q=0": false, "GZIP": true, "gzip; q=0.0": false, "identity": false, "xgzip": false} {
		req := httptest.NewRequest(http.MethodGet, origin+"/", nil)
		req.Header.Set("Accept-Encoding", accept)
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, req)
		if got := rec.Header().Get("Content-Encoding") == "gzip"; got != packed || got != bytes.HasPrefix(rec.Body.Bytes(), []byte("\x1f\x8b")) || rec.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("%q: %v", accept, rec.Header())
		}
	}
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
