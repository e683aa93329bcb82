package serve

import (
	"context"
	"fmt"
	"net/http/httptest"
	"net/url"
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

// browse starts a headless Chromium that the test can drive, and skips the test where there is none. Whoever drives it waits for
// states of the page, as long as the whole test run may take: on a slow machine a test takes longer, and does not fail.
func browse(t *testing.T) context.Context {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.UserDataDir(t.TempDir()))
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if end, ok := t.Deadline(); ok {
		ctx, cancel = context.WithDeadline(ctx, end.Add(-20*time.Second)) // so that a failure is reported, not a panic
		t.Cleanup(cancel)
	}
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
		"speakers": "/speakers", "check": "/check", "speaker": "/speaker/" + r.links.Speakers[2].ID, "search": "/search?q=cables", "api": "/api", "none": "/nowhere",
		"utterance": "/utterance/" + r.links.Utterances[0].ID, "measure": "/measure/" + r.links.Measures[0].ID, "dispute": "/dispute/" + r.links.Disputes[0].ID,
		"lead": "/speaker/" + r.links.Speakers[4].ID, "aliases": "/speaker/" + r.links.Speakers[1].ID, "denials": "/speaker/" + r.links.Speakers[2].ID + "?stance=denies",
		"part": "/story/" + r.links.Stories[0].ID + "?outlet=Lake+Gazette&v=links+of+old", "older": "/article/" + r.readings[7].Article.ID, "nothing": "/search?q=zzz&certainty=0.9",
		"as-of": "/measure/" + r.links.Measures[0].ID + "?by=as-of", "wrong": "/search?q=x&certainty=much",
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
	worst := hostile()
	for name, path := range map[string]string{
		"speaker": "/speaker/" + url.PathEscape(worst.links.Speakers[0].ID), "utterance": "/utterance/u1", "measure": "/measure/m1", "dispute": "/dispute/d1", "stories": "/",
		"cite": "/cite/" + worst.readings[0].Statements[0].ID, "search": "/search?q=" + url.QueryEscape("<script>"),
	} {
		pages["hostile-"+name] = bad.URL + path
	}
	var mu sync.Mutex
	var complaints []string
	err := chromedp.Listen(ctx, func(e any) {
		mu.Lock()
		defer mu.Unlock()
		switch e := e.(type) {
		case *log.EventEntryAdded:
			if !strings.Contains(e.Entry.Text, "404") && !strings.Contains(e.Entry.Text, "400") { // pages that are not there, and what cannot be asked
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

// A person drives the browser.
type person struct {
	testing.TB
	ctx context.Context
}

func (p person) does(actions ...chromedp.Action[chromedp.Void]) {
	p.Helper()
	for _, a := range actions {
		if err := chromedp.Do(p.ctx, a); err != nil {
			p.Fatal(err)
		}
	}
}

// sees is what a script says of the page.
func (p person) sees(js string) string {
	p.Helper()
	got, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](js, chromedp.EvalAwaitPromise))
	if err != nil {
		p.Fatal(js, err)
	}
	return got
}

// patience is how long is waited for what a script says, on slow machines too.
const patience = 2 * time.Minute

// until waits until a script says true. While a page goes and another comes there may be nothing to ask.
func (p person) until(js string) {
	p.Helper()
	for since := time.Now(); ; {
		got, err := chromedp.Run(p.ctx, chromedp.Evaluate[bool](js, chromedp.EvalAwaitPromise))
		if err == nil && got {
			return
		}
		if p.ctx.Err() != nil || time.Since(since) > patience {
			p.Fatalf("never true: %s (%v)", js, err)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// steady waits until an element is in view and has stopped moving: a click goes to a place, not to an element.
func (p person) steady(element chromedp.CSS) {
	p.Helper()
	p.until(fmt.Sprintf(`(async () => {
		const it = document.querySelector(%q);
		if (!it || document.readyState !== "complete") return false;
		it.scrollIntoView({block: "center", behavior: "instant"});
		const place = () => JSON.stringify(it.getBoundingClientRect());
		const before = place();
		for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
		return place() === before;
	})()`, string(element)))
}

// follows clicks and waits for the page that comes.
func (p person) follows(link chromedp.CSS) {
	p.Helper()
	p.steady(link)
	if _, err := chromedp.RunResponse(p.ctx, chromedp.Click(link)); err != nil {
		p.Fatal(link, err)
	}
}

// unfolds opens what is folded below a summary.
func (p person) unfolds(summary chromedp.CSS) {
	p.Helper()
	p.steady(summary)
	p.does(chromedp.Click(summary))
	p.until(fmt.Sprintf(`document.querySelector(%q).parentElement.open`, string(summary)))
}

// types puts words into a field, as soon as the browser lets that have the focus.
func (p person) types(field, words string) {
	p.Helper()
	p.until(fmt.Sprintf(`(() => { const it = document.querySelector(%q); it?.focus(); return it !== null && document.activeElement === it; })()`, field))
	p.does(chromedp.KeyEvent(words))
	p.until(fmt.Sprintf(`document.querySelector(%q).value.endsWith(%q)`, field, words))
}

// enters presses Enter and waits for the page that comes.
func (p person) enters() {
	p.Helper()
	if _, err := chromedp.RunResponse(p.ctx, chromedp.KeyEvent("\r")); err != nil {
		p.Fatal(err)
	}
}

// goes back or forward in the browser's history, to an address that holds these words. A page kept by the browser comes without a
// load to wait for: the browser is asked where it is instead.
func (p person) goes(way, words string) {
	p.Helper()
	p.does(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := chromedp.Evaluate[any]("setTimeout(() => history."+way+"())")(ctx, t)
		return err
	}))
	p.until(fmt.Sprintf(`location.href.includes(%q) && document.readyState === "complete"`, words))
}

// TestFromTheFrontPageToAPassage clicks what a person would: three pages. Back and forward lead through them again.
func TestFromTheFrontPageToAPassage(t *testing.T) {
	p := person{t, browse(t)}
	site := httptest.NewServer(New(coverage()))
	defer site.Close()
	p.does(chromedp.Navigate(site.URL))
	p.follows(".stories tbody th a")
	p.does(chromedp.Click(`.renditions a[href^="/statement/"]`))
	p.until(`Boolean(document.querySelector(".renditions .passage a"))`) // the passage opens in its place
	said := p.sees(`document.querySelector(".renditions .passage mark.content").innerText`)
	p.follows(".renditions .passage a")
	const lit = `document.querySelector(".text mark.here").innerText`
	if at, got := p.sees("location.href"), strings.TrimSpace(p.sees(lit)); !strings.Contains(at, "#s-") || got == "" || !strings.HasPrefix(said, got) {
		t.Errorf("at %s, %q is lit of %q", at, got, said)
	}
	p.goes("back", "/story/")
	if head := p.sees("document.querySelector('h1').innerText"); head != "Corrosion on the Tarn Crossing" {
		t.Errorf("back is %q", head)
	}
	p.goes("forward", "#s-")
	if got := strings.TrimSpace(p.sees(lit)); got == "" || !strings.HasPrefix(said, got) {
		t.Errorf("forward, %q is lit of %q", got, said)
	}
}

// TestWithoutAMouse goes from the front page to a passage by keys, and over the link that leads past the navigation.
func TestWithoutAMouse(t *testing.T) {
	p := person{t, browse(t)}
	site := httptest.NewServer(New(coverage()))
	defer site.Close()
	p.does(chromedp.Navigate(site.URL), chromedp.KeyEvent("\t"))
	if got := p.sees("document.activeElement.innerText"); got != "Skip to main content" {
		t.Errorf("first is %q", got)
	}
	p.does(chromedp.KeyEvent("\r"))
	if got := p.sees("document.activeElement.id"); got != "main" {
		t.Errorf("it leads to %q", got)
	}
	p.does(chromedp.KeyEvent("j"))
	p.enters()
	if at := p.sees("location.pathname"); !strings.HasPrefix(at, "/story/") {
		t.Fatal("Enter leads to", at)
	}
	for range 60 { // down to the first rendition
		p.does(chromedp.KeyEvent("j"))
		if p.sees(`String(document.activeElement.matches(".renditions > li"))`) == "true" {
			break
		}
	}
	p.enters()
	if at := p.sees("location.href"); !strings.Contains(at, "/article/") || !strings.Contains(at, "#s-") {
		t.Error("Enter leads to", at)
	}
}

// TestTenThousandArticles uses the pages of a ledger of that size as a person would: looks through the stories, narrows them, opens
// the largest, narrows it, opens a passage, searches, and takes a table away.
func TestTenThousandArticles(t *testing.T) {
	if testing.Short() {
		t.Skip("ten thousand articles take a while")
	}
	p := person{t, browse(t)}
	l, links := manyArticles(t, 10000)
	site := httptest.NewServer(New(l))
	defer site.Close()
	p.does(chromedp.Navigate(site.URL))
	if got := p.sees(`document.querySelector(".lead").innerText`); !strings.HasPrefix(got, "10,000 articles in ") {
		t.Errorf("the front page says %q", got)
	}
	p.follows(`a[rel="next"]`)
	p.follows(`a[rel="next"]`)
	if got := p.sees(`document.querySelector("[role=status]").innerText`); !strings.HasPrefix(got, "101–150 of ") {
		t.Errorf("the third page has %q", got)
	}
	outlet := links.Speakers[0].Name + " Post"
	p.unfolds(".narrow summary")
	p.types(`[name="outlet"]`, outlet)
	p.follows(`.filter button`)
	at := p.sees("location.search")
	if !strings.Contains(at, "outlet="+url.QueryEscape(outlet)) {
		t.Error("the filter leads to", at)
	}
	if got := p.sees(`String([...document.querySelectorAll("td.outlets")].length)`); got != "50" {
		t.Errorf("%s stories of %s", got, outlet)
	}
	p.does(chromedp.Navigate(site.URL + "/story/" + links.Stories[0].ID))
	if got := p.sees(`document.querySelector(".lead b").innerText`); !strings.HasPrefix(got, "200 articles, ") {
		t.Errorf("the largest story says %q", got)
	}
	p.follows("#disputes .pages a[rel=next]")
	p.unfolds(".narrow summary")
	p.types(`.narrow [name="speaker"]`, links.Speakers[0].Name)
	p.follows(".narrow button")
	if got := p.sees(`document.querySelector("[role=status]").innerText`); !strings.HasPrefix(got, "Showing ") {
		t.Errorf("the filter says %q", got)
	}
	p.goes("back", "disputes=2")
	p.does(chromedp.Navigate(site.URL + "/story/" + links.Stories[0].ID))
	p.does(chromedp.Navigate(site.URL + p.sees(`document.querySelector('#statements a[href^="/statement/"]').getAttribute("href")`)))
	if got := p.sees(`document.querySelector(".text mark.here").innerText`); len(got) < 20 {
		t.Errorf("lit is %q", got)
	}
	p.types("#q", strings.Join(strings.Fields(links.Utterances[0].Wording)[1:3], " "))
	p.enters()
	if got := p.sees(`String(document.querySelectorAll(".hits > li").length)`); got == "0" {
		t.Error("nothing is found")
	}
	if got := p.sees(`fetch(document.querySelector('a[href*="as=xlsx"]').href).then(r => r.arrayBuffer()).then(b => String.fromCharCode(...new Uint8Array(b, 0, 2)))`); got != "PK" {
		t.Errorf("the workbook begins with %q", got)
	}
}

// TestLookOfOnesOwn: text of twice the size does not stick out, motion is left out for those who ask for that, and text from right to
// left stands so.
func TestLookOfOnesOwn(t *testing.T) {
	p := person{t, browse(t)}
	r := coverage()
	site := httptest.NewServer(New(r))
	defer site.Close()
	p.does(chromedp.EmulateViewport(640, 900), call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}}))
	for name, path := range everyPage(r) {
		p.does(chromedp.Navigate(site.URL + path))
		if over := p.sees(`document.documentElement.style.fontSize = "200%", String(document.documentElement.scrollWidth - innerWidth)`); over != "0" && !strings.HasPrefix(over, "-") {
			t.Errorf("%s: with text twice as large %s pixels stick out", name, over)
		}
		if got := p.sees(`getComputedStyle(document.documentElement).scrollBehavior + document.getAnimations().length`); got != "auto0" {
			t.Errorf("%s moves: %s", name, got)
		}
	}
	p.does(chromedp.Navigate(site.URL + everyPage(r)["arabic"]))
	if got := p.sees(`[...document.querySelectorAll(".text p")].map(e => getComputedStyle(e).direction).join(" ")`); got != "rtl ltr" {
		t.Errorf("the paragraphs run %s", got)
	}
}

// TestByKeys goes through a story without a mouse: to a row, to its citation, to its passage. In a text field keys are letters.
func TestByKeys(t *testing.T) {
	p := person{t, browse(t)}
	r := coverage()
	site := httptest.NewServer(New(r))
	defer site.Close()
	press := func(keys string) {
		t.Helper()
		p.does(chromedp.KeyEvent(keys))
	}
	row := func(n int) string {
		return fmt.Sprintf(`[...document.querySelectorAll("[data-row]")].filter(r => r.checkVisibility()).indexOf(document.activeElement) === %d`, n)
	}
	const open, closed = `document.getElementById("keys").open`, `!document.getElementById("keys").open`
	p.does(chromedp.Navigate(site.URL + "/utterance/" + r.links.Utterances[0].ID))
	for i, key := range []string{"j", "j", "j", "k"} {
		press(key)
		p.until(row([]int{0, 1, 2, 1}[i]))
	}
	press("?")
	p.until(open)
	press("j")
	press("\u001b")
	p.until(closed)
	p.until(row(1)) // keys do nothing while the dialog is open
	p.sees(`navigator.clipboard.writeText = async (s) => { document.body.dataset.got = s; }, ""`)
	press("c")
	p.until(`Boolean(document.body.dataset.got)`)
	if got, want := p.sees(`document.body.dataset.got`), visit(New(r), "/cite/"+r.links.Utterances[0].Statements[1]+"?as=text").Body.String(); got != want || want == "" {
		t.Errorf("copied is %q, want %q", got, want)
	}
	press("/")
	p.until(`document.activeElement.id === "q"`)
	press("jk?")
	p.until(`document.getElementById("q").value.replace(/^\//, "") === "jk?"`) // the protocol types "/" although the page takes the key
	p.sees(`document.activeElement.blur(), ""`)
	press("j")
	p.until(`document.activeElement.matches("[data-row]")`)
	p.enters()
	if at := p.sees("location.href"); !strings.Contains(at, "/article/") || !strings.Contains(at, "#s-") {
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
		shown, err := chromedp.Run(ctx, chromedp.Evaluate[string](`[...document.querySelectorAll(".top, .foot, .downloads, .jump, a.cite, form, dialog")].filter(e => e.checkVisibility()).map(e => e.className || e.tagName).join(" ")`))
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
