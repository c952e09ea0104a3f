"""Stems of English words: what is left of a word without its ending, so that "bring" and "bringing" are the same."""

import functools

import snowballstemmer


@functools.lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the stem of an English word in lower case."""
    return str(_stemmer().stemWord(word))


@functools.cache
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("english")
