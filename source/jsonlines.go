package source

import (
	"bufio"
	"bytes"
	stdjson "encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/internal/sentinel"
	"github.com/onrecord/onrecord/page"
	"github.com/onrecord/onrecord/source/wire"
)

// lines reads JSON lines: one article a line; blank lines are passed over.
func (r *reader) lines() {
	if err := r.utf8(); err != nil {
		r.refuse(0, err)
		return
	}
	var buf []byte
	for n := 1; ; n++ {
		line, err := readLine(r.in, buf[:0])
		buf = line
		if r.ctx.Err() != nil {
			return
		}
		if errors.Is(err, errLong) {
			if !r.refuse(n, fmt.Errorf("line longer than %d MB", MaxJSON>>20)) {
				return
			}
			err = skipLine(r.in)
		} else if err != nil && err != io.EOF {
			r.refuse(n, err) // what there is of the line is not whole
			return
		} else if len(bytes.TrimSpace(line)) > 0 {
			if !r.jsonArticle(line, n) {
				return
			}
		}
		if err == io.EOF {
			return
		} else if err != nil {
			r.refuse(n, err)
			return
		}
		if cap(buf) > 1<<20 {
			buf = nil
		}
	}
}

const errLong sentinel.Error = "too long"

// isJSON says whether a file begins as a JSON article, or an array of them.
func isJSON(head []byte) bool {
	dec := stdjson.NewDecoder(bytes.NewReader(head))
	t, err := dec.Token()
	if err == nil && t == stdjson.Delim('[') {
		t, err = dec.Token()
	}
	if err != nil || t != stdjson.Delim('{') {
		return false
	}
	for {
		name, err := dec.Token()
		if err != nil {
			return false
		}
		if name == "text" {
			return true
		}
		var value stdjson.RawMessage
		if dec.Decode(&value) != nil {
			return false
		}
	}
}

// isJSONLines says whether a file begins as one with a JSON article a line.
func isJSONLines(head []byte) bool {
	first, rest, _ := bytes.Cut(head, []byte{'\n'})
	return isJSON(head) && stdjson.Valid(first) && bytes.HasPrefix(bytes.TrimSpace(rest), []byte("{"))
}

// readLine appends the next line to buf, up to MaxJSON bytes. Its error is io.EOF at the last line.
func readLine(in *bufio.Reader, buf []byte) ([]byte, error) {
	for {
		part, err := in.ReadSlice('\n')
		if len(buf)+len(part) > MaxJSON {
			return buf, errLong
		}
		buf = append(buf, part...)
		if err != bufio.ErrBufferFull {
			return buf, err
		}
	}
}

func skipLine(in *bufio.Reader) error {
	for {
		if _, err := in.ReadSlice('\n'); err != bufio.ErrBufferFull {
			return err
		}
	}
}

// json reads a JSON file: an article, or an array of them.
func (r *reader) json() {
	if err := r.utf8(); err != nil {
		r.refuse(0, err)
		return
	}
	src := &lineReader{r: r.in, left: MaxJSON}
	dec := stdjson.NewDecoder(src)
	first, err := firstByte(r.in)
	if err != nil {
		if err != io.EOF {
			r.refuse(0, err)
		}
		return
	}
	fail := func(err error) { r.refuse(src.lineAt(dec.InputOffset(), err), jsonError(err)) }
	next := func() bool { // one article
		var raw stdjson.RawMessage
		if err := dec.Decode(&raw); err != nil {
			fail(err)
			return false
		}
		line := src.lineAt(dec.InputOffset()-int64(len(raw)), nil)
		src.left = MaxJSON
		return r.jsonArticle(raw, line)
	}
	switch first {
	case '{':
		var raw stdjson.RawMessage
		if err := dec.Decode(&raw); err != nil {
			fail(err)
			return
		}
		line := src.lineAt(dec.InputOffset()-int64(len(raw)), nil)
		if _, err := dec.Token(); err != io.EOF {
			r.refuse(src.lineAt(dec.InputOffset(), nil), errors.New("data after the article: several articles go into an array, or a .jsonl file"))
			return
		}
		r.jsonArticle(raw, line)
	case '[':
		if _, err := dec.Token(); err != nil {
			fail(err)
			return
		}
		for dec.More() {
			if !next() {
				return
			}
		}
		if _, err := dec.Token(); err != nil {
			fail(err)
			return
		}
		if _, err := dec.Token(); err != io.EOF {
			r.refuse(src.lineAt(dec.InputOffset(), nil), errors.New("data after the array"))
		}
	default:
		r.refuse(1, errors.New("not JSON: neither an object nor an array"))
	}
}

// firstByte is the first byte that is not white space, left unread.
func firstByte(in *bufio.Reader) (byte, error) {
	for n := 1; ; n++ {
		b, err := in.Peek(n)
		if len(b) < n {
			if err == bufio.ErrBufferFull {
				err = errors.New("not JSON: only white space")
			}
			return 0, err
		}
		switch c := b[n-1]; c {
		case ' ', '\t', '\r', '\n':
		default:
			return c, nil
		}
	}
}

// jsonArticle hands over one JSON article, or its refusal.
func (r *reader) jsonArticle(b []byte, line int) bool {
	a, note, err := parseArticle(b)
	if err == errNoField {
		if done, more := r.listedJSON(b, line); done {
			return more
		}
	}
	if err != nil {
		return r.refuse(line, err)
	}
	return r.noted(a, line, note)
}

const errNoField sentinel.Error = "text: missing"

// parseArticle reads one JSON article. The article of which note says why its date of publication is not known, or what was undone in its
// text, is read nonetheless.
func parseArticle(b []byte) (a *onrecord.Article, note, err error) {
	if !utf8.Valid(b) {
		return nil, nil, errors.New("not valid UTF-8")
	}
	dec := stdjson.NewDecoder(bytes.NewReader(b))
	dec.UseNumber()
	if t, err := dec.Token(); err != nil {
		return nil, nil, jsonError(err)
	} else if t != stdjson.Delim('{') {
		return nil, nil, errors.New("not a JSON object")
	}
	a = &onrecord.Article{}
	var published string
	fields := fieldsOf(a, &published)
	seen := map[string]bool{}
	for dec.More() {
		t, err := dec.Token()
		if err != nil {
			return nil, nil, jsonError(err)
		}
		name := t.(string)
		var value stdjson.RawMessage
		if err := dec.Decode(&value); err != nil {
			return nil, nil, jsonError(err)
		}
		field := fields[name]
		if field == nil {
			continue
		}
		if seen[name] {
			return nil, nil, fmt.Errorf("%s: duplicate field", name)
		}
		seen[name] = true
		if err := readField(name, value, field); err != nil {
			return nil, nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	if _, err := dec.Token(); err != nil {
		return nil, nil, jsonError(err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, nil, errors.New("data after the object")
	}
	switch {
	case !seen["text"]:
		a, err := wire.JSON(b)
		switch {
		case errors.Is(err, wire.ErrOther):
			return nil, nil, errNoField
		case err != nil:
			return nil, nil, err
		}
		return a, nil, limit(a)
	}
	if note, err = given(a, published); err != nil {
		return nil, nil, err
	}
	return a, note, nil
}

// given completes an article of which the fields were given, and says what was undone in its text, or that its date cannot be read.
func given(a *onrecord.Article, published string) (note, err error) {
	a.Text, note = unescaped(a.Text)
	if blank(a.Text) {
		return nil, errors.New("text: empty")
	}
	if a.Published = page.Published(published, "given"); published != "" && a.Published.Value == "" {
		const shown = 40 // characters of what is given
		note = errors.Join(note, fmt.Errorf("published: %.*q is not a date that can be read, so the article has none: write 2031-03-06 or 2031-03-06T09:05:00Z", shown, published))
	}
	return note, nil
}

// fieldsOf are the fields of an article that may be given, by name.
func fieldsOf(a *onrecord.Article, published *string) map[string]*string {
	return map[string]*string{
		"text": &a.Text, "id": &a.ExternalID, "url": &a.URL, "outlet": &a.Outlet, "title": &a.Title, "byline": &a.Byline,
		"published": published, "language": &a.Language,
	}
}

// readField reads a string or null; for an id also a number, in the digits it was written with.
func readField(name string, value []byte, to *string) error {
	switch c := value[0]; {
	case c == 'n': // null
		return nil
	case c == '"':
		if err := stdjson.Unmarshal(value, to); err != nil {
			return jsonError(err)
		}
	case name == "id" && (c == '-' || '0' <= c && c <= '9'):
		*to = string(value)
	default:
		return fmt.Errorf("%s instead of a string", typeOf(c))
	}
	return bound(name, to)
}

// bound trims a field that was given, and refuses what is too long or no text.
func bound(name string, to *string) error {
	limit := MaxField
	if name == "text" {
		limit = MaxText
	} else {
		*to = strings.TrimSpace(*to)
	}
	if len(*to) > limit {
		return fmt.Errorf("longer than %d KB", limit>>10)
	}
	if strings.IndexByte(*to, 0) >= 0 {
		return errors.New("contains the character U+0000")
	}
	return nil
}

func typeOf(c byte) string {
	switch c {
	case '{':
		return "an object"
	case '[':
		return "an array"
	case 't', 'f':
		return "true or false"
	}
	return "a number"
}

// jsonError says in words what is wrong with JSON.
func jsonError(err error) error {
	var syntax *stdjson.SyntaxError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), err == io.EOF:
		return errors.New("truncated JSON")
	case errors.As(err, &syntax) && strings.Contains(syntax.Error(), "exceeded max depth"):
		return errors.New("JSON nested too deeply")
	case errors.As(err, &syntax):
		return fmt.Errorf("not JSON: %s", syntax.Error())
	}
	return err
}

// A lineReader knows which line each byte is on, and reads no more than left bytes.
type lineReader struct {
	r      io.Reader
	left   int
	n      int64   // bytes read
	breaks []int64 // where lines end, of those not passed yet
	passed int     // lines
}

func (l *lineReader) Read(b []byte) (int, error) {
	if l.left <= 0 {
		return 0, fmt.Errorf("article longer than %d MB", MaxJSON>>20)
	}
	n, err := l.r.Read(b[:min(len(b), l.left)])
	l.left -= n
	for i, c := range b[:n] {
		if c == '\n' {
			l.breaks = append(l.breaks, l.n+int64(i))
		}
	}
	l.n += int64(n)
	return n, err
}

// lineAt is the line of a byte; offsets are asked for in ascending order. A syntax error knows better where it is, and
// truncated JSON does so at the end.
func (l *lineReader) lineAt(offset int64, err error) int {
	var syntax *stdjson.SyntaxError
	switch {
	case errors.As(err, &syntax):
		offset = max(offset, syntax.Offset)
	case err == io.EOF, errors.Is(err, io.ErrUnexpectedEOF):
		offset = l.n
	}
	i := 0
	for i < len(l.breaks) && l.breaks[i] < offset {
		i++
	}
	l.passed += i
	l.breaks = append(l.breaks[:0], l.breaks[i:]...)
	return l.passed + 1
}
