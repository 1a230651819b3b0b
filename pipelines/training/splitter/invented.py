"""Words and lines that generated dumps have beside their articles; a file uses few of them, left to chance."""

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PEOPLE = (
    "Anna Meyer", "John Okafor", "Li Wei", "Marta Kowalska", "Sam Whitfield", "Rosa Duarte", "Priya Nair",
    "Tom Beckett", "Ingrid Solberg", "Hassan Mansour",
)  # fmt: skip
AGENCIES = ("AP", "AFP", "EPA", "dpa", "PA", "Getty Images", "TASS", "ANSA")
OUTLETS = (
    "Daily Courier", "The Morning Ledger", "Harbour News", "North Star", "Tribune Online", "Globe Wire", "Metro Daily",
    "Evening Post", "The Valley Record", "Kestrel", "Coastline Today",
)  # fmt: skip
PLACES = ("BERLIN", "NAIROBI", "LIMA", "KYIV", "OTTAWA", "NEW DELHI", "SANTIAGO", "PARIS")
MARKERS = (
    "Read more", "Read More", "More...", "Continue reading", "Full story", "Details >>", "Weiter", "LEES VERDER",
    "[link]", "Permalink", "* * *", "Top of page", "Comments (0)", "See full article", "Tweet", "Print",
    "Lire la suite", "Back to index", "#", "Open original", "-----", "END", "***", "Share this story",
    "Story continues", "###",
)  # fmt: skip
RELATED = (
    "Read more", "Related", "See also", "READ ALSO", "Recommended", "More on this", "Don't miss", "DISCOVER MORE",
    "You may like", "Zum Thema", "Related stories", "Watch", "Also in the news", "Keep reading",
)  # fmt: skip
PLACEHOLDERS = ("TT", "XX", "NB", "PHOTO", "—", "IMG", "Kestrel", "pic")
MENU = (
    "Home", "World", "Politics", "Business", "Sport", "Culture", "Opinion", "Video", "Weather", "Subscribe", "Sign in",
    "Newsletters", "Jobs", "Local News", "Health", "Science", "Travel", "Markets", "Podcasts", "Games", "Crossword",
    "Shop", "My account", "Search", "Menu", "Skip to content", "Today's paper", "Obituaries", "Classifieds", "Cars",
)  # fmt: skip
FOOTER = (
    "About us", "Contact", "Terms of use", "Privacy policy", "All rights reserved.", "Follow us", "Advertise with us",
    "Cookie settings", "Work for us", "Site map", "Help centre", "RSS", "Facebook", "Instagram", "Back to top",
)  # fmt: skip
BANNERS = (
    "We use cookies to improve your experience. Accept all | Manage choices",
    "You have read 3 of 5 free articles this month. Subscribe",
    "Get our best stories every morning: sign up to the newsletter",
    "Breaking: follow our live coverage",
)  # fmt: skip
SHARE = ("Share", "Tweet", "Email", "Print", "Save", "Copy link", "Listen", "Comments")
