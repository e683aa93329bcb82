package english

import "github.com/onrecord/onrecord/learn"

// The templates of features: what each looks at, and the number that the shipped models know it by. A number is never given again; a
// new template takes one above all of its model. A name lists what is looked at together: Before1 and 1 are the next words on either side.

// A word and the tags before it, for the tagger.
const (
	tagAlways                learn.Template = 1
	tagWord                  learn.Template = 2
	tagLast4                 learn.Template = 3
	tagLast3                 learn.Template = 4
	tagLast2                 learn.Template = 5
	tagFirst1                learn.Template = 6
	tagFirst3                learn.Template = 7
	tagShape                 learn.Template = 8
	tagLast3How              learn.Template = 9
	tagWordHow               learn.Template = 10
	tagTagBefore1            learn.Template = 11
	tagTagsBefore            learn.Template = 12
	tagTagBefore1Word        learn.Template = 13
	tagTagBefore1Last3       learn.Template = 14
	tagWordBefore1           learn.Template = 15
	tagWordBefore2           learn.Template = 16
	tagWord1                 learn.Template = 17
	tagWord2                 learn.Template = 18
	tagLast3Before1          learn.Template = 19
	tagLast3Of1              learn.Template = 20
	tagClass                 learn.Template = 21
	tagClassTagBefore1       learn.Template = 22
	tagClass1TagBefore1      learn.Template = 23
	tagClass1                learn.Template = 24
	tagClass1Class2          learn.Template = 25
	tagClassClass1           learn.Template = 26
	tagClassClass1TagBefore1 learn.Template = 27
	tagWordBefore1Word       learn.Template = 28
	tagWordWord1             learn.Template = 29
	tagWordBefore1Word1      learn.Template = 30
	tagCaps                  learn.Template = 31
	tagClassTagsBefore       learn.Template = 32
)

// Stack (S0 its top) and buffer (B0 its first), for the actions of the parser.
const (
	moveS0                   learn.Template = 257
	moveS0Tagged             learn.Template = 258
	moveS1                   learn.Template = 259
	moveS1Tagged             learn.Template = 260
	moveB0                   learn.Template = 261
	moveB0Tagged             learn.Template = 262
	moveB1                   learn.Template = 263
	moveB1Tagged             learn.Template = 264
	moveB2Tagged             learn.Template = 265
	moveS2TagS1Tag           learn.Template = 266
	moveS0B0                 learn.Template = 267
	moveS0TaggedB0Tag        learn.Template = 268
	moveS0TagB0Tagged        learn.Template = 269
	moveS0TagB0Tag           learn.Template = 270
	moveS0S1                 learn.Template = 271
	moveS0TaggedS1Tag        learn.Template = 272
	moveS0TagS1Tagged        learn.Template = 273
	moveS1TaggedB0Tag        learn.Template = 274
	moveS1TagB0Tagged        learn.Template = 275
	moveB0TagB1TagB2Tag      learn.Template = 276
	moveS0TagS1TagB0Tag      learn.Template = 277
	moveS0TagB0TagB1Tag      learn.Template = 278
	moveS0TagS1TagS2Tag      learn.Template = 279
	moveS0TagS1TagB0TagB1Tag learn.Template = 280
	moveS0TagB0TagB1TagB2Tag learn.Template = 281
	moveS0B0TagB1Tag         learn.Template = 282
	moveB0S0TagB1Tag         learn.Template = 283
	moveS1S0TagB0Tag         learn.Template = 284
	moveS0S1TagB0Tag         learn.Template = 285
	moveB0S0TagS1Tag         learn.Template = 286
	moveB1S0TagB0Tag         learn.Template = 287
	moveS0TagB0TagDistance   learn.Template = 288
	moveS0Distance0          learn.Template = 289
	moveB0Distance0          learn.Template = 290
	moveS0TagS1TagDistance   learn.Template = 291
	moveS0TagB0TagGap        learn.Template = 292
	moveS0TagS1TagGap        learn.Template = 293
	moveS0TagS1TagB0TagGaps  learn.Template = 294
	moveS1TaggedGap          learn.Template = 295
	moveS0TaggedGap          learn.Template = 296
	moveS0TagB0TagS0Valency  learn.Template = 297
	moveS0Valency            learn.Template = 298
	moveS0TagB0TagB0Valency  learn.Template = 299
	moveS1TagS0TagS1Valency  learn.Template = 300
	moveS1Valency            learn.Template = 301
	moveTagsS0Left           learn.Template = 302
	moveTagsS0Right          learn.Template = 303
	moveTagsS1Right          learn.Template = 304
	moveTagsB0Left           learn.Template = 305
	moveS0TaggedRelations    learn.Template = 306
	moveS1TaggedRelations    learn.Template = 307
	moveS0TagB0TagRelations  learn.Template = 308
	moveS1TagS0TagRelations  learn.Template = 309
	moveS0TagB0TagB0Relation learn.Template = 310
	moveB0TaggedRelation     learn.Template = 311
	moveS0S0RightB0Tag       learn.Template = 312
	moveS1S1RightS0Tag       learn.Template = 313
	moveS0B0B1Tag            learn.Template = 314
	moveS1S0B0Tag            learn.Template = 315
	moveTagsValencies        learn.Template = 316
	moveS0TagB0TagMarks      learn.Template = 317
	moveB0TaggedMarks        learn.Template = 318
	moveS0TaggedMarksB0      learn.Template = 319
	moveTagsMarks            learn.Template = 320
	moveTagsAheadMarks       learn.Template = 321
	moveS0TaggedMarks        learn.Template = 322
	moveS1TagS0TagMarks      learn.Template = 323
)

// Head and child, for the label of the arc between them.
const (
	arcTags                  learn.Template = 513
	arcTagsDistance          learn.Template = 514
	arcHeadChildTag          learn.Template = 515
	arcChildHeadTag          learn.Template = 516
	arcHeadTagged            learn.Template = 517
	arcChildTagged           learn.Template = 518
	arcHeadChild             learn.Template = 519
	arcChildLast3HeadTag     learn.Template = 520
	arcHeadLast3ChildTag     learn.Template = 521
	arcTagsGap               learn.Template = 522
	arcChildGap              learn.Template = 523
	arcHeadGap               learn.Template = 524
	arcTagsBeside            learn.Template = 525
	arcTagsChildLeft         learn.Template = 526
	arcHeadChildLeft         learn.Template = 527
	arcTagsChildRelations    learn.Template = 528
	arcChildRelations        learn.Template = 529
	arcTagsHeadRelations     learn.Template = 530
	arcHeadRelations         learn.Template = 531
	arcChildHeadRelations    learn.Template = 532
	arcTagsValencies         learn.Template = 533
	arcChildTagNearHeadTag   learn.Template = 534
	arcHeadChildLeftChildTag learn.Template = 535
	arcCapsTags              learn.Template = 536
	arcWordBefore1Tags       learn.Template = 537
	arcWord1Tags             learn.Template = 538
	arcTagsHeadNearRelation  learn.Template = 539
	arcTagsMarks             learn.Template = 540
)

// A word and its tag, for names.
const (
	nameFar                learn.Template = 768
	nameAlways             learn.Template = 769
	nameForm               learn.Template = 770
	nameWord               learn.Template = 771
	nameFirst3             learn.Template = 772
	nameLast4              learn.Template = 773
	nameLast3              learn.Template = 774
	nameLast2              learn.Template = 775
	nameShape              learn.Template = 776
	nameHow                learn.Template = 777
	nameTag                learn.Template = 778
	nameTagHow             learn.Template = 779
	nameWordTag            learn.Template = 780
	nameClass              learn.Template = 781
	nameWordBefore1        learn.Template = 782
	nameWord1              learn.Template = 783
	nameWordBefore1Caps    learn.Template = 784
	nameWord1Caps          learn.Template = 785
	nameWordBefore1Word    learn.Template = 786
	nameWordWord1          learn.Template = 787
	nameWordBefore2        learn.Template = 788
	nameWord2              learn.Template = 789
	nameWordsBeforeCaps    learn.Template = 790
	nameWords1Caps         learn.Template = 791
	nameTagsAround         learn.Template = 792
	nameTagBefore1         learn.Template = 793
	nameTag1               learn.Template = 794
	nameTagsBefore         learn.Template = 795
	nameTagsAfter          learn.Template = 796
	nameCapsAround         learn.Template = 797
	nameLast3Before1       learn.Template = 798
	nameLast3Of1           learn.Template = 799
	nameLast3Before1Last3  learn.Template = 800
	nameLast3Of1Last3      learn.Template = 801
	nameMention            learn.Template = 802
	nameMentionWordBefore1 learn.Template = 803
)
