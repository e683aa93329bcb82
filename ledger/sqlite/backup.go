package sqlite

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"

	"github.com/onrecord/onrecord/ledger"
)

// Backup writes what a ledger holds at one moment into a new file, while others read and write it (https://www.sqlite.org/lang_vacuum.html).
func Backup(ctx context.Context, from, to string) error {
	abs, err := filepath.Abs(from)
	if err != nil {
		return err
	}
	l, err := OpenReader(ctx, from) // says what is wrong with it
	if err != nil {
		return err
	}
	defer l.Close()
	if made, err := makePrivate(to); err != nil || !made {
		return fmt.Errorf("%s: %w", to, cmp.Or(err, error(ledger.ErrNotEmpty)))
	}
	db, err := connect(ctx, abs, patience, "mode=ro")
	if err != nil {
		return fmt.Errorf("ledger %s: %w", from, explain(err))
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", to); err != nil {
		return fmt.Errorf("%s: %w", to, explain(err))
	}
	return nil
}
