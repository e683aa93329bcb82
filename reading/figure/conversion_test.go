package figure_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
)

// TestConversions: a figure that is given again in another unit is one figure, whatever stands between the two; what only looks like
// it is another.
func TestConversions(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		// In brackets.
		{"The track is 20 km (12.5 miles) long.", "20 kilometre = 12.5 mile"},
		{"The track is 12.5 miles (20km) long.", "12.5 mile = 20 kilometre"},
		{"They walked more than 20 kilometers (about 12 miles) on Monday.", "20 kilometre = 12 mile"},
		{"More than 20 km of road (12.5 miles) is gone.", "20 kilometre = 12.5 mile"},
		{"The fine was 8.5 million Australian dollars ($6.1 million).", "8500000 Australian dollar = 6100000 dollar"},
		{"It paid £5 million ($7.6 million) for the barge.", "5000000 pound = 7600000 dollar"},
		{"It did €5 million in damage (about $5.4 million).", "5000000 euro = 5400000 dollar"},
		{"The fine (€5m; $6m) is the largest yet.", "5000000 euro = 6000000 dollar"},
		{"The fine was £4m (€5m; $6m).", "4000000 pound = 5000000 euro = 6000000 dollar"},
		{"The fine was £4m (€5m, $6m) and he left.", "4000000 pound = 5000000 euro = 6000000 dollar"},
		{"The fine was £4m (€5m or $6m).", "4000000 pound = 5000000 euro = 6000000 dollar"},
		{"The fire burned 1,200 acres (486 hectares) of heath.", "1200 acre = 486 hectare"},
		{"The fire burned 486 hectares (1,200 acres; 4.9 square kilometres) of heath.", "486 hectare = 1200 acre = 4.9 square kilometre"},
		{"It reached 35 degrees Celsius (95 degrees Fahrenheit) in Elm Bay.", "35 celsius = 95 fahrenheit"},
		{"It reached 95 degrees Fahrenheit (35 Celsius) in Elm Bay.", "95 fahrenheit = 35 celsius"},
		{"It reached 95 degrees (35 C) in Elm Bay.", "95 degree = 35 celsius"},
		{"It reached 35C (95F) in Elm Bay.", "35 celsius = 95 fahrenheit"},
		{"It fell to minus 40 degrees Celsius (minus 40 Fahrenheit).", "-40 celsius = -40 fahrenheit"},
		{"Winds of 60 mph (97 kph) felled oaks.", "60 mile per hour = 97 kilometre per hour"},
		{"A 12-mile (20-km) stretch is shut.", "12 mile = 20 kilometre"},
		{"Between 10 and 15 km (6 to 9 miles) of pipe burst.", "10..15 kilometre = 6..9 mile"},
		{"The calf weighed 50 pounds (23 kilograms).", "50 pound = 23 kilogram"},
		{"He moved from 20 km (12 miles) to 40 km (25 miles) away.", "20 kilometre = 12 mile; 40 kilometre = 25 mile"},
		{"He said: “It is 20 km [12 miles] to the ferry.”", "20 kilometre = 12 mile"},
		// Without.
		{"It lies 20 kilometers, or 12.5 miles, from the port.", "20 kilometre = 12.5 mile"},
		{"It lies 20 kilometres or about 12 miles from the port.", "20 kilometre = 12 mile"},
		{"It lies 20 kilometers, about 12 miles, from the port.", "20 kilometre = 12 mile"},
		{"It lies 20 kilometers, 12.5 miles, from the port.", "20 kilometre = 12.5 mile"},
		{"It lies 20 kilometres – about 12 miles – from the port.", "20 kilometre = 12 mile"},
		{"It lies 20km/12 miles from the port.", "20 kilometre = 12 mile"},
		{"They were fined £4 million, or $6 million, in May.", "4000000 pound = 6000000 dollar"},
		{"They were fined £4 million, the equivalent of $6 million.", "4000000 pound = 6000000 dollar"},
		// None.
		{"A bus with 5 men (20 women) left.", ""},
		{"The toll rose to 12 (from 10).", ""},
		{"The wall is 5 metres (20 kilograms a stone) high.", ""},
		{"They drove 20 km (30 minutes) to the port.", ""},
		{"They drove 20 km (20 km less than planned).", ""},
		{"They drove 20 km (5 miles of it gravel).", ""},
		{"They drove 20 km and walked 12 miles.", ""},
		{"They drove 20 km, 3 miles of it gravel.", ""},
		{"They drove 20 km or 40 miles.", ""},
		{"It took £5 million ($2 million in cash).", ""},
		{"It took £5 million ($7 million with the barge).", ""},
		{"It took £5 million (£4 million last year).", ""},
		{"It took £5 million, $2 million of it in cash.", ""},
		{"It took £5 million, $7 million, and 4 million yen.", ""},
		{"It took £5 million ($700 million).", ""},
		{"Sales rose 6 percent (12 million euros).", ""},
		{"The barge is 20 km out. (12.5 miles is the limit.)", ""},
	} {
		_, figures := drafts(c.text, "2015-11-30")
		values := make([]string, len(figures))
		var chains []string
		for i, x := range figures {
			v := strconv.FormatFloat(x.Low, 'f', -1, 64)
			if x.High != x.Low {
				v += ".." + strconv.FormatFloat(x.High, 'f', -1, 64)
			}
			v = strings.TrimSpace(v + " " + x.Unit)
			values[i] = v
			if x.Restates < 0 {
				chains = append(chains, v)
				continue
			}
			if x.Restates >= i {
				t.Errorf("%s\n%s restates what stands behind it", c.text, v)
				continue
			}
			last := &chains[len(chains)-1]
			if first, _, _ := strings.Cut(*last, " = "); first != values[x.Restates] {
				t.Errorf("%s\n%s restates %s, not %s", c.text, v, values[x.Restates], first)
			}
			*last = fmt.Sprintf("%s = %s", *last, v)
		}
		var got []string
		for _, chain := range chains {
			if strings.Contains(chain, " = ") {
				got = append(got, chain)
			}
		}
		if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("%s\n got %q\nwant %q", c.text, s, c.want)
		}
	}
}
