package onrecord_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
)

// TestKindsOfDrift: every kind of drift that record.go names stands in the table, link finds it, and the export contract explains it as
// the table does. The database and the pages follow the table.
func TestKindsOfDrift(t *testing.T) {
	f, err := parser.ParseFile(token.NewFileSet(), "record.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]string{} // value -> constant
	for _, d := range f.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.CONST {
			for _, s := range g.Specs {
				for i, name := range s.(*ast.ValueSpec).Names {
					if strings.HasPrefix(name.Name, "Drift") {
						named[strings.Trim(s.(*ast.ValueSpec).Values[i].(*ast.BasicLit).Value, `"`)] = name.Name
					}
				}
			}
		}
	}
	found, err := os.ReadFile("link/utterances/drift.go")
	if err != nil {
		t.Fatal(err)
	}
	var kinds, about []string
	for _, k := range onrecord.DriftKinds {
		kinds = append(kinds, k.Kind)
		about = append(about, k.Kind+": "+k.About)
		if !strings.Contains(string(found), "onrecord."+named[k.Kind]) {
			t.Errorf("link/utterances/drift.go finds no %s", k.Kind)
		}
	}
	slices.Sort(kinds)
	if want := slices.Sorted(maps.Keys(named)); !slices.Equal(kinds, want) {
		t.Errorf("the table has %q, the constants are %q", kinds, want)
	}
	var schema struct {
		Defs struct {
			Utterance struct {
				Properties struct {
					Drift struct {
						Items struct {
							Properties struct {
								Kind struct {
									Enum        []string
									Description string
								}
							}
						}
					}
				}
			}
		} `json:"$defs"`
	}
	data, err := os.ReadFile("docs/export.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	kind := schema.Defs.Utterance.Properties.Drift.Items.Properties.Kind
	slices.Sort(kind.Enum)
	if !slices.Equal(kind.Enum, kinds) {
		t.Errorf("docs/export.schema.json: kinds of drift %q, want %q", kind.Enum, kinds)
	}
	if want := strings.Join(about, "; "); kind.Description != want {
		t.Errorf("docs/export.schema.json: %q, want %q", kind.Description, want)
	}
}
