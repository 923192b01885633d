"""Whether the words around a find take it back: a refusal, a rule quoted, a warning, a lesson.

English, as the lists in ``words/en_GB`` are. All of it looks at the sentence of the find, or at
the sentences beside it; what it says is a reason to leave the find alone, never to see one.
"""

from __future__ import annotations

from .matching import Pattern, compiled
from .platform_names import names, words
from .wordlists import every_platform

_STOPS = (".", "!", "?")
_NEAR = 160
"""How many characters of a sentence before and after a find are looked at."""


def _said(pattern: str) -> Pattern:
    return compiled(rf"\b(?:{pattern.replace(chr(32), '[^a-z0-9.!?]{1,4}')})")


_END = compiled(r"[.!?]+[\"')\]]*(?:\s|$)|\n\s*\n|\n\s*(?:[-*>•]|\d+[.)])\s")
_BREAK = compiled(
    r"[,;:()]|\s-+\s|\b(?:but|so|instead|just|lol|cos|coz|cuz|because|tho|though|then"
    r"|easier|quicker|better)\b"
)
_NEVER = _said(
    r"(?:never|not|no|do'?nt|don'?t|does'?nt|doesn'?t|can'?t|cannot|won'?t|wouldn'?t|shouldn'?t"
    r"|mustn'?t|aren'?t|isn'?t|ain'?t|didn'?t|wasn'?t|couldn'?t|haven'?t|hasn'?t|needn'?t|nobody|no ?one|none"
    r"|without|stop|avoid|instead of|rather than|refuse|unable|neither|nor|nothing|too young for)\b"
)
_LEAVING = _said(r"(?:leave|left|leaving|off|deleted?|deleting|quit|block|blocked|report|banned from)\b")
"""Before a service's name these say that one is not there, or should not be."""
_ROW_OF_NAMES = compiled(
    rf"(?:\b(?:{names(every_platform())}|{words(every_platform())})\s*,\s*)+$"
)
_HARMLESS = _said(
    r"(?:if (?:i|you|u|we|ur|it|he|she|they)\b[^,]{0,30}$|why (?:don'?t|not|aren'?t|u not|you not|r u not|are you not|haven'?t|hav u not|won'?t|wont)|(?:can'?t|cant|couldn'?t) (?:stop|help)|can'?t wait|not only"
    r"|(?:do'?nt|don'?t) (?:worry|forget|hesitate|be shy|be a stranger|mind|be scared|be afraid|keep)"
    r"|no (?:worries|worry|problem|probs?|prob|bother|rush|pressure|one else|1 else|idea)"
    r"|not sure|(?:are|r) (?:you|u) not|you'?re not on|u not on|can'?t (?:sleep|talk|say|speak|hear|see)"
    r"|turn off|day off|log off|time off|left (?:my|the|your)|off the|off my)"
)
_AFTER = _said(
    r"(?:is|are|was|were|be|being|isn'?t|aren'?t|wasn'?t|ain'?t|its|it'?s|will|would|can|must|should)"
    r"(?: (?:also|still|just|really|something|a thing|one of))*"
    r" ?(?:not|never|n'?t|against|banned|off limits|forbidden|blocked|out of bounds|prohibited)\b"
    r"|(?:isn'?t|aren'?t|wasn'?t|ain'?t|can'?t|cannot|won'?t|mustn'?t|shouldn'?t|wouldn'?t|couldn'?t)\b"
    r"|(?:has|have|had|was|is|are|were)(?: now| been)* (?:closed|shut|stopped|deleted|removed|ended|gone|banned|taken down)\b"
)
_RULE = _said(
    r"(?:(?:our|the|club|a|this|charity|safeguarding|social media|its) (?:polic(?:y|ies)|rules?|handbook|guidance|guidelines)"
    r"|club rules?|policy|not al+owed|isn'?t al+owed|aren'?t al+owed|not meant to|not supposed to|code of conduct"
    r"|not permitted|banned|off.limits|forbidden|prohibited|must not|mustn'?t|must never|we don'?t do)\b"
)
_DESPITE = _said(
    r"(?:i know|ik|i no|even though|even if|although|tho|though|technically|strictly|supposed|meant to"
    r"|don'?t care|forget|never mind|stuff|sod|screw|boring|between)\b"
)
_WARNING = _said(
    r"(?:if (?:any|some) ?(?:one|body)|(?:any|some) ?(?:one|body)(?: \w+){0,4} (?:who |that |ever |else )?"
    r"(?:ask(?:s|ed|ing)?|tells? (?:you|u) to|told (?:you|u) to|want(?:s|ed)?|tr(?:y|ies|ied)|offer(?:s|ed)?|invite[sd]?|add(?:s|ed)?"
    r"|messag(?:es|ed)|contact(?:s|ed)?|send(?:s)?|sent|says?|said|pretending|claiming)"
    r"|(?:an?|any|another|no) (?:coach|adult|stranger|volunteer|grown.up|helper|leader|member of staff|staff member|person)"
    r" (?:ever |who |that |should |must |will |would |can )*(?:asks?|messages?|wants|contacts?|adds?|tries|invites?|sends?)"
    r"|stay(?:ing)? safe|(?:online|internet|e.?|\w+) safety|safely|strangers?|pretend(?:s|ing)? to be|impersonat\w*|saying (?:it'?s|its) me"
    r"|isn'?t (?:me|us|ours)|wasn'?t (?:me|us|ours|\w+ and)|not (?:me|us|ours)\b|scam\w*|phishing|fake|hack(?:ed|er|ers|ing)"
    r"|report (?:it|them|this|him|her)|and (?:block|report)|block (?:it|them|him|her|and)|how to (?:report|block)"
    r"|(?:please|then|must|should|always|just) tell (?:us|me|someone|somebody|an adult|your (?:mum|dad|parents?)|a (?:grown.up|parent|trusted))"
    r"(?: straight away| if| at once)?$)\b"
)
_REPORTED = _said(
    r"(?:(?:members?|people|someone|some of you|parents|a few|they|gwen|you|he|she) (?:have |has |had |all |both )?asked (?:me |us )?(?:for|if|whether|about)"
    r"|(?:were|was|been|got) sent|explained why|discussed|(?:you|he|she|they) (?:tried|wanted|offered) to|saw that you|thank(?:s| you) for (?:asking|offering|the request|your request)"
    r"|asking (?:you|u|them|children|people|members|parents|kids) to|examples?|for instance|such as|things like|kind of you to ask|breaking the rules)\b"
)
_NOT_US = compiled(
    r"^[\s\"')]*(?:it|that|this|they)? ?(?:was|is|were|are)(?:n'?t| not) (?:me|us|ours|from us|\w+ and|\w+\.)"
    r"|^[\s\"')]*(?:please )?(?:ignore|don'?t (?:answer|click|reply|accept)|do not (?:answer|click|reply|accept)|report it|i haven'?t read)"
)
_TRAINING = _said(
    r"(?:examples?|such as|things like|training|boundaries|breaking the rules|role.?play|cards?|quiz|if (?:any|some) ?(?:one|body)|(?:online|internet) safety|safeguarding|policy|not ok|wrong)\b"
)
_TOPIC = _said(
    r"(?:(?:online|internet|e.?|digital|cyber) ?safety|safer internet|stay(?:ing)? safe online|in the news|news|headlines?"
    r"|workshop|badge|lesson|webinar|leaflet|survey|article|study|government|minister|police|ofcom|nspcc|ceop|testing"
    r"|announced|launch(?:es|ed)|outage|ban|screen ?time|parental controls?|age limits?|minimum age|for people (?:of|over|aged)"
    r"|13 and over|over 13s?|under.?1[36]s|their own|amongst (?:parents|yourselves|themselves)|nothing to do with"
    r"|thank(?:s| you) for (?:asking|telling|the request|your request|the invite|offering|letting)|asked (?:me |us )?(?:if|whether|about|for)"
    r"|would be quicker, but|kind of you to)\b"
)
_NO_NEXT = compile_no = compiled(
    r"^[\s\"')]*(?:no\s*[,.!]|no (?:we|i|sorry|there|it|you|coach\w*|staff)\b|nope\b|sorry\b[ ,]|there (?:isn'?t|is not)\b|we (?:don'?t|can'?t|cannot)\b|it isn'?t (?:us|ours)"
    r"|not allowed|unfortunately\b|it(?:'s| is)n'?t (?:us|ours|me))"
)


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Start and end of the sentence, or sentences, that the find stands in."""
    first = max(0, start - 400)
    left = first
    for match in _END.finditer(text[first:start]):
        left = first + match.end()
    if text[end - 1 : end] in _STOPS:
        return min(left, start), end
    after = _END.search(text[end : end + 400])
    right = end + after.start() + 1 if after else min(len(text), end + 400)
    return min(left, start), max(right, end)


def refused(text: str, start: int, end: int, *, listed: bool = False) -> bool:
    """Whether the sentence says that it is not so, not done, or that a rule is against it.

    ``listed``: the find is a bare name, so that commas before it may be those of a list.
    """
    left, right = sentence(text, start, end)
    before, after = text[max(left, start - _NEAR) : start], text[end : min(right, end + _NEAR)]
    return (
        _negated(before, text[start:end], listed=listed)
        or _denied(after)
        or _ruled_out(before, after)
        or bool(_NO_NEXT.search(text[right : right + 60]))
    )


def warned(text: str, start: int, end: int) -> bool:
    """Whether the sentence warns of others who do it, or tells what to do if they do."""
    left, right = sentence(text, start, end)
    return (
        bool(_WARNING.search(text[left:right]))
        or bool(_REPORTED.search(text[left:start]))
        or bool(_NOT_US.search(text[right : right + 60]))
        or _quoted_speech(text, start, end)
    )


def spoken_of(text: str, start: int, end: int) -> bool:
    """Whether it is a topic here, or of others' doing: the news, a lesson, a warning nearby."""
    left, right = sentence(text, start, end)
    near = text[max(0, left - 200) : right + 200]
    return bool(_TOPIC.search(near) or _WARNING.search(near))


def _negated(before: str, found: str, *, listed: bool) -> bool:
    if row := _ROW_OF_NAMES.search(before):
        before = before[: row.start()]
    cut = before
    if not listed:
        for match in _BREAK.finditer(before):
            cut = before[match.end() :]
    else:
        for match in _BREAK.finditer(before):
            if before[match.start()] != ",":
                cut = before[match.end() :]
    said = cut + found
    told = [m.start() for m in _NEVER.finditer(said)]
    last = max((m.start() for m in _BREAK.finditer(found)), default=-1) + len(cut)
    # A negation that something harmless explains doesn't count, nor one in the midst of the find
    # that a new thought follows; any other does.
    harmless = [(m.start(), m.end()) for m in _HARMLESS.finditer(said)]
    return bool(_LEAVING.search(cut)) or any(
        not any(a <= at < b for a, b in harmless) and not len(cut) <= at < last for at in told
    )


def _denied(after: str) -> bool:
    ends = _BREAK.search(after)
    near = after[: ends.start()] if ends else after
    match = _AFTER.search(near[:60])
    return bool(match and not compiled(r"\bif\b|\bwhen\b|\bwho\b").search(near[: match.start()]))


def _ruled_out(before: str, after: str) -> bool:
    rule = _RULE.search(after)
    if rule and not _DESPITE.search(after[: rule.start()]):
        return True
    rule = _RULE.search(before)
    if not rule or _DESPITE.search(before[: rule.start()]):
        return False
    return not compiled(r"\b(?:but|anyway|still|so)\b").search(before[rule.end() :])


def _quoted_speech(text: str, start: int, end: int) -> bool:
    """In quotation marks, where others' words are shown: ``ask children to "add me"``."""
    before = text[max(0, start - 600) : start]
    if before.count('"') % 2 == 0 or '"' not in text[end : end + 120]:
        return False
    near = text[max(0, start - 400) : end + 400]
    return bool(_ASKING.search(before[-80:]) or _TRAINING.search(near) or _WARNING.search(near))


_ASKING = _said(r"(?:ask|asks|say|said|says|tell|told|messages? (?:like|such as)|like|such as)\b")
