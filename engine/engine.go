// Package engine runs the way of the articles: source, reading, ledger, link, ledger.
package engine

import (
	"context"
	"io"

	"onrecord/ledger"
	"onrecord/source"
)

// Options say how to run.
type Options struct {
	Workers  int // readers at a time, at least 1
	Stdin    io.Reader
	Progress func(Progress) // called from one goroutine, at most ten times a second and at the end; may be nil
}

// Progress is how far a run has come.
type Progress struct {
	Articles     int   // taken from the sources
	Bytes, Total int64 // of input; Total -1 when unknown
	Linking      bool
}

// A Summary is what a run did.
type Summary struct {
	Articles int // taken from the sources
	New      int // not known before (new versions among them)
	Again    int // known, read again: metadata or model changed
	Known    int // known, left alone
	Refused  []*source.Refusal
}

// Read reads all articles of the paths into the ledger and links them. Articles are kept in the order of the paths, in batches:
// what was kept before an error, a kill or a cancelled ctx stays, and reading again completes it to the same ledger.
func Read(ctx context.Context, l *ledger.Ledger, paths []string, o Options) (*Summary, error) {
	return nil, nil
}
