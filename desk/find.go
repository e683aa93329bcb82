package desk

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

const (
	lookups    = 12 // searches for the words of one statement
	enough     = 2  // telling words that make two statements of one speaker the same, outside quotation marks, where both have all;
	enoughLess = 3  // and where all but numbers are the same
	lookupHits = 40 // results of each
	window     = 3  // telling words of one search, in a row
	byName     = 6  // searches of single words among what the draft's speaker said
	taken      = 8  // statements that one of the draft is compared with
	takenWhole = 4  // articles looked through for words that stand in no statement
)

// A search is what the ledger's full text has for a claim: statements that may be renditions, most likely first; articles, theirs
// and those that may hold the words elsewhere; and which of the statements have all telling words of the claim.
type search struct {
	statements, articles []string
	all                  map[string]bool
}

// search finds candidates. A statement counts by the look-ups that find it, each the more the fewer it finds.
func (d *desk) search(ctx context.Context, c *claim) (*search, error) {
	s := &search{all: map[string]bool{}}
	votes, whole, in := map[string]float64{}, map[string]float64{}, map[string]string{}
	ask := func(q ledger.SearchQuery, all bool) error {
		q.Limit = lookupHits
		hits, err := d.Search(ctx, q)
		if err != nil {
			return err
		}
		weight := 1 / math.Log2(2+float64(len(hits)))
		for _, h := range hits {
			in[h.ID] = h.Article
			if h.Kind == "statement" {
				votes[h.ID] += weight
				s.all[h.ID] = s.all[h.ID] || all
			} else {
				whole[h.ID] += weight
			}
		}
		return nil
	}
	telling := d.telling(c)
	if len(telling) == 0 { // "We will do it": only the phrase itself can be looked up
		var phrase []string
		for _, w := range d.draft.within(c.parts[:1]) {
			phrase = append(phrase, w.folded)
		}
		if err := ask(ledger.SearchQuery{Words: `"` + strings.Join(phrase, " ") + `"`}, false); err != nil {
			return nil, err
		}
	}
	if len(telling) >= enough {
		if err := ask(ledger.SearchQuery{Words: strings.Join(telling, " ")}, true); err != nil {
			return nil, err
		}
	}
	plain := slices.DeleteFunc(slices.Clone(telling), func(w string) bool { return '0' <= w[0] && w[0] <= '9' })
	if len(plain) >= enoughLess && len(plain) < len(telling) {
		if err := ask(ledger.SearchQuery{Words: strings.Join(plain, " ")}, true); err != nil {
			return nil, err
		}
	}
	n := max(1, len(telling)-window+1)
	for k := range min(n, lookups) {
		i := k * n / min(n, lookups) // spread over a long statement
		if words := telling[i:min(i+window, len(telling))]; len(words) > 0 {
			if err := ask(ledger.SearchQuery{Words: strings.Join(words, " ")}, false); err != nil {
				return nil, err
			}
		}
	}
	if c.speaker != nil && c.speaker.Named() {
		slices.SortStableFunc(telling, func(a, b string) int { return cmp.Compare(len(b), len(a)) }) // long words are rare ones
		for _, w := range telling[:min(len(telling), byName)] {
			if err := ask(ledger.SearchQuery{Words: w, Speaker: c.speaker.Name}, false); err != nil {
				return nil, err
			}
		}
	}
	s.statements = ranked(votes)
	s.statements = s.statements[:min(len(s.statements), taken)]
	s.articles = ranked(whole)
	s.articles = s.articles[:min(len(s.articles), takenWhole)]
	for _, id := range s.statements {
		if !slices.Contains(s.articles, in[id]) {
			s.articles = append(s.articles, in[id])
		}
	}
	return s, nil
}

// telling are the words of a claim that tell something, each once.
func (d *desk) telling(c *claim) []string {
	var list []string
	seen := map[string]bool{}
	for _, w := range d.draft.within(c.statement.Content) {
		if !lex.common.Has(w.folded) && !seen[w.folded] {
			seen[w.folded] = true
			list = append(list, w.folded)
		}
	}
	return list
}

// ranked are the keys by falling votes, then by name.
func ranked(votes map[string]float64) []string {
	list := make([]string, 0, len(votes))
	for id := range votes {
		list = append(list, id)
	}
	slices.SortFunc(list, func(a, b string) int { return cmp.Or(cmp.Compare(votes[b], votes[a]), cmp.Compare(a, b)) })
	return list
}

// take takes an article out of the ledger, once; nil for the draft's own text.
func (d *desk) take(ctx context.Context, id string) (*paper, error) {
	if p, ok := d.papers[id]; ok {
		return p, nil
	}
	v, err := d.Article(ctx, id)
	if errors.Is(err, ledger.ErrNotFound) { // a newer reading came between
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var p *paper
	if v.Article.Text != d.draft.reading.Article.Text {
		p = newPaper(readingOf(v))
		p.view = v
	}
	d.papers[id] = p
	return p, nil
}

// readingOf is the article's reading as link wants it: statements with the speakers that the article's own reading has.
func readingOf(v *ledger.ArticleView) *onrecord.Reading {
	r := &onrecord.Reading{Article: &v.Article.Article, Speakers: v.Speakers, Asides: v.Asides}
	for _, s := range v.Statements {
		s.Statement.Speaker = s.ArticleSpeaker
		r.Statements = append(r.Statements, s.Statement)
	}
	return r
}
