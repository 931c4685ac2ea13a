"""The model card beside the weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

_TEXT = """# Weights for reported speech

`speech.npz` finds attributions: who says (source), the words that tell so (cue), what is said (content).

| | |
|---|---|
| Made by | `python -m training.speech --data FOLDER --out sightline/extract/speech/weights`, seed {seed}, teachers' seeds {teachers}, on {day} |
| Model | two convolutions and two gated recurrences in turn, over hashed features of the parse and static word vectors, decoded as a linear-chain CRF |
| | learnt from the annotators and from {count} bidirectional LSTM taggers, whose mean it follows over whole label sequences |
| | conditional logits join the fragments; confidence is calibrated on the development part |
| Learnt from | PolNeAR v1.0.0, training part (840 articles of United States political news, 2016; 19,868 attributions) |
| | what the LSTM taggers make of LGL (588 articles of local papers) and TR-News (118), of which nothing but the text is read |
| Terms of the data | github networkdynamics/PolNeAR (Newell, Margolin, Ruths 2018) states no licence for the data: research use |
| | LGL (Lieberman, Samet, Sankaranarayanan 2010) and TR-News (Kamalloo, Rafiei 2018): published for research |
| | the texts belong to their publishers; the weights hold none of them, only numbers fitted to hashed features |
| Must match | the language pipeline's weights: retrain after those change |
| Size | {size:.1f} MB |

F1 on the development part (84 articles; the calibration and the number of epochs were chosen on it):

| exact | source | cue | content | soft triple | quoted |
|---|---|---|---|---|---|
| {exact} | {source} | {cue} | {content} | {triple} | {quoted} |

Confidence, fit to three quarters of the development articles and tried on the fourth, in turn (expected error {error:.3f}):

| claimed | right | attributions |
|---|---|---|
{rows}

Known limits: learnt from American political news, so cues of the wires are helped by rules; the annotation is flat, so a
statement within a statement is seldom found; English only.
"""


def write(
    folder: Path,
    figures: Mapping[str, float],
    seed: int,
    teachers: Sequence[int],
    day: date,
    error: float,
    fifths: Sequence[tuple[float, float, int]],
) -> None:
    """Write ``README.md`` into ``folder``."""
    size = (folder / "speech.npz").stat().st_size / 1e6
    rows = "\n".join(f"| {mean:.2f} | {share:.2f} | {count} |" for mean, share, count in fifths)
    text = _TEXT.format(
        seed=seed,
        teachers=", ".join(map(str, teachers)),
        day=day.isoformat(),
        count=len(teachers),
        size=size,
        error=error,
        rows=rows,
        **figures,
    )
    (folder / "README.md").write_text(text, encoding="utf-8")
