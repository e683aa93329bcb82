package grammar

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/onrecord/onrecord/lexicon"
	"github.com/onrecord/onrecord/reading/when/number"
)

// host is a text without any annotation, but for tags by word.
type host struct {
	t    *number.Text
	tags map[string]string
}

func (h *host) Text() *number.Text { return h.t }

func (h *host) Token(i int) (tag, lemma, relation string) { return h.tags[h.t.Low(i)], h.t.Low(i), "" }

var words = &Vocabulary[*host]{
	Classes:    map[string]Class{"unit": lexicon.NewSet("miles", "tons"), "stop": lexicon.NewSet("the", "of")},
	Predicates: map[string]func(*host, int) bool{"even": func(h *host, i int) bool { return int(h.t.At(i).Val)%2 == 0 }},
	Readers: map[string]func(*host, int) int{"number": func(h *host, i int) int {
		if n, ok := h.t.Read(i); ok {
			return n.End
		}
		return -1
	}},
}

func load(t *testing.T, rules string) (*Rules[*host], error) {
	t.Helper()
	return Load(fstest.MapFS{"x.txt": {Data: []byte(rules)}}, "x.txt", words)
}

func TestPatterns(t *testing.T) {
	for _, row := range []struct{ pattern, text, match string }{ // the match begins at the first atom that matches
		{`[digits]`, "about 12 boats", "12"},
		{`[digits] <unit>`, "12 boats, 13 miles", "13 miles"},
		{`[digits] boats|<unit>`, "12 boats, 13 miles", "12 boats"},
		{`[digits plain val>12]`, "12 boats, 13 miles", "13"},
		{`[digits !@even]`, "12 boats, 13 miles", "13"},
		{`[digits] !@even`, "12 boats", ""},
		{`[digits] @even [digits]`, "7 12", "7 12"},
		{`[word cap !<stop>]`, "the Moor", "Moor"},
		{`[tag=NN* len<4]`, "the red cab", "cab"},
		{`[lemma=red|cab]`, "the red cab", "red"},
		{`[digits] ~"-" [digits tight]`, "3 - 4 and 5-6", "5-6"},
		{`{number} miles`, "two hundred and six miles", "two hundred and six miles"},
		{`a b? c`, "a c", "a c"},
		{`a b*2 c`, "a b b b c a b b c", "a b b c"},
		{`a b+2`, "a c a b", "a b"},
		{`a (b c | d)*2 e`, "a b c d e", "a b c d e"},
		{`a (b | b c) d`, "a b c d", "a b c d"},
		{`a !(b | c) [word]`, "a b a d", "a d"},
		{`x / a (b c)? _`, "b c x, a b c x", "x"},
		{`x / a "," _ y`, "a x y, a, x y", "x"},
		{`x / [!word] _ [!word]`, "x", "x"}, // empty marks stand beyond the ends
	} {
		r, err := load(t, "v: "+row.pattern+"\n")
		if err != nil {
			t.Errorf("%s: %v", row.pattern, err)
			continue
		}
		h := &host{number.Lex(row.text), map[string]string{"cab": "NN", "red": "JJ"}}
		got := ""
		for i := range h.t.Atoms {
			if m, ok := r.First(h, i); ok {
				got = h.t.Span(m.First, m.End).Of(row.text)
				break
			}
		}
		if got != row.match {
			t.Errorf("%s in %q: %q, want %q", row.pattern, row.text, got, row.match)
		}
	}
}

func TestFirstRuleWins(t *testing.T) {
	r, err := load(t, "long: day={number} month=<unit>? year=[digits]\n\tAt [12] miles 7.\nshort: day={number}\n\tIt was [12]. -> 12\n")
	if err != nil {
		t.Fatal(err)
	}
	h := &host{t: number.Lex("12 miles 7 and 12")}
	m, _ := r.First(h, 0)
	if first, end := m.Of("year"); m.Value != "long" || first != 2 || end != 3 || !m.Has("month") {
		t.Errorf("%+v", m)
	}
	if m, ok := r.Next(h, 0, m.Rule); !ok || m.Value != "short" || m.End != 1 || m.Has("year") {
		t.Errorf("behind the first: %+v, %v", m, ok)
	}
	if m, _ := r.First(h, 4); m.Value != "short" || m.Has("month") {
		t.Errorf("without a year: %+v", m)
	}
	if x := r.All[0].Examples[0]; x.Want != "long" || r.All[1].Examples[0].Want != "12" {
		t.Errorf("examples: %+v", x)
	}
}

func TestParts(t *testing.T) {
	r, err := load(t, "$length = [digits] <unit>\nv: $length (and $length)?\n")
	if err != nil {
		t.Fatal(err)
	}
	if m, _ := r.First(&host{t: number.Lex("3 miles and 4 tons")}, 0); m.End != 5 {
		t.Errorf("%+v", m)
	}
}

func TestErrorsNameTheLine(t *testing.T) {
	for _, pattern := range []string{"v: [cap", "v: <sea>", "v: {sea}", "v: @sea", "v: a | b", "v: (a", "v: a / b", "v: a*x", "v: [size<3]", "v: $sea", "v"} {
		if _, err := load(t, "# no rule\n"+pattern+"\n"); err == nil || !strings.HasPrefix(err.Error(), "x.txt:2: ") {
			t.Errorf("%s: %v", pattern, err)
		}
	}
}
