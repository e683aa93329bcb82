package source

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/internal/sentinel"
	"github.com/onrecord/onrecord/page"
	"github.com/onrecord/onrecord/source/office"
)

// columns are the names of columns of tables, in lower case and with spaces for signs between words, by the fields that they mean. Some
// are those of Media Cloud's and GDELT's lists of articles, of press databases and of archives of posts.
var columns = map[string][]string{
	"text":      {"text", "body", "content", "full text", "fulltext", "article", "article text", "article body", "body text", "story"},
	"title":     {"title", "headline", "heading"},
	"url":       {"url", "link", "address", "article url", "permalink", "web address"},
	"outlet":    {"outlet", "source", "publication", "media name", "publisher", "newspaper", "domain"},
	"byline":    {"byline", "author", "authors", "by", "writer"},
	"published": {"published", "date", "day", "publish date", "publication date", "published at", "pub date", "pubdate", "published date", "seendate"},
	"language":  {"language", "lang"},
	"id":        {"id", "article id", "guid", "external id", "stories id"},
}

// A heading says which field a column of a table holds; "" for none that is read.
type heading []string

// headingOf reads the first row of a table. It is one where it names a column of texts, or of addresses and another.
func headingOf(cells []string) (heading, bool) {
	h := make(heading, len(cells))
	seen := map[string]int{}
	for i, c := range cells {
		name := strings.Join(strings.FieldsFunc(strings.ToLower(strings.TrimPrefix(c, "\ufeff")), func(r rune) bool { return r == ' ' || r == '_' || r == '-' }), " ")
		for field, names := range columns {
			for _, n := range names {
				if n == name && seen[field] == 0 {
					h[i] = field
				}
			}
		}
		if h[i] != "" {
			seen[h[i]]++
		}
	}
	return h, seen["text"] > 0 && len(cells) > 1 || seen["url"] > 0 && len(seen) > 1
}

func (h heading) has(field string) bool {
	for _, f := range h {
		if f == field {
			return true
		}
	}
	return false
}

// delimiters are what may stand between the cells of a row.
const delimiters = ",;\t|"

// delimiterOf is what stands between the cells of a table, by its first row; 0 where it is no table that is read.
func delimiterOf(head []byte) rune {
	first, _, whole := bytes.Cut(head, []byte{'\n'})
	if !whole && len(head) >= headBytes-3 {
		return 0
	}
	for _, d := range delimiters {
		c := csv.NewReader(bytes.NewReader(first))
		c.Comma = d
		c.LazyQuotes = true
		if cells, err := c.Read(); err == nil {
			if _, ok := headingOf(cells); ok {
				return d
			}
		}
	}
	return 0
}

// isTable says whether a file begins with the names of a table's columns.
func isTable(head []byte) bool { return delimiterOf(head) != 0 || gdeltOf(head) != nil }

// gdeltOf are the columns of a table of GDELT, which names none: events 2.0, mentions 2.0, Global Knowledge Graph 2.1 (their codebooks),
// by how many there are and where the address stands. Nil where a file begins as none.
func gdeltOf(head []byte) heading {
	first, _, _ := bytes.Cut(head, []byte{'\n'})
	cells := strings.Split(strings.TrimRight(string(first), "\r"), "\t")
	for _, of := range []struct{ columns, url, day, outlet int }{{61, 60, 59, -1}, {16, 5, 2, 4}, {27, 4, 1, 3}} {
		if len(cells) == of.columns && isURL(cells[of.url]) {
			h := make(heading, of.columns)
			h[of.url], h[of.day] = "url", "published"
			if of.outlet >= 0 {
				h[of.outlet] = "outlet"
			}
			return h
		}
	}
	return nil
}

const errHeading sentinel.Error = "a table whose first row does not name its columns: one is to be text, or url and another of title, published, outlet"

// table reads a table of articles (CSV, RFC 4180; or with semicolons or tabs): an article a row, or where it has no texts a list.
func (r *reader) table() {
	if err := r.utf8(); err != nil {
		r.refuse(0, err)
		return
	}
	head, _ := r.in.Peek(headBytes)
	head = bytes.TrimLeft(head, "\r\n")
	delimiter, h := delimiterOf(head), gdeltOf(head)
	if h != nil {
		delimiter = '\t'
	}
	if delimiter == 0 {
		if len(bytes.TrimSpace(head)) > 0 {
			r.refuse(1, errHeading)
		}
		return
	}
	src := &lineReader{r: r.in, left: MaxJSON}
	c := csv.NewReader(src)
	c.Comma = delimiter
	c.FieldsPerRecord = -1
	c.LazyQuotes = true
	for {
		cells, err := c.Read()
		src.left = MaxJSON
		var syntax *csv.ParseError
		switch {
		case err == io.EOF, r.ctx.Err() != nil:
			return
		case errors.As(err, &syntax):
			if !r.refuse(syntax.StartLine, fmt.Errorf("not a row of a table: %w", syntax.Err)) {
				return
			}
			continue
		case err != nil:
			line, _ := c.FieldPos(0)
			r.refuse(line, err)
			return
		}
		line, _ := c.FieldPos(0)
		if h == nil {
			h, _ = headingOf(cells)
			continue
		}
		if !r.row(h, cells, line, "") {
			return
		}
	}
}

// row hands over the article of a row of a table, or what it lists; within names the sheet in refusals.
func (r *reader) row(h heading, cells []string, line int, within string) bool {
	a := &onrecord.Article{}
	var published string
	fields := fieldsOf(a, &published)
	empty := true
	for i, cell := range cells {
		if empty = empty && blank(cell); i >= len(h) || h[i] == "" {
			continue
		}
		to := fields[h[i]]
		if *to = cell; !utf8.ValidString(cell) {
			text, err := decode([]byte(cell))
			if err != nil {
				return r.refuse(line, fmt.Errorf("%s%s: %w", within, h[i], err))
			}
			*to = text
		}
		if err := bound(h[i], to); err != nil {
			return r.refuse(line, fmt.Errorf("%s%s: %w", within, h[i], err))
		}
	}
	if empty {
		return true
	}
	if !h.has("text") {
		if !isURL(a.URL) {
			return r.refuse(line, fmt.Errorf("%surl: not a web address (http or https)", within))
		}
		if len(published) == len("20060102150405") { // GDELT's
			published = published[:8]
		}
		return r.listed(Listed{Line: line, URL: a.URL, Title: a.Title, Outlet: a.Outlet, Published: page.Published(published, "feed")})
	}
	note, err := given(a, published)
	if err == nil {
		err = limit(a)
	}
	if err != nil {
		return r.refuse(line, fmt.Errorf("%s%w", within, err))
	}
	return r.noted(a, line, note)
}

// maxHeading is among how many first rows of a sheet the names of the columns stand.
const maxHeading = 10

// workbook reads the sheets of a workbook that are tables of articles.
func (r *reader) workbook() {
	if r.zip == nil {
		r.refuse(0, errNotZip)
		return
	}
	var h heading
	sheet, rows, tables := "", 0, 0
	for row, err := range office.Excel(r.zip) {
		if r.ctx.Err() != nil {
			return
		}
		if err != nil {
			r.refuse(0, err)
			return
		}
		if row.Sheet != sheet {
			sheet, rows, h = row.Sheet, 0, nil
		}
		if rows++; h == nil {
			if names, ok := headingOf(row.Cells); ok && rows <= maxHeading {
				h = names
				tables++
			}
			continue
		}
		if !r.row(h, row.Cells, row.Line, fmt.Sprintf("sheet %.60q: ", sheet)) {
			return
		}
	}
	if tables == 0 {
		r.refuse(0, errHeading)
	}
}
