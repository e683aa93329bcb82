package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/desk"
	"github.com/onrecord/onrecord/internal/sentinel"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/reading"
	"github.com/onrecord/onrecord/reading/language"
	"github.com/onrecord/onrecord/source"
)

type checkCommand struct {
	Draft string `arg:"" help:"The draft, a file of any supported kind; - for standard input. It is not stored." placeholder:"DRAFT"`
	JSON  bool   `name:"json" help:"Print the answers as JSON."`
}

// errUnclear is returned by check where an answer needs a look.
const errUnclear sentinel.Error = "something in the draft differs from the record"

func (c *checkCommand) Run(ctx context.Context, root *command, s streams) error {
	unclear := false
	err := lookLinked(ctx, root.Ledger, func(l ledger.Ledger, linked bool) error {
		var draft *onrecord.Article
		for item := range source.Paths(ctx, []string{c.Draft}, s.in) {
			switch {
			case item.Passed != "", item.Listed != nil:
				continue
			case item.Refusal != nil:
				return item.Refusal
			case draft != nil:
				return fmt.Errorf("%s: more than one article: check takes one draft at a time", c.Draft)
			}
			draft = item.Article
		}
		if draft == nil {
			return fmt.Errorf("%s: no article found", c.Draft)
		}
		if err := reading.Check(draft); err != nil {
			return fmt.Errorf("%s: %w", c.Draft, err)
		}
		read := reading.Read(draft)
		if !reading.Reads(read.Language) {
			return fmt.Errorf("%s: not read: the draft is in %s, and only English is read", c.Draft, language.Name(read.Language))
		}
		answers, err := desk.Check(ctx, l, read)
		if err != nil {
			return err
		}
		unclear = slices.ContainsFunc(answers, func(a desk.Answer) bool { return !a.Clear() })
		if c.JSON {
			return printJSON(s.out, linked, answers)
		}
		printAnswers(s.out, draft, answers, tableWidth(s.out))
		return nil
	})
	if err == nil && unclear {
		err = errUnclear
	}
	return err
}

func printJSON(w io.Writer, linked bool, answers []desk.Answer) error {
	if answers == nil {
		answers = []desk.Answer{}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(map[string]any{"linked": linked, "answers": answers})
}

// shownPassages is how many passages are listed of one answer; --json has them all.
const shownPassages = 4

// lineAndColumn are the line and the column of a code point of a text, from 1.
func lineAndColumn(text string, rune int) (line, column int) {
	line, column = 1, 1
	for _, r := range text {
		if rune == 0 {
			break
		}
		rune--
		if column++; r == '\n' {
			line, column = line+1, 1
		}
	}
	return line, column
}

func printAnswers(w io.Writer, draft *onrecord.Article, answers []desk.Answer, width int) {
	if len(answers) == 0 {
		fmt.Fprintln(w, "No quotations or attributed statements in the draft.")
		return
	}
	good := 0
	for i := range answers {
		a := &answers[i]
		if a.Clear() {
			good++
		}
		line, column := lineAndColumn(draft.Text, a.Span[0])
		fmt.Fprintf(w, "%d. %s (line %d, column %d)\n", i+1, strings.ToUpper(a.Verdict), line, column)
		say := func(format string, args ...any) { fmt.Fprintln(w, wrap(fmt.Sprintf(format, args...), width, "   ")) }
		say("%s: %s", cmp.Or(a.Speaker, "(no source named)"), a.Words)
		for _, c := range a.Changes {
			say("%s: record %q, draft %q", c.Kind, c.Record, c.Draft)
		}
		if l := a.LeftOut; l != nil {
			if l.Before != "" {
				say("omitted before: %q", l.Before)
			}
			if l.After != "" {
				say("omitted after: %q", l.After)
			}
		}
		for _, f := range a.Figures {
			switch f.Is {
			case desk.ComparatorChanged, desk.NumberChanged:
				say("figure, %s: record %s %q, draft %s %q", f.Is, f.RecordSign, f.Record, f.Sign, f.Words)
			case desk.NoFigure:
				say("figure %q: %s", f.Words, f.Is)
			}
		}
		if a.Verdict == desk.Missing {
			if len(a.Passages) > 0 {
				say("nearest:")
			}
		} else {
			say("speaker: %s", speakerLine(a))
			if a.StanceDiffers() {
				say("stance: %q in the record, %q in the draft", a.RecordStance, a.Stance)
			}
			say("%s, %s%s", count(a.Articles, "article"), reports(a), first(a.First))
			if a.OneOrigin() {
				say("single origin: look for a second, independent report")
			}
		}
		for _, p := range a.Passages[:min(len(a.Passages), shownPassages)] {
			fmt.Fprintln(w, wrap(fmt.Sprintf("%s, %s, %s: %s", cmp.Or(p.Outlet, "outlet unknown"), published(onrecord.Published{Value: p.Published}), cmp.Or(p.Speaker, "no source named"), p.Words), width, "   | "))
			fmt.Fprintf(w, "   | %s\n", p.Path)
		}
		if n := len(a.Passages) - shownPassages; n > 0 {
			say("and %s more", count(n, "passage"))
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "%s: %d consistent with the record, %d to review\n", count(len(answers), "answer"), good, len(answers)-good)
}

// reports says to how many independent reports the articles of an answer go back.
func reports(a *desk.Answer) string {
	if a.Reports == nil {
		return "independent reports unknown: not linked yet"
	}
	return count(*a.Reports, "independent report")
}

// speakerLine says who the record has for the words, and how that is to the draft's.
func speakerLine(a *desk.Answer) string {
	var names []string
	for _, n := range a.Speakers {
		names = append(names, cmp.Or(n, "somebody unnamed"))
	}
	who := cmp.Or(strings.Join(names, "; "), "the words are in no statement of the record")
	switch a.SpeakerIs {
	case "":
		return who
	case desk.DifferentSpeaker:
		return "DIFFERENT: the draft says " + cmp.Or(a.Speaker, "nobody") + ", the record says " + who
	default:
		return a.SpeakerIs + " (the record: " + who + ")"
	}
}

func first(p *desk.Passage) string {
	if p == nil {
		return "; publication date unknown"
	}
	return fmt.Sprintf("; first %s, %s", published(onrecord.Published{Value: p.Published}), cmp.Or(p.Outlet, "outlet unknown"))
}
