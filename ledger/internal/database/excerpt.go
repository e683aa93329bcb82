package database

import (
	"context"
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/internal/query"
)

// WordsOf are the words of phrases as the index knows them; phrases without a word are left out.
func WordsOf(phrases []string) [][]string {
	var list [][]string
	for _, p := range phrases {
		var words []string
		for _, t := range Tokens(p) {
			words = append(words, t.Word)
		}
		if words != nil {
			list = append(list, words)
		}
	}
	return list
}

// excerpts gives hits the text around what was found.
func excerpts(ctx context.Context, q *query.Queries, hits []ledger.Hit, phrases [][]string) error {
	var articles, statements []string
	for i := range hits {
		if hits[i].Kind == "statement" {
			statements = append(statements, hits[i].ID)
		} else {
			articles = append(articles, hits[i].ID)
		}
	}
	fields := make(map[string][]string, len(hits))
	texts, err := picked(ctx, articles, q.TitlesAndTexts)
	if err != nil {
		return err
	}
	for _, t := range texts {
		fields[t.ID] = []string{t.Text, t.Title}
	}
	words, err := picked(ctx, statements, q.StatementWords)
	if err != nil {
		return err
	}
	for _, w := range words {
		fields[w.ID] = []string{w.Words}
	}
	for i := range hits {
		h := &hits[i]
		if h.Altered {
			continue
		}
		best := 0
		for _, field := range fields[h.ID] {
			if text, found, n := excerpt(field, phrases); n > best {
				h.Snippet, h.Found, best = text, found, n
			}
		}
	}
	return nil
}

// excerptWords is how many words an excerpt has.
const excerptWords = 32

// excerptSigns is how many bytes before the first word of a text, and after its last, go with it.
const excerptSigns = 20

// A place is where a phrase stands among the words of a text, half-open.
type place struct{ phrase, from, to int }

// excerpt is the part of a text that has the most of the phrases, with where they stand in it, and of how many of them it has any.
func excerpt(text string, phrases [][]string) (part string, found []onrecord.Span, has int) {
	tokens := Tokens(text)
	places := placesOf(tokens, phrases)
	if len(places) == 0 {
		return "", nil, 0
	}
	first, last := 0, 0 // of the places that it shows
	most := 0
	for i := range places {
		seen, n, k := map[int]bool{}, 0, i
		for ; k < len(places) && places[k].to <= places[i].from+excerptWords; k++ {
			seen[places[k].phrase] = true
			n++
		}
		if worth := len(seen)<<16 + n; worth > most {
			first, last, most, has = i, k, worth, len(seen)
		}
	}
	last = max(last, first+1) // a phrase that is longer than an excerpt
	shown := places[first:last]
	end := shown[0].to
	for _, p := range shown {
		end = max(end, p.to)
	}
	from := max(0, shown[0].from-max(0, excerptWords-(end-shown[0].from))/2)
	to := min(len(tokens), max(from+excerptWords, end))
	from = max(0, min(from, to-excerptWords))
	span := onrecord.Span{Start: tokens[from].At.Start, End: tokens[to-1].At.End}
	before, after := "…", "…"
	if from == 0 && span.Start <= excerptSigns {
		before, span.Start = "", 0
	}
	if to == len(tokens) && len(text)-span.End <= excerptSigns {
		after, span.End = "", len(text)
	}
	for _, p := range shown {
		at := onrecord.Span{Start: tokens[p.from].At.Start - span.Start + len(before), End: tokens[p.to-1].At.End - span.Start + len(before)}
		if n := len(found); n > 0 && at.Start < found[n-1].End {
			found[n-1].End = max(found[n-1].End, at.End)
			continue
		}
		found = append(found, at)
	}
	return before + span.Of(text) + after, found, has
}

// placesOf are the places where phrases stand, in order.
func placesOf(tokens []Token, phrases [][]string) (list []place) {
	for i := range tokens {
		for k, words := range phrases {
			if i+len(words) <= len(tokens) && slices.EqualFunc(words, tokens[i:i+len(words)], func(w string, t Token) bool { return w == t.Word }) {
				list = append(list, place{k, i, i + len(words)})
			}
		}
	}
	return list
}
