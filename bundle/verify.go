package bundle

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/export"
	"github.com/onrecord/onrecord/link"
	"github.com/onrecord/onrecord/reading"
)

// mostBytes is how long a file of a bundle may be.
const mostBytes = 256 << 20

// What has become of a row.
const (
	Pass       = "pass"        // made anew, it is the same
	Fail       = "fail"        // it is not
	NotChecked = "not checked" // it cannot be made from what there is, and Why says so
)

// A Result is what has become of a row, or of a file, of a bundle.
type Result struct {
	Kind   string `json:"kind"` // of row, in the words of the export contract; "file"
	Key    string `json:"key"`  // id; of a copy, which has none, the article and its origin
	Result string `json:"result"`
	Why    string `json:"why,omitempty"`
}

// A Verdict is what has become of all of a bundle.
type Verdict struct {
	Manifest Manifest `json:"manifest"`
	Notes    []string `json:"notes"` // what is to be known before the results are read
	Results  []Result `json:"results"`
}

// Count is how many results are so.
func (v *Verdict) Count(result string) (n int) {
	for i := range v.Results {
		if v.Results[i].Result == result {
			n++
		}
	}
	return n
}

// across are the fields of a row that may rest on other articles, by kind of row; "*" where all of it may.
func across(kind string) []string {
	switch kind {
	case "article":
		return []string{"report", "story"}
	case "statement":
		return []string{"denied", "named", "speaker", "speaker_name", "utterance"}
	case "figure":
		return []string{"measure"}
	case "speaker", "copy", "story", "utterance", "measure", "dispute", "review":
		return []string{"*"}
	}
	return nil
}

// Verify makes every row of a bundle anew and compares. Texts are by SHA-256 those that the bundle itself does not have; nil for none.
func Verify(ctx context.Context, r io.ReaderAt, size int64, texts map[string]string) (*Verdict, error) {
	files, err := unpack(r, size)
	if err != nil {
		return nil, err
	}
	v := &Verdict{Notes: []string{}}
	if err := json.Unmarshal(files[manifestFile], &v.Manifest); err != nil || v.Manifest.Type != manifestType {
		return nil, fmt.Errorf("%w: %s is not that of one", ErrNoBundle, manifestFile)
	}
	if v.Manifest.Format != format {
		return nil, fmt.Errorf("%w of a form that this version knows: %d", ErrNoBundle, v.Manifest.Format)
	}
	if v.Manifest.Reading != reading.Version() || v.Manifest.Link != link.Version() {
		v.Notes = append(v.Notes, "the bundle was made by another version of onrecord: what fails may be for that")
	}
	for _, name := range []string{articlesFile, reviewsFile, rowsFile} {
		v.compare("file", name, v.Manifest.Files[name] == hash(files[name]), "its content is not what it was when the bundle was made")
	}
	given, err := readRows(files[rowsFile])
	if err != nil {
		return nil, err
	}
	articles, missing, err := v.articles(files[articlesFile], texts)
	if err != nil {
		return nil, err
	}
	reviews, err := readReviews(files[reviewsFile])
	if err != nil {
		return nil, err
	}
	made, err := derive(ctx, articles, reviews)
	if err != nil {
		return nil, err
	}
	keys := make([]string, 0, len(given))
	for key := range given {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		v.row(given[key], made[key], missing)
	}
	v.complete(given, made)
	return v, nil
}

func (v *Verdict) add(kind, key, result, why string) {
	if result == Pass {
		why = ""
	}
	v.Results = append(v.Results, Result{kind, key, result, why})
}

func (v *Verdict) compare(kind, key string, same bool, why string) {
	result := Pass
	if !same {
		result = Fail
	}
	v.add(kind, key, result, why)
}

// articles are the articles that there are texts of; missing are the others, by id.
func (v *Verdict) articles(data []byte, texts map[string]string) (list []*onrecord.Article, missing map[string]bool, err error) {
	missing = map[string]bool{}
	seen := map[string]bool{}
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, mostBytes)
	for n := 1; lines.Scan(); n++ {
		var a article
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil || a.ID == "" || seen[a.ID] {
			return nil, nil, fmt.Errorf("%w: %s:%d: no article, or one that comes twice", ErrNoBundle, articlesFile, n)
		}
		seen[a.ID] = true
		text, ok := texts[a.SHA256]
		if a.Text != nil {
			text, ok = *a.Text, true
		}
		x := a.article(text)
		switch {
		case !ok:
			missing[a.ID] = true
		case !utf8.ValidString(text) || onrecord.TextHash(text) != a.SHA256 || onrecord.ArticleID(x) != a.ID:
			missing[a.ID] = true
			v.add("text", a.ID, Fail, "it is not the text that was read, or does not come from where it is said to")
			continue
		case reading.Check(x) != nil:
			missing[a.ID] = true
			v.add("text", a.ID, Fail, reading.Check(x).Error())
			continue
		default:
			v.add("text", a.ID, Pass, "")
			list = append(list, x)
			continue
		}
		v.add("text", a.ID, NotChecked, "the bundle does not have it: give the article itself")
	}
	return list, missing, lines.Err()
}

func readReviews(data []byte) (list []onrecord.Review, err error) {
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, mostBytes)
	for n := 1; lines.Scan(); n++ {
		var r export.Review
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil || r.Type != "review" {
			return nil, fmt.Errorf("%w: %s:%d: no review", ErrNoBundle, reviewsFile, n)
		}
		v, err := r.Review()
		if err != nil {
			return nil, fmt.Errorf("%w: %s:%d: %w", ErrNoBundle, reviewsFile, n, err)
		}
		list = append(list, v)
	}
	return list, lines.Err()
}

// row compares a row with what is made anew.
func (v *Verdict) row(given, made row, missing map[string]bool) {
	key, kind := given.key(), given.kind()
	if kind == "article" && missing[key] {
		v.add(kind, key, NotChecked, "its text is not here")
		return
	}
	if in, _ := given["article"].(string); missing[in] {
		v.add(kind, key, NotChecked, "the text of its article is not here")
		return
	}
	mayDiffer := across(kind)
	outside := v.Manifest.Outside[key]
	if len(missing) > 0 { // rows across articles cannot be made of some of them
		outside = mayDiffer
	}
	differ := differences(given, made)
	var wrong, apart []string
	for _, f := range differ {
		noted := slices.Contains(outside, f) || slices.Contains(outside, "*")
		if noted && (slices.Contains(mayDiffer, f) || slices.Contains(mayDiffer, "*")) {
			apart = append(apart, f)
		} else {
			wrong = append(wrong, f)
		}
	}
	switch {
	case slices.Contains(wrong, "*"):
		v.add(kind, key, Fail, "no such row is made of the texts")
	case len(wrong) > 0:
		v.add(kind, key, Fail, "made anew, it differs in "+strings.Join(wrong, ", "))
	case len(apart) > 0 && across(kind)[0] == "*":
		why := "it rests on articles that are not here"
		if apart[0] != "*" {
			why += " in " + strings.Join(apart, ", ")
		}
		v.add(kind, key, NotChecked, why)
	case len(apart) > 0:
		v.add(kind, key, Pass, "")
		v.Results[len(v.Results)-1].Why = "but for " + strings.Join(apart, ", ") + ", which rest on articles that are not here"
	default:
		v.add(kind, key, Pass, "")
	}
}

// complete says which rows of the texts the bundle leaves out: to leave out a denial is to change what was said.
func (v *Verdict) complete(given, made map[string]row) {
	var left []string
	for key, r := range made {
		in, _ := r["article"].(string)
		if k := r.kind(); given[key] == nil && (k == "statement" || k == "figure" || k == "time") && given[in] != nil {
			left = append(left, key)
		}
	}
	slices.Sort(left)
	for _, key := range left {
		v.add(made[key].kind(), key, Fail, "it is made of the texts, and the bundle does not have it")
	}
}

// unpack reads the files of a bundle. Others in the archive are left alone.
func unpack(r io.ReaderAt, size int64) (map[string][]byte, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoBundle, err)
	}
	files := map[string][]byte{}
	for _, f := range z.File {
		if !slices.Contains([]string{manifestFile, articlesFile, rowsFile, reviewsFile}, f.Name) {
			continue
		}
		if files[f.Name] != nil {
			return nil, fmt.Errorf("%w: %s comes twice", ErrNoBundle, f.Name)
		}
		in, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("%w: %s: %w", ErrNoBundle, f.Name, err)
		}
		data, err := io.ReadAll(io.LimitReader(in, mostBytes+1))
		if err = errors.Join(err, in.Close()); err != nil {
			return nil, fmt.Errorf("%w: %s: %w", ErrNoBundle, f.Name, err)
		}
		if len(data) > mostBytes {
			return nil, fmt.Errorf("%w: %s is longer than %d MB", ErrNoBundle, f.Name, mostBytes>>20)
		}
		files[f.Name] = append([]byte{}, data...)
	}
	for _, name := range []string{manifestFile, articlesFile, rowsFile, reviewsFile} {
		if files[name] == nil {
			return nil, fmt.Errorf("%w: %s is missing", ErrNoBundle, name)
		}
	}
	return files, nil
}
