package english

import (
	"strings"
	"sync"
)

// lemma is the word's dictionary form in lower case, given its tag: exceptions, then rules of spelling, in the manner of
// Minnen, Carroll and Pearce (2001), "Applied morphological processing of English".
func lemma(word, tag string) string {
	w := strings.ToLower(word)
	if strings.Contains(w, "\u2019") {
		w = strings.ReplaceAll(w, "\u2019", "'")
	}
	switch tag {
	case "VBD", "VBN", "VBG", "VBZ", "VBP", "VB", "MD":
		return verb(w, tag)
	case "NNS":
		return noun(w)
	case "NNPS":
		return plural(w)
	case "JJR", "JJS", "RBR", "RBS":
		if base, ok := exceptions().degrees[w]; ok {
			return base
		}
		if tag[2] == 'R' && strings.HasSuffix(w, "er") || tag[2] == 'S' && strings.HasSuffix(w, "est") {
			stem := w[:len(w)-2]
			if tag[2] == 'S' {
				stem = w[:len(w)-3]
			}
			return base(stem)
		}
	case "PRP", "PRP$":
		if base, ok := exceptions().pronouns[w]; ok {
			return base
		}
	case "RB":
		if w == "n't" || w == "nt" {
			return "not"
		}
	case "DT":
		if w == "an" {
			return "a"
		}
	}
	return w
}

func verb(w, tag string) string {
	e := exceptions()
	if base, ok := e.verbs[w]; ok {
		if w == "'d" && tag == "MD" {
			return "would"
		}
		if (tag == "VB" || tag == "VBP") && !e.finite[w] {
			return w
		}
		return base
	}
	// Of verbs with a prefix the second half is irregular: "overtook", "underwent", "withheld".
	if tag == "VBD" || tag == "VBN" {
		for _, p := range [...]string{"over", "under", "out", "mis", "re", "up", "fore", "with", "un", "inter"} {
			if rest, ok := strings.CutPrefix(w, p); ok && len(rest) > 2 {
				if base, ok := e.verbs[rest]; ok {
					return p + base
				}
			}
		}
	}
	switch n := len(w); {
	case tag == "VBZ" && n > 2 && w[n-1] == 's':
		return plural(w)
	case tag == "VBG" && n > 4 && strings.HasSuffix(w, "ing"):
		return base(w[:n-3])
	case tag == "VBG" && n > 4 && strings.HasSuffix(w, "in'"):
		return base(w[:n-3])
	case (tag == "VBD" || tag == "VBN") && n > 3 && strings.HasSuffix(w, "ed") && syllables(w[:n-2]) > 0:
		if w[n-3] == 'i' {
			if n == 4 {
				return w[:3] // died, tied
			}
			return w[:n-3] + "y"
		}
		if w[n-3] == 'e' {
			return w[:n-1] // agreed
		}
		return base(w[:n-2])
	}
	return w
}

func noun(w string) string {
	if base, ok := exceptions().nouns[w]; ok {
		return base
	}
	for _, end := range [...][2]string{{"women", "woman"}, {"men", "man"}, {"children", "child"}, {"wives", "wife"}, {"people", "people"}} {
		if strings.HasSuffix(w, end[0]) {
			return w[:len(w)-len(end[0])] + end[1]
		}
	}
	if strings.HasSuffix(w, "'s") {
		return w
	}
	return plural(w)
}

// plural takes the -s off nouns and verbs.
func plural(w string) string {
	n := len(w)
	if n < 3 || w[n-1] != 's' || w[n-2] == 's' || w[n-2] == '\'' || '0' <= w[n-2] && w[n-2] <= '9' {
		return w
	}
	switch {
	case strings.HasSuffix(w, "ies") && n > 4:
		if _, ok := exceptions().ie[w]; ok {
			return w[:n-1]
		}
		return w[:n-3] + "y"
	case strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "shes"), strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "xes"),
		strings.HasSuffix(w, "zzes"):
		if strings.HasSuffix(w, "aches") && n < 7 || strings.HasSuffix(w, "axes") && n < 5 {
			if w != "taxes" && w != "waxes" && w != "faxes" {
				return w[:n-1]
			}
		}
		return w[:n-2]
	case strings.HasSuffix(w, "oes") && n > 4 && w != "shoes" && w != "canoes":
		return w[:n-2]
	case strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "ous"), strings.HasSuffix(w, "is") && n > 3 && w[n-3] != 'i' && w != "skis" && w != "taxis":
		switch w {
		case "menus", "gurus", "emus", "iraqis", "pakistanis", "israelis", "bikinis":
			return w[:n-1]
		}
		if w[n-2] == 'u' || w[n-2] == 'i' {
			return w
		}
	}
	return w[:n-1]
}

// base restores the end of a verb or adjective that lost it before -ed, -ing, -er or -est: a consonant was doubled, an e
// dropped, a y turned into i.
func base(stem string) string {
	n := len(stem)
	if n < 2 {
		return stem
	}
	if with, ok := exceptions().stems[stem]; ok {
		return with
	}
	a, z := stem[n-2], stem[n-1]
	if z == 'i' && n > 2 {
		return stem[:n-1] + "y"
	}
	if a == z && !vowel(z) {
		switch z {
		case 's', 'f', 'z':
			return stem
		case 'l':
			// "called", "filled", "killed" against "controlled", "cancelled": one syllable keeps both.
			if syllables(stem) > 1 {
				return stem[:n-1]
			}
			return stem
		}
		return stem[:n-1]
	}
	for _, e := range endings {
		if strings.HasSuffix(stem, e.end) {
			if e.dropped {
				return stem + "e"
			}
			return stem
		}
	}
	// A single vowel before a single consonant would have doubled it in a word of one syllable: "hoped" is of "hope".
	if n > 2 && !vowel(z) && vowel(a) && (!vowel(stem[n-3]) || n > 3 && stem[n-4] == 'q') && syllables(stem) == 1 && z != 'w' && z != 'x' && z != 'y' {
		return stem + "e"
	}
	if n == 2 && vowel(a) && !vowel(z) {
		return stem + "e"
	}
	return stem
}

// endings say whether an e was dropped after them; the first that fits decides. Those of two vowels come before those of one.
var endings = func() []ending {
	var list []ending
	for _, row := range []struct {
		dropped bool
		ends    string
	}{
		{true, "creat guid dg lg rg v u uc nc rc ac ec ic oc eec"},
		{true, "chang"},
		{false, "hang bang clang twang"},
		{true, "ang eng ung hing ring"},
		{false, "focus canvas bias caucus"},
		{true, "s iz az oz yz ez"},
		{false, "aud oud eud oid uid eat oat out aut oot uit eit eet ait ain ein een oin oon ean oan oun aid ead eed oad ood eid eir air ear oar our eer oor"},
		{false, "aul ail eal eel oil ool oal oul eil eam eem oam oom aim eak eek oak ook eap eep oop oup oap ief oof eef"},
		{true, "bl cl dl fl gl kl pl tl zl"},
		{true, "at ad ed id ud od"},
		{true, "xpedit xtradit"},
		{false, "credit audit edit visit limit profit benefit hibit inherit merit posit licit spirit orbit vomit habit"},
		{true, "invit excit ignit incit recit unit cit writ spit expedit"},
		{true, "ascin efin ombin rmin amin agin lin fin min mbin rdain destin shrin opin divin"},
		{false, "rain train"},
		{true, "ir ar ur"},
		{true, "plor gnor stor scor ador mplor"},
		{true, "nterfer dher sever oher ever"},
		{false, "deliver discover recover cover"},
		{true, "secut xecut ribut disput refut dilut salut mmut mput llut titut rosecut mut"},
		{true, "romot evot quot vot not denot"},
		{true, "complet delet compet deplet secret athlet"},
		{true, "mpil rofil oncil il ul ol"},
		{true, "elcom ecom vercom"},
		{true, "sum lum um tim lam nam ram ham"},
		{true, "nterven onven"},
		{true, "ostpon ondon elephon phon thron"},
		{true, "hap cap crap"},
		{true, "ak ik ok uk"},
		{true, "ag eg ig oblig"},
		{true, "crib brib prob rob"},
		{true, "breath cloth bath sooth seeth loath"},
		{true, "wast tast past hast"},
	} {
		for _, e := range strings.Fields(row.ends) {
			list = append(list, ending{e, row.dropped})
		}
	}
	return list
}()

type ending struct {
	end     string
	dropped bool
}

func vowel(c byte) bool { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' }

// syllables counts groups of vowels.
func syllables(s string) int {
	n, in := 0, false
	for i := range len(s) {
		v := vowel(s[i]) || s[i] == 'y' && i > 0
		if v && i > 0 && s[i] == 'u' && s[i-1] == 'q' {
			v = false
		}
		if v && !in {
			n++
		}
		in = v
	}
	return n
}

// words that do not follow the rules.
type exceptional struct {
	verbs, nouns, degrees, pronouns, stems map[string]string
	finite, ie                             map[string]bool
}

// exceptions takes the tables apart once.
var exceptions = sync.OnceValue(func() *exceptional {
	table := func(s string) map[string]string {
		m := map[string]string{}
		for _, line := range strings.Split(strings.TrimSpace(s), ";") {
			f := strings.Fields(line)
			for _, w := range f[1:] {
				m[w] = f[0]
			}
		}
		return m
	}
	set := func(s string) map[string]bool {
		m := map[string]bool{}
		for _, w := range strings.Fields(s) {
			m[w] = true
		}
		return m
	}
	return &exceptional{
		verbs: table(irregularVerbs), nouns: table(irregularNouns), degrees: table(irregularDegrees), pronouns: table(pronounForms),
		stems: table(stemBases), finite: set(finiteForms), ie: set(ieWords),
	}
})

// finiteForms are irregular forms that are tagged as base or present forms too.
const finiteForms = "am 'm are 're is 's was were been be's 've has had does did goes 'll wo ca sha 'd ai"

// Each entry: base, then its irregular forms.
const irregularVerbs = `
be am 'm are 're is 's s was were been being ai;have has 've had having 'd;do does did done doing;go goes went gone going;
will 'll wo;can ca;shall sha;say said says saying;tell told;make made;come came;take took taken;get got gotten getting;
write wrote written;win won winning;give gave given;find found;begin began begun;leave left;become became;think thought;
speak spoke spoken;see saw seen;put put putting;lose lost;send sent;lead led;know knew known;feel felt;hold held;meet met;
spend spent;bring brought;run ran running;seek sought;keep kept;pay paid;fall fell fallen;grow grew grown;break broke broken;
draw drew drawn;mean meant;rise rose risen;stand stood;set setting;drive drove driven;choose chose chosen;build built;sit sat;
buy bought;hit hitting;cut cutting;fly flew flown;strike struck stricken;throw threw thrown;sell sold;lay laid;teach taught;
catch caught;beat beaten;shoot shot;let letting;forget forgot forgotten;understand understood;stick stuck;sweep swept;flee fled;
shake shook shaken;hang hung;eat ate eaten;wear wore worn;fight fought;withdraw withdrew withdrawn;hide hid hidden;arise arose arisen;
stride strode stridden;light lit;deal dealt;blow blew blown;withhold withheld;sleep slept;ring rang rung;wake woke woken;
steal stole stolen;sink sank sunk;ride rode ridden;oversee oversaw overseen;bear bore borne born;stink stank stunk;slide slid;
sing sang sung;lend lent;freeze froze frozen;forgive forgave forgiven;forbid forbade forbidden;dig dug;drink drank drunk;
bind bound;show shown;feed fed;slay slew slain;tear tore torn;strew strewn;overrun overran;mislead misled;thrust thrust;
swing swung;sting stung;shrink shrank shrunk;shed shedding;sew sewn;mistake mistook mistaken;learn learnt;burn burnt;dream dreamt;
bend bent;prove proven;hear heard;swear swore sworn;spring sprang sprung;swim swam swum;tread trod trodden;weave wove woven;
wind wound;wring wrung;weep wept;creep crept;cling clung;breed bred;bleed bled;bite bit bitten;bid bade bidden;awake awoke awoken;
forsake forsook forsaken;fling flung;grind ground;kneel knelt;leap leapt;lean leant;shine shone;slit slitting;spit spat;spin spun;
string strung;stave stove;smell smelt;spell spelt;spill spilt;spoil spoilt;lie lain lying;die dying;tie tying;vie vying;
underlie underlying underlay underlain;belie belying;untie untying;undergo underwent undergone undergoing;forego forewent foregone;
panic panicked panicking;mimic mimicked mimicking;traffic trafficked trafficking;picnic picnicked picnicking;politick politicking;
overcome overcame;foresee foresaw foreseen;undo undid undone;redo redid redone;outdo outdid outdone;overdo overdid overdone;
quit quitting;split splitting;shut shutting;hurt hurting;cast casting;cost costing;burst bursting;spread spreading;upset upsetting;
rid ridding;wed wedding;fit fitting;bet betting;broadcast broadcasting;forecast forecasting;offset offsetting;dye dyed dyeing;focus focuses;caucus caucuses;quiz quizzes quizzed quizzing;strive strove striven;plead pled;speed sped;dwell dwelt;
befall befell befallen;dive dove;
singe singed singeing;age aging ageing;ski skied skiing;free freed freeing;see seeing;flee fleeing;agree agreeing;use used using;
hew hewn;mow mown;saw sawn;sow sown;swell swollen;shear shorn;cleave cleft cloven;beget begot begotten;
bus bused busing;sue sued suing;owe owed owing;awe awed;bias biased;veto vetoed vetoing;echo echoed echoing`

const irregularNouns = `
man men;woman women;child children;foot feet;tooth teeth;mouse mice;goose geese;ox oxen;person persons;life lives;wife wives;
knife knives;half halves;self selves;shelf shelves;wolf wolves;thief thieves;leaf leaves;loaf loaves;calf calves;hoof hooves;scarf scarves;
elf elves;basis bases;crisis crises;analysis analyses;thesis theses;hypothesis hypotheses;diagnosis diagnoses;oasis oases;axis axes;
parenthesis parentheses;synthesis syntheses;emphasis emphases;criterion criteria;phenomenon phenomena;stimulus stimuli;nucleus nuclei;
alumnus alumni;cactus cacti;fungus fungi;radius radii;syllabus syllabi;index indices;matrix matrices;vertex vertices;appendix appendices;
curriculum curricula;memorandum memoranda;referendum referenda;bacterium bacteria;stratum strata;corpus corpora;larva larvae;
people people;media media;data data;police police;troops troops;clergy clergy;cattle cattle;species species;series series;means means;
headquarters headquarters;barracks barracks;personnel personnel;staff staff;clothes clothes;goods goods;odds odds;thanks thanks;
regards regards;earnings earnings;savings savings;proceedings proceedings;surroundings surroundings;whereabouts whereabouts;
auspices auspices;arrears arrears;kudos kudos;jeans jeans;pants pants;glasses glasses;remains remains;proceeds proceeds;riches riches;
minute mins;year yrs;movie movies;cookie cookies;calorie calories;zombie zombies;selfie selfies;rookie rookies;pie pies;tie ties;lie lies;die dice;
shoe shoes;toe toes;foe foes;hero heroes;bus buses;gas gases;lens lenses;virus viruses;bonus bonuses;campus campuses;caucus caucuses;
politics politics;economics economics;statistics statistics;ethics ethics;mathematics mathematics;physics physics;
athletics athletics;logistics logistics;dynamics dynamics;optics optics;analytics analytics;linguistics linguistics;electronics electronics;
robotics robotics;genetics genetics;gymnastics gymnastics;olympics olympics;tactic tactics;wages wages;credentials credentials;license licenses;
jihadi jihadis;rabbi rabbis;contents contents;census censuses;focus focuses;status statuses;surplus surpluses;consensus consensuses;chorus choruses;circus circuses;iris irises;
quiz quizzes;buzz buzzes;news news;species species;cache caches;ache aches;headache headaches;axe axes
euro euros;photo photos;video videos;base bases;canoe canoes;menu menus;guru gurus;canvas canvases;atlas atlases;alias aliases;bias biases;
congress congresses;witness witnesses;monies money`

const irregularDegrees = `
good better best;bad worse worst;far farther farthest further furthest;little less lesser least;much more most;many more most;
old elder eldest;late latter;few fewer fewest;free freer freest`

const pronounForms = `
i me my mine;we us our ours 's;he him his;she her hers;they them their theirs 'em themself;it its;you your yours ya`

// Stems, before -ed, -ing, -er or -est, whose base the table of endings would miss.
const stemBases = `
appeal appeal;total total;equal equal;channel channell channel;travel travell;cancel cancell;label labell;level levell;model modell;
rebel rebell;compel compell;propel propell;expel expell;control controll;patrol patroll;counsel counsell;signal signall;fuel fuell;
install install;enroll enroll;recall recall;fulfill fulfill;overall overall;stall stall;forestall forestall;add add;err err;egg egg;ebb ebb;
shuffle shuffl;format format;combat combat;debut debut;program programm;owe ow;awe aw;whine whin;dine din;die di;handicap handicapp;
kidnap kidnapp;worship worshipp worship;gossip gossip;develop develop;envelop envelop;open open;happen happen;ballot ballot;pivot pivot;pilot pilot;
riot riot;diet diet;quiet quiet;bear bear;wear wear;tear tear;swear swear;ruin ruin;bargain bargain;murmur murmur;occur occurr;altar altar;
near near;rear rear;suffer suffer;answer answer;interview interview;view view;eye ey;tow tow;purr purr;butt butt;putt putt;boycott boycott;
star starr;scar scarr;bar barr;war warr;stir stirr;mar marr;char charr;weigh weigh;laugh laugh;cough cough;sigh sigh;
bully bulli;challenge challeng;hinge hing;singe sing;sing sing;bring bring;ring ring;wing wing;sting sting;swing swing;string string;
spring spring;wring wring;cling cling;fling fling;sling sling;long long;belong belong;prolong prolong;
strong strong;young young;fight fight;write writ;spite spit;cite cit;unite unit;quote quot;vote vot;note not;wound wound;
pass pass;bus bus;gas gass;admit admitt;submit submitt;permit permitt;commit committ;spot spott;hit hitt;sit sitt;
edit edit;visit visit;big bigg;hot hott;fat fatt;sad sadd;red redd;thin thinn;slim slimm;wet wett;
broadcast broadcast;last last;cast cast;contrast contrast;forecast forecast;repast repast;waste wast;taste tast;paste past;
mistake mistak;awake awak;speak speak;book book;look look;peak peak;leak leak;cook cook;work work;
loan loan;clean clean;train train;rain rain;gain gain;retain retain;remain remain;contain contain;maintain maintain;explain explain;
complain complain;obtain obtain;sustain sustain;entertain entertain;drain drain;strain strain;attain attain;detain detain;campaign campaign;
join join;coin coin;fool fool;pool pool;cool cool;tool tool;school school;boil boil;foil foil;spoil spoil;
sail sail;fail fail;mail mail;nail nail;trail trail;detail detail;bail bail;jail jail;prevail prevail;
feel feel;heal heal;deal deal;reveal reveal;conceal conceal;repeal repeal;steal steal;seal seal;steer steer;peer peer;
tour tour;pour pour;favour favour;labour labour;honour honour;endeavour endeavour;detour detour;
pull pull;roll roll;poll poll;toll toll;full full;dull dull;small small;tall tall;
say say;pay pay;lay lay;be be;do do;go go;see see;free fre;agree agre;guarantee guarante;
schedule schedul;rule rul;fire fir;hire hir;tire tir;wire wir;dare dar;stare star;share shar;spare spar;care car;scare scar;bare bar;
large larg;close clos;late lat;safe saf;wide wid;white whit;brave brav;able abl;simple simpl;gentle gentl;noble nobl;humble humbl;
nice nic;fine fin;pure pur;sure sur;rare rar;rude rud;crude crud;wise wis;huge hug;strange strang;fierce fierc;scarce scarc;
fresh fresh;great great;cheap cheap;deep deep;weak weak;sweet sweet;steep steep;keen keen;mean mean;clear clear;dear dear;loud loud;broad broad;
short short;smart smart;high high;low low;slow slow;new new;few few;tough tough;rough rough;old old;bold bold;cold cold;kind kind;quick quick;
soon soon;near near;hard hard;dark dark;poor poor;clean clean;green green;light light;bright bright;tight tight;slight slight;
rich rich;warm warm;calm calm;firm firm;harsh harsh;
enter enter;offer offer;order order;consider consider;remember remember;differ differ;refer referr;prefer preferr;defer deferr;confer conferr;
infer inferr;transfer transferr;deter deterr;incur incurr;recur recurr;concur concurr;blur blurr;spur spurr;
deliver deliver;discover discover;recover recover;cover cover;uncover uncover;waver waver;hover hover;sever sever;
adhere adher;interfere interfer;persevere persever;revere rever;severe sever;
inspire inspir;bathe bath;breathe breath;clothe cloth;loathe loath;soothe sooth;seethe seeth;
welcome welcom;
abandon abandon;siphon siphon;phone phon;tone ton;hone hon;clone clon;stone ston;zone zon;
cope cop;hope hop;scope scop;grope grop;slope slop;elope elop;rope rop;
type typ;hype hyp;style styl;analyze analyz;paralyze paralyz;
lie ly;die dy;tie ty;vie vy;underlie underly`

const ieWords = "movies cookies calories zombies selfies rookies pies ties lies dies hoodies veggies smoothies newbies eyries prairies"

// A lemmaCache keeps the lemmas of the words seen last, so that most words cost no memory. The word itself is compared: what a
// cache holds never changes a result.
type lemmaCache struct {
	slots []cachedLemma
}

type cachedLemma struct {
	word, tag, lemma string
}

func (c *lemmaCache) of(s string, w *word, tag string) string {
	if c.slots == nil {
		c.slots = make([]cachedLemma, 1<<12)
	}
	slot := &c.slots[(w.form^w.form>>12^uint32(w.tag)*0x9E37)&(1<<12-1)]
	if slot.word != s || slot.tag != tag {
		s = strings.Clone(s) // the article's text must not be kept
		*slot = cachedLemma{s, tag, lemma(s, tag)}
	}
	return slot.lemma
}
