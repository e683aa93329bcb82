package desk

import (
	"context"
	"fmt"
	"strings"
	"unicode"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/internal/sentinel"
	"github.com/onrecord/onrecord/reading"
	"github.com/onrecord/onrecord/reading/language"
)

// A Question is what is to be held against the record: a text, or in its place one quotation.
type Question struct {
	Text      string // a draft, or an answer of an assistant; articles that it cites by address (links, notes) count for what they stand behind
	Quotation string // one quotation, with or without its marks
	Speaker   string // who is said to have said it; "" for nobody
	Article   string // id or address of an article that is cited for all of it; "" for none
}

// ErrQuestion is wrapped by what is wrong with a question.
const ErrQuestion sentinel.Error = "question"

// Longest texts and quotations that are answered for, in bytes: a check looks for each statement of a text.
const (
	LongestText      = 200_000
	LongestQuotation = 5_000
)

// Ask answers a question: for a text as [Check] does, for a quotation with one answer. Spans are of the text, or of the quotation as it was
// given. Where an article is cited, no passage of another counts.
func Ask(ctx context.Context, r Reader, q Question) ([]Answer, error) {
	switch {
	case len(q.Text) > LongestText:
		return nil, fmt.Errorf("%w: the text is too long: at most 200,000 bytes are checked at a time", ErrQuestion)
	case len(q.Quotation) > LongestQuotation, len(q.Speaker) > LongestQuotation, len(q.Article) > LongestQuotation:
		return nil, fmt.Errorf("%w: the quotation is too long: at most 5,000 bytes are checked as one", ErrQuestion)
	case strings.TrimSpace(q.Quotation) != "":
		return askQuotation(ctx, r, q)
	case strings.TrimSpace(q.Text) == "":
		return nil, fmt.Errorf("%w: there is no text to check", ErrQuestion)
	}
	text, cited := withoutCitations(strings.ToValidUTF8(q.Text, "\ufffd"))
	d, err := read(ctx, r, text)
	if err != nil {
		return nil, err
	}
	var answers []Answer
	for _, c := range d.claims() {
		of := d.citedFor(&c, cited)
		if q.Article != "" {
			of = []string{q.Article}
		}
		a, err := d.answerCited(ctx, &c, of)
		if err != nil {
			return nil, err
		}
		answers = append(answers, *a)
	}
	return answers, nil
}

// read is a desk with a text on it.
func read(ctx context.Context, r Reader, text string) (*desk, error) {
	a := &onrecord.Article{Text: text, File: "draft"}
	a.ID = onrecord.ArticleID(a)
	if err := reading.Check(a); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrQuestion, err)
	}
	made := reading.Read(a)
	if !reading.Reads(made.Language) {
		return nil, fmt.Errorf("%w: the text is in %s, and only English is read", ErrQuestion, language.Name(made.Language))
	}
	return newDesk(ctx, r, made)
}

// quotationMarks are taken from around a quotation, and made single within it.
const quotationMarks = "“”„«»\""

// askQuotation reads a quotation as a sentence that says it, so that it is answered for as in a draft. Where the reading makes of it anything
// else than one statement of whom is named, the statement is made by hand: what somebody asks for is answered for.
func askQuotation(ctx context.Context, r Reader, q Question) ([]Answer, error) {
	whole := strings.ToValidUTF8(q.Quotation, "\ufffd")
	words := strings.TrimSpace(strings.Trim(strings.TrimSpace(whole), quotationMarks))
	if strings.IndexFunc(words, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }) < 0 {
		return nil, fmt.Errorf("%w: the quotation has no words", ErrQuestion)
	}
	lead := strings.Index(whole, words)
	inner := strings.Map(func(c rune) rune {
		switch {
		case c == '“' || c == '„' || c == '«':
			return '‘'
		case c == '”' || c == '»' || c == '"':
			return '’'
		case c == '\n' || c == '\r':
			return ' '
		}
		return c
	}, words)
	const mark = "“"
	text, speaker := mark+inner+"”", strings.Join(strings.Fields(strings.ToValidUTF8(q.Speaker, "\ufffd")), " ")
	if speaker != "" {
		text += " " + speaker + " said."
	}
	d, err := read(ctx, r, text)
	if err != nil {
		return nil, err
	}
	content := onrecord.Span{Start: len(mark), End: len(mark) + len(inner)}
	c := claim{statement: onrecord.Statement{Kind: onrecord.Direct, Stance: onrecord.Asserts, Content: []onrecord.Span{content}, SpeakerConfidence: 1}, parts: []onrecord.Span{content}, quoted: true}
	if speaker != "" {
		c.speaker = d.named(speaker, text)
		c.statement.Speaker = c.speaker.ID
	}
	var cited []string
	if q.Article != "" {
		cited = []string{q.Article}
	}
	a, err := d.answerCited(ctx, &c, cited)
	if err != nil {
		return nil, err
	}
	before := len([]rune(whole[:lead]))
	a.Words = words
	a.Span = [2]int{before, before + len([]rune(words))}
	return []Answer{*a}, nil
}

// named is the speaker of a text that is somebody's one quotation, as the reading has it; where it has none, an organisation of that name: of
// whom it is not known to be a person it is never said that another is not the same.
func (d *desk) named(name, text string) *onrecord.Speaker {
	r := d.draft.reading
	for i := range r.Statements {
		if s := r.Speaker(r.Statements[i].Speaker); s != nil && r.Statements[i].Parent == "" && len(r.Statements[i].Source) > 0 && strings.Contains(name, strings.TrimSpace(r.Statements[i].Source[0].Of(text))) {
			return s
		}
	}
	r.Speakers = append(r.Speakers, onrecord.Speaker{ID: "named", Name: name, Kind: onrecord.Organisation, Confidence: 1})
	return &r.Speakers[len(r.Speakers)-1]
}
