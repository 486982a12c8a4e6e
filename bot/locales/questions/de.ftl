# What the bot says in German: only about questions in that language.

only-in-english = Die Artikel sind auf Englisch, und ich verstehe nur Fragen auf Englisch. Bitte stell deine Frage auf Englisch.
button-nearest = Ähnlichste Textstellen zeigen
