package grammar

import (
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/onrecord/onrecord/lexicon"
)

// Load reads the rules of a file and compiles them with the vocabulary.
func Load[H Host](files fs.FS, file string, v *Vocabulary[H]) (*Rules[H], error) {
	text, err := fs.ReadFile(files, file)
	if err != nil {
		return nil, err
	}
	r := &Rules[H]{byForm: map[string][]int32{}}
	c := &compiler[H]{v: v, parts: map[string][]string{}}
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		line = strings.TrimRight(line, " \r\n")
		switch {
		case strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#"):
		case line[0] == '\t' && len(r.All) > 0:
			x := &r.All[len(r.All)-1]
			sentence, want, given := strings.Cut(strings.TrimSpace(line), " -> ")
			if !given {
				want = x.Value
			}
			x.Examples = append(x.Examples, Example{sentence, want, n})
		default:
			rule, named, err := c.compile(line)
			if named && err == nil {
				continue
			}
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %w", file, n, err)
			}
			rule.Line = n
			r.All = append(r.All, rule)
		}
	}
	r.index()
	return r, nil
}

// Must is the rules of a file that is built in.
func Must[H Host](files fs.FS, file string, v *Vocabulary[H]) *Rules[H] {
	r, err := Load(files, file, v)
	if err != nil {
		panic(err)
	}
	return r
}

// index sorts the rules by what they may begin with.
func (r *Rules[H]) index() {
	type opening struct {
		forms []string // nil: any
		kinds shape
	}
	opens := make([]opening, len(r.All))
	for k := range r.All {
		forms, kinds, any := first(r.All[k].main)
		if !any {
			opens[k].forms = forms
			for _, f := range forms {
				r.byForm[f] = nil
			}
		}
		opens[k].kinds = kinds
		if n := taking(r.All[k].main); n != nil && n.kind == one {
			if forms, _, any := first(n.next); !any && len(forms) > 0 {
				r.All[k].second = lexicon.NewSet(forms...)
			}
		}
	}
	for k, o := range opens {
		if o.kinds&isDigits != 0 {
			r.digits = append(r.digits, int32(k))
		}
		if o.kinds&(isWord|isMark) == 0 {
			continue
		}
		if o.forms == nil {
			r.others = append(r.others, int32(k))
		}
		for f := range r.byForm {
			if o.forms == nil || slices.Contains(o.forms, f) {
				r.byForm[f] = append(r.byForm[f], int32(k))
			}
		}
	}
}

// taking is the first node of a pattern that takes something.
func taking[H Host](n *node[H]) *node[H] {
	for n != nil && (n.kind == ask || n.kind == none || n.kind == from) {
		n = n.next
	}
	return n
}

// first is the forms and kinds that a pattern may begin with; any says that it may begin with other forms too.
func first[H Host](n *node[H]) (forms []string, kinds shape, any bool) {
	const all = isWord | isDigits | isMark
	for ; n != nil; n = n.next {
		switch n.kind {
		case ask, none, from, to:
			continue
		case fork:
			for _, way := range n.ways {
				f, k, a := first(way)
				forms, kinds, any = append(forms, f...), kinds|k, any || a
			}
			return forms, kinds, any
		case one:
			kinds = all
			if k := n.test.must & all; k != 0 {
				kinds = k
			}
			kinds &^= n.test.mustNot & all
			if len(n.test.forms) == 0 && len(n.test.classes) == 0 {
				return nil, kinds, kinds != isDigits
			}
			forms = append(forms, n.test.forms...)
			for _, c := range n.test.classes {
				l, ok := c.(interface{ Words() []string })
				if !ok {
					return nil, kinds, true
				}
				forms = append(forms, l.Words()...)
			}
			return forms, kinds, false
		default:
			return nil, all, true
		}
	}
	return nil, all, true
}

// compile reads one rule, or a part that patterns name ("$zone = ...").
func (c *compiler[H]) compile(line string) (rule Rule[H], named bool, err error) {
	if name, pattern, ok := strings.Cut(line, " = "); ok && line[0] == '$' {
		c.parts[name], err = c.split(pattern)
		return rule, true, err
	}
	rule, err = c.rule(line)
	return rule, false, err
}

func (c *compiler[H]) rule(line string) (Rule[H], error) {
	value, pattern, ok := strings.Cut(line, ": ")
	if !ok {
		return Rule[H]{}, fmt.Errorf("no value before %q", line)
	}
	words, err := c.split(pattern)
	if err != nil {
		return Rule[H]{}, err
	}
	c.labels, c.back = nil, false
	main, context := words, []string(nil)
	if k := slices.Index(words, "/"); k >= 0 {
		main, context = words[:k], words[k+1:]
	}
	var before, after []string
	if context != nil {
		k := slices.Index(context, "_")
		if k < 0 {
			return Rule[H]{}, fmt.Errorf("no _ in what stands around")
		}
		before, after = context[:k], context[k+1:]
	}
	items, err := c.parse(main)
	if err != nil {
		return Rule[H]{}, err
	}
	behind, err := c.parse(after)
	if err != nil {
		return Rule[H]{}, err
	}
	ahead, err := c.parse(before)
	if err != nil {
		return Rule[H]{}, err
	}
	rule := Rule[H]{Value: value}
	rule.main = c.link(items, &node[H]{kind: end, next: c.link(behind, nil)})
	c.back = true
	rule.before = c.link(ahead, nil)
	rule.labels = c.labels
	if len(c.labels) > maxLabels {
		return rule, fmt.Errorf("more than %d labels", maxLabels)
	}
	return rule, nil
}

// An item is a part of a pattern as it is written.
type item[H Host] struct {
	node     node[H]
	group    [][]item[H] // alternatives; nil for a single node
	not      bool        // of a group: none of them follows
	min, max int
	label    string
}

type compiler[H Host] struct {
	v      *Vocabulary[H]
	parts  map[string][]string
	labels []string
	back   bool
}

// link chains items before next; backwards, the last item is met first.
func (c *compiler[H]) link(items []item[H], next *node[H]) *node[H] {
	if c.back {
		items = slices.Clone(items)
		slices.Reverse(items)
	}
	for k := len(items) - 1; k >= 0; k-- {
		x := &items[k]
		if x.label != "" && !c.back {
			next = &node[H]{kind: to, label: c.labelOf(x.label), next: next}
		}
		last := next
		for n := x.max; n > 0; n-- {
			step := c.step(x, next)
			if n > x.min {
				step = &node[H]{kind: fork, ways: []*node[H]{step, last}}
			}
			next = step
		}
		if x.label != "" && !c.back {
			next = &node[H]{kind: from, label: c.labelOf(x.label), next: next}
		}
	}
	return next
}

func (c *compiler[H]) step(x *item[H], next *node[H]) *node[H] {
	if x.group == nil {
		n := x.node
		n.next, n.back = next, c.back
		return &n
	}
	n := &node[H]{kind: fork}
	if x.not {
		n.kind, n.next = none, next
		next = nil
	}
	for _, way := range x.group {
		n.ways = append(n.ways, c.link(way, next))
	}
	return n
}

func (c *compiler[H]) labelOf(name string) int8 {
	k := slices.Index(c.labels, name)
	if k < 0 {
		k = len(c.labels)
		c.labels = append(c.labels, name)
	}
	return int8(k)
}

// split cuts a pattern into its items and puts the parts that it names in their place.
func (c *compiler[H]) split(pattern string) ([]string, error) {
	words, err := split(pattern)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, w := range words {
		label := ""
		if name, of, ok := strings.Cut(w, "="); ok && isName(name) {
			label, w = name+"=", of
		}
		if !strings.HasPrefix(w, "$") {
			out = append(out, label+w)
			continue
		}
		name := strings.TrimRight(w, "?*+0123456789")
		part, ok := c.parts[name]
		if !ok {
			return nil, fmt.Errorf("no part %s above", name)
		}
		out = append(append(append(out, label+"("), part...), ")"+w[len(name):])
	}
	return out, nil
}

// split cuts a pattern into its items: brackets, braces and quotations hold together, round brackets and bars stand alone.
func split(s string) ([]string, error) {
	var out []string
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimSpace(s) {
		depth, quoted, i := 0, false, 0
		for i < len(s) {
			switch c := s[i]; {
			case c == '"':
				quoted = !quoted
			case quoted:
			case c == '[' || c == '{':
				depth++
			case c == ']' || c == '}':
				depth--
			case depth == 0 && (c == '(' || c == ')') && i > 0 && !(c == '(' && (s[i-1] == '!' || s[i-1] == '=')):
				goto cut
			case depth == 0 && c == '(':
				i++
				goto cut
			case depth == 0 && c == ')':
				i++
				for i < len(s) && strings.ContainsRune("?*+0123456789", rune(s[i])) {
					i++
				}
				goto cut
			case depth == 0 && unicode.IsSpace(rune(c)):
				goto cut
			}
			i++
		}
		if depth != 0 || quoted {
			return nil, fmt.Errorf("open bracket or quotation in %q", s)
		}
	cut:
		out = append(out, s[:i])
		s = s[i:]
	}
	return out, nil
}

// parse reads the items of one sequence.
func (c *compiler[H]) parse(words []string) ([]item[H], error) {
	ways, rest, err := c.alternatives(words)
	if err != nil {
		return nil, err
	}
	if len(rest) > 0 || len(ways) > 1 {
		return nil, fmt.Errorf("%q outside of round brackets", append(rest, "|")[0])
	}
	return ways[0], nil
}

// alternatives reads sequences parted by bars up to a closing bracket.
func (c *compiler[H]) alternatives(words []string) (ways [][]item[H], rest []string, err error) {
	ways = [][]item[H]{nil}
	for len(words) > 0 {
		w := words[0]
		switch {
		case w == "|":
			ways = append(ways, nil)
			words = words[1:]
			continue
		case strings.HasPrefix(w, ")"):
			return ways, words, nil
		}
		x := item[H]{min: 1, max: 1}
		if label, of, ok := strings.Cut(w, "="); ok && isName(label) {
			x.label, w = label, of
		}
		if w == "(" || w == "!(" {
			x.not = w == "!("
			if x.group, words, err = c.alternatives(words[1:]); err != nil {
				return nil, nil, err
			}
			if len(words) == 0 {
				return nil, nil, fmt.Errorf("a round bracket is open")
			}
			w = words[0][1:]
			if err := x.times(w); err != nil {
				return nil, nil, err
			}
		} else if err := c.single(&x, w); err != nil {
			return nil, nil, fmt.Errorf("%q: %w", words[0], err)
		}
		ways[len(ways)-1] = append(ways[len(ways)-1], x)
		words = words[1:]
	}
	return ways, nil, nil
}

// times reads how often an item may stand: "?", "*3", "+3", "" for once.
func (x *item[H]) times(s string) error {
	if s == "" {
		return nil
	}
	most := 1
	if s[1:] != "" || s[0] != '?' {
		n, err := strconv.Atoi(s[1:])
		if err != nil {
			return fmt.Errorf("%q is no number of times", s)
		}
		most = n
	}
	switch s[0] {
	case '?', '*':
		x.min, x.max = 0, most
	case '+':
		x.min, x.max = 1, most
	default:
		return fmt.Errorf("%q is no number of times", s)
	}
	return nil
}

// single reads an item of one atom, reader or predicate.
func (c *compiler[H]) single(x *item[H], w string) error {
	if name, not := strings.CutPrefix(w, "!@"); not || strings.HasPrefix(w, "@") {
		f := c.v.Predicates[strings.TrimPrefix(name, "@")]
		if f == nil {
			return fmt.Errorf("no such predicate")
		}
		x.node = node[H]{kind: ask, ask: f, not: not}
		return nil
	}
	if k := strings.LastIndexAny(w, "?*+"); k > 0 && strings.Trim(w[k+1:], "0123456789") == "" && !strings.HasSuffix(w, "\"") {
		if err := x.times(w[k:]); err != nil {
			return err
		}
		w = w[:k]
	}
	if name, ok := strings.CutPrefix(w, "{"); ok {
		f := c.v.Readers[strings.TrimSuffix(name, "}")]
		if f == nil {
			return fmt.Errorf("no such reader")
		}
		x.node = node[H]{kind: read, read: f}
		return nil
	}
	x.node.kind = one
	if inside, ok := strings.CutPrefix(w, "["); ok {
		return c.tests(&x.node.test, strings.TrimSuffix(inside, "]"))
	}
	if rest, ok := strings.CutPrefix(w, "~"); ok {
		x.node.test.must |= isTight
		w = rest
	}
	return c.forms(&x.node.test, w, false)
}

// forms reads alternatives of forms and classes.
func (c *compiler[H]) forms(t *test[H], s string, not bool) error {
	for s != "" {
		end := 0
		switch {
		case s[0] == '"':
			end = strings.IndexByte(s[1:], '"') + 2
		default:
			if end = strings.IndexByte(s, '|'); end < 0 {
				end = len(s)
			}
		}
		w := s[:end]
		s = strings.TrimPrefix(s[end:], "|")
		if name, ok := strings.CutPrefix(w, "<"); ok {
			k := c.v.Classes[strings.TrimSuffix(name, ">")]
			if k == nil {
				return fmt.Errorf("no such class")
			}
			if not {
				t.notClasses = append(t.notClasses, k)
			} else {
				t.classes = append(t.classes, k)
			}
			continue
		}
		if w[0] != '"' && strings.ContainsFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '.' }) {
			return fmt.Errorf("%q is to be quoted", w)
		}
		w = strings.Trim(w, "\"")
		if not {
			t.notForms = append(t.notForms, w)
		} else {
			t.forms = append(t.forms, w)
		}
	}
	return nil
}

// tests reads what stands in square brackets.
func (c *compiler[H]) tests(t *test[H], s string) error {
	words, err := split(s)
	if err != nil {
		return err
	}
	for _, w := range words {
		rest, not := strings.CutPrefix(w, "!")
		if name, ok := strings.CutPrefix(rest, "@"); ok {
			f := c.v.Predicates[name]
			if f == nil {
				return fmt.Errorf("no predicate %q", name)
			}
			t.asks = append(t.asks, asked[H]{f, not})
			continue
		}
		if s := shapes[rest]; s != 0 {
			if not {
				t.mustNot |= s
			} else {
				t.must |= s
			}
			continue
		}
		if k := strings.IndexAny(rest, "<=>"); k > 0 && isName(rest[:k]) {
			if err := t.compared(rest[:k], rest[k:], not); err != nil {
				return err
			}
			continue
		}
		if err := c.forms(t, rest, not); err != nil {
			return err
		}
	}
	return nil
}

// compared reads "len<3", "val>=1900", "tag=NN|NNS".
func (t *test[H]) compared(what, rest string, not bool) error {
	value := strings.TrimLeft(rest, "<=>")
	op := rest[:len(rest)-len(value)]
	switch what {
	case "len", "val":
		v, err := strconv.ParseFloat(value, 64)
		if err != nil {
			return fmt.Errorf("%q is no number", value)
		}
		t.bounds = append(t.bounds, bound{what == "len", op, v, not})
	case "tag", "lemma", "rel":
		t.token = append(t.token, tokenTest{what, strings.Split(value, "|"), not})
	default:
		return fmt.Errorf("nothing called %q can be compared", what)
	}
	return nil
}

func isName(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }) < 0
}
