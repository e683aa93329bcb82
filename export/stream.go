package export

import (
	"fmt"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// Rows calls f with each row of a ledger, in the order and of the types of [ledger.Reader.Rows]: an article comes before the rows that
// point at it. F may keep the rows.
type Rows func(f func(row any) error) error

// Articles returns articles by their ids, as [ledger.Reader.Articles] does.
type Articles func(ids []string) ([]ledger.ArticleRow, error)

// What a converter has of the ledger at a time.
const (
	mostWaiting = 500     // rows
	mostText    = 4 << 20 // bytes of text, or one text that is longer, or the two of a copy
	usualText   = 16 << 10
)

// contract turns rows of a ledger into rows of the export contract. Of a row that has spans, or is an article, f is given the article
// too. The texts that rows point into are asked for again, some at a time: so memory does not grow with the ledger.
func contract(rows Rows, articles Articles, f func(row any, a *ledger.ArticleRow) error) error {
	c := &converter{articles: articles, f: f, long: map[string]int{}, texts: map[string]*articleText{}, wanted: map[string]bool{}}
	if err := rows(c.add); err != nil {
		return err
	}
	return c.flush()
}

type converter struct {
	articles Articles
	f        func(row any, a *ledger.ArticleRow) error

	long  map[string]int // lengths of texts that are longer than usual
	texts map[string]*articleText
	held  int // bytes of texts

	waiting []any           // rows that point into texts
	wanted  map[string]bool // articles that they point into, of which texts are not held
	size    int             // about the bytes of text of wanted
}

// An articleText is an article and its text.
type articleText struct {
	*ledger.ArticleRow
	text *Text
}

// add takes a row. One that points into texts waits for others.
func (c *converter) add(row any) error {
	switch r := row.(type) {
	case *ledger.StatementRow:
		return c.wait(row, r.Article)
	case *ledger.FigureRow:
		return c.wait(row, r.Article)
	case *onrecord.Time:
		return c.wait(row, r.Article)
	case *onrecord.Copy:
		return c.wait(row, r.Article, r.Origin)
	}
	if err := c.flush(); err != nil {
		return err
	}
	switch r := row.(type) {
	case *ledger.Status:
		return c.f(Status{Type: "status", Linked: r.Linked}, nil)
	case *ledger.ArticleRow:
		if r.Altered() {
			return fmt.Errorf("export: article %s: %w", r.ID, ledger.ErrAltered)
		}
		if len(r.Text) > usualText {
			c.long[r.ID] = len(r.Text)
		}
		return c.f(FromArticle(r), r)
	case *ledger.SpeakerRow:
		return c.f(FromSpeaker(r), nil)
	case *onrecord.Story:
		return c.f(FromStory(r), nil)
	case *onrecord.Utterance:
		return c.f(FromUtterance(r), nil)
	case *onrecord.Measure:
		return c.f(FromMeasure(r), nil)
	case *onrecord.Dispute:
		return c.f(FromDispute(r), nil)
	case *onrecord.Review:
		return c.f(FromReview(r), nil)
	}
	return fmt.Errorf("export: no form for a row of type %T", row)
}

func (c *converter) wait(row any, articles ...string) error {
	more := 0
	for _, id := range articles {
		if c.texts[id] == nil && !c.wanted[id] {
			more += max(usualText, c.long[id])
		}
	}
	if len(c.waiting) == mostWaiting || c.held+c.size+more > mostText {
		if err := c.flush(); err != nil {
			return err
		}
		if more > 0 && c.held+more > mostText {
			clear(c.texts)
			c.held = 0
		}
	}
	for _, id := range articles {
		if c.texts[id] == nil && !c.wanted[id] {
			c.wanted[id] = true
			c.size += max(usualText, c.long[id])
		}
	}
	c.waiting = append(c.waiting, row)
	return nil
}

// flush converts the rows that wait.
func (c *converter) flush() error {
	if err := c.load(); err != nil {
		return err
	}
	for _, row := range c.waiting {
		if err := c.give(row); err != nil {
			return err
		}
	}
	clear(c.waiting)
	c.waiting = c.waiting[:0]
	return nil
}

// load asks for the texts that are wanted.
func (c *converter) load() error {
	if len(c.wanted) == 0 {
		return nil
	}
	ids := make([]string, 0, len(c.wanted))
	for id := range c.wanted {
		ids = append(ids, id)
	}
	list, err := c.articles(ids)
	if err != nil {
		return err
	}
	for i := range list {
		a := &list[i]
		c.texts[a.ID] = &articleText{a, NewText(a.Text)}
		c.held += max(usualText, len(a.Text))
	}
	clear(c.wanted)
	c.size = 0
	return nil
}

// give converts a row that points into texts.
func (c *converter) give(row any) error {
	switch r := row.(type) {
	case *ledger.StatementRow:
		return c.in(r.Article, func(a *articleText) any { return FromStatement(r, a.text) })
	case *ledger.FigureRow:
		return c.in(r.Article, func(a *articleText) any { return FromFigure(r, a.text) })
	case *onrecord.Time:
		return c.in(r.Article, func(a *articleText) any { return FromTime(r, a.text) })
	}
	r := row.(*onrecord.Copy)
	if c.texts[r.Origin] == nil {
		return without(r.Origin)
	}
	return c.in(r.Article, func(a *articleText) any { return FromCopy(r, a.text, c.texts[r.Origin].text) })
}

// in gives what is made of a row with the text of its article.
func (c *converter) in(article string, made func(a *articleText) any) error {
	a := c.texts[article]
	if a == nil {
		return without(article)
	}
	return c.f(made(a), a.ArticleRow)
}

func without(article string) error {
	return fmt.Errorf("export: a row points at article %s, which is not there", article)
}
