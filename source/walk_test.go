package source

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Symbolic links inside of a folder are followed where they stay in it; what lies outside is not read by way of it.
func TestLinks(t *testing.T) {
	dir := t.TempDir()
	news := filepath.Join(dir, "news")
	for name, text := range map[string]string{"secret.txt": "The key lies under the third stone.", "news/a.txt": "The ferry sailed."} {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, to := range map[string]string{
		"inside.txt": "a.txt", "note.txt": "../secret.txt", "absolute.txt": filepath.Join(dir, "secret.txt"), "dead.txt": "b.txt",
		"dead": "../nothing", "folder": "..", "folder.txt": "..", "here": ".", "picture.jpg": "../secret.txt", "picture.png": "a.txt",
	} {
		if err := os.Symlink(to, filepath.Join(news, name)); err != nil {
			t.Skip("no symbolic links here:", err)
		}
	}
	articles, refused := all(t, []string{news}, "")
	var read []string
	for _, a := range articles {
		read = append(read, filepath.Base(a.File)+": "+a.Text)
	}
	if d := cmp.Diff([]string{"a.txt: The ferry sailed.", "inside.txt: The ferry sailed."}, read); d != "" {
		t.Error(d)
	}
	at := func(name string) string { return filepath.Join(news, name) + ": " }
	want := []string{
		at("absolute.txt") + errOutside.Error(), at("dead") + errDangling.Error(), at("dead.txt") + errDangling.Error(), at("folder") + errOutside.Error(),
		at("folder.txt") + errOutside.Error(), at("here") + errFolder.Error(), at("note.txt") + errOutside.Error(), at("picture.jpg") + errOutside.Error(),
	}
	if d := cmp.Diff(want, refused); d != "" && runtime.GOOS != "windows" {
		t.Error(d)
	}
	if articles, _ := all(t, []string{filepath.Join(news, "note.txt")}, ""); len(articles) != 1 {
		t.Error("a link that is named itself is followed")
	}
}

// What is named like an article and is no file is refused: a socket here, a FIFO likewise. It is not waited for.
func TestSpecialFile(t *testing.T) {
	dir, err := os.MkdirTemp("", "s") // names of sockets must be short
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	name := filepath.Join(dir, "socket.txt")
	socket, err := net.Listen("unix", name)
	if err != nil {
		t.Skip("no sockets here:", err)
	}
	defer socket.Close()
	_, refused := all(t, []string{dir}, "")
	if d := cmp.Diff([]string{name + ": " + errSpecial.Error()}, refused); d != "" && runtime.GOOS != "windows" {
		t.Error(d)
	}
}

// What a terminal would obey is told in quotation marks.
func TestRefusalOnOneLine(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"plain name.txt", "plain name.txt: not text"},
		{"über “x”.txt", "über “x”.txt: not text"},
		{"a\x1b[2J\x07\n.txt", `"a\x1b[2J\a\n.txt": not text`},
		{"right\u202eto left.txt", `"right\u202eto left.txt": not text`},
		{"bad\xff.txt", `"bad\xff.txt": not text`},
	} {
		r := &Refusal{File: c.name, Err: errors.New("not text")}
		if got := r.Error(); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
}
