"""Ends of domains under which anybody can have one: ``uk``, ``co.uk``, ``county.sch.uk``.

Not the Public Suffix List, whose thousands of rows change every week: its patterns for countries,
what British organisations register under, and the ends that are sold like a country's.
"""

from __future__ import annotations

_BRITISH = frozenset("ac co gov ltd me mod net nhs nic org parliament plc police sch".split())
_ANYWHERE = frozenset(
    "ac asn asso co com ed edu firm gc gen go gob gouv gov govt gv id ind info k12 ltd mil ne net "
    "nhs nom nsw or org plc pol priv sch school tm web".split()
)
"""Second labels of countries: ``com.au``, ``co.nz``, ``org.ie``."""
_SOLD = frozenset(
    "br.com cn.com co.com de.com eu.com eu.org gb.com gb.net in.net jp.net jpn.com mex.com ru.com "
    "sa.com se.net uk.com uk.net uk.org us.com us.org za.com".split()
)


def is_suffix(domain: str) -> bool:
    """Whether others have domains under this one. ``domain``: A-labels in lower case."""
    labels = domain.split(".")
    if len(labels) == 1 or domain in _SOLD:
        return True
    country = len(labels[-1]) == 2
    if len(labels) == 2 and country:
        return labels[0] in (_BRITISH if labels[-1] == "uk" else _ANYWHERE)
    return len(labels) == 3 and labels[1:] == ["sch", "uk"]
