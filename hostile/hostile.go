// Package hostile makes texts that nobody writes but somebody may send: one shape repeated until a reader whose cost grows faster
// than the text is found out. Tests and benchmarks of other rooms read them; the program does not.
package hostile

import (
	"runtime"
	"strings"
)

// A Shape is one kind of hostile text.
type Shape struct {
	Name string
	// Text is a text of the shape, at least size bytes long and little longer; the same for the same size.
	Text func(size int) string
	HTML bool // Text is a page
}

// Shapes are all shapes of plain text, then those of pages.
func Shapes() []Shape {
	return []Shape{
		{Name: "brackets", Text: nest("(", ")")},
		{Name: "bracketed", Text: nest("(the harbour said ", ") ")},
		{Name: "quotation marks", Text: repeat(`"`)},
		{Name: "spaced marks", Text: repeat(`" `)},
		{Name: "open marks", Text: repeat(`“It `)},
		{Name: "single marks", Text: repeat(`' `)},
		{Name: "numbers", Text: repeat("7 ")},
		{Name: "number words", Text: repeat("twenty ")},
		{Name: "sentence", Text: repeat("boats leave the harbour and ")},
		{Name: "names", Text: speakers("", " ")},
		{Name: "capitals", Text: repeat("KARST ")},
		{Name: "paragraphs", Text: repeat("No.\n\n")},
		{Name: "speakers", Text: speakers("The port is closed, ", " said.\n")},
		{Name: "elements", HTML: true, Text: page("<p>", "", "No. ")},
		{Name: "deep elements", HTML: true, Text: page("<div>", "</div>", "No. ")},
		{Name: "unclosed inline elements", HTML: true, Text: page("<b>", "", "No. ")},
	}
}

// repeat makes one piece over and over.
func repeat(piece string) func(int) string {
	return func(size int) string { return strings.Repeat(piece, size/len(piece)+1) }
}

// nest makes openings, and as many closings after them.
func nest(opening, closing string) func(int) string {
	return func(size int) string {
		n := size/(len(opening)+len(closing)) + 1
		return strings.Repeat(opening, n) + strings.Repeat(closing, n)
	}
}

// page makes a page of elements in one another, or after one another where the HTML standard closes them.
func page(open, end, inside string) func(int) string {
	return func(size int) string {
		n := size/(len(open)+len(inside)+len(end)) + 1
		return "<html><body><article>" + strings.Repeat(open+inside, n) + strings.Repeat(end, n) + "</article></body></html>"
	}
}

// speakers makes passages, each of which names somebody whom no other names.
func speakers(before, after string) func(int) string {
	return func(size int) string {
		var b strings.Builder
		for n := 0; b.Len() < size; n++ {
			b.WriteString(before)
			b.WriteString(name(n % 100))
			b.WriteByte(' ')
			b.WriteString(name(n))
			b.WriteString(after)
		}
		return b.String()
	}
}

// name spells a number as a name: "Bala", "Balame".
func name(n int) string {
	syllables := [...]string{"ba", "la", "me", "no", "ri", "su", "te", "vo", "ka", "du"}
	var b strings.Builder
	b.WriteByte('M')
	for ; ; n /= len(syllables) {
		b.WriteString(syllables[n%len(syllables)][1:] + syllables[n%len(syllables)])
		if n < len(syllables) {
			return b.String()
		}
	}
}

// Allocated is how many bytes a function allocates, freed or not. Other goroutines must be still.
func Allocated(f func()) int {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return int(after.TotalAlloc - before.TotalAlloc)
}
