package source

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/onrecord/onrecord/internal/sentinel"
)

const (
	errOutside  sentinel.Error = "symbolic link out of the folder, or absolute: name the file itself to read it"
	errFolder   sentinel.Error = "symbolic link to a folder: name the folder itself to read it"
	errDangling sentinel.Error = "symbolic link to nothing"
	errSpecial  sentinel.Error = "not a file or folder; pipe it to standard input (-)"
)

var errKind = fmt.Errorf("unsupported file type (supported: %s)", Extensions())

// A file is one that a path names, or that lies in a folder that a path names.
type file struct {
	name  string
	size  int64
	named bool // by a path, rather than found in a folder
	open  func() (*os.File, error)
}

// files yields the file at a path, or those under it in lexical order, but for hidden ones; with errKind those whose names are of no
// format that is read. A symbolic link is
// followed where the path itself is one, and inside of a folder where it leads to a file of the same folder: whoever reads a folder
// that others write to gets nothing of what they could not read themselves. Other links are refused whatever their names. An error comes with the name of its file.
func files(path string) iter.Seq2[file, error] {
	return func(yield func(file, error) bool) {
		info, err := os.Stat(path)
		switch f := (file{name: path, open: func() (*os.File, error) { return os.Open(path) }}); {
		case err != nil:
			yield(f, plain(err))
			return
		case info.IsDir():
		case !info.Mode().IsRegular():
			yield(f, errSpecial)
			return
		case formatOf(path) == nil:
			f.size = info.Size()
			f.named = true
			yield(f, errKind)
			return
		default:
			f.size = info.Size()
			yield(f, nil)
			return
		}
		root, err := os.OpenRoot(path)
		if err != nil {
			yield(file{name: path}, plain(err))
			return
		}
		defer root.Close()
		_ = fs.WalkDir(root.FS(), ".", func(within string, e fs.DirEntry, err error) error {
			within = filepath.FromSlash(within)
			f := file{name: filepath.Join(path, within), open: func() (*os.File, error) { return root.Open(within) }}
			if err == nil {
				if e.Name() == "." {
					return nil
				}
				if strings.HasPrefix(e.Name(), ".") {
					if e.IsDir() {
						return fs.SkipDir
					}
					return nil
				}
				link := e.Type()&fs.ModeSymlink != 0
				if e.IsDir() {
					return nil
				}
				var info fs.FileInfo
				info, err = root.Stat(within)
				switch {
				case err != nil:
					err = unfollowed(f.name, err)
				case link && info.IsDir():
					err = errFolder
				case !info.Mode().IsRegular() && formatOf(within) == nil:
					return nil
				case !info.Mode().IsRegular():
					err = errSpecial
				case formatOf(within) == nil:
					f.size, err = info.Size(), errKind
				default:
					f.size = info.Size()
				}
			}
			if !yield(f, plain(err)) {
				return fs.SkipAll
			}
			return nil
		})
	}
}

// unfollowed says why a link within a folder is not followed, which the folder's root refused with err.
func unfollowed(name string, err error) error {
	switch _, there := os.Stat(name); {
	case there == nil:
		return errOutside
	case errors.Is(there, fs.ErrNotExist):
		return errDangling
	}
	return err
}

// plain is an error of the file system without the path, which the refusal names.
func plain(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
