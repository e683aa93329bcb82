package serve

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// A lineage shows which article of a story copies which, as trees whose roots are origins. The parent of an article is the one with the
// largest share of it, or else the origin of its report; other copies are listed beside it.
type lineage struct {
	Rows    []lineageNode // trees one after another, parents before children, by publication
	Origins int           // articles that others derive from
	Copies  int           // articles that derive from another
	first   time.Time
	last    time.Time
}

// A lineageNode is one article's place in the lineage.
type lineageNode struct {
	Article    ledger.ArticleRow
	Depth      int
	parent     int      // row of its parent, -1 for a root
	Of         string   // that article's outlet
	Share      float64  // of it found there; 0 if known from the report only
	Kind       string   // of copy
	Undirected bool     // which of the two came first is not known
	Basis      []string // what the edge rests on
	Confidence float64
	Beside     string // the two passages side by side; "" where none are aligned
	Others     []edge // other articles it shares passages with
}

// An edge is a copy of part of an article.
type edge struct {
	Of     string
	Share  float64
	Beside string
}

// lineage builds the trees of a story, largest first. Articles without copies are left out.
func (d *index) lineage(v *ledger.StoryView) *lineage {
	f := d.forest(v)
	var roots []string
	for i := range v.Articles {
		if a := v.Articles[i].ID; f.parent[a] == "" && len(f.children[a]) > 0 {
			roots = append(roots, a)
		}
	}
	slices.SortStableFunc(roots, func(a, b string) int { return f.size(b) - f.size(a) })
	l := &lineage{Origins: len(roots)}
	for _, a := range roots {
		d.grow(l, f, a, -1, 0)
	}
	return l
}

// A forest is the parents and children of a story's articles.
type forest struct {
	copies   map[string][]*onrecord.Copy // by article, largest share first
	parent   map[string]string           // "" for a root
	children map[string][]string
}

// forest chooses the parent of each article: the one with the largest share of it, or else the origin of its report.
func (d *index) forest(v *ledger.StoryView) *forest {
	f := &forest{map[string][]*onrecord.Copy{}, map[string]string{}, map[string][]string{}}
	for i := range v.Copies {
		c := &v.Copies[i]
		if c.Article != c.Origin && d.articles[c.Article] != nil && d.articles[c.Origin] != nil {
			f.copies[c.Article] = append(f.copies[c.Article], c)
		}
	}
	for i := range v.Articles {
		a := v.Articles[i].ID
		origin := ""
		if r := d.reports[a]; r != nil && d.articles[r.Origin] != nil {
			origin = r.Origin
		}
		first := func(c *onrecord.Copy) int {
			if c.Origin == origin {
				return 0
			}
			return 1
		}
		slices.SortStableFunc(f.copies[a], func(x, y *onrecord.Copy) int {
			// Between equal shares, to the hundredth, the origin of its report comes first.
			return cmp.Or(cmp.Compare(math.Round(y.Share*100), math.Round(x.Share*100)), first(x)-first(y), strings.Compare(x.Origin, y.Origin))
		})
		to := origin
		if len(f.copies[a]) > 0 {
			to = f.copies[a][0].Origin
		}
		if to != "" && !f.under(to, a) {
			f.parent[a] = to
			f.children[to] = append(f.children[to], a)
		}
	}
	return f
}

// under says whether a is b or a descendant of b: then a cannot become the parent of b.
func (f *forest) under(a, b string) bool {
	for a != "" && a != b {
		a = f.parent[a]
	}
	return a != ""
}

// size is the number of articles in the tree of a.
func (f *forest) size(a string) int {
	n := 1
	for _, c := range f.children[a] {
		n += f.size(c)
	}
	return n
}

// grow adds the tree of an article to the lineage, below the row up.
func (d *index) grow(l *lineage, f *forest, a string, up, depth int) {
	row := lineageNode{Article: d.article(a), Depth: depth, parent: up}
	if day, ok := row.Article.Published.Day(); ok {
		if l.first.IsZero() || day.Before(l.first) {
			l.first = day
		}
		l.last = later(l.last, day)
	}
	if up >= 0 {
		l.Copies++
		d.edges(&row, &l.Rows[up].Article, f.copies[a])
	}
	at := len(l.Rows)
	l.Rows = append(l.Rows, row)
	for _, c := range f.children[a] {
		d.grow(l, f, c, at, depth+1)
	}
}

// edges fills in the copies of a row's article, from its parent and from others.
func (d *index) edges(row *lineageNode, parent *ledger.ArticleRow, copies []*onrecord.Copy) {
	row.Of = cmp.Or(parent.Outlet, "outlet unknown")
	for _, c := range copies {
		e := edge{Of: cmp.Or(d.articles[c.Origin].Outlet, "outlet unknown"), Share: c.Share}
		if origin, copied, ok := d.copyPlaces(c); ok {
			e.Beside = besideHref(origin, copied)
		}
		if c.Origin == parent.ID {
			row.Undirected = !c.Directed()
			row.Share, row.Kind, row.Basis, row.Confidence, row.Beside = c.Share, c.Kind, c.Basis, c.Confidence, e.Beside
		} else {
			row.Others = append(row.Others, e)
		}
	}
	if r := d.reports[row.Article.ID]; row.Basis == nil && r != nil {
		row.Basis = r.Basis
	}
}

// A strip holds the dimensions of a lineage in SVG units; like charts, it is drawn wide and slim.
type strip struct {
	class              string
	width, left, right int
	step               float64 // of one depth
	clip               int     // letters of an outlet's name
}

func wideStrip() strip { return strip{"lineage", 800, 20, 330, 14, 34} }
func slimStrip() strip { return strip{"lineage slim", 340, 16, 210, 7, 18} }

const (
	lineageRow, lineageTop = 24, 34
	lineageMost            = 24  // rows drawn; the list below has all
	slimDays               = 190 // room for the first day and the last
)

// Cut is the number of rows that the image leaves out.
func (l *lineage) Cut() int { return max(0, len(l.Rows)-lineageMost) }

// Listed are the rows shown in the list.
func (l *lineage) Listed() []lineageNode { return l.Rows[:min(len(l.Rows), descentsShown)] }

// Unlisted is the number of rows that the list leaves out.
func (l *lineage) Unlisted() int { return len(l.Rows) - len(l.Listed()) }

// svg draws the lineage: articles from left to right by date, each below its parent. Each edge links to the two passages side by side.
func (l *lineage) svg(p strip) string {
	rows := l.Rows[:min(len(l.Rows), lineageMost)]
	var b strings.Builder
	height := lineageTop + lineageRow*len(rows) + 8
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" class="%s" viewBox="0 0 %d %d" width="%d" height="%d" font-size="13" role="group" aria-label="Origins and copies, by date">`, p.class, p.width, height, p.width, height)
	days := l.last.Sub(l.first).Hours() / 24
	x := func(r *lineageNode) float64 {
		day, ok := r.Article.Published.Day()
		if !ok || days <= 0 {
			return float64(p.left) + float64(min(r.Depth, 8))*(p.step+4)
		}
		return float64(p.left) + day.Sub(l.first).Hours()/24/days*(float64(p.width-p.left-p.right)-8*p.step) + float64(min(r.Depth, 8))*p.step
	}
	y := func(i int) int { return lineageTop + lineageRow*i + lineageRow/2 }
	if days > 0 {
		b.WriteString(`<g class="axis" fill="currentColor">`)
		fmt.Fprintf(&b, `<text x="%d" y="16">%s</text><text x="%d" y="16" text-anchor="end">%s</text>`, p.left-6, day(l.first), max(p.width-p.right, slimDays), day(l.last))
		fmt.Fprintf(&b, `<path d="M%d 24H%d" stroke="currentColor"/></g>`, p.left-6, max(p.width-p.right, slimDays))
	}
	for i := range rows {
		r := &rows[i]
		px, py := x(r), y(i)
		words := clip(cmp.Or(r.Article.Outlet, "outlet unknown"), p.clip)
		if r.Share > 0 {
			words += " · " + percent(r.Share)
		}
		if r.parent < 0 {
			words += " · origin"
		}
		if r.parent >= 0 {
			open := `<g class="edge">`
			if r.Beside != "" {
				var h strings.Builder
				writeXML(&h, r.Beside)
				open = `<a class="edge" href="` + h.String() + `" aria-label="`
				h.Reset()
				writeXML(&h, words+" from "+r.Of+": side by side")
				open += h.String() + `">`
			}
			b.WriteString(open)
			up := x(&rows[r.parent])
			fmt.Fprintf(&b, `<path class="hit" d="M%.1f %dV%dH%.1f" fill="none" stroke="transparent" stroke-width="10"/><path d="M%.1f %dV%dH%.1f" fill="none" stroke="currentColor" stroke-width="%.1f"/>`,
				up, y(r.parent)+5, py, px-5, up, y(r.parent)+5, py, px-5, 1+2.5*max(0, min(r.Share, 1)))
			fmt.Fprintf(&b, `<circle cx="%.1f" cy="%d" r="5" fill="currentColor"/>`, px, py)
		} else {
			b.WriteString(`<g class="root">`)
			fmt.Fprintf(&b, `<path d="M%.1f %dh12v12h-12z" fill="currentColor"/>`, px-6, py-6)
		}
		fmt.Fprintf(&b, `<text class="ink" x="%.1f" y="%d">`, px+11, py+4)
		writeXML(&b, words)
		b.WriteString("</text>")
		switch {
		case r.parent < 0, r.Beside == "":
			b.WriteString("</g>")
		default:
			b.WriteString("</a>")
		}
	}
	b.WriteString("</svg>")
	return b.String()
}
