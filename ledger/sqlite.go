package ledger

import (
	"cmp"
	"context"
	"database/sql"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/onrecord/onrecord"
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
		if err := makePrivate(abs); err != nil {
			return nil, err
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
		if err := begin(ctx, abs); err != nil {
			return nil, err
		}
		return connect(ctx, abs, "_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=foreign_keys(1)&_txlock=immediate")
	}
	db, err := connect(ctx, abs, "mode=ro&_pragma=query_only(1)&_pragma=mmap_size(1073741824)")
	if errors.Is(explain(err), ErrReadOnly) {
		// Where the log's own files cannot be made, a ledger without a log is read as it lies.
		if log, e := os.Stat(abs + "-wal"); e != nil || log.Size() == 0 {
			return connect(ctx, abs, "mode=ro&immutable=1&_pragma=query_only(1)")
		}
	}
	return db, err
}

// Files are the files of the ledger at a path, for those who write files beside it: itself and what SQLite keeps next to it. They need
// not exist. A ledger that is a symbolic link has the others next to the file that it leads to.
func Files(path string) []string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	return []string{path, path + "-wal", path + "-shm", path + "-journal"}
}

// makePrivate makes an empty file that its owner alone reads and writes: a ledger holds all texts that were read, unpublished ones too.
// SQLite gives its log the mode of the file.
func makePrivate(abs string) error {
	f, err := os.OpenFile(abs, os.O_RDWR|os.O_CREATE, 0o600)
	if errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("%w: %w", ErrReadOnly, err)
	} else if err != nil {
		return err
	}
	return f.Close()
}

// begin marks an empty database as a ledger, before the journal becomes a log: so the mark stands in the file itself from the first.
// A file that sniff let pass may be empty too: where a process died while it made the mark, SQLite takes the mark back.
func begin(ctx context.Context, abs string) error {
	db, err := connect(ctx, abs, "")
	if err != nil {
		return err
	}
	var id int64
	err = db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id)
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
		return ErrNot
	}
	if binary.BigEndian.Uint32(head[68:]) != application {
		return fmt.Errorf("%w, but another SQLite database", ErrNot)
	}
	return nil
}

// patience is how long a writer waits for another.
var patience = 10 * time.Second

// connect opens a database and its first connection. To turn the journal into a log SQLite does not wait for others: we do.
func connect(ctx context.Context, abs, options string) (*sql.DB, error) {
	slashed := filepath.ToSlash(abs)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:/...
	}
	db, err := sql.Open("sqlite", fmt.Sprintf("file:%s?_pragma=busy_timeout(%d)&_pragma=cache_size(-16000)&%s",
		(&url.URL{Path: slashed}).EscapedPath(), patience.Milliseconds(), options))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(8)
	for since := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		err := db.PingContext(ctx)
		if err == nil {
			return db, nil
		}
		if !errors.Is(explain(err), ErrBusy) || time.Since(since) > patience {
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

// broad is how many places with the words asked for are too many to be ranked: of so many the newest are looked at alone.
const broad = 2000

// findSQLite asks the full text index for articles and statements, best first. Words that stand everywhere tell nothing apart, and
// to rank all their places takes long: of these it gives the newest, by arrival, among the newest few thousand.
func findSQLite(ctx context.Context, tx *sql.Tx, asked []string, q SearchQuery) ([]found, error) {
	match := `"` + strings.Join(asked, `" "`) + `"` // phrases hold no quotation marks: nothing in them is syntax of FTS5
	from, to := days(q.From, q.To)
	pattern, _ := named(q.Speaker)
	args := []any{match, q.Outlet, !q.From.IsZero() || !q.To.IsZero(), from, to, limit(q.Limit)}
	const filters = ` AND a.newest AND ($2 = '' OR a.outlet = $2) AND (NOT $3 OR (a.published_day >= $4 AND a.published_day < $5))`
	list, err := placesSQLite(ctx, tx, nil, `statement`, match, `JOIN statement s ON s.seq = x.rowid JOIN article a ON a.id = s.article WHERE TRUE`+filters+`
		AND ($7 = '' OR s.kind = $7) AND ($8 = '' OR s.stance = $8) AND s.confidence >= $9 AND (NOT $12 OR s.stance <> '`+onrecord.Believes+`')
		AND ($10 = '' OR EXISTS (SELECT 1 FROM speaker_link k WHERE k.article_speaker = s.speaker AND (k.speaker = $10 OR
			EXISTS (SELECT 1 FROM alias n WHERE n.speaker = k.speaker AND n.folded LIKE $11))))`, `s`,
		append(args, q.Kind, q.Stance, q.Certainty, q.Speaker, pattern, q.Speech)...)
	if err != nil {
		return nil, err
	}
	if q.Kind == "" && q.Stance == "" && q.Speaker == "" && q.Certainty <= 0 && !q.Speech {
		if list, err = placesSQLite(ctx, tx, list, `article`, match, `JOIN article a ON a.seq = x.rowid WHERE TRUE`+filters, `a`, args...); err != nil {
			return nil, err
		}
	}
	// The ranks of two indexes do not compare: the best article and the best statement come first, then the second best of both.
	slices.SortStableFunc(list, func(a, b found) int { return cmp.Compare(a.place, b.place) })
	list = list[:min(len(list), int(limit(q.Limit)))]
	for i := range list { // only for what is shown: a snippet costs a look at the whole text
		f := &list[i]
		index := f.kind + "_search"
		err := tx.QueryRowContext(ctx, `SELECT snippet(`+index+`, -1, $1, $2, '…', 32) FROM `+index+` WHERE `+index+` MATCH $3 AND rowid = $4`,
			string(markOpen), string(markClose), match, f.seq).Scan(&f.marked)
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

// placesSQLite adds to the list what the index of articles or statements finds and the joined rows, of which one is named row, let
// through.
func placesSQLite(ctx context.Context, tx *sql.Tx, list []found, kind, match, joined, row string, args ...any) ([]found, error) {
	index := kind + "_search"
	var n int
	err := tx.QueryRowContext(ctx, fmt.Sprintf(`SELECT count(*) FROM (SELECT rowid FROM %s WHERE %s MATCH $1 LIMIT %d)`, index, index, broad+1), match).Scan(&n)
	if err != nil {
		return nil, err
	}
	places := fmt.Sprintf(`(SELECT rowid, rank AS worth FROM %s WHERE %s MATCH $1)`, index, index)
	if n > broad {
		places = fmt.Sprintf(`(SELECT rowid, -rowid AS worth FROM %s WHERE %s MATCH $1 ORDER BY rowid DESC LIMIT %d)`, index, index, broad)
	}
	return scanSQLite(ctx, tx, list, fmt.Sprintf(`SELECT '%s', %s.id, %s.seq FROM %s x %s ORDER BY x.worth, %s.id LIMIT $6`, kind, row, row, places, joined, row), args...)
}

func scanSQLite(ctx context.Context, tx *sql.Tx, list []found, query string, args ...any) ([]found, error) {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for place := 0; rows.Next(); place++ {
		f := found{place: place}
		if err := rows.Scan(&f.kind, &f.id, &f.seq); err != nil {
			return nil, err
		}
		list = append(list, f)
	}
	return list, rows.Err()
}
