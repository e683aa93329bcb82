package database

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/internal/query"
)

// Row: see [ledger.Ledger].
func (l *Ledger) Row(ctx context.Context, id string) (*ledger.StoryView, error) {
	v := new(ledger.StoryView)
	err := l.look(ctx, func(q *query.Queries) error {
		id, err := follow(ctx, q, id)
		if err != nil {
			return err
		}
		statements, figures, articles, err := seed(ctx, q, v, id)
		if err != nil {
			return err
		}
		if v.Model, err = linkModel(ctx, q); err != nil {
			return err
		}
		if v.Figures, err = figuresByID(ctx, q, figures); err != nil {
			return err
		}
		conversions, err := chosen(ctx, q, figures, q.ConversionsOf, figuresByID)
		if err != nil {
			return err
		}
		v.Figures = append(v.Figures, conversions...)
		for i := range v.Figures {
			statements, articles = append(statements, v.Figures[i].Statement), append(articles, v.Figures[i].Article)
		}
		if v.Statements, err = statementsByID(ctx, q, once(statements)); err != nil {
			return err
		}
		if len(v.Disputes) > 0 {
			if err := renditions(ctx, q, v); err != nil {
				return err
			}
		}
		var speakers []string
		for i := range v.Statements {
			speakers, articles = append(speakers, v.Statements[i].Speaker), append(articles, v.Statements[i].Article)
		}
		if len(v.Statements)+len(v.Figures)+len(v.Utterances)+len(v.Measures)+len(v.Disputes)+len(v.Copies) == 0 {
			return fmt.Errorf("row %s: %w", id, ledger.ErrNotFound)
		}
		if v.Speakers, err = speakersByID(ctx, q, once(speakers)); err != nil {
			return err
		}
		return around(ctx, q, v, once(articles))
	})
	if err != nil {
		return nil, err
	}
	return v, nil
}

// seed loads the row itself, if it is one across articles, and names what it rests on.
func seed(ctx context.Context, q *query.Queries, v *ledger.StoryView, id string) (statements, figures, articles []string, err error) {
	one := []string{id}
	kind := id[:min(len(id), 1)]
	switch kind {
	case onrecord.StatementKind:
		statements = one
	case onrecord.FigureKind:
		figures = one
	case onrecord.UtteranceKind:
		v.Utterances, err = utterancesByID(ctx, q, one)
		for _, u := range v.Utterances {
			statements = append(statements, u.Statements...)
		}
	case onrecord.MeasureKind:
		v.Measures, err = measuresByID(ctx, q, one)
		for _, m := range v.Measures {
			for _, a := range m.Figures {
				figures = append(figures, a.Figure)
			}
		}
	case onrecord.DisputeKind:
		v.Disputes, err = disputesByID(ctx, q, one)
		for _, d := range v.Disputes {
			for _, member := range slices.Concat(d.Sides[0], d.Sides[1]) {
				if strings.HasPrefix(member, onrecord.FigureKind) {
					figures = append(figures, member)
				} else {
					statements = append(statements, member)
				}
			}
		}
	case onrecord.CopyKind:
		v.Copies, err = copiesByID(ctx, q, one)
		for _, c := range v.Copies {
			articles = append(articles, c.Article, c.Origin)
		}
	}
	return statements, figures, articles, err
}

// renditions adds the utterances of the statements, and the other renditions of these.
func renditions(ctx context.Context, q *query.Queries, v *ledger.StoryView) (err error) {
	var utterances, statements []string
	for i := range v.Statements {
		utterances = append(utterances, v.Statements[i].Utterance)
		statements = append(statements, v.Statements[i].ID)
	}
	if v.Utterances, err = utterancesByID(ctx, q, once(utterances)); err != nil {
		return err
	}
	for _, u := range v.Utterances {
		statements = append(statements, u.Statements...)
	}
	v.Statements, err = statementsByID(ctx, q, once(statements))
	return err
}

// around adds the articles, their reports with the articles these go back to, and the story of the first article that has one.
func around(ctx context.Context, q *query.Queries, v *ledger.StoryView, articles []string) (err error) {
	if v.Reports, err = chosen(ctx, q, articles, q.ReportsOf, reportsByID); err != nil {
		return err
	}
	for _, r := range v.Reports {
		articles = append(articles, r.Origin)
	}
	if v.Articles, err = articleRows(ctx, q, once(articles)); err != nil {
		return err
	}
	slices.SortStableFunc(v.Articles, func(a, b ledger.ArticleRow) int {
		return cmp.Or(cmp.Compare(a.Published.Value, b.Published.Value), cmp.Compare(a.ID, b.ID))
	})
	for i := range v.Articles {
		if story := v.Articles[i].Story; story != "" {
			stories, err := storiesByID(ctx, q, []string{story})
			for _, s := range stories {
				v.Story = s
			}
			return err
		}
	}
	return nil
}

// once sorts ids and takes out those that come again, and the empty one.
func once(ids []string) []string {
	slices.Sort(ids)
	ids = slices.Compact(ids)
	if len(ids) > 0 && ids[0] == "" {
		ids = ids[1:]
	}
	return ids
}
