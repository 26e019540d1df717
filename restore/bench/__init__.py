"""The benchmarks: how much is restored, what each part gives, what others give, and how sure the words are."""
