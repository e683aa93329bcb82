package serve

import (
	"cmp"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/engine"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/sqlite"
)

// example is a ledger that has read the bundled coverage.
func example(t *testing.T) ledger.Ledger {
	t.Helper()
	l, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "example.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	dir := filepath.Join("..", "examples")
	sum, err := engine.Read(t.Context(), l, []string{filepath.Join(dir, "coverage.jsonl"), filepath.Join(dir, "pages"), filepath.Join(dir, "saved")}, engine.Options{Workers: 2})
	if err != nil || sum.Articles == 0 {
		t.Fatal(sum, err)
	}
	return l
}

// TestScreenshots leaves pictures of the bundled example's pages in the folder that SCREENSHOTS names: those of the README.
func TestScreenshots(t *testing.T) {
	folder := os.Getenv("SCREENSHOTS")
	if folder == "" {
		t.Skip("SCREENSHOTS names no folder")
	}
	ctx := browse(t)
	l := example(t)
	h, wait := NewDesk(t.Context(), l, l)
	defer wait()
	site := httptest.NewServer(h)
	defer site.Close()

	// The story with most articles; in it what has most to show.
	stories, _, err := l.Stories(t.Context(), ledger.StoryFilter{})
	if err != nil {
		t.Fatal(err)
	}
	best := slices.MaxFunc(stories, func(a, b ledger.StoryRow) int { return cmp.Compare(a.Articles, b.Articles) })
	v, err := l.Story(t.Context(), best.ID)
	if err != nil {
		t.Fatal(err)
	}
	utterance := slices.MaxFunc(v.Utterances, func(a, b onrecord.Utterance) int {
		return cmp.Or(cmp.Compare(len(a.Drift), len(b.Drift)), cmp.Compare(b.ID, a.ID))
	})
	measure := slices.MaxFunc(v.Measures, func(a, b onrecord.Measure) int {
		return cmp.Or(cmp.Compare(len(a.Figures), len(b.Figures)), cmp.Compare(b.ID, a.ID))
	})
	article := slices.MaxFunc(v.Articles, func(a, b ledger.ArticleRow) int {
		n := func(id string) (n int) {
			for i := range v.Statements {
				if v.Statements[i].Article == id {
					n++
				}
			}
			return n
		}
		return cmp.Or(cmp.Compare(n(a.ID), n(b.ID)), cmp.Compare(b.ID, a.ID))
	})
	speaker := slices.MaxFunc(v.Speakers, func(a, b ledger.SpeakerRow) int {
		return cmp.Or(cmp.Compare(a.Statements, b.Statements), cmp.Compare(b.ID, a.ID))
	})
	looks := []struct {
		suffix string
		width  int64
		scheme string
	}{{"", 1280, "light"}, {"-phone", 375, "light"}, {"-dark", 1280, "dark"}}
	for name, path := range map[string]string{
		"front": "/", "story": "/story/" + best.ID, "utterance": "/utterance/" + utterance.ID, "measure": "/measure/" + measure.ID, "article": "/article/" + article.ID,
		"speaker": "/speaker/" + speaker.ID, "check": "/check", "review": "/review", "citation": "/cite/" + v.Statements[0].ID,
	} {
		for _, look := range looks {
			if look.scheme == "dark" && name != "front" && name != "story" && name != "measure" {
				continue
			}
			if err := chromedp.Do(ctx, chromedp.EmulateViewport(look.width, 900),
				call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: look.scheme}}}),
				chromedp.Navigate(site.URL+path)); err != nil {
				t.Fatal(name, err)
			}
			if name == "check" {
				if err := chromedp.Do(ctx, chromedp.SendKeys("textarea", faultyDraft), chromedp.Submit("textarea"), chromedp.WaitVisible("#h-answers")); err != nil {
					t.Fatal(name, err)
				}
			}
			picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
			if err != nil {
				t.Fatal(name, err)
			}
			if most := 300_000; len(picture) > most {
				t.Errorf("%s: %d bytes, more than %d", name, len(picture), most)
			}
			if err := os.WriteFile(filepath.Join(folder, name+look.suffix+".png"), picture, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// faultyDraft is a draft with a fault in each of its statements.
const faultyDraft = "“Every ship they tie up is a crew that earns nothing that day,” Ilsa Marden said. “More than 60 percent of the boats that we've seen them stop so far were not carrying contraband,” " +
	"said Ilsa Marden. Pavel Ostrin said that the longer the boardings last, the emptier the fish markets get. “We will sink every boat that sails on Sunday,” Admiral Torv Hesk said."
