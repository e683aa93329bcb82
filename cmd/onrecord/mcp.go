package main

import (
	"context"

	"github.com/onrecord/onrecord/assistant"
	"github.com/onrecord/onrecord/ledger/storage"
)

type mcpCommand struct {
	At string `help:"Address of the pages, as serve prints it: permalinks begin with it." placeholder:"URL"`
}

func (c *mcpCommand) Run(ctx context.Context, root *command, s streams) error {
	l, err := storage.OpenServer(ctx, root.Ledger)
	if err != nil {
		return err
	}
	defer l.Close()
	return assistant.Serve(ctx, l, c.At, s.in, s.out)
}
