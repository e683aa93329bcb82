package speakers

import (
	"os"
	"strings"
	"testing"
)

// readTable is the text of an invented table of speakers.
func readTable(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("testdata/table.csv")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestReadTable(t *testing.T) {
	text := readTable(t)
	table, err := ReadTable(strings.NewReader(text), "speakers.csv")
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
	if again, _ := ReadTable(strings.NewReader(text), "other.csv"); again.Digest() != table.Digest() || table.Digest() == (*Table)(nil).Digest() {
		t.Errorf("versions %s, %s", table.Digest(), again.Digest())
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
