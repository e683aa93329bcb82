package desk

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/onrecord/onrecord/engine"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/sqlite"
)

// recordOf is a ledger of a text, linked, for looking.
func recordOf(t *testing.T, text string) ledger.Ledger {
	t.Helper()
	dir := t.TempDir()
	article := filepath.Join(dir, "article.txt")
	if err := os.WriteFile(article, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := sqlite.Open(t.Context(), filepath.Join(dir, "l.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	if _, err := engine.Read(t.Context(), l, []string{article}, engine.Options{Workers: 1}); err != nil {
		t.Fatal(err)
	}
	return l
}

// TestContrary holds that what a draft says outside quotation marks is flagged where it turns what the record says, with the words that turn it, and
// passes where it says the same.
func TestContrary(t *testing.T) {
	for _, c := range []struct{ record, draft, words string }{
		// turned
		{"The port authority said it has not raised its fees since the spring.", "The port authority said it has raised its fees since the spring.", "raised"},
		{"Health minister Ada Brenn said the hospital in Osk will keep its maternity ward.", "Health minister Ada Brenn said the hospital in Osk will lose its maternity ward.", "lose"},
		{"The zoo said the young elephant had recovered from the infection.", "The zoo said the young elephant had died from the infection.", "died"},
		{"Foreign minister Jon Tave said Merrow had warned Karsia about the new dam.", "Foreign minister Jon Tave said Karsia had warned Merrow about the new dam.", "Karsia"},
		{"Geologist Lena Hoff said the rock face had moved three centimetres since May.", "Geologist Lena Hoff said the rock face had moved three kilometres since May.", "kilometres"},
		{"Mayor Piet Olsen said the town would sell the old barracks to the university.", "Mayor Piet Olsen said the town would buy the old barracks from the university.", "buy"},
		{"Police said 14 windows were broken in the riot on Friday.", "Police said 41 windows were broken in the riot on Friday.", "41"},
		{"The airline said all flights to Tolm would be cancelled on Sunday.", "The airline said some flights to Tolm would be cancelled on Sunday.", "some"},
		{"The union said the strike would begin before the holidays.", "The union said the strike would begin after the holidays.", "after"},
		{"The coroner said the diver had a weak heart.", "The coroner said the diver had a strong heart.", "strong"},
		{"Prison governor Rut Ahl said most of the cells in the east wing were empty.", "Prison governor Rut Ahl said all of the cells in the east wing were empty.", "all"},
		{"The shipyard said orders fell by a third last year.", "The shipyard said orders fell by a third this year.", "this"},
		{"Pilot Uma Sorn said that rather than land at Osk, the plane would turn back to Harn.", "Pilot Uma Sorn said the plane would land at Osk.", "land"},
		{"Consul Rolf Ahn said he enjoyed his years in Merrow, where he was posted until 2014.", "Consul Rolf Ahn said he enjoyed his years in Merrow, where he was posted until 2016.", "2016"},
		// the same
		{"The ministry said it has bought twelve new fire engines for the northern districts.", "The ministry said it had bought 12 new fire engines for the northern districts.", ""},
		{"Professor Mia Lund said the glacier was melting faster than expected because of warm winters.", "Professor Mia Lund said warm winters made the glacier melt faster than expected.", ""},
		{"The railway said trains between Harn and Osk would run again from Monday.", "The railway said that from Monday trains would run again between Harn and Osk.", ""},
		{"Defence minister Karl Voss said the United States would send two ships to the strait.", "Defence minister Karl Voss said the U.S. would send two ships to the strait.", ""},
		{"Head teacher Ruth Amble said that the roof was repaired by volunteers in the summer.", "Head teacher Ruth Amble said volunteers repaired the roof in the summer.", ""},
		{"The bank said it did not expect interest rates to rise this year.", "The bank said it didn't expect interest rates to rise this year.", ""},
	} {
		t.Run(c.draft, func(t *testing.T) {
			answers := check(t, recordOf(t, c.record+"\n\nMore was not known on Tuesday evening.\n"), c.draft)
			if len(answers) != 1 {
				t.Fatalf("%d answers", len(answers))
			}
			a := &answers[0]
			if c.words == "" {
				if !a.Clear() {
					t.Errorf("%s, %s: %v", a.Verdict, a.SpeakerIs, a.Changes)
				}
				return
			}
			named := false
			for _, ch := range a.Changes {
				named = named || strings.Contains(ch.Draft, c.words)
			}
			for _, f := range a.Figures {
				named = named || f.Is == NumberChanged && strings.Contains(f.Words, c.words)
			}
			if a.Clear() || !named {
				t.Errorf("%s, clear %v: %v %v, want %q among the changes", a.Verdict, a.Clear(), a.Changes, a.Figures, c.words)
			}
		})
	}
}
