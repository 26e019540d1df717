"""What was meant: damaged text to Vietnamese, with the reason for every change."""
