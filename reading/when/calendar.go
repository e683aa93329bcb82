package when

import (
	"fmt"
	"time"
)

// A date is what an expression means: a TIMEX3 value and its half-open interval.
type date struct {
	timex    string
	from, to time.Time
	grain    string
}

func ymd(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

func onDay(t time.Time) date {
	return date{t.Format(time.DateOnly), t, t.AddDate(0, 0, 1), "day"}
}

// onWeek is the ISO 8601 week that holds t.
func onWeek(t time.Time) date {
	y, w := t.ISOWeek()
	from := t.AddDate(0, 0, -(int(t.Weekday())+6)%7)
	return date{fmt.Sprintf("%04d-W%02d", y, w), from, from.AddDate(0, 0, 7), "week"}
}

func onWeekend(t time.Time) date {
	d := onWeek(t)
	d.timex += "-WE"
	d.from = d.from.AddDate(0, 0, 5)
	d.grain = "weekend"
	return d
}

func onMonth(y int, m time.Month) date {
	from := ymd(y, m, 1)
	return date{from.Format("2006-01"), from, from.AddDate(0, 1, 0), "month"}
}

func onQuarter(y, q int) date {
	y, q = y+floorDiv(q-1, 4), floorMod(q-1, 4)+1
	from := ymd(y, time.Month(3*q-2), 1)
	return date{fmt.Sprintf("%04d-Q%d", y, q), from, from.AddDate(0, 3, 0), "quarter"}
}

func onHalf(y, h int) date {
	y, h = y+floorDiv(h-1, 2), floorMod(h-1, 2)+1
	from := ymd(y, time.Month(6*h-5), 1)
	return date{fmt.Sprintf("%04d-H%d", y, h), from, from.AddDate(0, 6, 0), "half"}
}

func onYear(y int) date {
	return date{fmt.Sprintf("%04d", y), ymd(y, 1, 1), ymd(y+1, 1, 1), "year"}
}

// onDecade is the decade of year y; TIMEX3 writes it as the year without its last digit.
func onDecade(y int) date {
	y = y / 10 * 10
	return date{fmt.Sprintf("%03d", y/10), ymd(y, 1, 1), ymd(y+10, 1, 1), "decade"}
}

func onCentury(c int) date {
	return date{fmt.Sprintf("%02d", c-1), ymd(100*(c-1), 1, 1), ymd(100*c, 1, 1), "century"}
}

// onSeason is the meteorological season of the northern half of the earth; winter belongs to the year of its December.
func onSeason(y int, s string) date {
	m := map[string]time.Month{"SP": 3, "SU": 6, "FA": 9, "WI": 12}[s]
	from := ymd(y, m, 1)
	return date{fmt.Sprintf("%04d-%s", y, s), from, from.AddDate(0, 3, 0), "season"}
}

// easter Sunday by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, chapter 8).
func easter(y int) time.Time {
	a, b, c := y%19, y/100, y%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return ymd(y, time.Month(n/31), n%31+1)
}

// in is the holiday's day in year y.
func (h *holiday) in(y int) time.Time {
	switch {
	case h.movable:
		return easter(y).AddDate(0, 0, h.easter)
	case h.day > 0:
		return ymd(y, h.month, h.day)
	}
	t := ymd(y, h.month, 1)
	t = t.AddDate(0, 0, (int(h.weekday)-int(t.Weekday())+7)%7+7*(h.week-1))
	for t.Month() != h.month { // the last of a month that has four
		t = t.AddDate(0, 0, -7)
	}
	return t
}

// shifted is the unit of the calendar that holds t, moved by n of them.
func shifted(t time.Time, grain string, n int) date {
	switch grain {
	case "day", "night":
		return onDay(t.AddDate(0, 0, n))
	case "week":
		return onWeek(t.AddDate(0, 0, 7*n))
	case "weekend":
		return onWeekend(t.AddDate(0, 0, 7*n))
	case "month":
		m := ymd(t.Year(), t.Month(), 1).AddDate(0, n, 0)
		return onMonth(m.Year(), m.Month())
	case "quarter":
		return onQuarter(t.Year(), (int(t.Month())+2)/3+n)
	case "decade":
		return onDecade(t.Year() + 10*n)
	case "century":
		return onCentury(t.Year()/100 + 1 + n)
	default:
		return onYear(t.Year() + n)
	}
}

// unshifted is TIMEX3's value of a unit of the calendar when the day of publication is not known.
func unshifted(grain string) string {
	switch grain {
	case "day", "night":
		return "XXXX-XX-XX"
	case "week":
		return "XXXX-WXX"
	case "weekend":
		return "XXXX-WXX-WE"
	case "month":
		return "XXXX-XX"
	case "quarter":
		return "XXXX-QX"
	case "decade":
		return "XXX"
	case "century":
		return "XX"
	default:
		return "XXXX"
	}
}

// moved is t moved by n units, n of either sign and not always whole.
func moved(t time.Time, u unit, n float64) time.Time {
	switch u.grain {
	case "second", "minute", "hour":
		return t.Add(time.Duration(n * seconds(u) * float64(time.Second)))
	}
	n *= u.times
	whole := int(n)
	switch u.grain {
	case "day", "night":
		return t.AddDate(0, 0, whole)
	case "week":
		return t.AddDate(0, 0, 7*whole)
	case "month":
		return t.AddDate(0, whole, 0)
	case "quarter":
		return t.AddDate(0, 3*whole, 0)
	default:
		return t.AddDate(whole, int(12*(n-float64(whole))), 0)
	}
}

// narrowed is the early, middle or late part of a date.
func narrowed(d date, which string) date {
	if d.from.IsZero() {
		return d
	}
	switch d.grain {
	case "month":
		a, b := d.from.AddDate(0, 0, 10), d.from.AddDate(0, 0, 20)
		return thirds(d, which, a, b, a, b)
	case "year":
		y := d.from.Year()
		return thirds(d, which, ymd(y, 5, 1), ymd(y, 9, 1), ymd(y, 4, 1), ymd(y, 10, 1))
	case "decade":
		y := d.from.Year()
		return thirds(d, which, ymd(y+4, 1, 1), ymd(y+6, 1, 1), ymd(y+3, 1, 1), ymd(y+7, 1, 1))
	case "day", "minute", "hour":
		return d
	default:
		n := d.to.Sub(d.from) / (24 * time.Hour) / 3
		a, b := d.from.AddDate(0, 0, int(n)), d.to.AddDate(0, 0, -int(n))
		return thirds(d, which, a, b, a, b)
	}
}

func thirds(d date, which string, earlyTo, lateFrom, midFrom, midTo time.Time) date {
	switch which {
	case "early":
		d.to = earlyTo
	case "late":
		d.from = lateFrom
	case "mid":
		d.from, d.to = midFrom, midTo
	}
	return d
}

func floorDiv(a, b int) int {
	if a < 0 {
		return -((b - 1 - a) / b)
	}
	return a / b
}

func floorMod(a, b int) int { return a - b*floorDiv(a, b) }
