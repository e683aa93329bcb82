package main

import (
	"bytes"
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// ran runs the command and says what came of it.
func ran(ctx context.Context, stdin string, args ...string) (code int, out, stderr string) {
	var o, e bytes.Buffer
	code = run(ctx, args, streams{strings.NewReader(stdin), &o, &e})
	return code, o.String(), e.String()
}

// Names of files reach the terminal in characters that print.
func TestNamesAreEscaped(t *testing.T) {
	const hostile = "\x1b]0;owned\x07a\nrefused: other.txt\u202e"
	name := filepath.Join(t.TempDir(), hostile+".txt")
	for _, args := range [][]string{
		{"read", name},
		{"check", name},
		{"export", "-o", filepath.Join(name, "x")},
		{"speakers", name},
		{"--ledger", name, "stories"},
		{"search", "--limit", hostile, "x"},
		{hostile},
	} {
		db := filepath.Join(t.TempDir(), "l.db")
		if code, _, stderr := ran(t.Context(), "", "--ledger", db, "read", filepath.Join("..", "..", "examples", "saved")); code != exitDone {
			t.Fatal(stderr)
		}
		code, out, stderr := ran(t.Context(), "", append([]string{"--ledger", db}, args...)...)
		if code != exitNothing || stderr == "" {
			t.Errorf("%q: exit %d", args, code)
		}
		for _, raw := range []string{"\x1b", "\x07", "\u202e", "\nrefused: other"} {
			if strings.Contains(out+stderr, raw) {
				t.Errorf("%q: %q comes raw: %q", args, raw, out+stderr)
			}
		}
	}
}

// A terminal obeys no text that is printed to it, however the writes cut it.
func TestTerminal(t *testing.T) {
	const text = "id,text\n\t1,\"a\x1b]0;owned\x07b\r\u009b2J\u202e\ufeff\x7f ä 漢 👩\u200d🚒 \xff\"\n"
	const want = "id,text\n\t1,\"a\\x1b]0;owned\\ab\\r\\u009b2J\\u202e\\ufeff\\x7f ä 漢 👩\u200d🚒 \\xff\"\n"
	for _, size := range []int{1, 2, 3, len(text)} {
		var got bytes.Buffer
		o := &output{to: &got, terminal: true}
		for b := range slices.Chunk([]byte(text), size) {
			if n, err := o.Write(b); n != len(b) || err != nil {
				t.Fatal(n, err)
			}
		}
		if got.String() != want {
			t.Errorf("in pieces of %d: %q", size, got.String())
		}
	}
}

// Where pages are to be looked for, and whether others can see them too.
func TestBrowseAt(t *testing.T) {
	for _, c := range []struct {
		address, url string
		open         bool
	}{
		{"127.0.0.1:7700", "http://127.0.0.1:7700/", false},
		{"[::1]:7700", "http://[::1]:7700/", false},
		{"[::]:7700", "http://localhost:7700/", true},
		{"0.0.0.0:7700", "http://localhost:7700/", true},
		{"192.168.1.5:80", "http://192.168.1.5:80/", true},
		{"[fe80::1%eth0]:80", "http://[fe80::1%eth0]:80/", true},
	} {
		if url, open := browseAt(c.address); url != c.url || open != c.open {
			t.Errorf("%s: %s, %v; want %s, %v", c.address, url, open, c.url, c.open)
		}
	}
}

// A server that others can reach says so; it ends with the context.
func TestServeWarns(t *testing.T) {
	db := filepath.Join(t.TempDir(), "l.db")
	if code, _, stderr := ran(t.Context(), "", "--ledger", db, "read", filepath.Join("..", "..", "examples", "saved")); code != exitDone {
		t.Fatal(stderr)
	}
	for listen, warned := range map[string]bool{"127.0.0.1:0": false, "0.0.0.0:0": true} {
		ctx, stop := context.WithCancel(t.Context())
		var stderr bytes.Buffer
		out := &stopper{stop: stop}
		code := run(ctx, []string{"--ledger", db, "serve", "--listen", listen}, streams{strings.NewReader(""), out, &stderr})
		if code != exitDone || strings.Contains(stderr.String(), "no sign-in") != warned || strings.Contains(out.String(), "[::]") || !strings.Contains(out.String(), "http://") {
			t.Errorf("%s: exit %d: %s%s", listen, code, out, &stderr)
		}
	}
}

// A stopper keeps what is written to it, and stops the writer with the first of it.
type stopper struct {
	bytes.Buffer
	stop func()
}

func (s *stopper) Write(b []byte) (int, error) {
	s.stop()
	return s.Buffer.Write(b)
}

// A signal ends a command with a word of it, not with Go's.
func TestStopped(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	db := filepath.Join(t.TempDir(), "l.db")
	code, _, stderr := ran(ctx, "", "--ledger", db, "read", filepath.Join("..", "..", "examples", "saved"))
	if code != exitNothing || strings.Contains(stderr, "context canceled") || !strings.Contains(stderr, "interrupted") {
		t.Errorf("exit %d: %s", code, stderr)
	}
}
