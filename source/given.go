package source

import (
	"iter"

	"github.com/onrecord/onrecord"
)

// Given is what is known of all articles that are read together, for those that do not say it themselves.
type Given struct {
	Outlet    string
	Published onrecord.Published
}

// Fill puts what is given into the articles that do not have it.
func (g Given) Fill(items iter.Seq[Item]) iter.Seq[Item] {
	if g == (Given{}) {
		return items
	}
	return func(yield func(Item) bool) {
		for item := range items {
			if a := item.Article; a != nil {
				if a.Published.Value == "" {
					a.Published = g.Published
				}
				if a.Outlet == "" {
					a.Outlet = g.Outlet
					a.ID = onrecord.ArticleID(a)
				}
			}
			if !yield(item) {
				return
			}
		}
	}
}
