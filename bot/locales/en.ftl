# What the bot says in English. A text's variables are explained where it is used: look for its name.

## Answers

hint = Ask me about the articles in the library, in a sentence of your own: for example “how many troops?”.
library-empty = The library is empty: there is nothing to search yet.
not-found = I couldn't find that in the { $count ->
        [one] one article
       *[other] { $count } articles
    } that I searched.
not-found-anywhere = There are no such articles to search.
searched = Searched { $count ->
        [one] one article
       *[other] { $count } articles
    }
searched-publisher = by { $publisher }
searched-since = since { $day }
searched-article = only this article
asked-in-thread = { $question }
    Answered in the thread.
nearest-heading = **The nearest passages.** They may not answer the question.
further-heading = Further passages. They may not answer the question.
place = paragraph { $paragraph }, sentence { $sentence }
also-in = also in { $count ->
        [one] another
       *[other] { $count } others
    }: { $names }
page-of = Page { $page } of { $pages }

## Looking words up

found-words = { $count ->
        [one] One sentence holds
       *[other] { $count } sentences hold
    } { $words }
found-no-words = No sentence holds { $words }. Here I look for the words as they are written; to ask what they mean, use { $ask }.
no-words = Type words, or an "exact phrase" in quotation marks.

## Buttons

button-context = Context
button-nearest = Show the nearest passages
button-more = More
button-previous = Previous
button-next = Next
button-helpful = Helpful
button-not-helpful = Not helpful
button-private = Ask in private
voted-helpful = Thank you: noted as helpful. You can change your mind at any time.
voted-not-helpful = Thank you: noted as not helpful. You can change your mind at any time.
not-your-pages = Only the person who asked can turn these pages. “{ button-private }” gives you an answer of your own.
forgotten = I don’t remember that answer any more. Please ask again.
private-title = Ask in private
private-label = Your question
private-hint = Only you see the answer.

## Articles

open-page = Open the page
articles-none = There are no articles yet.
articles-total = { $count ->
        [one] one article
       *[other] { $count } articles
    }
article-unknown = There is no article “{ $title }”. { $list } shows them all.
article-gone = That article is no longer in the library.
article-corrected = That article has been corrected since, and no longer says this.
since-corrected = Since corrected, on { $day } UTC. This is what the article said before.

## The server

status-heading = The library
status-articles = Articles
status-newest = Newest
status-waiting = Waiting to be added
status-waiting-failed = { $waiting }; { $failed } set aside (/articles failed)
status-model = Model
status-generation = Index generation
status-questions = Questions today
status-median = Median answer time
status-helpful = Found helpful
status-unseen = What I can’t see
unseen-messages = messages that don’t mention me: the “Message Content Intent” is off
nothing = –

help =
    { "" }**I answer questions about the articles in the library, in the articles’ own words.**

    - Mention me, reply to me or write to me directly, and ask: “how many troops?”
    - { $ask } does the same; with `private:` only you see the answer, and `article:`, `publisher:` and `since:` say where to look.
    - Go on from an answer by replying to it: “and when do they arrive?”
    - { $find } looks words or an "exact phrase" up as they are written.
    - Every answer is a quote. Under it stands where it comes from; “{ button-context }” shows what is around it.
    - If I can’t find something, I say so rather than guess.

    { $list } shows what I have read, { $show } an article, { $status } how much it is.

    If you keep the articles here: { $add } takes a link, a file or, in a form, a text; { $remove } and { $export } do what they say, and { $settings } tells how I behave.

    { $feeds } lets a feed's articles come by themselves; { $feeds_list } tells how that goes, { $feeds_check } looks at once, { $feeds_announce } says where new ones are announced, { $feeds_remove } ends it. What could not be added stands in { $failed }.

## When something is wrong

error-rebuilding = The library is being rebuilt, and I need to be restarted after that.
error-library = I can’t read the library at the moment.
error-lookup = I can’t look that up at the moment.
error-other = Something went wrong on my side.
error-reference = { $sentence } Please try again later; my operator finds this under { $reference }.
slow-down = You have asked a lot in a short time. Please try again in { $seconds } s.
since-unreadable = I can’t read “{ $since }” as a day. Write it like 2025-10-09, “9 October 2025”, “7d” or “last week”.
date-ahead = “{ $date }” lies ahead.
missing-permission = I can’t answer in { $channel }: I lack the permission “{ $permission }” there.

## Keeping the library

only-in-servers = That works in a server only: here is no collection of its own.
not-an-editor = Only people who may “Manage Server”{ $role ->
        [0] {""}
       *[other] , or have the role { $mention },
    } can change this server's articles.
not-a-manager = Only people who may “Manage Server” can change these settings.
not-the-operator = Only the bot's operator can do that.
added-one = Added “{ $title }”: { $count ->
        [one] one sentence
       *[other] { $count } sentences
    }.
updated-one = Updated “{ $title }”: { $count ->
        [one] one sentence
       *[other] { $count } sentences
    } now.
unchanged-one = “{ $title }” is in the library already, word for word.
added-many = { $added } added, { $updated } updated, { $unchanged } unchanged ({ $count } sentences).
added-waiting = { $count ->
        [one] One article waits
       *[other] { $count } articles wait
    } to be added; that goes on by itself.
added-later = Not reached yet, and tried again by itself for a day: { $reason }
refused = Refused: { $reason }
refused-more = … and { $count } more.
nothing-to-add = There is nothing to add in this message: no file, no link and no text.
too-large = { $name } is too large: files of up to { $limit } MiB are taken.
paste-title = Add an article
paste-field-title = Title
paste-field-publisher = Publisher
paste-field-published = Date
paste-field-published-hint = For example 2025-10-09
paste-field-url = Link
paste-field-text = Text
paste-again = Open the form again
draft-gone = What you typed is not kept any more. Please begin anew: { $add }.
date-unreadable = I can’t read “{ $date }” as a day. Write it like 2025-10-09 or “9 October 2025”.
remove-question = Remove “{ $title }” from this server's articles? That can’t be undone.
remove-shared = “{ $title }” is in the shared collection, which only the operator changes.
button-remove = Remove
button-keep = Keep
removed = Removed “{ $title }”.
kept = Nothing was removed.
export-empty = This server has no articles of its own yet.
export-done = This server's { $count ->
        [one] one article
       *[other] { $count } articles
    }, an article a line.
export-too-large = This server's articles are too many for one file on Discord ({ $size } MiB). The operator can export them: python -m index export --collection { $collection }
articles-none-such = There are no such articles.

## What arrives by itself

feed-followed = Following “{ $title }” ({ $url }). { $count ->
        [0] There is nothing new in it.
        [one] One article of it is being added.
       *[other] { $count } articles of it are being added.
    }
feed-announced = They, and new ones, are announced in { $channel }.
feed-now-announced = New articles of “{ $title }” are announced in { $channel }.
feed-not-announced = New articles of “{ $title }” are not announced anywhere.
feed-unclear = More than one feed could be meant by “{ $title }”; choose one of those that appear as you type, or see { $list }.
feed-shared = for every server
feed-mute = { $channel }, where I can’t write
feed-removed = “{ $title }” is no longer followed. Its articles stay.
feed-unknown = This server follows no feed “{ $title }”. { $list } shows them all.
feeds-none = This server follows no feeds yet.
feeds-too-many = This server follows { $count } feeds, which is as many as it may. { $remove } ends one.
feeds-total = { $count ->
        [one] one feed
       *[other] { $count } feeds
    }
feed-read = read { $when }
feed-unread = not read yet
feed-failing = failing since { $since }: { $reason }
feed-checked = “{ $title }”: { $count ->
        [0] nothing new.
        [one] one new or edited article is on its way.
       *[other] { $count } new or edited articles are on their way.
    }
feed-check-failed = “{ $title }” cannot be read: { $reason }
feeds-checked-more = … and { $count } more, with { $entries } new or edited articles.
feed-fails = The feed “{ $title }” ({ $url }), which you added in { $server }, has not been readable since { $day } UTC: { $reason }
    I keep trying. { $remove } ends it.
announced-more = … and { $count } more
channel-not-yours = You can’t write in { $channel } yourself, so I don’t announce anything there for you. Nothing was changed.
failed-none = Nothing is set aside: everything that arrived was added, or is being tried.
failed-total = { $count ->
        [one] **One article could not be added.**
       *[other] **{ $count } articles could not be added.**
    }
failed-forgotten = { $count ->
        [one] One is
       *[other] { $count } are
    } forgotten.
failed-retried = { $count ->
        [one] One is
       *[other] { $count } are
    } being tried again.
button-retry = Try again
button-retry-all = Try all again
button-forget = Forget all

## Settings

settings-heading = Settings of this server
settings-threads = Threads
settings-threads-on = each question is answered in a thread of its own
settings-threads-off = questions are answered where they are asked
settings-channels = Ask channels
settings-channels-none = none: I answer where I am mentioned
settings-editors = Who changes the articles
settings-editors-managers = who may “Manage Server”
settings-editors-role = who may “Manage Server”, and { $role }
settings-cooldown = Questions a person may ask
settings-cooldown-none = as many as they like
settings-cooldown-some = { $questions } in { $seconds } s
settings-hint = “Add to the library” in a message's menu is shown to managers only; show it to others under Server Settings, Integrations.
settings-saved = Saved.
threads-no-permission = Saved, but I lack the permission “{ $permission }” in some channels: there I answer where I am asked.
channel-no-permission = I can’t write in { $channel }: I lack the permission “{ $permission }” there. Nothing was changed.
channel-unseen = Saved, but I can’t see messages that don’t mention me: the operator has to switch the “Message Content Intent” on.
delete-title = Delete everything
delete-label = Type the server's name to confirm
delete-hint = { $name }
delete-explained = This deletes all articles that this server added, its feeds and settings, and all that was asked in it, at once and for good.
delete-mistyped = That is not the server's name: nothing was deleted.
deleted = Deleted: { $count ->
        [one] one article
       *[other] { $count } articles
    }, the feeds, the settings, and what was asked here.

## For the operator

status-last-added = Last added
status-memory = Memory in use
status-version = Version
feedback-empty = Nothing was asked that I did not find, and no answer was voted down.
feedback-done = { $count ->
        [one] One question
       *[other] { $count } questions
    } that I did not find or that did not help, the latest first.

## Commands: what Discord shows before they are used

ask-description = Ask a question; the articles answer in their own words.
ask-question = What do you want to know?
ask-article = Look in one article only; choose one of those that appear as you type.
ask-publisher = Look only in what this one published.
ask-since = Look only in what is newer: a day, or “7d”, “last week”.
ask-private = Only you see the answer.
find-description = Look words or an "exact phrase" up as they are written, the newest first.
find-words = Words that a sentence must hold; "exact phrases" in quotation marks.
articles-description = The library's articles.
articles-list-description = List the articles, the newest first.
articles-show-description = Read an article.
articles-show-article = Its title; choose one of those that appear as you type.
help-description = What this bot does, and how to ask.
status-description = How much the library holds.
articles-list-publisher = Only what this one published.
articles-list-since = Only what is newer: a day, or “7d”, “last week”.
articles-add-description = Add articles to this server's collection: a link, a file, or a form to paste one into.
articles-add-url = The address of an article's page.
articles-add-file = A .txt, .md, .html or .jsonl file of up to 8 MiB.
articles-add-paste = Open the form even with a file.
articles-remove-description = Remove an article from this server's collection.
articles-remove-article = Its title; choose one of those that appear as you type.
articles-export-description = Take this server's articles along, as a .jsonl file.
articles-failed-description = What could not be added, and why; to be tried again.
feeds-description = The feeds whose articles are added by themselves.
feeds-add-description = Follow a feed: its articles are added to this server's collection by themselves.
feeds-add-url = The address of a feed (RSS or Atom), or of a page that names one.
feeds-add-channel = Where new articles are announced, a quiet line each.
feeds-announce-description = Announce a feed's new articles in a channel, or nowhere any more.
feeds-announce-feed = Its title; choose one of those that appear as you type.
feeds-announce-channel = The channel; leave it out to announce them nowhere.
feeds-list-description = The feeds that this server follows, and how that goes.
feeds-remove-description = Follow a feed no longer; its articles stay.
feeds-remove-feed = Its title; choose one of those that appear as you type.
feeds-check-description = Look for new articles now.
feeds-check-feed = Only in this feed; choose one of those that appear as you type.
settings-description = How I behave in this server.
settings-show-description = Show this server's settings.
settings-threads-description = Answer each question in a thread of its own.
settings-threads-on-option = Whether to.
settings-channel-description = Answer every question in a channel, without a mention.
settings-channel-channel = The channel.
settings-channel-on = Whether to.
settings-editors-description = Let a role add and remove articles.
settings-editors-option = The role; leave it out to let managers only.
settings-cooldown-description = How much each person may ask in a short time.
settings-cooldown-questions = So many questions…
settings-cooldown-seconds = … in so many seconds; 0: as many as they like.
settings-delete-description = Delete this server's articles, feeds, settings and questions, at once.
feedback-description = What people asked, for the operator.
feedback-export-description = What was not found or did not help, as a table.
