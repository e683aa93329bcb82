package serve

import (
	"fmt"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/engine"
	"github.com/onrecord/onrecord/ledger/sqlite"
)

// TestUndirected holds that pages say of two alike texts of one day, of which neither credits the other, that nobody knows which came first.
func TestUndirected(t *testing.T) {
	const text = "The upper lock at Corrow will be shut for a week from Monday while divers look for what has jammed its lower gate, the river board said on Thursday. Lorries will take the grain that waits on the barges to the mill by road, and the board will pay for half of it."
	input := strings.NewReader(fmt.Sprintf("{\"outlet\": \"Dale Gazette\", \"published\": \"2031-04-03\", \"text\": %[1]q}\n{\"outlet\": \"Valley Mirror\", \"published\": \"2031-04-03\", \"text\": %[1]q}\n", text))
	l, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "l.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if _, err := engine.Read(t.Context(), l, []string{"-"}, engine.Options{Workers: 1, Stdin: input}); err != nil {
		t.Fatal(err)
	}
	h := New(l)
	paths := []string{}
	if err := l.Rows(t.Context(), "", func(row any) error {
		switch x := row.(type) {
		case *onrecord.Story:
			paths = append(paths, "/story/"+x.ID)
		case *onrecord.Copy:
			paths = append(paths, "/article/"+x.Article, "/article/"+x.Origin)
		}
		return nil
	}); err != nil || len(paths) != 3 {
		t.Fatal(paths, err)
	}
	for _, path := range paths {
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequest("GET", "http://127.0.0.1"+path, nil))
		if !strings.Contains(rec.Body.String(), "or the other way round") {
			t.Errorf("%s does not say that the direction is not known", path)
		}
	}
}
