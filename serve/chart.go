package serve

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/onrecord/onrecord"
)

// What time a chart goes by.
const (
	byPublished = "published"
	byAsOf      = "as-of"
)

// A chart is figures that answer one measure, over time. Each has a day on it, and stands on its origin's line.
type chart struct {
	label, unit string
	points      []point
	origins     []string // lines, in order of their first point
	Undrawn     int      // answers without a day, in another currency, or beyond all measure, that stand in the table alone
}

type point struct {
	figure    *figureLine
	at, until time.Time // the same but for an as-of of several days
	low, high float64   // in the measure's unit, from the measure's end
	sign      string    // comparator, from the measure's end
	line      int
}

// scaled is a figure as the measure asks for it: in the measure's unit, and from the measure's end, for which a share that
// answers from the other end is taken from the whole.
func scaled(f *onrecord.Figure, complement bool, unit string) (low, high float64, sign string) {
	low, high, sign = f.Low, f.High, f.Comparator
	whole := 1.0
	switch {
	case unit == "percent" && f.Unit == "" && high <= 1:
		low, high, whole = low*100, high*100, 100
	case unit == "" && f.Unit == "percent":
		low, high = low/100, high/100
	case f.Unit == "percent":
		whole = 100
	}
	if complement {
		low, high = whole-high, whole-low
		sign = cmp.Or(map[string]string{"<": ">", ">": "<"}[sign], sign)
	}
	return low, high, sign
}

// drawable is the greatest value that a picture can tell from its neighbours.
const drawable = 1e15

// newChart puts the answers on a chart by one of the two times.
func newChart(m *measure, by string) *chart {
	c := &chart{label: m.Label, unit: m.Unit}
	for i := range m.Lines {
		a := &m.Lines[i]
		p := point{figure: a}
		if by == byAsOf {
			p.at, p.until = a.AsOf.From, a.AsOf.To.Add(-time.Nanosecond)
			if a.AsOf.From.IsZero() {
				p.at = p.until
			}
			if a.AsOf.To.IsZero() {
				p.until = p.at
			}
		} else if day, ok := (onrecord.Published{Value: a.Published}).Day(); ok {
			p.at, p.until = day, day
		}
		f, ok := a.in(m.Unit)
		p.low, p.high, p.sign = scaled(&f, a.Complement, m.Unit)
		if known := !p.at.IsZero() && p.at.Year() > 0 && p.at.Year() < 10000; !known || a.AsOf.To.IsZero() && a.AsOf.From.IsZero() && by == byAsOf || !ok || !(math.Abs(p.low) <= drawable && math.Abs(p.high) <= drawable) {
			c.Undrawn++
			continue
		}
		c.points = append(c.points, p)
	}
	slices.SortStableFunc(c.points, func(a, b point) int { return a.at.Compare(b.at) })
	for i := range c.points {
		p := &c.points[i]
		if p.line = slices.Index(c.origins, p.figure.Origin); p.line < 0 {
			p.line = len(c.origins)
			c.origins = append(c.origins, p.figure.Origin)
		}
	}
	return c
}

// A plot is the sizes of a chart, in pixels of its own. The page draws a wide and a slim one and shows the one that its letters can be
// read in.
type plot struct {
	class                    string
	width, height            int // height of the lines alone
	left, right, top, bottom int // room around them
	days                     int // most days named below
	columns                  int // of the legend
	clip                     int // letters of a legend's entry
}

var (
	widePlot = plot{"chart", 800, 300, 64, 24, 34, 34, 6, 2, 52}
	slimPlot = plot{"chart slim", 340, 240, 50, 14, 34, 34, 3, 1, 44}
)

// Sizes in every chart.
const (
	legendRow, titleAt = 22, 26
	markSize           = 12.0
	barWidth           = 9.0
	fading             = 54.0 // how far a bar reaches to its open side, where there is room
	leastFading        = 16.0
)

// Colours of lines where no style sheet says others; style.css has those of both schemes as o0 to o5.
var lineColours = [...]string{"#0b4f8a", "#8a2b0b", "#1f6f43", "#6a3fa0", "#7a5c00", "#8a1752"}

// marks of lines, around 0 0: colour is never the only sign.
var markShapes = [...]string{
	"M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z", "M-5-5h10v10h-10z", "M0-6L6 5H-6z", "M0-7L6 0L0 7L-6 0z", "M0 6L6-5H-6z",
}

// Nil says that there is nothing to draw.
func (c *chart) Nil() bool { return len(c.points) == 0 }

// svg draws the chart: one step line an origin, closed bars for ranges, bars that fade to their open side for "more than" and "less
// than", hollow marks for values published again. With links each mark leads to its passage; without, the picture has its title in
// it and stands alone.
func (c *chart) svg(p plot, links bool) string {
	var b strings.Builder
	top := p.top
	if !links {
		top += titleAt
	}
	bottom := top + p.height
	rows := (len(c.origins)+p.columns-1)/p.columns + len(chartSigns)/p.columns + 1
	height := bottom + p.bottom + legendRow*rows + 8
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" class="%s" viewBox="0 0 %d %d" width="%d" height="%d" font-family="system-ui, sans-serif" font-size="13"`, p.class, p.width, height, p.width, height)
	if links {
		b.WriteString(` role="group" aria-label="`)
		writeXML(&b, "The figure over time: "+c.label)
		b.WriteString(`">`)
	} else {
		b.WriteString(`><rect width="100%" height="100%" fill="#fff"/><text x="8" y="22" font-weight="600">`)
		writeXML(&b, clip(c.label, 110))
		b.WriteString("</text>")
	}

	first, last := c.points[0].at, c.points[0].until
	low, high, step := c.scale()
	for _, x := range c.points {
		last = later(last, x.until)
	}
	days := last.Sub(first).Hours() / 24
	if days < 1 {
		first, days = first.AddDate(0, 0, -1), 2
	}
	y := func(v float64) float64 { return float64(bottom) - (v-low)/(high-low)*float64(p.height) }
	x := func(t time.Time) float64 {
		return float64(p.left) + 12 + t.Sub(first).Hours()/24/days*float64(p.width-p.left-p.right-24)
	}

	b.WriteString(`<g class="axis" color="#5c5850" stroke="currentColor" stroke-width="1" fill="none">`)
	for i := range 14 {
		v := low + float64(i)*step
		if v > high+step/2 {
			break
		}
		fmt.Fprintf(&b, `<path d="M%d %.1fH%d" stroke-opacity=".25"/><text x="%d" y="%.1f" text-anchor="end" stroke="none" fill="currentColor">%s</text>`, p.left, y(v), p.width-p.right, p.left-8, y(v)+4, brief(v))
	}
	every := max(1, int(math.Ceil(days/float64(p.days))))
	for i := range int(days)/every + 1 {
		t := first.AddDate(0, 0, i*every)
		form := "2 Jan"
		if i == 0 || t.Year() != t.AddDate(0, 0, -every).Year() {
			form = "2 Jan 2006"
		}
		fmt.Fprintf(&b, `<path d="M%.1f %dv5"/><text x="%.1f" y="%d" text-anchor="middle" stroke="none" fill="currentColor">%s</text>`, x(t), bottom, x(t), bottom+20, t.Format(form))
	}
	fmt.Fprintf(&b, `<path d="M%d %dH%d"/>`, p.left, bottom, p.width-p.right)
	if c.unit != "" {
		fmt.Fprintf(&b, `<text x="%d" y="%d" stroke="none" fill="currentColor">`, 4, top-16)
		writeXML(&b, clip(c.unit, 40))
		b.WriteString("</text>")
	}
	b.WriteString("</g>")

	for line := range c.origins {
		path, n := "", 0
		for _, q := range c.points {
			if q.line == line {
				v := (q.low + q.high) / 2
				if n++; n == 1 {
					path = fmt.Sprintf("M%.1f %.1f", x(q.at), y(v))
				} else {
					path += fmt.Sprintf("H%.1fV%.1f", x(q.at), y(v))
				}
			}
		}
		if n > 1 {
			fmt.Fprintf(&b, `%s<path d="%s" stroke-opacity=".7"/></g>`, inColour(line), path)
		}
	}
	taken := map[[2]int]float64{} // marks and bars that would fall on one another stand side by side
	free := func(x, from, to float64) bool {
		for y := int(from / markSize); y <= int(to/markSize); y++ {
			for _, i := range [...]int{-1, 0, 1} {
				if at, is := taken[[2]int{int(x/markSize) + i, y}]; is && math.Abs(at-x) < markSize {
					return false
				}
			}
		}
		return true
	}
	for i := range c.points {
		q := &c.points[i]
		px, py := x(q.at), y((q.low+q.high)/2)
		cx, shift := px, markSize+0.1
		if px > float64(p.width)*2/3 {
			shift = -shift
		}
		from, to := y(q.high), y(q.low)
		up, down := reach(from-float64(top)), reach(float64(bottom)-to)
		switch q.sign {
		case ">":
			from -= up
		case "<":
			to += down
		}
		for n := 0; n < 12 && !free(cx, from, to); n++ {
			cx += shift
		}
		for y := int(from / markSize); y <= int(to/markSize); y++ {
			taken[[2]int{int(cx / markSize), y}] = cx
		}
		b.WriteString(inColour(q.line))
		if links {
			b.WriteString(`<a href="/figure/`)
			writeXML(&b, q.figure.ID)
			b.WriteString(`" aria-label="`)
			writeXML(&b, q.words())
			b.WriteString(`">`)
		}
		b.WriteString("<title>")
		writeXML(&b, q.words())
		b.WriteString("</title>")
		at := []float64{py}
		if q.high > q.low && y(q.low)-y(q.high) > markSize { // no mark in the middle, which nobody gives
			at = []float64{y(q.low), y(q.high)}
		}
		bar(&b, cx, y(q.low), y(q.high))
		switch q.sign {
		case ">":
			open(&b, cx, y(q.high), -up)
		case "<":
			open(&b, cx, y(q.low), down)
		}
		if q.until.Sub(q.at) > 24*time.Hour {
			fmt.Fprintf(&b, `<path d="M%.1f %.1fH%.1f" stroke-dasharray="2 3"/>`, px, py, x(q.until))
		}
		for _, y := range at {
			c.mark(&b, q.line, cx, y, q.figure.Republished != "")
		}
		if links {
			b.WriteString("</a>")
		}
		b.WriteString("</g>")
	}
	c.legend(&b, p, float64(bottom+p.bottom+16))
	b.WriteString("</svg>")
	return b.String()
}

// scale is the least and the greatest value on the axis and the step between its lines, with room for bars that are open.
func (c *chart) scale() (low, high, step float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, p := range c.points {
		low, high = min(low, p.low), max(high, p.high)
	}
	whole := c.unit == "percent" && low >= 0 && high <= 100
	room := 0.15 * max(high-low, math.Abs(high)/2)
	for _, p := range c.points {
		switch {
		case p.sign == ">":
			high = max(high, p.high+room)
		case p.sign == "<" && (low < 0 || p.low-room >= 0):
			low = min(low, p.low-room)
		}
	}
	if whole {
		low, high = 0, 100
	} else if low > 0 && low < 0.7*high {
		low = 0
	}
	step = niceStep(max((high-low)/5, math.Abs(high)*1e-9))
	low, high = math.Floor(low/step)*step, math.Ceil(high/step)*step
	if low == high {
		low, high = low-step, high+step
	}
	return low, high, step
}

// inColour opens a group of a line's colour.
func inColour(line int) string {
	return fmt.Sprintf(`<g class="o%d" color="%s" stroke="currentColor" stroke-width="1.6" fill="none">`, line%len(lineColours), lineColours[line%len(lineColours)])
}

// bar draws a range from y low down to y high, closed at both ends.
func bar(b *strings.Builder, x, low, high float64) {
	if low > high {
		fmt.Fprintf(b, `<path class="bar" d="M%.1f %.1fh%.1fV%.1fh%.1fz" fill="currentColor" fill-opacity=".25"/>`, x-barWidth/2, low, barWidth, high, -barWidth)
	}
}

// reach is how far an open bar goes where there is so much room to the edge.
func reach(room float64) float64 { return max(leastFading, min(fading, room)) }

// open draws a bar from y on, by length (up where it is negative): closed at y, in pieces ever fainter, narrower and further apart
// to the side that is open.
func open(b *strings.Builder, x, y, length float64) {
	const pieces = 4
	fmt.Fprintf(b, `<g class="ajar" stroke="none" fill="currentColor"><path d="M%.1f %.1fh%.1fv%.1fh%.1fz"/>`, x-7, y-math.Copysign(1, length), 14.0, math.Copysign(2, length), -14.0)
	for i := range pieces {
		from, wide := y+length*float64(i)/pieces, barWidth*(1-.16*float64(i))
		fmt.Fprintf(b, `<path d="M%.1f %.1fh%.1fv%.1fh%.1fz" fill-opacity="%.2f"/>`, x-wide/2, from, wide, length/pieces*(.92-.14*float64(i)), -wide, .7-.16*float64(i))
	}
	b.WriteString("</g>")
}

// chartSigns are the marks of a chart beside those of its lines, in words.
var chartSigns = [...]string{"hollow: published again", "closed bar: a range", "more than, at least: fades to where it is open", "less than, at most: the same, downwards"}

// legend says from y on whose line is which, and what else the marks mean.
func (c *chart) legend(b *strings.Builder, p plot, y float64) {
	column := float64(p.width-p.left+p.columns-1) / float64(p.columns)
	if p.columns == 1 {
		p.left = 16
	}
	place := func(i int) (lx, ly float64) {
		return float64(p.left) + float64(i%p.columns)*column, y + float64(i/p.columns*legendRow)
	}
	say := func(x, y float64, s string) {
		fmt.Fprintf(b, `<text class="ink" x="%.0f" y="%.0f" fill="#1d1c1a">`, x+14, y)
		writeXML(b, s)
		b.WriteString("</text>")
	}
	for i, o := range c.origins {
		x, y := place(i)
		b.WriteString(inColour(i))
		c.mark(b, i, x, y-4, false)
		b.WriteString("</g>")
		say(x, y, clip(o, p.clip))
	}
	from := (len(c.origins) + p.columns - 1) / p.columns * p.columns
	for i, s := range chartSigns {
		x, y := place(from + i)
		b.WriteString(`<g class="axis" color="#5c5850" stroke="currentColor" stroke-width="1.6" fill="none">`)
		switch i {
		case 0:
			c.mark(b, 0, x, y-4, true)
		case 1:
			bar(b, x, y+3, y-11)
		case 2:
			open(b, x, y+3, -15)
		case 3:
			open(b, x, y-11, 15)
		}
		b.WriteString("</g>")
		say(x, y, s)
	}
}

func (c *chart) mark(b *strings.Builder, line int, x, y float64, hollow bool) {
	look := ` fill="currentColor"`
	if hollow {
		look = ` class="hollow" fill="#ffffff"`
	}
	fmt.Fprintf(b, `<path transform="translate(%.1f %.1f)" d="%s"%s/>`, x, y, markShapes[line%len(markShapes)], look)
}

// words say what a point says.
func (p *point) words() string {
	s := fmt.Sprintf("%s, %s: %s%s", p.figure.Origin, day(p.at), comparators[p.sign], number(p.low))
	if p.high > p.low {
		s += " to " + number(p.high)
	}
	if p.figure.Outlet != "" {
		s += ", in " + p.figure.Outlet
	}
	if p.figure.Republished != "" {
		s += ", published again"
	}
	return s
}

// brief is a value as an axis has room for.
func brief(v float64) string {
	for _, n := range [...]struct {
		of   float64
		name string
	}{{1e12, "tn"}, {1e9, "bn"}, {1e6, "m"}} {
		if math.Abs(v) >= n.of {
			return number(v/n.of) + n.name
		}
	}
	return number(v)
}

// niceStep is the least of 1, 2, 5, 10, 20, ... (or their tenths, ...) that is not below s.
func niceStep(s float64) float64 {
	if s <= 0 {
		return 1
	}
	power := math.Pow(10, math.Floor(math.Log10(s)))
	for _, n := range []float64{1, 2, 5} {
		if n*power >= s {
			return n * power
		}
	}
	return 10 * power
}

// writeXML writes text into a picture, which is XML: characters that XML does not have are shown as missing (XML 1.0, section 2.2).
func writeXML(b *strings.Builder, s string) {
	escape(b, strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\t' && r != '\n' || r == 0xFFFE || r == 0xFFFF {
			return 0xFFFD
		}
		return r
	}, s))
}
