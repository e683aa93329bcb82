package main

import (
	"context"
	"fmt"

	"onrecord/ledger"
	"onrecord/serve"
)

type serveCommand struct {
	Listen string `help:"Address to listen on." default:"127.0.0.1:7700" placeholder:"HOST:PORT"`
}

func (c *serveCommand) Run(ctx context.Context, root *command, s streams) error {
	return look(ctx, root.Ledger, func(l *ledger.Ledger) error {
		return serve.Listen(ctx, c.Listen, l, func(address string) {
			fmt.Fprintf(s.out, "The ledger %s is at http://%s/ (Ctrl-C ends)\n", root.Ledger, address)
		})
	})
}
