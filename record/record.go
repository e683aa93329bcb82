// Package record reads news and keeps the record of it, for programs: who said what, with which figures, what was copied from where, and
// what one speaker's words became from one article to the next. It is what the command does, without the command.
//
// [Read] reads one article and needs nothing else; [Link] says what several have to do with each other; a [Ledger] keeps articles in a
// file and answers for a draft. The rows are those of package onrecord: their spans are in bytes of the article's text, half-open.
// Same text, same day of publication, same version: same rows, on any machine. The language is English.
//
// The module's other packages are for its own use and change with it.
package record

import (
	"context"
	"fmt"
	"iter"
	"runtime"
	"strings"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/desk"
	"github.com/onrecord/onrecord/engine"
	"github.com/onrecord/onrecord/internal/sentinel"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/storage"
	"github.com/onrecord/onrecord/link"
	"github.com/onrecord/onrecord/page"
	"github.com/onrecord/onrecord/reading"
	"github.com/onrecord/onrecord/source"
)

// Errors of articles.
const (
	ErrNoText  sentinel.Error = "an article without text"
	ErrNotUTF8 sentinel.Error = "a text that is not valid UTF-8"
)

// ErrTooLong is the error of an article with more words and marks than one may have.
var ErrTooLong = reading.ErrTooLong

// Read reads one article: its statements, figures, times, speakers and what is not news in it. Text is all that it must have. With
// Published.Value, an ISO 8601 day or moment, "on Tuesday" becomes a day; Outlet, and URL or ExternalID, tell one article from another
// ([onrecord.ArticleID]). The error is [ErrNoText], [ErrNotUTF8] or [ErrTooLong]. Read may be called from many goroutines at a time.
func Read(a onrecord.Article) (*onrecord.Reading, error) {
	if strings.TrimSpace(a.Text) == "" {
		return nil, ErrNoText
	}
	if !utf8.ValidString(a.Text) {
		return nil, ErrNotUTF8
	}
	if a.Published.Precision == "" {
		a.Published = page.Published(a.Published.Value, "given")
	}
	a.ID = onrecord.ArticleID(&a)
	if err := reading.Check(&a); err != nil {
		return nil, err
	}
	return reading.Read(&a), nil
}

// Link says what articles have to do with each other: copies and the independent reports behind them, stories, speakers across articles,
// utterances with what became of them from one rendition to the next, measures, disputes. The order of readings does not show in the
// result. All of them are held in memory; a [Ledger] links as many as it holds, period by period.
func Link(readings ...*onrecord.Reading) *onrecord.Links {
	return link.All(readings, runtime.GOMAXPROCS(0))
}

// Files yields the articles of files and folders, as the command reads them: see [onrecord.Article] for what of one may be known. What
// cannot be read comes as an error that names the file and the line; the rest goes on. Files of other kinds in folders are passed over, as are addresses that files list. The sequence ends early only when ctx is done.
func Files(ctx context.Context, paths ...string) iter.Seq2[onrecord.Article, error] {
	return func(yield func(onrecord.Article, error) bool) {
		for item := range source.Paths(ctx, paths, strings.NewReader("")) {
			var a onrecord.Article
			var err error
			if item.Passed != "" || item.Listed != nil {
				continue
			}
			if item.Refusal != nil {
				err = item.Refusal
			} else {
				a = *item.Article
			}
			if !yield(a, err) {
				return
			}
		}
	}
}

// A Ledger is a file that keeps articles and what is known of them; the command's own can be opened, too. It may be used by many
// goroutines, and by other processes.
type Ledger struct{ ledger ledger.Ledger }

// Open opens the ledger at a path, or makes an empty one.
func Open(ctx context.Context, path string) (*Ledger, error) {
	l, err := storage.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	return &Ledger{l}, nil
}

// Add reads articles, keeps them and links them with all that the ledger holds. An article that it holds already is read again; one
// with the URL or external id of another and a different text is a new version of that. If one of them cannot be read, none is kept.
func (l *Ledger) Add(ctx context.Context, articles ...onrecord.Article) error {
	readings := make([]*onrecord.Reading, len(articles))
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, a := range articles {
		g.Go(func() (err error) {
			if err = ctx.Err(); err == nil {
				readings[i], err = Read(a)
			}
			if err != nil {
				err = fmt.Errorf("article %d, %q: %w", i, a.Title, err)
			}
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	if _, err := l.ledger.Add(ctx, readings); err != nil {
		return err
	}
	return engine.Link(ctx, l.ledger, runtime.GOMAXPROCS(0))
}

// An Answer is what the ledger holds of one quotation or statement of a draft.
type Answer = desk.Answer

// Check answers for every quotation and every attributed statement of a draft, in text order: whether the words stand in the record, who
// is said there to have said them, with which figures, in how many articles that go back to how many independent reports. The draft is
// not kept. Nothing here says what is true.
func (l *Ledger) Check(ctx context.Context, draft onrecord.Article) ([]Answer, error) {
	r, err := Read(draft)
	if err != nil {
		return nil, err
	}
	return desk.Check(ctx, l.ledger, r)
}

// A Question is what is to be held against a ledger: a draft or an assistant's answer, or one quotation and what is cited for it.
type Question = desk.Question

// ErrQuestion is wrapped by what is wrong with a question.
const ErrQuestion = desk.ErrQuestion

// Ask answers a question: for a text as Check does, for a quotation with one answer. [Answer.Status] is what an answer comes to: "verified",
// "repaired" (its first passage has the record's own words), "unverified", "contradicted". Where an article is cited, for all or, by a link
// or a note, for one sentence, passages of no others count.
func (l *Ledger) Ask(ctx context.Context, q Question) ([]Answer, error) {
	return desk.Ask(ctx, l.ledger, q)
}

// Close closes the ledger.
func (l *Ledger) Close() error { return l.ledger.Close() }
