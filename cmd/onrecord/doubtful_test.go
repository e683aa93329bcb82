package main

import (
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
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
