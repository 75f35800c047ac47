"""A second theme, as a municipality would lay it in `theme/`: its own colours, and a logo."""

COLOURS = """/* De huisstijl van een verzonnen gemeente. */
:root {
  --basis-tint: #EEF5F3;
  --basis-note: #FFF3C4;
  --basis-ink: #14231F;
  --basis-quiet: #4A5A55;
  --basis-accent: #00594A;
  --basis-deep: #003D33;
  --basis-mark: #00594A;
  --basis-band: #D5E8E3;
  --basis-line: #6F807A;
  --basis-rule: #D3DEDA;
  --basis-empty: #7F8F89;
}
"""

LOGO = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 48">
<path fill="#00594A" d="M4 44V20L24 4l20 16v24z"/>
<path fill="#E0A100" d="M52 44V28l20-16 20 16v16z"/>
</svg>
"""
