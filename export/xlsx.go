package export

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"iter"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/onrecord/onrecord/internal/sentinel"
)

// A Sheet is one table of a workbook: rows of cells, the first of them the columns' names. A cell is nil, a string, a []string, a
// bool, an int or a float64; a *string may be nil.
type Sheet struct {
	Name string // at most 31 characters, none of []:*?/\
	Rows iter.Seq[[]any]
}

// What a spreadsheet takes (ECMA-376, part 1; limits by Microsoft's "Excel specifications and limits").
const (
	mostRows   = 1 << 20
	mostInCell = 32767 // UTF-16 units
)

// ErrTooManyRows says that a table has more rows than a sheet takes.
const ErrTooManyRows sentinel.Error = "more rows than a sheet takes"

// XLSX writes sheets as a workbook (ECMA-376, Office Open XML). Text stays text, whatever it begins with, and is cut where it is
// longer than a cell takes; numbers are numbers. The same sheets give the same bytes.
func XLSX(w io.Writer, sheets ...Sheet) error {
	z := zip.NewWriter(w)
	var types, list, links strings.Builder
	for i, s := range sheets {
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, i+1)
		fmt.Fprintf(&list, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, escapeXML(s.Name), i+1, i+1)
		fmt.Fprintf(&links, `<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, i+1)
	}
	const relationships = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>` + types.String() + `</Types>`},
		{"_rels/.rels", relationships + `<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>` + list.String() + `</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", relationships + links.String() + fmt.Sprintf(`<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`, len(sheets)+1)},
		// Style 0 is plain, style 1 bold: the columns' names.
		{"xl/styles.xml", `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs></styleSheet>`},
	} {
		f, err := z.Create(part[0])
		if err == nil {
			_, err = io.WriteString(f, xml.Header+part[1])
		}
		if err != nil {
			return err
		}
	}
	for i, s := range sheets {
		f, err := z.Create(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1))
		if err == nil {
			err = writeSheet(f, s.Rows)
		}
		if err != nil {
			return fmt.Errorf("sheet %s: %w", s.Name, err)
		}
	}
	return z.Close()
}

// writeSheet writes a table with its first row bold and kept in sight.
func writeSheet(w io.Writer, rows iter.Seq[[]any]) error {
	b := bufio.NewWriter(w)
	b.WriteString(xml.Header + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`)
	n := 0
	for row := range rows {
		if n++; n > mostRows {
			return ErrTooManyRows
		}
		fmt.Fprintf(b, `<row r="%d">`, n)
		for k, c := range row {
			writeCell(b, column(k)+strconv.Itoa(n), n == 1, c)
		}
		b.WriteString("</row>")
	}
	b.WriteString("</sheetData></worksheet>")
	return b.Flush()
}

func writeCell(b *bufio.Writer, at string, bold bool, v any) {
	style := ""
	if bold {
		style = ` s="1"`
	}
	switch x := v.(type) {
	case nil:
		return
	case *string:
		if x != nil {
			writeCell(b, at, bold, *x)
		}
	case []string:
		writeCell(b, at, bold, strings.Join(x, "; "))
	case bool:
		fmt.Fprintf(b, `<c r="%s" t="b"%s><v>%d</v></c>`, at, style, map[bool]int{true: 1}[x])
	case int:
		fmt.Fprintf(b, `<c r="%s"%s><v>%d</v></c>`, at, style, x)
	case float64:
		if !math.IsInf(x, 0) && !math.IsNaN(x) {
			fmt.Fprintf(b, `<c r="%s"%s><v>%s</v></c>`, at, style, strconv.FormatFloat(x, 'g', -1, 64))
		}
	default:
		fmt.Fprintf(b, `<c r="%s" t="inlineStr"%s><is><t xml:space="preserve">%s</t></is></c>`, at, style, cellText(fmt.Sprint(v)))
	}
}

// column is the name of column k, from 0: A to Z, AA, ...
func column(k int) string {
	name := ""
	for k++; k > 0; k = (k - 1) / 26 {
		name = string(rune('A'+(k-1)%26)) + name
	}
	return name
}

// cellText is a text as a cell holds it: characters that XML does not have, and what would be read as such a sign, are written
// _xHHHH_ (ECMA-376, part 1, section 22.9.2.19).
func cellText(s string) string {
	var b strings.Builder
	units := 0
	for i, r := range s {
		if units += utf16.RuneLen(r); units > mostInCell {
			break
		}
		switch {
		case r == '_' && isSign(s[i:]):
			b.WriteString("_x005F_")
		case unicode.IsControl(r) && r != '\t' && r != '\n', r == 0xFFFE, r == 0xFFFF:
			fmt.Fprintf(&b, "_x%04X_", r)
		default:
			b.WriteRune(r)
		}
	}
	return escapeXML(b.String())
}

// isSign says whether a text begins with _xHHHH_.
func isSign(s string) bool {
	if len(s) < 7 || s[:2] != "_x" || s[6] != '_' {
		return false
	}
	_, err := strconv.ParseUint(s[2:6], 16, 16)
	return err == nil
}

func escapeXML(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder does not fail
	return b.String()
}
