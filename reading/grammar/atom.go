package grammar

import (
	"strings"

	"github.com/onrecord/onrecord/reading/when/number"
)

// A test is what an atom must be.
type test[H Host] struct {
	must, mustNot shape
	forms         []string // one of these, or of the classes
	classes       []Class
	notForms      []string
	notClasses    []Class
	bounds        []bound
	token         []tokenTest
	asks          []asked[H]
}

// asked is a predicate that must hold, or not.
type asked[H Host] struct {
	holds func(H, int) bool
	not   bool
}

// shape is a set of what an atom looks like.
type shape uint16

const (
	isWord shape = 1 << iota
	isDigits
	isMark
	isCap
	isUpper
	isTight
	isSpace
	isLine
	isDot
	isPlain
	isComma
	isFrac
	isBad
)

// shapes are their names in patterns.
var shapes = map[string]shape{
	"word": isWord, "digits": isDigits, "mark": isMark, "cap": isCap, "upper": isUpper, "tight": isTight, "space": isSpace, "line": isLine,
	"dot": isDot, "plain": isPlain, "comma": isComma, "frac": isFrac, "bad": isBad,
}

func shapeOf(t *number.Text, i int) shape {
	a := t.At(i)
	s := [...]shape{number.Mark: isMark, number.Word: isWord, number.Digits: isDigits}[a.Kind]
	if a.Space {
		s |= isSpace
	} else if t.Tight(i) {
		s |= isTight
	}
	if a.Line {
		s |= isLine
	}
	switch a.Kind {
	case number.Word:
		if a.Cap {
			s |= isCap
		}
		if a.Upper {
			s |= isUpper
		}
		if a.Dot {
			s |= isDot
		}
	case number.Digits:
		if a.Plain {
			s |= isPlain
		}
		if a.Comma {
			s |= isComma
		}
		if a.Frac {
			s |= isFrac
		}
		if a.Bad {
			s |= isBad
		}
	}
	return s
}

// bound is a condition on the length of an atom's form or on its value.
type bound struct {
	length bool
	op     string
	than   float64
	not    bool
}

func (b *bound) holds(a *number.Atom) bool {
	v := a.Val
	if b.length {
		v = float64(len(a.Low))
	}
	ok := false
	switch b.op {
	case "<":
		ok = v < b.than
	case "<=":
		ok = v <= b.than
	case ">":
		ok = v > b.than
	case ">=":
		ok = v >= b.than
	default:
		ok = v == b.than
	}
	return ok != b.not
}

// tokenTest is a condition on the token that holds an atom.
type tokenTest struct {
	of    string // "tag", "lemma", "rel"
	among []string
	not   bool
}

func (c *tokenTest) holds(tag, lemma, relation string) bool {
	v := tag
	switch c.of {
	case "lemma":
		v = lemma
	case "rel":
		v = relation
	}
	for _, w := range c.among {
		if head, open := strings.CutSuffix(w, "*"); v == w || open && strings.HasPrefix(v, head) {
			return !c.not
		}
	}
	return c.not
}

// passes says whether atom i passes the test.
func (c *test[H]) passes(x *run[H], i int) bool {
	a := x.text.At(i)
	if len(c.forms)+len(c.classes) > 0 && !among(a.Low, c.forms, c.classes) {
		return false
	}
	if c.must|c.mustNot != 0 {
		if s := shapeOf(x.text, i); s&c.must != c.must || s&c.mustNot != 0 {
			return false
		}
	}
	if among(a.Low, c.notForms, c.notClasses) {
		return false
	}
	for k := range c.bounds {
		if !c.bounds[k].holds(a) {
			return false
		}
	}
	if len(c.token) > 0 {
		tag, lemma, relation := x.host.Token(i)
		for k := range c.token {
			if !c.token[k].holds(tag, lemma, relation) {
				return false
			}
		}
	}
	for k := range c.asks {
		if c.asks[k].holds(x.host, i) == c.asks[k].not {
			return false
		}
	}
	return true
}

func among(form string, forms []string, classes []Class) bool {
	for _, w := range forms {
		if w == form {
			return true
		}
	}
	for _, c := range classes {
		if c.Has(form) {
			return true
		}
	}
	return false
}
