package serve

import "net/http"

func (s *site) api(mux *http.ServeMux) {}
