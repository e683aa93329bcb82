package database

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/porter"
	"golang.org/x/text/unicode/norm"

	"github.com/onrecord/onrecord"
)

// A Token is a word of a text as the full text index knows it: in lower case, Latin letters without accents, English endings taken off.
type Token struct {
	Word string
	At   onrecord.Span
}

// Tokens are the words of a text, cut and written as SQLite's full text index does it (https://sqlite.org/fts5.html#unicode61_tokenizer,
// #porter_tokenizer), so that a search finds the same in every kind of database.
func Tokens(text string) []Token {
	var list []Token
	stem := snowballstem.NewEnv("")
	var word strings.Builder
	start := -1
	end := func(at int) {
		if start >= 0 {
			list = append(list, Token{stemmed(stem, word.String()), onrecord.Span{Start: start, End: at}})
			word.Reset()
			start = -1
		}
	}
	for i, r := range text {
		switch {
		case isWord(r):
			if start < 0 {
				start = i
			}
			word.WriteRune(folded(r))
		case start >= 0 && isAccent(r): // it belongs to the letter before, and is taken off
		default:
			end(i)
		}
	}
	end(len(text))
	return list
}

// stemmed is a word without its English ending. The index leaves very short and very long ones as they are.
func stemmed(stem *snowballstem.Env, word string) string {
	if len(word) < 3 || len(word) > 64 {
		return word
	}
	stem.SetCurrent(word)
	porter.Stem(stem)
	return stem.Current()
}

// isWord says whether a character is of a word: a letter, a number, or one that Unicode does not know.
func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.In(r, unicode.L, unicode.N, unicode.Co, unicode.Cn)
}

// folded is a letter in lower case, and a Latin one without its accent.
func folded(r rune) rune {
	if r < utf8.RuneSelf {
		return unicode.ToLower(r)
	}
	if r == 'ı' {
		return r
	}
	if r = unicode.ToLower(unicode.ToUpper(r)); r == 'ǡ' { // ς has become σ
		return r
	}
	if base := norm.NFD.PropertiesString(string(r)).Decomposition(); len(base) > 1 && base[0] < utf8.RuneSelf {
		return rune(base[0])
	}
	return r
}

// accents are the combining marks that words are written without, by their place after the first, U+0300.
const accents = "11111011111110010100000000010000000111111000011011"

// isAccent says whether a character is a combining mark that is no part of a word and does not end it.
func isAccent(r rune) bool {
	i := int(r) - 0x300
	return 0 <= i && i < len(accents) && accents[i] == '1'
}
