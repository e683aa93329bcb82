package serve

import "net/url"

// A doubts says on a page how many doubtful statements its lists would have, and whether they have them. See [onrecord.Doubt].
type doubts struct {
	N     int
	Shown bool
	Href  string // address of the page with them, or without them where they are shown
}

// showDoubtful is the value of the parameter doubtful by which doubtful statements are shown.
const showDoubtful = "show"

// showsDoubtful says whether an address asks for doubtful statements too.
func showsDoubtful(q url.Values) bool { return q.Get("doubtful") == showDoubtful }

// newDoubts is n doubtful statements, shown or not, in the list of an id on a page with the parameters q.
func newDoubts(n int, q url.Values, shown bool, list string) doubts {
	to := url.Values{}
	for k, v := range q {
		switch k {
		case "doubtful", "statements", "s": // the list begins anew, and s may point to a doubtful statement
		default:
			to[k] = v
		}
	}
	if !shown {
		to.Set("doubtful", showDoubtful)
	}
	return doubts{n, shown, "?" + to.Encode() + list}
}
