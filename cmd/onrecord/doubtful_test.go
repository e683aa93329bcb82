package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/storage"
	"github.com/onrecord/onrecord/reading"
)

// TestDoubtful holds that a story is printed without its doubtful statements, unless they are asked for, and says how many there are.
func TestDoubtful(t *testing.T) {
	const text = "The rope held, Dario Kent said. It may break, he added."
	article := ledger.ArticleRow{Article: onrecord.Article{ID: "a1", Text: text}}
	said := func(id, content string, sure float64) ledger.StatementRow {
		i := strings.Index(text, content)
		return ledger.StatementRow{Statement: onrecord.Statement{ID: id, Article: "a1", Content: []onrecord.Span{{Start: i, End: i + len(content)}}, Confidence: sure}}
	}
	v := &ledger.StoryView{
		Articles:   []ledger.ArticleRow{article},
		Statements: []ledger.StatementRow{said("s1", "The rope held", onrecord.Doubt), said("s2", "It may break", onrecord.Doubt-.01)},
	}
	for _, doubtful := range []bool{false, true} {
		var b strings.Builder
		printStory(&b, v, doubtful, 100)
		out := b.String()
		if !strings.Contains(out, "The rope held") || strings.Contains(out, "It may break") != doubtful || strings.Contains(out, "1 doubtful statement hidden: --doubtful shows them") == doubtful {
			t.Errorf("doubtful statements asked for: %v\n%s", doubtful, out)
		}
	}
}

// TestDoubtfulHits holds that a search finds doubtful statements where they are asked for, and says how many there are otherwise.
func TestDoubtfulHits(t *testing.T) {
	path := filepath.Join(t.TempDir(), "onrecord.db")
	l, err := storage.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	a := &onrecord.Article{Text: "“The bridge will stay closed until the last bolt is replaced,” said Mayor Odile Karst on Monday."}
	a.ID = onrecord.ArticleID(a)
	r := reading.Read(a)
	if len(r.Statements) != 1 {
		t.Fatalf("one statement is to be found: %+v", r.Statements)
	}
	r.Statements[0].Confidence = onrecord.Doubt - .01
	if _, err := l.Add(t.Context(), []*onrecord.Reading{r}); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		search searchCommand
		found  bool   // the statement
		says   string // of how many are left out
	}{
		{searchCommand{}, false, "1 doubtful statement hidden: --doubtful shows them"},
		{searchCommand{Doubtful: true}, true, ""},
		{searchCommand{JSON: true}, false, `"doubtful":1`},
		{searchCommand{JSON: true, Doubtful: true}, true, `"doubtful":0`},
	} {
		c.search.Query, c.search.Limit = []string{"bolt"}, 20
		var b strings.Builder
		if err := c.search.Run(t.Context(), &command{Ledger: path}, streams{out: &b}); err != nil {
			t.Fatal(err)
		}
		out := b.String()
		if strings.Contains(out, r.Statements[0].ID) != c.found || !strings.Contains(out, a.ID) || !strings.Contains(out, c.says) || c.says == "" && strings.Contains(out, "hidden") {
			t.Errorf("%+v\n%s", c.search, out)
		}
	}
}
