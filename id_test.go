package onrecord_test

import (
	"regexp"
	"testing"

	"pgregory.net/rapid"

	"github.com/onrecord/onrecord"
)

func TestNewIDKeepsPartsApart(t *testing.T) {
	if onrecord.NewID("s", "ab", "c") == onrecord.NewID("s", "a", "bc") {
		t.Error("parts run together")
	}
	form := regexp.MustCompile(`^s[0-9a-hjkmnp-tv-z]{13}$`)
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.SliceOf(rapid.String()).Draw(t, "a"), rapid.SliceOf(rapid.String()).Draw(t, "b")
		x, y := onrecord.NewID("s", a...), onrecord.NewID("s", b...)
		if !form.MatchString(x) {
			t.Fatalf("%q is no id", x)
		}
		same := len(a) == len(b)
		for i := 0; same && i < len(a); i++ {
			same = a[i] == b[i]
		}
		if same != (x == y) {
			t.Fatalf("%q and %q: ids %s and %s", a, b, x, y)
		}
	})
}

func TestPlaceOfAnArticle(t *testing.T) {
	for _, c := range []struct {
		name      string
		a, b      onrecord.Article
		same      bool
		versioned bool
	}{
		{"a URL wins", onrecord.Article{URL: "https://a.example/1", ExternalID: "1"}, onrecord.Article{URL: "https://a.example/1", ExternalID: "2"}, true, true},
		{"an external id counts within its outlet", onrecord.Article{ExternalID: "1", Outlet: "x"}, onrecord.Article{ExternalID: "1", Outlet: "y"}, false, true},
		{"a file counts by its name, not its folder", onrecord.Article{File: "a/n.txt"}, onrecord.Article{File: "b/n.txt"}, true, false},
		{"two files", onrecord.Article{File: "n.txt"}, onrecord.Article{File: "m.txt"}, false, false},
	} {
		p, v := c.a.Place()
		q, _ := c.b.Place()
		if (p == q) != c.same || v != c.versioned {
			t.Errorf("%s: places %q and %q, versioned %v", c.name, p, q, v)
		}
		if c.a.Text, c.b.Text = "one", "two"; onrecord.ArticleID(&c.a) == onrecord.ArticleID(&c.b) {
			t.Errorf("%s: two texts share an id", c.name)
		}
	}
}
