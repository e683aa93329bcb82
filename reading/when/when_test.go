package when_test

import (
	"strings"
	"testing"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/reading/when"
	"github.com/onrecord/onrecord/reading/when/number"
)

// The table's day of publication is Monday 30 November 2015 unless a row names another; "-" is none.
var table = []struct {
	day, text string
	// want holds, for each time found: its words, its TIMEX3 value, and its interval's first and last day as "from..to" (half-open),
	// "" where it has none.
	want [][3]string
}{
	// Weekdays: that day included, past by default, to come on a cue.
	{"", "The mayor of Varnholm resigned on Wednesday.", [][3]string{{"Wednesday", "2015-11-25", "2015-11-25..2015-11-26"}}},
	{"", "The ferry sank Monday, the coast guard said.", [][3]string{{"Monday", "2015-11-30", "2015-11-30..2015-12-01"}}},
	{"", "The court will rule on Thursday.", [][3]string{{"Thursday", "2015-12-03", "2015-12-03..2015-12-04"}}},
	{"", "She said Friday that the bridge will close.", [][3]string{{"Friday", "2015-11-27", "2015-11-27..2015-11-28"}}},
	{"", "Talks are scheduled to begin in Port Selna on Tuesday.", [][3]string{{"Tuesday", "2015-12-01", "2015-12-01..2015-12-02"}}},
	{"", "The market stays shut until Wednesday.", [][3]string{{"Wednesday", "2015-12-02", "2015-12-02..2015-12-03"}}},
	{"", "They met last Friday and will meet next Tuesday.", [][3]string{
		{"last Friday", "2015-11-27", "2015-11-27..2015-11-28"}, {"next Tuesday", "2015-12-08", "2015-12-08..2015-12-09"},
	}},
	{"", "The vote is due this Sunday.", [][3]string{{"this Sunday", "2015-12-06", "2015-12-06..2015-12-07"}}},
	{"", "He was seen Saturday night near the mill.", [][3]string{{"Saturday night", "2015-11-28TNI", "2015-11-28..2015-11-29"}}},
	{"", "On Tuesday morning, the dam gave way.", [][3]string{{"Tuesday morning", "2015-11-24TMO", "2015-11-24..2015-11-25"}}},
	{"", "It reopened on Sunday, Nov. 1, after a flood.", [][3]string{{"Sunday, Nov. 1", "2015-11-01", "2015-11-01..2015-11-02"}}},
	// Days.
	{"", "Yesterday the river rose; today it fell.", [][3]string{{"Yesterday", "2015-11-29", "2015-11-29..2015-11-30"}, {"today", "2015-11-30", "2015-11-30..2015-12-01"}}},
	{"", "The strike ends tomorrow.", [][3]string{{"tomorrow", "2015-12-01", "2015-12-01..2015-12-02"}}},
	{"", "The shop burned down last night.", [][3]string{{"last night", "2015-11-29TNI", "2015-11-29..2015-11-30"}}},
	{"", "Trains stopped early this morning.", [][3]string{{"early this morning", "2015-11-30TMO", "2015-11-30..2015-12-01"}}},
	{"", "It was dated 12 March 1998 and signed on 3/4/1998.", [][3]string{{"12 March 1998", "1998-03-12", "1998-03-12..1998-03-13"}, {"3/4/1998", "1998-03-04", "1998-03-04..1998-03-05"}}},
	{"", "October 04 , 2005 was the day of the launch .", [][3]string{{"October 04 , 2005", "2005-10-04", "2005-10-04..2005-10-05"}}},
	{"", "The law of 2015-09-30 holds.", [][3]string{{"2015-09-30", "2015-09-30", "2015-09-30..2015-10-01"}}},
	{"", "On the 3rd of March 2014 the bank failed.", [][3]string{{"3rd of March 2014", "2014-03-03", "2014-03-03..2014-03-04"}}},
	{"", "Polls open on Jan. 5.", [][3]string{{"Jan. 5", "2016-01-05", "2016-01-05..2016-01-06"}}},
	{"", "The flood of Aug. 14 killed nobody.", [][3]string{{"Aug. 14", "2015-08-14", "2015-08-14..2015-08-15"}}},
	{"", "The fair ran Oct. 7-12 in Elm Park.", [][3]string{{"Oct. 7-12", "2015-10-07/2015-10-12", "2015-10-07..2015-10-13"}}},
	// Weeks, months, quarters, years.
	{"", "The union struck last week and is striking this week.", [][3]string{{"last week", "2015-W48", "2015-11-23..2015-11-30"}, {"this week", "2015-W49", "2015-11-30..2015-12-07"}}},
	{"", "Prices rose in October.", [][3]string{{"October", "2015-10", "2015-10-01..2015-11-01"}}},
	{"", "The plant will open in March.", [][3]string{{"March", "2016-03", "2016-03-01..2016-04-01"}}},
	{"", "He left office last December.", [][3]string{{"last December", "2014-12", "2014-12-01..2015-01-01"}}},
	{"", "Sales fell in November 2014, and in May of last year.", [][3]string{{"November 2014", "2014-11", "2014-11-01..2014-12-01"}, {"May of last year", "2014-05", "2014-05-01..2014-06-01"}}},
	{"", "Profit doubled in the third quarter.", [][3]string{{"the third quarter", "2015-Q3", "2015-07-01..2015-10-01"}}},
	{"", "First-quarter losses of 2013 were worse than in Q2 2014.", [][3]string{{"First-quarter", "2015-Q1", "2015-01-01..2015-04-01"}, {"2013", "2013", "2013-01-01..2014-01-01"}, {"Q2 2014", "2014-Q2", "2014-04-01..2014-07-01"}}},
	{"", "In the first half of 2015 the port was shut.", [][3]string{{"the first half of 2015", "2015-H1", "2015-01-01..2015-07-01"}}},
	{"", "The summer of 2014 was dry; last winter was not.", [][3]string{{"The summer of 2014", "2014-SU", "2014-06-01..2014-09-01"}, {"last winter", "2014-WI", "2014-12-01..2015-03-01"}}},
	{"", "The 1990s were kinder than the '80s.", [][3]string{{"The 1990s", "199", "1990-01-01..2000-01-01"}, {"'80s", "198", "1980-01-01..1990-01-01"}}},
	{"", "The tower is from the 19th century.", [][3]string{{"the 19th century", "18", "1800-01-01..1900-01-01"}}},
	{"", "The budget for fiscal 2016 is late.", [][3]string{{"fiscal 2016", "FY2016", "2016-01-01..2017-01-01"}}},
	// Fuzzy ends.
	{"", "The siege began late last month.", [][3]string{{"late last month", "2015-10", "2015-10-21..2015-11-01"}}},
	{"", "Snow came in early November, as in mid-2014.", [][3]string{{"early November", "2015-11", "2015-11-01..2015-11-11"}, {"mid-2014", "2014", "2014-04-01..2014-10-01"}}},
	{"", "He returned earlier this month.", [][3]string{{"earlier this month", "2015-11", "2015-11-01..2015-11-30"}}},
	{"", "It should be ready by the end of the year.", [][3]string{{"the end of the year", "2015", "2015-09-01..2016-01-01"}}},
	// Spans up to the day of publication, and from it.
	{"", "Over the last two days the shelling has stopped.", [][3]string{{"the last two days", "P2D", "2015-11-28..2015-11-30"}}},
	{"", "Six houses burned in the past 24 hours.", [][3]string{{"the past 24 hours", "PT24H", "2015-11-29..2015-11-30"}}},
	{"", "The camp has grown over the past two months.", [][3]string{{"the past two months", "P2M", "2015-09-30..2015-11-30"}}},
	{"", "It will take effect within the next six months.", [][3]string{{"the next six months", "P6M", "2015-11-30..2016-05-30"}}},
	{"", "Since September the road has been shut.", [][3]string{{"September", "2015-09", "2015-09-01..2015-11-30"}}},
	{"", "So far this year nobody has been charged.", [][3]string{{"So far this year", "2015", "2015-01-01..2015-11-30"}}},
	{"", "Between Sept. 30 and Nov. 29 the group counted 41 raids.", [][3]string{{"Sept. 30", "2015-09-30", "2015-09-30..2015-11-30"}, {"Nov. 29", "2015-11-29", "2015-09-30..2015-11-30"}}},
	// Ago.
	{"", "She moved here two years ago and left three weeks ago.", [][3]string{{"two years ago", "2013", "2013-01-01..2014-01-01"}, {"three weeks ago", "2015-W46", "2015-11-09..2015-11-16"}}},
	{"", "The island rose 65 million years ago.", [][3]string{{"65 million years ago", "PAST_REF", ""}}},
	{"", "The letter came four days ago.", [][3]string{{"four days ago", "2015-11-26", "2015-11-26..2015-11-27"}}},
	// Durations and sets.
	{"", "The search took two and a half hours, then 11 days.", [][3]string{{"two and a half hours", "PT2.5H", ""}, {"11 days", "P11D", ""}}},
	{"", "A 12-year search ended; a decade of work was lost.", [][3]string{{"12-year", "P12Y", ""}, {"a decade", "P10Y", ""}}},
	{"", "For years the mine was idle, for several months flooded.", [][3]string{{"years", "PXY", ""}, {"several months", "PXM", ""}}},
	{"", "The annual fair is held every May.", [][3]string{{"annual", "P1Y", ""}}},
	{"", "Buses run every 20 minutes and every Monday.", [][3]string{{"every 20 minutes", "PT20M", ""}, {"every Monday", "XXXX-WXX-1", ""}}},
	// Clock times.
	{"", "The siren sounded at 5:30 p.m. on Friday.", [][3]string{{"5:30 p.m. on Friday", "2015-11-27T17:30", "2015-11-27..2015-11-27"}}},
	{"", "Doors open at 11 a.m., the hall said.", [][3]string{{"11 a.m.", "2015-11-30T11:00", "2015-11-30..2015-11-30"}}},
	{"", "The dish went dark at 16:08 UTC today.", [][3]string{{"16:08 UTC today", "2015-11-30T16:08Z", "2015-11-30..2015-11-30"}}},
	// Holidays.
	{"", "The mill closed on Thanksgiving and reopens after Christmas.", [][3]string{{"Thanksgiving", "2015-11-26", "2015-11-26..2015-11-27"}, {"Christmas", "2015-12-25", "2015-12-25..2015-12-26"}}},
	{"", "On New Year's Eve 2013 the roof fell in.", [][3]string{{"New Year's Eve 2013", "2013-12-31", "2013-12-31..2014-01-01"}}},
	{"2015-04-10", "Shops were shut on Good Friday and Easter Monday.", [][3]string{{"Good Friday", "2015-04-03", "2015-04-03..2015-04-04"}, {"Easter Monday", "2015-04-06", "2015-04-06..2015-04-07"}}},
	// References.
	{"", "He is now in hiding and was recently seen abroad.", [][3]string{{"now", "PRESENT_REF", ""}, {"recently", "PAST_REF", ""}}},
	// Ranges of months, reference dates, what is told after another date.
	{"", "From January to March 2012 it rained; in late-2011 it snowed.", [][3]string{
		{"January", "2012-01", "2012-01-01..2012-04-01"}, {"March 2012", "2012-03", "2012-01-01..2012-04-01"}, {"late-2011", "2011", "2011-09-01..2012-01-01"},
	}},
	{"", "The storm hit on March 3. Two days later the river burst.", [][3]string{{"March 3", "2015-03-03", "2015-03-03..2015-03-04"}, {"Two days later", "2015-03-05", "2015-03-05..2015-03-06"}}},
	{"", "The first Friday in May 2014 was wet, the last week of March 2009 dry.", [][3]string{
		{"The first Friday in May 2014", "2014-05-02", "2014-05-02..2014-05-03"}, {"the last week of March 2009", "2009-W13", "2009-03-23..2009-03-30"},
	}},
	{"", "The meeting of 26-29 September went on for an hour and a half.", [][3]string{
		{"26-29 September", "2015-09-26/2015-09-29", "2015-09-26..2015-09-30"}, {"an hour and a half", "PT1.5H", ""},
	}},
	{"", "The day before yesterday she met the editor of Russia Today.", [][3]string{{"The day before yesterday", "2015-11-28", "2015-11-28..2015-11-29"}}},
	{"", "After the Sept. 11 attacks, half a century ago, and in the year 2000.", [][3]string{
		{"Sept. 11", "2001-09-11", "2001-09-11..2001-09-12"}, {"half a century ago", "1965", "1965-01-01..1966-01-01"}, {"the year 2000", "2000", "2000-01-01..2001-01-01"},
	}},
	{"", "The year ended last Dec. 31, as set out in March.", [][3]string{
		{"last Dec. 31", "2014-12-31", "2014-12-31..2015-01-01"}, {"March", "2015-03", "2015-03-01..2015-04-01"},
	}},
	{"", "Debt at year-end will be as it was in the same month last year; that year was good.", [][3]string{
		{"year-end", "2015", "2015-09-01..2016-01-01"}, {"the same month last year", "2014-11", "2014-11-01..2014-12-01"}, {"that year", "2014", "2014-01-01..2015-01-01"},
	}},
	{"", "The team meets Saturday; rain is forecast through Thursday; nobody came until Friday.", [][3]string{
		{"Saturday", "2015-12-05", "2015-12-05..2015-12-06"}, {"Thursday", "2015-12-03", "2015-12-03..2015-12-04"}, {"Friday", "2015-11-27", "2015-11-27..2015-11-28"},
	}},
	{"", "It was sent on 1998-02-27 20:52:00 and read on the night of Nov. 20.", [][3]string{
		{"1998-02-27 20:52:00", "1998-02-27T20:52:00", "1998-02-27..1998-02-27"}, {"the night of Nov. 20", "2015-11-20TNI", "2015-11-20..2015-11-21"},
	}},
	{"", "Sales in the first nine months of 2014 and in the fiscal third quarter fell.", [][3]string{
		{"the first nine months of 2014", "P9M", "2014-01-01..2014-10-01"}, {"third quarter", "2015-Q3", "2015-07-01..2015-10-01"},
	}},
	{"", "It will rule within two weeks.", [][3]string{{"two weeks", "P2W", "2015-11-30..2015-12-14"}}},
	// Words that are no times.
	{"", "They may march in the sun where she sat.", nil},
	{"", "A second man was hurt in the second half.", nil},
	{"", "May said the board would march on.", nil},
	{"", "Model 2000 weighs 2000 kg and cost $2015.", nil},
	{"", "A five-year-old girl and a man aged 35 were found.", nil},
	// Without a day of publication what is relative stays so.
	{"-", "The mayor resigned on Wednesday, three weeks ago.", [][3]string{{"Wednesday", "XXXX-WXX-3", ""}, {"three weeks ago", "XXXX-WXX", ""}}},
	{"-", "It began on Sept. 30, late last month.", [][3]string{{"Sept. 30", "XXXX-09-30", ""}, {"late last month", "XXXX-XX", ""}}},
	{"-", "On Sept. 30, 2015, twelve people died.", [][3]string{{"Sept. 30, 2015", "2015-09-30", "2015-09-30..2015-10-01"}}},
}

func TestFind(t *testing.T) {
	for _, row := range table {
		day := row.day
		switch day {
		case "":
			day = "2015-11-30"
		case "-":
			day = ""
		}
		got := find(row.text, day)
		for i, x := range got {
			iv := ""
			if x.Interval.Known() {
				iv = x.Interval.From.Format(time.DateOnly) + ".." + x.Interval.To.Format(time.DateOnly)
			}
			if i >= len(row.want) {
				t.Errorf("%q: also %q %s %s", row.text, x.Span.Of(row.text), x.Timex, iv)
				continue
			}
			if g := [3]string{x.Span.Of(row.text), x.Timex, iv}; g != row.want[i] {
				t.Errorf("%q:\n got %q\nwant %q", row.text, g, row.want[i])
			}
			if iv != "" && x.Basis == when.Unresolved {
				t.Errorf("%q: %q is resolved but says it is not", row.text, x.Span.Of(row.text))
			}
		}
		if len(got) < len(row.want) {
			t.Errorf("%q: found %d times, want %q", row.text, len(got), row.want)
		}
	}
}

// TestPrecision: a month of publication is no day of publication.
func TestPrecision(t *testing.T) {
	for _, x := range when.Find(layer("It opened on Wednesday."), onrecord.Published{Value: "2015-11", Precision: "month"}) {
		if x.Interval.Known() || x.Basis != when.Unresolved {
			t.Errorf("resolved %+v against a month", x)
		}
	}
}

// A year is none where a unit follows the numbers that it stands among, but no list of years is read to its end for each of them.
func TestYearsInChains(t *testing.T) {
	for _, row := range []struct {
		text string
		want int
	}{
		{"It took 2000 to 2010 to 2020 tonnes.", 0},
		{"It took 2000-2010-2020-2030 tonnes.", 0},
		{"It was shut in " + strings.Repeat("2015 to ", 300) + "2020.", 301},
		{"It was shut in " + strings.Repeat("2015 to ", 300) + "2020 tonnes.", 301 - 8},
	} {
		if got := when.FindIn(number.Lex(row.text), onrecord.Published{}); len(got) != row.want {
			t.Errorf("%.60q: %d times, want %d", row.text, len(got), row.want)
		}
	}
}
