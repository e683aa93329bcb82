package assistant

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/onrecord/onrecord/engine"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/sqlite"
)

// bundled is a ledger of the bundled coverage, for looking, made once.
func bundled(t testing.TB) ledger.Ledger {
	t.Helper()
	file, err := made()
	if err != nil {
		t.Fatal(err)
	}
	l, err := sqlite.OpenReader(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

var folder string

var made = sync.OnceValues(func() (string, error) {
	file := filepath.Join(folder, "l.db")
	l, err := sqlite.Open(context.Background(), file)
	if err != nil {
		return "", err
	}
	dir := filepath.Join("..", "examples")
	_, err = engine.Read(context.Background(), l, []string{filepath.Join(dir, "coverage.jsonl"), filepath.Join(dir, "pages"), filepath.Join(dir, "saved")}, engine.Options{Workers: 2})
	return file, errors.Join(err, l.Close())
})

func TestMain(m *testing.M) {
	var err error
	if folder, err = os.MkdirTemp("", "assistant"); err != nil {
		panic(err)
	}
	code := m.Run()
	os.RemoveAll(folder)
	os.Exit(code)
}

// transports are the ways to the tools, over standard streams and over HTTP.
func transports(t *testing.T, l ledger.Ledger) map[string]mcp.Transport {
	t.Helper()
	in, ours := io.Pipe()
	theirs, out := io.Pipe()
	done := make(chan error, 1)
	go func() { done <- Serve(context.WithoutCancel(t.Context()), l, "http://127.0.0.1:7700/", in, out) }()
	t.Cleanup(func() {
		ours.Close()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	site := httptest.NewServer(Handler(l))
	t.Cleanup(site.Close)
	return map[string]mcp.Transport{
		"streams": &mcp.IOTransport{Reader: theirs, Writer: ours},
		"HTTP":    &mcp.StreamableClientTransport{Endpoint: site.URL, DisableStandaloneSSE: true},
	}
}

// call calls a tool and decodes what it answers.
func call[Out any](t *testing.T, s *mcp.ClientSession, name string, args any) (out Out, failed string) {
	t.Helper()
	r, err := s.CallTool(t.Context(), &mcp.CallToolParams{Name: name, Arguments: args})
	if err != nil {
		return out, err.Error()
	}
	if r.IsError {
		return out, r.Content[0].(*mcp.TextContent).Text
	}
	b, err := json.Marshal(r.StructuredContent)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &out); err != nil {
		t.Fatalf("%s: %v in %s", name, err, b)
	}
	if text := r.Content[0].(*mcp.TextContent).Text; !json.Valid([]byte(text)) {
		t.Errorf("%s: the text is not the answer: %.80s", name, text)
	}
	return out, ""
}

const boats = "Every boat they tie up is a crew that earns nothing that day"

// TestTools asks every tool with the SDK's own client, from a search to the passage and back to the words, over both transports.
func TestTools(t *testing.T) {
	l := bundled(t)
	for name, transport := range transports(t, l) {
		t.Run(name, func(t *testing.T) {
			s, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), transport, nil)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			list, err := s.ListTools(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, tool := range list.Tools {
				names = append(names, tool.Name)
				if a := tool.Annotations; a == nil || !a.ReadOnlyHint || a.DestructiveHint == nil || *a.DestructiveHint || tool.InputSchema == nil || tool.OutputSchema == nil {
					t.Errorf("%s: %+v", tool.Name, tool)
				}
			}
			if want := []string{"check", "measure", "passage", "search", "speaker", "story"}; !slices.Equal(names, want) {
				t.Errorf("%v, want %v", names, want)
			}

			found, _ := call[searchOutput](t, s, "search", map[string]any{"words": `"tie up is a crew"`, "speaker": "Marden"})
			if len(found.Hits) == 0 || found.Hits[0].Kind != "statement" {
				t.Fatalf("%+v", found)
			}
			shown, _ := call[passageOutput](t, s, "passage", map[string]any{"ids": []string{found.Hits[0].ID}})
			if len(shown.Statements) != 1 || !strings.Contains(shown.Statements[0].Words, boats) || !strings.Contains(shown.Statements[0].Around, boats) {
				t.Fatalf("%+v", shown)
			}
			x := shown.Statements[0]
			part, _ := call[passageOutput](t, s, "passage", map[string]any{"article": x.Article, "start": x.Start, "end": x.End})
			if part.Passage == nil || !strings.Contains(part.Passage.Words, boats) || part.Passage.Total <= x.End || part.Passage.URL == "" {
				t.Errorf("%+v", part.Passage)
			}
			who, _ := call[speakerOutput](t, s, "speaker", map[string]any{"name": "Ilsa Marden", "stance": "asserts", "limit": 3})
			if len(who.Speakers) != 1 || len(who.Statements) != 3 || who.Total < 3 || who.Statements[0].Permalink == "" {
				t.Errorf("%+v", who)
			}

			all, _ := call[storyOutput](t, s, "story", map[string]any{"speaker": "Marden"})
			if all.Total == 0 || len(all.Stories) == 0 {
				t.Fatalf("%+v", all)
			}
			best := slices.MaxFunc(all.Stories, func(a, b storyRow) int { return a.Articles - b.Articles })
			one, _ := call[storyOutput](t, s, "story", map[string]any{"id": best.ID, "limit": 2})
			d := one.Story
			if d == nil || len(d.ArticleRows) != 2 || d.LeftOff["article_rows"] != d.Articles-2 || len(d.Measures) == 0 || len(d.Disputed) == 0 || len(d.Disputed[0].Sides[0]) == 0 || d.Disputed[0].Sides[0][0].Words == "" {
				t.Fatalf("%+v", d)
			}
			m, _ := call[measureOutput](t, s, "measure", map[string]any{"id": d.Measures[0].ID})
			if m.Label == "" || len(m.Values) < 2 || m.Values[0].Words == "" || m.Values[0].Article == "" {
				t.Errorf("%+v", m)
			}

			for _, c := range []struct {
				args   map[string]any
				status string
			}{
				{map[string]any{"quotation": boats, "speaker": "Ilsa Marden"}, "verified"},
				{map[string]any{"quotation": strings.Replace(boats, "boat", "ship", 1), "speaker": "Ilsa Marden"}, "repaired"},
				{map[string]any{"quotation": boats, "speaker": "Rafe Ondal"}, "contradicted"},
				{map[string]any{"quotation": "We will sink every boat that sails on Sunday"}, "unverified"},
				{map[string]any{"quotation": boats, "article": x.Article}, "verified"},
				{map[string]any{"text": "Ilsa Marden said every boat they tie up is a crew that earns nothing that day."}, "verified"},
			} {
				got, failed := call[checkOutput](t, s, "check", c.args)
				if len(got.Answers) != 1 || got.Answers[0].Status != c.status || got.Answers[0].Reason == "" || !got.Linked {
					t.Errorf("%v: %s %+v, want %s", c.args, failed, got, c.status)
					continue
				}
				a := got.Answers[0]
				if c.status != "unverified" && (len(a.Passages) == 0 || a.RecordWords == "" || !strings.HasPrefix(a.Passages[0].Permalink, "http://127.0.0.1:") || !strings.Contains(a.Passages[0].Permalink, fmt.Sprintf("?span=%d-%d", a.Passages[0].Start, a.Passages[0].End))) {
					t.Errorf("%v: %+v", c.args, a)
				}
			}
		})
	}
}

// TestHostileCalls holds that calls that no client of good will makes are refused in words, tell nothing of the machine, and leave the tools working.
func TestHostileCalls(t *testing.T) {
	l := bundled(t)
	for name, transport := range transports(t, l) {
		t.Run(name, func(t *testing.T) {
			s, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), transport, nil)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			for _, c := range []struct {
				tool string
				args any
			}{
				{"read", map[string]any{"path": "/etc/passwd"}},
				{"review", map[string]any{"row": "s1"}},
				{"", nil},
				{"search", nil},
				{"search", map[string]any{}},
				{"search", []int{1}},
				{"search", map[string]any{"words": 7}},
				{"search", map[string]any{"words": "a", "path": "/etc"}},
				{"search", map[string]any{"words": strings.Repeat("boat ", 65)}},
				{"search", map[string]any{"words": strings.Repeat("a", 2000)}},
				{"search", map[string]any{"words": "boat", "from": "' OR 1=1"}},
				{"search", map[string]any{"words": "boat", "limit": 1e300}},
				{"story", map[string]any{"id": "../../etc/passwd"}},
				{"story", map[string]any{"id": "\x00"}},
				{"story", map[string]any{"id": strings.Repeat("y", 5000)}},
				{"speaker", map[string]any{}},
				{"speaker", map[string]any{"name": "%"}},
				{"speaker", map[string]any{"id": "p'; DROP TABLE speaker;--"}},
				{"measure", map[string]any{"id": "s1"}},
				{"measure", map[string]any{"id": nil}},
				{"passage", map[string]any{}},
				{"passage", map[string]any{"ids": slices.Repeat([]string{"s"}, 101)}},
				{"passage", map[string]any{"article": "a1", "start": -5, "end": -7}},
				{"check", map[string]any{}},
				{"check", map[string]any{"quotation": "…"}},
				{"check", map[string]any{"text": strings.Repeat("a ", 150_000)}},
				{"check", map[string]any{"quotation": strings.Repeat("a", 6000)}},
			} {
				_, failed := call[map[string]any](t, s, c.tool, c.args)
				if failed == "" || len(failed) > 400+len(fmt.Sprint(c.args)) {
					t.Errorf("%s %.60v: %.200q", c.tool, c.args, failed)
				}
				for _, secret := range []string{".db", "/tmp", "SQL", "sqlite", ".go:"} {
					if strings.Contains(failed, secret) {
						t.Errorf("%s %.60v tells %q", c.tool, c.args, failed)
					}
				}
			}
			// What a search means to a database is words here.
			for _, words := range []string{`" OR statement* NEAR(a b) -- ;`, `*`, "\x01\x02", "👩‍👩‍👧", `"`} {
				if _, failed := call[searchOutput](t, s, "search", map[string]any{"words": words}); failed != "" {
					t.Errorf("%q: %s", words, failed)
				}
			}
			var flood sync.WaitGroup
			for range 30 {
				flood.Go(func() {
					if got, failed := call[checkOutput](t, s, "check", map[string]any{"quotation": boats}); failed != "" || len(got.Answers) != 1 {
						t.Errorf("%s %+v", failed, got)
					}
				})
			}
			flood.Wait()
		})
	}
}

// TestHostileBytes holds that bytes that are no calls end at most the connection that they came on.
func TestHostileBytes(t *testing.T) {
	l := bundled(t)
	site := httptest.NewServer(Handler(l))
	defer site.Close()
	deep := `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"check","arguments":` + strings.Repeat(`{"text":`, 20_000) + `1` + strings.Repeat("}", 20_000) + "}}"
	for _, what := range []string{
		"", "\x00\xff\xfe", "null", "[]", "{}", `"`, deep, strings.Repeat("[", 200_000), `{"jsonrpc":"2.0","id":1,"method":"initialize","params":[]}`,
		`{"jsonrpc":"2.0","id":{"a":1},"method":"tools/list"}`, `{"jsonrpc":"1.0","id":1,"method":"tools/list"}`, `{"jsonrpc":"2.0","id":1,"method":"\u0000"}`,
		`{"jsonrpc":"2.0","id":1,"result":{}}`, `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"check","name":"story","arguments":{"text":"a","text":"b"}}}`,
		`{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"file:///etc/passwd"}}`, `{"jsonrpc":"2.0","id":1,"method":"logging/setLevel","params":{"level":"debug"}}`,
	} {
		var out bytes.Buffer
		ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
		if err := Serve(ctx, l, "", strings.NewReader(what+"\n"), &out); ctx.Err() != nil {
			t.Errorf("%.60q is not done: %v", what, err)
		}
		stop()
		r, err := http.NewRequest(http.MethodPost, site.URL, strings.NewReader(what))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Accept", "application/json, text/event-stream")
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatalf("%.60q: %v", what, err)
		}
		body, _ := io.ReadAll(io.LimitReader(answer.Body, 1<<20))
		answer.Body.Close()
		if answer.StatusCode >= 500 || strings.Contains(out.String()+string(body), "root:x:") {
			t.Errorf("%.60q: %d %.200s", what, answer.StatusCode, body)
		}
	}
	big, err := http.Post(site.URL, "application/json", strings.NewReader(`{"x":"`+strings.Repeat("a", longestCall)+`"}`))
	if err != nil || big.StatusCode < 400 || big.StatusCode >= 500 {
		t.Errorf("%v %v", err, big)
	}
	big.Body.Close()
}
