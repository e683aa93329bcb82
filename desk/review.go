package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/internal/sentinel"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/reading"
	"github.com/onrecord/onrecord/review"
	"github.com/onrecord/onrecord/text"
)

// A Request is what a person wants to say of a row.
type Request struct {
	Action string            // of package review
	Row    string            // an id; of a review for an undo
	Fields map[string]string // of a correction: see [CorrectedFields]
	With   string            // of a merge: the other row
	Rows   []string          // of a split: what is to be a row of its own
	By     string            // who says it
	Why    string
	At     time.Time
}

// ErrReview is wrapped by what is wrong with a request.
const ErrReview sentinel.Error = "review"

func amiss(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrReview, fmt.Sprintf(format, args...))
}

// CorrectedFields are the fields of a kind of row that can be corrected, by the first letter of its id.
func CorrectedFields(kind string) []string {
	switch kind {
	case onrecord.StatementKind:
		return []string{"speaker", "stance", "kind", "source", "content"}
	case onrecord.FigureKind:
		return []string{"value", "unit", "comparator", "thing", "as-of"}
	case onrecord.ArticleKind:
		return []string{"day", "outlet"}
	}
	return nil
}

// NewReview is the review that a request asks for, with the row before and what it becomes. It is not kept: see [ledger.Writer.AddReview].
func NewReview(ctx context.Context, l ledger.Reader, q Request) (onrecord.Review, error) {
	q.By, q.Row = strings.TrimSpace(q.By), strings.TrimSpace(q.Row)
	v := onrecord.Review{Row: q.Row, Action: q.Action, By: q.By, Why: strings.TrimSpace(q.Why), At: q.At.UTC().Truncate(time.Microsecond)}
	switch {
	case q.By == "":
		return v, amiss("who reviews? a name is needed")
	case q.Row == "":
		return v, amiss("which row?")
	case !slices.Contains(review.Actions(), q.Action):
		return v, amiss("no action %q: %s", q.Action, strings.Join(review.Actions(), ", "))
	}
	var before, after review.Row
	var err error
	switch kind := q.Row[:1]; {
	case q.Action == review.Undo:
		return undoing(ctx, l, v)
	case q.Action == review.Merge:
		v.Row, before, after, err = merging(ctx, l, q)
	case q.Action == review.Split:
		v.Row, before, after, err = splitting(ctx, l, q)
	case kind == onrecord.ArticleKind || kind == onrecord.StatementKind || kind == onrecord.FigureKind || kind == onrecord.TimeKind:
		before, after, err = ofArticle(ctx, l, q)
	default:
		v.Row, before, err = ofLink(ctx, l, q)
	}
	if err != nil {
		return v, err
	}
	v.Before = before.JSON()
	if q.Action != review.Accept && q.Action != review.Reject && q.Action != review.Comment {
		v.After = after.JSON()
	}
	return v, nil
}

func undoing(ctx context.Context, l ledger.Reader, v onrecord.Review) (onrecord.Review, error) {
	list, err := l.ReviewsByID(ctx, []string{v.Row})
	if err == nil && len(list) == 0 {
		err = fmt.Errorf("review %s: %w", v.Row, ledger.ErrNotFound)
	}
	if err == nil && list[0].Action == review.Reject && list[0].Row[:1] == onrecord.ArticleKind {
		err = amiss("the article was removed: read it again to have it back")
	}
	return v, err
}

// ofArticle is a row of an article's reading before and after.
func ofArticle(ctx context.Context, l ledger.Reader, q Request) (before, after review.Row, err error) {
	article, err := articleOf(ctx, l, q.Row)
	if err != nil {
		return before, after, err
	}
	machine, holds, err := l.Reading(ctx, article)
	if err != nil {
		return before, after, err
	}
	e := &editor{ctx: ctx, ledger: l, machine: machine, holds: holds, text: holds.Article.Text}
	if before, err = e.row(q.Row); err != nil || q.Action != review.Correct {
		return before, after, err
	}
	after, err = e.correct(q, &before)
	return before, after, err
}

// Before is a row of an article as it holds, the zero row where it was rejected, and as the machine made it, the zero row where a person did.
func Before(ctx context.Context, l ledger.Reader, row string) (holds, machine review.Row, err error) {
	article, err := articleOf(ctx, l, row)
	if err != nil {
		return holds, machine, err
	}
	made, now, err := l.Reading(ctx, article)
	if err != nil {
		return holds, machine, err
	}
	found := false
	for into, r := range map[*review.Row]*onrecord.Reading{&holds: now, &machine: made} {
		e := &editor{ctx: ctx, ledger: l, machine: r, holds: r, text: now.Article.Text}
		switch *into, err = e.row(row); {
		case err == nil:
			found = true
		case !errors.Is(err, ledger.ErrNotFound):
			return holds, machine, err
		}
	}
	if !found {
		return holds, machine, err
	}
	return holds, machine, nil
}

// row is a row of the article before a review.
func (e *editor) row(id string) (review.Row, error) {
	switch id[:1] {
	case onrecord.ArticleKind:
		return review.OfArticle(e.holds.Article), nil
	case onrecord.StatementKind:
		return e.statement(id)
	case onrecord.FigureKind:
		return e.figure(id)
	}
	return e.time(id)
}

// articleOf is the article of a row: of one that was rejected, as its reviews have it.
func articleOf(ctx context.Context, l ledger.Reader, row string) (string, error) {
	if row[:1] == onrecord.ArticleKind {
		return row, nil
	}
	_, members, err := l.Members(ctx, row)
	if err == nil {
		return members[0], nil
	}
	if !errors.Is(err, ledger.ErrNotFound) {
		return "", err
	}
	list, e := l.Reviews(ctx, row)
	for i := range list {
		if a := review.Article(&list[i]); a != "" {
			return a, nil
		}
	}
	return "", errors.Join(e, err)
}

// An editor finds the rows of one article and corrects them.
type editor struct {
	ctx            context.Context
	ledger         ledger.Reader
	machine, holds *onrecord.Reading
	text           string
}

// statement is a statement before a review, as it holds, or as the machine made it where it does not: with the machine's confidence.
func (e *editor) statement(id string) (row review.Row, err error) {
	err = fmt.Errorf("row %s: %w", id, ledger.ErrNotFound)
	for _, r := range []*onrecord.Reading{e.holds, e.machine} {
		for i := range r.Statements {
			s := &r.Statements[i]
			switch {
			case s.ID != id:
			case err != nil:
				row, err = review.OfStatement(s, e.text, r.Speaker(s.Speaker)), nil
			default:
				row.Confidence = &s.Confidence
			}
		}
	}
	return row, err
}

func (e *editor) figure(id string) (row review.Row, err error) {
	err = fmt.Errorf("row %s: %w", id, ledger.ErrNotFound)
	for _, r := range []*onrecord.Reading{e.holds, e.machine} {
		for i := range r.Figures {
			f := &r.Figures[i]
			switch {
			case f.ID != id:
			case err != nil:
				row, err = review.OfFigure(f, e.text), nil
			default:
				row.Confidence = &f.Confidence
			}
		}
	}
	return row, err
}

func (e *editor) time(id string) (review.Row, error) {
	for _, r := range []*onrecord.Reading{e.holds, e.machine} {
		for i := range r.Times {
			if t := &r.Times[i]; t.ID == id {
				return review.Row{Article: t.Article, Passage: &review.Passages(e.text, []onrecord.Span{t.Span})[0], Confidence: &t.Confidence}, nil
			}
		}
	}
	return review.Row{}, fmt.Errorf("row %s: %w", id, ledger.ErrNotFound)
}

// correct is what a correction gives a row.
func (e *editor) correct(q Request, before *review.Row) (after review.Row, err error) {
	if len(q.Fields) == 0 {
		return after, amiss("correct what? FIELD=VALUE is needed, a field of %s", strings.Join(CorrectedFields(q.Row[:1]), ", "))
	}
	for _, field := range slices.Sorted(maps.Keys(q.Fields)) {
		value := strings.TrimSpace(q.Fields[field])
		switch q.Row[:1] {
		case onrecord.StatementKind:
			err = e.correctStatement(field, value, before, &after)
		case onrecord.FigureKind:
			err = correctFigure(field, value, &after)
		case onrecord.ArticleKind:
			err = correctArticle(field, value, &after)
		default:
			err = amiss("a row of this kind can be accepted or rejected, not corrected")
		}
		if err != nil {
			return after, err
		}
	}
	return after, nil
}

func noField(field, kind string) error {
	return amiss("no field %q here: %s", field, strings.Join(CorrectedFields(kind), ", "))
}

func oneOf(field, value string, values ...string) (*string, error) {
	if !slices.Contains(values, value) {
		return nil, amiss("no %s %q: %s", field, value, strings.Join(values, ", "))
	}
	return &value, nil
}

func (e *editor) correctStatement(field, value string, before, after *review.Row) (err error) {
	switch field {
	case "stance":
		after.Stance, err = oneOf(field, value, onrecord.Asserts, onrecord.Denies, onrecord.Declines, onrecord.Asks, onrecord.Promises, onrecord.Accuses, onrecord.Believes)
	case "kind":
		after.Kind, err = oneOf(field, value, onrecord.Direct, onrecord.Mixed, onrecord.Indirect)
	case "source":
		after.Source, err = e.words(value, before)
	case "content":
		after.Content, err = e.words(value, before)
	case "speaker":
		err = e.speaker(value, after)
	default:
		err = noField(field, onrecord.StatementKind)
	}
	return err
}

var ellipsis = regexp.MustCompile(`\s*(?:…|\.\.\.)\s*`)

// words are where words of the article stand, pieces with an ellipsis between them: nearest to the row.
func (e *editor) words(value string, before *review.Row) (found []review.Passage, err error) {
	o := text.NewOffsets(e.text)
	near := 0
	for _, p := range slices.Concat(before.Content, before.Cue) {
		near = o.Byte(p.Start)
		break
	}
	pieces := []string{value}
	if !strings.Contains(e.text, value) {
		pieces = ellipsis.Split(value, -1)
	}
	for _, piece := range pieces {
		best := -1
		for at, from := 0, 0; piece != ""; from = at + 1 {
			next := strings.Index(e.text[from:], piece)
			if next < 0 {
				break
			}
			if at = from + next; best < 0 || abs(at-near) < abs(best-near) {
				best = at
			}
		}
		if best < 0 {
			return nil, amiss("%q does not stand in the article: give words of its text, pieces with … between them", piece)
		}
		found = append(found, review.Passages(e.text, []onrecord.Span{{Start: best, End: best + len(piece)}})...)
		near = best + len(piece)
	}
	slices.SortFunc(found, func(a, b review.Passage) int { return cmp.Compare(a.Start, b.Start) })
	return found, nil
}

func abs(n int) int { return max(n, -n) }

// speaker names the speaker that is meant by a name or an id; an empty value is nobody.
func (e *editor) speaker(value string, after *review.Row) error {
	if value == "" {
		after.SpeakerName = &value
		return nil
	}
	row, err := findSpeaker(e.ctx, e.ledger, value)
	if err != nil {
		return err
	}
	if row == nil { // of whom the record has not heard: what the reading would take the name for
		kind := kindOfName(value)
		after.SpeakerName, after.SpeakerKind = &value, &kind
		return nil
	}
	after.Speaker, after.SpeakerName, after.SpeakerKind = &row.ID, &row.Name, &row.Kind
	_, members, err := e.ledger.Members(e.ctx, row.ID)
	if err != nil {
		return err
	}
	for i := range e.holds.Speakers {
		if id := e.holds.Speakers[i].ID; slices.Contains(members, id) {
			after.Voice = &id
			return nil
		}
	}
	if row.Kind == onrecord.Unnamed {
		return amiss("%s has no name and speaks in another article only", row.Name)
	}
	return nil
}

// findSpeaker is the speaker across articles with an id or a name; nil for a name that the record does not have.
func findSpeaker(ctx context.Context, l ledger.Reader, value string) (*ledger.SpeakerRow, error) {
	if len(value) == ledger.IDLength && value[:1] == onrecord.SpeakerKind && !strings.Contains(value, " ") {
		v, err := l.Speaker(ctx, value, ledger.SpeakerFilter{Limit: 1, DisputeLimit: 1, NamedLimit: 1})
		if err == nil {
			return &v.Speaker, nil
		}
		if !errors.Is(err, ledger.ErrNotFound) {
			return nil, err
		}
	}
	called, err := l.Called(ctx, value, 0)
	if err != nil || len(called) == 0 {
		return nil, err
	}
	named := slices.DeleteFunc(slices.Clone(called), func(r ledger.SpeakerRow) bool { return !strings.EqualFold(r.Name, value) })
	if len(named) == 0 {
		named = called
	}
	if len(named) > 1 {
		var list []string
		for _, r := range named[:min(len(named), 8)] {
			list = append(list, fmt.Sprintf("%s (%s, %d statements)", r.ID, cmp.Or(strings.Join(r.Roles, ", "), r.Kind), r.Statements))
		}
		return nil, amiss("several speakers are called %q, name one by id: %s", value, strings.Join(list, "; "))
	}
	return &named[0], nil
}

// kindOfName is what a reading takes a name for: a person, an organisation, a state.
func kindOfName(name string) string {
	r := reading.Read(&onrecord.Article{Text: name + " said on Monday that the plan would go ahead.\n"})
	for i := range r.Statements {
		if p := r.Speaker(r.Statements[i].Speaker); p != nil && p.Named() {
			return p.Kind
		}
	}
	return onrecord.Person
}

// correctFigure gives a figure a value as the contract has it: 90, 80-90, > 90, ~ 2.5.
func correctFigure(field, value string, after *review.Row) (err error) {
	switch field {
	case "value":
		return figureValue(value, after)
	case "low", "high":
		n, err := numberOf(value)
		if err != nil {
			return err
		}
		if field == "low" {
			after.Low = &n
		} else {
			after.High = &n
		}
	case "comparator":
		after.Comparator, err = oneOf(field, value, "=", "~", "<", ">")
	case "unit":
		after.Unit = &value
	case "thing":
		after.Thing = &value
	case "as-of", "as_of":
		from, to, err := days(value)
		if err != nil {
			return err
		}
		after.AsOf = &review.Days{From: from, To: to}
	default:
		return noField(field, onrecord.FigureKind)
	}
	return err
}

func numberOf(s string) (float64, error) {
	n, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimSpace(s), ",", ""), 64)
	if err != nil || n != n || n > 1e300 || n < -1e300 {
		return 0, amiss("%q is no number", s)
	}
	return n, nil
}

var valueForm = regexp.MustCompile(`^([=~<>]?)\s*([\d.,]+)(?:\s*(?:-|–|to|\.\.)\s*([\d.,]+))?$`)

func figureValue(value string, after *review.Row) error {
	m := valueForm.FindStringSubmatch(value)
	if m == nil {
		return amiss("%q is no value: write 90, 80-90 or > 90", value)
	}
	low, err := numberOf(m[2])
	if err != nil {
		return err
	}
	high := low
	if m[3] != "" {
		if high, err = numberOf(m[3]); err != nil {
			return err
		}
	}
	if high < low {
		return amiss("%q ends before it begins", value)
	}
	after.Low, after.High = &low, &high
	if m[1] != "" {
		after.Comparator = &m[1]
	}
	return nil
}

// days are the first day of a day, month or year, and the day after its last.
func days(value string) (from, to string, err error) {
	for _, form := range []struct {
		layout              string
		years, months, days int
	}{{time.DateOnly, 0, 0, 1}, {"2006-01", 0, 1, 0}, {"2006", 1, 0, 0}} {
		if t, err := time.Parse(form.layout, value); err == nil {
			return t.Format(time.DateOnly), t.AddDate(form.years, form.months, form.days).Format(time.DateOnly), nil
		}
	}
	return "", "", amiss("%q is no day: write 2031-03-01, 2031-03 or 2031", value)
}

func correctArticle(field, value string, after *review.Row) error {
	switch field {
	case "day", "published":
		if value != "" {
			if _, _, err := days(value[:min(len(value), len(time.DateOnly))]); err != nil {
				return err
			}
		}
		after.Published = &value
	case "outlet":
		after.Outlet = &value
	default:
		return noField(field, onrecord.ArticleKind)
	}
	return nil
}

// ofLink is a row across articles before a review that accepts, rejects or comments on it.
func ofLink(ctx context.Context, l ledger.Reader, q Request) (row string, before review.Row, err error) {
	if q.Action == review.Correct {
		return q.Row, before, amiss("what articles have in common follows from their rows: correct these, or merge and split")
	}
	if q.Action == review.Reject && !slices.Contains([]string{onrecord.DisputeKind, onrecord.CopyKind, onrecord.UtteranceKind, onrecord.MeasureKind}, q.Row[:1]) {
		return q.Row, before, amiss("this row cannot be rejected: split it, or reject what it is made of")
	}
	row, before.Members, err = l.Members(ctx, q.Row)
	if err != nil {
		return row, before, err
	}
	if row[:1] == onrecord.DisputeKind {
		v, err := l.Row(ctx, row)
		if err != nil {
			return row, before, err
		}
		d := &v.Disputes[0]
		before.Sides, before.Kind, before.Confidence = &d.Sides, &d.Kind, &d.Confidence
	}
	return row, before, nil
}

// mergeable are the kinds of rows that can be merged and split.
func mergeable(row string) error {
	if !slices.Contains([]string{onrecord.SpeakerKind, onrecord.UtteranceKind, onrecord.MeasureKind, onrecord.StoryKind, onrecord.ReportKind}, row[:1]) {
		return amiss("speakers, utterances, measures, stories and reports are merged and split, not %s", row)
	}
	return nil
}

func merging(ctx context.Context, l ledger.Reader, q Request) (row string, before, after review.Row, err error) {
	if err := mergeable(q.Row); err != nil {
		return q.Row, before, after, err
	}
	if q.With != "" && q.Row[:1] == onrecord.SpeakerKind {
		if found, err := findSpeaker(ctx, l, q.With); err != nil {
			return q.Row, before, after, err
		} else if found != nil {
			q.With = found.ID
		}
	}
	if q.With == "" || q.With[:1] != q.Row[:1] {
		return q.Row, before, after, amiss("merge takes two rows of one kind")
	}
	var others []string
	if row, before.Members, err = l.Members(ctx, q.Row); err != nil {
		return q.Row, before, after, err
	}
	if after.With, others, err = l.Members(ctx, q.With); err != nil {
		return row, before, after, err
	}
	if after.With == row {
		return row, before, after, amiss("%s and %s are one row already", q.Row, q.With)
	}
	after.Members = slices.Concat(before.Members, others)
	if row[:1] == onrecord.SpeakerKind {
		for _, id := range []string{row, after.With} {
			v, err := l.Speaker(ctx, id, ledger.SpeakerFilter{Limit: 1, DisputeLimit: 1, NamedLimit: 1})
			if err != nil {
				return row, before, after, err
			}
			if v.Speaker.Named() {
				after.Names = append(after.Names, v.Speaker.Kind+" "+v.Speaker.Name)
			}
			after.Label = strings.TrimPrefix(after.Label+", "+v.Speaker.Name, ", ")
		}
	}
	return row, before, after, nil
}

func splitting(ctx context.Context, l ledger.Reader, q Request) (row string, before, after review.Row, err error) {
	if err := mergeable(q.Row); err != nil {
		return q.Row, before, after, err
	}
	if row, before.Members, err = l.Members(ctx, q.Row); err != nil {
		return q.Row, before, after, err
	}
	for _, id := range q.Rows {
		found, err := parts(ctx, l, row, id, before.Members)
		if err != nil {
			return row, before, after, err
		}
		after.Members = append(after.Members, found...)
	}
	slices.Sort(after.Members)
	after.Members = slices.Compact(after.Members)
	switch len(after.Members) {
	case 0:
		return row, before, after, amiss("split off what? name rows that %s is made of", row)
	case len(before.Members):
		return row, before, after, amiss("this is all that %s is made of: nothing would be split off", row)
	}
	return row, before, after, nil
}

// parts are the members of a row that an id names: itself, or for a speaker who says a statement, or speaks in an article.
func parts(ctx context.Context, l ledger.Reader, row, id string, members []string) ([]string, error) {
	if slices.Contains(members, id) {
		return []string{id}, nil
	}
	var found []string
	if row[:1] == onrecord.SpeakerKind && id != "" {
		article, err := articleOf(ctx, l, id)
		if err != nil {
			return nil, err
		}
		_, holds, err := l.Reading(ctx, article)
		if err != nil {
			return nil, err
		}
		for i := range holds.Statements {
			if s := &holds.Statements[i]; (s.ID == id || id == article) && slices.Contains(members, s.Speaker) {
				found = append(found, s.Speaker)
			}
		}
	}
	if len(found) == 0 {
		return nil, amiss("%s is no part of %s", id, row)
	}
	return found, nil
}
