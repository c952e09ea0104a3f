"""What a school and its federation write: answers, amendments, words in other languages."""
