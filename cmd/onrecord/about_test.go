package main

import (
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The licences are of the very modules that the binary is made of, on every system: go generate ./cmd/onrecord writes them anew.
func TestLicenses(t *testing.T) {
	code, out, stderr := ran(t.Context(), "", "licenses")
	if code != exitDone {
		t.Fatal(stderr)
	}
	var have []string
	for _, m := range regexp.MustCompile(`(?m)^={100}\n(.*)\n-{100}\n.+:\n\s+\S`).FindAllStringSubmatch(out, -1) { // a title, and some text of terms
		have = append(have, m[1])
	}
	if len(have) == 0 || !strings.HasPrefix(have[0], "Go standard library go1.") {
		t.Fatalf("no licence of Go's: %q", have)
	}
	have = have[1:]
	var want []string
	for _, system := range []string{"linux", "darwin", "windows"} {
		list := exec.Command("go", "list", "-deps", "-f", `{{with .Module}}{{if not .Main}}{{with .Replace}}{{with .Version}}?{{end}}{{else}}{{.Path}} {{.Version}}{{end}}{{end}}{{end}}`, ".")
		list.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0")
		lines, err := list.Output()
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, strings.FieldsFunc(string(lines), func(c rune) bool { return c == '\n' })...)
	}
	slices.Sort(want)
	want = slices.Compact(want)
	for _, m := range want {
		if !slices.Contains(have, m) {
			t.Errorf("%s is in the binary, and its licence is not: run go generate ./cmd/onrecord", m)
		}
	}
	for _, m := range have {
		if !slices.Contains(want, m) {
			t.Errorf("%s has a licence here and is not in the binary: run go generate ./cmd/onrecord", m)
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
