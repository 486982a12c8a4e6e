# The bot's messages in English. To see what a message's variables stand for, search the code for its key.

## Answers

library-empty = The library is empty, so there is nothing to search yet.
not-found = I couldn't find that in the { $count ->
        [one] one article
       *[other] { $count } articles
    } that I searched.
only-in-english = The articles are in English, and I only understand questions in English. Please ask in English.
part-not-found = I couldn't find that.
not-found-anywhere = No articles match these filters.
searched = Searched { $count ->
        [one] one article
       *[other] { $count } articles
    }
searched-publisher = by { $publisher }
searched-since = since { $day }
searched-until = until { $day }
searched-article = filtered by article
days-since = since { $day }
days-until = until { $day }
days-on = on { $day }
days-from-to = from { $first } to { $last }
period-narrows = only articles { $days } (“{ $words }”)
period-prefers = { $days } first (“{ $words }”)
period-widened = No article { $days } (“{ $words }”) answers this, so I searched all dates.
corrected = Searched for { $words }.
corrected-word = { $searched } instead of { $typed }
asked-in-thread = { $question }
    Answered in the thread below.
answer-line = Answer: { $answer }
weak-answer = This may be it: { $answer }
weak-heading = This may be it.
sources-differ = **Sources differ:**
differs-over-time = **Reported over time, newest first:**
sources-more = { $sources }; and { $count ->
        [one] one more
       *[other] { $count } more
    }
nearest-heading = **The nearest passages.** They may not answer the question.
further-heading = Further passages. They may not answer the question.
further-none = There are no further passages.
place = paragraph { $paragraph }, sentence { $sentence }
place-sentences = paragraph { $paragraph }, sentences { $sentence }–{ $last }
place-over-break = { $first } – { $last }
same-article = same article as { $number }
also-in = also in { $names }
also-in-more = also in { $names } and { $count ->
        [one] one more
       *[other] { $count } more
    }
page-of = Page { $page } of { $pages }

## Phrase search

found-words = { $count ->
        [one] One sentence contains
       *[other] { $count } sentences contain
    } { $words }
found-no-words = No sentence contains { $words }. This command searches for the exact words; to ask a question, use { $ask }.
no-words = Enter some words, or an "exact phrase" in quotation marks.

## Timelines

timeline-no-words = Type what the timeline should be about: a question, such as “how many died?”, or a topic, such as “the flood”.
timeline-not-yours = Only the person who asked can turn these pages. Use { $timeline } to get your own timeline.
timeline-undated = Undated
timeline-entries = { $count ->
        [one] I found one article that says something about this
       *[other] { $count } articles, oldest first
    }
timeline-omitted = { $count ->
        [one] one less certain article is left out
       *[other] { $count } less certain articles are left out
    }
timeline-picture = The figures by date. { $points }.
timeline-point = { $day }, { $publisher }: { $figure }

## Buttons

button-context = Context
button-nearest = Show the nearest passages
button-as-typed = Search as typed
button-read = Read
button-more = More
button-previous = Previous
button-next = Next
button-helpful = Helpful
button-not-helpful = Not helpful
button-private = Ask in private
button-all-dates = Search all dates
button-ignore-dates = Ignore the dates
voted-helpful = Thanks for the feedback! Marked as helpful; you can change your vote at any time.
voted-not-helpful = Thanks for the feedback! Marked as not helpful; you can change your vote at any time.
forgotten = That answer is no longer stored. Please ask again.
private-title = Ask in private
private-label = Your question
private-hint = Only you will see the answer.

## Articles

open-page = Open the page
articles-none = There are no articles yet.
articles-total = { $count ->
        [one] one article
       *[other] { $count } articles
    }
article-unknown = There is no article called “{ $title }”. { $list } lists them all.
article-unclear = More than one article matches “{ $title }”. Choose one of the suggestions, or type more of the title:
    { $names }
publisher-unknown = No article here is by a publisher called “{ $name }”. { $list } shows the publishers.
publisher-unclear = More than one publisher matches “{ $name }”. Choose one of the suggestions, or type more of the name:
    { $names }
open-article = Open an article
read-changed = This article has been changed since you opened it. This is the page as it is now.
article-gone = That article is no longer in the library.
article-corrected = That article has been corrected and no longer says this.
article-damaged = That article is damaged on the operator's disk, so I don't quote it. Adding it again repairs it.
since-corrected = Corrected on { $day } UTC. This is the earlier version.

## Overviews

overview-key-sentences = Key sentences: the closest in meaning to the rest of the article
overview-people = **People:** { $names }
overview-places = **Places:** { $names }
overview-figures = **Figures:** { $names }
overview-empty = This article has no sentences that I can quote.
overview-menu = Show the overview of an article
button-overview = Overview
articles-overview-description = Show an article's opening, key sentences, people, places and figures.

## The server

status-heading = The library
status-articles = Articles
status-newest = Newest
status-waiting = Waiting to be added
status-waiting-failed = { $waiting } ({ $failed } failed: see /manage articles failed)
status-model = Embedding model
status-generation = Index generation
status-questions = Questions in the last 24 hours
status-median = Median response time
status-helpful = Rated helpful
status-held = Kept without their files
status-held-articles = { $count ->
    [one] 1 article
   *[other] { $count } articles
  }. Most files of the articles folder are missing; perhaps a drive is not mounted. To remove the articles, run: python -m index watch --accept-removals
status-unseen = Messages I can't read
unseen-messages = any that don't mention me, because the “Message Content Intent” is off
nothing = –

## Welcome and help

welcome-greeting = Hello!
welcome-farewell = Goodbye!
welcome-thanks = You're welcome!
welcome-opinion = Thanks for the feedback.
welcome-about = **I answer questions about news articles, in the articles' own words.**
welcome-how = Mention me, send me a direct message or use { $ask }. To follow up, reply to my answer. { $help } shows what else I can do.
welcome-how-here = Type a question in this channel, or use { $ask }. To follow up, reply to my answer. { $help } shows what else I can do.
welcome-examples = For example, ask:
welcome-library = The library has { $count ->
        [one] one article
       *[other] { $count } articles
    }; the newest: { $newest }
welcome-empty = The library has no articles yet. Editors add them with { $add }.
help =
    { "" }**I answer questions about news articles, in the articles' own words.** There are three ways to ask:

    1. **Mention me**, reply to me or send me a direct message: “how many troops?”
    2. Use { $ask }, which can also hide the answer from others and filter the articles.
    3. To find exact words, use { $find }. To get an answer to the question in a message, choose “Apps” and “Ask the library about this” in its menu.
help-title = Three ways to ask
help-more = More help…
help-section-gone = That section no longer exists. { $help } shows those that do.
help-asking-title = Asking better
help-asking =
    ### Asking better
    - To follow up on an answer, reply to it: “and when do they arrive?”
    - To have somebody's question answered, reply to it and mention me.
    - Ask several questions at once, or say “tell me about the flood” or “list the countries involved”.
    - In { $ask }, `article:`, `publisher:`, `since:` and `until:` filter the articles.
    - { $find } finds words or an "exact phrase" as they are written.
    - Every answer is a quote with its source below; “{ button-context }” shows the text around it.
    - Where papers give different figures, I say “Sources differ” and list them.
    - If I can't find an answer, I say so instead of guessing.
help-reading-title = Reading articles
help-reading =
    ### Reading articles
    - { $articles-list } lists the articles; the menu below it opens one.
    - { $articles-show } opens one.
    - { $articles-overview } sums one up in its own sentences. So does “summarize the flood”, or “summarize this” as a reply to an answer.
    - { $status } shows how many articles there are and how I am doing.
help-adding-title = For editors: articles
help-adding =
    ### For editors: articles
    - { $manage-articles-add } adds articles from a link, a file or a form. In a message's menu, “Add to the library” adds the message's files, the pages that it links to, or its text.
    - { $manage-articles-edit } corrects an article, and { $manage-articles-remove } removes one.
    - { $manage-articles-undo } restores the article that was removed last, and { $manage-articles-history } shows what editors changed.
    - { $manage-articles-failed } lists articles that could not be added.
    - { $manage-articles-export } downloads all of this server's articles.
help-feeds-title = For editors: feeds
help-feeds =
    ### For editors: feeds
    Feeds add new articles automatically.
    - { $manage-feeds-add } follows a feed, and { $manage-feeds-remove } unfollows it.
    - { $feeds-list } shows the feeds and their state.
    - { $manage-feeds-announce } sets the channel where a feed's new articles are announced; older ones are added quietly.
    - { $manage-feeds-check } checks for new articles now.
    - { $manage-feeds-import } follows all feeds of a list, and { $manage-feeds-export } gives you this server's.
help-following-title = Following the news
help-following =
    ### Following the news
    - { $watch-add } tells you when a later article answers a question differently: “how many troops?” was 200 and is now 340. { $watch-list } shows your watched questions; { $watch-pause }, { $watch-resume } and { $watch-remove } change them.
    - { $digest } shows new articles by story, and what has changed. { $settings-digest } posts it every day or week.
    - { $timeline } shows what the articles say about something over time, such as “death toll”, with a picture of the figures.
help-settings-title = Settings of this server
help-settings =
    ### Settings of this server
    - { $settings-show } shows all settings. Changing them needs the permission “Manage Server”.
    - { $settings-ask-channel } chooses a channel or forum where I answer questions without being mentioned.
    - { $settings-threads } puts every question into a thread of its own.
    - { $settings-editors } chooses the role that may change articles and feeds.
    - { $settings-cooldown } limits how many questions a person can ask.
    - { $settings-digest } posts a digest in a channel, every day or week.
    - { $settings-delete-everything } deletes everything that I store about this server.
help-privacy-title = Who sees what
help-privacy =
    ### Who sees what
    - Answers are public. To keep one to yourself, use { $ask } with `private:`, “{ button-private }” below an answer, or a direct message to me.
    - What this server adds can only be read in this server.
    - I keep questions and votes for 180 days, so that buttons and follow-up questions work. My operator can see which questions had no answer or an unhelpful one.

## Digests

digest-heading = New since { $since }
digest-stories = { $count ->
        [one] one story
       *[other] { $count } stories
    }
digest-changes = Figures and quotations that have changed
digest-before = before: { $former } · { $source }
digest-nothing = Nothing has been added or corrected since { $since }.
digest-schedule = { $frequency } at { $at } ({ $zone }) in { $channel }
digest-scheduled = The digest is posted { $schedule }, for the first time { $first }. When nothing is new, nothing is posted.
digest-canceled = The digest is no longer posted.
digest-none-scheduled = This server has no digest.
digest-time-unreadable = I don't understand the time “{ $at }”. Write it like 08:00 or 18:30.
digest-zone-unknown = I don't know the time zone “{ $zone }”. Choose one of the suggestions, such as Europe/Madrid.
digest-channel-missing = Choose the channel with `channel:`.

## Errors

error-rebuilding = The library has been rebuilt with another model, so I need to be restarted.
error-library = I can't read the library right now.
error-lookup = I can't answer that right now.
error-other = Something went wrong on my side.
error-discord = Discord has not accepted my answer. Please try again in a few minutes.
error-reference = { $sentence } Please try again later. My operator can find the details in the log under { $reference }.
busy = I'm busy: too many questions are waiting. Please try again in a moment.
slow-down = You have asked too many questions in a short time. Please try again in { $seconds } s.
since-unreadable = I don't understand the date “{ $since }”. Write it like 2025-10-09, “9 October 2025”, “7d” or “last week”.
until-before-since = `until:` ({ $until }) is before `since:` ({ $since }), so no article can match.
date-ahead = “{ $date }” is in the future.
cannot-write = I can't answer in { $channel } because Discord doesn't let me write there.
role-mention-unreadable = I can't read messages that mention my role. Please mention me by my own name instead.
missing-permission = I can't answer in { $channel } because I don't have the permission “{ $permission }” there.

## Editing the library

only-in-servers = That only works in a server, because direct messages have no collection of their own.
not-an-editor = Only members with the permission “Manage Server”{ $role ->
        [0] {""}
       *[other] { "" } or the role { $mention }
    } can change this server's articles.
not-a-manager = Only members with the permission “Manage Server” can change these settings.
not-the-operator = Only the bot's operator can do that.
added-one = Added “{ $title }”: { $count ->
        [one] one sentence
       *[other] { $count } sentences
    }.
updated-one = Updated “{ $title }”: now { $count ->
        [one] one sentence
       *[other] { $count } sentences
    }.
unchanged-one = “{ $title }” is already in the library, word for word.
added-many = { $added } added, { $updated } updated, { $unchanged } unchanged ({ $count } sentences).
added-waiting = { $count ->
        [one] One article waits
       *[other] { $count } articles wait
    } to be added; no action is needed.
added-postponed = Not added yet: I can't write { $count ->
        [one] the article
       *[other] { $count } articles
    } to the library right now. I'll keep trying for a day; no action is needed. See /manage articles failed after that.
added-later = Can't be reached right now; I'll keep trying for a day: { $reason }
refused = Not added. { $reason }
refused-more = … and { $count } more.
nothing-to-add = This message has nothing to add: no file, link or text.
too-large = { $name } is too large; the limit is { $limit } MiB.
paste-alone = Nothing was added: `paste:` opens a form and can't be combined with `url:` or `file:`.
paste-title = Add an article
paste-field-title = Title
paste-field-publisher = Publisher
paste-field-published = Date
paste-field-published-hint = For example 2025-10-09
paste-field-url = Link
paste-field-text = Text
paste-again = Reopen the form
draft-gone = Your draft is no longer stored. Please start again with { $add }.
date-unreadable = I don't understand the date “{ $date }”. Write it like 2025-10-09 or “9 October 2025”.
remove-question = Remove “{ $title }” from this server's articles? You can undo this for 30 days.{ $versions ->
        [0] { "" }
        [one] { " " }Its earlier version can't be restored.
       *[other] { " " }Its { $versions } earlier versions can't be restored.
    }
remove-shared = “{ $title }” is in the shared collection, which only the operator can change.
button-remove = Remove
button-keep = Keep
removed = Removed “{ $title }”. { $undo } restores it within 30 days.
button-undo = Undo
restored = Restored “{ $title }”.
undo-nothing = There is no removed article to restore. Removed articles are kept for 30 days.
undo-gone = That article can't be restored any more. Removed articles are kept for 30 days.
undo-there = “{ $title }” is already in the library; nothing was restored.
edit-refused = Not saved. { $reason }
edit-title = Edit an article
edit-text-title = Correct the text
edit-field-author = Author
edit-text-too-long = The text is longer than { $limit } characters, the most that a form can hold. Upload the whole corrected text as a file with `file:`.
edit-one-text = { $name } contains { $count } articles. A file with a corrected text must contain exactly one.
edit-link-taken = Nothing was changed: “{ $title }” already has that link.
edit-nothing = “{ $title }” already says exactly that; nothing was changed.
saved-edited = Saved the changes to “{ $title }”.
saved-corrected = Corrected “{ $title }”. Earlier answers show that it was corrected.
correction-question = { $count ->
        [one] { $titles } is already there. Is yours a corrected version? Nothing is added until you choose.
       *[other] These are already there: { $titles }. Are yours corrected versions? Nothing is added until you choose.
    }
button-correct = { $count ->
        [one] Correct it
       *[other] Correct them
    }
button-another = { $count ->
        [one] Add as another article
       *[other] Add as other articles
    }
button-cancel = Cancel
correction-canceled = Nothing was changed.
history-none = Nothing has been recorded yet.
history-unknown = Nothing is recorded about an article called “{ $title }”.
history-total = { $count ->
        [one] one change
       *[other] { $count } changes
    }
history-added = { $who } added “{ $title }”
history-corrected = { $who } corrected “{ $title }”
history-edited = { $who } edited “{ $title }”
history-title = title
history-publisher = publisher
history-author = author
history-date = date
history-link = link
history-text = text
history-removed = { $who } removed “{ $title }”
history-restored = { $who } restored “{ $title }”
history-followed = { $who } followed the feed “{ $title }”
history-unfollowed = { $who } unfollowed the feed “{ $title }”
kept = Nothing was removed.
export-empty = This server has no articles of its own yet.
export-done = This server's { $count ->
        [one] one article
       *[other] { $count } articles
    }, one per line.
export-too-large = This server's articles are too large for a file on Discord ({ $size } MiB). The operator can export them with: python -m index export --collection { $collection }
articles-none-such = No articles match these filters.

## Feeds and failed articles

feed-followed = Following “{ $title }” ({ $url }). { $count ->
        [0] It has no new articles.
        [one] One article is being added.
       *[other] { $count } articles are being added.
    }
feed-announced = Its articles are announced in { $channel }.
feed-now-announced = New articles from “{ $title }” are now announced in { $channel }.
feed-not-announced = New articles from “{ $title }” are no longer announced.
feed-unclear = More than one feed matches “{ $title }”. Choose one of the suggestions, or type more of the title:
    { $names }
feed-shared = for every server
feed-mute = { $channel } (I can't write there)
feed-removed = No longer following “{ $title }”. Its articles stay in the library.
feed-unknown = This server doesn't follow a feed called “{ $title }”. { $list } lists them all.
feeds-none = This server doesn't follow any feeds yet.
feeds-too-many = This server already follows { $count } feeds, which is the limit. { $remove } unfollows one.
feeds-imported = { $count ->
        [0] No new feed is followed.
        [one] Following one more feed: { $titles }
       *[other] Following { $count } more feeds: { $titles }
    }
feeds-imported-known = Followed already: { $titles }
feeds-imported-more = … and { $count } more that cannot be read.
feeds-imported-left = { $count ->
        [one] One feed is left out
       *[other] { $count } feeds are left out
    }, since a server can follow up to { $limit }.
feeds-exported = { $count ->
        [one] The feed that this server follows.
       *[other] The { $count } feeds that this server follows.
    }
feeds-total = { $count ->
        [one] one feed
       *[other] { $count } feeds
    }
feed-read = checked { $when }
feed-unread = not checked yet
feed-failing = failing since { $since }: { $reason }
feed-failing-briefly = failing since { $since }
feed-checked = “{ $title }”: { $count ->
        [0] no new articles.
        [one] one new or edited article is being added.
       *[other] { $count } new or edited articles are being added.
    }
feed-check-failed = “{ $title }” cannot be read: { $reason }
feeds-checked-more = … and { $count } more, with { $entries ->
        [one] one new or edited article
       *[other] { $entries } new or edited articles
    }.
feed-fails = The feed “{ $title }” ({ $url }) that you added in { $server } has been failing since { $day } UTC: { $reason }
    I'll keep trying; to unfollow it, use { $remove }.
announced-more = … and { $count } more
channel-not-yours = I only announce articles in channels that you can write in yourself, and { $channel } is not one of them. Nothing was changed.
failed-none = No articles have failed to be added.
failed-total = { $count ->
        [one] **One article could not be added.**
       *[other] **{ $count } articles could not be added.**
    }
failed-forgotten = { $count ->
        [one] One article
       *[other] { $count } articles
    } discarded.
failed-retried = { $count ->
        [one] One article is
       *[other] { $count } articles are
    } being tried again.
button-retry = Try again
button-retry-all = Try all again
button-forget = Discard all

## Watches

watch-no-words = Type the question that you want to watch, such as “how many troops?”.
watch-known = The answer so far:
watch-not-known = There is no answer to this in the articles yet.
watch-where-direct = When a later article { $known ->
        [true] answers this differently
       *[false] answers this
    }, I'll send you a direct message. You get at most 5 a day; further changes are combined into one.
watch-where-channel = When a later article { $known ->
        [true] answers this differently
       *[false] answers this
    }, I'll post it in { $channel }. There are at most 5 messages a day; further changes are combined into one.
watch-direct = by direct message
watch-first-message = I'll send you a message here when the answer to “{ $question }” changes.
watch-changed = Was { $old } ({ $source }), is now { $new }.
watch-changed-unknown = Was { $old }, is now { $new }.
watch-now = Now: { $new }.
watch-answered = Now answered: { $new }.
watch-has-changed = The answer has changed.
watch-has-answer = There is an answer now.
watch-old-gone = The article with the former answer is no longer in the library.
watch-changes = The answer has changed { $count } times since my last message; this is the latest one.
watch-limit = This was the last of { $count } messages about this question within a day. Further changes will be combined into one message.
watch-paused = Paused: “{ $question }”. { $list } resumes it.
watch-resumed = Watching “{ $question }” again.
watch-removed = No longer watching “{ $question }”.
watch-gone = This question is no longer watched.
watch-not-yours = Only the person who set up this watch and the server's editors can change it.
watch-channel-editors = Only members who can change this server's articles can have changes posted in a channel. Without `channel:`, I send them to you.
watch-left = You are no longer in the server whose articles this quotes.
watch-too-many = You already watch { $count } questions, which is the limit. { $list } shows them, so that you can remove one.
watch-several-questions = That is more than one question. Please watch each of them on its own.
watch-no-direct-messages = I can't send you direct messages. Allow them in this server's privacy settings, then try again. Nothing was changed.
watch-unknown = You don't watch a question like “{ $question }”. { $list } shows them all.
watch-unclear = More than one watched question contains “{ $question }”. Choose one of the suggestions, or see { $list }.
watch-state-paused = paused
watch-state-unreachable = paused, because I couldn't send a message there
watch-state-unanswered = no answer yet
watches-none = You don't watch any questions yet.
watches-total = { $count ->
        [one] one watched question
       *[other] { $count } watched questions
    }
button-pause = Pause
button-resume = Resume
button-stop-watching = Stop watching

## Corrected answers

quotes-corrected = **{ $count ->
        [one] The article of quote { $numbers } has been corrected since and no longer says this.
       *[other] The articles of quotes { $numbers } have been corrected since and no longer say this.
    }**
quotes-removed = **{ $count ->
        [one] The article of quote { $numbers } has been removed from the library since.
       *[other] The articles of quotes { $numbers } have been removed from the library since.
    }**

## Settings

settings-heading = Server settings
settings-threads = Threads
settings-threads-on = every question gets its own thread
settings-threads-off = off: answers are posted in the channel
settings-channels = Ask channels
settings-channels-none = none: I answer when I am mentioned
settings-editors = Editors
settings-editors-managers = members with the permission “Manage Server”
settings-editors-role = members with the permission “Manage Server” or the role { $role }
settings-cooldown = Questions per person
settings-digest = Digest
settings-digest-none = none
settings-cooldown-none = no limit
settings-cooldown-some = { $questions } in { $seconds } s
settings-hint = Only managers see { $manage } and “Add to the library” in a message's menu. To show them to others, such as the editors' role, an administrator goes to Server Settings → Integrations → { $bot }.
settings-saved = Saved.
threads-no-permission = Saved. In some channels I don't have the permission “{ $permission }”, so I answer in the channel there.
channel-no-permission = I can't write in { $channel } because I don't have the permission “{ $permission }” there. Nothing was changed.
channel-unseen = Saved, but I can't read messages that don't mention me until the operator turns on the “Message Content Intent”.
delete-title = Delete everything
delete-label = Type the server's name to confirm
delete-hint = { $name }
delete-explained = This permanently deletes all articles that this server has added, its feeds, its watched questions, its settings, the history of its changes, and the log of its questions.
delete-mistyped = That is not the server's name, so nothing was deleted.
deleted = Deleted: { $count ->
        [one] one article
       *[other] { $count } articles
    }, the feeds, the settings, and the log of questions.

## For the operator

status-last-added = Last change
status-memory = Memory in use
status-version = Version
status-backup = Latest backup
status-backup-failed = { $latest }. The last attempt failed: { $reason }
status-failing = Failing
failing-since = { $work }, since { $since } UTC: { $reason }
loop-announcements = announcing articles
loop-articles-folder = following the articles folder
loop-digests = posting digests
loop-corrections = marking answers whose articles were corrected
loop-failing-feeds = reporting failing feeds
loop-feeds = polling feeds
loop-indexes = saving the indexes
loop-links = fetching links
loop-queue = adding articles
loop-retention = deleting old data
loop-schedule = starting what is due
loop-shared-feeds = following the feeds in FEEDS
loop-watch-alarms = sending messages about changed answers
loop-watches = checking watched questions
feedback-empty = There are no unanswered questions and no answers that were rated not helpful.
feedback-done = { $count ->
        [one] One question
       *[other] { $count } questions
    } that I could not answer or whose answer was rated not helpful, newest first.

## Names and descriptions of commands

ask-description = Ask a question and get an answer in the articles' own words.
ask-question = What do you want to know?
ask-article = Search only this article; choose one of the suggestions.
ask-publisher = Search only articles from this publisher.
ask-since = Search only articles since a date, such as “2025-10-09”, “7d” or “last week”.
ask-until = Search only articles until a date, such as “2025-10-09”, “7d” or “October 2025”.
ask-private = Show the answer only to you.
timeline-description = Show what articles say about something over time, oldest first, with a picture of figures.
timeline-about = A question (“how many died?”) or a topic (“the flood”).
timeline-private = Show the timeline only to you.
find-description = Find sentences with words or an "exact phrase" as written, newest first.
find-words = Words that a sentence must contain; put "exact phrases" in quotation marks.
articles-description = The library's articles.
articles-list-description = List the articles, newest first.
articles-show-description = Read an article.
articles-show-article = The article's title; choose one of the suggestions.
help-description = What this bot does and how to use it.
status-description = Show how many articles the library has, and how the bot is doing.
articles-list-publisher = Only articles from this publisher.
articles-list-since = Only articles since a date, such as “2025-10-09”, “7d” or “last week”.
articles-list-until = Only articles until a date, such as “2025-10-09”, “7d” or “October 2025”.
articles-add-description = Add articles to this server's collection from a link, a file or a form.
articles-add-url = The link to an article.
articles-add-file = A .txt, .md, .html, .pdf, .docx, .epub or .jsonl file of up to 8 MiB.
articles-add-paste = Open the form to paste an article.
articles-remove-description = Remove an article from this server's collection.
articles-remove-article = The article's title; choose one of the suggestions.
articles-edit-description = Edit an article's title, publisher, author, date and link, or correct its text.
articles-edit-article = The article's title; choose one of the suggestions.
articles-edit-text = Correct the text instead of the title, publisher, author, date and link.
articles-edit-file = A file with the whole corrected text.
articles-history-description = Show what editors changed in this server's articles and feeds.
articles-history-article = Only this article; choose one of the suggestions.
articles-undo-description = Restore the article that was removed last.
articles-export-description = Download this server's articles as a .jsonl file.
articles-failed-description = List articles that could not be added, and try them again.
manage-description = For editors: change this server's articles and feeds.
manage-articles-description = Add, edit, remove and export articles.
manage-feeds-description = Follow, announce and check feeds.
feeds-description = Feeds whose articles are added automatically.
feeds-add-description = Follow a feed and add its articles to this server's collection.
feeds-add-url = The link to a feed (RSS, Atom or JSON Feed), or to a page that has one.
feeds-add-channel = The channel where new articles are announced.
feeds-import-description = Follow all feeds of a list from another program (OPML).
feeds-import-file = The OPML file.
feeds-export-description = Download the list of this server's feeds (OPML).
feeds-announce-description = Start or stop announcing a feed's new articles in a channel.
feeds-announce-feed = The feed's title; choose one of the suggestions.
feeds-announce-channel = The channel; leave it empty to stop announcing.
feeds-list-description = List the feeds that this server follows, with their state.
feeds-remove-description = Unfollow a feed; its articles stay.
feeds-remove-feed = The feed's title; choose one of the suggestions.
feeds-check-description = Check feeds for new articles now.
feeds-check-feed = Only this feed; choose one of the suggestions.
settings-description = Settings of this server.
settings-show-description = Show this server's settings.
settings-threads-description = Answer every question in its own thread.
settings-threads-on-option = Turn threads on or off.
settings-channel-description = Answer questions about the articles in a channel or forum without a mention.
settings-channel-channel = The channel or forum.
settings-channel-on = Turn this on or off.
settings-editors-description = Allow a role to add and remove articles.
settings-editors-option = The role; leave it empty to allow managers only.
settings-cooldown-description = Limit how many questions each person can ask.
settings-cooldown-questions = The number of questions.
settings-cooldown-seconds = The period in seconds; 0 for no limit.
settings-digest-description = Post a digest of new articles in a channel, every day or week.
settings-digest-every = On which days.
settings-digest-channel = The channel.
settings-digest-at = The time, such as 08:00 (the default) or 18:30.
settings-digest-zone = The time zone, such as Europe/Madrid; UTC by default.
digest-description = Show new articles by story, and what has changed.
digest-since = The first day, such as 2025-10-09, “7d” or “last week”. By default, the last 24 hours.
every-day = every day
every-mon = every Monday
every-tue = every Tuesday
every-wed = every Wednesday
every-thu = every Thursday
every-fri = every Friday
every-sat = every Saturday
every-sun = every Sunday
every-never = never
settings-delete-description = Permanently delete this server's articles, feeds, settings and questions.
watch-description = Get a message when the answer to a question changes.
watch-add-description = Watch a question: get a message when a later article answers it differently.
watch-add-question = The question, such as “how many troops?”.
watch-add-channel = Post changes in this channel (editors only); by default, you get a direct message.
watch-list-description = List the questions that you watch, to pause or remove them.
watch-pause-description = Pause a watched question.
watch-pause-watch = The question; choose one of the suggestions.
watch-resume-description = Resume a watched question.
watch-resume-watch = The question; choose one of the suggestions.
watch-remove-description = Stop watching a question.
watch-remove-watch = The question; choose one of the suggestions.
feedback-description = Unanswered questions, for the operator.
feedback-export-description = Download questions without an answer or with an unhelpful one, as a table.
