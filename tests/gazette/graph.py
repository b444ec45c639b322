"""What a WordPress page says of itself: one JSON-LD graph, as its search plugins write it."""

from __future__ import annotations

from typing import Any

from .paper import Paper
from .prose import slugify
from .story import Story


def describe(paper: Paper, story: Story) -> dict[str, Any]:
    """Return what the page says of itself: one graph, or with the trap off the article alone."""
    url = paper.url(story)
    people = [
        {"@type": "Person", "@id": f"{paper.base}/#/schema/person/{slugify(one)}", "name": one}
        for one in story.authors
    ]
    article = {
        "@type": "NewsArticle",
        "@id": f"{url}#article",
        "headline": story.title,
        "datePublished": story.published.isoformat(),
        "dateModified": story.modified.isoformat(),
        "author": [{"@id": one["@id"]} for one in people],
        "keywords": list(story.tags),
        "articleSection": [story.section.name],
    }
    if "graph" not in paper.active:
        return {"@context": "https://schema.org", **article, "author": people}
    trail = [
        {"@type": "ListItem", "position": 1, "name": paper.labels["home"], "item": paper.base},
        {"@type": "ListItem", "position": 2, "name": story.section.name},
    ]
    page = {"@type": "WebPage", "@id": url, "name": f"{story.title} - {paper.name}"}
    owner = {"@type": "Organization", "@id": f"{paper.base}/#organization", "name": paper.name}
    crumbs = {"@type": "BreadcrumbList", "itemListElement": trail}
    return {"@context": "https://schema.org", "@graph": [page, article, crumbs, owner, *people]}
