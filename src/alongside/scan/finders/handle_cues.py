"""What people say around the names that they have on sites."""

from __future__ import annotations

import re

EXAMPLE = re.compile(r"\b(?:such as|for example|e\.g\.?),? [\"']?$")
NAMELESS = re.compile(r"first_?name|surname|your_?name|user_?name|so-and-so")
"""No name, but what stands for one."""
TEAM_NAMES = re.compile(
    r"\b(?:teams?(?: names)?|tables?|best mime|crews)\b(?: are| is)?[^.!?\n]{0,60}[:,] (?:the )?"
    r"(?:[a-z0-9_.]+(?:,| and) )*$"
)
THATS_ME = re.compile(r",? (?:that'?s|is) me\b")
ADD_ME = re.compile(r"\b(?:add|find|follow|friend|look for|search)\b[^.!?]{0,40}$")
ONE_WORD = re.compile(r",? (?:all )?(?:one word|lower ?case|no spaces|no gaps)\b")
MENTIONED = re.compile(
    r"\b(?:want|mention|tag|she's|he's|i'm|filmed|took|made|by|is|are|see|search|try|and|places|"
    r"with)"
    r"[^.!?]{0,30}$"
)
SOCIAL = re.compile(
    r"\b(?:follow|f4f|socials?|user ?name|handle|what'?s (?:yours|ur @)|dms?|slide into|tag me|"
    r"subscribe)\b"
)
"""What is said of sites where none is named."""
FOLLOWING = re.compile(r"\b(?:follow(?:ing|ed)?|subscribed?|add me|find me|tag me)\b[^.!?]{0,60}$")
PASSWORD = re.compile(
    r"\b(?:p[a4@][s5$]{2} ?w[o0]r?d|pass ?code|pw|pwd|pin|pass|(?:other|second|next) box|log ?in|"
    r"unlocks?)\b"
)
OURS = re.compile(r"\b(?:us|our|club|team|them|their|official|federation|charity)\b[^.!?]{0,24}$")
CALLED = re.compile(r"\b(?:name|handle|username|tag|id)\b")
NAMED_THERE = re.compile(
    r"\b(?:name(?: on (?:it|there|that)| there)?(?: is|'s)|me as|known as|called|"
    r"username is) [\"']?$"
)
THERE = re.compile(
    r"[ \"')]{0,2}(?:on|over on|at|via|in|into)(?: (?:there|it|that|my|the|both|all|every))?\b"
)
ASKED = re.compile(r"\b(?:follow|dm|hit|tag|add|message|msg|find|subscribe)\b[^.!?]{0,24}$")
GETS_IN = re.compile(
    r" and (?:you're|you|u|it|that|it'll|you'll) ?[a-z']{0,8} ?(?:in|on|open|logs?)\b"
)
"""What follows a password, not a name."""
SEARCHED = re.compile(r"\b(?:type|search|search for|look up|look for|put|enter|google)(?: in)? ?$")
INTO = re.compile(r" (?:in|into|on|in to) ")
