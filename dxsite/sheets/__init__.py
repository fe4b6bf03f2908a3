"""A plan as sheets for a spreadsheet, and back.

`forms` says which sheets and columns a record becomes, `tables` and `plans` fill them from
content files and build values from them, `workbooks` and `csvfiles` are two ways to store them,
`importing` turns changed sheets into changed files.
"""
