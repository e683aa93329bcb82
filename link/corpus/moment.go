package corpus

import (
	"strconv"
	"strings"

	"github.com/onrecord/onrecord"
)

const (
	// Undated is the day of articles whose day is not known: before all others.
	Undated = -1 << 23
	// LastDay bounds the days that dates of four digits a year lie within, before and after 1970.
	LastDay = 1 << 22
	// DayMoments is how many moments a day has, and DayBits the logarithm of that.
	DayMoments = 1 << DayBits
	DayBits    = secondBits + idBits

	secondBits = 17
	idBits     = 20
)

// Moment is where an article stands in the order of articles, which is by moment, then by id: the day of its publication, in days since
// 1970, or [Undated]; the second of that day as the article says it, 0 where it says none; and the beginning of its id, so that hardly two
// articles share one.
func Moment(a *onrecord.Article) int64 {
	day, second := int64(Undated), int64(0)
	if d, ok := a.Published.Day(); ok {
		day, second = d.Unix()/(24*60*60), secondOf(a.Published.Value)
	}
	return day*DayMoments + second<<idBits + beginning(a.ID)
}

// secondOf is the second of the day of "2031-03-07T14:30:05Z", whatever the zone.
func secondOf(value string) int64 {
	_, clock, _ := strings.Cut(value[:min(len(value), len("2006-01-02T15:04:05"))], "T")
	second := 0
	for i, of := range [...]int{24, 60, 60} {
		n := 0
		if at := 3 * i; at+2 <= len(clock) {
			n, _ = strconv.Atoi(clock[at : at+2])
		}
		if n < 0 || n >= of {
			return 0
		}
		second = 60*second + n
	}
	return int64(second)
}

// beginning is the first digits of an id, as a number that orders ids as they order themselves; 0 of what is no id.
func beginning(id string) (n int64) {
	const digits, each = "0123456789abcdefghjkmnpqrstvwxyz", 5
	for i := range idBits / each {
		d := -1
		if 1+i < len(id) {
			d = strings.IndexByte(digits, id[1+i])
		}
		if d < 0 {
			return 0
		}
		n = n<<each | int64(d)
	}
	return n
}
