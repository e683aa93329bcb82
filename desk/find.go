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
	byOthers   = 7  // telling words of a claim that are searched for without each of them in turn, at most
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
	v := votes{statements: map[string]float64{}, articles: map[string]float64{}, in: map[string]string{}, all: map[string]bool{}}
	for _, q := range d.lookups(c) {
		q.Limit = lookupHits
		hits, err := d.Search(ctx, q.SearchQuery)
		if err != nil {
			return nil, err
		}
		v.count(hits, q.all)
	}
	s := &search{all: v.all, statements: ranked(v.statements), articles: ranked(v.articles)}
	s.statements = s.statements[:min(len(s.statements), taken)]
	s.articles = s.articles[:min(len(s.articles), takenWhole)]
	for _, id := range s.statements {
		if !slices.Contains(s.articles, v.in[id]) {
			s.articles = append(s.articles, v.in[id])
		}
	}
	return s, nil
}

// votes are what the look-ups of one claim find.
type votes struct {
	statements, articles map[string]float64 // by id; articles where the words stand in no statement
	in                   map[string]string  // the article of each
	all                  map[string]bool    // statements that have all telling words of the claim
}

func (v *votes) count(hits []ledger.Hit, all bool) {
	weight := 1 / math.Log2(2+float64(len(hits)))
	for _, h := range hits {
		v.in[h.ID] = h.Article
		if h.Kind == "statement" {
			v.statements[h.ID] += weight
			v.all[h.ID] = v.all[h.ID] || all
		} else {
			v.articles[h.ID] += weight
		}
	}
}

// A lookup is one question to the ledger's full text; all says that it asks for all telling words of the claim.
type lookup struct {
	ledger.SearchQuery
	all bool
}

// lookups are the questions to ask for a claim: all its words, a few in a row, and single words among what its speaker said.
func (d *desk) lookups(c *claim) (list []lookup) {
	ask := func(words []string, all bool) {
		list = append(list, lookup{ledger.SearchQuery{Words: strings.Join(words, " ")}, all})
	}
	telling := d.telling(c)
	if len(telling) == 0 { // "We will do it": only the phrase itself can be looked up
		var phrase []string
		for _, w := range d.draft.within(c.parts[:1]) {
			phrase = append(phrase, w.folded)
		}
		ask([]string{`"` + strings.Join(phrase, " ") + `"`}, false)
	}
	if len(telling) >= enough {
		ask(telling, true)
	}
	plain := slices.DeleteFunc(slices.Clone(telling), func(w string) bool { return '0' <= w[0] && w[0] <= '9' })
	if len(plain) >= enoughLess && len(plain) < len(telling) {
		ask(plain, true)
	}
	if len(telling) > enough && len(telling) <= byOthers { // one word of a few may be what was changed
		for i := range telling {
			ask(slices.Concat(telling[:i], telling[i+1:]), false)
		}
	}
	n := max(1, len(telling)-window+1)
	for k := range min(n, lookups) {
		i := k * n / min(n, lookups) // spread over a long statement
		if words := telling[i:min(i+window, len(telling))]; len(words) > 0 {
			ask(words, false)
		}
	}
	if c.speaker != nil && c.speaker.Named() {
		slices.SortStableFunc(telling, func(a, b string) int { return cmp.Compare(len(b), len(a)) }) // long words are rare ones
		for _, w := range telling[:min(len(telling), byName)] {
			list = append(list, lookup{ledger.SearchQuery{Words: w, Speaker: c.speaker.Name}, false})
		}
	}
	return list
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
		for i := range v.Statements {
			if s := &v.Statements[i]; s.Doubtful() {
				p.apart[s.ID] = true // its words stand in the article, but nobody is known to have said them
			}
		}
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
