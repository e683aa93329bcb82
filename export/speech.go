package export

import (
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// Speech is the rows without the statements that report belief or intention alone, and without what points at them. It goes through
// the rows twice.
func Speech(rows Rows) Rows {
	return func(f func(row any) error) error {
		silent := map[string]bool{}
		err := rows(func(row any) error {
			if s, ok := row.(*ledger.StatementRow); ok && !s.Speech() {
				silent[s.ID] = true
			}
			return nil
		})
		if err != nil {
			return err
		}
		kept := func(id string) string {
			if silent[id] {
				return ""
			}
			return id
		}
		said := func(ids []string) []string {
			return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return silent[id] })
		}
		return rows(func(row any) error {
			switch r := row.(type) {
			case *ledger.StatementRow:
				if silent[r.ID] {
					return nil
				}
				s := *r
				s.Parent, s.Denied = kept(s.Parent), kept(s.Denied)
				row = &s
			case *ledger.FigureRow:
				g := *r
				g.Statement = kept(g.Statement)
				row = &g
			case *onrecord.Utterance:
				u := *r
				if u.Statements = said(u.Statements); len(u.Statements) == 0 {
					return nil
				}
				u.Drift = slices.DeleteFunc(slices.Clone(u.Drift), func(d onrecord.Drift) bool { return silent[d.Statement] })
				row = &u
			case *onrecord.Dispute:
				d := *r
				d.Sides = [2][]string{said(d.Sides[0]), said(d.Sides[1])}
				if len(d.Sides[0]) == 0 || len(d.Sides[1]) == 0 {
					return nil
				}
				row = &d
			case *onrecord.Review:
				if silent[r.Row] {
					return nil
				}
			}
			return f(row)
		})
	}
}
