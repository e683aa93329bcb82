package link

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/speakers"
)

// TestTable links two articles that name one person by two names, an organ by an alias and two namesakes.
func TestTable(t *testing.T) {
	file, err := os.Open("speakers/testdata/table.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	table, err := speakers.ReadTable(file, file.Name())
	if err != nil {
		t.Fatal(err)
	}
	var readings []*onrecord.Reading
	say := func(day, text string, speakers ...string) {
		a := &onrecord.Article{ExternalID: day + text, Text: text, Published: onrecord.Published{Value: day, Precision: "day", Basis: "given"}}
		a.ID = onrecord.ArticleID(a)
		r := &onrecord.Reading{Article: a}
		for _, who := range speakers {
			r.Speakers = append(r.Speakers, speakerOf(onrecord.NewID(onrecord.SpeakerKind, a.ID, who), a.ID, who))
		}
		readings = append(readings, r)
	}
	say("2031-01-05", "The lorries will come, Ilsa Marden said.", "Ilsa Marden (person; transport minister)", "granary (organisation)")
	say("2031-06-07", "Bread is cheap, Ilsa Quill said.", "Ilsa Quill (person)", "Office for Grain (organisation)", "Ilsa Quill's aide (unnamed)")
	say("2031-07-08", "The budget stands, Karin Lund said.", "Karin Lund (person; finance minister)")
	say("2031-08-09", "The post saved us, Karin Lund said.", "Karin Lund (person; goalkeeper of Brann)")
	say("2031-09-09", "It rained, Karin Lund said.", "Karin Lund (person; baker)")
	rows := Window(readings, nil, NewClaimed(), People{Table: table}, 2)
	speakers, _ := speakers.Unite(rows.Parts)
	of := map[string][]string{}
	for _, s := range speakers {
		of[s.ExternalID] = append(of[s.ExternalID], s.Name)
		if s.ExternalID == "Q901" {
			if !slices.Contains(s.Aliases, "Ilsa Quill") || s.State != "Ondria" || !slices.Contains(s.Roles, "prime minister") {
				t.Errorf("%+v", s)
			}
			fromTable := 0
			for _, tenure := range s.Tenures {
				if tenure.Basis == "table of speakers" {
					fromTable++
				}
			}
			if fromTable != 2 {
				t.Errorf("tenures %+v", s.Tenures)
			}
			if !slices.ContainsFunc(s.Basis, func(b string) bool { return strings.Contains(b, "table of speakers") }) {
				t.Errorf("basis %q", s.Basis)
			}
		}
	}
	for id, want := range map[string]string{"Q901": "Ilsa Marden", "Q77": "Grain Office", "Q1": "Karin Lund", "Q2": "Karin Lund"} {
		if len(of[id]) != 1 || of[id][0] != want {
			t.Errorf("%s is %q", id, of[id])
		}
	}
	slices.Sort(of[""])
	if len(of[""]) != 2 || !slices.Contains(of[""], "Ilsa Quill's aide") || !slices.Contains(of[""], "Karin Lund") {
		t.Errorf("unknown to the table: %q", of[""])
	}
}
