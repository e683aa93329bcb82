package page

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
)

// TestUndeclared tells encodings that nobody declared, and refuses what cannot be told.
func TestUndeclared(t *testing.T) {
	const (
		russian  = "Паром остался в порту, сообщила в понедельник служба гавани. Капитан сказал, что ветер был слишком сильным, и что люди на борту спали до утра."
		greek    = "Το πλοίο έμεινε στο λιμάνι, είπε τη Δευτέρα η υπηρεσία του λιμανιού. Ο καπετάνιος είπε ότι ο άνεμος ήταν πολύ δυνατός."
		nihongo  = "フェリーは港に残ったと月曜日に港の事務所が言った。船長は風が強すぎたと述べ、乗客は朝まで船で眠ったという。"
		hangugeo = "여객선은 항구에 남았다고 항만 사무소가 월요일에 말했다. 선장은 바람이 너무 강했다고 말했고 승객들은 아침까지 배에서 잤다."
		french   = "Le bac est resté à quai, a déclaré lundi la capitainerie, où l’on s’était levé très tôt. « Personne n’a été blessé », a répété le maître du port."
	)
	for _, c := range []struct {
		name, text string
		in         encoding.Encoding
	}{
		{"windows-1251", russian, charmap.Windows1251},
		{"KOI8-R", russian, charmap.KOI8R},
		{"windows-1253", greek, charmap.Windows1253},
		{"Shift-JIS", nihongo, japanese.ShiftJIS},
		{"EUC-KR", hangugeo, korean.EUCKR},
		{"windows-1252", french, charmap.Windows1252},
	} {
		b, err := c.in.NewEncoder().Bytes([]byte(c.text))
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		for _, page := range [][]byte{b, []byte("<html><body><p class=\"text of the article\">" + string(b) + "</p></body></html>")} {
			e, err := Undeclared(page)
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
				continue
			}
			if got, _ := e.NewDecoder().Bytes(page); !strings.Contains(string(got), c.text) {
				t.Errorf("%s: %s", c.name, got)
			}
		}
	}
	if _, err := Undeclared([]byte("\xe9\xff\x81\x90\xfe\xfd\xc0 \xf5\xf6\xff\x80\x81\xfe")); !errors.Is(err, ErrEncoding) {
		t.Errorf("noise: %v", err)
	}
}

// TestDeclaredFar reads a declaration that stands behind much of a page's head.
func TestDeclaredFar(t *testing.T) {
	page := "<html><head><style>" + strings.Repeat("p { margin: 0 } ", 200) + `</style><meta charset="windows-1250"></head><body><p>The ferry Ka` + "\x9e" + `a stayed in port, the harbour office said.</p></body></html>`
	a, err := Article([]byte(page), "")
	if err != nil || !strings.Contains(a.Text, "ferry Kaža stayed") {
		t.Errorf("%v, %v", a, err)
	}
	a, err = Article([]byte("<meta charset=utf-8><p>The caf\xe9 on the quay is shut, said its owner, \x93for good\x94.</p>"), "")
	if err != nil || !strings.Contains(a.Text, "café on the quay is shut, said its owner, “for good”") {
		t.Errorf("Windows-1252 declared as UTF-8: %v, %v", a, err)
	}
}
