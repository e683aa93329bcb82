package serve

import (
	"encoding/json"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger/sqlite"
	"github.com/onrecord/onrecord/reading"
)

// TestNotLinkedYet: while the ledger holds articles that are not linked, every page, table and answer says so, and what is not known
// is not shown as nothing.
func TestNotLinkedYet(t *testing.T) {
	r := coverage()
	r.unlinked = true
	h := New(r)
	for name, path := range everyPage(r) {
		rec := visit(h, path)
		if rec.Code != http.StatusOK || strings.HasPrefix(path, "/side") {
			continue
		}
		if text := words(textOf(well(t, path, rec).Node)); !strings.Contains(text, "Not linked yet") || rec.Header().Get("Onrecord-Linked") != "false" {
			t.Errorf("%s looks linked", name)
		}
	}
	for path, want := range map[string]string{
		"/story/" + r.links.Stories[0].ID:      "5 independent reports so far",
		"/article/" + r.readings[0].Article.ID: "not been compared with this one yet",
		"/?speaker=nobody":                     "No matching stories so far",
	} {
		if text := words(textOf(parse(t, visit(h, path).Body.String()).Node)); !strings.Contains(text, want) {
			t.Errorf("%s does not say %q", path, want)
		}
	}
	bare := coverage()
	bare.unlinked, bare.links.Copies, bare.links.Reports, bare.links.Stories[0].Reports = true, nil, nil, 0
	text := words(textOf(parse(t, visit(New(bare), "/story/"+bare.links.Stories[0].ID).Body.String()).Node))
	for _, w := range []string{"8 articles, independent reports not yet determined", "Not linked yet: copies among the articles of this story are unknown", "Independent reports not yet determined."} {
		if !strings.Contains(text, w) {
			t.Errorf("a story without reports does not say %q", w)
		}
	}
	for _, unlinked := range []bool{true, false} {
		r.unlinked = unlinked
		for _, path := range []string{
			"/stories", "/stories/" + r.links.Stories[0].ID, "/articles/" + r.readings[0].Article.ID, "/speakers", "/speakers/" + r.links.Speakers[0].ID, "/search?q=cables",
			"/passages?ids=" + r.readings[0].Statements[0].ID,
		} {
			var got struct{ Linked *bool }
			rec := visit(h, "/api/v1"+path)
			if err := json.Unmarshal(rec.Body.Bytes(), &got); err != nil || got.Linked == nil || *got.Linked == unlinked {
				t.Errorf("%s: unlinked %v, linked %v, %v", path, unlinked, got.Linked, err)
			}
		}
		rec := visit(h, "/story/"+r.links.Stories[0].ID+"?as=csv&table=statements")
		if linked := rec.Header().Get("Onrecord-Linked"); rec.Code != http.StatusOK || (linked == "true") == unlinked {
			t.Errorf("a table: unlinked %v, linked %s", unlinked, linked)
		}
	}
	if strings.Contains(visit(h, "/").Body.String(), "Not linked") {
		t.Error("a linked ledger looks as if it were not")
	}
}

// TestReadByAnotherVersion: pages say that rows may not be those of this program.
func TestReadByAnotherVersion(t *testing.T) {
	r := coverage()
	for _, c := range []struct {
		models []string
		stale  bool
	}{{nil, false}, {[]string{reading.Version()}, false}, {[]string{"of old", reading.Version()}, true}} {
		r.models = c.models
		for _, path := range []string{"/", "/story/" + r.links.Stories[0].ID, "/article/" + r.readings[0].Article.ID} {
			if got := strings.Contains(visit(New(r), path).Body.String(), "another version of Onrecord"); got != c.stale {
				t.Errorf("%s, read by %q: %v", path, c.models, got)
			}
		}
	}
}

// TestStoppedRead: a ledger into which articles were read and never linked holds no zeros and no independent reports.
func TestStoppedRead(t *testing.T) {
	l, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "stopped.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	a := &onrecord.Article{Outlet: "Lake Gazette", Title: "Cables", Text: "Nine in ten cables are sound.", File: "a.jsonl"}
	a.ID = onrecord.ArticleID(a)
	if _, err := l.Add(t.Context(), []*onrecord.Reading{{Article: a, Model: "by hand"}}); err != nil {
		t.Fatal(err)
	}
	h := New(l)
	for path, want := range map[string][]string{
		"/":                {"Not linked yet", "none is linked to a story yet", "No matching stories so far"},
		"/article/" + a.ID: {"Not linked yet", "not linked to a story yet", "copies of and by this article are unknown"},
	} {
		text := words(textOf(well(t, path, visit(h, path)).Node))
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s does not say %q: %s", path, w, text)
			}
		}
		if path == "/" && strings.Contains(text, " 0 ") || strings.Contains(text, "ledger is empty") {
			t.Errorf("%s shows what is not known as nothing: %s", path, text)
		}
	}
}
