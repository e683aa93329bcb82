package speakers

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/internal/set"
	"github.com/onrecord/onrecord/link/names"
)

// kin are what persons are to persons.
var kin = set.Of("father mother son daughter brother sister wife husband uncle aunt cousin nephew niece grandfather grandmother grandson granddaughter widow widower fiance fiancee girlfriend boyfriend friend colleague partner stepson stepdaughter mentor")

// officeWords are the words of a role; none where it says who somebody is to somebody ("father of the bride"), which is no office.
func officeWords(role string) []string {
	words := names.Words(role)
	if slices.ContainsFunc(words, func(w string) bool { return kin[w] }) {
		return nil
	}
	return words
}

// trades are walks of life by the words that roles name them with: a minister may be the mayor of other years, hardly the goalkeeper.
var trades = func() map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(strings.TrimSpace(`
politics: president premier chancellor minister secretary undersecretary senator sen representative rep congressman congresswoman lawmaker legislator deputy mp governor gov mayor speaker whip ambassador envoy diplomat candidate nominee councillor councilman commissioner democrat democratic republican labour labor senate house parliament party chairman chairwoman committee caucus gop tory rival presidential federal administration spokesman spokeswoman spokesperson aide adviser advisor strategist pollster campaign
forces: general gen colonel col admiral adm major brigadier commander lieutenant lt sergeant soldier marine pilot marshal
police: police constable detective inspector superintendent sheriff
law: judge justice prosecutor lawyer attorney barrister solicitor magistrate
sport: coach player goalkeeper keeper striker midfielder defender batsman bowler quarterback pitcher manager grandmaster champion referee athlete sprinter boxer golfer jockey skier swimmer
trade: chief executive ceo cfo founder entrepreneur banker trader economist analyst investor
land: farmer fisherman skipper miner miller baker shepherd herder forester
arts: actor actress singer director author writer novelist poet painter sculptor musician composer conductor dancer comedian playwright curator
press: journalist reporter editor correspondent columnist broadcaster blogger
learning: professor scientist researcher historian astronomer physicist chemist biologist teacher headmaster principal lecturer student
medicine: doctor physician surgeon nurse midwife epidemiologist psychiatrist veterinarian
faith: bishop archbishop priest pastor imam rabbi cardinal pope vicar
`)) {
		trade, words, _ := strings.Cut(line, ":")
		for w := range strings.FieldsSeq(words) {
			m[w] = trade
		}
	}
	return m
}()

// tradesOf are the walks of life that roles tell.
func tradesOf(roles []string) []string {
	var out []string
	for _, r := range roles {
		for _, w := range officeWords(r) {
			if t := trades[w]; t != "" && !slices.Contains(out, t) {
				out = append(out, t)
			}
		}
	}
	return out
}

// roleWords are the content words of roles, and the walks of life that they tell.
func roleWords(roles []string) []string {
	var out []string
	add := func(w string) {
		if len(w) > 2 && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	for _, r := range roles {
		for _, w := range officeWords(r) {
			add(corpus.Stem(w))
			if t := trades[w]; t != "" {
				add("walk of " + t)
			}
		}
	}
	return out
}
