"""The splitter's weights: annotated articles laid out anew at random, and regressions over what the splitter measures.

`python -m pipelines.training.splitter DUMPS GOLD [DUMPS GOLD ...]` writes `models/splitter/*.json` again.
"""
