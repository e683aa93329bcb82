package serve

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/desk"
	"github.com/onrecord/onrecord/export"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/review"
)

// A reviewPage is one row, to be reviewed.
type reviewPage struct {
	ID, Kind   string
	Words      string // what the row says, in the article's words
	Who, Where string
	Href       string // the row's own page
	Back, By   string
	Fields     []reviewField
	Rejected   bool
	CanReject  bool
	Members    []reviewMember // of a row that can be split
	CanMerge   bool
	Names      []string // of speakers that may be meant
	History    []reviewLine
	Changed    string // what has become of the reviews, where they do not hold
}

// A reviewField is a field that can be corrected.
type reviewField struct {
	Name, Label, Value string
	Machine            string // what the machine found, where it is another
	Options            []term
	Long, Names        bool
}

// A reviewMember is what a row across articles is made of.
type reviewMember struct{ ID, Words, Where string }

// A reviewLine is a review in a history.
type reviewLine struct {
	onrecord.Review
	Changes []review.Change
	State   string
	When    string
	Does    string
}

// done says what a review does, in words.
var done = map[string]string{
	review.Accept: "accepted it", review.Reject: "rejected it", review.Correct: "corrected it", review.Merge: "merged it", review.Split: "split it", review.Undo: "undid a review",
	review.Comment: "commented",
}

func (s *site) reviewLines(ctx context.Context, list []onrecord.Review) ([]reviewLine, error) {
	states, err := desk.States(ctx, s.desk, list)
	if err != nil {
		return nil, err
	}
	lines := make([]reviewLine, len(list))
	for i, v := range list {
		lines[i] = reviewLine{v, review.Changes(&v), states[i], v.At.Format("2 January 2006, 15:04 UTC"), done[v.Action]}
	}
	return lines, nil
}

// reviewRow is the page of a row to be reviewed.
func (s *site) reviewRow(r *http.Request) (string, *frame, error) {
	ctx, id := r.Context(), r.PathValue("id")
	p := &reviewPage{ID: id, Kind: review.KindName(id), Back: local(r.URL.Query().Get("back"), ""), By: reviewer(r), CanReject: true}
	if p.Kind == "" {
		return "", nil, ledger.ErrNotFound
	}
	history, err := s.desk.Reviews(ctx, id)
	if err != nil {
		return "", nil, err
	}
	if p.History, err = s.reviewLines(ctx, history); err != nil {
		return "", nil, err
	}
	slices.Reverse(p.History)
	switch id[:1] {
	case onrecord.StatementKind, onrecord.FigureKind, onrecord.ArticleKind, onrecord.TimeKind:
		err = s.articleRow(ctx, p)
	default:
		err = s.linkRow(ctx, p)
	}
	if err != nil {
		return "", nil, err
	}
	p.Back = cmp.Or(p.Back, p.Href)
	return "review.html", &frame{Title: "Review", Nav: "review", Page: p}, nil
}

// articleRow fills the page of a row of an article.
func (s *site) articleRow(ctx context.Context, p *reviewPage) error {
	holds, machine, err := desk.Before(ctx, s.desk, p.ID)
	if err != nil {
		return err
	}
	article, _, err := s.desk.Reading(ctx, cmp.Or(holds.Article, machine.Article))
	if err != nil {
		return err
	}
	a := article.Article
	p.Where = cmp.Or(a.Outlet, "outlet unknown") + ", " + published(a.Published)
	p.Rejected = holds.Article == ""
	now := holds
	if p.Rejected {
		now = machine
	}
	text := func(s *string) string {
		if s == nil {
			return ""
		}
		return *s
	}
	add := func(name, label string, of func(*review.Row) string, f reviewField) {
		f.Name, f.Label, f.Value = name, label, of(&now)
		if was := of(&machine); machine.Article != "" && was != f.Value {
			f.Machine = cmp.Or(was, "none")
		}
		p.Fields = append(p.Fields, f)
	}
	switch p.ID[:1] {
	case onrecord.StatementKind:
		p.Words, p.Who, p.Href = review.Words(now.Content), text(now.SpeakerName), "/statement/"+p.ID
		add("speaker", "Speaker", func(r *review.Row) string { return text(r.SpeakerName) }, reviewField{Names: true})
		add("stance", "Stance", func(r *review.Row) string { return text(r.Stance) }, reviewField{Options: terms.stances[:len(terms.stances)]})
		add("kind", "Quotation", func(r *review.Row) string { return text(r.Kind) }, reviewField{Options: terms.kinds})
		add("source", "Source, in the article's words", func(r *review.Row) string { return review.Words(r.Source) }, reviewField{Long: true})
		add("content", "Content, in the article's words", func(r *review.Row) string { return review.Words(r.Content) }, reviewField{Long: true})
		for i := range article.Speakers {
			if article.Speakers[i].Named() && !slices.Contains(p.Names, article.Speakers[i].Name) {
				p.Names = append(p.Names, article.Speakers[i].Name)
			}
		}
		if a.ID != "" {
			p.Names, err = s.namesNear(ctx, a.ID, p.Names)
		}
		if p.Rejected {
			p.Href = "/article/" + a.ID
		}
	case onrecord.FigureKind:
		p.Words, p.Href = now.Text, "/figure/"+p.ID
		add("value", "Value", review.Amount, reviewField{})
		add("comparator", "Comparator", func(r *review.Row) string { return text(r.Comparator) }, reviewField{Options: []term{{"=", "exactly"}, {"~", "about"}, {">", "more than"}, {"<", "less than"}}})
		add("unit", "Unit", func(r *review.Row) string { return text(r.Unit) }, reviewField{})
		add("thing", "What is counted", func(r *review.Row) string { return text(r.Thing) }, reviewField{})
		add("as-of", "As of", func(r *review.Row) string {
			if r.AsOf == nil {
				return ""
			}
			return r.AsOf.From
		}, reviewField{})
		if p.Rejected {
			p.Href = "/article/" + a.ID
		}
	case onrecord.ArticleKind:
		p.Words, p.Href = cmp.Or(a.Title, "Untitled article"), "/article/"+p.ID
		add("day", "Day of publication", func(r *review.Row) string { return text(r.Published) }, reviewField{})
		add("outlet", "Outlet", func(r *review.Row) string { return text(r.Outlet) }, reviewField{})
	case onrecord.TimeKind:
		p.Words, p.Href = now.Text, "/article/"+a.ID+"#times"
	}
	return err
}

// namesNear adds the names of those who speak in the story of an article.
func (s *site) namesNear(ctx context.Context, article string, names []string) ([]string, error) {
	rows, err := s.desk.Articles(ctx, []string{article})
	if err != nil || len(rows) == 0 || rows[0].Story == "" {
		return names, err
	}
	v, err := s.desk.Story(ctx, rows[0].Story)
	if err != nil {
		return names, err
	}
	for i := range v.Speakers {
		if n := v.Speakers[i].Name; v.Speakers[i].Named() && !slices.Contains(names, n) && len(names) < 60 {
			names = append(names, n)
		}
	}
	return names, nil
}

// linkRow fills the page of a row across articles.
func (s *site) linkRow(ctx context.Context, p *reviewPage) error {
	now, members, err := s.desk.Members(ctx, p.ID)
	if err != nil {
		return err
	}
	p.ID = now
	p.CanMerge = slices.Contains([]string{onrecord.SpeakerKind, onrecord.UtteranceKind, onrecord.MeasureKind, onrecord.StoryKind, onrecord.ReportKind}, now[:1])
	p.CanReject = !slices.Contains([]string{onrecord.SpeakerKind, onrecord.StoryKind, onrecord.ReportKind}, now[:1])
	p.Href = "/" + p.Kind + "/" + now
	switch now[:1] {
	case onrecord.SpeakerKind:
		v, err := s.desk.Speaker(ctx, now, ledger.SpeakerFilter{Limit: membersListed, DisputeLimit: 1, NamedLimit: 1})
		if err != nil {
			return err
		}
		p.Words = v.Speaker.Name
		p.Members = passageMembers(v.Statements)
	case onrecord.UtteranceKind, onrecord.MeasureKind, onrecord.DisputeKind, onrecord.CopyKind:
		v, err := s.desk.Row(ctx, now)
		if err != nil {
			return err
		}
		s.rowMembers(p, v)
		if now[:1] == onrecord.CopyKind {
			p.Href = "/article/" + members[0] + "#copies"
		}
	default:
		rows, err := s.desk.Articles(ctx, members)
		if err != nil {
			return err
		}
		for i := range rows {
			p.Members = append(p.Members, reviewMember{rows[i].ID, cmp.Or(rows[i].Title, "Untitled"), cmp.Or(rows[i].Outlet, "outlet unknown") + ", " + published(rows[i].Published)})
		}
		if len(rows) > 0 {
			p.Words = cmp.Or(rows[0].Title, "Untitled")
		}
		if now[:1] == onrecord.ReportKind && len(rows) > 0 {
			p.Href = "/story/" + rows[0].Story + "#reports"
		}
	}
	if !p.CanMerge || len(p.Members) < 2 {
		p.Members = nil
	}
	return nil
}

// membersListed is how many members of a row are listed to be split off.
const membersListed = 100

func passageMembers(list []ledger.Passage) (members []reviewMember) {
	for i := range list {
		x := &list[i]
		members = append(members, reviewMember{x.ID, x.Text, cmp.Or(x.Outlet, "outlet unknown") + ", " + published(x.Published)})
	}
	return members
}

// rowMembers lists what a row across articles is made of.
func (s *site) rowMembers(p *reviewPage, v *ledger.StoryView) {
	d := newIndex(v)
	where := func(article string) string {
		a := d.articles[article]
		if a == nil {
			return ""
		}
		return cmp.Or(a.Outlet, "outlet unknown") + ", " + published(a.Published)
	}
	for i := range v.Statements {
		x := &v.Statements[i]
		if a := d.articles[x.Article]; a != nil && p.Kind == "utterance" {
			p.Members = append(p.Members, reviewMember{x.ID, quote(a.Text, x.Content, longQuote), where(x.Article)})
		}
	}
	for i := range v.Figures {
		x := &v.Figures[i]
		if a := d.articles[x.Article]; a != nil && p.Kind == "measure" && x.ConversionOf == "" {
			words, _ := around(a.Text, x.Span, 60)
			p.Members = append(p.Members, reviewMember{x.ID, words, where(x.Article)})
		}
	}
	switch {
	case len(v.Utterances) > 0 && p.Kind == "utterance":
		p.Words = v.Utterances[0].Wording
	case len(v.Measures) > 0 && p.Kind == "measure":
		p.Words = v.Measures[0].Label
	case len(v.Disputes) > 0:
		p.Words = v.Disputes[0].Kind + ": " + v.Disputes[0].Basis
	case len(v.Copies) > 0:
		p.Words = percent(v.Copies[0].Share) + " of " + where(v.Copies[0].Article) + " was found in " + where(v.Copies[0].Origin)
	}
}

// postReview keeps a review that a form asks for.
func (s *site) postReview(w http.ResponseWriter, r *http.Request) (string, error) {
	r.Body = http.MaxBytesReader(w, r.Body, longestForm)
	if err := r.ParseForm(); err != nil {
		return "", badRequest("The form could not be read.")
	}
	id, f := r.PathValue("id"), r.PostForm
	q := desk.Request{
		Action: f.Get("action"), Row: cmp.Or(f.Get("review"), id), With: strings.TrimSpace(f.Get("with")), Rows: f["member"],
		By: cmp.Or(strings.TrimSpace(f.Get("by")), reviewer(r)), Why: f.Get("why"), At: time.Now(), Fields: map[string]string{},
	}
	if q.Action == review.Correct {
		for _, field := range desk.CorrectedFields(id[:min(1, len(id))]) {
			if was, now := f.Get("was-"+field), f.Get(field); f.Has(field) && was != now {
				q.Fields[field] = now
			}
		}
	}
	if _, err := s.keepReview(r.Context(), q); err != nil {
		return "", err
	}
	keepReviewer(w, q.By)
	if q.Action != review.Comment {
		s.waitForLinks(r.Context())
	}
	if q.Action == review.Reject && q.Row[:1] == onrecord.ArticleKind {
		return "/reviews", nil // it is no more
	}
	return local(f.Get("back"), "/review/"+url.PathEscape(id)), nil
}

// keepReview makes the review of a request and keeps it.
func (s *site) keepReview(ctx context.Context, q desk.Request) (onrecord.Review, error) {
	v, err := desk.NewReview(ctx, s.desk, q)
	if err != nil {
		return v, err
	}
	v.ID = review.ID(&v)
	return v, s.desk.AddReview(ctx, v)
}

// A queuePage is statements worth a review.
type queuePage struct {
	Story, By string
	Rows      []queueLine
}

type queueLine struct {
	*line
	Disputes, Reach int
}

// queueShown is how many statements of the queue are shown.
const queueShown = 40

func (s *site) queue(r *http.Request) (string, *frame, error) {
	p := &queuePage{Story: r.URL.Query().Get("story"), By: reviewer(r)}
	rows, err := s.desk.ReviewQueue(r.Context(), p.Story, queueShown)
	if err != nil {
		return "", nil, err
	}
	ids := make([]string, len(rows))
	for i := range rows {
		ids[i] = rows[i].ID
	}
	passages, err := s.desk.Passages(r.Context(), ids)
	if err != nil {
		return "", nil, err
	}
	for i := range passages {
		x := &passages[i]
		k := slices.Index(ids, x.ID)
		p.Rows = append(p.Rows, queueLine{&line{
			StatementRow: x.StatementRow, Words: markUp(clip(x.Text, longQuote), nil, nil, false), Outlet: x.Outlet, Title: x.Title,
			Day: published(x.Published), SourceWords: quote(x.Around, within(x.Source, x.AroundSpan), 120), Cue: quote(x.Around, within(x.Cue, x.AroundSpan), 120),
		}, rows[k].Disputes, rows[k].Reach})
	}
	return "queue.html", &frame{Title: "Review queue", Nav: "review", Page: p}, nil
}

// postReviewer keeps who reviews.
func (s *site) postReviewer(w http.ResponseWriter, r *http.Request) (string, error) {
	name := strings.TrimSpace(r.FormValue("by"))
	if name == "" || len(name) > 200 {
		return "", badRequest("A name is needed.")
	}
	keepReviewer(w, name)
	return local(r.FormValue("back"), "/review"), nil
}

// A reviewsPage is the reviews of the ledger, and how many of the rows reviewed were right.
type reviewsPage struct {
	Rows       []reviewLine
	Accuracies []review.Accuracy
	Pages      pager
	By         string
}

const reviewsPerPage = 50

func (s *site) reviews(r *http.Request) (string, *frame, error) {
	all, err := desk.AllReviews(r.Context(), s.desk)
	if err != nil {
		return "", nil, err
	}
	p := &reviewsPage{Accuracies: review.Accuracies(review.InForce(all)), By: reviewer(r)}
	slices.Reverse(all)
	at := pageOf(r.URL.Query(), "page")
	from := min((at-1)*reviewsPerPage, len(all))
	some := all[from:min(from+reviewsPerPage, len(all))]
	if p.Rows, err = s.reviewLines(r.Context(), some); err != nil {
		return "", nil, err
	}
	p.Pages = pager{What: "reviews", From: from + 1, To: from + len(some), Total: len(all)}
	p.Pages.ends(r.URL.Query(), "page", at)
	return "reviews.html", &frame{Title: "Reviews", Nav: "review", Page: p}, nil
}

// What programs send and get of reviews.
type (
	reviewInput struct {
		Body struct {
			Row    string            `json:"row" doc:"id of the row; of a review, to undo it" minLength:"1" maxLength:"64"`
			Action string            `json:"action" enum:"accept,reject,correct,merge,split,undo,comment"`
			Fields map[string]string `json:"fields,omitempty" doc:"of a correction: of a statement speaker (a name or an id), stance, kind, source, content; of a figure value, unit, comparator, thing, as-of; of an article day, outlet"`
			With   string            `json:"with,omitempty" doc:"of a merge: the other row"`
			Rows   []string          `json:"rows,omitempty" doc:"of a split: what is to be a row of its own"`
			By     string            `json:"by" minLength:"1" maxLength:"200" doc:"who reviews"`
			Why    string            `json:"why,omitempty" maxLength:"5000"`
		}
	}
	reviewResult struct {
		linkState
		Review export.Review `json:"review"`
	}
	reviewsInput struct {
		Row    string `query:"row" maxLength:"64" doc:"only reviews of this row"`
		Limit  int    `query:"limit" minimum:"0" maximum:"1000" doc:"maximum number of results; 0 means 50"`
		Offset int    `query:"offset" minimum:"0" maximum:"100000000" doc:"number of results to skip"`
	}
	reviewList struct {
		linkState
		Reviews []reviewState `json:"reviews" doc:"newest first"`
	}
	reviewState struct {
		export.Review
		State string `json:"state" doc:"empty where the review holds; else why it does not"`
	}
)

func (s *site) apiReview(ctx context.Context, in *reviewInput) (*reviewResult, error) {
	v, err := s.keepReview(ctx, desk.Request{
		Action: in.Body.Action, Row: in.Body.Row, Fields: in.Body.Fields, With: in.Body.With, Rows: in.Body.Rows, By: in.Body.By, Why: in.Body.Why, At: time.Now(),
	})
	if errors.Is(err, desk.ErrReview) {
		return nil, told(err)
	}
	if err != nil {
		return nil, err
	}
	if v.Action != review.Comment {
		s.links.link()
	}
	return &reviewResult{Review: export.FromReview(&v)}, nil
}

func (s *site) apiReviews(ctx context.Context, in *reviewsInput) (*reviewList, error) {
	var list []onrecord.Review
	var err error
	if in.Row != "" {
		list, err = s.desk.Reviews(ctx, in.Row)
		slices.Reverse(list)
	} else {
		list, err = s.desk.ReviewList(ctx, cmp.Or(in.Limit, 50), in.Offset)
	}
	if err != nil {
		return nil, err
	}
	states, err := desk.States(ctx, s.desk, list)
	if err != nil {
		return nil, err
	}
	out := &reviewList{Reviews: []reviewState{}}
	for i := range list {
		out.Reviews = append(out.Reviews, reviewState{export.FromReview(&list[i]), states[i]})
	}
	return out, nil
}
