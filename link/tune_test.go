package link

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

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
			vectors := make([][]term, len(s.docs))
			for i := range vectors {
				vectors[i] = s.docs[i].terms(s.v)
			}
			for _, g := range groupStories(s.docs, vectors, neighbors(vectors, s.v, 1)) {
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

func TestFeatures(t *testing.T) {
	name := os.Getenv("FEATURES")
	if name == "" {
		t.Skip("tuning")
	}
	rs, gold := corpus(t, name)
	docs := canonical(rs)
	for _, d := range docs {
		d.words = cut(d.text, nil)
	}
	v := newVocabulary()
	v.number(docs)
	cand := candidates(docs, 1)
	vectors := make([][]term, len(docs))
	for i := range docs {
		vectors[i] = docs[i].terms(v)
	}
	near := neighbors(vectors, v, 1)
	f, _ := os.Create("/tmp/link/" + name + ".tsv")
	defer f.Close()
	start := time.Now()
	found := 0
	for i, d := range docs {
		set := map[int]bool{}
		for _, j := range cand[i] {
			set[j] = true
		}
		nc := len(set)
		for _, j := range near[i][:min(10, len(near[i]))] {
			set[j] = true
		}
		_ = nc
		idx := map[int]seeds{}
		for _, j := range ordered(set) {
			a, b := gold[d.Article.ID], gold[docs[j].Article.ID]
			o := compare(d.news(), docs[j].news(), seedsOf(docs[j].news()), v)
			_ = idx
			same := a.Story == b.Story
			if name == "neardup" {
				same = a.G == b.G
				if same {
					found++
				}
			}
			fmt.Fprintf(f, "%s\t%s\t%v\t%s\t%v\t%v\t%.3f\t%.3f\t%.3f\t%.1f\t%.3f\t%.3f\t%.1f\t%d\t%d\t%s\n", a.ID, b.ID, same, a.Derived, a.Wire, b.Wire, o.a, o.b, 0.0, o.longest, o.bagA, o.bagB, o.words, len(d.words), len(docs[j].words), a.Kind+"/"+b.Kind)
		}
	}
	fmt.Println(name, time.Since(start), found)
}
