package figure_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/onrecord/onrecord"
)

// The table's day of publication is Monday 30 November 2015. Each figure is written as
//
//	low[..high] comparator[change] unit | thing | share of | role | as of
//
// where what is empty at the end is left out.
var table = []struct {
	text string
	want []string
}{
	// Counts and what they count.
	{"At least 34 miners were killed in Varnholm.", []string{"34 > | miners || killed"}},
	{"More than 60 nations have joined the coalition.", []string{"60 > | nations"}},
	{"The ministry said 431 sorties were flown.", []string{"431 = | sorties"}},
	{"It hit 1,458 \"rebel targets\" in a week.", []string{"1458 = | rebel targets"}},
	{"Some 300 residents left the valley.", []string{"300 ~ | residents"}},
	{"About a dozen former crew members wrote to the board.", []string{"12 ~ | former crew members"}},
	{"Children under the age of 5 were spared.", []string{"5 < year of age"}},
	{"Up to 400 jobs could go.", []string{"400 < | jobs"}},
	{"As many as 14 ships ran aground.", []string{"14 < | ships"}},
	{"No fewer than nine bridges fell.", []string{"9 > | bridges"}},
	{"Fewer than 20 voters came.", []string{"20 < | voters"}},
	{"Only three villages have power.", []string{"3 = | villages"}},
	{"Nearly 5,000 lightning strikes were counted.", []string{"5000 ~ | lightning strikes"}},
	{"Twenty-five people were taken to hospital.", []string{"25 = | people"}},
	{"A hundred and fifty soldiers crossed the river.", []string{"150 = | soldiers"}},
	{"One of the guards ran away.", []string{"1 = | guards"}},
	{"Half a million refugees are in the camps.", []string{"500000 = | refugees || displaced"}},
	{"The 65-member council meets in Port Selna.", []string{"65 = | member"}},
	{"One and a half million children are out of school.", []string{"1500000 = | children"}},
	{"Hundreds more are missing.", []string{"100..1000 ~ | || missing"}},
	{"Twelve or more houses burned.", []string{"12 > | houses"}},
	{"Two dozen boats sank.", []string{"24 = | boats"}},
	{"Just under 40 boats sank, or dozens.", []string{"40 < | boats", "12..120 ~ | boats"}},
	{"The plan won 10-15% of votes.", []string{"10..15 = percent | votes | votes"}},
	{"Hundreds of boats sank, and thousands of nets.", []string{"100..1000 ~ | boats", "1000..10000 ~ | nets"}},
	// Roles.
	{"The blast killed 12 people and wounded at least 40.", []string{"12 = | people || killed", "40 > | people || injured"}},
	{"Police arrested 31 demonstrators.", []string{"31 = | demonstrators || arrested"}},
	{"Over 180,000 people died in the long siege.", []string{"180000 > | people || killed"}},
	{"The fighting has driven 4.4 million farmers from their land.", []string{"4400000 = | farmers || displaced"}},
	{"Two fishermen are still missing.", []string{"2 = | fishermen || missing"}},
	{"Around 900 villagers were evacuated.", []string{"900 ~ | villagers || displaced"}},
	{"No one was hurt in the fire.", []string{"0 = | || injured"}},
	{"There were no casualties, the governor said.", []string{"0 = | casualties || injured"}},
	{"None of the divers was injured.", []string{"0 = | divers || injured"}},
	{"Rescuers found scores of civilians under the rubble.", []string{"40..100 ~ | civilians"}},
	{"Three officers and two civilians were shot dead.", []string{"3 = | officers || killed", "2 = | civilians || killed"}},
	{"It killed at least 23 people, including six children.", []string{"23 > | people || killed", "6 = | children || killed"}},
	{"The death toll rose to 112, with 300 injured.", []string{"112 = | death toll || killed", "300 = | injured || injured"}},
	// The noun that says how many there are.
	{"The number of people killed when a ferry capsized off Lorn rose to 21, the coast guard said.", []string{"21 = | people || killed"}},
	{"The coast guard lowered the death toll from the Lorn ferry to 19.", []string{"19 = | death toll || killed"}},
	{"Doctors put the number of dead at 40. The tally of the missing stands at 9.", []string{"40 = | dead || killed", "9 = | missing || missing"}},
	{"The death toll rose to 62. An earlier count of 40 was wrong.", []string{"62 = | death toll || killed", "40 = | death toll || killed"}},
	{"The ministry revised its death toll down to 17 from 22.", []string{"17 = | death toll || killed", "22 = | death toll || killed"}},
	{"An earlier figure of 31 injured was too high; 27 were hurt.", []string{"31 = | injured || injured", "27 = | injured || injured"}},
	{"The number of confirmed cases of marsh fever rose to 402. Deaths climbed to 17.", []string{"402 = | confirmed cases", "17 = | Deaths || killed"}},
	{"At least 44 people are now known to have died.", []string{"44 > | people || killed"}},
	{"The toll road is 12 miles long, and the phone number was changed to 5554321.", []string{"12 = mile | toll road", "5554321 = | phone number"}},
	{"The party's tally in the north stood at 14.", []string{"14 = | party's tally in the north"}},
	{"Enrolment at the mill school was 165, not 130.", []string{"165 = | Enrolment at the mill school", "130 = | Enrolment at the mill school"}},
	{"Inflation is now at its highest level since March 1982, when it stood at 9.1%.", []string{"9.1 = percent | Inflation"}},
	{"The army shot down two helicopters.", []string{"2 = | helicopters"}},
	{"The 28-nation bloc sent a 6,000-strong force.", []string{"28 = | nation", "6000 = | force"}},
	{"Varn Air bought 57 A320s and 30 737s.", []string{"57 = | A320s", "30 = | 737s"}},
	// Shares.
	{"Two of 57 raids hit the camp.", []string{"2 = | raids | raids", "57 = | raids"}},
	{"About 70 percent of the strikes hit villages.", []string{"70 ~ percent | strikes | strikes"}},
	{"Greater than 90% of Varnish raids missed.", []string{"90 > percent | Varnish raids | Varnish raids"}},
	{"90 percent of all northern air raids have not hit the fort.", []string{"90 = percent | northern air raids | northern air raids"}},
	{"Of the 5,000 air strikes flown so far, about 70 percent hit farms.", []string{"5000 = | air strikes", "70 ~ percent | air strikes | air strikes"}},
	{"Only a third of the country's mills still run.", []string{"0.333 = | country's mills | country's mills"}},
	{"Two-thirds of voters stayed at home.", []string{"0.667 = | voters | voters"}},
	{"Nearly half of the wells are dry.", []string{"0.5 ~ | wells | wells"}},
	{"One in 10 children cannot read.", []string{"0.1 = | children | children"}},
	{"Three out of four drivers agreed.", []string{"0.75 = | drivers | drivers"}},
	{"Half the fleet is at sea.", []string{"0.5 = | fleet | fleet"}},
	{"Between 10 and 15 percent of pupils fell ill.", []string{"10..15 = percent | pupils | pupils"}},
	{"Less than a quarter of the donors replied.", []string{"0.25 < | donors | donors"}},
	{"Most of the raids struck farms.", []string{"0.5..1 ~ | raids | raids"}},
	{"The majority of the wells are dry.", []string{"0.5..1 ~ | wells | wells"}},
	{"The most active towns are dry, and it rained most of the day.", nil},
	// Money.
	{"A bill of $10 to $15 billion is due.", []string{"10000000000..15000000000 = dollar | bill"}},
	{"Debt stood at US$113 trillion.", []string{"113000000000000 = dollar | Debt"}},
	{"The town bought it for $1.2bn.", []string{"1200000000 = dollar"}},
	{"A penalty of $2 billion to $4 billion is likely.", []string{"2000000000..4000000000 = dollar | penalty"}},
	{"They raised between $10 and $15 million for the harbour.", []string{"10000000..15000000 = dollar"}},
	{"The £2.7m package was refused.", []string{"2700000 = pound | package"}},
	{"He owes Rs 20 crore.", []string{"200000000 = rupee"}},
	{"It cost HK$5.4m, or US$700,000.", []string{"5400000 = Hong Kong dollar", "700000 = dollar"}},
	{"The fine was 8.5 million Australian dollars ($6.1 million).", []string{"8500000 = Australian dollar | fine", "6100000 = dollar | fine"}},
	{"They pay €50 a month.", []string{"50 = euro per month"}},
	{"Oil sold at $87 a barrel.", []string{"87 = dollar per barrel | Oil"}},
	{"Land goes for about $1,100 per square foot.", []string{"1100 ~ dollar per square foot"}},
	{"Lenders put up EUR50m and 300 million yen.", []string{"50000000 = euro", "300000000 = yen"}},
	// Measures.
	{"No ship came within 12.5 miles of the cape.", []string{"12.5 < mile | cape"}},
	{"The mine yields 1.2m tons of ore a year.", []string{"1200000 = ton | ore"}},
	{"The wall is 37m high.", []string{"37 = metre | wall"}},
	{"It burned for 11 1/2 hours.", []string{"11.5 = hour"}},
	{"Winds reached 155mph.", []string{"155 = mile per hour | Winds"}},
	{"It was minus 5 degrees in the pass.", []string{"-5 = degree"}},
	{"The farm covers 3923sq m.", []string{"3923 = square metre | farm"}},
	{"The 2.4-liter engine failed.", []string{"2.4 = litre | engine"}},
	{"A 7- or 8-inch pipe will do.", []string{"7 = inch", "8 = inch | pipe"}},
	{"They ate 10-15 kg of rice.", []string{"10..15 = kilogram | rice"}},
	{"Four to five thousand people marched.", []string{"4000..5000 = | people"}},
	{"Tens of thousands of students marched.", []string{"10000..100000 ~ | students"}},
	{"A 63-year-old baker won.", []string{"63 = year of age | baker"}},
	{"Mia Holt, 40, of Elm Bay, said so.", []string{"40 = year of age | Mia Holt"}},
	{"Holt, 40, was there.", []string{"40 = year of age | Holt"}},
	{"The rate rose by 60 basis points.", []string{"60 =up basis point | rate"}},
	{"Its margin of error was plus or minus four percentage points.", []string{"4 = percentage point | margin of error"}},
	// Change and level.
	{"The 10-year yield rose 3 basis points to 2.15 percent.", []string{"3 =up basis point | 10-year yield", "2.15 = percent | 10-year yield"}},
	{"Prices rose 5.1%, from 5.3% a month earlier.", []string{"5.1 =up percent | Prices", "5.3 = percent | Prices ||| 2015-10-01..2015-11-01"}},
	{"Selna shares rose 6.5% to 164p.", []string{"6.5 =up percent | Selna shares", "164 = penny | Selna shares"}},
	{"Unemployment fell from 4.8 to 4.7 percent.", []string{"4.7..4.8 =down percent | Unemployment"}},
	{"Output dropped by about 12 percent.", []string{"12 ~down percent | Output"}},
	{"The index was down 31 points.", []string{"31 =down point | index"}},
	{"Rents jumped to $900.", []string{"900 = dollar | Rents"}},
	{"Exports were up nearly 57%.", []string{"57 ~up percent | Exports"}},
	{"Support is two percentage points lower.", []string{"2 = percentage point | Support"}},
	{"Net wages gained 3%.", []string{"3 =up percent | Net wages"}},
	{"The team lost 12 games.", []string{"12 = | games"}},
	// Two bounds of one thing are a range.
	{"More than 10 but fewer than 20 boats came.", []string{"10..20 = | boats"}},
	{"They want at most 100 and at least 20 apples.", []string{"20..100 = | apples"}},
	{"Pupils in rooms with 20 through 30 desks passed.", []string{"20..30 = | desks"}},
	{"More than 40 men and fewer than 30 women came.", []string{"40 > | men", "30 < | women"}},
	// Fractions and powers, sums of money without the name of the small coin.
	{"The dose is three one-hundredths of a gram.", []string{"0.03 = gram | dose"}},
	{"Some 40 000 people live on 1 414 021 100 acres.", []string{"40000 ~ | people", "1414021100 = acre"}},
	{"The star gives off 1.3e6 watts.", []string{"1300000 = watt"}},
	{"It cost 15 dollars 50, or US$2MM for all.", []string{"15.5 = dollar", "2000000 = dollar"}},
	{"They gave 10M to the mill.", []string{"10000000 ="}},
	{"A twenty-first birthday is a joy, a fifth goal too.", nil},
	{"A quake hit 30 miles off the coast, killing 7.", []string{"30 = mile", "7 = ||| killed"}},
	{"Unemployment is 5.1 percent, the lowest since April 2008.", []string{"5.1 = percent | Unemployment"}},
	{"He was born in May 1971; she is 44.", []string{"44 = year of age"}},
	{"He lives at 221B Baker Road.", nil},
	{"The hospital said 8 of the 23 wounded had died.", []string{"8 = | wounded | wounded | killed", "23 = | wounded || injured"}},
	{"Police held 200 people, 31 of whom were charged.", []string{"200 = | people", "31 = | people | people"}},
	{"The death toll has passed 250,000 since 2011.", []string{"250000 = | death toll || killed | 2011-01-01..2015-11-30"}},
	{"The mast is 310 m tall.", []string{"310 = metre | mast"}},
	{"He got 12 years in prison for a theft in 2009.", []string{"12 = year"}},
	{"Sales rose to 1.4 million units from 1.1 million a year earlier.", []string{"1400000 = | units", "1100000 = | units ||| 2014-01-01..2015-01-01"}},
	{"Exports grew 4.5 percent year-on-year.", []string{"4.5 =up percent | Exports"}},
	{"It cut rates by a quarter of a percentage point to 1.5 percent.", []string{"0.25 =down percentage point | rates", "1.5 = percent | rates"}},
	{"The index closed 0.3 percent lower at 6,375.15 points.", []string{"0.3 =down percent | index", "6375.15 = point | index"}},
	{"The index added 22.6 points.", []string{"22.6 =up point | index"}},
	{"It found 4 of the 5 missing hikers.", []string{"4 = | missing hikers | missing hikers | missing", "5 = | missing hikers || missing"}},
	{"It fell to -5C in the valley.", []string{"-5 = celsius"}},
	{"It was 3.5 times larger.", []string{"3.5 = time"}},
	{"Three-quarters of the coral has died.", []string{"0.75 = | coral | coral | killed"}},
	{"The index lost 162.3 points, or 2.1%, to 7,425.8.", []string{"162.3 =down point | index", "2.1 = percent | index", "7425.8 = point | index"}},
	{"Police counted 8,000 marchers; organisers said 30,000.", []string{"8000 = | marchers", "30000 = | marchers"}},
	{"It is 1/16 of a pint, or half a mile away.", []string{"0.062 = pint", "0.5 = mile"}},
	// Multiples.
	{"Twice as many farms failed.", []string{"2 = time | farms"}},
	{"They want a six-fold increase.", []string{"6 = time | increase"}},
	{"There was a sixfold increase.", []string{"6 = time | increase"}},
	// As of.
	{"At least 200 civilians were killed between Sept. 30 and Nov. 29.", []string{"200 > | civilians || killed | 2015-09-30..2015-11-30"}},
	{"In 2013 the town had 900 taxis.", []string{"900 = | taxis ||| 2013-01-01..2014-01-01"}},
	{"Of the 80 raids flown since it began its offensive on Sept. 30, about 70 percent hit barns.", []string{
		"80 = | raids ||| 2015-09-30..2015-11-30", "70 ~ percent | raids | raids || 2015-09-30..2015-11-30",
	}},
	{"Since September 41 wells have run dry.", []string{"41 = | wells ||| 2015-09-01..2015-11-30"}},
	{"Some 9,000 soldiers are still in the valley, 12 years after the war began on 4 May 2003.", []string{"9000 ~ | soldiers", "12 = year"}},
	// Conversions and things left unsaid.
	{"More than 20 km (12 miles) of road is gone.", []string{"20 > kilometre | road", "12 > mile | road"}},
	{"They sold 212 boats by auction and 96 by lot.", []string{"212 = | boats", "96 = | boats"}},
	// What is no figure.
	{"The Boeing 737 and the S&P 500 fell.", nil},
	{"The 22nd amendment holds; so does Article 5.", nil},
	{"Varnholm won 2-0 and then drew 1-1.", nil},
	{"On Oct. 7, 2015, the iPhone 11 was not yet sold over 5G.", nil},
	{"This one is better than that one.", nil},
	{"COVID-19 came after the F-16 left Ground Zero.", nil},
	{"A five-year plan for a two-party state.", nil},
	{"He lives at 49 Zorn Hill Road and came 10th.", nil},
	{"Section 427 Row 21, version 1.2.3, at 5:30.", nil},
	{"There is no doubt and no reason to wait.", nil},
	{"On Sept. 30, 2015, 12 people died.", []string{"12 = | people || killed | 2015-09-30..2015-10-01"}},
}

// line is a figure as the table writes it.
func line(x onrecord.Figure) string {
	num := func(v float64) string { return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.3f", v), "0"), ".") }
	v := num(x.Low)
	if x.High != x.Low {
		v += ".." + num(x.High)
	}
	asOf := ""
	if x.AsOf.Known() {
		asOf = x.AsOf.From.Format(time.DateOnly) + ".." + x.AsOf.To.Format(time.DateOnly)
	}
	s := strings.TrimSpace(fmt.Sprintf("%s %s%s %s", v, x.Comparator, x.Change, x.Unit)) + " | " + strings.Join([]string{x.Thing, x.ShareOf, x.Role, asOf}, " | ")
	return normal(s)
}

// normal is a row of the table without the spaces around its bars and the bars at its end.
func normal(s string) string {
	parts := strings.Split(s, "|")
	for i, p := range parts {
		parts[i] = strings.TrimSpace(p)
	}
	for len(parts) > 1 && parts[len(parts)-1] == "" {
		parts = parts[:len(parts)-1]
	}
	return strings.Join(parts, " | ")
}

func TestFind(t *testing.T) {
	for _, row := range table {
		_, figures := find(row.text, "2015-11-30")
		var got, want []string
		for _, x := range figures {
			got = append(got, line(x))
		}
		for _, w := range row.want {
			want = append(want, normal(w))
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s\n got %q\nwant %q", row.text, got, want)
		}
	}
}
