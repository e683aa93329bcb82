// Package unit says what units measure: so that one value given in two of them is told for one value. Units are named as figures
// name them, by their English word in the singular ("kilometre", "dollar per barrel").
package unit

import (
	"math"
	"strconv"
	"strings"
)

// A measure is what a unit may mean: so many of the base unit of a dimension. A temperature's zero lies at an offset from that of the
// base; more than one factor are several units of one name.
type measure struct {
	dimension string
	factors   []float64
	offset    float64
}

// Dimensions, each with its units and how many of the base unit they are.
const dimensions = `
length: metre 1, kilometre 1000, centimetre 0.01, millimetre 0.001, micrometre 1e-6, nanometre 1e-9, mile 1609.344, yard 0.9144, foot 0.3048, inch 0.0254, nautical mile 1852, light year 9.4607e15
area: square metre 1, square kilometre 1e6, hectare 1e4, acre 4046.856, square mile 2589988, square foot 0.092903, square yard 0.836127, square inch 0.00064516
volume: litre 1, millilitre 0.001, cubic metre 1000, cubic foot 28.3168, gallon 3.78541 4.54609, pint 0.473176 0.568261, quart 0.946353 1.13652, barrel 158.987, fluid ounce 0.0295735 0.0284131, ounce 0.0295735 0.0284131
mass: kilogram 1, gram 0.001, milligram 1e-6, ton 1000 907.185 1016.05, metric ton 1000, kiloton 1e6 907185, megaton 1e9 907185000, gigaton 1e12, ounce 0.0283495 0.0311035, pound-mass 0.453592, pound 0.453592, stone 6.35029
power: watt 1, kilowatt 1000, megawatt 1e6, gigawatt 1e9, horsepower 745.7 735.499
energy: joule 1, calorie 4184 4.184, kilowatt hour 3.6e6, megawatt hour 3.6e9, gigawatt hour 3.6e12, terawatt hour 3.6e15
pressure: pascal 1, kilopascal 1000, megapascal 1e6, gigapascal 1e9, pound per square inch 6894.76, kilopound per square inch 6894760
time: second 1, millisecond 0.001, minute 60, hour 3600, day 86400, week 604800
length per time: knot 0.514444
`

// temperatures by degrees of the Celsius scale: how large a degree is, and where their zero lies.
var temperatures = map[string]measure{
	"celsius":    {"temperature", []float64{1}, 0},
	"fahrenheit": {"temperature", []float64{5. / 9}, -32 * 5. / 9},
	"kelvin":     {"temperature", []float64{1}, -273.15},
}

// money says how many dollars one has been worth since about 1990, at least and at most. A dollar may be that of another state than
// the United States, where the article is from there.
const money = `
dollar 0.45 1.05, cent 0.0045 0.0105, euro 0.8 1.65, pound 1 2.1, penny 0.01 0.021, yen 0.0045 0.0135, yuan 0.11 0.22, rupee 0.003 0.09
ruble 0.007 0.25, shekel 0.2 0.5, krone 0.006 0.22, franc 0.0003 1.35, peso 0.0002 1.1, won 0.0006 0.0015, rand 0.045 0.5, riyal 0.00002 0.28
dirham 0.09 0.28, dinar 0.0005 3.7, lira 0.0000005 1.6, real 0.15 1.3, ringgit 0.2 0.45, baht 0.018 0.045, hryvnia 0.02 0.55, zloty 0.2 0.55
forint 0.0024 0.012, naira 0.0005 0.13, shilling 0.00025 0.06, rupiah 0.00005 0.0006, dong 0.00003 0.0001, bitcoin 0.05 200000
australian dollar 0.47 1.12, canadian dollar 0.6 1.12, singapore dollar 0.5 0.88, new zealand dollar 0.38 0.9, hong kong dollar 0.12 0.14, taiwan dollar 0.025 0.042
swiss franc 0.55 1.4, british pound 1 2.1, egyptian pound 0.018 0.5, turkish lira 0.0000005 1, indian rupee 0.011 0.09
`

// foreign is what a currency of a state of which no more is known may be worth.
var foreign = [2]float64{1e-6, 5}

var (
	measures   = map[string][]measure{"degree": {temperatures["celsius"], temperatures["fahrenheit"]}}
	currencies = map[string][2]float64{}
)

func init() {
	for name, m := range temperatures {
		measures[name] = []measure{m}
	}
	for line := range strings.Lines(strings.TrimSpace(dimensions)) {
		dimension, units, _ := strings.Cut(strings.TrimSpace(line), ": ")
		for u := range strings.SplitSeq(units, ", ") {
			name, factors := numbers(u)
			measures[name] = append(measures[name], measure{dimension, factors, 0})
		}
	}
	for line := range strings.Lines(strings.TrimSpace(money)) {
		for u := range strings.SplitSeq(strings.TrimSpace(line), ", ") {
			name, worth := numbers(u)
			currencies[name] = [2]float64{worth[0], worth[1]}
		}
	}
}

// numbers splits "fluid ounce 0.03 0.028" into the name and the numbers behind it.
func numbers(s string) (name string, values []float64) {
	words := strings.Fields(s)
	for len(words) > 0 {
		v, err := strconv.ParseFloat(words[len(words)-1], 64)
		if err != nil {
			break
		}
		values, words = append([]float64{v}, values...), words[:len(words)-1]
	}
	return strings.Join(words, " "), values
}

// meanings are what a unit may mean; a rate ("mile per hour") measures by both its units.
func meanings(name string) []measure {
	if m := measures[name]; m != nil {
		return m
	}
	of, per, ok := strings.Cut(name, " per ")
	if !ok {
		return nil
	}
	var out []measure
	for _, a := range measures[of] {
		for _, b := range measures[per] {
			if a.dimension == "temperature" || b.dimension == "temperature" {
				continue
			}
			m := measure{dimension: a.dimension + " per " + b.dimension}
			for _, x := range a.factors {
				for _, y := range b.factors {
					m.factors = append(m.factors, x/y)
				}
			}
			out = append(out, m)
		}
	}
	return out
}

// Money says whether the unit is a currency.
func Money(name string) bool {
	_, ok := worth(name)
	return ok
}

// worth is how many dollars one of a currency is worth, at least and at most.
func worth(name string) ([2]float64, bool) {
	low := strings.ToLower(name)
	if w, ok := currencies[low]; ok {
		return w, true
	}
	if i := strings.LastIndexByte(low, ' '); i > 0 {
		if _, ok := currencies[low[i+1:]]; ok && !strings.Contains(low, " per ") {
			return foreign, true
		}
	}
	return [2]float64{}, false
}

// Dimension is what the unit measures ("length", "area per time"), "" for what is no measure, may mean two things ("pound"), or is money.
func Dimension(name string) string {
	m := meanings(name)
	if len(m) != 1 || Money(name) {
		return ""
	}
	return m[0].dimension
}

// Convert turns a value from one unit into another of its dimension, and says whether there is a way to. Where a name stands for
// several units, the first of them is meant.
func Convert(v float64, from, to string) (float64, bool) {
	if from == to {
		return v, true
	}
	d := Dimension(from)
	if d == "" || d != Dimension(to) {
		return v, false
	}
	a, b := meanings(from)[0], meanings(to)[0]
	return a.to(b, a.factors[0], b.factors[0], v), true
}

func (a measure) to(b measure, fa, fb, v float64) float64 { return (v*fa + a.offset - b.offset) / fb }

// A Value is a number or a range of numbers, in a unit.
type Value struct {
	Low, High float64
	Unit      string
}

// Restates says whether b may well be a in another unit: of what is measured, where the two agree as far as they are rounded; of money,
// where no rate of exchange of the last decades is left. A rate may leave out in b what it is per.
func Restates(a, b Value) bool {
	if a.Unit == b.Unit || a.Unit == "" || b.Unit == "" {
		return false
	}
	if agree(a, b, meanings(a.Unit), meanings(b.Unit)) {
		return true
	}
	of, per, rate := strings.Cut(a.Unit, " per ")
	other, otherPer, both := strings.Cut(b.Unit, " per ")
	if rate && !both && agree(a, b, meanings(of), meanings(b.Unit)) {
		return true
	}
	w, ok := worth(of)
	x, also := worth(other)
	if !ok || !also || of == other && per == otherPer || both && !rate {
		return false
	}
	if both && per != otherPer {
		f, ok := Convert(1, otherPer, per)
		if !ok {
			return false
		}
		a.Low, a.High = a.Low*f, a.High*f
	}
	return among(a.Low, b.Low, w, x) && among(a.High, b.High, w, x)
}

// among says whether a and b, of which one is worth so many dollars each, may be worth the same.
func among(a, b float64, w, x [2]float64) bool {
	return a > 0 && b > 0 && a*w[0] <= b*x[1] && b*x[0] <= a*w[1]
}

// agree says whether two values are one, in any of the meanings of their units.
func agree(a, b Value, as, bs []measure) bool {
	for _, m := range as {
		for _, n := range bs {
			if m.dimension != n.dimension {
				continue
			}
			for _, f := range m.factors {
				for _, g := range n.factors {
					near := func(v, w float64) bool {
						at, slack := m.to(n, f, g, v), rounding(v)*f/g+rounding(w)
						if math.Abs(at-w) <= slack+sloppy*math.Max(math.Abs(at), math.Abs(w)) {
							return true
						}
						// "a rise of 5 degrees Celsius (9 Fahrenheit)"
						return m.dimension == "temperature" && math.Abs(v*f/g-w) <= slack
					}
					if f != g && near(a.Low, b.Low) && near(a.High, b.High) || m.offset != n.offset && near(a.Low, b.Low) && near(a.High, b.High) {
						return true
					}
				}
			}
		}
	}
	return false
}

// What a conversion may be off by: sloppy is a share of it, beyond what rounding explains; loose is the share by which a round number
// may be rounded.
const (
	sloppy = 0.02
	loose  = 0.05
)

// rounding is by how much a value may have been rounded: half of the place of its last digit that is not 0, but of a round number
// not much.
func rounding(v float64) float64 {
	s := strconv.FormatFloat(math.Abs(v), 'e', -1, 64)
	digits, exponent, _ := strings.Cut(s, "e")
	e, _ := strconv.Atoi(exponent)
	if i := strings.IndexByte(digits, '.'); i >= 0 {
		e -= len(digits) - i - 1
	}
	return min(math.Pow10(e)/2, max(.5, loose*math.Abs(v)))
}
