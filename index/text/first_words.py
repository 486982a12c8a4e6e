"""Words that begin the next sentence if they are capitalized after an abbreviation."""

import re

FUNCTION_WORDS = frozenset(
    """
    a about above according accordingly across actually additionally after afterward afterwards
    again against ago all allegedly along already also although always am amid among an and
    another any anybody anyone anything apparently are aren't around as at based basically be
    because been before behind being below beneath beside besides between beyond both but by
    can can't certainly clearly consequently contact conversely could couldn't currently
    despite did didn't do does doesn't don't dozens during each earlier eight either eleven
    elsewhere enough essentially even eventually every everybody everyone everything except
    excluding few finally five follow following for fortunately four from furthermore generally
    given had hadn't half has hasn't have haven't having he he's hence her here hers his how
    however hundreds i i'd i'll i'm i've if in including indeed initially inside instead into
    is isn't it it's its just later least less let like likewise many may maybe meanwhile might
    millions more moreover most much must my near neither never nevertheless nine no nobody
    none nonetheless nor not nothing now nowhere obviously of off often on once one only onto
    or originally other others otherwise our ours out outside over overall per perhaps please
    presumably quite rather read recently regarding related reportedly reporting seven several
    shall she she's should similarly since six so some somebody someone something sometimes
    soon speaking specifically still such surely ten thanks that that's the their theirs then
    there there's therefore these they they're they've this those though thousands three
    through throughout thus till to today together tomorrow tonight too toward towards twelve
    two ultimately under underneath unfortunately unless unlike until up upon usually very via
    was wasn't we we're we've were weren't what whatever when whenever where whereas wherever
    whether which while who whoever whose why will with within without won't would wouldn't yes
    yesterday yet you you're your yours
    """.split()
)
"""Words that do so whatever follows: pronouns, prepositions, conjunctions, auxiliaries, adverbs,
and the first words of prompts and credits."""

SUBJECTS = frozenset(
    """
    aid business businessmen children clergy congressmen data demand evidence fighting fire
    firemen fishermen food gold growth inflation media men oil people police power rain revenue
    smoke snow staff trade traffic turnout unemployment unrest violence water women
    """.split()
)
"""Nouns that do so if the word after them is not capitalized, besides plurals."""

PROPER_PLURALS = frozenset(
    """
    airlines airways attorneys communications customs embassies forces holdings industries
    marines marshals motors partners pictures rangers records senators stores studios systems
    technologies treasuries
    """.split()
)
"""Plurals that are parts of names: "U.S. Marines", "Acme Inc. Holdings"."""

PLURAL = re.compile(r"[^'isu]s$")
"""The end of a plural, but not that of "Louis", "Congress", "Columbus" or "John's"."""
