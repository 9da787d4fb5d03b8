import pytest

from tests.importing.texts import read

DATA = [
    ("Navn, e-post og telefonnummer", ["name", "email", "phone"]),
    ("Personopplysninger behandles ikke.", []),
    ("Tjenesten samler ikke inn personopplysninger.", []),
    ("Ingen personopplysninger, bare IP-adresse.", ["ip_address"]),
    ("Brukernavn og passord", ["username", "password"]),
    ("Elevens navn, klasse og trinn", ["name", "group_membership", "grade_level"]),
    ("Skolens navn", ["org_membership"]),
    ("E-postklient og nettlesertype", ["browser_type"]),
    ("Nettbrettet gjenkjennes, ikke eleven.", ["device_id"]),
    ("Bare enheten gjenkjennes.", ["device_id"]),
    ("Type enhet, operativsystem, skjermoppløsning", ["device_info", "operating_system", "screen_resolution"]),
    ("Navn brukes til å vise hvem som har levert oppgaver.", ["name"]),
    (" • Navn - vises for lærer sammen med e-post", ["name"]),
    (" • Aktivitetsdata:\n  • Klikk\n  • Innlogging", ["clicks", "login_logout"]),
    (" • Teknisk informasjon: IP-adresse og cookies", ["ip_address", "cookies"]),
    ("Bilder, video og lydopptak lagres ikke.", []),
    ("Eleven kan laste opp bilder og video.", ["picture", "video"]),
    ("Karakterer og vurderinger", ["grades"]),
    ("Lokasjonsdata", ["location"]),
    ("Søkeord, informasjonskapsler", ["search_words", "cookies"]),
    ("Fødselsdato og kjønn", ["birth_date", "gender"]),
    ("Feide-ID, navn, organisasjonstilhørighet", ["feide_id", "name", "org_membership"]),
    ("Elevarbeid lagres i tjenesten.", ["school_work"]),
    ("Chatmeldinger", ["chat"]),
    ("Rolle (elev/lærer)", ["role"]),
    ("Foresattes navn og e-post", ["parents", "name", "email"]),
    ("Stemmen til eleven tas opp.", ["voice"]),
    ("Tjenesten ber om navn, men ikke om e-post.", ["name"]),
    ("Fødselsnummer", ["national_id"]),
    ("Kontaktperson og fakturaadresse for skolen", ["contact_person", "billing_address"]),
    ("Progresjon og resultater", ["progress", "test_results"]),
    ("Tidspunkt for bruk og IP-adresse", ["access_time", "ip_address"]),
    ("Namn, brukar-ID og skuletilknyting", ["name", "username", "org_membership"]),
    ("Date of birth, gender and phone number", ["birth_date", "gender", "phone"]),
    ("Tekstar som elevane skriv", ["school_work"]),
    ("Hvilke videoer som er avspilt", ["video_views"]),
    ("Hva brukeren klikker på", ["clicks"]),
    ("Hvor lenge man er innlogget", ["login_logout"]),
    ("Det er usikkert hvor lenge opplysningene lagres.", []),
    ("Diagnosedata er slått av.", []),
    ("Kamerabilde og skjermopptak", ["picture", "screen_content"]),
    ("Det elevene skriver i chat", ["chat"]),
    ("Leverandør får ikke fødselsnummer eller telefonnummer.", []),
    ("Vi får opplyst at det ikke lagres navn, epost eller IP adresse.", []),
    ("Ingen data lagres utover brukernavn.", ["username"]),
    ("Brukergenerert innhold:\n\n • Lydopptak\n • Progresjon", ["voice", "progress"]),
    ("Brukergenerert innhold:\n\n • Utstillinger", ["user_content"]),
    ("Logger: IP-adresse og nettleser", ["ip_address", "browser_type"]),
]

FEIDE = [
    (" • Navn (userinfo-name)\n • E-post (email)", ["userinfo-name", "email"]),
    ("Fra Feide:\n\n • Navn\n • E-post\n • Klasse", ["userinfo-name", "email", "groups-edu"]),
    (" • Feide-opplysninger:\n  • Navn\n  • Skoletilhørighet", ["userinfo-name", "groups-org"]),
    (" • Navn\n • E-post", []),
    ("Feide brukes for pålogging.", []),
    ("Feide-ID", ["userid-feide"]),
    (" • Andre gruppetilhørigheter (groups-other)", ["groups-other"]),
    (" • Brukeridentifikatorer hos organisasjonen\n • Navn", ["userid-feide", "userinfo-name"]),
    ("Tjenesten får navn, e-post og skole fra Feide.", ["userinfo-name", "email", "groups-org"]),
    ("Kun Feide-ID. Det lagres ikke navn eller e-post.", ["userid-feide"]),
    (" • Foretrukket språk (userinfo-language); Tittel (userinfo-title)", ["userinfo-language", "userinfo-title"]),
]


@pytest.mark.parametrize(
    ("item", "code"),
    [
        ("Innhold man lager i tjenesten", "user_content"),
        ("Hvordan appen brukes", "usage"),
        ("Hvilke videoer eleven har sett", "video_views"),
    ],
)
def test_data_is_told_by_what_is_done(item, code):
    assert read(data=f" • {item}").data_categories == (code,)


@pytest.mark.parametrize(("text", "codes"), DATA)
def test_words_for_data_are_read_as_categories(text, codes):
    assert sorted(read(data=text).data_categories) == sorted(codes)


@pytest.mark.parametrize(("text", "codes"), FEIDE)
def test_feides_attributes_are_read_by_code_and_by_name(text, codes):
    assert sorted(read(data=text).feide_attributes) == sorted(codes)


def test_an_item_without_a_known_word_is_pointed_out():
    assert "Stjernetegn" in read(data=" • Navn\n • Stjernetegn").uncertain["data_categories"]


def test_a_short_line_without_a_known_word_is_pointed_out():
    assert "Stjernetegn" in read(data="Navn\n\nStjernetegn").uncertain["data_categories"]
