package wire

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
)

// ninjs is what is read of an object of ninjs, "News in JSON", versions 1, 2 and 3 (the schemas at iptc.org/std/ninjs). Version 2
// made lists of headlines and bodies, version 3 wrote the names in camel case: decoding does not mind the case of names.
type ninjs struct {
	URI             string    `json:"uri"`
	PubStatus       string    `json:"pubstatus"`
	Language        string    `json:"language"`
	VersionCreated  string    `json:"versioncreated"`
	FirstCreated    string    `json:"firstcreated"`
	ContentCreated  string    `json:"contentcreated"`
	CopyrightHolder string    `json:"copyrightholder"`
	InfoSource      []named   `json:"infosource"`
	InfoSources     []named   `json:"infosources"`
	Headline        string    `json:"headline"`
	Title           string    `json:"title"`
	Headlines       []content `json:"headlines"`
	Byline          string    `json:"byline"`
	By              string    `json:"by"`
	BodyText        *string   `json:"body_text"`
	BodyXHTML       *string   `json:"body_xhtml"`
	BodyHTML        *string   `json:"body_html"`
	Bodies          []content `json:"bodies"`
}

type named struct {
	Name string `json:"name"`
}

type content struct {
	Role        string `json:"role"`
	ContentType string `json:"contenttype"`
	Value       string `json:"value"`
}

// JSON reads an object of one of the [Formats] that are JSON. [ErrOther] says that it is of none.
func JSON(b []byte) (*onrecord.Article, error) {
	var names map[string]json.RawMessage
	if json.Unmarshal(b, &names) != nil {
		return nil, ErrOther
	}
	for _, f := range formats {
		for name := range names {
			if slices.Contains(f.names, strings.ToLower(name)) {
				return f.object(b)
			}
		}
	}
	return nil, ErrOther
}

// ninjsItem reads an object of ninjs.
func ninjsItem(b []byte) (*onrecord.Article, error) {
	var n ninjs
	if err := json.Unmarshal(b, &n); err != nil {
		return nil, fmt.Errorf("ninjs: %w", err)
	}
	a := &onrecord.Article{
		ExternalID: n.URI,
		Title:      first(n.Headline, mainOf(n.Headlines), n.Title),
		Byline:     first(n.Byline, n.By),
		Language:   n.Language,
		Text:       n.text(),
	}
	for _, s := range append(n.InfoSource, n.InfoSources...) {
		a.Outlet = first(a.Outlet, s.Name)
	}
	a.Outlet = first(a.Outlet, n.CopyrightHolder)
	return finish(a, first(n.VersionCreated, n.ContentCreated, n.FirstCreated), n.PubStatus)
}

// mainOf is the value with the role "main", else the first.
func mainOf(list []content) string {
	for _, c := range list {
		if c.Role == "main" {
			return Markup(c.Value)
		}
	}
	if len(list) > 0 {
		return Markup(list[0].Value)
	}
	return ""
}

// text is the body: the marked-up one, for plain ones often run paragraphs together.
func (n *ninjs) text() string {
	for _, s := range []*string{n.BodyXHTML, n.BodyHTML} {
		if s != nil {
			if t := Markup(*s); t != "" {
				return t
			}
		}
	}
	plain := ""
	if n.BodyText != nil {
		plain = *n.BodyText
	}
	for _, c := range n.Bodies {
		switch kind := strings.ToLower(c.ContentType); {
		case strings.Contains(kind, "html"), strings.Contains(kind, "nitf"):
			if t := Markup(c.Value); t != "" {
				return t
			}
		case kind == "", strings.HasPrefix(kind, "text/plain"):
			plain = first(plain, c.Value)
		}
	}
	return plain
}
