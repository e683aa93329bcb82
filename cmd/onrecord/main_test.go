package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/onrecord/onrecord/ledger/storage"
	"github.com/onrecord/onrecord/link"
)

func TestMain(m *testing.M) {
	if os.Getenv(asCommand) != "" {
		main()
	}
	testscript.Main(m, map[string]func(){"onrecord": main})
}

func TestScripts(t *testing.T) {
	examples, err := filepath.Abs(filepath.Join("..", "..", "examples"))
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"),
		Setup: func(e *testscript.Env) error {
			e.Setenv("EXAMPLES", examples)
			e.Setenv("COLUMNS", "100")
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){"id": setID},
	})
}

// setID is the command "id TYPE FILE NAME" of scripts: it sets a variable to the id of the first row of a type in an export.
func setID(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: id TYPE FILE NAME")
	}
	for line := range strings.Lines(ts.ReadFile(args[1])) {
		var row struct{ Type, ID string }
		ts.Check(json.Unmarshal([]byte(line), &row))
		if row.Type == args[0] {
			ts.Setenv(args[2], row.ID)
			return
		}
	}
	ts.Fatalf("%s has no row of type %s", args[1], args[0])
}

func ndjson(fields map[string]any) []byte {
	out, err := json.Marshal(fields)
	if err != nil {
		panic(err)
	}
	return append(out, '\n')
}

func gzipped(b []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	z.Write(b)
	z.Close()
	return out.Bytes()
}

// TestHostileInput reads files that are broken, huge or malicious beside a good one. Each is read cleanly or refused by name; the
// good one is in the ledger afterwards, and the ledger is whole.
func TestHostileInput(t *testing.T) {
	good := ndjson(map[string]any{"id": "good", "text": "“The bridge is closed,” said Mayor Odile Karst."})
	var wide bytes.Buffer
	wide.Write([]byte{0xff, 0xfe})
	for _, u := range utf16.Encode([]rune("Bridge closed\n\n“The bridge is closed,” said Mayor Odile Karst.\n")) {
		wide.Write([]byte{byte(u), byte(u >> 8)})
	}
	whole := gzipped(bytes.Repeat(good, 200))
	for _, c := range []struct {
		name    string
		content []byte
		refused bool
		says    string // part of the reason, where refused
	}{
		{"empty.txt", nil, true, "empty"},
		{"line.txt", bytes.Repeat([]byte("water and bread "), 50<<20/16), true, ""},
		{"binary.txt", bytes.Repeat([]byte{0, 1, 2, 0xff, 0x7f, 'E', 'L', 'F'}, 4096), true, ""},
		{"invalid.txt", []byte("The mayor said \xc3\x28 that the bridge \xff\xfe\xfd is closed.\n"), false, ""},
		{"utf16.txt", wide.Bytes(), false, ""},
		{"windows.txt", []byte("\x93The bridge is closed,\x94 said Mayor Odile Karst \x96 again.\n"), false, ""},
		{"truncated.jsonl.gz", whole[:len(whole)/2], true, ""},
		{"notgzip.jsonl.gz", []byte("plain words"), true, ""},
		{"missing.jsonl", ndjson(map[string]any{"id": "x"}), true, "text"},
		{"wrong.jsonl", ndjson(map[string]any{"id": "x", "text": 7}), true, "text"},
		{"wrongtitle.jsonl", ndjson(map[string]any{"text": "a", "title": []int{1}}), true, "title"},
		{"broken.jsonl", []byte("{\"text\": \"a\n"), true, ""},
		{"deep.json", []byte(strings.Repeat("[", 1_000_000)), true, ""},
		{"deepfield.jsonl", []byte(`{"text":"a","x":` + strings.Repeat(`[`, 1_000_000) + strings.Repeat(`]`, 1_000_000) + "}\n"), true, ""},
		{"deep.html", []byte("<html><body>" + strings.Repeat("<div>", 100_000) + "The bridge is closed.</body></html>"), true, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			db := filepath.Join(dir, "l.db")
			bad, fine := filepath.Join(dir, c.name), filepath.Join(dir, "z-good.jsonl")
			if err := os.WriteFile(bad, c.content, 0o644); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(fine, good, 0o644); err != nil {
				t.Fatal(err)
			}
			var out, stderr bytes.Buffer
			code := run(context.Background(), []string{"--ledger", db, "read", bad, fine}, streams{strings.NewReader(""), &out, &stderr})
			switch {
			case c.refused && (code != exitRefused || !strings.Contains(stderr.String(), "refused: "+bad)):
				t.Errorf("exit %d, want %d with the file named: %s", code, exitRefused, clip(stderr.String(), 500))
			case c.refused && !strings.Contains(stderr.String(), c.says):
				t.Errorf("the reason does not say %q: %s", c.says, clip(stderr.String(), 500))
			case !c.refused && code != exitDone:
				t.Errorf("exit %d: %s", code, clip(stderr.String(), 500))
			}
			if stderr.Len() > 10_000 {
				t.Errorf("%d bytes of reasons", stderr.Len())
			}
			l, err := storage.OpenReader(t.Context(), db)
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			found := false
			readings, err := l.Readings(t.Context(), link.Always)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range readings {
				found = found || r.Article.ExternalID == "good"
			}
			if !found {
				t.Error("the good article is not in the ledger")
			}
		})
	}
}
