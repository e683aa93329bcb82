package wire

import (
	"strings"

	"golang.org/x/net/html"
)

// A part says what an element of XHTML or NITF is to the text that it stands in.
type part uint8

const (
	block   part = iota // begins and ends a paragraph: every element that is not listed
	inline              // within a paragraph
	lineEnd             // breaks the line
	kept                // keeps its line breaks
	left                // left out with all that it holds
)

// parts are the elements of XHTML and of NITF 3.6.
var parts = map[string]part{
	"a": inline, "abbr": inline, "acronym": inline, "b": inline, "bdi": inline, "bdo": inline, "big": inline, "cite": inline,
	"code": inline, "data": inline, "del": inline, "dfn": inline, "em": inline, "font": inline, "i": inline, "ins": inline,
	"kbd": inline, "mark": inline, "q": inline, "s": inline, "samp": inline, "small": inline, "span": inline, "strike": inline,
	"strong": inline, "sub": inline, "sup": inline, "time": inline, "tt": inline, "u": inline, "var": inline, "wbr": inline,

	"chron": inline, "copyrite": inline, "event": inline, "function": inline, "lang": inline, "location": inline, "money": inline,
	"num": inline, "frac": inline, "frac-num": inline, "frac-sep": inline, "frac-den": inline, "object.title": inline, "org": inline,
	"person": inline, "name.given": inline, "name.family": inline, "postaddr": inline, "pronounce": inline, "virtloc": inline,
	"city": inline, "state": inline, "region": inline, "country": inline, "sublocation": inline, "classifier": inline,
	"alt-code": left,

	"br": lineEnd, "pre": kept,

	"figure": left, "figcaption": left, "iframe": left, "media": left, "note": left, "noscript": left, "object": left,
	"script": left, "style": left, "template": left, "title": left, "video": left, "audio": left,
}

// paragraphs gathers the paragraphs of a marked-up text: white space is collapsed as a browser does.
type paragraphs struct {
	done  []string
	b     strings.Builder
	space bool
	lines int // line breaks since the last character
	pre   int // depth of elements that keep their line breaks
}

func (p *paragraphs) end() {
	if p.b.Len() > 0 {
		p.done = append(p.done, p.b.String())
		p.b.Reset()
	}
	p.space, p.lines = false, 0
}

func (p *paragraphs) open(name string) {
	switch parts[name] {
	case block:
		p.end()
	case lineEnd:
		p.lines++
	case kept:
		p.end()
		p.pre++
	}
}

func (p *paragraphs) close(name string) {
	switch parts[name] {
	case block:
		p.end()
	case kept:
		p.end()
		p.pre = max(0, p.pre-1)
	}
}

func (p *paragraphs) text(s string) {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '\n':
			if p.pre > 0 {
				p.lines++
			}
			p.space = true
		case ' ', '\t', '\r', '\f':
			p.space = true
		case 0:
		default:
			if p.b.Len() > 0 {
				switch {
				case p.lines > 1:
					p.end()
				case p.lines == 1:
					p.b.WriteByte('\n')
				case p.space:
					p.b.WriteByte(' ')
				}
			}
			p.space, p.lines = false, 0
			p.b.WriteByte(c)
		}
	}
}

func (p *paragraphs) String() string {
	p.end()
	return strings.Join(p.done, "\n\n")
}

// Markup is the text of a piece of HTML, XHTML or NITF that is given as a string: its paragraphs with an empty line between them.
func Markup(s string) string {
	var p paragraphs
	leave, depth := "", 0 // the element that is left out, and how many of its name are open
	for z := html.NewTokenizer(strings.NewReader(s)); ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			return p.String() // the end: strings have no other error
		}
		if kind == html.TextToken {
			if leave == "" {
				p.text(string(z.Text()))
			}
			continue
		}
		tag, _ := z.TagName()
		name := string(tag)
		switch {
		case leave != "":
			if name == leave && kind == html.StartTagToken {
				depth++
			} else if name == leave && kind == html.EndTagToken {
				if depth--; depth == 0 {
					leave = ""
				}
			}
		case parts[name] == left:
			if p.end(); kind == html.StartTagToken {
				leave, depth = name, 1
			}
		case kind == html.StartTagToken:
			p.open(name)
		case kind == html.EndTagToken:
			p.close(name)
		case kind == html.SelfClosingTagToken:
			p.open(name)
			p.close(name)
		}
	}
}
