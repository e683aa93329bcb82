package attribution

// A passage is an invented text with the statements that a careful reader finds in it.
type passage struct {
	name  string
	text  string
	title bool  // the first line is the headline
	rows  []row // in any order
	none  bool  // nothing is said by anybody
}

// A row is a statement in words. Several spans of a role are separated by " | ". An empty cue matches any.
type row struct {
	source, cue, content string
	nested               bool
}

var passages = []passage{
	{name: "direct, cue after", text: "“The bridge will open in May,” said Odile Marsh, the mayor of Port Harrow.", rows: []row{
		{source: "Odile Marsh, the mayor of Port Harrow", cue: "said", content: "“The bridge will open in May,”"},
	}},
	{name: "direct, cue before", text: "Odile Marsh said: “The bridge will open in May.”", rows: []row{
		{source: "Odile Marsh", cue: "said", content: "“The bridge will open in May.”"},
	}},
	{name: "direct, straight marks", text: "\"We have lost three boats,\" the harbour master said on Tuesday.", rows: []row{
		{source: "the harbour master", cue: "said", content: "\"We have lost three boats,\""},
	}},
	{name: "split around the cue", text: "“It is not a failure,” Tomas Brel said, “and it is not a triumph either.”", rows: []row{
		{source: "Tomas Brel", cue: "said", content: "“It is not a failure,” | “and it is not a triumph either.”"},
	}},
	{name: "split in two sentences", text: "“It is not a failure,” Brel said. “It is a delay, and delays can be mended.”", rows: []row{
		{source: "Brel", cue: "said", content: "“It is not a failure,” | “It is a delay, and delays can be mended.”"},
	}},
	{name: "indirect with that", text: "The ministry said that the dam had been inspected twice since January.", rows: []row{
		{source: "The ministry", cue: "said", content: "that the dam had been inspected twice since January"},
	}},
	{name: "indirect without that", text: "Officials said the dam had been inspected twice since January.", rows: []row{
		{source: "Officials", cue: "said", content: "the dam had been inspected twice since January"},
	}},
	{name: "indirect, cue at the end", text: "The dam had been inspected twice since January, officials said.", rows: []row{
		{source: "officials", cue: "said", content: "The dam had been inspected twice since January"},
	}},
	{name: "cue in the middle", text: "The dam, the engineer said, had been inspected twice.", rows: []row{
		{source: "the engineer", cue: "said", content: "The dam | had been inspected twice"},
	}},
	{name: "mixed", text: "The engineer called the report “a piece of theatre” and said he would not answer it.", rows: []row{
		{source: "The engineer", cue: "called", content: "the report “a piece of theatre”"},
		{source: "he", cue: "said", content: "he would not answer it"},
	}},
	{name: "mixed clause", text: "Governor Lena Voss said the flood was “the worst in sixty years” and that help was on its way.", rows: []row{
		{source: "Governor Lena Voss", cue: "said", content: "the flood was “the worst in sixty years” and that help was on its way"},
	}},
	{name: "adding that", text: "Voss said the roads were closed, adding that two hundred families had left their homes.", rows: []row{
		{source: "Voss", cue: "said", content: "the roads were closed"},
		{source: "Voss", cue: "adding", content: "that two hundred families had left their homes"},
	}},
	{name: "according to, first", text: "According to the coast guard, the ferry carried ninety people.", rows: []row{
		{source: "the coast guard", cue: "According to", content: "the ferry carried ninety people"},
	}},
	{name: "according to, last", text: "The ferry carried ninety people, according to the coast guard.", rows: []row{
		{source: "the coast guard", cue: "according to", content: "The ferry carried ninety people"},
	}},
	{name: "told somebody", text: "“I heard two shots,” Pavel Ruda told reporters outside the court.", rows: []row{
		{source: "Pavel Ruda", cue: "told", content: "“I heard two shots,”"},
	}},
	{name: "told an agency that", text: "A senior official told the Northwire agency that the talks had collapsed.", rows: []row{
		{source: "A senior official", cue: "told", content: "that the talks had collapsed"},
	}},
	{name: "denies that", text: "The company denied that its pipes had leaked into the river.", rows: []row{
		{source: "The company", cue: "denied", content: "that its pipes had leaked into the river"},
	}},
	{name: "denies this", text: "Inspectors say the pipes leaked into the river. The company denies this.", rows: []row{
		{source: "Inspectors", cue: "say", content: "the pipes leaked into the river"},
		{source: "The company", cue: "denies", content: "this"},
	}},
	{name: "accused of", text: "Voss accused the company of hiding the test results from the public.", rows: []row{
		{source: "Voss", cue: "accused", content: "the company of hiding the test results from the public"},
	}},
	{name: "declined to comment", text: "A spokesman for the company declined to comment on the test results.", rows: []row{
		{source: "A spokesman for the company", cue: "declined", content: "to comment on the test results"},
	}},
	{name: "asks whether", text: "Reporters asked whether the minister would resign.", rows: []row{
		{source: "Reporters", cue: "asked", content: "whether the minister would resign"},
	}},
	{name: "promises to", text: "The minister promised to publish the letters before the vote.", rows: []row{
		{source: "The minister", cue: "promised", content: "to publish the letters before the vote"},
	}},
	{name: "urges", text: "The union urged the government to reopen the mine.", rows: []row{
		{source: "The union", cue: "urged", content: "the government to reopen the mine"},
	}},
	{name: "believes", text: "Most villagers believe that the mine will never reopen.", rows: []row{
		{source: "Most villagers", cue: "believe", content: "that the mine will never reopen"},
	}},
	{name: "a document says", text: "The report found that the brakes had failed on both trains.", rows: []row{
		{source: "The report", cue: "found", content: "that the brakes had failed on both trains"},
	}},
	{name: "a statement says", text: "“Our thoughts are with the families,” the railway said in a statement.", rows: []row{
		{source: "the railway", cue: "said in a statement", content: "“Our thoughts are with the families,”"},
	}},
	{name: "tweet", text: "“See you all in court,” the senator tweeted on Sunday.", rows: []row{
		{source: "the senator", cue: "tweeted", content: "“See you all in court,”"},
	}},
	{name: "wrote", text: "“No witness was heard,” Judge Ana Sorel wrote in her ruling.", rows: []row{
		{source: "Judge Ana Sorel", cue: "wrote", content: "“No witness was heard,”"},
	}},
	{name: "apposition between source and cue", text: "Hugo Hale, a doctor at the clinic, said the ward was full.", rows: []row{
		{source: "Hugo Hale, a doctor at the clinic", cue: "said", content: "the ward was full"},
	}},
	{name: "inverted with apposition", text: "“The ward is full,” said Hugo Hale, a doctor at the clinic who has worked there since 1998.", rows: []row{
		{source: "Hugo Hale, a doctor at the clinic who has worked there since 1998", cue: "said", content: "“The ward is full,”"},
	}},
	{name: "pronoun", text: "Hale has worked at the clinic since 1998. “We were never this short of beds,” he said.", rows: []row{
		{source: "he", cue: "said", content: "“We were never this short of beds,”"},
	}},
	{name: "several sentences in one quotation", text: "“We were never this short of beds. I have seen winters worse than this one. But never a spring,” he said.", rows: []row{
		{source: "he", cue: "said", content: "“We were never this short of beds. I have seen winters worse than this one. But never a spring,”"},
	}},
	{name: "headline, colon", title: true, text: "Mayor: Bridge will open in May\n\nThe town has waited nine years for its bridge.", rows: []row{
		{source: "Mayor", cue: ":", content: "Bridge will open in May"},
	}},
	{name: "headline, says at the end", title: true, text: "Bridge will open in May, says mayor\n\nThe town has waited nine years for its bridge.", rows: []row{
		{source: "mayor", cue: "says", content: "Bridge will open in May"},
	}},
	{name: "headline, who says it before the verb", title: true, text: "Bridge will open in May, town's mayor says\n\nThe town has waited nine years for its bridge.", rows: []row{
		{source: "mayor", cue: "says", content: "Bridge will open in May"},
	}},
	{name: "headline, single marks", title: true, text: "Mayor says bridge is ‘a promise kept’\n\nThe town has waited nine years for its bridge.", rows: []row{
		{source: "Mayor", cue: "says", content: "bridge is ‘a promise kept’"},
	}},
	{name: "a quotation signed", text: "“A town without a bridge is an island.” — Odile Marsh", rows: []row{
		{source: "Odile Marsh", cue: "—", content: "“A town without a bridge is an island.”"},
	}},
	{name: "a quotation signed with two hyphens", text: "\"A town without a bridge is an island.\" -- Odile Marsh", rows: []row{
		{source: "Odile Marsh", cue: "--", content: "\"A town without a bridge is an island.\""},
	}},
	{name: "transcript", text: "MARSH: We will open the bridge in May.\n\nBREL: And who will pay for it?\n\nMARSH: The people who use it.\n\nBREL: Then they should be asked.", rows: []row{
		{source: "MARSH", cue: ":", content: "We will open the bridge in May"},
		{source: "BREL", cue: ":", content: "And who will pay for it?"},
		{source: "MARSH", cue: ":", content: "The people who use it"},
		{source: "BREL", cue: ":", content: "Then they should be asked"},
	}},
	{name: "paragraphs reopened", text: "“We began with nothing,” said Marsh. “We had no money and no plan.\n\n“Now we have a bridge, and the bridge has a name.”", rows: []row{
		{source: "Marsh", cue: "said", content: "“We began with nothing,” | “We had no money and no plan. | “Now we have a bridge, and the bridge has a name.”"},
	}},
	{name: "a quotation after a paraphrase", text: "Brel called the ferry a floating debt. “It has never once sailed full, and it never will.”", rows: []row{
		{source: "Brel", cue: "called", content: "the ferry a floating debt | “It has never once sailed full, and it never will.”"},
	}},
	{name: "a quotation after the narrator's word", text: "“We had trouble with the boilers before,” Marsh said after the storm. He did not name a date. “Our aim is not to hurry the fitters but to let them do it once.”", rows: []row{
		{source: "Marsh", cue: "said", content: "“We had trouble with the boilers before,” | “Our aim is not to hurry the fitters but to let them do it once.”"},
	}},
	{name: "a verb of no saying before a colon", text: "The nurse grew so stern that I had to change my tune: “Of course I took the pills. I was only joking.”", rows: []row{
		{source: "I", content: "“Of course I took the pills. I was only joking.”"},
	}},
	{name: "quotations in a row", text: "Brel went on about “how the harbour is sold,” and “the drowned years” and “our own patient masters.”", rows: []row{
		{source: "Brel", content: "“how the harbour is sold,” and “the drowned years” and “our own patient masters.”"},
	}},
	{name: "a clause before who says it", text: "When the letter came last autumn and the grant was gone, Mr. Brel said, “we were out of rope.”", rows: []row{
		{source: "Mr. Brel", cue: "said", content: "When the letter came last autumn and the grant was gone | “we were out of rope.”"},
	}},
	{name: "cut off by who says it", text: "These masters, Brel explained earlier in the hearing, were “well paid,” earning more than the mayor.", rows: []row{
		{source: "Brel", content: "These masters | were “well paid,” earning more than the mayor"},
	}},
	{name: "according to words like verbs", text: "The captain often slept on the bridge, according to show insiders.", rows: []row{
		{source: "show insiders", cue: "according to", content: "The captain often slept on the bridge"},
	}},
	{name: "missing closing mark", text: "“The mine is safe, said the inspector.\n\nThe mine was closed in June.", rows: []row{
		{source: "the inspector", cue: "said", content: "“The mine is safe,"},
	}},
	{name: "missing opening mark", text: "The mine is safe and dry,” the inspector said.\n\nThe mine was closed in June.", rows: []row{
		{source: "the inspector", cue: "said", content: "The mine is safe and dry,”"},
	}},
	{name: "colon and new sentence", text: "Brel put it plainly: “We cannot pay.”", rows: []row{
		{source: "Brel", content: "“We cannot pay.”"},
	}},
	{name: "nested in a quotation", text: "“The inspector told us that the mine was safe,” said Ruda.", rows: []row{
		{source: "Ruda", cue: "said", content: "“The inspector told us that the mine was safe,”"},
		{source: "The inspector", cue: "told", content: "that the mine was safe", nested: true},
	}},
	{name: "nested in an indirect one", text: "The paper reported that the minister had said the dam was safe.", rows: []row{
		{source: "The paper", cue: "reported", content: "that the minister had said the dam was safe"},
		{source: "the minister", cue: "had said", content: "the dam was safe", nested: true},
	}},
	{name: "quoted as saying", text: "The Northwire agency quoted the ministry as saying that the dam was safe.", rows: []row{
		{source: "The Northwire agency", cue: "quoted", content: "that the dam was safe"},
		{source: "the ministry", cue: "as saying", content: "that the dam was safe", nested: true},
	}},
	{name: "denies a claim", text: "Inspectors say the pipes leaked into the river. The company denied the claim on Monday.", rows: []row{
		{source: "Inspectors", cue: "say", content: "the pipes leaked into the river"},
		{source: "The company", cue: "denied", content: "the claim"},
	}},
	{name: "colon and new paragraph", text: "Brel went on:\n\n“We cannot pay, and we will not pretend that we can.”", rows: []row{
		{source: "Brel", cue: "went on", content: "“We cannot pay, and we will not pretend that we can.”"},
	}},
	{name: "said on a day, clause first", text: "TRAINS STOP\n\nOnly a third of the trains ran last week, a senior railway official said on Sunday.\n\nThe line carries coal.", title: true, rows: []row{
		{source: "a senior railway official", cue: "said", content: "Only a third of the trains ran last week"},
	}},
	{name: "citing", text: "The ferry carried ninety people, Northwire reported.", rows: []row{
		{source: "Northwire", cue: "reported", content: "The ferry carried ninety people"},
	}},
	{name: "anonymous", text: "“Nobody told us anything,” said one official, who spoke on condition of anonymity because he was not allowed to talk to reporters.", rows: []row{
		{source: "one official", cue: "said", content: "“Nobody told us anything,”"},
	}},
	{name: "two speakers in one sentence", text: "Voss said the dam was safe, but Brel said it could fail within a year.", rows: []row{
		{source: "Voss", cue: "said", content: "the dam was safe"},
		{source: "Brel", cue: "said", content: "it could fail within a year"},
	}},
	{name: "quotation inside a quotation", text: "“She told us ‘never again’ and left,” Ruda said.", rows: []row{
		{source: "Ruda", cue: "said", content: "“She told us ‘never again’ and left,”"},
	}},
	{name: "single marks", text: "'We have lost three boats,' the harbour master said on Tuesday.", rows: []row{
		{source: "the harbour master", cue: "said", content: "'We have lost three boats,'"},
	}},
	{name: "single curly marks", text: "‘We have lost three boats,’ the harbour master said on Tuesday.", rows: []row{
		{source: "the harbour master", cue: "said", content: "‘We have lost three boats,’"},
	}},
	{name: "em dash", text: "“We have lost three boats” — so the harbour master put it on Tuesday — “and two men.”", rows: []row{
		{source: "the harbour master", content: "“We have lost three boats” | “and two men.”"},
	}},
	{name: "did not respond", text: "The company did not respond to a request for comment.", rows: []row{
		{source: "The company", cue: "did not respond", content: "to a request for comment"},
	}},
	{name: "noted, reiterated, warned", text: "Voss noted that the river was falling. She warned that it could rise again by Friday.", rows: []row{
		{source: "Voss", cue: "noted", content: "that the river was falling"},
		{source: "She", cue: "warned", content: "that it could rise again by Friday"},
	}},
	{name: "fragments", text: "The senator described the plan as “reckless” and its author as “a gambler.”", rows: []row{
		{source: "The senator", cue: "described", content: "the plan as “reckless” and its author as “a gambler.”"},
	}},
	{name: "a poll shows", text: "A poll published on Monday shows that half of the voters have not decided.", rows: []row{
		{source: "A poll published on Monday", cue: "shows", content: "that half of the voters have not decided"},
	}},
	{name: "told somewhere, a count first", text: "Of the 900 boats stopped since June, about 70 percent carried no weapons, the official told reporters in Osgrave.", rows: []row{
		{source: "the official", cue: "told", content: "Of the 900 boats stopped since June, about 70 percent carried no weapons"},
	}},
	{name: "told somewhere, then on a day", text: "Half of the pumps have been stolen, a farmer told officials in Porth on Sunday.", rows: []row{
		{source: "a farmer", cue: "told", content: "Half of the pumps have been stolen"},
	}},
	{name: "who says it within the sentence", text: "The fund, according to its founder, pays for nine nurses.", rows: []row{
		{source: "its founder", cue: "according to", content: "The fund | pays for nine nurses"},
	}},
	{name: "a court heard", text: "A teacher took lunch money for three years and spent it on toy trains, a court heard.", rows: []row{
		{source: "a court", cue: "heard", content: "A teacher took lunch money for three years and spent it on toy trains"},
	}},
	{name: "neither confirmed nor denied", text: "The harbour master neither confirmed nor denied that two cranes had been sold.", rows: []row{
		{source: "The harbour master", cue: "neither confirmed nor denied", content: "that two cranes had been sold"},
	}},
	{name: "quoted as saying, of a survivor", text: "“It was like breathing wool,” a survivor was quoted as saying by the Moll Courier.", rows: []row{
		{source: "a survivor", cue: "was quoted as saying", content: "“It was like breathing wool,”"},
	}},
	{name: "hired, fined and banned", text: "The club has hired a new coach and banned two fans. It was fined 900 crowns in May and has sold its bus.", none: true},
	{name: "nicknames", text: "Its author, known as “the Owl”, lives in Porth. Fans have nicknamed the ground “the Fridge”.", none: true},
	{name: "a list after a colon", text: "Suggested kit: rope, dry socks, whistle. Verdict: the blue flask for hikers, the red one for schools.", none: true},
	{name: "nothing said", text: "The bridge crosses the river north of the town. It has four lanes and a path for bicycles.", none: true},
	{name: "a nickname in quotation marks", text: "Edward “Ned” Tull won the race on Saturday in front of his home crowd.", none: true},
}
