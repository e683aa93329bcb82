// Package postgrestest starts a PostgreSQL of its own for tests: in a temporary folder, on a socket there, gone with the test's process.
package postgrestest

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// A Server is a running PostgreSQL.
type Server struct {
	dir string // holds the data in "data", and the socket
	bin string // folder of PostgreSQL's commands
}

var start = sync.OnceValues(begin)

// Start is the server of this process. Where there is no PostgreSQL the test is skipped, unless CI is set in the environment: there it
// fails.
func Start(t testing.TB) *Server {
	t.Helper()
	s, err := start()
	switch {
	case err == nil:
		return s
	case s == nil && os.Getenv("CI") == "":
		t.Skipf("skipped: %v", err)
	default:
		t.Fatal(err)
	}
	return nil
}

// keeper runs the server until its standard input ends, which it does with the process that holds the other end.
const keeper = `serve() {
	"$1/postgres" -D "$2/data" -k "$2" -h '' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=64MB \
		-c max_connections=90 -c log_min_messages=fatal >>"$2/log" 2>&1 </dev/null &
}
serve "$1" "$2"
while read -r signal; do # and start again
	kill -"$signal" $!
	wait $!
	serve "$1" "$2"
done
kill -QUIT $!
wait $!
rm -rf "$2"`

// stdin of the keeper.
var keeperInput *os.File

func begin() (*Server, error) {
	bin, err := commands()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("/tmp", "onrecord-pg-") // a socket's path is short
	if err != nil {
		return nil, err
	}
	s := &Server{dir, bin}
	as, err := s.unprivileged()
	if err != nil {
		return s, err
	}
	init := exec.Command(as[0], append(as[1:], filepath.Join(bin, "initdb"), "-D", filepath.Join(dir, "data"), "-U", "onrecord", "-A", "trust", "-E", "UTF8", "--no-sync",
		"--locale-provider=icu", "--icu-locale=en-US", "--locale=C")...) // another order of texts than that of their bytes
	init.Dir = dir
	if out, err := init.CombinedOutput(); err != nil {
		return s, fmt.Errorf("initdb: %w: %s", err, out)
	}
	in, out, err := os.Pipe()
	if err != nil {
		return s, err
	}
	keep := exec.Command(as[0], append(as[1:], "sh", "-c", keeper, "keeper", bin, dir)...)
	keep.Dir, keep.Stdin = dir, in
	if err := keep.Start(); err != nil {
		return s, err
	}
	in.Close()
	keeperInput = out
	return s, s.wait()
}

// Restart ends the server as a loss of power would, and starts it again.
func (s *Server) Restart() error {
	if _, err := keeperInput.WriteString("QUIT\n"); err != nil {
		return err
	}
	time.Sleep(50 * time.Millisecond)
	return s.wait()
}

// wait waits until the server answers.
func (s *Server) wait() error {
	for since := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		c, err := pgx.Connect(context.Background(), s.url("").String())
		if err == nil {
			return c.Close(context.Background())
		}
		if time.Since(since) > 30*time.Second {
			log, _ := os.ReadFile(filepath.Join(s.dir, "log"))
			return fmt.Errorf("PostgreSQL does not answer: %w: %s", err, log)
		}
	}
}

func (s *Server) url(schema string) *url.URL {
	q := url.Values{"host": {s.dir}}
	if schema != "" {
		q.Set("search_path", schema)
	}
	return &url.URL{Scheme: "postgres", User: url.User("onrecord"), Path: "/postgres", RawQuery: q.Encode()}
}

// Admin is a connection of the server's owner, closed when t ends.
func (s *Server) Admin(t testing.TB) *pgx.Conn {
	t.Helper()
	c, err := pgx.Connect(context.Background(), s.url("").String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close(context.Background()) })
	return c
}

// Address is that of a new, empty schema.
func (s *Server) Address(t testing.TB) string {
	t.Helper()
	schema := "test_" + strings.ToLower(rand.Text())
	ctx := context.Background()
	c, err := pgx.Connect(ctx, s.url("").String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(ctx)
	if _, err := c.Exec(ctx, "CREATE SCHEMA "+schema); err != nil {
		t.Fatal(err)
	}
	return s.url(schema).String()
}

// commands is the folder of PostgreSQL's commands: of those installed side by side, as Debian does, the newest.
func commands() (string, error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		if real, err := filepath.EvalSymlinks(path); err == nil {
			if _, err := os.Stat(filepath.Join(filepath.Dir(real), "postgres")); err == nil {
				return filepath.Dir(real), nil
			}
		}
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	best, version := "", 0
	for _, path := range found {
		if n, err := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path)))); err == nil && n > version {
			best, version = filepath.Dir(path), n
		}
	}
	if best == "" {
		return "", fmt.Errorf("there is no PostgreSQL on this machine (initdb is not found): .ci/setup installs it")
	}
	return best, nil
}

// unprivileged begins a command that runs as a user other than root, as which PostgreSQL refuses to run, and gives that user the folder.
func (s *Server) unprivileged() ([]string, error) {
	if os.Getuid() != 0 {
		return []string{"env"}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		if err := os.Chown(s.dir, uid, gid); err != nil {
			return nil, err
		}
		return []string{"setpriv", "--reuid=" + u.Uid, "--regid=" + u.Gid, "--clear-groups", "env", "HOME=" + s.dir}, nil
	}
	return nil, fmt.Errorf("PostgreSQL does not run as root, and there is neither a user postgres nor nobody")
}
