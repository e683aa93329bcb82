package serve

import (
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
)

func TestX(t *testing.T) {
	h := New(coverage())
	if os.Getenv("LOOK") != "" {
		http.ListenAndServe("127.0.0.1:7711", h)
	}
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, httptest.NewRequest("GET", "http://127.0.0.1/", nil))
	t.Log(rec.Code, rec.Body.String())
}
