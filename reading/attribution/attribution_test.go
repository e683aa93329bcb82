package attribution

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/reading/layout"
	"github.com/onrecord/onrecord/text"
)

func find(s string, title bool) []Draft {
	var t onrecord.Span
	if title {
		t.End = strings.IndexByte(s, '\n')
	}
	return findIn(english.Annotate(text.Parse(s)), t, nil)
}

// findIn finds the statements of a document by its layout.
func findIn(l *english.Layer, title onrecord.Span, asides []onrecord.Aside) []Draft {
	return Find(l, layout.Of(l, title, nil), title, asides)
}

// words are the offsets of the letters and digits that spans cover.
func letters(s string, spans []onrecord.Span) map[int]bool {
	set := make(map[int]bool)
	for _, x := range spans {
		for i := x.Start; i < x.End; i++ {
			if c := s[i]; c >= utf8.RuneSelf || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == ':' || c == '-' {
				set[i] = true
			}
		}
	}
	return set
}

// place finds the spans of the pieces of a row's role in the text, in order, from a place on.
func place(t *testing.T, s, role string, from int) []onrecord.Span {
	t.Helper()
	var out []onrecord.Span
	if role == "" {
		return nil
	}
	for _, piece := range strings.Split(role, " | ") {
		i := strings.Index(s[from:], piece)
		if i < 0 {
			i, from = strings.Index(s, piece), 0
		}
		if i < 0 {
			t.Fatalf("%q is not in the passage %q", piece, s)
		}
		out = append(out, onrecord.Span{Start: from + i, End: from + i + len(piece)})
		from += i + len(piece)
	}
	return out
}

func overlap(a, b map[int]bool) (both, either int) {
	for i := range a {
		if b[i] {
			both++
		}
	}
	return both, len(a) + len(b) - both
}

// same says whether the statement is the row: contents agree in at least half of their letters, sources touch or are both
// missing, cues touch where the row names one.
func same(t *testing.T, s string, x Draft, r row) bool {
	t.Helper()
	kb, ke := overlap(letters(s, x.Content), letters(s, place(t, s, r.content, 0)))
	if ke == 0 || 2*kb < ke {
		return false
	}
	sb, _ := overlap(letters(s, x.Source), everywhere(s, r.source))
	if r.source == "" && len(x.Source) > 0 || r.source != "" && sb == 0 {
		return false
	}
	if cb, _ := overlap(letters(s, x.Cue), everywhere(s, r.cue)); r.cue != "" && cb == 0 {
		return false
	}
	return r.nested == (x.Within >= 0)
}

// everywhere are the letters of all places of a piece.
func everywhere(s, piece string) map[int]bool {
	var all []onrecord.Span
	for from := 0; piece != ""; {
		i := strings.Index(s[from:], piece)
		if i < 0 {
			break
		}
		all = append(all, onrecord.Span{Start: from + i, End: from + i + len(piece)})
		from += i + len(piece)
	}
	return letters(s, all)
}

func TestPassages(t *testing.T) {
	right, all := 0, 0
	for _, p := range passages {
		t.Run(p.name, func(t *testing.T) {
			got := find(p.text, p.title)
			ok := true
			for _, r := range p.rows {
				hit := false
				for _, x := range got {
					hit = hit || same(t, p.text, x, r)
				}
				ok = ok && hit
				if !hit && !known[p.name] {
					t.Errorf("not found: %q / %q / %q", r.source, r.cue, r.content)
				}
			}
			if p.none && len(got) > 0 {
				ok = false
				if !known[p.name] {
					t.Error("nothing is said in this passage")
				}
			}
			if ok && known[p.name] {
				t.Error("passes now: take it off the list of known failures")
			}
			all++
			if ok {
				right++
			}
			if !ok {
				for _, x := range got {
					t.Logf("got: %s", show(p.text, x))
				}
			}
		})
	}
	t.Logf("%d of %d passages", right, all)
}

func show(s string, x Draft) string {
	var b strings.Builder
	for i, spans := range [...][]onrecord.Span{x.Source, x.Cue, x.Content} {
		if i > 0 {
			b.WriteString(" / ")
		}
		for j, y := range spans {
			if j > 0 {
				b.WriteString(" | ")
			}
			b.WriteString(y.Of(s))
		}
	}
	if x.Within >= 0 {
		fmt.Fprint(&b, " in ", x.Within)
	}
	return b.String()
}

// check holds what every statement of every text must hold.
func check(t interface{ Fatalf(string, ...any) }, s string, all []Draft) {
	for i, x := range all {
		if len(x.Cue) == 0 && len(x.Content) == 0 {
			t.Fatalf("statement %d has neither cue nor content", i)
		}
		for _, spans := range [...][]onrecord.Span{x.Source, x.Cue, x.Content} {
			end := 0
			for _, y := range spans {
				if y.Start < end || y.Start >= y.End || y.End > len(s) {
					t.Fatalf("statement %d: span %v after %d in a text of %d bytes", i, y, end, len(s))
				}
				if !utf8.ValidString(s) {
					continue
				}
				if !utf8.RuneStart(s[y.Start]) || y.End < len(s) && !utf8.RuneStart(s[y.End]) {
					t.Fatalf("statement %d: span %v is not on rune boundaries", i, y)
				}
				end = y.End
			}
		}
		if x.Confidence <= 0 || x.Confidence > 1 {
			t.Fatalf("statement %d: confidence %v", i, x.Confidence)
		}
		switch x.Kind {
		case onrecord.Direct, onrecord.Mixed, onrecord.Indirect:
		default:
			t.Fatalf("statement %d: kind %q", i, x.Kind)
		}
		steps := 0
		for p := x.Within; p >= 0; p = all[p].Within {
			if steps++; p >= len(all) || steps > len(all) {
				t.Fatalf("statement %d: within %d of %d", i, p, len(all))
			}
		}
	}
}

func TestHostile(t *testing.T) {
	pieces := []string{
		"said", "says", " ", "\n\n", "“", "”", "\"", "'", "‘", "’", ":", "—", "-- ", ",", ".", "according to", "told", "Marsh", "he",
		"that", "the dam is safe", "\u0301", "👩‍👧", "\xff", "\u202e", "\x00", "(", ")", "denied", "MARSH: ", "«", "\u00a0", "é", "ﬃ", "\ufeff",
	}
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 60).Draw(t, "pieces"), rapid.SampledFrom([]string{"", " "}).Draw(t, "glue"))
		title := onrecord.Span{}
		if i := strings.IndexByte(s, '\n'); i > 0 {
			title.End = i
		}
		check(t, s, findIn(english.Annotate(text.Parse(s)), title, nil))
	})
}

func TestPassagesHold(t *testing.T) {
	for _, p := range passages {
		check(t, p.text, find(p.text, p.title))
	}
}

func TestAsides(t *testing.T) {
	s := "“The bridge will open in May,” said Odile Marsh.\n\n“The dam is safe,” said Tomas Brel."
	l := english.Annotate(text.Parse(s))
	all := findIn(l, onrecord.Span{}, nil)
	cut := strings.Index(s, "\n")
	some := findIn(l, onrecord.Span{}, []onrecord.Aside{{Span: onrecord.Span{Start: 0, End: cut}, Kind: "caption"}})
	if len(some) == 0 || len(some) >= len(all) {
		t.Fatalf("%d statements, %d without the aside", len(all), len(some))
	}
	for _, x := range some {
		if x.Content[0].Start < cut {
			t.Errorf("in the aside: %s", show(s, x))
		}
	}
}

// A long paragraph of cues must take linear time and memory: this would not end otherwise.
func TestManyCues(t *testing.T) {
	s := strings.Repeat("he said she said ", 4000)
	check(t, s, findIn(english.Annotate(text.Parse(s)), onrecord.Span{}, nil))
	s = strings.Repeat("“", 10000)
	check(t, s, findIn(english.Annotate(text.Parse(s)), onrecord.Span{}, nil))
}

func BenchmarkFind(b *testing.B) {
	var s strings.Builder
	for _, p := range passages {
		s.WriteString(p.text)
		s.WriteString("\n\n")
	}
	l := english.Annotate(text.Parse(s.String()))
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		findIn(l, onrecord.Span{}, nil)
	}
	b.ReportMetric(float64(len(l.Doc.Tokens)*b.N)/b.Elapsed().Seconds(), "words/s")
}

// known are the passages that fail, and are known to.
var known = map[string]bool{
	"em dash": true, // "so ... put it" is no cue that the models know
}

// TestAside holds that a quotation which seems to go on into what is not the news is a statement without that.
func TestAside(t *testing.T) {
	body := "“We began with nothing,” said Marsh. “We had no money and no plan.\n\n"
	s := body + "“Follow the mayor on the harbour board.”"
	l := english.Annotate(text.Parse(s))
	got := findIn(l, onrecord.Span{}, []onrecord.Aside{{Span: onrecord.Span{Start: len(body), End: len(s)}, Kind: "widget"}})
	if len(got) != 1 || len(got[0].Content) != 2 || got[0].Content[1].End > len(body) {
		t.Errorf("got %+v", got)
	}
}
