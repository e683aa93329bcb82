package text

import "math"

// MaxTokens is how many tokens a text may have for the readers of articles, those of a very long novel. It bounds the memory
// that an article takes to read.
const MaxTokens = 500_000

// TooLong says whether a text has more than [MaxTokens] tokens, for a fraction of what it takes to [Parse] it.
func TooLong(s string) bool {
	return len(s) > MaxTokens && len(tokenize(s, MaxTokens+1)) > MaxTokens // a token has one byte at least
}

// Parse cuts an article's text into its layers, in time linear in its length. It never fails: invalid UTF-8 yields tokens of
// one byte.
func Parse(s string) *Doc {
	d, marks := cut(s)
	d.Sentences = d.sentences()
	d.Quotations = d.quotations(marks)
	return d
}

// cut makes the layers below sentences.
func cut(s string) (*Doc, []mark) {
	d := &Doc{Text: s, Tokens: tokenize(s, math.MaxInt)}
	d.Paragraphs = paragraphs(s, d.Tokens)
	return d, d.resolveMarks()
}
