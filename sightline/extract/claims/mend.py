"""Mends misreadings that small parsers make often, where other words of the clause show what is meant."""

from __future__ import annotations

#: A verb's tag under one of these relations heads a clause, whatever the coarse tagger says.
_CLAUSES = frozenset({"ROOT", "root", "ccomp", "xcomp", "acl", "acl:relcl", "advcl", "parataxis", "csubj"})
_TIMES = frozenset(
    ["morning", "afternoon", "evening", "night", "noon", "midnight", "today", "yesterday", "tomorrow", "tonight", "day", "week", "weekend",
     "month", "year", "summer", "winter", "spring", "autumn", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
)  # fmt: skip
_WAYS = frozenset({"to", "from", "into", "in", "at", "near", "toward", "towards", "via", "through", "for", "across"})
#: Irregular forms that are past and participle at once.
_PASTS = frozenset(
    ["met", "held", "left", "told", "shot", "hit", "cut", "put", "set", "sent", "built", "brought", "bought", "caught", "fought", "found",
     "lost", "made", "paid", "sold", "struck", "won", "led", "fled", "hurt", "burst", "quit", "shut", "split", "spread", "sought", "taught",
     "stood", "sat", "slid", "swept", "felt", "kept", "laid", "lent", "spent", "dealt", "hung", "read", "cast", "bid"]
)  # fmt: skip
#: Irregular forms that are never participles.
_ONLY_PAST = frozenset(
    ["flew", "went", "took", "came", "fell", "rose", "sank", "drove", "began", "gave", "saw", "spoke", "broke", "chose", "froze", "stole",
     "swore", "drew", "grew", "knew", "threw", "rode", "shook", "withdrew", "overthrew", "blew", "wrote", "ran", "swam", "sprang", "forgave"]
)  # fmt: skip
_SAYING = frozenset({"said", "told", "says", "say", "reported", "added", "announced", "confirmed"})
#: What a speaker does after speaking.
_ANSWERS = _SAYING | {
    "declined",
    "refused",
    "warned",
    "urged",
    "denied",
    "called",
    "asked",
    "promised",
    "vowed",
    "pledged",
    "blamed",
    "accused",
}
_COMPARING = frozenset({"more", "fewer", "less"})
_CARRYING = frozenset({"carrying", "carry", "transporting", "bringing", "ferrying"})
_STOPS = frozenset({".", "!", "?"})
_FAR = 9


class Mender:
    """Corrects the columns of a tree in place; each method mends one kind of misreading."""

    def __init__(self, lower: list[str], head: list[int], dep: list[str], pos: list[str], tag: list[str]) -> None:
        """Works on the lists that it is given."""
        self.lower, self.head, self.dep, self.pos, self.tag = lower, head, dep, pos, tag
        self.kids: list[list[int]] = [[] for _ in head]
        for index, above in enumerate(head):
            if above != index:
                self.kids[above].append(index)

    def mend(self) -> None:
        """All repairs, each word looked at once."""
        for index in range(len(self.head)):
            relation, pos = self.dep[index], self.pos[index]
            if pos in ("NOUN", "ADJ") and self.tag[index].startswith("VB") and relation in _CLAUSES:
                self.pos[index] = "VERB"
            if pos == "VERB" and index > 4 and self.lower[index] in _SAYING:
                self._two_speakers(index)
            if relation == "conj" and self.tag[index] == "VBD":
                self._goes_on(index)
            if self.lower[index] == "close" and self.tag[index] in ("VBP", "VB") and self.lower[index + 1 : index + 2] == ["to"]:
                self.pos[index] = "ADJ"
            if index == 0 and pos == "PROPN" and relation in ("ROOT", "root", "nsubj", "nsubj:pass") and self.lower[1:2] == ["likely"]:
                self.pos[index] = "NOUN"
            if relation == "advmod" and self.lower[index] in _COMPARING:
                self._count_as_subject(index)
            if relation == "csubj" and pos == "VERB" and self.lower[index - 1] == "to" and index > self.head[index]:
                self._infinitive_of_adjective(index)
            if relation.startswith("nsubj"):
                self._second_subject(index)
                self._subject_of_participle(index)
                self._verb_read_as_noun(index)
                self._carried(index)
                self._according(index)
            elif relation == "obl" and self.head[index] == index + 1 and self._case(index) == "according":
                self._according(index)
            elif relation in ("parataxis", "conj", "appos") and pos in ("NOUN", "PROPN"):
                self._object_after_insertion(index)
            elif relation == "nmod":
                self._way_on_a_time(index)
            elif relation == "acl" and self.tag[index] in ("VBD", "VBN"):
                self._clause_read_as_phrase(index)
            elif relation == "case" and self.lower[index - 1 : index + 2 : 2] == ["-", "-"]:
                self.dep[index] = "flat"  # "Rostov-on-Don": within a name
            elif relation == "compound" and pos in ("NOUN", "PROPN"):
                self._noun_on_a_verb(index)
            elif relation == "obl" and pos == "PROPN":
                self._bare_object(index)

    def _move(self, index: int, above: int, relation: str) -> None:
        """Hangs a word on another; left alone where that would close a circle."""
        here = above
        while above != index and self.head[here] != here:
            here = self.head[here]
            if here == index:
                return
        if self.head[index] != index:
            self.kids[self.head[index]].remove(index)
        if above != index:
            self.kids[above].append(index)
        self.head[index], self.dep[index] = above, relation

    def _has(self, index: int, relation: str) -> bool:
        return any(self.dep[kid].startswith(relation) for kid in self.kids[index])

    def _case(self, index: int) -> str:
        return next((self.lower[kid] for kid in self.kids[index] if self.dep[kid] == "case"), "")

    def _two_speakers(self, verb: int) -> None:
        """ "..., police and doctors said": what stands between the comma and the verb speaks, and belongs to nothing before."""
        heads = [verb - 1]
        at = self._left_of_phrase(verb - 1)
        if at > 2 and self.lower[at] == "and":
            heads.append(at - 1)
            at = self._left_of_phrase(at - 1)
        told = any(self.dep[kid] == "ccomp" and kid < at for kid in self.kids[verb])
        if len(heads) < 2 or at < 2 or self.lower[at] != "," or not told:
            return
        for head in heads:
            if self.pos[head] in ("NOUN", "PROPN") and self.head[head] < at:
                self._move(head, verb, "nsubj")

    def _goes_on(self, verb: int) -> None:
        """ "Robbers took a van, the mayor said, and burned it": behind the insertion the robbers go on, not the mayor."""
        said = self.head[verb]
        before = next((kid for kid in self.kids[said] if self.dep[kid] == "ccomp" and kid < said), None)
        joined = next((kid for kid in self.kids[verb] if self.dep[kid] == "cc"), 0)
        if self.lower[said] not in _SAYING or before is None or joined < 1 or self.lower[joined - 1] != "," or self._has(verb, "nsubj"):
            return
        if self.lower[verb] not in _ANSWERS and not self._has(verb, "ccomp"):
            self._move(verb, before, "conj")

    def _left_of_phrase(self, index: int) -> int:
        while index > 0 and self.pos[index] in ("DET", "ADJ", "NOUN", "PROPN", "NUM"):
            index -= 1
        return index

    def _second_subject(self, noun: int) -> None:
        """ "Gen. Abe, head of the guard, was named": the noun after the comma only says who the subject is."""
        verb = self.head[noun]
        before = next((kid for kid in self.kids[verb] if kid < noun and self.dep[kid] == self.dep[noun]), None)
        if before is None or self._has(noun, "cc"):
            return
        if self._object_of_the_verb_before(before, noun):
            return
        first = min([noun, *(kid for kid in self.kids[noun] if kid < noun and self.dep[kid] != "punct")])
        if self.lower[first - 1] == "," and self.pos[before] in ("NOUN", "PROPN") and self.pos[noun] in ("NOUN", "PROPN"):
            self._move(noun, before, "appos")

    def _object_of_the_verb_before(self, noun: int, subject: int) -> bool:
        """ "postponed the sentencing until May after prosecutors said": with a subject of its own nearer, "said" has no other before it."""
        first = noun
        while (left := min(self.kids[first], default=first)) < first:
            first = left
        verb = first - 1
        between = any(self.dep[kid] == "mark" and noun < kid < subject for kid in self.kids[self.head[noun]])
        if verb < 0 or not between or self.tag[verb] not in ("VBD", "VBZ", "VBP") or self._has(verb, "obj"):
            return False
        self._move(noun, verb, "obj")
        return True

    def _count_as_subject(self, word: int) -> None:
        """ "More than 140 were injured": a bare count before its verb is the subject."""
        verb = self.head[word]
        count = next((kid for kid in self.kids[word] if self.pos[kid] == "NUM"), None)
        if count is None or not word < count < verb or self._has(verb, "nsubj"):
            return
        if count + 1 < len(self.lower) and self.pos[count + 1] in ("AUX", "VERB"):
            self._move(count, verb, "nsubj:pass" if self._has(verb, "aux:pass") else "nsubj")
            self._move(word, count, "advmod")

    def _infinitive_of_adjective(self, verb: int) -> None:
        """ "A flight is due to arrive": who is due arrives."""
        above = self.head[verb]
        if self.pos[above] in ("ADJ", "VERB") and self._has(above, "nsubj") and self._has(above, "cop"):
            self.dep[verb] = "xcomp"

    def _subject_of_participle(self, subject: int) -> None:
        """ "X imposed sanctions": a participle with a subject of its own is the verb, and the noun it seems to modify its object."""
        verb = self.head[subject]
        if self.dep[verb] != "amod" or self.tag[verb] not in ("VBN", "VBD") or not subject < verb < self.head[verb]:
            return
        noun = self.head[verb]
        above, relation = self.head[noun], self.dep[noun]
        self._move(verb, verb if above == noun else above, relation)
        self._move(noun, verb, "obj")
        self.pos[verb], self.tag[verb] = "VERB", "VBD"

    def _verb_read_as_noun(self, subject: int) -> None:
        """ "Ethiopia plans to launch": a plural noun with a subject and a clause below is a verb."""
        verb = self.head[subject]
        if self.tag[verb] == "NNS" and subject < verb and self._has(verb, "xcomp") and not self._has(verb, "cop"):
            self.pos[verb], self.tag[verb] = "VERB", "VBZ"

    def _carried(self, noun: int) -> None:
        """ "a train believed to be carrying him appears to have left": he is carried, and the train has left."""
        verb = self.head[noun]
        before = (
            min([noun, *(kid for kid in self.kids[noun] if self.dep[kid] in ("det", "amod", "compound", "nmod:poss", "nmod:desc"))]) - 1
        )
        while before > 0 and self.pos[before] == "PUNCT":
            before -= 1
        if (
            before < 1
            or self.tag[before] not in ("VBG", "VB")
            or self.lower[before] not in _CARRYING
            or self._has(before, "obj")
            or noun > verb
        ):
            return
        carrier = before
        for _ in range(6):
            if self.head[carrier] == carrier:
                return
            carrier = self.head[carrier]
            if self.pos[carrier] in ("NOUN", "PROPN"):
                break
        if self.pos[carrier] not in ("NOUN", "PROPN") or carrier > before:
            return
        self._move(noun, before, "obj")
        self._move(carrier, verb, "nsubj")

    def _clause_read_as_phrase(self, verb: int) -> None:
        """ "A helicopter crashed.": a finite past hung on the sentence's own noun is its verb."""
        noun = self.head[verb]
        above = self.head[noun]
        according = above != noun and self.dep[noun] == "appos" and self.head[above] == above and self._case(above) == "according"
        stop = self.pos[above] == "PUNCT" and self.head[above] == above
        if not (above == noun or according or stop) or self._has(verb, "nsubj") or self._has(verb, "mark"):
            return
        if self.tag[verb] != "VBD" and self.lower[verb] not in _ONLY_PAST and not self._ends_like_a_sentence(noun, verb):
            return
        top = above if according or stop else noun
        self._move(verb, verb, self.dep[top])
        if according:
            self._move(above, verb, "obl")
        elif stop:
            self._move(above, verb, "punct")
        self._move(noun, verb, "nsubj")
        self.tag[verb], self.pos[verb] = "VBD", "VERB"

    def _ends_like_a_sentence(self, noun: int, verb: int) -> bool:
        """Whether a full stop closes a sentence that has no other finite verb than this past form."""
        if not (self.lower[verb].endswith("ed") or self.lower[verb] in _PASTS) or self._has(verb, "obl:agent"):
            return False
        if any(
            self.pos[kid] in ("VERB", "AUX") and kid != verb and self.dep[kid] not in ("acl:relcl", "acl", "advcl", "amod")
            for kid in self.kids[noun]
        ):
            return False
        if self._has(noun, "cop") or any(self.lower[kid] == "by" for below in self.kids[verb] for kid in self.kids[below]):
            return False
        return any(self.lower[kid] in _STOPS for kid in (self.head[noun], *self.kids[noun], *self.kids[verb]))

    def _according(self, noun: int) -> None:
        """ "According to sources reported to an agency, the train left": the sources are no subject."""
        if self._case(noun) != "according":
            return
        verb = self.head[noun]
        later = self._clause_after(verb)
        if later is None:
            self._move(noun, verb, "obl")
            return
        above, relation = self.head[verb], self.dep[verb]
        self._move(later, later if above == verb else above, relation)
        for kid in [kid for kid in self.kids[verb] if kid > later]:
            self._move(kid, later, self.dep[kid])
        self._move(noun, later, "obl")
        self._move(verb, noun, "acl")

    def _clause_after(self, verb: int) -> int | None:
        """The main verb that the parser hung on the insertion's: as its coordinate, or on a noun after the comma."""
        for kid in self.kids[verb]:
            if self.dep[kid] == "conj" and self.pos[kid] in ("VERB", "AUX"):
                return kid
        for noun in [kid for kid in self.kids[verb] if kid > verb and self.pos[kid] in ("NOUN", "PROPN")]:
            participle = next(
                (kid for kid in self.kids[noun] if self.dep[kid] == "acl" and self.tag[kid] in ("VBN", "VBD") and kid > noun), None
            )
            if participle is not None and "," in self.lower[verb:noun]:
                self._move(participle, verb, "conj")
                self._move(noun, participle, "nsubj")
                self.tag[participle], self.pos[participle] = "VBD", "VERB"
                return participle
        return None

    def _object_after_insertion(self, noun: int) -> None:
        """ "address, according to the media, the supply": the object stands after the insertion."""
        first = noun
        for kid in self.kids[noun]:
            if self.dep[kid] == "cc":
                return
            if self.dep[kid] in ("det", "amod", "compound", "nmod:poss", "nummod"):
                first = min(first, kid)
            elif kid < noun and self.dep[kid] != "punct":
                return
        if first < 2 or self.lower[first - 1] != ",":
            return
        for comma in range(first - 2, max(0, first - _FAR), -1):
            if self.lower[comma] == ",":
                verb = comma - 1
                if self.tag[verb].startswith("VB") and not self._has(verb, "obj") and not self._has(verb, "ccomp"):
                    self._move(noun, verb, "obj")
                return

    def _way_on_a_time(self, noun: int) -> None:
        """ "travelled this morning to Oslo": the way belongs to the verb, not to the time."""
        time = self.head[noun]
        if self.lower[time] not in _TIMES or self._case(noun) not in _WAYS or self.lower[noun] in _TIMES:
            return
        verb = self.head[time]
        if verb != time and self.pos[verb] in ("VERB", "NOUN") and self.dep[time].split(":")[0] in ("obl", "obj", "nmod"):
            self._move(noun, verb, "obl" if self.pos[verb] == "VERB" else "nmod")

    def _noun_on_a_verb(self, noun: int) -> None:
        """A noun hung on the verb after it as if it modified a noun is its subject."""
        verb = self.head[noun]
        if self.pos[verb] == "VERB" and noun < verb and not self._has(verb, "nsubj") and not self._case(noun):
            self.dep[noun] = "nsubj"

    def _bare_object(self, noun: int) -> None:
        """A name right after its verb, without a preposition, is its object."""
        verb = self.head[noun]
        if (
            noun == verb + 1
            and self.pos[verb] == "VERB"
            and not self._case(noun)
            and not self._has(verb, "obj")
            and self.lower[noun] not in _TIMES
        ):
            self.dep[noun] = "obj"
