package postgres

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/internal/database"
	"github.com/onrecord/onrecord/ledger/ledgertest"
	"github.com/onrecord/onrecord/ledger/postgres/postgrestest"
)

// spare are addresses of ledgers that tests have done with: to empty one takes less than to make one.
var spare = make(chan string, 100)

// empty is an empty ledger.
func empty(t *testing.T) (*Ledger, string) {
	t.Helper()
	server := postgrestest.Start(t)
	var address string
	select {
	case address = <-spare:
		clear(t, address)
	default:
		address = server.Address(t)
	}
	l, err := Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		l.Close()
		select {
		case spare <- address:
		default:
		}
	})
	return l, address
}

// clear empties a ledger.
func clear(t *testing.T, address string) {
	t.Helper()
	c := connected(t, address)
	var tables string
	const query = `SELECT string_agg(format('%I', tablename), ', ') FROM pg_tables WHERE schemaname = current_schema() AND tablename NOT IN ('goose_db_version', 'state', 'search_total', 'river_migration')`
	if err := c.QueryRow(t.Context(), query).Scan(&tables); err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{
		"TRUNCATE " + tables, "UPDATE state SET generation = 0, linked = -1, link_model = '', plan = 0", "UPDATE search_total SET rows = 0, length = 0",
	} {
		if _, err := c.Exec(t.Context(), command); err != nil {
			t.Fatal(err)
		}
	}
}

func connected(t *testing.T, address string) *pgx.Conn {
	t.Helper()
	c, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close(context.Background()) })
	return c
}

func TestLedger(t *testing.T) {
	ledgertest.Run(t, func(t *testing.T) ledger.Ledger { l, _ := empty(t); return l })
}

// All texts come in the order of their bytes, though those of the test's database do not.
func TestOrderOfTexts(t *testing.T) {
	_, address := empty(t)
	c := connected(t, address)
	var usual bool
	if err := c.QueryRow(t.Context(), "SELECT 'a' < 'B'").Scan(&usual); err != nil || !usual {
		t.Fatalf("the database itself has the order of bytes: the test shows nothing (%v)", err)
	}
	var others int
	err := c.QueryRow(t.Context(), `SELECT count(*) FROM information_schema.columns WHERE table_schema = current_schema() AND data_type = 'text'
		AND collation_name IS DISTINCT FROM 'C' AND table_name <> 'goose_db_version' AND table_name NOT LIKE 'river%'`).Scan(&others)
	if err != nil || others > 0 {
		t.Errorf("%d columns have another order (%v): a later version of the schema needs the step collate too", others, err)
	}
}

// What PostgreSQL cannot hold comes back as it was, and is found by no other name.
func TestNul(t *testing.T) {
	l, _ := empty(t)
	for _, s := range []string{"", "a", "\x00", "a\x00b", mark, mark + "0", mark + "1\x00" + mark, nul + marked} {
		if got := unescaped(escaped(s)); got != s || strings.Contains(escaped(s), "\x00") {
			t.Errorf("%q has become %q by way of %q", s, got, escaped(s))
		}
	}
	a := &onrecord.Article{URL: "https://nul.example/", Title: "odd\x00title", Text: "A text\x00 with " + mark + "0 in it.", File: "f"}
	a.ID = onrecord.ArticleID(a)
	ledgertest.Add(t, l, &onrecord.Reading{Article: a, Model: "m"})
	v, err := l.Article(t.Context(), a.ID)
	if err != nil || v.Article.Text != a.Text || v.Article.Title != a.Title || v.Article.Altered() {
		t.Errorf("%+v, %v", v, err)
	}
	health, err := l.Examine(t.Context())
	if err != nil || len(health.Damage)+len(health.Altered) > 0 {
		t.Errorf("%+v, %v", health, err)
	}
}

func TestOpen(t *testing.T) {
	server := postgrestest.Start(t)
	address := server.Address(t)
	if _, err := OpenReader(t.Context(), address); !errors.Is(err, ledger.ErrNot) {
		t.Errorf("an empty schema: %v", err)
	}
	other := server.Address(t)
	if _, err := connected(t, other).Exec(t.Context(), "CREATE TABLE bread (id int); CREATE TABLE butter (id int)"); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), other); !errors.Is(err, ledger.ErrNot) {
		t.Errorf("somebody else's schema: %v", err)
	}
	if _, err := Open(t.Context(), strings.Replace(address, "test_", "none_", 1)); !errors.Is(err, ledger.ErrNot) {
		t.Errorf("no schema: %v", err)
	}
	opened := make(chan error)
	for range 4 { // at once: the schema is made once
		go func() {
			l, err := Open(t.Context(), address+"&pool_max_conns=2")
			if err == nil {
				err = l.Close()
			}
			opened <- err
		}()
	}
	for range 4 {
		if err := <-opened; err != nil {
			t.Error(err)
		}
	}
	l, err := OpenReader(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if _, err := l.Add(t.Context(), ledgertest.Some(1)); !errors.Is(err, ledger.ErrReadOnly) {
		t.Errorf("written, though opened for looking: %v", err)
	}
	server2 := strings.Replace(address, "postgres://onrecord@", "postgres://onrecord:secret@", 1)
	for _, bad := range []string{server2 + "&pool_max_conns=many", strings.Replace(server2, "/postgres?", "/nowhere?", 1)} {
		if _, err := Open(t.Context(), bad); err == nil || strings.Contains(fmt.Sprint(err), "secret") {
			t.Errorf("%v", err)
		}
	}
	if name := Name("postgres://a:secret@h/db?password=secret"); strings.Contains(name, "secret") {
		t.Error(name)
	}
}

// Who answers for long lets no question take long, unless the address says how long.
func TestTimeout(t *testing.T) {
	_, address := empty(t)
	for with, want := range map[string]string{"": usualTimeout, "&statement_timeout=5000": "5000"} {
		l, err := OpenServer(t.Context(), address+with)
		if err != nil {
			t.Fatal(err)
		}
		if got := l.config.RuntimeParams["statement_timeout"]; got != want {
			t.Errorf("%s: %s, want %s", with, got, want)
		}
		l.Close()
	}
}

// Tables names every table of a ledger but those of its index and of its versions.
func TestTables(t *testing.T) {
	_, address := empty(t)
	rows, err := connected(t, address).Query(t.Context(), "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()")
	if err != nil {
		t.Fatal(err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	all = slices.DeleteFunc(all, func(name string) bool {
		return strings.HasSuffix(name, "_search") || name == "search_total" || name == "goose_db_version" || strings.HasPrefix(name, "river_")
	})
	named := database.Tables()
	slices.Sort(all)
	slices.Sort(named)
	if !slices.Equal(all, named) {
		t.Errorf("tables %q, and Tables says %q", all, named)
	}
}
