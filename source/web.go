package source

import (
	"context"
	"fmt"
	"mime"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/page"
	"github.com/onrecord/onrecord/source/feed"
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

// get reads the page at an address, or what the feed at it holds and lists.
func get(ctx context.Context, f *fetch.Fetcher, url string) []Item {
	p, err := f.Get(ctx, url, fetch.Validators{})
	if err != nil {
		return []Item{{Refusal: &Refusal{File: url, Err: err}}}
	}
	items := Received(p, url)
	items[0].Bytes = int64(len(p.Body))
	return items
}

// Received reads what a server sent from an address that was asked for: a page, or a feed. It yields an item at least.
func Received(p *fetch.Page, asked string) []Item {
	if feed.Is(p.Body) {
		return receivedFeed(p, asked)
	}
	var a *onrecord.Article
	var err error
	switch kind, _, _ := mime.ParseMediaType(p.Type); kind {
	case "text/html", "application/xhtml+xml":
		a, err = fromPage(p.Body, p.URL, p.Type)
	default:
		err = fmt.Errorf("content type %.60q instead of HTML", p.Type)
	}
	if err != nil {
		return []Item{{Refusal: &Refusal{File: asked, Err: err}}}
	}
	a.File = asked
	if a.Published.Value == "" {
		a.Published = page.Told(a.Text)
	}
	a.ID = onrecord.ArticleID(a)
	return []Item{{Article: a}}
}

func receivedFeed(p *fetch.Page, asked string) []Item {
	entries, err := feed.Read(p.Body, p.URL)
	if err != nil {
		return []Item{{Refusal: &Refusal{File: asked, Err: err}}}
	}
	items := make([]Item, len(entries))
	for i, e := range entries {
		a := e.Article
		if a == nil {
			l := listedOf(e, 0)
			l.File = asked
			items[i].Listed = &l
			continue
		}
		if err := limit(a); err != nil {
			items[i].Refusal = &Refusal{File: asked, Err: err}
			continue
		}
		a.File = asked
		a.ID = onrecord.ArticleID(a)
		items[i].Article = a
	}
	return items
}
