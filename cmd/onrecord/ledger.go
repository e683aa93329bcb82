package main

import (
	"context"
	"fmt"

	"github.com/onrecord/onrecord/ledger/storage"
)

type ledgerCommand struct {
	Copy ledgerCopyCommand `cmd:"" help:"Copy a ledger into an empty one, of either kind, and compare every row."`
}

type ledgerCopyCommand struct {
	From string `arg:"" help:"The ledger to copy: a file, or postgres://USER@HOST/DATABASE."`
	To   string `arg:"" help:"An empty ledger, or one to be made."`
}

// Run copies the ledger, reviews and versions of articles included.
func (c *ledgerCopyCommand) Run(ctx context.Context, s streams) error {
	rows, err := storage.Copy(ctx, c.From, c.To)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.out, "%s copied from %s to %s and compared\n", count(rows, "row"), storage.Name(c.From), storage.Name(c.To))
	return err
}
