package en_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord/lexicon/en"
)

// lemmas are the subjects whose entries are lemmas: in an example they stand inflected.
var lemmas = []string{"addressee", "anonymity", "denial", "grammar", "headline", "inflection", "stance"}

// parts are the subjects whose entries are parts of words.
var parts = []string{"ending"}

// ambiguous are the classes in which an entry may have several values.
var ambiguous = []string{"given/short", "noun/alike", "organisation/short", "style/contracted"}

// TestRows holds of every row that its example, a sentence, has one of its entries, and of every entry that it has one value in its
// class.
func TestRows(t *testing.T) {
	for _, name := range en.Lexicon.Subjects() {
		t.Run(name, func(t *testing.T) {
			values := map[[2]string]string{}
			for r := range en.Lexicon.Subject(name).Rows() {
				if !slices.ContainsFunc(r.Entries, func(entry string) bool {
					return stands(entry, r.Example, slices.Contains(lemmas, name)) || slices.Contains(parts, name) && strings.Contains(r.Example, entry)
				}) {
					t.Errorf("%s %q: no entry stands in the example %q", r.Class, r.Value, r.Example)
				}
				if first, _ := utf8.DecodeRuneInString(r.Example); unicode.IsLower(first) {
					t.Errorf("%s %q: the example %q is no sentence", r.Class, r.Value, r.Example)
				}
				for _, entry := range r.Entries {
					if value, ok := values[[2]string{r.Class, entry}]; ok && (value == r.Value || !slices.Contains(ambiguous, name+"/"+r.Class)) {
						t.Errorf("%q stands twice in %s, with %q and %q", entry, r.Class, value, r.Value)
					}
					values[[2]string{r.Class, entry}] = r.Value
				}
			}
		})
	}
}

// stands says whether an entry stands in a sentence, as words of it; of a lemma the first word may be inflected.
func stands(entry, sentence string, lemma bool) bool {
	forms := []string{entry}
	if lemma {
		word, rest, _ := strings.Cut(entry, " ")
		for _, form := range inflected(word) {
			forms = append(forms, strings.TrimSpace(form+" "+rest))
		}
	}
	for _, form := range forms {
		for _, s := range [...]string{sentence, strings.ToLower(sentence)} {
			for i := range s {
				if strings.HasPrefix(s[i:], form) && bounded(s, i, form) {
					return true
				}
			}
		}
	}
	return false
}

// bounded says whether the form at i of s is no part of a longer word. Before one that begins with an apostrophe or is "n't" a word
// may end.
func bounded(s string, i int, form string) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+len(form):])
	first, _ := utf8.DecodeRuneInString(form)
	last, _ := utf8.DecodeLastRuneInString(form)
	clitic := strings.ContainsAny(form[:min(len(form), 4)], "'’")
	return (clitic || !unicode.IsLetter(first) || !unicode.IsLetter(before)) && (!unicode.IsLetter(last) || !unicode.IsLetter(after))
}

// inflected are the regular forms of a lemma, itself first.
func inflected(lemma string) []string {
	out := []string{lemma, lemma + "s", lemma + "es", lemma + "ed", lemma + "ing", lemma + "er"}
	if stem, ok := strings.CutSuffix(lemma, "e"); ok {
		out = append(out, stem+"ed", stem+"ing")
	}
	if stem, ok := strings.CutSuffix(lemma, "y"); ok {
		out = append(out, stem+"ies", stem+"ied")
	}
	last := lemma[len(lemma)-1:]
	return append(out, lemma+last+"ed", lemma+last+"ing")
}

// TestClassesAreTold holds that every subject begins with a comment, and that one stands above the first row of each class.
func TestClassesAreTold(t *testing.T) {
	for _, name := range en.Lexicon.Subjects() {
		text, err := os.ReadFile(name + ".tsv")
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(string(text), "# ") {
			t.Errorf("%s does not say what it is", name)
		}
		told := map[string]bool{}
		for line := range strings.Lines(string(text)) {
			if class, _, ok := strings.Cut(strings.TrimPrefix(line, "# "), ":"); ok && line[0] == '#' {
				told[class] = true
			}
		}
		for r := range en.Lexicon.Subject(name).Rows() {
			if !told[r.Class] {
				t.Errorf("%s: no comment \"# %s: ...\" says what the class is", name, r.Class)
				told[r.Class] = true
			}
		}
	}
}

// TestSubjectsAreListed holds that the package's comment names every subject.
func TestSubjectsAreListed(t *testing.T) {
	source, err := os.ReadFile("en.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range en.Lexicon.Subjects() {
		if !strings.Contains(string(source), "\n//   - "+name+": ") {
			t.Errorf("the package's comment does not list %s", name)
		}
	}
}
