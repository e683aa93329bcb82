// Package lexicon reads word lists: what words of a language mean to the rooms below, as data. It holds no words and decides nothing.
//
// A language is a folder of files, one subject each ([github.com/onrecord/onrecord/lexicon/en] is English). A subject is a table of
// rows, one a line, four columns with tabs between:
//
//	class	value	entries	example
//
// The entries (words or phrases, commas between) belong to the class and have the value, which may be empty. The example is a sentence of our own
// in which one of the entries stands; a test holds that. A line that begins with "#" is a comment: it says above the first row of a
// class what the class is. Entries are in the form in which readers ask for them, which the comment at the top of a subject says:
// lemmas, forms in lower case, names as written.
//
// To add
//   - a word: append it to the entries of its row;
//   - a class: add a row with a comment above it, and a field where a reader resolves its words, see below;
//   - a subject: add a file NAME.tsv to the language's folder; [Lexicon.Subject] finds it by name;
//   - a language: add a folder beside lexicon/en with the same subjects and classes, and hand its [Lexicon] to the readers.
//
// A reader resolves the classes that it needs once, into one struct, and asks its fields from then on:
//
//	type words struct {
//		weekday *lexicon.Set
//		unit    *lexicon.Table[string]
//	}
//
//	func resolve(l *lexicon.Lexicon) words {
//		return words{
//			weekday: l.Subject("calendar").Set("weekday"),
//			unit:    l.Subject("units").Values("unit"),
//		}
//	}
//
//	var english = resolve(en.Lexicon)
//
// Asking for a subject or a class that is not there panics: the files are embedded, so the build is wrong, and any test of the reader
// shows it.
package lexicon

import (
	"fmt"
	"io/fs"
	"iter"
	"slices"
	"strings"
	"sync"
)

// A Row is one line of a subject: entries of one class and value.
type Row struct {
	Class   string
	Value   string // what the entries stand for: a stance, a unit, a number; may be empty
	Entries []string
	Example string // a sentence in which one of the entries stands
}

// A Subject is the rows of one file, in their order.
type Subject struct {
	Name string
	rows []Row
}

// Parse reads a subject from the text of its file. The error names the line.
func Parse(name, text string) (*Subject, error) {
	const columns = 4
	s := &Subject{Name: name}
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		column := strings.Split(line, "\t")
		if len(column) != columns {
			return nil, fmt.Errorf("%s.tsv:%d: %d columns, not %d (class, value, entries, example)", name, n, len(column), columns)
		}
		r := Row{Class: column[0], Value: column[1], Entries: strings.Split(column[2], ","), Example: column[3]}
		for i, entry := range r.Entries {
			r.Entries[i] = strings.TrimSpace(entry)
		}
		if r.Class == "" || slices.Contains(r.Entries, "") {
			return nil, fmt.Errorf("%s.tsv:%d: a row without a class, or an empty entry", name, n)
		}
		s.rows = append(s.rows, r)
	}
	return s, nil
}

// Rows are the rows of the classes, of all without any, in the order of the file. A class without a row panics.
func (s *Subject) Rows(classes ...string) iter.Seq[Row] {
	for _, class := range classes {
		if !slices.ContainsFunc(s.rows, func(r Row) bool { return r.Class == class }) {
			panic(fmt.Sprintf("lexicon: %s has no class %q", s.Name, class))
		}
	}
	return func(yield func(Row) bool) {
		for _, r := range s.rows {
			if (len(classes) == 0 || slices.Contains(classes, r.Class)) && !yield(r) {
				return
			}
		}
	}
}

// List is the entries of the classes, in the order of the file.
func (s *Subject) List(classes ...string) []string {
	var out []string
	for r := range s.Rows(classes...) {
		out = append(out, r.Entries...)
	}
	return out
}

// Set is the entries of the classes.
func (s *Subject) Set(classes ...string) *Set { return NewSet(s.List(classes...)...) }

// Values maps the entries of the classes to their values. Of an entry with several the first counts.
func (s *Subject) Values(classes ...string) *Table[string] {
	return NewTable(Map(s.Rows(classes...), func(r Row) string { return r.Value }))
}

// Classes maps the entries of the classes to theirs. Of an entry with several the first in the file counts.
func (s *Subject) Classes(classes ...string) *Table[string] {
	return NewTable(Map(s.Rows(classes...), func(r Row) string { return r.Class }))
}

// Bits maps each entry of the classes to those that it stands in: bit i for the i-th class asked for, of at most 64.
func (s *Subject) Bits(classes ...string) *Table[uint64] {
	m := map[string]uint64{}
	for r := range s.Rows(classes...) {
		for _, entry := range r.Entries {
			m[entry] |= 1 << slices.Index(classes, r.Class)
		}
	}
	return NewTable(m)
}

// Map maps the entries of the rows to what value makes of their row. Of an entry that stands in several rows the first counts.
func Map[V any](rows iter.Seq[Row], value func(Row) V) map[string]V {
	m := map[string]V{}
	for r := range rows {
		v := value(r)
		for _, entry := range r.Entries {
			if _, ok := m[entry]; !ok {
				m[entry] = v
			}
		}
	}
	return m
}

// A Lexicon is the subjects of one language. It reads a subject when it is first asked for.
type Lexicon struct {
	files    fs.FS
	mu       sync.Mutex
	subjects map[string]*Subject
}

// New is the lexicon of the language whose subjects are the files *.tsv of a folder.
func New(files fs.FS) *Lexicon { return &Lexicon{files: files, subjects: map[string]*Subject{}} }

// Subject is the subject of this name. One that is missing or malformed panics.
func (l *Lexicon) Subject(name string) *Subject {
	l.mu.Lock()
	defer l.mu.Unlock()
	if s, ok := l.subjects[name]; ok {
		return s
	}
	text, err := fs.ReadFile(l.files, name+".tsv")
	if err != nil {
		panic(fmt.Sprintf("lexicon: %v", err))
	}
	s, err := Parse(name, string(text))
	if err != nil {
		panic(fmt.Sprintf("lexicon: %v", err))
	}
	l.subjects[name] = s
	return s
}

// Subjects are the names of all subjects, in order.
func (l *Lexicon) Subjects() []string {
	files, err := fs.Glob(l.files, "*.tsv")
	if err != nil {
		panic(err) // only of a malformed pattern
	}
	for i, file := range files {
		files[i] = strings.TrimSuffix(file, ".tsv")
	}
	return files
}
