"""Dictionary forms, where a pipeline gives no lemma or guesses one that no table knows."""

from __future__ import annotations

from functools import cache, lru_cache

from sightline.extract.claims.table import tables

_IRREGULAR = {
    "leave": "left", "meet": "met", "go": "went gone", "fly": "flew flown", "shoot": "shot", "hold": "held", "strike": "struck stricken",
    "win": "won", "lose": "lost", "sink": "sank sunk", "fall": "fell fallen", "rise": "rose risen", "take": "took taken", "come": "came",
    "drive": "drove driven", "send": "sent", "sell": "sold", "buy": "bought", "fight": "fought", "find": "found", "pay": "paid",
    "tell": "told", "say": "said", "steal": "stole stolen", "freeze": "froze frozen", "flee": "fled", "begin": "began begun",
    "break": "broke broken", "blow": "blew blown", "burn": "burnt", "speak": "spoke spoken", "see": "saw seen", "swear": "swore sworn",
    "withdraw": "withdrew withdrawn", "give": "gave given", "make": "made", "have": "had has", "do": "did done does", "be": "was were been is are",
    "become": "became", "build": "built", "ride": "rode ridden", "slide": "slid", "spend": "spent", "lay": "laid", "seek": "sought",
    "overthrow": "overthrew overthrown", "retake": "retook retaken", "overrun": "overran", "draw": "drew drawn", "hide": "hid hidden",
    "drink": "drank drunk", "write": "wrote written", "know": "knew known", "think": "thought", "catch": "caught", "stand": "stood",
    "tear": "tore torn", "shake": "shook shaken", "slay": "slew slain", "lend": "lent", "wed": "wed", "bear": "bore born borne",
    "forbid": "forbade forbidden", "rebuild": "rebuilt", "dig": "dug", "arise": "arose arisen", "choose": "chose chosen",
    "man": "men", "woman": "women", "child": "children", "person": "people", "life": "lives", "city": "cities", "wife": "wives",
}  # fmt: skip
_FORMS = {form: lemma for lemma, forms in _IRREGULAR.items() for form in forms.split()}


@lru_cache(maxsize=1 << 16)
def dictionary_form(word: str, lemma: str, verb: bool = False) -> str:
    """The lemma if the tables know it, else a dictionary form of the lower-cased ``word`` that they know, else the lemma.

    >>> dictionary_form("left", ""), dictionary_form("arrested", ""), dictionary_form("visited", "visit")
    ('leave', 'arrest', 'visit')
    """
    known = _known()
    if lemma in known and not (verb and lemma not in tables().verbs):
        return lemma
    if word in _FORMS:
        return _FORMS[word]
    return _from_ending(word, lemma)


@cache
def _known() -> frozenset[str]:
    table = tables()
    words = set(table.verbs) | set(table.nouns) | set(table.slots) | set(table.unknown_verbs)
    for group in (*table.classes.values(), *table.words.values(), *table.fields.values()):
        words |= group
    return frozenset(words)


def _from_ending(word: str, lemma: str) -> str:
    known = _known()
    for ending, puts in (("ies", "y"), ("ied", "y"), ("ing", "e"), ("ing", ""), ("es", ""), ("ed", "e"), ("ed", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) > 1:
            stem = word[: -len(ending)]
            if stem + puts in known:
                return stem + puts
            if len(stem) > 2 and stem[-1] == stem[-2] and stem[:-1] in known:
                return stem[:-1]
    if word in known or lemma:
        return word if word in known else lemma
    for ending, puts in (("ies", "y"), ("ied", "y"), ("s", ""), ("ed", ""), ("ing", "")):
        if word.endswith(ending) and not word.endswith("ss") and len(word) - len(ending) > 2:
            return word[: -len(ending)] + puts
    return word
