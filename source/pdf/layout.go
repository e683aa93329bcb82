package pdf

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"github.com/onrecord/onrecord"
)

// A line is one of a page, in points; y grows upwards.
type line struct {
	text                     string
	left, right, top, bottom float64
	base                     float64 // where its letters stand
	size                     float64 // of its letters: that of most
}

// A sheet is a page: its lines in the order of reading, as the file has them, and how high it is.
type sheet struct {
	lines  []line
	height float64
}

// readPage reads the lines of a page.
func readPage(p pdfium.Pdfium, page requests.Page) (sheet, error) {
	size, err := p.GetPageSize(&requests.GetPageSize{Page: page})
	if err != nil {
		return sheet{}, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	opened, err := p.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: page})
	if err != nil {
		return sheet{}, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	defer p.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: opened.TextPage})
	count, err := p.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: opened.TextPage})
	if err != nil {
		return sheet{}, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if count.Count > maxChars {
		return sheet{}, ErrLarge
	}
	s := sheet{height: size.Height}
	t := text{p, opened.TextPage}
	var now []rune
	begin := 0
	end := func(next int) error {
		l, err := t.line(begin, now)
		if l.text != "" {
			s.lines = append(s.lines, l)
		}
		now, begin = now[:0], next
		return err
	}
	for i := range count.Count {
		c, err := p.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: opened.TextPage, Index: i})
		if err != nil {
			return sheet{}, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		r := rune(c.Unicode)
		if r == '\n' {
			if err := end(i + 1); err != nil {
				return sheet{}, err
			}
			continue
		}
		if now = append(now, r); r == hyphen {
			if err := end(i + 1); err != nil {
				return sheet{}, err
			}
		}
	}
	return s, end(0)
}

// A text is the text layer of a page.
type text struct {
	p    pdfium.Pdfium
	page references.FPDF_TEXTPAGE
}

// looked is how many characters of a line are asked where they stand, beside its first and last.
const looked = 5

// line is the line of the characters from one of the page on.
func (t text) line(begin int, chars []rune) (line, error) {
	l := line{text: strings.TrimSpace(written(chars))}
	if l.text == "" {
		return l, nil
	}
	var shown []int // characters that have a shape
	for i, r := range chars {
		if unicode.IsGraphic(r) && !unicode.IsSpace(r) {
			shown = append(shown, i)
		}
	}
	if len(shown) == 0 {
		return l, nil
	}
	var feet, sizes []float64
	for k := range looked + 2 {
		i := shown[k*(len(shown)-1)/(looked+1)]
		box, err := t.p.FPDFText_GetCharBox(&requests.FPDFText_GetCharBox{TextPage: t.page, Index: begin + i})
		if err != nil {
			return l, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		size, err := t.p.FPDFText_GetFontSize(&requests.FPDFText_GetFontSize{TextPage: t.page, Index: begin + i})
		if err != nil {
			return l, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		if k == 0 {
			l.left, l.right, l.top, l.bottom = box.Left, box.Right, box.Top, box.Bottom
		}
		l.left, l.right = min(l.left, box.Left), max(l.right, box.Right)
		l.top, l.bottom = max(l.top, box.Top), min(l.bottom, box.Bottom)
		sizes = append(sizes, size.FontSize)
		if origin, err := t.p.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: t.page, Index: begin + i}); err == nil {
			feet = append(feet, origin.Y)
		}
	}
	l.base, l.size = l.bottom, median(sizes)
	if len(feet) > 0 {
		l.base = median(feet)
	}
	return l, nil
}

func median(n []float64) float64 {
	slices.Sort(n)
	return n[len(n)/2]
}

// written are the characters that text holds: halves of characters of UTF-16 are put together, controls left out.
func written(chars []rune) string {
	var b strings.Builder
	for i := 0; i < len(chars); i++ {
		r := chars[i]
		if utf16.IsSurrogate(r) && i+1 < len(chars) {
			r = utf16.DecodeRune(r, chars[i+1])
			i++
		}
		if r >= ' ' && r != utf8.RuneError && utf8.ValidRune(r) || r == '\t' || r == hyphen {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// hyphen is what PDFium makes of a hyphen at the end of a line, which it puts together with the next.
const hyphen = '\x02'

// article is the article of pages: the largest line at its beginning is the title.
func article(pages []sheet) *onrecord.Article {
	body := bodySize(pages)
	repeated := repeatedLines(pages)
	var paragraphs []string
	var last line
	title, titled := "", false
	pitch := 0.0
	for _, p := range pages {
		last.base = math.Inf(-1) // the next line stands above it
		pitch = usualPitch(p.lines)
		edge := columnEdges(p.lines)
		for i, l := range p.lines {
			if repeated[place(p, l)] || isPageNumber(p, l) {
				continue
			}
			n := len(paragraphs)
			if n == 0 || last.text == "" || breaks(last, l, pitch*max(1, l.size/body), edge(last)) {
				paragraphs = append(paragraphs, l.text)
				titled = title == "" && len(paragraphs) <= titleWithin && l.size >= titleLarger*body
			} else {
				paragraphs[n-1] = joined(paragraphs[n-1], l.text)
			}
			if titled {
				title = paragraphs[len(paragraphs)-1]
				titled = i+1 < len(p.lines) && p.lines[i+1].size == l.size
			}
			last = l
		}
	}
	text := strings.Join(paragraphs, "\n\n")
	return &onrecord.Article{Title: unhyphened(title, text), Text: unhyphened(text, text)}
}

// A title is set this much larger than the body, among this many first paragraphs.
const (
	titleLarger = 1.25
	titleWithin = 4
)

// bodySize is the size of most characters.
func bodySize(pages []sheet) float64 {
	sizes := map[float64]int{}
	for _, p := range pages {
		for _, l := range p.lines {
			sizes[l.size] += len(l.text)
		}
	}
	best := 0.0
	for size, n := range sizes {
		if n > sizes[best] || n == sizes[best] && size < best {
			best = size
		}
	}
	return best
}

// usualPitch is how far most lines stand below the one before, of those of the same size.
func usualPitch(lines []line) float64 {
	var all []float64
	for i := 1; i < len(lines); i++ {
		if d := lines[i-1].base - lines[i].base; lines[i].size == lines[i-1].size && d > 0 && d < 4*lines[i].height() {
			all = append(all, d)
		}
	}
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[len(all)/4] // paragraphs of a line or two may be most
}

func (l line) height() float64 { return max(l.top-l.bottom, 1) }

// columnEdges tells how far to the right the lines of a line's column reach: those that begin about where it does.
func columnEdges(lines []line) func(line) float64 {
	return func(l line) float64 {
		edge := l.right
		for _, o := range lines {
			if math.Abs(o.left-l.left) < 3*l.height() && math.Abs(o.size-l.size) < 1 {
				edge = max(edge, o.right)
			}
		}
		return edge
	}
}

// breaks says whether a new paragraph begins with b, which follows a; edge is how far a's column reaches.
func breaks(a, b line, pitch, edge float64) bool {
	const (
		wider  = 1.3 // times the usual distance between lines
		indent = .6  // times a line's height
		short  = .12 // of the width of the column
	)
	ended := strings.HasSuffix(strings.TrimRight(a.text, "”’\"')"), ".") || strings.ContainsAny(a.text[len(a.text)-1:], "!?:")
	r, _ := utf8.DecodeRuneInString(b.text)
	down := a.base - b.base
	switch {
	case strings.HasSuffix(a.text, string(hyphen)):
		return false
	case math.Abs(a.size-b.size) > .15*max(a.size, b.size):
		return true
	case down < -.5*a.height() || down > 6*a.height(): // another column, or page
		return ended || !unicode.IsLower(r) && a.right < edge-short*(edge-a.left)
	case pitch > 0 && down > wider*pitch+1:
		return true
	case down > 0 && b.left-a.left > indent*a.height() && b.left-a.left < 5*a.height():
		return ended || !unicode.IsLower(r)
	case edge-a.right > short*(edge-a.left):
		return ended || !unicode.IsLower(r) && edge-a.right > 3*short*(edge-a.left)
	}
	return false
}

// joined puts a line behind a paragraph.
func joined(p, l string) string {
	if strings.HasSuffix(p, string(hyphen)) || strings.HasSuffix(p, "\u00ad") {
		return p + l
	}
	return p + " " + l
}

// divided is a word with a hyphen at the end of a line in it.
var divided = regexp.MustCompile(`\pL*[\x02\x{ad}]\pL*`)

// unhyphened is a text with the hyphens at ends of lines taken out where they only divide a word: they stay where the text has the two
// parts as one with a hyphen elsewhere, or where both are words of it by themselves and the whole is not.
func unhyphened(s, text string) string {
	if !strings.ContainsAny(s, string(hyphen)+"\u00ad") {
		return s
	}
	words := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(divided.ReplaceAllString(text, " ")), func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
		words[w] = true
	}
	parts := strings.Split(strings.ReplaceAll(s, "\u00ad", string(hyphen)), string(hyphen))
	var b strings.Builder
	b.WriteString(parts[0])
	for i := 1; i < len(parts); i++ {
		before := strings.ToLower(lastWord(parts[i-1]))
		after := strings.ToLower(firstWord(parts[i]))
		r, _ := utf8.DecodeRuneInString(parts[i])
		switch {
		case words[before+after]:
		case words[before+"-"+after], words[before] && words[after], !unicode.IsLower(r), before == "":
			b.WriteByte('-')
		}
		b.WriteString(parts[i])
	}
	return b.String()
}

func lastWord(s string) string {
	i := strings.LastIndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	return s[i+1:]
}

func firstWord(s string) string {
	if i := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }); i >= 0 {
		return s[:i]
	}
	return s
}

// margin is the part of a page's height at its head and foot where heads, feet and numbers of pages stand.
const margin = .1

// place is a line of the margin with what tells it from another page's taken off; "" for lines of the body.
func place(p sheet, l line) string {
	if p.height <= 0 || l.bottom > margin*p.height && l.top < (1-margin)*p.height {
		return ""
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return '0'
		}
		return r
	}, l.text)
}

// repeatedLines are the lines of margins that stand on at least half of the pages, where there are more than one.
func repeatedLines(pages []sheet) map[string]bool {
	on := map[string]int{}
	for _, p := range pages {
		seen := map[string]bool{}
		for _, l := range p.lines {
			if at := place(p, l); at != "" && !seen[at] {
				seen[at] = true
				on[at]++
			}
		}
	}
	repeated := map[string]bool{}
	for at, n := range on {
		repeated[at] = len(pages) > 1 && 2*n >= len(pages) && n > 1
	}
	return repeated
}

// printed is the day and hour that browsers print above a page, digits as zeros.
var printed = regexp.MustCompile(`^0{1,4}[/.-]0{1,2}[/.-]0{2,4},? 0{1,2}[:.]00`)

// isPageNumber says whether a line of a margin only counts pages, or is what browsers print above and below.
func isPageNumber(p sheet, l line) bool {
	at := place(p, l)
	if at == "" {
		return false
	}
	if printed.MatchString(at) || strings.HasPrefix(at, "file:///") || strings.HasPrefix(at, "http://") || strings.HasPrefix(at, "https://") {
		return true
	}
	at = strings.ToLower(strings.Trim(at, " -–—|"))
	for _, word := range []string{"page", "of", "/", " "} {
		at = strings.ReplaceAll(at, word, "")
	}
	return at != "" && strings.Trim(at, "0") == ""
}
