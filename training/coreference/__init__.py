"""Training the mention ranker of ``sightline/extract/coreference`` on GUM."""
