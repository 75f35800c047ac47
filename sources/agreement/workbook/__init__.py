"""The agreement as a workbook, for those who write no YAML: out (`export`) and back (`changes`)."""
