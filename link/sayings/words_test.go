package sayings

import (
	"testing"

	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/names"
)

func TestShown(t *testing.T) {
	v := newSpeech(names.New(nil), 0)
	for _, w := range []string{"strikes", "striking", "strike", "opposition", "oppose", "norland"} {
		v.FormID([]byte(w))
	}
	v.names[v.FormID([]byte("norland"))] = true
	for stem, want := range map[string]string{corpus.Stem("strikes"): "strike", corpus.Stem("opposed"): "oppose", corpus.Stem("norland"): "Norland", "name islamic state": "Islamic State", "unseen": "unseen"} {
		if got := v.shown(stem); got != want {
			t.Errorf("%q is shown as %q, want %q", stem, got, want)
		}
	}
}
