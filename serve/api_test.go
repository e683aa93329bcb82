package serve

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// TestAPIAnswersAsDescribed asks every question of the description and holds each answer against the schema given for it.
func TestAPIAnswersAsDescribed(t *testing.T) {
	for name, r := range map[string]*record{"coverage": coverage(), "hostile": hostile()} {
		h := New(r)
		description := visit(h, "/api/openapi.json")
		doc, err := jsonschema.UnmarshalJSON(description.Body)
		if err != nil {
			t.Fatal(err)
		}
		c := jsonschema.NewCompiler()
		c.DefaultDraft(jsonschema.Draft2020) // that of OpenAPI 3.1
		if err := c.AddResource("openapi.json", doc); err != nil {
			t.Fatal(err)
		}
		ask := map[string][]string{
			"/api/v1/stories":        {"", "?outlet=Lake+Gazette&from=2031-01-01&to=2032-01-01&limit=1"},
			"/api/v1/stories/{id}":   {r.links.Stories[0].ID},
			"/api/v1/articles/{id}":  {r.readings[0].Article.ID, r.readings[len(r.readings)-1].Article.ID},
			"/api/v1/speakers":       {"", "?name=dorn"},
			"/api/v1/speakers/{id}":  {url.PathEscape(r.links.Speakers[0].ID)},
			"/api/v1/search":         {"?q=cables", "?q=a&kind=direct&stance=asserts"},
			"/api/v1/citations/{id}": {r.readings[0].Statements[0].ID, r.readings[0].Article.ID + "?from=1&to=5"},
			"/api/v1/passages":       {"?ids=" + r.readings[0].Statements[0].ID + ",s0"},
		}
		if name == "hostile" {
			delete(ask, "/api/v1/articles/{id}")  // its rows have spans that no ledger would keep
			delete(ask, "/api/v1/citations/{id}") // likewise
		} else {
			paths := doc.(map[string]any)["paths"].(map[string]any)
			maps.DeleteFunc(paths, func(_ string, path any) bool { return path.(map[string]any)["get"] == nil })
			if len(paths) != len(ask) {
				t.Errorf("%d paths are described, %d are asked", len(paths), len(ask))
			}
		}
		for path, questions := range ask {
			schema, err := c.Compile("openapi.json#/paths/" + pointer(path) + "/get/responses/200/content/application~1json/schema")
			if err != nil {
				t.Error(err)
				continue
			}
			for _, q := range questions {
				address := strings.TrimSuffix(path, "{id}") + q
				rec := visit(h, address)
				if rec.Code != http.StatusOK || rec.Header().Get("Content-Security-Policy") != policy {
					t.Errorf("%s answers %d: %s", address, rec.Code, rec.Body)
					continue
				}
				got, err := jsonschema.UnmarshalJSON(rec.Body)
				if err != nil {
					t.Error(address, err)
				} else if err := schema.Validate(got); err != nil {
					t.Errorf("%s: %v", address, err)
				}
			}
		}
	}
}

func pointer(s string) string { return strings.NewReplacer("~", "~0", "/", "~1").Replace(s) }

func TestDescriptionIsOpenAPI31(t *testing.T) {
	h := New(coverage())
	var doc struct {
		OpenAPI string `json:"openapi"`
		Info    struct{ Title, Version, Description string }
		Paths   map[string]map[string]struct {
			OperationID string `json:"operationId"`
			Summary     string
			Parameters  []struct {
				Name, In string
				Required bool
				Schema   map[string]any
			}
			Responses map[string]struct{ Description string }
		}
		Components struct{ Schemas map[string]any }
	}
	rec := visit(h, "/api/openapi.json")
	if err := json.Unmarshal(rec.Body.Bytes(), &doc); err != nil || !strings.HasPrefix(rec.Header().Get("Content-Type"), "application/openapi+json") {
		t.Fatal(err, rec.Header())
	}
	if !strings.HasPrefix(doc.OpenAPI, "3.1.") || doc.Info.Title == "" || doc.Info.Version == "" || len(doc.Components.Schemas) == 0 {
		t.Errorf("%+v", doc.Info)
	}
	ids := map[string]bool{}
	for path, methods := range doc.Paths {
		for method, op := range methods {
			if method != "get" && path != "/api/v1/check" || op.OperationID == "" || ids[op.OperationID] || op.Summary == "" || op.Responses["200"].Description == "" {
				t.Errorf("%s %s: %+v", method, path, op)
			}
			ids[op.OperationID] = true
			inPath := 0
			for _, p := range op.Parameters {
				if p.Name == "" || p.Schema == nil || p.In != "query" && p.In != "path" || p.In == "path" && !p.Required {
					t.Errorf("%s: parameter %+v", path, p)
				}
				if p.In == "path" && strings.Contains(path, "{"+p.Name+"}") {
					inPath++
				}
			}
			if inPath != strings.Count(path, "{") {
				t.Errorf("%s: %d parameters in the path", path, inPath)
			}
		}
	}
	if rec := visit(h, "/api/openapi.yaml"); rec.Code != http.StatusOK || !strings.Contains(rec.Body.String(), "openapi: "+doc.OpenAPI) {
		t.Error("YAML:", rec.Code)
	}
}

func TestAPIRefusesInJSON(t *testing.T) {
	h := New(coverage())
	for path, code := range map[string]int{
		"/api/v1/stories/e0": 404, "/api/v1/articles/a0": 404, "/api/v1/speakers/p0": 404, "/api/v1/nothing": 404, "/api/v1/search": 422,
		"/api/v1/stories?from=soon": 422, "/api/v1/stories?limit=-1": 422, "/api/v1/search?q=x&kind=none": 422, "/api/v1/passages": 422,
	} {
		rec := visit(h, path)
		var problem struct {
			Status int
			Detail string
		}
		if err := json.Unmarshal(rec.Body.Bytes(), &problem); err != nil || rec.Code != code || problem.Status != code || problem.Detail == "" ||
			rec.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %d %s %v", path, rec.Code, rec.Body, err)
		}
	}
}

// TestAPISpansAreCodePoints cuts the text by the spans, as a reader in another language would.
func TestAPISpansAreCodePoints(t *testing.T) {
	r := coverage()
	h := New(r)
	type span struct {
		Start, End int
		Text       string
	}
	n := 0
	for _, x := range r.readings {
		var got struct {
			Text       string
			Statements []struct{ Content, Cue, Source []span }
			Figures    []span
			Times      []span
			Asides     []span
		}
		if err := json.Unmarshal(visit(h, "/api/v1/articles/"+x.Article.ID).Body.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		if got.Text != x.Article.Text {
			t.Errorf("text is %q", got.Text)
		}
		points := []rune(got.Text)
		spans := append(append(got.Figures, got.Times...), got.Asides...)
		for _, s := range got.Statements {
			spans = append(append(append(spans, s.Content...), s.Cue...), s.Source...)
		}
		for _, s := range spans {
			if n++; string(points[s.Start:s.End]) != s.Text || s.Text == "" {
				t.Errorf("%d-%d is %q, not %q", s.Start, s.End, string(points[s.Start:s.End]), s.Text)
			}
		}
	}
	if n < 60 {
		t.Errorf("only %d spans", n)
	}
}
