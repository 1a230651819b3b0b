"""Short articles in several styles, four for each top-level topic: the model must know its way about all 17."""

from collections import defaultdict
from pathlib import Path

import pytest

from pipelines.text.resolution.topics import TopicModel

MODEL = Path(__file__).parents[2] / "models" / "topics"

# (topics, the main one first; title; body)
ARTICLES: list[tuple[list[str], str | None, str]] = [
    (
        ["arts, culture, entertainment and media"],
        "Debut novel about lighthouse keepers takes prize",
        "The jury praised the young author for a first book that reads like a long poem. Set on a rocky island, "
        "the novel follows two sisters who copy old songs into notebooks while the lamp turns above them. Its "
        "publisher says a film version is already being written, with a composer from Bergen engaged for the "
        "score.",
    ),
    (
        ["arts, culture, entertainment and media"],
        "Gallery opens its attic",
        "For forty years the paintings hung face to the wall under the roof. From Friday visitors can walk among "
        "them: sketches, two large canvases by a forgotten portraitist and a plaster sculpture without its arms. "
        "The curator calls the exhibition an apology to artists whom the museum once thought too minor to show.",
    ),
    (
        ["arts, culture, entertainment and media"],
        None,
        "Regional broadcaster Kanal Nord will close its evening radio programme and move its journalists to a "
        "podcast studio, the channel said. Listeners had dwindled since the station lost its frequency in the "
        "valley. Editors promised that the newsroom would keep its reporters.",
    ),
    (
        ["arts, culture, entertainment and media"],
        "Band cancels tour after singer loses voice",
        "Fans who had bought tickets for twelve concerts will get their money back. The singer of the four-piece "
        "rock band told the audience in Ghent on Sunday that her doctor had ordered silence, then left the stage. "
        "The group's third album, recorded in a barn, was due in spring.",
    ),
    (
        ["crime, law and justice"],
        "Two held over warehouse robbery",
        "Police arrested two men on Tuesday on suspicion of robbing a jewellery warehouse last month. Detectives "
        "had followed a stolen van through three towns. Prosecutors charged both suspects with armed robbery; a "
        "judge ordered them held in custody until a hearing on 9 June.",
    ),
    (
        ["crime, law and justice"],
        "Former treasurer jailed for five years",
        "A court sentenced the former treasurer of a housing cooperative to five years in prison for fraud and "
        "money laundering. The jury heard that he had moved members' deposits through four companies. His lawyer "
        "said he would appeal against the verdict.",
    ),
    (
        ["crime, law and justice"],
        None,
        "The country's top court struck down a statute that let landlords keep tenants' deposits, ruling that the "
        "law breached the constitution. Two of the nine judges dissented. Attorneys for the tenants said the "
        "decision would settle hundreds of pending lawsuits.",
    ),
    (
        ["crime, law and justice"],
        "Body in the quarry: cold case reopened after 22 years",
        "A forensic laboratory has matched traces found on a coat to a man who died in 2011, and investigators "
        "now treat the death as murder. A detective who worked on the original case wept when she told the "
        "victim's brother. Nobody was ever convicted of the killing.",
    ),
    (
        ["disaster, accident and emergency incident"],
        "Ferry runs aground in fog, forty taken off",
        "Lifeboats took forty passengers off a ferry that ran aground near the harbour mouth early on Monday. "
        "Three people were treated for injuries and rescuers searched the hull for a missing crew member. The "
        "coastguard said the vessel was taking on water but was not expected to sink.",
    ),
    (
        ["disaster, accident and emergency incident"],
        "Quake shakes mountain villages",
        "An earthquake of magnitude 6.1 brought down houses in a dozen villages on Wednesday night and killed at "
        "least nine people. Rescue teams dug through rubble by hand because landslides had blocked the only road. "
        "Aftershocks drove families into the fields.",
    ),
    (
        ["disaster, accident and emergency incident"],
        None,
        "Firefighters brought a blaze in a furniture factory under control after six hours. Explosions of paint "
        "cans were heard across the district and residents were evacuated from two streets. One worker suffered "
        "burns; the cause of the fire is not known.",
    ),
    (
        ["disaster, accident and emergency incident"],
        "Bus plunges into ravine",
        "Seventeen passengers died when a bus left a wet road, broke through a barrier and fell thirty metres "
        "into a ravine. Paramedics climbed down with ropes to reach the survivors. It was the second fatal "
        "accident on the stretch this year.",
    ),
    (
        ["economy, business and finance"],
        "Chipmaker raises forecast as orders pile up",
        "The company expects revenue to grow by a fifth this year after its quarterly profit beat what analysts "
        "had forecast. Its shares rose six percent. The chief executive said demand from carmakers had returned "
        "and that a second factory would open in autumn.",
    ),
    (
        ["economy, business and finance"],
        "Central bank holds rates",
        "Policymakers left the benchmark interest rate at 4.25 percent and warned that inflation would fall more "
        "slowly than hoped. The currency slipped against the dollar, bond yields rose. Economists polled before "
        "the meeting had been split over a cut.",
    ),
    (
        ["economy, business and finance"],
        None,
        "Coffee growers in the highlands are pulling out their trees. Prices paid at the farm gate have halved in "
        "two years while fertiliser has doubled, exporters say, and traders now buy from cheaper producers "
        "overseas. A cooperative with nine hundred members has stopped lending.",
    ),
    (
        ["economy, business and finance"],
        "Grocery chain to buy rival's 140 stores",
        "The takeover, worth 820 million euros, would make the buyer the second-largest supermarket operator in "
        "the region. Regulators must still approve the merger. Suppliers fear lower prices; shareholders of both "
        "firms will vote in March.",
    ),
    (
        ["education"],
        "Village school saved by its pupils' parents",
        "The primary school, with thirty-one pupils and two teachers, was to close in summer. Parents found a "
        "third teacher and the council gave in. Lessons will now start at nine so that children from the outlying "
        "farms can take the school bus.",
    ),
    (
        ["education"],
        "University drops entrance exam",
        "Applicants to the university's faculty of arts will no longer sit an entrance examination. Instead "
        "lecturers will read their school grades and an essay. The students' union welcomed the change; some "
        "professors fear that standards will drop.",
    ),
    (
        ["education"],
        None,
        "Exam results published today show a fall in mathematics grades for the third year running. The education "
        "ministry blamed a shortage of trained teachers; headteachers pointed to crowded classrooms and a "
        "curriculum that changes every other year.",
    ),
    (
        ["education"],
        "Night classes fill up",
        "Forty years after she left school, a bus driver is learning to read in a classroom above the library. "
        "The literacy course is free and has a waiting list. Her teacher says adult learners do their homework "
        "better than any teenager.",
    ),
    (
        ["environment"],
        "Herons return to cleaned-up river",
        "Ten years after the last paper mill stopped pouring waste into it, the river has fish again, and the "
        "herons have followed. Biologists counted sixteen nests in the wetland, which is now a nature reserve. "
        "Conservationists want the dam upstream removed too.",
    ),
    (
        ["environment"],
        "Emissions fell, but not enough",
        "Greenhouse gas emissions fell by two percent last year, the environment agency said, well short of the "
        "country's climate target. Carbon dioxide from transport even rose. Activists said net zero by 2045 was "
        "out of reach without a price on carbon.",
    ),
    (
        ["environment"],
        None,
        "Plastic waste from three rivers accounts for most of the rubbish on the island's beaches, a survey by "
        "divers found. Sea turtles swallow the fragments. Environmental groups want a ban on single-use bags and "
        "a deposit on bottles.",
    ),
    (
        ["environment"],
        "Loggers move into protected forest",
        "Satellite pictures show that an area of rainforest the size of a small town has been cleared inside the "
        "national park since January. Rangers say the loggers come at night. The forest is home to an endangered "
        "species of gibbon and to many rare orchids.",
    ),
    (
        ["health"],
        "Measles back in the capital",
        "Doctors have recorded fifty-eight cases of measles in the capital since New Year, most of them in "
        "children who were not vaccinated. Two patients are in intensive care. The health ministry opened walk-in "
        "clinics and urged parents to check vaccination cards.",
    ),
    (
        ["health"],
        "New pill slows kidney disease, trial shows",
        "Patients who took the medicine for two years lost less kidney function than those on standard treatment, "
        "doctors reported. Side effects were mild. The drug, given once a day, could spare thousands of people "
        "dialysis or a transplant.",
    ),
    (
        ["health"],
        None,
        "The district's only maternity ward will close on weekends because there are too few midwives and nurses. "
        "Pregnant women will be sent to a hospital an hour away. The clinic's head physician called the decision "
        "dangerous.",
    ),
    (
        ["health"],
        "Why you wake at three",
        "Waking in the small hours is common and mostly harmless, says a psychiatrist who runs a sleep clinic. "
        "Stress, alcohol and some drugs are the usual causes. See a doctor if insomnia lasts more than a month, "
        "comes with depression or with pain in the chest.",
    ),
    (
        ["human interest"],
        "Lost ring comes home after 51 years",
        "A farmer digging potatoes found the wedding ring that his grandmother had lost in the same field in "
        "1974. She is 93 now and wore it to church on Sunday, laughing and crying at once. The potatoes, he said, "
        "had been poor this year anyway.",
    ),
    (
        ["human interest"],
        "Dog rides bus to beach alone",
        "Commuters on the number nine have got used to a fellow passenger with four legs: a spaniel that boards "
        "by itself, gets off at the beach and comes back at noon. Its owner, a widower, found out only when a "
        "photo of the pet went viral.",
    ),
    (
        ["human interest"],
        "Town baker turns 100 and still kneads",
        "Mayor, neighbours and a brass band surprised the old baker on his hundredth birthday with a cake he had "
        "not baked himself. He came down the stairs in his apron. Asked for the secret of long life, he said he "
        "had been too busy to think about it.",
    ),
    (
        ["human interest"],
        "Prince and singer announce engagement",
        "The palace confirmed what fans had guessed from a photograph of a ring: the young prince will marry the "
        "singer he met at a charity concert. The royal couple plan a small wedding in May. Celebrity magazines "
        "have already printed four versions of the dress.",
    ),
    (
        ["labour"],
        "Dockers walk out over night shifts",
        "About two thousand dockers stopped work at midnight after wage talks with the port operator broke down. "
        "Their union demands higher pay for night shifts and an end to twelve-hour days. Pickets stood at every "
        "gate; the employers called the strike irresponsible.",
    ),
    (
        ["labour"],
        "Jobless rate at nine-year high",
        "Unemployment rose to 8.7 percent in March, the labour office said, as builders and hotels laid off "
        "seasonal staff. Among people under 25 one in five is out of work. The office counted eleven job seekers "
        "for every vacancy.",
    ),
    (
        ["labour"],
        None,
        "Nurses, cleaners and warehouse workers would be paid at least 15 dollars an hour under a bill to raise "
        "the minimum wage. Trade unions called it overdue. Employers said they would cut working hours and hire "
        "fewer apprentices.",
    ),
    (
        ["labour"],
        "Retire later, work less",
        "One in three employees over sixty would stay in the job longer if allowed a four-day week, a survey of "
        "pensioners and workers suggests. Companies complain of a shortage of skilled staff but rarely offer "
        "part-time contracts to older colleagues.",
    ),
    (
        ["lifestyle and leisure"],
        "Lemon chicken for a lazy Sunday",
        "Rub the chicken with garlic, salt and olive oil, put half a lemon inside and let the oven do the rest. "
        "After an hour add potatoes and rosemary. Serve with a green salad. The recipe feeds four and the "
        "leftovers make a good soup.",
    ),
    (
        ["lifestyle and leisure"],
        "Five small hotels by the sea",
        "From a converted lighthouse to a guest house with its own bakery, these hotels are made for a weekend "
        "away. Expect creaking stairs, good breakfasts and beaches without sunbeds. Travel in May, when the "
        "restaurants are open and the crowds are not.",
    ),
    (
        ["lifestyle and leisure"],
        "Linen is back",
        "Designers sent loose linen suits and wide hats down the runway this week, in colours that look washed by "
        "salt. The trend is easy to wear: one oversized shirt, sandals, no jewellery. Fashion editors advise to "
        "leave the iron in the cupboard.",
    ),
    (
        ["lifestyle and leisure"],
        "Repot now",
        "Early spring is the time to repot houseplants. Choose a pot two fingers wider, loosen the roots and "
        "water well. Gardeners who want tomatoes on the balcony can sow them indoors this month. Keep seedlings "
        "on a sunny kitchen window.",
    ),
    (
        ["politics"],
        "Coalition collapses over budget",
        "The prime minister lost her majority on Thursday when the junior coalition party left the government. "
        "Parliament will vote on a motion of no confidence next week, and opposition leaders called for an early "
        "election. The president said he would meet all parties.",
    ),
    (
        ["politics"],
        "Foreign ministers agree to reopen embassies",
        "After two days of talks the foreign ministers of the two neighbours agreed to send back their "
        "ambassadors and to resume the border commission. A treaty on water is to follow. Diplomats spoke of the "
        "warmest meeting in twelve years.",
    ),
    (
        ["politics"],
        "Mayor wins second term by 212 votes",
        "Voters gave the mayor another four years on Sunday, by the narrowest margin in the city's history. "
        "Turnout was 48 percent. Her challenger, a former senator, asked for a recount in three districts; the "
        "electoral commission will decide on Tuesday.",
    ),
    (
        ["politics"],
        None,
        "Sanctions on the junta's ministers will be extended for a year, EU officials said after the summit. "
        "Member states could not agree on a ban on arms sales. The bloc's foreign policy chief will travel to the "
        "region for talks with the president.",
    ),
    (
        ["religion"],
        "Pilgrims fill the square for new archbishop",
        "Tens of thousands of believers prayed in the rain as the new archbishop celebrated his first mass in the "
        "cathedral. In his sermon he asked the faithful to open their parishes to strangers. Bishops from five "
        "countries attended.",
    ),
    (
        ["religion"],
        "Mosque and synagogue share a courtyard",
        "Every Friday the imam and the rabbi drink tea together between prayers. Their congregations, Muslims and "
        "Jews, bought the old courtyard jointly and restored it. During Ramadan the synagogue lends its kitchen.",
    ),
    (
        ["religion"],
        None,
        "Monks have begun to copy the monastery's scriptures by hand again. The oldest gospel, with a psalm on "
        "its last page, is too fragile to be touched. Novices say the work is a form of prayer.",
    ),
    (
        ["religion"],
        "Hindu festival of lights draws record crowd to temple",
        "Lamps were lit on every step of the temple as worshippers brought sweets to the shrine of the goddess. "
        "Priests blessed children until midnight. For many Hindu families in the town Diwali is the holiest night "
        "of the year.",
    ),
    (
        ["science and technology"],
        "Telescope finds water vapour on distant planet",
        "Astronomers have detected water vapour in the atmosphere of a planet ninety light years away. The space "
        "telescope watched it pass before its star eleven times. The researchers write that the planet is too hot "
        "for life but a good test of their method.",
    ),
    (
        ["science and technology"],
        "Chip that thinks in light",
        "Engineers have built a processor that computes with light instead of electrons. In the laboratory it ran "
        "a neural network on a tenth of the energy. The team now wants to fit the prototype into a server; "
        "software for it has to be written from scratch.",
    ),
    (
        ["science and technology"],
        "Update breaks maps on older phones",
        "A software update has left users of older smartphones without maps. The app closes as soon as it is "
        "opened. The company's developers promised a fix; until then the browser version works. Security "
        "researchers advise against installing copies from other websites.",
    ),
    (
        ["science and technology"],
        "Fossil jaw rewrites family tree of whales",
        "A jawbone found in a desert quarry belongs to a whale that could still walk, palaeontologists say. The "
        "fossil is 43 million years old. Its teeth, scanned by physicists with X-rays, show that the animal "
        "hunted in shallow water.",
    ),
    (
        ["society"],
        "Families wait years for a flat",
        "Nearly nine thousand families are on the city's list for social housing. Many live in one room with "
        "three children; some sleep in cars. Charities say poverty has moved from the outskirts to the centre and "
        "that single mothers are hit hardest.",
    ),
    (
        ["society"],
        "Report finds bias in lettings",
        "People with foreign-sounding names are invited to view a flat half as often as others, a study of "
        "discrimination has found. Migrants and gay couples told of insults. Equality campaigners want fines for "
        "landlords who exclude tenants for race or religion.",
    ),
    (
        ["society"],
        None,
        "The birth rate has fallen to its lowest since records began, and every fourth inhabitant is over 65, the "
        "census shows. Young couples say they put off marriage and children for want of housing. Demographers "
        "expect the population to shrink by a tenth.",
    ),
    (
        ["society"],
        "Asylum seekers move into former barracks",
        "Two hundred refugees, most of them families, moved into the old barracks on Monday. Volunteers from the "
        "neighbourhood had collected clothes and toys. Residents had protested at first; now the community runs a "
        "language cafe.",
    ),
    (
        ["sport"],
        "Late header sends City through",
        "A header in the 89th minute took City into the semi-finals after a 2-1 win over Rovers. The visitors had "
        "led through a penalty before half-time. Coach and players ran to the fans; the goalkeeper, sent off a "
        "week ago, watched from the stand.",
    ),
    (
        ["sport"],
        "Teenager wins marathon on debut",
        "Nobody had her on the list. At nineteen, in her first marathon, the runner broke away at kilometre 35 "
        "and won in 2:23:10, a national record. The favourite, twice an Olympic medallist, finished fourth.",
    ),
    (
        ["sport"],
        None,
        "The striker has signed for United until 2029, the club said. The transfer fee is 31 million. He scored "
        "17 goals last season and will wear the number nine. The team's manager expects him to play in Saturday's "
        "derby.",
    ),
    (
        ["sport"],
        "Rain saves tourists in second Test",
        "Bad light and rain ended play with the tourists nine wickets down and still 140 runs behind. Their "
        "captain batted for five hours. The home bowlers took four wickets after lunch, but the match was drawn "
        "and the series stays level.",
    ),
    (
        ["conflict, war and peace"],
        "Shells hit market on front line",
        "Artillery shells struck a market two kilometres from the front line on Saturday, killing six civilians. "
        "The army said rebels had fired from a village it retook last week. Both sides accuse each other of "
        "breaking the ceasefire.",
    ),
    (
        ["conflict, war and peace", "politics"],
        "Truce agreed after nine days of talks",
        "The warring parties signed a truce on Sunday that is to end four years of civil war. Fighters will "
        "withdraw from the cities, and peacekeepers will guard the roads. Mediators warned that earlier peace "
        "deals had lasted only weeks.",
    ),
    (
        ["conflict, war and peace"],
        None,
        "A suicide bomber killed eleven soldiers at a checkpoint near the airport. An extremist group claimed the "
        "attack. Troops sealed off the quarter and special forces searched houses for explosives.",
    ),
    (
        ["conflict, war and peace"],
        "Tear gas as crowds march on ministry",
        "Riot police fired tear gas at demonstrators who tried to storm the ministry. Protesters built barricades "
        "and threw stones; more than sixty people were hurt in the clashes. The unrest began when fuel prices "
        "doubled.",
    ),
    (
        ["weather"],
        "Snow and ice until Thursday",
        "Heavy snow will fall in the hills tonight, up to 30 centimetres above 500 metres, forecasters say. "
        "Temperatures drop to minus twelve. The weather service has issued a warning for ice on the roads; strong "
        "winds will ease on Thursday.",
    ),
    (
        ["weather"],
        "Hottest April day since 1949",
        "The thermometer at the weather station reached 31.4 degrees on Sunday, the highest April temperature "
        "since records began. Meteorologists blame an area of high pressure that draws hot air from the desert. "
        "Thunderstorms are expected by Wednesday.",
    ),
    (
        ["weather"],
        None,
        "Outlook: cloudy with scattered showers in the west, sunny spells in the east. Wind moderate from the "
        "north-west, gusts near thunderstorms. Highs of 14 to 18 degrees, lows around 6. Fog patches in the "
        "valleys at dawn.",
    ),
    (
        ["weather"],
        "Monsoon arrives a week early",
        "Rain reached the southern coast on Friday, eight days ahead of the usual date, the meteorological "
        "department said. Forecasters expect the monsoon to bring more rainfall than average. Farmers had waited "
        "through a long, dry and humid spring.",
    ),
]


@pytest.fixture(scope="module")
def first_topics() -> list[str | None]:
    """Name of the first topic of each article."""
    model = TopicModel.load(MODEL)
    names = {topic.topic_id: topic.name for topic in model.topics}
    found = [model.classify(title, None, body) for _, title, body in ARTICLES]
    return [names[topics[0].topic_id] if topics else None for topics in found]


def test_first_topic_is_right_nearly_always(first_topics: list[str | None]) -> None:
    right = [first in wanted for (wanted, _, _), first in zip(ARTICLES, first_topics, strict=True)]
    assert sum(right) >= 0.95 * len(right)


def test_no_topic_is_neglected(first_topics: list[str | None]) -> None:
    right: dict[str, list[bool]] = defaultdict(list)
    for (wanted, _, _), first in zip(ARTICLES, first_topics, strict=True):
        right[wanted[0]].append(first in wanted)
    assert len(right) == 17
    assert [topic for topic, hits in right.items() if sum(hits) < 3] == []
