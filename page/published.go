package page

import (
	"strings"
	"time"

	"github.com/onrecord/onrecord"
)

// forms are the ways in which dates of publication are written (ISO 8601, RFC 3339, RFC 1123, RFC 822, and as people do), with
// the form and the precision in which they are kept. Forms without a day's order of their own (8/10/2015) are not among them:
// nobody can tell the day from the month.
var forms = []struct{ in, out, precision string }{
	{time.RFC3339, time.RFC3339, "second"}, // fractions of a second are read, and dropped
	{"2006-01-02T15:04:05Z0700", time.RFC3339, "second"},
	{"2006-01-02T15:04:05", "2006-01-02T15:04:05", "second"},
	{"2006-01-02T15:04Z07:00", "2006-01-02T15:04Z07:00", "minute"},
	{"2006-01-02T15:04Z0700", "2006-01-02T15:04Z07:00", "minute"},
	{"2006-01-02T15:04", "2006-01-02T15:04", "minute"},
	{"2006-01-02 15:04:05Z07:00", time.RFC3339, "second"},
	{"2006-01-02 15:04:05 Z07:00", time.RFC3339, "second"},
	{"2006-01-02 15:04:05 Z0700", time.RFC3339, "second"},
	{"2006-01-02 15:04:05 UTC", "2006-01-02T15:04:05Z", "second"},
	{"2006-01-02 15:04:05", "2006-01-02T15:04:05", "second"},
	{"2006-01-02 15:04", "2006-01-02T15:04", "minute"},
	{"20060102T150405Z0700", time.RFC3339, "second"},
	{"2006-01-02", "2006-01-02", "day"},
	{"2006/01/02", "2006-01-02", "day"},
	{"20060102", "2006-01-02", "day"},
	{"2006-01", "2006-01", "month"},
	{"2006", "2006", "year"},
	{time.RFC1123Z, time.RFC3339, "second"},
	{"Mon, 2 Jan 2006 15:04:05 -0700", time.RFC3339, "second"},
	{"Mon, 2 Jan 2006 15:04:05 GMT", "2006-01-02T15:04:05Z", "second"},
	{"Mon, 2 Jan 2006 15:04:05 UTC", "2006-01-02T15:04:05Z", "second"},
	{"2 Jan 2006 15:04:05 -0700", time.RFC3339, "second"},
	{"January 2, 2006", "2006-01-02", "day"},
	{"Jan 2, 2006", "2006-01-02", "day"},
	{"Jan. 2, 2006", "2006-01-02", "day"},
	{"Monday, January 2, 2006", "2006-01-02", "day"},
	{"2 January 2006", "2006-01-02", "day"},
	{"2 Jan 2006", "2006-01-02", "day"},
	{"Monday, 2 January 2006", "2006-01-02", "day"},
	{"January 2006", "2006-01", "month"},
	{"Jan 2006", "2006-01", "month"},
}

// Published reads a date of publication as inputs and pages write it. The offset from UTC is kept, so that the day stays the
// outlet's own. What cannot be read, says no year from 1500 to 2999, or is the first second of 1970 (a clock that was never set) is
// not known: the zero value.
func Published(s, basis string) onrecord.Published {
	s = strings.TrimSpace(s)
	if len(s) < 4 || len(s) > 64 {
		return onrecord.Published{}
	}
	for _, f := range forms {
		if t, err := time.Parse(f.in, s); err == nil && t.Year() >= 1500 && t.Year() < 3000 && t.Unix() != 0 {
			return onrecord.Published{Value: t.Format(f.out), Precision: f.precision, Basis: basis}
		}
	}
	return onrecord.Published{}
}
