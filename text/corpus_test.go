package text

import (
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/onrecord/onrecord/corpora"
)

// articles are the texts of a corpus by id.
func articles(t testing.TB, name string) map[string]string {
	sc := corpora.Lines(t, corpora.Path(t, "corpora", name))
	m := map[string]string{}
	for sc.Scan() {
		var a struct{ ID, Text string }
		if err := json.Unmarshal(sc.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		m[a.ID] = a.Text
	}
	return m
}

// A tally counts what was found against what was expected.
type tally struct{ right, found, expected int }

func (c *tally) add(found, expected map[[2]int]bool) {
	for k := range found {
		if expected[k] {
			c.right++
		}
	}
	c.found += len(found)
	c.expected += len(expected)
}

func (c tally) f1() float64 { return 200 * float64(c.right) / float64(c.found+c.expected) }

// TestSilver compares tokens and sentences with those of another parser on PolNeAR's articles.
func TestSilver(t *testing.T) {
	texts := articles(t, "polnear/dev.jsonl.gz")
	sc := corpora.Lines(t, corpora.Path(t, "corpora", "polnear/dev.silver.tsv.gz"))
	verbose := os.Getenv("VERBOSE") != ""
	var tokens, sentences tally
	var id string
	var toks, sents map[[2]int]bool
	var from, to int
	finish := func() {
		if id == "" {
			return
		}
		s := texts[id]
		d := Parse(s)
		o := NewOffsets(s)
		ft, fs := map[[2]int]bool{}, map[[2]int]bool{}
		for _, k := range d.Tokens {
			ft[[2]int{o.Rune(k.Start), o.Rune(k.End)}] = true
		}
		for _, r := range d.Sentences {
			x := d.Span(r)
			fs[[2]int{o.Rune(x.End), 0}] = true
		}
		tokens.add(ft, toks)
		sentences.add(fs, sents)
		if verbose {
			show := func(what string, a, b map[[2]int]bool) {
				for k := range a {
					if !b[k] {
						x, y := o.Byte(k[0]), o.Byte(k[1])
						if y == 0 {
							y = x
						}
						t.Logf("%s %q  …%q|%q", what, s[x:y], s[max(0, x-25):x], s[y:min(len(s), y+20)])
					}
				}
			}
			show("+tok", ft, toks)
			show("-tok", toks, ft)
			show("+sent", fs, sents)
			show("-sent", sents, fs)
		}
	}
	for sc.Scan() {
		l := sc.Text()
		if a, ok := strings.CutPrefix(l, "# article "); ok {
			finish()
			id, toks, sents = a, map[[2]int]bool{}, map[[2]int]bool{}
			to = -1
			continue
		}
		f := strings.Split(l, "\t")
		if len(f) < 9 {
			if to >= 0 {
				sents[[2]int{to, 0}] = true
				to = -1
			}
			continue
		}
		from, _ = strconv.Atoi(f[7])
		to, _ = strconv.Atoi(f[8])
		toks[[2]int{from, to}] = true
	}
	finish()
	t.Logf("tokens F1 %.2f, sentence ends F1 %.2f", tokens.f1(), sentences.f1())
	if tokens.f1() < 99 || sentences.f1() < 94.3 {
		t.Errorf("tokens F1 %.2f, sentence ends F1 %.2f", tokens.f1(), sentences.f1())
	}
}

// TestTreebank compares sentence ends, and tokens, with a gold treebank's (Universal Dependencies English GUM). It cuts
// hyphenated words, which are whole here, so the marks around a hyphen without blanks are joined before tokens are compared.
func TestTreebank(t *testing.T) {
	sc := corpora.Lines(t, corpora.Path(t, "corpora", "ud/gum.dev.conllu.gz"))
	verbose := os.Getenv("VERBOSE") != ""
	var tokens, sentences tally
	var text strings.Builder
	var genre string
	toks, ends := map[[2]int]bool{}, map[[2]int]bool{}
	at := 0    // where the next token is looked for
	join := -1 // where the token before begins
	finish := func() {
		s := text.String()
		d := Parse(s)
		ft, fs := map[[2]int]bool{}, map[[2]int]bool{}
		for _, k := range d.Tokens {
			ft[[2]int{k.Start, k.End}] = true
		}
		for _, r := range d.Sentences {
			fs[[2]int{d.Span(r).End, 0}] = true
		}
		tokens.add(ft, toks)
		sentences.add(fs, ends)
		if verbose {
			for _, x := range []struct {
				what string
				a, b map[[2]int]bool
			}{{"+tok", ft, toks}, {"-tok", toks, ft}, {"+sent", fs, ends}, {"-sent", ends, fs}} {
				for k := range x.a {
					if !x.b[k] {
						from, to := k[0], max(k[0], k[1])
						t.Logf("%s %s %q  …%q|%q", genre, x.what, s[from:to], s[max(0, from-30):from], s[to:min(len(s), to+25)])
					}
				}
			}
		}
		text.Reset()
		clear(toks)
		clear(ends)
		at = 0
	}
	for sc.Scan() {
		l := sc.Text()
		switch {
		case strings.HasPrefix(l, "# newdoc"):
			finish()
			_, genre, _ = strings.Cut(l, "GUM_")
		case strings.HasPrefix(l, "# newpar"):
			text.WriteString("\n\n")
		case strings.HasPrefix(l, "# text = "):
			if text.Len() > 0 {
				text.WriteByte(' ')
			}
			at = text.Len()
			text.WriteString(l[9:])
			ends[[2]int{len(strings.TrimRight(text.String(), " ")), 0}] = true
		case l != "" && l[0] != '#':
			f := strings.Split(l, "\t")
			if strings.Contains(f[0], ".") {
				continue
			}
			if strings.Contains(f[0], "-") {
				continue
			}
			s := text.String()
			k := strings.Index(s[at:], f[1])
			if k < 0 {
				continue
			}
			from := at + k
			at = from + len(f[1])
			glued := k == 0 && join >= 0 && join < from
			if glued && (f[1] == "-" || strings.HasSuffix(s[:from], "-")) && from > 0 && s[from-1] != ' ' {
				delete(toks, [2]int{join, from})
				from = join
			}
			toks[[2]int{from, at}] = true
			join = from
		}
	}
	finish()
	t.Logf("tokens F1 %.2f, sentence ends F1 %.2f", tokens.f1(), sentences.f1())
	if tokens.f1() < 99.5 || sentences.f1() < 98.2 {
		t.Errorf("tokens F1 %.2f, sentence ends F1 %.2f", tokens.f1(), sentences.f1())
	}
}
