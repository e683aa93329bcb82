package text

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord/learn"
	"github.com/onrecord/onrecord/text/weights"
)

func words(d *Doc) []string {
	var w []string
	for i := range d.Tokens {
		w = append(w, d.Word(i))
	}
	return w
}

func TestTokens(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		// Clitics and apostrophes.
		{"They don't, she's sure we'll see what they've; I'd go.", "They do n't , she 's sure we 'll see what they 've ; I 'd go ."},
		{"I’d’ve said Orla’s boats aren’t the islanders’.", "I ’d ’ve said Orla ’s boats are n’t the islanders ’ ."},
		{"Orla‘s and Orla`s and CAN'T", "Orla ‘s and Orla `s and CA N'T"},
		{"O'Brien at five o'clock, ma'am", "O'Brien at five o'clock , ma'am"},
		{"in the '80s, give 'em rock 'n' roll of '79", "in the '80s , give 'em rock 'n ' roll of '79"},
		{"cannot gonna Gotta cannoth", "can not gon na Got ta cannoth"},
		{"the U.N.’s man", "the U.N. ’s man"},
		{"it 's what they do n't say", "it 's what they do n't say"},
		// Hyphens, dashes, slashes.
		{"a five-year, al-Zahra-affiliated plan", "a five-year , al-Zahra-affiliated plan"},
		{"the U.S.-led, U.S-led and non-U.S. side", "the U.S.-led , U.S-led and non-U.S. side"},
		{"so -- it seems—or seems – not--", "so -- it seems — or seems – not --"},
		{"and/or 9/11 +/-", "and/or 9/11 + / -"},
		{"U-S-A. U-S-A!", "U-S-A . U-S-A !"},
		// Abbreviations and initials.
		{"Mr. J. R. Smith Jr. of St. Orm, Mass., met Gen. Lee at 5 p.m. in Washington, D.C.", "Mr. J. R. Smith Jr. of St. Orm , Mass. , met Gen. Lee at 5 p.m. in Washington , D.C."},
		{"On Sept. 30. In Mass. No. 5, but no. Plan Q.", "On Sept. 30 . In Mass . No. 5 , but no . Plan Q."},
		{"than I. But Ann I. Lund, Ph.D., (R-Ky.) and W.Va. e.g. one", "than I . But Ann I. Lund , Ph.D. , ( R-Ky. ) and W.Va. e.g. one"},
		{"J.Smith said.The end", "J. Smith said . The end"},
		// Numbers, money, signs.
		{"$1,458.50, £5bn, €3 and 5.2% of US$7", "$ 1,458.50 , £ 5bn , € 3 and 5.2 % of US$ 7"},
		{"a .38, (-5) and -7 or +3, 16-19, 6:05, 2015–16, 3½", "a .38 , ( -5 ) and -7 or +3 , 16-19 , 6:05 , 2015 – 16 , 3½"},
		{"5,000 people, 30,then", "5,000 people , 30 , then"},
		// Marks.
		{"Wait... what?! No…", "Wait ... what ?! No …"},
		{"``A'' and ''B''", "`` A '' and '' B ''"},
		{"\"[The] plan,\" (he) said", "\" [ The ] plan , \" ( he ) said"},
		{"AT&T, Q&A, bread & wine", "AT&T , Q&A , bread & wine"},
		{"___ *** !!!", "___ *** !!!"},
		// Addresses.
		{"See https://a.example/x?y=1&z=(2), www.b.example.", "See https://a.example/x?y=1&z=(2 ) , www.b.example ."},
		{"@some_one #OpenSea ann.lund@mail.example savings.com/plan will.i.am", "@some_one #OpenSea ann.lund@mail.example savings.com/plan will.i.am"},
		// Scripts and what is not seen.
		{"Café\u0301 naïve Ελλάδα Россия", "Café\u0301 naïve Ελλάδα Россия"},
		{"a\u00a0b\u200bc \u202eabc\u202c govern\u00adment \ufeffx", "a b c abc govern\u00adment x"},
		{"👨‍👩‍👧 🇬🇧👍🏽!", "👨‍👩‍👧 🇬🇧 👍🏽 !"},
		{"a\xffb\xe2\x80", "a \xff b \xe2 \x80"},
		{"", ""},
	} {
		if got := strings.Join(words(Parse(c.text)), " "); got != c.want {
			t.Errorf("%q\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

func TestShapes(t *testing.T) {
	want := map[string]Shape{
		"word": Lower, "Word": Title, "A": Title, "Al-Zahra": Title, "WORD": Upper, "U.S.": Upper, "iPhone": Camel, "McVey": Camel,
		"al-Zahra": Camel, "1,458": Number, "16-19": Number, "5G": Mixed, "1970s": Mixed, "$": Symbol, "%": Symbol, ",": Punct, "—": Punct,
		"😀": Symbol, "Ärger": Title, "ÄRGER": Upper, "’s": Lower,
	}
	for w, s := range want {
		d := Parse("x " + w)
		if got := d.Tokens[len(d.Tokens)-1]; got.Shape != s || got.Of(d.Text) != w {
			t.Errorf("%s: token %q of shape %d, want %d", w, got.Of(d.Text), got.Shape, s)
		}
	}
	d := Parse(`"Yes," he said.`)
	if d.Tokens[0].Shape != Open || d.Tokens[3].Shape != Close {
		t.Errorf("quotation marks: %v", d.Tokens)
	}
}

func TestSentences(t *testing.T) {
	for _, c := range []struct{ name, text string }{ // "|" stands where a sentence ends
		{"plain", "The boat left.| Nobody saw it.| Why?| Go!"},
		{"abbreviations", "The U.S. President met Mr. Vale of Orm Inc. in St. Ives on Sept. 30.| He left at 5 p.m.| The talks went on."},
		{"U.S. at the end", "He came to the U.S.| But she stayed.| They met in the U.S. Senate."},
		{"initials", "It was J. R. Lund and Plan B. Lund who won.| World War II.| The end."},
		{"closing marks", "“It is over.”| She left.| (He stayed.)| \"No.\"| [Laughs.]| Then 'Yes.'| Done."},
		{"lower case goes on", "“Who is it?” she asked.| The Yahoo! share fell, etc. and so on.| He said no. and left."},
		{"question with cue", "“Who is it?” Ms. Lund asked.| “Is it?”| The door closed."},
		{"ellipsis", "I think ... they left.| We waited.| ... And then it rained … Lund said."},
		{"no blank", "He had said.|The boat left"},
		{"opening mark after stop", "He left.| “We will stay.| We must,” she said."},
		{"number after stop", "It cost 30.| 12 people saw it.| Version 2.5 came."},
		{"quotation after an abbreviation", "It struck at 7 a.m.| \"Everybody is safe,\" she said."},
		{"notes", "It was so. [12]| Then it was not. [source needed]| Now it is. [...]| The end."},
		{"spaced ellipsis", "“We waited . . . and then they left.| The plan is sound. . . .| Honestly, we will go on.”| He sat."},
		{"month and day", "They met on Nov. 4.| “It went well,” he said.| It ran from Sept. 9 to Oct. 2 in Orm."},
		{"states and companies", "Lund Corp. President Ann Vale was in Orm, Mass.| The firm sold it in 1994.| Vale & Co. Ltd. bought it."},
		{"abbreviation in brackets", "Sen. Ole Lund (D-Ill.) Tuesday said no.| Rep. J. T. Vale (R-Va.) agreed."},
		{"exclamation inside", "“Stop!” he told Vale.| The paper, Orm Today!, closed.| Why me? she thought."},
		{"list", "1. The first point.| It matters."},
		{"dateline", "PORT ORM, Sept. 3 (Wire) -- The boat left.| It rained."},
		{"headline", "Boat leaves port\n\n|The boat left."},
		{"dash", "It left.| – It did.| \"So?\" — nobody knew."},
	} {
		plain := strings.ReplaceAll(c.text, "|", "")
		d := Parse(plain)
		got := ""
		last := 0
		for _, r := range d.Sentences[1:] {
			at := d.Tokens[r.First].Start
			for at > last && (plain[at-1] == ' ') {
				at--
			}
			got += plain[last:at] + "|"
			last = at
		}
		got += plain[last:]
		if got != c.text {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.text)
		}
	}
}

// TestDamagedWeights reads the model of sentences cut short at every length, and with each byte changed.
func TestDamagedWeights(t *testing.T) {
	b := weights.Sentences
	if _, err := readSplitter(b); err != nil {
		t.Fatal(err)
	}
	for cut := 0; cut < len(b); cut += 97 {
		if _, err := readSplitter(b[:cut]); !errors.Is(err, learn.ErrFile) {
			t.Fatalf("cut at %d: %v", cut, err)
		}
	}
	for at := 0; at < len(b); at += 97 {
		bad := slices.Clone(b)
		bad[at] ^= 0x20
		if _, err := readSplitter(bad); !errors.Is(err, learn.ErrFile) {
			t.Fatalf("byte %d changed: %v", at, err)
		}
	}
}

// TestTrainSentences learns a rule of its own from a few texts: that a new sentence follows "qv.", which the rules do not know,
// where a capital does.
func TestTrainSentences(t *testing.T) {
	var examples []Example
	for i := range 300 {
		s := fmt.Sprintf("The boat %d of Vale qv. Then it left qv. and came.", i)
		examples = append(examples, Example{Text: s, Ends: []int{strings.Index(s, " Then"), len(s)}})
		s = fmt.Sprintf("The boat %d of Vale gnt. Then it left.", i)
		examples = append(examples, Example{Text: s, Ends: []int{len(s)}})
	}
	train := func() []byte {
		b, err := TrainSentences(examples, t.Logf)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	b := train()
	if !bytes.Equal(b, train()) {
		t.Fatal("the same examples gave other bytes")
	}
	s, err := readSplitter(b)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]int{"A ship of Orm qv. Then it left.": 2, "A ship of Orm gnt. Then it left.": 1} {
		d, _ := cut(text)
		got := d.split(func(c candidate) bool { return s.ends(d, c, new(decision)) })
		if len(got) != want {
			t.Errorf("%s: %d sentences, want %d", text, len(got), want)
		}
	}
}

func TestParagraphs(t *testing.T) {
	wrapped := `   Salvage crews raised the trawler on Tuesday, nine days after it had gone
down off the northern skerries with two men on board, the coastguard said in
Port Orm.
   The men had been picked up by a yacht. Both were well, and one of them was
said to be back at work.
Its owner, a cooperative of eleven families, has not said whether the boat will
sail again.`
	for _, c := range []struct {
		name, text string
		want       []string // first words of the paragraphs
	}{
		{"blank lines", "One two.\n\nThree.\n \t\n\u00a0\nFour.", []string{"One", "Three", "Four"}},
		{"CR LF", "One two.\r\n\r\nThree.\rFour.", []string{"One", "Three", "Four"}},
		{"single line breaks", "Boat raised from the sea\nThe boat was raised on Tuesday.\nNobody was hurt.", []string{"Boat", "The", "Nobody"}},
		{"list", "They said:\nfirst, the sea\nsecond, the land", []string{"They", "first", "second"}},
		{"a sentence that runs on", "The boat, raised on Tuesday by a crew of nine men and\nwomen, will sail.", []string{"The"}},
		{"hard-wrapped", wrapped, []string{"Salvage", "The", "Its"}},
		{"hard-wrapped with headline", "BOAT RAISED\n\n" + wrapped, []string{"BOAT", "Salvage", "The", "Its"}},
		{"separators of Unicode", "One.\u2029Two.\u2028Three.\u0085Four.", []string{"One", "Two", "Three", "Four"}},
		{"nothing", " \n\n ", nil},
	} {
		d := Parse(c.text)
		var got []string
		for _, p := range d.Paragraphs {
			got = append(got, d.Word(p.First))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

// TestQuotations reads quotations as "inside", with o< where the opening mark is missing, >o where the closing one is, d1 for a
// depth, =n for the quotation it continues, and ~ for a scare quote.
func TestQuotations(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"straight", `"We will stay," he said. "All of us."`, []string{"We will stay,", "All of us."}},
		{"curly", "“We will stay,” he said. “All of us.”", []string{"We will stay,", "All of us."}},
		{"single", "'We will stay,' he said. 'It's the islanders' choice.'", []string{"We will stay,", "It's the islanders' choice."}},
		{"single curly", "‘We’ll stay,’ he said of the islanders’ choice in ’79.", []string{"We’ll stay,"}},
		{"plural possessive inside", "‘The islanders’ boats will stay,’ he said.", []string{"The islanders’ boats will stay,"}},
		{"apostrophes only", "The islanders' boats and the sailors' wives' hopes in the '80s.", nil},
		{"low-high", "„We will stay“, he said, „all of us”.", []string{"We will stay", "all of us"}},
		{"guillemets", "« We will stay », he said. »All of us.«", []string{"We will stay", "All of us."}},
		{"ticks", "``We will stay,'' he said. ''All of us.''", []string{"We will stay,", "All of us."}},
		{"backtick", "`We will stay,' he said.", []string{"We will stay,"}},
		{"missing opening", "If it sails like a boat, it is a boat,” Lund said. “Right?”", []string{"o< If it sails like a boat, it is a boat,", "Right?"}},
		{"missing opening in a later sentence", "He spoke on Monday. It is a boat,\" he said.", []string{"o< It is a boat,"}},
		{"missing closing at the end", "Lund said: “We will stay. All of us.", []string{"We will stay. All of us. >o"}},
		{"missing closing in a sentence", "She called it “a mess and left. The boat stayed.", []string{"a mess and left. >o"}},
		{"missing closing before another", "“We stay, he said. “We fight,” she said.", []string{"We stay, he said. >o", "We fight,"}},
		{"wrong way", "”We will stay,“ he said. ”All of us.”", []string{"We will stay,", "All of us."}},
		{"mixed", "“We will stay,\" he said. \"All of us.”", []string{"We will stay,", "All of us."}},
		{"paragraphs", "“One.\n\n“Two.\n\n“Three,” he said.", []string{"One. >o", "Two. >o =0", "Three, =1"}},
		{"paragraphs, straight", "\"One.\n\n\"Two,\" he said.\n\n\"Three.\"", []string{"One. >o", "Two, =0", "Three."}},
		{"paragraphs, not reopened", "“One.\n\nTwo,” he said.", []string{"One. >o", "o< Two, =0"}},
		{"paragraphs run together", "\"One boat. Two boats. \"Three boats,\" he said.", []string{"One boat. Two boats. >o", "Three boats, =0"}},
		{"nested", "“He said, ‘They told me “no” twice,’ and left,” she said.", []string{"He said, ‘They told me “no” twice,’ and left,", "They told me “no” twice, d1", "no d2 ~"}},
		{"nested straight", `"He told me 'no,' and left," she said.`, []string{"He told me 'no,' and left,", "no, d1 ~"}},
		{"nested in paragraphs", "“One said, ‘Go.\n\n“‘Now,’ he said.”", []string{"One said, ‘Go. >o", "Go. d1 >o", "‘Now,’ he said. =0", "Now, d1 =1"}},
		{"brackets", "\"They've helped [the] islanders [who fish],\" he said.", []string{"They've helped [the] islanders [who fish],"}},
		{"scare", `The "friendly" sea, the "terrible sea beasts" and a film, "The Long Way Home".`, []string{"friendly ~", "terrible sea beasts ~", "The Long Way Home ~"}},
		{"scare before a comma", `Despite the "friendly sea," she sailed on, and "no," he said.`, []string{"friendly sea, ~", "no,"}},
		{"spaced", `He said " We will stay " and left .`, []string{"We will stay ~"}},
		{"inches", `A 12" pipe and a 6'2" man, "yes," said.`, []string{"yes,"}},
		{"after a dash and a bracket", `It was—"I know"—so ("I think").`, []string{"I know ~", "I think ~"}},
		{"empty", `He said "" and “ ”.`, nil},
	} {
		d := Parse(c.text)
		var got []string
		for _, q := range d.Quotations {
			s := q.Inner.Of(c.text)
			if q.NoOpen {
				s = "o< " + s
			}
			if q.Depth > 0 {
				s += fmt.Sprintf(" d%d", q.Depth)
			}
			if q.NoClose {
				s += " >o"
			}
			if q.Continues >= 0 {
				s += fmt.Sprintf(" =%d", q.Continues)
			}
			if q.Scare {
				s += " ~"
			}
			got = append(got, s)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
		if bad := check(d); bad != "" {
			t.Errorf("%s: %s", c.name, bad)
		}
	}
}

// TestHostile parses large texts of one thing: it ends only if no layer takes more than linear time.
func TestHostile(t *testing.T) {
	for _, unit := range []string{
		`"`, "“", "”", "'", "‘", "“‘", "‘ ", `"a `, `a" `, "“a ", "a” ", "‘a “b ", "« ” ", "'a ", "a' ", "``", "''", "“a. ", "\"A b. ",
		"a", "a-", "a'", "a.", "A.", "'s", ".", "-", "a@", "http://", "a/", "5,", "e\u0301", "\u0301", "👍🏽", "👨‍", "\u200d", "\u00ad", "a\u00ad",
		"\xff", "\xe2\x80", "\n", "\r\n", "a\n", " \n", "Mr. ", "U.S. ", "a. B", "…", "[1] ", ". ) ", "(", "\u202e", "漢", "\u00a0",
	} {
		n := 1 << 20 / len(unit)
		if testing.Short() {
			n /= 16
		}
		if bad := check(Parse(strings.Repeat(unit, n))); bad != "" {
			t.Errorf("%q: %s", unit, bad)
		}
	}
}
