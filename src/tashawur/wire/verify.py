"""Verifies a bundle of a record with nothing of Tashawur: python3 verify.py FILE [ar|en|ru]

Needs Python 3.11 and PyNaCl 1.6.2 or later. It judges every entry by the rules that the page on entries of the record
lists, codes and all, and says in one sentence what holds. A bundle for one node is opened by age first. Exit status: 0
when all is as it was made, 2 when not. Which founding act is the right one, only people can tell: compare the digits
at the end of the sentence with those that the sides read to each other.
"""

# fmt: off
import base64
import hashlib
import json
import re
import sys
import zlib
from collections import Counter
from contextlib import suppress
from datetime import datetime
from typing import Any

from nacl.bindings import crypto_core_ed25519_is_valid_point, crypto_sign_open
from nacl.exceptions import BadSignatureError

SAYS = {
    "en": ("Good", "Not good", "entries", "acts confirmed by all", "entries that wait for others not in this file",
           "refused entries", "sides that said two different things in one place", "founding act",
           "this is no whole bundle of the form that this program knows, or not as it was made", ", ", "; "),
    "ar": ("سليم", "غير سليم", "القيود", "الوثائق المؤكَّدة من جميع الأطراف",
           "القيود التي تنتظر غيرها مما ليس في هذا الملف", "القيود المرفوضة",
           "الأطراف التي قالت قولين مختلفين في موضع واحد", "وثيقة التأسيس",
           "هذه ليست حزمة كاملة بالصيغة التي يعرفها هذا البرنامج، أو ليست كما أُعدّت", "، ", "؛ "),
    "ru": ("Всё верно", "Неверно", "записи", "акты, подтверждённые всеми",
           "записи, которые ждут других, не вошедших в этот файл", "отклонённые записи",
           "стороны, сказавшие разное в одном месте", "учредительный акт",
           "это не целый пакет известного программе вида, или он не таков, каким был составлен", ", ", "; "),
}


class Refused(Exception):
    """Something breaks the rule with this code."""


class Waits(Exception):
    """An entry names another, with this id, that is not there."""


def need(holds, rule):
    if not holds:
        raise Refused(rule)


# What a value may be: functions that tell whether one is.

def text(pattern):
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None

def whole(least, most=2**53 - 1):
    return lambda value: type(value) is int and least <= value <= most

def many(one, most, least=1):
    return lambda value: isinstance(value, list) and least <= len(value) <= most and all(map(one, value))

def maybe(one):
    return lambda value: value is None or one(value)

def having(**parts):
    """An object with these parts and no other; those whose name ends in _ may be left out, or be null."""
    rules = {name.rstrip("_"): maybe(one) if name.endswith("_") else one for name, one in parts.items()}
    return lambda value: (isinstance(value, dict) and value.keys() <= rules.keys()
                          and {f"{name}_" for name in rules.keys() - value.keys()} <= parts.keys()
                          and all(rules[name](one) for name, one in value.items()))

def moment(told):
    return datetime.fromisoformat(told.upper())

def timed(pattern):
    def check(value):
        try:
            return text(pattern)(value) and bool(moment(value))
        except ValueError:
            return False
    return check

STRING, HEX, NAME = text(r"(?s).*"), text(r"[0-9a-f]{64}"), text(r"[A-Za-z][A-Za-z0-9_-]{0,63}")
ANY = lambda value: isinstance(value, dict)
NAMES, KEYS, ACT = many(NAME, 64), many(HEX, 8), having(act=HEX)
EVERY = lambda one: lambda value: value == "*" or one(value)
MOMENT = timed(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,6})?([Zz]|[+-]\d\d:?\d\d)")
BLOBS = many(having(sha256=HEX, size=whole(0)), 256)
TITLE = lambda value: ANY(value) and value and all(map(text(r"(?s).{1,20000}"), value.values()))
CONDITIONS = {"attested": having(**{"is": STRING, "evidence": NAME, "by": many(NAME, 16)}),
              "confirmed": having(**{"is": STRING, "act": HEX})}
CONDITION = lambda value: ANY(value) and CONDITIONS.get(str(value.get("is")), HEX)(value)
ROOTS = {"prior": maybe(HEX), "roots": KEYS, "threshold": whole(1, 8)}
TYPES = {  # who signs each type, and what its body is
    "ack": ("draft", having()), "sign": ("sign", ACT), "lapse": ("speak", ACT), "receipt": ("draft", ACT),
    "attest": ("sign", having(act=HEX, evidence=NAME)),
    "say": ("speak", having(topics=NAMES, content=ANY, blobs_=BLOBS)),
    "propose": ("speak", having(topics=NAMES, need=many(NAME, 16), content=ANY, blobs_=BLOBS, notary_=NAME, amends_=HEX,
                                legal=text("no_obligation|political|legal"), conditions_=many(CONDITION, 64))),
    "member.add": ("root", having(key=HEX, title=TITLE, person=HEX, roles=many(text("draft|speak|sign"), 3),
                                  topics=EVERY(NAMES), since_=MOMENT, until_=MOMENT)),
    "member.end": ("root", having(key=HEX)), "dispute": ("root", having(entry=HEX)),
    "root.next": ("root", having(**ROOTS)), "root.reset": ("speak", having(side=NAME, **ROOTS)),
    "fork.resolve": ("root", having(head=HEX)), "rules.raise": ("speak", having(rules=whole(2))),
    "epoch": ("root", having(reason=text("moved|restored"))),
}
HEAD = lambda value: isinstance(value, list) and len(value) == 2 and whole(1)(value[0]) and STRING(value[1])
SEEN = lambda value: ANY(value) and all(map(many(HEAD, 10**6, 0), value.values()))
ENTRY = having(at=timed(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"), body=ANY, con=STRING, feed=STRING, key=STRING, prev=STRING,
               seen=SEEN, seq=whole(1), type=STRING, v=whole(1), also_=many(STRING, 63))
NEWER = lambda value: ANY(value) and whole(2)(value.get("v")) and all(
    map(STRING, (value.get("con"), value.get("feed"), value.get("key"), *value.get("also", ()))))
PARTY = having(name=NAME, role=text("side|host"), roots=KEYS, node=HEX, threshold_=whole(1, 8), quorum_=whole(1, 16))
FOUNDING = having(at=MOMENT, rules=whole(1, 1), parties=many(PARTY, 16, 2), content=ANY, high_=many(EVERY(NAME), 64, 0))


# Envelopes

def unbase64(told):
    try:
        data = base64.b64decode(told, validate=True)
    except ValueError:
        raise Refused("envelope.base64") from None
    need(data and base64.b64encode(data) == told, "envelope.base64")
    return data

def opened(line, kind):
    """What stands in an envelope, the message that is signed, and the signatures."""
    need(len(line) <= 256 * 1024, "envelope.size")
    kind = f"application/vnd.tashawur.{kind}+json".encode()
    told = re.fullmatch(rb'\{"payload":"([^"]*)","payloadType":"%b","signatures":\[\{"sig":"(.*)"\}\]\}'
                        % re.escape(kind), line)
    need(told, "envelope.form")
    payload, signatures = unbase64(told[1]), [unbase64(one) for one in told[2].split(b'"},{"sig":"')]
    need(len(signatures) <= 64 and all(len(one) == 64 for one in signatures), "envelope.signatures")
    return value_of(payload), b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload), signatures

def value_of(payload):
    """The value of JSON in the one form of RFC 8785, of whole numbers."""
    try:
        value = json.loads(payload, parse_float=lambda _: need(False, "json.float"))
        again = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    except RecursionError:
        raise Refused("json.depth") from None
    except ValueError:
        raise Refused("json.malformed") from None
    check_plain(value, 33)
    need(again == payload, "json.canonical")
    return value

def check_plain(value, left):
    if type(value) is int:
        need(abs(value) < 2**53, "json.integer")
    if isinstance(value, dict):
        need("".join(value).isascii(), "json.key")
        value = [*value.values()]
    if isinstance(value, list):
        need(left, "json.depth")
        for one in value:
            check_plain(one, left - 1)

def check_keys(keys):
    for key in keys:
        need(HEX(key), "key.form")
        need(crypto_core_ed25519_is_valid_point(bytes.fromhex(key)), "key.weak")

def check_signed(message, signatures, keys):
    """Refuses what is not signed by these keys, as libsodium judges, one signature for each in their order."""
    need(len(signatures) == len(keys), "envelope.signatures")
    for signature, key in zip(signatures, keys):
        check_keys([key])
        try:
            crypto_sign_open(signature + message, bytes.fromhex(key))
        except BadSignatureError:
            raise Refused("signature.wrong") from None

def founded(line):
    """The id of the founding act, and what it says."""
    act, message, signatures = opened(line, "founding")
    need(FOUNDING(act), "founding.newer")
    names = [one["name"] for one in act["parties"]]
    keys = [key for one in act["parties"] for key in (*one["roots"], one["node"])]
    need(names == sorted({*names}), "founding.names")
    need(sum(one["role"] == "side" for one in act["parties"]) > 1, "founding.sides")
    need(len({*keys}) == len(keys), "founding.key-twice")
    need(all(one.get("threshold", 1) <= len(one["roots"]) for one in act["parties"]), "founding.threshold")
    check_keys(keys)
    check_signed(message, signatures, [root for one in act["parties"] for root in one["roots"]])
    return hashlib.sha256(message).hexdigest(), act


# The record

class Record:
    """What was admitted. The past of an entry is, for each branch of each feed, the last number that it had seen."""

    def __init__(self, con, founding):
        self.con, self.high = con, {*founding.get("high", ())}
        self.parties = {one["roots"][0]: one for one in founding["parties"]}
        self.named = {one["name"]: one for one in founding["parties"]}
        self.entries, self.acts, self.waiting, self.refused = {}, {}, {}, []
        self.followed = Counter()

    def read(self, line):
        """The id of the entry in a line, and the entry, whose form and signatures are good."""
        entry, message, signatures = opened(line, "entry")
        if not ENTRY(entry):
            need(NEWER(entry), "json.shape")
            check_plain(entry, 32)
        also = entry.get("also", [])
        check_signed(message, signatures, [entry["key"], *also])
        need(also == sorted({*also} - {entry["key"]}), "entry.also")
        return hashlib.sha256(message).hexdigest(), entry

    def offer(self, number, line):
        """Admits the entry in a line and what waited for it, or notes that it waits, or the rule that refuses it."""
        try:
            queue = [(number, *self.read(line))]
        except Refused as rule:
            self.refused.append((number, str(rule)))
            return
        for place, name, entry in queue:  # it grows by what is freed
            if name not in self.entries:
                try:
                    self.judge(name, entry)
                    queue += self.waiting.pop(name, [])
                except Waits as missing:
                    self.waiting.setdefault(str(missing), []).append((place, name, entry))
                except Refused as rule:
                    self.refused.append((place, str(rule)))

    def judge(self, name, entry):
        """Admits an entry; refused, or waiting, when it cannot be."""
        need(entry["con"] == self.con, "entry.consultation")
        need(entry["feed"] in self.parties, "entry.feed")
        if not ENTRY(entry):
            raise Waits("rules")
        feed, prev, past = entry["feed"], entry["prev"], {}
        need((entry["seq"] == 1) == (prev == ""), "entry.prev")
        before = self.there(prev) if prev else {"keys": start(self.parties[feed])}
        need(not prev or (before["feed"], before["seq"]) == (feed, entry["seq"] - 1), "entry.prev")
        for one in (*([before] if prev else ()), *self.heads(entry["seen"])):
            for branch, seq in (*one["past"].items(), (one["branch"], one["seq"])):
                past[branch] = max(seq, past.get(branch, 0))
        if entry["v"] > 1:
            raise Waits("rules")
        need(entry["type"] in TYPES, "entry.type")
        role, shape = TYPES[entry["type"]]
        need(shape(entry["body"]), "json.shape")
        branch = before["branch"] if prev and not self.followed[feed, prev] else name
        held = {**entry, "id": name, "past": past, "branch": branch, "side": self.parties[feed]["name"]}
        held["keys"] = self.keys(held, before["keys"])
        self.check(held, role, held["body"], held["keys"])
        self.entries[name] = held
        self.followed[feed, prev] += 1
        self.follow(held, held["type"], held["body"])

    def there(self, name):
        if name not in self.entries:
            raise Waits(name)
        return self.entries[name]

    def heads(self, seen):
        for feed, heads in seen.items():
            need(0 < len(heads) <= 64, "seen.number")
            need(heads == [[*head] for head in sorted({(*head,) for head in heads})], "seen.order")
            for seq, name in heads:
                need(feed in self.parties, "seen.feed")
                head = self.there(name)
                need((head["feed"], head["seq"]) == (feed, seq), "seen.wrong")
                yield head

    def keys(self, held, keys):
        """The keys of the side, after the root changes that the entry had seen signed by all, one after the other."""
        while change := self.change(held["feed"], keys["change"], held):
            body = change["body"]
            keys = {**keys, "roots": {*body["roots"]}, "threshold": body["threshold"], "change": change["id"],
                    "used": keys["used"] | {*body["roots"]}}
        return keys

    def change(self, feed, prior, held):
        found = [act["held"] for act in self.acts.values() if act["changes"] == feed
                 and act["held"]["body"]["prior"] == prior and saw(held, act["held"]) and self.signed(act, held)]
        return min(found, key=lambda one: one["id"], default=None)

    def check(self, held, role, body, keys):
        """That the key of an entry may sign it."""
        act = self.seen(body["act"], held, "act.unseen") if "act" in body else None
        topics = act["topics"] if act else [] if held["type"] == "ack" else body.get("topics", ["record"])
        signers = [held["key"], *held.get("also", [])]
        if role == "root":
            need(keys["roots"].issuperset(signers), "root.unknown-key")
            need(len(signers) >= keys["threshold"], "root.threshold")
        else:
            need(len(signers) == 1, "mandate.also")
            broken = lacks(keys, held["key"], role, topics, held["at"])
            need(not broken, broken)
        getattr(self, "check_" + held["type"].replace(".", "_"), lambda *_: None)(held, body, keys, act)

    def seen(self, name, held, rule):
        need(name in self.acts and saw(held, self.acts[name]["held"]), rule)
        return self.acts[name]

    def check_propose(self, held, body, _, __):
        need(body["need"] == sorted({*body["need"]}) and self.named.keys() >= {*body["need"]}, "act.need")
        need(self.named.get(body.get("notary"), {"role": body.get("notary") or "host"})["role"] == "host", "act.notary")
        for one in body.get("conditions") or ():
            need("act" in one or self.named.keys() >= {*one["by"]}, "act.condition")
            need("by" in one or self.seen(one["act"], held, "act.condition"), "act.condition")
        if body.get("amends"):
            older = self.seen(body["amends"], held, "act.amends-unseen")
            need(older["need"].keys() <= {*body["need"]}, "act.amends-need")

    def check_sign(self, held, _, __, act):
        need(held["side"] in act["need"], "sign.not-needed")

    def check_lapse(self, held, _, __, act):
        need(act["held"]["feed"] == held["feed"], "lapse.not-proposer")

    def check_receipt(self, held, _, __, act):
        need(act["held"]["body"].get("notary") == held["side"], "receipt.not-notary")

    def check_attest(self, held, body, _, act):
        need(any(held["side"] in one["by"] for one in act["held"]["body"].get("conditions") or ()
                 if one.get("evidence") == body["evidence"]), "attest.not-asked")

    def check_member_add(self, held, body, keys, _):
        check_keys([body["key"]])
        need(body["key"] not in keys["used"], "member.key-used")
        since, until = body.get("since"), body.get("until")
        need(not (since and until) or moment(since) <= moment(until), "member.dates")
        held["keys"] = {**keys, "members": {**keys["members"], body["key"]: body}, "used": keys["used"] | {body["key"]}}

    def check_member_end(self, held, body, keys, _):
        need(body["key"] in keys["members"], "member.unknown")
        held["keys"] = {**keys, "members": {key: one for key, one in keys["members"].items() if key != body["key"]}}

    def check_root_next(self, _, body, keys, __):
        check_roots(body, keys["change"])
        need(not keys["used"] & {*body["roots"]}, "root.key-used")

    def check_root_reset(self, held, body, _, __):
        need(body["side"] in self.named and body["side"] != held["side"], "root.side")
        last = {"id": None}
        while change := self.change(self.named[body["side"]]["roots"][0], last["id"], held):
            last = change
        check_roots(body, last["id"])

    def check_fork_resolve(self, held, body, _, __):
        need(body["head"] == held["prev"], "fork.head")

    def check_dispute(self, held, body, _, __):
        disputed = self.entries.get(body["entry"])
        need(disputed and disputed["feed"] == held["feed"] and saw(held, disputed), "dispute.not-own")

    # Acts

    def follow(self, held, kind, body):
        """Notes what an admitted entry proposes, or says of an act."""
        others = {name for name, one in self.named.items() if one["role"] == "side"} - {held["side"]}
        needed = {"propose": body.get("need"), "root.next": others, "fork.resolve": others,
                  "rules.raise": self.named, "root.reset": self.named.keys() - {body.get("side")}}
        act = self.acts.get(body.get("act"))
        if kind in needed:
            topics = body.get("topics", ["record"])
            feed = {"root.next": held["side"], "root.reset": body.get("side")}.get(kind)
            act = self.acts[held["id"]] = {
                "held": held, "topics": topics, "signed": [], "lapses": [], "attested": set(), "receipted": False,
                "confirmed": False, "changes": feed and self.named[feed]["roots"][0],
                "need": {name: self.named[name].get("quorum", 1) if self.high & {"*", *topics} else 1
                         for name in needed[kind]}}
        if kind == "lapse":
            act["lapses"].append(held)
        elif kind == "attest":
            act["attested"].add((body["evidence"], held["side"]))
        elif act and not any(saw(held, one) for one in act["lapses"]):
            if kind == "receipt":
                act["receipted"] |= self.signed(act, held)
            elif kind == "sign" or not lacks(held["keys"], held["key"], "sign", act["topics"], held["at"]):
                act["signed"].append(held)

    def signed(self, act, before=None):
        """Whether all who must have signed the act, as far as `before` had seen."""
        keys = {(one["side"], one["key"]) for one in act["signed"] if before is None or saw(before, one)}
        number = Counter(side for side, _ in keys)
        return all(number[side] >= needed for side, needed in act["need"].items())

    def confirmed(self):
        """The acts that are confirmed by all."""
        before = -1
        while before != (before := sum(act["confirmed"] for act in self.acts.values())):
            for act in self.acts.values():
                body = act["held"]["body"]
                act["confirmed"] = self.signed(act) and (act["receipted"] or not body.get("notary")) and all(
                    self.acts[one["act"]]["confirmed"] if "act" in one
                    else act["attested"] >= {(one["evidence"], side) for side in one["by"]}
                    for one in body.get("conditions") or ())
        return sorted(name for name, act in self.acts.items() if act["confirmed"])


def saw(held, other):
    return held["past"].get(other["branch"], 0) >= other["seq"]

def start(party):
    """The keys of a side as the founding act has them."""
    return {"roots": {*party["roots"]}, "threshold": party.get("threshold", 1), "change": None,
            "members": {party["node"]: {"roles": ["draft"], "topics": "*"}}, "used": {*party["roots"], party["node"]}}

def lacks(keys, key, role, topics, at):
    """The rule by which a key may not sign this, or nothing."""
    if key not in keys["members"]:
        return "mandate." + ("root" if key in keys["roots"] else "ended" if key in keys["used"] else "unknown-key")
    member = keys["members"][key]
    if role not in member["roles"]:
        return "mandate.role"
    if member["topics"] != "*" and not {*topics} <= {*member["topics"]}:
        return "mandate.topic"
    if member.get("since") and moment(at) < moment(member["since"]):
        return "mandate.early"
    return "mandate.over" if member.get("until") and moment(at) > moment(member["until"]) else ""

def check_roots(body, last):
    need(body["prior"] == last, "root.prior")
    need(len({*body["roots"]}) == len(body["roots"]) >= body["threshold"], "root.keys")
    check_keys(body["roots"])


# The verdict

def verdict(data: bytes) -> dict[str, Any]:
    """What holds of a bundle. `broken`: the rule by which it is no whole one; `refused`: line and rule of entries."""
    with suppress(zlib.error):
        data = zlib.decompress(data)  # as age leaves it
    first, _, rest = data.partition(b"\n")
    try:
        manifest, message, signatures = opened(first, "bundle")
        need(isinstance(manifest, dict) and manifest.get("v") == 1, "bundle.newer")
        con, founding = founded(rest.partition(b"\n")[0])
        need(manifest.get("con") == con, "bundle.consultation")
        need(manifest.get("by") in [one["node"] for one in founding["parties"]], "bundle.stranger")
        check_signed(message, signatures, [manifest["by"]])
        need(manifest.get("digest") == hashlib.sha256(rest).hexdigest(), "bundle.damaged")
    except Refused as rule:
        return {"broken": str(rule), "refused": []}
    record = Record(con, founding)
    for number, line in enumerate(rest.split(b"\n")[1:-1], start=3):
        record.offer(number, line)
    forked = {record.parties[feed]["name"] for (feed, _), number in record.followed.items() if number > 1}
    return {"broken": "", "con": con, "entries": len(record.entries), "confirmed": record.confirmed(),
            "waiting": len({name for parked in record.waiting.values() for _, name, _ in parked}),
            "refused": sorted(record.refused), "forked": sorted(forked)}

def sentence(found: dict[str, Any], lang: str = "en") -> str:
    """The verdict as people read it."""
    good, bad, entries, confirmed, waiting, refused, forked, founding, broken, comma, semicolon = SAYS[lang]
    if found["broken"]:
        return f"{bad} — {broken} ({found['broken']})."
    told = [(entries, found["entries"]), (confirmed, len(found["confirmed"]))]
    told += [(waiting, found["waiting"])] if found["waiting"] else []
    told += [(refused, len(found["refused"]))] if found["refused"] else []
    told += [(forked, comma.join(found["forked"]))] if found["forked"] else []
    told += [(founding, " ".join(found["con"][at : at + 4] for at in range(0, 32, 4)))]
    return f"{bad if found['refused'] else good} — {semicolon.join(f'{what}: {held}' for what, held in told)}."

def main(words):
    if len(words) not in (1, 2) or not SAYS.keys() >= {*words[1:]}:
        sys.stderr.write("python3 verify.py FILE [ar|en|ru]\n")
        return 2
    with open(words[0], "rb") as file:
        found = verdict(file.read())
    sys.stdout.reconfigure(encoding="utf-8")
    for told in (sentence(found, *words[1:]), *(f"{line}: {rule}" for line, rule in found["refused"])):
        sys.stdout.write(f"{told}\n")
    return 2 if found["broken"] or found["refused"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
