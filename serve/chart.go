package serve

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
	"unicode"

	"onrecord"
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
	answer    *answer
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
	for i := range m.Answers {
		a := &m.Answers[i]
		p := point{answer: a}
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
		p.low, p.high, p.sign = scaled(&f, a.Opposite, m.Unit)
		if known := !p.at.IsZero() && p.at.Year() > 0 && p.at.Year() < 10000; !known || a.AsOf.To.IsZero() && a.AsOf.From.IsZero() && by == byAsOf || !ok || !(math.Abs(p.low) <= drawable && math.Abs(p.high) <= drawable) {
			c.Undrawn++
			continue
		}
		c.points = append(c.points, p)
	}
	slices.SortStableFunc(c.points, func(a, b point) int { return a.at.Compare(b.at) })
	for i := range c.points {
		p := &c.points[i]
		if p.line = slices.Index(c.origins, p.answer.Origin); p.line < 0 {
			p.line = len(c.origins)
			c.origins = append(c.origins, p.answer.Origin)
		}
	}
	return c
}

// Size of a chart, in pixels of its own.
const (
	chartWidth, plotHeight           = 800, 300
	plotLeft, plotRight              = 64, 24
	plotTop, plotBottom              = 34, 34
	legendRow, legendColumn, titleAt = 22, 390, 26
	markSize                         = 12.0
)

// Colours of lines where no style sheet says others; style.css has those of both schemes as o0 to o5.
var lineColours = [...]string{"#0b4f8a", "#8a2b0b", "#1f6f43", "#6a3fa0", "#7a5c00", "#8a1752"}

// marks of lines, around 0 0: colour is never the only sign.
var markShapes = [...]string{
	"M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z", "M-5-5h10v10h-10z", "M0-6L6 5H-6z", "M0-7L6 0L0 7L-6 0z", "M0 6L6-5H-6z",
}

// Nil says that there is nothing to draw.
func (c *chart) Nil() bool { return len(c.points) == 0 }

// svg draws the chart: one step line an origin, bars for ranges and arrows for "more than" and "less than", hollow marks for
// values published again. With links each mark leads to its passage; without, the picture has its title in it and stands alone.
func (c *chart) svg(links bool) string {
	var b strings.Builder
	top := plotTop
	if !links {
		top += titleAt
	}
	bottom := top + plotHeight
	height := bottom + plotBottom + legendRow*((len(c.origins)+1)/2+1) + 8
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 %d %d" width="%d" height="%d" font-family="system-ui, sans-serif" font-size="13"`, chartWidth, height, chartWidth, height)
	if links {
		b.WriteString(` role="group" aria-label="`)
		drawn(&b, "The figure over time: "+c.label)
		b.WriteString(`">`)
	} else {
		b.WriteString(`><rect width="100%" height="100%" fill="#fff"/><text x="8" y="22" font-weight="600">`)
		drawn(&b, clip(c.label, 110))
		b.WriteString("</text>")
	}

	first, last := c.points[0].at, c.points[0].until
	low, high := math.Inf(1), math.Inf(-1)
	for _, p := range c.points {
		last = later(last, p.until)
		low, high = min(low, p.low), max(high, p.high)
	}
	if c.unit == "percent" && low >= 0 && high <= 100 {
		low, high = 0, 100
	} else if low > 0 && low < 0.7*high {
		low = 0
	}
	step := niceStep(max((high-low)/5, math.Abs(high)*1e-9))
	low, high = math.Floor(low/step)*step, math.Ceil(high/step)*step
	if low == high {
		low, high = low-step, high+step
	}
	days := last.Sub(first).Hours() / 24
	if days < 1 {
		first, days = first.AddDate(0, 0, -1), 2
	}
	y := func(v float64) float64 { return float64(bottom) - (v-low)/(high-low)*plotHeight }
	x := func(t time.Time) float64 {
		return plotLeft + 12 + t.Sub(first).Hours()/24/days*(chartWidth-plotLeft-plotRight-24)
	}

	b.WriteString(`<g class="axis" color="#5c5850" stroke="currentColor" stroke-width="1" fill="none">`)
	for i := range 14 {
		v := low + float64(i)*step
		if v > high+step/2 {
			break
		}
		fmt.Fprintf(&b, `<path d="M%d %.1fH%d" stroke-opacity=".25"/><text x="%d" y="%.1f" text-anchor="end" stroke="none" fill="currentColor">%s</text>`, plotLeft, y(v), chartWidth-plotRight, plotLeft-8, y(v)+4, number(v))
	}
	every := max(1, int(math.Ceil(days/6)))
	for i := range int(days)/every + 1 {
		t := first.AddDate(0, 0, i*every)
		form := "2 Jan"
		if i == 0 || t.Year() != t.AddDate(0, 0, -every).Year() {
			form = "2 Jan 2006"
		}
		fmt.Fprintf(&b, `<path d="M%.1f %dv5"/><text x="%.1f" y="%d" text-anchor="middle" stroke="none" fill="currentColor">%s</text>`, x(t), bottom, x(t), bottom+20, t.Format(form))
	}
	fmt.Fprintf(&b, `<path d="M%d %dH%d"/>`, plotLeft, bottom, chartWidth-plotRight)
	if c.unit != "" {
		fmt.Fprintf(&b, `<text x="%d" y="%d" stroke="none" fill="currentColor">`, 4, top-16)
		drawn(&b, clip(c.unit, 40))
		b.WriteString("</text>")
	}
	b.WriteString("</g>")

	for line := range c.origins {
		fmt.Fprintf(&b, `<g class="o%d" color="%s" stroke="currentColor" stroke-width="1.6" fill="none">`, line%len(lineColours), lineColours[line%len(lineColours)])
		path, n := "", 0
		for _, p := range c.points {
			if p.line == line {
				v := (p.low + p.high) / 2
				if n++; n == 1 {
					path = fmt.Sprintf("M%.1f %.1f", x(p.at), y(v))
				} else {
					path += fmt.Sprintf("H%.1fV%.1f", x(p.at), y(v))
				}
			}
		}
		if n > 1 {
			fmt.Fprintf(&b, `<path d="%s" stroke-opacity=".7"/>`, path)
		}
		b.WriteString("</g>")
	}
	taken := map[[2]int]float64{} // marks that would fall on one another stand side by side
	free := func(x, y float64) bool {
		for _, i := range [...]int{-1, 0, 1} {
			if at, is := taken[[2]int{int(x/markSize) + i, int(y / markSize)}]; is && math.Abs(at-x) < markSize {
				return false
			}
		}
		return true
	}
	for _, p := range c.points {
		px, py := x(p.at), y((p.low+p.high)/2)
		cx, shift := px, markSize+0.1
		if px > chartWidth*2/3 {
			shift = -shift
		}
		for n := 0; n < 12 && !free(cx, py); n++ {
			cx += shift
		}
		taken[[2]int{int(cx / markSize), int(py / markSize)}] = cx
		fmt.Fprintf(&b, `<g class="o%d" color="%s" stroke="currentColor" stroke-width="1.6" fill="none">`, p.line%len(lineColours), lineColours[p.line%len(lineColours)])
		if links {
			b.WriteString(`<a href="/figure/`)
			drawn(&b, p.answer.ID)
			b.WriteString(`" aria-label="`)
			drawn(&b, p.words())
			b.WriteString(`">`)
		}
		b.WriteString("<title>")
		drawn(&b, p.words())
		b.WriteString("</title>")
		if p.high > p.low {
			fmt.Fprintf(&b, `<path d="M%.1f %.1fV%.1fM%.1f %.1fh8M%.1f %.1fh8"/>`, cx, y(p.low), y(p.high), cx-4, y(p.low), cx-4, y(p.high))
		}
		switch p.sign {
		case ">":
			fmt.Fprintf(&b, `<path d="M%.1f %.1fv-22m-4 5l4-5l4 5"/>`, cx, py)
		case "<":
			fmt.Fprintf(&b, `<path d="M%.1f %.1fv22m-4-5l4 5l4-5"/>`, cx, py)
		}
		if p.until.Sub(p.at) > 24*time.Hour {
			fmt.Fprintf(&b, `<path d="M%.1f %.1fH%.1f" stroke-dasharray="2 3"/>`, px, py, x(p.until))
		}
		c.mark(&b, p.line, cx, py, p.answer.Again != "")
		if links {
			b.WriteString("</a>")
		}
		b.WriteString("</g>")
	}

	at := bottom + plotBottom + 16
	for i, o := range c.origins {
		lx, ly := float64(plotLeft+i%2*legendColumn), float64(at+i/2*legendRow)
		fmt.Fprintf(&b, `<g class="o%d" color="%s" stroke="currentColor" stroke-width="1.6" fill="none">`, i%len(lineColours), lineColours[i%len(lineColours)])
		c.mark(&b, i, lx, ly-4, false)
		fmt.Fprintf(&b, `</g><text class="ink" x="%.0f" y="%.0f" fill="#1d1c1a">`, lx+12, ly)
		drawn(&b, clip(o, 52))
		b.WriteString("</text>")
	}
	ly := float64(at + (len(c.origins)+1)/2*legendRow)
	b.WriteString(`<g class="axis" color="#5c5850" stroke="currentColor" stroke-width="1.6" fill="none">`)
	c.mark(&b, 0, plotLeft, ly-4, true)
	fmt.Fprintf(&b, `<text x="%d" y="%.0f" stroke="none" fill="currentColor">hollow: published again · arrow: more or less than · bar: a range</text></g></svg>`, plotLeft+12, ly)
	return b.String()
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
	s := fmt.Sprintf("%s, %s: %s%s", p.answer.Origin, day(p.at), comparators[p.sign], number(p.low))
	if p.high > p.low {
		s += " to " + number(p.high)
	}
	if p.answer.Outlet != "" {
		s += ", in " + p.answer.Outlet
	}
	if p.answer.Again != "" {
		s += ", published again"
	}
	return s
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

// drawn writes text into a picture, which is XML: characters that XML does not have are shown as missing (XML 1.0, section 2.2).
func drawn(b *strings.Builder, s string) {
	escape(b, strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\t' && r != '\n' || r == 0xFFFE || r == 0xFFFF {
			return 0xFFFD
		}
		return r
	}, s))
}
