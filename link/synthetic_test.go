package link

import (
	"testing"

	"github.com/onrecord/onrecord/link/synthetic"
)

// TestSynthetic holds that the generator is deterministic, and that what it makes is linked as it was made.
func TestSynthetic(t *testing.T) {
	rs, again := synthetic.New().Coverage(600), synthetic.New().Coverage(600)
	for i := range rs {
		if rs[i].Article.ID != again[i].Article.ID || len(rs[i].Statements) != len(again[i].Statements) {
			t.Fatalf("article %d differs from run to run", i)
		}
	}
	l := All(rs, 2)
	wellFormed(t, rs, l)
	if n := len(l.Stories); n < 600/synthetic.EventArticles*8/10 || n > 600/synthetic.EventArticles*14/10 {
		t.Errorf("%d stories of about %d events", n, 600/synthetic.EventArticles)
	}
	if len(l.Copies) < 100 || len(l.Utterances) < 100 || len(l.Measures) < 60 {
		t.Errorf("%d copies, %d utterances, %d measures", len(l.Copies), len(l.Utterances), len(l.Measures))
	}
}
