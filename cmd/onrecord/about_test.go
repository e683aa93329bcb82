package main

import (
	"compress/gzip"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The licences are those of what the binary is made of on every system: what go generate would write now.
func TestLicenses(t *testing.T) {
	code, have, stderr := ran(t.Context(), "", "licenses")
	if code != exitDone {
		t.Fatal(stderr)
	}
	file := filepath.Join(t.TempDir(), "licenses.txt.gz")
	if out, err := exec.CommandContext(t.Context(), "go", "run", "licenses_generate.go", file).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	packed, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	z, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	want, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	if have != string(want) {
		t.Error("what the binary is made of has changed: run go generate ./cmd/onrecord")
	}
	for _, module := range []string{"The Go programming language", "modernc.org/sqlite v", "github.com/alecthomas/kong v"} {
		if !strings.Contains(have, "\n"+module) {
			t.Errorf("no licence of %s", module)
		}
	}
}

func TestHelp(t *testing.T) {
	for _, c := range []struct {
		args []string
		code int
		says []string
	}{
		{nil, exitDone, []string{"Commands:", "onrecord read articles/", "Exit codes"}},
		{[]string{"help"}, exitDone, []string{"Commands:", "licenses"}},
		{[]string{"help", "read"}, exitDone, []string{"Usage: onrecord read", ".wacz"}},
		{[]string{"read", "--help"}, exitDone, []string{"Usage: onrecord read"}},
		{[]string{"help", "everything"}, exitNothing, []string{`no command "everything"`}},
	} {
		code, out, stderr := ran(t.Context(), "", c.args...)
		if code != c.code {
			t.Errorf("%q: exit %d", c.args, code)
		}
		for _, s := range c.says {
			if !strings.Contains(out+stderr, s) {
				t.Errorf("%q does not say %q:\n%s%s", c.args, s, out, stderr)
			}
		}
	}
}

func TestVersion(t *testing.T) {
	code, out, _ := ran(t.Context(), "", "version")
	if want := regexp.MustCompile(`^onrecord \S+\ncommit   .+\nbuilt    go1\.\S+ for \w+/\w+\nmodels   reading-\w+\n( +\w+-\w+\n)+$`); code != exitDone || !want.MatchString(out) {
		t.Errorf("exit %d: %s", code, out)
	}
}
