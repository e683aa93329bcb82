package ledger

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// application marks a SQLite file as a ledger (PRAGMA application_id): "OnRc".
const application = 0x4f6e5263

// quiet keeps goose from telling the log of each migration.
var quiet = slog.New(slog.DiscardHandler)

//go:embed search_sqlite.sql
var searchSchema string

// sqliteSteps are the migrations of SQLite alone. Their versions stand in one row with those of the files in migrations.
func sqliteSteps() []*goose.Migration {
	return []*goose.Migration{
		goose.NewGoMigration(2, &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, searchSchema)
			return err
		}}, nil),
	}
}

// openSQLite opens a file as a SQLite database that is, or becomes, a ledger. The journal is a write-ahead log: readers and the
// writer do not wait for each other, and what was committed outlives the death of the process at any moment (synchronous=NORMAL:
// a loss of power may take the last commits with it, never the ledger's order).
func openSQLite(ctx context.Context, path string, reading bool) (*sql.DB, error) {
	if path == "" {
		return nil, errors.New("no path given")
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(abs)
	switch {
	case err == nil && info.IsDir():
		return nil, fmt.Errorf("%w: it is a folder", ErrNot)
	case err == nil && !info.Mode().IsRegular():
		return nil, fmt.Errorf("%w: it is no regular file", ErrNot)
	case errors.Is(err, os.ErrNotExist) && reading:
		return nil, fmt.Errorf("no such file: nothing was read into it yet")
	case errors.Is(err, os.ErrNotExist):
		if _, err := os.Stat(filepath.Dir(abs)); err != nil {
			return nil, fmt.Errorf("%w: its folder does not exist", ErrReadOnly)
		}
	case err != nil:
		return nil, err
	case info.Size() > 0:
		if err := sniff(abs); err != nil {
			return nil, err
		}
	case reading:
		return nil, fmt.Errorf("%w: it is empty", ErrNot)
	}
	if !reading {
		return connect(ctx, abs, "_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=foreign_keys(1)&_txlock=immediate", false)
	}
	db, err := connect(ctx, abs, "mode=ro&_pragma=query_only(1)", true)
	if errors.Is(explain(err), ErrReadOnly) {
		// Where the log's own files cannot be made, a ledger without a log is read as it lies.
		if log, e := os.Stat(abs + "-wal"); e != nil || log.Size() == 0 {
			return connect(ctx, abs, "mode=ro&immutable=1&_pragma=query_only(1)", true)
		}
	}
	return db, err
}

// sniff refuses a file that does not begin as SQLite files do (https://sqlite.org/fileformat2.html#magic_header_string).
func sniff(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	const magic = "SQLite format 3\x00"
	head := make([]byte, len(magic))
	if n, err := io.ReadFull(f, head); err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	} else if string(head[:n]) != magic {
		return ErrNot
	}
	return nil
}

func connect(ctx context.Context, abs, options string, reading bool) (*sql.DB, error) {
	slashed := filepath.ToSlash(abs)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:/...
	}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: slashed}).EscapedPath()+"?_pragma=busy_timeout(10000)&_pragma=cache_size(-16000)&"+options)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(8)
	if err := mark(ctx, db, reading); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

// mark makes an empty database a ledger, and refuses one that is something else.
func mark(ctx context.Context, db *sql.DB, reading bool) error {
	var id, tables int64
	if err := db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return err
	}
	if id == application {
		return nil
	}
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
		return err
	}
	if id != 0 || tables > 0 || reading {
		return fmt.Errorf("%w, but another SQLite database", ErrNot)
	}
	_, err := db.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", application))
	return err
}

// explain says what an error of SQLite means for the ledger.
func explain(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	meaning := error(nil)
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		meaning = ErrBusy
	case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
		meaning = ErrDamaged
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		meaning = ErrReadOnly
	default:
		return err
	}
	if errors.Is(err, meaning) {
		return err
	}
	return fmt.Errorf("%w: %w", meaning, err)
}
