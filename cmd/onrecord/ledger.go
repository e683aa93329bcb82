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

type backupCommand struct {
	File string `arg:"" help:"File to be written, which does not exist: a ledger itself."`
}

// Run writes a backup, while others read and write the ledger.
func (c *backupCommand) Run(ctx context.Context, root *command, s streams) error {
	if err := storage.Backup(ctx, root.Ledger, c.File); err != nil {
		return err
	}
	_, err := fmt.Fprintf(s.out, "%s written to %s and found sound\n", storage.Name(root.Ledger), c.File)
	return err
}

type restoreCommand struct {
	File string `arg:"" help:"The backup."`
}

// Run fills the ledger, a file that is not there or an empty schema of PostgreSQL.
func (c *restoreCommand) Run(ctx context.Context, root *command, s streams) error {
	rows, err := storage.Restore(ctx, c.File, root.Ledger)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.out, "%s restored from %s to %s and compared\n", count(rows, "row"), c.File, storage.Name(root.Ledger))
	return err
}
