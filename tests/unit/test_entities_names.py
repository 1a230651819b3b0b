import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.text.resolution.entities import load_entity_knowledge
from pipelines.text.resolution.entities.names import PersonName, given_key, is_initial, spelling_key
from pipelines.text.resolution.entities.organisation_names import organisation_key
from pipelines.text.resolution.entities.tokens import fold, words_of


@pytest.fixture(scope="module")
def knowledge():
    return load_entity_knowledge()


@pytest.mark.parametrize(
    "spellings",
    [
        ["Zelensky", "Zelenskiy", "Zelenskyy", "Zelenskii"],
        ["Witkoff", "Witcoff"],
        ["Erdogan", "Erdoğan"],
        ["Schroeder", "Schröder"],
        ["Akhmetov", "Ahmetov"],
        ["Yermakov", "Ermakow"],
        ["Diaz-Canel", "Díaz Canel", "Diazcanel"],
        ["Alexeyev", "Alekseyev"],
        ["Muller", "Müller", "Mueller"],
        ["Soerensen", "Sørensen"],
    ],
)
def test_spellings_of_a_name_share_a_key(spellings):
    assert len({spelling_key(s) for s in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Marsh", "March"),
        ("Kim", "Kin"),
        ("Hansen", "Jansen"),
        ("Rubio", "Rubin"),
        ("Li", "Lee"),
        ("Bush", "Busch-Ritter"),
    ],
)
def test_other_names_do_not(one, other):
    assert spelling_key(one) != spelling_key(other)


@given(st.text(min_size=1, max_size=20))
def test_keys_and_folding_are_stable(text):
    assert fold(fold(text)) == fold(text)
    assert spelling_key(text) == spelling_key(text)
    assert fold(text.upper()) == fold(fold(text.upper()))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Volodymyr", "Vladimir"),
        ("Oleksandr", "Alexander"),
        ("Serhiy", "Sergei"),
        ("Joe", "Joseph"),
        ("Mohammed", "Muhammad"),
        ("Stéphane", "Stephane"),
    ],
)
def test_variants_of_a_given_name_share_a_key(knowledge, one, other):
    assert given_key(one, knowledge.given_names) == given_key(other, knowledge.given_names)


@pytest.mark.parametrize(
    ("words", "units"),
    [
        ("Ada Marsh", ("Ada", "Marsh")),
        ("Faisal bin Omar", ("Faisal", "bin Omar")),
        ("Ludwig van der Berg", ("Ludwig", "van der Berg")),
        ("Marine Le Pen", ("Marine", "Le Pen")),
        ("Le Pen", ("Le Pen",)),
        ("Al Gore", ("Al", "Gore")),
        ("John Marsh Jr", ("John", "Marsh Jr")),
        ("Bo Tan PhD", ("Bo", "Tan")),
        ("Koo Li-hsiung", ("Koo", "Li-hsiung")),
    ],
)
def test_units_of_a_name(knowledge, words, units):
    assert PersonName.parse(words, knowledge).units == units


def test_initials():
    assert is_initial("J.")
    assert is_initial("JD")
    assert not is_initial("Jo")


@pytest.mark.parametrize(
    "names",
    [
        ["the Red Lantern Organisation", "Red Lantern Organization"],
        ["Oakley Systems Inc.", "Oakley Systems", "OAKLEY SYSTEMS Ltd"],
        ["Russian Defence Ministry", "Russia's defense ministry", "Ministry of Defense of Russia"],
        ["US Navy", "U.S. Navy", "United States Navy"],
        ["Ministry of Health", "Health Ministry"],
        ["France's foreign ministry", "the French Foreign Ministry", "Ministry of Foreign Affairs of France"],
        ["Central Bank of Nigeria", "Nigeria's central bank", "the Nigerian central bank"],
        ["the Bank of England", "Britain's central bank", "the British central bank"],
        ["Armed Forces of the Philippines", "Philippine armed forces"],
        ["Bundestag", "Germany's parliament", "the German parliament"],
    ],
)
def test_spellings_of_a_body_share_a_key(knowledge, names):
    assert len({organisation_key(name, knowledge) for name in names}) == 1


def test_ministries_of_two_countries_do_not(knowledge):
    keys = {organisation_key(f"{c} Foreign Ministry", knowledge) for c in ("French", "German", "Korean", "the")}
    assert len(keys) == 4


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the Scottish government", "the British government"),
        ("the Bavarian parliament", "the German parliament"),
        ("Bank of England", "Bank of Scotland"),
        ("Bank of China", "China's central bank"),
        ("Bank of Ireland", "Ireland's central bank"),
        ("Ministry of Defence", "Ministry of National Defence"),
        ("Ministry of Home Affairs of India", "India's interior ministry"),
        ("Ministry of Health of Ghana", "Ghana's ministry of public health"),
        ("Supreme Court of Kenya", "Kenya's high court"),
        ("University of Ghana", "Ghana's university"),
    ],
)
def test_two_bodies_do_not_share_a_key(knowledge, one, other):
    assert organisation_key(one, knowledge) != organisation_key(other, knowledge)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Norland’s navy and O’Hara's", ["Norland", "navy", "and", "O’Hara"]),
        ("the U.S. Navy's A&E unit", ["the", "U.S.", "Navy", "A&E", "unit"]),
        ("Diaz-Canel", ["Diaz", "Canel"]),
    ],
)
def test_words_leave_out_possessives(text, words):
    assert words_of(text) == words
