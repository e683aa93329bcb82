package link

import (
	"slices"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
)

const speakersTable = `name,aliases,kind,state,role,from,to,id
Ilsa Marden,I. Quill-Marden;Ilsa Quill,person,Ondria,transport minister,2030-05,2031-03-20,Q901
Ilsa Marden,,person,Ondria,prime minister,2031-03-21,,Q901
Grain Office,"Office for Grain;the granary",organisation,Ondria,,,,Q77
Karin Lund,,person,,finance minister,,,Q1
Karin Lund,,person,,goalkeeper,,,Q2
`

func TestReadTable(t *testing.T) {
	table, err := ReadTable(strings.NewReader(speakersTable), "speakers.csv")
	if err != nil {
		t.Fatal(err)
	}
	if len(table.Speakers) != 4 {
		t.Fatalf("%d speakers: %+v", len(table.Speakers), table.Speakers)
	}
	s := table.Speakers[0]
	if s.ExternalID != "Q901" || len(s.Tenures) != 2 || s.Tenures[0].From.Format("2006-01-02") != "2030-05-01" || s.Tenures[0].To.Format("2006-01-02") != "2031-03-20" || len(s.Aliases) != 2 {
		t.Errorf("%+v", s)
	}
	if again, _ := ReadTable(strings.NewReader(speakersTable), "other.csv"); again.Version() != table.Version() || table.Version() == (*Table)(nil).Version() {
		t.Errorf("versions %s, %s", table.Version(), again.Version())
	}
	for _, bad := range []struct{ text, want string }{
		{"", "s.csv: it is empty"},
		{"name,office\nA B,x\n", `s.csv:1: no column is called "office"`},
		{"name,name\nA B,x\n", "s.csv:1: two columns"},
		{"kind\nperson\n", "s.csv:1: the column name is missing"},
		{"name\n", "s.csv: no speaker stands in it"},
		{"name,kind\nA B,hero\n", `s.csv:2: "hero" is no kind`},
		{"name,from,role\nA B,2030,mayor\nC D,tomorrow,mayor\n", `s.csv:3: from: "tomorrow" is no day`},
		{"name,role,from,to\nA B,mayor,2031,2030\n", "s.csv:2: to 2030 lies before from 2031"},
		{"name,from\nA B,2031\n", "s.csv:2: days without a role"},
		{"name,id\nA B,Q1\nC D,Q1\n", "s.csv:3: Q1 is A B, person, on line 2"},
		{"name\nA B,more\n", "s.csv:2: 2 fields under 1 columns"},
		{"name\n\"A B\n", "s.csv: "},
	} {
		if _, err := ReadTable(strings.NewReader(bad.text), "s.csv"); err == nil || !strings.Contains(err.Error(), bad.want) {
			t.Errorf("%q: %v, want %s", bad.text, err, bad.want)
		}
	}
}

// TestTable links two articles that name one person by two names, an organ by an alias and two namesakes.
func TestTable(t *testing.T) {
	table, err := ReadTable(strings.NewReader(speakersTable), "speakers.csv")
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
	rows := table.Window(readings, nil, NewTaken(), 2)
	speakers, _ := Unite(rows.Parts)
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
