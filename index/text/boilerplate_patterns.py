"""Patterns of boilerplate, with the words that it begins with.

The sentences of a story begin with the same words ("By Monday, the water …", "Follow the money,
she said."), so that nothing but names, roles and the like may follow, down to the end.
"""

import re
from collections.abc import Mapping

from index.text.lazy_pattern import lazy_pattern


def _any(*alternatives: str) -> str:
    return f"^(?:{'|'.join(alternatives)})$"


CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
NAME = rf"{CAPITAL}[\w.'’-]*"
_PARTICLE = r"(?:d[aeiou]|d[aeo]s|de[lrn]|l[ae]|v[oa]n|ter|ten|bin|al|el|y|e)"
PERSON = rf"{NAME}(?: {_PARTICLE}){{0,2}} {NAME}(?: (?:{_PARTICLE}|{NAME})){{0,3}}"

_GAP = r"[ ,;/|&·•()–—-]+"
_LINK = (
    r"(?:and|of|the|in|at|with|by|from|for|to|via|courtesy|writing|editing|reporting|additional"
    r"|edited|writers?|reporters?|correspondents?|editors?|staff|journalists?|photographers?|bureau"
    r"|und|für|aus|bei|et|à|y|de|des|del|di|da|do|du|la|le|los|las|der|die|van|von|agência|dpa)"
)
_WORD = rf"(?:{CAPITAL}[\w.'’]*|{_LINK}(?![\w'’])|\d[\w.:]*)"
CREDIT = rf"{_WORD}(?:{_GAP}{_WORD}){{0,40}}"
"""Names with their roles and employers: no verb, and no other word in lower case."""

ROLE = (
    r"(?i:correspondent|reporter|writer|editor|columnist|journalist|photographer|producer|intern"
    r"|contributor|staff|critic|korrespondent(?:in)?|redakteur(?:in)?)"
)
OUTLET = (
    r"(?i:press|post|times|news|gazette|journal|tribune|herald|chronicle|observer|guardian"
    r"|telegraph|reuters|bloomberg|bbc|cnn|npr|afp|dpa|efe|ansa|xinhua|star|mail|standard|courier)"
)
AGENCY = (
    r"(?:(?i:ap|afp|epa|efe|ansa|dpa|reuters|getty images|getty|bloomberg|shutterstock)|A\.P\."
    r"|(?:The )?Associated Press|Agence France[- ]Presse|Xinhua|TASS|PA(?: Wire| Media)?|Alamy"
    r"|iStock|Lusa|Europa Press|picture alliance|imago|Unsplash)"
)
PLATFORM = (
    r"(?i:x|twitter|facebook|instagram|threads|bluesky|mastodon|youtube|tiktok|linkedin|telegram"
    r"|whatsapp|snapchat|pinterest|reddit|flipboard|google news|apple news)"
)
PAGE = r"(?i:article|story|report|post|page|piece|column|series|live ?blog)"

AGENCY_CREDIT = lazy_pattern(_any(rf"{PERSON}(?: ?/ ?{AGENCY}){{1,3}}"))
"""The credit of a picture, which may be a sentence after its caption."""

BYLINE = lazy_pattern(
    _any(
        r"(?i:by|(?:written|edited|compiled|story|words|text|opinion|analysis) by|authors?[:,])"
        rf":? ?(?!(?:The|This|That|Our|All|A|An) ){PERSON}"
        rf"(?:{_GAP}(?:{_WORD}|[\w.+]{{1,60}}@[\w.]{{1,60}})){{0,20}}(?<!\w\w\.)",
        rf"(?:[Vv]on|[Pp]ar|[Pp]or|[Dd]i) (?!der )(?:{PERSON})(?:{_GAP}{_WORD}){{0,12}}(?<!\w\w\.)",
        rf"(?:Role,|Reporting from|Reporting in) (?:the )?{CREDIT}(?<!\.)",
        rf"(?i:special|exclusive) to (?:the |The )?{NAME}(?: {NAME}){{0,5}}(?<!\.)",
    )
)
CAPTION_WORDS = (
    "image images media video figure file handout photo photos photograph photographs "
    "photography picture pictures credit credits illustration illustrations graphic graphics "
    "lead cover header main foto fotos bild bilder imagen imagem crédit crédits"
)
CAPTION = lazy_pattern(
    _any(
        r"(?:Image|Media|Video|Figure) (?:source|caption|copyright),? ?\S.{0,250}",
        rf"(?:FILE(?: (?i:photo|image|picture))?|HANDOUT)(?: ?: | [-–—] ){CAPITAL}.{{0,290}}",
        r"(?i:(?:(?:lead|cover|header|main) )?(?:photo|image|picture)s?(?: (?:credit|source)s?)?"
        r"|credits?|photograph(?:y|s)?|illustrations?|graphics?|fotos?|bild|bilder|imagen|imagem"
        r"|crédits?(?: photo)?)(?: ?: ?| (?:by|von|par|de|di) | courtesy of )"
        rf"{CREDIT}\)?\.?",
    )
)
COPYRIGHT_WORDS = (
    "copyright c distributed all alle tous todos tutti this reprinted republished published"
)
COPYRIGHT = lazy_pattern(
    _any(
        r"(?:\(c\)|(?i:copyright)(?: ?©| ?\(c\))?) ?\d{4}[\d ,–-]{0,12}"
        rf"(?: ?{_WORD}(?:{_GAP}{_WORD}){{0,12}})?\.?",
        rf"(?i:copyright) ?(?:©|\(c\)) ?{CREDIT}\.?",
        rf"Distributed by {NAME}(?:,? {NAME}){{1,7}}",
        r"(?i:all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos"
        r" reservados|todos os direitos reservados|tutti i diritti riservati)[.!]?",
        r"This (?:material|content|article|story|copy) may not be (?:published|reproduced|broadcast"
        r"|rewritten|redistributed|reprinted|copied)\b.{0,140}",
        r"Re(?:printed|published) (?:here )?with permission(?: (?:of|from)\b.{2,60})?\.?",
    )
)
NOTICE_WORDS = (
    "correction corrections clarification clarifications editor's editors' editor’s editors’ "
    "note an a this the check dieser cet este esta questo"
)
NOTICE = lazy_pattern(
    _any(
        r"(?i:corrections?|clarifications?|editor['’]s note|editors['’] note|note to readers)"
        r"(?: \([^()]{3,40}\)| (?:on )?\w{3,9}\.? \d\d?(?:, \d{4})?)? ?[:–—-] ?"
        r"(?=.{0,200}\b(?i:article|story|version|headline|caption|column|post|commentary|newsletter)\b)"
        rf"{CAPITAL}.*",
        rf"An? (?:earlier|previous|prior|former) version of this (?:{PAGE}|headline|caption)\b.*",
        r"This (?:breaking |developing )?(?:news )?(?:article|story|post|page|live ?blog)"
        r" (?:was|has been|will be|is being) (?:(?:last|first|since) )?(?:updated|corrected)"
        r"(?:\.| (?:with|to (?:add|include|reflect|correct|clarify|note|show|remove|say|make|fix)"
        r"|on|at|as|throughout)\b.*)",
        r"This (?:article|story) was amended on .{4,20} (?:to (?:add|include|reflect|correct"
        r"|clarify|note|remove|say|make clear)|because|as)\b.*",
        r"This story has been (?:updated|corrected|revised|edited|clarified)\b.*",
        r"This is a (?:developing|breaking)(?: news)? story\b.*",
        r"A version of this (?:article|story) (?:appear|was|first|originally).*",
        r"This (?:article|story|post|piece|column) (?:(?:originally|first) appeared"
        r"|(?:was|is) (?:first|originally|previously) (?:published|posted|released)"
        r"|(?:was|is) (?:republished|produced) (?:by|in|from|with))\b.*",
        r"Check back (?:here |soon |later )?for (?:more |further )?(?:updates|details)\b.*",
        r"Dieser (?:Artikel|Text|Beitrag) wurde (?:\w+ )?(?:aktualisiert|korrigiert|geändert)\b.*",
        r"Cet article a été (?:mis à jour|modifié|corrigé|actualisé)\b.*",
        r"Est[ae] (?:artículo|noticia|nota) (?:ha sido|fue) (?:actualizad|corregid)[ao]\b.*",
        r"Est[ae] (?:artigo|notícia|matéria|reportagem) foi (?:atualizad|corrigid)[ao]\b.*",
        r"Questo articolo è stato (?:aggiornato|corretto|modificato)\b.*",
    )
)
CONTRIBUTORS_WORDS = (
    "contributing contributor contributors editing reporting additional writing "
    "with material information report reports files mit avec con com quelle source "
    "fuente fonte"
)
CONTRIBUTORS = lazy_pattern(
    _any(
        rf"\(?(?i:contributing|contributors?|additional reporting|reporting): ?{CREDIT}"
        r"\.?\)?\.?",
        r"\(?(?i:(?:additional )?(?:reporting|writing|editing)(?:,? (?:and |& )?(?:reporting"
        r"|writing|editing)){0,2}) by:? (?:the |The )?"
        rf"{PERSON}(?:{_GAP}{_WORD}){{0,40}}\.?\)?\.?",
        r"\(?[Ww]ith (?:additional )?(?:files|reporting|reports|contributions) (?:from|by) "
        rf"{CREDIT}\.?\)?\.?",
        rf"(?:Material|Information|Reports?|Files) from {CREDIT} (?:was|were) used in this"
        rf" {PAGE}\.?",
        r"\(?(?:Mit (?:Material|Informationen) (?:von|der)|[Aa]vec|[Cc]on información de|[Cc]om"
        r" informações(?: d[aeo]s?)?(?: agências?)?|(?:Quelle|Source|Fuente|Fonte):?)"
        rf" (?:{AGENCY}|Al Jazeera|(?:[Nn]ews )?[Aa]gencies)(?: and (?:news )?agencies)?"
        rf"(?:{_GAP}(?:{AGENCY}|und|et|y|e)){{0,4}}\.?\)?\.?",
    )
)
_AFTER_PLATFORM = (
    rf"(?:@\w+|{PLATFORM}|{_WORD}|our|us|more|updates|latest|breaking|live|news|stories|official"
    r"|or|on|channels?|pages?)"
)
PROMPT_WORDS = (
    "follow like find join connect subscribe sign log register donate already not support "
    "your please enter thank thanks click read see watch more to article story tags filed send "
    "listen the "
    "folgen suivez síguenos síganos siga seguici segui sigue abonnieren abonnez inscrivez "
    "suscríbete suscríbase assine iscriviti"
)
PROMPT = lazy_pattern(
    _any(
        rf"(?:(?:Follow|Like|Find|Join|Connect with) (?:us|me|him|her|them|@\w+)|Follow {CREDIT})"
        rf" (?:on|at|via):? (?:{PLATFORM}|@\w+)(?:[ ,:.&|/]+{_AFTER_PLATFORM}){{0,12}}[.!]?",
        rf"Follow @\w+(?:[ ,:.&|/]+{_AFTER_PLATFORM}){{0,8}}[.!]?",
        r"(?:Subscribe|Sign up|Sign in|Log in|Register|Donate)"
        r"(?: (?:now|today|here|free|for free))?[.!]?",
        r"(?:Already|Not) a (?:subscriber|member)(?: yet)?\?",
        r"Support (?:local|independent|our) journalism[.!]?",
        r"Your e-?mail address will not be published[.!]?",
        r"(?:Please )?[Ee]nter your e-?mail(?: address)?[.:]?",
        r"(?:Thank you|Thanks) for (?:reading|subscribing)[^.!?,]{0,40}[.!]?",
        r"Please (?:consider (?:subscribing|donating|supporting)|subscribe|sign in|log in)"
        r"[^,]{0,60}[.!]?",
        r"To (?:read|continue|keep|access)\b.{0,80}, (?:please )?"
        r"(?:subscribe|sign in|sign up|log in|register)\b[^,]{0,60}[.!]?",
        r"(?i:click here)(?: (?i:to|for) [^,]{2,120})?[.!]?",
        r"To (?:see|read|learn) more, visit [\w/-]{1,40}(?:\.[\w/-]{1,60}){1,6}\.?",
        r"Send (?:us )?your (?:story ideas|tips|comments|questions) to \S{1,60}@\S{1,60}",
        r"Listen to this (?:article|story)(?: [•·] .{1,40})?",
        r"(?:Read|See|Watch) (?:more|(?:the|our) (?:full|complete|original) (?:\w+ ){0,2}(?:story"
        r"|article|report|coverage|post|interview|list|text))(?: (?:at|on|in) [^,.]{2,40})?"
        r" here[.!]?",
        r"(?:Read|See) more (?:about|on|from|at) (?:the |The )?[^.,;:!?]{3,80}",
        r"(?:Read|See) more at [\w/-]{1,40}(?:\.[\w/-]{1,60}){1,6}\.?",
        rf"More (?:from|on|about) (?:the |The )?{NAME}(?:{_GAP}{_WORD}){{0,8}}(?<!\.)",
        r"Follow (?:our|(?:the )?\w{1,20}['’]s?) .{0,60}coverage\b.{0,60}(?: at|:) \S{3,120}",
        r"The (?:AP|Associated Press) is solely responsible for all content\.",
        r"(?:Tags|Filed under) ?:.{0,200}",
        r"(?:Article|Story) continues (?:below|after)(?: (?:this )?(?:advertisement|ad))?[.:]?",
        r"(?:Folgen Sie uns|Suivez[- ]nous|Síguenos|Síganos|Siga[- ]nos|Seguici|Segui-nos)"
        r" (?:auf|bei|sur|en|no|na|su|em)\b.{0,80}",
        r"(?:Abonnieren Sie|Abonnez-vous|Inscrivez-vous|Suscríbete|Suscríbase|Assine|Iscriviti)\b"
        r".{0,40}\b(?i:newsletter|boletín|infolettre|canal|kanal)\b.{0,60}",
    )
)
OFFER_WORDS = "subscribe sign register get download join become try receive"
OFFER = lazy_pattern(
    _any(
        r"\w(?=.{0,120}\b(?:newsletters?|your inbox|unlimited access|to continue reading"
        r"|our (?:\w+ ){0,3}(?:apps?|channel|podcast|community)"
        r"|app for (?:breaking|the latest|more|all))\b)(?!.{0,200}[“”\"])"
        r"(?!.{0,200}\b(?:said|says|told|wrote|asked|urged|warned|promised|was|were|had)\b)"
        r".{0,200}",
    )
)

CONTRIBUTED = lazy_pattern(
    rf"^(?:{CREDIT} (?:also )?contributed (?:to this {PAGE}|reporting(?: (?:from|in) {CREDIT})?)"
    rf"|(?:AP|Associated Press|Reuters|CNN) [\w ]{{0,20}}(?:writers?|journalists?|reporters?)"
    rf" {CREDIT} contributed)\.?$"
)
PICTURE_CREDIT = lazy_pattern(
    rf"^(?:{AGENCY}|(?:{PERSON}|{AGENCY}) ?/ ?(?:{NAME} ?/ ?){{0,2}}{AGENCY}(?: (?:via )?{AGENCY})?"
    rf"|© ?{CREDIT}|(?:[a-z]{{2,4}}/)?[a-z]{{2,4}} \({AGENCY}(?:, {AGENCY}){{0,4}}\))\.?$"
)
"""A line that is nothing but the credit of a picture."""

CREDIT_END = lazy_pattern(
    rf"(?:\((?:{AGENCY} )?(?i:photos?|foto|image|illustration|video)(?: by|:|/| courtesy)"
    rf"[^()]{{2,80}}\)"
    rf"|\({PERSON} ?/ ?{_WORD}(?:[ ,/&-]+{_WORD}){{0,6}}\)|\({PERSON}(?: via|,) {AGENCY}\)"
    rf"|[.!?”\"] (?:{AGENCY}/{PERSON}(?:/File Photo)?|{PERSON} ?/ ?{AGENCY})"
    rf"|[.!?”\"] (?i:photo|image|photograph|picture|foto|bild|credit)(?: by|:) {CREDIT})\.?$"
)
"""The credit at the end of a caption."""

COPYRIGHT_SIGN = lazy_pattern(r"^© ?(?:19|20)\d\d|^©.{2,60} (?:19|20)\d\d$")

READING_TIME = lazy_pattern(
    r"^(?:(?:reading time|lesezeit|temps de lecture|tiempo de lectura)\W{1,3})?\d{1,3}[ -]?"
    r"(?:min|mins|minutes?|minuten)(?:[ -]read|\.)?(?: [•·|] .{0,40})?$",
    re.IGNORECASE,
)

EMAIL = lazy_pattern(r"^[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,30}){1,4}$")

HEAD_CREDIT = lazy_pattern(
    rf"^(?:{PERSON}(?:, | [|/•·–—-] |/)(?:[\w-]+ ){{0,4}}{ROLE}"
    rf"|{PERSON} ?[|/] ?{NAME}(?: {NAME}){{0,4}}"
    rf"|{PERSON} (?:in {NAME}(?:,? (?:and )?{NAME}){{0,6}}|and agencies)"
    rf"|{CAPITAL}{{3,20}}(?: {CAPITAL}{{3,20}}){{0,3}}, [A-Z][a-z]{{2,8}}\.? \d\d?)$"
)
"""A line before the story: an author with a role or an employer, or a place with a date."""

EMPLOYER = lazy_pattern(rf"^(?:{NAME} ){{0,4}}(?:{ROLE}|{OUTLET})(?:,? {NAME}){{0,2}}$")
"""The line after a byline: the author's role or employer."""

TAIL_CREDIT = lazy_pattern(
    rf"^(?:{PERSON} (?:covers|reports on|writes about) [^.!?]{{3,60}} (?:for|at) {CREDIT}\."
    rf"|{PERSON} is an? (?:(?!former|retired)[\w-]+ ){{0,4}}{ROLE} (?:for|at|with|in|based in)"
    rf" {CREDIT}\."
    rf"|(?:E-?mail|Contact|Reach) (?:{PERSON}|(?:us|him|her|the (?:author|reporter|writer))) at"
    r" [\w.+-]{1,60}@[\w.-]{3,60}(?: or(?: at)? [\d() +-]{5,20})?\.?)$"
)
"""A line after the story that presents the author."""


def _by_first_word(words: Mapping[re.Pattern[str], str]) -> dict[str, list[re.Pattern[str]]]:
    """The patterns by each of the words, in lower case, that a text they match begins with."""
    patterns: dict[str, list[re.Pattern[str]]] = {}
    for pattern, first_words in words.items():
        for word in first_words.split():
            patterns.setdefault(word, []).append(pattern)
    return patterns


LINE_PATTERNS = _by_first_word({CAPTION: CAPTION_WORDS, NOTICE: NOTICE_WORDS})
"""For paragraphs that consist of nothing else, or begin with a notice about the article."""

SENTENCE_PATTERNS = _by_first_word(
    {
        COPYRIGHT: COPYRIGHT_WORDS,
        NOTICE: NOTICE_WORDS,
        CONTRIBUTORS: CONTRIBUTORS_WORDS,
        PROMPT: PROMPT_WORDS,
        OFFER: OFFER_WORDS,
    }
)
"""For sentences, wherever they stand."""
