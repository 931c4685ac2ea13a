"""Training of the language pipeline: ``python -m training.language --data FOLDER --out sightline/language/weights``."""
