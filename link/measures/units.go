package measures

import (
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/reading/figure/unit"
)

// given are the values of a figure, each in a unit of its own: as it stands first, then as it is given again in others.
func given(f *onrecord.Figure, conversions []*onrecord.Figure) []unit.Value {
	out := []unit.Value{{Low: f.Low, High: f.High, Unit: f.Unit}}
	for _, c := range conversions {
		if !slices.ContainsFunc(out, func(v unit.Value) bool { return v.Unit == c.Unit }) {
			out = append(out, unit.Value{Low: c.Low, High: c.High, Unit: c.Unit})
		}
	}
	return out
}

// conversionsOf are the figures of a reading that give another again in another unit, by that.
func conversionsOf(figures []onrecord.Figure) map[string][]*onrecord.Figure {
	var of map[string][]*onrecord.Figure
	for k := range figures {
		if f := &figures[k]; f.ConversionOf != "" {
			if of == nil {
				of = map[string][]*onrecord.Figure{}
			}
			of[f.ConversionOf] = append(of[f.ConversionOf], f)
		}
	}
	return of
}

// money says whether a unit counts money whose amount tells what it is of. Pence do not: a time of day is easily taken for them
// ("2 p . m .").
func money(name string) bool { return name != "penny" && unit.Money(name) }

// kind is what a unit counts in: what it measures, so that miles meet kilometres, "money", else the unit itself.
func kind(name string) string {
	if unit.Money(name) {
		return "money"
	}
	if d := unit.Dimension(name); d != "" && d != "time" {
		return d
	}
	return name
}

// InOneUnit are the values of two figures in a unit of both: in one that both articles give, else as measures convert. There is none
// for money of two currencies that no article gives both of.
func InOneUnit(a, b *Question) (x, y unit.Value, ok bool) {
	for _, x = range a.values {
		for _, y = range b.values {
			if x.Unit == y.Unit || a.class == share {
				return x, y, true
			}
		}
	}
	x, y = a.values[0], b.values[0]
	low, ok := unit.Convert(y.Low, y.Unit, x.Unit)
	high, _ := unit.Convert(y.High, y.Unit, x.Unit)
	return x, unit.Value{Low: low, High: high, Unit: x.Unit}, ok
}

// oneValue says whether two figures give one number, in whatever units.
func oneValue(a, b *Question) bool {
	x, y, ok := InOneUnit(a, b)
	return ok && x.Low == y.Low && x.High == y.High || Converts(a, b)
}

// Converts says whether what one article gives in a unit that the other does not is what that gives in its own, as far as both are rounded.
func Converts(a, b *Question) bool {
	return a.class != share && kind(a.Unit) != "money" && unit.Restates(a.values[0], b.values[0])
}

// In is the question with its figure's value in another unit, as its article gives it there or as measures convert; as it is where
// there is no way to.
func (q *Question) In(name string) *Question {
	if q.Unit == name || q.class == share {
		return q
	}
	v := q.values[0]
	if i := slices.IndexFunc(q.values, func(v unit.Value) bool { return v.Unit == name }); i >= 0 {
		v = q.values[i]
	} else {
		low, ok := unit.Convert(v.Low, v.Unit, name)
		high, _ := unit.Convert(v.High, v.Unit, name)
		if !ok {
			return q
		}
		v = unit.Value{Low: low, High: high, Unit: name}
	}
	f, other := *q.Figure, *q
	f.Low, f.High, f.Unit = v.Low, v.High, v.Unit
	other.Figure = &f
	return &other
}
