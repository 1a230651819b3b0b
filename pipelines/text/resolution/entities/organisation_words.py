"""Words by which the names of organisations are told: what stands in them, before them and after them."""

import re

from pipelines.text.extraction.wordlists import FUNCTION_WORDS, word_set
from pipelines.text.resolution.entities.organisation_names import CHAMBERS, INNER_WORDS, STATE_ORGANS

TWO_WORD_ORGANS = frozenset(
    {
        ("air", "force"),
        ("armed", "forces"),
        ("city", "council"),
        ("county", "council"),
        ("county", "court"),
        ("crown", "court"),
        ("district", "court"),
        ("high", "court"),
        ("central", "bank"),
        ("coast", "guard"),
        ("intelligence", "service"),
        ("national", "guard"),
        ("supreme", "court"),
    }
)
STATE_ORGAN_ENDS = STATE_ORGANS | {last for _, last in TWO_WORD_ORGANS}
LOCAL_ORGANS = word_set("police fleet court council")
"""What a town has, in lower case or not."""
PORTFOLIOS = word_set(
    """
    defense defence foreign interior finance health justice energy education culture agriculture trade transport economy
    economic labor labour environment information intelligence oil commerce tourism
    """
)
KINDS = word_set(
    """
    agency airline airport-operator automaker band bank biotech body brewer broadcaster brokerage builder bureau
    carmaker carrier cartel charity chipmaker club college company conglomerate consultancy contractor daily developer
    distributor drugmaker duo exchange federation firm foundation fund gang giant group guerrillas hospital institute
    insurer journal junta laboratory lender magazine maker manufacturer militia miner movement network newsletter
    newspaper nonprofit operator organisation organization outlet paper parent party planemaker platform producer
    alliance bloc bookseller coalition cooperative faction grouping holding ministry platform studio think-tank trust
    publisher refiner regulator retailer shipbuilder shipper start-up startup steelmaker streamer subsidiary supplier
    tabloid tank telecom trio union university utility watchdog website weekly wholesaler
    """
)
"""What a body is, right before its name: 'drugmaker Novo Nordisk', 'the weather bureau PAGASA'."""
KINDS_AFTER = word_set("newspaper magazine newsletter broadcaster tabloid militia")
"""What a body is, right after its name: 'the Tarnby Star newspaper'."""
KINDS |= {f"{kind}s" for kind in KINDS}
BODY_NOUNS = word_set(
    """
    bureau party movement group lender insurer drugmaker carmaker chipmaker miner refiner utility conglomerate giant
    authority body federation council institute foundation club network association militia gang cartel ministry
    company firm agency organisation organization charity nonprofit startup bank newspaper magazine website broadcaster
    retailer manufacturer airline carrier thinktank watchdog regulator union developer maker operator publisher
    consultancy brokerage university hospital militia fund lobby choir orchestra cooperative
    alliance coalition bloc faction studio trust subsidiary unit arm
    supplier steelmaker planemaker brewer wholesaler carmaker shipyard grouping
    """
)
BUILDINGS = word_set("arena stadium ballpark speedway coliseum amphitheater amphitheatre tower plaza")
"""What is called after firms."""
GROUPS = word_set(
    """
    people women men children workers farmers teachers veterans journalists writers students citizens employers players
    general ombudsman prosecutor prosecutors governor mayor sheriff coroner auditor comptroller attorney defender
    citizen citizens physician physicians consumer patients tenants residents nurses doctors police chiefs
    chancellor lawyers drivers pensioners consumers soldiers mothers fishermen firemen policemen
    """
)
"""Whose party, union or fund a body is, with a possessive."""
IN = word_set("in at near outside around throughout across In At Near")
"""Words before a place."""
REPORT = re.compile(r"[^!?\n]{0,40}?(?:—|–|--|\s-\s)")
"""What stands between the place that a report begins with and the report."""
LINKING = word_set("de del della delle di da do dos du des la le los las el y e et van von der")
"""What links the parts of a name in other languages: 'Cobre del Norte'."""
PARTED_BY = word_set("to at from by as")
"""Lower-case words that end a name inside a span of the model's."""
INDUSTRIES = word_set(
    """
    airlines airways biotech brands group holding
    communications energy enterprises entertainment foods gas healthcare holdings
    industries insurance investments laboratories labs logistics management mining motor motors oil petroleum
    pharmaceuticals railways records resources robotics securities software solutions steel studios systems technologies
    telecom telecoms therapeutics ventures shipping aerospace lithium copper nickel uranium zinc metals minerals
    semiconductor semiconductors electronics chemical chemicals materials cement tobacco beverages breweries inc
    ltd plc corp co
    """
)
"""Last words of the names of firms; an 'of' after them begins no part of the name: 'Acme Mining of Tarnby'."""
EMPLOYED = word_set(
    "analyst economist strategist researcher scientist professor lecturer fellow partner director spokesman engineer"
)
"""Who is 'at' a body."""
MADE = word_set("made manufactured developed built produced supplied operated owned")
"""What firms have done, before 'by'."""
BY_THEMSELVES = CHAMBERS - {"house"}
"""Bodies that are named by one word."""
BEFORE_TEAM = word_set("champion champions rival rivals leaders hosts visitors")
"""What a team is, right before its name."""
NATIONAL = PORTFOLIOS | word_set(
    """
    statistics parks elections sport sports tourism aviation tennis athletics swimming cycling netball gymnastics
    rowing golf badminton boxing triathlon skiing sailing squash
    """
)
"""Words that name a body with a country after them: 'Environment Canada'."""
IN_ENGLISH_NAMES = word_set("for of to in without against")
"""Prepositions that names made of English words go on behind: 'Bread for Tarnby'."""
NATIONAL_BRANCHES = frozenset({"red cross", "red crescent", "olympic committee", "paralympic committee"})
"""World bodies whose branch is a body by itself: 'Tunisian Red Crescent'."""
BUILT = word_set(
    "airport cathedral bridge coliseum stadium arena mosque highway motorway monument volcano reservoir canal pipeline"
)
"""Last words of the names of what is built and of what is found, none of which is a body."""
SEATS = frozenset({"City", "County", "Town", "Borough", "Port", "University"})
"""What stands before 'of' in the full style of a town or a body, which the name of another body begins with."""
ACTING = word_set(
    """
    has had have will would says plans wants owns runs operates makes employs denied denies offered agreed refused
    """
)
"""Verbs that follow the names of those who act."""
PARTISANS = frozenset(
    {"Conservatives", "Greens", "Republicans", "Democrats", "Labour", "Labor", "Nationals", "Liberals"}
)
"""What the members of parties are called, and the parties after them."""
PARTIES = frozenset({"Labour", "Labor", "Plaid"})
"""Parties that are called by an ordinary word."""
PARTY_PEOPLE = word_set(
    """
    MP MPs MSP MSPs MS peer peers councillor councillors leader deputy candidate candidates member members backbencher
    backbenchers government manifesto whip conference donor chairman frontbencher frontbenchers politician politicians
    """
)
"""What follows the name of a party, and seldom the word that it is called by."""
EXPLAINED = frozenset({None, "ORG", "PRODUCT", "WORK_OF_ART", "LAW", "PERSON", "GPE", "LOC"})
"""Labels of the model's under which a name may be a body's, where an apposition says that it is one."""
COLOURS = word_set("left right centre center green greens red blue pirate")
"""Words that name a party together with 'party' only."""
EXPLAINING = word_set("a an the its which whose led headed founded based owned run")
"""Words that open an apposition or a clause about the name before."""
ERAS = word_set(
    """
    ancient central colonial communist democratic divided eastern former free greater imperial islamic mainland modern
    nazi new northern occupied old post-war postwar southern soviet tsarist unified united upper western
    """
)
"""Adjectives before the name of a country that make no body of it: 'Nazi Germany'."""
COUNTRY_LETTERS = frozenset({"UK", "USA", "GB", "NI"})
"""Letters of countries that the names of charities and the like end in."""
AGAINST = word_set(
    "beat beats defeated defeat against over past edged routed topped hosted host facing face visit visited"
)
"""Words before the team that is played against."""
ADJECTIVAL = ("ous", "ern", "ian", "ing", "ful", "less", "ical", "locked")
"""Endings of adjectives that stand before the names of countries: 'mountainous Nepal'."""
TOWARDS = word_set("in at near from to into through via toward towards outside around across off of on between inside")
"""Prepositions that lead to places."""
BRACKET_AND_DASH = re.compile(r"\) ?(?:—|–|--|-) ?")
LYING = word_set("lies lie lay erupts erupted flows flowed")
"""What places do, and bodies do not."""
MACHINES = word_set(
    "aircraft carrier drone engine gun helicopter jet launcher missile model plane rifle rocket tank truck vehicle"
)
"""What a word that ends in a number may be the type of: 'the M88 recovery vehicle'."""
WITH_AIMS = word_set("movement coalition committee campaign alliance league")
"""Heads of names that say with 'to' or 'against' what the body wants: 'Committee to Protect Journalists'."""
WEAPONS = word_set("missile missiles aircraft helicopter helicopters rifle rifles warplane warplanes")
"""What a single word before them is the make of, unless a table has it as a body's."""
WARES = word_set(
    "app camera car console game headset ketchup laptop phone pickup scooter sedan smartphone smartwatch suv tablet van"
)
"""What names of several words before them are the makes of."""
ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th)")
NATURE = word_set("mount mt lake cape river hurricane typhoon cyclone")
"""First words of names in nature."""
ROADS = word_set("street avenue ave road rd lane drive boulevard blvd highway freeway motorway parkway interstate")
TELLING = word_set("told by to via")
"""Words before the name of a newspaper that goes with 'The'."""
MOST_CAPITALS = 12
"""Letters in a name of several words that is in capitals throughout."""
OF_SEVERAL = word_set(
    """
    ministry department institute bureau office center centre directorate secretariat authority agency inspectorate
    administration committee board council faculty college school academy chamber
    """
)
"""Heads of names that go on over an 'and': 'Ministry of Trade and Industry'."""
ALONE_WITH_OF = word_set("university bank church college museum")
"""Heads of names with 'of' that no 'and' after a town belongs to: 'University of Tarnby and …'."""
LOWER_INSIDE = (
    INNER_WORDS
    | STATE_ORGANS
    | word_set("de la le les del della di da do dos du des von van der den y e et und al el s d l at with from")
    | word_set("air armed coast central force forces guard intelligence court supreme national fleet")
)
"""What a name of a body may have in lower case beside a head noun."""
PLACED_BY = word_set("in near towards toward outside around across throughout at from")
REPORTING = word_set("reported reports wrote writes")
WITH_OFFICE = word_set(
    """
    spokesman spokeswoman spokesperson chief president chairman chairwoman chair director executive boss manager coach
    captain analyst economist founder co-founder owner secretary editor reporter correspondent presenter anchor host
    lawyer professor researcher scientist strategist defender striker midfielder goalkeeper quarterback pitcher
    commissioner general vice deputy managing senior head vice-president
    """
)
"""Offices of a body before the person who holds them."""
LOWER_CUES = STATE_ORGAN_ENDS | KINDS | WITH_OFFICE | BEFORE_TEAM | word_set("a an and at by its the their which")
"""Words in lower case that a name of a body may stand before or after."""
OFFICES = word_set("minister ministers secretary adviser advisor officer executive")
WORDS_BUT_US = FUNCTION_WORDS - {"us"}
"""Function words; 'US' in capitals is none."""
