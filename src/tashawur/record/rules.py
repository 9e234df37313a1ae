"""The rules of admission by their codes, each with the words for an entry that breaks it.

The codes are the same for ever: other programs and the pages of other versions know them. The words may change.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tashawur.terms.errors import NotAdmittedError
from tashawur.terms.phrases import N_

BROKEN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "envelope.size": N_("it is longer than 256 KiB; put what is large into files beside the record"),
        "envelope.form": N_("it is not written in the one form of an envelope; ask for the line as it was sent"),
        "envelope.type": N_("the envelope holds something else than an entry; look at what file or page it came from"),
        "envelope.base64": N_("its base64 is not strict; ask for the line as it was sent"),
        "envelope.signatures": N_(
            "it has too many or too few signatures, or one of another length; have it signed anew"
        ),
        "json.malformed": N_("what is signed is no JSON in UTF-8; have it written anew"),
        "json.float": N_("what is signed holds a fraction or an exponent; write whole numbers, or words"),
        "json.integer": N_("what is signed holds a number beyond 2^53; write it as words"),
        "json.depth": N_("lists and objects lie more than 32 deep in one another; write it flatter"),
        "json.key": N_("a key holds other characters than ASCII; name it in plain Latin letters"),
        "json.canonical": N_("what is signed is not in the one form of RFC 8785; have it written anew"),
        "json.shape": N_("a part is missing, unknown or of the wrong kind; see the page on entries"),
        "key.form": N_("a key is not 64 small hexadecimal digits; copy it anew"),
        "key.weak": N_("a key is one with which signatures prove nothing; make a new key"),
        "signature.wrong": N_("a signature is not that of its key on these bytes; ask for the line as it was sent"),
        "entry.also": N_(
            "the keys that sign beside the first are not in order, or one stands twice; put them in order"
        ),
        "entry.consultation": N_("it belongs to another consultation; look at which founding act it names"),
        "entry.feed": N_("its feed is that of no side here; look at the founding act"),
        "entry.prev": N_("it does not follow the entry that it names as the one before; ask its side"),
        "entry.type": N_("no entry of this type is known under these rules; look at the rules' version"),
        "seen.feed": N_("it names what it saw of a feed that no side here has; look at the founding act"),
        "seen.number": N_("it names none, or more than 64, entries of one feed; name one for each branch"),
        "seen.order": N_("the entries that it saw are not in order, or one stands twice; put them in order"),
        "seen.wrong": N_("an entry that it saw has another number or stands in another feed; ask its side"),
        "parked.full": N_("too many entries from there wait for others; bring the earlier ones first"),
        "mandate.unknown-key": N_("its key is that of no member of the side; have the root keys add it"),
        "mandate.root": N_("a root key signs only what concerns members, roots and forks; let a member sign it"),
        "mandate.ended": N_("the mandate of its key was ended; let another member sign it"),
        "mandate.role": N_("its key has no such role; let a member sign it who has"),
        "mandate.topic": N_("a topic is beyond the mandate of its key; let a member sign it who has it"),
        "mandate.early": N_("the mandate of its key had not begun; look at the dates of the mandate"),
        "mandate.over": N_("the mandate of its key was over; have the root keys name another"),
        "mandate.also": N_("only root keys sign one entry together; let each member sign in an entry of its own"),
        "root.unknown-key": N_(
            "it must be signed by root keys of the side, and a key is none; sign it with the root keys"
        ),
        "root.threshold": N_("fewer root keys signed it than the side asks for; have more sign it"),
        "root.side": N_("it resets the roots of its own side, or of none; name the side that lost them"),
        "root.prior": N_("it does not follow the last change of the root keys; name that one"),
        "root.keys": N_("the new root keys are fewer than must sign, or one stands twice; mend the list"),
        "root.key-used": N_("a new root key was a key of this side before; make a new one"),
        "member.key-used": N_("the key is or was one of this side; make a new one"),
        "member.dates": N_("the mandate ends before it begins; mend its dates"),
        "member.unknown": N_("the key that is to be ended is that of no member; look at the list of members"),
        "act.unseen": N_("it is about an act that it had not seen; fetch the act first"),
        "act.need": N_("the sides that must sign are not in order, stand twice or are unknown; mend the list"),
        "act.notary": N_("the notary is no host here; name the host"),
        "act.condition": N_("a condition names an act that it had not seen, or a side that is unknown; mend it"),
        "act.amends-unseen": N_("it amends an act that it had not seen; fetch the act first"),
        "act.amends-need": N_("it amends an act without all the sides of that one; add them"),
        "sign.not-needed": N_("the act does not ask for the signature of this side; nothing need be done"),
        "lapse.not-proposer": N_("only the side that proposed an act withdraws it; ask that side"),
        "receipt.not-notary": N_("the act names another notary, or none; nothing need be done"),
        "attest.not-asked": N_("the act does not ask this side for this evidence; look at its conditions"),
        "fork.head": N_("it names another branch than the one it stands on; continue the branch that is to go on"),
        "dispute.not-own": N_("a side disputes entries of its own feed only; look at the id"),
        "proof.none": N_("the two lines prove no fork: they are one entry, or stand in different places"),
        "founding.newer": N_("the founding act has rules that this program does not know; install a newer version"),
        "founding.names": N_("the parties are not in order, or a name stands twice; mend the list"),
        "founding.sides": N_("fewer than two sides found it; name both"),
        "founding.key-twice": N_("a key stands twice; make one for each use"),
        "founding.threshold": N_("more root keys must sign than there are; lower the number or add keys"),
    }
)


def refused(rule: str) -> NotAdmittedError:
    """The error for what breaks the rule with this code."""
    return NotAdmittedError(rule, BROKEN[rule])
