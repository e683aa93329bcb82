package ledger

import (
	"context"
	"fmt"
	"testing"
)

// canned finds the same hits whatever is asked: "s" a statement, "d" a doubtful one, "a" an article.
type canned string

func (c canned) Search(_ context.Context, q SearchQuery) (hits []Hit, err error) {
	for i, k := range c[:min(len(c), q.Limit)] {
		hits = append(hits, Hit{ID: fmt.Sprintf("%c%d", k, i), Doubtful: k == 'd'})
	}
	return hits, nil
}

func TestSearchSurer(t *testing.T) {
	for _, c := range []struct {
		found string
		limit int
		want  string
	}{
		{"", 3, "[] 0"},
		{"sas", 3, "[s0 a1 s2] 0"},
		{"dsda", 3, "[s1 a3] 2"},
		{"sddsas", 3, "[s0 s3 a4] 2"},
		{"sssddd", 3, "[s0 s1 s2] 0"}, // none is passed over
		{"ddddds", 3, "[s5] 5"},
		{"ddddddsss", 3, "[] 6"}, // no more than twice as many are looked at
		{"ds", 0, "[s1] 1"},
	} {
		hits, doubtful, err := SearchSurer(t.Context(), canned(c.found), SearchQuery{Limit: c.limit})
		ids := []string{}
		for _, h := range hits {
			ids = append(ids, h.ID)
		}
		if got := fmt.Sprint(ids, doubtful); got != c.want || err != nil {
			t.Errorf("%q, %d asked for: %s, %v, want %s", c.found, c.limit, got, err, c.want)
		}
	}
}
