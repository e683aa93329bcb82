package english

import (
	"strings"
	"testing"

	"github.com/onrecord/onrecord/text"
)

// passage is invented.
const passage = `The Harbour Board of Lindqvist said on Tuesday that it would close the eastern pier, which engineers have called unsafe since March. "We cannot wait for another winter," Marta Oyelaran, the board's chairwoman, told reporters in Port Vesper. "Nobody wants to see a ferry go down."

Her deputy, Tomas Brandt, disagreed. He said the pier, built in 1958 for $4.2 million, had been inspected twice this year and that "not a single bolt" was found to be loose. According to a report by the Vesper Courier, at least 40 percent of the town's fishermen oppose the plan, though few of them have spoken publicly.

Officials at the Ministry of Transport declined to comment. A spokeswoman for Northern Ferries, which runs three boats a day to the Alder Islands, said it was "deeply concerned" about the consequences for its 212 employees.

`

func BenchmarkAnnotate(b *testing.B) {
	d := text.Parse(strings.Repeat(passage, 20))
	Annotate(d)
	b.ReportAllocs()
	b.SetBytes(int64(len(d.Text)))
	for b.Loop() {
		Annotate(d)
	}
	b.ReportMetric(float64(len(d.Tokens))*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}
