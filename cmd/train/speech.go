package main

import (
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
)

// communication are the lemmas of cues that tell of speaking or writing, apart from believing, wanting, feeling and showing.
var communication = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`
		accuse acknowledge add address admit advise advocate affirm allege announce answer apologize appeal argue ask assert assure attack
		bash beg blame blast boast brag brief call caution challenge charge chide cite claim clarify comment complain concede conclude
		condemn confess confirm confide congratulate contend counter criticize critique declare decline decry defend demand denounce deny
		describe detail disclose discuss dismiss dispute echo elaborate email emphasize endorse explain explore express fault forecast
		greet hail highlight hint implore imply inform inquire insist interview invite invoke joke label lament laud lecture list mention
		mock narrate note notify object observe offer opine outline pen persuade phrase plead pledge point portray post praise preach
		predict press proclaim profess promise pronounce propose protest publish question quip quote rail read reaffirm reassure rebuff
		rebuke rebut recall recite recommend recount refer refuse refute reiterate reject relate release remark remind repeat reply report
		request respond restate retort retweet reveal rip ruminate say scold shout signal slam speak speculate spell stress suggest
		summarize swear talk tease tell testify text thank threaten tout tweet urge vow warn whisper write yell
		account accusation allegation announcement appeal argument article assertion briefing column comment complaint criticism debate
		declaration denial editorial interview letter memo message note pledge post promise question quotation remark report request
		response rhetoric speech statement testimony threat transcript warning
		according per :`) {
		m[w] = true
	}
	return m
}()

// speech says whether a cue is one of communication.
func speech(l *english.Layer, cue []onrecord.Span) bool {
	for i, t := range l.Doc.Tokens {
		for _, c := range cue {
			if t.Start < c.End && t.End > c.Start && communication[strings.ToLower(l.Lemmas[i])] {
				return true
			}
		}
	}
	return false
}
