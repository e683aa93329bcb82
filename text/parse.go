package text

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
	d := &Doc{Text: s, Tokens: tokenize(s)}
	d.Paragraphs = paragraphs(s, d.Tokens)
	return d, d.resolveMarks()
}
