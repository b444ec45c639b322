"""Fictional newspapers on 127.0.0.1, one per publishing system, traps included.

words/*.toml -> prose -> newsroom (stories, edits, deletions, a handed-in clock)
                             |
    epi onecms vnpt fck card bbg spa dataimages ims wordpress blox arc   (platforms.PLATFORMS)
    plain many                (a Paper: path -> Answer, truth(), profile())
                             |
               variation (the same pages after a redesign)
                             |
                         server (HTTP/1.1 on port 0, request log, faults)

Traps of real papers, and who holds each: the paper with the name by which ``without=[...]`` turns
it off, or with none where its system is like that. gazette_tests/test_traps.py reads this table
and proves each line on the wire.

    first h1 is the paper's name        epi:logo-h1 vnpt:other-h1 dataimages
    first h1 is the breadcrumb          fck:crumb-h1
    headline is no h1                   dataimages:h2-title
    header clock                        epi vnpt:clock bbg:visit-clock
    meta date is month first            onecms:us-date
    day-only date in JSON-LD            fck:day-only
    time before date                    vnpt bbg:pipe-date
    afternoon hours with PM             ims:pm24
    zone in brackets after the date     card:zone-after-date
    all instants in UTC                 arc:utc
    nested document                     vnpt:nested
    base href to a template folder      fck:base
    og:url of a dead host               vnpt:dead-og
    short og:url                        epi:short-og-url
    lead again as bold paragraph        vnpt:lead-again onecms:lead-again
    lead only in the text               card:lead-inside
    no lead, junk in its place          fck:junk
    dateline before the lead            epi:dateline onecms:dateline ims:dateline
    dateline in brackets                dataimages:dateline
    caption in a paragraph of its own   epi:imgdesc
    older template beside the new       onecms:old-template
    caption in a second row             epi:table-picture vnpt:table-caption fck:tables ims
    TTS player                          epi:tts onecms:tts
    placeholder author                  vnpt:placeholder
    author as last paragraph            fck:initials bbg:signature dataimages:signature
    body without p                      epi:no-p bbg:bare-text ims:bare-text
    body in a script alone              arc:script-only
    body behind a wall                  blox:paywall
    link lines in the text              epi:relate wordpress:baca-juga arc:interstitial
    another story in the text           onecms:highlight blox:inline-asset
    prompt in the text                  wordpress:prompt blox:promo
    NFD title                           epi:nfd
    NFD slug                            ims:nfd-slug
    mixed-case category                 card:mixed-case
    capital in an article's slug        card:capital-slug
    address without an id               bbg:no-id spa wordpress arc
    list that looks like an article     wordpress:date-archive
    dead, soft and moved addresses      epi:ghosts
    UTF-16 feed                         ims:utf16
    feed date GMT+7                     epi:gmt7
    feed date with two-digit year       onecms:short-year
    feed without items                  epi:empty-feed dataimages:empty-feed
    feed with an unknown period         dataimages:always
    empty sitemap                       vnpt:empty-sitemap onecms
    sitemap month not padded            epi blox
    gzip sitemap that does not say so   epi:bare-gzip
    daily sitemaps                      onecms
    news sitemap                        onecms blox arc
    keyset pager                        onecms
    JSON pager                          epi card spa wordpress arc
    relative addresses in JSON          epi onecms card:relative
    address in parts in JSON            spa:parts
"""
