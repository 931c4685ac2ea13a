"""Reported words: who says them (source), the words that tell so (cue), and what is said (content).

After Newell, Margolin and Ruths 2018 (PolNeAR) and Pareti 2016 (PARC): statements, beliefs, intentions and documents, direct,
indirect and mixed.
"""

from sightline.extract.speech.find import find_attributions

__all__ = ["find_attributions"]
