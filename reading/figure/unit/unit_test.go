package unit

import (
	"math"
	"testing"
)

func TestRestates(t *testing.T) {
	one := func(v float64, unit string) Value { return Value{v, v, unit} }
	for _, c := range []struct {
		a, b Value
		want bool
	}{
		{one(20, "kilometre"), one(12.5, "mile"), true},
		{one(12.5, "mile"), one(20, "kilometre"), true},
		{one(500, "kilometre"), one(300, "mile"), true},
		{one(1, "mile"), one(2, "kilometre"), true},
		{one(20, "kilometre"), one(10, "mile"), false},
		{one(20, "kilometre"), one(20, "minute"), false},
		{one(20, "kilometre"), one(20, "kilometre"), false},
		{one(60, "mile per hour"), one(97, "kilometre per hour"), true},
		{one(60, "mile per hour"), one(97, "kilometre"), true},
		{one(60, "mile per hour"), one(60, "kilometre per hour"), false},
		{one(35, "knot"), one(40, "mile per hour"), true},
		{one(120, "acre"), one(48.6, "hectare"), true},
		{one(120, "acre"), one(120, "hectare"), false},
		{one(95, "fahrenheit"), one(35, "celsius"), true},
		{one(95, "degree"), one(35, "celsius"), true},
		{one(5, "celsius"), one(9, "fahrenheit"), true},
		{one(-40, "celsius"), one(-40, "fahrenheit"), true},
		{one(20, "celsius"), one(20, "fahrenheit"), false},
		{one(50, "pound"), one(23, "kilogram"), true},
		{one(1100, "ton"), one(1000, "metric ton"), true},
		{one(5, "ounce"), one(142, "gram"), true},
		{Value{10, 15, "kilometre"}, Value{6, 9, "mile"}, true},
		{Value{10, 15, "kilometre"}, Value{6, 20, "mile"}, false},
		{one(8.5e6, "Australian dollar"), one(6.1e6, "dollar"), true},
		{one(8.5e6, "Australian dollar"), one(61e6, "dollar"), false},
		{one(5e6, "pound"), one(7.5e6, "dollar"), true},
		{one(5e6, "pound"), one(2e6, "dollar"), false},
		{one(300e6, "yen"), one(2e6, "euro"), true},
		{one(4e6, "Fijian dollar"), one(1.8e6, "dollar"), true},
		{one(2.5, "dollar per gallon"), one(.6, "euro per litre"), true},
		{one(87, "dollar per barrel"), one(80, "euro"), true},
		{one(5e6, "dollar"), one(5e6, "barrel"), false},
		{one(90, "minute"), one(1.5, "hour"), true},
		{one(12, ""), one(12, "mile"), false},
		{one(12, "percent"), one(12, "mile"), false},
	} {
		if got := Restates(c.a, c.b); got != c.want {
			t.Errorf("%v restates %v: %v", c.b, c.a, got)
		}
	}
}

func TestConvert(t *testing.T) {
	for _, c := range []struct {
		v        float64
		from, to string
		want     float64
		ok       bool
	}{
		{10, "mile", "kilometre", 16.09344, true},
		{100, "celsius", "fahrenheit", 212, true},
		{60, "mile per hour", "kilometre per hour", 96.56064, true},
		{10, "mile", "acre", 10, false},
		{10, "pound", "kilogram", 10, false}, // it may be money
		{10, "dollar", "euro", 10, false},
		{10, "person", "person", 10, true},
	} {
		if got, ok := Convert(c.v, c.from, c.to); ok != c.ok || math.Abs(got-c.want) > 1e-9 {
			t.Errorf("Convert(%v, %q, %q) = %v, %v", c.v, c.from, c.to, got, ok)
		}
	}
}
