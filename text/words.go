package text

import "strings"

// Kinds of abbreviations that end with a period.
type abbreviation uint8

const (
	beforeName   abbreviation = iota + 1 // a name or title follows: never ends a sentence
	anywhere                             // may end a sentence
	beforeNumber                         // an abbreviation only where a number follows: "No. 5"
	afterComma                           // an abbreviation only after a comma, a bracket or a hyphen: ", Mass.", "R-Ill."
)

// abbreviations by their words without the period. Single letters and letters with periods between them need no entry.
var abbreviations = func() map[string]abbreviation {
	m := map[string]abbreviation{}
	add := func(kind abbreviation, words string) {
		for _, w := range strings.Fields(words) {
			m[w] = kind
		}
	}
	add(beforeName, `Mr Mrs Ms Mx Messrs Dr Drs Prof Profs Sen Sens Rep Reps Gov Govs Gen Gens Lt Col Cols Sgt Sgts Cpl Pvt Pfc
		Capt Maj Cmdr Cdr Brig Adm Rev Revs Hon Pres Supt Insp Det Amb Atty Asst Assoc Dep Treas Fr St Ste Mt Ft Pte Sr. Mme Mlle Mons
		MR MRS MS DR PROF SEN REP GOV GEN LT COL SGT CAPT MAJ CMDR ADM REV HON DET ST
		vs Vs VS v viz cf e.g i.e E.g I.e`)
	add(anywhere, `Jan Feb Apr Aug Sept Sep Oct Nov Dec JAN FEB APR AUG SEPT OCT NOV DEC
		Mon Tue Tues Wed Thu Thur Thurs Fri
		Inc Corp Ltd Co Cos Bros Cie Plc Pty Llc INC CORP LTD Mfg Intl Dept Univ Assn Ave Blvd Rd Hwy Pkwy Bldg Sq Jr Sr JR SR Esq
		Ala Ariz Calif Colo Conn Fla Ga Kans Ky La Md Mich Minn Mo Mont Neb Nebr Nev Okla Pa Penn Penna Tenn Tex Va Vt Wis Wyo Ont Que
		Ph etc al approx est ca lbs lb oz ft mph hrs hr mins min sec kg km dept govt int mln bln dlrs pct tel ext incl cont`)
	add(beforeNumber, `No Nos NO no nos Mar Jun Jul Sat Sun p pp Art Arts Sec Secs Fig Figs fig figs Vol vol Ch ch Pt par para Eq Ref Rm Apt art c`)
	add(afterComma, `Mass Wash Ill Ore Ark Del Miss Ind Kan Tenn Okla Hon Pa Me Alta Sask Man Cal Cali Id`)
	for _, w := range []string{"Tenn", "Okla", "Pa"} {
		m[w] = anywhere
	}
	m["Hon"] = beforeName
	return m
}()

// clitics that are cut off, after their apostrophe; "t" goes with the n before it.
var clitics = []string{"s", "t", "re", "ve", "ll", "d", "m"}

// elisions are words that begin with an apostrophe, after it.
var elisions = []string{"em", "til", "till", "tis", "twas", "cause", "cos", "n", "bout", "round", "neath", "gainst", "nuff", "twere", "twill"}

// contractions are words written as one that the treebank cuts in two.
var contractions = []struct {
	word string
	cut  int
}{{"cannot", 3}, {"gonna", 3}, {"gotta", 3}, {"wanna", 3}, {"lemme", 3}, {"gimme", 3}}

// dollars are the words that a dollar sign ends: "US$5".
var dollars = set(`US A AU C CA CAN NZ HK S NT R Z BZ JA`)

// domains are the top level domains that news names without a scheme before them.
var domains = set(`com org net gov edu mil int info biz uk us eu de fr ru ua cn jp in au ca ch nl se no dk fi it es pl ie nz za br
	io tv co ac me fm ai am ly news online blog app gl be il ir tr sy qa ae sa`)

// starters are words that, with a capital after an abbreviation, begin a sentence: they seldom begin a name.
var starters = set(`The A An This That These Those There Here It He She They We I You His Her Its Their Our My Your
	But And Or So Yet Nor If When While As At In On For From To With By After Before Since Until Although Though Because Despite
	During Under Over Between Among Against Without Within Among Also Then Now Still However Meanwhile Moreover Instead Once Even
	What Who Where Why How Which Whether Not No Some Many Most Much More Few Several All Both Each Every Other Others Another One
	Two Three Four Five Is Are Was Were Do Does Did Has Have Had Can Could Will Would Should May Might Must Let Asked Yes
	Officials Police According Earlier Later Today Yesterday Last Unlike Like Only Just Nearly About Critics Experts People`)

// cues are verbs that name the speaker of the words in quotation marks before them.
var cues = set(`said says asked asks added adds replied replies wrote writes tweeted shouted shouts cried called demanded wondered
	exclaimed recalled joked quipped continued yelled told responded`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}
