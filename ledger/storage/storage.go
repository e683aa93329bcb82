// Package storage opens ledgers by where they are: the one place that knows which kinds of storage there are. Each is a folder of its own
// beside this one and passes the tests of ledger/ledgertest.
package storage

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/sqlite"
)

// An engine is a kind of storage.
type engine struct {
	open, openReader, openServer func(ctx context.Context, address string) (ledger.Ledger, error)
	files                        func(address string) []string // that hold the ledger on this machine, whether they exist or not
}

// find is the engine for an address: for one that names a scheme, the scheme's; else the one of files.
func find(address string) (engine, error) {
	switch scheme, _, named := strings.Cut(address, "://"); {
	case !named:
		return engine{
			open:       func(ctx context.Context, path string) (ledger.Ledger, error) { return sqlite.Open(ctx, path) },
			openReader: func(ctx context.Context, path string) (ledger.Ledger, error) { return sqlite.OpenReader(ctx, path) },
			openServer: func(ctx context.Context, path string) (ledger.Ledger, error) { return sqlite.OpenServer(ctx, path) },
			files:      sqlite.Files,
		}, nil
	case scheme == "postgres", scheme == "postgresql":
		return engine{}, errors.New("ledger: this version of onrecord keeps ledgers in files only: PostgreSQL is not built in yet") // an address may hold a password
	default:
		return engine{}, fmt.Errorf("ledger: no storage is known by %q: name a file", scheme)
	}
}

// Open opens the ledger at an address, a file's path, or makes an empty one there.
func Open(ctx context.Context, address string) (ledger.Ledger, error) {
	e, err := find(address)
	if err != nil {
		return nil, err
	}
	return opened(e.open(ctx, address))
}

// OpenReader opens a ledger that exists, for looking only: it is not changed, and may lie where nothing can be written.
func OpenReader(ctx context.Context, address string) (ledger.Ledger, error) {
	e, err := find(address)
	if err != nil {
		return nil, err
	}
	return opened(e.openReader(ctx, address))
}

// OpenServer is OpenReader for a process that answers for long: quicker, and with as much of the ledger in memory as the system spares.
func OpenServer(ctx context.Context, address string) (ledger.Ledger, error) {
	e, err := find(address)
	if err != nil {
		return nil, err
	}
	return opened(e.openServer(ctx, address))
}

// opened is a nil interface, not one that holds a nil pointer, where opening failed.
func opened(l ledger.Ledger, err error) (ledger.Ledger, error) {
	if err != nil {
		return nil, err
	}
	return l, nil
}

// Files are the files that hold the ledger at an address, whether they exist or not: for those who write files beside it. There are none
// for a ledger on another machine.
func Files(address string) []string {
	e, err := find(address)
	if err != nil {
		return nil
	}
	return e.files(address)
}

// Holds says whether a file of this machine is a ledger, or belongs to one: for those who write files.
func Holds(path string) bool { return sqlite.Holds(path) }
