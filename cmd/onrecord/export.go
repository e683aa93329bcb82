package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime/debug"

	"github.com/onrecord/onrecord/export"
	"github.com/onrecord/onrecord/ledger"
)

type exportCommand struct {
	Format string `help:"${ledgerFormats}." enum:"${ledgerFormatNames}" default:"jsonl"`
	Table  string `help:"For a format of one table, the kind of rows: ${enum}." enum:"${tables}" default:"statement"`
	Story  string `help:"Only this story." placeholder:"ID"`
	Speech bool   `help:"Omit statements that only report belief or intention."`
	Output string `short:"o" help:"Output file; default: standard output. Written completely or not at all." placeholder:"FILE"`
}

// exportGarbage is how much garbage, in percent of what is in use, an export lets pile up: it runs beside other programs, and is to be small.
const exportGarbage = 15

func (c *exportCommand) Run(ctx context.Context, root *command, s streams) error {
	if os.Getenv("GOGC") == "" {
		defer debug.SetGCPercent(debug.SetGCPercent(exportGarbage))
	}
	return lookLinked(ctx, root.Ledger, func(l ledger.Ledger, linked bool) error {
		rows := export.Rows(func(f func(row any) error) error {
			if !linked {
				if err := f(&ledger.Status{Linked: false}); err != nil {
					return err
				}
			}
			return l.Rows(ctx, c.Story, f)
		})
		articles := func(ids []string) ([]ledger.ArticleRow, error) { return l.Articles(ctx, ids) }
		if c.Speech {
			rows = export.Speech(rows)
		}
		format, ok := export.Find(export.ForLedgers(), c.Format)
		if !ok {
			return fmt.Errorf("no format %q", c.Format)
		}
		write := func(w io.Writer) error { return format.Ledger(w, c.Table, rows, articles) }
		if c.Output == "" || c.Output == "-" {
			return write(s.out)
		}
		return writeFile(c.Output, root.Ledger, write)
	})
}
