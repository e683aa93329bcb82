package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

const origin = "http://127.0.0.1:7700"

func visit(h http.Handler, path string) *httptest.ResponseRecorder {
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, origin+path, nil))
	return rec
}

// A document is a page as a browser reads it.
type document struct {
	*html.Node
	ids   map[string]int
	links []string
	count map[string]int // of elements
}

func parse(t *testing.T, body string) *document {
	t.Helper()
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	d := &document{root, map[string]int{}, nil, map[string]int{}}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if n.Namespace == "" || n.Data == "svg" { // what stands in a picture is none of the page's elements
			d.count[n.Data]++
		}
		if id := attr(n, "id"); id != "" {
			d.ids[id]++
		}
		if href := attr(n, "href"); n.Data == "a" && href != "" {
			d.links = append(d.links, href)
		}
	}
	return d
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// textOf is the text of a node, as a browser has it.
func textOf(n *html.Node) string {
	var b strings.Builder
	for x := range n.Descendants() {
		if x.Type == html.TextNode {
			b.WriteString(x.Data)
		}
	}
	return b.String()
}

// one is the first element of a class.
func (d *document) one(class string) *html.Node {
	for n := range d.Descendants() {
		if n.Type == html.ElementNode && slices.Contains(strings.Fields(attr(n, "class")), class) {
			return n
		}
	}
	return nil
}

// well checks what every page must be.
func well(t *testing.T, path string, rec *httptest.ResponseRecorder) *document {
	t.Helper()
	if got := rec.Header().Get("Content-Security-Policy"); got != policy {
		t.Errorf("%s: policy is %q", path, got)
	}
	for name, want := range map[string]string{
		"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "X-Frame-Options": "DENY", "Content-Type": "text/html; charset=utf-8",
	} {
		if got := rec.Header().Get(name); got != want {
			t.Errorf("%s: %s is %q, want %q", path, name, got, want)
		}
	}
	d := parse(t, rec.Body.String())
	for element, want := range map[string]int{"main": 1, "h1": 1, "title": 1, "footer": 1, "style": 0, "iframe": 0} {
		if d.count[element] != want {
			t.Errorf("%s has %d <%s>, want %d", path, d.count[element], element, want)
		}
	}
	if d.count["nav"] < 1 || d.count["header"] < 1 {
		t.Errorf("%s has no navigation or header", path)
	}
	for id, n := range d.ids {
		if n > 1 {
			t.Errorf("%s: id %s stands %d times", path, id, n)
		}
	}
	level := 0
	for n := range d.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		for _, a := range n.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				t.Errorf("%s: <%s> has an attribute %s", path, n.Data, a.Key)
			}
		}
		switch n.Data {
		case "script":
			if src := attr(n, "src"); !strings.HasPrefix(src, "/static/") || n.FirstChild != nil {
				t.Errorf("%s: script %q with %v", path, src, n.FirstChild)
			}
		case "input", "select":
			labelled := attr(n, "id") == "q"
			for p := n.Parent; p != nil; p = p.Parent {
				labelled = labelled || p.Data == "label"
			}
			if !labelled {
				t.Errorf("%s: field %s has no label", path, attr(n, "name"))
			}
		case "h1", "h2", "h3", "h4":
			if l := int(n.Data[1] - '0'); l > level+1 {
				t.Errorf("%s: <%s> %q comes after a heading of level %d", path, n.Data, textOf(n), level)
			} else {
				level = l
			}
			if strings.TrimSpace(textOf(n)) == "" {
				t.Errorf("%s: an empty <%s>", path, n.Data)
			}
		}
	}
	return d
}

// TestEveryLinkLeadsSomewhere walks from the front page through all addresses that pages name.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	h := New(coverage())
	pages := map[string]*document{}
	queue := []string{"/", "/search?q=cables", "/search?q=nothing+of+the+kind", "/speakers?name=venning", "/?outlet=Lake+Gazette&from=2031-03-01&until=2031-03-31"}
	fragments := map[string][]string{} // page -> fragments asked of it
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		if pages[path] != nil {
			continue
		}
		rec := visit(h, path)
		for rec.Code == http.StatusFound {
			to := rec.Header().Get("Location")
			page, fragment, _ := strings.Cut(to, "#")
			fragments[page] = append(fragments[page], fragment)
			queue = append(queue, page)
			rec = visit(h, page)
		}
		if rec.Code != http.StatusOK {
			t.Errorf("%s answers %d", path, rec.Code)
			continue
		}
		if !strings.HasPrefix(rec.Header().Get("Content-Type"), "text/html") { // tables, pictures, the API
			pages[path] = &document{}
			continue
		}
		d := well(t, path, rec)
		pages[path] = d
		base, _ := url.Parse(path)
		for _, l := range d.links {
			u, err := base.Parse(l)
			if err != nil {
				t.Errorf("%s: link %q: %v", path, l, err)
				continue
			}
			if u.Host != "" {
				continue
			}
			fragment := u.Fragment
			u.Fragment, u.RawFragment = "", ""
			if fragment != "" {
				fragments[u.String()] = append(fragments[u.String()], fragment)
			}
			queue = append(queue, u.String())
		}
	}
	for page, list := range fragments {
		for _, f := range list {
			if d := pages[page]; d != nil && d.ids[f] == 0 {
				t.Errorf("%s has no place #%s", page, f)
			}
		}
	}
	if len(pages) < 60 {
		t.Errorf("only %d pages found", len(pages))
	}
}

func TestPagesSayWhatTheRecordHolds(t *testing.T) {
	r := coverage()
	h := New(r)
	story := "/story/" + r.links.Stories[0].ID
	wire, post, gazette := "/article/"+r.readings[0].Article.ID, "/article/"+r.readings[1].Article.ID, "/article/"+r.readings[3].Article.ID
	unknown := "/article/" + r.readings[5].Article.ID
	for _, c := range []struct {
		path  string
		words []string
	}{
		{"/", []string{"10 articles in 2 stories", "Corrosion on the Tarn Crossing", "4 – 11 Mar 2031", "and 3 more"}},
		{"/?outlet=Upland+Courier", []string{"1–1 of 1 story", "Cheese fair", "Clear filters"}},
		{"/?speaker=orla+venning", []string{"1–1 of 1 story", "Corrosion"}},
		{"/?language=tlh", []string{"No matching stories"}},
		{"/?from=2031-02-01&until=2031-02-11", []string{"1–1 of 1 story", "Cheese fair"}},
		{story, []string{
			"8 articles, 5 independent reports, 1 origin", "2 articles derive from 1 origin", "31% of it found in Quill Wire", "5 renditions in 3 articles", "number: “64 percent” became “60 percent”",
			"omission: “we have opened so far” dropped", "attributed to the city", "Speaker unknown", "unnamed", "via Lake Gazette",
			"share of the Tarn Crossing's cables that are corroded", "complement: 1 − 0.9 = 0.1", "Denial", "Differing figures",
			"74% of it found in Quill Wire", "credit line: Quill Wire", "2 more articles derive from it", "no copies", unknownDay, "high 0.91", "low 0.55",
		}},
		{story + "?outlet=Lake+Gazette", []string{"Showing 1 of 8 articles, with 6 statements", "8 articles, 5 independent reports", "Denial", "Contradiction", "Nine in ten cables"}},
		{story + "?speaker=venning", []string{"Showing 4 of 8 articles, with 5 statements", "4 renditions"}},
		{story + "?speaker=nobody", []string{"Showing 0 of 8 articles, with 0 statements"}},
		{story + "?from=2031-03-08&until=2031-03-09", []string{"Showing 2 of 8 articles", "8 Mar 2031"}},
		{story + "?language=ar", []string{"Showing 1 of 8 articles, with 2 statements"}},
		{story, []string{"linked by links by hand", "read by by hand", "Cue: “told reporters”; source: “Orla Venning”, identified as Orla Venning with confidence high 0.93"}},
		{story + "?v=links+by+hand", []string{"8 articles, 5"}},
		{story + "?v=links+of+old", []string{"This link refers to version links of old of this row. Shown is the current version, links by hand."}},
		{wire + "?s=" + r.readings[0].Statements[1].ID + "&v=reading-0", []string{"refers to version reading-0 of this row. Shown is the current version, by hand"}},
		{"/speaker/" + r.links.Speakers[2].ID + "?stance=denies", []string{"5 statements in 2 articles", "all outlets", "Lake Gazette 4", "denies 2", "his ministry had known"}},
		{"/speaker/" + r.links.Speakers[2].ID + "?outlet=Evening+Mirror", []string{"One cable in ten on the Tarn Crossing is damaged"}},
		{"/speaker/" + r.links.Speakers[2].ID + "?outlet=none", []string{"No matching statements"}},
		{"/speaker/" + r.links.Speakers[2].ID, []string{"2 denials", "X-17", "7 – 8 Mar 2031", "2 articles"}},
		{"/speaker/" + r.links.Speakers[1].ID, []string{"the Works ministry for Ministry of Works: Divers who looked", "Evidence: one name in 5 articles"}},
		{"/speaker/" + r.links.Speakers[4].ID, []string{"lead may be Ministry of Works", "low 0.41", "the same words on the same day", "never merged"}},
		{"/search?q=cables&certainty=0.95", []string{"No results"}},
		{"/search?q=cables&certainty=0.9", []string{"confidence high 0.91", "0.9 or more"}},
		{wire, []string{"Two thirds of bridge cables corroded", "By Teo Marsh", "4 statements", "declines to comment", "> 64 percent", "Copied by", "2030-FA"}},
		{post, []string{"74% of this article was found in", "2 passages side by side", "credit line: Quill Wire"}},
		{gazette, []string{"nested", "one cable in three"}},
		{unknown, []string{"outlet unknown", unknownDay}},
		{"/article/" + r.readings[7].Article.ID, []string{"This is an older version", "Versions", "latest"}},
		{"/speakers", []string{"Ministry of Works", "the Works ministry", "سميرة الوادي"}},
		{"/speakers?name=nobody+at+all", []string{"No speakers found with that name"}},
		{"/speaker/" + r.links.Speakers[2].ID, []string{"Halvard Dorn", "minister of works", "5 statements in 2 articles", "Disputes", "denies", "the city says"}},
		{"/speaker/" + r.links.Speakers[4].ID, []string{"An unnamed speaker of one article, never merged with a named one"}},
		{"/search?q=cables&stance=asserts", []string{"Quill Wire", "best match first"}},
		{"/search?q=zzz", []string{"No results"}},
		{"/utterance/" + r.links.Utterances[0].ID, []string{
			"Utterance", "5 renditions in 3 articles", "first published 4 Mar 2031", "first published", "attributed to the city", "number: “64 percent” became “60 percent”",
			"Wordings", "Sallow Post", "Evidence: same speaker and day; shared words", "compare with the first", "unchanged",
		}},
		{"/utterance/" + r.links.Utterances[1].ID, []string{"Halvard Dorn", "via Lake Gazette", "2 renditions"}},
		{"/measure/" + r.links.Measures[0].ID, []string{
			"share of the Tarn Crossing's cables that are corroded", "8 figures in percent", "republished, as in Quill Wire, 4 Mar 2031", "complement", "Download as SVG",
		}},
		{"/measure/" + r.links.Measures[0].ID + "?by=as-of", []string{"7 figures without such a date"}},
		{"/dispute/" + r.links.Disputes[0].ID, []string{"Denial", "The claim", "The denial", "Published by", "not published", "side by side", "It does not say which is right"}},
		{"/dispute/" + r.links.Disputes[2].ID, []string{"Differing figures", "Nine in ten cables", "At least 64 percent"}},
		{"/cite/" + r.readings[0].Statements[1].ID, []string{
			"Orla Venning: “At least 64 percent of the cables we have opened so far show corrosion that we did not expect before 2050”, in: ",
			"“Two thirds of bridge cables corroded, engineer says”, Quill Wire, 4 March 2031, https://quill-wire.example/",
			"Orla Venning, Quill Wire, 4 March 2031", "@misc{quillwire20310304twothirds,", `"type": "article-newspaper"`, `"TextPositionSelector"`, `"ClaimReview"`,
			onrecord.TextHash(r.readings[0].Article.Text),
		}},
		{"/api", []string{"GET /api/v1/stories/{id}", "code points"}},
	} {
		rec := visit(h, c.path)
		if rec.Code != http.StatusOK {
			t.Errorf("%s answers %d", c.path, rec.Code)
			continue
		}
		text := strings.Join(strings.Fields(textOf(well(t, c.path, rec).Node)), " ")
		for _, w := range c.words {
			if !strings.Contains(text, w) {
				t.Errorf("%s does not say %q", c.path, w)
			}
		}
	}
}

// TestSearchForSpeech: what somebody only believes is found unless speech alone is asked for, on the page and by the API.
func TestSearchForSpeech(t *testing.T) {
	r := coverage()
	said := &r.readings[0].Statements[1]
	h := New(r)
	for _, path := range []string{"/search?q=opened+so+far&stance=speech", "/api/v1/search?q=opened+so+far&speech=true"} {
		for _, stance := range []string{onrecord.Asserts, onrecord.Believes} {
			said.Stance = stance
			if found := strings.Contains(visit(h, path).Body.String(), said.ID); found != (stance == onrecord.Asserts) {
				t.Errorf("%s, of what is %s: found %v", path, stance, found)
			}
		}
	}
	if body := visit(h, "/search?q=opened+so+far").Body.String(); !strings.Contains(body, said.ID) {
		t.Error("what is believed is not found at all")
	}
}

func TestSpansAndStatementsOpenAtTheirPassage(t *testing.T) {
	r := coverage()
	h := New(r)
	a := r.readings[6].Article // in two directions of writing, so that bytes are not code points
	words := "العبّارة هي الطريق الوحيد"
	from := len([]rune(a.Text[:strings.Index(a.Text, words)]))
	path := fmt.Sprintf("/article/%s?span=%d-%d", a.ID, from, from+len([]rune(words)))
	d := well(t, path, visit(h, path))
	if d.ids["here"] != 1 {
		t.Fatal("no place to go to")
	}
	var lit string
	for n := range d.one("text").Descendants() {
		if n.Type == html.ElementNode && slices.Contains(strings.Fields(attr(n, "class")), "here") {
			lit += textOf(n)
		}
	}
	if lit != words {
		t.Errorf("lit is %q, want %q", lit, words)
	}
	for _, span := range []string{"5", "9-2", "-1-4", "0-99999999", "x-y", "99999999999999999999-3"} {
		path := "/article/" + a.ID + "?span=" + span
		if d := well(t, path, visit(h, path)); d.ids["here"] != 0 {
			t.Errorf("span %s leads somewhere", span)
		}
	}
	s := r.readings[0].Statements[1]
	if to := visit(h, "/statement/"+s.ID+"?v=some+model").Header().Get("Location"); !strings.HasSuffix(to, "&v=some+model#s-"+s.ID) {
		t.Errorf("in a version it leads to %s", to)
	}
	rec := visit(h, "/statement/"+s.ID)
	if want := "/article/" + s.Article + "?s=" + s.ID + "#s-" + s.ID; rec.Code != http.StatusFound || rec.Header().Get("Location") != want {
		t.Errorf("%d to %s, want %s", rec.Code, rec.Header().Get("Location"), want)
	}
	if d := parse(t, visit(h, "/article/"+s.Article+"?s="+s.ID).Body.String()); d.one("here") == nil || d.ids["s-"+s.ID] != 1 {
		t.Error("the statement is not lit")
	}
}

// TestWhatIsGoneLeadsToWhatHasMostOfIt: a row that new links no longer make answers with the address of the row that has most of it.
func TestWhatIsGoneLeadsToWhatHasMostOfIt(t *testing.T) {
	r := coverage()
	moved := &movedRecord{r, map[string]string{}}
	h := New(moved)
	for path, now := range map[string]string{
		"/story/eold": r.links.Stories[0].ID, "/utterance/uold": r.links.Utterances[0].ID, "/measure/mold": r.links.Measures[0].ID, "/dispute/dold": r.links.Disputes[0].ID, "/speaker/pold": r.links.Speakers[0].ID,
	} {
		kind, old, _ := strings.Cut(path[1:], "/")
		moved.to[old] = now
		if rec := visit(h, path); rec.Code != http.StatusFound || rec.Header().Get("Location") != "/"+kind+"/"+now {
			t.Errorf("%s: %d to %s", path, rec.Code, rec.Header().Get("Location"))
		}
	}
}

func TestWhatIsNotThere(t *testing.T) {
	h := New(coverage())
	for _, path := range []string{"/story/e0", "/article/a0", "/speaker/p0", "/statement/s0", "/nowhere", "/static/other.css", "/story/", "/article/%3Cscript%3E"} {
		rec := visit(h, path)
		if rec.Code != http.StatusNotFound {
			t.Errorf("%s answers %d", path, rec.Code)
		}
		if !strings.HasPrefix(path, "/static/") {
			if text := textOf(well(t, path, rec).Node); !strings.Contains(text, "Not in this ledger") {
				t.Errorf("%s says %s", path, text)
			}
		}
	}
	for _, path := range []string{"/story/" + coverage().links.Stories[0].ID + "?until=1-2-3", "/search?q=x&certainty=much", "/search?q=x&certainty=NaN"} {
		if rec := visit(h, path); rec.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", path, rec.Code)
		}
	}
	if rec := visit(h, "/?from=tomorrow"); rec.Code != http.StatusBadRequest || !strings.Contains(rec.Body.String(), "YYYY-MM-DD") {
		t.Error("a day that is none:", rec.Code)
	}
}

func TestEmptyLedger(t *testing.T) {
	h := New(&record{})
	for path, words := range map[string]string{"/": "onrecord read", "/speakers": "has no speakers yet", "/search?q=x": "No results"} {
		if text := textOf(well(t, path, visit(h, path)).Node); !strings.Contains(text, words) {
			t.Errorf("%s does not say %q", path, words)
		}
	}
}

func TestRefusedFilesHaveTheirOwnWords(t *testing.T) {
	r := &record{refused: []ledger.Refusal{{File: "news/<b>broken</b>.jsonl", Line: 1204, Reason: "no text"}, {File: "picture.html", Reason: "not HTML"}}}
	h := New(r)
	for path, want := range map[string][]string{
		"/": {"The last read refused 2 items: see the list."}, "/refused": {"2 items", "news/<b>broken</b>.jsonl", "1,204", "no text", "picture.html", "not HTML"},
	} {
		text := words(textOf(well(t, path, visit(h, path)).Node))
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s does not say %q: %s", path, w, text)
			}
		}
	}
	h = New(coverage())
	if text := textOf(well(t, "/refused", visit(h, "/refused")).Node); !strings.Contains(text, "refused nothing") {
		t.Error(text)
	}
	if text := textOf(well(t, "/", visit(h, "/")).Node); strings.Contains(text, "refused") {
		t.Error("the front page speaks of refusals where there are none")
	}
}

func TestErrorsHaveTheirOwnWords(t *testing.T) {
	log := slog.Default()
	slog.SetDefault(slog.New(slog.DiscardHandler))
	t.Cleanup(func() { slog.SetDefault(log) })
	for _, c := range []struct {
		err   error
		code  int
		words string
	}{
		{fmt.Errorf("stories: %w", context.DeadlineExceeded), http.StatusServiceUnavailable, "took too long"},
		{errors.New("disk I/O error at /home/somebody"), http.StatusInternalServerError, "could not be read"},
		{fmt.Errorf("ledger /home/somebody: %w", ledger.ErrAltered), http.StatusInternalServerError, "The text in the ledger is not the one that was read"},
	} {
		r := coverage()
		r.fail = c.err
		h := New(r)
		for _, path := range []string{"/", "/speakers", "/search?q=x", "/story/e1", "/article/a1", "/statement/s1"} {
			rec := visit(h, path)
			if text := textOf(well(t, path, rec).Node); rec.Code != c.code || !strings.Contains(text, c.words) || strings.Contains(text, "somebody") {
				t.Errorf("%s: %d %s", path, rec.Code, text)
			}
		}
		for _, path := range []string{"/stories", "/stories/e1", "/articles/a1", "/speakers", "/speakers/p1", "/search?q=x", "/passages?ids=s1"} {
			rec := visit(h, "/api/v1"+path)
			altered := strings.Contains(rec.Body.String(), "not the one that was read")
			if rec.Code != c.code || altered != errors.Is(c.err, ledger.ErrAltered) || strings.Contains(rec.Body.String(), "somebody") {
				t.Errorf("%s: %d %s", path, rec.Code, rec.Body)
			}
		}
	}
}

// hostile is coverage by somebody who wants to break the pages.
func hostile() *record {
	const script = `<script>alert("1")</script><img src=x onerror=alert(2)>`
	r := &record{links: onrecord.Links{SpeakerOf: map[string]string{}}}
	d := r.article(script+"\u202eoutlet", "2031-03-04", `</title>`+script+"\u202etitle\u2066", "first “"+script+"” said "+script+`"'&amp;`+"\n\u202eturned\u202c\x00\r\nnext\n\n")
	d.Article.URL = "javascript:alert(3)//example.org/"
	d.Article.Byline = `"><svg onload=alert(4)>`
	d.Article.Language = `en" onclick="alert(5)`
	d.Article.Published = onrecord.Published{Value: "<b>2031", Precision: "day", Basis: script}
	p := onrecord.Speaker{
		ID: "p'\"><script>", Name: script + "\u202e", Kind: `person"><script>`, Aliases: []string{script}, Roles: []string{script}, State: script, Basis: []string{script}, ExternalID: script,
		Tenures: []onrecord.Tenure{{Role: script, Basis: script}}, Leads: []onrecord.Lead{{Speaker: `"><script>`, Basis: []string{script}}},
		Learned: []onrecord.Alias{{Name: script, Alias: script, Article: d.Article.ID, Span: onrecord.Span{Start: 3, End: 20}}, {Alias: "gone", Article: "gone"}},
	}
	r.links.Speakers = []onrecord.Speaker{p}
	s := d.says(p.ID, "direct asserts", "first", "said", "“"+script+"”", script+`"'`)
	s.Relays, s.Addressee = []string{script}, d.spans("first")
	s.Said = onrecord.Interval{From: date("2031-03-04"), Basis: script}
	f := d.figure(`("1")`, onrecord.Figure{Low: 1, Unit: script, Thing: script, Statement: s.ID})
	d.time("next", script, script)
	d.aside(script, "turned")
	d.Times[0].Span = onrecord.Span{Start: -4, End: 1 << 40}
	l := &r.links
	l.Model = script
	l.Stories = []onrecord.Story{{ID: "e1", Title: script + "\u202e", Articles: []string{d.Article.ID}, Reports: 1}}
	l.Utterances = []onrecord.Utterance{{ID: "u1", Speaker: p.ID, Wording: script, Statements: []string{s.ID, s.ID}, Basis: []string{script}, Drift: []onrecord.Drift{{Statement: s.ID, Kind: script, From: script, To: "<script>"}}}}
	l.Measures = []onrecord.Measure{{ID: "m1", Label: script, Unit: script, Figures: []onrecord.MeasurePoint{{Figure: f, Complement: true}, {Figure: "gone"}}}}
	l.Disputes = []onrecord.Dispute{{ID: "d1", Kind: script, Sides: [2][]string{{s.ID}, {"gone"}}, Basis: script}}
	l.Copies = []onrecord.Copy{{ID: "c1", Article: d.Article.ID, Origin: "gone", Kind: script, Share: 0.5, Basis: []string{script}, Passages: []onrecord.Aligned{{Span: s.Content[0], Origin: onrecord.Span{Start: 5, End: 900}}}}}
	l.Reports = []onrecord.Report{{ID: "r1", Origin: d.Article.ID, Articles: []string{d.Article.ID, "gone"}, Basis: []string{script}}}
	return r
}

// TestOnlySpokenOf holds that who says nothing is told apart from who speaks, with the passages that name him, her or it.
func TestOnlySpokenOf(t *testing.T) {
	r := &record{links: onrecord.Links{SpeakerOf: map[string]string{}}}
	vera := onrecord.Speaker{ID: "p1", Name: "Vera Lund", Kind: onrecord.Person, Aliases: []string{"Lund"}, Confidence: 1}
	odile := onrecord.Speaker{ID: "p2", Name: "Odile Marsh", Kind: onrecord.Person, Confidence: 1}
	r.links.Speakers = []onrecord.Speaker{vera, odile}
	for i, words := range []string{"The bridge was built by Vera Lund. Odile Marsh said it was old.", "Nobody thanked Lund for it, and Lund went home. Odile Marsh was there."} {
		d := r.article("Harbour Post", fmt.Sprint("2031-03-0", i+1), "The bridge", words)
		name := []string{"Vera Lund", "Lund"}[i]
		in := fmt.Sprint("n", i)
		d.Speakers = append(d.Speakers, onrecord.Speaker{ID: in, Article: d.Article.ID, Name: name, Kind: onrecord.Person, Spans: d.spans(name)})
		r.links.SpeakerOf[in] = vera.ID
		if i == 0 {
			d.says(odile.ID, "indirect asserts", "Odile Marsh", "said", "it was old")
		} else {
			d.Speakers = append(d.Speakers, onrecord.Speaker{ID: "o", Article: d.Article.ID, Name: odile.Name, Kind: onrecord.Person, Spans: d.spans(odile.Name)})
			r.links.SpeakerOf["o"] = odile.ID
		}
	}
	h := New(r)
	for path, want := range map[string][]string{
		"/speaker/p1":             {"mentioned only", "in 2 articles, without a statement", "This ledger has no statement by Vera Lund", "Nobody thanked Lund"},
		"/speaker/p2":             {"1 statement in 1 article", "mentioned in 1 other article", "Spoken of 1", "it was old"},
		"/speaker/p2?tab=named":   {"Other articles that mention Odile Marsh"},
		"/speakers":               {"Odile Marsh", "Vera Lund mentioned only"},
		"/speakers?who=speaking":  {"Odile Marsh"},
		"/speakers?who=spoken+of": {"Vera Lund"},
		"/search?q=vera+lund":     {"Speakers with this name: Vera Lund", "mentioned only, in 2 articles"},
	} {
		d := well(t, path, visit(h, path))
		text := words(textOf(d.Node))
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s does not say %q:\n%s", path, w, text)
			}
		}
		switch path {
		case "/speakers":
			if strings.Index(text, "Odile Marsh") > strings.Index(text, "Vera Lund") {
				t.Error("who is only spoken of comes before who speaks")
			}
		case "/speakers?who=speaking":
			if strings.Contains(text, "Vera Lund") {
				t.Error("who says nothing is among who speaks")
			}
		case "/speakers?who=spoken+of":
			if strings.Contains(text, "Odile Marsh") {
				t.Error("who speaks is among those only spoken of")
			}
		case "/speaker/p1":
			if !slices.ContainsFunc(d.links, func(l string) bool { return strings.Contains(l, "?span=24-33#here") }) {
				t.Errorf("no link leads to the place: %q", d.links)
			}
		}
	}
}

// pictures counts the pictures that the pages themselves draw.
func pictures(d *document) (n int) {
	for x := range d.Descendants() {
		if x.Type == html.ElementNode && x.Data == "svg" && (strings.HasPrefix(attr(x, "class"), "chart") || strings.HasPrefix(attr(x, "class"), "lineage")) {
			n++
		}
	}
	return n
}

func TestHostileArticleIsText(t *testing.T) {
	r := hostile()
	h := New(r)
	a := r.readings[0].Article
	for _, path := range []string{
		"/", "/story/e1", "/article/" + a.ID, "/article/" + a.ID + "?s=" + r.readings[0].Statements[0].ID, "/speakers", "/speaker/" + url.PathEscape(r.links.Speakers[0].ID),
		"/utterance/u1", "/measure/m1", "/measure/m1?by=as-of", "/dispute/d1", "/cite/" + r.readings[0].Statements[0].ID, "/cite/" + a.ID, "/cite/" + r.readings[0].Figures[0].ID,
		"/side-by-side?a=" + a.ID + ":0-20&b=" + a.ID + ":4-40&c=" + a.ID + ":30-60",
		"/story/e1?speaker=" + url.QueryEscape(`"><script>`) + "&v=" + url.QueryEscape(`<script>alert(7)</script>`), "/speaker/" + url.PathEscape(r.links.Speakers[0].ID) + "?outlet=" + url.QueryEscape(`"><script>`),
		"/search?q=" + url.QueryEscape("<script>"), "/?outlet=" + url.QueryEscape(`"><script>alert(6)</script>`), "/search?q=x&speaker=" + url.QueryEscape(`'"><script>`),
	} {
		rec := visit(h, path)
		if rec.Code != http.StatusOK {
			t.Errorf("%s answers %d", path, rec.Code)
			continue
		}
		d := parse(t, rec.Body.String())
		for element, most := range map[string]int{"script": 1, "img": 0, "svg": pictures(d), "main": 1, "title": 1} {
			if d.count[element] > most {
				t.Errorf("%s has %d <%s>", path, d.count[element], element)
			}
		}
		for n := range d.Descendants() {
			for _, x := range n.Attr {
				if strings.HasPrefix(x.Key, "on") || strings.Contains(strings.ToLower(x.Val), "javascript:") && (x.Key == "href" || x.Key == "src" || x.Key == "action") {
					t.Errorf("%s: <%s %s=%q>", path, n.Data, x.Key, x.Val)
				}
			}
		}
	}
	d := parse(t, visit(h, "/article/"+a.ID).Body.String())
	if got, want := textOf(d.one("text")), strings.ReplaceAll(a.Text, "\x00", "\uFFFD"); got != want {
		t.Errorf("the text reads %q, want %q", got, want)
	}
	if !strings.Contains(textOf(d.Node), "bidirectional control character") {
		t.Error("nothing is said of the characters that turn the writing")
	}
}

// TestHugeParagraph serves a paragraph of a megabyte with twenty thousand overlapping statements.
func TestHugeParagraph(t *testing.T) {
	r := &record{links: onrecord.Links{SpeakerOf: map[string]string{}}}
	d := r.article("Long Paper", "2031-03-04", "Long", strings.Repeat("nobody said “it” to él ", 44000))
	n := len(d.Article.Text)
	for i := range 20000 {
		d.Statements = append(d.Statements, onrecord.Statement{
			ID: fmt.Sprintf("s%d", i), Article: d.Article.ID, Kind: onrecord.Direct, Stance: onrecord.Asserts,
			Content: []onrecord.Span{{Start: i, End: n - i}},
		})
	}
	rec := visit(New(r), "/article/"+d.Article.ID)
	if rec.Code != http.StatusOK {
		t.Fatal(rec.Code)
	}
	if got := textOf(parse(t, rec.Body.String()).one("text")); got != d.Article.Text {
		t.Error("the text is not what was read")
	}
	if most := 28 << 20; rec.Body.Len() > most {
		t.Errorf("the page has %d bytes: more than %d", rec.Body.Len(), most)
	}
}

// TestHugeParagraphOnEveryPage: what is a megabyte long is cut on every page but its article's own.
func TestHugeParagraphOnEveryPage(t *testing.T) {
	r := &record{links: onrecord.Links{SpeakerOf: map[string]string{}}}
	long := strings.Repeat("nobody said “it” to él ", 44000)
	r.links.Speakers = []onrecord.Speaker{{ID: "p1", Name: long, Kind: onrecord.Person, Aliases: []string{long}}}
	d := r.article("Long Paper", "2031-03-04", "Long", "“"+long+"7 percent” said somebody.")
	e := r.article("Other Paper", "2031-03-05", "Copy", d.Article.Text)
	var ids, figures []string
	for _, x := range []*draft{d, e} {
		s := x.says("p1", "direct asserts", "somebody", "2|said", "“")
		n := len(x.Article.Text)
		s.Content, s.Cue = []onrecord.Span{{Start: 0, End: n - 16}}, []onrecord.Span{{Start: n - 15, End: n - 11}}
		ids = append(ids, s.ID)
		figures = append(figures, x.figure("7 percent", onrecord.Figure{Low: 7, Unit: "percent", Thing: "it", Statement: s.ID}))
	}
	l := &r.links
	l.Stories = []onrecord.Story{{ID: "e1", Title: "Long", Articles: []string{d.Article.ID, e.Article.ID}, Reports: 1}}
	l.Utterances = []onrecord.Utterance{{ID: "u1", Speaker: "p1", Wording: long, Statements: ids, Drift: []onrecord.Drift{{Statement: ids[1], Kind: onrecord.DriftWording, From: long, To: long}}}}
	l.Measures = []onrecord.Measure{{ID: "m1", Label: "share of it", Unit: "percent", Figures: []onrecord.MeasurePoint{{Figure: figures[0]}, {Figure: figures[1]}}}}
	l.Disputes = []onrecord.Dispute{{ID: "d1", Kind: onrecord.Contradiction, Sides: [2][]string{ids[:1], ids[1:]}, Basis: "it"}}
	l.Copies = []onrecord.Copy{{ID: "c1", Article: e.Article.ID, Origin: d.Article.ID, Kind: onrecord.WholeCopy, Share: 1, Passages: []onrecord.Aligned{{Span: onrecord.Span{Start: 0, End: 900000}, Origin: onrecord.Span{Start: 0, End: 900000}}}}}
	h := New(r)
	for _, path := range []string{
		"/", "/story/e1", "/story/e1?as=csv&table=statements", "/utterance/u1", "/measure/m1", "/dispute/d1", "/speakers", "/speaker/p1", "/cite/" + ids[0], "/search?q=nobody",
		"/side-by-side?a=" + d.Article.ID + ":0-900000&b=" + e.Article.ID + ":0-900000",
	} {
		rec := visit(h, path)
		if most := 120 << 10; rec.Code != http.StatusOK || rec.Body.Len() > most {
			t.Errorf("%s: %d, %d bytes, more than %d", path, rec.Code, rec.Body.Len(), most)
		}
	}
}

func TestAssetsAreKeptForEver(t *testing.T) {
	h := New(coverage())
	d := parse(t, visit(h, "/").Body.String())
	for n := range d.Descendants() {
		address := attr(n, "src")
		if n.Data == "link" && attr(n, "rel") == "stylesheet" {
			address = attr(n, "href")
		}
		if address == "" {
			continue
		}
		rec := visit(h, address)
		if rec.Code != http.StatusOK || rec.Body.Len() == 0 || !strings.Contains(rec.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d, %s", address, rec.Code, rec.Header().Get("Cache-Control"))
		}
	}
	if d.count["link"] != 2 || d.count["script"] != 1 {
		t.Error("style or script missing")
	}
}

func TestServeEndsInGoodOrder(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	address := make(chan string, 1)
	go func() { ended <- Listen(ctx, "127.0.0.1:0", coverage(), nil, nil, func(a string) { address <- a }) }()
	a := <-address
	res, err := http.Get("http://" + a + "/")
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(res.Body)
	res.Body.Close()
	if err != nil || res.StatusCode != http.StatusOK || !strings.Contains(string(body), "Tarn Crossing") {
		t.Fatal(res.StatusCode, err)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if _, err := net.DialTimeout("tcp", a, time.Second); err == nil {
		t.Error("it still listens")
	}
	if err := Listen(t.Context(), "no.such.host.invalid:1", coverage(), nil, nil, nil); err == nil {
		t.Error("listening on nothing is no error")
	}
}
