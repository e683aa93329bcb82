package main

import (
	"strings"
	"testing"
)

func TestParseInvented(t *testing.T) {
	got, err := parseInvented("harbour.txt", "## Ferry late\n[T1 “It is the wind,”] [S1 Ada Holm, the mate,] [C1 said]. [T1 “It blows.”]\nNobody was hurt.\n")
	if err != nil || len(got) != 1 || len(got[0].Attributions) != 1 {
		t.Fatal(got, err)
	}
	a := got[0]
	if want := "Ferry late\n“It is the wind,” Ada Holm, the mate, said. “It blows.”\nNobody was hurt."; a.Text != want {
		t.Errorf("text %q, want %q", a.Text, want)
	}
	words := func(points [][2]int) string {
		var all []string
		for _, p := range points {
			all = append(all, string([]rune(a.Text)[p[0]:p[1]]))
		}
		return strings.Join(all, " | ")
	}
	x := a.Attributions[0]
	for _, c := range []struct{ got, want string }{
		{words(x.Source), "Ada Holm, the mate,"}, {words(x.Cue), "said"}, {words(x.Content), "“It is the wind,” | “It blows.”"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
	got, err = parseInvented("harbour.txt", "## Ferry late\n[S1,2 The mate] [C1 said] [T1 it blew], [C2 adding] [T2 that it would]. [S3 She] [C3 waved].\n")
	if err != nil || len(got) != 1 || len(got[0].Attributions) != 2 {
		t.Fatal(got, err)
	}
	a = got[0]
	if x, y := a.Attributions[0], a.Attributions[1]; words(x.Source) != "The mate" || words(y.Source) != "The mate" || words(y.Cue) != "adding" || words(y.Content) != "that it would" {
		t.Errorf("a source of two: %v", a.Attributions)
	}
	for _, wrong := range []string{"before any title", "## A\n[S1 the mate said"} {
		if _, err := parseInvented("harbour.txt", wrong); err == nil || !strings.HasPrefix(err.Error(), "harbour.txt:") {
			t.Errorf("%q: %v, want an error that names the place", wrong, err)
		}
	}
}

// TestInvented holds that the invented texts are marked as the conventions say.
func TestInvented(t *testing.T) {
	articles, err := readInvented()
	if err != nil {
		t.Fatal(err)
	}
	plain, attributions := 0, 0
	for _, a := range articles {
		attributions += len(a.Attributions)
		if len(a.Attributions) == 0 {
			plain++
		}
		runes := []rune(a.Text)
		for _, x := range a.Attributions {
			if len(x.Source) == 0 {
				t.Errorf("%s: nobody says %v", a.ID, string(runes[x.Cue[0][0]:x.Cue[0][1]]))
			}
			last := x.Content[len(x.Content)-1]
			if end := runes[last[1]-1]; end == '.' {
				t.Errorf("%s: a content ends with its full stop: %q", a.ID, string(runes[last[0]:last[1]]))
			}
		}
	}
	if attributions < 800 || plain > 0 {
		t.Errorf("%d attributions, %d texts without any", attributions, plain)
	}
}
