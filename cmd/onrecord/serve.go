package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"runtime/debug"

	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/storage"
	"github.com/onrecord/onrecord/serve"
)

type serveCommand struct {
	Listen string `help:"Address to listen on." default:"127.0.0.1:7700" placeholder:"HOST:PORT"`
	Writes string `help:"Who may review rows and add articles in the pages: local: whoever uses this machine, where it listens on this machine alone; always: whoever reaches the address; never." enum:"local,always,never" default:"local"`
	postFlags
}

func (c *serveCommand) Run(ctx context.Context, root *command, s streams) error {
	debug.SetGCPercent(400) // pages make much that is thrown away at once, and little that stays
	l, err := storage.OpenServer(ctx, root.Ledger)
	if err != nil {
		return err
	}
	defer l.Close()
	_, open := browseAt(c.Listen)
	var desk ledger.Ledger // a nil interface where nothing is to be written
	if c.Writes == "always" || c.Writes == "local" && !open {
		w, err := storage.Open(ctx, root.Ledger)
		switch {
		case errors.Is(err, ledger.ErrReadOnly):
			tell(s.err, "the ledger cannot be written: pages are for reading only")
		case err != nil:
			return err
		default:
			defer w.Close()
			desk = w
		}
	}
	post, log, stop, err := c.open(ctx, l, s)
	if err != nil {
		return err
	}
	defer stop()
	around := func(h http.Handler) http.Handler { return post.Requests(log, h) }
	return serve.Listen(ctx, c.Listen, l, desk, around, func(address string) {
		url, open := browseAt(address)
		if open {
			tell(s.err, "warning: anyone who can reach %s can read the whole ledger, texts included: there is no sign-in and no encryption", address)
		}
		tell(s.out, "Serving %s at %s (Ctrl-C to stop)", storage.Name(root.Ledger), url)
	})
}

// browseAt is where a browser on this machine finds what listens on an address, and whether other machines can reach it too.
func browseAt(address string) (url string, open bool) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return "http://" + address + "/", true
	}
	ip := net.ParseIP(host)
	if ip != nil && ip.IsUnspecified() { // all addresses of the machine
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port) + "/", ip == nil || !ip.IsLoopback()
}
