#!/usr/bin/env python3
"""Derive the tables of this scenario from the raw call records of one month.

    python3 derive.py january.txt [--out DIR]

The raw file is the Anonymous Bank's January 1999, tab-separated, one call a
row, with a header (see SOURCE.md for where it comes from). A gzipped file is
read as well. Needs nothing but Python 3.9. The raw calls are not kept here:
everything below is an aggregate, except the agents' on and off times.

Who counts. `IN` (internet support) and phantom calls are left out. A caller
counts as offered if he sought an agent: he queued (q_time > 0) or was served;
the rest finished in the voice menu. He arrives at vru_exit.

Written, with local times of Asia/Jerusalem (no change of clock in January):

counts.csv       start,topic,priority,contacts  half-hours by arrival
agents.csv       agent,start,end              spells an agent was at work
service-X.csv    p,seconds                    service time by topic X
patience.csv     p,seconds                    patience, all topics together
patience-X.csv   p,seconds                    patience by topic X
wrap.csv         p,seconds                    gap to an agent's next call while
                                              two or more callers queue
actuals.csv      what happened, by half-hour

A table `p,seconds` is a cumulative distribution: `p` rises from 0 to
1, and the value is linear in it between two rows.
"""

import argparse
import bisect
import csv
import datetime as dt
import gzip
import math
import pathlib
from collections import Counter, defaultdict

DAY = 86400
BIN = 1800
TOPICS = ["PS", "NW", "NE", "TT", "PE"]
BRIDGE = 20 * 60  # a gap shorter than this is not an absence
# Knots of the patience hazard, seconds: fine where the announcements are.
KNOTS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17.5, 20, 25, 30, 37.5, 45, 52.5,
         60, 67.5, 75, 90, 105, 120, 150, 180, 240, 300, 420, 600, 1500]
LEAST_EVENTS = 5  # a topic's hazard needs so many abandonments per interval


def clock(text):
    hours, minutes, seconds = (int(part) for part in text.split(":"))
    return hours * 3600 + minutes * 60 + seconds


def read_calls(path):
    """All calls that sought an agent, times in seconds from the month's first day."""
    opener = gzip.open if str(path).endswith(".gz") else open
    with opener(path, "rt", encoding="latin-1", newline="") as file:
        rows = [[cell.strip() for cell in row] for row in csv.reader(file, delimiter="\t")]
    columns = {name: i for i, name in enumerate(rows[0])}
    first = min(row[columns["date"]] for row in rows[1:] if len(row) > 1)
    origin = dt.datetime.strptime("19" + first[:4] + "01", "%Y%m%d")
    calls = []
    for row in rows[1:]:
        if len(row) < len(columns):
            continue
        get = lambda name: row[columns[name]]
        queue, service = int(get("q_time")), int(get("ser_time"))
        answered = get("outcome") == "AGENT"
        if get("outcome") == "PHANTOM" or not (answered or queue > 0):
            continue
        date = dt.datetime.strptime("19" + get("date"), "%Y%m%d")
        midnight = (date - origin).days * DAY
        entry = midnight + clock(get("vru_entry"))
        # The date is that of the entry; a time far before it is after midnight.
        after = lambda name: midnight + clock(get(name)) + (DAY if midnight + clock(get(name)) < entry - 3600 else 0)
        begin = after("ser_start") if get("ser_start") != "0:00:00" else None
        calls.append(dict(type=get("type"), priority=get("priority") == "2", arrival=after("vru_exit"),
                          queue=queue, answered=answered, begin=begin, service=service, server=get("server")))
    return origin, calls


def quantile_table(values, body=120, tail=40):
    """Quantiles at even shares up to 0.98, then finer, as long tails carry the mean."""
    values = sorted(values)
    shares = [0.98 * i / body for i in range(body)] + [0.98 + 0.02 * i / tail for i in range(tail + 1)]
    table = []
    for share in shares:
        at = share * (len(values) - 1)
        low = min(int(at), len(values) - 2)
        table.append((share, values[low] + (at - low) * (values[low + 1] - values[low])))
    return table


def hazards(calls, least, pooled=None):
    """Abandonments per second of waiting in each interval between knots.

    An interval with fewer than `least` abandonments is joined to the next;
    what remains at the end takes the hazard of all topics together.
    """
    result, i, last = [], 0, len(KNOTS) - 1
    while i < last:
        for j in range(i + 1, last + 1):
            low, high = KNOTS[i], KNOTS[j]
            events = sum(1 for c in calls if not c["answered"] and low < c["queue"] <= high)
            exposure = sum(min(c["queue"], high) - low for c in calls if c["queue"] > low)
            if events >= least:
                break
        rate = events / exposure if exposure > 0 else 0.0
        short = events < least and pooled is not None
        result += [pooled[k] if short else rate for k in range(i, j)]
        i = j
    return result


def patience_table(rates):
    """The distribution of a piecewise-constant hazard (the Kaplan-Meier way:
    who is served is censored); the last hazard goes on beyond the last knot."""
    survival, table = 1.0, [(0.0, 0.0)]
    for rate, low, high in zip(rates, KNOTS, KNOTS[1:]):
        survival *= math.exp(-rate * (high - low))
        table.append((1 - survival, high))
    for left in (0.5, 0.25, 0.1, 0.05, 0.02, 0.01, 0.003):
        table.append((1 - survival * left, KNOTS[-1] - math.log(left) / rates[-1]))
    table.append((1.0, KNOTS[-1] - math.log(0.001) / rates[-1]))
    return table


def spells(calls):
    """On and off times per agent: from the first call to the end of the last,
    wherever the gap between two calls is shorter than BRIDGE. Calls on internet
    support count here too, as the agent is at work. Calls without a recorded
    agent were taken by somebody and are kept as one agent `unnamed`. The others
    are numbered by first appearance: names stay in the raw file."""
    by_agent = defaultdict(list)
    for call in calls:
        if call["answered"] and call["begin"] is not None and call["service"] > 0:
            by_agent[call["server"]].append((call["begin"], call["begin"] + call["service"]))
    result, number = [], 0
    for server in sorted(by_agent, key=lambda server: min(by_agent[server])):
        number += server != "NO_SERVER"
        name = "unnamed" if server == "NO_SERVER" else f"A{number:02}"
        start = end = None
        for begin, finish in sorted(by_agent[server]):
            if start is not None and begin - end < BRIDGE:
                end = max(end, finish)
                continue
            if start is not None:
                result.append((name, start, end))
            start, end = begin, finish
        result.append((name, start, end))
    return result


def busy_gaps(calls):
    """Seconds from the end of a call to the same agent's next call where two or
    more callers of the main types were queueing at that end."""
    main = [c for c in calls if c["type"] in TOPICS and c["queue"] > 0]
    joined = sorted(c["arrival"] for c in main)
    left = sorted(c["arrival"] + c["queue"] for c in main)
    by_agent = defaultdict(list)
    for c in calls:
        if c["answered"] and c["begin"] is not None and c["server"] != "NO_SERVER":
            by_agent[c["server"]].append((c["begin"], c["begin"] + c["service"]))
    gaps = []
    for work in by_agent.values():
        work.sort()
        for (_, end), (begin, _) in zip(work, work[1:]):
            queueing = bisect.bisect_right(joined, end) - bisect.bisect_right(left, end)
            if 0 <= begin - end < BRIDGE and queueing >= 2:
                gaps.append(begin - end)
    return gaps


def actuals(calls):
    """Rows of what happened per half-hour of arrival."""
    rows = defaultdict(lambda: [0] * 6)
    for c in calls:
        row = rows[c["arrival"] // BIN]
        row[0] += 1
        row[1 if c["answered"] else 2] += 1
        row[3] += c["answered"] and c["queue"] <= 20
        row[4] += c["queue"]
        row[5] += c["service"] if c["answered"] else 0
    return rows


def write(path, header, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_table(path, table):
    """One row per share; of equal shares the first is enough."""
    kept = []
    for share, seconds in table:
        row = (f"{share:.7g}", f"{seconds:.5g}")
        if not kept or kept[-1][0] != row[0]:
            kept.append(row)
    write(path, ["p", "seconds"], kept)


def main():
    parser = argparse.ArgumentParser(description="derive the tables of the bank scenario from the raw month")
    parser.add_argument("raw", type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).parent)
    given = parser.parse_args()
    origin, everything = read_calls(given.raw)
    calls = [c for c in everything if c["type"] in TOPICS]
    moment = lambda seconds: (origin + dt.timedelta(seconds=seconds)).isoformat(timespec="seconds")
    half_hour = lambda index: (origin + dt.timedelta(seconds=index * BIN)).isoformat(timespec="minutes")

    counts = Counter((c["arrival"] // BIN, TOPICS.index(c["type"]), c["priority"]) for c in calls)
    write(given.out / "counts.csv", ["start", "topic", "priority", "contacts"],
          [(half_hour(b), TOPICS[t], "priority" if p else "regular", counts[b, t, p]) for b, t, p in sorted(counts)])
    online = spells(everything)
    write(given.out / "agents.csv", ["agent", "start", "end"],
          [(name, moment(start), moment(end)) for name, start, end in online])
    pooled = hazards(calls, 1)
    write_table(given.out / "patience.csv", patience_table(pooled))
    for topic in TOPICS:
        mine = [c for c in calls if c["type"] == topic]
        write_table(given.out / f"service-{topic}.csv", quantile_table([c["service"] for c in mine if c["answered"]]))
        write_table(given.out / f"patience-{topic}.csv", patience_table(hazards(mine, LEAST_EVENTS, pooled)))
    gaps = busy_gaps(everything)
    write_table(given.out / "wrap.csv", quantile_table(gaps))
    happened = actuals(calls)
    write(given.out / "actuals.csv",
          ["start", "offered", "answered", "abandoned", "answered_20s", "sum_wait_s", "sum_handle_s"],
          [[half_hour(b)] + happened[b] for b in sorted(happened)])

    total = [sum(row[i] for row in happened.values()) for i in range(6)]
    print(f"offered {total[0]}, abandoned {100 * total[2] / total[0]:.2f} %, "
          f"answered within 20 s {100 * total[3] / total[0]:.2f} % of offered, "
          f"mean wait {total[4] / total[0]:.2f} s, mean service {total[5] / total[1]:.1f} s")
    print(f"agents: {len({s[0] for s in online})}, spells: {len(online)}, "
          f"hours: {sum(s[2] - s[1] for s in online) / 3600:.1f}; busy-queue gaps: {len(gaps)}")


if __name__ == "__main__":
    main()
