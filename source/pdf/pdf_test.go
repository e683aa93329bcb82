package pdf

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
)

// reader is shared by the tests, for PDFium is compiled once.
var reader Reader

func TestMain(m *testing.M) {
	code := m.Run()
	reader.Close()
	os.Exit(code)
}

// document is a PDF file whose pages have these contents.
func document(pages ...string) []byte {
	var b strings.Builder
	b.WriteString("%PDF-1.4\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n3 0 obj <</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>> endobj\n")
	b.WriteString("4 0 obj <</Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1>> stream\na\nendstream endobj\n")
	kids := ""
	for i, p := range pages {
		n := 10 + 2*i
		kids += fmt.Sprintf("%d 0 R ", n)
		fmt.Fprintf(&b, "%d 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Contents %d 0 R /Resources <</Font <</F 3 0 R>> /XObject <</I 4 0 R>>>>>> endobj\n", n, n+1)
		fmt.Fprintf(&b, "%d 0 obj <</Length %d>> stream\n%s\nendstream endobj\n", n+1, len(p), p)
	}
	fmt.Fprintf(&b, "2 0 obj <</Type /Pages /Kids [%s] /Count %d>> endobj\ntrailer <</Root 1 0 R>>\n%%%%EOF\n", kids, len(pages))
	return []byte(b.String())
}

// at sets a line of a size somewhere on a page.
func at(x, y, size int, s string) string {
	return fmt.Sprintf("BT /F %d Tf %d %d Td (%s) Tj ET\n", size, x, y, s)
}

// TestArticle reads pages: what of them are paragraphs, and what is left out.
func TestArticle(t *testing.T) {
	const picture = "q 400 0 0 400 0 0 cm /I Do Q"
	page := func(n int) string {
		return at(50, 385, 8, "Orm Times, 4 March 2031") + at(50, 300, 10, fmt.Sprintf("The lamp was dark on day %d, said Tove Harr.", n)) + at(190, 10, 8, fmt.Sprint(n))
	}
	for _, c := range []struct {
		name        string
		in          []byte
		title, text string
	}{
		{
			"paragraphs by distance", document(at(50, 350, 10, "The lamp of Orm will be dark until the") + at(50, 338, 10, "spring, said Tove Harr.") + at(50, 315, 10, "Nobody pays.")),
			"", "The lamp of Orm will be dark until the spring, said Tove Harr.\n\nNobody pays.",
		},
		{
			"paragraphs by indent", document(at(60, 350, 10, "The lamp of Orm will be dark until the") + at(50, 338, 10, "spring, and long after, said Tove Harr,") + at(50, 326, 10, "who has kept it for all of ten years.") + at(60, 314, 10, "Nobody pays her for it, as she told us") + at(50, 302, 10, "on the pier.")),
			"", "The lamp of Orm will be dark until the spring, and long after, said Tove Harr, who has kept it for all of ten years.\n\nNobody pays her for it, as she told us on the pier.",
		},
		{
			"a title in two lines", document(at(50, 350, 20, "Lamp of Orm is dark,") + at(50, 327, 20, "and nobody pays") + at(50, 300, 10, "By Tove Harr") + at(50, 270, 10, "The lamp of Orm is dark, and will be so until the spring.")),
			"Lamp of Orm is dark, and nobody pays", "Lamp of Orm is dark, and nobody pays\n\nBy Tove Harr\n\nThe lamp of Orm is dark, and will be so until the spring.",
		},
		{
			"two columns", document(at(20, 350, 10, "The lamp of Orm will be dark until") + at(20, 338, 10, "the spring, said Tove Harr, who has") + at(220, 350, 10, "kept it for ten years.") + at(220, 330, 10, "Nobody pays.")),
			"", "The lamp of Orm will be dark until the spring, said Tove Harr, who has kept it for ten years.\n\nNobody pays.",
		},
		{
			"heads, feet and numbers of pages", document(page(1), page(2), page(3)),
			"", "The lamp was dark on day 1, said Tove Harr.\n\nThe lamp was dark on day 2, said Tove Harr.\n\nThe lamp was dark on day 3, said Tove Harr.",
		},
		{
			"a hyphen that divides a word", document(at(50, 350, 10, "It was said to be a great mis-") + at(50, 338, 10, "understanding of the well-known") + at(50, 326, 10, "keeper, who is well-") + at(50, 314, 10, "known there.")),
			"", "It was said to be a great misunderstanding of the well-known keeper, who is well-known there.",
		},
		{"signs", document(at(50, 350, 10, "\\223No,\\224 she said \\226 \\200 5.")), "", "“No,” she said – € 5."},
		{"text over a picture", document(picture + "\n" + at(50, 350, 10, "The lamp of Orm is dark, said Tove Harr on Monday.")), "", "The lamp of Orm is dark, said Tove Harr on Monday."},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := reader.Article(t.Context(), c.in)
			if err != nil {
				t.Fatal(err)
			}
			if a.Title != c.title || a.Text != c.text {
				t.Errorf("%q\n%q", a.Title, a.Text)
			}
		})
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	for _, c := range []struct {
		name string
		ctx  context.Context
		in   []byte
		want error
	}{
		{"pictures of pages", t.Context(), document(picture, picture), ErrScanned},
		{"pictures of pages with a stamp", t.Context(), document(picture+at(5, 5, 8, "Scan 12"), picture), ErrScanned},
		{"nothing", t.Context(), document(""), ErrNoText},
		{"no pages", t.Context(), []byte("%PDF-1.4"), ErrDamaged},
		{"stopped", cancelled, document(page(1)), context.Canceled},
	} {
		if _, err := reader.Article(c.ctx, c.in); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if a, err := reader.Article(t.Context(), document(page(1))); err != nil || a.Text == "" {
		t.Errorf("after those: %v", err)
	}
}

// FuzzPDF reads any bytes: an article with a text or an error, and the reader goes on.
func FuzzPDF(f *testing.F) {
	f.Add(document(at(50, 350, 10, "a-") + at(50, 338, 10, "b")))
	f.Add(document("q 400 0 0 400 0 0 cm /I Do Q", ""))
	f.Fuzz(func(t *testing.T, b []byte) {
		a, err := reader.Article(context.Background(), b)
		if (a == nil) == (err == nil) || a != nil && strings.ToValidUTF8(a.Text, "") != a.Text {
			t.Fatalf("%+v, %v", a, err)
		}
	})
}
