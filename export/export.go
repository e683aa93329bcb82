package export

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// Rows calls f with each row of a ledger, in the order and of the types of [ledger.Ledger.Rows]: an article comes before the
// rows that point at it.
type Rows func(f func(row any) error) error

// JSONL writes the rows in the export contract, one JSON object a line.
func JSONL(w io.Writer, rows Rows) error {
	out := bufio.NewWriterSize(w, 1<<16)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	err := contract(rows, func(row any) error { return enc.Encode(row) })
	if err != nil {
		return err
	}
	return out.Flush()
}

// contract turns ledger rows into rows of the export contract.
func contract(rows Rows, f func(row any) error) error {
	texts := map[string]*Text{}
	of := func(article string) (*Text, error) {
		if t := texts[article]; t != nil {
			return t, nil
		}
		return nil, fmt.Errorf("export: a row points at article %s, which has not come", article)
	}
	return rows(func(row any) error {
		switch r := row.(type) {
		case *ledger.Status:
			return f(Status{Type: "status", Linked: r.Linked})
		case *ledger.ArticleRow:
			texts[r.ID] = NewText(r.Text)
			return f(FromArticle(r))
		case *ledger.StatementRow:
			t, err := of(r.Article)
			if err != nil {
				return err
			}
			return f(FromStatement(r, t))
		case *ledger.FigureRow:
			t, err := of(r.Article)
			if err != nil {
				return err
			}
			return f(FromFigure(r, t))
		case *onrecord.Time:
			t, err := of(r.Article)
			if err != nil {
				return err
			}
			return f(FromTime(r, t))
		case *onrecord.Copy:
			a, err := of(r.Article)
			if err != nil {
				return err
			}
			o, err := of(r.Origin)
			if err != nil {
				return err
			}
			return f(FromCopy(r, a, o))
		case *ledger.SpeakerRow:
			return f(FromSpeaker(r))
		case *onrecord.Story:
			return f(FromStory(r))
		case *onrecord.Utterance:
			return f(FromUtterance(r))
		case *onrecord.Measure:
			return f(FromMeasure(r))
		case *onrecord.Dispute:
			return f(FromDispute(r))
		case *onrecord.Review:
			return f(FromReview(r))
		}
		return fmt.Errorf("export: no form for a row of type %T", row)
	})
}
