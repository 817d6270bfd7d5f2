"""The icons of the site: our own strokes on a 24 x 24 grid, drawn in the colour of the text around them."""

from __future__ import annotations

# name -> path data; every icon is a stroke of width 2, round ends, no fill
ICONS: dict[str, str] = {
    "arrow": "M5 12h14M13 6l6 6-6 6",
    "arrow-back": "M19 12H5M11 6l-6 6 6 6",
    "book": "M12 6c-2-1.5-5-2-8-2v14c3 0 6 .5 8 2 2-1.5 5-2 8-2V4c-3 0-6 .5-8 2zM12 6v14",
    "briefcase": "M4 8h16v11H4zM9 8V5h6v3M4 13h16",
    "building": "M5 20V5h9v15M14 10h5v10M3 20h18M8 9h3M8 13h3M8 17h3",
    "calendar": "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4",
    "check": "M5 12.5l4.5 4.5L19 7.5",
    "clock": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7.5V12l3 2",
    "close": "M6 6l12 12M18 6L6 18",
    "compass": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM15.5 8.5l-2 5-5 2 2-5z",
    "contrast": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 3v18M12 8l7-2M12 13h9M12 18l6 0",
    "download": "M12 4v11M7 11l5 5 5-5M4 20h16",
    "euro": "M18 6.5A7 7 0 1 0 18 17.5M4 10.5h9M4 13.5h9",
    "external": "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
    "filter": "M4 7h16M7 12h10M10 17h4",
    "handshake": "M3 8l4-2 5 2 5-2 4 2v7l-3 1-5 4-2-1-5-3-3-1zM12 8l-3 4 3 1 2-2 4 5",
    "info": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5.5M12 7.5v.1",
    "key": "M8 11a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM11 12.5L20 4M16 8l3 3",
    "link": "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
    "mail": "M3 6h18v13H3zM3 7l9 7 9-7",
    "map": "M9 5L3 7v13l6-2 6 2 6-2V5l-6 2zM9 5v13M15 7v13",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "minus": "M6 12h12",
    "moon": "M20 14A8.5 8.5 0 0 1 10 4a8.5 8.5 0 1 0 10 10z",
    "path": "M5 19a2 2 0 1 0 .1 0M19 9a2 2 0 1 0-.1 0M7 19h8a3.5 3.5 0 0 0 0-7H9a3.5 3.5 0 0 1 0-7h8",
    "people": (
        "M9 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM3 20c0-4 2.5-6 6-6s6 2 6 6M16 5.5a3 3 0 0 1 0 5.5"
        "M17.5 14.5c2.3.7 3.5 2.6 3.5 5.5"
    ),
    "phone": "M6 3h4l2 5-3 2c1 2.5 2.5 4 5 5l2-3 5 2v4c0 2-1.5 3-3 3C10 20.5 3.5 14 3 6c0-1.5 1-3 3-3z",
    "pin": "M12 21c-5-5.5-7-8.5-7-11.5a7 7 0 0 1 14 0c0 3-2 6-7 11.5zM12 7a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
    "plus": "M12 6v12M6 12h12",
    "print": "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
    "question": (
        "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9.5 9.5c0-1.5 1-2.5 2.5-2.5s2.5 1 2.5 2.3c0 1.7-2.5 2-2.5 4.2M12 16.8v.1"
    ),
    "school": "M12 5L2 10l10 5 10-5zM6 12v5c3.5 2.5 8.5 2.5 12 0v-5M22 10v6",
    "screen": "M3 5h18v11H3zM8 20h8M12 16v4",
    "search": "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l5 5",
    "share": "M12 15V4M8 7.5L12 3.5l4 4M6 11H4v10h16V11h-2",
    "shield": "M12 3l8 3v6c0 5-3.5 7.5-8 9-4.5-1.5-8-4-8-9V6zM8.5 12l2.5 2.5 4.5-5",
    "steps": "M4 20v-5h5v-5h5V5h6",
    "sun": (
        "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2.5M12 19.5V22M2 12h2.5M19.5 12H22M5 5l1.7 1.7"
        "M17.3 17.3L19 19M19 5l-1.7 1.7M6.7 17.3L5 19"
    ),
    "target": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 12v.1",
    "warning": "M12 4L2.5 20h19zM12 10v5M12 17.5v.1",
}
