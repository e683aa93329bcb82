package onrecord_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strings"
	"testing"
)

// TestKindsOfDrift: every kind of drift that record.go names is found by link, told apart by the database and shown on pages.
func TestKindsOfDrift(t *testing.T) {
	f, err := parser.ParseFile(token.NewFileSet(), "record.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for _, d := range f.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.CONST {
			for _, s := range g.Specs {
				for _, name := range s.(*ast.ValueSpec).Names {
					if strings.HasPrefix(name.Name, "Drift") {
						kinds = append(kinds, name.Name)
					}
				}
			}
		}
	}
	if len(kinds) < 8 {
		t.Fatalf("kinds of drift: %q", kinds)
	}
	for _, place := range []string{"link/utterances/drift.go", "serve/drift.go", "ledger/internal/database/steps.go"} {
		code, err := os.ReadFile(place)
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range kinds {
			if !strings.Contains(string(code), "onrecord."+k) {
				t.Errorf("%s does not know %s", place, k)
			}
		}
	}
}
