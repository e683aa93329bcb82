package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/desk"
	"github.com/onrecord/onrecord/ledger"
)

type citeCommand struct {
	ID   string `arg:"" help:"The id of a statement, a figure or an article." placeholder:"ID"`
	Form string `help:"${citationForms}." enum:"${citationFormNames}" default:"full"`
	Span string `help:"Of an article: the passage from one code point to another, as START-END." placeholder:"SPAN"`
}

func (c *citeCommand) Run(ctx context.Context, root *command, s streams) error {
	return look(ctx, root.Ledger, func(l ledger.Ledger) error {
		from, to := 0, 0
		if c.Span != "" {
			if _, err := fmt.Sscanf(c.Span, "%d-%d", &from, &to); err != nil || from < 0 || to <= from {
				return fmt.Errorf("--span %s: give the first code point and the one after the last, as in 857-917", c.Span)
			}
		}
		cited, err := desk.Cite(ctx, l, c.ID, from, to)
		if err != nil {
			return fmt.Errorf("%s: %w", c.ID, err)
		}
		forms := desk.CitationForms()
		i := slices.IndexFunc(forms, func(f desk.CitationForm) bool { return f.Name == c.Form })
		_, err = fmt.Fprintln(s.out, strings.TrimSpace(forms[i].Write(cited, "")))
		return err
	})
}

// citationForms are the forms of a citation, for help: their names, and what each is.
func citationForms() (names, about string) {
	var list, words []string
	for _, f := range desk.CitationForms() {
		list, words = append(list, f.Name), append(words, f.Name+": "+f.About)
	}
	return strings.Join(list, ","), strings.Join(words, "; ")
}
