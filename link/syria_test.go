package link

import (
	"encoding/json"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/corpora"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/reading/figure"
	"github.com/onrecord/onrecord/reading/when"

	parse "github.com/onrecord/onrecord/text"
)

// bytesOf turns offsets in code points into offsets in bytes.
func bytesOf(text string) []int {
	at := make([]int, 0, len(text)+1)
	for i := range text {
		at = append(at, i)
	}
	return append(at, len(text))
}

// syria is the readings of the reference annotation of the case, with the figures that the reading finds.
func syria(t *testing.T) (rs []*onrecord.Reading, ids map[string]string) {
	t.Helper()
	ids = map[string]string{}
	days, titles := map[string]string{}, map[string]string{}
	read := func(name string, f func(line []byte)) {
		data, err := os.ReadFile(corpora.Path(t, "cases", "syria", name))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			if strings.TrimSpace(line) != "" {
				f([]byte(line))
			}
		}
	}
	read("articles.jsonl", func(line []byte) {
		var a struct{ ID, Published, Title string }
		if err := json.Unmarshal(line, &a); err != nil {
			t.Fatal(err)
		}
		days[a.ID], titles[a.ID] = a.Published, a.Title
	})
	read("statements.jsonl", func(line []byte) {
		var g struct {
			ID, Text     string
			Attributions []struct {
				Source, Cue, Content [][2]int
				Kind, Speaker        string
				Named                bool
			}
		}
		if err := json.Unmarshal(line, &g); err != nil {
			t.Fatal(err)
		}
		a := &onrecord.Article{ExternalID: g.ID, Title: titles[g.ID], Text: g.Text, Published: onrecord.Published{Value: days[g.ID], Precision: "day", Basis: "given"}}
		a.ID = onrecord.ArticleID(a)
		ids[g.ID] = a.ID
		r := &onrecord.Reading{Article: a}
		at := bytesOf(g.Text)
		spans := func(ps [][2]int) (out []onrecord.Span) {
			for _, p := range ps {
				out = append(out, onrecord.Span{Start: at[p[0]], End: at[p[1]]})
			}
			return out
		}
		speakers := map[string]string{}
		for k, s := range g.Attributions {
			id := speakers[s.Speaker]
			if id == "" {
				id = onrecord.NewID(onrecord.SpeakerKind, a.ID, s.Speaker)
				speakers[s.Speaker] = id
				p := onrecord.Speaker{ID: id, Article: a.ID, Name: s.Speaker, Kind: onrecord.Person, Confidence: 1}
				switch {
				case !s.Named:
					p.Kind = onrecord.Unnamed
				case s.Speaker == "United States" || s.Speaker == "Russia" || s.Speaker == "Kremlin":
					p.Kind, p.State = onrecord.State, map[string]string{"Kremlin": "Russia"}[s.Speaker]
				case strings.Contains(s.Speaker, "Department"):
					p.Kind, p.State = onrecord.Organisation, "United States"
				case strings.Contains(s.Speaker, "Ministry") || strings.Contains(s.Speaker, "government"):
					p.Kind, p.State = onrecord.Organisation, "Russia"
				case s.Speaker == "CNN" || s.Speaker == "Amnesty International":
					p.Kind = onrecord.Organisation
				case !strings.Contains(s.Speaker, " "):
					p.Kind = onrecord.Organisation
				}
				for _, role := range []string{"State Department spokesman", "State Department official", "Russian Foreign Minister", "Secretary of State"} {
					if strings.Contains(g.Text, role+" "+s.Speaker) || strings.Contains(g.Text, s.Speaker+", a "+role) {
						p.Roles = append(p.Roles, role)
					}
				}
				r.Speakers = append(r.Speakers, p)
			}
			st := onrecord.Statement{
				ID: onrecord.NewID(onrecord.StatementKind, a.ID, strconv.Itoa(k)), Article: a.ID, Kind: s.Kind, Speaker: id,
				Source: spans(s.Source), Cue: spans(s.Cue), Content: spans(s.Content), Stance: onrecord.Asserts, Confidence: 1,
			}
			if strings.HasPrefix(st.Cue[0].Of(g.Text), "den") {
				st.Stance = onrecord.Denies
			}
			r.Statements = append(r.Statements, st)
		}
		layer := english.Annotate(parse.Parse(g.Text))
		r.Figures = figure.Find(layer, when.Find(layer, a.Published), a.Published)
		for k := range r.Figures {
			f := &r.Figures[k]
			f.ID, f.Article = onrecord.NewID(onrecord.FigureKind, a.ID, strconv.Itoa(k)), a.ID
			for _, s := range r.Statements {
				for _, c := range s.Content {
					if c.Contains(f.Span) {
						f.Statement = s.ID
					}
				}
			}
		}
		rs = append(rs, r)
	})
	if !utf8.ValidString(rs[0].Article.Text) {
		t.Fatal("not UTF-8")
	}
	return rs, ids
}

// TestSyria holds what the case's README lists across its articles, on the reference annotation of their statements.
func TestSyria(t *testing.T) {
	rs, ids := syria(t)
	l := All(rs, 2)
	text, article := map[string]string{}, map[string]string{}
	speaker := map[string]string{}
	for _, r := range rs {
		for _, p := range r.Speakers {
			speaker[r.Article.ExternalID+" "+p.Name] = l.SpeakerOf[p.ID]
		}
		for _, s := range r.Statements {
			text[s.ID], article[s.ID] = s.Content[0].Of(r.Article.Text), r.Article.ExternalID
		}
		for _, f := range r.Figures {
			text[f.ID], article[f.ID] = f.Span.Of(r.Article.Text), r.Article.ExternalID
		}
	}
	in := func(rows []string) map[string]bool {
		m := map[string]bool{}
		for _, id := range rows {
			m[article[id]] = true
		}
		return m
	}

	kirby := speaker["a1 John Kirby"]
	for _, other := range []string{"a2 John Kirby", "a3 John Kirby"} {
		if speaker[other] != kirby {
			t.Errorf("%s is another speaker than Kirby of a1", other)
		}
	}
	for _, other := range []string{"a1 U.S. official", "a4 senior U.S. official", "a5 Brett McGurk", "a3 State Department"} {
		if speaker[other] == "" || speaker[other] == kirby {
			t.Errorf("%s is merged with Kirby, or is nobody", other)
		}
	}
	if speaker["a4 Russia"] != speaker["a5 Russia"] || speaker["a4 Kremlin"] == speaker["a4 Russia"] {
		t.Error("Russia is one speaker in a4 and a5, and not the Kremlin")
	}

	quotation, second, aided := false, false, false
	for _, u := range l.Utterances {
		has := in(u.Statements)
		drifts := map[string]string{}
		for _, d := range u.Drift {
			drifts[article[d.Statement]+" "+d.Kind+" "+d.From] = d.To
		}
		if u.Speaker == kirby && strings.HasPrefix(u.Wording, "[G]reater than 90 percent") && has["a1"] && has["a2"] && has["a3"] {
			quotation = true
			if to, ok := drifts["a3 comparator greater than"]; !ok || to != "" {
				t.Errorf("the lost comparator of a3 is not shown: %q", u.Drift)
			}
		}
		if u.Speaker == kirby && strings.HasPrefix(u.Wording, "They’ve been largely against opposition groups, groups") && has["a1"] && has["a2"] && has["a3"] {
			second = true
			if to := drifts["a1 insertion "]; to != "[Bashar]" {
				t.Errorf("the insertion of a1 is not shown: %q", u.Drift)
			}
		}
		if strings.Contains(u.Wording, "the more Assad is being aided") {
			aided = u.Speaker == "" && drifts["a2 speaker John Kirby"] == "John Kerry"
		}
	}
	if !quotation || !second {
		t.Error("Kirby's 90 per cent, and whom the rest was against, are not an utterance each of a1, a2 and a3")
	}
	if !aided {
		t.Error("what is given to Kirby and to Kerry is not shown as drift of speaker")
	}

	share := false
	for _, m := range l.Measures {
		var figures []string
		complement := map[string]bool{}
		for _, a := range m.Figures {
			figures = append(figures, a.Figure)
			if a.Complement {
				complement[article[a.Figure]+" "+text[a.Figure]] = true
			}
		}
		if has := in(figures); has["a1"] && has["a2"] && has["a3"] && has["a4"] && has["a5"] {
			share = len(complement) == 1 && complement["a4 a third"]
		}
	}
	if !share {
		t.Error("the share of strikes is not one measure of all five articles, the third its other end")
	}

	kinds := map[string]int{}
	for _, d := range l.Disputes {
		kinds[d.Kind]++
		if d.Kind == onrecord.Figures {
			t.Errorf("shares months apart, and a third beside about 70 percent of the rest, are no conflict: %s", d.Basis)
		}
	}
	if kinds[onrecord.Attribution] != 1 {
		t.Errorf("disputes %v", kinds)
	}
	october := []string{ids["a1"], ids["a2"], ids["a3"]}
	slices.Sort(october)
	if !slices.ContainsFunc(l.Reports, func(r onrecord.Report) bool {
		return slices.Equal(r.Articles, october) && strings.Contains(strings.Join(r.Basis, "\n"), "one briefing: the same words of John Kirby")
	}) {
		t.Errorf("the October texts are not one report on Kirby's words: %+v", l.Reports)
	}
	for _, c := range l.Copies {
		if c.Article == ids["a3"] && c.Origin == ids["a2"] {
			t.Error("a shared quotation is taken for a copy")
		}
	}
	if t.Failed() {
		for _, u := range l.Utterances {
			t.Logf("%s %q %q", u.Wording, u.Basis, u.Drift)
		}
		for _, m := range l.Measures {
			t.Logf("%s %q %v", m.Label, m.Basis, m.Figures)
		}
	}
}
