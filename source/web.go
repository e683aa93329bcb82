package source

import (
	"context"
	"fmt"
	"mime"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/page"
	"github.com/onrecord/onrecord/source/fetch"
)

// isURL says whether a path is an address of the web.
func isURL(path string) bool {
	for _, scheme := range []string{"http://", "https://"} {
		if len(path) >= len(scheme) && strings.EqualFold(path[:len(scheme)], scheme) {
			return true
		}
	}
	return false
}

// get reads the page at an address.
func get(ctx context.Context, f *fetch.Fetcher, url string) Item {
	p, err := f.Get(ctx, url, fetch.Validators{})
	if err != nil {
		return Item{Refusal: &Refusal{File: url, Err: err}}
	}
	item := Item{Bytes: int64(len(p.Body))}
	var a *onrecord.Article
	switch kind, _, _ := mime.ParseMediaType(p.Type); kind {
	case "text/html", "application/xhtml+xml":
		a, err = fromPage(p.Body, p.URL, p.Type)
	default:
		err = fmt.Errorf("content type %.60q instead of HTML", p.Type)
	}
	if err != nil {
		item.Refusal = &Refusal{File: url, Err: err}
		return item
	}
	a.File = url
	if a.Published.Value == "" {
		a.Published = page.Told(a.Text)
	}
	a.ID = onrecord.ArticleID(a)
	item.Article = a
	return item
}
