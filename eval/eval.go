// Package eval measures the whole way, from files to the export, on corpora whose answers are known. The corpora and their
// scorers lie beside the repository in a folder named shared; where that is missing nothing can be measured.
package eval

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/onrecord/onrecord/engine"
	"github.com/onrecord/onrecord/export"
	"github.com/onrecord/onrecord/internal/sentinel"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/sqlite"
	"github.com/onrecord/onrecord/source"
)

// A Set is a corpus with the scorer that measures an export of it.
type Set struct {
	Name   string
	Corpus string   // file to read, below shared
	Gold   string   // file the scorer reads, below shared; Corpus when empty
	Scorer []string // script below shared/score and its first arguments
	Flags  []string // last arguments
}

// Sets are the development sets. Held-out sets of the same kinds are kept elsewhere: nothing here is tuned on them.
var Sets = []Set{
	{Name: "polnear", Corpus: "corpora/polnear/dev.jsonl.gz", Scorer: []string{"attribution.py"}, Flags: []string{"--outer"}},
	{Name: "syria", Corpus: "cases/syria/articles.jsonl", Gold: "cases/syria/statements.jsonl", Scorer: []string{"attribution.py"}},
	{Name: "newsquant", Corpus: "corpora/newsquant/dev.jsonl.gz", Scorer: []string{"figures.py"}},
	{Name: "meantime", Corpus: "corpora/meantime/dev.jsonl.gz", Scorer: []string{"times.py"}},
	{Name: "neardup", Corpus: "corpora/neardup/dev.jsonl.gz", Scorer: []string{"links.py", "copies"}},
	{Name: "meter wire", Corpus: "corpora/meter/dev.jsonl.gz", Scorer: []string{"links.py", "wire"}},
	{Name: "meter", Corpus: "corpora/meter/dev.jsonl.gz", Scorer: []string{"links.py", "stories"}},
	{Name: "ecbplus", Corpus: "corpora/ecbplus/dev.jsonl.gz", Scorer: []string{"links.py", "stories"}},
	{Name: "basil", Corpus: "corpora/basil/dev.jsonl.gz", Scorer: []string{"links.py", "stories"}},
	{Name: "uci", Corpus: "corpora/uci/dev.jsonl.gz", Scorer: []string{"links.py", "stories"}},
}

// ErrNoShared says that the corpora are not there.
const ErrNoShared sentinel.Error = "no folder named shared beside the repository: the corpora are not there, nothing is measured"

// Shared is the folder of corpora, cases and scorers beside the repository, or ErrNoShared. It is looked for from a room of the
// repository, where tests run.
func Shared() (string, error) {
	dir := filepath.Join("..", "..", "shared")
	if _, err := os.Stat(filepath.Join(dir, "score")); err != nil {
		return "", ErrNoShared
	}
	return filepath.Abs(dir)
}

// Export reads files into a new ledger in dir and writes its export there; it returns the export's name.
func Export(ctx context.Context, dir string, paths ...string) (string, error) {
	l, err := sqlite.Open(ctx, filepath.Join(dir, "eval.db"))
	if err != nil {
		return "", err
	}
	defer l.Close()
	sum, err := engine.Read(ctx, l, paths, engine.Options{Workers: runtime.GOMAXPROCS(0)})
	if err != nil {
		return "", err
	}
	if len(sum.Refused) > 0 {
		return "", fmt.Errorf("eval: %w", sum.Refused[0])
	}
	name := filepath.Join(dir, "export.jsonl")
	f, err := os.Create(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	if err := export.JSONL(f, func(g func(any) error) error { return l.Rows(ctx, "", g) },
		func(ids []string) ([]ledger.ArticleRow, error) { return l.Articles(ctx, ids) }); err != nil {
		return "", err
	}
	return name, f.Close()
}

// Score runs the set's scorer over an export of its corpus: measures by name, each a number, a text, or [precision, recall, F1].
func (s Set) Score(ctx context.Context, shared, exported string) (map[string]any, error) {
	gold := s.Gold
	if gold == "" {
		gold = s.Corpus
	}
	args := append([]string{filepath.Join(shared, "score", s.Scorer[0])}, s.Scorer[1:]...)
	args = append(args, filepath.Join(shared, gold), exported)
	args = append(append(args, s.Flags...), "--json")
	var stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, "python3", args...)
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("eval: %s: %w: %s", s.Name, err, stderr.Bytes())
	}
	measures := map[string]any{}
	if err := json.Unmarshal(out, &measures); err != nil {
		return nil, fmt.Errorf("eval: %s: the scorer's answer: %w", s.Name, err)
	}
	return measures, nil
}

// Texts are the texts of a corpus by external id, as they are read: escapes and marks of HTML that were left in them are undone.
func Texts(ctx context.Context, name string) (map[string]string, error) {
	texts := map[string]string{}
	for item := range source.Paths(ctx, []string{name}, strings.NewReader("")) {
		if item.Refusal != nil {
			return nil, item.Refusal
		}
		texts[item.Article.ExternalID] = item.Article.Text
	}
	return texts, ctx.Err()
}
