package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/pressly/goose/v3"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/internal/database"
	"github.com/onrecord/onrecord/ledger/internal/query"
	"github.com/onrecord/onrecord/ledger/ledgertest"
	"github.com/onrecord/onrecord/link"
)

var ctx = context.Background()

func TestLedger(t *testing.T) {
	empty, err := os.ReadFile(written(t, 0)) // made once: it is copied faster than made
	if err != nil {
		t.Fatal(err)
	}
	ledgertest.Run(t, func(t *testing.T) ledger.Ledger {
		path := filepath.Join(t.TempDir(), "a ledger, 100% #1?.db")
		if err := os.WriteFile(path, empty, 0o644); err != nil {
			t.Fatal(err)
		}
		return mustOpen(t, path)
	})
}

func mustOpen(t testing.TB, path string) ledger.Ledger {
	t.Helper()
	l, err := Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

// opened is the database of a ledger, past the ledger.
func opened(t testing.TB, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// written is a closed ledger with n invented articles.
func written(t *testing.T, n int) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "onrecord.db")
	l, err := Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	if n > 0 {
		ledgertest.Fill(t, l, n)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestNoLedger(t *testing.T) {
	dir := t.TempDir()
	file := func(name, content string) string {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		return p
	}
	other := filepath.Join(dir, "other.db")
	db, err := sql.Open("sqlite", other)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("CREATE TABLE recipe (name TEXT)"); err != nil {
		t.Fatal(err)
	}
	db.Close()
	marked := filepath.Join(dir, "marked.db") // another's, with the mark of a ledger
	if _, err := opened(t, marked).Exec(fmt.Sprintf("PRAGMA application_id = %d; CREATE TABLE article (name TEXT)", application)); err != nil {
		t.Fatal(err)
	}
	migrated := filepath.Join(dir, "migrated.db") // another's, by the same library of migrations
	if _, err := opened(t, migrated).Exec(fmt.Sprintf(`PRAGMA application_id = %d; CREATE TABLE recipe (name TEXT);
		CREATE TABLE goose_db_version (id INTEGER PRIMARY KEY, version_id INTEGER, is_applied INTEGER); INSERT INTO goose_db_version VALUES (1, 3, 1)`, application)); err != nil {
		t.Fatal(err)
	}

	others := map[string][]byte{}
	for _, path := range []string{other, marked, migrated} {
		if others[path], err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		path string
		want error
		says string
	}{
		{file("notes.txt", "A list of things to do, none of them a ledger."), ledger.ErrNot, "notes.txt: not a ledger"},
		{file("short", "x"), ledger.ErrNot, "not a ledger"},
		{file("zeros", string(make([]byte, 8192))), ledger.ErrNot, "not a ledger"},
		{file("magic only", "SQLite format 3\x00"), ledger.ErrNot, "not a ledger"},
		{other, ledger.ErrNot, "another SQLite database"},
		{marked, ledger.ErrNot, "other tables"},
		{migrated, ledger.ErrNot, "other tables"},
		{dir, ledger.ErrNot, "a folder"},
		{filepath.Join(dir, "no", "such", "folder.db"), ledger.ErrReadOnly, "folder does not exist"},
		{"", nil, "no path"},
	} {
		for name, open := range map[string]func() (ledger.Ledger, error){
			"Open":       func() (ledger.Ledger, error) { return Open(ctx, c.path) },
			"OpenReader": func() (ledger.Ledger, error) { return OpenReader(ctx, c.path) },
		} {
			l, err := open()
			if err == nil {
				l.Close()
				t.Errorf("%s(%q) opened", name, c.path)
				continue
			}
			if name == "OpenReader" && c.want == ledger.ErrReadOnly {
				continue // a file that does not exist is refused in other words
			}
			if !strings.Contains(err.Error(), c.says) || (c.want != nil && !errors.Is(err, c.want)) {
				t.Errorf("%s(%q): %v", name, c.path, err)
			}
		}
	}
	for path, before := range others {
		if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
			t.Errorf("%s, another's database, was changed", path)
		}
	}
}

func TestEmptyFileBecomesLedger(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new.db")
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenReader(ctx, path); !errors.Is(err, ledger.ErrNot) {
		t.Errorf("an empty file to look at: %v", err)
	}
	ledgertest.Fill(t, mustOpen(t, path), 2)
}

func TestReader(t *testing.T) {
	for name, open := range map[string]func(context.Context, string) (*database.Ledger, error){"OpenReader": OpenReader, "OpenServer": OpenServer} {
		t.Run(name, func(t *testing.T) { testReader(t, open) })
	}
}

func testReader(t *testing.T, open func(context.Context, string) (*database.Ledger, error)) {
	path := written(t, 9)
	w := mustOpen(t, path)
	r, err := open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if d := cmp.Diff(ledgertest.Dump(t, w, ""), ledgertest.Dump(t, r, "")); d != "" {
		t.Error(d)
	}
	if _, err := r.Add(ctx, ledgertest.Some(1)); !errors.Is(err, ledger.ErrReadOnly) {
		t.Errorf("a reader adds: %v", err)
	}
	ledgertest.Add(t, w, ledgertest.Invent(20)) // a reader sees what is written later
	if counts, err := r.Counts(ctx); err != nil || counts["article"] != 10 {
		t.Errorf("%v, %v", counts, err)
	}
	if _, err := open(ctx, filepath.Join(t.TempDir(), "none.db")); err == nil || !strings.Contains(err.Error(), "no such file") {
		t.Errorf("no file: %v", err)
	}
}

// A ledger that lies where nothing can be written is looked at; to write to it is refused.
func TestReadOnlyFolder(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root writes everywhere")
	}
	path := written(t, 5)
	dir := filepath.Dir(path)
	if err := errors.Join(os.Chmod(path, 0o444), os.Chmod(dir, 0o555)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(dir, 0o755) })
	r, err := OpenReader(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if counts, err := r.Counts(ctx); err != nil || counts["article"] != 5 {
		t.Errorf("%v, %v", counts, err)
	}
	for _, p := range []string{path, filepath.Join(dir, "new.db")} {
		if l, err := Open(ctx, p); !errors.Is(err, ledger.ErrReadOnly) {
			if err == nil {
				l.Close()
			}
			t.Errorf("%s: %v", p, err)
		}
	}
}

func TestNowhereToWrite(t *testing.T) {
	if _, err := os.Stat("/proc/self"); err != nil {
		t.Skip("no /proc")
	}
	if _, err := Open(ctx, "/proc/onrecord.db"); !errors.Is(err, ledger.ErrReadOnly) {
		t.Errorf("%v", err)
	}
}

func TestBusy(t *testing.T) {
	defer func(d time.Duration) { patience = d }(patience)
	patience = 50 * time.Millisecond
	path := written(t, 2)
	l := mustOpen(t, path)
	other, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	other.SetMaxOpenConns(1)
	if _, err := other.Exec("BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	_, err = l.Add(ctx, []*onrecord.Reading{ledgertest.Invent(5)})
	if !errors.Is(err, ledger.ErrBusy) || !strings.Contains(err.Error(), "another process is writing") {
		t.Errorf("%v", err)
	}
	if counts, err := l.Counts(ctx); err != nil || counts["article"] != 2 { // looking goes on
		t.Errorf("%v, %v", counts, err)
	}
	if _, err := other.Exec("ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	ledgertest.Add(t, l, ledgertest.Invent(5))
}

// A look over the ledger finds a text that was changed, rows that hang in the air, and damaged pages.
func TestExamine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "onrecord.db")
	l := mustOpen(t, path)
	list, _ := ledgertest.Fill(t, l, 30)
	sound, err := l.Examine(ctx)
	if err != nil || len(sound.Damage)+len(sound.Altered) > 0 || sound.Bytes < 50_000 || sound.Log == 0 {
		t.Errorf("%+v, %v", sound, err)
	}
	db := opened(t, path)
	altered := list[7].Article.ID
	for _, change := range []string{
		"UPDATE article SET text = replace(text, 'lost', 'found') WHERE id = '" + altered + "'",
		"UPDATE figure SET article = 'a000000000000x' WHERE id = '" + list[3].Figures[0].ID + "'",
	} {
		if _, err := db.ExecContext(ctx, change); err != nil {
			t.Fatal(err)
		}
		h, err := l.Examine(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(change, "text") && (len(h.Damage) != 0 || !slices.Equal(h.Altered, []string{altered})) ||
			strings.Contains(change, "figure") && (len(h.Damage) != 1 || !strings.Contains(h.Damage[0], "a row of figure belongs to a row of article")) {
			t.Errorf("%s: %+v", change, h)
		}
	}
	linked := filepath.Join(t.TempDir(), "linked.db")
	l = mustOpen(t, linked)
	ledgertest.Fill(t, l, 30)
	db = opened(t, linked)
	for _, c := range []struct{ change, says string }{
		{"UPDATE rendition SET statement = 's000000000000x' WHERE statement = (SELECT min(statement) FROM rendition)", "rows of rendition name a statement"},
		{"UPDATE total SET rows = rows + 1 WHERE kind = 'story'", "1 numbers of rows"},
	} {
		if _, err := db.ExecContext(ctx, c.change); err != nil {
			t.Fatal(err)
		}
		if h, err := l.Examine(ctx); err != nil || !slices.ContainsFunc(h.Damage, func(s string) bool { return strings.Contains(s, c.says) }) {
			t.Errorf("%s: %+v, %v", c.change, h, err)
		}
	}
	whole, err := os.ReadFile(written(t, 60))
	if err != nil {
		t.Fatal(err)
	}
	torn := filepath.Join(t.TempDir(), "torn.db")
	copy(whole[len(whole)/2:], bytes.Repeat([]byte{0xff, 0x13}, 4000))
	if err := os.WriteFile(torn, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := OpenReader(ctx, torn)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if h, err := r.Examine(ctx); !errors.Is(err, ledger.ErrDamaged) && (err != nil || len(h.Damage) == 0) {
		t.Errorf("torn pages are sound: %+v, %v", h, err)
	}
}

// While one writes the rows of a period, which are many, another process gets its turn.
func TestOthersGetTheirTurn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "onrecord.db")
	l, other := mustOpen(t, path), mustOpen(t, path)
	const stories = 6000
	links := &onrecord.Links{Model: "links-1", SpeakerOf: map[string]string{}}
	for i := range stories {
		links.Stories = append(links.Stories, onrecord.Story{ID: onrecord.NewID(onrecord.StoryKind, fmt.Sprint(i)), Title: "T", Articles: []string{onrecord.NewID(onrecord.ArticleKind, fmt.Sprint(i))}})
	}
	ledgertest.Add(t, l, ledgertest.Invent(0))
	for range 2 { // the second time it takes away what the first one made
		done := make(chan error, 1)
		go func() { done <- ledgertest.SetLinks(l, links) }()
		turns, err := 0, error(nil)
		for ended := false; !ended; {
			select {
			case err = <-done:
				ended = true
			default:
				if err := other.SetRefusals(ctx, nil); err != nil {
					t.Fatal(err)
				}
				turns++
			}
		}
		if err != nil {
			t.Fatal(err)
		}
		if turns < 100 { // more than before the first piece and after the last
			t.Errorf("another had %d turns", turns)
		}
		if n, err := l.Counts(ctx); err != nil || n["story"] != stories {
			t.Error(n, err)
		}
	}
}

// The log is written back, and where somebody who looks keeps it from that it does not grow on and on.
func TestLog(t *testing.T) {
	path := filepath.Join(t.TempDir(), "onrecord.db")
	w := mustOpen(t, path)
	log := path + "-wal"
	size := func() int64 {
		info, err := os.Stat(log)
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	r, err := OpenReader(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	ledgertest.Add(t, w, ledgertest.Some(20)...)
	db, err := connect(ctx, path, 0, "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	long := &tender{log: log, usual: 1 << 10, most: 1 << 30}
	short := &tender{log: log, usual: 1 << 10, most: 2 << 10, patience: time.Millisecond}
	if err := r.Rows(ctx, "", func(any) error { // somebody looks
		ledgertest.Add(t, w, ledgertest.Some(60)[20:]...)
		before := size()
		if err := long.tend(ctx, db); err != nil || size() != before || long.tried != before {
			t.Errorf("a log that may grow: %v, from %d to %d bytes", err, before, size())
		}
		if err := short.tend(ctx, db); !errors.Is(err, ledger.ErrBusy) || !strings.Contains(err.Error(), "its log has") {
			t.Errorf("a log that may not: %v", err)
		}
		return errEnough
	}); err != errEnough {
		t.Fatal(err)
	}
	if size() == 0 {
		t.Fatal("there is no log: the test tests nothing")
	}
	if err := short.tend(ctx, db); err != nil || size() != 0 {
		t.Errorf("%v, %d bytes", err, size())
	}
}

var errEnough = errors.New("enough")

// Many that open one new ledger at once, and write to it, get along.
func TestTogether(t *testing.T) {
	path := filepath.Join(t.TempDir(), "onrecord.db")
	var all sync.WaitGroup
	for i := range 6 {
		all.Go(func() {
			l, err := Open(ctx, path)
			if err != nil {
				t.Error(err)
				return
			}
			defer l.Close()
			for j := range 3 {
				if _, err := l.Add(ctx, []*onrecord.Reading{ledgertest.Invent(3*i + j), ledgertest.Invent(j)}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	l := mustOpen(t, path)
	one := mustOpen(t, filepath.Join(t.TempDir(), "one.db"))
	ledgertest.Add(t, one, ledgertest.Some(18)...)
	if ledgertest.Dump(t, one, "") != ledgertest.Dump(t, l, "") {
		t.Error("they lost rows, or made some")
	}
}

// A damaged file is an error that says so, never a panic, and never rows that were not written.
func TestDamaged(t *testing.T) {
	path := written(t, 60)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	l := mustOpen(t, path)
	rows := map[string]bool{}
	for line := range strings.Lines(ledgertest.Dump(t, l, "")) {
		rows[line] = true
	}
	const pageSize = 4096
	damage := map[string][]byte{}
	for _, n := range []int{100, pageSize, 3*pageSize + 17, len(whole) / 2 / pageSize * pageSize, len(whole) - pageSize} {
		damage[fmt.Sprintf("cut after %d bytes", n)] = whole[:n]
	}
	for at := 100; at+200 < len(whole); at += 5*pageSize + 211 {
		torn := bytes.Clone(whole)
		copy(torn[at:], bytes.Repeat([]byte{0xff, 0x13, 0}, 700))
		damage[fmt.Sprintf("torn at %d", at)] = torn
	}
	failed := 0
	for name, data := range damage {
		p := filepath.Join(t.TempDir(), "damaged.db")
		if err := os.WriteFile(p, data, 0o644); err != nil {
			t.Fatal(err)
		}
		for _, open := range []func() (ledger.Ledger, error){func() (ledger.Ledger, error) { return OpenReader(ctx, p) }, func() (ledger.Ledger, error) { return Open(ctx, p) }} {
			if err := exercise(open); err != nil {
				failed++
				if !strings.Contains(err.Error(), p) {
					t.Errorf("%s: the error does not name the ledger: %v", name, err)
				}
			}
		}
	}
	if failed < len(damage)*3/4 { // what only linking reads, nobody who looks does
		t.Errorf("%d of %d tries failed", failed, 2*len(damage))
	}
}

func exercise(open func() (ledger.Ledger, error)) error {
	l, err := open()
	if err != nil {
		return err
	}
	defer l.Close()
	_, err1 := l.Readings(ctx, link.Always)
	err2 := l.Rows(ctx, "", func(any) error { return nil })
	_, err3 := l.Search(ctx, ledger.SearchQuery{Words: "ferries lost"})
	_, _, err4 := l.Stories(ctx, ledger.StoryFilter{})
	_, err5 := l.Add(ctx, ledgertest.Some(20))
	if errors.Is(err5, ledger.ErrReadOnly) {
		err5 = nil
	}
	return errors.Join(err1, err2, err3, err4, err5)
}

// Version 1 of the schema had no search index.
func TestMigrationFromVersion1(t *testing.T) {
	path := filepath.Join(t.TempDir(), "onrecord.db")
	if err := begin(ctx, path); err != nil {
		t.Fatal(err)
	}
	db, err := connect(ctx, path, patience, "_pragma=journal_mode(WAL)&_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	shared, err := fs.Sub(query.Migrations, "migrations")
	if err != nil {
		t.Fatal(err)
	}
	old, err := goose.NewProvider(goose.DialectSQLite3, db, shared, goose.WithSlog(slog.New(slog.DiscardHandler)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := old.UpTo(ctx, 1); err != nil {
		t.Fatal(err)
	}
	list := ledgertest.Some(5)
	freshPath := filepath.Join(t.TempDir(), "fresh.db")
	fresh := mustOpen(t, freshPath)
	ledgertest.Add(t, fresh, list...)
	if err := ledgertest.SetLinks(fresh, ledgertest.InventLinks(list)); err != nil {
		t.Fatal(err)
	}
	copyRows(t, db, freshPath, "article", "statement", "figure", "time", "article_speaker", "aside", "speaker", "alias WHERE whole")
	db.Close()

	if _, err := OpenReader(ctx, path); !errors.Is(err, ledger.ErrOlder) {
		t.Errorf("a reader of an old schema: %v", err)
	}
	l := mustOpen(t, path)
	if hits, err := l.Search(ctx, ledger.SearchQuery{Words: "denied"}); err != nil || len(hits) != 5 {
		t.Errorf("%d hits, %v", len(hits), err)
	}
	for _, name := range []string{"Venn", "orla ve", "Venn of old", "Orla Venn"} {
		want, err1 := fresh.Speakers(ctx, ledger.SpeakersFilter{Name: name})
		got, err2 := l.Speakers(ctx, ledger.SpeakersFilter{Name: name})
		if d := cmp.Diff(want, got); d != "" || err1 != nil || err2 != nil {
			t.Error(name, d, err1, err2)
		}
	}
	if rows, err := l.Called(ctx, "Orla Venn", 0); err != nil || len(rows) != 1 {
		t.Errorf("%+v, %v", rows, err)
	}
	if err := ledgertest.SetLinks(l, ledgertest.InventLinks(list)); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(ledgertest.Dump(t, fresh, ""), ledgertest.Dump(t, l, "")); d != "" {
		t.Error(d)
	}
	var state string
	if err := opened(t, path).QueryRowContext(ctx, "PRAGMA integrity_check").Scan(&state); err != nil || state != "ok" {
		t.Error(state, err)
	}
}

// What a column may hold is checked, and what it does not hold in the form in which it was written is damage.
func TestColumns(t *testing.T) {
	path := filepath.Join(t.TempDir(), "onrecord.db")
	l := mustOpen(t, path)
	list, links := ledgertest.Fill(t, l, 5)
	db := opened(t, path)
	for _, e := range database.Enums() {
		if e.Table == "review" {
			continue // there is none
		}
		if _, err := db.ExecContext(ctx, fmt.Sprintf("UPDATE %s SET %s = 'whatever'", e.Table, e.Column)); err == nil || !strings.Contains(err.Error(), "CHECK") {
			t.Errorf("%s.%s takes anything: %v", e.Table, e.Column, err)
		}
	}
	statement := list[0].Statements[0].ID
	for _, c := range []struct{ column, value string }{
		{"source", "12"}, {"source", "12-x"}, {"content", "7-3"}, {"cue", "-4--2"}, {"relays", "[1,"}, {"relays", "Reuters"},
	} {
		var was string
		if err := db.QueryRowContext(ctx, fmt.Sprintf("SELECT %s FROM statement WHERE id = $1", c.column), statement).Scan(&was); err != nil {
			t.Fatal(err)
		}
		set := func(value string) {
			t.Helper()
			if _, err := db.ExecContext(ctx, fmt.Sprintf("UPDATE statement SET %s = $1 WHERE id = $2", c.column), value, statement); err != nil {
				t.Fatal(err)
			}
		}
		set(c.value)
		_, err1 := l.Row(ctx, statement)
		_, err2 := l.Article(ctx, list[0].Article.ID)
		_, err3 := l.Readings(ctx, link.Always)
		err4 := l.Rows(ctx, "", func(any) error { return nil })
		for i, err := range []error{err1, err2, err3, err4} {
			if !errors.Is(err, ledger.ErrDamaged) || !strings.Contains(err.Error(), statement) {
				t.Errorf("%s %q, %d: %v", c.column, c.value, i, err)
			}
		}
		set(was)
	}
	if _, err := db.ExecContext(ctx, "UPDATE copy SET passages = '1-2 3-4 5-6'"); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Row(ctx, links.Copies[0].ID); !errors.Is(err, ledger.ErrDamaged) {
		t.Errorf("a passage without its origin: %v", err)
	}
}

// No view has a text that is not the one that was read, nor what was read in it.
func TestAlteredText(t *testing.T) {
	path := filepath.Join(t.TempDir(), "onrecord.db")
	l := mustOpen(t, path)
	list, _ := ledgertest.Fill(t, l, 5)
	article, statement := list[0].Article.ID, list[0].Statements[0].ID
	look := map[string]func() error{
		"article":  func() error { _, err := l.Article(ctx, article); return err },
		"articles": func() error { _, err := l.Articles(ctx, []string{article}); return err },
		"row":      func() error { _, err := l.Row(ctx, statement); return err },
		"passages": func() error { _, err := l.Passages(ctx, []string{statement}); return err },
	}
	if v, err := l.Article(ctx, article); err != nil {
		t.Fatal(err)
	} else if story := v.Article.Story; story != "" {
		look["story"] = func() error { _, err := l.Story(ctx, story); return err }
	}
	if v, err := l.Row(ctx, statement); err == nil && len(v.Speakers) > 0 {
		look["speaker"] = func() error {
			_, err := l.Speaker(ctx, v.Speakers[0].ID, ledger.SpeakerFilter{Limit: 1000})
			return err
		}
	}
	look["readings"] = func() error {
		_, err := l.Readings(ctx, link.Always)
		return err
	}
	if len(look) != 7 {
		t.Fatal("the article has no story or no speaker")
	}
	for name, ask := range look {
		if err := ask(); err != nil {
			t.Errorf("%s, sound: %v", name, err)
		}
	}
	if _, err := opened(t, path).ExecContext(ctx, "UPDATE article SET text = upper(text) WHERE id = $1", article); err != nil {
		t.Fatal(err)
	}
	for name, ask := range look {
		if err := ask(); !errors.Is(err, ledger.ErrAltered) || !errors.Is(err, ledger.ErrDamaged) || !strings.Contains(err.Error(), article) {
			t.Errorf("%s: %v", name, err)
		}
	}
	const word = "agency"
	hits, err := l.Search(ctx, ledger.SearchQuery{Words: word, Limit: 100})
	found, others := false, false
	for _, h := range hits {
		mine := h.Article == article
		found, others = found || mine, others || !mine
		if h.Altered != mine || mine == strings.Contains(strings.ToLower(h.Snippet), strings.ToLower(word)) || mine != (h.Found == nil) {
			t.Errorf("%s of article %s: %+v", h.ID, h.Article, h)
		}
	}
	if !found || !others || err != nil {
		t.Errorf("%q finds %d, %v", word, len(hits), err)
	}
	if known, err := l.Known(ctx, []string{article, list[1].Article.ID}); err != nil || known[article] != "" || known[list[1].Article.ID] == "" {
		t.Errorf("known: %q, %v", known, err)
	}
	if added, err := l.Add(ctx, []*onrecord.Reading{list[0], list[1]}); err != nil || added != (ledger.Added{Again: 1, Known: 1}) { // it is restored
		t.Errorf("added again: %+v, %v", added, err)
	}
	for name, ask := range look {
		if err := ask(); err != nil {
			t.Errorf("%s, restored: %v", name, err)
		}
	}
}

// copyRows copies rows of another ledger into a database, of whose schema it takes the columns.
func copyRows(t *testing.T, db *sql.DB, from string, tables ...string) {
	t.Helper()
	db.SetMaxOpenConns(1)
	do := func(query string, args ...any) {
		t.Helper()
		if _, err := db.ExecContext(ctx, query, args...); err != nil {
			t.Fatal(err)
		}
	}
	do("ATTACH $1 AS other", from)
	for _, table := range tables {
		table, where, _ := strings.Cut(table, " ")
		var columns string
		if err := db.QueryRowContext(ctx, "SELECT group_concat(name, ', ') FROM pragma_table_info($1, 'main')", table).Scan(&columns); err != nil {
			t.Fatal(err)
		}
		do(fmt.Sprintf("INSERT INTO main.%s (%s) SELECT %s FROM other.%s %s", table, columns, columns, table, where))
	}
}

func TestNewerSchema(t *testing.T) {
	path := written(t, 1)
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (4711, 1)"); err != nil {
		t.Fatal(err)
	}
	db.Close()
	_, err1 := Open(ctx, path)
	_, err2 := OpenReader(ctx, path)
	for _, err := range []error{err1, err2} {
		if !errors.Is(err, ledger.ErrNewer) || !strings.Contains(err.Error(), "4711") {
			t.Errorf("%v", err)
		}
	}
}

// plan is how SQLite answers a query, a step a line.
func plan(t *testing.T, db *sql.DB, query string, args ...any) []string {
	t.Helper()
	rows, err := db.QueryContext(ctx, "EXPLAIN QUERY PLAN "+spoken(query), args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var steps []string
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, step)
	}
	return steps
}

// Whoever asks for a speaker by name has it found in the index of names: the table of speakers is not gone through, by whatever index.
func TestSpeakersAreFoundByName(t *testing.T) {
	path := filepath.Join(t.TempDir(), "onrecord.db")
	ledgertest.Fill(t, mustOpen(t, path), 40)
	db := opened(t, path)
	source, err := os.ReadFile("../internal/query/query.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"SpeakersNamed", "SpeakersCalled", "SpeakersCalledSo"} {
		_, body, found := strings.Cut(string(source), "-- name: "+name+" :many\n")
		if !found {
			t.Fatalf("no query %s", name)
		}
		body, _, _ = strings.Cut(body, ";")
		steps := plan(t, db, body, arguments()...)
		for _, step := range steps {
			if strings.HasPrefix(step, "SCAN p") || strings.HasPrefix(step, "SCAN n") {
				t.Errorf("%s: %s", name, step)
			}
		}
		if !slices.ContainsFunc(steps, func(step string) bool {
			return strings.HasPrefix(step, "SEARCH n USING") && strings.Contains(step, "(folded")
		}) {
			t.Errorf("%s does not look into the index of names: %q", name, steps)
		}
	}
}

// arguments are values for whatever a query asks for.
func arguments() (list []any) {
	for _, name := range strings.Fields("ids id article page place speaker subject outlet stance skip period from_day to_day from_moment to_moment moment key undated model due name target folded named named_end least most") {
		list = append(list, sql.Named(name, ""))
	}
	return list
}

// The queries of every view find their rows by index: none reads a whole table that grows with the ledger.
func TestIndexes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "onrecord.db")
	ledgertest.Fill(t, mustOpen(t, path), 40)
	db := opened(t, path)
	source, err := os.ReadFile("../internal/query/query.sql")
	if err != nil {
		t.Fatal(err)
	}
	whole := map[string]bool{ // by their nature
		"Counts": true, "Models": true, "ReadByOthers": true, "AllTexts": true, "Speakers": true, "CountStories": true, "Stories": true, "PutReview": true,
		"KeepTotals": true, "Totals": true, "Refusals": true, // of five rows, and a thousand
		"Changed": true, "DropLiveRedirects": true, // of few rows
	}
	checked := 0
	for q := range strings.SplitSeq(string(source), "-- name: ") {
		name, body, _ := strings.Cut(q, "\n")
		name, _, _ = strings.Cut(name, " ")
		if !strings.Contains(body, "SELECT") || whole[name] || strings.HasPrefix(q, "--") {
			continue
		}
		body = strings.NewReplacer("sqlc.embed(a)", "a.id", "sqlc.embed(s)", "s.id", "sqlc.embed(f)", "f.id", "sqlc.embed(u)", "u.id").Replace(body)
		for _, step := range plan(t, db, strings.TrimSpace(body), arguments()...) {
			if strings.HasPrefix(step, "SCAN") && !slices.Contains([]string{"SCAN json_each VIRTUAL TABLE INDEX 1:", "SCAN CONSTANT ROW", "SCAN fresh", "SCAN own"}, step) && !strings.Contains(step, "USING") {
				t.Errorf("%s: %s", name, step)
			}
		}
		checked++
	}
	if checked < 40 {
		t.Errorf("only %d queries checked", checked)
	}
}

// Words that stand in more places than can be ranked are found all the same: in the newest of them.
func TestSearchForWordsThatStandEverywhere(t *testing.T) {
	l := mustOpen(t, filepath.Join(t.TempDir(), "onrecord.db"))
	var list []*onrecord.Reading
	for i := range broad + 10 {
		a := &onrecord.Article{ExternalID: fmt.Sprint(i), Outlet: "Valley Wire", Text: fmt.Sprintf("Ferries everywhere, and number%d.", i)}
		a.ID = onrecord.ArticleID(a)
		list = append(list, &onrecord.Reading{Article: a})
	}
	ledgertest.Add(t, l, list...)
	hits, err := l.Search(ctx, ledger.SearchQuery{Words: "everywhere", Limit: 3})
	if err != nil || len(hits) != 3 || hits[0].Article != list[len(list)-1].Article.ID || hits[2].Article != list[len(list)-3].Article.ID {
		t.Errorf("%+v, %v", hits, err)
	}
	if hits, err := l.Search(ctx, ledger.SearchQuery{Words: "everywhere number3"}); err != nil || len(hits) != 1 || hits[0].Article != list[3].Article.ID {
		t.Errorf("%+v, %v", hits, err)
	}
}

// Rows of links that are as they were are not written again; those that have changed are, and so are those of an article that was read again.
func TestLinksThatStay(t *testing.T) {
	path := filepath.Join(t.TempDir(), "onrecord.db")
	l := mustOpen(t, path)
	list, links := ledgertest.Fill(t, l, 12)
	db := opened(t, path)
	written := func() map[string]int { // the row's number in its table: another one where it was written again
		t.Helper()
		at := map[string]int{}
		for _, table := range []string{"copy", "report", "story", "utterance", "measure", "dispute", "part"} {
			rows, err := db.QueryContext(ctx, "SELECT id, rowid FROM "+table)
			if err != nil {
				t.Fatal(err)
			}
			for rows.Next() {
				var id string
				var n int
				if err := rows.Scan(&id, &n); err != nil {
					t.Fatal(err)
				}
				at[id] = n
			}
			rows.Close()
		}
		return at
	}
	differing := func(a, b map[string]int) (ids []string) {
		for id := range b {
			if a[id] != b[id] {
				ids = append(ids, id)
			}
		}
		slices.Sort(ids)
		return ids
	}
	first := written()
	if err := ledgertest.SetLinks(l, links); err != nil {
		t.Fatal(err)
	}
	if again := differing(first, written()); again != nil {
		t.Errorf("%v are written again", again)
	}
	links.Stories[0].Title = "Another title"
	if err := ledgertest.SetLinks(l, links); err != nil {
		t.Fatal(err)
	}
	if again := differing(first, written()); !slices.Equal(again, []string{links.Stories[0].ID}) {
		t.Errorf("%v are written again, not %s alone", again, links.Stories[0].ID)
	}
	if v, err := l.Story(ctx, links.Stories[0].ID); err != nil || v.Story.Title != "Another title" || len(v.Story.Articles) == 0 {
		t.Errorf("%+v, %v", v, err)
	}
	before, other := written(), *list[0]
	other.Model, other.Statements = "invented-2", slices.Clone(other.Statements)
	other.Statements[0].Stance = onrecord.Believes
	ledgertest.Add(t, l, &other)
	if err := ledgertest.SetLinks(l, links); err != nil {
		t.Fatal(err)
	}
	part := links.SpeakerOf[other.Statements[0].Speaker]
	if again := differing(before, written()); !slices.Equal(again, []string{part}) {
		t.Errorf("%v are written again, not %s alone", again, part)
	}
	if v, err := l.Speaker(ctx, part, ledger.SpeakerFilter{Stance: onrecord.Believes}); err != nil || len(v.Statements) != 1 {
		t.Errorf("%+v, %v", v, err)
	}
}
