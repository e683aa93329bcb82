package serve

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/export"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/text"
)

// What the API answers with. Rows are those of the export contract; spans are in Unicode code points.
type (
	storySummary struct {
		ID         string   `json:"id"`
		Title      string   `json:"title"`
		Articles   int      `json:"articles"`
		Reports    *int     `json:"reports" doc:"independent reports: origins counted once; null while not determined"`
		Statements int      `json:"statements"`
		Figures    int      `json:"figures"`
		NewFigures int      `json:"new_figures" doc:"numbers that stand in an article of the last day and in none before"`
		Speakers   int      `json:"speakers"`
		Disputes   int      `json:"disputes"`
		Outlets    []string `json:"outlets"`
		First      *string  `json:"first" doc:"day of the first article; null when not known"`
		Last       *string  `json:"last" doc:"day of the last article; null when not known"`
	}
	storyList struct {
		linkState
		Total   int            `json:"total" doc:"stories that fit, on this page of the list or not"`
		Stories []storySummary `json:"stories"`
	}
	storyReport struct {
		ID       string   `json:"id"`
		Origin   string   `json:"origin" doc:"the article that the others go back to"`
		Articles []string `json:"articles"`
		Basis    []string `json:"basis"`
	}
	storyDetail struct {
		linkState
		Story      export.Story       `json:"story"`
		Articles   []export.Article   `json:"articles"`
		Speakers   []export.Speaker   `json:"speakers"`
		Statements []export.Statement `json:"statements"`
		Figures    []export.Figure    `json:"figures"`
		Copies     []export.Copy      `json:"copies"`
		Reports    []storyReport      `json:"reports"`
		Utterances []export.Utterance `json:"utterances"`
		Measures   []export.Measure   `json:"measures"`
		Disputes   []export.Dispute   `json:"disputes"`
	}
	articleVersion struct {
		ID      string `json:"id"`
		Version int    `json:"version" doc:"1 for the first text at its place"`
		Current bool   `json:"current" doc:"no newer version is known"`
	}
	articleAside struct {
		export.Span
		Kind string `json:"kind" doc:"credit, caption, notice, widget, copyright, dateline, byline"`
	}
	articleDetail struct {
		linkState
		Article    export.Article     `json:"article"`
		Text       string             `json:"text" doc:"the text as it was read, to the byte"`
		Versions   []articleVersion   `json:"versions"`
		Statements []export.Statement `json:"statements"`
		Figures    []export.Figure    `json:"figures"`
		Times      []export.Time      `json:"times"`
		Asides     []articleAside     `json:"asides" doc:"parts of the page that are not the news"`
		Copies     []export.Copy      `json:"copies" doc:"from and to this article"`
	}
	speakerList struct {
		linkState
		Speakers []export.Speaker `json:"speakers"`
	}
	passage struct {
		Statement export.Statement  `json:"statement"`
		Text      string            `json:"text" doc:"the content's text"`
		Title     string            `json:"title" doc:"of the article"`
		Outlet    string            `json:"outlet"`
		Published *export.Published `json:"published"`
		Story     *string           `json:"story"`
		Around    export.Span       `json:"around" doc:"the sentence or sentences that hold the statement"`
	}
	passageList struct {
		linkState
		Passages []passage `json:"passages"`
	}
	channelCount struct {
		Outlet     *string `json:"outlet"`
		Stance     string  `json:"stance"`
		Statements int     `json:"statements"`
	}
	speakerDetail struct {
		linkState
		Speaker    export.Speaker   `json:"speaker"`
		Total      int              `json:"total" doc:"statements that fit, given here or not"`
		Channels   []channelCount   `json:"channels" doc:"how many statements of each stance stand in each outlet"`
		Statements []passage        `json:"statements" doc:"newest first"`
		Disputed   int              `json:"disputed" doc:"disputes, given here or not"`
		Disputes   []export.Dispute `json:"disputes"`
		NamedIn    []articleMention `json:"named_in" doc:"articles that only speak of it, newest first; how many there are is spoken_of of the speaker"`
	}
	articleMention struct {
		Article   string            `json:"article"`
		Title     string            `json:"title"`
		Outlet    *string           `json:"outlet"`
		Published *export.Published `json:"published"`
		Spans     []export.Span     `json:"spans" doc:"where it is named or meant"`
	}
	matchSpan struct {
		Start int `json:"start"`
		End   int `json:"end"`
	}
	searchHit struct {
		Kind      string            `json:"kind" enum:"article,statement"`
		ID        string            `json:"id"`
		Article   string            `json:"article"`
		Title     string            `json:"title"`
		Outlet    string            `json:"outlet"`
		Published *export.Published `json:"published"`
		Speaker   *string           `json:"speaker" doc:"name, of a statement"`
		Snippet   string            `json:"snippet"`
		Found     []matchSpan       `json:"found" doc:"the words found, in code points of the snippet"`
	}
	searchResults struct {
		linkState
		Hits []searchHit `json:"hits"`
	}
)

// What the API is asked.
type (
	idInput struct {
		ID string `path:"id" maxLength:"64" doc:"id of the row"`
	}
	storiesInput struct {
		Outlet   string `query:"outlet" doc:"an article of this outlet is among them"`
		Speaker  string `query:"speaker" doc:"id or name of somebody who speaks in it"`
		Language string `query:"language" doc:"BCP 47"`
		From     string `query:"from" format:"date" doc:"day, included"`
		To       string `query:"to" format:"date" doc:"day, not included"`
		Limit    int    `query:"limit" minimum:"0" maximum:"1000" doc:"0: 50"`
		Offset   int    `query:"offset" minimum:"0" maximum:"100000000"`
	}
	speakersInput struct {
		Name   string `query:"name" doc:"part of a name or alias"`
		Who    voice  `query:"who" doc:"who speaks, or who is only spoken of"`
		Limit  int    `query:"limit" minimum:"0" maximum:"1000" doc:"0: 50"`
		Offset int    `query:"offset" minimum:"0" maximum:"100000000"`
	}
	speakerInput struct {
		ID            string `path:"id" maxLength:"64" doc:"id of the row"`
		Outlet        string `query:"outlet" doc:"statements in this outlet"`
		Stance        stance `query:"stance"`
		Limit         int    `query:"limit" minimum:"0" maximum:"1000" doc:"of statements; 0: 50"`
		Offset        int    `query:"offset" minimum:"0" maximum:"100000000"`
		DisputeLimit  int    `query:"dispute_limit" minimum:"0" maximum:"1000" doc:"0: 50"`
		DisputeOffset int    `query:"dispute_offset" minimum:"0" maximum:"100000000"`
		NamedLimit    int    `query:"named_limit" minimum:"0" maximum:"1000" doc:"of articles that only speak of it; 0: 50"`
		NamedOffset   int    `query:"named_offset" minimum:"0" maximum:"100000000"`
	}
	searchInput struct {
		Words   string `query:"q" required:"true" minLength:"1" doc:"words; in quotation marks, a phrase; at most 64 words and 1024 bytes"`
		Speaker string `query:"speaker"`
		Outlet  string `query:"outlet"`
		Kind    kind   `query:"kind"`
		Stance  stance `query:"stance"`

		Speech    bool    `query:"speech" doc:"only statements that report something said: not belief or intention alone"`
		Certainty float64 `query:"certainty" minimum:"0" maximum:"1" doc:"least confidence of a statement"`

		From  string `query:"from" format:"date" doc:"day, included"`
		To    string `query:"to" format:"date" doc:"day, not included"`
		Limit int    `query:"limit" minimum:"0" maximum:"1000" doc:"0: 50"`
	}
	passagesInput struct {
		IDs []string `query:"ids" required:"true" minItems:"1" maxItems:"500" doc:"ids of statements, commas between"`
	}
	output[T any] struct{ Body T }
)

// Parameters whose values are those of a vocabulary, or "" for any.
type (
	kind   string
	stance string
	voice  string // who speaks, or who is only spoken of
)

func (kind) Schema(huma.Registry) *huma.Schema   { return oneOf(terms.kinds) }
func (stance) Schema(huma.Registry) *huma.Schema { return oneOf(terms.stances) }
func (voice) Schema(huma.Registry) *huma.Schema  { return oneOf(terms.speakers) }

func oneOf(vocabulary []term) *huma.Schema {
	s := &huma.Schema{Type: huma.TypeString, Enum: []any{""}}
	for _, t := range vocabulary {
		s.Enum = append(s.Enum, t.Value)
	}
	s.PrecomputeMessages()
	return s
}

func init() { huma.DefaultArrayNullable = false } // an empty list is [], never null

// api adds the API and its description to the site.
func (s *site) api(mux *http.ServeMux) {
	config := huma.DefaultConfig("Onrecord", "1")
	config.Info.Description = "Who said what, which figures, which copies, which disputes, as the ledger keeps them. Rows are those of the " +
		"export contract. Spans are half-open, in Unicode code points of the article's text. What is not known is null."
	config.Info.License = &huma.License{Name: "Apache-2.0", Identifier: "Apache-2.0"}
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = "", "", "" // served below, without another's script
	config.CreateHooks = nil
	config.AllowAdditionalPropertiesByDefault = true // fields may be added
	api := humago.New(mux, config)

	get(s, api, "stories", "/stories", "Stories, newest first", s.apiStories)
	get(s, api, "story", "/stories/{id}", "One story with all its rows", s.apiStory)
	get(s, api, "article", "/articles/{id}", "One article with its text and rows", s.apiArticle)
	get(s, api, "speakers", "/speakers", "Speakers across articles, and who is only spoken of, by number of statements", s.apiSpeakers)
	get(s, api, "speaker", "/speakers/{id}", "One speaker with statements and disputes", s.apiSpeaker)
	get(s, api, "search", "/search", "Words in articles and statements, best first", s.apiSearch)
	get(s, api, "passages", "/passages", "Statements with the words around them, in the order asked for; unknown ids are left out", s.apiPassages)

	// The library cannot say that an object may be null; the contract has three that may.
	for _, schema := range api.OpenAPI().Components.Schemas.Map() {
		for _, name := range []string{"published", "said", "as_of"} {
			if p := schema.Properties[name]; p != nil && p.Ref != "" {
				schema.Properties[name] = &huma.Schema{AnyOf: []*huma.Schema{{Ref: p.Ref}, {Type: "null"}}}
			}
		}
	}
	description := map[string][]byte{
		"application/openapi+json": must(json.MarshalIndent(api.OpenAPI(), "", "  ")),
		"application/openapi+yaml": must(api.OpenAPI().YAML()),
	}
	for kind, data := range description {
		_, ext, _ := strings.Cut(kind, "+")
		mux.HandleFunc("GET /api/openapi."+ext, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", kind)
			_, _ = w.Write(data)
		})
	}
	mux.HandleFunc("GET /api/v1/", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/problem+json")
		w.WriteHeader(http.StatusNotFound)
		_ = json.NewEncoder(w).Encode(huma.Error404NotFound("the API has no such question; /api/openapi.json lists them"))
	})
	page := describe(api.OpenAPI())
	mux.HandleFunc("GET /api", s.page(func(*http.Request) (string, *frame, error) {
		return "api.html", &frame{Title: "API", Nav: "api", Page: page}, nil
	}))
}

// get adds a question to the API. Errors of the ledger become answers by RFC 9457.
func get[I, O any, P interface {
	*O
	setLinked(bool)
}](s *site, api huma.API, id, path, summary string, f func(context.Context, *I) (P, error)) {
	op := huma.Operation{OperationID: id, Method: http.MethodGet, Path: "/api/v1" + path, Summary: summary, Errors: []int{http.StatusBadRequest, http.StatusNotFound, http.StatusServiceUnavailable}}
	huma.Register(api, op, func(ctx context.Context, in *I) (*output[O], error) {
		out, err := f(ctx, in)
		if err == nil {
			var all bool
			all, err = linked(ctx, s.full)
			out.setLinked(all)
		}
		var b badRequest
		switch {
		case err == nil:
			return &output[O]{*out}, nil
		case errors.As(err, &b):
			return nil, huma.Error400BadRequest(string(b))
		case errors.Is(err, ledger.ErrNotFound):
			return nil, huma.Error404NotFound("nothing in this ledger has this id")
		case errors.Is(err, errBusy):
			return nil, huma.Error503ServiceUnavailable("too many searches are running: try again in a few seconds")
		case errors.Is(err, context.DeadlineExceeded):
			return nil, huma.Error503ServiceUnavailable("the query took too long and was stopped: narrow it down")
		}
		slog.Error("API failed", "operation", id, "error", err)
		return nil, huma.Error500InternalServerError("reading the ledger failed; the error is in the program's log")
	})
}

// A described operation, for the API's own page.
type described struct {
	Path, Summary string
	Example       string // address to try, where one needs no id
	Parameters    []describedParameter
}

type describedParameter struct {
	Name, In, About string
	Required        bool
}

func describe(o *huma.OpenAPI) (list []described) {
	for path, item := range o.Paths {
		d := described{Path: path, Summary: item.Get.Summary}
		if !strings.Contains(path, "{") && !slices.ContainsFunc(item.Get.Parameters, func(p *huma.Param) bool { return p.Required }) {
			d.Example = path
		}
		for _, p := range item.Get.Parameters {
			about := p.Description
			if n := len(p.Schema.Enum); n > 0 {
				var words []string
				for _, e := range p.Schema.Enum {
					if w, _ := e.(string); w != "" {
						words = append(words, w)
					}
				}
				about = strings.Join(words, ", ")
			}
			d.Parameters = append(d.Parameters, describedParameter{p.Name, p.In, about, p.Required})
		}
		list = append(list, d)
	}
	slices.SortFunc(list, func(a, b described) int { return strings.Compare(a.Path, b.Path) })
	return list
}

func (s *site) apiStories(ctx context.Context, in *storiesInput) (*storyList, error) {
	from, to := dates(in.From, in.To)
	rows, total, err := s.full.Stories(ctx, ledger.StoryFilter{
		Outlet: in.Outlet, Speaker: in.Speaker, Language: in.Language, From: from, To: to, Limit: in.Limit, Offset: in.Offset,
	})
	out := &storyList{Total: total, Stories: []storySummary{}}
	for _, r := range rows {
		out.Stories = append(out.Stories, storySummary{
			r.ID, r.Title, r.Articles, orNil(r.Reports), r.Statements, r.Figures, r.NewFigures, r.Speakers, r.Disputes, list(r.Outlets), dayOrNil(r.First), dayOrNil(r.Last),
		})
	}
	return out, err
}

func (s *site) apiStory(ctx context.Context, in *idInput) (*storyDetail, error) {
	v, err := s.full.Story(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	t := texts{}
	for i := range v.Articles {
		t[v.Articles[i].ID] = export.NewText(v.Articles[i].Text)
	}
	out := &storyDetail{
		Story:      export.FromStory(&v.Story),
		Articles:   each(v.Articles, export.FromArticle),
		Speakers:   each(v.Speakers, export.FromSpeaker),
		Statements: each(v.Statements, t.statement),
		Figures:    each(v.Figures, t.figure),
		Reports:    []storyReport{},
		Utterances: each(v.Utterances, export.FromUtterance),
		Measures:   each(v.Measures, export.FromMeasure),
		Disputes:   each(v.Disputes, export.FromDispute),
	}
	if out.Copies, err = s.apiCopies(ctx, v.Copies, t); err != nil {
		return nil, err
	}
	for _, r := range v.Reports {
		out.Reports = append(out.Reports, storyReport{r.ID, r.Origin, list(r.Articles), list(r.Basis)})
	}
	return out, nil
}

// apiCopies converts copies; texts that are not there yet are asked for. A copy whose origin the ledger no longer holds has no
// passages to count code points in, and is left out.
func (s *site) apiCopies(ctx context.Context, copies []onrecord.Copy, t texts) ([]export.Copy, error) {
	out := []export.Copy{}
	for i := range copies {
		c := &copies[i]
		err := cmp.Or(s.need(ctx, t, c.Article), s.need(ctx, t, c.Origin))
		if errors.Is(err, ledger.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, export.FromCopy(c, t[c.Article], t[c.Origin]))
	}
	return out, nil
}

// need adds the text of an article where it is not there yet.
func (s *site) need(ctx context.Context, t texts, article string) error {
	if t[article] != nil {
		return nil
	}
	v, err := s.full.Article(ctx, article)
	if err == nil {
		t[article] = export.NewText(v.Article.Text)
	}
	return err
}

func (s *site) apiArticle(ctx context.Context, in *idInput) (*articleDetail, error) {
	v, err := s.full.Article(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	text := export.NewText(v.Article.Text)
	t := texts{v.Article.ID: text}
	out := &articleDetail{
		Article:    export.FromArticle(&v.Article),
		Text:       v.Article.Text,
		Versions:   []articleVersion{},
		Statements: each(v.Statements, t.statement),
		Figures:    each(v.Figures, t.figure),
		Times:      each(v.Times, func(x *onrecord.Time) export.Time { return export.FromTime(x, text) }),
		Asides:     each(v.Asides, func(x *onrecord.Aside) articleAside { return articleAside{text.Span(x.Span), x.Kind} }),
	}
	for _, a := range v.Versions {
		out.Versions = append(out.Versions, articleVersion{a.ID, a.Version, a.Current})
	}
	out.Copies, err = s.apiCopies(ctx, v.Copies, t)
	return out, err
}

func (s *site) apiSpeakers(ctx context.Context, in *speakersInput) (*speakerList, error) {
	limit := in.Limit
	if limit == 0 {
		limit = perPage
	}
	rows, err := s.full.Speakers(ctx, ledger.SpeakersFilter{Name: in.Name, Who: string(in.Who), Limit: limit, Offset: in.Offset})
	return &speakerList{Speakers: each(rows, export.FromSpeaker)}, err
}

func (s *site) apiSpeaker(ctx context.Context, in *speakerInput) (*speakerDetail, error) {
	v, err := s.full.Speaker(ctx, in.ID, ledger.SpeakerFilter{
		Outlet: in.Outlet, Stance: string(in.Stance), Limit: in.Limit, Offset: in.Offset, DisputeLimit: in.DisputeLimit, DisputeAt: in.DisputeOffset,
		NamedLimit: in.NamedLimit, NamedAt: in.NamedOffset,
	})
	if err != nil {
		return nil, err
	}
	out := &speakerDetail{
		Speaker: export.FromSpeaker(&v.Speaker), Total: v.Total, Disputed: v.Disputed, Disputes: each(v.Disputes, export.FromDispute),
		Channels: each(v.Channels, func(c *ledger.Channel) channelCount { return channelCount{orNil(c.Outlet), c.Stance, c.Statements} }),
	}
	out.NamedIn = each(v.SpokenOf, func(n *ledger.Naming) articleMention {
		t := export.NewText(n.Article.Text)
		return articleMention{n.Article.ID, n.Article.Title, orNil(n.Article.Outlet), publishedOrNil(n.Article.Published), t.Spans(n.Spans)}
	})
	out.Statements, err = s.apiPassageRows(ctx, v.Statements)
	return out, err
}

func (s *site) apiPassages(ctx context.Context, in *passagesInput) (*passageList, error) {
	rows, err := s.full.Passages(ctx, in.IDs)
	if err != nil {
		return nil, err
	}
	out, err := s.apiPassageRows(ctx, rows)
	return &passageList{Passages: out}, err
}

// apiPassageRows turns the spans of passages into code points of their articles, each of which is asked for once.
func (s *site) apiPassageRows(ctx context.Context, rows []ledger.Passage) ([]passage, error) {
	out := make([]passage, 0, len(rows))
	t := texts{}
	for i := range rows {
		p := &rows[i]
		if err := s.need(ctx, t, p.Article); err != nil {
			return nil, err
		}
		out = append(out, passage{
			t.statement(&p.StatementRow), p.Text, p.Title, p.Outlet, publishedOrNil(p.Published), orNil(p.Story), t[p.Article].Span(p.AroundSpan),
		})
	}
	return out, nil
}

func (s *site) apiSearch(ctx context.Context, in *searchInput) (*searchResults, error) {
	from, to := dates(in.From, in.To)
	hits, err := s.full.Search(ctx, ledger.SearchQuery{
		Words: in.Words, Speaker: in.Speaker, Outlet: in.Outlet, Kind: string(in.Kind), Stance: string(in.Stance), Speech: in.Speech, Certainty: in.Certainty, From: from, To: to, Limit: in.Limit,
	})
	return &searchResults{Hits: each(hits, func(h *ledger.Hit) searchHit {
		o := text.NewOffsets(h.Snippet)
		return searchHit{
			h.Kind, h.ID, h.Article, h.Title, h.Outlet, publishedOrNil(h.Published), orNil(h.Speaker), h.Snippet,
			each(h.Found, func(s *onrecord.Span) matchSpan { return matchSpan{o.Rune(s.Start), o.Rune(s.End)} }),
		}
	})}, err
}

// texts of articles by id.
type texts map[string]*export.Text

func (t texts) statement(s *ledger.StatementRow) export.Statement {
	return export.FromStatement(s, t[s.Article])
}

func (t texts) figure(f *ledger.FigureRow) export.Figure { return export.FromFigure(f, t[f.Article]) }

// each converts rows; never nil.
func each[From, To any](rows []From, convert func(*From) To) []To {
	out := make([]To, len(rows))
	for i := range rows {
		out[i] = convert(&rows[i])
	}
	return out
}

func list(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

// orNil points at what is known.
func orNil[T comparable](v T) *T {
	var unknown T
	if v == unknown {
		return nil
	}
	return &v
}

func dayOrNil(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	return orNil(t.UTC().Format(time.DateOnly))
}

func publishedOrNil(p onrecord.Published) *export.Published {
	if p.Value == "" {
		return nil
	}
	out := export.Published(p)
	return &out
}

// dates reads two days that were checked to be days, or are empty.
func dates(from, to string) (a, b time.Time) {
	a, _ = time.Parse(time.DateOnly, from)
	b, _ = time.Parse(time.DateOnly, to)
	return a, b
}
