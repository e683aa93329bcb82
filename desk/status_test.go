package desk

import (
	"strings"
	"testing"
)

// Six faults in a draft, each found for what it is, and a sentence that has none.
func TestStatus(t *testing.T) {
	l := bundled(t)
	for _, c := range []struct{ draft, status, says string }{
		{`“Less than 80 percent of the boats that we've seen them stop so far were not carrying contraband,” Ilsa Marden said.`, Contradicted, "less than"},
		{`Rafe Ondal said that the longer the boardings last, the emptier the fish markets get.`, Contradicted, "not to Rafe Ondal"},
		{`Harbour Watch said that at least 41 crew members were injured between Feb. 24 and March 31.`, Contradicted, "41"},
		{`“They've mostly been trawlers that want to land their catch and be home before dark,” Ilsa Marden said.`, Repaired, "trawlers"},
		{`“We will sink every boat that sails on Sunday,” Admiral Torv Hesk said.`, Unverified, "Neither these words"},
		{`Marvenia confirmed that the boardings have injured dozens of crew members.`, Unverified, "Marvenia"},
		{`“More than 80 percent of the boats that we've seen them stop so far were not carrying contraband or anybody linked to the Grey Tide,” Ilsa Marden said.`, Verified, "independent report"},
	} {
		answers := check(t, l, c.draft)
		if len(answers) != 1 {
			t.Errorf("%d answers for %s", len(answers), c.draft)
			continue
		}
		if a := &answers[0]; a.Status() != c.status || !strings.Contains(a.Reason(), c.says) {
			t.Errorf("%s: %s %q, want %s %q", c.draft, a.Status(), a.Reason(), c.status, c.says)
		}
	}
}
