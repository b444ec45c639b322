"""Fictional newspapers on 127.0.0.1, one per publishing system, traps included.

words/*.toml -> prose -> newsroom (stories, edits, deletions, a handed-in clock)
                             |
          epi  onecms  plain  many   (a Paper: path -> Answer, truth(), profile())
                             |
                         server (HTTP/1.1 on port 0, request log, faults)
"""
