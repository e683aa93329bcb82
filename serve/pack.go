package serve

import (
	"net/http"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
)

var packers = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}

// pack compresses answers for those who take gzip (RFC 9110, section 12.5.3). There is nothing secret in a page that could be
// guessed from its length.
func pack(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Accept-Encoding")
		if r.Method == http.MethodHead || r.Header.Get("Range") != "" || !takesGzip(r.Header.Get("Accept-Encoding")) {
			next.ServeHTTP(w, r)
			return
		}
		p := &packer{ResponseWriter: w}
		defer p.end()
		next.ServeHTTP(p, r)
	})
}

// takesGzip reads an Accept-Encoding header.
func takesGzip(accept string) bool {
	for item := range strings.SplitSeq(accept, ",") {
		coding, weight, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(item), " ", ""), ";")
		if coding == "gzip" {
			return strings.Trim(strings.TrimPrefix(weight, "q="), "0.") != "" || weight == ""
		}
	}
	return false
}

// A packer decides on the first byte whether what follows is worth packing.
type packer struct {
	http.ResponseWriter
	gz    *gzip.Writer
	begun bool
}

func (p *packer) WriteHeader(code int) {
	if !p.begun && code >= 200 { // not for 1xx, which come before the answer
		p.begun = true
		h := p.Header()
		kind, _, _ := strings.Cut(h.Get("Content-Type"), ";")
		text := strings.HasPrefix(kind, "text/") || strings.HasSuffix(kind, "json") || strings.HasSuffix(kind, "xml") || strings.HasSuffix(kind, "javascript") || strings.HasSuffix(kind, "yaml")
		if text && code != http.StatusNoContent && code != http.StatusNotModified && h.Get("Content-Encoding") == "" {
			h.Set("Content-Encoding", "gzip")
			h.Del("Content-Length")
			p.gz = packers.Get().(*gzip.Writer)
			p.gz.Reset(p.ResponseWriter)
		}
	}
	p.ResponseWriter.WriteHeader(code)
}

func (p *packer) Write(b []byte) (int, error) {
	if !p.begun {
		p.WriteHeader(http.StatusOK)
	}
	if p.gz != nil {
		return p.gz.Write(b)
	}
	return p.ResponseWriter.Write(b)
}

// Unwrap is for [http.ResponseController].
func (p *packer) Unwrap() http.ResponseWriter { return p.ResponseWriter }

func (p *packer) end() {
	if p.gz != nil {
		_ = p.gz.Close() // the reader may be gone
		p.gz.Reset(nil)
		packers.Put(p.gz)
	}
}
