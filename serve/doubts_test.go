package serve

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
)

// TestDoubts holds that the pages, tables and answers of a story and of an article leave out doubtful statements, say how many, and have
// them, marked, where they are asked for.
func TestDoubts(t *testing.T) {
	r := coverage()
	article := r.readings[0]
	doubtful := &article.Statements[1]
	doubtful.Confidence = onrecord.Doubt - .01
	denial := &article.Statements[0]
	denial.Confidence, denial.Stance, denial.Denied = onrecord.Doubt-.01, onrecord.Denies, article.Statements[3].ID // its claim is known
	h := New(r)
	story := "/story/" + r.links.Stories[0].ID
	page := "/article/" + article.Article.ID
	const hidden, shown, mark = "1 doubtful statement hidden", "1 doubtful statement shown", `<span class="chip unnamed">doubtful</span>`
	for _, c := range []struct {
		path  string
		row   string // how statements are listed
		shown bool
		says  string // of how many doubtful statements
	}{
		{story, `id="s-`, false, hidden},
		{story + "?doubtful=show", `id="s-`, true, shown},
		{story + "?doubtful=all", `id="s-`, false, hidden},
		{story + "?outlet=" + url.QueryEscape(article.Article.Outlet), `id="s-`, false, hidden},
		{story + "?doubtful=show&outlet=" + url.QueryEscape(article.Article.Outlet), `id="s-`, true, shown},
		{story + "?outlet=" + url.QueryEscape(r.readings[1].Article.Outlet), `id="s-`, false, ""},
		{page, `id="c-`, false, hidden},
		{page + "?doubtful=show", `id="c-`, true, shown},
		{page + "?s=" + doubtful.ID, `id="c-`, true, shown}, // the permalink of the statement
		{page + "?s=" + denial.ID, `id="c-`, false, hidden},
	} {
		rec := visit(h, c.path)
		body := rec.Body.String()
		if rec.Code != http.StatusOK {
			t.Fatal(c.path, rec.Code)
		}
		if got := strings.Contains(body, c.row+doubtful.ID); got != c.shown {
			t.Errorf("%s: the doubtful statement is listed: %v", c.path, got)
		}
		if says := strings.Contains(body, hidden) || strings.Contains(body, shown); says != (c.says != "") || !strings.Contains(body, c.says) {
			t.Errorf("%s does not say: %s", c.path, c.says)
		}
		if c.says != "" && !strings.Contains(body, c.row+denial.ID) {
			t.Errorf("%s: a denial whose claim is known is left out", c.path)
		}
		if got := strings.Contains(body[strings.Index(body, `id="statements"`):], mark); c.shown && !got {
			t.Errorf("%s: the doubtful statement is not marked", c.path)
		}
		at, err := url.Parse(c.path)
		if err != nil {
			t.Fatal(err)
		}
		q := at.Query()
		q.Set("table", "statements")
		q.Set("as", "json")
		if table := visit(h, at.Path+"?"+q.Encode()); table.Code != http.StatusOK || strings.Contains(table.Body.String(), `"`+doubtful.ID+`"`) != c.shown {
			t.Errorf("%s: the table of statements: %d", c.path, table.Code)
		}
	}
	// The link shows them, the filter's form keeps them.
	d := parse(t, visit(h, story+"?outlet="+url.QueryEscape(article.Article.Outlet)).Body.String())
	followed := false
	for _, href := range d.links {
		if strings.Contains(href, "doubtful=show") {
			followed = strings.Contains(visit(h, story+strings.TrimSuffix(href, "#statements")).Body.String(), `id="s-`+doubtful.ID)
		}
	}
	if !followed {
		t.Error("no link of the story shows its doubtful statements")
	}
	if !strings.Contains(visit(h, story+"?doubtful=show").Body.String(), `<option value="show" selected>`) {
		t.Error("the filter of the story forgets the doubtful statements")
	}
	for query, has := range map[string]bool{"": false, "&doubtful=show": true} {
		page := visit(h, "/search?q=cables+we+have+opened"+query).Body.String()
		says := hidden
		if has {
			says = shown
		}
		if strings.Contains(page, "/statement/"+doubtful.ID) != has || strings.Contains(page, mark) != has || !strings.Contains(page, says) {
			t.Errorf("search%s: the doubtful statement is not as asked for", query)
		}
		body := visit(h, "/api/v1/search?q=cables+we+have+opened"+query).Body.String()
		if strings.Contains(body, `"`+doubtful.ID+`"`) != has || strings.Contains(body, `"doubtful":1`) == has {
			t.Errorf("API, search%s: %s", query, body)
		}
	}
	for _, path := range []string{"/api/v1/stories/" + r.links.Stories[0].ID, "/api/v1/articles/" + article.Article.ID} {
		for query, want := range map[string]struct {
			doubtful int
			has      bool
		}{"": {1, false}, "?doubtful=show": {0, true}} {
			var got struct {
				Doubtful   int
				Statements []struct{ ID string }
			}
			if err := json.Unmarshal(visit(h, path+query).Body.Bytes(), &got); err != nil {
				t.Fatal(path, err)
			}
			has := false
			for _, s := range got.Statements {
				has = has || s.ID == doubtful.ID
			}
			if got.Doubtful != want.doubtful || has != want.has {
				t.Errorf("%s%s: %d left out, the doubtful statement among the others: %v", path, query, got.Doubtful, has)
			}
		}
		if rec := visit(h, path+"?doubtful=perhaps"); rec.Code != http.StatusUnprocessableEntity {
			t.Errorf("%s answers a value that does not exist with %d", path, rec.Code)
		}
	}
}
