"""Labels that stand on their own lines around a story, in lower case and by language.

A line is compared without a number of comments and the marks at its ends.
"""


def _phrases(text: str) -> frozenset[str]:
    return frozenset(phrase.strip() for phrase in text.split(","))


HEADLINE_LABELS = _phrases(
    """
    also read, don't miss, in case you missed it, more coverage, more news, more on this,
    more on this story, read also, read more, read next, read on, read this, read this next,
    related, related article, related articles, related content, related coverage, related links,
    related news, related reading, related stories, related story, related topics, related video,
    related videos, see also, see more, top stories, up next, you may also like,
    you might also like, auch interessant, das könnte sie auch interessieren, lesen sie auch,
    lesen sie mehr, mehr zum thema, a lire aussi, lire aussi, lire la suite, sur le même sujet,
    à lire, à lire aussi, le puede interesar, lea además, lea más, lea también, lee también,
    más información, te puede interesar, leia mais, leia também, mais informações, veja também,
    leggi anche, potrebbe interessarti, ti potrebbe interessare
    """
)
"""Labels of other stories, alone or before a headline."""

MEDIA_LABELS = _phrases(
    """
    analysis, explainer, gallery, listen, more, opinion, photos, read, video, watch, watch live
    """
)
"""Labels of other stories that are ordinary words: they count only before a headline."""

STAMP_LABELS = _phrases(
    """
    first published, last modified, last updated, modified, originally published,
    posted, published, updated, aktualisiert, stand, veröffentlicht,
    zuletzt aktualisiert, mis à jour, publié, publié le, actualizado, publicado, atualizado,
    aggiornato, pubblicato
    """
)
"""Labels before the time of publication."""

SECTION_LABELS = _phrases(
    """
    editor's choice, editor's picks, editors' picks, from staff reports, more, more from us,
    our standards: the thomson reuters trust principles, more stories, more to explore,
    most popular, most read, most viewed, recommended, recommended for you, recommended reading,
    staff and agencies, staff report, staff reports, trending, trending now,
    you may also be interested in
    """
)
"""Labels around the story that stand before no headline."""

BUTTON_LABELS = _phrases(
    """
    add a comment, back to home, back to homepage, back to the top, back to top, comment,
    comments, copy link, email, e-mail, email this, hide comments, join the conversation,
    join the discussion, leave a comment, leave a reply, link copied, no comments,
    no comments yet, post a comment, print, read comments, read the comments, save,
    save for later, see comments, share, share on email, share on facebook, share on linkedin,
    share on twitter, share on whatsapp, share on x, share this, share via email, show comments,
    give this article, skip to content, skip to main content, enlarge this image, hide caption,
    toggle caption, tweet, tweet this, this browser does not support the video element,
    view image in fullscreen, your browser does not support the audio element,
    your browser does not support the video tag, view all comments, view comments,
    artikel drucken, artikel teilen, drucken, kommentare, teilen, commentaires, imprimer,
    partager, partager cet article, partager l'article, comentarios, compartir,
    compartir en facebook, imprimir, comentários, compartilhar, compartilhe, partilhar, commenti,
    condividi, stampa
    """
) | frozenset(
    f"{verb} {page}"
    for page in ("article", "story", "page", "post")
    for verb in (
        *("share this", "share", "print this", "print", "email this", "save this", "save"),
        *("listen to this", "gift this", "comment on this", "more on this"),
    )
)

ADVERTISEMENT_LABELS = _phrases(
    """
    ad, ads, advertisement, advertisements, advertisement - scroll to continue reading,
    article continues after advertisement, article continues after this advertisement,
    article continues below, article continues below advertisement,
    article continues below this ad, continue reading, continue reading the main story,
    continues below advertisement, end of advertisement, paid content, paid post, partner content,
    promoted, promoted content, scroll down for video, scroll to continue, skip advertisement,
    sponsored, sponsored content, sponsored post, story continues after advertisement,
    story continues below, story continues below advertisement, story continues below this ad,
    anzeige, werbung, publicité, article réservé aux abonnés, publicidad,
    artículo solo para suscriptores, suscríbete para seguir leyendo, publicidade, pubblicità
    """
)

LINE_LABELS = HEADLINE_LABELS | STAMP_LABELS | SECTION_LABELS | BUTTON_LABELS | ADVERTISEMENT_LABELS
"""The labels that count alone on a line."""

BUTTONS = frozenset(
    "share facebook twitter x linkedin whatsapp telegram instagram pinterest reddit bluesky threads"
    " email e-mail mail print link copy tweet save sms messenger flipboard".split()
)
"""Words of a line of buttons."""

STAMP_WORDS = frozenset(
    """
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    monday tuesday wednesday thursday friday saturday sunday
    mon tue tues wed thu thur thurs fri sat sun today yesterday
    am pm a p m noon midnight at on and ago of hour hours hr hrs minute minutes min mins day days
    est edt et cst cdt ct mst mdt mt pst pdt pt akst akdt hst gmt bst utc cet cest ist jst sgt hkt
    aest aedt eat wat sast t z st nd rd th local time
    januar februar märz mai juni juli oktober dezember
    montag dienstag mittwoch donnerstag freitag samstag sonntag uhr um am den vom vor stunden
    minuten
    janvier février mars avril juin juillet août septembre octobre novembre décembre
    lundi mardi mercredi jeudi vendredi samedi dimanche le à h et il y heures
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    lunes martes miércoles jueves viernes sábado domingo de del a las el hace horas minutos hs
    janeiro fevereiro março maio junho julho setembro outubro novembro dezembro
    segunda terça quarta quinta sexta feira às em
    gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre
    lunedì martedì mercoledì giovedì venerdì sabato domenica alle ore il
    """.split()
) | frozenset(word for label in STAMP_LABELS for word in label.split())
"""The words of dates and times."""
