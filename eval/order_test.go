package eval

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord/engine"
	"github.com/onrecord/onrecord/export"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/sqlite"
)

// TestOrder holds that the example's export is the same to the byte, whatever the order of its articles, the number of runs in which
// they are read and the number of workers.
func TestOrder(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	coverage, err := os.ReadFile(filepath.Join("..", "examples", "coverage.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	var files []string // one for each article
	for i, line := range strings.Split(strings.TrimSpace(string(coverage)), "\n") {
		name := filepath.Join(dir, fmt.Sprintf("%d.jsonl", i))
		if err := os.WriteFile(name, []byte(line), 0o644); err != nil {
			t.Fatal(err)
		}
		files = append(files, name)
	}
	for _, folder := range []string{"pages", "saved"} {
		more, err := filepath.Glob(filepath.Join("..", "examples", folder, "*"))
		if err != nil || len(more) == 0 {
			t.Fatalf("%s: %v", folder, err)
		}
		files = append(files, more...)
	}
	var want string
	for seed := range uint64(4) {
		r := rand.New(rand.NewPCG(seed, 18))
		l, err := sqlite.Open(ctx, filepath.Join(dir, fmt.Sprintf("%d.db", seed)))
		if err != nil {
			t.Fatal(err)
		}
		for rest := files; len(rest) > 0; {
			n := len(rest)
			if seed > 0 {
				n = 1 + r.IntN(len(rest))
			}
			sum, err := engine.Read(ctx, l, rest[:n], engine.Options{Workers: 1 + r.IntN(4)})
			if err != nil || len(sum.Refused) > 0 {
				t.Fatal(err, sum.Refused)
			}
			rest = rest[n:]
		}
		var out bytes.Buffer
		if err := export.JSONL(&out, func(f func(any) error) error { return l.Rows(ctx, "", f) },
			func(ids []string) ([]ledger.ArticleRow, error) { return l.Articles(ctx, ids) }); err != nil {
			t.Fatal(err)
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		if seed == 0 {
			want = out.String()
		} else if out.String() != want {
			t.Errorf("order %d (-at once +in parts)\n%s", seed, cmp.Diff(want, out.String()))
		}
		files = append([]string(nil), files...)
		r.Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
	}
}
