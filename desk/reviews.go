package desk

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/review"
)

// AllReviews are all reviews of a ledger, in the order in which they arrived.
func AllReviews(ctx context.Context, l ledger.Reader) (all []onrecord.Review, err error) {
	const page = 500
	for {
		some, err := l.ReviewList(ctx, page, len(all))
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
		if len(some) < page {
			slices.Reverse(all)
			return all, nil
		}
	}
}

// What has become of a review.
const (
	Undone        = "undone"
	PassageGone   = "the article is not in the ledger"
	PassageChange = "the passage has changed in a new version of the article"
)

// States says of reviews what has become of them: "" of one that holds.
func States(ctx context.Context, l ledger.Reader, list []onrecord.Review) ([]string, error) {
	all, err := AllReviews(ctx, l)
	if err != nil {
		return nil, err
	}
	holds := map[string]bool{}
	for _, v := range review.InForce(all) {
		holds[v.ID] = true
	}
	newest := map[string]*onrecord.Reading{} // by article, of any version
	states := make([]string, len(list))
	for i := range list {
		v := &list[i]
		article := review.Article(v)
		switch {
		case v.Action == review.Undo:
		case !holds[v.ID]:
			states[i] = Undone
		case article != "":
			r, known := newest[article]
			if !known {
				if r, err = newestReading(ctx, l, article); err != nil {
					return nil, err
				}
				newest[article] = r
			}
			if r == nil {
				states[i] = PassageGone
			} else if !review.Holds(r, v) {
				states[i] = PassageChange
			}
		}
	}
	return states, nil
}

// newestReading is the reading of the newest version of an article; nil where the ledger has none.
func newestReading(ctx context.Context, l ledger.Reader, article string) (*onrecord.Reading, error) {
	v, err := l.Article(ctx, article)
	if errors.Is(err, ledger.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	for i := range v.Versions {
		if v.Versions[i].Current {
			article = v.Versions[i].ID
		}
	}
	machine, _, err := l.Reading(ctx, article)
	return machine, err
}

// A test is an article with the rows of it that were reviewed.
type test struct {
	ID        string    `json:"id"`
	Outlet    string    `json:"outlet"`
	Title     string    `json:"title"`
	Published string    `json:"published"`
	Text      string    `json:"text"`
	Reviewed  []testRow `json:"reviewed"`
}

type testRow struct {
	Row     string          `json:"row"`
	Kind    string          `json:"kind"`
	Verdict string          `json:"verdict"` // accept, reject, correct
	Machine json.RawMessage `json:"machine"` // the row as it was found
	Right   json.RawMessage `json:"right"`   // the fields that were wrong, as they should be; null where none was
}

// Tests writes the reviewed rows of articles as a test set, one article a line, by id. The lines can be read as articles, too: what people
// said stands in a field that read ignores.
func Tests(ctx context.Context, l ledger.Reader, w io.Writer) error {
	all, err := AllReviews(ctx, l)
	if err != nil {
		return err
	}
	first, last := review.Verdicts(review.InForce(all))
	of := map[string][]testRow{}
	for k := range first {
		article := review.Article(&first[k])
		if article == "" {
			continue
		}
		row := testRow{Row: first[k].Row, Kind: review.KindName(first[k].Row), Verdict: last[k].Action, Machine: json.RawMessage(first[k].Before), Right: json.RawMessage("null")}
		if last[k].Action == review.Correct {
			row.Right = json.RawMessage(last[k].After)
		}
		of[article] = append(of[article], row)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for _, id := range slices.Sorted(maps.Keys(of)) {
		machine, _, err := l.Reading(ctx, id)
		if errors.Is(err, ledger.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		a := machine.Article
		if err := e.Encode(test{id, a.Outlet, a.Title, a.Published.Value, a.Text, of[id]}); err != nil {
			return err
		}
	}
	return nil
}
