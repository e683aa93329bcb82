// Package database keeps a ledger in a relational database, in the SQL that SQLite and PostgreSQL share: ledger/internal/query has
// the schema and the queries. What one database does in its own way is its [Dialect].
package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"sync"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/internal/query"
)

// A Dialect is what one kind of database does in its own way.
type Dialect struct {
	Goose goose.Dialect
	// Steps are migrations of this database alone. Their versions stand in one row with those of the files of ledger/internal/query.
	Steps []*goose.Migration
	// Locker keeps processes from bringing the schema up to date at once; nil where the database does so by itself.
	Locker lock.SessionLocker
	// Query puts a query into the database's own words: it may change picked, the texts of a JSON list, and nothing else.
	Query func(query string) string
	// Parses says that the database parses a query each time that it is asked: one that a transaction asks again is prepared.
	Parses bool
	// Placeholder is parameter i, from 0, of an INSERT of many rows.
	Placeholder func(i int) string
	// Copy writes many rows, of which the values follow each other, in the database's own way; nil for INSERTs.
	Copy func(ctx context.Context, conn *sql.Conn, table string, columns []string, values []any) error
	// Explain says what an error of the database means: it wraps it in one of the errors of package ledger, where one fits.
	Explain func(err error) error
	// Patience is how long a writer waits for another.
	Patience time.Duration
	// Isolation is that of a transaction in which the ledger stands still for those who look.
	Isolation sql.IsolationLevel
	// Alone waits until no other process writes, in a transaction that has begun; nil where such a transaction does not begin before.
	Alone func(ctx context.Context, tx *sql.Tx) error
	// Tend is called before a transaction that writes, outside of it, with what is to write; nil for nothing to do.
	Tend func(ctx context.Context, writer *sql.DB) error
	// Examine says what the database finds wrong with itself, and how large it is.
	Examine func(ctx context.Context) (ledger.Health, error)
	// Index keeps the words of articles that were added or replaced, and of their statements; nil where the database does so by itself.
	Index func(ctx context.Context, tx *sql.Tx, insert func(table, columns string, values []any) error, list []Worded) error
	// Find asks the full text index for articles and statements, best first.
	Find func(ctx context.Context, tx *sql.Tx, q Asked) ([]Found, error)
}

// A Ledger is an open ledger in a database.
type Ledger struct {
	name    string  // for errors
	db      *sql.DB // to look
	writer  *sql.DB // to write: nil where it is looked at only
	dialect Dialect

	writing sync.Mutex // one writer in this process; the database keeps others waiting
	ended   time.Time  // of the last transaction that wrote
	took    time.Duration
}

var _ ledger.Ledger = (*Ledger)(nil)

// Open is the ledger in a database, whose schema it makes or brings up to date. Writer is the same database, of one connection, which is
// to fail at once where another process writes; nil for a ledger that is looked at only. Open closes both where it fails, and with the
// ledger.
func Open(ctx context.Context, name string, db, writer *sql.DB, dialect Dialect) (*Ledger, error) {
	l := &Ledger{name: name, db: db, writer: writer, dialect: dialect}
	if err := l.migrate(ctx); err != nil {
		return nil, errors.Join(l.failed(err), l.Close())
	}
	return l, nil
}

// migrate brings the schema to this version's, or says why it cannot.
func (l *Ledger) migrate(ctx context.Context) error {
	shared, err := fs.Sub(query.Migrations, "migrations")
	if err != nil {
		return err
	}
	options := []goose.ProviderOption{
		goose.WithGoMigrations(append(l.steps(), l.dialect.Steps...)...), goose.WithDisableGlobalRegistry(true), goose.WithSlog(slog.New(slog.DiscardHandler)),
	}
	if l.dialect.Locker != nil {
		options = append(options, goose.WithSessionLocker(l.dialect.Locker))
	}
	steps, err := goose.NewProvider(l.dialect.Goose, l.db, shared, options...)
	if err != nil {
		return err
	}
	if l.writer == nil { // nothing can be written, so goose cannot be asked
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
			return inWords(err)
		}
		time.Sleep(20 * time.Millisecond) // another process that makes the same ledger came first: look again
	}
}

// inWords is an error of a migration without the words of goose around it.
func inWords(err error) error {
	var partial *goose.PartialError
	if !errors.As(err, &partial) {
		return err
	}
	return fmt.Errorf("its schema cannot be brought to version %d: %w", partial.Failed.Source.Version, partial.Err)
}

func compare(now, target int64) error {
	switch {
	case now > target:
		return fmt.Errorf("%w (its schema is version %d, the newest known here is %d)", ledger.ErrNewer, now, target)
	case now < target:
		return fmt.Errorf("%w (its schema is version %d, not %d)", ledger.ErrOlder, now, target)
	}
	return nil
}

// Close closes the ledger and its database.
func (l *Ledger) Close() error {
	var err error
	if l.writer != nil {
		err = l.writer.Close()
	}
	return l.failed(errors.Join(err, l.db.Close()))
}

// failed names the ledger in an error and says in words what the database means.
func (l *Ledger) failed(err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return fmt.Errorf("ledger %s: %w", l.name, l.dialect.Explain(err))
}

// look runs f on one unchanging state of the ledger.
func (l *Ledger) look(ctx context.Context, f func(q *query.Queries) error) error {
	return l.lookTx(ctx, func(_ *sql.Tx, q *query.Queries) error { return f(q) })
}

func (l *Ledger) lookTx(ctx context.Context, f func(tx *sql.Tx, q *query.Queries) error) error {
	tx, err := l.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true, Isolation: l.dialect.Isolation})
	if err != nil {
		return l.failed(err)
	}
	defer tx.Rollback()
	return l.failed(f(tx, query.New(spoken{tx: tx, own: l.dialect.Query})))
}

// change runs f in one transaction: all of it is kept, or nothing.
func (l *Ledger) change(ctx context.Context, f func(w *writer) error) error {
	if l.writer == nil {
		return l.failed(fmt.Errorf("%w: it was opened for looking only", ledger.ErrReadOnly))
	}
	l.writing.Lock()
	defer l.writing.Unlock()
	if l.dialect.Tend != nil {
		if err := l.dialect.Tend(ctx, l.writer); err != nil {
			return l.failed(err)
		}
	}
	conn, err := l.writer.Conn(ctx)
	if err != nil {
		return l.failed(err)
	}
	defer conn.Close()
	tx, err := l.begin(ctx, conn)
	if err != nil {
		return l.failed(err)
	}
	begun := time.Now()
	defer func() {
		tx.Rollback()
		l.ended, l.took = time.Now(), time.Since(begun)
	}()
	in := spoken{tx: tx, own: l.dialect.Query}
	if l.dialect.Parses {
		in.asked = map[string]*sql.Stmt{}
	}
	if err := f(&writer{query.New(in), in, conn, &l.dialect}); err != nil {
		return l.failed(err)
	}
	return l.failed(tx.Commit())
}

// Whoever writes looks every so often whether it can begin, and gives others that long and more to look after it has written for a while.
const (
	looks    = time.Millisecond
	givesWay = 4 * time.Millisecond
)

// begin begins a transaction that writes, when no other process writes any more.
func (l *Ledger) begin(ctx context.Context, conn *sql.Conn) (*sql.Tx, error) {
	if l.took > givesWay {
		time.Sleep(givesWay - time.Since(l.ended))
	}
	for since := time.Now(); ; {
		tx, err := conn.BeginTx(ctx, nil)
		if err == nil && l.dialect.Alone != nil {
			if err := l.dialect.Alone(ctx, tx); err != nil {
				return nil, errors.Join(err, tx.Rollback())
			}
		}
		if err == nil || !errors.Is(l.dialect.Explain(err), ledger.ErrBusy) || time.Since(since) > l.dialect.Patience {
			return tx, err
		}
		time.Sleep(looks)
	}
}

// A writer is a transaction that changes the ledger.
type writer struct {
	*query.Queries
	tx      spoken
	conn    *sql.Conn // that tx is of
	dialect *Dialect
}

// A spoken transaction takes queries in the common tongue.
type spoken struct {
	tx    *sql.Tx
	own   func(query string) string
	asked map[string]*sql.Stmt // what was asked once: nil, twice: prepared; nil where nothing is to be prepared
}

// prepared is the statement of a query that is asked again, or nil. The transaction closes it.
func (s spoken) prepared(ctx context.Context, query string) *sql.Stmt {
	if s.asked == nil {
		return nil
	}
	stmt, again := s.asked[query]
	if again && stmt == nil {
		stmt, _ = s.tx.PrepareContext(ctx, s.own(query)) // where it fails, the query says why
	}
	s.asked[query] = stmt
	return stmt
}

func (s spoken) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if stmt := s.prepared(ctx, query); stmt != nil {
		return stmt.ExecContext(ctx, args...)
	}
	return s.tx.ExecContext(ctx, s.own(query), args...)
}

func (s spoken) PrepareContext(ctx context.Context, query string) (*sql.Stmt, error) {
	return s.tx.PrepareContext(ctx, s.own(query))
}

func (s spoken) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if stmt := s.prepared(ctx, query); stmt != nil {
		return stmt.QueryContext(ctx, args...)
	}
	return s.tx.QueryContext(ctx, s.own(query), args...)
}

func (s spoken) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if stmt := s.prepared(ctx, query); stmt != nil {
		return stmt.QueryRowContext(ctx, args...)
	}
	return s.tx.QueryRowContext(ctx, s.own(query), args...)
}
