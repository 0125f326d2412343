"""What people say to a machine beside questions, in the languages that Vestka speaks."""

from __future__ import annotations

GREETING, THANKS, GOODBYE, ABOUT, PRAISE, INSULT, NOTHING = (
    "greeting", "thanks", "goodbye", "about", "praise", "insult", "nothing",
)  # fmt: skip
TELLING = (ABOUT, INSULT, PRAISE, THANKS, GOODBYE, GREETING, NOTHING)
"""The kinds, the most telling first: "Hello! Who are you?" asks who."""

# Regular expressions by language and kind, for a whole sentence in lower case without signs.
PHRASES: dict[str, dict[str, str]] = {
    "be": {
        GREETING: "прывітанне|прывет|вітаю(?: вас| цябе)?|добры дзень|добры вечар|добрай раніцы|здароў|здарова|алё",
        THANKS: "дзякуй(?: вялікі| вам| табе)*|вялікі дзякуй|шчыры дзякуй|дзякую(?: вам| табе)?",
        GOODBYE: "да пабачэння|бывай(?:це)?|да сустрэчы|дабранач|да заўтра|усяго найлепшага|пакуль",
        ABOUT: (
            "(?:ты хто|хто ты|хто вы|вы хто)(?: так(?:і|ая|ія))?|што ты (?:ўмееш|умееш|можаш|такое)|"
            "што вы (?:ўмееце|умееце|можаце)|(?:ты|вы)(?: што)? (?:робат|бот|чалавек|жывы|праграма)|як(?: твае|"
            " вашы)? справы|дапамога|дапамажы(?:це)?|як (?:гэта|ты) працуе(?:ш)?|што гэта такое|як цябе завуць"
        ),
        PRAISE: "(?:вельмі )?(?:добра|выдатна|цудоўна|супер|малайчына|файна|клас)|ты (?:малайчына|разумны|лепшы)",
        INSULT: "ты (?:дурны|тупы|дурань)|дурны бот|тупы бот",
        NOTHING: "так|не|добра зразумела|зразумела|ясна|тэст|праверка",
    },
    "ru": {
        GREETING: (
            "привет(?:ик|ствую)?|здравствуй(?:те)?|добрый (?:день|вечер)|доброе утро|доброго (?:дня|вечера|утра|"
            "времени суток)|здорово|салют|хай|алло|приветствую вас"
        ),
        THANKS: (
            "(?:большое |огромное )?спасибо(?: большое| огромное| вам| тебе| за ответ| за помощь)*|"
            "благодарю(?: вас| тебя)?|спс|спасибки"
        ),
        GOODBYE: (
            "пока(?:-пока| пока)?|до свидания|до встречи|прощай(?:те)?|спокойной ночи|всего (?:доброго|хорошего)|"
            "до завтра|увидимся"
        ),
        ABOUT: (
            "(?:ты кто|кто ты|кто вы|вы кто)(?: так(?:ой|ая|ие))?|что ты (?:умеешь|можешь|такое|делаешь)|"
            "что вы (?:умеете|можете)|(?:ты|вы)(?: что)? (?:робот|бот|человек|живой|программа|нейросеть|ии)|"
            "как(?: твои| ваши)? дела|как ты|помощь|помоги(?:те)?(?: мне)?|как (?:это|ты) работае(?:т|шь)|"
            "как тебя зовут|ты (?:настоящий|здесь|тут)"
        ),
        PRAISE: (
            "(?:очень )?(?:хорошо|отлично|круто|супер|здорово|молодец|класс|прекрасно)|ты (?:молодец|умный|умница|"
            "лучший|классный)|хороший бот"
        ),
        INSULT: "ты (?:тупой|глупый|дурак|идиот|бесполезный|дура)|тупой бот|глупый бот|дурацкий бот",
        NOTHING: "да|нет|понятно|ясно|ладно|ага|угу|тест|проверка",
    },
    "en": {
        GREETING: (
            "(?:hello|hi|hey|hiya|greetings|howdy)(?: there| everyone| all| again| friend)?|good (?:morning|"
            "afternoon|evening|day)"
        ),
        THANKS: (
            "(?:many |great )?(?:thanks|thank you|thank u|thx|ty|cheers)(?: a lot| very much| so much| for (?:that|"
            "the (?:answer|help)|your help))*|much appreciated"
        ),
        GOODBYE: (
            "(?:good ?bye|bye|bye bye|see you|see ya|farewell|good night|take care)(?: later| soon| tomorrow)?|cya"
        ),
        ABOUT: (
            "who are you|what are you|what is this|what can (?:you|i) (?:do|ask)(?: here| you)?|what do you do|"
            "are you (?:a |an )?(?:robot|bot|human|person|machine|ai|real|chatgpt|alive|there)|"
            "how are you(?: doing| today)?|what(?: is|['’]s) your name|help(?: me)?(?: please)?|"
            "how do(?:es)? (?:you|this|it) work|who made you|what(?: is|['’]s) up|how can you help(?: me)?"
        ),
        PRAISE: (
            "(?:very |so )?(?:good|great|cool|nice|excellent|perfect|awesome|wonderful|well done|good job|"
            "nice one)(?: bot| job| work| answer)?|you are (?:great|the best|smart|good|awesome)|i (?:love|"
            "like) (?:you|it)|wow"
        ),
        INSULT: (
            "(?:you are|you['’]re) (?:an? )?(?:stupid|dumb|useless|idiot|bad|silly)(?: bot)?|(?:stupid|dumb|"
            "useless) bot"
        ),
        NOTHING: "ok(?:ay)?|yes|no|yeah|yep|nope|sure|test(?:ing)?|i see|lol|haha|hm+|um+|huh|nothing",
    },
    "de": {
        GREETING: (
            "(?:hallo|hi|hey|servus|moin(?: moin)?|grüß gott|grüezi|tach)(?: zusammen| du| alle)?|gut(?:en|"
            "e) (?:tag|morgen|abend)"
        ),
        THANKS: (
            "(?:vielen |herzlichen |besten )?dank(?:e(?:schön| schön| sehr| dir| ihnen)?)?(?: für (?:die|deine|"
            "ihre) (?:hilfe|antwort))?|danke vielmals|tausend dank"
        ),
        GOODBYE: (
            "auf wiedersehen|tschüss?|tschau|ciao|bis (?:bald|später|morgen|dann)|gute nacht|mach['’]?s gut|servus"
        ),
        ABOUT: (
            "wer (?:bist du|sind sie)(?: eigentlich)?|was (?:bist du|sind sie|kannst du|können sie|machst du|"
            "ist das)(?: alles)?|bist du (?:ein )?(?:roboter|bot|mensch|ki|echt|da)|sind sie (?:ein )?(?:roboter|"
            "bot|mensch)|wie geht(?:['’]s| es)(?: dir| ihnen)?|wie heißt du|wie heißen sie|hilfe|hilf mir|"
            "wie funktionier(?:t das|st du)"
        ),
        PRAISE: (
            "(?:sehr |ganz )?(?:gut|toll|super|prima|klasse|schön|wunderbar|ausgezeichnet|perfekt)(?: gemacht)?|"
            "du bist (?:toll|super|klug|der beste)|guter bot"
        ),
        INSULT: "du bist (?:dumm|doof|blöd|nutzlos|ein idiot)|(?:dummer|doofer|blöder) bot",
        NOTHING: "ok(?:ay)?|ja|nein|nee|doch|klar|aha|test|alles klar",
    },
    "pl": {
        GREETING: "cześć|czesc|hej(?:ka)?|witaj(?:cie)?|witam|dzień dobry|dzien dobry|dobry wieczór|siema|elo|siemka",
        THANKS: (
            "(?:bardzo |wielkie )?(?:dziękuję|dziekuje|dzięki|dzieki)(?: bardzo| wielkie| ci| panu| pani|"
            " za (?:pomoc|odpowiedź))*"
        ),
        GOODBYE: "do widzenia|na razie|do zobaczenia|dobranoc|pa(?: pa)?|żegnaj|do jutra|papa",
        ABOUT: (
            "kim (?:ty )?jesteś|kto ty jesteś|co (?:ty )?(?:potrafisz|umiesz|możesz|robisz)(?: zrobić)?|"
            "(?:czy )?jesteś (?:robotem|botem|człowiekiem|prawdziwy|programem)|jak się masz|co słychać|"
            "jak masz na imię|jak się nazywasz|pomoc|pomóż(?: mi)?|jak to działa|jak działasz|co to jest"
        ),
        PRAISE: (
            "(?:bardzo )?(?:dobrze|świetnie|super|ekstra|wspaniale|brawo|fajnie)|jesteś (?:świetny|super|mądry)|"
            "dobry bot"
        ),
        INSULT: "jesteś (?:głupi|beznadziejny|idiotą|durny)|głupi bot",
        NOTHING: "ok(?:ej)?|tak|nie|jasne|rozumiem|aha|test|dobra",
    },
    "es": {
        GREETING: (
            "(?:hola|buenas)(?: a todos| amigo| amiga| qué tal)?|buen(?:os días|as tardes|as noches| día)|saludos|"
            "qué tal"
        ),
        THANKS: (
            "(?:muchas |mil )?gracias(?: por (?:todo|la respuesta|tu ayuda|la ayuda)| de nuevo)?|te lo agradezco|"
            "muy agradecid[oa]"
        ),
        GOODBYE: "adiós|adios|hasta (?:luego|pronto|mañana|la vista)|chao|chau|nos vemos|que descanses",
        ABOUT: (
            "quién eres(?: tú)?|qué eres|quién es usted|qué (?:puedes|sabes) hacer|para qué sirves|eres (?:un |"
            "una )?(?:robot|bot|humano|persona|máquina|ia|real)|cómo (?:estás|te llamas|funcionas?|funciona esto)|"
            "ayuda(?:me)?|ayúdame|qué es esto|qué haces"
        ),
        PRAISE: (
            "(?:muy )?(?:bien|bueno|genial|perfecto|excelente|estupendo|fantástico)(?: trabajo)?|buen trabajo|"
            "eres (?:genial|el mejor|muy bueno)"
        ),
        INSULT: "eres (?:tonto|estúpido|inútil|un idiota|idiota|malo)|bot (?:tonto|estúpido|inútil)",
        NOTHING: "ok|vale|sí|si|no|claro|ya|prueba|entiendo|de acuerdo|jaja(?:ja)*",
    },
    "zh": {
        GREETING: "你好[啊呀吗]?|您好|嗨|哈喽|大家好|早上好|早安|下午好|晚上好|早|在吗",
        THANKS: "(?:非常|多|十分)?(?:谢谢|感谢)(?:你|您|了|啦)?|多谢|谢了|辛苦了",
        GOODBYE: "再见|拜拜|回头见|明天见|晚安|拜",
        ABOUT: (
            "(?:你|您)是(?:谁|什么|哪位|干什么的|做什么的)|(?:你|您)(?:能|会|可以)(?:做|干|帮我做)?(?:什么|些什么|"
            "哪些事)|你是(?:机器人|人|真人|人工智能|ai|程序)吗?|你叫什么(?:名字)?|帮助|帮帮我|怎么用|这是什么|"
            "你好吗|你怎么样"
        ),
        PRAISE: (
            "(?:很|真|太|非常)?(?:好|棒|厉害|不错|聪明|赞)(?:了|啊)?|你(?:真|太|很)(?:棒|聪明|厉害)(?:了)?|干得好"
        ),
        INSULT: "你(?:真|太|很|是)?(?:笨|蠢|傻|傻瓜|白痴|没用)(?:了|蛋)?|笨蛋|垃圾机器人",
        NOTHING: "好的|好吧|嗯+|哦+|是的?|不是?|对|行|测试|哈+|呵+",
    },
    "uk": {
        GREETING: "привіт|вітаю|добр(?:ий|ого) (?:день|вечір|дня|вечора)|доброго ранку|здоров",
        THANKS: "(?:дуже |щиро )?дякую(?: вам| тобі| за (?:відповідь|допомогу))?|спасибі",
        GOODBYE: "до побачення|бувай(?:те)?|до зустрічі|на добраніч|добраніч|па-па",
        ABOUT: (
            "хто (?:ти|ви)(?: так(?:ий|а|і))?|що (?:ти|ви) (?:вмієш|вмієте|можеш|можете)|ти (?:робот|бот|людина)|"
            "як (?:справи|тебе звати)|допомога|допоможи(?: мені)?"
        ),
        PRAISE: "(?:дуже )?(?:добре|чудово|супер|молодець|класно)",
        INSULT: "ти (?:дурний|тупий)|дурний бот",
        NOTHING: "так|ні|зрозуміло|добре зрозуміло|тест",
    },
    "fr": {
        GREETING: "(?:bonjour|bonsoir|salut|coucou)(?: à tous| tout le monde)?",
        THANKS: (
            "(?:un grand )?merci(?: beaucoup| bien| à (?:vous|toi)| pour (?:tout|la réponse|ton aide|votre aide))*"
        ),
        GOODBYE: "au revoir|à (?:bientôt|demain|plus tard|plus)|adieu|bonne nuit|bonne journée|bonne soirée",
        ABOUT: (
            "qui (?:es[- ]tu|êtes[- ]vous)|tu es qui|que (?:sais|peux)[- ]tu faire|que (?:pouvez|"
            "savez)[- ]vous faire|(?:es[- ]tu|êtes[- ]vous|tu es) (?:un )?(?:robot|bot|humain)|(?:comment )?ça va|"
            "comment (?:vas[- ]tu|allez[- ]vous)|aide|aidez[- ]moi|aide[- ]moi|comment ça marche"
        ),
        PRAISE: "(?:très )?(?:bien|bon|super|parfait|génial|excellent)|bravo|bon travail",
        INSULT: "(?:tu es|t['’]es) (?:nul|stupide|bête|idiot)",
        NOTHING: "oui|non|d['’]accord|ok|test",
    },
    "it": {
        GREETING: "ciao(?: a tutti)?|salve|buon(?:giorno|asera| pomeriggio)",
        THANKS: "(?:molte |tante |mille )?grazie(?: mille| tante| per (?:l['’]aiuto|la risposta))*|ti ringrazio",
        GOODBYE: "arrivederci|addio|a (?:presto|domani|dopo)|buonanotte|buona notte|ci vediamo",
        ABOUT: (
            "chi sei|cosa sei|(?:che )?cosa (?:sai|puoi) fare|sei (?:un )?(?:robot|bot|umano)|come (?:stai|"
            "ti chiami|funziona|funzioni)|aiuto|aiutami"
        ),
        PRAISE: "(?:molto )?(?:bene|bravo|ottimo|perfetto|fantastico|eccellente)|ottimo lavoro",
        INSULT: "sei (?:stupido|scemo|inutile|un idiota)",
        NOTHING: "ok|sì|no|va bene|capito|prova",
    },
    "pt": {
        GREETING: "olá|ola|oi|bom dia|boa tarde|boa noite",
        THANKS: "(?:muito )?obrigad[oa](?: pela (?:ajuda|resposta))?|agradeço",
        GOODBYE: "adeus|tchau|até (?:logo|amanhã|breve|mais)",
        ABOUT: (
            "quem (?:és|é você)(?: tu)?|o que (?:você|tu) (?:faz|sabe fazer|pode fazer)|o que (?:sabes|"
            "podes) fazer|(?:você é|és) (?:um )?(?:robô|robot|bot|humano)|como (?:vai|estás|está|funciona)|"
            "tudo bem|ajuda|ajude-me"
        ),
        PRAISE: "(?:muito )?(?:bem|bom|ótimo|perfeito|excelente)|bom trabalho",
        INSULT: "(?:você é|és) (?:burro|estúpido|inútil)",
        NOTHING: "ok|sim|não|certo|teste",
    },
    "nl": {
        GREETING: "(?:hallo|hoi|hey|hi|dag)(?: allemaal)?|goede(?:morgen|middag|navond)|goedendag",
        THANKS: (
            "(?:dank (?:je|u)|dankjewel|dankuwel|bedankt|hartelijk dank)(?: wel| voor (?:je|uw|de) (?:hulp|antwoord))*"
        ),
        GOODBYE: "tot ziens|doei|tot (?:morgen|later|straks)|welterusten|dag",
        ABOUT: (
            "wie (?:ben je|ben jij|bent u)|wat (?:kun|kan) je(?: doen)?|ben (?:je|jij) (?:een )?(?:robot|bot|mens)|"
            "hoe (?:gaat het|heet je|werkt (?:dit|het))|help(?: me)?|hulp"
        ),
        PRAISE: "(?:heel |erg )?(?:goed|mooi|prima|geweldig|perfect)(?: gedaan)?|goed zo",
        INSULT: "je bent (?:dom|stom|nutteloos)",
        NOTHING: "ok(?:é|ay)?|ja|nee|test",
    },
    "tr": {
        GREETING: "merhaba|selam|günaydın|iyi (?:günler|akşamlar)",
        THANKS: "(?:çok )?(?:teşekkürler|teşekkür ederim|sağ ?ol(?:un)?)",
        GOODBYE: "hoşça ?kal(?:ın)?|güle güle|görüşürüz|iyi geceler",
        ABOUT: (
            "sen kimsin|kimsin|siz kimsiniz|ne yapabilirsin|robot musun|bot musun|insan mısın|nasılsın(?:ız)?|"
            "adın ne|yardım|yardım et"
        ),
        PRAISE: "(?:çok )?(?:iyi|güzel|harika|süper|mükemmel)|aferin",
        INSULT: "(?:aptal|salak)sın|aptal bot",
        NOTHING: "tamam|evet|hayır|deneme",
    },
}
