// Package ledger keeps the record: articles, the rows of their readings, the links across them, and people's reviews, in one
// SQLite file (PostgreSQL by the same schema and queries).
//
// The schema stands in migrations, the queries in query.sql; sqlc makes internal/query of them. What only SQLite does (opening,
// errors, full text search) stands in sqlite.go.
package ledger

//go:generate go run github.com/sqlc-dev/sqlc/cmd/sqlc@v1.31.1 generate

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pressly/goose/v3"

	"github.com/onrecord/onrecord/ledger/internal/query"
)

//go:embed migrations/*.sql
var migrations embed.FS

// What is wrong with a ledger that does not open, or with what is asked of it. Errors of this package wrap them with the place.
var (
	ErrNotFound = errors.New("not in the ledger")                                            // an id that names nothing
	ErrNot      = errors.New("not a ledger")                                                 // a file that is something else
	ErrNewer    = errors.New("made by a newer version of onrecord")                          // a schema that this version does not know
	ErrOlder    = errors.New("made by an older version of onrecord; read into it to update") // for OpenReader, which cannot migrate
	ErrBusy     = errors.New("in use: another process is writing to it")
	ErrDamaged  = errors.New("damaged")
	ErrReadOnly = errors.New("cannot be written")
)

// A Ledger is an open ledger. It is safe for concurrent use; one process writes at a time.
type Ledger struct {
	path    string
	db      *sql.DB
	reading bool         // opened by OpenReader
	writing sync.Mutex   // one writer in this process; SQLite keeps others waiting
	taken   atomic.Int64 // the generation that Readings returned last, -1 for none: what SetLinks links
}

// Open opens the ledger at a file path, or makes it; migrations run on opening.
func Open(ctx context.Context, path string) (*Ledger, error) { return open(ctx, path, false) }

// OpenReader opens a ledger that exists, for looking only: it is not changed, and may lie where nothing can be written.
func OpenReader(ctx context.Context, path string) (*Ledger, error) { return open(ctx, path, true) }

func open(ctx context.Context, path string, reading bool) (*Ledger, error) {
	if strings.HasPrefix(path, "postgres://") || strings.HasPrefix(path, "postgresql://") {
		return nil, errors.New("ledger: this version of onrecord keeps ledgers in files only: PostgreSQL is not built in yet")
	}
	db, err := openSQLite(ctx, path, reading)
	if err != nil {
		return nil, fmt.Errorf("ledger %s: %w", path, explain(err))
	}
	l := &Ledger{path: path, db: db, reading: reading}
	l.taken.Store(-1)
	if err := l.migrate(ctx); err != nil {
		db.Close()
		return nil, l.failed(err)
	}
	return l, nil
}

// migrate brings the schema to this version's, or says why it cannot.
func (l *Ledger) migrate(ctx context.Context) error {
	steps, err := l.steps()
	if err != nil {
		return err
	}
	if l.reading { // nothing can be written, so goose cannot be asked
		var now int64
		if err := l.db.QueryRowContext(ctx, "SELECT max(version_id) FROM goose_db_version WHERE is_applied").Scan(&now); err != nil {
			return err
		}
		sources := steps.ListSources()
		return compare(now, sources[len(sources)-1].Version)
	}
	for tries := 1; ; tries++ {
		now, target, err := steps.GetVersions(ctx)
		if err == nil && now >= target {
			return compare(now, target)
		}
		if err == nil {
			_, err = steps.Up(ctx)
		}
		if err == nil || tries == 10 || ctx.Err() != nil {
			return err
		}
		time.Sleep(20 * time.Millisecond) // another process that makes the same ledger came first: look again
	}
}

func compare(now, target int64) error {
	switch {
	case now > target:
		return fmt.Errorf("%w (its schema is version %d, the newest known here is %d)", ErrNewer, now, target)
	case now < target:
		return fmt.Errorf("%w (its schema is version %d, not %d)", ErrOlder, now, target)
	}
	return nil
}

// steps are the migrations: those that databases share, and this database's own.
func (l *Ledger) steps() (*goose.Provider, error) {
	shared, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectSQLite3, l.db, shared, goose.WithGoMigrations(sqliteSteps()...), goose.WithDisableGlobalRegistry(true), goose.WithSlog(quiet))
}

// Close closes the ledger.
func (l *Ledger) Close() error { return l.failed(l.db.Close()) }

// failed names the ledger in an error and says in words what the database means.
func (l *Ledger) failed(err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return fmt.Errorf("ledger %s: %w", l.path, explain(err))
}

// look runs f on one unchanging state of the ledger.
func (l *Ledger) look(ctx context.Context, f func(q *query.Queries) error) error {
	return l.lookTx(ctx, func(_ *sql.Tx, q *query.Queries) error { return f(q) })
}

func (l *Ledger) lookTx(ctx context.Context, f func(tx *sql.Tx, q *query.Queries) error) error {
	tx, err := l.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return l.failed(err)
	}
	defer tx.Rollback()
	if err := f(tx, query.New(tx)); err != nil {
		return l.failed(err)
	}
	return nil
}

// change runs f in one transaction: all of it is kept, or nothing.
func (l *Ledger) change(ctx context.Context, f func(tx *sql.Tx, q *query.Queries) error) error {
	if l.reading {
		return l.failed(fmt.Errorf("%w: it was opened for looking only", ErrReadOnly))
	}
	l.writing.Lock()
	defer l.writing.Unlock()
	tx, err := l.db.BeginTx(ctx, nil)
	if err != nil {
		return l.failed(err)
	}
	defer tx.Rollback()
	if err := f(tx, query.New(tx)); err != nil {
		return l.failed(err)
	}
	return l.failed(tx.Commit())
}
