"""WHAT COMES IN: what others say, read, judged and kept."""
