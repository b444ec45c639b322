"""What we do: walk a paper, fetch its pages, keep them, read them. The only room with Scrapy."""
