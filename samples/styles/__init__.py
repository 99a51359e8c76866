"""The site styles by name: each a function that dresses a sheet, with the options it understands."""

from samples.styles import bundle_sites, dumps, government, library, oddities, resale
from samples.styles.sheet import Style

STYLES: dict[str, Style] = {
    style.name: style
    for module in (government, resale, bundle_sites, library, dumps, oddities)
    for style in module.STYLES
}
