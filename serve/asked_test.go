package serve

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/onrecord/onrecord/engine"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/sqlite"
)

// What was asked or promised is listed once, by whom and of whom, since when; what the one asked said later in the same words stands with it,
// and what nobody has answered is awaited.
func TestAskedAndPromised(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{
		"1.json": `{"id":"1","outlet":"Quill Wire","published":"2031-03-04","title":"Engineers want the bridge reports","text":"Mayor Odile Karst asked Minister Halvard Dorn on Tuesday to publish the inspection reports of the Tarn bridge.\n\nMinister Halvard Dorn promised to reopen the bridge by June."}`,
		"2.json": `{"id":"2","outlet":"Lake Gazette","published":"2031-03-04","title":"Mayor wants the bridge reports","text":"Mayor Odile Karst asked Minister Halvard Dorn on Tuesday to publish the inspection reports of the Tarn bridge.\n\nThe bridge has been closed since January."}`,
		"3.json": `{"id":"3","outlet":"Quill Wire","published":"2031-03-06","title":"Minister on the bridge reports","text":"“The inspection reports of the Tarn bridge are published today,” Minister Halvard Dorn said on Thursday.\n\nMayor Odile Karst asked Minister Halvard Dorn to publish the inspection reports of the Tarn bridge on Tuesday."}`,
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	l, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "l.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if _, err := engine.Read(t.Context(), l, []string{folder}, engine.Options{Workers: 1}); err != nil {
		t.Fatal(err)
	}
	rows, _, err := l.Stories(t.Context(), ledger.StoryFilter{})
	if err != nil || len(rows) == 0 {
		t.Fatal(err)
	}
	v, err := l.Story(t.Context(), rows[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	list, more := newIndex(v).matters(v)
	var asked, promised []string
	for i := range list {
		m := &list[i]
		answer := "awaited"
		if m.Answer != nil {
			answer = m.Answer.Full()
		}
		line := m.Who() + " of " + m.To + " since " + m.Published + ": " + answer
		if m.Promise {
			promised = append(promised, line)
		} else {
			asked = append(asked, line)
		}
	}
	if len(asked) != 1 || !strings.Contains(asked[0], "Odile Karst of Halvard Dorn since 2031-03-04: “The inspection reports") || more != 0 {
		t.Errorf("asked: %q", asked)
	}
	if len(promised) != 1 || !strings.Contains(promised[0], "Halvard Dorn") || !strings.HasSuffix(promised[0], "awaited") {
		t.Errorf("promised: %q", promised)
	}
	if page := visit(New(l), "/story/"+rows[0].ID).Body.String(); !strings.Contains(page, "Asked and promised") || !strings.Contains(page, "<b>awaited</b>") {
		t.Error("the page does not say it")
	}
}
