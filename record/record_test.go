package record_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/record"
)

func TestReadRefuses(t *testing.T) {
	for want, text := range map[error]string{
		record.ErrNoText:  " \n",
		record.ErrNotUTF8: "The mayor said \xff.",
		record.ErrTooLong: strings.Repeat("no ", 2_000_000),
	} {
		if r, err := record.Read(onrecord.Article{Text: text}); !errors.Is(err, want) || r != nil {
			t.Errorf("%v, want %v", err, want)
		}
	}
}

// A text in the library is read to the same rows as in a file, and one that cannot be read keeps the others out.
func TestLedger(t *testing.T) {
	ctx := t.Context()
	l, err := record.Open(ctx, filepath.Join(t.TempDir(), "news.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	var articles []onrecord.Article
	for a, err := range record.Files(ctx, "../examples/coverage.jsonl", "../examples/pages", "nowhere.txt", "../examples/saved") {
		if err != nil {
			if !strings.HasPrefix(err.Error(), "nowhere.txt: ") {
				t.Error(err)
			}
			continue
		}
		articles = append(articles, a)
	}
	draft := onrecord.Article{Text: "“Every boat they tie up is a crew that earns nothing that day,” Ilsa Marden said."}
	if err := l.Add(ctx, append(articles[:len(articles):len(articles)], onrecord.Article{Title: "Nothing"})...); !errors.Is(err, record.ErrNoText) || !strings.Contains(err.Error(), "Nothing") {
		t.Error(err)
	}
	if answers, err := l.Check(ctx, draft); err != nil || len(answers) != 1 || answers[0].Articles != 0 {
		t.Errorf("%v: the ledger should be empty: %+v", err, answers)
	}
	if err := l.Add(ctx, articles...); err != nil {
		t.Fatal(err)
	}
	answers, err := l.Check(ctx, draft)
	if err != nil {
		t.Fatal(err)
	}
	if a := answers[0]; a.Verdict != "verbatim" || a.Articles != 3 || a.Reports == nil || *a.Reports != 1 {
		t.Errorf("%+v", a)
	}
	stopped, stop := context.WithCancel(ctx)
	stop()
	if err := l.Add(stopped, articles...); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
