package serve

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browse starts a headless Chromium that the test can drive, and skips the test where there is none.
func browse(t *testing.T) context.Context {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.UserDataDir(t.TempDir()))
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 5*time.Minute)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Skip("no Chromium to look with: ", err)
	}
	return ctx
}

// everyPage is an address of each kind of page.
func everyPage(r *record) map[string]string {
	return map[string]string{
		"stories": "/", "story": "/story/" + r.links.Stories[0].ID, "article": "/article/" + r.readings[0].Article.ID,
		"copy": "/article/" + r.readings[1].Article.ID, "arabic": "/article/" + r.readings[6].Article.ID + "?span=4-14",
		"speakers": "/speakers", "speaker": "/speaker/" + r.links.Speakers[2].ID, "search": "/search?q=cables", "api": "/api", "none": "/nowhere",
		"utterance": "/utterance/" + r.links.Utterances[0].ID, "measure": "/measure/" + r.links.Measures[0].ID, "dispute": "/dispute/" + r.links.Disputes[0].ID,
		"cite": "/cite/" + r.readings[0].Statements[1].ID, "beside": fmt.Sprintf("/side-by-side?a=%s:0-300&b=%s:0-260", r.readings[0].Article.ID, r.readings[1].Article.ID),
	}
}

// axeCore is the script of axe-core that .ci/setup left in the user's cache, "" where it did not.
func axeCore(t *testing.T) string {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Log(err)
		return ""
	}
	found, _ := filepath.Glob(filepath.Join(cache, "onrecord", "axe-core-*.min.js"))
	if len(found) == 0 {
		t.Log("axe-core is not here: .ci/setup installs it")
		return ""
	}
	data, err := os.ReadFile(found[len(found)-1])
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestInBrowser opens every kind of page on screens of three widths, light and dark: nothing may stick out to the side, nothing
// may be refused by the page's own policy, no script may fail, and axe-core must find nothing. Where SHOTS names a folder,
// pictures are left there.
func TestInBrowser(t *testing.T) {
	ctx := browse(t)
	axe := axeCore(t)
	shots := os.Getenv("SHOTS")
	r := coverage()
	site := httptest.NewServer(New(r))
	defer site.Close()
	bad := httptest.NewServer(New(hostile()))
	defer bad.Close()
	empty := httptest.NewServer(New(&record{}))
	defer empty.Close()

	pages := map[string]string{"empty": empty.URL + "/", "hostile": bad.URL + "/story/e1", "hostile-article": bad.URL + "/article/" + hostile().readings[0].Article.ID}
	for name, path := range everyPage(r) {
		pages[name] = site.URL + path
	}
	var mu sync.Mutex
	var complaints []string
	err := chromedp.Listen(ctx, func(e any) {
		mu.Lock()
		defer mu.Unlock()
		switch e := e.(type) {
		case *log.EventEntryAdded:
			if !strings.Contains(e.Entry.Text, "404") { // the page that is not there
				complaints = append(complaints, e.Entry.Text)
			}
		case *runtime.EventExceptionThrown:
			complaints = append(complaints, e.ExceptionDetails.Text)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(ctx, call(log.Enable, cdp.Empty{})); err != nil {
		t.Fatal(err)
	}
	for name, address := range pages {
		for _, width := range []int64{320, 768, 1440} {
			for _, scheme := range []string{"light", "dark"} {
				at := fmt.Sprintf("%s-%d-%s", name, width, scheme)
				err := chromedp.Do(ctx,
					chromedp.EmulateViewport(width, 900),
					call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}),
					chromedp.Navigate(address))
				if err != nil {
					t.Fatalf("%s: %v", at, err)
				}
				over, err := chromedp.Run(ctx, chromedp.Evaluate[int](`document.documentElement.scrollWidth - innerWidth`))
				if err != nil {
					t.Fatalf("%s: %v", at, err)
				}
				found := ""
				if axe != "" {
					found, err = chromedp.Run(ctx, chromedp.Evaluate[string](axe+`;axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations.map(
						v => v.id + ": " + v.nodes.map(n => n.html + " " + n.failureSummary).slice(0, 3).join(" | ")).join("\n"))`, chromedp.EvalAwaitPromise))
					if err != nil {
						t.Fatalf("%s: %v", at, err)
					}
				}
				if over > 0 {
					t.Errorf("%s sticks out by %d pixels", at, over)
				}
				if found != "" {
					t.Errorf("%s: axe finds %s", at, found)
				}
				if shots != "" {
					picture, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
					if err != nil {
						t.Fatalf("%s: %v", at, err)
					}
					if err := os.WriteFile(filepath.Join(shots, at+".png"), picture, 0o644); err != nil {
						t.Error(err)
					}
				}
			}
		}
	}
	mu.Lock()
	defer mu.Unlock()
	for _, c := range complaints {
		t.Error(c)
	}
}

// TestFromTheFrontPageToAPassage clicks what a person would: three steps. Then "/" begins a search, and going back works.
func TestFromTheFrontPageToAPassage(t *testing.T) {
	ctx := browse(t)
	site := httptest.NewServer(New(coverage()))
	defer site.Close()
	ask := func(a chromedp.Action[string]) string {
		t.Helper()
		got, err := chromedp.Run(ctx, a)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	if err := chromedp.Do(ctx, chromedp.Navigate(site.URL)); err != nil {
		t.Fatal(err)
	}
	for _, link := range []chromedp.CSS{".stories tbody th a", `.renditions a[href^="/statement/"]`} {
		if _, err := chromedp.RunResponse(ctx, chromedp.Click(link)); err != nil {
			t.Fatalf("%s: %v", link, err)
		}
	}
	if at, lit := ask(chromedp.Location()), ask(chromedp.Evaluate[string](`document.querySelector(".text mark.here").innerText`)); !strings.Contains(at, "#s-") || lit != "More than 60 percent" {
		t.Errorf("at %s, %q is lit", at, lit)
	}
	if err := chromedp.Do(ctx, chromedp.KeyEvent("/")); err != nil {
		t.Fatal(err)
	}
	if focus := ask(chromedp.Evaluate[string]("document.activeElement.id")); focus != "q" {
		t.Errorf("the focus is on %q", focus)
	}
	// A page kept by the browser comes back without a load to wait for: the browser is asked where it is instead.
	if err := chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := chromedp.Evaluate[any]("history.back()")(ctx, t)
		return err
	})); err != nil {
		t.Fatal(err)
	}
	back := ""
	for !strings.Contains(back, "/story/") {
		h, err := chromedp.Run(ctx, chromedp.NavigationEntries())
		if err != nil {
			t.Fatalf("back leads to %s: %v", back, err)
		}
		back = h.Entries[h.CurrentIndex].URL
		time.Sleep(20 * time.Millisecond)
	}
}

// TestByKeys goes through a story without a mouse: to a row, to its citation, to its passage. In a text field keys are letters.
func TestByKeys(t *testing.T) {
	ctx := browse(t)
	r := coverage()
	site := httptest.NewServer(New(r))
	defer site.Close()
	press := func(keys string) {
		t.Helper()
		if err := chromedp.Do(ctx, chromedp.KeyEvent(keys)); err != nil {
			t.Fatal(err)
		}
	}
	ask := func(js string) string {
		t.Helper()
		got, err := chromedp.Run(ctx, chromedp.Evaluate[string](js, chromedp.EvalAwaitPromise))
		if err != nil {
			t.Fatal(js, err)
		}
		return got
	}
	const focus = `String([...document.querySelectorAll("[data-row]")].filter(r => r.checkVisibility()).indexOf(document.activeElement))`
	if err := chromedp.Do(ctx, chromedp.Navigate(site.URL+"/utterance/"+r.links.Utterances[0].ID)); err != nil {
		t.Fatal(err)
	}
	for i, key := range []string{"j", "j", "j", "k"} {
		press(key)
		if got, want := ask(focus), []string{"0", "1", "2", "1"}[i]; got != want {
			t.Errorf("after %d keys row %s has the focus, want %s", i+1, got, want)
		}
	}
	press("?")
	if ask(`String(document.getElementById("keys").open)`) != "true" {
		t.Error("? does not show the keys")
	}
	press("j")
	press("\u001b")
	if ask(`String(document.getElementById("keys").open)`) != "false" || ask(focus) != "1" {
		t.Error("Escape does not close the keys, or they went on meanwhile")
	}
	ask(`navigator.clipboard.writeText = async (s) => { document.body.dataset.got = s; }, ""`)
	press("c")
	got := ask(`(async () => { for (let i = 0; i < 100 && !document.body.dataset.got; i++) await new Promise(r => setTimeout(r, 20)); return document.body.dataset.got || ""; })()`)
	if want := "Onrecord " + r.links.Utterances[0].Statements[1]; !strings.Contains(got, want) {
		t.Errorf("copied is %q", got)
	}
	press("/")
	press("jk?")
	if got := ask(`document.getElementById("q").value`); strings.TrimPrefix(got, "/") != "jk?" { // the protocol types "/" although the page takes the key
		t.Errorf("the search field has %q", got)
	}
	ask(`document.activeElement.blur(), ""`)
	press("j")
	if _, err := chromedp.RunResponse(ctx, chromedp.KeyEvent("\r")); err != nil {
		t.Fatal(err)
	}
	if at := ask("location.href"); !strings.Contains(at, "/article/") || !strings.Contains(at, "#s-") {
		t.Error("Enter leads to", at)
	}
}

// TestInPrint looks at pages as a printer would: without what only a screen needs, all rows and folded parts there.
func TestInPrint(t *testing.T) {
	ctx := browse(t)
	r := coverage()
	site := httptest.NewServer(New(r))
	defer site.Close()
	if err := chromedp.Do(ctx, call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})); err != nil {
		t.Fatal(err)
	}
	for name, path := range everyPage(r) {
		if err := chromedp.Do(ctx, chromedp.Navigate(site.URL+path)); err != nil {
			t.Fatal(name, err)
		}
		shown, err := chromedp.Run(ctx, chromedp.Evaluate[string](`[...document.querySelectorAll(".top, .foot, .take, .jump, a.cite, form, dialog")].filter(e => e.checkVisibility()).map(e => e.className || e.tagName).join(" ")`))
		if err != nil || shown != "" {
			t.Errorf("%s: printed are %s %v", name, shown, err)
		}
		hidden, err := chromedp.Run(ctx, chromedp.Evaluate[string](`String([...document.querySelectorAll("main [data-row]")].filter(e => !e.checkVisibility({contentVisibilityAuto: true})).length)`))
		if err != nil || hidden != "0" {
			t.Errorf("%s: %s rows are not printed %v", name, hidden, err)
		}
	}
}

// call is a command of the browser's protocol as an action.
func call[P, R any](c cdp.Command[P, R], p P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, c, p)
		return err
	})
}
