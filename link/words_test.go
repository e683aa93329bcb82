package link

import "testing"

func TestShown(t *testing.T) {
	v := newSpeech(0)
	for _, w := range []string{"strikes", "striking", "strike", "opposition", "oppose", "norland"} {
		v.form([]byte(w))
	}
	v.names[v.form([]byte("norland"))] = true
	for stem, want := range map[string]string{stemOf("strikes"): "strike", stemOf("opposed"): "oppose", stemOf("norland"): "Norland", "name islamic state": "Islamic State", "unseen": "unseen"} {
		if got := v.shown(stem); got != want {
			t.Errorf("%q is shown as %q, want %q", stem, got, want)
		}
	}
}
