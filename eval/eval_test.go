package eval

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden scores anew")

// floors are the scores that nothing may fall below, by set and measure: F1 of lists.
var floors = map[string]map[string]float64{
	"polnear":   {"lenient": 45, "content token": 76},
	"newsquant": {"value": 78},
	"meantime":  {"value": 65},
	"neardup":   {"pairs": 95},
	"ecbplus":   {"bcubed": 80},
	"meter":     {"bcubed": 93},
}

// TestScores reads every development set the whole way and compares what the scorers say with the golden file: a change of any
// score is a change that somebody has to look at (go test ./eval -run Scores -update).
func TestScores(t *testing.T) {
	shared, err := Shared()
	if err != nil {
		t.Skip(err)
	}
	exports := map[string]string{}
	got := map[string]map[string]any{}
	for _, s := range Sets {
		t.Run(s.Name, func(t *testing.T) {
			exported := exports[s.Corpus]
			if exported == "" {
				dir, err := os.MkdirTemp("", "eval") // outlives this subtest: the next set may be of the same corpus
				if err != nil {
					t.Fatal(err)
				}
				exported, err = Export(t.Context(), dir, filepath.Join(shared, s.Corpus))
				if err != nil {
					t.Fatal(err)
				}
				exports[s.Corpus] = exported
				checkSpans(t, filepath.Join(shared, s.Corpus), exported)
			}
			m, err := s.Score(t.Context(), shared, exported)
			if err != nil {
				t.Fatal(err)
			}
			got[s.Name] = m
			t.Log("\n" + Table(m))
			for measure, floor := range floors[s.Name] {
				prf, _ := m[measure].([]any)
				if len(prf) != 3 || prf[2].(float64) < floor {
					t.Errorf("%s: F1 of %s is %v, want at least %v", s.Name, measure, m[measure], floor)
				}
			}
		})
	}
	for _, name := range exports {
		os.RemoveAll(filepath.Dir(name))
	}
	golden := filepath.Join("testdata", "scores.json")
	if *update {
		if err := os.WriteFile(golden, encode(t, got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	raw, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]map[string]any{}
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	for name, m := range got { // those chosen by -run
		if diff := cmp.Diff(want[name], m); diff != "" {
			t.Errorf("%s: scores changed (-golden +now):\n%s", name, diff)
		}
	}
}

func encode(t *testing.T, v any) []byte {
	out, err := json.MarshalIndent(v, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	return append(out, '\n')
}

// checkSpans holds the promise of the export: text[start:end] == text, in code points, for every span of every row.
func checkSpans(t *testing.T, corpus, exported string) {
	t.Helper()
	texts, err := Texts(t.Context(), corpus)
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(exported)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	runes := map[string][]rune{}
	in := bufio.NewScanner(f)
	in.Buffer(nil, 64<<20)
	checked := 0
	for in.Scan() {
		var row map[string]any
		if err := json.Unmarshal(in.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		if row["type"] == "article" {
			text, ok := texts[row["external_id"].(string)]
			if !ok {
				t.Fatalf("article %v has an external id that the corpus does not", row["id"])
			}
			runes[row["id"].(string)] = []rune(text)
			continue
		}
		article, _ := row["article"].(string)
		if n, err := walkSpans(row, runes[article]); err != nil {
			t.Fatalf("%s: %v", in.Text(), err)
		} else {
			checked += n
		}
	}
	if err := in.Err(); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d spans checked", checked)
}

// walkSpans finds every object with start, end and text below v and checks it; it returns how many there were.
func walkSpans(v any, text []rune) (n int, err error) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			k, err := walkSpans(e, text)
			if n += k; err != nil {
				return n, err
			}
		}
	case map[string]any:
		start, hasStart := v["start"].(float64)
		end, hasEnd := v["end"].(float64)
		said, hasText := v["text"].(string)
		if hasStart && hasEnd && hasText {
			n++
			if start < 0 || end > float64(len(text)) || start > end || string(text[int(start):int(end)]) != said {
				return n, fmt.Errorf("text[%v:%v] is not %q", start, end, said)
			}
		}
		for _, e := range v {
			k, err := walkSpans(e, text)
			if n += k; err != nil {
				return n, err
			}
		}
	}
	return n, nil
}

// Table prints measures one a line, lists as precision, recall and F1.
func Table(m map[string]any) string {
	var names []string
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	var b strings.Builder
	for _, name := range names {
		if prf, ok := m[name].([]any); ok && len(prf) == 3 {
			fmt.Fprintf(&b, "%-20s P %5.1f  R %5.1f  F1 %5.1f\n", name, prf[0], prf[1], prf[2])
			continue
		}
		fmt.Fprintf(&b, "%-20s %v\n", name, m[name])
	}
	return b.String()
}
