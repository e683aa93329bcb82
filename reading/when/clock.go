package when

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/onrecord/onrecord/reading/when/number"
)

// dayPart reads a part of the day after a date: "Friday morning", "Wednesday in the evening".
func (f *finder) dayPart(e *expr) {
	j := e.end
	if f.t.Is(j, "in", "the") {
		j += 2
	}
	if f.t.Low(j) == "late" || f.t.Low(j) == "early" {
		j++
	}
	p, ok := words.parts.Find(f.t.Low(j))
	if !ok || f.t.At(j).Line || f.t.Low(j) == "overnight" {
		return
	}
	e.timex += "T" + p
	e.kind = Clock
	e.end = j + 1
}

// clockTime is the time of the day that a match names, with the day beside it.
func (f *finder) clockTime(m *match) (expr, bool) {
	at, _ := m.Of("h")
	hour := f.t.At(at)
	h, minute := int(hour.Val), f.val(m, "m")
	switch {
	case !hour.Plain: // "1.56pm"
		minute, _ = strconv.Atoi(hour.Low[len(hour.Low)-2:])
	case len(hour.Low) == 4: // "0800 UTC"
		h, minute = h/100, h%100
	}
	half := m.Has("am") || m.Has("pm")
	if minute > 59 || h > 24 || half && h > 12 || !half && f.notClock(m.First, m.End) {
		return expr{}, false
	}
	switch {
	case m.Has("pm") && h < 12:
		h += 12
	case m.Has("am") && h == 12:
		h = 0
	}
	zone := ""
	if z, _ := m.Of("z"); z >= 0 {
		zone = words.zones.Of(f.t.Low(z))
	}
	e, ok := f.atClock(h, minute, zone, m.First, m.End)
	if s, _ := m.Of("s"); s >= 0 && len(f.t.Low(s)) == 2 {
		if k := strings.LastIndexByte(e.timex, 'T') + len("T00:00"); k <= len(e.timex) {
			e.timex = e.timex[:k] + ":" + f.t.Low(s) + e.timex[k:]
		}
	}
	return e, ok
}

// notClock says whether "4:39" is what is left to play, a score or a verse rather than a time of the day.
func (f *finder) notClock(i, end int) bool {
	if words.toPlay.Has(f.t.Low(end)) {
		return true
	}
	return words.timeTaken.Has(f.t.Low(i-1)) && words.zones.Of(f.t.Low(end-1)) != "Z"
}

// clockReach is how many atoms behind a day named in its sentence a time of the day may stand that is of that day.
const clockReach = 16

// atClock is the time h:m of the day beside it, else of the day named last in the sentence, else of the day of publication.
func (f *finder) atClock(h, m int, zone string, first, end int) (expr, bool) {
	t := f.t
	e := expr{first: first, end: end, kind: Clock, basis: Published, conf: .9}
	day := date{}
	// "11 a.m. Sunday", "16:00 UTC today", "9 p.m. on Friday"
	k := f.afterComma(end)
	if t.Low(k) == "on" {
		k++
	}
	if t.At(k).Kind == number.Word && !t.At(k).Line {
		if d, ok := f.word(k); ok && d.grain == "day" && (d.kind == Date) {
			day, e.basis = d.date, d.basis
			if k == end || t.Low(end) == "on" {
				e.end = d.end
			}
		}
	}
	if day.timex == "" {
		switch {
		case !f.last.IsZero() && first-f.lastAtom < clockReach && f.sameSentence(f.lastAtom, first):
			day, e.basis = onDay(f.last), Text
		case f.known:
			day = onDay(f.pub)
		default:
			day, e.basis = date{timex: "XXXX-XX-XX"}, Unresolved
		}
	}
	e.timex = fmt.Sprintf("%sT%02d:%02d%s", day.timex, h, m, zone)
	e.grain = "minute"
	if !day.from.IsZero() {
		e.from = day.from.Add(time.Duration(h)*time.Hour + time.Duration(m)*time.Minute)
		e.to = e.from.Add(time.Minute)
	}
	return e, true
}

func (f *finder) sameSentence(a, b int) bool {
	for j := a; j < b; j++ {
		if w := f.t.Low(j); w == "." || w == "!" || w == "?" || f.t.At(j).Line && j > a {
			return false
		}
	}
	return true
}

func (f *finder) wordClock(i int) (expr, bool) {
	n, ok := f.t.Read(i)
	if ok && n.Val >= 1 && n.Val <= 12 && f.t.Is(n.End, "o", "'", "clock") {
		return f.atClock(int(n.Val), 0, "", i, n.End+3)
	}
	return expr{}, false
}

// partOf reads "the night of Feb. 20"; j is the part of the day.
func (f *finder) partOf(i, j int) (expr, bool) {
	if f.t.Low(j+1) != "of" || f.depth > maxDepth {
		return expr{}, false
	}
	e, ok := f.match(j + 2)
	if !ok || e.kind != Date || e.grain != "day" {
		return expr{}, false
	}
	e.timex += "T" + words.parts.Of(f.t.Low(j))
	e.kind, e.first = Clock, i
	return e, true
}

func (f *finder) partOfDay(i int) (expr, bool) {
	p := words.parts.Of(f.t.Low(i))
	e, ok := f.relative(i+1, "XXXX-XX-XXT"+p, "day", func(pub time.Time) date {
		d := onDay(pub)
		if !f.last.IsZero() && i-f.lastAtom < 60 {
			d = onDay(f.last)
		}
		d.timex += "T" + p
		return d
	})
	e.kind = Clock
	return e, ok
}
