"""Words that distinguish names of people, places and organizations."""

TITLES = frozenset(
    """
    mr mrs ms miss mx dr prof professor sir dame lord lady baroness baron count countess
    president minister chancellor premier governor gov senator sen representative rep congressman
    congresswoman mayor councilor councillor coun alderman ambassador amb judge justice magistrate
    king queen prince princess emperor sheikh emir sultan pope cardinal archbishop bishop father
    rev reverend rabbi imam pastor sister brother general gen colonel col major maj captain capt
    lieutenant lt sergeant sgt corporal commander cmdr admiral adm marshal inspector
    superintendent detective det officer constable chief coach deputy speaker secretary
    """.split()
)
"""Titles and ranks that stand before a name with a capital, in lower case and without full stop."""

ROLES = TITLES | frozenset(
    """
    accountant activist actor actress adviser advisor administrator adviser aide agent analyst
    anthropologist archaeologist architect artist assistant astronaut astronomer athlete attorney
    author backstroker baker banker barber barrister bassist batsman biologist blogger botanist
    bowler boxer boss campaigner candidate captain carpenter cellist ceo chair chairman
    chairperson chairwoman champion chef chemist choreographer clerk climber climatologist
    co-founder coach comedian commander commentator commissioner composer conductor conservator
    consultant cook coroner correspondent curator cyclist dancer defender dentist deputy
    designer detective diplomat director diver doctor driver drummer ecologist economist
    editor electrician engineer entrepreneur envoy executive expert farmer filmmaker firefighter
    fisherman fisherwoman forester forward founder gardener geneticist geographer geologist
    glaciologist goalkeeper golfer grower guitarist hairdresser hairstylist harbormaster head master
    headmaster headteacher historian hydrologist illustrator immunologist inspector
    interpreter inventor investigator janitor jeweler jeweller jockey journalist keeper
    landlord lawmaker lawyer leader lecturer librarian lifeguard linguist locksmith logician
    manager marshal mason mathematician mechanic mediator meteorologist midfielder
    midwife miner missionary monk musician naturalist negotiator
    neurologist novelist nun nurse oceanographer official ombudsman optician organizer
    painter paramedic passenger pathologist pediatrician paediatrician performer
    pharmacist philanthropist philosopher photographer physician physicist pianist pilot player
    playwright plumber poet policeman policewoman politician porter postman potter premier
    presenter president priest principal professor programmer prosecutor psychiatrist
    psychologist pupil ranger referee reporter representative researcher resident
    restorer runner sailor scholar scientist sculptor seismologist senator sergeant shepherd
    shopkeeper shopper singer skater skier skipper sociologist soldier solicitor soprano
    spokesman spokesperson spokeswoman sprinter statistician strategist striker student
    superintendent supervisor surgeon survivor suspect swimmer tailor teacher technician tenant
    tenor toxicologist trainer translator treasurer trumpeter trustee tutor undersecretary
    vet veterinarian violinist virologist volcanologist volunteer waiter waitress warden weaver
    welder winemaker winger witness worker writer zoologist merchant substitute predecessor
    successor rival opponent veteran teenager gunman attacker hostage victim mp
    """.split()
)
"""Roles and professions, in lower case, without words that also mean a thing ("maker")."""

RELATIVES = frozenset(
    """
    wife husband widow widower partner fiancé fiancée son daughter mother father brother sister
    uncle aunt nephew niece cousin grandson granddaughter grandfather grandmother stepson
    stepdaughter stepfather stepmother twin friend colleague
    """.split()
)

SPEAKING = frozenset(
    """
    said says told added adds asked asks explained argued noted warned recalled replied insisted
    admitted conceded promised joked wrote tweeted testified complained hopes thinks believes
    suspects wants reckons expects fears worries regretted apologized apologised
    """.split()
)

ORGANIZATIONS = frozenset(
    """
    academy administration affairs agency airline airlines airport airways alliance assembly
    associates association authority bank banks bloc board broadcasting brothers bureau cabinet
    center centre chamber church city clinic club coalition college commerce commission committee
    community company congress consortium convention cooperative corp corporation council court
    courts cup department energy enterprise enterprises exchange federation fc festival finance
    force forces forum foundation front fund gallery gazette government group guard herald
    holdings hospital hotel house inc industries industry initiative institute institution
    international journal labs laboratories laboratory league library limited llc ltd magazine
    manor medical mills minerals mines mining ministry motors movement museum nations network
    news observatory office olympics opera orchestra organisation organization paper parliament
    partners party patrol pharma police port post press programme project prize radio railway
    railways resources restaurant school secure senate service services society sons stadium
    standard star stores studios study supreme survey systems team technologies technology
    telecom television theater theatre times treaty tribune trust union united universities
    university wire works zoo act award awards bill bridge day games law plan report tower
    estate square street road avenue lane boulevard terminal station tunnel highway hall prison
    biologicals carriers cathedral cinema consumer dam daily electric ensemble factory ferries
    ferry line lines logistics marine maritime museum palace park plaza pool power quartet renewal
    """.split()
)
"""Words of names that are neither of people nor of places."""

LANDFORMS = frozenset(
    """
    archipelago atoll basin bay beach bluff canal canyon cape channel cliff cliffs coast cove
    county cove creek delta desert district estuary falls fjord forest glacier gorge gulf harbor
    harbour heights highlands hill hills inlet island islands isle isles lagoon lake lakes lowlands
    marsh marshes mountain mountains ocean oblast pass peak peninsula plain plains plateau
    prefecture province range reef reefs region ridge river sea shore sound steppe strait straits
    territory township valley volcano wetlands woods end
    """.split()
)
"""The last words of places' names: "Motueka River", "Tasman Sea"."""

SURNAMES = frozenset(
    """
    bill banks church cliff cross day ford forest front grant hall harbor herald hill hills house
    lake lane law marsh mills mines park post power price ridge rivers sons square star street
    tower valley wells woods
    """.split()
)
"""Words of organizations, streets and landforms that are surnames as well: "Mary Lane"."""

FIRST_OF_PLACES = frozenset(
    "cape mount mt lake gulf port fort isle ile rio río saint st san santa são lough loch".split()
)
"""The first words of places' names: "Cape Moramo"."""

SETTLEMENTS = frozenset(
    """
    capital city cities town towns village villages hamlet port suburb suburbs district province
    region state county island islands municipality neighborhood neighbourhood resort territory
    prefecture borough enclave
    """.split()
)
"""Words that name a place after "of": "the village of Peine"."""

MONTHS_AND_DAYS = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december jan feb mar apr jun jul aug sept sep oct nov
    dec christmas easter ramadan eid hanukkah diwali lent advent passover
    """.split()
)

NO_PLACES = MONTHS_AND_DAYS | frozenset(
    """
    parliament congress senate court supreme brexit covid covid-19 facebook twitter instagram
    tiktok youtube whatsapp telegram google bitcoin internet web islam christianity buddhism
    hinduism judaism christ god allah jesus north south east west art english state assembly
    formula olympic olympics bundesliga eurovision wikipedia netflix
    """.split()
)
"""Capitalized words after "in" that are not places."""

PARTICLES = frozenset(
    "van von der den de del della di da dos das do du la le el al bin ibn ben abu y e af av".split()
)
"""Words in lower case inside a name: "Pieter van Zyl"."""
