package serve

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// The front page leads with the stories of the last days that have most reach and movement, and with what is new in them.
func TestFront(t *testing.T) {
	l := example(t)
	h := New(l)
	page := visit(h, "/").Body.String()
	first := strings.Index(page, "Ferry runs aground off Port Salen")
	if first < 0 || strings.Index(page, "All stories") < first || strings.Contains(page[:strings.Index(page, "All stories")], "Most boats stopped") {
		t.Error("the front page does not lead with the stories of the last week")
	}
	for _, want := range []string{"New disputes", "Changed figures", `class="chip changed"`, "chart spark", " against "} {
		if !strings.Contains(page, want) {
			t.Errorf("the front page does not have %q", want)
		}
	}
	for _, path := range []string{"/?page=2", "/?outlet=Northwire"} {
		if strings.Contains(visit(h, path).Body.String(), "lead-story") {
			t.Errorf("%s leads with stories that nobody asked for", path)
		}
	}
	if rec := visit(h, "/"); rec.Code != http.StatusOK || rec.Body.Len() > 150_000 {
		t.Errorf("%d, %d bytes", rec.Code, rec.Body.Len())
	}
}

func TestLeading(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2031, 6, n, 0, 0, 0, 0, time.UTC) }
	rows := []ledger.StoryRow{
		{ID: "quiet", Articles: 2, Reports: 1, Last: day(20)},
		{ID: "alone", Articles: 1, Reports: 1, Disputes: 9, Last: day(20)},
		{ID: "moved", Articles: 3, Reports: 3, NewFigures: 4, Last: day(18)},
		{ID: "huge", Articles: 300, Reports: 90, Last: day(18)},
		{ID: "past", Articles: 9, Reports: 9, Last: day(2)},
	}
	var ids []string
	for _, r := range leading(rows) {
		ids = append(ids, r.ID)
	}
	if got := strings.Join(ids, " "); got != "moved quiet" {
		t.Error(got)
	}
}

// A measure has moved where its last value is another than that of the days before; withdrawn values do not count.
func TestMoved(t *testing.T) {
	figure := func(day string, v float64, withdrawn bool) figureLine {
		return figureLine{FigureRow: ledger.FigureRow{Figure: onrecord.Figure{Low: v, High: v}}, Said: number(v), Published: day, Withdrawn: withdrawn}
	}
	for name, c := range map[string]struct {
		lines []figureLine
		was   string
	}{
		"one day":             {[]figureLine{figure("2031-06-01", 3, false), figure("2031-06-01T12:00:00Z", 4, false)}, ""},
		"the same":            {[]figureLine{figure("2031-06-01", 3, false), figure("2031-06-02", 3, false)}, ""},
		"risen":               {[]figureLine{figure("2031-06-01", 3, false), figure("2031-06-02", 7, false)}, "3"},
		"but it is withdrawn": {[]figureLine{figure("2031-06-01", 3, false), figure("2031-06-02", 7, true)}, ""},
	} {
		m := measure{Lines: c.lines}
		m.Last = m.last()
		l, ok := m.moved()
		if ok != (c.was != "") || l.Was != c.was {
			t.Errorf("%s: %+v", name, l)
		}
	}
}
