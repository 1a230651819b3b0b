"""Fits the numbers in `models/`: the splitter's weights and the topics' scoring. Not needed to run the pipeline."""
