package onrecord_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// rooms lists the packages in the order of the house: a room imports only rooms above it. ARCHITECTURE.md draws them.
var rooms = []string{
	"internal/sentinel", "onrecord",
	"lexicon", "lexicon/en",
	"learn", "hostile", "corpora",
	"text/weights", "text",
	"english/weights", "english",
	"reading/attribution/weights", "reading/language",
	"reading/when/number", "reading/grammar", "reading/when", "reading/figure/unit", "reading/figure", "reading/layout", "reading/attribution", "reading/speaker", "reading",
	"meaning/weights", "meaning",
	"page",
	"source/warc", "source/wire", "source/office", "source/pdf", "source/feed", "source/fetch", "source",
	"link/internal/set", "link/corpus", "link/names", "link/stories", "link/copies", "link/speakers", "link/sayings", "link/utterances", "link/reports", "link/measures", "link/disputes", "link/synthetic", "link",
	"review",
	"ledger", "ledger/internal/query", "ledger/internal/database", "ledger/ledgertest", "ledger/sqlite", "ledger/postgres/postgrestest", "ledger/postgres", "ledger/storage",
	"linking",
	"engine",
	"operate",
	"export",
	"desk",
	"record",
	"bundle",
	"assistant",
	"serve",
	"eval",
	"cmd/train", "cmd/onrecord",
}

// reserved are libraries that one room alone imports.
var reserved = map[string]string{
	"github.com/markusmobius/go-trafilatura": "page",
	"github.com/mmcdole/gofeed":              "source/feed",
	"github.com/klippa-app/go-pdfium":        "source/pdf",
	"github.com/tetratelabs/wazero":          "source/pdf",
	"modernc.org/sqlite":                     "ledger/sqlite",
	"github.com/jackc/pgx/v5":                "ledger/postgres",
	"github.com/riverqueue/river":            "ledger/postgres",
	"github.com/pressly/goose/v3":            "ledger",
	"github.com/prometheus/client_golang":    "operate",
	"github.com/danielgtaylor/huma/v2":       "serve",
	"github.com/alecthomas/kong":             "cmd",
}

func TestRoomsImportOnlyRoomsAbove(t *testing.T) {
	module := modulePath(t)
	seen := map[string]bool{}
	err := filepath.WalkDir(".", func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && file != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "node_modules") {
			return filepath.SkipDir
		}
		if _, err := os.Stat(filepath.Join(file, "go.mod")); err == nil && file != "." {
			return filepath.SkipDir // a module of its own is no room
		}
		if !strings.HasSuffix(file, ".go") {
			return nil
		}
		room := path.Dir(filepath.ToSlash(file))
		if room == "." {
			room = "onrecord"
		}
		at := slices.Index(rooms, room)
		if at < 0 {
			t.Errorf("%s: the room %q is not in the house's list", file, room)
			return nil
		}
		seen[room] = true
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range f.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			for library, owner := range reserved {
				if (name == library || strings.HasPrefix(name, library+"/")) && room != owner && !strings.HasPrefix(room, owner+"/") {
					t.Errorf("%s imports %s, which only %s may", file, name, owner)
				}
			}
			if room == "onrecord" && !strings.HasSuffix(file, "_test.go") && strings.Contains(name, ".") {
				t.Errorf("%s imports %s: the root package depends on the standard library only", file, name)
			}
			if name != module && !strings.HasPrefix(name, module+"/") {
				continue
			}
			below := 0 // the root package
			if name != module {
				below = slices.Index(rooms, strings.TrimPrefix(name, module+"/"))
			}
			if below > at || below < 0 {
				t.Errorf("%s: %s imports %s, a room below it", file, room, name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, must := range []string{"onrecord", "text", "learn", "english", "reading", "page", "source", "link", "ledger", "ledger/sqlite", "ledger/postgres", "linking", "engine", "export", "record", "serve", "eval", "cmd/onrecord", "cmd/train"} {
		if !seen[must] {
			t.Errorf("the room %q is missing", must)
		}
	}
}

// modulePath reads the module's path from go.mod, the one place where it stands outside import lines.
func modulePath(t *testing.T) string {
	t.Helper()
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(mod), "\n")
	return strings.TrimSpace(strings.TrimPrefix(first, "module "))
}

// embeds says whether variables are embedded files.
func embeds(g *ast.GenDecl) bool {
	return g.Doc != nil && slices.ContainsFunc(g.Doc.List, func(c *ast.Comment) bool { return strings.HasPrefix(c.Text, "//go:embed ") })
}

// TestFewVariables bounds the package-level variables of the program, embedded files aside, most of which are tables that are made once: state that many
// functions may set is hard to follow, and an error that is compared is a constant (internal/sentinel).
func TestFewVariables(t *testing.T) {
	const limit = 140
	n := map[string]int{}
	total := 0
	err := filepath.WalkDir(".", func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && file != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "node_modules"):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go"):
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution|parser.ParseComments)
		if err != nil {
			return err
		}
		for _, decl := range f.Decls {
			if g, ok := decl.(*ast.GenDecl); ok && g.Tok == token.VAR && !embeds(g) {
				for _, spec := range g.Specs {
					names := len(spec.(*ast.ValueSpec).Names)
					total += names
					n[filepath.Dir(file)] += names
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if total > limit || total < limit/2 {
		t.Errorf("%d package-level variables, of at most %d: %v", total, limit, n)
	}
}
