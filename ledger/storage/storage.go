// Package storage opens ledgers by where they are: the one place that knows which kinds of storage there are. Each is a folder of its own
// beside this one and passes the tests of ledger/ledgertest.
package storage

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/internal/database"
	"github.com/onrecord/onrecord/ledger/postgres"
	"github.com/onrecord/onrecord/ledger/sqlite"
)

// An engine is a kind of storage.
type engine struct {
	open, openReader, openServer func(ctx context.Context, address string) (ledger.Ledger, error)
	name                         func(address string) string // that may be shown
	limits                       func(address string, connections int, timeout time.Duration) (string, error)
	backup                       func(ctx context.Context, address, path string) error // into a new file; nil where rows are copied
	files                        func(address string) []string                         // that hold the ledger on this machine, whether they exist or not
}

// find is the engine for an address: for one that names a scheme, the scheme's; else the one of files.
func find(address string) (engine, error) {
	switch scheme, _, named := strings.Cut(address, "://"); {
	case !named:
		return engine{
			open: func(ctx context.Context, path string) (ledger.Ledger, error) { return opened(sqlite.Open(ctx, path)) },
			openReader: func(ctx context.Context, path string) (ledger.Ledger, error) {
				return opened(sqlite.OpenReader(ctx, path))
			},
			openServer: func(ctx context.Context, path string) (ledger.Ledger, error) {
				return opened(sqlite.OpenServer(ctx, path))
			},
			files: sqlite.Files, backup: sqlite.Backup,
			name: func(path string) string { return path },
			limits: func(string, int, time.Duration) (string, error) {
				return "", errors.New("ledger: a file has no limits of connections and time: they are for PostgreSQL")
			},
		}, nil
	case scheme == "postgres", scheme == "postgresql":
		return engine{
			open: func(ctx context.Context, address string) (ledger.Ledger, error) {
				return opened(postgres.Open(ctx, address))
			},
			openReader: func(ctx context.Context, address string) (ledger.Ledger, error) {
				return opened(postgres.OpenReader(ctx, address))
			},
			openServer: func(ctx context.Context, address string) (ledger.Ledger, error) {
				return opened(postgres.OpenServer(ctx, address))
			},
			files:  func(string) []string { return nil },
			name:   postgres.Name,
			limits: postgres.WithLimits,
		}, nil
	default:
		return engine{}, fmt.Errorf("ledger: no storage is known by %q: name a file or a postgres:// address", scheme)
	}
}

// Open opens the ledger at an address, a file's path or postgres://..., or makes an empty one there.
func Open(ctx context.Context, address string) (ledger.Ledger, error) {
	e, err := find(address)
	if err != nil {
		return nil, err
	}
	return e.open(ctx, address)
}

// OpenReader opens a ledger that exists, for looking only: it is not changed, and may lie where nothing can be written.
func OpenReader(ctx context.Context, address string) (ledger.Ledger, error) {
	e, err := find(address)
	if err != nil {
		return nil, err
	}
	return e.openReader(ctx, address)
}

// OpenServer is OpenReader for a process that answers for long: quicker, and with as much of the ledger in memory as the system spares.
func OpenServer(ctx context.Context, address string) (ledger.Ledger, error) {
	e, err := find(address)
	if err != nil {
		return nil, err
	}
	return e.openServer(ctx, address)
}

// Copy copies all of the ledger at one address into the one at another, which is made or is empty, and says how many rows there are. Every
// row is compared before any is kept: an error, or the death of the process, leaves the other ledger empty.
func Copy(ctx context.Context, from, to string) (rows int, err error) {
	source, err := OpenReader(ctx, from)
	if err != nil {
		return 0, err
	}
	defer source.Close()
	target, err := Open(ctx, to)
	if err != nil {
		return 0, err
	}
	type kept interface{ Database() *database.Ledger }
	rows, err = database.Copy(ctx, target.(kept).Database(), source.(kept).Database())
	return rows, errors.Join(err, target.Close())
}

// Backup writes what a ledger of any kind holds at one moment into a new file, itself a ledger, while others read and write it, and examines
// it: the file appears when it is whole and sound, and on the disk.
func Backup(ctx context.Context, address, path string) error {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: %w", path, cmp.Or(err, fs.ErrExist))
	}
	folder, err := os.MkdirTemp(filepath.Dir(path), ".onrecord-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	aside := filepath.Join(folder, "backup.db")
	e, err := find(address)
	if err != nil {
		return err
	}
	if e.backup != nil {
		err = e.backup(ctx, address, aside)
	} else {
		_, err = Copy(ctx, address, aside)
	}
	if err == nil {
		err = sound(ctx, aside)
	}
	if err == nil {
		err = synced(aside)
	}
	if err == nil {
		err = os.Rename(aside, path)
	}
	if err != nil {
		return err
	}
	return synced(filepath.Dir(path))
}

// sound says what is wrong with a ledger.
func sound(ctx context.Context, address string) error {
	l, err := OpenReader(ctx, address)
	if err != nil {
		return err
	}
	defer l.Close()
	h, err := l.Examine(ctx)
	switch {
	case err != nil:
		return err
	case len(h.Damage) > 0:
		return fmt.Errorf("%w: %s", ledger.ErrDamaged, h.Damage[0])
	case len(h.Altered) > 0:
		return fmt.Errorf("article %s: %w", h.Altered[0], ledger.ErrAltered)
	}
	return nil
}

// synced puts a file, or the names in a folder, on the disk.
func synced(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Restore copies a backup into an empty ledger, which is made where there is none, and says how many rows there are. One that is not
// sound is refused.
func Restore(ctx context.Context, path, address string) (rows int, err error) {
	if err := sound(ctx, path); err != nil {
		return 0, fmt.Errorf("backup %s: %w", path, err)
	}
	return Copy(ctx, path, address)
}

// opened is a nil interface, not one that holds a nil pointer, where opening failed.
func opened[L ledger.Ledger](l L, err error) (ledger.Ledger, error) {
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

// Name is an address as it may be shown: an address may hold a password.
func Name(address string) string {
	e, err := find(address)
	if err != nil {
		return address
	}
	return e.name(address)
}

// WithLimits is the address of a ledger with limits: how many connections a process may have that look at it, how long one statement may
// take; 0 for what is usual.
func WithLimits(address string, connections int, timeout time.Duration) (string, error) {
	e, err := find(address)
	if err != nil {
		return "", err
	}
	return e.limits(address, connections, timeout)
}
