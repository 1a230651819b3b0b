"""Fits the splitter's weights: articles laid out anew at random, and regressions over what the splitter measures.

Not needed to run the pipeline. `python -m pipelines.training DUMPS GOLD ...` writes `models/splitter/*.json` again.
"""
