package serve

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/onrecord/onrecord/engine"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/sqlite"
)

// A shown thing is what the case's README lists, and where in the pages it must stand: words that are all on one page of a kind, or
// all in elements of one class on it.
type shown struct {
	what    string
	page    string // how its address begins
	words   []string
	class   string
	missing string // why the pages do not show it yet; the test fails once they do
}

var syria = []shown{
	// Utterances
	{"one thing said: > 90 percent, quoted twice, with both spellings", "/utterance/", []string{"reater than 90 percent", "Greater than 90% of", "John Kirby"}, "", ""},
	{"the same in a paraphrase by a U.S. official", "/utterance/", []string{"reater than 90 percent", "More than 90 percent of Russian", "attributed to U.S. official"}, "", ""},
	{"what they mostly hit, quoted in three articles, with a name put in", "/utterance/", []string{"largely against opposition groups", "“[Bashar]” added"}, "", ""},
	{"the comparator that is gone", "/utterance/", []string{"comparator: “greater than” dropped", "90 percent of all Russian"}, "", ""},
	{"the hedge that is gone", "/utterance/", []string{"90 percent of all Russian", "seen them take to date” dropped"}, "", ""},
	{"three who are credited: the man, the department, an official", "/utterance/", []string{"John Kirby", "“John Kirby” became “State Department”", "“John Kirby” became “U.S. official”"}, "", ""},
	{"one sentence given to two", "/dispute/", []string{"Disputed attribution", "John Kirby", "John Kerry", "the more Russia moves"}, "", ""},

	// Figures that answer one question
	{"> 90, and 90 as told", "/measure/", []string{"> 90 percent", "90 percent of all Russian"}, "", ""},
	{"one question, all its answers", "/measure/", []string{"> 90 percent", "90 percent", "≈ 70 percent", "70 percent", "Brett McGurk", "senior U.S. official", "John Kirby"}, "", ""},
	{"as of the days told", "/measure/", []string{"≈ 70 percent", "30 Sep 2015"}, "", ""},
	{"the third as the other part", "/measure/", []string{"complement: 1 − 0.333 = 0.667"}, "", ""},
	{"over time", "/measure/", []string{"Over time", "published", "as of", "Download as SVG"}, "", ""},

	// Other figures
	{"sorties and targets, with their days", "/article/", []string{"431", "1,458", "26 Nov – 4 Dec 2015"}, "", ""},
	{"at least 200 civilians, with their days", "/article/", []string{"> 200", "30 Sep – 29 Nov 2015", "killed"}, "", ""},
	{"scores of civilians", "/article/", []string{"≈ 40 to 100 (vague)", "killed"}, "", ""},
	{"65 members, more than 60 nations", "/article/", []string{"> 60", "65"}, "", ""},
	{"250,000 dead", "/article/", []string{"> 250,000", "killed"}, "", ""},
	{"4.4 million driven out", "/article/", []string{"4,400,000", "displaced"}, "", ""},
	{"12.5 miles", "/article/", []string{"12.5 mile"}, "", ""},

	// Disputes
	{"> 90 percent against the foreign minister", "/dispute/", []string{"Contradiction", "reater than 90 percent", "Sergei Lavrov"}, "", ""},
	{"the envoy against the general", "/dispute/", []string{"Brett McGurk", "Igor Konashenkov"}, "", ""},
	{"the senior official against Russia", "/dispute/", []string{"Contradiction", "senior U.S. official", "Russia"}, "", ""},
	{"Russia denies that civilians were killed, first", "/dispute/", []string{"Denial", "Rescue workers", "Russia denies"}, "", ""},
	{"and again", "/dispute/", []string{"Denial", "Amnesty International", "Russia denies"}, "", ""},
	{"and that they were aimed at", "/dispute/", []string{"Denial", "targeting civilians", "denies"}, "", ""},
	{"the U.S. denies a bombing", "/dispute/", []string{"Denial", "12.5 miles", "denies"}, "", ""},
	{"who printed which", "/dispute/", []string{"Published by", "not published"}, "", ""},

	// Names
	{"one group of many names", "/speaker/", []string{"Islamic State", "ISIL", "ISIS"}, "who", ""},
	{"and Daesh", "/speaker/", []string{"Islamic State", "ISIS", "Daesh"}, "who", ""},
	{"taught by the texts", "/speaker/", []string{"Aliases explained in articles", "ISIS for Islamic State", "also known as ISIS"}, "", ""},
	{"al-Qaeda in three spellings", "/speaker/", []string{"al-Qaida", "al Qaeda", "al-Qaeda"}, "who", ""},
	{"Sergey and Sergei", "/speaker/", []string{"Sergei Lavrov", "Sergey Lavrov"}, "who", ""},
	{"Assad with and without his first name", "/speaker/", []string{"Bashar", "Assad", "Also known as"}, "who", ""},
	{"the spokesman in three articles", "/speaker/", []string{"John Kirby", "State Department spokesman", "in 3 articles"}, "", ""},
	{"Moscow is a speaker", "/speaker/", []string{"Moscow", "of Russia"}, "", ""},
	{"so is the Kremlin", "/speaker/", []string{"Kremlin", "of Russia"}, "", ""},
	{"so is the ministry", "/speaker/", []string{"Russian Defence Ministry", "organisation"}, "", ""},
	{"an unnamed official is nobody else", "/speaker/", []string{"senior U.S. official", "unnamed", "never merged with a named one"}, "", ""},

	// Relays and reports
	{"the general by an agency", "/article/", []string{"Igor Konashenkov", "via Tass"}, "", ""},
	{"the ministry by the country's agencies", "/article/", []string{"1,458", "via Russian news agencies"}, "", ""},
	{"the denial by a channel", "/article/", []string{"12.5", "via CNN"}, "", ""},
	{"a newspaper's own source", "/article/", []string{"Sources:", "The Guardian (credited at the end)", "BBC (credited at the end)"}, "", ""},
	{"one origin, not three reports", "/story/", []string{"3 articles, 1 independent report"}, "", ""},

	// Times
	{"Wednesday", "/article/", []string{"Wednesday", "2015-10-07"}, "", ""},
	{"the last two days", "/article/", []string{"two days", "P2D"}, "", ""},
	{"last week", "/article/", []string{"last week", "2015-W40"}, "", ""},
	{"late last month", "/article/", []string{"late last month", "2015-09"}, "", ""},
	{"the month of the count", "/article/", []string{"2015-12", "last month"}, "", ""},
	{"a photograph's day is no publication's", "/article/", []string{"Few Russian Strikes", "9 Jan 2016 (given)"}, "", ""},
	{"a copyright's year is none either", "/article/", []string{"Russia Stands Firm", "11 Feb 2016 (given)"}, "", ""},

	// Not news
	{"a widget's line", "/article/", []string{"LockerDome"}, "aside", ""},
	{"a photograph's credit", "/article/", []string{"Photograph: Russian Defence Ministry"}, "aside", ""},
	{"two captions of one picture", "/article/", []string{"A frame grab", "Dec. 4, 2015"}, "aside", ""},
	{"an agency's notice", "/article/", []string{"PROVIDED BY A THIRD PARTY"}, "aside", ""},
	{"a copyright line", "/article/", []string{"2024"}, "aside", ""},

	// Asked for and awaited
	{"a formal answer", "/article/", []string{"a formal response"}, "content", ""},
	{"talks that keep the two apart", "/article/", []string{"deconfliction"}, "content", ""},
	{"peace talks", "/article/", []string{"Munich", "peace talks"}, "", ""},
}

// TestSyriaInThePages reads the case's articles and goes through all pages from the front page on: what its README says a careful
// reader finds must stand on a page of the right kind, or be listed as missing with a reason.
func TestSyriaInThePages(t *testing.T) {
	file := filepath.Join("..", "..", "shared", "cases", "syria", "articles.jsonl")
	if _, err := os.Stat(file); err != nil {
		t.Skip("the case is not here: ", err)
	}
	l, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "syria.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if _, err := engine.Read(t.Context(), l, []string{file}, engine.Options{Workers: 2}); err != nil {
		t.Fatal(err)
	}
	h := New(l)
	pages := map[string]map[string]string{} // text by address and class, "" for all of it
	for queue := []string{"/", "/speakers"}; len(queue) > 0; queue = queue[1:] {
		path := queue[0]
		if pages[path] != nil {
			continue
		}
		rec := visit(h, path)
		if rec.Code != http.StatusOK {
			t.Errorf("%s answers %d", path, rec.Code)
		}
		d := well(t, path, rec)
		pages[path] = map[string]string{"": words(textOf(d.Node)), "aside": words(d.in("aside")), "content": words(d.in("content")), "who": words(d.in("name") + " " + d.in("facts"))}
		for _, link := range d.links {
			u, err := url.Parse(link)
			if err != nil || u.Host != "" {
				continue
			}
			if u.Path == "" && u.RawQuery == "doubtful="+showDoubtful { // as a careful reader does
				queue = append(queue, path+"?"+u.RawQuery)
			}
			if kind, _, _ := strings.Cut(strings.TrimPrefix(u.Path, "/"), "/"); u.RawQuery == "" && slices.Contains([]string{"story", "article", "speaker", "utterance", "measure", "dispute"}, kind) {
				queue = append(queue, u.Path)
			}
		}
	}
	there := 0
	for _, x := range syria {
		found := false
		for path, text := range pages {
			all := strings.HasPrefix(path, x.page)
			for _, w := range x.words {
				all = all && strings.Contains(text[x.class], w)
			}
			found = found || all
		}
		switch {
		case found && x.missing != "":
			t.Errorf("%s: the pages show it now; it is no longer missing", x.what)
		case found:
			there++
		case x.missing != "":
			t.Logf("not shown: %s: %s", x.what, x.missing)
		default:
			t.Errorf("%s: no page %s… says all of %q", x.what, x.page, x.words)
		}
	}
	t.Logf("%d of %d are shown", there, len(syria))
}

// TestSyriaWithoutMetadata reads the case's texts as a person would save them: no page guesses a day of publication.
func TestSyriaWithoutMetadata(t *testing.T) {
	folder := filepath.Join("..", "..", "shared", "cases", "syria", "articles")
	if _, err := os.Stat(folder); err != nil {
		t.Skip("the case is not here: ", err)
	}
	l, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "syria.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if _, err := engine.Read(t.Context(), l, []string{folder}, engine.Options{Workers: 2}); err != nil {
		t.Fatal(err)
	}
	h := New(l)
	stories, _, err := l.Stories(t.Context(), ledger.StoryFilter{})
	if err != nil {
		t.Fatal(err)
	}
	articles := 0
	for _, s := range stories {
		v, err := l.Story(t.Context(), s.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range v.Articles {
			articles++
			if text := words(well(t, a.ID, visit(h, "/article/"+a.ID)).in("lead")); !strings.Contains(text, unknownDay) {
				t.Errorf("%s is published %s", a.File, text)
			}
		}
	}
	if articles != 5 {
		t.Errorf("%d articles", articles)
	}
}

func words(s string) string { return strings.Join(strings.Fields(s), " ") }

// in is the text of the elements of a class, as they come.
func (d *document) in(class string) string {
	var b strings.Builder
	for n := range d.Descendants() {
		if n.Type == html.ElementNode && slices.Contains(strings.Fields(attr(n, "class")), class) {
			b.WriteString(textOf(n))
		}
	}
	return b.String()
}
