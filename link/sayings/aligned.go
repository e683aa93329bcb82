package sayings

// A Match is a word of one statement aligned with one of another, by index.
type Match struct{ A, B int }

// AlignLimit is how many words of a statement are aligned.
const AlignLimit = 260

// Align is the heaviest common subsequence of the two (Needleman and Wunsch 1970, with no credit for what differs), over at most
// alignLimit words of each.
func Align(a, b []Token, v *Speech) []Match {
	a, b = a[:min(len(a), AlignLimit)], b[:min(len(b), AlignLimit)]
	n, m := len(a), len(b)
	best := make([]float32, (n+1)*(m+1))
	at := func(i, j int) *float32 { return &best[i*(m+1)+j] }
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			s := max(*at(i+1, j), *at(i, j+1))
			if a[i].ID == b[j].ID {
				f := float32(v.Weight(a[i].ID)) + 0.1 + *at(i+1, j+1)
				// Words in a row weigh a little more, so that a common word is aligned beside its neighbours.
				if i+1 < n && j+1 < m && a[i+1].ID == b[j+1].ID {
					f += 0.2
				}
				s = max(s, f)
			}
			*at(i, j) = s
		}
	}
	var out []Match
	for i, j := 0, 0; i < n && j < m; {
		switch here := *at(i, j); {
		case here == *at(i+1, j):
			i++
		case here == *at(i, j+1):
			j++
		default:
			out = append(out, Match{i, j})
			i++
			j++
		}
	}
	return out
}
