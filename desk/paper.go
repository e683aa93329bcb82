package desk

import (
	"sort"
	"strings"
	"unicode"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/meaning"
	"github.com/onrecord/onrecord/text"
)

// A paper is an article on the desk: the draft, or one of the record with its rows.
type paper struct {
	reading *onrecord.Reading
	view    *ledger.ArticleView // nil for the draft
	apart   map[string]bool     // statements that nothing is compared with: what a quotation reports is part of it, and doubtful ones of the record
	doc     *text.Doc
	words   []word
	line    string                        // the folded words, each between blanks
	at      []int                         // where in line each word begins
	meant   map[string][]meaning.Sentence // statements of the record by sentence, as far as they were compared
}

// A word is a word of a text under the form in which spellings agree.
type word struct {
	onrecord.Span
	folded string
}

func newPaper(r *onrecord.Reading) *paper {
	p := &paper{reading: r, doc: text.Parse(r.Article.Text), apart: map[string]bool{}}
	direct := map[string]bool{}
	for i := range r.Statements {
		direct[r.Statements[i].ID] = r.Statements[i].Kind == onrecord.Direct
	}
	for i := range r.Statements {
		p.apart[r.Statements[i].ID] = direct[r.Statements[i].Parent]
	}
	p.words = cut(p.doc)
	var b strings.Builder
	b.WriteByte(' ')
	for _, w := range p.words {
		p.at = append(p.at, b.Len())
		b.WriteString(w.folded)
		b.WriteByte(' ')
	}
	p.line = b.String()
	return p
}

// cut folds the words of a text: lower case, straight apostrophes, "percent" for "%" and "per cent", numbers without commas, what
// an editor's brackets part ("[T]he") as one word. Marks are no words.
func cut(d *text.Doc) []word {
	words := make([]word, 0, len(d.Tokens))
	for _, t := range d.Tokens {
		s := t.Of(d.Text)
		if s == "%" {
			words = append(words, word{t.Span, "percent"})
			continue
		}
		if strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0 {
			continue
		}
		s = strings.ToLower(strings.ReplaceAll(s, "’", "'"))
		if t.Shape == text.Number {
			s = strings.ReplaceAll(s, ",", "")
		} else {
			s = strings.ReplaceAll(s, ".", "")
		}
		if n := len(words); n > 0 {
			last := &words[n-1]
			gap := d.Text[last.End:t.Start]
			if gap == "]" || gap == "[" {
				last.folded, last.End = last.folded+s, t.End
				continue
			}
			if s == "cent" && last.folded == "per" {
				last.folded, last.End = "percent", t.End
				continue
			}
		}
		words = append(words, word{t.Span, s})
	}
	return words
}

// from is the index of the first word that begins at byte b or later.
func (p *paper) from(b int) int {
	return sort.Search(len(p.words), func(i int) bool { return p.words[i].Start >= b })
}

// within are the words of spans.
func (p *paper) within(spans []onrecord.Span) []word {
	var list []word
	for _, s := range spans {
		list = append(list, p.words[p.from(s.Start):p.from(s.End)]...)
	}
	return list
}

// find finds words in a row from the word at an index on, as a range of indexes; ok is false where they do not stand.
func (p *paper) find(words []word, from int) (first, end int, ok bool) {
	if len(words) == 0 || from >= len(p.words) {
		return 0, 0, false
	}
	var b strings.Builder
	b.WriteByte(' ')
	for _, w := range words {
		b.WriteString(w.folded)
		b.WriteByte(' ')
	}
	i := strings.Index(p.line[p.at[from]-1:], b.String())
	if i < 0 {
		return 0, 0, false
	}
	first = sort.SearchInts(p.at, p.at[from]+i)
	return first, first + len(words), true
}
