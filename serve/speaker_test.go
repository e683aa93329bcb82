package serve

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/onrecord/onrecord/engine"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/sqlite"
)

// A speaker's page has what was said, what the speaker was told and where it is spoken of, each in a tab; it counts as story pages do.
func TestTabsOfASpeaker(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{
		"a.txt": "Bridge talks\n\nMayor Odile Karst told Minister Halvard Dorn on Monday that the bridge would stay closed.\n\n“We will wait,” Minister Halvard Dorn said.\n",
		"b.txt": "Bridge again\n\nMinister Halvard Dorn arrived late. “The bridge is safe,” engineer Orla Venning said.\n",
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	l, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "l.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if _, err := engine.Read(t.Context(), l, []string{folder}, engine.Options{Workers: 1}); err != nil {
		t.Fatal(err)
	}
	h := New(l)
	rows, err := l.Called(t.Context(), "Halvard Dorn", 1)
	if err != nil || len(rows) != 1 {
		t.Fatal(err, rows)
	}
	for tab, c := range map[string]struct{ has, not string }{
		"":           {"We will wait", "would stay closed"},
		"?tab=said":  {"We will wait", "arrived late"},
		"?tab=told":  {"would stay closed", "We will wait"},
		"?tab=named": {"arrived late", "would stay closed"},
	} {
		rec := visit(h, "/speaker/"+rows[0].ID+tab)
		page := textOf(well(t, tab, rec).Node)
		if rec.Code != http.StatusOK || !strings.Contains(page, c.has) || strings.Contains(page, c.not) {
			t.Errorf("%q: %d %s", tab, rec.Code, page)
		}
	}
}

// Story pages and speakers' pages count the same statements of a speaker.
func TestSpeakersAndStoriesAgree(t *testing.T) {
	l := example(t)
	h := New(l)
	stories, _, err := l.Stories(t.Context(), ledger.StoryFilter{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	counts, names := map[string]int{}, map[string]string{}
	for _, s := range stories {
		v, err := l.Story(t.Context(), s.ID)
		if err != nil {
			t.Fatal(err)
		}
		p, err := newStoryPage(v, nil)
		if err != nil {
			t.Fatal(err)
		}
		own := map[string]int{}
		for i := range v.Statements {
			if x := &v.Statements[i]; !x.Doubtful() && x.Speaker != "" {
				own[x.Speaker]++
				counts[x.Speaker]++
				names[x.Speaker] = x.SpeakerName
			}
		}
		for _, g := range p.Groups {
			if g.ID != "" && g.Count != own[g.ID] {
				t.Errorf("%s: %s has %d statements, the page counts %d", s.Title, g.Name, own[g.ID], g.Count)
			}
		}
	}
	if len(counts) < 10 {
		t.Fatal(len(counts), "speakers")
	}
	for id, n := range counts {
		v, err := l.Speaker(t.Context(), id, ledger.SpeakerFilter{})
		if err != nil {
			t.Fatal(err)
		}
		if page := textOf(parse(t, visit(h, "/speaker/"+id).Body.String()).Node); len(v.Statements) == v.Total && !strings.Contains(strings.Join(strings.Fields(page), " "), count(n, "statement")+" in ") {
			t.Errorf("%s: stories count %d, the page does not", names[id], n)
		}
	}
}
