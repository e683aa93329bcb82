package layout

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/text"
)

func read(s string) (*text.Doc, *Layout) {
	d := text.Parse(s)
	return d, Of(english.Annotate(d), onrecord.Span{}, Asides(s))
}

func TestTurns(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string // name or (voice), "?" for a question: first words of each paragraph
	}{
		{
			"briefing", "MS. TARN:  Good morning. The lock is shut.\n\nWe opened the sluice at six.\n\n(Laughter.)\n\nQ    Will it open today?\n\nMS. TARN:  It will. I promise you.\n\nEND 3:45 P.M. EDT\n\nThe office is open.",
			[]string{"MS. TARN: Good | We", "? : Will", "MS. TARN: It"},
		},
		{"one speaker", "THE GOVERNOR:  Greta, thank you. My friends, the dam will hold.\n\nIt held before.", []string{"THE GOVERNOR: Greta | It"}},
		{
			"names", "The interview took place on the quay.\n\nReporter: Did you see the boat?\n\nBram Otter: I saw it at noon.\n\nIt was red.\n\nReporter: And the crew?\n\nOtter: They swam.",
			[]string{"Reporter ?: Did", "Bram Otter: I | It", "Reporter ?: And", "Otter: They"},
		},
		{
			"labels on lines of their own", "Holm:\n\nI came early.\n\nBrandt:\n\nDid you wait?\n\nHolm:\n\nI did, for you.",
			[]string{"Holm: I", "Brandt: Did", "Holm: I"},
		},
		{
			"in one paragraph", "He read from it: \"CALLER: Madam, I lost my boat. MS. TARN: You will get it back. CALLER: Thank you.\"",
			[]string{"CALLER: Madam", "MS. TARN: You", "CALLER: Thank"},
		},
		{
			"questions and answers", "Greta Ahl, who built the ferry, talks of her trade.\n\nWhen did you begin?\n\nI was nine. My father gave me a plane.\n\nAnd the first boat?\n\nIt sank, and I swam home.\n\nWill you go on?\n\nMy hands say no. I say yes.",
			[]string{"(Greta Ahl) : I", "(Greta Ahl) : It", "(Greta Ahl) : My"},
		},
		{
			"letters", "Ada Holm runs the lock. We asked her about it.\n\nQ: Is it safe?\n\nA: It is, I think.\n\nQ: Will it last?\n\nA: Longer than me.",
			[]string{"? : Is", "(Ada Holm) : It", "? : Will", "(Ada Holm) : Longer"},
		},
		{
			"letters to a paper", "SIR – The minister claims that the lock is safe. I have fished here for forty years.\n\nIt is not.\n\nJon Harrow\nTern Quay\n\nSIR – Ms Varga is right.\n\nEdda Moss\nFenn",
			[]string{"(Jon Harrow) : The | It", "(Edda Moss) : Ms"},
		},
		{
			"advice", "DEAR ODILE: My neighbour burns his nets. He says it is the only day he has.\n\n— COUGHING IN TERN\n\nDEAR COUGHING: The law forbids it, and I think you should tell him.",
			[]string{"(ODILE) : The"},
		},
		{"a speech", "Ada Holm: My friends, we stand at the lock that our fathers built, and I thank you for coming so early on so cold a day. " +
			"We had no boats then, and you had no bread, and still we built it.\n\nWe will build the next one too, and I will carry the first stone with my own hands, as my mother carried hers.", []string{"Ada Holm: My | We"}},
		{"a dateline", "HARBOR CITY: The lock will stay shut until May, the port said on Monday.\n\nBoats wait outside.\n\n“We are sorry,” the port said.", nil},
		{"a headline", "Holm: the lock is ours\n\nThe lock belongs to the town, Mayor Ada Holm said on Monday. She would not sell it.", nil},
		{"quoted reactions", "Reaction was swift.\n\nMayor Ada Holm: “I like it.”\n\nCouncillor Ivo Marek: “We were not asked.”", nil},
		{"a list", "What you need\n\nTickets: from the office.\n\nTime: six.\n\nVenue: the old quay, where you can sit.", nil},
		{"a recipe", "Method 1 of 2: With a net\n\nYou need a net. If you want more, take two.\n\nMethod 2 of 2: With a line\n\nYou can use any line that you like.", nil},
		{"a title without a line of its own", "Dr. Ada Holm: Keeper of the Lock The mayor named her on Monday. She has kept it since May. " + strings.Repeat("She was born in Tern and built boats there. ", 8) + "I thank you, she said.", nil},
		{"a chapter", "THE FIRST FERRIES: 1820\n\nWe know little of the first ferries. Our sources begin later.\n\n" + strings.Repeat("We do know that they were slow, as the letters of their owners say. ", 6), nil},
		{"rhetorical questions", "Who owns the lock?\n\nThe town does, the court said on Monday.\n\nWho pays?\n\nNobody knows.\n\nThe mayor was asked and said no.", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, l := read(c.text)
			var got []string
			for _, turn := range l.Turns {
				var said []string
				for _, r := range turn.Said {
					said = append(said, d.Word(r.First))
				}
				who := d.Span(turn.Name).Of(c.text)
				if turn.Voice.End > turn.Voice.First {
					who = "(" + d.Span(turn.Voice).Of(c.text) + ") "
				}
				if turn.Asks {
					who = strings.TrimPrefix(who+" ?", " ")
					if turn.Name.End == turn.Name.First {
						who += " "
					}
				}
				got = append(got, fmt.Sprintf("%s: %s", who, strings.Join(said, " | ")))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestKinds(t *testing.T) {
	for _, c := range []struct {
		text string
		want []Kind
	}{
		{"The lock is shut.\n\nShare this", []Kind{Prose, Apart}},
		{"They were held on these charges:\n\nEdda L. Moss: Theft of a boat, fishing without a licence.\n\nKarl P. Ness: Dealing in stolen nets, theft of a boat.", []Kind{Prose, Entry, Entry}},
		{"Boats in May\n\nTern\t12\t4\n\nFenn\t9\t11", []Kind{Prose, Row, Row}},
		{"Boats in May\n\nTern | 12 | 4\n\nThe lock | as we know it | is shut.", []Kind{Prose, Row, Prose}},
		{"Two men stole a boat.\n\nBram Otter (left), 41, and Ivo Marek (right) at the quay\n\nThey swam.", []Kind{Prose, Caption, Prose}},
		{"He (Otter) swam.\n\nThe quay (left) is old.", []Kind{Prose, Prose}},
	} {
		if _, l := read(c.text); !cmp.Equal(l.Kinds, c.want) {
			t.Errorf("%q: %v, want %v", c.text, l.Kinds, c.want)
		}
	}
}

// TestGoesOn holds which quotations go on over paragraphs: "B<A" reads "B goes on with A", and "(C)" what stands between without a mark.
func TestGoesOn(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"“Ants came,” she said. “Bees flew.\n\n“Cats slept.\n\n“Dogs ran.”\n\nIvo left.", "Cats<Bees Dogs<Cats"},
		{"She said: 'Ants came.\n\n'Bees flew.\n\n'Cats slept.'\n\nIvo left (right)", "Bees<Ants Cats<Bees"},
		{"She said: 'Ants came on a Monday.\n\nBram Otter (pictured), from Tern, keeps bees\n\n'Cats slept.'\n\nIvo left.", "Cats<Ants"},
		{"She said:\n\n“Ants came.\n\nBees flew. Cats slept.\n\nDogs ran.”\n\nIvo left.", "Dogs<Ants (Bees)"},
		{"“Ants came,” she said.\n\n“Bees flew,” he said.", ""},
		{"“Ants came,” she said. “Bees flew.\n\nIvo left.\n\n“Cats slept,” he said.", ""},
	} {
		d, l := read(c.text)
		var got []string
		word := func(q int) string { return d.Word(d.Quotations[q].Range.First) }
		for q, before := range l.Goes {
			if before < 0 {
				continue
			}
			row := word(q) + "<" + word(before)
			for _, r := range l.Bare[before] {
				row += " (" + d.Word(r.First) + ")"
			}
			got = append(got, row)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%q: %q, want %q", c.text, s, c.want)
		}
	}
}
