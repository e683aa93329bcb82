package serve

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/assistant"
	"github.com/onrecord/onrecord/desk"
	"github.com/onrecord/onrecord/export"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/text"
)

// Response bodies. Rows are those of the export contract; spans are in Unicode code points.
type (
	storySummary struct {
		ID         string   `json:"id"`
		Title      string   `json:"title"`
		Articles   int      `json:"articles"`
		Reports    *int     `json:"reports" doc:"independent reports: origins counted once; null while not determined"`
		Statements int      `json:"statements"`
		Figures    int      `json:"figures"`
		NewFigures int      `json:"new_figures" doc:"figures that first appear on the story's last day"`
		Speakers   int      `json:"speakers"`
		Disputes   int      `json:"disputes"`
		Outlets    []string `json:"outlets"`
		First      *string  `json:"first" doc:"day of the first article; null when not known"`
		Last       *string  `json:"last" doc:"day of the last article; null when not known"`
	}
	storyList struct {
		linkState
		Total   int            `json:"total" doc:"matching stories, on this page or not"`
		Stories []storySummary `json:"stories"`
	}
	storyReport struct {
		ID       string   `json:"id"`
		Origin   string   `json:"origin" doc:"the article that the others derive from"`
		Articles []string `json:"articles"`
		Basis    []string `json:"basis"`
	}
	storyDetail struct {
		linkState
		Story      export.Story       `json:"story"`
		Articles   []export.Article   `json:"articles"`
		Speakers   []export.Speaker   `json:"speakers"`
		Statements []export.Statement `json:"statements"`
		Doubtful   int                `json:"doubtful" doc:"doubtful statements left out: with a confidence below 0.4, but for denials whose claim is known"`
		Figures    []export.Figure    `json:"figures"`
		Copies     []export.Copy      `json:"copies"`
		Reports    []storyReport      `json:"reports"`
		Utterances []export.Utterance `json:"utterances"`
		Measures   []export.Measure   `json:"measures"`
		Disputes   []export.Dispute   `json:"disputes"`
	}
	articleVersion struct {
		ID      string `json:"id"`
		Version int    `json:"version" doc:"1 for the first version of the text"`
		Current bool   `json:"current" doc:"whether this is the latest version"`
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
		Doubtful   int                `json:"doubtful" doc:"doubtful statements left out: with a confidence below 0.4, but for denials whose claim is known"`
		Figures    []export.Figure    `json:"figures"`
		Times      []export.Time      `json:"times"`
		Asides     []articleAside     `json:"asides" doc:"parts that are not news text"`
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
		Total      int              `json:"total" doc:"matching statements, on this page or not"`
		Channels   []channelCount   `json:"channels" doc:"how many statements of each stance stand in each outlet"`
		Statements []passage        `json:"statements" doc:"newest first"`
		Disputed   int              `json:"disputed" doc:"disputes, on this page or not"`
		Disputes   []export.Dispute `json:"disputes"`
		NamedIn    []articleMention `json:"named_in" doc:"articles that mention the speaker but contain no statement by it, newest first; their number is the speaker's spoken_of"`
	}
	articleMention struct {
		Article   string            `json:"article"`
		Title     string            `json:"title"`
		Outlet    *string           `json:"outlet"`
		Published *export.Published `json:"published"`
		Spans     []export.Span     `json:"spans" doc:"mentions of the speaker"`
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
		Speaker   *string           `json:"speaker" doc:"name of the speaker, for statements"`
		Snippet   string            `json:"snippet"`
		Found     []matchSpan       `json:"found" doc:"matches, in code points of the snippet"`
	}
	searchResults struct {
		linkState
		Hits     []searchHit `json:"hits"`
		Doubtful int         `json:"doubtful" doc:"doubtful statements left out among those passed over: as better matches than the last result"`
	}
)

// Request parameters.
type (
	statementsInput struct { // of a row that is given with its statements
		ID       string `path:"id" maxLength:"64" doc:"id of the row"`
		Doubtful string `query:"doubtful" enum:"show" doc:"show: doubtful statements too, which are left out otherwise"`
	}
	storiesInput struct {
		Outlet   string `query:"outlet" doc:"only stories with an article of this outlet"`
		Speaker  string `query:"speaker" doc:"only stories with a statement by this speaker: id or part of a name"`
		Language string `query:"language" doc:"language tag (BCP 47)"`
		From     string `query:"from" format:"date" doc:"start date, inclusive"`
		To       string `query:"to" format:"date" doc:"end date, exclusive"`
		Limit    int    `query:"limit" minimum:"0" maximum:"1000" doc:"maximum number of results; 0 means 50"`
		Offset   int    `query:"offset" minimum:"0" maximum:"100000000" doc:"number of results to skip"`
	}
	speakersInput struct {
		Name   string `query:"name" doc:"part of a name or alias"`
		Who    voice  `query:"who" doc:"speaking: has statements; spoken of: only mentioned"`
		Limit  int    `query:"limit" minimum:"0" maximum:"1000" doc:"maximum number of results; 0 means 50"`
		Offset int    `query:"offset" minimum:"0" maximum:"100000000" doc:"number of results to skip"`
	}
	speakerInput struct {
		ID            string `path:"id" maxLength:"64" doc:"id of the row"`
		Outlet        string `query:"outlet" doc:"only statements in this outlet"`
		Stance        stance `query:"stance"`
		Limit         int    `query:"limit" minimum:"0" maximum:"1000" doc:"maximum number of statements; 0 means 50"`
		Offset        int    `query:"offset" minimum:"0" maximum:"100000000" doc:"number of results to skip"`
		DisputeLimit  int    `query:"dispute_limit" minimum:"0" maximum:"1000" doc:"maximum number of disputes; 0 means 50"`
		DisputeOffset int    `query:"dispute_offset" minimum:"0" maximum:"100000000" doc:"number of disputes to skip"`
		NamedLimit    int    `query:"named_limit" minimum:"0" maximum:"1000" doc:"maximum number of articles in named_in; 0 means 50"`
		NamedOffset   int    `query:"named_offset" minimum:"0" maximum:"100000000" doc:"number of articles in named_in to skip"`
	}
	searchInput struct {
		Words   string `query:"q" required:"true" minLength:"1" doc:"words; in quotation marks, a phrase; at most 64 words and 1024 bytes"`
		Speaker string `query:"speaker" doc:"only statements by this speaker: id or part of a name"`
		Outlet  string `query:"outlet" doc:"only this outlet"`
		Kind    kind   `query:"kind"`
		Stance  stance `query:"stance"`

		Speech    bool    `query:"speech" doc:"only statements that report something said: not belief or intention alone"`
		Certainty float64 `query:"certainty" minimum:"0" maximum:"1" doc:"minimum confidence of a statement"`

		From     string `query:"from" format:"date" doc:"start date, inclusive"`
		To       string `query:"to" format:"date" doc:"end date, exclusive"`
		Doubtful string `query:"doubtful" enum:"show" doc:"show: doubtful statements too, which are left out otherwise"`
		Limit    int    `query:"limit" minimum:"0" maximum:"1000" doc:"maximum number of results; 0 means 50"`
	}
	passagesInput struct {
		IDs []string `query:"ids" required:"true" minItems:"1" maxItems:"500" doc:"ids of statements, comma-separated"`
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

// api registers the API and its OpenAPI description.
func (s *site) api(mux *http.ServeMux) {
	config := huma.DefaultConfig("Onrecord", "1")
	config.Info.Description = "Statements, figures, copies and disputes, as kept in the ledger. Rows are those of the export contract. " +
		"Spans are half-open ranges of Unicode code points in the article's text. Unknown values are null."
	config.Info.License = &huma.License{Name: "Apache-2.0", Identifier: "Apache-2.0"}
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = "", "", "" // served below, without scripts from other sites
	config.CreateHooks = nil
	config.Components = &huma.Components{Schemas: huma.NewMapRegistry("#/components/schemas/", schemaName)}
	config.AllowAdditionalPropertiesByDefault = true // fields may be added
	api := humago.New(mux, config)

	get(s, api, "stories", "/stories", "Stories, newest first", s.apiStories)
	get(s, api, "story", "/stories/{id}", "One story with all its rows", s.apiStory)
	get(s, api, "article", "/articles/{id}", "One article with its text and rows", s.apiArticle)
	get(s, api, "speakers", "/speakers", "Speakers across articles, including those only mentioned, by number of statements", s.apiSpeakers)
	get(s, api, "speaker", "/speakers/{id}", "One speaker with statements and disputes", s.apiSpeaker)
	get(s, api, "search", "/search", "Full-text search in articles and statements, best match first", s.apiSearch)
	get(s, api, "passages", "/passages", "Statements in context, in the order of the ids; unknown ids are left out", s.apiPassages)
	get(s, api, "citation", "/citations/{id}", "The citation of a statement, a figure or a passage of an article, in every form", s.apiCite)
	post(s, api, "check", "/check", "Hold the quotations and statements of a draft, or one quotation, against the record. Nothing is kept", s.apiCheck)
	if s.desk != nil {
		get(s, api, "reviews", "/reviews", "Reviews by people, newest first", s.apiReviews)
		post(s, api, "review", "/reviews", "Review a row: accept, reject, correct, merge, split, undo, comment. Links are made anew soon after", s.apiReview)
	}

	// huma cannot declare an object nullable; the contract has three nullable objects.
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
		_ = json.NewEncoder(w).Encode(huma.Error404NotFound("no such endpoint: see /api/openapi.json"))
	})
	tools := assistant.Handler(s.full)
	mux.Handle("POST /mcp", tools)
	mux.Handle("GET /mcp", tools) // which says that there is nothing to listen to
	page := describe(api.OpenAPI())
	mux.HandleFunc("GET /api", s.page(func(*http.Request) (string, *frame, error) {
		return "api.html", &frame{Title: "API", Nav: "api", Page: page}, nil
	}))
}

// schemaName is the name of a type in the description: answers for a draft have figures and passages of their own.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.PkgPath() == reflect.TypeFor[desk.Answer]().PkgPath() {
		return "Draft" + name
	}
	return name
}

// get registers an endpoint.
func get[I, O any, P interface {
	*O
	setLinked(bool)
}](s *site, api huma.API, id, path, summary string, f func(context.Context, *I) (P, error)) {
	endpoint(s, api, http.MethodGet, id, path, summary, f)
}

// post registers an endpoint that is sent something.
func post[I, O any, P interface {
	*O
	setLinked(bool)
}](s *site, api huma.API, id, path, summary string, f func(context.Context, *I) (P, error)) {
	endpoint(s, api, http.MethodPost, id, path, summary, f)
}

// endpoint registers an endpoint. Errors of the ledger become problem details (RFC 9457).
func endpoint[I, O any, P interface {
	*O
	setLinked(bool)
}](s *site, api huma.API, method, id, path, summary string, f func(context.Context, *I) (P, error)) {
	op := huma.Operation{OperationID: id, Method: method, Path: "/api/v1" + path, Summary: summary, Errors: []int{http.StatusBadRequest, http.StatusNotFound, http.StatusServiceUnavailable}}
	huma.Register(api, op, func(ctx context.Context, in *I) (*output[O], error) {
		out, err := f(ctx, in)
		if err == nil {
			var status ledger.Status
			status, err = s.full.Status(ctx)
			out.setLinked(status.Linked)
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
			return nil, huma.Error503ServiceUnavailable(errBusy.Error())
		case errors.Is(err, context.DeadlineExceeded):
			return nil, huma.Error503ServiceUnavailable("the query took too long and was stopped: narrow it down")
		}
		slog.Error("API failed", "operation", id, "error", err)
		if errors.Is(err, ledger.ErrAltered) {
			return nil, huma.Error500InternalServerError(ledger.ErrAltered.Error())
		}
		return nil, huma.Error500InternalServerError("the ledger could not be read: see the server's log")
	})
}

// A described operation is an endpoint as the page /api lists it.
type described struct {
	Method, Path, Summary string
	Example               string // address to try, where one needs no id
	Parameters            []describedParameter
}

type describedParameter struct {
	Name, In, About string
	Required        bool
}

func describe(o *huma.OpenAPI) (list []described) {
	for path, item := range o.Paths {
		if item.Post != nil {
			list = append(list, described{Method: "POST", Path: path, Summary: item.Post.Summary})
		}
		if item.Get == nil {
			continue
		}
		d := described{Method: "GET", Path: path, Summary: item.Get.Summary}
		if !strings.Contains(path, "{") && !slices.ContainsFunc(item.Get.Parameters, func(p *huma.Param) bool { return p.Required }) {
			d.Example = path
		}
		for _, p := range item.Get.Parameters {
			about := p.Description
			if n := len(p.Schema.Enum); n > 0 && about == "" {
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

func (s *site) apiStory(ctx context.Context, in *statementsInput) (*storyDetail, error) {
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
		Figures:    each(v.Figures, t.figure),
		Reports:    []storyReport{},
		Utterances: each(v.Utterances, export.FromUtterance),
		Measures:   each(v.Measures, export.FromMeasure),
		Disputes:   each(v.Disputes, export.FromDispute),
	}
	out.Statements, out.Doubtful = t.statements(v.Statements, in.Doubtful)
	if out.Copies, err = s.apiCopies(ctx, v.Copies, t); err != nil {
		return nil, err
	}
	for _, r := range v.Reports {
		out.Reports = append(out.Reports, storyReport{r.ID, r.Origin, list(r.Articles), list(r.Basis)})
	}
	return out, nil
}

// apiCopies converts copies, loading the texts that are missing. A copy whose origin is no longer in the ledger is left out, since its
// passages cannot be converted to code points.
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

// need loads the text of an article unless it is there already.
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

func (s *site) apiArticle(ctx context.Context, in *statementsInput) (*articleDetail, error) {
	v, err := s.full.Article(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	text := export.NewText(v.Article.Text)
	t := texts{v.Article.ID: text}
	out := &articleDetail{
		Article:  export.FromArticle(&v.Article),
		Text:     v.Article.Text,
		Versions: []articleVersion{},
		Figures:  each(v.Figures, t.figure),
		Times:    each(v.Times, func(x *onrecord.Time) export.Time { return export.FromTime(x, text) }),
		Asides:   each(v.Asides, func(x *onrecord.Aside) articleAside { return articleAside{text.Span(x.Span), x.Kind} }),
	}
	out.Statements, out.Doubtful = t.statements(v.Statements, in.Doubtful)
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

// apiPassageRows converts the spans of passages to code points, loading each article once.
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
	show := in.Doubtful == showDoubtful
	hits, doubtful, err := s.found(ctx, s.full, ledger.SearchQuery{
		Words: in.Words, Speaker: in.Speaker, Outlet: in.Outlet, Kind: string(in.Kind), Stance: string(in.Stance), Speech: in.Speech, Certainty: in.Certainty, From: from, To: to, Limit: in.Limit,
	}, show)
	if show {
		doubtful = 0 // none is left out
	}
	return &searchResults{Doubtful: doubtful, Hits: each(hits, func(h *ledger.Hit) searchHit {
		o := text.NewOffsets(h.Snippet)
		return searchHit{
			h.Kind, h.ID, h.Article, h.Title, h.Outlet, publishedOrNil(h.Published), orNil(h.Speaker), h.Snippet,
			each(h.Found, func(s *onrecord.Span) matchSpan { return matchSpan{o.Rune(s.Start), o.Rune(s.End)} }),
		}
	})}, err
}

// texts are the texts of articles by id.
type texts map[string]*export.Text

func (t texts) statement(s *ledger.StatementRow) export.Statement {
	return export.FromStatement(s, t[s.Article])
}

// statements converts statements, the doubtful ones where they are asked for, and counts those that are left out.
func (t texts) statements(rows []ledger.StatementRow, doubtful string) (out []export.Statement, leftOut int) {
	out = []export.Statement{}
	for i := range rows {
		if s := &rows[i]; s.Doubtful() && doubtful != showDoubtful {
			leftOut++
		} else {
			out = append(out, t.statement(s))
		}
	}
	return out, leftOut
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

// orNil is nil for the zero value, which means unknown.
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

// dates parses two days that huma has validated, or "".
func dates(from, to string) (a, b time.Time) {
	a, _ = time.Parse(time.DateOnly, from)
	b, _ = time.Parse(time.DateOnly, to)
	return a, b
}
