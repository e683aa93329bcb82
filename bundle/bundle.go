// Package bundle writes a story into one file that anyone can check without the ledger it comes from and without a network: its articles, with
// their texts or, where these may not be given away, with their hashes; its rows, as the export contract has them; people's reviews; and the
// versions of what made them. To verify one is to make every row of it anew from the texts and to compare.
//
// Rows across articles may rest on articles that are not of the story: a name that is fuller elsewhere, a copy's origin. Whoever makes a bundle
// makes its rows anew from the bundle alone, and notes which come out otherwise, and in what: these are said to be not checked, never to pass.
package bundle

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/desk"
	"github.com/onrecord/onrecord/engine"
	"github.com/onrecord/onrecord/export"
	"github.com/onrecord/onrecord/internal/sentinel"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/storage"
	"github.com/onrecord/onrecord/link"
	"github.com/onrecord/onrecord/reading"
)

// What is wrong with what a bundle is to be made of, or with a file that is to be one.
const (
	ErrOtherVersion sentinel.Error = "articles of the story were read by another version of onrecord: onrecord read, without a path, reads them again"
	ErrUnlinked     sentinel.Error = "not all articles are linked yet: onrecord read completes it"
	ErrNoBundle     sentinel.Error = "not a bundle"
)

// The files of a bundle, a zip archive.
const (
	manifestFile = "bundle.json"
	articlesFile = "articles.jsonl" // an article a line
	rowsFile     = "rows.jsonl"     // the rows of the story, by the export contract
	reviewsFile  = "reviews.jsonl"  // reviews, in the order in which they arrived
)

// format is the version of the form of bundles.
const format = 1

// A Manifest says what a bundle is.
type Manifest struct {
	Type    string            `json:"type"` // "onrecord bundle"
	Format  int               `json:"format"`
	Story   string            `json:"story"`
	Title   string            `json:"title"`
	Reading string            `json:"reading"` // version of model and rules that read the articles
	Link    string            `json:"link"`    // version of the rules across articles
	Texts   bool              `json:"texts"`   // whether the articles have their texts
	Files   map[string]string `json:"files"`   // SHA-256 of each file
	// Outside are the rows that rest on articles that are not in the bundle, by key ([Result] has it), each with its fields that do: "*" for
	// the whole row.
	Outside map[string][]string `json:"outside"`
}

const manifestType = "onrecord bundle"

// An article is an article as it was received.
type article struct {
	ID         string           `json:"id"`
	ExternalID string           `json:"external_id,omitempty"`
	URL        string           `json:"url,omitempty"`
	Outlet     string           `json:"outlet,omitempty"`
	Title      string           `json:"title,omitempty"`
	Byline     string           `json:"byline,omitempty"`
	Published  export.Published `json:"published"`
	Language   string           `json:"language,omitempty"`
	File       string           `json:"file,omitempty"` // without its folder: it is part of the id where there is no address
	SHA256     string           `json:"sha256"`         // of the text
	Text       *string          `json:"text,omitempty"`
}

func fromArticle(a *onrecord.Article, texts bool) article {
	out := article{
		ID: a.ID, ExternalID: a.ExternalID, URL: a.URL, Outlet: a.Outlet, Title: a.Title, Byline: a.Byline, Published: export.Published(a.Published),
		Language: a.Language, File: filepath.Base(filepath.ToSlash(a.File)), SHA256: onrecord.TextHash(a.Text),
	}
	if texts {
		out.Text = &a.Text
	}
	return out
}

func (a *article) article(text string) *onrecord.Article {
	return &onrecord.Article{
		ID: a.ID, ExternalID: a.ExternalID, URL: a.URL, Outlet: a.Outlet, Title: a.Title, Byline: a.Byline, Published: onrecord.Published(a.Published),
		Language: a.Language, File: a.File, Text: text,
	}
}

// A row is a row of the export contract.
type row map[string]any

// key identifies a row: its id, and for a copy, which has none, the two articles.
func (r row) key() string {
	if id, ok := r["id"].(string); ok {
		return id
	}
	return fmt.Sprintf("%v of %v", r["article"], r["origin"])
}

func (r row) kind() string { kind, _ := r["type"].(string); return kind }

// Write writes the bundle of a story: with the texts of its articles, or without. The same ledger gives the same bytes.
func Write(ctx context.Context, w io.Writer, l ledger.Ledger, story string, texts bool) (*Manifest, error) {
	view, err := l.Story(ctx, story)
	if err != nil {
		return nil, err
	}
	status, err := l.Status(ctx)
	switch {
	case err != nil:
		return nil, err
	case !status.Linked:
		return nil, ErrUnlinked
	}
	m := &Manifest{
		Type: manifestType, Format: format, Story: view.Story.ID, Title: view.Story.Title, Reading: reading.Version(), Link: link.Version(), Texts: texts,
		Files: map[string]string{}, Outside: map[string][]string{},
	}
	var articles []*onrecord.Article
	var lines []article
	for i := range view.Articles {
		machine, _, err := l.Reading(ctx, view.Articles[i].ID)
		if err != nil {
			return nil, err
		}
		if machine.Model != m.Reading {
			return nil, ErrOtherVersion
		}
		articles, lines = append(articles, machine.Article), append(lines, fromArticle(machine.Article, texts))
	}
	var rows bytes.Buffer
	err = export.JSONL(&rows, func(f func(row any) error) error { return l.Rows(ctx, m.Story, f) }, func(ids []string) ([]ledger.ArticleRow, error) { return l.Articles(ctx, ids) })
	if err != nil {
		return nil, err
	}
	given, err := readRows(rows.Bytes())
	if err != nil {
		return nil, err
	}
	reviews, err := reviewsOf(ctx, l, given)
	if err != nil {
		return nil, err
	}
	made, err := derive(ctx, articles, reviews)
	if err != nil {
		return nil, err
	}
	for key, r := range given {
		if fields := differences(r, made[key]); fields != nil {
			m.Outside[key] = fields
		}
	}
	files := map[string][]byte{rowsFile: rows.Bytes()}
	if files[articlesFile], err = jsonLines(lines); err != nil {
		return nil, err
	}
	rowsOfReviews := make([]export.Review, len(reviews))
	for i := range reviews {
		rowsOfReviews[i] = export.FromReview(&reviews[i])
	}
	if files[reviewsFile], err = jsonLines(rowsOfReviews); err != nil {
		return nil, err
	}
	for name, data := range files {
		m.Files[name] = hash(data)
	}
	if files[manifestFile], err = json.MarshalIndent(m, "", "  "); err != nil {
		return nil, err
	}
	return m, pack(w, files)
}

func hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func jsonLines[T any](list []T) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	for _, v := range list {
		if err := e.Encode(v); err != nil {
			return nil, err
		}
	}
	return b.Bytes(), nil
}

func pack(w io.Writer, files map[string][]byte) error {
	z := zip.NewWriter(w)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
		if err != nil {
			return err
		}
		if _, err := f.Write(files[name]); err != nil {
			return err
		}
	}
	return z.Close()
}

// reviewsOf are the reviews among rows, in the order in which they arrived, and those that undo them.
func reviewsOf(ctx context.Context, l ledger.Reader, rows map[string]row) ([]onrecord.Review, error) {
	all, err := desk.AllReviews(ctx, l)
	return slices.DeleteFunc(all, func(v onrecord.Review) bool { return rows[v.ID] == nil && rows[v.Row] == nil }), err
}

// readRows reads rows of the export contract, by key.
func readRows(data []byte) (map[string]row, error) {
	rows := map[string]row{}
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, mostBytes)
	for n := 1; lines.Scan(); n++ {
		var r row
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil || r.kind() == "" {
			return nil, fmt.Errorf("%w: %s:%d: no row", ErrNoBundle, rowsFile, n)
		}
		if rows[r.key()] != nil {
			return nil, fmt.Errorf("%w: %s:%d: row %s comes twice", ErrNoBundle, rowsFile, n, r.key())
		}
		rows[r.key()] = r
	}
	return rows, lines.Err()
}

// derive makes the rows of articles anew, in a ledger of their own: read, reviewed, linked.
func derive(ctx context.Context, articles []*onrecord.Article, reviews []onrecord.Review) (map[string]row, error) {
	folder, err := os.MkdirTemp("", "onrecord-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	l, err := storage.Open(ctx, filepath.Join(folder, "bundle.db"))
	if err != nil {
		return nil, err
	}
	defer l.Close()
	readings := make([]*onrecord.Reading, len(articles))
	for i, a := range articles {
		readings[i] = reading.Read(a)
	}
	if _, err := l.Add(ctx, readings); err != nil {
		return nil, err
	}
	for _, v := range reviews {
		if err := l.AddReview(ctx, v); err != nil {
			return nil, err
		}
	}
	if err := engine.Link(ctx, l, runtime.GOMAXPROCS(0)); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = export.JSONL(&b, func(f func(row any) error) error { return l.Rows(ctx, "", f) }, func(ids []string) ([]ledger.ArticleRow, error) { return l.Articles(ctx, ids) })
	if err != nil {
		return nil, err
	}
	return readRows(b.Bytes())
}

// differences are the fields in which two rows differ, sorted; "*" where there is no other; nil where there are none.
func differences(a, b row) (fields []string) {
	if b == nil {
		return []string{"*"}
	}
	for k := range a {
		if !reflect.DeepEqual(a[k], b[k]) {
			fields = append(fields, k)
		}
	}
	for k := range b {
		if _, ok := a[k]; !ok {
			fields = append(fields, k)
		}
	}
	slices.Sort(fields)
	return fields
}
