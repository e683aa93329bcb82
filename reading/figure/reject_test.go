package figure

import (
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/reading/when"
	"github.com/onrecord/onrecord/reading/when/number"
	"github.com/onrecord/onrecord/text"
)

// TestRejected: what is no figure is none for the reason that holds.
func TestRejected(t *testing.T) {
	for _, row := range []struct{ text, number, why string }{
		{"The Boeing 737 landed.", "737", "name"},
		{"The S&P 500 fell.", "500", "name"},
		{"The iPhone 11 sold well.", "11", "name"},
		{"The iPhone 11 costs too much.", "11", "name"},
		{"The Group of Seven met.", "Seven", "name"},
		{"It is a 3-to-1 chance.", "3", "odds"},
		{"He held a COVID-19 test.", "19", "name"},
		{"It runs on 5G now.", "5", "name"},
		{"She left Ground Zero early.", "Zero", "name"},
		{"The 22nd amendment holds.", "22", "ordinal"},
		{"They won 2-0 away.", "2", "score"},
		{"It ran on version 1.2.3 of the kit.", "1", "version"},
		{"The clock stood at 4:39 left to play.", "4", "clock"},
		{"He lives at 49 Zorn Hill Road now.", "49", "address"},
		{"Take this one instead.", "one", "pronoun"},
		{"A two-party state.", "two", "adjective"},
		{"See No. 12 below.", "12", "order"},
		{"Striker Dan Holm (4) scored.", "4", "label"},
		{"<p id=\"1234\">text</p>", "1234", "markup"},
	} {
		l := english.Annotate(text.Parse(row.text))
		p := onrecord.Published{}
		f := newFinder(number.Lex(l.Doc.Text), l, when.Find(l, p), p)
		f.run()
		found := false
		for _, r := range f.rejected {
			if f.t.Source[f.t.At(r.first).Start:f.t.At(r.first).End] == row.number {
				found = true
				if r.why != row.why {
					t.Errorf("%q: %q is rejected as %q, want %q", row.text, row.number, r.why, row.why)
				}
			}
		}
		if !found {
			t.Errorf("%q: %q is not rejected: %+v", row.text, row.number, f.out)
		}
	}
}
