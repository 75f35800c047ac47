"""HOW IT IS SHOWN: sheets, blocks, charts and words."""
