// Package wire reads articles in the formats that news agencies send them in ([Formats]), all standards of the IPTC.
//
// The text of an article is its body, without the headline; marked-up bodies become paragraphs with an empty line between them,
// without captions and notes to editors; plain bodies are kept as they are. The day of publication is that of the version sent.
// What was cancelled or withheld by its sender is refused.
package wire

import (
	"errors"
	"fmt"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/internal/sentinel"
	"github.com/onrecord/onrecord/page"
)

// A format is one that agencies send articles in: objects of JSON, or documents of XML. What is told of it to people is made from this
// table.
type format struct {
	name   string
	names  []string // of JSON: an object that has one of these fields, in lower case, is of the format
	object func(b []byte) (*onrecord.Article, error)
	roots  map[string]func(root *node, yield func(*onrecord.Article, error) bool) // of XML: by the local name of the root element
}

var formats = []format{
	{name: "ninjs", names: []string{"body_text", "body_xhtml", "body_html", "bodies"}, object: ninjsItem},
	{name: "NewsML-G2", roots: map[string]func(*node, func(*onrecord.Article, error) bool){"newsItem": readNewsItem, "newsMessage": readNewsMessage}},
	{name: "NITF", roots: map[string]func(*node, func(*onrecord.Article, error) bool){"nitf": readNITF}},
}

// Formats says which formats are read, in words: "ninjs, NewsML-G2, NITF".
func Formats() string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.name
	}
	return strings.Join(names, ", ")
}

// Errors of items.
const (
	ErrNoText   sentinel.Error = "no text in the item"
	ErrWithheld sentinel.Error = "withheld or cancelled by its sender"
)

// Other formats, and limits of an item.
var (
	ErrOther   = fmt.Errorf("not a supported news agency format (%s)", Formats())
	ErrTooDeep = fmt.Errorf("XML nested deeper than %d elements", maxDepth)
	ErrTooMany = fmt.Errorf("XML of more than %d elements", maxElements)
	ErrField   = fmt.Errorf("field longer than %d KB", maxField>>10)
)

const maxField = 64 << 10 // bytes of a field that is not the text

// finish checks an article that was read from an item.
func finish(a *onrecord.Article, published, status string) (*onrecord.Article, error) {
	if i := strings.LastIndexByte(status, ':'); i >= 0 { // of a QCode, as stat:canceled
		status = status[i+1:]
	}
	switch strings.ToLower(status) {
	case "canceled", "cancelled", "withheld":
		return nil, ErrWithheld
	}
	for _, f := range []*string{&a.ExternalID, &a.URL, &a.Outlet, &a.Title, &a.Byline, &a.Language} {
		if *f = strings.Join(strings.Fields(strings.ReplaceAll(*f, "\x00", "")), " "); len(*f) > maxField {
			return nil, ErrField
		}
	}
	if len(a.Byline) > 3 && strings.EqualFold(a.Byline[:3], "by ") {
		a.Byline = a.Byline[3:]
	}
	switch {
	case strings.TrimSpace(a.Text) == "":
		return nil, ErrNoText
	case strings.IndexByte(a.Text, 0) >= 0:
		return nil, errors.New("text that contains the character U+0000")
	}
	a.Published = page.Published(published, "given")
	return a, nil
}

// first is the first string that is not blank.
func first(s ...string) string {
	for _, s := range s {
		if strings.TrimSpace(s) != "" {
			return s
		}
	}
	return ""
}
