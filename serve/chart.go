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

// The dates that a chart can be drawn by.
const (
	byPublished = "published"
	byAsOf      = "as-of"
)

// A chart shows the figures of one measure over time, one line per origin.
type chart struct {
	label, unit string
	points      []point
	origins     []string    // lines, in order of their first point
	current     *figureLine // the figure given last that holds; nil where none is
	Undrawn     int         // figures without a date, in another currency or too large to draw
}

type point struct {
	figure    *figureLine
	at, until time.Time // the same but for an as-of of several days
	low, high float64   // in the measure's unit, from the measure's end
	sign      string    // comparator, from the measure's end
	line      int
}

// scaled converts a figure to the measure's unit; a complement is subtracted from the whole.
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

// drawable is the largest value whose neighbours can be told apart in an image.
const drawable = 1e15

// newChart makes the chart of a measure by one of the two dates.
func newChart(m *measure, by string) *chart {
	c := &chart{label: m.Label, unit: m.Unit, current: m.last()}
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

// A plot holds the dimensions of a chart in SVG units. The page contains a wide and a slim chart and shows the legible one.
type plot struct {
	class                    string
	width, height            int // height of the lines alone
	left, right, top, bottom int // room around them
	days                     int // most days named below
	columns                  int // of the legend
	clip                     int // letters of a legend's entry
}

func widePlot() plot { return plot{"chart", 800, 300, 64, 24, 34, 34, 6, 2, 52} }
func slimPlot() plot { return plot{"chart slim", 340, 240, 50, 14, 34, 34, 3, 1, 44} }

// Sizes in every chart.
const (
	legendRow, titleAt = 22, 26
	markSize           = 12.0
	besideMark         = 5.0 // how far marks of several origins that stand in one place are apart: they overlap
	mostMarks          = 4   // in one place
	barWidth           = 9.0
	fading             = 54.0 // how far a bar reaches to its open side, where there is room
	leastFading        = 16.0
)

// lineStyles distinguish the lines of a chart by colour (the default; style.css has those of both schemes as o0 to o5) and by the shape of
// their marks, paths around 0 0: colour is never the only sign.
var lineStyles = struct{ colours, shapes []string }{
	[]string{"#0b4f8a", "#00717a", "#1f6f43", "#6a3fa0", "#7a5c00", "#4d5a6b"},
	[]string{"M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z", "M-5-5h10v10h-10z", "M0-6L6 5H-6z", "M0-7L6 0L0 7L-6 0z", "M0 6L6-5H-6z"},
}

// Nil says that there is nothing to draw.
func (c *chart) Nil() bool { return len(c.points) == 0 }

// A canvas is a chart being drawn as SVG.
type canvas struct {
	strings.Builder
	*chart
	plot
	links           bool
	top, bottom     int       // of the lines
	low, high, step float64   // of the value axis
	first           time.Time // of the time axis
	days            float64
	written         [][2]float64 // where numbers of marks stand
}

// svg draws the chart: one step line per origin, closed bars for ranges, bars that fade to their open side for "more than" and "less
// than", hollow marks for republished values, struck ones for withdrawn values. Marks stand on their day: those of one day and value in one
// place, with their number; the value given last has a label. With links each mark links to its passage; without, the image is
// self-contained and includes its title.
func (c *chart) svg(p plot, links bool) string {
	d := &canvas{chart: c, plot: p, links: links, top: p.top, first: c.points[0].at}
	if !links {
		d.top += titleAt
	}
	d.bottom = d.top + p.height
	d.low, d.high, d.step = c.scale()
	last := c.points[0].until
	for _, x := range c.points {
		last = later(last, x.until)
	}
	if d.days = last.Sub(d.first).Hours() / 24; d.days < 1 {
		d.first, d.days = d.first.AddDate(0, 0, -1), 2
	}
	d.head()
	d.axes()
	for line := range c.origins {
		d.steps(line)
	}
	for _, together := range c.together() {
		d.place(together)
	}
	d.writeCurrent()
	d.legend(float64(d.bottom + p.bottom + 16))
	d.WriteString("</svg>")
	return d.String()
}

// y is the vertical position of a value.
func (d *canvas) y(v float64) float64 {
	return float64(d.bottom) - (v-d.low)/(d.high-d.low)*float64(d.height)
}

// x is the horizontal position of a time.
func (d *canvas) x(t time.Time) float64 {
	return float64(d.left) + 12 + t.Sub(d.first).Hours()/24/d.days*float64(d.width-d.left-d.right-24)
}

// text writes escaped text.
func (d *canvas) text(s string) { writeXML(&d.Builder, s) }

// head opens the image, with a label, or with a title and a white background if it is self-contained.
func (d *canvas) head() {
	rows := (len(d.origins)+d.columns-1)/d.columns + len(chartSigns())/d.columns + 1
	height := d.bottom + d.plot.bottom + legendRow*rows + 8
	fmt.Fprintf(d, `<svg xmlns="http://www.w3.org/2000/svg" class="%s" viewBox="0 0 %d %d" width="%d" height="%d" font-family="system-ui, sans-serif" font-size="13"`, d.class, d.width, height, d.width, height)
	if d.links {
		d.WriteString(` role="group" aria-label="`)
		d.text("Figures over time: " + d.label)
		d.WriteString(`">`)
		return
	}
	d.WriteString(`><rect width="100%" height="100%" fill="#fff"/><text x="8" y="22" font-weight="600">`)
	d.text(clip(d.label, 110))
	d.WriteString("</text>")
}

// axes draws grid lines, dates and the unit.
func (d *canvas) axes() {
	d.WriteString(`<g class="axis" color="#5c5850" stroke="currentColor" stroke-width="1" fill="none">`)
	for i := range 14 {
		v := d.low + float64(i)*d.step
		if v > d.high+d.step/2 {
			break
		}
		fmt.Fprintf(d, `<path d="M%d %.1fH%d" stroke-opacity=".25"/><text x="%d" y="%.1f" text-anchor="end" stroke="none" fill="currentColor">%s</text>`, d.left, d.y(v), d.width-d.right, d.left-8, d.y(v)+4, brief(v))
	}
	every := max(1, int(math.Ceil(d.days/float64(d.plot.days))))
	for i := range int(d.days)/every + 1 {
		t := d.first.AddDate(0, 0, i*every)
		form := "2 Jan"
		if i == 0 || t.Year() != t.AddDate(0, 0, -every).Year() {
			form = "2 Jan 2006"
		}
		fmt.Fprintf(d, `<path d="M%.1f %dv5"/><text x="%.1f" y="%d" text-anchor="middle" stroke="none" fill="currentColor">%s</text>`, d.x(t), d.bottom, d.x(t), d.bottom+20, t.Format(form))
	}
	fmt.Fprintf(d, `<path d="M%d %dH%d"/>`, d.left, d.bottom, d.width-d.right)
	if d.unit != "" {
		fmt.Fprintf(d, `<text x="%d" y="%d" stroke="none" fill="currentColor">`, 4, d.top-16)
		d.text(clip(d.unit, 40))
		d.WriteString("</text>")
	}
	d.WriteString("</g>")
}

// steps draws the step line of one origin.
func (d *canvas) steps(line int) {
	path, n := "", 0
	for _, q := range d.points {
		if q.line == line {
			v := (q.low + q.high) / 2
			if n++; n == 1 {
				path = fmt.Sprintf("M%.1f %.1f", d.x(q.at), d.y(v))
			} else {
				path += fmt.Sprintf("H%.1fV%.1f", d.x(q.at), d.y(v))
			}
		}
	}
	if n > 1 {
		fmt.Fprintf(d, `%s<path d="%s" stroke-opacity=".7"/></g>`, openLine(line), path)
	}
}

// together are the points by place: each list has those of one time and value.
func (c *chart) together() (list [][]*point) {
	type place struct {
		at, until time.Time
		low, high float64
		sign      string
	}
	of := map[place]int{}
	for i := range c.points {
		p := &c.points[i]
		key := place{p.at, p.until, p.low, p.high, p.sign}
		k, known := of[key]
		if !known {
			k = len(list)
			of[key] = k
			list = append(list, nil)
		}
		list[k] = append(list[k], p)
	}
	return list
}

// place draws the points of one place: the bar that they have in common, a mark for each of the first origins, the number of all.
func (d *canvas) place(points []*point) {
	q := points[0]
	x, py, low, high := d.x(q.at), d.y((q.low+q.high)/2), d.y(q.low), d.y(q.high)
	up, down := reach(high-float64(d.top)), reach(float64(d.bottom)-low)
	d.WriteString(openLine(q.line))
	bar(&d.Builder, x, low, high)
	switch q.sign {
	case ">":
		openBar(&d.Builder, x, high, -up)
	case "<":
		openBar(&d.Builder, x, low, down)
	}
	if q.until.Sub(q.at) > 24*time.Hour {
		fmt.Fprintf(d, `<path d="M%.1f %.1fH%.1f" stroke-dasharray="2 3"/>`, x, py, d.x(q.until))
	}
	d.WriteString("</g>")
	var lines []int
	for _, p := range points {
		if !slices.Contains(lines, p.line) {
			lines = append(lines, p.line)
		}
	}
	lines = lines[:min(len(lines), mostMarks)]
	left := x - besideMark*float64(len(lines)-1)/2
	for i, line := range lines {
		d.marks(left+besideMark*float64(i), py, low, high, line, slices.DeleteFunc(slices.Clone(points), func(p *point) bool { return p.line != line }))
	}
	if len(points) > 1 {
		at, anchor := left+besideMark*float64(len(lines)-1)+markSize, "start"
		if at > float64(d.width-d.right-markSize) {
			at, anchor = left-markSize, "end"
		}
		fmt.Fprintf(d, `<text class="ink" x="%.1f" y="%.1f" font-size="11" text-anchor="%s" fill="#1d1c1a">×%d</text>`, at, d.line(at, py+14), anchor, len(points))
	}
}

// line is the first line from y down on which nothing is written near x.
func (d *canvas) line(x, y float64) float64 {
	for slices.ContainsFunc(d.written, func(at [2]float64) bool { return math.Abs(at[0]-x) < 2*markSize && math.Abs(at[1]-y) < markSize }) {
		y += markSize
	}
	d.written = append(d.written, [2]float64{x, y})
	return y
}

// marks draws the mark of an origin for its points of one place; it links to the first of them.
func (d *canvas) marks(x, y, low, high float64, line int, points []*point) {
	var words []string
	hollow, withdrawn := true, true
	for _, p := range points {
		words = append(words, p.words())
		hollow, withdrawn = hollow && p.figure.Republished != "", withdrawn && p.figure.Withdrawn
	}
	said := clip(strings.Join(words, "; "), longQuote)
	d.WriteString(openLine(line))
	if d.links {
		d.WriteString(`<a href="/figure/`)
		d.text(points[0].figure.ID)
		d.WriteString(`" aria-label="`)
		d.text(said)
		d.WriteString(`">`)
	}
	d.WriteString("<title>")
	d.text(said)
	d.WriteString("</title>")
	at := []float64{y}
	if low-high > markSize { // no mark in the middle, which nobody gives
		at = []float64{low, high}
	}
	for _, y := range at {
		d.mark(line, x, y, hollow)
		if withdrawn {
			fmt.Fprintf(d, `<path class="struck" d="M%.1f %.1fh18" stroke-width="2"/>`, x-9, y)
		}
	}
	if d.links {
		d.WriteString("</a>")
	}
	d.WriteString("</g>")
}

// writeCurrent writes the value given last beside its mark.
func (d *canvas) writeCurrent() {
	i := slices.IndexFunc(d.points, func(p point) bool { return p.figure == d.current })
	if i < 0 {
		return
	}
	p := &d.points[i]
	x, anchor := d.x(p.at)+markSize, "start"
	if x > float64(d.width)/2 {
		x, anchor = d.x(p.at)-markSize, "end"
	}
	y := d.y((p.low + p.high) / 2)
	below := slices.ContainsFunc(d.points, func(o point) bool {
		at := d.y((o.low + o.high) / 2)
		return at < y && y-at < 2*markSize && math.Abs(d.x(o.at)-d.x(p.at)) < 10*markSize
	})
	if y -= 8; below {
		y += 24
	}
	fmt.Fprintf(d, `<text class="ink" x="%.1f" y="%.1f" font-weight="700" text-anchor="%s" fill="#1d1c1a">`, x, max(y, float64(d.top)+10), anchor)
	said := d.current.Said
	if d.current.Complement {
		said = strings.TrimSpace(number(p.low)+" "+d.unit) + ", by the rest"
	}
	d.text(clip(said, 40))
	d.WriteString("</text>")
}

// Dimensions of a small picture.
const sparkWidth, sparkHeight, sparkEdge = 220, 44, 6

// spark is a small picture of the chart, without axes: where the values stand, the last one filled.
func (c *chart) spark() string {
	if len(c.points) < 2 {
		return ""
	}
	d := &canvas{chart: c, plot: plot{class: "spark", width: sparkWidth, height: sparkHeight - 2*sparkEdge, left: -sparkEdge, right: -sparkEdge}, top: sparkEdge, bottom: sparkHeight - sparkEdge, first: c.points[0].at}
	d.low, d.high = math.Inf(1), math.Inf(-1)
	last := d.first
	for _, p := range c.points {
		d.low, d.high, last = min(d.low, p.low), max(d.high, p.high), later(last, p.at)
	}
	if d.low == d.high {
		d.low, d.high = d.low-1, d.high+1
	}
	if d.days = last.Sub(d.first).Hours() / 24; d.days <= 0 {
		d.first, d.days = d.first.AddDate(0, 0, -1), 2
	}
	fmt.Fprintf(d, `<svg xmlns="http://www.w3.org/2000/svg" class="chart spark" viewBox="0 0 %d %d" width="%d" height="%d" aria-hidden="true"><path class="axis" d="M0 %dH%d" stroke="currentColor" stroke-opacity=".3"/>`, sparkWidth, sparkHeight, sparkWidth, sparkHeight, sparkHeight-1, sparkWidth)
	for _, together := range c.together() {
		p := together[0]
		look := `fill="none" stroke="currentColor"`
		if slices.ContainsFunc(together, func(p *point) bool { return p.figure == c.current }) {
			look = `fill="currentColor"`
		}
		fmt.Fprintf(d, `<circle class="o0" cx="%.1f" cy="%.1f" r="%.1f" %s/>`, min(max(d.x(p.at), sparkEdge), sparkWidth-sparkEdge), d.y((p.low+p.high)/2), min(3+float64(len(together))/4, 5), look)
	}
	d.WriteString("</svg>")
	return d.String()
}

// scale is the range of the value axis, with room for open bars, and the distance of its grid lines.
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

// openLine opens a group in the colour of a line.
func openLine(line int) string {
	n := line % len(lineStyles.colours)
	return fmt.Sprintf(`<g class="o%d" color="%s" stroke="currentColor" stroke-width="1.6" fill="none">`, n, lineStyles.colours[n])
}

// bar draws a closed bar for a range.
func bar(b *strings.Builder, x, low, high float64) {
	if low > high {
		fmt.Fprintf(b, `<path class="bar" d="M%.1f %.1fh%.1fV%.1fh%.1fz" fill="currentColor" fill-opacity=".25"/>`, x-barWidth/2, low, barWidth, high, -barWidth)
	}
}

// reach is the length of an open bar, given the room to the edge.
func reach(room float64) float64 { return max(leastFading, min(fading, room)) }

// openBar draws a bar that is closed at y and fades out over length (upwards if negative).
func openBar(b *strings.Builder, x, y, length float64) {
	const pieces = 4
	fmt.Fprintf(b, `<g class="ajar" stroke="none" fill="currentColor"><path d="M%.1f %.1fh%.1fv%.1fh%.1fz"/>`, x-7, y-math.Copysign(1, length), 14.0, math.Copysign(2, length), -14.0)
	for i := range pieces {
		from, wide := y+length*float64(i)/pieces, barWidth*(1-.16*float64(i))
		fmt.Fprintf(b, `<path d="M%.1f %.1fh%.1fv%.1fh%.1fz" fill-opacity="%.2f"/>`, x-wide/2, from, wide, length/pieces*(.92-.14*float64(i)), -wide, .7-.16*float64(i))
	}
	b.WriteString("</g>")
}

// chartSigns explain marks and bars, in the order in which the legend draws them.
func chartSigns() []string {
	return []string{"hollow: republished; struck through: withdrawn", "closed bar: a range", "more than, at least: fades upwards", "less than, at most: fades downwards"}
}

// legend lists the origins and explains the marks, from y down.
func (d *canvas) legend(y float64) {
	left := d.left
	column := float64(d.width-d.left+d.columns-1) / float64(d.columns)
	if d.columns == 1 {
		left = 16
	}
	place := func(i int) (lx, ly float64) {
		return float64(left) + float64(i%d.columns)*column, y + float64(i/d.columns*legendRow)
	}
	say := func(x, y float64, s string) {
		fmt.Fprintf(d, `<text class="ink" x="%.0f" y="%.0f" fill="#1d1c1a">`, x+14, y)
		d.text(s)
		d.WriteString("</text>")
	}
	for i, o := range d.origins {
		x, y := place(i)
		d.WriteString(openLine(i))
		d.mark(i, x, y-4, false)
		d.WriteString("</g>")
		say(x, y, clip(o, d.clip))
	}
	from := (len(d.origins) + d.columns - 1) / d.columns * d.columns
	for i, s := range chartSigns() {
		x, y := place(from + i)
		d.WriteString(`<g class="axis" color="#5c5850" stroke="currentColor" stroke-width="1.6" fill="none">`)
		switch i {
		case 0:
			d.mark(0, x, y-4, true)
		case 1:
			bar(&d.Builder, x, y+3, y-11)
		case 2:
			openBar(&d.Builder, x, y+3, -15)
		case 3:
			openBar(&d.Builder, x, y-11, 15)
		}
		d.WriteString("</g>")
		say(x, y, s)
	}
}

// mark draws a line's mark.
func (d *canvas) mark(line int, x, y float64, hollow bool) {
	look := ` fill="currentColor"`
	if hollow {
		look = ` class="hollow" fill="#ffffff"`
	}
	fmt.Fprintf(d, `<path transform="translate(%.1f %.1f)" d="%s"%s/>`, x, y, lineStyles.shapes[line%len(lineStyles.shapes)], look)
}

// words describe a point.
func (p *point) words() string {
	s := fmt.Sprintf("%s, %s: %s%s", p.figure.Origin, day(p.at), wordsFor(terms.comparators, p.sign), number(p.low))
	if p.high > p.low {
		s += " to " + number(p.high)
	}
	if p.figure.Outlet != "" {
		s += ", in " + p.figure.Outlet
	}
	if p.figure.Republished != "" {
		s += ", republished"
	}
	if p.figure.Withdrawn {
		s += ", withdrawn"
	}
	return s
}

// brief formats a value for an axis.
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

// niceStep is the smallest of ..., 0.1, 0.2, 0.5, 1, 2, 5, 10, ... that is at least s.
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

// writeXML writes escaped text; characters that XML does not allow are replaced (XML 1.0, section 2.2).
func writeXML(b *strings.Builder, s string) {
	escape(b, strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\t' && r != '\n' || r == 0xFFFE || r == 0xFFFF {
			return 0xFFFD
		}
		return r
	}, s))
}
