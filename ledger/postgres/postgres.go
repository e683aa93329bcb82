// Package postgres keeps a ledger in a schema of a PostgreSQL database: all that only PostgreSQL does stands here.
//
// A ledger's address is that of its database (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS), where
// search_path says which schema of it, statement_timeout how long one question may take, and pool_max_conns how many connections
// a process may have.
package postgres

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/internal/database"
)

// A Ledger is an open ledger in PostgreSQL.
type Ledger struct {
	*database.Ledger
	name   string // for errors
	config *pgx.ConnConfig

	making sync.Mutex // the tables of the queue
	made   bool
}

// What a ledger is opened for.
type purpose int

const (
	toWrite purpose = iota
	toLook
	toAnswer // questions of many people: none may take long
)

// Open opens the ledger at an address, or makes it in an empty schema; migrations run on opening.
func Open(ctx context.Context, address string) (*Ledger, error) { return open(ctx, address, toWrite) }

// OpenReader opens a ledger that exists, for looking only.
func OpenReader(ctx context.Context, address string) (*Ledger, error) {
	return open(ctx, address, toLook)
}

// OpenServer is OpenReader for a process that answers for long.
func OpenServer(ctx context.Context, address string) (*Ledger, error) {
	return open(ctx, address, toAnswer)
}

// usualConnections is how many connections of a process look at the ledger; one more writes.
const usualConnections = 8

// usualTimeout is how long an answer may take, in milliseconds.
const usualTimeout = "30000"

func open(ctx context.Context, address string, to purpose) (*Ledger, error) {
	config, most, err := parse(address)
	if err != nil {
		return nil, err
	}
	name := Name(address)
	if to != toWrite {
		config.RuntimeParams["default_transaction_read_only"] = "on"
	}
	if _, given := config.RuntimeParams["statement_timeout"]; to == toAnswer && !given {
		config.RuntimeParams["statement_timeout"] = usualTimeout
	}
	db := connect(config, most)
	if err := ours(ctx, db, to == toWrite); err != nil {
		return nil, fmt.Errorf("ledger %s: %w", name, errors.Join(explain(err), db.Close()))
	}
	var writer *sql.DB
	if to == toWrite {
		writer = connect(config, 1)
	}
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return nil, err
	}
	l, err := database.Open(ctx, name, db, writer, dialect(db, locker))
	if err != nil {
		return nil, err
	}
	return &Ledger{Ledger: l, name: name, config: config}, nil
}

// parse takes an address apart: how to connect, and how often at most.
func parse(address string) (config *pgx.ConnConfig, most int, err error) {
	if config, err = pgx.ParseConfig(address); err != nil {
		return nil, 0, fmt.Errorf("ledger: %w", err) // pgx leaves the password out
	}
	most = usualConnections
	if given, ok := config.RuntimeParams["pool_max_conns"]; ok {
		delete(config.RuntimeParams, "pool_max_conns")
		if most, err = strconv.Atoi(given); err != nil || most < 1 {
			return nil, 0, fmt.Errorf("ledger: pool_max_conns is no number of connections: %q", given)
		}
	}
	for name, value := range map[string]string{"application_name": "onrecord", "jit": "off"} { // questions are short: to compile them takes longer than to answer
		if _, given := config.RuntimeParams[name]; !given {
			config.RuntimeParams[name] = value
		}
	}
	return config, most, nil
}

func connect(config *pgx.ConnConfig, most int) *sql.DB {
	db := sql.OpenDB(connector{stdlib.GetConnector(*config)})
	db.SetMaxOpenConns(most)
	db.SetMaxIdleConns(most)
	db.SetConnMaxIdleTime(5 * time.Minute)
	return db
}

// Name is an address as it may be shown: without a password.
func Name(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "postgres"
	}
	u.RawQuery = "" // may hold one too
	return u.Redacted()
}

// WithLimits is an address with limits, each as it was for 0.
func WithLimits(address string, connections int, timeout time.Duration) (string, error) {
	u, err := url.Parse(address)
	if err != nil || connections < 0 || timeout < 0 {
		return "", errors.New("ledger: the limits of connections and time cannot be put into the address") // which may hold a password
	}
	q := u.Query()
	if connections > 0 {
		q.Set("pool_max_conns", strconv.Itoa(connections))
	}
	if timeout > 0 {
		q.Set("statement_timeout", strconv.FormatInt(max(1, timeout.Milliseconds()), 10))
	}
	u.RawQuery = q.Encode()
	return u.String(), nil
}

// ours refuses a database that cannot hold a ledger, and a schema that holds something else.
func ours(ctx context.Context, db *sql.DB, make bool) error {
	var encoding string
	var schema sql.NullString
	var tables, own int
	err := db.QueryRowContext(ctx, `SELECT current_setting('server_encoding'), current_schema(),
		count(*), count(*) FILTER (WHERE tablename IN ('goose_db_version', 'state', 'article', 'statement'))
		FROM pg_tables WHERE schemaname = current_schema() AND tablename NOT LIKE 'river\_%'`).Scan(&encoding, &schema, &tables, &own)
	switch {
	case err != nil:
		return err
	case encoding != "UTF8":
		return fmt.Errorf("%w: its database has the encoding %s, and has to have UTF8", ledger.ErrNot, encoding)
	case !schema.Valid:
		return fmt.Errorf("%w: the schema is not there, or not to be used by this user", ledger.ErrNot)
	case tables == 0 && !make:
		return fmt.Errorf("%w: nothing was read into it yet", ledger.ErrNot)
	case tables > 1 && own < 4: // one: the first step was taken, and no more
		return fmt.Errorf("%w: the schema %s has other tables", ledger.ErrNot, schema.String)
	}
	return nil
}

func dialect(db *sql.DB, locker lock.SessionLocker) database.Dialect {
	return database.Dialect{
		Goose: goose.DialectPostgres, Steps: steps(), Locker: locker, Query: spoken, Placeholder: func(i int) string { return "$" + strconv.Itoa(i+1) }, Copy: bulk,
		Explain: explain, Patience: 0, Isolation: sql.LevelRepeatableRead, Alone: alone, Index: index, Find: find,
		Examine: func(ctx context.Context) (ledger.Health, error) { return examine(ctx, db) },
	}
}

//go:embed search.sql
var searchSchema string

// steps are the migrations of PostgreSQL alone.
func steps() []*goose.Migration {
	return []*goose.Migration{
		goose.NewGoMigration(2, &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, searchSchema)
			return err
		}}, nil),
		goose.NewGoMigration(5, &goose.GoFunc{RunTx: check}, nil),
		goose.NewGoMigration(7, &goose.GoFunc{RunTx: collate}, nil),
		goose.NewGoMigration(12, &goose.GoFunc{RunTx: collate}, nil),
		goose.NewGoMigration(14, &goose.GoFunc{RunTx: collate}, nil),
		goose.NewGoMigration(19, &goose.GoFunc{RunTx: collate}, nil),
	}
}

// check adds to the tables what their columns are checked for.
func check(ctx context.Context, tx *sql.Tx) error {
	for _, e := range database.Enums() {
		values := "'" + strings.Join(e.Values, "', '") + "'"
		if _, err := tx.ExecContext(ctx, fmt.Sprintf(`ALTER TABLE "%s" ADD CONSTRAINT %s_%s_known CHECK (%s IN (%s))`, e.Table, e.Table, e.Column, e.Column, values)); err != nil {
			return fmt.Errorf("table %s: %w", e.Table, err)
		}
	}
	return nil
}

// collate makes all texts come in the order of their bytes, whatever order the database has: rows come in the same order from every kind
// of ledger. A later version of the schema that adds a column of text needs it again; a test says so.
func collate(ctx context.Context, tx *sql.Tx) error {
	list, err := tx.QueryContext(ctx, `SELECT table_name, string_agg(format('ALTER COLUMN %I TYPE TEXT COLLATE "C"', column_name), ', ')
		FROM information_schema.columns WHERE table_schema = current_schema() AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'
			AND table_name NOT LIKE 'river\_%' AND table_name <> 'goose_db_version' GROUP BY table_name ORDER BY table_name`)
	if err != nil {
		return err
	}
	defer list.Close()
	var all []string
	for list.Next() {
		var table, columns string
		if err := list.Scan(&table, &columns); err != nil {
			return err
		}
		all = append(all, fmt.Sprintf(`ALTER TABLE "%s" %s`, table, columns))
	}
	if err := list.Err(); err != nil {
		return err
	}
	for _, one := range all {
		if _, err := tx.ExecContext(ctx, one); err != nil {
			return fmt.Errorf("%s: %w", one, err)
		}
	}
	return nil
}

var pickedCall = regexp.MustCompile(`SELECT picked\((\$\d+)\)`)

// spoken puts a query of the common tongue into PostgreSQL's.
func spoken(query string) string {
	return pickedCall.ReplaceAllString(query, "SELECT jsonb_array_elements_text(CAST($1 AS TEXT)::jsonb)")
}

// bulk writes rows by COPY.
func bulk(ctx context.Context, on *sql.Conn, table string, columns []string, values []any) error {
	return on.Raw(func(c any) error {
		_, err := c.(conn).Conn.Conn().CopyFrom(ctx, pgx.Identifier{table}, columns, copied(values, len(columns)))
		return err
	})
}

// patience is how long a writer waits for others.
const patience = time.Minute

// alone waits until no other process writes: the row of state is the lock.
func alone(ctx context.Context, tx *sql.Tx) error {
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("SET LOCAL lock_timeout = %d", patience.Milliseconds())); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, "SELECT 1 FROM state WHERE id = 1 FOR UPDATE")
	return err
}

// examine says how large the ledger is, and whether its words are those of its rows. What rows refer to is checked by the database.
func examine(ctx context.Context, db *sql.DB) (h ledger.Health, err error) {
	err = db.QueryRowContext(ctx, `SELECT COALESCE(sum(pg_total_relation_size(c.oid)), 0)::bigint FROM pg_class c
		WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'`).Scan(&h.Bytes)
	for _, kind := range []string{"article", "statement"} {
		if err != nil {
			break
		}
		var missing, spare int64
		err = db.QueryRowContext(ctx, fmt.Sprintf(`SELECT count(*) FILTER (WHERE w.seq IS NULL AND r.model <> ''), count(*) FILTER (WHERE r.seq IS NULL)
			FROM %s r FULL JOIN %s_search w ON w.seq = r.seq`, kind, kind)).Scan(&missing, &spare)
		if missing > 0 || spare > 0 {
			h.Damage = append(h.Damage, fmt.Sprintf("search: %d %ss have no words, and words of %d have no %s", missing, kind, spare, kind))
		}
	}
	return h, err
}

// explain says what an error of PostgreSQL means for the ledger.
func explain(err error) error {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		return err
	}
	meaning := error(nil)
	switch {
	case e.Code == "55P03" || e.Code == "40001" || e.Code == "40P01": // a lock that is not to be had; serialization; deadlock
		meaning = ledger.ErrBusy
	case e.Code == "XX001" || e.Code == "XX002": // damaged data, damaged index
		meaning = ledger.ErrDamaged
	case e.Code == "25006" || e.Code == "42501": // a transaction for looking only; no right to it
		meaning = ledger.ErrReadOnly
	default:
		return err
	}
	if errors.Is(err, meaning) {
		return err
	}
	return fmt.Errorf("%w: %w", meaning, err)
}
