package text

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// shared opens a file of the corpora beside the repository, or skips the test.
func shared(t testing.TB, name string) *bufio.Scanner {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "shared", "corpora", name))
	if err != nil {
		t.Skip("corpora are not here: ", err)
	}
	t.Cleanup(func() { f.Close() })
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	sc := bufio.NewScanner(z)
	sc.Buffer(nil, 1<<24)
	return sc
}

// articles are the texts of a corpus by id.
func articles(t testing.TB, name string) map[string]string {
	sc := shared(t, name)
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
	sc := shared(t, "polnear/dev.silver.tsv.gz")
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
	if tokens.f1() < 99 || sentences.f1() < 94 {
		t.Errorf("tokens F1 %.2f, sentence ends F1 %.2f", tokens.f1(), sentences.f1())
	}
}

