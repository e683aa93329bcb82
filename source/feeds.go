package source

import (
	stdjson "encoding/json"
	"strings"

	"github.com/onrecord/onrecord/page"
	"github.com/onrecord/onrecord/source/feed"
)

// feed reads a feed, a sitemap or a list of feeds.
func (r *reader) feed() {
	b, ok := r.whole()
	if !ok {
		return
	}
	r.entries(b, 0)
}

// entries hands over what a feed holds, and what it lists.
func (r *reader) entries(b []byte, at int) bool {
	entries, err := feed.Read(b, "")
	if err != nil {
		return r.refuse(at, err)
	}
	for _, e := range entries {
		if e.Article != nil {
			if err := limit(e.Article); err != nil {
				if !r.refuse(at, err) {
					return false
				}
			} else if !r.article(e.Article, at) {
				return false
			}
		} else if !r.listed(listedOf(e, at)) {
			return false
		}
	}
	return true
}

func listedOf(e feed.Entry, line int) Listed {
	return Listed{Line: line, URL: e.URL, Title: e.Title, Outlet: e.Outlet, Published: e.Published, Feed: e.Feed}
}

// listedJSON hands over what an object of JSON lists that has no text: itself, where it has an address (Media Cloud's lists of stories); the
// entries of JSON Feed; the articles of an answer of GDELT. It is known to be an object; done says whether it lists anything.
func (r *reader) listedJSON(b []byte, line int) (done, more bool) {
	if feed.Is(b) {
		return true, r.entries(b, line)
	}
	type story struct {
		URL      string `json:"url"`
		Title    string `json:"title"`
		Domain   string `json:"domain"`
		Media    string `json:"media_name"`
		Outlet   string `json:"outlet"`
		Seen     string `json:"seendate"`
		Day      string `json:"publish_date"`
		Date     string `json:"published"`
		Articles []stdjson.RawMessage
	}
	var s story
	if stdjson.Unmarshal(b, &s) != nil {
		return false, true
	}
	list := []story{s}
	for _, a := range s.Articles {
		var one story
		if stdjson.Unmarshal(a, &one) == nil {
			list = append(list, one)
		}
	}
	for _, s := range list {
		if !isURL(s.URL) {
			continue
		}
		done = true
		l := Listed{Line: line, URL: s.URL, Title: strings.TrimSpace(s.Title), Outlet: first(s.Outlet, s.Media, s.Domain), Published: page.Published(first(s.Date, s.Day, s.Seen), "feed")}
		if !r.listed(l) {
			return done, false
		}
	}
	return done, true
}

func first(s ...string) string {
	for _, s := range s {
		if s != "" {
			return s
		}
	}
	return ""
}
