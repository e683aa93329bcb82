package link

import (
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"onrecord"
	"onrecord/english"
	"onrecord/reading/figure"
	"onrecord/reading/when"
	parse "onrecord/text"
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
		data, err := os.ReadFile(shared(t, "cases", "syria", name))
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

func TestSyria(t *testing.T) {
	rs, _ := syria(t)
	l := All(rs, 2)
	text := map[string]string{}
	for _, r := range rs {
		for _, s := range r.Statements {
			text[s.ID] = r.Article.ExternalID + ": " + s.Content[0].Of(r.Article.Text)
		}
		for _, f := range r.Figures {
			text[f.ID] = r.Article.ExternalID + ": " + f.Span.Of(r.Article.Text) + " " + f.Comparator
		}
	}
	for _, s := range l.Stories {
		t.Logf("story %s %v %d", s.Title, s.Articles, s.Reports)
	}
	for _, c := range l.Copies {
		t.Logf("copy %+v", c)
	}
	for _, u := range l.Utterances {
		t.Logf("UTTERANCE %s %s", u.Speaker, u.Wording)
		for _, b := range u.Basis {
			t.Logf("      (%s)", b)
		}
		for _, s := range u.Statements {
			t.Logf("   %.150s", text[s])
		}
		for _, d := range u.Drift {
			t.Logf("   DRIFT %-10s %.30s | %q -> %q", d.Kind, text[d.Statement], d.From, d.To)
		}
	}
	for _, m := range l.Measures {
		t.Logf("MEASURE %s %q", m.Label, m.Basis)
		for _, a := range m.Figures {
			t.Logf("   %v %s", a.Complement, text[a.Figure])
		}
	}
	for _, d := range l.Disputes {
		t.Logf("DISPUTE %s %s", d.Kind, d.Basis)
		for _, side := range d.Sides {
			for _, s := range side {
				t.Logf("   %.120s", text[s])
			}
			t.Logf("   --")
		}
	}
}
