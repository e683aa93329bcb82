package figure

import (
	"strings"

	"github.com/onrecord/onrecord/reading/when/number"
)

// The tables of English figures. Forms are lower case; a unit is named by its English word in the singular.

// units of measure, by form.
var units = table(`
percent: percent pct pc %
percentage point: percentage-point percentage-points
basis point: bp bps
dollar: dollar dollars usd musd us$ $us buck bucks
cent: cent cents ¢
euro: euro euros eur meur €
pound: pound pounds £ gbp mgbp
penny: penny pence
yen: yen jpy ¥
yuan: yuan renminbi rmb cny
rupee: rupee rupees rs inr ₹
ruble: ruble rubles rouble roubles rub ₽
shekel: shekel shekels nis ils ₪
krone: krone kroner krona kronor crown crowns dkk nok sek
franc: franc francs chf
peso: peso pesos
won: krw ₩
rand: rand rands zar
riyal: riyal riyals sar
dirham: dirham dirhams aed
dinar: dinar dinars
lira: lira liras try ₺
real: reais brl
ringgit: ringgit ringgits myr rm
baht: baht thb ฿
hryvnia: hryvnia hryvnias uah ₴
zloty: zloty zlotys pln
forint: forint forints huf
naira: naira ngn
shilling: shilling shillings
rupiah: rupiah idr
dong: vnd ₫
bitcoin: bitcoin bitcoins btc
Australian dollar: aud maud
Canadian dollar: cad
Singapore dollar: sgd
New Zealand dollar: nzd
Hong Kong dollar: hkd
year: year years yr yrs
month: month months
week: week weeks
fortnight: fortnight fortnights
day: day days
night: night nights
hour: hour hours hr hrs
minute: minute minutes min mins
second: seconds sec secs
millisecond: millisecond milliseconds ms
decade: decade decades
century: centuries
generation: generations
metre: metre metres meter meters
kilometre: kilometre kilometres kilometer kilometers km kms
centimetre: centimetre centimetres centimeter centimeters cm
millimetre: millimetre millimetres millimeter millimeters mm
micrometre: micrometre micrometres micrometer micron microns μm µm
nanometre: nanometre nanometres nanometer nanometers nm
mile: mile miles
yard: yard yards yd yds
foot: foot feet ft
inch: inch inches ″
acre: acre acres
hectare: hectare hectares ha
gram: gram grams gramme grammes
milligram: milligram milligrams mg
kilogram: kilogram kilograms kilo kilos kg kgs
ton: ton tons tonne tonnes
kiloton: kiloton kilotons kilotonne kilotonnes
megaton: megaton megatons megatonne megatonnes
gigaton: gigaton gigatons gigatonne gigatonnes
ounce: ounce ounces oz
stone: stone
bushel: bushel bushels
litre: litre litres liter liters
millilitre: millilitre millilitres milliliter milliliters ml
gallon: gallon gallons
pint: pint pints
quart: quart quarts
barrel: barrel barrels bbl
cylinder: cylinder cylinders
watt: watt watts
kilowatt: kilowatt kilowatts kw
megawatt: megawatt megawatts mw
gigawatt: gigawatt gigawatts gw
kilowatt hour: kwh
megawatt hour: mwh
gigawatt hour: gwh
terawatt hour: twh
volt: volt volts
kilovolt: kilovolt kilovolts kv
amp: amp amps ampere amperes
horsepower: horsepower hp bhp
joule: joule joules
calorie: calorie calories kcal
hertz: hertz hz
kilohertz: kilohertz khz
megahertz: megahertz mhz
gigahertz: gigahertz ghz
radian: radian radians rad
decibel: decibel decibels db
pascal: pascal pascals
kilopascal: kpa
megapascal: mpa
gigapascal: gigapascal gigapascals gpa
pound per square inch: psi
kilopound per square inch: ksi
bit: bits
byte: byte bytes
kilobyte: kilobyte kilobytes kb
megabyte: megabyte megabytes mb
gigabyte: gigabyte gigabytes gb
terabyte: terabyte terabytes tb
megabit per second: mbps
gigabit per second: gbps
megapixel: megapixel megapixels mp
mile per hour: mph
kilometre per hour: kph kmh kmph
mile per gallon: mpg
knot: knot knots kt kts
degree: degree degrees deg °
celsius: celsius centigrade degc
fahrenheit: fahrenheit degf
kelvin: kelvin
point: point points pt pts
point per game: ppg
rebound per game: rpg
assist per game: apg
time: times
roentgen: roentgen
foot pound-force: lb-ft
pound-mass: lb lbs
`)

// attached are short forms that are units only where they stand tight after digits ("37m", "45g", "5c") .
var attached = table(`
metre: m
gram: g
litre: l
penny: p
cent: c
second: s
hour: h
watt: w
volt: v
inch: in
kelvin: k
ton: t
`)

// longUnits are units of several words, after their first.
var longUnits = []struct {
	words []string
	name  string
}{
	{[]string{"per", "cent"}, "percent"},
	{[]string{"percentage", "points"}, "percentage point"},
	{[]string{"percentage", "point"}, "percentage point"},
	{[]string{"percent", "points"}, "percentage point"},
	{[]string{"%", "points"}, "percentage point"},
	{[]string{"basis", "points"}, "basis point"},
	{[]string{"basis", "point"}, "basis point"},
	{[]string{"degrees", "celsius"}, "celsius"},
	{[]string{"degrees", "c"}, "celsius"},
	{[]string{"degree", "celsius"}, "celsius"},
	{[]string{"degrees", "centigrade"}, "celsius"},
	{[]string{"°", "c"}, "celsius"},
	{[]string{"deg", "c"}, "celsius"},
	{[]string{"degrees", "fahrenheit"}, "fahrenheit"},
	{[]string{"degree", "fahrenheit"}, "fahrenheit"},
	{[]string{"degrees", "f"}, "fahrenheit"},
	{[]string{"°", "f"}, "fahrenheit"},
	{[]string{"deg", "f"}, "fahrenheit"},
	{[]string{"square", "miles"}, "square mile"},
	{[]string{"square", "mile"}, "square mile"},
	{[]string{"sq", "miles"}, "square mile"},
	{[]string{"square", "feet"}, "square foot"},
	{[]string{"square", "foot"}, "square foot"},
	{[]string{"sq", "ft"}, "square foot"},
	{[]string{"square", "metres"}, "square metre"},
	{[]string{"square", "meters"}, "square metre"},
	{[]string{"square", "metre"}, "square metre"},
	{[]string{"square", "meter"}, "square metre"},
	{[]string{"sq", "m"}, "square metre"},
	{[]string{"m", "2"}, "square metre"},
	{[]string{"m", "²"}, "square metre"},
	{[]string{"square", "kilometres"}, "square kilometre"},
	{[]string{"square", "kilometers"}, "square kilometre"},
	{[]string{"sq", "km"}, "square kilometre"},
	{[]string{"square", "kilometre"}, "square kilometre"},
	{[]string{"square", "kilometer"}, "square kilometre"},
	{[]string{"km", "2"}, "square kilometre"},
	{[]string{"km", "²"}, "square kilometre"},
	{[]string{"square", "yards"}, "square yard"},
	{[]string{"square", "inches"}, "square inch"},
	{[]string{"cubic", "metres"}, "cubic metre"},
	{[]string{"cubic", "meters"}, "cubic metre"},
	{[]string{"cubic", "feet"}, "cubic foot"},
	{[]string{"m", "³"}, "cubic metre"},
	{[]string{"fluid", "ounces"}, "fluid ounce"},
	{[]string{"fluid", "ounce"}, "fluid ounce"},
	{[]string{"us", "fluid", "ounce"}, "fluid ounce"},
	{[]string{"metric", "tons"}, "metric ton"},
	{[]string{"metric", "tonnes"}, "metric ton"},
	{[]string{"metric", "ton"}, "metric ton"},
	{[]string{"miles", "an", "hour"}, "mile per hour"},
	{[]string{"km", "/", "hr"}, "kilometre per hour"},
	{[]string{"km", "/", "h"}, "kilometre per hour"},
	{[]string{"kilowatt", "hours"}, "kilowatt hour"},
	{[]string{"kilowatt", "-", "hours"}, "kilowatt hour"},
	{[]string{"megawatt", "hours"}, "megawatt hour"},
	{[]string{"lb", "-", "ft"}, "foot pound-force"},
	{[]string{"light", "years"}, "light year"},
	{[]string{"light", "-", "years"}, "light year"},
	{[]string{"nautical", "miles"}, "nautical mile"},
	{[]string{"us", "dollars"}, "dollar"},
	{[]string{"u.s", "dollars"}, "dollar"},
	{[]string{"american", "dollars"}, "dollar"},
	{[]string{"pounds", "sterling"}, "pound"},
	{[]string{"british", "pounds"}, "pound"},
	{[]string{"years", "of", "age"}, "year of age"},
	{[]string{"years", "old"}, "year of age"},
	{[]string{"year", "old"}, "year of age"},
	{[]string{"year", "-", "old"}, "year of age"},
	{[]string{"year", "-", "olds"}, "year of age"},
	{[]string{"years", "-", "old"}, "year of age"},
	{[]string{"year", "olds"}, "year of age"},
	{[]string{"yr", "old"}, "year of age"},
	{[]string{"month", "-", "old"}, "month of age"},
	{[]string{"months", "old"}, "month of age"},
	{[]string{"month", "old"}, "month of age"},
	{[]string{"weeks", "old"}, "week of age"},
	{[]string{"week", "-", "old"}, "week of age"},
	{[]string{"days", "old"}, "day of age"},
	{[]string{"day", "-", "old"}, "day of age"},
	{[]string{"point", "per", "game"}, "point per game"},
	{[]string{"'", "'"}, "inch"},
}

// longUnit indexes longUnits by first word.
var longUnit = func() map[string][]int {
	m := map[string][]int{}
	for i, u := range longUnits {
		m[u.words[0]] = append(m[u.words[0]], i)
	}
	return m
}()

// moneyWords are the currencies that take the name of a state before them ("Australian dollars").
var moneyWords = set("dollar pound krone franc peso rupee dinar riyal ruble lira shilling won real yuan yen euro")

var nationalities = set(`australian canadian singapore singaporean hong new american us u.s taiwan taiwanese danish swedish norwegian
	icelandic czech swiss mexican philippine colombian chilean argentine argentinian indian pakistani nepalese sri russian turkish
	egyptian lebanese syrian british irish saudi kuwaiti iraqi jordanian kenyan ugandan tanzanian jamaican brazilian chinese japanese
	korean south israeli`)

// signs of money before a number; a country's letters may stand before or after a dollar sign.
var signs = map[string]string{"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₹": "rupee", "₽": "ruble", "₪": "shekel", "₩": "won", "₺": "lira", "฿": "baht", "₴": "hryvnia", "₫": "dong"}

var dollars = map[string]string{
	"us": "dollar", "u.s": "dollar", "usd": "dollar", "a": "Australian dollar", "au": "Australian dollar", "aus": "Australian dollar",
	"c": "Canadian dollar", "ca": "Canadian dollar", "can": "Canadian dollar", "hk": "Hong Kong dollar", "nz": "New Zealand dollar",
	"s": "Singapore dollar", "sg": "Singapore dollar", "nt": "Taiwan dollar", "r": "real", "tt": "Trinidad dollar", "j": "Jamaican dollar", "z": "Zimbabwe dollar",
}

// codes of money that may stand tight or loose before a number.
var codes = map[string]string{
	"usd": "dollar", "eur": "euro", "gbp": "pound", "jpy": "yen", "cny": "yuan", "rmb": "yuan", "inr": "rupee", "rs": "rupee", "aud": "Australian dollar",
	"cad": "Canadian dollar", "nzd": "New Zealand dollar", "sgd": "Singapore dollar", "hkd": "Hong Kong dollar", "chf": "franc", "rm": "ringgit", "myr": "ringgit",
	"zar": "rand", "thb": "baht", "idr": "rupiah", "krw": "won", "sek": "krone", "nok": "krone", "dkk": "krone", "pln": "zloty", "brl": "real", "rub": "ruble",
	"musd": "dollar", "meur": "euro", "mgbp": "pound", "maud": "Australian dollar",
	"ps": "pound", "php": "peso", "sar": "riyal", "aed": "dirham", "ngn": "naira", "btc": "bitcoin",
}

// unitNames are names that begin with what is elsewhere a unit: "38 barrel bombs" are not barrels.
var unitNames = number.NewSet("barrel bombs", "barrel bomb", "foot soldiers", "foot patrols", "night raids", "night clubs", "night flights", "day trips",
	"day laborers", "day labourers", "point guards", "stone throwers", "stone houses", "pound coins", "euro coins", "dollar stores", "dollar bills", "mile markers")

// millions are the codes that hold their scale.
var millions = set("musd meur mgbp maud")

// vagueAmounts is the one table of amounts that words leave open.
var vagueAmounts = number.NewTable(map[string][2]float64{
	"dozens": {12, 120}, "scores": {40, 100}, "hundreds": {100, 1000}, "thousands": {1000, 10000}, "millions": {1e6, 1e7},
	"billions": {1e9, 1e10}, "trillions": {1e12, 1e13}, "tens": {10, 100}, "crores": {1e7, 1e8}, "lakhs": {1e5, 1e6},
})

// comparators before a number, by their words from the last to the first; the longest wins.
var comparators = number.NewTable(phrases(`
>: more than|greater than|higher than|larger than|bigger than|longer than|older than|better than|over|above|at least|at the very least|no fewer than|no less than|not less than|not fewer than|in excess of|upwards of|upward of|exceeding|exceeded|exceeds|exceed|beyond|a minimum of|minimum of|as few as|surpassing|surpassed|topping|topped|well over|just over|slightly over|not under|over the age of|above the age of|more than or equal to|greater than or equal to|higher than or equal to|larger than or equal to|greater or equal than|higher or equal than|more or equal than|larger or equal than
<: less than|fewer than|lower than|smaller than|shorter than|younger than|up to|as many as|as much as|as high as|at most|no more than|not more than|no greater than|under|below|just under|just below|well under|a maximum of|maximum of|shy of|just short of|sub|within|under the age of|below the age of|less than or equal to|lower than or equal to|fewer than or equal to|smaller than or equal to|less or equal than|lower or equal than|smaller or equal than|fewer or equal than
~: about|around|roughly|approximately|approx|nearly|almost|close to|some|an estimated|estimated|circa|ca|~|≈|∼|barely|in the region of|in the neighborhood of|in the neighbourhood of|near|virtually|practically|perhaps|maybe|possibly|approaching|an average of about
=: exactly|precisely|only|just|a total of|merely|an average of|a record
`))

// after a number, its noun or unit.
var postComparators = phrases(`
>: or more|or above|or over|or older|or higher|or greater|or longer|or better|and above|and over|and older|and up|plus|at least|+
<: or less|or fewer|or younger|or lower|or below|or under|at most|and under|and younger|max
~: or so|or thereabouts|approximately|give or take
`)

// changes say that what follows (or what stands before) is a change and not a level. Weak ones do so only before a share or points.
var (
	ups         = set("added adds add adding doubled doubling tripled tripling quadrupled rose rise rises rising risen up increase increased increases increasing climbed climb climbs climbing jumped jump jumps jumping surged surge surges surging soared soar soars soaring grew grow grows growing grown advanced advance advances advancing rallied rally rallies rallying upward higher leapt leap leaped rocketed skyrocketed spiked edged gained gain gains gaining expanded expand strengthened raised raise raising hiked hike hiking boosted boost boosting accelerated rebounded swelled inched")
	downs       = set("fell fall falls falling fallen down dropped drop drops dropping declined decline declines declining decrease decreased decreases decreasing slid slide slides sliding slipped slip slips slipping tumbled tumble tumbles tumbling plunged plunge plunges plunging plummeted plummet plummets plummeting sank sink sinks sinking dipped dip dips dipping shrank shrink shrinks shrinking shrunk slumped slump slumps slumping lower lowered reduced reduce reduces reducing cut cuts cutting shed sheds shedding lost lose loses losing eased retreated downward crashed contracted collapsed slashed weakened dived dove halved lowering")
	weakChanges = set("gained gain gains gaining added adds add adding lost lose loses losing shed sheds shedding cut cuts cutting advanced advance expanded raised raise raising boosted boost boosting reduced reduce reduces reducing lowered lower higher hiked hike eased up down slashed")
	// particled are verbs of which "up" or "down" makes another verb that counts things.
	particled = set(`blew blow bought bring bringing brings brought build built buy buying called calls came clean cleaned come cook cooked cracked dig
		draw drawn drew dug end ended free freed gave give given giving gobbled grew grow gun gunned hand handed held holds hunted laid
		lay line lined load loaded made make makes making open opened pick picked picking picks put puts putting rack racked racking
		rounded serve served set sets setting settle settled shot shut shutting sign signed signing snap snapped snapping soak soaked
		split take taken takes taking tie tied took tore torn track tracked turn turned turning used using write written wrote`)
	// fillers may stand between a word of change and its number.
	changeFillers = set("by about around roughly approximately nearly almost more less than over under some at least up to as much just only another a an further an estimated slightly sharply only well - + close to the half fewer many")
)

// roles of persons that a figure counts, by the words near it; the first word is the role's name.
var roles = table(`
killed: killed drowned dead died deaths death fatalities casualties-dead slain murdered perished kills killing kill dies die toll fatality bodies corpses
injured: injured wounded hurt injuries wounding injuring hospitalized hospitalised casualties
missing: missing unaccounted disappeared
displaced: displaced refugees fled flee homeless uprooted evacuated evacuees evacuate fleeing displacing driven
arrested: arrested detained detainees arrests arrest arresting detaining custody jailed imprisoned prisoners
infected: infected infections
kidnapped: kidnapped abducted hostages captured
sacked: laid-off sacked redundancies layoffs
freed: freed
rescued: rescued
`)

// stops end the thing counted: function words, auxiliaries, and the verbs of reports.
var stops = set(`a an the this that these those my your his her its our their of in on at by for with from to into onto over under between among
	through during before after since until till against about as than per within without across near off out up down around behind beyond
	toward towards via amid amidst upon along including excluding and or but nor so yet if when while where who whom whose which what why how
	because although though unless whether is are was were be been being am has have had having do does did done will would shall should can
	could may might must not n't no 's ago each every any some all both either neither i you he she it we they me him us them there here
	then now later earlier today yesterday tomorrow said says say told also only just even still already more less most least very too
	again once however meanwhile according except despite regardless respectively plus minus versus vs yes
	left died fled went came got made took gave saw found held led lost won told rose fell hit came met
	saying reported announced claimed added wrote compared depending based located killed injured wounded arrested displaced missing
	shot like such worth back ahead apart away together ever never always often sometimes usually never that's etc because`)

// notCounted after "one" say that it is a pronoun or part of a phrase.
var notCounted = set("another day point thing way who that which whose where more such could can would will should must may might has had is was were are does did else here there needs wants knows minute hand side side's fell cannot")

// irregular plurals, and nouns that count without an s.
var plurals = set(`people men women children police troops personnel crew staff cattle fish sheep aircraft spacecraft media data mice feet teeth geese
	dead wounded injured others percent lives wives leaves halves youth poor homeless unemployed million billion`)

// notPlural end in s and count nothing.
var notPlural = set(`previous various serious religious dangerous numerous famous anonymous consecutive conscious ambitious business less plus
	us this was has is as its his does always perhaps across towards ies press congress`)

// numberedNames take a number as part of their name.
var numberedNames = set(`s&p boeing airbus iphone ipad ipod galaxy windows fortune ftse nikkei stoxx russell nasdaq cac dax xbox playstation section row game
	channel route highway interstate flight unit room gate bus line step stage phase level tier type category class grade chapter part article
	page volume issue episode season series model version mark week day no number apollo area block building bay lot terminal pier platform runway
	pixel note mate surface kindle core ryzen radeon geforce rtx gtx formula group pool division zone district ward precinct act title rule schedule
	amendment proposition prop measure resolution bill order form schedule figure table fig exhibit appendix suite apartment apt unit box studio
	magnitude g gpt ios android macos python level world-war covid sars h hiv section verse psalm question option plan lane exit track hole par under
	euro channel radio euronext tsx top u room act league ligue bundesliga serie mig su`)

// streets after a number and a name say that it is an address.
var streets = set("street st road rd avenue ave boulevard blvd lane drive dr way place court square terrace highway crescent close parkway")

// ordinalMarks after digits.
var ordinalMarks = set("st nd rd th")

// scoreCues before two small numbers say that they are the score of a game.
var scoreCues = set("won win wins winning lost lose loses beat beats beating draw drew defeat defeated defeating victory led lead leads leading trailed trailing score scored tied tie finished ended 3-0 aggregate at record went")

func set(words string) *number.Set { return number.NewSet(strings.Fields(words)...) }

// table reads lines of "name: forms" into a map from form to name.
func table(lines string) *number.Table[string] {
	m := map[string]string{}
	for line := range strings.Lines(lines) {
		name, forms, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok {
			continue
		}
		for _, f := range strings.Fields(forms) {
			m[f] = name
		}
	}
	return number.NewTable(m)
}

// phrase is a comparator and its words.
type phrase struct {
	words []string
	mark  string
}

// phrases reads lines of "mark: phrase|phrase" and indexes them by their last word, longest first.
func phrases(lines string) map[string][]phrase {
	m := map[string][]phrase{}
	for line := range strings.Lines(lines) {
		mark, forms, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok {
			continue
		}
		for _, f := range strings.Split(forms, "|") {
			words := strings.Fields(f)
			last := words[len(words)-1]
			list := append(m[last], phrase{words, mark})
			for i := len(list) - 1; i > 0 && len(list[i].words) > len(list[i-1].words); i-- {
				list[i], list[i-1] = list[i-1], list[i]
			}
			m[last] = list
		}
	}
	return m
}
