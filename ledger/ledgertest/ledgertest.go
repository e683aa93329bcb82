// Package ledgertest is what every kind of ledger must do, as tests, and invented coverage to fill one with.
package ledgertest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/link"
	"github.com/onrecord/onrecord/link/speakers"
)

// Run tests a kind of ledger. Open makes an empty one, closed when t ends.
func Run(t *testing.T, open func(t *testing.T) ledger.Ledger) {
	for name, test := range map[string]func(t *testing.T, l ledger.Ledger){
		"an empty ledger":                     testEmpty,
		"readings come back as they were":     testReadings,
		"adding again changes nothing":        testAgain,
		"a known article is replaced":         testReplaced,
		"versions":                            testVersions,
		"an old version":                      testOldVersion,
		"a reading that cannot be kept":       testRefused,
		"links are of the readings":           testLinked,
		"reviews outlive readings":            testReviews,
		"rows come in order":                  testRows,
		"stories":                             testStories,
		"a story":                             testStory,
		"one row and what it rests on":        testRow,
		"a figure and its conversion":         testConversion,
		"an article":                          testArticle,
		"speakers":                            testSpeakers,
		"a speaker":                           testSpeaker,
		"parts of what a speaker said":        testSpeakerParts,
		"who is spoken of":                    testSpokenOf,
		"who is only spoken of":               testOnlySpokenOf,
		"passages":                            testPassages,
		"search":                              testSearch,
		"whatever is asked, search answers":   testSearchAny,
		"what is added is counted":            testAdded,
		"models":                              testModels,
		"the last plan holds":                 testPlans,
		"totals":                              testTotals,
		"refusals":                            testRefusals,
		"input":                               testInput,
		"one state of the ledger while it is": testSnapshot,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
	t.Run("any order, any batches", func(t *testing.T) { testOrder(t, open) })
}

var ctx = context.Background()

// Some are the first n invented readings.
func Some(n int) []*onrecord.Reading {
	list := make([]*onrecord.Reading, n)
	for i := range list {
		list[i] = Invent(i)
	}
	return list
}

// Add adds readings to a ledger.
func Add(t testing.TB, l ledger.Ledger, list ...*onrecord.Reading) {
	t.Helper()
	if _, err := l.Add(ctx, list); err != nil {
		t.Fatal(err)
	}
}

// SetLinks puts links in the place of all that a ledger keeps, as the rows of one period.
func SetLinks(l ledger.Linker, links *onrecord.Links) error {
	return makeLinks(l, links.Model, func() *onrecord.Links { return links })
}

// planAll plans to link all articles in one period.
func planAll(ledger.Survey) ([]ledger.Period, error) {
	return []ledger.Period{{Stretch: link.Stretch{Period: link.Always}, Due: ledger.DueLinks}}, nil
}

// makeLinks is SetLinks of links that are made by a model when they are planned.
func makeLinks(l ledger.Linker, model string, links func() *onrecord.Links) error {
	plan, err := l.Plan(ctx, model, planAll)
	if err != nil {
		return err
	}
	made := &link.Rows{Links: *links(), Claimed: link.NewClaimed()}
	for _, s := range made.Links.Speakers {
		made.Parts = append(made.Parts, speakers.Part{Speaker: s})
	}
	if _, err := l.SetPeriod(ctx, plan, link.Always, nil, made); err != nil {
		return err
	}
	if err := l.Count(ctx, plan, link.Always); err != nil {
		return err
	}
	if err := l.Redirect(ctx, plan, func(now map[string]int) string { return slices.Min(slices.Collect(maps.Keys(now))) }); err != nil {
		return err
	}
	return l.Finish(ctx, plan)
}

// Fill adds n invented readings with their links.
func Fill(t testing.TB, l ledger.Ledger, n int) ([]*onrecord.Reading, *onrecord.Links) {
	t.Helper()
	list := Some(n)
	Add(t, l, list...)
	links := InventLinks(list)
	if err := SetLinks(l, links); err != nil {
		t.Fatal(err)
	}
	return list, links
}

// Dump is all rows of a story, or of the ledger, as JSON lines.
func Dump(t testing.TB, l ledger.Ledger, story string) string {
	t.Helper()
	var b strings.Builder
	e := json.NewEncoder(&b)
	if err := l.Rows(ctx, story, func(row any) error {
		fmt.Fprintf(&b, "%T ", row)
		return e.Encode(row)
	}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func testEmpty(t *testing.T, l ledger.Ledger) {
	if got := Dump(t, l, ""); got != "" {
		t.Errorf("rows: %s", got)
	}
	if got, err := l.Readings(ctx, link.Always); err != nil || len(got) != 0 {
		t.Errorf("readings: %v, %v", got, err)
	}
	if rows, total, err := l.Stories(ctx, ledger.StoryFilter{}); err != nil || total != 0 || len(rows) != 0 {
		t.Errorf("stories: %v, %d, %v", rows, total, err)
	}
	if linked, err := l.Linked(ctx, "links-1"); err != nil || linked {
		t.Errorf("linked: %v, %v", linked, err)
	}
	if hits, err := l.Search(ctx, ledger.SearchQuery{Words: "ferry"}); err != nil || len(hits) != 0 {
		t.Errorf("search: %v, %v", hits, err)
	}
	nothing := onrecord.NewID(onrecord.StoryKind, "nothing")
	for _, id := range []string{nothing, "", "x", strings.Repeat("'", ledger.IDLength), strings.Repeat("é", 7)} {
		_, err1 := l.Story(ctx, id)
		_, err2 := l.Article(ctx, id)
		_, err3 := l.Speaker(ctx, id, ledger.SpeakerFilter{})
		for _, err := range []error{err1, err2, err3} {
			if !errors.Is(err, ledger.ErrNotFound) {
				t.Errorf("id %q: %v", id, err)
			}
		}
	}
	if err := l.Rows(ctx, nothing, func(any) error { return nil }); !errors.Is(err, ledger.ErrNotFound) {
		t.Errorf("rows of no story: %v", err)
	}
	Add(t, l)
	counts, err := l.Counts(ctx)
	for kind, n := range counts {
		if n != 0 {
			t.Errorf("%d rows of kind %s", n, kind)
		}
	}
	if err != nil || len(counts) != 11 {
		t.Errorf("counts: %v, %v", counts, err)
	}
}

func testReadings(t *testing.T, l ledger.Ledger) {
	list, _ := Fill(t, l, 20)
	bare := &onrecord.Reading{Article: &onrecord.Article{File: "empty.txt"}, Model: "invented-1"}
	bare.Article.ID = onrecord.ArticleID(bare.Article)
	Add(t, l, bare)
	got, err := l.Readings(ctx, link.Always)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.IsSortedFunc(got, byArticle) {
		t.Error("not by article id")
	}
	list = append(list, bare)
	slices.SortFunc(list, byArticle)
	if d := cmp.Diff(list, got); d != "" {
		t.Error(d)
	}
}

func byArticle(a, b *onrecord.Reading) int { return strings.Compare(a.Article.ID, b.Article.ID) }

func testAgain(t *testing.T, l ledger.Ledger) {
	list, links := Fill(t, l, 20)
	before := Dump(t, l, "")
	Add(t, l, list[5:9]...)
	Add(t, l, list[3], list[7], list[3])
	if err := SetLinks(l, links); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(before, Dump(t, l, "")); d != "" {
		t.Error(d)
	}
}

func testReplaced(t *testing.T, l ledger.Ledger) {
	list := Some(3)
	Add(t, l, list...)
	changed := *list[1]
	article := *changed.Article
	article.Title, article.Published = "Another Zeppelin title", onrecord.Published{Value: "2032-01-02", Precision: "day", Basis: "page"}
	changed.Article, changed.Model, changed.Statements = &article, "invented-2", changed.Statements[:1]

	digests := func() map[string]string {
		known, err := l.Known(ctx, []string{list[0].Article.ID, article.ID, onrecord.NewID(onrecord.ArticleKind, "unknown"), "?"})
		if err != nil {
			t.Fatal(err)
		}
		return known
	}
	want := map[string]string{list[0].Article.ID: ledger.Digest(list[0].Article, "invented-1"), article.ID: ledger.Digest(list[1].Article, "invented-1")}
	if d := cmp.Diff(want, digests()); d != "" {
		t.Error(d)
	}
	Add(t, l, &changed)
	want[article.ID] = ledger.Digest(&article, "invented-2")
	if d := cmp.Diff(want, digests()); d != "" {
		t.Error(d)
	}
	got, err := l.Readings(ctx, link.Always)
	if err != nil {
		t.Fatal(err)
	}
	all := []*onrecord.Reading{list[0], &changed, list[2]}
	slices.SortFunc(all, byArticle)
	if d := cmp.Diff(all, got); d != "" {
		t.Error(d)
	}
	for words, hits := range map[string]int{"zeppelin": 1, "denied": 3, "this": 5} { // what is denied is "this": in three articles and in the two statements left
		if found, err := l.Search(ctx, ledger.SearchQuery{Words: words}); err != nil || len(found) != hits {
			t.Errorf("%s: %d hits, %v", words, len(found), err)
		}
	}
}

// version is a text at a URL.
func version(url, text string) *onrecord.Reading {
	a := &onrecord.Article{URL: url, Title: "T", Text: text, File: "feed"}
	a.ID = onrecord.ArticleID(a)
	return &onrecord.Reading{Article: a, Model: "m", Times: []onrecord.Time{{ID: onrecord.NewID(onrecord.TimeKind, a.ID), Article: a.ID, Kind: "date", Basis: "stated"}}}
}

// fillVersions adds three versions of a text, another with the words of the first, and two files of one name.
func fillVersions(t *testing.T, l ledger.Ledger) (a1, a2, a3, b, f1 *onrecord.Reading) {
	t.Helper()
	a1, a2, a3 = version("https://one.example/", "The aqueduct is open."), version("https://one.example/", "The aqueduct is shut."), version("https://one.example/", "The aqueduct is gone.")
	b = version("https://two.example/", "The aqueduct is open.")
	file := func(text string) *onrecord.Reading {
		r := version("", text)
		r.Article.File = "dir/same.txt"
		r.Article.ID = onrecord.ArticleID(r.Article)
		r.Times = nil
		return r
	}
	f1 = file("First.")
	Add(t, l, a1, b, a2, f1)
	Add(t, l, a3, file("Second."))
	Add(t, l, a1) // comes again: it is not new
	return a1, a2, a3, b, f1
}

func testVersions(t *testing.T, l ledger.Ledger) {
	_, _, a3, b, _ := fillVersions(t, l)
	var current []string
	if err := l.Rows(ctx, "", func(row any) error {
		switch r := row.(type) {
		case *ledger.ArticleRow:
			current = append(current, r.Text+" "+strconv.Itoa(r.Version))
		case *onrecord.Time:
			if r.Article != a3.Article.ID && r.Article != b.Article.ID {
				t.Errorf("a time of the old version %s", r.Article)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	slices.Sort(current)
	if d := cmp.Diff([]string{"First. 1", "Second. 1", "The aqueduct is gone. 3", "The aqueduct is open. 1"}, current); d != "" {
		t.Error(d)
	}
	if list, err := l.Readings(ctx, link.Always); err != nil || len(list) != 4 {
		t.Errorf("%d readings, %v", len(list), err)
	}
	if hits, err := l.Search(ctx, ledger.SearchQuery{Words: "aqueduct"}); err != nil || len(hits) != 2 {
		t.Errorf("%d hits, %v", len(hits), err)
	}
	if hits, err := l.Search(ctx, ledger.SearchQuery{Words: "shut"}); err != nil || len(hits) != 0 {
		t.Errorf("an old version is found: %v, %v", hits, err)
	}
	counts, err := l.Counts(ctx)
	if err != nil || counts["article"] != 4 || counts["time"] != 2 {
		t.Errorf("counts: %v, %v", counts, err)
	}
}

func testOldVersion(t *testing.T, l ledger.Ledger) {
	a1, a2, a3, _, f1 := fillVersions(t, l)
	old, err := l.Article(ctx, a1.Article.ID)
	if err != nil {
		t.Fatal(err)
	}
	if old.Article.Text != a1.Article.Text || old.Article.Current || old.Article.Version != 1 || len(old.Times) != 1 {
		t.Errorf("old version: %+v", old)
	}
	var list []string
	for _, v := range old.Versions {
		list = append(list, fmt.Sprint(v.ID, v.Version, v.Current, v.Text))
	}
	if d := cmp.Diff([]string{fmt.Sprint(a1.Article.ID, 1, false, ""), fmt.Sprint(a2.Article.ID, 2, false, ""), fmt.Sprint(a3.Article.ID, 3, true, "")}, list); d != "" {
		t.Error(d)
	}
	if v, err := l.Article(ctx, f1.Article.ID); err != nil || len(v.Versions) != 1 || !v.Article.Current {
		t.Errorf("a file: %+v, %v", v, err)
	}
}

func testRefused(t *testing.T, l ledger.Ledger) {
	nan := 0.0
	nan /= nan
	for name, spoil := range map[string]func(r *onrecord.Reading){
		"comes twice":     func(r *onrecord.Reading) { r.Statements[1].ID = r.Statements[0].ID },
		"malformed id":    func(r *onrecord.Reading) { r.Figures[0].ID = "f1" },
		"outside":         func(r *onrecord.Reading) { r.Statements[0].Content[0].End = 1 << 20 },
		"cuts":            func(r *onrecord.Reading) { r.Statements[0].Content[0].Start++ },
		"no number":       func(r *onrecord.Reading) { r.Figures[0].Low = nan },
		"not valid UTF-8": func(r *onrecord.Reading) { r.Article.Text += "\xff" },
	} {
		bad := Invent(1)
		spoil(bad)
		_, err := l.Add(ctx, []*onrecord.Reading{Invent(0), bad})
		if err == nil || !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), "news.jsonl:2") {
			t.Errorf("%s: %v", name, err)
		}
	}
	stolen := Invent(1) // a row that belongs to another article: only the database sees it
	stolen.Figures[0].ID = Invent(0).Figures[0].ID
	if _, err := l.Add(ctx, []*onrecord.Reading{Invent(0), stolen}); err == nil {
		t.Error("a figure of two articles was kept")
	}
	if got := Dump(t, l, ""); got != "" {
		t.Errorf("kept: %s", got)
	}
	if err := SetLinks(l, &onrecord.Links{Stories: []onrecord.Story{{ID: "e1"}}}); err == nil {
		t.Error("a malformed story was kept")
	}
}

func testLinked(t *testing.T, l ledger.Ledger) {
	linked := func(model string) bool {
		t.Helper()
		yes, err := l.Linked(ctx, model)
		if err != nil {
			t.Fatal(err)
		}
		return yes
	}
	status := func() bool {
		t.Helper()
		s, err := l.Status(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return s.Linked
	}
	if !status() {
		t.Error("an empty ledger has something to link")
	}
	list := Some(6)
	Add(t, l, list[:3]...)
	if linked("links-1") || status() {
		t.Error("linked before any links")
	}
	if err := SetLinks(l, InventLinks(list[:3])); err != nil {
		t.Fatal(err)
	}
	if !linked("links-1") || linked("links-2") || !status() {
		t.Error("linked by links-1 only")
	}
	Add(t, l, list[3])
	if linked("links-1") || status() {
		t.Error("linked, but an article came")
	}
	if err := makeLinks(l, "links-1", func() *onrecord.Links {
		found, err := l.Readings(ctx, link.Always)
		if err != nil {
			t.Fatal(err)
		}
		Add(t, l, list[4]) // while they are being linked
		return InventLinks(found)
	}); err != nil {
		t.Fatal(err)
	}
	if linked("links-1") || status() {
		t.Error("linked, but an article came while linking")
	}
}

func testReviews(t *testing.T, l ledger.Ledger) {
	list, links := Fill(t, l, 5)
	row := list[2].Statements[0].ID
	at := time.Date(2031, 4, 1, 12, 0, 0, 0, time.UTC)
	first := onrecord.Review{Row: row, Action: "correct", By: "Ada", Why: "wrong speaker", At: at, Before: `{"speaker":"x"}`, After: `{"speaker":"y"}`}
	second := onrecord.Review{Row: row, Action: "reject", By: "Ben", At: at.Add(time.Hour)}
	same := onrecord.Review{Row: row, Action: "accept", By: "Cyd", At: at.Add(time.Hour)}
	for _, r := range []onrecord.Review{second, same, first, first} {
		if err := l.AddReview(ctx, r); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.AddReview(ctx, onrecord.Review{Row: row}); err == nil {
		t.Error("a review by nobody was kept")
	}
	before := Dump(t, l, "")
	again := *list[2]
	again.Model = "invented-2"
	again.Statements = again.Statements[1:] // the new model does not find the statement
	again.Statements[0].Denied, again.Statements[0].Parent = "", ""
	Add(t, l, &again)
	check := func() {
		t.Helper()
		got, err := l.Reviews(ctx, row)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff([]onrecord.Review{first, second, same}, got, cmpopts.IgnoreFields(onrecord.Review{}, "ID")); d != "" {
			t.Error(d)
		}
	}
	check()
	Add(t, l, Invent(2)) // and the next finds it again
	if err := SetLinks(l, links); err != nil {
		t.Fatal(err)
	}
	check()
	if d := cmp.Diff(before, Dump(t, l, "")); d != "" {
		t.Error(d)
	}
	if n := strings.Count(before, "*onrecord.Review "); n != 3 {
		t.Errorf("%d reviews among the rows", n)
	}
	for _, s := range links.Stories {
		want := 0
		if slices.Contains(s.Articles, list[2].Article.ID) {
			want = 3
		}
		if n := strings.Count(Dump(t, l, s.ID), "*onrecord.Review "); n != want {
			t.Errorf("%d reviews in %s, want %d", n, s.Title, want)
		}
	}
}

func testRows(t *testing.T, l ledger.Ledger) {
	_, links := Fill(t, l, 280) // statements and speakers take more than one page
	var kinds []string
	last := ""
	all := Dump(t, l, "")
	lines := map[string]bool{}
	for line := range strings.Lines(all) {
		kind, row, _ := strings.Cut(line, " ")
		var with struct{ ID string }
		if err := json.Unmarshal([]byte(row), &with); err != nil {
			t.Fatal(err)
		}
		if len(kinds) == 0 || kinds[len(kinds)-1] != kind {
			kinds, last = append(kinds, kind), ""
		}
		if with.ID <= last {
			t.Errorf("%s %s comes after %s", kind, with.ID, last)
		}
		last = with.ID
		lines[line] = true
	}
	want := []string{
		"*ledger.ArticleRow", "*ledger.SpeakerRow", "*ledger.StatementRow", "*ledger.FigureRow", "*onrecord.Time", "*onrecord.Copy",
		"*onrecord.Story", "*onrecord.Utterance", "*onrecord.Measure", "*onrecord.Dispute",
	}
	if d := cmp.Diff(want, kinds); d != "" {
		t.Error(d)
	}
	counts, err := l.Counts(ctx)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, c := range counts {
		n += c
	}
	if n != len(lines) {
		t.Errorf("%d rows, %d counted", len(lines), n)
	}
	of := map[string]bool{}
	for _, s := range links.Stories {
		for line := range strings.Lines(Dump(t, l, s.ID)) {
			if !lines[line] {
				t.Errorf("the story %s has a row that the ledger has not: %s", s.ID, line)
			}
			of[line] = true
		}
	}
	if len(of) != len(lines) { // every invented row is in some story
		t.Errorf("%d rows in stories, %d in all", len(of), len(lines))
	}
	stop := errors.New("enough")
	n = 0
	if err := l.Rows(ctx, "", func(any) error { n++; return stop }); err != stop || n != 1 {
		t.Errorf("stopped after %d rows with %v", n, err)
	}
}

func testStories(t *testing.T, l ledger.Ledger) {
	_, links := Fill(t, l, 41)
	titles := func(f ledger.StoryFilter) []string {
		t.Helper()
		rows, total, err := l.Stories(ctx, f)
		if err != nil {
			t.Fatal(err)
		}
		got := []string{}
		for _, r := range rows {
			got = append(got, strings.TrimPrefix(r.Title, "The lost "))
		}
		slices.Sort(got)
		return append(got, strconv.Itoa(total))
	}
	day := func(d int) time.Time { return time.Date(2031, 3, d, 0, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		name   string
		filter ledger.StoryFilter
		want   string
	}{
		{"all", ledger.StoryFilter{}, "bridges ferries households lamps 4"},
		{"outlet", ledger.StoryFilter{Outlet: "Valley Wire"}, "bridges 1"},
		{"no such outlet", ledger.StoryFilter{Outlet: "valley"}, "0"},
		{"language", ledger.StoryFilter{Language: "en"}, "bridges ferries households lamps 4"},
		{"another language", ledger.StoryFilter{Language: "fi"}, "0"},
		{"speaker by id", ledger.StoryFilter{Speaker: links.Speakers[0].ID}, "bridges ferries households lamps 4"},
		{"speaker by name", ledger.StoryFilter{Speaker: "VENN"}, "bridges ferries households lamps 4"},
		{"no such speaker", ledger.StoryFilter{Speaker: "Nobody"}, "0"},
		{"a speaker without letters", ledger.StoryFilter{Speaker: "%"}, "0"},
		{"from", ledger.StoryFilter{From: day(28)}, "lamps 1"},
		{"until", ledger.StoryFilter{To: day(2)}, "ferries 1"},
		{"one day", ledger.StoryFilter{From: day(2), To: day(3)}, "bridges ferries 2"}, // both run on it
		{"before all", ledger.StoryFilter{To: day(1)}, "0"},
		{"outlet and day", ledger.StoryFilter{Outlet: "The Lantern", From: day(2), To: day(3)}, "0"},
		{"outlet, language, speaker and day", ledger.StoryFilter{Outlet: "Valley Wire", Language: "en", Speaker: "Venn", From: day(2), To: day(3)}, "bridges 1"},
		{"past the end", ledger.StoryFilter{Offset: 4}, "4"},
	} {
		if got := strings.Join(titles(c.filter), " "); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	first, _, err := l.Stories(ctx, ledger.StoryFilter{Limit: 3})
	if err != nil || len(first) != 3 {
		t.Fatal(len(first), err)
	}
	rest, _, err := l.Stories(ctx, ledger.StoryFilter{Offset: 3})
	if err != nil || len(rest) != 1 {
		t.Fatal(len(rest), err)
	}
	rows := append(first, rest...)
	for i, r := range rows {
		if i > 0 && r.Last.After(rows[i-1].Last) {
			t.Error("not newest first")
		}
	}
	i := slices.IndexFunc(rows, func(r ledger.StoryRow) bool { return r.Title == "The lost ferries" })
	want := ledger.StoryRow{
		ID: rows[i].ID, Title: "The lost ferries", Articles: 11, Reports: 1, Statements: 22, Figures: 11, NewFigures: 1, Speakers: 5, Disputes: 1,
		Confidence: links.Stories[slices.IndexFunc(links.Stories, func(s onrecord.Story) bool { return s.Title == "The lost ferries" })].Confidence,
		Outlets:    []string{"Harbour Post"}, First: day(1), Last: day(25),
	}
	if d := cmp.Diff(want, rows[i]); d != "" {
		t.Error(d)
	}
}

// checkStoryRows holds the statements and figures of a view against those wanted, and their links against what was invented.
func checkStoryRows(t *testing.T, v *ledger.StoryView, statements, figures []string) {
	t.Helper()
	var got []string
	for _, s := range v.Statements {
		got = append(got, s.ID)
		named := s.Stance != onrecord.Denies // by the unnamed official
		if s.Named != named || s.SpeakerName == "" || (s.Speaker != "") != named || (s.Utterance != "") != named {
			t.Errorf("statement %+v", s)
		}
	}
	if d := cmp.Diff(statements, got); d != "" {
		t.Error(d)
	}
	got = nil
	for i, f := range v.Figures {
		got = append(got, f.ID)
		if f.Measure != v.Measures[0].ID || f.Complement != (i%2 == 1) {
			t.Errorf("figure %+v", f)
		}
	}
	if d := cmp.Diff(figures, got); d != "" {
		t.Error(d)
	}
}

func testStory(t *testing.T, l ledger.Ledger) {
	list, links := Fill(t, l, 40)
	byID := map[string]*onrecord.Reading{}
	for _, r := range list {
		byID[r.Article.ID] = r
	}
	for _, story := range links.Stories {
		v, err := l.Story(ctx, story.ID)
		if err != nil {
			t.Fatal(err)
		}
		var articles []string
		var statements, figures []string
		for _, a := range v.Articles {
			articles = append(articles, a.ID)
			if a.Story != story.ID || a.Text != byID[a.ID].Article.Text || a.Report == "" {
				t.Errorf("article %+v", a)
			}
			for _, s := range byID[a.ID].Statements {
				statements = append(statements, s.ID)
			}
			figures = append(figures, byID[a.ID].Figures[0].ID)
		}
		if d := cmp.Diff(story, v.Story); d != "" {
			t.Error(d)
		}
		if d := cmp.Diff(story.Articles, articles); d != "" {
			t.Error(d)
		}
		checkStoryRows(t, v, statements, figures)
		has := func(id string) bool { return slices.Contains(story.Articles, id) }
		want := &ledger.StoryView{
			Model: links.Model, Story: story, Articles: v.Articles, Statements: v.Statements, Figures: v.Figures, Utterances: links.Utterances,
			Reports:  keep(links.Reports, func(r onrecord.Report) bool { return has(r.Origin) }),
			Copies:   keep(links.Copies, func(c onrecord.Copy) bool { return has(c.Article) }),
			Measures: keep(links.Measures, func(m onrecord.Measure) bool { return slices.Contains(figures, m.Figures[0].Figure) }),
			Disputes: keep(links.Disputes, func(d onrecord.Dispute) bool { return slices.Contains(statements, d.Sides[0][0]) }),
		}
		for _, p := range links.Speakers {
			want.Speakers = append(want.Speakers, ledger.SpeakerRow{Speaker: p})
		}
		byID := cmpopts.SortSlices
		if d := cmp.Diff(want, v, cmpopts.IgnoreFields(ledger.SpeakerRow{}, "Statements", "Articles"), byID(func(a, b ledger.SpeakerRow) bool { return a.ID < b.ID }), byID(func(a, b onrecord.Utterance) bool { return a.ID < b.ID }),
			byID(func(a, b onrecord.Copy) bool { return a.ID < b.ID })); d != "" {
			t.Error(d)
		}
	}
}

func keep[T any](list []T, f func(T) bool) []T {
	var some []T
	for _, v := range list {
		if f(v) {
			some = append(some, v)
		}
	}
	return some
}

func testArticle(t *testing.T, l ledger.Ledger) {
	list, links := Fill(t, l, 20)
	for _, r := range list {
		v, err := l.Article(ctx, r.Article.ID)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(*r.Article, v.Article.Article); d != "" {
			t.Error(d)
		}
		if d := cmp.Diff(r.Times, v.Times); d != "" {
			t.Error(d)
		}
		if d := cmp.Diff(r.Speakers, v.Speakers); d != "" {
			t.Error(d)
		}
		if d := cmp.Diff(r.Asides, v.Asides); d != "" {
			t.Error(d)
		}
		if len(v.Statements) != 2 || v.Statements[0].ArticleSpeaker != r.Speakers[0].ID || v.Statements[0].Speaker != links.SpeakerOf[r.Speakers[0].ID] || len(v.Figures) != 1 {
			t.Errorf("%+v", v.Statements)
		}
		want := keep(links.Copies, func(c onrecord.Copy) bool { return c.Article == r.Article.ID || c.Origin == r.Article.ID })
		if d := cmp.Diff(want, v.Copies, cmpopts.SortSlices(func(a, b onrecord.Copy) bool { return a.ID < b.ID })); d != "" {
			t.Error(d)
		}
		if !strings.HasPrefix(v.StoryTitle, "The lost ") || len(v.Versions) != 1 || v.Versions[0].Text != "" {
			t.Errorf("%+v", v)
		}
	}
}

// fillSpokenOf adds readings that speak of a council, which says nothing, and of somebody who speaks in so many of them.
func fillSpokenOf(t *testing.T, l ledger.Ledger) (council, venn onrecord.Speaker, speaks int, links *onrecord.Links) {
	t.Helper()
	list := Some(6)
	for i, r := range list { // the newspaper of the harbour speaks of a council in each, and of who speaks in the others
		at := onrecord.Span{Start: 0, End: 1}
		for _, name := range []string{"Pilots' Council", "Orla Venn"} {
			if name != r.Speakers[0].Name {
				r.Speakers = append(r.Speakers, onrecord.Speaker{ID: onrecord.NewID(onrecord.SpeakerKind, r.Article.ID, name), Article: r.Article.ID, Name: name, Kind: onrecord.Person, Spans: []onrecord.Span{at}, Confidence: 1})
			}
		}
		list[i] = r
	}
	Add(t, l, list...)
	links = InventLinks(list)
	council = onrecord.Speaker{ID: onrecord.NewID(onrecord.SpeakerKind, "council"), Name: "Pilots' Council", Kind: onrecord.Organisation, Confidence: 1}
	links.Speakers = append(links.Speakers, council)
	venn = links.Speakers[slices.IndexFunc(links.Speakers, func(p onrecord.Speaker) bool { return p.Name == "Orla Venn" })]
	for _, r := range list {
		for _, p := range r.Speakers {
			switch p.Name {
			case council.Name:
				links.SpeakerOf[p.ID] = council.ID
			case venn.Name:
				links.SpeakerOf[p.ID] = venn.ID
			}
		}
		if r.Speakers[0].Name == venn.Name {
			speaks++
		}
	}
	if err := SetLinks(l, links); err != nil {
		t.Fatal(err)
	}
	return council, venn, speaks, links
}

func testSpokenOf(t *testing.T, l ledger.Ledger) {
	council, venn, speaks, _ := fillSpokenOf(t, l)
	for _, c := range []struct {
		id                             string
		statements, articles, spokenOf int
	}{{council.ID, 0, 0, 6}, {venn.ID, speaks, speaks, 6 - speaks}} {
		v, err := l.Speaker(ctx, c.id, ledger.SpeakerFilter{NamedLimit: 2, NamedAt: 1})
		if err != nil {
			t.Fatal(err)
		}
		if v.Speaker.Statements != c.statements || v.Speaker.Articles != c.articles || v.Speaker.SpokenOf != c.spokenOf || len(v.SpokenOf) != min(2, c.spokenOf-1) {
			t.Errorf("%s: %d statements in %d articles, spoken of in %d, %d of them given", v.Speaker.Name, v.Speaker.Statements, v.Speaker.Articles, v.Speaker.SpokenOf, len(v.SpokenOf))
		}
		for i, n := range v.SpokenOf {
			if len(n.Spans) != 1 || n.Article.Text == "" || i > 0 && n.Article.Published.Value > v.SpokenOf[i-1].Article.Published.Value {
				t.Errorf("%s is named in %+v", v.Speaker.Name, n)
			}
		}
	}
}

// testOnlySpokenOf: who says nothing stands among the speakers, at the end, and is none of a story.
func testOnlySpokenOf(t *testing.T, l ledger.Ledger) {
	council, _, _, links := fillSpokenOf(t, l)
	for who, want := range map[string]bool{"": true, ledger.Speaking: false, ledger.OnlySpokenOf: true} {
		rows, err := l.Speakers(ctx, ledger.SpeakersFilter{Name: "pilots", Who: who})
		if err != nil || (len(rows) == 1) != want {
			t.Errorf("%q: %+v, %v", who, rows, err)
		}
	}
	all, err := l.Speakers(ctx, ledger.SpeakersFilter{})
	if err != nil || len(all) == 0 || all[len(all)-1].ID != council.ID {
		t.Errorf("who says nothing does not come last: %v", err)
	}
	if rows, err := l.Called(ctx, "PILOTS' council", 0); err != nil || len(rows) != 1 || rows[0].ID != council.ID {
		t.Errorf("%+v, %v", rows, err)
	}
	if rows, err := l.Called(ctx, "Pilots", 0); err != nil || len(rows) != 0 {
		t.Errorf("a part of the name: %+v, %v", rows, err)
	}
	story, err := l.Story(ctx, links.Stories[0].ID)
	if err != nil || slices.ContainsFunc(story.Speakers, func(p ledger.SpeakerRow) bool { return p.ID == council.ID }) {
		t.Errorf("the council is a speaker of the story: %v", err)
	}
}

func testSpeakers(t *testing.T, l ledger.Ledger) {
	Fill(t, l, 21)
	for name, want := range map[string]string{
		"":            "Orla Venn, Bram Oster, Ines Maro, Lía Förde, Tomas Quill",
		"  ":          "Orla Venn, Bram Oster, Ines Maro, Lía Förde, Tomas Quill",
		"Venn":        "Orla Venn",
		"orla ve":     "Orla Venn",
		"FORDE":       "Lía Förde",
		"o":           "Orla Venn, Bram Oster",
		"rla":         "",
		"?!":          "",
		"%":           "",
		"_____":       "",
		"Venn\x00":    "Orla Venn",
		"nobody here": "",
	} {
		rows, err := l.Speakers(ctx, ledger.SpeakersFilter{Name: name})
		if err != nil {
			t.Errorf("%q: %v", name, err)
		}
		var got []string
		for _, r := range rows {
			got = append(got, r.Name)
		}
		if s := strings.Join(got, ", "); s != want {
			t.Errorf("%q: %s, want %s", name, s, want)
		}
	}
	if rows, err := l.Speakers(ctx, ledger.SpeakersFilter{Name: strings.Repeat("long ", 1<<20)}); err != nil || rows != nil {
		t.Error(rows, err)
	}
}

// testSpeaker: one speaker with statements and disputes.
func testSpeaker(t *testing.T, l ledger.Ledger) {
	_, links := Fill(t, l, 21)
	rows, err := l.Speakers(ctx, ledger.SpeakersFilter{Limit: 1})
	if err != nil || len(rows) != 1 || rows[0].Statements != 5 || rows[0].Articles != 5 {
		t.Errorf("%+v, %v", rows, err)
	}
	v, err := l.Speaker(ctx, rows[0].ID, ledger.SpeakerFilter{})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(links.Speakers[0], v.Speaker.Speaker); d != "" {
		t.Error(d)
	}
	if len(v.Statements) != 5 || len(v.Disputes) != 4 {
		t.Errorf("%d statements, %d disputes", len(v.Statements), len(v.Disputes))
	}
	for i, p := range v.Statements {
		if i > 0 && p.Published.Value > v.Statements[i-1].Published.Value {
			t.Error("not newest first")
		}
		if p.Speaker != rows[0].ID || p.SpeakerName != "Orla Venn" || p.Story == "" {
			t.Errorf("%+v", p)
		}
	}
	if v.Total != 5 || v.Speaker.Articles != 5 || v.Disputed != 4 || v.Model != links.Model {
		t.Errorf("%d statements in %d articles, %d disputes, model %s", v.Total, v.Speaker.Articles, v.Disputed, v.Model)
	}
}

// testSpeakerParts: the statements of one channel, the last alone, and those of a stance that nobody takes.
func testSpeakerParts(t *testing.T, l ledger.Ledger) {
	_, links := Fill(t, l, 21)
	id := links.Speakers[0].ID
	v, err := l.Speaker(ctx, id, ledger.SpeakerFilter{})
	if err != nil {
		t.Fatal(err)
	}
	testChannels(t, l, v)
	last, err := l.Speaker(ctx, id, ledger.SpeakerFilter{Offset: 4})
	if err != nil || len(last.Statements) != 1 || last.Statements[0].ID != v.Statements[4].ID {
		t.Error(last, err)
	}
	none, err := l.Speaker(ctx, id, ledger.SpeakerFilter{Stance: onrecord.Asks})
	if err != nil || len(none.Statements) != 0 || none.Total != 0 {
		t.Error(none, err)
	}
}

// testChannels: where a speaker is heard, and what is said in one of these channels alone.
func testChannels(t *testing.T, l ledger.Ledger, v *ledger.SpeakerView) {
	t.Helper()
	n := 0
	for _, c := range v.Channels {
		n += c.Statements
		part, err := l.Speaker(ctx, v.Speaker.ID, ledger.SpeakerFilter{Outlet: c.Outlet, Stance: c.Stance, Limit: 1, DisputeLimit: 3, DisputeAt: 2})
		if err != nil || part.Total < c.Statements || len(part.Statements) != 1 || part.Statements[0].Stance != c.Stance || len(part.Disputes) != 2 {
			t.Errorf("%+v: %d of %d statements, %d disputes, %v", c, len(part.Statements), part.Total, len(part.Disputes), err)
		}
	}
	if n != 5 {
		t.Errorf("%d statements in channels", n)
	}
}

func testPassages(t *testing.T, l ledger.Ledger) {
	list, _ := Fill(t, l, 30)
	var ids []string
	for i := len(list) - 1; i >= 0; i-- {
		ids = append(ids, list[i].Statements[i%2].ID, "unknown", onrecord.NewID(onrecord.StatementKind, "unknown"))
	}
	got, err := l.Passages(ctx, ids)
	if err != nil || len(got) != len(list) {
		t.Fatal(len(got), err)
	}
	for i, p := range got {
		r := list[len(list)-1-i]
		if p.ID != ids[3*i] || p.Title != r.Article.Title || p.Outlet != r.Article.Outlet || p.Published != r.Article.Published {
			t.Errorf("%+v", p)
		}
		if p.Around != p.AroundSpan.Of(r.Article.Text) || slices.ContainsFunc(slices.Concat(p.Source, p.Cue, p.Content), func(s onrecord.Span) bool { return !p.AroundSpan.Contains(s) }) {
			t.Errorf("around: %q at %v", p.Around, p.AroundSpan)
		}
		if strings.Contains(p.Around, "\n") {
			t.Errorf("around goes beyond the paragraph: %q", p.Around)
		}
		if p.Stance == onrecord.Asserts && !strings.HasSuffix(p.Text, " … part of it") {
			t.Errorf("text %q", p.Text)
		}
	}
	if got, err := l.Passages(ctx, nil); err != nil || got != nil {
		t.Error(got, err)
	}
}

func testSearch(t *testing.T, l ledger.Ledger) {
	list, links := Fill(t, l, 40)
	day := func(d int) time.Time { return time.Date(2031, 3, d, 0, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		name                 string
		q                    ledger.SearchQuery
		articles, statements int
	}{
		{"a word", ledger.SearchQuery{Words: "ferries", Limit: 100}, 10, 10},
		{"its other form", ledger.SearchQuery{Words: "ferry", Limit: 100}, 10, 10},
		{"other case and accents", ledger.SearchQuery{Words: "CAFE förde", Limit: 100}, 8, 0},
		{"two words", ledger.SearchQuery{Words: "lamps lost", Limit: 100}, 10, 10},
		{"a phrase", ledger.SearchQuery{Words: `"lamps were lost"`, Limit: 100}, 10, 10},
		{"a phrase that is none", ledger.SearchQuery{Words: `"lost lamps"`, Limit: 100}, 0, 0},
		{"curly quotation marks", ledger.SearchQuery{Words: `“lamps were lost”`, Limit: 100}, 10, 10},
		{"an open quotation mark", ledger.SearchQuery{Words: `"lost lamps`, Limit: 100}, 10, 10},
		{"syntax is words", ledger.SearchQuery{Words: `ferries AND`, Limit: 100}, 0, 0},
		{"speaker", ledger.SearchQuery{Words: "ferries", Speaker: "Oster", Limit: 100}, 0, 2},
		{"speaker by id", ledger.SearchQuery{Words: "ferries", Speaker: links.Speakers[0].ID, Limit: 100}, 0, 2},
		{"no such speaker", ledger.SearchQuery{Words: "ferries", Speaker: "?", Limit: 100}, 0, 0},
		{"outlet", ledger.SearchQuery{Words: "lost", Outlet: "Valley Wire", Limit: 100}, 10, 10},
		{"kind", ledger.SearchQuery{Words: "lost", Kind: onrecord.Indirect, Limit: 100}, 0, 0},
		{"stance", ledger.SearchQuery{Words: "ferries", Stance: onrecord.Asserts, Limit: 100}, 0, 10},
		{"certainty", ledger.SearchQuery{Words: "ferries", Certainty: .8, Limit: 100}, 0, 10},
		{"no such certainty", ledger.SearchQuery{Words: "ferries", Certainty: .9, Limit: 100}, 0, 0},
		{"speech", ledger.SearchQuery{Words: "ferries", Speech: true, Limit: 100}, 0, 10},
		{"days", ledger.SearchQuery{Words: "ferries", From: day(1), To: day(2), Limit: 100}, 1, 1},
		{"from", ledger.SearchQuery{Words: "ferries", From: day(25), Limit: 100}, 1, 1},
		{"no word", ledger.SearchQuery{Words: "?! -", Limit: 100}, 0, 0},
		{"limit", ledger.SearchQuery{Words: "ferries", Limit: 5}, 2, 3},
	} {
		hits, err := l.Search(ctx, c.q)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		n := map[string]int{}
		for _, h := range hits {
			n[h.Kind]++
			i := slices.IndexFunc(list, func(r *onrecord.Reading) bool { return r.Article.ID == h.Article })
			if i < 0 || h.Title != list[i].Article.Title || h.Outlet != list[i].Article.Outlet || h.Published != list[i].Article.Published {
				t.Errorf("%s: %+v", c.name, h)
			}
			if (h.Speaker != "") != (h.Kind == "statement") || len(h.Found) == 0 {
				t.Errorf("%s: %+v", c.name, h)
			}
		}
		if n["article"] != c.articles || n["statement"] != c.statements {
			t.Errorf("%s: %v, want %d articles, %d statements", c.name, n, c.articles, c.statements)
		}
	}
	hits, err := l.Search(ctx, ledger.SearchQuery{Words: "ferry", Speaker: "Oster", Limit: 1})
	if err != nil || len(hits) != 1 {
		t.Fatal(hits, err)
	}
	if h := hits[0]; len(h.Found) != 1 || h.Found[0].Of(h.Snippet) != "ferries" {
		t.Errorf("found %v in %q", h.Found, h.Snippet)
	}
	hopes := *list[slices.IndexFunc(list, func(r *onrecord.Reading) bool { return r.Article.ID == hits[0].Article })]
	hopes.Model = "invented-2"
	hopes.Statements = slices.Clone(hopes.Statements)
	for i := range hopes.Statements {
		hopes.Statements[i].Stance = onrecord.Believes
	}
	Add(t, l, &hopes)
	if hits, err := l.Search(ctx, ledger.SearchQuery{Words: "ferries", Speech: true, Limit: 100}); err != nil || len(hits) != 9 {
		t.Errorf("%d statements of speech, want 9, %v", len(hits), err)
	}
}

func testSearchAny(t *testing.T, l ledger.Ledger) {
	Fill(t, l, 10)
	marked := version("https://marks.example/", "odd \x02marks\x03 in \x03 the \x02 text")
	Add(t, l, marked)
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.OneOf(rapid.String(), rapid.StringOfN(rapid.RuneFrom([]rune("\"'*(){}^:-+ abANDORNEAR\x00\x02é“””ferislot")), 0, 40, -1), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })).Draw(t, "words")
		hits, err := l.Search(ctx, ledger.SearchQuery{Words: words})
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range hits {
			end := 0
			for _, f := range h.Found {
				if f.Start < end || f.End <= f.Start || f.End > len(h.Snippet) || !utf8.ValidString(f.Of(h.Snippet)) {
					t.Fatalf("found %v in %q", h.Found, h.Snippet)
				}
				end = f.End
			}
		}
	})
	if hits, err := l.Search(ctx, ledger.SearchQuery{Words: "odd marks"}); err != nil || len(hits) != 1 {
		t.Errorf("%v, %v", hits, err)
	}
}

func testSnapshot(t *testing.T, l ledger.Ledger) {
	Fill(t, l, 3)
	before := Dump(t, l, "")
	var during strings.Builder
	e := json.NewEncoder(&during)
	n := 0
	if err := l.Rows(ctx, "", func(row any) error {
		if n++; n == 2 { // somebody writes while we look
			Add(t, l, Invent(7), Invent(8))
			if err := SetLinks(l, &onrecord.Links{Model: "none"}); err != nil {
				t.Error(err)
			}
		}
		fmt.Fprintf(&during, "%T ", row)
		return e.Encode(row)
	}); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(before, during.String()); d != "" {
		t.Error(d)
	}
	if Dump(t, l, "") == before {
		t.Error("the change was lost")
	}
}

// testOrder: the same articles in any order and any batches, some more than once, make the same rows.
func testOrder(t *testing.T, open func(t *testing.T) ledger.Ledger) {
	list := Some(12)
	l := open(t)
	Add(t, l, list...)
	if err := SetLinks(l, InventLinks(list)); err != nil {
		t.Fatal(err)
	}
	want := Dump(t, l, "")
	rapid.Check(t, func(rt *rapid.T) {
		l := open(t)
		order := rapid.Permutation(append(slices.Clone(list), rapid.SliceOfN(rapid.SampledFrom(list), 0, 5).Draw(rt, "twice")...)).Draw(rt, "order")
		for len(order) > 0 {
			n := rapid.IntRange(1, len(order)).Draw(rt, "batch")
			if _, err := l.Add(ctx, order[:n]); err != nil {
				rt.Fatal(err)
			}
			order = order[n:]
		}
		readings, err := l.Readings(ctx, link.Always)
		if err != nil {
			rt.Fatal(err)
		}
		if err := SetLinks(l, InventLinks(readings)); err != nil {
			rt.Fatal(err)
		}
		if d := cmp.Diff(want, Dump(t, l, "")); d != "" {
			rt.Fatal(d)
		}
		if err := l.Close(); err != nil {
			rt.Fatal(err)
		}
	})
}

// testTotals: what the pages say of the whole ledger is what was linked last, and whether there is more.
func testTotals(t *testing.T, l ledger.Ledger) {
	if totals, more, err := l.Totals(ctx); err != nil || len(totals) != 0 || more {
		t.Error(totals, more, err)
	}
	_, links := Fill(t, l, 40)
	want := map[string]int{"article": 40, "statement": 80, "figure": 40, "story": len(links.Stories), "dispute": len(links.Disputes)}
	totals, more, err := l.Totals(ctx)
	if d := cmp.Diff(want, totals); d != "" || more || err != nil {
		t.Error(d, more, err)
	}
	Add(t, l, Some(50)[45:]...)
	totals, more, err = l.Totals(ctx)
	if d := cmp.Diff(want, totals); d != "" || !more || err != nil {
		t.Error(d, more, err)
	}
}

// testInput: what was begun to be read is known until it was read to its end.
func testInput(t *testing.T, l ledger.Ledger) {
	for _, c := range []struct {
		do    func(context.Context, []string) error
		input []string
		open  []string
	}{
		{l.Begin, nil, nil},
		{l.Begin, []string{"/b/it's \"news\"", "/a"}, []string{"/a", "/b/it's \"news\""}},
		{l.Begin, []string{"/a", "https://a.example/"}, []string{"/a", "/b/it's \"news\"", "https://a.example/"}},
		{l.End, []string{"/a", "/never begun"}, []string{"/b/it's \"news\"", "https://a.example/"}},
		{l.End, []string{"https://a.example/", "/b/it's \"news\""}, nil},
	} {
		if err := c.do(ctx, c.input); err != nil {
			t.Fatal(err)
		}
		if s, err := l.Status(ctx); err != nil || !slices.Equal(s.Unfinished, c.open) {
			t.Errorf("%q: %q, %v", c.input, s.Unfinished, err)
		}
	}
}

func testRefusals(t *testing.T, l ledger.Ledger) {
	for _, want := range [][]ledger.Refusal{nil, {{File: "a.jsonl", Line: 3, Reason: "no text"}, {File: "b.html", Reason: "not HTML"}}, {{File: "c", Line: 1, Reason: "later"}}, nil} {
		if err := l.SetRefusals(ctx, want); err != nil {
			t.Fatal(err)
		}
		got, err := l.Refusals(ctx)
		if d := cmp.Diff(want, got); d != "" || err != nil {
			t.Error(d, err)
		}
	}
	if err := l.SetRefusals(ctx, make([]ledger.Refusal, 1005)); err != nil {
		t.Fatal(err)
	}
	if got, err := l.Refusals(ctx); len(got) != 1000 || err != nil {
		t.Error(len(got), err)
	}
}

// testAdded: of what is added the ledger says what was new to it, whoever else adds it too.
func testAdded(t *testing.T, l ledger.Ledger) {
	list := Some(4)
	other := *list[1]
	other.Model = "invented-2"
	later := *list[2]
	article := *later.Article
	article.Byline = "Another"
	later.Article = &article
	for i, c := range []struct {
		add  []*onrecord.Reading
		want ledger.Added
	}{
		{nil, ledger.Added{}},
		{list[:3], ledger.Added{New: 3}},
		{list, ledger.Added{New: 1, Known: 3}},
		{list, ledger.Added{Known: 4}},
		{[]*onrecord.Reading{&other, list[0], &later, &later}, ledger.Added{Again: 2, Known: 2}},
		{[]*onrecord.Reading{list[1], &other, list[1]}, ledger.Added{Again: 3}},
	} {
		if got, err := l.Add(ctx, c.add); err != nil || got != c.want {
			t.Errorf("%d: %+v, want %+v, %v", i, got, c.want, err)
		}
	}
	known, err := l.Known(ctx, []string{list[1].Article.ID, article.ID})
	if err != nil || known[list[1].Article.ID] != ledger.Digest(list[1].Article, "invented-1") || known[article.ID] != ledger.Digest(&article, "invented-1") {
		t.Errorf("the later does not hold: %v, %v", known, err)
	}
}

// testModels: which models have read the articles, and what is to be read again.
func testModels(t *testing.T, l ledger.Ledger) {
	check := func(want map[string]int, others int) {
		t.Helper()
		models, err := l.Models(ctx)
		if d := cmp.Diff(want, models); d != "" || err != nil {
			t.Error(d, err)
		}
		status, err := l.Status(ctx)
		if d := cmp.Diff(slices.Sorted(maps.Keys(want)), status.Models); d != "" || err != nil {
			t.Error(d, err)
		}
		if status.ReadByOthers("invented-2") != (others > 0) {
			t.Errorf("%+v", status)
		}
		last := ""
		for {
			list, err := l.ReadByOthers(ctx, "invented-2", last)
			if err != nil {
				t.Fatal(err)
			}
			if len(list) == 0 {
				break
			}
			for _, a := range list {
				if a.ID <= last || onrecord.ArticleID(&a) != a.ID {
					t.Errorf("%+v after %s", a, last)
				}
				last = a.ID
				others--
			}
		}
		if others != 0 {
			t.Errorf("%d articles are left out", others)
		}
	}
	check(map[string]int{}, 0)
	list := Some(8)
	Add(t, l, list...)
	old := version("https://one.example/", "The aqueduct is open.")
	Add(t, l, old, version("https://one.example/", "The aqueduct is shut."))
	check(map[string]int{"invented-1": 8, "m": 2}, 10)
	for _, r := range append(list[:7:7], old) {
		again := *r
		again.Model = "invented-2"
		Add(t, l, &again)
	}
	check(map[string]int{"invented-1": 1, "invented-2": 8, "m": 1}, 2)
}

// testPlans: of two who link at once the one who planned last goes on.
func testPlans(t *testing.T, l ledger.Ledger) {
	list := Some(6)
	Add(t, l, list...)
	first, err := l.Plan(ctx, "links-1", planAll)
	if err != nil {
		t.Fatal(err)
	}
	if err := SetLinks(l, InventLinks(list)); err != nil {
		t.Fatal(err)
	}
	want := Dump(t, l, "")
	_, err1 := l.SetPeriod(ctx, first, link.Always, nil, &link.Rows{Links: *InventLinks(list[:2]), Claimed: link.NewClaimed()})
	_, err2 := l.Unite(ctx, first, func([]ledger.Part, []string) ledger.United { return ledger.United{} })
	err3, err4 := l.Count(ctx, first, link.Always), l.Redirect(ctx, first, func(map[string]int) string { return "" })
	for i, err := range []error{err1, err2, err3, err4, l.Finish(ctx, first)} {
		if !errors.Is(err, ledger.ErrReplaced) {
			t.Errorf("%d: %v", i, err)
		}
	}
	if d := cmp.Diff(want, Dump(t, l, "")); d != "" {
		t.Error(d)
	}
}
