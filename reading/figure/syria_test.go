package figure_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/onrecord/onrecord/corpora"
	"github.com/onrecord/onrecord/reading/when"
)

// TestSyria holds the figures and times that a careful reader finds in the case beside the repository.
func TestSyria(t *testing.T) {
	file, err := os.Open(corpora.Path(t, "cases/syria/articles.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	type article struct{ ID, Text, Published string }
	articles := map[string]article{}
	for s := bufio.NewScanner(file); s.Scan(); {
		var a article
		if err := json.Unmarshal(s.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		articles[a.ID] = a
	}
	for _, want := range []struct {
		id         string
		low, high  float64
		comparator string
		unit, role string
		head       string // the last word of the thing
		share      bool   // of the thing
		asOf       string // "-" for none: what was said on Wednesday need not have held then
	}{
		{"a1", 90, 90, ">", "percent", "", "strikes", true, "-"},
		{"a1", 90, 90, ">", "percent", "", "airstrikes", true, "-"},
		{"a1", 65, 65, "=", "", "", "members", false, "-"},
		{"a1", 60, 60, ">", "", "", "nations", false, "-"},
		{"a2", 90, 90, ">", "percent", "", "efforts", true, "-"},
		{"a2", 90, 90, ">", "percent", "", "strikes", true, "-"},
		{"a3", 90, 90, ">", "percent", "", "strikes", true, "-"},
		{"a3", 90, 90, "=", "percent", "", "strikes", true, "-"},
		{"a4", 1. / 3, 1. / 3, "=", "", "", "strikes", true, "-"},
		{"a4", 5000, 5000, "=", "", "", "strikes", false, "2015-09-30..2016-01-09"},
		{"a4", 70, 70, "~", "percent", "", "strikes", true, "2015-09-30..2016-01-09"},
		{"a4", 431, 431, "=", "", "", "sorties", false, "2015-11-26..2015-12-05"},
		{"a4", 1458, 1458, "=", "", "", "targets", false, "2015-11-26..2015-12-05"},
		{"a4", 200, 200, ">", "", "killed", "civilians", false, "2015-09-30..2015-11-30"},
		{"a4", 40, 100, "~", "", "killed", "civilians", false, "-"},
		{"a4", 4.4e6, 4.4e6, "=", "", "displaced", "Syrians", false, "-"},
		{"a5", 70, 70, "=", "percent", "", "airstrikes", true, "-"},
		{"a5", 12.5, 12.5, "<", "mile", "", "Aleppo", false, "2016-02-10..2016-02-11"},
		{"a5", 250000, 250000, ">", "", "killed", "people", false, "-"},
	} {
		a := articles[want.id]
		_, figures := find(a.Text, a.Published)
		ok := false
		for _, x := range figures {
			asOf := x.AsOf.From.Format(time.DateOnly) + ".." + x.AsOf.To.Format(time.DateOnly)
			ok = ok || near(x.Low, want.low) && near(x.High, want.high) && x.Comparator == want.comparator && x.Unit == want.unit &&
				x.Role == want.role && (x.ShareOf != "" && x.ShareOf == x.Thing) == want.share && strings.HasSuffix(x.Thing, want.head) && (want.asOf == "" || asOf == want.asOf || want.asOf == "-" && !x.AsOf.Known())
		}
		if !ok {
			t.Errorf("%s: no %+v among", want.id, want)
			for _, x := range figures {
				t.Logf("  %q %s", x.Span.Of(a.Text), line(x))
			}
		}
	}
	// Without a day of publication, in the texts as a person saves them, what is relative is found and stays unresolved.
	for _, want := range [][2]string{
		{"a1", "Wednesday"},
		{"a2", "Wednesday"},
		{"a3", "Wednesday"},
		{"a1", "last week"},
		{"a2", "the last two days"},
		{"a3", "late last month"},
		{"a3", "last month"},
		{"a4", "last month"},
	} {
		paths, err := filepath.Glob(filepath.Join(filepath.Dir(file.Name()), "articles", want[0]+"*.txt"))
		if err != nil || len(paths) != 1 {
			t.Fatalf("%s: %v %v", want[0], paths, err)
		}
		b, err := os.ReadFile(paths[0])
		if err != nil {
			t.Fatal(err)
		}
		s, found := string(b), false
		times, _ := find(s, "")
		for _, x := range times {
			if strings.HasSuffix(x.Span.Of(s), want[1]) {
				found = true
				if x.Interval.Known() || x.Basis != when.Unresolved && x.Kind != when.Duration {
					t.Errorf("%s without a day of publication: %q is %s %v", want[0], want[1], x.Basis, x.Interval)
				}
			}
		}
		if !found {
			t.Errorf("%s without a day of publication: no %q", want[0], want[1])
		}
	}
	for _, want := range [][4]string{ // article, value, from, to
		{"a1", "2015-10-07", "2015-10-07", "2015-10-08"},
		{"a1", "2015-W40", "2015-09-28", "2015-10-05"}, // last week
		{"a2", "2015-10-07", "2015-10-07", "2015-10-08"},
		{"a2", "P2D", "2015-10-06", "2015-10-08"}, // over the last two days
		{"a3", "2015-10-07", "2015-10-07", "2015-10-08"},
		{"a3", "2015-09", "2015-09-21", "2015-10-01"}, // late last month
		{"a3", "2015-09", "2015-09-01", "2015-10-01"}, // last month
		{"a4", "2015-12", "2015-12-01", "2016-01-01"},
		{"a4", "2016-01-09", "2016-01-09", "2016-01-10"},
	} {
		a := articles[want[0]]
		times, _ := find(a.Text, a.Published)
		ok := false
		for _, x := range times {
			ok = ok || x.Timex == want[1] && x.Interval.From.Format(time.DateOnly) == want[2] && x.Interval.To.Format(time.DateOnly) == want[3]
		}
		if !ok {
			t.Errorf("%s: no %q", want[0], want)
		}
		times, _ = find(a.Text, "")
		for _, x := range times {
			if x.Basis == when.Published && x.Interval.Known() {
				t.Errorf("%s without a day of publication: %q is resolved", want[0], x.Span.Of(a.Text))
			}
		}
	}
}
