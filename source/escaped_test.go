package source

import "testing"

func TestUnescaped(t *testing.T) {
	for _, row := range []struct{ given, text, note string }{
		{"It sold 5 < 6 boats & more, at R&D; see C:\\new.", "", ""},
		{"The firm <em> fell.", "", ""},
		{"The <b>mayor</b> left.\n\nShe &amp; he <a href=\"/x\">said</a> no.", "The mayor left.\n\nShe & he said no.", errTagged.Error()},
		{"<p>The mayor left.</p><p>She said &ldquo;no&rdquo;.</p>", "The mayor left.\n\nShe said “no”.", errTagged.Error()},
		{"The mayor left.<br/><br>She stayed.\n\nHe came.", "The mayor left.\n\nShe stayed.\n\nHe came.", errTagged.Error()},
		{"&lt;p&gt;The mayor left.&lt;/p&gt;", "The mayor left.", errCoded.Error() + "\n" + errTagged.Error()},
		{"&#8220;No,&#8221; she said. It&#x2019;s AT&amp;T.", "“No,” she said. It’s AT&T.", errCoded.Error()},
		{"&amp;quot;No,&amp;quot; she said.", "\"No,\" she said.", errCoded.Error()},
		{`\"No,\" she said.\n\nCaf\u00e9 \ud83d\ude00`, "\"No,\" she said.\n\nCafé 😀", errEscaped.Error()},
		{`We can\'t go.`, "We can't go.", errEscaped.Error()},
	} {
		if row.text == "" {
			row.text = row.given
		}
		got, err := unescaped(row.given)
		note := ""
		if err != nil {
			note = err.Error()
		}
		if got != row.text || note != row.note {
			t.Errorf("%q: %q, %q; want %q, %q", row.given, got, note, row.text, row.note)
		}
	}
}
