"""What makes a question lean on the one before it, in Belarusian, Russian and Polish; see qa.followup_grammar."""

from __future__ import annotations

from qa.followup_grammar import MANY, OBLIQUE, PERSON, PLACE, THING, THIS, make_words

BELARUSIAN = make_words(
    "be",
    leads="(?:ну )?(?:[аі]|але|ды)(?: (?:як|што) (?:наконт|з|са))?|(?:як|што) наконт",
    asks=(
        "(?:(?:[уўзкаб]|на|са|ад|да|для|за|па|пра|пры|пад|над|праз|між) )?(?:хто|каго|каму|кім|што|чаго|чаму|чым|"
        "калі|дзе|куды|адкуль|навошта|як(?:і|ая|ое|ія|ога|ой|ому|ім|ую|іх|імі)?|колькі|колькіх|наколькі|чый|чыя|"
        "чыё|чые)(?: (?:такі|такая|такое|такія|здарылася|адбылося))?"
    ),
    defines="(?:што|хто) так(?:ое|і|ая|ія)|што (?:азначае|значыць)",
    empty=(
        r"(?:ці )?праўда(?: ці)? гэта|гэта праўда|гэт\w{1,3} (?:год\w{0,3}|месяц\w{0,2}|тыд\w{1,4}|лет\w{0,2}|"
        r"зім\w|вясн\w{1,2}|восен\w{0,2}|дзень|дні)|(?:што|хто) гэта"
    ),
    more="раскажы(?:це)? (?:больш|падрабязней|яшчэ)|падрабязней|больш падрабязна|што яшчэ|працягвай(?:це)?",
    counts="",
    opens="ці ёсць быў была было былі будзе будуць праўда можа",
    whether="ці хтосьці хто-небудзь каго-небудзь каго-н нехта кагосьці",
    pronouns={
        PERSON: "ён яна",
        MANY: "яны",
        OBLIQUE: "яго яе яму ёй ёю яму ім імі іх ёй нём",
        THING: "яно гэта",
        PLACE: "там туды адтуль",
        THIS: "гэты гэтая гэтую гэтага гэтаму гэтай гэтым гэтыя гэтых гэтымі",
    },
    joints="што каб калі бо таму і але які якая якое якія якога пакуль хоць",
    places="у ў на пад каля за ля з са ад да",
    where="у ў на пад",
    exactly="менавіта не",
    articles="",
    small=(
        "вясной летам улетку увосень восенню зімой узімку летась кілаграм кілаграма кілаграмаў літр літра літраў "
        "тон тона тоны тонн працэнтаў рублёў еўра долараў чалавек людзей людзі асоб раз гадоў год года годзе "
        "годам месяц дзень дзён час зараз зусім менавіта таксама ж яшчэ свой сваю свае сваіх сваім сваёй сваімі "
        "іншыя іншых стаў стала сталі такі такая такое такія здарылася адбылося"
    ),
    of_year="у {} годзе",
)

RUSSIAN = make_words(
    "ru",
    leads="(?:ну )?(?:[аи]|но|или)(?: (?:как|что) (?:насч[её]т|со?))?|(?:как|что) насч[её]т",
    asks=(
        r"(?:(?:[вскоу]|во|на|со|от|из|до|для|за|по|об|при|под|над|через|про|между) )?(?:кто|кого|кому|кем|ком|"
        r"что|чего|чему|чем|ч[её]м|когда|где|куда|откуда|почему|зачем|отчего|как(?:ой|ая|ое|ие|ого|ому|им|ом|ую|"
        r"их|ими|ова|ово|овы|ов)?|сколько|скольк\w{1,3}|насколько|чей|чья|чь[её]|чьи|котор\w{2,3})(?: (?:такой|"
        r"такая|такое|такие|произошло|случилось))?"
    ),
    defines="(?:что|кто) так(?:ое|ой|ая|ие)|что (?:означает|значит)",
    empty=(
        r"правда ли(?: это)?|это правда|эт\w{1,3} (?:год\w{0,2}|месяц\w{0,2}|недел\w|лет\w{0,2}|зим\w{1,2}|"
        r"весн\w{1,2}|осень\w?|день|дни)|(?:что|кто) это"
    ),
    more=(
        "расскажи(?:те)? (?:по)?(?:подробнее|больше|ещ[её])|(?:по)?подробнее|что ещ[её]|подробности|продолжай(?:те)?"
    ),
    counts="",
    opens="есть был была было были будет будут правда верно может можно",
    whether="ли кто-то кто-нибудь кого-то кого-нибудь кто-либо",
    pronouns={
        PERSON: "он она",
        MANY: "они",
        OBLIQUE: "его её ее ему ей ею им ими их него неё нее нему ней ним ними них нём нем",
        THING: "оно это этого этому этим этом",
        PLACE: "там туда оттуда",
        THIS: "этот эта эту этой эти этих этими",
    },
    joints="что чтобы когда если потому и но который которая которое которые которого пока хотя",
    places="в во на под около за у из с со от до возле",
    where="в во на под",
    exactly="именно не",
    articles="",
    small=(
        "весной летом осенью зимой килограмм килограмма килограммов литр литра литров тонн тонна тонны процентов "
        "рублей евро долларов человек людей люди лиц раз лет год года году годом месяц день дней время сейчас "
        "совсем именно тоже же ещё свой свою свои своих своим своей своими другие других стал стала стали ли "
        "такой такая такое такие произошло случилось"
    ),
    of_year="в {} году",
)

POLISH = make_words(
    "pl",
    leads="(?:a|i|ale)(?: (?:co|jak) (?:jest )?ze?)?|oraz|(?:co|jak) ze?",
    asks=(
        "(?:(?:w|we|na|z|ze|od|do|dla|za|po|o|u|przy|pod|nad|przez|między) )?(?:kto|kogo|komu|kim|co|czego|czemu|"
        "czym|kiedy|gdzie|dokąd|skąd|dlaczego|jak|jaki|jaka|jakie|jacy|jakiego|jakiej|jakim|jakich|jaką|jakiemu|"
        "ile|ilu|iloma|któr(?:y|a|e|ego|ej|ych|ym|ą|zy|emu)|czyj|czyja|czyje)(?: (?:się stało|się wydarzyło))?"
    ),
    defines="(?:co|kto) to(?: jest)?|(?:czym|kim) jest|co (?:oznacza|znaczy)",
    empty=(
        r"(?:czy )?to prawda|t(?:en|ego|ej|ym|ą|e|ych) (?:rok\w{0,2}|roku|miesiąc\w{0,2}|miesiącu|tydzień|"
        r"tygodni\w{1,2}|lat\w{0,2}|dni\w{0,2}|sezon\w{0,2})|co to"
    ),
    more=(
        "powiedz(?:cie)? (?:mi )?(?:coś )?więcej|opowiedz (?:mi )?więcej|więcej(?: szczegółów| o tym)?|szczegóły|"
        "co jeszcze"
    ),
    counts="ilu",
    opens="czy jest są był była było były będzie będą może",
    whether="czy ktoś kogoś ktokolwiek kogokolwiek",
    pronouns={
        PERSON: "on ona",
        MANY: "oni one",
        OBLIQUE: "jego jej jemu mu go nim nią niego niej ich im nimi nich ją",
        THING: "ono to",
        PLACE: "tam stamtąd",
        THIS: "ten ta te tę tego tej tych tymi tym",
    },
    joints="że żeby aby bo gdy kiedy jeśli i ale który która które którego której ponieważ chociaż",
    places="w we na pod koło przy u z ze od do nad",
    where="w we na pod",
    exactly="dokładnie właśnie nie",
    articles="",
    small=(
        "wiosną latem jesienią zimą kilogram kilograma kilogramów kilo litr litra litrów ton tona tony procent "
        "złotych euro dolarów ludzi ludzie osób osoby osoba razy lat lata rok roku rokiem miesiąc dzień dni czas "
        "teraz właśnie też swój swoją swoje swoich swoim swojej stało wydarzyło inne innych naprawdę"
    ),
    of_year="w {} roku",
)
