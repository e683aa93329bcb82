package serve

import (
	"cmp"
	"context"
	"net/http"

	"github.com/onrecord/onrecord/desk"
)

// A citePage is a citation in its forms, each to be copied and downloaded.
type citePage struct {
	*desk.Citation
	Forms []citationForm
}

type citationForm struct {
	desk.CitationForm
	Text string
	Href string // of it as a file
}

// From and To are where the passage stands.
func (p *citePage) From() int { return p.Span[0] }

// To is where it ends.
func (p *citePage) To() int { return p.Span[1] }

func (p *citePage) sheets() []sheet {
	return []sheet{{"citation", []string{"row", "article", "passage", "start", "end", "speaker", "title", "outlet", "published", "url", "sha256", "address"}, 1, func(int) []any {
		a := &p.Article
		return []any{p.Row, a.ID, p.Passage, p.Span[0], p.Span[1], known(p.Speaker), known(a.Title), known(a.Outlet), known(a.Published.Value), known(cmp.Or(p.Web, a.URL)), p.Hash(), p.Path}
	}}}
}

// form is one of the forms as a file; text is the full one, for the clipboard.
func (p *citePage) form(name string) *tableFile {
	for _, f := range p.Forms {
		switch {
		case name == "text" && f.Name == "full":
			return &tableFile{"", f.Type, []byte(f.Text)}
		case name == f.Name:
			return &tableFile{"citation-" + p.Row + "." + f.Extension, f.Type, []byte(f.Text)}
		}
	}
	return nil
}

// cite is the page of the citation of a statement, a figure, or with ?span= of a passage of an article.
func (s *site) cite(r *http.Request) (string, *frame, error) {
	from, to, _ := parseSpan(r.URL.Query().Get("span"))
	c, err := desk.Cite(r.Context(), s.ledger, r.PathValue("id"), from, to)
	if err != nil {
		return "", nil, err
	}
	p := &citePage{Citation: c}
	for _, f := range desk.CitationForms() {
		q := r.URL.Query()
		q.Set("as", f.Name)
		p.Forms = append(p.Forms, citationForm{f, f.Write(c, addressOf(r)), r.URL.Path + "?" + q.Encode()})
	}
	return "cite.html", &frame{Title: "Citation", Nav: "stories", Page: p}, nil
}

// addressOf is where a request was sent to, as in http://127.0.0.1:7700.
func addressOf(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// What programs ask of a citation, and get.
type (
	citeInput struct {
		ID   string `path:"id" maxLength:"64" doc:"id of a statement, a figure or an article"`
		From int    `query:"from" minimum:"0" doc:"of an article: the first code point of the passage"`
		To   int    `query:"to" minimum:"0" doc:"the code point after its last; 0 for the beginning of the article"`
	}
	citeDetail struct {
		linkState
		Row       string            `json:"row"`
		Article   string            `json:"article"`
		Start     int               `json:"start"`
		End       int               `json:"end"`
		Passage   string            `json:"passage"`
		SHA256    string            `json:"sha256" doc:"of the article's text"`
		Path      string            `json:"path" doc:"of the page that shows the passage"`
		Citations map[string]string `json:"citations" doc:"by form: short, full, bibtex, csl, annotation, claimreview (a stub: fill in what is empty)"`
	}
)

func (s *site) apiCite(ctx context.Context, in *citeInput) (*citeDetail, error) {
	c, err := desk.Cite(ctx, s.full, in.ID, in.From, in.To)
	if err != nil {
		return nil, err
	}
	out := &citeDetail{Row: c.Row, Article: c.Article.ID, Start: c.Span[0], End: c.Span[1], Passage: c.Passage, SHA256: c.Hash(), Path: c.Path, Citations: map[string]string{}}
	for _, f := range desk.CitationForms() {
		out.Citations[f.Name] = f.Write(c, "")
	}
	return out, nil
}
