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
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/term"

	"github.com/onrecord/onrecord/ledger/storage"
)

// An output is standard output that keeps the first error of writing to it: commands print line by line and do not look, and run asks at the end. After
// the error it takes nothing more. A terminal obeys no text: what others have written is printed in characters that print. Files and pipes get every
// byte as it is.
type output struct {
	to       io.Writer
	terminal bool
	cut      []byte // the beginning of a character whose end is still to come
	err      error
}

func newOutput(to io.Writer) *output {
	f, ok := to.(*os.File)
	return &output{to: to, terminal: ok && term.IsTerminal(int(f.Fd()))}
}

func (o *output) Write(b []byte) (n int, err error) {
	if o.err != nil {
		return 0, o.err
	}
	if !o.terminal {
		n, o.err = o.to.Write(b)
		return n, o.err
	}
	if _, o.err = io.WriteString(o.to, o.printable(b)); o.err != nil {
		return 0, o.err
	}
	return len(b), nil
}

// printable is text for a terminal, up to the last whole character.
func (o *output) printable(b []byte) string {
	var s strings.Builder
	b = append(o.cut, b...)
	for len(b) > 0 && utf8.FullRune(b) {
		c, size := utf8.DecodeRune(b)
		switch {
		case c == '\n', c == '\t':
			s.WriteRune(c)
		case c == utf8.RuneError && size == 1:
			fmt.Fprintf(&s, `\x%02x`, b[0])
		default:
			writePrintable(&s, c)
		}
		b = b[size:]
	}
	o.cut = slices.Clone(b)
	return s.String()
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
	return errors.Join(write(newOutput(f)), f.Close())
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
		writePrintable(&line, c)
	}
	fmt.Fprintln(w, line.String())
}

// writePrintable writes a character, as Go writes it in strings where a terminal would obey it or show nothing.
func writePrintable(b *strings.Builder, c rune) {
	const joins = '\u200d' // parts of one picture
	if unicode.IsPrint(c) || c == joins {
		b.WriteRune(c)
		return
	}
	quoted := strconv.QuoteRune(c)
	b.WriteString(quoted[1 : len(quoted)-1])
}
