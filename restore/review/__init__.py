"""What a person checks: alignment, figures, differences."""
