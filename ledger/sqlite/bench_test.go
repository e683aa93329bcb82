package sqlite

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/onrecord/onrecord/ledger"
)

// BenchmarkNames finds speakers by name among 300,000: by a whole name, by the family name that 300 share, by the beginning of one, and by none's.
func BenchmarkNames(b *testing.B) {
	const speakers = 300_000
	path := filepath.Join(b.TempDir(), "onrecord.db")
	l := mustOpen(b, path)
	db := opened(b, path)
	for _, fill := range []string{
		`INSERT INTO speaker (id, name, kind, aliases, roles, state, learned, confidence, model, external, tenures, leads, basis, statements, articles, spoken_of, united)
			SELECT printf('p%013d', i), printf('Odile%d Karst%d', i, i / 300), 'person', '', '', '', '', .9, '', '', '', '', '', i % 97, 1, 0, '' FROM n`,
		`INSERT INTO alias (speaker, folded, whole) SELECT printf('p%013d', i), printf(' odile%d karst%d', i, i / 300), TRUE FROM n`,
		`INSERT INTO alias (speaker, folded, whole) SELECT printf('p%013d', i), printf(' karst%d', i / 300), FALSE FROM n`,
	} {
		if _, err := db.ExecContext(ctx, fmt.Sprintf("WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %d) %s", speakers-1, fill)); err != nil {
			b.Fatal(err)
		}
	}
	for _, c := range []struct {
		what, name string
		found      int
	}{
		{"whole", "Odile123456 Karst411", 1},
		{"family", "Karst411", 50},
		{"beginning", "Karst41", 50},
		{"nobody", "Marek", 0},
	} {
		b.Run(c.what, func(b *testing.B) {
			for b.Loop() {
				if found, err := l.Speakers(ctx, ledger.SpeakersFilter{Name: c.name, Limit: 50}); err != nil || len(found) != c.found {
					b.Fatal(len(found), err)
				}
			}
		})
	}
}
