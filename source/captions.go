package source

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
)

// cueTime matches the line of a cue that says from when to when it is shown, in WebVTT (W3C) and in SubRip.
var cueTime = regexp.MustCompile(`^\s*(?:(\d{1,3}):)?(\d\d):(\d\d)[.,](\d{3})\s+-->\s+(?:(\d{1,3}):)?(\d\d):(\d\d)[.,](\d{3})`)

// isCaptions says whether text begins as captions do: WebVTT's mark, or a cue's number and time.
func isCaptions(head []byte) bool {
	if bytes.HasPrefix(head, []byte("WEBVTT")) {
		return true
	}
	number, rest, ok := strings.Cut(string(head[:min(len(head), 200)]), "\n")
	if _, err := strconv.Atoi(strings.TrimSpace(number)); !ok || err != nil {
		return false
	}
	times, _, _ := strings.Cut(rest, "\n")
	return cueTime.MatchString(strings.TrimRight(times, "\r"))
}

// captions reads the captions of a broadcast: one article.
func (r *reader) captions() {
	b, ok := r.whole()
	if !ok {
		return
	}
	text, err := decode(b)
	if err != nil {
		r.refuse(0, err)
		return
	}
	r.one(&onrecord.Article{Text: spoken(text)}, nil)
}

// spoken is what captions say, as a transcript: the lines of cues one after the other; a paragraph ends where a silence follows, or where
// another begins to speak (WebVTT's voice, ">>", or a dash before a line). Who speaks stands before it as in a transcript: "NAME: ".
func spoken(text string) string {
	const silence = 3 * time.Second
	var paragraphs []string
	var now []string
	var last time.Duration
	voice := ""
	end := func() {
		if len(now) > 0 {
			paragraphs = append(paragraphs, strings.Join(now, " "))
			now = nil
		}
	}
	inCue := false
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		if m := cueTime.FindStringSubmatch(line); m != nil {
			inCue = true
			if at := moment(m[1:5]); at-last > silence {
				end()
			}
			last = moment(m[5:9])
			continue
		}
		line = strings.TrimSpace(line)
		if line == "" {
			inCue = false
		}
		if !inCue || line == "" {
			continue
		}
		if m := voiceMark.FindStringSubmatch(line); m != nil && m[1] != voice {
			end()
			voice = m[1]
			line = strings.ToUpper(voice) + ": " + line
		}
		line = strings.TrimSpace(cueMark.ReplaceAllString(line, ""))
		if said, ok := strings.CutPrefix(line, ">>"); ok {
			end()
			line = strings.TrimSpace(strings.TrimLeft(said, "> "))
		} else if said, ok := strings.CutPrefix(line, "- "); ok {
			end()
			line = said
		}
		if line != "" {
			now = append(now, line)
		}
	}
	end()
	return strings.Join(paragraphs, "\n\n")
}

var (
	voiceMark = regexp.MustCompile(`<v(?:\.[^ >]*)?\s+([^>]+)>`)
	cueMark   = regexp.MustCompile(`</?[a-z][^>]*>|<\d[\d:.]*>|\{\\[^}]*\}`)
)

// moment is the time that hours (may be ""), minutes, seconds and thousandths say.
func moment(m []string) time.Duration {
	n := func(s string) time.Duration {
		i, _ := strconv.Atoi(s)
		return time.Duration(i)
	}
	return n(m[0])*time.Hour + n(m[1])*time.Minute + n(m[2])*time.Second + n(m[3])*time.Millisecond
}
