package export

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func sheetOf(rows ...[]any) Sheet { return Sheet{"rows", slices.Values(rows)} }

// readXLSX reads the sheets of a workbook back, as a program for spreadsheets would: through the parts that name one another.
func readXLSX(t *testing.T, data []byte) (names []string, sheets [][][]any) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	part := func(name string, into any) {
		t.Helper()
		f, err := z.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(f)
		if err == nil {
			err = xml.Unmarshal(b, into)
		}
		if err != nil {
			t.Fatal(name, err)
		}
	}
	type link struct {
		ID     string `xml:"Id,attr"`
		Target string `xml:",attr"`
	}
	var root, rels struct {
		Links []link `xml:"Relationship"`
	}
	part("_rels/.rels", &root)
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			Link string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	part(root.Links[0].Target, &book)
	part("xl/_rels/workbook.xml.rels", &rels)
	var types struct {
		Parts []struct {
			Name string `xml:"PartName,attr"`
		} `xml:"Override"`
	}
	part("[Content_Types].xml", &types)
	for _, p := range types.Parts {
		if _, err := z.Open(strings.TrimPrefix(p.Name, "/")); err != nil {
			t.Error(p.Name, "is named and not there")
		}
	}
	for _, s := range book.Sheets {
		i := slices.IndexFunc(rels.Links, func(l link) bool { return l.ID == s.Link })
		var sheet struct {
			Rows []struct {
				Cells []struct {
					At    string `xml:"r,attr"`
					Type  string `xml:"t,attr"`
					Value string `xml:"v"`
					Text  string `xml:"is>t"`
				} `xml:"c"`
			} `xml:"sheetData>row"`
		}
		part("xl/"+rels.Links[i].Target, &sheet)
		var rows [][]any
		for n, r := range sheet.Rows {
			var row []any
			for _, c := range r.Cells {
				name := strings.TrimRight(c.At, "0123456789")
				if c.At != name+strconv.Itoa(n+1) {
					t.Errorf("cell %s stands in row %d", c.At, n+1)
				}
				for column(len(row)) != name {
					row = append(row, nil)
				}
				switch c.Type {
				case "inlineStr":
					row = append(row, c.Text)
				case "b":
					row = append(row, c.Value == "1")
				default:
					x, err := strconv.ParseFloat(c.Value, 64)
					if err != nil {
						t.Error(c.At, err)
					}
					row = append(row, x)
				}
			}
			rows = append(rows, row)
		}
		names, sheets = append(names, s.Name), append(sheets, rows)
	}
	return names, sheets
}

func TestXLSX(t *testing.T) {
	long := strings.Repeat("é", mostInCell+9)
	none, some := (*string)(nil), "given"
	var b bytes.Buffer
	err := XLSX(&b, sheetOf(
		[]any{"text", "number", "share", "yes", "list", "maybe", "last"},
		[]any{"=1+1 <b>&\"\u202e", 1458, 1.0 / 3, true, []string{"a", "b"}, none, "x"},
		[]any{" _x0041_ \r\x00_x zz ", -1, math.NaN(), false, []string{}, &some, nil},
		[]any{long},
	), Sheet{"other <&> sheet", slices.Values([][]any{{"only"}})})
	if err != nil {
		t.Fatal(err)
	}
	names, sheets := readXLSX(t, b.Bytes())
	want := [][][]any{{
		{"text", "number", "share", "yes", "list", "maybe", "last"},
		{"=1+1 <b>&\"\u202e", 1458., 1.0 / 3, true, "a; b", nil, "x"},
		{" _x005F_x0041_ _x000D__x0000__x zz ", -1., nil, false, "", "given"},
		{long[:2*mostInCell]},
	}, {{"only"}}}
	if d := cmp.Diff(want, sheets); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"rows", "other <&> sheet"}, names); d != "" {
		t.Error(d)
	}
	if office, err := exec.LookPath("soffice"); err == nil { // the real thing, where there is one
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "rows.xlsx"), b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command(office, "--headless", "--convert-to", "csv", "--outdir", dir, filepath.Join(dir, "rows.xlsx")).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		csv, err := os.ReadFile(filepath.Join(dir, "rows.csv"))
		if err != nil || !strings.Contains(string(csv), "=1+1 <b>") {
			t.Errorf("%s %v", csv[:min(len(csv), 400)], err)
		}
	}
}

func TestXLSXColumns(t *testing.T) {
	for k, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 51: "AZ", 52: "BA", 701: "ZZ", 702: "AAA"} {
		if got := column(k); got != want {
			t.Errorf("column %d is %s, want %s", k, got, want)
		}
	}
}

func TestXLSXRefusesTooManyRows(t *testing.T) {
	row := []any{}
	err := XLSX(io.Discard, Sheet{"rows", func(yield func([]any) bool) {
		for range mostRows + 1 {
			if !yield(row) {
				return
			}
		}
	}})
	if !errors.Is(err, ErrTooManyRows) {
		t.Error(err)
	}
}
