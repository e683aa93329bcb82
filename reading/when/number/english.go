package number

// words are the English number words; hundred and above multiply.
var words = map[string]word{
	"zero": {0, small}, "nought": {0, small}, "naught": {0, small}, "one": {1, small}, "two": {2, small}, "three": {3, small}, "four": {4, small}, "five": {5, small},
	"six": {6, small}, "seven": {7, small}, "eight": {8, small}, "nine": {9, small}, "ten": {10, small}, "eleven": {11, small},
	"twelve": {12, small}, "thirteen": {13, small}, "fourteen": {14, small}, "fifteen": {15, small}, "sixteen": {16, small},
	"seventeen": {17, small}, "eighteen": {18, small}, "nineteen": {19, small},
	"twenty": {20, tens}, "thirty": {30, tens}, "forty": {40, tens}, "fourty": {40, tens}, "fifty": {50, tens}, "sixty": {60, tens},
	"seventy": {70, tens}, "eighty": {80, tens}, "ninety": {90, tens},
	"hundred": {100, hundred},
	"dozen":   {12, scale}, "doz": {12, scale}, "thousand": {1e3, scale}, "lakh": {1e5, scale}, "lac": {1e5, scale}, "million": {1e6, scale},
	"crore": {1e7, scale}, "billion": {1e9, scale}, "trillion": {1e12, scale}, "quadrillion": {1e15, scale},
	"mn": {1e6, scale}, "mln": {1e6, scale}, "mil": {1e6, scale}, "bn": {1e9, scale}, "bln": {1e9, scale},
	"tn": {1e12, scale}, "trn": {1e12, scale}, "tln": {1e12, scale},
}

// scalePlurals multiply only straight after a number.
var scalePlurals = map[string]float64{"dozens": 12, "dozs": 12, "dzs": 12, "lakhs": 1e5, "crores": 1e7}

// A share is a part of a whole, by how many of it make one.
type share struct {
	of     float64
	plural bool
}

// wholes are the parts that have a name, the plural beside the singular, and how many make one.
var wholes = map[[2]string]float64{
	{"half", "halves"}: 2, {"third", "thirds"}: 3, {"quarter", "quarters"}: 4, {"fourth", "fourths"}: 4, {"fifth", "fifths"}: 5,
	{"sixth", "sixths"}: 6, {"seventh", "sevenths"}: 7, {"eighth", "eighths"}: 8, {"ninth", "ninths"}: 9, {"tenth", "tenths"}: 10,
	{"eleventh", "elevenths"}: 11, {"twelfth", "twelfths"}: 12, {"thirteenth", "thirteenths"}: 13, {"fourteenth", "fourteenths"}: 14,
	{"fifteenth", "fifteenths"}: 15, {"sixteenth", "sixteenths"}: 16, {"seventeenth", "seventeenths"}: 17,
	{"eighteenth", "eighteenths"}: 18, {"nineteenth", "nineteenths"}: 19, {"twentieth", "twentieths"}: 20,
	{"thirtieth", "thirtieths"}: 30, {"fortieth", "fortieths"}: 40, {"fiftieth", "fiftieths"}: 50, {"sixtieth", "sixtieths"}: 60,
	{"seventieth", "seventieths"}: 70, {"eightieth", "eightieths"}: 80, {"ninetieth", "ninetieths"}: 90,
	{"hundredth", "hundredths"}: 100, {"thousandth", "thousandths"}: 1e3, {"millionth", "millionths"}: 1e6,
	{"billionth", "billionths"}: 1e9, {"trillionth", "trillionths"}: 1e12,
}

// parts are the wholes by their words.
var parts = func() map[string]share {
	m := map[string]share{}
	for w, n := range wholes {
		m[w[0]], m[w[1]] = share{n, false}, share{n, true}
	}
	return m
}()

// compoundParts end the name of a part ("twenty-first"); alone they are none. The second is not among them: it lasts.
var compoundParts = map[string]share{
	"first": {1, false}, "firsts": {1, true}, "third": {3, false}, "thirds": {3, true}, "fourth": {4, false}, "fourths": {4, true},
	"fifth": {5, false}, "fifths": {5, true}, "sixth": {6, false}, "sixths": {6, true}, "seventh": {7, false}, "sevenths": {7, true},
	"eighth": {8, false}, "eighths": {8, true}, "ninth": {9, false}, "ninths": {9, true},
}

// The tables as they are looked up.
var (
	spoken   = NewTable(words)
	plurals  = NewTable(scalePlurals)
	portions = NewTable(parts)
)
