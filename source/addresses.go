package source

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"github.com/onrecord/onrecord/internal/sentinel"
)

// bookmarksMark is what bookmarks begin with that a browser writes (Netscape's format).
const bookmarksMark = "<!doctype netscape-bookmark-file"

// isBookmarks says whether a file begins as the bookmarks of a browser do.
func isBookmarks(head []byte) bool {
	return bytes.HasPrefix(bytes.ToLower(head[:min(len(head), len(bookmarksMark))]), []byte(bookmarksMark))
}

// isAddresses says whether a file begins as a list of addresses: bookmarks, a shortcut of Windows or of macOS, or lines of which each is
// an address.
func isAddresses(head []byte) bool {
	if isBookmarks(head) || bytes.HasPrefix(head, []byte("[InternetShortcut]")) || isWebloc(head) {
		return true
	}
	found := false
	lines := bytes.Split(head, []byte{'\n'})
	for i, line := range lines {
		line := strings.TrimSpace(string(line))
		switch {
		case line == "", strings.HasPrefix(line, "#"):
		case isURL(line) && !strings.ContainsAny(line, " \t"):
			found = true
		case i == len(lines)-1 && i > 0 && len(head) >= headBytes-3: // cut
		default:
			return false
		}
	}
	return found
}

// webloc is the address in a shortcut of macOS, a list of properties.
var webloc = regexp.MustCompile(`<key>URL</key>\s*<string>([^<]*)</string>`)

func isWebloc(head []byte) bool { return bytes.HasPrefix(head, []byte("<")) && webloc.Match(head) }

// addresses reads a list of addresses.
func (r *reader) addresses() {
	b, ok := r.whole()
	if !ok {
		return
	}
	text, err := decode(b)
	if err != nil {
		r.refuse(0, err)
		return
	}
	head := bare([]byte(text))
	switch {
	case isBookmarks(head):
		r.bookmarks(text)
	case isWebloc(head):
		r.listed(Listed{URL: html.UnescapeString(webloc.FindStringSubmatch(text)[1])})
	case bytes.HasPrefix(head, []byte("[InternetShortcut]")):
		for line := range strings.Lines(text) {
			if url, ok := strings.CutPrefix(strings.TrimSpace(line), "URL="); ok {
				r.listed(Listed{URL: url})
				return
			}
		}
		r.refuse(0, errNoAddress)
	default:
		n := 0
		for line := range strings.Lines(text) {
			n++
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") && !r.listed(Listed{Line: n, URL: line}) {
				return
			}
		}
	}
}

// bookmarks reads the links of bookmarks.
func (r *reader) bookmarks(text string) {
	var l *Listed
	found := false
	line := 1
	for z := html.NewTokenizer(strings.NewReader(text)); ; {
		kind := z.Next()
		at := line
		line += bytes.Count(z.Raw(), []byte{'\n'})
		switch kind {
		case html.ErrorToken:
			if !found && errors.Is(z.Err(), io.EOF) {
				r.refuse(0, errNoAddress)
			}
			return
		case html.StartTagToken:
			name, more := z.TagName()
			for string(name) == "a" && more {
				var key, value []byte
				if key, value, more = z.TagAttr(); string(key) == "href" && isURL(string(value)) {
					l = &Listed{Line: at, URL: string(value)}
				}
			}
		case html.TextToken:
			if l != nil {
				l.Title += string(z.Text())
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); l != nil && string(name) == "a" {
				found = true
				if !r.listed(*l) {
					return
				}
				l = nil
			}
		}
	}
}

// listed hands over an address of the file.
func (r *reader) listed(l Listed) bool {
	if !isURL(l.URL) || len(l.URL) > MaxField {
		return r.refuse(l.Line, errNotAddress)
	}
	l.File = r.file
	return r.item(Item{Listed: &l})
}

const (
	errNoAddress  sentinel.Error = "no web address in the list"
	errNotAddress sentinel.Error = "not a web address (http or https)"
)
