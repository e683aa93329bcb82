package page

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A load is what a page costs the extraction library, which does some of its work again for every element.
type load struct {
	// elements of the page, a kilobyte of text counting as one; what stands in a list item or inside a line counts once more for each,
	// for the library goes through each, or copies it, with all that is in it.
	elements int
	// paragraphs (<p>) and the bytes of their text: the library adds one to the other, and copies what it has so far each time.
	paragraphs, text int
}

// maxCopied is the most bytes that the library may copy while it adds up paragraphs, times two.
const maxCopied = 1 << 30

// long says whether the library would take too long over the paragraphs.
func (l *load) long() bool { return l.paragraphs > maxCopied/max(l.text, 1) }

// add adds a node with all that is in it, given how many elements that are gone through again, and how many paragraphs, stand around
// it.
func (l *load) add(n *html.Node, again, paragraphs int) {
	switch n.Type {
	case html.TextNode:
		l.elements += (1 + again) * len(n.Data) / 1024
		l.text += paragraphs * len(n.Data)
	case html.ElementNode:
		l.elements += 1 + again
		if goneThroughAgain(n.DataAtom) {
			again++
		}
		if n.DataAtom == atom.P {
			paragraphs++
			l.paragraphs++
		}
	}
	for c := n.FirstChild; c != nil && l.elements <= maxElements; c = c.NextSibling {
		l.add(c, again, paragraphs)
	}
}

// goneThroughAgain says whether the library takes an element apart with all that is in it, though it has done so, or will, for what is
// in it.
func goneThroughAgain(a atom.Atom) bool {
	switch a {
	case 0, atom.Li, atom.Dt, atom.Dd, atom.Summary, atom.Acronym, atom.Address, atom.Hgroup, atom.Ruby, atom.Tbody, atom.Thead, atom.Tfoot, atom.Template:
		return true
	}
	return inline(a)
}

// empty takes what is in them out of all paragraphs.
func empty(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if n.DataAtom == atom.P {
			n.RemoveChild(c)
		} else {
			empty(c)
		}
		c = next
	}
}
