"""What people and programs look at: pure functions from records to text, JSON, HTML and other forms."""
