package ledger

import "context"

// A Searcher finds words in articles and statements; a [Reader] does.
type Searcher interface {
	Search(ctx context.Context, q SearchQuery) ([]Hit, error)
}

// SearchSurer is a search that leaves out doubtful statements, and says how many of them it has passed over. It looks at twice as many
// results as are asked for, so where more than half of these are doubtful it gives fewer.
func SearchSurer(ctx context.Context, s Searcher, q SearchQuery) (hits []Hit, doubtful int, err error) {
	most := q.Limit
	if most <= 0 {
		most = 50
	}
	q.Limit = 2 * most
	all, err := s.Search(ctx, q)
	for _, h := range all {
		switch {
		case len(hits) == most:
			return hits, doubtful, err
		case h.Doubtful:
			doubtful++
		default:
			hits = append(hits, h)
		}
	}
	return hits, doubtful, err
}
