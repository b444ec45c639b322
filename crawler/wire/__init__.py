"""The byte-exact HTTP/1.1 client: what goes out and what comes in, kept as it was on the wire.

```
handler.py   Scrapy's door            client.py    one address in, one Exchange out
address.py   may we dial this?        dial.py      resolve, vet, connect, TLS, CONNECT
race.py      the first address that answers
proxy.py     the environment's proxies   tls.py    three TLS policies
conduit.py   one connection           pool.py      connections that wait for more work
request.py   bytes out                talk.py      bytes in, over head.py and chunks.py
attempt.py   an Exchange in the making   alarm.py  wakes the watch on the time
limits.py    sizes, seconds, rates    errors.py    why there is no response
```
"""
