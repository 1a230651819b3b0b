"""The language of a text."""

SAMPLE_CHARS = 300


def language_of(text: str) -> str | None:
    """ISO 639-1 code of the text's language, judged on its beginning and its middle; None without a letter.

    Method: py3langid, a naive Bayes classifier over byte n-grams (Lui and Baldwin 2012).
    """
    middle = len(text) // 2
    sample = text if len(text) <= 2 * SAMPLE_CHARS else text[:SAMPLE_CHARS] + text[middle : middle + SAMPLE_CHARS]
    if not any(c.isalpha() for c in sample):
        return None
    from py3langid import classify

    return str(classify(sample)[0])
