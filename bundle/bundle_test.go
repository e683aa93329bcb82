package bundle

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/desk"
	"github.com/onrecord/onrecord/engine"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/sqlite"
)

// reviewed is a ledger of the bundled coverage in which a person has corrected who speaks, and its story with most articles.
func reviewed(t *testing.T) (ledger.Ledger, string) {
	t.Helper()
	l, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "l.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	dir := filepath.Join("..", "examples")
	if _, err := engine.Read(t.Context(), l, []string{filepath.Join(dir, "coverage.jsonl"), filepath.Join(dir, "pages"), filepath.Join(dir, "saved")}, engine.Options{Workers: 2}); err != nil {
		t.Fatal(err)
	}
	stories, _, err := l.Stories(t.Context(), ledger.StoryFilter{})
	if err != nil {
		t.Fatal(err)
	}
	best := slices.MaxFunc(stories, func(a, b ledger.StoryRow) int { return a.Articles - b.Articles })
	v, err := l.Story(t.Context(), best.ID)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(v.Statements, func(s ledger.StatementRow) bool {
		return s.Stance == onrecord.Asserts && s.SpeakerName == "Ilsa Marden"
	})
	r, err := desk.NewReview(t.Context(), l, desk.Request{Action: "correct", Row: v.Statements[i].ID, Fields: map[string]string{"stance": "believes"}, By: "ana", Why: "it is a hope", At: time.Date(2031, 7, 1, 9, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	if err := l.AddReview(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	if err := engine.Link(t.Context(), l, 2); err != nil {
		t.Fatal(err)
	}
	return l, best.ID
}

func written(t *testing.T, l ledger.Ledger, story string, texts bool) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := Write(t.Context(), &b, l, story, texts); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func verified(t *testing.T, b []byte, texts map[string]string) *Verdict {
	t.Helper()
	v, err := Verify(t.Context(), bytes.NewReader(b), int64(len(b)), texts)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// changed is a bundle with what edit makes of its files, and their hashes as they should be.
func changed(t *testing.T, b []byte, edit func(files map[string][]byte)) []byte {
	t.Helper()
	files, err := unpack(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	edit(files)
	var m Manifest
	if err := json.Unmarshal(files[manifestFile], &m); err != nil {
		t.Fatal(err)
	}
	for name := range m.Files {
		m.Files[name] = hash(files[name])
	}
	files[manifestFile], _ = json.Marshal(m)
	var out bytes.Buffer
	if err := pack(&out, files); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func replaced(name, old, by string) func(map[string][]byte) {
	return func(files map[string][]byte) { files[name] = bytes.Replace(files[name], []byte(old), []byte(by), 1) }
}

// TestBundle writes a reviewed story and verifies it, with its texts, and without; and what somebody has changed in it fails.
func TestBundle(t *testing.T) {
	l, story := reviewed(t)
	b := written(t, l, story, true)
	if !bytes.Equal(b, written(t, l, story, true)) {
		t.Error("the same ledger gives other bytes")
	}
	v := verified(t, b, nil)
	kinds := map[string]int{}
	for _, r := range v.Results {
		if r.Result == Pass {
			kinds[r.Kind]++
		}
		if r.Result == Fail || r.Result == NotChecked && (r.Kind == "statement" || r.Kind == "figure" || r.Kind == "time" || r.Kind == "article") {
			t.Errorf("%+v", r)
		}
	}
	for _, kind := range []string{"file", "text", "article", "statement", "figure", "time", "speaker", "utterance", "measure", "review", "story"} {
		if kinds[kind] == 0 {
			t.Errorf("no %s passes: %v", kind, kinds)
		}
	}

	apart := written(t, l, story, false)
	if bytes.Contains(apart, []byte("earns nothing that day")) && len(apart) >= len(b) {
		t.Error("a bundle without texts is as long")
	}
	alone := verified(t, apart, nil)
	if n := alone.Count(Fail); n > 0 || !slices.ContainsFunc(alone.Results, func(r Result) bool { return r.Kind == "text" && r.Result == NotChecked }) ||
		slices.ContainsFunc(alone.Results, func(r Result) bool { return r.Kind == "statement" && r.Result == Pass }) {
		t.Errorf("without texts %d fail: %+v", n, alone.Results[:8])
	}
	texts := map[string]string{}
	if err := l.Rows(t.Context(), story, func(row any) error {
		if a, ok := row.(*ledger.ArticleRow); ok {
			texts[onrecord.TextHash(a.Text)] = a.Text
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if with := verified(t, apart, texts); with.Count(Pass) != v.Count(Pass) || with.Count(Fail) > 0 {
		t.Errorf("with its texts %d pass, not %d", with.Count(Pass), v.Count(Pass))
	}

	for name, edit := range map[string]func(map[string][]byte){
		"a word of a text":     replaced(articlesFile, "Every boat they tie up", "Every ship they tie up"),
		"an outlet":            replaced(articlesFile, `"url":"https://northwire.example`, `"url":"https://other.example`),
		"a stance":             replaced(rowsFile, `"stance":"denies"`, `"stance":"asserts"`),
		"a confidence":         replaced(rowsFile, `"confidence":0.`, `"confidence":1.`),
		"a figure":             replaced(rowsFile, `"low":80`, `"low":81`),
		"a review that is not": func(f map[string][]byte) { f[reviewsFile] = nil },
		"a statement left out": func(f map[string][]byte) {
			lines := strings.SplitAfter(string(f[rowsFile]), "\n")
			i := slices.IndexFunc(lines, func(s string) bool {
				return strings.HasPrefix(s, `{"type":"statement"`) && strings.Contains(s, `"stance":"denies"`)
			})
			f[rowsFile] = []byte(strings.Join(slices.Delete(lines, i, i+1), ""))
		},
		"a row of nobody": func(f map[string][]byte) {
			f[rowsFile] = append(f[rowsFile], `{"type":"statement","id":"s00000000000aa","article":"a0000000000000","stance":"asserts"}`+"\n"...)
		},
		"words, said to rest on other articles": func(f map[string][]byte) {
			replaced(rowsFile, `"stance":"denies"`, `"stance":"asserts"`)(f)
			var m Manifest
			_ = json.Unmarshal(f[manifestFile], &m)
			for key := range m.Outside {
				delete(m.Outside, key)
			}
			rows, _ := readRows(f[rowsFile])
			for key := range rows {
				m.Outside[key] = []string{"*", "stance"}
			}
			f[manifestFile], _ = json.Marshal(m)
		},
	} {
		bad := changed(t, b, edit)
		if bytes.Equal(bad, b) {
			t.Errorf("%s: nothing is changed", name)
		}
		if verified(t, bad, nil).Count(Fail) == 0 {
			t.Errorf("%s: nothing fails", name)
		}
	}
	if _, err := Write(t.Context(), &bytes.Buffer{}, l, "y0000000000000", true); !errors.Is(err, ledger.ErrNotFound) {
		t.Error(err)
	}
}

// TestNoBundle holds that files that are no bundles are refused as such.
func TestNoBundle(t *testing.T) {
	archive := func(files map[string][]byte) []byte {
		var b bytes.Buffer
		if err := pack(&b, files); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	whole := func(name, content string) []byte {
		files := map[string][]byte{manifestFile: []byte(`{"type":"onrecord bundle","format":1}`), articlesFile: {}, rowsFile: {}, reviewsFile: {}}
		files[name] = []byte(content)
		return archive(files)
	}
	var twice bytes.Buffer
	z := zip.NewWriter(&twice)
	for range 2 {
		w, err := z.Create(rowsFile)
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]byte("x"))
	}
	z.Close()
	for name, b := range map[string][]byte{
		"nothing": nil, "text": []byte("{}"), "an empty archive": archive(nil), "a file twice": twice.Bytes(), "another manifest": whole(manifestFile, `{"type":"x"}`),
		"a newer one": whole(manifestFile, `{"type":"onrecord bundle","format":2}`), "no rows": whole(rowsFile, "[]"), "no articles": whole(articlesFile, "7"), "no reviews": whole(reviewsFile, "{}"),
		"a row twice": whole(rowsFile, `{"type":"time","id":"t1"}`+"\n"+`{"type":"time","id":"t1"}`),
	} {
		if v, err := Verify(t.Context(), bytes.NewReader(b), int64(len(b)), nil); !errors.Is(err, ErrNoBundle) {
			t.Errorf("%s: %v %+v", name, err, v)
		}
	}
}

// FuzzVerify holds that whatever the files of a bundle hold, it is refused or each row has a result.
func FuzzVerify(f *testing.F) {
	f.Add(`{"id":"a1","published":{},"sha256":"x","text":"a"}`, `{"type":"article","id":"a1"}`, "")
	f.Add("", `{"type":"copy","article":"a1","origin":null}`, `{"type":"review","id":"r1","row":"s1","action":"accept","by":"a","at":"2031-01-02T03:04:05Z","before":null,"after":null}`)
	var one sync.Mutex
	f.Fuzz(func(t *testing.T, articles, rows, reviews string) {
		one.Lock()
		defer one.Unlock()
		var b bytes.Buffer
		if err := pack(&b, map[string][]byte{manifestFile: []byte(`{"type":"onrecord bundle","format":1}`), articlesFile: []byte(articles), rowsFile: []byte(rows), reviewsFile: []byte(reviews)}); err != nil {
			t.Fatal(err)
		}
		v, err := Verify(context.Background(), bytes.NewReader(b.Bytes()), int64(b.Len()), nil)
		if err == nil && len(v.Results) < 3 {
			t.Errorf("%+v", v)
		}
	})
}
