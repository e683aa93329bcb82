package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"

	"github.com/onrecord/onrecord/engine"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/storage"
	"github.com/onrecord/onrecord/link/speakers"
)

type speakersCommand struct {
	Table  string `arg:"" optional:"" help:"CSV file with a header row; columns: name, aliases (separated by ;), kind, state, role, from, to, id. One line per speaker and role." placeholder:"FILE"`
	Forget bool   `help:"Remove the table of speakers."`
}

func (c *speakersCommand) Run(ctx context.Context, root *command, s streams) error {
	if c.Forget == (c.Table != "") {
		return errors.New("speakers takes a table or --forget")
	}
	l, err := storage.Open(ctx, root.Ledger)
	if err != nil {
		return err
	}
	defer l.Close()
	table, err := setTable(ctx, l, c.Table)
	if err != nil {
		return err
	}
	if err := engine.Link(ctx, l, runtime.GOMAXPROCS(0)); err != nil {
		return err
	}
	if table == nil {
		fmt.Fprintln(s.out, "table of speakers removed")
		return nil
	}
	fmt.Fprintf(s.out, "%s in the table\n", count(len(table.Speakers), "speaker"))
	return nil
}

// setTable gives a ledger the table of a file; none for no file.
func setTable(ctx context.Context, l ledger.Ledger, file string) (*speakers.Table, error) {
	if file == "" {
		return nil, l.SetTable(ctx, nil)
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	table, err := speakers.ReadTable(f, file)
	if err != nil {
		return nil, err
	}
	return table, l.SetTable(ctx, table)
}
