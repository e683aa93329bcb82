package source

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"time"

	"golang.org/x/net/html/charset"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/internal/sentinel"
	"github.com/onrecord/onrecord/page"
)

// maxParts and maxPartDepth are how many parts of a mail are looked at, and how deep one stands in another.
const (
	maxParts     = 1000
	maxPartDepth = 10
)

const errNoText sentinel.Error = "mail without a text"

// isMail says whether text begins with header fields of mail (RFC 5322).
func isMail(head []byte) bool {
	m, err := mail.ReadMessage(bytes.NewReader(append(bytes.Clone(head), "\r\n\r\n"...)))
	return err == nil && m.Header.Get("From") != "" && (m.Header.Get("Mime-Version") != "" || m.Header.Get("Date") != "")
}

// mail reads a mail, or a page that was saved as one (RFC 2557): one article.
func (r *reader) mail() {
	if b, ok := r.whole(); ok {
		r.one(message(b))
	}
}

// message is the article of a mail: its page where there is one, else its plain text; its subject, its sender's name and its day.
func message(b []byte) (*onrecord.Article, error) {
	m, err := mail.ReadMessage(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("damaged mail: %w", err)
	}
	w := &mailWalk{}
	if err := w.part(m.Header.Get, m.Body, 0); err != nil {
		return nil, err
	}
	var a *onrecord.Article
	switch {
	case w.page != nil:
		if a, err = page.Article(w.page, m.Header.Get("Snapshot-Content-Location")); err != nil {
			return nil, err
		}
	case w.text != "":
		a = &onrecord.Article{Text: w.text}
	default:
		return nil, errNoText
	}
	words := &mime.WordDecoder{CharsetReader: charset.NewReaderLabel}
	if subject, err := words.DecodeHeader(m.Header.Get("Subject")); err == nil && a.Title == "" {
		a.Title = strings.TrimSpace(subject)
	}
	if from, err := (&mail.AddressParser{WordDecoder: words}).Parse(m.Header.Get("From")); err == nil && a.Byline == "" {
		a.Byline = from.Name
	}
	if day, err := m.Header.Date(); err == nil && a.Published.Value == "" {
		a.Published = page.Published(day.Format(time.RFC3339), "mail")
	}
	return a, nil
}

// A mailWalk gathers the first page and the first plain text of a mail.
type mailWalk struct {
	page  []byte
	text  string
	parts int
}

// part takes a part of a mail, with what stands in it.
func (w *mailWalk) part(header func(string) string, body io.Reader, depth int) error {
	if w.parts++; w.parts > maxParts || depth > maxPartDepth {
		return errors.New("mail of too many parts")
	}
	kind, params, err := mime.ParseMediaType(header("Content-Type"))
	if err != nil {
		kind = "text/plain"
	}
	if strings.HasPrefix(kind, "multipart/") {
		parts := multipart.NewReader(body, params["boundary"])
		for {
			p, err := parts.NextRawPart()
			if err == io.EOF {
				return nil
			}
			if err != nil {
				return fmt.Errorf("damaged mail: %w", err)
			}
			if err := w.part(p.Header.Get, p, depth+1); err != nil {
				return err
			}
		}
	}
	if attached, _, _ := mime.ParseMediaType(header("Content-Disposition")); attached == "attachment" {
		return nil
	}
	switch strings.ToLower(strings.TrimSpace(header("Content-Transfer-Encoding"))) {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	switch {
	case kind == "text/html" && w.page == nil:
		w.page, err = inUTF8(body, params["charset"])
	case kind == "text/plain" && w.text == "":
		var b []byte
		if b, err = inUTF8(body, params["charset"]); err == nil {
			w.text, err = decode(b)
		}
	default:
		return nil
	}
	if err != nil {
		return fmt.Errorf("damaged mail: %w", err)
	}
	return nil
}

// inUTF8 is a text in the encoding that its part of a mail declares; as it is where it declares none that is known.
func inUTF8(body io.Reader, declared string) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(body, MaxText+1))
	if err != nil {
		return nil, err
	}
	if len(b) > MaxText {
		return nil, errLarge
	}
	if e, name := charset.Lookup(declared); e != nil && name != "utf-8" {
		return e.NewDecoder().Bytes(b)
	}
	return b, nil
}
