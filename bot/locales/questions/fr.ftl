# What the bot says in French: only about questions in that language.

only-in-english = Les articles sont en anglais, et je ne comprends que les questions en anglais. Reposez votre question en anglais, s'il vous plaît.
button-nearest = Afficher les passages les plus proches
