package eval

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/export"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/reading"
)

// pieces are words of news and what breaks readers of text: characters outside the basic plane, combining marks, marks of
// direction, odd blanks, marks of quotation of every kind, and unpaired halves of them.
var pieces = []string{
	"the minister", "Odile Karst", "said", "told reporters", "denied", "on Wednesday", "last month", "40 percent of boats", "at least 12 people",
	"“We will stay,”", "'no'", "\"", "“", "”", "‘", "’", "«", "»", "„", "``", "''", "\n", "\n\n", " ", "  ", "\t", "\r\n", ".", "...", ",", ":", "—", "(", ")",
	"\u00a0", "\u200b", "\u200d", "\u2028", "\u202e", "\u2066", "\u2069", "\ufeff", "e\u0301", "\u0301", "𝟘𝟙", "👩‍👩‍👧", "🇺🇳", "日本", "٤٠", "ﷺ", "İ", "ß", "ǆ", "\U000e0041", "\ufffd",
}

// TestSpansOfHostileText holds the promise of the export over texts that a person would not write.
func TestSpansOfHostileText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		for range rapid.IntRange(1, 60).Draw(t, "pieces") {
			b.WriteString(rapid.OneOf(rapid.SampledFrom(pieces), rapid.StringN(0, 4, -1)).Draw(t, "piece"))
			if rapid.Bool().Draw(t, "blank") {
				b.WriteByte(' ')
			}
		}
		a := &onrecord.Article{Text: strings.ToValidUTF8(b.String(), "\ufffd"), Title: "x", Published: onrecord.Published{Value: "2031-03-06", Precision: "day", Basis: "given"}}
		a.ID = onrecord.ArticleID(a)
		r := reading.Read(a)
		var out bytes.Buffer
		err := export.JSONL(&out, func(f func(any) error) error {
			if err := f(&ledger.ArticleRow{Article: *a}); err != nil {
				return err
			}
			for i := range r.Statements {
				if err := f(&ledger.StatementRow{Statement: r.Statements[i]}); err != nil {
					return err
				}
			}
			for i := range r.Figures {
				if err := f(&ledger.FigureRow{Figure: r.Figures[i]}); err != nil {
					return err
				}
			}
			for i := range r.Times {
				if err := f(&r.Times[i]); err != nil {
					return err
				}
			}
			return nil
		}, func([]string) ([]ledger.ArticleRow, error) { return []ledger.ArticleRow{{Article: *a}}, nil })
		if err != nil {
			t.Fatal(err)
		}
		text := []rune(a.Text)
		for line := range bytes.Lines(out.Bytes()) {
			var row map[string]any
			if err := json.Unmarshal(line, &row); err != nil {
				t.Fatal(err)
			}
			if _, err := walkSpans(row, text); err != nil {
				t.Fatalf("%s: %v", line, err)
			}
		}
	})
}
