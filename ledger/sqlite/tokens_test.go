package sqlite

import (
	"database/sql"
	"os"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord/ledger/internal/database"
)

// The words that other databases are given for their index are those that SQLite's own index finds.
func TestTokensAreThoseOfTheIndex(t *testing.T) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	for _, make := range []string{
		`CREATE VIRTUAL TABLE f USING fts5 (x, tokenize = 'porter unicode61 remove_diacritics 2')`,
		`CREATE VIRTUAL TABLE v USING fts5vocab (f, 'instance')`,
	} {
		if _, err := db.Exec(make); err != nil {
			t.Fatal(err)
		}
	}
	texts := []string{
		"", "?!", "The ferries' captains (both) were running, denied and relational: 4,000.50 litres!", "Café, CAFÉ, cafe\u0301, cafe\u0320 naïve ǡ ı İ ﬁ ß ſ µ ς Σ ΆΛΦΑ Ёлка Йод",
		"a\x00b \x02marks\x03 \u200b zero\u200bwidth 北京 日本語 한국어 שלום عربى हिन्दी ② ½ x² Ⅷ", "U.S. o'clock co-operation e-mail 3rd don’t “quoted”…", strings.Repeat("ab", 31) + "ing " + strings.Repeat("ab", 31) + "s " + strings.Repeat("é", 33),
		"by the sky dying flies agreed conflated plastered motoring hopping tanned falling hissing fizzed failing filing happy relational conditional vietnamization predication operator feudalism decisiveness hopefulness callousness formality sensitivity sensibility triplicate formative formalize electricity electrical hopeful goodness revival allowance inference airliner gyroscopic adjustable defensible irritant replacement adjustment dependent adoption homologous communism activate angularity effective bowdlerize probate rate cease controll roll generalizations oscillators",
	}
	for _, file := range []string{"../../examples/coverage.jsonl", "../../README.md", "../../cmd/onrecord/licenses.txt"} {
		if b, err := os.ReadFile(file); err == nil {
			texts = append(texts, string(b))
		}
	}
	letters := new(strings.Builder)
	for r := rune(1); r < 0x250; r++ { // Latin, and what stands in texts beside it
		letters.WriteString(" a" + string(r) + "b " + string(r))
	}
	for r := rune(0x370); r < 0x500; r++ { // Greek, Cyrillic
		if r != 'Ϳ' { // is younger than the index's table of letters
			letters.WriteString(" a" + string(r) + "b")
		}
	}
	for r := rune(0x2010); r < 0x20b0; r++ { // signs
		if !unicode.Is(unicode.Cn, r) && r != '\u2065' && r != '\u2066' && r != '\u2067' && r != '\u2068' && r != '\u2069' {
			letters.WriteString(" a" + string(r) + "b")
		}
	}
	texts = append(texts, letters.String())
	for i, text := range texts {
		if _, err := db.Exec(`INSERT INTO f (rowid, x) VALUES ($1, $2)`, i, text); err != nil {
			t.Fatal(err)
		}
		rows, err := db.Query(`SELECT term FROM v WHERE doc = $1 ORDER BY offset`, i)
		if err != nil {
			t.Fatal(err)
		}
		var want, got []string
		for rows.Next() {
			var term string
			if err := rows.Scan(&term); err != nil {
				t.Fatal(err)
			}
			want = append(want, term)
		}
		rows.Close()
		for _, token := range database.Tokens(text) {
			got = append(got, token.Word)
			if !strings.Contains(text[token.At.Start:token.At.End], text[token.At.Start:token.At.Start+1]) {
				t.Errorf("%v", token)
			}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("text %d: %.3000s", i, d)
		}
	}
}
