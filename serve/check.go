package serve

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"html/template"
	"io"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/desk"
	"github.com/onrecord/onrecord/source"
)

// A checkPage is a draft beside what the record holds of it; without one, the form to give it.
type checkPage struct {
	Given   string // the draft as it was given, for another try
	Draft   template.HTML
	Answers []checkAnswer // worst first
	Counts  []statusCount
	List    string // the answers as a list to copy
}

type statusCount struct {
	Status string
	N      int
}

// A checkAnswer is an answer with the changed words marked on both sides.
type checkAnswer struct {
	desk.Answer
	Number        int // in the order of the draft
	Status        string
	Reason        string
	Draft, Record template.HTML
	First         *desk.Passage // what the verdict rests on
	More          []desk.Passage
	Signs         []change
}

// passagesListed is how many passages of one answer are listed.
const passagesListed = 4

func (s *site) checkForm(*http.Request) (string, *frame, error) {
	return "check.html", &frame{Title: "Check a draft", Nav: "check", Page: &checkPage{}}, nil
}

// checked answers for the draft of a form. Nothing of it is kept.
func (s *site) checked(r *http.Request) (string, *frame, error) {
	r.Body = http.MaxBytesReader(nil, r.Body, longestUpload)
	if err := r.ParseMultipartForm(longestUpload); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return "", nil, told(cmp.Or(err, error(badRequest("The form could not be read."))))
	}
	draft, err := draftOf(r)
	if err != nil {
		return "", nil, told(err)
	}
	draft.Text = strings.ToValidUTF8(draft.Text, "\ufffd")
	answers, err := s.ask(r.Context(), desk.Question{Text: draft.Text})
	if err != nil {
		return "", nil, err
	}
	return "check.html", &frame{Title: "Check of a draft", Nav: "check", Page: newCheckPage(draft, answers)}, nil
}

// draftOf is the draft that a form gives: pasted, or a file.
func draftOf(r *http.Request) (*onrecord.Article, error) {
	if f, head, err := r.FormFile("file"); err == nil {
		defer f.Close()
		data, err := io.ReadAll(f)
		if err != nil {
			return nil, err
		}
		if len(data) > 0 {
			return fileDraft(r.Context(), head.Filename, data)
		}
	}
	text := strings.ReplaceAll(r.FormValue("draft"), "\r\n", "\n")
	if strings.TrimSpace(text) == "" {
		return nil, badRequest("Paste a draft, or choose a file.")
	}
	if strings.HasPrefix(strings.TrimSpace(text), "<") {
		return fileDraft(r.Context(), "draft.html", []byte(text))
	}
	return &onrecord.Article{Text: text, File: "draft"}, nil
}

// fileDraft is the draft in a file of text, Markdown, HTML, or of any format that holds one article.
func fileDraft(ctx context.Context, name string, data []byte) (*onrecord.Article, error) {
	extension := strings.ToLower(path.Ext(name))
	switch {
	case slices.Contains([]string{".docx", ".doc", ".odt", ".rtf", ".pdf", ".pages"}, extension), bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("%PDF")):
		return nil, badRequest("Files of word processors and PDF are not read here: save it as text or HTML, or paste the text.")
	case extension == ".md" || extension == ".markdown":
		return &onrecord.Article{Text: withoutMarkdown(string(data)), File: name}, nil
	}
	var draft *onrecord.Article
	for item := range source.Paths(ctx, []string{"-"}, bytes.NewReader(data)) {
		switch {
		case item.Refusal != nil:
			return nil, badRequest("The file could not be read: " + item.Refusal.Err.Error() + ".")
		case item.Listed != nil:
			continue
		case draft != nil:
			return nil, badRequest("The file holds more than one article: check one draft at a time.")
		}
		draft = item.Article
	}
	if draft == nil {
		return nil, badRequest("The file holds no text.")
	}
	return draft, nil
}

// withoutMarkdown is the text of Markdown without its marks: what a reader would see.
func withoutMarkdown(text string) string {
	for _, m := range []struct{ form, by string }{
		{`(?m)^\s{0,3}(?:#{1,6}|>)\s+`, ""}, {`!\[([^\]]*)\]\([^)]*\)`, "$1"}, {`\[([^\]]*)\]\([^)]*\)`, "$1"}, {"(\\*\\*|__|`)", ""}, {`(?m)(^|[\s(“"])[*_]([^*_\n]+)[*_]`, "$1$2"},
	} {
		text = regexp.MustCompile(m.form).ReplaceAllString(text, m.by)
	}
	return text
}

// ask holds a question against the record.
func (s *site) ask(ctx context.Context, q desk.Question) ([]desk.Answer, error) {
	answers, err := desk.Ask(ctx, s.full, q)
	return answers, told(err)
}

func newCheckPage(draft *onrecord.Article, answers []desk.Answer) *checkPage {
	p := &checkPage{Given: draft.Text}
	o := newOffsets(draft.Text)
	var m marking
	var list strings.Builder
	for i := range answers {
		x := newCheckAnswer(&answers[i], i+1)
		p.Answers = append(p.Answers, x)
		span := onrecord.Span{Start: o.Byte(x.Span[0]), End: o.Byte(x.Span[1])}
		as := content
		if x.Status != desk.Verified {
			as = found
		}
		m.add(as, span)
		for _, c := range x.Changes {
			_, kind := kindOfDrift(c.Kind)
			for _, k := range driftMarks(span.Of(draft.Text), passageWords(x.First), c.Draft, kind) {
				m.marks = append(m.marks, mark{onrecord.Span{Start: span.Start + k.Start, End: span.Start + k.End}, k.role})
			}
		}
		n := noteOf(i + 1)
		n.at = span.Start
		m.notes = append(m.notes, n)
	}
	slices.SortStableFunc(p.Answers, func(a, b checkAnswer) int {
		return cmp.Compare(slices.Index(desk.Statuses(), a.Status), slices.Index(desk.Statuses(), b.Status))
	})
	for _, status := range desk.Statuses() {
		n := 0
		for i := range p.Answers {
			if p.Answers[i].Status == status {
				n++
			}
		}
		if n > 0 {
			p.Counts = append(p.Counts, statusCount{status, n})
		}
	}
	for i := range p.Answers {
		a := &p.Answers[i]
		list.WriteString(strings.ToUpper(a.Status) + ": " + a.Words + "\n  " + a.Reason + "\n")
		if a.First != nil && a.Status != desk.Unverified {
			list.WriteString("  Record: " + a.First.Words + " (" + cmp.Or(a.First.Outlet, "outlet unknown") + ", " + published(onrecord.Published{Value: a.First.Published}) + ") " + a.First.Path + "\n")
		}
	}
	p.List = list.String()
	p.Draft = markUp(draft.Text, m.marks, m.notes, true)
	return p
}

// noteOf is the anchor of an answer in the draft.
func noteOf(n int) note {
	label := strconv.Itoa(n)
	return note{id: "q-" + label, label: label, href: "#a-" + label, title: "answer " + label}
}

func passageWords(p *desk.Passage) string {
	if p == nil {
		return ""
	}
	return p.Words
}

func newCheckAnswer(a *desk.Answer, n int) checkAnswer {
	x := checkAnswer{Answer: *a, Number: n, Status: a.Status(), Reason: a.Reason()}
	if len(a.Passages) > 0 {
		x.First = &a.Passages[0]
		x.More = a.Passages[1:min(len(a.Passages), passagesListed)]
	}
	var draft, record []mark
	for _, c := range a.Changes {
		_, as := kindOfDrift(c.Kind)
		draft = append(draft, driftMarks(a.Words, passageWords(x.First), c.Draft, as)...)
		record = append(record, driftMarks(passageWords(x.First), a.Words, c.Record, as)...)
		x.Signs = append(x.Signs, toChange(onrecord.Drift{Kind: c.Kind, From: c.Record, To: c.Draft}))
	}
	for _, f := range a.Figures {
		if f.Is == desk.NumberChanged || f.Is == desk.ComparatorChanged {
			_, as := kindOfDrift(onrecord.DriftNumber)
			if f.Is == desk.ComparatorChanged {
				_, as = kindOfDrift(onrecord.DriftComparator)
			}
			draft = append(draft, driftMarks(a.Words, passageWords(x.First), f.Words, as)...)
			record = append(record, driftMarks(passageWords(x.First), a.Words, f.Record, as)...)
		}
	}
	x.Draft, x.Record = markUp(a.Words, draft, nil, false), markUp(passageWords(x.First), record, nil, false)
	return x
}

// What programs send to be checked, and get.
type (
	checkInput struct {
		Body struct {
			Text      string `json:"text,omitempty" maxLength:"200000" doc:"a draft, or an answer of an assistant; addresses that it cites, in links or notes, are held against what they stand behind"`
			Quotation string `json:"quotation,omitempty" maxLength:"5000" doc:"one quotation, in place of text: it has one answer"`
			Speaker   string `json:"speaker,omitempty" maxLength:"500" doc:"who is said to have said the quotation"`
			Article   string `json:"article,omitempty" maxLength:"5000" doc:"id or URL of the article that is cited: only passages of it count"`
		}
	}
	checkResult struct {
		linkState
		Answers []apiAnswer `json:"answers" doc:"in the order of the draft"`
	}
	apiAnswer struct {
		desk.Answer
		Status string `json:"status" enum:"contradicted,unverified,repaired,verified" doc:"repaired: in the record in the words of the first passage; contradicted: the record has it otherwise"`
		Reason string `json:"reason"`
	}
)

func (s *site) apiCheck(ctx context.Context, in *checkInput) (*checkResult, error) {
	answers, err := s.ask(ctx, desk.Question(in.Body))
	if err != nil {
		return nil, err
	}
	return &checkResult{Answers: each(answers, func(a *desk.Answer) apiAnswer { return apiAnswer{*a, a.Status(), a.Reason()} })}, nil
}
