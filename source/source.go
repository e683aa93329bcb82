// Package source reads articles from where they are: files of text, HTML, JSON and XML, web archives, folders of them, standard
// input, and single pages of the web.
//
// Kinds of files go by their names: .txt, .html and .htm, .json (one article or an array of them), .jsonl (one article a line),
// .xml (NewsML-G2 and NITF, see package wire; or XHTML); each may be compressed (.gz). Web archives are .warc, .warc.gz and .wacz,
// see package warc. A JSON article is an object with "text" and, optional, "id", "url", "outlet", "title", "byline", "published" and
// "language": strings or null, "id" also a number. Every other field is ignored. An object without "text" may be ninjs.
//
// A path that begins with http:// or https:// is a page of the web, got as package fetch says. Only then is a connection opened.
//
// Text is UTF-8, UTF-16 with a byte order mark, or, where it is not valid UTF-8, Windows-1252; JSON is UTF-8 or UTF-16 with a
// mark. What cannot be an article is refused with its file and line, or its record's place and address in a web archive, and the
// rest goes on. Limits keep memory bounded: [MaxText] for an article's text or a file of text, HTML or XML, [MaxJSON] for a JSON
// article, [MaxField] for its other fields; warc.MaxBody and fetch.MaxBody for pages.
package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/source/fetch"
)

// Limits, in bytes. A compressed file is refused where it grows beyond maxRatio times its size.
const (
	MaxText  = 16 << 20 // of an article's text; of a file of text, HTML or XML
	MaxJSON  = 32 << 20 // of one JSON article, with its escapes and the fields that are ignored
	MaxField = 64 << 10 // of an article's other fields
	maxRatio = 300
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

// Paths yields the articles of files, folders and addresses in order; "-" is stdin. Folders are walked in lexical order; files of other
// kinds and hidden ones are passed over there, and refused when named. Articles carry their id. The Bytes of a file's items sum
// to its size. The sequence ends early only when ctx is done.
func Paths(ctx context.Context, paths []string, stdin io.Reader) iter.Seq[Item] {
	return from(ctx, paths, stdin, fetch.Options{Pause: time.Second})
}

func from(ctx context.Context, paths []string, stdin io.Reader, o fetch.Options) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		var fetcher *fetch.Fetcher
		for _, p := range paths {
			if isURL(p) {
				if fetcher == nil {
					fetcher = fetch.New(o)
					defer fetcher.Close()
				}
				item := get(ctx, fetcher, p)
				if ctx.Err() != nil || !yield(item) {
					return
				}
				continue
			}
			if p == "-" {
				if !read(ctx, "-", unknown, stdin, -1, yield) {
					return
				}
				continue
			}
			more := true
			walk(p, func(file string, info fs.FileInfo, err error) bool {
				if ctx.Err() != nil {
					more = false
				} else if err != nil {
					more = yield(Item{Refusal: &Refusal{File: file, Err: err}})
				} else {
					more = open(ctx, file, info.Size(), yield)
				}
				return more
			})
			if !more {
				return
			}
		}
	}
}

// Size is the number of bytes that Paths will read from the paths, for showing progress; -1 where it cannot be known.
func Size(paths []string) int64 {
	var n int64
	for _, p := range paths {
		if p == "-" || isURL(p) {
			return -1
		}
		walk(p, func(_ string, info fs.FileInfo, err error) bool {
			if err == nil {
				n += info.Size()
			}
			return true
		})
	}
	return n
}

var (
	errKind    = errors.New("not a kind of file that is read (.txt, .html, .htm, .json, .jsonl, .xml, .warc, and .gz of each, .wacz)")
	errRegular = errors.New("not a file or folder; pipe it to standard input (-)")
)

// walk visits the file at path, or the files under it in lexical order, until visit returns false.
func walk(path string, visit func(file string, info fs.FileInfo, err error) bool) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		visit(path, nil, plain(err))
		return
	case !info.IsDir():
		err = nil
		if !info.Mode().IsRegular() {
			err = errRegular
		} else if kindOf(path) == unknown {
			err = errKind
		}
		visit(path, info, err)
		return
	}
	filepath.WalkDir(path, func(file string, e fs.DirEntry, err error) error {
		if err == nil {
			if file == path {
				return nil
			}
			if strings.HasPrefix(e.Name(), ".") {
				if e.IsDir() {
					return fs.SkipDir
				}
				return nil
			}
			if e.IsDir() || kindOf(file) == unknown {
				return nil
			}
			info, err = os.Stat(file) // follows a link to a file
			if err == nil && !info.Mode().IsRegular() {
				return nil
			}
		}
		if !visit(file, info, plain(err)) {
			return fs.SkipAll
		}
		return nil
	})
}

// plain is an error of the file system without the path, which the refusal names.
func plain(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

func open(ctx context.Context, file string, size int64, yield func(Item) bool) bool {
	f, err := os.Open(file)
	if err != nil {
		return yield(Item{Refusal: &Refusal{File: file, Err: plain(err)}, Bytes: size})
	}
	defer f.Close()
	return read(ctx, file, kindOf(file), f, size, yield)
}

// A kind is what a file holds.
type kind uint8

const (
	unknown kind = iota // of standard input: to be found out
	text
	html
	json
	lines
	xml
	warcFile
	waczFile
)

func kindOf(file string) kind {
	name := strings.ToLower(filepath.Base(file))
	if filepath.Ext(name) == ".wacz" {
		return waczFile
	}
	switch filepath.Ext(strings.TrimSuffix(name, ".gz")) {
	case ".txt":
		return text
	case ".html", ".htm":
		return html
	case ".json":
		return json
	case ".jsonl":
		return lines
	case ".xml":
		return xml
	case ".warc":
		return warcFile
	}
	return unknown
}
