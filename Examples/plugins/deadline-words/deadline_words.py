"""Deadline words: a Bellwether plugin in the standard library of Python 3.

One JSON-RPC 2.0 message a line on standard input, one answer a line on standard output. Whatever is written to standard error becomes a
line of Bellwether's log.
"""

import json
import re
import sys

PROTOCOL = 1
DATES = {"date", "daterange", "datetime", "datetimerange"}


def main():
    words = None
    for line in sys.stdin:
        message = json.loads(line)
        method, params = message["method"], message.get("params", {})
        if method == "initialize":
            words = compile_words(params["config"]["words"])
            result = {"name": "deadline-words", "version": "1.0.0", "protocol": PROTOCOL}
        elif method == "analyze":
            result = {"facts": list(find(params["document"], words))}
        elif method in ("ping", "shutdown"):
            result = {}
        elif "id" in message:
            answer(message, error={"code": -32601, "message": f"no method {method}"})
            continue
        else:
            continue  # a notification, such as $/cancel: by the time it is read, the work is done
        answer(message, result=result)
        if method == "shutdown":
            return


def answer(message, **outcome):
    print(json.dumps({"jsonrpc": "2.0", "id": message["id"], **outcome}), flush=True)


def compile_words(words):
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b", re.IGNORECASE)


def find(document, words):
    """A fact for each sentence that has a deadline word, a date, and somebody whom it binds."""
    text = document["text"].encode()  # offsets are bytes
    for sentence in document["sentences"]:
        start, end = sentence["start"], sentence["end"]
        said = text[start:end].decode()
        if end - start > 400 or not words.search(said):
            continue
        inside = [m for m in document["mentions"] if start <= m["start"] and m["end"] <= end]
        dates = [m for m in inside if m["type"] in DATES]
        bound = [m for m in inside if m["type"] == "entity" and m["entity_type"] in ("organization", "person", "team")]
        if dates and bound:
            yield {
                "kind": "deadline",
                "subject": [bound[0]["entity"]],
                "value": text[dates[0]["core_start"]:dates[0]["core_end"]].decode(),
                "when": day(dates[0]),
                "start": start,
                "end": end,
                "text": said,
            }


def day(mention):
    """What a fact takes as `when`: a year, a month or a day; None for anything else."""
    timex = mention["timex"]
    return timex if re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", timex) else None


if __name__ == "__main__":
    main()
