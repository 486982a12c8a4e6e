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
nearest-heading = **The nearest passages.** They may not answer the question.
place = paragraph { $paragraph }, sentence { $sentence }
also = also
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
forgotten = That answer is too old for me to go on from. Please ask again.
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

## The server

status-heading = The library
status-articles = Articles
status-newest = Newest
status-published = Published
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

## When something is wrong

error-rebuilding = The library is being rebuilt, and I need to be restarted after that.
error-library = I can’t read the library at the moment.
error-lookup = I can’t look that up at the moment.
error-other = Something went wrong on my side.
error-reference = { $sentence } Please try again later; my operator finds this under { $reference }.
slow-down = You have asked a lot in a short time. Please try again in { $seconds } s.
since-unreadable = I can’t read “{ $since }” as a day. Write it like 2025-10-09, “9 October 2025”, “7d” or “last week”.
missing-permission = I can’t answer in { $channel }: I lack the permission “{ $permission }” there.

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
