// Package source reads articles from where they are: files of text, HTML and JSON lines, folders of them, standard input.
package source

import (
	"context"
	"fmt"
	"io"
	"iter"

	"onrecord"
)

// A Refusal says what was not read: where and why.
type Refusal struct {
	File string
	Line int // 0 when the whole file is meant
	Err  error
}

func (r *Refusal) Error() string {
	if r.Line > 0 {
		return fmt.Sprintf("%s:%d: %v", r.File, r.Line, r.Err)
	}
	return fmt.Sprintf("%s: %v", r.File, r.Err)
}

func (r *Refusal) Unwrap() error { return r.Err }

// An Item is one article as received, or the Refusal of one, never both.
type Item struct {
	Article *onrecord.Article
	Refusal *Refusal
	Bytes   int64 // bytes of input (as stored, compressed or not) used since the item before
}

// Paths yields the articles of files and folders in order; "-" is stdin. Folders are walked in lexical order. Articles carry
// their id. The sequence ends early only when ctx is done.
func Paths(ctx context.Context, paths []string, stdin io.Reader) iter.Seq[Item] {
	return func(yield func(Item) bool) {}
}

// Size is the number of bytes that Paths will read from the paths, for showing progress; -1 where it cannot be known.
func Size(paths []string) int64 { return -1 }
