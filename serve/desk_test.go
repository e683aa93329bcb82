package serve

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/engine"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/sqlite"
)

// A newsdesk is a site over a ledger of its own that may be written to.
type newsdesk struct {
	*testing.T
	ledger ledger.Ledger
	site   *httptest.Server
}

func newNewsdesk(t *testing.T) *newsdesk {
	t.Helper()
	l, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "l.db"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := engine.Read(t.Context(), l, []string{filepath.Join("..", "examples", "coverage.jsonl")}, engine.Options{Workers: 2}); err != nil {
		t.Fatal(err)
	}
	h, wait := NewDesk(t.Context(), l, l)
	n := &newsdesk{t, l, httptest.NewServer(h)}
	t.Cleanup(func() { n.site.Close(); wait(); l.Close() })
	return n
}

// attribution is the dispute of attribution of the bundled coverage, and the statement that one article gives to another speaker than the rest do.
func (n *newsdesk) attribution() (d onrecord.Dispute, statement string) {
	n.Helper()
	_ = n.ledger.Rows(n.Context(), "", func(row any) error {
		if x, ok := row.(*onrecord.Dispute); ok && x.Kind == onrecord.Attribution {
			d = *x
		}
		return nil
	})
	for _, side := range d.Sides {
		if len(side) == 1 {
			return d, side[0]
		}
	}
	n.Fatal("no dispute of attribution")
	return d, ""
}

func (n *newsdesk) gets(path string) string {
	n.Helper()
	answer, err := http.Get(n.site.URL + path)
	if err != nil {
		n.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		n.Fatal(path, answer.Status, err)
	}
	return string(body)
}

// A form is kept only where the site may be written to, and only if it is its own.
func TestFormsOfOthersAreRefused(t *testing.T) {
	n := newNewsdesk(t)
	_, row := n.attribution()
	for _, c := range []struct {
		site string
		head map[string]string
		code int
	}{
		{n.site.URL, nil, http.StatusSeeOther},
		{n.site.URL, map[string]string{"Sec-Fetch-Site": "same-origin"}, http.StatusSeeOther},
		{n.site.URL, map[string]string{"Origin": n.site.URL}, http.StatusSeeOther},
		{n.site.URL, map[string]string{"Origin": "https://evil.example"}, http.StatusForbidden},
		{n.site.URL, map[string]string{"Origin": "null"}, http.StatusForbidden},
		{n.site.URL, map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, http.StatusForbidden},
		{n.site.URL, map[string]string{"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, http.StatusForbidden},
	} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, c.site+"/review/"+row, strings.NewReader("action=comment&by=Ada&why=seen&back=//evil.example"))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		for k, v := range c.head {
			req.Header.Set(k, v)
		}
		answer, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != c.code {
			t.Errorf("%v: %s, want %d", c.head, answer.Status, c.code)
		}
		if to := answer.Header.Get("Location"); c.code == http.StatusSeeOther && to != "/review/"+row {
			t.Errorf("leads to %s", to)
		}
	}
	closed := httptest.NewRecorder()
	New(n.ledger).ServeHTTP(closed, httptest.NewRequest(http.MethodPost, "http://127.0.0.1/review/"+row, strings.NewReader("action=accept&by=Ada")))
	if closed.Code != http.StatusMethodNotAllowed {
		t.Errorf("where nothing may be written: %d", closed.Code)
	}
}

// Review by the API: refused in words, kept, listed.
func TestReviewAPI(t *testing.T) {
	n := newNewsdesk(t)
	_, row := n.attribution()
	send := func(body string) (int, string) {
		answer, err := http.Post(n.site.URL+"/api/v1/reviews", "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		b, _ := io.ReadAll(answer.Body)
		return answer.StatusCode, string(b)
	}
	if code, body := send(fmt.Sprintf(`{"row":%q,"action":"correct","by":"Ada","fields":{"stance":"shouts"}}`, row)); code != http.StatusBadRequest || !strings.Contains(body, "No stance") {
		t.Errorf("%d %s", code, body)
	}
	if code, body := send(`{"row":"s000000000none","action":"accept","by":"Ada"}`); code != http.StatusNotFound {
		t.Errorf("%d %s", code, body)
	}
	if code, body := send(fmt.Sprintf(`{"row":%q,"action":"correct","by":"Ada","fields":{"speaker":"Ilsa Marden"}}`, row)); code != http.StatusOK || !strings.Contains(body, `"speaker_name":"Ilsa Marden"`) {
		t.Errorf("%d %s", code, body)
	}
	var list struct{ Reviews []struct{ Row, State string } }
	if err := json.Unmarshal([]byte(n.gets("/api/v1/reviews")), &list); err != nil || len(list.Reviews) != 1 || list.Reviews[0].Row != row || list.Reviews[0].State != "" {
		t.Errorf("%v %+v", err, list)
	}
}

// Every page of reviews is of this site alone, and well.
func TestReviewPages(t *testing.T) {
	n := newNewsdesk(t)
	d, row := n.attribution()
	s := map[string]string{"queue": "/review", "reviews": "/reviews", "statement": "/review/" + row, "dispute": "/review/" + d.ID}
	_ = n.ledger.Rows(t.Context(), "", func(r any) error {
		switch x := r.(type) {
		case *ledger.ArticleRow:
			s["article"], s["report"] = "/review/"+x.ID, "/review/"+x.Report
		case *ledger.SpeakerRow:
			if x.Statements > 5 {
				s["speaker"] = "/review/" + x.ID
			}
		case *ledger.FigureRow:
			s["figure"] = "/review/" + x.ID
		case *onrecord.Time:
			s["time"] = "/review/" + x.ID
		case *onrecord.Copy:
			s["copy"] = "/review/" + x.ID
		case *onrecord.Story:
			s["story"] = "/review/" + x.ID
		case *onrecord.Utterance:
			s["utterance"] = "/review/" + x.ID
		case *onrecord.Measure:
			s["measure"] = "/review/" + x.ID
		}
		return nil
	})
	for what, path := range s {
		body := n.gets(path)
		if !strings.Contains(body, "<h1") || len(body) > 150<<10 {
			t.Errorf("%s: %d bytes", what, len(body))
		}
		if what != "queue" && what != "reviews" && !strings.Contains(body, `name="by"`) {
			t.Errorf("%s asks for no name", what)
		}
	}
	if len(s) != 13 {
		t.Errorf("%d kinds of pages", len(s))
	}
}

// TestCorrectByKeys corrects a wrong speaker with the keyboard alone, sees the dispute vanish and the count change, and undoes it.
func TestCorrectByKeys(t *testing.T) {
	p := person{t, browse(t)}
	n := newNewsdesk(t)
	d, row := n.attribution()
	p.does(chromedp.Navigate(n.site.URL + "/dispute/" + d.ID))
	p.until(`document.readyState === "complete"`)
	for range 40 { // to the row
		p.does(chromedp.KeyEvent("j"))
		if p.sees(fmt.Sprintf(`String(document.activeElement.querySelector('a.review')?.getAttribute("href") === %q)`, "/review/"+row)) == "true" {
			break
		}
	}
	before := n.speakers()
	if _, err := chromedp.RunResponse(p.ctx, chromedp.KeyEvent("r")); err != nil {
		t.Fatal(err)
	}
	p.types(`input[name="by"]`, "Ada")
	p.does(chromedp.KeyEvent("\t"))
	p.sees(`(document.activeElement.blur(), "")`)
	p.does(chromedp.KeyEvent("e"))
	p.until(`document.activeElement.name === "speaker"`)
	p.sees(`(document.activeElement.select(), "")`)
	p.does(chromedp.KeyEvent("Ilsa Marden"))
	for p.sees(`document.activeElement.textContent`) != "Save the correction" {
		p.does(chromedp.KeyEvent("\t"))
	}
	p.enters()
	if got := n.speakers(); got["Ilsa Marden"] != before["Ilsa Marden"]+1 || got["Pavel Ostrin"] != before["Pavel Ostrin"]-1 {
		t.Errorf("counts %v, were %v", got, before)
	}
	if strings.Contains(n.gets("/api/v1/stories/"+n.story()), d.ID) {
		t.Error("the dispute is there still")
	}
	p.does(chromedp.Navigate(n.site.URL + "/review/" + row))
	p.until(`document.readyState === "complete"`)
	if got := p.sees(`document.querySelector("ins").textContent`); got != "Ilsa Marden" {
		t.Errorf("the history has %q", got)
	}
	for p.sees(`document.activeElement.textContent`) != "Undo this review" {
		p.does(chromedp.KeyEvent("\t"))
	}
	p.enters()
	if got := n.speakers(); got["Ilsa Marden"] != before["Ilsa Marden"] {
		t.Errorf("undone, counts are %v, were %v", got, before)
	}
	if !strings.Contains(n.gets("/api/v1/stories/"+n.story()), d.ID) {
		t.Error("undone, the dispute is not there")
	}
}

// speakers are how many statements each has.
func (n *newsdesk) speakers() map[string]int {
	n.Helper()
	var list struct {
		Speakers []struct {
			Name       string
			Statements int
		}
	}
	if err := json.Unmarshal([]byte(n.gets("/api/v1/speakers?limit=1000")), &list); err != nil {
		n.Fatal(err)
	}
	said := map[string]int{}
	for _, s := range list.Speakers {
		said[s.Name] += s.Statements
	}
	return said
}

// story is the largest.
func (n *newsdesk) story() string {
	rows, _, err := n.ledger.Stories(n.Context(), ledger.StoryFilter{Limit: 10})
	if err != nil {
		n.Fatal(err)
	}
	best := rows[0]
	for _, r := range rows {
		if r.Articles > best.Articles {
			best = r
		}
	}
	return best.ID
}

// Five people review and twenty read while articles are read into the ledger: no review that was acknowledged is lost.
func TestManyReviewers(t *testing.T) {
	n := newNewsdesk(t)
	rows := regexp.MustCompile(`s[0-9a-z]{13}`).FindAllString(n.gets("/api/v1/stories/"+n.story()), -1)
	stop := make(chan struct{})
	var readers, reviewers sync.WaitGroup
	for k := range 20 {
		readers.Go(func() {
			pages := []string{"/", "/story/" + n.story(), "/speakers", "/review", "/reviews", "/api/v1/stories"}
			for i := k; ; i++ {
				select {
				case <-stop:
					return
				default:
					answer, err := http.Get(n.site.URL + pages[i%len(pages)])
					if err != nil {
						t.Error(err)
						return
					}
					io.Copy(io.Discard, answer.Body)
					answer.Body.Close()
					if answer.StatusCode >= 500 {
						t.Errorf("%s: %s", pages[i%len(pages)], answer.Status)
					}
				}
			}
		})
	}
	readers.Go(func() { // the read
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
				a := fmt.Sprintf(`{"id":"more%d","outlet":"Gull","published":"2031-04-%02d","text":"The quay number %d will reopen in May, harbour master Odo Brandt said on Monday.\n"}`, i, i%28+1, i)
				if _, err := engine.Read(t.Context(), n.ledger, []string{"-"}, engine.Options{Workers: 1, Stdin: bytes.NewBufferString(a + "\n")}); err != nil && t.Context().Err() == nil {
					t.Error(err)
					return
				}
			}
		}
	})
	var mu sync.Mutex
	kept := map[string]bool{}
	for k := range 5 {
		reviewers.Go(func() {
			for i := range 8 {
				row := rows[(k*8+i)%len(rows)]
				body := fmt.Sprintf(`{"row":%q,"action":"correct","by":"reviewer %d","why":"%d","fields":{"stance":"believes"}}`, row, k, i)
				answer, err := http.Post(n.site.URL+"/api/v1/reviews", "application/json", strings.NewReader(body))
				if err != nil {
					t.Error(err)
					return
				}
				var made struct{ Review struct{ ID string } }
				err = json.NewDecoder(answer.Body).Decode(&made)
				answer.Body.Close()
				if answer.StatusCode == http.StatusOK && err == nil {
					mu.Lock()
					kept[made.Review.ID] = true
					mu.Unlock()
				} else {
					t.Errorf("%s %v", answer.Status, err)
				}
				time.Sleep(time.Millisecond)
			}
		})
	}
	reviewers.Wait()
	close(stop)
	readers.Wait()
	list, err := n.ledger.ReviewList(t.Context(), 1000, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range list {
		delete(kept, v.ID)
	}
	if len(list) != 40 || len(kept) > 0 {
		t.Errorf("%d reviews, lost are %v", len(list), kept)
	}
}

// A draft is pasted or uploaded in the page: answers stand beside it, the worst first, with what changed marked on both sides, and nothing is kept.
func TestCheckPage(t *testing.T) {
	n := newNewsdesk(t)
	const draft = "# Boardings\n\nRafe Ondal said that *the longer the boardings last*, the emptier the [fish markets](https://a.example) get.\n\n" +
		"“Less than 80 percent of the boats that we've seen them stop so far were not carrying contraband or anybody linked to the Grey Tide,” Ilsa Marden said.\n\n" +
		"“We will sink every boat that sails on Sunday,” Admiral Torv Hesk said.\n"
	before := n.gets("/api/v1/stories?limit=1000")
	post := func(name, content string, file bool) string {
		t.Helper()
		var b bytes.Buffer
		form := multipart.NewWriter(&b)
		if file {
			w, err := form.CreateFormFile("file", name)
			if err != nil {
				t.Fatal(err)
			}
			io.WriteString(w, content)
		} else if err := form.WriteField("draft", content); err != nil {
			t.Fatal(err)
		}
		form.Close()
		answer, err := http.Post(n.site.URL+"/check", form.FormDataContentType(), &b)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		page, _ := io.ReadAll(answer.Body)
		return string(page)
	}
	for what, page := range map[string]string{"pasted": post("", draft, false), "Markdown": post("d.md", draft, true), "text": post("d.txt", draft, true)} {
		at := -1
		for _, status := range []string{"s-contradicted", "s-contradicted", "s-unverified"} {
			next := strings.Index(page[at+1:], status)
			if next < 0 {
				t.Errorf("%s: no %s, or not in its place", what, status)
				break
			}
			at += 1 + next
		}
		for _, want := range []string{`data-sign="≥≠">Less</mark>`, `data-sign="≥≠">More</mark>`, "not to Rafe Ondal", `href="#a-1"`, `id="list"`} {
			if !strings.Contains(page, want) {
				t.Errorf("%s: no %s", what, want)
			}
		}
	}
	if page := post("d.md", draft, true); strings.Contains(page, "a.example") && strings.Contains(page, `<a href="https://a.example`) {
		t.Error("Markdown is markup")
	}
	if page := post("d.docx", "PK\x03\x04", true); !strings.Contains(page, "word processors") {
		t.Error("a file of a word processor is not refused in words")
	}
	if page := post("", "<p>“We will sink every boat that sails on Sunday,” Admiral Torv Hesk said.</p><script>alert(1)</script>", false); strings.Contains(page, "<script>alert") {
		t.Error("a draft's script is in the page")
	}
	if after := n.gets("/api/v1/stories?limit=1000"); after != before {
		t.Error("the draft is in the ledger")
	}
	answer, err := http.Post(n.site.URL+"/api/v1/check", "application/json", strings.NewReader(`{"quotation":"the longer the boardings last, the emptier the fish markets get","speaker":"Rafe Ondal"}`))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var got struct {
		Answers []struct{ Status, Reason string }
	}
	if err := json.NewDecoder(answer.Body).Decode(&got); err != nil || len(got.Answers) != 1 || got.Answers[0].Status != "contradicted" {
		t.Errorf("%v %+v", err, got)
	}
}

// A text is pasted with its outlet and day, a file is uploaded: the page shows what was read, and says why something was not.
func TestAddPage(t *testing.T) {
	n := newNewsdesk(t)
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	for k, v := range map[string]string{"text": "The quay will reopen in May, harbour master Odo Brandt said on Monday.", "title": "Quay to reopen", "outlet": "The Gull", "day": "2031-05-02"} {
		if err := form.WriteField(k, v); err != nil {
			t.Fatal(err)
		}
	}
	for name, content := range map[string]string{"ferry.md": "# Ferry\n\n“The ferry will **not** sail,” captain Ines Halloran said.\n", "letter.docx": "PK\x03\x04", "empty.txt": " "} {
		w, err := form.CreateFormFile("file", name)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, content)
	}
	form.Close()
	answer, err := http.Post(n.site.URL+"/add", form.FormDataContentType(), &b)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	page, _ := io.ReadAll(answer.Body)
	for _, want := range []string{"Quay to reopen", "1 statement", "letter.docx: Files of word processors", "empty.txt: "} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	found := map[string]string{}
	_ = n.ledger.Rows(t.Context(), "", func(row any) error {
		switch x := row.(type) {
		case *ledger.ArticleRow:
			if x.Outlet == "The Gull" {
				found[x.Title] = x.Published.Value
			}
		case *ledger.StatementRow:
			found[x.SpeakerName] = x.Stance
		}
		return nil
	})
	if found["Quay to reopen"] != "2031-05-02" || found["Odo Brandt"] == "" || found["Ines Halloran"] == "" {
		t.Errorf("%v", found)
	}
}
