package serve

import (
	"bytes"
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/export"
	"github.com/onrecord/onrecord/ledger"
)

// A sheet is a table of the rows on a page, for programs and spreadsheets.
type sheet struct {
	Name    string
	Columns []string
	Len     int
	Row     func(i int) []any
}

// A sheeted page offers its rows as tables.
type sheeted interface{ sheets() []sheet }

// A download is the addresses of a sheet, by format.
type download struct {
	Name  string
	Rows  int
	Files []formatHref
}

// A formatHref is the address of a sheet in one of the formats of [export.ForSheets].
type formatHref struct{ Format, Href string }

// downloads are the addresses of a page's sheets in each format, and of one file with all of them if there are several and a format allows.
func downloads(page any, at *url.URL) (list []download, workbook string) {
	s, ok := page.(sheeted)
	if !ok {
		return nil, ""
	}
	address := func(name string, f export.Format) formatHref {
		q := at.Query()
		q.Set("table", name)
		q.Set("as", f.Name)
		return formatHref{strings.ToUpper(f.Name), at.Path + "?" + q.Encode()}
	}
	formats := export.ForSheets()
	for _, t := range s.sheets() {
		if t.Len == 0 {
			continue
		}
		d := download{Name: t.Name, Rows: t.Len}
		for _, f := range formats {
			d.Files = append(d.Files, address(t.Name, f))
		}
		list = append(list, d)
	}
	if many := slices.IndexFunc(formats, func(f export.Format) bool { return f.Many }); len(list) > 1 && many >= 0 {
		workbook = address("", formats[many]).Href
	}
	return list, workbook
}

// A tableFile is a sheet, or several, as a file.
type tableFile struct {
	name, kind string
	data       []byte
}

func (t *tableFile) send(w http.ResponseWriter) {
	w.Header().Set("Content-Type", t.kind)
	if t.name != "" {
		w.Header().Set("Content-Disposition", `attachment; filename="`+t.name+`"`)
	}
	_, _ = w.Write(t.data)
}

// makeFile renders a sheet in a format of [export.ForSheets]; without a name, all sheets as one file if the format allows; a citation also
// in each of its forms.
func makeFile(page any, q url.Values) (*tableFile, error) {
	form := q.Get("as")
	if c, ok := page.(*citePage); ok {
		if f := c.form(form); f != nil {
			return f, nil
		}
	}
	var all []sheet
	if s, ok := page.(sheeted); ok {
		all = s.sheets()
	}
	name := q.Get("table")
	format, known := export.Find(export.ForSheets(), form)
	if !known || name != "" || !format.Many || len(all) == 0 { // one of them
		i := slices.IndexFunc(all, func(t sheet) bool { return t.Name == name })
		if i < 0 {
			return nil, badRequest("This page has no table “" + clip(name, 80) + "”.")
		}
		all = all[i : i+1]
	}
	if !known {
		return nil, badRequest("Unknown format “" + clip(form, 80) + "”: use " + strings.ReplaceAll(export.Names(export.ForSheets()), ",", ", ") + ".")
	}
	list := make([]export.Sheet, len(all))
	for i := range all {
		list[i] = all[i].export()
	}
	var b bytes.Buffer
	err := format.Sheets(&b, list...)
	return &tableFile{cmp.Or(name, "onrecord") + "." + format.Name, format.Type, b.Bytes()}, err
}

// packedTypes are the media types of formats that are compressed already.
func packedTypes() (types []string) {
	for _, f := range export.ForSheets() {
		if f.Packed {
			types = append(types, f.Type)
		}
	}
	return types
}

// export is the sheet with the names of its columns as the first row.
func (t *sheet) export() export.Sheet {
	return export.Sheet{Name: t.Name, Rows: func(yield func([]any) bool) {
		names := make([]any, len(t.Columns))
		for k, c := range t.Columns {
			names[k] = c
		}
		if !yield(names) {
			return
		}
		for i := range t.Len {
			if !yield(t.Row(i)) {
				return
			}
		}
	}}
}

// known is nil for the zero value, which means unknown: null, or an empty cell.
func known[T comparable](v T) any {
	var unknown T
	if v == unknown {
		return nil
	}
	return v
}

func statementSheet(lines []line) sheet {
	return sheet{"statements", []string{"id", "article", "outlet", "published", "title", "kind", "stance", "speaker", "speaker_name", "named", "source", "content", "drift", "confidence", "utterance", "speaker_confidence", "addressee", "unnamed", "anonymity", "address"}, len(lines), func(i int) []any {
		l := &lines[i]
		return []any{
			l.ID, l.Article, known(l.Outlet), known(l.Published), known(l.Title), l.Kind, l.Stance, known(l.Speaker), known(l.SpeakerName), l.Named,
			known(l.SourceWords), known(l.Full()), inWords(l.Drift), l.Confidence, known(l.Utterance),
			speakerConfidence(&l.StatementRow), known(l.To), list(l.Unnamed), known(l.Reason), "/statement/" + l.ID,
		}
	}}
}

// speakerConfidence is the confidence of a statement's speaker, nil without a speaker.
func speakerConfidence(s *ledger.StatementRow) any {
	if s.ArticleSpeaker == "" {
		return nil
	}
	return s.SpeakerConfidence
}

func figureSheet(figures []figureLine) sheet {
	return sheet{"figures", []string{"id", "article", "outlet", "published", "title", "text", "low", "high", "comparator", "change", "unit", "in_other_units", "thing", "complement", "as_of_from", "as_of_to", "speaker_name", "republished", "confidence", "measure", "address"}, len(figures), func(i int) []any {
		a := &figures[i]
		var speaker any
		if a.Speaker != nil {
			speaker = known(a.Speaker.SpeakerName)
		}
		return []any{
			a.ID, a.Article, known(a.Outlet), known(a.Published), known(a.Title), a.Words, a.Low, a.High, a.Comparator, known(a.Change), a.Unit, known(a.Also()), known(a.Thing),
			a.Complement, dayOrNil(a.AsOf.From), dayOrNil(a.AsOf.To), speaker, a.Republished != "", a.Confidence, known(a.Measure), "/figure/" + a.ID,
		}
	}}
}

func articleSheet(articles []ledger.ArticleRow) sheet {
	return sheet{"articles", []string{"id", "url", "outlet", "published", "title", "byline", "language", "report", "address"}, len(articles), func(i int) []any {
		a := &articles[i]
		return []any{
			a.ID, known(a.URL), known(a.Outlet), known(a.Published.Value), known(a.Title), known(a.Byline), known(a.Language), known(a.Report), "/article/" + a.ID,
		}
	}}
}

func disputeSheet(disputes []dispute) sheet {
	return sheet{"disputes", []string{"id", "kind", "one_side", "other_side", "basis", "confidence", "address"}, len(disputes), func(i int) []any {
		d := &disputes[i]
		return []any{d.ID, d.Kind, list(d.Dispute.Sides[0]), list(d.Dispute.Sides[1]), known(d.Basis), d.Confidence, "/dispute/" + d.ID}
	}}
}

func copySheet(copies []pairing) sheet {
	return sheet{"copies", []string{"id", "article", "outlet", "published", "origin", "origin_outlet", "origin_published", "kind", "share", "passages", "basis", "confidence"}, len(copies), func(i int) []any {
		c := &copies[i]
		return []any{
			c.ID, c.Article, known(c.Copying.Outlet), known(c.Copying.Published.Value), c.Origin, known(c.Copied.Outlet), known(c.Copied.Published.Value),
			c.Kind, c.Share, len(c.Passages), list(c.Basis), c.Confidence,
		}
	}}
}

func passageSheet(passages []ledger.Passage) sheet {
	return sheet{"statements", []string{"id", "article", "outlet", "published", "title", "kind", "stance", "speaker", "speaker_name", "named", "content", "around", "confidence", "utterance", "speaker_confidence", "unnamed", "address"}, len(passages), func(i int) []any {
		p := &passages[i]
		return []any{
			p.ID, p.Article, known(p.Outlet), known(p.Published.Value), known(p.Title), p.Kind, p.Stance, known(p.Speaker), known(p.SpeakerName), p.Named,
			known(clip(p.Text, wholeQuote)), known(clip(p.Around, wholeQuote)), p.Confidence, known(p.Utterance), speakerConfidence(&p.StatementRow), list(p.Unnamed), "/statement/" + p.ID,
		}
	}}
}

func (p *storyPage) sheets() []sheet {
	var lines []line
	for _, v := range p.Groups {
		for _, t := range v.Utterances {
			lines = append(lines, t.Lines...)
		}
	}
	var figures []figureLine
	for _, m := range p.Measures {
		figures = append(figures, m.Lines...)
	}
	return []sheet{statementSheet(lines), figureSheet(append(figures, p.Unmeasured...)), disputeSheet(p.Disputes), copySheet(p.Copies), articleSheet(p.Articles)}
}

func (p *articlePage) sheets() []sheet {
	return []sheet{statementSheet(p.Lines), figureSheet(p.Figures), copySheet(append(slices.Clone(p.From), p.To...))}
}

func (p *speakerPage) sheets() []sheet {
	return []sheet{passageSheet(p.Statements), disputeSheet(p.Disputes), {"named_in", []string{"article", "outlet", "published", "title", "places", "address"}, len(p.Named), func(i int) []any {
		n := &p.Named[i]
		return []any{n.Article, known(n.Outlet), known(p.SpokenOf[i].Article.Published.Value), known(n.Title), n.More + 1, n.Href}
	}}}
}

func (p *speakersPage) sheets() []sheet {
	return []sheet{{"speakers", []string{"id", "name", "kind", "roles", "aliases", "statements", "articles", "spoken_of", "confidence", "address"}, len(p.Rows), func(i int) []any {
		r := &p.Rows[i]
		return []any{r.ID, known(r.Name), r.Kind, list(r.Roles), list(r.Aliases), r.Statements, r.Articles, r.SpokenOf, r.Confidence, "/speaker/" + r.ID}
	}}}
}

func (p *refusedPage) sheets() []sheet {
	return []sheet{{"refused", []string{"file", "line", "reason"}, len(p.Rows), func(i int) []any {
		r := &p.Rows[i]
		return []any{r.File, r.Line, r.Reason}
	}}}
}

func (p *storiesPage) sheets() []sheet {
	return []sheet{{"stories", []string{"id", "title", "articles", "reports", "statements", "figures", "new_figures", "speakers", "disputes", "first", "last", "outlets", "confidence", "address"}, len(p.Rows), func(i int) []any {
		r := &p.Rows[i]
		return []any{
			r.ID, known(r.Title), r.Articles, known(r.Reports), r.Statements, r.Figures, r.NewFigures, r.Speakers, r.Disputes, dayOrNil(r.First), dayOrNil(r.Last), list(r.Outlets), r.Confidence, "/story/" + r.ID,
		}
	}}}
}

func (p *searchPage) sheets() []sheet {
	return []sheet{{"results", []string{"kind", "id", "article", "outlet", "published", "title", "speaker_name", "snippet", "address"}, len(p.Hits), func(i int) []any {
		h := &p.Hits[i]
		return []any{h.Kind, h.ID, h.Article, known(h.Outlet), known(h.Published.Value), known(h.Title), known(h.Speaker), h.Snippet, h.Href}
	}}}
}
