"""What makes a question lean on the one before it, in English, German and Spanish; see qa.followup_grammar."""

from __future__ import annotations

from qa.followup_grammar import MANY, OBLIQUE, OWNER, PERSON, PLACE, THING, THIS, make_words

ENGLISH = make_words(
    "en",
    leads="(?:(?:and|but|or|so|then|also|ok|okay),? )?(?:(?:what|how) about|what of)|and|but|or|so|also",
    asks=(
        "(?:(?:in|at|on|for|from|to|by|with|since|of|about|until|under|after|before) )?(?:who|whom|whose|what|"
        "which|when|where|why|how)(?:['’]s)?(?: (?:many|much|old|long|high|far|often|tall|big|large|deep|fast|"
        "heavy|wide|late|early|come|else))?(?: happened)?"
    ),
    defines=r"(?:what|who)(?: is| are| was| were|['’]s) (?!the\b|his|her|its|their|your)|what does \w{1,40} mean",
    empty=(
        "what (?:time|day|date) is it|is it (?:true|possible|likely|correct)|was it (?:true|possible)|there "
        "(?:is|are|was|were|be|been)|(?:is|are|was|were) there|(?:does|did|will) it (?:take|matter|make sense)|"
        "it (?:is|was) (?:true|possible|likely|said|reported)|is it (?:raining|snowing)|(?:does|did|will) it "
        "(?:rain|snow)|why is it that|(?:this|these|that|those) (?:year|month|week|morning|evening|summer|winter|"
        "spring|autumn|season|century|days)s?|who (?:is|was) it that"
    ),
    more=(
        "(?:please )?tell me (?:some )?more(?: about (?:it|that|this))?|(?:any )?more(?: details| information| "
        "about (?:it|that|this))?|(?:any )?details|go on|what else|anything else"
    ),
    counts="how (?:many|much)",
    opens="is are was were do does did has have had will would can could should may am",
    whether="anyone anybody someone somebody",
    pronouns={
        PERSON: "he she him her",
        MANY: "they them",
        OWNER: "his its their",
        THING: "it",
        PLACE: "there",
        THIS: "this these those",
    },
    joints=(
        "that because when while where whether if after before and but who which what how than as until since "
        "though although"
    ),
    places="in at on near from of to over under with for around",
    where="in at on",
    exactly="exactly not",
    articles="the a an",
    small=(
        "spring summer autumn fall winter kilo kilos kilogram kilograms litre litres ton tons tonne tonnes "
        "percent per cent euros dollars people person persons men many year years month day time times number "
        "name called happened happen now exactly else today still ever really get got did does please tell"
    ),
    of_year="in {}",
)

GERMAN = make_words(
    "de",
    leads=(
        "(?:(?:und|aber|oder) )?(?:was ist mit|wie (?:ist|war|sieht|sah) es (?:mit|bei)|wie (?:ist|war|sieht|"
        "sah) es)|und|aber|oder|sowie"
    ),
    asks=(
        "(?:(?:in|an|auf|für|von|aus|mit|seit|bis|zu|um|bei|über|unter|nach|vor|gegen|durch|ab) )?(?:wer|wem|wen|"
        "wessen|was|welche[rsnm]?|wann|wo|wohin|woher|warum|wieso|weshalb|wie|wieviele?|wozu|wodurch|womit|wofür|"
        "worüber|woran|wovon)(?: (?:viele?n?|hoch|groß|lange?|alt|weit|oft|schnell|teuer|schwer|tief|stark|"
        "spät))?(?: (?:geschah|passierte))?"
    ),
    defines=(
        r"(?:was|wer) (?:ist|sind|war|waren) (?!der\b|die\b|das\b|sein|ihr|mit\b)|was (?:bedeutet|heißt)|(?:wann|"
        r"wo) (?:ist|war|liegt) (?!der\b|die\b|das\b|sein|ihr|es\b|er\b|sie\b)\w"
    ),
    empty=(
        r"gibt es|gab es|gäbe es|wie spät ist es|stimmt es|ist es (?:wahr|möglich|richtig)|regnet es|schneit es|"
        r"es (?:regnet|schneit|gibt|gab)|das(?= (?:(?!in|im|am|an|auf|bei|von|nach)[a-zß-ÿ]{1,30} "
        r")?(?-i:[A-ZÄÖÜ]))|geht es um|handelt es sich|kam es zu|kommt es zu|diese[rsnm]? (?:jahr\w{0,2}|"
        r"monat\w{0,2}|woche|tage?n?|sommer\w?|winter\w?|frühjahr|herbst\w?|saison|morgen|abend)"
    ),
    more=(
        "erzähl(?:e|en sie)? (?:mir )?mehr(?: davon| darüber)?|mehr(?: details| dazu| darüber)?|was noch|"
        "(?:weitere )?einzelheiten|genauer"
    ),
    counts="wie viele?",
    opens=(
        "ist sind war waren gab gibt hat haben hatte hatten wird werden wurde wurden kann können soll sollte "
        "muss darf stimmt bleibt"
    ),
    whether="jemand jemanden jemandem",
    pronouns={
        PERSON: "er sie ihn ihm",
        MANY: "ihnen",
        OWNER: "sein seine seiner seinem seinen seines ihr ihre ihrer ihrem ihren ihres",
        THING: "es das davon dafür daran darüber dagegen darauf dazu dabei",
        PLACE: "dort dorthin",
        THIS: "dies diese dieser dieses diesem diesen jene jener jenes",
    },
    joints="dass weil wenn nachdem bevor und aber als ob obwohl während denn welche welcher",
    places="in im an am auf bei beim von vom aus nach zu zum zur über unter vor hinter neben mit für",
    where="in im an am auf bei beim",
    exactly="genau nicht",
    articles="der die das den dem des ein eine einen einem einer eines",
    small=(
        "frühling frühjahr sommer herbst winter kilo kilogramm liter tonne tonnen prozent euro dollar menschen "
        "leute person personen jahr jahre jahren monat tag tage zeit mal name heißt heißen geschah passierte "
        "genau eigentlich heute jetzt noch geben kosten wollen"
    ),
    of_year="{}",
)

SPANISH = make_words(
    "es",
    leads="(?:[ye] |pero )?qué (?:hay|pasa|pasó|tal) (?:de|con)|[yeo]|pero",
    asks=(
        "(?:(?:en|a|de|desde|hasta|con|para|por|sobre|durante|según) )?(?:quién(?:es)?|qué|cuándo|dónde|adónde|"
        "cómo|cuál(?:es)?|cuánt[oa]s?)(?: (?:pasó|ocurrió|sucedió))?"
    ),
    defines="qué (?:es|son|significa)|quién(?:es)? (?:es|son|fue|era)",
    empty=(
        "es (?:cierto|verdad|posible)|est[eao]s? (?:año|mes|semana|verano|invierno|primavera|otoño|noche|mañana|"
        "tarde|temporada|días?)s?|por es[ot]o|es decir|qué es (?:esto|eso)"
    ),
    more="cu[eé]nt[ae]me (?:algo )?más(?: sobre eso)?|dime más|más(?: detalles| información)?|qué más|detalles",
    counts="cuánt(?:[oa]s|a)",
    opens="es son fue eran era hay hubo había ha han está están será puede habrá",
    whether="alguien",
    pronouns={
        PERSON: "él ella",
        MANY: "ellos ellas",
        OBLIQUE: "le les lo",
        OWNER: "su sus",
        THING: "ello esto eso",
        PLACE: "allí ahí allá",
        THIS: "este esta estos estas ese esa esos esas aquel aquella",
    },
    joints="que porque cuando si y pero cual mientras aunque quien donde",
    places="en de del a al desde por cerca para con sobre",
    where="en",
    exactly="exactamente no",
    articles="el la los las un una unos unas",
    small=(
        "primavera verano otoño invierno kilo kilos kilogramo kilogramos litro litros tonelada toneladas euros "
        "dólares ciento podrá podrán puede pueden personas persona gente año años mes día días tiempo vez veces "
        "nombre llama pasó ocurrió sucedió hoy ahora exactamente tiene tienen tenía tuvo hubo había han fue"
    ),
    of_year="en {}",
)
