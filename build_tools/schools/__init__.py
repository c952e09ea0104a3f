"""What a school says for itself, and what its federation says for it: answers, amendments, words in other languages."""
