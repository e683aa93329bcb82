package wire

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"

	"github.com/onrecord/onrecord"
)

// Limits of an XML file.
const (
	maxDepth    = 200
	maxElements = 400_000
)

// A node is an element, or text where it has no name.
type node struct {
	name string // local
	attr []xml.Attr
	kids []*node
	text string
}

// XML yields the articles of a file of one of the [Formats] that are XML. The error of an item names it; [ErrOther] says that the file is of no such format. Entities
// that a file defines are not known here, and so not expanded; documents that it names are not opened.
func XML(b []byte) iter.Seq2[*onrecord.Article, error] {
	return func(yield func(*onrecord.Article, error) bool) {
		root, err := parse(b)
		if err != nil {
			yield(nil, err)
			return
		}
		for _, f := range formats {
			if read := f.roots[root.name]; read != nil {
				read(root, yield)
				return
			}
		}
		yield(nil, fmt.Errorf("%w: its root is <%.40s>", ErrOther, root.name))
	}
}

// IsXML says whether head, the beginning of a file, is that of a format of XML that is read.
func IsXML(head []byte) bool {
	root := Root(head)
	return slices.ContainsFunc(formats, func(f format) bool { return f.roots[root] != nil })
}

// Root is the local name of the root element of an XML file, as far as head, its beginning, shows it.
func Root(head []byte) string {
	d := decoder(head)
	for {
		t, err := d.RawToken()
		if err != nil {
			return ""
		}
		if e, ok := t.(xml.StartElement); ok {
			return e.Name.Local
		}
	}
}

func decoder(b []byte) *xml.Decoder {
	wide := bytes.HasPrefix(b, []byte{0xff, 0xfe}) || bytes.HasPrefix(b, []byte{0xfe, 0xff})
	if wide {
		if out, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(b); err == nil {
			b = out
		}
	}
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(b, []byte("\ufeff"))))
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(label string, in io.Reader) (io.Reader, error) {
		if wide {
			return in, nil // decoded by its byte order mark
		}
		return charset.NewReaderLabel(label, in)
	}
	return d
}

// parse makes the tree of a document.
func parse(b []byte) (*node, error) {
	d := decoder(b)
	open := []*node{{}}
	elements := 0
	for {
		t, err := d.Token()
		if err == io.EOF {
			break
		} else if err != nil {
			var syntax *xml.SyntaxError
			if errors.As(err, &syntax) {
				err = fmt.Errorf("not XML: line %d: %s", syntax.Line, syntax.Msg)
			}
			return nil, err
		}
		top := open[len(open)-1]
		switch t := t.(type) {
		case xml.StartElement:
			if elements++; elements > maxElements {
				return nil, ErrTooMany
			}
			if len(open) > maxDepth {
				return nil, ErrTooDeep
			}
			n := &node{name: t.Name.Local, attr: t.Attr}
			top.kids = append(top.kids, n)
			open = append(open, n)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			top.kids = append(top.kids, &node{text: string(t)})
		}
	}
	for _, n := range open[0].kids {
		if n.name != "" {
			return n, nil
		}
	}
	return nil, fmt.Errorf("%w: it has no element", ErrOther)
}

// all are the children of a name; a nil node has none.
func (n *node) all(name string) (out []*node) {
	if n != nil {
		for _, k := range n.kids {
			if k.name == name {
				out = append(out, k)
			}
		}
	}
	return out
}

// at is the element that a path of names leads to, by the first child of each name; nil where none does.
func (n *node) at(path ...string) *node {
	for _, name := range path {
		all := n.all(name)
		if len(all) == 0 {
			return nil
		}
		n = all[0]
	}
	return n
}

// value is the value of an attribute, by its local name.
func (n *node) value(name string) string {
	if n != nil {
		for _, a := range n.attr {
			if a.Name.Local == name {
				return a.Value
			}
		}
	}
	return ""
}

// line is the text of an element on one line.
func (n *node) line() string {
	if n == nil {
		return ""
	}
	var p paragraphs
	n.write(&p)
	return strings.Join(strings.Fields(p.String()), " ")
}

// paragraphs is the text of an element as paragraphs.
func (n *node) paragraphs() string {
	if n == nil {
		return ""
	}
	var p paragraphs
	n.write(&p)
	return p.String()
}

func (n *node) write(p *paragraphs) {
	for _, k := range n.kids {
		switch name := strings.ToLower(k.name); {
		case k.name == "":
			p.text(k.text)
		case parts[name] == left:
			p.end()
		default:
			p.open(name)
			k.write(p)
			p.close(name)
		}
	}
}

// raw is all text of an element, as it is.
func (n *node) raw() string {
	var b strings.Builder
	for _, k := range n.kids {
		b.WriteString(k.text)
	}
	return b.String()
}

// readNITF yields the article of a NITF document (root nitf).
func readNITF(root *node, yield func(*onrecord.Article, error) bool) { yield(nitf(root)) }

// readNewsItem yields the article of a single item of NewsML-G2 (root newsItem).
func readNewsItem(root *node, yield func(*onrecord.Article, error) bool) { yield(newsItem(root)) }

// readNewsMessage yields the articles of a message of NewsML-G2 (root newsMessage), whose packages, concepts and plans are passed over. The
// error of an item names it.
func readNewsMessage(root *node, yield func(*onrecord.Article, error) bool) {
	items := 0
	for _, set := range root.all("itemSet") {
		for _, item := range set.all("newsItem") {
			items++
			a, err := newsItem(item)
			if err != nil {
				err = fmt.Errorf("%.200s: %w", item.value("guid"), err)
			}
			if !yield(a, err) {
				return
			}
		}
	}
	if items == 0 {
		yield(nil, ErrNoText)
	}
}

// nitf reads a document of NITF, the News Industry Text Format.
func nitf(root *node) (*onrecord.Article, error) {
	data, head := root.at("head", "docdata"), root.at("body", "body.head")
	pub := root.at("head", "pubdata")
	a := &onrecord.Article{
		ExternalID: data.at("doc-id").value("id-string"),
		Outlet: first(pub.value("name"), head.at("distributor").line(), data.at("doc.copyright").value("holder"),
			data.at("doc-id").value("regsrc")),
		Title:    first(head.at("hedline", "hl1").line(), root.at("head", "title").line()),
		Byline:   byline(head.at("byline")),
		Language: first(root.value("lang"), root.at("body").value("lang")),
		Text:     root.at("body", "body.content").paragraphs(),
	}
	published := first(data.at("date.issue").value("norm"), data.at("date.release").value("norm"), pub.value("date.publication"),
		head.at("dateline", "story.date").value("norm"))
	return finish(a, published, data.value("management-status"))
}

// byline are the persons of a byline, or all of it but the titles.
func byline(n *node) string {
	var names []string
	for _, p := range n.all("person") {
		names = append(names, p.line())
	}
	if len(names) > 0 || n == nil {
		return strings.Join(names, ", ")
	}
	var rest node
	for _, k := range n.kids {
		if k.name != "byttl" {
			rest.kids = append(rest.kids, k)
		}
	}
	return rest.line()
}

// newsItem reads an item of NewsML-G2 with its content inline (NewsML-G2 2.x, contentSet).
func newsItem(item *node) (*onrecord.Article, error) {
	meta, about := item.at("itemMeta"), item.at("contentMeta")
	a := &onrecord.Article{
		ExternalID: item.value("guid"),
		Outlet:     first(party(meta.at("provider")), party(about.at("infoSource"))),
		Title:      first(about.at("headline").line(), meta.at("title").line()),
		Byline:     first(about.at("by").line(), party(about.at("creator"))),
		Language:   first(about.at("language").value("tag"), item.value("lang")),
	}
	set := item.at("contentSet")
	for _, x := range set.all("inlineXML") {
		for _, k := range x.kids {
			if a.Text != "" {
				break
			}
			switch k.name {
			case "":
			case "nitf":
				a.Text = k.at("body", "body.content").paragraphs()
				a.Title = first(a.Title, k.at("body", "body.head", "hedline", "hl1").line())
				a.Byline = first(a.Byline, byline(k.at("body", "body.head", "byline")))
			case "html":
				a.Text = k.at("body").paragraphs()
			default:
				a.Text = (&node{kids: []*node{k}}).paragraphs()
			}
		}
	}
	for _, x := range set.all("inlineData") {
		if a.Text != "" {
			break
		}
		switch kind := strings.ToLower(x.value("contenttype")); {
		case strings.Contains(kind, "html"):
			a.Text = Markup(x.raw())
		case kind == "", strings.HasPrefix(kind, "text/plain"):
			a.Text = x.raw()
		}
	}
	published := first(meta.at("versionCreated").line(), about.at("contentCreated").line(), meta.at("firstCreated").line())
	return finish(a, published, meta.at("pubStatus").value("qcode"))
}

// party is the name of a party.
func party(n *node) string { return first(n.at("name").line(), n.value("literal")) }
