package link

import (
	"cmp"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"github.com/cespare/xxhash/v2"

	"github.com/onrecord/onrecord"
)

// Flags of words.
const (
	capital   = 1 << iota // begins with a capital letter
	opens                 // begins a sentence or a line, where a capital says nothing
	quoted                // stands in quotation marks
	numeral               // begins with a digit
	outside               // stands in an aside: not the news
	paragraph             // begins a paragraph
)

// A word is a run of letters and digits of an article's text; case, clitics and inflection are folded away in its id.
type word struct {
	start, end int32 // bytes in the text
	id         int32 // number of its stem in the vocabulary
	flags      uint8
}

func (w word) is(flag uint8) bool { return w.flags&flag != 0 }

// A vocabulary numbers the stems of a set of articles. Numbers depend on the order of the articles, which is canonical.
type vocabulary struct {
	forms    map[uint64]int32 // hash of a folded form -> id of its stem
	stems    map[string]int32
	name     []string       // stem, by id
	shortest []string       // its shortest form in the articles, by id; "" where they have none: see shown
	df       []float64      // articles with the stem, by id; the background's share included
	lower    []float64      // articles with the stem in lower case
	upper    []float64      // articles with the stem capitalised inside a sentence
	size     float64        // articles, the background's included
	weights  []float64      // by id, once settled
	names    map[int32]bool // stems that are names, in sayings: see idf
}

func newVocabulary() *vocabulary {
	v := &vocabulary{forms: map[uint64]int32{}, stems: map[string]int32{}, size: backgroundSize}
	for _, b := range background {
		id := v.stem(b.stem)
		v.df[id] += b.share * backgroundSize
		v.lower[id] += b.share * backgroundSize
	}
	return v
}

// stem is the id of a stem, new if need be.
func (v *vocabulary) stem(s string) int32 {
	if id, ok := v.stems[s]; ok {
		return id
	}
	id := int32(len(v.name))
	v.stems[s] = id
	v.name = append(v.name, s)
	v.shortest = append(v.shortest, "")
	v.df = append(v.df, 0)
	v.lower = append(v.lower, 0)
	v.upper = append(v.upper, 0)
	return id
}

// form is the id of the stem of a folded form.
func (v *vocabulary) form(folded []byte) int32 {
	h := xxhash.Sum64(folded)
	if id, ok := v.forms[h]; ok {
		return id
	}
	form := string(folded)
	id := v.stem(stemOf(form))
	v.forms[h] = id
	if s := v.shortest[id]; s == "" || len(form) < len(s) || len(form) == len(s) && form < s {
		v.shortest[id] = form
	}
	return id
}

// shown is a stem as a reader knows it: the shortest form of it that the articles have, names with capitals.
func (v *vocabulary) shown(stem string) string {
	name, isName := strings.CutPrefix(stem, "name ")
	if id, ok := v.stems[stem]; ok && !isName {
		name, isName = cmp.Or(v.shortest[id], stem), v.names[id] || v.names == nil && v.isName(id)
	}
	if !isName {
		return name
	}
	words := strings.Fields(name)
	for i, w := range words {
		r, n := utf8.DecodeRuneInString(w)
		words[i] = string(unicode.ToUpper(r)) + w[n:]
	}
	return strings.Join(words, " ")
}

// stemOf is the Snowball (Porter 2) stem of a folded form. Forms that are not English words stay as they are.
func stemOf(s string) string {
	if len(s) < 4 || len(s) > 40 {
		return s
	}
	for i := 0; i < len(s); i++ {
		if s[i] < 'a' || s[i] > 'z' {
			return s
		}
	}
	env := snowballstem.NewEnv(s)
	english.Stem(env)
	return env.Current()
}

// fold appends the form of a word under which its spellings agree: lower case, without marks, accents kept.
func fold(dst []byte, w string) []byte {
	for i, r := range w {
		switch {
		case r < utf8.RuneSelf && 'A' <= r && r <= 'Z':
			dst = append(dst, byte(r)+'a'-'A')
		case r < utf8.RuneSelf && ('a' <= r && r <= 'z' || '0' <= r && r <= '9'):
			dst = append(dst, byte(r))
		case r == '.' && i > 0 && i+1 < len(w) && isDigit(w[i+1]):
			dst = append(dst, '.')
		case r >= utf8.RuneSelf && unicode.In(r, unicode.L, unicode.N, unicode.M):
			dst = utf8.AppendRune(dst, unicode.ToLower(r))
		}
	}
	return dst
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// cut is the words of a text, without ids, and their folded forms' hashes. It is linear in the text.
func cut(text string, asides []onrecord.Aside) []word {
	words := make([]word, 0, len(text)/6)
	var (
		inQuote   bool
		quoteFrom int    // where the open quotation began
		opening   = true // the next word begins a sentence or line
		para      = true
		breaks    int // line ends since the last word
		aside     int
	)
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			end := wordEnd(text, i)
			w := word{start: int32(i), end: int32(end)}
			if unicode.IsUpper(r) {
				w.flags |= capital
			}
			if unicode.IsDigit(r) {
				w.flags |= numeral
			}
			if opening {
				w.flags |= opens
			}
			if para || breaks > 1 {
				w.flags |= paragraph
				inQuote = inQuote && i == quoteFrom
			}
			if inQuote && i-quoteFrom > maxQuotation {
				inQuote = false
			}
			if inQuote {
				w.flags |= quoted
			}
			for aside < len(asides) && asides[aside].Span.End <= i {
				aside++
			}
			if aside < len(asides) && asides[aside].Span.Start <= i {
				w.flags |= outside
			}
			words = append(words, w)
			opening, para, breaks = false, false, 0
			i = end
			continue
		}
		switch r {
		case '\n':
			breaks++
			opening = true
			if breaks > 1 {
				inQuote = false
			}
		case '.', '!', '?', ':':
			opening = true
		case '“', '„', '«':
			inQuote, quoteFrom, opening = true, i+n, true
		case '”', '»':
			inQuote = false
		case '"':
			inQuote, opening = !inQuote, true
			quoteFrom = i + n
		case '`':
			if i+1 < len(text) && text[i+1] == '`' {
				inQuote, quoteFrom, opening = true, i+2, true
				i++
			}
		case '\'':
			if i+1 < len(text) && text[i+1] == '\'' {
				inQuote = false
				i++
			}
		}
		i += n
	}
	return words
}

// maxQuotation is the length in bytes after which a quotation mark that nothing closes is taken for a slip.
const maxQuotation = 1500

// wordEnd is where the word that begins at i ends: marks stand inside a word in "1,458", "U.S." and "O'Neill"; the clitic of a
// possessive is left out by fold's caller.
func wordEnd(text string, i int) int {
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) {
			i += n
			continue
		}
		if r == '.' || r == ',' || r == '\'' || r == '’' {
			next, m := utf8.DecodeRuneInString(text[i+n:])
			prev, p := utf8.DecodeLastRuneInString(text[:i])
			switch {
			case m == 0:
				return i
			case unicode.IsDigit(next) && unicode.IsDigit(prev) && r != '\'' && r != '’':
				i += n + m
				continue
			case r == '.' && unicode.IsUpper(next) && unicode.IsUpper(prev) && single(text, i-p) && single(text, i+n):
				i += n + m
				continue
			case (r == '\'' || r == '’') && unicode.IsLetter(next) && unicode.IsLetter(prev):
				i += n + m
				continue
			}
		}
		return i
	}
	return i
}

// single says whether the letter at i is a word of one letter, as in "U.S.".
func single(text string, i int) bool {
	prev, _ := utf8.DecodeLastRuneInString(text[:i])
	_, n := utf8.DecodeRuneInString(text[i:])
	next, _ := utf8.DecodeRuneInString(text[i+n:])
	return (i == 0 || !unicode.IsLetter(prev)) && (i+n == len(text) || !unicode.IsLetter(next))
}

// bare is the word without a possessive clitic.
func bare(w string) string {
	for _, s := range [...]string{"'s", "’s", "'S", "’S"} {
		if len(w) > len(s) && w[len(w)-len(s):] == s {
			return w[:len(w)-len(s)]
		}
	}
	return w
}

// number gives the words of every document their ids, in the order of the documents.
func (v *vocabulary) number(docs []*doc) {
	var buf []byte
	for _, d := range docs {
		for i := range d.words {
			w := &d.words[i]
			buf = fold(buf[:0], bare(d.text[w.start:w.end]))
			w.id = v.form(buf)
		}
	}
}

// count counts in how many documents each word stands, asides apart.
func (v *vocabulary) count(docs []*doc) {
	for _, d := range docs {
		seen := map[int32]uint8{}
		for i := range d.words {
			w := &d.words[i]
			if w.is(outside) {
				continue
			}
			had := seen[w.id]
			now := had | 1
			if !w.is(capital) {
				now |= 2
			} else if !w.is(opens) {
				now |= 4
			}
			seen[w.id] = now
			if had == 0 {
				v.df[w.id]++
			}
			if now&^had&2 != 0 {
				v.lower[w.id]++
			}
			if now&^had&4 != 0 {
				v.upper[w.id]++
			}
		}
		v.size++
	}
}

// scores add up what speaks for each of many candidates, without clearing more than was touched.
type scores struct {
	of      []float64
	touched []int32
}

// newScores is a pool of scores of n candidates, for as many goroutines as ask.
func newScores(n int) *sync.Pool {
	return &sync.Pool{New: func() any { return &scores{of: make([]float64, n)} }}
}

// add gives a candidate more than nothing.
func (s *scores) add(i int32, x float64) {
	if s.of[i] == 0 {
		s.touched = append(s.touched, i)
	}
	s.of[i] += x
}

// clear forgets all candidates.
func (s *scores) clear() {
	for _, i := range s.touched {
		s.of[i] = 0
	}
	s.touched = s.touched[:0]
}

// parallel calls f for every i below n on up to workers goroutines. What f does for one i must not depend on another.
func parallel(n, workers int, f func(i int)) {
	if workers <= 1 || n < 2 {
		for i := range n {
			f(i)
		}
		return
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(workers, n) {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				f(i)
			}
		})
	}
	wg.Wait()
}
