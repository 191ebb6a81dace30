#!/usr/bin/env python3
"""How long readers wait who ask once a second each: measure_readers.py ADDRESS SECONDS [READERS]

ADDRESS is that of `marsad serve`, without a path (127.0.0.1:8761). They ask in turn what the page asks for first. The figures stand in
docs/performance.md.
"""
import argparse
import http.client
import threading
import time

ASKED = ["events?limit=100", "events/counts", "events?country=SY&sort=-harm&limit=100", "search?q=shelling&limit=20", "sources", "inbox"]


def read(place, readers, address, seconds, waits):
    """One reader, who begins at their own moment of the second and keeps to it."""
    due = time.monotonic() + place / readers
    end = due + seconds
    connection = http.client.HTTPConnection(address)
    turn = place
    while due < end:
        time.sleep(max(0.0, due - time.monotonic()))
        begun = time.monotonic()
        connection.request("GET", f"/api/v1/{ASKED[turn % len(ASKED)]}", headers={"Accept-Encoding": "gzip"})
        connection.getresponse().read()
        waits.append(1000 * (time.monotonic() - begun))
        turn, due = turn + 1, due + 1


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address")
    parser.add_argument("seconds", type=float)
    parser.add_argument("readers", type=int, nargs="?", default=20)
    told = parser.parse_args()
    waits = []
    threads = [threading.Thread(target=read, args=(n, told.readers, told.address, told.seconds, waits)) for n in range(told.readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    waits.sort()
    within = lambda share: waits[int(share * (len(waits) - 1))]
    print(f"{len(waits)} answers: 50 % within {within(0.5):.0f} ms, 90 % {within(0.9):.0f} ms, 99 % {within(0.99):.0f} ms, the longest {waits[-1]:.0f} ms")


if __name__ == "__main__":
    main()
