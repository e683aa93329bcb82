// Package names tells which names are one: spellings and short forms of persons' names, and the tables of states and organisations
// with what the articles teach.
package names

import (
	"slices"
	"strings"
	"unicode"

	"github.com/onrecord/onrecord/link/internal/set"
	"github.com/onrecord/onrecord/reading/speaker"
	"golang.org/x/text/unicode/norm"
)

// Fold is a name without case, accents, marks, article and possessive: "the al-Qaʿida's" is "al qaida".
func Fold(s string) string {
	var b strings.Builder
	for _, w := range Words(s) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	return b.String()
}

// Words are the words of a name, folded: see [Fold].
func Words(s string) []string {
	for _, p := range [...]string{"’s", "'s"} {
		s = strings.ReplaceAll(s+" ", p+" ", " ")
	}
	var words []string
	for _, w := range strings.FieldsFunc(norm.NFKD.String(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) && r != '.' && r != '\'' && r != '’' && r != 'ʿ'
	}) {
		w = strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return unicode.ToLower(r)
			}
			return -1
		}, w)
		if w != "" && (w != "the" || len(words) > 0) {
			words = append(words, spelled(w))
		}
	}
	return words
}

// SuffixOf is the suffix of a person's name, "" for none.
func SuffixOf(name string) string {
	if words := Words(name); len(words) > 1 && english.generations.Has(words[len(words)-1]) {
		return words[len(words)-1]
	}
	return ""
}

// sameGiven says whether two given names can be one person's: spellings of one that is not a man's and a
// woman's ("Michael", "Michelle"), or one short for the other.
func sameGiven(a, b string) bool {
	x, y := speaker.Sex(a), speaker.Sex(b)
	return SameWord(a, b) && (x == "" || y == "" || x == y) || slices.Contains(LongForms(a), b) || slices.Contains(LongForms(b), a) || set.Meet(LongForms(a), LongForms(b))
}

// PersonWords are the words of a person's name that tell who it is.
func PersonWords(name string) []string {
	words := Words(name)
	for len(words) > 1 && english.dropped.Has(words[0]) {
		words = words[1:]
	}
	rest := words[:0:0]
	if f := strings.Fields(name); len(words) == 2 && len(f) >= 2 && speaker.GivenParticle(f[len(f)-2:]) { // "Al Groy" is no "al Groy"
		rest, words = words[:1], words[1:]
	}
	kept := append(slices.Clip(rest), slices.DeleteFunc(slices.Clone(words), func(w string) bool { return english.particles.Has(w) || english.generations.Has(w) })...)
	if len(kept) == 0 {
		return words
	}
	return kept
}

// Sound folds a word of a name to what its transliterations share: "Sergey" and "Sergei", "Mohammed" and "Muhammad",
// "Yusuf" and "Youssef", "Zelensky" and "Zelenskyy".
func Sound(w string) string {
	w = english.sounds.Replace(w)
	var b []byte
	for i := 0; i < len(w); i++ {
		c := w[i]
		if c == 'y' {
			c = 'i'
		}
		if len(b) > 0 && b[len(b)-1] == c {
			continue
		}
		b = append(b, c)
	}
	s := string(b)
	for _, end := range [...]string{"iei", "ei", "ii", "ij", "ie", "ey"} {
		if len(s) > len(end)+2 && strings.HasSuffix(s, end) {
			return s[:len(s)-len(end)] + "i"
		}
	}
	return s
}

// Skeleton is the sound without its vowels after the first letter.
func Skeleton(w string) string {
	s := Sound(w)
	var b []byte
	for i := 0; i < len(s); i++ {
		if i > 0 && strings.IndexByte("aeiou", s[i]) >= 0 {
			continue
		}
		if len(b) > 0 && b[len(b)-1] == s[i] {
			continue
		}
		b = append(b, s[i])
	}
	return string(b)
}

// SameWord says whether two words of names are spellings of one.
func SameWord(a, b string) bool {
	if a == b || Sound(a) == Sound(b) {
		return true
	}
	return len(a) >= 5 && len(b) >= 5 && a[0] == b[0] && len(Skeleton(a)) >= 3 && Skeleton(a) == Skeleton(b)
}

// SamePerson says whether two full names can be one person's: the family names agree, and so do the given names, one of which may
// be an initial or missing words in the middle.
func SamePerson(a, b []string) bool {
	// "K. Michael Conaway" is known as Michael.
	if len(a) > 2 && len(a[0]) == 1 && len(b[0]) > 1 && sameGiven(a[1], b[0]) {
		a = a[1:]
	} else if len(b) > 2 && len(b[0]) == 1 && len(a[0]) > 1 && sameGiven(b[1], a[0]) {
		b = b[1:]
	}
	if len(a) < 2 || len(b) < 2 || !SameWord(a[len(a)-1], b[len(b)-1]) {
		return false
	}
	if sameGiven(a[0], b[0]) {
		return true
	}
	initial := func(x, y string) bool { return len(x) == 1 && x[0] == y[0] }
	return (initial(a[0], b[0]) || initial(b[0], a[0])) && Sound(a[len(a)-1]) == Sound(b[len(b)-1]) // too little to go by with another spelling
}

// Acronym is the first letters of a name's words, without small words between.
func Acronym(name string) string {
	var b []byte
	for _, w := range Words(name) {
		if w != "of" && w != "for" && w != "and" && w != "the" && w != "in" && w != "on" {
			b = append(b, w[0])
		}
	}
	return string(b)
}
