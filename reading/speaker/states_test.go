package speaker

import (
	"slices"
	"testing"
)

func TestStates(t *testing.T) {
	all := States()
	i := slices.IndexFunc(all, func(s State) bool { return s.Name == "Russia" })
	if i < 0 {
		t.Fatal("no Russia")
	}
	r := all[i]
	if !slices.Contains(r.Demonyms, "Russian") || !slices.Contains(r.Capitals, "Moscow") || !slices.Contains(r.Seats, "Kremlin") || !slices.Contains(r.Organs, "FSB") {
		t.Errorf("%+v", r)
	}
	for _, s := range all {
		if s.Name == "" {
			t.Errorf("%+v", s)
		}
	}
}
