package english

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/onrecord/onrecord/english/weights"
	"github.com/onrecord/onrecord/learn"
	"github.com/onrecord/onrecord/text"
)

var update = flag.Bool("update", false, "write the golden file anew")

// check says what is wrong with a layer, or "".
func check(l *Layer) string {
	d := l.Doc
	n := len(d.Tokens)
	if len(l.Tags) != n || len(l.Lemmas) != n || len(l.Heads) != n || len(l.Rels) != n {
		return fmt.Sprintf("%d tokens, %d tags, %d lemmas, %d heads, %d relations", n, len(l.Tags), len(l.Lemmas), len(l.Heads), len(l.Rels))
	}
	for _, r := range d.Sentences {
		roots := 0
		for i := r.First; i < r.End; i++ {
			if l.Tags[i] == "" || l.Rels[i] == "" {
				return fmt.Sprintf("token %d %q has tag %q, relation %q", i, d.Word(i), l.Tags[i], l.Rels[i])
			}
			if l.Lemmas[i] != strings.ToLower(l.Lemmas[i]) {
				return fmt.Sprintf("lemma %q of token %d", l.Lemmas[i], i)
			}
			h := int(l.Heads[i])
			if (h < 0) != (l.Rels[i] == "root") {
				return fmt.Sprintf("token %d has head %d, relation %q", i, h, l.Rels[i])
			}
			if h < 0 {
				roots++
			} else if h < r.First || h >= r.End {
				return fmt.Sprintf("token %d of sentence %v has head %d", i, r, h)
			}
		}
		if roots != 1 {
			return fmt.Sprintf("sentence %v has %d roots", r, roots)
		}
		// Every token leads to the root: those that are known to do so are not walked again.
		known := make([]bool, r.End-r.First)
		for i := r.First; i < r.End; i++ {
			steps := 0
			for k := i; k >= 0 && !known[k-r.First]; k = int(l.Heads[k]) {
				if steps++; steps > len(known) {
					return fmt.Sprintf("token %d stands in a cycle", i)
				}
			}
			for k := i; k >= 0 && !known[k-r.First]; k = int(l.Heads[k]) {
				known[k-r.First] = true
			}
		}
	}
	end := 0
	for _, name := range l.Names {
		if name.First < end || name.End <= name.First || name.End > n {
			return fmt.Sprintf("name %v after %d, of %d tokens", name, end, n)
		}
		if name.Kind != Person && name.Kind != Organisation && name.Kind != Location && name.Kind != Misc {
			return fmt.Sprintf("name of kind %q", name.Kind)
		}
		if !(name.Confidence > 0 && name.Confidence <= 1) {
			return fmt.Sprintf("name with confidence %g", name.Confidence)
		}
		end = name.End
	}
	return ""
}

func TestLayerOfAnything(t *testing.T) {
	words := []string{
		"said", "the", "Minister", "\u201C", "\u201D", "\"", "'s", "n't", ",", ".", "...", "U.S.", "Marta", "Oyelaran", "90", "%", "--", "(",
		")", "\u2019", "and", "who", "\xff", "\u00e9t\u00e9", "\n\n", "BREAKING", "iPhone", "\u4e2d", "to", "deny", "denied", ":", "-", "x",
	}
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(words), rapid.String()), 0, 60).Draw(t, "words"), " ")
		if bad := check(Annotate(text.Parse(s))); bad != "" {
			t.Fatalf("%s\nin %q", bad, s)
		}
		// Sentences that text would not make: of punctuation alone, of one token, of none.
		d := text.Parse(s)
		d.Sentences = d.Sentences[:0]
		for i := 0; i < len(d.Tokens); {
			end := min(len(d.Tokens), i+rapid.IntRange(1, 7).Draw(t, "length"))
			d.Sentences = append(d.Sentences, text.Range{First: i, End: end})
			i = end
		}
		if bad := check(Annotate(d)); bad != "" {
			t.Fatalf("%s\nin %q cut at %v", bad, s, d.Sentences)
		}
	})
}

func TestAnnotateIsPure(t *testing.T) {
	d := text.Parse(passage)
	want := Annotate(d)
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			Annotate(text.Parse("Quite another text. " + passage[:200]))
			if diff := cmp.Diff(want, Annotate(d)); diff != "" {
				t.Error(diff)
			}
		})
	}
	wait.Wait()
}

// One long line of marks, or of nested openings, costs no more than its length.
func TestLongSentence(t *testing.T) {
	for _, s := range []string{"(", "said that ", "a , ", "\" "} {
		if bad := check(Annotate(text.Parse(strings.Repeat(s, 50_000)))); bad != "" {
			t.Errorf("%q repeated: %s", s, bad)
		}
	}
}

func TestGolden(t *testing.T) {
	var b bytes.Buffer
	d := text.Parse(passage)
	l := Annotate(d)
	kind := make([]string, len(d.Tokens))
	for _, n := range l.Names {
		for i := n.First; i < n.End; i++ {
			kind[i] = n.Kind
		}
	}
	for _, r := range d.Sentences {
		for i := r.First; i < r.End; i++ {
			head := "-"
			if h := l.Heads[i]; h >= 0 {
				head = d.Word(int(h))
			}
			fmt.Fprintf(&b, "%s\t%s\t%s\t%s\t%s\t%s\n", d.Word(i), l.Tags[i], l.Lemmas[i], l.Rels[i], head, kind[i])
		}
		b.WriteByte('\n')
	}
	path := filepath.Join("testdata", "passage.tsv")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("new weights change what is read; go test -update ./english writes the file anew:\n%s", diff)
	}
}

func TestLemma(t *testing.T) {
	for _, c := range []struct{ word, tag, want string }{
		{"said", "VBD", "say"},
		{"Says", "VBZ", "say"},
		{"told", "VBN", "tell"},
		{"denies", "VBZ", "deny"},
		{"denied", "VBD", "deny"},
		{"acknowledged", "VBD", "acknowledge"},
		{"argued", "VBD", "argue"},
		{"arguing", "VBG", "argue"},
		{"promised", "VBD", "promise"},
		{"stressed", "VBD", "stress"},
		{"insisting", "VBG", "insist"},
		{"quoted", "VBN", "quote"},
		{"wrote", "VBD", "write"},
		{"written", "VBN", "write"},
		{"tweeting", "VBG", "tweet"},
		{"claimed", "VBD", "claim"},
		{"alleged", "VBN", "allege"},
		{"declined", "VBD", "decline"},
		{"admitted", "VBD", "admit"},
		{"conceded", "VBD", "concede"},
		{"replied", "VBD", "reply"},
		{"referring", "VBG", "refer"},
		{"announced", "VBD", "announce"},
		{"explained", "VBD", "explain"},
		{"suggests", "VBZ", "suggest"},
		{"testified", "VBD", "testify"},
		{"speaking", "VBG", "speak"},
		{"thought", "VBD", "think"},
		{"warned", "VBD", "warn"},
		{"urged", "VBD", "urge"},
		{"changed", "VBD", "change"},
		{"belonging", "VBG", "belong"},
		{"hoped", "VBD", "hope"},
		{"hopped", "VBD", "hop"},
		{"visited", "VBD", "visit"},
		{"lying", "VBG", "lie"},
		{"agreed", "VBD", "agree"},
		{"seen", "VBN", "see"},
		{"n\u2019t", "RB", "not"},
		{"n't", "RB", "not"},
		{"\u2019s", "VBZ", "be"},
		{"'s", "POS", "'s"},
		{"'ll", "MD", "will"},
		{"women", "NNS", "woman"},
		{"policemen", "NNS", "policeman"},
		{"allies", "NNS", "ally"},
		{"crises", "NNS", "crisis"},
		{"witnesses", "NNS", "witness"},
		{"troops", "NNS", "troops"},
		{"critics", "NNS", "critic"},
		{"larger", "JJR", "large"},
		{"biggest", "JJS", "big"},
		{"them", "PRP", "they"},
		{"overtook", "VBD", "overtake"},
		{"withheld", "VBN", "withhold"},
		{"read", "VBD", "read"},
		{"\u00c9TAIT", "NN", "\u00e9tait"},
		{"", "NN", ""},
		{"ing", "VBG", "ing"},
		{"ed", "VBD", "ed"},
		{"s", "NNS", "s"},
	} {
		if got := lemma(c.word, c.tag); got != c.want {
			t.Errorf("lemma of %s/%s is %q, want %q", c.word, c.tag, got, c.want)
		}
	}
}

func TestWeights(t *testing.T) {
	kinds := map[string]struct {
		b    []byte
		read func([]byte) error
	}{
		"tagger": {weights.Tagger, func(b []byte) error { _, err := readTagger(b); return err }},
		"names":  {weights.Names, func(b []byte) error { _, err := readNamer(b); return err }},
		"parser": {weights.Parser, func(b []byte) error { _, err := readParser(b); return err }},
	}
	total := 0
	for name, k := range kinds {
		total += len(k.b)
		if len(k.b) >= 8<<20 {
			t.Errorf("%s: %d bytes, at most 8 MiB", name, len(k.b))
		}
		if err := k.read(k.b); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for other, o := range kinds {
			if err := k.read(o.b); (err == nil) != (name == other) {
				t.Errorf("the file of %s read as %s: error %v", other, name, err)
			}
		}
		for _, cut := range []int{0, 1, 8, 9, 12, 30, len(k.b) / 2, len(k.b) - 1} {
			if err := k.read(k.b[:cut]); !errors.Is(err, learn.ErrFile) {
				t.Errorf("%s cut to %d bytes: error %v", name, cut, err)
			}
		}
		bad := bytes.Clone(k.b)
		bad[len(bad)/2] ^= 1
		if err := k.read(bad); !errors.Is(err, learn.ErrFile) {
			t.Errorf("%s with a bit changed: error %v", name, err)
		}
	}
	if total > 12<<20 {
		t.Errorf("weights of %d bytes, at most 12 MiB", total)
	}
}

// What is learned from the same examples has the same bytes.
func TestTrainingRepeats(t *testing.T) {
	var sentences []Sentence
	for _, row := range [][3]string{
		{"Marta said the ferry sank .", "NNP VBD DT NN VBD .", "PERSON . . . . ."},
		{"The board denied that Brandt resigned .", "DT NN VBD IN NNP VBD .", ". . . . PERSON . ."},
		{"`` No , '' said Marta .", "`` UH , '' VBD NNP .", ". . . . . PERSON ."},
	} {
		s := Sentence{Words: strings.Fields(row[0]), Tags: strings.Fields(row[1]), First: true}
		for i, name := range strings.Fields(row[2]) {
			s.Names = append(s.Names, strings.Trim(name, "."))
			s.Heads = append(s.Heads, int32(i-1))
			s.Rels = append(s.Rels, "obj")
		}
		for range 5 {
			sentences = append(sentences, s)
		}
	}
	quiet := func(string, ...any) {}
	var files [2][3][]byte
	for n := range files {
		var err error
		if files[n][0], err = TrainTagger(sentences, 3, quiet); err != nil {
			t.Fatal(err)
		}
		tags, err := Retag(sentences, files[n][0])
		if err != nil {
			t.Fatal(err)
		}
		if files[n][1], err = TrainNames(sentences, tags, files[n][0], 3, quiet); err != nil {
			t.Fatal(err)
		}
		if files[n][2], err = TrainParser(sentences, tags, files[n][0], 3, quiet); err != nil {
			t.Fatal(err)
		}
	}
	for i := range files[0] {
		if !bytes.Equal(files[0][i], files[1][i]) {
			t.Errorf("model %d came out otherwise the second time", i)
		}
	}
	tags, err := Retag(sentences, files[0][0])
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(sentences[0].Tags, tags[0]); diff != "" {
		t.Errorf("tags of a sentence learned from:\n%s", diff)
	}
	p, err := readParser(files[0][2])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := readNamer(files[0][1]); err != nil {
		t.Fatal(err)
	}
	if len(p.labels.Labels) != 1 {
		t.Errorf("labels %v, want obj alone", p.labels.Labels)
	}
}

func TestVersion(t *testing.T) {
	if v := Version(); v == "" || v != Version() {
		t.Errorf("version %q", v)
	}
}
