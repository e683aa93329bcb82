package eval

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/engine"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/sqlite"
	"github.com/onrecord/onrecord/link"
)

// A record is a whole ledger in memory, for tests to ask.
type record struct {
	articles   map[string]*ledger.ArticleRow // by id
	key        map[string]string             // name used in a test -> article id
	statements map[string]*ledger.StatementRow
	figures    map[string]*ledger.FigureRow
	times      []*onrecord.Time
	speakers   map[string]*onrecord.Speaker
	copies     []*onrecord.Copy
	stories    []*onrecord.Story
	reports    []*onrecord.Report
	utterances []*onrecord.Utterance
	measures   []*onrecord.Measure
	disputes   []*onrecord.Dispute
	readings   map[string]*onrecord.Reading
}

// recordOf reads paths into a ledger and takes all that it holds.
func recordOf(t *testing.T, paths ...string) *record {
	t.Helper()
	ctx := context.Background()
	l, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "record.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	sum, err := engine.Read(ctx, l, paths, engine.Options{Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range sum.Refused {
		t.Errorf("refused: %v", r)
	}
	r := &record{
		articles: map[string]*ledger.ArticleRow{}, key: map[string]string{}, statements: map[string]*ledger.StatementRow{},
		figures: map[string]*ledger.FigureRow{}, speakers: map[string]*onrecord.Speaker{}, readings: map[string]*onrecord.Reading{},
	}
	err = l.Rows(ctx, "", func(row any) error {
		switch x := row.(type) {
		case *ledger.ArticleRow:
			r.articles[x.ID] = x
			if x.ExternalID != "" {
				r.key[x.ExternalID] = x.ID
			}
		case *ledger.StatementRow:
			r.statements[x.ID] = x
		case *ledger.FigureRow:
			r.figures[x.ID] = x
		case *onrecord.Time:
			r.times = append(r.times, x)
		case *ledger.SpeakerRow:
			r.speakers[x.ID] = &x.Speaker
		case *onrecord.Copy:
			r.copies = append(r.copies, x)
		case *onrecord.Story:
			r.stories = append(r.stories, x)
		case *onrecord.Utterance:
			r.utterances = append(r.utterances, x)
		case *onrecord.Measure:
			r.measures = append(r.measures, x)
		case *onrecord.Dispute:
			r.disputes = append(r.disputes, x)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, story := range r.stories {
		v, err := l.Story(ctx, story.ID)
		if err != nil {
			t.Fatal(err)
		}
		for i := range v.Reports {
			r.reports = append(r.reports, &v.Reports[i])
		}
	}
	all, err := l.Readings(ctx, link.Always)
	if err != nil {
		t.Fatal(err)
	}
	for _, reading := range all {
		r.readings[reading.Article.ID] = reading
	}
	return r
}

// at is the span of words in the article of a key.
func (r *record) at(key, words string) (article string, span onrecord.Span, err error) {
	a := r.articles[r.key[key]]
	if a == nil {
		return "", span, fmt.Errorf("no article %q", key)
	}
	i := strings.Index(a.Text, words)
	if i < 0 {
		return "", span, fmt.Errorf("%s has no words %q", key, words)
	}
	return a.ID, onrecord.Span{Start: i, End: i + len(words)}, nil
}

// statementsAt are the statements whose content overlaps the words, innermost first.
func (r *record) statementsAt(key, words string, role func(*ledger.StatementRow) []onrecord.Span) ([]*ledger.StatementRow, error) {
	article, span, err := r.at(key, words)
	if err != nil {
		return nil, err
	}
	var out []*ledger.StatementRow
	for _, s := range r.statements {
		if s.Article == article && slices.ContainsFunc(role(s), span.Overlaps) {
			out = append(out, s)
		}
	}
	length := func(s *ledger.StatementRow) (n int) {
		for _, span := range role(s) {
			n += span.Len()
		}
		return n
	}
	slices.SortFunc(out, func(a, b *ledger.StatementRow) int {
		if d := length(a) - length(b); d != 0 {
			return d
		}
		return strings.Compare(a.ID, b.ID)
	})
	return out, nil
}

func contentOf(s *ledger.StatementRow) []onrecord.Span { return s.Content }
func cueOf(s *ledger.StatementRow) []onrecord.Span     { return s.Cue }

// wordsOf is the words of spans on one line.
func wordsOf(text string, spans []onrecord.Span) string {
	var words []string
	for _, s := range spans {
		words = append(words, strings.Fields(s.Of(text))...)
	}
	return strings.Join(words, " ")
}

// figuresAt are the figures that overlap the words.
func (r *record) figuresAt(key, words string) ([]*ledger.FigureRow, error) {
	article, span, err := r.at(key, words)
	if err != nil {
		return nil, err
	}
	var out []*ledger.FigureRow
	for _, f := range r.figures {
		if f.Article == article && span.Overlaps(f.Span) {
			out = append(out, f)
		}
	}
	slices.SortFunc(out, func(a, b *ledger.FigureRow) int { return a.Span.Start - b.Span.Start })
	return out, nil
}

// sameStory says whether two articles share a story; sameReport whether they are counted as one report.
func (r *record) sameStory(a, b string) bool {
	return r.articles[r.key[a]].Story == r.articles[r.key[b]].Story
}

func (r *record) sameReport(a, b string) bool {
	return r.articles[r.key[a]].Report == r.articles[r.key[b]].Report
}
