package serve

import (
	"cmp"
	"context"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord/ledger"
)

type searchPage struct {
	Query                                string // as it was typed
	Words, Speaker, Outlet, Kind, Stance string
	Since, Until, Certainty              string
	Asked                                bool
	Hits                                 []hit
	Doubts                               doubts
	Called                               []ledger.SpeakerRow // speakers of that name
	Meant                                []ledger.SpeakerRow // speakers with a name like it, where nobody has it
	Counts                               []kindCount
	Kinds, Stances                       []term
	Limit                                int
}

// A kindCount is how many results are of a kind, with the address of these alone.
type kindCount struct {
	Kind    string
	N       int
	More    bool // there are more
	Href    string
	Current bool
}

const (
	searchShown  = 50
	searchCount  = 100 // results that are counted by kind
	calledShown  = 5   // speakers whose name was searched for
	prefixTried  = 3   // letters of a name that are taken to be right, where the name is not found
	likeAsked    = 200 // speakers looked through for one with a name like it
	likeShown    = 3
	lettersWrong = 2 // in a name, at most
)

// speech, as a stance to filter by, is anything said: not belief or intention alone.
const speech = "speech"

// Certainties are the minimum confidences on offer: those at which the word shown changes, and the requested one.
func (p *searchPage) Certainties() []term {
	list := []term{{"0.6", "fair or high"}, {"0.85", "high"}}
	if p.Certainty != "" && wordsFor(list, p.Certainty) == "" {
		list = append(list, term{p.Certainty, p.Certainty + " or more"})
	}
	return list
}

type hit struct {
	ledger.Hit
	Words template.HTML
	Href  string
	Day   string
}

// found is what a search finds, without doubtful statements or with them, and how many of these there are.
func (*site) found(ctx context.Context, l ledger.Searcher, q ledger.SearchQuery, doubtful bool) (hits []ledger.Hit, n int, err error) {
	if !doubtful {
		return ledger.SearchSurer(ctx, l, q)
	}
	hits, err = l.Search(ctx, q)
	for i := range hits {
		if hits[i].Doubtful {
			n++
		}
	}
	return hits, n, err
}

// field is the parameter that a field of the search box stands for; "" for what is no field.
func field(name string) string {
	switch strings.ToLower(name) {
	case "speaker", "outlet", "stance", "kind":
		return strings.ToLower(name)
	case "after", "from", "since":
		return "from"
	case "before", "until":
		return "until"
	}
	return ""
}

// readSearch takes the fields out of what was typed: speaker:marden, outlet:"Harbour Post", after:2031-03-05. Values of more words stand in
// quotation marks; what is no field is a word.
func readSearch(typed string) (words string, fields map[string]string) {
	fields = map[string]string{}
	var left []string
	quoted := false
	parts := strings.FieldsFunc(typed, func(c rune) bool {
		if c == '"' || c == '“' || c == '”' {
			quoted = !quoted
		}
		return !quoted && unicode.IsSpace(c)
	})
	for _, p := range parts {
		name, value, ok := strings.Cut(p, ":")
		if f := field(name); ok && f != "" && strings.Trim(value, `"“”`) != "" {
			fields[f] = strings.Trim(value, `"“”`)
			continue
		}
		left = append(left, p)
	}
	return strings.Join(left, " "), fields
}

func (s *site) search(r *http.Request) (string, *frame, error) {
	q := r.URL.Query()
	p := &searchPage{Query: strings.TrimSpace(q.Get("q")), Certainty: q.Get("certainty"), Kinds: terms.kinds, Stances: terms.stances, Limit: searchShown}
	words, fields := readSearch(p.Query)
	chosen := func(name string) string { return cmp.Or(fields[name], q.Get(name)) }
	p.Words, p.Speaker, p.Outlet, p.Kind, p.Stance, p.Since, p.Until = words, chosen("speaker"), chosen("outlet"), chosen("kind"), chosen("stance"), chosen("from"), chosen("until")
	ask := ledger.SearchQuery{Words: p.Words, Speaker: p.Speaker, Outlet: p.Outlet, Kind: p.Kind, Stance: p.Stance, Limit: searchCount}
	if p.Stance == speech {
		ask.Stance, ask.Speech = "", true
	}
	var err error
	if ask.From, ask.To, err = dayRange(url.Values{"from": {p.Since}, "until": {p.Until}}); err != nil {
		return "", nil, err
	}
	if p.Certainty != "" {
		if ask.Certainty, err = strconv.ParseFloat(p.Certainty, 64); err != nil || !(ask.Certainty >= 0 && ask.Certainty <= 1) {
			return "", nil, badRequest("Invalid confidence “" + clip(p.Certainty, 40) + "”: use a number from 0 to 1.")
		}
	}
	if p.Asked = p.Query != ""; p.Asked {
		if err := s.findNames(r.Context(), p); err != nil {
			return "", nil, err
		}
	}
	if p.Words != "" {
		show := showsDoubtful(q)
		hits, doubtful, err := s.found(r.Context(), s.ledger, ask, show)
		if err != nil {
			return "", nil, err
		}
		p.Doubts = newDoubts(doubtful, q, show, "")
		p.add(hits, q)
	}
	return "search.html", &frame{Title: "Search", Query: p.Query, Nav: "search", Page: p}, nil
}

// findNames finds the speakers who have the name that is searched for, as words or as the field speaker; else those with a name like it.
func (s *site) findNames(ctx context.Context, p *searchPage) (err error) {
	name := strings.Trim(cmp.Or(p.Speaker, p.Words), `"“”`)
	if p.Called, err = s.ledger.Called(ctx, name, calledShown); err != nil || len(p.Called) > 0 || strings.ContainsAny(name, "0123456789") || len(strings.Fields(name)) > 4 {
		return err
	}
	if p.Speaker != "" {
		if p.Called, err = s.ledger.Speakers(ctx, ledger.SpeakersFilter{Name: name, Limit: calledShown}); err != nil || len(p.Called) > 0 {
			return err
		}
	}
	p.Meant, err = s.meant(ctx, name)
	return err
}

// meant are the speakers with a name of which every word that is searched for is a misspelling, the nearest first. The first letters of one
// word are taken to be right.
func (s *site) meant(ctx context.Context, name string) ([]ledger.SpeakerRow, error) {
	type near struct {
		ledger.SpeakerRow
		wrong int
	}
	var list []near
	seen := map[string]bool{}
	words := nameWords(name)
	for _, w := range words {
		if utf8.RuneCountInString(w) <= prefixTried {
			continue
		}
		rows, err := s.ledger.Speakers(ctx, ledger.SpeakersFilter{Name: string([]rune(w)[:prefixTried]), Limit: likeAsked})
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if wrong, ok := misspelt(words, &r); ok && !seen[r.ID] {
				seen[r.ID] = true
				list = append(list, near{r, wrong})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b near) int {
		return cmp.Or(cmp.Compare(a.wrong, b.wrong), cmp.Compare(b.Statements, a.Statements))
	})
	var out []ledger.SpeakerRow
	for _, n := range list[:min(len(list), likeShown)] {
		out = append(out, n.SpeakerRow)
	}
	return out, nil
}

// nameWords are the words of a name in lower case.
func nameWords(name string) []string {
	return strings.FieldsFunc(strings.ToLower(name), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsMark(c) })
}

// misspelt says whether words are a speaker's name with at most so many letters wrong in each, and how many are.
func misspelt(words []string, s *ledger.SpeakerRow) (wrong int, ok bool) {
	var own []string
	for _, name := range append([]string{s.Name}, s.Aliases...) {
		own = append(own, nameWords(name)...)
	}
	for _, w := range words {
		best := lettersWrong + 1
		for _, o := range own {
			best = min(best, letters(w, o))
		}
		if best > lettersWrong || best*4 > utf8.RuneCountInString(w) {
			return 0, false
		}
		wrong += best
	}
	return wrong, len(words) > 0
}

// letters is how many letters are to be put in, left out, replaced or exchanged with the next to make one word of another (optimal string
// alignment); more than lettersWrong where the lengths say so.
func letters(a, b string) int {
	x, y := []rune(a), []rune(b)
	if len(x)-len(y) > lettersWrong || len(y)-len(x) > lettersWrong {
		return lettersWrong + 1
	}
	before, last := make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(x); i++ {
		now := make([]int, len(y)+1)
		now[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			now[j] = min(last[j]+1, now[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
		}
		before, last = last, now
	}
	return last[len(y)]
}

// add lists the hits of the kind that is asked for, and counts them by kind.
func (p *searchPage) add(hits []ledger.Hit, q url.Values) {
	only := q.Get("show")
	n := map[string]int{}
	for i := range hits {
		h := &hits[i]
		n[h.Kind]++
		if only != "" && h.Kind != only || len(p.Hits) == p.Limit {
			continue
		}
		var marks []mark
		for _, f := range h.Found {
			marks = append(marks, mark{f, found})
		}
		href := "/article/" + h.Article
		if h.Kind == "statement" {
			href = "/statement/" + h.ID
		}
		p.Hits = append(p.Hits, hit{*h, markUp(h.Snippet, marks, nil, false), href, published(h.Published)})
	}
	if len(hits) == 0 {
		return
	}
	p.Counts = append(p.Counts, p.count("all", "", len(hits), len(hits) == searchCount, q))
	for _, kind := range []string{"statement", "article"} {
		p.Counts = append(p.Counts, p.count(kind+"s", kind, n[kind], len(hits) == searchCount, q))
	}
}

func (*searchPage) count(label, kind string, n int, more bool, q url.Values) kindCount {
	to := url.Values{}
	for k, v := range q {
		if k != "show" {
			to[k] = v
		}
	}
	if kind != "" {
		to.Set("show", kind)
	}
	return kindCount{label, n, more, "?" + to.Encode(), q.Get("show") == kind}
}
