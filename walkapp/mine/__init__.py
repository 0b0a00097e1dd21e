"""What a person has of their own: claims and what came of them, replies, who looked, an archive."""
