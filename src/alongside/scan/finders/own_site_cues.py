"""What people say of sites of their own, and what they call them."""

from __future__ import annotations

import re

AUTHORED = re.compile(
    r"\b(?:i|we)(?:'ve|ve| have)?(?: also| just)? (?:wrote|written|write|typed|drawn|shot|kept|"
    r"keep|"
    r"filmed|painted|put|jotted|recorded|collected|made|did it)\b[^!?\n]{0,180}\b(?:at|on|is|"
    r"are)[: ]+$"
)
"""``I've kept notes for ten years. They're at``: the writer's work is there."""
MADE_IT = re.compile(
    r"[ .,;!-]{1,3}(?:i|we) (?:made|built|wrote|drew|set up|run|keep) (?:that|this|it|"
    r"the) ?(?:web ?site|"
    r"site|page|blog|all|myself)?\b"
)
WORKS = re.compile(
    r"\b(?:poems?|memoirs?|verses?|prints?|patterns?|recipes?|stories|drawings?|paintings?|"
    r"tunes?|songs?|"
    r"(?:recent|early|older|other|more of (?:my|her|his)) (?:work|ones|stuff)|quilts?|pots|"
    r"carvings?|"
    r"they (?:all )?live|(?:work|rest|others|one|ones) lives?|there are more|"
    r"(?:hubby|wife|husband|mum|dad|she|he|nephew|niece|grandson|granddaughter|daughter|son)"
    r"(?: also| has| have)* (?:made|built|set up|started) (?:me |us )?an? |its own (?:wee|"
    r"little) page|"
    r"corner of the (?:web|internet))\b"
)
"""What people show on pages of their own."""
HOMELY = re.compile(
    r"^(?:my|blogs?|diary|diaries|journals?|writes|writing|writings|stuff|makes|bakes|baking|paints"
    r"|painting|draws|scribbles?|scribbling|rides|runs|walks|rambles|throws|moves|lifts|swims|"
    r"rows|sings|plays|knits|knitting|sews|cooks|cooking|kitchen|garden|allotment|adventures?|"
    r"travels|wanders|thoughts|musings|tales|stories|poems|verses?|recipes|cakes|crafts|guides|"
    r"sketches|prints|pots|photos|snaps|pics|pictures|tunes|songs|dad|dads|mum|mums|mam|nan|"
    r"nans|nana|gran|grandad|family|wedding|and|loves|lives|listens|talks|rants|ramblings|"
    r"climbs|kicks|pedals|cycles|spins|rolls|wheels|jumps|dances|shoots|reads|teaches|coaches|"
    r"grows|digs|fishes|sails|skates|explores|trains|tries|learns|thinks|does|recovers|heals|"
    r"goes|at|on|home|house|boat|afloat|cats?|dogs?|bees|builds|signs|portfolio|cv|says)$"
)
KIN = re.compile(
    r"\b(?:my|our|me|ma) (?:brother|sister|mate|wife|husband|partner|son|daughter|mum|mam|dad|nan|"
    r"gran|cousin|uncle|auntie?|niece|nephew|flatmate|girlfriend|boyfriend|missus|best mate|friend)"
    r"(?:'s| [a-z]+'s)(?! (?:school|club|team|doctor|work|hospital|college|employer|physio))"
    r"[a-z' -]{2,30}[:,(-]? ?(?:is |at |on |here )?$"
)
"""``my husband's band:``."""
