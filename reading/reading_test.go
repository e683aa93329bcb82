package reading

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/reading/attribution"
	"github.com/onrecord/onrecord/reading/figure"
	"github.com/onrecord/onrecord/reading/layout"
	"github.com/onrecord/onrecord/reading/speaker"
	"github.com/onrecord/onrecord/reading/when"
	"github.com/onrecord/onrecord/text"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// indexOf is the index of a document without a title.
func indexOf(l *english.Layer) index { return index{l.Doc, layout.Of(l, onrecord.Span{}, nil)} }

// marked reads an article with its statements marked: ‹1s:source›, ‹1c:cue›, ‹1x:content› of statement 1.
func marked(s string) (string, []attribution.Draft) {
	type open struct {
		statement, role byte
		start           int
	}
	var plain strings.Builder
	var stack []open
	byNumber := map[byte]*onrecord.Statement{}
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		switch r {
		case '‹':
			stack = append(stack, open{s[n], s[n+1], plain.Len()})
			s = s[n+3:]
			continue
		case '›':
			o := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			st := byNumber[o.statement]
			if st == nil {
				st = &onrecord.Statement{Kind: onrecord.Indirect}
				byNumber[o.statement] = st
			}
			span := onrecord.Span{Start: o.start, End: plain.Len()}
			switch o.role {
			case 's':
				st.Source = append(st.Source, span)
			case 'c':
				st.Cue = append(st.Cue, span)
			case 'x':
				st.Content = append(st.Content, span)
			}
		default:
			plain.WriteString(s[:n])
		}
		s = s[n:]
	}
	var out []attribution.Draft
	for _, n := range slices.Sorted(maps.Keys(byNumber)) {
		out = append(out, attribution.New(attribution.Learned, *byNumber[n]))
	}
	for i := range out {
		for j := range out {
			if i != j && len(out[i].Content) > 0 && len(out[j].Content) > 0 && out[j].Content[0].Contains(out[i].Content[0]) && out[j].Content[0] != out[i].Content[0] {
				out[i].Within = j
			}
		}
	}
	return plain.String(), out
}

func TestStance(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"‹1s:She› ‹1c:said› ‹1x:it rained›.", onrecord.Asserts},
		{"‹1s:She› ‹1c:denied› ‹1x:it›.", onrecord.Denies},
		{"‹1s:She› has ‹1c:repeatedly denied› ‹1x:taking money›.", onrecord.Denies},
		{"‹1s:She› ‹1c:dismissed› ‹1x:the claim›.", onrecord.Denies},
		{"‹1s:She› did not ‹1c:deny› ‹1x:the claim›.", onrecord.Asserts},
		{"‹1s:The board› ‹1c:denied› ‹1x:them a permit›.", onrecord.Asserts},
		{"‹1s:The court› ‹1c:denied› ‹1x:bail›.", onrecord.Asserts},
		{"‹1s:The owners› ‹1c:dismissed› ‹1x:him›.", onrecord.Asserts},
		{"‹1s:She› ‹1c:dismissed› ‹1x:the notion of a plot›.", onrecord.Denies},
		{"‹1s:The judge› ‹1c:rejected› ‹1x:a request for more time›.", onrecord.Asserts},
		{"‹1s:The union› ‹1c:rejected› ‹1x:the offer›.", onrecord.Denies},
		{"‹1s:She› ‹1c:rejects calls for› ‹1x:a vote›.", onrecord.Denies},
		{"‹1s:She› ‹1c:neither confirmed nor denied› ‹1x:that it rained›.", onrecord.Declines},
		{"‹1s:She› ‹1c:said› ‹1x:the report was not true›.", onrecord.Denies},
		{"‹1s:She› ‹1c:called› ‹1x:the claims baseless›.", onrecord.Denies},
		{"‹1s:She› ‹1c:said› ‹1x:it is not easy›.", onrecord.Asserts},
		{"‹1s:She› ‹1c:said› ‹1x:the story of the false teeth was long›.", onrecord.Asserts},
		{"‹1s:She› ‹1c:pleaded not guilty› ‹1x:to theft›.", onrecord.Denies},
		{"‹1s:She› ‹1c:refused› ‹1x:to leave the bridge›.", onrecord.Believes},
		{"‹1s:She› ‹1c:declined› ‹1x:the invitation›.", onrecord.Believes},
		{"‹1s:She› ‹1c:declined› ‹1x:an interview›.", onrecord.Declines},
		{"‹1s:She› has ‹1c:not yet responded› ‹1x:to questions›.", onrecord.Declines},
		{"‹1s:She› ‹1c:did not deny› ‹1x:the claim›.", onrecord.Asserts},
		{"‹1s:She› ‹1c:said› ‹1x:there was no truth in it›.", onrecord.Denies},
		{"‹1s:She› ‹1c:brushed aside› ‹1x:the report›.", onrecord.Denies},
		{"‹1s:She› ‹1c:declined› ‹1x:to comment›.", onrecord.Declines},
		{"‹1s:She› ‹1c:refused› ‹1x:to say who came›.", onrecord.Declines},
		{"‹1s:She› ‹1c:did not respond› ‹1x:to a request for comment›.", onrecord.Declines},
		{"‹1s:She› didn't ‹1c:respond› ‹1x:to questions›.", onrecord.Declines},
		{"‹1s:She› was ‹1c:not immediately available› ‹1x:for comment›.", onrecord.Declines},
		{"‹1s:She› could not ‹1c:be reached› ‹1x:for comment›.", onrecord.Declines},
		{"‹1s:She› would not ‹1c:say› ‹1x:who came›.", onrecord.Declines},
		{"‹1s:She› ‹1c:asked› ‹1x:for help›.", onrecord.Asks},
		{"‹1s:She› ‹1c:called on› ‹1x:the town to act›.", onrecord.Asks},
		{"‹1s:She› ‹1c:calls› ‹1x:on the town to act›.", onrecord.Asks},
		{"‹1s:She› ‹1c:called› ‹1x:him a liar›.", onrecord.Asserts},
		{"‹1s:She› ‹1c:urged› ‹1x:calm›.", onrecord.Asks},
		{"‹1s:The town› ‹1c:is waiting for› ‹1x:an answer›.", onrecord.Asks},
		{"‹1s:She› ‹1c:promised› ‹1x:to come›.", onrecord.Promises},
		{"‹1s:She› ‹1c:vowed› ‹1x:to come›.", onrecord.Promises},
		{"‹1s:She› ‹1c:accused› ‹1x:him of theft›.", onrecord.Accuses},
		{"‹1s:She› ‹1c:blamed› ‹1x:the rain›.", onrecord.Accuses},
		{"‹1s:She› ‹1c:believes› ‹1x:it rained›.", onrecord.Believes},
		{"‹1s:She› ‹1c:did not believe› ‹1x:that it rained›.", onrecord.Denies},
		{"‹1s:She› ‹1c:planned› ‹1x:to come›.", onrecord.Believes},
		{"‹1s:Her› ‹1c:hopes› ‹1x:that it rains›.", onrecord.Believes},
		{"‹1x:It rained›.", onrecord.Asserts},
		{"‹1s:She› ‹1c:ruled out› ‹1x:a rise in the toll›.", onrecord.Denies},
		{"‹1s:She› ‹1c:has not ruled out› ‹1x:a rise in the toll›.", onrecord.Declines},
		{"‹1s:She› ‹1c:was hesitant to say› ‹1x:the nets were torn›.", onrecord.Declines},
		{"‹1s:She› ‹1c:did not hesitate to say› ‹1x:the nets were torn›.", onrecord.Asserts},
		{"‹1s:She› ‹1c:was reluctant› ‹1x:to leave the bridge›.", onrecord.Believes},
		{"‹1s:She› ‹1c:did not agree with› ‹1x:the keeper's account›.", onrecord.Denies},
		{"‹1s:The keepers› ‹1c:disagreed over› ‹1x:their plans›.", onrecord.Believes},
		{"‹1s:She› ‹1c:no longer believes› ‹1x:that the weir will hold›.", onrecord.Denies},
		{"‹1s:She› ‹1c:played down reports› ‹1x:that the weir leaked›.", onrecord.Denies},
		{"‹1s:She› ‹1c:cautioned against concluding› ‹1x:that the drug works›.", onrecord.Declines},
		{"‹1s:The paper› ‹1c:withdrew› ‹1x:the claim that she had lied›.", onrecord.Denies},
		{"‹1s:The army› ‹1c:withdrew› ‹1x:its boats›.", onrecord.Asserts},
		{"‹1s:She› ‹1c:cast serious doubt on reports› ‹1x:that the weir leaked›.", onrecord.Denies},
		{"‹1s:She› ‹1c:has no doubt› ‹1x:that the weir leaks›.", onrecord.Believes},
		{"‹1s:She› ‹1c:never claimed› ‹1x:the weir leaked›.", onrecord.Declines},
		{"‹1s:She› did not ‹1c:suggest› ‹1x:that the weir leaked›.", onrecord.Declines},
		{"‹1s:She› ‹1c:claimed without proof› ‹1x:that the weir leaked›.", onrecord.Asserts},
		{"‹1s:She› not only ‹1c:claimed› ‹1x:that the weir leaked›.", onrecord.Asserts},
		{"‹1s:No keeper› ‹1c:said› ‹1x:that the weir leaked›.", onrecord.Declines},
		{"‹1s:She› ‹1c:did not promise› ‹1x:to mend the weir›.", onrecord.Declines},
		{"‹1s:She› ‹1c:has no plans› ‹1x:to mend the weir›.", onrecord.Denies},
		{"‹1s:She› ‹1c:questioned› ‹1x:the accuracy of the chart›.", onrecord.Denies},
		{"‹1s:She› ‹1c:questioned› ‹1x:whether the chart was right›.", onrecord.Asks},
		{"‹1s:She› ‹1c:questioned› ‹1x:the diver for an hour›.", onrecord.Asserts},
		{"‹1s:She› ‹1c:hit back at claims› ‹1x:that she was idle›.", onrecord.Denies},
		{"‹1s:She› ‹1c:countered› ‹1x:that the weir was sound›.", onrecord.Asserts},
		{"‹1x:“We did no such thing,”› ‹1s:she› ‹1c:hit back›.", onrecord.Asserts},
		{"‹1s:She› ‹1c:refused› ‹1x:to accept that the weir leaked›.", onrecord.Denies},
		{"‹1s:She› ‹1c:poured› ‹1x:cold water on talk of a merger›.", onrecord.Denies},
		{"‹1s:She› ‹1c:said› ‹1x:the suit was without merit›.", onrecord.Denies},
		{"‹1s:She› ‹1c:said› ‹1x:the allegations had no basis in fact›.", onrecord.Denies},
		{"‹1s:She› ‹1c:described› ‹1x:the claim that she had lied as absurd›.", onrecord.Denies},
		{"‹1s:She› ‹1c:said› ‹1x:the claim that she had left early is plainly false›.", onrecord.Denies},
		{"‹1s:She› ‹1c:said› ‹1x:the claim that the coin was false would be heard in May›.", onrecord.Asserts},
		{"‹1s:The island› ‹1c:is denying› ‹1x:vaccines to migrants›.", onrecord.Asserts},
		{"‹1s:She› ‹1c:is denying› ‹1x:any ties to the gang›.", onrecord.Denies},
		{"‹1s:She› ‹1c:has ruled› ‹1x:that out›.", onrecord.Denies},
		{"‹1s:Holm and Marek› ‹1c:had both denied› ‹1x:conspiracy to murder›.", onrecord.Denies},
		{"‹1x:Goodwin› ‹1c:has since been dismissed› by ‹1s:Tern Cars›.", onrecord.Asserts},
		{"‹1s:The keepers› ‹1c:have not denied› ‹1x:the facts›.", onrecord.Asserts},
		{"‹1s:She› ‹1c:did not respond to questions about› ‹1x:whether the weir leaked›.", onrecord.Declines},
		{"‹1s:She› ‹1c:has not been shy about criticizing› ‹1x:the keeper›.", onrecord.Asserts},
		{"‹1s:She› ‹1c:said› ‹1x:it was wrong for the keeper to leave›.", onrecord.Asserts},
		{"‹1s:The chart› ‹1c:left little doubt› ‹1x:that the weir leaked›.", onrecord.Believes},
	} {
		s, statements := marked(c.text)
		d := text.Parse(s)
		if got := indexOf(english.Annotate(d)).stance(english.Annotate(d), &statements[0]); got != c.want {
			t.Errorf("%s: %s, not %s", s, got, c.want)
		}
	}
}

func TestDenials(t *testing.T) {
	for _, c := range []struct {
		text string
		want []int
	}{
		{"‹1s:Crews› ‹1c:say› ‹1x:the raid killed scores of people›. ‹2s:Freedonia› ‹2c:denies› ‹2x:this›.", []int{-1, 0}},
		{"‹1s:Watchers› ‹1c:estimate› ‹1x:200 people died›, ‹2x:which› ‹2s:Freedonia› ‹2c:denies›.", []int{-1, 0}},
		{"‹1s:Freedonia› ‹1c:accused› ‹1x:Sylvania of bombing›. ‹2s:Sylvania› ‹2c:denied› ‹2x:these charges›.", []int{-1, 0}},
		{"‹1s:Freedonia› ‹1c:said› ‹1x:so›. ‹2s:Freedonia› ‹2c:denied› ‹2x:the charge›.", []int{-1, -1}},
		{"‹1s:Crews› ‹1c:say› ‹1x:it burned›.\n\n‹2s:Freedonia› ‹2c:rejected› ‹2x:the claim›.", []int{-1, 0}},
		{"‹1s:Crews› ‹1c:say› ‹1x:it burned›.\n\nA day passed.\n\nAnother passed.\n\n‹2s:Freedonia› ‹2c:rejected› ‹2x:the claim›.", []int{-1, -1}},
		{"‹1s:Crews› ‹1c:say› ‹1x:the harbor was bombed by aircraft›. ‹2s:Holm› ‹2c:said› ‹2x:nothing›. ‹3s:Freedonia› ‹3c:denied› ‹3x:that aircraft bombed the harbor›.", []int{-1, -1, 0}},
		{"‹1s:Crews› ‹1c:say› ‹1x:the harbor burned›. ‹2s:Freedonia› ‹2c:denied› ‹2x:that the mayor had resigned›.", []int{-1, -1}},
		{"‹1s:Crews› ‹1c:say› ‹1x:it burned›. ‹2s:Holm› ‹2c:said› ‹2x:it rained›. ‹3s:Freedonia› ‹3c:rejected› ‹3x:the crews' claim›.", []int{-1, -1, 0}},
		{"‹1s:Holm› ‹1c:said› ‹1x:the allegations were grave›. ‹2s:Freedonia› ‹2c:denied› ‹2x:the allegations›.", []int{-1, -1}},
		{"‹1s:Holm› ‹1c:was sentenced› ‹1x:after being found guilty of six charges›. ‹2s:Crews› ‹2c:denied› ‹2x:the charges against them›.", []int{-1, -1}},
		{"‹2s:CNN› ‹2c:reported› ‹2x:‹1s:Freedonia› ‹1c:denied› ‹1x:these charges››.", []int{-1, -1}},
	} {
		s, statements := marked(c.text)
		d := text.Parse(s)
		l := english.Annotate(d)
		x := indexOf(l)
		for i := range statements {
			statements[i].Confidence, statements[i].Stance = 1, x.stance(l, &statements[i])
		}
		x.denials(l, statements, speaker.Resolve(l, x.page, statements, nil))
		got := make([]int, len(statements))
		for i := range statements {
			got[i] = statements[i].Denies
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", s, diff)
		}
	}
}

func TestRelays(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"‹1s:Ada Holm› ‹1c:told› Reuters ‹1x:that trains ran›.", "Reuters"},
		{"‹1s:Ada Holm› ‹1c:told› the Harbor Gazette ‹1x:that trains ran›.", "Harbor Gazette"},
		{"‹1s:Ada Holm› ‹1c:told› reporters ‹1x:that trains ran›.", ""},
		{"‹1x:“Trains ran,”› ‹1c:said› ‹1s:Ada Holm›, according to Russian news agency Tass.", "Tass"},
		{"‹1x:Trains ran›, ‹1s:Ada Holm› ‹1c:said› in an interview with the BBC.", "BBC"},
		{"‹1s:Ada Holm› ‹1c:was quoted› by Interfax as saying ‹1x:that trains ran›.", "Interfax"},
		{"‹2x:‹1s:The U.S.› ‹1c:denied› ‹1x:these charges››, ‹2s:CNN› ‹2c:reported›.", "CNN; "},
		{"‹1x:Nine boats sank›, ‹1s:Russian news agencies› ‹1c:quoted› the Fisheries Ministry as saying.", "Russian news agencies"},
		{"‹1s:CNN› ‹1c:reported› ‹1x:a fire›.", ""},
		{"‹1s:Ada Holm› ‹1c:said› ‹1x:on CNN that trains ran›.", ""},
		{"‹1s:Ada Holm› ‹1c:told› Reuters ‹1x:trains ran›, and ‹2s:Ivo Marek› ‹2c:told› the BBC ‹2x:they stood›.", "Reuters; BBC"},
		{"‹1s:Ada Holm› ‹1c:told› CNN's Ann Lee ‹1x:that trains ran›.", "CNN"},
	} {
		s, statements := marked(c.text)
		d := text.Parse(s)
		l := english.Annotate(d)
		x := indexOf(l)
		x.relays(statements, speaker.Resolve(l, x.page, statements, nil))
		var got []string
		for _, st := range statements {
			got = append(got, strings.Join(st.Relays, ", "))
		}
		if diff := cmp.Diff(c.want, strings.Join(got, "; ")); diff != "" {
			t.Errorf("%s (-want +got)\n%s", s, diff)
		}
	}
}

func TestSaid(t *testing.T) {
	published := onrecord.Published{Value: "2021-03-12", Precision: "day", Basis: "given"} // a Friday
	for _, c := range []struct{ text, want, basis string }{
		{"‹1x:Trains ran›, ‹1s:Ada Holm› ‹1c:said› Wednesday.", "2021-03-10", "Wednesday"},
		{"‹1s:Ada Holm› ‹1c:told› reporters in Oslo on Thursday ‹1x:that trains ran›.", "2021-03-11", "Thursday"},
		{"On Tuesday, ‹1s:Ada Holm› ‹1c:said› ‹1x:that trains ran›.", "2021-03-09", "Tuesday"},
		{"‹1s:Ada Holm› ‹1c:said› last month ‹1x:that trains ran›.", "2021-02-01", "last month"},
		{"‹1s:Ada Holm› ‹1c:said› ‹1x:trains ran on Wednesday›.", "", ""},
		{"‹1s:The town› ‹1c:said› ‹1x:Thursday it would close the bridge›.", "2021-03-11", "Thursday"},
		{"‹1s:The town› ‹1c:said› ‹1x:Thursday was a holiday›.", "", ""},
		{"After two mayors met on Monday, ‹1s:the town› ‹1c:announced› ‹1x:a fair›.", "", ""},
		{"‹1s:Ada Holm›, who came on Wednesday, ‹1c:said› ‹1x:trains ran›.", "", ""},
		{"‹1s:Ada Holm› ‹1c:said› ‹1x:trains ran›. On Wednesday it snowed.", "", ""},
	} {
		s, statements := marked(c.text)
		d := text.Parse(s)
		l := english.Annotate(d)
		got := indexOf(l).said(l, &statements[0], when.Find(l, published), nil, published)
		day := ""
		if got.Known() {
			day = got.From.Format(time.DateOnly)
		}
		if day != c.want || got.Basis != c.basis {
			t.Errorf("%s: %s (%s), not %s", s, day, got.Basis, c.want)
		}
		if got := indexOf(l).said(l, &statements[0], when.Find(l, onrecord.Published{}), nil, onrecord.Published{}); got.Known() {
			t.Errorf("%s: %v without a day of publication", s, got)
		}
	}
}

func TestAsides(t *testing.T) {
	body := "\n\nThe bridge was closed on Monday, the town said.\n\nIt will open again, officials promised.\n\n"
	for _, c := range []struct {
		text string
		want []string // kind and text; read asides marked with +
	}{
		{"Boats at the quay. Photograph: Harbor Press/EPA" + body, []string{"+caption Boats at the quay.", "credit Photograph: Harbor Press/EPA"}},
		{"Boats at the quay on Sunday. (Reuters/Harbor Authority/Handout via Reuters)" + body, []string{"+caption Boats at the quay on Sunday.", "credit (Reuters/Harbor Authority/Handout via Reuters)"}},
		{"A boat burns. (AP Photo/Ann Lee)" + body, []string{"+caption A boat burns.", "credit (AP Photo/Ann Lee)"}},
		{"A boat burns." + body + "Ann Lee / Reuters", []string{"credit Ann Lee / Reuters"}},
		{"Boats." + body + "REUTERS/Ann Lee", []string{"credit REUTERS/Ann Lee"}},
		{"FILE - Boats lie at the quay in this picture." + body, []string{"+caption FILE - Boats lie at the quay in this picture."}},
		{
			"A frame grab from a film of the Harbor Ministry shows boats, according to the ministry." + body,
			[]string{"+caption A frame grab from a film of the Harbor Ministry shows boats, according to the ministry."},
		},
		{
			"FILE - Nine boats lie at the old quay today.\n\nFILE - Nine boats lie at the old quay today.\n\n" + body,
			[]string{"+caption FILE - Nine boats lie at the old quay today.", "caption FILE - Nine boats lie at the old quay today."},
		},
		{"A boat at the quay\nGetty Images\n\n" + body, []string{"+caption A boat at the quay", "credit Getty Images"}},
		{"ATTENTION EDITORS - THIS IMAGE IS FOR EDITORIAL USE ONLY. NO ARCHIVES." + body, []string{"notice ATTENTION EDITORS - THIS IMAGE IS FOR EDITORIAL USE ONLY. NO ARCHIVES."}},
		{"FILE - A boat. REUTERS/Ann Lee ATTENTION EDITORS - NO RESALES." + body, []string{"+caption FILE - A boat.", "credit REUTERS/Ann Lee", "notice ATTENTION EDITORS - NO RESALES."}},
		{"Read more: Bridge to close" + body, []string{"widget Read more: Bridge to close"}},
		{"Related: Bridge to close" + body, []string{"widget Related: Bridge to close"}},
		{"Sign up for our newsletter" + body, []string{"widget Sign up for our newsletter"}},
		{"ADVERTISEMENT" + body, []string{"widget ADVERTISEMENT"}},
		{"Bridge." + body + "Mayor Ada Holm admitted that the bridge is old. in Towns on LockerDome", []string{"+widget Mayor Ada Holm admitted that the bridge is old.", "widget in Towns on LockerDome"}},
		{"Bridge." + body + "© Harbor Gazette 2021. All rights reserved.", []string{"copyright © Harbor Gazette 2021. All rights reserved."}},
		{"By Ann Lee, Harbor News Service" + body, []string{"byline By Ann Lee, Harbor News Service"}},
		{"Bridge." + body + "(Reporting by Ann Lee; Editing by Bo Dahl)", []string{"byline (Reporting by Ann Lee; Editing by Bo Dahl)"}},
		{"HARBOR CITY (Reuters) - The bridge was closed." + body, []string{"dateline HARBOR CITY (Reuters) -"}},
		{"OSLO, Norway, March 5 (UPI) — The bridge was closed." + body, []string{"dateline OSLO, Norway, March 5 (UPI) —"}},
		{"<tweet id=\"1\">The bridge is closed</tweet>" + body, []string{"widget <tweet id=\"1\">", "widget </tweet>"}},
		{"Bridge." + body + "ends", []string{"notice ends"}},
		{"Bridge." + body + "abc/def", []string{"notice abc/def"}},
		// No asides: what only looks like one.
		{"By Monday the bridge was closed, the town said." + body, nil},
		{"From Ada Holm came word that the bridge was closed." + body, nil},
		{"Ada Holm told Reuters that the bridge was closed." + body, nil},
		{"“Follow the money,” said Ada Holm." + body, nil},
		{"The mayor said: “Sign up today.”" + body, nil},
		{"“THIS IS NOT FOR US,” he wrote." + body, nil},
		{"The photographs show boats, the ministry said." + body, nil},
		{"The mayor of the town, Ada Holm, declined on Monday to\ncomment.\n\nThe mayor of the town told the story on Monday to\nReuters." + body, nil},
		{"Copyright law is old, Ada Holm said." + body, nil},
		{"The protegÃ©s said no." + body, nil},
	} {
		var got []string
		for _, a := range layout.Asides(c.text) {
			kind := a.Kind
			if a.Fate == layout.Read {
				kind = "+" + kind
			}
			got = append(got, kind+" "+a.Span.Of(c.text))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%.60q (-want +got)\n%s", c.text, diff)
		}
	}
}

func TestHeadline(t *testing.T) {
	for _, c := range []struct{ text, title, want string }{
		{"Bridge closed\n\nThe bridge was closed.", "Bridge closed", "Bridge closed"},
		{"Bridge ‘closed’.\nThe bridge was closed.", "Bridge 'closed'", "Bridge ‘closed’."},
		{"By Ann Lee\n\nBridge closed\n\nText.", "Bridge closed", "Bridge closed"},
		{"The bridge was closed.", "Bridge closed", ""},
		{"The bridge was closed.", "", ""},
	} {
		if got := layout.Headline(c.text, c.title).Of(c.text); got != c.want {
			t.Errorf("%q: %q", c.text, got)
		}
	}
}

func TestCarry(t *testing.T) {
	at := func(start, end int) onrecord.Span { return onrecord.Span{Start: start, End: end} }
	statements := []onrecord.Statement{
		{ID: "a", Content: []onrecord.Span{at(0, 100)}}, {ID: "b", Content: []onrecord.Span{at(20, 40), at(60, 70)}}, {ID: "c", Content: []onrecord.Span{at(62, 68)}},
	}
	var figures []figure.Draft
	for _, s := range []onrecord.Span{at(5, 7), at(21, 22), at(39, 41), at(63, 65), at(99, 104), at(120, 121)} {
		figures = append(figures, figure.Draft{Figure: onrecord.Figure{Span: s}})
	}
	carry(statements, figures)
	var got []string
	for _, f := range figures {
		got = append(got, f.Statement)
	}
	if diff := cmp.Diff([]string{"a", "b", "a", "c", "", ""}, got); diff != "" {
		t.Error(diff)
	}
}

// TestTranscript holds that every paragraph of a turn is its speaker's, and that what stands in it as somebody else's has it as parent.
func TestTranscript(t *testing.T) {
	s := "MS. TARN:  Good evening. I spoke to the mayor.\n\nMayor Ada Holm told me that the lock had failed twice. We have 14 boats waiting.\n\n" +
		"Q    When did it fail?\n\nMS. TARN:  On Sunday, I believe.\n"
	r := Read(&onrecord.Article{Text: s})
	names, at := map[string]string{"": ""}, map[string]int{"": -1}
	for _, p := range r.Speakers {
		names[p.ID] = p.Name
	}
	for i, st := range r.Statements {
		at[st.ID] = i
	}
	var got []string
	for _, st := range r.Statements {
		var content []string
		for _, c := range st.Content {
			content = append(content, c.Of(s))
		}
		got = append(got, fmt.Sprintf("%s %s %s in %d: %s", names[st.Speaker], st.Kind, st.Stance, at[st.Parent], strings.Join(content, " | ")))
	}
	want := []string{
		"TARN direct asserts in -1: Good evening. I spoke to the mayor. | Mayor Ada Holm told me that the lock had failed twice. We have 14 boats waiting.",
		"Ada Holm indirect asserts in 0: that the lock had failed twice",
		" direct asks in -1: When did it fail?",
		"TARN direct asserts in -1: On Sunday, I believe.",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if f := r.Figures[0]; f.Low != 14 || f.Statement != r.Statements[0].ID {
		t.Errorf("the figure is of %q: %+v", f.Statement, f)
	}
}

// TestLivePage holds that what an entry of a live page reports was said at the time of the entry.
func TestLivePage(t *testing.T) {
	s := "10:42 GMT\n\nThe ferry has stopped, Ada Holm says.\n\nBoats wait, Ivo Marek told reporters on Monday.\n\n10:15 GMT\n\nBoats wait at the quay.\n\n09:50 GMT\n\nThe port is shut, the harbour office says.\n"
	r := Read(&onrecord.Article{Text: s, Published: onrecord.Published{Value: "2021-03-12", Precision: "day", Basis: "given"}})
	var got []string
	for _, st := range r.Statements {
		got = append(got, fmt.Sprint(st.Said.From.Format("2006-01-02 15:04"), " ", st.Said.Basis))
	}
	if diff := cmp.Diff([]string{"2021-03-12 10:42 10:42 GMT", "2021-03-08 00:00 Monday", "2021-03-12 09:50 09:50 GMT"}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestGoesOn holds that a quotation which was left open goes on with the same speaker, though the next paragraph names somebody else.
func TestGoesOn(t *testing.T) {
	for _, s := range []string{
		"“The lock is old,” said Greta Ahl, the keeper. “It has served us well.\n\n“We will mend it in May.\n\n“I thank all who waited.”\n\nBram Otter, a former keeper, has long warned of this.",
		"Greta Ahl, the keeper, said after the vote: 'The lock is old. It has served us well.\n\nBram Otter (pictured), from Tern, mends nets\n\n'I thank all who waited.'\n\nBram Otter swam home.",
		"Greta Ahl, the keeper, made the following statement:\n\n“The lock is old.\n\nIt has served us well.\n\nI thank all who waited.”\n\nBram Otter swam home.",
	} {
		r := Read(&onrecord.Article{Text: s})
		names := map[string]string{}
		for _, p := range r.Speakers {
			names[p.ID] = p.Name
		}
		at, thanks := strings.Index(s, "I thank"), 0
		for _, st := range r.Statements {
			if covers(st.Content, onrecord.Span{Start: at, End: at + 1}) {
				if thanks++; names[st.Speaker] != "Greta Ahl" || st.Kind == onrecord.Indirect {
					t.Errorf("%q: the thanks are those of %q, %s", s, names[st.Speaker], st.Kind)
				}
			}
		}
		if thanks != 1 {
			t.Errorf("%q: thanks are given %d times", s, thanks)
		}
	}
}

// TestRead holds that the parts come together: a headline, a dateline, an aside, who said what.
func TestRead(t *testing.T) {
	s := "Bridge is old, mayor says\n\nHARBOR CITY (Reuters) - The bridge is unsafe, Mayor Ada Holm said on Monday.\n\n" +
		"\"We will close it,\" Holm told reporters.\n\n© Harbor Gazette 2021. All rights reserved.\n"
	a := &onrecord.Article{Title: "Bridge is old, mayor says", Text: s, Published: onrecord.Published{Value: "2021-03-12", Precision: "day", Basis: "given"}}
	r := Read(a)
	if r.Article != a || r.Model != Version() || a.ID != "" {
		t.Error("the article was changed, or the model not named")
	}
	names := map[string]string{"": ""}
	for _, p := range r.Speakers {
		names[p.ID] = p.Name
	}
	found := 0
	for _, st := range r.Statements {
		if names[st.Speaker] == "Ada Holm" {
			found++
		}
		for _, c := range st.Content {
			if strings.Contains(c.Of(s), "Reuters") || strings.Contains(c.Of(s), "©") {
				t.Errorf("content %q", c.Of(s))
			}
		}
	}
	if found < 2 {
		t.Errorf("%d statements by Ada Holm", found)
	}
	if len(r.Asides) != 2 {
		t.Errorf("asides: %v", r.Asides)
	}
}

// TestConversionOf: a figure given again in another unit names the one that it restates, of whom the statement is too.
func TestConversionOf(t *testing.T) {
	s := "Fire near Elm Bay\n\nThe fire is 20 kilometers (12.5 miles) from the port, Mayor Ada Holm said, and burned 12 barns.\n"
	r := Read(&onrecord.Article{Text: s})
	if len(r.Figures) != 3 || r.Figures[1].ConversionOf != r.Figures[0].ID || r.Figures[1].Statement != r.Figures[0].Statement ||
		r.Figures[0].ConversionOf != "" || r.Figures[2].ConversionOf != "" {
		t.Errorf("%+v", r.Figures)
	}
}

// TestOddArticles holds what TestAnyArticle has found: words of saying at the ends of a text and of its sentences.
func TestOddArticles(t *testing.T) {
	for _, s := range []string{"asked Ada Holm which it denied", "” Ada Holm to declined", "Ada Holm told Ada Holm on Monday \n\n that"} {
		if err := check(Read(&onrecord.Article{Text: s}), s); err != nil {
			t.Errorf("%q: %v", s, err)
		}
	}
}

// TestAnyArticle holds for any text: no panic, every span valid and every text whole, ids unique, ids that point at rows, the same again.
func TestAnyArticle(t *testing.T) {
	words := []string{
		"Ada Holm", "said", "“", "”", "\"", "\n\n", "\n", "the official", "40 percent", "of", "boats", "on Monday", ".", ",", "Reuters", "denies this", "©", "FILE -", "<tweet", ">", "told", "Read more:", "é", "\u202e", "𝔘", "\x00", "\xff\xfe", "ATTENTION EDITORS", "(", ")", "which", "OSLO (AP) —", "'", "which it denied", "\u2028",
		"an aide", "asked", "the council", "that", "to", "was told by", "the court heard", "a claim", "denied", "declined", "stopped short of", "in a letter to", "on condition of anonymity", "not to be named", "because", "citing", "was not authorised to speak", "given", "who",
		":", "and", "according to show insiders", "These masters", "explained earlier", "we were out of rope.", "had to change my tune:", "Ada Holm said,",
		"declines to", "did not", "offer", "no comment", "not", "rejected", "the charges", "it", "them", "false", "was accused of", "charged with", "asked whether", "when", "if", "reported by", "After threatening to", "he", "Holm Jr.", "Mr.", "their", "her father", "refused", "neither", "nor",
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOfN(rapid.SampledFrom(words), 0, 80), func(w []string) string { return strings.Join(w, " ") })).Draw(t, "text")
		title := ""
		if rapid.Bool().Draw(t, "titled") {
			title, _, _ = strings.Cut(s, "\n")
		}
		a := &onrecord.Article{Text: s, Title: title, File: "x.txt", Published: onrecord.Published{Value: rapid.SampledFrom([]string{"", "2021-03-12", "2021", "x"}).Draw(t, "published")}}
		r := Read(a)
		if diff := cmp.Diff(r, Read(a)); diff != "" {
			t.Fatalf("not the same again:\n%s", diff)
		}
		if err := check(r, s); err != nil {
			t.Fatal(err)
		}
	})
}

// check says what is wrong with the rows of a reading, nil if nothing is.
func check(r *onrecord.Reading, s string) error {
	ids := map[string]bool{}
	id := func(id string) error {
		if ids[id] || len(id) < 2 {
			return fmt.Errorf("id %q is given twice", id)
		}
		ids[id] = true
		return nil
	}
	spans := func(what string, in ...onrecord.Span) error {
		end := 0
		for _, p := range in {
			if p.Start < end || p.End <= p.Start || p.End > len(s) || p.Start < len(s) && !utf8.RuneStart(s[p.Start]) && utf8.ValidString(s) || p.End < len(s) && !utf8.RuneStart(s[p.End]) && utf8.ValidString(s) {
				return fmt.Errorf("%s: spans %v of %d", what, in, len(s))
			}
			end = p.End
		}
		return nil
	}
	var errs []error
	for _, p := range r.Speakers {
		errs = append(errs, id(p.ID), spans("speaker", p.Spans...), spans("anonymity", p.Anonymity...))
	}
	for _, st := range r.Statements {
		errs = append(errs, id(st.ID), spans("source", st.Source...), spans("cue", st.Cue...), spans("content", st.Content...), spans("addressee", st.Addressee...))
		if st.Speaker != "" && !ids[st.Speaker] {
			errs = append(errs, fmt.Errorf("speaker %q is nobody", st.Speaker))
		}
		if len(st.Cue) == 0 && len(st.Content) == 0 {
			errs = append(errs, fmt.Errorf("a statement of nothing"))
		}
	}
	for _, st := range r.Statements {
		if st.Parent != "" && !ids[st.Parent] || st.Denied != "" && !ids[st.Denied] {
			errs = append(errs, fmt.Errorf("parent %q, denied %q", st.Parent, st.Denied))
		}
	}
	for _, f := range r.Figures {
		errs = append(errs, id(f.ID), spans("figure", f.Span))
		if f.Statement != "" && !ids[f.Statement] {
			errs = append(errs, fmt.Errorf("statement %q of a figure", f.Statement))
		}
	}
	for _, x := range r.Times {
		errs = append(errs, id(x.ID), spans("time", x.Span))
	}
	var asides []onrecord.Span
	for _, a := range r.Asides {
		asides = append(asides, a.Span)
	}
	errs = append(errs, spans("asides", asides...))
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
