package serve

import (
	"net/url"
	"strconv"
)

// The maximum number of rows of each kind on one page. The others are on its next pages, or on the row's own page.
const (
	linesPerPage        = 100 // statements; an utterance is never parted
	saidPerPage         = 50  // statements of a speaker
	namedPerPage        = 50  // articles that only speak of somebody
	renditionsShown     = 12
	measuresPerPage     = 15
	measureFiguresShown = 8
	figuresPerPage      = 40
	disputesPerPage     = 15
	membersShown        = 4
	articlesPerPage     = 100
	reportsShown        = 100
	daysPerPage         = 60
	perDayShown         = 20
	descentsShown       = 100
	columnPerPage       = 300 // statements beside an article
	copiesShown         = 50
	pairsShown          = 200
)

// A pager links the pages of one list. A page may have several lists, each with its own parameter.
type pager struct {
	What           string
	From, To       int // of the rows, from 1
	Total          int
	Previous, Next string // addresses; "" at the ends
}

// Needed says whether there is more than one page.
func (p pager) Needed() bool { return p.Previous != "" || p.Next != "" }

// pageOf is the number of the page asked for, from 1.
func pageOf(q url.Values, list string) int {
	n, err := strconv.Atoi(q.Get(list))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, 1<<20)
}

// ends sets the addresses of the previous and next page.
func (p *pager) ends(q url.Values, list string, n int) {
	address := func(n int) string {
		to := url.Values{}
		for k, v := range q {
			to[k] = v
		}
		to.Set(list, strconv.Itoa(n))
		return "?" + to.Encode() + "#" + list
	}
	if n > 1 && p.Total > 0 {
		p.Previous = address(n - 1)
	}
	if p.To < p.Total {
		p.Next = address(n + 1)
	}
}

// paged is one page of a list.
func paged[T any](rows []T, q url.Values, list string, n int) ([]T, pager) {
	page := pageOf(q, list)
	page = max(1, min(page, (len(rows)+n-1)/n))
	from := (page - 1) * n
	to := min(from+n, len(rows))
	p := pager{What: list, From: from + 1, To: to, Total: len(rows)}
	p.ends(q, list, page)
	return rows[from:to], p
}

// pagedGroups is one page of utterances by speaker; an utterance is never split.
func pagedGroups(groups []speakerGroup, q url.Values, list string) ([]speakerGroup, pager) {
	page := pageOf(q, list)
	p := pager{What: list}
	var out []speakerGroup
	at, on := 1, 0 // the page that is being filled, and what is on it
	for _, v := range groups {
		things := v.Utterances
		v.Utterances = nil
		for _, t := range things {
			if on > 0 && on+min(len(t.Lines), renditionsShown) > linesPerPage {
				at, on = at+1, 0
			}
			on += min(len(t.Lines), renditionsShown)
			p.Total += len(t.Lines)
			if at != page {
				continue
			}
			if p.From == 0 {
				p.From = p.Total - len(t.Lines) + 1
			}
			p.To = p.Total
			t.All = len(t.Lines)
			t.Lines = t.Lines[:min(len(t.Lines), renditionsShown)]
			v.Utterances = append(v.Utterances, t)
		}
		if len(v.Utterances) > 0 {
			out = append(out, v)
		}
	}
	if len(out) == 0 && page > 1 && len(groups) > 0 { // beyond the end
		q = url.Values{}
		return pagedGroups(groups, q, list)
	}
	p.ends(q, list, page)
	return out, p
}
