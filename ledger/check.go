package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

const (
	// IDLength is the length of an id that onrecord.NewID makes: a letter and 13 digits.
	IDLength = 14
	// MostStatements is the most statements that an article may have.
	MostStatements = 1 << 20
	// MostRows is the most rows that a reading may have: to replace so many takes less than a second, for which others who write wait.
	MostRows = 30_000
)

// Rows is how many rows a reading has.
func Rows(r *onrecord.Reading) int {
	return len(r.Statements) + len(r.Figures) + len(r.Times) + len(r.Speakers) + len(r.Asides)
}

// Digest is of all of an article but its text, File and Line, and of the model that read it.
func Digest(a *onrecord.Article, model string) string {
	h := sha256.New()
	for _, s := range []string{
		a.ExternalID, a.URL, a.Outlet, a.Title, a.Byline,
		a.Published.Value, a.Published.Precision, a.Published.Basis, a.Language, model,
	} {
		h.Write(strconv.AppendInt(nil, int64(len(s)), 10))
		h.Write([]byte{':'})
		h.Write([]byte(s))
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// Check says what is wrong with a reading that cannot be kept: an id that onrecord.NewID did not make, that comes twice or is not
// the article's, a span
// outside the text, a number that is none. [Writer.Add] refuses such a reading together with all that came with it.
func Check(r *onrecord.Reading) error {
	if !utf8.ValidString(r.Article.Text) {
		return errors.New("the text is not valid UTF-8")
	}
	if n := Rows(r); n > MostRows {
		return fmt.Errorf("article: %d statements, figures, times and speakers are more than %d", n, MostRows)
	}
	c := checker{text: r.Article.Text, seen: map[string]bool{}}
	c.id("article", r.Article.ID)
	if r.Article.ID != onrecord.ArticleID(r.Article) {
		c.fail("article", "the id %q is not that of its text and of where it came from", r.Article.ID)
	}
	for i := range r.Statements {
		s := &r.Statements[i]
		c.id("statement", s.ID)
		c.spans("statement", s.Source, s.Cue, s.Content, s.Addressee)
		c.numbers("statement", s.Confidence, s.SpeakerConfidence)
	}
	for i := range r.Figures {
		f := &r.Figures[i]
		c.id("figure", f.ID)
		c.spans("figure", []onrecord.Span{f.Span, f.ThingSpan})
		c.numbers("figure", f.Low, f.High, f.Confidence)
	}
	for i := range r.Times {
		t := &r.Times[i]
		c.id("time", t.ID)
		c.spans("time", []onrecord.Span{t.Span})
		c.numbers("time", t.Confidence)
	}
	for i := range r.Speakers {
		p := &r.Speakers[i]
		c.id("speaker", p.ID)
		c.spans("speaker", p.Spans, p.Anonymity)
		c.numbers("speaker", p.Confidence)
	}
	for i := range r.Asides {
		c.spans("aside", []onrecord.Span{r.Asides[i].Span})
		c.numbers("aside", r.Asides[i].Confidence)
	}
	return errors.Join(c.errs...)
}

// A checker holds the rows of one reading against its text and against each other.
type checker struct {
	text string
	seen map[string]bool
	errs []error
}

func (c *checker) fail(row, format string, args ...any) {
	if len(c.errs) < 8 { // one error says it; a thousand do not say more
		c.errs = append(c.errs, fmt.Errorf(row+": "+format, args...))
	}
}

func (c *checker) id(row, id string) {
	switch {
	case len(id) != IDLength:
		c.fail(row, "malformed id %q", id)
	case c.seen[id]:
		c.fail(row, "the id %s comes twice", id)
	}
	c.seen[id] = true
}

func (c *checker) spans(row string, lists ...[]onrecord.Span) {
	for _, s := range slices.Concat(lists...) {
		switch {
		case s.Start < 0 || s.End < s.Start || s.End > len(c.text):
			c.fail(row, "the span %d-%d lies outside the text of %d bytes", s.Start, s.End, len(c.text))
		case c.cuts(s.Start) || c.cuts(s.End):
			c.fail(row, "the span %d-%d cuts a character", s.Start, s.End)
		}
	}
}

// cuts says whether a place of the text lies within a character.
func (c *checker) cuts(at int) bool { return at < len(c.text) && !utf8.RuneStart(c.text[at]) }

func (c *checker) numbers(row string, numbers ...float64) {
	for _, n := range numbers {
		if math.IsNaN(n) || math.IsInf(n, 0) {
			c.fail(row, "%v is no number", n)
		}
	}
}
