package main

import (
	"context"
	"fmt"
	"runtime/debug"

	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/serve"
)

type serveCommand struct {
	Listen string `help:"Address to listen on." default:"127.0.0.1:7700" placeholder:"HOST:PORT"`
}

func (c *serveCommand) Run(ctx context.Context, root *command, s streams) error {
	debug.SetGCPercent(400) // pages make much that is thrown away at once, and little that stays
	return look(ctx, root.Ledger, func(l *ledger.Ledger) error {
		return serve.Listen(ctx, c.Listen, l, func(address string) {
			fmt.Fprintf(s.out, "The ledger %s is at http://%s/ (Ctrl-C ends)\n", root.Ledger, address)
		})
	})
}
