package storage

import (
	"math/rand/v2"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/ledgertest"
	"github.com/onrecord/onrecord/ledger/postgres/postgrestest"
)

func TestOpen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "l.db")
	if l, err := OpenReader(t.Context(), path); err == nil || l != nil {
		t.Errorf("a ledger that is not there was opened for looking: %v", l)
	}
	l, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	if l, err = OpenReader(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	l.Close()
	if files := Files(path); len(files) < 2 || files[0] != path {
		t.Errorf("files %q", files)
	}
	for address, says := range map[string]string{"mongodb://localhost": `no storage is known by "mongodb"`, "postgres://onrecord:secret@%": "ledger"} {
		for _, open := range []func() error{
			func() error { _, err := Open(t.Context(), address); return err },
			func() error { _, err := OpenReader(t.Context(), address); return err },
		} {
			if err := open(); err == nil || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "secret") {
				t.Errorf("%s: %v", address, err)
			}
		}
		if files := Files(address); files != nil {
			t.Errorf("%s has the files %q", address, files)
		}
	}
}

// Every kind of ledger answers a search alike: the same hits in the same order, with the same excerpts.
func TestSearchesAlike(t *testing.T) {
	file, err := Open(t.Context(), filepath.Join(t.TempDir(), "l.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	server, err := Open(t.Context(), postgrestest.Start(t).Address(t))
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	words := strings.Fields("the ferries ferry were lost lamps captain denied café naïve o'clock harbour harbours official running runs 11 of")
	r := rand.New(rand.NewPCG(1, 7))
	say := func(n int) string {
		list := make([]string, n)
		for i := range list {
			list[i] = words[r.IntN(1+r.IntN(len(words)))]
		}
		return strings.Join(list, " ")
	}
	readings := ledgertest.Some(60)
	for i := range 200 { // long ones and short ones, in which words come often or seldom
		a := &onrecord.Article{Title: say(r.IntN(6)), Text: say(1 + r.IntN(120)), File: "f" + strconv.Itoa(i), Outlet: "Valley Wire"}
		a.ID = onrecord.ArticleID(a)
		readings = append(readings, &onrecord.Reading{Article: a, Model: "m"})
	}
	again := *readings[3] // of which a statement is gone, and the words of the title have changed
	article := *again.Article
	article.Title = "Harbour lamps"
	again.Article, again.Statements = &article, again.Statements[:1]
	for _, l := range []ledger.Ledger{file, server} {
		ledgertest.Add(t, l, readings...)
		ledgertest.Add(t, l, &again)
	}
	hits := 0
	for i := range 300 {
		q := ledger.SearchQuery{Words: say(1 + r.IntN(3)), Limit: 1 + r.IntN(100)}
		switch i % 6 {
		case 0:
			q.Words = `"` + q.Words + `" ` + say(r.IntN(2))
		case 1:
			q.Outlet = "Valley Wire"
		case 2:
			q.Stance = onrecord.Denies
		case 3:
			q.From = time.Date(2031, 3, 9, 0, 0, 0, 0, time.UTC)
		}
		want, err := file.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		got, err := server.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Fatalf("%+v: %s", q, d)
		}
		hits += len(got)
	}
	if hits < 1000 {
		t.Errorf("%d hits show little", hits)
	}
}
