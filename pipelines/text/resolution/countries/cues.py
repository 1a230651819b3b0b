"""English words around a name, and what they tell about it. All folded (see `words.fold`)."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CONNECTORS = _words("""
    al am an and ar as ash az d da de del der des di do dos du e ed el en es ez i im in la las le les los of on s
    sur the ud ul upon y
""")
"""Words within a name that may be written small."""

BLOCKING_AFTER = _words("""
    avenue boulevard channel drive gulf lane ocean road sea seas strait straits street
""")
"""What makes the name before it one of a water or a street, which is neither in nor of the place: 'London Road'."""

BLOCKING_AFTER_COUNTRY = BLOCKING_AFTER | _words("""
    creek grove heights hollow ridge spring springs township
""")
"""What besides makes a country's name before it one of something elsewhere: 'Norway Creek'."""

BLOCKING_OF = _words("""
    bay gulf sea strait straits
""")
"""Waters named after what lies by them: 'Gulf of Mexico'."""

SHIPS = _words("""
    destroyer ferry freighter frigate hmas hmcs hms msc mv submarine tanker trawler usns uss warship yacht
""")
"""Words before the name of a ship: 'the tanker Georgia'."""

BEFORE_PRONOUN = _words("""
    about all among around at behind beside between both by contact email follow for give gives help helps hurt
    hurts join keep keeps kept kill kills leave leaves let lets like made make makes need needs of on save saves
    see send sends show shows support take takes teach teaches tell tells told trust want wants with
""")
"""Words after which 'US' in a text all in capitals is the pronoun, unless a name follows."""

DETERMINERS = _words("""
    a an each every her his its my our the their your
""")
"""Words before which no adjective stands."""

AFTER_PRONOUN = _words("""
    a about again all an and as at by for from go here how if in into know more now of on or see that the through
    to today up via what when where which who why with you your
""")
"""Words that follow that pronoun rather than the name of the country."""

IN = _words("""
    across around at beyond in inside into near outside throughout via within
""")
"""Prepositions of being somewhere."""

BELIEF = _words("""
    believe believed believes belief confidence faith interest interested trust
""")
"""Words whose 'in' leads to persons as well as to places."""

NEAR = _words("""
    around near outside
""")
"""Those of them that stand before places, seldom before anything else."""

LOOSE = _words("""
    above along below between of off onto over past
""")
"""Words that govern places, and much else."""

TO_FROM = _words("""
    from through to toward towards
""")
"""Prepositions of going somewhere, and of much else."""

DIRECTIONS = _words("""
    besieged central downtown east eastern greater historic inner lower mainland nearby neighboring neighbouring
    north northeast northeastern northern northernmost northwest northwestern occupied old outer rural south
    southeast southeastern southern southernmost southwest southwestern suburban the upper uptown west western
""")
"""Words that may stand between a preposition and the name of a place."""

PLACE_NOUNS = _words("""
    archbishop area areas battle bishop borough capital center centre cities city coast community county district
    east fall governor hamlet island islands mayor municipality neighborhood neighbourhood north oblast outskirts
    part parts people port province region republic resident residents shores siege south state streets
    suburb suburbs territory town towns village villages west
""")
"""Nouns whose 'of' governs a place: 'the outskirts of'."""

FIRMS = _words("""
    acquisition biotech brands capital chemical chemicals copper electronics energy engineering enterprises foods gold
    heavy holdings industries instruments investments lithium logistics lp ltd machinery materials metals minerals
    mining motor motors nickel partners petroleum pharma pharmaceuticals precision pulp resources semiconductor
    semiconductors shipping software steel systems technologies telecom therapeutics trading ventures zinc
""")
"""Capitalised words that make the name before them that of a firm, which may be of any place."""

SEATED = _words("""
    archdiocese diocese university
""")
"""Nouns for bodies whose 'of' leads to where they have their seat."""

HEADS = _words("""
    big camp cape east el fort glen grand great la lake las le les little los lower mount new north old point port
    river saint sainte san santa santo south upper villa west
""")
"""Capitalised words that make the name after them that of a smaller thing: 'Mount', 'Lake'."""

TAILS = _words("""
    airport avenue bay beach bridge building canyon castle cathedral center centre church college court creek dam
    drive falls farm field fields forest gardens glacier grove hall harbor harbour heights high highway hill hills
    hospital hotel house island islands junction lake lane mall mine mountain mountains park pass plaza point
    ranch ridge river road rock rocks school springs square station street terrace tower trail valley way wood
    woods
""")
"""Capitalised words that make the name before them that of a smaller thing: 'Park', 'Airport'."""

BODIES = _words("""
    airport area areas mayor resident residents streets suburb suburbs
    city club commission community council county court crown department district elementary fire football general
    health high hospital housing independent library magistrates medical memorial middle opp parks planning police
    public rcmp regional school schools sheriff state superior town township transit unified united university
    volunteer zoning
""")
"""Words that follow the name of the place whose body they are: 'police', 'council'."""

SETTLEMENTS = _words("""
    capital city district hamlet island municipality port province region resort state suburb town village
""")
"""Nouns in 'the Ukrainian port of' and the like."""

CITY_NOUNS = _words("""
    airport apartment area attack attacks avenue bombing bombings borough bureau bus center centre church clinic
    conference court district embassy exchange fashion festival fire flat forum games home hospital hotel house
    marathon mayor meeting metro metropolitan museum neighborhood neighbourhood oblast office olympics park police
    prison region resident residents restaurant school shooting square stadium station stock street streets suburb
    suburbs subway summit talks theater theatre tower train university zone zoo
""")
"""Nouns after which a capital is the city: 'airport', 'summit'."""

GOING = _words("""
    attack attacked bombed capture captured enter entered entering hit leave leaves leaving left near reach
    reached reaching seize seized shelled tour toured visit visited visiting visits
""")
"""Verbs whose object is a place."""

RELATING = _words("""
    according aid allied ally alternative answer appeal appeals approval assistance assurances backing belong
    belongs challenge close closer concession concessions demand demands directives due friendly funding grateful
    guarantees help hostile independence instructions letter link linked links loyal message messages opposed
    order orders owed permission pressure pressured proposal proposals proposed reaction recognition relations
    response signal signals statement statements subservient support sympathetic thanks threat threats tie ties
    warning
""")
"""Words whose 'to' or 'from' leads to a state, not to a city: 'ties', 'pressure'."""

OFFICES = _words("""
    ambassador chancellor defence defense deputy finance first foreign general government interior king minister
    ministry parliament president prime queen secretary
""")
"""Words of offices that follow the name of a state."""

HALVES = _words("""
    area based born bound bred listed trained wide
""")
"""Second halves of compounds whose first is a place: 'Paris-based'."""

CALENDAR = _words("""
    april august december february friday january july june march may monday november october saturday september
    sunday thursday tuesday wednesday
""")
"""Days and months."""

STATE_NOUNS = _words("""
    democrat democrats gov governor legislature rep republican republicans sen senator
""")
"""Nouns that follow the name of a part of a country rather than that of a country."""
