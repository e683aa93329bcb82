package source

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestKindsOfFiles reads a folder with files of many kinds: each is read, refused with a reason, or passed over, and none is lost.
func TestKindsOfFiles(t *testing.T) {
	const html = `<!doctype html><html><head><title>Lamp dark</title></head><body><article><h1>Lamp dark</h1><p>The lamp of Orm will be dark until the spring, said Tove Harr, who keeps it.</p></article></body></html>`
	files := map[string]string{
		"saved.php":    html,
		"saved":        "\n" + strings.ToUpper(html[:15]) + html[15:],
		"script.php":   "<?php echo 1;",
		"picture.jpg":  "\xff\xd8\xff\xe0 JFIF",
		"rich.txt":     `{\rtf1\ansi The lamp is dark.}`,
		"talk.vtt":     "WEBVTT\n\n1\n00:00:01.000 --> 00:00:03.000\n<v Tove Harr>The lamp is dark,\n\n2\n00:00:03.200 --> 00:00:05.000\n<v Tove Harr>and will be until spring.\n\n00:00:05.100 --> 00:00:07.000\n<v Ned Ostler>Who pays?\n",
		"talk.srt":     "1\r\n00:00:01,000 --> 00:00:03,000\r\n<i>The lamp is dark.</i>\r\n\r\n2\r\n00:00:09,000 --> 00:00:11,000\r\n>> Who pays?\r\n",
		"talk.txt":     "1\n00:00:01,000 --> 00:00:03,000\nThe lamp is dark.\n",
		"note.eml":     "From: \"Tove Harr\" <tove@orm.example>\nDate: Tue, 4 Mar 2031 10:05:00 +0100\nSubject: =?utf-8?q?Lamp_d=C3=A4rk?=\nMIME-Version: 1.0\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nThe caf=E9 is dark, said the warden.=\n He was cross.\n",
		"page.mhtml":   "From: <Saved by a browser>\nSnapshot-Content-Location: https://times.example/2031/03/04/lamp\nSubject: Lamp dark\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"b\"\n\n--b\nContent-Type: text/html; charset=utf-8\n\n" + html + "\n--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--b--\n",
		"pictures.eml": "From: a@orm.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"b\"\n\n--b\nContent-Type: image/png\n\nx\n--b--\n",
		"cut.eml":      "From: a@orm.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"b\"\n\n--b\nContent-Type: text/html\n\nx",
	}
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got := map[string]string{}
	for item := range Paths(context.Background(), []string{dir}, nil) {
		switch {
		case item.Refusal != nil:
			got[filepath.Base(item.Refusal.File)] = "refused: " + item.Refusal.Err.Error()
		case item.Passed != "":
			got[filepath.Base(item.Passed)] = "passed over"
		default:
			a := item.Article
			got[filepath.Base(a.File)] = strings.Join([]string{a.Title, a.Byline, a.Published.Value, a.Text}, "|")
		}
	}
	const read = "Lamp dark\n\nThe lamp of Orm will be dark until the spring, said Tove Harr, who keeps it."
	want := map[string]string{
		"saved.php":    "Lamp dark|||" + read,
		"saved":        "Lamp dark|||" + read,
		"script.php":   "passed over",
		"picture.jpg":  "passed over",
		"rich.txt":     "|||The lamp is dark.",
		"talk.vtt":     "|||TOVE HARR: The lamp is dark, and will be until spring.\n\nNED OSTLER: Who pays?",
		"talk.srt":     "|||The lamp is dark.\n\nWho pays?",
		"talk.txt":     "|||The lamp is dark.",
		"note.eml":     "Lamp därk|Tove Harr|2031-03-04T10:05:00+01:00|The café is dark, said the warden. He was cross.\n",
		"page.mhtml":   "Lamp dark||2031-03-04|" + read,
		"pictures.eml": "refused: " + errNoText.Error(),
		"cut.eml":      "refused: damaged mail: unexpected EOF",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// FuzzMail reads any bytes as mail: an article or an error, and no panic.
func FuzzMail(f *testing.F) {
	f.Add([]byte("From: a@orm.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\nVGhl\n--b--\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if a, err := message(b); (a == nil) == (err == nil) {
			t.Fatal("neither or both of article and error")
		}
	})
}

// FuzzCaptions reads any text as captions: no paragraph is empty.
func FuzzCaptions(f *testing.F) {
	f.Add("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Tove>So <b>dark</b>\n\n1\n00:00:05,000 --> 00:00:06,000\n- And?\n")
	f.Fuzz(func(t *testing.T, text string) {
		said := spoken(text)
		for p := range strings.SplitSeq(said, "\n\n") {
			if said != "" && strings.TrimSpace(p) == "" {
				t.Fatalf("%q", said)
			}
		}
	})
}
