package serve

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

func TestFigureLeadsToItsPassage(t *testing.T) {
	r := coverage()
	h := New(r)
	f := r.readings[6].Article // an article without figures
	if rec := visit(h, "/figure/"+f.ID); rec.Code != http.StatusNotFound {
		t.Error("an article is no figure:", rec.Code)
	}
	x := r.readings[3].Figures[0]
	rec := visit(h, "/figure/"+x.ID)
	to, err := url.Parse(rec.Header().Get("Location"))
	if err != nil || rec.Code != http.StatusFound || to.Path != "/article/"+x.Article || to.Fragment != "f-"+x.ID {
		t.Fatal(rec.Code, to)
	}
	d := parse(t, visit(h, to.RequestURI()).Body.String())
	if d.ids[to.Fragment] != 1 || d.one("here") == nil || textOf(d.one("here")) != "Nine in ten cables" {
		t.Error("the figure is not lit")
	}
}

// sheetRows are the first cells of a workbook's sheet, counted from 1, with each one's type.
func sheetRows(t *testing.T, workbook []byte, sheet int) (first, types []string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(fmt.Sprintf("xl/worksheets/sheet%d.xml", sheet))
	if err != nil {
		t.Fatal(err)
	}
	var table struct {
		Rows []struct {
			Cells []struct {
				Type  string `xml:"t,attr"`
				Text  string `xml:"is>t"`
				Value string `xml:"v"`
			} `xml:"c"`
		} `xml:"sheetData>row"`
	}
	if err := xml.NewDecoder(f).Decode(&table); err != nil {
		t.Fatal(err)
	}
	for _, r := range table.Rows {
		first, types = append(first, r.Cells[0].Text+r.Cells[0].Value), append(types, r.Cells[0].Type)
	}
	return first, types
}

// TestTables takes every table of every page as CSV, XLSX and JSON: all have the same rows, and no cell is a formula.
func TestTables(t *testing.T) {
	for name, r := range map[string]*record{"coverage": coverage(), "hostile": hostile()} {
		h := New(r)
		paths := []string{"/story/" + r.links.Stories[0].ID, "/utterance/" + r.links.Utterances[0].ID, "/measure/" + r.links.Measures[0].ID, "/dispute/" + r.links.Disputes[0].ID, "/article/" + r.readings[0].Article.ID, "/speakers", "/"}
		tables := map[string]bool{}
		for _, path := range paths {
			for _, l := range parse(t, visit(h, path).Body.String()).links {
				u, err := url.Parse(l)
				if err != nil {
					continue
				}
				if u.Query().Get("as") != "csv" {
					continue
				}
				table := u.Query().Get("table")
				tables[table] = true
				rec := visit(h, l)
				rows, err := csv.NewReader(rec.Body).ReadAll()
				if err != nil || rec.Code != http.StatusOK || rec.Header().Get("Content-Disposition") != `attachment; filename="`+table+`.csv"` {
					t.Fatalf("%s: %d %v", l, rec.Code, err)
				}
				var objects []map[string]any
				if err := json.Unmarshal(visit(h, strings.Replace(l, "as=csv", "as=json", 1)).Body.Bytes(), &objects); err != nil {
					t.Fatalf("%s: %v", l, err)
				}
				book := visit(h, strings.Replace(l, "as=csv", "as=xlsx", 1))
				first, types := sheetRows(t, book.Body.Bytes(), 1)
				for i, c := range first {
					if strings.TrimPrefix(rows[i][0], "'") != c || types[i] != "inlineStr" {
						t.Errorf("%s: row %d is %q in XLSX, %q in CSV", l, i, c, rows[i][0])
					}
				}
				if len(first) != len(rows) || book.Header().Get("Content-Disposition") != `attachment; filename="`+table+`.xlsx"` {
					t.Errorf("%s: %d rows in XLSX, %d in CSV: %v", l, len(first), len(rows), book.Header())
				}
				if len(objects) != len(rows)-1 || len(objects) == 0 {
					t.Errorf("%s %s: %d objects, %d rows", name, l, len(objects), len(rows)-1)
				}
				for i, row := range rows[1:] {
					for k, c := range row {
						if _, known := objects[i][rows[0][k]]; !known {
							t.Errorf("%s: row %d has no %s", l, i, rows[0][k])
						}
						if len(c) > 1 && strings.ContainsRune("=+-@", rune(c[0])) { // a sign alone is a comparator
							t.Errorf("%s: the cell %q is a formula", l, c)
						}
					}
				}
			}
		}
		for _, want := range []string{"statements", "figures", "disputes", "copies", "articles", "coverage", "speakers", "stories"} {
			if !tables[want] {
				t.Errorf("%s: no table of %s", name, want)
			}
		}
	}
	h := New(coverage())
	for _, path := range []string{"/?as=csv&table=nothing", "/?as=xls&table=stories", "/api?as=xlsx", "/api?as=csv", "/?as="} {
		if rec := visit(h, path); rec.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", path, rec.Code)
		}
	}
	r := coverage()
	rec := visit(h, "/story/"+r.links.Stories[0].ID+"?as=xlsx")
	if articles, _ := sheetRows(t, rec.Body.Bytes(), 5); len(articles) != 9 || articles[1] != r.readings[0].Article.ID || rec.Header().Get("Content-Type") != "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" {
		t.Errorf("the workbook of the story has the articles %q", articles)
	}
}

func TestPictureOfAMeasure(t *testing.T) {
	for name, r := range map[string]*record{"coverage": coverage(), "hostile": hostile()} {
		m := r.links.Measures[0]
		rec := visit(New(r), "/measure/"+m.ID+"/chart.svg")
		if name == "hostile" && rec.Code == http.StatusNotFound { // it has no day
			continue
		}
		if rec.Code != http.StatusOK || rec.Header().Get("Content-Type") != "image/svg+xml" {
			t.Fatal(rec.Code, rec.Header())
		}
		counts := map[string]int{}
		for dec := xml.NewDecoder(rec.Body); ; {
			x, err := dec.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			if e, ok := x.(xml.StartElement); ok {
				counts[e.Name.Local]++
			}
		}
		if counts["a"] != 0 || counts["script"] != 0 || counts["title"] == 0 || counts["title"] > len(m.Figures) {
			t.Errorf("%s: %v", name, counts)
		}
	}
	r := coverage()
	d := parse(t, visit(New(r), "/measure/"+r.links.Measures[0].ID).Body.String())
	charts := 0
	for n := range d.Descendants() {
		if n.Type != html.ElementNode || n.Data != "svg" || !slices.Contains(strings.Fields(attr(n, "class")), "chart") {
			continue
		}
		charts++
		var hollow, links int
		for n := range n.Descendants() {
			if n.Type == html.ElementNode && attr(n, "class") == "hollow" {
				hollow++
			}
			if n.Type == html.ElementNode && n.Data == "a" && strings.HasPrefix(attr(n, "href"), "/figure/") && attr(n, "aria-label") != "" {
				links += len(strings.Split(attr(n, "aria-label"), "; "))
			}
		}
		if links != len(r.links.Measures[0].Figures) || hollow != 1 { // the legend's: the copy stands where its origin does
			t.Errorf("%d figures in marks with links, %d hollow", links, hollow)
		}
	}
	if charts != 2 {
		t.Errorf("%d charts, want a wide and a slim one", charts)
	}
	if rec := visit(New(r), "/measure/"+r.links.Measures[0].ID+"?by=moon"); rec.Code != http.StatusBadRequest {
		t.Error(rec.Code)
	}
}

// TestClaimStandsFirst: a denial is shown after what it denies, whichever side the record keeps it on.
func TestClaimStandsFirst(t *testing.T) {
	for _, turned := range []bool{false, true} {
		r := coverage()
		x := &r.links.Disputes[0]
		if turned {
			x.Sides[0], x.Sides[1] = x.Sides[1], x.Sides[0]
		}
		text := textOf(well(t, "dispute", visit(New(r), "/dispute/"+x.ID)).Node)
		claim, denial := strings.Index(text, "the ministry had known since last autumn"), strings.Index(text, "his ministry had known of corrosion")
		if head := strings.Index(text, "The denial"); claim < 0 || claim > head || denial < head {
			t.Errorf("claim at %d, head of the denial at %d, denial at %d", claim, head, denial)
		}
	}
}

// TestShortContentHasWordsAround: "this" alone says nothing of what is denied.
func TestShortContentHasWordsAround(t *testing.T) {
	r := &record{links: onrecord.Links{SpeakerOf: map[string]string{}}}
	d := r.article("Quill Wire", "2031-03-04", "Denied", "The port had lost ten boats, residents said.\n\nThe harbour office denies this.")
	claim := d.says("", "indirect asserts", "residents", "said", "The port had lost ten boats").ID
	denial := d.says("", "indirect denies", "The harbour office", "denies", "this").ID
	r.links.Disputes = []onrecord.Dispute{{ID: "d1", Kind: onrecord.Denial, Sides: [2][]string{{denial}, {claim}}}}
	if text := textOf(well(t, "dispute", visit(New(r), "/dispute/d1")).Node); strings.Count(text, "The harbour office denies this.") != 2 {
		t.Error(text)
	}
}

// Marks of one day and value stand in one place on that day, with their number; what is withdrawn is struck through and not the current
// value, which is written out.
func TestMarksStandOnTheirDay(t *testing.T) {
	figure := func(id, day, origin string, v float64, withdrawn bool) figureLine {
		return figureLine{FigureRow: ledger.FigureRow{Figure: onrecord.Figure{ID: id, Low: v, High: v, Comparator: "="}}, Said: number(v) + " dead", Published: day, Origin: origin, Withdrawn: withdrawn}
	}
	m := &measure{Lines: []figureLine{
		figure("f1", "2031-03-04", "Quill", 55, false), figure("f2", "2031-03-04", "Quill", 55, false), figure("f3", "2031-03-04", "Sallow", 55, false), figure("f4", "2031-03-04", "Sallow", 62, false),
		figure("f5", "2031-03-09", "Quill", 58, false), figure("f6", "2031-03-10", "Quill", 99, true),
	}}
	svg := newChart(m, byPublished).svg(widePlot(), true)
	for what, n := range map[string]int{">×3<": 1, ">×": 1, `class="struck"`: 1, "58 dead</text>": 1, "99 dead</text>": 0, `<a href="/figure/`: 5, "withdrawn\">": 1} {
		if got := strings.Count(svg, what); got != n {
			t.Errorf("%q: %d, want %d", what, got, n)
		}
	}
	if spark := newChart(m, byPublished).spark(); strings.Count(spark, "<circle") != 4 || strings.Count(spark, `fill="currentColor"/>`) != 1 {
		t.Error(spark)
	}
	if withdrawn(&onrecord.Measure{Basis: []string{"62 is withdrawn in Quill of 2031-03-10"}}, &figureLine{FigureRow: ledger.FigureRow{Figure: onrecord.Figure{Low: 62, High: 62}}, Outlet: "Quill", Published: "2031-03-10T08:00:00Z"}) != true {
		t.Error("a withdrawn figure is not known as such")
	}
}

func TestScaled(t *testing.T) {
	for _, c := range []struct {
		f          onrecord.Figure
		complement bool
		unit       string
		low, high  float64
		sign       string
	}{
		{onrecord.Figure{Low: 90, High: 90, Unit: "percent", Comparator: ">"}, true, "percent", 10, 10, "<"},
		{onrecord.Figure{Low: 0.25, High: 0.5, Comparator: "="}, true, "percent", 50, 75, "="},
		{onrecord.Figure{Low: 0.25, High: 0.25, Comparator: "~"}, false, "percent", 25, 25, "~"},
		{onrecord.Figure{Low: 40, High: 40, Unit: "percent", Comparator: "<"}, true, "", 0.6, 0.6, ">"},
		{onrecord.Figure{Low: 12, High: 15, Unit: "", Comparator: "="}, false, "", 12, 15, "="},
	} {
		low, high, sign := scaled(&c.f, c.complement, c.unit)
		if math.Abs(low-c.low)+math.Abs(high-c.high) > 1e-9 || sign != c.sign {
			t.Errorf("%+v: %v to %v, %s", c, low, high, sign)
		}
	}
}

// TestAnyChartIsWellFormed draws whatever values and days there may be.
func TestAnyChartIsWellFormed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &measure{Measure: onrecord.Measure{Label: rapid.String().Draw(t, "label"), Unit: rapid.SampledFrom([]string{"", "percent", "\x00<"}).Draw(t, "unit")}}
		for range rapid.IntRange(1, 12).Draw(t, "n") {
			a := figureLine{Published: rapid.SampledFrom([]string{"", "2031-03-04", "2031-03-05", "0001-01-01", "9999-12-31", "1500-02-01", "x"}).Draw(t, "day"), Origin: rapid.String().Draw(t, "origin")}
			a.Low = rapid.Float64().Draw(t, "low")
			a.High = a.Low + rapid.Float64Range(0, 100).Draw(t, "width")
			a.Comparator = rapid.SampledFrom([]string{"=", "<", ">", "~"}).Draw(t, "sign")
			m.Lines = append(m.Lines, a)
		}
		c := newChart(m, byPublished)
		if len(c.points)+c.Undrawn != len(m.Lines) {
			t.Fatal("answers are lost")
		}
		if c.Nil() {
			return
		}
		for _, links := range []bool{true, false} {
			s := c.svg(widePlot(), links)
			for dec := xml.NewDecoder(strings.NewReader(s)); ; {
				_, err := dec.Token()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatalf("%v in %s", err, s)
				}
			}
			if strings.Contains(s, "NaN") || strings.Contains(s, "Inf") {
				t.Fatal(s)
			}
		}
	})
}

func TestSideBySide(t *testing.T) {
	r := coverage()
	h := New(r)
	c := r.links.Copies[1]
	a, b := r.reading(c.Origin).Article, r.reading(c.Article).Article
	oa, ob := newOffsets(a.Text), newOffsets(b.Text)
	place := func(o *offsets, id string, s onrecord.Span) string {
		d := &index{offsets: map[string]*offsets{id: o}}
		return d.spanPlace(id, s)
	}
	path := besideHref(place(oa, a.ID, c.Passages[0].Origin), place(ob, b.ID, c.Passages[0].Span))
	d := well(t, path, visit(h, path))
	var lit, changed []string
	for n := range d.Descendants() {
		if n.Type != html.ElementNode || n.Data != "mark" {
			continue
		}
		classes := strings.Fields(attr(n, "class"))
		if slices.Contains(classes, "here") {
			lit = append(lit, textOf(n))
			if slices.Contains(classes, "drift") {
				changed = append(changed, textOf(n))
			}
		}
	}
	if got, want := strings.Join(lit, ""), c.Passages[0].Origin.Of(a.Text)+c.Passages[0].Span.Of(b.Text); got != want {
		t.Errorf("lit is %q, want %q", got, want)
	}
	if got := strings.Join(changed, "|"); got != "we have opened so far|that" {
		t.Errorf("changed is %q", got)
	}
	if text := textOf(d.Node); !strings.Contains(text, "31%") || !strings.Contains(text, "shared passages") {
		t.Error("the copy between them is not named")
	}
	for _, q := range []string{"", "?a=" + a.ID + ":0-10", "?a=x&b=y", "?a=" + a.ID + ":0-10&b=" + a.ID + ":5-5", "?a=" + a.ID + ":0-10&b=" + a.ID + ":5-99999"} {
		if rec := visit(h, "/side-by-side"+q); rec.Code != http.StatusBadRequest {
			t.Errorf("%q: %d", q, rec.Code)
		}
	}
	if rec := visit(h, "/side-by-side?a=a0:1-2&b=a0:1-2"); rec.Code != http.StatusNotFound {
		t.Error(rec.Code)
	}
}

// TestDifferences: taking the marked words away leaves the same words on both sides.
func TestDifferences(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOf(rapid.SampledFrom([]string{"ten", "boats", "“sank”,", "more", "than", "7.5", "%", "قال"}))
		a, b := strings.Join(words.Draw(t, "a"), " "), strings.Join(words.Draw(t, "b"), " ")
		inA, inB := differences(a, b)
		rest := func(s string, marks []mark) (out []string) {
			for _, w := range wordSpans(s) {
				if !slices.ContainsFunc(marks, func(m mark) bool { return m.Contains(w) }) {
					out = append(out, w.Of(s))
				}
			}
			return out
		}
		if x, y := rest(a, inA), rest(b, inB); !slices.Equal(x, y) {
			t.Fatalf("%q and %q leave %q and %q", a, b, x, y)
		}
	})
}

func TestCitationAsText(t *testing.T) {
	r := coverage()
	h := New(r)
	s := r.readings[3].Statements[0]
	rec := visit(h, "/cite/"+s.ID+"?as=text")
	if rec.Code != http.StatusOK || rec.Header().Get("Content-Type") != "text/plain; charset=utf-8" || strings.Contains(rec.Body.String(), s.ID) || strings.Contains(rec.Body.String(), "\n") {
		t.Error(rec.Code, rec.Body)
	}
	for _, path := range []string{"/cite/s0", "/cite/x", "/cite/" + r.links.Utterances[0].ID} {
		if rec := visit(h, path); rec.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, rec.Code)
		}
	}
}

// bars are figures of one measure with every comparator, and a range.
func bars() *record {
	r := &record{links: onrecord.Links{SpeakerOf: map[string]string{}}}
	var points []onrecord.MeasurePoint
	for i, c := range []struct {
		outlet, words string
		figure        onrecord.Figure
	}{
		{"Harbour Post", "More than 400 boats", onrecord.Figure{Low: 400, Comparator: ">"}},
		{"Lantern", "350 to 520 boats", onrecord.Figure{Low: 350, High: 520}},
		{"Dale Gazette", "at most 600 boats", onrecord.Figure{Low: 600, Comparator: "<"}},
		{"Harbour Post", "About 430 boats", onrecord.Figure{Low: 430, Comparator: "~"}},
		{"Valley Mirror", "455 boats", onrecord.Figure{Low: 455}},
		{"Lantern", "at least 470 boats", onrecord.Figure{Low: 470, Comparator: ">"}},
	} {
		d := r.article(c.outlet, fmt.Sprintf("2031-03-0%d", i+1), "Boats in the sound", c.words+" lay in the sound.")
		c.figure.Thing = "boats"
		points = append(points, onrecord.MeasurePoint{Figure: d.figure(c.words, c.figure)})
	}
	r.links.Measures = []onrecord.Measure{{ID: "m1", Label: "boats in the sound", Figures: points}}
	return r
}

// TestBars: a range is a bar between its ends, "more than" and "less than" are bars from the value to the side that is open, on the
// page and in the file.
func TestBars(t *testing.T) {
	h := New(bars())
	file := visit(h, "/measure/m1/chart.svg").Body.String()
	page := visit(h, "/measure/m1").Body.String()
	for name, c := range map[string]struct {
		svg    string
		charts int
	}{"file": {file, 1}, "page": {page, 2}} {
		closed, open := strings.Count(c.svg, `class="bar"`), strings.Count(c.svg, `class="ajar"`)
		if closed != 2*c.charts || open != 5*c.charts { // one and two of them are the legend's
			t.Errorf("%s: %d closed bars, %d open ones", name, closed, open)
		}
		for _, words := range chartSigns() {
			if strings.Count(c.svg, words) != c.charts {
				t.Errorf("%s: the legend lacks %q", name, words)
			}
		}
	}
}

// TestUnknownOutletsAreNotOne: figures of two articles whose outlets are not known stand on two lines.
func TestUnknownOutletsAreNotOne(t *testing.T) {
	r := &record{links: onrecord.Links{SpeakerOf: map[string]string{}}}
	var points []onrecord.MeasurePoint
	for i, title := range []string{"First of all", "Second to none"} {
		d := r.article("", fmt.Sprintf("2031-03-0%d", i+1), title, fmt.Sprintf("Some %d percent of boats.", 40+i))
		points = append(points, onrecord.MeasurePoint{Figure: d.figure(fmt.Sprintf("%d percent", 40+i), onrecord.Figure{Low: float64(40 + i), Unit: "percent"})})
	}
	r.links.Measures = []onrecord.Measure{{ID: "m1", Label: "share of boats", Unit: "percent", Figures: points}}
	page := visit(New(r), "/measure/m1").Body.String()
	for _, line := range []string{"the article “First of all”", "the article “Second to none”"} {
		if !strings.Contains(page, line) {
			t.Errorf("no line for %s", line)
		}
	}
}
