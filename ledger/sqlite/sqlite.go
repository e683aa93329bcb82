// Package sqlite keeps a ledger in one file, a SQLite database: all that only SQLite does stands here.
package sqlite

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/internal/database"
)

// application marks a SQLite file as a ledger (PRAGMA application_id): "OnRc".
const application = 0x4f6e5263

// What a ledger is opened for.
type purpose int

const (
	toWrite  purpose = iota
	toLook           // into it once, in little memory
	toAnswer         // whatever is asked for long: the file is mapped into memory
)

// Open opens the ledger at a file path, or makes it; migrations run on opening.
func Open(ctx context.Context, path string) (*database.Ledger, error) {
	return open(ctx, path, toWrite)
}

// OpenReader opens a ledger that exists, for looking only: it is not changed, and may lie where nothing can be written.
func OpenReader(ctx context.Context, path string) (*database.Ledger, error) {
	return open(ctx, path, toLook)
}

// OpenServer is OpenReader for a process that answers for long: quicker, and with as much of the file in memory as the system spares.
func OpenServer(ctx context.Context, path string) (*database.Ledger, error) {
	return open(ctx, path, toAnswer)
}

func open(ctx context.Context, path string, to purpose) (*database.Ledger, error) {
	abs, made, err := place(path, to != toWrite)
	if err != nil {
		return nil, fmt.Errorf("ledger %s: %w", path, err)
	}
	l, err := openFile(ctx, path, abs, to)
	if made && (errors.Is(err, ledger.ErrFull) || errors.Is(err, ledger.ErrDevice)) {
		discard(ctx, abs)
	}
	return l, err
}

// openFile opens a file as a SQLite database that is, or becomes, a ledger.
func openFile(ctx context.Context, path, abs string, to purpose) (*database.Ledger, error) {
	db, writer, err := connections(ctx, abs, to)
	if err != nil {
		return nil, fmt.Errorf("ledger %s: %w", path, explain(err))
	}
	return database.Open(ctx, path, db, writer, dialect(Files(abs)[1]))
}

// discard removes a ledger that this process began to make and that has no article, for want of space: what is left of it is no ledger to anybody.
func discard(ctx context.Context, abs string) {
	if db, err := openToLook(ctx, abs, ""); err == nil {
		var used bool
		err = db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM article)").Scan(&used)
		db.Close()
		if err == nil && used { // by another process
			return
		}
	}
	for _, file := range Files(abs) {
		os.Remove(file)
	}
}

func dialect(log string) database.Dialect {
	t := &tender{log: log, usual: 64 << 20, most: 512 << 20, patience: 10 * time.Minute}
	return database.Dialect{Goose: goose.DialectSQLite3, Steps: steps(), Query: spoken, Parses: true, Placeholder: placeholder, Explain: explain, Patience: patience, Tend: t.tend, Examine: t.examine, Find: find}
}

//go:embed search.sql
var searchSchema string

// steps are the migrations of SQLite alone.
func steps() []*goose.Migration {
	return []*goose.Migration{
		goose.NewGoMigration(2, &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, searchSchema)
			return err
		}}, nil),
		goose.NewGoMigration(5, &goose.GoFunc{RunTx: check}, nil),
		goose.NewGoMigration(10, &goose.GoFunc{RunTx: checkReviews}, nil),
		goose.NewGoMigration(20, &goose.GoFunc{RunTx: withoutRowid}, nil),
	}
}

// narrow are tables of short rows that are found by their keys: kept without rowids, each row once and in the order of the key.
func narrow() []string {
	return strings.Fields("article_key later claimed part_member part_spoken part_spoken_of story_article story_key report_article rendition answer side alias speaker_dispute")
}

// withoutRowid makes narrow tables anew without rowids (https://sqlite.org/withoutrowid.html), with the indexes and views that are made of them.
func withoutRowid(ctx context.Context, tx *sql.Tx) error {
	views, err := made(ctx, tx, "type = 'view' AND name <> $1", "")
	if err != nil {
		return err
	}
	for _, v := range views {
		if _, err := tx.ExecContext(ctx, "DROP VIEW "+v.name); err != nil {
			return err
		}
	}
	again := views
	for _, table := range narrow() {
		of, err := made(ctx, tx, "type = 'table' AND name = $1", table)
		if err != nil {
			return err
		}
		indexes, err := made(ctx, tx, "type = 'index' AND sql IS NOT NULL AND tbl_name = $1", table)
		if err != nil {
			return err
		}
		if len(of) != 1 {
			return fmt.Errorf("no table %s", table)
		}
		again = append(again, indexes...)
		for _, step := range []string{
			"ALTER TABLE " + table + " RENAME TO wide", of[0].sql + " WITHOUT ROWID", "INSERT INTO " + table + " SELECT * FROM wide ORDER BY 1, 2", "DROP TABLE wide",
		} {
			if _, err := tx.ExecContext(ctx, step); err != nil {
				return fmt.Errorf("%s: %w", step, err)
			}
		}
	}
	for _, a := range again {
		if _, err := tx.ExecContext(ctx, a.sql); err != nil {
			return fmt.Errorf("%s: %w", a.name, err)
		}
	}
	return nil
}

// A schemaRow is something of a schema, with the statement that makes it.
type schemaRow struct{ name, sql string }

// made is what there is of a kind.
func made(ctx context.Context, tx *sql.Tx, where, name string) (rows []schemaRow, err error) {
	list, err := tx.QueryContext(ctx, "SELECT name, sql FROM sqlite_schema WHERE "+where+" ORDER BY name", name)
	if err != nil {
		return nil, err
	}
	defer list.Close()
	for list.Next() {
		var r schemaRow
		if err := list.Scan(&r.name, &r.sql); err != nil {
			return nil, err
		}
		rows = append(rows, r)
	}
	return rows, list.Err()
}

// check adds to the tables what their columns are checked for. SQLite knows no statement for that; to write it into the schema is its
// documented way (https://sqlite.org/lang_altertable.html, "making other kinds of table schema changes").
func check(ctx context.Context, tx *sql.Tx) error {
	var version int64
	if err := tx.QueryRowContext(ctx, "PRAGMA schema_version").Scan(&version); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "PRAGMA writable_schema = ON"); err != nil {
		return err
	}
	for _, e := range database.Enums() {
		var made string
		if err := tx.QueryRowContext(ctx, "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = $1", e.Table).Scan(&made); err != nil {
			return fmt.Errorf("table %s: %w", e.Table, err)
		}
		column := regexp.MustCompile(`\b` + e.Column + `\s+TEXT NOT NULL\b`).FindStringIndex(made)
		if column == nil {
			return fmt.Errorf("table %s has no column %s", e.Table, e.Column)
		}
		made = fmt.Sprintf("%s CHECK (%s IN ('%s'))%s", made[:column[1]], e.Column, strings.Join(e.Values, "', '"), made[column[1]:])
		if _, err := tx.ExecContext(ctx, "UPDATE sqlite_schema SET sql = $1 WHERE type = 'table' AND name = $2", made, e.Table); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA schema_version = %d; PRAGMA writable_schema = OFF", version+1))
	return err
}

// checkReviews lets reviews have the actions that they have now.
func checkReviews(ctx context.Context, tx *sql.Tx) error {
	var version int64
	if err := tx.QueryRowContext(ctx, "PRAGMA schema_version").Scan(&version); err != nil {
		return err
	}
	var made string
	if err := tx.QueryRowContext(ctx, "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = 'review'").Scan(&made); err != nil {
		return err
	}
	for _, e := range database.Enums() {
		if e.Table == "review" {
			made = regexp.MustCompile(`CHECK \(action IN \([^)]*\)\)`).ReplaceAllString(made, fmt.Sprintf("CHECK (action IN ('%s'))", strings.Join(e.Values, "', '")))
		}
	}
	if _, err := tx.ExecContext(ctx, "PRAGMA writable_schema = ON"); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "UPDATE sqlite_schema SET sql = $1 WHERE type = 'table' AND name = 'review'", made); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA schema_version = %d; PRAGMA writable_schema = OFF", version+1))
	return err
}

// spoken puts a query of the common tongue into SQLite's.
func spoken(query string) string {
	const picked = "SELECT picked("
	return strings.ReplaceAll(query, picked, "SELECT value FROM json_each(")
}

// connections are those to a database that is, or becomes, a ledger. The journal is a write-ahead log: readers and the writer do not wait for each other, and what was committed outlives the death of the process at any moment (synchronous=NORMAL:
// a loss of power may take the last commits with it, never the ledger's order).
func connections(ctx context.Context, abs string, to purpose) (db, writer *sql.DB, err error) {
	switch to {
	case toLook:
		db, err = openToLook(ctx, abs, "_pragma=cache_size(-2000)")
	case toAnswer:
		db, err = openToLook(ctx, abs, "_pragma=mmap_size(1073741824)")
	default:
		return openToWrite(ctx, abs)
	}
	if err != nil {
		return nil, nil, err
	}
	if err := ours(ctx, db); err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	return db, nil, nil
}

// place is the absolute path of a file that may be a ledger; an empty one is made where none is and it may be written.
func place(path string, reading bool) (abs string, made bool, err error) {
	if path == "" {
		return "", false, errors.New("no path given")
	}
	if abs, err = filepath.Abs(path); err != nil {
		return "", false, err
	}
	info, err := os.Stat(abs)
	switch {
	case err == nil && info.IsDir():
		err = fmt.Errorf("%w: it is a folder", ledger.ErrNot)
	case err == nil && !info.Mode().IsRegular():
		err = fmt.Errorf("%w: it is no regular file", ledger.ErrNot)
	case errors.Is(err, os.ErrNotExist) && reading:
		err = errors.New("no such file: nothing was read into it yet")
	case errors.Is(err, os.ErrNotExist):
		if _, err := os.Stat(filepath.Dir(abs)); err != nil {
			return "", false, fmt.Errorf("%w: its folder does not exist", ledger.ErrReadOnly)
		}
		made, err = makePrivate(abs)
	case err == nil && info.Size() > 0:
		err = sniff(abs)
	case err == nil && reading:
		err = fmt.Errorf("%w: it is empty", ledger.ErrNot)
	}
	return abs, made, err
}

func openToLook(ctx context.Context, abs, options string) (*sql.DB, error) {
	db, err := connect(ctx, abs, patience, "mode=ro&_pragma=query_only(1)&"+options)
	if errors.Is(explain(err), ledger.ErrReadOnly) {
		// Where the log's own files cannot be made, a ledger without a log is read as it lies.
		if log, e := os.Stat(abs + "-wal"); e != nil || log.Size() == 0 {
			return connect(ctx, abs, patience, "mode=ro&immutable=1&_pragma=query_only(1)&"+options)
		}
	}
	return db, err
}

// openToWrite opens a database twice: the writer has one connection and does not wait in SQLite for other processes, which would look
// only ten times a second whether they are done.
func openToWrite(ctx context.Context, abs string) (db, writer *sql.DB, err error) {
	if err := begin(ctx, abs); err != nil {
		return nil, nil, err
	}
	const options = "_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=foreign_keys(1)&_txlock=immediate"
	if db, err = connect(ctx, abs, patience, options); err != nil {
		return nil, nil, err
	}
	if writer, err = connect(ctx, abs, 0, options); err != nil {
		db.Close()
		return nil, nil, err
	}
	writer.SetMaxOpenConns(1)
	return db, writer, nil
}

// ours refuses a database that has a ledger's mark and another's tables.
func ours(ctx context.Context, db *sql.DB) error {
	var tables, versions, own int
	err := db.QueryRowContext(ctx, `SELECT count(*), count(*) FILTER (WHERE name = 'goose_db_version'), count(*) FILTER (WHERE name IN ('state', 'article', 'statement'))
		FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`).Scan(&tables, &versions, &own)
	if err != nil {
		return err
	}
	made := int64(0)
	if versions > 0 {
		if err := db.QueryRowContext(ctx, "SELECT COALESCE(max(version_id), 0) FROM goose_db_version WHERE is_applied").Scan(&made); err != nil {
			return err
		}
	}
	if made > 0 && own < 3 || made == 0 && tables > versions {
		return fmt.Errorf("%w: it has the mark of one, but other tables", ledger.ErrNot)
	}
	return nil
}

// Files are the files of the ledger at a path, for those who write files beside it: itself and what SQLite keeps next to it. They need
// not exist. A ledger that is a symbolic link has the others next to the file that it leads to.
func Files(path string) []string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	return []string{path, path + "-wal", path + "-shm", path + "-journal"}
}

// Holds says whether a file is a ledger, or one of the files that SQLite keeps next to one: for those who write files.
func Holds(path string) bool {
	for _, beside := range []string{"", "-wal", "-shm", "-journal"} {
		of, ok := strings.CutSuffix(path, beside)
		if info, err := os.Stat(of); ok && err == nil && info.Mode().IsRegular() && sniff(of) == nil { // to open a FIFO would wait for its writer
			return true
		}
	}
	return false
}

// makePrivate makes an empty file that its owner alone reads and writes: a ledger holds all texts that were read, unpublished ones too.
// SQLite gives its log the mode of the file. Another process may be making it too.
func makePrivate(abs string) (made bool, err error) {
	f, err := os.OpenFile(abs, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	switch {
	case errors.Is(err, fs.ErrExist):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("%w: %w", ledger.ErrReadOnly, err)
	}
	return true, f.Close()
}

// begin marks an empty database as a ledger, before the journal becomes a log: so the mark stands in the file itself from the first. A
// database that is another's is refused here, where nothing of it was changed yet.
// A file that sniff let pass may be empty too: where a process died while it made the mark, SQLite takes the mark back.
func begin(ctx context.Context, abs string) error {
	db, err := connect(ctx, abs, patience, "")
	if err != nil {
		return err
	}
	var id int64
	err = errors.Join(ours(ctx, db), db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id))
	if err == nil && id != application {
		_, err = db.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", application))
	}
	return errors.Join(err, db.Close())
}

// sniff refuses a file that does not begin as a SQLite database with the ledger's mark does (https://sqlite.org/fileformat2.html#the_database_header).
func sniff(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	head := make([]byte, 72)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	if n < len(head) || string(head[:16]) != "SQLite format 3\x00" {
		return ledger.ErrNot
	}
	if binary.BigEndian.Uint32(head[68:]) != application {
		return fmt.Errorf("%w, but another SQLite database", ledger.ErrNot)
	}
	return nil
}

// patience is how long a writer waits for another.
var patience = 10 * time.Second

// connect opens a database and its first connection. To turn the journal into a log SQLite does not wait for others: we do.
func connect(ctx context.Context, abs string, wait time.Duration, options string) (*sql.DB, error) {
	slashed := filepath.ToSlash(abs)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:/...
	}
	db, err := sql.Open("sqlite", fmt.Sprintf("file:%s?_pragma=busy_timeout(%d)&_pragma=cache_size(-16000)&%s",
		(&url.URL{Path: slashed}).EscapedPath(), wait.Milliseconds(), options))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(8)
	for since := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		err := db.PingContext(ctx)
		if err == nil {
			return db, nil
		}
		if !errors.Is(explain(err), ledger.ErrBusy) || time.Since(since) > patience {
			db.Close()
			return nil, err
		}
	}
}

// placeholder is parameter i of an INSERT of many rows. SQLite's time for numbered parameters grows with the square of their number.
func placeholder(int) string { return "?" }

// explain says what an error of SQLite means for the ledger.
func explain(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	meaning := error(nil)
	if e.Code() == sqlite3.SQLITE_IOERR_SHMSIZE { // the index of the log, which is made in one piece, has no room
		return ledger.ErrFull
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_FULL:
		return ledger.ErrFull
	case sqlite3.SQLITE_IOERR:
		meaning = ledger.ErrDevice
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		meaning = ledger.ErrBusy
	case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
		meaning = ledger.ErrDamaged
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		meaning = ledger.ErrReadOnly
	default:
		return err
	}
	if errors.Is(err, meaning) {
		return err
	}
	return fmt.Errorf("%w: %w", meaning, err)
}
