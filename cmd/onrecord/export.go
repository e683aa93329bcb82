package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/export"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/link"
	"github.com/onrecord/onrecord/reading"
)

type exportCommand struct {
	Format string `help:"${enum}." enum:"jsonl,csv" default:"jsonl"`
	Table  string `help:"For csv, the kind of rows: ${enum}." enum:"statement,figure,time,article,copy" default:"statement"`
	Story  string `help:"Only this story." placeholder:"ID"`
	Speech bool   `help:"Leave out statements of belief or intention alone."`
	Output string `short:"o" help:"The file to write; standard output by default. It appears only when whole." placeholder:"FILE"`
}

func (c *exportCommand) Run(ctx context.Context, root *command, s streams) error {
	return look(ctx, root.Ledger, func(l *ledger.Ledger) error {
		rows := func(f func(row any) error) error { return l.Rows(ctx, c.Story, f) }
		if c.Speech {
			rows = export.Speech(rows)
		}
		write := func(w io.Writer) error { return export.JSONL(w, rows) }
		if c.Format == "csv" {
			write = func(w io.Writer) error { return export.CSV(w, c.Table, rows) }
		}
		if c.Output == "" || c.Output == "-" {
			return write(s.out)
		}
		return whole(c.Output, write)
	})
}

// whole writes a file that appears under its name only when it is complete.
func whole(name string, write func(io.Writer) error) error {
	tmp, err := os.CreateTemp(filepath.Dir(name), ".onrecord-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	if err := write(tmp); err != nil {
		tmp.Close()
		return fmt.Errorf("%s: %w", name, err)
	}
	if err := tmp.Chmod(0o644); err != nil {
		tmp.Close()
		return err
	}
	if err := tmp.Close(); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), name)
}

// version is set when a release is built.
var version = "development"

type versionCommand struct{}

func (c *versionCommand) Run(s streams) error {
	fmt.Fprintf(s.out, "onrecord %s\nreading %s\nenglish %s\nlink %s\n", version, reading.Version(), english.Version(), link.Version())
	return nil
}
