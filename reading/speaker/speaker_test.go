package speaker

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/reading/attribution"
	"github.com/onrecord/onrecord/reading/layout"
	"github.com/onrecord/onrecord/text"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// resolveBy resolves the statements of a document by its layout.
func resolveBy(l *english.Layer, statements []attribution.Draft, asides []onrecord.Aside) []onrecord.Speaker {
	return Resolve(l, layout.Of(l, onrecord.Span{}, nil), statements, asides)
}

// marked reads an article with its statements marked: ‹1s:source›, ‹1c:cue›, ‹1x:content› of statement 1, ‹hx:› for the headline's.
// A statement that stands in another's content is nested in it. Kind is direct where the content begins with a quotation mark.
func marked(t testing.TB, s string) (string, []attribution.Draft) {
	t.Helper()
	type open struct {
		statement int
		role      byte
		start     int
	}
	var plain strings.Builder
	var stack []open
	byNumber := map[int]*onrecord.Statement{}
	for len(s) > 0 {
		switch r, n := utf8.DecodeRuneInString(s); r {
		case '‹':
			s = s[n:]
			i := strings.IndexByte(s, ':')
			number := int(s[0] - '0')
			if s[0] == 'h' {
				number = 0
			}
			stack = append(stack, open{number, s[i-1], plain.Len()})
			s = s[i+1:]
		case '›':
			o := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			st := byNumber[o.statement]
			if st == nil {
				st = &onrecord.Statement{Kind: onrecord.Indirect, Headline: o.statement == 0}
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
				if strings.ContainsAny(plain.String()[o.start:o.start+1], "\"") || strings.HasPrefix(plain.String()[o.start:], "“") {
					st.Kind = onrecord.Direct
				}
			}
			s = s[n:]
		default:
			plain.WriteString(s[:n])
			s = s[n:]
		}
	}
	if len(stack) > 0 {
		t.Fatalf("unclosed mark in %q", plain.String())
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

// cases are invented passages with who speaks, one a statement, as "name/kind"; "?" where nobody may be named; with "~" before it
// where it must not be certain.
var cases = []struct{ name, text, want string }{
	// Names.
	{"surname", `‹1s:Harold Finch› ‹1c:said› ‹1x:the bridge is safe›. ‹2s:Finch› ‹2c:added› ‹2x:that it was old›.`, "Harold Finch/person, Harold Finch/person"},
	{"surname first, in the headline", "‹hs:Okafor›‹hc::› ‹hx:Dam will hold›\n\n‹1x:The dam will hold›, ‹1s:Emeka Okafor› ‹1c:said›.", "Emeka Okafor/person, Emeka Okafor/person"},
	{"honorific", `‹1s:Lena Brandt› ‹1c:said› ‹1x:no›. ‹2s:Ms. Brandt› ‹2c:said› ‹2x:it twice›.`, "Lena Brandt/person, Lena Brandt/person"},
	{"title before", `‹1s:Sen. Walter Pugh› ‹1c:said› ‹1x:the bill would pass›. ‹2s:Pugh› ‹2c:was sure› ‹2x:of it›.`, "Walter Pugh/person, Walter Pugh/person"},
	{"role before, organ in it", `‹1s:Harbor Department spokesman Tom Reyes› ‹1c:said› ‹1x:ships were late›.`, "Tom Reyes/person"},
	{"role behind", `‹1x:“Nothing moved,”› ‹1c:said› ‹1s:Ivo Marek, a spokesman for the Harbor Ministry›.`, "Ivo Marek/person"},
	{"role before a comma", `‹1s:The ministry's spokesman, Ivo Marek,› ‹1c:said› ‹1x:nothing moved›.`, "Ivo Marek/person"},
	{"doctor", `‹1s:Hugh Lowell, a doctor,› ‹1c:said› ‹1x:the ward was full›. ‹2s:Dr. Lowell› ‹2c:said› ‹2x:it was never fuller›.`, "Hugh Lowell/person, Hugh Lowell/person"},
	{"age", `‹1s:Petra Novak, 42,› ‹1c:said› ‹1x:she heard a bang›.`, "Petra Novak/person"},
	{"unknown surname", `‹1s:Quillfeather› ‹1c:said› ‹1x:the game was lost›.`, "Quillfeather/person"},
	{"two spellings of a given name", `‹1s:Sergei Malkin› ‹1c:said› ‹1x:yes›. Later ‹2s:Sergey Malkin› ‹2c:said› ‹2x:no›.`, "Sergei Malkin/person, Sergei Malkin/person"},
	{"two of one family, with honorifics", `Anna Velde and Mark Velde married. ‹1s:Mrs. Velde› ‹1c:said› ‹1x:it rained›. ‹2s:Mr. Velde› ‹2c:said› ‹2x:it did not›.`, "Anna Velde/person, Mark Velde/person"},
	{"two of one family, nothing to tell them apart", `Anna Velde and Mark Velde married. ‹1s:Velde› ‹1c:said› ‹1x:it rained›.`, "?"},
	{"possessive is not the person", `‹1s:Marek's aide› ‹1c:said› ‹1x:he was ill›.`, "Marek's aide/unnamed"},
	{"campaign is not the person", `Rolf Danner ran. ‹1s:The Danner campaign› ‹1c:said› ‹1x:it had money›.`, "Danner campaign/organisation"},
	{"particle", `‹1s:Mayor Carla de Vries› ‹1c:said› ‹1x:the square was closed›. ‹2s:De Vries› ‹2c:said› ‹2x:it would open›.`, "Carla de Vries/person, Carla de Vries/person"},
	{"Mr. King is no king", `‹1s:Mr. King› ‹1c:said› ‹1x:the fair was on›.`, "King/person"},
	{"a month for a family name", `‹1s:Prime Minister Theresa May› ‹1c:said› ‹1x:no›.`, "Theresa May/person"},
	{"a city before the office", `‹1s:Charlotte Mayor Jenna Holt› ‹1c:said› ‹1x:no›.`, "Jenna Holt/person"},
	{"one of the lawyers, by name", `‹1s:One of the lawyers, Justin Velde,› ‹1c:said› ‹1x:no›.`, "Justin Velde/person"},
	{"two roles of one", `‹1s:Paul Rieck, founder and editor of the Gazette,› ‹1c:said› ‹1x:no›.`, "Paul Rieck/person"},
	{"with the time before", `‹1s:Last month during a visit President Danner› ‹1c:said› ‹1x:it rained›.`, "Danner/person"},
	{"two senators", `‹1s:Sens. Walter Pugh (R-Mont.) and Ada Holm (D-Md.)› ‹1c:said› ‹1x:no›.`, "Walter Pugh and Ada Holm/group"},
	{"the president is not his wife", `Michelle Danner, the first lady, came. ‹1s:President Danner› ‹1c:said› ‹1x:it rained›.`, "Danner/person"},
	{"the office at the end of a list of places", `‹1s:South Harrow, Kestria, Mayor Ivo Marek› ‹1c:called› ‹1x:for calm›.`, "Ivo Marek/person"},
	{"an outlet cut with the one behind it", `The words, first heard by ‹1s:The Washington Post, Senator Ivo Marek, Republican of Maine,› ‹1c:were› ‹1x:“no more”›.`, "Ivo Marek/person"},
	{"one of a place by name", `‹1s:At least one senator, Montana's Ivo Marek,› ‹1c:said› ‹1x:no›.`, "Ivo Marek/person"},
	{"a firm's name in a person's", `‹1s:Holm spokesman Michael Steel› ‹1c:said› ‹1x:no›.`, "Michael Steel/person"},
	{"an initial in the middle", `‹1s:Orrin T. Vask, a clerk,› ‹1c:said› ‹1x:no›.`, "Orrin T. Vask/person"},
	{"a family name that is a trade", "Gov. Jan Brewer came home.\n\n‹1s:Brewer› ‹1c:said› ‹1x:she would wait›.", "Jan Brewer/person"},
	{"the Mr. of two in one family", `Lena Brandt and Ivo Brandt came. ‹1s:Ivo Brandt› ‹1c:said› ‹1x:yes›. ‹2s:Mr. Brandt› ‹2c:said› ‹2x:no›. His wife, Lena, wept, and ‹3s:she› ‹3c:said› ‹3x:never›.`, "Ivo Brandt/person, Ivo Brandt/person, Lena Brandt/person"},
	{"the day behind", `‹1s:Ivo Marek› ‹1c:said› ‹1x:no›. ‹2x:“Never,”› ‹2c:said› ‹2s:Marek yesterday›.`, "Ivo Marek/person, Ivo Marek/person"},
	{"the words behind are another's", `‹1s:The man› ‹1c:described› by ‹1s:The New York Times› ‹1x:as the last of his kind›.`, "man/unnamed"},
	{"capitals in the possessive", "EVEN ‹1s:HOLM'S BOSS› ‹1c:THINKS› ‹1x:SO›\n\nAda Holm runs a dairy.", "?"},
	{"a son is not his father", `President Ivo Marek came. ‹1s:Ivo Marek Jr.› ‹1c:said› ‹1x:no›. ‹2s:Marek Jr.› ‹2c:said› ‹2x:never›.`, "Ivo Marek Jr./person, Ivo Marek Jr./person"},
	{"an outlet's name for a family name", `Former Mayor Michael Bloomberg spoke. ‹1s:Bloomberg› ‹1c:said› ‹1x:no›.`, "Michael Bloomberg/person"},
	{"a state's name for a family name", `Rep. Jim Jordan spoke. ‹1s:Jordan› ‹1c:said› ‹1x:no›.`, "Jim Jordan/person"},
	{"aides to somebody", `‹1s:Aides to Mr. Marek› ‹1c:said› ‹1x:no›.`, "Aides to Mr. Marek/unnamed"},
	{"a whip", `‹1s:House Majority Whip Ivo Marek› ‹1c:said› ‹1x:no›.`, "Ivo Marek/person"},
	{"who is called after the job", `‹1s:The GP› ‹1c:denied› ‹1x:it›.`, "GP/unnamed"},
	{"a firm and what it makes", `Vantor CEO Ada Holm sighed. ‹1s:Vantor› ‹1c:said› ‹1x:no›. Use the Vantor Fix tool.`, "Vantor/organisation"},
	{"the officials of two organs", `‹1s:Medicare and Treasury officials› ‹1c:said› ‹1x:no›.`, "Medicare and Treasury officials/unnamed"},
	{"letters behind a name", `‹1s:Desmond Holm QC› ‹1c:said› ‹1x:no›. ‹2s:Mr Holm› ‹2c:said› ‹2x:never›.`, "Desmond Holm/person, Desmond Holm/person"},
	{"two of one name, one so far", `Ivo Marek runs a dairy. ‹1s:Marek› ‹1c:said› ‹1x:no›. Later Lena Marek came.`, "Ivo Marek/person"},
	{"two of one name are doubtful", "Ivo Marek runs a dairy. Ivo Marek has cows. His cousin is Lena Marek.\n\nIt rained. It snowed. It froze. ‹1s:Marek› ‹1c:said› ‹1x:no›.", "~Ivo Marek/person"},
	{"two of whom one is named by the given name first", `Lena and Ivo Marek run a dairy. Last year Lena Marek was ill. It rained. It snowed. It froze. ‹1s:Marek› ‹1c:said› ‹1x:no›.`, "?"},
	{"a word before a name known without it", `Lena Brandt wept. ‹1s:Brave Lena› ‹1c:said› ‹1x:no›.`, "Lena Brandt/person"},
	{"initials in a name with a title", `‹1s:Chief Justice John G. Marek Jr.› ‹1c:said› ‹1x:no›.`, "John G. Marek Jr./person"},
	{"the daughter of a master by name", `‹1s:The daughter of the master, Peter Lund,› ‹1c:said› ‹1x:no›.`, "daughter/unnamed"},
	{"a firm that begins with a state", `‹1s:France Telecom› ‹1c:said› ‹1x:no›.`, "France Telecom/organisation"},
	{"an armed group with an article", `‹1s:Al Qaeda› ‹1c:said› ‹1x:no›.`, "Al Qaeda/organisation"},
	{"a treaty", `‹1s:The Amsterdam Treaty› ‹1c:recognised› ‹1x:that islands suffer›.`, "Amsterdam Treaty/document"},
	{"a ship", `‹1s:HMS Marek› ‹1c:reported› ‹1x:a fire›.`, "HMS Marek/organisation"},
	{"party members after an adjective that is a role", `It angered liberal Democrats. ‹1s:Democrats› ‹1c:said› ‹1x:no›.`, "Democrats/group"},
	{"a family name that is what one does", "Melissa Reader teaches. ‹1s:Mr Holm› ‹1c:said› ‹1x:no›. ‹2s:Ms Reader› ‹2c:said› ‹2x:never›.", "Holm/person, Melissa Reader/person"},
	{"a family name that is what one does, alone", "Melissa Reader teaches.\n\n‹1s:Reader› ‹1c:said› ‹1x:no›. ‹2s:Ms Reader› ‹2c:said› ‹2x:never›.", "Melissa Reader/person, Melissa Reader/person"},
	{"roles in capitals behind a name", `‹1s:Ivo Marek, Chairman and Chief Operating Officer of Vantor Airways,› ‹1c:said› ‹1x:no›.`, "Ivo Marek/person"},
	{"roles in capitals behind a name, tokens apart", `‹1s:Ivo Marek , Chairman and Chief Operating Officer of Vantor Airways› ‹1c:said› ‹1x:no› .`, "Ivo Marek/person"},
	{"the defendant of whom counsel speaks", `‹1x:The defendant had lied›, ‹1c:said› ‹1s:Ivo Marek›. ‹2s:He› ‹2c:told› police ‹2x:it rained›.`, "Ivo Marek/person, ~Ivo Marek/person"},
	{"where somebody lives is nobody", `Darren Buckle was jailed. ‹1s:Buckle, of Selby, Greater Manchester,› ‹1c:said› ‹1x:no›.`, "Darren Buckle/person"},
	{"a member of another's party", `Bo Holm, R-Ohio, sat down. ‹1s:Ada Lund› ‹1c:said› ‹1x:no›. ‹2s:The Ohio Republican› ‹2c:said› ‹2x:never›.`, "Ada Lund/person, ?"},
	{"a county is nobody", `Ada Wagg stole. ‹1s:Wagg of Stedford, Herts,› ‹1c:denies› ‹1x:it›.`, "Ada Wagg/person"},
	{"what another wrote, in which he said", `‹1s:Ivo Marek› ‹1c:raised› ‹1x:Peter Lund's remarks at a dinner, in which ‹2s:he› ‹2c:said› ‹2x:no››.`, "Ivo Marek/person, ~Ivo Marek/person"},
	{"somebody brought in with words", `Lena Brandt married Ivo Holm. She met a painter whose dog had died. ‹1s:He› ‹1c:suggested› ‹1x:the hat›.`, "~Ivo Holm/person"},
	// Descriptions.
	{"studies of two makers are two", `‹1x:Rents fell›, ‹1c:according to› ‹1s:a study by the Harbor Institute›. ‹2c:According to› ‹2s:a study by the Lund Policy Centre, a think tank›, ‹2x:they rose›. ‹3x:They halved›, ‹3c:according to› ‹3s:a study by the Harbor Institute›.`, "study by the Harbor Institute/document, study by the Lund Policy Centre/document, study by the Harbor Institute/document"},
	{"a study and its maker are one", `‹1x:Rents fell›, ‹1c:according to› ‹1s:a study›. ‹2c:According to› ‹2s:a study by the Harbor Institute›, ‹2x:they halved›.`, "study/document, study/document"},
	{"the vice president is no president", `President Ada Holm signed it. Vice President Ivo Marek watched. ‹1s:The president› ‹1c:said› ‹1x:it was late›. ‹2s:The vice president› ‹2c:said› ‹2x:so too›.`, "Ada Holm/person, Ivo Marek/person"},
	{"a state's attorney is not his lawyer", `Ivo Marek stood in court. ‹1s:Carl Weems, the United States attorney for Maine,› ‹1c:said› ‹1x:he stole›. ‹2s:His lawyer› ‹2c:said› ‹2x:he did not›.`, "Carl Weems/person, ?"},
	{"two roles of one, unnamed", `Ada Holm left. ‹1s:The former secretary of state and Democratic candidate› ‹1c:said› ‹1x:no›.`, "?"},
	{"who spoke just before, by what he was", `‹1s:Ada Holm› ‹1c:said› ‹1x:no›. ‹2s:The former Maine governor› ‹2c:said› ‹2x:it rained›.`, "Ada Holm/person, Ada Holm/person"},
	{"another between", `‹1s:Ada Holm› ‹1c:said› ‹1x:no›, and Peter Lund left. ‹2s:The former Maine governor› ‹2c:said› ‹2x:it rained›.`, "Ada Holm/person, ?"},
	{"an office is not who spoke", `‹1s:Ada Holm› ‹1c:said› ‹1x:no›. ‹2s:The FBI director› ‹2c:said› ‹2x:it rained›.`, "Ada Holm/person, ?"},
	{"the senator from a place", `‹1s:Sen. Walter Pugh› ‹1c:said› ‹1x:no›. ‹2s:The Vermont senator› ‹2c:said› ‹2x:he was tired›.`, "Walter Pugh/person, Walter Pugh/person"},
	{"the spokesman", `‹1s:Ministry spokesman Ivo Marek› ‹1c:said› ‹1x:nothing moved›. ‹2s:The spokesman› ‹2c:said› ‹2x:it was quiet›.`, "Ivo Marek/person, Ivo Marek/person"},
	{"the minister", `‹1s:Transport Minister Ada Holm› ‹1c:said› ‹1x:trains ran›. ‹2s:The minister› ‹2c:said› ‹2x:buses did not›.`, "Ada Holm/person, Ada Holm/person"},
	{"the senator", `‹1s:Sen. Walter Pugh› ‹1c:said› ‹1x:no›. ‹2s:The senator› ‹2c:said› ‹2x:he was tired›.`, "Walter Pugh/person, Walter Pugh/person"},
	{"another office does not fit", `‹1s:Transport Minister Ada Holm› ‹1c:said› ‹1x:trains ran›. ‹2s:The foreign minister› ‹2c:said› ‹2x:nothing›.`, "Ada Holm/person, foreign minister/unnamed"},
	{"the other sex does not fit", `‹1s:Ministry spokesman Ivo Marek› ‹1c:said› ‹1x:nothing moved›. ‹2s:The spokeswoman› ‹2c:said› ‹2x:it was quiet›.`, "Ivo Marek/person, spokeswoman/unnamed"},
	{"the ministry", `‹1s:Russia's Fisheries Ministry› ‹1c:said› ‹1x:boats sank›. ‹2s:The ministry› ‹2c:said› ‹2x:two more were missing›.`, "Russia's Fisheries Ministry/organisation, Russia's Fisheries Ministry/organisation"},
	{"the ministry, named without saying anything", `A map released by France's Interior Ministry shows roads. They are, ‹1c:according to› ‹1s:the ministry›, ‹1x:closed›.`, "France's Interior Ministry/organisation"},
	{"the company", `‹1s:Vantor Corp.› ‹1c:said› ‹1x:sales fell›. ‹2s:The company› ‹2c:said› ‹2x:jobs would go›.`, "Vantor Corp./organisation, Vantor Corp./organisation"},
	// Unnamed.
	{"a senior official, again", `‹1x:Talks failed›, ‹1s:a senior U.S. official› ‹1c:said›. ‹2x:“We tried,”› ‹2s:the official› ‹2c:said›.`, "senior U.S. official/unnamed, senior U.S. official/unnamed"},
	{"the U.S. official", `‹1x:Talks failed›, ‹1s:a senior American official› ‹1c:said›. ‹2s:The U.S. official› ‹2c:said› ‹2x:more›.`, "senior American official/unnamed, senior American official/unnamed"},
	{"never a named one", `‹1s:State Department spokesman Carl Weems› ‹1c:said› ‹1x:no›. ‹2x:Talks failed›, ‹2s:a senior U.S. official› ‹2c:said›. ‹3s:The official› ‹3c:asked› ‹3x:for patience›.`, "Carl Weems/person, senior U.S. official/unnamed, senior U.S. official/unnamed"},
	{"named after unnamed: open", `‹1x:Talks failed›, ‹1s:a U.S. official› ‹1c:said›. ‹2s:Dana Reese, a U.S. official in Oslo,› ‹2c:said› ‹2x:so too›. ‹3s:The official› ‹3c:said› ‹3x:more›.`, "U.S. official/unnamed, Dana Reese/person, ?"},
	{"two descriptions are two", `‹1s:A European diplomat› ‹1c:said› ‹1x:yes›. ‹2s:An Iranian diplomat› ‹2c:said› ‹2x:no›.`, "European diplomat/unnamed, Iranian diplomat/unnamed"},
	{"another official", `‹1s:A police official› ‹1c:said› ‹1x:yes›. ‹2s:Another police official› ‹2c:said› ‹2x:no›.`, "police official/unnamed, Another police official/unnamed"},
	{"sources", `‹1x:He will resign›, ‹1s:two sources familiar with the matter› ‹1c:said›.`, "two sources familiar with the matter/unnamed"},
	{"a person familiar", `‹1x:The sale is off›, ‹1s:a person familiar with the talks› ‹1c:said›. ‹2s:The person› ‹2c:asked› ‹2x:not to be named›.`, "person familiar with the talks/unnamed, person familiar with the talks/unnamed"},
	{"officials in the plural", `‹1s:American officials› ‹1c:blamed› ‹1x:the weather›. ‹2s:The officials› ‹2c:said› ‹2x:it was cold›.`, "American officials/unnamed, American officials/unnamed"},
	{"one of them", `‹1s:Two officials› ‹1c:said› ‹1x:no›. ‹2s:One of the officials› ‹2c:said› ‹2x:never›.`, "Two officials/unnamed, One of the officials/unnamed"},
	{"the official, brought in without words", `A senior French official came to Oslo. ‹1s:The official› ‹1c:said› ‹1x:talks failed›.`, "senior French official/unnamed"},
	{"headline official", "‹hs:U.S. Official›‹hc::› ‹hx:Few boats came›\n\n‹1x:Few boats came›, ‹1s:a senior U.S. official› ‹1c:said› on Monday.", "senior U.S. official/unnamed, senior U.S. official/unnamed"},
	{"witnesses", `‹1s:Witnesses› ‹1c:said› ‹1x:a car burned›.`, "Witnesses/unnamed"},
	{"rescue workers", `‹1s:Rescue workers› ‹1c:said› ‹1x:five were found›.`, "Rescue workers/unnamed"},
	{"some of a body are not the body", `‹1s:Some on the House Water Committee› ‹1c:said› ‹1x:no›.`, "Some on the House Water Committee/unnamed"},
	{"others, with one among them", `‹1s:Others, including the chairman for Salen County, Ivo Marek,› ‹1c:said› ‹1x:no›.`, "Others/unnamed"},
	// Groups and couples.
	{"members of a house", `‹1s:House Republicans› ‹1c:fumed› ‹1x:over it›.`, "House Republicans/group"},
	{"the house is not its members", `The Senate Democrats met. ‹1s:The Senate› ‹1c:agreed› ‹1x:to wait›.`, "Senate/organisation"},
	{"a family", `Ada Finch and Ivo Finch came. ‹1s:The Finches› ‹1c:said› ‹1x:no›.`, "Finches/group"},
	{"a list with brackets", `‹1s:Sens. Walter Pugh (D-Mont.), Ivo Marek (D-Ohio) and Ada Holm (D-Md.)› ‹1c:said› ‹1x:no›.`, "Walter Pugh, Ivo Marek and Ada Holm/group"},
	{"no list but an apposition", `‹1s:China, Norway's neighbor and its best market,› ‹1c:said› ‹1x:no›.`, "China/state China"},
	{"rights groups", `‹1s:Rights groups› ‹1c:say› ‹1x:many were held›.`, "Rights groups/group"},
	{"activists", `‹1s:Local activists› ‹1c:said› ‹1x:the river was black›.`, "Local activists/group"},
	{"both kinds at once", `‹1s:Rescue workers and rights groups› ‹1c:say› ‹1x:many died›.`, "Rescue workers and rights groups/group"},
	{"a people", `‹1s:Many Norwegians› ‹1c:want› ‹1x:to leave›.`, "Norwegians/group"},
	{"critics, like some", `‹1s:Critics of the bill, like Senators Walter Pugh and Ada Holm,› ‹1c:said› ‹1x:no›.`, "Critics of the bill/group"},
	{"a couple", `‹1s:Ada Holm and Ivo Marek› ‹1c:said› ‹1x:they would talk›.`, "Ada Holm and Ivo Marek/group"},
	{"they of a couple", `‹1s:Ada Holm and Ivo Marek› ‹1c:said› ‹1x:it was late›. ‹2s:They› ‹2c:said› ‹2x:nothing else›.`, "Ada Holm and Ivo Marek/group, Ada Holm and Ivo Marek/group"},
	// Organs, states, documents.
	{"states and seats apart", `‹1s:Russia› ‹1c:said› ‹1x:no›. ‹2s:The Kremlin› ‹2c:said› ‹2x:no›. ‹3s:Moscow› ‹3c:insists› ‹3x:on it›.`, "Russia/state Russia, Kremlin/state Russia, Moscow/state Russia"},
	{"U.S. and United States", `‹1s:The U.S.› ‹1c:denied› ‹1x:it›. ‹2s:The United States› ‹2c:said› ‹2x:so›. ‹3s:Washington› ‹3c:agreed› ‹3x:to talk›.`, "United States/state United States, United States/state United States, Washington/state United States"},
	{"White House", `‹1s:The White House› ‹1c:said› ‹1x:it would wait›.`, "White House/state United States"},
	{"a state by its adjective", `The Kestrian coast was quiet. ‹1s:Kestria› ‹1c:denied› ‹1x:it›. ‹2s:The Kestrian Fisheries Ministry› ‹2c:said› ‹2x:so too›.`, "Kestria/state Kestria, Kestrian Fisheries Ministry/organisation"},
	{"a state by what it has", `‹1s:Marvenia› ‹1c:denied› ‹1x:that Marvenia's coast guard came›. ‹2s:The coast guard› ‹2c:declined› ‹2x:to comment›.`, "Marvenia/state Marvenia, coast guard/organisation"},
	{"who, behind a place", `A diplomat in Port Salen, ‹1s:who› ‹1c:said› ‹1x:talks went on›, left.`, "diplomat in Port Salen/unnamed"},
	{"a company by its last word", `‹1s:Salen Lines› ‹1c:said› ‹1x:ferries ran›.`, "Salen Lines/organisation"},
	{"acronym in brackets", `‹1s:The Harbor Workers Union (HWU)› ‹1c:said› ‹1x:cranes stood still›. ‹2s:The HWU› ‹2c:said› ‹2x:so again›.`, "Harbor Workers Union/organisation, Harbor Workers Union/organisation"},
	{"first word of a name", `‹1s:Clearwater International› ‹1c:said› ‹1x:wells were dry›. ‹2s:Clearwater› ‹2c:estimates› ‹2x:200 were›.`, "Clearwater International/organisation, Clearwater International/organisation"},
	{"ministry in two spellings", `‹1s:Russian Defence Ministry› ‹1c:said› ‹1x:yes›. ‹2s:Russia's Defense Ministry› ‹2c:said› ‹2x:no›.`, "Russian Defence Ministry/organisation, Russian Defence Ministry/organisation"},
	{"two ministries of one name", `‹1s:The French Foreign Ministry› ‹1c:said› ‹1x:yes›. ‹2s:The German Foreign Ministry› ‹2c:said› ‹2x:no›.`, "French Foreign Ministry/organisation, German Foreign Ministry/organisation"},
	{"and inside a name", `‹1s:The Health and Human Services Department› ‹1c:said› ‹1x:no›.`, "Health and Human Services Department/organisation"},
	{"and between two names", `‹1s:The Labor Department and the Treasury Department› ‹1c:said› ‹1x:no›.`, "Labor Department and Treasury Department/group"},
	{"an office with and in it", `‹1s:Housing and Urban Development Secretary Ada Holm› ‹1c:said› ‹1x:no›.`, "Ada Holm/person"},
	{"letters with periods", `‹1s:The U.N.› ‹1c:said› ‹1x:no›. ‹2s:The N.H.A.› ‹2c:said› ‹2x:so too›.`, "United Nations/organisation, N.H.A./organisation"},
	{"a firm by its chief executive", `‹1s:Vantor› ‹1c:said› ‹1x:no›. Vantor CEO Ada Holm sighed.`, "Vantor/organisation"},
	{"a firm by which", `‹1s:Vantor›, which runs ferries, ‹1c:said› ‹1x:no›.`, "Vantor/organisation"},
	{"a newspaper of a place", `‹1s:The Kansas City Star› ‹1c:reported› ‹1x:a fire›.`, "Kansas City Star/organisation"},
	{"report", `‹1s:The report› ‹1c:said› ‹1x:pumps had failed›.`, "report/document"},
	{"letter", `‹1s:A letter from the union› ‹1c:said› ‹1x:pay was late›.`, "letter from the union/document"},
	{"court documents", `‹1x:He owed rent›, ‹1c:according to› ‹1s:court documents›.`, "court documents/document"},
	{"outlet", `‹1s:CNN› ‹1c:reported› ‹1x:a fire›.`, "CNN/organisation"},
	{"agency quotes a ministry", `‹1x:Nine boats sank›, ‹1s:Russian news agencies› ‹1c:quoted› the Fisheries Ministry as saying.`, "Fisheries Ministry/organisation"},
	// Pronouns.
	{"he", `‹1s:Ivo Marek› ‹1c:said› ‹1x:nothing moved›. ‹2s:He› ‹2c:said› ‹2x:it was quiet›.`, "Ivo Marek/person, Ivo Marek/person"},
	{"she passes over him", `‹1s:Ada Holm› ‹1c:said› ‹1x:trains ran›. She met Mark Velde. ‹2s:She› ‹2c:said› ‹2x:buses did not›.`, "Ada Holm/person, Ada Holm/person"},
	{"he is not whom he speaks of", `‹1s:Ivo Marek› ‹1c:said› ‹1x:Peter Lund was late›. ‹2x:“Lund slept,”› ‹2s:he› ‹2c:said›.`, "Ivo Marek/person, Ivo Marek/person"},
	{"he with two alike is open", `Ivo Marek met Peter Lund, Carl Weems and Mark Velde. Mark Velde and Peter Lund left. ‹1s:He› ‹1c:said› ‹1x:it was late›.`, "?"},
	{"no woman for she", `‹1s:Ivo Marek› ‹1c:said› ‹1x:nothing moved›. ‹2s:She› ‹2c:said› ‹2x:it was quiet›.`, "Ivo Marek/person, ?"},
	{"he of an unnamed one", `‹1x:It failed›, ‹1s:a retired engineer› ‹1c:said›. ‹2s:He› ‹2c:said› ‹2x:pumps were old›.`, "retired engineer/unnamed, retired engineer/unnamed"},
	{"who", `It was Ada Holm, ‹1s:who› ‹1c:said› ‹1x:trains ran›.`, "Ada Holm/person"},
	{"which", `The Interior Ministry, ‹1s:which› ‹1c:denies› ‹1x:it›, was closed.`, "Interior Ministry/organisation"},
	{"which is nobody", `It began with the death of Ivo Marek, ‹1s:which› ‹1c:kindled› ‹1x:hopes›.`, "?"},
	{"who are members, not the house", `Lund is one of several members of the House Water Committee ‹1s:who› ‹1c:asked› ‹1x:for more›.`, "several members of the House Water Committee/group"},
	{"who, behind where he is from", `It echoed Sen. Ada Holm of Montana, ‹1s:who› ‹1c:said› ‹1x:no›.`, "Ada Holm/person"},
	{"who, behind brackets", `It echoed Sen. Ada Holm (D-Mont.), ‹1s:who› ‹1c:said› ‹1x:no›.`, "Ada Holm/person"},
	{"a man with a woman's name is not passed over for certain", `‹1s:Harold Finch› ‹1c:said› ‹1x:no›. ‹2x:“It is late,”› ‹2c:said› ‹2s:Agnes Lowell›. ‹3x:“Very,”› ‹3s:he› ‹3c:said›.`, "Harold Finch/person, Agnes Lowell/person, ~Harold Finch/person"},
	{"he of whom it is told", `Mr. Lund was told ‹1x:that Carl Weems had hanged himself›. ‹2s:He› ‹2c:wrote› ‹2x:that it was late›.`, "?, ?"},
	{"who of a town", `It went to Mark Lund, 36, from Oslo, ‹1s:who› ‹1c:said› ‹1x:no›.`, "?"},
	{"he in somebody's words", `‹1s:Ivo Marek› ‹1c:said›: ‹1x:“I fell. He shouted at me.”› “‹2s:He› ‹2c:said› ‹2x:never again›.”`, "Ivo Marek/person, ?"},
	{"he of one who is not named", `‹1s:The judge› ‹1c:said› ‹1x:that Carl Weems had died›. ‹2s:He› ‹2c:said› ‹2x:it was late›.`, "judge/unnamed, judge/unnamed"},
	{"he asked of another", `‹1s:Ivo Marek› ‹1c:asked› Peter Lund ‹1x:if ‹2s:he› ‹2c:believed› ‹2x:in ghosts››.`, "Ivo Marek/person, Ivo Marek/person"},
	{"a name that only says which", `‹1s:Harold Finch› ‹1c:said› ‹1x:no›. They sang the Peter Lund song. ‹2s:He› ‹2c:said› ‹2x:it was late›.`, "Harold Finch/person, Harold Finch/person"},
	{"no surer than what it rests on", `‹1s:Harold Finch› ‹1c:said› ‹1x:no›. ‹2x:“It is late,”› ‹2c:said› ‹2s:Agnes Lowell›. ‹3x:“Very,”› ‹3s:he› ‹3c:said›. ‹4s:He› ‹4c:added› ‹4x:that it rained›.`, "Harold Finch/person, Agnes Lowell/person, ~Harold Finch/person, ~Harold Finch/person"},
	{"another acts, not named", `‹1s:Harold Finch› ‹1c:insisted› ‹1x:on it›, and the former minister relented. ‹2x:“I am quite happy,”› ‹2s:he› ‹2c:said›.`, "Harold Finch/person, ~Harold Finch/person"},
	{"one named once in passing", `It spread with Vanderlo. ‹1x:“I loved it,”› ‹1s:she› ‹1c:said›.`, "~Vanderlo/person"},
	{"quoted in a newspaper", `Ivo Marek spoke. ‹1s:He› ‹1c:was quoted in a newspaper as saying› ‹1x:no›.`, "Ivo Marek/person"},
	{"he in words that the next paragraph opens again", "‹1s:Ivo Marek› ‹1c:said›: ‹1x:“I fell. ‹2s:He› ‹2c:said› ‹2x:never›.\n\n“It was late.”›", "Ivo Marek/person, ?"},
	{"when he", `Lena Brandt spoke after she had met Peter Lund, when ‹1s:he› ‹1c:said› ‹1x:no›.`, "Peter Lund/person"},
	{"one speaks in what another says", `‹1s:Harold Finch› ‹1c:told› the court ‹1x:that ‹2s:Peter Lund› ‹2c:said› ‹2x:the book misled››. ‹3s:He› ‹3c:told› police ‹3x:of numbers›.`, "Harold Finch/person, Peter Lund/person, ~Harold Finch/person"},
	{"of himself", `‹1x:Ivo Marek is to resign›, ‹1s:he› ‹1c:announced›.`, "~Ivo Marek/person"},
	{"a husband by name", `‹1s:The judge, Peter Lund,› ‹1c:said› ‹1x:no›. Holm's husband, Andre, was fined for it, which ‹2s:he› ‹2c:denied›.`, "Peter Lund/person, ?"},
	{"it", `‹1s:The Fisheries Ministry› ‹1c:said› ‹1x:boats sank›. ‹2s:It› ‹2c:said› ‹2x:two were missing›.`, "Fisheries Ministry/organisation, Fisheries Ministry/organisation"},
	{"I inside what is said", `‹1s:Ivo Marek› ‹1c:said›: ‹1x:“‹2s:I› ‹2c:believe› ‹2x:it moved›.”›`, "Ivo Marek/person, Ivo Marek/person"},
	{"they in somebody's words are open", `‹1x:“‹2s:They› ‹2c:say› ‹2x:it moved›,”› ‹1c:said› ‹1s:Ivo Marek›.`, "Ivo Marek/person, ?"},
	{"we of an outlet's report", `‹2x:“‹3s:We› ‹3c:hope› ‹3x:to win›,”› ‹2s:Tass› ‹2c:reported›.`, "Tass/organisation, ?"},
	{"you", `‹1s:You› ‹1c:know› ‹1x:it moved›.`, "?"},
	{"a thing that shows", `‹1s:The crater› ‹1c:shows› ‹1x:how it fell›. ‹2s:A crater› ‹2c:suggests› ‹2x:more›.`, "?, ?"},
	// Without a source.
	{"a quotation goes on", "‹1x:“It moved,”› ‹1c:said› ‹1s:Ivo Marek›. ‹2x:“Then it stopped.”›", "Ivo Marek/person, Ivo Marek/person"},
	{"a quotation after its subject", "Ada Holm was blunt. ‹1x:“It failed.”›", "Ada Holm/person"},
	{"a quotation after two subjects", "Ada Holm was blunt. Ivo Marek sighed. ‹1x:“It failed.”›", "?"},
	{"a quotation a paragraph on", "‹1x:“It moved,”› ‹1c:said› ‹1s:Ivo Marek›.\n\n‹2x:“Then it stopped.”›", "Ivo Marek/person, Ivo Marek/person"},
	{"a leaflet says nothing more", "‹1s:Leaflets› ‹1c:called› ‹1x:for calm›.\n\n‹2x:“I was afraid.”›", "Leaflets/document, ?"},
	{"a passive has no speaker", `‹1s:Ivo Marek› ‹1c:said› ‹1x:no›. ‹2c:It is believed› ‹2x:that boats sank›.`, "Ivo Marek/person, ?"},
}

func TestResolve(t *testing.T) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s, statements := marked(t, c.text)
			speakers := resolveBy(english.Annotate(text.Parse(s)), statements, nil)
			want := strings.Split(c.want, ", ")
			var got []string
			for k := range statements {
				i := statements[k].By
				perhaps := ""
				if k < len(want) && strings.HasPrefix(want[k], "~") && statements[k].SpeakerConfidence < onrecord.Certain {
					perhaps = "~"
				}
				switch {
				case i < 0:
					got = append(got, "?")
				case speakers[i].Kind == onrecord.State:
					got = append(got, fmt.Sprintf("%s%s/%s %s", perhaps, speakers[i].Name, speakers[i].Kind, speakers[i].State))
				default:
					got = append(got, fmt.Sprintf("%s%s/%s", perhaps, speakers[i].Name, speakers[i].Kind))
				}
			}
			if diff := cmp.Diff(c.want, strings.Join(got, ", ")); diff != "" {
				t.Errorf("%s\n(-want +got)\n%s", s, diff)
			}
		})
	}
}

func TestRolesAndState(t *testing.T) {
	for _, c := range []struct {
		text  string
		roles []string
		state string
	}{
		{`‹1s:State Department spokesman Carl Weems› ‹1c:said› ‹1x:no›.`, []string{"State Department spokesman"}, "United States"},
		{`‹1x:“No,”› ‹1c:said› ‹1s:Carl Weems, a State Department official›.`, []string{"State Department official"}, "United States"},
		{`‹1s:Russian Foreign Minister Oleg Barsky› ‹1c:said› ‹1x:no›.`, []string{"Russian Foreign Minister"}, "Russia"},
		{`‹1s:Mr. Barsky› ‹1c:said› ‹1x:no›.`, nil, ""},
		{`‹1s:Sen. Walter Pugh› ‹1c:said› ‹1x:no›.`, []string{"Sen."}, ""},
		{`Carl Weems, a former senator, came. ‹1s:Weems› ‹1c:said› ‹1x:no›.`, []string{"former senator"}, ""},
		{`‹1s:Oleg Barsky, Chief of the Port Administration of Russia,› ‹1c:said› ‹1x:no›.`, []string{"Chief of the Port Administration of Russia"}, "Russia"},
	} {
		s, statements := marked(t, c.text)
		speakers := resolveBy(english.Annotate(text.Parse(s)), statements, nil)
		if statements[0].By < 0 {
			t.Errorf("%s: nobody", s)
			continue
		}
		got := speakers[statements[0].By]
		if diff := cmp.Diff(c.roles, got.Roles); diff != "" || got.State != c.state {
			t.Errorf("%s: state %q, roles (-want +got)\n%s", s, got.State, diff)
		}
	}
}

func TestLearned(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{`Troops fought the Northern Dawn group, also known as NDG, on Monday.`, "Northern Dawn=NDG in “Northern Dawn group, also known as NDG”"},
		{`The Harbor Workers Union (HWU) went on strike.`, "Harbor Workers Union=HWU in “Harbor Workers Union (HWU”"},
		{`The Harbor Workers Union, or HWU, went on strike.`, "Harbor Workers Union=HWU in “Harbor Workers Union, or HWU”"},
		{`‹1x:“They want to fight NDG,”› ‹1c:said› ‹1s:Carl Weems›, using another name for Northern Dawn.`, "Northern Dawn=NDG in “NDG,” said Carl Weems, using another name for Northern Dawn”"},
		{`‹1x:“Few were aimed at NDG,”› ‹1s:the official› ‹1c:said›, referring to Northern Dawn, an armed group.`, "Northern Dawn=NDG in “NDG,” the official said, referring to Northern Dawn”"},
		{`‹1x:“She was late,”› ‹1s:the official› ‹1c:said›, referring to Ada Holm.`, ""},
		{`Sen. Walter Pugh (R-Texas) spoke.`, ""},
		{`WASHINGTON (AP) - Boats sank.`, ""},
		{`Lorenzo Pace, better known as Blue Fox, sang.`, "Lorenzo Pace=Blue Fox in “Lorenzo Pace, better known as Blue Fox”"},
	} {
		s, statements := marked(t, c.text)
		speakers := resolveBy(english.Annotate(text.Parse(s)), statements, nil)
		var got []string
		for _, p := range speakers {
			for _, a := range p.Learned {
				got = append(got, fmt.Sprintf("%s=%s in “%s”", a.Name, a.Alias, a.Span.Of(s)))
			}
		}
		if diff := cmp.Diff(c.want, strings.Join(got, "; ")); diff != "" {
			t.Errorf("%s (-want +got)\n%s", s, diff)
		}
	}
}

func TestOutlet(t *testing.T) {
	for _, c := range []struct {
		text, want string
		tokens     int
	}{
		{"Russian news agency Tass said", "Tass", 4},
		{"Russian news agencies quoted", "Russian news agencies", 3},
		{"the Harbor Gazette on Monday", "Harbor Gazette", 3},
		{"the newspaper Kurier wrote", "Kurier", 3},
		{"state television showed", "state television", 2},
		{"the Kurier newspaper wrote", "Kurier", 3},
		{"Marvenpress on Monday", "Marvenpress", 1},
		{"reporters in Oslo", "", 0},
		{"the ministry said", "", 0},
		{"the media are", "", 0},
	} {
		name, n := Outlet(text.Parse(c.text), 0)
		if name != c.want || n != c.tokens {
			t.Errorf("%q: %q, %d tokens", c.text, name, n)
		}
	}
}

// TestTables holds that the tables are read: a misprint in one would silence it.
func TestTables(t *testing.T) {
	if lex.given.Of("ada") != 0 && lex.given.Of("agnes") != female || lex.given.Of("harold") != male || lex.given.Of("robin") != either {
		t.Error("given names")
	}
	if lex.nouns.Of("spokeswoman").gender != female || lex.nouns.Of("ministry").class&organNoun == 0 || lex.nouns.Of("official").class&unnamedNoun == 0 {
		t.Error("nouns")
	}
	for name, want := range map[string]place{"Kremlin": {seat, "Russia"}, "Moscow": {capital, "Russia"}, "U.S.": {stateName, "United States"}, "Dutch": {demonym, "Netherlands"}, "Pentagon": {stateOrgan, "United States"}} {
		if lex.places.value[name] != want {
			t.Errorf("%s: %v", name, lex.places.value[name])
		}
	}
	if tt := lex.titles.value["prime minister"]; len(tt.heads) == 0 || lex.titles.value["mr"].gender != male || !lex.titles.value["ms"].address {
		t.Error("titles")
	}
}

// TestAnyText holds, for any text and any spans in it: no panic, valid spans, indexes in range, the same again.
func TestAnyText(t *testing.T) {
	words := []string{"Ada", "Holm", "he", "she", "said", "the", "official", "a", "U.S.", "ministry", "(", ")", "HWU", ",", ".", "\n\n", "“", "”", "and", "known", "as", "or", "who", "Mr.", "President", "of", "Russia", "'s", "referring", "to", "é", "\u202e", "𝔘", "\x00", "\xff", "I", "quoted", "saying", "Tass", "they"}
	rapid.Check(t, func(t *rapid.T) {
		var s string
		if rapid.Bool().Draw(t, "wild") {
			s = rapid.String().Draw(t, "text")
		} else {
			s = strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 60).Draw(t, "words"), " ")
		}
		d := text.Parse(s)
		var statements []attribution.Draft
		if n := len(d.Tokens); n > 0 {
			span := func() []onrecord.Span {
				from := rapid.IntRange(0, n-1).Draw(t, "from")
				return []onrecord.Span{d.Span(text.Range{First: from, End: rapid.IntRange(from+1, n).Draw(t, "to")})}
			}
			for range rapid.IntRange(0, 6).Draw(t, "statements") {
				st := onrecord.Statement{Content: span(), Kind: rapid.SampledFrom([]string{onrecord.Direct, onrecord.Indirect}).Draw(t, "kind"), Headline: rapid.Bool().Draw(t, "headline")}
				if rapid.Bool().Draw(t, "source") {
					st.Source = span()
				}
				if rapid.Bool().Draw(t, "cue") {
					st.Cue = span()
				}
				statements = append(statements, attribution.New(attribution.Learned, st))
			}
			if len(statements) > 1 {
				statements[1].Within = rapid.SampledFrom([]int{-1, 0}).Draw(t, "within")
			}
		}
		l := english.Annotate(d)
		twice := slices.Clone(statements)
		speakers, again := resolveBy(l, statements, nil), resolveBy(l, twice, nil)
		if diff := cmp.Diff(speakers, again) + cmp.Diff(statements, twice); diff != "" {
			t.Fatalf("not the same again:\n%s", diff)
		}
		for k := range statements {
			if i := statements[k].By; i < -1 || i >= len(speakers) {
				t.Fatalf("speaker %d of %d", i, len(speakers))
			}
		}
		for _, p := range speakers {
			end := 0
			for _, sp := range p.Spans {
				if sp.Start < end || sp.End <= sp.Start || sp.End > len(s) {
					t.Fatalf("%s: spans %v", p.Name, p.Spans)
				}
				end = sp.End
			}
			if p.Name == "" || p.Kind == "" || p.Confidence <= 0 || p.Confidence > 1 {
				t.Fatalf("%+v", p)
			}
			for _, a := range p.Learned {
				if a.Span.Start < 0 || a.Span.End > len(s) || a.Span.Len() <= 0 {
					t.Fatalf("%+v", a)
				}
			}
		}
	})
}
