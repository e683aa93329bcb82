package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord/ledger"
)

// A tender keeps the write-ahead log of a ledger short. SQLite writes it back into the database by itself and begins it anew, but not
// while somebody looks at an older state of the ledger, as an export does: then the log grows with all that is written.
type tender struct {
	log         string        // its path
	usual, most int64         // bytes from which on it is to be written back, and beyond which nobody writes before it is
	patience    time.Duration // for those who keep it from being written back
	tried       int64         // its length when that was tried last, in vain
}

// tend writes the log back where it is long. Where it is too long it waits for those who look.
func (t *tender) tend(ctx context.Context, db *sql.DB) error {
	for since := time.Now(); ; {
		info, err := os.Stat(t.log)
		if err != nil || info.Size() <= t.usual {
			return nil
		}
		size := info.Size()
		if size <= t.most && size < t.tried+t.usual/4 {
			return nil
		}
		var busy, pages, written int
		if err := db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &pages, &written); err != nil {
			return err
		}
		if busy == 0 {
			t.tried = 0
			return nil
		}
		if t.tried = size; size <= t.most {
			return nil
		}
		if time.Since(since) > t.patience {
			return fmt.Errorf("%w: its log has %d MB, and a process that looks at an older state keeps it from being written back", ledger.ErrBusy, size>>20)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// examine lets SQLite look its database over: the pages, the order of tables and indexes, what rows of one table have to be in another.
// It does so over a connection of its own: one that has searched before takes the full text index to be as it was then.
func (t *tender) examine(ctx context.Context) (h ledger.Health, err error) {
	db, err := openToLook(ctx, strings.TrimSuffix(t.log, "-wal"), "")
	if err != nil {
		return h, err
	}
	defer db.Close()
	for _, look := range []string{
		"PRAGMA integrity_check(20)",
		`SELECT 'a row of ' || "table" || ' belongs to a row of ' || parent || ' that is not there' FROM pragma_foreign_key_check LIMIT 20`,
	} {
		says, err := texts(ctx, db, look)
		if err != nil {
			return h, err
		}
		h.Damage = append(h.Damage, slices.DeleteFunc(says, func(s string) bool { return s == "ok" })...)
	}
	if err := db.QueryRowContext(ctx, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").Scan(&h.Bytes); err != nil {
		return h, err
	}
	if info, err := os.Stat(t.log); err == nil {
		h.Log = info.Size()
	}
	return h, nil
}

// texts are the answers to a query of one column.
func texts(ctx context.Context, db *sql.DB, query string) (list []string, err error) {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, rows.Err()
}
