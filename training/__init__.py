"""Training: one command rebuilds each shipped weight (``python -m training.NAME --data FOLDER --out FOLDER``)."""
