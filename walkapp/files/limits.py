"""How much is taken, and how long what was never finished is kept."""

MOST_BYTES = 20 * 1024 * 1024  # of one file
MOST_CHUNK_BYTES = 512 * 1024  # of one request
MOST_UNFINISHED_BYTES = 200 * 1024 * 1024  # of one account
MOST_UNFINISHED = 100  # files of one account
LEAST_FREE_BYTES = 200_000_000  # the database must be able to go on when photos no longer can

# A tablet sends at most 1600 x 1600. A camera's own picture of 50 million points is drawn smaller
# while it is read; only a JPEG can be.
MOST_JPEG_POINTS = 50_000_000
MOST_POINTS = 12_000_000
LONGEST_SIDE = 2000
MOST_SCANS = 100  # of a JPEG, with its thumbnails; a camera writes at most a dozen
JPEG_QUALITY = 85
WAIT_FOR_DRAWING_SECONDS = 5

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
SWEEP_EVERY_MS = HOUR_MS
FORGET_UPLOADS_AFTER_MS = 30 * DAY_MS
# Bytes without a row are what a killed process left. Younger ones may be waiting for their row.
ORPHANED_AFTER_MS = DAY_MS
# Or an older database was put back: whole photos wait apart, where a person can still find them.
FORGET_ORPHANS_AFTER_MS = 30 * DAY_MS
