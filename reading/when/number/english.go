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
	"dozen":   {12, scale}, "thousand": {1e3, scale}, "lakh": {1e5, scale}, "lac": {1e5, scale}, "million": {1e6, scale},
	"crore": {1e7, scale}, "billion": {1e9, scale}, "trillion": {1e12, scale}, "quadrillion": {1e15, scale},
	"mn": {1e6, scale}, "mln": {1e6, scale}, "mil": {1e6, scale}, "bn": {1e9, scale}, "bln": {1e9, scale},
	"tn": {1e12, scale}, "trn": {1e12, scale}, "tln": {1e12, scale},
}

// scalePlurals multiply only straight after a number.
var scalePlurals = map[string]float64{"dozens": 12, "lakhs": 1e5, "crores": 1e7}

// part of a whole, named after how many make one.
type share struct {
	val    float64
	plural bool
}

var parts = map[string]share{
	"half": {1. / 2, false}, "third": {1. / 3, false}, "quarter": {1. / 4, false}, "fourth": {1. / 4, false}, "fifth": {1. / 5, false},
	"sixth": {1. / 6, false}, "seventh": {1. / 7, false}, "eighth": {1. / 8, false}, "ninth": {1. / 9, false}, "tenth": {1. / 10, false},
	"twelfth": {1. / 12, false}, "twentieth": {1. / 20, false}, "hundredth": {1. / 100, false}, "thousandth": {1. / 1000, false},
	"halves": {1. / 2, true}, "thirds": {1. / 3, true}, "quarters": {1. / 4, true}, "fourths": {1. / 4, true}, "fifths": {1. / 5, true},
	"sixths": {1. / 6, true}, "sevenths": {1. / 7, true}, "eighths": {1. / 8, true}, "ninths": {1. / 9, true}, "tenths": {1. / 10, true},
	"twelfths": {1. / 12, true}, "twentieths": {1. / 20, true}, "hundredths": {1. / 100, true},
}

// The tables as they are looked up.
var (
	spoken   = NewTable(words)
	plurals  = NewTable(scalePlurals)
	portions = NewTable(parts)
)
