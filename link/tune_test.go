package link

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"onrecord"
)

type goldArticle struct {
	ID, Outlet, Published, Title, Text, Story, G, Kind, Derived string
	Wire                                                        bool
}

func corpus(t testing.TB, name string) ([]*onrecord.Reading, map[string]goldArticle) {
	gold := map[string]goldArticle{}
	var rs []*onrecord.Reading
	jsonLines(t, shared(t, "corpora", name, "dev.jsonl.gz"), func(line []byte) {
		var g goldArticle
		if err := json.Unmarshal(line, &g); err != nil {
			t.Fatal(err)
		}
		a := &onrecord.Article{ExternalID: g.ID, Outlet: g.Outlet, Title: g.Title, Text: g.Text}
		if g.Published != "" {
			a.Published = onrecord.Published{Value: g.Published, Precision: "second", Basis: "given"}
		}
		a.ID = onrecord.ArticleID(a)
		gold[a.ID] = g
		rs = append(rs, &onrecord.Reading{Article: a})
	})
	return rs, gold
}

func bcubed(groups [][]string, gold map[string]goldArticle) (p, r, f float64) {
	b := map[string]float64{}
	for _, g := range gold {
		b[g.Story]++
	}
	n := 0.0
	for _, g := range groups {
		c := map[string]float64{}
		for _, id := range g {
			c[gold[id].Story]++
			n++
		}
		for s, k := range c {
			p += k * k / float64(len(g))
			r += k * k / b[s]
		}
	}
	p /= n
	r /= n
	return 100 * p, 100 * r, 200 * p * r / (p + r)
}

func TestTune(t *testing.T) {
	if os.Getenv("TUNE") == "" {
		t.Skip("tuning")
	}
	type set struct {
		name string
		docs []*doc
		v    *vocabulary
		gold map[string]goldArticle
	}
	var sets []set
	for _, name := range strings.Split(os.Getenv("TUNE"), ",") {
		rs, gold := corpus(t, name)
		docs := canonical(rs)
		for _, d := range docs {
			d.words = cut(d.text, nil)
		}
		v := newVocabulary()
		v.number(docs)
		sets = append(sets, set{name, docs, v, gold})
	}
	run := func(label string) {
		out := fmt.Sprintf("%-28s", label)
		for _, s := range sets {
			start := time.Now()
			var groups [][]string
			for _, g := range groupStories(s.docs, s.v, 1) {
				var ids []string
				for _, i := range g {
					ids = append(ids, s.docs[i].Article.ID)
				}
				groups = append(groups, ids)
			}
			p, r, f := bcubed(groups, s.gold)
			out += fmt.Sprintf(" %s %.1f/%.1f %.1f (%d, %.1fs)", s.name, p, r, f, len(groups), time.Since(start).Seconds())
		}
		fmt.Println(out)
	}
	vars := map[string]*float64{"thr": &storyThreshold, "decay": &storyDecay, "lead": &leadWords, "boost": &leadBoost, "name": &nameBoost, "pow": &storyPower, "idf": &idfPower, "num": &numberWeight, "day": &dayBonus, "short": &shortBonus}
	// SWEEP="thr=.1,.15;pow=0,.5"
	var rec func(axes []string, label string)
	rec = func(axes []string, label string) {
		if len(axes) == 0 {
			run(label)
			return
		}
		k, vs, _ := strings.Cut(axes[0], "=")
		for _, x := range strings.Split(vs, ",") {
			old := *vars[k]
			fmt.Sscan(x, vars[k])
			rec(axes[1:], label+" "+k+"="+x)
			*vars[k] = old
		}
	}
	var axes []string
	if s := os.Getenv("SWEEP"); s != "" {
		axes = strings.Split(s, ";")
	}
	rec(axes, "")
}
