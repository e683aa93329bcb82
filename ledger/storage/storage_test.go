package storage

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestOpen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "l.db")
	if l, err := OpenReader(t.Context(), path); err == nil || l != nil {
		t.Errorf("a ledger that is not there was opened for looking: %v", l)
	}
	l, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	if l, err = OpenReader(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	l.Close()
	if files := Files(path); len(files) < 2 || files[0] != path {
		t.Errorf("files %q", files)
	}
	for address, says := range map[string]string{"postgres://localhost/onrecord": "in files only", "postgresql://localhost/onrecord": "in files only", "mongodb://localhost": `no storage is known by "mongodb"`} {
		for _, open := range []func() error{
			func() error { _, err := Open(t.Context(), address); return err },
			func() error { _, err := OpenReader(t.Context(), address); return err },
		} {
			if err := open(); err == nil || !strings.Contains(err.Error(), says) {
				t.Errorf("%s: %v", address, err)
			}
		}
		if files := Files(address); files != nil {
			t.Errorf("%s has the files %q", address, files)
		}
	}
}
