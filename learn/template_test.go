package learn_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// TestTemplates holds that in each room that has models every template has a number of its own, written down, and is looked at: the
// shipped weights know templates by number, so that the order of the code must not decide it.
func TestTemplates(t *testing.T) {
	for _, dir := range []string{"../english", "../reading/attribution"} {
		t.Run(dir, func(t *testing.T) {
			files, err := filepath.Glob(dir + "/*.go")
			if err != nil {
				t.Fatal(err)
			}
			numbers, uses := map[string]string{}, map[string]int{}
			for _, file := range files {
				if strings.HasSuffix(file, "_test.go") {
					continue
				}
				f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
				if err != nil {
					t.Fatal(err)
				}
				ast.Inspect(f, func(n ast.Node) bool {
					switch n := n.(type) {
					case *ast.ValueSpec:
						if typ, ok := n.Type.(*ast.SelectorExpr); ok && typ.Sel.Name == "Template" {
							number, ok := n.Values[0].(*ast.BasicLit)
							if !ok {
								t.Fatalf("%s: its number is not written down", n.Names[0].Name)
							}
							numbers[n.Names[0].Name] = number.Value
							return false
						}
					case *ast.Ident:
						uses[n.Name]++
					}
					return true
				})
			}
			if len(numbers) < 100 {
				t.Fatalf("%d templates found", len(numbers))
			}
			of := map[string]string{}
			for name, number := range numbers {
				if other := of[number]; other != "" {
					t.Errorf("%s and %s have one number, %s", name, other, number)
				}
				if of[number] = name; uses[name] == 0 {
					t.Errorf("%s is not looked at", name)
				}
			}
		})
	}
}
