package page

import (
	"strings"
	"testing"
)

// TestTold holds which days of publication a text tells itself, and which days in it are none.
func TestTold(t *testing.T) {
	body := strings.Repeat("The ferry left Brask before dawn on 2 March 2030 and nobody waved.\n", 8)
	for _, c := range []struct{ text, value, basis string }{
		{"Ferry stays\nPublished: 11 June 2031\n" + body, "2031-06-11", "text"},
		{"Ferry stays\nFirst published on Wed 11 June 2031 09.30 BST\n" + body, "2031-06-11", "text"},
		{"Ferry stays\nWednesday, June 11, 2031\n" + body, "2031-06-11", "text"},
		{"Ferry stays\nBy Ada Holm | 11 June 2031, 10:30 a.m. GMT\n" + body, "2031-06-11", "text"},
		{"Ferry stays\nUpdated: 12 June 2031\nPublished: 11 June 2031\n" + body, "2031-06-11", "text"},
		{body + "\nPublished: 2031-06-11\n", "2031-06-11", "text"},
		{"Ferry stays\n\nPORT DORN, June 11, 2031 (Northwire) - The ferry stays.\n" + body, "2031-06-11", "dateline"},
		{"PORT DORN, Brask, 11 June 2031 — The ferry stays.\n" + body, "2031-06-11", "dateline"},
		{"PORT DORN, June 11 (Northwire) - The ferry stays.\n" + body, "", ""},
		{"Ferry stays\nUpdated: 12 June 2031\n" + body, "", ""},
		{"What happened on 11 June 2031\n" + body, "", ""},
		{"Ferry stays until 11 June 2031\n" + body, "", ""},
		{"Vote on 11 June 2031: what we know\n" + body, "", ""},
		{"The report was published on 11 June 2031.\n" + body, "", ""},
		{body + "\n11 June 2031\n", "", ""},
		{body, "", ""},
		{"", "", ""},
		{"Published: 11 June 2031", "", ""},
	} {
		if got := Told(c.text); got.Value != c.value || got.Basis != c.basis {
			t.Errorf("%.70q: %q (%s), want %q (%s)", c.text, got.Value, got.Basis, c.value, c.basis)
		}
	}
}
