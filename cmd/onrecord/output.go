package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"unicode"

	"github.com/onrecord/onrecord/ledger/storage"
)

// An output is standard output that keeps the first error of writing to it: commands print line by line and do not look, and run asks at the end. After
// the error it takes nothing more.
type output struct {
	to  io.Writer
	err error
}

func (o *output) Write(b []byte) (n int, err error) {
	if o.err == nil {
		n, o.err = o.to.Write(b)
	}
	return n, o.err
}

// writeFile writes a file of a name that is given on the command line.
//
// A regular file, and one that is not there yet, appears under its name only when it is whole and on disk: a run that fails or is
// killed leaves what was there before. It keeps its mode, and a new one has the mode that umask leaves. Symbolic links are followed. What
// is not a regular file (a device, a FIFO) is written to. A file of a ledger, this one or another, is refused: the one thing that cannot be made again.
func writeFile(name, ledgerPath string, write func(io.Writer) error) error {
	info, err := os.Stat(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	path := name
	if info == nil || info.Mode().IsRegular() {
		if path, err = followLinks(name); err != nil {
			return err
		}
	}
	if isLedger(path, info, ledgerPath) {
		return fmt.Errorf("%s: it is the ledger or one of its files; choose another output file", name)
	}
	if storage.Holds(path) {
		return fmt.Errorf("%s: it is another ledger or one of its files; choose another output file", name)
	}
	switch {
	case info == nil:
		err = replace(path, 0o666, false, write)
	case info.Mode().IsRegular():
		err = replace(path, info.Mode().Perm(), true, write)
	case info.IsDir():
		err = errors.New("is a directory")
	default:
		err = writeThrough(path, write)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// isLedger says whether a path is of the ledger or of a file that belongs to it, under whatever name; info is nil where there is no file
// at path.
func isLedger(path string, info fs.FileInfo, ledgerPath string) bool {
	for _, of := range storage.Files(ledgerPath) {
		if of, err := followLinks(of); err == nil && of == path {
			return true
		}
		if info == nil {
			continue
		}
		if other, err := os.Stat(of); err == nil && os.SameFile(info, other) {
			return true
		}
	}
	return false
}

// followLinks is the absolute path without symbolic links; the last of them may lead to what does not exist yet.
func followLinks(path string) (string, error) {
	for range 40 { // as many as Linux follows
		folder, err := filepath.EvalSymlinks(filepath.Dir(path))
		if err != nil {
			return "", err
		}
		if folder, err = filepath.Abs(folder); err != nil {
			return "", err
		}
		path = filepath.Join(folder, filepath.Base(path))
		to, err := os.Readlink(path)
		if err != nil {
			return path, nil // no link
		}
		if !filepath.IsAbs(to) {
			to = folder + string(filepath.Separator) + to // not cleaned: ".." is of the folder that a link leads to
		}
		path = to
	}
	return "", fmt.Errorf("%s: too many symbolic links", path)
}

// replace writes a regular file aside and puts it in its place when it is whole and on disk. A file that was there keeps its mode.
func replace(path string, mode fs.FileMode, keepMode bool, write func(io.Writer) error) (err error) {
	aside := filepath.Join(filepath.Dir(path), ".onrecord-"+rand.Text())
	f, err := os.OpenFile(aside, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return reason(err)
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(aside)
		}
	}()
	if keepMode {
		if err := f.Chmod(mode); err != nil {
			return reason(err)
		}
	}
	if err := write(f); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return reason(err)
	}
	if err := f.Close(); err != nil {
		return reason(err)
	}
	if err := os.Rename(aside, path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// syncFolder puts the names in a folder on disk.
func syncFolder(path string) error {
	if runtime.GOOS == "windows" { // has no such call: NTFS keeps a journal of names
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil // a folder that may be written and not read: nothing more can be done
	}
	defer f.Close()
	return f.Sync()
}

// writeThrough writes to what is not a regular file.
func writeThrough(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return reason(err)
	}
	return errors.Join(write(f), f.Close())
}

// reason is an error of the file system without the path: the path is the one that was given, or made up here.
func reason(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// tell prints a line with names, addresses and reasons that others have made up: what a terminal would obey, and what would begin another
// line, is written as Go writes it in strings (\x1b, \n).
func tell(w io.Writer, format string, args ...any) {
	var line strings.Builder
	for _, c := range fmt.Sprintf(format, args...) {
		if unicode.IsPrint(c) {
			line.WriteRune(c)
		} else {
			quoted := strconv.QuoteRune(c)
			line.WriteString(quoted[1 : len(quoted)-1])
		}
	}
	fmt.Fprintln(w, line.String())
}
