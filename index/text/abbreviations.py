"""Abbreviations in news, by whether a sentence may end after them.

They are listed without their last full stop and compared as they are written: "Mass." is an
abbreviation, and "mass." ends a sentence.
"""

TITLES = frozenset(
    """
    Mr Mrs Ms Mx Messrs Dr Drs Prof Profs Gen Gens Lt Col Cols Maj Capt Sgt Cpl Pvt Spc Pfc Adm
    Cmdr Cdr Cmdt Brig Gov Govs Sen Sens Rep Reps Amb Atty Asst Assoc Dist Pres Supt Det Insp Ald
    Rev Revs Msgr Archbp Bp Fr Hon Ven Mme Mmes Mlle Mgr Sra Srta vs v cf ca c approx est e.g i.e
    Approx Est Wm Geo Chas Thos Jas Robt
    """.split()
)
"""Abbreviations before a name or another word that they belong to. No sentence ends after one."""

BEFORE_NAMES = frozenset("St Ste Sts Mt Mts Ft Pt Bros".split())
"""Abbreviations that begin some names and end others: "St. James", "Main St.", "Orr Bros."."""

ABBREVIATIONS = frozenset(
    """
    Inc inc Corp Co Cos Ltd Assn Univ Dept dept Pty Cia plc Jr Sr Esq Ave Blvd Rd Pkwy
    U.S U.S.A U.K U.N E.U U.A.E D.C N.Y N.J N.H N.M N.C N.D S.C S.D W.Va R.I L.A P.E.I
    a.m p.m A.M P.M B.C A.D B.C.E C.E Ph.D M.D M.A M.B.A B.A B.S J.D D.D.S R.N
    C.E.O G.O.P F.B.I C.I.A N.F.L N.B.A S.A A.G N.V B.V S.p.A S.A.R.L L.P L.L.C P.C
    Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont Neb
    Nev Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo Ont Que Sask Alta Man
    Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec
    Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun ibid op cit Ret ret
    """.split()
)
"""Abbreviations that a name may follow as well as the next sentence."""

BEFORE_NUMBERS = frozenset(
    """
    No Nos no nos Art Arts art arts Sec Secs sec Fig Figs fig figs Ch ch Chap chap Vol Vols vol
    vols al P p Pp pp Para para paras Par par pars Ser Op op Rte Hwy Flt Ex
    Rs rs b d r ft in lb lbs oz yd yds mi km kg g m cm mm hr hrs mins
    """.split()
)
"""Words that are abbreviations only if a number follows."""

NAMES_WITH_MARKS = frozenset(
    """
    Yahoo! Yum! Jeopardy! Oklahoma! Oliver! Evita! Airplane! Dolly! Mia! Rouge! Panic! Wham! Hello!
    OK! E! Joomla! Ahoy! Which? Who? Guess?
    """.split()
)
"""Names, or their last words, that end with a mark which may end a sentence."""
