package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"os"
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
