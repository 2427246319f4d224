"""Price quotes: a Bellwether plugin with `mode: oneshot`. One JSON document in, one out; a process a note."""

import json
import re
import sys

PRICE = re.compile(rb"\b(?:costs?|priced? at|price of|charges?|sells? for)\b", re.IGNORECASE)

request = json.load(sys.stdin)
currency, document = request["config"]["currency"], request["document"]
text = document["text"].encode()  # offsets are bytes
facts = []
for sentence in document["sentences"]:
    start, end = sentence["start"], sentence["end"]
    inside = [m for m in document["mentions"] if start <= m["start"] and m["end"] <= end]
    amounts = [m for m in inside if m["type"] == "money" and currency in ("", m.get("currency"))]
    sold = [m for m in inside if m["type"] == "entity" and m["entity_type"] in ("product", "organization")]
    if amounts and sold and end - start <= 400 and PRICE.search(text[start:end]):
        facts.append(
            {
                "kind": "price",
                "subject": [sold[0]["entity"]],
                "value": amounts[0]["value"],
                "number": amounts[0]["number"],
                "start": start,
                "end": end,
            }
        )
json.dump({"facts": facts}, sys.stdout)
