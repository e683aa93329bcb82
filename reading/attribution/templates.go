package attribution

import "github.com/onrecord/onrecord/learn"

// The templates of features: what each looks at, and the number that the shipped models know it by. A number is never given again; a
// new template takes one above all of its chain. A name lists what is looked at together: Before1 and 1 are the next tokens on either side.

// The token and what is around it, for the first and the second model.
const (
	tokenAlways                  learn.Template = 1
	tokenWord                    learn.Template = 2
	tokenWordBefore1             learn.Template = 3
	tokenWordBefore2             learn.Template = 4
	tokenWord1                   learn.Template = 5
	tokenWord2                   learn.Template = 6
	tokenLemma                   learn.Template = 7
	tokenWordBefore1Word         learn.Template = 8
	tokenWordWord1               learn.Template = 9
	tokenTag                     learn.Template = 10
	tokenTagBefore1              learn.Template = 11
	tokenTag1                    learn.Template = 12
	tokenTagBefore1Tag           learn.Template = 13
	tokenTagTag1                 learn.Template = 14
	tokenTagBefore1TagTag1       learn.Template = 15
	tokenTagBefore2TagBefore1    learn.Template = 16
	tokenTag1Tag2                learn.Template = 17
	tokenSuffix                  learn.Template = 18
	tokenShape                   learn.Template = 19
	tokenQuote                   learn.Template = 20
	tokenQuoteBefore1QuoteQuote1 learn.Template = 21
	tokenQuoteLemma              learn.Template = 22
	tokenQuoteTag                learn.Template = 23
	tokenQuoteTagTagBefore1      learn.Template = 24
	tokenNameTag                 learn.Template = 25
	tokenFormQuote               learn.Template = 26
	tokenFormTag                 learn.Template = 27
	tokenAfterTag                learn.Template = 28
	tokenAfterLemma              learn.Template = 29
	tokenRelation                learn.Template = 30
	tokenRelationTag             learn.Template = 31
	tokenRelationHead            learn.Template = 32
	tokenRelationHeadFrame       learn.Template = 33
	tokenRelationHeadTagTag      learn.Template = 34
	tokenLemmaHead               learn.Template = 35
	tokenTagFrame                learn.Template = 36
	tokenClause                  learn.Template = 37
	tokenClauseGovernor          learn.Template = 38
	tokenClausePlaceTag          learn.Template = 39
	tokenClausePlaceGovernor     learn.Template = 40
	tokenClausePlaceFrame        learn.Template = 41
	tokenInner                   learn.Template = 42
	tokenInnerGovernor           learn.Template = 43
	tokenInnerPlaceTag           learn.Template = 44
	tokenInnerPlaceGovernor      learn.Template = 45
	tokenInnerPlaceFrame         learn.Template = 46
	tokenArgument                learn.Template = 47
	tokenArgumentGovernor        learn.Template = 48
	tokenArgumentPlaceTag        learn.Template = 49
	tokenArgumentPlaceGovernor   learn.Template = 50
	tokenArgumentPlaceFrame      learn.Template = 51
)

// The token in its sentence and paragraph, for the first model.
const (
	firstQuotesQuote          learn.Template = 101
	firstQuotesTag            learn.Template = 102
	firstQuotesLemma          learn.Template = 103
	firstPlaceTag             learn.Template = 104
	firstQuotedQuote          learn.Template = 105
	firstQuotedQuoteTag       learn.Template = 106
	firstQuotedLemma          learn.Template = 107
	firstQuoteRoot            learn.Template = 108
	firstQuoteVerbBefore      learn.Template = 109
	firstQuoteVerbAfter       learn.Template = 110
	firstTagVerbs             learn.Template = 111
	firstTagVerbBefore        learn.Template = 112
	firstTagVerbAfter         learn.Template = 113
	firstQuoteBegins          learn.Template = 114
	firstBeganQuote           learn.Template = 115
	firstEndsQuote            learn.Template = 116
	firstSentenceQuote        learn.Template = 117
	firstLemmaSubject         learn.Template = 118
	firstLemmaMask            learn.Template = 119
	firstLemmaFrame           learn.Template = 120
	firstSubjectFrame         learn.Template = 121
	firstSubjectLemma         learn.Template = 122
	firstRelationsGrandparent learn.Template = 123
	firstRelationsTag         learn.Template = 124
)

// The token and the cue, for the second model.
const (
	secondFar                  learn.Template = 201
	secondFarQuote             learn.Template = 202
	secondFarSentence          learn.Template = 203
	secondBetween              learn.Template = 204
	secondBetweenQuote         learn.Template = 205
	secondBetweenVerbsSentence learn.Template = 206
	secondBetweenTag           learn.Template = 207
	secondSideSentenceQuote    learn.Template = 208
	secondSideQuotation        learn.Template = 209
	secondSideQuotationQuote   learn.Template = 210
	secondSideQuotationSetting learn.Template = 211
	secondSideQuoteSetting     learn.Template = 212
	secondSideTagSetting       learn.Template = 213
	secondSideSentenceSetting  learn.Template = 214
	secondPath                 learn.Template = 215
	secondPathDepth            learn.Template = 216
	secondPathCue              learn.Template = 217
	secondPathCueTag           learn.Template = 218
	secondPathFrame            learn.Template = 219
	secondPathEdge             learn.Template = 220
	secondPathEdgeTag          learn.Template = 221
	secondPathEdgeQuote        learn.Template = 222
	secondPathPathBefore       learn.Template = 223
	secondPathSideQuote        learn.Template = 224
	secondPathCueEdge          learn.Template = 225
	secondSideCue              learn.Template = 226
	secondSideCueTag           learn.Template = 227
	secondSideCueQuote         learn.Template = 228
	secondSideCueTextSentence  learn.Template = 229
	secondSideCueLemma         learn.Template = 230
	secondSideFrameTag         learn.Template = 231
	secondSideFrameSentence    learn.Template = 232
	secondSideCueTagTag        learn.Template = 233
	secondBesideCueLemma       learn.Template = 234
	secondBesideCueTextTag     learn.Template = 235
	secondBesideQuoteTag       learn.Template = 236
	secondHintSource           learn.Template = 237
	secondHintContent          learn.Template = 238
	secondHintSources          learn.Template = 239
	secondHintContents         learn.Template = 240
	secondHintLabel            learn.Template = 241
	secondBetweenHintLabel     learn.Template = 242
	secondHintLevels           learn.Template = 243
	secondPathHintLabel        learn.Template = 244
	secondBetweenHints         learn.Template = 245
	secondHintLabelBefore      learn.Template = 246
	secondHintLabelAfter       learn.Template = 247
	secondSegmentsLabel        learn.Template = 248
	secondBetweenSegmentsLabel learn.Template = 249
	secondSideCrosses          learn.Template = 250
)

// A reading, for the judge.
const (
	judgeNothing                  learn.Template = 499
	judgeAlways                   learn.Template = 501
	judgeCueP                     learn.Template = 502
	judgeLikelihood               learn.Template = 503
	judgeContentMean              learn.Template = 504
	judgeContentBegin             learn.Template = 505
	judgeContentEnd               learn.Template = 506
	judgeSourceMean               learn.Template = 507
	judgeSourceBegin              learn.Template = 508
	judgeFrom                     learn.Template = 509
	judgeFromLikelihood           learn.Template = 510
	judgeCuePContentMean          learn.Template = 511
	judgeCuePSourceMean           learn.Template = 512
	judgeContentBeginEnd          learn.Template = 513
	judgeContentBeginEndMean      learn.Template = 514
	judgeKindCueP                 learn.Template = 515
	judgeKindContentBegin         learn.Template = 516
	judgeKindContentEnd           learn.Template = 517
	judgeKind                     learn.Template = 518
	judgeLengthKind               learn.Template = 519
	judgePartsKind                learn.Template = 520
	judgePartsOrder               learn.Template = 521
	judgeOrder                    learn.Template = 522
	judgeOrderKind                learn.Template = 523
	judgeOrderCue                 learn.Template = 524
	judgeCue                      learn.Template = 525
	judgeCueWords                 learn.Template = 526
	judgeCueFrame                 learn.Template = 527
	judgeCueKind                  learn.Template = 528
	judgeCueLength                learn.Template = 529
	judgeCueSource                learn.Template = 530
	judgeSource                   learn.Template = 531
	judgeSourceShape              learn.Template = 532
	judgeSourceShapeCue           learn.Template = 533
	judgeCueTagFrame              learn.Template = 534
	judgeCueTagSourceShape        learn.Template = 535
	judgeCueHints                 learn.Template = 536
	judgeOthers                   learn.Template = 537
	judgeOthersKind               learn.Template = 538
	judgeLifted                   learn.Template = 539
	judgeHung                     learn.Template = 540
	judgeHungHowCue               learn.Template = 541
	judgeHungHow                  learn.Template = 542
	judgeHungFrom                 learn.Template = 543
	judgeLiftedHungKind           learn.Template = 544
	judgeQuotesKindOrder          learn.Template = 545
	judgeQuotesFrom               learn.Template = 546
	judgePattern                  learn.Template = 547
	judgePatternCue               learn.Template = 548
	judgePatternQuotes            learn.Template = 549
	judgePatternTail              learn.Template = 550
	judgePatternContentBegin      learn.Template = 551
	judgePatternAfterCue          learn.Template = 552
	judgeHangs                    learn.Template = 553
	judgeHangsCue                 learn.Template = 554
	judgeHangsTag                 learn.Template = 555
	judgeHangsLemmaCue            learn.Template = 556
	judgeSourceHangs              learn.Template = 557
	judgeSourceHangsCue           learn.Template = 558
	judgeSourceHangsTag           learn.Template = 559
	judgeSourceHangsHangs         learn.Template = 560
	judgeLastInside               learn.Template = 561
	judgeLastInsideCue            learn.Template = 562
	judgeLastInsideWord           learn.Template = 563
	judgeLastInsideKindOrder      learn.Template = 564
	judgeLastInsideWordCue        learn.Template = 565
	judgeLastInsideLength         learn.Template = 566
	judgeLastInsideHeadWord       learn.Template = 567
	judgeLastInsideTag            learn.Template = 568
	judgeLastBeyond               learn.Template = 569
	judgeLastBeyondCue            learn.Template = 570
	judgeLastBeyondWord           learn.Template = 571
	judgeLastBeyondKindOrder      learn.Template = 572
	judgeLastBeyondWordCue        learn.Template = 573
	judgeLastBeyondLength         learn.Template = 574
	judgeLastBeyondHeadWord       learn.Template = 575
	judgeLastBeyondTag            learn.Template = 576
	judgeFirstInside              learn.Template = 577
	judgeFirstInsideCue           learn.Template = 578
	judgeFirstInsideWord          learn.Template = 579
	judgeFirstInsideKindOrder     learn.Template = 580
	judgeFirstInsideWordCue       learn.Template = 581
	judgeFirstInsideLength        learn.Template = 582
	judgeFirstInsideHeadWord      learn.Template = 583
	judgeFirstInsideTag           learn.Template = 584
	judgeFirstBeyond              learn.Template = 585
	judgeFirstBeyondCue           learn.Template = 586
	judgeFirstBeyondWord          learn.Template = 587
	judgeFirstBeyondKindOrder     learn.Template = 588
	judgeFirstBeyondWordCue       learn.Template = 589
	judgeFirstBeyondLength        learn.Template = 590
	judgeFirstBeyondHeadWord      learn.Template = 591
	judgeFirstBeyondTag           learn.Template = 592
	judgeLabelsBegin              learn.Template = 593
	judgeLabelsEnd                learn.Template = 594
	judgeLabelsWithin             learn.Template = 595
	judgeAgree                    learn.Template = 596
	judgeSourceLabelsBegin        learn.Template = 597
	judgeSourceLabelsEnd          learn.Template = 598
	judgeWordBeforeWord           learn.Template = 599
	judgeTagBeforeTagKind         learn.Template = 600
	judgeClassBeforeClassOrder    learn.Template = 601
	judgeQuoteBeforeQuoteOrder    learn.Template = 602
	judgeFirstWordCue             learn.Template = 603
	judgeFirstWordOrder           learn.Template = 604
	judgeLastWordWordAfter        learn.Template = 605
	judgeLastWordOrder            learn.Template = 606
	judgeWordAfterOrder           learn.Template = 607
	judgeLastTagTagAfterOrder     learn.Template = 608
	judgeLastClassClassAfterOrder learn.Template = 609
	judgeLastQuoteQuoteAfterOrder learn.Template = 610
	judgeWordAfterCue             learn.Template = 611
	judgeSourceWordOrder          learn.Template = 612
	judgeSourceTagBeforeTag       learn.Template = 613
	judgeSourceClassBeforeOrder   learn.Template = 614
	judgeSourceLastWordOrder      learn.Template = 615
	judgeSourceLastTagTagAfter    learn.Template = 616
	judgeSourceWordAfterOrder     learn.Template = 617
	judgeSourceClassAfterOrder    learn.Template = 618
	judgeSourceLength             learn.Template = 619
	judgeSourceWhole              learn.Template = 620
	judgeSourceWholeLastTag       learn.Template = 621
)

// ancestral are the templates of the clauses and the argument that a token stands in.
var ancestral = [...][5]learn.Template{
	{tokenClause, tokenClauseGovernor, tokenClausePlaceTag, tokenClausePlaceGovernor, tokenClausePlaceFrame},
	{tokenInner, tokenInnerGovernor, tokenInnerPlaceTag, tokenInnerPlaceGovernor, tokenInnerPlaceFrame},
	{tokenArgument, tokenArgumentGovernor, tokenArgumentPlaceTag, tokenArgumentPlaceGovernor, tokenArgumentPlaceFrame},
}

// ends are the templates of the constituents inside and beyond the last and the first token of a content.
var ends = [2][2][8]learn.Template{
	{
		{judgeLastInside, judgeLastInsideCue, judgeLastInsideWord, judgeLastInsideKindOrder, judgeLastInsideWordCue, judgeLastInsideLength, judgeLastInsideHeadWord, judgeLastInsideTag},
		{judgeLastBeyond, judgeLastBeyondCue, judgeLastBeyondWord, judgeLastBeyondKindOrder, judgeLastBeyondWordCue, judgeLastBeyondLength, judgeLastBeyondHeadWord, judgeLastBeyondTag},
	},
	{
		{judgeFirstInside, judgeFirstInsideCue, judgeFirstInsideWord, judgeFirstInsideKindOrder, judgeFirstInsideWordCue, judgeFirstInsideLength, judgeFirstInsideHeadWord, judgeFirstInsideTag},
		{judgeFirstBeyond, judgeFirstBeyondCue, judgeFirstBeyondWord, judgeFirstBeyondKindOrder, judgeFirstBeyondWordCue, judgeFirstBeyondLength, judgeFirstBeyondHeadWord, judgeFirstBeyondTag},
	},
}
