package corpus

import "testing"

// Marks that nobody sees part no words.
func TestCutUnseen(t *testing.T) {
	s := "Mayor Ve\u00adre\u00adda\u200b sa\u200bid no."
	d := &Doc{Text: s}
	want := []string{"mayor", "vereda", "said", "no"}
	words := Cut(s, nil)
	if len(words) != len(want) {
		t.Fatalf("%d words, want %q", len(words), want)
	}
	for i, w := range words {
		if got := d.Lower(w); got != want[i] {
			t.Errorf("%q, want %q", got, want[i])
		}
	}
}
