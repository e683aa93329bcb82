package record_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/record"
)

// Reading an article: who said what, and which figures stand in it.
func ExampleRead() {
	r, err := record.Read(onrecord.Article{
		Outlet:    "The Brook",
		Published: onrecord.Published{Value: "2031-03-06"},
		Text: "“More than 80 percent of the boats were not carrying contraband,” ministry spokeswoman Ilsa Marden said on Tuesday. " +
			"Marvenia denies this.",
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, s := range r.Statements {
		fmt.Printf("%s %s: %s\n", r.Speaker(s.Speaker).Name, s.Stance, r.Words(s.Content...))
	}
	for _, f := range r.Figures {
		fmt.Printf("%s %v %s of %s\n", f.Comparator, f.Low, f.Unit, f.ShareOf)
	}
	for _, t := range r.Times {
		fmt.Printf("%s: %s\n", r.Words(t.Span), t.Timex)
	}
	// Output:
	// Ilsa Marden asserts: “More than 80 percent of the boats were not carrying contraband,”
	// Marvenia denies: this
	// > 80 percent of boats
	// Tuesday: 2031-03-04
}

// Linking two articles: what the second made of the words in the first.
func ExampleLink() {
	var readings []*onrecord.Reading
	for _, a := range []onrecord.Article{
		{
			Outlet: "Northwire", Published: onrecord.Published{Value: "2031-03-05"},
			Text: "“More than 80 percent of the boats that we've seen them stop so far were not carrying contraband,” ministry spokeswoman Ilsa Marden told reporters in Port Dorn on Wednesday.",
		},
		{
			Outlet: "The Meridian", Published: onrecord.Published{Value: "2031-03-06"},
			Text: "Ilsa Marden, the spokeswoman, said that 80 percent of the boats they stop were not carrying contraband.",
		},
	} {
		r, err := record.Read(a)
		if err != nil {
			log.Fatal(err)
		}
		readings = append(readings, r)
	}
	links := record.Link(readings...)
	for _, u := range links.Utterances {
		fmt.Println(u.Wording)
		for _, d := range u.Drift {
			fmt.Printf("  %s: %q became %q\n", d.Kind, d.From, d.To)
		}
	}
	// Output:
	// “More than 80 percent of the boats that we've seen them stop so far were not carrying contraband,”
	//   comparator: "more than" became ""
	//   hedge: "that we've seen them" became "they"
	//   hedge: "so far" became ""
}

// Checking a draft against a ledger.
func ExampleLedger_Check() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	l, err := record.Open(ctx, filepath.Join(dir, "news.db"))
	if err != nil {
		log.Fatal(err)
	}
	defer l.Close()
	err = l.Add(ctx, onrecord.Article{
		Outlet: "Northwire", URL: "https://northwire.example/boats", Published: onrecord.Published{Value: "2031-03-05"},
		Text: "“More than 80 percent of the boats that we've seen them stop so far were not carrying contraband,” ministry spokeswoman Ilsa Marden said.",
	})
	if err != nil {
		log.Fatal(err)
	}
	answers, err := l.Check(ctx, onrecord.Article{
		Text: "“80 percent of the boats that we've seen them stop so far were not carrying contraband,” Pavel Ostrin said.",
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, a := range answers {
		fmt.Println(a.Verdict)
		for _, c := range a.Changes {
			fmt.Printf("%s: %q in the record, %q in the draft\n", c.Kind, c.Record, c.Draft)
		}
		fmt.Printf("speaker: %s; in the record it is %v\n", a.SpeakerIs, a.Speakers)
	}
	// Output:
	// altered
	// comparator: "more than" in the record, "" in the draft
	// speaker: different; in the record it is [Ilsa Marden]
}
